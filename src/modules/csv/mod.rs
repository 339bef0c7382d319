//! `_csv`: readers and writers of comma-separated values, and the dialects they follow.

mod dialect;
mod reader;
mod writer;

use super::native::class;
use crate::object::{Boxed, Def, Dict, Layout, Result, Type, Value, arg, intern};
use crate::protocol::{self, type_error};
use crate::types::exception::{self, ExcBody};
use crate::types::int;
use crate::types::module::Module;
use crate::vm::import;
use std::sync::atomic::{AtomicI64, Ordering};

/// `_csv.Error`
static ERROR: Type = Type::builtin::<Boxed<ExcBody>>("_csv.Error", Layout::Exception, "", &[])
    .with_base(&exception::EXCEPTION)
    .with_base_flag()
    .with_attrs(size_of::<Boxed<ExcBody>>());

/// How long a field may be.
static FIELD_LIMIT: AtomicI64 = AtomicI64::new(128 * 1024);

fn error<T>(message: impl AsRef<str>) -> Result<T> {
    Err(protocol::raise(&ERROR, message))
}

/// The dialects that have names, by these names.
fn registry() -> Result<Value> {
    let found = import::loaded("_csv").and_then(|m| {
        m.cast::<Module>().and_then(|m| m.namespace().get_interned(&intern("_dialects")).cloned())
    });
    found.map_or_else(|| error("the module _csv is not loaded"), Ok)
}

fn unknown<T>() -> Result<T> {
    error("unknown dialect")
}

fn named_dialect(name: &Value) -> Result {
    let registry = registry()?;
    let found = registry.cast::<Dict>().map(|d| d.get(name)).transpose()?.flatten();
    found.map_or_else(unknown, Ok)
}

/// The first of `*args`, the dialect, if one is given, and the other keyword arguments.
fn arguments(a: &[Value]) -> Result<(Value, Option<Value>, Value)> {
    let keywords = a[1].clone();
    match a[0].as_tuple().unwrap_or_default() {
        [first] => {
            let name = intern("dialect");
            let named = keywords.cast::<Dict>().and_then(|d| d.get_interned(&name).cloned());
            if named.is_some() {
                protocol::delete_item(&keywords, &name)?;
            }
            Ok((first.clone(), named, keywords))
        }
        [first, second] => Ok((first.clone(), Some(second.clone()), keywords)),
        [] => type_error(" expected at least 1 argument, got 0"),
        more => type_error(format!(" expected at most 2 arguments, got {}", more.len())),
    }
}

fn register_dialect(a: &[Value]) -> Result {
    let (name, base, keywords) = arguments(a)?;
    if name.as_str().is_none() {
        return type_error("dialect name must be a string");
    }
    let made = dialect::make(base.as_ref(), &keywords)?;
    protocol::set_item(&registry()?, &name, made)?;
    Ok(Value::NONE)
}

fn unregister_dialect(a: &[Value]) -> Result {
    named_dialect(&a[0])?;
    protocol::delete_item(&registry()?, &a[0])?;
    Ok(Value::NONE)
}

fn field_size_limit(a: &[Value]) -> Result {
    let before = FIELD_LIMIT.load(Ordering::Relaxed);
    if let Some(limit) = arg(a, 0).as_bound() {
        match int::to_i64(limit).filter(|_| limit.is_exact(&int::INT)) {
            Some(limit) => FIELD_LIMIT.store(limit, Ordering::Relaxed),
            None => return type_error("limit must be an integer"),
        }
    }
    Ok(int::from_i64(before))
}

/// The table of `_csv`.
pub static DEFS: &[Def] = crate::defs! {
    val "Error()" "" => || class(&ERROR);
    val "Dialect()" "" => || class(&dialect::DIALECT);
    val "QUOTE_MINIMAL()" "" => || Value::small(dialect::QUOTE_MINIMAL);
    val "QUOTE_ALL()" "" => || Value::small(dialect::QUOTE_ALL);
    val "QUOTE_NONNUMERIC()" "" => || Value::small(dialect::QUOTE_NONNUMERIC);
    val "QUOTE_NONE()" "" => || Value::small(dialect::QUOTE_NONE);
    val "_dialects()" "" => Dict::new;
    val "__version__()" "" => || Value::str("1.0");
    fn "reader(*args, **kwargs)" "reader(iterable, dialect='excel', **fmtparams): the rows of an iterable of lines." => reader::new;
    fn "writer(*args, **kwargs)" "writer(fileobj, dialect='excel', **fmtparams): writes rows to a file." => writer::new;
    fn "register_dialect(*args, **kwargs)" "register_dialect(name, dialect='excel', **fmtparams): gives a dialect a name." => register_dialect;
    fn "unregister_dialect(name)" "Takes the name from a dialect." => unregister_dialect;
    fn "get_dialect(name)" "The dialect of a name." => |a| named_dialect(&a[0]);
    fn "list_dialects()" "The names of the dialects." => |_| Ok(Value::list(protocol::collect(&registry()?)?));
    fn "field_size_limit([limit])" "How many characters a field may have; sets it, if it is given." => field_size_limit;
};

/// Makes the types ready that have no name in the module.
pub fn init(_: &Dict) {
    class(&reader::READER);
    class(&writer::WRITER);
}
