//! The first pass over a program's names: what each scope binds, uses and declares, and CPython's complaints
//! about it.

use super::future::Future;
use super::scope::{Kind, MAX_DEPTH, Scope, Symbol, Table, forbid, key, mangle};
use super::{CompileError, Names, warn};
use minipy_syntax::ast::*;
use std::collections::HashMap;

/// Collects the names of a program.
pub(super) fn collect(module: &Mod, names: Names, future: Future) -> Result<Table, CompileError> {
    let table = Table { scopes: Vec::new(), by_node: HashMap::new(), future, warnings: Vec::new() };
    let mut b = Builder { table, current: 0, depth: 0, iterables: 0, targets: false };
    b.open(Kind::Module, key(module), None);
    b.scope().by_name = names == Names::Namespace;
    match module {
        Mod::Module { body } | Mod::Interactive { body } => b.stmts(body)?,
        Mod::Expression { body } => b.expr(body)?,
    }
    Ok(b.table)
}

struct Builder {
    table: Table,
    current: usize,
    depth: usize,
    /// How many iterables of comprehensions surround the expression.
    iterables: usize,
    /// It is a target of a comprehension's `for`.
    targets: bool,
}

type Done = Result<(), CompileError>;

impl Builder {
    fn open(&mut self, kind: Kind, node: usize, class: Option<String>) -> usize {
        let id = self.table.scopes.len();
        let parent = if id == 0 { None } else { Some(self.current) };
        let class = class.or_else(|| parent.and_then(|p| self.table.scopes[p].class.clone()));
        self.table.scopes.push(Scope::new(kind, parent, class));
        if let Some(p) = parent {
            self.table.scopes[p].children.push(id);
        }
        self.table.by_node.insert(node, id);
        self.current = id;
        id
    }

    fn close(&mut self) {
        self.current = self.table.scopes[self.current].parent.unwrap_or(0);
    }

    fn scope(&mut self) -> &mut Scope {
        &mut self.table.scopes[self.current]
    }

    fn symbol_in(&mut self, scope: usize, name: &str) -> &mut Symbol {
        let scope = &mut self.table.scopes[scope];
        let name = mangle(scope.class.as_deref(), name);
        if !scope.symbols.contains_key(&name) {
            scope.order.push(name.clone());
        }
        scope.symbols.entry(name).or_default()
    }

    fn symbol(&mut self, name: &str) -> &mut Symbol {
        self.symbol_in(self.current, name)
    }

    /// A name is bound by what stands at `span`.
    fn bind(&mut self, name: &str, span: Span) -> Done {
        forbid(name, "assign to", span)?;
        let is_iterated = self.targets;
        let s = self.symbol(name);
        s.bound = true;
        if !is_iterated {
            return Ok(());
        }
        s.iterated = true;
        if s.global || s.nonlocal {
            let message =
                format!("comprehension inner loop cannot rebind assignment expression target '{name}'");
            return Err(CompileError::of_names(message, span));
        }
        Ok(())
    }

