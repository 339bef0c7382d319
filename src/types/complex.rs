//! The type `complex`.

use super::{float, format, int};
use crate::object::{BinOp, Binary, Boxed, Compare, Layout, Result, Slots, Type, Value, arg, intern};
use crate::protocol::{self, raise, type_error, value_error};
use crate::types::exception;

/// The fields of a complex number.
pub struct ComplexBody {
    re: f64,
    im: f64,
}

crate::body!(ComplexBody: Complex);

type Complex = Boxed<ComplexBody>;

/// Real and imaginary part.
pub type Parts = (f64, f64);

/// A new complex number.
pub fn new(re: f64, im: f64) -> Value {
    Value::new(&COMPLEX, ComplexBody { re, im })
}

/// The parts of a complex number; `None` for other objects.
pub fn parts(v: &Value) -> Option<Parts> {
    v.cast::<Complex>().map(|c| (c.re, c.im))
}

fn me(v: &Value) -> Parts {
    parts(v).expect("slots are only called on their own type")
}

/// An operand: a complex number, or a real one. `None` for other objects.
fn operand(v: &Value) -> Result<Option<Parts>> {
    if let Some(c) = parts(v) {
        return Ok(Some(c));
    }
    if let Some(f) = float::to_f64(v).filter(|_| v.ty().is_subtype(&float::FLOAT)) {
        return Ok(Some((f, 0.0)));
    }
    if v.ty().is_subtype(&int::INT) {
        return Ok(Some((float::coerce(v)?, 0.0)));
    }
    Ok(None)
}

fn mul(a: Parts, b: Parts) -> Parts {
    (a.0 * b.0 - a.1 * b.1, a.0 * b.1 + a.1 * b.0)
}

/// Division by Smith's method; `None` by zero.
pub fn div(a: Parts, b: Parts) -> Option<Parts> {
    if b.0.abs() >= b.1.abs() {
        if b.0 == 0.0 {
            return None;
        }
        let ratio = b.1 / b.0;
        let d = b.0 + b.1 * ratio;
        return Some(((a.0 + a.1 * ratio) / d, (a.1 - a.0 * ratio) / d));
    }
    if b.1.is_nan() || b.0.is_nan() {
        return Some((f64::NAN, f64::NAN));
    }
    let ratio = b.0 / b.1;
    let d = b.0 * ratio + b.1;
    Some(((a.0 * ratio + a.1) / d, (a.1 * ratio - a.0) / d))
}

/// A small whole power by repeated squaring.
fn whole_power(a: Parts, n: i32) -> Option<Parts> {
    let (mut result, mut square, mut left) = ((1.0, 0.0), a, n.unsigned_abs());
    while left > 0 {
        if left & 1 == 1 {
            result = mul(result, square);
        }
        square = mul(square, square);
        left >>= 1;
    }
    if n < 0 { div((1.0, 0.0), result) } else { Some(result) }
}

/// `a ** b`; `None`: zero to a negative or complex power.
fn power(a: Parts, b: Parts) -> Option<Parts> {
    if b.1 == 0.0 && b.0 == b.0.floor() && b.0.abs() <= 100.0 {
        return whole_power(a, b.0 as i32);
    }
    if a == (0.0, 0.0) {
        return if b.1 != 0.0 || b.0 < 0.0 { None } else { Some((0.0, 0.0)) };
    }
    let (size, angle) = (a.0.hypot(a.1), a.1.atan2(a.0));
    let (mut len, mut phase) = (size.powf(b.0), angle * b.0);
    if b.1 != 0.0 {
        len *= (-angle * b.1).exp();
        phase += b.1 * size.ln();
    }
    Some((len * phase.cos(), len * phase.sin()))
}

fn binary(a: &Value, b: &Value, f: impl Fn(Parts, Parts) -> Result<Parts>) -> Result {
    let (Some(x), Some(y)) = (operand(a)?, operand(b)?) else { return Ok(Value::NOT_IMPLEMENTED) };
    let (re, im) = f(x, y)?;
    Ok(new(re, im))
}

fn zero_division<T>(message: &str) -> Result<T> {
    Err(raise(&exception::ZERO_DIVISION_ERROR, message))
}

/// `a ** b` of two numbers, of which one is complex or the result is.
pub fn pow(a: &Value, b: &Value) -> Result {
    binary(a, b, |x, y| match power(x, y) {
        Some((re, im)) if (re.is_infinite() || im.is_infinite()) && x.0.is_finite() && y.0.is_finite() => {
            Err(raise(&exception::OVERFLOW_ERROR, "complex exponentiation"))
        }
        Some(c) => Ok(c),
        None => zero_division("0.0 to a negative or complex power"),
    })
}

