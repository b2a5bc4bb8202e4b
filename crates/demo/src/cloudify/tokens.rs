//! Tokens: made, shown masked, ended by the clock or by hand. It must not know HTTP, nor what a token opens.

use std::collections::HashSet;

use serde_json::Value;

use super::accounts::{USERS, User};
use super::dates;
use super::listing::{Column, Field, Item, field};
use crate::chance::Chance;

#[derive(Debug, Clone)]
pub(super) struct Token {
    pub(super) id: String,
    secret: String,
    pub(super) user: &'static User,
    expires_ms: Option<i64>,
    last_used_ms: Option<i64>,
    description: Option<String>,
}

/// Why a token opens nothing.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Dead {
    Malformed,
    Unknown,
    Expired,
}

pub(super) struct Tokens {
    seed: u64,
    issued: u64,
    /// Oldest first.
    kept: Vec<Token>,
    /// Users whose last call met the sentinel of the expired token; their next one passes.
    declared_expired: HashSet<&'static str>,
}

fn alphanumerics(chance: &mut Chance, count: usize) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    (0..count).filter_map(|_| LETTERS.get(chance.index(LETTERS.len())).copied().map(char::from)).collect()
}

impl Token {
    /// Shown once, when it is made.
    pub(super) fn value(&self) -> String {
        format!("ctok-{}-{}", self.id, self.secret)
    }

    fn is_over(&self, now: i64) -> bool {
        self.expires_ms.is_some_and(|end| end <= now)
    }
}

impl Tokens {
    pub(super) fn new(seed: u64) -> Self {
        Self { seed: seed ^ 0x6374_6f6b, issued: 0, kept: Vec::new(), declared_expired: HashSet::new() }
    }

    /// Ends at `expires_ms`, or sooner where the account's tokens are short; forgets the user's dead ones.
    pub(super) fn issue(
        &mut self,
        user: &'static User,
        description: Option<String>,
        expires_ms: Option<i64>,
        now: i64,
    ) -> Token {
        self.kept.retain(|token| token.user != user || !token.is_over(now));
        let mut chance = Chance::new(self.seed, self.issued);
        self.issued += 1;
        let limit = user.token_limit_ms.map(|limit| now.saturating_add(limit));
        let token = Token {
            id: alphanumerics(&mut chance, 10),
            secret: alphanumerics(&mut chance, 40),
            user,
            expires_ms: match (expires_ms, limit) {
                (Some(asked), Some(limit)) => Some(asked.min(limit)),
                (asked, limit) => asked.or(limit),
            },
            last_used_ms: None,
            description,
        };
        self.kept.push(token.clone());
        token
    }

    /// The user behind a token's text.
    pub(super) fn user(&mut self, text: &str, now: i64) -> Result<&'static User, Dead> {
        let mut parts = text.splitn(3, '-');
        let (Some("ctok"), Some(id), Some(secret)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(if text.matches('-').count() < 2 { Dead::Malformed } else { Dead::Unknown });
        };
        let token = self.kept.iter_mut().find(|token| token.id == id && token.secret == secret);
        let token = token.ok_or(Dead::Unknown)?;
        if token.is_over(now) {
            return Err(Dead::Expired);
        }
        token.last_used_ms = Some(now);
        Ok(token.user)
    }

    /// What `user` sees: its own, or everyone's.
    pub(super) fn seen_by(&self, user: &'static User) -> Vec<Token> {
        self.kept.iter().filter(|token| user.sys_admin || token.user == user).cloned().collect()
    }

    /// True when there was such a token that `user` may end.
    pub(super) fn end(&mut self, id: &str, user: &'static User) -> bool {
        let before = self.kept.len();
        self.kept.retain(|token| token.id != id || !(user.sys_admin || token.user == user));
        self.kept.len() < before
    }

    /// Ends the token the first time it is asked for a user, and lets the user's next call pass.
    pub(super) fn expire_once(&mut self, text: &str, user: &'static User) -> bool {
        if self.declared_expired.remove(user.name) {
            return false;
        }
        self.forget(text);
        self.declared_expired.insert(user.name)
    }

    pub(super) fn forget(&mut self, text: &str) {
        self.kept.retain(|token| token.value() != text);
    }

    /// The manager makes such tokens for its own hooks, so that the administrator's list is full of them.
    pub(super) fn add_hook(&mut self, execution: &str, at: i64) {
        let [admin, ..] = &USERS;
        let description = Some(format!("Hook rest token: workflow_started {execution}."));
        self.issue(admin, description, Some(at + 36_000_000), at);
    }
}

impl Item for Token {
    const FIELDS: &'static [Field] = &[
        field("id", Column::Text),
        field("username", Column::Text),
        field("value", Column::Text),
        field("role", Column::Text),
        field("expiration_date", Column::Date),
        field("last_used", Column::Date),
        field("description", Column::Text),
    ];

    fn value(&self, field: &str) -> Value {
        match field {
            "id" => self.id.clone().into(),
            "username" => self.user.name.into(),
            "value" => format!("ctok-{}-********", self.id).into(),
            "role" => self.user.system_role().into(),
            "expiration_date" => dates::value(self.expires_ms),
            "last_used" => dates::value(self.last_used_ms),
            "description" => self.description.clone().into(),
            _ => Value::Null,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user(name: &str) -> &'static User {
        User::named(name).unwrap()
    }

    #[test]
    fn tokens_end_by_the_clock_and_by_hand() {
        let mut tokens = Tokens::new(7);
        let short = tokens.issue(user("shorty"), None, Some(36_000_000), 0);
        assert_eq!(tokens.user(&short.value(), 119_999), Ok(user("shorty")));
        assert_eq!(tokens.user(&short.value(), 120_000), Err(Dead::Expired));
        let long = tokens.issue(user("mona"), None, None, 0);
        assert_eq!(tokens.user(&long.value(), i64::MAX), Ok(user("mona")));
        assert!(!tokens.end(&long.id, user("victor")) && tokens.end(&long.id, user("mona")));
        assert_eq!(tokens.user(&long.value(), 0), Err(Dead::Unknown));
        assert_eq!(tokens.user("nonsense", 0), Err(Dead::Malformed));
        assert_eq!(tokens.user("a-b-c", 0), Err(Dead::Unknown));
    }

    #[test]
    fn lists_mask_the_secret() {
        let mut tokens = Tokens::new(7);
        let made = tokens.issue(user("mona"), Some("console".to_owned()), None, 0);
        tokens.issue(user("victor"), None, None, 0);
        assert_eq!(tokens.seen_by(user("mona")).len(), 1);
        assert_eq!(tokens.seen_by(user("admin")).len(), 2);
        assert_eq!(Item::value(&made, "value"), format!("ctok-{}-********", made.id));
        assert_eq!((made.id.len(), made.value().len()), (10, 56));
    }

    #[test]
    fn the_expiry_sentinel_alternates() {
        let mut tokens = Tokens::new(7);
        let first = tokens.issue(user("mona"), None, None, 0).value();
        assert!(tokens.expire_once(&first, user("mona")));
        assert_eq!(tokens.user(&first, 0), Err(Dead::Unknown));
        let second = tokens.issue(user("mona"), None, None, 0).value();
        assert!(!tokens.expire_once(&second, user("mona")));
        assert!(tokens.user(&second, 0).is_ok());
    }
}
