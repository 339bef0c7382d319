//! `queue.Queue`, `LifoQueue` and `PriorityQueue`: items under a mutex, and three conditions on it.
//!
//! A subclass may keep its items elsewhere, by `_init`, `_qsize`, `_put` and `_get`, as may a program that uses
//! `mutex` and `queue` itself: so the mutex is really held, and only the classes here leave out the calls.

use super::{condition, lock, patience};
use crate::modules::collections::Deque;
use crate::modules::heapq;
use crate::modules::native::{class, make, peek, this};
use crate::object::{Boxed, Compare, Def, Layout, Result, Slots, Type, Value, arg};
use crate::protocol::{self, call_method, raise_args, value_error};
use crate::types::{exception, int};
use std::cell::Cell;

/// The fields of a queue.
pub struct QueueBody {
    maxsize: Cell<Value>,
    /// What the items are in.
    items: Cell<Value>,
    mutex: Cell<Value>,
    not_empty: Cell<Value>,
    not_full: Cell<Value>,
    all_done: Cell<Value>,
    unfinished: Cell<Value>,
}

crate::body!(QueueBody: Queue { maxsize, items, mutex, not_empty, not_full, all_done, unfinished });

fn queue(v: &Value) -> &QueueBody {
    this::<QueueBody>(v)
}

/// Whether the items of `v` are where its class, one of those here, keeps them.
#[inline]
fn is_plain(v: &Value, ty: &Type) -> bool {
    v.is_exact(ty)
}

/// How many items there are.
fn size(v: &Value) -> Result<i64> {
    if is_plain(v, &QUEUE) || is_plain(v, &LIFO) || is_plain(v, &PRIORITY) {
        return own_size(v).map(|n| n as i64);
    }
    protocol::index_i64(&call_method(v, "_qsize", &[])?)
}

fn own_size(v: &Value) -> Result<usize> {
    let items = peek(&queue(v).items);
    match items.cast::<Boxed<Deque>>() {
        Some(d) => Ok(d.len()),
        None => protocol::len(&items),
    }
}

fn add(v: &Value, item: Value) -> Result<()> {
    match () {
        _ if is_plain(v, &QUEUE) => append(v, item),
        _ if is_plain(v, &LIFO) => append(v, item),
        _ if is_plain(v, &PRIORITY) => heapq::push(&peek(&queue(v).items), item),
        _ => call_method(v, "_put", &[item]).map(drop),
    }
}

fn append(v: &Value, item: Value) -> Result<()> {
    let items = peek(&queue(v).items);
    match items.cast::<Boxed<Deque>>() {
        Some(d) => d.push(item, true).map(drop),
        None => call_method(&items, "append", &[item]).map(drop),
    }
}

fn take(v: &Value) -> Result {
    match () {
        _ if is_plain(v, &QUEUE) => take_first(v),
        _ if is_plain(v, &LIFO) => take_last(v),
        _ if is_plain(v, &PRIORITY) => heapq::pop_least(&peek(&queue(v).items)),
        _ => call_method(v, "_get", &[]),
    }
}

fn take_first(v: &Value) -> Result {
    let items = peek(&queue(v).items);
    match items.cast::<Boxed<Deque>>() {
        Some(d) => d.pop(false),
        None => call_method(&items, "popleft", &[]),
    }
}

fn take_last(v: &Value) -> Result {
    call_method(&peek(&queue(v).items), "pop", &[])
}

/// Runs `f` with a lock held, which may be any object: the program may have replaced it.
fn holding<R>(mutex: &Value, f: impl FnOnce() -> Result<R>) -> Result<R> {
    match lock::acquire_any(mutex) {
        Some(taken) => drop(taken?),
        None => drop(call_method(mutex, "__enter__", &[])?),
    }
    let result = f();
    match lock::release_any(mutex) {
        Some(done) => done?,
        None => drop(call_method(mutex, "__exit__", &[Value::NONE, Value::NONE, Value::NONE])?),
    }
    result
}

