//! `repr`, `str` and `format`.

use super::{call_special, type_error};
use crate::object::{Result, Value};
use crate::types::{format, str::STR};

/// `repr(v)`
pub fn repr(v: &Value) -> Result {
    repr_for(v, "__repr__")
}

/// `repr(v)`, asked for by that method.
fn repr_for(v: &Value, method: &str) -> Result {
    let r = match v.ty().slots().repr {
        Some(f) => crate::vm::guard_native_recursion(" while getting the repr of an object", || f(v))?,
        None => Value::str(&default_repr(v)),
    };
    if r.as_str().is_some() {
        return Ok(r);
    }
    type_error(format!("{method} returned non-string (type {})", r.ty().name()))
}

/// `<module.name object at 0x...>`
pub fn default_repr(v: &Value) -> String {
    format!("<{} object at {:#x}>", crate::types::type_::full_name(v.ty()), v.id())
}

/// `str(v)`
pub fn str(v: &Value) -> Result {
    if v.is_exact(&STR) {
        return Ok(v.clone());
    }
    let Some(f) = v.ty().slots().str else { return repr_for(v, "__str__") };
    let r = crate::vm::guard_native_recursion(" while getting the str of an object", || f(v))?;
    if r.as_str().is_some() {
        return Ok(r);
    }
    type_error(format!("__str__ returned non-string (type {})", r.ty().name()))
}

/// What a program calls, and what may call itself by `__str__` and its like: it counts for the recursion limit.
pub fn as_call<T>(f: impl FnOnce() -> Result<T>) -> Result<T> {
    crate::vm::guard_native_recursion(" while calling a Python object", f)
}

/// `repr(v)` as Rust text.
pub fn repr_string(v: &Value) -> Result<String> {
    Ok(repr(v)?.as_str().unwrap_or_default().to_owned())
}

/// `str(v)` as Rust text.
pub fn str_string(v: &Value) -> Result<String> {
    Ok(str(v)?.as_str().unwrap_or_default().to_owned())
}

/// `format(v, spec)`
pub fn format(v: &Value, spec: &str) -> Result {
    if spec.is_empty() && !v.ty().is_heap() {
        return str(v);
    }
    if format::is_formatted_directly(v) {
        return format::format_value(v, spec);
    }
    match call_special(v, "__format__", &[Value::str(spec)]) {
        Some(r) => {
            let r = r?;
            if r.as_str().is_some() {
                return Ok(r);
            }
            type_error(format!("__format__ must return a str, not {}", r.ty().name()))
        }
        None => type_error(format!("unsupported format string passed to {}.__format__", v.ty().name())),
    }
}

/// `ascii(v)`
pub fn ascii(v: &Value) -> Result<String> {
    Ok(escape_non_ascii(&repr_string(v)?))
}

/// The text with escapes for all characters beyond ASCII.
pub fn escape_non_ascii(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match crate::types::unicode::code_of(c) {
            0..128 => out.push(c),
            n @ 128..256 => out += &std::format!("\\x{n:02x}"),
            n @ 256..0x10000 => out += &std::format!("\\u{n:04x}"),
            n => out += &std::format!("\\U{n:08x}"),
        }
    }
    out
}
