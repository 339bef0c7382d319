//! The cycle collector.
//!
//! Counts free what they can; what is left over are cycles. A collection takes the references between the
//! candidates off their counts: who still has a count is referred to from outside, and with everything that
//! can be reached from there it lives ("trial deletion", as in CPython). The counts are then put back. There
//! are two generations: young objects stand in the heap's log, all are found by walking the heap. A
//! collection of the young takes references from old objects for references from outside; so no write is
//! ever noted.
//!
//! A program that makes no cyclic garbage should not pay for the search: while collections find nothing, young
//! objects are looked at in every second interval only, then in every fourth, ... and the heap may grow more
//! before all of it is looked at ([`Patience`]). The first find ends that. A program that sets thresholds gets
//! CPython's rules to the letter.
//!
//! Collections run at safepoints of the virtual machine, where every reference in registers is counted.
//! The order is CPython's (PEP 442): weak references to what dies are cleared, their callbacks run, then
//! finalizers; what they resurrect stays, the rest is freed.

use super::alloc::run_finalizer;
use super::breaker::COLLECT;
use super::head::{DOOMED, FINALIZED, FROZEN, Head, LARGE, REACHED, TRACKED, WEAK, YOUNG};
use super::heap;
use super::sequence::List;
use super::trace::Tracer;
use super::types::Type;
use super::value::Value;
use super::weak;
use minipy_sched::BREAKER;
use std::cell::{Cell, RefCell};
use std::sync::atomic::Ordering;

/// How many allocations lie between two collections in the stress mode.
const STRESS: usize = 64;

/// Generations as programs see them. The middle one is always empty: what survives its first collection is
/// old.
pub const GENERATIONS: usize = 3;

/// What a program sees and sets of the collector.
pub struct Settings {
    /// Whether collections start by themselves.
    pub enabled: Cell<bool>,
    /// `gc.get_threshold()`
    pub thresholds: [Cell<usize>; GENERATIONS],
    /// Collections of the generation below since the last one of this, from generation 1 on.
    counts: [Cell<usize>; GENERATIONS],
    /// How many collections of each generation there were, and how many objects they freed.
    pub stats: [Cell<(usize, usize)>; GENERATIONS],
    /// Young objects that have become old without a collection, since there was no safepoint.
    unseen: Cell<usize>,
    patience: Cell<Patience>,
    /// Objects that have become old since the last collection of all.
    promoted: Cell<usize>,
    /// Objects that survived that collection.
    survivors: Cell<usize>,
    collecting: Cell<bool>,
    /// Collect all objects whenever [`STRESS`] were allocated.
    pub stress: Cell<bool>,
    /// How many times more to wait for that, since there are many objects.
    stress_pause: Cell<usize>,
    /// `gc.set_debug`'s flags; only [`SAVE_ALL`] has a meaning.
    pub debug: Cell<i64>,
    /// `gc.callbacks`, a list, or unbound.
    pub callbacks: RefCell<Value>,
    /// `gc.garbage`, a list, or unbound.
    pub garbage: RefCell<Value>,
    /// Told of each collection before and after it: phase, generation, objects freed.
    pub observer: Cell<Option<fn(&'static str, usize, usize)>>,
}

/// `gc.DEBUG_SAVEALL`: what would be freed goes to `gc.garbage`.
pub const SAVE_ALL: i64 = 32;

// SAFETY: only the holder of the GIL uses it.
unsafe impl Sync for Settings {}

static SETTINGS: Settings = Settings {
    enabled: Cell::new(true),
    thresholds: [Cell::new(700), Cell::new(10), Cell::new(10)],
    counts: [const { Cell::new(0) }; GENERATIONS],
    stats: [const { Cell::new((0, 0)) }; GENERATIONS],
    unseen: Cell::new(0),
    patience: Cell::new(Patience { exact: false, barren: 0, skips: 0, growth: 4 }),
    promoted: Cell::new(0),
    survivors: Cell::new(0),
    collecting: Cell::new(false),
    stress: Cell::new(false),
    stress_pause: Cell::new(0),
    debug: Cell::new(0),
    callbacks: RefCell::new(Value::UNBOUND),
    garbage: RefCell::new(Value::UNBOUND),
    observer: Cell::new(None),
};

/// How long the collector puts up with not looking.
#[derive(Clone, Copy)]
struct Patience {
    /// Not at all: the program has set thresholds.
    exact: bool,
    /// How many collections of the young found nothing, since one found something.
    barren: u32,
    /// In how many intervals the young are not looked at next.
    skips: u32,
    /// By how many quarters the heap may grow between two collections of all.
    growth: usize,
}

impl Patience {
    /// After a collection of the young.
    fn young(&mut self, found: usize) {
        self.barren = if found > 0 { 0 } else { self.barren + 1 };
        self.skips = if self.exact { 0 } else { (1 << (self.barren / 8).min(4)) - 1 };
        if found > 0 {
            self.growth = 1;
        }
    }

