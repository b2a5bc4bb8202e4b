//! Rows no well-behaved server would send: missing, null and wrong-typed fields, hostile text, an id full of
//! URL punctuation, a body of 5 MB and one nested 10,000 levels. They are reached by name or by their resource id.
//! It must not know the real operations or how rows are sent.

use std::sync::OnceLock;

use crate::rows::Row;

/// Rows that belong together: they come as one list, and carry its name as their `request_id`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Family {
    Rows,
    FiveMegabytes,
    Deep,
}

const ALL: [Family; 3] = [Family::Rows, Family::FiveMegabytes, Family::Deep];

pub(crate) const BIG_BODY_BYTES: usize = 5 * 1024 * 1024;
pub(crate) const LEVELS: usize = 10_000;

const BIG_ID: &str = "0dd0c0de-0000-4000-8000-00000000005b";
const DEEP_ID: &str = "0dd0c0de-0000-4000-8000-00000000deeb";

/// Ids and texts of the odd rows. The id is the one a client sends to show the row, after decoding; a row whose
/// id cannot be asked for has none.
const ROWS: [(Option<&str>, &str); 22] = [
    (
        Some("0dd0c0de-0000-4000-8000-000000000001"),
        r#"{"id":"0dd0c0de-0000-4000-8000-000000000001","resource_id":"0dd0c0de-0000-4000-8000-0000000000aa","resource_type":"ECL::VirtualNetworkAppliance::VSRX","request_id":"fault-odd-rows","request_type":"Update","request_body":{"virtual_network_appliance":{"name":"fw-good-01"}},"status":"COMPLETE","reception_datetime":"2026-03-01 10:00:00","commit_datetime":"2026-03-01 10:02:00","warning":null,"error":null,"tenant_id":"13572f6f42a74d2b82f7099f78d0393a"}"#,
    ),
    (None, "{}"),
    (None, "null"),
    (None, "42"),
    (None, r#""a row that is only text""#),
    (None, r#"["a","row","that","is","a","list"]"#),
    (
        None,
        r#"{"id":null,"resource_id":null,"resource_type":null,"request_id":null,"request_type":null,"request_body":null,"status":null,"reception_datetime":null,"commit_datetime":null,"warning":null,"error":null,"tenant_id":null}"#,
    ),
    (
        None,
        r#"{"id":12345,"resource_id":true,"resource_type":[],"request_id":{},"request_type":7,"request_body":3.0,"status":404,"reception_datetime":1511818538,"commit_datetime":false,"warning":{"text":"an object"},"error":["a","list"],"tenant_id":9.5}"#,
    ),
    (Some("0dd0c0de-0000-4000-8000-000000000002"), r#"{"id":"0dd0c0de-0000-4000-8000-000000000002"}"#),
    (
        Some("0dd0c0de-0000-4000-8000-000000000003"),
        r#"{"id":"0dd0c0de-0000-4000-8000-000000000003","resource_id":"0dd0c0de-0000-4000-8000-0000000000aa","resource_type":"ECL::VirtualNetworkAppliance::VTHUNDER","request_id":"fault-odd-rows","request_type":"Migrate","request_body":{},"request_path":"/v1.0/virtual_network_appliances","status":"HALF_DONE","reception_datetime":"2026-03-01 10:05:00","commit_datetime":null,"warning":"","error":"","tenant_id":"13572f6f42a74d2b82f7099f78d0393a","progress":{"percent":42,"steps":["a","b"]},"__proto__":{"polluted":true},"constructor":"x"}"#,
    ),
    (
        Some("0dd0c0de-0000-4000-8000-000000000004"),
        r#"{"id":"0dd0c0de-0000-4000-8000-000000000004","resource_id":"<img src=x onerror=alert(1)>","resource_type":"<b>VSRX</b>","request_id":"fault-odd-rows","request_type":"<script>alert(2)</script>","request_body":{"<svg onload=alert(3)>":"</script><script>alert(4)</script>","link":"javascript:alert(5)","style":"</style><style>*{display:none}</style>","entity":"&lt;b&gt; &amp; &#x41;"},"status":"<marquee>COMPLETE</marquee>","reception_datetime":"2026-03-01 10:06:00","commit_datetime":"2026-03-01 10:07:00","warning":"<a href='javascript:alert(6)'>click</a>","error":"<iframe srcdoc='<script>alert(7)</script>'></iframe> {{7*7}} ${7*7}","tenant_id":"'\"><img src=x onerror=alert(8)>"}"#,
    ),
    (
        Some("0dd0c0de-0000-4000-8000-000000000005"),
        "{\"id\":\"0dd0c0de-0000-4000-8000-000000000005\",\"resource_id\":\"0dd0c0de-0000-4000-8000-0000000000aa\",\"resource_type\":\"ECL::\u{202e}XRSV\u{202c}\",\"request_id\":\"fault-odd-rows\",\"request_type\":\"Up\u{200b}date\",\"request_body\":{\"\u{202e}drowssap\":\"\u{2066}left\u{2069}\",\"arabic\":\"\u{062c}\u{062f}\u{0627}\u{0631} \u{0646}\u{0627}\u{0631}\u{064a}\",\"hebrew\":\"\u{05d7}\u{05d5}\u{05de}\u{05ea} \u{05d0}\u{05e9}\",\"emoji\":\"\u{1f469}\u{200d}\u{1f692}\u{fe0f}\",\"combining\":\"Z\u{0351}\u{0343}\u{0357}a\u{0489}l\u{035a}g\u{035b}o\u{0321}\",\"nul\":\"a\\u0000b\"},\"status\":\"COMPLETE\u{200f}\",\"reception_datetime\":\"2026-03-01 10:08:00\",\"commit_datetime\":\"2026-03-01 10:09:00\",\"warning\":\"\u{202e}txet desrever\u{202c} then normal\",\"error\":null,\"tenant_id\":\"13572f6f42a74d2b82f7099f78d0393a\"}",
    ),
    (
        Some("odd/id?x=1#frag%2F 100% done"),
        r#"{"id":"odd/id?x=1#frag%2F 100% done","resource_id":"res/ource?a=b#c%20 d","resource_type":"ECL::VirtualNetworkAppliance::VSRX","request_id":"fault-odd-rows","request_type":"Action","request_body":{"os-restart":null},"status":"COMPLETE","reception_datetime":"2026-03-01 10:10:00","commit_datetime":"2026-03-01 10:11:00","warning":null,"error":null,"tenant_id":"tenant&x=1+2"}"#,
    ),
    (
        Some("0dd0c0de-0000-4000-8000-000000000006"),
        r#"{"id":"0dd0c0de-0000-4000-8000-000000000006","resource_id":"0dd0c0de-0000-4000-8000-0000000000aa","request_type":"Update","request_id":"fault-odd-rows","request_body":"this is text, {not JSON","status":"ERROR","reception_datetime":"2026-13-45 99:99:99","commit_datetime":"","warning":null,"error":"=1+1 are times that are none","tenant_id":"13572f6f42a74d2b82f7099f78d0393a"}"#,
    ),
    (
        Some("0dd0c0de-0000-4000-8000-000000000007"),
        r#"{"id":"0dd0c0de-0000-4000-8000-000000000007","resource_id":"0dd0c0de-0000-4000-8000-0000000000aa","request_type":"Update","request_id":"fault-odd-rows","request_body":"\"{\\\"text\\\": \\\"in text in text\\\"}\"","status":" complete ","reception_datetime":"2026-03-01T10:12:00Z","commit_datetime":"2026-03-01T19:13:00.250+09:00","warning":null,"error":null,"tenant_id":"13572f6f42a74d2b82f7099f78d0393a"}"#,
    ),
    (
        Some("0dd0c0de-0000-4000-8000-000000000008"),
        r#"{"id":"0dd0c0de-0000-4000-8000-000000000008","resource_id":"0dd0c0de-0000-4000-8000-0000000000aa","request_type":"Update","request_id":"fault-odd-rows","request_body":{"big":123456789012345678901234567890,"exact":0.10,"exponent":1E400,"minus_zero":-0,"list":[1,[2,[3,[]]],{},null,true],"":"an empty key","twice":1,"twice":2,"password":"hunter2","nested":{"api_secret_key":"s3cr3t","private_key":"-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----"}},"status":"Stuck","reception_datetime":"2026-03-01 10:14:00","commit_datetime":"2026-03-01 09:00:00","warning":"ends before it begins","error":null,"tenant_id":"13572f6f42a74d2b82f7099f78d0393a"}"#,
    ),
    (
        Some("0dd0c0de-0000-4000-8000-000000000009"),
        r#"{"id":"0dd0c0de-0000-4000-8000-000000000009","resource_id":"0dd0c0de-0000-4000-8000-0000000000aa","request_type":"Action","request_id":"fault-odd-rows","request_body":["a","list"],"status":"","reception_datetime":"9999-12-31 23:59:59","commit_datetime":"0001-01-01 00:00:00","warning":null,"error":null,"tenant_id":"13572f6f42a74d2b82f7099f78d0393a"}"#,
    ),
    (
        Some("0dd0c0de-0000-4000-8000-00000000000a"),
        r#"{"id":"0dd0c0de-0000-4000-8000-00000000000a","resource_id":"0dd0c0de-0000-4000-8000-0000000000aa","request_type":"Action","request_id":"fault-odd-rows","request_body":{"half":"a lone surrogate \ud83d here"},"status":"ERROR","reception_datetime":"2026-03-01 10:16:00","commit_datetime":"2026-03-01 10:17:00","warning":null,"error":"half a character: \udc00","tenant_id":"13572f6f42a74d2b82f7099f78d0393a"}"#,
    ),
    (
        Some("0dd0c0de-0000-4000-8000-00000000000b"),
        r#"{"status":"COMPLETE","id":"0dd0c0de-0000-4000-8000-00000000000b","id":"0dd0c0de-0000-4000-8000-00000000000b","resource_id":"0dd0c0de-0000-4000-8000-0000000000aa","status":"ERROR","request_body":"","request_type":"Create","request_id":"fault-odd-rows","reception_datetime":"2026-03-01 10:18:00","tenant_id":"13572f6f42a74d2b82f7099f78d0393a"}"#,
    ),
    (
        None,
        r#"{"id":"","resource_id":"","request_type":"","request_id":"fault-odd-rows","request_body":"{}","status":"COMPLETE","reception_datetime":"2026-03-01 10:19:00","tenant_id":""}"#,
    ),
    (
        None,
        r#"{"id":"0dd0c0de-0000-4000-8000-000000000001","resource_id":"0dd0c0de-0000-4000-8000-0000000000aa","request_type":"Update","request_id":"fault-odd-rows","status":"ERROR","error":"the id of an earlier row again","reception_datetime":"2026-03-01 10:20:00","tenant_id":"13572f6f42a74d2b82f7099f78d0393a"}"#,
    ),
    (
        Some("0dd0c0de-0000-4000-8000-00000000000f"),
        r#"{"id":"0dd0c0de-0000-4000-8000-00000000000f","resource_id":"0dd0c0de-0000-4000-8000-0000000000aa","resource_type":"ECL::VirtualNetworkAppliance::VSRX","request_id":"fault-odd-rows","request_type":"Action","request_body":"{\"os-stop\": null}","status":"COMPLETE","reception_datetime":"2026-03-01 10:21:00","commit_datetime":"2026-03-01 10:22:00","warning":null,"error":null,"tenant_id":"13572f6f42a74d2b82f7099f78d0393a"}"#,
    ),
];

impl Family {
    pub(crate) fn named(name: &str) -> Option<Self> {
        match name {
            "odd-rows" => Some(Self::Rows),
            "5mb" => Some(Self::FiveMegabytes),
            "deep" => Some(Self::Deep),
            _ => None,
        }
    }

    fn resource(self) -> &'static str {
        match self {
            Self::Rows => "0dd0c0de-0000-4000-8000-0000000000aa",
            Self::FiveMegabytes => "0dd0c0de-0000-4000-8000-0000000000bb",
            Self::Deep => "0dd0c0de-0000-4000-8000-0000000000cc",
        }
    }

    /// So that the history of an odd row's appliance is found too.
    pub(crate) fn of_resource(id: &str) -> Option<Self> {
        ALL.into_iter().find(|family| family.resource() == id)
    }

    /// The family's rows, as they stand in a list.
    pub(crate) fn rows(self) -> Vec<Row> {
        match self {
            Self::Rows => ROWS.iter().map(|(_, text)| Row::from(text.as_bytes())).collect(),
            Self::FiveMegabytes => vec![big()],
            Self::Deep => vec![deep()],
        }
    }
}

/// The odd row with this id; the names of the two large ones are ids too.
pub(crate) fn row(id: &str) -> Option<Row> {
    match id {
        "" => None,
        BIG_ID | "fault-5mb" => Some(big()),
        DEEP_ID | "fault-deep" => Some(deep()),
        _ => ROWS.iter().find(|(known, _)| *known == Some(id)).map(|(_, text)| Row::from(text.as_bytes())),
    }
}

fn with_body(id: &str, family: Family, name: &str, body: &str) -> Row {
    let resource = family.resource();
    format!(
        r#"{{"id":"{id}","resource_id":"{resource}","resource_type":"ECL::VirtualNetworkAppliance::VSRX","request_id":"fault-{name}","request_type":"Update","request_body":{body},"status":"COMPLETE","reception_datetime":"2026-03-01 11:00:00","commit_datetime":"2026-03-01 11:09:00","warning":null,"error":null,"tenant_id":"13572f6f42a74d2b82f7099f78d0393a"}}"#
    )
    .into_bytes()
    .into()
}

/// Many small members rather than one long text, as that is what costs a tree.
fn big() -> Row {
    static BIG: OnceLock<Row> = OnceLock::new();
    let write = || {
        let mut body = String::with_capacity(BIG_BODY_BYTES + 256);
        body.push_str(r#"{"virtual_network_appliance":{"name":"fw-bulk-01","address_book":{"#);
        let mut number = 0_u32;
        while body.len() < BIG_BODY_BYTES {
            let [_, a, b, c] = number.to_be_bytes();
            body.push_str(&format!(
                r#"{}"address-{number:06}":{{"prefix":"10.{a}.{b}.{c}/32","description":"imported entry {number}","enabled":true}}"#,
                if number == 0 { "" } else { "," }
            ));
            number += 1;
        }
        body.push_str("}}}");
        with_body(BIG_ID, Family::FiveMegabytes, "5mb", &body)
    };
    BIG.get_or_init(write).clone()
}

fn deep() -> Row {
    static DEEP: OnceLock<Row> = OnceLock::new();
    let write = || {
        // Objects and lists in turn, each one level.
        let body = format!("{}null{}", r#"{"in":["#.repeat(LEVELS / 2), "]}".repeat(LEVELS / 2));
        with_body(DEEP_ID, Family::Deep, "deep", &body)
    };
    DEEP.get_or_init(write).clone()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::value::RawValue;

    #[test]
    fn every_row_is_json_text_even_if_nothing_else() {
        for (id, text) in ROWS {
            let raw: Box<RawValue> =
                serde_json::from_str(text).unwrap_or_else(|error| panic!("{error} in {text}"));
            assert_eq!(raw.get(), text);
            if let Some(id) = id {
                assert_eq!(row(id).unwrap()[..], *text.as_bytes());
            }
        }
        assert!(row("").is_none() && row("0dd0c0de").is_none());
    }

    #[test]
    fn the_large_ones_are_as_large_as_they_say() {
        assert!(big().len() > BIG_BODY_BYTES);
        serde_json::from_slice::<serde_json::Value>(&big()).expect("5 MB of JSON");
        let deep = deep();
        let opened = deep.iter().filter(|byte| matches!(byte, b'{' | b'[')).count();
        assert_eq!(opened, LEVELS + 1);
    }

    #[test]
    fn a_family_is_found_by_name_and_by_resource() {
        for family in ALL {
            assert_eq!(Family::of_resource(family.resource()), Some(family));
            assert!(!family.rows().is_empty());
        }
        assert_eq!(Family::named("deep"), Some(Family::Deep));
    }
}
