//! `array`: numbers of one kind in a row, as C stores them.

mod change;
mod item;
mod iter;
mod methods;
mod pickle;

use super::native::{class, this};
use crate::object::types::type_flags;
use crate::object::{BinOp, Boxed, Compare, Def, Dict, Layout, Result, Slots, Type, Value};
use crate::protocol::{self, index_error, type_error};
use crate::types::bytes::export::{Export, Memory};
use crate::types::bytes::item::{Item, Kind};
use crate::types::{bytes, sequence, slice};
use item::of_typecode;

/// The fields of an array.
pub struct ArrayBody {
    /// The bytes of the items.
    memory: Memory,
    /// What an item is; its letter is that of the buffer protocol.
    item: Item,
    /// The letter that the program has given.
    typecode: u8,
}

crate::body!(ArrayBody: Array);

/// An array object.
type Array = Boxed<ArrayBody>;

impl ArrayBody {
    /// How many items there are.
    fn len(&self) -> usize {
        self.memory.data.borrow().len() / self.item.size
    }

    /// The object for an item.
    #[inline]
    fn get(&self, i: usize) -> Option<Value> {
        let at = i.checked_mul(self.item.size)?;
        self.memory.data.borrow().get(at..at + self.item.size).map(|b| self.item.read(b))
    }

    /// Runs `f`, which may change the length.
    fn resize<R>(&self, f: impl FnOnce(&mut Vec<u8>) -> R) -> Result<R> {
        self.memory.resize_or("cannot resize an array that is exporting buffers", f)
    }

    /// Appends the bytes of items.
    fn append_bytes(&self, more: &[u8]) -> Result<()> {
        if more.is_empty() {
            return Ok(());
        }
        self.resize(|data| {
            bytes::try_reserve(data, more.len())?;
            data.extend_from_slice(more);
            Ok(())
        })?
    }

    /// The items as objects.
    fn to_list(&self) -> Vec<Value> {
        self.memory.data.borrow().chunks_exact(self.item.size).map(|b| self.item.read(b)).collect()
    }
}

/// A new array of the type `ty`, which is `array` or a subclass.
fn new(ty: &Type, typecode: u8, item: Item, data: Vec<u8>) -> Value {
    Value::new(ty, ArrayBody { memory: Memory::new(data), item, typecode })
}

/// An array of the same kind.
fn like(a: &ArrayBody, data: Vec<u8>) -> Value {
    new(&ARRAY, a.typecode, a.item, data)
}

fn as_array(v: &Value) -> Option<&Array> {
    v.cast::<Array>()
}

/// `array.array`
pub static ARRAY: Type = Type::builtin::<Array>("array.array", Layout::Array, item::DOC, methods::DEFS)
    .with_base_flag()
    .with_weakrefs()
    .with_slots(Slots {
        new: Some(construct),
        init: Some(|_, _, _| Ok(())),
        repr: Some(repr),
        compare: Some(compare),
        len: Some(|v| Ok(this::<ArrayBody>(v).len())),
        get_item: Some(get_item),
        set_item: Some(change::set_item),
        contains: Some(|v, x| {
            let a = this::<ArrayBody>(v);
            Ok(sequence::position_of(x, 0, usize::MAX, |i| a.get(i))?.is_some())
        }),
        iter: Some(|v| Ok(iter::new(v))),
        buffer: Some(|v| {
            let a = this::<ArrayBody>(v);
            Export::Shared(&a.memory, a.item)
        }),
        binary: {
            let mut ops = Slots::EMPTY.binary;
            ops[BinOp::Add as usize] = Some(add);
            ops[BinOp::Mul as usize] = Some(multiply);
            ops
        },
        inplace: {
            let mut ops = Slots::EMPTY.inplace;
            ops[BinOp::Add as usize] = Some(change::add);
            ops[BinOp::Mul as usize] = Some(change::multiply);
            ops
        },
        ..Slots::EMPTY
    });

fn construct(ty: &Value, args: &[Value], names: Option<&Value>) -> Result {
    let Some(ty) = ty.cast::<Type>() else { return type_error("array.__new__(X): X is not a type object") };
    let (args, by_name) = crate::types::args::split(args, names);
    if !by_name.is_empty() && std::ptr::eq(ty, &ARRAY) {
        return type_error("array.array() takes no keyword arguments");
    }
    let (letter, initial) = match args {
        [letter] => (letter, None),
        [letter, initial] => (letter, Some(initial)),
        [] => return type_error("array() takes at least 1 argument (0 given)"),
        _ => return type_error(format!("array() takes at most 2 arguments ({} given)", args.len())),
    };
    let typecode = match letter.as_str().map(str::as_bytes) {
        Some(text) if letter.as_str().is_some_and(|t| t.chars().count() == 1) => text[0],
        _ => {
            let ty = letter.ty().name();
            return type_error(format!("array() argument 1 must be a unicode character, not {ty}"));
        }
    };
    if let Some(initial) = initial.filter(|_| typecode != b'u') {
        let shown = typecode as char;
        if initial.as_str().is_some() {
            return type_error(format!("cannot use a str to initialize an array with typecode '{shown}'"));
        }
        if as_array(initial).is_some_and(|a| a.item.kind == Kind::Text) {
            let message =
                format!("cannot use a unicode array to initialize an array with typecode '{shown}'");
            return type_error(message);
        }
    }
    let Some(item) = of_typecode(typecode) else {
        return protocol::value_error("bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)");
    };
    let v = new(ty, typecode, item, Vec::new());
    let Some(initial) = initial else { return Ok(v) };
    let a = this::<ArrayBody>(&v);
    match initial.as_str() {
        Some(text) => a.append_bytes(&item::text_bytes(text))?,
        None if bytes::is_sequence(initial) => methods::append_raw(a, initial)?,
        None => change::extend(&v, initial, true)?,
    }
    Ok(v)
}

