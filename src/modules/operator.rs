//! `operator`: the operators as functions.

mod getters;

use super::native::class;
use crate::object::{BinOp, Compare, Def, Dict, Layout, Result, Value, arg, intern};
use crate::protocol::{self, type_error, value_error};
use crate::types::int::{self, INT};

macro_rules! binary {
    ($op:ident) => {
        |a: &[Value]| protocol::binary(BinOp::$op, &a[0], &a[1])
    };
}
macro_rules! inplace {
    ($op:ident) => {
        |a: &[Value]| protocol::inplace(BinOp::$op, &a[0], &a[1])
    };
}
macro_rules! compare {
    ($op:ident) => {
        |a: &[Value]| protocol::compare(&a[0], &a[1], Compare::$op)
    };
}

/// The table of `operator`.
pub static DEFS: &[Def] = crate::defs! {
    fn "lt(a, b, /)" "a < b" => compare!(Lt);
    fn "le(a, b, /)" "a <= b" => compare!(Le);
    fn "eq(a, b, /)" "a == b" => compare!(Eq);
    fn "ne(a, b, /)" "a != b" => compare!(Ne);
    fn "ge(a, b, /)" "a >= b" => compare!(Ge);
    fn "gt(a, b, /)" "a > b" => compare!(Gt);
    fn "truth(a, /)" "Whether a is true." => |a| protocol::truth(&a[0]).map(Value::bool);
    fn "not_(a, /)" "not a" => |a| Ok(Value::bool(!protocol::truth(&a[0])?));
    fn "is_(a, b, /)" "a is b" => |a| Ok(Value::bool(a[0].is(&a[1])));
    fn "is_not(a, b, /)" "a is not b" => |a| Ok(Value::bool(!a[0].is(&a[1])));
    fn "add(a, b, /)" "a + b" => binary!(Add);
    fn "sub(a, b, /)" "a - b" => binary!(Sub);
    fn "mul(a, b, /)" "a * b" => binary!(Mul);
    fn "matmul(a, b, /)" "a @ b" => binary!(MatMul);
    fn "truediv(a, b, /)" "a / b" => binary!(Div);
    fn "floordiv(a, b, /)" "a // b" => binary!(FloorDiv);
    fn "mod(a, b, /)" "a % b" => binary!(Mod);
    fn "pow(a, b, /)" "a ** b" => binary!(Pow);
    fn "lshift(a, b, /)" "a << b" => binary!(LShift);
    fn "rshift(a, b, /)" "a >> b" => binary!(RShift);
    fn "and_(a, b, /)" "a & b" => binary!(And);
    fn "or_(a, b, /)" "a | b" => binary!(Or);
    fn "xor(a, b, /)" "a ^ b" => binary!(Xor);
    fn "iadd(a, b, /)" "a += b" => inplace!(Add);
    fn "isub(a, b, /)" "a -= b" => inplace!(Sub);
    fn "imul(a, b, /)" "a *= b" => inplace!(Mul);
    fn "imatmul(a, b, /)" "a @= b" => inplace!(MatMul);
    fn "itruediv(a, b, /)" "a /= b" => inplace!(Div);
    fn "ifloordiv(a, b, /)" "a //= b" => inplace!(FloorDiv);
    fn "imod(a, b, /)" "a %= b" => inplace!(Mod);
    fn "ipow(a, b, /)" "a **= b" => inplace!(Pow);
    fn "ilshift(a, b, /)" "a <<= b" => inplace!(LShift);
    fn "irshift(a, b, /)" "a >>= b" => inplace!(RShift);
    fn "iand(a, b, /)" "a &= b" => inplace!(And);
    fn "ior(a, b, /)" "a |= b" => inplace!(Or);
    fn "ixor(a, b, /)" "a ^= b" => inplace!(Xor);
    fn "neg(a, /)" "-a" => |a| protocol::neg(&a[0]);
    fn "pos(a, /)" "+a" => |a| protocol::pos(&a[0]);
    fn "abs(a, /)" "The absolute value of a." => |a| protocol::abs(&a[0]);
    fn "inv(a, /)" "~a" => |a| protocol::invert(&a[0]);
    fn "invert(a, /)" "~a" => |a| protocol::invert(&a[0]);
    fn "index(a, /)" "a.__index__(): an int; TypeError for what is no integer" => |a| protocol::index(&a[0]);
    fn "concat(a, b, /)" "a + b, for sequences" => |a| concat(a, protocol::binary);
    fn "iconcat(a, b, /)" "a += b, for sequences" => |a| concat(a, protocol::inplace);
    fn "contains(a, b, /)" "b in a" => |a| protocol::contains(&a[0], &a[1]).map(Value::bool);
    fn "countOf(a, b, /)" "How many items of a are equal to b." => count_of;
    fn "indexOf(a, b, /)" "The number of the first item of a that is equal to b; ValueError if there is none." => index_of;
    fn "getitem(a, b, /)" "a[b]" => |a| protocol::get_item(&a[0], &a[1]);
    fn "setitem(a, b, c, /)" "a[b] = c" => |a| protocol::set_item(&a[0], &a[1], a[2].clone()).map(|()| Value::NONE);
    fn "delitem(a, b, /)" "del a[b]" => |a| protocol::delete_item(&a[0], &a[1]).map(|()| Value::NONE);
    fn "length_hint(obj, default=0, /)" "How many items obj has or says to have about; default if it does not say." => length_hint;
    fn "call(obj, /, *args, **kwargs)" "obj(*args, **kwargs)" => call;
    val "itemgetter()" "" => || class(&getters::ITEM_GETTER);
    val "attrgetter()" "" => || class(&getters::ATTR_GETTER);
    val "methodcaller()" "" => || class(&getters::METHOD_CALLER);
};

