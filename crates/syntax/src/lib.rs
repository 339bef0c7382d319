//! From text to syntax tree: tokens, indentation, grammar, and CPython's syntax errors.

pub mod ast;

/// Where the lines of a source start.
#[derive(Debug, PartialEq)]
pub struct LineIndex {}
