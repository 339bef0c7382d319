//! Who there is: every thread of the interpreter, what it waits for, and how many are awake.
//!
//! A deadlock is a number: `awake` counts the threads that do not wait without a deadline, and the thread that
//! makes it 0 has completed a deadlock. Keeping count makes that check free of a walk over all threads.
//!
//! Invariant: the table and every thread's `Guarded` part are touched only by the holder of the GIL, which each
//! function here verifies by the thread-local `HOLDS` (wrong use aborts with a message).

use crate::door::{Sleeper, State};
use crate::gil::Gil;
use crate::linger::Linger;
use crate::policy::WallClock;
use crate::queue::WaitQueue;
use crate::sync::{AtomicU64, Nanos, Ordering};
use std::cell::{Cell, UnsafeCell};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI32, AtomicPtr};

/// The process's lock.
pub(crate) static GIL: Gil<WallClock> = Gil::new(WallClock::new());

/// A thread of the interpreter: small, never reused, not the operating system's number. The main thread is 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ThreadId(pub u64);

/// What a thread waits for; the scheduler only passes it on to reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The kind of thing, such as `"lock"`, `"join"`, `"sleep"`.
    pub what: &'static str,
    /// Which one: the interpreter's number. For `"join"` it is the thread's.
    pub object: u64,
}

/// A thread in a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThreadInfo {
    /// Its number.
    pub id: ThreadId,
    /// The operating system's number; 0 until the thread has started.
    pub os_tid: i32,
    /// What it does.
    pub state: State,
    /// What it waits for, if it waits.
    pub reason: Option<Reason>,
    /// When its wait ends by itself, if it does: nanoseconds on the monotonic clock.
    pub deadline: Option<Nanos>,
    /// Its name when it was started.
    pub name: String,
}

#[derive(Clone, Copy)]
struct Guarded {
    reason: Reason,
    deadline: Option<Nanos>,
}

pub(crate) struct Thread {
    pub(crate) id: ThreadId,
    name: Box<str>,
    pub(crate) os_tid: AtomicI32,
    pub(crate) sleeper: Sleeper,
    /// Of its system calls; the sleeper has its own.
    pub(crate) linger: Linger,
    pub(crate) joiners: WaitQueue,
    /// It counts as ended, though it still runs. Changed with the GIL.
    pub(crate) over: AtomicBool,
    guarded: UnsafeCell<Guarded>,
}

// SAFETY: `guarded` is touched only by the holder of the GIL (verified by `assert_held`), one thread at a time;
// all else is immutable, atomic or guards itself.
unsafe impl Send for Thread {}
// SAFETY: as above.
unsafe impl Sync for Thread {}

impl Thread {
    pub(crate) fn new(name: &str) -> Arc<Thread> {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        Arc::new(Thread {
            id: ThreadId(NEXT.fetch_add(1, Ordering::Relaxed)),
            name: name.into(),
            os_tid: AtomicI32::new(0),
            sleeper: Sleeper::default(),
            linger: Linger::new(),
            joiners: WaitQueue::new(),
            over: AtomicBool::new(false),
            guarded: UnsafeCell::new(Guarded { reason: Reason { what: "", object: 0 }, deadline: None }),
        })
    }

    /// The thread begins to wait. Needs the GIL.
    pub(crate) fn set_waiting(&self, reason: Reason, deadline: Option<Nanos>) {
        assert_held();
        // SAFETY: we hold the GIL; nobody keeps a reference into the cell.
        unsafe { *self.guarded.get() = Guarded { reason, deadline } };
        self.sleeper.set_state(State::Waiting);
    }

    fn guarded(&self) -> Guarded {
        assert_held();
        // SAFETY: we hold the GIL; the content is copied out.
        unsafe { *self.guarded.get() }
    }

    /// Wakes the thread if it waits. Needs the GIL.
    pub(crate) fn wake(&self) -> bool {
        assert_held();
        let woken = self.sleeper.wake(&GIL);
        if woken && self.guarded().deadline.is_none() {
            with_table(|t| t.awake += 1);
        }
        woken
    }

    fn info(&self) -> ThreadInfo {
        let state = self.sleeper.state();
        let waits = Some(self.guarded()).filter(|_| state == State::Waiting);
        ThreadInfo {
            id: self.id,
            os_tid: self.os_tid.load(Ordering::Relaxed),
            state,
            reason: waits.map(|g| g.reason),
            deadline: waits.and_then(|g| g.deadline),
            name: self.name.to_string(),
        }
    }
}

