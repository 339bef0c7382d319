//! Special methods and slots: one table connects `__len__` with the slot `len`, both ways.
//!
//! A class that defines a special method gets, in the slot, a function that calls the method; a built-in
//! type that fills a slot gets, in its namespace, a native method that calls the slot.

use super::{call, call_dunder, call_kw, call_on_type, lookup_special, truth, type_error};
use crate::object::{BinOp, Compare, Result, Slots, Type, Value, intern_static};
use crate::types::{exception, function::FUNCTION};

/// Puts into `slots` what the special method `name` stands for. False if it is not a special method.
pub fn install(slots: &mut Slots, name: &str) -> bool {
    macro_rules! unary {
        ($field:ident, $name:literal) => {
            slots.$field = Some(|v| call_dunder(v, $name, &[]))
        };
    }
    match name {
        "__repr__" => unary!(repr, "__repr__"),
        "__str__" => unary!(str, "__str__"),
        "__hash__" => slots.hash = Some(hash),
        "__lt__" | "__le__" | "__eq__" | "__ne__" | "__gt__" | "__ge__" => slots.compare = Some(compare),
        "__bool__" => slots.bool = Some(bool),
        "__len__" => slots.len = Some(len),
        "__getitem__" => slots.get_item = Some(|v, k| call_dunder(v, "__getitem__", std::slice::from_ref(k))),
        "__setitem__" | "__delitem__" => slots.set_item = Some(set_item),
        "__contains__" => slots.contains = Some(contains),
        "__iter__" => slots.iter = Some(iter),
        "__next__" => slots.next = Some(next),
        "__call__" => slots.call = Some(call_instance),
        "__getattribute__" | "__getattr__" => slots.get_attr = Some(get_attr),
        "__setattr__" | "__delattr__" => slots.set_attr = Some(set_attr),
        "__get__" => slots.descr_get = Some(descr_get),
        "__set__" | "__delete__" => slots.descr_set = Some(descr_set),
        "__new__" => slots.new = Some(new),
        "__init__" => slots.init = Some(init),
        "__neg__" => unary!(neg, "__neg__"),
        "__pos__" => unary!(pos, "__pos__"),
        "__abs__" => unary!(abs, "__abs__"),
        "__invert__" => unary!(invert, "__invert__"),
        "__index__" => unary!(index, "__index__"),
        "__int__" => unary!(int, "__int__"),
        "__float__" => unary!(float, "__float__"),
        "__del__" => slots.finalize = Some(finalize),
        _ => return install_operator(slots, name),
    }
    true
}

/// The operators of two operands.
pub const BINARY: [BinOp; 13] = [
    BinOp::Add,
    BinOp::Sub,
    BinOp::Mul,
    BinOp::Div,
    BinOp::FloorDiv,
    BinOp::Mod,
    BinOp::Pow,
    BinOp::MatMul,
    BinOp::LShift,
    BinOp::RShift,
    BinOp::And,
    BinOp::Or,
    BinOp::Xor,
];

/// One function for each operator, since a slot does not know which operator it serves.
macro_rules! per_operator {
    ($f:ident) => {
        [
            |a, b| $f(BinOp::Add, a, b),
            |a, b| $f(BinOp::Sub, a, b),
            |a, b| $f(BinOp::Mul, a, b),
            |a, b| $f(BinOp::Div, a, b),
            |a, b| $f(BinOp::FloorDiv, a, b),
            |a, b| $f(BinOp::Mod, a, b),
            |a, b| $f(BinOp::Pow, a, b),
            |a, b| $f(BinOp::MatMul, a, b),
            |a, b| $f(BinOp::LShift, a, b),
            |a, b| $f(BinOp::RShift, a, b),
            |a, b| $f(BinOp::And, a, b),
            |a, b| $f(BinOp::Or, a, b),
            |a, b| $f(BinOp::Xor, a, b),
        ]
    };
}

static CALL_BINARY: [fn(&Value, &Value) -> Result; 13] = per_operator!(binary);
static CALL_INPLACE: [fn(&Value, &Value) -> Result; 13] = per_operator!(inplace);

fn install_operator(slots: &mut Slots, name: &str) -> bool {
    for op in BINARY {
        let (_, forward, reflected, in_place) = op.names();
        if name == forward || name == reflected {
            slots.binary[op as usize] = Some(CALL_BINARY[op as usize]);
            return true;
        }
        if name == in_place {
            slots.inplace[op as usize] = Some(CALL_INPLACE[op as usize]);
            return true;
        }
    }
    false
}

/// Whether the class `sub` defines another reflected method than its base.
pub(super) fn overrides_reflected(op: BinOp, sub: &Type, base: &Type) -> bool {
    let name = intern_static(op.names().2);
    match (sub.lookup(&name), base.lookup(&name)) {
        (Some(a), Some(b)) => !a.is(&b),
        (Some(_), None) => true,
        (None, _) => !sub.is_heap(),
    }
}

