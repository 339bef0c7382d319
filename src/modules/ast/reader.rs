//! Trees of objects, as the compiler wants them: what all nodes have in common. What CPython refuses is refused, in
//! its words.

use crate::object::{Dict, List, Result, Value, intern, intern_static};
use crate::protocol::{self, get_attr_opt, overflow_error, raise, type_error, value_error};
use crate::types::{exception, int};
use crate::vm;
use bumpalo::Bump;
use minipy_syntax::ast::{Ident, Mod, Span};
use minipy_syntax::{LineIndex, Mode};
use std::collections::HashMap;

/// Reads a tree.
pub struct Reader<'a> {
    pub(super) arena: &'a Bump,
    classes: &'a Dict,
    /// The classes of the nodes seen so far, by the addresses of their types: a program may derive from those of `ast`.
    known: HashMap<usize, &'a str>,
    /// Where nodes start and end; spans are indices into it.
    places: Vec<(u32, u32)>,
}

/// A node: the object, and the name of its class.
#[derive(Clone)]
pub struct Node<'a> {
    pub(super) value: Value,
    pub(super) class: &'a str,
}

/// The nodes that have a place, by the names that messages have for them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Placed {
    Stmt,
    Expr,
    Pattern,
    Other,
}

impl<'a> Reader<'a> {
    /// A reader of trees made of these classes.
    pub fn new(arena: &'a Bump, classes: &'a Dict) -> Reader<'a> {
        Reader { arena, classes, known: HashMap::new(), places: vec![(1, 0)] }
    }

    /// Where the nodes stand.
    pub fn into_lines(self) -> LineIndex {
        LineIndex::of_places(self.places)
    }

    /// A whole tree.
    pub fn module(&mut self, tree: &Value, mode: Mode) -> Result<Mod<'a>> {
        let n = self.node(tree, "mod")?;
        let wanted = match mode {
            Mode::Module => "Module",
            Mode::Interactive => "Interactive",
            Mode::Expression => "Expression",
        };
        if n.class != wanted {
            return type_error(format!("expected {wanted} node, got {}", tree.ty().name()));
        }
        Ok(match mode {
            Mode::Module => {
                let body = self.stmts(&n, "body")?;
                self.items(&n, "type_ignores")?;
                Mod::Module { body }
            }
            Mode::Interactive => Mod::Interactive { body: self.stmts(&n, "body")? },
            Mode::Expression => Mod::Expression { body: self.load(&n, "body")? },
        })
    }

    /// An object as a node; `kind` is for the message.
    pub fn node(&mut self, v: &Value, kind: &str) -> Result<Node<'a>> {
        let key = &raw const *v.ty() as usize;
        if let Some(class) = self.known.get(&key) {
            return Ok(Node { value: v.clone(), class });
        }
        let ours = |t: &&crate::object::Type| {
            self.classes.get_interned(&intern(t.name())).is_some_and(|c| c.is(&t.value()))
        };
        let Some(class) = v.ty().mro().find(ours).filter(|t| t.name() != "AST") else {
            return Err(self.unexpected(v, kind));
        };
        let class = &*self.arena.alloc_str(class.name());
        self.known.insert(key, class);
        Ok(Node { value: v.clone(), class })
    }

    /// The error for an object that is no node of this kind.
    pub fn unexpected(&self, v: &Value, kind: &str) -> crate::object::Raised {
        match protocol::repr_string(v) {
            Ok(repr) => {
                raise(&exception::TYPE_ERROR, format!("expected some sort of {kind}, but got {repr}"))
            }
            Err(e) => e,
        }
    }

    /// Reads a node that may hold others of its kind.
    pub fn nested<T>(&mut self, kind: &str, f: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        vm::guard_native_recursion(&format!(" while traversing '{kind}' node"), || f(self))
    }

    /// A field that must be there.
    pub fn field(&self, n: &Node, name: &'static str) -> Result {
        self.field_of(&n.value, name, n.class)
    }

    fn field_of(&self, v: &Value, name: &'static str, class: &str) -> Result {
        match get_attr_opt(v, &intern_static(name))? {
            Some(v) => Ok(v),
            None => type_error(format!("required field \"{name}\" missing from {class}")),
        }
    }

    /// A field that must be there and be something.
    pub fn some(&self, n: &Node, name: &'static str) -> Result {
        let v = self.field(n, name)?;
        if v.is_none() {
            return value_error(format!("field '{name}' is required for {}", n.class));
        }
        Ok(v)
    }

    /// A field that may be absent or `None`.
    pub fn optional(&self, n: &Node, name: &'static str) -> Result<Option<Value>> {
        Ok(get_attr_opt(&n.value, &intern_static(name))?.filter(|v| !v.is_none()))
    }

    /// The items of a field that is a list.
    pub fn items(&self, n: &Node, name: &'static str) -> Result<Vec<Value>> {
        let v = self.field(n, name)?;
        match v.cast::<List>() {
            Some(list) => Ok(list.to_vec()),
            None => {
                type_error(format!("{} field \"{name}\" must be a list, not a {}", n.class, v.ty().name()))
            }
        }
    }

    /// The items of a list, each read by `f`.
    pub fn list<T: Copy>(
        &mut self,
        n: &Node,
        name: &'static str,
        mut f: impl FnMut(&mut Self, &Value) -> Result<T>,
    ) -> Result<&'a [T]> {
        let items = self.items(n, name)?;
        let mut out = Vec::with_capacity(items.len());
        for item in &items {
            out.push(f(self, item)?);
        }
        Ok(self.arena.alloc_slice_copy(&out))
    }

    /// A name.
    pub fn identifier(&self, v: &Value) -> Result<&'a str> {
        match v.as_str() {
            Some(s) if matches!(s, "None" | "True" | "False") => {
                value_error(format!("identifier field can't represent '{s}' constant"))
            }
            Some(s) => Ok(self.arena.alloc_str(s)),
            None => type_error("AST identifier must be of type str"),
        }
    }

    /// A field that is a name; it stands where the node stands.
    pub fn ident(&self, n: &Node, name: &'static str, span: Span) -> Result<Ident<'a>> {
        Ok(Ident { name: self.identifier(&self.some(n, name)?)?, span })
    }

    /// A field that may be a name.
    pub fn ident_opt(&self, n: &Node, name: &'static str, span: Span) -> Result<Option<Ident<'a>>> {
        let v = self.optional(n, name)?;
        v.map(|v| Ok(Ident { name: self.identifier(&v)?, span })).transpose()
    }

    /// A list of names.
    pub fn idents(&mut self, n: &Node, name: &'static str, span: Span) -> Result<&'a [Ident<'a>]> {
        self.list(n, name, |r, v| Ok(Ident { name: r.identifier(v)?, span }))
    }

    /// A number.
    pub fn number(&self, v: &Value) -> Result<i64> {
        match int::view(v) {
            Some(_) => match int::to_i64(v).and_then(|n| i32::try_from(n).ok()) {
                Some(n) => Ok(n.into()),
                None => overflow_error("Python int too large to convert to C int"),
            },
            None => value_error(format!("invalid integer value: {}", protocol::repr_string(v)?)),
        }
    }

    /// A field that is a number.
    pub fn int(&self, n: &Node, name: &'static str) -> Result<i64> {
        self.number(&self.field(n, name)?)
    }

    /// Where a node stands.
    pub fn span(&mut self, v: &Value, placed: Placed, class: &str) -> Result<Span> {
        let kind = match placed {
            Placed::Stmt => "stmt",
            Placed::Expr => "expr",
            Placed::Pattern => "pattern",
            Placed::Other => class,
        };
        let required = |name| self.number(&self.field_of(v, name, kind)?);
        let (line, column) = (required("lineno")?, required("col_offset")?);
        let end = |name: &'static str, start: i64| {
            if placed == Placed::Pattern {
                return required(name);
            }
            match get_attr_opt(v, &intern_static(name))?.filter(|v| !v.is_none()) {
                Some(n) => self.number(&n),
                None => Ok(start),
            }
        };
        let (end_line, end_column) = (end("end_lineno", line)?, end("end_col_offset", column)?);
        if line > end_line {
            return value_error(format!("AST node line range ({line}, {end_line}) is not valid"));
        }
        if (line < 0 && end_line != line) || (column < 0 && column != end_column) {
            return value_error(format!(
                "AST node column range ({column}, {end_column}) for line range ({line}, {end_line}) is not valid"
            ));
        }
        if line == end_line && column > end_column {
            return value_error(format!("line {line}, column {column}-{end_column} is not a valid range"));
        }
        Ok(Span::new(self.place(line, column), self.place(end_line, end_column)))
    }

    fn place(&mut self, line: i64, column: i64) -> u32 {
        let place = (line.max(0) as u32, column.max(0) as u32);
        if self.places.last() != Some(&place) {
            self.places.push(place);
        }
        (self.places.len() - 1) as u32
    }
}
