//! A database: what `Connection` of `sqlite3` does its work with.

use super::callbacks::{self as back, Callback, Place};
use super::statement::{self, Statement};
use super::values::c_text;
use super::{Inside, Raw, Turn, blob, errors, text_of};
use crate::modules::native::this;
use crate::object::{Body, BodyLayout, Boxed, Layout, Raised, Result, Trace, Tracer, Type, Value};
use crate::protocol::{self, raise, value_error};
use crate::types::str::c_int;
use crate::types::{bytes, exception, int};
use libsqlite3_sys as ffi;
use std::cell::{Cell, RefCell};
use std::ffi::{CStr, CString, c_int as int32, c_void};
use std::ptr::null_mut;
use std::rc::Rc;

/// What a database and all that belongs to it share. Invariant: the pointer is null, or that of an open database.
pub struct Core {
    raw: Cell<*mut ffi::sqlite3>,
    pub(super) turn: Turn,
}

impl Drop for Core {
    fn drop(&mut self) {
        // SAFETY: nobody else has the database: blobs and statements keep the core.
        unsafe { super::sqlite3_close_v2(self.raw.get()) };
    }
}

impl Core {
    /// Whether it is closed.
    pub fn is_closed(&self) -> bool {
        self.raw.get().is_null()
    }

    /// The open database, whose turn the calling thread has for as long as it keeps the second part.
    pub fn enter<'a>(&'a self, owner: &Value) -> Result<(*mut ffi::sqlite3, Inside<'a>)> {
        let inside = self.turn.enter(owner)?;
        match self.raw.get() {
            raw if raw.is_null() => errors::programming("Cannot operate on a closed database."),
            raw => Ok((raw, inside)),
        }
    }
}

/// The fields of a database.
pub struct Database {
    core: Rc<Core>,
    /// What the library has a pointer to, for each kind of handler.
    handlers: [Cell<Option<Box<Callback>>>; 3],
    /// The callables that the library has.
    callables: RefCell<Vec<Place>>,
}

impl Body for Database {
    const TRACKED: bool = true;

    fn trace(&self, tracer: &mut Tracer) {
        for place in self.callables.borrow().iter() {
            Trace::trace(&**place, tracer);
        }
    }
}

impl BodyLayout for Database {
    const LAYOUT: Layout = Layout::SqliteDatabase;
}

impl Drop for Database {
    fn drop(&mut self) {
        // Statements that are left keep the library's database, but the callables end with this one.
        for place in self.callables.take() {
            drop(place.replace(Value::NONE));
        }
    }
}

/// Which of the handlers.
const AUTHORIZER: usize = 0;
const PROGRESS: usize = 1;
const TRACE: usize = 2;

/// The database behind a value.
pub fn of(v: &Value) -> &Database {
    &this::<Database>(v).body
}

impl Database {
    /// What it shares with its statements and blobs.
    pub fn core(&self) -> Rc<Core> {
        self.core.clone()
    }

    /// See [`Core::enter`].
    pub fn enter<'a>(&'a self, owner: &Value) -> Result<(*mut ffi::sqlite3, Inside<'a>)> {
        self.core.enter(owner)
    }

    /// A place for a callable that the library is given.
    fn place(&self, callable: &Value) -> Place {
        let mut callables = self.callables.borrow_mut();
        let mut unused = Vec::new();
        callables.retain(|place| {
            Rc::strong_count(place) > 1 || {
                unused.push(place.clone());
                false
            }
        });
        let place = Rc::new(RefCell::new(callable.clone()));
        callables.push(place.clone());
        drop(callables);
        // What dies now may run code of the program.
        drop(unused);
        place
    }
}

/// Calls the library without the GIL.
pub fn run<R: Send>(db: *mut ffi::sqlite3, f: impl FnOnce(*mut ffi::sqlite3) -> R + Send) -> R {
    let db = Raw(db);
    minipy_sched::without_gil(move || f(db.get()))
}

