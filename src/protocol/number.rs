//! Binary and unary operators.

use super::{overflow_error, type_error};
use crate::object::{BinOp, Raised, Result, Type, Value, intern_static};
use crate::types::native_function::BUILTIN;
use crate::types::{exception, int};

fn unsupported(op: &str, a: &Value, b: &Value) -> Result {
    type_error(format!("unsupported operand type(s) for {op}: '{}' and '{}'", a.ty().name(), b.ty().name()))
}

fn try_binary(op: BinOp, a: &Value, b: &Value) -> Result {
    let (ta, tb) = (a.ty(), b.ty());
    let fa = ta.slots().binary[op as usize];
    let fb = tb.slots().binary[op as usize];
    // One shared function checks both operands itself.
    let fb = if std::ptr::eq(ta, tb) || (fa.is_some() && fa.map(|f| f as usize) == fb.map(|f| f as usize)) {
        if fa.is_some() && !std::ptr::eq(ta, tb) && tb.is_heap() { fb } else { None }
    } else {
        fb
    };
    // A subclass's operator on the right goes first.
    if let Some(fb) = fb
        && !std::ptr::eq(ta, tb)
        && tb.is_subtype(ta)
        && super::slots::overrides_reflected(op, tb, ta)
    {
        let r = fb(a, b)?;
        if !r.is(&Value::NOT_IMPLEMENTED) {
            return Ok(r);
        }
        return fa.map_or(Ok(Value::NOT_IMPLEMENTED), |f| f(a, b));
    }
    if let Some(fa) = fa {
        let r = fa(a, b)?;
        if !r.is(&Value::NOT_IMPLEMENTED) {
            return Ok(r);
        }
    }
    match fb {
        Some(fb) => fb(a, b),
        None => Ok(Value::NOT_IMPLEMENTED),
    }
}

/// `a op b`
pub fn binary(op: BinOp, a: &Value, b: &Value) -> Result {
    let r = try_binary(op, a, b)?;
    if r.is(&Value::NOT_IMPLEMENTED) { unsupported_operands(op, false, a, b) } else { Ok(r) }
}

/// `a op= b`; returns what `a` becomes.
pub fn inplace(op: BinOp, a: &Value, b: &Value) -> Result {
    if let Some(f) = a.ty().slots().inplace[op as usize] {
        let r = f(a, b)?;
        if !r.is(&Value::NOT_IMPLEMENTED) {
            return Ok(r);
        }
    }
    let r = try_binary(op, a, b)?;
    if !r.is(&Value::NOT_IMPLEMENTED) {
        return Ok(r);
    }
    unsupported_operands(op, true, a, b)
}

/// The error of `a op b` (`a op= b`) when no method serves both.
pub(super) fn unsupported_operands(op: BinOp, in_place: bool, a: &Value, b: &Value) -> Result {
    match op {
        BinOp::RShift if !in_place && is_print(a) => type_error(format!(
            "unsupported operand type(s) for >>: '{}' and '{}'. Did you mean \"print(<message>, file=<output_stream>)\"?",
            a.ty().name(),
            b.ty().name()
        )),
        _ if !in_place => sequence_or_error(op, op.names().0, a, b),
        BinOp::Pow => sequence_or_error(op, "**=", a, b),
        _ => sequence_or_error(op, &format!("{}=", op.names().0), a, b),
    }
}

/// Whether it is the built-in function that was a statement in Python 2.
fn is_print(v: &Value) -> bool {
    v.is_exact(&BUILTIN)
        && super::get_attr(v, &intern_static("__name__")).is_ok_and(|name| name.as_str() == Some("print"))
}

/// The messages of sequences, whose `+` and `*` are tried last in CPython.
fn sequence_or_error(op: BinOp, symbol: &str, a: &Value, b: &Value) -> Result {
    let not_a_number =
        |v: &Value| type_error(format!("can't multiply sequence by non-int of type '{}'", v.ty().name()));
    match op {
        BinOp::Add => match concatenated(a, "__add__") {
            Some(ty) => cannot_concatenate(ty, a, b),
            None => unsupported(symbol, a, b),
        },
        BinOp::Mul if concatenated(a, "__mul__").is_some() => not_a_number(b),
        // In place, the right operand is only asked when the left one is no sequence of any kind.
        BinOp::Mul
            if concatenated(b, "__mul__").is_some() && (symbol == "*" || !has_sequence_slots(a.ty())) =>
        {
            not_a_number(a)
        }
        _ => unsupported(symbol, a, b),
    }
}

