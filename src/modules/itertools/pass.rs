//! Iterators that pass items on, changed or put together: `accumulate`, `chain`, `pairwise`, `starmap`, `zip_longest`.

use super::ITERATOR;
use crate::modules::native::{make, peek, positional, this};
use crate::object::{BinOp, Boxed, Layout, Result, Slots, Type, Value};
use crate::protocol::{self, bind_args, type_error};
use crate::types::iterators::LastPair;
use crate::types::lazy::next_of;
use crate::types::{args, iterator_state as state};
use std::cell::{Cell, RefCell};

/// `accumulate(iterable, func, initial=initial)`
pub struct Accumulate {
    inner: Value,
    /// Unbound: `+`.
    function: Value,
    /// The last result; unbound before the first.
    total: Cell<Value>,
    /// What is given first; unbound afterwards, and if there is none.
    initial: Cell<Value>,
}

/// `chain(*iterables)`
pub struct Chain {
    /// Gives the iterables; unbound when it is at its end.
    source: Cell<Value>,
    /// The iterator whose turn it is, or unbound.
    active: Cell<Value>,
}

/// `pairwise(iterable)`
pub struct Pairwise {
    /// Unbound when it is at its end.
    inner: Cell<Value>,
    before: Cell<Value>,
    last: LastPair,
}

/// `starmap(function, iterable)`
pub struct StarMap {
    function: Value,
    inner: Value,
}

/// `zip_longest(*iterables, fillvalue=None)`
pub struct ZipLongest {
    /// Unbound in the place of those at their end.
    inner: RefCell<Vec<Value>>,
    fill: RefCell<Value>,
    active: Cell<usize>,
}

crate::body!(Accumulate: Accumulate { inner, function, total, initial });
crate::body!(Chain: Chain { source, active });
crate::body!(Pairwise: Pairwise { inner, before, last });
crate::body!(StarMap: StarMap { function, inner });
crate::body!(ZipLongest: ZipLongest { inner, fill });

/// `itertools.accumulate`
pub static ACCUMULATE: Type = Type::builtin::<Boxed<Accumulate>>(
    "itertools.accumulate",
    Layout::Accumulate,
    "accumulate(iterable, func=None, *, initial=None): the running totals, or results of another function of two.",
    crate::defs! {
        fn "__reduce__()" "How to make it again, for pickle and copy." => accumulate_reduce;
        fn "__setstate__(state, /)" "Go on from the state that was pickled." => |a| {
            drop(this::<Accumulate>(&a[0]).total.replace(a[1].clone()));
            Ok(Value::NONE)
        };
    },
)
.with_signature("(iterable, func=None, *, initial=None)")
.with_base_flag()
.with_slots(Slots { new: Some(accumulate_new), next: Some(accumulate_next), ..ITERATOR });

/// `itertools.chain`
pub static CHAIN: Type = Type::builtin::<Boxed<Chain>>(
    "itertools.chain",
    Layout::Chain,
    "chain(*iterables): the items of the first iterable, then those of the second, and so on.",
    crate::defs! {
        fn "__reduce__()" "How to make it again, for pickle and copy." => |a| {
            let it = this::<Chain>(&a[0]);
            let parts = [peek(&it.source), peek(&it.active)];
            let parts: Vec<Value> = parts.into_iter().filter_map(Value::bound).collect();
            if peek(&it.source).is_unbound() {
                return state::call_of(&a[0], Vec::new());
            }
            state::call_from(&a[0], Vec::new(), Value::tuple(parts))
        };
        fn "__setstate__(state, /)" "Go on from the state that was pickled." => |a| {
            let (source, active) = match state::tuple(&a[1])? {
                [source] => (source, Value::UNBOUND),
                [source, active] => (source, active.clone()),
                _ => return type_error("function takes at most 2 arguments"),
            };
            if [source, &active].iter().any(|v| v.as_bound().is_some_and(|v| v.ty().slots().next.is_none())) {
                return type_error("Arguments must be iterators.");
            }
            drop(this::<Chain>(&a[0]).source.replace(source.clone()));
            drop(this::<Chain>(&a[0]).active.replace(active));
            Ok(Value::NONE)
        };
        class "from_iterable(iterable, /)" "A chain of the iterables that one iterable gives, as late as possible." => |a| {
            make(&a[0], Chain { source: Cell::new(protocol::iter(&a[1])?), active: Cell::new(Value::UNBOUND) })
        };
        class "__class_getitem__(item, /)" "The class with parameters, as an alias." => crate::types::alias::class_getitem;
    },
)
.with_base_flag()
.with_slots(Slots { new: Some(chain_new), next: Some(chain_next), ..ITERATOR });

