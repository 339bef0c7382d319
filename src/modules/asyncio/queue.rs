//! The base of `asyncio.Queue`: all but waiting, which is Python.
//!
//! A subclass may keep its items elsewhere, by `_init`, `_put` and `_get`, and count them its own way: only where it
//! replaces none of these are the calls left out.

use super::future::{self, Future};
use super::helper;
use crate::modules::collections::Deque;
use crate::modules::native::{class, make, this};
use crate::object::{BinOp, Boxed, Compare, Layout, Raised, Result, Slots, Type, Value, intern};
use crate::protocol::{self, call_method, value_error};
use crate::types::int;
use std::cell::Cell;

/// The fields of a queue.
pub struct QueueBody {
    /// The class replaces no method of those here.
    plain: bool,
    maxsize: Cell<Value>,
    /// What the items are in.
    items: Cell<Value>,
    /// The futures of tasks that wait for an item, or for room.
    getters: Cell<Value>,
    putters: Cell<Value>,
    unfinished: Cell<Value>,
    /// The event that no item is unfinished.
    finished: Cell<Value>,
}

crate::body!(QueueBody: TaskQueue { maxsize, items, getters, putters, unfinished, finished });

crate::cell_fields! { QueueBody:
    get_maxsize set_maxsize maxsize "_maxsize";
    get_items set_items items "_queue";
    get_getters set_getters getters "_getters";
    get_putters set_putters putters "_putters";
    get_unfinished set_unfinished unfinished "_unfinished_tasks";
    get_finished set_finished finished "_finished";
}

fn replaces_none(ty: &Type) -> bool {
    ["full", "empty", "qsize", "_put", "_get"].iter().all(|name| {
        let name = intern(name);
        ty.lookup(&name).zip(QUEUE.lookup(&name)).is_some_and(|(a, b)| a.is(&b))
    })
}

fn size(v: &Value) -> Result<usize> {
    let items = get_items(v)?;
    match items.cast::<Boxed<Deque>>() {
        Some(d) => Ok(d.len()),
        None => protocol::len(&items),
    }
}

fn is_empty(v: &Value) -> Result<bool> {
    let items = get_items(v)?;
    match items.cast::<Boxed<Deque>>() {
        Some(d) => Ok(d.len() == 0),
        None => Ok(!protocol::truth(&items)?),
    }
}

fn is_full(v: &Value) -> Result<bool> {
    let max = get_maxsize(v)?;
    let plain = this::<QueueBody>(v).plain;
    if let Some(max) = max.as_inline_int().filter(|_| plain) {
        return Ok(max > 0 && size(v)? as i64 >= max);
    }
    if !protocol::compare_bool(&max, &Value::small(0), Compare::Gt)? {
        return Ok(false);
    }
    let size = if plain { int::from_usize(size(v)?) } else { call_method(v, "qsize", &[])? };
    protocol::compare_bool(&size, &max, Compare::Ge)
}

fn add(v: &Value, item: Value) -> Result<()> {
    let items = get_items(v)?;
    match items.cast::<Boxed<Deque>>() {
        Some(d) => d.push(item, true).map(drop),
        None => call_method(&items, "append", &[item]).map(drop),
    }
}

fn take(v: &Value) -> Result {
    let items = get_items(v)?;
    match items.cast::<Boxed<Deque>>() {
        Some(d) => d.pop(false),
        None => call_method(&items, "popleft", &[]),
    }
}

/// The first that still waits goes on.
fn wake_next(waiters: &Value) -> Result<()> {
    loop {
        let waiter = match waiters.cast::<Boxed<Deque>>() {
            Some(d) if d.len() == 0 => return Ok(()),
            Some(d) => d.pop(false)?,
            None if !protocol::truth(waiters)? => return Ok(()),
            None => call_method(waiters, "popleft", &[])?,
        };
        if waiter.is_exact(&future::FUTURE)
            && let Some(f) = waiter.cast::<Future>()
        {
            if !f.body.is_done() {
                return future::set_result(&waiter, Value::NONE);
            }
        } else if !protocol::truth(&call_method(&waiter, "done", &[])?)? {
            return call_method(&waiter, "set_result", &[Value::NONE]).map(drop);
        }
    }
}

/// An exception of the Python part.
fn raise<T>(name: &str) -> Result<T> {
    Err(Raised(protocol::call(&helper("asyncio.queues", name)?, &[])?))
}

