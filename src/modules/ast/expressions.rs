//! Expressions and parameters made of objects.

use super::reader::{Node, Placed, Reader};
use crate::object::{Result, Value};
use crate::protocol::{raise, type_error, value_error};
use crate::types::exception;
use minipy_syntax::ast::*;
use minipy_syntax::walk::Ctx;

impl<'a> Reader<'a> {
    /// A field that is an expression.
    pub fn load(&mut self, n: &Node, name: &'static str) -> Result<&'a Expr<'a>> {
        self.expr_field(n, name, Ctx::Load)
    }

    /// A field that is an expression used in this way.
    pub fn expr_field(&mut self, n: &Node, name: &'static str, ctx: Ctx) -> Result<&'a Expr<'a>> {
        let v = self.some(n, name)?;
        Ok(self.arena.alloc(self.expr(&v, ctx)?))
    }

    /// A field that may be an expression.
    pub fn maybe(&mut self, n: &Node, name: &'static str) -> Result<Option<&'a Expr<'a>>> {
        let Some(v) = self.optional(n, name)? else { return Ok(None) };
        Ok(Some(self.arena.alloc(self.expr(&v, Ctx::Load)?)))
    }

    /// A list of expressions.
    pub fn exprs(&mut self, n: &Node, name: &'static str, ctx: Ctx) -> Result<&'a [Expr<'a>]> {
        self.list(n, name, |r, v| {
            if v.is_none() {
                return value_error("None disallowed in expression list");
            }
            r.expr(v, ctx)
        })
    }

    /// A list of expressions, some of which are absent.
    fn optional_exprs(&mut self, n: &Node, name: &'static str) -> Result<&'a [Option<Expr<'a>>]> {
        self.list(n, name, |r, v| if v.is_none() { Ok(None) } else { r.expr(v, Ctx::Load).map(Some) })
    }

    /// A field that is an operator.
    pub fn operator<T>(
        &mut self,
        n: &Node,
        name: &'static str,
        kind: &str,
        of_class: fn(&str) -> Option<T>,
    ) -> Result<T> {
        let v = self.field(n, name)?;
        self.operator_of(&v, kind, of_class)
    }

    fn operator_of<T>(&mut self, v: &Value, kind: &str, of_class: fn(&str) -> Option<T>) -> Result<T> {
        let n = self.node(v, kind)?;
        match of_class(n.class) {
            Some(op) => Ok(op),
            None => Err(self.unexpected(v, kind)),
        }
    }

    /// An expression used in this way.
    pub fn expr(&mut self, v: &Value, ctx: Ctx) -> Result<Expr<'a>> {
        self.nested("expr", |r| {
            let span = r.span(v, Placed::Expr, "")?;
            let n = r.node(v, "expr")?;
            r.check_context(&n, ctx)?;
            Ok(Expr { kind: r.expr_kind(&n, span, ctx)?, span })
        })
    }

    /// Whether an expression says that it is used as it is.
    fn check_context(&mut self, n: &Node, wanted: Ctx) -> Result<()> {
        let has_context = ["Attribute", "Subscript", "Starred", "Name", "List", "Tuple"].contains(&n.class);
        if has_context {
            let said = self.operator(n, "ctx", "expr_context", Ctx::of_class)?;
            if said != wanted {
                let (wanted, said) = (wanted.class(), said.class());
                return value_error(format!("expression must have {wanted} context but has {said} instead"));
            }
        } else if wanted != Ctx::Load {
            let wanted = wanted.class();
            return value_error(format!("expression which can't be assigned to in {wanted} context"));
        }
        Ok(())
    }

    fn expr_kind(&mut self, n: &Node<'a>, span: Span, ctx: Ctx) -> Result<ExprKind<'a>> {
        Ok(match n.class {
            "BoolOp" => {
                let op = self.operator(n, "op", "boolop", BoolOp::of_class)?;
                let values = self.exprs(n, "values", Ctx::Load)?;
                if values.len() < 2 {
                    return value_error("BoolOp with less than 2 values");
                }
                ExprKind::BoolOp { op, values }
            }
            "NamedExpr" => ExprKind::NamedExpr {
                target: self.expr_field(n, "target", Ctx::Store)?,
                value: self.load(n, "value")?,
            },
            "BinOp" => ExprKind::BinOp {
                left: self.load(n, "left")?,
                op: self.operator(n, "op", "operator", Operator::of_class)?,
                right: self.load(n, "right")?,
            },
            "UnaryOp" => ExprKind::UnaryOp {
                op: self.operator(n, "op", "unaryop", UnaryOp::of_class)?,
                operand: self.load(n, "operand")?,
            },
            "Lambda" => ExprKind::Lambda { args: self.arguments(n)?, body: self.load(n, "body")? },
            "IfExp" => ExprKind::IfExp {
                test: self.load(n, "test")?,
                body: self.load(n, "body")?,
                orelse: self.load(n, "orelse")?,
            },
            "Dict" => {
                let keys = self.optional_exprs(n, "keys")?;
                let values = self.exprs(n, "values", Ctx::Load)?;
                if keys.len() != values.len() {
                    return value_error("Dict doesn't have the same number of keys as values");
                }
                ExprKind::Dict { keys, values }
            }
            "Set" => ExprKind::Set { elts: self.exprs(n, "elts", Ctx::Load)? },
            "ListComp" => ExprKind::ListComp { generators: self.generators(n)?, elt: self.load(n, "elt")? },
            "SetComp" => ExprKind::SetComp { generators: self.generators(n)?, elt: self.load(n, "elt")? },
            "GeneratorExp" => {
                ExprKind::GeneratorExp { generators: self.generators(n)?, elt: self.load(n, "elt")? }
            }
            "DictComp" => ExprKind::DictComp {
                generators: self.generators(n)?,
                key: self.load(n, "key")?,
                value: self.load(n, "value")?,
            },
            "Await" => ExprKind::Await { value: self.load(n, "value")? },
            "Yield" => ExprKind::Yield { value: self.maybe(n, "value")? },
            "YieldFrom" => ExprKind::YieldFrom { value: self.load(n, "value")? },
            "Compare" => self.comparison(n)?,
            "Call" => ExprKind::Call {
                func: self.load(n, "func")?,
                args: self.exprs(n, "args", Ctx::Load)?,
                keywords: self.keywords(n)?,
            },
            "FormattedValue" => {
                let code = self.int(n, "conversion")?;
                let Some(conversion) = Conversion::of_code(code) else {
                    let message = format!("Unrecognized conversion character {code}");
                    return Err(raise(&exception::SYSTEM_ERROR, message));
                };
                let value = self.load(n, "value")?;
                ExprKind::FormattedValue { value, conversion, format_spec: self.maybe(n, "format_spec")? }
            }
            "JoinedStr" => ExprKind::JoinedStr { values: self.exprs(n, "values", Ctx::Load)? },
            "Constant" => {
                let value = self.field(n, "value")?;
                self.constant(&value, span)?
            }
            "Attribute" => {
                ExprKind::Attribute { value: self.load(n, "value")?, attr: self.ident(n, "attr", span)? }
            }
            "Subscript" => {
                ExprKind::Subscript { value: self.load(n, "value")?, slice: self.load(n, "slice")? }
            }
            "Starred" => ExprKind::Starred { value: self.expr_field(n, "value", ctx)? },
            "Name" => ExprKind::Name { id: self.ident(n, "id", span)?.name },
            "List" => ExprKind::List { elts: self.exprs(n, "elts", ctx)? },
            "Tuple" => ExprKind::Tuple { elts: self.exprs(n, "elts", ctx)? },
            "Slice" => ExprKind::Slice {
                lower: self.maybe(n, "lower")?,
                upper: self.maybe(n, "upper")?,
                step: self.maybe(n, "step")?,
            },
            _ => return Err(self.unexpected(&n.value, "expr")),
        })
    }

    fn comparison(&mut self, n: &Node) -> Result<ExprKind<'a>> {
        let left = self.load(n, "left")?;
        let ops = self.list(n, "ops", |r, v| r.operator_of(v, "cmpop", CmpOp::of_class))?;
        let comparators = self.exprs(n, "comparators", Ctx::Load)?;
        if comparators.is_empty() {
            return value_error("Compare with no comparators");
        }
        if comparators.len() != ops.len() {
            return value_error("Compare has a different number of comparators and operands");
        }
        Ok(ExprKind::Compare { left, ops, comparators })
    }

    fn generators(&mut self, n: &Node) -> Result<&'a [Comprehension<'a>]> {
        let generators = self.list(n, "generators", |r, v| {
            let n = r.node(v, "comprehension")?;
            Ok(Comprehension {
                target: r.expr_field(&n, "target", Ctx::Store)?,
                iter: r.load(&n, "iter")?,
                ifs: r.exprs(&n, "ifs", Ctx::Load)?,
                is_async: r.int(&n, "is_async")? != 0,
            })
        })?;
        if generators.is_empty() {
            return value_error("comprehension with no generators");
        }
        Ok(generators)
    }