/// Whether a native type is a sequence with a `+`.
pub fn concatenates(ty: &Type) -> bool {
    let slots = ty.slots();
    slots.get_item.is_some() && slots.len.is_some() && slots.binary[BinOp::Add as usize].is_some()
}

/// The native sequence type that gives `v` its `+` and `*`, unless a class has a method `name` of its own.
fn concatenated<'a>(v: &'a Value, name: &'static str) -> Option<&'a Type> {
    let ty = v.ty();
    if !ty.is_heap() {
        return Some(ty).filter(|ty| concatenates(ty));
    }
    let native = ty.mro().find(|t| !t.is_heap()).filter(|t| concatenates(t))?;
    let (own, inherited) = (ty.lookup(&intern_static(name))?, native.lookup(&intern_static(name))?);
    own.is(&inherited).then_some(native)
}

/// The error of `a + b` for a sequence `a` that gets its `+` from the type `ty`.
pub fn cannot_concatenate(ty: &Type, a: &Value, b: &Value) -> Result {
    let (name, given) = (ty.name(), b.ty().name());
    match name {
        "bytes" | "bytearray" => type_error(format!("can't concat {given} to {}", a.ty().name())),
        _ => type_error(format!("can only concatenate {name} (not \"{given}\") to {name}")),
    }
}

/// Whether CPython's type has a table of sequence slots, be they filled or not, as every class of a program has.
pub(super) fn has_sequence_slots(ty: &Type) -> bool {
    let slots = ty.slots();
    ty.is_heap() || slots.len.is_some() || slots.contains.is_some() || ty.name() == "re.Match"
}

fn unary(v: &Value, f: Option<fn(&Value) -> Result>, symbol: &str) -> Result {
    match f {
        Some(f) => f(v),
        None => type_error(format!("bad operand type for {symbol}: '{}'", v.ty().name())),
    }
}

/// `-v`
pub fn neg(v: &Value) -> Result {
    unary(v, v.ty().slots().neg, "unary -")
}

/// `+v`
pub fn pos(v: &Value) -> Result {
    unary(v, v.ty().slots().pos, "unary +")
}

/// `~v`
pub fn invert(v: &Value) -> Result {
    unary(v, v.ty().slots().invert, "unary ~")
}

/// `abs(v)`
pub fn abs(v: &Value) -> Result {
    unary(v, v.ty().slots().abs, "abs()")
}

/// `operator.index(v)`: exactly an `int`. One of a subclass stands for its own value, whatever its `__index__` says.
pub fn index(v: &Value) -> Result {
    if v.is_inline_int() {
        return Ok(v.clone());
    }
    if v.ty().is_subtype(&int::INT) {
        return int::exact(v);
    }
    match v.ty().slots().index {
        Some(f) => {
            let r = f(v)?;
            if r.ty().is_subtype(&int::INT) {
                if !r.is_exact(&int::INT) {
                    super::warn_of_subclass("__index__", "int", &r)?;
                }
                return int::exact(&r);
            }
            type_error(format!("__index__ returned non-int (type {})", r.ty().name()))
        }
        None => type_error(format!("'{}' object cannot be interpreted as an integer", v.ty().name())),
    }
}

/// `operator.index(v)` as an `i64`, too large ones clipped to its range (for slices and the like).
pub fn index_clipped(v: &Value) -> Result<i64> {
    let i = index(v)?;
    Ok(int::to_i64(&i).unwrap_or_else(|| if int::is_negative(&i) { i64::MIN } else { i64::MAX }))
}

/// `operator.index(v)` as an `i64`; `OverflowError` for too large ones.
pub fn index_i64(v: &Value) -> Result<i64> {
    let i = index(v)?;
    match int::to_i64(&i) {
        Some(i) => Ok(i),
        None => overflow_error("Python int too large to convert to C ssize_t"),
    }
}

/// `operator.index(v)` as a sequence index; `IndexError` for too large ones.
pub fn index_position(v: &Value) -> Result<i64> {
    let i = index(v)?;
    int::to_i64(&i).ok_or_else(|| -> Raised {
        super::raise(
            &exception::INDEX_ERROR,
            format!("cannot fit '{}' into an index-sized integer", v.ty().name()),
        )
    })
}
