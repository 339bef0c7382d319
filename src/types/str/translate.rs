//! `translate` and `maketrans`.

use super::{body, optional_text, text_arg};
use crate::object::{Dict, Result, Value, arg};
use crate::protocol::{self, type_error, value_error};
use crate::types::unicode::{char_of, code_of};
use crate::types::{exception, int};

/// What a table says about a character.
enum Mapping {
    Same,
    Gone,
    To(Value),
}

fn look_up(table: &Value, c: char) -> Result<Mapping> {
    let found = match protocol::get_item(table, &Value::small(code_of(c) as i32)) {
        Ok(v) => v,
        Err(e) if e.0.ty().is_subtype(&exception::LOOKUP_ERROR) => return Ok(Mapping::Same),
        Err(e) => return Err(e),
    };
    if found.is_none() {
        return Ok(Mapping::Gone);
    }
    if found.as_str().is_some() {
        return Ok(Mapping::To(found));
    }
    if int::view(&found).is_none() {
        return type_error("character mapping must return integer, None or str");
    }
    match int::to_i64(&found).and_then(|n| u32::try_from(n).ok()).and_then(char_of) {
        Some(c) => Ok(Mapping::To(Value::str_char(c))),
        None => value_error("character mapping must be in range(0x110000)"),
    }
}

pub(super) fn translate(a: &[Value]) -> Result {
    let table = &a[1];
    let mut out = String::new();
    // ASCII characters are asked for once only.
    let mut known: [Option<Mapping>; 128] = [const { None }; 128];
    for c in body(&a[0]).as_str().chars() {
        let fresh;
        let mapping = match known.get_mut(c as usize) {
            Some(place) => {
                if place.is_none() {
                    *place = Some(look_up(table, c)?);
                }
                place.as_ref()
            }
            None => {
                fresh = look_up(table, c)?;
                Some(&fresh)
            }
        };
        match mapping {
            Some(Mapping::To(text)) => out.push_str(text.as_str().unwrap_or_default()),
            Some(Mapping::Gone) => {}
            _ => out.push(c),
        }
    }
    Ok(Value::str(&out))
}

pub(super) fn maketrans(a: &[Value]) -> Result {
    let table = Dict::new();
    let Some(dict) = table.cast::<Dict>() else { return Ok(table) };
    let code = |c: char| Value::small(code_of(c) as i32);
    let Some(to) = arg(a, 1).as_bound() else {
        let Some(source) = a[0].cast::<Dict>() else {
            return type_error("if you give only one argument to maketrans it must be a dict");
        };
        for (key, value) in source.items() {
            let mut chars = key.as_str().map(str::chars);
            match chars.as_mut().map(|c| (c.next(), c.next())) {
                Some((Some(c), None)) => dict.set(&code(c), value)?,
                Some(_) => return value_error("string keys in translate table must be of length 1"),
                None if int::view(&key).is_some() => dict.set(&key, value)?,
                None => return type_error("keys in translate table must be strings or integers"),
            }
        }
        return Ok(table);
    };
    let to = text_arg(to, "maketrans() argument 2")?;
    let gone = optional_text(arg(a, 2), "maketrans() argument 3")?.unwrap_or_default();
    let Some(from) = a[0].as_str() else {
        return type_error("first maketrans argument must be a string if there is a second argument");
    };
    if from.chars().count() != to.chars().count() {
        return value_error("the first two maketrans arguments must have equal length");
    }
    for (from, to) in from.chars().zip(to.chars()) {
        dict.set(&code(from), code(to))?;
    }
    for c in gone.chars() {
        dict.set(&code(c), Value::NONE)?;
    }
    Ok(table)
}
