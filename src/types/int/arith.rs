//! Integer arithmetic.

use super::{Big, INT, Int, from_big, from_i64, from_i128, true_divide, view};
use crate::object::{BinOp, Result, Value};
use crate::protocol::{memory_error, overflow_error, type_error, value_error, zero_division};
use crate::types::bool::to_bool;
use crate::types::float;
use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};

/// Results beyond this many bits (2 GiB) are a `MemoryError` at once: computing them would take hours.
const MAX_BITS: u64 = 1 << 34;

/// `a op b` for two `int`s of any size, the slow path of the VM (`None`: not both ints, or no operator of theirs).
pub fn arithmetic(op: BinOp, a: &Value, b: &Value) -> Option<Result> {
    if op == BinOp::MatMul {
        return None;
    }
    if matches!(op, BinOp::And | BinOp::Or | BinOp::Xor) && [a, b].map(to_bool).iter().all(Option::is_some) {
        return None; // a bool, which these are not
    }
    let (a, b) = (view(a)?, view(b)?);
    Some(match (a, b) {
        (Int::Small(a), Int::Small(b)) => small(op, a, b),
        _ => big(op, a, b),
    })
}

/// `a op= b` in the memory of the big integer `a`, if nothing else refers to it. With `swapped`, `a = b op a`.
/// False: nothing was done.
#[inline]
pub fn update(op: BinOp, a: &mut Value, b: &Value, swapped: bool) -> bool {
    // SAFETY: objects of exactly this type are `Big`s, and ints have no weak references.
    let Some(big) = (unsafe { a.get_mut_exact::<Big>(&INT) }) else { return false };
    let x = &mut big.body.value;
    match (op, b.as_inline_int()) {
        (BinOp::Mul, Some(i)) => *x *= i,
        (BinOp::Add, Some(i)) => *x += i,
        (BinOp::Sub, Some(i)) if !swapped => *x -= i,
        (BinOp::Add | BinOp::Sub, None) => match view(b) {
            Some(Int::Big(y)) if op == BinOp::Add => *x += y,
            Some(Int::Big(y)) if !swapped => *x -= y,
            _ => return false,
        },
        _ => return false,
    }
    if x.bits() < 63 {
        let small = from_big(std::mem::take(x));
        *a = small;
    }
    true
}

fn small(op: BinOp, a: i64, b: i64) -> Result {
    Ok(match op {
        BinOp::Add => from_i128(i128::from(a) + i128::from(b)),
        BinOp::Sub => from_i128(i128::from(a) - i128::from(b)),
        BinOp::Mul => from_i128(i128::from(a) * i128::from(b)),
        BinOp::Div => return true_divide(Int::Small(a), Int::Small(b)).map(float::from_f64),
        BinOp::FloorDiv | BinOp::Mod if b == 0 => return by_zero(op),
        BinOp::FloorDiv => from_i128(Integer::div_floor(&i128::from(a), &i128::from(b))),
        BinOp::Mod => from_i128(i128::from(a).mod_floor(&i128::from(b))),
        BinOp::Pow => return pow(Int::Small(a), Int::Small(b)),
        BinOp::LShift => return shift_left(Int::Small(a), Int::Small(b)),
        BinOp::RShift if b < 0 => return value_error("negative shift count"),
        BinOp::RShift => from_i64(a >> b.min(63)),
        BinOp::And => from_i64(a & b),
        BinOp::Or => from_i64(a | b),
        BinOp::Xor => from_i64(a ^ b),
        BinOp::MatMul => Value::NOT_IMPLEMENTED,
    })
}

fn big(op: BinOp, a: Int, b: Int) -> Result {
    use Int::{Big, Small};
    // One machine word and one big number: no conversion, for products like factorials.
    let result = match (op, a, b) {
        (BinOp::Add, Big(x), Small(i)) | (BinOp::Add, Small(i), Big(x)) => x + i,
        (BinOp::Add, ..) => a.to_big() + b.to_big(),
        (BinOp::Sub, Big(x), Small(i)) => x - i,
        (BinOp::Sub, Small(i), Big(x)) => i - x,
        (BinOp::Sub, ..) => a.to_big() - b.to_big(),
        (BinOp::Mul, Big(x), Small(i)) | (BinOp::Mul, Small(i), Big(x)) => x * i,
        (BinOp::Mul, Big(x), Big(y)) => x * y,
        (BinOp::Div, ..) => return true_divide(a, b).map(float::from_f64),
        (BinOp::FloorDiv | BinOp::Mod, _, Small(0)) => return by_zero(op),
        (BinOp::Mod, Big(x), Small(i)) => {
            // The remainder truncates towards zero: give it the divisor's sign.
            let rest = (x % i).to_i64().unwrap_or_default();
            return Ok(from_i64(if rest != 0 && (rest < 0) != (i < 0) { rest + i } else { rest }));
        }
        (BinOp::FloorDiv, Big(x), Big(y)) => x.div_floor(y),
        (BinOp::FloorDiv, ..) => a.to_big().div_floor(&b.to_big()),
        (BinOp::Mod, ..) => a.to_big().mod_floor(&b.to_big()),
        (BinOp::Pow, ..) => return pow(a, b),
        (BinOp::LShift, ..) => return shift_left(a, b),
        (BinOp::RShift, _, b) if b.is_negative() => return value_error("negative shift count"),
        (BinOp::RShift, Big(x), Small(n)) => x >> n as u64,
        (BinOp::RShift, ..) => BigInt::from(if a.is_negative() { -1 } else { 0 }),
        (BinOp::And, Big(x), Big(y)) => x & y,
        (BinOp::And, ..) => a.to_big() & b.to_big(),
        (BinOp::Or, ..) => a.to_big() | b.to_big(),
        (BinOp::Xor, ..) => a.to_big() ^ b.to_big(),
        (BinOp::MatMul | BinOp::Mul, ..) => return Ok(Value::NOT_IMPLEMENTED),
    };
    Ok(from_big(result))
}

