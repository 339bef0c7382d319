//! `_string`: how format strings and the names of their fields are taken apart, for `string.Formatter`.

use super::native::{class, make, this};
use crate::object::{Boxed, Def, Layout, Result, Slots, Type, Value};
use crate::protocol::type_error;
use crate::types::str::format::{Step, key, piece, split_name, step};
use std::cell::Cell;

/// An iterator over the parts of a text.
pub struct FormatParts {
    text: Value,
    /// Where the next part begins, in bytes.
    at: Cell<usize>,
}

crate::body!(FormatParts: FormatParts { text });

const ITERATOR: Slots = Slots { iter: Some(|v| Ok(v.clone())), ..Slots::EMPTY };

static PIECES: Type = Type::builtin::<Boxed<FormatParts>>(
    "formatteriterator",
    Layout::FormatParts,
    "The pieces of a format string.",
    &[],
)
.with_slots(Slots { next: Some(next_piece), ..ITERATOR });

static STEPS: Type = Type::builtin::<Boxed<FormatParts>>(
    "fieldnameiterator",
    Layout::FormatParts,
    "The attributes and subscripts in a field's name.",
    &[],
)
.with_slots(Slots { next: Some(next_step), ..ITERATOR });

/// The table of `_string`.
pub static DEFS: &[Def] = crate::defs! {
    fn "formatter_parser(format_string, /)" "An iterator over tuples of literal text, field name, format specification and conversion." => |a| {
        text(&a[0])?;
        make(&class(&PIECES), FormatParts { text: a[0].clone(), at: Cell::new(0) })
    };
    fn "formatter_field_name_split(field_name, /)" "The first part of a field's name, and an iterator over (is attribute, key) of the others." => |a| {
        let (first, _) = split_name(text(&a[0])?);
        let rest = FormatParts { text: a[0].clone(), at: Cell::new(first.len()) };
        Ok(Value::tuple(vec![key(first)?, make(&class(&STEPS), rest)?]))
    };
};

fn text(v: &Value) -> Result<&str> {
    match v.as_str() {
        Some(text) => Ok(text),
        None => type_error(format!("expected str, got {}", v.ty().name())),
    }
}

/// What has not been given yet; `None` at the end.
fn rest(it: &FormatParts) -> Option<&str> {
    it.text.as_str()?.get(it.at.get()..).filter(|rest| !rest.is_empty())
}

fn next_piece(v: &Value) -> Result<Option<Value>> {
    let it = this::<FormatParts>(v);
    let Some(text) = rest(it) else { return Ok(None) };
    // Behind a mistake there is nothing more.
    it.at.set(it.at.get() + text.len());
    let (piece, after) = piece(text)?;
    it.at.set(it.at.get() - after.len());
    let mut parts = vec![Value::str(piece.literal), Value::NONE, Value::NONE, Value::NONE];
    if let Some(field) = piece.field {
        parts[1] = Value::str(field.name);
        parts[2] = Value::str(field.spec);
        if let Some(c) = field.conversion {
            parts[3] = Value::str(c.encode_utf8(&mut [0; 4]));
        }
    }
    Ok(Some(Value::tuple(parts)))
}

fn next_step(v: &Value) -> Result<Option<Value>> {
    let it = this::<FormatParts>(v);
    let Some(path) = rest(it) else { return Ok(None) };
    it.at.set(it.at.get() + path.len());
    let (step, after) = step(path)?;
    it.at.set(it.at.get() - after.len());
    let parts = match step {
        Step::Attribute(name) => vec![Value::TRUE, Value::str(name)],
        Step::Item(text) => vec![Value::FALSE, key(text)?],
    };
    Ok(Some(Value::tuple(parts)))
}
