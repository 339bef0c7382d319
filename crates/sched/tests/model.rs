//! Model checks of the lock and the door: shuttle runs the very same `gil.rs` and `door.rs`, against a twin of
//! `sync.rs`, through many thousand interleavings.
//!
//! A lost wake-up shows as a deadlock, which shuttle reports; two holders as a failed assertion. Time is a
//! counter, so that timeouts come at any moment: a timed park may end at once.
#![allow(missing_docs, dead_code)]

mod sync {
    //! The twin of `src/sync.rs`.
    pub use shuttle::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
    use shuttle::sync::{Condvar, Mutex, MutexGuard};

    pub type Nanos = u64;
    pub type Guard<'a, T> = MutexGuard<'a, T>;

    pub struct SpinLock<T>(Mutex<T>);

    impl<T> SpinLock<T> {
        pub const fn new(value: T) -> Self {
            SpinLock(Mutex::new(value))
        }

        pub fn lock(&self) -> Guard<'_, T> {
            self.0.lock().expect("no panic under the lock")
        }
    }

    #[derive(Default)]
    pub struct Parker {
        notified: Mutex<bool>,
        parked: AtomicBool,
        changed: Condvar,
    }

    impl Parker {
        pub fn park(&self, timeout: Option<Nanos>) {
            if timeout.is_some() {
                // Until then anything may happen, or nothing.
                shuttle::thread::yield_now();
                *self.notified.lock().expect("no panic") = false;
                return;
            }
            let mut notified = self.notified.lock().expect("no panic");
            self.parked.store(!*notified, Ordering::SeqCst);
            while !*notified {
                notified = self.changed.wait(notified).expect("no panic");
            }
            *notified = false;
            self.parked.store(false, Ordering::SeqCst);
        }

        pub fn park_soon(&self) {
            self.park(None);
        }

        pub fn is_parked(&self) -> bool {
            self.parked.load(Ordering::SeqCst)
        }

        pub fn unpark(&self) {
            let mut notified = self.notified.lock().expect("no panic");
            *notified = true;
            self.parked.store(false, Ordering::SeqCst);
            drop(notified);
            self.changed.notify_one();
        }
    }
}

#[path = "../src/gil.rs"]
mod gil;

#[path = "../src/door.rs"]
mod door;

use door::{Sleeper, State, Wake};
use gil::{Gil, Policy, Waiter};
use shuttle::thread;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use sync::{AtomicBool, AtomicU32, AtomicU64, Nanos, Ordering};

/// Time passes when somebody looks.
struct Ticks {
    time: AtomicU64,
    patience: Option<Nanos>,
    requested: AtomicBool,
    asleep: AtomicBool,
}

impl Policy for Ticks {
    fn now(&self) -> Nanos {
        self.time.fetch_add(1, Ordering::Relaxed)
    }

    fn patience(&self) -> Option<Nanos> {
        self.patience
    }

    fn turn(&self) -> Nanos {
        2
    }

    fn moment(&self) -> Nanos {
        2
    }

    fn set_request(&self, requested: bool) {
        self.requested.store(requested, Ordering::Relaxed);
    }

    fn set_asleep(&self, asleep: bool) {
        self.asleep.store(asleep, Ordering::Relaxed);
    }
}

struct World {
    gil: Gil<Ticks>,
    inside: AtomicU32,
}

impl World {
    fn new(patience: Option<Nanos>) -> Arc<World> {
        let ticks = Ticks {
            time: AtomicU64::new(0),
            patience,
            requested: AtomicBool::new(false),
            asleep: AtomicBool::new(false),
        };
        Arc::new(World { gil: Gil::new(ticks), inside: AtomicU32::new(0) })
    }

    /// The caller says that it holds the lock; a switch here would find a second holder.
    fn alone(&self) {
        assert_eq!(self.inside.fetch_add(1, Ordering::SeqCst), 0, "two holders");
        thread::yield_now();
        assert_eq!(self.inside.fetch_sub(1, Ordering::SeqCst), 1, "two holders");
    }

    fn check(&self, me: &Arc<Waiter>) {
        if self.gil.policy.requested.load(Ordering::Relaxed) {
            self.gil.switch(me);
        } else if self.gil.policy.asleep.load(Ordering::Relaxed) {
            self.gil.nudge();
        }
    }
}

/// Random schedules, then adversarial ones (few preemptions, at the worst places).
fn explore(random: usize, pct: usize, f: impl Fn() + Send + Sync + Clone + 'static) {
    shuttle::check_random(f.clone(), random);
    shuttle::check_pct(f, pct, 3);
}

