//! `_signal`: what `signal` is made of. Handlers are called by the main thread at safepoints: see `vm::signals`.

#![allow(unsafe_code)]

use super::native::os_error;
use super::time::timeout;
use crate::object::{Def, Dict, Result, Value, arg, intern};
use crate::protocol::{self, type_error, value_error};
use crate::types::{float, int};
use crate::vm::{safepoint, signals};
use minipy_sched::{Disposition, Wake};
use std::io::Error;

const SIG_DFL: i32 = 0;
const SIG_IGN: i32 = 1;

fn number(v: &Value) -> Result<i32> {
    match i32::try_from(protocol::index_i64(v)?) {
        Ok(n) => Ok(n),
        Err(_) => protocol::overflow_error("signed integer is greater than maximum"),
    }
}

fn failed<T>() -> Result<T> {
    os_error(&Error::last_os_error())
}

fn signal_number(v: &Value) -> Result<i32> {
    let n = protocol::index_i64(v)?;
    match i32::try_from(n) {
        Ok(n @ 1..=64) => Ok(n),
        _ => value_error("signal number out of range"),
    }
}

/// The handler of a signal as the program sees it; `None` if something else than Python handles it.
fn current(n: i32) -> Value {
    let known = signals::handler(n as usize);
    if !known.is_unbound() {
        return known;
    }
    match minipy_sched::disposition(n) {
        Ok(Some(Disposition::Default)) => Value::small(SIG_DFL),
        Ok(Some(Disposition::Ignore)) => Value::small(SIG_IGN),
        _ => Value::NONE,
    }
}

fn set(a: &[Value]) -> Result {
    let n = protocol::index_i64(&a[0])?;
    if !minipy_sched::is_main() {
        return value_error("signal only works in main thread of the main interpreter");
    }
    let Ok(n @ 1..=64) = i32::try_from(n) else { return value_error("signal number out of range") };
    let plain = if a[1].ty().slots().index.is_some() { int::to_i64(&protocol::index(&a[1])?) } else { None };
    let what = match plain {
        Some(0) => Disposition::Default,
        Some(1) => Disposition::Ignore,
        _ if a[1].ty().slots().call.is_some() => Disposition::Catch,
        _ => {
            return type_error("signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object");
        }
    };
    // Signals that have come already are for the handler that there was.
    safepoint::interrupted()?;
    let before = current(n);
    if let Err(e) = minipy_sched::set_disposition(n, what) {
        return os_error(&e);
    }
    if what == Disposition::Catch {
        minipy_sched::program_handles_signals();
    }
    let stored = match what {
        Disposition::Default => Value::small(SIG_DFL),
        Disposition::Ignore => Value::small(SIG_IGN),
        Disposition::Catch => a[1].clone(),
    };
    drop(signals::set_handler(n as usize, stored));
    Ok(before)
}

/// After a signal was sent to this process or thread: its handler runs before the call returns.
fn sent(result: i32) -> Result {
    if result != 0 {
        return failed();
    }
    safepoint::interrupted()?;
    Ok(Value::NONE)
}

fn seconds(v: &Value) -> Result<libc::timeval> {
    if !v.ty().is_subtype(&float::FLOAT) && v.ty().slots().index.is_none() {
        return type_error(format!("'{}' object cannot be interpreted as an integer", v.ty().name()));
    }
    let ns = timeout(v)?;
    // A tenth of a microsecond is a microsecond: zero would turn the timer off.
    let us = ns.div_euclid(1000) + (ns.rem_euclid(1000) != 0) as i64;
    Ok(libc::timeval { tv_sec: us.div_euclid(1_000_000), tv_usec: us.rem_euclid(1_000_000) })
}

fn timer_value(t: &libc::itimerval) -> Value {
    let f = |t: libc::timeval| float::from_f64(t.tv_sec as f64 + t.tv_usec as f64 / 1e6);
    Value::tuple(vec![f(t.it_value), f(t.it_interval)])
}

