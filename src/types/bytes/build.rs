//! What the constructors of `bytes` and `bytearray` make of their arguments.

use super::{as_bytes, buffer, checked_result, item_byte, memory, try_reserve};
use crate::object::{Layout, Result, Value, arg, intern};
use crate::protocol::{self, bind_args, overflow_error, type_error, value_error};
use crate::types::str::optional_text;
use crate::types::{codec, int};

pub(super) const DOC: &str = "bytes(iterable_of_ints) -> bytes\nbytes(string, encoding[, errors]) -> bytes\n\
    bytes(bytes_or_buffer) -> immutable copy of bytes_or_buffer\nbytes(int) -> zeros of that number\n\
    bytes() -> empty bytes object\n\nAn immutable sequence of bytes.";

/// The content of a new object of the type called `name`.
pub(super) fn content(name: &str, args: &[Value], names: Option<&Value>) -> Result<Vec<u8>> {
    let args =
        bind_args(name, crate::sig!("bytes(source=b'', encoding='utf-8', errors='strict')"), args, names)?;
    let encoding = optional_text(arg(&args, 1), &format!("{name}() argument 'encoding'"))?;
    let errors = optional_text(arg(&args, 2), &format!("{name}() argument 'errors'"))?;
    let source = arg(&args, 0).as_bound();
    if let Some(text) = source.filter(|s| s.as_str().is_some()) {
        return match encoding {
            Some(_) => codec::encode(text, encoding, errors),
            // A subclass of `str` may have a `__bytes__` of its own.
            None if name == "bytes"
                && text.ty().is_heap()
                && protocol::lookup_special(text, &intern("__bytes__"))?.is_some() =>
            {
                from_source(name, text)
            }
            None => type_error("string argument without an encoding"),
        };
    }
    if encoding.is_some() {
        return type_error("encoding without a string argument");
    }
    if errors.is_some() {
        return type_error("errors without a string argument");
    }
    source.map_or(Ok(Vec::new()), |v| from_source(name, v))
}

fn from_source(name: &str, v: &Value) -> Result<Vec<u8>> {
    if name == "bytes"
        // Of the native types, only proxies have one that does more than what follows.
        && (v.ty().is_heap() || v.ty().layout == Layout::WeakRef)
        && let Some(f) = protocol::lookup_special(v, &intern("__bytes__"))?
    {
        return checked_result(&protocol::call(&f, &[])?);
    }
    if let Some(data) = buffer(v) {
        return Ok(data.into_vec());
    }
    if memory::is_released(v) {
        return memory::released();
    }
    if v.ty().slots().index.is_some() {
        let Some(n) = int::to_i64(&protocol::index(v)?) else {
            let ty = v.ty().name();
            return overflow_error(format!("cannot fit '{ty}' into an index-sized integer"));
        };
        let Ok(n) = usize::try_from(n) else { return value_error("negative count") };
        let mut data = Vec::new();
        try_reserve(&mut data, n)?;
        data.resize(n, 0);
        return Ok(data);
    }
    if v.ty().slots().iter.is_none() && v.ty().slots().get_item.is_none() {
        return type_error(format!("cannot convert '{}' object to {name}", v.ty().name()));
    }
    let what = if name == "bytes" { "bytes" } else { "byte" };
    let message = format!("{what} must be in range(0, 256)");
    if name == "bytes" { hinted_items(v, &message) } else { items(v, &message) }
}

/// The integers of an iterable as bytes; `message` is that of the `ValueError` for one out of range.
pub(super) fn items(v: &Value, message: &str) -> Result<Vec<u8>> {
    let mut data = Vec::new();
    protocol::for_each(v, |x| {
        data.push(item_byte(&x, message)?);
        Ok(())
    })?;
    Ok(data)
}

/// As [`items`], but the iterable is asked how many there are, once it has made its iterator.
pub(super) fn hinted_items(v: &Value, message: &str) -> Result<Vec<u8>> {
    let it = protocol::iter(v)?;
    protocol::expected_len(v)?;
    let mut data = Vec::new();
    while let Some(x) = protocol::next(&it)? {
        data.push(item_byte(&x, message)?);
    }
    Ok(data)
}

/// `fromhex`
pub(super) fn from_hex(a: &[Value], exact: &'static crate::object::Type) -> Result {
    let Some(text) = a[1].as_str() else {
        return type_error(format!(
            "fromhex() argument must be str, not {}",
            super::super::str::given(&a[1])
        ));
    };
    let fail =
        |at: usize| value_error(format!("non-hexadecimal number found in fromhex() arg at position {at}"));
    if let Some(at) = text.chars().position(|c| !c.is_ascii()) {
        return fail(at);
    }
    let (bytes, mut at) = (text.as_bytes(), 0);
    let mut data = Vec::with_capacity(bytes.len() / 2);
    let digit = |at: usize| bytes.get(at).and_then(|&b| (b as char).to_digit(16));
    while at < bytes.len() {
        if matches!(bytes[at], b' ' | 9..=13) {
            at += 1;
            continue;
        }
        let Some(high) = digit(at) else { return fail(at) };
        let Some(low) = digit(at + 1) else { return fail(at + 1) };
        data.push((high << 4 | low) as u8);
        at += 2;
    }
    let exact = exact.value();
    let made = if as_bytes(&a[0]).is_none() && a[0].is(&super::BYTEARRAY.value()) {
        super::array::new(&super::BYTEARRAY, data)
    } else {
        super::from_vec(data)
    };
    if a[0].is(&exact) { Ok(made) } else { protocol::call(&a[0], &[made]) }
}
