//! Threads as a user sees them end: deadlocks, Ctrl-C, and only one thread inside at any time.

use std::io::{BufRead, BufReader};
use std::process::{Command, Output, Stdio};

fn minipy(code: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_minipy"));
    command.args(["-c", code]);
    command
}

fn run(code: &str) -> Output {
    minipy(code).output().expect("minipy starts")
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_deadlock_is_reported_with_every_traceback() {
    let output = run("
import threading
a, b, ready = threading.Lock(), threading.Lock(), threading.Lock()
def one():
    with a:
        ready.acquire()
        with b:
            pass
ready.acquire()
threading.Thread(target=one, name='One').start()
b.acquire()
ready.release()
with a:
    pass
");
    assert_eq!(output.status.code(), Some(1));
    let report = stderr(&output);
    for part in [
        "Deadlock: every thread waits, and none will wake by itself.",
        "  MainThread waits for a lock 'a', held by One\n",
        "  One waits for a lock 'b', held by MainThread\n",
        "MainThread (most recent call last):\n",
        "One (most recent call last):\n",
        "in one\n",
    ] {
        assert!(report.contains(part), "{part:?} is missing in\n{report}");
    }
}

#[test]
fn a_deadlock_is_seen_when_the_last_thread_awake_ends() {
    let output = run("
import threading, time
lock = threading.Lock()
lock.acquire()
threading.Thread(target=time.sleep, args=(0.05,)).start()
lock.acquire()
");
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("MainThread waits for a lock 'lock', held by MainThread itself"));
}

#[test]
fn a_lock_whose_owner_stayed_in_the_parent_does_not_hang_the_child() {
    let output = run("
import threading, time, multiprocessing
lock = threading.Lock()
def holder():
    with lock: time.sleep(0.3)
def child():
    with lock: print('never')
threading.Thread(target=holder, name='Holder').start()
time.sleep(0.05)
p = multiprocessing.Process(target=child)
p.start()
p.join()
print(p.exitcode)
");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "1\n");
    let owner = "a lock 'lock', held by Holder, which does not exist in this process";
    assert!(stderr(&output).contains(owner), "{}", stderr(&output));
}

/// Whatever the thing waited for, the report names it as the program does, and who is in the way.
#[test]
fn deadlock_reports_name_things() {
    for (code, expected) in [
        ("e = threading.Event()\ne.wait()", "MainThread waits for an Event 'e'\n"),
        ("s = threading.Semaphore(0)\ns.acquire()", "MainThread waits for a Semaphore 's'\n"),
        ("c = threading.Condition()\nwith c: c.wait()", "MainThread waits for a condition 'c'\n"),
        ("import queue\nqueue.Queue().get()", "MainThread waits for a condition\n"),
        ("import queue\nqueue.SimpleQueue().get()", "MainThread waits for a SimpleQueue\n"),
        (
            "class A: pass\na = A(); a.lock = threading.Lock(); a.lock.acquire()\n\
             def f(x): x.lock.acquire()\nf(a)",
            "MainThread waits for a lock 'x.lock', held by MainThread itself\n",
        ),
        (
            "def f():\n  inner = threading.RLock()\n  def g(): inner.acquire()\n  def h():\n    inner.acquire()\n  \
             \n  t = threading.Thread(target=g, name='G'); t.start(); t.join(); h()\nf()",
            "MainThread waits for an RLock 'inner', held by G, which has ended\n",
        ),
        (
            "e = threading.Event()\nt = threading.Thread(target=e.wait, name='W')\nt.start()\nt.join()",
            "MainThread waits for the end of W\n  W waits for an Event 'e'\n",
        ),
    ] {
        let output = run(&format!("import threading\n{code}\n"));
        assert_eq!(output.status.code(), Some(1), "{code}");
        assert!(stderr(&output).contains(expected), "{code}\n{}", stderr(&output));
    }
}

/// Ctrl-C while the program waits in each of the ways there are.
#[test]
fn ctrl_c_raises_keyboard_interrupt() {
    let setup = "import time, threading, multiprocessing\nlock = threading.Lock(); lock.acquire()\n\
                 def later(): time.sleep(5)\n";
    for wait in [
        "time.sleep(5)",
        "while True: pass",
        "threading.Thread(target=later, daemon=True).start(); lock.acquire()",
        "t = threading.Thread(target=later, daemon=True); t.start(); t.join()",
        "p = multiprocessing.Process(target=later, daemon=True); p.start(); p.join()",
        "input()",
    ] {
        let code = format!("{setup}print('ready', flush=True)\n{wait}\n");
        let mut child = minipy(&code)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("minipy starts");
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().expect("it is piped")).read_line(&mut line).expect("a line");
        assert_eq!(line, "ready\n");
        std::thread::sleep(std::time::Duration::from_millis(100));
        let interrupt = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
        assert!(interrupt.expect("kill starts").success());
        let stdin = child.stdin.take();
        let output = child.wait_with_output().expect("it ends");
        drop(stdin);
        // Killed by the signal, as a shell expects: 130.
        let signal = std::os::unix::process::ExitStatusExt::signal(&output.status);
        assert_eq!(signal, Some(2), "{wait}\n{}", stderr(&output));
        assert!(stderr(&output).ends_with("KeyboardInterrupt\n"), "{wait}\n{}", stderr(&output));
    }
}

#[test]
fn a_child_says_what_it_has_raised() {
    let output = run("
import multiprocessing
def work(): raise ValueError('in the child')
p = multiprocessing.Process(target=work)
print('once', end=' ')
p.start()
p.join()
print(p.exitcode)
");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "once 1\n");
    let report = stderr(&output);
    assert!(report.starts_with("Process Process-1:\nTraceback (most recent call last):\n"), "{report}");
    assert!(report.ends_with("in work\nValueError: in the child\n"), "{report}");
}

#[test]
fn no_child_outlives_its_parent_or_stays_a_zombie() {
    let output = run("
import multiprocessing, time, _process
for _ in range(20): multiprocessing.Process(target=int).start()
while multiprocessing.active_children(): time.sleep(0.001)
print(_process.wait(-1))
daemon = multiprocessing.Process(target=time.sleep, args=(600,), daemon=True)
daemon.start()
print(daemon.pid)
");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!((output.status.code(), lines[0]), (Some(0), "None"), "{}", stderr(&output));
    let alive = Command::new("kill").args(["-0", lines[1]]).output().expect("kill starts");
    assert!(!alive.status.success(), "the daemon is still there");
}

/// Whoever forks and whoever writes meanwhile: each character comes once. (Lines need not stay whole: two
/// processes write to one pipe.)
#[test]
fn output_is_written_once() {
    let output = run("
import threading, multiprocessing, sys
sys.setswitchinterval(1e-4)
stop = False
count = 0
def write():
    global count
    while not stop:
        sys.stdout.write('p' * 100 + '\\n')
        count += 1
def child():
    sys.stdout.write('c' * 10000 + '\\n')
writers = [threading.Thread(target=write) for _ in range(2)]
for t in writers: t.start()
for _ in range(30):
    p = multiprocessing.Process(target=child)
    p.start()
    p.join()
stop = True
for t in writers: t.join()
print(count)
");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let count = text.lines().last().unwrap_or_default();
    let of = |c: char| text.chars().filter(|&x| x == c).count();
    assert_eq!(of('c'), 30 * 10_000, "{}", stderr(&output));
    assert_eq!(of('p'), 100 * count.parse::<usize>().expect("a number"), "{count}");
}

#[test]
fn keyboard_interrupt_can_be_caught() {
    let output = run("
import os, time, threading
def press():
    time.sleep(0.05)
    import _process
    _process.kill(os.getpid(), 2)
threading.Thread(target=press).start()
try:
    time.sleep(5)
except KeyboardInterrupt:
    print('caught')
");
    assert_eq!((output.status.code(), &*output.stdout), (Some(0), &b"caught\n"[..]));
}

/// At every safepoint each thread enters a section that two threads at once would notice.
#[test]
fn only_one_thread_executes_python_code() {
    for modes in ["inside", "inside,switch"] {
        let output = minipy(
            "
import threading, sys, time
sys.setswitchinterval(1e-5)
total = [0] * 8
def work(k):
    for i in range(3000):
        total[k] += 1
        if i % 500 == 0:
            time.sleep(0)
threads = [threading.Thread(target=work, args=(k,)) for k in range(8)]
for t in threads: t.start()
for t in threads: t.join()
print(total)
",
        )
        .env("MINIPY_STRESS", modes)
        .output()
        .expect("minipy starts");
        let expected = format!("[{}]\n", ["3000"; 8].join(", "));
        assert_eq!(String::from_utf8_lossy(&output.stdout), expected, "{}", stderr(&output));
    }
}

/// As a shell does with what it starts in the background.
#[test]
fn ctrl_c_that_was_ignored_stays_ignored() {
    let code = "import os, signal, time\nprint(signal.getsignal(2) is signal.SIG_IGN, flush=True)\n\
                os.kill(os.getpid(), 2)\ntime.sleep(0.01)\nprint('alive')";
    let script = format!("trap '' INT; exec {} -c \"$0\"", env!("CARGO_BIN_EXE_minipy"));
    let output = Command::new("sh").args(["-c", &script, code]).output().expect("sh starts");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "True\nalive\n", "{}", stderr(&output));
}
