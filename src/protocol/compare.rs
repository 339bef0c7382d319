//! Comparison, hashing, truth and membership.

use super::{iter, next, type_error};
use crate::object::{Compare, Result, Str, Value};
use crate::types::{bool, exception, int};
use crate::vm::guard_native_recursion;

impl Compare {
    /// With the operands exchanged.
    pub const fn swapped(self) -> Compare {
        match self {
            Compare::Lt => Compare::Gt,
            Compare::Le => Compare::Ge,
            Compare::Gt => Compare::Lt,
            Compare::Ge => Compare::Le,
            same => same,
        }
    }

    /// `<`, `<=`, ...
    pub const fn symbol(self) -> &'static str {
        match self {
            Compare::Lt => "<",
            Compare::Le => "<=",
            Compare::Eq => "==",
            Compare::Ne => "!=",
            Compare::Gt => ">",
            Compare::Ge => ">=",
        }
    }

    /// What it says of an ordering.
    pub fn holds(self, o: std::cmp::Ordering) -> bool {
        match self {
            Compare::Lt => o.is_lt(),
            Compare::Le => o.is_le(),
            Compare::Eq => o.is_eq(),
            Compare::Ne => o.is_ne(),
            Compare::Gt => o.is_gt(),
            Compare::Ge => o.is_ge(),
        }
    }
}

/// `a op b`
pub fn compare(a: &Value, b: &Value, op: Compare) -> Result {
    if a.is_pointer() || b.is_pointer() {
        // Containers compare what they contain.
        return guard_native_recursion(" in comparison", || compare_by_slots(a, b, op));
    }
    compare_by_slots(a, b, op)
}

fn compare_by_slots(a: &Value, b: &Value, op: Compare) -> Result {
    let (ta, tb) = (a.ty(), b.ty());
    let (fa, fb) = (ta.slots().compare, tb.slots().compare);
    let right_first = !std::ptr::eq(ta, tb) && tb.is_subtype(ta);
    if right_first && let Some(f) = fb {
        let r = f(b, a, op.swapped())?;
        if !r.is(&Value::NOT_IMPLEMENTED) {
            return Ok(r);
        }
    }
    if let Some(f) = fa {
        let r = f(a, b, op)?;
        if !r.is(&Value::NOT_IMPLEMENTED) {
            return Ok(r);
        }
    }
    if !right_first && let Some(f) = fb {
        let r = f(b, a, op.swapped())?;
        if !r.is(&Value::NOT_IMPLEMENTED) {
            return Ok(r);
        }
    }
    match op {
        Compare::Eq => Ok(Value::bool(a.is(b))),
        Compare::Ne => Ok(Value::bool(!a.is(b))),
        _ => type_error(format!(
            "'{}' not supported between instances of '{}' and '{}'",
            op.symbol(),
            ta.name(),
            tb.name()
        )),
    }
}

/// `bool(a op b)`
pub fn compare_bool(a: &Value, b: &Value, op: Compare) -> Result<bool> {
    truth(&compare(a, b, op)?)
}

/// `a is b or a == b`: how containers compare their items.
#[inline]
pub fn equal(a: &Value, b: &Value) -> Result<bool> {
    if a.is(b) {
        return Ok(true);
    }
    if let (Some(x), Some(y)) = (a.as_str(), b.as_str())
        && !a.ty().is_heap()
        && !b.ty().is_heap()
    {
        return Ok(x == y);
    }
    compare_bool(a, b, Compare::Eq)
}

/// `hash(v)`
#[inline(always)]
pub fn hash(v: &Value) -> Result<i64> {
    match v.as_inline_int() {
        Some(i) => Ok(int::hash_i64(i)),
        None => hash_other(v),
    }
}

fn hash_other(v: &Value) -> Result<i64> {
    if let Some(s) = v.cast::<Str>()
        && !v.ty().is_heap()
    {
        return Ok(s.hash());
    }
    match v.ty().slots().hash {
        Some(f) if v.is_pointer() => guard_native_recursion("", || f(v)),
        Some(f) => f(v),
        None => type_error(format!("unhashable type: '{}'", v.ty().name())),
    }
}

/// `bool(v)`
#[inline]
pub fn truth(v: &Value) -> Result<bool> {
    if let Some(i) = v.as_inline_int() {
        return Ok(i != 0);
    }
    if v.is(&Value::TRUE) {
        return Ok(true);
    }
    if v.is(&Value::FALSE) || v.is_none() {
        return Ok(false);
    }
    let slots = v.ty().slots();
    match (slots.bool, slots.len) {
        (Some(f), _) => f(v),
        (None, Some(f)) => Ok(f(v)? != 0),
        _ => Ok(true),
    }
}

/// `item in container`
pub fn contains(container: &Value, item: &Value) -> Result<bool> {
    match container.ty().slots().contains {
        Some(f) => f(container, item),
        None => contains_by_walk(container, item),
    }
}

#[inline(never)]
fn contains_by_walk(container: &Value, item: &Value) -> Result<bool> {
    if container.ty().slots().iter.is_none() && container.ty().slots().get_item.is_none() {
        return type_error(format!("argument of type '{}' is not iterable", container.ty().name()));
    }
    let it = iter(container).or_else(|e| match e.0.ty().is_subtype(&exception::TYPE_ERROR) {
        true => type_error(format!("argument of type '{}' is not iterable", container.ty().name())),
        false => Err(e),
    })?;
    while let Some(v) = next(&it)? {
        if equal(&v, item)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether `v` is `True` or `False`.
pub fn is_bool(v: &Value) -> bool {
    v.is_exact(&bool::BOOL)
}
