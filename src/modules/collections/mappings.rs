//! `defaultdict`

use crate::modules::native::make;
use crate::object::dict::DictBody;
use crate::object::{Attrs, BinOp, Dict, Layout, Result, Slots, Type, Value, intern};
use crate::protocol::{self, call, key_error, type_error};
use crate::types::dict::{DICT, update_from};
use crate::types::{args, sequence, type_};

/// `collections.defaultdict`: a dictionary whose objects have one more place, for the factory.
pub static DEFAULT_DICT: Type = Type::builtin::<Dict>(
    "collections.defaultdict",
    Layout::Dict,
    "defaultdict(default_factory=None, /, ...): a dict that makes the values of missing keys.",
    crate::defs! {
        fn "__missing__(key, /)" "Make the value of a key that is not there; KeyError without a factory." => |a| missing(&a[0], &a[1]);
        fn "copy()" "A shallow copy." => copy;
        fn "__copy__()" "A shallow copy." => copy;
        get "default_factory()" "What gives the value for a missing key." => |v| Ok(factory(v)), |v, f| {
            Attrs::set_member(v, 0, f.unwrap_or(Value::NONE));
            Ok(())
        };
        fn "__reduce__()" "How to make it again, for pickle and copy." => |a| {
            let args = match factory(&a[0]) {
                f if f.is_none() => Vec::new(),
                f => vec![f],
            };
            let items = protocol::iter(&protocol::call_method(&a[0], "items", &[])?)?;
            Ok(Value::tuple(vec![a[0].ty().value(), Value::tuple(args), Value::NONE, Value::NONE, items]))
        };
        class "__class_getitem__(item, /)" "The class with parameters, as an alias." => crate::types::alias::class_getitem;
    },
)
.with_base(&DICT)
.with_base_flag()
.with_weakrefs()
.with_attrs(size_of::<Dict>())
.with_members(1)
.without_dict()
.with_slots(Slots {
    new: Some(|ty, _, _| make(ty, DictBody::default())),
    init: Some(init),
    repr: Some(repr),
    get_item: Some(|v, key| {
        let Some(dict) = v.cast::<Dict>() else { return key_error(key) };
        match dict.get(key)? {
            Some(value) => Ok(value),
            None if v.ty().is_heap() => protocol::call_method(v, "__missing__", std::slice::from_ref(key)),
            None => missing(v, key),
        }
    }),
    binary: {
        let mut ops = Slots::EMPTY.binary;
        ops[BinOp::Or as usize] = Some(or);
        ops
    },
    ..Slots::EMPTY
});

fn factory(v: &Value) -> Value {
    Attrs::member(v, 0).and_then(Value::as_bound).cloned().unwrap_or(Value::NONE)
}

fn init(v: &Value, args: &[Value], names: Option<&Value>) -> Result<()> {
    let (positional, _) = args::split(args, names);
    let first = positional.first();
    if let Some(f) = first.filter(|f| !f.is_none()) {
        if f.ty().slots().call.is_none() {
            return type_error("first argument must be callable or None");
        }
        Attrs::set_member(v, 0, f.clone());
    } else {
        Attrs::set_member(v, 0, Value::NONE);
    }
    match DICT.slots().init {
        Some(init) => init(v, &args[first.is_some() as usize..], names),
        None => Ok(()),
    }
}

fn missing(v: &Value, key: &Value) -> Result {
    let f = factory(v);
    if f.is_none() {
        return key_error(key);
    }
    let value = call(&f, &[])?;
    protocol::set_item(v, key, value.clone())?;
    Ok(value)
}

fn repr(v: &Value) -> Result {
    let base = match DICT.slots().repr {
        Some(repr) => repr(v)?,
        None => Value::NONE,
    };
    // A method of the dictionary itself as its factory would not end.
    let text = sequence::repr_once(&factory(v), || protocol::repr_string(&factory(v)))?;
    let (factory, name) = (text.as_deref().unwrap_or("..."), type_::full_name(v.ty()));
    let name = name.rsplit('.').next().unwrap_or_default();
    Ok(Value::str(&format!("{name}({factory}, {})", base.as_str().unwrap_or_default())))
}

fn copy(a: &[Value]) -> Result {
    call(&protocol::get_attr(&a[0], &intern("__class__"))?, &[factory(&a[0]), a[0].clone()])
}

fn or(a: &Value, b: &Value) -> Result {
    if !a.ty().is_subtype(&DICT) || !b.ty().is_subtype(&DICT) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let own = if a.ty().is_subtype(&DEFAULT_DICT) { a } else { b };
    let out = call(&protocol::get_attr(own, &intern("__class__"))?, &[factory(own), a.clone()])?;
    update_from(&out, b)?;
    Ok(out)
}
