//! [`Slots`]: what the objects of a type can do, and how a built-in type inherits it.

use super::value::{Result, Value};

/// A function of one operand.
pub type Unary = fn(&Value) -> Result;
/// A function of two operands. Binary operators may return `NotImplemented`.
pub type Binary = fn(&Value, &Value) -> Result;
/// A comparison; may return `NotImplemented`.
pub type RichCompare = fn(&Value, &Value, Compare) -> Result;
/// `next`: `None` at the end.
pub type Next = fn(&Value) -> Result<Option<Value>>;
/// A call: callable, positional arguments followed by keyword values, and the keywords' names (a tuple).
pub type Call = fn(&Value, &[Value], Option<&Value>) -> Result;

/// The rich comparisons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
#[repr(u8)]
pub enum Compare {
    Lt,
    Le,
    Eq,
    Ne,
    Gt,
    Ge,
}

/// The binary operators, in the order of [`Slots::binary`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
#[repr(u8)]
pub enum BinOp {
    Add,
    Sub,
    Mul,
    Div,
    FloorDiv,
    Mod,
    Pow,
    MatMul,
    LShift,
    RShift,
    And,
    Or,
    Xor,
}

impl BinOp {
    /// Symbol, forward, reflected and in-place method names.
    pub const fn names(self) -> (&'static str, &'static str, &'static str, &'static str) {
        match self {
            BinOp::Add => ("+", "__add__", "__radd__", "__iadd__"),
            BinOp::Sub => ("-", "__sub__", "__rsub__", "__isub__"),
            BinOp::Mul => ("*", "__mul__", "__rmul__", "__imul__"),
            BinOp::Div => ("/", "__truediv__", "__rtruediv__", "__itruediv__"),
            BinOp::FloorDiv => ("//", "__floordiv__", "__rfloordiv__", "__ifloordiv__"),
            BinOp::Mod => ("%", "__mod__", "__rmod__", "__imod__"),
            BinOp::Pow => ("** or pow()", "__pow__", "__rpow__", "__ipow__"),
            BinOp::MatMul => ("@", "__matmul__", "__rmatmul__", "__imatmul__"),
            BinOp::LShift => ("<<", "__lshift__", "__rlshift__", "__ilshift__"),
            BinOp::RShift => (">>", "__rshift__", "__rrshift__", "__irshift__"),
            BinOp::And => ("&", "__and__", "__rand__", "__iand__"),
            BinOp::Or => ("|", "__or__", "__ror__", "__ior__"),
            BinOp::Xor => ("^", "__xor__", "__rxor__", "__ixor__"),
        }
    }
}

/// What objects of a type can do. `None`: not supported (or the default of `protocol`).
#[derive(Clone, Copy)]
#[allow(missing_docs)]
pub struct Slots {
    pub repr: Option<Unary>,
    pub str: Option<Unary>,
    pub hash: Option<fn(&Value) -> Result<i64>>,
    pub compare: Option<RichCompare>,
    pub bool: Option<fn(&Value) -> Result<bool>>,
    pub len: Option<fn(&Value) -> Result<usize>>,
    pub get_item: Option<Binary>,
    /// `None` as the value deletes.
    pub set_item: Option<fn(&Value, &Value, Option<Value>) -> Result<()>>,
    pub contains: Option<fn(&Value, &Value) -> Result<bool>>,
    pub iter: Option<Unary>,
    pub next: Option<Next>,
    pub call: Option<Call>,
    /// `__getattribute__`, name as an interned string.
    pub get_attr: Option<Binary>,
    /// `__setattr__`; `None` as the value deletes.
    pub set_attr: Option<fn(&Value, &Value, Option<Value>) -> Result<()>>,
    /// `__get__(descriptor, instance or unbound, owner)`
    pub descr_get: Option<fn(&Value, &Value, &Value) -> Result>,
    /// `__set__`; `None` as the value deletes. Its presence makes a data descriptor.
    pub descr_set: Option<fn(&Value, &Value, Option<Value>) -> Result<()>>,
    /// `__new__(type, args, keyword names)`
    pub new: Option<Call>,
    /// `__init__(self, args, keyword names)`
    pub init: Option<fn(&Value, &[Value], Option<&Value>) -> Result<()>>,
    /// Binary operators with `self` on the left *or* the right (as CPython's `nb_` slots): the function
    /// checks both operands.
    pub binary: [Option<Binary>; 13],
    pub inplace: [Option<Binary>; 13],
    pub neg: Option<Unary>,
    pub pos: Option<Unary>,
    pub abs: Option<Unary>,
    pub invert: Option<Unary>,
    pub index: Option<Unary>,
    pub int: Option<Unary>,
    pub float: Option<Unary>,
    /// `__await__` of built-in types.
    pub awaitable: Option<Unary>,
    /// What `yield from` and `await` call instead of `next` or `send`, which tell the end by an exception.
    pub send: Option<fn(&Value, Value) -> Result<Sent>>,
    /// `__del__`
    pub finalize: Option<fn(&Value)>,
    /// The bytes that others may look at.
    pub buffer: Option<fn(&Value) -> crate::types::bytes::export::Export<'_>>,
    /// What `with` does with objects of this very type (no type inherits it): what `__enter__` does, and what
    /// `__exit__` does, which looks at no exception and swallows none.
    pub manager: Option<(Unary, Unary)>,
}

