//! Code objects at run time: constants as values, names interned, and the inline caches.

use super::code_type::CODE;
use crate::object::attrs::Shape;
use crate::object::{Attrs, Boxed, Value, intern};
use crate::types::{bytes, complex, float, int, set};
use minipy_bytecode::{Code, Const, Instr, flags};
use num_bigint::BigInt;
use std::cell::{Cell, OnceCell};
use std::ops::Deref;
use std::sync::Arc;

/// A code object.
pub type CodeObject = Boxed<CodeBody>;

/// The fields of a code object.
pub struct CodeBody {
    /// What the compiler made.
    pub code: Arc<Code>,
    /// `co_name`, interned.
    pub name: Value,
    /// `co_qualname`, interned.
    pub qualname: Value,
    /// Its constants.
    pub consts: Box<[Value]>,
    /// Its names, interned.
    pub names: Box<[Value]>,
    /// Its inline caches.
    pub sites: Box<[Site]>,
    /// First instruction; the code is never empty.
    pub start: *const Instr,
    /// Registers of a frame.
    pub nregs: usize,
    /// How many of them, the first, are locals: they start unbound. The others are temporaries, which hold
    /// nothing when the code starts and when it returns.
    pub nlocals: usize,
    /// The names of the parameters: positional, then keyword-only.
    pub params: Box<[Value]>,
    /// Positional parameters if a call with just so many positional arguments needs no further binding;
    /// otherwise `usize::MAX`.
    pub plain_argc: usize,
    /// The same if such a call also runs at once, which that of a generator does not.
    pub simple_argc: usize,
}

crate::body!(CodeBody: Code);

impl CodeBody {
    /// Whether a call makes a generator, coroutine or asynchronous generator.
    #[inline]
    pub fn suspends(&self) -> bool {
        suspends(&self.code)
    }
}

fn suspends(code: &Code) -> bool {
    code.flags & (flags::GENERATOR | flags::COROUTINE | flags::ASYNC_GENERATOR) != 0
}

/// An inline cache: what an instruction found the last time, and what it found before that under other conditions:
/// many places see two classes in turn.
pub struct Site {
    /// The attribute or global.
    pub name: Value,
    now: Entry,
    before: OnceCell<Box<Entry>>,
}

impl Deref for Site {
    type Target = Entry;

    #[inline(always)]
    fn deref(&self) -> &Entry {
        &self.now
    }
}

/// One thing found, and under which conditions it still holds.
#[derive(Clone)]
pub struct Entry {
    /// Version of the type, or of the globals. 0: nothing is cached.
    pub version: Cell<u64>,
    /// Shape of the instance, or version of the builtins.
    pub shape: Cell<*const Shape>,
    /// Slot, or entry number.
    pub index: Cell<u32>,
    /// What is cached.
    pub kind: Cell<SiteKind>,
    /// The word of a value that the type's version keeps alive.
    pub word: Cell<u64>,
}

impl Entry {
    fn empty() -> Entry {
        Entry {
            version: Cell::new(0),
            shape: Cell::new(std::ptr::null()),
            index: Cell::new(0),
            kind: Cell::new(SiteKind::Empty),
            word: Cell::new(0),
        }
    }

    fn swap(&self, other: &Entry) {
        self.version.swap(&other.version);
        self.shape.swap(&other.shape);
        self.index.swap(&other.index);
        self.kind.swap(&other.kind);
        self.word.swap(&other.word);
    }
}

impl Site {
    /// Makes place for something else to be cached.
    pub fn make_place(&self) {
        if self.version.get() != 0 && self.kind.get() != SiteKind::Empty {
            self.before.get_or_init(|| Box::new(Entry::empty())).swap(&self.now);
        }
        self.version.set(0);
        self.kind.set(SiteKind::Empty);
    }

