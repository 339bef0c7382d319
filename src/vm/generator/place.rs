//! Where a suspended generator stands: the instruction, and the handler around it.

use super::GeneratorBody;
use crate::types::function::Function;
use minipy_bytecode::{Instr, Op};

impl GeneratorBody {
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
}
