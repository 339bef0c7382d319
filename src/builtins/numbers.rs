//! `abs`, `divmod`, `pow`, `round`, `bin`, `oct`, `hex`.

use crate::object::{BinOp, Result, Value, arg};
use crate::protocol::{self, type_error, value_error};
use crate::types::{bool, complex, float, int};
use num_bigint::BigInt;
use num_traits::{Signed, Zero};
use std::ptr;

pub(super) fn abs(a: &[Value]) -> Result {
    protocol::abs(arg(a, 0))
}

pub(super) fn bin(a: &[Value]) -> Result {
    in_base(arg(a, 0), 2, "0b")
}

pub(super) fn oct(a: &[Value]) -> Result {
    in_base(arg(a, 0), 8, "0o")
}

pub(super) fn hex(a: &[Value]) -> Result {
    in_base(arg(a, 0), 16, "0x")
}

fn in_base(v: &Value, base: u32, prefix: &str) -> Result {
    let n = protocol::index(v)?;
    let big = int::to_big(&n).or_else(|| int::to_i64(&n).map(BigInt::from)).unwrap_or_default();
    let sign = if big.is_negative() { "-" } else { "" };
    Ok(Value::str(&format!("{sign}{prefix}{}", big.magnitude().to_str_radix(base))))
}

pub(super) fn divmod(a: &[Value]) -> Result {
    let (x, y) = (arg(a, 0), arg(a, 1));
    if let (Some(m), Some(n)) = (x.as_inline_int(), y.as_inline_int())
        && n > 0
    {
        let pair = [m.div_euclid(n), m.rem_euclid(n)];
        return Ok(Value::tuple_from(2, pair.map(int::from_i64)));
    }
    for (v, name, other) in [(x, "__divmod__", y), (y, "__rdivmod__", x)] {
        if let Some(r) = protocol::call_special(v, name, std::slice::from_ref(other)) {
            let r = r?;
            if !r.is(&Value::NOT_IMPLEMENTED) {
                return Ok(r);
            }
        }
    }
    let has = |v: &Value| v.ty().slots().binary[BinOp::FloorDiv as usize].is_some() && !v.ty().is_heap();
    if !has(x) || !has(y) {
        return type_error(format!(
            "unsupported operand type(s) for divmod(): '{}' and '{}'",
            x.ty().name(),
            y.ty().name()
        ));
    }
    let quotient = protocol::binary(BinOp::FloorDiv, x, y)?;
    Ok(Value::tuple_from(2, [quotient, protocol::binary(BinOp::Mod, x, y)?]))
}

pub(super) fn pow(a: &[Value]) -> Result {
    let (base, exponent) = (arg(a, 0), arg(a, 1));
    let Some(modulus) = arg(a, 2).as_bound().filter(|m| !m.is_none()) else {
        return protocol::binary(BinOp::Pow, base, exponent);
    };
    // The numbers of the language itself do it here.
    let plain = |v: &Value| {
        let ty = v.ty();
        !ty.is_heap()
            && [&int::INT, &bool::BOOL, &float::FLOAT, &complex::COMPLEX].iter().any(|t| ptr::eq(*t, ty))
    };
    if !plain(base)
        && base.ty().slots().binary[BinOp::Pow as usize].is_some()
        && let Some(r) = protocol::call_special(base, "__pow__", &[exponent.clone(), modulus.clone()])
    {
        return r;
    }
    let (Some(b), Some(e), Some(m)) = (int::to_big(base), int::to_big(exponent), int::to_big(modulus)) else {
        let number = |v: &Value| v.ty().slots().binary[BinOp::Pow as usize].is_some();
        let numbers = [base, exponent, modulus];
        // The first that is no integer refuses.
        let refusing = numbers.into_iter().find(|v| int::view(v).is_none());
        return if refusing.is_some_and(|v| v.ty().is_subtype(&complex::COMPLEX)) {
            value_error("complex modulo")
        } else if numbers.into_iter().all(number) {
            type_error("pow() 3rd argument not allowed unless all arguments are integers")
        } else {
            type_error(format!(
                "unsupported operand type(s) for ** or pow(): '{}', '{}', '{}'",
                base.ty().name(),
                exponent.ty().name(),
                modulus.ty().name()
            ))
        };
    };
    if m.is_zero() {
        return value_error("pow() 3rd argument cannot be 0");
    }
    let b = if e.is_negative() { b.modinv(&m) } else { Some(b) };
    match b {
        Some(b) => Ok(int::from_big(b.modpow(&e.abs(), &m))),
        None => value_error("base is not invertible for the given modulus"),
    }
}

pub(super) fn round(a: &[Value]) -> Result {
    let (number, digits) = (arg(a, 0), arg(a, 1).as_bound().filter(|d| !d.is_none()));
    match protocol::call_special(number, "__round__", digits.map_or(&[][..], std::slice::from_ref)) {
        Some(r) => r,
        None => type_error(format!("type {} doesn't define __round__ method", number.ty().name())),
    }
}
