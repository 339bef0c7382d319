//! `str`: the type, its slots, and its methods as a table.

mod case;
mod find;
pub mod format;
mod layout;
mod split;
mod translate;

pub use layout::centre;

use super::{codec, int, iterator_state, iterators, percent, search, sequence, slice, unicode};
use crate::object::{
    BinOp, Binary, Boxed, Compare, Def, Layout, Result, Slots, Str, StrWriter, Type, Value, arg,
};
use crate::protocol::{self, bind_args, index_error, memory_error, overflow_error, type_error, value_error};
use std::cell::Cell;

/// The object behind a string. Methods are called on objects of their own type only.
fn body(v: &Value) -> &Str {
    v.cast::<Str>().expect("slots are only called on their own type")
}

fn st(v: &Value) -> &str {
    body(v).as_str()
}

/// A string argument; `what` names it in the message.
fn text_arg<'a>(v: &'a Value, what: &str) -> Result<&'a str> {
    match v.as_str() {
        Some(s) => Ok(s),
        None => type_error(format!("{what} must be str, not {}", given(v))),
    }
}

/// How messages about arguments name the type of what was given.
pub fn given(v: &Value) -> &str {
    if v.is_none() { "None" } else { v.ty().name() }
}

/// An argument that CPython takes as a C `int`.
///
/// # Errors
/// `TypeError` for what is not an integer, `OverflowError` for one out of range.
pub fn c_int(v: &Value) -> Result<i32> {
    let n = protocol::index(v)?;
    match int::to_i64(&n).map(i32::try_from) {
        Some(Ok(n)) => Ok(n),
        _ => overflow_error("Python int too large to convert to C int"),
    }
}

/// `text`, which is a part of the string `v`, as a string: `v` itself if it is the whole.
fn part(v: &Value, text: &str) -> Value {
    let s = body(v);
    if text.len() == s.len() && v.is_exact(&STR) {
        return v.clone();
    }
    if s.is_ascii() { Value::str_counted(text, text.len()) } else { Value::str(text) }
}

/// `v` as an exact `str`.
fn exact(v: &Value) -> Value {
    match v.cast::<Str>() {
        Some(s) if !v.is_exact(&STR) => Value::str_of(&STR, s),
        _ => v.clone(),
    }
}

const fn binary() -> [Option<Binary>; 13] {
    let mut b: [Option<Binary>; 13] = [None; 13];
    b[BinOp::Add as usize] = Some(|a, b| match (a.cast::<Str>(), b.cast::<Str>()) {
        (Some(x), Some(y)) if y.len() == 0 && a.is_exact(&STR) => Ok(x.value()),
        (Some(x), Some(y)) if x.len() == 0 && b.is_exact(&STR) => Ok(y.value()),
        (Some(x), Some(y)) => Ok(Value::str_concat(x, y)),
        _ => Ok(Value::NOT_IMPLEMENTED),
    });
    b[BinOp::Mul as usize] = Some(repeat);
    b[BinOp::Mod as usize] = Some(|a, b| match a.as_str() {
        Some(s) => percent::format_text(s, b),
        None => Ok(Value::NOT_IMPLEMENTED),
    });
    b
}

fn repeat(a: &Value, b: &Value) -> Result {
    let Some((v, n)) = sequence::repeat_operands(a, b, |v| v.as_str().is_some())? else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    let s = body(v);
    if n == 1 || s.len() == 0 {
        return Ok(exact(v));
    }
    if s.chars().checked_mul(n).is_none_or(|chars| chars > isize::MAX as usize) {
        return overflow_error("repeated string is too long");
    }
    let Some(total) = s.len().checked_mul(n).filter(|&t| t <= isize::MAX as usize) else {
        return memory_error();
    };
    let Some(mut out) = StrWriter::new(total, s.chars() * n) else { return memory_error() };
    out.repeat(s.as_str(), n);
    Ok(out.finish())
}

/// `str.__new__`
fn new(ty: &Value, args: &[Value], names: Option<&Value>) -> Result {
    let text = match args {
        [v] if names.is_none() => protocol::str(v)?,
        _ => {
            let args = bind_args(
                "str",
                crate::sig!("str(object='', encoding='utf-8', errors='strict')"),
                args,
                names,
            )?;
            let encoding = optional_text(arg(&args, 1), "str() argument 'encoding'")?;
            let errors = optional_text(arg(&args, 2), "str() argument 'errors'")?;
            match arg(&args, 0).as_bound() {
                None => Value::str(""),
                Some(v) if encoding.is_none() && errors.is_none() => protocol::str(v)?,
                Some(v) if v.as_str().is_some() => return type_error("decoding str is not supported"),
                Some(v) => match super::bytes::copy_of(v) {
                    Some(data) => codec::decode(&data, encoding, errors)?,
                    None => {
                        let ty = v.ty().name();
                        return type_error(format!("decoding to str: need a bytes-like object, {ty} found"));
                    }
                },
            }
        }
    };
    match ty.cast::<Type>() {
        Some(ty) if !std::ptr::eq(ty, &STR) => Ok(Value::str_of(ty, body(&text))),
        _ => Ok(text),
    }
}

