//! `dict`

use crate::object::{Head, Layout, Type};

/// The type `dict`.
pub static DICT: Type = Type::builtin::<Head>("dict", Layout::Dict, "", &[]);
