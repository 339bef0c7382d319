//! The tokens that the rules read, made from the lexer's.

use super::machine::{Ending, Machine, Token};
use super::place::Places;
use crate::Mode;
use crate::ast::Span;
use crate::lexer;
use crate::token::Tok;

/// The machine for a text.
pub(super) fn machine(source: &str, mode: Mode) -> Machine<'_> {
    let lexed = lexer::scan(source, 0, lexer::Context::Source);
    let mut tokens = Vec::with_capacity(lexed.list.len() + 1);
    let (mut level, mut before) = (0usize, 0);
    for (l, tok, r) in lexed.list {
        let span = match tok {
            // It starts where a comment before it does.
            Tok::Newline => Span::new(comment_start(source, before, l), l),
            _ => Span::new(l, r),
        };
        match tok {
            Tok::LParen | Tok::LBracket | Tok::LBrace => level += 1,
            Tok::RParen | Tok::RBracket | Tok::RBrace => level = level.saturating_sub(1),
            _ => {}
        }
        let is_placeless = matches!(tok, Tok::Indent | Tok::Dedent);
        tokens.push(Token { tok: Some(tok), span, level, is_placeless });
        before = r;
    }
    let end = source.len() as u32;
    let ending = match lexed.error {
        Some(_) => None,
        None if lexed.unclosed.is_some() => Some(Ending::Open),
        None => {
            finish(source, mode, &mut tokens);
            tokens.push(Token { tok: None, span: Span::new(end, end), level, is_placeless: true });
            Some(Ending::Clean)
        }
    };
    let places = Places::new(source, mode, &tokens);
    let ending = match (ending, lexed.error) {
        (None, Some(e)) => Ending::Fault(places.fault(e)),
        (ending, _) => ending.unwrap_or(Ending::Clean),
    };
    Machine::new(places, tokens, ending, lexed.unclosed)
}

/// Where the comment starts that fills the rest of the line before `end`; `end` if there is none.
fn comment_start(source: &str, before: u32, end: u32) -> u32 {
    let gap = source.get(before as usize..end as usize).unwrap_or_default();
    gap.find('#').map_or(end, |n| before + n as u32)
}

/// Where one statement or expression is read, CPython's tokenizer ends an unfinished line differently from the
/// lexer: not at all for an expression, and for a statement with a line end that has no column, before the
/// dedents. A statement gets such a line end after the dedents, too.
fn finish(source: &str, mode: Mode, tokens: &mut Vec<Token<'_>>) {
    let end = source.len() as u32;
    if mode == Mode::Module || tokens.is_empty() {
        return;
    }
    let real = tokens.iter().rposition(|t| t.span.start < end).map_or(0, |i| i + 1);
    let added = tokens.split_off(real);
    let dedents = added.iter().filter(|t| t.tok == Some(Tok::Dedent));
    let newline = Token { tok: Some(Tok::Newline), span: Span::new(end, end), level: 0, is_placeless: true };
    if mode == Mode::Expression {
        return tokens.extend(dedents);
    }
    let is_unfinished = !source.ends_with(['\n', '\r']);
    if is_unfinished {
        tokens.push(newline);
    }
    if !is_unfinished || added.iter().any(|t| t.tok == Some(Tok::Dedent)) {
        tokens.extend(dedents);
        tokens.push(newline);
    }
}
