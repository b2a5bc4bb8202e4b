//! The texts of failures, logs and people's names. It must not know when they are used.

/// A way to fail: what a task says, and where in the code it happened.
pub(super) struct Failure {
    pub(super) kind: &'static str,
    pub(super) message: &'static str,
    pub(super) place: &'static str,
}

pub(super) const FAILURES: [Failure; 7] = [
    Failure {
        kind: "NonRecoverableError",
        message: "SSH connection to 10.20.4.17:22 timed out after 30 s",
        place: "fabric_plugin/tasks.py\", line 212, in run_commands",
    },
    Failure {
        kind: "HttpException",
        message: "Quota exceeded for instances: requested 1, but already used 20 of 20 instances",
        place: "openstack_plugin/compute.py\", line 388, in create_server",
    },
    Failure {
        kind: "RecoverableError",
        message: "Router did not become reachable within 600 s: last answer was \"503 Service Unavailable\"",
        place: "vnf_plugin/router.py\", line 97, in wait_until_reachable",
    },
    Failure {
        kind: "CommandExecutionException",
        message: "Command ['pg_basebackup', '-D', '/var/lib/pg'] ended with exit code 1: no space left on device",
        place: "script_runner/tasks.py\", line 145, in execute",
    },
    Failure {
        kind: "KeyError",
        message: "'management_ip'",
        place: "vnf_plugin/config.py\", line 41, in render_template",
    },
    Failure {
        kind: "ProcessException",
        message: "Ansible reported 2 failed hosts: edge-a <unreachable>, edge-b \"sudo: a password is required\"",
        place: "ansible_plugin/playbook.py\", line 310, in run_playbook",
    },
    Failure {
        kind: "ForbiddenException",
        message: "アクセスが拒否されました (code 403): the token has no role in project 東京",
        place: "ecl_plugin/appliance.py\", line 66, in update_interface",
    },
];

impl Failure {
    pub(super) fn number(at: usize) -> &'static Self {
        let [first, ..] = &FAILURES;
        FAILURES.get(at % FAILURES.len()).unwrap_or(first)
    }

    pub(super) fn traceback(&self) -> String {
        format!(
            "Traceback (most recent call last):\n  File \"/opt/mgmtworker/env/dispatch.py\", line 808, in main\n    \
             payload = handler.handle()\n  File \"/opt/plugins/{}\n    raise {}(text)\n{}: {}\n",
            self.place, self.kind, self.kind, self.message
        )
    }

    /// What becomes the `error` of the whole execution.
    pub(super) fn of_execution(&self, task: &str) -> String {
        format!(
            "Traceback (most recent call last):\n  File \"/opt/mgmtworker/env/workflows/tasks_graph.py\", line 174, in \
             execute\n    raise self._error\nRuntimeError: Workflow failed: Task failed '{task}' -> {}: {}\n",
            self.kind, self.message
        )
    }
}

/// What operations log, with their levels.
pub(super) const LOGS: [(&str, &str); 8] = [
    ("info", "Connecting to the agent"),
    ("debug", "Rendering the template with 14 variables"),
    ("info", "Applied 3 changes, 0 left"),
    ("warning", "The device answered slowly (4.2 s); going on"),
    ("info", "Waiting for the service to come up"),
    ("debug", "Response: {\"ok\": true, \"elapsed\": 0.41}"),
    ("info", "設定を適用しました"),
    ("error", "First attempt failed; trying the second address"),
];

/// Who starts work by itself.
pub(super) const PEOPLE: [&str; 3] = ["admin", "mona", "admin"];
