//! `_collections`: containers that want to be fast, and what helps those written in Python.

mod deque;
mod deque_iter;
mod mappings;
mod odict;

pub(super) use deque::{DEQUE, Deque};

use super::native::{class, make, this};
use crate::object::types::type_flags;
use crate::object::{Boxed, Def, Dict, Layout, Result, Slots, Type, Value, intern, intern_static};
use crate::protocol::{self, attribute_error, bind_args, call, type_error};
use crate::types::dict::DICT;
use crate::types::int;
use std::cell::Cell;

/// The table of `_collections`.
pub static DEFS: &[Def] = crate::defs! {
    val "deque()" "" => || {
        deque::DEQUE.flags.set(deque::DEQUE.flags.get() | type_flags::SEQUENCE);
        class(&deque::DEQUE)
    };
    val "_deque_iterator()" "" => || class(&deque_iter::FORWARD);
    val "_deque_reverse_iterator()" "" => || class(&deque_iter::BACKWARD);
    val "defaultdict()" "" => || class(&mappings::DEFAULT_DICT);
    val "OrderedDict()" "" => || {
        odict::helpers().into_iter().for_each(|t| drop(class(t)));
        class(&odict::ORDERED_DICT)
    };
    val "_tuplegetter()" "" => || class(&TUPLE_GETTER);
    fn "_count_elements(mapping, iterable, /)" "Count the items of an iterable in a mapping." => count_elements;
};

fn count_elements(a: &[Value]) -> Result {
    let get = intern("get");
    let ty = a[0].ty();
    // A class with its own `__delitem__` still adds items as a dictionary does.
    let inherits =
        |name: &Value| matches!((ty.lookup(name), DICT.lookup(name)), (Some(x), Some(y)) if x.is(&y));
    let plain = inherits(&get) && inherits(&intern("__setitem__"));
    let one = Value::small(1);
    let add = |old: &Value| protocol::binary(crate::object::BinOp::Add, old, &one);
    if let Some(dict) = a[0].cast::<Dict>().filter(|_| plain) {
        protocol::for_each(&a[1], |item| {
            if dict.count(&item)? {
                return Ok(());
            }
            let old = dict.get(&item)?.unwrap_or(Value::small(0));
            dict.set(&item, add(&old)?)
        })?;
        return Ok(Value::NONE);
    }
    let get = protocol::get_attr(&a[0], &get)?;
    protocol::for_each(&a[1], |item| {
        let old = call(&get, &[item.clone(), Value::small(0)])?;
        protocol::set_item(&a[0], &item, add(&old)?)
    })?;
    Ok(Value::NONE)
}

/// An attribute that is an item of a tuple.
pub struct TupleGetter {
    index: i64,
    doc: Cell<Value>,
}

crate::body!(TupleGetter: TupleGetter { doc });

static TUPLE_GETTER: Type = Type::builtin::<Boxed<TupleGetter>>(
    "collections._tuplegetter",
    Layout::TupleGetter,
    "",
    crate::defs! {
        get "__doc__()" "" => |v| Ok(match v.cast::<Boxed<TupleGetter>>() {
            Some(getter) => super::native::peek(&getter.doc),
            None => Value::NONE,
        }), |v, doc| {
            drop(this::<TupleGetter>(v).doc.replace(doc.unwrap_or(Value::NONE)));
            Ok(())
        };
        fn "__reduce__()" "How to make it again, for pickle and copy." => |a| {
            let getter = this::<TupleGetter>(&a[0]);
            let args = vec![int::from_i64(getter.index), super::native::peek(&getter.doc)];
            Ok(Value::tuple(vec![a[0].ty().value(), Value::tuple(args)]))
        };
    },
)
.with_slots(Slots {
    new: Some(|ty, args, names| {
        let bound = bind_args("_tuplegetter", crate::sig!("_tuplegetter(index, doc, /)"), args, names)?;
        make(ty, TupleGetter { index: protocol::index_i64(&bound[0])?, doc: Cell::new(bound[1].clone()) })
    }),
    descr_get: Some(|getter, instance, _| {
        if instance.is_unbound() || instance.is_none() {
            return Ok(getter.clone());
        }
        let index = this::<TupleGetter>(getter).index;
        let Some(items) = instance.as_tuple() else {
            let name = instance.ty().name();
            return type_error(format!(
                "descriptor for index '{index}' for tuple subclasses doesn't apply to '{name}' object"
            ));
        };
        match items.get(index as usize) {
            Some(item) => Ok(item.clone()),
            None => protocol::index_error("tuple index out of range"),
        }
    }),
    descr_set: Some(|_, _, value| {
        attribute_error(if value.is_some() { "can't set attribute" } else { "can't delete attribute" })
    }),
    repr: Some(|v| {
        let getter = this::<TupleGetter>(v);
        let doc = protocol::repr_string(&super::native::peek(&getter.doc))?;
        Ok(Value::str(&format!("_tuplegetter({}, {doc})", getter.index)))
    }),
    ..Slots::EMPTY
});

/// The name of the class of `v` as its `repr` shows it.
fn class_name(v: &Value) -> Result<String> {
    let name = protocol::get_attr(&v.ty().value(), &intern_static("__name__"))?;
    Ok(name.as_str().unwrap_or_default().to_owned())
}
