//! `_re`: compiled patterns and matches. The module `re` itself is Python: see `src/frozen/re.py`.

mod chars;
mod escape;
mod group;
mod matcher;
mod objects;
mod program;
mod replace;
mod syntax;

use crate::object::{Def, Result, Value};
use crate::protocol::{self, type_error};
use crate::types::{bytes, int};

pub use objects::{ITERATOR, MATCH, PATTERN, SCANNER};

/// A pattern or a text: as code points or bytes.
fn characters(v: &Value) -> Option<(Vec<u32>, bool)> {
    match v.as_str() {
        Some(s) => Some((s.chars().map(|c| c as u32).collect(), false)),
        None => bytes::copy_of(v).map(|b| (b.iter().map(|&b| b as u32).collect(), true)),
    }
}

/// Compiles a pattern; a tuple of message and position (or `None`) says what is wrong with it. `warn` is called
/// with the texts of warnings.
fn compile(a: &[Value]) -> Result {
    let Some((text, is_bytes)) = characters(&a[0]) else {
        return type_error("first argument must be string or compiled pattern");
    };
    let flags = protocol::index_i64(&a[1])? as u32;
    let mut warnings = Vec::new();
    let parsed = syntax::parse(&text, is_bytes, flags, &mut warnings);
    for (text, deprecated) in warnings {
        protocol::call(&a[2], &[Value::str(&text), Value::bool(deprecated)])?;
    }
    match parsed {
        Ok(parsed) => Ok(objects::pattern(a[0].clone(), parsed, is_bytes)),
        Err(e) => {
            let at = if e.position == syntax::NOWHERE { Value::NONE } else { int::from_usize(e.position) };
            Ok(Value::tuple(vec![Value::str(&e.message), at]))
        }
    }
}

/// The table.
pub static DEFS: &[Def] = crate::defs! {
    fn "compile(pattern, flags, warn, /)" "Compile a pattern; message and position if that cannot be done." => compile;
    val "Pattern()" "" => || super::native::class(&PATTERN);
    val "Match()" "" => || super::native::class(&MATCH);
    val "_scanner()" "" => || super::native::class(&SCANNER);
    val "_iterator()" "" => || super::native::class(&ITERATOR);
};
