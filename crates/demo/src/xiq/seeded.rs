//! The operations that are there when the demo starts, one for every state, with ids that can be remembered: the
//! API has no list to find them in. It must not know HTTP.

use serde_json::json;

use super::operation::{Cancel, Ending, Operation};
use crate::config::Config;

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const DAY: i64 = 24 * 60 * MINUTE;
const UPGRADE: &[&str] = &["DOWNLOAD_IMAGE", "PUSH_CONFIG", "REBOOT", "VERIFY"];

/// When an operation was made, starts and ends, counted from the start of the demo.
struct Course {
    made: i64,
    starts: i64,
    ends: i64,
}

pub(super) fn operations(config: &Config) -> Vec<Operation> {
    let at = |course: Course, id: &str, cancel, ending| {
        // Only what is still to come is hurried.
        let moment = |ms: i64| config.start_ms + if ms > 0 { hurried(ms, config.speed) } else { ms };
        Operation {
            id: id.to_owned(),
            made_ms: moment(course.made),
            starts_ms: moment(course.starts),
            ends_ms: moment(course.ends),
            expires_ms: config.start_ms + 7 * DAY,
            ending,
            cancel,
            asked_ms: None,
            steps: UPGRADE,
        }
    };
    let going = |since: i64, left: i64| Course { made: -since - 2 * SECOND, starts: -since, ends: left };
    let succeeded = |text: &str| Ending::Succeeded(Some(json!({ "message": text, "device_count": 12 })));
    let stops = Cancel::Stops(6 * SECOND);
    let waiting = Course { made: -30 * SECOND, starts: 30 * MINUTE, ends: 35 * MINUTE };
    let failed = Ending::Failed {
        code: "DEVICE_OFFLINE",
        text: "Device 990000000017 is offline: 3 of 12 devices could not be reached.".to_owned(),
    };
    let canceling = Operation {
        asked_ms: Some(config.start_ms - MINUTE),
        ..at(going(10 * MINUTE, 60 * MINUTE), "op-canceling", Cancel::Stops(11 * MINUTE), succeeded("done"))
    };
    let canceled = Operation {
        asked_ms: Some(config.start_ms - 50 * MINUTE),
        ..at(going(60 * MINUTE, -30 * MINUTE), "op-canceled", stops, succeeded("done"))
    };
    let expiring = Operation {
        expires_ms: config.start_ms + 2 * MINUTE,
        ..at(
            going(20 * MINUTE, -10 * MINUTE),
            "op-expiring",
            stops,
            succeeded("Look now: this is removed soon."),
        )
    };
    let silent = Operation {
        steps: &[],
        ..at(going(MINUTE, 50 * MINUTE), "op-silent", stops, Ending::Succeeded(None))
    };
    vec![
        at(going(2 * MINUTE, 40 * MINUTE), "op-running", stops, succeeded("12 devices were upgraded.")),
        at(going(5 * SECOND, 45 * SECOND), "op-quick", stops, succeeded("12 devices were upgraded.")),
        at(waiting, "op-pending", stops, succeeded("12 devices were upgraded.")),
        canceling,
        at(
            going(2 * 60 * MINUTE, -110 * MINUTE),
            "op-succeeded",
            stops,
            succeeded("12 devices were upgraded."),
        ),
        at(going(3 * 60 * MINUTE, -170 * MINUTE), "op-failed", stops, failed),
        canceled,
        at(
            going(5 * MINUTE, 60 * MINUTE),
            "op-uncancelable",
            Cancel::Refused,
            succeeded("The VIQ was imported."),
        ),
        at(
            going(MINUTE, 30 * MINUTE),
            "op-race",
            Cancel::Loses(3 * SECOND),
            succeeded("It was done in time."),
        ),
        expiring,
        silent,
        at(going(MINUTE, 45 * MINUTE), "site 7/ap?#100%·大阪", stops, succeeded("done")),
    ]
}

#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "far below 2^52 ms")]
pub(super) fn hurried(ms: i64, speed: f64) -> i64 {
    if speed > 0.0 { ((ms as f64 / speed) as i64).max(1) } else { ms }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::xiq::operation::Status;

    #[test]
    fn there_is_one_in_every_state_and_each_stands_in_the_readme() {
        let config = Config::starting_at(1_795_132_800_000);
        let all = operations(&config);
        let statuses: Vec<Status> = all.iter().map(|operation| operation.status(config.start_ms)).collect();
        for status in [
            Status::Pending,
            Status::Running,
            Status::Canceling,
            Status::Succeeded,
            Status::Failed,
            Status::Canceled,
        ] {
            assert!(statuses.contains(&status), "{status:?}");
        }
        let readme = include_str!("../../README.md");
        for operation in &all {
            assert!(readme.contains(&format!("| `{}` |", operation.id)), "{}", operation.id);
        }
    }
}
