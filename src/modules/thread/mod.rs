//! `_thread`: starting threads, and the native parts of `threading` and `queue`.

pub mod event;
pub mod local;
pub mod lock;
pub mod report;
pub mod semaphore;
pub mod simple_queue;

use crate::object::{Compare, Def, Dict, Result, Value, arg};
use crate::protocol::{self, call_kw, raise, runtime_error, type_error, value_error};
use crate::types::{exception, float, int, traceback};
use crate::vm::{Memory, Thread, safepoint};
use minipy_sched::{ThreadId, Wake};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Native stack of a thread, in bytes of address space, unless `stack_size` says otherwise.
const STACK: usize = 16 << 20;
/// Less than this is not enough for native code.
const MIN_STACK: usize = 1 << 20;
static STACK_SIZE: AtomicUsize = AtomicUsize::new(0);

/// What a new thread gets: a function, its arguments and the names of those given by name, and its memory.
struct Parcel(Value, Vec<Value>, Option<Value>, Memory);
// SAFETY: opened only by the new thread once it holds the GIL.
#[allow(unsafe_code)]
unsafe impl Send for Parcel {}

/// Starts a thread that calls `function(*args, **keywords)`. `name` is for reports.
fn start(function: &Value, mut args: Vec<Value>, keywords: Option<&Dict>, name: &str) -> Result {
    let mut names = Vec::new();
    for (key, value) in keywords.map(Dict::items).unwrap_or_default() {
        if key.as_str().is_none() {
            return type_error("keywords must be strings");
        }
        names.push(key);
        args.push(value);
    }
    let names = if names.is_empty() { None } else { Some(Value::tuple(names)) };
    let Ok(memory) = Memory::take() else { return runtime_error("can't start new thread") };
    let parcel = Parcel(function.clone(), args, names, memory);
    let stack = match STACK_SIZE.load(Ordering::Relaxed) {
        0 => STACK,
        n => n.max(MIN_STACK),
    };
    let body = move || {
        let Parcel(function, args, names, memory) = { parcel };
        Thread::enter(memory, stack, move |_| {
            // They die here, with the thread's state.
            let (function, args, names) = (function, args, names);
            if let Err(e) = call_kw(&function, &args, names.as_ref())
                && !e.0.ty().is_subtype(&exception::SYSTEM_EXIT)
            {
                let text = traceback::render(&e.0);
                let what = protocol::repr_string(&function).unwrap_or_default();
                super::io::write_stderr(&format!("Exception ignored in thread started by: {what}\n{text}"));
            }
            drop((function, args, names));
            report::thread_ended(minipy_sched::current());
        });
    };
    match minipy_sched::spawn(name, stack, Box::new(body)) {
        Ok(id) => Ok(int::from_u64(id.0)),
        Err(_) => runtime_error("can't start new thread"),
    }
}

fn start_new_thread(a: &[Value]) -> Result {
    if a[0].ty().slots().call.is_none() {
        return type_error("first arg must be callable");
    }
    let Some(args) = a[1].as_tuple() else { return type_error("2nd arg must be a tuple") };
    let keywords = match arg(a, 2).as_bound() {
        None => None,
        Some(k) => match k.cast::<Dict>() {
            Some(d) => Some(d),
            None => return type_error("optional 3rd arg must be a dictionary"),
        },
    };
    start(&a[0], args.to_vec(), keywords, "")
}

/// Longest timeout, in seconds.
const TIMEOUT_MAX: f64 = 9223372036.0;

/// The `blocking` and `timeout` of an `acquire`: whether to wait, and until when.
fn waiting(blocking: &Value, timeout: &Value) -> Result<(bool, safepoint::Deadline)> {
    let blocking = blocking.as_bound().map_or(Ok(true), protocol::truth)?;
    let Some(t) = timeout.as_bound() else { return Ok((blocking, None)) };
    let nanos = super::time::timeout(t)?;
    let forever = nanos == -1_000_000_000;
    if !blocking && !forever {
        return value_error("can't specify a timeout for a non-blocking call");
    }
    if nanos < 0 && !forever {
        return value_error("timeout value must be positive");
    }
    if nanos as f64 > TIMEOUT_MAX * 1e9 {
        return protocol::overflow_error("timeout value is too large");
    }
    Ok((blocking, (!forever).then(|| minipy_sched::now().saturating_add(nanos as u64))))
}

/// A timeout of `threading`, absent or `None` for ever: whether to wait at all, and until when.
pub(super) fn patience(timeout: &Value) -> Result<(bool, safepoint::Deadline)> {
    let Some(t) = timeout.as_bound().filter(|t| !t.is_none()) else { return Ok((true, None)) };
    if !protocol::compare_bool(t, &Value::small(0), Compare::Gt)? {
        return Ok((false, None));
    }
    waiting(&Value::TRUE, t)
}

