//! The types of `None`, `NotImplemented` and `...`: inline constants, so their types have no objects.

use crate::object::{Head, Layout, Result, Slots, Type, Value, intern};
use crate::protocol::{type_error, warn};
use crate::types::exception;

/// The type of `None`.
pub static NONE_TYPE: Type = Type::builtin::<Head>("NoneType", Layout::Other, "", &[]).with_slots(Slots {
    repr: Some(|_| Ok(intern("None"))),
    hash: Some(hash),
    bool: Some(|_| Ok(false)),
    new: Some(|_, args, _| only(Value::NONE, "NoneType", args)),
    ..Slots::EMPTY
});

/// The type of `NotImplemented`.
pub static NOT_IMPLEMENTED_TYPE: Type = Type::builtin::<Head>("NotImplementedType", Layout::Other, "", &[])
    .with_slots(Slots {
        repr: Some(|_| Ok(intern("NotImplemented"))),
        hash: Some(hash),
        bool: Some(|_| {
            let message = "NotImplemented should not be used in a boolean context";
            warn(&exception::DEPRECATION_WARNING, message).map(|()| true)
        }),
        new: Some(|_, args, _| only(Value::NOT_IMPLEMENTED, "NotImplementedType", args)),
        ..Slots::EMPTY
    });

/// The type of `...`.
pub static ELLIPSIS_TYPE: Type =
    Type::builtin::<Head>("ellipsis", Layout::Other, "", &[]).with_slots(Slots {
        repr: Some(|_| Ok(intern("Ellipsis"))),
        hash: Some(hash),
        new: Some(|_, args, _| only(Value::ELLIPSIS, "EllipsisType", args)),
        ..Slots::EMPTY
    });

fn hash(v: &Value) -> Result<i64> {
    Ok(v.bits() as i64)
}

fn only(value: Value, name: &str, args: &[Value]) -> Result {
    if args.is_empty() { Ok(value) } else { type_error(format!("{name} takes no arguments")) }
}
