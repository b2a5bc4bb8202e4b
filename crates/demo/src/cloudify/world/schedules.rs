//! Executions that are to start later. They become executions when their time comes in the real service; here they
//! are only kept and shown. It must not know executions.

use serde_json::{Value, json};

use super::super::accounts::Tenant;
use super::super::dates;
use super::super::listing::{Column, Field, Item, computed, field};

#[derive(Debug)]
pub(in crate::cloudify) struct Schedule {
    pub(in crate::cloudify) id: String,
    pub(in crate::cloudify) workflow: String,
    pub(in crate::cloudify) deployment: String,
    pub(in crate::cloudify) tenant: Tenant,
    pub(in crate::cloudify) parameters: Value,
    pub(in crate::cloudify) arguments: Value,
    pub(in crate::cloudify) at_ms: i64,
    pub(in crate::cloudify) created_ms: i64,
    pub(in crate::cloudify) created_by: String,
}

impl Item for &Schedule {
    const FIELDS: &'static [Field] = &[
        field("id", Column::Text),
        field("workflow_id", Column::Text),
        field("deployment_id", Column::Text),
        computed("parameters"),
        computed("execution_arguments"),
        computed("rule"),
        field("since", Column::Date),
        field("until", Column::Date),
        field("next_occurrence", Column::Date),
        computed("all_next_occurrences"),
        field("slip", Column::Int),
        field("stop_on_fail", Column::Bool),
        field("enabled", Column::Bool),
        field("latest_execution_status", Column::Text),
        field("created_at", Column::Date),
        field("created_by", Column::Text),
        field("tenant_name", Column::Text),
        field("visibility", Column::Text),
    ];

    fn value(&self, field: &str) -> Value {
        match field {
            "id" => self.id.as_str().into(),
            "workflow_id" => self.workflow.as_str().into(),
            "deployment_id" => self.deployment.as_str().into(),
            "parameters" => self.parameters.clone(),
            "execution_arguments" => self.arguments.clone(),
            "rule" => json!({ "count": 1 }),
            "since" | "next_occurrence" => dates::value(Some(self.at_ms)),
            "all_next_occurrences" => json!([dates::blank_separated(self.at_ms)]),
            "slip" => 0.into(),
            "stop_on_fail" => false.into(),
            "enabled" => true.into(),
            "created_at" => dates::value(Some(self.created_ms)),
            "created_by" => self.created_by.as_str().into(),
            "tenant_name" => self.tenant.into(),
            "visibility" => "tenant".into(),
            _ => Value::Null,
        }
    }
}
