//! Iterators that leave items out: `compress`, `dropwhile`, `takewhile`, `filterfalse` and `islice`.

use super::ITERATOR;
use crate::modules::native::{make, peek, positional, this};
use crate::object::{Boxed, Layout, Result, Slots, Type, Value};
use crate::protocol::{self, bind_args, value_error};
use crate::types::bool::BOOL;
use crate::types::lazy::next_of;
use crate::types::{int, iterator_state as state};
use std::cell::Cell;

/// `compress(data, selectors)`
pub struct Compress {
    data: Value,
    selectors: Value,
}

/// `dropwhile(predicate, iterable)`
pub struct DropWhile {
    predicate: Value,
    inner: Value,
    started: Cell<bool>,
}

/// `takewhile(predicate, iterable)`
pub struct TakeWhile {
    predicate: Value,
    inner: Value,
    stopped: Cell<bool>,
}

/// `filterfalse(predicate, iterable)`
pub struct FilterFalse {
    /// Unbound: the items' own truth decides.
    predicate: Value,
    inner: Value,
}

/// `islice(iterable, start, stop, step)`
pub struct Slicer {
    /// Unbound when it is at its end.
    inner: Cell<Value>,
    /// How many items have been taken.
    taken: Cell<u64>,
    /// The number of the next item to be given.
    next: Cell<u64>,
    stop: u64,
    step: u64,
}

crate::body!(Compress: Compress { data, selectors });
crate::body!(DropWhile: DropWhile { predicate, inner });
crate::body!(TakeWhile: TakeWhile { predicate, inner });
crate::body!(FilterFalse: FilterFalse { predicate, inner });
crate::body!(Slicer: Slicer { inner });

/// `itertools.compress`
pub static COMPRESS: Type = Type::builtin::<Boxed<Compress>>(
    "itertools.compress",
    Layout::Compress,
    "compress(data, selectors): the items of data whose selector is true.",
    crate::defs! {
        fn "__reduce__()" "How to make it again, for pickle and copy." => |a| {
            let it = this::<Compress>(&a[0]);
            state::call_of(&a[0], vec![it.data.clone(), it.selectors.clone()])
        };
    },
)
.with_signature("(data, selectors)")
.with_base_flag()
.with_slots(Slots {
    new: Some(|ty, args, names| {
        let bound = bind_args("compress", crate::sig!("compress(data, selectors)"), args, names)?;
        make(ty, Compress { data: protocol::iter(&bound[0])?, selectors: protocol::iter(&bound[1])? })
    }),
    next: Some(|v| {
        let it = this::<Compress>(v);
        loop {
            let Some(item) = next_of(&it.data)? else { return Ok(None) };
            let Some(selector) = next_of(&it.selectors)? else { return Ok(None) };
            if protocol::truth(&selector)? {
                return Ok(Some(item));
            }
        }
    }),
    ..ITERATOR
});

/// `itertools.dropwhile`
pub static DROP_WHILE: Type = Type::builtin::<Boxed<DropWhile>>(
    "itertools.dropwhile",
    Layout::DropWhile,
    "dropwhile(predicate, iterable): the items from the first one on for which the predicate is false.",
    crate::defs! {
        fn "__reduce__()" "How to make it again, for pickle and copy." => |a| {
            let it = this::<DropWhile>(&a[0]);
            let arguments = vec![it.predicate.clone(), it.inner.clone()];
            state::call_from(&a[0], arguments, int::from_i64(it.started.get().into()))
        };
        fn "__setstate__(state, /)" "Go on from the state that was pickled." => |a| {
            this::<DropWhile>(&a[0]).started.set(protocol::truth(&a[1])?);
            Ok(Value::NONE)
        };
    },
)
.with_signature("(predicate, iterable, /)")
.with_base_flag()
.with_slots(Slots {
    new: Some(|ty, args, names| {
        let args = positional("dropwhile", &DROP_WHILE, ty, args, names, (2, 2))?;
        let inner = protocol::iter(&args[1])?;
        make(ty, DropWhile { predicate: args[0].clone(), inner, started: Cell::new(false) })
    }),
    next: Some(|v| {
        let it = this::<DropWhile>(v);
        loop {
            let Some(item) = next_of(&it.inner)? else { return Ok(None) };
            if it.started.get() {
                return Ok(Some(item));
            }
            if !holds(&it.predicate, &item)? {
                it.started.set(true);
                return Ok(Some(item));
            }
        }
    }),
    ..ITERATOR
});

