//! Generators that a loop or a `yield from` resumes within the loop of the virtual machine: their frame is pushed
//! and popped as that of a called function, without a level of native code for each step.

use super::{COROUTINE, GENERATOR, State, generator};
use crate::object::{Raised, Value};
use crate::types::function::Function;
use crate::vm::thread::{Frame, FrameKind, Thread};

/// Pushes the frame of the generator or coroutine `v`, to go on with the value `sent`. False, and nothing is done, if
/// that is not what `v` is, or if its next step is not simply that.
///
/// # Safety
/// The topmost frame is the running one, has saved where it goes on, and keeps `v` alive.
#[inline]
pub unsafe fn resume(th: &Thread, v: &Value, sent: &Value) -> bool {
    if !(v.is_exact(&GENERATOR) || v.is_exact(&COROUTINE)) {
        return false;
    }
    let g = generator(v);
    let begins = g.state.get() == State::Created;
    if !(g.state.get() == State::Suspended || begins && (sent.is_none() || sent.is_unbound())) {
        return false;
    }
    let Some(f) = g.function.cast::<Function>() else { return false };
    // SAFETY: as the caller promises; the registers live as long as the generator, which the frame owns.
    unsafe {
        let top = (*th.fp()).top;
        if !th.may_push(top, 0) {
            return false;
        }
        let regs = g.regs.borrow_mut().as_mut_ptr();
        if !begins {
            g.deliver(regs, sent.clone());
        }
        g.state.set(State::Running);
        let outside = g.handle_inside(th);
        th.push(Frame {
            pc: g.pc.get(),
            regs,
            code: &raw const f.code().body,
            function: &raw const f.body,
            top,
            owner: v.clone(),
            extra: outside,
            dst: 0,
            kind: FrameKind::Resumed,
            generator: true,
        });
        g.show_frame(th);
    }
    true
}

/// Pops the topmost frame, of kind [`FrameKind::Resumed`], which yields.
///
/// # Safety
/// It has saved where it goes on.
#[inline]
pub unsafe fn suspend(th: &Thread) {
    // SAFETY: as the caller promises.
    unsafe {
        let top = &mut *th.fp();
        let (owner, outside) = (top.owner.take(), top.extra.take());
        generator(&owner).suspend(th, outside);
    }
}

/// A frame of kind [`FrameKind::Resumed`] has ended and been popped; `owner` and `outside` are its fields.
pub fn end(th: &Thread, owner: &Value, outside: Value) {
    drop(th.handled.replace(outside));
    generator(owner).finish();
}

/// As [`end`] by an exception; returns the one that who resumed the generator sees.
pub fn end_raised(th: &Thread, owner: &Value, outside: Value, raised: Raised) -> Raised {
    end(th, owner, outside);
    let raised = generator(owner).escaping(raised);
    th.set_context(&raised, false);
    raised
}
