//! `list`

mod sort;

use super::{args, iterators, sequence, slice};
use crate::object::sequence::drop_from_end;
use crate::object::{BinOp, Compare, Layout, List, ListBody, Result, Slots, Type, Value, arg};
use crate::protocol::{self, index_error, memory_error, type_error, value_error};
use crate::types::int;
use std::cell::RefCell;

pub use sort::{sort, sort_items};

/// The type `list`.
pub static LIST: Type = Type::builtin::<List>(
    "list",
    Layout::List,
    "A list of the items of an iterable.",
    crate::defs! {
        class "__class_getitem__(item, /)" "The class with parameters, as an alias." => crate::types::alias::class_getitem;
        fn "append(object, /)" "Add an item at the end." => list_append;
        fn "extend(iterable, /)" "Add the items of an iterable at the end." => list_extend;
        fn "insert(index, object, /)" "Put an item before the one at the index." => list_insert;
        fn "remove(value, /)" "Remove the first item equal to the value; ValueError if there is none." => list_remove;
        fn "pop(index=-1, /)" "Remove the item at the index, the last one by default, and give it." => list_pop;
        fn "clear()" "Remove all items." => list_clear;
        fn "index(value, start=0, stop=sys.maxsize, /)" "Where the value is first; ValueError if it is nowhere." => list_index;
        fn "count(value, /)" "How often the value is among the items." => list_count;
        fn "sort(*, key=None, reverse=False)" "Put the items in order, the smallest first; equal ones stay in theirs." => list_sort;
        fn "reverse()" "Turn the order of the items around." => list_reverse;
        fn "copy()" "A new list with the same items." => list_copy;
        fn "__reversed__()" "The items in reverse order." => |a| Ok(iterators::reversed_list(&a[0], this(&a[0])?.len()));
        fn "__sizeof__()" "How many bytes it takes in memory." => |a| Ok(int::from_i64(40 + 8 * this(&a[0])?.items.borrow().capacity() as i64));
    },
)
.with_signature("(iterable=(), /)")
.with_base_flag()
.with_slots(Slots {
    new: Some(list_new),
    init: Some(list_init),
    repr: Some(list_repr),
    compare: Some(list_compare),
    len: Some(|v| Ok(this(v)?.len())),
    get_item: Some(list_get_item),
    set_item: Some(list_set_item),
    contains: Some(|v, x| {
        let list = this(v)?;
        Ok(sequence::position_in(list, x, 0, usize::MAX)?.is_some())
    }),
    iter: Some(|v| Ok(iterators::list_iterator(v.clone()))),
    binary: {
        let mut ops = Slots::EMPTY.binary;
        ops[BinOp::Add as usize] = Some(list_add);
        ops[BinOp::Mul as usize] = Some(list_mul);
        ops
    },
    inplace: {
        let mut ops = Slots::EMPTY.inplace;
        ops[BinOp::Add as usize] = Some(list_iadd);
        ops[BinOp::Mul as usize] = Some(list_imul);
        ops
    },
    ..Slots::EMPTY
});

/// The receiver of a method.
fn this(v: &Value) -> Result<&List> {
    match v.cast::<List>() {
        Some(list) => Ok(list),
        None => type_error(format!("descriptor requires a 'list' object but received a '{}'", v.ty().name())),
    }
}

/// Appends the items of any iterable to a list, one by one, as they come.
pub fn extend(list: &ListBody, v: &Value) -> Result<()> {
    if v.is_exact(&LIST) || v.is_exact(&super::tuple::TUPLE) {
        // A snapshot: the iterable may be this very list.
        let mut items = protocol::collect(v)?;
        let mut mine = list.items.borrow_mut();
        if mine.try_reserve(items.len()).is_err() {
            return memory_error();
        }
        mine.append(&mut items);
        return Ok(());
    }
    let it = protocol::iter(v)?;
    let room = protocol::expected_len(v)?;
    // With more than there can be, the hint is wrong.
    let is_possible = room < isize::MAX as usize - list.len();
    if is_possible && list.items.borrow_mut().try_reserve(room).is_err() {
        return memory_error();
    }
    while let Some(item) = protocol::next(&it)? {
        list.push(item);
    }
    Ok(())
}

fn list_new(ty: &Value, _: &[Value], _: Option<&Value>) -> Result {
    match ty.cast::<Type>() {
        Some(ty) => Ok(Value::new(ty, ListBody { items: RefCell::default() })),
        None => type_error("list.__new__(X): X is not a type object"),
    }
}

fn list_init(v: &Value, args: &[Value], names: Option<&Value>) -> Result<()> {
    let args = args::for_init(&LIST, v.ty(), args, names)?;
    let list = this(v)?;
    clear(list);
    args.first().map_or(Ok(()), |items| extend(list, items))
}

