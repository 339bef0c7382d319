//! `_decimal`: the numbers and contexts of `decimal`, on the arithmetic of the crate `minipy-decimal`. The exceptions
//! and what else is no matter of speed stand in `decimal.py`.

mod context;
mod convert;
mod methods;
mod operations;
mod settings;
mod signals;

pub use signals::clear;

use super::native::class;
use crate::object::{BinOp, Boxed, Compare, Def, Layout, Result, Slots, Type, Value, intern};
use crate::protocol::{self, bind_args, type_error, value_error};
use crate::types::{float, int};
use context::CONTEXT;
use convert::Operand;
use minipy_decimal::{Context, Decimal, Kind, Rounding, Status};
use num_bigint::{BigInt, BigUint};
use num_traits::ToPrimitive;
use signals::Current;

/// The fields of a `Decimal`.
pub struct DecimalBody {
    value: Decimal,
}

crate::body!(DecimalBody: Decimal);

/// A `Decimal` object.
type Object = Boxed<DecimalBody>;

/// The value of an object that is a `Decimal`.
fn value_of(v: &Value) -> &Decimal {
    &v.cast::<Object>().expect("slots are only called on their own type").value
}

fn as_decimal(v: &Value) -> Option<&Decimal> {
    v.cast::<Object>().map(|o| &o.value)
}

/// A new `Decimal`.
fn from_decimal(value: Decimal) -> Value {
    Value::new(&DECIMAL, DecimalBody { value })
}

/// `decimal.Decimal`
pub static DECIMAL: Type = Type::builtin::<Object>(
    "decimal.Decimal",
    Layout::Decimal,
    "A decimal number, from an integer, a text, a float or a tuple; 0 by default.",
    methods::DEFS,
)
.with_base_flag()
.with_weakrefs()
.with_slots(Slots {
    new: Some(new),
    init: Some(|_, _, _| Ok(())),
    repr: Some(|v| Ok(Value::str(&format!("Decimal('{}')", text(v)?)))),
    str: Some(|v| Ok(Value::str(&text(v)?))),
    hash: Some(hash),
    compare: Some(compare),
    bool: Some(|v| Ok(!value_of(v).is_zero())),
    binary: {
        let mut ops = Slots::EMPTY.binary;
        ops[BinOp::Add as usize] = Some(|a, b| binary(a, b, Decimal::add));
        ops[BinOp::Sub as usize] = Some(|a, b| binary(a, b, Decimal::sub));
        ops[BinOp::Mul as usize] = Some(|a, b| binary(a, b, Decimal::mul));
        ops[BinOp::Div as usize] = Some(|a, b| binary(a, b, Decimal::div));
        ops[BinOp::FloorDiv as usize] = Some(|a, b| binary(a, b, Decimal::div_integer));
        ops[BinOp::Mod as usize] = Some(|a, b| binary(a, b, Decimal::remainder));
        ops[BinOp::Pow as usize] = Some(|a, b| binary(a, b, Decimal::pow));
        ops
    },
    neg: Some(|v| unary(v, Decimal::minus)),
    pos: Some(|v| unary(v, Decimal::plus)),
    abs: Some(|v| unary(v, Decimal::abs)),
    int: Some(|v| to_int(value_of(v), Rounding::Down)),
    float: Some(|v| to_float(value_of(v)).map(float::from_f64)),
    ..Slots::EMPTY
});

/// An operation on one number.
type Unary = fn(&Decimal, &Context, &mut Status) -> Decimal;
/// An operation on two numbers.
type Binary = fn(&Decimal, &Decimal, &Context, &mut Status) -> Decimal;

fn unary(v: &Value, op: Unary) -> Result {
    let current = Current::get()?;
    let mut status = Status::NONE;
    let result = op(value_of(v), &current.context(), &mut status);
    current.report(status)?;
    Ok(from_decimal(result))
}

/// The slot of an operator: either operand may be the one whose slot it is.
fn binary(a: &Value, b: &Value, op: Binary) -> Result {
    let (Some(x), Some(y)) = (Operand::of(a), Operand::of(b)) else { return Ok(Value::NOT_IMPLEMENTED) };
    let current = Current::get()?;
    let mut status = Status::NONE;
    let result = op(&x, &y, &current.context(), &mut status);
    current.report(status)?;
    Ok(from_decimal(result))
}

