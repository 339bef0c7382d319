//! What iterators say of themselves to `copy` and `pickle`: with which function and arguments, and from which
//! state on, one like them is made.

use crate::object::{Result, Value, intern};
use crate::protocol;
use crate::types::int;
use crate::vm::import::import_absolute;

/// The function `iter`.
pub fn builtin_iter() -> Result {
    protocol::get_attr(&import_absolute("builtins")?, &intern("iter"))
}

/// `iter(argument)`, without a state.
pub fn afresh(argument: Value) -> Result {
    Ok(Value::tuple(vec![builtin_iter()?, Value::tuple(vec![argument])]))
}

/// `iter(sequence)`, whose next item has this index. Of an iterator that is used up, `iter(empty)`.
pub fn at(sequence: Value, index: Option<usize>, empty: Value) -> Result {
    match index {
        Some(i) => Ok(Value::tuple(vec![builtin_iter()?, Value::tuple(vec![sequence]), int::from_usize(i)])),
        None => afresh(empty),
    }
}

/// The index that a state means in a sequence of `len` items.
pub fn index(state: &Value, len: usize) -> Result<usize> {
    Ok(protocol::index_i64(state)?.clamp(0, i64::try_from(len).unwrap_or(i64::MAX)) as usize)
}

/// `class(*arguments)`
pub fn call_of(v: &Value, arguments: Vec<Value>) -> Result {
    Ok(Value::tuple(vec![v.ty().value(), Value::tuple(arguments)]))
}

/// `class(*arguments)`, which then goes on from `state`.
pub fn call_from(v: &Value, arguments: Vec<Value>, state: Value) -> Result {
    Ok(Value::tuple(vec![v.ty().value(), Value::tuple(arguments), state]))
}

/// The items of a state that is a tuple.
pub fn tuple(state: &Value) -> Result<&[Value]> {
    match state.as_tuple() {
        Some(items) => Ok(items),
        None => protocol::type_error("state is not a tuple"),
    }
}
