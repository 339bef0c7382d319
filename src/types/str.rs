//! `str`

pub mod unicode;

use super::{int, iterators, sequence, slice};
use crate::object::{BinOp, Binary, Layout, Result, Slots, Str, Type, Value, arg};
use crate::protocol::{self, index_error, type_error, value_error};

fn st(v: &Value) -> &str {
    v.as_str().expect("slots are only called on their own type")
}

/// A string argument.
fn text<'a>(v: &'a Value, f: &str) -> Result<&'a str> {
    match v.as_str() {
        Some(s) => Ok(s),
        None => type_error(format!("{f}() argument must be str, not {}", v.ty().name())),
    }
}

const fn binary() -> [Option<Binary>; 13] {
    let mut b: [Option<Binary>; 13] = [None; 13];
    b[BinOp::Add as usize] = Some(|a, b| match (a.cast::<Str>(), b.cast::<Str>()) {
        (Some(x), Some(y)) => Ok(Value::str_concat(x, y)),
        _ => Ok(Value::NOT_IMPLEMENTED),
    });
    b[BinOp::Mul as usize] = Some(|a, b| {
        let (s, n) = if a.as_str().is_some() { (a, b) } else { (b, a) };
        let Some(n) = sequence::times(n, st(s).len())? else { return Ok(Value::NOT_IMPLEMENTED) };
        Ok(Value::str(&st(s).repeat(n)))
    });
    b[BinOp::Mod as usize] = Some(|a, b| match a.as_str() {
        Some(s) => percent(s, b),
        None => Ok(Value::NOT_IMPLEMENTED),
    });
    b
}

fn strip(a: &[Value], left: bool, right: bool) -> Result {
    let chars = match arg(a, 1).as_bound().filter(|c| !c.is_none()) {
        Some(c) => Some(text(c, "strip")?),
        None => None,
    };
    let gone = |c: char| chars.map_or(c.is_whitespace(), |s| s.contains(c));
    let mut s = st(&a[0]);
    if left {
        s = s.trim_start_matches(gone);
    }
    if right {
        s = s.trim_end_matches(gone);
    }
    Ok(Value::str(s))
}

fn split(a: &[Value], from_right: bool) -> Result {
    let s = st(&a[0]);
    let max = match arg(a, 2).as_bound() {
        Some(n) => protocol::index_clipped(n)?,
        None => -1,
    };
    let max = if max < 0 { usize::MAX } else { max as usize };
    let mut parts: Vec<&str> = Vec::new();
    match arg(a, 1).as_bound().filter(|c| !c.is_none()) {
        Some(sep) => {
            let sep = text(sep, "split")?;
            if sep.is_empty() {
                return value_error("empty separator");
            }
            if from_right {
                parts.extend(s.rsplitn(max.saturating_add(1), sep));
                parts.reverse();
            } else {
                parts.extend(s.splitn(max.saturating_add(1), sep));
            }
        }
        None if from_right => {
            let mut rest = s.trim_end();
            while !rest.is_empty() && parts.len() < max {
                let at = rest
                    .rfind(char::is_whitespace)
                    .map_or(0, |i| i + rest[i..].chars().next().map_or(1, char::len_utf8));
                parts.push(&rest[at..]);
                rest = rest[..at].trim_end();
            }
            if !rest.is_empty() {
                parts.push(rest);
            }
            parts.reverse();
        }
        None => {
            let mut rest = s.trim_start();
            while !rest.is_empty() && parts.len() < max {
                let at = rest.find(char::is_whitespace).unwrap_or(rest.len());
                parts.push(&rest[..at]);
                rest = rest[at..].trim_start();
            }
            if !rest.is_empty() {
                parts.push(rest);
            }
        }
    }
    Ok(Value::list(parts.into_iter().map(Value::str).collect()))
}

/// Character index to byte offset.
fn offset(s: &str, chars: usize) -> usize {
    if s.is_ascii() { chars.min(s.len()) } else { s.char_indices().nth(chars).map_or(s.len(), |(i, _)| i) }
}

fn find(a: &[Value], right: bool) -> Result<i64> {
    let s = st(&a[0]);
    let len = a[0].cast::<Str>().map_or(0, Str::chars) as i64;
    let what = text(&a[1], "find")?;
    let clip = |v: &Value, default: i64| -> Result<i64> {
        match v.as_bound().filter(|v| !v.is_none()) {
            Some(v) => {
                let i = protocol::index_clipped(v)?;
                Ok(if i < 0 { (i.saturating_add(len)).max(0) } else { i.min(len) })
            }
            None => Ok(default),
        }
    };
    let (from, to) = (clip(arg(a, 2), 0)?, clip(arg(a, 3), len)?);
    if from > to {
        return Ok(-1);
    }
    let (b, e) = (offset(s, from as usize), offset(s, to as usize));
    let part = &s[b..e];
    let at = if right { part.rfind(what) } else { part.find(what) };
    Ok(at.map_or(-1, |i| from + part[..i].chars().count() as i64))
}

