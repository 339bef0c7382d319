//! The parameters of functions and lambdas, which differ in what ends them and in that only the first may be
//! annotated.

use super::machine::{Machine, Match, Miss, choice};
use super::{Kind, Node};
use crate::ast::Span;
use crate::token::Tok;

/// Whose parameters.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Function,
    Lambda,
}

impl Style {
    /// What comes after the last one.
    fn end(self) -> Tok<'static> {
        match self {
            Style::Function => Tok::RParen,
            Style::Lambda => Tok::Colon,
        }
    }
}

/// Whether a parameter has a default value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Default {
    No,
    Yes,
    Maybe,
}

impl<'a> Machine<'a> {
    pub fn parameters(&mut self, style: Style) -> Match<()> {
        choice!(
            self as p;
            p.invalid(|p| p.invalid_parameters(style)),
            {
                p.slash_no_default(style)?;
                p.params(style, Default::No)?;
                p.params(style, Default::Yes)?;
                p.optional(|p| p.star_etc(style)).map(|_| ())
            },
            {
                p.slash_with_default(style)?;
                p.params(style, Default::Yes)?;
                p.optional(|p| p.star_etc(style)).map(|_| ())
            },
            {
                p.some(|p| p.param_item(style, Default::No))?;
                p.params(style, Default::Yes)?;
                p.optional(|p| p.star_etc(style)).map(|_| ())
            },
            {
                p.some(|p| p.param_item(style, Default::Yes))?;
                p.optional(|p| p.star_etc(style)).map(|_| ())
            },
            p.star_etc(style),
        )
    }

    fn params(&mut self, style: Style, default: Default) -> Match<Vec<Span>> {
        self.many(|p| p.param_item(style, default))
    }

    /// A parameter with what separates it from the next or ends the list.
    fn param_item(&mut self, style: Style, default: Default) -> Match<Span> {
        let param = self.param(style)?;
        match default {
            Default::No => {}
            Default::Yes => self.default()?,
            Default::Maybe => _ = self.optional(Self::default)?,
        }
        self.comma_or_end(style)?;
        Ok(param)
    }

    fn comma_or_end(&mut self, style: Style) -> Match<()> {
        if self.optional(|p| p.expect(Tok::Comma))?.is_none() {
            self.require(|t| t == style.end())?;
        }
        Ok(())
    }

    fn param(&mut self, style: Style) -> Match<Span> {
        let name = self.name()?;
        if style == Style::Function {
            self.optional(|p| {
                p.expect(Tok::Colon)?;
                p.expression()
            })?;
        }
        Ok(self.span_from(name.span.start))
    }

    /// `*args: *types`
    fn param_with_starred_annotation(&mut self) -> Match<()> {
        self.name()?;
        self.expect(Tok::Colon)?;
        self.star_expression()?;
        self.comma_or_end(Style::Function)
    }

    fn default(&mut self) -> Match<()> {
        choice!(
            self as p;
            {
                p.expect(Tok::Equal)?;
                p.expression().map(|_| ())
            },
            p.invalid(|p| {
                let a = p.expect(Tok::Equal)?;
                p.require(|t| matches!(t, Tok::RParen | Tok::Comma))?;
                Err(p.complain("expected default value expression", a))
            }),
        )
    }

    fn slash_no_default(&mut self, style: Style) -> Match<()> {
        self.some(|p| p.param_item(style, Default::No))?;
        self.expect(Tok::Slash)?;
        self.comma_or_end(style)
    }

    fn slash_with_default(&mut self, style: Style) -> Match<()> {
        self.params(style, Default::No)?;
        self.some(|p| p.param_item(style, Default::Yes))?;
        self.expect(Tok::Slash)?;
        self.comma_or_end(style)
    }

    fn slash(&mut self, style: Style) -> Match<()> {
        choice!(self as p; p.slash_no_default(style), p.slash_with_default(style))
    }

    fn star_etc(&mut self, style: Style) -> Match<()> {
        choice!(
            self as p;
            p.invalid(|p| p.invalid_star_etc(style)),
            {
                p.expect(Tok::Star)?;
                p.param_item(style, Default::No)?;
                p.params(style, Default::Maybe)?;
                p.optional(|p| p.kwds(style)).map(|_| ())
            },
            {
                if style == Style::Lambda {
                    return Err(Miss::No);
                }
                p.expect(Tok::Star)?;
                p.param_with_starred_annotation()?;
                p.params(style, Default::Maybe)?;
                p.optional(|p| p.kwds(style)).map(|_| ())
            },
            {
                p.expect(Tok::Star)?;
                p.expect(Tok::Comma)?;
                p.some(|p| p.param_item(style, Default::Maybe))?;
                p.optional(|p| p.kwds(style)).map(|_| ())
            },
            p.kwds(style),
        )
    }

    fn kwds(&mut self, style: Style) -> Match<()> {
        choice!(
            self as p;
            p.invalid(|p| p.invalid_kwds(style)),
            {
                p.expect(Tok::DoubleStar)?;
                p.param_item(style, Default::No).map(|_| ())
            },
        )
    }