    /// The field `keywords`.
    pub fn keywords(&mut self, n: &Node) -> Result<&'a [Keyword<'a>]> {
        self.list(n, "keywords", |r, v| {
            let span = r.span(v, Placed::Other, "keyword")?;
            let n = r.node(v, "keyword")?;
            let arg = r.ident_opt(&n, "arg", span)?;
            let value = *r.load(&n, "value")?;
            Ok(Keyword { arg, value, span })
        })
    }

    /// The field `args` of a function.
    pub fn arguments(&mut self, n: &Node) -> Result<&'a Arguments<'a>> {
        let v = self.field(n, "args")?;
        if v.is_none() {
            return type_error("required field \"posonlyargs\" missing from arguments");
        }
        let n = self.node(&v, "arguments")?;
        let a = Arguments {
            posonlyargs: self.list(&n, "posonlyargs", Self::arg)?,
            args: self.list(&n, "args", Self::arg)?,
            vararg: self.arg_opt(&n, "vararg")?,
            kwonlyargs: self.list(&n, "kwonlyargs", Self::arg)?,
            kw_defaults: self.optional_exprs(&n, "kw_defaults")?,
            kwarg: self.arg_opt(&n, "kwarg")?,
            defaults: self.exprs(&n, "defaults", Ctx::Load)?,
        };
        if a.defaults.len() > a.posonlyargs.len() + a.args.len() {
            return value_error("more positional defaults than args on arguments");
        }
        if a.kw_defaults.len() != a.kwonlyargs.len() {
            return value_error("length of kwonlyargs is not the same as kw_defaults on arguments");
        }
        Ok(self.arena.alloc(a))
    }

    fn arg(&mut self, v: &Value) -> Result<Arg<'a>> {
        let span = self.span(v, Placed::Other, "arg")?;
        let n = self.node(v, "arg")?;
        Ok(Arg { arg: self.ident(&n, "arg", span)?, annotation: self.maybe(&n, "annotation")?, span })
    }

    fn arg_opt(&mut self, n: &Node, name: &'static str) -> Result<Option<Arg<'a>>> {
        self.optional(n, name)?.map(|v| self.arg(&v)).transpose()
    }
}
