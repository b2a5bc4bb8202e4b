//! The accounts that can sign in, and the tenants they own. All of it is public: this is a demo.
//! It must not know tokens or HTTP.

/// One API key of the demo.
#[derive(Debug, PartialEq, Eq)]
pub struct Account {
    /// The API key, which Keystone takes as the user name.
    pub key: &'static str,
    /// The API secret key, which Keystone takes as the password.
    pub secret: &'static str,
    pub user_id: &'static str,
    /// The only project the account may sign in to.
    pub project: &'static str,
    pub token_lifetime_ms: i64,
    /// Whether it sees the operations of all tenants or only those of its project.
    pub sees_all: bool,
}

const HOUR_MS: i64 = 3_600_000;

pub const ACCOUNTS: [Account; 3] = [
    Account {
        key: "APIKEY",
        secret: "APISECRET",
        user_id: "4d1a6f0c2b7e48f5a3c9d8e7b6a50123",
        project: "13572f6f42a74d2b82f7099f78d0393a",
        token_lifetime_ms: HOUR_MS,
        sees_all: true,
    },
    Account {
        key: "TENANTKEY",
        secret: "TENANTSECRET",
        user_id: "5e2b7a1d3c8f49a6b4d0e9f8c7b61234",
        project: "9ae2b07c4d1e4f6a8b3c5d7e9f012345",
        token_lifetime_ms: HOUR_MS,
        sees_all: false,
    },
    Account {
        key: "SHORTKEY",
        secret: "SHORTSECRET",
        user_id: "6f3c8b2e4d9a40b7c5e1f0a9d8c72345",
        project: "13572f6f42a74d2b82f7099f78d0393a",
        token_lifetime_ms: HOUR_MS / 30,
        sees_all: true,
    },
];

/// The token of the recorded client calls; the first account may use it without signing in, and it never dies.
pub const RECORDED_TOKEN: &str = "69105c889f824efdafb56af224208ad4";

/// A tenant that owns appliances.
pub(crate) struct Tenant {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    /// Its part of all appliances, in per cent.
    pub(crate) share: u64,
}

pub(crate) const TENANTS: [Tenant; 5] = [
    Tenant { id: "13572f6f42a74d2b82f7099f78d0393a", name: "tokyo-core", share: 34 },
    Tenant { id: "9ae2b07c4d1e4f6a8b3c5d7e9f012345", name: "osaka-retail", share: 26 },
    Tenant { id: "c41d8e92a7b04f35964e1f0d7a2b8c63", name: "nagoya-plant", share: 18 },
    Tenant { id: "e7f05b3c18d2496aa0c57d94b6e1f823", name: "fukuoka-bank", share: 13 },
    Tenant { id: "2b96d4f1c07e4a58b3d19c60e8a47f5d", name: "sapporo-lab", share: 9 },
];

pub(crate) fn with_key(key: &str) -> Option<&'static Account> {
    ACCOUNTS.iter().find(|account| account.key == key)
}

pub(crate) fn project_name(id: &str) -> &'static str {
    TENANTS.iter().find(|tenant| tenant.id == id).map_or("demo", |tenant| tenant.name)
}
