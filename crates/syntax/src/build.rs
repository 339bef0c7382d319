//! What the grammar's actions call: nodes that need more than a constructor, and the checks that the
//! grammar itself cannot make, with CPython's messages.

use crate::ast::*;
use crate::error::SyntaxError;

use crate::token::Tok;
use bumpalo::Bump;
use lalrpop_util::ParseError;
use unicode_normalization::UnicodeNormalization;

/// How an action fails.
pub type Fail<'a> = ParseError<u32, Tok<'a>, SyntaxError>;
type Built<'a, T> = Result<T, Fail<'a>>;

fn fail<'a, T>(message: impl Into<String>, span: Span) -> Built<'a, T> {
    Err(ParseError::User { error: SyntaxError::new(message, span) })
}

/// An expression from `l` to `r`.
pub fn expr<'a>(l: u32, r: u32, kind: ExprKind<'a>) -> Expr<'a> {
    Expr { kind, span: Span::new(l, r) }
}

/// A statement from `l` to `r`.
pub fn stmt<'a>(l: u32, r: u32, kind: StmtKind<'a>) -> Stmt<'a> {
    Stmt { kind, span: Span::new(l, r) }
}

/// A pattern from `l` to `r`.
pub fn pattern<'a>(l: u32, r: u32, kind: PatternKind<'a>) -> Pattern<'a> {
    Pattern { kind, span: Span::new(l, r) }
}

/// An identifier in normal form NFKC.
pub fn normalize<'a>(arena: &'a Bump, name: &'a str) -> &'a str {
    if name.is_ascii() { name } else { arena.alloc_str(&name.nfkc().collect::<String>()) }
}

/// `a.b.c` of an import.
pub fn dotted<'a>(arena: &'a Bump, l: u32, r: u32, first: &[Ident<'a>], last: Ident<'a>) -> Ident<'a> {
    let mut name = String::new();
    for part in first {
        name += part.name;
        name.push('.');
    }
    name += last.name;
    Ident { name: arena.alloc_str(&name), span: Span::new(l, r) }
}

/// From `l` to the end of the last statement of a block.
pub fn to_end(l: u32, body: &[Stmt]) -> Span {
    Span::new(l, body.last().map_or(l, |s| s.span.end))
}

/// A compound statement; it ends where its last block ends.
pub fn block_stmt<'a>(l: u32, kind: StmtKind<'a>) -> Stmt<'a> {
    let last = match &kind {
        StmtKind::While { body, orelse, .. }
        | StmtKind::For { body, orelse, .. }
        | StmtKind::If { body, orelse, .. } => orelse.last().or(body.last()),
        StmtKind::With { body, .. } => body.last(),
        StmtKind::Try(t) => {
            let handler = t.handlers.last().and_then(|h| h.body.last());
            t.finalbody.last().or(t.orelse.last()).or(handler).or(t.body.last())
        }
        StmtKind::FunctionDef(f) => f.body.last(),
        StmtKind::ClassDef(c) => c.body.last(),
        StmtKind::Match { cases, .. } => cases.last().and_then(|c| c.body.last()),
        _ => None,
    };
    Stmt { span: Span::new(l, last.map_or(l, |s| s.span.end)), kind }
}

/// `if` with its `elif`s, which nest from the last inwards.
pub fn if_stmt<'a>(
    arena: &'a Bump,
    l: u32,
    test: Expr<'a>,
    body: &'a [Stmt<'a>],
    elifs: Vec<(u32, Expr<'a>, &'a [Stmt<'a>])>,
    last: &'a [Stmt<'a>],
) -> Stmt<'a> {
    let mut orelse = last;
    for (l, test, body) in elifs.into_iter().rev() {
        let nested = block_stmt(l, StmtKind::If { test: arena.alloc(test), body, orelse });
        orelse = arena.alloc_slice_copy(&[nested]);
    }
    block_stmt(l, StmtKind::If { test: arena.alloc(test), body, orelse })
}

