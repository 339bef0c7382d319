//! `_functools`: what of `functools` wants to be fast.

mod cache;
mod partial;

use super::native::{class, this};
use crate::object::{Boxed, Compare, Def, Layout, Result, Slots, Type, Value, arg};
use crate::protocol::{self, bind_args, call, type_error};
use crate::types::exception::TYPE_ERROR;
use std::cell::Cell;

/// The table of `_functools`.
pub static DEFS: &[Def] = crate::defs! {
    fn "reduce(function, iterable, initial=<unrepresentable>, /)" "reduce(function, iterable[, initial]): combine all items by a function of two, from left to right, beginning with the initial value if there is one." => reduce;
    fn "cmp_to_key(mycmp)" "Make a key function for sorting from a function that compares two objects." => |a| {
        class(&KEY);
        Ok(Value::new(&KEY, Key { compare: a[0].clone(), object: Cell::new(Value::UNBOUND) }))
    };
    val "partial()" "" => || class(&partial::PARTIAL);
    val "_lru_cache_wrapper()" "" => || class(&cache::CACHED);
};

fn reduce(a: &[Value]) -> Result {
    let it = match protocol::iter(&a[1]) {
        Err(e) if e.0.ty().is_subtype(&TYPE_ERROR) => {
            return type_error("reduce() arg 2 must support iteration");
        }
        it => it?,
    };
    let mut total = match arg(a, 2).as_bound() {
        Some(initial) => initial.clone(),
        None => match protocol::next(&it)? {
            Some(first) => first,
            None => return type_error("reduce() of empty iterable with no initial value"),
        },
    };
    while let Some(item) = protocol::next(&it)? {
        total = call(&a[0], &[total, item])?;
    }
    Ok(total)
}

/// What `cmp_to_key` returns, and what that returns for an object.
pub struct Key {
    compare: Value,
    /// Unbound in the former.
    object: Cell<Value>,
}

crate::body!(Key: CachedKey { compare, object });

/// `functools.KeyWrapper`
static KEY: Type = Type::builtin::<Boxed<Key>>(
    "functools.KeyWrapper",
    Layout::CachedKey,
    "",
    crate::defs! {
        get "obj()" "Value wrapped by a key function." => |v| {
            Ok(super::native::peek(&this::<Key>(v).object).bound().unwrap_or(Value::NONE))
        }, |v, new| {
            drop(this::<Key>(v).object.replace(new.unwrap_or(Value::UNBOUND)));
            Ok(())
        };
    },
)
.with_slots(Slots {
    call: Some(|f, args, names| {
        let object = bind_args("K", crate::sig!("K(obj)"), args, names)?.swap_remove(0);
        Ok(Value::new(&KEY, Key { compare: this::<Key>(f).compare.clone(), object: Cell::new(object) }))
    }),
    compare: Some(key_compare),
    ..Slots::EMPTY
});

fn key_compare(a: &Value, b: &Value, op: Compare) -> Result {
    let (Some(x), Some(y)) = (a.cast::<Boxed<Key>>(), b.cast::<Boxed<Key>>()) else {
        return type_error("other argument must be K instance");
    };
    let objects = [super::native::peek(&x.object), super::native::peek(&y.object)];
    if objects.iter().any(Value::is_unbound) {
        return protocol::attribute_error("object");
    }
    protocol::compare(&call(&x.compare, &objects)?, &Value::small(0), op)
}