/// `Thread.join`'s wait. False if the thread has not ended by then.
fn join(a: &[Value]) -> Result {
    let id = ThreadId(protocol::index_i64(&a[0])? as u64);
    let deadline = match arg(a, 1).as_bound().filter(|t| !t.is_none()) {
        None => None,
        // Even this lets others run, so that a loop around it comes to an end.
        Some(t) if protocol::compare_bool(&Value::small(0), t, Compare::Gt)? => Some(0),
        Some(_) if minipy_sched::is_finished(id) => return Ok(Value::TRUE),
        Some(t) => waiting(&Value::TRUE, t)?.1,
    };
    loop {
        match minipy_sched::join(id, deadline) {
            Wake::Interrupted => safepoint::interrupted()?,
            Wake::TimedOut => return Ok(Value::FALSE),
            Wake::Woken if minipy_sched::is_finished(id) => return Ok(Value::TRUE),
            Wake::Woken => {}
        }
    }
}

/// Refuses arguments as `__init__(self)` of a class named `name` does.
fn no_arguments(name: &str, args: &[Value], names: Option<&Value>) -> Result<()> {
    if let Some(first) = names.and_then(Value::as_tuple).and_then(<[Value]>::first) {
        let first = first.as_str().unwrap_or_default();
        return type_error(format!("{name}.__init__() got an unexpected keyword argument '{first}'"));
    }
    if !args.is_empty() {
        let n = args.len() + 1;
        return type_error(format!("{name}.__init__() takes 1 positional argument but {n} were given"));
    }
    Ok(())
}

fn stack_size(a: &[Value]) -> Result {
    let old = STACK_SIZE.load(Ordering::Relaxed);
    if let Some(n) = arg(a, 0).as_bound() {
        let n = protocol::index_i64(n)?;
        if n < 0 {
            return value_error("size must be 0 or a positive value");
        }
        if n != 0 && !(32 << 10..=1 << 40).contains(&n) {
            return value_error(format!("size not valid: {n} bytes"));
        }
        STACK_SIZE.store(n as usize, Ordering::Relaxed);
    }
    Ok(int::from_usize(old))
}

fn native_id() -> i32 {
    #[allow(unsafe_code)]
    // SAFETY: no arguments.
    unsafe {
        libc::gettid()
    }
}

/// The table.
pub static DEFS: &[Def] = crate::defs! {
    fn "start_new_thread(function, args, kwargs=None, /)" "Start a new thread and return its identifier." => start_new_thread;
    fn "_start(function, name, /)" "Start a thread with a name; returns its number." => |a| start(&a[0], Vec::new(), None, a[1].as_str().unwrap_or_default());
    fn "_join(ident, timeout=None, /)" "Wait until a thread has ended, at most for a number of seconds; whether it has." => join;
    fn "_is_finished(ident, /)" "Whether a thread has ended." => |a| Ok(Value::bool(minipy_sched::is_finished(ThreadId(protocol::index_i64(&a[0])? as u64))));
    fn "allocate_lock()" "Create a new lock object." => |_| Ok(lock::new("lock", false));
    fn "_waiter()" "A lock that is held: what a thread waits for in a condition." => |_| Ok(lock::new("condition", true));
    fn "get_ident()" "The number of the calling thread." => |_| Ok(int::from_u64(minipy_sched::current().0));
    fn "get_native_id()" "The operating system's number of the calling thread." => |_| Ok(Value::small(native_id()));
    fn "_count()" "How many threads there are beside the main one." => |_| Ok(int::from_usize(minipy_sched::threads().len().saturating_sub(1)));
    fn "stack_size(size=0, /)" "The stack size of new threads in bytes, 0 for the default; sets it if one is given." => stack_size;
    fn "exit()" "End the calling thread, by SystemExit." => |_| Err(raise(&exception::SYSTEM_EXIT, ""));
    fn "format_exception(exception, /)" "The text of an uncaught exception." => |a| Ok(Value::str(&traceback::render(&a[0])));
    val "LockType()" "" => || lock::LOCK.value();
    val "RLock()" "" => || lock::RLOCK.value();
    val "_Event()" "" => || event::EVENT.value();
    val "_Semaphore()" "" => || semaphore::SEMAPHORE.value();
    val "_BoundedSemaphore()" "" => || semaphore::BOUNDED.value();
    val "_local()" "" => || local::LOCAL.value();
    val "TIMEOUT_MAX()" "" => || float::from_f64(TIMEOUT_MAX);
    val "error()" "" => || exception::RUNTIME_ERROR.value();
};