fn affix(a: &[Value], f: fn(&str, &str) -> bool) -> Result {
    let s = st(&a[0]);
    if let Some(items) = a[1].as_tuple() {
        return Ok(Value::bool(items.iter().any(|x| x.as_str().is_some_and(|x| f(s, x)))));
    }
    match a[1].as_str() {
        Some(x) => Ok(Value::bool(f(s, x))),
        None => type_error(format!(
            "startswith first arg must be str or a tuple of str, not {}",
            a[1].ty().name()
        )),
    }
}

fn pad(a: &[Value], place: fn(usize) -> (usize, usize)) -> Result {
    let width = protocol::index_clipped(&a[1])?;
    let fill = match arg(a, 2).as_bound() {
        Some(f) => text(f, "pad")?,
        None => " ",
    };
    if fill.chars().count() != 1 {
        return type_error("The fill character must be exactly one character long");
    }
    let chars = a[0].cast::<Str>().map_or(0, Str::chars);
    let missing = (width.max(0) as usize).saturating_sub(chars);
    let (l, r) = place(missing);
    Ok(Value::str(&format!("{}{}{}", fill.repeat(l), st(&a[0]), fill.repeat(r))))
}

fn all(a: &[Value], f: fn(char) -> bool) -> Result {
    Ok(Value::bool(!st(&a[0]).is_empty() && st(&a[0]).chars().all(f)))
}

fn cased(a: &[Value], good: fn(char) -> bool, bad: fn(char) -> bool) -> Result {
    let s = st(&a[0]);
    Ok(Value::bool(s.chars().any(good) && !s.chars().any(bad)))
}

fn title(s: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in s.chars() {
        if inside {
            out.extend(c.to_lowercase())
        } else {
            out.extend(c.to_uppercase())
        }
        inside = c.is_alphabetic();
    }
    out
}

fn capitalize(s: &str) -> String {
    let mut chars = s.chars();
    chars
        .next()
        .map_or(String::new(), |c| c.to_uppercase().collect::<String>() + &chars.as_str().to_lowercase())
}