const BINARY: [Option<Binary>; 13] = {
    let mut b: [Option<Binary>; 13] = [None; 13];
    b[BinOp::Add as usize] = Some(|a, b| binary(a, b, |x, y| Ok((x.0 + y.0, x.1 + y.1))));
    b[BinOp::Sub as usize] = Some(|a, b| binary(a, b, |x, y| Ok((x.0 - y.0, x.1 - y.1))));
    b[BinOp::Mul as usize] = Some(|a, b| binary(a, b, |x, y| Ok(mul(x, y))));
    b[BinOp::Div as usize] = Some(|a, b| {
        binary(a, b, |x, y| div(x, y).map_or_else(|| zero_division("complex division by zero"), Ok))
    });
    b[BinOp::Pow as usize] = Some(pow);
    b
};

/// A part as text: as `repr` of a float, without `.0`.
fn part(f: f64) -> String {
    let text = float::text::repr_f64(f);
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}

fn signed(f: f64, text: String) -> String {
    if text.starts_with(['-', '+']) {
        text
    } else {
        format!("{}{text}", if f.is_sign_negative() && !f.is_nan() { "-" } else { "+" })
    }
}

fn repr((re, im): Parts) -> String {
    if re == 0.0 && !re.is_sign_negative() {
        return format!("{}j", part(im));
    }
    format!("({}{}j)", part(re), signed(im, part(im)))
}

fn formatted(v: &Value, spec: &str) -> Result {
    if spec.is_empty() { protocol::str(v) } else { format::format_complex(v, me(v), spec) }
}

/// Whether an underscore stands elsewhere than between two digits.
fn stray_underscore(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_digit = |i: Option<usize>| i.and_then(|i| bytes.get(i)).is_some_and(u8::is_ascii_digit);
    (0..bytes.len()).any(|i| bytes[i] == b'_' && !(is_digit(i.checked_sub(1)) && is_digit(Some(i + 1))))
}

/// The number that a text stands for.
fn parse(text: &str) -> Option<Parts> {
    let mut text = text.trim();
    if let Some(inner) = text.strip_prefix('(') {
        text = inner.strip_suffix(')')?.trim();
    }
    let Some(body) = text.strip_suffix(['j', 'J']) else {
        return float::parse::parse(text).map(|re| (re, 0.0));
    };
    // The sign of the imaginary part is the last one that belongs to no exponent.
    let bytes = body.as_bytes();
    let at = (0..bytes.len())
        .rev()
        .find(|&i| matches!(bytes[i], b'+' | b'-') && (i == 0 || !matches!(bytes[i - 1], b'e' | b'E')));
    let (re, im) = body.split_at(at.unwrap_or(0));
    let im = match im {
        "" | "+" => 1.0,
        "-" => -1.0,
        _ if im.contains(char::is_whitespace) => return None,
        _ => float::parse::parse(im)?,
    };
    if re.contains(char::is_whitespace) {
        return None;
    }
    Some((if re.is_empty() { 0.0 } else { float::parse::parse(re)? }, im))
}

/// What `__complex__` of an object says.
fn converted(v: &Value) -> Result<Option<Parts>> {
    if let Some(c) = parts(v).filter(|_| !v.ty().is_heap()) {
        return Ok(Some(c));
    }
    let Some(m) = protocol::lookup_special(v, &intern("__complex__"))? else { return Ok(parts(v)) };
    let c = protocol::call(&m, &[])?;
    match parts(&c) {
        Some(c) => Ok(Some(c)),
        None => type_error(format!("__complex__ returned non-complex (type {})", c.ty().name())),
    }
}

/// Any number as a complex one, as functions of `cmath` convert.
pub fn coerce(v: &Value) -> Result<Parts> {
    if let Some(c) = converted(v)? {
        return Ok(c);
    }
    if v.ty().slots().float.is_none() && v.ty().slots().index.is_none() {
        return type_error(format!("must be real number, not {}", v.ty().name()));
    }
    Ok((float::coerce(v)?, 0.0))
}

