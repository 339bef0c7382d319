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
        tokens.push(Token { tok: Some(tok), span, level });
        before = r;
    }
    let end = source.len() as u32;
    let ending = match lexed.error {
        Some(_) => None,
        None if lexed.unclosed.is_some() => Some(Ending::Open),
        None => {
            tokens.push(Token { tok: None, span: Span::new(end, end), level });
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
