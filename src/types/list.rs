//! `list`

use crate::object::{Head, Layout, Type};

/// The type `list`.
pub static LIST: Type = Type::builtin::<Head>("list", Layout::List, "", &[]);