/// A text argument that may be absent.
pub fn optional_text<'a>(v: &'a Value, what: &str) -> Result<Option<&'a str>> {
    match v.as_bound() {
        Some(v) => text_arg(v, what).map(Some),
        None => Ok(None),
    }
}

/// As [`optional_text`], for the name of a codec or an error handler.
pub fn optional_name<'a>(v: &'a Value, what: &str) -> Result<Option<&'a str>> {
    match optional_text(v, what)? {
        Some(name) if name.contains('\0') => value_error("embedded null character"),
        name => Ok(name),
    }
}

fn encode(a: &[Value]) -> Result {
    let encoding = optional_name(arg(a, 1), "encode() argument 'encoding'")?;
    let errors = optional_name(arg(a, 2), "encode() argument 'errors'")?;
    Ok(super::bytes::from_vec(codec::encode(&a[0], encoding, errors)?))
}

fn get_item(v: &Value, key: &Value) -> Result {
    let s = body(v);
    let len = s.chars();
    if let Some(i) = slice::indices(key, len)? {
        return Ok(get_slice(v, i));
    }
    let i = match key.as_inline_int() {
        Some(i) => i,
        None if key.ty().slots().index.is_none() => {
            return type_error(format!("string indices must be integers, not '{}'", key.ty().name()));
        }
        None => protocol::index_position(key)?,
    };
    let at = if i < 0 { i + len as i64 } else { i };
    if at < 0 || at >= len as i64 {
        return index_error("string index out of range");
    }
    let from = s.byte_of(at as usize);
    match s.as_str()[from..].chars().next() {
        Some(c) => Ok(Value::str_char(c)),
        None => index_error("string index out of range"),
    }
}

fn get_slice(v: &Value, i: slice::Indices) -> Value {
    let s = body(v);
    let start = i.start.max(0) as usize;
    if i.count == 0 {
        return Value::str("");
    }
    if i.step == 1 {
        let (from, to) = (s.byte_of(start), s.byte_of(start + i.count));
        return part(v, &s.as_str()[from..to]);
    }
    if s.is_ascii() {
        let bytes = s.as_str().as_bytes();
        let text: String = i.iter().filter_map(|n| bytes.get(n)).map(|&b| b as char).collect();
        return Value::str_counted(&text, text.len());
    }
    let chars: Vec<char> = s.as_str().chars().collect();
    Value::str(&i.iter().filter_map(|n| chars.get(n)).collect::<String>())
}

/// What the object takes in CPython, in bytes: a header that depends on the kinds of its characters, and as
/// many bytes for each as the widest needs.
fn size_of(a: &[Value]) -> Result {
    let s = body(&a[0]);
    let widest = s.as_str().chars().max().unwrap_or_default() as usize;
    Ok(int::from_usize(match widest {
        0..0x80 => 49 + s.chars(),
        0x80..0x100 => 73 + s.chars(),
        0x100..0x10000 => 74 + 2 * s.chars(),
        _ => 76 + 4 * s.chars(),
    }))
}

/// An iterator over the characters of a string.
pub struct StrIter {
    text: Value,
    /// Byte offset of the next character.
    at: Cell<usize>,
}

crate::body!(StrIter: StrIterator { text });

static ITERATOR_DEFS: &[Def] = crate::defs! {
    fn "__length_hint__()" "How many characters are left." => |a| {
        let left = a[0].cast::<Boxed<StrIter>>().map_or(0, |i| st(&i.text)[i.at.get()..].chars().count());
        Ok(int::from_usize(left))
    };
    fn "__reduce__()" "How to make it again, for pickle and copy." => |a| {
        let Some(i) = a[0].cast::<Boxed<StrIter>>() else { return Ok(Value::NONE) };
        let (before, after) = st(&i.text).split_at(i.at.get());
        let place = (!after.is_empty()).then(|| before.chars().count());
        iterator_state::at(i.text.clone(), place, Value::str(""))
    };
    fn "__setstate__(state, /)" "Go on from the state that was pickled." => |a| {
        let Some(i) = a[0].cast::<Boxed<StrIter>>() else { return Ok(Value::NONE) };
        let s = body(&i.text);
        i.at.set(s.byte_of(iterator_state::index(&a[1], s.chars())?));
        Ok(Value::NONE)
    };
};

