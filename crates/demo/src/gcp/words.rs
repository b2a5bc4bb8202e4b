//! What evaluations are called and what goes wrong with work on them: a handful of causes, each with the details
//! that the service puts beside a message. It must not know when a text is shown.

use serde_json::json;

use super::operation::Ending;
use super::status::{detail, error_info};
use crate::chance::Chance;

/// Evaluations that are there from the start, in every location.
pub(super) const EVALUATIONS: [(&str, &str); 12] = [
    ("sap-hana-prod", "SAP HANA scale-up, production"),
    ("sap-hana-quality", "SAP HANA, quality assurance"),
    ("sap-netweaver-app", "SAP NetWeaver application servers"),
    ("sap-backup-policy", "Backup policy of all SAP systems"),
    ("mssql-finance", "SQL Server of the finance department"),
    ("mssql-webshop", "SQL Server Always On group of the web shop"),
    ("mssql-licences", "Licence and edition of every SQL Server"),
    ("network-baseline", "Firewall rules and routes against the baseline"),
    ("disk-encryption", "Customer-managed keys on every disk"),
    ("osaka-edge-hosts", "大阪 edge hosts"),
    ("os-patch-level", "Patch level of operating systems"),
    ("labels-and-owners", "Every resource names its owner"),
];

/// One of several ways in which an evaluation goes wrong.
pub(super) fn failure(chance: &mut Chance, target: &str) -> Ending {
    let (code, message, details) = match chance.below(7) {
        0 => (
            9,
            "The evaluation has no resources: its resource filter matches nothing.".to_owned(),
            vec![error_info("NO_RESOURCES", &json!({ "evaluation": target }))],
        ),
        1 => {
            let agent = format!(
                "service-{}@gcp-sa-workloadmanager.iam.gserviceaccount.com",
                chance.between(100_000_000, 999_999_999)
            );
            (
                7,
                format!("Service agent {agent} lacks the permission cloudasset.assets.searchAllResources."),
                vec![
                    error_info("SERVICE_AGENT_PERMISSION_MISSING", &json!({ "agent": agent })),
                    detail(
                        "Help",
                        json!({ "links": [{
                        "description": "Roles of service agents",
                        "url": "https://cloud.google.com/iam/docs/service-agents" }] }),
                    ),
                ],
            )
        }
        2 => (
            8,
            format!("Quota exceeded: {} executions per hour in this project.", chance.between(60, 100)),
            vec![
                detail(
                    "QuotaFailure",
                    json!({ "violations": [{
                    "subject": "project:demo", "description": "Executions per hour" }] }),
                ),
                detail("RetryInfo", json!({ "retryDelay": format!("{}s", chance.between(60, 1800)) })),
            ],
        ),
        3 => (
            3,
            format!(
                "Rule sap-hana-{} is unknown to rule set {}.",
                chance.between(10, 99),
                chance.between(40, 60)
            ),
            vec![detail(
                "BadRequest",
                json!({ "fieldViolations": [{
                "field": "evaluation.rule_names", "description": "No such rule in this rule set." }] }),
            )],
        ),
        4 => (
            4,
            format!(
                "Collecting insights from {} instances took longer than 900 s.",
                chance.between(120, 400)
            ),
            vec![],
        ),
        5 => (
            14,
            format!("The asset inventory did not answer within {} s.", chance.between(4, 20) * 15),
            vec![detail("RetryInfo", json!({ "retryDelay": "1.500s" }))],
        ),
        _ => (
            13,
            "Internal error encountered.".to_owned(),
            vec![
                detail("RequestInfo", json!({ "requestId": chance.uuid() })),
                detail(
                    "LocalizedMessage",
                    json!({ "locale": "ja-JP", "message": "内部エラーが発生しました。" }),
                ),
            ],
        ),
    };
    Ending::Failed { code, message, details }
}

/// An operation id as the service makes them.
pub(super) fn operation_id(chance: &mut Chance, made_ms: i64) -> String {
    let (a, b) = (chance.next(), chance.next());
    format!("operation-{made_ms}-{:013x}-{:08x}-{:08x}", a >> 12, b >> 32, b & 0xffff_ffff)
}