/// What a step of an iterator that something is sent to gives.
pub enum Sent {
    /// Its next item.
    Yielded(Value),
    /// Its result; it has ended.
    Returned(Value),
}

/// Which slots of a built-in type are its own: a bit for each that types inherit.
#[derive(Clone, Copy)]
pub struct OwnSlots(u64);

impl OwnSlots {
    /// Inherits none.
    pub const ALL: OwnSlots = OwnSlots(u64::MAX);
}

/// Does something for each slot that is inherited on its own, with a bit of [`OwnSlots`].
macro_rules! for_inherited {
    ($do:ident) => {
        $do! { repr str bool len get_item set_item contains iter next call get_attr set_attr descr_get descr_set
        new init neg pos abs invert index int float finalize buffer compare hash }
    };
}

impl Slots {
    /// These slots of a type, with those of its base where it leaves them open; and which are its own.
    pub fn inheriting(&self, base: &Slots) -> (Slots, OwnSlots) {
        let (mut all, mut own, mut bit) = (*self, 0, 0);
        // As in CPython, `==` and `hash` come together.
        let comparison = all.compare.is_some() || all.hash.is_some();
        macro_rules! fill {
            ($($f:ident)*) => { $(
                own |= u64::from(all.$f.is_some()) << bit;
                bit += 1;
                all.$f = all.$f.or(base.$f);
            )* };
        }
        for_inherited!(fill);
        if comparison {
            (all.compare, all.hash) = (self.compare, self.hash);
        }
        for (mine, theirs) in
            all.binary.iter_mut().zip(&base.binary).chain(all.inplace.iter_mut().zip(&base.inplace))
        {
            own |= u64::from(mine.is_some()) << bit;
            bit += 1;
            *mine = mine.or(*theirs);
        }
        (all, OwnSlots(own))
    }

    /// Without those that are inherited.
    pub fn only(&self, own: OwnSlots) -> Slots {
        let (mut all, mut bit) = (*self, 0);
        macro_rules! clear {
            ($($f:ident)*) => { $(
                all.$f = all.$f.filter(|_| own.0 >> bit & 1 == 1);
                bit += 1;
            )* };
        }
        for_inherited!(clear);
        for slot in all.binary.iter_mut().chain(&mut all.inplace) {
            *slot = slot.filter(|_| own.0 >> bit & 1 == 1);
            bit += 1;
        }
        all
    }

    /// No slot at all.
    pub const EMPTY: Slots = Slots {
        repr: None,
        str: None,
        hash: None,
        compare: None,
        bool: None,
        len: None,
        get_item: None,
        set_item: None,
        contains: None,
        iter: None,
        next: None,
        call: None,
        get_attr: None,
        set_attr: None,
        descr_get: None,
        descr_set: None,
        new: None,
        init: None,
        binary: [None; 13],
        inplace: [None; 13],
        neg: None,
        pos: None,
        abs: None,
        invert: None,
        index: None,
        int: None,
        float: None,
        awaitable: None,
        send: None,
        finalize: None,
        buffer: None,
        manager: None,
    };
}
