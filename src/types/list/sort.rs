//! Sorting: stable, with `<` only, and safe from comparisons that raise, lie, or change the list.

use crate::object::{Compare, ListBody, Result, Value};
use crate::protocol::{self, value_error};
use crate::types::{str::STR, unicode::compare};

/// Sorts a list in place. While `key` and `<` run, the list is empty; that it still is afterwards is checked.
pub fn sort(list: &ListBody, key: Option<&Value>, reverse: bool) -> Result<()> {
    let mut items = list.items.take();
    let result = sort_items(&mut items, key, reverse);
    let intruders = list.items.replace(items);
    let modified = intruders.capacity() > 0;
    drop(intruders);
    result?;
    if modified { value_error("list modified during sort") } else { Ok(()) }
}

/// Sorts a vector of items. After an error the items stand in some order.
pub fn sort_items(items: &mut Vec<Value>, key: Option<&Value>, reverse: bool) -> Result<()> {
    // Reversing before and after keeps equal items in their order.
    let Some(key) = key else {
        if reverse {
            items.reverse();
        }
        let r = sort_plain(items);
        if reverse {
            items.reverse();
        }
        return r;
    };
    let mut keys = Vec::with_capacity(items.len());
    for v in items.iter() {
        keys.push(protocol::call(key, std::slice::from_ref(v))?);
    }
    if reverse {
        items.reverse();
        keys.reverse();
    }
    let order = order_of(&keys);
    if let Ok(order) = &order {
        permute(items, order);
    }
    if reverse {
        items.reverse();
    }
    order.map(drop)
}

/// What all keys are, so that they can be compared without asking their types.
enum Keys<'a> {
    Ints(Vec<i64>),
    Floats(Vec<f64>),
    Strs(Vec<&'a str>),
    Other,
}

fn classify(keys: &[Value]) -> Keys<'_> {
    match keys.first() {
        Some(k) if k.is_inline_int() => {
            keys.iter().map(Value::as_inline_int).collect::<Option<_>>().map_or(Keys::Other, Keys::Ints)
        }
        // Inline floats are never NaN, so they are totally ordered.
        Some(k) if k.is_inline_float() => {
            keys.iter().map(Value::as_inline_float).collect::<Option<_>>().map_or(Keys::Other, Keys::Floats)
        }
        Some(k) if k.is_exact(&STR) => keys
            .iter()
            .map(|k| k.as_str().filter(|_| k.is_exact(&STR)))
            .collect::<Option<_>>()
            .map_or(Keys::Other, Keys::Strs),
        _ => Keys::Other,
    }
}

fn sort_plain(items: &mut Vec<Value>) -> Result<()> {
    let order = match classify(items) {
        // Equal inline numbers are the same value: the order among them cannot be seen.
        Keys::Ints(_) => {
            items.sort_unstable_by_key(Value::as_inline_int);
            return Ok(());
        }
        Keys::Floats(_) => {
            // The zeros are equal and can be told apart, so this sort is stable; NaN is not inline.
            items.sort_by(|a, b| inline(a).partial_cmp(&inline(b)).unwrap_or(std::cmp::Ordering::Equal));
            return Ok(());
        }
        Keys::Strs(_) => {
            items.sort_by(|a, b| compare(a.as_str().unwrap_or_default(), b.as_str().unwrap_or_default()));
            return Ok(());
        }
        Keys::Other => merge_sort(items)?,
    };
    permute(items, &order);
    Ok(())
}

fn inline(v: &Value) -> f64 {
    v.as_inline_float().unwrap_or(0.0)
}

/// The stable order of the keys.
fn order_of(keys: &[Value]) -> Result<Vec<usize>> {
    let mut order: Vec<usize> = (0..keys.len()).collect();
    match classify(keys) {
        Keys::Ints(k) => order.sort_by_key(|&i| k[i]),
        Keys::Floats(k) => {
            order.sort_by(|&i, &j| k[i].partial_cmp(&k[j]).unwrap_or(std::cmp::Ordering::Equal))
        }
        Keys::Strs(k) => order.sort_by_key(|&i| k[i]),
        Keys::Other => order = merge_sort(keys)?,
    }
    Ok(order)
}

