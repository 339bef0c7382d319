//! `tuple`

use crate::object::{Head, Layout, Type};

/// The type `tuple`.
pub static TUPLE: Type = Type::builtin::<Head>("tuple", Layout::Tuple, "", &[]);
