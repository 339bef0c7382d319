//! The global allocator: the system's, with the small blocks that the holder of the GIL frees kept for its next
//! allocations.
//!
//! Objects come from the heap (`heap.rs`); this serves what hangs on them and what native code needs for a
//! moment: tables of dictionaries, items of lists, texts being built. The system's `malloc` has to reckon with
//! threads at every call; here the GIL does that, as it does for reference counts: whoever holds it owns the kept
//! blocks, and everybody else uses the system's allocator directly. That also makes it safe to fork at any moment.
//!
//! Invariants: every block of a size up to [`MAX`] has the full size of its class, whoever allocated it, and is a
//! block of the system's allocator, so that it can be kept, reused and freed by anybody; of a class no more than
//! [`KEPT`] bytes are kept.

use super::heap;
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

/// The system's blocks have room for `16 n + 8` bytes: so have ours.
const STEP: usize = 16;
const EXTRA: usize = 8;
/// Larger blocks, in bytes, are the system's business.
const MAX: usize = 1024 + EXTRA;
const CLASSES: usize = (MAX - EXTRA) / STEP + 1;
/// Bytes kept of a class.
const KEPT: usize = 64 * 1024;

/// The allocator.
pub struct Pool;

struct Class {
    /// A list through the first words of the blocks.
    first: Cell<*mut u8>,
    /// How many may still be added to it.
    room: Cell<usize>,
}

struct Classes([Class; CLASSES]);
// SAFETY: only the holder of the GIL uses them.
unsafe impl Sync for Classes {}

static CLASS: Classes = Classes({
    let mut all = [const { Class { first: Cell::new(std::ptr::null_mut()), room: Cell::new(0) } }; CLASSES];
    let mut i = 1;
    while i < CLASSES {
        all[i] = Class { first: Cell::new(std::ptr::null_mut()), room: Cell::new(KEPT / size(i)) };
        i += 1;
    }
    all
});

/// Bytes of a block of class `i`.
const fn size(i: usize) -> usize {
    i * STEP + EXTRA
}

/// The class that serves a layout, if one does.
#[inline(always)]
fn class_of(layout: Layout) -> Option<usize> {
    let served = layout.size() <= MAX && layout.align() <= STEP && !heap::from_system();
    served.then(|| (layout.size().saturating_sub(EXTRA)).div_ceil(STEP).max(1))
}

#[inline(always)]
fn whole(class: usize) -> Layout {
    // SAFETY: the size is small and the alignment a power of two.
    unsafe { Layout::from_size_align_unchecked(size(class), STEP) }
}

// SAFETY: blocks come from the system's allocator and have at least the size asked for; see the invariants above.
unsafe impl GlobalAlloc for Pool {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let Some(class) = class_of(layout) else {
            // SAFETY: as the caller promises.
            return unsafe { System.alloc(layout) };
        };
        if minipy_sched::holds_gil() {
            let kept = &CLASS.0[class];
            let block = kept.first.get();
            if !block.is_null() {
                // SAFETY: a kept block holds the address of the next one.
                kept.first.set(unsafe { block.cast::<*mut u8>().read() });
                kept.room.set(kept.room.get() + 1);
                return block;
            }
        }
        // SAFETY: the size is not 0.
        unsafe { System.alloc(whole(class)) }
    }

    #[inline]
    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        let Some(class) = class_of(layout) else {
            // SAFETY: as the caller promises; larger blocks are the system's as they are.
            return unsafe { System.dealloc(block, layout) };
        };
        if minipy_sched::holds_gil() {
            let kept = &CLASS.0[class];
            if kept.room.get() > 0 {
                // SAFETY: nobody uses the block any more, and it has room for an address.
                unsafe { block.cast::<*mut u8>().write(kept.first.get()) };
                kept.first.set(block);
                kept.room.set(kept.room.get() - 1);
                return;
            }
        }
        // SAFETY: the block was allocated with this layout.
        unsafe { System.dealloc(block, whole(class)) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        if class_of(layout).is_none() {
            // SAFETY: as the caller promises.
            return unsafe { System.alloc_zeroed(layout) };
        }
        // SAFETY: as the caller promises; the block has that size.
        unsafe {
            let block = self.alloc(layout);
            if !block.is_null() {
                block.write_bytes(0, layout.size());
            }
            block
        }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        // SAFETY: the caller promises that the new size is valid for the alignment.
        let new = unsafe { Layout::from_size_align_unchecked(new_size, layout.align()) };
        match (class_of(layout), class_of(new)) {
            // SAFETY: as the caller promises; the block is the system's as it is.
            (None, None) => unsafe { System.realloc(block, layout, new_size) },
            (Some(a), Some(b)) if a == b => block,
            // SAFETY: both blocks have room for what is copied.
            _ => unsafe {
                let moved = self.alloc(new);
                if !moved.is_null() {
                    std::ptr::copy_nonoverlapping(block, moved, layout.size().min(new_size));
                    self.dealloc(block, layout);
                }
                moved
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_have_room() {
        for bytes in 0..=MAX {
            let layout = Layout::from_size_align(bytes, 8).expect("a small layout");
            let class = class_of(layout).expect("small sizes have a class");
            assert!(size(class) >= bytes && class < CLASSES);
        }
        assert_eq!(class_of(Layout::from_size_align(MAX + 1, 8).expect("a layout")), None);
        assert_eq!(class_of(Layout::from_size_align(64, 64).expect("a layout")), None);
    }
}
