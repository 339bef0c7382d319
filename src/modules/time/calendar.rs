//! Moments as years, months, days and so on: `struct_time` and the functions for it, on those of the C library.

use crate::object::{Dict, Result, Value, arg, intern};
use crate::protocol::{self, overflow_error, type_error, value_error};
use crate::types::module::Module;
use crate::types::structseq::{self, hidden};
use crate::types::{exception, float, int};
use crate::vm::import;
use std::ffi::{CStr, CString};

crate::structure!(STRUCT_TIME: "time.struct_time" "A moment as year, month, day, and so on." {
    0 "tm_year()" "Year, in full.";
    1 "tm_mon()" "Month, 1 to 12.";
    2 "tm_mday()" "Day of the month, from 1.";
    3 "tm_hour()" "Hour, 0 to 23.";
    4 "tm_min()" "Minute, 0 to 59.";
    5 "tm_sec()" "Second, up to 61 with leap seconds.";
    6 "tm_wday()" "Day of the week; Monday is 0.";
    7 "tm_yday()" "Day of the year, from 1.";
    8 "tm_isdst()" "Whether it is summer time: 1, 0, or -1 if that is not known.";
} hidden {
    0 "tm_zone()" "Name of the time zone.";
    1 "tm_gmtoff()" "Seconds ahead of UTC.";
});

/// How long a year is, on average.
const YEAR: i64 = (365 * 24 + 6) * 3600;

fn empty() -> libc::tm {
    #[allow(unsafe_code)]
    // SAFETY: zeros are a valid `tm`: numbers and a pointer that may be null.
    unsafe {
        std::mem::zeroed()
    }
}

/// Whole seconds since the Epoch from an argument; the current time by default.
fn seconds(v: &Value) -> Result<i64> {
    let Some(v) = v.as_bound().filter(|v| !v.is_none()) else {
        return Ok(super::clock(libc::CLOCK_REALTIME).div_euclid(1_000_000_000));
    };
    const TOO_LARGE: &str = "timestamp out of range for platform time_t";
    if let Some(f) = float::to_f64(v).filter(|_| v.ty().is_subtype(&float::FLOAT)) {
        let f = f.floor();
        if f.is_nan() {
            return value_error("Invalid value NaN (not a number)");
        }
        // -2^63 is a number of seconds, 2^63 is not.
        if f < i64::MIN as f64 || f >= i64::MAX as f64 {
            return overflow_error(TOO_LARGE);
        }
        return Ok(f as i64);
    }
    int::to_i64(&protocol::index(v)?).map_or_else(|| overflow_error(TOO_LARGE), Ok)
}

fn broken_down(
    seconds: i64,
    f: unsafe extern "C" fn(*const libc::time_t, *mut libc::tm) -> *mut libc::tm,
) -> Result<libc::tm> {
    let mut tm = empty();
    #[allow(unsafe_code)]
    // SAFETY: both arguments are locals. The environment, where the time zone stands, changes only under the GIL.
    let done = unsafe { f(&seconds, &mut tm) };
    if done.is_null() {
        return Err(exception::from_io_error(&std::io::Error::last_os_error(), None));
    }
    Ok(tm)
}

fn utc(seconds: i64) -> Result<libc::tm> {
    broken_down(seconds, libc::gmtime_r)
}

fn local(seconds: i64) -> Result<libc::tm> {
    broken_down(seconds, libc::localtime_r)
}

/// The name of the time zone.
fn zone(tm: &libc::tm) -> String {
    if tm.tm_zone.is_null() {
        return String::new();
    }
    #[allow(unsafe_code)]
    // SAFETY: the C library has put a string there, which lives as long as its table of time zones.
    unsafe { CStr::from_ptr(tm.tm_zone) }.to_string_lossy().into_owned()
}

fn to_struct(tm: &libc::tm) -> Value {
    let items = [
        tm.tm_year + 1900,
        tm.tm_mon + 1,
        tm.tm_mday,
        tm.tm_hour,
        tm.tm_min,
        tm.tm_sec,
        (tm.tm_wday + 6) % 7,
        tm.tm_yday + 1,
        tm.tm_isdst,
    ];
    let hidden = vec![Value::str(&zone(tm)), int::from_i64(tm.tm_gmtoff)];
    structseq::make(&STRUCT_TIME, items.map(|i| int::from_i64(i64::from(i))).to_vec(), hidden)
}