/// The type `str`.
pub static STR: Type = Type::builtin::<Str>("str", Layout::Str, "str(object='') -> str", crate::defs! {
    fn "join(iterable, /)" "Concatenate any number of strings." => |a| {
        let items = protocol::collect(&a[1])?;
        let mut out = String::new();
        for (i, x) in items.iter().enumerate() {
            if i > 0 { out += st(&a[0]); }
            match x.as_str() {
                Some(s) => out += s,
                None => return type_error(format!("sequence item {i}: expected str instance, {} found", x.ty().name())),
            }
        }
        Ok(Value::str(&out))
    };
    fn "upper()" "" => |a| Ok(Value::str(&st(&a[0]).to_uppercase()));
    fn "lower()" "" => |a| Ok(Value::str(&st(&a[0]).to_lowercase()));
    fn "casefold()" "" => |a| Ok(Value::str(&st(&a[0]).to_lowercase()));
    fn "title()" "" => |a| Ok(Value::str(&title(st(&a[0]))));
    fn "capitalize()" "" => |a| Ok(Value::str(&capitalize(st(&a[0]))));
    fn "swapcase()" "" => |a| Ok(Value::str(&st(&a[0]).chars().flat_map(|c| if c.is_uppercase() { c.to_lowercase().collect::<Vec<_>>() } else { c.to_uppercase().collect() }).collect::<String>()));
    fn "strip(chars=None, /)" "" => |a| strip(a, true, true);
    fn "lstrip(chars=None, /)" "" => |a| strip(a, true, false);
    fn "rstrip(chars=None, /)" "" => |a| strip(a, false, true);
    fn "split(sep=None, maxsplit=-1)" "" => |a| split(a, false);
    fn "rsplit(sep=None, maxsplit=-1)" "" => |a| split(a, true);
    fn "splitlines(keepends=False)" "" => |a| {
        let keep = match arg(a, 1).as_bound() { Some(k) => protocol::truth(k)?, None => false };
        let lines = st(&a[0]).split_inclusive('\n');
        Ok(Value::list(lines.map(|l| Value::str(if keep { l } else { l.trim_end_matches(['\n', '\r']) })).collect()))
    };
    fn "partition(sep, /)" "" => |a| {
        let sep = text(&a[1], "partition")?;
        let (x, y, z) = st(&a[0]).split_once(sep).map_or((st(&a[0]), "", ""), |(x, z)| (x, sep, z));
        Ok(Value::tuple([x, y, z].map(Value::str).to_vec()))
    };
    fn "rpartition(sep, /)" "" => |a| {
        let sep = text(&a[1], "rpartition")?;
        let (x, y, z) = st(&a[0]).rsplit_once(sep).map_or(("", "", st(&a[0])), |(x, z)| (x, sep, z));
        Ok(Value::tuple([x, y, z].map(Value::str).to_vec()))
    };
    fn "startswith(prefix, /)" "" => |a| affix(a, |s, x| s.starts_with(x));
    fn "endswith(suffix, /)" "" => |a| affix(a, |s, x| s.ends_with(x));
    fn "removeprefix(prefix, /)" "" => |a| Ok(Value::str(st(&a[0]).strip_prefix(text(&a[1], "removeprefix")?).unwrap_or(st(&a[0]))));
    fn "removesuffix(suffix, /)" "" => |a| Ok(Value::str(st(&a[0]).strip_suffix(text(&a[1], "removesuffix")?).unwrap_or(st(&a[0]))));
    fn "replace(old, new, count=-1, /)" "" => |a| {
        let (old, new) = (text(&a[1], "replace")?, text(&a[2], "replace")?);
        let n = match arg(a, 3).as_bound() { Some(n) => protocol::index_clipped(n)?, None => -1 };
        Ok(Value::str(&if n < 0 { st(&a[0]).replace(old, new) } else { st(&a[0]).replacen(old, new, n as usize) }))
    };
    fn "find(sub, start=None, end=None, /)" "" => |a| Ok(int::from_i64(find(a, false)?));
    fn "rfind(sub, start=None, end=None, /)" "" => |a| Ok(int::from_i64(find(a, true)?));
    fn "index(sub, start=None, end=None, /)" "" => |a| match find(a, false)? { -1 => value_error("substring not found"), i => Ok(int::from_i64(i)) };
    fn "rindex(sub, start=None, end=None, /)" "" => |a| match find(a, true)? { -1 => value_error("substring not found"), i => Ok(int::from_i64(i)) };
    fn "count(sub, /)" "" => |a| {
        let sub = text(&a[1], "count")?;
        let n = if sub.is_empty() { st(&a[0]).chars().count() + 1 } else { st(&a[0]).matches(sub).count() };
        Ok(int::from_i64(n as i64))
    };
    fn "ljust(width, fillchar=' ', /)" "" => |a| pad(a, |n| (0, n));
    fn "rjust(width, fillchar=' ', /)" "" => |a| pad(a, |n| (n, 0));
    fn "center(width, fillchar=' ', /)" "" => |a| pad(a, |n| (n / 2, n - n / 2));
    fn "zfill(width, /)" "" => |a| {
        let s = st(&a[0]);
        let (sign, rest) = if s.starts_with(['+', '-']) { s.split_at(1) } else { ("", s) };
        let missing = (protocol::index_clipped(&a[1])?.max(0) as usize).saturating_sub(s.chars().count());
        Ok(Value::str(&format!("{sign}{}{rest}", "0".repeat(missing))))
    };
    fn "isdigit()" "" => |a| all(a, |c| c.is_ascii_digit());
    fn "isdecimal()" "" => |a| all(a, |c| c.is_ascii_digit());
    fn "isnumeric()" "" => |a| all(a, char::is_numeric);
    fn "isalpha()" "" => |a| all(a, char::is_alphabetic);
    fn "isalnum()" "" => |a| all(a, char::is_alphanumeric);
    fn "isspace()" "" => |a| all(a, char::is_whitespace);
    fn "isascii()" "" => |a| Ok(Value::bool(st(&a[0]).is_ascii()));
    fn "isupper()" "" => |a| cased(a, char::is_uppercase, char::is_lowercase);
    fn "islower()" "" => |a| cased(a, char::is_lowercase, char::is_uppercase);
    fn "isidentifier()" "" => |a| {
        let mut c = st(&a[0]).chars();
        let first = c.next().is_some_and(|c| c == '_' || c.is_alphabetic());
        Ok(Value::bool(first && c.all(|c| c == '_' || c.is_alphanumeric())))
    };
    fn "format(*args, **kwargs)" "Return a formatted version of the string." => |a| format(st(&a[0]), &a[1], &a[2], &mut 0, 0).map(|s| Value::str(&s));
    fn "__format__(spec, /)" "" => |a| super::format::format_value(&a[0], text(&a[1], "__format__")?);
    fn "encode(encoding='utf-8', errors='strict')" "Encode the string." => |a| Ok(super::bytes::from_slice(st(&a[0]).as_bytes()));
})
.with_slots(Slots {
    new: Some(|_, args, _| match args {
        [] => Ok(Value::str("")),
        [v] => protocol::str(v),
        _ => type_error("decoding by str() is not supported yet"),
    }),
    init: Some(|_, _, _| Ok(())),
    repr: Some(|v| Ok(Value::str(&quote(st(v))))),
    str: Some(|v| Ok(v.clone())),
    hash: Some(|v| Ok(v.cast::<Str>().map_or(0, Str::hash))),
    compare: Some(|a, b, op| match b.as_str() {
        Some(y) => Ok(Value::bool(op.holds(st(a).cmp(y)))),
        None => Ok(Value::NOT_IMPLEMENTED),
    }),
    len: Some(|v| Ok(v.cast::<Str>().map_or(0, Str::chars))),
    get_item: Some(|v, key| {
        let s = st(v);
        let ascii = v.cast::<Str>().is_some_and(Str::is_ascii);
        let len = v.cast::<Str>().map_or(0, Str::chars);
        if let Some(i) = slice::indices(key, len)? {
            if ascii && i.step == 1 {
                return Ok(Value::str(&s[i.start as usize..i.start as usize + i.count]));
            }
            let chars: Vec<char> = s.chars().collect();
            return Ok(Value::str(&i.iter().filter_map(|n| chars.get(n)).collect::<String>()));
        }
        if key.as_inline_int().is_none() && key.ty().slots().index.is_none() {
            return type_error(format!("string indices must be integers, not '{}'", key.ty().name()));
        }
        let i = protocol::index_position(key)?;
        let at = if i < 0 { i + len as i64 } else { i };
        if at < 0 || at >= len as i64 {
            return index_error("string index out of range");
        }
        let from = if ascii { at as usize } else { offset(s, at as usize) };
        let c = s[from..].chars().next().map_or(1, char::len_utf8);
        Ok(Value::str(&s[from..from + c]))
    }),
    contains: Some(|v, x| match x.as_str() {
        Some(x) => Ok(st(v).contains(x)),
        None => type_error(format!("'in <string>' requires string as left operand, not {}", x.ty().name())),
    }),
    iter: Some(|v| {
        let mut buffer = [0; 4];
        Ok(iterators::items_iterator(st(v).chars().map(|c| Value::str(c.encode_utf8(&mut buffer))).collect()))
    }),
    binary: binary(),
    ..Slots::EMPTY
});

