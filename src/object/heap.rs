//! The heap: size-class spans for small objects, the system allocator for large ones.
//!
//! Only the holder of the GIL allocates, so a free list needs no atomics. A span is a block of [`SPAN`]
//! bytes cut into equal cells; it is handed out in steps, so that memory which is not needed is not
//! touched. Free cells form a list through their first word. Every object is found by walking the spans
//! and the registry of large objects: a header says whether a cell is live. Objects that may be part of a
//! cycle are also noted in a log when they are allocated; the collector takes young objects from there, so
//! an object needs neither links nor a list entry of its own.
//!
//! Releasing is iterative: an object released while [`MAX_DEPTH`] releases are under way waits on a
//! list until the outermost is done, so that a linked list of a million nodes needs no native stack.

use super::head::{FROZEN, Head, LARGE, LIVE, TRACKED, YOUNG};
use super::string::Str;
use super::types::Type;
use super::value::Value;
use std::alloc::{Layout, alloc, dealloc};
use std::cell::{Cell, UnsafeCell};

const SPAN: usize = 64 * 1024;
/// How much of a span is made into cells at once.
const STEP: usize = 4 * 1024;
const GRAIN: usize = 16;
/// Objects larger than this many bytes come from the system allocator.
const MAX_SMALL: usize = 512;
const CLASSES: usize = MAX_SMALL / GRAIN + 1;
const MAX_DEPTH: usize = 50;
/// Entries of the log of allocations: more than an interval between collections, less than a cache.
pub(super) const LOG: usize = 1024;

struct Heap {
    free: [Cell<*mut FreeCell>; CLASSES],
    /// Where the next allocation of a tracked object is noted.
    logged: Cell<usize>,
    /// When the log wants attention.
    log_limit: Cell<usize>,
    log: UnsafeCell<[*const Head; LOG]>,
    depth: Cell<usize>,
    stress: Cell<u8>,
    deferred: UnsafeCell<Vec<*const Head>>,
    store: UnsafeCell<Store>,
}

/// What is used when a free list or the log is at its end, and by the collector.
struct Store {
    spans: Vec<Span>,
    /// The span of a class that is not handed out completely: its number plus one.
    open: [usize; CLASSES],
    /// Large objects: the old ones and the young ones.
    large: [Vec<*mut Large>; 2],
    /// How many entries at the start of the log have the mark `YOUNG`.
    sorted: usize,
}

struct Span {
    start: *mut u8,
    cell: usize,
    /// Bytes that have been made into cells.
    used: usize,
}

/// What stands before a large object.
#[repr(C, align(16))]
struct Large {
    index: usize,
    young: usize,
}

struct FreeCell {
    next: *mut FreeCell,
}

// SAFETY: every access happens with the GIL held: values cannot leave the thread that holds it.
unsafe impl Sync for Heap {}

static HEAP: Heap = Heap {
    free: [const { Cell::new(std::ptr::null_mut()) }; CLASSES],
    logged: Cell::new(0),
    log_limit: Cell::new(LOG),
    log: UnsafeCell::new([std::ptr::null(); LOG]),
    depth: Cell::new(0),
    stress: Cell::new(0),
    deferred: UnsafeCell::new(Vec::new()),
    store: UnsafeCell::new(Store {
        spans: Vec::new(),
        open: [0; CLASSES],
        large: [const { Vec::new() }; 2],
        sorted: 0,
    }),
};

#[allow(clippy::mut_from_ref)]
fn store() -> &'static mut Store {
    // SAFETY: only the holder of the GIL gets here, and no function that uses it calls another one.
    unsafe { &mut *HEAP.store.get() }
}