/// `itertools.pairwise`
pub static PAIRWISE: Type = Type::builtin::<Boxed<Pairwise>>(
    "itertools.pairwise",
    Layout::Pairwise,
    "pairwise(iterable): each item together with the one after it.",
    &[],
)
.with_signature("(iterable, /)")
.with_base_flag()
.with_slots(Slots { new: Some(pairwise_new), next: Some(pairwise_next), ..ITERATOR });

/// `itertools.starmap`
pub static STAR_MAP: Type = Type::builtin::<Boxed<StarMap>>(
    "itertools.starmap",
    Layout::StarMap,
    "starmap(function, iterable): what the function returns for each item's items as arguments.",
    crate::defs! {
        fn "__reduce__()" "How to make it again, for pickle and copy." => |a| {
            let it = this::<StarMap>(&a[0]);
            state::call_of(&a[0], vec![it.function.clone(), it.inner.clone()])
        };
    },
)
.with_signature("(function, iterable, /)")
.with_base_flag()
.with_slots(Slots { new: Some(starmap_new), next: Some(starmap_next), ..ITERATOR });

/// `itertools.zip_longest`
pub static ZIP_LONGEST: Type = Type::builtin::<Boxed<ZipLongest>>(
    "itertools.zip_longest",
    Layout::ZipLongest,
    "zip_longest(*iterables, fillvalue=None): tuples of an item of each, until the longest is at its end.",
    crate::defs! {
        fn "__reduce__()" "How to make it again, for pickle and copy." => |a| {
            let it = this::<ZipLongest>(&a[0]);
            let inner = it.inner.borrow().iter().map(|v| v.clone().bound().unwrap_or(Value::tuple(Vec::new()))).collect();
            state::call_from(&a[0], inner, it.fill.borrow().clone())
        };
        fn "__setstate__(state, /)" "Go on from the state that was pickled." => |a| {
            let old = this::<ZipLongest>(&a[0]).fill.replace(a[1].clone());
            drop(old);
            Ok(Value::NONE)
        };
    },
)
.with_base_flag()
.with_slots(Slots { new: Some(longest_new), next: Some(longest_next), ..ITERATOR });

fn accumulate_new(ty: &Value, args: &[Value], names: Option<&Value>) -> Result {
    let bound = bind_args(
        "accumulate",
        crate::sig!("accumulate(iterable, func=None, *, initial=None)"),
        args,
        names,
    )?;
    let given = |i: usize| if bound[i].is_none() { Value::UNBOUND } else { bound[i].clone() };
    let inner = protocol::iter(&bound[0])?;
    let (total, initial) = (Cell::new(Value::UNBOUND), Cell::new(given(2)));
    make(ty, Accumulate { inner, function: given(1), total, initial })
}

fn accumulate_reduce(a: &[Value]) -> Result {
    let it = this::<Accumulate>(&a[0]);
    let (total, initial) = (peek(&it.total), peek(&it.initial));
    let function = it.function.as_bound().unwrap_or(&Value::NONE).clone();
    let itertools = |name: &str, args: &[Value]| {
        protocol::call_method(&crate::vm::import::import_absolute("itertools")?, name, args)
    };
    if !initial.is_unbound() {
        // What comes first is put before the items.
        let first = protocol::iter(&Value::tuple(vec![initial]))?;
        let all = itertools("chain", &[first, it.inner.clone()])?;
        return state::call_from(&a[0], vec![all, function], Value::NONE);
    }
    if total.is_none() {
        // A state of None is none, so one total is left out of all instead.
        let totals = itertools("chain", &[Value::tuple(vec![Value::NONE]), it.inner.clone()])?;
        let from = Value::new(
            a[0].ty(),
            Accumulate {
                inner: protocol::iter(&totals)?,
                function: it.function.clone(),
                total: Cell::new(Value::UNBOUND),
                initial: Cell::new(Value::UNBOUND),
            },
        );
        let slice = protocol::get_attr(
            &crate::vm::import::import_absolute("itertools")?,
            &crate::object::intern("islice"),
        )?;
        return Ok(Value::tuple(vec![slice, Value::tuple(vec![from, Value::small(1), Value::NONE])]));
    }
    state::call_from(&a[0], vec![it.inner.clone(), function], total.bound().unwrap_or(Value::NONE))
}

fn accumulate_next(v: &Value) -> Result<Option<Value>> {
    let it = this::<Accumulate>(v);
    let initial = it.initial.replace(Value::UNBOUND);
    let total = if !initial.is_unbound() {
        initial
    } else {
        let Some(item) = next_of(&it.inner)? else { return Ok(None) };
        let total = peek(&it.total);
        match (total.is_unbound(), it.function.as_bound()) {
            (true, _) => item,
            (false, None) => protocol::binary(BinOp::Add, &total, &item)?,
            (false, Some(f)) => protocol::call(f, &[total, item])?,
        }
    };
    drop(it.total.replace(total.clone()));
    Ok(Some(total))
}

