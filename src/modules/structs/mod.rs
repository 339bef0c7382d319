//! `struct`: values as bytes in the layouts of C.

mod codec;
mod format;

use super::native::{class, make, this};
use crate::object::{Boxed, Def, Dict, Layout, Result, Slots, Type, Value, arg};
use crate::protocol::{self, bind_args, raise, runtime_error, type_error};
use crate::types::{bytes, codec as text, exception, int, iterators};
use format::Format;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::LazyLock;

/// `struct.error`
pub static ERROR: Type = exception::subtype("struct.error", &exception::EXCEPTION);

/// Raises `struct.error`.
fn fail<T>(message: impl AsRef<str>) -> Result<T> {
    Err(raise(&ERROR, message))
}

/// A format with its text.
struct Compiled {
    text: String,
    format: Format,
}

/// Formats that have been used by the module's functions.
struct Cache(RefCell<HashMap<Vec<u8>, Rc<Compiled>>>);
// SAFETY: only the holder of the GIL uses it, and no borrow is held while Python code runs.
unsafe impl Sync for Cache {}
// SAFETY: as above.
unsafe impl Send for Cache {}
static CACHE: LazyLock<Cache> = LazyLock::new(|| Cache(RefCell::default()));

/// How many formats the cache holds before it is emptied.
const CACHE_SIZE: usize = 100;

fn compile(v: &Value) -> Result<Rc<Compiled>> {
    let raw = match (v.as_str(), bytes::as_bytes(v)) {
        (Some(t), _) if t.is_ascii() => t.as_bytes().to_vec(),
        (Some(_), _) => text::encode(v, Some("ascii"), None)?,
        (None, Some(data)) => data.to_vec(),
        (None, None) => {
            let ty = v.ty().name();
            return type_error(format!("Struct() argument 1 must be a str or bytes object, not {ty}"));
        }
    };
    if raw.contains(&0) {
        return fail("embedded null character");
    }
    let format = Format::parse(&raw)?;
    Ok(Rc::new(Compiled { text: raw.iter().map(|&b| b as char).collect(), format }))
}

/// The same, through the cache.
fn cached(v: &Value) -> Result<Rc<Compiled>> {
    let key = v.as_str().map(str::as_bytes).or_else(|| bytes::as_bytes(v));
    if let Some(key) = key
        && let Some(found) = CACHE.0.borrow().get(key)
    {
        return Ok(found.clone());
    }
    let compiled = compile(v)?;
    let mut cache = CACHE.0.borrow_mut();
    if cache.len() >= CACHE_SIZE {
        cache.clear();
    }
    cache.insert(key.unwrap_or_default().to_vec(), compiled.clone());
    Ok(compiled)
}

fn check_count(f: &Format, name: &str, given: usize) -> Result<()> {
    if given == f.values {
        return Ok(());
    }
    fail(format!("{name} expected {} items for packing (got {given})", f.values))
}

fn pack(f: &Format, values: &[Value]) -> Result {
    check_count(f, "pack", values.len())?;
    codec::pack(f, values).map(bytes::from_vec)
}

fn pack_into(f: &Format, args: &[Value]) -> Result {
    let [buffer, offset, values @ ..] = args else {
        return fail(match args.len() {
            0 => "pack_into expected buffer argument",
            _ => "pack_into expected offset argument",
        });
    };
    check_count(f, "pack_into", values.len())?;
    let Some(len) = bytes::with_mut(buffer, |data| data.len()) else {
        let ty = buffer.ty().name();
        return type_error(format!("argument must be read-write bytes-like object, not {ty}"));
    };
    let at = codec::place(f, protocol::index_i64(offset)?, len, true)?;
    let data = codec::pack(f, values)?;
    // Converting the values may have shortened the buffer.
    let done = bytes::with_mut(buffer, |all| {
        for (field, from) in f.places() {
            all.get_mut(at + from..at + from + field.size)?.copy_from_slice(&data[from..from + field.size]);
        }
        Some(())
    });
    match done.flatten() {
        Some(()) => Ok(Value::NONE),
        None => runtime_error("the buffer has changed while values were converted"),
    }
}

fn unpack(f: &Format, v: &Value) -> Result {
    let data = bytes::need(v)?;
    match data.len() == f.size {
        true => Ok(codec::unpack(f, &data)),
        false => fail(format!("unpack requires a buffer of {} bytes", f.size)),
    }
}

fn unpack_from(f: &Format, v: &Value, offset: &Value) -> Result {
    let offset = offset.as_bound().map_or(Ok(0), protocol::index_i64)?;
    let data = bytes::need(v)?;
    let at = codec::place(f, offset, data.len(), false)?;
    Ok(codec::unpack(f, &data[at..at + f.size]))
}

fn iter_unpack(compiled: Rc<Compiled>, v: &Value) -> Result {
    let size = compiled.format.size;
    if size == 0 {
        return fail("cannot iteratively unpack with a struct of length 0");
    }
    // A view, so that the buffer keeps its length.
    let len = bytes::need(v)?.len();
    let view = if bytes::as_bytes(v).is_some() { v.clone() } else { bytes::over(v)? };
    if len % size != 0 {
        return fail(format!("iterative unpacking requires a buffer of a multiple of {size} bytes"));
    }
    class(&UNPACK_ITERATOR);
    Ok(Value::new(&UNPACK_ITERATOR, Unpacking { compiled, view: RefCell::new(view), at: Cell::new(0) }))
}

/// The fields of a `Struct`; empty before `__init__`.
pub struct StructBody {
    compiled: RefCell<Option<Rc<Compiled>>>,
}

crate::body!(StructBody: Struct);