#[inline(always)]
fn allocate(size: usize, tracked: bool) -> *mut u8 {
    if size <= MAX_SMALL && !stressed(SYSTEM) {
        let class = size.div_ceil(GRAIN);
        let list = &HEAP.free[class];
        if list.get().is_null() {
            refill(class);
        }
        let cell = list.get();
        // SAFETY: cells on the list are free and hold a link.
        list.set(unsafe { (*cell).next });
        if stressed(POISON) {
            // SAFETY: free cells are poisoned.
            unsafe { check_poison(cell.cast(), class * GRAIN) };
        }
        if tracked {
            let n = HEAP.logged.get();
            // SAFETY: the log is attended to when it is full, at the latest.
            unsafe { HEAP.log.get().cast::<*const Head>().add(n).write(cell.cast()) };
            HEAP.logged.set(n + 1);
        }
        return cell.cast();
    }
    allocate_large(size)
}

fn system(size: usize, align: usize) -> *mut u8 {
    let layout = Layout::from_size_align(size, align).expect("object size");
    // SAFETY: the layout is not empty.
    let block = unsafe { alloc(layout) };
    if block.is_null() { std::alloc::handle_alloc_error(layout) } else { block }
}

#[cold]
fn allocate_large(size: usize) -> *mut u8 {
    match try_allocate_large(size) {
        Some(block) => block,
        None => std::alloc::handle_alloc_error(Layout::new::<Large>()),
    }
}

fn try_allocate_large(size: usize) -> Option<*mut u8> {
    let layout = Layout::from_size_align(size.checked_add(size_of::<Large>())?, align_of::<Large>()).ok()?;
    // SAFETY: the layout is not empty.
    let block: *mut Large = unsafe { alloc(layout) }.cast();
    if block.is_null() {
        return None;
    }
    let young = &mut store().large[1];
    // SAFETY: freshly allocated and large enough.
    unsafe {
        block.write(Large { index: young.len(), young: 1 });
        young.push(block);
        if young.len().is_multiple_of(64) {
            // They stand in no log, but shall be noticed like the others.
            HEAP.log_limit.set(0);
        }
        Some(block.add(1).cast())
    }
}

/// Makes cells of a class; its free list is not empty afterwards.
#[cold]
fn refill(class: usize) {
    let (store, cell) = (store(), class * GRAIN);
    let open = &mut store.open[class];
    if *open == 0 || store.spans[*open - 1].used + cell > SPAN {
        store.spans.push(Span { start: system(SPAN, 64), cell, used: 0 });
        *open = store.spans.len();
    }
    let span = &mut store.spans[*open - 1];
    let count = (STEP / cell).min((SPAN - span.used) / cell);
    let mut list = std::ptr::null_mut();
    for i in (0..count).rev() {
        // SAFETY: the cell lies inside the span, and is at least 16 bytes.
        unsafe {
            let free: *mut FreeCell = span.start.add(span.used + i * cell).cast();
            (*free).next = list;
            list = free;
            if stressed(POISON) {
                poison(free.cast(), cell);
            }
        }
    }
    span.used += count * cell;
    HEAP.free[class].set(list);
}

#[inline(always)]
unsafe fn free(block: *mut u8, size: usize) {
    if size <= MAX_SMALL && !stressed(SYSTEM) {
        let class = size.div_ceil(GRAIN);
        let cell: *mut FreeCell = block.cast();
        // SAFETY: the block is a dead cell of this class.
        unsafe { (*cell).next = HEAP.free[class].get() };
        HEAP.free[class].set(cell);
        if stressed(POISON) {
            // SAFETY: as above.
            unsafe { poison(block, class * GRAIN) };
        }
    } else {
        // SAFETY: a large object.
        unsafe { free_large(block, size) }
    }
}

#[cold]
unsafe fn free_large(block: *mut u8, size: usize) {
    // SAFETY: a large object has this before it.
    unsafe {
        let large = block.cast::<Large>().sub(1);
        let list = &mut store().large[(*large).young];
        list.swap_remove((*large).index);
        if let Some(&moved) = list.get((*large).index) {
            (*moved).index = (*large).index;
        }
        let layout = Layout::from_size_align_unchecked(size_of::<Large>() + size, align_of::<Large>());
        dealloc(large.cast(), layout)
    }
}

