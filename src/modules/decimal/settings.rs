//! Setting what a context consists of, with the checks.

use super::context::{ContextBody, ROUNDINGS};
use super::signals::{installed, signal_of};
use crate::modules::native::this;
use crate::object::{Dict, List, Result, Value, intern};
use crate::protocol::{self, overflow_error, raise_args, type_error, value_error};
use crate::types::{exception, int};
use minipy_decimal::{MAX_EMAX, MAX_PREC, MIN_EMIN, Status};
use num_traits::ToPrimitive;

/// An integer that fits a machine word.
pub(super) fn word(v: &Value) -> Result<i64> {
    match int::to_big(v).and_then(|n| n.to_i64()) {
        Some(n) => Ok(n),
        None => overflow_error("Python int too large to convert to C ssize_t"),
    }
}

fn integer(v: &Value) -> Result<i64> {
    if int::view(v).is_none() {
        return type_error("an integer is required");
    }
    word(v)
}

/// Sets the setting called `name`.
pub(super) fn set(v: &Value, name: &str, value: &Value) -> Result<()> {
    let body = this::<ContextBody>(v);
    let mut c = body.context.get();
    match name {
        "prec" => match integer(value)? {
            n @ 1..=MAX_PREC => c.precision = n,
            _ => return value_error("valid range for prec is [1, MAX_PREC]"),
        },
        "rounding" => match value.as_str().and_then(|t| ROUNDINGS.iter().find(|r| r.0 == t)) {
            Some(r) => c.rounding = r.1,
            None => {
                return type_error(
                    "valid values for rounding are:\n  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN,\n   \
                     ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN,\n   ROUND_05UP]",
                );
            }
        },
        "Emin" => match integer(value)? {
            n @ MIN_EMIN..=0 => c.emin = n,
            _ => return value_error("valid range for Emin is [MIN_EMIN, 0]"),
        },
        "Emax" => match integer(value)? {
            n @ 0..=MAX_EMAX => c.emax = n,
            _ => return value_error("valid range for Emax is [0, MAX_EMAX]"),
        },
        "capitals" => match integer(value)? {
            n @ 0..=1 => body.capitals.set(n == 1),
            _ => return value_error("valid values for capitals are 0 or 1"),
        },
        "clamp" => match integer(value)? {
            n @ 0..=1 => c.clamp = n == 1,
            _ => return value_error("valid values for clamp are 0 or 1"),
        },
        "flags" => body.flags.set(signals_of_dict(value)?),
        _ => body.traps.set(signals_of_dict(value)?),
    }
    body.context.set(c);
    Ok(())
}

/// The signals that a mapping of flags sets.
fn signals_of_dict(v: &Value) -> Result<Status> {
    let own = protocol::is_instance(v, &installed(&intern("SignalDict"))?)?;
    let copy;
    let dict = match v.cast::<Dict>() {
        Some(dict) => dict,
        None if own => {
            copy = protocol::call_method(v, "copy", &[])?;
            let Some(dict) = copy.cast::<Dict>() else { return type_error("argument must be a signal dict") };
            dict
        }
        None => return type_error("argument must be a signal dict"),
    };
    let items = dict.items();
    if items.len() != super::signals::SIGNALS.len() {
        return Err(raise_args(&exception::KEY_ERROR, vec![Value::str("invalid signal dict")]));
    }
    let mut status = Status::NONE;
    for (class, set) in items {
        let Some(signal) = signal_of(&class)? else {
            return Err(raise_args(&exception::KEY_ERROR, vec![Value::str("invalid error flag")]));
        };
        if protocol::truth(&set)? {
            status.add(signal);
        }
    }
    Ok(status)
}

/// The signals in a list of classes.
pub(super) fn signals_of_list(v: &Value) -> Result<Status> {
    let mut status = Status::NONE;
    let items = v.cast::<List>().map_or_else(Vec::new, |l| l.items.borrow().clone());
    for class in items {
        match signal_of(&class)? {
            Some(signal) => status.add(signal),
            None => {
                let message = "valid values for signals are:\n  [InvalidOperation, FloatOperation, DivisionByZero,\n   \
                               Overflow, Underflow, Subnormal, Inexact, Rounded,\n   Clamped]";
                return Err(raise_args(&exception::KEY_ERROR, vec![Value::str(message)]));
            }
        }
    }
    Ok(status)
}