fn repr(v: &Value) -> Result {
    let a = this::<ArrayBody>(v);
    let (name, typecode) = (v.ty().name(), a.typecode as char);
    let name = name.rsplit('.').next().unwrap_or(name);
    let items = match a.item.kind {
        _ if a.len() == 0 => return Ok(Value::str(&format!("{name}('{typecode}')"))),
        Kind::Text => protocol::repr_string(&item::text_of(a)?)?,
        _ => format!("[{}]", sequence::repr_items(|i| a.get(i))?),
    };
    Ok(Value::str(&format!("{name}('{typecode}', {items})")))
}

fn compare(a: &Value, b: &Value, op: Compare) -> Result {
    let (Some(x), Some(y)) = (as_array(a), as_array(b)) else { return Ok(Value::NOT_IMPLEMENTED) };
    if x.item == y.item && x.item.kind != Kind::Float && matches!(op, Compare::Eq | Compare::Ne) {
        let same = *x.memory.data.borrow() == *y.memory.data.borrow();
        return Ok(Value::bool(same == (op == Compare::Eq)));
    }
    sequence::compare(op, || (x.len(), y.len()), |i| (x.get(i), y.get(i)))
}

/// The position that an index means; `None` if it is out of range.
fn position(a: &ArrayBody, key: &Value) -> Result<Option<usize>> {
    if !key.is_inline_int() && key.ty().slots().index.is_none() {
        return type_error("array indices must be integers");
    }
    slice::position(key, a.len(), "array")
}

fn get_item(v: &Value, key: &Value) -> Result {
    let a = this::<ArrayBody>(v);
    if let Some(i) = slice::indices(key, a.len())? {
        let (data, size) = (a.memory.data.borrow(), a.item.size);
        let out = if i.step == 1 {
            data.get(i.start as usize * size..(i.start as usize + i.count) * size)
                .unwrap_or_default()
                .to_vec()
        } else {
            i.iter().flat_map(|n| &data[n * size..(n + 1) * size]).copied().collect()
        };
        drop(data);
        return Ok(like(a, out));
    }
    match position(a, key)?.and_then(|i| a.get(i)) {
        Some(item) => Ok(item),
        None => index_error("array index out of range"),
    }
}

fn add(a: &Value, b: &Value) -> Result {
    let Some(x) = as_array(a) else { return Ok(Value::NOT_IMPLEMENTED) };
    let Some(y) = as_array(b) else {
        return type_error(format!("can only append array (not \"{}\") to array", b.ty().name()));
    };
    if x.typecode != y.typecode {
        return type_error("bad argument type for built-in operation");
    }
    let data = [&x.memory.data.borrow()[..], &y.memory.data.borrow()[..]].concat();
    Ok(like(x, data))
}

fn multiply(a: &Value, b: &Value) -> Result {
    let Some((v, n)) = sequence::repeat_operands(a, b, |v| as_array(v).is_some())? else {
        let n = if as_array(a).is_some() { b } else { a };
        return type_error(format!("can't multiply sequence by non-int of type '{}'", n.ty().name()));
    };
    let x = this::<ArrayBody>(v);
    let data = repeated(x, n)?;
    Ok(like(x, data))
}

/// The bytes of the items, `n` times.
fn repeated(a: &ArrayBody, n: usize) -> Result<Vec<u8>> {
    let data = a.memory.data.borrow();
    let mut out = Vec::new();
    match data.len().checked_mul(n) {
        Some(total) if total <= isize::MAX as usize => bytes::try_reserve(&mut out, total)?,
        _ => return protocol::memory_error(),
    }
    if !data.is_empty() {
        (0..n).for_each(|_| out.extend_from_slice(&data));
    }
    Ok(out)
}

/// The table of `_array`, which `collections.abc` needs without the rest.
pub static TYPES: &[Def] = crate::defs! {
    val "array()" "" => || {
        ARRAY.flags.set(ARRAY.flags.get() | type_flags::SEQUENCE);
        class(&iter::ARRAY_ITERATOR);
        class(&ARRAY)
    };
};

/// The table.
pub static DEFS: &[Def] = crate::defs! {
    val "ArrayType()" "" => || class(&ARRAY);
    val "typecodes()" "" => || Value::str(item::TYPECODES);
    fn "_array_reconstructor(arraytype, typecode, mformat_code, items, /)" "Makes an array again that was pickled." => pickle::reconstruct;
};

/// Fills the namespace of `array`.
pub fn init(namespace: &Dict) {
    crate::builtins::add_defs(namespace, TYPES, "array");
}
