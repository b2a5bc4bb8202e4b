//! Operations with ids that can be remembered, one for every state and for every way a cancel can go.
//! It must not know HTTP.

use serde_json::json;

use super::LOCATIONS;
use super::course::{SECOND, Verb, good_end};
use super::operation::{Cancel, Ending, Operation};
use super::status::error_info;

const MINUTE: i64 = 60 * SECOND;

/// The operations that are there at `start_ms`, oldest first; `hurry` shortens what is still to come.
pub(super) fn operations(start_ms: i64, hurry: impl Fn(i64) -> i64) -> Vec<Operation> {
    let [first, second, _] = LOCATIONS;
    let at = |location: &'static str, id: &str, verb: Verb, since: i64, left: i64| {
        let evaluation = format!("projects/demo/locations/{location}/evaluations/sap-hana-prod");
        let target = if verb == Verb::Run { format!("{evaluation}/executions/{id}") } else { evaluation };
        Operation {
            project: "demo",
            location,
            id: id.to_owned(),
            verb: verb.name(),
            ending: good_end(verb, &target, "SAP HANA scale-up, production"),
            target,
            made_ms: start_ms - since,
            ends_ms: start_ms + if left > 0 { hurry(left) } else { left },
            nanos: 123_456,
            cancel: Cancel::Stops(5 * SECOND),
            asked_ms: None,
            resources: if verb == Verb::Run { 240 } else { 0 },
            deleted: false,
        }
    };
    let here = |id, verb, since, left| at(first.id, id, verb, since * MINUTE, left * MINUTE);
    let failed = Ending::Failed {
        code: 9,
        message: "evaluation has no resources".to_owned(),
        details: vec![error_info("NO_RESOURCES", &json!({ "evaluation": "sap-hana-prod" }))],
    };
    let unlisted = |id, since, left| Operation { project: "nolist", ..here(id, Verb::Run, since, left) };
    let mut all = vec![
        here("ok", Verb::Create, 95, -94),
        here("gone", Verb::Delete, 90, -89),
        Operation { ending: Ending::Nothing, ..here("nothing", Verb::Update, 85, -84) },
        Operation { ending: failed, ..here("failed", Verb::Run, 80, -77) },
        Operation { asked_ms: Some(start_ms - 72 * MINUTE), ..here("cancelled", Verb::Run, 75, -60) },
        here("ok-strict", Verb::Update, 70, -69),
        Operation {
            asked_ms: Some(start_ms - MINUTE),
            cancel: Cancel::Stops(MINUTE + hurry(10 * MINUTE)),
            ..here("cancelling", Verb::Run, 15, 60)
        },
        here("run", Verb::Run, 12, 45),
        at(second.id, "run", Verb::Run, 11 * MINUTE, 40 * MINUTE),
        here("run-nocancel", Verb::Run, 10, 50),
        here("run-strict", Verb::Run, 9, 55),
        Operation { cancel: Cancel::Loses(3 * SECOND), ..here("race", Verb::Run, 8, 35) },
        at(first.id, "quick", Verb::Run, 7 * MINUTE, 50 * SECOND),
        unlisted("ok", 60, -58),
        unlisted("run", 6, 60),
    ];
    all.sort_by_key(|operation| operation.made_ms);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_stand_in_the_readme() {
        let readme = include_str!("../../README.md");
        for operation in operations(1_795_132_800_000, |ms| ms) {
            assert!(readme.contains(&format!("| `{}` |", operation.id)), "{}", operation.id);
        }
    }
}
