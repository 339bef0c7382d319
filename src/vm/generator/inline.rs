//! Generators that a loop or a `yield from` resumes within the loop of the virtual machine: their frame is pushed
//! and popped as that of a called function, without a level of native code for each step.

use super::{COROUTINE, GENERATOR, Generator, State, generator};
use crate::object::{Raised, Value};
use crate::vm::thread::{FrameKind, Thread};

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
    // SAFETY: those are the types of generators; otherwise as the caller promises.
    unsafe {
        let g = &*(v.bits() as *const Generator);
        let begins = match g.state.get() {
            State::Suspended => false,
            State::Created => true,
            State::Running | State::Finished => return false,
        };
        let top = (*th.fp()).top;
        if (begins && !(sent.is_none() || sent.is_unbound())) || !th.may_push(top, 0) {
            return false;
        }
        if !begins {
            g.deliver(g.registers(), sent.clone());
        }
        let outside = g.handle_inside(th);
        g.push(th, g.pc.get(), top, FrameKind::Resumed, v.clone(), outside);
    }
    true
}

/// Pops the topmost frame, of kind [`FrameKind::Resumed`], which yields.
///
/// # Safety
/// It has saved where it goes on.
#[inline]
pub unsafe fn suspend(th: &Thread) {
    // SAFETY: as the caller promises; such a frame's owner is its generator.
    unsafe {
        let top = &mut *th.fp();
        let (owner, outside) = (top.owner.take(), top.extra.take());
        (*(owner.bits() as *const Generator)).suspend(th, outside);
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
