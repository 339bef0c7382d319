//! The compiler: from a syntax tree to [`Code`].
//!
//! `scope` decides where each name lives; a [`unit::Unit`] then emits the instructions of one code object,
//! `expr` and `stmt` holding what is done for each node. Expressions are computed into a given register;
//! operands are read from the registers of locals without copying. Invariant: temporaries are used as a
//! stack, and everything above the top of it is dead.

mod asynchronous;
mod call;
mod class;
mod comprehension;
mod expr;
mod pattern;
mod scope;
mod stmt;
mod try_stmt;
mod unit;

use crate::code::{Code, Source};
use minipy_syntax::ast::{Mod, Span};
pub use scope::mangle;
use std::sync::Arc;

/// Which exception a [`CompileError`] becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// `SyntaxError`
    Syntax,
    /// `RecursionError`
    Recursion,
    /// A fused branch does not reach its target: compiled again with long jumps. Never leaves the compiler.
    TooFar,
}

/// A program that parses but means nothing, or too much.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompileError {
    /// Which exception.
    pub kind: ErrorKind,
    /// CPython's message.
    pub message: String,
    /// Where.
    pub span: Span,
}

impl CompileError {
    pub(crate) fn syntax(message: impl Into<String>, span: Span) -> CompileError {
        CompileError { kind: ErrorKind::Syntax, message: message.into(), span }
    }

    pub(crate) fn recursion() -> CompileError {
        let message = "maximum recursion depth exceeded during compilation".into();
        CompileError { kind: ErrorKind::Recursion, message, span: Span::default() }
    }

    pub(crate) fn unsupported(what: &str, span: Span) -> CompileError {
        CompileError::syntax(format!("{what} is not supported yet"), span)
    }
}

/// Where the names of a program's outermost block live.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names {
    /// In the globals, as those of a module.
    Global,
    /// In a namespace given when the code is run, then in the globals: for `exec` and `eval`.
    Namespace,
}

/// Compiles a program.
///
/// # Errors
/// CPython's complaints about what the grammar alone cannot see.
pub fn compile(module: &Mod, source: Arc<Source>, names: Names) -> Result<Code, CompileError> {
    let table = scope::Table::new(module, names)?;
    unit::module(module, &table, source)
}
