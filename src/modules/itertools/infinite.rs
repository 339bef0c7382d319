//! `count`, `cycle` and `repeat`.

use super::ITERATOR;
use crate::modules::native::{make, peek, positional, this};
use crate::object::{BinOp, Boxed, Layout, List, Result, Slots, Type, Value};
use crate::protocol::{self, bind_args, type_error};
use crate::types::int::{self, INT};
use crate::types::iterator_state as state;
use crate::types::lazy::next_of;
use crate::types::list::LIST;
use std::cell::{Cell, RefCell};

/// `count(start, step)`
pub struct Count {
    next: Cell<Value>,
    step: Value,
}

/// `cycle(iterable)`
pub struct Cycle {
    /// Unbound when it is at its end.
    inner: Cell<Value>,
    /// A list, which copies share.
    saved: RefCell<Value>,
    at: Cell<usize>,
    /// Whether what `inner` gives has been saved already, by the one of which this is a copy.
    around: Cell<bool>,
}

/// `repeat(object, times)`
pub struct Repeat {
    item: Value,
    /// How often it still comes; `None`: for ever.
    left: Cell<Option<u64>>,
}

crate::body!(Count: Count { next, step });
crate::body!(Cycle: Cycle { inner, saved });
crate::body!(Repeat: Repeat { item });

/// `itertools.count`
pub static COUNT: Type = Type::builtin::<Boxed<Count>>(
    "itertools.count",
    Layout::Count,
    "count(start=0, step=1): the numbers start, start+step, start+2*step, ... without end.",
    crate::defs! {
        fn "__reduce__()" "How to make it again, for pickle and copy." => |a| {
            let it = this::<Count>(&a[0]);
            let mut args = vec![peek(&it.next)];
            if !steps_by_one(&it.step) {
                args.push(it.step.clone());
            }
            Ok(Value::tuple(vec![a[0].ty().value(), Value::tuple(args)]))
        };
    },
)
.with_signature("(start=0, step=1)")
.with_base_flag()
.with_slots(Slots { new: Some(count_new), next: Some(count_next), repr: Some(count_repr), ..ITERATOR });

/// `itertools.cycle`
pub static CYCLE: Type = Type::builtin::<Boxed<Cycle>>(
    "itertools.cycle",
    Layout::Cycle,
    "cycle(iterable): its items, and then the same items again, without end.",
    crate::defs! {
        fn "__reduce__()" "How to make it again, for pickle and copy." => |a| {
            let it = this::<Cycle>(&a[0]);
            let saved = it.saved.borrow().clone();
            let inner = peek(&it.inner);
            if !inner.is_unbound() {
                return state::call_from(&a[0], vec![inner], Value::tuple(vec![saved, Value::FALSE]));
            }
            // One that goes round already starts with what is left of the round.
            let rest = protocol::iter(&saved)?;
            protocol::call_method(&rest, "__setstate__", &[int::from_usize(it.at.get())])?;
            state::call_from(&a[0], vec![rest], Value::tuple(vec![saved, Value::TRUE]))
        };
        fn "__setstate__(state, /)" "Go on from the state that was pickled." => |a| {
            let [saved, around] = state::tuple(&a[1])? else { return type_error("state is not a tuple of two") };
            let around = protocol::truth(around)?;
            let it = this::<Cycle>(&a[0]);
            if !saved.is_exact(&LIST) {
                return type_error(format!("argument 1 must be list, not {}", saved.ty().name()));
            }
            it.around.set(around);
            let old = it.saved.replace(saved.clone());
            drop(old);
            Ok(Value::NONE)
        };
    },
)
.with_signature("(iterable, /)")
.with_base_flag()
.with_slots(Slots { new: Some(cycle_new), next: Some(cycle_next), ..ITERATOR });

/// `itertools.repeat`
pub static REPEAT: Type = Type::builtin::<Boxed<Repeat>>(
    "itertools.repeat",
    Layout::Repeat,
    "repeat(object, times): the object, so many times or without end.",
    crate::defs! {
        fn "__length_hint__()" "About how many items are to come." => |a| {
            match this::<Repeat>(&a[0]).left.get() {
                Some(n) => Ok(int::from_u64(n)),
                None => type_error("len() of unsized object"),
            }
        };
        fn "__reduce__()" "How to make it again, for pickle and copy." => |a| {
            let it = this::<Repeat>(&a[0]);
            let mut args = vec![it.item.clone()];
            args.extend(it.left.get().map(int::from_u64));
            Ok(Value::tuple(vec![a[0].ty().value(), Value::tuple(args)]))
        };
    },
)
.with_base_flag()
.with_slots(Slots { new: Some(repeat_new), next: Some(repeat_next), repr: Some(repeat_repr), ..ITERATOR });

