//! `set` and `frozenset`, iterating in CPython's order.
//!
//! The order follows from the table: 8 slots at first; a probe looks at up to 9 neighbours, then jumps by
//! `i * 5 + 1 + perturb`; at 3/5 full the table grows to more than four times (two times beyond 50,000) the
//! used slots (facts of CPython 3.11's `Objects/setobject.c`).

use super::sequence;
use crate::object::{BinOp, Body, BodyLayout, Boxed, Compare, Layout, Result, Slots, Type, Value};
use crate::protocol::{self, key_error, raise, runtime_error, type_error};
use std::cell::{Cell, RefCell};

const LINEAR_PROBES: usize = 9;
const MIN_SIZE: usize = 8;

#[derive(Clone)]
enum Slot {
    Empty,
    Dummy,
    Full(i64, Value),
}

#[derive(Clone)]
struct Table {
    slots: Vec<Slot>,
    /// Full slots and dummies.
    fill: usize,
    used: usize,
}

impl Table {
    fn new(size: usize) -> Table {
        Table { slots: vec![Slot::Empty; size], fill: 0, used: 0 }
    }

    /// The slots in the order in which a key with this hash is looked for.
    fn probe(&self, hash: i64, mut visit: impl FnMut(usize, &Slot) -> bool) {
        let mask = self.slots.len() - 1;
        let mut perturb = hash as u64;
        let mut i = hash as usize & mask;
        loop {
            let probes = if i + LINEAR_PROBES <= mask { LINEAR_PROBES } else { 0 };
            for j in i..=i + probes {
                if visit(j, &self.slots[j]) {
                    return;
                }
            }
            perturb >>= 5;
            i = (i.wrapping_mul(5).wrapping_add(1).wrapping_add(perturb as usize)) & mask;
        }
    }

    /// Adds a key that is not there.
    fn insert_new(&mut self, hash: i64, key: Value) {
        let mut at = 0;
        let mut dummy = None;
        self.probe(hash, |i, s| match s {
            Slot::Empty => {
                at = i;
                true
            }
            Slot::Dummy => {
                dummy.get_or_insert(i);
                false
            }
            Slot::Full(..) => false,
        });
        let _ = dummy; // CPython 3.11 does not reuse dummies when adding.
        self.slots[at] = Slot::Full(hash, key);
        self.fill += 1;
        self.used += 1;
        if self.fill * 5 >= (self.slots.len() - 1) * 3 {
            let want = if self.used > 50000 { self.used * 2 } else { self.used * 4 };
            self.resize(want);
        }
    }

    fn resize(&mut self, min: usize) {
        let mut size = MIN_SIZE;
        while size <= min {
            size <<= 1;
        }
        let old = std::mem::replace(self, Table::new(size));
        for s in old.slots {
            if let Slot::Full(h, k) = s {
                let mut at = 0;
                self.probe(h, |i, s| {
                    at = i;
                    matches!(s, Slot::Empty)
                });
                self.slots[at] = Slot::Full(h, k);
                self.fill += 1;
                self.used += 1;
            }
        }
    }

    fn keys(&self) -> Vec<Value> {
        self.slots
            .iter()
            .filter_map(|s| if let Slot::Full(_, k) = s { Some(k.clone()) } else { None })
            .collect()
    }
}

/// The fields of a set.
pub struct SetBody {
    table: RefCell<Table>,
    hash: Cell<Option<i64>>,
    changes: Cell<u64>,
}

impl Body for SetBody {}
impl BodyLayout for SetBody {
    const LAYOUT: Layout = Layout::Set;
}

type Set = Boxed<SetBody>;

fn set(v: &Value) -> &SetBody {
    v.cast::<Set>().expect("slots are only called on their own type")
}

fn empty(ty: &Type) -> Value {
    Value::new(
        ty,
        SetBody { table: RefCell::new(Table::new(MIN_SIZE)), hash: Cell::new(None), changes: Cell::new(0) },
    )
}

/// `set()`
pub fn new_empty() -> Value {
    empty(&SET)
}

/// A set of these items.
pub fn from_items(items: Vec<Value>) -> Result {
    let s = new_empty();
    for x in items {
        add(&s, x)?;
    }
    Ok(s)
}

/// A frozenset of constants, which hash without error.
pub fn frozenset_of(items: Vec<Value>) -> Value {
    let s = empty(&FROZENSET);
    for x in items {
        let _ = add(&s, x);
    }
    s
}

