//! Operations no well-behaved server would send: as a list under a sentinel, and one by one under their ids.
//! It must not know the real operations.

use crate::fault::Fault;
use crate::odd::{BIG_BODY_BYTES, Family, LEVELS};

const PARENT: &str = "projects/demo/locations/us-central1/operations/";
const META: &str = r#""metadata":{"@type":"type.googleapis.com/google.cloud.workloadmanager.v1.OperationMetadata","createTime":"2026-03-01T10:00:00.123456789Z","target":"projects/demo/locations/us-central1/evaluations/odd","verb":"create","requestedCancellation":false,"apiVersion":"v1"}"#;

/// Id and text; `{name}` stands for the full name and `{meta}` for metadata without fault. Rows whose id cannot be
/// asked for have none.
const ROWS: [(Option<&str>, &str); 24] = [
    (
        Some("odd-both"),
        r#"{"name":"{name}","done":true,{meta},"response":{"@type":"type.googleapis.com/google.protobuf.Empty"},"error":{"code":13,"message":"and failed as well"}}"#,
    ),
    (Some("odd-neither"), r#"{"name":"{name}","done":true,{meta}}"#),
    (
        Some("odd-not-done"),
        r#"{"name":"{name}","done":false,{meta},"response":{"@type":"type.googleapis.com/google.protobuf.Empty"}}"#,
    ),
    (
        Some("odd-unknown-type"),
        r#"{"name":"{name}","done":true,"metadata":{"@type":"type.example.com/acme.v9.Progress","percent":42,"createTime":"2026-03-01T10:00:00Z"},"response":{"@type":"type.example.com/acme.v9.Result","rows":[1,2]}}"#,
    ),
    (
        Some("odd-no-type"),
        r#"{"name":"{name}","metadata":{"createTime":"2026-03-01T10:00:00Z","verb":"update"}}"#,
    ),
    (
        Some("odd-no-metadata"),
        r#"{"name":"{name}","done":true,"response":{"@type":"type.googleapis.com/google.protobuf.Empty"}}"#,
    ),
    (Some("odd-only-name"), r#"{"name":"{name}"}"#),
    (None, "{}"),
    (None, "null"),
    (None, "42"),
    (None, r#""an operation that is only text""#),
    (None, r#"["a","list"]"#),
    (Some("odd-nulls"), r#"{"name":"{name}","done":null,"metadata":null,"response":null,"error":null}"#),
    (None, r#"{"name":null,"done":true,{meta}}"#),
    (
        Some("odd-wrong-types"),
        r#"{"name":12345,"done":"yes","metadata":{"@type":7,"createTime":1511818538,"endTime":false,"target":["a"],"verb":{},"requestedCancellation":"no"},"error":"only text"}"#,
    ),
    (
        Some("odd-code-word"),
        r#"{"name":"{name}","done":true,{meta},"error":{"code":"CANCELLED","message":null,"details":{"not":"a list"}}}"#,
    ),
    (
        Some("odd-code-unknown"),
        r#"{"name":"{name}","done":true,{meta},"error":{"code":99,"details":[null,{"@type":"type.example.com/acme.v9.Trouble","hint":"x"},{"no":"type"}]}}"#,
    ),
    (Some("odd-code-zero"), r#"{"name":"{name}","done":true,{meta},"error":{"code":0,"message":""}}"#),
    (
        Some("odd-markup"),
        r#"{"name":"{name}","done":true,"metadata":{"@type":"<b>type</b>","createTime":"2026-03-01T10:00:00Z","target":"<img src=x onerror=alert(1)>","verb":"<script>alert(2)</script>","statusMessage":"</style><style>*{display:none}</style>"},"error":{"code":3,"message":"<iframe srcdoc='<script>alert(3)</script>'></iframe>","details":[{"@type":"type.googleapis.com/google.rpc.Help","links":[{"description":"click <b>me</b>","url":"javascript:alert(4)"}]}]}}"#,
    ),
    (
        Some("odd-direction"),
        "{\"name\":\"{name}\",\"metadata\":{\"createTime\":\"2026-03-01T10:00:00Z\",\"verb\":\"\u{202e}etaerc\u{202c}\",\"target\":\"\u{062c}\u{062f}\u{0627}\u{0631}/\u{05d7}\u{05d5}\u{05de}\u{05ea}\",\"statusMessage\":\"Z\u{0351}\u{0343}a\u{0489}lgo \u{1f469}\u{200d}\u{1f692}\"}}",
    ),
    (
        Some("odd-times"),
        r#"{"name":"{name}","done":true,"metadata":{"createTime":"2026-13-45T99:99:99Z","endTime":"0001-01-01T00:00:00Z","verb":"delete"},"response":{"@type":"type.googleapis.com/google.protobuf.Empty","value":{}}}"#,
    ),
    (
        Some("odd-extra"),
        r#"{"name":"{name}","done":false,"progress":{"percent":42},"__proto__":{"polluted":true},"metadata":{"createTime":"2026-03-01T10:00:00Z","verb":"migrate","owner":"nobody","big":123456789012345678901234567890}}"#,
    ),
    (
        Some("odd/id?x=1#frag%2F 100% done"),
        r#"{"name":"{name}","done":true,{meta},"response":{"@type":"type.googleapis.com/google.protobuf.StringValue","value":"text"}}"#,
    ),
    (Some("odd-both"), r#"{"name":"{name}","done":false,{meta}}"#),
];

fn written(id: &str, text: &str) -> String {
    text.replace("{name}", &format!("{PARENT}{id}")).replace("{meta}", META)
}

fn with_response(id: &str, fields: &str) -> String {
    let kind = "type.googleapis.com/google.cloud.workloadmanager.v1.Evaluation";
    written(
        id,
        &format!(r#"{{"name":"{{name}}","done":true,{{meta}},"response":{{"@type":"{kind}"{fields}}}}}"#),
    )
}

fn big(id: &str) -> String {
    let lines = vec!["x".repeat(1023); BIG_BODY_BYTES / 1024].join("\",\"");
    with_response(id, &format!(r#","ruleNames":["{lines}"]"#))
}

fn deep(id: &str) -> String {
    let levels = format!("{}null{}", r#"{"in":["#.repeat(LEVELS / 2), "]}".repeat(LEVELS / 2));
    with_response(id, &format!(r#","labels":{levels}"#))
}

/// A list of such operations.
pub(super) fn list(family: Family) -> String {
    let rows = match family {
        Family::Rows => {
            let written = ROWS.iter().map(|(id, text)| written(id.unwrap_or_default(), text));
            written.collect::<Vec<_>>().join(",")
        }
        Family::FiveMegabytes => big("fault-5mb"),
        Family::Deep => deep("fault-deep"),
    };
    format!(r#"{{"operations":[{rows}]}}"#)
}

/// The operation with this odd id, or an ordinary one under a fault's name, for the faults that spoil a good answer.
pub(super) fn record(id: &str) -> Option<String> {
    match id {
        "fault-5mb" => return Some(big(id)),
        "fault-deep" => return Some(deep(id)),
        "fault-odd-rows" => return record("odd-markup"),
        _ => {}
    }
    let row = ROWS.iter().find(|(known, _)| *known == Some(id));
    row.map(|(_, text)| written(id, text)).or_else(|| Fault::sentinel(id).map(|_| with_response(id, "")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    #[test]
    fn every_row_is_json_and_stands_in_the_readme() {
        let readme = include_str!("../../README.md");
        let all: Value = serde_json::from_str(&list(Family::Rows)).unwrap();
        assert_eq!(all["operations"].as_array().unwrap().len(), ROWS.len());
        for id in ROWS.iter().filter_map(|(id, _)| *id) {
            serde_json::from_str::<Value>(&record(id).unwrap()).unwrap();
            assert!(readme.contains(&format!("`{id}`")), "{id}");
        }
        assert!(record("odd").is_none() && record("").is_none());
    }

    #[test]
    fn the_large_and_the_deep_one_are_as_they_say() {
        assert!(list(Family::FiveMegabytes).len() >= BIG_BODY_BYTES);
        serde_json::from_str::<Value>(&big("a")).unwrap();
        assert!(deep("a").matches(['{', '[']).count() > LEVELS);
    }
}
