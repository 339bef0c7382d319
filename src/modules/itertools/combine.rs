//! `product`, `combinations`, `combinations_with_replacement` and `permutations`.

use super::ITERATOR;
use crate::modules::native::{make, this};
use crate::object::sequence::MAX_TUPLE;
use crate::object::{Boxed, Layout, Result, Slots, Type, Value};
use crate::protocol::{self, Signature, bind_args, memory_error, type_error, value_error};
use crate::types::{args, int, iterator_state as state};
use std::cell::{Cell, RefCell};

/// `product(*iterables, repeat=repeat)`
pub struct Product {
    pools: Vec<Vec<Value>>,
    /// Which item of its pool stands at each place; the pools come again and again.
    indices: RefCell<Vec<usize>>,
    phase: Cell<Phase>,
}

/// The three ways to choose items of one pool.
pub struct Selection {
    pool: Vec<Value>,
    /// How many items are chosen, and whether there are so many.
    r: usize,
    possible: bool,
    indices: RefCell<Vec<usize>>,
    /// For permutations: how many more items come to each place before it starts anew.
    cycles: RefCell<Vec<usize>>,
    phase: Cell<Phase>,
}

#[derive(Clone, Copy, PartialEq)]
enum Phase {
    Fresh,
    Running,
    Done,
}

crate::body!(Product: Product { pools });
crate::body!(Selection: Selection { pool });

macro_rules! types {
    ($($name:ident = $py:literal $body:ident, $layout:ident, $doc:literal, $signature:literal, $new:expr, $next:expr;)*) => { $(
        #[doc = concat!("`", $py, "`")]
        pub static $name: Type = Type::builtin::<Boxed<$body>>($py, Layout::$layout, $doc, crate::defs! {
            fn "__reduce__()" "How to make it again, for pickle and copy." => |a| this::<$body>(&a[0]).reduce(&a[0]);
            fn "__setstate__(state, /)" "Go on from the state that was pickled." => |a| this::<$body>(&a[0]).set_state(&a[0], &a[1]);
        })
            .with_signature($signature)
            .with_base_flag()
            .with_slots(Slots { new: Some($new), next: Some($next), ..ITERATOR });
    )* };
}

types! {
    PRODUCT = "itertools.product" Product, Product,
        "product(*iterables, repeat=1): tuples of an item of each, the last one changing fastest.",
        "", product_new, product_next;
    COMBINATIONS = "itertools.combinations" Selection, Selection,
        "combinations(iterable, r): the ways to choose r items, in the order in which they come.",
        "(iterable, r)", combinations_new, |v| selection_next(v, advance_combination);
    WITH_REPLACEMENT = "itertools.combinations_with_replacement" Selection, Selection,
        "combinations_with_replacement(iterable, r): the ways to choose r items, each as often as one likes.",
        "(iterable, r)", replacement_new, |v| selection_next(v, advance_replacement);
    PERMUTATIONS = "itertools.permutations" Selection, Selection,
        "permutations(iterable, r=None): the ways to put r items, or all, in an order.",
        "(iterable, r=None)", permutations_new, |v| selection_next(v, advance_permutation);
}

/// Places of a tuple to be; `MemoryError` if there are too many.
fn places(n: usize, first: impl Iterator<Item = usize>) -> Result<Vec<usize>> {
    let mut out = Vec::new();
    if n > MAX_TUPLE || out.try_reserve_exact(n).is_err() {
        return memory_error();
    }
    out.extend(first.take(n));
    Ok(out)
}

fn product_new(ty: &Value, args: &[Value], names: Option<&Value>) -> Result {
    let (iterables, by_name) = args::split(args, names);
    if by_name.len() > 1 {
        return type_error(format!("product() takes at most 1 keyword argument ({} given)", by_name.len()));
    }
    let mut repeat = 1;
    if let Some((name, value)) = by_name.first() {
        let name = name.as_str().unwrap_or_default();
        if name != "repeat" {
            return type_error(format!("'{name}' is an invalid keyword argument for product()"));
        }
        repeat = protocol::index_i64(value)?;
        if repeat < 0 {
            return value_error("repeat argument cannot be negative");
        }
    }
    let count = if repeat == 0 { 0 } else { iterables.len() };
    let Some(total) = count.checked_mul(repeat as usize) else {
        return protocol::overflow_error("repeat argument too large");
    };
    let indices = places(total, std::iter::repeat(0))?;
    let pools: Vec<_> = iterables[..count].iter().map(protocol::collect).collect::<Result<_>>()?;
    make(ty, Product { pools, indices: RefCell::new(indices), phase: Cell::new(Phase::Fresh) })
}