fn compiled(v: &Value) -> Result<Rc<Compiled>> {
    match &*this::<StructBody>(v).compiled.borrow() {
        Some(c) => Ok(c.clone()),
        None => runtime_error("Struct object is not initialized"),
    }
}

/// `struct.Struct`
pub static STRUCT: Type = Type::builtin::<Boxed<StructBody>>(
    "_struct.Struct",
    Layout::Struct,
    "A format that is read once and used often.",
    crate::defs! {
        fn "pack(*args)" "Return the values packed according to the format." => |a| pack(&compiled(&a[0])?.format, a[1].as_tuple().unwrap_or_default());
        fn "pack_into(*args)" "Pack the values into a writable buffer from an offset on." => |a| pack_into(&compiled(&a[0])?.format, a[1].as_tuple().unwrap_or_default());
        fn "unpack(buffer, /)" "Return a tuple of the values in a buffer of the right size." => |a| unpack(&compiled(&a[0])?.format, &a[1]);
        fn "unpack_from(buffer, offset=0)" "Return a tuple of the values in a buffer from an offset on." => |a| unpack_from(&compiled(&a[0])?.format, &a[1], arg(a, 2));
        fn "iter_unpack(buffer, /)" "Return an iterator over the tuples of values in a buffer." => |a| iter_unpack(compiled(&a[0])?, &a[1]);
        fn "__sizeof__()" "Return the size of the object in memory, in bytes." => |a| Ok(int::from_usize(64 + 32 * compiled(&a[0])?.format.fields.len()));
        get "format()" "The format as text." => |v| Ok(Value::str(&compiled(v)?.text));
        get "size()" "How many bytes values of the format take." => |v| Ok(int::from_usize(compiled(v)?.format.size));
    },
)
.with_base_flag()
.with_weakrefs()
.with_slots(Slots {
    new: Some(|ty, _, _| make(ty, StructBody { compiled: RefCell::default() })),
    init: Some(|v, args, names| {
        let bound = bind_args("Struct", crate::sig!("Struct(format)"), args, names)?;
        let compiled = compile(&bound[0])?;
        *this::<StructBody>(v).compiled.borrow_mut() = Some(compiled);
        Ok(())
    }),
    ..Slots::EMPTY
});

/// The fields of an iterator over structures in a row.
pub struct Unpacking {
    compiled: Rc<Compiled>,
    /// The buffer; `None` when used up.
    view: RefCell<Value>,
    at: Cell<usize>,
}

crate::body!(Unpacking: Unpacking { view });

fn left(v: &Value) -> usize {
    let it = this::<Unpacking>(v);
    let len = bytes::buffer(&it.view.borrow()).map_or(0, |data| data.len());
    len.saturating_sub(it.at.get()) / it.compiled.format.size
}

/// The type of `struct.iter_unpack(...)`.
static UNPACK_ITERATOR: Type = Type::builtin::<Boxed<Unpacking>>(
    "_struct.unpack_iterator",
    Layout::Unpacking,
    "",
    crate::defs! {
        fn "__length_hint__()" "How many tuples are left." => |a| Ok(int::from_usize(left(&a[0])));
    },
)
.with_slots(Slots {
    next: Some(|v| {
        let it = this::<Unpacking>(v);
        let (at, size) = (it.at.get(), it.compiled.format.size);
        let values = bytes::buffer(&it.view.borrow())
            .and_then(|data| data.get(at..at + size).map(|part| codec::unpack(&it.compiled.format, part)));
        match values {
            Some(_) => it.at.set(at + size),
            None => drop(it.view.replace(Value::NONE)),
        }
        Ok(values)
    }),
    ..iterators::ITERATOR
});

fn first(a: &[Value]) -> Result<(Rc<Compiled>, &[Value])> {
    match a[0].as_tuple() {
        Some([format, rest @ ..]) => Ok((cached(format)?, rest)),
        _ => type_error("missing format argument"),
    }
}

/// The table.
pub static DEFS: &[Def] = crate::defs! {
    val "error()" "" => || class(&ERROR);
    val "Struct()" "" => || class(&STRUCT);
    fn "calcsize(format, /)" "How many bytes values of a format take." => |a| Ok(int::from_usize(cached(&a[0])?.format.size));
    fn "pack(*args)" "pack(format, v1, v2, ...) -> bytes\n\nReturn the values packed according to the format." => |a| {
        let (c, values) = first(a)?;
        pack(&c.format, values)
    };
    fn "pack_into(*args)" "pack_into(format, buffer, offset, v1, v2, ...)\n\nPack the values into a writable buffer from an offset on." => |a| {
        let (c, args) = first(a)?;
        pack_into(&c.format, args)
    };
    fn "unpack(format, buffer, /)" "Return a tuple of the values in a buffer of the right size." => |a| unpack(&cached(&a[0])?.format, &a[1]);
    fn "unpack_from(format, /, buffer, offset=0)" "Return a tuple of the values in a buffer from an offset on." => |a| unpack_from(&cached(&a[0])?.format, &a[1], arg(a, 2));
    fn "iter_unpack(format, buffer, /)" "Return an iterator over the tuples of values in a buffer." => |a| iter_unpack(cached(&a[0])?, &a[1]);
    fn "_clearcache()" "Forget the formats that were read." => |_| {
        CACHE.0.borrow_mut().clear();
        Ok(Value::NONE)
    };
};

/// Fills the namespace of `struct`; the functions belong to `_struct`, as they say.
pub fn init(namespace: &Dict) {
    super::share(namespace, DEFS, "_struct");
    let public = ["calcsize", "pack", "pack_into", "unpack", "unpack_from", "iter_unpack", "Struct", "error"];
    let names = Value::list(public.iter().map(|n| Value::str(n)).collect());
    namespace.set_interned(&crate::object::intern("__all__"), names);
}
