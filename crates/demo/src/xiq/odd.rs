//! Records no well-behaved server would send, each under an id of its own, as there is no list to put them in.
//! It must not know the real operations.

use crate::fault::Fault;
use crate::odd::{BIG_BODY_BYTES, LEVELS};

const TIMES: &str = r#""create_time":"2026-03-01T10:00:00.000Z","update_time":"2026-03-01T10:02:00.000Z""#;

/// Id and text. `{times}` stands for the two times that are required.
const RECORDS: [(&str, &str); 20] = [
    (
        "odd-no-description",
        r#"{"id":"odd-no-description","done":true,"metadata":{"status":"FAILED","cancelable":false,{times},"expires_in":5000},"error":{"error_code":"INTERNAL_ERROR","error_id":"ab12","error_message":"device offline"}}"#,
    ),
    (
        "odd-unknown-status",
        r#"{"id":"odd-unknown-status","done":false,"metadata":{"status":"PAUSED","cancelable":true,{times},"expires_in":5000}}"#,
    ),
    (
        "odd-null-status",
        r#"{"id":"odd-null-status","done":false,"metadata":{"status":null,"cancelable":null,{times},"expires_in":null}}"#,
    ),
    (
        "odd-nulls",
        r#"{"id":"odd-nulls","done":false,"metadata":{"status":"RUNNING","cancelable":false,"percentage":null,"step":null,{times},"start_time":null,"end_time":null,"expires_in":5000},"response":null,"error":null}"#,
    ),
    ("odd-only-id", r#"{"id":"odd-only-id"}"#),
    ("odd-no-metadata", r#"{"id":"odd-no-metadata","done":true,"response":{"n":1}}"#),
    (
        "odd-no-expiry",
        r#"{"id":"odd-no-expiry","done":false,"metadata":{"status":"RUNNING","cancelable":false,{times}}}"#,
    ),
    (
        "odd-wrong-types",
        r#"{"id":12345,"done":"yes","metadata":{"status":404,"cancelable":"no","percentage":"half","step":{"n":1},"create_time":1511818538,"update_time":false,"expires_in":"soon"},"response":"only text","error":["a","list"]}"#,
    ),
    (
        "odd-both",
        r#"{"id":"odd-both","done":true,"metadata":{"status":"SUCCEEDED","cancelable":false,{times},"expires_in":5000},"response":{"n":1},"error":{"error_code":"X","error_id":"1","error_message":"and failed as well","error_message_description":"and failed as well"}}"#,
    ),
    (
        "odd-neither",
        r#"{"id":"odd-neither","done":true,"metadata":{"status":"FAILED","cancelable":false,{times},"expires_in":5000}}"#,
    ),
    (
        "odd-at-odds",
        r#"{"id":"odd-at-odds","done":false,"metadata":{"status":"SUCCEEDED","cancelable":true,"percentage":140,{times},"end_time":"2026-03-01T09:00:00.000Z","expires_in":-5}}"#,
    ),
    (
        "odd-dates",
        r#"{"id":"odd-dates","done":false,"metadata":{"status":"RUNNING","cancelable":true,"percentage":-1,"create_time":"2026-13-45T99:99:99Z","update_time":"2026-03-01T10:00:00.000+0000","start_time":"2026-03-01T19:00:00+09:00","expires_in":9223372036854775807}}"#,
    ),
    (
        "odd-markup",
        r#"{"id":"odd-markup","done":true,"metadata":{"status":"FAILED","cancelable":false,"step":"<script>alert(1)</script>",{times},"expires_in":5000},"response":{"<img src=x onerror=alert(2)>":"</script><script>alert(3)</script>","link":"javascript:alert(4)"},"error":{"error_code":"<b>CODE</b>","error_id":"'\"><svg onload=alert(5)>","error_message":"<iframe srcdoc='<script>alert(6)</script>'></iframe>","error_message_description":"{{7*7}} ${7*7}"}}"#,
    ),
    (
        "odd-direction",
        "{\"id\":\"odd-direction\",\"done\":false,\"metadata\":{\"status\":\"RUNNING\",\"cancelable\":true,\"step\":\"\u{202e}GIFNOC_HSUP\u{202c}\",{times},\"expires_in\":5000},\"response\":{\"\u{05d7}\u{05d5}\u{05de}\u{05ea}\":\"\u{062c}\u{062f}\u{0627}\u{0631}\",\"emoji\":\"\u{1f469}\u{200d}\u{1f692}\"}}",
    ),
    (
        "odd-extra",
        r#"{"id":"odd-extra","done":false,"kind":"CLI","metadata":{"status":"RUNNING","cancelable":true,"percentage":42,"step":"","owner":"nobody","__proto__":{"polluted":true},{times},"expires_in":5000},"progress":{"steps":["a","b"]}}"#,
    ),
    (
        "odd-other-id",
        r#"{"id":"another-id","done":true,"metadata":{"status":"SUCCEEDED","cancelable":false,{times},"expires_in":5000},"response":[1,[2,[3,[]]],{},null,true,123456789012345678901234567890]}"#,
    ),
    (
        "odd/id?x=1#frag%2F 100% done",
        r#"{"id":"odd/id?x=1#frag%2F 100% done","done":true,"metadata":{"status":"SUCCEEDED","cancelable":false,{times},"expires_in":5000},"response":"text"}"#,
    ),
    ("odd-null", "null"),
    ("odd-list", r#"[{"id":"odd-list"}]"#),
    ("odd-text", r#""an operation that is only text""#),
];

/// The record with this odd id. The names of the large and the deep one are ids, and any other fault's name is
/// that of an ordinary finished record, for the faults that spoil a good answer.
pub(super) fn record(id: &str) -> Option<Vec<u8>> {
    let response = match id {
        "fault-5mb" => {
            format!(r#"{{"lines":["{}"]}}"#, vec!["x".repeat(1023); BIG_BODY_BYTES / 1024].join("\",\""))
        }
        "fault-deep" => format!("{}null{}", r#"{"in":["#.repeat(LEVELS / 2), "]}".repeat(LEVELS / 2)),
        "fault-odd-rows" => return record("odd-markup"),
        _ if Fault::sentinel(id).is_some() => "{}".to_owned(),
        _ => {
            let (_, text) = RECORDS.iter().find(|(known, _)| *known == id)?;
            return Some(text.replace("{times}", TIMES).into_bytes());
        }
    };
    Some(
        format!(
            r#"{{"id":"{id}","done":true,"metadata":{{"status":"SUCCEEDED","cancelable":false,{TIMES},"expires_in":5000}},"response":{response}}}"#
        )
        .into_bytes(),
    )
}

/// The body of a refusal with fields missing, for the ids that are always refused.
pub(super) fn refusal(id: &str) -> Option<&'static str> {
    match id {
        "odd-terse-error" => {
            Some(r#"{"error_code":"BAD_REQUEST","error_id":"ab12","error_message":"The id is malformed."}"#)
        }
        "odd-bare-error" => Some(r#"{"error_message":null}"#),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_record_is_json_and_stands_in_the_readme() {
        let readme = include_str!("../../README.md");
        for (id, _) in RECORDS {
            let text = record(id).unwrap();
            serde_json::from_slice::<serde_json::Value>(&text)
                .unwrap_or_else(|error| panic!("{error} in {}", String::from_utf8_lossy(&text)));
            assert!(readme.contains(&format!("`{id}`")), "{id}");
        }
        assert!(record("odd").is_none());
    }

    #[test]
    fn the_large_and_the_deep_one_are_as_they_say() {
        assert!(record("fault-5mb").unwrap().len() >= BIG_BODY_BYTES);
        serde_json::from_slice::<serde_json::Value>(&record("fault-5mb").unwrap()).unwrap();
        let deep = record("fault-deep").unwrap();
        assert_eq!(deep.iter().filter(|byte| matches!(byte, b'{' | b'[')).count(), LEVELS + 2);
    }
}