fn find(v: &Value, key: &Value, hash: i64) -> Result<Option<usize>> {
    'again: loop {
        let changes = set(v).changes.get();
        let mut candidates = Vec::new();
        let mut sure = None;
        set(v).table.borrow().probe(hash, |i, s| match s {
            Slot::Empty => true,
            Slot::Full(h, k) if *h == hash => {
                if k.is(key) {
                    sure = Some(i);
                    return true;
                }
                candidates.push((i, k.clone()));
                false
            }
            _ => false,
        });
        if candidates.is_empty() {
            return Ok(sure);
        }
        for (i, k) in candidates {
            let same = protocol::equal(&k, key)?;
            if set(v).changes.get() != changes {
                continue 'again;
            }
            if same {
                return Ok(Some(i));
            }
        }
        return Ok(sure);
    }
}

/// `s.add(key)`
pub fn add(v: &Value, key: Value) -> Result<()> {
    let hash = protocol::hash(&key)?;
    if find(v, &key, hash)?.is_none() {
        set(v).changes.set(set(v).changes.get() + 1);
        set(v).table.borrow_mut().insert_new(hash, key);
    }
    Ok(())
}

fn contains(v: &Value, key: &Value) -> Result<bool> {
    // A set is looked for as the frozenset it equals.
    let hash = match protocol::hash(key) {
        Err(_) if key.cast::<Set>().is_some() => hash_of(key)?,
        r => r?,
    };
    Ok(find(v, key, hash)?.is_some())
}

fn discard(v: &Value, key: &Value) -> Result<bool> {
    let hash = protocol::hash(key)?;
    let Some(i) = find(v, key, hash)? else { return Ok(false) };
    let old = {
        let mut t = set(v).table.borrow_mut();
        t.used -= 1;
        std::mem::replace(&mut t.slots[i], Slot::Dummy)
    };
    set(v).changes.set(set(v).changes.get() + 1);
    drop(old);
    Ok(true)
}

fn keys(v: &Value) -> Vec<Value> {
    set(v).table.borrow().keys()
}

fn copy_as(v: &Value, ty: &Type) -> Result {
    let s = empty(ty);
    for k in keys(v) {
        add(&s, k)?;
    }
    Ok(s)
}

/// The items of any iterable, as a set to look things up in.
fn as_set(v: &Value) -> Result {
    if v.cast::<Set>().is_some() { Ok(v.clone()) } else { from_items(protocol::collect(v)?) }
}

fn result_type(v: &Value) -> &'static Type {
    if v.ty().is_subtype(&FROZENSET) { &FROZENSET } else { &SET }
}

fn operate(op: BinOp, a: &Value, b: &Value) -> Result {
    let out = if op == BinOp::Or { copy_as(a, result_type(a))? } else { empty(result_type(a)) };
    match op {
        BinOp::Or => {
            for k in keys(b) {
                add(&out, k)?;
            }
        }
        BinOp::And => {
            let (small, large) = if keys(b).len() < keys(a).len() { (b, a) } else { (a, b) };
            for k in keys(small) {
                if contains(large, &k)? {
                    add(&out, k)?;
                }
            }
        }
        BinOp::Sub => {
            for k in keys(a) {
                if !contains(b, &k)? {
                    add(&out, k)?;
                }
            }
        }
        _ => {
            let out = copy_as(a, result_type(a))?;
            for k in keys(b) {
                if !discard(&out, &k)? {
                    add(&out, k)?;
                }
            }
            return Ok(out);
        }
    }
    Ok(out)
}

