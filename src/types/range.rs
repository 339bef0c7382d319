//! `range`, for 64-bit bounds.

use super::{int, slice};
use crate::object::{Body, BodyLayout, Boxed, Compare, Layout, Result, Slots, Type, Value};
use crate::protocol::{self, index_i64, type_error, value_error};
use std::cell::Cell;

/// The fields of a range.
#[derive(Clone, Copy)]
pub struct Range {
    start: i64,
    stop: i64,
    step: i64,
}

impl Body for Range {}
impl BodyLayout for Range {
    const LAYOUT: Layout = Layout::Range;
}

impl Range {
    fn len(self) -> usize {
        let (low, high) = if self.step > 0 { (self.start, self.stop) } else { (self.stop, self.start) };
        if low >= high {
            return 0;
        }
        ((high as i128 - low as i128 - 1) / (self.step as i128).abs() + 1) as usize
    }

    fn at(self, i: usize) -> i64 {
        self.start.wrapping_add((i as i64).wrapping_mul(self.step))
    }

    fn iterator(self) -> Value {
        let body = RangeIter { next: Cell::new(self.start), left: Cell::new(self.len()), step: self.step };
        Value::new(&RANGE_ITERATOR, body)
    }

    fn position(self, v: &Value) -> Option<usize> {
        let i = int::to_i64(v)?;
        let d = i as i128 - self.start as i128;
        let n = d / self.step as i128;
        (d % self.step as i128 == 0 && n >= 0 && (n as usize) < self.len()).then_some(n as usize)
    }
}

/// Iterates over a range.
pub struct RangeIter {
    next: Cell<i64>,
    left: Cell<usize>,
    step: i64,
}

impl RangeIter {
    /// The next number.
    #[inline(always)]
    pub fn advance(&self) -> Option<Value> {
        let left = self.left.get();
        if left == 0 {
            return None;
        }
        let i = self.next.get();
        self.left.set(left - 1);
        self.next.set(i.wrapping_add(self.step));
        Some(match Value::inline_int(i) {
            Some(v) => v,
            None => int::from_i64(i),
        })
    }

    fn step(&self) -> Result<Option<Value>> {
        Ok(self.advance())
    }
}

crate::iterator_type!(
    /// `range_iterator`
    RANGE_ITERATOR, "range_iterator", RangeIter, None
);

fn range(v: &Value) -> Range {
    v.cast::<Boxed<Range>>().map(|r| r.body).expect("slots are only called on their own type")
}

/// `range`
pub static RANGE: Type = Type::builtin::<Boxed<Range>>("range", Layout::Range, "", crate::defs! {
    get "start()" "" => |v| Ok(int::from_i64(range(v).start));
    get "stop()" "" => |v| Ok(int::from_i64(range(v).stop));
    get "step()" "" => |v| Ok(int::from_i64(range(v).step));
    fn "index(value, /)" "Return index of value." => |a| match range(&a[0]).position(&a[1]) {
        Some(i) => Ok(int::from_i64(i as i64)),
        None => value_error(format!("{} is not in range", protocol::repr_string(&a[1])?)),
    };
    fn "count(value, /)" "Return number of occurrences of value." => |a| Ok(Value::small(range(&a[0]).position(&a[1]).is_some() as i32));
    fn "__reversed__()" "Return a reverse iterator." => |a| {
        let r = range(&a[0]);
        let n = r.len();
        let start = if n == 0 { r.start } else { r.at(n - 1) };
        let body = RangeIter { next: Cell::new(start), left: Cell::new(n), step: -r.step };
        Ok(Value::new(&RANGE_ITERATOR, body))
    };
})
.with_slots(Slots {
    new: Some(|_, args, names| {
        if names.is_some() {
            return type_error("range() takes no keyword arguments");
        }
        let (start, stop, step) = match args {
            [stop] => (0, index_i64(stop)?, 1),
            [start, stop] => (index_i64(start)?, index_i64(stop)?, 1),
            [start, stop, step] => (index_i64(start)?, index_i64(stop)?, index_i64(step)?),
            [] => return type_error("range expected at least 1 argument, got 0"),
            _ => return type_error(format!("range expected at most 3 arguments, got {}", args.len())),
        };
        if step == 0 {
            return value_error("range() arg 3 must not be zero");
        }
        Ok(Value::new(&RANGE, Range { start, stop, step }))
    }),
    init: Some(|_, _, _| Ok(())),
    repr: Some(|v| {
        let r = range(v);
        Ok(Value::str(&match r.step {
            1 => format!("range({}, {})", r.start, r.stop),
            step => format!("range({}, {}, {step})", r.start, r.stop),
        }))
    }),
    len: Some(|v| Ok(range(v).len())),
    bool: Some(|v| Ok(range(v).len() > 0)),
    iter: Some(|v| Ok(range(v).iterator())),
    contains: Some(|v, x| {
        if int::to_i64(x).is_some() {
            return Ok(range(v).position(x).is_some());
        }
        let r = range(v);
        for i in 0..r.len() {
            if protocol::equal(&int::from_i64(r.at(i)), x)? {
                return Ok(true);
            }
        }
        Ok(false)
    }),
    get_item: Some(|v, key| {
        let r = range(v);
        if let Some(i) = slice::indices(key, r.len())? {
            let start = r.start.wrapping_add(i.start.wrapping_mul(r.step));
            let stop = r.start.wrapping_add(i.stop.wrapping_mul(r.step));
            return Ok(Value::new(&RANGE, Range { start, stop, step: r.step.wrapping_mul(i.step) }));
        }
        if key.as_inline_int().is_none() && key.ty().slots().index.is_none() {
            return type_error(format!("range indices must be integers or slices, not {}", key.ty().name()));
        }
        let i = protocol::index_position(key)?;
        let at = if i < 0 { i + r.len() as i64 } else { i };
        if at < 0 || at >= r.len() as i64 {
            return protocol::index_error("range object index out of range");
        }
        Ok(int::from_i64(r.at(at as usize)))
    }),
    compare: Some(|a, b, op| {
        let (Some(_), Some(y)) = (a.cast::<Boxed<Range>>(), b.cast::<Boxed<Range>>()) else {
            return Ok(Value::NOT_IMPLEMENTED);
        };
        let (x, y) = (range(a), y.body);
        let n = x.len();
        let same = n == y.len() && (n == 0 || x.start == y.start && (n == 1 || x.step == y.step));
        Ok(match op {
            Compare::Eq => Value::bool(same),
            Compare::Ne => Value::bool(!same),
            _ => Value::NOT_IMPLEMENTED,
        })
    }),
    hash: Some(|v| {
        let r = range(v);
        protocol::hash(&Value::tuple([r.len() as i64, r.start, r.step].map(int::from_i64).to_vec()))
    }),
    ..Slots::EMPTY
});