    fn invalid_parameters(&mut self, style: Style) -> Match<()> {
        choice!(
            self as p;
            {
                p.params(style, Default::No)?;
                p.some_with_default(style)?;
                let a = p.param_item(style, Default::No)?;
                Err(p.complain("non-default argument follows default argument", a))
            },
            {
                p.params(style, Default::No)?;
                let a = p.expect(Tok::LParen)?;
                if style == Style::Lambda {
                    p.separated(Tok::Comma, |p| p.param(style))?;
                } else {
                    p.some(|p| p.param_item(style, Default::No))?;
                }
                p.optional(|p| p.expect(Tok::Comma))?;
                let b = p.expect(Tok::RParen)?;
                let what = if style == Style::Lambda { "Lambda expression" } else { "Function" };
                Err(p.complain(format!("{what} parameters cannot be parenthesized"), a.to(b)))
            },
            {
                let a = p.expect(Tok::Slash)?;
                p.expect(Tok::Comma)?;
                Err(p.complain("at least one argument must precede /", a))
            },
            {
                p.slash(style)?;
                p.params(style, Default::Maybe)?;
                let a = p.expect(Tok::Slash)?;
                Err(p.complain("/ may appear only once", a))
            },
            {
                p.optional(|p| p.slash(style))?;
                p.params(style, Default::Maybe)?;
                p.expect(Tok::Star)?;
                p.comma_or_param(style, true)?;
                p.params(style, Default::Maybe)?;
                let a = p.expect(Tok::Slash)?;
                Err(p.complain("/ must be ahead of *", a))
            },
            {
                p.some(|p| p.param_item(style, Default::Maybe))?;
                p.expect(Tok::Slash)?;
                let a = p.expect(Tok::Star)?;
                Err(p.complain("expected comma between / and *", a))
            },
        )
    }

    fn some_with_default(&mut self, style: Style) -> Match<()> {
        choice!(
            self as p;
            p.slash_with_default(style),
            p.some(|p| p.param_item(style, Default::Yes)).map(|_| ()),
        )
    }

    /// A comma or a parameter, in the order in which they are tried.
    fn comma_or_param(&mut self, style: Style, comma_first: bool) -> Match<()> {
        if comma_first && self.optional(|p| p.expect(Tok::Comma))?.is_some() {
            return Ok(());
        }
        choice!(
            self as p;
            p.param_item(style, Default::No).map(|_| ()),
            p.expect(Tok::Comma).map(|_| ()),
        )
    }

    fn invalid_star_etc(&mut self, style: Style) -> Match<()> {
        choice!(
            self as p;
            {
                let a = p.expect(Tok::Star)?;
                if p.optional(|p| p.expect(style.end()))?.is_none() {
                    p.expect(Tok::Comma)?;
                    p.expect_if(|t| t == style.end() || t == Tok::DoubleStar)?;
                }
                let message = "named arguments must follow bare *";
                Err(match style {
                    Style::Function => p.complain(message, a),
                    Style::Lambda => p.complain_here(message),
                })
            },
            {
                p.expect(Tok::Star)?;
                p.param(style)?;
                let a = p.expect(Tok::Equal)?;
                Err(p.complain("var-positional argument cannot have default value", a))
            },
            {
                p.expect(Tok::Star)?;
                p.comma_or_param(style, false)?;
                p.params(style, Default::Maybe)?;
                let a = p.expect(Tok::Star)?;
                p.comma_or_param(style, false)?;
                Err(p.complain("* argument may appear only once", a))
            },
        )
    }

    fn invalid_kwds(&mut self, style: Style) -> Match<()> {
        const FOLLOWS: &str = "arguments cannot follow var-keyword argument";
        choice!(
            self as p;
            {
                p.expect(Tok::DoubleStar)?;
                p.param(style)?;
                let a = p.expect(Tok::Equal)?;
                Err(p.complain("var-keyword argument cannot have default value", a))
            },
            {
                p.expect(Tok::DoubleStar)?;
                p.param(style)?;
                p.expect(Tok::Comma)?;
                let a = p.param(style)?;
                Err(p.complain(FOLLOWS, a))
            },
            {
                p.expect(Tok::DoubleStar)?;
                p.param(style)?;
                p.expect(Tok::Comma)?;
                let a = p.expect_if(|t| matches!(t, Tok::Star | Tok::DoubleStar | Tok::Slash))?;
                Err(p.complain(FOLLOWS, a.span))
            },
        )
    }

    /// The head of a function after `def`, up to its colon.
    pub fn function_head(&mut self) -> Match<Node> {
        let name = self.name()?;
        self.force(Tok::LParen)?;
        self.optional(|p| p.parameters(Style::Function))?;
        self.expect(Tok::RParen)?;
        self.optional(|p| {
            p.expect(Tok::Arrow)?;
            p.expression()
        })?;
        self.force(Tok::Colon)?;
        Ok(Node::new(Kind::Other, name.span))
    }
}
