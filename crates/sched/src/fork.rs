//! `fork`: the child has one thread, a fresh GIL and a registry with nobody else in it.
//!
//! Why the child cannot hang: the forking thread holds the GIL, so the registry and all wait queues are in order;
//! it has locked the GIL's queue, so no other thread is inside; parkers are single words that only their owners
//! wait on; the C library makes its own locks (memory, threads) safe. Threads that only the parent has are
//! marked [`State::Gone`], and a wake-up passes them by.

use crate::door::State;
use crate::hooks::fork_hooks;
use crate::linger::forget_looking;
use crate::registry::{GIL, assert_held, me, me_arc, set_main, with_table};
use crate::run::{CLOSED, os_tid};
use crate::signals::{Held, forget_pending};
use crate::sync::{AtomicU32, Ordering};
use std::io;

/// Which side of a fork this is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fork {
    /// The parent, and the child's process number.
    Parent(i32),
    /// The child.
    Child,
}

/// `fork(2)`, called by the holder of the GIL. In the child the calling thread is the main thread and the only
/// one, and holds the child's GIL. A Python lock that another thread held stays locked there.
///
/// # Errors
/// What the operating system says if it has no process to give.
pub fn fork() -> io::Result<Fork> {
    assert_held();
    let hooks = fork_hooks();
    if let Some(hooks) = hooks {
        (hooks.before)();
    }
    let held = Held::new();
    let mut error = None;
    let pid = GIL.fork(|| {
        // SAFETY: the child goes on with Rust code, which is sound here because of what the module's head says.
        let pid = unsafe { libc::fork() };
        if pid < 0 {
            error = Some(io::Error::last_os_error());
        }
        pid
    });
    if pid == 0 {
        become_only_thread();
    }
    drop(held);
    if let Some(hooks) = hooks {
        if pid == 0 { (hooks.child)() } else { (hooks.parent)() }
    }
    match error {
        Some(error) => Err(error),
        None if pid == 0 => Ok(Fork::Child),
        None => Ok(Fork::Parent(pid)),
    }
}

/// The process's number; 0 until somebody has asked.
static PROCESS: AtomicU32 = AtomicU32::new(0);

/// The number of this process, without a system call from the second time on: locks between processes ask often.
#[inline]
pub fn process_id() -> u32 {
    match PROCESS.load(Ordering::Relaxed) {
        0 => {
            let id = std::process::id();
            PROCESS.store(id, Ordering::Relaxed);
            id
        }
        id => id,
    }
}

fn become_only_thread() {
    let me = me();
    PROCESS.store(0, Ordering::Relaxed);
    forget_looking();
    // Signals were for the parent, as in CPython.
    forget_pending();
    CLOSED.store(false, Ordering::Relaxed);
    me.os_tid.store(os_tid(), Ordering::Relaxed);
    let others = with_table(|t| {
        t.awake = 1;
        std::mem::replace(&mut t.threads, vec![me_arc()])
    });
    for other in others.iter().filter(|t| t.id != me.id) {
        other.sleeper.set_state(State::Gone);
    }
    set_main(me_arc());
}
