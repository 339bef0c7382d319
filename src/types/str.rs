//! `str`

use crate::object::{Head, Layout, Type};

/// The type `str`.
pub static STR: Type = Type::builtin::<Head>("str", Layout::Str, "", &[]);
