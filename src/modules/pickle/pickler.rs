//! `Pickler`: writes objects to a file, and remembers what it has written.

use super::memo::Memo;
use super::write::{Hooks, Writer};
use super::{protocol_of, truth_or};
use crate::modules::native::{make, this};
use crate::object::{Boxed, Dict, Layout, Result, Slots, Type, Value, intern, intern_static};
use crate::protocol::{self, bind_args, get_attr_opt, raise, type_error};
use crate::types::{bytes, int};
use std::cell::{Cell, RefCell};

/// The fields of a Pickler.
pub struct PicklerBody {
    write: RefCell<Value>,
    proto: Cell<i64>,
    fix_imports: Cell<bool>,
    fast: Cell<bool>,
    memo: RefCell<Memo>,
    buffer_callback: RefCell<Value>,
}

crate::body!(PicklerBody: Pickler { write, memo, buffer_callback });

fn pickler(v: &Value) -> &PicklerBody {
    this::<PicklerBody>(v)
}

/// A file's `write`.
pub fn write_of(file: &Value) -> Result {
    match get_attr_opt(file, &intern_static("write"))? {
        Some(write) => Ok(write),
        None => type_error("file must have a 'write' attribute"),
    }
}

fn init(v: &Value, args: &[Value], names: Option<&Value>) -> Result<()> {
    let params = crate::sig!("Pickler(file, protocol=None, fix_imports=True, buffer_callback=None)");
    let a = bind_args("Pickler", params, args, names)?;
    let p = pickler(v);
    p.proto.set(protocol_of(&a[1], &a[3])?);
    p.fix_imports.set(truth_or(&a[2], true)?);
    drop(p.write.replace(write_of(&a[0])?));
    drop(p.buffer_callback.replace(a[3].clone()));
    Ok(())
}

fn hooks(v: &Value) -> Result<Hooks> {
    let find = |name: &str| get_attr_opt(v, &intern(name));
    Ok(Hooks {
        persistent_id: find("persistent_id")?,
        reducer_override: find("reducer_override")?,
        dispatch_table: find("dispatch_table")?,
        buffer_callback: super::given(&pickler(v).buffer_callback.borrow()),
        extra: None,
    })
}

fn dump(a: &[Value]) -> Result {
    let p = pickler(&a[0]);
    let write = p.write.borrow().clone();
    if write.is_unbound() {
        let name = a[0].ty().name();
        let text = format!("Pickler.__init__() was not called by {name}.__init__()");
        return Err(raise(&super::PICKLING_ERROR, text));
    }
    // The memo is here again even if something is raised.
    let mut writer = Writer::new(p.proto.get(), p.fix_imports.get(), p.memo.take(), hooks(&a[0])?);
    writer.fast = p.fast.get();
    let written = writer.dump(&a[1]);
    drop(p.memo.replace(writer.memo));
    protocol::call(&write, &[bytes::from_vec(written?)])?;
    Ok(Value::NONE)
}

/// The memo as a dictionary: identity → number and object.
fn memo(v: &Value) -> Result {
    let dict = Dict::new();
    let objects = pickler(v).memo.borrow().objects.clone();
    for (i, object) in objects.into_iter().enumerate() {
        let entry = Value::tuple(vec![int::from_usize(i), object.clone()]);
        protocol::set_item(&dict, &int::from_u64(object.id()), entry)?;
    }
    Ok(dict)
}

/// Takes over what another pickler has written.
fn set_memo(v: &Value, given: Option<Value>) -> Result<()> {
    let Some(given) = given else { return type_error("attribute deletion is not supported") };
    let Some(dict) = given.cast::<Dict>() else {
        let ty = given.ty().name();
        return type_error(format!("'memo' attribute must be a PicklerMemoProxy object or dict, not {ty}"));
    };
    let mut entries = Vec::new();
    for (_, entry) in dict.items() {
        let Some([number, object]) = entry.as_tuple() else {
            return type_error("'memo' values must be 2-item tuples");
        };
        entries.push((protocol::index_i64(number)?, object.clone()));
    }
    entries.sort_by_key(|e| e.0);
    let mut memo = Memo::default();
    for (_, object) in &entries {
        memo.add(object);
    }
    drop(pickler(v).memo.replace(memo));
    Ok(())
}

/// `_pickle.Pickler`
pub static PICKLER: Type = Type::builtin::<Boxed<PicklerBody>>(
    "_pickle.Pickler",
    Layout::Pickler,
    "Writes objects to a binary file.",
    crate::defs! {
        fn "dump(obj, /)" "Write an object to the file." => dump;
        fn "clear_memo()" "Forget which objects were written already." => |a| {
            let old = pickler(&a[0]).memo.borrow_mut().clear();
            drop(old);
            Ok(Value::NONE)
        };
        get "memo()" "What has been written." => memo, set_memo;
        get "bin()" "" => |v| Ok(Value::small((pickler(v).proto.get() >= 1) as i32));
        get "fast()" "" => |v| Ok(Value::small(pickler(v).fast.get() as i32)), |v, x| {
            pickler(v).fast.set(x.as_ref().map_or(Ok(false), protocol::truth)?);
            Ok(())
        };
    },
)
.with_weakrefs()
.with_base_flag()
.with_attrs(size_of::<Boxed<PicklerBody>>())
.with_slots(Slots {
    new: Some(|ty, _, _| {
        make(
            ty,
            PicklerBody {
                write: RefCell::new(Value::UNBOUND),
                proto: Cell::new(super::codes::DEFAULT),
                fix_imports: Cell::new(true),
                fast: Cell::new(false),
                memo: RefCell::default(),
                buffer_callback: RefCell::new(Value::UNBOUND),
            },
        )
    }),
    init: Some(init),
    ..Slots::EMPTY
});
