//! `bytes`: literals, length, indexing, comparison.

use super::slice;
use crate::object::{Boxed, Layout, Result, Slots, Type, Value};
use crate::protocol::{self, type_error};

/// The fields of a bytes object.
pub struct Bytes {
    data: Box<[u8]>,
}

crate::body!(Bytes: Bytes);

/// A new bytes object.
pub fn from_slice(data: &[u8]) -> Value {
    Value::new(&BYTES, Bytes { data: data.into() })
}

/// The bytes, if it is a bytes object.
pub fn as_bytes(v: &Value) -> Option<&[u8]> {
    v.cast::<Boxed<Bytes>>().map(|b| &*b.data)
}

fn by(v: &Value) -> &[u8] {
    as_bytes(v).expect("slots are only called on their own type")
}

/// The type `bytes`.
pub static BYTES: Type = Type::builtin::<Boxed<Bytes>>("bytes", Layout::Bytes, "", crate::defs! {
    fn "decode(encoding='utf-8', errors='strict')" "Decode the bytes." => |a| {
        let encoding = super::str::optional_text(crate::object::arg(a, 1), "decode() argument 'encoding'")?;
        let errors = super::str::optional_text(crate::object::arg(a, 2), "decode() argument 'errors'")?;
        super::codec::decode(by(&a[0]), encoding, errors)
    };
    fn "hex()" "Hexadecimal digits of the bytes." => |a| Ok(Value::str(&by(&a[0]).iter().map(|b| format!("{b:02x}")).collect::<String>()));
})
.with_slots(Slots {
    new: Some(|_, args, _| match args {
        [] => Ok(from_slice(&[])),
        [v] if v.as_inline_int().is_some_and(|n| (0..1 << 32).contains(&n)) => {
            Ok(from_slice(&vec![0; v.as_inline_int().unwrap_or(0) as usize]))
        }
        [v] if v.as_str().is_some() => type_error("string argument without an encoding"),
        [v, ..] if v.as_str().is_some() => Ok(from_slice(v.as_str().unwrap_or_default().as_bytes())),
        [v, ..] => {
            let mut data = Vec::new();
            for x in protocol::collect(v)? {
                match u8::try_from(protocol::index_i64(&x)?) {
                    Ok(b) => data.push(b),
                    Err(_) => return protocol::value_error("bytes must be in range(0, 256)"),
                }
            }
            Ok(from_slice(&data))
        }
    }),
    init: Some(|_, _, _| Ok(())),
    repr: Some(|v| {
        let q = if by(v).contains(&b'\'') && !by(v).contains(&b'"') { '"' } else { '\'' };
        let mut out = format!("b{q}");
        for &b in by(v) {
            match b {
                b'\n' => out += "\\n",
                b'\r' => out += "\\r",
                b'\t' => out += "\\t",
                b'\\' => out += "\\\\",
                b if b as char == q => out.extend(['\\', q]),
                32..127 => out.push(b as char),
                b => out += &format!("\\x{b:02x}"),
            }
        }
        out.push(q);
        Ok(Value::str(&out))
    }),
    hash: Some(|v| Ok(crate::object::string::hash_bytes(by(v)))),
    compare: Some(|a, b, op| match as_bytes(b) {
        Some(y) => Ok(Value::bool(op.holds(by(a).cmp(y)))),
        None => Ok(Value::NOT_IMPLEMENTED),
    }),
    len: Some(|v| Ok(by(v).len())),
    get_item: Some(|v, key| {
        if let Some(i) = slice::indices(key, by(v).len())? {
            return Ok(from_slice(&i.iter().filter_map(|n| by(v).get(n).copied()).collect::<Vec<u8>>()));
        }
        match slice::position(key, by(v).len(), "byte")? {
            Some(i) => Ok(Value::small(by(v)[i] as i32)),
            None => protocol::index_error("index out of range"),
        }
    }),
    iter: Some(|v| -> Result { Ok(super::iterators::items_iterator(by(v).iter().map(|&b| Value::small(b as i32)).collect())) }),
    ..Slots::EMPTY
});

/// A new bytes object from its content.
pub fn from_vec(data: Vec<u8>) -> Value {
    Value::new(&BYTES, Bytes { data: data.into() })
}

/// The content of a bytes-like object or an iterable of ints.
pub fn from_object(v: &Value) -> Result<Vec<u8>> {
    if let Some(b) = as_bytes(v) {
        return Ok(b.to_vec());
    }
    let b = protocol::call(&BYTES.value(), std::slice::from_ref(v))?;
    Ok(as_bytes(&b).unwrap_or_default().to_vec())
}

/// Makes room, or raises `MemoryError`.
pub fn try_reserve<T>(data: &mut Vec<T>, n: usize) -> Result<()> {
    data.try_reserve(n).map_err(|_| protocol::raise(&super::exception::MEMORY_ERROR, ""))
}

/// Makes room in `out` for `len` bytes and `n` times `fill`, or raises `MemoryError`.
pub fn reserve_text(out: &mut String, len: usize, n: usize, fill: char) -> Result<()> {
    let total = n.checked_mul(fill.len_utf8()).and_then(|t| t.checked_add(len));
    match total.map(|t| out.try_reserve(t)) {
        Some(Ok(())) => Ok(()),
        _ => Err(protocol::raise(&super::exception::MEMORY_ERROR, "")),
    }
}

/// A copy of the content of a bytes-like object; `None` for other objects.
pub fn copy_of(v: &Value) -> Option<Vec<u8>> {
    as_bytes(v).map(<[u8]>::to_vec)
}

/// The byte that an integer or a bytes-like object of length 1 stands for; `None` for other objects.
///
/// # Errors
/// `OverflowError` for an integer out of range.
pub fn byte_of(v: &Value) -> Result<Option<u8>> {
    if let Some(data) = copy_of(v) {
        return Ok(if let [b] = data[..] { Some(b) } else { None });
    }
    if v.ty().slots().index.is_none() {
        return Ok(None);
    }
    match protocol::index_clipped(v).map(u8::try_from)? {
        Ok(b) => Ok(Some(b)),
        Err(_) => protocol::overflow_error("%c arg not in range(256)"),
    }
}

/// What `__bytes__` returned, which must be `bytes`.
pub fn checked_result(v: &Value) -> Result<Vec<u8>> {
    match as_bytes(v) {
        Some(data) => Ok(data.to_vec()),
        None => type_error(format!("__bytes__ returned non-bytes (type {})", v.ty().name())),
    }
}
