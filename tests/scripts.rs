//! Script tests: every script under `tests/scripts/` and `examples/` prints the same on minipy and on
//! CPython, and ends with the same exit code. A script whose first line is `# stderr` is compared by its
//! standard error too. `tests/scripts/wishlist/` holds scripts that must still differ.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

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
    Command::new(program).arg(script).output().expect("the program starts")
}

/// What differs between minipy and CPython, or `None`.
fn difference(script: &Path) -> Option<String> {
    let (ours, theirs) = (run(env!("CARGO_BIN_EXE_minipy"), script), run("python3", script));
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
        let stressed = Command::new(env!("CARGO_BIN_EXE_minipy"))
            .env("MINIPY_STRESS", "inside,switch")
            .arg(&script)
            .output()
            .expect("minipy starts");
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