fn product_next(v: &Value) -> Result<Option<Value>> {
    let it = this::<Product>(v);
    let (pools, mut indices) = (&it.pools, it.indices.borrow_mut());
    let n = pools.len();
    let more = match it.phase.get() {
        Phase::Fresh => pools.iter().all(|p| !p.is_empty()),
        Phase::Running => {
            let mut place = indices.len();
            loop {
                let Some(before) = place.checked_sub(1) else { break false };
                place = before;
                indices[place] += 1;
                if indices[place] < pools[place % n].len() {
                    break true;
                }
                indices[place] = 0;
            }
        }
        Phase::Done => return Ok(None),
    };
    it.phase.set(if more { Phase::Running } else { Phase::Done });
    if !more {
        return Ok(None);
    }
    let row = indices.iter().zip(pools.iter().cycle()).map(|(&i, pool)| pool[i].clone());
    Ok(Some(Value::tuple_from(indices.len(), row)))
}

/// The numbers of a state, each cut to where it may be.
fn numbers(state: &Value, len: usize, mut most: impl FnMut(usize) -> usize) -> Result<Vec<usize>> {
    let items = state::tuple(state)?;
    if items.len() != len {
        return value_error("invalid arguments");
    }
    items.iter().enumerate().map(|(i, n)| state::index(n, most(i))).collect()
}

fn tuple_of(numbers: &[usize]) -> Value {
    Value::tuple(numbers.iter().map(|&n| int::from_usize(n)).collect())
}

impl Product {
    fn reduce(&self, v: &Value) -> Result {
        if self.phase.get() == Phase::Done {
            return state::call_of(v, vec![Value::tuple(Vec::new())]);
        }
        let n = self.indices.borrow().len();
        let pools = self.pools.iter().cycle().take(n).map(|pool| Value::tuple(pool.clone())).collect();
        match self.phase.get() {
            Phase::Fresh => state::call_of(v, pools),
            _ => state::call_from(v, pools, tuple_of(&self.indices.borrow())),
        }
    }

    fn set_state(&self, _: &Value, given: &Value) -> Result {
        let len = self.indices.borrow().len();
        if self.pools.iter().any(Vec::is_empty) {
            self.phase.set(Phase::Done);
            return Ok(Value::NONE);
        }
        let indices = numbers(given, len, |i| self.pools[i % self.pools.len()].len() - 1)?;
        self.indices.replace(indices);
        self.phase.set(Phase::Running);
        Ok(Value::NONE)
    }
}

impl Selection {
    fn reduce(&self, v: &Value) -> Result {
        let permutes = v.ty().is_subtype(&PERMUTATIONS);
        let over = self.possible && self.phase.get() == Phase::Done;
        let pool = if over { Vec::new() } else { self.pool.clone() };
        let arguments = vec![Value::tuple(pool), int::from_usize(self.r)];
        match self.phase.get() {
            Phase::Running if permutes => {
                let state = vec![tuple_of(&self.indices.borrow()), tuple_of(&self.cycles.borrow())];
                state::call_from(v, arguments, Value::tuple(state))
            }
            Phase::Running => state::call_from(v, arguments, tuple_of(&self.indices.borrow())),
            _ => state::call_of(v, arguments),
        }
    }

    fn set_state(&self, v: &Value, given: &Value) -> Result {
        let (n, r) = (self.pool.len(), self.indices.borrow().len());
        if self.phase.get() == Phase::Done {
            return Ok(Value::NONE);
        }
        let last = n.saturating_sub(1);
        if v.ty().is_subtype(&PERMUTATIONS) {
            let [indices, cycles] = state::tuple(given)? else { return value_error("invalid arguments") };
            let indices = numbers(indices, n, |_| last)?;
            let mut cycles = numbers(cycles, self.cycles.borrow().len(), |i| n - i)?;
            // A cycle that is over has begun anew.
            cycles.iter_mut().for_each(|c| *c = (*c).max(1));
            self.cycles.replace(cycles);
            self.indices.replace(indices);
        } else {
            let replaces = v.ty().is_subtype(&WITH_REPLACEMENT);
            self.indices.replace(numbers(given, r, |i| if replaces { last } else { i + n - r })?);
        }
        self.phase.set(Phase::Running);
        Ok(Value::NONE)
    }
}

