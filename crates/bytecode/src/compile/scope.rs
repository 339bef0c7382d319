//! Symbol tables: which scope each name of the program belongs to.
//!
//! One pass collects what every scope binds and uses, a second decides: a name that is bound in a function
//! is local; a name that is used is free if an enclosing function binds it, otherwise global. A local that an
//! inner scope uses lives in a cell. Class scopes bind names for themselves but not for inner functions.

use super::CompileError;
use minipy_syntax::ast::*;
use std::collections::{HashMap, HashSet};

/// Which kind of block a scope is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The module.
    Module,
    /// A class body.
    Class,
    /// A `def` or `lambda`.
    Function,
    /// A comprehension or generator expression.
    Comprehension,
}

/// Where a name lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A register (or the namespace of a class or module).
    Local,
    /// A register that holds a cell.
    Cell,
    /// A cell of the closure.
    Free,
    /// The globals.
    Global,
}

#[derive(Clone, Copy, Debug, Default)]
struct Symbol {
    bound: bool,
    param: bool,
    used: bool,
    global: bool,
    nonlocal: bool,
    deleted: bool,
}

/// One block of the program.
#[derive(Debug)]
pub struct Scope {
    /// Its kind.
    pub kind: Kind,
    /// Names are looked up in a namespace of its own: class bodies, and what `exec` runs.
    pub by_name: bool,
    symbols: HashMap<String, Symbol>,
    /// The names in order of appearance.
    pub order: Vec<String>,
    places: HashMap<String, Place>,
    /// The names of the closure's cells.
    pub free: Vec<String>,
    children: Vec<usize>,
    parent: Option<usize>,
    /// Contains `yield`.
    pub generator: bool,
    /// Targets of `:=`, which may change while an expression is computed.
    pub walrus: HashSet<String>,
    /// A class whose methods use `__class__`.
    pub class_cell: bool,
    /// The name of the class, for mangling.
    class: Option<String>,
}

/// The scopes of a program, found by the node that opens them.
#[derive(Debug)]
pub struct Table {
    scopes: Vec<Scope>,
    by_node: HashMap<usize, usize>,
}

/// `__x` in class `C` becomes `_C__x`.
pub fn mangle(class: Option<&str>, name: &str) -> String {
    match class.map(|c| c.trim_start_matches('_')) {
        Some(c)
            if !c.is_empty() && name.starts_with("__") && !name.ends_with("__") && !name.contains('.') =>
        {
            format!("_{c}{name}")
        }
        _ => name.to_owned(),
    }
}

/// The address of a node, which identifies it.
pub fn key<T>(node: &T) -> usize {
    std::ptr::from_ref(node) as usize
}

impl Scope {
    /// Where a (mangled) name lives.
    pub fn place(&self, name: &str) -> Place {
        self.places.get(name).copied().unwrap_or(Place::Global)
    }

    /// Whether `del name` occurs, so that the name may become unbound again.
    pub fn may_be_deleted(&self, name: &str) -> bool {
        self.symbols.get(name).is_some_and(|s| s.deleted)
    }

    /// Whether `global name` was said.
    pub fn is_explicit_global(&self, name: &str) -> bool {
        self.symbols.get(name).is_some_and(|s| s.global)
    }

    /// The class for mangling.
    pub fn class(&self) -> Option<&str> {
        self.class.as_deref()
    }
}

impl Table {
    /// Analyses a program.
    ///
    /// # Errors
    /// CPython's complaints about `global`, `nonlocal` and parameters.
    pub fn new(module: &Mod, names: super::Names) -> Result<Table, CompileError> {
        let mut b =
            Builder { table: Table { scopes: Vec::new(), by_node: HashMap::new() }, current: 0, depth: 0 };
        b.open(Kind::Module, key(module), None);
        b.scope().by_name = names == super::Names::Namespace;
        match module {
            Mod::Module { body } | Mod::Interactive { body } => b.stmts(body)?,
            Mod::Expression { body } => b.expr(body)?,
        }
        let mut table = b.table;
        table.analyze(0, &HashSet::new())?;
        Ok(table)
    }

    /// The scope that a node opens.
    pub fn scope(&self, node: usize) -> &Scope {
        &self.scopes[self.by_node.get(&node).copied().unwrap_or(0)]
    }

