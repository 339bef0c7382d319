//! The tree as text, as CPython's `ast.dump(tree, indent=4)` prints it.
//!
//! The tree does not store whether a name is read, assigned or deleted: the dump derives it from the place.
//! Nodes nested deeper than [`MAX_DEPTH`] are shown as `...`, so that no source overflows the native stack.

use crate::ast::*;
use std::fmt::Write;

/// See the head of the module.
const MAX_DEPTH: usize = 300;

/// How an expression is used.
#[derive(Clone, Copy)]
enum Ctx {
    Load,
    Store,
    Del,
}

/// The text of a node or field, and whether it is short enough to stand on its parent's line.
type Text = (String, bool);

/// The tree as indented text, with the node and field names of CPython's `ast`.
pub fn dump(module: &Mod) -> String {
    let (text, _) = match module {
        Mod::Module { body } => node(0, "Module", |n| {
            n.stmts("body", body);
            n.put("type_ignores", ("[]".into(), true));
        }),
        Mod::Interactive { body } => node(0, "Interactive", |n| n.stmts("body", body)),
        Mod::Expression { body } => node(0, "Expression", |n| n.expr("body", body)),
    };
    text + "\n"
}

/// A node under construction.
struct Node {
    /// How deep its fields stand.
    level: usize,
    fields: Vec<String>,
    all_simple: bool,
}

fn line_start(level: usize) -> String {
    format!("\n{}", "    ".repeat(level))
}

fn node(level: usize, class: &str, fill: impl FnOnce(&mut Node)) -> Text {
    if level > MAX_DEPTH {
        return ("...".into(), true);
    }
    let mut n = Node { level: level + 1, fields: Vec::new(), all_simple: true };
    fill(&mut n);
    if n.all_simple && n.fields.len() <= 3 {
        return (format!("{class}({})", n.fields.join(", ")), n.fields.is_empty());
    }
    let start = line_start(n.level);
    (format!("{class}({start}{})", n.fields.join(&format!(",{start}"))), false)
}

impl Node {
    fn put(&mut self, name: &str, (text, simple): Text) {
        self.all_simple &= simple;
        self.fields.push(format!("{name}={text}"));
    }

    fn list<T>(&mut self, name: &str, items: &[T], mut format: impl FnMut(usize, &T) -> Text) {
        if items.is_empty() {
            return self.put(name, ("[]".into(), true));
        }
        let level = self.level + 1;
        let start = line_start(level);
        let items: Vec<String> = items.iter().map(|i| format(level, i).0).collect();
        self.put(name, (format!("[{start}{}]", items.join(&format!(",{start}"))), false));
    }

    fn stmts(&mut self, name: &str, body: &[Stmt]) {
        self.list(name, body, stmt);
    }

    fn exprs(&mut self, name: &str, items: &[Expr]) {
        self.list(name, items, |l, e| expr(l, e, Ctx::Load));
    }

    fn targets(&mut self, name: &str, items: &[Expr], ctx: Ctx) {
        self.list(name, items, |l, e| expr(l, e, ctx));
    }

    fn expr(&mut self, name: &str, e: &Expr) {
        self.target(name, e, Ctx::Load);
    }

    fn target(&mut self, name: &str, e: &Expr, ctx: Ctx) {
        let text = expr(self.level, e, ctx);
        self.put(name, text);
    }

    fn option(&mut self, name: &str, e: Option<&Expr>) {
        if let Some(e) = e {
            self.expr(name, e);
        }
    }

    fn string(&mut self, name: &str, s: &str) {
        self.put(name, (repr(s), true));
    }

    fn ident(&mut self, name: &str, i: Option<Ident>) {
        if let Some(i) = i {
            self.string(name, i.name);
        }
    }

    fn number(&mut self, name: &str, n: impl std::fmt::Display) {
        self.put(name, (n.to_string(), true));
    }

    /// A node without fields, such as an operator.
    fn leaf(&mut self, name: &str, class: impl std::fmt::Debug) {
        self.put(name, (format!("{class:?}()"), true));
    }