/// The items and `r` of a constructor's arguments.
fn pool_and_count(
    name: &str,
    params: Signature,
    args: &[Value],
    names: Option<&Value>,
) -> Result<(Vec<Value>, usize)> {
    let bound = bind_args(name, params, args, names)?;
    let r = protocol::index_i64(&bound[1])?;
    let pool = protocol::collect(&bound[0])?;
    if r < 0 { value_error("r must be non-negative") } else { Ok((pool, r as usize)) }
}

fn selection(
    ty: &Value,
    (pool, r): (Vec<Value>, usize),
    indices: Vec<usize>,
    cycles: Vec<usize>,
    possible: bool,
) -> Result {
    let phase = Cell::new(if possible { Phase::Fresh } else { Phase::Done });
    make(
        ty,
        Selection { pool, r, possible, indices: RefCell::new(indices), cycles: RefCell::new(cycles), phase },
    )
}

fn combinations_new(ty: &Value, args: &[Value], names: Option<&Value>) -> Result {
    let (pool, r) = pool_and_count("combinations", crate::sig!("combinations(iterable, r)"), args, names)?;
    let possible = r <= pool.len();
    let indices = places(if possible { r } else { 0 }, 0..)?;
    selection(ty, (pool, r), indices, Vec::new(), possible)
}

fn replacement_new(ty: &Value, args: &[Value], names: Option<&Value>) -> Result {
    let name = "combinations_with_replacement";
    let (pool, r) =
        pool_and_count(name, crate::sig!("combinations_with_replacement(iterable, r)"), args, names)?;
    let possible = r == 0 || !pool.is_empty();
    let indices = places(if possible { r } else { 0 }, std::iter::repeat(0))?;
    selection(ty, (pool, r), indices, Vec::new(), possible)
}

fn permutations_new(ty: &Value, args: &[Value], names: Option<&Value>) -> Result {
    let bound = bind_args("permutations", crate::sig!("permutations(iterable, r=None)"), args, names)?;
    let pool = protocol::collect(&bound[0])?;
    let n = pool.len();
    let r = match bound[1].as_bound().filter(|r| !r.is_none()) {
        None => n as i64,
        Some(r) if !r.ty().is_subtype(&int::INT) => return type_error("Expected int as r"),
        Some(r) => protocol::index_i64(r)?,
    };
    if r < 0 {
        return value_error("r must be non-negative");
    }
    let r = r as usize;
    let possible = r <= n;
    let cycles = if possible { places(r, (0..=n).rev())? } else { Vec::new() };
    selection(ty, (pool, r), places(n, 0..)?, cycles, possible)
}

/// What moves on to the following choice; false if there is none. It gets the places and the size of the pool.
type Advance = fn(&Selection, &mut [usize], usize) -> bool;

fn selection_next(v: &Value, advance: Advance) -> Result<Option<Value>> {
    let it = this::<Selection>(v);
    let mut indices = it.indices.borrow_mut();
    match it.phase.get() {
        Phase::Fresh => it.phase.set(Phase::Running),
        Phase::Running if advance(it, &mut indices, it.pool.len()) => {}
        _ => {
            it.phase.set(Phase::Done);
            return Ok(None);
        }
    }
    let r = if v.ty().is_subtype(&PERMUTATIONS) { it.cycles.borrow().len() } else { indices.len() };
    Ok(Some(Value::tuple_from(r, indices[..r].iter().map(|&i| it.pool[i].clone()))))
}

fn advance_combination(_: &Selection, indices: &mut [usize], n: usize) -> bool {
    let r = indices.len();
    // The last place that can still move; those behind it follow it closely.
    let Some(place) = (0..r).rev().find(|&i| indices[i] != i + n - r) else { return false };
    let first = indices[place] + 1;
    indices[place..].iter_mut().zip(first..).for_each(|(i, x)| *i = x);
    true
}

fn advance_replacement(_: &Selection, indices: &mut [usize], n: usize) -> bool {
    let Some(place) = indices.iter().rposition(|&i| i != n - 1) else { return false };
    let next = indices[place] + 1;
    indices[place..].fill(next);
    true
}

fn advance_permutation(it: &Selection, indices: &mut [usize], n: usize) -> bool {
    let mut cycles = it.cycles.borrow_mut();
    for i in (0..cycles.len()).rev() {
        cycles[i] -= 1;
        if cycles[i] > 0 {
            indices.swap(i, n - cycles[i]);
            return true;
        }
        indices[i..].rotate_left(1);
        cycles[i] = n - i;
    }
    false
}
