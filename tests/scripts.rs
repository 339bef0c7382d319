//! Script tests: every script under `tests/scripts/` and `examples/` prints the same on minipy and on
//! CPython, and ends with the same exit code. A script whose first line is `# stderr` is compared by its
//! standard error too. `tests/scripts/wishlist/` holds scripts that must still differ.

use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::mpsc;
use std::time::Duration;

/// How long a script may take. Most take less than a second.
const LIMIT: Duration = Duration::from_secs(120);

fn scripts(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(f) = folders.pop() {
        for entry in std::fs::read_dir(&f).expect("the folder can be read") {
            let path = entry.expect("the entry can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "py") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn run(program: &str, script: &Path) -> Output {
    finish(Command::new(program).arg(script))
}

/// What a program printed and how it ended. If it hangs, it is killed with all its children after [`LIMIT`].
fn finish(command: &mut Command) -> Output {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).process_group(0);
    let child = command.spawn().expect("the program starts");
    let group = child.id();
    let (ended, watched) = mpsc::channel();
    let watch = std::thread::spawn(move || {
        if watched.recv_timeout(LIMIT).is_err() {
            let _ = Command::new("kill").args(["-9", "--", &format!("-{group}")]).status();
        }
    });
    let output = child.wait_with_output().expect("the program can be waited for");
    let _ = ended.send(());
    watch.join().expect("watching does not fail");
    output
}

/// What differs between minipy and CPython, or `None`.
fn difference(script: &Path) -> Option<String> {
    let (ours, mut theirs) = (run(env!("CARGO_BIN_EXE_minipy"), script), run("python3", script));
    if theirs.status.code().is_none() {
        // It hung: a fork of CPython's among threads may inherit a lock that nobody releases. Once more.
        theirs = run("python3", script);
    }
    let source = std::fs::read_to_string(script).expect("the script can be read");
    let text = |o: &Output| {
        let mut t = format!("exit {:?}\n{}", o.status.code(), String::from_utf8_lossy(&o.stdout));
        if source.starts_with("# stderr") {
            t += &String::from_utf8_lossy(&o.stderr);
        }
        t
    };
    let (ours_text, theirs_text) = (text(&ours), text(&theirs));
    if ours_text == theirs_text {
        return None;
    }
    let stderr = String::from_utf8_lossy(&ours.stderr).into_owned();
    Some(format!("== {}\n-- minipy\n{ours_text}\n{stderr}-- CPython\n{theirs_text}\n", script.display()))
}

#[test]
fn scripts_print_what_cpython_prints() {
    let (wishes, scripts): (Vec<_>, Vec<_>) = scripts("tests/scripts")
        .into_iter()
        .partition(|p| p.components().any(|c| c.as_os_str() == "wishlist"));
    let failures: Vec<String> = scripts.iter().filter_map(|s| difference(s)).collect();
    assert!(failures.is_empty(), "{} of {} differ\n{}", failures.len(), scripts.len(), failures.concat());
    for wish in wishes {
        assert!(difference(&wish).is_some(), "{} works now: move it out of the wishlist", wish.display());
    }
}

/// Scripts with threads or processes print the same when the GIL changes hands at every check.
#[test]
fn scripts_bear_a_switch_at_every_check() {
    let parallel = ["threading", "multiprocessing", "queue", "concurrent"];
    for script in scripts("tests/scripts") {
        let source = std::fs::read_to_string(&script).expect("the script can be read");
        if !parallel.iter().any(|m| source.contains(&format!("import {m}"))) {
            continue;
        }
        let mut stressed = Command::new(env!("CARGO_BIN_EXE_minipy"));
        let stressed = finish(stressed.env("MINIPY_STRESS", "inside,switch").arg(&script));
        let usual = run(env!("CARGO_BIN_EXE_minipy"), &script);
        let text = |o: &Output| format!("{:?}\n{}", o.status.code(), String::from_utf8_lossy(&o.stdout));
        let stderr = String::from_utf8_lossy(&stressed.stderr);
        assert_eq!(text(&stressed), text(&usual), "{}\n{stderr}", script.display());
    }
}

/// The examples print times, and their threads and processes write at the same moment, so that even CPython
/// prints `4Number:` now and then: compared are the letters, whatever their order, and the exit code.
#[test]
fn examples_run_as_on_cpython() {
    for script in scripts("examples") {
        let (ours, theirs) = (run(env!("CARGO_BIN_EXE_minipy"), &script), run("python3", &script));
        let letters = |o: &Output| {
            let text = String::from_utf8_lossy(&o.stdout).into_owned();
            let mut letters: Vec<char> = text.chars().filter(|c| c.is_alphabetic()).collect();
            letters.sort_unstable();
            letters.into_iter().collect::<String>()
        };
        assert_eq!(ours.status.code(), theirs.status.code(), "{}", script.display());
        assert_eq!(letters(&ours), letters(&theirs), "{}", script.display());
    }
}