    fn analyze(&mut self, id: usize, bound: &HashSet<String>) -> Result<HashSet<String>, CompileError> {
        let scope = &mut self.scopes[id];
        let function = matches!(scope.kind, Kind::Function | Kind::Comprehension);
        let mut free = HashSet::new();
        for (name, s) in &scope.symbols {
            let place = if s.global {
                Place::Global
            } else if s.nonlocal {
                if !bound.contains(name) {
                    return Err(CompileError::syntax(
                        format!("no binding for nonlocal '{name}' found"),
                        Span::default(),
                    ));
                }
                Place::Free
            } else if s.bound || s.param {
                Place::Local
            } else if bound.contains(name) {
                Place::Free
            } else {
                Place::Global
            };
            if place == Place::Free {
                free.insert(name.clone());
            }
            scope.places.insert(name.clone(), place);
        }
        let mut inner = bound.clone();
        if function {
            for (name, place) in &scope.places {
                match place {
                    Place::Local => _ = inner.insert(name.clone()),
                    Place::Global => _ = inner.remove(name),
                    _ => {}
                }
            }
        }
        if scope.kind == Kind::Class {
            inner.insert("__class__".into());
        }
        for child in scope.children.clone() {
            for name in self.analyze(child, &inner)? {
                let scope = &mut self.scopes[id];
                let place = scope.places.get(&name).copied();
                if function && matches!(place, Some(Place::Local | Place::Cell)) {
                    scope.places.insert(name, Place::Cell);
                } else if scope.kind == Kind::Class && name == "__class__" {
                    scope.class_cell = true;
                } else {
                    free.insert(name.clone());
                    // A class may bind the name for itself; its functions then pass by it.
                    if scope.kind != Kind::Class || place.is_none() {
                        scope.places.insert(name, Place::Free);
                    }
                }
            }
        }
        let scope = &mut self.scopes[id];
        scope.free = free.iter().cloned().collect();
        scope.free.sort();
        Ok(free)
    }
}

/// More nesting than this is a `RecursionError`.
pub const MAX_DEPTH: usize = 1500;

struct Builder {
    table: Table,
    current: usize,
    depth: usize,
}

type Done = Result<(), CompileError>;