/// `open(path, uri, timeout, /)`
pub fn open(a: &[Value]) -> Result {
    let path = match CString::new(bytes::need(&a[0])?.to_vec()) {
        Ok(path) => path,
        Err(_) => return value_error("embedded null byte"),
    };
    let mut flags = ffi::SQLITE_OPEN_READWRITE | ffi::SQLITE_OPEN_CREATE;
    if protocol::truth(&a[1])? {
        flags |= ffi::SQLITE_OPEN_URI;
    }
    let timeout = crate::types::float::coerce(&a[2])?;
    let opened = minipy_sched::without_gil(|| {
        let mut db = null_mut();
        // SAFETY: the path ends in zero, and the library opens or refuses it.
        let code = unsafe {
            let code = ffi::sqlite3_open_v2(path.as_ptr(), &mut db, flags, std::ptr::null());
            if code == ffi::SQLITE_OK {
                ffi::sqlite3_busy_timeout(db, (timeout * 1000.0) as int32);
                // The library's own default: its package turns them on.
                let off: int32 = 0;
                ffi::sqlite3_db_config(db, ffi::SQLITE_DBCONFIG_ENABLE_FKEY, off, null_mut::<int32>());
            }
            code
        };
        (code, Raw(db))
    });
    let (code, db) = (opened.0, opened.1.get());
    let core = Rc::new(Core { raw: Cell::new(db), turn: Turn::default() });
    let body = Database { core, handlers: Default::default(), callables: RefCell::default() };
    errors::check(code, db)?;
    Ok(Value::new(&DATABASE, body))
}

fn close(a: &[Value]) -> Result {
    let body = of(&a[0]);
    let _inside = body.core.turn.enter(&a[0])?;
    let raw = body.core.raw.replace(null_mut());
    // SAFETY: nobody else is inside. Statements and blobs that are left keep what they need of it.
    run(raw, |db| unsafe { super::sqlite3_close_v2(db) });
    Ok(Value::NONE)
}

/// What a database says about itself.
fn ask(v: &Value, f: unsafe extern "C" fn(*mut ffi::sqlite3) -> i64) -> Result {
    let (db, _inside) = of(v).enter(v)?;
    // SAFETY: the database is open, and its turn is ours.
    Ok(int::from_i64(unsafe { f(db) }))
}

fn autocommit(v: &Value) -> Result {
    let (db, _inside) = of(v).enter(v)?;
    // SAFETY: as above.
    Ok(Value::bool(unsafe { ffi::sqlite3_get_autocommit(db) } != 0))
}

fn interrupt(a: &[Value]) -> Result {
    let raw = of(&a[0]).core.raw.get();
    if raw.is_null() {
        return errors::programming("Cannot operate on a closed database.");
    }
    // SAFETY: the one call that any thread may make, while the database is open.
    unsafe { ffi::sqlite3_interrupt(raw) };
    Ok(Value::NONE)
}

fn limit(a: &[Value]) -> Result {
    let (db, _inside) = of(&a[0]).enter(&a[0])?;
    let (id, new) = (c_int(&a[1])?, c_int(&a[2])?);
    // SAFETY: as above; the library checks the number.
    match unsafe { ffi::sqlite3_limit(db, id, new) } {
        -1 => errors::programming("'category' is out of bounds"),
        old => Ok(int::from_i64(old.into())),
    }
}

/// `create_function(name, narg, callable, deterministic, kind, /)`: kind is "function", "aggregate" or "window".
fn create_function(a: &[Value]) -> Result {
    let name = c_text(&a[1], "argument 'name'")?;
    let n = c_int(&a[2])?;
    let mut flags = ffi::SQLITE_UTF8;
    if protocol::truth(&a[4])? {
        flags |= ffi::SQLITE_DETERMINISTIC;
    }
    let kind = a[5].as_str().unwrap_or_default();
    let (db, _inside) = of(&a[0]).enter(&a[0])?;
    // None takes a function away; an aggregate would fail when it is called.
    let with = !a[3].is_none() || kind == "aggregate";
    let data = if with { Callback::leak(of(&a[0]).place(&a[3])) } else { null_mut() };
    let free: Option<unsafe extern "C" fn(*mut c_void)> = with.then_some(Callback::free);
    // SAFETY: the database is open and its turn is ours; the library calls `free` once, also when it fails.
    let code = unsafe {
        match kind {
            "window" => ffi::sqlite3_create_window_function(
                db,
                name.as_ptr(),
                n,
                flags,
                data,
                with.then_some(back::step as _),
                with.then_some(back::finish as _),
                with.then_some(back::value as _),
                with.then_some(back::inverse as _),
                free,
            ),
            _ => {
                let aggregate = with && kind == "aggregate";
                ffi::sqlite3_create_function_v2(
                    db,
                    name.as_ptr(),
                    n,
                    flags,
                    data,
                    (with && !aggregate).then_some(back::function as _),
                    aggregate.then_some(back::step as _),
                    aggregate.then_some(back::finish as _),
                    free,
                )
            }
        }
    };
    match (code, kind) {
        (ffi::SQLITE_OK, _) => Ok(Value::NONE),
        // SAFETY: the text ends in zero.
        (_, "window") => errors::programming(unsafe { text_of(ffi::sqlite3_errmsg(db)) }.unwrap_or_default()),
        (_, "aggregate") => Err(raise(&errors::OPERATIONAL_ERROR, "Error creating aggregate")),
        _ => Err(raise(&errors::OPERATIONAL_ERROR, "Error creating function")),
    }
}

