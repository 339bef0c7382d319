//! `_pickle`: objects as bytes, and back. The bytes are those that CPython writes.

mod build;
mod codes;
mod memo;
mod pickler;
mod read;
mod reduce;
mod source;
mod text;
mod unpickler;
mod write;
mod write_bytes;

use super::native::class;
use crate::object::{Boxed, Def, Dict, Layout, Result, Type, Value, arg, intern, intern_static};
use crate::protocol::{self, get_attr, raise};
use crate::types::{bytes, exception};
use crate::vm::import::import_absolute;
use memo::Memo;
use write::{Hooks, Writer};

macro_rules! errors {
    ($($name:ident $py:literal $base:expr, $doc:literal;)*) => {
        $(
            #[doc = concat!("`", $py, "`")]
            pub static $name: Type =
                Type::builtin::<Boxed<exception::ExcBody>>($py, Layout::Exception, $doc, &[])
                    .with_base($base)
                    .with_base_flag()
                    .with_attrs(size_of::<Boxed<exception::ExcBody>>());
        )*
    };
}

errors! {
    PICKLE_ERROR "_pickle.PickleError" &exception::EXCEPTION, "The base of this module's errors.";
    PICKLING_ERROR "_pickle.PicklingError" &PICKLE_ERROR, "An object cannot be written.";
    UNPICKLING_ERROR "_pickle.UnpicklingError" &PICKLE_ERROR, "The bytes do not say what an object is.";
}

fn pickling_error<T>(message: &str) -> Result<T> {
    Err(raise(&PICKLING_ERROR, message))
}

fn unpickling_error<T>(message: &str) -> Result<T> {
    Err(raise(&UNPICKLING_ERROR, message))
}

/// The function by which old protocols write bytes.
fn encode_function() -> Result {
    get_attr(&import_absolute("_pickle")?, &intern_static("_encode"))
}

/// A protocol, an argument.
fn protocol_of(v: &Value, buffer_callback: &Value) -> Result<i64> {
    let proto = match v.as_bound().filter(|p| !p.is_none()) {
        Some(p) => protocol::index_i64(p)?,
        None => codes::DEFAULT,
    };
    if proto > codes::HIGHEST {
        return protocol::value_error(format!("pickle protocol must be <= {}", codes::HIGHEST));
    }
    let proto = if proto < 0 { codes::HIGHEST } else { proto };
    if given(buffer_callback).is_some() && proto < 5 {
        return protocol::value_error("buffer_callback needs protocol >= 5");
    }
    Ok(proto)
}

/// An argument that may be left out or `None`.
fn given(v: &Value) -> Option<Value> {
    v.as_bound().filter(|v| !v.is_none()).cloned()
}

fn truth_or(v: &Value, default: bool) -> Result<bool> {
    v.as_bound().map_or(Ok(default), protocol::truth)
}

fn dumped(v: &Value, proto: i64, fix_imports: bool, hooks: Hooks) -> Result<Vec<u8>> {
    Writer::new(proto, fix_imports, Memo::default(), hooks).dump(v)
}

fn dumps(a: &[Value]) -> Result {
    let proto = protocol_of(arg(a, 1), arg(a, 3))?;
    let hooks = Hooks { buffer_callback: given(arg(a, 3)), ..Hooks::default() };
    Ok(bytes::from_vec(dumped(&a[0], proto, truth_or(arg(a, 2), true)?, hooks)?))
}

/// As `dumps`, with functions for classes that come before those of `copyreg`.
fn dumps_with(a: &[Value]) -> Result {
    let proto = protocol_of(&a[1], &Value::UNBOUND)?;
    let hooks = Hooks { extra: Some(a[2].clone()), ..Hooks::default() };
    Ok(bytes::from_vec(dumped(&a[0], proto, true, hooks)?))
}

fn dump(a: &[Value]) -> Result {
    let proto = protocol_of(arg(a, 2), arg(a, 4))?;
    let write = pickler::write_of(&a[1])?;
    let hooks = Hooks { buffer_callback: given(arg(a, 4)), ..Hooks::default() };
    let data = dumped(&a[0], proto, truth_or(arg(a, 3), true)?, hooks)?;
    protocol::call(&write, &[bytes::from_vec(data)])?;
    Ok(Value::NONE)
}

fn opcodes() -> Value {
    let dict = Dict::new();
    if let Some(d) = dict.cast::<Dict>() {
        for (name, code) in codes::ALL {
            d.set_interned(&intern(name), bytes::from_slice(&[*code]));
        }
    }
    dict
}

/// The table.
pub static DEFS: &[Def] = crate::defs! {
    fn "dump(obj, file, protocol=None, *, fix_imports=True, buffer_callback=None)" "Write an object to a binary file." => dump;
    fn "dumps(obj, protocol=None, *, fix_imports=True, buffer_callback=None)" "The bytes for an object." => dumps;
    fn "load(file, *, fix_imports=True, encoding='ASCII', errors='strict', buffers=())" "Read an object from a binary file." => unpickler::load;
    fn "loads(data, /, *, fix_imports=True, encoding='ASCII', errors='strict', buffers=())" "The object for some bytes." => unpickler::loads;
    fn "_dumps_with(obj, protocol, table, /)" "As dumps, with functions for classes." => dumps_with;
    fn "_encode(text, encoding, /)" "Text as bytes." => |a| protocol::call_method(&a[0], "encode", &[a[1].clone()]);
    fn "whichmodule(obj, name)" "The name of the module that an object is in." => |a| reduce::which_module(&a[0], a[1].as_str().unwrap_or_default());
    val "_opcodes()" "" => opcodes;
    val "Pickler()" "" => || class(&pickler::PICKLER);
    val "Unpickler()" "" => || class(&unpickler::UNPICKLER);
    val "PickleBuffer()" "" => || class(&bytes::PICKLE_BUFFER);
    val "PickleError()" "" => || class(&PICKLE_ERROR);
    val "PicklingError()" "" => || class(&PICKLING_ERROR);
    val "UnpicklingError()" "" => || class(&UNPICKLING_ERROR);
};
