//! `slice`, and what a subscript means for a sequence.

use crate::object::{Boxed, Compare, Layout, Result, Slots, Type, Value, arg};
use crate::protocol::{self, index_clipped, type_error, value_error};
use crate::types::int;
use num_bigint::BigInt;
use num_traits::Signed;

/// A `slice` object.
pub type Slice = Boxed<SliceBody>;

/// The fields of a `slice`.
pub struct SliceBody {
    /// `None` if omitted.
    pub start: Value,
    /// `None` if omitted.
    pub stop: Value,
    /// `None` if omitted.
    pub step: Value,
}

crate::body!(SliceBody: Slice { start, stop, step });

/// The type `slice`.
pub static SLICE: Type = Type::builtin::<Slice>(
    "slice",
    Layout::Slice,
    "What stands between brackets: start, stop and step.",
    crate::defs! {
        member "start()" "The first index, or None." => |v| Ok(fields(v).0);
        member "stop()" "The index after the last, or None." => |v| Ok(fields(v).1);
        member "step()" "The distance, or None." => |v| Ok(fields(v).2);
        fn "__reduce__()" "How to make it again, for pickle and copy." => |a| {
            let (start, stop, step) = fields(&a[0]);
            Ok(Value::tuple(vec![SLICE.value(), Value::tuple(vec![start, stop, step])]))
        };
        fn "indices(len, /)" "Start, stop and step of the slice for a sequence of this length." => slice_indices;
    },
)
.with_slots(Slots { new: Some(slice_new), repr: Some(slice_repr), compare: Some(slice_compare), ..Slots::EMPTY });

/// A new slice object; `None` stands for an omitted part.
pub fn new(start: Value, stop: Value, step: Value) -> Value {
    Value::new(&SLICE, SliceBody { start, stop, step })
}

/// A slice made concrete for a sequence of a certain length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Indices {
    /// The first index.
    pub start: i64,
    /// The index before which (after which, for a negative step) to end.
    pub stop: i64,
    /// The distance; not 0.
    pub step: i64,
    /// How many items the slice has.
    pub count: usize,
}

impl Indices {
    /// The indices in order, all within the sequence.
    pub fn iter(self) -> impl Iterator<Item = usize> {
        let Indices { start, step, count, .. } = self;
        (0..count as i64).map(move |n| (start + n * step) as usize)
    }

    /// The same items from the lowest index upwards.
    pub fn ascending(self) -> Indices {
        if self.step > 0 || self.count == 0 {
            return self;
        }
        let lowest = self.start + (self.count as i64 - 1) * self.step;
        Indices { start: lowest, stop: self.start + 1, step: -self.step, count: self.count }
    }
}

/// The items that `v` selects of a sequence of `len` items; `None` if `v` is not a slice.
#[inline]
pub fn indices(v: &Value, len: usize) -> Result<Option<Indices>> {
    match v.cast::<Slice>() {
        Some(s) => bounds(s, len as i64).map(Some),
        None => Ok(None),
    }
}

fn part(v: &Value) -> Result<Option<i64>> {
    if v.is_none() {
        return Ok(None);
    }
    check_part(v)?;
    index_clipped(v).map(Some)
}

fn check_part(v: &Value) -> Result<()> {
    if !v.is_inline_int() && v.ty().slots().index.is_none() {
        return type_error("slice indices must be integers or None or have an __index__ method");
    }
    Ok(())
}

fn bounds(s: &SliceBody, len: i64) -> Result<Indices> {
    // One above the lowest number, so that it can be negated.
    let step = part(&s.step)?.unwrap_or(1).max(-i64::MAX);
    if step == 0 {
        return value_error("slice step cannot be zero");
    }
    let (low, high) = if step < 0 { (-1, len - 1) } else { (0, len) };
    let clip = |i: i64| if i < 0 { (i.saturating_add(len)).max(low) } else { i.min(high) };
    let start = part(&s.start)?.map_or(if step < 0 { high } else { low }, clip);
    let stop = part(&s.stop)?.map_or(if step < 0 { low } else { high }, clip);
    let count = if step < 0 && stop < start {
        (start - stop - 1) / -step + 1
    } else if step > 0 && start < stop {
        (stop - start - 1) / step + 1
    } else {
        0
    };
    Ok(Indices { start, stop, step, count: count as usize })
}

