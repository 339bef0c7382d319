//! `deque`

use super::deque_iter;
use crate::modules::native::{make, this};
use crate::object::{BinOp, Boxed, Compare, Layout, Result, Slots, Type, Value, arg};
use crate::protocol::{self, bind_args, index_error, runtime_error, type_error, value_error};
use crate::types::{int, sequence};
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

/// The fields of a `deque`.
pub struct Deque {
    items: RefCell<VecDeque<Value>>,
    /// How many items it may have.
    max: Cell<Option<usize>>,
    /// Changes with the items: iterators look at it.
    version: Cell<u64>,
}

crate::body!(Deque: Deque { items });

/// `collections.deque`
pub static DEQUE: Type = Type::builtin::<Boxed<Deque>>(
    "collections.deque",
    Layout::Deque,
    "deque(iterable=(), maxlen=None): a list that is fast at both ends; a full one forgets items at the other end.",
    crate::defs! {
        fn "append(item, /)" "Add an item on the right." => |a| this::<Deque>(&a[0]).push(a[1].clone(), true);
        fn "appendleft(item, /)" "Add an item on the left." => |a| this::<Deque>(&a[0]).push(a[1].clone(), false);
        fn "pop()" "Remove the last item on the right and give it." => |a| this::<Deque>(&a[0]).pop(true);
        fn "popleft()" "Remove the first item on the left and give it." => |a| this::<Deque>(&a[0]).pop(false);
        fn "extend(iterable, /)" "Add the items of an iterable to the right side of the deque." => |a| this::<Deque>(&a[0]).extend(&a[1], true);
        fn "extendleft(iterable, /)" "Add the items of an iterable to the left side of the deque, one by one." => |a| this::<Deque>(&a[0]).extend(&a[1], false);
        fn "clear()" "Remove all items." => |a| {
            this::<Deque>(&a[0]).replace(VecDeque::new());
            Ok(Value::NONE)
        };
        fn "copy()" "A copy with the same items." => |a| copy(&a[0]);
        fn "__copy__()" "A copy with the same items." => |a| copy(&a[0]);
        fn "count(value, /)" "How often the value is among the items." => count;
        fn "index(value, start=0, stop=<unrepresentable>, /)" "Return first index of value; ValueError if it is not there." => index;
        fn "insert(index, value, /)" "Insert value before index." => insert;
        fn "remove(value, /)" "Remove the first occurrence of value; ValueError if it is not there." => remove;
        fn "reverse()" "Reverse in place." => |a| {
            let d = this::<Deque>(&a[0]);
            d.changed();
            d.items.borrow_mut().make_contiguous().reverse();
            Ok(Value::NONE)
        };
        fn "rotate(n=1, /)" "Rotate the deque n steps to the right, or to the left if n is negative." => rotate;
        get "maxlen()" "How many items there can be; None if as many as one likes." => |v| Ok(this::<Deque>(v).max_value());
        fn "__reversed__()" "Return a reverse iterator over the deque." => |a| Ok(deque_iter::backward(&a[0]));
        fn "__reduce__()" "How to make it again, for pickle and copy." => reduce;
        class "__class_getitem__(item, /)" "The class with parameters, as an alias." => crate::types::alias::class_getitem;
        fn "__sizeof__()" "Return the size of the deque in memory, in bytes." => |a| Ok(int::from_usize(64 + 8 * this::<Deque>(&a[0]).items.borrow().capacity()));
    },
)
.with_base_flag()
.with_weakrefs()
.with_slots(Slots {
    new: Some(|ty, _, _| {
        make(ty, Deque { items: RefCell::default(), max: Cell::new(None), version: Cell::new(0) })
    }),
    init: Some(init),
    repr: Some(repr),
    compare: Some(compare),
    len: Some(|v| Ok(this::<Deque>(v).len())),
    get_item: Some(|v, key| {
        let d = this::<Deque>(v);
        let i = d.place(key)?;
        d.get(i).map_or_else(|| index_error("deque index out of range"), Ok)
    }),
    set_item: Some(set_item),
    contains: Some(|v, x| Ok(find(this::<Deque>(v), x, 0, usize::MAX)?.is_some())),
    iter: Some(|v| Ok(deque_iter::forward(v))),
    binary: {
        let mut ops = Slots::EMPTY.binary;
        ops[BinOp::Add as usize] = Some(add);
        ops[BinOp::Mul as usize] = Some(multiply);
        ops
    },
    inplace: {
        let mut ops = Slots::EMPTY.inplace;
        ops[BinOp::Add as usize] = Some(|v, other| this::<Deque>(v).extend(other, true).map(|_| v.clone()));
        ops[BinOp::Mul as usize] = Some(|v, n| {
            let d = this::<Deque>(v);
            let Some(items) = repeated(d, n)? else { return Ok(Value::NOT_IMPLEMENTED) };
            d.replace(items);
            Ok(v.clone())
        });
        ops
    },
    ..Slots::EMPTY
});

