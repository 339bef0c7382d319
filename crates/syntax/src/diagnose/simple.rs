//! Simple statements.

use super::machine::{Machine, Match, Miss, choice};
use super::targets::Context;
use super::{Kind, Node, Rule};
use crate::ast::Span;
use crate::token::Tok;

fn is_augmented(t: Tok<'_>) -> bool {
    matches!(
        t,
        Tok::PlusEqual
            | Tok::MinusEqual
            | Tok::StarEqual
            | Tok::AtEqual
            | Tok::SlashEqual
            | Tok::PercentEqual
            | Tok::AmperEqual
            | Tok::VBarEqual
            | Tok::CaretEqual
            | Tok::LeftShiftEqual
            | Tok::RightShiftEqual
            | Tok::DoubleStarEqual
            | Tok::DoubleSlashEqual
    )
}

impl<'a> Machine<'a> {
    /// A line of simple statements.
    pub fn simple_stmts(&mut self) -> Match<()> {
        choice!(
            self as p;
            {
                p.simple_stmt()?;
                p.refuse(|t| t == Tok::Semi)?;
                p.expect(Tok::Newline).map(|_| ())
            },
            {
                p.separated(Tok::Semi, Self::simple_stmt)?;
                p.optional(|p| p.expect(Tok::Semi))?;
                p.expect(Tok::Newline).map(|_| ())
            },
        )
    }

    fn simple_stmt(&mut self) -> Match<Node> {
        self.memo(
            Rule::SimpleStmt,
            |p| choice!(p as p; p.assignment(), p.star_expressions(), p.keyword_stmt()),
        )
    }

    fn keyword_stmt(&mut self) -> Match<Node> {
        fn done<T>(_: T) -> Node {
            Node::new(Kind::Other, Span::default())
        }
        match self.peek()?.tok {
            Some(Tok::Return) => {
                self.mark += 1;
                self.optional(Self::star_expressions).map(done)
            }
            Some(Tok::Import) => {
                self.mark += 1;
                self.separated(Tok::Comma, Self::dotted_as_name).map(done)
            }
            Some(Tok::From) => self.import_from().map(done),
            Some(Tok::Raise) => {
                self.mark += 1;
                self.optional(|p| {
                    p.expression()?;
                    p.optional(|p| {
                        p.expect(Tok::From)?;
                        p.expression()
                    })
                })
                .map(done)
            }
            Some(Tok::Pass | Tok::Break | Tok::Continue) => self.expect_if(|_| true).map(done),
            Some(Tok::Del) => self.del_stmt(),
            Some(Tok::Yield) => self.yield_expr(),
            Some(Tok::Assert) => {
                self.mark += 1;
                self.expression()?;
                self.optional(|p| {
                    p.expect(Tok::Comma)?;
                    p.expression()
                })
                .map(done)
            }
            Some(Tok::Global | Tok::Nonlocal) => {
                self.mark += 1;
                self.separated(Tok::Comma, Self::name).map(done)
            }
            _ => Err(Miss::No),
        }
    }

    fn assignment(&mut self) -> Match<Node> {
        choice!(
            self as p;
            {
                let a = p.name()?;
                p.annotation_and_value()?;
                Ok(a)
            },
            {
                let a = choice_target(p)?;
                p.annotation_and_value()?;
                Ok(a)
            },
            {
                p.some(|p| {
                    let target = p.star_targets()?;
                    p.expect(Tok::Equal)?;
                    Ok(target)
                })?;
                let value = p.value()?;
                p.refuse(|t| t == Tok::Equal)?;
                Ok(value)
            },
            {
                let a = p.single_target()?;
                p.expect_if(is_augmented)?;
                p.value().map_err(|miss| if miss == Miss::No { Miss::Cut } else { miss })?;
                Ok(a)
            },
            p.invalid(Self::invalid_assignment),
        )
    }

    /// `: annotation = value`
    fn annotation_and_value(&mut self) -> Match<()> {
        self.expect(Tok::Colon)?;
        self.expression()?;
        self.optional(|p| {
            p.expect(Tok::Equal)?;
            p.value()
        })
        .map(|_| ())
    }

