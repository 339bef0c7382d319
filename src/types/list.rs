//! `list`

use super::iterators::list_iterator;
use super::{int, sequence, slice};
use crate::object::{BinOp, Layout, List, ListBody, Result, Slots, Type, Value, arg};
use crate::protocol::{self, index_error, type_error, value_error};
use std::cell::RefCell;

fn list(v: &Value) -> &List {
    v.cast::<List>().expect("slots are only called on their own type")
}

const fn binary() -> [Option<crate::object::Binary>; 13] {
    let mut b: [Option<crate::object::Binary>; 13] = [None; 13];
    b[BinOp::Add as usize] = Some(add);
    b[BinOp::Mul as usize] = Some(multiply);
    b
}

const fn inplace() -> [Option<crate::object::Binary>; 13] {
    let mut b: [Option<crate::object::Binary>; 13] = [None; 13];
    b[BinOp::Add as usize] = Some(|a, b| {
        extend(a, b)?;
        Ok(a.clone())
    });
    b[BinOp::Mul as usize] = Some(|a, n| {
        let Some(n) = sequence::times(n, list(a).len())? else { return Ok(Value::NOT_IMPLEMENTED) };
        let items = list(a).to_vec();
        let repeated = items.iter().cycle().take(items.len() * n).cloned().collect();
        let old = list(a).items.replace(repeated);
        drop(old);
        Ok(a.clone())
    });
    b
}

/// The type `list`.
pub static LIST: Type = Type::builtin::<List>("list", Layout::List, "Built-in mutable sequence.", crate::defs! {
    fn "append(object, /)" "Append object to the end of the list." => |a| { list(&a[0]).push(a[1].clone()); Ok(Value::NONE) };
    fn "extend(iterable, /)" "Extend list by appending elements from the iterable." => |a| extend(&a[0], &a[1]).map(|()| Value::NONE);
    fn "insert(index, object, /)" "Insert object before index." => |a| {
        let i = protocol::index_clipped(&a[1])?;
        let mut items = list(&a[0]).items.borrow_mut();
        let len = items.len() as i64;
        let at = if i < 0 { (i.saturating_add(len)).max(0) } else { i.min(len) };
        items.insert(at as usize, a[2].clone());
        Ok(Value::NONE)
    };
    fn "remove(value, /)" "Remove first occurrence of value." => |a| {
        match sequence::find(&list(&a[0]).to_vec(), &a[1], 0, usize::MAX)? {
            Some(i) => {
                let gone = { let mut items = list(&a[0]).items.borrow_mut(); (i < items.len()).then(|| items.remove(i)) };
                drop(gone);
                Ok(Value::NONE)
            }
            None => value_error("list.remove(x): x not in list"),
        }
    };
    fn "pop(index=-1, /)" "Remove and return item at index (default last)." => |a| {
        let i = match arg(a, 1).as_bound() { Some(i) => protocol::index_i64(i)?, None => -1 };
        let mut items = list(&a[0]).items.borrow_mut();
        if items.is_empty() {
            return index_error("pop from empty list");
        }
        let at = if i < 0 { i + items.len() as i64 } else { i };
        if at < 0 || at >= items.len() as i64 {
            return index_error("pop index out of range");
        }
        Ok(items.remove(at as usize))
    };
    fn "clear()" "Remove all items from list." => |a| { let old = list(&a[0]).items.take(); drop(old); Ok(Value::NONE) };
    fn "index(value, start=0, stop=9223372036854775807, /)" "Return first index of value." => |a| {
        let items = list(&a[0]).to_vec();
        let clip = |v: &Value, default: i64| -> Result<usize> {
            let i = match v.as_bound() { Some(i) => protocol::index_clipped(i)?, None => default };
            Ok(if i < 0 { (i.saturating_add(items.len() as i64)).max(0) } else { i } as usize)
        };
        let (from, to) = (clip(arg(a, 2), 0)?, clip(arg(a, 3), i64::MAX)?);
        match sequence::find(&items, &a[1], from, to)? {
            Some(i) => Ok(int::from_i64(i as i64)),
            None => value_error(format!("{} is not in list", protocol::repr_string(&a[1])?)),
        }
    };
    fn "count(value, /)" "Return number of occurrences of value." => |a| {
        let mut n = 0;
        for x in list(&a[0]).to_vec() {
            n += protocol::equal(&x, &a[1])? as i64;
        }
        Ok(int::from_i64(n))
    };
    fn "sort(*, key=None, reverse=False)" "Sort the list in ascending order and return None." => |a| {
        let items = list(&a[0]).items.take();
        let key = arg(a, 1).as_bound().filter(|k| !k.is_none()).cloned();
        let reverse = match arg(a, 2).as_bound() { Some(r) => protocol::truth(r)?, None => false };
        let backup = items.clone();
        let result = sorted(items, key, reverse);
        let (items, failure) = match result { Ok(v) => (v, None), Err(e) => (backup, Some(e)) };
        let changed = list(&a[0]).items.replace(items);
        match failure {
            Some(e) => Err(e),
            None if !changed.is_empty() => value_error("list modified during sort"),
            None => Ok(Value::NONE),
        }
    };
    fn "reverse()" "Reverse *IN PLACE*." => |a| { list(&a[0]).items.borrow_mut().reverse(); Ok(Value::NONE) };
    fn "copy()" "Return a shallow copy of the list." => |a| Ok(Value::list(list(&a[0]).to_vec()));
    fn "__reversed__()" "Return a reverse iterator over the list." => |a| Ok(super::iterators::reversed_list(a[0].clone()));
})
.with_base_flag()
.with_slots(Slots {
    new: Some(|ty, _, _| match ty.cast::<Type>() {
        Some(t) => Ok(Value::new(t, ListBody { items: RefCell::new(Vec::new()) })),
        None => type_error("list.__new__(X): X is not a type object"),
    }),
    init: Some(|v, args, names| {
        if names.is_some() {
            return type_error("list() takes no keyword arguments");
        }
        match args {
            [] => Ok(()),
            [it] => {
                let items = protocol::collect(it)?;
                let old = list(v).items.replace(items);
                drop(old);
                Ok(())
            }
            _ => type_error(format!("list expected at most 1 argument, got {}", args.len())),
        }
    }),
    repr: Some(|v| sequence::repr(v, "[...]", || Ok(format!("[{}]", sequence::join_reprs(&list(v).to_vec())?)))),
    hash: None,
    compare: Some(|a, b, op| match b.cast::<List>() {
        Some(y) => sequence::compare(&list(a).to_vec(), &y.to_vec(), op),
        None => Ok(Value::NOT_IMPLEMENTED),
    }),
    len: Some(|v| Ok(list(v).len())),
    get_item: Some(|v, key| {
        if let Some(i) = slice::indices(key, list(v).len())? {
            let items = list(v).items.borrow();
            return Ok(Value::list(i.iter().filter_map(|n| items.get(n).cloned()).collect()));
        }
        let at = slice::position(key, list(v).len(), "list")?;
        Ok(list(v).get(at).unwrap_or(Value::NONE))
    }),
    set_item: Some(set_item),
    contains: Some(|v, x| Ok(sequence::find(&list(v).to_vec(), x, 0, usize::MAX)?.is_some())),
    iter: Some(|v| Ok(list_iterator(v.clone()))),
    binary: binary(),
    inplace: inplace(),
    ..Slots::EMPTY
});

