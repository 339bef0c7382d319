//! The built-in types.

pub mod args;
pub mod bool;
pub mod bytes;
pub mod dict;
pub mod exception;
pub mod float;
pub mod format;
pub mod function;
pub mod int;
pub mod iterators;
pub mod lazy;
pub mod list;
pub mod module;
pub mod object;
pub mod range;
pub mod sequence;
pub mod set;
pub mod singletons;
pub mod slice;
pub mod str;
pub mod traceback;
pub mod tuple;
pub mod type_;
pub mod weakref;
pub mod wrappers;
