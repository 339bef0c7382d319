//! Tokens as text, for `--tokens`.

use crate::error::SyntaxError;
use crate::lexer::{self, Context};
use crate::line_index::LineIndex;
use std::fmt::Write;

/// One token a line: where it starts and ends, its kind, its text.
///
/// # Errors
/// The complaint about a malformed token.
pub fn dump_tokens(source: &str) -> Result<String, SyntaxError> {
    let tokens = lexer::tokenize(source, 0, Context::Source);
    if let Some(e) = tokens.error {
        return Err(e);
    }
    let index = LineIndex::new(source.to_owned());
    let mut out = String::new();
    for (l, token, r) in tokens.list {
        let ((line, column), (end_line, end_column)) = (index.position(l), index.position(r));
        let text = &source[l as usize..r as usize];
        let place = format!("{line}:{column}-{end_line}:{end_column}");
        let _ = writeln!(out, "{place:<14}{:<10}{text:?}", token.kind_name());
    }
    Ok(out)
}
