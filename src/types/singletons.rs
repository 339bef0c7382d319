//! The types of `None`, `NotImplemented` and `...`.

use crate::object::{Head, Layout, Type};

/// The type of `None`.
pub static NONE_TYPE: Type = Type::builtin::<Head>("NoneType", Layout::Other, "", &[]);
/// The type of `NotImplemented`.
pub static NOT_IMPLEMENTED_TYPE: Type = Type::builtin::<Head>("NotImplementedType", Layout::Other, "", &[]);
/// The type of `...`.
pub static ELLIPSIS_TYPE: Type = Type::builtin::<Head>("ellipsis", Layout::Other, "", &[]);
