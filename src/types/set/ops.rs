//! Union, intersection, difference and comparison. What is walked and when the table grows decides the
//! order of the result, so these follow CPython's rules.

use super::body::SetBody;
use super::{Set, make, of};
use crate::object::{Compare, Dict, Result, Type, Value};
use crate::protocol;
use crate::types::dict::DICT;

/// An exact dictionary, whose keys have known hashes.
fn exact_dict(v: &Value) -> Option<&Dict> {
    if v.is_exact(&DICT) { v.cast::<Dict>() } else { None }
}

/// Calls `f` with each key of `set` and its hash until `f` returns false. True if it never did.
/// Keys that appear or vanish meanwhile may be seen or not.
fn all_keys(set: &SetBody, mut f: impl FnMut(&Value, i64) -> Result<bool>) -> Result<bool> {
    let mut i = 0;
    while let Some((at, key, hash)) = set.next_key(i) {
        if !f(&key, hash)? {
            return Ok(false);
        }
        i = at + 1;
    }
    Ok(true)
}

fn each_key(set: &SetBody, f: impl FnMut(&Value, i64) -> Result<()>) -> Result<()> {
    each_key_from(set, 0, f)
}

/// As [`each_key`], from a place on.
fn each_key_from(set: &SetBody, mut i: usize, mut f: impl FnMut(&Value, i64) -> Result<()>) -> Result<()> {
    while let Some((at, key, hash)) = set.next_key(i) {
        f(&key, hash)?;
        i = at + 1;
    }
    Ok(())
}

/// Calls `f` with each key of an exact dictionary and its hash.
fn each_dict_key(dict: &Dict, mut f: impl FnMut(&Value, i64) -> Result<()>) -> Result<()> {
    let mut i = 0;
    while let Some((at, key, _)) = dict.next_entry(i) {
        let key = key.clone();
        f(&key, dict.entry_hash(at).unwrap_or_default())?;
        i = at + 1;
    }
    Ok(())
}

/// Adds the keys of another set.
fn merge(set: &SetBody, other: &SetBody) -> Result<()> {
    if std::ptr::eq(set, other) || other.len() == 0 {
        return Ok(());
    }
    let filled = other.with(|o| {
        set.change(|t| {
            t.reserve_for_merge(o.len());
            t.fill_from(o)
        })
    });
    if filled {
        return Ok(());
    }
    let at = set.add_quickly(other, None);
    each_key_from(other, at, |key, hash| set.add_hashed(key, hash))
}

/// Adds the items of any iterable.
pub fn update(set: &SetBody, v: &Value) -> Result<()> {
    if let Some(other) = of(v) {
        return merge(set, other);
    }
    if let Some(dict) = exact_dict(v) {
        set.change(|t| t.reserve_for_merge(dict.len()));
        return each_dict_key(dict, |key, hash| set.add_hashed(key, hash));
    }
    protocol::for_each(v, |item| set.add(&item))
}

/// A set of type `ty` with the items of `v`.
pub fn build(ty: &Type, v: &Value) -> Result {
    let out = make(ty);
    if let Some(set) = of(&out) {
        update(set, v)?;
    }
    Ok(out)
}

/// `set & v`
pub fn intersection(v: &Value, set: &Set, other: &Value) -> Result {
    if v.is(other) {
        return build(super::base_type(v), v);
    }
    let result = make(super::base_type(v));
    let Some(out) = of(&result) else { return Ok(result) };
    match of(other) {
        Some(other) => {
            let (walk, look): (&SetBody, &SetBody) =
                if other.len() > set.len() { (set, other) } else { (other, set) };
            let at = out.add_quickly(walk, Some((look, true)));
            each_key_from(walk, at, |key, hash| {
                if look.contains_hashed(key, hash)? { out.add_hashed(key, hash) } else { Ok(()) }
            })?;
        }
        None => {
            let it = protocol::iter(other)?;
            while let Some(key) = protocol::next(&it)? {
                let hash = protocol::hash(&key)?;
                if set.contains_hashed(&key, hash)? {
                    out.add_hashed(&key, hash)?;
                    if out.len() >= set.len() {
                        // All are there: the rest of the iterator is left alone.
                        break;
                    }
                }
            }
        }
    }
    Ok(result)
}