/// Wakes one that waits at a condition of ours.
#[inline]
fn notify(condition: &Cell<Value>) -> Result<()> {
    let condition = peek(condition);
    if condition::is_plain(&condition) {
        if condition::has_waiters(&condition) {
            condition::notify(&condition, 1)?;
        }
        return Ok(());
    }
    call_method(&condition, "notify", &[]).map(drop)
}

/// Waits at a condition until `ready`, as `block` and `timeout` say; what is raised if that is not to be is
/// `failure`.
fn wait(
    condition: &Cell<Value>,
    (block, timeout): (&Value, &Value),
    failure: &Type,
    ready: impl Fn() -> Result<bool>,
) -> Result<()> {
    let block = block.as_bound().map_or(Ok(true), protocol::truth)?;
    if !block {
        return if ready()? { Ok(()) } else { Err(raise_args(failure, Vec::new())) };
    }
    let timed = timeout.as_bound().is_some_and(|t| !t.is_none());
    if timed && protocol::compare_bool(timeout, &Value::small(0), Compare::Lt)? {
        return value_error("'timeout' must be a non-negative number");
    }
    if ready()? {
        return Ok(());
    }
    let deadline = patience(timeout)?.1;
    loop {
        let left = if timed {
            let left = deadline.map_or(0, |d| d.saturating_sub(minipy_sched::now()));
            if left == 0 {
                return Err(raise_args(failure, Vec::new()));
            }
            crate::types::float::from_f64(left as f64 / 1e9)
        } else {
            Value::NONE
        };
        let condition = peek(condition);
        if condition::is_plain(&condition) {
            condition::wait(&condition, &left)?;
        } else {
            call_method(&condition, "wait", &[left])?;
        }
        if ready()? {
            return Ok(());
        }
    }
}

fn has_room(v: &Value, max: &Value) -> Result<bool> {
    match max.as_inline_int() {
        Some(max) => Ok(size(v)? < max),
        None => protocol::compare_bool(&int::from_i64(size(v)?), max, Compare::Lt),
    }
}

fn put(v: &Value, item: Value, block: &Value, timeout: &Value) -> Result {
    let q = queue(v);
    holding(&peek(&q.mutex), || {
        let max = peek(&q.maxsize);
        if protocol::compare_bool(&max, &Value::small(0), Compare::Gt)? {
            wait(&q.not_full, (block, timeout), &FULL, || has_room(v, &max))?;
        }
        add(v, item)?;
        let one_more = protocol::binary(crate::object::BinOp::Add, &peek(&q.unfinished), &Value::small(1))?;
        q.unfinished.set(one_more);
        notify(&q.not_empty)
    })?;
    Ok(Value::NONE)
}

fn get(v: &Value, block: &Value, timeout: &Value) -> Result {
    let q = queue(v);
    holding(&peek(&q.mutex), || {
        wait(&q.not_empty, (block, timeout), &super::simple_queue::EMPTY, || Ok(size(v)? > 0))?;
        let item = take(v)?;
        notify(&q.not_full)?;
        Ok(item)
    })
}

fn task_done(v: &Value) -> Result {
    let q = queue(v);
    holding(&peek(&q.mutex), || {
        let left = protocol::index_i64(&peek(&q.unfinished))? - 1;
        if left < 0 {
            return value_error("task_done() called too many times");
        }
        q.unfinished.set(int::from_i64(left));
        if left == 0 {
            call_method(&peek(&q.all_done), "notify_all", &[])?;
        }
        Ok(Value::NONE)
    })
}

fn join(v: &Value) -> Result {
    let q = queue(v);
    holding(&peek(&q.mutex), || {
        while protocol::truth(&peek(&q.unfinished))? {
            condition::wait(&peek(&q.all_done), &Value::NONE)?;
        }
        Ok(Value::NONE)
    })
}