    fn invalid_assignment(&mut self) -> Match<Node> {
        choice!(
            self as p;
            {
                let a = p.invalid_annotated()?;
                p.expect(Tok::Colon)?;
                p.expression()?;
                let what = a.kind.describe();
                Err(p.complain(format!("only single target (not {what}) can be annotated"), a.span))
            },
            {
                let a = p.star_named_expression()?;
                p.expect(Tok::Comma)?;
                p.many(Self::star_named_expressions)?;
                p.expect(Tok::Colon)?;
                p.expression()?;
                Err(p.complain("only single target (not tuple) can be annotated", a.span))
            },
            {
                let a = p.expression()?;
                p.expect(Tok::Colon)?;
                p.expression()?;
                Err(p.complain("illegal target for annotation", a.span))
            },
            {
                p.earlier_targets()?;
                let a = p.star_expressions()?;
                p.expect(Tok::Equal)?;
                p.complain_target(a, Context::Assign)
            },
            {
                p.earlier_targets()?;
                let a = p.yield_expr()?;
                p.expect(Tok::Equal)?;
                Err(p.complain("assignment to yield expression not possible", a.span))
            },
            {
                let a = p.star_expressions()?;
                p.expect_if(is_augmented)?;
                p.value()?;
                let what = a.kind.describe();
                let message = format!("'{what}' is an illegal expression for augmented assignment");
                Err(p.complain(message, a.span))
            },
        )
    }

    fn earlier_targets(&mut self) -> Match<()> {
        self.many(|p| {
            p.star_targets()?;
            p.expect(Tok::Equal)
        })
        .map(|_| ())
    }

    fn invalid_annotated(&mut self) -> Match<Node> {
        choice!(
            self as p;
            p.list(),
            p.tuple(),
            {
                p.expect(Tok::LParen)?;
                let a = p.invalid_annotated()?;
                p.expect(Tok::RParen)?;
                Ok(a)
            },
        )
    }

    fn del_stmt(&mut self) -> Match<Node> {
        choice!(
            self as p;
            {
                let l = p.expect(Tok::Del)?;
                p.del_targets()?;
                p.require(|t| matches!(t, Tok::Semi | Tok::Newline))?;
                Ok(Node::new(Kind::Other, l))
            },
            p.invalid(|p| {
                p.expect(Tok::Del)?;
                let a = p.star_expressions()?;
                p.complain_target(a, Context::Delete)
            }),
        )
    }

    // Imports.

    fn dotted_name(&mut self) -> Match<()> {
        self.separated(Tok::Dot, Self::name).map(|_| ())
    }

    fn dotted_as_name(&mut self) -> Match<()> {
        self.dotted_name()?;
        self.as_name()
    }

    /// `as name`, or nothing.
    pub fn as_name(&mut self) -> Match<()> {
        self.optional(|p| {
            p.expect(Tok::As)?;
            p.name()
        })
        .map(|_| ())
    }

    fn import_from(&mut self) -> Match<()> {
        let is_dot = |t: Tok<'_>| matches!(t, Tok::Dot | Tok::Ellipsis);
        choice!(
            self as p;
            {
                p.expect(Tok::From)?;
                p.many(|p| p.expect_if(is_dot))?;
                p.dotted_name()?;
                p.expect(Tok::Import)?;
                p.import_targets()
            },
            {
                p.expect(Tok::From)?;
                p.some(|p| p.expect_if(is_dot))?;
                p.expect(Tok::Import)?;
                p.import_targets()
            },
        )
    }

    fn import_targets(&mut self) -> Match<()> {
        choice!(
            self as p;
            {
                p.expect(Tok::LParen)?;
                p.import_names()?;
                p.optional(|p| p.expect(Tok::Comma))?;
                p.expect(Tok::RParen).map(|_| ())
            },
            {
                p.import_names()?;
                p.refuse(|t| t == Tok::Comma)
            },
            p.expect(Tok::Star).map(|_| ()),
            p.invalid(|p| {
                p.import_names()?;
                p.expect(Tok::Comma)?;
                p.expect(Tok::Newline)?;
                Err(p.complain_here("trailing comma not allowed without surrounding parentheses"))
            }),
        )
    }

    fn import_names(&mut self) -> Match<()> {
        self.separated(Tok::Comma, |p| {
            p.name()?;
            p.as_name()
        })
        .map(|_| ())
    }
}

/// `(target)`, or one that is no plain name.
fn choice_target(p: &mut Machine<'_>) -> Match<Node> {
    choice!(
        p as p;
        {
            p.expect(Tok::LParen)?;
            let a = p.single_target()?;
            p.expect(Tok::RParen)?;
            Ok(a)
        },
        p.attribute_or_item(),
    )
}
