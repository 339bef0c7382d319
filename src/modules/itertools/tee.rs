//! `tee`: several iterators over the items of one, which stand in a list of blocks that dies behind the last of them.

use super::ITERATOR;
use crate::modules::native::{class, make, peek, positional, this};
use crate::object::{Boxed, Layout, Result, Slots, Type, Value, arg, intern};
use crate::protocol::{self, runtime_error, type_error, value_error};
use crate::types::int;
use crate::types::lazy::next_of;
use std::cell::{Cell, RefCell};

/// Items of a block.
const BLOCK: usize = 57;
/// The same as a number of a pickled state.
const BLOCK_END: i64 = BLOCK as i64;

/// One of the iterators.
pub struct Tee {
    block: Cell<Value>,
    /// The number of the next item in the block.
    at: Cell<usize>,
}

/// A block.
pub struct TeeData {
    inner: Value,
    items: RefCell<Vec<Value>>,
    /// The block after it, once there is one.
    next: Cell<Value>,
    /// The iterator is being asked.
    busy: Cell<bool>,
}

crate::body!(Tee: Tee { block });
crate::body!(TeeData: TeeData { inner, items, next });

/// `itertools._tee`
pub static TEE: Type = Type::builtin::<Boxed<Tee>>(
    "itertools._tee",
    Layout::Tee,
    "An iterator that shares the items of another one.",
    crate::defs! {
        fn "__copy__()" "Another iterator over the same items." => |a| Ok(copy(&a[0]));
        fn "__reduce__()" "How to make it again, for pickle and copy." => |a| {
            let it = this::<Tee>(&a[0]);
            let state = Value::tuple(vec![peek(&it.block), int::from_usize(it.at.get())]);
            let nothing = Value::tuple(vec![Value::tuple(Vec::new())]);
            Ok(Value::tuple(vec![class(&TEE), nothing, state]))
        };
        fn "__setstate__(state, /)" "Go on from the state that was pickled." => |a| {
            let it = this::<Tee>(&a[0]);
            let Some([block, at]) = a[1].as_tuple() else { return type_error("state is not a tuple") };
            if !block.is_exact(&TEE_DATA) {
                return type_error(format!("argument 1 must be itertools._tee_dataobject, not {}", block.ty().name()));
            }
            match protocol::index_i64(at)? {
                at @ 0..=BLOCK_END => {
                    it.at.set(at as usize);
                    drop(it.block.replace(block.clone()));
                    Ok(Value::NONE)
                }
                _ => value_error("Index out of range"),
            }
        };
    },
)
.with_weakrefs()
.with_slots(Slots {
    new: Some(|ty, args, names| {
        let args = positional("tee", &TEE, ty, args, names, (1, 1))?;
        from_iterable(&args[0])
    }),
    next: Some(tee_next),
    ..ITERATOR
});

/// `itertools._tee_dataobject`
pub static TEE_DATA: Type =
    Type::builtin::<Boxed<TeeData>>("itertools._tee_dataobject", Layout::TeeData, "Items that iterators share.", crate::defs! {
        fn "__reduce__()" "How to make it again, for pickle and copy." => |a| {
            let data = this::<TeeData>(&a[0]);
            let (items, next) = (data.items.borrow().clone(), peek(&data.next).bound().unwrap_or(Value::NONE));
            let args = vec![data.inner.clone(), Value::list(items), next];
            Ok(Value::tuple(vec![class(&TEE_DATA), Value::tuple(args)]))
        };
    })
    .with_slots(Slots {
        new: Some(|ty, args, names| {
            let args = positional("teedataobject", &TEE_DATA, ty, args, names, (3, 3))?;
            let items = protocol::collect(&args[1])?;
            let is_next = |v: &Value| items.len() == BLOCK && v.is_exact(&TEE_DATA);
            if items.len() > BLOCK || !(args[2].is_none() || is_next(&args[2])) {
                return value_error("Invalid arguments");
            }
            let next = if args[2].is_none() { Value::UNBOUND } else { args[2].clone() };
            let data = TeeData {
                inner: args[0].clone(),
                items: RefCell::new(items),
                next: Cell::new(next),
                busy: Cell::new(false),
            };
            make(&class(&TEE_DATA), data)
        }),
        ..Slots::EMPTY
    });

fn block(inner: Value) -> Value {
    let data =
        TeeData { inner, items: RefCell::default(), next: Cell::new(Value::UNBOUND), busy: Cell::new(false) };
    Value::new(&TEE_DATA, data)
}

fn from_iterable(v: &Value) -> Result {
    let inner = protocol::iter(v)?;
    if inner.is_exact(&TEE) {
        return Ok(copy(&inner));
    }
    make(&class(&TEE), Tee { block: Cell::new(block(inner)), at: Cell::new(0) })
}

fn copy(v: &Value) -> Value {
    let it = this::<Tee>(v);
    Value::new(&TEE, Tee { block: Cell::new(peek(&it.block)), at: Cell::new(it.at.get()) })
}

/// `tee(iterable, n)`
pub fn tee(a: &[Value]) -> Result {
    let n = arg(a, 1).as_bound().map_or(Ok(2), protocol::index_i64)?;
    if n < 0 {
        return value_error("n must be >= 0");
    }
    let mut all = crate::types::sequence::vec_with_room(n as usize)?;
    if n == 0 {
        return Ok(Value::tuple(all));
    }
    // An iterator that can be copied needs no blocks.
    let it = protocol::iter(&a[0])?;
    let copier = protocol::get_attr_opt(&it, &intern("__copy__"))?;
    let first = if copier.is_some() { it } else { from_iterable(&it)? };
    let copier = match copier {
        Some(f) => f,
        None => protocol::get_attr(&first, &intern("__copy__"))?,
    };
    all.push(first);
    for _ in 1..n {
        all.push(protocol::call(&copier, &[])?);
    }
    Ok(Value::tuple(all))
}

fn tee_next(v: &Value) -> Result<Option<Value>> {
    let it = this::<Tee>(v);
    let (mut at, mut current) = (it.at.get(), peek(&it.block));
    if at == BLOCK {
        let data = this::<TeeData>(&current);
        let mut next = peek(&data.next);
        if next.is_unbound() {
            next = block(data.inner.clone());
            data.next.set(next.clone());
        }
        drop(it.block.replace(next.clone()));
        (at, current) = (0, next);
        it.at.set(0);
    }
    let data = this::<TeeData>(&current);
    let known = data.items.borrow().get(at).cloned();
    let item = match known {
        Some(item) => item,
        None if data.busy.get() => return runtime_error("cannot re-enter the tee iterator"),
        None => {
            data.busy.set(true);
            let item = next_of(&data.inner);
            data.busy.set(false);
            let Some(item) = item? else { return Ok(None) };
            data.items.borrow_mut().push(item.clone());
            item
        }
    };
    it.at.set(at + 1);
    Ok(Some(item))
}
