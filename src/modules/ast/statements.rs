//! Statements made of objects.

use super::reader::{Node, Placed, Reader};
use crate::object::{Result, Value};
use crate::protocol::{type_error, value_error};
use minipy_syntax::ast::*;
use minipy_syntax::walk::Ctx;

/// The error for a list that must not be empty.
fn empty<T>(what: &str, n: &Node) -> Result<T> {
    value_error(format!("empty {what} on {}", n.class))
}

impl<'a> Reader<'a> {
    /// A list of statements, which may be empty.
    pub fn stmts(&mut self, n: &Node, name: &'static str) -> Result<&'a [Stmt<'a>]> {
        self.list(n, name, |r, v| {
            if v.is_none() {
                return value_error("None disallowed in statement list");
            }
            r.stmt(v)
        })
    }

    /// The statements of a node that must have some.
    fn body(&mut self, n: &Node) -> Result<&'a [Stmt<'a>]> {
        let body = self.stmts(n, "body")?;
        if body.is_empty() { empty("body", n) } else { Ok(body) }
    }

    fn stmt(&mut self, v: &Value) -> Result<Stmt<'a>> {
        self.nested("stmt", |r| {
            let span = r.span(v, Placed::Stmt, "")?;
            let n = r.node(v, "stmt")?;
            Ok(Stmt { kind: r.stmt_kind(&n, span)?, span })
        })
    }

    fn stmt_kind(&mut self, n: &Node<'a>, span: Span) -> Result<StmtKind<'a>> {
        Ok(match n.class {
            "FunctionDef" | "AsyncFunctionDef" => {
                let f = FunctionDef {
                    name: self.ident(n, "name", span)?,
                    args: self.arguments(n)?,
                    body: self.body(n)?,
                    decorator_list: self.exprs(n, "decorator_list", Ctx::Load)?,
                    returns: self.maybe(n, "returns")?,
                    is_async: n.class == "AsyncFunctionDef",
                };
                StmtKind::FunctionDef(self.arena.alloc(f))
            }
            "ClassDef" => {
                let c = ClassDef {
                    name: self.ident(n, "name", span)?,
                    bases: self.exprs(n, "bases", Ctx::Load)?,
                    keywords: self.keywords(n)?,
                    body: self.body(n)?,
                    decorator_list: self.exprs(n, "decorator_list", Ctx::Load)?,
                };
                StmtKind::ClassDef(self.arena.alloc(c))
            }
            "Return" => StmtKind::Return { value: self.maybe(n, "value")? },
            "Delete" => StmtKind::Delete { targets: self.targets(n, Ctx::Del)? },
            "Assign" => {
                StmtKind::Assign { targets: self.targets(n, Ctx::Store)?, value: self.load(n, "value")? }
            }
            "AugAssign" => StmtKind::AugAssign {
                target: self.expr_field(n, "target", Ctx::Store)?,
                op: self.operator(n, "op", "operator", Operator::of_class)?,
                value: self.load(n, "value")?,
            },
            "AnnAssign" => self.annotated(n)?,
            "For" | "AsyncFor" => StmtKind::For {
                target: self.expr_field(n, "target", Ctx::Store)?,
                iter: self.load(n, "iter")?,
                body: self.body(n)?,
                orelse: self.stmts(n, "orelse")?,
                is_async: n.class == "AsyncFor",
            },
            "While" => StmtKind::While {
                test: self.load(n, "test")?,
                body: self.body(n)?,
                orelse: self.stmts(n, "orelse")?,
            },
            "If" => StmtKind::If {
                test: self.load(n, "test")?,
                body: self.body(n)?,
                orelse: self.stmts(n, "orelse")?,
            },
            "With" | "AsyncWith" => {
                let items = self.list(n, "items", Self::with_item)?;
                if items.is_empty() {
                    return empty("items", n);
                }
                StmtKind::With { items, body: self.body(n)?, is_async: n.class == "AsyncWith" }
            }
            "Match" => {
                let subject = self.load(n, "subject")?;
                let cases = self.list(n, "cases", Self::match_case)?;
                if cases.is_empty() {
                    return empty("cases", n);
                }
                StmtKind::Match { subject, cases }
            }
            "Raise" => {
                let (exc, cause) = (self.maybe(n, "exc")?, self.maybe(n, "cause")?);
                if exc.is_none() && cause.is_some() {
                    return value_error("Raise with cause but no exception");
                }
                StmtKind::Raise { exc, cause }
            }
            "Try" | "TryStar" => self.try_stmt(n)?,
            "Assert" => StmtKind::Assert { test: self.load(n, "test")?, msg: self.maybe(n, "msg")? },
            "Import" => StmtKind::Import { names: self.aliases(n)? },
            "ImportFrom" => {
                let level = match self.optional(n, "level")? {
                    Some(level) => self.number(&level)?,
                    None => 0,
                };
                let Ok(level) = u32::try_from(level) else { return value_error("Negative ImportFrom level") };
                let module = self.ident_opt(n, "module", span)?;
                StmtKind::ImportFrom { module, names: self.aliases(n)?, level }
            }
            "Global" => StmtKind::Global { names: self.names(n, span)? },
            "Nonlocal" => StmtKind::Nonlocal { names: self.names(n, span)? },
            "Expr" => StmtKind::Expr { value: self.load(n, "value")? },
            "Pass" => StmtKind::Pass,
            "Break" => StmtKind::Break,
            "Continue" => StmtKind::Continue,
            _ => return Err(self.unexpected(&n.value, "stmt")),
        })
    }

    fn targets(&mut self, n: &Node, ctx: Ctx) -> Result<&'a [Expr<'a>]> {
        let targets = self.exprs(n, "targets", ctx)?;
        if targets.is_empty() { empty("targets", n) } else { Ok(targets) }
    }

    fn annotated(&mut self, n: &Node) -> Result<StmtKind<'a>> {
        let target = self.expr_field(n, "target", Ctx::Store)?;
        let simple = self.int(n, "simple")? != 0;
        if simple && !matches!(target.kind, ExprKind::Name { .. }) {
            return type_error("AnnAssign with simple non-Name target");
        }
        let (annotation, value) = (self.load(n, "annotation")?, self.maybe(n, "value")?);
        Ok(StmtKind::AnnAssign { target, annotation, value, simple })
    }

    fn try_stmt(&mut self, n: &Node) -> Result<StmtKind<'a>> {
        let t = Try {
            body: self.body(n)?,
            handlers: self.list(n, "handlers", Self::handler)?,
            orelse: self.stmts(n, "orelse")?,
            finalbody: self.stmts(n, "finalbody")?,
            is_star: n.class == "TryStar",
        };
        if t.handlers.is_empty() && t.finalbody.is_empty() {
            return value_error(format!("{} has neither except handlers nor finalbody", n.class));
        }
        if t.handlers.is_empty() && !t.orelse.is_empty() {
            return value_error(format!("{} has orelse but no except handlers", n.class));
        }
        Ok(StmtKind::Try(self.arena.alloc(t)))
    }

    fn handler(&mut self, v: &Value) -> Result<ExceptHandler<'a>> {
        let span = self.span(v, Placed::Other, "excepthandler")?;
        let n = self.node(v, "excepthandler")?;
        Ok(ExceptHandler {
            typ: self.maybe(&n, "type")?,
            name: self.ident_opt(&n, "name", span)?,
            body: self.body(&n)?,
            span,
        })
    }

    fn with_item(&mut self, v: &Value) -> Result<WithItem<'a>> {
        let n = self.node(v, "withitem")?;
        let context_expr = self.load(&n, "context_expr")?;
        let optional_vars = match self.optional(&n, "optional_vars")? {
            Some(vars) => Some(&*self.arena.alloc(self.expr(&vars, Ctx::Store)?)),
            None => None,
        };
        Ok(WithItem { context_expr, optional_vars })
    }

    fn match_case(&mut self, v: &Value) -> Result<MatchCase<'a>> {
        let n = self.node(v, "match_case")?;
        let pattern = self.pattern(&self.some(&n, "pattern")?, false)?;
        let pattern = self.arena.alloc(pattern);
        Ok(MatchCase { pattern, guard: self.maybe(&n, "guard")?, body: self.body(&n)? })
    }

    fn aliases(&mut self, n: &Node) -> Result<&'a [Alias<'a>]> {
        let names = self.list(n, "names", |r, v| {
            let span = r.span(v, Placed::Other, "alias")?;
            let n = r.node(v, "alias")?;
            Ok(Alias { name: r.ident(&n, "name", span)?, asname: r.ident_opt(&n, "asname", span)?, span })
        })?;
        if names.is_empty() { empty("names", n) } else { Ok(names) }
    }

    fn names(&mut self, n: &Node, span: Span) -> Result<&'a [Ident<'a>]> {
        let names = self.idents(n, "names", span)?;
        if names.is_empty() { empty("names", n) } else { Ok(names) }
    }
}