    fn ctx(&mut self, ctx: Ctx) {
        let class = match ctx {
            Ctx::Load => "Load()",
            Ctx::Store => "Store()",
            Ctx::Del => "Del()",
        };
        self.put("ctx", (class.into(), true));
    }

    fn patterns(&mut self, name: &str, items: &[Pattern]) {
        self.list(name, items, pattern);
    }

    fn generators(&mut self, items: &[Comprehension]) {
        self.list("generators", items, |l, g| {
            node(l, "comprehension", |n| {
                n.target("target", g.target, Ctx::Store);
                n.expr("iter", g.iter);
                n.exprs("ifs", g.ifs);
                n.number("is_async", g.is_async as u8);
            })
        });
    }

    fn keywords(&mut self, items: &[Keyword]) {
        self.list("keywords", items, |l, k| {
            node(l, "keyword", |n| {
                n.ident("arg", k.arg);
                n.expr("value", &k.value);
            })
        });
    }

    fn arguments(&mut self, a: &Arguments) {
        let args = |n: &mut Node, name: &str, items: &[Arg]| n.list(name, items, arg);
        let text = node(self.level, "arguments", |n| {
            args(n, "posonlyargs", a.posonlyargs);
            args(n, "args", a.args);
            if let Some(v) = &a.vararg {
                let text = arg(n.level, v);
                n.put("vararg", text);
            }
            args(n, "kwonlyargs", a.kwonlyargs);
            n.list("kw_defaults", a.kw_defaults, |l, e| match e {
                Some(e) => expr(l, e, Ctx::Load),
                None => ("None".into(), true),
            });
            if let Some(k) = &a.kwarg {
                let text = arg(n.level, k);
                n.put("kwarg", text);
            }
            n.exprs("defaults", a.defaults);
        });
        self.put("args", text);
    }

    fn names(&mut self, names: &[Ident]) {
        self.list("names", names, |_, i| (repr(i.name), true));
    }

    fn aliases(&mut self, names: &[Alias]) {
        self.list("names", names, |l, a| {
            node(l, "alias", |n| {
                n.string("name", a.name.name);
                n.ident("asname", a.asname);
            })
        });
    }
}

fn arg(level: usize, a: &Arg) -> Text {
    node(level, "arg", |n| {
        n.string("arg", a.arg.name);
        n.option("annotation", a.annotation);
    })
}

