//! `time`

use crate::object::{Def, Result, Value};
use crate::protocol::{self, overflow_error, value_error};
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

/// Seconds, a number given by a program, as nanoseconds; fractions are rounded away from zero.
pub fn timeout(seconds: &Value) -> Result<i64> {
    if seconds.ty().is_subtype(&float::FLOAT) {
        let s = float::to_f64(seconds).unwrap_or(f64::NAN);
        if s.is_nan() {
            return value_error("Invalid value NaN (not a number)");
        }
        let nanos = (s * 1e9).abs().ceil().copysign(s);
        if nanos.abs() >= i64::MAX as f64 {
            return overflow_error("timestamp out of range for platform time_t");
        }
        return Ok(nanos as i64);
    }
    match int::to_i64(&protocol::index(seconds)?).and_then(|s| s.checked_mul(1_000_000_000)) {
        Some(nanos) => Ok(nanos),
        None => overflow_error("timestamp too large to convert to C _PyTime_t"),
    }
}

/// The table.
pub static DEFS: &[Def] = crate::defs! {
    fn "sleep(seconds, /)" "Delay execution for a given number of seconds." => |a| {
        let time = timeout(&a[0])?;
        if time < 0 {
            return value_error("sleep length must be non-negative");
        }
        let end = minipy_sched::now().saturating_add(time as u64);
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