    /// After a collection of all, which `survivors` objects survived.
    fn old(&mut self, found: usize, survivors: usize) {
        if found * 16 < survivors && !self.exact {
            self.growth = (self.growth * 2).min(16);
        } else {
            *self = Patience { barren: 0, skips: 0, growth: 1, ..*self };
        }
    }
}

/// The collector's settings.
pub fn settings() -> &'static Settings {
    &SETTINGS
}

impl Settings {
    /// Sets `gc.set_threshold`'s numbers.
    pub fn set_thresholds(&self, values: &[usize]) {
        for (cell, &v) in self.thresholds.iter().zip(values) {
            cell.set(v);
        }
        self.patience.set(Patience { exact: true, barren: 0, skips: 0, growth: 1 });
        self.set_limit(heap::sort_log());
    }

    /// `gc.get_count()`
    pub fn counts(&self) -> [usize; GENERATIONS] {
        [heap::sort_log() + self.unseen.get(), self.counts[1].get(), self.counts[2].get()]
    }

    /// `gc.freeze()`: later collections ignore the objects that exist now.
    pub fn freeze(&self) {
        heap::sort_log();
        heap::forget_young();
        walk_tracked(|h| {
            h.clear_mark(TRACKED);
            h.set_mark(FROZEN);
        });
    }

    /// `gc.unfreeze()`
    pub fn unfreeze(&self) {
        heap::walk(|h| {
            if h.has_mark(FROZEN) {
                h.clear_mark(FROZEN);
                h.set_mark(TRACKED);
            }
        });
    }

    /// `gc.get_freeze_count()`
    pub fn frozen(&self) -> usize {
        let mut n = 0;
        heap::walk(|h| n += h.has_mark(FROZEN) as usize);
        n
    }

    fn set_limit(&self, young: usize) {
        if self.stress.get() {
            return heap::set_log_limit(young + STRESS);
        }
        const STRIDE: usize = heap::LOG / 4;
        let threshold = self.thresholds[0].get().saturating_sub(self.unseen.get());
        // A log that is nearly full of living objects is not sorted all the time.
        heap::set_log_limit(if threshold < STRIDE {
            threshold + 1
        } else {
            (young + STRIDE).max(threshold + 1)
        });
    }
}

/// The log of allocations is at its limit: forgets what has died, and asks for a collection if enough lives.
#[cold]
pub(super) fn log_is_full() {
    let s = settings();
    let young = heap::sort_log();
    if s.stress.get() && young <= heap::LOG / 2 {
        match s.stress_pause.get() {
            0 => request(s),
            n => s.stress_pause.set(n - 1),
        }
        return s.set_limit(young);
    }
    let threshold = s.thresholds[0].get();
    let due = young + s.unseen.get() > threshold;
    let mut patience = s.patience.get();
    if due && patience.skips > 0 {
        patience.skips -= 1;
        s.patience.set(patience);
        s.promoted.set(s.promoted.get() + young);
        s.unseen.set(0);
        s.counts[1].set(s.counts[1].get() + 1);
        heap::forget_young();
        return s.set_limit(0);
    }
    if due && threshold > 0 {
        request(s);
    }
    if young > heap::LOG - heap::LOG / 16 {
        // No safepoint came for long, or the threshold is beyond the log: these wait for a collection of all.
        s.unseen.set(s.unseen.get() + young);
        s.promoted.set(s.promoted.get() + young);
        heap::forget_young();
        if due && threshold > 0 {
            s.counts[1].set(s.counts[1].get() + 1);
        }
        heap::set_log_limit(heap::LOG);
    } else if due {
        heap::set_log_limit(heap::LOG);
    } else {
        s.set_limit(young);
    }
}

