//! What `except*` does with an exception: each clause gets the part that it matches, and what the clauses leave or
//! raise themselves becomes one exception again.

use super::slow::exception_matches;
use super::thread::Thread;
use crate::object::{Result, Type, Value};
use crate::protocol::{self, type_error};
use crate::types::exception::{BASE_EXCEPTION_GROUP, group};

/// The part of `e` that `except* what` catches, which becomes the handled exception, and the rest; `None` for a part
/// that is empty. An exception that is no group is caught as the only one of a group.
pub fn split_group(th: &Thread, e: &Value, what: &Value) -> Result<(Value, Value)> {
    let whole = exception_matches(e, what)?;
    let alone = [what.clone()];
    let classes = what.as_tuple().unwrap_or(&alone);
    if classes.iter().any(|c| c.cast::<Type>().is_some_and(|t| t.is_subtype(&BASE_EXCEPTION_GROUP))) {
        return type_error("catching ExceptionGroup with except* is not allowed. Use except instead.");
    }
    let is_group = e.ty().is_subtype(&BASE_EXCEPTION_GROUP);
    let (part, rest) = match (whole, is_group) {
        (true, true) => (e.clone(), Value::NONE),
        (true, false) => (group::of(Value::tuple(vec![e.clone()]))?, Value::NONE),
        (false, false) => (Value::NONE, e.clone()),
        (false, true) => {
            let pair = protocol::call_method(e, "split", std::slice::from_ref(what))?;
            let Some(items) = pair.as_tuple() else {
                let (name, found) = (e.ty().name(), pair.ty().name());
                return type_error(format!("{name}.split must return a tuple, not {found}"));
            };
            let [part, rest, ..] = items else {
                let (name, n) = (e.ty().name(), items.len());
                return type_error(format!("{name}.split must return a 2-tuple, got tuple of size {n}"));
            };
            (part.clone(), rest.clone())
        }
    };
    if !part.is_none() {
        drop(th.handled.replace(part.clone()));
    }
    Ok((part, rest))
}

/// What is left to raise of the exception `original`, given what clauses raised and what none of them caught.
pub fn join_group(original: &Value, raised: &[Value]) -> Result {
    if !original.ty().is_subtype(&BASE_EXCEPTION_GROUP) {
        // Only one clause can have run.
        return Ok(raised.first().cloned().unwrap_or(Value::NONE));
    }
    // A part that is raised again, or was never caught, keeps its place in the original group.
    let (again, mut anew): (Vec<_>, Vec<_>) =
        raised.iter().filter(|e| !e.is_none()).cloned().partition(|e| group::same_history(e, original));
    anew.extend(group::projection(original, &again)?);
    match anew.len() {
        0 => Ok(Value::NONE),
        1 => Ok(anew.swap_remove(0)),
        _ => group::of(Value::list(anew)),
    }
}
