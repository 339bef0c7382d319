//! What the library calls: functions, aggregates, orders of texts and handlers of a program.
//!
//! The library runs without the GIL, so that each callback takes it. An exception becomes the library's error; it is
//! reported only if the program wishes so.

use super::{REPORT, text_of, values};
use crate::object::{Raised, Result, Value, intern};
use crate::protocol::{self, call, call_method};
use crate::types::exception::{self, report_unraisable};
use crate::types::{int, str};
use libsqlite3_sys as ffi;
use minipy_sched::with_gil;
use std::cell::RefCell;
use std::ffi::{c_char, c_int, c_uint, c_void};
use std::rc::Rc;
use std::sync::atomic::Ordering;

/// Where a callable of a program is kept: by the database, which knows it as one of its own, and by the library, until
/// the database dies or the library has no more use for it.
pub type Place = Rc<RefCell<Value>>;

/// A callable, at an address that the library has.
pub struct Callback(Place);

impl Callback {
    /// At that place.
    pub fn new(place: Place) -> Callback {
        Callback(place)
    }

    /// On the heap, until the library calls [`Callback::free`].
    pub fn leak(place: Place) -> *mut c_void {
        Box::into_raw(Box::new(Callback(place))).cast()
    }

    /// Frees what [`Callback::leak`] has made.
    ///
    /// # Safety
    /// It is that, and this is called once.
    pub unsafe extern "C" fn free(data: *mut c_void) {
        // SAFETY: as the caller promises; places are only shared under the GIL.
        with_gil(|| drop(unsafe { Box::from_raw(data.cast::<Callback>()) }));
    }
}

/// The callable behind the library's pointer.
///
/// # Safety
/// The pointer is that of a callback that lives.
unsafe fn callable(data: *mut c_void) -> Value {
    // SAFETY: as the caller promises.
    unsafe { (*data.cast::<Callback>()).0.borrow().clone() }
}

/// Reports an exception, if that is wished.
fn report(e: &Raised, what: &Value) {
    if REPORT.load(Ordering::Relaxed) {
        report_unraisable(e, what);
    }
}

/// Makes an exception the error of a function that is running; `message` if the library has no better one.
fn fail(context: *mut ffi::sqlite3_context, e: &Raised, what: &Value, message: &str) {
    report(e, what);
    // SAFETY: the context is that of a running function, and the text is copied.
    unsafe {
        if e.0.ty().is_subtype(&exception::MEMORY_ERROR) {
            ffi::sqlite3_result_error_nomem(context);
        } else if e.0.ty().is_subtype(&exception::OVERFLOW_ERROR) {
            ffi::sqlite3_result_error_toobig(context);
        } else {
            ffi::sqlite3_result_error(context, message.as_ptr().cast(), message.len() as c_int);
        }
    }
}

/// A function.
///
/// # Safety
/// The library calls it, with a context whose data is a callback.
pub unsafe extern "C" fn function(
    context: *mut ffi::sqlite3_context,
    n: c_int,
    values: *mut *mut ffi::sqlite3_value,
) {
    with_gil(|| {
        // SAFETY: as the library promises.
        let (f, arguments) =
            unsafe { (callable(ffi::sqlite3_user_data(context)), values::arguments(n, values)) };
        let result = arguments.and_then(|a| call(&f, &a));
        // SAFETY: the context is that of this call.
        let set = result.and_then(|v| unsafe { values::set_result(context, &v) });
        settle(context, set, &f, "user-defined function raised exception");
    });
}

/// Tells the library what went wrong with a result.
fn settle(context: *mut ffi::sqlite3_context, set: Result<bool>, what: &Value, message: &str) {
    match set {
        Ok(true) => {}
        // SAFETY: the context is that of a running function, and the text is copied.
        Ok(false) => unsafe {
            ffi::sqlite3_result_error(context, message.as_ptr().cast(), message.len() as c_int);
        },
        Err(e) => fail(context, &e, what, message),
    }
}

