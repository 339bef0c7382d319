//! From objects to JSON text.

use crate::object::{Dict, List, Result, Value};
use crate::protocol::{self, call, call_method, type_error, value_error};
use crate::types::{dict::DICT, float, int, list, str::STR, unicode};
use crate::vm::{self, safepoint};

/// How objects are written.
struct Encoder<'a> {
    default: &'a Value,
    ascii: bool,
    check_circular: bool,
    allow_nan: bool,
    sort_keys: bool,
    skip_keys: bool,
    /// What one level is indented by; `None` writes all on one line.
    indent: Option<&'a str>,
    item_separator: &'a str,
    key_separator: &'a str,
    out: String,
    /// The identities of the containers that are being written.
    active: Vec<u64>,
    /// How many lists and dicts are open.
    open: usize,
    depth: usize,
    max_depth: usize,
}

/// `_json.encode`
pub fn encode(a: &[Value]) -> Result {
    let text = |v: &'_ Value| v.as_str().map(str::to_owned);
    let (Some(item_separator), Some(key_separator)) = (text(&a[8]), text(&a[9])) else {
        return type_error("separators must be strings");
    };
    let mut e = Encoder {
        default: &a[1],
        ascii: protocol::truth(&a[2])?,
        check_circular: protocol::truth(&a[3])?,
        allow_nan: protocol::truth(&a[4])?,
        sort_keys: protocol::truth(&a[5])?,
        skip_keys: protocol::truth(&a[6])?,
        indent: a[7].as_str(),
        item_separator: &item_separator,
        key_separator: &key_separator,
        out: String::new(),
        active: Vec::new(),
        open: 0,
        depth: 0,
        max_depth: safepoint::recursion_limit(),
    };
    e.value(&a[0])?;
    Ok(Value::str(&e.out))
}

impl Encoder<'_> {
    fn value(&mut self, v: &Value) -> Result<()> {
        if let Some(text) = v.as_str() {
            quote(text, self.ascii, &mut self.out);
            return Ok(());
        }
        if let Some(atom) = self.atom(v)? {
            self.out.push_str(&atom);
            return Ok(());
        }
        if self.depth >= self.max_depth {
            return Err(safepoint::too_deep(" while encoding a JSON object"));
        }
        self.depth += 1;
        vm::guard_native_recursion(" while encoding a JSON object", || self.container(v))?;
        self.depth -= 1;
        Ok(())
    }

    /// The text of a constant or number, and nothing for other objects.
    fn atom(&self, v: &Value) -> Result<Option<std::borrow::Cow<'static, str>>> {
        Ok(Some(match () {
            _ if v.is_none() => "null".into(),
            _ if v.is(&Value::TRUE) => "true".into(),
            _ if v.is(&Value::FALSE) => "false".into(),
            _ => match float::to_f64(v) {
                Some(f) => self.float(f)?,
                None if int::view(v).is_some() => int::to_decimal(v)?.into(),
                None => return Ok(None),
            },
        }))
    }

    fn float(&self, f: f64) -> Result<std::borrow::Cow<'static, str>> {
        let text = match () {
            _ if f.is_nan() => "NaN",
            _ if f == f64::INFINITY => "Infinity",
            _ if f == f64::NEG_INFINITY => "-Infinity",
            _ => return Ok(float::text::repr_f64(f).into()),
        };
        if self.allow_nan {
            return Ok(text.into());
        }
        // The text names the number only where CPython's encoder in Python is at work.
        let shown = match self.indent {
            Some(_) => format!(": {}", float::text::repr_f64(f)),
            None => String::new(),
        };
        value_error(format!("Out of range float values are not JSON compliant{shown}"))
    }

    fn container(&mut self, v: &Value) -> Result<()> {
        if self.check_circular {
            if self.active.contains(&v.id()) {
                return value_error("Circular reference detected");
            }
            self.active.push(v.id());
        }
        if let Some(list) = v.cast::<List>() {
            self.list(list.len(), |i| list.get(i))?;
        } else if let Some(items) = v.as_tuple() {
            self.list(items.len(), |i| items.get(i).cloned())?;
        } else if let Some(dict) = v.cast::<Dict>() {
            self.dict(v, dict)?;
        } else {
            let other = call(self.default, std::slice::from_ref(v))?;
            self.value(&other)?;
        }
        if self.check_circular {
            self.active.pop();
        }
        Ok(())
    }

    /// Begins a new line, indented by the number of lists and dicts that are open.
    fn line(&mut self) {
        if let Some(indent) = self.indent {
            self.out.push('\n');
            (0..self.open).for_each(|_| self.out.push_str(indent));
        }
    }

    fn list(&mut self, len: usize, get: impl Fn(usize) -> Option<Value>) -> Result<()> {
        if len == 0 {
            self.out.push_str("[]");
            return Ok(());
        }
        self.out.push('[');
        self.open += 1;
        self.line();
        let mut i = 0;
        while let Some(item) = get(i) {
            if i > 0 {
                self.out.push_str(self.item_separator);
                self.line();
            }
            self.value(&item)?;
            i += 1;
        }
        self.open -= 1;
        self.line();
        self.out.push(']');
        Ok(())
    }

    fn dict(&mut self, v: &Value, dict: &Dict) -> Result<()> {
        if dict.len() == 0 {
            self.out.push_str("{}");
            return Ok(());
        }
        let mut items = match v.is_exact(&DICT) {
            true => dict.items(),
            false => pairs(&call_method(v, "items", &[])?)?,
        };
        if self.sort_keys {
            sort(&mut items)?;
        }
        self.out.push('{');
        self.open += 1;
        self.line();
        let mut first = true;
        for (key, item) in &items {
            let atom = match key.as_str() {
                Some(_) => None,
                None => match self.atom(key)? {
                    Some(atom) => Some(atom),
                    None if self.skip_keys => continue,
                    None => {
                        let text = "keys must be str, int, float, bool or None, not ";
                        return type_error(format!("{text}{}", key.ty().name()));
                    }
                },
            };
            if !first {
                self.out.push_str(self.item_separator);
                self.line();
            }
            first = false;
            let key = key.as_str().or(atom.as_deref()).unwrap_or_default();
            quote(key, self.ascii, &mut self.out);
            self.out.push_str(self.key_separator);
            self.value(item)?;
        }
        self.open -= 1;
        self.line();
        self.out.push('}');
        Ok(())
    }
}

