//! Async work that stops with its owner. A task that outlives its page would touch signals that are gone, and keep
//! requests running that nobody waits for; here the future itself is dropped, which aborts what it holds.

use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::rc::{Rc, Weak};
use std::task::{Context, Poll};

use crate::reactive::StoredValue;
use leptos::prelude::on_cleanup;
use send_wrapper::SendWrapper;

type Work = Pin<Box<dyn Future<Output = ()>>>;

/// A running task. Dropping the handle changes nothing; [`cancel`](Task::cancel) stops the work.
#[derive(Clone)]
pub struct Task(Rc<Slot>);

struct Slot {
    cancelled: Cell<bool>,
    // Taken out while it is polled, so that work may cancel itself.
    work: RefCell<Option<Work>>,
}

impl Task {
    fn start(work: Work) -> Task {
        let slot = Rc::new(Slot { cancelled: Cell::new(false), work: RefCell::new(Some(work)) });
        let polled = Rc::clone(&slot);
        spawn(poll_fn(move |context| polled.poll(context)));
        Task(slot)
    }

    /// Drops the work where it stands.
    pub fn cancel(&self) {
        self.0.cancelled.set(true);
        let work = self.0.work.borrow_mut().take();
        drop(work);
    }

    /// True until the work ended or was cancelled.
    pub fn is_running(&self) -> bool {
        self.0.work.borrow().is_some()
    }
}

impl Slot {
    fn poll(&self, context: &mut Context<'_>) -> Poll<()> {
        let Some(mut work) = self.work.borrow_mut().take() else { return Poll::Ready(()) };
        let ready = work.as_mut().poll(context).is_ready();
        if ready || self.cancelled.get() {
            return Poll::Ready(());
        }
        self.work.replace(Some(work));
        Poll::Pending
    }
}

/// The tasks of one owner. Copy it into event handlers, which run without an owner of their own.
#[derive(Clone, Copy)]
pub struct Scope(StoredValue<Rc<RefCell<Tasks>>>);

#[derive(Default)]
struct Tasks {
    closed: bool,
    live: Vec<Weak<Slot>>,
}

impl Scope {
    /// A scope that ends with the current reactive owner.
    pub fn current() -> Scope {
        let tasks = Rc::new(RefCell::new(Tasks::default()));
        let ending = SendWrapper::new(Rc::clone(&tasks));
        on_cleanup(move || {
            let live = {
                let mut tasks = ending.borrow_mut();
                tasks.closed = true;
                std::mem::take(&mut tasks.live)
            };
            live.iter().filter_map(Weak::upgrade).for_each(|slot| Task(slot).cancel());
        });
        Scope(StoredValue::new(tasks))
    }

    /// Starts `work`; it is dropped when the scope ends. `None` where the scope has ended already.
    pub fn spawn(self, work: impl Future<Output = ()> + 'static) -> Option<Task> {
        self.start(Box::pin(work))
    }

    #[inline(never)]
    fn start(self, work: Work) -> Option<Task> {
        let tasks = self.0.try_get_value()?;
        if tasks.borrow().closed {
            return None;
        }
        let task = Task::start(work);
        let mut tasks = tasks.borrow_mut();
        tasks.live.retain(|slot| slot.upgrade().is_some_and(|slot| Task(slot).is_running()));
        tasks.live.push(Rc::downgrade(&task.0));
        Some(task)
    }
}

/// Starts `work` in the current reactive owner: for the body of a component or an effect.
pub fn scoped(work: impl Future<Output = ()> + 'static) -> Option<Task> {
    Scope::current().spawn(work)
}

#[expect(clippy::disallowed_methods, reason = "this module is what makes spawning safe")]
fn go(work: Work) {
    wasm_bindgen_futures::spawn_local(work);
}

/// Work that belongs to nobody and is never stopped.
pub fn spawn(work: impl Future<Output = ()> + 'static) {
    go(Box::pin(work));
}