/// The items sorted.
pub fn sorted(items: Vec<Value>, key: Option<Value>, reverse: bool) -> Result<Vec<Value>> {
    let mut pairs = Vec::with_capacity(items.len());
    for x in items {
        let k = match &key {
            Some(k) => protocol::call(k, std::slice::from_ref(&x))?,
            None => x.clone(),
        };
        pairs.push((k, x));
    }
    sequence::sort(&mut pairs, reverse)?;
    Ok(pairs.into_iter().map(|p| p.1).collect())
}

fn extend(v: &Value, other: &Value) -> Result<()> {
    let more = protocol::collect(other)?;
    list(v).items.borrow_mut().extend(more);
    Ok(())
}

fn add(a: &Value, b: &Value) -> Result {
    match (a.cast::<List>(), b.cast::<List>()) {
        (Some(x), Some(y)) => {
            let mut items = x.to_vec();
            items.extend(y.to_vec());
            Ok(Value::list(items))
        }
        _ => Ok(Value::NOT_IMPLEMENTED),
    }
}

fn multiply(a: &Value, b: &Value) -> Result {
    let (l, n) = if a.cast::<List>().is_some() { (a, b) } else { (b, a) };
    let Some(n) = sequence::times(n, list(l).len())? else { return Ok(Value::NOT_IMPLEMENTED) };
    let items = list(l).to_vec();
    Ok(Value::list(items.iter().cycle().take(items.len() * n).cloned().collect()))
}

fn set_item(v: &Value, key: &Value, value: Option<Value>) -> Result<()> {
    let l = list(v);
    let Some(i) = slice::indices(key, l.len())? else {
        if key.as_inline_int().is_none() && key.ty().slots().index.is_none() {
            return type_error(format!("list indices must be integers or slices, not {}", key.ty().name()));
        }
        let at = slice::position(key, l.len(), "list assignment")?;
        let old = {
            let mut items = l.items.borrow_mut();
            match value {
                Some(x) => std::mem::replace(&mut items[at], x),
                None => items.remove(at),
            }
        };
        drop(old);
        return Ok(());
    };
    let new = match value {
        Some(x) if x.ty().slots().iter.is_none() && x.ty().slots().get_item.is_none() => {
            return type_error("can only assign an iterable");
        }
        Some(x) => Some(protocol::collect(&x)?),
        None => None,
    };
    let len = l.len();
    let start = (i.start as usize).min(len);
    if i.step == 1 {
        let end = start + i.count.min(len - start);
        let old: Vec<Value> = l.items.borrow_mut().splice(start..end, new.unwrap_or_default()).collect();
        drop(old);
        return Ok(());
    }
    match new {
        Some(new) if new.len() != i.count => value_error(format!(
            "attempt to assign sequence of size {} to extended slice of size {}",
            new.len(),
            i.count
        )),
        Some(new) => {
            let mut old = Vec::new();
            for (n, x) in i.iter().zip(new) {
                old.push(std::mem::replace(&mut l.items.borrow_mut()[n], x));
            }
            drop(old);
            Ok(())
        }
        None => {
            let mut gone: Vec<usize> = i.iter().collect();
            gone.sort_unstable();
            let old: Vec<Value> = {
                let mut items = l.items.borrow_mut();
                gone.iter().rev().map(|&n| items.remove(n)).collect()
            };
            drop(old);
            Ok(())
        }
    }
}
