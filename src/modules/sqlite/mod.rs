//! `_sqlite3`: databases, statements and callbacks of the library SQLite; `sqlite3` makes DB-API 2.0 of them.
//!
//! The library runs without the GIL, and its callbacks take it. One thread at a time is inside of a database: the
//! others wait for their turn under the GIL ([`Turn`]), so that nobody holds the GIL and waits for a lock of the
//! library, whose owner may want the GIL for a callback. A callback may come back to its own database.

mod backup;
mod blob;
mod callbacks;
mod constants;
mod database;
mod errors;
mod statement;
mod values;

use super::native::class;
use crate::object::{Def, Dict, Result, Value, intern};
use crate::types::int;
use crate::vm::safepoint;
use libsqlite3_sys as ffi;
use minipy_sched::{ThreadId, WaitQueue};
use std::cell::{Cell, RefCell};
use std::ffi::CStr;
use std::sync::atomic::{AtomicBool, Ordering};

unsafe extern "C" {
    /// Closes a database, once all its statements are finalized: the crate declares only the kind that fails then.
    fn sqlite3_close_v2(db: *mut ffi::sqlite3) -> std::ffi::c_int;
}

/// Whether exceptions in callbacks are reported.
static REPORT: AtomicBool = AtomicBool::new(false);

/// A pointer of the library that a closure without the GIL may have.
struct Raw<T>(*mut T);

impl<T> Clone for Raw<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Raw<T> {}

// SAFETY: who has the turn of the database it belongs to is alone in using what it points to.
unsafe impl<T> Send for Raw<T> {}

impl<T> Raw<T> {
    /// The pointer. (A method, so that closures capture the whole.)
    fn get(self) -> *mut T {
        self.0
    }
}

/// Who is inside of a database.
#[derive(Default)]
struct Turn {
    owner: Cell<Option<ThreadId>>,
    depth: Cell<usize>,
    waiting: WaitQueue,
    /// Statements that died while another thread was inside.
    orphans: RefCell<Vec<Raw<ffi::sqlite3_stmt>>>,
}

impl Turn {
    /// Waits until no other thread is inside. `object` is the database.
    fn enter(&self, object: &Value) -> Result<Inside<'_>> {
        while !self.is_mine() {
            safepoint::wait(&self.waiting, object, "a database in use", None)?;
        }
        self.owner.set(Some(minipy_sched::current()));
        self.depth.set(self.depth.get() + 1);
        Ok(Inside(self))
    }

    /// Whether the calling thread may be inside at once.
    fn is_mine(&self) -> bool {
        self.owner.get().is_none_or(|owner| owner == minipy_sched::current())
    }

    /// Frees a statement, at once or when its turn comes.
    fn finalize(&self, statement: *mut ffi::sqlite3_stmt) {
        if self.is_mine() {
            // SAFETY: the statement is the caller's, and nobody uses it.
            unsafe { ffi::sqlite3_finalize(statement) };
        } else {
            self.orphans.borrow_mut().push(Raw(statement));
        }
    }
}

/// The turn of the calling thread, until it is dropped.
struct Inside<'a>(&'a Turn);

impl Drop for Inside<'_> {
    fn drop(&mut self) {
        let turn = self.0;
        turn.depth.set(turn.depth.get() - 1);
        if turn.depth.get() > 0 {
            return;
        }
        for statement in turn.orphans.take() {
            // SAFETY: who put it there has given it up.
            unsafe { ffi::sqlite3_finalize(statement.get()) };
        }
        turn.owner.set(None);
        turn.waiting.wake_one();
    }
}

/// The text of the library at `text`.
///
/// # Safety
/// It is a null pointer, or bytes that end in zero.
unsafe fn text_of(text: *const std::ffi::c_char) -> Option<String> {
    // SAFETY: as the caller promises.
    (!text.is_null()).then(|| unsafe { CStr::from_ptr(text) }.to_string_lossy().into_owned())
}

/// The table.
pub static DEFS: &[Def] = crate::defs! {
    val "Warning()" "" => || class(&errors::WARNING);
    val "Error()" "" => || class(&errors::ERROR);
    val "InterfaceError()" "" => || class(&errors::INTERFACE_ERROR);
    val "DatabaseError()" "" => || class(&errors::DATABASE_ERROR);
    val "InternalError()" "" => || class(&errors::INTERNAL_ERROR);
    val "OperationalError()" "" => || class(&errors::OPERATIONAL_ERROR);
    val "ProgrammingError()" "" => || class(&errors::PROGRAMMING_ERROR);
    val "IntegrityError()" "" => || class(&errors::INTEGRITY_ERROR);
    val "DataError()" "" => || class(&errors::DATA_ERROR);
    val "NotSupportedError()" "" => || class(&errors::NOT_SUPPORTED_ERROR);
    val "PARSE_DECLTYPES()" "" => || Value::small(1);
    val "PARSE_COLNAMES()" "" => || Value::small(2);
    val "sqlite_version()" "" => || {
        // SAFETY: the version is a constant that ends in zero.
        Value::str(&unsafe { text_of(ffi::sqlite3_libversion()) }.unwrap_or_default())
    };
    val "threadsafety()" "" => || {
        // SAFETY: a constant of the library.
        Value::small(match unsafe { ffi::sqlite3_threadsafe() } { 0 => 0, 2 => 1, _ => 3 })
    };
    fn "open(path, uri, timeout, /)" "A database, by its path as bytes; the timeout is for locks of other users, in seconds." => database::open;
    fn "complete_statement(statement)" "Whether a text ends with a whole statement." => |a| {
        let text = values::c_text(&a[0], "complete_statement() argument 'statement'")?;
        // SAFETY: the text ends in zero.
        Ok(Value::bool(unsafe { ffi::sqlite3_complete(text.as_ptr()) } != 0))
    };
    fn "enable_callback_tracebacks(enable, /)" "Says whether exceptions in callbacks are reported." => |a| {
        REPORT.store(crate::protocol::truth(&a[0])?, Ordering::Relaxed);
        Ok(Value::NONE)
    };
    fn "backup(source, target, pages, progress, name, sleep, /)" "Copies a database into another, so many pages at a time." => backup::backup;
};

/// Fills the namespace with the library's numbers, and makes the types ready.
pub fn init(namespace: &Dict) {
    for (name, number) in constants::CODES.iter().chain(constants::OTHERS) {
        namespace.set_interned(&intern(name), int::from_i64((*number).into()));
    }
    class(&database::DATABASE);
    class(&statement::STATEMENT);
    class(&blob::BLOB);
}
