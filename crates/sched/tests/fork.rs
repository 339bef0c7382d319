//! Forks in the middle of contention: no child may hang, and its scheduler must be as new.
#![allow(missing_docs)]

mod common;

use common::passes;
use minipy_sched::{self as sched, Fork, Reason, WaitQueue, Wake};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering::Relaxed};

const STACK: usize = 256 << 10;
const FORKS: u32 = 300;
const REASON: Reason = Reason { what: "lock", object: 1 };

/// What eight threads do to the scheduler while the main thread forks.
fn churn(i: usize, stop: &AtomicBool, queue: &WaitQueue) {
    let mut step = i;
    while !stop.load(Relaxed) {
        step += 1;
        if sched::BREAKER.load(Relaxed) != 0 {
            let _ = sched::check();
        }
        match step % 8 {
            0 => sched::without_gil(|| drop(vec![0u8; 4000])),
            1 => drop(queue.wake_one()),
            2 => drop(sched::wait(Some(queue), REASON, Some(sched::now() + 50_000))),
            3 if step % 64 == 3 => {
                if let Ok(t) = sched::spawn("short", STACK, Box::new(sched::yield_now)) {
                    sched::join(t, None);
                }
            }
            _ => drop(vec![step; 10]),
        }
    }
}

/// The child starts two threads of its own, which contend, wait and are joined. Returns its exit code.
fn child(queue: &WaitQueue) -> i32 {
    if sched::threads().len() != 1 || !sched::is_main() || sched::BREAKER.load(Relaxed) & 3 != 0 {
        return 2;
    }
    // Whoever stood in the queue is not in this process.
    if queue.wake_one().is_some() {
        return 3;
    }
    static SUM: AtomicU32 = AtomicU32::new(0);
    SUM.store(0, Relaxed);
    let threads: Vec<_> = (0..2)
        .filter_map(|_| {
            let body = || {
                for _ in 0..20 {
                    SUM.fetch_add(1, Relaxed);
                    sched::yield_now();
                    sched::without_gil(std::thread::yield_now);
                }
                sched::sleep(10_000);
            };
            sched::spawn("own", STACK, Box::new(body)).ok()
        })
        .collect();
    let joined = threads.iter().all(|t| sched::join(*t, None) == Wake::Woken);
    if joined && SUM.load(Relaxed) == 40 { 0 } else { 4 }
}

fn wait_for(pid: i32) -> i32 {
    sched::without_gil(move || {
        let mut status = 0;
        loop {
            // SAFETY: `status` is valid for writes.
            let done = unsafe { libc::waitpid(pid, &mut status, libc::WNOHANG) };
            if done == pid {
                return if libc::WIFEXITED(status) { libc::WEXITSTATUS(status) } else { 100 };
            }
            std::thread::sleep(std::time::Duration::from_micros(200));
        }
    })
}

/// The scenario's watchdog, 60 s, is the one for a hanging child.
#[test]
fn no_child_hangs() {
    passes("no_child_hangs", || {
        sched::set_switch_interval(50_000);
        let stop = Arc::new(AtomicBool::new(false));
        let queue = Arc::new(WaitQueue::new());
        let threads: Vec<_> = (0..8)
            .filter_map(|i| {
                let (stop, queue) = (stop.clone(), queue.clone());
                sched::spawn("churn", STACK, Box::new(move || churn(i, &stop, &queue))).ok()
            })
            .collect();
        for n in 0..FORKS {
            match sched::fork().expect("a child starts") {
                Fork::Child => {
                    let code = child(&queue);
                    // SAFETY: ends the child at once, without what the parent would do at its end.
                    unsafe { libc::_exit(code) };
                }
                Fork::Parent(pid) => assert_eq!(wait_for(pid), 0, "child {n}"),
            }
        }
        stop.store(true, Relaxed);
        for t in threads {
            assert_eq!(sched::join(t, None), Wake::Woken);
        }
        println!("forks without a hang: {FORKS}");
    });
}

/// A thread other than the main one forks: it is the child's main thread. Hooks surround the fork.
#[test]
fn a_worker_forks() {
    passes("a_worker_forks", || {
        static CALLS: AtomicU32 = AtomicU32::new(0);
        sched::set_fork_hooks(sched::ForkHooks {
            before: || _ = CALLS.fetch_add(1, Relaxed),
            parent: || _ = CALLS.fetch_add(10, Relaxed),
            child: || _ = CALLS.fetch_add(100, Relaxed),
        });
        let body = || match sched::fork() {
            Ok(Fork::Child) => {
                let ok = sched::is_main() && CALLS.load(Relaxed) == 101;
                // SAFETY: as above.
                unsafe { libc::_exit(i32::from(!ok)) };
            }
            Ok(Fork::Parent(pid)) => {
                let ok = wait_for(pid) == 0 && !sched::is_main() && CALLS.load(Relaxed) == 11;
                if !ok {
                    std::process::exit(5);
                }
            }
            Err(_) => std::process::exit(6),
        };
        let t = sched::spawn("worker", STACK, Box::new(body)).expect("a thread starts");
        assert_eq!(sched::join(t, None), Wake::Woken);
        assert_eq!(CALLS.load(Relaxed), 11);
    });
}
