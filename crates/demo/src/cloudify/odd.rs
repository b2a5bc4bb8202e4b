//! Rows no well-behaved server would send, in the shapes of this API: missing, null and wrong-typed fields, hostile
//! text, ids full of URL punctuation, five megabytes, ten thousand levels. It must not know the real rows.

use axum::http::Method;

use crate::odd::{BIG_BODY_BYTES, Family, LEVELS};

/// What a route lists or shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Executions,
    Operations,
    Events,
}

const EXECUTIONS: [(Option<&str>, &str); 13] = [
    (
        Some("odd-good"),
        r#"{"id":"odd-good","workflow_id":"backup","deployment_id":"web-shop","deployment_display_name":"Web shop","blueprint_id":"web-tier","status":"terminated","status_display":"completed","error":"","parameters":{"target":"s3://x"},"created_at":"2026-03-01T10:00:00.000Z","started_at":"2026-03-01T10:00:02.000Z","ended_at":"2026-03-01T10:02:00.000Z","scheduled_for":null,"created_by":"admin","tenant_name":"default_tenant","is_system_workflow":false,"is_dry_run":false,"allow_custom_parameters":false,"resume":false,"private_resource":false,"total_operations":12,"finished_operations":12,"visibility":"tenant","resource_availability":"tenant","parameters_p":null}"#,
    ),
    (None, "{}"),
    (None, "null"),
    (None, "42"),
    (None, r#"["a","row","that","is","a","list"]"#),
    (
        Some("odd-null"),
        r#"{"id":"odd-null","workflow_id":null,"deployment_id":null,"blueprint_id":null,"status":null,"status_display":null,"error":null,"parameters":null,"created_at":null,"started_at":null,"ended_at":null,"created_by":null,"tenant_name":null,"is_system_workflow":null,"total_operations":null,"finished_operations":null}"#,
    ),
    (
        None,
        r#"{"id":12345,"workflow_id":true,"deployment_id":[],"blueprint_id":{},"status":7,"status_display":{},"error":["a","list"],"parameters":"text","created_at":1772359200,"started_at":false,"ended_at":{},"created_by":3.5,"tenant_name":9,"is_system_workflow":"yes","total_operations":"twelve","finished_operations":-3}"#,
    ),
    (
        Some("odd-status"),
        r#"{"id":"odd-status","workflow_id":"backup","deployment_id":"web-shop","status":"paused","status_display":"having a rest","error":"","parameters":{},"created_at":"2026-03-01T10:05:00.000Z","created_by":"admin","tenant_name":"default_tenant","total_operations":7,"finished_operations":8,"something_new":{"a":[1,2]},"__proto__":{"polluted":true}}"#,
    ),
    (
        Some("odd-hostile"),
        r#"{"id":"odd-hostile","workflow_id":"<script>alert(1)</script>","deployment_id":"<img src=x onerror=alert(2)>","deployment_display_name":"'\"><svg onload=alert(3)>","blueprint_id":"</style><style>*{display:none}</style>","status":"failed","status_display":"<b>failed</b>","error":"Traceback <iframe srcdoc='<script>alert(4)</script>'></iframe> {{7*7}} ${7*7}\njavascript:alert(5)","parameters":{"<a href='javascript:alert(6)'>":"&lt;b&gt;","password":"hunter2","private_key":"-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----"},"created_at":"2026-03-01T10:06:00.000Z","created_by":"<marquee>","tenant_name":"default_tenant","total_operations":3,"finished_operations":1}"#,
    ),
    (
        Some("odd-bidi"),
        "{\"id\":\"odd-bidi\",\"workflow_id\":\"back\u{202e}pu\u{202c}\",\"deployment_id\":\"\u{2066}left\u{2069}\",\"deployment_display_name\":\"\u{05d7}\u{05d5}\u{05de}\u{05ea} \u{05d0}\u{05e9} 大阪 \u{1f469}\u{200d}\u{1f692}\",\"status\":\"terminated\u{200f}\",\"error\":\"Z\u{0351}\u{0343}a\u{0489}l\u{035a}go \u{202e}txet desrever\u{202c} a\\u0000b\",\"parameters\":{\"\u{200b}\":\"an invisible name\"},\"created_at\":\"2026-03-01T10:07:00.000Z\",\"tenant_name\":\"default_tenant\"}",
    ),
    (
        Some("odd/id?x=1#frag%2F 100% 東京"),
        r#"{"id":"odd/id?x=1#frag%2F 100% 東京","workflow_id":"heal","deployment_id":"dep/ loy?m=e#n%20t","status":"started","status_display":"started","error":"","parameters":{},"created_at":"2026-03-01T10:08:00.000Z","started_at":"2026-03-01T10:08:01.000Z","created_by":"admin","tenant_name":"tenant&x=1+2","total_operations":10,"finished_operations":4}"#,
    ),
    (
        Some("odd-times"),
        r#"{"id":"odd-times","workflow_id":"heal","deployment_id":"web-shop","status":"terminated","created_at":"2026-13-45T99:99:99.000Z","started_at":"2026-03-01 10:09:00","ended_at":"","parameters":{"big":123456789012345678901234567890,"exact":0.10,"exponent":1E400,"twice":1,"twice":2,"":"an empty key"},"error":"ends before it begins","total_operations":999999999999,"finished_operations":1.5}"#,
    ),
    (
        None,
        r#"{"id":"odd-good","workflow_id":"heal","deployment_id":"web-shop","status":"failed","error":"the id of an earlier row again","created_at":"2026-03-01T10:10:00.000Z"}"#,
    ),
];

const OPERATIONS: [(Option<&str>, &str); 9] = [
    (
        Some("odd-good"),
        r#"{"created_at":"2026-03-01T10:00:00.000Z","visibility":"tenant","id":"odd-good","name":"create","state":"succeeded","dependencies":[],"type":"RemoteWorkflowTask","parameters":{"current_retries":0,"containing_subgraph":null},"manager_name":null,"agent_name":null,"tasks_graph_id":"odd-graph","tenant_name":"default_tenant","created_by":"admin","resource_availability":"tenant","private_resource":false}"#,
    ),
    (None, "{}"),
    (None, "null"),
    (None, r#""a row that is only text""#),
    (
        Some("odd-null"),
        r#"{"id":"odd-null","name":null,"state":null,"dependencies":null,"type":null,"parameters":null,"manager_name":null,"agent_name":null,"tasks_graph_id":null,"created_at":null}"#,
    ),
    (
        None,
        r#"{"id":7,"name":[],"state":{},"dependencies":"one","type":true,"parameters":[1],"tasks_graph_id":0,"created_at":1772359200}"#,
    ),
    (
        Some("odd-upper"),
        r#"{"id":"odd-upper","name":"upper case","state":"PENDING","dependencies":["odd-upper","nowhere"],"type":"acme.tasks.Custom","parameters":{"containing_subgraph":"odd-upper","retried_task":"odd-upper","current_retries":-1},"tasks_graph_id":"odd-graph","created_at":"2026-03-01T10:01:00.000Z"}"#,
    ),
    (
        Some("odd-hostile"),
        r#"{"id":"odd-hostile","name":"<script>alert(1)</script>","state":"<b>started</b>","dependencies":["<img src=x onerror=alert(2)>"],"type":"</script><script>alert(3)</script>","parameters":{"error":"{{7*7}} <iframe>","task_kwargs":{"kwargs":{"password":"hunter2"}}},"tasks_graph_id":"'\"><svg onload=alert(4)>","created_at":"2026-03-01T10:02:00.000Z"}"#,
    ),
    (
        Some("odd/id?x=1#frag%2F 100% 東京"),
        r#"{"id":"odd/id?x=1#frag%2F 100% 東京","name":"slashes","state":"started","dependencies":[],"type":"RemoteWorkflowTask","parameters":{},"tasks_graph_id":"odd/graph?x","created_at":"2026-03-01T10:03:00.000Z"}"#,
    ),
];

const EVENTS: [(Option<&str>, &str); 7] = [
    (
        None,
        r#"{"_storage_id":1,"type":"cloudify_event","timestamp":"2026-03-01T10:00:00.000Z","reported_timestamp":"2026-03-01T09:59:59.990Z","message":"an ordinary one","event_type":"workflow_started","error_causes":null,"execution_id":"odd-good"}"#,
    ),
    (None, "{}"),
    (None, "null"),
    (
        None,
        r#"{"_storage_id":null,"type":null,"timestamp":null,"message":null,"event_type":null,"level":null,"error_causes":null}"#,
    ),
    (
        None,
        r#"{"_storage_id":"two","type":7,"timestamp":1772359200,"message":{"text":"an object"},"event_type":[],"error_causes":"text","level":3}"#,
    ),
    (
        None,
        "{\"_storage_id\":3,\"type\":\"cloudify_log\",\"timestamp\":\"2026-03-01T10:00:01.000Z\",\"message\":\"<script>alert(1)</script> \u{202e}txet desrever\u{202c} a\\u0000b \\u001b[31mred\",\"level\":\"shouting\",\"logger\":\"<b>\",\"error_causes\":[{\"message\":null,\"type\":7,\"traceback\":\"<img src=x onerror=alert(2)>\"},null,\"x\"]}",
    ),
    (
        None,
        r#"{"_storage_id":1,"type":"cloudify_event","timestamp":"2026-03-01T10:00:00.000Z","message":"the number of an earlier one again","event_type":"free text of a workflow"}"#,
    ),
];

impl Kind {
    fn rows(self) -> &'static [(Option<&'static str>, &'static str)] {
        match self {
            Self::Executions => &EXECUTIONS,
            Self::Operations => &OPERATIONS,
            Self::Events => &EVENTS,
        }
    }

    /// A row with this text as its parameters, or as its message.
    fn holding(self, id: &str, value: &str) -> String {
        match self {
            Self::Executions => format!(
                r#"{{"id":"{id}","workflow_id":"backup","deployment_id":"web-shop","status":"terminated","status_display":"completed","error":"","parameters":{value},"created_at":"2026-03-01T11:00:00.000Z","created_by":"admin","tenant_name":"default_tenant","total_operations":1,"finished_operations":1}}"#
            ),
            Self::Operations => format!(
                r#"{{"id":"{id}","name":"large","state":"succeeded","dependencies":[],"type":"RemoteWorkflowTask","parameters":{value},"tasks_graph_id":"odd-graph","created_at":"2026-03-01T11:00:00.000Z","tenant_name":"default_tenant"}}"#
            ),
            Self::Events => format!(
                r#"{{"_storage_id":9,"type":"cloudify_event","timestamp":"2026-03-01T11:00:00.000Z","message":"large","event_type":"workflow_stage","error_causes":{value},"execution_id":"{id}"}}"#
            ),
        }
    }
}

/// Many small members rather than one long text, as that is what costs a tree.
fn big() -> String {
    let mut body = String::with_capacity(BIG_BODY_BYTES + 256);
    body.push_str(r#"{"addresses":{"#);
    let mut number = 0_u32;
    while body.len() < BIG_BODY_BYTES {
        let comma = if number == 0 { "" } else { "," };
        body.push_str(&format!(
            r#"{comma}"address-{number:06}":{{"description":"entry {number}","enabled":true}}"#
        ));
        number += 1;
    }
    body.push_str("}}");
    body
}

/// Objects and lists in turn, each one level.
fn deep() -> String {
    format!("{}null{}", r#"{"in":["#.repeat(LEVELS / 2), "]}".repeat(LEVELS / 2))
}

fn list(rows: &[String]) -> String {
    let total = rows.len();
    format!(
        r#"{{"items":[{}],"metadata":{{"pagination":{{"total":{total},"size":1000,"offset":0}},"filtered":null}}}}"#,
        rows.join(",")
    )
}

/// What stands in for the real answer: a list of odd rows where one is ordered, or the odd row that an id names.
pub(super) fn answer(kind: Kind, family: Option<Family>, id: &str, verb: &Method) -> Option<String> {
    if verb != Method::GET {
        return None;
    }
    if !id.is_empty() {
        return match id {
            "fault-5mb" => Some(kind.holding(id, &big())),
            "fault-deep" => Some(kind.holding(id, &deep())),
            id => kind.rows().iter().find(|(known, _)| *known == Some(id)).map(|(_, row)| (*row).to_owned()),
        };
    }
    Some(match family? {
        Family::Rows => list(&kind.rows().iter().map(|(_, row)| (*row).to_owned()).collect::<Vec<_>>()),
        Family::FiveMegabytes => list(&[kind.holding("fault-5mb", &big())]),
        Family::Deep => list(&[kind.holding("fault-deep", &deep())]),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::value::RawValue;

    #[test]
    fn every_row_is_json_text_even_if_nothing_else() {
        for kind in [Kind::Executions, Kind::Operations, Kind::Events] {
            for (id, text) in kind.rows() {
                serde_json::from_str::<Box<RawValue>>(text)
                    .unwrap_or_else(|error| panic!("{error} in {text}"));
                if let Some(id) = id {
                    assert_eq!(answer(kind, None, id, &Method::GET).as_deref(), Some(*text));
                    assert!(answer(kind, None, id, &Method::DELETE).is_none());
                }
            }
            for family in [Family::Rows, Family::FiveMegabytes, Family::Deep] {
                let text = answer(kind, Some(family), "", &Method::GET).unwrap();
                serde_json::from_str::<Box<RawValue>>(&text)
                    .map(drop)
                    .or_else(|error| if family == Family::Deep { Ok(()) } else { Err(error) })
                    .unwrap();
            }
        }
        assert!(answer(Kind::Executions, None, "", &Method::GET).is_none());
        assert!(answer(Kind::Executions, None, "other", &Method::GET).is_none());
    }
}
