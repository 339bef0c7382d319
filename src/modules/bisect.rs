//! `bisect`: places in sorted sequences.

use crate::object::{Compare, Def, Dict, List, Result, Value, arg, intern};
use crate::protocol::{self, call, call_method, value_error};
use crate::types::{int, list::LIST};

/// The table of `bisect`.
pub static DEFS: &[Def] = crate::defs! {
    fn "bisect_right(a, x, lo=0, hi=None, *, key=None)" "The place behind the items of a sorted sequence that are not greater than x." => |a| find(a, false).map(int::from_usize);
    fn "bisect_left(a, x, lo=0, hi=None, *, key=None)" "The place before the items of a sorted sequence that are not less than x." => |a| find(a, true).map(int::from_usize);
    fn "insort_right(a, x, lo=0, hi=None, *, key=None)" "Insert x into a sorted sequence, behind its equals." => |a| insert(a, false);
    fn "insort_left(a, x, lo=0, hi=None, *, key=None)" "Insert x into a sorted sequence, before its equals." => |a| insert(a, true);
};

/// Fills the namespace of `bisect`; the functions belong to `_bisect`, as they say.
pub fn init(namespace: &Dict) {
    super::share(namespace, DEFS, "_bisect");
    for (short, name) in [("bisect", "bisect_right"), ("insort", "insort_right")] {
        if let Some(f) = namespace.get_interned(&intern(name)).cloned() {
            namespace.set_interned(&intern(short), f);
        }
    }
}

fn key_of(a: &[Value]) -> Option<&Value> {
    arg(a, 4).as_bound().filter(|k| !k.is_none())
}

fn find(a: &[Value], left: bool) -> Result<usize> {
    place(a, &a[1], left)
}

/// Where `x` belongs among the items' keys.
fn place(a: &[Value], x: &Value, left: bool) -> Result<usize> {
    let low = arg(a, 2).as_bound().map_or(Ok(0), protocol::index_i64)?;
    if low < 0 {
        return value_error("lo must be non-negative");
    }
    let high = match arg(a, 3).as_bound().filter(|h| !h.is_none()) {
        Some(h) => protocol::index_i64(h)?,
        None => -1,
    };
    let (mut low, mut high) = (low as usize, if high < 0 { protocol::len(&a[0])? } else { high as usize });
    while low < high {
        let middle = low + (high - low) / 2;
        let item = match a[0].cast::<List>().filter(|_| a[0].is_exact(&LIST)).and_then(|l| l.get(middle)) {
            Some(item) => item,
            None => protocol::get_item(&a[0], &int::from_usize(middle))?,
        };
        let item = match key_of(a) {
            Some(key) => call(key, &[item])?,
            None => item,
        };
        let after = match left {
            true => protocol::compare_bool(&item, x, Compare::Lt)?,
            false => !protocol::compare_bool(x, &item, Compare::Lt)?,
        };
        if after {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    Ok(low)
}

fn insert(a: &[Value], left: bool) -> Result {
    let i = match key_of(a) {
        Some(key) => place(a, &call(key, std::slice::from_ref(&a[1]))?, left)?,
        None => find(a, left)?,
    };
    call_method(&a[0], "insert", &[int::from_usize(i), a[1].clone()])?;
    Ok(Value::NONE)
}
