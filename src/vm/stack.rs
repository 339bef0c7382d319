//! The memory of a thread's frames and registers: address space, of which the system provides what is touched.
//!
//! Frames grow downwards and registers upwards from one place in the middle of a page, so that a thread that does
//! little touches that page only.
//!
//! Threads that end leave theirs to those that start, since mapping and unmapping cost more than the rest of a
//! short thread's life. Invariant: registers below `clean` hold valid words that own nothing.

use super::thread::{Frame, MAX_DEPTH};
use crate::object::Value;
use std::cell::UnsafeCell;
use std::ffi::c_void;

/// Address space for the registers of a thread, in bytes.
const REGISTER_BYTES: usize = 256 << 20;
/// Address space for its frames, in bytes.
const FRAME_BYTES: usize = MAX_DEPTH * size_of::<Frame>() + HALF_PAGE;
/// Where in its page both begin.
const HALF_PAGE: usize = 2048;
/// How many are kept for threads to come.
const KEPT: usize = 16;
/// One that has used more than this many bytes of registers is given back to the system.
const KEPT_BYTES: usize = 64 << 10;

/// Memory for the frames and registers of one thread.
pub struct Memory {
    start: *mut c_void,
    /// Registers from here on have never been written.
    pub clean: *mut Value,
}

// SAFETY: plain memory that one thread uses at a time.
unsafe impl Send for Memory {}

struct Pool(UnsafeCell<Vec<Memory>>);
// SAFETY: only the holder of the GIL uses it.
unsafe impl Sync for Pool {}
static POOL: Pool = Pool(UnsafeCell::new(Vec::new()));

impl Memory {
    /// Memory for a new thread. The caller holds the GIL.
    ///
    /// # Errors
    /// What the operating system says if it has no address space to give.
    pub fn take() -> std::io::Result<Memory> {
        // SAFETY: the caller holds the GIL; the reference ends here.
        if let Some(kept) = unsafe { (*POOL.0.get()).pop() } {
            return Ok(kept);
        }
        // SAFETY: an anonymous private mapping; failure is checked.
        let start = unsafe {
            libc::mmap(
                std::ptr::null_mut(),
                FRAME_BYTES + REGISTER_BYTES,
                libc::PROT_READ | libc::PROT_WRITE,
                libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE,
                -1,
                0,
            )
        };
        if start == libc::MAP_FAILED {
            return Err(std::io::Error::last_os_error());
        }
        let mut memory = Memory { start, clean: std::ptr::null_mut() };
        memory.clean = memory.registers();
        Ok(memory)
    }

    /// The first frame; the next one stands below it.
    pub fn frames(&self) -> *mut Frame {
        // SAFETY: inside the mapping.
        unsafe { self.start.byte_add(FRAME_BYTES).cast::<Frame>().sub(1) }
    }

    /// The first register.
    pub fn registers(&self) -> *mut Value {
        // SAFETY: inside the mapping.
        unsafe { self.start.byte_add(FRAME_BYTES).cast() }
    }

    /// Just past the last register.
    pub fn end(&self) -> *mut Value {
        // SAFETY: the end of the mapping.
        unsafe { self.start.byte_add(FRAME_BYTES + REGISTER_BYTES).cast() }
    }

    /// The thread has ended; its `clean` is told. The caller holds the GIL.
    pub fn give_back(self) {
        // SAFETY: as in `take`.
        let pool = unsafe { &mut *POOL.0.get() };
        let used = self.clean as usize - self.registers() as usize;
        if pool.len() < KEPT && used <= KEPT_BYTES {
            pool.push(self);
        }
    }
}

impl Drop for Memory {
    fn drop(&mut self) {
        // SAFETY: the mapping that `take` made, which nobody uses any more.
        unsafe { libc::munmap(self.start, FRAME_BYTES + REGISTER_BYTES) };
    }
}
