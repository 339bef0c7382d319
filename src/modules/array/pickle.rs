//! Pickling arrays: by a number for how the machine that wrote them stores an item.

use super::{ARRAY, ArrayBody, item, item::of_typecode, new};
use crate::modules::native::this;
use crate::object::{Dict, Result, Type, Value, intern};
use crate::protocol::{self, type_error, value_error};
use crate::types::bytes::item::{Item, Kind};
use crate::types::{bytes, int};

/// How items of each number are stored: letter of the same layout, most significant byte first.
const FORMATS: [(u8, bool); 22] = [
    (b'B', false),
    (b'b', false),
    (b'H', false),
    (b'H', true),
    (b'h', false),
    (b'h', true),
    (b'I', false),
    (b'I', true),
    (b'i', false),
    (b'i', true),
    (b'Q', false),
    (b'Q', true),
    (b'q', false),
    (b'q', true),
    (b'f', false),
    (b'f', true),
    (b'd', false),
    (b'd', true),
    // Two bytes to a character, with pairs of surrogates.
    (b'2', false),
    (b'2', true),
    (b'w', false),
    (b'w', true),
];

/// The number for an item of this machine.
fn format_of(item: Item) -> usize {
    let letter = match item.letter {
        b'l' => b'q',
        b'L' => b'Q',
        other => other,
    };
    FORMATS.iter().position(|&f| f == (letter, false)).unwrap_or_default()
}

pub(super) fn reduce(a: &[Value]) -> Result {
    let array = this::<ArrayBody>(&a[0]);
    let state = protocol::get_attr_opt(&a[0], &intern("__dict__"))?.unwrap_or(Value::NONE);
    let letter = Value::str(&(array.typecode as char).to_string());
    if protocol::index_i64(&a[1])? < 3 {
        let items = if array.item.kind == Kind::Text && array.len() > 0 {
            item::text_of(array)?
        } else {
            Value::list(array.to_list())
        };
        return Ok(Value::tuple(vec![a[0].ty().value(), Value::tuple(vec![letter, items]), state]));
    }
    let module = crate::vm::import::modules();
    let module = module.cast::<Dict>().and_then(|m| m.get_interned(&intern("array")).cloned());
    let Some(module) = module else { return type_error("the module array is gone") };
    let function = protocol::get_attr(&module, &intern("_array_reconstructor"))?;
    let data = bytes::from_slice(&array.memory.data.borrow());
    let args = vec![a[0].ty().value(), letter, int::from_usize(format_of(array.item)), data];
    Ok(Value::tuple(vec![function, Value::tuple(args), state]))
}

/// `array._array_reconstructor(arraytype, typecode, mformat_code, items)`
pub(super) fn reconstruct(a: &[Value]) -> Result {
    let Some(ty) = a[0].cast::<Type>() else {
        let given = a[0].ty().name();
        return type_error(format!("first argument must be a type object, not {given}"));
    };
    if !ty.is_subtype(&ARRAY) {
        return type_error(format!("{} is not a subtype of {}", ty.name(), ARRAY.name()));
    }
    let typecode = match a[1].as_str() {
        Some(t) if t.chars().count() == 1 => t.as_bytes()[0],
        _ => {
            let given = a[1].ty().name();
            let message =
                format!("_array_reconstructor() argument 2 must be a unicode character, not {given}");
            return type_error(message);
        }
    };
    let code = protocol::index_i64(&a[2])?;
    let Some(item) = of_typecode(typecode) else {
        return value_error("second argument must be a valid type code");
    };
    let format = usize::try_from(code).ok().and_then(|i| FORMATS.get(i));
    let Some(&(letter, big_endian)) = format else {
        return value_error("third argument must be a valid machine format code.");
    };
    let Some(data) = bytes::as_bytes(&a[3]) else {
        return type_error(format!("fourth argument should be bytes, not {}", a[3].ty().name()));
    };
    if letter == b'2' {
        return from_utf16(ty, typecode, item, data, big_endian);
    }
    let Some(stored) = Item::native(letter) else { return value_error("unknown machine format code") };
    if data.len() % stored.size != 0 {
        return value_error("bytes length not a multiple of item size");
    }
    let mut data = data.to_vec();
    if big_endian {
        data.chunks_exact_mut(stored.size).for_each(<[u8]>::reverse);
    }
    if (stored.kind, stored.size) != (item.kind, item.size) {
        let mut out = Vec::new();
        for chunk in data.chunks_exact(stored.size) {
            out.extend_from_slice(&item::encode(item, &stored.read(chunk))?[..item.size]);
        }
        data = out;
    }
    Ok(new(ty, typecode, item, data))
}

fn from_utf16(ty: &Type, typecode: u8, item: Item, data: &[u8], big_endian: bool) -> Result {
    let unit = if big_endian { u16::from_be_bytes } else { u16::from_le_bytes };
    let units: Vec<u16> = data.chunks_exact(2).map(|c| unit([c[0], c[1]])).collect();
    match String::from_utf16(&units) {
        Ok(text) if item.kind == Kind::Text => Ok(new(ty, typecode, item, item::text_bytes(&text))),
        _ => value_error("the items are no characters"),
    }
}
