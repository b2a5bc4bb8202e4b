//! One execution: what is shown of it and what the demo knows besides. It must not know how it comes to change.

use serde_json::Value;

use super::super::accounts::Tenant;
use super::super::dates;
use super::super::listing::{Column, Field, Item, computed, field, hidden};
use super::marks::{Mark, Past};
use super::status::{DISPLAY_NAMES, NAMES, Status};

/// What a worker will make of an execution, unless somebody interferes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::cloudify) struct Plan {
    /// The task that fails, and with which error.
    pub(super) fails: Option<(usize, usize)>,
    /// The task that needs a second try.
    pub(super) retries: Option<usize>,
}

#[derive(Debug)]
pub(in crate::cloudify) struct Execution {
    pub(in crate::cloudify) number: u64,
    pub(in crate::cloudify) id: String,
    pub(in crate::cloudify) workflow: String,
    pub(in crate::cloudify) deployment: Option<String>,
    pub(super) display_name: Option<String>,
    pub(in crate::cloudify) blueprint: Option<String>,
    pub(in crate::cloudify) tenant: Tenant,
    /// None only for what a group leaves behind when its workflow does not exist.
    pub(in crate::cloudify) status: Option<Status>,
    pub(in crate::cloudify) error: Option<String>,
    pub(super) parameters: Option<Value>,
    pub(in crate::cloudify) created_ms: i64,
    pub(super) started_ms: Option<i64>,
    pub(super) ended_ms: Option<i64>,
    pub(super) scheduled_ms: Option<i64>,
    pub(super) created_by: String,
    pub(in crate::cloudify) system: bool,
    pub(super) dry_run: bool,
    pub(super) allow_custom: bool,
    pub(super) resume: bool,
    pub(super) total: u32,
    pub(super) finished: u32,
    pub(in crate::cloudify) group: Option<String>,
    /// Counts the workers' attempts; what an earlier one had planned no longer happens.
    pub(super) run: u32,
    /// Whether a worker has it in hand. One restored with a forced status has none.
    pub(super) manned: bool,
    pub(super) plan: Plan,
    /// How it went, for one that was over before the demo began.
    pub(super) past: Option<Past>,
    /// What happened since.
    pub(super) marks: Vec<Mark>,
}

impl Execution {
    /// A pending execution in a worker's hands; the caller fills in what differs.
    pub(super) fn pending(id: String, workflow: &str, tenant: Tenant, created_ms: i64, by: &str) -> Self {
        Self {
            number: 0,
            id,
            workflow: workflow.to_owned(),
            deployment: None,
            display_name: None,
            blueprint: None,
            tenant,
            status: Some(Status::Pending),
            error: None,
            parameters: Some(Value::Object(serde_json::Map::new())),
            created_ms,
            started_ms: None,
            ended_ms: None,
            scheduled_ms: None,
            created_by: by.to_owned(),
            system: false,
            dry_run: false,
            allow_custom: false,
            resume: false,
            total: 0,
            finished: 0,
            group: None,
            run: 0,
            manned: true,
            plan: Plan::default(),
            past: None,
            marks: Vec::new(),
        }
    }

    pub(in crate::cloudify) fn is_terminal(&self) -> bool {
        self.status.is_some_and(Status::is_terminal)
    }

    pub(in crate::cloudify) fn is_active(&self) -> bool {
        self.status.is_some_and(Status::is_active)
    }
}

impl Item for &Execution {
    const FIELDS: &'static [Field] = &[
        field("id", Column::Text),
        field("workflow_id", Column::Text),
        field("deployment_id", Column::Text),
        field("deployment_display_name", Column::Text),
        field("blueprint_id", Column::Text),
        field("status", Column::Enum(NAMES)),
        field("status_display", Column::Enum(DISPLAY_NAMES)),
        field("error", Column::Text),
        field("parameters", Column::Json),
        field("created_at", Column::Date),
        field("started_at", Column::Date),
        field("ended_at", Column::Date),
        field("scheduled_for", Column::Date),
        field("created_by", Column::Text),
        field("tenant_name", Column::Text),
        field("is_system_workflow", Column::Bool),
        field("is_dry_run", Column::Bool),
        field("allow_custom_parameters", Column::Bool),
        field("resume", Column::Bool),
        field("private_resource", Column::Bool),
        field("total_operations", Column::Int),
        field("finished_operations", Column::Int),
        field("visibility", Column::Text),
        field("resource_availability", Column::Text),
        computed("parameters_p"),
        hidden("execution_group_id", Column::Text),
    ];

    fn value(&self, field: &str) -> Value {
        match field {
            "id" => self.id.as_str().into(),
            "workflow_id" => self.workflow.as_str().into(),
            "deployment_id" => self.deployment.as_deref().into(),
            "deployment_display_name" => self.display_name.as_deref().into(),
            "blueprint_id" => self.blueprint.as_deref().into(),
            "status" => self.status.map(Status::name).into(),
            "status_display" => self.status.map(Status::display_name).into(),
            "error" => self.error.as_deref().into(),
            "parameters" => self.parameters.clone().unwrap_or(Value::Null),
            "created_at" => dates::value(Some(self.created_ms)),
            "started_at" => dates::value(self.started_ms),
            "ended_at" => dates::value(self.ended_ms),
            "scheduled_for" => dates::value(self.scheduled_ms),
            "created_by" => self.created_by.as_str().into(),
            "tenant_name" => self.tenant.into(),
            "is_system_workflow" => self.system.into(),
            "is_dry_run" => self.dry_run.into(),
            "allow_custom_parameters" => self.allow_custom.into(),
            "resume" => self.resume.into(),
            "private_resource" => false.into(),
            "total_operations" => self.total.into(),
            "finished_operations" => self.finished.into(),
            "visibility" | "resource_availability" => "tenant".into(),
            "execution_group_id" => self.group.as_deref().into(),
            _ => Value::Null,
        }
    }
}
