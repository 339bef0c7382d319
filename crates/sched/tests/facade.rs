//! The facade under stress: mutual exclusion, deadlines, wake-ups, threads, Ctrl-C, deadlocks, the end.
#![allow(missing_docs)]

mod common;

use common::{passes, scenario};
use minipy_sched::{self as sched, Check, Reason, State, ThreadId, WaitQueue, Wake};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering::Relaxed, Ordering::SeqCst};
use std::time::Duration;

const STACK: usize = 16 << 20;
const MS: u64 = 1_000_000;
const LOCK: Reason = Reason { what: "lock", object: 7 };

fn spawn(body: impl FnOnce() + Send + 'static) -> ThreadId {
    sched::spawn("worker", STACK, Box::new(body)).expect("a thread starts")
}

fn join_all(threads: Vec<ThreadId>) {
    for t in threads {
        assert_eq!(sched::join(t, None), Wake::Woken);
        assert!(sched::is_finished(t));
    }
}

/// What the interpreter's loop does at a back-edge.
fn poll() {
    if sched::BREAKER.load(Relaxed) != 0 {
        let _ = sched::check();
    }
}

static INSIDE: AtomicU32 = AtomicU32::new(0);

fn alone() {
    assert!(sched::holds_gil());
    let ok = INSIDE.fetch_add(1, SeqCst) == 0;
    std::hint::spin_loop();
    let ok = INSIDE.fetch_sub(1, SeqCst) == 1 && ok;
    assert!(ok, "two threads are inside");
}

#[test]
fn never_two_inside() {
    passes("never_two_inside", || {
        sched::set_switch_interval(20_000);
        let threads = (0..8)
            .map(|i| {
                spawn(move || {
                    for step in 0..4000u64 {
                        alone();
                        poll();
                        match (step + i) % 16 {
                            0 => sched::without_gil(std::thread::yield_now),
                            1 => sched::yield_now(),
                            2 => assert_eq!(sched::sleep(step % 3 * 1000), Wake::TimedOut),
                            _ => {}
                        }
                        alone();
                    }
                })
            })
            .collect();
        join_all(threads);
        assert!(sched::stats().voluntary > 0);
    });
}

#[test]
fn spinning_threads_take_turns() {
    passes("spinning_threads_take_turns", || {
        sched::set_switch_interval(MS / 2);
        let stop = Arc::new(AtomicBool::new(false));
        let turns = Arc::new([const { AtomicU32::new(0) }; 4]);
        let threads = (0..4)
            .map(|i| {
                let (stop, turns) = (stop.clone(), turns.clone());
                spawn(move || {
                    while !stop.load(Relaxed) {
                        turns[i].fetch_add(1, Relaxed);
                        poll();
                    }
                })
            })
            .collect();
        assert_eq!(sched::sleep(200 * MS), Wake::TimedOut);
        stop.store(true, Relaxed);
        join_all(threads);
        assert!(turns.iter().all(|t| t.load(Relaxed) > 0), "a thread never ran: {turns:?}");
        assert!(sched::stats().forced > 8);
    });
}

/// Who has waited need not sit out a round of those who compute.
#[test]
fn who_waited_goes_before_who_computes() {
    passes("who_waited_goes_before_who_computes", || {
        sched::set_switch_interval(MS);
        let queue = Arc::new(WaitQueue::new());
        let stop = Arc::new(AtomicBool::new(false));
        let woken_at = Arc::new(AtomicU64::new(0));
        let threads = (0..4)
            .map(|_| {
                let (queue, stop, woken_at) = (queue.clone(), stop.clone(), woken_at.clone());
                spawn(move || {
                    while !stop.load(Relaxed) {
                        poll();
                        let forced = sched::stats().forced;
                        if forced >= 80 && !queue.is_empty() && queue.wake_one().is_some() {
                            woken_at.store(forced, Relaxed);
                        }
                    }
                })
            })
            .collect();
        assert_eq!(sched::wait(Some(&queue), LOCK, None), Wake::Woken);
        let turns = sched::stats().forced - woken_at.load(Relaxed);
        assert!(turns <= 1, "had to wait for {turns} turns");
        stop.store(true, Relaxed);
        join_all(threads);
    });
}

