//! Expressions as source text again, as `from __future__ import annotations` keeps them.
//!
//! The text is CPython's: one space around operators, strings as their `repr`, and only the parentheses that
//! are needed. It recurses as deep as the expression is: callers have limited that (the symbol table does).

use crate::ast::*;
use crate::ast_dump::{Printable, constant, repr};

/// The source text of an expression.
pub fn unparse(e: &Expr, printable: Printable) -> String {
    let mut u = Unparser { out: String::new(), printable };
    u.expr(e, Level::Test);
    u.out
}

/// How tightly an expression's parts are bound, from loose to tight. An expression inside one that binds
/// more tightly is put in parentheses.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Level {
    Tuple,
    Test,
    Or,
    And,
    Not,
    Compare,
    BitOr,
    BitXor,
    BitAnd,
    Shift,
    Sum,
    Term,
    Factor,
    Power,
    Await,
    Atom,
}

use Level::*;

impl Level {
    /// The next tighter one.
    fn up(self) -> Level {
        const ALL: [Level; 16] = [
            Tuple, Test, Or, And, Not, Compare, BitOr, BitXor, BitAnd, Shift, Sum, Term, Factor, Power,
            Await, Atom,
        ];
        ALL[(self as usize + 1).min(ALL.len() - 1)]
    }
}

fn operator(op: Operator) -> (&'static str, Level) {
    match op {
        Operator::Add => ("+", Sum),
        Operator::Sub => ("-", Sum),
        Operator::Mult => ("*", Term),
        Operator::MatMult => ("@", Term),
        Operator::Div => ("/", Term),
        Operator::Mod => ("%", Term),
        Operator::Pow => ("**", Power),
        Operator::LShift => ("<<", Shift),
        Operator::RShift => (">>", Shift),
        Operator::BitOr => ("|", BitOr),
        Operator::BitXor => ("^", BitXor),
        Operator::BitAnd => ("&", BitAnd),
        Operator::FloorDiv => ("//", Term),
    }
}

fn comparison(op: CmpOp) -> &'static str {
    match op {
        CmpOp::Eq => " == ",
        CmpOp::NotEq => " != ",
        CmpOp::Lt => " < ",
        CmpOp::LtE => " <= ",
        CmpOp::Gt => " > ",
        CmpOp::GtE => " >= ",
        CmpOp::Is => " is ",
        CmpOp::IsNot => " is not ",
        CmpOp::In => " in ",
        CmpOp::NotIn => " not in ",
    }
}

struct Unparser {
    out: String,
    printable: Printable,
}

impl Unparser {
    fn put(&mut self, text: &str) {
        self.out.push_str(text);
    }

    /// Writes something of a level, in parentheses where a tighter one is wanted.
    fn grouped(&mut self, level: Level, wanted: Level, write: impl FnOnce(&mut Unparser)) {
        let group = wanted > level;
        if group {
            self.put("(");
        }
        write(self);
        if group {
            self.put(")");
        }
    }

    fn joined<T>(&mut self, items: &[T], separator: &str, mut write: impl FnMut(&mut Unparser, &T)) {
        for (i, item) in items.iter().enumerate() {
            if i > 0 {
                self.put(separator);
            }
            write(self, item);
        }
    }

    fn tests(&mut self, items: &[Expr]) {
        self.joined(items, ", ", |u, e| u.expr(e, Test));
    }