/// The type of `iter('é')`.
pub static STR_ITERATOR: Type =
    Type::builtin::<Boxed<StrIter>>("str_iterator", Layout::StrIterator, "", ITERATOR_DEFS)
        .with_slots(CHARACTERS);

/// The type of `iter('e')`.
pub static STR_ASCII_ITERATOR: Type =
    Type::builtin::<Boxed<StrIter>>("str_ascii_iterator", Layout::StrIterator, "", ITERATOR_DEFS)
        .with_slots(CHARACTERS);

const CHARACTERS: Slots = Slots { next: Some(next_char), ..iterators::ITERATOR };

fn iterate(v: &Value) -> Result {
    // Only of exact strings, CPython's layout tells.
    let ty = if v.is_exact(&STR) && body(v).is_ascii() { &STR_ASCII_ITERATOR } else { &STR_ITERATOR };
    Ok(Value::new(ty, StrIter { text: v.clone(), at: Cell::new(0) }))
}

fn next_char(v: &Value) -> Result<Option<Value>> {
    let Some(it) = v.cast::<Boxed<StrIter>>() else { return Ok(None) };
    let at = it.at.get();
    let text = st(&it.text);
    let Some(c) = text[at..].chars().next() else { return Ok(None) };
    it.at.set(at + c.len_utf8());
    Ok(Some(Value::str_char(c)))
}

const DOC: &str = "str(object='') -> str\nstr(bytes_or_buffer[, encoding[, errors]]) -> str\n\n\
    The text that an object shows, or bytes decoded.";

