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

/// The text that an error inside an f-string's braces shows instead of the source line: CPython 3.11
/// parses such an expression on its own, between parentheses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fragment {
    /// The expression between parentheses.
    pub text: String,
    /// The line, from 1, that goes with it.
    pub line: u32,
    /// The column, from 1, in characters of `text`, at which the caret starts.
    pub column: u32,
    /// The column just past the caret.
    pub end_column: u32,
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
    /// For an error inside an f-string's braces, what to show instead of the source line.
    pub fragment: Option<Fragment>,
}

impl SyntaxError {
    /// A plain `SyntaxError` at a place.
    pub fn new(message: impl Into<String>, span: Span) -> SyntaxError {
        SyntaxError {
            kind: SyntaxErrorKind::SyntaxError,
            message: message.into(),
            span: Some(span),
            incomplete: false,
            fragment: None,
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