fn set_timer(a: &[Value]) -> Result {
    let which = number(&a[0])?;
    let it_value = seconds(&a[1])?;
    let it_interval = arg(a, 2).as_bound().map_or(Ok(libc::timeval { tv_sec: 0, tv_usec: 0 }), seconds)?;
    let new = libc::itimerval { it_interval, it_value };
    let mut old = libc::itimerval { it_interval, it_value };
    // SAFETY: both are there for the call.
    if unsafe { libc::setitimer(which as _, &new, &mut old) } != 0 { failed() } else { Ok(timer_value(&old)) }
}

fn get_timer(a: &[Value]) -> Result {
    let zero = libc::timeval { tv_sec: 0, tv_usec: 0 };
    let mut now = libc::itimerval { it_interval: zero, it_value: zero };
    let which = number(&a[0])?;
    // SAFETY: the result is written to a local.
    if unsafe { libc::getitimer(which as _, &mut now) } != 0 { failed() } else { Ok(timer_value(&now)) }
}

fn pause(_: &[Value]) -> Result {
    loop {
        match minipy_sched::poll(&mut [], None) {
            Ok((Wake::Interrupted, _)) => {
                safepoint::interrupted()?;
                return Ok(Value::NONE);
            }
            // Only the main thread is told of signals; others wait on.
            Ok(_) => {}
            Err(e) => return os_error(&e),
        }
    }
}

fn set_wakeup_fd(a: &[Value]) -> Result {
    let fd = number(&a[0])?;
    if !minipy_sched::is_main() {
        return value_error("set_wakeup_fd only works in main thread of the main interpreter");
    }
    if fd >= 0 {
        // SAFETY: the kernel checks the descriptor.
        let flags = unsafe { libc::fcntl(fd, libc::F_GETFL) };
        if flags < 0 {
            return failed();
        }
        if flags & libc::O_NONBLOCK == 0 {
            return value_error(format!("the fd {fd} must be in non-blocking mode"));
        }
    }
    Ok(Value::small(minipy_sched::set_wakeup_fd(fd.max(-1))))
}

/// A set of signals given as an iterable of numbers.
fn set_of(v: &Value) -> Result<libc::sigset_t> {
    // SAFETY: initialised by the call before it is used.
    let mut set: libc::sigset_t = unsafe {
        let mut set = std::mem::zeroed();
        libc::sigemptyset(&mut set);
        set
    };
    protocol::for_each(v, |n| {
        let n = int::to_i64(&protocol::index(&n)?).unwrap_or(-1);
        let Ok(n @ 1..=64) = i32::try_from(n) else {
            return value_error(format!("signal number {n} out of range [1; 64]"));
        };
        // SAFETY: the set is initialised.
        unsafe { libc::sigaddset(&mut set, n) };
        Ok(())
    })?;
    Ok(set)
}

fn members(set: &libc::sigset_t) -> Value {
    // SAFETY: the set is initialised.
    let all = (1..=64).filter(|&n| unsafe { libc::sigismember(set, n) } == 1);
    Value::tuple(all.map(Value::small).collect())
}

fn mask(a: &[Value]) -> Result {
    let (how, set) = (number(&a[0])?, set_of(&a[1])?);
    // SAFETY: both sets are there for the call.
    let (error, old) = unsafe {
        let mut old: libc::sigset_t = std::mem::zeroed();
        (libc::pthread_sigmask(how, &set, &mut old), old)
    };
    if error != 0 {
        return os_error(&Error::from_raw_os_error(error));
    }
    // Those that are let through now have come meanwhile.
    safepoint::interrupted()?;
    Ok(members(&old))
}

fn pending(_: &[Value]) -> Result {
    // SAFETY: written by the call before it is read.
    let (error, set) = unsafe {
        let mut set: libc::sigset_t = std::mem::zeroed();
        (libc::sigpending(&mut set), set)
    };
    if error != 0 { failed() } else { Ok(members(&set)) }
}

crate::structure!(SIGNAL_INFO: "signal.struct_siginfo" "What is known of a signal that has come." {
    0 "si_signo()" "Its number.";
    1 "si_code()" "Why it was sent.";
    2 "si_errno()" "An error number that goes with it.";
    3 "si_pid()" "The process that sent it.";
    4 "si_uid()" "The user who sent it.";
    5 "si_status()" "The exit code of a child, or the signal that ended it.";
    6 "si_band()" "What can be done with a descriptor.";
});

