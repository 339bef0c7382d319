//! The tree as classes with named fields, as CPython's `Python.asdl` has them: the one place that knows which class a
//! node of [`ast`](crate::ast) is there, and what its fields are called. A [`Builder`] makes something of them.
//!
//! The tree does not store whether a name is read, assigned or deleted: that follows from the place.

use crate::ast::*;

/// Makes something of the nodes of a tree, from the leaves up.
pub trait Builder {
    /// What nodes, lists and leaves become.
    type Out;
    /// A node of a class, with its fields in order, and where it stands; some nodes have no place.
    fn node(&mut self, class: &'static str, fields: Fields<Self::Out>, span: Option<Span>) -> Self::Out;
    /// A list.
    fn list(&mut self, items: Vec<Self::Out>) -> Self::Out;
    /// A field or item that is not there.
    fn absent(&mut self) -> Self::Out;
    /// A name.
    fn name(&mut self, name: &str) -> Self::Out;
    /// A small number.
    fn number(&mut self, n: i64) -> Self::Out;
    /// The value of a literal.
    fn constant(&mut self, value: &Constant) -> Self::Out;
    /// The field `kind` of a literal: what its prefix was, if that makes no other difference.
    fn kind(&mut self, span: Span) -> Self::Out;
    /// Goes one level down; false if the tree is too deep to go on.
    fn enter(&mut self) -> bool;
    /// Comes up again.
    fn leave(&mut self);
    /// What stands for a node that is too deep.
    fn too_deep(&mut self) -> Self::Out;
}

/// The fields of a node.
pub type Fields<T> = Vec<(&'static str, T)>;

/// How an expression is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Ctx {
    Load,
    Store,
    Del,
}

/// What a builder makes of a tree.
pub fn walk<B: Builder>(module: &Mod, builder: &mut B) -> B::Out {
    let mut w = Walk { b: builder };
    match module {
        Mod::Module { body } => {
            let fields = vec![("body", w.stmts(body)), ("type_ignores", w.b.list(Vec::new()))];
            w.b.node("Module", fields, None)
        }
        Mod::Interactive { body } => {
            let fields = vec![("body", w.stmts(body))];
            w.b.node("Interactive", fields, None)
        }
        Mod::Expression { body } => {
            let fields = vec![("body", w.expr(body, Ctx::Load))];
            w.b.node("Expression", fields, None)
        }
    }
}

struct Walk<'b, B: Builder> {
    b: &'b mut B,
}

