//! What the service says when an operation fails, stops midway or succeeds with a reservation: a handful of
//! causes, each with ids and numbers of its own, as grouping failures needs them.
//! It must not know when a text is shown.

use super::appliance::Appliance;
use crate::chance::Chance;

/// The `error` text of a failed operation.
pub(super) fn failure(chance: &mut Chance, appliance: &Appliance) -> String {
    let name = &appliance.name;
    match chance.below(20) {
        0..=5 => format!(
            "Timed out waiting for compute instance {} to become ACTIVE after {} seconds (host hv-jp1-a-{:03}).",
            chance.uuid(),
            chance.between(4, 12) * 150,
            chance.below(240)
        ),
        6..=9 => format!(
            "Port {} could not be bound on network {}: no free address in subnet 10.{}.{}.0/24.",
            chance.uuid(),
            chance.uuid(),
            chance.between(10, 249),
            chance.below(8)
        ),
        10..=12 => format!(
            "Quota exceeded for tenant {}: cores requested {}, in use {}, limit 64.",
            appliance.tenant,
            chance.between(1, 4) * 2,
            chance.between(58, 64)
        ),
        13..=15 => format!(
            "Configuration commit rejected by {name}: syntax error at line {} near \"set interfaces ge-0/0/{}\".",
            chance.between(3, 412),
            chance.between(8, 15)
        ),
        16 | 17 => {
            format!("SSH session to {} closed unexpectedly: Connection reset by peer.", appliance.address())
        }
        18 => {
            format!("VRRP group {} is already in use on network {}.", chance.between(1, 255), chance.uuid())
        }
        _ => format!(
            "Checksum of volume {} does not match: expected {:08x}, got {:08x}.",
            chance.uuid(),
            chance.below(u64::from(u32::MAX)),
            chance.below(u64::from(u32::MAX))
        ),
    }
}

/// The `warning` text of an operation that stopped midway.
pub(super) fn halt(chance: &mut Chance) -> String {
    const STEPS: [&str; 5] =
        ["attach-interface", "plug-volume", "commit-configuration", "release-address", "wait-for-agent"];
    format!(
        "Stopped midway at step {} ({} of 9). No further request is accepted for this appliance. Please open a support ticket and quote {}.",
        chance.pick(&STEPS),
        chance.between(3, 8),
        chance.hex32().get(..12).unwrap_or_default()
    )
}

/// The `warning` text of an operation that ended well, but not smoothly.
pub(super) fn reservation(chance: &mut Chance, appliance: &Appliance) -> String {
    match chance.below(3) {
        0 => format!(
            "Interface interface_{} came up after {} retries.",
            chance.between(1, 8),
            chance.between(2, 9)
        ),
        1 => format!(
            "Clock of {} is not synchronised: NTP server 10.0.{}.123 is unreachable.",
            appliance.name,
            chance.below(16)
        ),
        _ => format!("The appliance answered only after {} seconds.", chance.between(61, 240)),
    }
}
