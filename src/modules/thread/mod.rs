//! `_thread`: starting threads, and the native parts of `threading` and `queue`.

pub mod condition;
pub mod event;
pub mod local;
pub mod lock;
pub mod queue;
pub mod report;
pub mod semaphore;
pub mod simple_queue;

use crate::object::{Compare, Def, Dict, Result, Value, arg, intern};
use crate::protocol::{self, call_kw, raise, runtime_error, type_error, value_error};
use crate::types::{args, exception, float, int, traceback};
use crate::vm::{self, Memory, Thread, safepoint};
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
                exception::report_unraisable_in(" thread started by", &e, &function);
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
    let blocking = match blocking.as_bound() {
        Some(b) => protocol::truth(&protocol::index(b)?)?,
        None => true,
    };
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
    bind_init(name, "__init__()", args, names).map(drop)
}

/// Binds the arguments of an `__init__` as if it were written in Python; `params` has no defaults that are not
/// optional, and no arguments by name only.
fn bind_init(class: &str, params: &'static str, args: &[Value], names: Option<&Value>) -> Result<Vec<Value>> {
    let (positional, by_name) = args::split(args, names);
    let known: Vec<&str> = crate::object::native::param_names(params).collect();
    if positional.len() > known.len() {
        let given = positional.len() + 1;
        let takes = if known.is_empty() { "1".to_owned() } else { format!("from 1 to {}", known.len() + 1) };
        let s = if known.is_empty() { "" } else { "s" };
        return type_error(format!(
            "{class}.__init__() takes {takes} positional argument{s} but {given} were given"
        ));
    }
    let mut bound = positional.to_vec();
    bound.resize(known.len(), Value::UNBOUND);
    for (key, value) in by_name {
        let key = key.as_str().unwrap_or_default();
        match known.iter().position(|k| *k == key) {
            Some(i) if bound[i].is_unbound() => bound[i] = value.clone(),
            Some(_) => {
                return type_error(format!("{class}.__init__() got multiple values for argument '{key}'"));
            }
            None => {
                return type_error(format!("{class}.__init__() got an unexpected keyword argument '{key}'"));
            }
        }
    }
    Ok(bound)
}

/// Warns the caller of something deprecated.
fn deprecated(message: &str) -> Result<()> {
    protocol::warn(&exception::DEPRECATION_WARNING, message)
}

/// `TypeError` for pickling something that has a lock.
fn unpicklable(lock: &Value) -> Result {
    type_error(format!("cannot pickle '{}' object", lock.ty().static_name()))
}

crate::structure!(HOOK_ARGS: "_thread._ExceptHookArgs" "What excepthook gets." {
    0 "exc_type()" "The type of the exception.";
    1 "exc_value()" "The exception.";
    2 "exc_traceback()" "The traceback.";
    3 "thread()" "Exception thread";
});

/// Reports what a thread's `run` has raised.
fn excepthook(a: &[Value]) -> Result {
    let Some(args) = a[0].as_tuple().filter(|_| a[0].is_exact(&HOOK_ARGS)) else {
        return type_error("_thread.excepthook argument type must be ExceptHookArgs");
    };
    let stderr = protocol::get_attr_opt(&vm::import::import_absolute("sys")?, &intern("stderr"))?;
    let Some(stderr) = stderr.filter(|s| !s.is_none() && !args[0].is(&exception::SYSTEM_EXIT.value())) else {
        return Ok(Value::NONE);
    };
    let name = match args[3].is_none() {
        true => current_id(),
        false => protocol::get_attr(&args[3], &intern("name"))?,
    };
    let error = if args[1].is_none() { protocol::call(&args[0], &[])? } else { args[1].clone() };
    let text = traceback::render(&error);
    let name = protocol::str_string(&name)?;
    protocol::call_method(&stderr, "write", &[Value::str(&format!("Exception in thread {name}:\n{text}"))])?;
    protocol::call_method(&stderr, "flush", &[])?;
    Ok(Value::NONE)
}

