//! `_queue`: the unbounded queue between threads, and the exception for an empty one.

use super::patience;
use crate::modules::native::make;
use crate::object::{Boxed, Layout, Result, Slots, Type, Value, arg};
use crate::protocol::{self, raise_args, type_error, value_error};
use crate::types::{exception, int};
use crate::vm::safepoint;
use minipy_sched::WaitQueue;
use std::cell::RefCell;
use std::collections::VecDeque;

/// The fields of a queue.
pub struct SimpleQueueBody {
    items: RefCell<VecDeque<Value>>,
    takers: WaitQueue,
}

crate::body!(SimpleQueueBody: SimpleQueue { items });

fn queue(v: &Value) -> &SimpleQueueBody {
    &v.cast::<Boxed<SimpleQueueBody>>().expect("methods are only called on their own type").body
}

fn put(a: &[Value]) -> Result {
    let q = queue(&a[0]);
    if q.items.borrow_mut().try_reserve(1).is_err() {
        return protocol::memory_error();
    }
    q.items.borrow_mut().push_back(a[1].clone());
    q.takers.wake_one();
    Ok(Value::NONE)
}

fn get(v: &Value, block: &Value, timeout: &Value) -> Result {
    let q = queue(v);
    let block = block.as_bound().map_or(Ok(true), protocol::truth)?;
    let mut deadline = None;
    if block && let Some(t) = timeout.as_bound().filter(|t| !t.is_none()) {
        if crate::modules::time::timeout(t)? < 0 {
            return value_error("'timeout' must be a non-negative number");
        }
        let (waits, until) = patience(timeout)?;
        deadline = if waits { until } else { Some(0) };
    }
    loop {
        if let Some(item) = q.items.borrow_mut().pop_front() {
            return Ok(item);
        }
        if !block || deadline.is_some_and(|d| d <= minipy_sched::now()) {
            return Err(raise_args(&EMPTY, Vec::new()));
        }
        safepoint::wait(&q.takers, v, "SimpleQueue", deadline)?;
    }
}

/// `_queue.Empty`
pub static EMPTY: Type = Type::builtin::<Boxed<exception::ExcBody>>(
    "_queue.Empty",
    Layout::Exception,
    "Exception raised by Queue.get(block=0)/get_nowait().",
    &[],
)
.with_base(&exception::EXCEPTION)
.with_base_flag()
.with_attrs(size_of::<Boxed<exception::ExcBody>>());

/// `_queue.SimpleQueue`
pub static SIMPLE_QUEUE: Type = Type::builtin::<Boxed<SimpleQueueBody>>(
    "_queue.SimpleQueue",
    Layout::SimpleQueue,
    "Simple, unbounded, reentrant FIFO queue.",
    crate::defs! {
        class "__class_getitem__(item, /)" "The class with parameters, as an alias." => crate::types::alias::class_getitem;
        fn "put(item, block=True, timeout=None)" "Put the item on the queue, which never blocks." => put;
        fn "put_nowait(item)" "The same as put." => put;
        fn "get(block=True, timeout=None)" "Remove and return an item, waiting for one if asked to, at most for a number of seconds." => |a| get(&a[0], arg(a, 1), arg(a, 2));
        fn "get_nowait()" "Remove and return an item; Empty if there is none." => |a| get(&a[0], &Value::FALSE, &Value::NONE);
        fn "empty()" "Whether the queue is empty." => |a| Ok(Value::bool(queue(&a[0]).items.borrow().is_empty()));
        fn "qsize()" "How many items are on the queue." => |a| Ok(int::from_usize(queue(&a[0]).items.borrow().len()));
    },
).with_weakrefs()
.with_base_flag()
.with_slots(Slots {
    new: Some(|ty, args, names| {
        if ty.is(&SIMPLE_QUEUE.value()) && !args.is_empty() {
            let kind = if names.is_some() { "keyword" } else { "positional" };
            return type_error(format!("SimpleQueue() takes no {kind} arguments"));
        }
        make(ty, SimpleQueueBody { items: RefCell::new(VecDeque::new()), takers: WaitQueue::new() })
    }),
    init: Some(|_, _, _| Ok(())),
    ..Slots::EMPTY
});
