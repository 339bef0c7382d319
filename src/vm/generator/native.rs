//! Generators that native code resumes, by `next`, `send`, `throw` and `close`: each step is a loop of the virtual
//! machine of its own. See `inline` for the others.

use super::{GeneratorBody, Step};
use crate::object::{Raised, Result, Value};
use crate::types::exception;
use crate::vm::run::run;
use crate::vm::thread::{FrameKind, Thread};
use crate::vm::{safepoint, trace};

impl GeneratorBody {
    /// Pushes its frame, for native code to run; returns the thread and what is handled outside.
    #[inline(always)]
    fn enter(&self) -> Result<(&Thread, Value)> {
        let th = Thread::current();
        // SAFETY: there is always a running frame or the bottom one.
        let top = unsafe { (*th.fp()).top };
        if !th.native_room() {
            return Err(safepoint::too_deep(""));
        }
        let Some(start) = th.entry_of_generator(top, self.pc.get()) else {
            return Err(safepoint::too_deep(""));
        };
        let outside = self.handle_inside(th);
        // SAFETY: there is room; the caller holds the generator, and nobody else runs it.
        unsafe { self.push(th, start, top, FrameKind::Entry, self.value(), Value::UNBOUND) };
        Ok((th, outside))
    }

    /// Begins (`None`), or goes on with what is sent.
    pub(super) fn go_on(&self, sent: Option<Value>) -> Result<Step> {
        let (th, outside) = self.enter()?;
        // SAFETY: the frame is the topmost; it has begun if something is sent.
        unsafe {
            if let Some(sent) = sent {
                self.deliver(self.registers(), sent);
            }
            let result = run(th);
            self.left(th, outside, result)
        }
    }

    /// Goes on with an exception that is raised where it is suspended.
    #[cold]
    pub(super) fn go_on_raising(&self, e: Raised) -> Result<Step> {
        let (th, outside) = self.enter()?;
        // SAFETY: the frame is the topmost.
        unsafe {
            (*th.fp()).pc = self.pc.get();
            // The context of what is thrown in is what the generator handles, not what is handled outside.
            if let Some(own) = th.handled().filter(|own| !own.is(&outside) && !own.is(&e.0)) {
                exception::set_context(&e.0, &own, true);
            }
            let e = trace::thrown_into(th, e);
            let thrown = self.throw_into(th, e, th.depth());
            trace::go_on_traced(th, matches!(thrown, Ok(None)));
            let result = match thrown {
                Ok(None) => run(th),
                Ok(Some(v)) => Ok(v),
                Err(e) => Err(e),
            };
            self.left(th, outside, result)
        }
    }

    /// Native code has run its frame until it has yielded or ended.
    #[inline(always)]
    unsafe fn left(&self, th: &Thread, outside: Value, result: Result) -> Result<Step> {
        if th.yielded.replace(false) {
            // SAFETY: the frame that yielded is still the topmost.
            unsafe { self.suspend(th, outside) };
            let produced = th.produced.replace(false);
            return result.map(|v| if produced { Step::Produced(v) } else { Step::Yielded(v) });
        }
        drop(th.handled.replace(outside));
        self.finish();
        match result {
            Ok(v) => Ok(Step::Returned(v)),
            Err(e) => Err(self.escaping(e)),
        }
    }
}
