//! Scenarios: the facade is the process's, and it can end the process; so each runs in a process of its own,
//! which is this test program started again.

use std::io::Read;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How a scenario ended.
pub struct Ended {
    /// Its exit code; minus the signal's number if a signal ended it.
    pub code: i32,
    /// What it wrote to standard output, below the test harness's own lines.
    pub output: String,
}

/// Patient, for starved processes look like hung ones.
const PATIENCE: Duration = Duration::from_secs(60);
const VARIABLE: &str = "MINIPY_SCHED_SCENARIO";

/// Runs `body`, in a process of its own whose only thread is the main thread with the GIL, and says how it ended.
/// `test` is the calling test's name.
pub fn scenario(test: &str, body: impl FnOnce()) -> Ended {
    if std::env::var(VARIABLE).is_ok_and(|v| v == test) {
        // A failed assertion in a thread would only end the thread.
        std::panic::set_hook(Box::new(|panic| {
            eprintln!("{panic}");
            std::process::abort();
        }));
        minipy_sched::attach_main();
        body();
        minipy_sched::finish();
        std::process::exit(0);
    }
    let program = std::env::current_exe().expect("the test program has a path");
    let mut child = Command::new(program)
        .args([test, "--exact", "--nocapture", "--test-threads=1"])
        .env(VARIABLE, test)
        .stdout(Stdio::piped())
        .process_group(0)
        .spawn()
        .expect("the test program starts");
    let begin = Instant::now();
    let status = loop {
        match child.try_wait().expect("the child can be waited for") {
            Some(status) => break status,
            None if begin.elapsed() > PATIENCE => {
                let _ = child.kill();
                panic!("scenario {test} hangs");
            }
            None => std::thread::sleep(Duration::from_millis(2)),
        }
    };
    let mut output = String::new();
    let _ = child.stdout.take().expect("it is piped").read_to_string(&mut output);
    let code = status.code().unwrap_or_else(|| -status.signal().unwrap_or(0));
    Ended { code, output }
}

/// Like [`scenario`], for those that must end well.
pub fn passes(test: &str, body: impl FnOnce()) {
    let ended = scenario(test, body);
    assert_eq!(ended.code, 0, "scenario {test} failed:\n{}", ended.output);
}
