//! The lock itself: who holds it, who waits, and how it changes hands.
//!
//! **Protocol**, as in CPython since 3.2 (`Python/ceval_gil.c`): a waiter sleeps for the switch interval, then
//! requests a drop; the holder sees the request at its next check and lets go, and because the drop was
//! *requested*, another thread is certain to run next. A voluntary release (before a system call) forces
//! nothing: the holder may be back before anybody has woken up, so a quick call costs no switch.
//!
//! **Fairness.** Waiters stand in a queue, first come first served. A requested drop hands the lock to the first
//! of them directly, and the leaver goes to the end. A voluntary release while a request stands serves it, so
//! that threads that only ever release voluntarily starve nobody. Who comes from a wait, a system call or its
//! start goes before those that have had the lock for half a turn longer, while others waited: so a thread that
//! mostly waits need not sit out a round of those that compute. But nobody saves up more than two turns for
//! later, and what is used is counted, so that nobody is overtaken for long.
//!
//! **Waking late.** Whom the holder wakes cannot run before it lets go: woken at once, on the holder's processor, a
//! thread would only find the lock taken and sleep again. So one that is asleep is left asleep for a moment: until
//! the holder lets go, which mostly comes soon, or, for it may not, until one of its checks [nudges](Gil::nudge).
//!
//! **Cost.** Only the first waiter sleeps with a timeout; the others sleep until they are first or are handed
//! the lock. So eight spinning threads cause two wake-ups an interval, not eight timers. Without contention,
//! release and acquire are one compare-and-exchange each.
//!
//! **Invariants.** (1) `HELD` is set from the moment a thread owns the lock until nobody does; a hand-over leaves
//! it set. (2) `WAITERS` is set exactly while the queue is not empty, and changes only under the queue's lock,
//! so that the fast paths, which expect it unset, cannot pass a waiter by. (3) A request stands only while
//! somebody waits: it is set and cleared under the queue's lock, so none is ever stale. (4) If the first waiter is
//! left asleep, the lock is held and the policy has been told, so that the holder comes to nudge.

use crate::sync::{AtomicBool, AtomicU32, AtomicU64, Guard, Nanos, Ordering, Parker, SpinLock};
use std::collections::VecDeque;
use std::sync::Arc;

const HELD: u32 = 1;
const WAITERS: u32 = 2;

/// What decides when a thread's turn ends. The lock asks; it knows no clock and no flag of its own.
///
/// Other schedules are other implementations: one whose [`patience`](Policy::patience) is `None` lets nobody ask,
/// and switches only where its own count of instructions says so, by `yield_now`.
pub trait Policy {
    /// The time on the clock that [`Policy::patience`] is measured by.
    fn now(&self) -> Nanos;
    /// How long the first waiter waits before it requests a drop; `None`: it never does.
    fn patience(&self) -> Option<Nanos>;
    /// Tells the holder, who polls, that a drop is requested (`true`), or no longer (`false`).
    fn set_request(&self, requested: bool);
    /// Tells the holder to nudge at its checks (`true`), or no longer to (`false`).
    fn set_asleep(&self, asleep: bool);
    /// How long a holder that does not let go leaves the first waiter asleep.
    fn moment(&self) -> Nanos;
    /// How long a turn is taken to be where it is counted who has had the lock for how long.
    fn turn(&self) -> Nanos;
}

/// A thread as the lock sees it.
#[derive(Default)]
pub struct Waiter {
    /// Where the thread sleeps, whatever it waits for.
    pub parker: Parker,
    /// Stands in the queue. Changes only under the queue's lock.
    queued: AtomicBool,
    /// Has been handed the lock and has not noticed yet. Set only under the queue's lock.
    granted: AtomicBool,
    /// How long it has had the lock while others waited, or what it was credited with when it came. Changes only
    /// under the queue's lock.
    used: AtomicU64,
}