#[test]
fn deadlines_and_wakeups_race() {
    passes("deadlines_and_wakeups_race", || {
        sched::set_switch_interval(50_000);
        let queue = Arc::new(WaitQueue::new());
        let woken = Arc::new(AtomicU32::new(0));
        let stop = Arc::new(AtomicBool::new(false));
        let sleepers: Vec<_> = (0..6)
            .map(|_| {
                let (queue, woken, stop) = (queue.clone(), woken.clone(), stop.clone());
                spawn(move || {
                    while !stop.load(Relaxed) {
                        let deadline = Some(sched::now() + 60_000);
                        match sched::wait(Some(&queue), LOCK, deadline) {
                            Wake::Woken => woken.fetch_add(1, Relaxed),
                            wake => u32::from(wake != Wake::TimedOut),
                        };
                        assert!(!queue.ids().contains(&sched::current()), "still in the queue");
                        alone();
                    }
                })
            })
            .collect();
        let mut told = 0;
        for _ in 0..4000 {
            told += u32::from(queue.wake_one().is_some());
            sched::sleep(10_000);
        }
        stop.store(true, Relaxed);
        told += queue.wake_all() as u32;
        join_all(sleepers);
        assert_eq!(woken.load(Relaxed), told, "wake-ups lost or made up");
        assert!(told > 0);
    });
}

#[test]
fn waiters_are_served_in_order() {
    passes("waiters_are_served_in_order", || {
        let queue = Arc::new(WaitQueue::new());
        let order = Arc::new(std::sync::Mutex::new(Vec::new()));
        let threads: Vec<_> = (0..5)
            .map(|_| {
                let (queue, order) = (queue.clone(), order.clone());
                spawn(move || {
                    assert_eq!(sched::wait(Some(&queue), LOCK, None), Wake::Woken);
                    order.lock().expect("unpoisoned").push(sched::current());
                })
            })
            .collect();
        while queue.len() < 5 {
            sched::sleep(MS);
        }
        assert_eq!(queue.ids(), threads);
        assert_eq!(queue.wake_all(), 5);
        assert!(queue.is_empty() && queue.wake_one().is_none());
        join_all(threads.clone());
        assert_eq!(*order.lock().expect("unpoisoned"), threads);
    });
}

#[test]
fn sleep_and_join_keep_their_deadlines() {
    passes("sleep_and_join_keep_their_deadlines", || {
        let begin = sched::now();
        assert_eq!(sched::sleep(20 * MS), Wake::TimedOut);
        assert!(sched::now() - begin >= 20 * MS);
        assert_eq!(sched::sleep(0), Wake::TimedOut);
        let t = spawn(|| assert_eq!(sched::sleep(u64::MAX), Wake::Woken));
        assert_eq!(sched::join(t, Some(sched::now() + 5 * MS)), Wake::TimedOut);
        let infos = sched::threads();
        assert_eq!(infos.len(), 2);
        assert_eq!((infos[0].state, infos[0].name.as_str()), (State::Running, "MainThread"));
        assert_eq!((infos[1].id, infos[1].state, infos[1].name.as_str()), (t, State::Waiting, "worker"));
        assert_eq!(infos[1].reason.map(|r| r.what), Some("sleep"));
        assert!(infos[1].os_tid > 0 && infos[1].deadline.is_some());
        assert!(sched::wake(t));
        assert!(!sched::wake(t));
        assert_eq!(sched::join(t, None), Wake::Woken);
    });
}

#[test]
fn too_big_a_stack_is_an_error() {
    passes("too_big_a_stack_is_an_error", || {
        assert!(sched::spawn("big", 1 << 60, Box::new(|| ())).is_err());
        assert!(sched::spawn("big", usize::MAX, Box::new(|| ())).is_err());
        assert_eq!(sched::threads().len(), 1);
        join_all((0..50).map(|_| spawn(alone)).collect());
    });
}

/// Sends Ctrl-C to this process after a while, from a thread that is none of the interpreter's.
fn interrupt_soon() {
    std::thread::spawn(|| {
        std::thread::sleep(Duration::from_millis(30));
        // SAFETY: a plain system call.
        unsafe { libc::kill(libc::getpid(), libc::SIGINT) };
    });
}

