//! `range`: of numbers that fit 64 bits, and of larger ones (`wide`).

mod wide;

use super::iterator_state::builtin_iter;
use super::iterators::ITERATOR;
use super::{args, int, slice};
use crate::object::{Boxed, Compare, Layout, Result, Slots, Type, Value, arg};
use crate::protocol::{self, index_error, overflow_error, type_error, value_error};
use num_bigint::BigInt;
use std::cell::Cell;
pub use wide::WIDE_ITERATOR;
use wide::Wide;

/// A `range` object.
pub type Range = Boxed<RangeBody>;

/// The fields of a `range`.
pub enum RangeBody {
    /// All numbers, and how many they are, fit 64 bits.
    Words(Words),
    /// They do not.
    Wide(Box<Wide>),
}

/// A range of machine words. The number of its items is one too.
#[derive(Clone, Copy)]
pub struct Words {
    start: i64,
    stop: i64,
    /// Not 0.
    step: i64,
}

/// An iterator over a range.
pub struct RangeIter {
    /// The next number.
    pub next: Cell<i64>,
    /// How many are left.
    pub remaining: Cell<i64>,
    /// The distance.
    pub step: i64,
    /// How many there were at the beginning.
    count: i64,
}

crate::body!(RangeBody: Range);
crate::body!(RangeIter: RangeIterator);

/// The type `range`.
pub static RANGE: Type = Type::builtin::<Range>(
    "range",
    Layout::Range,
    "The integers from start up to, but not, stop, in steps.",
    crate::defs! {
        member "start()" "The first number." => |v| Ok(this(v)?.bounds().0);
        member "stop()" "The end, itself excluded." => |v| Ok(this(v)?.bounds().1);
        member "step()" "The distance between two numbers." => |v| Ok(this(v)?.bounds().2);
        fn "__reduce__()" "" => |a| {
            let (start, stop, step) = this(&a[0])?.bounds();
            Ok(Value::tuple(vec![RANGE.value(), Value::tuple(vec![start, stop, step])]))
        };
        fn "index(value, /)" "Where the number is; ValueError if it is not in the range." => range_index;
        fn "count(value, /)" "How often the number is in the range: once or not at all." => range_count;
        fn "__reversed__()" "The numbers in reverse order." => |a| Ok(match &this(&a[0])?.body {
            RangeBody::Words(r) => match r.reversed() {
                Some(r) => iterator(r),
                None => wide::iterator(r.widened().reversed()),
            },
            RangeBody::Wide(r) => wide::iterator(r.reversed()),
        });
    },
)
.with_slots(Slots {
    new: Some(range_new),
    repr: Some(range_repr),
    hash: Some(range_hash),
    compare: Some(range_compare),
    bool: Some(|v| Ok(this(v)?.is_not_empty())),
    len: Some(range_len),
    get_item: Some(range_get_item),
    contains: Some(range_contains),
    iter: Some(|v| Ok(this(v)?.iterator())),
    ..Slots::EMPTY
});

