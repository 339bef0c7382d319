//! `float(...)`: from text, bytes and other numbers.

use super::{FLOAT, by_method, coerce, with_type};
use crate::object::{Result, Type, Value};
use crate::protocol::{self, type_error, value_error};
use crate::types::{args, bytes, int, unicode};

/// `float.__new__`
pub(super) fn new(ty: &Value, args: &[Value], names: Option<&Value>) -> Result {
    let class = ty.cast::<Type>().unwrap_or(&FLOAT);
    let args = args::for_new(&FLOAT, class, args, names)?;
    let f = match args.first() {
        Some(x) => from_object(x)?,
        None => 0.0,
    };
    Ok(with_type(class, f))
}

fn from_object(x: &Value) -> Result<f64> {
    // What a class says itself comes before the value that its instances have.
    if let Some(f) = by_method(x) {
        return f;
    }
    let parsed = if let Some(text) = x.as_str() {
        parse(text)
    } else if super::to_f64(x).is_some() || int::view(x).is_some() || x.ty().slots().index.is_some() {
        return coerce(x);
    } else if let Some(data) = bytes::buffer(x) {
        std::str::from_utf8(&data).ok().and_then(parse)
    } else {
        return type_error(format!(
            "float() argument must be a string or a real number, not '{}'",
            x.ty().name()
        ));
    };
    match parsed {
        Some(f) => Ok(f),
        None => value_error(format!("could not convert string to float: {}", protocol::repr_string(x)?)),
    }
}

/// The number that `text` spells: decimal, `inf` or `nan`, with underscores and surrounding whitespace.
pub fn parse(text: &str) -> Option<f64> {
    let text = text.trim_matches(unicode::is_space);
    if text.is_ascii() && !text.contains('_') {
        return text.parse().ok();
    }
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    let mut after_digit = false;
    while let Some(c) = chars.next() {
        match unicode::decimal_digit(c) {
            Some(d) => plain.extend(char::from_digit(d, 10)),
            None if c == '_' => {
                if !after_digit || chars.peek().and_then(|&c| unicode::decimal_digit(c)).is_none() {
                    return None;
                }
            }
            None if c.is_ascii() => plain.push(c),
            None => return None,
        }
        after_digit = unicode::decimal_digit(c).is_some();
    }
    plain.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn texts() {
        assert_eq!(parse(" 1_0.5e1_0 \n"), Some(10.5e10));
        assert_eq!(parse("1__0"), None);
        assert_eq!(parse("_1"), None);
        assert_eq!(parse("1_.0"), None);
        assert_eq!(parse("-.5"), Some(-0.5));
        assert_eq!(parse("5."), Some(5.0));
        assert_eq!(parse("."), None);
        assert_eq!(parse("1e"), None);
        assert_eq!(parse(""), None);
        assert_eq!(parse("+Infinity"), Some(f64::INFINITY));
        assert!(parse("nAn").is_some_and(f64::is_nan));
        assert_eq!(parse("\u{661}.\u{662}"), Some(1.2));
    }
}
