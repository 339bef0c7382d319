//! What stands in brackets: groups, tuples, lists, dictionaries, sets and comprehensions.

use super::machine::{Machine, Match, Miss, choice};
use super::{Kind, Node};
use crate::ast::Span;
use crate::token::Tok;

impl<'a> Machine<'a> {
    pub fn group(&mut self) -> Match<Node> {
        choice!(
            self as p;
            {
                p.expect(Tok::LParen)?;
                let e = p.yield_or_named()?;
                p.expect(Tok::RParen)?;
                Ok(e)
            },
            p.invalid(Self::invalid_group),
        )
    }

    fn yield_or_named(&mut self) -> Match<Node> {
        choice!(self as p; p.yield_expr(), p.named_expression())
    }

    fn invalid_group(&mut self) -> Match<Node> {
        choice!(
            self as p;
            {
                p.expect(Tok::LParen)?;
                let a = p.starred_expression()?;
                p.expect(Tok::RParen)?;
                Err(p.complain("cannot use starred expression here", a.span))
            },
            {
                p.expect(Tok::LParen)?;
                let a = p.expect(Tok::DoubleStar)?;
                p.expression()?;
                p.expect(Tok::RParen)?;
                Err(p.complain("cannot use double starred expression here", a))
            },
        )
    }

    pub fn tuple(&mut self) -> Match<Node> {
        let l = self.expect(Tok::LParen)?.start;
        let items = self.optional(|p| {
            let first = p.star_named_expression()?;
            p.expect(Tok::Comma)?;
            let rest = p.optional(Self::star_named_expressions)?;
            Ok(std::iter::once(first).chain(rest.unwrap_or_default()).collect::<Vec<_>>())
        })?;
        self.expect(Tok::RParen)?;
        let span = self.span_from(l);
        Ok(self.parent(Kind::Tuple, span, &items.unwrap_or_default()))
    }

    pub fn list(&mut self) -> Match<Node> {
        let l = self.expect(Tok::LBracket)?.start;
        let items = self.optional(Self::star_named_expressions)?;
        self.expect(Tok::RBracket)?;
        let span = self.span_from(l);
        Ok(self.parent(Kind::List, span, &items.unwrap_or_default()))
    }

    pub fn set(&mut self) -> Match<Node> {
        let l = self.expect(Tok::LBrace)?.start;
        self.star_named_expressions()?;
        self.expect(Tok::RBrace)?;
        Ok(Node::new(Kind::Set, self.span_from(l)))
    }

    pub fn dict(&mut self) -> Match<Node> {
        choice!(
            self as p;
            {
                let l = p.expect(Tok::LBrace)?.start;
                p.optional(|p| {
                    p.separated(Tok::Comma, Self::dict_item)?;
                    p.optional(|p| p.expect(Tok::Comma))
                })?;
                p.expect(Tok::RBrace)?;
                Ok(Node::new(Kind::Dict, p.span_from(l)))
            },
            {
                p.expect(Tok::LBrace)?;
                // On even where complaints are off: the braces around it hide it from what turns them off.
                p.invalid_dict_items()
            },
        )
    }

    fn dict_item(&mut self) -> Match<()> {
        choice!(
            self as p;
            {
                p.expect(Tok::DoubleStar)?;
                p.bitwise_or().map(|_| ())
            },
            p.key_and_value(),
        )
    }

    fn key_and_value(&mut self) -> Match<()> {
        self.expression()?;
        self.expect(Tok::Colon)?;
        self.expression().map(|_| ())
    }

    fn invalid_dict_items(&mut self) -> Match<Node> {
        choice!(
            self as p;
            {
                p.separated(Tok::Comma, Self::dict_item)?;
                p.expect(Tok::Comma)?;
                p.invalid_item(true)
            },
            p.invalid_item(false),
        )
    }

    /// A key or value that is missing or starred. `last`: items stand before it, and it may be a key alone.
    fn invalid_item(&mut self, last: bool) -> Match<Node> {
        choice!(
            self as p;
            {
                if !last {
                    return Err(Miss::No);
                }
                let a = p.expression()?;
                p.refuse(|t| t == Tok::Colon)?;
                Err(p.complain_before_end("':' expected after dictionary key", a.span))
            },
            {
                p.expression()?;
                p.expect(Tok::Colon)?;
                let a = p.expect(Tok::Star)?;
                p.bitwise_or()?;
                Err(p.complain_from("cannot use a starred expression in a dictionary value", a.start))
            },
            {
                p.expression()?;
                let a = p.expect(Tok::Colon)?;
                p.require(|t| matches!(t, Tok::RBrace | Tok::Comma))?;
                Err(p.complain("expression expected after dictionary key and ':'", a))
            },
        )
    }