/// What kind of expression it is, in CPython's words.
fn describe(e: &Expr) -> &'static str {
    match e.kind {
        ExprKind::Call { .. } => "function call",
        ExprKind::BoolOp { .. } | ExprKind::BinOp { .. } | ExprKind::UnaryOp { .. } => "expression",
        ExprKind::Compare { .. } => "comparison",
        ExprKind::Lambda { .. } => "lambda",
        ExprKind::IfExp { .. } => "conditional expression",
        ExprKind::Dict { .. } => "dict literal",
        ExprKind::Set { .. } => "set display",
        ExprKind::ListComp { .. } => "list comprehension",
        ExprKind::SetComp { .. } => "set comprehension",
        ExprKind::DictComp { .. } => "dict comprehension",
        ExprKind::GeneratorExp { .. } => "generator expression",
        ExprKind::Yield { .. } | ExprKind::YieldFrom { .. } => "yield expression",
        ExprKind::Await { .. } => "await expression",
        ExprKind::JoinedStr { .. } | ExprKind::FormattedValue { .. } => "f-string expression",
        ExprKind::NamedExpr { .. } => "named expression",
        ExprKind::Constant(Constant::None) => "None",
        ExprKind::Constant(Constant::Bool(true)) => "True",
        ExprKind::Constant(Constant::Bool(false)) => "False",
        ExprKind::Constant(Constant::Ellipsis) => "ellipsis",
        ExprKind::Constant(_) => "literal",
        ExprKind::Attribute { .. } => "attribute",
        ExprKind::Subscript { .. } => "subscript",
        ExprKind::Starred { .. } => "starred",
        ExprKind::Name { .. } => "name",
        ExprKind::List { .. } => "list",
        ExprKind::Tuple { .. } => "tuple",
        ExprKind::Slice { .. } => "slice",
    }
}

/// The first part of an expression that cannot be assigned to.
fn bad_target<'e, 'a>(e: &'e Expr<'a>) -> Option<&'e Expr<'a>> {
    match &e.kind {
        ExprKind::Name { .. } | ExprKind::Attribute { .. } | ExprKind::Subscript { .. } => None,
        ExprKind::Starred { value } => bad_target(value),
        ExprKind::List { elts } | ExprKind::Tuple { elts } => elts.iter().find_map(bad_target),
        _ => Some(e),
    }
}

fn check_target<'a>(e: &Expr<'a>, hint: bool) -> Built<'a, ()> {
    let Some(bad) = bad_target(e) else { return Ok(()) };
    let what = describe(bad);
    // CPython suggests `==` only where the whole target is the offender and is no constant name.
    let suggest =
        hint && std::ptr::eq(bad, e) && !matches!(what, "None" | "True" | "False" | "yield expression");
    if suggest {
        fail(format!("cannot assign to {what} here. Maybe you meant '==' instead of '='?"), bad.span)
    } else {
        fail(format!("cannot assign to {what}"), bad.span)
    }
}

/// `t = v[0] = v[1] ...`: all but the last are targets.
pub fn assign<'a>(arena: &'a Bump, l: u32, r: u32, t: Expr<'a>, mut v: Vec<Expr<'a>>) -> Built<'a, Stmt<'a>> {
    let value = v.pop().unwrap_or(t);
    v.insert(0, t);
    for (i, target) in v.iter().enumerate() {
        check_target(target, i == v.len() - 1)?;
    }
    Ok(stmt(l, r, StmtKind::Assign { targets: arena.alloc_slice_copy(&v), value: arena.alloc(value) }))
}

/// `t += v` and its like.
pub fn aug_assign<'a>(
    arena: &'a Bump,
    l: u32,
    r: u32,
    t: Expr<'a>,
    op: Operator,
    v: Expr<'a>,
) -> Built<'a, Stmt<'a>> {
    if !matches!(t.kind, ExprKind::Name { .. } | ExprKind::Attribute { .. } | ExprKind::Subscript { .. }) {
        return fail(format!("'{}' is an illegal expression for augmented assignment", describe(&t)), t.span);
    }
    Ok(stmt(l, r, StmtKind::AugAssign { target: arena.alloc(t), op, value: arena.alloc(v) }))
}