impl<B: Builder> Walk<'_, B> {
    fn down(&mut self, f: impl FnOnce(&mut Self) -> B::Out) -> B::Out {
        let out = if self.b.enter() { f(self) } else { self.b.too_deep() };
        self.b.leave();
        out
    }

    fn all<T>(&mut self, items: &[T], mut f: impl FnMut(&mut Self, &T) -> B::Out) -> B::Out {
        let items = items.iter().map(|item| f(self, item)).collect();
        self.b.list(items)
    }

    fn opt<T>(&mut self, item: Option<T>, f: impl FnOnce(&mut Self, T) -> B::Out) -> B::Out {
        match item {
            Some(item) => f(self, item),
            None => self.b.absent(),
        }
    }

    fn stmts(&mut self, body: &[Stmt]) -> B::Out {
        self.all(body, |w, s| w.stmt(s))
    }

    fn exprs(&mut self, items: &[Expr]) -> B::Out {
        self.targets(items, Ctx::Load)
    }

    fn targets(&mut self, items: &[Expr], ctx: Ctx) -> B::Out {
        self.all(items, |w, e| w.expr(e, ctx))
    }

    fn load(&mut self, e: &Expr) -> B::Out {
        self.expr(e, Ctx::Load)
    }

    fn maybe(&mut self, e: Option<&Expr>) -> B::Out {
        self.opt(e, Self::load)
    }

    fn ident(&mut self, i: Option<Ident>) -> B::Out {
        self.opt(i, |w, i| w.b.name(i.name))
    }

    fn names(&mut self, names: &[Ident]) -> B::Out {
        self.all(names, |w, i| w.b.name(i.name))
    }

    /// A node without fields, such as an operator.
    fn leaf(&mut self, class: &'static str) -> B::Out {
        self.b.node(class, Vec::new(), None)
    }

    fn ctx(&mut self, ctx: Ctx) -> B::Out {
        self.leaf(ctx.class())
    }

    fn flag(&mut self, on: bool) -> B::Out {
        self.b.number(on as i64)
    }

    fn generators(&mut self, items: &[Comprehension]) -> B::Out {
        self.all(items, |w, g| {
            let fields = vec![
                ("target", w.expr(g.target, Ctx::Store)),
                ("iter", w.load(g.iter)),
                ("ifs", w.exprs(g.ifs)),
                ("is_async", w.flag(g.is_async)),
            ];
            w.b.node("comprehension", fields, None)
        })
    }

    fn keywords(&mut self, items: &[Keyword]) -> B::Out {
        self.all(items, |w, k| {
            let fields = vec![("arg", w.ident(k.arg)), ("value", w.load(&k.value))];
            w.b.node("keyword", fields, Some(k.span))
        })
    }

    fn arg(&mut self, a: &Arg) -> B::Out {
        let fields = vec![
            ("arg", self.b.name(a.arg.name)),
            ("annotation", self.maybe(a.annotation)),
            ("type_comment", self.b.absent()),
        ];
        self.b.node("arg", fields, Some(a.span))
    }

    fn arguments(&mut self, a: &Arguments) -> B::Out {
        let optional = |w: &mut Self, e: &Option<Expr>| w.opt(e.as_ref(), Self::load);
        let fields = vec![
            ("posonlyargs", self.all(a.posonlyargs, Self::arg)),
            ("args", self.all(a.args, Self::arg)),
            ("vararg", self.opt(a.vararg.as_ref(), Self::arg)),
            ("kwonlyargs", self.all(a.kwonlyargs, Self::arg)),
            ("kw_defaults", self.all(a.kw_defaults, optional)),
            ("kwarg", self.opt(a.kwarg.as_ref(), Self::arg)),
            ("defaults", self.exprs(a.defaults)),
        ];
        self.b.node("arguments", fields, None)
    }

    fn aliases(&mut self, names: &[Alias]) -> B::Out {
        self.all(names, |w, a| {
            let fields = vec![("name", w.b.name(a.name.name)), ("asname", w.ident(a.asname))];
            w.b.node("alias", fields, Some(a.span))
        })
    }

    fn stmt(&mut self, s: &Stmt) -> B::Out {
        self.down(|w| w.stmt_here(s))
    }

    fn stmt_here(&mut self, s: &Stmt) -> B::Out {
        let (class, fields) = match &s.kind {
            StmtKind::FunctionDef(f) => (
                if f.is_async { "AsyncFunctionDef" } else { "FunctionDef" },
                vec![
                    ("name", self.b.name(f.name.name)),
                    ("args", self.arguments(f.args)),
                    ("body", self.stmts(f.body)),
                    ("decorator_list", self.exprs(f.decorator_list)),
                    ("returns", self.maybe(f.returns)),
                    ("type_comment", self.b.absent()),
                ],
            ),
            StmtKind::ClassDef(c) => (
                "ClassDef",
                vec![
                    ("name", self.b.name(c.name.name)),
                    ("bases", self.exprs(c.bases)),
                    ("keywords", self.keywords(c.keywords)),
                    ("body", self.stmts(c.body)),
                    ("decorator_list", self.exprs(c.decorator_list)),
                ],
            ),
            StmtKind::Return { value } => ("Return", vec![("value", self.maybe(*value))]),
            StmtKind::Delete { targets } => ("Delete", vec![("targets", self.targets(targets, Ctx::Del))]),
            StmtKind::Assign { targets, value } => (
                "Assign",
                vec![
                    ("targets", self.targets(targets, Ctx::Store)),
                    ("value", self.load(value)),
                    ("type_comment", self.b.absent()),
                ],
            ),
            StmtKind::AugAssign { target, op, value } => (
                "AugAssign",
                vec![
                    ("target", self.expr(target, Ctx::Store)),
                    ("op", self.leaf(op.class())),
                    ("value", self.load(value)),
                ],
            ),
            StmtKind::AnnAssign { target, annotation, value, simple } => (
                "AnnAssign",
                vec![
                    ("target", self.expr(target, Ctx::Store)),
                    ("annotation", self.load(annotation)),
                    ("value", self.maybe(*value)),
                    ("simple", self.flag(*simple)),
                ],
            ),
            StmtKind::For { target, iter, body, orelse, is_async } => (
                if *is_async { "AsyncFor" } else { "For" },
                vec![
                    ("target", self.expr(target, Ctx::Store)),
                    ("iter", self.load(iter)),
                    ("body", self.stmts(body)),
                    ("orelse", self.stmts(orelse)),
                    ("type_comment", self.b.absent()),
                ],
            ),
            StmtKind::While { test, body, orelse } => ("While", self.branches(test, body, orelse)),
            StmtKind::If { test, body, orelse } => ("If", self.branches(test, body, orelse)),
            StmtKind::With { items, body, is_async } => (
                if *is_async { "AsyncWith" } else { "With" },
                vec![
                    ("items", self.all(items, Self::with_item)),
                    ("body", self.stmts(body)),
                    ("type_comment", self.b.absent()),
                ],
            ),
            StmtKind::Match { subject, cases } => {
                ("Match", vec![("subject", self.load(subject)), ("cases", self.all(cases, Self::match_case))])
            }
            StmtKind::Raise { exc, cause } => {
                ("Raise", vec![("exc", self.maybe(*exc)), ("cause", self.maybe(*cause))])
            }
            StmtKind::Try(t) => (
                if t.is_star { "TryStar" } else { "Try" },
                vec![
                    ("body", self.stmts(t.body)),
                    ("handlers", self.all(t.handlers, Self::handler)),
                    ("orelse", self.stmts(t.orelse)),
                    ("finalbody", self.stmts(t.finalbody)),
                ],
            ),
            StmtKind::Assert { test, msg } => {
                ("Assert", vec![("test", self.load(test)), ("msg", self.maybe(*msg))])
            }
            StmtKind::Import { names } => ("Import", vec![("names", self.aliases(names))]),
            StmtKind::ImportFrom { module, names, level } => (
                "ImportFrom",
                vec![
                    ("module", self.ident(*module)),
                    ("names", self.aliases(names)),
                    ("level", self.b.number((*level).into())),
                ],
            ),
            StmtKind::Global { names } => ("Global", vec![("names", self.names(names))]),
            StmtKind::Nonlocal { names } => ("Nonlocal", vec![("names", self.names(names))]),
            StmtKind::Expr { value } => ("Expr", vec![("value", self.load(value))]),
            StmtKind::Pass => ("Pass", Vec::new()),
            StmtKind::Break => ("Break", Vec::new()),
            StmtKind::Continue => ("Continue", Vec::new()),
        };
        self.b.node(class, fields, Some(s.span))
    }

    fn branches(&mut self, test: &Expr, body: &[Stmt], orelse: &[Stmt]) -> Fields<B::Out> {
        vec![("test", self.load(test)), ("body", self.stmts(body)), ("orelse", self.stmts(orelse))]
    }

    fn with_item(&mut self, i: &WithItem) -> B::Out {
        let fields = vec![
            ("context_expr", self.load(i.context_expr)),
            ("optional_vars", self.opt(i.optional_vars, |w, v| w.expr(v, Ctx::Store))),
        ];
        self.b.node("withitem", fields, None)
    }

    fn match_case(&mut self, c: &MatchCase) -> B::Out {
        let fields = vec![
            ("pattern", self.pattern(c.pattern)),
            ("guard", self.maybe(c.guard)),
            ("body", self.stmts(c.body)),
        ];
        self.b.node("match_case", fields, None)
    }

    fn handler(&mut self, h: &ExceptHandler) -> B::Out {
        let fields =
            vec![("type", self.maybe(h.typ)), ("name", self.ident(h.name)), ("body", self.stmts(h.body))];
        self.b.node("ExceptHandler", fields, Some(h.span))
    }

    fn expr(&mut self, e: &Expr, ctx: Ctx) -> B::Out {
        self.down(|w| w.expr_here(e, ctx))
    }

    fn expr_here(&mut self, e: &Expr, ctx: Ctx) -> B::Out {
        let (class, fields) = match &e.kind {
            ExprKind::BoolOp { op, values } => {
                ("BoolOp", vec![("op", self.leaf(op.class())), ("values", self.exprs(values))])
            }
            ExprKind::NamedExpr { target, value } => {
                ("NamedExpr", vec![("target", self.expr(target, Ctx::Store)), ("value", self.load(value))])
            }
            ExprKind::BinOp { left, op, right } => (
                "BinOp",
                vec![("left", self.load(left)), ("op", self.leaf(op.class())), ("right", self.load(right))],
            ),
            ExprKind::UnaryOp { op, operand } => {
                ("UnaryOp", vec![("op", self.leaf(op.class())), ("operand", self.load(operand))])
            }
            ExprKind::Lambda { args, body } => {
                ("Lambda", vec![("args", self.arguments(args)), ("body", self.load(body))])
            }
            ExprKind::IfExp { test, body, orelse } => (
                "IfExp",
                vec![("test", self.load(test)), ("body", self.load(body)), ("orelse", self.load(orelse))],
            ),
            ExprKind::Dict { keys, values } => {
                let keys = self.all(keys, |w, k| w.opt(k.as_ref(), Self::load));
                ("Dict", vec![("keys", keys), ("values", self.exprs(values))])
            }
            ExprKind::Set { elts } => ("Set", vec![("elts", self.exprs(elts))]),
            ExprKind::ListComp { elt, generators } => ("ListComp", self.comprehension(elt, generators)),
            ExprKind::SetComp { elt, generators } => ("SetComp", self.comprehension(elt, generators)),
            ExprKind::GeneratorExp { elt, generators } => {
                ("GeneratorExp", self.comprehension(elt, generators))
            }
            ExprKind::DictComp { key, value, generators } => (
                "DictComp",
                vec![
                    ("key", self.load(key)),
                    ("value", self.load(value)),
                    ("generators", self.generators(generators)),
                ],
            ),
            ExprKind::Await { value } => ("Await", vec![("value", self.load(value))]),
            ExprKind::Yield { value } => ("Yield", vec![("value", self.maybe(*value))]),
            ExprKind::YieldFrom { value } => ("YieldFrom", vec![("value", self.load(value))]),
            ExprKind::Compare { left, ops, comparators } => (
                "Compare",
                vec![
                    ("left", self.load(left)),
                    ("ops", self.all(ops, |w, op| w.leaf(op.class()))),
                    ("comparators", self.exprs(comparators)),
                ],
            ),
            ExprKind::Call { func, args, keywords } => (
                "Call",
                vec![
                    ("func", self.load(func)),
                    ("args", self.exprs(args)),
                    ("keywords", self.keywords(keywords)),
                ],
            ),
            ExprKind::FormattedValue { value, conversion, format_spec } => (
                "FormattedValue",
                vec![
                    ("value", self.load(value)),
                    ("conversion", self.b.number(conversion.code())),
                    ("format_spec", self.maybe(*format_spec)),
                ],
            ),
            ExprKind::JoinedStr { values } => ("JoinedStr", vec![("values", self.exprs(values))]),
            ExprKind::Constant(c) => {
                ("Constant", vec![("value", self.b.constant(c)), ("kind", self.b.kind(e.span))])
            }
            ExprKind::Attribute { value, attr } => (
                "Attribute",
                vec![("value", self.load(value)), ("attr", self.b.name(attr.name)), ("ctx", self.ctx(ctx))],
            ),
            ExprKind::Subscript { value, slice } => (
                "Subscript",
                vec![("value", self.load(value)), ("slice", self.load(slice)), ("ctx", self.ctx(ctx))],
            ),
            ExprKind::Starred { value } => {
                ("Starred", vec![("value", self.expr(value, ctx)), ("ctx", self.ctx(ctx))])
            }
            ExprKind::Name { id } => ("Name", vec![("id", self.b.name(id)), ("ctx", self.ctx(ctx))]),
            ExprKind::List { elts } => {
                ("List", vec![("elts", self.targets(elts, ctx)), ("ctx", self.ctx(ctx))])
            }
            ExprKind::Tuple { elts } => {
                ("Tuple", vec![("elts", self.targets(elts, ctx)), ("ctx", self.ctx(ctx))])
            }
            ExprKind::Slice { lower, upper, step } => (
                "Slice",
                vec![
                    ("lower", self.maybe(*lower)),
                    ("upper", self.maybe(*upper)),
                    ("step", self.maybe(*step)),
                ],
            ),
        };
        self.b.node(class, fields, Some(e.span))
    }

    fn comprehension(&mut self, elt: &Expr, generators: &[Comprehension]) -> Fields<B::Out> {
        vec![("elt", self.load(elt)), ("generators", self.generators(generators))]
    }

    fn patterns(&mut self, items: &[Pattern]) -> B::Out {
        self.all(items, Self::pattern)
    }

    fn pattern(&mut self, p: &Pattern) -> B::Out {
        self.down(|w| w.pattern_here(p))
    }

    fn pattern_here(&mut self, p: &Pattern) -> B::Out {
        let (class, fields) = match &p.kind {
            PatternKind::MatchValue { value } => ("MatchValue", vec![("value", self.load(value))]),
            PatternKind::MatchSingleton { value } => {
                ("MatchSingleton", vec![("value", self.b.constant(value))])
            }
            PatternKind::MatchSequence { patterns } => {
                ("MatchSequence", vec![("patterns", self.patterns(patterns))])
            }
            PatternKind::MatchMapping { keys, patterns, rest } => (
                "MatchMapping",
                vec![
                    ("keys", self.exprs(keys)),
                    ("patterns", self.patterns(patterns)),
                    ("rest", self.ident(*rest)),
                ],
            ),
            PatternKind::MatchClass { cls, patterns, kwd_attrs, kwd_patterns } => (
                "MatchClass",
                vec![
                    ("cls", self.load(cls)),
                    ("patterns", self.patterns(patterns)),
                    ("kwd_attrs", self.names(kwd_attrs)),
                    ("kwd_patterns", self.patterns(kwd_patterns)),
                ],
            ),
            PatternKind::MatchStar { name } => ("MatchStar", vec![("name", self.ident(*name))]),
            PatternKind::MatchAs { pattern, name } => {
                ("MatchAs", vec![("pattern", self.opt(*pattern, Self::pattern)), ("name", self.ident(*name))])
            }
            PatternKind::MatchOr { patterns } => ("MatchOr", vec![("patterns", self.patterns(patterns))]),
        };
        self.b.node(class, fields, Some(p.span))
    }
}