/// A C `int`.
fn c_int(v: &Value) -> Result<i32> {
    let Some(n) = int::to_i64(&protocol::index(v)?) else {
        return overflow_error("Python int too large to convert to C long");
    };
    match i32::try_from(n) {
        Ok(n) => Ok(n),
        Err(_) if n > 0 => overflow_error("signed integer is greater than maximum"),
        Err(_) => overflow_error("signed integer is less than minimum"),
    }
}

/// A tuple of nine numbers as the C library has it. The name of its time zone, if it has one, is kept in `zone`.
fn from_tuple(v: &Value, function: &str, zone: &mut Option<CString>) -> Result<libc::tm> {
    let Some(items) = v.as_tuple() else { return type_error("Tuple or struct_time argument required") };
    let Ok(items) = <&[Value; 9]>::try_from(items) else {
        return type_error(format!("{function}(): illegal time tuple argument"));
    };
    let mut n = [0; 9];
    for (n, item) in n.iter_mut().zip(items) {
        *n = c_int(item)?;
    }
    let [year, month, day, hour, minute, second, weekday, yearday, dst] = n;
    let mut tm = empty();
    let Some(year) = year.checked_sub(1900) else { return overflow_error("year out of range") };
    (tm.tm_year, tm.tm_mon, tm.tm_mday) = (year, month.wrapping_sub(1), day);
    (tm.tm_hour, tm.tm_min, tm.tm_sec) = (hour, minute, second);
    (tm.tm_wday, tm.tm_yday, tm.tm_isdst) = (weekday.wrapping_add(1) % 7, yearday.wrapping_sub(1), dst);
    if v.is_exact(&STRUCT_TIME) {
        let offset = hidden(v, 1);
        if !offset.is_none() {
            tm.tm_gmtoff = protocol::index_i64(&offset)?;
        }
        *zone = hidden(v, 0).as_str().and_then(|s| CString::new(s).ok());
        if let Some(name) = zone {
            tm.tm_zone = name.as_ptr();
        }
    }
    Ok(tm)
}

/// Checks that the C library can write it; zeros for month, day and day of the year are ones.
fn checked(mut tm: libc::tm) -> Result<libc::tm> {
    if tm.tm_mon == -1 {
        tm.tm_mon = 0;
    } else if !(0..12).contains(&tm.tm_mon) {
        return value_error("month out of range");
    }
    if tm.tm_mday == 0 {
        tm.tm_mday = 1;
    }
    for (value, limit, what) in [
        (tm.tm_mday, 31, "day of month"),
        (tm.tm_hour, 23, "hour"),
        (tm.tm_min, 59, "minute"),
        (tm.tm_sec, 61, "seconds"),
        (tm.tm_wday, 6, "day of week"),
    ] {
        if !(0..=limit).contains(&value) {
            return value_error(format!("{what} out of range"));
        }
    }
    if tm.tm_yday == -1 {
        tm.tm_yday = 0;
    } else if !(0..366).contains(&tm.tm_yday) {
        return value_error("day of year out of range");
    }
    Ok(tm)
}

/// A tuple given as argument `i`, by default the local time.
fn tuple_or_now(a: &[Value], i: usize, function: &str, zone: &mut Option<CString>) -> Result<libc::tm> {
    match arg(a, i).as_bound() {
        Some(v) => checked(from_tuple(v, function, zone)?),
        None => local(seconds(&Value::NONE)?),
    }
}