/// The text as a literal.
pub fn quote(s: &str) -> String {
    let q = if s.contains('\'') && !s.contains('"') { '"' } else { '\'' };
    let mut out = String::from(q);
    for c in s.chars() {
        match c {
            '\n' => out += "\\n",
            '\r' => out += "\\r",
            '\t' => out += "\\t",
            '\\' => out += "\\\\",
            c if c == q => out.extend(['\\', c]),
            c if (c as u32) < 32 || c as u32 == 127 => out += &format!("\\x{:02x}", c as u32),
            c if c.is_control() || (c.is_whitespace() && c != ' ') => {
                out += &match c as u32 {
                    n @ ..256 => format!("\\x{n:02x}"),
                    n => format!("\\u{n:04x}"),
                }
            }
            c => out.push(c),
        }
    }
    out.push(q);
    out
}

/// `str.format`
fn format(s: &str, args: &Value, kwargs: &Value, auto: &mut i64, depth: usize) -> Result<String> {
    let mut out = String::new();
    let b = s.as_bytes();
    let mut i = 0;
    while i < b.len() {
        let next = s[i..].find(['{', '}']).map_or(s.len(), |n| i + n);
        out += &s[i..next];
        i = next;
        if i == b.len() {
            break;
        }
        let c = b[i];
        if b.get(i + 1) == Some(&c) {
            out.push(c as char);
            i += 2;
            continue;
        }
        if c == b'}' {
            return value_error("Single '}' encountered in format string");
        }
        let mut level = 0;
        let Some(len) = s[i..].char_indices().find_map(|(n, c)| {
            level += (c == '{') as i32 - (c == '}') as i32;
            (level == 0).then_some(n)
        }) else {
            return value_error(if i + 1 == b.len() {
                "Single '{' encountered in format string"
            } else {
                "expected '}' before end of string"
            });
        };
        let field = &s[i + 1..i + len];
        i += len + 1;
        let (target, spec) = field.split_once(':').unwrap_or((field, ""));
        let (target, conversion) = target.split_once('!').unwrap_or((target, ""));
        let first = target.find(['.', '[']).unwrap_or(target.len());
        let (name, mut path) = target.split_at(first);
        let mut v = if name.is_empty() || name.bytes().all(|c| c.is_ascii_digit()) {
            let n = if name.is_empty() {
                *auto += 1;
                *auto as usize - 1
            } else {
                name.parse().unwrap_or(usize::MAX)
            };
            match args.as_tuple().and_then(|t| t.get(n).cloned()) {
                Some(v) => v,
                None => {
                    return index_error(format!(
                        "Replacement index {n} out of range for positional args tuple"
                    ));
                }
            }
        } else {
            protocol::get_item(kwargs, &Value::str(name))?
        };
        while !path.is_empty() {
            if let Some(rest) = path.strip_prefix('.') {
                let end = rest.find(['.', '[']).unwrap_or(rest.len());
                v = protocol::get_attr(&v, &crate::object::intern(&rest[..end]))?;
                path = &rest[end..];
            } else {
                let Some((key, rest)) = path[1..].split_once(']') else {
                    return value_error("expected ']' before end of string");
                };
                let key = key.parse::<i64>().map_or_else(|_| Value::str(key), int::from_i64);
                v = protocol::get_item(&v, &key)?;
                path = rest;
            }
        }
        v = match conversion {
            "" => v,
            "r" => protocol::repr(&v)?,
            "s" => protocol::str(&v)?,
            "a" => Value::str(&protocol::ascii(&v)?),
            c => return value_error(format!("Unknown conversion specifier {c}")),
        };
        if depth > 1 {
            return value_error("Max string recursion exceeded");
        }
        let spec = format(spec, args, kwargs, auto, depth + 1)?;
        out += protocol::format(&v, &spec)?.as_str().unwrap_or_default();
    }
    Ok(out)
}