impl Deque {
    /// How many items there are.
    pub fn len(&self) -> usize {
        self.items.borrow().len()
    }

    pub(super) fn get(&self, i: usize) -> Option<Value> {
        self.items.borrow().get(i).cloned()
    }

    pub(super) fn version(&self) -> u64 {
        self.version.get()
    }

    fn changed(&self) {
        self.version.set(self.version.get() + 1);
    }

    fn replace(&self, items: VecDeque<Value>) {
        self.changed();
        let old = self.items.replace(items);
        drop(old);
    }

    fn max_value(&self) -> Value {
        self.max.get().map_or(Value::NONE, int::from_usize)
    }

    /// Adds an item at the right or left end.
    #[inline]
    pub fn push(&self, item: Value, right: bool) -> Result {
        self.changed();
        let mut items = self.items.borrow_mut();
        if right {
            items.push_back(item);
        } else {
            items.push_front(item);
        }
        let out = match self.max.get() {
            Some(max) if items.len() > max => {
                if right {
                    items.pop_front()
                } else {
                    items.pop_back()
                }
            }
            _ => None,
        };
        drop(items);
        drop(out);
        Ok(Value::NONE)
    }

    /// Takes the item at the right or left end; `IndexError` if there is none.
    pub fn pop(&self, right: bool) -> Result {
        let item =
            if right { self.items.borrow_mut().pop_back() } else { self.items.borrow_mut().pop_front() };
        match item {
            Some(item) => {
                self.changed();
                Ok(item)
            }
            None => index_error("pop from an empty deque"),
        }
    }

    fn extend(&self, iterable: &Value, right: bool) -> Result {
        // Its own items: those that it has now.
        if iterable.cast::<Boxed<Deque>>().is_some_and(|d| std::ptr::eq(&d.body, self)) {
            let items: Vec<Value> = self.items.borrow().iter().cloned().collect();
            items.into_iter().try_for_each(|item| self.push(item, right).map(drop))?;
            return Ok(Value::NONE);
        }
        protocol::for_each(iterable, |item| self.push(item, right).map(drop))?;
        Ok(Value::NONE)
    }

    /// Which item an index means; `usize::MAX` if there is none.
    fn place(&self, key: &Value) -> Result<usize> {
        if !key.is_inline_int() && key.ty().slots().index.is_none() {
            return type_error(format!("sequence index must be integer, not '{}'", key.ty().name()));
        }
        let i = protocol::index_position(key)?;
        let from_end = if i < 0 { i + self.len() as i64 } else { i };
        Ok(usize::try_from(from_end).unwrap_or(usize::MAX))
    }
}

