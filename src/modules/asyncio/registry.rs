//! Which tasks there are and which one runs.
//!
//! Tasks are known weakly: one that nobody will wake dies as any other object, and says so. Invariant: a task's place
//! in the table is its own until it is done or dies.

use super::future::{self, Future};
use crate::object::weak::{self, WeakRef};
use crate::object::{Result, Value};
use crate::protocol::{self, runtime_error};
use crate::types::set;
use crate::types::weakref::REF;
use std::cell::RefCell;

struct Tables {
    /// Weak references; unbound: a place that is free.
    tasks: Vec<Value>,
    free: Vec<usize>,
    /// The task that runs in each loop that runs one.
    running: Vec<(Value, Value)>,
}

struct Shared(RefCell<Tables>);
// SAFETY: only the holder of the GIL uses it, and no borrow is held while Python code runs.
#[allow(unsafe_code)]
unsafe impl Sync for Shared {}
static TABLES: Shared =
    Shared(RefCell::new(Tables { tasks: Vec::new(), free: Vec::new(), running: Vec::new() }));

/// The place of a task that is in no table.
pub const NOWHERE: usize = usize::MAX;

/// Adds a task; its place.
pub fn add(task: &Value) -> usize {
    let reference = weak::new(&REF, task, Value::UNBOUND);
    let mut t = TABLES.0.borrow_mut();
    match t.free.pop() {
        Some(i) => {
            t.tasks[i] = reference;
            i
        }
        None => {
            t.tasks.push(reference);
            t.tasks.len() - 1
        }
    }
}

/// Forgets the task at a place.
pub fn remove(place: usize) {
    let mut t = TABLES.0.borrow_mut();
    let old = match t.tasks.get_mut(place) {
        Some(slot) if !slot.is_unbound() => slot.take(),
        _ => return,
    };
    t.free.push(place);
    drop(t);
    drop(old);
}

/// The tasks of a loop that are not done, as a set.
pub fn all(event_loop: &Value) -> Result {
    let tasks: Vec<Value> =
        TABLES.0.borrow().tasks.iter().filter_map(|r| r.cast::<WeakRef>()?.target()).collect();
    let mine =
        |t: &Value| t.cast::<Future>().is_some_and(|f| future::event_loop(f).is(event_loop) && !f.is_done());
    let found = set::new_empty();
    tasks.into_iter().filter(mine).try_for_each(|t| set::add(&found, &t))?;
    Ok(found)
}

/// The task that runs in a loop, or `None`.
pub fn current(event_loop: &Value) -> Value {
    let t = TABLES.0.borrow();
    t.running.iter().find(|(l, _)| l.is(event_loop)).map_or(Value::NONE, |(_, task)| task.clone())
}

/// A task begins a step.
pub fn enter(event_loop: &Value, task: &Value) -> Result<()> {
    let other = current(event_loop);
    if !other.is_none() {
        let (task, other) = (protocol::repr_string(task)?, protocol::repr_string(&other)?);
        return runtime_error(format!(
            "Cannot enter into task {task} while another task {other} is being executed."
        ));
    }
    TABLES.0.borrow_mut().running.push((event_loop.clone(), task.clone()));
    Ok(())
}

/// The task that runs in a loop ends its step.
pub fn leave(event_loop: &Value) {
    let mut t = TABLES.0.borrow_mut();
    let entry = t.running.iter().rposition(|(l, _)| l.is(event_loop)).map(|i| t.running.swap_remove(i));
    drop(t);
    drop(entry);
}

/// The same for a task that says which one it is.
pub fn leave_checked(event_loop: &Value, task: &Value) -> Result<()> {
    let running = current(event_loop);
    if !running.is(task) {
        let (task, running) = (protocol::repr_string(task)?, protocol::repr_string(&running)?);
        return runtime_error(format!("Leaving task {task} does not match the current task {running}."));
    }
    leave(event_loop);
    Ok(())
}
