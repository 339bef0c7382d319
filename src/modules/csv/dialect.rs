//! `Dialect`: which characters separate and quote fields.

use crate::modules::native::this;
use crate::object::{Boxed, Dict, Layout, Result, Slots, Type, Value, intern};
use crate::protocol::{self, type_error};
use crate::types::args;
use crate::types::int;

pub const QUOTE_MINIMAL: i32 = 0;
pub const QUOTE_ALL: i32 = 1;
pub const QUOTE_NONNUMERIC: i32 = 2;
pub const QUOTE_NONE: i32 = 3;

const NAMES: [&str; 8] = [
    "delimiter",
    "doublequote",
    "escapechar",
    "lineterminator",
    "quotechar",
    "quoting",
    "skipinitialspace",
    "strict",
];

/// The fields of a dialect.
#[derive(Clone)]
pub struct Rules {
    pub delimiter: char,
    /// A quote within a quoted field is written twice.
    pub double_quote: bool,
    pub escape: Option<char>,
    pub terminator: String,
    pub quote: Option<char>,
    pub quoting: i32,
    /// Spaces behind a delimiter are ignored.
    pub skip_space: bool,
    /// What is wrong is an error.
    pub strict: bool,
}

crate::body!(Rules: CsvDialect);

fn character(c: Option<char>) -> Value {
    c.map_or(Value::NONE, |c| Value::str(c.encode_utf8(&mut [0; 4])))
}

/// `_csv.Dialect`
pub static DIALECT: Type = Type::builtin::<Boxed<Rules>>(
    "_csv.Dialect",
    Layout::CsvDialect,
    "What readers and writers follow.",
    crate::defs! {
        get "delimiter()" "" => |v| Ok(character(Some(this::<Rules>(v).delimiter)));
        get "doublequote()" "" => |v| Ok(Value::bool(this::<Rules>(v).double_quote));
        get "escapechar()" "" => |v| Ok(character(this::<Rules>(v).escape));
        get "lineterminator()" "" => |v| Ok(Value::str(&this::<Rules>(v).terminator));
        get "quotechar()" "" => |v| Ok(character(this::<Rules>(v).quote));
        get "quoting()" "" => |v| Ok(Value::small(this::<Rules>(v).quoting));
        get "skipinitialspace()" "" => |v| Ok(Value::bool(this::<Rules>(v).skip_space));
        get "strict()" "" => |v| Ok(Value::bool(this::<Rules>(v).strict));
    },
)
.with_base_flag()
.with_slots(Slots { new: Some(new), ..Slots::EMPTY });

fn new(_: &Value, args: &[Value], names: Option<&Value>) -> Result {
    let (positional, by_name) = args::split(args, names);
    if positional.len() > 1 {
        return type_error(format!(
            "function takes at most 1 positional argument ({} given)",
            positional.len()
        ));
    }
    let (mut base, keywords) = (positional.first().cloned(), Dict::new());
    for (name, value) in by_name {
        match name.as_str() {
            Some("dialect") => base = Some(value.clone()),
            _ => protocol::set_item(&keywords, name, value.clone())?,
        }
    }
    make(base.as_ref(), &keywords)
}

/// The one character of an option; `None` where that is allowed.
fn one(name: &str, v: Option<&Value>, default: Option<char>, optional: bool) -> Result<Option<char>> {
    let Some(v) = v else { return Ok(default) };
    if v.is_none() && optional {
        return Ok(None);
    }
    let Some(text) = v.as_str() else {
        let or_none = if optional { " or None" } else { "" };
        return type_error(format!("\"{name}\" must be string{or_none}, not {}", v.ty().name()));
    };
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => Ok(Some(c)),
        _ => type_error(format!("\"{name}\" must be a 1-character string")),
    }
}

fn flag(v: Option<&Value>, default: bool) -> Result<bool> {
    v.map_or(Ok(default), protocol::truth)
}

/// A dialect that follows another one, given by name or as an object with attributes, except in the keywords.
pub fn make(base: Option<&Value>, keywords: &Value) -> Result {
    let base = match base.filter(|b| !b.is_none()) {
        Some(b) if b.as_str().is_some() => Some(super::named_dialect(b)?),
        Some(b) => Some(b.clone()),
        None => None,
    };
    let Some(given) = keywords.cast::<Dict>() else { return type_error("keywords must be in a dictionary") };
    if let Some(base) = &base
        && base.ty().is_subtype(&DIALECT)
        && given.len() == 0
    {
        return Ok(base.clone());
    }
    if let Some((name, _)) =
        given.items().into_iter().find(|(k, _)| k.as_str().is_none_or(|k| !NAMES.contains(&k)))
    {
        let name = protocol::str_string(&name)?;
        return type_error(format!("'{name}' is an invalid keyword argument for this function"));
    }
    let mut options = [const { None }; 8];
    for (option, name) in options.iter_mut().zip(NAMES) {
        *option = match (given.get_interned(&intern(name)), &base) {
            (Some(v), _) => Some(v.clone()),
            (None, Some(base)) => protocol::get_attr_opt(base, &intern(name))?,
            (None, None) => None,
        };
    }
    let [delimiter, double_quote, escape, terminator, quote, quoting, skip_space, strict] =
        options.each_ref().map(Option::as_ref);
    let rules = Rules {
        delimiter: one(NAMES[0], delimiter, Some(','), false)?.unwrap_or(','),
        double_quote: flag(double_quote, true)?,
        escape: one(NAMES[2], escape, None, true)?,
        terminator: match terminator {
            None => "\r\n".to_owned(),
            Some(v) if v.is_none() => return type_error("lineterminator must be set"),
            Some(v) => match v.as_str() {
                Some(text) => text.to_owned(),
                None => return type_error("\"lineterminator\" must be a string"),
            },
        },
        quote: one(NAMES[4], quote, Some('"'), true)?,
        quoting: match quoting {
            // Without a character to quote with, nothing is quoted.
            None if quote.is_some_and(Value::is_none) => QUOTE_NONE,
            None => QUOTE_MINIMAL,
            Some(v) if !v.is_exact(&int::INT) => return type_error("\"quoting\" must be an integer"),
            Some(v) => match int::to_i64(v) {
                Some(n @ 0..=3) => n as i32,
                _ => return type_error("bad \"quoting\" value"),
            },
        },
        skip_space: flag(skip_space, false)?,
        strict: flag(strict, false)?,
    };
    if rules.quote.is_none() && rules.quoting != QUOTE_NONE {
        return type_error("quotechar must be set if quoting enabled");
    }
    Ok(Value::new(&DIALECT, rules))
}
