//! `type`

use crate::object::{Layout, Type};

/// The type `type`.
pub static TYPE: Type = Type::builtin::<Type>("type", Layout::Type, "", &[]);

/// `module.qualname`, without the module for builtins.
pub fn full_name(ty: &Type) -> String {
    ty.name().to_owned()
}
