//! `tuple`

use super::{int, iterators, sequence, slice};
use crate::object::{BinOp, Layout, Result, Slots, Tuple, Type, Value, arg};
use crate::protocol::{self, type_error, value_error};

fn items(v: &Value) -> &[Value] {
    v.as_tuple().expect("slots are only called on their own type")
}

const fn binary() -> [Option<crate::object::Binary>; 13] {
    let mut b: [Option<crate::object::Binary>; 13] = [None; 13];
    b[BinOp::Add as usize] = Some(|a, b| match (a.as_tuple(), b.as_tuple()) {
        (Some(x), Some(y)) => Ok(Value::tuple_from(x.len() + y.len(), x.iter().chain(y).cloned())),
        _ => Ok(Value::NOT_IMPLEMENTED),
    });
    b[BinOp::Mul as usize] = Some(|a, b| {
        let (t, n) = if a.as_tuple().is_some() { (a, b) } else { (b, a) };
        let Some(n) = sequence::times(n, items(t).len())? else { return Ok(Value::NOT_IMPLEMENTED) };
        let len = items(t).len() * n;
        Ok(Value::tuple_from(len, items(t).iter().cycle().take(len).cloned()))
    });
    b
}

/// The type `tuple`.
pub static TUPLE: Type = Type::builtin::<Tuple>(
    "tuple",
    Layout::Tuple,
    "Built-in immutable sequence.",
    crate::defs! {
        fn "count(value, /)" "Return number of occurrences of value." => |a| {
            let mut n = 0;
            for x in items(&a[0]) {
                n += protocol::equal(x, &a[1])? as i64;
            }
            Ok(int::from_i64(n))
        };
        fn "index(value, start=0, stop=9223372036854775807, /)" "Return first index of value." => |a| {
            let len = items(&a[0]).len() as i64;
            let clip = |v: &Value, default: i64| -> Result<usize> {
                let i = match v.as_bound() { Some(i) => protocol::index_clipped(i)?, None => default };
                Ok(if i < 0 { (i.saturating_add(len)).max(0) } else { i } as usize)
            };
            match sequence::find(items(&a[0]), &a[1], clip(arg(a, 2), 0)?, clip(arg(a, 3), i64::MAX)?)? {
                Some(i) => Ok(int::from_i64(i as i64)),
                None => value_error("tuple.index(x): x not in tuple"),
            }
        };
    },
)
.with_release(crate::object::sequence::release_tuple)
.with_slots(Slots {
    new: Some(|_, args, _| match args {
        [] => Ok(Value::tuple(Vec::new())),
        [t] if t.is_exact(&TUPLE) => Ok(t.clone()),
        [it] => Ok(Value::tuple(protocol::collect(it)?)),
        _ => type_error(format!("tuple expected at most 1 argument, got {}", args.len())),
    }),
    init: Some(|_, _, _| Ok(())),
    repr: Some(|v| {
        sequence::repr(v, "(...)", || {
            let text = sequence::join_reprs(items(v))?;
            Ok(if items(v).len() == 1 { format!("({text},)") } else { format!("({text})") })
        })
    }),
    hash: Some(|v| {
        // xxHash's mixing of the items' hashes, as CPython does since 3.8.
        const P1: u64 = 11400714785074694791;
        const P2: u64 = 14029467366897019727;
        const P5: u64 = 2870177450012600261;
        let mut acc = P5;
        for x in items(v) {
            let lane = protocol::hash(x)? as u64;
            acc = acc.wrapping_add(lane.wrapping_mul(P2)).rotate_left(31).wrapping_mul(P1);
        }
        acc = acc.wrapping_add(items(v).len() as u64 ^ (P5 ^ 3527539));
        Ok(if acc == u64::MAX { 1546275796 } else { acc as i64 })
    }),
    compare: Some(|a, b, op| match b.as_tuple() {
        Some(y) => sequence::compare(items(a), y, op),
        None => Ok(Value::NOT_IMPLEMENTED),
    }),
    len: Some(|v| Ok(items(v).len())),
    get_item: Some(|v, key| {
        if let Some(i) = slice::indices(key, items(v).len())? {
            return Ok(Value::tuple_from(i.count, i.iter().filter_map(|n| items(v).get(n).cloned())));
        }
        let at = slice::position(key, items(v).len(), "tuple")?;
        Ok(items(v)[at].clone())
    }),
    contains: Some(|v, x| Ok(sequence::find(items(v), x, 0, usize::MAX)?.is_some())),
    iter: Some(|v| Ok(iterators::tuple_iterator(v.clone()))),
    binary: binary(),
    ..Slots::EMPTY
});
