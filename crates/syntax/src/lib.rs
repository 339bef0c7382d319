//! From text to syntax tree: tokens, indentation, grammar, and CPython's syntax errors.

pub mod ast;
mod ast_dump;
mod build;
mod complete;
mod decode;
mod diagnose;
mod dump;
mod error;
mod lexer;
mod line_index;
pub mod names;
mod number;
mod parse;
mod soft;
mod string;
pub mod surrogate;
mod token;
mod unparse;
pub mod walk;
mod warn;

pub use ast_dump::dump;
pub use complete::{is_cut, is_incomplete};
pub use decode::{DecodeError, decode};
pub use dump::dump_tokens;
pub use error::{Place, SyntaxError, SyntaxErrorKind};
pub use line_index::LineIndex;
pub use parse::parse;
pub use unparse::unparse;
pub use warn::{Category, Warning, warnings};

/// What kind of text to parse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// A file, or the argument of `-c`.
    Module,
    /// What was typed at a prompt.
    Interactive,
    /// A single expression: the argument of `eval`.
    Expression,
}

#[allow(missing_docs, unreachable_pub, dead_code, clippy::all)]
mod grammar {
    lalrpop_util::lalrpop_mod!(python);
    pub use python::TopParser;
}