fn create_collation(a: &[Value]) -> Result {
    let name = c_text(&a[1], "create_collation() argument 1")?;
    let (db, _inside) = of(&a[0]).enter(&a[0])?;
    let with = !a[2].is_none();
    let data = if with { Callback::leak(of(&a[0]).place(&a[2])) } else { null_mut() };
    // SAFETY: as above, but the library does not free the data when it fails.
    let code = unsafe {
        let code = ffi::sqlite3_create_collation_v2(
            db,
            name.as_ptr(),
            ffi::SQLITE_UTF8,
            data,
            with.then_some(back::collation as _),
            with.then_some(Callback::free as _),
        );
        if code != ffi::SQLITE_OK && with {
            Callback::free(data);
        }
        code
    };
    errors::check(code, db).map(|()| Value::NONE)
}

/// Keeps the callback of a handler, and returns the pointer for the library; null for none.
fn keep(body: &Database, which: usize, callable: &Value) -> *mut c_void {
    if callable.is_none() {
        return null_mut();
    }
    let callback = Box::new(Callback::new(body.place(callable)));
    let place: *const Callback = &*callback;
    // The old one is freed when the library has the new one.
    body.handlers[which].set(Some(callback));
    place.cast_mut().cast()
}

fn set_authorizer(a: &[Value]) -> Result {
    let body = of(&a[0]);
    let (db, _inside) = body.enter(&a[0])?;
    let old = body.handlers[AUTHORIZER].take();
    let data = keep(body, AUTHORIZER, &a[1]);
    let handler = (!data.is_null()).then_some(back::authorize as _);
    // SAFETY: the database is open and its turn is ours; the data lives until another is set.
    let code = unsafe { ffi::sqlite3_set_authorizer(db, handler, data) };
    drop(old);
    match code {
        ffi::SQLITE_OK => Ok(Value::NONE),
        _ => Err(raise(&errors::OPERATIONAL_ERROR, "Error setting authorizer callback")),
    }
}

fn set_progress_handler(a: &[Value]) -> Result {
    let n = c_int(&a[2])?;
    let body = of(&a[0]);
    let (db, _inside) = body.enter(&a[0])?;
    let old = body.handlers[PROGRESS].take();
    let data = keep(body, PROGRESS, &a[1]);
    let handler = (!data.is_null()).then_some(back::progress as _);
    // SAFETY: as above.
    unsafe { ffi::sqlite3_progress_handler(db, n, handler, data) };
    drop(old);
    Ok(Value::NONE)
}

fn set_trace(a: &[Value]) -> Result {
    let body = of(&a[0]);
    let (db, _inside) = body.enter(&a[0])?;
    let old = body.handlers[TRACE].take();
    let data = keep(body, TRACE, &a[1]);
    let handler = (!data.is_null()).then_some(back::trace as _);
    let mask = if data.is_null() { 0 } else { ffi::SQLITE_TRACE_STMT };
    // SAFETY: as above.
    unsafe { ffi::sqlite3_trace_v2(db, mask, handler, data) };
    drop(old);
    Ok(Value::NONE)
}

fn serialize(a: &[Value]) -> Result {
    let name = c_text(&a[1], "serialize() argument 'name'")?;
    let (db, _inside) = of(&a[0]).enter(&a[0])?;
    let mut size = 0;
    // SAFETY: as above; what the library returns is ours, and as long as it says.
    unsafe {
        let data = ffi::sqlite3_serialize(db, name.as_ptr(), &mut size, 0);
        if data.is_null() {
            return Err(missing(db, &name));
        }
        let result = bytes::from_slice(std::slice::from_raw_parts(data, size as usize));
        ffi::sqlite3_free(data.cast());
        Ok(result)
    }
}