impl Builder {
    fn open(&mut self, kind: Kind, node: usize, class: Option<String>) -> usize {
        let id = self.table.scopes.len();
        let parent = if id == 0 { None } else { Some(self.current) };
        let class = class.or_else(|| parent.and_then(|p| self.table.scopes[p].class.clone()));
        self.table.scopes.push(Scope {
            kind,
            by_name: kind == Kind::Class,
            symbols: HashMap::new(),
            order: Vec::new(),
            places: HashMap::new(),
            free: Vec::new(),
            children: Vec::new(),
            parent,
            generator: false,
            walrus: HashSet::new(),
            class_cell: false,
            class,
        });
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

    fn bind(&mut self, name: &str) {
        self.symbol(name).bound = true;
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
                    self.expr(r)?;
                }
                self.bind(f.name.name);
                self.open(Kind::Function, key(*f), None);
                self.params(f.args)?;
                self.stmts(f.body)?;
                self.close();
            }
            StmtKind::ClassDef(c) => {
                self.exprs(c.decorator_list)?;
                self.exprs(c.bases)?;
                c.keywords.iter().try_for_each(|k| self.expr(&k.value))?;
                self.bind(c.name.name);
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
                self.expr(target)?;
                self.target(target)?;
            }
            StmtKind::AnnAssign { target, annotation, value, simple } => {
                self.expr(annotation)?;
                self.option(*value)?;
                if *simple || value.is_some() {
                    self.target(target)?;
                } else {
                    self.expr(target)?;
                }
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
                        let s = self.symbol(n.name);
                        s.bound = true;
                        s.deleted = true;
                    }
                    self.stmts(h.body)?;
                }
                self.stmts(t.orelse)?;
                self.stmts(t.finalbody)?;
            }
            StmtKind::Assert { test, msg } => {
                self.expr(test)?;
                self.option(*msg)?;
            }
            StmtKind::Import { names } => {
                for n in *names {
                    let bound =
                        n.asname.map_or(n.name.name.split('.').next().unwrap_or_default(), |a| a.name);
                    self.bind(bound);
                }
            }
            StmtKind::ImportFrom { names, .. } => {
                for n in *names {
                    if n.name.name == "*" {
                        if self.scope().kind != Kind::Module {
                            return Err(CompileError::syntax(
                                "import * only allowed at module level",
                                s.span,
                            ));
                        }
                    } else {
                        self.bind(n.asname.unwrap_or(n.name).name);
                    }
                }
            }
            StmtKind::Global { names } => self.declare(names, s.span, "global")?,
            StmtKind::Nonlocal { names } => {
                if self.scope().kind == Kind::Module {
                    return Err(CompileError::syntax(
                        "nonlocal declaration not allowed at module level",
                        s.span,
                    ));
                }
                self.declare(names, s.span, "nonlocal")?;
            }
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
            } else if s.bound {
                Some(format!("name '{name}' is assigned to before {what} declaration"))
            } else if s.global && what == "nonlocal" || s.nonlocal && what == "global" {
                Some(format!("name '{name}' is nonlocal and global"))
            } else {
                None
            };
            if let Some(message) = problem {
                return Err(CompileError::syntax(message, span));
            }
            if what == "global" {
                self.symbol(name).global = true;
            } else {
                self.symbol(name).nonlocal = true;
            }
        }
        Ok(())
    }

    fn delete(&mut self, t: &Expr) -> Done {
        match &t.kind {
            ExprKind::Name { id } => {
                let s = self.symbol(id);
                s.bound = true;
                s.deleted = true;
                Ok(())
            }
            ExprKind::List { elts } | ExprKind::Tuple { elts } => {
                elts.iter().try_for_each(|e| self.delete(e))
            }
            _ => self.expr(t),
        }
    }

    fn target(&mut self, t: &Expr) -> Done {
        match &t.kind {
            ExprKind::Name { id } => {
                if *id == "__debug__" {
                    return Err(CompileError::syntax("cannot assign to __debug__", t.span));
                }
                self.bind(id);
                Ok(())
            }
            ExprKind::List { elts } | ExprKind::Tuple { elts } => {
                elts.iter().try_for_each(|e| self.target(e))
            }
            ExprKind::Starred { value } => self.target(value),
            _ => self.expr(t),
        }
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
                if let Some(r) = rest {
                    self.bind(r.name);
                }
                Ok(())
            }
            PatternKind::MatchClass { cls, patterns, kwd_patterns, .. } => {
                self.expr(cls)?;
                patterns.iter().chain(*kwd_patterns).try_for_each(|p| self.pattern(p))
            }
            PatternKind::MatchStar { name } => {
                if let Some(n) = name {
                    self.bind(n.name);
                }
                Ok(())
            }
            PatternKind::MatchAs { pattern, name } => {
                if let Some(p) = pattern {
                    self.pattern(p)?;
                }
                if let Some(n) = name {
                    self.bind(n.name);
                }
                Ok(())
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
        all.filter_map(|p| p.annotation).try_for_each(|e| self.expr(e))
    }

    fn params(&mut self, a: &Arguments) -> Done {
        let all = a.posonlyargs.iter().chain(a.args).chain(a.kwonlyargs).chain(&a.vararg).chain(&a.kwarg);
        for p in all {
            let s = self.symbol(p.arg.name);
            if s.param {
                let message = format!("duplicate argument '{}' in function definition", p.arg.name);
                return Err(CompileError::syntax(message, p.span));
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
        match &e.kind {
            ExprKind::BoolOp { values, .. } => self.exprs(values)?,
            ExprKind::NamedExpr { target, value } => {
                self.expr(value)?;
                // The target belongs to the nearest scope that is no comprehension.
                let mut scope = self.current;
                while self.table.scopes[scope].kind == Kind::Comprehension {
                    let parent = self.table.scopes[scope].parent.unwrap_or(0);
                    if let ExprKind::Name { id } = target.kind {
                        let global = matches!(self.table.scopes[parent].kind, Kind::Module);
                        let s = self.symbol_in(scope, id);
                        if global {
                            s.global = true;
                        } else {
                            s.nonlocal = true;
                        }
                    }
                    scope = parent;
                }
                if let ExprKind::Name { id } = target.kind {
                    let name = mangle(self.table.scopes[scope].class.as_deref(), id);
                    self.table.scopes[scope].walrus.insert(name);
                    self.symbol_in(scope, id).bound = true;
                }
            }
            ExprKind::BinOp { .. } => {
                // Along the left side without recursion.
                let mut node = e;
                while let ExprKind::BinOp { left, right, .. } = &node.kind {
                    self.expr(right)?;
                    node = left;
                }
                self.expr(node)?;
            }
            ExprKind::UnaryOp { operand, .. } => self.expr(operand)?,
            ExprKind::Lambda { args, body } => {
                self.defaults(args)?;
                self.open(Kind::Function, key(*args), None);
                self.params(args)?;
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
            ExprKind::ListComp { elt, generators }
            | ExprKind::SetComp { elt, generators }
            | ExprKind::GeneratorExp { elt, generators } => self.comprehension(&[elt], generators)?,
            ExprKind::DictComp { key, value, generators } => self.comprehension(&[key, value], generators)?,
            ExprKind::Await { value } => self.expr(value)?,
            ExprKind::Yield { value } => {
                self.scope().generator = true;
                self.option(*value)?;
            }
            ExprKind::YieldFrom { value } => {
                self.scope().generator = true;
                self.expr(value)?;
            }
            ExprKind::Compare { left, comparators, .. } => {
                self.expr(left)?;
                self.exprs(comparators)?;
            }
            ExprKind::Call { func, args, keywords } => {
                self.expr(func)?;
                self.exprs(args)?;
                keywords.iter().try_for_each(|k| self.expr(&k.value))?;
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

    fn comprehension(&mut self, elts: &[&Expr], generators: &[Comprehension]) -> Done {
        self.expr(generators[0].iter)?;
        self.open(Kind::Comprehension, generators.as_ptr() as usize, None);
        self.symbol(".0").param = true;
        for (i, g) in generators.iter().enumerate() {
            if i > 0 {
                self.expr(g.iter)?;
            }
            self.target(g.target)?;
            self.exprs(g.ifs)?;
        }
        elts.iter().try_for_each(|e| self.expr(e))?;
        self.close();
        Ok(())
    }
}