fn try_method(v: &Value, name: &'static str, arg: &Value) -> Result {
    let result = call_on_type(v, &intern_static(name), std::slice::from_ref(arg))?;
    Ok(result.unwrap_or(Value::NOT_IMPLEMENTED))
}

fn binary(op: BinOp, a: &Value, b: &Value) -> Result {
    let (_, forward, reflected, _) = op.names();
    let mine = CALL_BINARY[op as usize] as usize;
    let serves = |v: &Value| v.ty().slots().binary[op as usize].map(|f| f as usize) == Some(mine);
    let b_first = serves(b)
        && !std::ptr::eq(a.ty(), b.ty())
        && b.ty().is_subtype(a.ty())
        && overrides_reflected(op, b.ty(), a.ty());
    if b_first {
        let r = try_method(b, reflected, a)?;
        if !r.is(&Value::NOT_IMPLEMENTED) {
            return Ok(r);
        }
    }
    if serves(a) {
        let r = try_method(a, forward, b)?;
        if !r.is(&Value::NOT_IMPLEMENTED) {
            return Ok(r);
        }
    }
    if serves(b) && !b_first && !std::ptr::eq(a.ty(), b.ty()) {
        return try_method(b, reflected, a);
    }
    Ok(Value::NOT_IMPLEMENTED)
}

/// The Python function that `a op b` (`a op= b`) certainly calls first, with both operands.
pub fn operator_function(op: BinOp, in_place: bool, a: &Value, b: &Value) -> Option<Value> {
    let (ta, tb) = (a.ty(), b.ty());
    let slots = ta.slots();
    if slots.binary[op as usize].map(|f| f as usize) != Some(CALL_BINARY[op as usize] as usize)
        || (in_place && slots.inplace[op as usize].is_some())
        || (!std::ptr::eq(ta, tb) && tb.is_subtype(ta))
    {
        return None;
    }
    python_method(a, op.names().1)
}

/// What remains of `a op b` (`a op= b`) when the function of [`operator_function`] has returned `NotImplemented`.
pub fn operator_rest(op: BinOp, in_place: bool, a: &Value, b: &Value) -> Result {
    let reflected = b.ty().slots().binary[op as usize].filter(|_| !std::ptr::eq(a.ty(), b.ty()));
    let r = match reflected {
        Some(f) if f as usize == CALL_BINARY[op as usize] as usize => try_method(b, op.names().2, a)?,
        Some(f) => f(a, b)?,
        None => Value::NOT_IMPLEMENTED,
    };
    if r.is(&Value::NOT_IMPLEMENTED) {
        super::number::unsupported_operands(op, in_place, a, b)
    } else {
        Ok(r)
    }
}

/// The Python function that `v[key]` calls.
pub fn item_function(v: &Value) -> Option<Value> {
    if v.ty().is_heap() { python_method(v, "__getitem__") } else { None }
}

fn python_method(v: &Value, name: &'static str) -> Option<Value> {
    v.ty().lookup(&intern_static(name)).filter(|f| f.is_exact(&FUNCTION))
}

fn inplace(op: BinOp, a: &Value, b: &Value) -> Result {
    try_method(a, op.names().3, b)
}

const COMPARE_NAMES: [&str; 6] = ["__lt__", "__le__", "__eq__", "__ne__", "__gt__", "__ge__"];

fn compare(a: &Value, b: &Value, op: Compare) -> Result {
    let name = COMPARE_NAMES[op as usize];
    let found = a.ty().lookup(&intern_static(name));
    if found.is_none_or(|method| method.ty().slots().descr_set.is_none()) {
        return try_method(a, name, b);
    }
    // A property that fails is as if there were no method.
    match lookup_special(a, &intern_static(name)) {
        Ok(Some(method)) => call(&method, std::slice::from_ref(b)),
        _ => Ok(Value::NOT_IMPLEMENTED),
    }
}

fn hash(v: &Value) -> Result<i64> {
    match lookup_special(v, &intern_static("__hash__"))? {
        Some(m) if !m.is_none() => {
            let h = call(&m, &[])?;
            if !h.ty().is_subtype(&crate::types::int::INT) {
                return type_error("__hash__ method should return an integer");
            }
            // What fits a hash is not reduced again.
            match crate::types::int::to_i64(&h) {
                Some(-1) => Ok(-2),
                Some(i) => Ok(i),
                None => super::hash(&crate::types::int::exact(&h)?),
            }
        }
        _ => type_error(format!("unhashable type: '{}'", v.ty().name())),
    }
}

fn bool(v: &Value) -> Result<bool> {
    let r = call_dunder(v, "__bool__", &[])?;
    if super::is_bool(&r) {
        return Ok(r.is(&Value::TRUE));
    }
    type_error(format!("__bool__ should return bool, returned {}", r.ty().name()))
}

