//! `groupby`.

use super::ITERATOR;
use crate::modules::native::{make, peek, positional, this};
use crate::object::{Boxed, Layout, Result, Slots, Type, Value};
use crate::protocol::{self, bind_args, type_error};
use crate::types::iterator_state as state;
use crate::types::lazy::next_of;
use std::cell::Cell;

/// `groupby(iterable, key)`
pub struct GroupBy {
    inner: Value,
    /// Unbound: the items are their own keys.
    key: Value,
    /// The key of the group that was given last, the key of the newest item, and that item until a group gives it.
    wanted: Cell<Value>,
    newest: Cell<Value>,
    item: Cell<Value>,
    /// The number of the group that may still ask for items.
    group: Cell<u64>,
}

/// The items of one group.
pub struct Grouper {
    parent: Value,
    key: Value,
    number: u64,
}

crate::body!(GroupBy: GroupBy { inner, key, wanted, newest, item });
crate::body!(Grouper: Grouper { parent, key });

/// `itertools.groupby`
pub static GROUP_BY: Type = Type::builtin::<Boxed<GroupBy>>(
    "itertools.groupby",
    Layout::GroupBy,
    "groupby(iterable, key=None): pairs of a key and an iterator over the items in a row that have it.",
    crate::defs! {
        fn "__reduce__()" "How to make it again, for pickle and copy." => |a| {
            let it = this::<GroupBy>(&a[0]);
            let arguments = vec![it.inner.clone(), it.key.as_bound().unwrap_or(&Value::NONE).clone()];
            let now = [peek(&it.item), peek(&it.wanted), peek(&it.newest)];
            if now.iter().any(Value::is_unbound) {
                return state::call_of(&a[0], arguments);
            }
            state::call_from(&a[0], arguments, Value::tuple(now.to_vec()))
        };
        fn "__setstate__(state, /)" "Go on from the state that was pickled." => |a| {
            let [item, wanted, newest] = state::tuple(&a[1])? else {
                return type_error("state is not a tuple of three");
            };
            let it = this::<GroupBy>(&a[0]);
            drop(it.item.replace(item.clone()));
            drop(it.wanted.replace(wanted.clone()));
            drop(it.newest.replace(newest.clone()));
            Ok(Value::NONE)
        };
    },
)
.with_signature("(iterable, key=None)")
.with_base_flag()
.with_slots(Slots { new: Some(groupby_new), next: Some(groupby_next), ..ITERATOR });

/// `itertools._grouper`
pub static GROUPER: Type = Type::builtin::<Boxed<Grouper>>(
    "itertools._grouper",
    Layout::Grouper,
    "",
    crate::defs! {
        fn "__reduce__()" "How to make it again, for pickle and copy." => |a| {
            let group = this::<Grouper>(&a[0]);
            if this::<GroupBy>(&group.parent).group.get() != group.number {
                return state::afresh(Value::tuple(Vec::new()));
            }
            state::call_of(&a[0], vec![group.parent.clone(), group.key.clone()])
        };
    },
)
.with_slots(Slots { new: Some(grouper_new), next: Some(grouper_next), ..ITERATOR });

fn groupby_new(ty: &Value, args: &[Value], names: Option<&Value>) -> Result {
    let bound = bind_args("groupby", crate::sig!("groupby(iterable, key=None)"), args, names)?;
    let key = if bound[1].is_none() { Value::UNBOUND } else { bound[1].clone() };
    let none = || Cell::new(Value::UNBOUND);
    let inner = protocol::iter(&bound[0])?;
    make(ty, GroupBy { inner, key, wanted: none(), newest: none(), item: none(), group: Cell::new(0) })
}

/// Takes one more item; false at the end.
fn step(it: &GroupBy) -> Result<bool> {
    let Some(item) = next_of(&it.inner)? else { return Ok(false) };
    let key = match it.key.as_bound() {
        Some(f) => protocol::call(f, std::slice::from_ref(&item))?,
        None => item.clone(),
    };
    drop(it.item.replace(item));
    drop(it.newest.replace(key));
    Ok(true)
}

fn groupby_next(v: &Value) -> Result<Option<Value>> {
    let it = this::<GroupBy>(v);
    let number = it.group.get() + 1;
    it.group.set(number);
    loop {
        let (newest, wanted) = (peek(&it.newest), peek(&it.wanted));
        if !newest.is_unbound() && (wanted.is_unbound() || !protocol::equal(&wanted, &newest)?) {
            drop(it.wanted.replace(newest.clone()));
            it.group.set(number);
            let group = Value::new(&GROUPER, Grouper { parent: v.clone(), key: newest.clone(), number });
            return Ok(Some(Value::tuple_from(2, [newest, group])));
        }
        if !step(it)? {
            return Ok(None);
        }
    }
}

/// The group of a parent that was pickled with it.
fn grouper_new(ty: &Value, args: &[Value], names: Option<&Value>) -> Result {
    let args = positional("_grouper", &GROUPER, ty, args, names, (2, 2))?;
    let parent = args[0].clone();
    if !parent.ty().is_subtype(&GROUP_BY) {
        return type_error(format!("argument 1 must be itertools.groupby, not {}", parent.ty().name()));
    }
    let it = this::<GroupBy>(&parent);
    let number = it.group.get() + 1;
    it.group.set(number);
    make(ty, Grouper { key: args[1].clone(), number, parent })
}

fn grouper_next(v: &Value) -> Result<Option<Value>> {
    let group = this::<Grouper>(v);
    let it = this::<GroupBy>(&group.parent);
    if it.group.get() != group.number {
        return Ok(None);
    }
    let has_item = |it: &GroupBy| !peek(&it.item).is_unbound();
    if !has_item(it) && !step(it)? {
        return Ok(None);
    }
    if !protocol::equal(&group.key, &peek(&it.newest))? {
        return Ok(None);
    }
    Ok(it.item.replace(Value::UNBOUND).bound())
}
