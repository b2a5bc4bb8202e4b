//! The two operations of the documented sample, with their ids and dates, so that recorded client calls find
//! what they ask for. They must not follow the demo's clock.

use super::appliance::Appliance;
use super::operation::{Fate, Operation};
use super::{Kind, World};
use crate::chance::Chance;

pub(super) const COUNT: usize = 2;

const APPLIANCE: &str = "a80c1728-cc0c-11e6-8080-525400060300";
const TENANT: &str = "13572f6f42a74d2b82f7099f78d0393a";
/// 2017-11-27 21:35:38, 21:46:21 and 2017-11-28 09:00:00.
const CREATED: (i64, i64) = (1_511_818_538_000, 1_511_819_181_000);
const STOPPED: i64 = 1_511_859_600_000;

impl World {
    pub(super) fn add_samples(&mut self) {
        let mut appliance = Appliance::new(0, &mut Chance::new(0, 0));
        APPLIANCE.clone_into(&mut appliance.id);
        "vna-1".clone_into(&mut appliance.name);
        appliance.tenant = TENANT;
        // Not among the living: the course must not touch it.
        let at = self.fleet.len();
        self.fleet.push(appliance);
        let sample = |world: &Self, ids: (&str, &str), kind, times, body: &str| {
            let appliance = world.fleet.get(at)?;
            let ids = (ids.0.to_owned(), ids.1.to_owned());
            let chance = &mut Chance::new(0, 1);
            let mut operation =
                Operation::new(ids, (at, appliance), kind, times, Fate::Complete, chance, body);
            operation.as_documented(appliance);
            Some(operation)
        };
        let create = sample(
            self,
            ("75aab8db-8632-42b4-af2f-06b5820798ef", ""),
            Kind::Create,
            CREATED,
            r#"{"virtual_network_appliance":{"name":"vna-1","tags":{},"interfaces":{"interface_1":{"name":"if1","tags":{},"fixed_ips":[{"ip_address":"192.168.0.100"}]}}}}"#,
        );
        let stop = sample(
            self,
            ("85aab8db-8632-42b4-af2f-06b5820798ef", "0c1d2e3f-0000-4000-8000-000000000000"),
            Kind::Action,
            (STOPPED, i64::MAX),
            r#""{\"os-stop\": null}""#,
        );
        for operation in [create, stop].into_iter().flatten() {
            self.add(operation);
        }
    }
}