fn full(v: &Value) -> Result {
    let q = queue(v);
    holding(&peek(&q.mutex), || {
        let max = peek(&q.maxsize);
        let limited = protocol::compare_bool(&Value::small(0), &max, Compare::Lt)?;
        Ok(Value::bool(limited && !has_room(v, &max)?))
    })
}

fn init(v: &Value, args: &[Value], names: Option<&Value>) -> Result<()> {
    let bound = super::bind_init("Queue", "__init__(maxsize=0)", args, names)?;
    let q = queue(v);
    let max = bound[0].as_bound().cloned().unwrap_or(Value::small(0));
    q.maxsize.set(max.clone());
    call_method(v, "_init", &[max])?;
    let mutex = lock::new();
    for place in [&q.not_empty, &q.not_full, &q.all_done] {
        place.set(condition::new(mutex.clone()));
    }
    q.mutex.set(mutex);
    q.unfinished.set(Value::small(0));
    Ok(())
}

crate::cell_fields! { QueueBody:
    get_maxsize set_maxsize maxsize "maxsize";
    get_items set_items items "queue";
    get_mutex set_mutex mutex "mutex";
    get_not_empty set_not_empty not_empty "not_empty";
    get_not_full set_not_full not_full "not_full";
    get_all_done set_all_done all_done "all_tasks_done";
    get_unfinished set_unfinished unfinished "unfinished_tasks";
}

fn new_list(a: &[Value]) -> Result {
    drop(queue(&a[0]).items.replace(Value::list(Vec::new())));
    Ok(Value::NONE)
}

/// `queue.Full`
pub static FULL: Type = Type::builtin::<Boxed<exception::ExcBody>>(
    "queue.Full",
    Layout::Exception,
    "Exception raised by Queue.put(block=0)/put_nowait().",
    &[],
)
.with_base(&exception::EXCEPTION)
.with_base_flag()
.with_attrs(size_of::<Boxed<exception::ExcBody>>());

/// `queue.Queue`
pub static QUEUE: Type = Type::builtin::<Boxed<QueueBody>>(
    "queue.Queue",
    Layout::Queue,
    "A queue of at most maxsize items, or of any number if that is not positive; first in, first out.",
    crate::defs! {
        fn "put(item, block=True, timeout=None)" "Add an item, waiting for room if asked to, at most for a number of seconds; or raise Full." => |a| put(&a[0], a[1].clone(), arg(a, 2), arg(a, 3));
        fn "get(block=True, timeout=None)" "Take an item, waiting for one if asked to, at most for a number of seconds; or raise Empty." => |a| get(&a[0], arg(a, 1), arg(a, 2));
        fn "put_nowait(item)" "Add an item, or raise Full." => |a| match is_plain(&a[0], &QUEUE) {
            true => put(&a[0], a[1].clone(), &Value::FALSE, &Value::UNBOUND),
            false => call_method(&a[0], "put", &[a[1].clone(), Value::FALSE]),
        };
        fn "get_nowait()" "Take an item, or raise Empty." => |a| match is_plain(&a[0], &QUEUE) {
            true => get(&a[0], &Value::FALSE, &Value::UNBOUND),
            false => call_method(&a[0], "get", &[Value::FALSE]),
        };
        fn "task_done()" "Say that an item that was taken is dealt with." => |a| task_done(&a[0]);
        fn "join()" "Wait until every item has been dealt with." => |a| join(&a[0]);
        fn "qsize()" "How many items there are." => |a| holding(&peek(&queue(&a[0]).mutex), || Ok(int::from_i64(size(&a[0])?)));
        fn "empty()" "Whether there is no item." => |a| holding(&peek(&queue(&a[0]).mutex), || Ok(Value::bool(size(&a[0])? == 0)));
        fn "full()" "Whether there is no room." => |a| full(&a[0]);
        fn "_init(maxsize)" "For subclasses: begin, empty." => |a| {
            drop(queue(&a[0]).items.replace(protocol::call(&class(&crate::modules::collections::DEQUE), &[])?));
            Ok(Value::NONE)
        };
        fn "_qsize()" "For subclasses: how many items there are." => |a| own_size(&a[0]).map(int::from_usize);
        fn "_put(item)" "For subclasses: add an item." => |a| append(&a[0], a[1].clone()).map(|()| Value::NONE);
        fn "_get()" "For subclasses: take an item." => |a| take_first(&a[0]);
        get "maxsize()" "How many items there may be." => get_maxsize, set_maxsize;
        get "queue()" "The items." => get_items, set_items;
        get "mutex()" "The lock." => get_mutex, set_mutex;
        get "not_empty()" "The condition that there is an item." => get_not_empty, set_not_empty;
        get "not_full()" "The condition that there is room." => get_not_full, set_not_full;
        get "all_tasks_done()" "The condition that every item is dealt with." => get_all_done, set_all_done;
        get "unfinished_tasks()" "How many items are not dealt with." => get_unfinished, set_unfinished;
        fn "__reduce__()" "Raises TypeError." => |a| super::unpicklable(&peek(&queue(&a[0]).mutex));
        class "__class_getitem__(item, /)" "The class with parameters, as an alias." => crate::types::alias::class_getitem;
    },
).with_weakrefs()
.with_base_flag()
.with_attrs(size_of::<Boxed<QueueBody>>())
.with_slots(Slots {
    new: Some(|ty, _, _| {
        let unset = || Cell::new(Value::UNBOUND);
        make(ty, QueueBody {
            maxsize: unset(),
            items: unset(),
            mutex: unset(),
            not_empty: unset(),
            not_full: unset(),
            all_done: unset(),
            unfinished: unset(),
        })
    }),
    init: Some(init),
    ..Slots::EMPTY
});

