//! A blob that is read and written in parts, without being loaded as a whole.

use super::database::Core;
use super::values::c_text;
use super::{Raw, database, errors};
use crate::modules::native::this;
use crate::object::{Boxed, Layout, Result, Type, Value};
use crate::protocol::{self, index_error, value_error};
use crate::types::{bytes, int};
use libsqlite3_sys as ffi;
use minipy_sched::without_gil;
use std::cell::Cell;
use std::ptr::null_mut;
use std::rc::Rc;

/// The fields of an open blob. Invariant: the pointer is null, or that of an open blob of the database.
pub struct Blob {
    raw: Cell<*mut ffi::sqlite3_blob>,
    database: Value,
    core: Rc<Core>,
}

crate::body!(Blob: SqliteBlob { database });

impl Drop for Blob {
    fn drop(&mut self) {
        self.close();
    }
}

/// `open_blob(table, column, row, readonly, name, /)`
pub fn open(a: &[Value]) -> Result {
    let table = c_text(&a[1], "blobopen() argument 1")?;
    let column = c_text(&a[2], "blobopen() argument 2")?;
    let row = protocol::index_i64(&a[3])?;
    let writable = !protocol::truth(&a[4])?;
    let name = c_text(&a[5], "blobopen() argument 'name'")?;
    let (db, _inside) = database::of(&a[0]).enter(&a[0])?;
    let mut raw = null_mut();
    // SAFETY: the database is open, its turn is ours, and the names end in zero.
    let code = unsafe {
        ffi::sqlite3_blob_open(
            db,
            name.as_ptr(),
            table.as_ptr(),
            column.as_ptr(),
            row,
            writable.into(),
            &mut raw,
        )
    };
    errors::check(code, db)?;
    Ok(Value::new(
        &BLOB,
        Blob { raw: Cell::new(raw), database: a[0].clone(), core: database::of(&a[0]).core() },
    ))
}

impl Blob {
    fn close(&self) {
        let raw = Raw(self.raw.replace(null_mut()));
        if !raw.get().is_null() {
            // SAFETY: the blob was open, and nobody else has it. Its database may make it wait, but not for the GIL.
            without_gil(move || unsafe { ffi::sqlite3_blob_close(raw.get()) });
        }
    }

    /// Calls `f` with the open blob and the database, whose turn is ours.
    fn with<R>(&self, f: impl FnOnce(*mut ffi::sqlite3_blob, *mut ffi::sqlite3) -> Result<R>) -> Result<R> {
        let (db, _inside) = self.core.enter(&self.database)?;
        match self.raw.get() {
            raw if raw.is_null() => errors::programming("Cannot operate on a closed blob."),
            raw => f(raw, db),
        }
    }
}

/// How many bytes an open blob has.
fn size(raw: *mut ffi::sqlite3_blob) -> i64 {
    // SAFETY: the blob is open, and its database's turn is ours.
    unsafe { ffi::sqlite3_blob_bytes(raw) }.into()
}

/// `read(offset, length, /)`
fn read(a: &[Value]) -> Result {
    let (offset, length) = (protocol::index_i64(&a[1])?, protocol::index_i64(&a[2])?);
    this::<Blob>(&a[0]).with(|raw, db| {
        if offset < 0 || length < 0 || offset.saturating_add(length) > size(raw) {
            return index_error("Blob index out of range");
        }
        let mut data = vec![0; length as usize];
        // SAFETY: there is room for so many bytes, which the library checks to be there.
        let code =
            unsafe { ffi::sqlite3_blob_read(raw, data.as_mut_ptr().cast(), length as i32, offset as i32) };
        if code == ffi::SQLITE_OK { Ok(bytes::from_vec(data)) } else { Err(errors::last(db)) }
    })
}

/// `write(offset, data, /)`
fn write(a: &[Value]) -> Result {
    let (offset, data) = (protocol::index_i64(&a[1])?, bytes::need(&a[2])?.into_vec());
    this::<Blob>(&a[0]).with(|raw, db| {
        if offset < 0 || (data.len() as i64).saturating_add(offset) > size(raw) {
            return value_error("data longer than blob length");
        }
        // SAFETY: so many bytes are there, and there is room for them.
        let code =
            unsafe { ffi::sqlite3_blob_write(raw, data.as_ptr().cast(), data.len() as i32, offset as i32) };
        if code == ffi::SQLITE_OK { Ok(Value::NONE) } else { Err(errors::last(db)) }
    })
}

/// `_sqlite3.Blob`
pub static BLOB: Type = Type::builtin::<Boxed<Blob>>(
    "_sqlite3.Blob",
    Layout::SqliteBlob,
    "An open blob.",
    crate::defs! {
        fn "read(offset, length, /)" "So many bytes from a place on." => read;
        fn "write(offset, data, /)" "Replaces bytes from a place on." => write;
        fn "close()" "Closes it." => |a| {
            this::<Blob>(&a[0]).close();
            Ok(Value::NONE)
        };
        get "size()" "How many bytes there are." => |v| this::<Blob>(v).with(|raw, _| Ok(int::from_i64(size(raw))));
    },
);
