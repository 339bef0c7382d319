//! What can be assigned to or deleted.

use super::machine::{Machine, Match, Miss, choice};
use super::{Kind, Node, Rule};
use crate::token::Tok;

/// What a target is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Context {
    Assign,
    /// `a in b` is the target `a` and more.
    For,
    Delete,
}

fn continues(t: Tok<'_>) -> bool {
    matches!(t, Tok::LParen | Tok::LBracket | Tok::Dot)
}

impl<'a> Machine<'a> {
    pub fn star_targets(&mut self) -> Match<Node> {
        let l = self.here()?;
        let first = self.star_target()?;
        if !self.sees(Tok::Comma)? {
            return Ok(first);
        }
        let items = self.more_targets(first)?;
        let span = self.span_from(l);
        Ok(self.parent(Kind::Tuple, span, &items))
    }

    /// `, b, c,` after a first target.
    fn more_targets(&mut self, first: Node) -> Match<Vec<Node>> {
        let mut items = vec![first];
        items.extend(self.many(|p| {
            p.expect(Tok::Comma)?;
            p.star_target()
        })?);
        self.optional(|p| p.expect(Tok::Comma))?;
        Ok(items)
    }

    pub fn star_target(&mut self) -> Match<Node> {
        self.memo(Rule::StarTarget, |p| {
            choice!(
                p as p;
                {
                    let star = p.expect(Tok::Star)?;
                    p.refuse(|t| t == Tok::Star)?;
                    let value = p.star_target()?;
                    Ok(p.starred(star, value))
                },
                p.target_with_star_atom(),
            )
        })
    }

    fn target_with_star_atom(&mut self) -> Match<Node> {
        self.memo(Rule::TargetWithStarAtom, |p| choice!(p as p; p.attribute_or_item(), p.star_atom()))
    }

    /// `a.b` or `a[b]` that does not go on.
    pub fn attribute_or_item(&mut self) -> Match<Node> {
        choice!(
            self as p;
            {
                let l = p.here()?;
                p.target_primary()?;
                p.expect(Tok::Dot)?;
                p.name()?;
                p.refuse(continues)?;
                Ok(Node::new(Kind::Attribute, p.span_from(l)))
            },
            {
                let l = p.here()?;
                p.target_primary()?;
                p.expect(Tok::LBracket)?;
                p.slices()?;
                p.expect(Tok::RBracket)?;
                p.refuse(continues)?;
                Ok(Node::new(Kind::Subscript, p.span_from(l)))
            },
        )
    }

    fn star_atom(&mut self) -> Match<Node> {
        choice!(
            self as p;
            p.name(),
            {
                p.expect(Tok::LParen)?;
                let a = p.target_with_star_atom()?;
                p.expect(Tok::RParen)?;
                Ok(a)
            },
            {
                let l = p.expect(Tok::LParen)?.start;
                p.optional(|p| {
                    let first = p.star_target()?;
                    p.require(|t| t == Tok::Comma)?;
                    p.more_targets(first)
                })?;
                p.expect(Tok::RParen)?;
                Ok(Node::new(Kind::Tuple, p.span_from(l)))
            },
            {
                let l = p.expect(Tok::LBracket)?.start;
                p.optional(|p| {
                    let first = p.star_target()?;
                    p.more_targets(first)
                })?;
                p.expect(Tok::RBracket)?;
                Ok(Node::new(Kind::List, p.span_from(l)))
            },
        )
    }

    /// The single target of an augmented or annotated assignment.
    pub fn single_target(&mut self) -> Match<Node> {
        choice!(
            self as p;
            p.attribute_or_item(),
            p.name(),
            {
                p.expect(Tok::LParen)?;
                let a = p.single_target()?;
                p.expect(Tok::RParen)?;
                Ok(a)
            },
        )
    }

    /// What stands before the last `.b` or `[b]` of a target.
    fn target_primary(&mut self) -> Match<Node> {
        self.memo(Rule::TargetPrimary, |p| {
            let start = p.here()?;
            let mut e = p.atom()?;
            p.require(continues)?;
            let longer = |p: &mut Self, l| {
                let e = p.trailer(l)?;
                p.require(continues)?;
                Ok(e)
            };
            while let Some(more) = p.optional(|p| longer(p, start))? {
                e = more;
            }
            Ok(e)
        })
    }

    // Deleting.

    pub fn del_targets(&mut self) -> Match<Vec<Node>> {
        let items = self.separated(Tok::Comma, Self::del_target)?;
        self.optional(|p| p.expect(Tok::Comma))?;
        Ok(items)
    }

    fn del_target(&mut self) -> Match<Node> {
        self.memo(Rule::DelTarget, |p| choice!(p as p; p.attribute_or_item(), p.del_atom()))
    }

    fn del_atom(&mut self) -> Match<Node> {
        choice!(
            self as p;
            p.name(),
            {
                p.expect(Tok::LParen)?;
                let a = p.del_target()?;
                p.expect(Tok::RParen)?;
                Ok(a)
            },
            p.del_display(Tok::LParen, Tok::RParen),
            p.del_display(Tok::LBracket, Tok::RBracket),
        )
    }

    fn del_display(&mut self, open: Tok<'static>, close: Tok<'static>) -> Match<Node> {
        let l = self.expect(open)?.start;
        self.optional(Self::del_targets)?;
        self.expect(close)?;
        Ok(Node::new(Kind::Tuple, self.span_from(l)))
    }

    // What is no target.

    /// The first part that cannot be a target.
    fn invalid_target(&self, e: Node, context: Context) -> Option<Node> {
        match e.kind {
            Kind::List | Kind::Tuple => self.kids(e).iter().find_map(|k| self.invalid_target(*k, context)),
            Kind::Starred if context == Context::Delete => Some(e),
            Kind::Starred => self.kids(e).first().and_then(|k| self.invalid_target(*k, context)),
            Kind::CompareIn if context == Context::For => {
                self.kids(e).first().and_then(|k| self.invalid_target(*k, context))
            }
            Kind::Compare if context == Context::For => None,
            Kind::Name | Kind::Subscript | Kind::Attribute => None,
            _ => Some(e),
        }
    }

    /// Complains about the first part that cannot be a target; no match if all can.
    pub fn complain_target(&mut self, e: Node, context: Context) -> Match<Node> {
        let Some(bad) = self.invalid_target(e, context) else { return Err(Miss::Cut) };
        let verb = if context == Context::Delete { "delete" } else { "assign to" };
        Err(self.complain(format!("cannot {verb} {}", bad.kind.describe()), bad.span))
    }
}
