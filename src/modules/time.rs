//! `time`

use super::sys::seconds;
use crate::object::{Def, Result, Value};
use crate::protocol::value_error;
use crate::types::{float, int};
use minipy_sched::{Reason, Wake};

fn clock(id: libc::clockid_t) -> i64 {
    let mut t = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    #[allow(unsafe_code)]
    // SAFETY: the result is written to a local.
    unsafe {
        libc::clock_gettime(id, &mut t)
    };
    t.tv_sec * 1_000_000_000 + t.tv_nsec
}

fn as_float(id: libc::clockid_t) -> Result {
    Ok(float::from_f64(clock(id) as f64 / 1e9))
}

fn as_ns(id: libc::clockid_t) -> Result {
    Ok(int::from_i64(clock(id)))
}

/// The table.
pub static DEFS: &[Def] = crate::defs! {
    fn "sleep(seconds, /)" "Delay execution for a given number of seconds." => |a| {
        let s = seconds(&a[0])?;
        if s < 0.0 {
            return value_error("sleep length must be non-negative");
        }
        if s.is_nan() {
            return value_error("Invalid value NaN (not a number)");
        }
        let end = minipy_sched::now().saturating_add(super::sys::nanoseconds(s));
        // A signal that raises nothing does not shorten the sleep (PEP 475).
        loop {
            let wake = minipy_sched::wait(None, Reason { what: "sleep", object: 0 }, Some(end));
            crate::vm::safepoint::interrupted()?;
            if wake == Wake::TimedOut {
                return Ok(Value::NONE);
            }
        }
    };
    fn "time()" "Seconds since the Epoch." => |_| as_float(libc::CLOCK_REALTIME);
    fn "time_ns()" "Nanoseconds since the Epoch." => |_| as_ns(libc::CLOCK_REALTIME);
    fn "monotonic()" "Monotonic clock, in seconds." => |_| as_float(libc::CLOCK_MONOTONIC);
    fn "monotonic_ns()" "Monotonic clock, in nanoseconds." => |_| as_ns(libc::CLOCK_MONOTONIC);
    fn "perf_counter()" "Performance counter, in seconds." => |_| as_float(libc::CLOCK_MONOTONIC);
    fn "perf_counter_ns()" "Performance counter, in nanoseconds." => |_| as_ns(libc::CLOCK_MONOTONIC);
    fn "process_time()" "CPU time of the process, in seconds." => |_| as_float(libc::CLOCK_PROCESS_CPUTIME_ID);
    fn "process_time_ns()" "CPU time of the process, in nanoseconds." => |_| as_ns(libc::CLOCK_PROCESS_CPUTIME_ID);
    fn "thread_time()" "CPU time of the thread, in seconds." => |_| as_float(libc::CLOCK_THREAD_CPUTIME_ID);
    fn "thread_time_ns()" "CPU time of the thread, in nanoseconds." => |_| as_ns(libc::CLOCK_THREAD_CPUTIME_ID);
};
