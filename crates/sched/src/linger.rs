//! Looking for a short while before sleeping.
//!
//! Where two threads or processes hand something to and fro, each sleeps for a few microseconds only, but to wake a
//! thread whose processor has gone idle meanwhile takes tens of them. Who looks a little longer sees what it waits
//! for at once, and spares the other one the system call that wakes it.
//!
//! **Looking must not cost where it does not help.** A thread looks only if its last sleep was so short that looking
//! might have spared it: who waits for a turn, a timer or a client never does. Each time that it has looked in vain
//! doubles how often it sleeps at once before it looks again: where the one that it waits for needs this processor,
//! looking is soon given up. And no more threads of a process look at a time than there are processors.

use crate::policy::now;
use crate::sync::{AtomicBool, AtomicU32, Nanos, Ordering};

/// For so long is looked: longer than a thread takes to wake up.
const LONGEST: Nanos = 70_000;
/// A sleep shorter than this might be spared: the other side may have had to wake up in it, and looks soon, too.
const SHORT: Nanos = 200_000;
/// What takes less than this was no sleep.
const AWAKE: Nanos = 2_000;
/// Sleeps at once, at most, between two times of looking.
const MOST_SKIPPED: u32 = 255;
/// Who finds so many times in a row what it looks for with the first look need not look: it would not sleep.
const ENOUGH: u32 = 8;

/// How many threads of this process look.
static LOOKING: AtomicU32 = AtomicU32::new(0);

/// What a thread has learned about its sleeps. Only the thread itself uses it.
pub struct Linger {
    short: AtomicBool,
    skip: AtomicU32,
    penalty: AtomicU32,
    /// How many times in a row the first look has found something.
    at_once: AtomicU32,
}

impl Linger {
    /// Of a thread that has not slept yet.
    pub const fn new() -> Self {
        Linger {
            short: AtomicBool::new(false),
            skip: AtomicU32::new(0),
            penalty: AtomicU32::new(0),
            at_once: AtomicU32::new(0),
        }
    }

    /// Looks again and again for a short while, if that is likely to spare a sleep, and at most for `timeout`.
    pub fn look<R>(&self, timeout: Option<Nanos>, look: impl FnMut() -> Option<R>) -> Option<R> {
        if !self.short.load(Ordering::Relaxed) {
            return None;
        }
        self.look_soon(timeout, look)
    }

    /// As [`Linger::look`], for something that is expected soon, however long the last sleep was.
    pub fn look_soon<R>(&self, timeout: Option<Nanos>, mut look: impl FnMut() -> Option<R>) -> Option<R> {
        let skip = self.skip.load(Ordering::Relaxed);
        if skip > 0 {
            self.skip.store(skip - 1, Ordering::Relaxed);
            return None;
        }
        if LOOKING.fetch_add(1, Ordering::Relaxed) >= processors() {
            LOOKING.fetch_sub(1, Ordering::Relaxed);
            return None;
        }
        let at_once = look();
        let there = at_once.is_some();
        let found = at_once.or_else(|| look_for(timeout.unwrap_or(LONGEST).min(LONGEST), look));
        LOOKING.fetch_sub(1, Ordering::Relaxed);
        self.learn(there, found.is_some());
        found
    }

    fn learn(&self, there: bool, found: bool) {
        if there {
            let times = self.at_once.load(Ordering::Relaxed) + 1;
            self.short.store(times < ENOUGH, Ordering::Relaxed);
            self.at_once.store(times % ENOUGH, Ordering::Relaxed);
            return;
        }
        self.at_once.store(0, Ordering::Relaxed);
        let penalty = self.penalty.load(Ordering::Relaxed);
        if found {
            self.penalty.store(penalty.saturating_sub(1), Ordering::Relaxed);
        } else {
            let penalty = (2 * penalty + 1).min(MOST_SKIPPED);
            self.penalty.store(penalty, Ordering::Relaxed);
            self.skip.store(penalty, Ordering::Relaxed);
        }
    }

    /// Runs `sleep`, and learns how long it takes.
    pub fn sleep<R>(&self, sleep: impl FnOnce() -> R) -> R {
        let begin = now();
        let result = sleep();
        let short = (AWAKE..SHORT).contains(&now().saturating_sub(begin));
        self.short.store(short, Ordering::Relaxed);
        result
    }
}

fn look_for<R>(time: Nanos, mut look: impl FnMut() -> Option<R>) -> Option<R> {
    let end = now().saturating_add(time);
    loop {
        std::hint::spin_loop();
        let found = look();
        if found.is_some() || now() >= end {
            return found;
        }
    }
}

/// In a new process only the calling thread exists, and does not look.
pub(crate) fn forget_looking() {
    LOOKING.store(0, Ordering::Relaxed);
}

/// How many may look at a time: as many as the process may use processors; none on a single one, where the one that
/// is waited for could not run.
fn processors() -> u32 {
    static KNOWN: AtomicU32 = AtomicU32::new(u32::MAX);
    let known = KNOWN.load(Ordering::Relaxed);
    if known != u32::MAX {
        return known;
    }
    // SAFETY: an empty set is all zeros, and the call writes no more than its size.
    let n = unsafe {
        let mut set: libc::cpu_set_t = std::mem::zeroed();
        match libc::sched_getaffinity(0, size_of::<libc::cpu_set_t>(), &mut set) {
            0 => libc::CPU_COUNT(&set),
            _ => 1,
        }
    };
    let n = if n > 1 { n as u32 } else { 0 };
    KNOWN.store(n, Ordering::Relaxed);
    n
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    /// How often `linger` looks at all when it is asked `n` times and finds nothing.
    fn times_of_looking(linger: &Linger, n: u32) -> u32 {
        let mut times = 0;
        for _ in 0..n {
            let mut looked = 0;
            assert!(
                linger
                    .look(None, || {
                        looked = 1;
                        None::<()>
                    })
                    .is_none()
            );
            times += looked;
        }
        times
    }

    #[test]
    fn looks_after_short_sleeps_only() {
        let linger = Linger::new();
        assert_eq!(times_of_looking(&linger, 10), 0, "nothing is known about sleeps yet");
        linger.short.store(true, Ordering::Relaxed);
        assert_eq!(times_of_looking(&linger, 1), (processors() > 0) as u32);
        linger.sleep(|| std::thread::sleep(Duration::from_millis(2)));
        assert_eq!(times_of_looking(&linger, 10), 0, "the last sleep was long");
    }

    #[test]
    fn gives_up_what_does_not_help() {
        let linger = Linger::new();
        linger.short.store(true, Ordering::Relaxed);
        assert!(times_of_looking(&linger, 1000) <= 12);
        if processors() > 0 {
            let mut found = 0;
            for _ in 0..2000 {
                let mut looks = 0;
                found += linger
                    .look(None, || {
                        looks += 1;
                        (looks > 1).then_some(())
                    })
                    .is_some() as u32;
            }
            assert!(found > 1700, "found {found} times only: a success must bring the next look");
        }
    }

    #[test]
    fn does_not_look_for_what_is_there() {
        let linger = Linger::new();
        linger.short.store(true, Ordering::Relaxed);
        let mut found = 0;
        for _ in 0..100 {
            found += linger.look(None, || Some(())).is_some() as u32;
        }
        assert_eq!(found, if processors() > 0 { ENOUGH } else { 0 });
        linger.sleep(|| ());
        assert_eq!(times_of_looking(&linger, 1), 0, "that was no sleep");
    }
}
