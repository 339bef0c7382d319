//! The wrapper that `lru_cache` makes.

use crate::modules::native::{make, this};
use crate::object::{Boxed, Dict, Layout, Result, Slots, Str, Trace, Tracer, Type, Value, intern};
use crate::protocol::{self, bind_args, call, call_kw, type_error};
use crate::types::function::bound_method;
use crate::types::int::{self, INT};
use crate::types::object::OBJECT;
use crate::types::str::STR;
use crate::types::type_;
use crate::vm::guard_native_recursion;
use std::cell::{Cell, RefCell};

/// The fields of the wrapper.
pub struct Cached {
    function: Value,
    /// How many results are kept; `None`: all.
    max: Option<usize>,
    typed: bool,
    /// Makes what `cache_info()` returns.
    info: Value,
    /// Stands between positional arguments and those by keyword in a key.
    mark: Value,
    hits: Cell<u64>,
    misses: Cell<u64>,
    /// From keys to results, or to the numbers of entries if there is a limit.
    known: Value,
    entries: RefCell<Entries>,
}

crate::body!(Cached: Cached { function, info, mark, known, entries });

/// Results in a ring, from the one used last to the one used longest ago.
#[derive(Default)]
struct Entries(Vec<Entry>);

struct Entry {
    key: Value,
    result: Value,
    newer: usize,
    older: usize,
}

impl Trace for Entries {
    fn trace(&self, tracer: &mut Tracer) {
        for e in &self.0 {
            e.key.trace(tracer);
            e.result.trace(tracer);
        }
    }
}

/// The entry before the newest and after the oldest.
const ROOT: usize = 0;

impl Entries {
    fn unlink(&mut self, i: usize) {
        let (newer, older) = (self.0[i].newer, self.0[i].older);
        self.0[newer].older = older;
        self.0[older].newer = newer;
    }

    /// Makes entry `i`, which is in no place, the newest.
    fn link(&mut self, i: usize) {
        let newest = self.0[ROOT].older;
        self.0[i].newer = ROOT;
        self.0[i].older = newest;
        self.0[newest].newer = i;
        self.0[ROOT].older = i;
    }

    fn add(&mut self, key: Value, result: Value) -> usize {
        if self.0.is_empty() {
            let (key, result) = (Value::UNBOUND, Value::UNBOUND);
            self.0.push(Entry { key, result, newer: ROOT, older: ROOT });
        }
        self.0.push(Entry { key, result, newer: ROOT, older: ROOT });
        self.link(self.0.len() - 1);
        self.0.len() - 1
    }
}

/// `functools._lru_cache_wrapper`
pub static CACHED: Type = Type::builtin::<Boxed<Cached>>(
    "functools._lru_cache_wrapper",
    Layout::Cached,
    "A function that keeps its results, at most so many, and for the same arguments returns them again.",
    crate::defs! {
        get "__dict__()" "" => type_::instance_dict, type_::set_instance_dict;
        fn "cache_info()" "Report cache statistics" => cache_info;
        fn "cache_clear()" "Clear the cache and cache statistics" => cache_clear;
        fn "__copy__()" "The wrapper itself." => |a| Ok(a[0].clone());
        fn "__deepcopy__(memo, /)" "The wrapper itself." => |a| Ok(a[0].clone());
        fn "__reduce__()" "Its name, by which it is found again." => |a| protocol::get_attr(&a[0], &intern("__qualname__"));
    },
)
.with_weakrefs()
.with_base_flag()
.with_attrs(size_of::<Boxed<Cached>>())
.with_slots(Slots {
    new: Some(cached_new),
    call: Some(cached_call),
    descr_get: Some(|f, instance, _| match instance.is_unbound() || instance.is_none() {
        true => Ok(f.clone()),
        false => Ok(bound_method(f.clone(), instance.clone())),
    }),
    ..Slots::EMPTY
});

fn cached_new(ty: &Value, args: &[Value], names: Option<&Value>) -> Result {
    let params = crate::sig!("lru_cache(user_function, maxsize, typed, cache_info_type)");
    let mut bound = bind_args("lru_cache", params, args, names)?.into_iter();
    let mut take = || bound.next().unwrap_or(Value::UNBOUND);
    let (function, max, typed, info) = (take(), take(), take(), take());
    if function.ty().slots().call.is_none() {
        return type_error("the first argument must be callable");
    }
    let max = match &max {
        m if m.is_none() => None,
        m if m.ty().slots().index.is_some() => Some(protocol::index_i64(m)?.max(0) as usize),
        _ => return type_error("maxsize should be integer or None"),
    };
    let (typed, mark) = (protocol::truth(&typed)?, call(&OBJECT.value(), &[])?);
    let (hits, misses, entries) = (Cell::new(0), Cell::new(0), RefCell::default());
    make(ty, Cached { function, max, typed, info, mark, hits, misses, known: Dict::new(), entries })
}