fn put_nowait(v: &Value, item: Value) -> Result {
    let q = this::<QueueBody>(v);
    let full = if q.plain { is_full(v)? } else { protocol::truth(&call_method(v, "full", &[])?)? };
    if full {
        return raise("QueueFull");
    }
    if q.plain {
        add(v, item)?;
    } else {
        call_method(v, "_put", &[item])?;
    }
    let before = get_unfinished(v)?;
    let n = before.as_inline_int();
    q.unfinished.set(match n {
        Some(n) => int::from_i64(n + 1),
        None => protocol::binary(BinOp::Add, &before, &Value::small(1))?,
    });
    if n == Some(0) {
        call_method(&get_finished(v)?, "clear", &[])?;
    }
    wake_next(&get_getters(v)?)?;
    Ok(Value::NONE)
}

fn get_nowait(v: &Value) -> Result {
    let q = this::<QueueBody>(v);
    let empty = if q.plain { is_empty(v)? } else { protocol::truth(&call_method(v, "empty", &[])?)? };
    if empty {
        return raise("QueueEmpty");
    }
    let item = if q.plain { take(v)? } else { call_method(v, "_get", &[])? };
    wake_next(&get_putters(v)?)?;
    Ok(item)
}

fn task_done(v: &Value) -> Result {
    let before = get_unfinished(v)?;
    if !protocol::compare_bool(&before, &Value::small(0), Compare::Gt)? {
        return value_error("task_done() called too many times");
    }
    let left = protocol::binary(BinOp::Sub, &before, &Value::small(1))?;
    let last = left.as_inline_int() == Some(0);
    this::<QueueBody>(v).unfinished.set(left);
    if last {
        call_method(&get_finished(v)?, "set", &[])?;
    }
    Ok(Value::NONE)
}

/// `_asyncio._Queue`
pub static QUEUE: Type = Type::builtin::<Boxed<QueueBody>>(
    "_asyncio._Queue",
    Layout::TaskQueue,
    "The base of queues between tasks.",
    crate::defs! {
        fn "_init(maxsize)" "For subclasses: begin, empty." => |a| {
            drop(this::<QueueBody>(&a[0]).items.replace(protocol::call(&class(&crate::modules::collections::DEQUE), &[])?));
            Ok(Value::NONE)
        };
        fn "_put(item)" "For subclasses: add an item." => |a| add(&a[0], a[1].clone()).map(|()| Value::NONE);
        fn "_get()" "For subclasses: take an item." => |a| take(&a[0]);
        fn "_wakeup_next(waiters)" "Let the first that still waits go on." => |a| wake_next(&a[1]).map(|()| Value::NONE);
        fn "qsize()" "How many items there are." => |a| size(&a[0]).map(int::from_usize);
        fn "empty()" "Whether there is no item." => |a| is_empty(&a[0]).map(Value::bool);
        fn "full()" "Whether there is no room." => |a| is_full(&a[0]).map(Value::bool);
        fn "put_nowait(item)" "Put an item; QueueFull if there is no room." => |a| put_nowait(&a[0], a[1].clone());
        fn "get_nowait()" "Take an item; QueueEmpty if there is none." => |a| get_nowait(&a[0]);
        fn "task_done()" "Say that an item that was taken has been dealt with." => |a| task_done(&a[0]);
        get "maxsize()" "How many items there may be." => get_maxsize;
        get "_maxsize()" "" => get_maxsize, set_maxsize;
        get "_queue()" "" => get_items, set_items;
        get "_getters()" "" => get_getters, set_getters;
        get "_putters()" "" => get_putters, set_putters;
        get "_unfinished_tasks()" "" => get_unfinished, set_unfinished;
        get "_finished()" "" => get_finished, set_finished;
    },
)
.with_weakrefs()
.with_base_flag()
.with_attrs(size_of::<Boxed<QueueBody>>())
.with_slots(Slots {
    new: Some(|ty, _, _| {
        let unset = || Cell::new(Value::UNBOUND);
        make(ty, QueueBody {
            plain: ty.cast::<Type>().is_some_and(replaces_none),
            maxsize: unset(),
            items: unset(),
            getters: unset(),
            putters: unset(),
            unfinished: unset(),
            finished: unset(),
        })
    }),
    init: Some(|_, _, _| Ok(())),
    ..Slots::EMPTY
});
