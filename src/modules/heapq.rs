//! `_heapq`: a binary heap in a list, the smallest item first.

use crate::object::{Compare, Def, List, Result, Value};
use crate::protocol::{self, index_error, runtime_error, type_error};

/// The table of `_heapq`.
pub static DEFS: &[Def] = crate::defs! {
    fn "heappush(heap, item, /)" "Put an item into a heap." => |a| {
        push(&a[0], a[1].clone())?;
        Ok(Value::NONE)
    };
    fn "heappop(heap, /)" "Pop the smallest item off the heap; IndexError if there is none." => |a| pop::<false>(&a[0], "heappop() argument");
    fn "heapreplace(heap, item, /)" "Pop the smallest item, and push the new one." => |a| replace::<false>(a, "heapreplace() argument 1");
    fn "heappushpop(heap, item, /)" "Push item on the heap, then pop and return the smallest item." => |a| {
        let heap = list(&a[0], "heappushpop() argument 1")?;
        match heap.get(0) {
            Some(first) if less(&first, &a[1])? => {
                if heap.len() == 0 {
                    return index_error("index out of range");
                }
                replace::<false>(a, "")
            }
            _ => Ok(a[1].clone()),
        }
    };
    fn "heapify(heap, /)" "Make a heap of a list, in linear time." => |a| heapify::<false>(&a[0], "heapify() argument");
    fn "_heappop_max(heap, /)" "As heappop, the largest item first." => |a| pop::<true>(&a[0], "_heappop_max() argument");
    fn "_heapreplace_max(heap, item, /)" "As heapreplace, the largest item first." => |a| replace::<true>(a, "_heapreplace_max() argument 1");
    fn "_heapify_max(heap, /)" "As heapify, the largest item first." => |a| heapify::<true>(&a[0], "_heapify_max() argument");
};

/// Adds an item to a heap.
pub fn push(heap: &Value, item: Value) -> Result<()> {
    let heap = list(heap, "heappush() argument 1")?;
    heap.push(item);
    sift_down::<false>(heap, 0, heap.len() - 1)
}

/// Takes the smallest item off a heap.
pub fn pop_least(heap: &Value) -> Result {
    pop::<false>(heap, "heappop() argument")
}

/// The heap, an argument of the function that the error names.
fn list<'a>(v: &'a Value, what: &str) -> Result<&'a List> {
    match v.cast::<List>() {
        Some(list) => Ok(list),
        None => type_error(format!("{what} must be list, not {}", v.ty().name())),
    }
}

#[inline]
fn less(a: &Value, b: &Value) -> Result<bool> {
    match (a.as_inline_int(), b.as_inline_int()) {
        (Some(a), Some(b)) => Ok(a < b),
        _ => protocol::compare_bool(a, b, Compare::Lt),
    }
}

/// Whether `a` belongs above `b`. What changes the heap meanwhile is found out by its length.
#[inline]
fn above<const MAX: bool>(heap: &List, len: usize, a: &Value, b: &Value) -> Result<bool> {
    let yes = if MAX { less(b, a)? } else { less(a, b)? };
    if heap.len() == len { Ok(yes) } else { runtime_error("list changed size during iteration") }
}

fn get(heap: &List, i: usize) -> Result {
    match heap.get(i) {
        Some(v) => Ok(v),
        None => index_error("index out of range"),
    }
}

fn swap(heap: &List, a: usize, b: usize) {
    let mut items = heap.items.borrow_mut();
    if a < items.len() && b < items.len() {
        items.swap(a, b);
    }
}

/// Moves the item at `i` towards `top` until what is above it belongs there.
fn sift_down<const MAX: bool>(heap: &List, top: usize, mut i: usize) -> Result<()> {
    let len = heap.len();
    let item = get(heap, i)?;
    while i > top {
        let parent = (i - 1) / 2;
        if !above::<MAX>(heap, len, &item, &get(heap, parent)?)? {
            break;
        }
        swap(heap, i, parent);
        i = parent;
    }
    Ok(())
}

/// Moves the item at `i` to a leaf, the better child up each time, and from there up to its place: most items belong
/// near the leaves, so this compares less often.
fn sift_up<const MAX: bool>(heap: &List, mut i: usize) -> Result<()> {
    let (top, len) = (i, heap.len());
    loop {
        let mut child = 2 * i + 1;
        if child >= len {
            break;
        }
        if child + 1 < len && !above::<MAX>(heap, len, &get(heap, child)?, &get(heap, child + 1)?)? {
            child += 1;
        }
        swap(heap, i, child);
        i = child;
    }
    sift_down::<MAX>(heap, top, i)
}

fn pop<const MAX: bool>(v: &Value, what: &str) -> Result {
    let heap = list(v, what)?;
    let last = heap.items.borrow_mut().pop();
    let Some(last) = last else { return index_error("index out of range") };
    let first = match heap.items.borrow_mut().first_mut() {
        Some(place) => std::mem::replace(place, last),
        None => return Ok(last),
    };
    sift_up::<MAX>(heap, 0)?;
    Ok(first)
}

fn replace<const MAX: bool>(a: &[Value], what: &str) -> Result {
    let heap = list(&a[0], what)?;
    let first = match heap.items.borrow_mut().first_mut() {
        Some(place) => std::mem::replace(place, a[1].clone()),
        None => return index_error("index out of range"),
    };
    sift_up::<MAX>(heap, 0)?;
    Ok(first)
}

fn heapify<const MAX: bool>(v: &Value, what: &str) -> Result {
    let heap = list(v, what)?;
    for i in (0..heap.len() / 2).rev() {
        sift_up::<MAX>(heap, i)?;
    }
    Ok(Value::NONE)
}