fn is_number(v: &Value) -> bool {
    let s = v.ty().slots();
    v.is_inline_int()
        || s.index.is_some()
        || s.int.is_some()
        || s.float.is_some()
        || protocol::lookup_special(v, &crate::object::intern("__complex__")).is_ok_and(|m| m.is_some())
}

fn steps_by_one(step: &Value) -> bool {
    step.ty().is_subtype(&INT) && int::to_i64(step) == Some(1)
}

fn count_new(ty: &Value, args: &[Value], names: Option<&Value>) -> Result {
    let mut bound = bind_args("count", crate::sig!("count(start=0, step=1)"), args, names)?.into_iter();
    let mut or = |default| bound.next().and_then(Value::bound).unwrap_or(default);
    let (start, step) = (or(Value::small(0)), or(Value::small(1)));
    if !is_number(&start) || !is_number(&step) {
        return type_error("a number is required");
    }
    make(ty, Count { next: Cell::new(start), step })
}

fn count_next(v: &Value) -> Result<Option<Value>> {
    let it = this::<Count>(v);
    let now = peek(&it.next);
    let after = match (now.as_inline_int(), it.step.as_inline_int()) {
        (Some(a), Some(b)) => int::from_i64(a + b),
        _ => protocol::binary(BinOp::Add, &now, &it.step)?,
    };
    drop(it.next.replace(after));
    Ok(Some(now))
}

fn count_repr(v: &Value) -> Result {
    let it = this::<Count>(v);
    let name = short_name(v);
    let next = protocol::repr_string(&peek(&it.next))?;
    if steps_by_one(&it.step) {
        return Ok(Value::str(&format!("{name}({next})")));
    }
    Ok(Value::str(&format!("{name}({next}, {})", protocol::repr_string(&it.step)?)))
}

/// The name of the type without its module.
fn short_name(v: &Value) -> &str {
    v.ty().name().rsplit('.').next().unwrap_or_default()
}

fn cycle_new(ty: &Value, args: &[Value], names: Option<&Value>) -> Result {
    let args = positional("cycle", &CYCLE, ty, args, names, (1, 1))?;
    let inner = Cell::new(protocol::iter(&args[0])?);
    make(
        ty,
        Cycle {
            inner,
            saved: RefCell::new(Value::list(Vec::new())),
            at: Cell::new(0),
            around: Cell::new(false),
        },
    )
}

fn cycle_next(v: &Value) -> Result<Option<Value>> {
    let it = this::<Cycle>(v);
    let saved = it.saved.borrow().clone();
    let Some(saved) = saved.cast::<List>() else { return Ok(None) };
    let inner = peek(&it.inner);
    if !inner.is_unbound() {
        if let Some(item) = next_of(&inner)? {
            if !it.around.get() {
                saved.push(item.clone());
            }
            return Ok(Some(item));
        }
        drop(it.inner.replace(Value::UNBOUND));
    }
    let i = it.at.get();
    it.at.set(if i + 1 >= saved.len() { 0 } else { i + 1 });
    Ok(saved.get(i))
}

fn repeat_new(ty: &Value, args: &[Value], names: Option<&Value>) -> Result {
    let bound = bind_args("repeat", crate::sig!("repeat(object, times=None)"), args, names)?;
    let left = match bound[1].as_bound() {
        Some(n) => Some(protocol::index_i64(n)?.max(0) as u64),
        None => None,
    };
    make(ty, Repeat { item: bound[0].clone(), left: Cell::new(left) })
}

fn repeat_next(v: &Value) -> Result<Option<Value>> {
    let it = this::<Repeat>(v);
    match it.left.get() {
        Some(0) => return Ok(None),
        left => it.left.set(left.map(|n| n - 1)),
    }
    Ok(Some(it.item.clone()))
}

fn repeat_repr(v: &Value) -> Result {
    let it = this::<Repeat>(v);
    let (name, item) = (short_name(v), protocol::repr_string(&it.item)?);
    Ok(Value::str(&match it.left.get() {
        Some(n) => format!("{name}({item}, {n})"),
        None => format!("{name}({item})"),
    }))
}