/// `t: a = v`
#[allow(clippy::too_many_arguments)]
pub fn ann_assign<'a>(
    arena: &'a Bump,
    source: &str,
    base: u32,
    l: u32,
    r: u32,
    t: Expr<'a>,
    annotation: Expr<'a>,
    value: Option<Expr<'a>>,
) -> Built<'a, Stmt<'a>> {
    match t.kind {
        ExprKind::Name { .. } | ExprKind::Attribute { .. } | ExprKind::Subscript { .. } => {}
        ExprKind::List { .. } => return fail("only single target (not list) can be annotated", t.span),
        ExprKind::Tuple { .. } => return fail("only single target (not tuple) can be annotated", t.span),
        _ => return fail("illegal target for annotation", t.span),
    }
    let parenthesized = source.as_bytes().get((l - base) as usize) == Some(&b'(');
    let simple = matches!(t.kind, ExprKind::Name { .. }) && !parenthesized;
    let value = value.map(|v| &*arena.alloc(v));
    Ok(stmt(
        l,
        r,
        StmtKind::AnnAssign { target: arena.alloc(t), annotation: arena.alloc(annotation), value, simple },
    ))
}

/// The targets of `del`.
pub fn check_delete<'a>(targets: &[Expr<'a>]) -> Built<'a, ()> {
    for t in targets {
        match t.kind {
            ExprKind::Name { .. } | ExprKind::Attribute { .. } | ExprKind::Subscript { .. } => {}
            ExprKind::List { elts } | ExprKind::Tuple { elts } => check_delete(elts)?,
            _ => return fail(format!("cannot delete {}", describe(t)), t.span),
        }
    }
    Ok(())
}

/// A `for` statement.
pub fn for_stmt<'a>(
    arena: &'a Bump,
    l: u32,
    is_async: bool,
    target: Expr<'a>,
    iter: Expr<'a>,
    body: &'a [Stmt<'a>],
    orelse: &'a [Stmt<'a>],
) -> Built<'a, Stmt<'a>> {
    check_target(&target, false)?;
    let (target, iter) = (arena.alloc(target), arena.alloc(iter));
    Ok(block_stmt(l, StmtKind::For { target, iter, body, orelse, is_async }))
}

/// A `try` statement with handlers.
pub fn try_stmt<'a>(
    arena: &'a Bump,
    l: u32,
    body: &'a [Stmt<'a>],
    handlers: Vec<(ExceptHandler<'a>, bool)>,
    orelse: &'a [Stmt<'a>],
    finalbody: &'a [Stmt<'a>],
) -> Built<'a, Stmt<'a>> {
    let is_star = handlers[0].1;
    if let Some((h, _)) = handlers.iter().find(|(_, star)| *star != is_star) {
        return fail("cannot have both 'except' and 'except*' on the same 'try'", h.span);
    }
    let handlers: Vec<ExceptHandler<'a>> = handlers.into_iter().map(|(h, _)| h).collect();
    let handlers = arena.alloc_slice_copy(&handlers);
    Ok(block_stmt(l, StmtKind::Try(arena.alloc(Try { body, handlers, orelse, finalbody, is_star }))))
}

/// `e as t`
pub fn with_item<'a>(arena: &'a Bump, e: Expr<'a>, t: Expr<'a>) -> Built<'a, WithItem<'a>> {
    check_target(&t, false)?;
    Ok(WithItem { context_expr: arena.alloc(e), optional_vars: Some(arena.alloc(t)) })
}