    fn expr(&mut self, e: &Expr, wanted: Level) {
        match e.kind {
            ExprKind::BoolOp { op, values } => {
                let (word, level) = if op == BoolOp::And { (" and ", And) } else { (" or ", Or) };
                self.grouped(level, wanted, |u| u.joined(values, word, |u, v| u.expr(v, level.up())));
            }
            ExprKind::NamedExpr { target, value } => self.grouped(Tuple, wanted, |u| {
                u.expr(target, Atom);
                u.put(" := ");
                u.expr(value, Atom);
            }),
            ExprKind::BinOp { left, op, right } => {
                let (sign, level) = operator(op);
                let (l, r) = if level == Power { (level.up(), level) } else { (level, level.up()) };
                self.grouped(level, wanted, |u| {
                    u.expr(left, l);
                    u.put(&format!(" {sign} "));
                    u.expr(right, r);
                });
            }
            ExprKind::UnaryOp { op, operand } => {
                let (sign, level) = match op {
                    UnaryOp::Invert => ("~", Factor),
                    UnaryOp::Not => ("not ", Not),
                    UnaryOp::UAdd => ("+", Factor),
                    UnaryOp::USub => ("-", Factor),
                };
                self.grouped(level, wanted, |u| {
                    u.put(sign);
                    u.expr(operand, level);
                });
            }
            ExprKind::Lambda { args, body } => self.grouped(Test, wanted, |u| {
                u.put("lambda");
                u.parameters(args);
                u.put(": ");
                u.expr(body, Test);
            }),
            ExprKind::IfExp { test, body, orelse } => self.grouped(Test, wanted, |u| {
                u.expr(body, Or);
                u.put(" if ");
                u.expr(test, Or);
                u.put(" else ");
                u.expr(orelse, Test);
            }),
            ExprKind::Dict { keys, values } => {
                self.put("{");
                let pairs: Vec<_> = keys.iter().zip(values).collect();
                self.joined(&pairs, ", ", |u, (key, value)| match key {
                    Some(key) => u.pair(key, value),
                    None => {
                        u.put("**");
                        u.expr(value, BitOr);
                    }
                });
                self.put("}");
            }
            ExprKind::Set { elts } => self.bracketed("{", elts, "}"),
            ExprKind::List { elts } => self.bracketed("[", elts, "]"),
            ExprKind::Tuple { elts: [] } => self.put("()"),
            ExprKind::Tuple { elts } => self.grouped(Tuple, wanted, |u| {
                u.tests(elts);
                if elts.len() == 1 {
                    u.put(",");
                }
            }),
            ExprKind::GeneratorExp { elt, generators } => {
                self.comprehension("(", |u| u.expr(elt, Test), generators, ")")
            }
            ExprKind::ListComp { elt, generators } => {
                self.comprehension("[", |u| u.expr(elt, Test), generators, "]")
            }
            ExprKind::SetComp { elt, generators } => {
                self.comprehension("{", |u| u.expr(elt, Test), generators, "}")
            }
            ExprKind::DictComp { key, value, generators } => {
                self.comprehension("{", |u| u.pair(key, value), generators, "}")
            }
            ExprKind::Await { value } => self.grouped(Await, wanted, |u| {
                u.put("await ");
                u.expr(value, Atom);
            }),
            ExprKind::Yield { value: None } => self.put("(yield)"),
            ExprKind::Yield { value: Some(value) } => self.wrapped("(yield ", value, ")"),
            ExprKind::YieldFrom { value } => self.wrapped("(yield from ", value, ")"),
            ExprKind::Compare { left, ops, comparators } => self.grouped(Compare, wanted, |u| {
                u.expr(left, BitOr);
                for (op, right) in ops.iter().zip(comparators) {
                    u.put(comparison(*op));
                    u.expr(right, BitOr);
                }
            }),
            ExprKind::Call { func, args, keywords } => self.call(func, args, keywords),
            ExprKind::FormattedValue { .. } => self.f_string(std::slice::from_ref(e)),
            ExprKind::JoinedStr { values } => self.f_string(values),
            ExprKind::Constant(Constant::Ellipsis) => self.put("..."),
            ExprKind::Constant(c) => {
                let text = constant(&c, self.printable);
                match c {
                    // There is no literal for infinity, but one for a number that is too large.
                    Constant::Float(_) | Constant::Complex(_) => self.put(&text.replace("inf", "1e309")),
                    _ => self.put(&text),
                }
            }
            ExprKind::Attribute { value, attr } => {
                self.expr(value, Atom);
                let number =
                    matches!(value.kind, ExprKind::Constant(Constant::Int(_) | Constant::BigInt { .. }));
                self.put(if number { " ." } else { "." });
                self.put(attr.name);
            }
            ExprKind::Subscript { value, slice } => {
                self.expr(value, Atom);
                self.put("[");
                self.expr(slice, Tuple);
                self.put("]");
            }
            ExprKind::Starred { value } => {
                self.put("*");
                self.expr(value, BitOr);
            }
            ExprKind::Name { id } => self.put(id),
            ExprKind::Slice { lower, upper, step } => {
                let mut part = |before: &str, e: Option<&Expr>| {
                    self.put(before);
                    if let Some(e) = e {
                        self.expr(e, Test);
                    }
                };
                part("", lower);
                part(":", upper);
                if step.is_some() {
                    part(":", step);
                }
            }
        }
    }