/// The type `str`.
pub static STR: Type = Type::builtin::<Str>("str", Layout::Str, DOC, crate::defs! {
    fn "capitalize()" "The string with its first character in title case and the rest in lower case." => case::capitalize;
    fn "casefold()" "The string in a form for comparison without regard to case." => case::casefold;
    fn "center(width, fillchar=' ', /)" "The string centred in a field of this width." => |a| layout::justify(a, centre);
    fn "count(sub[, start[, end]])" "How often a substring occurs, without overlaps." => find::count;
    fn "encode(encoding='utf-8', errors='strict')" "The string encoded as bytes." => encode;
    fn "endswith(suffix[, start[, end]])" "Whether the string ends with the suffix, or one of a tuple." => |a| find::affix(a, "endswith", |s, x| s.ends_with(x));
    fn "expandtabs(tabsize=8)" "The string with tabs replaced by spaces." => layout::expand_tabs;
    fn "find(sub[, start[, end]])" "The lowest index of a substring, or -1." => find::find;
    fn "format(*args, **kwargs)" "The string with its replacement fields filled in." => format::format;
    fn "format_map(mapping, /)" "The string with its replacement fields filled in from a mapping." => format::format_map;
    fn "index(sub[, start[, end]])" "The lowest index of a substring; ValueError if there is none." => find::index;
    fn "isalnum()" "Whether all characters are letters or numbers, and there is one." => |a| case::all(a, |c| unicode::is_alpha(c) || unicode::is_numeric(c));
    fn "isalpha()" "Whether all characters are letters, and there is one." => |a| case::all(a, unicode::is_alpha);
    fn "isascii()" "Whether all characters are ASCII." => |a| Ok(Value::bool(body(&a[0]).is_ascii()));
    fn "isdecimal()" "Whether all characters are decimal digits, and there is one." => |a| case::all(a, |c| unicode::decimal_digit(c).is_some());
    fn "isdigit()" "Whether all characters are digits, and there is one." => |a| case::all(a, unicode::is_digit);
    fn "isidentifier()" "Whether the string is a valid name." => |a| Ok(Value::bool(unicode::is_identifier(st(&a[0]))));
    fn "islower()" "Whether the cased characters are lower case, and there is one." => |a| case::only_case(a, unicode::is_lower, unicode::is_upper);
    fn "isnumeric()" "Whether all characters are numeric, and there is one." => |a| case::all(a, unicode::is_numeric);
    fn "isprintable()" "Whether repr() shows all characters as they are." => case::is_printable;
    fn "isspace()" "Whether all characters are whitespace, and there is one." => |a| case::all(a, unicode::is_space);
    fn "istitle()" "Whether each word starts in upper case and goes on in lower case, and there is one." => case::is_title;
    fn "isupper()" "Whether the cased characters are upper case, and there is one." => |a| case::only_case(a, unicode::is_upper, unicode::is_lower);
    fn "join(iterable, /)" "The strings of an iterable with this one between them." => split::join;
    fn "ljust(width, fillchar=' ', /)" "The string at the left of a field of this width." => |a| layout::justify(a, |_, _| 0);
    fn "lower()" "The string in lower case." => case::lower;
    fn "lstrip(chars=None, /)" "The string without whitespace, or these characters, at its start." => |a| layout::strip(a, "lstrip", true, false);
    static_ "maketrans(x, y=<unrepresentable>, z=<unrepresentable>, /)" "A table for translate()." => translate::maketrans;
    fn "partition(sep, /)" "What stands before the first separator, the separator, and what follows." => |a| find::partition(a, search::find, false);
    fn "removeprefix(prefix, /)" "The string without this prefix." => find::remove_prefix;
    fn "removesuffix(suffix, /)" "The string without this suffix." => find::remove_suffix;
    fn "replace(old, new, count=-1, /)" "The string with one substring replaced by another." => find::replace;
    fn "rfind(sub[, start[, end]])" "The highest index of a substring, or -1." => find::rfind;
    fn "rindex(sub[, start[, end]])" "The highest index of a substring; ValueError if there is none." => find::rindex;
    fn "rjust(width, fillchar=' ', /)" "The string at the right of a field of this width." => |a| layout::justify(a, |missing, _| missing);
    fn "rpartition(sep, /)" "What stands before the last separator, the separator, and what follows." => |a| find::partition(a, search::rfind, true);
    fn "rsplit(sep=None, maxsplit=-1)" "The parts between separators, counted from the end." => split::rsplit;
    fn "rstrip(chars=None, /)" "The string without whitespace, or these characters, at its end." => |a| layout::strip(a, "rstrip", false, true);
    fn "split(sep=None, maxsplit=-1)" "The parts between separators." => split::split;
    fn "splitlines(keepends=False)" "The lines." => split::splitlines;
    fn "startswith(prefix[, start[, end]])" "Whether the string starts with the prefix, or one of a tuple." => |a| find::affix(a, "startswith", |s, x| s.starts_with(x));
    fn "strip(chars=None, /)" "The string without whitespace, or these characters, at its ends." => |a| layout::strip(a, "strip", true, true);
    fn "swapcase()" "The string with upper and lower case exchanged." => case::swapcase;
    fn "title()" "The string with each word in title case." => case::title;
    fn "translate(table, /)" "The string with characters replaced as a table says." => translate::translate;
    fn "upper()" "The string in upper case." => case::upper;
    fn "zfill(width, /)" "The string with zeros in front, after the sign, up to this width." => layout::zfill;
    fn "__format__(format_spec, /)" "The string formatted by a specification." => format::dunder_format;
    fn "__getnewargs__()" "The arguments that make a copy." => |a| Ok(Value::tuple(vec![exact(&a[0])]));
    fn "__sizeof__()" "Size in memory, in bytes." => size_of;
})
.with_base_flag()
.with_slots(Slots {
    new: Some(new),
    init: Some(|_, _, _| Ok(())),
    repr: Some(|v| Ok(Value::str(&quote(st(v))))),
    str: Some(|v| Ok(exact(v))),
    hash: Some(|v| Ok(body(v).hash())),
    compare: Some(|a, b, op| match b.as_str() {
        Some(y) => Ok(Value::bool(match op {
            Compare::Eq => st(a) == y,
            Compare::Ne => st(a) != y,
            _ => op.holds(unicode::compare(st(a), y)),
        })),
        None => Ok(Value::NOT_IMPLEMENTED),
    }),
    len: Some(|v| Ok(body(v).chars())),
    get_item: Some(get_item),
    contains: Some(|v, x| match x.as_str() {
        Some(x) => Ok(search::find(st(v).as_bytes(), x.as_bytes()).is_some()),
        None => type_error(format!("'in <string>' requires string as left operand, not {}", x.ty().name())),
    }),
    iter: Some(iterate),
    binary: binary(),
    ..Slots::EMPTY
});

/// The text as a literal.
pub fn quote(s: &str) -> String {
    use std::fmt::Write;
    let q = if s.contains('\'') && !s.contains('"') { '"' } else { '\'' };
    let mut out = String::with_capacity(s.len() + 2);
    out.push(q);
    for c in s.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\\' => out.push_str("\\\\"),
            c if c == q => out.extend(['\\', c]),
            c if unicode::is_printable(c) => out.push(c),
            c => {
                // Writing to a string cannot fail.
                let _ = match unicode::code_of(c) {
                    n @ ..0x100 => write!(out, "\\x{n:02x}"),
                    n @ 0x100..0x10000 => write!(out, "\\u{n:04x}"),
                    n => write!(out, "\\U{n:08x}"),
                };
            }
        }
    }
    out.push(q);
    out
}