fn len(v: &Value) -> Result<usize> {
    let n = super::index(&call_dunder(v, "__len__", &[])?)?;
    if crate::types::int::is_negative(&n) {
        return super::value_error("__len__() should return >= 0");
    }
    match crate::types::int::to_i64(&n) {
        Some(n) => Ok(n as usize),
        None => super::overflow_error(format!("cannot fit '{}' into an index-sized integer", n.ty().name())),
    }
}

fn set_item(v: &Value, key: &Value, value: Option<Value>) -> Result<()> {
    match value {
        Some(value) => call_dunder(v, "__setitem__", &[key.clone(), value]).map(drop),
        None => call_dunder(v, "__delitem__", std::slice::from_ref(key)).map(drop),
    }
}

/// Whether the class says by `name = None` that its objects cannot do that.
fn refuses(v: &Value, name: &'static str) -> bool {
    v.ty().lookup(&intern_static(name)).is_some_and(|m| m.is_none())
}

fn contains(v: &Value, x: &Value) -> Result<bool> {
    if refuses(v, "__contains__") {
        return type_error(format!("'{}' object is not a container", v.ty().name()));
    }
    truth(&call_dunder(v, "__contains__", std::slice::from_ref(x))?)
}

fn iter(v: &Value) -> Result {
    if refuses(v, "__iter__") {
        return type_error(format!("'{}' object is not iterable", v.ty().name()));
    }
    call_dunder(v, "__iter__", &[])
}

fn next(v: &Value) -> Result<Option<Value>> {
    call_dunder(v, "__next__", &[]).map(Some)
}

fn call_instance(f: &Value, args: &[Value], names: Option<&Value>) -> Result {
    match lookup_special(f, &intern_static("__call__"))? {
        Some(m) => {
            crate::vm::guard_native_recursion(" while calling a Python object", || call_kw(&m, args, names))
        }
        None => type_error(format!("'{}' object is not callable", f.ty().name())),
    }
}

fn get_attr(v: &Value, name: &Value) -> Result {
    let first = match lookup_special(v, &intern_static("__getattribute__"))? {
        Some(m) if v.ty().is_heap() => call(&m, std::slice::from_ref(name)),
        _ => super::generic_get_attr(v, name),
    };
    match first {
        Err(e) if e.0.ty().is_subtype(&exception::ATTRIBUTE_ERROR) => {
            match lookup_special(v, &intern_static("__getattr__"))? {
                Some(m) => call(&m, std::slice::from_ref(name)),
                None => Err(e),
            }
        }
        r => r,
    }
}

fn set_attr(v: &Value, name: &Value, value: Option<Value>) -> Result<()> {
    match value {
        Some(value) => call_dunder(v, "__setattr__", &[name.clone(), value]).map(drop),
        None => call_dunder(v, "__delattr__", std::slice::from_ref(name)).map(drop),
    }
}

fn descr_get(d: &Value, instance: &Value, owner: &Value) -> Result {
    let instance = if instance.is_unbound() { Value::NONE } else { instance.clone() };
    call_dunder(d, "__get__", &[instance, owner.clone()])
}

fn descr_set(d: &Value, instance: &Value, value: Option<Value>) -> Result<()> {
    let name = if value.is_some() { "__set__" } else { "__delete__" };
    if lookup_special(d, &intern_static(name))?.is_none() {
        return super::attribute_error(name);
    }
    let args: Vec<Value> = std::iter::once(instance.clone()).chain(value).collect();
    call_dunder(d, name, &args).map(drop)
}

fn new(ty: &Value, args: &[Value], names: Option<&Value>) -> Result {
    let class = ty.cast::<Type>();
    let f = class.and_then(|t| t.lookup(&intern_static("__new__")));
    let Some(f) = f else { return type_error("object.__new__(X): X is not a type object") };
    let f = match f.ty().slots().descr_get {
        Some(get) => get(&f, &Value::UNBOUND, ty)?,
        None => f,
    };
    let all: Vec<Value> = std::iter::once(ty).chain(args).cloned().collect();
    call_kw(&f, &all, names)
}

fn init(v: &Value, args: &[Value], names: Option<&Value>) -> Result<()> {
    let Some(m) = lookup_special(v, &intern_static("__init__"))? else { return Ok(()) };
    let r = call_kw(&m, args, names)?;
    if r.is_none() {
        return Ok(());
    }
    type_error(format!("__init__() should return None, not '{}'", r.ty().name()))
}

fn finalize(v: &Value) {
    if let Err(e) = call_dunder(v, "__del__", &[]) {
        let function = v.ty().lookup(&intern_static("__del__"));
        exception::report_unraisable(&e, function.as_ref().unwrap_or(v));
    }
}
