//! Where a suspended generator stands: the instruction, the handler around it, and the exception that it handles.

use super::{Generator, GeneratorBody, State, generator};
use crate::object::Value;
use crate::types::function::Function;
use crate::vm::frame;
use crate::vm::thread::{Frame, Thread};
use minipy_bytecode::{Instr, Op};
use std::mem::offset_of;

/// The generator that a running frame belongs to.
///
/// # Safety
/// The frame is complete.
pub unsafe fn of_frame(frame: &Frame) -> Option<&GeneratorBody> {
    frame.generator.then(|| generator(&frame.owner))
}

impl GeneratorBody {
    /// The generator itself.
    pub fn value(&self) -> Value {
        // SAFETY: bodies exist only inside of their objects.
        unsafe { (*(&raw const *self).byte_sub(offset_of!(Generator, body)).cast::<Generator>()).value() }
    }

    /// The function whose call made it.
    pub fn function(&self) -> &Value {
        &self.function
    }

    /// The number of the instruction that suspended it.
    pub fn position(&self) -> u32 {
        match (self.state.get(), self.function.cast::<Function>()) {
            // SAFETY: `pc` points into the code, past the instruction that suspended.
            (State::Suspended, Some(f)) => unsafe {
                self.pc.get().offset_from(f.code().start).max(1) as u32 - 1
            },
            _ => frame::NOT_BEGUN,
        }
    }

    /// Its register `i`, while it does not run.
    pub fn register(&self, i: usize) -> Value {
        self.regs.borrow().get(i).cloned().unwrap_or(Value::UNBOUND)
    }

    /// The values of its locals, while it does not run.
    pub fn locals(&self) -> Vec<Value> {
        let n = self.function.cast::<Function>().map_or(0, |f| f.code().nlocals);
        self.regs.borrow().iter().take(n).cloned().collect()
    }

    /// It has no frame any more: see [`frame::release`].
    #[inline]
    pub(super) fn release_frame(&self) {
        if !self.frame.borrow().is_unbound() {
            frame::release(self);
        }
    }

    /// Its frame, which has been pushed, is that of its object, if there is one.
    ///
    /// # Safety
    /// The frame is the topmost and complete.
    #[inline(always)]
    pub(super) unsafe fn show_frame(&self, th: &Thread) {
        // SAFETY: nobody else has a reference just now; as the caller promises.
        unsafe {
            if !(*self.frame.as_ptr()).is_unbound() {
                frame::watch(th, th.fp());
            }
        }
    }

    /// The instruction that suspended it.
    pub(super) fn suspended_at(&self) -> Instr {
        // SAFETY: `pc` points past the `Yield`, or at the `YieldFrom` that will go on delegating.
        unsafe {
            let here = *self.pc.get();
            if here.op == Op::YieldFrom { here } else { *self.pc.get().sub(1) }
        }
    }

    /// The register of the exception that the outermost handler handles in which it is suspended.
    pub(super) fn handling(&self) -> Option<usize> {
        let code = &self.function.cast::<Function>()?.code().body;
        // SAFETY: `pc` stands among the instructions of the code.
        let past = unsafe { self.pc.get().offset_from(code.start) } as u32;
        let at = if self.suspended_at().op == Op::YieldFrom { past } else { past.saturating_sub(1) };
        let around = code.code.handlers.iter().rev().filter(|h| h.start <= at && at < h.end);
        // What a handler guards of its own is where it stops to handle.
        let ends = around.map(|h| &code.code.instrs[h.target as usize]);
        ends.into_iter().find(|i| i.op == Op::PopExc).map(|i| i.a as usize)
    }

    /// Puts what is sent (unbound: `None`) where the instruction that suspended it says.
    ///
    /// # Safety
    /// `regs` are its registers, and it has begun.
    #[inline]
    pub(super) unsafe fn deliver(&self, regs: *mut Value, sent: Value) {
        let sent = if sent.is_unbound() { Value::NONE } else { sent };
        // SAFETY: the instruction's register is one of them.
        drop(unsafe { std::mem::replace(&mut *regs.add(self.suspended_at().a as usize), sent) });
    }

    /// Its frame, the topmost, has yielded and is popped; `outside` is what is handled there.
    ///
    /// # Safety
    /// The frame has saved where it goes on.
    #[inline]
    pub(super) unsafe fn suspend(&self, th: &Thread, outside: Value) {
        // SAFETY: as the caller promises.
        unsafe {
            let top = th.fp();
            self.pc.set((*top).pc);
            if (*top).kind.is_watched() {
                frame::suspend(th, top);
            }
            drop((*top).owner.take());
            th.pop();
        }
        self.state.set(State::Suspended);
        self.handle_outside(th, outside);
    }

    /// It is resumed, and goes on handling the exception that it handled; returns what is handled outside.
    #[inline]
    pub(super) fn handle_inside(&self, th: &Thread) -> Value {
        let outside = th.handled().unwrap_or(Value::UNBOUND);
        if let Some(mine) = self.handled.replace(Value::UNBOUND).bound() {
            if let Some(e) = self.handling() {
                // When its handler ends, it sees what is handled outside now: the handler keeps what was handled
                // before in the register after the exception's.
                let mut regs = self.regs.borrow_mut();
                let before = regs.get_mut(e + 1).map(|r| std::mem::replace(r, outside.clone()));
                drop(regs);
                drop(before);
            }
            drop(th.handled.replace(mine));
        }
        outside
    }

    /// It is suspended: what it handles is its own affair.
    #[inline]
    fn handle_outside(&self, th: &Thread, outside: Value) {
        let inside = th.handled.replace(outside);
        // The exception handled outside may have been thrown in, and is handled here as well.
        let same = th.handled().unwrap_or(Value::UNBOUND).is(&inside);
        if !same || (!inside.is_unbound() && self.handling().is_some()) {
            drop(self.handled.replace(inside));
        }
    }
}