/// Asks for a collection at the next safepoint.
fn request(s: &Settings) {
    if s.enabled.get() && !s.collecting.get() {
        BREAKER.fetch_or(COLLECT, Ordering::Relaxed);
    }
}

/// The objects that exist now, at the start of a program, are old.
pub fn start() {
    heap::sort_log();
    heap::forget_young();
    let s = settings();
    s.unseen.set(0);
    s.counts.iter().for_each(|c| c.set(0));
    s.set_limit(0);
}

/// At a safepoint: collects if the log has asked for it.
pub fn collect_if_due() {
    if BREAKER.load(Ordering::Relaxed) & COLLECT != 0 {
        BREAKER.fetch_and(!COLLECT, Ordering::Relaxed);
        if let Some(generation) = due() {
            collect(generation);
        }
    }
}

/// The generation that is due, if collections are enabled and one is.
fn due() -> Option<usize> {
    let s = settings();
    if !s.enabled.get() || s.collecting.get() || s.thresholds[0].get() == 0 {
        return None;
    }
    if s.stress.get() {
        return Some(2);
    }
    let [young, middle, old] = s.counts();
    let full =
        old > s.thresholds[2].get() && s.promoted.get() > s.survivors.get() / 4 * s.patience.get().growth;
    if full {
        Some(2)
    } else if middle > s.thresholds[1].get() && young > s.thresholds[0].get() {
        Some(1)
    } else if young > s.thresholds[0].get() {
        Some(0)
    } else {
        None
    }
}

/// Collects a generation and the younger ones. Returns how many objects were freed. Runs Python code.
pub fn collect(generation: usize) -> usize {
    collect_from(generation, 0)
}

/// As [`collect`]. If the object with the `id()` `first` is unreachable, what it refers to is finalised before the rest, then what that
/// refers to, and so on.
pub fn collect_from(generation: usize, first: u64) -> usize {
    let s = settings();
    if s.collecting.replace(true) {
        return 0;
    }
    for (i, count) in s.counts.iter().enumerate() {
        if i <= generation {
            count.set(0);
        } else if i == generation + 1 {
            count.set(count.get() + 1);
        }
    }
    let observe = |phase, freed| {
        if let Some(observer) = s.observer.get() {
            observer(phase, generation, freed);
        }
    };
    observe("start", 0);
    s.unseen.set(0);
    let young = heap::young();
    let mut patience = s.patience.get();
    let doomed = if generation == 2 {
        let (doomed, survivors) = unreachable_of_all(&young);
        s.survivors.set(survivors);
        s.stress_pause.set(survivors / (STRESS * 64));
        s.promoted.set(0);
        patience.old(doomed.len(), survivors);
        doomed
    } else {
        let doomed = unreachable(&young, YOUNG);
        s.promoted.set(s.promoted.get() + young.len() - doomed.len());
        patience.young(doomed.len());
        doomed
    };
    s.patience.set(patience);
    heap::forget_young();
    s.set_limit(0);
    let n = destroy(nearest_first(doomed, first));
    let (collections, freed) = s.stats[generation].get();
    s.stats[generation].set((collections + 1, freed + n));
    observe("stop", n);
    s.collecting.set(false);
    n
}

fn head<'a>(p: *const Head) -> &'a Head {
    // SAFETY: the collector frees nothing while it holds a list of objects that may die.
    unsafe { &*p }
}

/// Those of the objects that cannot be reached from outside. All have one of the marks `mask`, and nothing else
/// has.
fn unreachable(objects: &[*const Head], mask: u32) -> Vec<*const Head> {
    let mut tracer = Tracer::new(mask);
    objects.iter().for_each(|&o| tracer.subtract(head(o)));
    for &o in objects {
        if head(o).refcount() > 0 && !head(o).has_mark(REACHED) {
            tracer.reach(head(o));
        }
    }
    let mut lost = Vec::new();
    for &o in objects {
        if !head(o).has_mark(REACHED) {
            tracer.restore(head(o));
            lost.push(o);
        }
    }
    objects.iter().for_each(|&o| head(o).clear_mark(REACHED));
    lost
}

