//! A prepared statement: values are bound to it, and it is stepped from row to row.

use super::database::Core;
use super::values::{self, Given, Sql};
use super::{Inside, Raw, database, errors};
use crate::modules::native::this;
use crate::object::{Boxed, Dict, Layout, Result, Type, Value, intern};
use crate::protocol::{self, call, memory_error, raise};
use crate::types::{bytes, codec, exception, int, list, str, tuple};
use libsqlite3_sys as ffi;
use std::cell::Cell;
use std::ffi::{CStr, c_int};
use std::ptr::null_mut;
use std::rc::Rc;

/// The fields of a statement. Invariant: the pointer is that of a statement of the database, whose core lives as long.
pub struct Statement {
    raw: Cell<*mut ffi::sqlite3_stmt>,
    database: Value,
    core: Rc<Core>,
}

crate::body!(Statement: SqliteStatement { database });

impl Drop for Statement {
    fn drop(&mut self) {
        let raw = self.raw.replace(null_mut());
        if !raw.is_null() {
            self.core.turn.finalize(raw);
        }
    }
}

/// The first statement of a text, which may be null, and what is left of the text. The calling thread has the turn.
pub fn compile(db: *mut ffi::sqlite3, sql: &Value, most: usize) -> Result<(*mut ffi::sqlite3_stmt, String)> {
    let mut text = codec::encode(sql, None, None)?;
    if text.len() > most {
        return Err(raise(&errors::DATA_ERROR, "query string is too large"));
    }
    if text.contains(&0) {
        return errors::programming("the query contains a null character");
    }
    text.push(0);
    let (code, raw, rest) = database::run(db, |db| {
        let (mut raw, mut tail) = (null_mut(), std::ptr::null());
        let (start, len) = (text.as_ptr().cast(), text.len() as c_int);
        // SAFETY: the database is open and its turn is ours; the text ends in zero and is as long as said.
        let code = unsafe { ffi::sqlite3_prepare_v2(db, start, len, &mut raw, &mut tail) };
        let place = if tail.is_null() { text.len() } else { tail as usize - start as usize };
        (code, Raw(raw), place)
    });
    errors::check(code, db)?;
    let rest = text.get(rest..).unwrap_or_default();
    Ok((raw.get(), String::from_utf8_lossy(rest.strip_suffix(b"\0").unwrap_or(rest)).into_owned()))
}

/// The statement, its database and the turn.
type Entered<'a> = (*mut ffi::sqlite3_stmt, *mut ffi::sqlite3, Inside<'a>);

impl Statement {
    /// Over a statement of a database.
    pub fn new(raw: *mut ffi::sqlite3_stmt, database: Value, core: Rc<Core>) -> Statement {
        Statement { raw: Cell::new(raw), database, core }
    }

    fn enter(&self) -> Result<Entered<'_>> {
        let (db, inside) = self.core.enter(&self.database)?;
        Ok((self.raw.get(), db, inside))
    }

    fn with<R>(&self, f: impl FnOnce(*mut ffi::sqlite3_stmt) -> R) -> Result<R> {
        let (raw, _, _inside) = self.enter()?;
        Ok(f(raw))
    }
}

/// `bind(parameters, adapt, all, /)`: `adapt` makes values of other types into those that the library has, and is also
/// asked for values of types that it has if `all` is true.
fn bind(a: &[Value]) -> Result {
    let (raw, db, _inside) = this::<Statement>(&a[0]).enter()?;
    // SAFETY: the statement is the database's, whose turn is ours.
    let count = unsafe {
        ffi::sqlite3_reset(raw);
        ffi::sqlite3_clear_bindings(raw);
        ffi::sqlite3_bind_parameter_count(raw)
    };
    let (parameters, adapt) = (&a[1], (&a[2], protocol::truth(&a[3])?));
    let mapping = parameters.cast::<Dict>().is_some();
    if !mapping && is_sequence(parameters) {
        let n = protocol::len(parameters)?;
        if n != count as usize {
            return errors::programming(format!(
                "Incorrect number of bindings supplied. The current statement uses {count}, and there are {n} \
                 supplied."
            ));
        }
        for i in 0..count {
            let item = match parameters.as_tuple() {
                Some(items) => items[i as usize].clone(),
                None => protocol::get_item(parameters, &int::from_i64(i.into()))?,
            };
            bind_one(raw, db, i + 1, &item, adapt)?;
        }
    } else if mapping || parameters.ty().slots().get_item.is_some() {
        for i in 1..=count {
            // SAFETY: as above; a name ends in zero.
            let name = unsafe {
                let name = ffi::sqlite3_bind_parameter_name(raw, i);
                (!name.is_null()).then(|| CStr::from_ptr(name).to_string_lossy().into_owned())
            };
            let Some(name) = name else {
                return errors::programming(format!(
                    "Binding {i} has no name, but you supplied a dictionary (which has only names)."
                ));
            };
            let key = &name[1..];
            let item = match protocol::get_item(parameters, &Value::str(key)) {
                Ok(item) => item,
                Err(e) if e.0.ty().is_subtype(&exception::LOOKUP_ERROR) => {
                    return errors::programming(format!(
                        "You did not supply a value for binding parameter :{key}."
                    ));
                }
                Err(e) => return Err(e),
            };
            bind_one(raw, db, i, &item, adapt)?;
        }
    } else {
        return errors::programming("parameters are of unsupported type");
    }
    Ok(Value::NONE)
}