/// `s % args`
fn percent(s: &str, args: &Value) -> Result {
    let tuple = args.as_tuple();
    let mut next = 0;
    let mut out = String::new();
    let mut rest = s;
    while let Some(at) = rest.find('%') {
        out += &rest[..at];
        rest = &rest[at + 1..];
        if let Some(r) = rest.strip_prefix('%') {
            out.push('%');
            rest = r;
            continue;
        }
        let mut value = None;
        if rest.starts_with('(') {
            let Some((key, r)) = rest[1..].split_once(')') else {
                return value_error("incomplete format key");
            };
            value = Some(protocol::get_item(args, &Value::str(key))?);
            rest = r;
        }
        let end = rest.find(|c: char| c.is_ascii_alphabetic());
        let Some(end) = end else { return value_error("incomplete format") };
        let (flags, kind) = (&rest[..end], &rest[end..end + 1]);
        rest = &rest[end + 1..];
        let v = match value {
            Some(v) => v,
            None => {
                let v = match tuple {
                    Some(t) => t.get(next).cloned(),
                    None => (next == 0).then(|| args.clone()),
                };
                next += 1;
                match v {
                    Some(v) => v,
                    None => return type_error("not enough arguments for format string"),
                }
            }
        };
        let left = flags.contains('-');
        let flags: String = flags.chars().filter(|c| *c != '-').collect();
        let (v, kind) = match kind {
            "s" => (protocol::str(&v)?, "s"),
            "r" => (protocol::repr(&v)?, "s"),
            "a" => (Value::str(&protocol::ascii(&v)?), "s"),
            "d" | "i" | "u" => {
                if super::float::to_f64(&v).is_none() && v.ty().slots().index.is_none() {
                    return type_error(format!(
                        "%{kind} format: a real number is required, not {}",
                        v.ty().name()
                    ));
                }
                (protocol::call(&int::INT.value(), &[v])?, "d")
            }
            "f" | "F" | "e" | "E" | "g" | "G" => (protocol::call(&super::float::FLOAT.value(), &[v])?, kind),
            k => (v, k),
        };
        let align = if left {
            "<"
        } else if kind == "s" {
            ">"
        } else {
            ""
        };
        out +=
            super::format::format_value(&v, &format!("{align}{flags}{kind}"))?.as_str().unwrap_or_default();
    }
    if tuple.is_some_and(|t| t.len() > next) {
        return type_error("not all arguments converted during string formatting");
    }
    out += rest;
    Ok(Value::str(&out))
}
