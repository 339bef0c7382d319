//! `tuple`

use super::{args, int, iterators, sequence, slice};
use crate::object::sequence::MAX_TUPLE;
use crate::object::{BinOp, Compare, Layout, Result, Slots, Tuple, Type, Value, arg};
use crate::protocol::{self, index_error, memory_error, type_error, value_error};

/// The type `tuple`.
pub static TUPLE: Type = Type::builtin::<Tuple>(
    "tuple",
    Layout::Tuple,
    "A tuple of the items of an iterable.",
    crate::defs! {
        class "__class_getitem__(item, /)" "The class with parameters, as an alias." => crate::types::alias::class_getitem;
        fn "index(value, start=0, stop=sys.maxsize, /)" "Where the value is first; ValueError if it is nowhere." => tuple_index;
        fn "count(value, /)" "How often the value is among the items." => tuple_count;
        fn "__getnewargs__()" "" => |a| Ok(Value::tuple(vec![Value::tuple(this(&a[0])?.to_vec())]));
        fn "__sizeof__()" "Return the size of the tuple in memory, in bytes." => |a| Ok(int::from_i64(24 + 8 * this(&a[0])?.len() as i64));
    },
)
.with_signature("(iterable=(), /)")
.with_base_flag()
.with_slots(Slots {
    new: Some(tuple_new),
    repr: Some(tuple_repr),
    hash: Some(tuple_hash),
    compare: Some(tuple_compare),
    len: Some(|v| Ok(this(v)?.len())),
    get_item: Some(tuple_get_item),
    contains: Some(|v, x| {
        let items = this(v)?;
        Ok(sequence::position_of(x, 0, items.len(), |i| items.get(i).cloned())?.is_some())
    }),
    iter: Some(|v| Ok(iterators::tuple_iterator(v.clone()))),
    binary: {
        let mut ops = Slots::EMPTY.binary;
        ops[BinOp::Add as usize] = Some(tuple_add);
        ops[BinOp::Mul as usize] = Some(tuple_mul);
        ops
    },
    ..Slots::EMPTY
});

fn this(v: &Value) -> Result<&[Value]> {
    match v.as_tuple() {
        Some(items) => Ok(items),
        None => {
            type_error(format!("descriptor requires a 'tuple' object but received a '{}'", v.ty().name()))
        }
    }
}

/// A tuple of these items; `MemoryError` if it would be too long.
pub fn checked(items: Vec<Value>) -> Result {
    if items.len() > MAX_TUPLE { memory_error() } else { Ok(Value::tuple(items)) }
}

/// `tuple(v)`
pub fn from_iterable(v: &Value) -> Result {
    if v.is_exact(&TUPLE) { Ok(v.clone()) } else { checked(protocol::collect(v)?) }
}

fn tuple_new(ty: &Value, args: &[Value], names: Option<&Value>) -> Result {
    let Some(ty) = ty.cast::<Type>() else {
        return type_error("tuple.__new__(X): X is not a type object");
    };
    if std::ptr::eq(ty, &TUPLE) {
        args::check("tuple", args, names, 0, 1)?;
        return args.first().map_or_else(|| Ok(Value::tuple(Vec::new())), from_iterable);
    }
    let args = args::for_new(&TUPLE, ty, args, names)?;
    let items = args.first().map_or(Ok(Vec::new()), protocol::collect)?;
    if items.len() > MAX_TUPLE { memory_error() } else { Ok(Value::tuple_of(ty, items)) }
}

fn tuple_repr(v: &Value) -> Result {
    let items = this(v)?;
    let text = sequence::repr_once(v, || {
        let comma = if items.len() == 1 { "," } else { "" };
        Ok(format!("({}{comma})", sequence::repr_items(|i| items.get(i).cloned())?))
    })?;
    Ok(Value::str(text.as_deref().unwrap_or("(...)")))
}

/// As CPython's: a variant of xxHash over the items' hashes.
fn tuple_hash(v: &Value) -> Result<i64> {
    const P1: u64 = 11400714785074694791;
    const P2: u64 = 14029467366897019727;
    const P5: u64 = 2870177450012600261;
    let items = this(v)?;
    let mut acc = P5;
    for item in items {
        let lane = protocol::hash(item)? as u64;
        acc = acc.wrapping_add(lane.wrapping_mul(P2)).rotate_left(31).wrapping_mul(P1);
    }
    acc = acc.wrapping_add(items.len() as u64 ^ (P5 ^ 3527539));
    Ok(if acc == u64::MAX { 1546275796 } else { acc as i64 })
}

fn tuple_compare(a: &Value, b: &Value, op: Compare) -> Result {
    let (Some(a), Some(b)) = (a.as_tuple(), b.as_tuple()) else { return Ok(Value::NOT_IMPLEMENTED) };
    sequence::compare(op, || (a.len(), b.len()), |i| (a.get(i).cloned(), b.get(i).cloned()))
}

fn tuple_get_item(v: &Value, key: &Value) -> Result {
    let items = this(v)?;
    if let Some(at) = slice::indices(key, items.len())? {
        if at.step == 1 && at.count == items.len() && v.is_exact(&TUPLE) {
            return Ok(v.clone());
        }
        return Ok(Value::tuple_from(at.count, at.iter().filter_map(|i| items.get(i).cloned())));
    }
    match slice::position(key, items.len(), "tuple")?.and_then(|i| items.get(i)) {
        Some(item) => Ok(item.clone()),
        None => index_error("tuple index out of range"),
    }
}

fn tuple_add(a: &Value, b: &Value) -> Result {
    let (Some(x), Some(y)) = (a.as_tuple(), b.as_tuple()) else { return Ok(Value::NOT_IMPLEMENTED) };
    match (x, y) {
        ([], _) if b.is_exact(&TUPLE) => Ok(b.clone()),
        (_, []) if a.is_exact(&TUPLE) => Ok(a.clone()),
        _ if x.len() + y.len() > MAX_TUPLE => memory_error(),
        _ => Ok(Value::tuple_from(x.len() + y.len(), x.iter().chain(y).cloned())),
    }
}

fn tuple_mul(a: &Value, b: &Value) -> Result {
    match sequence::repeat_operands(a, b, |v| v.as_tuple().is_some())? {
        Some((t, 1)) if t.is_exact(&TUPLE) => Ok(t.clone()),
        Some((t, n)) => {
            let items = this(t)?;
            if items.len().checked_mul(n).is_none_or(|total| total > MAX_TUPLE) {
                return memory_error();
            }
            checked(sequence::repeat(items, n)?)
        }
        None => Ok(Value::NOT_IMPLEMENTED),
    }
}

fn tuple_index(a: &[Value]) -> Result {
    let items = this(&a[0])?;
    let start = sequence::search_bound(arg(a, 2), items.len(), 0)?;
    let stop = sequence::search_bound(arg(a, 3), items.len(), usize::MAX)?;
    match sequence::position_of(arg(a, 1), start, stop, |i| items.get(i).cloned())? {
        Some(i) => Ok(int::from_i64(i as i64)),
        None => value_error("tuple.index(x): x not in tuple"),
    }
}

fn tuple_count(a: &[Value]) -> Result {
    let items = this(&a[0])?;
    Ok(int::from_i64(sequence::count_of(arg(a, 1), |i| items.get(i).cloned())? as i64))
}