fn by_zero(op: BinOp) -> Result {
    zero_division(if op == BinOp::Mod {
        "integer modulo by zero"
    } else {
        "integer division or modulo by zero"
    })
}

/// `a << b`
pub fn shift_left(a: Int, b: Int) -> Result {
    if b.is_negative() {
        return value_error("negative shift count");
    }
    match (a, b) {
        (Int::Small(0), _) => Ok(from_i64(0)),
        (Int::Small(i), Int::Small(n @ 0..64)) => Ok(from_shift(i, n)),
        (_, Int::Big(_)) => overflow_error("too many digits in integer"),
        (_, Int::Small(n)) if a.bits().saturating_add(n as u64) > MAX_BITS => memory_error(),
        (_, Int::Small(n)) => Ok(from_big(a.to_big() << n as u64)),
    }
}

fn from_shift(i: i64, n: i64) -> Value {
    from_i128(i128::from(i) << n)
}

/// `a // b` and `a % b`.
pub fn div_mod(a: Int, b: Int) -> Result<(Value, Value)> {
    match (a, b) {
        (_, Int::Small(0)) => zero_division("integer division or modulo by zero"),
        (Int::Small(a), Int::Small(b)) => {
            let (q, r) = i128::from(a).div_mod_floor(&i128::from(b));
            Ok((from_i128(q), from_i128(r)))
        }
        (a, b) => {
            let (q, r) = a.to_big().div_mod_floor(&b.to_big());
            Ok((from_big(q), from_big(r)))
        }
    }
}

fn pow(base: Int, exponent: Int) -> Result {
    if exponent.is_negative() {
        let (x, y) = (base.to_f64(), exponent.to_f64());
        if x.is_infinite() || y.is_infinite() {
            return overflow_error("int too large to convert to float");
        }
        return float::pow(x, y);
    }
    let n = match (base, exponent) {
        (_, Int::Small(0)) | (Int::Small(1), _) => return Ok(from_i64(1)),
        (Int::Small(0), _) => return Ok(from_i64(0)),
        (Int::Small(-1), e) => {
            let odd = match e {
                Int::Small(i) => i & 1 == 1,
                Int::Big(b) => b.bit(0),
            };
            return Ok(from_i64(if odd { -1 } else { 1 }));
        }
        (_, Int::Small(n)) => n as u64,
        (_, Int::Big(_)) => return memory_error(),
    };
    if let Int::Small(i) = base
        && let Ok(n) = u32::try_from(n)
        && let Some(power) = i128::from(i).checked_pow(n)
    {
        return Ok(from_i128(power));
    }
    // The magnitude is at least 2, so the result has at least (bits - 1) * n bits.
    if (base.bits() - 1).saturating_mul(n) > MAX_BITS {
        return memory_error();
    }
    let power = match (base, u32::try_from(n)) {
        (Int::Small(2), _) => BigInt::one() << n,
        (_, Ok(n)) => base.to_big().pow(n),
        _ => return memory_error(),
    };
    Ok(from_big(power))
}

/// `pow(base, exponent, modulus)` for three integers.
pub fn pow_mod(base: &Value, exponent: &Value, modulus: &Value) -> Result {
    let (Some(base), Some(exponent), Some(modulus)) = (view(base), view(exponent), view(modulus)) else {
        return type_error("pow() 3rd argument not allowed unless all arguments are integers");
    };
    if let Int::Small(0) = modulus {
        return value_error("pow() 3rd argument cannot be 0");
    }
    let m = modulus.to_big();
    if let (Int::Small(b), Int::Small(e @ 0..), Int::Small(m)) = (base, exponent, modulus) {
        return Ok(from_i64(small_pow_mod(b, e, m)));
    }
    let (mut base, mut exponent) = (base.to_big(), exponent.to_big());
    if exponent.is_negative() {
        let Some(inverse) = inverse(&base, &m.abs()) else {
            return value_error("base is not invertible for the given modulus");
        };
        base = inverse;
        exponent = -exponent;
    }
    // `modpow` wants a modulus above one in magnitude to stay meaningful.
    if m.magnitude().is_one() {
        return Ok(from_i64(0));
    }
    Ok(from_big(base.modpow(&exponent, &m)))
}

fn small_pow_mod(base: i64, mut exponent: i64, modulus: i64) -> i64 {
    let m = i128::from(modulus);
    let mut square = i128::from(base).mod_floor(&m);
    let mut result = 1i128.mod_floor(&m);
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = (result * square).mod_floor(&m);
        }
        square = (square * square).mod_floor(&m);
        exponent >>= 1;
    }
    result as i64
}

fn inverse(a: &BigInt, modulus: &BigInt) -> Option<BigInt> {
    let a = a.mod_floor(modulus);
    let e = a.extended_gcd(modulus);
    if modulus.is_one() {
        return Some(BigInt::zero());
    }
    if e.gcd.is_one() && a.sign() != Sign::NoSign { Some(e.x.mod_floor(modulus)) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modular_powers() {
        assert_eq!(small_pow_mod(3, 200, 13), 9);
        assert_eq!(small_pow_mod(3, 2, -5), -1);
        assert_eq!(small_pow_mod(-7, 3, 10), 7);
        assert_eq!(small_pow_mod(5, 0, 1), 0);
        assert_eq!(inverse(&3.into(), &11.into()), Some(4.into()));
        assert_eq!(inverse(&2.into(), &4.into()), None);
    }
}
