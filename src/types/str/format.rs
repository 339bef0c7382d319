//! `str.format` and `str.format_map`, and how format strings are taken apart.

use super::{body, text_arg};
use crate::object::{Result, Value, intern};
use crate::protocol::{self, index_error, value_error};
use crate::types::int;
use crate::types::unicode::decimal_digit;

pub(super) fn format(a: &[Value]) -> Result {
    protocol::as_call(|| run(body(&a[0]).as_str(), a[1].as_tuple(), &a[2]))
}

pub(super) fn format_map(a: &[Value]) -> Result {
    run(body(&a[0]).as_str(), None, &a[1])
}

fn run(text: &str, args: Option<&[Value]>, names: &Value) -> Result {
    let mut formatter = Formatter { args, names, numbering: Numbering::Unknown };
    let mut out = String::with_capacity(text.len());
    formatter.expand(text, 2, &mut out)?;
    Ok(Value::str(&out))
}

/// Whether fields are numbered by themselves, `{}`, or by the program, `{0}`.
enum Numbering {
    Unknown,
    Automatic(usize),
    Manual,
}

struct Formatter<'a> {
    /// `None` for `format_map`.
    args: Option<&'a [Value]>,
    names: &'a Value,
    numbering: Numbering,
}

/// A replacement field, taken apart.
pub struct Field<'a> {
    /// What is before `!` and `:`.
    pub name: &'a str,
    /// The character after `!`.
    pub conversion: Option<char>,
    /// What is after `:`.
    pub spec: &'a str,
    /// The specification contains fields itself.
    nested: bool,
}

/// What comes next in a format string: text that stands for itself, and the field after it.
pub struct Piece<'a> {
    /// The text, without the second brace of a pair.
    pub literal: &'a str,
    /// Absent at the end, and where the text ends with a brace that was doubled.
    pub field: Option<Field<'a>>,
}

/// Takes the first piece off a format string that is not empty; also returns the rest.
pub fn piece(text: &str) -> Result<(Piece<'_>, &str)> {
    let Some(at) = memchr::memchr2(b'{', b'}', text.as_bytes()) else {
        return Ok((Piece { literal: text, field: None }, ""));
    };
    let brace = &text[at..at + 1];
    let after = &text[at + 1..];
    if let Some(rest) = after.strip_prefix(brace) {
        return Ok((Piece { literal: &text[..at + 1], field: None }, rest));
    }
    if brace == "}" || after.is_empty() {
        return value_error(format!("Single '{brace}' encountered in format string"));
    }
    let (field, rest) = field(after)?;
    Ok((Piece { literal: &text[..at], field: Some(field) }, rest))
}

/// Parts a field's name into the argument's name and the attributes and subscripts after it.
pub fn split_name(name: &str) -> (&str, &str) {
    name.split_at(name.find(['.', '[']).unwrap_or(name.len()))
}

/// The argument's number or name, or the key of a subscript.
pub fn key(text: &str) -> Result {
    Ok(number(text)?.map_or_else(|| Value::str(text), int::from_usize))
}

