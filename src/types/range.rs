//! `range`: of numbers that fit 64 bits.

use super::iterators::ITERATOR;
use super::{args, int, slice};
use crate::object::{Boxed, Compare, Layout, Result, Slots, Type, Value, arg};
use crate::protocol::{self, index_error, overflow_error, type_error, value_error};
use std::cell::Cell;

/// A `range` object.
pub type Range = Boxed<RangeBody>;

/// The fields of a `range`.
#[derive(Clone, Copy)]
pub struct RangeBody {
    /// The first number.
    pub start: i64,
    /// Where to end, itself excluded.
    pub stop: i64,
    /// The distance; not 0.
    pub step: i64,
}

/// An iterator over a range.
pub struct RangeIter {
    /// The next number.
    pub next: Cell<i64>,
    /// How many are left.
    pub remaining: Cell<i64>,
    /// The distance.
    pub step: i64,
}

crate::body!(RangeBody: Range);
crate::body!(RangeIter: RangeIterator);

/// The type `range`.
pub static RANGE: Type = Type::builtin::<Range>(
    "range",
    Layout::Range,
    "range(stop) -> range object\nrange(start, stop[, step]) -> range object\n\n\
     Return an object that produces a sequence of integers from start (inclusive)\n\
     to stop (exclusive) by step.",
    crate::defs! {
        get "start()" "The first number." => |v| Ok(int::from_i64(this(v)?.start));
        get "stop()" "The end, itself excluded." => |v| Ok(int::from_i64(this(v)?.stop));
        get "step()" "The distance between two numbers." => |v| Ok(int::from_i64(this(v)?.step));
        fn "__reduce__()" "" => |a| {
            let r = this(&a[0])?;
            let parts = [r.start, r.stop, r.step].map(int::from_i64).to_vec();
            Ok(Value::tuple(vec![RANGE.value(), Value::tuple(parts)]))
        };
        fn "index(value, /)" "rangeobject.index(value) -> integer -- return index of value.\nRaise ValueError if the value is not present." => range_index;
        fn "count(value, /)" "rangeobject.count(value) -> integer -- return number of occurrences of value" => range_count;
        fn "__reversed__()" "Return a reverse iterator." => |a| Ok(iterator(this(&a[0])?.reversed()));
    },
)
.with_slots(Slots {
    new: Some(range_new),
    repr: Some(range_repr),
    hash: Some(range_hash),
    compare: Some(range_compare),
    bool: Some(|v| Ok(this(v)?.count() != 0)),
    len: Some(range_len),
    get_item: Some(range_get_item),
    contains: Some(range_contains),
    iter: Some(|v| Ok(iterator(this(v)?.body))),
    ..Slots::EMPTY
});

/// The type of `iter(range(0))`.
pub static RANGE_ITERATOR: Type = Type::builtin::<Boxed<RangeIter>>(
    "range_iterator",
    Layout::RangeIterator,
    "",
    crate::defs! {
        fn "__length_hint__()" "Private method returning an estimate of len(list(it))." => |a| {
            Ok(int::from_i64(a[0].cast::<Boxed<RangeIter>>().map_or(0, |i| i.remaining.get())))
        };
    },
)
.with_slots(Slots { next: Some(|v| Ok(v.cast::<Boxed<RangeIter>>().and_then(|i| i.advance()))), ..ITERATOR });

impl RangeIter {
    /// The next number.
    #[inline(always)]
    pub fn advance(&self) -> Option<Value> {
        let left = self.remaining.get();
        if left <= 0 {
            return None;
        }
        let next = self.next.get();
        self.remaining.set(left - 1);
        self.next.set(next.wrapping_add(self.step));
        match Value::inline_int(next) {
            Some(v) => Some(v),
            None => Some(int::from_i64(next)),
        }
    }
}

impl RangeBody {
    /// How many numbers it has.
    pub fn count(&self) -> u64 {
        let (low, high) = if self.step > 0 { (self.start, self.stop) } else { (self.stop, self.start) };
        if low >= high { 0 } else { (high.abs_diff(low) - 1) / self.step.unsigned_abs() + 1 }
    }

    /// Number `i`, which must be there.
    fn item(&self, i: u64) -> i64 {
        self.start.wrapping_add((i as i64).wrapping_mul(self.step))
    }

    /// The position of a number.
    fn position(&self, x: i64) -> Option<u64> {
        let inside =
            if self.step > 0 { self.start <= x && x < self.stop } else { self.stop < x && x <= self.start };
        let distance = x.abs_diff(self.start);
        (inside && distance.is_multiple_of(self.step.unsigned_abs()))
            .then(|| distance / self.step.unsigned_abs())
    }

    /// The same numbers backwards.
    fn reversed(&self) -> RangeBody {
        let step = self.step.wrapping_neg();
        match self.count() {
            0 => RangeBody { start: self.start, stop: self.start, step },
            n => RangeBody { start: self.item(n - 1), stop: self.start.saturating_add(step.signum()), step },
        }
    }

