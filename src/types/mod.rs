//! The built-in types.

pub mod args;
pub mod bool;
pub mod dict;
pub mod exception;
pub mod float;
pub mod int;
pub mod iterators;
pub mod list;
pub mod singletons;
pub mod slice;
pub mod str;
pub mod tuple;
pub mod type_;
pub mod wrappers;