/// What an aggregate's method raises, as the library's error.
fn fail_method(context: *mut ffi::sqlite3_context, e: &Raised, object: &Value, method: &str) {
    // SAFETY: the context is that of a running aggregate, whose data is a callback.
    let class = unsafe { callable(ffi::sqlite3_user_data(context)) };
    let missing = e.0.ty().is_subtype(&exception::ATTRIBUTE_ERROR)
        && protocol::get_attr_opt(object, &intern(method)).is_ok_and(|m| m.is_none());
    let what = if missing { "not defined" } else { "raised error" };
    fail(context, e, &class, &format!("user-defined aggregate's '{method}' method {what}"));
}

/// The place for the object of an aggregation, which is null at first.
///
/// # Safety
/// The context is that of an aggregate that is running.
unsafe fn place(context: *mut ffi::sqlite3_context, make: bool) -> Option<&'static mut *mut Callback> {
    let size = if make { size_of::<*mut Callback>() as c_int } else { 0 };
    // SAFETY: as the caller promises; the library's memory is of zeros at first, and stays for the aggregation.
    unsafe { ffi::sqlite3_aggregate_context(context, size).cast::<*mut Callback>().as_mut() }
}

/// Calls a method of an aggregation's object with the library's values, making the object first if there is none.
unsafe fn with_values(
    context: *mut ffi::sqlite3_context,
    n: c_int,
    values: *mut *mut ffi::sqlite3_value,
    method: &str,
) {
    // SAFETY: as the library promises.
    let Some(place) = (unsafe { place(context, true) }) else { return };
    if place.is_null() {
        // SAFETY: as above.
        let class = unsafe { callable(ffi::sqlite3_user_data(context)) };
        match call(&class, &[]) {
            Ok(object) => *place = Callback::leak(Rc::new(RefCell::new(object))).cast(),
            Err(e) => {
                return fail(context, &e, &class, "user-defined aggregate's '__init__' method raised error");
            }
        }
    }
    // SAFETY: the place holds a callback; so many values are there.
    let (object, arguments) = unsafe { (callable((*place).cast()), values::arguments(n, values)) };
    if let Err(e) = arguments.and_then(|a| call_method(&object, method, &a)) {
        fail_method(context, &e, &object, method);
    }
}

/// A step of an aggregate.
///
/// # Safety
/// The library calls it, with a context whose data is a callback.
pub unsafe extern "C" fn step(
    context: *mut ffi::sqlite3_context,
    n: c_int,
    values: *mut *mut ffi::sqlite3_value,
) {
    // SAFETY: as the library promises.
    with_gil(|| unsafe { with_values(context, n, values, "step") });
}

/// The opposite of a step, of a window function.
///
/// # Safety
/// As for [`step`].
pub unsafe extern "C" fn inverse(
    context: *mut ffi::sqlite3_context,
    n: c_int,
    values: *mut *mut ffi::sqlite3_value,
) {
    // SAFETY: as the library promises.
    with_gil(|| unsafe { with_values(context, n, values, "inverse") });
}

/// Makes what a method of the aggregation's object returns the result.
unsafe fn result_of(context: *mut ffi::sqlite3_context, object: &Value, method: &str) {
    let result = call_method(object, method, &[]);
    // SAFETY: the context is that of this call.
    let set = result.and_then(|v| unsafe { values::set_result(context, &v) });
    match set {
        Ok(true) => {}
        Ok(false) => {
            let message = format!("user-defined aggregate's '{method}' method raised error");
            settle(context, Ok(false), object, &message);
        }
        Err(e) => fail_method(context, &e, object, method),
    }
}

/// The result of a window function so far.
///
/// # Safety
/// As for [`step`].
pub unsafe extern "C" fn value(context: *mut ffi::sqlite3_context) {
    // SAFETY: as the library promises; the place holds a callback, if it is not null.
    with_gil(|| unsafe {
        if let Some(place) = place(context, false).filter(|p| !p.is_null()) {
            result_of(context, &callable((*place).cast()), "value");
        }
    });
}

