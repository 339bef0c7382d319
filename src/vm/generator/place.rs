//! Where a suspended generator stands: the instruction, the handler around it, and the exception that it handles.

use super::{Generator, GeneratorBody, State, generator};
use crate::object::Value;
use crate::vm::frame;
use crate::vm::thread::{Frame, FrameKind, Thread};
use minipy_bytecode::op::{Instr, KILL_A, Op};
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
        match self.state.get() {
            // SAFETY: `pc` points into the code, past the instruction that suspended.
            State::Suspended => unsafe { self.pc.get().offset_from(self.code().start).max(1) as u32 - 1 },
            _ => frame::NOT_BEGUN,
        }
    }

    /// Its register `i`, while it does not run.
    pub fn register(&self, i: usize) -> Value {
        self.regs.borrow().get(i).cloned().unwrap_or(Value::UNBOUND)
    }

    /// The values of its locals, while it does not run.
    pub fn locals(&self) -> Vec<Value> {
        self.regs.borrow().iter().take(self.code().nlocals).cloned().collect()
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
    #[inline(always)]
    pub(super) fn suspended_at(&self) -> Instr {
        // SAFETY: `pc` points past the `Yield`, or at the `YieldFrom` that will go on delegating.
        unsafe {
            let here = *self.pc.get();
            if here.op == Op::YieldFrom { here } else { *self.pc.get().sub(1) }
        }
    }

    /// The register of the exception that the outermost handler handles in which it is suspended.
    pub(super) fn handling(&self) -> Option<usize> {
        let code = self.code();
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
    #[inline(always)]
    pub(super) unsafe fn deliver(&self, regs: *mut Value, sent: Value) {
        let at = self.suspended_at();
        if at.x & KILL_A != 0 {
            // Nobody asks for it.
            return;
        }
        let sent = if sent.is_unbound() { Value::NONE } else { sent };
        // SAFETY: the instruction's register is one of them.
        drop(unsafe { std::mem::replace(&mut *regs.add(at.a as usize), sent) });
    }

    /// Pushes its frame, which goes on at `pc`, above the registers `top`.
    ///
    /// # Safety
    /// [`Thread::may_push`] allows it, and the generator, which does not run yet, outlives the frame.
    #[inline(always)]
    pub(super) unsafe fn push(
        &self,
        th: &Thread,
        pc: *const Instr,
        top: *mut Value,
        kind: FrameKind,
        owner: Value,
        extra: Value,
    ) {
        self.state.set(State::Running);
        // SAFETY: as the caller promises.
        unsafe {
            th.push(Frame {
                pc,
                regs: self.registers(),
                code: self.code,
                function: self.body,
                top,
                owner,
                extra,
                dst: 0,
                kind,
                generator: true,
            });
            self.show_frame(th);
        }
    }

    /// Its registers; while it runs they are the frame's.
    #[inline(always)]
    pub(super) fn registers(&self) -> *mut Value {
        // SAFETY: nobody else looks at the cell just now.
        unsafe { (*self.regs.as_ptr()).as_mut_ptr() }
    }

    /// Its frame, the topmost, has yielded and is popped; `outside` is what is handled there.
    ///
    /// # Safety
    /// The frame has saved where it goes on.
    #[inline(always)]
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
        // What it handles is its own affair.
        let inside = th.handled.replace(outside);
        if !(inside.is_unbound() && th.handles_nothing()) {
            self.keep_handled(th, inside);
        }
    }

    /// It is resumed, and goes on handling the exception that it handled; returns what is handled outside.
    #[inline(always)]
    pub(super) fn handle_inside(&self, th: &Thread) -> Value {
        let outside = th.handled().unwrap_or(Value::UNBOUND);
        // SAFETY: the cell is only looked at.
        if !unsafe { &*self.handled.as_ptr() }.is_unbound() {
            self.handle_own(th, &outside);
        }
        outside
    }

    #[cold]
    fn handle_own(&self, th: &Thread, outside: &Value) {
        if let Some(e) = self.handling() {
            // When its handler ends, it sees what is handled outside now: the handler keeps what was handled
            // before in the register after the exception's.
            let mut regs = self.regs.borrow_mut();
            let before = regs.get_mut(e + 1).map(|r| std::mem::replace(r, outside.clone()));
            drop(regs);
            drop(before);
        }
        drop(th.handled.replace(self.handled.replace(Value::UNBOUND)));
    }

    /// It is suspended, and has handled `inside`.
    #[cold]
    fn keep_handled(&self, th: &Thread, inside: Value) {
        // The exception handled outside may have been thrown in, and is handled here as well.
        let same = th.handled().unwrap_or(Value::UNBOUND).is(&inside);
        if !same || self.handling().is_some() {
            drop(self.handled.replace(inside));
        }
    }
}
