//! `try` with its clauses.

use super::machine::{Machine, Match, choice};
use crate::ast::Span;
use crate::token::Tok;

impl<'a> Machine<'a> {
    pub fn try_stmt(&mut self) -> Match<()> {
        choice!(
            self as p;
            p.invalid(Self::invalid_try_stmt),
            {
                p.try_body()?;
                p.finally_block()
            },
            {
                p.try_body()?;
                p.some(Self::except_block)?;
                p.try_tail()
            },
            {
                p.try_body()?;
                p.some(Self::except_star_block)?;
                p.try_tail()
            },
        )
    }

    fn try_body(&mut self) -> Match<()> {
        self.expect(Tok::Try)?;
        self.force(Tok::Colon)?;
        self.block().map(|_| ())
    }

    fn try_tail(&mut self) -> Match<()> {
        self.optional(Self::else_block)?;
        self.optional(Self::finally_block).map(|_| ())
    }

    fn invalid_try_stmt(&mut self) -> Match<()> {
        const BOTH: &str = "cannot have both 'except' and 'except*' on the same 'try'";
        choice!(
            self as p;
            {
                let head = p.expect(Tok::Try)?;
                p.missing_block("'try' statement", head)
            },
            {
                p.loose_try_body(false)?;
                p.refuse(|t| matches!(t, Tok::Except | Tok::Finally))?;
                Err(p.complain_here("expected 'except' or 'finally' block"))
            },
            {
                p.loose_try_body(true)?;
                p.some(Self::except_block)?;
                let a = p.expect(Tok::Except)?;
                let b = p.expect(Tok::Star)?;
                p.expression()?;
                p.as_name()?;
                p.expect(Tok::Colon)?;
                Err(p.complain(BOTH, a.to(b)))
            },
            {
                p.loose_try_body(true)?;
                p.some(Self::except_star_block)?;
                let a = p.expect(Tok::Except)?;
                p.optional(|p| {
                    p.expression()?;
                    p.as_name()
                })?;
                p.expect(Tok::Colon)?;
                Err(p.complain(BOTH, a))
            },
        )
    }

    /// `try:` and its block; `any`: blocks, as many as there are.
    fn loose_try_body(&mut self, any: bool) -> Match<()> {
        self.expect(Tok::Try)?;
        self.expect(Tok::Colon)?;
        if any { self.many(Self::block).map(|_| ()) } else { self.block().map(|_| ()) }
    }

    fn except_block(&mut self) -> Match<()> {
        choice!(
            self as p;
            p.invalid(|p| {
                choice!(
                    p as p;
                    {
                        let head = p.except_head()?;
                        p.missing_block("'except' statement", head)
                    },
                    {
                        let head = p.expect(Tok::Except)?;
                        p.missing_block("'except' statement", head)
                    },
                )
            }),
            {
                p.except_head()?;
                p.expect(Tok::Colon)?;
                p.block().map(|_| ())
            },
            {
                p.expect(Tok::Except)?;
                p.expect(Tok::Colon)?;
                p.block().map(|_| ())
            },
            p.invalid(Self::invalid_except),
        )
    }

    /// `except e as name`
    fn except_head(&mut self) -> Match<Span> {
        let head = self.expect(Tok::Except)?;
        self.expression()?;
        self.as_name()?;
        Ok(head)
    }

    /// `except* e as name`
    fn except_star_head(&mut self) -> Match<Span> {
        let head = self.expect(Tok::Except)?;
        self.expect(Tok::Star)?;
        self.expression()?;
        self.as_name()?;
        Ok(head)
    }

    fn except_star_block(&mut self) -> Match<()> {
        choice!(
            self as p;
            p.invalid(|p| {
                let head = p.except_star_head()?;
                p.missing_block("'except*' statement", head)
            }),
            {
                p.except_star_head()?;
                p.expect(Tok::Colon)?;
                p.block().map(|_| ())
            },
            p.invalid(Self::invalid_except),
        )
    }

    fn invalid_except(&mut self) -> Match<()> {
        choice!(
            self as p;
            {
                p.expect(Tok::Except)?;
                p.optional(|p| p.expect(Tok::Star))?;
                let a = p.expression()?;
                p.expect(Tok::Comma)?;
                p.expressions()?;
                p.as_name()?;
                p.expect(Tok::Colon)?;
                Err(p.complain_from("multiple exception types must be parenthesized", a.span.start))
            },
            {
                p.expect(Tok::Except)?;
                p.optional(|p| p.expect(Tok::Star))?;
                p.expression()?;
                p.as_name()?;
                p.missing_colon()
            },
            {
                p.expect(Tok::Except)?;
                p.missing_colon()
            },
            {
                p.expect(Tok::Except)?;
                p.expect(Tok::Star)?;
                p.expect_if(|t| matches!(t, Tok::Newline | Tok::Colon))?;
                Err(p.complain_here("expected one or more exception types"))
            },
        )
    }

    fn finally_block(&mut self) -> Match<()> {
        choice!(
            self as p;
            p.invalid(|p| {
                let head = p.expect(Tok::Finally)?;
                p.missing_block("'finally' statement", head)
            }),
            {
                p.expect(Tok::Finally)?;
                p.force(Tok::Colon)?;
                p.block().map(|_| ())
            },
        )
    }
}
