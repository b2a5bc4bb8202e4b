//! The blueprints and the deployments made of them: what there is to run workflows on.
//! It must not know executions.

use super::super::accounts::{DEFAULT, OSAKA, Tenant};

#[derive(Debug)]
pub(in crate::cloudify) struct Blueprint {
    pub(in crate::cloudify) id: &'static str,
    pub(in crate::cloudify) description: &'static str,
    /// Its nodes, in the order they are installed.
    pub(in crate::cloudify) nodes: &'static [&'static str],
}

const WEB: Blueprint = Blueprint {
    id: "web-tier",
    description: "Load balancer, application servers and a cache.",
    nodes: &["lb", "app", "cache"],
};
const DATABASE: Blueprint = Blueprint {
    id: "postgres-ha",
    description: "Three-node PostgreSQL cluster with automatic failover.",
    nodes: &["primary", "standby", "witness"],
};
const ROUTER: Blueprint = Blueprint {
    id: "edge-router",
    description: "Virtual router at a customer site.",
    nodes: &["vnf", "config"],
};
const VAULT: Blueprint = Blueprint {
    id: "backup-service",
    description: "Backup store and its agents.",
    nodes: &["store", "agent"],
};
const DNS: Blueprint = Blueprint {
    id: "shared-dns",
    description: "Resolvers that other deployments use.",
    nodes: &["resolver", "zone"],
};
const LAB: Blueprint = Blueprint {
    id: "lab",
    description: "A test bed whose workers are switched off.",
    nodes: &["host", "probe"],
};
const CACHE: Blueprint = Blueprint {
    id: "cdn-cache",
    description: "Content cache at the edge.",
    nodes: &["cache", "purger", "monitor"],
};

/// How far a deployment came before its first workflow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cloudify) enum Environment {
    Ready,
    Pending,
    Creating,
    Failed,
}

#[derive(Debug)]
pub(in crate::cloudify) struct Deployment {
    pub(in crate::cloudify) id: &'static str,
    pub(in crate::cloudify) display_name: &'static str,
    pub(in crate::cloudify) blueprint: &'static Blueprint,
    pub(in crate::cloudify) tenant: Tenant,
    pub(in crate::cloudify) environment: Environment,
    /// Others depend on it, so that it is not stopped or changed without force.
    pub(in crate::cloudify) has_dependants: bool,
    /// Work comes up here by itself; on the others only what somebody starts.
    pub(super) lively: bool,
    pub(in crate::cloudify) installed: bool,
    pub(in crate::cloudify) created_ms: i64,
    /// The number of the newest execution.
    pub(in crate::cloudify) latest: Option<u64>,
}

impl Deployment {
    /// Whether any worker is alive to do the work.
    pub(in crate::cloudify) fn has_worker(&self) -> bool {
        !self.id.ends_with("-noworker")
    }
}

const DAY_MS: i64 = 86_400_000;

/// All deployments, made in the days before `start_ms`.
pub(super) fn deployments(start_ms: i64) -> Vec<Deployment> {
    use Environment::{Creating, Failed, Pending, Ready};
    let made = |id, display_name, blueprint, tenant| Deployment {
        id,
        display_name,
        blueprint,
        tenant,
        environment: Ready,
        has_dependants: false,
        lively: false,
        installed: true,
        created_ms: 0,
        latest: None,
    };
    let lively = |deployment: Deployment| Deployment { lively: true, ..deployment };
    let unborn =
        |deployment: Deployment, environment| Deployment { environment, installed: false, ..deployment };
    let mut all = vec![
        lively(made("web-shop", "Web shop", &WEB, DEFAULT)),
        lively(made("db-core", "Core database", &DATABASE, DEFAULT)),
        lively(made("edge-router-01", "Edge router Tokyo 1", &ROUTER, DEFAULT)),
        lively(made("edge-router-02", "Edge router Tokyo 2", &ROUTER, DEFAULT)),
        lively(made("edge-router-03", "Edge router Kyoto", &ROUTER, DEFAULT)),
        made("edge-router-04", "Edge router Kobe", &ROUTER, DEFAULT),
        made("backup-vault", "Backup vault", &VAULT, DEFAULT),
        Deployment { has_dependants: true, ..made("shared-dns", "Shared DNS", &DNS, DEFAULT) },
        made("lab-noworker", "Lab without workers", &LAB, DEFAULT),
        unborn(made("site-kobe-noworker", "New site Kobe", &ROUTER, DEFAULT), Creating),
        unborn(made("site-nagoya", "New site Nagoya", &ROUTER, DEFAULT), Failed),
        lively(made("osaka-router-01", "Edge router Osaka", &ROUTER, OSAKA)),
        lively(made("osaka-cdn", "Osaka CDN", &CACHE, OSAKA)),
        made("osaka-gw", "大阪ゲートウェイ", &ROUTER, OSAKA),
        unborn(made("site-sakai-noworker", "New site Sakai", &ROUTER, OSAKA), Pending),
    ];
    for (at, deployment) in (1_i64..).zip(&mut all) {
        let age = if deployment.environment == Ready { 60 - 3 * at } else { 1 };
        deployment.created_ms = start_ms - age * DAY_MS - at * 977_000;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_tenants_have_quiet_and_lively_deployments() {
        let all = deployments(100 * DAY_MS);
        for tenant in [DEFAULT, OSAKA] {
            let own = || all.iter().filter(move |deployment| deployment.tenant == tenant);
            assert!(own().any(|d| d.lively) && own().any(|d| !d.lively && d.has_worker()));
        }
        assert!(all.iter().all(|deployment| deployment.created_ms > 0));
        assert!(all.iter().any(|deployment| !deployment.has_worker()));
    }
}
