//! "Did you mean": names that are like one that was not found.

use super::exception::{self, ATTRIBUTE_ERROR, NAME_ERROR};
use crate::object::{Dict, Value, intern};
use crate::protocol;
use crate::vm::frame;

/// Among more names than this nothing is looked for.
const MAX_NAMES: usize = 750;
/// Longer names, in bytes, are like no other.
const MAX_LENGTH: usize = 40;
/// What a changed, missing or extra letter costs.
const CHANGE: usize = 2;
/// What another case of a letter costs.
const CASE: usize = 1;

/// The name that was perhaps meant by the code that raised an `AttributeError` or `NameError`.
pub fn suggestion(e: &Value) -> Option<String> {
    let name = exception::get_field(e, "name")?;
    let name = name.as_str()?;
    if e.is_exact(&ATTRIBUTE_ERROR) {
        let object = exception::get_field(e, "obj")?;
        let names = protocol::call(
            &protocol::get_attr(&crate::vm::builtins_module()?, &intern("dir")).ok()?,
            &[object],
        );
        return nearest(name, &protocol::collect(&names.ok()?).ok()?);
    }
    if !e.is_exact(&NAME_ERROR) {
        return None;
    }
    let frame = frame::innermost(&exception::traceback(e)?)?;
    let keys = |v: Value| v.cast::<Dict>().map(Dict::keys).unwrap_or_default();
    nearest(name, &frame::variable_names(&frame))
        .or_else(|| nearest(name, &keys(frame::globals(&frame))))
        .or_else(|| nearest(name, &keys(frame::builtins(&frame))))
}

/// The most similar name, the first of several; no more than a third of the letters may differ.
fn nearest(name: &str, names: &[Value]) -> Option<String> {
    if names.len() >= MAX_NAMES {
        return None;
    }
    let mut best: Option<(usize, &str)> = None;
    for other in names.iter().filter_map(Value::as_str).filter(|&n| n != name) {
        let mut limit = (name.len() + other.len() + 3) * CHANGE / 6;
        if let Some((cost, _)) = best {
            if cost == 0 {
                break;
            }
            limit = limit.min(cost - 1);
        }
        if let Some(cost) = distance(name.as_bytes(), other.as_bytes()).filter(|&cost| cost <= limit) {
            best = Some((cost, other));
        }
    }
    best.map(|(_, n)| n.to_owned())
}

/// The cost of making one text of the other: Levenshtein's distance with the costs above. `None` for long ones.
fn distance(a: &[u8], b: &[u8]) -> Option<usize> {
    let prefix = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[prefix..], &b[prefix..]);
    let suffix = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[..a.len() - suffix], &b[..b.len() - suffix]);
    if a.is_empty() || b.is_empty() {
        return Some((a.len() + b.len()) * CHANGE);
    }
    if a.len() > MAX_LENGTH || b.len() > MAX_LENGTH {
        return None;
    }
    let mut row: Vec<usize> = (0..=b.len()).map(|n| n * CHANGE).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = (i + 1) * CHANGE;
        for (j, y) in b.iter().enumerate() {
            let substitute = diagonal
                + match x == y {
                    true => 0,
                    false if x.eq_ignore_ascii_case(y) => CASE,
                    false => CHANGE,
                };
            diagonal = row[j + 1];
            row[j + 1] = substitute.min(diagonal + CHANGE).min(row[j] + CHANGE);
        }
    }
    Some(row[b.len()])
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn distances() {
        let d = |a: &str, b: &str| distance(a.as_bytes(), b.as_bytes());
        assert_eq!(d("", ""), Some(0));
        assert_eq!(d("a", "A"), Some(1));
        assert_eq!(d("chainmap", "ChainMap"), Some(2));
        assert_eq!(d("foo", "fooo"), Some(2));
        assert_eq!(d("kitten", "sitting"), Some(6));
        assert_eq!(d(&"ab".repeat(30), &"ba".repeat(30)), None);
    }
}
