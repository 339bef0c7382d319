//! The type codes of arrays, and storing an object as an item.

use super::ArrayBody;
use crate::object::{Result, Value};
use crate::protocol::{self, overflow_error, type_error, value_error};
use crate::types::bytes::item::{Item, Kind};
use crate::types::{float, int};

pub(super) const TYPECODES: &str = "bBuhHiIlLqQfd";

pub(super) const DOC: &str = "array(typecode [, initializer]) -> array\n\n\
    Numbers or characters of one kind in a row. The typecode says of which kind and width in bytes:\n\
    b and B 1, h and H 2, i and I 4, l, L, q and Q 8 (integers with and without a sign),\n\
    f 4, d 8 (floating point), u 4 (a character).";

/// The item that a type code stands for.
pub(super) const fn of_typecode(letter: u8) -> Option<Item> {
    match letter {
        b'u' => Item::native(b'w'),
        b'b' | b'B' | b'h' | b'H' | b'i' | b'I' | b'l' | b'L' | b'q' | b'Q' | b'f' | b'd' => {
            Item::native(letter)
        }
        _ => None,
    }
}

/// The bytes of an object as an item, in the first places of a word.
pub(super) fn encode(item: Item, v: &Value) -> Result<[u8; 8]> {
    match item.kind {
        Kind::Float => match real(v)? {
            f if item.size == 4 => Ok(u64::from((f as f32).to_bits()).to_le_bytes()),
            f => Ok(f.to_bits().to_le_bytes()),
        },
        Kind::Text => match v.as_str().map(|t| (t.chars().next(), t.chars().nth(1))) {
            Some((Some(c), None)) => Ok((c as u64).to_le_bytes()),
            _ => type_error("array item must be unicode character"),
        },
        _ => integer(item, v),
    }
}

fn real(v: &Value) -> Result<f64> {
    if float::to_f64(v).is_none() && v.ty().slots().float.is_none() && v.ty().slots().index.is_none() {
        return type_error(format!("must be real number, not {}", v.ty().name()));
    }
    float::coerce(v)
}

fn integer(item: Item, v: &Value) -> Result<[u8; 8]> {
    let indexed;
    let v = if int::view(v).is_some() {
        v
    } else {
        indexed = protocol::index(v)?;
        &indexed
    };
    match item.integer(v) {
        Some(word) => Ok(word),
        None => out_of_range(item, v),
    }
}

/// The error for an integer out of range: it names the type of C where the conversion fails first.
fn out_of_range<T>(item: Item, v: &Value) -> Result<T> {
    let negative = int::is_negative(v);
    let fits = |letter: u8| Item::native(letter).and_then(|i| i.integer(v)).is_some();
    let side = if negative { "less than minimum" } else { "greater than maximum" };
    overflow_error(match item.letter {
        b'q' => "int too big to convert".to_owned(),
        b'Q' if negative => "can't convert negative int to unsigned".to_owned(),
        b'Q' => "int too big to convert".to_owned(),
        b'I' | b'L' if negative => "can't convert negative value to unsigned int".to_owned(),
        b'I' | b'L' if !fits(b'L') => "Python int too large to convert to C unsigned long".to_owned(),
        b'I' => "unsigned int is greater than maximum".to_owned(),
        _ if !fits(b'l') => "Python int too large to convert to C long".to_owned(),
        b'b' if fits(b'h') => format!("signed char is {side}"),
        b'b' | b'h' => format!("signed short integer is {side}"),
        b'B' => format!("unsigned byte integer is {side}"),
        b'H' if fits(b'i') => format!("unsigned short is {side}"),
        _ => format!("signed integer is {side}"),
    })
}

/// The bytes of the characters.
pub(super) fn text_bytes(text: &str) -> Vec<u8> {
    text.chars().flat_map(|c| (c as u32).to_le_bytes()).collect()
}

/// The characters of an array of text.
pub(super) fn text_of(a: &ArrayBody) -> Result {
    let mut text = String::new();
    for chunk in a.memory.data.borrow().chunks_exact(4) {
        let code = chunk.try_into().map_or(0, u32::from_le_bytes);
        match char::from_u32(code) {
            Some(c) => text.push(c),
            None => return value_error(format!("character U+{code:x} is not in range [U+0000; U+10ffff]")),
        }
    }
    Ok(Value::str(&text))
}