fn stmt(level: usize, s: &Stmt) -> Text {
    let pick = |is_async: bool, yes: &'static str, no: &'static str| if is_async { yes } else { no };
    match &s.kind {
        StmtKind::FunctionDef(f) => node(level, pick(f.is_async, "AsyncFunctionDef", "FunctionDef"), |n| {
            n.string("name", f.name.name);
            n.arguments(f.args);
            n.stmts("body", f.body);
            n.exprs("decorator_list", f.decorator_list);
            n.option("returns", f.returns);
        }),
        StmtKind::ClassDef(c) => node(level, "ClassDef", |n| {
            n.string("name", c.name.name);
            n.exprs("bases", c.bases);
            n.keywords(c.keywords);
            n.stmts("body", c.body);
            n.exprs("decorator_list", c.decorator_list);
        }),
        StmtKind::Return { value } => node(level, "Return", |n| n.option("value", *value)),
        StmtKind::Delete { targets } => node(level, "Delete", |n| n.targets("targets", targets, Ctx::Del)),
        StmtKind::Assign { targets, value } => node(level, "Assign", |n| {
            n.targets("targets", targets, Ctx::Store);
            n.expr("value", value);
        }),
        StmtKind::AugAssign { target, op, value } => node(level, "AugAssign", |n| {
            n.target("target", target, Ctx::Store);
            n.leaf("op", op);
            n.expr("value", value);
        }),
        StmtKind::AnnAssign { target, annotation, value, simple } => node(level, "AnnAssign", |n| {
            n.target("target", target, Ctx::Store);
            n.expr("annotation", annotation);
            n.option("value", *value);
            n.number("simple", *simple as u8);
        }),
        StmtKind::For { target, iter, body, orelse, is_async } => {
            node(level, pick(*is_async, "AsyncFor", "For"), |n| {
                n.target("target", target, Ctx::Store);
                n.expr("iter", iter);
                n.stmts("body", body);
                n.stmts("orelse", orelse);
            })
        }
        StmtKind::While { test, body, orelse } => node(level, "While", |n| {
            n.expr("test", test);
            n.stmts("body", body);
            n.stmts("orelse", orelse);
        }),
        StmtKind::If { test, body, orelse } => node(level, "If", |n| {
            n.expr("test", test);
            n.stmts("body", body);
            n.stmts("orelse", orelse);
        }),
        StmtKind::With { items, body, is_async } => node(level, pick(*is_async, "AsyncWith", "With"), |n| {
            n.list("items", items, |l, i| {
                node(l, "withitem", |n| {
                    n.expr("context_expr", i.context_expr);
                    if let Some(v) = i.optional_vars {
                        n.target("optional_vars", v, Ctx::Store);
                    }
                })
            });
            n.stmts("body", body);
        }),
        StmtKind::Match { subject, cases } => node(level, "Match", |n| {
            n.expr("subject", subject);
            n.list("cases", cases, |l, c| {
                node(l, "match_case", |n| {
                    let text = pattern(n.level, c.pattern);
                    n.put("pattern", text);
                    n.option("guard", c.guard);
                    n.stmts("body", c.body);
                })
            });
        }),
        StmtKind::Raise { exc, cause } => node(level, "Raise", |n| {
            n.option("exc", *exc);
            n.option("cause", *cause);
        }),
        StmtKind::Try(t) => node(level, pick(t.is_star, "TryStar", "Try"), |n| {
            n.stmts("body", t.body);
            n.list("handlers", t.handlers, |l, h| {
                node(l, "ExceptHandler", |n| {
                    n.option("type", h.typ);
                    n.ident("name", h.name);
                    n.stmts("body", h.body);
                })
            });
            n.stmts("orelse", t.orelse);
            n.stmts("finalbody", t.finalbody);
        }),
        StmtKind::Assert { test, msg } => node(level, "Assert", |n| {
            n.expr("test", test);
            n.option("msg", *msg);
        }),
        StmtKind::Import { names } => node(level, "Import", |n| n.aliases(names)),
        StmtKind::ImportFrom { module, names, level: dots } => node(level, "ImportFrom", |n| {
            n.ident("module", *module);
            n.aliases(names);
            n.number("level", dots);
        }),
        StmtKind::Global { names } => node(level, "Global", |n| n.names(names)),
        StmtKind::Nonlocal { names } => node(level, "Nonlocal", |n| n.names(names)),
        StmtKind::Expr { value } => node(level, "Expr", |n| n.expr("value", value)),
        StmtKind::Pass => node(level, "Pass", |_| {}),
        StmtKind::Break => node(level, "Break", |_| {}),
        StmtKind::Continue => node(level, "Continue", |_| {}),
    }
}