/// `queue.LifoQueue`
pub static LIFO: Type = Type::builtin::<Boxed<QueueBody>>(
    "queue.LifoQueue",
    Layout::Queue,
    "A queue whose item that was added last comes first.",
    crate::defs! {
        fn "_init(maxsize)" "For subclasses: begin, empty." => new_list;
        fn "_qsize()" "For subclasses: how many items there are." => |a| own_size(&a[0]).map(int::from_usize);
        fn "_put(item)" "For subclasses: add an item." => |a| append(&a[0], a[1].clone()).map(|()| Value::NONE);
        fn "_get()" "For subclasses: take an item." => |a| take_last(&a[0]);
    },
)
.with_weakrefs()
.with_base(&QUEUE)
.with_base_flag()
.with_attrs(size_of::<Boxed<QueueBody>>());

/// `queue.PriorityQueue`
pub static PRIORITY: Type = Type::builtin::<Boxed<QueueBody>>(
    "queue.PriorityQueue",
    Layout::Queue,
    "A queue whose smallest item comes first.",
    crate::defs! {
        fn "_init(maxsize)" "For subclasses: begin, empty." => new_list;
        fn "_qsize()" "For subclasses: how many items there are." => |a| own_size(&a[0]).map(int::from_usize);
        fn "_put(item)" "For subclasses: add an item." => |a| heapq::push(&peek(&queue(&a[0]).items), a[1].clone()).map(|()| Value::NONE);
        fn "_get()" "For subclasses: take an item." => |a| heapq::pop_least(&peek(&queue(&a[0]).items));
    },
)
.with_weakrefs()
.with_base(&QUEUE)
.with_base_flag()
.with_attrs(size_of::<Boxed<QueueBody>>());

/// What `_queue` has beside `SimpleQueue`.
pub static DEFS: &[Def] = crate::defs! {
    val "SimpleQueue()" "" => || super::simple_queue::SIMPLE_QUEUE.value();
    val "Empty()" "" => || super::simple_queue::EMPTY.value();
    val "Full()" "" => || class(&FULL);
    val "Queue()" "" => || class(&QUEUE);
    val "LifoQueue()" "" => || class(&LIFO);
    val "PriorityQueue()" "" => || class(&PRIORITY);
};