/// Allocates `size` bytes and writes the header of an object of type `ty`; the rest is uninitialised.
/// `tracked` says whether it may be part of a cycle; instances of heap types, and others that have attributes,
/// always may.
///
/// # Safety
/// The caller initialises the rest before Python code can run.
#[inline(always)]
pub unsafe fn new_raw(ty: &Type, size: usize, tracked: bool) -> *mut Head {
    debug_assert!(size >= size_of::<Head>());
    let heap_type = ty.is_heap();
    if heap_type {
        ty.head.incref();
    }
    let tracked = tracked || heap_type || ty.attrs_offset.get() != 0;
    let marks =
        if tracked { TRACKED } else { 0 } | if size > MAX_SMALL || stressed(SYSTEM) { LARGE } else { 0 };
    let block: *mut Head = allocate(size, tracked).cast();
    // SAFETY: freshly allocated and large enough.
    unsafe { block.write(Head::new(ty, marks)) };
    if tracked && HEAP.logged.get() >= HEAP.log_limit.get() {
        super::gc::log_is_full();
    }
    block
}

/// As [`new_raw`] for an object of a built-in type that is never part of a cycle; `None` if there is no
/// memory, for which [`new_raw`] ends the process.
pub fn try_new_raw(ty: &'static Type, size: usize) -> Option<*mut Head> {
    if size <= MAX_SMALL {
        // SAFETY: who uses the pointer initialises what it points to.
        return Some(unsafe { new_raw(ty, size, false) });
    }
    let block: *mut Head = try_allocate_large(size)?.cast();
    // SAFETY: freshly allocated and large enough.
    unsafe { block.write(Head::new(ty, LARGE)) };
    Some(block)
}

/// Frees an object's memory and its reference to a heap type. `size` is the size it was allocated with.
///
/// # Safety
/// The object is dead and its fields have been dropped.
#[inline(always)]
pub(super) unsafe fn free_raw(head: *const Head, size: usize) {
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

/// The last reference is gone: finalises and frees the object, now or when the outermost release is done.
///
/// # Safety
/// `head` has no references left.
#[inline]
pub unsafe fn release(head: *const Head) {
    // What its death sets off may start a collection, which must not see it any more.
    // SAFETY: the object is live until its slot has run.
    unsafe { (*head).clear_mark(TRACKED | YOUNG | FROZEN) };
    let depth = HEAP.depth.get();
    if depth >= MAX_DEPTH {
        // SAFETY: only the GIL's holder gets here, and the list is not borrowed across a release.
        unsafe { (*HEAP.deferred.get()).push(head) };
        return;
    }
    HEAP.depth.set(depth + 1);
    // SAFETY: as the caller promises.
    unsafe { ((*head).ty().release)(head) };
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
        unsafe { ((*head).ty().release)(head) };
        HEAP.depth.set(0);
    }
}

/// Calls `f` for every live object, static ones aside; it must neither allocate nor free objects.
pub(super) fn walk(mut f: impl FnMut(&Head)) {
    let store = store();
    for span in &store.spans {
        for at in (0..span.used).step_by(span.cell) {
            // SAFETY: the memory is a cell, which starts with a header or a link.
            let head = unsafe { &*span.start.add(at).cast::<Head>() };
            if head.has_mark(LIVE) {
                f(head);
            }
        }
    }
    for &large in store.large.iter().flatten() {
        // SAFETY: a large object follows.
        f(unsafe { &*large.add(1).cast::<Head>() });
    }
}

/// Every live object, static ones and interned strings aside.
pub fn mortal_objects() -> Vec<Value> {
    let mut all = Vec::new();
    walk(|h| {
        let value = Value::from_ref(h);
        if !value.cast::<Str>().is_some_and(Str::is_interned) {
            all.push(value);
        }
    });
    all
}

/// Turns a stress mode on, before the first object is made: `gc` collects all at every 64th allocation of an
/// object that may be part of a cycle. In debug builds, `poison` fills memory that is freed with words that
/// point nowhere, and checks them when it is used again; `system` takes each object from the system allocator,
/// so that a sanitizer sees it. False: there is no such mode.
pub fn set_stress(mode: &str) -> bool {
    match mode {
        "gc" => super::gc::settings().stress.set(true),
        "poison" if cfg!(debug_assertions) => HEAP.stress.set(HEAP.stress.get() | POISON),
        "system" if cfg!(debug_assertions) => HEAP.stress.set(HEAP.stress.get() | SYSTEM),
        _ => return false,
    }
    true
}