    fn stmts(&mut self, body: &[Stmt]) -> Done {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(CompileError::recursion());
        }
        body.iter().try_for_each(|s| self.stmt(s))?;
        self.depth -= 1;
        Ok(())
    }

    fn stmt(&mut self, s: &Stmt) -> Done {
        match &s.kind {
            StmtKind::FunctionDef(f) => {
                self.exprs(f.decorator_list)?;
                self.defaults(f.args)?;
                self.annotations(f.args)?;
                if let Some(r) = f.returns {
                    self.annotation(r)?;
                }
                self.bind(f.name.name, s.span)?;
                self.open(Kind::Function, key(*f), None);
                self.params(f.args, s.span)?;
                self.stmts(f.body)?;
                self.close();
            }
            StmtKind::ClassDef(c) => {
                self.exprs(c.decorator_list)?;
                self.exprs(c.bases)?;
                c.keywords.iter().try_for_each(|k| self.expr(&k.value))?;
                self.bind(c.name.name, s.span)?;
                let outer = self.scope().class.clone();
                self.open(Kind::Class, key(*c), Some(c.name.name.to_owned()));
                self.stmts(c.body)?;
                self.close();
                self.scope().class = outer;
            }
            StmtKind::Return { value } => self.option(*value)?,
            StmtKind::Delete { targets } => {
                for t in *targets {
                    self.delete(t)?;
                }
            }
            StmtKind::Assign { targets, value } => {
                self.expr(value)?;
                targets.iter().try_for_each(|t| self.target(t))?;
            }
            StmtKind::AugAssign { target, value, .. } => {
                self.expr(value)?;
                self.place(target)?;
                self.target(target)?;
            }
            StmtKind::AnnAssign { target, annotation, value, simple } => {
                self.annotated_target(s.span, target, *simple, value.is_some())?;
                self.annotation(annotation)?;
                self.option(*value)?;
            }
            StmtKind::For { target, iter, body, orelse, .. } => {
                self.expr(iter)?;
                self.target(target)?;
                self.stmts(body)?;
                self.stmts(orelse)?;
            }
            StmtKind::While { test, body, orelse } => {
                self.expr(test)?;
                self.stmts(body)?;
                self.stmts(orelse)?;
            }
            StmtKind::If { .. } => self.if_chain(s)?,
            StmtKind::With { items, body, .. } => {
                for i in *items {
                    self.expr(i.context_expr)?;
                    if let Some(t) = i.optional_vars {
                        self.target(t)?;
                    }
                }
                self.stmts(body)?;
            }
            StmtKind::Match { subject, cases } => {
                self.expr(subject)?;
                for c in *cases {
                    self.pattern(c.pattern)?;
                    self.option(c.guard)?;
                    self.stmts(c.body)?;
                }
            }
            StmtKind::Raise { exc, cause } => {
                self.option(*exc)?;
                self.option(*cause)?;
            }
            StmtKind::Try(t) => {
                self.stmts(t.body)?;
                for h in t.handlers {
                    self.option(h.typ)?;
                    if let Some(n) = h.name {
                        self.bind(n.name, h.span)?;
                        self.symbol(n.name).deleted = true;
                    }
                    self.stmts(h.body)?;
                }
                self.stmts(t.orelse)?;
                self.stmts(t.finalbody)?;
            }
            StmtKind::Assert { test, msg } => {
                self.table.warnings.extend(warn::assertion(test, s.span));
                self.expr(test)?;
                self.option(*msg)?;
            }
            StmtKind::Import { names } => {
                for n in *names {
                    let bound =
                        n.asname.map_or(n.name.name.split('.').next().unwrap_or_default(), |a| a.name);
                    self.bind(bound, s.span)?;
                }
            }
            StmtKind::ImportFrom { names, .. } => {
                for n in *names {
                    if n.name.name == "*" {
                        if self.scope().kind != Kind::Module {
                            let message = "import * only allowed at module level";
                            return Err(CompileError::of_names(message, n.span));
                        }
                    } else {
                        self.bind(n.asname.unwrap_or(n.name).name, s.span)?;
                    }
                }
            }
            StmtKind::Global { names } => self.declare(names, s.span, "global")?,
            StmtKind::Nonlocal { names } => self.declare(names, s.span, "nonlocal")?,
            StmtKind::Expr { value } => self.expr(value)?,
            StmtKind::Pass | StmtKind::Break | StmtKind::Continue => {}
        }
        Ok(())
    }

    /// `if` with its `elif`s, without recursion.
    fn if_chain(&mut self, first: &Stmt) -> Done {
        let mut s = first;
        while let StmtKind::If { test, body, orelse } = &s.kind {
            self.expr(test)?;
            self.stmts(body)?;
            match orelse {
                [next] if matches!(next.kind, StmtKind::If { .. }) => s = next,
                _ => return self.stmts(orelse),
            }
        }
        Ok(())
    }

    fn declare(&mut self, names: &[Ident], span: Span, what: &str) -> Done {
        for n in names {
            let name = n.name;
            let s = *self.symbol(name);
            let problem = if s.param {
                Some(format!("name '{name}' is parameter and {what}"))
            } else if s.used {
                Some(format!("name '{name}' is used prior to {what} declaration"))
            } else if s.annotated {
                Some(format!("annotated name '{name}' can't be {what}"))
            } else {
                s.bound.then(|| format!("name '{name}' is assigned to before {what} declaration"))
            };
            if let Some(message) = problem {
                return Err(CompileError::of_names(message, span));
            }
            self.direct(name, what == "global", span);
        }
        Ok(())
    }

    /// A name of the current scope is global or nonlocal because of what stands at `span`.
    fn direct(&mut self, name: &str, global: bool, span: Span) {
        let s = self.symbol(name);
        (s.global, s.nonlocal) = (s.global || global, s.nonlocal || !global);
        let scope = self.scope();
        let name = mangle(scope.class(), name);
        scope.directives.push((name.clone(), span));
        if global {
            // The program's outermost block stores it among the globals too.
            self.symbol_in(0, &name).global = true;
        }
    }

    fn annotated_target(&mut self, stmt: Span, target: &Expr, simple: bool, assigned: bool) -> Done {
        let ExprKind::Name { id } = target.kind else { return self.target(target) };
        let is_module = self.current == 0;
        let s = self.symbol(id);
        if simple && !is_module && (s.global || s.nonlocal) {
            let what = if s.global { "global" } else { "nonlocal" };
            return Err(CompileError::of_names(format!("annotated name '{id}' can't be {what}"), stmt));
        }
        if simple {
            s.annotated = true;
        }
        if simple || assigned {
            self.bind(id, stmt)?;
        }
        Ok(())
    }

    /// An annotation, whose names do not count if it is not evaluated.
    fn annotation(&mut self, e: &Expr) -> Done {
        if !self.table.future.annotations {
            return self.expr(e);
        }
        let (scopes, outer) = (self.table.scopes.len(), self.current);
        self.open(Kind::Annotation, key(e), None);
        self.expr(e)?;
        self.table.scopes.truncate(scopes);
        self.table.scopes[outer].children.pop();
        self.current = outer;
        Ok(())
    }

    /// What an annotation may not contain.
    fn check_annotation(&mut self, what: &str, span: Span) -> Done {
        if self.scope().kind != Kind::Annotation {
            return Ok(());
        }
        Err(CompileError::of_names(format!("'{what}' can not be used within an annotation"), span))
    }

    fn delete(&mut self, t: &Expr) -> Done {
        match &t.kind {
            ExprKind::Name { id } => {
                forbid(id, "delete", t.span)?;
                self.bind(id, t.span)?;
                self.symbol(id).deleted = true;
                Ok(())
            }
            ExprKind::List { elts } | ExprKind::Tuple { elts } => {
                elts.iter().try_for_each(|e| self.delete(e))
            }
            _ => self.place(t),
        }
    }

    fn target(&mut self, t: &Expr) -> Done {
        match &t.kind {
            ExprKind::Name { id } => self.bind(id, t.span),
            ExprKind::Attribute { attr, .. } => {
                forbid(attr.name, "assign to", t.span)?;
                self.expr(t)
            }
            ExprKind::List { elts } | ExprKind::Tuple { elts } => {
                elts.iter().try_for_each(|e| self.target(e))
            }
            ExprKind::Starred { value } => self.target(value),
            _ => self.place(t),
        }
    }

    /// A place that is assigned to or deleted: what it is made of is read, it is not.
    fn place(&mut self, e: &Expr) -> Done {
        let ExprKind::Subscript { value, slice } = &e.kind else { return self.expr(e) };
        self.expr(value)?;
        self.expr(slice)
    }

    fn pattern(&mut self, p: &Pattern) -> Done {
        match &p.kind {
            PatternKind::MatchValue { value } => self.expr(value),
            PatternKind::MatchSingleton { .. } => Ok(()),
            PatternKind::MatchSequence { patterns } | PatternKind::MatchOr { patterns } => {
                patterns.iter().try_for_each(|p| self.pattern(p))
            }
            PatternKind::MatchMapping { keys, patterns, rest } => {
                self.exprs(keys)?;
                patterns.iter().try_for_each(|p| self.pattern(p))?;
                rest.map_or(Ok(()), |r| self.bind(r.name, p.span))
            }
            PatternKind::MatchClass { cls, patterns, kwd_patterns, .. } => {
                self.expr(cls)?;
                patterns.iter().chain(*kwd_patterns).try_for_each(|p| self.pattern(p))
            }
            PatternKind::MatchStar { name } => name.map_or(Ok(()), |n| self.bind(n.name, p.span)),
            PatternKind::MatchAs { pattern, name } => {
                if let Some(p) = pattern {
                    self.pattern(p)?;
                }
                name.map_or(Ok(()), |n| self.bind(n.name, p.span))
            }
        }
    }

    fn option(&mut self, e: Option<&Expr>) -> Done {
        e.map_or(Ok(()), |e| self.expr(e))
    }

    fn exprs(&mut self, list: &[Expr]) -> Done {
        list.iter().try_for_each(|e| self.expr(e))
    }

    fn defaults(&mut self, a: &Arguments) -> Done {
        self.exprs(a.defaults)?;
        a.kw_defaults.iter().flatten().try_for_each(|e| self.expr(e))
    }

    fn annotations(&mut self, a: &Arguments) -> Done {
        let all = a.posonlyargs.iter().chain(a.args).chain(&a.vararg).chain(a.kwonlyargs).chain(&a.kwarg);
        all.filter_map(|p| p.annotation).try_for_each(|e| self.annotation(e))
    }

    /// The parameters of the function at `span`.
    fn params(&mut self, a: &Arguments, span: Span) -> Done {
        let all = a.posonlyargs.iter().chain(a.args).chain(a.kwonlyargs).chain(&a.vararg).chain(&a.kwarg);
        for p in all {
            forbid(p.arg.name, "assign to", span)?;
            let s = self.symbol(p.arg.name);
            if s.param {
                let message = format!("duplicate argument '{}' in function definition", p.arg.name);
                return Err(CompileError::of_names(message, p.span));
            }
            s.param = true;
        }
        Ok(())
    }

    fn expr(&mut self, e: &Expr) -> Done {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(CompileError::recursion());
        }
        self.expr_inner(e)?;
        self.depth -= 1;
        Ok(())
    }

    fn expr_inner(&mut self, e: &Expr) -> Done {
        self.table.warnings.extend(warn::expression(e));
        match &e.kind {
            ExprKind::BoolOp { values, .. } => self.exprs(values)?,
            ExprKind::NamedExpr { target, value } => {
                self.check_annotation("named expression", e.span)?;
                if self.iterables > 0 {
                    let message =
                        "assignment expression cannot be used in a comprehension iterable expression";
                    return Err(CompileError::of_names(message, e.span));
                }
                let ExprKind::Name { id } = target.kind else { return self.expr(value) };
                let scope = self.walrus_scope(id, target.span)?;
                self.expr(value)?;
                forbid(id, "assign to", target.span)?;
                let name = mangle(self.table.scopes[scope].class.as_deref(), id);
                self.table.scopes[scope].walrus.insert(name);
                self.symbol_in(scope, id).bound = true;
            }
            ExprKind::BinOp { .. } => {
                // Along the left side without recursion, then the right operands from the innermost out.
                let (mut node, mut operands) = (e, Vec::new());
                while let ExprKind::BinOp { left, right, .. } = &node.kind {
                    operands.push(right);
                    node = left;
                }
                self.expr(node)?;
                operands.into_iter().rev().try_for_each(|right| self.expr(right))?;
            }
            ExprKind::UnaryOp { operand, .. } => self.expr(operand)?,
            ExprKind::Lambda { args, body } => {
                self.defaults(args)?;
                self.open(Kind::Function, key(*args), None);
                self.params(args, e.span)?;
                self.expr(body)?;
                self.close();
            }
            ExprKind::IfExp { test, body, orelse } => {
                self.expr(test)?;
                self.expr(body)?;
                self.expr(orelse)?;
            }
            ExprKind::Dict { keys, values } => {
                for (k, v) in keys.iter().zip(*values) {
                    self.option(k.as_ref())?;
                    self.expr(v)?;
                }
            }
            ExprKind::Set { elts } | ExprKind::List { elts } | ExprKind::Tuple { elts } => {
                self.exprs(elts)?
            }
            ExprKind::ListComp { elt, generators } => {
                self.comprehension("inside list comprehension", &[elt], generators)?
            }
            ExprKind::SetComp { elt, generators } => {
                self.comprehension("inside set comprehension", &[elt], generators)?
            }
            ExprKind::GeneratorExp { elt, generators } => {
                self.comprehension("inside generator expression", &[elt], generators)?
            }
            ExprKind::DictComp { key, value, generators } => {
                self.comprehension("inside dict comprehension", &[value, key], generators)?
            }
            ExprKind::Await { value } => {
                self.check_annotation("await expression", e.span)?;
                self.expr(value)?;
            }
            ExprKind::Yield { value } => {
                self.check_annotation("yield expression", e.span)?;
                self.option(*value)?;
                self.yields(e.span)?;
            }
            ExprKind::YieldFrom { value } => {
                self.check_annotation("yield expression", e.span)?;
                self.expr(value)?;
                self.yields(e.span)?;
            }
            ExprKind::Compare { left, comparators, .. } => {
                self.expr(left)?;
                self.exprs(comparators)?;
            }
            ExprKind::Call { func, args, keywords } => {
                self.expr(func)?;
                self.exprs(args)?;
                for k in *keywords {
                    k.arg.map_or(Ok(()), |a| forbid(a.name, "assign to", e.span))?;
                    self.expr(&k.value)?;
                }
            }
            ExprKind::FormattedValue { value, format_spec, .. } => {
                self.expr(value)?;
                self.option(*format_spec)?;
            }
            ExprKind::JoinedStr { values } => self.exprs(values)?,
            ExprKind::Constant(_) => {}
            ExprKind::Attribute { value, .. } | ExprKind::Starred { value } => self.expr(value)?,
            ExprKind::Subscript { value, slice } => {
                self.expr(value)?;
                self.expr(slice)?;
            }
            ExprKind::Name { id } => {
                self.symbol(id).used = true;
                // `super()` needs the class, as CPython arranges.
                if *id == "super" && self.scope().kind == Kind::Function {
                    self.symbol("__class__").used = true;
                }
            }
            ExprKind::Slice { lower, upper, step } => {
                self.option(*lower)?;
                self.option(*upper)?;
                self.option(*step)?;
            }
        }
        Ok(())
    }

    /// The scope of a walrus's target: the nearest one that is no comprehension. The innermost comprehension looks
    /// for it there.
    fn walrus_scope(&mut self, id: &str, span: Span) -> Result<usize, CompileError> {
        let mut scope = self.current;
        if self.table.scopes[scope].kind != Kind::Comprehension {
            return Ok(scope);
        }
        while self.table.scopes[scope].kind == Kind::Comprehension {
            if self.symbol_in(scope, id).iterated {
                let message =
                    format!("assignment expression cannot rebind comprehension iteration variable '{id}'");
                return Err(CompileError::of_names(message, span));
            }
            scope = self.table.scopes[scope].parent.unwrap_or(0);
        }
        let global = match self.table.scopes[scope].kind {
            Kind::Class => {
                let message = "assignment expression within a comprehension cannot be used in a class body";
                return Err(CompileError::of_names(message, span));
            }
            Kind::Module => true,
            _ => self.symbol_in(scope, id).global,
        };
        self.direct(id, global, span);
        // The comprehensions between pass it through.
        let mut between = self.table.scopes[self.current].parent.unwrap_or(0);
        while between != scope {
            let s = self.symbol_in(between, id);
            (s.global, s.nonlocal) = (s.global || global, s.nonlocal || !global);
            between = self.table.scopes[between].parent.unwrap_or(0);
        }
        Ok(scope)
    }

    /// A `yield`, which makes its function a generator; a comprehension is none.
    fn yields(&mut self, span: Span) -> Done {
        self.scope().generator = true;
        match self.scope().comprehension {
            "" => Ok(()),
            place => Err(CompileError::of_names(format!("'yield' {place}"), span)),
        }
    }

    fn comprehension(&mut self, place: &'static str, elts: &[&Expr], generators: &[Comprehension]) -> Done {
        self.iterable(generators[0].iter)?;
        self.open(Kind::Comprehension, generators.as_ptr() as usize, None);
        self.scope().comprehension = place;
        self.symbol(".0").param = true;
        for (i, g) in generators.iter().enumerate() {
            let before = std::mem::replace(&mut self.targets, true);
            self.target(g.target)?;
            self.targets = before;
            if i > 0 {
                self.iterable(g.iter)?;
            }
            self.exprs(g.ifs)?;
        }
        elts.iter().try_for_each(|e| self.expr(e))?;
        self.close();
        Ok(())
    }

    /// What a comprehension iterates over.
    fn iterable(&mut self, e: &Expr) -> Done {
        self.iterables += 1;
        self.expr(e)?;
        self.iterables -= 1;
        Ok(())
    }
}
