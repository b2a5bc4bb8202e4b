//! Tokens: issued at sign-in or for a script, dead at sign-out or after their time. They look like the JWTs of the
//! service, with its claims, but the signature is only chance. It must not know HTTP, nor what a token opens.

use std::collections::{HashMap, HashSet};

use serde_json::json;

use super::accounts::{self, Account};
use crate::chance::Chance;

/// What a token stands for.
#[derive(Debug, Clone)]
pub(super) struct Grant {
    pub(super) account: &'static Account,
    pub(super) permissions: Vec<String>,
    /// None for one that lives for ever.
    pub(super) expires_ms: Option<i64>,
}

impl Grant {
    pub(super) fn may(&self, permission: &str) -> bool {
        self.permissions.iter().any(|held| {
            held == permission || permission.strip_suffix(":r").is_some_and(|whole| whole == held)
        })
    }
}

pub(super) struct Tokens {
    seed: u64,
    issued: u64,
    grants: HashMap<String, Grant>,
    /// Users whose last call met the expired-token sentinel; their next one passes.
    declared_expired: HashSet<&'static str>,
}

impl Tokens {
    pub(super) fn new(seed: u64) -> Self {
        Self { seed: seed ^ 0x7869_7174, issued: 0, grants: HashMap::new(), declared_expired: HashSet::new() }
    }

    /// A new token of `account` that may what `permissions` say.
    pub(super) fn issue(
        &mut self,
        account: &'static Account,
        permissions: Vec<String>,
        expires_ms: Option<i64>,
        now: i64,
    ) -> String {
        self.grants.retain(|_, grant| grant.expires_ms.is_none_or(|at| at > now));
        let mut chance = Chance::new(self.seed, self.issued);
        self.issued += 1;
        let claims = json!({
            "sub": account.user, "user_id": account.user_id, "role": account.role,
            "customer_id": account.customer.id, "customer_mode": 0, "hiq_enabled": false,
            "owner_id": account.customer.id, "org_id": 0, "data_center": "IA_GCP",
            "quota": format!("{};w=3600", account.customer.calls_per_hour), "jti": chance.uuid(),
            "iss": "extremecloudiq.com", "iat": now / 1000, "exp": expires_ms.map(|at| at / 1000),
        });
        let signature: Vec<u8> = (0..4).flat_map(|_| chance.next().to_be_bytes()).collect();
        let token = format!(
            "{}.{}.{}",
            base64url(br#"{"alg":"HS256"}"#),
            base64url(claims.to_string().as_bytes()),
            base64url(&signature)
        );
        self.grants.insert(token.clone(), Grant { account, permissions, expires_ms });
        token
    }

    /// What `token` stands for, if it is alive.
    pub(super) fn grant(&self, token: &str, now: i64) -> Option<Grant> {
        if let Some(account) = accounts::behind(token) {
            let permissions = account.permissions.iter().map(|held| (*held).to_owned()).collect();
            return Some(Grant { account, permissions, expires_ms: None });
        }
        self.grants.get(token).filter(|grant| grant.expires_ms.is_none_or(|at| at > now)).cloned()
    }

    pub(super) fn revoke(&mut self, token: &str) {
        self.grants.remove(token);
    }

    /// Declares `token` dead the first time it is asked for a user, and lets the user's next call pass.
    pub(super) fn expire_once(&mut self, token: &str, account: &'static Account) -> bool {
        if self.declared_expired.remove(account.user) {
            return false;
        }
        self.revoke(token);
        self.declared_expired.insert(account.user)
    }
}

/// Base 64 with the alphabet for URLs and without padding, as JWTs use it.
fn base64url(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let bits =
            group.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - group.len()));
        for place in 0..=group.len() {
            let index = usize::try_from(bits >> (18 - 6 * place) & 63).unwrap_or(0);
            out.push(ALPHABET.get(index).map_or('A', |byte| char::from(*byte)));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_of_every_length() {
        for (bytes, text) in [("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob?>", "Zm9vYj8-")] {
            assert_eq!(base64url(bytes.as_bytes()), text);
        }
    }

    #[test]
    fn live_until_their_time_or_until_revoked() {
        let mut tokens = Tokens::new(7);
        let [operator, ..] = &accounts::ACCOUNTS;
        let first = tokens.issue(operator, vec!["lro".into()], Some(1_000), 0);
        let second = tokens.issue(operator, vec!["lro:r".into()], None, 0);
        assert_ne!(first, second);
        assert!(tokens.grant(&first, 999).is_some() && tokens.grant(&first, 1_000).is_none());
        assert!(tokens.grant(&second, i64::MAX).is_some());
        tokens.revoke(&second);
        assert!(tokens.grant(&second, 0).is_none());
        tokens.revoke(accounts::FULL_TOKEN);
        assert!(tokens.grant(accounts::FULL_TOKEN, 0).is_some(), "it always works");
    }

    #[test]
    fn the_whole_permission_covers_its_reading_part_and_not_the_other_way_round() {
        let tokens = Tokens::new(7);
        let full = tokens.grant(accounts::FULL_TOKEN, 0).unwrap();
        let reading = tokens.grant(accounts::READ_ONLY_TOKEN, 0).unwrap();
        assert!(full.may("lro") && full.may("lro:r"));
        assert!(reading.may("lro:r") && !reading.may("lro"));
    }
}
