//! The global interpreter lock and everything that waits: a small library that knows no Python object.
//!
//! All waiting goes through one door. Locks, joins and sleeps of Python are plain data under the GIL plus
//! [`wait`] and [`wake`]; system calls go through [`without_gil`]. So the library knows at any time which
//! threads run, wait (for what, until when) or are blocked in a call, and a deadlock is seen by the thread
//! that completes it.
//!
//! Invariant: the registry is only touched by the thread that holds the GIL.

mod gil;

use gil::{Gil, Waiter};
use std::cell::{Cell, RefCell, UnsafeCell};
use std::io;
use std::sync::atomic::{AtomicBool, AtomicPtr, AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

/// What the running thread should look at: see [`DROP_REQUEST`] and [`INTERRUPT`]. Read with one relaxed load.
pub static BREAKER: AtomicU32 = AtomicU32::new(0);
/// Bit of [`BREAKER`]: somebody wants the GIL.
pub const DROP_REQUEST: u32 = 1;
/// Bit of [`BREAKER`]: Ctrl-C was pressed.
pub const INTERRUPT: u32 = 2;

static GIL: Gil = Gil::new();

/// A thread of the interpreter: small, never reused, not the operating system's number. The main thread is 1.
pub type ThreadId = u64;

/// What a thread does, as others see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activity {
    /// Runs, or wants to.
    Runnable,
    /// In a system call.
    Blocked,
    /// Waits to be woken: for what, which object, and whether it will wake by itself.
    Waiting {
        /// What kind of thing, such as `"lock"`.
        what: &'static str,
        /// Which one: the caller's number.
        object: u64,
        /// Whether there is a deadline.
        timed: bool,
    },
}

/// A thread in a report.
#[derive(Clone, Debug)]
pub struct ThreadInfo {
    /// Its number.
    pub id: ThreadId,
    /// What it does.
    pub activity: Activity,
}

struct Record {
    id: ThreadId,
    waiter: Arc<Waiter>,
    woken: AtomicBool,
    activity: Cell<Activity>,
}

// SAFETY: `activity` is only used by the holder of the GIL.
unsafe impl Send for Record {}
// SAFETY: as above; the rest is atomic or immutable.
unsafe impl Sync for Record {}

struct Registry(UnsafeCell<Vec<Arc<Record>>>);
// SAFETY: only the holder of the GIL touches it.
unsafe impl Sync for Registry {}
static REGISTRY: Registry = Registry(UnsafeCell::new(Vec::new()));
static NEXT_ID: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(1);
static MAIN: OnceLock<Arc<Record>> = OnceLock::new();
static DEADLOCK: AtomicPtr<()> = AtomicPtr::new(std::ptr::null_mut());

thread_local! {
    static ME: RefCell<Option<Arc<Record>>> = const { RefCell::new(None) };
}

fn registry<T>(f: impl FnOnce(&mut Vec<Arc<Record>>) -> T) -> T {
    // SAFETY: the caller holds the GIL, and `f` is one of the short functions below.
    f(unsafe { &mut *REGISTRY.0.get() })
}

fn me() -> Arc<Record> {
    ME.with_borrow(|m| m.clone()).expect("the thread is attached")
}

fn request() {
    BREAKER.fetch_or(DROP_REQUEST, Ordering::Relaxed);
}

fn new_record(waiter: Arc<Waiter>) -> Arc<Record> {
    let id = NEXT_ID.fetch_add(1, Ordering::Relaxed);
    Arc::new(Record { id, waiter, woken: AtomicBool::new(false), activity: Cell::new(Activity::Runnable) })
}

/// Makes the calling thread the main thread; it holds the GIL from now on. Called once.
pub fn attach_main() {
    let record = new_record(Arc::new(Waiter::current()));
    ME.set(Some(record.clone()));
    let _ = MAIN.set(record.clone());
    GIL.acquire(&record.waiter, request);
    registry(|r| r.push(record));
}

/// The calling thread's number.
pub fn current() -> ThreadId {
    me().id
}