struct Queue {
    waiters: VecDeque<Arc<Waiter>>,
    requested: bool,
    /// The first waiter is left asleep.
    asleep: bool,
    /// Since when.
    woken: Nanos,
    /// Since when the first waiter has been first, of the holder's present turn. Kept here, not by the waiter,
    /// who may be late to run if its processor is busy: a late start must not make the turn longer.
    since: Nanos,
    /// Up to when the holder's use has been counted.
    counted: Nanos,
    /// What those who came to their turns had used: what a thread that never waits long has.
    level: Nanos,
}

impl Queue {
    const NEW: Queue = Queue {
        waiters: VecDeque::new(),
        requested: false,
        asleep: false,
        woken: 0,
        since: 0,
        counted: 0,
        level: 0,
    };

    /// The place of a newcomer.
    fn place(&self, newcomer: &Waiter, turn: Nanos) -> usize {
        let used = newcomer.used.load(Ordering::Relaxed).max(self.level.saturating_sub(2 * turn));
        newcomer.used.store(used, Ordering::Relaxed);
        let enough = used.saturating_add(turn / 2);
        let overtaken = |w: &&Arc<Waiter>| w.used.load(Ordering::Relaxed) >= enough;
        self.waiters.len() - self.waiters.iter().rev().take_while(overtaken).count()
    }

    fn is_first(&self, waiter: &Arc<Waiter>) -> bool {
        self.waiters.front().is_some_and(|w| Arc::ptr_eq(w, waiter))
    }

    /// The holder lets go now: counts what it has used. A turn that had to be ended counts as one, however long it
    /// was: else chance would tell those apart that only compute.
    fn count(&mut self, holder: &Waiter, policy: &impl Policy) {
        let now = policy.now();
        let used = match policy.patience().filter(|_| self.requested) {
            Some(patience) => patience,
            None => now.saturating_sub(self.counted),
        };
        let used = holder.used.load(Ordering::Relaxed).saturating_add(used.min(policy.turn()));
        holder.used.store(used, Ordering::Relaxed);
        self.counted = now;
    }
}

/// What has happened to the lock so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Hand-overs because a waiter had asked.
    pub forced: u64,
    /// Releases that nobody had asked for: before system calls and waits, and at a thread's end.
    pub voluntary: u64,
    /// Times a thread found the lock taken.
    pub contended: u64,
    /// Time that threads spent waiting for the lock, summed over them.
    pub waited: Nanos,
}

/// A global interpreter lock.
pub struct Gil<P> {
    word: AtomicU32,
    queue: SpinLock<Queue>,
    /// When its waiters ask.
    pub policy: P,
    forced: AtomicU64,
    voluntary: AtomicU64,
    contended: AtomicU64,
    waited: AtomicU64,
}

impl<P: Policy> Gil<P> {
    /// A lock that nobody holds.
    pub const fn new(policy: P) -> Self {
        Gil {
            word: AtomicU32::new(0),
            queue: SpinLock::new(Queue::NEW),
            policy,
            forced: AtomicU64::new(0),
            voluntary: AtomicU64::new(0),
            contended: AtomicU64::new(0),
            waited: AtomicU64::new(0),
        }
    }

    /// Takes the lock, waiting for it if need be.
    #[inline]
    pub fn acquire(&self, me: &Arc<Waiter>) {
        // A thread that stands in the queue already fails here, for WAITERS is set (invariant 2), and one that
        // has been handed the lock fails because HELD is (invariant 1).
        if self.word.compare_exchange(0, HELD, Ordering::Acquire, Ordering::Relaxed).is_err() {
            self.acquire_slow(me);
        }
    }

    #[cold]
    fn acquire_slow(&self, me: &Arc<Waiter>) {
        {
            let mut q = self.queue.lock();
            if !me.queued.load(Ordering::Relaxed) && !me.granted.load(Ordering::Relaxed) {
                if self.take_free() {
                    // The first waiter's patience goes on: others before us have been in its way.
                    q.counted = self.policy.now();
                    return;
                }
                let place = q.place(me, self.policy.turn());
                self.insert(&mut q, place, me);
            }
        }
        self.contended.fetch_add(1, Ordering::Relaxed);
        self.await_turn(me);
    }

