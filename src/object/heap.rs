//! The heap: size-class pages for small objects, the system allocator for large ones.
//!
//! Only the holder of the GIL allocates, so a free list needs no atomics. A page is a block of
//! [`PAGE`] bytes cut into equal cells; the free cells form a list through their first word.
//!
//! Releasing is iterative: an object released while [`MAX_DEPTH`] releases are under way waits on a
//! list until the outermost is done, so that a linked list of a million nodes needs no native stack.

use super::head::Head;
use super::types::Type;
use super::value::Value;
use std::alloc::{Layout, alloc, dealloc};
use std::cell::{Cell, UnsafeCell};

const PAGE: usize = 64 * 1024;
const GRAIN: usize = 16;
/// Objects larger than this many bytes come from the system allocator.
const MAX_SMALL: usize = 512;
const CLASSES: usize = MAX_SMALL / GRAIN + 1;
const MAX_DEPTH: usize = 50;

struct Heap {
    free: [Cell<*mut FreeCell>; CLASSES],
    live: Cell<usize>,
    depth: Cell<usize>,
    deferred: UnsafeCell<Vec<*const Head>>,
}

struct FreeCell {
    next: *mut FreeCell,
}

// SAFETY: every access happens with the GIL held: values cannot leave the thread that holds it.
unsafe impl Sync for Heap {}

static HEAP: Heap = Heap {
    free: [const { Cell::new(std::ptr::null_mut()) }; CLASSES],
    live: Cell::new(0),
    depth: Cell::new(0),
    deferred: UnsafeCell::new(Vec::new()),
};

/// How many heap objects are alive, static ones aside.
pub fn live_objects() -> usize {
    HEAP.live.get()
}

#[inline(always)]
fn allocate(size: usize) -> *mut u8 {
    HEAP.live.set(HEAP.live.get() + 1);
    if size <= MAX_SMALL {
        let class = size.div_ceil(GRAIN);
        let list = &HEAP.free[class];
        let cell = list.get();
        if cell.is_null() {
            return new_page(class);
        }
        // SAFETY: cells on the list are free and hold a link.
        list.set(unsafe { (*cell).next });
        return cell.cast();
    }
    // SAFETY: the layout is not empty.
    let block = unsafe { alloc(layout(size)) };
    if block.is_null() { std::alloc::handle_alloc_error(layout(size)) } else { block }
}

fn layout(size: usize) -> Layout {
    Layout::from_size_align(size, 16).expect("object size")
}

#[cold]
fn new_page(class: usize) -> *mut u8 {
    let size = class * GRAIN;
    let page = Layout::from_size_align(PAGE, 64).expect("page layout");
    // SAFETY: the layout is not empty.
    let start = unsafe { alloc(page) };
    if start.is_null() {
        std::alloc::handle_alloc_error(page)
    }
    // Memory that is never handed out is never touched: link only the cells of one 4 KiB step at a time?
    // Linking all is simpler, and a page is small.
    let mut list = std::ptr::null_mut();
    for i in (1..PAGE / size).rev() {
        // SAFETY: the cell lies inside the page.
        let cell: *mut FreeCell = unsafe { start.add(i * size) }.cast();
        // SAFETY: as above; cells are at least 16 bytes.
        unsafe { (*cell).next = list };
        list = cell;
    }
    HEAP.free[class].set(list);
    start
}

#[inline(always)]
unsafe fn free(block: *mut u8, size: usize) {
    HEAP.live.set(HEAP.live.get() - 1);
    if size <= MAX_SMALL {
        let class = size.div_ceil(GRAIN);
        let cell: *mut FreeCell = block.cast();
        // SAFETY: the block is a dead cell of this class.
        unsafe { (*cell).next = HEAP.free[class].get() };
        HEAP.free[class].set(cell);
    } else {
        // SAFETY: allocated with the same layout.
        unsafe { dealloc(block, layout(size)) }
    }
}

/// Allocates `size` bytes and writes the header of an object of type `ty`; the rest is uninitialised.
///
/// # Safety
/// The caller initialises the rest before the object can be seen.
#[inline(always)]
pub unsafe fn new_raw(ty: &Type, size: usize) -> *mut Head {
    debug_assert!(size >= size_of::<Head>());
    if ty.is_heap() {
        ty.head.incref();
    }
    let block: *mut Head = allocate(size).cast();
    // SAFETY: freshly allocated and large enough.
    unsafe { block.write(Head::new(ty)) };
    block
}

/// Frees an object's memory and its reference to a heap type. `size` is the size it was allocated with.
///
/// # Safety
/// The object is dead and its fields have been dropped.
pub unsafe fn free_raw(head: *const Head, size: usize) {
    // SAFETY: the header is intact until the memory is reused.
    let ty = unsafe { &*(*head).ty_ptr() };
    let heap_type = ty.is_heap();
    // SAFETY: as the caller promises.
    unsafe { free(head as *mut u8, size) };
    if heap_type {
        // SAFETY: the instance owned a reference to its type.
        drop(unsafe { Value::from_head(&ty.head) });
    }
}

/// The last reference is gone: runs the type's release slot, now or when the outermost release is done.
///
/// # Safety
/// `head` has no references left.
#[inline]
pub unsafe fn release(head: *const Head) {
    let depth = HEAP.depth.get();
    if depth >= MAX_DEPTH {
        // SAFETY: only the GIL's holder gets here, and the list is not borrowed across a release.
        unsafe { (*HEAP.deferred.get()).push(head) };
        return;
    }
    HEAP.depth.set(depth + 1);
    // SAFETY: the object is live until its slot has run.
    let release = unsafe { (*head).ty().release };
    // SAFETY: the slot belongs to the object's type.
    unsafe { release(head) };
    HEAP.depth.set(depth);
    if depth == 0 {
        release_deferred();
    }
}

#[inline]
fn release_deferred() {
    // SAFETY: as in `release`.
    while let Some(head) = unsafe { (*HEAP.deferred.get()).pop() } {
        HEAP.depth.set(1);
        // SAFETY: deferred objects have no references left and have not been released yet.
        let release = unsafe { (*head).ty().release };
        // SAFETY: the slot belongs to the object's type.
        unsafe { release(head) };
        HEAP.depth.set(0);
    }
}
