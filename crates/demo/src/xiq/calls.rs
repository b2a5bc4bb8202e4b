//! The calls that start operations: what they ask for, how long their work takes and what it comes to.
//! It must not know tokens, nor how operations are kept.

use serde_json::{Map, Value, json};

use super::operation::Ending;
use crate::chance::Chance;

/// A call that works in the background when it is asked to.
pub(super) struct Call {
    /// The path below the mount; `*` is any one segment.
    path: &'static [&'static str],
    /// What the token must hold.
    pub(super) permission: &'static str,
    /// One that never answers with its result at once.
    pub(super) always_in_background: bool,
    /// Fewest and most seconds of work.
    pub(super) seconds: (i64, i64),
    pub(super) steps: &'static [&'static str],
    /// Members that the body must have.
    needs: &'static [&'static str],
    result: fn(&Value, &mut Chance) -> Option<Value>,
}

const CALLS: [Call; 7] = [
    Call {
        path: &["devices", ":cli"],
        permission: "device",
        always_in_background: false,
        seconds: (15, 40),
        steps: &["CONNECT_DEVICES", "SEND_CLI", "COLLECT_OUTPUT"],
        needs: &["devices", "clis"],
        result: outputs,
    },
    Call {
        path: &["devices", ":reset"],
        permission: "device",
        always_in_background: false,
        seconds: (40, 90),
        steps: &[],
        needs: &["device_ids"],
        result: |_, _| None,
    },
    Call {
        path: &["devices", "*", ":reset"],
        permission: "device",
        always_in_background: false,
        seconds: (40, 90),
        steps: &[],
        needs: &[],
        result: |_, _| None,
    },
    Call {
        path: &["devices", ":advanced-onboard"],
        permission: "device",
        always_in_background: false,
        seconds: (45, 120),
        steps: &["CHECK_SERIAL_NUMBERS", "REDIRECT", "ASSIGN_LICENSE", "ASSIGN_POLICY"],
        needs: &[],
        result: onboarded,
    },
    Call {
        path: &["deployments"],
        permission: "deployment",
        always_in_background: false,
        seconds: (90, 240),
        steps: &["GENERATE_CONFIG", "PUSH_CONFIG", "VERIFY"],
        needs: &[],
        result: deployed,
    },
    Call {
        path: &["logs", "audit", "reports"],
        permission: "log",
        always_in_background: false,
        seconds: (20, 60),
        steps: &["QUERY", "WRITE_REPORT"],
        needs: &[],
        result: |_, chance| Some(json!({ "id": chance.between(100_000, 999_999) })),
    },
    Call {
        path: &["account", "viq", "export"],
        permission: "account",
        always_in_background: true,
        seconds: (60, 120),
        steps: &["COLLECT", "PACK", "STORE"],
        needs: &[],
        result: |_, chance| {
            let stem = format!("viq-export-{}", chance.between(100_000, 999_999));
            Some(json!({
                "export_file_name": format!("{stem}.tar.gz"), "log_file_name": format!("{stem}.log"),
                "export_status": "FINISHED",
            }))
        },
    },
];

/// The call at this path, if it is one that starts operations.
pub(super) fn at(segments: &[&str]) -> Option<&'static Call> {
    let fits = |call: &&Call| {
        call.path.len() == segments.len()
            && call.path.iter().zip(segments).all(|(wanted, found)| *wanted == "*" || wanted == found)
    };
    CALLS.iter().find(fits)
}

impl Call {
    /// What is wrong with the body, if anything is.
    pub(super) fn complaint(&self, body: &Value) -> Option<String> {
        if !self.needs.is_empty() && !body.is_object() {
            return Some("The request body must be a JSON object.".to_owned());
        }
        let missing = self.needs.iter().find(|name| body.get(**name).is_none_or(Value::is_null))?;
        Some(format!("The request body lacks \"{missing}\"."))
    }

    pub(super) fn result(&self, body: &Value, chance: &mut Chance) -> Option<Value> {
        (self.result)(body, chance)
    }

    /// Every sixth fails, so that none of the first few does.
    pub(super) fn ending(&self, number: u64, body: &Value, chance: &mut Chance) -> Ending {
        if number % 6 == 5 { failure(chance) } else { Ending::Succeeded(self.result(body, chance)) }
    }
}

/// One of several ways in which work on devices goes wrong.
pub(super) fn failure(chance: &mut Chance) -> Ending {
    let device = chance.between(900_000_000_000, 999_999_999_999);
    let (code, text) = match chance.below(5) {
        0 => (
            "DEVICE_OFFLINE",
            format!("Device {device} is offline since {} minutes.", chance.between(2, 600)),
        ),
        1 => (
            "CONFIG_REJECTED",
            format!("Device {device} rejected the configuration at line {}.", chance.between(3, 400)),
        ),
        2 => ("TIMEOUT", format!("Device {device} did not answer within {} s.", chance.between(2, 6) * 30)),
        3 => ("LICENSE_MISSING", format!("No Pilot license is left for {} devices.", chance.between(1, 40))),
        _ => ("INTERNAL_ERROR", format!("Worker xiq-lro-{} was restarted.", chance.between(1, 24))),
    };
    Ending::Failed { code, text }
}

/// The device ids of a body, however the call nests them.
fn ids(body: &Value) -> Vec<String> {
    let listed = body.pointer("/devices/ids").or_else(|| body.get("ids")).and_then(Value::as_array);
    listed.into_iter().flatten().map(Value::to_string).collect()
}

fn outputs(body: &Value, _: &mut Chance) -> Option<Value> {
    let clis: Vec<&str> =
        body.get("clis").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
    let said = |cli: &str| match cli {
        "show version" => "Version: HiveOS 10.7r3\nPlatform: AP410C\nUptime: 12 days".to_owned(),
        other => format!("% Unknown command: {other}"),
    };
    let of_device = || -> Vec<Value> {
        let output = |cli: &&str| json!({ "cli": cli, "response_code": "SUCCEED", "output": said(cli) });
        clis.iter().map(output).collect()
    };
    let outputs: Map<String, Value> = ids(body).into_iter().map(|id| (id, of_device().into())).collect();
    Some(json!({ "device_cli_outputs": outputs }))
}

fn onboarded(body: &Value, chance: &mut Chance) -> Option<Value> {
    let groups = body.as_object().into_iter().flatten().filter_map(|(_, group)| group.as_array());
    let serials: Vec<Value> =
        groups.flatten().filter_map(|device| device.get("serial_number")).cloned().collect();
    let mut success = Vec::new();
    for serial in serials {
        success.push(
            json!({ "serial_number": serial, "device_id": chance.between(900_000_000_000, 999_999_999_999) }),
        );
    }
    Some(json!({ "success_devices": success, "failure_devices": [] }))
}

fn deployed(body: &Value, chance: &mut Chance) -> Option<Value> {
    let finished = json!({ "is_finished": true, "is_finished_successful": true, "is_pending_config": false });
    let status: Map<String, Value> = ids(body).into_iter().map(|id| (id, finished.clone())).collect();
    Some(json!({ "deployment_id": chance.between(1_000_000, 9_999_999), "deployment_status": status }))
}
