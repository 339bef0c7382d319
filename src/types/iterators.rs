//! Iterators: of sequences, and `enumerate`, `zip`, `map`, `filter`, `reversed`.

use super::{exception, int};
use crate::object::{Body, Boxed, List, Result, Type, Value, intern};
use crate::protocol::{self, call, iter, next, type_error, value_error};
use std::cell::{Cell, RefCell};

/// Declares an iterator type whose body has a method `step`.
#[macro_export]
macro_rules! iterator_type {
    ($(#[$doc:meta])* $static:ident, $name:literal, $body:ty, $new:expr) => {
        impl $crate::object::Body for $body {}
        impl $crate::object::BodyLayout for $body {
            const LAYOUT: $crate::object::Layout = $crate::object::Layout::Iterator;
        }
        $(#[$doc])*
        pub static $static: $crate::object::Type =
            $crate::object::Type::builtin::<$crate::object::Boxed<$body>>($name, $crate::object::Layout::Other, "", &[])
                .with_slots($crate::object::Slots {
                    new: $new,
                    init: Some(|_, _, _| Ok(())),
                    iter: Some(|v| Ok(v.clone())),
                    next: Some(|v| match $crate::types::iterators::body::<$body>(v, &$static) {
                        Some(b) => b.step(),
                        None => Ok(None),
                    }),
                    ..$crate::object::Slots::EMPTY
                });
    };
}

/// The body of an iterator of exactly this type.
#[allow(unsafe_code)]
pub fn body<'v, T: Body>(v: &'v Value, ty: &'static Type) -> Option<&'v Boxed<T>> {
    // SAFETY: only `iterator_type!` declares such types, and it allocates them with this body.
    unsafe { v.cast_exact::<Boxed<T>>(ty) }
}

/// Iterates over a list that may change meanwhile.
pub struct ListIter {
    list: RefCell<Value>,
    index: Cell<usize>,
}

impl ListIter {
    /// The next item.
    #[inline(always)]
    pub fn advance(&self) -> Option<Value> {
        let i = self.index.get();
        let item = self.list.borrow().cast::<List>().and_then(|l| l.get(i));
        match item {
            Some(v) => {
                self.index.set(i + 1);
                Some(v)
            }
            None => {
                let done = self.list.replace(Value::NONE);
                drop(done);
                None
            }
        }
    }

    fn step(&self) -> Result<Option<Value>> {
        Ok(self.advance())
    }
}

iterator_type!(
    /// `list_iterator`
    LIST_ITERATOR, "list_iterator", ListIter, None
);

/// `iter(list)`
pub fn list_iterator(list: Value) -> Value {
    Value::new(&LIST_ITERATOR, ListIter { list: RefCell::new(list), index: Cell::new(0) })
}

/// Iterates over a fixed row of items, forwards or backwards.
pub struct Items {
    items: RefCell<std::vec::IntoIter<Value>>,
}

impl Items {
    fn step(&self) -> Result<Option<Value>> {
        Ok(self.items.borrow_mut().next())
    }
}

iterator_type!(
    /// An iterator over a snapshot.
    ITEMS_ITERATOR, "iterator", Items, None
);

/// An iterator over these items.
pub fn items_iterator(items: Vec<Value>) -> Value {
    Value::new(&ITEMS_ITERATOR, Items { items: RefCell::new(items.into_iter()) })
}

/// Iterates over a tuple.
pub struct TupleIter {
    tuple: Value,
    index: Cell<usize>,
}

impl TupleIter {
    fn step(&self) -> Result<Option<Value>> {
        let i = self.index.get();
        self.index.set(i + 1);
        Ok(self.tuple.as_tuple().and_then(|t| t.get(i).cloned()))
    }
}

iterator_type!(
    /// `tuple_iterator`
    TUPLE_ITERATOR, "tuple_iterator", TupleIter, None
);

/// `iter(tuple)`
pub fn tuple_iterator(tuple: Value) -> Value {
    Value::new(&TUPLE_ITERATOR, TupleIter { tuple, index: Cell::new(0) })
}

/// Iterates by `__getitem__`, forwards until `IndexError` or backwards to 0.
pub struct SequenceIter {
    sequence: Value,
    index: Cell<i64>,
    step: i64,
}

impl SequenceIter {
    fn step(&self) -> Result<Option<Value>> {
        let i = self.index.get();
        if i < 0 {
            return Ok(None);
        }
        match protocol::get_item(&self.sequence, &int::from_i64(i)) {
            Ok(v) => {
                self.index.set(i + self.step);
                Ok(Some(v))
            }
            Err(e)
                if e.0.ty().is_subtype(&exception::INDEX_ERROR)
                    || e.0.ty().is_subtype(&exception::STOP_ITERATION) =>
            {
                self.index.set(-1);
                Ok(None)
            }
            Err(e) => Err(e),
        }
    }
}

iterator_type!(
    /// `iterator`
    SEQUENCE_ITERATOR, "iterator", SequenceIter, None
);

/// Iterates by `__getitem__` with 0, 1, ... until `IndexError`.
pub fn sequence_iterator(sequence: Value) -> Value {
    Value::new(&SEQUENCE_ITERATOR, SequenceIter { sequence, index: Cell::new(0), step: 1 })
}

/// `reversed(list)`
pub fn reversed_list(list: Value) -> Value {
    let index = list.cast::<List>().map_or(0, |l| l.len()) as i64 - 1;
    Value::new(&SEQUENCE_ITERATOR, SequenceIter { sequence: list, index: Cell::new(index), step: -1 })
}

/// `reversed(v)`
pub fn reversed(v: &Value) -> Result {
    if let Some(m) = protocol::lookup_special(v, &intern("__reversed__"))? {
        return call(&m, &[]);
    }
    let slots = v.ty().slots();
    if slots.get_item.is_none() || slots.len.is_none() || v.cast::<crate::object::Dict>().is_some() {
        return type_error(format!("'{}' object is not reversible", v.ty().name()));
    }
    let index = protocol::len(v)? as i64 - 1;
    Ok(Value::new(
        &SEQUENCE_ITERATOR,
        SequenceIter { sequence: v.clone(), index: Cell::new(index), step: -1 },
    ))
}

/// `iter(f, sentinel)`
pub struct CallableIter {
    f: Value,
    sentinel: Value,
    done: Cell<bool>,
}

impl CallableIter {
    fn step(&self) -> Result<Option<Value>> {
        if self.done.get() {
            return Ok(None);
        }
        let v = match call(&self.f, &[]) {
            Err(e) if e.0.ty().is_subtype(&exception::STOP_ITERATION) => None,
            r => Some(r?),
        };
        match v {
            Some(v) if !protocol::equal(&v, &self.sentinel)? => Ok(Some(v)),
            _ => {
                self.done.set(true);
                Ok(None)
            }
        }
    }
}

iterator_type!(
    /// `callable_iterator`
    CALLABLE_ITERATOR, "callable_iterator", CallableIter, None
);

/// `iter(f, sentinel)`
pub fn callable_iterator(f: Value, sentinel: Value) -> Value {
    Value::new(&CALLABLE_ITERATOR, CallableIter { f, sentinel, done: Cell::new(false) })
}

/// `enumerate`
pub struct Enumerate {
    it: Value,
    n: Cell<i64>,
}

impl Enumerate {
    fn step(&self) -> Result<Option<Value>> {
        let Some(v) = next(&self.it)? else { return Ok(None) };
        let n = self.n.get();
        self.n.set(n + 1);
        Ok(Some(Value::tuple_from(2, [int::from_i64(n), v])))
    }
}

iterator_type!(
    /// `enumerate`
    ENUMERATE, "enumerate", Enumerate, Some(|_, args, names| {
        let a = protocol::bind_args("enumerate", "(iterable, start=0)", args, names)?;
        let n = match crate::object::arg(&a, 1).as_bound() {
            Some(n) => protocol::index_i64(n)?,
            None => 0,
        };
        Ok(Value::new(&ENUMERATE, Enumerate { it: iter(&a[0])?, n: Cell::new(n) }))
    })
);

/// `zip`
pub struct Zip {
    its: Vec<Value>,
    strict: bool,
}

impl Zip {
    fn step(&self) -> Result<Option<Value>> {
        let mut row = Vec::with_capacity(self.its.len());
        for (i, it) in self.its.iter().enumerate() {
            match next(it)? {
                Some(v) => row.push(v),
                None if self.strict => return self.end(i),
                None => return Ok(None),
            }
        }
        Ok(if row.is_empty() { None } else { Some(Value::tuple(row)) })
    }

    /// Iterator `i` has ended first: the others must be at their end too.
    fn end(&self, i: usize) -> Result<Option<Value>> {
        let others = |n: usize| if n == 1 { "argument 1".to_owned() } else { format!("arguments 1-{n}") };
        if i > 0 {
            return value_error(format!("zip() argument {} is shorter than {}", i + 1, others(i)));
        }
        for (n, it) in self.its.iter().enumerate().skip(1) {
            if next(it)?.is_some() {
                return value_error(format!("zip() argument {} is longer than {}", n + 1, others(n)));
            }
        }
        Ok(None)
    }
}

iterator_type!(
    /// `zip`
    ZIP, "zip", Zip, Some(|_, args, names| {
        let keywords = names.and_then(Value::as_tuple).map_or(0, <[Value]>::len);
        let (positional, by_name) = args.split_at(args.len() - keywords);
        let strict = match by_name {
            [] => false,
            [s] => protocol::truth(s)?,
            _ => return type_error("zip() takes at most 1 keyword argument"),
        };
        let its = positional.iter().map(iter).collect::<Result<Vec<_>>>()?;
        Ok(Value::new(&ZIP, Zip { its, strict }))
    })
);

/// `map`
pub struct Map {
    f: Value,
    its: Vec<Value>,
}

impl Map {
    fn step(&self) -> Result<Option<Value>> {
        let mut args = Vec::with_capacity(self.its.len());
        for it in &self.its {
            match next(it)? {
                Some(v) => args.push(v),
                None => return Ok(None),
            }
        }
        call(&self.f, &args).map(Some)
    }
}

iterator_type!(
    /// `map`
    MAP, "map", Map, Some(|_, args, _| match args {
        [f, rest @ ..] if !rest.is_empty() => {
            let its = rest.iter().map(iter).collect::<Result<Vec<_>>>()?;
            Ok(Value::new(&MAP, Map { f: f.clone(), its }))
        }
        _ => type_error("map() must have at least two arguments."),
    })
);

/// `filter`
pub struct Filter {
    f: Value,
    it: Value,
}

impl Filter {
    fn step(&self) -> Result<Option<Value>> {
        while let Some(v) = next(&self.it)? {
            let keep = if self.f.is_none() {
                protocol::truth(&v)?
            } else {
                protocol::truth(&call(&self.f, std::slice::from_ref(&v))?)?
            };
            if keep {
                return Ok(Some(v));
            }
        }
        Ok(None)
    }
}

iterator_type!(
    /// `filter`
    FILTER, "filter", Filter, Some(|_, args, _| match args {
        [f, it] => Ok(Value::new(&FILTER, Filter { f: f.clone(), it: iter(it)? })),
        _ => type_error(format!("filter expected 2 arguments, got {}", args.len())),
    })
);