fn ascii(tm: &libc::tm) -> Result {
    const DAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let name = |names: &[&'static str], i: i32| names.get(i as usize).copied().unwrap_or("???");
    Ok(Value::str(&format!(
        "{} {}{:3} {:02}:{:02}:{:02} {}",
        name(&DAYS, tm.tm_wday),
        name(&MONTHS, tm.tm_mon),
        tm.tm_mday,
        tm.tm_hour,
        tm.tm_min,
        tm.tm_sec,
        i64::from(tm.tm_year) + 1900
    )))
}

/// `gmtime([seconds])`
pub fn gmtime(a: &[Value]) -> Result {
    Ok(to_struct(&utc(seconds(arg(a, 0))?)?))
}

/// `localtime([seconds])`
pub fn localtime(a: &[Value]) -> Result {
    Ok(to_struct(&local(seconds(arg(a, 0))?)?))
}

/// `ctime([seconds])`
pub fn ctime(a: &[Value]) -> Result {
    ascii(&local(seconds(arg(a, 0))?)?)
}

/// `asctime([tuple])`
pub fn asctime(a: &[Value]) -> Result {
    ascii(&tuple_or_now(a, 0, "asctime", &mut None)?)
}

/// `mktime(tuple)`
pub fn mktime(a: &[Value]) -> Result {
    let mut tm = from_tuple(&a[0], "mktime", &mut None)?;
    tm.tm_zone = std::ptr::null();
    tm.tm_wday = -1;
    #[allow(unsafe_code)]
    // SAFETY: the argument is a local.
    let seconds = unsafe { libc::mktime(&mut tm) };
    // -1 is also the second before the Epoch; the day of the week shows whether it was computed.
    if seconds == -1 && tm.tm_wday == -1 {
        return overflow_error("mktime argument out of range");
    }
    Ok(float::from_f64(seconds as f64))
}

/// `strftime(format[, tuple])`
pub fn strftime(a: &[Value]) -> Result {
    let Some(format) = a[0].as_str() else {
        return type_error(format!("strftime() argument 1 must be str, not {}", a[0].ty().name()));
    };
    let mut zone = None;
    let mut tm = tuple_or_now(a, 1, "strftime", &mut zone)?;
    tm.tm_isdst = tm.tm_isdst.clamp(-1, 1);
    let Ok(c_format) = CString::new(format) else { return value_error("embedded null character") };
    let mut buffer = vec![0_u8; 1024];
    loop {
        #[allow(unsafe_code)]
        // SAFETY: the buffer has the size that is given, the format ends with a zero, the zone lives in `zone`.
        let n = unsafe { libc::strftime(buffer.as_mut_ptr().cast(), buffer.len(), c_format.as_ptr(), &tm) };
        // 0 means that the buffer is too small, or that the result is empty, as that of "%p" in some languages.
        if n > 0 || buffer.len() >= 256 * format.len() {
            return Ok(Value::str(&String::from_utf8_lossy(&buffer[..n])));
        }
        buffer.resize(buffer.len() * 2, 0);
    }
}

/// `strptime(string[, format])`
pub fn strptime(a: &[Value]) -> Result {
    protocol::call_method(&import::import_absolute("_strptime")?, "_strptime_time", a)
}

/// `get_clock_info(name)`
pub fn clock_info(a: &[Value]) -> Result {
    let Some(name) = a[0].as_str() else {
        return type_error(format!("get_clock_info() argument 1 must be str, not {}", a[0].ty().name()));
    };
    let (clock, id) = match name {
        "time" => ("CLOCK_REALTIME", libc::CLOCK_REALTIME),
        "monotonic" | "perf_counter" => ("CLOCK_MONOTONIC", libc::CLOCK_MONOTONIC),
        "process_time" => ("CLOCK_PROCESS_CPUTIME_ID", libc::CLOCK_PROCESS_CPUTIME_ID),
        "thread_time" => ("CLOCK_THREAD_CPUTIME_ID", libc::CLOCK_THREAD_CPUTIME_ID),
        _ => return value_error("unknown clock"),
    };
    let info = protocol::call_method(&import::import_absolute("types")?, "SimpleNamespace", &[])?;
    let adjustable = name == "time";
    for (key, value) in [
        ("implementation", Value::str(&format!("clock_gettime({clock})"))),
        ("monotonic", Value::bool(!adjustable)),
        ("adjustable", Value::bool(adjustable)),
        ("resolution", super::resolution(id)?),
    ] {
        protocol::set_attr(&info, &intern(key), Some(value))?;
    }
    Ok(info)
}

/// `tzset()`: reads the environment variable `TZ` again.
pub fn tzset() -> Result {
    if let Some(module) = import::loaded("time")
        && let Some(module) = module.cast::<Module>()
    {
        set_zone(module.namespace());
    }
    Ok(Value::NONE)
}

/// Sets the constants that describe the local time zone: its names and offsets in January and in July. Standard
/// time is the one that is further to the west.
pub fn set_zone(namespace: &Dict) {
    unsafe extern "C" {
        safe fn tzset();
    }
    tzset();
    let year = super::clock(libc::CLOCK_REALTIME) / 1_000_000_000 / YEAR * YEAR;
    let at = |seconds| local(seconds).map_or_else(|_| (0, String::new()), |tm| (-tm.tm_gmtoff, zone(&tm)));
    let (january, july) = (at(year), at(year + YEAR / 2));
    let (standard, summer) = if january.0 < july.0 { (july, january) } else { (january, july) };
    let set = |name: &str, value| namespace.set_interned(&intern(name), value);
    set("timezone", int::from_i64(standard.0));
    set("altzone", int::from_i64(summer.0));
    set("daylight", int::from_i64(i64::from(standard.0 != summer.0)));
    set("tzname", Value::tuple(vec![Value::str(&standard.1), Value::str(&summer.1)]));
}