/// Puts the item at `order[i]` to place `i`.
fn permute(items: &mut Vec<Value>, order: &[usize]) {
    let mut old = std::mem::take(items);
    *items = order.iter().map(|&i| std::mem::replace(&mut old[i], Value::UNBOUND)).collect();
}

/// `a < b`
#[inline]
fn less(a: &Value, b: &Value) -> Result<bool> {
    if let (Some(x), Some(y)) = (a.as_inline_int(), b.as_inline_int()) {
        return Ok(x < y);
    }
    if let (Some(x), Some(y)) = (a.as_inline_float(), b.as_inline_float()) {
        return Ok(x < y);
    }
    protocol::compare_bool(a, b, Compare::Lt)
}

/// Merges natural runs, short ones lengthened by binary insertion (so lists of up to 63 items are compared
/// just as CPython does). Works on positions: the keys stay where they are, whatever a comparison does.
fn merge_sort(keys: &[Value]) -> Result<Vec<usize>> {
    let n = keys.len();
    let mut order: Vec<usize> = (0..n).collect();
    let min = min_run(n);
    let mut runs: Vec<(usize, usize)> = Vec::new();
    let mut start = 0;
    while start < n {
        let sorted = natural_run(keys, &mut order[start..])?;
        let len = sorted.max(min.min(n - start));
        insert_rest(keys, &mut order[start..start + len], sorted)?;
        runs.push((start, len));
        start += len;
        while let [.., (a, m), (b, k)] = runs[..] {
            let last = if runs.len() > 2 { runs[runs.len() - 3].1 } else { usize::MAX };
            if start < n && m > k && last > m + k {
                break;
            }
            merge(keys, &mut order[a..b + k], m)?;
            runs.truncate(runs.len() - 2);
            runs.push((a, m + k));
        }
    }
    Ok(order)
}

/// The length below which runs are lengthened: between 32 and 64, `n` divided by it about a power of two.
fn min_run(mut n: usize) -> usize {
    let mut odd = 0;
    while n >= 64 {
        odd |= n & 1;
        n >>= 1;
    }
    n + odd
}

/// The length of the run at the start; a strictly descending one is reversed.
fn natural_run(keys: &[Value], order: &mut [usize]) -> Result<usize> {
    if order.len() < 2 {
        return Ok(order.len());
    }
    let descending = less(&keys[order[1]], &keys[order[0]])?;
    let mut n = 2;
    while n < order.len() && less(&keys[order[n]], &keys[order[n - 1]])? == descending {
        n += 1;
    }
    if descending {
        order[..n].reverse();
    }
    Ok(n)
}

/// Inserts the positions from `sorted` on into the sorted ones before them.
fn insert_rest(keys: &[Value], order: &mut [usize], sorted: usize) -> Result<()> {
    for i in sorted.max(1)..order.len() {
        let pivot = order[i];
        let (mut low, mut high) = (0, i);
        while low < high {
            let middle = low + (high - low) / 2;
            if less(&keys[pivot], &keys[order[middle]])? {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        order[low..=i].rotate_right(1);
    }
    Ok(())
}

/// Merges the sorted parts before and from `middle`.
fn merge(keys: &[Value], order: &mut [usize], middle: usize) -> Result<()> {
    // Often the parts are in order already.
    if !less(&keys[order[middle]], &keys[order[middle - 1]])? {
        return Ok(());
    }
    let left = order[..middle].to_vec();
    let (mut i, mut j, mut out) = (0, middle, 0);
    while i < left.len() && j < order.len() {
        let right = order[j];
        if less(&keys[right], &keys[left[i]])? {
            order[out] = right;
            j += 1;
        } else {
            order[out] = left[i];
            i += 1;
        }
        out += 1;
    }
    let rest = left.len() - i;
    order[out..out + rest].copy_from_slice(&left[i..]);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merges() {
        let mut seed = 7u64;
        for n in [0, 1, 2, 5, 63, 64, 100, 1000] {
            let keys: Vec<Value> = (0..n)
                .map(|_| {
                    seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1);
                    Value::small((seed >> 33) as i32 % 50)
                })
                .collect();
            let mut expected: Vec<usize> = (0..n).collect();
            expected.sort_by_key(|&i| keys[i].as_inline_int());
            assert_eq!(merge_sort(&keys).ok(), Some(expected));
        }
    }
}