/// The end of an aggregation. The object is gone afterwards.
///
/// # Safety
/// As for [`step`].
pub unsafe extern "C" fn finish(context: *mut ffi::sqlite3_context) {
    // SAFETY: as the library promises; the place holds a callback, if it is not null, which nobody uses any more.
    with_gil(|| unsafe {
        // Without rows there was no step. Without an object, its class has failed.
        if let Some(place) = place(context, false).filter(|p| !p.is_null()) {
            let object = Box::from_raw(std::mem::replace(place, std::ptr::null_mut()));
            let object = object.0.borrow().clone();
            result_of(context, &object, "finalize");
        }
    });
}

/// An order of texts.
///
/// # Safety
/// The library calls it, with the data of a callback and texts as long as said.
pub unsafe extern "C" fn collation(
    data: *mut c_void,
    first_len: c_int,
    first: *const c_void,
    second_len: c_int,
    second: *const c_void,
) -> c_int {
    with_gil(|| {
        // SAFETY: as the library promises.
        let f = unsafe { callable(data) };
        let text = |place: *const c_void, len: c_int| {
            // SAFETY: so many bytes are at the place.
            let data = unsafe { std::slice::from_raw_parts(place.cast::<u8>(), len as usize) };
            crate::types::codec::decode(data, None, None)
        };
        let compare = || -> Result<c_int> {
            let result = call(&f, &[text(first, first_len)?, text(second, second_len)?])?;
            let n = int::to_i64(&protocol::index(&result)?);
            Ok(n.map_or(0, |n| n.signum() as c_int))
        };
        compare().unwrap_or_else(|e| {
            report(&e, &f);
            0
        })
    })
}

/// Whether a statement may do something.
///
/// # Safety
/// The library calls it, with the data of a callback and texts that end in zero.
pub unsafe extern "C" fn authorize(
    data: *mut c_void,
    action: c_int,
    first: *const c_char,
    second: *const c_char,
    database: *const c_char,
    source: *const c_char,
) -> c_int {
    with_gil(|| {
        // SAFETY: as the library promises.
        let f = unsafe { callable(data) };
        let mut arguments = vec![int::from_i64(action.into())];
        // SAFETY: as above.
        arguments.extend([first, second, database, source].map(|t| unsafe { values::optional_text(t) }));
        let answer = call(&f, &arguments).and_then(|v| match v.ty().is_subtype(&int::INT) {
            true => str::c_int(&v),
            false => Ok(ffi::SQLITE_DENY),
        });
        answer.unwrap_or_else(|e| {
            report(&e, &f);
            ffi::SQLITE_DENY
        })
    })
}

/// Called after so many steps of the machine; anything but 0 ends the statement.
///
/// # Safety
/// The library calls it, with the data of a callback.
pub unsafe extern "C" fn progress(data: *mut c_void) -> c_int {
    with_gil(|| {
        // SAFETY: as the library promises.
        let f = unsafe { callable(data) };
        match call(&f, &[]).and_then(|v| protocol::truth(&v)) {
            Ok(stop) => stop.into(),
            Err(e) => {
                report(&e, &f);
                1
            }
        }
    })
}

/// Told of every statement.
///
/// # Safety
/// The library calls it, with the data of a callback, a statement and a text that ends in zero.
pub unsafe extern "C" fn trace(
    kind: c_uint,
    data: *mut c_void,
    statement: *mut c_void,
    sql: *mut c_void,
) -> c_int {
    if kind != ffi::SQLITE_TRACE_STMT as c_uint {
        return 0;
    }
    with_gil(|| {
        // SAFETY: as the library promises; the expanded text is ours.
        let (f, text) = unsafe {
            let given = text_of(sql.cast_const().cast()).unwrap_or_default();
            let expanded = ffi::sqlite3_expanded_sql(statement.cast());
            let text = text_of(expanded);
            ffi::sqlite3_free(expanded.cast());
            // A trigger tells its name in a comment; a text that would be too long is not expanded.
            (
                callable(data),
                if given.starts_with("--") || text.is_none() { given } else { text.unwrap_or_default() },
            )
        };
        if let Err(e) = call(&f, &[Value::str(&text)]) {
            report(&e, &f);
        }
    });
    0
}