fn walk_tracked(mut f: impl FnMut(&Head)) {
    heap::walk(|h| {
        if h.has_mark(TRACKED) {
            f(h);
        }
    });
}

/// As [`unreachable`], of all tracked objects; and how many can be reached. The young ones come last, in the
/// order of their allocation.
fn unreachable_of_all(young: &[*const Head]) -> (Vec<*const Head>, usize) {
    fn each(young: &[*const Head], mut f: impl FnMut(&Head)) {
        walk_tracked(|h| {
            if !h.has_mark(YOUNG) {
                f(h);
            }
        });
        young.iter().for_each(|&h| f(head(h)));
    }
    let mut tracer = Tracer::new(TRACKED);
    each(young, |h| tracer.subtract(h));
    each(young, |h| {
        if h.refcount() > 0 && !h.has_mark(REACHED) {
            tracer.reach(h);
        }
    });
    let (mut lost, mut reached) = (Vec::new(), 0);
    each(young, |h| {
        if h.has_mark(REACHED) {
            h.clear_mark(REACHED);
            reached += 1;
        } else {
            lost.push(&raw const *h);
        }
    });
    lost.iter().for_each(|&h| tracer.restore(head(h)));
    (lost, reached)
}

/// The finalizer that is still to run before an object dies.
fn finalizer(object: &Head) -> Option<fn(&Value)> {
    object.ty().slots().finalize.filter(|_| !object.has_mark(FINALIZED))
}

/// Sorts unreachable objects by their distance from one of them, if a program can see in which order they go
fn nearest_first(doomed: Vec<*const Head>, first: u64) -> Vec<*const Head> {
    let Some(&first) = doomed.iter().find(|&&o| first != 0 && o as u64 == first) else { return doomed };
    if !doomed.iter().any(|&o| weak::is_watched(head(o)) || finalizer(head(o)).is_some()) {
        return doomed;
    }
    doomed.iter().for_each(|&o| head(o).set_mark(DOOMED));
    let mut order: Vec<*const Head> = vec![first];
    head(first).set_mark(REACHED);
    let mut next = 0;
    while let Some(&o) = order.get(next) {
        next += 1;
        for referent in Tracer::referents(&Value::from_ref(head(o))) {
            if let Some(h) = referent.head()
                && h.has_mark(DOOMED)
                && !h.has_mark(REACHED)
            {
                h.set_mark(REACHED);
                order.push(h);
            }
        }
    }
    order.extend(doomed.iter().filter(|&&o| !head(o).has_mark(REACHED)));
    order.iter().for_each(|&o| head(o).clear_mark(DOOMED | REACHED));
    order
}

