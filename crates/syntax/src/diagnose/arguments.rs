//! The arguments of calls and classes.

use super::expressions::MEANT_EQUAL;
use super::machine::{Machine, Match, Miss, choice};
use super::{Kind, Node, Rule};
use crate::ast::Span;
use crate::token::Tok;

/// What messages need to know of arguments that are right so far.
#[derive(Default)]
struct Arguments {
    /// How many are positional, starred ones included.
    positional: usize,
    /// The last of these.
    last: Span,
    /// Whether there are more than positional ones.
    keywords: bool,
    /// Whether there is a `**`.
    unpacks: bool,
}

/// One argument.
enum Argument {
    Positional(Span),
    Starred(Span),
    Named,
    Unpacked,
}

impl<'a> Machine<'a> {
    pub fn arguments(&mut self) -> Match<Node> {
        self.memo(Rule::Arguments, |p| {
            choice!(
                p as p;
                {
                    p.args()?;
                    p.optional(|p| p.expect(Tok::Comma))?;
                    p.require(|t| t == Tok::RParen)?;
                    Ok(Node::new(Kind::Other, p.last().span))
                },
                p.invalid(Self::invalid_arguments),
            )
        })
    }

    fn args(&mut self) -> Match<Arguments> {
        let all = self.all_args()?;
        let mut found = Arguments::default();
        // Starred ones among the keywords come after the others.
        let starred = |a: &&Argument| matches!(a, Argument::Starred(_));
        let positional = |a: &&Argument| matches!(a, Argument::Positional(_));
        for a in all.iter().filter(positional).chain(all.iter().filter(starred)) {
            if let Argument::Positional(span) | Argument::Starred(span) = a {
                found.positional += 1;
                found.last = *span;
            }
        }
        found.keywords = all.iter().any(|a| !matches!(a, Argument::Positional(_)));
        found.unpacks = all.iter().any(|a| matches!(a, Argument::Unpacked));
        Ok(found)
    }

    fn all_args(&mut self) -> Match<Vec<Argument>> {
        choice!(
            self as p;
            {
                let mut all = p.separated(Tok::Comma, |p| {
                    choice!(
                        p as p;
                        p.starred_expression().map(|e| Argument::Positional(e.span)),
                        {
                            let e = p.walrus_or_expression()?;
                            p.refuse(|t| t == Tok::Equal)?;
                            Ok(Argument::Positional(e.span))
                        },
                    )
                })?;
                let rest = p.optional(|p| {
                    p.expect(Tok::Comma)?;
                    p.kwargs()
                })?;
                all.extend(rest.unwrap_or_default());
                Ok(all)
            },
            p.kwargs(),
        )
    }

    fn kwargs(&mut self) -> Match<Vec<Argument>> {
        choice!(
            self as p;
            {
                let mut all = p.separated(Tok::Comma, |p| p.keyword(Self::starred_argument))?;
                p.expect(Tok::Comma)?;
                all.extend(p.separated(Tok::Comma, |p| p.keyword(Self::unpacked_argument))?);
                Ok(all)
            },
            p.separated(Tok::Comma, |p| p.keyword(Self::starred_argument)),
            p.separated(Tok::Comma, |p| p.keyword(Self::unpacked_argument)),
        )
    }

    fn starred_argument(&mut self) -> Match<Argument> {
        self.starred_expression().map(|e| Argument::Starred(e.span))
    }

    fn unpacked_argument(&mut self) -> Match<Argument> {
        self.expect(Tok::DoubleStar)?;
        self.expression().map(|_| Argument::Unpacked)
    }

    /// `name=value`, or what may stand among those.
    fn keyword(&mut self, other: fn(&mut Self) -> Match<Argument>) -> Match<Argument> {
        choice!(
            self as p;
            p.invalid(Self::invalid_keyword),
            {
                p.name()?;
                p.expect(Tok::Equal)?;
                p.expression().map(|_| Argument::Named)
            },
            other(p),
        )
    }

    fn invalid_keyword(&mut self) -> Match<Argument> {
        choice!(
            self as p;
            {
                let a = p.constant()?;
                let b = p.expect(Tok::Equal)?;
                Err(p.complain(format!("cannot assign to {}", a.kind.describe()), a.span.to(b)))
            },
            p.invalid_named_generator().map(|_| Argument::Named),
            {
                p.not(|p| {
                    p.name()?;
                    p.expect(Tok::Equal)
                })?;
                let a = p.expression()?;
                let b = p.expect(Tok::Equal)?;
                let message = "expression cannot contain assignment, perhaps you meant \"==\"?";
                Err(p.complain(message, a.span.to(b)))
            },
        )
    }

    /// `name = e for ...`
    fn invalid_named_generator(&mut self) -> Match<Node> {
        let a = self.name()?;
        let b = self.expect(Tok::Equal)?;
        self.expression()?;
        self.for_if_clauses()?;
        Err(self.complain(MEANT_EQUAL, a.span.to(b)))
    }

    fn invalid_arguments(&mut self) -> Match<Node> {
        const UNPARENTHESIZED: &str = "Generator expression must be parenthesized";
        choice!(
            self as p;
            {
                if !p.args()?.keywords {
                    return Err(Miss::No);
                }
                p.expect(Tok::Comma)?;
                let a = p.expect(Tok::Star)?;
                Err(p.complain("iterable argument unpacking follows keyword argument unpacking", a))
            },
            {
                let a = p.expression()?;
                let last = p.for_if_clauses()?;
                p.expect(Tok::Comma)?;
                p.optional(|p| {
                    choice!(
                        p as p;
                        p.args().map(|_| ()),
                        {
                            p.expression()?;
                            p.for_if_clauses().map(|_| ())
                        },
                    )
                })?;
                Err(p.complain(UNPARENTHESIZED, a.span.to(last)))
            },
            p.invalid_named_generator(),
            {
                let a = p.args()?;
                let last = p.for_if_clauses()?;
                if a.positional <= 1 {
                    return Err(Miss::Cut);
                }
                Err(p.complain(UNPARENTHESIZED, a.last.to(last)))
            },
            {
                p.args()?;
                p.expect(Tok::Comma)?;
                let a = p.expression()?;
                let last = p.for_if_clauses()?;
                Err(p.complain(UNPARENTHESIZED, a.span.to(last)))
            },
            {
                let a = p.args()?;
                p.expect(Tok::Comma)?;
                p.args()?;
                let what = if a.unpacks { " unpacking" } else { "" };
                Err(p.complain_here(format!("positional argument follows keyword argument{what}")))
            },
        )
    }
}
