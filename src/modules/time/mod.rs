//! `time`: clocks and sleeping; [`calendar`] has the moments of which they tell.

pub mod calendar;

use crate::object::{Def, Dict, Result, Value, intern};
use crate::protocol::{self, overflow_error, value_error};
use crate::types::{exception, float, int};
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

const CLOCKS: [(&str, libc::clockid_t); 7] = [
    ("CLOCK_REALTIME", libc::CLOCK_REALTIME),
    ("CLOCK_MONOTONIC", libc::CLOCK_MONOTONIC),
    ("CLOCK_MONOTONIC_RAW", libc::CLOCK_MONOTONIC_RAW),
    ("CLOCK_PROCESS_CPUTIME_ID", libc::CLOCK_PROCESS_CPUTIME_ID),
    ("CLOCK_THREAD_CPUTIME_ID", libc::CLOCK_THREAD_CPUTIME_ID),
    ("CLOCK_BOOTTIME", libc::CLOCK_BOOTTIME),
    ("CLOCK_TAI", libc::CLOCK_TAI),
];

/// Fills the namespace.
pub fn init(namespace: &Dict) {
    for (name, id) in CLOCKS {
        namespace.set_interned(&intern(name), Value::small(id));
    }
    calendar::set_zone(namespace);
}

/// Reads a clock with one of the functions for it, whose error is raised.
fn read_clock(
    id: &Value,
    f: unsafe extern "C" fn(libc::clockid_t, *mut libc::timespec) -> libc::c_int,
) -> Result<libc::timespec> {
    let id = protocol::index_i64(id)? as libc::clockid_t;
    let mut t = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    #[allow(unsafe_code)]
    // SAFETY: the result is written to a local; an unknown clock is an error.
    let failed = unsafe { f(id, &mut t) };
    match failed {
        0 => Ok(t),
        _ => Err(exception::from_io_error(&std::io::Error::last_os_error(), None)),
    }
}

/// The resolution of a clock in seconds.
fn resolution(id: libc::clockid_t) -> Result {
    let t = read_clock(&Value::small(id), libc::clock_getres)?;
    Ok(float::from_f64(t.tv_sec as f64 + t.tv_nsec as f64 * 1e-9))
}

fn nanoseconds(t: libc::timespec) -> i64 {
    t.tv_sec.saturating_mul(1_000_000_000).saturating_add(t.tv_nsec)
}

fn set_clock(id: &Value, nanoseconds: i64) -> Result {
    let t = libc::timespec {
        tv_sec: nanoseconds.div_euclid(1_000_000_000),
        tv_nsec: nanoseconds.rem_euclid(1_000_000_000),
    };
    let id = protocol::index_i64(id)? as libc::clockid_t;
    #[allow(unsafe_code)]
    // SAFETY: the time is a local; an unknown clock is an error.
    let failed = unsafe { libc::clock_settime(id, &t) };
    match failed {
        0 => Ok(Value::NONE),
        _ => Err(exception::from_io_error(&std::io::Error::last_os_error(), None)),
    }
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
    val "struct_time()" "" => || calendar::STRUCT_TIME.value();
    val "_STRUCT_TM_ITEMS()" "" => || Value::small(11);
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
    fn "clock_gettime(clk_id, /)" "The time of a clock, in seconds." => |a| {
        Ok(float::from_f64(nanoseconds(read_clock(&a[0], libc::clock_gettime)?) as f64 / 1e9))
    };
    fn "clock_gettime_ns(clk_id, /)" "The time of a clock, in nanoseconds." => |a| {
        Ok(int::from_i64(nanoseconds(read_clock(&a[0], libc::clock_gettime)?)))
    };
    fn "clock_getres(clk_id, /)" "The resolution of a clock, in seconds." => |a| {
        resolution(protocol::index_i64(&a[0])? as libc::clockid_t)
    };
    fn "clock_settime(clk_id, time, /)" "Sets a clock to seconds." => |a| set_clock(&a[0], timeout(&a[1])?);
    fn "clock_settime_ns(clk_id, time, /)" "Sets a clock to nanoseconds." => |a| {
        set_clock(&a[0], protocol::index_i64(&a[1])?)
    };
    fn "get_clock_info(name, /)" "What is known of a clock, as a namespace." => calendar::clock_info;
    fn "gmtime([seconds])" "A number of seconds since the Epoch as a struct_time in UTC." => calendar::gmtime;
    fn "localtime([seconds])" "A number of seconds since the Epoch as a struct_time in local time." => calendar::localtime;
    fn "asctime([tuple])" "A time tuple as text, such as 'Sat Jun 06 16:26:11 1998'." => calendar::asctime;
    fn "ctime([seconds])" "A number of seconds since the Epoch as text in local time." => calendar::ctime;
    fn "mktime(tuple, /)" "The seconds since the Epoch of a time tuple in local time." => calendar::mktime;
    fn "strftime(format[, tuple])" "A time tuple, by default the local time, as text in a format." => calendar::strftime;
    fn "strptime(string[, format])" "The struct_time that a text in a format tells." => calendar::strptime;
    fn "tzset()" "Initialises the time zone from the environment variable TZ." => |_| calendar::tzset();
};
