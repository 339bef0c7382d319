//! `gc`: the cycle collector as programs see it. The collector itself is `object::gc`.

use crate::object::gc::{self, GENERATIONS};
use crate::object::{Def, Dict, List, Result, Tracer, Type, Value, arg, intern};
use crate::protocol::{self, index_i64, type_error, value_error};
use crate::types::exception::report_unraisable;
use crate::types::int;

fn number(n: usize) -> Value {
    int::from_i64(n as i64)
}

fn collect(a: &[Value]) -> Result {
    let generation = match arg(a, 0).as_bound() {
        Some(v) => index_i64(v)?,
        None => 2,
    };
    match usize::try_from(generation) {
        Ok(g) if g < GENERATIONS => Ok(number(gc::collect(g))),
        _ => value_error("invalid generation"),
    }
}

fn set_threshold(a: &[Value]) -> Result {
    let mut values = Vec::new();
    for v in a.iter().filter(|v| !v.is_unbound()) {
        values.push(index_i64(v)?.max(0) as usize);
    }
    gc::settings().set_thresholds(&values);
    Ok(Value::NONE)
}

fn get_objects(a: &[Value]) -> Result {
    let generation = match arg(a, 0).as_bound().filter(|v| !v.is_none()) {
        None => None,
        Some(v) if v.ty().slots().index.is_none() => {
            return type_error(format!("argument should be integer or None, not '{}'", v.ty().name()));
        }
        Some(v) => match index_i64(v)? {
            -1 => None,
            i if i < 0 => return value_error("generation parameter cannot be negative"),
            i if i >= GENERATIONS as i64 => {
                return value_error(format!(
                    "generation parameter must be less than the number of available generations ({GENERATIONS})"
                ));
            }
            i => Some(i as usize),
        },
    };
    Ok(Value::list(gc::objects(generation)))
}

/// What each of the objects refers to.
fn get_referents(a: &[Value]) -> Result {
    let objects = a[0].as_tuple().unwrap_or_default();
    let tracked = objects.iter().filter(|o| o.head().is_some_and(|h| h.is_tracked()));
    Ok(Value::list(tracked.flat_map(Tracer::referents).collect()))
}

fn get_referrers(a: &[Value]) -> Result {
    let targets = a[0].as_tuple().unwrap_or_default();
    let refers = |o: &Value| Tracer::referents(o).iter().any(|r| targets.iter().any(|t| t.is(r)));
    Ok(Value::list(gc::objects(None).into_iter().filter(|o| !o.is(&a[0]) && refers(o)).collect()))
}

/// Whether the collector has to look at an object: as in CPython, not at dictionaries and tuples that hold
/// nothing but strings, numbers and the like.
fn is_tracked(v: &Value) -> bool {
    use crate::types::{dict::DICT, tuple::TUPLE};
    let Some(head) = v.head() else { return false };
    if v.is_exact(&DICT) || v.is_exact(&TUPLE) {
        return Tracer::referents(v).iter().any(|r| r.head().is_some_and(|h| h.is_tracked()));
    }
    head.is_tracked() || v.cast::<Type>().is_some_and(|t| t.is_heap())
}

fn get_stats() -> Value {
    let stats = gc::settings().stats.iter().map(|s| {
        let (collections, collected) = s.get();
        dict(&[("collections", collections), ("collected", collected), ("uncollectable", 0)])
    });
    Value::list(stats.collect())
}

fn dict(entries: &[(&str, usize)]) -> Value {
    let dict = Dict::new();
    if let Some(d) = dict.cast::<Dict>() {
        for (name, n) in entries {
            d.set_interned(&intern(name), number(*n));
        }
    }
    dict
}

/// Calls `gc.callbacks` at the start and the stop of a collection.
fn call_callbacks(phase: &str, generation: usize, collected: usize) {
    let callbacks = gc::settings().callbacks.borrow().clone();
    let Some(list) = callbacks.cast::<List>().filter(|l| l.len() > 0) else { return };
    let info = dict(&[("generation", generation), ("collected", collected), ("uncollectable", 0)]);
    for callback in list.to_vec() {
        if let Err(e) = protocol::call(&callback, &[intern(phase), info.clone()]) {
            report_unraisable(&e, &callback);
        }
    }
}

/// Fills in what is a new object for each interpreter.
pub fn init(d: &Dict) {
    let settings = gc::settings();
    for (name, place) in [("garbage", &settings.garbage), ("callbacks", &settings.callbacks)] {
        let list = Value::list(Vec::new());
        d.set_interned(&intern(name), list.clone());
        let old = place.replace(list);
        drop(old);
    }
    settings.observer.set(Some(call_callbacks));
}

/// The table.
pub static DEFS: &[Def] = crate::defs! {
    fn "collect(generation=2)" "Run the garbage collector.\n\nReturns the number of unreachable objects." => collect;
    fn "enable()" "Collect cycles from time to time." => |_| { gc::settings().enabled.set(true); Ok(Value::NONE) };
    fn "disable()" "Collect cycles only when asked to." => |_| { gc::settings().enabled.set(false); Ok(Value::NONE) };
    fn "isenabled()" "Whether cycles are collected from time to time." => |_| Ok(Value::bool(gc::settings().enabled.get()));
    fn "get_count()" "How many objects were made, and how often was collected, since the last collections." => |_| Ok(Value::tuple(gc::settings().counts().map(number).to_vec()));
    fn "get_threshold()" "When collections start." => |_| {
        Ok(Value::tuple(gc::settings().thresholds.iter().map(|t| number(t.get())).collect()))
    };
    fn "set_threshold(threshold0, threshold1=10, threshold2=10, /)" "Set the collection thresholds; zero disables collection." => set_threshold;
    fn "get_objects(generation=None)" "Return a list of objects tracked by the collector, of a generation or of all." => get_objects;
    fn "get_referents(*objs)" "Return the list of objects that are directly referred to by objs." => get_referents;
    fn "get_referrers(*objs)" "Return the list of objects that directly refer to any of objs." => get_referrers;
    fn "get_stats()" "What the collections of each generation found." => |_| Ok(get_stats());
    fn "is_tracked(obj, /)" "Whether the collector of cycles looks at the object." => |a| Ok(Value::bool(is_tracked(&a[0])));
    fn "is_finalized(obj, /)" "Returns true if the object has been already finalized by the collector." => |a| {
        Ok(Value::bool(a[0].head().is_some_and(|h| h.is_finalized())))
    };
    fn "freeze()" "Ignore all present objects in later collections." => |_| { gc::settings().freeze(); Ok(Value::NONE) };
    fn "unfreeze()" "Consider all objects again." => |_| { gc::settings().unfreeze(); Ok(Value::NONE) };
    fn "get_freeze_count()" "Return the number of objects ignored." => |_| Ok(number(gc::settings().frozen()));
    fn "set_debug(flags, /)" "Set the debugging flags." => |a| { gc::settings().debug.set(index_i64(&a[0])?); Ok(Value::NONE) };
    fn "get_debug()" "Get the debugging flags." => |_| Ok(int::from_i64(gc::settings().debug.get()));
    val "DEBUG_STATS()" "" => || Value::small(1);
    val "DEBUG_COLLECTABLE()" "" => || Value::small(2);
    val "DEBUG_UNCOLLECTABLE()" "" => || Value::small(4);
    val "DEBUG_SAVEALL()" "" => || Value::small(gc::SAVE_ALL as i32);
    val "DEBUG_LEAK()" "" => || Value::small(38);
};