fn binary_op(op: BinOp, a: &Value, b: &Value) -> Result {
    if a.cast::<Set>().is_none() || b.cast::<Set>().is_none() {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    operate(op, a, b)
}

fn become_(v: &Value, other: &Value) {
    let table = set(other).table.borrow().clone();
    let old = set(v).table.replace(table);
    set(v).changes.set(set(v).changes.get() + 1);
    drop(old);
}

fn inplace_op(op: BinOp, a: &Value, b: &Value) -> Result {
    if b.cast::<Set>().is_none() {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    if op == BinOp::Or {
        for k in keys(b) {
            add(a, k)?;
        }
    } else {
        become_(a, &operate(op, a, b)?);
    }
    Ok(a.clone())
}

macro_rules! four {
    ($f:ident) => {{
        let mut b: [Option<crate::object::Binary>; 13] = [None; 13];
        b[BinOp::Or as usize] = Some(|x, y| $f(BinOp::Or, x, y));
        b[BinOp::And as usize] = Some(|x, y| $f(BinOp::And, x, y));
        b[BinOp::Sub as usize] = Some(|x, y| $f(BinOp::Sub, x, y));
        b[BinOp::Xor as usize] = Some(|x, y| $f(BinOp::Xor, x, y));
        b
    }};
}

/// The order-independent hash of a frozenset, as CPython computes it.
fn hash_of(v: &Value) -> Result<i64> {
    if let Some(h) = set(v).hash.get() {
        return Ok(h);
    }
    let mut hash: u64 = 0;
    for k in keys(v) {
        let h = protocol::hash(&k)? as u64;
        hash ^= (h ^ 89869747 ^ (h << 16)).wrapping_mul(3644798167);
    }
    hash ^= (keys(v).len() as u64 + 1).wrapping_mul(1927868237);
    hash ^= (hash >> 11) ^ (hash >> 25);
    hash = hash.wrapping_mul(69069).wrapping_add(907133923);
    let h = if hash == u64::MAX { 590923713 } else { hash as i64 };
    Ok(h)
}

fn compare(a: &Value, b: &Value, op: Compare) -> Result {
    let Some(_) = b.cast::<Set>() else { return Ok(Value::NOT_IMPLEMENTED) };
    let (n, m) = (keys(a).len(), keys(b).len());
    let subset = |x: &Value, y: &Value| -> Result<bool> {
        for k in keys(x) {
            if !contains(y, &k)? {
                return Ok(false);
            }
        }
        Ok(true)
    };
    Ok(Value::bool(match op {
        Compare::Eq => n == m && subset(a, b)?,
        Compare::Ne => n != m || !subset(a, b)?,
        Compare::Le => n <= m && subset(a, b)?,
        Compare::Lt => n < m && subset(a, b)?,
        Compare::Ge => n >= m && subset(b, a)?,
        Compare::Gt => n > m && subset(b, a)?,
    }))
}

fn fold(a: &[Value], op: BinOp) -> Result {
    let mut acc = copy_as(&a[0], result_type(&a[0]))?;
    for other in a[1].as_tuple().unwrap_or_default() {
        acc = operate(op, &acc, &as_set(other)?)?;
    }
    Ok(acc)
}

fn fold_in_place(a: &[Value], op: BinOp) -> Result {
    for other in a[1].as_tuple().unwrap_or_default() {
        inplace_op(op, &a[0], &as_set(other)?)?;
    }
    Ok(Value::NONE)
}

const COMMON: Slots = Slots {
    init: Some(|_, _, _| Ok(())),
    repr: Some(|v| {
        sequence::repr(v, "set(...)", || {
            let items = keys(v);
            let name = v.ty().name();
            Ok(match (items.is_empty(), v.is_exact(&SET)) {
                (true, _) => format!("{name}()"),
                (false, true) => format!("{{{}}}", sequence::join_reprs(&items)?),
                (false, false) => format!("{name}({{{}}})", sequence::join_reprs(&items)?),
            })
        })
    }),
    len: Some(|v| Ok(set(v).table.borrow().used)),
    contains: Some(contains),
    iter: Some(|v| {
        Ok(Value::new(
            &SET_ITERATOR,
            SetIter { set: v.clone(), at: Cell::new(0), changes: set(v).changes.get() },
        ))
    }),
    compare: Some(compare),
    binary: four!(binary_op),
    ..Slots::EMPTY
};

fn new(ty: &Value, args: &[Value], fill: bool) -> Result {
    let Some(t) = ty.cast::<Type>() else { return type_error("X is not a type object") };
    let s = empty(t);
    match args {
        [it] if fill => protocol::for_each(it, |x| add(&s, x))?,
        [] | [_] => {}
        _ => return type_error(format!("{} expected at most 1 argument, got {}", t.name(), args.len())),
    }
    Ok(s)
}

/// The type `set`.
pub static SET: Type = Type::builtin::<Set>("set", Layout::Set, "", crate::defs! {
    fn "add(object, /)" "Add an element to a set." => |a| add(&a[0], a[1].clone()).map(|()| Value::NONE);
    fn "discard(object, /)" "Remove an element from a set if it is a member." => |a| discard(&a[0], &a[1]).map(|_| Value::NONE);
    fn "remove(object, /)" "Remove an element from a set; it must be a member." => |a| if discard(&a[0], &a[1])? { Ok(Value::NONE) } else { key_error(&a[1]) };
    fn "pop()" "Remove and return an arbitrary set element." => |a| match keys(&a[0]).first() {
        Some(k) => discard(&a[0], k).map(|_| k.clone()),
        None => Err(raise(&super::exception::KEY_ERROR, "pop from an empty set")),
    };
    fn "clear()" "Remove all elements from this set." => |a| { become_(&a[0], &new_empty()); Ok(Value::NONE) };
    fn "copy()" "Return a shallow copy of a set." => |a| copy_as(&a[0], &SET);
    fn "update(*others)" "Update a set with the union of itself and others." => |a| fold_in_place(a, BinOp::Or);
    fn "intersection_update(*others)" "" => |a| fold_in_place(a, BinOp::And);
    fn "difference_update(*others)" "" => |a| fold_in_place(a, BinOp::Sub);
    fn "symmetric_difference_update(*others)" "" => |a| fold_in_place(a, BinOp::Xor);
    fn "union(*others)" "Return the union of sets as a new set." => |a| fold(a, BinOp::Or);
    fn "intersection(*others)" "" => |a| fold(a, BinOp::And);
    fn "difference(*others)" "" => |a| fold(a, BinOp::Sub);
    fn "symmetric_difference(other, /)" "" => |a| operate(BinOp::Xor, &a[0], &as_set(&a[1])?);
    fn "issubset(other, /)" "" => |a| compare(&a[0], &as_set(&a[1])?, Compare::Le);
    fn "issuperset(other, /)" "" => |a| compare(&a[0], &as_set(&a[1])?, Compare::Ge);
    fn "isdisjoint(other, /)" "" => |a| Ok(Value::bool(keys(&operate(BinOp::And, &a[0], &as_set(&a[1])?)?).is_empty()));
})
.with_base_flag()
.with_slots(Slots {
    new: Some(|ty, args, _| new(ty, args, false)),
    init: Some(|v, args, _| {
        if let [it] = args {
            become_(v, &new_empty());
            protocol::for_each(it, |x| add(v, x))?;
        }
        Ok(())
    }),
    inplace: four!(inplace_op),
    hash: None,
    ..COMMON
});

/// The type `frozenset`.
pub static FROZENSET: Type = Type::builtin::<Set>("frozenset", Layout::Set, "", crate::defs! {
    fn "copy()" "Return a shallow copy of a set." => |a| Ok(a[0].clone());
    fn "union(*others)" "Return the union of sets as a new set." => |a| fold(a, BinOp::Or);
    fn "intersection(*others)" "" => |a| fold(a, BinOp::And);
    fn "difference(*others)" "" => |a| fold(a, BinOp::Sub);
    fn "symmetric_difference(other, /)" "" => |a| operate(BinOp::Xor, &a[0], &as_set(&a[1])?);
    fn "issubset(other, /)" "" => |a| compare(&a[0], &as_set(&a[1])?, Compare::Le);
    fn "issuperset(other, /)" "" => |a| compare(&a[0], &as_set(&a[1])?, Compare::Ge);
    fn "isdisjoint(other, /)" "" => |a| Ok(Value::bool(keys(&operate(BinOp::And, &a[0], &as_set(&a[1])?)?).is_empty()));
})
.with_base_flag()
.with_slots(Slots { new: Some(|ty, args, _| new(ty, args, true)), hash: Some(hash_of), ..COMMON });

/// Iterates over a set.
pub struct SetIter {
    set: Value,
    at: Cell<usize>,
    changes: u64,
}

impl SetIter {
    fn step(&self) -> Result<Option<Value>> {
        if set(&self.set).changes.get() != self.changes {
            return runtime_error("Set changed size during iteration");
        }
        let t = set(&self.set).table.borrow();
        while let Some(s) = t.slots.get(self.at.get()) {
            self.at.set(self.at.get() + 1);
            if let Slot::Full(_, k) = s {
                return Ok(Some(k.clone()));
            }
        }
        Ok(None)
    }
}

crate::iterator_type!(
    /// `set_iterator`
    SET_ITERATOR, "set_iterator", SetIter, None
);
