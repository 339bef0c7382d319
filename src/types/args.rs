//! Checking the arguments of constructors that take them by position only.

use crate::object::{Result, Type, Value};
use crate::protocol::type_error;

/// Raises `TypeError` for keyword arguments and for fewer than `min` or more than `max` arguments.
pub fn check(name: &str, args: &[Value], names: Option<&Value>, min: usize, max: usize) -> Result<()> {
    if names.and_then(Value::as_tuple).is_some_and(|n| !n.is_empty()) {
        return type_error(format!("{name}() takes no keyword arguments"));
    }
    let n = args.len();
    let (word, limit) = match () {
        _ if n < min => (if min == max { "" } else { "at least " }, min),
        _ if n > max => (if min == max { "" } else { "at most " }, max),
        _ => return Ok(()),
    };
    let s = if limit == 1 { "" } else { "s" };
    type_error(format!("{name} expected {word}{limit} argument{s}, got {n}"))
}

/// The arguments of a constructor of `base`, at most `max` by position. If the instance's class has the other of
/// `__new__` and `__init__` for itself, keywords are for that one.
fn constructor<'a>(
    base: &Type,
    args: &'a [Value],
    names: Option<&'a Value>,
    other: bool,
) -> Result<&'a [Value]> {
    let (given, names) = if other { (split(args, names).0, None) } else { (args, names) };
    check(base.name(), given, names, 0, 1)?;
    Ok(given)
}

/// The arguments of the `__new__` of a type that takes one by position at most.
pub fn for_new<'a>(
    base: &Type,
    ty: &Type,
    args: &'a [Value],
    names: Option<&'a Value>,
) -> Result<&'a [Value]> {
    let address = |t: &Type| t.slots().init.map(|f| f as usize);
    constructor(base, args, names, address(ty) != address(base))
}

/// The arguments of the `__init__` of a type that takes one by position at most.
pub fn for_init<'a>(
    base: &Type,
    ty: &Type,
    args: &'a [Value],
    names: Option<&'a Value>,
) -> Result<&'a [Value]> {
    let address = |t: &Type| t.slots().new.map(|f| f as usize);
    constructor(base, args, names, address(ty) != address(base))
}

/// The value of the keyword argument `name`, and the positional arguments.
pub fn split<'a>(args: &'a [Value], names: Option<&'a Value>) -> (&'a [Value], Vec<(&'a Value, &'a Value)>) {
    let keywords = names.and_then(Value::as_tuple).unwrap_or_default();
    let (positional, by_name) = args.split_at(args.len().saturating_sub(keywords.len()));
    (positional, keywords.iter().zip(by_name).collect())
}

/// Checks the arguments of a constructor that takes them by position only. A subclass with an `__init__` of its own
/// may take others by name, which are left out of what is returned.
pub fn positional<'a>(
    name: &str,
    base: &Type,
    ty: &Value,
    args: &'a [Value],
    names: Option<&'a Value>,
    (min, max): (usize, usize),
) -> Result<&'a [Value]> {
    let init = |t: &Type| t.slots().init.map(|f| f as usize);
    let own_init = ty.cast::<Type>().is_some_and(|t| init(t) != init(base));
    let (by_position, _) = split(args, names);
    check(name, if own_init { by_position } else { args }, names.filter(|_| !own_init), min, max)?;
    Ok(by_position)
}
