//! Text in and out: `print`, `input`, `repr`, `chr`, ...

use crate::modules::io;
use crate::object::{Result, Value, arg};
use crate::protocol::{self, type_error, value_error};
use crate::types::unicode::{char_of, code_of};
use crate::types::{bytes, str};

pub(super) fn repr(a: &[Value]) -> Result {
    protocol::as_call(|| protocol::repr(arg(a, 0)))
}

pub(super) fn ascii(a: &[Value]) -> Result {
    Ok(Value::str(&protocol::ascii(arg(a, 0))?))
}

pub(super) fn format(a: &[Value]) -> Result {
    let Some(spec) = arg(a, 1).as_bound() else { return protocol::format(arg(a, 0), "") };
    match spec.as_str() {
        Some(spec) => protocol::format(arg(a, 0), spec),
        None => type_error(format!("format() argument 2 must be str, not {}", str::given(spec))),
    }
}

pub(super) fn chr(a: &[Value]) -> Result {
    let code = u32::try_from(str::c_int(arg(a, 0))?).ok();
    match code.and_then(char_of) {
        Some(c) => Ok(Value::str(c.encode_utf8(&mut [0; 4]))),
        None => value_error("chr() arg not in range(0x110000)"),
    }
}

pub(super) fn ord(a: &[Value]) -> Result {
    let v = arg(a, 0);
    if v.as_str().is_none() && bytes::as_bytes(v).is_none() && !v.ty().is_subtype(&bytes::BYTEARRAY) {
        return type_error(format!("ord() expected string of length 1, but {} found", v.ty().name()));
    }
    let n = protocol::len(v)?;
    if n != 1 {
        return type_error(format!("ord() expected a character, but string of length {n} found"));
    }
    match v.as_str().and_then(|s| s.chars().next()) {
        Some(c) => Ok(Value::small(code_of(c) as i32)),
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
    let file = match arg(a, 2).as_bound().filter(|f| !f.is_none()) {
        Some(file) => file.clone(),
        None => io::program_stdout()?,
    };
    protocol::as_call(|| match io::printer(&file) {
        Some(printer) => print_native(printer, items, &sep, &end, flush),
        // A program may set sys.stdout to None.
        None if file.is_none() => Ok(()),
        None => print_to(&file, items, &sep, &end, flush),
    })?;
    Ok(Value::NONE)
}

fn print_native(
    mut printer: io::Printer,
    items: &[Value],
    sep: &Value,
    end: &Value,
    flush: bool,
) -> Result<()> {
    for (i, v) in items.iter().enumerate() {
        let piece = match i {
            0 => Ok(()),
            _ => printer.write(sep),
        };
        if let Err(e) = piece.and_then(|()| printer.write(&protocol::str(v)?)) {
            // What came before has been printed, as if piece by piece.
            printer.finish(false)?;
            return Err(e);
        }
    }
    printer.write(end)?;
    printer.finish(flush)
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
    io::input(arg(a, 0).as_bound())
}
