//! Compound statements other than `try`, and blocks.

use super::machine::{Machine, Match, Miss, choice};
use super::parameters::Style;
use super::{Kind, Node, Rule};
use crate::ast::Span;
use crate::token::Tok;

impl<'a> Machine<'a> {
    pub fn statements(&mut self) -> Match<()> {
        self.some(Self::statement).map(|_| ())
    }

    fn statement(&mut self) -> Match<()> {
        choice!(self as p; p.compound_stmt(), p.simple_stmts())
    }

    /// One statement at a prompt.
    pub fn interactive(&mut self) -> Match<()> {
        choice!(
            self as p;
            {
                p.compound_stmt()?;
                p.expect(Tok::Newline).map(|_| ())
            },
            p.simple_stmts(),
            p.expect(Tok::Newline).map(|_| ()),
        )
    }

    pub fn block(&mut self) -> Match<Node> {
        self.memo(Rule::Block, |p| {
            let here = Node::new(Kind::Other, Span::default());
            choice!(
                p as p;
                {
                    p.expect(Tok::Newline)?;
                    p.expect(Tok::Indent)?;
                    p.statements()?;
                    p.expect(Tok::Dedent)?;
                    Ok(here)
                },
                p.simple_stmts().map(|_| here),
                p.invalid(|p| {
                    p.expect(Tok::Newline)?;
                    p.refuse(|t| t == Tok::Indent)?;
                    Err(p.complain_indentation("expected an indented block"))
                }),
            )
        })
    }

    /// `: NEWLINE` without a block: complains that one is missing after `what`, which starts at `head`.
    pub fn missing_block<T>(&mut self, what: &str, head: Span) -> Match<T> {
        self.expect(Tok::Colon)?;
        self.expect(Tok::Newline)?;
        self.refuse(|t| t == Tok::Indent)?;
        let line = self.places.line_at(head.start);
        Err(self.complain_indentation(format!("expected an indented block after {what} on line {line}")))
    }

    /// The end of a line where a colon should be.
    pub fn missing_colon<T>(&mut self) -> Match<T> {
        self.expect(Tok::Newline)?;
        Err(self.complain_here("expected ':'"))
    }

    fn compound_stmt(&mut self) -> Match<()> {
        let first = self.peek()?.tok;
        choice!(
            self as p;
            {
                if !matches!(first, Some(Tok::Def | Tok::At | Tok::Async)) {
                    return Err(Miss::No);
                }
                p.function_def()
            },
            match first {
                Some(Tok::If) => p.if_stmt(Tok::If, "'if' statement"),
                Some(Tok::Class | Tok::At) => p.class_def(),
                _ => Err(Miss::No),
            },
            match first {
                Some(Tok::With | Tok::Async) => p.with_stmt(),
                _ => Err(Miss::No),
            },
            match first {
                Some(Tok::For | Tok::Async) => p.for_stmt(),
                _ => Err(Miss::No),
            },
            match first {
                Some(Tok::Try) => p.try_stmt(),
                Some(Tok::While) => p.while_stmt(),
                Some(Tok::Name("match")) => p.match_stmt(),
                _ => Err(Miss::No),
            },
        )
    }

    /// `f` after decorators, then without.
    fn decorated(&mut self, f: fn(&mut Self) -> Match<()>) -> Match<()> {
        choice!(
            self as p;
            {
                p.some(|p| {
                    p.expect(Tok::At)?;
                    p.named_expression()?;
                    p.expect(Tok::Newline)
                })?;
                f(p)
            },
            f(p),
        )
    }

    fn function_def(&mut self) -> Match<()> {
        self.decorated(Self::function_def_raw)
    }

    fn function_def_raw(&mut self) -> Match<()> {
        choice!(
            self as p;
            p.invalid(|p| {
                p.optional(|p| p.expect(Tok::Async))?;
                let def = p.expect(Tok::Def)?;
                p.name()?;
                p.expect(Tok::LParen)?;
                p.optional(|p| p.parameters(Style::Function))?;
                p.expect(Tok::RParen)?;
                p.optional(|p| {
                    p.expect(Tok::Arrow)?;
                    p.expression()
                })?;
                p.missing_block("function definition", def)
            }),
            {
                p.optional(|p| p.expect(Tok::Async))?;
                p.expect(Tok::Def)?;
                p.function_head()?;
                p.block().map(|_| ())
            },
        )
    }

