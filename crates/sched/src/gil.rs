//! The lock itself: who holds it, who waits, and how it changes hands.
//!
//! Waiters stand in a queue. The first of them sleeps for the switch interval and then requests a drop; the
//! holder sees the request at its next check, joins the end of the queue and hands the lock to the first
//! waiter directly, so that a requested switch always happens (CPython's forced switch) and waiters are
//! served in turn. A holder that lets go by itself hands the lock to the first waiter too, if there is one.
//!
//! The queue's mutex is held for a few instructions only and never waited for in the kernel: parking_lot keeps
//! waiters in a table that a forked child would inherit half-changed, so contenders spin instead.

use parking_lot::{Mutex, MutexGuard};
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::Thread;
use std::time::Duration;

/// A thread that may wait for the lock.
pub(crate) struct Waiter {
    thread: Thread,
    granted: AtomicBool,
}

impl Waiter {
    /// The calling thread.
    pub(crate) fn current() -> Waiter {
        Waiter { thread: std::thread::current(), granted: AtomicBool::new(false) }
    }

    /// Wakes the thread from whatever it waits for; it looks for itself whether that is over.
    pub(crate) fn unpark(&self) {
        self.thread.unpark();
    }
}

#[derive(Default)]
struct Queue {
    locked: bool,
    waiters: VecDeque<Arc<Waiter>>,
}

/// A global interpreter lock.
pub(crate) struct Gil {
    queue: Mutex<Queue>,
    /// Nanoseconds.
    pub(crate) interval: AtomicU64,
    pub(crate) forced: AtomicU64,
    pub(crate) voluntary: AtomicU64,
}

impl Gil {
    pub(crate) const fn new() -> Gil {
        Gil {
            queue: Mutex::new(Queue { locked: false, waiters: VecDeque::new() }),
            interval: AtomicU64::new(5_000_000),
            forced: AtomicU64::new(0),
            voluntary: AtomicU64::new(0),
        }
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        let mut spins = 0;
        loop {
            if let Some(guard) = self.queue.try_lock() {
                return guard;
            }
            spins += 1;
            if spins < 100 { std::hint::spin_loop() } else { std::thread::yield_now() }
        }
    }

    /// Takes the lock; `request` is called when the holder is to be asked for it.
    pub(crate) fn acquire(&self, me: &Arc<Waiter>, request: impl Fn()) {
        {
            let mut q = self.queue();
            if !q.locked {
                q.locked = true;
                return;
            }
            me.granted.store(false, Ordering::Relaxed);
            q.waiters.push_back(me.clone());
        }
        self.wait_for_grant(me, request);
    }

    fn wait_for_grant(&self, me: &Arc<Waiter>, request: impl Fn()) {
        while !me.granted.load(Ordering::Acquire) {
            let first = self.queue().waiters.front().is_some_and(|w| Arc::ptr_eq(w, me));
            if first {
                std::thread::park_timeout(Duration::from_nanos(self.interval.load(Ordering::Relaxed)));
                if !me.granted.load(Ordering::Acquire) {
                    request();
                }
            } else {
                std::thread::park();
            }
        }
    }

    /// Gives the lock to the first waiter, whom the caller has taken from the queue.
    fn grant(q: &mut Queue) -> Option<(Arc<Waiter>, Option<Arc<Waiter>>)> {
        let next = q.waiters.pop_front()?;
        next.granted.store(true, Ordering::Release);
        Some((next, q.waiters.front().cloned()))
    }

    fn wake(pair: (Arc<Waiter>, Option<Arc<Waiter>>)) {
        pair.0.unpark();
        // The new first waiter starts its interval.
        if let Some(first) = pair.1 {
            first.unpark();
        }
    }

    /// Lets go.
    pub(crate) fn release(&self) {
        let mut q = self.queue();
        match Gil::grant(&mut q) {
            Some(pair) => {
                drop(q);
                Gil::wake(pair);
            }
            None => q.locked = false,
        }
        self.voluntary.fetch_add(1, Ordering::Relaxed);
    }

    /// Lets the first waiter run and waits for the next turn.
    pub(crate) fn switch(&self, me: &Arc<Waiter>, request: impl Fn()) {
        let mut q = self.queue();
        let Some(pair) = Gil::grant(&mut q) else { return };
        me.granted.store(false, Ordering::Relaxed);
        q.waiters.push_back(me.clone());
        let pair = (pair.0, q.waiters.front().cloned());
        drop(q);
        Gil::wake(pair);
        self.forced.fetch_add(1, Ordering::Relaxed);
        self.wait_for_grant(me, request);
    }

    /// Runs `fork` while no other thread is inside; in the child nobody waits any more.
    pub(crate) fn fork(&self, fork: impl FnOnce() -> i32) -> i32 {
        let mut q = self.queue();
        let pid = fork();
        if pid == 0 {
            // The waiters' threads do not exist here; what they hold is not to be touched.
            std::mem::forget(std::mem::take(&mut q.waiters));
            q.locked = true;
        }
        pid
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::AtomicU32;

    /// Threads that switch at every step: never two inside.
    #[test]
    fn one_at_a_time_and_in_turn() {
        let gil = Arc::new(Gil::new());
        let inside = Arc::new(AtomicU32::new(0));
        let threads: Vec<_> = (0..6)
            .map(|_| {
                let (gil, inside) = (gil.clone(), inside.clone());
                std::thread::spawn(move || {
                    let me = Arc::new(Waiter::current());
                    gil.acquire(&me, || {});
                    for i in 0..2000 {
                        assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0);
                        inside.fetch_sub(1, Ordering::SeqCst);
                        if i % 3 == 0 {
                            gil.release();
                            gil.acquire(&me, || {});
                        } else {
                            gil.switch(&me, || {});
                        }
                    }
                    gil.release();
                })
            })
            .collect();
        for t in threads {
            t.join().expect("no assertion failed");
        }
    }

    /// A waiter asks after the interval, and the holder's switch serves it.
    #[test]
    fn a_requested_switch_happens() {
        let gil = Arc::new(Gil::new());
        gil.interval.store(1_000_000, Ordering::Relaxed);
        let asked = Arc::new(AtomicBool::new(false));
        let me = Arc::new(Waiter::current());
        gil.acquire(&me, || {});
        let other = {
            let (gil, asked) = (gil.clone(), asked.clone());
            std::thread::spawn(move || {
                let me = Arc::new(Waiter::current());
                gil.acquire(&me, || asked.store(true, Ordering::SeqCst));
                gil.release();
            })
        };
        while !asked.load(Ordering::SeqCst) {
            std::hint::spin_loop();
        }
        gil.switch(&me, || {});
        assert_eq!(gil.forced.load(Ordering::Relaxed), 1);
        other.join().expect("the waiter was served");
        gil.release();
    }
}
