//! `bool`: the constants `True` and `False`, integers with a `repr` and logic of their own.

use super::int;
use crate::object::{BinOp, Layout, Result, Slots, Type, Value, intern};
use crate::protocol::{bind_args, truth};

/// The type `bool`.
pub static BOOL: Type =
    Type::builtin::<int::Big>("bool", Layout::Int, "Whether something is true: False or True.", &[])
        .with_slots(SLOTS)
        .with_base(&int::INT);

const SLOTS: Slots = {
    let mut slots = Slots {
        repr: Some(|v| Ok(intern(if v.is(&Value::TRUE) { "True" } else { "False" }))),
        bool: Some(|v| Ok(v.is(&Value::TRUE))),
        new: Some(new),
        ..int::SLOTS
    };
    slots.binary[BinOp::And as usize] = Some(|a, b| logic(BinOp::And, a, b));
    slots.binary[BinOp::Or as usize] = Some(|a, b| logic(BinOp::Or, a, b));
    slots.binary[BinOp::Xor as usize] = Some(|a, b| logic(BinOp::Xor, a, b));
    slots
};

fn new(_: &Value, args: &[Value], names: Option<&Value>) -> Result {
    let args = bind_args("bool", crate::sig!("bool(x=False, /)"), args, names)?;
    match args.first().and_then(Value::as_bound) {
        Some(x) => truth(x).map(Value::bool),
        None => Ok(Value::FALSE),
    }
}

/// The value of a `bool`.
pub fn to_bool(v: &Value) -> Option<bool> {
    if v.is(&Value::TRUE) {
        Some(true)
    } else if v.is(&Value::FALSE) {
        Some(false)
    } else {
        None
    }
}

/// `&`, `|` and `^` of two `bool`s are a `bool`; with an `int` they are an `int`.
fn logic(op: BinOp, a: &Value, b: &Value) -> Result {
    let (Some(a), Some(b)) = (to_bool(a), to_bool(b)) else { return int::binary(op, a, b) };
    Ok(Value::bool(match op {
        BinOp::And => a & b,
        BinOp::Or => a | b,
        _ => a ^ b,
    }))
}
