//! The exceptions of DB-API 2.0, and which of them the library's codes stand for.

use super::{constants, text_of};
use crate::object::{Raised, Result, Type, Value, intern};
use crate::protocol::{self, raise};
use crate::types::{exception, int};
use libsqlite3_sys as ffi;

/// `sqlite3.Warning`
pub static WARNING: Type = exception::subtype("sqlite3.Warning", &exception::EXCEPTION);
/// `sqlite3.Error`
pub static ERROR: Type = exception::subtype("sqlite3.Error", &exception::EXCEPTION);
/// `sqlite3.InterfaceError`
pub static INTERFACE_ERROR: Type = exception::subtype("sqlite3.InterfaceError", &ERROR);
/// `sqlite3.DatabaseError`
pub static DATABASE_ERROR: Type = exception::subtype("sqlite3.DatabaseError", &ERROR);
/// `sqlite3.InternalError`
pub static INTERNAL_ERROR: Type = exception::subtype("sqlite3.InternalError", &DATABASE_ERROR);
/// `sqlite3.OperationalError`
pub static OPERATIONAL_ERROR: Type = exception::subtype("sqlite3.OperationalError", &DATABASE_ERROR);
/// `sqlite3.ProgrammingError`
pub static PROGRAMMING_ERROR: Type = exception::subtype("sqlite3.ProgrammingError", &DATABASE_ERROR);
/// `sqlite3.IntegrityError`
pub static INTEGRITY_ERROR: Type = exception::subtype("sqlite3.IntegrityError", &DATABASE_ERROR);
/// `sqlite3.DataError`
pub static DATA_ERROR: Type = exception::subtype("sqlite3.DataError", &DATABASE_ERROR);
/// `sqlite3.NotSupportedError`
pub static NOT_SUPPORTED_ERROR: Type = exception::subtype("sqlite3.NotSupportedError", &DATABASE_ERROR);

/// The class for a code, without what a code may say more exactly.
fn class_of(code: i32) -> &'static Type {
    match code & 0xff {
        ffi::SQLITE_INTERNAL | ffi::SQLITE_NOTFOUND => &INTERNAL_ERROR,
        ffi::SQLITE_ERROR
        | ffi::SQLITE_PERM
        | ffi::SQLITE_ABORT
        | ffi::SQLITE_BUSY
        | ffi::SQLITE_LOCKED
        | ffi::SQLITE_READONLY
        | ffi::SQLITE_INTERRUPT
        | ffi::SQLITE_IOERR
        | ffi::SQLITE_FULL
        | ffi::SQLITE_CANTOPEN
        | ffi::SQLITE_PROTOCOL
        | ffi::SQLITE_EMPTY
        | ffi::SQLITE_SCHEMA => &OPERATIONAL_ERROR,
        ffi::SQLITE_TOOBIG => &DATA_ERROR,
        ffi::SQLITE_CONSTRAINT | ffi::SQLITE_MISMATCH => &INTEGRITY_ERROR,
        ffi::SQLITE_MISUSE | ffi::SQLITE_RANGE => &INTERFACE_ERROR,
        _ => &DATABASE_ERROR,
    }
}

/// The exception for a code, with the library's message.
fn with_code(code: i32, message: &str) -> Raised {
    if code & 0xff == ffi::SQLITE_NOMEM {
        return raise(&exception::MEMORY_ERROR, "");
    }
    let e = raise(class_of(code), message);
    let name = constants::CODES.iter().find(|(_, n)| *n == code).map_or("unknown", |(name, _)| name);
    for (attribute, value) in
        [("sqlite_errorcode", int::from_i64(code.into())), ("sqlite_errorname", Value::str(name))]
    {
        if let Err(e) = protocol::set_attr(&e.0, &intern(attribute), Some(value)) {
            return e;
        }
    }
    e
}

/// The last error of a database. The calling thread has its turn.
pub fn last(db: *mut ffi::sqlite3) -> Raised {
    // SAFETY: the database is open, or null, which stands for there being no memory.
    let (code, message) = unsafe { (ffi::sqlite3_extended_errcode(db), text_of(ffi::sqlite3_errmsg(db))) };
    with_code(code, &message.unwrap_or_default())
}

/// The error of a code that belongs to no database.
pub fn of_code(code: i32) -> Raised {
    // SAFETY: any code has a text, a constant.
    let message = unsafe { text_of(ffi::sqlite3_errstr(code)) };
    with_code(code, &message.unwrap_or_default())
}

/// Raises the last error of a database unless the code is that of success.
pub fn check(code: i32, db: *mut ffi::sqlite3) -> Result<()> {
    if code == ffi::SQLITE_OK { Ok(()) } else { Err(last(db)) }
}

/// Raises `ProgrammingError`.
pub fn programming<T>(message: impl AsRef<str>) -> Result<T> {
    Err(raise(&PROGRAMMING_ERROR, message))
}
