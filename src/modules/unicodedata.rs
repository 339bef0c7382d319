//! `unicodedata`: properties of characters, from the tables of [`crate::types::unicode`].

use crate::object::{Def, Result, Value, arg};
use crate::protocol::{key_error, raise, type_error, value_error};
use crate::types::unicode::{self, Form, Numeric};
use crate::types::{exception, float, int};

/// The character that a function is asked about; `what` says which argument it is.
fn character(v: &Value, name: &str, what: &str) -> Result<char> {
    let Some(text) = v.as_str() else {
        return type_error(format!("{name}() {what} must be a unicode character, not {}", v.ty().name()));
    };
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => Ok(c),
        _ => type_error(format!("{name}() {what} must be a unicode character, not str")),
    }
}

/// The record of the only argument.
fn record(a: &[Value], name: &str) -> Result<unicode::Record> {
    Ok(unicode::record(unicode::code_of(character(&a[0], name, "argument")?)))
}

/// The value that was given for characters without one, or `ValueError`.
fn default_or(a: &[Value], message: &str) -> Result {
    match arg(a, 1).as_bound() {
        Some(v) => Ok(v.clone()),
        None => value_error(message),
    }
}

/// The value of a character that is a number in a sense at least as narrow as `kind`.
fn number(a: &[Value], name: &str, kind: Numeric, message: &str) -> Result {
    match unicode::numeric(character(&a[0], name, "argument 1")?) {
        Some((k, value, divisor)) if k >= kind => Ok(match kind {
            Numeric::Number => float::from_f64(value as f64 / divisor as f64),
            _ => int::from_i64(value),
        }),
        _ => default_or(a, message),
    }
}

fn decomposition(a: &[Value]) -> Result {
    let found = unicode::decomposition(character(&a[0], "decomposition", "argument")?);
    let parts = found.map(|d| {
        let tag = Some(unicode::TAGS[d.tag as usize].to_owned()).filter(|t| !t.is_empty());
        let codes = d.text.chars().map(|c| format!("{:04X}", c as u32));
        tag.into_iter().chain(codes).collect::<Vec<_>>().join(" ")
    });
    Ok(Value::str(&parts.unwrap_or_default()))
}

/// The form and the text of a call.
fn form<'a>(a: &'a [Value], name: &str) -> Result<(Form, &'a str)> {
    let texts = [&a[0], &a[1]].map(Value::as_str);
    for (i, text) in texts.iter().enumerate() {
        if text.is_none() {
            let ty = a[i].ty().name();
            return type_error(format!("{name}() argument {} must be str, not {ty}", i + 1));
        }
    }
    let [form, text] = texts.map(Option::unwrap_or_default);
    match Form::find(form) {
        Some(form) => Ok((form, text)),
        None => value_error("invalid normalization form"),
    }
}

fn lookup(a: &[Value]) -> Result {
    let Some(name) = a[0].as_str() else {
        return type_error(format!("lookup() argument must be str, not {}", a[0].ty().name()));
    };
    match unicode::character(name) {
        Some(c) => Ok(Value::str_char(c)),
        None if name.len() > 256 => Err(raise(&exception::KEY_ERROR, "name too long")),
        None => key_error(&Value::str(&format!("undefined character name '{name}'"))),
    }
}

/// The table.
pub static DEFS: &[Def] = crate::defs! {
    val "unidata_version()" "" => || Value::str("14.0.0");
    fn "lookup(name, /)" "The character with this name." => lookup;
    fn "name(chr, default=None, /)" "The name of a character." => |a| {
        match unicode::name(character(&a[0], "name", "argument 1")?) {
            Some(name) => Ok(Value::str(&name)),
            None => default_or(a, "no such name"),
        }
    };
    fn "category(chr, /)" "The general category of a character." => |a| {
        Ok(Value::str(unicode::CATEGORIES[record(a, "category")?.category as usize]))
    };
    fn "bidirectional(chr, /)" "The bidirectional class of a character." => |a| {
        Ok(Value::str(unicode::BIDIRECTIONAL[record(a, "bidirectional")?.bidirectional as usize]))
    };
    fn "combining(chr, /)" "The combining class of a character, 0 if it does not combine." => |a| {
        Ok(Value::small(record(a, "combining")?.combining.into()))
    };
    fn "east_asian_width(chr, /)" "The width of a character in East Asian text." => |a| {
        Ok(Value::str(unicode::WIDTHS[record(a, "east_asian_width")?.width as usize]))
    };
    fn "mirrored(chr, /)" "1 if a character is mirrored in text from right to left." => |a| {
        Ok(Value::small(record(a, "mirrored")?.mirrored.into()))
    };
    fn "decomposition(chr, /)" "What a character is put together of, as hexadecimal numbers." => decomposition;
    fn "decimal(chr, default=None, /)" "The value of a decimal digit." => |a| number(a, "decimal", Numeric::Decimal, "not a decimal");
    fn "digit(chr, default=None, /)" "The value of a digit." => |a| number(a, "digit", Numeric::Digit, "not a digit");
    fn "numeric(chr, default=None, /)" "The value of a character that is a number." => |a| number(a, "numeric", Numeric::Number, "not a numeric character");
    fn "normalize(form, unistr, /)" "The text in a normal form." => |a| {
        let (form, text) = form(a, "normalize")?;
        Ok(Value::str(&unicode::normalize(text, form)))
    };
    fn "is_normalized(form, unistr, /)" "Whether a text is in a normal form." => |a| {
        let (form, text) = form(a, "is_normalized")?;
        Ok(Value::bool(unicode::is_normalized(text, form)))
    };
};
