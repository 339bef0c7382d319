//! From text to syntax tree: tokens, indentation, grammar, and CPython's syntax errors.

pub mod ast;
