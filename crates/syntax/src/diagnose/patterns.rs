//! The patterns of `match`.

use super::machine::{Machine, Match, choice};
use super::{Kind, Node, Rule};
use crate::ast::Span;
use crate::token::Tok;

fn is_sign(t: Tok<'_>) -> bool {
    matches!(t, Tok::Plus | Tok::Minus)
}

/// What makes a name something else than a capture.
fn continues(t: Tok<'_>) -> bool {
    matches!(t, Tok::Dot | Tok::LParen | Tok::Equal)
}

impl<'a> Machine<'a> {
    pub fn patterns(&mut self) -> Match<()> {
        choice!(self as p; p.open_sequence(), p.pattern().map(|_| ()))
    }

    fn pattern(&mut self) -> Match<Node> {
        choice!(self as p; p.as_pattern(), p.or_pattern())
    }

    fn as_pattern(&mut self) -> Match<Node> {
        choice!(
            self as p;
            {
                let inner = p.or_pattern()?;
                p.expect(Tok::As)?;
                p.capture_target()?;
                Ok(Node::new(Kind::Other, p.span_from(inner.span.start)))
            },
            p.invalid(Self::invalid_as_pattern),
        )
    }

    fn invalid_as_pattern(&mut self) -> Match<Node> {
        choice!(
            self as p;
            {
                p.or_pattern()?;
                p.expect(Tok::As)?;
                let a = p.soft("_")?;
                Err(p.complain("cannot use '_' as a target", a))
            },
            {
                p.or_pattern()?;
                p.expect(Tok::As)?;
                p.refuse(|t| matches!(t, Tok::Name(_)))?;
                let a = p.expression()?;
                Err(p.complain("invalid pattern target", a.span))
            },
        )
    }

    fn or_pattern(&mut self) -> Match<Node> {
        let all = self.separated(Tok::VBar, Self::closed_pattern)?;
        let l = all.first().map_or(0, |n| n.span.start);
        Ok(Node::new(Kind::Other, self.span_from(l)))
    }

    fn closed_pattern(&mut self) -> Match<Node> {
        self.memo(Rule::ClosedPattern, |p| {
            let l = p.here()?;
            p.closed()?;
            Ok(Node::new(Kind::Other, p.span_from(l)))
        })
    }

    fn closed(&mut self) -> Match<()> {
        choice!(
            self as p;
            p.literal_pattern(),
            p.capture_target().map(|_| ()),
            p.soft("_").map(|_| ()),
            {
                p.dotted_value()?;
                p.refuse(continues)
            },
            {
                p.expect(Tok::LParen)?;
                p.pattern()?;
                p.expect(Tok::RParen).map(|_| ())
            },
            {
                p.expect(Tok::LBracket)?;
                p.optional(Self::maybe_sequence)?;
                p.expect(Tok::RBracket).map(|_| ())
            },
            {
                p.expect(Tok::LParen)?;
                p.optional(Self::open_sequence)?;
                p.expect(Tok::RParen).map(|_| ())
            },
            p.mapping_pattern(),
            p.class_pattern(),
        )
    }

    fn literal_pattern(&mut self) -> Match<()> {
        choice!(
            self as p;
            {
                p.signed_number()?;
                p.refuse(is_sign)
            },
            p.complex_number(),
            p.strings().map(|_| ()),
            p.constant().map(|_| ()),
        )
    }

    fn complex_number(&mut self) -> Match<()> {
        self.optional(|p| p.expect(Tok::Minus))?;
        let real = self.number()?;
        let is_imaginary = |p: &Self, span| p.places.slice(span).ends_with(['j', 'J']);
        if is_imaginary(self, real) {
            return Err(self.complain("real number required in complex literal", real));
        }
        self.expect_if(is_sign)?;
        let imaginary = self.number()?;
        if !is_imaginary(self, imaginary) {
            return Err(self.complain("imaginary number required in complex literal", imaginary));
        }
        Ok(())
    }

    fn number(&mut self) -> Match<Span> {
        self.expect_if(|t| matches!(t, Tok::Number(_))).map(|t| t.span)
    }

    fn signed_number(&mut self) -> Match<Span> {
        self.optional(|p| p.expect(Tok::Minus))?;
        self.number()
    }

    fn capture_target(&mut self) -> Match<Span> {
        let name = self.expect_if(|t| matches!(t, Tok::Name(n) if n != "_"))?;
        self.refuse(continues)?;
        Ok(name.span)
    }