/// Waits for a signal of a set: what is known of it, or `None` when the time is over.
fn wait(a: &[Value]) -> Result {
    let set = set_of(&a[0])?;
    let deadline = match arg(a, 1).as_bound().filter(|t| !t.is_none()) {
        None => None,
        Some(t) => match timeout(t)? {
            t if t < 0 => return value_error("timeout must be non-negative"),
            t => Some(minipy_sched::now().saturating_add(t as u64)),
        },
    };
    loop {
        let n = minipy_sched::without_gil(|| {
            let left = deadline.map(|d| d.saturating_sub(minipy_sched::now()));
            let left = left.map(|left| libc::timespec {
                tv_sec: (left / 1_000_000_000) as libc::time_t,
                tv_nsec: (left % 1_000_000_000) as libc::c_long,
            });
            let left = left.as_ref().map_or(std::ptr::null(), std::ptr::from_ref);
            // SAFETY: set and time are there for the call.
            let (n, info) = unsafe {
                let mut info: libc::siginfo_t = std::mem::zeroed();
                (libc::sigtimedwait(&set, &mut info, left), info)
            };
            if n < 0 {
                return Err(Error::last_os_error());
            }
            // SAFETY: the kernel has written all fields, of which the signal's number says which mean something.
            let (pid, uid, status) = unsafe { (info.si_pid(), info.si_uid(), info.si_status()) };
            Ok([info.si_signo, info.si_code, info.si_errno, pid, uid as i32, status, 0])
        });
        match n {
            Ok(fields) => return Ok(Value::tuple_of(&SIGNAL_INFO, fields.map(Value::small).to_vec())),
            Err(e) if e.raw_os_error() == Some(libc::EAGAIN) => return Ok(Value::NONE),
            Err(e) if e.kind() == std::io::ErrorKind::Interrupted => safepoint::interrupted()?,
            Err(e) => return os_error(&e),
        }
    }
}

fn send_to_descriptor(a: &[Value]) -> Result {
    if arg(a, 2).as_bound().is_some_and(|info| !info.is_none()) {
        return type_error("siginfo must be None");
    }
    let fd = protocol::index_i64(&a[0])?;
    let signal = protocol::index_i64(&a[1])?;
    let flags = arg(a, 3).as_bound().map_or(Ok(0), protocol::index_i64)?;
    let none = std::ptr::null::<libc::siginfo_t>();
    // SAFETY: a plain system call; there is no information beside the signal.
    match unsafe { libc::syscall(libc::SYS_pidfd_send_signal, fd, signal, none, flags) } {
        0 => {
            // It may have been for this process.
            safepoint::interrupted()?;
            Ok(Value::NONE)
        }
        _ => os_error(&Error::last_os_error()),
    }
}

fn description(a: &[Value]) -> Result {
    let n = signal_number(&a[0])?;
    // SAFETY: the text is copied before anybody else asks.
    let text = unsafe {
        let text = libc::strsignal(n);
        (!text.is_null()).then(|| std::ffi::CStr::from_ptr(text).to_string_lossy().into_owned())
    };
    Ok(text.filter(|t| !t.starts_with("Unknown signal")).map_or(Value::NONE, |t| Value::str(&t)))
}

fn default_int_handler(a: &[Value]) -> Result {
    match a[0].as_tuple().map_or(0, <[Value]>::len) {
        2 => Err(signals::keyboard_interrupt()),
        n => type_error(format!("default_int_handler expected 2 arguments, got {n}")),
    }
}

macro_rules! constants {
    ($d:ident: $($name:ident)*) => {
        $( $d.set_interned(&intern(stringify!($name)), Value::small(libc::$name as i32)); )*
    };
}