/// What is taken for a sequence of values.
fn is_sequence(v: &Value) -> bool {
    let ty = v.ty();
    ty.is_subtype(&tuple::TUPLE) || ty.is_subtype(&list::LIST) || {
        let has = |name| ty.lookup(&intern(name)).is_some();
        has("__len__") && has("__getitem__") && !has("keys")
    }
}

fn bind_one(
    raw: *mut ffi::sqlite3_stmt,
    db: *mut ffi::sqlite3,
    place: c_int,
    item: &Value,
    (adapt, all): (&Value, bool),
) -> Result<()> {
    let basic = item.is_none()
        || !all && (item.is_inline_int() || item.is_inline_float() || item.is_exact(&str::STR));
    let item = if basic { item.clone() } else { call(adapt, std::slice::from_ref(item))? };
    let Some(value) = values::given(&item)? else {
        return errors::programming(format!(
            "Error binding parameter {place}: type '{}' is not supported",
            item.ty().name()
        ));
    };
    // SAFETY: the statement's turn is ours; texts and blobs are as long as said, and copied.
    let code = unsafe {
        match value {
            Given::Null => ffi::sqlite3_bind_null(raw, place),
            Given::Integer(n) => ffi::sqlite3_bind_int64(raw, place, n),
            Given::Float(f) => ffi::sqlite3_bind_double(raw, place, f),
            Given::Text(text) => ffi::sqlite3_bind_text64(
                raw,
                place,
                text.as_ptr().cast(),
                text.len() as u64,
                ffi::SQLITE_TRANSIENT(),
                ffi::SQLITE_UTF8 as u8,
            ),
            Given::Blob(data) => ffi::sqlite3_bind_blob64(
                raw,
                place,
                // An empty blob is not nothing.
                if data.is_empty() { c"".as_ptr().cast() } else { data.as_ptr().cast() },
                data.len() as u64,
                ffi::SQLITE_TRANSIENT(),
            ),
        }
    };
    errors::check(code, db)
}

/// `step()`: whether there is a row.
fn step(a: &[Value]) -> Result {
    let (raw, db, _inside) = this::<Statement>(&a[0]).enter()?;
    let statement = Raw(raw);
    // SAFETY: the statement is the database's, whose turn is ours.
    let code = minipy_sched::without_gil(move || unsafe { ffi::sqlite3_step(statement.get()) });
    match code {
        ffi::SQLITE_ROW => Ok(Value::TRUE),
        ffi::SQLITE_DONE => Ok(Value::FALSE),
        _ => Err(errors::last(db)),
    }
}

