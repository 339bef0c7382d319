//! `len`, `iter`, `sorted`, `sum`, `max`, ...

use crate::object::{BinOp, Compare, Result, Value, arg};
use crate::protocol::{self, raise_args, type_error, value_error};
use crate::types::float::FLOAT;
use crate::types::{exception, float, int, iterators, list};

pub(super) fn len(a: &[Value]) -> Result {
    Ok(int::from_i64(protocol::len(arg(a, 0))? as i64))
}

pub(super) fn iter(a: &[Value]) -> Result {
    match arg(a, 1).as_bound() {
        None => protocol::iter(arg(a, 0)),
        Some(_) if arg(a, 0).ty().slots().call.is_none() => type_error("iter(v, w): v must be callable"),
        Some(sentinel) => Ok(iterators::callable_iterator(arg(a, 0).clone(), sentinel.clone())),
    }
}

pub(super) fn next(a: &[Value]) -> Result {
    let default = arg(a, 1).as_bound();
    match (protocol::next_or_stop(arg(a, 0)), default) {
        (Ok(Some(v)), _) => Ok(v),
        (Ok(None), Some(default)) => Ok(default.clone()),
        (Ok(None), None) => Err(raise_args(&exception::STOP_ITERATION, Vec::new())),
        (Err(e), Some(default)) if e.0.ty().is_subtype(&exception::STOP_ITERATION) => Ok(default.clone()),
        (Err(e), _) => Err(e),
    }
}

pub(super) fn all(a: &[Value]) -> Result {
    until(arg(a, 0), false)
}

pub(super) fn any(a: &[Value]) -> Result {
    until(arg(a, 0), true)
}

/// Whether an item with this truth comes, as far as that decides.
fn until(v: &Value, wanted: bool) -> Result {
    let it = protocol::iter(v)?;
    while let Some(item) = protocol::next(&it)? {
        if protocol::truth(&item)? == wanted {
            return Ok(Value::bool(wanted));
        }
    }
    Ok(Value::bool(!wanted))
}

pub(super) fn sorted(a: &[Value]) -> Result {
    let mut items = protocol::collect(arg(a, 0))?;
    let key = arg(a, 1).as_bound().filter(|k| !k.is_none());
    let reverse = arg(a, 2).as_bound().map_or(Ok(false), |r| Ok(protocol::index_i64(r)? != 0))?;
    list::sort_items(&mut items, key, reverse)?;
    Ok(Value::list(items))
}

pub(super) fn sum(a: &[Value]) -> Result {
    let start = arg(a, 1).as_bound().cloned().unwrap_or(Value::small(0));
    let joiner = match start.ty().name() {
        "str" => Some(("strings", "''")),
        "bytes" => Some(("bytes", "b''")),
        "bytearray" => Some(("bytearray", "b''")),
        _ => None,
    };
    if let Some((what, empty)) = joiner {
        return type_error(format!("sum() can't sum {what} [use {empty}.join(seq) instead]"));
    }
    let it = protocol::iter(arg(a, 0))?;
    let mut total = start;
    let mut item = protocol::next(&it)?;
    // While all are small integers, then while all are floats or small integers, no objects are made.
    if let Some(mut n) = total.as_inline_int() {
        while let Some(i) = item.as_ref().and_then(Value::as_inline_int)
            && let Some(next) = n.checked_add(i)
        {
            n = next;
            item = protocol::next(&it)?;
        }
        total = int::from_i64(n);
        if let Some(x) = &item {
            total = protocol::binary(BinOp::Add, &total, x)?;
            item = protocol::next(&it)?;
        }
    }
    if total.is_exact(&FLOAT)
        && let Some(mut f) = float::to_f64(&total)
    {
        while let Some(x) = item.as_ref().and_then(as_f64) {
            f += x;
            item = protocol::next(&it)?;
        }
        total = float::from_f64(f);
    }
    while let Some(x) = item {
        total = protocol::binary(BinOp::Add, &total, &x)?;
        item = protocol::next(&it)?;
    }
    Ok(total)
}

fn as_f64(v: &Value) -> Option<f64> {
    match v.as_inline_int() {
        Some(i) => Some(i as f64),
        None if v.is_exact(&FLOAT) => float::to_f64(v),
        None => None,
    }
}

pub(super) fn max(a: &[Value]) -> Result {
    extreme(a, "max", Compare::Gt)
}

pub(super) fn min(a: &[Value]) -> Result {
    extreme(a, "min", Compare::Lt)
}

fn extreme(a: &[Value], name: &str, op: Compare) -> Result {
    let key = arg(a, 0).as_bound().filter(|k| !k.is_none());
    let default = arg(a, 1).as_bound();
    let items = match arg(a, 2).as_tuple().unwrap_or_default() {
        [] => return type_error(format!("{name} expected at least 1 argument, got 0")),
        [iterable] => iterable.clone(),
        _ if default.is_some() => {
            return type_error(format!(
                "Cannot specify a default for {name}() with multiple positional arguments"
            ));
        }
        _ => arg(a, 2).clone(),
    };
    let it = protocol::iter(&items)?;
    let mut best: Option<(Value, Value)> = None;
    while let Some(item) = protocol::next(&it)? {
        let rank = match key {
            Some(f) => protocol::call(f, std::slice::from_ref(&item))?,
            None => item.clone(),
        };
        let better = match &best {
            None => true,
            Some((champion, _)) => beats(&rank, champion, op)?,
        };
        if better {
            best = Some((rank, item));
        }
    }
    match (best, default) {
        (Some((_, item)), _) => Ok(item),
        (None, Some(default)) => Ok(default.clone()),
        (None, None) => value_error(format!("{name}() arg is an empty sequence")),
    }
}

fn beats(a: &Value, b: &Value, op: Compare) -> Result<bool> {
    match (a.as_inline_int(), b.as_inline_int()) {
        (Some(x), Some(y)) => Ok(op.holds(x.cmp(&y))),
        _ => protocol::compare_bool(a, b, op),
    }
}
