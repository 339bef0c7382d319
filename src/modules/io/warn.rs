//! `ResourceWarning`: a file or socket that nobody has closed.

use crate::object::{Value, intern};
use crate::protocol;
use crate::types::exception;
use crate::vm;

/// Warns that `source`, of this kind if its `repr` does not say, was not closed, if the program has anything to do with
/// warnings: they are ignored by default.
pub fn unclosed(kind: &str, source: &Value) {
    let Some(warnings) = vm::import::loaded("warnings") else { return };
    let warned = protocol::repr_string(source).and_then(|repr| {
        let warn = protocol::get_attr(&warnings, &intern("warn"))?;
        let text = Value::str(&format!("unclosed {kind}{repr}"));
        let args = [text, exception::RESOURCE_WARNING.value(), Value::small(1), source.clone()];
        protocol::call(&warn, &args)
    });
    if let Err(e) = warned {
        exception::report_unraisable(&e, source);
    }
}