/// `row(text_factory, converters, /)`: the current row; each converter is `None` or gets the column's bytes.
fn row(a: &[Value]) -> Result {
    let (raw, db, _inside) = this::<Statement>(&a[0]).enter()?;
    // SAFETY: the statement's turn is ours.
    let count = unsafe { ffi::sqlite3_data_count(raw) };
    let converters = a[2].as_tuple().unwrap_or_default();
    let mut items = Vec::with_capacity(count as usize);
    for i in 0..count {
        // SAFETY: the statement stands at a row, which stays until it is stepped or reset: its turn is ours.
        let sql = unsafe { values::column(raw, i) };
        // A conversion may fail for want of memory.
        // SAFETY: as above.
        if matches!(sql, Sql::Null) && unsafe { ffi::sqlite3_errcode(db) } == ffi::SQLITE_NOMEM {
            return memory_error();
        }
        let converter = converters.get(i as usize).filter(|c| !c.is_none());
        items.push(match (&sql, converter) {
            (Sql::Null, _) => Value::NONE,
            (_, Some(converter)) => {
                let data = match &sql {
                    Sql::Text([]) | Sql::Blob([]) => {
                        items.push(Value::NONE);
                        continue;
                    }
                    Sql::Text(data) | Sql::Blob(data) => bytes::from_slice(data),
                    // SAFETY: as above; numbers are made into text.
                    _ => unsafe {
                        let text = ffi::sqlite3_column_blob(raw, i);
                        let n = ffi::sqlite3_column_bytes(raw, i) as usize;
                        bytes::from_slice(if text.is_null() {
                            &[]
                        } else {
                            std::slice::from_raw_parts(text.cast(), n)
                        })
                    },
                };
                call(converter, &[data])?
            }
            (Sql::Text(data), None) => {
                // SAFETY: a name ends in zero.
                let name = || unsafe { super::text_of(ffi::sqlite3_column_name(raw, i)) }.unwrap_or_default();
                values::text(data, &a[1], name)?
            }
            (other, None) => values::plain(other),
        });
    }
    Ok(Value::tuple(items))
}

/// The texts of all columns that a function of the library gives.
fn columns(
    v: &Value,
    f: unsafe extern "C" fn(*mut ffi::sqlite3_stmt, c_int) -> *const std::ffi::c_char,
) -> Result {
    this::<Statement>(v).with(|raw| {
        // SAFETY: the statement's turn is ours, and the texts end in zero.
        let texts = unsafe {
            (0..ffi::sqlite3_column_count(raw)).map(|i| values::optional_text(f(raw, i))).collect()
        };
        Value::tuple(texts)
    })
}

/// Whether a text begins with a statement that changes rows.
fn changes_rows(raw: *mut ffi::sqlite3_stmt) -> bool {
    // SAFETY: a statement's text is there as long as it is.
    let Some(text) = (unsafe { super::text_of(ffi::sqlite3_sql(raw)) }) else { return false };
    let mut rest = text.as_str();
    loop {
        rest = rest.trim_start_matches([' ', '\t', '\r', '\n']);
        rest = if let Some(comment) = rest.strip_prefix("--") {
            comment.split_once('\n').map_or("", |(_, rest)| rest)
        } else if let Some(comment) = rest.strip_prefix("/*") {
            comment.split_once("*/").map_or("", |(_, rest)| rest)
        } else {
            break;
        };
    }
    ["INSERT", "UPDATE", "DELETE", "REPLACE"]
        .iter()
        .any(|word| rest.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word)))
}

/// `_sqlite3.Statement`
pub static STATEMENT: Type = Type::builtin::<Boxed<Statement>>(
    "_sqlite3.Statement",
    Layout::SqliteStatement,
    "A prepared statement.",
    crate::defs! {
        fn "bind(parameters, adapt, all, /)" "Sets the values of its parameters, from the start." => bind;
        fn "step()" "Goes on to the next row; whether there is one." => step;
        fn "row(text_factory, converters, /)" "The current row." => row;
        fn "reset()" "Goes back to before the first row." => |a| {
            let (raw, _, _inside) = this::<Statement>(&a[0]).enter()?;
            // SAFETY: the statement's turn is ours. The code is that of the last step, which has been told.
            unsafe { ffi::sqlite3_reset(raw) };
            Ok(Value::NONE)
        };
        get "closed()" "Whether its database is closed." => |v| Ok(Value::bool(this::<Statement>(v).core.is_closed()));
        get "columns()" "The names of its columns." => |v| columns(v, ffi::sqlite3_column_name);
        get "types()" "The declared types of its columns." => |v| columns(v, ffi::sqlite3_column_decltype);
        // SAFETY: the statement's turn is ours.
        get "busy()" "Whether it stands at a row." => |v| this::<Statement>(v).with(|raw| Value::bool(unsafe { ffi::sqlite3_stmt_busy(raw) } != 0));
        // SAFETY: the statement's turn is ours.
        get "has_row()" "Whether there is a current row." => |v| this::<Statement>(v).with(|raw| Value::bool(unsafe { ffi::sqlite3_data_count(raw) } != 0));
        get "is_dml()" "Whether it adds, changes or deletes rows." => |v| this::<Statement>(v).with(|raw| Value::bool(changes_rows(raw)));
    },
);
