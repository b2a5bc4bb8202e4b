//! The workflows of every deployment and the schemas of their parameters.
//! It must not know what a run of them does.

use serde_json::{Map, Value, json};

use super::catalogue::{Deployment, Environment};

/// The workflows a ready deployment has, in the order it lists them.
pub(in crate::cloudify) const NAMES: [&str; 8] =
    ["install", "uninstall", "update", "heal", "scale", "backup", "execute_operation", "stubborn"];

/// What the schema of one workflow declares.
pub(in crate::cloudify) fn parameters(workflow: &str) -> Map<String, Value> {
    let schema = match workflow {
        "backup" => json!({
            "target": { "type": "string", "description": "Where the backup goes, such as s3://bucket/path.",
                        "constraints": [{ "min_length": 3 }, { "max_length": 200 }] },
            "level": { "type": "integer", "default": 3, "description": "How hard to compress.",
                       "constraints": [{ "in_range": [1, 9] }] },
            "mode": { "type": "string", "default": "incremental",
                      "constraints": [{ "valid_values": ["full", "incremental", "differential"] }] },
            "verify": { "type": "boolean", "default": true, "description": "Reads the backup once it is written." },
            "keep_days": { "type": "integer", "default": 30, "constraints": [{ "greater_or_equal": 1 }] },
            "exclude": { "type": "list", "item_type": "string", "default": [] },
        }),
        "heal" => json!({
            "node_instance_id": { "type": "node_instance", "default": null, "required": false,
                                  "description": "The instance to heal; all that are unwell when empty." },
            "diagnose_value": { "type": "string", "default": "Not provided" },
            "ignore_failure": { "type": "boolean", "default": true },
        }),
        "scale" => json!({
            "scalable_entity_name": { "type": "string", "description": "Which node or group grows or shrinks." },
            "delta": { "type": "integer", "default": 1,
                       "constraints": [{ "in_range": [-5, 5] }] },
            "include_instances": { "type": "list", "item_type": "node_instance", "default": null },
        }),
        "update" => json!({
            "version": { "type": "string", "default": "latest" },
            "ratio": { "type": "float", "default": 0.25, "description": "How much is updated at once.",
                       "constraints": [{ "greater_than": 0 }, { "less_or_equal": 1 }] },
            "settings": { "type": "dict", "default": {} },
        }),
        "execute_operation" => json!({
            "operation": { "type": "operation_name", "default": "maintenance.poll",
                           "description": "The operation to run; \"fail\" makes this demo fail." },
            "operation_kwargs": { "type": "dict", "default": {} },
            "node_ids": { "type": "list", "default": [] },
            "note": { "type": "textarea", "default": "" },
            "anything": { "default": null },
        }),
        "install" | "uninstall" => json!({
            "ignore_failure": { "type": "boolean", "default": false },
            "node_ids": { "type": "list", "default": [] },
        }),
        "stubborn" => {
            json!({ "reason": { "type": "string", "default": "does not listen to a cancel request" } })
        }
        _ => json!({}),
    };
    match schema {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}

/// Which states of the nodes a workflow asks for.
fn wants(workflow: &str) -> Option<&'static [&'static str]> {
    match workflow {
        "install" => Some(&["none", "partial"]),
        "uninstall" | "update" | "scale" => Some(&["all", "partial"]),
        _ => None,
    }
}

pub(in crate::cloudify) fn is_available(deployment: &Deployment, workflow: &str) -> bool {
    let state = if deployment.installed { "all" } else { "none" };
    wants(workflow).is_none_or(|states| states.contains(&state))
}

/// Whether a deployment has this workflow.
pub(in crate::cloudify) fn exists(deployment: &Deployment, workflow: &str) -> bool {
    deployment.environment == Environment::Ready && NAMES.contains(&workflow)
}

/// One workflow as lists show it.
pub(in crate::cloudify) fn item(deployment: &Deployment, workflow: &str) -> Value {
    let (plugin, function) = match workflow {
        "backup" | "stubborn" => ("acme-workflows", format!("acme_workflows.lifecycle.{workflow}")),
        _ => ("default_workflows", format!("cloudify.plugins.workflows.{workflow}")),
    };
    json!({
        "name": workflow, "plugin": plugin, "operation": function, "parameters": parameters(workflow),
        "is_cascading": workflow == "heal", "is_available": is_available(deployment, workflow),
        "availability_rules": wants(workflow).map(|states| json!({ "node_instances_active": states })),
    })
}

/// All workflows of a deployment; none before its environment is there.
pub(in crate::cloudify) fn items(deployment: &Deployment) -> Value {
    match deployment.environment {
        Environment::Ready => NAMES.iter().map(|name| item(deployment, name)).collect(),
        Environment::Pending | Environment::Creating | Environment::Failed => Value::Null,
    }
}