#[test]
fn ctrl_c_ends_waits_calls_and_loops() {
    passes("ctrl_c_ends_waits_calls_and_loops", || {
        sched::install_sigint();
        let sleeper = spawn(|| assert_eq!(sched::sleep(3600 * 1000 * MS), Wake::Woken));
        // A wait with a deadline, then one without (the sleeper is awake in so far as it has a deadline).
        for deadline in [Some(sched::now() + 3600 * 1000 * MS), None] {
            let queue = WaitQueue::new();
            interrupt_soon();
            assert_eq!(sched::wait(Some(&queue), LOCK, deadline), Wake::Interrupted);
            assert!(queue.is_empty());
            assert_eq!(sched::sleep(MS), Wake::Interrupted, "pending until it is taken");
            assert!(sched::take_interrupt());
            assert!(!sched::take_interrupt());
        }
        interrupt_soon();
        let errno = sched::without_gil(|| {
            // SAFETY: plain system calls.
            let n = unsafe { libc::poll(std::ptr::null_mut(), 0, 60_000) };
            (n, std::io::Error::last_os_error().raw_os_error())
        });
        assert_eq!(errno, (-1, Some(libc::EINTR)));
        assert!(sched::take_interrupt());
        interrupt_soon();
        let spinner = spawn(|| {
            for _ in 0..1000 {
                sched::yield_now();
                assert_eq!(sched::check(), Check::Continue, "only the main thread is interrupted");
            }
        });
        while sched::BREAKER.load(Relaxed) & sched::INTERRUPT == 0 || sched::check() != Check::Interrupt {}
        assert!(sched::take_interrupt());
        assert!(sched::wake(sleeper));
        join_all(vec![sleeper, spinner]);
    });
}

#[test]
fn ctrl_c_can_kill() {
    let ended = scenario("ctrl_c_can_kill", || {
        sched::install_sigint();
        sched::die_of_sigint();
    });
    assert_eq!(ended.code, -libc::SIGINT);
}

fn report(threads: &[sched::ThreadInfo]) {
    for t in threads {
        let reason = t.reason.map(|r| format!("{} {}", r.what, r.object));
        println!("{} {} waits for {}", t.id.0, t.name, reason.unwrap_or_default());
    }
    std::process::exit(1);
}

#[test]
fn a_deadlock_of_two_is_reported() {
    let ended = scenario("a_deadlock_of_two_is_reported", || {
        sched::set_deadlock_hook(report);
        let t = spawn(|| {
            sched::sleep(5 * MS);
            sched::wait(None, LOCK, None);
        });
        sched::join(t, None);
    });
    assert_eq!(ended.code, 1, "{}", ended.output);
    assert!(ended.output.contains("1 MainThread waits for join 2"), "{}", ended.output);
    assert!(ended.output.contains("2 worker waits for lock 7"), "{}", ended.output);
}

/// The thread that would have woken the other ends.
#[test]
fn a_deadlock_by_an_end_is_reported() {
    let ended = scenario("a_deadlock_by_an_end_is_reported", || {
        sched::set_deadlock_hook(report);
        spawn(|| ());
        sched::wait(None, LOCK, None);
    });
    assert_eq!(ended.code, 1, "{}", ended.output);
    assert!(ended.output.contains("1 MainThread waits for lock 7"), "{}", ended.output);
}

/// A deadline, or a system call, is hope.
#[test]
fn hope_is_no_deadlock() {
    passes("hope_is_no_deadlock", || {
        sched::set_deadlock_hook(report);
        let queue = Arc::new(WaitQueue::new());
        for blocks in [false, true] {
            let q = queue.clone();
            let t = spawn(move || {
                if blocks {
                    sched::without_gil(|| std::thread::sleep(Duration::from_millis(20)));
                } else {
                    sched::sleep(20 * MS);
                }
                q.wake_one();
            });
            assert_eq!(sched::wait(Some(&queue), LOCK, None), Wake::Woken);
            sched::join(t, None);
        }
    });
}

/// Daemon threads, in a loop, in a call and in a wait, do not run any more; the main thread goes on.
#[test]
fn the_end_stops_the_others() {
    passes("the_end_stops_the_others", || {
        static RUNS: AtomicU32 = AtomicU32::new(0);
        sched::set_switch_interval(100_000);
        spawn(|| {
            loop {
                RUNS.fetch_add(1, Relaxed);
                poll();
            }
        });
        spawn(|| {
            loop {
                sched::without_gil(|| std::thread::sleep(Duration::from_micros(50)));
                RUNS.fetch_add(1, Relaxed);
            }
        });
        sched::sleep(20 * MS);
        sched::finish();
        let runs = RUNS.load(Relaxed);
        for _ in 0..200 {
            poll();
            sched::without_gil(std::thread::yield_now);
            assert_eq!(sched::sleep(10_000), Wake::TimedOut);
        }
        assert!(runs > 0);
        assert_eq!(RUNS.load(Relaxed), runs, "a thread ran after the end");
    });
}

#[test]
fn misuse_aborts() {
    let ended = scenario("misuse_aborts", || sched::without_gil(|| drop(sched::threads())));
    assert_eq!(ended.code, -libc::SIGABRT);
}