    fn wrapped(&mut self, before: &str, e: &Expr, after: &str) {
        self.put(before);
        self.expr(e, Test);
        self.put(after);
    }

    fn bracketed(&mut self, open: &str, elts: &[Expr], close: &str) {
        self.put(open);
        self.tests(elts);
        self.put(close);
    }

    fn pair(&mut self, key: &Expr, value: &Expr) {
        self.wrapped("", key, ": ");
        self.expr(value, Test);
    }

    fn comprehension(
        &mut self,
        open: &str,
        element: impl FnOnce(&mut Unparser),
        generators: &[Comprehension],
        close: &str,
    ) {
        self.put(open);
        element(self);
        for g in generators {
            self.put(if g.is_async { " async for " } else { " for " });
            self.expr(g.target, Tuple);
            self.put(" in ");
            self.expr(g.iter, Or);
            for condition in g.ifs {
                self.put(" if ");
                self.expr(condition, Or);
            }
        }
        self.put(close);
    }

    fn call(&mut self, func: &Expr, args: &[Expr], keywords: &[Keyword]) {
        self.expr(func, Atom);
        if let ([only], []) = (args, keywords)
            && matches!(only.kind, ExprKind::GeneratorExp { .. })
        {
            // Its parentheses are those of the call.
            return self.expr(only, Atom);
        }
        self.put("(");
        self.tests(args);
        if !args.is_empty() && !keywords.is_empty() {
            self.put(", ");
        }
        self.joined(keywords, ", ", |u, k| {
            match k.arg {
                Some(name) => {
                    u.put(name.name);
                    u.put("=");
                }
                None => u.put("**"),
            }
            u.expr(&k.value, Test);
        });
        self.put(")");
    }

    /// The parameters of a lambda, with a space before the first unless that has stars.
    fn parameters(&mut self, a: &Arguments) {
        let mut before = if a.posonlyargs.is_empty() && a.args.is_empty() { "" } else { " " };
        let mut next = |u: &mut Unparser, stars: &str, name: &str, default: Option<&Expr>| {
            u.put(before);
            before = ", ";
            u.put(stars);
            u.put(name);
            if let Some(default) = default {
                u.put("=");
                u.expr(default, Test);
            }
        };
        let positional = a.posonlyargs.len() + a.args.len();
        let required = positional.saturating_sub(a.defaults.len());
        for (i, arg) in a.posonlyargs.iter().chain(a.args).enumerate() {
            let default = i.checked_sub(required).and_then(|d| a.defaults.get(d));
            next(self, "", arg.arg.name, default);
            if i + 1 == a.posonlyargs.len() {
                next(self, "/", "", None);
            }
        }
        if a.vararg.is_some() || !a.kwonlyargs.is_empty() {
            next(self, "*", a.vararg.map_or("", |v| v.arg.name), None);
        }
        for (arg, default) in a.kwonlyargs.iter().zip(a.kw_defaults) {
            next(self, "", arg.arg.name, default.as_ref());
        }
        if let Some(kwarg) = a.kwarg {
            next(self, "**", kwarg.arg.name, None);
        }
    }

    fn f_string(&mut self, values: &[Expr]) {
        let text = self.f_string_inside(values);
        self.put("f");
        self.put(&repr(&text, self.printable));
    }

    /// What is between the quotes of an f-string.
    fn f_string_inside(&self, values: &[Expr]) -> String {
        let mut text = String::new();
        for value in values {
            match value.kind {
                ExprKind::Constant(Constant::Str(s)) => text += &s.replace('{', "{{").replace('}', "}}"),
                ExprKind::JoinedStr { values } => text += &self.f_string_inside(values),
                ExprKind::FormattedValue { value, conversion, format_spec } => {
                    let mut inner = Unparser { out: String::new(), printable: self.printable };
                    inner.expr(value, Or);
                    // Two braces would be one that stands for itself.
                    text += if inner.out.starts_with('{') { "{ " } else { "{" };
                    text += &inner.out;
                    text += match conversion {
                        Conversion::None => "",
                        Conversion::Str => "!s",
                        Conversion::Repr => "!r",
                        Conversion::Ascii => "!a",
                    };
                    if let Some(spec) = format_spec {
                        text.push(':');
                        text += &self.f_string_inside(std::slice::from_ref(spec));
                    }
                    text.push('}');
                }
                _ => {}
            }
        }
        text
    }
}
