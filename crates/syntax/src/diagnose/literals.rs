//! String literals: what is wrong inside of them.

use super::machine::{Machine, Match};
use super::{Kind, Node, Rule};
use crate::ast::{ExprKind, Span};
use crate::token::Tok;
use lalrpop_util::ParseError;

impl<'a> Machine<'a> {
    /// Adjacent literals. Their content is looked at as soon as the token after them has been read.
    pub fn strings(&mut self) -> Match<Node> {
        self.memo(Rule::Strings, |p| {
            let parts = p.some(|p| p.expect_if(|t| matches!(t, Tok::Str(_))))?;
            let parts: Vec<(u32, &str, u32)> =
                parts.iter().map(|t| (t.span.start, p.places.slice(t.span), t.span.end)).collect();
            let span = Span::new(parts[0].0, parts[parts.len() - 1].2);
            let arena = bumpalo::Bump::new();
            match crate::string::literal(&arena, &parts) {
                Ok(e) => {
                    let formatted = matches!(e.kind, ExprKind::JoinedStr { .. });
                    Ok(Node::new(if formatted { Kind::FString } else { Kind::Literal }, span))
                }
                Err(ParseError::User { error }) if error.place.is_some() => Err(p.raise(error)),
                Err(ParseError::User { error }) => match error.span {
                    Some(span) => Err(p.complain(error.message, span)),
                    None => Err(p.complain_here(error.message)),
                },
                Err(_) => Err(p.complain_here("invalid syntax")),
            }
        })
    }
}