/// A parameter list's item.
#[derive(Clone, Copy)]
pub enum Param<'a> {
    /// `name: annotation = default`
    Plain(Arg<'a>, Option<Expr<'a>>),
    /// `/`
    Slash(Span),
    /// `*`
    Star(Span),
    /// `*args`
    VarArgs(Arg<'a>),
    /// `**kwargs`
    KwArgs(Arg<'a>),
}

/// Sorts a parameter list out.
pub fn arguments<'a>(arena: &'a Bump, params: Vec<Param<'a>>) -> Built<'a, &'a Arguments<'a>> {
    let (mut posonly, mut args, mut kwonly) = (Vec::new(), Vec::new(), Vec::new());
    let (mut defaults, mut kw_defaults) = (Vec::new(), Vec::new());
    let (mut vararg, mut kwarg, mut star, mut slash) = (None, None, None, false);
    for (i, p) in params.iter().enumerate() {
        if let Some(Arg { span, .. }) = kwarg {
            let _: Span = span;
            let at = match p {
                Param::Plain(a, _) | Param::VarArgs(a) | Param::KwArgs(a) => a.span,
                Param::Slash(s) | Param::Star(s) => *s,
            };
            return fail("arguments cannot follow var-keyword argument", at);
        }
        match *p {
            Param::Plain(arg, default) if star.is_some() || vararg.is_some() => {
                kwonly.push(arg);
                kw_defaults.push(default);
            }
            Param::Plain(arg, default) => {
                args.push(arg);
                match default {
                    Some(d) => defaults.push(d),
                    None if !defaults.is_empty() => {
                        return fail("non-default argument follows default argument", arg.span);
                    }
                    None => {}
                }
            }
            Param::Slash(span) if star.is_some() || vararg.is_some() => {
                return fail("/ must be ahead of *", span);
            }
            Param::Slash(span) if i == 0 => return fail("at least one argument must precede /", span),
            Param::Slash(span) if slash => return fail("/ may appear only once", span),
            Param::Slash(_) => {
                slash = true;
                posonly = std::mem::take(&mut args);
            }
            Param::Star(span) if star.is_some() || vararg.is_some() => {
                return fail("* argument may appear only once", span);
            }
            Param::Star(span) => star = Some(span),
            Param::VarArgs(arg) if star.is_some() || vararg.is_some() => {
                return fail("* argument may appear only once", arg.span);
            }
            Param::VarArgs(arg) => vararg = Some(arg),
            Param::KwArgs(arg) => kwarg = Some(arg),
        }
    }
    if let Some(span) = star
        && kwonly.is_empty()
    {
        return fail("named arguments must follow bare *", span);
    }
    Ok(arena.alloc(Arguments {
        posonlyargs: arena.alloc_slice_copy(&posonly),
        args: arena.alloc_slice_copy(&args),
        vararg,
        kwonlyargs: arena.alloc_slice_copy(&kwonly),
        kw_defaults: arena.alloc_slice_copy(&kw_defaults),
        kwarg,
        defaults: arena.alloc_slice_copy(&defaults),
    }))
}

/// A function definition.
#[allow(clippy::too_many_arguments)]
pub fn function<'a>(
    arena: &'a Bump,
    l: u32,
    is_async: bool,
    decorators: Vec<Expr<'a>>,
    name: Ident<'a>,
    params: Vec<Param<'a>>,
    returns: Option<Expr<'a>>,
    body: &'a [Stmt<'a>],
) -> Built<'a, Stmt<'a>> {
    let def = FunctionDef {
        name,
        args: arguments(arena, params)?,
        body,
        decorator_list: arena.alloc_slice_copy(&decorators),
        returns: returns.map(|e| &*arena.alloc(e)),
        is_async,
    };
    Ok(block_stmt(l, StmtKind::FunctionDef(arena.alloc(def))))
}