    /// What equality looks at: the numbers, not how they were given.
    fn identity(&self) -> (u64, Option<i64>, Option<i64>) {
        let n = self.count();
        (n, (n > 0).then_some(self.start), (n > 1).then_some(self.step))
    }
}

fn this(v: &Value) -> Result<&Range> {
    match v.cast::<Range>() {
        Some(r) => Ok(r),
        None => {
            type_error(format!("descriptor requires a 'range' object but received a '{}'", v.ty().name()))
        }
    }
}

/// A new `range` object.
pub fn new(start: i64, stop: i64, step: i64) -> Value {
    Value::new(&RANGE, RangeBody { start, stop, step })
}

fn iterator(range: RangeBody) -> Value {
    let remaining = i64::try_from(range.count()).unwrap_or(i64::MAX);
    Value::new(
        &RANGE_ITERATOR,
        RangeIter { next: Cell::new(range.start), remaining: Cell::new(remaining), step: range.step },
    )
}

fn number(v: &Value) -> Result<i64> {
    protocol::index_i64(v)
}

fn range_new(_: &Value, args: &[Value], names: Option<&Value>) -> Result {
    args::check("range", args, names, 1, 3)?;
    let (start, stop, step) = match args {
        [stop] => (0, number(stop)?, 1),
        [start, stop] => (number(start)?, number(stop)?, 1),
        _ => (number(arg(args, 0))?, number(arg(args, 1))?, number(arg(args, 2))?),
    };
    if step == 0 {
        return value_error("range() arg 3 must not be zero");
    }
    Ok(new(start, stop, step))
}

fn range_repr(v: &Value) -> Result {
    let RangeBody { start, stop, step } = this(v)?.body;
    Ok(Value::str(&match step {
        1 => format!("range({start}, {stop})"),
        _ => format!("range({start}, {stop}, {step})"),
    }))
}

fn range_hash(v: &Value) -> Result<i64> {
    let (n, start, step) = this(v)?.identity();
    let part = |x: Option<i64>| x.map_or(Value::NONE, int::from_i64);
    protocol::hash(&Value::tuple(vec![int::from_i64(n as i64), part(start), part(step)]))
}

fn range_compare(a: &Value, b: &Value, op: Compare) -> Result {
    let (Some(a), Some(b)) = (a.cast::<Range>(), b.cast::<Range>()) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    let same = a.identity() == b.identity();
    Ok(match op {
        Compare::Eq => Value::bool(same),
        Compare::Ne => Value::bool(!same),
        _ => Value::NOT_IMPLEMENTED,
    })
}

fn range_len(v: &Value) -> Result<usize> {
    match i64::try_from(this(v)?.count()) {
        Ok(n) => Ok(n as usize),
        Err(_) => overflow_error("Python int too large to convert to C ssize_t"),
    }
}

fn range_get_item(v: &Value, key: &Value) -> Result {
    let r = this(v)?;
    let len = r.count().min(i64::MAX as u64);
    if let Some(at) = slice::indices(key, len as usize)? {
        let bound = |i: i64| r.start.saturating_add(i.saturating_mul(r.step));
        let step = r.step.saturating_mul(at.step);
        return Ok(new(bound(at.start), bound(at.stop), step));
    }
    match slice::position(key, len as usize, "range")? {
        Some(i) => Ok(int::from_i64(r.item(i as u64))),
        None => index_error("range object index out of range"),
    }
}

/// The position of `x`: at once for an `int`, else by comparing with every number.
fn find(r: &RangeBody, x: &Value) -> Result<Option<u64>> {
    if x.is_exact(&int::INT) || protocol::is_bool(x) {
        return Ok(int::to_i64(x).and_then(|i| r.position(i)));
    }
    for i in 0..r.count() {
        if protocol::equal(&int::from_i64(r.item(i)), x)? {
            return Ok(Some(i));
        }
    }
    Ok(None)
}

fn range_contains(v: &Value, x: &Value) -> Result<bool> {
    Ok(find(&this(v)?.body, x)?.is_some())
}

fn range_index(a: &[Value]) -> Result {
    match find(&this(&a[0])?.body, arg(a, 1))? {
        Some(i) => Ok(int::from_i64(i as i64)),
        // CPython's wording depends on how it searched.
        None if arg(a, 1).ty().is_subtype(&int::INT) => {
            value_error(format!("{} is not in range", protocol::repr_string(arg(a, 1))?))
        }
        None => value_error("sequence.index(x): x not in sequence"),
    }
}

fn range_count(a: &[Value]) -> Result {
    let (r, x) = (this(&a[0])?, arg(a, 1));
    if x.is_exact(&int::INT) || protocol::is_bool(x) {
        return Ok(Value::small(find(&r.body, x)?.is_some() as i32));
    }
    let n =
        super::sequence::count_of(x, |i| ((i as u64) < r.count()).then(|| int::from_i64(r.item(i as u64))))?;
    Ok(int::from_i64(n as i64))
}
