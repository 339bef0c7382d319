//! The built-in types.

pub mod args;
pub mod bool;
pub mod dict;
pub mod exception;
pub mod float;
pub mod int;
pub mod iterators;
pub mod lazy;
pub mod list;
pub mod range;
pub mod sequence;
pub mod set;
pub mod singletons;
pub mod slice;
pub mod str;
pub mod tuple;
pub mod type_;
pub mod wrappers;
