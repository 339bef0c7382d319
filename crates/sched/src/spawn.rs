//! How threads begin and end.
//!
//! Threads are made by `pthread_create` itself, detached: the standard library's would add an alternate signal
//! stack (three system calls) and a second record to each, and starting and joining a thread is a thing that
//! people measure.
//!
//! Invariant: a thread is in the registry, and in the GIL's queue, before `spawn` returns. So it counts for
//! deadlock detection at once, and turns come in the order of starting.

use crate::door::State;
use crate::hooks::{self, EventKind};
use crate::registry::{GIL, Thread, ThreadId, set_me, with_table};
use crate::run::{CLOSED, current, drop_gil, os_tid, report_deadlock, take_gil};
use crate::sync::Ordering;
use std::ffi::c_void;
use std::io;
use std::sync::Arc;

/// What a new thread runs, with the GIL.
pub type Body = Box<dyn FnOnce() + Send>;

struct Start {
    thread: Arc<Thread>,
    body: Body,
}

/// Starts a thread that takes the GIL, runs `body`, wakes those that join it, and ends. `stack_bytes` of address
/// space are set aside for its stack; only what it touches becomes memory. Needs the GIL.
///
/// # Errors
/// What the operating system says if it has no thread to give.
pub fn spawn(name: &str, stack_bytes: usize, body: Body) -> io::Result<ThreadId> {
    let thread = Thread::new(name);
    let id = thread.id;
    with_table(|t| t.add(thread.clone()));
    let start = Box::into_raw(Box::new(Start { thread: thread.clone(), body }));
    // SAFETY: `start` is a Start that the new thread, and nobody else, takes over.
    match unsafe { create(stack_bytes, start.cast()) } {
        0 => {
            GIL.enqueue(&thread.sleeper.waiter);
            hooks::note(current(), EventKind::Spawned(id));
            Ok(id)
        }
        error => {
            // SAFETY: no thread was made, so it is still ours.
            drop(unsafe { Box::from_raw(start) });
            with_table(|t| t.remove(id));
            Err(io::Error::from_raw_os_error(error))
        }
    }
}

/// Makes a detached thread that calls `trampoline(start)`; returns an error number.
///
/// # Safety
/// `start` is a `Start` that nobody else uses, unless this fails.
unsafe fn create(stack_bytes: usize, start: *mut c_void) -> libc::c_int {
    const PAGE: usize = 4096;
    let stack = stack_bytes.max(libc::PTHREAD_STACK_MIN).div_ceil(PAGE).saturating_mul(PAGE);
    let mut id: libc::pthread_t = 0;
    // SAFETY: the attributes are initialised before use and destroyed after it; zeroed memory is a valid place
    // to initialise.
    unsafe {
        let mut attributes: libc::pthread_attr_t = std::mem::zeroed();
        let error = libc::pthread_attr_init(&mut attributes);
        if error != 0 {
            return error;
        }
        let mut error = libc::pthread_attr_setstacksize(&mut attributes, stack);
        if error == 0 {
            error = libc::pthread_attr_setdetachstate(&mut attributes, libc::PTHREAD_CREATE_DETACHED);
        }
        if error == 0 {
            error = libc::pthread_create(&mut id, &attributes, trampoline, start);
        }
        libc::pthread_attr_destroy(&mut attributes);
        error
    }
}

/// Ends the thread when dropped, and keeps its record until then.
struct Attached(Arc<Thread>);

impl Drop for Attached {
    fn drop(&mut self) {
        let thread = &self.0;
        thread.sleeper.set_state(State::Gone);
        hooks::note(thread.id, EventKind::Finished);
        thread.joiners.wake_all();
        with_table(|t| t.remove(thread.id));
        // This may have been the thread that the others wait for.
        if !CLOSED.load(Ordering::Relaxed) {
            report_deadlock();
            drop_gil(thread);
        }
        set_me(std::ptr::null());
    }
}

extern "C" fn trampoline(start: *mut c_void) -> *mut c_void {
    // SAFETY: `spawn` made it for us alone.
    let start = unsafe { Box::from_raw(start.cast::<Start>()) };
    let Start { thread, body } = *start;
    set_me(Arc::as_ptr(&thread));
    thread.os_tid.store(os_tid(), Ordering::Relaxed);
    take_gil(&thread);
    let attached = Attached(thread);
    hooks::note(attached.0.id, EventKind::Started);
    // A panic must not cross into C (tests only: the interpreter aborts); the panic hook has told about it.
    let _ = std::panic::catch_unwind(std::panic::AssertUnwindSafe(body));
    drop(attached);
    std::ptr::null_mut()
}
