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
mod future;
mod pattern;
mod scope;
mod stmt;
mod symbols;
mod try_stmt;
mod unit;
mod warn;

use crate::code::{Code, Source};
use minipy_syntax::ast::{Mod, Span};
pub use scope::mangle;
use std::sync::Arc;
pub use warn::Warning;

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
    /// Whether it is known where that ends.
    pub has_end: bool,
    /// Whether it is of a pass before the compiler's, as that over the names: CPython then keeps the place out of the
    /// arguments.
    pub is_of_names: bool,
}

impl CompileError {
    /// A `SyntaxError`.
    pub fn syntax(message: impl Into<String>, span: Span) -> CompileError {
        CompileError {
            kind: ErrorKind::Syntax,
            message: message.into(),
            span,
            has_end: true,
            is_of_names: false,
        }
    }

    /// A `SyntaxError` of the pass that tells what each name is.
    pub(crate) fn of_names(message: impl Into<String>, span: Span) -> CompileError {
        CompileError { is_of_names: true, ..CompileError::syntax(message, span) }
    }

    pub(crate) fn recursion() -> CompileError {
        let message = "maximum recursion depth exceeded during compilation";
        CompileError { kind: ErrorKind::Recursion, ..CompileError::syntax(message, Span::default()) }
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
    compile_warned(module, source, names).map(|(code, _)| code)
}

/// As [`compile`], with the warnings.
///
/// # Errors
/// As [`compile`].
pub fn compile_warned(
    module: &Mod,
    source: Arc<Source>,
    names: Names,
) -> Result<(Code, Vec<Warning>), CompileError> {
    let table = scope::Table::new(module, names, future::features(module)?)?;
    let code = unit::module(module, &table, source)?;
    Ok((code, table.warnings))
}