/// `itertools.takewhile`
pub static TAKE_WHILE: Type = Type::builtin::<Boxed<TakeWhile>>(
    "itertools.takewhile",
    Layout::TakeWhile,
    "takewhile(predicate, iterable): the items before the first one for which the predicate is false.",
    crate::defs! {
        fn "__reduce__()" "How to make it again, for pickle and copy." => |a| {
            let it = this::<TakeWhile>(&a[0]);
            let arguments = vec![it.predicate.clone(), it.inner.clone()];
            state::call_from(&a[0], arguments, int::from_i64(it.stopped.get().into()))
        };
        fn "__setstate__(state, /)" "Go on from the state that was pickled." => |a| {
            this::<TakeWhile>(&a[0]).stopped.set(protocol::truth(&a[1])?);
            Ok(Value::NONE)
        };
    },
)
.with_signature("(predicate, iterable, /)")
.with_base_flag()
.with_slots(Slots {
    new: Some(|ty, args, names| {
        let args = positional("takewhile", &TAKE_WHILE, ty, args, names, (2, 2))?;
        let inner = protocol::iter(&args[1])?;
        make(ty, TakeWhile { predicate: args[0].clone(), inner, stopped: Cell::new(false) })
    }),
    next: Some(|v| {
        let it = this::<TakeWhile>(v);
        if it.stopped.get() {
            return Ok(None);
        }
        let Some(item) = next_of(&it.inner)? else { return Ok(None) };
        if holds(&it.predicate, &item)? {
            return Ok(Some(item));
        }
        it.stopped.set(true);
        Ok(None)
    }),
    ..ITERATOR
});

/// `itertools.filterfalse`
pub static FILTER_FALSE: Type = Type::builtin::<Boxed<FilterFalse>>(
    "itertools.filterfalse",
    Layout::FilterFalse,
    "filterfalse(predicate or None, iterable): the items for which the predicate is false, or the false items.",
    crate::defs! {
        fn "__reduce__()" "How to make it again, for pickle and copy." => |a| {
            let it = this::<FilterFalse>(&a[0]);
            let predicate = it.predicate.as_bound().unwrap_or(&Value::NONE).clone();
            state::call_of(&a[0], vec![predicate, it.inner.clone()])
        };
    },
)
.with_signature("(function, iterable, /)")
.with_base_flag()
.with_slots(Slots {
    new: Some(|ty, args, names| {
        let args = positional("filterfalse", &FILTER_FALSE, ty, args, names, (2, 2))?;
        let own_truth = args[0].is_none() || args[0].is(&BOOL.value());
        let predicate = if own_truth { Value::UNBOUND } else { args[0].clone() };
        make(ty, FilterFalse { predicate, inner: protocol::iter(&args[1])? })
    }),
    next: Some(|v| {
        let it = this::<FilterFalse>(v);
        while let Some(item) = next_of(&it.inner)? {
            let out = if it.predicate.is_unbound() {
                protocol::truth(&item)?
            } else {
                holds(&it.predicate, &item)?
            };
            if !out {
                return Ok(Some(item));
            }
        }
        Ok(None)
    }),
    ..ITERATOR
});