/// An argument of a call.
#[derive(Clone, Copy)]
pub enum Item<'a> {
    /// `e` or `*e`
    Positional(Expr<'a>),
    /// `e for ...` without parentheses
    Generator(Expr<'a>),
    /// `name=e` or `**e`
    Keyword(Keyword<'a>),
}

type Sorted<'a> = (&'a [Expr<'a>], &'a [Keyword<'a>]);

fn sort_arguments<'a>(arena: &'a Bump, l: u32, r: u32, items: Vec<Item<'a>>) -> Built<'a, Sorted<'a>> {
    let (mut args, mut keywords) = (Vec::new(), Vec::<Keyword<'a>>::new());
    let only = items.len() == 1;
    for item in items {
        match item {
            Item::Generator(e) if !only => return fail("Generator expression must be parenthesized", e.span),
            // Without parentheses of its own it takes those of the call.
            Item::Generator(e) => args.push(Expr { span: Span::new(l, r), ..e }),
            Item::Positional(e) => {
                if let Some(k) = keywords.last()
                    && (!matches!(e.kind, ExprKind::Starred { .. })
                        || keywords.iter().any(|k| k.arg.is_none()))
                {
                    let unpacked = keywords.iter().any(|k| k.arg.is_none());
                    let message = match (&e.kind, unpacked) {
                        (ExprKind::Starred { .. }, _) => {
                            "iterable argument unpacking follows keyword argument unpacking"
                        }
                        (_, true) => "positional argument follows keyword argument unpacking",
                        _ => "positional argument follows keyword argument",
                    };
                    let _ = k;
                    return fail(message, Span::new(e.span.start, r));
                }
                args.push(e);
            }
            Item::Keyword(k) => {
                keywords.push(k);
            }
        }
    }
    Ok((arena.alloc_slice_copy(&args), arena.alloc_slice_copy(&keywords)))
}

/// A call.
pub fn call<'a>(
    arena: &'a Bump,
    l: u32,
    r: u32,
    func: Expr<'a>,
    items: Vec<Item<'a>>,
) -> Built<'a, Expr<'a>> {
    let (args, keywords) = sort_arguments(arena, func.span.end, r, items)?;
    Ok(expr(l, r, ExprKind::Call { func: arena.alloc(func), args, keywords }))
}

/// A class definition.
pub fn class<'a>(
    arena: &'a Bump,
    l: u32,
    decorators: Vec<Expr<'a>>,
    name: Ident<'a>,
    items: Option<Vec<Item<'a>>>,
    body: &'a [Stmt<'a>],
) -> Built<'a, Stmt<'a>> {
    let items = items.unwrap_or_default();
    if let Some(Item::Generator(e)) = items.first() {
        return fail("invalid syntax", e.span);
    }
    let (bases, keywords) = sort_arguments(arena, l, l, items)?;
    let decorator_list = arena.alloc_slice_copy(&decorators);
    let def = ClassDef { name, bases, keywords, body, decorator_list };
    Ok(block_stmt(l, StmtKind::ClassDef(arena.alloc(def))))
}

/// A `match` statement.
pub fn match_stmt<'a>(arena: &'a Bump, l: u32, subject: Expr<'a>, cases: Vec<MatchCase<'a>>) -> Stmt<'a> {
    let cases = arena.alloc_slice_copy(&cases);
    block_stmt(l, StmtKind::Match { subject: arena.alloc(subject), cases })
}

/// `a or b or ...`
pub fn bool_op<'a>(
    arena: &'a Bump,
    l: u32,
    r: u32,
    op: BoolOp,
    mut v: Vec<Expr<'a>>,
    last: Expr<'a>,
) -> Expr<'a> {
    v.push(last);
    expr(l, r, ExprKind::BoolOp { op, values: arena.alloc_slice_copy(&v) })
}

/// `(e for ...)`
pub fn generator<'a>(arena: &'a Bump, l: u32, r: u32, e: Expr<'a>, g: Vec<Comprehension<'a>>) -> Expr<'a> {
    expr(l, r, ExprKind::GeneratorExp { elt: arena.alloc(e), generators: arena.alloc_slice_copy(&g) })
}

/// `(e)`
pub fn parenthesized(e: Expr) -> Built<Expr> {
    if matches!(e.kind, ExprKind::Starred { .. }) {
        return fail("cannot use starred expression here", e.span);
    }
    Ok(e)
}

/// What stands in the brackets of a subscript: a star makes it a tuple.
pub fn subscript<'a>(arena: &'a Bump, l: u32, r: u32, e: Expr<'a>) -> Expr<'a> {
    match e.kind {
        ExprKind::Starred { .. } => expr(l, r, ExprKind::Tuple { elts: arena.alloc_slice_copy(&[e]) }),
        _ => e,
    }
}

/// The clauses of a comprehension.
pub fn comprehensions<'a>(clauses: Vec<Comprehension<'a>>) -> Built<'a, Vec<Comprehension<'a>>> {
    for c in &clauses {
        check_target(c.target, false)?;
    }
    Ok(clauses)
}

/// A dictionary display.
pub fn dict<'a>(arena: &'a Bump, l: u32, r: u32, items: Vec<(Option<Expr<'a>>, Expr<'a>)>) -> Expr<'a> {
    let keys: Vec<Option<Expr<'a>>> = items.iter().map(|i| i.0).collect();
    let values: Vec<Expr<'a>> = items.iter().map(|i| i.1).collect();
    expr(
        l,
        r,
        ExprKind::Dict { keys: arena.alloc_slice_copy(&keys), values: arena.alloc_slice_copy(&values) },
    )
}

