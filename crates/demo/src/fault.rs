//! Everything that can be made to go wrong, by name. A name is met as `fault-<name>` in any filter value, as an
//! operation id or as a Keystone user name; tests also order one with `POST /demo/fault?kind=<name>`.
//! It must not know operations: it gets the good answer's text and spoils it.

use std::collections::VecDeque;
use std::time::Duration;

use axum::http::StatusCode;
use axum::http::header::{HeaderValue, RETRY_AFTER};
use axum::response::Response;

use crate::answer;
use crate::chance::Chance;
use crate::demo::Demo;
use crate::odd;
use crate::rows::{Step, scripted};

/// One thing that goes wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fault {
    Slow(Duration),
    Trickle,
    TokenExpired,
    TokenAlwaysExpired,
    Forbidden,
    RateLimited,
    RateLimitedBare,
    ServerError,
    Unavailable,
    Html,
    Dropped,
    Truncated,
    NotJson,
    NoOperations,
    NullOperations,
    BodyMessage,
    BodyBoth,
    BodyGateway,
    BodyIdentity,
    BodyKeystone,
    BodyEmpty,
    /// Good answers with bad data in them.
    Odd(odd::Family),
}

/// A name and what happens under it.
#[derive(Debug)]
pub struct FaultName {
    pub name: &'static str,
    pub what: &'static str,
}

const fn named(name: &'static str, what: &'static str) -> FaultName {
    FaultName { name, what }
}

/// Every fault there is; the README lists the same.
pub const FAULTS: [FaultName; 24] = [
    named("slow", "answers after 8 seconds; `slow-3` after 3"),
    named("trickle", "sends the answer in twenty pieces, a quarter of a second apart"),
    named("401", "declares the token expired; the account's next such call passes"),
    named("401-always", "declares the token expired every time"),
    named("403", "403 with `errorMessage`"),
    named("429", "429 with `fault.faultstring` and `Retry-After: 7`"),
    named("429-bare", "the same without `Retry-After`"),
    named("500", "500 with `cause`"),
    named("503", "503 with `message` and `Retry-After: 5`"),
    named("html", "502 with an HTML page"),
    named("drop", "sends half of the answer, then drops the connection"),
    named("truncated", "a complete answer whose JSON ends in the middle"),
    named("not-json", "200 with text that is not JSON"),
    named("no-operations", "200 with an object that has no `operations`"),
    named("null-operations", "200 with `operations: null`"),
    named("body-message", "500 with `message`"),
    named("body-both", "500 with `message` and `cause`"),
    named("body-fault", "500 with `fault.faultstring`"),
    named("body-error-message", "500 with `errorMessage`"),
    named("body-keystone", "500 with Keystone's `error` object"),
    named("body-empty", "500 with an empty body"),
    named("odd-rows", "rows with missing, null, wrong-typed, unknown and hostile fields"),
    named("5mb", "a row whose request body has 5 MB"),
    named("deep", "a row whose request body is nested 10,000 levels"),
];

impl Fault {
    /// The fault that `fault-<name>` in a filter, id or user name asks for.
    pub(crate) fn sentinel(value: &str) -> Option<Self> {
        value.strip_prefix("fault-").and_then(Self::named)
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        if let Some(seconds) = name.strip_prefix("slow-") {
            return seconds.parse().ok().map(|seconds| Self::Slow(Duration::from_secs(seconds)));
        }
        Some(match name {
            "slow" => Self::Slow(Duration::from_secs(8)),
            "trickle" => Self::Trickle,
            "401" => Self::TokenExpired,
            "401-always" => Self::TokenAlwaysExpired,
            "403" => Self::Forbidden,
            "429" => Self::RateLimited,
            "429-bare" => Self::RateLimitedBare,
            "500" => Self::ServerError,
            "503" => Self::Unavailable,
            "html" => Self::Html,
            "drop" => Self::Dropped,
            "truncated" => Self::Truncated,
            "not-json" => Self::NotJson,
            "no-operations" => Self::NoOperations,
            "null-operations" => Self::NullOperations,
            "body-message" => Self::BodyMessage,
            "body-both" => Self::BodyBoth,
            "body-fault" => Self::BodyGateway,
            "body-error-message" => Self::BodyIdentity,
            "body-keystone" => Self::BodyKeystone,
            "body-empty" => Self::BodyEmpty,
            other => return odd::Family::named(other).map(Self::Odd),
        })
    }

    /// The rows that stand in for real ones under this fault.
    pub(crate) fn family(&self) -> Option<odd::Family> {
        match self {
            Self::Odd(family) => Some(*family),
            _ => None,
        }
    }

    /// Whether the answer itself is bad, not only what it says or whom it refuses.
    pub(crate) fn spoils_answer(&self) -> bool {
        !matches!(self, Self::Odd(_) | Self::TokenExpired | Self::TokenAlwaysExpired)
    }