/// `set -= v`
pub fn difference_update(set: &SetBody, v: &Value) -> Result<()> {
    match of(v) {
        Some(other) if std::ptr::eq(set, &raw const other.body) => {
            set.clear();
            return Ok(());
        }
        Some(other) => {
            let common;
            // Walk the smaller one when the other is much larger.
            let other = if other.len() >> 3 > set.len() {
                common = intersection(v, other, &snapshot(set))?;
                of(&common).unwrap_or(other)
            } else {
                other
            };
            each_key(other, |key, hash| set.discard_hashed(key, hash).map(drop))?;
        }
        None => protocol::for_each(v, |key| set.discard(&key).map(drop))?,
    }
    if set.with(|t| t.is_littered()) {
        set.change(|t| t.resize(t.grown()));
    }
    Ok(())
}

/// A set with the same keys, as a value.
fn snapshot(set: &SetBody) -> Value {
    let out = super::new_empty();
    if let Some(copy) = of(&out) {
        let table = set.with(Clone::clone);
        let old = copy.replace(table);
        drop(old);
    }
    out
}

/// `set - v`
pub fn difference(v: &Value, set: &Set, other: &Value) -> Result {
    let other_len = of(other).map(|o| o.len()).or_else(|| exact_dict(other).map(Dict::len));
    let ty = super::base_type(v);
    let Some(other_len) = other_len.filter(|&n| set.len() >> 2 <= n) else {
        let out = build(ty, v)?;
        if let Some(set) = of(&out) {
            difference_update(set, other)?;
        }
        return Ok(out);
    };
    debug_assert!(other_len > 0 || set.len() < 4);
    let result = make(ty);
    let Some(out) = of(&result) else { return Ok(result) };
    let at = of(other).map_or(0, |other| out.add_quickly(set, Some((other, false))));
    each_key_from(set, at, |key, hash| {
        let there = match (of(other), exact_dict(other)) {
            (Some(o), _) => o.contains_hashed(key, hash)?,
            (_, Some(d)) => d.get_hashed(key, hash)?.is_some(),
            _ => false,
        };
        if there { Ok(()) } else { out.add_hashed(key, hash) }
    })?;
    Ok(result)
}

/// `set ^= v`
pub fn symmetric_difference_update(set: &SetBody, v: &Value) -> Result<()> {
    let toggle = |key: &Value, hash: i64| {
        if set.discard_hashed(key, hash)? { Ok(()) } else { set.add_hashed(key, hash) }
    };
    if let Some(other) = of(v) {
        if std::ptr::eq(set, &raw const other.body) {
            set.clear();
            return Ok(());
        }
        return each_key(other, toggle);
    }
    if let Some(dict) = exact_dict(v) {
        return each_dict_key(dict, toggle);
    }
    let other = build(&super::SET, v)?;
    of(&other).map_or(Ok(()), |other| each_key(other, toggle))
}

/// `set ^ other`: the other one is copied and this one applied to it.
pub fn symmetric_difference(v: &Value, other: &Value) -> Result {
    let out = build(super::base_type(v), other)?;
    if let Some(set) = of(&out) {
        symmetric_difference_update(set, v)?;
    }
    Ok(out)
}

/// `a <= b`
pub fn is_subset(a: &SetBody, b: &SetBody) -> Result<bool> {
    if a.len() > b.len() {
        return Ok(false);
    }
    if let Some(known) = a.all_quickly(b) {
        return Ok(known);
    }
    all_keys(a, |key, hash| b.contains_hashed(key, hash))
}

/// Whether no item of `other` is in the set.
pub fn is_disjoint(v: &Value, set: &Set, other: &Value) -> Result<bool> {
    if v.is(other) {
        return Ok(set.len() == 0);
    }
    if let Some(other) = of(other) {
        let (walk, look) = if other.len() > set.len() { (set, other) } else { (other, set) };
        return all_keys(walk, |key, hash| Ok(!look.contains_hashed(key, hash)?));
    }
    let it = protocol::iter(other)?;
    while let Some(item) = protocol::next(&it)? {
        if set.contains(&item)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The six comparisons.
pub fn compare(a: &Value, b: &Value, op: Compare) -> Result {
    let (Some(x), Some(y)) = (of(a), of(b)) else { return Ok(Value::NOT_IMPLEMENTED) };
    let equal = || Ok(x.len() == y.len() && is_subset(x, y)?);
    Ok(Value::bool(match op {
        Compare::Eq => equal()?,
        Compare::Ne => !equal()?,
        Compare::Lt => x.len() < y.len() && is_subset(x, y)?,
        Compare::Le => is_subset(x, y)?,
        Compare::Gt => x.len() > y.len() && is_subset(y, x)?,
        Compare::Ge => is_subset(y, x)?,
    }))
}