    /// Lets go, voluntarily: for a system call, a wait or good.
    #[inline]
    pub fn release(&self, me: &Waiter) {
        count(&self.voluntary);
        if self.word.compare_exchange(HELD, 0, Ordering::Release, Ordering::Relaxed).is_err() {
            self.release_slow(me);
        }
    }

    #[cold]
    fn release_slow(&self, me: &Waiter) {
        let mut q = self.queue.lock();
        q.count(me, &self.policy);
        if q.requested {
            return self.hand_over(q);
        }
        self.set_asleep(&mut q, false);
        // The first waiter takes the lock when it is awake; until then anybody may, also this thread again.
        let first = q.waiters.front().cloned();
        self.word.fetch_and(!HELD, Ordering::Release);
        drop(q);
        if let Some(first) = first {
            first.parker.unpark();
        }
    }

    /// The holder lets the first waiter run and waits for its own next turn. False if nobody waits.
    pub fn switch(&self, me: &Arc<Waiter>) -> bool {
        let mut q = self.queue.lock();
        if q.waiters.is_empty() {
            return false;
        }
        count(if q.requested { &self.forced } else { &self.voluntary });
        q.count(me, &self.policy);
        let end = q.waiters.len();
        self.insert(&mut q, end, me);
        self.hand_over(q);
        self.await_turn(me);
        true
    }

    /// Puts a thread that the holder has woken into the queue in its stead, so that turns come in the
    /// order of wake-ups and a crowd woken at once does not stampede: only the first of the queue is unparked.
    pub fn enqueue(&self, waiter: &Arc<Waiter>) {
        let mut q = self.queue.lock();
        // Its own timeout may have brought it here first.
        if waiter.queued.load(Ordering::Relaxed) || waiter.granted.load(Ordering::Relaxed) {
            return;
        }
        let place = q.place(waiter, self.policy.turn());
        self.insert(&mut q, place, waiter);
        if place == 0 {
            // It has to time the holder's turn.
            let asleep = waiter.parker.is_parked();
            self.set_asleep(&mut q, asleep);
            drop(q);
            if !asleep {
                waiter.parker.unpark();
            }
        }
    }

    /// The holder has been told of a sleeper and does not let go yet: wakes it if it has been asleep for a moment.
    pub fn nudge(&self) {
        let mut q = self.queue.lock();
        if !q.asleep || self.policy.now().saturating_sub(q.woken) < self.policy.moment() {
            return;
        }
        self.set_asleep(&mut q, false);
        let first = q.waiters.front().cloned();
        drop(q);
        if let Some(first) = first {
            first.parker.unpark();
        }
    }

    fn set_asleep(&self, q: &mut Guard<'_, Queue>, asleep: bool) {
        if asleep && !q.asleep {
            q.woken = self.policy.now();
        }
        if std::mem::replace(&mut q.asleep, asleep) != asleep {
            self.policy.set_asleep(asleep);
        }
    }

    /// Makes the first waiter look at its patience: the policy has changed.
    pub fn reconsider(&self) {
        let first = self.queue.lock().waiters.front().cloned();
        if let Some(first) = first {
            first.parker.unpark();
        }
    }

    /// The caller's turn begins, after a wait: so does the patience of whoever is first now.
    fn begin_turn(&self) {
        let mut q = self.queue.lock();
        q.since = self.policy.now();
        q.counted = q.since;
        let first = q.waiters.front().cloned();
        drop(q);
        if let Some(first) = first {
            first.parker.unpark();
        }
    }

    /// What has happened so far.
    pub fn stats(&self) -> Stats {
        Stats {
            forced: self.forced.load(Ordering::Relaxed),
            voluntary: self.voluntary.load(Ordering::Relaxed),
            contended: self.contended.load(Ordering::Relaxed),
            waited: self.waited.load(Ordering::Relaxed),
        }
    }

