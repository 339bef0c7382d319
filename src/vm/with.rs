//! The statement `with`: entering a context manager, and leaving it, with or without an exception.

use crate::object::{Result, Value, intern, names};
use crate::protocol::{self, call, type_error};
use crate::types::exception;
use crate::types::function::{FUNCTION, METHOD_DESCRIPTOR};

/// The bound `__exit__`, or the manager itself if its type fills the slot `manager`, and the result of `__enter__`.
pub fn enter(manager: &Value, is_async: bool) -> Result<(Value, Value)> {
    if let Some((enter, _)) = manager.ty().slots().manager
        && !is_async
    {
        return Ok((manager.clone(), enter(manager)?));
    }
    let missing = |protocol: &str| {
        let (name, kind) = (manager.ty().name(), if is_async { "asynchronous " } else { "" });
        type_error(format!("'{name}' object does not support the {kind}context manager protocol{protocol}"))
    };
    if is_async {
        let Some(enter) = protocol::lookup_special(manager, &intern("__aenter__"))? else {
            return missing("");
        };
        let Some(exit) = protocol::lookup_special(manager, &intern("__aexit__"))? else {
            return missing(" (missed __aexit__ method)");
        };
        return Ok((exit, call(&enter, &[])?));
    }
    let Some(enter) = manager.ty().lookup(&names::ENTER) else { return missing("") };
    let Some(exit) = protocol::lookup_special(manager, &names::EXIT)? else {
        return missing(" (missed __exit__ method)");
    };
    let entered = if enter.is_exact(&FUNCTION) || enter.is_exact(&METHOD_DESCRIPTOR) {
        call(&enter, std::slice::from_ref(manager))?
    } else if let Some(bound) = protocol::lookup_special(manager, &names::ENTER)? {
        call(&bound, &[])?
    } else {
        return missing("");
    };
    Ok((exit, entered))
}

/// Calls what [`enter`] gave, without an exception.
pub fn exit(exit: &Value) -> Result {
    match exit.ty().slots().manager {
        Some((_, leave)) => leave(exit),
        None => call(exit, &[Value::NONE, Value::NONE, Value::NONE]),
    }
}

/// What `__exit__` or `__aexit__` says about an exception.
pub fn except(exit: &Value, e: &Value) -> Result {
    if let Some((_, leave)) = exit.ty().slots().manager {
        return leave(exit);
    }
    let traceback = exception::traceback(e).unwrap_or(Value::NONE);
    call(exit, &[e.ty().value(), e.clone(), traceback])
}
