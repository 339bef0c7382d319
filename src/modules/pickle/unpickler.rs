//! `Unpickler`: reads objects from a file.

use super::read::{self, Hooks, Reader};
use super::source::Source;
use super::truth_or;
use crate::modules::native::{make, this};
use crate::object::{Boxed, Dict, Layout, Result, Slots, Type, Value, arg, intern};
use crate::protocol::{self, bind_args, get_attr_opt, raise, type_error};
use crate::types::{bytes, int};
use std::cell::{Cell, RefCell};

/// The fields of an Unpickler.
pub struct UnpicklerBody {
    source: RefCell<Option<Source>>,
    memo: RefCell<Vec<Option<Value>>>,
    /// The arguments of `__init__` after the file: fix_imports, encoding, errors, buffers.
    options: RefCell<Vec<Value>>,
    proto: Cell<u8>,
}

crate::body!(UnpicklerBody: Unpickler { source, memo, options });

fn unpickler(v: &Value) -> &UnpicklerBody {
    this::<UnpicklerBody>(v)
}

/// A file to be read.
fn source_of(file: &Value) -> Result<Source> {
    let find = |name: &str| get_attr_opt(file, &intern(name));
    match (find("read")?, find("readline")?) {
        (Some(read), Some(readline)) => Ok(Source::file(read, readline)),
        _ => type_error("file must have 'read' and 'readline' attributes"),
    }
}

/// The options, in the order of the parameters.
fn hooks(options: &[Value]) -> Result<Hooks> {
    let text = |i: usize, default: &str| match arg(options, i).as_bound() {
        None => Ok(default.to_owned()),
        Some(v) => match v.as_str() {
            Some(text) => Ok(text.to_owned()),
            None => type_error(format!("argument must be str, not {}", v.ty().name())),
        },
    };
    let buffers = arg(options, 3).as_bound().filter(|b| !b.is_none());
    Ok(Hooks {
        find_class: None,
        persistent_load: None,
        fix_imports: truth_or(arg(options, 0), true)?,
        encoding: text(1, "ASCII")?,
        errors: text(2, "strict")?,
        buffers: buffers.map(protocol::iter).transpose()?,
    })
}

/// `load(file, *, fix_imports, encoding, errors, buffers)`
pub fn load(a: &[Value]) -> Result {
    let hooks = hooks(&a[1..])?;
    Reader::new(&mut source_of(&a[0])?, Vec::new(), &hooks, &Cell::new(0)).load()
}

/// `loads(data, /, *, fix_imports, encoding, errors, buffers)`
pub fn loads(a: &[Value]) -> Result {
    let hooks = hooks(&a[1..])?;
    let data = bytes::need(&a[0])?.into_vec();
    Reader::new(&mut Source::bytes(data), Vec::new(), &hooks, &Cell::new(0)).load()
}

fn init(v: &Value, args: &[Value], names: Option<&Value>) -> Result<()> {
    let params =
        crate::sig!("Unpickler(file, *, fix_imports=True, encoding='ASCII', errors='strict', buffers=())");
    let a = bind_args("Unpickler", params, args, names)?;
    let source = source_of(&a[0])?;
    hooks(&a[1..])?;
    let u = unpickler(v);
    drop(u.options.replace(a[1..].to_vec()));
    drop(u.source.replace(Some(source)));
    Ok(())
}

fn load_next(a: &[Value]) -> Result {
    let u = unpickler(&a[0]);
    let Some(mut source) = u.source.take() else {
        let name = a[0].ty().name();
        let text = format!("Unpickler.__init__() was not called by {name}.__init__()");
        return Err(raise(&super::UNPICKLING_ERROR, text));
    };
    let options = u.options.borrow().clone();
    let result = hooks(&options).and_then(|mut hooks| {
        let find = |name: &str| get_attr_opt(&a[0], &intern(name));
        hooks.persistent_load = find("persistent_load")?;
        if !a[0].is_exact(&UNPICKLER) {
            hooks.find_class = find("find_class")?;
        }
        let memo = u.memo.take();
        let mut reader = Reader::new(&mut source, memo, &hooks, &u.proto);
        let loaded = reader.load();
        drop(u.memo.replace(std::mem::take(&mut reader.memo)));
        loaded
    });
    drop(u.source.replace(Some(source)));
    result
}

fn memo(v: &Value) -> Result {
    let dict = Dict::new();
    let objects = unpickler(v).memo.borrow().clone();
    for (i, object) in objects.into_iter().enumerate() {
        if let Some(object) = object {
            protocol::set_item(&dict, &int::from_usize(i), object)?;
        }
    }
    Ok(dict)
}

/// Takes over what another unpickler has read.
fn set_memo(v: &Value, given: Option<Value>) -> Result<()> {
    let Some(given) = given else { return type_error("attribute deletion is not supported") };
    let Some(dict) = given.cast::<Dict>() else {
        let ty = given.ty().name();
        return type_error(format!(
            "'memo' attribute must be an UnpicklerMemoProxy object or dict, not {ty}"
        ));
    };
    let mut memo = Vec::new();
    for (key, object) in dict.items() {
        let Some(number) = int::to_i64(&key) else { return type_error("memo key must be integers") };
        let Ok(number) = usize::try_from(number) else {
            return protocol::value_error("memo key must be positive integers.");
        };
        read::put(&mut memo, number, object)?;
    }
    drop(unpickler(v).memo.replace(memo));
    Ok(())
}

/// `_pickle.Unpickler`
pub static UNPICKLER: Type = Type::builtin::<Boxed<UnpicklerBody>>(
    "_pickle.Unpickler",
    Layout::Unpickler,
    "Reads objects from a binary file.",
    crate::defs! {
        fn "load()" "Load a pickle." => load_next;
        fn "find_class(module_name, global_name, /)" "What has this name in a module." => |a| {
            let u = unpickler(&a[0]);
            let fix_imports = truth_or(arg(&u.options.borrow().clone(), 0), true)?;
            read::find_class(&a[1], &a[2], u.proto.get(), fix_imports)
        };
        get "memo()" "What has been read." => memo, set_memo;
    },
)
.with_weakrefs()
.with_base_flag()
.with_attrs(size_of::<Boxed<UnpicklerBody>>())
.with_slots(Slots {
    new: Some(|ty, _, _| {
        make(
            ty,
            UnpicklerBody {
                source: RefCell::new(None),
                memo: RefCell::default(),
                options: RefCell::default(),
                proto: Cell::new(0),
            },
        )
    }),
    init: Some(init),
    ..Slots::EMPTY
});