/// What stands for the arguments in the table.
fn key(body: &Cached, args: &[Value], names: Option<&Value>) -> Value {
    let names = names.and_then(Value::as_tuple).unwrap_or_default();
    if let [only] = args
        && names.is_empty()
        && !body.typed
        && (only.is_exact(&INT) || only.is_exact(&STR))
    {
        return only.clone();
    }
    let (positional, by_name) = args.split_at(args.len() - names.len());
    let mut parts = positional.to_vec();
    if !names.is_empty() {
        parts.push(body.mark.clone());
        parts.extend(names.iter().zip(by_name).flat_map(|(n, v)| [n.clone(), v.clone()]));
    }
    if body.typed {
        parts.extend(args.iter().map(|v| v.ty().value()));
    }
    Value::tuple(parts)
}

fn cached_call(f: &Value, args: &[Value], names: Option<&Value>) -> Result {
    let body = this::<Cached>(f);
    let miss = || {
        body.misses.set(body.misses.get() + 1);
        guard_native_recursion("", || call_kw(&body.function, args, names))
    };
    let Some(known) = body.known.cast::<Dict>().filter(|_| body.max != Some(0)) else { return miss() };
    let key = key(body, args, names);
    let hash = match key.cast::<Str>() {
        Some(s) => s.hash(),
        None => protocol::hash(&key)?,
    };
    if let Some(found) = known.get_hashed(&key, hash)? {
        let result = match body.max {
            None => Some(found),
            Some(_) => touch(body, &found),
        };
        if let Some(result) = result {
            body.hits.set(body.hits.get() + 1);
            return Ok(result);
        }
    }
    let result = miss()?;
    let Some(max) = body.max else {
        known.set_hashed(&key, hash, result.clone())?;
        return Ok(result);
    };
    // The call may have put the result there itself.
    if known.get_hashed(&key, hash)?.is_some() {
        return Ok(result);
    }
    let i = if known.len() < max {
        body.entries.borrow_mut().add(key.clone(), result.clone())
    } else {
        let (i, old_key) = {
            let entries = body.entries.borrow();
            let oldest = entries.0.first().map_or(ROOT, |root| root.newer);
            (oldest, entries.0.get(oldest).map(|e| e.key.clone()))
        };
        let Some(old_key) = old_key.filter(|_| i != ROOT) else { return Ok(result) };
        // Comparing keys may have run this function again, or emptied the cache.
        if known.remove(&old_key)?.is_none() || body.entries.borrow().0.len() <= i {
            return Ok(result);
        }
        let mut entries = body.entries.borrow_mut();
        entries.unlink(i);
        let entry = &mut entries.0[i];
        let old_key = std::mem::replace(&mut entry.key, key.clone());
        let old = (old_key, std::mem::replace(&mut entry.result, result.clone()));
        entries.link(i);
        drop(entries);
        drop(old);
        i
    };
    known.set_hashed(&key, hash, int::from_usize(i))?;
    Ok(result)
}

/// The result in the entry of this number, which becomes the newest; `None`: the entry is gone.
fn touch(body: &Cached, number: &Value) -> Option<Value> {
    let i = int::to_i64(number)? as usize;
    let mut entries = body.entries.borrow_mut();
    let result = entries.0.get(i)?.result.clone();
    entries.unlink(i);
    entries.link(i);
    Some(result)
}

fn cache_info(a: &[Value]) -> Result {
    let body = this::<Cached>(&a[0]);
    let max = body.max.map_or(Value::NONE, int::from_usize);
    let len = body.known.cast::<Dict>().map_or(0, |d| d.len());
    call(
        &body.info,
        &[int::from_u64(body.hits.get()), int::from_u64(body.misses.get()), max, int::from_usize(len)],
    )
}

fn cache_clear(a: &[Value]) -> Result {
    let body = this::<Cached>(&a[0]);
    body.hits.set(0);
    body.misses.set(0);
    let old = std::mem::take(&mut *body.entries.borrow_mut());
    if let Some(d) = body.known.cast::<Dict>() {
        d.clear();
    }
    drop(old);
    Ok(Value::NONE)
}
