//! `slice`, and what slicing means for a sequence of a given length.

use crate::object::{Body, BodyLayout, Boxed, Layout, Result, Slots, Type, Value};
use crate::protocol::{self, type_error, value_error};

/// The fields of a slice.
pub struct Slice {
    start: Value,
    stop: Value,
    step: Value,
}

impl Body for Slice {}
impl BodyLayout for Slice {
    const LAYOUT: Layout = Layout::Slice;
}

fn sl(v: &Value) -> &Slice {
    v.cast::<Boxed<Slice>>().expect("slots are only called on their own type")
}

/// `slice`
pub static SLICE: Type = Type::builtin::<Boxed<Slice>>(
    "slice",
    Layout::Slice,
    "",
    crate::defs! {
        get "start()" "" => |v| Ok(sl(v).start.clone());
        get "stop()" "" => |v| Ok(sl(v).stop.clone());
        get "step()" "" => |v| Ok(sl(v).step.clone());
        fn "indices(len, /)" "Start, stop and step for a sequence of this length." => |a| {
            let len = protocol::index_i64(&a[1])?;
            if len < 0 {
                return value_error("length should not be negative");
            }
            match indices(&a[0], len as usize)? {
                Some(i) => Ok(Value::tuple([i.start, i.stop, i.step].map(super::int::from_i64).to_vec())),
                None => Ok(Value::NONE),
            }
        };
    },
)
.with_slots(Slots {
    new: Some(|_, args, _| {
        let none = || Value::NONE;
        match args {
            [stop] => Ok(new(none(), stop.clone(), none())),
            [start, stop] => Ok(new(start.clone(), stop.clone(), none())),
            [start, stop, step] => Ok(new(start.clone(), stop.clone(), step.clone())),
            [] => type_error("slice expected at least 1 argument, got 0"),
            _ => type_error(format!("slice expected at most 3 arguments, got {}", args.len())),
        }
    }),
    init: Some(|_, _, _| Ok(())),
    repr: Some(|v| {
        let s = sl(v);
        let r = protocol::repr_string;
        Ok(Value::str(&format!("slice({}, {}, {})", r(&s.start)?, r(&s.stop)?, r(&s.step)?)))
    }),
    compare: Some(|a, b, op| match (a.cast::<Boxed<Slice>>(), b.cast::<Boxed<Slice>>()) {
        (Some(x), Some(y)) => {
            let t = |s: &Slice| Value::tuple(vec![s.start.clone(), s.stop.clone(), s.step.clone()]);
            protocol::compare(&t(x), &t(y), op)
        }
        _ => Ok(Value::NOT_IMPLEMENTED),
    }),
    ..Slots::EMPTY
});

/// A new slice.
pub fn new(start: Value, stop: Value, step: Value) -> Value {
    Value::new(&SLICE, Slice { start, stop, step })
}

/// A slice applied to a length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Indices {
    /// The first index.
    pub start: i64,
    /// Where to stop; -1 for a backward slice that reaches the beginning.
    pub stop: i64,
    /// From one index to the next.
    pub step: i64,
    /// How many indices there are.
    pub count: usize,
}

impl Indices {
    /// The indices.
    pub fn iter(self) -> impl Iterator<Item = usize> {
        (0..self.count as i64).map(move |i| (self.start + i * self.step) as usize)
    }
}

fn bound(v: &Value) -> Result<i64> {
    if v.as_inline_int().is_none() && v.ty().slots().index.is_none() {
        return type_error("slice indices must be integers or None or have an __index__ method");
    }
    protocol::index_clipped(v)
}

/// What a slice selects from `len` items; `None` if `v` is no slice.
pub fn indices(v: &Value, len: usize) -> Result<Option<Indices>> {
    let Some(s) = v.cast::<Boxed<Slice>>() else { return Ok(None) };
    let step = if s.step.is_none() { 1 } else { bound(&s.step)?.max(-i64::MAX) };
    if step == 0 {
        return value_error("slice step cannot be zero");
    }
    let len = len as i64;
    let (low, high) = if step > 0 { (0, len) } else { (-1, len - 1) };
    let clip = |v: &Value, default: i64| -> Result<i64> {
        if v.is_none() {
            return Ok(default);
        }
        let i = bound(v)?;
        let i = if i < 0 { i.saturating_add(len) } else { i };
        Ok(i.clamp(low, high))
    };
    let start = clip(&s.start, if step > 0 { low } else { high })?;
    let stop = clip(&s.stop, if step > 0 { high } else { low })?;
    let distance = if step > 0 { stop - start } else { start - stop };
    let count = if distance <= 0 { 0 } else { ((distance - 1) / step.abs() + 1) as usize };
    Ok(Some(Indices { start, stop, step, count }))
}

/// Index `key` of a sequence of `len` items, counted from the end if negative; `what` names the sequence.
pub fn position(key: &Value, len: usize, what: &str) -> Result<usize> {
    if key.as_inline_int().is_none() && key.ty().slots().index.is_none() {
        return type_error(format!("{what} indices must be integers or slices, not {}", key.ty().name()));
    }
    let i = protocol::index_position(key)?;
    let at = if i < 0 { i + len as i64 } else { i };
    if at < 0 || at >= len as i64 {
        return protocol::index_error(format!("{what} index out of range"));
    }
    Ok(at as usize)
}
