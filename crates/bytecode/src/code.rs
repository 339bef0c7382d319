//! A compiled code object, as the compiler leaves it: pure data, `Send`, no run-time values.

use crate::op::Instr;
use minipy_syntax::ast::Span;
use std::sync::Arc;

/// A constant.
#[derive(Clone, Debug, PartialEq)]
pub enum Const {
    /// `None`
    None,
    /// `True` or `False`
    Bool(bool),
    /// An integer of 64 bits.
    Int(i64),
    /// A larger integer: the digits and their base.
    BigInt(Box<str>, u32),
    /// A float.
    Float(f64),
    /// A complex number `0+xj`.
    Complex(f64),
    /// A string.
    Str(Box<str>),
    /// Bytes.
    Bytes(Box<[u8]>),
    /// `...`
    Ellipsis,
    /// A tuple of constants (also the names of keyword arguments).
    Tuple(Box<[Const]>),
    /// A frozenset of constants (`x in {1, 2}`).
    FrozenSet(Box<[Const]>),
    /// The code of a function, class body, lambda or comprehension.
    Code(Arc<Code>),
}

/// Where an exception that is raised in `start..end` (instruction indices) continues.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Handler {
    /// First guarded instruction.
    pub start: u32,
    /// Just past the last guarded instruction.
    pub end: u32,
    /// The handler's first instruction.
    pub target: u32,
    /// The register that receives the exception. Temporaries from this register on are cleared.
    pub reg: u16,
}

/// The source that a code object comes from.
#[derive(Debug)]
pub struct Source {
    /// `co_filename`
    pub filename: Box<str>,
    /// Where the lines start, in bytes.
    pub lines: minipy_syntax::LineIndex,
}

impl PartialEq for Source {
    fn eq(&self, other: &Source) -> bool {
        self.filename == other.filename && self.lines.source() == other.lines.source()
    }
}

/// Flags of a code object, with CPython's names and values.
#[allow(missing_docs)]
pub mod flags {
    pub const OPTIMIZED: u32 = 0x1;
    pub const NEWLOCALS: u32 = 0x2;
    pub const VARARGS: u32 = 0x4;
    pub const VARKEYWORDS: u32 = 0x8;
    pub const NESTED: u32 = 0x10;
    pub const GENERATOR: u32 = 0x20;
    pub const COROUTINE: u32 = 0x80;
    pub const ITERABLE_COROUTINE: u32 = 0x100;
    pub const ASYNC_GENERATOR: u32 = 0x200;
}

/// A code object: what a module, function, class body, lambda or comprehension compiles to.
#[derive(Clone, Debug, PartialEq)]
pub struct Code {
    /// `co_name`
    pub name: Box<str>,
    /// `co_qualname`
    pub qualname: Box<str>,
    /// Where it was defined.
    pub source: Arc<Source>,
    /// `co_firstlineno`
    pub first_line: u32,
    /// `co_flags`: see [`flags`].
    pub flags: u32,
    /// `co_argcount`: positional parameters, the positional-only ones included.
    pub argcount: u16,
    /// `co_posonlyargcount`
    pub posonlyargcount: u16,
    /// `co_kwonlyargcount`
    pub kwonlyargcount: u16,
    /// How many registers a frame has.
    pub nregs: u16,
    /// `co_varnames`: the names of the first registers: positional and keyword-only parameters,
    /// `*args`, `**kwargs`, then the other locals.
    pub varnames: Box<[Box<str>]>,
    /// Registers among the locals that hold cells (their `MakeCell` stands at the start of the code).
    pub cellvars: Box<[u16]>,
    /// `co_freevars`: the names of the closure's cells, in order.
    pub freevars: Box<[Box<str>]>,
    /// Names of attributes, globals and modules that instructions use.
    pub names: Box<[Box<str>]>,
    /// For each attribute or global site (inline cache) its index in `names`.
    pub sites: Box<[u32]>,
    /// The constants.
    pub consts: Box<[Const]>,
    /// The instructions.
    pub instrs: Box<[Instr]>,
    /// For each instruction the place in the source that it stands for.
    pub spans: Box<[Span]>,
    /// For binary operators and subscripts in tracebacks: see `Anchor`; keyed by instruction, sorted.
    pub anchors: Box<[(u32, Anchor)]>,
    /// Statements without an instruction of their own (`pass`, `try`): just before this instruction a trace function
    /// is told of them. Sorted; each way to the instruction leads through the statement.
    pub marks: Box<[(u32, Span)]>,
    /// Exception handlers; of those that cover an instruction the *first* in the table applies
    /// (inner ones stand before outer ones).
    pub handlers: Box<[Handler]>,
    /// The docstring.
    pub doc: Option<Box<str>>,
    /// How many attributes the methods of this class body assign on their first parameter (0 elsewhere):
    /// the size of the instances' inline attribute storage.
    pub attr_hint: u16,
}

impl Code {
    /// How many parameters there are: `*args` and `**kwargs` included.
    pub fn parameters(&self) -> usize {
        let starred = [flags::VARARGS, flags::VARKEYWORDS].iter().filter(|&f| self.flags & f != 0).count();
        self.argcount as usize + self.kwonlyargcount as usize + starred
    }
}

/// The part of an instruction's span that tracebacks mark with `^` while the rest gets `~`:
/// the operator of a binary operation, the brackets of a subscript.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// Offset of its first byte.
    pub start: u32,
    /// Offset just past its last byte.
    pub end: u32,
}
