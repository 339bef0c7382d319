//! What is wrong with a source text, and where.

use crate::ast::Span;

/// Which exception a [`SyntaxError`] becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // the names of Python's exceptions
pub enum SyntaxErrorKind {
    SyntaxError,
    IndentationError,
    TabError,
    RecursionError,
    MemoryError,
}

impl SyntaxErrorKind {
    /// The name of the exception.
    pub fn name(self) -> &'static str {
        match self {
            SyntaxErrorKind::SyntaxError => "SyntaxError",
            SyntaxErrorKind::IndentationError => "IndentationError",
            SyntaxErrorKind::TabError => "TabError",
            SyntaxErrorKind::RecursionError => "RecursionError",
            SyntaxErrorKind::MemoryError => "MemoryError",
        }
    }
}

/// Where CPython says that an error is. Lines and columns count from 1; a column that CPython does not know is 0 or -1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The offset of the expression that the lines are counted in, for an error inside an f-string's braces:
    /// CPython 3.11 parses such an expression on its own, between parentheses.
    pub base: Option<u32>,
    /// Whether it is a malformed token.
    pub is_lexical: bool,
    /// The line.
    pub line: u32,
    /// The column, in characters, at which the caret starts.
    pub column: i64,
    /// The line where it ends.
    pub end_line: u32,
    /// The column just past the caret.
    pub end_column: i64,
    /// The text that is shown if the source is no file.
    pub text: Option<String>,
}

/// A source text that is no Python.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// Which exception to raise.
    pub kind: SyntaxErrorKind,
    /// CPython's message.
    pub message: String,
    /// Where to put the caret; an empty span is a caret under one character.
    pub span: Option<Span>,
    /// Whether more input at a prompt could make the text valid.
    pub incomplete: bool,
    /// CPython's own idea of where it is, if that differs from the span.
    pub place: Option<Place>,
}

impl SyntaxError {
    /// A plain `SyntaxError` at a place.
    pub fn new(message: impl Into<String>, span: Span) -> SyntaxError {
        SyntaxError {
            kind: SyntaxErrorKind::SyntaxError,
            message: message.into(),
            span: Some(span),
            incomplete: false,
            place: None,
        }
    }

    /// An `IndentationError` at a place.
    pub fn indentation(message: impl Into<String>, span: Span) -> SyntaxError {
        SyntaxError { kind: SyntaxErrorKind::IndentationError, ..SyntaxError::new(message, span) }
    }
}

impl std::fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.kind.name(), self.message)
    }
}

impl std::error::Error for SyntaxError {}