fn init(v: &Value, args: &[Value], names: Option<&Value>) -> Result<()> {
    let bound = bind_args("deque", crate::sig!("deque(iterable=(), maxlen=None)"), args, names)?;
    let d = this::<Deque>(v);
    let max = match bound[1].as_bound().filter(|m| !m.is_none()) {
        None => None,
        Some(m) if !m.ty().is_subtype(&int::INT) => return type_error("an integer is required"),
        Some(m) => match usize::try_from(protocol::index_i64(m)?) {
            Ok(max) => Some(max),
            Err(_) => return value_error("maxlen must be non-negative"),
        },
    };
    d.max.set(max);
    if d.len() > 0 {
        d.replace(VecDeque::new());
    }
    match bound[0].as_bound() {
        Some(iterable) => d.extend(iterable, true).map(drop),
        None => Ok(()),
    }
}

/// A new deque of the class of `v` with the same limit.
fn like(v: &Value, items: VecDeque<Value>) -> Result {
    let max = this::<Deque>(v).max.get();
    if v.is_exact(&DEQUE) {
        let keep = max.map_or(0, |m| items.len().saturating_sub(m));
        let items = RefCell::new(items.into_iter().skip(keep).collect());
        return make(&v.ty().value(), Deque { items, max: Cell::new(max), version: Cell::new(0) });
    }
    let items = Value::list(items.into());
    match max {
        None => protocol::call(&v.ty().value(), &[items]),
        Some(max) => protocol::call(&v.ty().value(), &[items, int::from_usize(max)]),
    }
}

fn copy(v: &Value) -> Result {
    let items = this::<Deque>(v).items.borrow().clone();
    like(v, items)
}

fn reduce(a: &[Value]) -> Result {
    let d = this::<Deque>(&a[0]);
    let args = match d.max.get() {
        Some(max) => vec![Value::tuple(Vec::new()), int::from_usize(max)],
        None => Vec::new(),
    };
    let state = protocol::call_method(&a[0], "__getstate__", &[])?;
    let parts = vec![a[0].ty().value(), Value::tuple(args), state, protocol::iter(&a[0])?];
    Ok(Value::tuple(parts))
}

fn repr(v: &Value) -> Result {
    let d = this::<Deque>(v);
    let text = sequence::repr_once(v, || {
        let items = sequence::repr_items(|i| d.get(i))?;
        let max = d.max.get().map_or(String::new(), |m| format!(", maxlen={m}"));
        Ok(format!("{}([{items}]{max})", super::class_name(v)?))
    })?;
    Ok(Value::str(text.as_deref().unwrap_or("[...]")))
}

fn compare(a: &Value, b: &Value, op: Compare) -> Result {
    let (Some(x), Some(y)) = (a.cast::<Boxed<Deque>>(), b.cast::<Boxed<Deque>>()) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    let versions = (x.version(), y.version());
    let result = sequence::compare(op, || (x.len(), y.len()), |i| (x.get(i), y.get(i)))?;
    match versions == (x.version(), y.version()) {
        true => Ok(result),
        false => runtime_error("deque mutated during iteration"),
    }
}

fn set_item(v: &Value, key: &Value, value: Option<Value>) -> Result<()> {
    let d = this::<Deque>(v);
    let i = d.place(key)?;
    if i >= d.len() {
        return index_error("deque index out of range");
    }
    let old = match value {
        Some(value) => d.items.borrow_mut().get_mut(i).map(|place| std::mem::replace(place, value)),
        None => {
            d.changed();
            d.items.borrow_mut().remove(i)
        }
    };
    drop(old);
    Ok(())
}

/// The number of the first item in `start..stop` that is equal to `x`.
fn find(d: &Deque, x: &Value, start: usize, stop: usize) -> Result<Option<usize>> {
    let version = d.version();
    let mut i = start;
    while i < stop {
        let Some(item) = d.get(i) else { break };
        let same = protocol::equal(&item, x)?;
        if d.version() != version {
            return runtime_error("deque mutated during iteration");
        }
        if same {
            return Ok(Some(i));
        }
        i += 1;
    }
    Ok(None)
}