/// The type of `iter(range(0))`.
pub static RANGE_ITERATOR: Type = Type::builtin::<Boxed<RangeIter>>(
    "range_iterator",
    Layout::RangeIterator,
    "",
    crate::defs! {
        fn "__length_hint__()" "About how many items are to come." => |a| {
            Ok(int::from_i64(a[0].cast::<Boxed<RangeIter>>().map_or(0, |i| i.remaining.get())))
        };
        fn "__reduce__()" "How to make it again, for pickle and copy." => |a| {
            let Some(it) = a[0].cast::<Boxed<RangeIter>>() else { return Ok(Value::NONE) };
            let given = it.count - it.remaining.get();
            Ok(Value::tuple(vec![builtin_iter()?, Value::tuple(vec![it.range()]), int::from_i64(given)]))
        };
        fn "__setstate__(state, /)" "Go on from the state that was pickled." => |a| {
            let n = protocol::index_i64(&a[1])?;
            if let Some(it) = a[0].cast::<Boxed<RangeIter>>() {
                it.skip_to(n.clamp(0, it.count));
            }
            Ok(Value::NONE)
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

impl RangeIter {
    fn start(&self) -> i64 {
        let given = self.count - self.remaining.get();
        self.next.get().wrapping_sub(given.wrapping_mul(self.step))
    }

    /// The range it iterates over.
    fn range(&self) -> Value {
        let start = BigInt::from(self.start());
        let stop = &start + BigInt::from(self.count) * self.step;
        from_wide(Wide::new(start, stop, self.step.into()))
    }

    /// Goes to item `n`.
    fn skip_to(&self, n: i64) {
        self.next.set(self.start().wrapping_add(n.wrapping_mul(self.step)));
        self.remaining.set(self.count - n);
    }
}

impl Words {
    /// How many numbers it has.
    fn count(&self) -> i64 {
        let (low, high) = if self.step > 0 { (self.start, self.stop) } else { (self.stop, self.start) };
        if low >= high { 0 } else { ((high.abs_diff(low) - 1) / self.step.unsigned_abs() + 1) as i64 }
    }

    /// Number `i`, which must be there.
    fn item(&self, i: i64) -> i64 {
        self.start.wrapping_add(i.wrapping_mul(self.step))
    }

    /// The position of a number.
    fn position(&self, x: i64) -> Option<i64> {
        let inside =
            if self.step > 0 { self.start <= x && x < self.stop } else { self.stop < x && x <= self.start };
        let distance = x.abs_diff(self.start);
        (inside && distance.is_multiple_of(self.step.unsigned_abs()))
            .then(|| (distance / self.step.unsigned_abs()) as i64)
    }

    /// The same numbers backwards; `None` if words are too short for it.
    fn reversed(&self) -> Option<Words> {
        let step = self.step.checked_neg()?;
        Some(match self.count() {
            0 => Words { start: self.start, stop: self.start, step },
            n => Words { start: self.item(n - 1), stop: self.start.checked_add(step.signum())?, step },
        })
    }

    /// What equality looks at: the numbers, not how they were given.
    fn identity(&self) -> (i64, Option<i64>, Option<i64>) {
        let n = self.count();
        (n, (n > 0).then_some(self.start), (n > 1).then_some(self.step))
    }

    fn widened(&self) -> Wide {
        Wide::new(self.start.into(), self.stop.into(), self.step.into())
    }
}

impl RangeBody {
    /// Start, stop and step.
    fn bounds(&self) -> (Value, Value, Value) {
        match self {
            RangeBody::Words(r) => (int::from_i64(r.start), int::from_i64(r.stop), int::from_i64(r.step)),
            RangeBody::Wide(r) => {
                let [start, stop, step] = [&r.start, &r.stop, &r.step].map(|n| int::from_big(n.clone()));
                (start, stop, step)
            }
        }
    }

    fn is_not_empty(&self) -> bool {
        match self {
            RangeBody::Words(r) => r.count() != 0,
            RangeBody::Wide(r) => r.count != BigInt::ZERO,
        }
    }

    fn widened(&self) -> Wide {
        match self {
            RangeBody::Words(r) => r.widened(),
            RangeBody::Wide(r) => (**r).clone(),
        }
    }

    /// The position of `x`: at once for an `int`, else by comparing with every number.
    fn find(&self, x: &Value) -> Result<Option<Value>> {
        let is_int = x.is_exact(&int::INT) || protocol::is_bool(x);
        match self {
            RangeBody::Words(r) if is_int => {
                Ok(int::to_i64(x).and_then(|i| r.position(i)).map(int::from_i64))
            }
            RangeBody::Wide(r) if is_int => {
                Ok(int::to_big(x).and_then(|i| r.position(&i)).map(int::from_big))
            }
            _ => {
                let mut place = BigInt::ZERO;
                let numbers = self.iterator();
                while let Some(number) = protocol::next(&numbers)? {
                    if protocol::equal(&number, x)? {
                        return Ok(Some(int::from_big(place)));
                    }
                    place += 1;
                }
                Ok(None)
            }
        }
    }

    fn iterator(&self) -> Value {
        match self {
            RangeBody::Words(r) => iterator(*r),
            RangeBody::Wide(r) => wide::iterator((**r).clone()),
        }
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

fn from_wide(range: Wide) -> Value {
    Value::new(&RANGE, wide::narrow(range))
}

fn iterator(range: Words) -> Value {
    let count = range.count();
    let (next, remaining) = (Cell::new(range.start), Cell::new(count));
    Value::new(&RANGE_ITERATOR, RangeIter { next, remaining, step: range.step, count })
}

fn range_new(_: &Value, args: &[Value], names: Option<&Value>) -> Result {
    args::check("range", args, names, 1, 3)?;
    let (start, stop, step) = match args {
        [stop] => (Value::small(0), protocol::index(stop)?, Value::small(1)),
        [start, stop] => (protocol::index(start)?, protocol::index(stop)?, Value::small(1)),
        _ => (protocol::index(arg(args, 0))?, protocol::index(arg(args, 1))?, protocol::index(arg(args, 2))?),
    };
    if !protocol::truth(&step)? {
        return value_error("range() arg 3 must not be zero");
    }
    if let [Some(start), Some(stop), Some(step)] = [&start, &stop, &step].map(Value::as_inline_int) {
        return Ok(Value::new(&RANGE, RangeBody::Words(Words { start, stop, step })));
    }
    let [start, stop, step] = [&start, &stop, &step].map(|v| int::to_big(v).unwrap_or_default());
    Ok(from_wide(Wide::new(start, stop, step)))
}

fn range_repr(v: &Value) -> Result {
    let (start, stop, step) = this(v)?.bounds();
    let [start, stop] = [protocol::repr_string(&start)?, protocol::repr_string(&stop)?];
    Ok(Value::str(&match step.as_inline_int() {
        Some(1) => format!("range({start}, {stop})"),
        _ => format!("range({start}, {stop}, {})", protocol::repr_string(&step)?),
    }))
}

fn range_hash(v: &Value) -> Result<i64> {
    let part = |x: Option<Value>| x.unwrap_or(Value::NONE);
    let identity = match &this(v)?.body {
        RangeBody::Words(r) => {
            let (n, start, step) = r.identity();
            vec![int::from_i64(n), part(start.map(int::from_i64)), part(step.map(int::from_i64))]
        }
        RangeBody::Wide(r) => {
            let (n, start, step) = r.identity();
            let big = |n: &BigInt| int::from_big(n.clone());
            vec![big(n), part(start.map(big)), part(step.map(big))]
        }
    };
    protocol::hash(&Value::tuple(identity))
}

fn range_compare(a: &Value, b: &Value, op: Compare) -> Result {
    let (Some(a), Some(b)) = (a.cast::<Range>(), b.cast::<Range>()) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    let same = || match (&a.body, &b.body) {
        (RangeBody::Words(a), RangeBody::Words(b)) => a.identity() == b.identity(),
        (a, b) => a.widened().identity() == b.widened().identity(),
    };
    Ok(match op {
        Compare::Eq => Value::bool(same()),
        Compare::Ne => Value::bool(!same()),
        _ => Value::NOT_IMPLEMENTED,
    })
}

fn range_len(v: &Value) -> Result<usize> {
    let count = match &this(v)?.body {
        RangeBody::Words(r) => Some(r.count()),
        RangeBody::Wide(r) => i64::try_from(&r.count).ok(),
    };
    match count {
        Some(n) => Ok(n as usize),
        None => overflow_error("Python int too large to convert to C ssize_t"),
    }
}

fn range_get_item(v: &Value, key: &Value) -> Result {
    let r = this(v)?;
    if let (RangeBody::Words(r), Some(i)) = (&r.body, key.as_inline_int()) {
        let i = if i < 0 { i + r.count() } else { i };
        return if (0..r.count()).contains(&i) { Ok(int::from_i64(r.item(i))) } else { out_of_range() };
    }
    let r = r.widened();
    if let Some((start, stop, step)) = slice::indices_of_big(key, &r.count)? {
        return Ok(from_wide(Wide::new(r.item(&start), r.item(&stop), step * &r.step)));
    }
    if key.ty().slots().index.is_none() {
        let ty = key.ty().name();
        return type_error(format!("range indices must be integers or slices, not {ty}"));
    }
    let i = protocol::index(key)?;
    match r.at(int::to_big(&i).unwrap_or_default()) {
        Some(number) => Ok(int::from_big(number)),
        None => out_of_range(),
    }
}

fn out_of_range() -> Result {
    index_error("range object index out of range")
}

fn range_contains(v: &Value, x: &Value) -> Result<bool> {
    Ok(this(v)?.find(x)?.is_some())
}

fn range_index(a: &[Value]) -> Result {
    match this(&a[0])?.find(arg(a, 1))? {
        Some(i) => Ok(i),
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
        return Ok(Value::small(r.find(x)?.is_some() as i32));
    }
    let numbers = r.iterator();
    let mut n = 0;
    while let Some(number) = protocol::next(&numbers)? {
        n += protocol::equal(&number, x)? as i64;
    }
    Ok(int::from_i64(n))
}