fn current_id() -> Value {
    int::from_u64(minipy_sched::current().0)
}

/// Does as if the signal had come, if the program handles it.
#[allow(unsafe_code)]
fn interrupt_main(a: &[Value]) -> Result {
    let signal = arg(a, 0).as_bound().map_or(Ok(libc::SIGINT as i64), protocol::index_i64)?;
    if !(1..=64).contains(&signal) {
        return value_error("signal number out of range");
    }
    // SAFETY: a zeroed sigaction is a valid one, and is written to; raise is a plain system call.
    unsafe {
        let mut action: libc::sigaction = std::mem::zeroed();
        libc::sigaction(signal as i32, std::ptr::null(), &mut action);
        if action.sa_sigaction != libc::SIG_DFL && action.sa_sigaction != libc::SIG_IGN {
            libc::raise(signal as i32);
        }
    }
    // The main thread itself is interrupted at once.
    safepoint::interrupted()?;
    Ok(Value::NONE)
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
    fn "start_new(function, args, kwargs=None, /)" "The same as start_new_thread." => start_new_thread;
    fn "_start(function, name, /)" "Start a thread with a name; returns its number." => |a| start(&a[0], Vec::new(), None, a[1].as_str().unwrap_or_default());
    fn "_join(ident, timeout=None, /)" "Wait until a thread has ended, at most for a number of seconds; whether it has." => join;
    fn "_is_finished(ident, /)" "Whether a thread has ended." => |a| Ok(Value::bool(minipy_sched::is_finished(ThreadId(protocol::index_i64(&a[0])? as u64))));
    fn "_end_work()" "From now on the calling thread counts as ended." => |_| {
        minipy_sched::end_work();
        Ok(Value::NONE)
    };
    fn "allocate_lock()" "Create a new lock object." => |_| Ok(lock::new());
    fn "allocate()" "The same as allocate_lock." => |_| Ok(lock::new());
    fn "get_ident()" "The number of the calling thread." => |_| Ok(current_id());
    fn "_get_main_thread_ident()" "The number of the main thread." => |_| Ok(int::from_u64(minipy_sched::main_id().0));
    fn "get_native_id()" "The operating system's number of the calling thread." => |_| Ok(Value::small(native_id()));
    fn "_count()" "How many threads there are beside the main one." => |_| Ok(int::from_usize(minipy_sched::threads().len().saturating_sub(1)));
    fn "stack_size(size=0, /)" "The stack size of new threads in bytes, 0 for the default; sets it if one is given." => stack_size;
    fn "exit()" "End the calling thread, by SystemExit." => |_| Err(raise(&exception::SYSTEM_EXIT, ""));
    fn "exit_thread()" "The same as exit." => |_| Err(raise(&exception::SYSTEM_EXIT, ""));
    fn "interrupt_main(signum=signal.SIGINT, /)" "Simulate the arrival of a signal in the main thread." => interrupt_main;
    fn "_excepthook(args, /)" "Report what a thread's run() has raised." => excepthook;
    val "_ExceptHookArgs()" "" => || super::native::class(&HOOK_ARGS);
    fn "format_exception(exception, /)" "The text of an uncaught exception." => |a| Ok(Value::str(&traceback::render(&a[0])));
    val "LockType()" "" => || lock::LOCK.value();
    val "RLock()" "" => || lock::RLOCK.value();
    val "_Condition()" "" => || super::native::class(&condition::CONDITION);
    val "_Event()" "" => || event::EVENT.value();
    val "_Semaphore()" "" => || semaphore::SEMAPHORE.value();
    val "_BoundedSemaphore()" "" => || semaphore::BOUNDED.value();
    val "_local()" "" => || local::LOCAL.value();
    val "TIMEOUT_MAX()" "" => || float::from_f64(TIMEOUT_MAX);
    val "error()" "" => || exception::RUNTIME_ERROR.value();
};
