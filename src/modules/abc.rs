//! `_abc`: what abstract base classes tell the machine.

use crate::object::types::type_flags;
use crate::object::{Def, Type, Value};
use crate::protocol::type_error;
use crate::vm::pattern;

/// The table.
pub static DEFS: &[Def] = crate::defs! {
    fn "match_like(cls, other, /)" "Let patterns take the instances of a class for what they take those of another for: sequences or mappings." => |a| {
        let (Some(cls), Some(other)) = (a[0].cast::<Type>(), a[1].cast::<Type>()) else {
            return type_error("match_like() takes two classes");
        };
        let flag = match pattern::is_sequence(other) {
            Some(true) => type_flags::SEQUENCE,
            Some(false) => type_flags::MAPPING,
            None => 0,
        };
        // Built-in classes stay what they are: a str is no sequence to a pattern.
        if cls.is_heap() {
            cls.flags.set(cls.flags.get() | flag);
        }
        Ok(Value::NONE)
    };
};