fn chain_new(ty: &Value, args: &[Value], names: Option<&Value>) -> Result {
    let args = positional("chain", &CHAIN, ty, args, names, (0, usize::MAX))?;
    let source = protocol::iter(&Value::tuple(args.to_vec()))?;
    make(ty, Chain { source: Cell::new(source), active: Cell::new(Value::UNBOUND) })
}

fn chain_next(v: &Value) -> Result<Option<Value>> {
    let it = this::<Chain>(v);
    loop {
        let active = peek(&it.active);
        if !active.is_unbound() {
            if let Some(item) = next_of(&active)? {
                return Ok(Some(item));
            }
            drop(it.active.replace(Value::UNBOUND));
        }
        let source = peek(&it.source);
        if source.is_unbound() {
            return Ok(None);
        }
        let following = match next_of(&source) {
            Ok(Some(iterable)) => protocol::iter(&iterable),
            other => {
                drop(it.source.replace(Value::UNBOUND));
                return other;
            }
        };
        if following.is_err() {
            drop(it.source.replace(Value::UNBOUND));
        }
        drop(it.active.replace(following?));
    }
}

fn pairwise_new(ty: &Value, args: &[Value], names: Option<&Value>) -> Result {
    let args = positional("pairwise", &PAIRWISE, ty, args, names, (1, 1))?;
    let inner = Cell::new(protocol::iter(&args[0])?);
    make(ty, Pairwise { inner, before: Cell::new(Value::UNBOUND), last: LastPair::default() })
}

fn pairwise_next(v: &Value) -> Result<Option<Value>> {
    let it = this::<Pairwise>(v);
    let next = || {
        let inner = peek(&it.inner);
        if inner.is_unbound() {
            return Ok(None);
        }
        let item = next_of(&inner);
        if !matches!(item, Ok(Some(_))) {
            drop(it.inner.replace(Value::UNBOUND));
            drop(it.before.replace(Value::UNBOUND));
        }
        item
    };
    let mut before = peek(&it.before);
    if before.is_unbound() {
        let Some(first) = next()? else { return Ok(None) };
        // A `__next__` that asks for a pair itself finds the first item here.
        drop(it.before.replace(first.clone()));
        before = first;
    }
    let Some(item) = next()? else { return Ok(None) };
    drop(it.before.replace(item.clone()));
    Ok(Some(it.last.next(before, item)))
}

fn starmap_new(ty: &Value, args: &[Value], names: Option<&Value>) -> Result {
    let args = positional("starmap", &STAR_MAP, ty, args, names, (2, 2))?;
    make(ty, StarMap { function: args[0].clone(), inner: protocol::iter(&args[1])? })
}

fn starmap_next(v: &Value) -> Result<Option<Value>> {
    let it = this::<StarMap>(v);
    let Some(row) = next_of(&it.inner)? else { return Ok(None) };
    match row.as_tuple().filter(|_| !row.ty().is_heap()) {
        Some(items) => protocol::call(&it.function, items).map(Some),
        None => protocol::call(&it.function, &protocol::collect(&row)?).map(Some),
    }
}

fn longest_new(ty: &Value, args: &[Value], names: Option<&Value>) -> Result {
    let (positional, by_name) = args::split(args, names);
    let mut fill = Value::NONE;
    for (name, value) in by_name {
        if name.as_str() != Some("fillvalue") {
            return type_error("zip_longest() got an unexpected keyword argument");
        }
        fill = value.clone();
    }
    let inner: Vec<Value> = positional.iter().map(protocol::iter).collect::<Result<_>>()?;
    let active = Cell::new(inner.len());
    make(ty, ZipLongest { inner: RefCell::new(inner), fill: RefCell::new(fill), active })
}

fn longest_next(v: &Value) -> Result<Option<Value>> {
    let it = this::<ZipLongest>(v);
    if it.active.get() == 0 {
        return Ok(None);
    }
    let n = it.inner.borrow().len();
    let mut row = Vec::with_capacity(n);
    for i in 0..n {
        let inner = it.inner.borrow()[i].clone();
        if inner.is_unbound() {
            row.push(it.fill.borrow().clone());
            continue;
        }
        match next_of(&inner) {
            Ok(Some(item)) => row.push(item),
            Ok(None) => {
                let left = it.active.get().saturating_sub(1);
                it.active.set(left);
                if left == 0 {
                    return Ok(None);
                }
                let old = it.inner.borrow_mut()[i].take();
                drop(old);
                row.push(it.fill.borrow().clone());
            }
            Err(e) => {
                it.active.set(0);
                return Err(e);
            }
        }
    }
    Ok(Some(Value::tuple(row)))
}