/// Ends the lives of objects that cannot be reached from outside. Returns how many it were.
fn destroy(doomed: Vec<*const Head>) -> usize {
    if doomed.is_empty() {
        return 0;
    }
    doomed.iter().for_each(|&o| head(o).set_mark(DOOMED));
    let mut dead = doomed;
    let weak = dead.iter().map(|&o| head(o)).filter(|h| h.has_mark(WEAK));
    let calls: Vec<(Value, Value)> = weak.flat_map(weak::clear).collect();
    let called = !calls.is_empty();
    weak::call(calls);
    if run_finalizers(&mut dead) || called {
        // What finalizers have made reachable again lives on.
        let lost = unreachable(&dead, DOOMED);
        lost.iter().for_each(|&o| head(o).set_mark(REACHED));
        for &o in dead.iter().filter(|&&o| !head(o).has_mark(REACHED)) {
            head(o).clear_mark(DOOMED);
        }
        lost.iter().for_each(|&o| head(o).clear_mark(REACHED));
        dead = lost;
    }
    if settings().debug.get() & SAVE_ALL != 0
        && let Some(garbage) = settings().garbage.borrow().cast::<List>()
    {
        for &o in &dead {
            head(o).clear_mark(DOOMED);
            garbage.push(Value::from_ref(head(o)));
        }
        return dead.len();
    }
    // From here on no Python code sees the objects: nothing but they themselves refers to them. Whoever is the
    // type of another one goes after it.
    let mut types: Vec<*const Head> = Vec::new();
    dead.retain(|&o| {
        as_type(head(o)).is_none() || {
            types.push(o);
            false
        }
    });
    types.sort_by_key(|&o| std::cmp::Reverse(type_depth(head(o))));
    dead.append(&mut types);
    for &o in &dead {
        head(o).incref();
        head(o).clear_mark(TRACKED | DOOMED);
        if head(o).has_mark(WEAK) {
            // Made by a finalizer: nobody is told any more.
            drop(weak::clear(head(o)));
        }
        if let Some(ty) = as_type(head(o)) {
            ty.leave_bases();
        }
    }
    // A small object's size is kept in place of its capacity, which went with its fields: a list of a million sizes
    // would be the most that a program needs.
    let mut large = Vec::new();
    for &o in &dead {
        // SAFETY: the fields are not seen again. The references that the objects hold among themselves are dropped
        // without releasing any, since each is held by us now; then that reference is the last.
        let size = unsafe { (head(o).ty().drop_fields)(o) };
        if head(o).has_mark(LARGE) { large.push(size) } else { head(o).set_capacity(size as u32) }
    }
    let mut large = large.into_iter();
    for &o in &dead {
        debug_assert_eq!(head(o).refcount(), 1, "{} is freed while in use", head(o).ty().name());
        let small = head(o).capacity() as usize;
        let size = if head(o).has_mark(LARGE) { large.next().unwrap_or(small) } else { small };
        // SAFETY: dead, without fields, and its type is still there.
        unsafe { heap::free_raw(o, size) };
    }
    dead.len()
}

/// Runs the finalizers of doomed objects; false if there was none to run. They may end the lives of some: those
/// are removed from the list.
fn run_finalizers(doomed: &mut Vec<*const Head>) -> bool {
    if !doomed.iter().any(|&o| finalizer(head(o)).is_some()) {
        return false;
    }
    // The cell of a small object can be looked at after its death: it has lost the mark. A large one is kept.
    let is_large = |o: *const Head| head(o).has_mark(LARGE);
    let mut large: Vec<*const Head> = doomed.iter().copied().filter(|&o| is_large(o)).collect();
    doomed.iter().filter(|&&o| is_large(o)).for_each(|&o| head(o).incref());
    for &o in doomed.iter() {
        if head(o).has_mark(DOOMED)
            && let Some(finalize) = finalizer(head(o))
            && run_finalizer(head(o), finalize)
        {
            // SAFETY: that was the last reference.
            unsafe { heap::release(o) };
        }
    }
    // Those to which only this list still refers go first, while the others are kept.
    while let Some(i) = large.iter().position(|&o| head(o).refcount() == 1) {
        let o = large.swap_remove(i);
        doomed.retain(|&d| d != o);
        // SAFETY: the reference counted above.
        drop(unsafe { Value::from_head(o) });
    }
    // SAFETY: as above; each has others.
    large.iter().for_each(|&o| drop(unsafe { Value::from_head(o) }));
    doomed.retain(|&o| head(o).has_mark(DOOMED));
    true
}

fn as_type(object: &Head) -> Option<&Type> {
    if object.ty().layout != super::Layout::Type {
        return None;
    }
    // SAFETY: the layout tells that a type is there.
    Some(unsafe { &*std::ptr::from_ref(object).cast() })
}

/// How many steps from an object to its type, that one's type, ... lead to `type`.
fn type_depth(object: &Head) -> usize {
    let mut depth = 0;
    let mut ty = object.ty();
    while ty.is_heap() {
        depth += 1;
        ty = ty.head.ty();
    }
    depth
}

/// Every tracked object (`generation` `None`), or those of a generation.
pub fn objects(generation: Option<usize>) -> Vec<Value> {
    heap::sort_log();
    let mut all = Vec::new();
    walk_tracked(|h| {
        let of_generation = match generation {
            None => true,
            Some(0) => h.has_mark(YOUNG),
            Some(1) => false,
            Some(_) => !h.has_mark(YOUNG),
        };
        if of_generation && !h.has_mark(DOOMED) {
            all.push(Value::from_ref(h));
        }
    });
    all
}
