//! Copying a database into another, page by page.

use super::values::c_text;
use super::{Raw, database, errors};
use crate::object::{Result, Value};
use crate::protocol::{call, raise};
use crate::types::str::c_int;
use crate::types::{float, int};
use libsqlite3_sys as ffi;
use minipy_sched::without_gil;

/// `backup(source, target, pages, progress, name, sleep, /)`
pub fn backup(a: &[Value]) -> Result {
    let [source, target, pages, progress, name, sleep] = a else { return Ok(Value::NONE) };
    let pages = match c_int(pages)? {
        0 => -1,
        n => n,
    };
    let name = c_text(name, "backup() argument 'name'")?;
    let pause = (float::coerce(sleep)? * 1000.0) as i32;
    let (from, _inside) = database::of(source).enter(source)?;
    let (to, _inside_too) = database::of(target).enter(target)?;
    // SAFETY: both databases are open, and their turns are ours; the names end in zero.
    let handle = unsafe { ffi::sqlite3_backup_init(to, c"main".as_ptr(), from, name.as_ptr()) };
    if handle.is_null() {
        return Err(errors::last(to));
    }
    let handle = Raw(handle);
    let mut failed = Ok(());
    let code = loop {
        // SAFETY: the backup has not been finished.
        let code = without_gil(move || unsafe { ffi::sqlite3_backup_step(handle.get(), pages) });
        if !progress.is_none() {
            // SAFETY: as above.
            let (left, all) = unsafe {
                (ffi::sqlite3_backup_remaining(handle.get()), ffi::sqlite3_backup_pagecount(handle.get()))
            };
            let arguments = [code, left, all].map(|n| int::from_i64(n.into()));
            failed = call(progress, &arguments).map(drop);
            if failed.is_err() {
                break code;
            }
        }
        match code {
            ffi::SQLITE_OK => {}
            ffi::SQLITE_BUSY | ffi::SQLITE_LOCKED => {
                // SAFETY: any time will do.
                without_gil(|| unsafe { ffi::sqlite3_sleep(pause) });
            }
            _ => break code,
        }
    };
    // SAFETY: the backup is finished once.
    let finished = without_gil(move || unsafe { ffi::sqlite3_backup_finish(handle.get()) });
    failed?;
    match (code, finished) {
        (_, ffi::SQLITE_OK) | (ffi::SQLITE_DONE, _) => Ok(Value::NONE),
        (ffi::SQLITE_NOMEM, _) => Err(raise(&crate::types::exception::MEMORY_ERROR, "")),
        (_, code) => Err(errors::of_code(code)),
    }
}
