//! Exceptions on their way: tracebacks, the search for a handler, frames that are left.

use super::generator::inline;
use super::slow;
use super::thread::{FrameKind, Thread};
use super::trace;
use crate::object::Raised;
use crate::types::exception;
use minipy_bytecode::{Instr, Op, op::PASSED_ON};

/// Finds the handler of `raised` among the frames above `depth - 1`; frames without one are left. On success
/// the topmost frame continues at its handler, otherwise its entry frame is gone too. `new` says that the
/// traceback gets an entry for the instruction before `pc`, `TRACED` that a trace function may be told.
///
/// # Safety
/// The topmost frame is the running one and `pc` points past its instruction.
pub unsafe fn unwind<const TRACED: bool>(
    th: &Thread,
    raised: Raised,
    pc: *const Instr,
    depth: usize,
    new: bool,
) -> Result<(), Raised> {
    if new {
        th.set_context(&raised, false);
    }
    let (mut raised, mut pc, mut add) = (raised, pc, new);
    // SAFETY: frames and registers are those of the running code.
    unsafe {
        loop {
            let frame = &mut *th.fp();
            let code = &*frame.code;
            // Ctrl-C may come before the first instruction.
            let at = (pc.offset_from(code.start) as u32).saturating_sub(1);
            if add {
                frame.pc = pc;
                exception::add_traceback(&raised.0, super::frame::watch(th, frame), at);
                if TRACED {
                    raised = trace::raised(th, frame, raised);
                }
            }
            let handler = code.code.handlers.iter().find(|h| h.start <= at && at < h.end);
            let regs = frame.regs;
            if !add {
                // The place that `f_lineno` says afterwards.
                frame.pc = match *code.start.add(at as usize) {
                    Instr { op: Op::Reraise, x: PASSED_ON, .. } if frame.kind.is_watched() => {
                        let raised_at = super::frame::body(&super::frame::watch(th, frame)).raised.get();
                        code.start.add(raised_at as usize + 1)
                    }
                    _ => pc,
                };
            }
            if let Some(h) = handler {
                let reg = h.reg as usize;
                if frame.kind.is_watched() {
                    super::frame::body(&super::frame::watch(th, frame))
                        .raised
                        .set(super::frame::position(frame));
                }
                frame.pc = code.start.add(h.target as usize);
                slow::clear(regs, reg, code.nregs - reg);
                drop(std::mem::replace(&mut *regs.add(reg), raised.0));
                return Ok(());
            }
            if TRACED && let Err(e) = trace::leave(th, frame, &crate::object::Value::NONE) {
                raised = e;
            }
            if frame.kind.is_watched() {
                super::frame::leave(th, frame);
            }
            slow::clear(regs, 0, code.nregs);
            if frame.kind.is_watched() {
                // A finalizer among the locals has asked for the object.
                super::frame::leave(th, frame);
            }
            let last = th.depth() == depth;
            let (kind, owner, extra) = (frame.kind, frame.owner.take(), frame.extra.take());
            th.pop();
            if last {
                drop((owner, extra));
                return Err(raised);
            }
            if kind == FrameKind::Resumed {
                raised = inline::end_raised(th, &owner, extra, raised);
                drop(owner);
            } else {
                if kind == FrameKind::Plain {
                    drop((*regs.sub(1)).take());
                }
                drop((owner, extra));
            }
            pc = (*th.fp()).pc;
            add = true;
        }
    }
}