fn make(ty: &Value, args: &[Value], names: Option<&Value>) -> Result {
    let Some(t) = ty.cast::<Type>() else { return type_error("complex.__new__(X): X is not a type object") };
    let a = protocol::bind_args("complex", crate::sig!("(real=0, imag=0)"), args, names)?;
    let second = arg(&a, 1).as_bound();
    let Some(first) = arg(&a, 0).as_bound() else {
        let im = second.map_or(Ok((0.0, 0.0)), |v| number(v, "second"))?;
        return Ok(Value::new(t, ComplexBody { re: 0.0 - im.1, im: im.0 }));
    };
    if let Some(text) = first.as_str() {
        if second.is_some() {
            return type_error("complex() can't take second arg if first is a string");
        }
        let Some((re, im)) = parse(text) else {
            return match stray_underscore(text) {
                true => value_error(format!(
                    "could not convert string to complex: {}",
                    protocol::repr_string(first)?
                )),
                false => value_error("complex() arg is a malformed string"),
            };
        };
        return Ok(Value::new(t, ComplexBody { re, im }));
    }
    if second.is_none() && first.is_exact(&COMPLEX) && std::ptr::eq(t, &COMPLEX) {
        return Ok(first.clone());
    }
    if second.is_some_and(|v| v.as_str().is_some()) {
        return type_error("complex() second arg can't be a string");
    }
    let (mut re, mut im) = number(first, "first")?;
    if let Some(v) = second {
        let (x, y) = number(v, "second")?;
        (re, im) =
            (if parts(v).is_some() { re - y } else { re }, if parts(first).is_some() { im + x } else { x });
    }
    Ok(Value::new(t, ComplexBody { re, im }))
}

fn number(v: &Value, which: &str) -> Result<Parts> {
    if let Some(c) = converted(v)? {
        return Ok(c);
    }
    if v.ty().slots().float.is_some() || v.ty().slots().index.is_some() {
        return Ok((float::coerce(v)?, 0.0));
    }
    let name = v.ty().name();
    type_error(match which {
        "first" => format!("complex() first argument must be a string or a number, not '{name}'"),
        _ => format!("complex() second argument must be a number, not '{name}'"),
    })
}

/// The type `complex`.
pub static COMPLEX: Type = Type::builtin::<Complex>(
    "complex",
    Layout::Complex,
    "A complex number of a real and an imaginary part, or from a text.",
    crate::defs! {
        member "real()" "The real part." => |v| Ok(float::from_f64(me(v).0));
        member "imag()" "The imaginary part." => |v| Ok(float::from_f64(me(v).1));
        fn "conjugate()" "The number with the imaginary part negated." => |a| Ok(new(me(&a[0]).0, -me(&a[0]).1));
        fn "__complex__()" "The number as an exact complex." => |a| Ok(new(me(&a[0]).0, me(&a[0]).1));
        fn "__format__(format_spec, /)" "The number as text, formatted by the specification." => |a| formatted(&a[0], a[1].as_str().unwrap_or_default());
        fn "__getnewargs__()" "" => |a| Ok(Value::tuple(vec![float::from_f64(me(&a[0]).0), float::from_f64(me(&a[0]).1)]));
    },
)
.with_signature("(real=0, imag=0)")
.with_base_flag()
.with_slots(Slots {
    new: Some(make),
    init: Some(|_, _, _| Ok(())),
    repr: Some(|v| Ok(Value::str(&repr(me(v))))),
    hash: Some(|v| {
        let (re, im) = me(v);
        let h = float::hash_f64(re).wrapping_add(float::hash_f64(im).wrapping_mul(1_000_003));
        Ok(if h == -1 { -2 } else { h })
    }),
    compare: Some(|a, b, op| {
        let (Compare::Eq | Compare::Ne) = op else { return Ok(Value::NOT_IMPLEMENTED) };
        let x = me(a);
        let same = if let Some(y) = parts(b) {
            x == y
        } else if b.ty().is_subtype(&int::INT) || b.ty().is_subtype(&float::FLOAT) {
            x.1 == 0.0 && protocol::equal(&float::from_f64(x.0), b)?
        } else {
            return Ok(Value::NOT_IMPLEMENTED);
        };
        Ok(Value::bool(same == (op == Compare::Eq)))
    }),
    bool: Some(|v| Ok(me(v) != (0.0, 0.0))),
    binary: BINARY,
    neg: Some(|v| Ok(new(-me(v).0, -me(v).1))),
    pos: Some(|v| Ok(new(me(v).0, me(v).1))),
    abs: Some(|v| {
        let size = me(v).0.hypot(me(v).1);
        if size.is_infinite() && me(v).0.is_finite() && me(v).1.is_finite() {
            return protocol::overflow_error("absolute value too large");
        }
        Ok(float::from_f64(size))
    }),
    ..Slots::EMPTY
});