/// For an enumeration of operators, whose names are those of the classes: from a value to its class and back.
macro_rules! classes {
    ($($ty:ident: $($name:ident)*;)*) => { $(
        impl $ty {
            /// The class in `Python.asdl`.
            pub fn class(self) -> &'static str {
                match self { $($ty::$name => stringify!($name)),* }
            }

            /// The operator of a class.
            pub fn of_class(class: &str) -> Option<$ty> {
                match class { $(stringify!($name) => Some($ty::$name),)* _ => None }
            }
        }
    )* };
}

classes! {
    Ctx: Load Store Del;
    BoolOp: And Or;
    Operator: Add Sub Mult MatMult Div Mod Pow LShift RShift BitOr BitXor BitAnd FloorDiv;
    UnaryOp: Invert Not UAdd USub;
    CmpOp: Eq NotEq Lt LtE Gt GtE Is IsNot In NotIn;
}

impl Conversion {
    /// The number that stands for it in a tree.
    pub fn code(self) -> i64 {
        match self {
            Conversion::None => -1,
            Conversion::Str => b's'.into(),
            Conversion::Repr => b'r'.into(),
            Conversion::Ascii => b'a'.into(),
        }
    }

    /// The conversion of a number.
    pub fn of_code(code: i64) -> Option<Conversion> {
        [Conversion::None, Conversion::Str, Conversion::Repr, Conversion::Ascii]
            .into_iter()
            .find(|c| c.code() == code)
    }
}