fn expr(level: usize, e: &Expr, ctx: Ctx) -> Text {
    match &e.kind {
        ExprKind::BoolOp { op, values } => node(level, "BoolOp", |n| {
            n.leaf("op", op);
            n.exprs("values", values);
        }),
        ExprKind::NamedExpr { target, value } => node(level, "NamedExpr", |n| {
            n.target("target", target, Ctx::Store);
            n.expr("value", value);
        }),
        ExprKind::BinOp { left, op, right } => node(level, "BinOp", |n| {
            n.expr("left", left);
            n.leaf("op", op);
            n.expr("right", right);
        }),
        ExprKind::UnaryOp { op, operand } => node(level, "UnaryOp", |n| {
            n.leaf("op", op);
            n.expr("operand", operand);
        }),
        ExprKind::Lambda { args, body } => node(level, "Lambda", |n| {
            n.arguments(args);
            n.expr("body", body);
        }),
        ExprKind::IfExp { test, body, orelse } => node(level, "IfExp", |n| {
            n.expr("test", test);
            n.expr("body", body);
            n.expr("orelse", orelse);
        }),
        ExprKind::Dict { keys, values } => node(level, "Dict", |n| {
            n.list("keys", keys, |l, k| match k {
                Some(k) => expr(l, k, Ctx::Load),
                None => ("None".into(), true),
            });
            n.exprs("values", values);
        }),
        ExprKind::Set { elts } => node(level, "Set", |n| n.exprs("elts", elts)),
        ExprKind::ListComp { elt, generators } => comprehension(level, "ListComp", elt, generators),
        ExprKind::SetComp { elt, generators } => comprehension(level, "SetComp", elt, generators),
        ExprKind::GeneratorExp { elt, generators } => comprehension(level, "GeneratorExp", elt, generators),
        ExprKind::DictComp { key, value, generators } => node(level, "DictComp", |n| {
            n.expr("key", key);
            n.expr("value", value);
            n.generators(generators);
        }),
        ExprKind::Await { value } => node(level, "Await", |n| n.expr("value", value)),
        ExprKind::Yield { value } => node(level, "Yield", |n| n.option("value", *value)),
        ExprKind::YieldFrom { value } => node(level, "YieldFrom", |n| n.expr("value", value)),
        ExprKind::Compare { left, ops, comparators } => node(level, "Compare", |n| {
            n.expr("left", left);
            n.list("ops", ops, |_, op| (format!("{op:?}()"), true));
            n.exprs("comparators", comparators);
        }),
        ExprKind::Call { func, args, keywords } => node(level, "Call", |n| {
            n.expr("func", func);
            n.exprs("args", args);
            n.keywords(keywords);
        }),
        ExprKind::FormattedValue { value, conversion, format_spec } => node(level, "FormattedValue", |n| {
            n.expr("value", value);
            n.number(
                "conversion",
                match conversion {
                    Conversion::None => -1,
                    Conversion::Str => i32::from(b's'),
                    Conversion::Repr => i32::from(b'r'),
                    Conversion::Ascii => i32::from(b'a'),
                },
            );
            n.option("format_spec", *format_spec);
        }),
        ExprKind::JoinedStr { values } => node(level, "JoinedStr", |n| n.exprs("values", values)),
        ExprKind::Constant(c) => node(level, "Constant", |n| n.put("value", (constant(c), true))),
        ExprKind::Attribute { value, attr } => node(level, "Attribute", |n| {
            n.expr("value", value);
            n.string("attr", attr.name);
            n.ctx(ctx);
        }),
        ExprKind::Subscript { value, slice } => node(level, "Subscript", |n| {
            n.expr("value", value);
            n.expr("slice", slice);
            n.ctx(ctx);
        }),
        ExprKind::Starred { value } => node(level, "Starred", |n| {
            n.target("value", value, ctx);
            n.ctx(ctx);
        }),
        ExprKind::Name { id } => node(level, "Name", |n| {
            n.string("id", id);
            n.ctx(ctx);
        }),
        ExprKind::List { elts } => node(level, "List", |n| {
            n.targets("elts", elts, ctx);
            n.ctx(ctx);
        }),
        ExprKind::Tuple { elts } => node(level, "Tuple", |n| {
            n.targets("elts", elts, ctx);
            n.ctx(ctx);
        }),
        ExprKind::Slice { lower, upper, step } => node(level, "Slice", |n| {
            n.option("lower", *lower);
            n.option("upper", *upper);
            n.option("step", *step);
        }),
    }
}

fn comprehension(level: usize, class: &str, elt: &Expr, generators: &[Comprehension]) -> Text {
    node(level, class, |n| {
        n.expr("elt", elt);
        n.generators(generators);
    })
}