/// Bits of `Heap::stress`, which only debug builds look at.
const POISON: u8 = 1;
const SYSTEM: u8 = 2;
/// A pointer that no machine follows.
const POISONED: u64 = 0xDEAD_DEAD_DEAD_DEA8;

/// Whether all memory is to come from the system's allocator, for the tools that watch it.
#[inline(always)]
pub(super) fn from_system() -> bool {
    stressed(SYSTEM)
}

#[inline(always)]
fn stressed(mode: u8) -> bool {
    cfg!(debug_assertions) && HEAP.stress.get() & mode != 0
}

/// # Safety
/// The memory from the second word on is nobody's.
unsafe fn poison(block: *mut u8, size: usize) {
    for i in 1..size / 8 {
        // SAFETY: as the caller promises.
        unsafe { block.cast::<u64>().add(i).write(POISONED) };
    }
}

/// # Safety
/// The memory was poisoned.
unsafe fn check_poison(block: *const u8, size: usize) {
    for i in 1..size / 8 {
        // SAFETY: as the caller promises.
        if unsafe { block.cast::<u64>().add(i).read() } != POISONED {
            eprintln!("minipy: word {i} of {} at {block:p} was written after it was freed", size / 8);
            std::process::abort();
        }
    }
}

/// The tracked objects that were allocated since [`forget_young`] and are still alive, with the mark `YOUNG`.
/// Removes what has died from the log; its length is the number of the small ones.
pub(super) fn young() -> Vec<*const Head> {
    sort_log();
    // SAFETY: the entries are live objects.
    let small = unsafe { &(&(*HEAP.log.get()))[..HEAP.logged.get()] };
    let mut young = small.to_vec();
    for &large in &store().large[1] {
        // SAFETY: a large object follows.
        unsafe {
            let head: *const Head = large.add(1).cast();
            if (*head).has_mark(TRACKED) {
                (*head).set_mark(YOUNG);
                young.push(head);
            }
        }
    }
    young
}

/// Removes what has died from the log. Returns how many young objects are left.
pub(super) fn sort_log() -> usize {
    let store = store();
    // SAFETY: nobody else uses the log meanwhile.
    let log = unsafe { &mut *HEAP.log.get() };
    let mut kept = 0;
    for i in 0..HEAP.logged.get() {
        // SAFETY: entries point to cells, which are never unmapped.
        let head = unsafe { &*log[i] };
        // A cell that died and was allocated again stands here twice, and has the mark only once it was seen.
        let young = head.has_mark(YOUNG);
        let keep = if i < store.sorted { young } else { head.has_mark(TRACKED) && !young };
        if keep {
            head.set_mark(YOUNG);
            log[kept] = log[i];
            kept += 1;
        }
    }
    store.sorted = kept;
    HEAP.logged.set(kept);
    kept + store.large[1].len()
}

/// When the log shall next be attended to: [`LOG`] at most.
pub(super) fn set_log_limit(n: usize) {
    HEAP.log_limit.set(n.clamp(1, LOG));
}

/// All objects are old from now on.
pub(super) fn forget_young() {
    let store = store();
    // SAFETY: the first entries are cells, as in `sort_log`.
    for head in unsafe { (&(*HEAP.log.get()))[..store.sorted].iter().map(|&h| &*h) } {
        if head.has_mark(LIVE) {
            head.clear_mark(YOUNG);
        }
    }
    HEAP.logged.set(0);
    store.sorted = 0;
    let [old, young] = &mut store.large;
    for large in young.drain(..) {
        // SAFETY: a large object and what stands before it.
        unsafe {
            (*large).index = old.len();
            (*large).young = 0;
            (*large.add(1).cast::<Head>()).clear_mark(YOUNG);
        }
        old.push(large);
    }
}