/// The numbers of signals, and the handler of Ctrl-C.
pub fn init(d: &Dict) {
    constants!(d: SIGABRT SIGALRM SIGBUS SIGCHLD SIGCONT SIGFPE SIGHUP SIGILL SIGINT SIGIO SIGIOT SIGKILL SIGPIPE
        SIGPOLL SIGPROF SIGPWR SIGQUIT SIGSEGV SIGSTKFLT SIGSTOP SIGSYS SIGTERM SIGTRAP SIGTSTP SIGTTIN SIGTTOU
        SIGURG SIGUSR1 SIGUSR2 SIGVTALRM SIGWINCH SIGXCPU SIGXFSZ SIG_BLOCK SIG_UNBLOCK SIG_SETMASK
        ITIMER_REAL ITIMER_VIRTUAL ITIMER_PROF);
    let more = [
        ("SIGCLD", libc::SIGCHLD),
        ("SIGRTMIN", libc::SIGRTMIN()),
        ("SIGRTMAX", libc::SIGRTMAX()),
        ("NSIG", signals::COUNT as i32),
        ("SIG_DFL", SIG_DFL),
        ("SIG_IGN", SIG_IGN),
    ];
    for (name, n) in more {
        d.set_interned(&intern(name), Value::small(n));
    }
    let n = libc::SIGINT as usize;
    let caught = matches!(minipy_sched::disposition(libc::SIGINT), Ok(Some(Disposition::Catch)));
    if signals::handler(n).is_unbound()
        && caught
        && let Some(f) = d.get_interned(&intern("default_int_handler"))
    {
        drop(signals::set_handler(n, f.clone()));
    }
}

/// The table.
pub static DEFS: &[Def] = crate::defs! {
    fn "signal(signalnum, handler, /)" "Set what is done when a signal comes; returns what was done before." => set;
    fn "getsignal(signalnum, /)" "What is done when a signal comes." => |a| Ok(current(signal_number(&a[0])?));
    fn "default_int_handler(*args)" "What is done about Ctrl-C by default: raise KeyboardInterrupt." => default_int_handler;
    fn "raise_signal(signalnum, /)" "Send a signal to the calling thread." => |a| {
        let n = number(&a[0])?;
        // SAFETY: a plain system call.
        sent(unsafe { libc::raise(n) })
    };
    fn "alarm(seconds, /)" "Ask for SIGALRM in a number of seconds, 0 for none; returns what was left of the time asked for before." => |a| {
        let n = number(&a[0])? as u32;
        // SAFETY: a plain system call.
        Ok(int::from_u64(unsafe { libc::alarm(n) } as u64))
    };
    fn "setitimer(which, seconds, interval=0.0, /)" "Set a timer that sends signals; returns what it was." => set_timer;
    fn "getitimer(which, /)" "What is left of a timer, and its interval." => get_timer;
    fn "pause()" "Wait until a signal comes." => pause;
    fn "set_wakeup_fd(fd, /, *, warn_on_full_buffer=True)" "Set the descriptor to which the numbers of signals are written; returns the one before." => set_wakeup_fd;
    fn "pthread_sigmask(how, mask, /)" "Change which signals are held back from the calling thread; returns which were." => mask;
    fn "sigpending()" "The signals that are held back and have come." => pending;
    fn "sigwait(sigset, /)" "Wait for a signal of a set; its number." => |a| Ok(crate::types::structseq::item(&wait(a)?, 0));
    fn "sigwaitinfo(sigset, /)" "Wait for a signal of a set; what is known of it." => wait;
    fn "sigtimedwait(sigset, timeout, /)" "The same for at most so many seconds; None if none came." => wait;
    fn "pidfd_send_signal(pidfd, signalnum, siginfo=None, flags=0, /)" "Send a signal to the process of a descriptor." => send_to_descriptor;
    val "struct_siginfo()" "" => || super::native::class(&SIGNAL_INFO);
    fn "strsignal(signalnum, /)" "What a signal is about." => description;
    fn "siginterrupt(signalnum, flag, /)" "Whether a signal ends system calls: it always does, and they are begun anew." => |a| signal_number(&a[0]).map(|_| Value::NONE);
    fn "pthread_kill(thread_id, signalnum, /)" "Send a signal to one thread." => |a| {
        let (id, n) = (protocol::index_i64(&a[0])?, number(&a[1])?);
        match minipy_sched::threads().iter().find(|t| t.id.0 as i64 == id) {
            None => os_error(&Error::from_raw_os_error(libc::ESRCH)),
            // SAFETY: a plain system call.
            Some(t) => sent(unsafe { libc::syscall(libc::SYS_tgkill, libc::getpid(), t.os_tid, n) } as i32),
        }
    };
};