    /// Whether the request is turned down, so that a writing one changes nothing. The others spoil only the answer.
    fn refuses(&self) -> bool {
        !matches!(
            self,
            Self::Slow(_)
                | Self::Trickle
                | Self::Dropped
                | Self::Truncated
                | Self::NotJson
                | Self::NoOperations
                | Self::NullOperations
                | Self::Odd(_)
        )
    }

    /// Does `work` as far as this fault lets it, and spoils its answer. A refusal of `work` itself stays as it is.
    pub(crate) async fn around(
        &self,
        demo: &Demo,
        refusal: fn(StatusCode) -> Response,
        work: impl FnOnce() -> Response + Send,
    ) -> Response {
        if self.refuses() {
            return self.answer(demo, Vec::new(), refusal).await;
        }
        if let Self::Slow(duration) = self {
            (demo.sleeper())(*duration).await;
            return work();
        }
        let response = work();
        if !response.status().is_success() || !self.spoils_answer() {
            return response;
        }
        let good = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap_or_default();
        self.answer(demo, good.to_vec(), refusal).await
    }

    /// The bad answer; `good` is what would have been sent. `refusal` is how this API words an error.
    pub(crate) async fn answer(
        &self,
        demo: &Demo,
        mut good: Vec<u8>,
        refusal: fn(StatusCode) -> Response,
    ) -> Response {
        const FAILED: StatusCode = StatusCode::INTERNAL_SERVER_ERROR;
        const TEXT: &str = "Internal Server Error";
        let half = good.len() / 2;
        match self {
            Self::Slow(duration) => {
                (demo.sleeper())(*duration).await;
                answer::json(StatusCode::OK, good)
            }
            Self::Trickle => answer::json(StatusCode::OK, scripted(trickle(&good), demo.sleeper())),
            Self::TokenExpired | Self::TokenAlwaysExpired => refusal(StatusCode::UNAUTHORIZED),
            Self::Forbidden => refusal(StatusCode::FORBIDDEN),
            Self::RateLimited => retry_after(refusal(StatusCode::TOO_MANY_REQUESTS), "7"),
            Self::RateLimitedBare => refusal(StatusCode::TOO_MANY_REQUESTS),
            Self::ServerError => refusal(FAILED),
            Self::Unavailable => retry_after(refusal(StatusCode::SERVICE_UNAVAILABLE), "5"),
            Self::Html => answer::typed(
                StatusCode::BAD_GATEWAY,
                "text/html; charset=utf-8",
                "<!DOCTYPE html>\n<html><head><title>502 Bad Gateway</title></head>\n<body><center><h1>502 Bad \
                 Gateway</h1></center><hr><center>gateway</center></body></html>\n",
            ),
            Self::Dropped => {
                good.truncate(half);
                let steps = [Step::Send(good), Step::Wait(Duration::from_millis(100)), Step::Break];
                answer::json(StatusCode::OK, scripted(steps, demo.sleeper()))
            }
            Self::Truncated => {
                good.truncate(half);
                answer::json(StatusCode::OK, good)
            }
            Self::NotJson => answer::json(StatusCode::OK, "upstream said: nothing useful"),
            Self::NoOperations => answer::json(StatusCode::OK, "{\"total\": 0, \"links\": []}"),
            Self::NullOperations => answer::json(StatusCode::OK, "{\"operations\": null}"),
            Self::BodyMessage => answer::message(FAILED, TEXT),
            Self::BodyBoth => answer::json(
                FAILED,
                "{\"message\": \"The request could not be processed.\", \"cause\": \"Database connection lost\"}",
            ),
            Self::BodyGateway => {
                answer::gateway(FAILED, "Execution of the gateway policy failed.", "steps.Failed")
            }
            Self::BodyIdentity => answer::identity(FAILED, "The identity service did not answer."),
            Self::BodyKeystone => answer::keystone(
                FAILED,
                "An unexpected error prevented the server from fulfilling your request.",
            ),
            Self::BodyEmpty => answer::json(FAILED, ""),
            Self::Odd(_) => answer::json(StatusCode::OK, good),
        }
    }
}

fn retry_after(mut response: Response, seconds: &'static str) -> Response {
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static(seconds));
    response
}

fn trickle(text: &[u8]) -> Vec<Step> {
    let piece = (text.len() / 20).max(1);
    text.chunks(piece)
        .flat_map(|part| [Step::Send(part.to_vec()), Step::Wait(Duration::from_millis(250))])
        .collect()
}

/// Faults that go on and on: one of every so many answers is bad, of the others one in three is late. Which and how
/// late is decided by the seed, and is the same each time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaultPlan {
    /// The first bad answer is that one, then every so many.
    pub every: u32,
    pub seed: u64,
    /// Names of [`FAULTS`]. Each happens once before one of them happens again.
    pub kinds: Vec<String>,
    /// Late answers are late by up to this, in milliseconds.
    pub late_ms: u64,
}