    // Comprehensions.

    /// The clauses; where the last one's last expression ends.
    pub fn for_if_clauses(&mut self) -> Match<Span> {
        let clauses = self.some(Self::for_if_clause)?;
        Ok(clauses.last().copied().unwrap_or_default())
    }

    fn for_if_clause(&mut self) -> Match<Span> {
        choice!(
            self as p;
            {
                p.expect(Tok::Async)?;
                p.for_clause()
            },
            p.for_clause(),
            p.invalid(Self::invalid_for_target).map(|n| n.span),
        )
    }

    fn for_clause(&mut self) -> Match<Span> {
        self.expect(Tok::For)?;
        self.star_targets()?;
        self.expect(Tok::In)?;
        // From here on it can be nothing else.
        let cut = |miss| if miss == Miss::No { Miss::Cut } else { miss };
        let iter = self.disjunction().map_err(cut)?;
        let tests = self.many(|p| {
            p.expect(Tok::If)?;
            p.disjunction()
        })?;
        Ok(tests.last().unwrap_or(&iter).span)
    }

    /// `for` with a target that is none.
    pub fn invalid_for_target(&mut self) -> Match<Node> {
        self.optional(|p| p.expect(Tok::Async))?;
        self.expect(Tok::For)?;
        let a = self.star_expressions()?;
        self.complain_target(a, super::targets::Context::For)
    }

    pub fn listcomp(&mut self) -> Match<Node> {
        self.comprehension(Tok::LBracket, Tok::RBracket, Kind::ListComp)
    }

    pub fn setcomp(&mut self) -> Match<Node> {
        self.comprehension(Tok::LBrace, Tok::RBrace, Kind::SetComp)
    }

    pub fn genexp(&mut self) -> Match<Node> {
        self.comprehension(Tok::LParen, Tok::RParen, Kind::GeneratorExp)
    }

    fn comprehension(&mut self, open: Tok<'static>, close: Tok<'static>, kind: Kind) -> Match<Node> {
        choice!(
            self as p;
            {
                let l = p.expect(open)?.start;
                if kind == Kind::GeneratorExp {
                    p.walrus_or_expression()?;
                } else {
                    p.named_expression()?;
                }
                p.for_if_clauses()?;
                p.expect(close)?;
                Ok(Node::new(kind, p.span_from(l)))
            },
            p.invalid(Self::invalid_comprehension),
        )
    }

    fn invalid_comprehension(&mut self) -> Match<Node> {
        const UNPARENTHESIZED: &str = "did you forget parentheses around the comprehension target?";
        let display = |t: Tok<'_>| matches!(t, Tok::LBracket | Tok::LBrace);
        choice!(
            self as p;
            {
                p.expect_if(|t| t == Tok::LParen || display(t))?;
                let a = p.starred_expression()?;
                p.for_if_clauses()?;
                Err(p.complain("iterable unpacking cannot be used in comprehension", a.span))
            },
            {
                p.expect_if(display)?;
                let a = p.star_named_expression()?;
                p.expect(Tok::Comma)?;
                let b = p.star_named_expressions()?;
                p.for_if_clauses()?;
                let last = b.last().map_or(a.span, |n| n.span);
                Err(p.complain(UNPARENTHESIZED, a.span.to(last)))
            },
            {
                p.expect_if(display)?;
                let a = p.star_named_expression()?;
                let b = p.expect(Tok::Comma)?;
                p.for_if_clauses()?;
                Err(p.complain(UNPARENTHESIZED, a.span.to(b)))
            },
        )
    }

    pub fn dictcomp(&mut self) -> Match<Node> {
        choice!(
            self as p;
            {
                let l = p.expect(Tok::LBrace)?.start;
                p.key_and_value()?;
                p.for_if_clauses()?;
                p.expect(Tok::RBrace)?;
                Ok(Node::new(Kind::DictComp, p.span_from(l)))
            },
            p.invalid(|p| {
                p.expect(Tok::LBrace)?;
                let a = p.expect(Tok::DoubleStar)?;
                p.bitwise_or()?;
                p.for_if_clauses()?;
                p.expect(Tok::RBrace)?;
                Err(p.complain("dict unpacking cannot be used in dict comprehension", a))
            }),
        )
    }
}