/// Checks, voluntary releases and ends, mixed: never two holders, and everybody comes to an end.
#[test]
fn one_holder_and_no_lost_wakeup() {
    explore(30_000, 15_000, || {
        let world = World::new(Some(2));
        let threads: Vec<_> = (0..3)
            .map(|i| {
                let world = world.clone();
                thread::spawn(move || {
                    let me: Arc<Waiter> = Arc::default();
                    world.gil.acquire(&me);
                    for step in 0..3 {
                        world.alone();
                        if (step + i) % 2 == 0 {
                            world.check(&me);
                        } else {
                            world.gil.release(&me);
                            world.gil.acquire(&me);
                        }
                    }
                    world.alone();
                    world.gil.release(&me);
                })
            })
            .collect();
        for t in threads {
            t.join().expect("no assertion failed");
        }
        assert!(!world.gil.policy.requested.load(Ordering::Relaxed), "a request outlived its waiter");
    });
}

/// A holder that only polls lets a waiter in: the switch is requested, and forced.
#[test]
fn a_requested_switch_is_forced() {
    explore(20_000, 5_000, || {
        let world = World::new(Some(2));
        let me: Arc<Waiter> = Arc::default();
        world.gil.acquire(&me);
        let served = Arc::new(AtomicBool::new(false));
        let waiter = {
            let (world, served) = (world.clone(), served.clone());
            thread::spawn(move || {
                let me: Arc<Waiter> = Arc::default();
                world.gil.acquire(&me);
                world.alone();
                served.store(true, Ordering::Relaxed);
                world.gil.release(&me);
            })
        };
        while !served.load(Ordering::Relaxed) {
            if world.gil.policy.requested.load(Ordering::Relaxed) {
                assert!(world.gil.switch(&me), "a request without a waiter");
                assert!(served.load(Ordering::Relaxed), "back before the other has run");
            }
            thread::yield_now();
        }
        assert_eq!(world.gil.stats().forced, 1);
        world.gil.release(&me);
        waiter.join().expect("no assertion failed");
    });
}

/// Threads that only poll, each until all have run: whoever becomes the first waiter must come to ask.
#[test]
fn every_first_waiter_asks() {
    explore(5_000, 2_000, || {
        let world = World::new(Some(2));
        let runs = Arc::new(AtomicU32::new(0));
        let threads: Vec<_> = (0..3)
            .map(|_| {
                let (world, runs) = (world.clone(), runs.clone());
                thread::spawn(move || {
                    let me: Arc<Waiter> = Arc::default();
                    world.gil.acquire(&me);
                    runs.fetch_add(1, Ordering::Relaxed);
                    while runs.load(Ordering::Relaxed) < 3 {
                        world.check(&me);
                        thread::yield_now();
                    }
                    world.alone();
                    world.gil.release(&me);
                })
            })
            .collect();
        for t in threads {
            t.join().expect("no assertion failed");
        }
    });
}

/// One that comes and goes overtakes those that only poll, but they have their turns as well.
#[test]
fn nobody_is_overtaken_for_ever() {
    explore(5_000, 2_000, || {
        let world = World::new(Some(2));
        let left = Arc::new(AtomicU32::new(2));
        let pollers: Vec<_> = (0..2)
            .map(|_| {
                let (world, left) = (world.clone(), left.clone());
                thread::spawn(move || {
                    let me: Arc<Waiter> = Arc::default();
                    world.gil.acquire(&me);
                    let mut turns = 0;
                    while turns < 3 && left.load(Ordering::Relaxed) == 2 {
                        if world.gil.policy.requested.load(Ordering::Relaxed) {
                            turns += u32::from(world.gil.switch(&me));
                        }
                        world.alone();
                    }
                    left.fetch_sub(1, Ordering::Relaxed);
                    world.gil.release(&me);
                })
            })
            .collect();
        let me: Arc<Waiter> = Arc::default();
        while left.load(Ordering::Relaxed) > 0 {
            world.gil.acquire(&me);
            world.alone();
            world.gil.release(&me);
            thread::yield_now();
        }
        for t in pollers {
            t.join().expect("no assertion failed");
        }
    });
}

/// Without patience (a policy that counts instructions) nobody asks, and releases alone must suffice.
#[test]
fn releases_alone_serve_everybody() {
    explore(20_000, 10_000, || {
        let world = World::new(None);
        let threads: Vec<_> = (0..3)
            .map(|_| {
                let world = world.clone();
                thread::spawn(move || {
                    let me: Arc<Waiter> = Arc::default();
                    for _ in 0..3 {
                        world.gil.acquire(&me);
                        world.alone();
                        world.gil.release(&me);
                    }
                })
            })
            .collect();
        for t in threads {
            t.join().expect("no assertion failed");
        }
        assert!(!world.gil.policy.requested.load(Ordering::Relaxed));
    });
}