/// One step of a field's name behind the argument's.
pub enum Step<'a> {
    /// `.name`
    Attribute(&'a str),
    /// `[key]`
    Item(&'a str),
}

/// Takes the first step off a path that is not empty; also returns the rest.
pub fn step(path: &str) -> Result<(Step<'_>, &str)> {
    let (text, step, rest) = if let Some(path) = path.strip_prefix('.') {
        let (name, rest) = split_name(path);
        (name, Step::Attribute(name), rest)
    } else if let Some(path) = path.strip_prefix('[') {
        let Some((key, rest)) = path.split_once(']') else {
            return value_error("Missing ']' in format string");
        };
        (key, Step::Item(key), rest)
    } else {
        return value_error("Only '.' or '[' may follow ']' in format field specifier");
    };
    if text.is_empty() {
        return value_error("Empty attribute in format string");
    }
    Ok((step, rest))
}

/// Takes the field at the start of `text`, after its `{`, apart; also returns what follows its `}`.
fn field(text: &str) -> Result<(Field<'_>, &str)> {
    let mut chars = text.char_indices();
    let (end, stop) = loop {
        match chars.next() {
            Some((_, '{')) => return value_error("unexpected '{' in field name"),
            // A subscript may contain anything.
            Some((_, '[')) => while chars.next().is_some_and(|(_, c)| c != ']') {},
            Some((i, c @ ('}' | ':' | '!'))) => break (i, c),
            Some(_) => {}
            None => return value_error("expected '}' before end of string"),
        }
    };
    let mut field = Field { name: &text[..end], conversion: None, spec: "", nested: false };
    if stop == '}' {
        return Ok((field, chars.as_str()));
    }
    if stop == '!' {
        field.conversion = chars.next().map(|(_, c)| c);
        if field.conversion.is_none() {
            return value_error("end of string while looking for conversion specifier");
        }
        match chars.next().map(|(_, c)| c) {
            Some('}') => return Ok((field, chars.as_str())),
            Some(':') => {}
            Some(_) => return value_error("expected ':' after conversion specifier"),
            None => return value_error("unmatched '{' in format spec"),
        }
    }
    let start = chars.offset();
    let mut depth = 1;
    for (i, c) in chars.by_ref() {
        match c {
            '{' => (depth, field.nested) = (depth + 1, true),
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            field.spec = &text[start..i];
            return Ok((field, &text[i + 1..]));
        }
    }
    value_error("unmatched '{' in format spec")
}

/// A number made of decimal digits only.
fn number(text: &str) -> Result<Option<usize>> {
    let mut n = 0usize;
    for c in text.chars() {
        let Some(d) = decimal_digit(c) else { return Ok(None) };
        match n.checked_mul(10).and_then(|n| n.checked_add(d as usize)) {
            Some(next) if next <= isize::MAX as usize => n = next,
            _ => return value_error("Too many decimal digits in format string"),
        }
    }
    Ok(if text.is_empty() { None } else { Some(n) })
}

impl Formatter<'_> {
    fn expand(&mut self, text: &str, depth: usize, out: &mut String) -> Result<()> {
        if depth == 0 {
            return value_error("Max string recursion exceeded");
        }
        let mut rest = text;
        while !rest.is_empty() {
            let (piece, after) = piece(rest)?;
            rest = after;
            out.push_str(piece.literal);
            if let Some(field) = &piece.field {
                self.replace(field, depth, out)?;
            }
        }
        Ok(())
    }

    fn replace(&mut self, field: &Field, depth: usize, out: &mut String) -> Result<()> {
        let mut v = self.look_up(field.name)?;
        v = match field.conversion {
            None => v,
            Some('r') => protocol::repr(&v)?,
            Some('s') => protocol::str(&v)?,
            Some('a') => Value::str(&protocol::ascii(&v)?),
            Some(c @ '!'..='~') => return value_error(format!("Unknown conversion specifier {c}")),
            Some(c) => return value_error(format!("Unknown conversion specifier \\x{:x}", c as u32)),
        };
        let text = if field.nested {
            let mut spec = String::new();
            self.expand(field.spec, depth - 1, &mut spec)?;
            protocol::format(&v, &spec)?
        } else {
            protocol::format(&v, field.spec)?
        };
        out.push_str(text.as_str().unwrap_or_default());
        Ok(())
    }

    /// The object that a field's name means: `0.attribute[key]`.
    fn look_up(&mut self, name: &str) -> Result {
        let (first, mut path) = split_name(name);
        let mut v = self.first(first)?;
        while !path.is_empty() {
            let (step, rest) = step(path)?;
            path = rest;
            v = match step {
                Step::Attribute(name) => protocol::get_attr(&v, &intern(name))?,
                Step::Item(text) => protocol::get_item(&v, &key(text)?)?,
            };
        }
        Ok(v)
    }

    fn first(&mut self, name: &str) -> Result {
        let index = match (number(name)?, &self.numbering) {
            (None, Numbering::Manual) if name.is_empty() => {
                return value_error(
                    "cannot switch from manual field specification to automatic field numbering",
                );
            }
            (None, numbering) if name.is_empty() => {
                let next = if let Numbering::Automatic(n) = numbering { *n } else { 0 };
                self.numbering = Numbering::Automatic(next + 1);
                next
            }
            (None, _) => return protocol::get_item(self.names, &Value::str(name)),
            (Some(_), Numbering::Automatic(_)) => {
                return value_error(
                    "cannot switch from automatic field numbering to manual field specification",
                );
            }
            (Some(i), _) => {
                self.numbering = Numbering::Manual;
                i
            }
        };
        let Some(args) = self.args else { return value_error("Format string contains positional fields") };
        match args.get(index) {
            Some(v) => Ok(v.clone()),
            None => index_error(format!("Replacement index {index} out of range for positional args tuple")),
        }
    }
}

pub(super) fn dunder_format(a: &[Value]) -> Result {
    crate::types::format::format_value(&a[0], text_arg(&a[1], "__format__() argument")?)
}