    /// The holder runs `fork` while no thread is inside the queue. Where it returns 0, in the child, the lock is
    /// as new, held by the caller: the waiters' threads do not exist there.
    pub fn fork(&self, fork: impl FnOnce() -> i32) -> i32 {
        let mut q = self.queue.lock();
        let pid = fork();
        if pid == 0 {
            *q = Queue::NEW;
            self.policy.set_request(false);
            self.policy.set_asleep(false);
            self.word.store(HELD, Ordering::Relaxed);
            for counter in [&self.forced, &self.voluntary, &self.contended, &self.waited] {
                counter.store(0, Ordering::Relaxed);
            }
        }
        pid
    }

    /// Takes the lock if nobody has it. The caller has locked the queue: WAITERS stays as it is.
    fn take_free(&self) -> bool {
        let word = self.word.load(Ordering::Relaxed);
        word & HELD == 0
            && self.word.compare_exchange(word, word | HELD, Ordering::Acquire, Ordering::Relaxed).is_ok()
    }

    fn insert(&self, q: &mut Guard<'_, Queue>, place: usize, waiter: &Arc<Waiter>) {
        if q.waiters.is_empty() {
            q.since = self.policy.now();
            q.counted = q.since;
        }
        waiter.queued.store(true, Ordering::Relaxed);
        q.waiters.insert(place, waiter.clone());
        // From here on the holder's release takes the slow path. If it had let go before, the waiter finds
        // that out before it sleeps.
        self.word.fetch_or(WAITERS, Ordering::Relaxed);
    }

    /// Takes the first waiter, whose turn it is, out of the queue; its request is served.
    fn pop(&self, q: &mut Guard<'_, Queue>) -> Option<Arc<Waiter>> {
        let first = q.waiters.pop_front()?;
        first.queued.store(false, Ordering::Relaxed);
        q.level = q.level.max(first.used.load(Ordering::Relaxed));
        // The next one's patience starts over, and again when the turn really begins.
        q.since = self.policy.now();
        if q.waiters.is_empty() {
            self.word.fetch_and(!WAITERS, Ordering::Relaxed);
        }
        if std::mem::take(&mut q.requested) {
            self.policy.set_request(false);
        }
        // Whoever is first now is woken when the turn begins.
        self.set_asleep(q, false);
        Some(first)
    }

    /// Gives the lock, which stays HELD, to the first waiter.
    fn hand_over(&self, mut q: Guard<'_, Queue>) {
        let Some(first) = self.pop(&mut q) else { return };
        // Pairs with the load in `await_turn`: what we did with the lock happens before what it does.
        first.granted.store(true, Ordering::Release);
        drop(q);
        first.parker.unpark();
    }

    /// Sleeps until it is the thread's turn. It stands in the queue, or has been handed the lock already.
    fn await_turn(&self, me: &Arc<Waiter>) {
        let begin = self.policy.now();
        loop {
            if me.granted.load(Ordering::Acquire) {
                me.granted.store(false, Ordering::Relaxed);
                // Whoever is first now has to time our turn. We wake it, not the one who handed us the lock:
                // its turn begins here, and woken from there it might be queued on our processor, behind us.
                self.begin_turn();
                break;
            }
            let mut q = self.queue.lock();
            let (mut timeout, mut asked) = (None, false);
            if q.is_first(me) {
                if self.take_free() {
                    self.pop(&mut q);
                    drop(q);
                    self.begin_turn();
                    break;
                }
                // Once it has asked, the lock will be handed to it: no more need to look at the clock.
                if let Some(patience) = self.policy.patience().filter(|_| !q.requested) {
                    let waited = self.policy.now().saturating_sub(q.since);
                    if waited >= patience {
                        q.requested = true;
                        self.policy.set_request(true);
                        asked = true;
                    } else {
                        timeout = Some(patience - waited);
                    }
                }
            }
            drop(q);
            // A holder that runs bytecode sees the request within a microsecond.
            if asked { me.parker.park_soon() } else { me.parker.park(timeout) }
        }
        self.waited.fetch_add(self.policy.now().saturating_sub(begin), Ordering::Relaxed);
    }
}

/// Adds one. Only the holder of the lock does, so it need not be one atomic operation.
#[inline]
fn count(counter: &AtomicU64) {
    counter.store(counter.load(Ordering::Relaxed) + 1, Ordering::Relaxed);
}
