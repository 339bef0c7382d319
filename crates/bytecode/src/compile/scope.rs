//! Symbol tables: which scope each name of the program belongs to.
//!
//! One pass collects what every scope binds and uses, a second decides: a name that is bound in a function
//! is local; a name that is used is free if an enclosing function binds it, otherwise global. A local that an
//! inner scope uses lives in a cell. Class scopes bind names for themselves but not for inner functions.

use super::CompileError;
use super::future::Future;
use super::warn::Warning;
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
    /// An annotation that is not evaluated: nothing in it counts.
    Annotation,
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

/// What has been seen of a name.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Symbol {
    pub bound: bool,
    pub param: bool,
    pub used: bool,
    pub global: bool,
    pub nonlocal: bool,
    pub deleted: bool,
    pub annotated: bool,
    /// It is a target of a comprehension's `for`.
    pub iterated: bool,
}

/// One block of the program.
#[derive(Debug)]
pub struct Scope {
    /// Its kind.
    pub kind: Kind,
    /// Names are looked up in a namespace of its own: class bodies, and what `exec` runs.
    pub by_name: bool,
    pub(super) symbols: HashMap<String, Symbol>,
    /// Where names are said to be global or nonlocal.
    pub(super) directives: Vec<(String, Span)>,
    /// The names in order of appearance.
    pub order: Vec<String>,
    pub(super) places: HashMap<String, Place>,
    /// The names of the closure's cells.
    pub free: Vec<String>,
    pub(super) children: Vec<usize>,
    pub(super) parent: Option<usize>,
    /// Of a comprehension: what messages call its inside.
    pub(super) comprehension: &'static str,
    /// Contains `yield`.
    pub generator: bool,
    /// Targets of `:=`, which may change while an expression is computed.
    pub walrus: HashSet<String>,
    /// A class whose methods use `__class__`.
    pub class_cell: bool,
    /// The name of the class, for mangling.
    pub(super) class: Option<String>,
}

/// The scopes of a program, found by the node that opens them.
#[derive(Debug)]
pub struct Table {
    pub(super) scopes: Vec<Scope>,
    pub(super) by_node: HashMap<usize, usize>,
    pub(super) future: Future,
    pub(super) warnings: Vec<Warning>,
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

impl Scope {
    /// An empty one.
    pub(super) fn new(kind: Kind, parent: Option<usize>, class: Option<String>) -> Scope {
        Scope {
            kind,
            by_name: kind == Kind::Class,
            symbols: HashMap::new(),
            directives: Vec::new(),
            order: Vec::new(),
            places: HashMap::new(),
            free: Vec::new(),
            children: Vec::new(),
            parent,
            comprehension: "",
            generator: false,
            walrus: HashSet::new(),
            class_cell: false,
            class,
        }
    }
}

impl Table {
    /// Analyses a program.
    ///
    /// # Errors
    /// CPython's complaints about `global`, `nonlocal` and parameters.
    pub fn new(module: &Mod, names: super::Names, future: Future) -> Result<Table, CompileError> {
        let mut table = super::symbols::collect(module, names, future)?;
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
        for name in &scope.order {
            let Some(s) = scope.symbols.get(name) else { continue };
            let fail = |message: String| {
                let span = scope.directives.iter().find(|d| d.0 == *name).map(|d| d.1);
                Err(CompileError::of_names(message, span.unwrap_or_default()))
            };
            let place = if s.global && s.nonlocal {
                return fail(format!("name '{name}' is nonlocal and global"));
            } else if s.global {
                Place::Global
            } else if s.nonlocal {
                if scope.kind == Kind::Module {
                    return fail("nonlocal declaration not allowed at module level".into());
                }
                if !bound.contains(name) {
                    return fail(format!("no binding for nonlocal '{name}' found"));
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

/// `__debug__` is a constant.
pub fn forbid(name: &str, verb: &str, span: Span) -> Result<(), CompileError> {
    if name == "__debug__" {
        return Err(CompileError::syntax(format!("cannot {verb} __debug__"), span));
    }
    Ok(())
}
