//! One action on many operations, one at a time. It goes on whatever page is on the screen, stops when asked, and waits
//! where going on would fail for all of them alike.

use super::Place;
use super::follow::refresh_list;
use super::send::{Refusal, send};
use crate::platform::pause;
use crate::state::Console;
use longrun_core::dialect::{Action, ActionCall, Key, Outcome, Settles};
use longrun_core::http::ErrorKind;
use longrun_core::text::t;
use longrun_core::view::bulk::{Bulk, Fate};

/// A run with what it does.
#[derive(Clone)]
pub struct Run {
    /// Where.
    pub place: Place,
    /// What.
    pub action: &'static Action,
    /// What was filled in, for all alike.
    pub inputs: Vec<(&'static str, String)>,
    /// How far it is.
    pub bulk: Bulk,
    /// What it is doing.
    pub pace: RunPace,
    /// It waits for the hourly budget, or because the server asked for it.
    pub waits: bool,
}

/// What a run is doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RunPace {
    /// One after the other.
    Going,
    /// The one under way is the last.
    Stopping,
    /// It waits for a person: why, in a sentence.
    Held(String),
    /// Nothing is left.
    Over,
}

impl super::Acting {
    /// Begins. A run that is there already must have been closed.
    pub fn begin_run(
        self,
        console: Console,
        place: Place,
        action: &'static Action,
        keys: Vec<Key>,
        inputs: Vec<(&'static str, String)>,
    ) {
        let run = Run { place, action, inputs, bulk: Bulk::new(keys), pace: RunPace::Going, waits: false };
        self.run.update(|slot| *slot = Some(run));
        self.scope.spawn(async move { self.go(console).await });
    }

    /// Has it stop after the one under way.
    pub fn stop_run(self) {
        self.set_pace(RunPace::Stopping);
    }

    /// Goes on with those that wait.
    pub fn resume_run(self, console: Console) {
        self.set_pace(RunPace::Going);
        self.scope.spawn(async move { self.go(console).await });
    }

    /// Tries the refused ones again.
    pub fn retry_run(self, console: Console) {
        self.run.update(|run| {
            if let Some(run) = run {
                run.bulk.retry_failed();
            }
        });
        self.resume_run(console);
    }

    fn set_pace(self, pace: RunPace) {
        self.run.update(|run| {
            if let Some(run) = run {
                run.pace = pace;
            }
        });
    }

    /// Each takes two requests: it is read again before it is acted on. What a person has begun is not spread over the
    /// hour, but it keeps to its budget.
    async fn wait_for_turn(self, console: Console) {
        loop {
            let conn = self.run.with_untracked(|run| {
                let run = run.as_ref().filter(|run| run.pace == RunPace::Going && run.bulk.next().is_some());
                run.map(|run| run.place.conn.clone())
            });
            let wait = conn.map_or(0, |conn| console.budgets.wait_ms(&conn, 2, false));
            let waits = wait > 0;
            if self.run.with_untracked(|run| run.as_ref().is_some_and(|run| run.waits != waits)) {
                self.run.update(|run| {
                    if let Some(run) = run {
                        run.waits = waits;
                    }
                });
            }
            if !waits {
                return;
            }
            // It can be stopped meanwhile.
            pause::sleep(u32::try_from(wait.min(1_000)).unwrap_or(1_000)).await;
        }
    }

    async fn go(self, console: Console) {
        let next = || {
            self.run.with_untracked(|run| {
                let run = run.as_ref().filter(|run| run.pace == RunPace::Going)?;
                let (at, key) = run.bulk.next()?;
                let call = ActionCall { action: run.action.id, key: key.clone(), inputs: run.inputs.clone() };
                Some((at, call, run.action, run.place.clone()))
            })
        };
        loop {
            self.wait_for_turn(console).await;
            let Some((at, call, action, place)) = next() else { break };
            let fate = match send(console, &place, action, &call).await {
                Ok(receipt) => {
                    let fate = fate(receipt.outcome);
                    if fate == Fate::Done && action.settles == Settles::WhenGone {
                        console.watch.forget(place.watched(&call.key).key());
                    }
                    Ok(fate)
                }
                Err(Refusal::Closed(why)) => Err(t(why).to_owned()),
                Err(Refusal::NotSent(why)) => Ok(Fate::Skipped(why)),
                Err(Refusal::Failed(error)) if holds_all(error.kind) => Err(error.told()),
                Err(Refusal::Failed(error)) => Ok(Fate::Failed(error.told())),
            };
            self.run.update(|run| {
                let Some(run) = run else { return };
                match fate {
                    Ok(fate) => run.bulk.settle(at, fate),
                    Err(why) => run.pace = RunPace::Held(why),
                }
            });
        }
        self.run.update(|run| {
            let Some(run) = run else { return };
            run.pace = match (&run.pace, run.bulk.next().is_some()) {
                (_, false) => RunPace::Over,
                (RunPace::Held(why), true) => RunPace::Held(why.clone()),
                _ => RunPace::Held(t("It was stopped.").to_owned()),
            };
        });
        let place = self.run.with_untracked(|run| run.as_ref().map(|run| run.place.clone()));
        if let Some(place) = place {
            refresh_list(console, &place);
        }
    }
}

fn fate(outcome: Outcome) -> Fate {
    match outcome {
        Outcome::Requested => Fate::Requested,
        Outcome::Unclear(error) => Fate::Unclear(error.told()),
        _ => Fate::Done,
    }
}

/// What would go wrong for the next one just the same.
fn holds_all(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::SignedOut | ErrorKind::RateLimited | ErrorKind::Unreachable)
}
