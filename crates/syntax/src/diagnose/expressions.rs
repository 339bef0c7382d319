//! Expressions, from the loosest to the tightest.

use super::machine::{Machine, Match, Miss, choice};
use super::{Kind, Node, Rule};
use crate::ast::Span;
use crate::token::Tok;

/// Binary operators, the loosest first; each level's operands are of the next.
const BINARY: [&[Tok<'static>]; 6] = [
    &[Tok::VBar],
    &[Tok::Caret],
    &[Tok::Amper],
    &[Tok::LeftShift, Tok::RightShift],
    &[Tok::Plus, Tok::Minus],
    &[Tok::Star, Tok::Slash, Tok::DoubleSlash, Tok::Percent, Tok::At],
];

/// Soft keywords, for CPython their beginnings too.
fn is_soft_keyword(t: Tok<'_>) -> bool {
    matches!(t, Tok::Name(name) if ["_", "case", "match"].iter().any(|k| k.starts_with(name)))
}

impl<'a> Machine<'a> {
    /// `a, b, c`, a tuple if there is a comma.
    fn list_of(&mut self, item: fn(&mut Self) -> Match<Node>) -> Match<Node> {
        let l = self.here()?;
        let first = item(self)?;
        let mut items = vec![first];
        items.extend(self.many(|p| {
            p.expect(Tok::Comma)?;
            item(p)
        })?);
        let comma = self.optional(|p| p.expect(Tok::Comma))?.is_some();
        if items.len() == 1 && !comma {
            return Ok(first);
        }
        let span = self.span_from(l);
        Ok(self.parent(Kind::Tuple, span, &items))
    }

    pub fn expressions(&mut self) -> Match<Node> {
        self.list_of(Self::expression)
    }

    pub fn star_expressions(&mut self) -> Match<Node> {
        self.list_of(Self::star_expression)
    }

    pub fn star_expression(&mut self) -> Match<Node> {
        self.memo(Rule::StarExpression, |p| choice!(p as p; p.starred_operand(), p.expression()))
    }

    /// `*a` where only an operand may follow the star.
    fn starred_operand(&mut self) -> Match<Node> {
        let star = self.expect(Tok::Star)?;
        let value = self.bitwise_or()?;
        Ok(self.starred(star, value))
    }

    /// `*a` with any expression.
    pub fn starred_expression(&mut self) -> Match<Node> {
        let star = self.expect(Tok::Star)?;
        let value = self.expression()?;
        Ok(self.starred(star, value))
    }

    pub fn starred(&mut self, star: Span, value: Node) -> Node {
        let span = self.span_from(star.start);
        self.parent(Kind::Starred, span, &[value])
    }

    pub fn star_named_expression(&mut self) -> Match<Node> {
        choice!(self as p; p.starred_operand(), p.named_expression())
    }

    pub fn star_named_expressions(&mut self) -> Match<Vec<Node>> {
        let items = self.separated(Tok::Comma, Self::star_named_expression)?;
        self.optional(|p| p.expect(Tok::Comma))?;
        Ok(items)
    }

    pub fn assignment_expression(&mut self) -> Match<Node> {
        let name = self.name()?;
        self.expect(Tok::ColonEqual)?;
        self.expression()?;
        Ok(Node::new(Kind::NamedExpr, self.span_from(name.span.start)))
    }

    /// The walrus, or an expression that none follows.
    pub fn walrus_or_expression(&mut self) -> Match<Node> {
        choice!(self as p; p.assignment_expression(), p.plain_expression())
    }

    fn plain_expression(&mut self) -> Match<Node> {
        let e = self.expression()?;
        self.refuse(|t| t == Tok::ColonEqual)?;
        Ok(e)
    }

    pub fn named_expression(&mut self) -> Match<Node> {
        choice!(
            self as p;
            p.assignment_expression(),
            p.invalid(Self::invalid_named_expression),
            p.plain_expression(),
        )
    }

    fn invalid_named_expression(&mut self) -> Match<Node> {
        self.memo(Rule::InvalidNamedExpression, |p| {
            choice!(
                p as p;
                {
                    let a = p.expression()?;
                    p.expect(Tok::ColonEqual)?;
                    p.expression()?;
                    let message = format!("cannot use assignment expressions with {}", a.kind.describe());
                    Err(p.complain(message, a.span))
                },
                {
                    let a = p.name()?;
                    p.expect(Tok::Equal)?;
                    let b = p.bitwise_or()?;
                    p.refuse(|t| matches!(t, Tok::Equal | Tok::ColonEqual))?;
                    Err(p.complain(MEANT_EQUAL, a.span.to(b.span)))
                },
                {
                    p.not(|p| {
                        choice!(
                            p as p;
                            p.list(),
                            p.tuple(),
                            p.genexp(),
                            p.constant(),
                        )
                    })?;
                    let a = p.bitwise_or()?;
                    p.expect(Tok::Equal)?;
                    p.bitwise_or()?;
                    p.refuse(|t| matches!(t, Tok::Equal | Tok::ColonEqual))?;
                    let what = a.kind.describe();
                    let message = format!("cannot assign to {what} here. Maybe you meant '==' instead of '='?");
                    Err(p.complain(message, a.span))
                },
            )
        })
    }

    /// `True`, `None` or `False`
    pub fn constant(&mut self) -> Match<Node> {
        let t = self.expect_if(|t| matches!(t, Tok::True | Tok::None | Tok::False))?;
        let kind = match t.tok {
            Some(Tok::True) => Kind::True,
            Some(Tok::False) => Kind::False,
            _ => Kind::None,
        };
        Ok(Node::new(kind, t.span))
    }

    pub fn expression(&mut self) -> Match<Node> {
        self.memo(Rule::Expression, |p| {
            choice!(
                p as p;
                p.invalid(Self::invalid_expression),
                p.invalid(Self::invalid_legacy_expression),
                p.conditional(),
                p.disjunction(),
                p.lambda(),
            )
        })
    }

    fn conditional(&mut self) -> Match<Node> {
        let l = self.here()?;
        self.disjunction()?;
        self.expect(Tok::If)?;
        self.disjunction()?;
        self.expect(Tok::Else)?;
        self.expression()?;
        Ok(Node::new(Kind::IfExp, self.span_from(l)))
    }

    /// An expression that begins without complaints of its own level.
    fn expression_without_invalid(&mut self) -> Match<Node> {
        self.without_invalid(|p| choice!(p as p; p.conditional(), p.disjunction(), p.lambda()))
    }

    fn invalid_expression(&mut self) -> Match<Node> {
        choice!(
            self as p;
            {
                // A string prefix that does not exist and the soft keywords look like two names in a row.
                p.not(|p| {
                    choice!(
                        p as p;
                        {
                            p.name()?;
                            p.expect_if(|t| matches!(t, Tok::Str(_))).map(|_| ())
                        },
                        p.expect_if(is_soft_keyword).map(|_| ()),
                    )
                })?;
                let a = p.disjunction()?;
                let b = p.expression_without_invalid()?;
                if p.is_legacy_statement(a) || p.last().level == 0 {
                    return Err(Miss::Cut);
                }
                Err(p.complain("invalid syntax. Perhaps you forgot a comma?", a.span.to(b.span)))
            },
            {
                let a = p.disjunction()?;
                p.expect(Tok::If)?;
                let b = p.disjunction()?;
                p.refuse(|t| matches!(t, Tok::Else | Tok::Colon))?;
                Err(p.complain("expected 'else' after 'if' expression", a.span.to(b.span)))
            },
        )
    }

    /// `print x` and `exec x`, statements of old.
    fn invalid_legacy_expression(&mut self) -> Match<Node> {
        let a = self.name()?;
        self.refuse(|t| t == Tok::LParen)?;
        let b = self.star_expressions()?;
        if !self.is_legacy_statement(a) {
            return Err(Miss::No);
        }
        let name = self.places.slice(a.span);
        let message = format!("Missing parentheses in call to '{name}'. Did you mean {name}(...)?");
        Err(self.complain(message, a.span.to(b.span)))
    }

    fn is_legacy_statement(&self, e: Node) -> bool {
        e.kind == Kind::Name && matches!(self.places.slice(e.span), "print" | "exec")
    }

    /// `a op b op c ...` with the operands of a tighter rule.
    fn operation(&mut self, op: Tok<'static>, operand: fn(&mut Self) -> Match<Node>) -> Match<Node> {
        let l = self.here()?;
        let first = operand(self)?;
        let rest = self.many(|p| {
            p.expect(op)?;
            operand(p)
        })?;
        if rest.is_empty() {
            return Ok(first);
        }
        Ok(Node::new(Kind::Operation, self.span_from(l)))
    }

    pub fn disjunction(&mut self) -> Match<Node> {
        self.memo(Rule::Disjunction, |p| p.operation(Tok::Or, Self::conjunction))
    }

    fn conjunction(&mut self) -> Match<Node> {
        self.memo(Rule::Conjunction, |p| p.operation(Tok::And, Self::inversion))
    }

    fn inversion(&mut self) -> Match<Node> {
        self.memo(Rule::Inversion, |p| {
            choice!(
                p as p;
                {
                    let l = p.expect(Tok::Not)?.start;
                    p.inversion()?;
                    Ok(Node::new(Kind::Operation, p.span_from(l)))
                },
                p.comparison(),
            )
        })
    }

    fn comparison(&mut self) -> Match<Node> {
        let l = self.here()?;
        let left = self.bitwise_or()?;
        let first = self.peek()?.tok;
        let rest = self.some(|p| {
            p.comparison_operator()?;
            p.bitwise_or()
        });
        match rest {
            Err(Miss::No) => Ok(left),
            Err(miss) => Err(miss),
            Ok(_) => {
                let kind = if first == Some(Tok::In) { Kind::CompareIn } else { Kind::Compare };
                let span = self.span_from(l);
                Ok(self.parent(kind, span, &[left]))
            }
        }
    }

    fn comparison_operator(&mut self) -> Match<()> {
        let op = self.expect_if(|t| {
            matches!(
                t,
                Tok::EqEqual
                    | Tok::NotEqual
                    | Tok::LessEqual
                    | Tok::Less
                    | Tok::GreaterEqual
                    | Tok::Greater
                    | Tok::Not
                    | Tok::In
                    | Tok::Is
            )
        })?;
        match op.tok {
            Some(Tok::Not) => self.expect(Tok::In).map(|_| ()),
            Some(Tok::Is) => self.optional(|p| p.expect(Tok::Not)).map(|_| ()),
            _ => Ok(()),
        }
    }

    pub fn bitwise_or(&mut self) -> Match<Node> {
        self.binary(0)
    }

    fn binary(&mut self, level: u8) -> Match<Node> {
        let Some(ops) = BINARY.get(level as usize) else { return self.factor() };
        self.memo(Rule::Binary(level), |p| {
            let l = p.here()?;
            let first = p.binary(level + 1)?;
            let rest = p.many(|p| {
                p.expect_if(|t| ops.contains(&t))?;
                p.binary(level + 1)
            })?;
            if rest.is_empty() {
                return Ok(first);
            }
            Ok(Node::new(Kind::Operation, p.span_from(l)))
        })
    }

    fn factor(&mut self) -> Match<Node> {
        self.memo(Rule::Factor, |p| {
            choice!(
                p as p;
                {
                    let op = p.expect_if(|t| matches!(t, Tok::Plus | Tok::Minus | Tok::Tilde))?;
                    p.factor()?;
                    Ok(Node::new(Kind::Operation, p.span_from(op.span.start)))
                },
                p.power(),
            )
        })
    }

    fn power(&mut self) -> Match<Node> {
        let l = self.here()?;
        let base = self.await_primary()?;
        let exponent = self.optional(|p| {
            p.expect(Tok::DoubleStar)?;
            p.factor()
        })?;
        if exponent.is_none() {
            return Ok(base);
        }
        Ok(Node::new(Kind::Operation, self.span_from(l)))
    }

    fn await_primary(&mut self) -> Match<Node> {
        self.memo(Rule::AwaitPrimary, |p| {
            choice!(
                p as p;
                {
                    let l = p.expect(Tok::Await)?.start;
                    p.primary()?;
                    Ok(Node::new(Kind::Await, p.span_from(l)))
                },
                p.primary(),
            )
        })
    }

    fn primary(&mut self) -> Match<Node> {
        self.memo(Rule::Primary, |p| {
            let l = p.here()?;
            let mut e = p.atom()?;
            while let Some(longer) = p.optional(|p| p.trailer(l))? {
                e = longer;
            }
            Ok(e)
        })
    }

    /// `.name`, a call or a subscript, after an expression that starts at `l`.
    pub fn trailer(&mut self, l: u32) -> Match<Node> {
        choice!(
            self as p;
            {
                p.expect(Tok::Dot)?;
                p.name()?;
                Ok(Node::new(Kind::Attribute, p.span_from(l)))
            },
            {
                p.genexp()?;
                Ok(Node::new(Kind::Call, p.span_from(l)))
            },
            {
                p.expect(Tok::LParen)?;
                p.optional(Self::arguments)?;
                p.expect(Tok::RParen)?;
                Ok(Node::new(Kind::Call, p.span_from(l)))
            },
            {
                p.expect(Tok::LBracket)?;
                p.slices()?;
                p.expect(Tok::RBracket)?;
                Ok(Node::new(Kind::Subscript, p.span_from(l)))
            },
        )
    }

    pub fn slices(&mut self) -> Match<()> {
        choice!(
            self as p;
            {
                p.slice()?;
                p.refuse(|t| t == Tok::Comma)
            },
            {
                p.separated(Tok::Comma, |p| {
                    choice!(p as p; p.slice(), p.starred_expression().map(|_| ()))
                })?;
                p.optional(|p| p.expect(Tok::Comma)).map(|_| ())
            },
        )
    }

    fn slice(&mut self) -> Match<()> {
        choice!(
            self as p;
            {
                p.optional(Self::expression)?;
                p.expect(Tok::Colon)?;
                p.optional(Self::expression)?;
                p.optional(|p| {
                    p.expect(Tok::Colon)?;
                    p.optional(Self::expression)
                })
                .map(|_| ())
            },
            p.named_expression().map(|_| ()),
        )
    }

    pub fn atom(&mut self) -> Match<Node> {
        let t = self.peek()?;
        match t.tok {
            Some(Tok::Name(_)) => self.name(),
            Some(Tok::True | Tok::False | Tok::None) => self.constant(),
            Some(Tok::Str(_)) => self.strings(),
            Some(Tok::Number(_)) => self.expect_if(|_| true).map(|t| Node::new(Kind::Literal, t.span)),
            Some(Tok::LParen) => choice!(self as p; p.tuple(), p.group(), p.genexp()),
            Some(Tok::LBracket) => choice!(self as p; p.list(), p.listcomp()),
            Some(Tok::LBrace) => {
                choice!(self as p; p.dict(), p.set(), p.dictcomp(), p.setcomp())
            }
            Some(Tok::Ellipsis) => self.expect(Tok::Ellipsis).map(|s| Node::new(Kind::Ellipsis, s)),
            _ => Err(Miss::No),
        }
    }

    pub fn yield_expr(&mut self) -> Match<Node> {
        choice!(
            self as p;
            {
                let l = p.expect(Tok::Yield)?.start;
                p.expect(Tok::From)?;
                p.expression()?;
                Ok(Node::new(Kind::Yield, p.span_from(l)))
            },
            {
                let l = p.expect(Tok::Yield)?.start;
                p.optional(Self::star_expressions)?;
                Ok(Node::new(Kind::Yield, p.span_from(l)))
            },
        )
    }

    /// What may stand on the right of `=`.
    pub fn value(&mut self) -> Match<Node> {
        choice!(self as p; p.yield_expr(), p.star_expressions())
    }

    fn lambda(&mut self) -> Match<Node> {
        let l = self.expect(Tok::Lambda)?.start;
        self.optional(|p| p.parameters(super::parameters::Style::Lambda))?;
        self.expect(Tok::Colon)?;
        self.expression()?;
        Ok(Node::new(Kind::Lambda, self.span_from(l)))
    }
}

pub(super) const MEANT_EQUAL: &str = "invalid syntax. Maybe you meant '==' or ':=' instead of '='?";
