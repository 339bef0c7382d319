//! Native methods that call slots.

use crate::object::{Dict, Type};

/// See [`crate::protocol::slots::add_wrappers`].
pub fn add(_ty: &'static Type, _dict: &Dict) {}