/// `p as name`
pub fn as_pattern<'a>(
    arena: &'a Bump,
    l: u32,
    r: u32,
    p: Pattern<'a>,
    name: Ident<'a>,
) -> Built<'a, Pattern<'a>> {
    if name.name == "_" {
        return fail("cannot use '_' as a target", name.span);
    }
    Ok(pattern(l, r, PatternKind::MatchAs { pattern: Some(arena.alloc(p)), name: Some(name) }))
}

/// `real + imaginary` as a pattern.
pub fn complex_pattern<'a>(
    arena: &'a Bump,
    l: u32,
    r: u32,
    left: Expr<'a>,
    op: Operator,
    right: Expr<'a>,
) -> Built<'a, Expr<'a>> {
    let is_complex = |e: &Expr| matches!(e.kind, ExprKind::Constant(Constant::Complex(_)));
    let real = match left.kind {
        ExprKind::UnaryOp { operand, .. } => operand,
        _ => &left,
    };
    if is_complex(real) {
        return fail("real number required in complex literal", real.span);
    }
    if !is_complex(&right) {
        return fail("imaginary number required in complex literal", right.span);
    }
    Ok(expr(l, r, ExprKind::BinOp { left: arena.alloc(left), op, right: arena.alloc(right) }))
}

/// A literal as a pattern; `None`, `True` and `False` are compared by identity.
pub fn literal_pattern<'a>(arena: &'a Bump, l: u32, r: u32, e: Expr<'a>) -> Pattern<'a> {
    match e.kind {
        ExprKind::Constant(value @ (Constant::None | Constant::Bool(_))) => {
            pattern(l, r, PatternKind::MatchSingleton { value })
        }
        _ => pattern(l, r, PatternKind::MatchValue { value: arena.alloc(e) }),
    }
}

type MappingItem<'a> = (Option<Expr<'a>>, Option<Pattern<'a>>, Option<Ident<'a>>);

/// `{key: pattern, **rest}`
pub fn mapping_pattern<'a>(
    arena: &'a Bump,
    l: u32,
    r: u32,
    items: Vec<MappingItem<'a>>,
) -> Built<'a, Pattern<'a>> {
    let rest = items.iter().position(|i| i.2.is_some());
    if let Some((at, name)) = rest.and_then(|i| Some((i, items[i].2?)))
        && (at + 1 < items.len() || name.name == "_")
    {
        return fail("invalid syntax", name.span);
    }
    let keys: Vec<Expr<'a>> = items.iter().filter_map(|i| i.0).collect();
    let patterns: Vec<Pattern<'a>> = items.iter().filter_map(|i| i.1).collect();
    let rest = items.iter().find_map(|i| i.2);
    let (keys, patterns) = (arena.alloc_slice_copy(&keys), arena.alloc_slice_copy(&patterns));
    Ok(pattern(l, r, PatternKind::MatchMapping { keys, patterns, rest }))
}

/// `cls(pattern, name=pattern)`
pub fn class_pattern<'a>(
    arena: &'a Bump,
    l: u32,
    r: u32,
    cls: Expr<'a>,
    items: Vec<(Option<Ident<'a>>, Pattern<'a>)>,
) -> Built<'a, Pattern<'a>> {
    let split = items.iter().position(|i| i.0.is_some()).unwrap_or(items.len());
    if let Some((_, p)) = items[split..].iter().find(|i| i.0.is_none()) {
        return fail("positional patterns follow keyword patterns", p.span);
    }
    let patterns: Vec<Pattern<'a>> = items[..split].iter().map(|i| i.1).collect();
    let kwd_patterns: Vec<Pattern<'a>> = items[split..].iter().map(|i| i.1).collect();
    let kwd_attrs: Vec<Ident<'a>> = items.iter().filter_map(|i| i.0).collect();
    Ok(pattern(
        l,
        r,
        PatternKind::MatchClass {
            cls: arena.alloc(cls),
            patterns: arena.alloc_slice_copy(&patterns),
            kwd_attrs: arena.alloc_slice_copy(&kwd_attrs),
            kwd_patterns: arena.alloc_slice_copy(&kwd_patterns),
        },
    ))
}