/// The position that the index `key` means in a sequence of `len` items; `None` if it is out of range.
/// `what` names the sequence in the message for keys of a wrong type.
#[inline]
pub fn position(key: &Value, len: usize, what: &str) -> Result<Option<usize>> {
    let i = match key.as_inline_int() {
        Some(i) => i,
        None if key.ty().slots().index.is_none() => {
            let ty = key.ty().name();
            return type_error(format!("{what} indices must be integers or slices, not {ty}"));
        }
        None => protocol::index_position(key)?,
    };
    let at = if i < 0 { i + len as i64 } else { i };
    Ok(if (0..len as i64).contains(&at) { Some(at as usize) } else { None })
}

fn fields(v: &Value) -> (Value, Value, Value) {
    let none = || (Value::NONE, Value::NONE, Value::NONE);
    v.cast::<Slice>().map_or_else(none, |s| (s.start.clone(), s.stop.clone(), s.step.clone()))
}

fn slice_new(_: &Value, args: &[Value], names: Option<&Value>) -> Result {
    super::args::check("slice", args, names, 1, 3)?;
    let part = |i| arg(args, i).as_bound().cloned().unwrap_or(Value::NONE);
    Ok(match args.len() {
        1 => new(Value::NONE, part(0), Value::NONE),
        _ => new(part(0), part(1), part(2)),
    })
}

fn slice_repr(v: &Value) -> Result {
    let (start, stop, step) = fields(v);
    let [start, stop, step] = [&start, &stop, &step].map(protocol::repr_string);
    Ok(Value::str(&format!("slice({}, {}, {})", start?, stop?, step?)))
}

fn slice_compare(a: &Value, b: &Value, op: Compare) -> Result {
    if b.cast::<Slice>().is_none() {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let ((a1, a2, a3), (b1, b2, b3)) = (fields(a), fields(b));
    protocol::compare(&Value::tuple(vec![a1, a2, a3]), &Value::tuple(vec![b1, b2, b3]), op)
}

/// As [`indices`] for a sequence of any length: start, stop and step.
pub fn indices_of_big(v: &Value, len: &BigInt) -> Result<Option<(BigInt, BigInt, BigInt)>> {
    let Some(s) = v.cast::<Slice>() else { return Ok(None) };
    let part = |v: &Value| -> Result<Option<BigInt>> {
        if v.is_none() {
            return Ok(None);
        }
        check_part(v)?;
        Ok(int::to_big(&protocol::index(v)?))
    };
    let step = part(&s.step)?.unwrap_or_else(|| 1.into());
    if step == BigInt::ZERO {
        return value_error("slice step cannot be zero");
    }
    let down = step.is_negative();
    let (low, high) = if down { ((-1).into(), len - 1) } else { (BigInt::ZERO, len.clone()) };
    let clip = |i: BigInt| if i.is_negative() { (i + len).max(low.clone()) } else { i.min(high.clone()) };
    let start = part(&s.start)?.map_or_else(|| if down { high.clone() } else { low.clone() }, clip);
    let stop = part(&s.stop)?.map_or_else(|| if down { low.clone() } else { high.clone() }, clip);
    Ok(Some((start, stop, step)))
}

fn slice_indices(args: &[Value]) -> Result {
    let len = int::to_big(&protocol::index(arg(args, 1))?).unwrap_or_default();
    if len.is_negative() {
        return value_error("length should not be negative");
    }
    let Some((start, stop, step)) = indices_of_big(arg(args, 0), &len)? else {
        return type_error("not a slice");
    };
    Ok(Value::tuple([start, stop, step].map(int::from_big).to_vec()))
}
