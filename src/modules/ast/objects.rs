//! What the parser made, as objects.

use crate::object::{Attrs, Dict, Raised, Result, Type, Value, intern, intern_static};
use crate::protocol::raise;
use crate::types::{bytes, complex, exception, float, int, object};
use crate::vm::{Thread, code};
use minipy_syntax::LineIndex;
use minipy_syntax::ast::{Constant, Mod, Span};
use minipy_syntax::walk::{Builder, Fields, walk};
use std::collections::HashMap;

/// The tree as objects of these classes.
pub fn make(tree: &Mod, classes: &Dict, lines: &LineIndex) -> Result {
    let mut objects = Objects { classes, lines, known: HashMap::new(), error: None };
    let made = walk(tree, &mut objects);
    match objects.error {
        Some(e) => Err(e),
        None => Ok(made),
    }
}

struct Objects<'a> {
    classes: &'a Dict,
    lines: &'a LineIndex,
    /// Classes by name.
    known: HashMap<&'static str, Value>,
    error: Option<Raised>,
}

impl Objects<'_> {
    /// The one node of a class without fields and place, such as an operator.
    fn leaf(&self, name: &'static str) -> Option<Value> {
        self.classes
            .get_interned(&intern_static("_leaves"))?
            .cast::<Dict>()?
            .get_interned(&intern_static(name))
            .cloned()
    }

    fn class(&mut self, name: &'static str) -> Value {
        let find = || self.classes.get_interned(&intern_static(name)).cloned().unwrap_or(Value::NONE);
        self.known.entry(name).or_insert_with(find).clone()
    }
}

impl Builder for Objects<'_> {
    type Out = Value;

    fn node(&mut self, class: &'static str, fields: Fields<Value>, span: Option<Span>) -> Value {
        if fields.is_empty()
            && span.is_none()
            && let Some(leaf) = self.leaf(class)
        {
            return leaf;
        }
        let ty = self.class(class);
        let Some(made) = ty.cast::<Type>().and_then(object::bare_instance) else { return Value::NONE };
        let set = |name: &'static str, value: Value| {
            if let (Some(attrs), Some(head)) = (Attrs::of(&made), made.head()) {
                attrs.set(head, &intern_static(name), value);
            }
        };
        for (name, value) in fields {
            set(name, value);
        }
        if let Some(span) = span {
            let (line, column) = self.lines.position(span.start);
            let (end_line, end_column) = self.lines.position(span.end);
            set("lineno", int::from_u64(line.into()));
            set("col_offset", int::from_u64(column.into()));
            set("end_lineno", int::from_u64(end_line.into()));
            set("end_col_offset", int::from_u64(end_column.into()));
        }
        made
    }

    fn list(&mut self, items: Vec<Value>) -> Value {
        Value::list(items)
    }

    fn absent(&mut self) -> Value {
        Value::NONE
    }

    fn name(&mut self, name: &str) -> Value {
        intern(name)
    }

    fn number(&mut self, n: i64) -> Value {
        int::from_i64(n)
    }

    fn constant(&mut self, value: &Constant) -> Value {
        match value {
            Constant::None => Value::NONE,
            Constant::Bool(b) => Value::bool(*b),
            Constant::Int(i) => int::from_i64(*i),
            Constant::BigInt { digits, radix } => code::big_int(digits, *radix),
            Constant::Float(f) => float::from_f64(*f),
            Constant::Complex(f) => complex::new(0.0, *f),
            Constant::Str(s) => Value::str(s),
            Constant::Bytes(b) => bytes::from_slice(b),
            Constant::Ellipsis => Value::ELLIPSIS,
        }
    }

    fn kind(&mut self, span: Span) -> Value {
        let text = self.lines.source().as_bytes();
        let at = |i: usize| text.get(span.start as usize + i);
        match (at(0), at(1)) {
            (Some(b'u' | b'U'), Some(b'\'' | b'"')) => intern_static("u"),
            _ => Value::NONE,
        }
    }

    fn enter(&mut self) -> bool {
        self.error.is_none() && Thread::current().native_room()
    }

    fn leave(&mut self) {}

    fn too_deep(&mut self) -> Value {
        self.error.get_or_insert_with(|| {
            let message = "maximum recursion depth exceeded during ast construction";
            raise(&exception::RECURSION_ERROR, message)
        });
        Value::NONE
    }
}
