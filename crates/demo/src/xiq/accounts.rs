//! Who may use the demo's ExtremeCloud IQ: users, the customers they belong to, and tokens that always work.
//! All of it is public: this is a demo. It must not know HTTP, nor how tokens are made.

/// A user who signs in with name and password.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Account {
    pub(super) user: &'static str,
    pub(super) password: &'static str,
    pub(super) user_id: u64,
    pub(super) role: &'static str,
    pub(super) customer: Customer,
    pub(super) token_lifetime_ms: i64,
    pub(super) permissions: &'static [&'static str],
}

/// The calls per hour are counted for the whole customer, not for the user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Customer {
    pub(super) id: u64,
    pub(super) calls_per_hour: usize,
}

/// Every call of the demo. `lro` is reading, cancelling and deleting operations, `lro:r` only reading.
pub(super) const EVERYTHING: &[&str] = &["lro", "device", "deployment", "log", "account"];
const READING: &[&str] = &["lro:r"];

const DAY_MS: i64 = 86_400_000;
const SHORT_MS: i64 = 120_000;
const DEMO: Customer = Customer { id: 102_917, calls_per_hour: 7500 };
const SMALL: Customer = Customer { id: 102_918, calls_per_hour: 20 };

pub(super) const ACCOUNTS: [Account; 4] = [
    Account {
        user: "operator@example.com",
        password: "operator",
        user_id: 20_117_001,
        role: "Administrator",
        customer: DEMO,
        token_lifetime_ms: DAY_MS,
        permissions: EVERYTHING,
    },
    Account {
        user: "viewer@example.com",
        password: "viewer",
        user_id: 20_117_002,
        role: "Observer",
        customer: DEMO,
        token_lifetime_ms: DAY_MS,
        permissions: READING,
    },
    Account {
        user: "limited@example.com",
        password: "operator",
        user_id: 20_118_001,
        role: "Administrator",
        customer: SMALL,
        token_lifetime_ms: DAY_MS,
        permissions: EVERYTHING,
    },
    Account {
        user: "short@example.com",
        password: "operator",
        user_id: 20_117_003,
        role: "Administrator",
        customer: DEMO,
        token_lifetime_ms: SHORT_MS,
        permissions: EVERYTHING,
    },
];

/// Long-lived tokens that are there from the start; they cannot be signed out.
pub(super) const FULL_TOKEN: &str = "xiq-full-token";
pub(super) const READ_ONLY_TOKEN: &str = "xiq-readonly-token";

pub(super) fn signing_in(user: &str, password: &str) -> Option<&'static Account> {
    ACCOUNTS.iter().find(|account| account.user == user && account.password == password)
}

/// The account behind one of the long-lived tokens.
pub(super) fn behind(token: &str) -> Option<&'static Account> {
    let [operator, viewer, ..] = &ACCOUNTS;
    match token {
        FULL_TOKEN => Some(operator),
        READ_ONLY_TOKEN => Some(viewer),
        _ => None,
    }
}