/// Whether the calling thread is the one that receives Ctrl-C.
pub fn is_main() -> bool {
    MAIN.get().is_some_and(|m| Arc::ptr_eq(m, &me()))
}

/// Starts a thread that runs `body` with the GIL. `id` is told before it starts.
///
/// # Errors
/// What the operating system says if it has no more threads.
pub fn spawn(stack_bytes: usize, body: Box<dyn FnOnce() + Send>) -> io::Result<ThreadId> {
    // The record must be in the registry before the spawner goes on, lest it see a deadlock.
    let (tell, hear) = std::sync::mpsc::sync_channel::<Arc<Record>>(1);
    std::thread::Builder::new().stack_size(stack_bytes).spawn(move || {
        let record = new_record(Arc::new(Waiter::current()));
        ME.set(Some(record.clone()));
        let _ = tell.send(record.clone());
        GIL.acquire(&record.waiter, request);
        body();
        registry(|r| r.retain(|x| x.id != record.id));
        GIL.release();
    })?;
    let record = hear.recv().map_err(|_| io::Error::other("the thread did not start"))?;
    let id = record.id;
    registry(|r| r.push(record));
    Ok(id)
}

/// Called when [`BREAKER`] is not zero: hands the GIL over if asked to. True if Ctrl-C is pending and the
/// calling thread is the one to deal with it; it is no longer pending then.
#[cold]
pub fn check() -> bool {
    let bits = BREAKER.load(Ordering::Relaxed);
    if bits & DROP_REQUEST != 0 {
        BREAKER.fetch_and(!DROP_REQUEST, Ordering::Relaxed);
        GIL.switch(&me().waiter, request);
    }
    bits & INTERRUPT != 0 && take_interrupt()
}

/// Whether Ctrl-C is pending for the calling thread; it is no longer pending then.
pub fn take_interrupt() -> bool {
    is_main() && BREAKER.fetch_and(!INTERRUPT, Ordering::Relaxed) & INTERRUPT != 0
}

/// Runs `f` without the GIL. The closure must be `Send`: it can touch no Python value.
pub fn without_gil<T: Send>(f: impl FnOnce() -> T + Send) -> T {
    let me = me();
    me.activity.set(Activity::Blocked);
    GIL.release();
    let result = f();
    GIL.acquire(&me.waiter, request);
    me.activity.set(Activity::Runnable);
    result
}

/// How a wait ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wake {
    /// By [`wake`].
    Woken,
    /// By its deadline.
    TimedOut,
    /// By Ctrl-C (main thread only).
    Interrupted,
}

/// Lets others run until somebody calls [`wake`] for the calling thread, or until the deadline.
pub fn wait(what: &'static str, object: u64, deadline: Option<Instant>) -> Wake {
    let me = me();
    me.woken.store(false, Ordering::Relaxed);
    me.activity.set(Activity::Waiting { what, object, timed: deadline.is_some() });
    if deadline.is_none() && deadlocked() {
        let hook = DEADLOCK.load(Ordering::Relaxed);
        if !hook.is_null() {
            // SAFETY: only `set_deadlock_hook` stores it, from a function pointer of this type.
            let hook: fn(&[ThreadInfo]) = unsafe { std::mem::transmute::<*mut (), fn(&[ThreadInfo])>(hook) };
            hook(&threads());
        }
    }
    let main = is_main();
    GIL.release();
    let wake = loop {
        if me.woken.load(Ordering::Acquire) {
            break Wake::Woken;
        }
        if main && BREAKER.load(Ordering::Relaxed) & INTERRUPT != 0 {
            break Wake::Interrupted;
        }
        match deadline {
            None => std::thread::park(),
            Some(d) => match d.checked_duration_since(Instant::now()) {
                Some(left) if !left.is_zero() => std::thread::park_timeout(left),
                _ => break Wake::TimedOut,
            },
        }
    };
    GIL.acquire(&me.waiter, request);
    me.activity.set(Activity::Runnable);
    // A wake-up that came while the lock was awaited counts.
    if me.woken.load(Ordering::Relaxed) { Wake::Woken } else { wake }
}