    fn class_def(&mut self) -> Match<()> {
        self.decorated(Self::class_def_raw)
    }

    fn class_head(&mut self) -> Match<Span> {
        let class = self.expect(Tok::Class)?;
        self.name()?;
        self.optional(|p| {
            p.expect(Tok::LParen)?;
            p.optional(Self::arguments)?;
            p.expect(Tok::RParen)
        })?;
        Ok(class)
    }

    fn class_def_raw(&mut self) -> Match<()> {
        choice!(
            self as p;
            p.invalid(|p| {
                choice!(
                    p as p;
                    {
                        p.class_head()?;
                        p.missing_colon()
                    },
                    {
                        let class = p.class_head()?;
                        p.missing_block("class definition", class)
                    },
                )
            }),
            {
                p.class_head()?;
                p.expect(Tok::Colon)?;
                p.block().map(|_| ())
            },
        )
    }

    /// `if`, `elif` and `while` without a colon or a block.
    fn invalid_condition(&mut self, keyword: Tok<'static>, what: &str) -> Match<()> {
        choice!(
            self as p;
            {
                p.expect(keyword)?;
                p.named_expression()?;
                p.missing_colon()
            },
            {
                let head = p.expect(keyword)?;
                p.named_expression()?;
                p.missing_block(what, head)
            },
        )
    }

    /// `if` or `elif` with all that follows.
    fn if_stmt(&mut self, keyword: Tok<'static>, what: &str) -> Match<()> {
        choice!(
            self as p;
            p.invalid(|p| p.invalid_condition(keyword, what)),
            {
                p.expect(keyword)?;
                p.named_expression()?;
                p.expect(Tok::Colon)?;
                p.block()?;
                p.if_stmt(Tok::Elif, "'elif' statement")
            },
            {
                p.expect(keyword)?;
                p.named_expression()?;
                p.expect(Tok::Colon)?;
                p.block()?;
                p.optional(Self::else_block).map(|_| ())
            },
        )
    }

    pub fn else_block(&mut self) -> Match<()> {
        choice!(
            self as p;
            p.invalid(|p| {
                let head = p.expect(Tok::Else)?;
                p.missing_block("'else' statement", head)
            }),
            {
                p.expect(Tok::Else)?;
                p.force(Tok::Colon)?;
                p.block().map(|_| ())
            },
        )
    }

    fn while_stmt(&mut self) -> Match<()> {
        choice!(
            self as p;
            p.invalid(|p| p.invalid_condition(Tok::While, "'while' statement")),
            {
                p.expect(Tok::While)?;
                p.named_expression()?;
                p.expect(Tok::Colon)?;
                p.block()?;
                p.optional(Self::else_block).map(|_| ())
            },
        )
    }

    fn for_head(&mut self) -> Match<Span> {
        let head = self.expect(Tok::For)?;
        self.star_targets()?;
        self.expect(Tok::In)?;
        Ok(head)
    }

    fn for_stmt(&mut self) -> Match<()> {
        choice!(
            self as p;
            p.invalid(|p| {
                choice!(
                    p as p;
                    {
                        p.optional(|p| p.expect(Tok::Async))?;
                        p.for_head()?;
                        p.star_expressions()?;
                        p.missing_colon()
                    },
                    {
                        p.optional(|p| p.expect(Tok::Async))?;
                        let head = p.for_head()?;
                        p.star_expressions()?;
                        p.missing_block("'for' statement", head)
                    },
                )
            }),
            {
                p.optional(|p| p.expect(Tok::Async))?;
                p.for_head()?;
                // From here on it can be nothing else.
                let rest = |p: &mut Self| {
                    p.star_expressions()?;
                    p.expect(Tok::Colon)?;
                    p.block()?;
                    p.optional(Self::else_block).map(|_| ())
                };
                rest(p).map_err(|miss| if miss == Miss::No { Miss::Cut } else { miss })
            },
            p.invalid(Self::invalid_for_target).map(|_| ()),
        )
    }

    // `with`

    fn with_stmt(&mut self) -> Match<()> {
        choice!(
            self as p;
            p.invalid(Self::invalid_with_block),
            {
                p.optional(|p| p.expect(Tok::Async))?;
                p.expect(Tok::With)?;
                p.with_body()
            },
            p.invalid(Self::invalid_with_colon),
        )
    }