/// Every thread, in the order of their numbers.
pub(crate) struct Table {
    pub(crate) threads: Vec<Arc<Thread>>,
    /// Threads that do not wait without a deadline.
    pub(crate) awake: usize,
}

impl Table {
    /// Numbers ascend and new threads go to the end, so the table is sorted.
    fn position(&self, id: ThreadId) -> Option<usize> {
        self.threads.binary_search_by_key(&id, |t| t.id).ok()
    }

    pub(crate) fn find(&self, id: ThreadId) -> Option<Arc<Thread>> {
        self.position(id).map(|i| self.threads[i].clone())
    }

    pub(crate) fn add(&mut self, thread: Arc<Thread>) {
        self.threads.push(thread);
        self.awake += 1;
    }

    /// An awake thread leaves.
    pub(crate) fn remove(&mut self, id: ThreadId) {
        if let Some(position) = self.position(id) {
            self.awake -= 1;
            self.threads.remove(position);
        }
    }

    /// Whether everybody waits for somebody else. Pending Ctrl-C, which would wake the main thread, is the
    /// caller's to consider.
    pub(crate) fn all_asleep(&self) -> bool {
        self.awake == 0 && !self.threads.is_empty()
    }
}

struct GilGuarded(UnsafeCell<Table>);
// SAFETY: `with_table` hands it only to the holder of the GIL.
unsafe impl Sync for GilGuarded {}
static TABLE: GilGuarded = GilGuarded(UnsafeCell::new(Table { threads: Vec::new(), awake: 0 }));

/// The main thread, which is never freed: a signal handler may look at it at any time.
static MAIN: AtomicPtr<Thread> = AtomicPtr::new(std::ptr::null_mut());

thread_local! {
    static ME: Cell<*const Thread> = const { Cell::new(std::ptr::null()) };
    static HOLDS: Cell<bool> = const { Cell::new(false) };
}

/// Runs `f` on the table. Needs the GIL; `f` must not come back here.
pub(crate) fn with_table<R>(f: impl FnOnce(&mut Table) -> R) -> R {
    assert_held();
    // SAFETY: we hold the GIL, and the callers' closures, all in this crate, neither release it nor call us.
    f(unsafe { &mut *TABLE.0.get() })
}

#[inline]
pub(crate) fn assert_held() {
    if !HOLDS.get() {
        broken("this needs the GIL, which the thread does not hold");
    }
}

/// Whether the calling thread holds the GIL.
#[inline]
pub fn holds_gil() -> bool {
    HOLDS.get()
}

#[inline]
pub(crate) fn set_holds(holds: bool) {
    HOLDS.set(holds);
}

/// The interpreter itself is wrong: says how and aborts.
#[cold]
pub(crate) fn broken(how: &str) -> ! {
    eprintln!("minipy: internal error in the scheduler: {how}");
    std::process::abort()
}

/// Makes `thread` the calling one.
pub(crate) fn set_me(thread: *const Thread) {
    ME.set(thread);
}

/// The calling thread.
#[inline]
pub(crate) fn me<'a>() -> &'a Thread {
    let me = ME.get();
    if me.is_null() {
        broken("the thread is not attached");
    }
    // SAFETY: the main thread's record is never freed; a spawned thread's is kept by its `Attached` guard, which
    // clears ME before it lets go. Callers, all in this crate, do not keep the reference beyond their call.
    unsafe { &*me }
}

/// The calling thread, to keep.
pub(crate) fn me_arc() -> Arc<Thread> {
    let me: *const Thread = me();
    // SAFETY: ME comes from an Arc that is alive (see `me`), to which we add a count.
    unsafe {
        Arc::increment_strong_count(me);
        Arc::from_raw(me)
    }
}

/// Makes the calling thread, whose record it is, the main thread.
pub(crate) fn set_main(thread: Arc<Thread>) {
    MAIN.store(Arc::into_raw(thread).cast_mut(), Ordering::Release);
}

/// The main thread. Async-signal-safe.
pub(crate) fn main_thread<'a>() -> Option<&'a Thread> {
    // SAFETY: `set_main` stores a record that is never freed.
    unsafe { MAIN.load(Ordering::Acquire).as_ref() }
}

pub(crate) fn is_main_thread(thread: &Thread) -> bool {
    std::ptr::eq(MAIN.load(Ordering::Relaxed), thread)
}

/// Every thread, for reports. Needs the GIL.
pub fn threads() -> Vec<ThreadInfo> {
    with_table(|t| t.threads.clone()).iter().map(|t| t.info()).collect()
}