/// Removes all items. They are dropped after the list has let go of them.
fn clear(list: &ListBody) {
    drop_from_end(list.items.take());
}

fn list_repr(v: &Value) -> Result {
    let list = this(v)?;
    let text = sequence::repr_once(v, || Ok(format!("[{}]", sequence::repr_items(|i| list.get(i))?)))?;
    Ok(Value::str(text.as_deref().unwrap_or("[...]")))
}

fn list_compare(a: &Value, b: &Value, op: Compare) -> Result {
    let (Some(a), Some(b)) = (a.cast::<List>(), b.cast::<List>()) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    sequence::compare(op, || (a.len(), b.len()), |i| (a.get(i), b.get(i)))
}

fn list_get_item(v: &Value, key: &Value) -> Result {
    let list = this(v)?;
    if let Some(i) = key.as_inline_int() {
        let i = if i < 0 { i + list.len() as i64 } else { i };
        return match list.get(i as usize) {
            Some(item) if i >= 0 => Ok(item),
            _ => index_error("list index out of range"),
        };
    }
    if let Some(at) = slice::indices(key, list.len())? {
        let items = list.items.borrow();
        if at.step == 1 {
            let stop = (at.start as usize + at.count).min(items.len());
            return Ok(Value::list(items.get(at.start as usize..stop).unwrap_or_default().to_vec()));
        }
        let mut taken = Vec::with_capacity(at.count);
        taken.extend(at.iter().filter_map(|i| items.get(i).cloned()));
        return Ok(Value::list(taken));
    }
    match slice::position(key, list.len(), "list")?.and_then(|i| list.get(i)) {
        Some(item) => Ok(item),
        None => index_error("list index out of range"),
    }
}

fn list_set_item(v: &Value, key: &Value, value: Option<Value>) -> Result<()> {
    let list = this(v)?;
    if key.cast::<slice::Slice>().is_some() {
        return match value {
            Some(value) => set_slice(list, key, &value),
            None => delete_slice(list, key),
        };
    }
    let at = slice::position(key, list.len(), "list")?;
    let mut items = list.items.borrow_mut();
    let Some(i) = at.filter(|&i| i < items.len()) else {
        drop(items);
        return index_error("list assignment index out of range");
    };
    let old = match value {
        Some(value) => std::mem::replace(&mut items[i], value),
        None => items.remove(i),
    };
    drop(items);
    drop(old);
    Ok(())
}

fn set_slice(list: &ListBody, key: &Value, value: &Value) -> Result<()> {
    let Some(at) = slice::indices(key, list.len())? else { return Ok(()) };
    if value.ty().slots().iter.is_none() && value.ty().slots().get_item.is_none() {
        return type_error(if at.step == 1 {
            "can only assign an iterable"
        } else {
            "must assign iterable to extended slice"
        });
    }
    let new = protocol::collect_from_iter(value)?;
    let mut items = list.items.borrow_mut();
    let len = items.len();
    if at.step == 1 {
        let start = (at.start as usize).min(len);
        let stop = (at.stop.max(at.start) as usize).clamp(start, len);
        let removed: Vec<Value> = items.splice(start..stop, new).collect();
        drop(items);
        drop_from_end(removed);
        return Ok(());
    }
    if new.len() != at.count {
        let (n, m) = (new.len(), at.count);
        drop(items);
        return value_error(format!("attempt to assign sequence of size {n} to extended slice of size {m}"));
    }
    let mut old = Vec::with_capacity(new.len());
    for (i, v) in at.iter().zip(new) {
        match items.get_mut(i) {
            Some(place) => old.push(std::mem::replace(place, v)),
            None => old.push(v),
        }
    }
    drop(items);
    drop(old);
    Ok(())
}

fn delete_slice(list: &ListBody, key: &Value) -> Result<()> {
    let Some(at) = slice::indices(key, list.len())? else { return Ok(()) };
    let at = at.ascending();
    let mut items = list.items.borrow_mut();
    let removed: Vec<Value> = if at.step == 1 || at.count <= 1 {
        let start = (at.start as usize).min(items.len());
        let stop = (start + at.count).min(items.len());
        items.drain(start..stop).collect()
    } else {
        let mut doomed = at.iter().peekable();
        let mut removed = Vec::with_capacity(at.count);
        let mut kept = Vec::with_capacity(items.len().saturating_sub(at.count));
        for (i, v) in items.drain(..).enumerate() {
            if doomed.next_if_eq(&i).is_some() { removed.push(v) } else { kept.push(v) }
        }
        *items = kept;
        removed
    };
    drop(items);
    if at.step == 1 {
        drop_from_end(removed);
    }
    Ok(())
}

