//! Text in and out: `print`, `input`, `repr`, `chr`, ...

use crate::modules::sys_io;
use crate::object::{Layout, Result, Value, arg};
use crate::protocol::{self, raise, type_error, value_error};
use crate::types::exception;

pub(super) fn repr(a: &[Value]) -> Result {
    protocol::repr(arg(a, 0))
}

pub(super) fn ascii(a: &[Value]) -> Result {
    Ok(Value::str(&protocol::ascii(arg(a, 0))?))
}

pub(super) fn format(a: &[Value]) -> Result {
    let Some(spec) = arg(a, 1).as_bound() else { return protocol::format(arg(a, 0), "") };
    match spec.as_str() {
        Some(spec) => protocol::format(arg(a, 0), spec),
        None => type_error(format!("format() argument 2 must be str, not {}", spec.ty().name())),
    }
}

pub(super) fn chr(a: &[Value]) -> Result {
    let code = u32::try_from(protocol::index_i64(arg(a, 0))?).ok();
    match code.and_then(char::from_u32) {
        Some(c) => Ok(Value::str(c.encode_utf8(&mut [0; 4]))),
        None => value_error("chr() arg not in range(0x110000)"),
    }
}

pub(super) fn ord(a: &[Value]) -> Result {
    let v = arg(a, 0);
    let is_bytes = matches!(v.ty().layout, Layout::Bytes);
    if v.as_str().is_none() && !is_bytes {
        return type_error(format!("ord() expected string of length 1, but {} found", v.ty().name()));
    }
    let n = protocol::len(v)?;
    if n != 1 {
        return type_error(format!("ord() expected a character, but string of length {n} found"));
    }
    match v.as_str().and_then(|s| s.chars().next()) {
        Some(c) => Ok(Value::small(c as i32)),
        None => protocol::get_item(v, &Value::small(0)),
    }
}

/// A text argument of `print` that may be `None`.
fn text_or(v: &Value, name: &str, default: &'static str) -> Result<Value> {
    match v.as_bound().filter(|v| !v.is_none()) {
        None => Ok(Value::str(default)),
        Some(v) if v.as_str().is_some() => Ok(v.clone()),
        Some(v) => type_error(format!("{name} must be None or a string, not {}", v.ty().name())),
    }
}

pub(super) fn print(a: &[Value]) -> Result {
    let (sep, end) = (text_or(arg(a, 0), "sep", " ")?, text_or(arg(a, 1), "end", "\n")?);
    let flush = arg(a, 3).as_bound().map_or(Ok(false), protocol::truth)?;
    let items = arg(a, 4).as_tuple().unwrap_or_default();
    match arg(a, 2).as_bound().filter(|f| !f.is_none()).cloned().or_else(sys_io::replaced_stdout) {
        None => print_native(items, &sep, &end, flush)?,
        // A program may set sys.stdout to None.
        Some(file) if file.is_none() => {}
        Some(file) => print_to(&file, items, &sep, &end, flush)?,
    }
    Ok(Value::NONE)
}

fn print_native(items: &[Value], sep: &Value, end: &Value, flush: bool) -> Result<()> {
    let mut out = String::new();
    for (i, v) in items.iter().enumerate() {
        if i > 0 {
            out += sep.as_str().unwrap_or_default();
        }
        match protocol::str(v) {
            Ok(text) => out += text.as_str().unwrap_or_default(),
            Err(e) => {
                // What came before has been printed, as if piece by piece.
                sys_io::write_stdout(&out)?;
                return Err(e);
            }
        }
    }
    out += end.as_str().unwrap_or_default();
    sys_io::write_stdout(&out)?;
    if flush { sys_io::flush() } else { Ok(()) }
}

/// As CPython, one call of `write` for each piece: the file object sees them.
fn print_to(file: &Value, items: &[Value], sep: &Value, end: &Value, flush: bool) -> Result<()> {
    let write = protocol::get_attr(file, &crate::object::intern("write"))?;
    for (i, v) in items.iter().enumerate() {
        if i > 0 {
            protocol::call(&write, std::slice::from_ref(sep))?;
        }
        protocol::call(&write, &[protocol::str(v)?])?;
    }
    protocol::call(&write, std::slice::from_ref(end))?;
    if flush {
        protocol::call_method(file, "flush", &[])?;
    }
    Ok(())
}

pub(super) fn input(a: &[Value]) -> Result {
    let prompt = arg(a, 0).as_bound().map_or(Ok(String::new()), protocol::str_string)?;
    if let Some(out) = sys_io::replaced_stdout().filter(|f| !f.is_none()) {
        protocol::call_method(&out, "write", &[Value::str(&prompt)])?;
        protocol::call_method(&out, "flush", &[])?;
    } else {
        sys_io::write_stdout(&prompt)?;
        sys_io::flush()?;
    }
    match sys_io::read_line()? {
        Some(line) => Ok(Value::str(line.strip_suffix('\n').unwrap_or(&line))),
        None => Err(raise(&exception::EOF_ERROR, "EOF when reading a line")),
    }
}
