//! Prints what a turn costs on this machine: fairness and overhead of spinning threads, the latency of a
//! hand-over, of starting and joining a thread, and of an uncontended system call.
//!
//! `cargo run --release -p minipy-sched --example turns [seconds]`. Nothing is asserted: times belong to machines.

use minipy_sched as sched;
use std::hint::black_box;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};

const STACK: usize = 16 << 20;
const REASON: sched::Reason = sched::Reason { what: "turn", object: 0 };

fn spawn(body: impl FnOnce() + Send + 'static) -> sched::ThreadId {
    match sched::spawn("turns", STACK, Box::new(body)) {
        Ok(id) => id,
        Err(e) => {
            eprintln!("can't start new thread: {e}");
            std::process::exit(1);
        }
    }
}

#[inline]
fn poll() {
    if sched::BREAKER.load(Relaxed) != 0 {
        let _ = sched::check();
    }
}

/// One step of a loop that does something: some tens of nanoseconds, and a check.
#[inline]
fn step(x: u64) -> u64 {
    poll();
    (0..16).fold(x, |x, i| black_box(x.wrapping_mul(6364136223846793005).wrapping_add(i)))
}

/// Jain's index of how often each of `n` threads has got to do a step.
fn fairness(n: usize, seconds: f64) {
    let stop = Arc::new(AtomicBool::new(false));
    let counts: Arc<Vec<AtomicU64>> = Arc::new((0..n).map(|_| AtomicU64::new(0)).collect());
    let before = sched::stats();
    let threads: Vec<_> = (0..n)
        .map(|i| {
            let (stop, counts) = (stop.clone(), counts.clone());
            spawn(move || {
                let (mut x, mut count) = (i as u64, 0);
                while !stop.load(Relaxed) {
                    x = step(x);
                    count += 1;
                }
                counts[i].store(count, Relaxed);
            })
        })
        .collect();
    sched::sleep((seconds * 1e9) as u64);
    stop.store(true, Relaxed);
    for t in threads {
        sched::join(t, None);
    }
    let counts: Vec<f64> = counts.iter().map(|c| c.load(Relaxed) as f64).collect();
    let (sum, squares) = counts.iter().fold((0.0, 0.0), |(s, q), c| (s + c, q + c * c));
    let switches = sched::stats().forced - before.forced;
    println!("{n} threads, {seconds} s: Jain {:.5}, {switches} switches", sum * sum / (n as f64 * squares));
}

/// The same work by `n` threads at once and one after the other; medians of several runs.
fn overhead(n: usize, seconds: f64) {
    const ROUNDS: usize = 7;
    let mut steps = 200_000u64;
    let work = |steps: u64| move || _ = black_box((0..steps).fold(1, |x, _| step(x)));
    let begin = sched::now();
    work(steps)();
    let one = (sched::now() - begin) as f64 / 1e9;
    steps = (steps as f64 * seconds / (one * (n * ROUNDS) as f64)) as u64;
    let (mut sequential, mut threaded) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let begin = sched::now();
        for _ in 0..n {
            sched::join(spawn(work(steps)), None);
        }
        sequential.push(sched::now() - begin);
        let begin = sched::now();
        let threads: Vec<_> = (0..n).map(|_| spawn(work(steps))).collect();
        for t in threads {
            sched::join(t, None);
        }
        threaded.push(sched::now() - begin);
    }
    sequential.sort_unstable();
    threaded.sort_unstable();
    let (s, t) = (sequential[ROUNDS / 2] as f64, threaded[ROUNDS / 2] as f64);
    let min = threaded[0] as f64 / sequential[0] as f64;
    println!("{n} threads at once / in sequence: {:.4} (of the quickest runs {min:.4})", t / s);
}

fn each(what: &str, n: u64, f: impl FnOnce()) {
    let begin = sched::now();
    f();
    println!("{what}: {:.3} us", (sched::now() - begin) as f64 / 1e3 / n as f64);
}

fn main() {
    sched::attach_main();
    let seconds = std::env::args().nth(1).and_then(|s| s.parse().ok()).unwrap_or(2.0);
    for n in [2, 4, 8] {
        fairness(n, seconds);
    }
    for n in [2, 4, 8] {
        overhead(n, seconds);
    }
    let n = 20_000;
    each("spawn + join", n, || {
        for _ in 0..n {
            sched::join(spawn(|| ()), None);
        }
    });
    let n = 10_000_000;
    each("uncontended without_gil", n, || (0..n).for_each(|i| sched::without_gil(move || _ = black_box(i))));
    // Two threads wake each other in turn: two wake-ups and two releases a round.
    let (ping, pong) = (Arc::new(sched::WaitQueue::new()), Arc::new(sched::WaitQueue::new()));
    let n = 50_000;
    let t = {
        let (ping, pong) = (ping.clone(), pong.clone());
        spawn(move || {
            for _ in 0..n {
                pong.wake_one();
                sched::wait(Some(&ping), REASON, None);
            }
        })
    };
    each("hand-over by wake and wait (half a round)", 2 * n, || {
        for _ in 0..n {
            sched::wait(Some(&pong), REASON, None);
            ping.wake_one();
        }
    });
    sched::join(t, None);
    // Forced: the other waits for the GIL, and each yields at once.
    let n = 50_000;
    let t = spawn(move || (0..n).for_each(|_| sched::yield_now()));
    each("hand-over by yielding", 2 * n, || (0..n).for_each(|_| sched::yield_now()));
    sched::join(t, None);
    println!("{:?}", sched::stats());
}