/// `itertools.islice`
pub static SLICER: Type = Type::builtin::<Boxed<Slicer>>(
    "itertools.islice",
    Layout::Slicer,
    "islice(iterable, stop) or islice(iterable, start, stop, step): the items that a slice of a list would have.",
    crate::defs! {
        fn "__reduce__()" "How to make it again, for pickle and copy." => islice_reduce;
        fn "__setstate__(state, /)" "Go on from the state that was pickled." => |a| {
            let taken = int::to_i64(&protocol::index(&a[1])?).and_then(|n| u64::try_from(n).ok());
            match taken {
                Some(n) => this::<Slicer>(&a[0]).taken.set(n),
                None => return protocol::overflow_error("can't convert negative int to unsigned"),
            }
            Ok(Value::NONE)
        };
    },
)
.with_base_flag()
.with_slots(Slots { new: Some(islice_new), next: Some(islice_next), ..ITERATOR });

fn holds(predicate: &Value, item: &Value) -> Result<bool> {
    protocol::truth(&protocol::call(predicate, std::slice::from_ref(item))?)
}

/// An index of at least `min`; `None` if it is no such number.
fn bound(v: &Value, min: i64) -> Option<u64> {
    let i = protocol::index(v).ok()?;
    int::to_i64(&i).filter(|&n| n >= min).map(|n| n as u64)
}

fn islice_new(ty: &Value, args: &[Value], names: Option<&Value>) -> Result {
    let args = positional("islice", &SLICER, ty, args, names, (2, 4))?;
    let given = |i: usize| args.get(i).filter(|v| !v.is_none());
    let (start, stop) = if args.len() == 2 { (None, given(1)) } else { (given(1), given(2)) };
    let error = |what: &str| {
        value_error(format!("{what} for islice() must be None or an integer: 0 <= x <= sys.maxsize."))
    };
    if stop.is_some_and(|v| protocol::index(v).is_err()) {
        return error("Stop argument");
    }
    let (Some(start), Some(stop)) =
        (start.map_or(Some(0), |v| bound(v, 0)), stop.map_or(Some(u64::MAX), |v| bound(v, 0)))
    else {
        return error(if args.len() == 2 { "Stop argument" } else { "Indices" });
    };
    let Some(step) = given(3).map_or(Some(1), |v| bound(v, 1)) else {
        return value_error("Step for islice() must be a positive integer or None.");
    };
    let inner = Cell::new(protocol::iter(&args[0])?);
    make(ty, Slicer { inner, taken: Cell::new(0), next: Cell::new(start), stop, step })
}

fn islice_reduce(a: &[Value]) -> Result {
    let it = this::<Slicer>(&a[0]);
    let inner = peek(&it.inner);
    if inner.is_unbound() {
        let nothing = protocol::iter(&Value::list(Vec::new()))?;
        return state::call_from(&a[0], vec![nothing, Value::small(0)], Value::small(0));
    }
    let stop = if it.stop == u64::MAX { Value::NONE } else { int::from_u64(it.stop) };
    let arguments = vec![inner, int::from_u64(it.next.get()), stop, int::from_u64(it.step)];
    state::call_from(&a[0], arguments, int::from_u64(it.taken.get()))
}

fn islice_next(v: &Value) -> Result<Option<Value>> {
    let it = this::<Slicer>(v);
    let inner = peek(&it.inner);
    if inner.is_unbound() {
        return Ok(None);
    }
    let wanted = it.next.get();
    // What stands before the slice is eaten, even if the slice is empty.
    while it.taken.get() < wanted {
        match next_of(&inner) {
            Ok(Some(_)) => it.taken.set(it.taken.get() + 1),
            end => return ended(it, end),
        }
    }
    if wanted >= it.stop {
        return ended(it, Ok(None));
    }
    match next_of(&inner) {
        Ok(Some(item)) => {
            it.taken.set(it.taken.get() + 1);
            it.next.set(wanted.saturating_add(it.step).min(it.stop));
            Ok(Some(item))
        }
        end => ended(it, end),
    }
}

fn ended(it: &Slicer, end: Result<Option<Value>>) -> Result<Option<Value>> {
    drop(it.inner.replace(Value::UNBOUND));
    end
}
