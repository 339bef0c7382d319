//! Patterns made of objects.

use super::reader::{Node, Placed, Reader};
use crate::object::{Result, Value};
use crate::protocol::value_error;
use minipy_syntax::ast::*;

impl<'a> Reader<'a> {
    /// A pattern; a star only has a place in a sequence.
    pub fn pattern(&mut self, v: &Value, may_be_star: bool) -> Result<Pattern<'a>> {
        self.nested("pattern", |r| {
            let span = r.span(v, Placed::Pattern, "")?;
            let n = r.node(v, "pattern")?;
            if n.class == "MatchStar" && !may_be_star {
                return value_error("can't use MatchStar here");
            }
            Ok(Pattern { kind: r.pattern_kind(&n, span)?, span })
        })
    }

    fn patterns(&mut self, n: &Node, name: &'static str, may_be_star: bool) -> Result<&'a [Pattern<'a>]> {
        self.list(n, name, |r, v| r.pattern(v, may_be_star))
    }

    fn pattern_kind(&mut self, n: &Node<'a>, span: Span) -> Result<PatternKind<'a>> {
        Ok(match n.class {
            "MatchValue" => {
                let value = self.load(n, "value")?;
                check_value(value, false)?;
                PatternKind::MatchValue { value }
            }
            "MatchSingleton" => {
                let value = self.field(n, "value")?;
                match self.constant(&value, span) {
                    Ok(ExprKind::Constant(c @ (Constant::None | Constant::Bool(_)))) => {
                        PatternKind::MatchSingleton { value: c }
                    }
                    _ => return value_error("MatchSingleton can only contain True, False and None"),
                }
            }
            "MatchSequence" => {
                let patterns = self.patterns(n, "patterns", true)?;
                PatternKind::MatchSequence { patterns }
            }
            "MatchMapping" => {
                let keys = self.exprs(n, "keys", minipy_syntax::walk::Ctx::Load)?;
                let patterns = self.patterns(n, "patterns", false)?;
                if keys.len() != patterns.len() {
                    return value_error("MatchMapping doesn't have the same number of keys as patterns");
                }
                keys.iter().try_for_each(|key| check_value(key, true))?;
                PatternKind::MatchMapping { keys, patterns, rest: self.capture(n, "rest", span)? }
            }
            "MatchClass" => self.class_pattern(n, span)?,
            "MatchStar" => PatternKind::MatchStar { name: self.capture(n, "name", span)? },
            "MatchAs" => {
                let name = self.capture(n, "name", span)?;
                let pattern = match self.optional(n, "pattern")? {
                    Some(_) if name.is_none() => {
                        return value_error("MatchAs must specify a target name if a pattern is given");
                    }
                    Some(v) => Some(&*self.arena.alloc(self.pattern(&v, false)?)),
                    None => None,
                };
                PatternKind::MatchAs { pattern, name }
            }
            "MatchOr" => {
                let patterns = self.patterns(n, "patterns", false)?;
                if patterns.len() < 2 {
                    return value_error("MatchOr requires at least 2 patterns");
                }
                PatternKind::MatchOr { patterns }
            }
            _ => return Err(self.unexpected(&n.value, "pattern")),
        })
    }

    fn class_pattern(&mut self, n: &Node, span: Span) -> Result<PatternKind<'a>> {
        let kwd_attrs = self.idents(n, "kwd_attrs", span)?;
        let kwd_patterns = self.patterns(n, "kwd_patterns", false)?;
        if kwd_attrs.len() != kwd_patterns.len() {
            return value_error("MatchClass doesn't have the same number of keyword attributes as patterns");
        }
        let cls = self.load(n, "cls")?;
        let mut class = cls;
        while let ExprKind::Attribute { value, .. } = class.kind {
            class = value;
        }
        if !matches!(class.kind, ExprKind::Name { .. }) {
            return value_error("MatchClass cls field can only contain Name or Attribute nodes.");
        }
        Ok(PatternKind::MatchClass {
            cls,
            patterns: self.patterns(n, "patterns", false)?,
            kwd_attrs,
            kwd_patterns,
        })
    }

    /// The name that a pattern binds, if any.
    fn capture(&mut self, n: &Node, name: &'static str, span: Span) -> Result<Option<Ident<'a>>> {
        let name = self.ident_opt(n, name, span)?;
        if name.is_some_and(|i| i.name == "_") {
            return value_error("can't capture name '_' in patterns");
        }
        Ok(name)
    }
}

/// Whether an expression may be what a value is compared with; a key may also be `None`, `True` or `False`.
fn check_value(e: &Expr, is_key: bool) -> Result<()> {
    let number = |e: &Expr| {
        let unsigned = match e.kind {
            ExprKind::UnaryOp { op: UnaryOp::USub, operand } => operand.kind,
            kind => kind,
        };
        let is = |c: &Constant| {
            matches!(
                c,
                Constant::Int(_) | Constant::BigInt { .. } | Constant::Float(_) | Constant::Complex(_)
            )
        };
        matches!(&unsigned, ExprKind::Constant(c) if is(c))
    };
    let is_right = match &e.kind {
        ExprKind::Constant(Constant::None | Constant::Bool(_)) if is_key => true,
        ExprKind::Constant(Constant::None | Constant::Bool(_) | Constant::Ellipsis) => {
            return value_error("unexpected constant inside of a literal pattern");
        }
        ExprKind::Constant(_) | ExprKind::Attribute { .. } | ExprKind::JoinedStr { .. } => true,
        ExprKind::BinOp { left, op: Operator::Add | Operator::Sub, right } => number(left) && number(right),
        _ => number(e),
    };
    if is_right { Ok(()) } else { value_error("patterns may only match literals and attribute lookups") }
}
