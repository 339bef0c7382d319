//! Walking over what objects refer to: [`Trace`] for fields, [`Tracer`] for what the collector does with them.
//!
//! The collector relies on one thing: a trace reports a value once for each reference that the object owns.
//! Reporting fewer keeps things alive that could go; reporting more would free what is in use.

use super::attrs::Attrs;
use super::head::{Head, REACHED};
use super::value::Value;
use std::cell::{Cell, OnceCell, RefCell};

/// Something that owns values.
pub trait Trace {
    /// Reports each value that it owns.
    fn trace(&self, tracer: &mut Tracer);
}

/// What to do with each reference that is reported.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Mode {
    /// Take the reference off its target's count.
    Subtract,
    /// Put it back, and go on to the target.
    Reach,
    /// Put it back.
    Restore,
    /// Remember the target.
    List,
}

/// Receives the references of traced objects.
pub struct Tracer {
    mode: Mode,
    /// Only heap objects with one of these marks matter.
    mask: u32,
    depth: u32,
    /// Reached objects whose own references are still to be followed.
    stack: Vec<*const Head>,
    listed: Vec<Value>,
}

/// How deep references are followed on the native stack before the rest is put off.
const MAX_DEPTH: u32 = 24;

impl Tracer {
    /// A tracer that cares for objects with one of the marks `mask`.
    pub(super) fn new(mask: u32) -> Tracer {
        Tracer { mode: Mode::List, mask, depth: 0, stack: Vec::new(), listed: Vec::new() }
    }

    /// Takes the references that `object` owns off their targets' counts.
    pub(super) fn subtract(&mut self, object: &Head) {
        self.mode = Mode::Subtract;
        self.object(object);
    }

    /// Puts the references that `object` owns back.
    pub(super) fn restore(&mut self, object: &Head) {
        self.mode = Mode::Restore;
        self.object(object);
    }

    /// Marks `object` and all that can be reached from it, and puts their references back.
    pub(super) fn reach(&mut self, object: &Head) {
        self.mode = Mode::Reach;
        object.set_mark(REACHED);
        self.object(object);
        while let Some(head) = self.stack.pop() {
            // SAFETY: nothing is freed while references are followed.
            self.object(unsafe { &*head });
        }
    }

    /// What `object` refers to.
    pub fn referents(object: &Value) -> Vec<Value> {
        let mut tracer = Tracer::new(u32::MAX);
        if let Some(head) = object.head() {
            tracer.object(head);
        }
        tracer.listed
    }

    fn object(&mut self, object: &Head) {
        let ty = object.ty();
        // SAFETY: the object is alive and of this type.
        unsafe { (ty.trace)(object, self) };
        if ty.attrs_offset.get() != 0 {
            // SAFETY: as above; the type says that attributes stand there.
            unsafe { Attrs::trace(ty, object, self) };
        }
        if ty.is_heap() {
            self.head(&ty.head);
        }
    }

    /// Reports a value.
    #[inline(always)]
    pub fn value(&mut self, value: &Value) {
        match value.head() {
            Some(head) => self.head(head),
            None if self.mode == Mode::List && !value.is_unbound() => self.listed.push(value.clone()),
            None => {}
        }
    }

    /// Reports an object that is owned without a value.
    #[inline(always)]
    pub(super) fn head(&mut self, head: &Head) {
        match self.mode {
            Mode::Subtract if head.has_mark(self.mask) => {
                head.decref();
            }
            Mode::Restore if head.has_mark(self.mask) => head.incref(),
            Mode::Reach if head.has_mark(self.mask) => {
                head.incref();
                if !head.has_mark(REACHED) {
                    head.set_mark(REACHED);
                    self.follow(head);
                }
            }
            Mode::List => self.listed.push(Value::from_ref(head)),
            _ => {}
        }
    }

    fn follow(&mut self, head: &Head) {
        if self.depth < MAX_DEPTH {
            self.depth += 1;
            self.object(head);
            self.depth -= 1;
        } else {
            self.stack.push(head);
        }
    }
}

impl Trace for Value {
    #[inline(always)]
    fn trace(&self, tracer: &mut Tracer) {
        tracer.value(self);
    }
}

impl Trace for Cell<Value> {
    #[inline(always)]
    fn trace(&self, tracer: &mut Tracer) {
        // SAFETY: tracing changes no field.
        tracer.value(unsafe { &*self.as_ptr() });
    }
}

/// What is borrowed for a change is not traced.
impl<T: Trace> Trace for RefCell<T> {
    #[inline(always)]
    fn trace(&self, tracer: &mut Tracer) {
        if let Ok(content) = self.try_borrow() {
            content.trace(tracer);
        }
    }
}

/// From the end, as CPython does, which shows in the order of finalizers.
impl<T: Trace> Trace for [T] {
    #[inline(always)]
    fn trace(&self, tracer: &mut Tracer) {
        for item in self.iter().rev() {
            item.trace(tracer);
        }
    }
}

impl<T: Trace> Trace for Vec<T> {
    #[inline(always)]
    fn trace(&self, tracer: &mut Tracer) {
        self.as_slice().trace(tracer);
    }
}

impl<T: Trace> Trace for std::collections::VecDeque<T> {
    fn trace(&self, tracer: &mut Tracer) {
        self.iter().for_each(|item| item.trace(tracer));
    }
}

impl<T: Trace> Trace for std::vec::IntoIter<T> {
    fn trace(&self, tracer: &mut Tracer) {
        self.as_slice().trace(tracer);
    }
}

impl<T: Trace + ?Sized> Trace for Box<T> {
    #[inline(always)]
    fn trace(&self, tracer: &mut Tracer) {
        (**self).trace(tracer);
    }
}

impl<T: Trace> Trace for Option<T> {
    #[inline(always)]
    fn trace(&self, tracer: &mut Tracer) {
        if let Some(content) = self {
            content.trace(tracer);
        }
    }
}

impl<T: Trace> Trace for OnceCell<T> {
    fn trace(&self, tracer: &mut Tracer) {
        if let Some(content) = self.get() {
            content.trace(tracer);
        }
    }
}

impl<A: Trace, B: Trace> Trace for (A, B) {
    fn trace(&self, tracer: &mut Tracer) {
        self.0.trace(tracer);
        self.1.trace(tracer);
    }
}