fn new(ty: &Value, args: &[Value], names: Option<&Value>) -> Result {
    let Some(ty) = ty.cast::<Type>() else { return type_error("Decimal.__new__(X): X is not a type object") };
    let bound = bind_args("Decimal", crate::sig!("Decimal(value='0', context=None)"), args, names)?;
    let current = Current::given(&bound[1])?;
    let Some(v) = bound[0].as_bound() else {
        return Ok(Value::new(ty, DecimalBody { value: Decimal::zero(false, 0) }));
    };
    if std::ptr::eq(ty, &DECIMAL) && v.is_exact(&DECIMAL) {
        return Ok(v.clone());
    }
    let value = convert::exact(v, &current)?;
    Ok(Value::new(ty, DecimalBody { value }))
}

/// The number as text, with a large or small `E` as the current context says.
fn text(v: &Value) -> Result<String> {
    Ok(value_of(v).to_text(Current::get()?.capitals()))
}

fn hash(v: &Value) -> Result<i64> {
    const INFINITY: i64 = 314_159;
    let d = value_of(v);
    match d.kind() {
        Kind::Signaling => return type_error("Cannot hash a signaling NaN value"),
        Kind::Quiet => return Ok(v.id() as i64 >> 4),
        Kind::Infinite => return Ok(if d.is_negative() { -INFINITY } else { INFINITY }),
        Kind::Finite => {}
    }
    let p = BigUint::from((1u64 << 61) - 1);
    let ten: BigUint = 10u8.into();
    let size: BigUint = d.exponent().unsigned_abs().into();
    let mut power = ten.modpow(&size, &p);
    if d.exponent() < 0 {
        // The inverse, by Fermat's little theorem.
        power = power.modpow(&(&p - 2u8), &p);
    }
    let rest = (d.coefficient() % &p * power % &p).to_i64().unwrap_or_default();
    Ok(match if d.is_negative() { -rest } else { rest } {
        -1 => -2,
        h => h,
    })
}

fn compare(a: &Value, b: &Value, op: Compare) -> Result {
    let current = Current::get()?;
    let Some((x, y)) = convert::comparable(a, b, op, &current)? else { return Ok(Value::NOT_IMPLEMENTED) };
    let equality = matches!(op, Compare::Eq | Compare::Ne);
    match x.order(&y) {
        Some(order) => Ok(Value::bool(op.holds(order))),
        None => {
            if x.is_signaling() || y.is_signaling() || !equality {
                current.report(Status::INVALID_OPERATION)?;
            }
            Ok(Value::bool(op == Compare::Ne))
        }
    }
}

/// The whole number, rounded.
fn to_int(d: &Decimal, rounding: Rounding) -> Result {
    if d.is_nan() {
        return value_error("cannot convert NaN to integer");
    }
    if d.is_infinite() {
        return protocol::overflow_error("cannot convert Infinity to integer");
    }
    let whole = d.to_whole(rounding);
    match whole.to_integer() {
        Some(n) => {
            let n = BigInt::from(n);
            Ok(int::from_big(if whole.is_negative() { -n } else { n }))
        }
        None => protocol::memory_error(),
    }
}

fn to_float(d: &Decimal) -> Result<f64> {
    if d.is_signaling() {
        return value_error("cannot convert signaling NaN to float");
    }
    if d.is_nan() {
        return Ok(if d.is_negative() { -f64::NAN } else { f64::NAN });
    }
    Ok(float::parse(&d.to_text(true)).unwrap_or(f64::NAN))
}

/// The function in `decimal.py` or elsewhere called `name`.
fn python(name: &'static str) -> Result {
    signals::installed(&intern(name))
}

/// The table.
pub static DEFS: &[Def] = crate::defs! {
    val "Decimal()" "" => || class(&DECIMAL);
    val "Context()" "" => || class(&CONTEXT);
    val "MAX_PREC()" "" => || int::from_i64(minipy_decimal::MAX_PREC);
    val "MAX_EMAX()" "" => || int::from_i64(minipy_decimal::MAX_EMAX);
    val "MIN_EMIN()" "" => || int::from_i64(minipy_decimal::MIN_EMIN);
    val "MIN_ETINY()" "" => || int::from_i64(minipy_decimal::MIN_ETINY);
    fn "getcontext()" "The context of this thread." => |_| signals::current_value();
    fn "setcontext(context, /)" "Give this thread another context." => |a| signals::set_current(&a[0]);
    fn "_install(helpers, /)" "Hand over what is written in Python." => |a| signals::install(&a[0]);
    fn "_signals(context, traps, /)" "Whether each signal is set." => signals::get_signals;
    fn "_set_signal(context, traps, number, value, /)" "Set or clear a signal." => signals::set_signal;
};
