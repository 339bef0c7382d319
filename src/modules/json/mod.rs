//! `_json`: text to objects and back. The classes and functions of `json` are Python: see `src/frozen/json`.

mod decode;
mod encode;

use crate::object::{Def, Result, Value};
use crate::protocol::type_error;

/// The table.
pub static DEFS: &[Def] = crate::defs! {
    fn "scan(text, idx, strict, object_hook, object_pairs_hook, parse_float, parse_int, parse_constant, /)" "The object at a place of JSON text, and the place behind it." => decode::scan;
    fn "scanstring(string, end, strict=True, /)" "The string whose opening quote ends at a place, and the place behind its closing quote." => decode::scan_string;
    fn "encode(o, default, ensure_ascii, check_circular, allow_nan, sort_keys, skipkeys, indent, item_separator, key_separator, /)" "An object as JSON text." => encode::encode;
    fn "encode_basestring(s, /)" "A string in quotes; characters beyond ASCII stay." => |a| quoted(&a[0], false);
    fn "encode_basestring_ascii(s, /)" "A string in quotes, in ASCII." => |a| quoted(&a[0], true);
};

fn quoted(v: &Value, ascii: bool) -> Result {
    let Some(text) = v.as_str() else {
        return type_error(format!("first argument must be a string, not {}", v.ty().name()));
    };
    let mut out = String::with_capacity(text.len() + 2);
    encode::quote(text, ascii, &mut out);
    Ok(Value::str(&out))
}