/// The items that a subclass of `dict` says it has.
fn pairs(items: &Value) -> Result<Vec<(Value, Value)>> {
    protocol::collect(items)?.into_iter().map(pair).collect()
}

fn pair(item: Value) -> Result<(Value, Value)> {
    match item.as_tuple() {
        Some([key, value]) => Ok((key.clone(), value.clone())),
        _ => value_error("items must return 2-tuples"),
    }
}

/// Sorts items by their keys, and then their values.
fn sort(items: &mut Vec<(Value, Value)>) -> Result<()> {
    if items.iter().all(|(key, _)| key.is_exact(&STR)) {
        items.sort_by(|a, b| {
            unicode::compare(a.0.as_str().unwrap_or_default(), b.0.as_str().unwrap_or_default())
        });
        return Ok(());
    }
    let mut tuples =
        items.iter().map(|(key, value)| Value::tuple(vec![key.clone(), value.clone()])).collect();
    list::sort_items(&mut tuples, None, false)?;
    *items = tuples.into_iter().map(pair).collect::<Result<_>>()?;
    Ok(())
}

/// Appends a string in quotes.
pub fn quote(text: &str, ascii: bool, out: &mut String) {
    out.push('"');
    let mut done = 0;
    // Only ASCII characters and, if they may not stay, the first bytes of others end what is copied as it is.
    for (i, b) in text.bytes().enumerate() {
        let stays = PLAIN[b as usize] || (!ascii && (b >= 0x7f));
        if stays || i < done {
            continue;
        }
        out.push_str(&text[done..i]);
        let Some(c) = text[i..].chars().next() else { break };
        escape(c, out);
        done = i + c.len_utf8();
    }
    out.push_str(&text[done..]);
    out.push('"');
}

/// The bytes that stand for themselves.
static PLAIN: [bool; 256] = {
    let mut table = [false; 256];
    let mut b = 0x20;
    while b < 0x7f {
        table[b] = b != b'"' as usize && b != b'\\' as usize;
        b += 1;
    }
    table
};

fn escape(c: char, out: &mut String) {
    let short = match c {
        '"' => '"',
        '\\' => '\\',
        '\n' => 'n',
        '\r' => 'r',
        '\t' => 't',
        '\x0c' => 'f',
        '\x08' => 'b',
        _ => {
            // Characters beyond 16 bits are two surrogates.
            match unicode::code_of(c) {
                n @ 0..0x10000 => *out += &format!("\\u{n:04x}"),
                n => *out += &format!("\\u{:04x}\\u{:04x}", 0xd7c0 + (n >> 10), 0xdc00 | n & 0x3ff),
            }
            return;
        }
    };
    out.push('\\');
    out.push(short);
}