/// What is wrong with a database that cannot be serialized.
fn missing(db: *mut ffi::sqlite3, name: &CStr) -> Raised {
    // SAFETY: as above.
    match unsafe { ffi::sqlite3_errcode(db) } {
        ffi::SQLITE_OK => {
            raise(&errors::OPERATIONAL_ERROR, format!("unknown database '{}'", name.to_string_lossy()))
        }
        _ => errors::last(db),
    }
}

fn deserialize(a: &[Value]) -> Result {
    let data = bytes::need(&a[1])?.into_vec();
    let name = c_text(&a[2], "deserialize() argument 'name'")?;
    if data.len() > i64::MAX as usize {
        return protocol::overflow_error("'data' is too large");
    }
    let (db, _inside) = of(&a[0]).enter(&a[0])?;
    // SAFETY: as above; the bytes are copied into memory of the library, which frees it.
    let code = unsafe {
        let copy: *mut u8 = ffi::sqlite3_malloc64(data.len() as u64).cast();
        if copy.is_null() && !data.is_empty() {
            return Err(raise(&exception::MEMORY_ERROR, ""));
        }
        std::ptr::copy_nonoverlapping(data.as_ptr(), copy, data.len());
        let n = data.len() as i64;
        let flags = ffi::SQLITE_DESERIALIZE_FREEONCLOSE | ffi::SQLITE_DESERIALIZE_RESIZEABLE;
        ffi::sqlite3_deserialize(db, name.as_ptr(), copy, n, n, flags)
    };
    errors::check(code, db).map(|()| Value::NONE)
}

/// `prepare(sql, /)`: the first statement of a text, `None` if there is none, and how many bytes are left behind it.
fn prepare(a: &[Value]) -> Result {
    let body = of(&a[0]);
    let (db, _inside) = body.enter(&a[0])?;
    // SAFETY: as above; a negative limit only asks.
    let most = unsafe { ffi::sqlite3_limit(db, ffi::SQLITE_LIMIT_SQL_LENGTH, -1) };
    let (raw, rest) = statement::compile(db, &a[1], usize::try_from(most).unwrap_or(usize::MAX))?;
    let made = match raw.is_null() {
        true => Value::NONE,
        false => Value::new(&statement::STATEMENT, Statement::new(raw, a[0].clone(), body.core())),
    };
    Ok(Value::tuple(vec![made, Value::str(&rest)]))
}

/// `_sqlite3.Database`
pub static DATABASE: Type = Type::builtin::<Boxed<Database>>(
    "_sqlite3.Database",
    Layout::SqliteDatabase,
    "An open database.",
    crate::defs! {
        fn "close()" "Closes it." => close;
        fn "prepare(sql, /)" "The first statement of a text, or None, and what is left of the text." => prepare;
        fn "interrupt()" "Ends what other threads do in it." => interrupt;
        fn "limit(category, value, /)" "Sets a limit, unless the value is negative; returns the old one." => limit;
        fn "create_function(name, narg, callable, deterministic, kind, /)" "Adds a function, aggregate or window function." => create_function;
        fn "create_collation(name, callable, /)" "Adds an order of texts." => create_collation;
        fn "set_authorizer(callable, /)" "Sets who is asked what statements may do." => set_authorizer;
        fn "set_progress_handler(callable, n, /)" "Sets what is called after so many steps of the machine." => set_progress_handler;
        fn "set_trace(callable, /)" "Sets what is told of every statement." => set_trace;
        fn "serialize(name, /)" "The bytes of a database." => serialize;
        fn "deserialize(data, name, /)" "Replaces a database by the one in these bytes." => deserialize;
        fn "open_blob(table, column, row, readonly, name, /)" "A blob that can be read and written in parts." => blob::open;
        get "total_changes()" "How many rows have been changed." => |v| ask(v, ffi::sqlite3_total_changes64);
        get "changes()" "How many rows the last statement has changed." => |v| ask(v, ffi::sqlite3_changes64);
        get "last_rowid()" "The last row that was added." => |v| ask(v, ffi::sqlite3_last_insert_rowid);
        get "autocommit()" "Whether there is no transaction." => autocommit;
        get "closed()" "Whether it is closed." => |v| Ok(Value::bool(of(v).core.is_closed()));
    },
);