fn pattern(level: usize, p: &Pattern) -> Text {
    match &p.kind {
        PatternKind::MatchValue { value } => node(level, "MatchValue", |n| n.expr("value", value)),
        PatternKind::MatchSingleton { value } => {
            node(level, "MatchSingleton", |n| n.put("value", (constant(value), true)))
        }
        PatternKind::MatchSequence { patterns } => {
            node(level, "MatchSequence", |n| n.patterns("patterns", patterns))
        }
        PatternKind::MatchMapping { keys, patterns, rest } => node(level, "MatchMapping", |n| {
            n.exprs("keys", keys);
            n.patterns("patterns", patterns);
            n.ident("rest", *rest);
        }),
        PatternKind::MatchClass { cls, patterns, kwd_attrs, kwd_patterns } => {
            node(level, "MatchClass", |n| {
                n.expr("cls", cls);
                n.patterns("patterns", patterns);
                n.list("kwd_attrs", kwd_attrs, |_, i| (repr(i.name), true));
                n.patterns("kwd_patterns", kwd_patterns);
            })
        }
        PatternKind::MatchStar { name } => node(level, "MatchStar", |n| n.ident("name", *name)),
        PatternKind::MatchAs { pattern: inner, name } => node(level, "MatchAs", |n| {
            if let Some(inner) = inner {
                let text = pattern(n.level, inner);
                n.put("pattern", text);
            }
            n.ident("name", *name);
        }),
        PatternKind::MatchOr { patterns } => node(level, "MatchOr", |n| n.patterns("patterns", patterns)),
    }
}

fn constant(c: &Constant) -> String {
    match c {
        Constant::None => "None".into(),
        Constant::Bool(b) => if *b { "True" } else { "False" }.into(),
        Constant::Int(i) => i.to_string(),
        // The digits as they were written: the tree holds no larger number.
        Constant::BigInt { digits, radix: 10 } => (*digits).into(),
        Constant::BigInt { digits, radix: 16 } => format!("0x{digits}"),
        Constant::BigInt { digits, radix: 8 } => format!("0o{digits}"),
        Constant::BigInt { digits, .. } => format!("0b{digits}"),
        Constant::Float(f) => float(*f),
        Constant::Complex(f) => format!("{}j", float(*f).trim_end_matches(".0")),
        Constant::Str(s) => repr(s),
        Constant::Bytes(b) => bytes_repr(b),
        Constant::Ellipsis => "Ellipsis".into(),
    }
}

/// `repr` of a float: the shortest digits, the exponent with a sign and two digits.
fn float(f: f64) -> String {
    let text = format!("{f:?}");
    match text.split_once('e') {
        None => text,
        Some((digits, exponent)) => {
            let digits = digits.strip_suffix(".0").unwrap_or(digits);
            let (sign, number) = exponent.strip_prefix('-').map_or(('+', exponent), |n| ('-', n));
            format!("{digits}e{sign}{number:0>2}")
        }
    }
}

fn quote(text: &str) -> char {
    if text.contains('\'') && !text.contains('"') { '"' } else { '\'' }
}

/// Surrogates, the private use areas (where those are kept) and what is no character at all.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..) || c as u32 & 0xfffe == 0xfffe
}

fn repr(s: &str) -> String {
    let quote = quote(s);
    let mut out = String::from(quote);
    for c in s.chars() {
        match c {
            '\n' => out += "\\n",
            '\r' => out += "\\r",
            '\t' => out += "\\t",
            '\\' => out += "\\\\",
            c if c == quote => {
                out.push('\\');
                out.push(c);
            }
            c if is_unseen(c) => {
                let _ = match crate::surrogate::code_of(c) {
                    code @ 0..0x10000 => write!(out, "\\u{code:04x}"),
                    code => write!(out, "\\U{code:08x}"),
                };
            }
            c if c < ' ' || ('\x7f'..'\u{a1}').contains(&c) => {
                let _ = write!(out, "\\x{:02x}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push(quote);
    out
}

fn bytes_repr(bytes: &[u8]) -> String {
    let text: String = bytes.iter().map(|&b| b as char).collect();
    let quote = quote(&text);
    let mut out = format!("b{quote}");
    for &b in bytes {
        match b {
            b'\n' => out += "\\n",
            b'\r' => out += "\\r",
            b'\t' => out += "\\t",
            b'\\' => out += "\\\\",
            b if b as char == quote => {
                out.push('\\');
                out.push(quote);
            }
            b' '..=b'~' => out.push(b as char),
            b => {
                let _ = write!(out, "\\x{b:02x}");
            }
        }
    }
    out.push(quote);
    out
}