    /// `a.b.c`
    fn dotted_value(&mut self) -> Match<()> {
        self.name()?;
        self.some(|p| {
            p.expect(Tok::Dot)?;
            p.name()
        })
        .map(|_| ())
    }

    fn open_sequence(&mut self) -> Match<()> {
        self.maybe_star()?;
        self.expect(Tok::Comma)?;
        self.optional(Self::maybe_sequence).map(|_| ())
    }

    fn maybe_sequence(&mut self) -> Match<()> {
        self.separated(Tok::Comma, Self::maybe_star)?;
        self.optional(|p| p.expect(Tok::Comma)).map(|_| ())
    }

    fn maybe_star(&mut self) -> Match<Node> {
        choice!(self as p; p.star_pattern(), p.pattern())
    }

    fn star_pattern(&mut self) -> Match<Node> {
        self.memo(Rule::StarPattern, |p| {
            let star = p.expect(Tok::Star)?;
            choice!(
                p as p;
                {
                    p.capture_target()?;
                    Ok(Node::new(Kind::Other, p.span_from(star.start)))
                },
                {
                    p.soft("_")?;
                    Ok(Node::new(Kind::Other, p.span_from(star.start)))
                },
            )
        })
    }

    fn mapping_pattern(&mut self) -> Match<()> {
        let close = |p: &mut Self| {
            p.optional(|p| p.expect(Tok::Comma))?;
            p.expect(Tok::RBrace).map(|_| ())
        };
        choice!(
            self as p;
            {
                p.expect(Tok::LBrace)?;
                p.expect(Tok::RBrace).map(|_| ())
            },
            {
                p.expect(Tok::LBrace)?;
                p.double_star()?;
                close(p)
            },
            {
                p.expect(Tok::LBrace)?;
                p.separated(Tok::Comma, Self::key_pattern)?;
                p.expect(Tok::Comma)?;
                p.double_star()?;
                close(p)
            },
            {
                p.expect(Tok::LBrace)?;
                p.separated(Tok::Comma, Self::key_pattern)?;
                close(p)
            },
        )
    }

    fn double_star(&mut self) -> Match<Span> {
        self.expect(Tok::DoubleStar)?;
        self.capture_target()
    }

    fn key_pattern(&mut self) -> Match<()> {
        self.key()?;
        self.expect(Tok::Colon)?;
        self.pattern().map(|_| ())
    }

    fn key(&mut self) -> Match<()> {
        choice!(self as p; p.literal_pattern(), p.dotted_value())
    }

    fn class_pattern_head(&mut self) -> Match<()> {
        self.separated(Tok::Dot, Self::name)?;
        self.expect(Tok::LParen).map(|_| ())
    }

    fn positional_patterns(&mut self) -> Match<Vec<Node>> {
        self.separated(Tok::Comma, Self::pattern)
    }

    fn keyword_patterns(&mut self) -> Match<()> {
        self.separated(Tok::Comma, |p| {
            p.name()?;
            p.expect(Tok::Equal)?;
            p.pattern()
        })
        .map(|_| ())
    }

    fn class_pattern(&mut self) -> Match<()> {
        let close = |p: &mut Self| {
            p.optional(|p| p.expect(Tok::Comma))?;
            p.expect(Tok::RParen).map(|_| ())
        };
        choice!(
            self as p;
            {
                p.class_pattern_head()?;
                p.expect(Tok::RParen).map(|_| ())
            },
            {
                p.class_pattern_head()?;
                p.positional_patterns()?;
                close(p)
            },
            {
                p.class_pattern_head()?;
                p.keyword_patterns()?;
                close(p)
            },
            {
                p.class_pattern_head()?;
                p.positional_patterns()?;
                p.expect(Tok::Comma)?;
                p.keyword_patterns()?;
                close(p)
            },
            p.invalid(|p| {
                p.class_pattern_head()?;
                p.optional(|p| {
                    p.positional_patterns()?;
                    p.expect(Tok::Comma)
                })?;
                p.keyword_patterns()?;
                p.expect(Tok::Comma)?;
                let late = p.positional_patterns()?;
                let span = late.first().zip(late.last()).map_or(Span::default(), |(a, b)| a.span.to(b.span));
                Err(p.complain("positional patterns follow keyword patterns", span))
            }),
        )
    }
}