fn count(a: &[Value]) -> Result {
    let d = this::<Deque>(&a[0]);
    let (version, mut n, mut i) = (d.version(), 0, 0);
    while let Some(item) = d.get(i) {
        n += protocol::equal(&item, &a[1])? as usize;
        if d.version() != version {
            return runtime_error("deque mutated during iteration");
        }
        i += 1;
    }
    Ok(int::from_usize(n))
}

fn not_there(x: &Value) -> Result {
    value_error(format!("{} is not in deque", protocol::repr_string(x)?))
}

fn index(a: &[Value]) -> Result {
    let d = this::<Deque>(&a[0]);
    let start = sequence::search_bound(arg(a, 2), d.len(), 0)?;
    let stop = sequence::search_bound(arg(a, 3), d.len(), d.len())?;
    find(d, &a[1], start, stop)?.map_or_else(|| not_there(&a[1]), |i| Ok(int::from_usize(i)))
}

fn remove(a: &[Value]) -> Result {
    let d = this::<Deque>(&a[0]);
    let (version, mut i) = (d.version(), 0);
    while let Some(item) = d.get(i) {
        let same = protocol::equal(&item, &a[1])?;
        if d.version() != version {
            return index_error("deque mutated during iteration");
        }
        if same {
            d.changed();
            let out = d.items.borrow_mut().remove(i);
            drop(out);
            return Ok(Value::NONE);
        }
        i += 1;
    }
    not_there(&a[1])
}

fn insert(a: &[Value]) -> Result {
    let d = this::<Deque>(&a[0]);
    let i = protocol::index_i64(&a[1])?;
    let len = d.len();
    if d.max.get().is_some_and(|max| len >= max) {
        return index_error("deque already at its maximum size");
    }
    let i = if i < 0 { (i + len as i64).max(0) } else { i.min(len as i64) };
    d.changed();
    d.items.borrow_mut().insert(i as usize, a[2].clone());
    Ok(Value::NONE)
}

fn rotate(a: &[Value]) -> Result {
    let d = this::<Deque>(&a[0]);
    let n = arg(a, 1).as_bound().map_or(Ok(1), protocol::index_i64)?;
    let mut items = d.items.borrow_mut();
    if items.len() > 1 {
        d.changed();
        let n = n.rem_euclid(items.len() as i64) as usize;
        items.rotate_right(n);
    }
    Ok(Value::NONE)
}

fn add(a: &Value, b: &Value) -> Result {
    let Some(d) = a.cast::<Boxed<Deque>>() else { return Ok(Value::NOT_IMPLEMENTED) };
    let Some(other) = b.cast::<Boxed<Deque>>() else {
        return type_error(format!("can only concatenate deque (not \"{}\") to deque", b.ty().name()));
    };
    let mut items = d.items.borrow().clone();
    items.extend(other.items.borrow().iter().cloned());
    like(a, items)
}

/// The items `n` times, only the last ones if there is a limit; `None`: `n` is no number.
fn repeated(d: &Deque, n: &Value) -> Result<Option<VecDeque<Value>>> {
    let items: Vec<Value> = d.items.borrow().iter().cloned().collect();
    let times = match (sequence::times(n, items.len().min(1))?, d.max.get()) {
        (None, _) => return Ok(None),
        (Some(n), Some(max)) => n.min(max.div_ceil(items.len().max(1))),
        (Some(n), None) => n,
    };
    let mut out: VecDeque<Value> = sequence::repeat(&items, times)?.into();
    let extra = d.max.get().map_or(0, |max| out.len().saturating_sub(max));
    drop(out.drain(..extra));
    Ok(Some(out))
}

fn multiply(a: &Value, b: &Value) -> Result {
    let (v, n) = if a.cast::<Boxed<Deque>>().is_some() { (a, b) } else { (b, a) };
    match repeated(this::<Deque>(v), n)? {
        Some(items) => like(v, items),
        None => type_error(format!("can't multiply sequence by non-int of type '{}'", n.ty().name())),
    }
}