/// Wakes a thread that waits. True if it was waiting and nobody had woken it.
pub fn wake(id: ThreadId) -> bool {
    registry(|r| {
        let Some(t) = r.iter().find(|t| t.id == id) else { return false };
        let waiting = matches!(t.activity.get(), Activity::Waiting { .. });
        if waiting && !t.woken.swap(true, Ordering::Release) {
            t.waiter.unpark();
            return true;
        }
        false
    })
}

/// Lets others run for a while; `Interrupted` by Ctrl-C.
pub fn sleep(time: Duration) -> Wake {
    match Instant::now().checked_add(time) {
        Some(d) => wait("sleep", 0, Some(d)),
        None => wait("sleep", 0, Some(Instant::now() + Duration::from_secs(u32::MAX as u64))),
    }
}

fn deadlocked() -> bool {
    registry(|r| {
        r.iter().all(|t| {
            matches!(t.activity.get(), Activity::Waiting { timed: false, .. })
                && !t.woken.load(Ordering::Relaxed)
                || Arc::ptr_eq(t, &me())
        })
    })
}

/// Every thread, for reports.
pub fn threads() -> Vec<ThreadInfo> {
    registry(|r| r.iter().map(|t| ThreadInfo { id: t.id, activity: t.activity.get() }).collect())
}

/// What to call when every thread waits and none will wake by itself; the caller holds the GIL.
pub fn set_deadlock_hook(hook: fn(&[ThreadInfo])) {
    DEADLOCK.store(hook as *mut (), Ordering::Relaxed);
}

/// `sys.setswitchinterval`
pub fn set_switch_interval(interval: Duration) {
    GIL.interval.store(interval.as_nanos().clamp(1, u64::MAX as u128) as u64, Ordering::Relaxed);
}

/// `sys.getswitchinterval`
pub fn switch_interval() -> Duration {
    Duration::from_nanos(GIL.interval.load(Ordering::Relaxed))
}

extern "C" fn on_sigint(_: libc::c_int) {
    BREAKER.fetch_or(INTERRUPT, Ordering::Relaxed);
    if let Some(m) = MAIN.get() {
        m.waiter.unpark();
    }
}

fn set_handler(handler: libc::sighandler_t) {
    // SAFETY: a zeroed sigaction is valid; the handler only uses atomics and a futex wake-up. Without
    // SA_RESTART blocking calls return, so that the interpreter can react.
    unsafe {
        let mut action: libc::sigaction = std::mem::zeroed();
        action.sa_sigaction = handler;
        libc::sigaction(libc::SIGINT, &action, std::ptr::null_mut());
    }
}

/// Makes Ctrl-C set [`INTERRUPT`] and wake the main thread.
pub fn install_sigint() {
    set_handler(on_sigint as *const () as libc::sighandler_t);
}

/// Ends the process as Ctrl-C does by default, so that a shell sees it.
pub fn die_of_sigint() {
    set_handler(libc::SIG_DFL);
    // SAFETY: plain system calls.
    unsafe { libc::kill(libc::getpid(), libc::SIGINT) };
}

/// `fork(2)` by the holder of the GIL; in the child only the calling thread goes on, and is its main thread
/// as far as the GIL is concerned. 0 in the child, else the child's number.
///
/// # Errors
/// What the operating system says.
pub fn fork() -> io::Result<i32> {
    let me = me();
    // SAFETY: the queue is locked and consistent; glibc makes its own locks safe.
    let pid = GIL.fork(|| unsafe { libc::fork() });
    match pid {
        -1 => Err(io::Error::last_os_error()),
        0 => {
            registry(|r| {
                let others = std::mem::take(r);
                // Their threads do not exist here.
                others.into_iter().filter(|t| t.id != me.id).for_each(std::mem::forget);
                r.push(me);
            });
            BREAKER.store(0, Ordering::Relaxed);
            Ok(0)
        }
        pid => Ok(pid),
    }
}

/// Forced switches and voluntary releases so far.
pub fn stats() -> (u64, u64) {
    (GIL.forced.load(Ordering::Relaxed), GIL.voluntary.load(Ordering::Relaxed))
}
