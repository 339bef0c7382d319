//! Attributes, identity and classes: `getattr`, `isinstance`, `dir`, ...

use crate::object::{Result, Value, arg, intern};
use crate::protocol::{self, type_error};
use crate::types::type_::attr_name;
use crate::types::{exception, int, list};
use crate::vm;
use num_bigint::BigInt;

pub(super) fn getattr(a: &[Value]) -> Result {
    let (v, name) = (arg(a, 0), attr_name(arg(a, 1))?);
    match arg(a, 2).as_bound() {
        None => protocol::get_attr(v, &name),
        Some(default) => Ok(protocol::get_attr_opt(v, &name)?.unwrap_or_else(|| default.clone())),
    }
}

pub(super) fn hasattr(a: &[Value]) -> Result {
    let name = attr_name(arg(a, 1))?;
    Ok(Value::bool(protocol::get_attr_opt(arg(a, 0), &name)?.is_some()))
}

pub(super) fn setattr(a: &[Value]) -> Result {
    protocol::set_attr(arg(a, 0), &attr_name(arg(a, 1))?, Some(arg(a, 2).clone()))?;
    Ok(Value::NONE)
}

pub(super) fn delattr(a: &[Value]) -> Result {
    protocol::set_attr(arg(a, 0), &attr_name(arg(a, 1))?, None)?;
    Ok(Value::NONE)
}

pub(super) fn callable(a: &[Value]) -> Result {
    Ok(Value::bool(arg(a, 0).ty().slots().call.is_some()))
}

pub(super) fn hash(a: &[Value]) -> Result {
    Ok(int::from_i64(protocol::hash(arg(a, 0))?))
}

pub(super) fn id(a: &[Value]) -> Result {
    let id = arg(a, 0).id();
    Ok(match i64::try_from(id) {
        Ok(i) => int::from_i64(i),
        Err(_) => int::from_big(BigInt::from(id)),
    })
}

pub(super) fn dir(a: &[Value]) -> Result {
    let names = match arg(a, 0).as_bound() {
        Some(v) => match protocol::call_special(v, "__dir__", &[]) {
            Some(names) => protocol::collect(&names?)?,
            None => Vec::new(),
        },
        None => vm::current_locals().as_ref().map_or(Ok(Vec::new()), protocol::collect)?,
    };
    let mut names = names;
    list::sort_items(&mut names, None, false)?;
    Ok(Value::list(names))
}

pub(super) fn vars(a: &[Value]) -> Result {
    let Some(v) = arg(a, 0).as_bound() else {
        return Ok(vm::current_locals().unwrap_or_else(crate::object::Dict::new));
    };
    match protocol::get_attr_opt(v, &intern("__dict__"))? {
        Some(dict) => Ok(dict),
        None => type_error("vars() argument must have __dict__ attribute"),
    }
}

/// `help`, of `pydoc`.
pub(super) fn help(a: &[Value]) -> Result {
    let help = protocol::get_attr(&vm::import::import_absolute("pydoc")?, &intern("help"))?;
    protocol::call(&help, a[0].as_tuple().unwrap_or_default())
}

pub(super) fn exit(a: &[Value]) -> Result {
    let code = arg(a, 0).as_bound().cloned();
    Err(protocol::raise_args(&exception::SYSTEM_EXIT, code.into_iter().collect()))
}

pub(super) fn isinstance(a: &[Value]) -> Result {
    protocol::is_instance(arg(a, 0), arg(a, 1)).map(Value::bool)
}

pub(super) fn issubclass(a: &[Value]) -> Result {
    protocol::is_subclass(arg(a, 0), arg(a, 1)).map(Value::bool)
}