fn list_add(a: &Value, b: &Value) -> Result {
    let (Some(a), Some(b)) = (a.cast::<List>(), b.cast::<List>()) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    let (a, b) = (a.items.borrow(), b.items.borrow());
    let mut out = sequence::vec_with_room(a.len() + b.len())?;
    out.extend_from_slice(&a);
    out.extend_from_slice(&b);
    Ok(Value::list(out))
}

fn list_mul(a: &Value, b: &Value) -> Result {
    match sequence::repeat_operands(a, b, |v| v.cast::<List>().is_some())? {
        Some((list, n)) => Ok(Value::list(sequence::repeat(&this(list)?.items.borrow(), n)?)),
        None => Ok(Value::NOT_IMPLEMENTED),
    }
}

fn list_iadd(a: &Value, b: &Value) -> Result {
    extend(this(a)?, b)?;
    Ok(a.clone())
}

fn list_imul(a: &Value, b: &Value) -> Result {
    let Some((_, n)) = sequence::repeat_operands(a, b, |v| v.is(a))? else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    let list = this(a)?;
    let new = sequence::repeat(&list.items.borrow(), n)?;
    let old = list.items.replace(new);
    drop(old);
    Ok(a.clone())
}

fn list_append(a: &[Value]) -> Result {
    this(&a[0])?.push(arg(a, 1).clone());
    Ok(Value::NONE)
}

fn list_extend(a: &[Value]) -> Result {
    extend(this(&a[0])?, arg(a, 1))?;
    Ok(Value::NONE)
}

fn list_insert(a: &[Value]) -> Result {
    let list = this(&a[0])?;
    let i = protocol::index_i64(arg(a, 1))?;
    let mut items = list.items.borrow_mut();
    let len = items.len() as i64;
    let at = if i < 0 { i.saturating_add(len).max(0) } else { i.min(len) };
    items.insert(at as usize, arg(a, 2).clone());
    Ok(Value::NONE)
}

fn list_remove(a: &[Value]) -> Result {
    let list = this(&a[0])?;
    let Some(i) = sequence::position_in(list, arg(a, 1), 0, usize::MAX)? else {
        return value_error("list.remove(x): x not in list");
    };
    let old = {
        let mut items = list.items.borrow_mut();
        if i < items.len() { items.remove(i) } else { Value::NONE }
    };
    drop(old);
    Ok(Value::NONE)
}

fn list_pop(a: &[Value]) -> Result {
    let list = this(&a[0])?;
    let i = match arg(a, 1).as_bound() {
        None => -1,
        Some(i) => protocol::index_i64(i)?,
    };
    let mut items = list.items.borrow_mut();
    let len = items.len();
    if i == -1
        && let Some(last) = items.pop()
    {
        return Ok(last);
    }
    let at = if i < 0 { i.saturating_add(len as i64) } else { i };
    if (0..len as i64).contains(&at) {
        return Ok(items.remove(at as usize));
    }
    drop(items);
    index_error(if len == 0 { "pop from empty list" } else { "pop index out of range" })
}

fn list_clear(a: &[Value]) -> Result {
    clear(this(&a[0])?);
    Ok(Value::NONE)
}

fn list_index(a: &[Value]) -> Result {
    let list = this(&a[0])?;
    let x = arg(a, 1);
    let start = sequence::search_bound(arg(a, 2), list.len(), 0)?;
    let stop = sequence::search_bound(arg(a, 3), list.len(), usize::MAX)?;
    match sequence::position_in(list, x, start, stop)? {
        Some(i) => Ok(int::from_i64(i as i64)),
        None => value_error(format!("{} is not in list", protocol::repr_string(x)?)),
    }
}

fn list_count(a: &[Value]) -> Result {
    let list = this(&a[0])?;
    let (mut n, mut next) = (0, 0);
    while let Some(i) = sequence::position_in(list, arg(a, 1), next, usize::MAX)? {
        (n, next) = (n + 1, i + 1);
    }
    Ok(int::from_i64(n))
}

fn list_sort(a: &[Value]) -> Result {
    let key = arg(a, 1).as_bound().filter(|k| !k.is_none());
    let reverse = arg(a, 2).as_bound().map_or(Ok(false), |r| Ok(protocol::index_i64(r)? != 0))?;
    sort(this(&a[0])?, key, reverse)?;
    Ok(Value::NONE)
}

fn list_reverse(a: &[Value]) -> Result {
    this(&a[0])?.items.borrow_mut().reverse();
    Ok(Value::NONE)
}

fn list_copy(a: &[Value]) -> Result {
    Ok(Value::list(this(&a[0])?.to_vec()))
}