/// The functions that also go by the name of the special method.
const SPECIAL: [&str; 46] = [
    "lt",
    "le",
    "eq",
    "ne",
    "ge",
    "gt",
    "not_",
    "abs",
    "add",
    "and_",
    "call",
    "floordiv",
    "index",
    "inv",
    "invert",
    "lshift",
    "mod",
    "mul",
    "matmul",
    "neg",
    "or_",
    "pos",
    "pow",
    "rshift",
    "sub",
    "truediv",
    "xor",
    "concat",
    "contains",
    "delitem",
    "getitem",
    "setitem",
    "iadd",
    "iand",
    "iconcat",
    "ifloordiv",
    "ilshift",
    "imod",
    "imul",
    "imatmul",
    "ior",
    "ipow",
    "irshift",
    "isub",
    "itruediv",
    "ixor",
];

/// Fills the namespace of `operator`; the functions belong to `_operator`, as they say.
pub fn init(namespace: &Dict) {
    super::share(namespace, DEFS, "_operator");
    let mut all: Vec<&str> = DEFS.iter().map(|d| d.name).collect();
    all.sort_unstable();
    namespace.set_interned(&intern("__all__"), Value::list(all.into_iter().map(Value::str).collect()));
    for name in SPECIAL {
        if let Some(f) = namespace.get_interned(&intern(name)).cloned() {
            namespace.set_interned(&intern(&format!("__{}__", name.trim_end_matches('_'))), f);
        }
    }
}

fn concat(a: &[Value], add: fn(BinOp, &Value, &Value) -> Result) -> Result {
    let slots = a[0].ty().slots();
    if slots.get_item.is_none() || a[0].ty().layout == Layout::Dict {
        return type_error(format!("'{}' object can't be concatenated", a[0].ty().name()));
    }
    add(BinOp::Add, &a[0], &a[1])
}

fn not_iterable(v: &Value) -> Result {
    type_error(format!("argument of type '{}' is not iterable", v.ty().name()))
}

fn is_iterable(v: &Value) -> bool {
    let slots = v.ty().slots();
    slots.iter.is_some() || slots.get_item.is_some()
}

fn count_of(a: &[Value]) -> Result {
    if !is_iterable(&a[0]) {
        return not_iterable(&a[0]);
    }
    let mut n = 0;
    protocol::for_each(&a[0], |item| {
        n += protocol::equal(&item, &a[1])? as i64;
        Ok(())
    })?;
    Ok(int::from_i64(n))
}

fn index_of(a: &[Value]) -> Result {
    if !is_iterable(&a[0]) {
        return not_iterable(&a[0]);
    }
    let it = protocol::iter(&a[0])?;
    let mut n = 0;
    while let Some(item) = protocol::next(&it)? {
        if protocol::equal(&item, &a[1])? {
            return Ok(int::from_i64(n));
        }
        n += 1;
    }
    value_error("sequence.index(x): x not in sequence")
}

fn length_hint(a: &[Value]) -> Result {
    let default = arg(a, 1).as_bound().map_or(Ok(0), |d| match d.ty().is_subtype(&INT) {
        true => protocol::index_i64(d),
        false => type_error(format!("'{}' object cannot be interpreted as an integer", d.ty().name())),
    })?;
    Ok(protocol::length_hint(&a[0])?.map_or_else(|| int::from_i64(default), int::from_usize))
}

fn call(a: &[Value]) -> Result {
    let mut all = a[1].as_tuple().unwrap_or_default().to_vec();
    let pairs = a[2].cast::<Dict>().map(|d| d.items()).unwrap_or_default();
    let (names, values): (Vec<Value>, Vec<Value>) = pairs.into_iter().unzip();
    all.extend(values);
    protocol::call_kw(&a[0], &all, (!names.is_empty()).then(|| Value::tuple(names)).as_ref())
}