    fn with_body(&mut self) -> Match<()> {
        choice!(
            self as p;
            {
                p.expect(Tok::LParen)?;
                p.separated(Tok::Comma, Self::with_item)?;
                p.optional(|p| p.expect(Tok::Comma))?;
                p.expect(Tok::RParen)?;
                p.expect(Tok::Colon)?;
                p.block().map(|_| ())
            },
            {
                p.separated(Tok::Comma, Self::with_item)?;
                p.expect(Tok::Colon)?;
                p.block().map(|_| ())
            },
        )
    }

    fn with_item(&mut self) -> Match<()> {
        let ends = |t: Tok<'_>| matches!(t, Tok::Comma | Tok::RParen | Tok::Colon);
        choice!(
            self as p;
            {
                p.expression()?;
                p.expect(Tok::As)?;
                p.star_target()?;
                p.require(ends)
            },
            p.invalid(|p| {
                p.expression()?;
                p.expect(Tok::As)?;
                let a = p.expression()?;
                p.require(ends)?;
                p.complain_target(a, super::targets::Context::Assign).map(|_| ())
            }),
            p.expression().map(|_| ()),
        )
    }

    /// The head of a `with` that lacks something, with items in parentheses or without.
    fn loose_with_head(&mut self, parenthesized: bool) -> Match<Span> {
        self.optional(|p| p.expect(Tok::Async))?;
        let head = self.expect(Tok::With)?;
        if parenthesized {
            self.expect(Tok::LParen)?;
        }
        self.separated(Tok::Comma, |p| {
            if parenthesized {
                p.expressions()?
            } else {
                p.expression()?
            };
            p.optional(|p| {
                p.expect(Tok::As)?;
                p.star_target()
            })
        })?;
        if parenthesized {
            self.optional(|p| p.expect(Tok::Comma))?;
            self.expect(Tok::RParen)?;
        }
        Ok(head)
    }

    fn invalid_with_colon(&mut self) -> Match<()> {
        choice!(
            self as p;
            {
                p.loose_with_head(false)?;
                p.missing_colon()
            },
            {
                p.loose_with_head(true)?;
                p.missing_colon()
            },
        )
    }

    fn invalid_with_block(&mut self) -> Match<()> {
        choice!(
            self as p;
            {
                let head = p.loose_with_head(false)?;
                p.missing_block("'with' statement", head)
            },
            {
                let head = p.loose_with_head(true)?;
                p.missing_block("'with' statement", head)
            },
        )
    }

    // `match`

    fn match_stmt(&mut self) -> Match<()> {
        choice!(
            self as p;
            {
                p.soft("match")?;
                p.subject()?;
                p.expect(Tok::Colon)?;
                p.expect(Tok::Newline)?;
                p.expect(Tok::Indent)?;
                p.some(Self::case_block)?;
                p.expect(Tok::Dedent).map(|_| ())
            },
            p.invalid(|p| {
                choice!(
                    p as p;
                    {
                        p.soft("match")?;
                        p.subject()?;
                        p.missing_colon()
                    },
                    {
                        let head = p.soft("match")?;
                        p.subject()?;
                        p.missing_block("'match' statement", head)
                    },
                )
            }),
        )
    }

    fn subject(&mut self) -> Match<()> {
        choice!(
            self as p;
            {
                p.star_named_expression()?;
                p.expect(Tok::Comma)?;
                p.optional(Self::star_named_expressions).map(|_| ())
            },
            p.named_expression().map(|_| ()),
        )
    }

    fn case_head(&mut self) -> Match<Span> {
        let head = self.soft("case")?;
        self.patterns()?;
        self.optional(|p| {
            p.expect(Tok::If)?;
            p.named_expression()
        })?;
        Ok(head)
    }

    fn case_block(&mut self) -> Match<()> {
        choice!(
            self as p;
            p.invalid(|p| {
                choice!(
                    p as p;
                    {
                        p.case_head()?;
                        p.missing_colon()
                    },
                    {
                        let head = p.case_head()?;
                        p.missing_block("'case' statement", head)
                    },
                )
            }),
            {
                p.case_head()?;
                p.expect(Tok::Colon)?;
                p.block().map(|_| ())
            },
        )
    }
}
