//! `bool`

use crate::object::{Head, Layout, Type};

/// The type `bool`.
pub static BOOL: Type = Type::builtin::<Head>("bool", Layout::Int, "", &[]);