    /// Goes back to what was cached before, if that holds for `object`. Then so it does for the instruction,
    /// which has missed and is to be tried again.
    pub fn turn_back(&self, object: &Value) -> bool {
        let Some((before, head)) = self.before.get().zip(object.head()) else { return false };
        let holds = before.version.get() == head.ty().version.get()
            && match before.kind.get() {
                SiteKind::Empty => false,
                SiteKind::PlainMethod => true,
                _ => Attrs::of(object).is_some_and(|a| a.has_shape(before.shape.get())),
            };
        if holds {
            before.swap(&self.now);
        }
        holds
    }
}

/// See [`Entry::kind`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SiteKind {
    /// Nothing.
    Empty,
    /// An entry of the globals, or a slot of the instance.
    Own,
    /// A slot that the assignment adds to the instance: `word` is the shape that it gets.
    Add,
    /// A slot of `__slots__`, which may be unbound.
    Member,
    /// A plain value of the type that the instance does not shadow.
    TypeValue,
    /// An entry of the builtins.
    Builtin,
    /// A method of the type that the instance does not shadow.
    Method,
    /// A method of a type whose instances have no attributes.
    PlainMethod,
}

/// How many variables of enclosing functions a code object uses.
pub fn free_variables(code: &Value) -> usize {
    code.cast::<CodeObject>().map_or(0, |c| c.code.freevars.len())
}

/// A code object with other constants, as many.
pub fn with_consts(code: &Value, consts: Box<[Value]>) -> Value {
    let Some(old) = code.cast::<CodeObject>() else { return code.clone() };
    let mut body = body_of(old.code.clone());
    body.consts = consts;
    Value::new(&CODE, body)
}

/// The object for compiled code.
pub fn from_code(code: Arc<Code>) -> Value {
    Value::new(&CODE, body_of(code))
}

fn body_of(code: Arc<Code>) -> CodeBody {
    let names: Box<[Value]> = code.names.iter().map(|n| intern(n)).collect();
    let sites = code.sites.iter().map(|&n| Site {
        name: names[n as usize].clone(),
        now: Entry::empty(),
        before: OnceCell::new(),
    });
    let plain = code.flags & (flags::VARARGS | flags::VARKEYWORDS) == 0 && code.kwonlyargcount == 0;
    let suspends = suspends(&code);
    let plain_argc = if plain { code.argcount as usize } else { usize::MAX };
    let params = code.argcount as usize + code.kwonlyargcount as usize;
    CodeBody {
        name: intern(&code.name),
        qualname: intern(&code.qualname),
        consts: code.consts.iter().map(constant).collect(),
        sites: sites.collect(),
        start: code.instrs.as_ptr(),
        nregs: code.nregs as usize,
        nlocals: code.varnames.len(),
        params: code.varnames[..params].iter().map(|n| intern(n)).collect(),
        plain_argc,
        simple_argc: if suspends { usize::MAX } else { plain_argc },
        names,
        code,
    }
}

/// The integer that a literal writes.
pub fn big_int(digits: &str, radix: u32) -> Value {
    int::from_big(BigInt::parse_bytes(digits.as_bytes(), radix).unwrap_or_default())
}

fn constant(c: &Const) -> Value {
    match c {
        Const::None => Value::NONE,
        Const::Bool(b) => Value::bool(*b),
        Const::Int(i) => int::from_i64(*i),
        Const::BigInt(digits, radix) => big_int(digits, *radix),
        Const::Float(f) => float::from_f64(*f),
        Const::Complex(f) => complex::new(0.0, *f),
        // Strings that look like names are shared, as CPython's.
        Const::Str(s) if s.len() <= 32 && s.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') => {
            intern(s)
        }
        Const::Str(s) => Value::str(s),
        Const::Bytes(b) => bytes::from_slice(b),
        Const::Ellipsis => Value::ELLIPSIS,
        Const::Tuple(items) => Value::tuple(items.iter().map(constant).collect()),
        Const::FrozenSet(items) => set::frozenset_of(items.iter().map(constant).collect()),
        Const::Code(code) => from_code(code.clone()),
    }
}