/// A plan under way.
struct Running {
    every: u32,
    chance: Chance,
    kinds: Vec<Fault>,
    late_ms: u64,
    answered: u32,
    /// Those of this round that have not happened yet.
    left: Vec<Fault>,
}

impl Running {
    fn of(plan: &FaultPlan) -> Option<Self> {
        let kinds: Option<Vec<Fault>> = plan.kinds.iter().map(|name| Fault::named(name)).collect();
        let kinds = kinds.filter(|kinds| !kinds.is_empty() && plan.every > 0)?;
        let chance = Chance::new(plan.seed, 0x6661_756c);
        Some(Self { every: plan.every, chance, kinds, late_ms: plan.late_ms, answered: 0, left: Vec::new() })
    }

    fn next(&mut self) -> Option<Fault> {
        self.answered = self.answered.wrapping_add(1);
        if self.answered.is_multiple_of(self.every) {
            if self.left.is_empty() {
                self.left.clone_from(&self.kinds);
            }
            let at = self.chance.index(self.left.len());
            return Some(self.left.swap_remove(at));
        }
        let late = self.chance.below(self.late_ms.saturating_add(1));
        let is_late = self.chance.below(3) == 0 && late > 0;
        is_late.then(|| Fault::Slow(Duration::from_millis(late)))
    }
}

/// Faults that were ordered and have not happened yet, in order; behind them those that go on and on.
#[derive(Default)]
pub(crate) struct Queue {
    ordered: VecDeque<(Fault, u32)>,
    plan: Option<Running>,
}

impl Queue {
    pub(crate) fn push(&mut self, fault: Fault, count: u32) {
        if count > 0 {
            self.ordered.push_back((fault, count));
        }
    }

    /// False where the plan names a fault that there is not, or nothing.
    pub(crate) fn go_on(&mut self, plan: &FaultPlan) -> bool {
        self.plan = Running::of(plan);
        self.plan.is_some()
    }

    pub(crate) fn next(&mut self) -> Option<Fault> {
        let Some((fault, left)) = self.ordered.front_mut() else {
            return self.plan.as_mut().and_then(Running::next);
        };
        let fault = fault.clone();
        *left -= 1;
        if *left == 0 {
            self.ordered.pop_front();
        }
        Some(fault)
    }

    pub(crate) fn clear(&mut self) {
        self.ordered.clear();
        self.plan = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_listed_name_is_a_fault_and_nothing_else_is() {
        for FaultName { name, .. } in &FAULTS {
            assert!(Fault::sentinel(&format!("fault-{name}")).is_some(), "{name}");
        }
        assert_eq!(Fault::sentinel("fault-nonsense"), None);
        assert_eq!(Fault::sentinel("500"), None);
        assert_eq!(Fault::named("slow-3"), Some(Fault::Slow(Duration::from_secs(3))));
    }

    #[test]
    fn a_plan_goes_on_is_the_same_each_time_and_leaves_no_kind_out() {
        let kinds = ["500", "html", "429", "drop"].map(str::to_owned).to_vec();
        let plan = FaultPlan { every: 10, seed: 7, kinds, late_ms: 3_000 };
        let run = |plan: &FaultPlan| {
            let mut queue = Queue::default();
            assert!(queue.go_on(plan));
            (0..400).map(|_| queue.next()).collect::<Vec<_>>()
        };
        let all = run(&plan);
        assert_eq!(all, run(&plan));
        assert_ne!(all, run(&FaultPlan { seed: 8, ..plan.clone() }));
        let (mut bad, mut late) = (Vec::new(), 0);
        for (at, fault) in (1..).zip(&all) {
            match fault {
                Some(Fault::Slow(by)) => {
                    assert!(*by <= Duration::from_secs(3));
                    late += 1;
                }
                Some(fault) => {
                    assert_eq!(at % 10, 0);
                    bad.push(fault.clone());
                }
                None => {}
            }
        }
        assert_eq!(bad.len(), 40);
        assert!((80..160).contains(&late), "{late}");
        for round in bad.chunks(4) {
            assert!(round.contains(&Fault::ServerError) && round.contains(&Fault::Dropped), "{round:?}");
        }
        let mut queue = Queue::default();
        assert!(!queue.go_on(&FaultPlan { kinds: vec!["nonsense".to_owned()], ..plan.clone() }));
        assert!(!queue.go_on(&FaultPlan { every: 0, ..plan }) && queue.next().is_none());
    }

    #[test]
    fn ordered_faults_happen_in_order_and_end() {
        let mut queue = Queue::default();
        queue.push(Fault::RateLimited, 2);
        queue.push(Fault::Html, 1);
        queue.push(Fault::Slow(Duration::ZERO), 0);
        assert_eq!(queue.next(), Some(Fault::RateLimited));
        assert_eq!(queue.next(), Some(Fault::RateLimited));
        assert_eq!(queue.next(), Some(Fault::Html));
        assert_eq!(queue.next(), None);
    }
}