/// One sleeper with a deadline, two wakers: it is woken exactly as often as a waker was told so.
#[test]
fn wakeup_against_timeout() {
    // The standard library's, which outlive one execution.
    let woken: Arc<std::sync::atomic::AtomicU32> = Arc::default();
    let timed_out: Arc<std::sync::atomic::AtomicU32> = Arc::default();
    let (w, t) = (woken.clone(), timed_out.clone());
    explore(30_000, 15_000, move || {
        let world = World::new(Some(2));
        let sleeper = Arc::new(Sleeper::default());
        let wakers: Vec<_> = (0..2)
            .map(|_| {
                let (world, sleeper) = (world.clone(), sleeper.clone());
                thread::spawn(move || {
                    let me: Arc<Waiter> = Arc::default();
                    world.gil.acquire(&me);
                    world.alone();
                    let woke = sleeper.wake(&world.gil);
                    world.check(&me);
                    world.alone();
                    world.gil.release(&me);
                    u32::from(woke)
                })
            })
            .collect();
        world.gil.acquire(&sleeper.waiter);
        sleeper.set_state(State::Waiting);
        let deadline = Some(world.gil.policy.now() + 4);
        world.gil.release(&sleeper.waiter);
        let seen = sleeper.sleep(deadline, || world.gil.policy.now(), || false);
        world.gil.acquire(&sleeper.waiter);
        let wake = sleeper.settle(seen);
        world.alone();
        world.gil.release(&sleeper.waiter);
        let wakes: u32 = wakers.into_iter().map(|t| t.join().expect("no assertion failed")).sum();
        assert_eq!(wakes, u32::from(wake == Wake::Woken), "{wake:?} but {wakes} wakers succeeded");
        if wake == Wake::Woken { &w } else { &t }.fetch_add(1, Relaxed);
    });
    assert!(woken.load(Relaxed) > 0 && timed_out.load(Relaxed) > 0, "both ends must have been explored");
}

/// A holder that wakes a sleeper and only polls then lets it in.
#[test]
fn a_sleeper_is_nudged() {
    explore(10_000, 5_000, || {
        let world = World::new(Some(2));
        let sleeper = Arc::new(Sleeper::default());
        let (ready, back) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
        let thread = {
            let (world, sleeper, ready, back) = (world.clone(), sleeper.clone(), ready.clone(), back.clone());
            thread::spawn(move || {
                world.gil.acquire(&sleeper.waiter);
                sleeper.set_state(State::Waiting);
                ready.store(true, Ordering::Relaxed);
                world.gil.release(&sleeper.waiter);
                let seen = sleeper.sleep(None, || 0, || false);
                world.gil.acquire(&sleeper.waiter);
                assert_eq!(sleeper.settle(seen), Wake::Woken);
                world.alone();
                back.store(true, Ordering::Relaxed);
                world.gil.release(&sleeper.waiter);
            })
        };
        let me: Arc<Waiter> = Arc::default();
        while !ready.load(Ordering::Relaxed) {
            thread::yield_now();
        }
        world.gil.acquire(&me);
        assert!(sleeper.wake(&world.gil));
        while !back.load(Ordering::Relaxed) {
            world.check(&me);
            thread::yield_now();
        }
        assert!(!world.gil.policy.asleep.load(Ordering::Relaxed), "told of a sleeper that is none");
        world.gil.release(&me);
        thread.join().expect("no assertion failed");
    });
}

/// Sleepers without a deadline, woken together: all come back, one at a time.
#[test]
fn a_crowd_is_woken() {
    explore(20_000, 10_000, || {
        let world = World::new(Some(2));
        let ready = Arc::new(AtomicU32::new(0));
        let sleepers: Vec<_> = (0..3).map(|_| Arc::new(Sleeper::default())).collect();
        let threads: Vec<_> = sleepers
            .iter()
            .map(|sleeper| {
                let (world, sleeper, ready) = (world.clone(), sleeper.clone(), ready.clone());
                thread::spawn(move || {
                    world.gil.acquire(&sleeper.waiter);
                    sleeper.set_state(State::Waiting);
                    ready.fetch_add(1, Ordering::Relaxed);
                    world.gil.release(&sleeper.waiter);
                    let seen = sleeper.sleep(None, || 0, || false);
                    world.gil.acquire(&sleeper.waiter);
                    assert_eq!(sleeper.settle(seen), Wake::Woken);
                    world.alone();
                    world.gil.release(&sleeper.waiter);
                })
            })
            .collect();
        let me: Arc<Waiter> = Arc::default();
        loop {
            world.gil.acquire(&me);
            if ready.load(Ordering::Relaxed) == 3 {
                break;
            }
            world.gil.release(&me);
            thread::yield_now();
        }
        for sleeper in &sleepers {
            assert!(sleeper.wake(&world.gil));
            assert!(!sleeper.wake(&world.gil), "woken twice");
        }
        world.alone();
        world.gil.release(&me);
        for t in threads {
            t.join().expect("no assertion failed");
        }
    });
}
