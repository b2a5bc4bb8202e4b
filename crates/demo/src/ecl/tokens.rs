//! Tokens: issued, shown, exchanged, revoked and dead after their time.
//! It must not know HTTP, nor what a token opens.

use std::collections::{HashMap, HashSet};

use super::accounts::{ACCOUNTS, Account, RECORDED_TOKEN};
use crate::chance::Chance;

/// What a token stands for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Grant {
    pub(crate) account: &'static Account,
    pub(crate) issued_ms: i64,
    pub(crate) expires_ms: i64,
    pub(crate) number: u64,
    /// `password` or `token`: how it was obtained.
    pub(crate) method: &'static str,
}

pub(crate) struct Tokens {
    seed: u64,
    issued: u64,
    grants: HashMap<String, Grant>,
    /// Accounts whose last call met the expired-token sentinel; their next one passes.
    declared_expired: HashSet<&'static str>,
}

impl Tokens {
    pub(crate) fn new(seed: u64) -> Self {
        Self { seed: seed ^ 0x746f_6b65, issued: 0, grants: HashMap::new(), declared_expired: HashSet::new() }
    }

    /// A new token of `account`. One got in exchange for another dies when that one would have.
    pub(crate) fn issue(
        &mut self,
        account: &'static Account,
        exchanged: Option<Grant>,
        now: i64,
    ) -> (String, Grant) {
        self.grants.retain(|_, grant| grant.expires_ms > now);
        let number = self.issued;
        self.issued += 1;
        let token = Chance::new(self.seed, number).hex32();
        let grant = Grant {
            account,
            issued_ms: now,
            expires_ms: exchanged
                .map_or(now.saturating_add(account.token_lifetime_ms), |earlier| earlier.expires_ms),
            number,
            method: if exchanged.is_some() { "token" } else { "password" },
        };
        self.grants.insert(token.clone(), grant);
        (token, grant)
    }

    /// What `token` stands for, if it is alive.
    pub(crate) fn grant(&self, token: &str, now: i64) -> Option<Grant> {
        if token == RECORDED_TOKEN {
            let [account, ..] = &ACCOUNTS;
            return Some(Grant {
                account,
                issued_ms: 0,
                expires_ms: i64::MAX,
                number: 0,
                method: "password",
            });
        }
        self.grants.get(token).copied().filter(|grant| grant.expires_ms > now)
    }

    /// True when there was such a token.
    pub(crate) fn revoke(&mut self, token: &str) -> bool {
        self.grants.remove(token).is_some()
    }

    /// Declares `token` dead the first time it is asked for an account, and lets the account's next call pass.
    pub(crate) fn expire_once(&mut self, token: &str, account: &'static Account) -> bool {
        if self.declared_expired.remove(account.key) {
            return false;
        }
        self.revoke(token);
        self.declared_expired.insert(account.key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn live_until_their_time_and_not_a_moment_longer() {
        let mut tokens = Tokens::new(7);
        let [_, _, short] = &ACCOUNTS;
        let (token, grant) = tokens.issue(short, None, 1_000);
        assert_eq!(token.len(), 32);
        assert_eq!(grant.expires_ms, 121_000);
        assert!(tokens.grant(&token, 120_999).is_some());
        assert!(tokens.grant(&token, 121_000).is_none());
        let (second, exchanged) = tokens.issue(short, Some(grant), 60_000);
        assert_ne!(token, second);
        assert_eq!(exchanged.expires_ms, 121_000);
        assert!(tokens.revoke(&second) && !tokens.revoke(&second));
        assert!(tokens.grant(RECORDED_TOKEN, i64::MAX - 1).is_some());
    }

    #[test]
    fn the_expiry_sentinel_alternates_per_account() {
        let mut tokens = Tokens::new(7);
        let [first, ..] = &ACCOUNTS;
        let (token, _) = tokens.issue(first, None, 0);
        assert!(tokens.expire_once(&token, first));
        assert!(tokens.grant(&token, 1).is_none());
        let (token, _) = tokens.issue(first, None, 0);
        assert!(!tokens.expire_once(&token, first));
        assert!(tokens.grant(&token, 1).is_some());
    }
}
