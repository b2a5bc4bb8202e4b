//! From the wire: one event or log line (docs/DIALECTS.md, 4.9). They have no id of their own; their type
//! and the number within it make one.

use super::parse::{elements, within};
use crate::dialect::RowError;
use crate::dialect::read::Reader;
use crate::json::fields;
use crate::model::{More, Operation, Span};
use crate::time::parse_cloudify;

pub(super) fn event(mut read: Reader) -> Result<Operation, RowError> {
    let number = read.raw("_storage_id").and_then(fields::as_text).ok_or(RowError::NoId)?;
    let of = read.word("type");
    let mut id = String::from(of.as_deref().unwrap_or("entry"));
    id.push('-');
    id.push_str(&number);
    let causes = read.raw("error_causes");
    let failure: Option<Span> = read.span("error_causes");
    let more = More {
        failure,
        facts: read.facts(&[
            "reported_timestamp",
            "operation",
            "node_instance_id",
            "execution_id",
            "execution_group_id",
            "workflow_id",
            "deployment_id",
            "deployment_display_name",
            "blueprint_id",
            "source_id",
            "target_id",
            "manager_name",
            "agent_name",
        ]),
        ..More::default()
    };
    Ok(Operation {
        id: id.into(),
        target_type: of,
        kind: read.word("event_type").or_else(|| read.word("logger")),
        status: read.word("level"),
        name: read.text("message"),
        target: read.word("node_name"),
        created: read.stamp("timestamp", parse_cloudify),
        error: causes.and_then(told),
        more: Some(Box::new(more)),
        oddities: read.oddities,
        ..Operation::default()
    })
}

/// `type: message` of each cause, a line each. Tracebacks stay in the structured error.
fn told(causes: &str) -> Option<Box<str>> {
    let mut text = String::new();
    elements(causes, &mut |cause| {
        let (mut of, mut message) = (None, None);
        within(cause, &[], &mut |name, value| match name {
            "type" => of = fields::as_text(value).map(|text| text.into_owned()),
            "message" => message = fields::as_shown(value).map(|text| text.into_owned()),
            _ => {}
        });
        for part in [of, message].into_iter().flatten() {
            if !text.is_empty() && !text.ends_with('\n') {
                text.push_str(": ");
            }
            text.push_str(&part);
        }
        text.push('\n');
    });
    let text = text.trim();
    (!text.is_empty()).then(|| text.into())
}
