//! Appliances: what they are called, who owns them, how they are wired and whether they take a request now.
//! It must not know operations, only that something occupies an appliance.

use crate::chance::Chance;
use crate::ecl::accounts::{TENANTS, Tenant};

const ROLES: [&str; 7] = ["fw", "fw", "edge", "vpn", "dmz", "nat", "core"];
const UNITS: [&str; 14] = [
    "retail",
    "bank",
    "campus",
    "plant",
    "logistics",
    "hq",
    "pos",
    "lab",
    "clinic",
    "media",
    "iot",
    "mail",
    "backup",
    "partner",
];
const ZONES: [&str; 3] = ["zone1-groupa", "zone1-groupb", "zone2-groupa"];

pub(super) struct Appliance {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) tenant: &'static str,
    /// From it follow plan, networks and addresses, the same every time they are asked for.
    pub(super) seed: u64,
    /// An operation is running or stuck; the service takes no other.
    pub(super) occupied: bool,
    pub(super) deleted: bool,
    pub(super) powered: bool,
    /// The newest operation on it.
    pub(super) newest: Option<usize>,
}

/// One of up to eight interfaces.
pub(super) struct Interface {
    pub(super) number: usize,
    pub(super) name: &'static str,
    pub(super) network_id: String,
    pub(super) address: String,
    pub(super) virtual_address: String,
}

impl Appliance {
    pub(super) fn new(number: usize, chance: &mut Chance) -> Self {
        let name = format!("{}-{}-{:02}", chance.pick(&ROLES), chance.pick(&UNITS), number % 97 + 1);
        Self {
            id: chance.uuid(),
            name,
            tenant: owner(chance),
            seed: chance.next(),
            occupied: false,
            deleted: false,
            powered: true,
            newest: None,
        }
    }

    pub(super) fn takes_requests(&self) -> bool {
        !self.occupied && !self.deleted
    }

    fn own(&self, stream: u64) -> Chance {
        Chance::new(self.seed, stream)
    }

    pub(super) fn plan_id(&self) -> String {
        // Few plans, many appliances: the plan comes from the zone, not from the appliance's own chance.
        Chance::new(0x706c_616e, self.seed % 4).uuid()
    }

    pub(super) fn zone(&self) -> &'static str {
        self.own(2).pick(&ZONES)
    }

    pub(super) fn gateway(&self) -> String {
        format!("10.{}.0.1", self.subnet())
    }

    /// The address operators and failing sessions know it by.
    pub(super) fn address(&self) -> String {
        format!("10.{}.1.100", self.subnet())
    }

    fn subnet(&self) -> u64 {
        self.own(3).below(240) + 10
    }

    /// The number of interfaces is the appliance's own, always between two and eight.
    pub(super) fn interfaces(&self) -> Vec<Interface> {
        const NAMES: [&str; 8] = ["wan", "lan", "dmz", "mgmt", "backup", "partner", "voice", "sync"];
        let mut chance = self.own(4);
        let count = chance.index(7) + 2;
        let subnet = self.subnet();
        let wired = |(at, name): (usize, &'static str)| Interface {
            number: at + 1,
            name,
            network_id: chance.uuid(),
            address: format!("10.{subnet}.{at}.100"),
            virtual_address: format!("10.{subnet}.{at}.254"),
        };
        NAMES.into_iter().enumerate().take(count).map(wired).collect()
    }
}

fn owner(chance: &mut Chance) -> &'static str {
    let mut drawn = chance.below(TENANTS.iter().map(|tenant| tenant.share).sum());
    for Tenant { id, share, .. } in &TENANTS {
        if drawn < *share {
            return id;
        }
        drawn -= share;
    }
    let [Tenant { id, .. }, ..] = &TENANTS;
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_appliance_keeps_its_wiring_and_all_tenants_own_some() {
        let mut chance = Chance::new(7, 1);
        let fleet: Vec<_> = (0..200).map(|number| Appliance::new(number, &mut chance)).collect();
        for tenant in &TENANTS {
            assert!(fleet.iter().any(|appliance| appliance.tenant == tenant.id), "{}", tenant.name);
        }
        let first = &fleet[0];
        assert!(fleet.iter().all(|appliance| (2..=8).contains(&appliance.interfaces().len())));
        assert_eq!(first.interfaces()[1].network_id, first.interfaces()[1].network_id);
        assert_eq!(first.plan_id(), first.plan_id());
    }
}
