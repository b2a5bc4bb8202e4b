//! What a run of a workflow consists of: its tasks in order, the same for the same workflow and nodes.
//! It must not know executions or time.

/// What kind of thing a worker does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Encloses the tasks of one node.
    Subgraph,
    /// Runs on an agent and takes its time; everything else is done at once.
    Remote,
    SetState,
    NodeEvent,
    /// Joins branches. Counters leave it out.
    Nop,
    /// A remote task that is only talked about.
    DryRun,
}

impl Kind {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Subgraph => "SubgraphTask",
            Self::Remote => "RemoteWorkflowTask",
            Self::SetState => "SetNodeInstanceStateTask",
            Self::NodeEvent => "SendNodeEventTask",
            Self::Nop => "NOPLocalWorkflowTask",
            Self::DryRun => "DryRunLocalWorkflowTask",
        }
    }
}

#[derive(Debug)]
pub(super) struct Task {
    pub(super) kind: Kind,
    pub(super) name: String,
    pub(super) node: &'static str,
    /// Empty where it is no operation of a node.
    pub(super) operation: &'static str,
    /// Where the enclosing subgraph stands.
    pub(super) within: Option<usize>,
}

/// The operations a workflow runs on every node.
fn operations(workflow: &str) -> (&'static str, &'static [&'static str]) {
    match workflow {
        "install" | "create_deployment_environment" => (
            "started",
            &[
                "cloudify.interfaces.lifecycle.create",
                "cloudify.interfaces.lifecycle.configure",
                "cloudify.interfaces.lifecycle.start",
            ],
        ),
        "uninstall" => (
            "deleted",
            &[
                "cloudify.interfaces.lifecycle.stop",
                "cloudify.interfaces.lifecycle.unlink",
                "cloudify.interfaces.lifecycle.delete",
            ],
        ),
        "backup" => ("started", &["backup.snapshot", "backup.upload", "backup.verify"]),
        "heal" => {
            ("started", &["cloudify.interfaces.lifecycle.check_status", "cloudify.interfaces.lifecycle.heal"])
        }
        "update" => ("started", &["update.drain", "update.apply", "update.restore"]),
        _ => ("started", &["maintenance.prepare", "maintenance.run"]),
    }
}

pub(super) fn script(workflow: &str, nodes: &[&'static str], dry_run: bool) -> Vec<Task> {
    let (state, operations) = operations(workflow);
    let remote = if dry_run { Kind::DryRun } else { Kind::Remote };
    let mut tasks = Vec::new();
    for node in nodes {
        let enclosing = tasks.len();
        let mut add = |kind, name: String, operation, within| {
            tasks.push(Task { kind, name, node, operation, within });
        };
        let inside = Some(enclosing);
        add(Kind::Subgraph, format!("{workflow}_{node}"), "", None);
        add(Kind::NodeEvent, format!("send_event:{node}"), "", inside);
        for operation in operations {
            add(remote, (*operation).to_owned(), operation, inside);
        }
        add(Kind::SetState, format!("set_state:{state}"), "", inside);
        add(Kind::Nop, format!("{node}:done"), "", inside);
    }
    tasks
}

/// How many of the first tasks the counters of an execution count.
pub(super) fn counted<'a>(tasks: impl IntoIterator<Item = &'a Task>) -> u32 {
    let counted = tasks.into_iter().filter(|task| task.kind != Kind::Nop).count();
    u32::try_from(counted).unwrap_or(u32::MAX)
}

/// The id of the only instance of a node.
pub(super) fn instance(deployment: &str, node: &str) -> String {
    let mixed = deployment
        .bytes()
        .chain(node.bytes())
        .fold(0x811c_9dc5_u32, |mixed, byte| (mixed ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    format!("{node}_{:06x}", mixed & 0x00ff_ffff)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_has_8_to_30_tasks_and_points_back_only() {
        for workflow in super::super::workflows::NAMES {
            for nodes in [&["a", "b"][..], &["a", "b", "c"]] {
                let tasks = script(workflow, nodes, false);
                assert!((8..=30).contains(&tasks.len()), "{workflow}: {}", tasks.len());
                for (at, task) in tasks.iter().enumerate() {
                    assert!(
                        task.within.is_none_or(|outer| outer < at && tasks[outer].kind == Kind::Subgraph)
                    );
                }
                assert!(counted(&tasks) < u32::try_from(tasks.len()).unwrap());
            }
        }
        assert_eq!(instance("web-shop", "app"), instance("web-shop", "app"));
        assert_ne!(instance("web-shop", "app"), instance("db-core", "app"));
    }
}
