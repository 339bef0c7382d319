//! What must be survived: the programs of `tests/stress/`, each in small. `scripts/stress` runs them in full.

use std::path::Path;
use std::process::Command;

fn survives(name: &str, size: &[&str]) {
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stress").join(name).with_extension("py");
    let output = Command::new(env!("CARGO_BIN_EXE_minipy")).arg(program).args(size).output();
    let output = output.expect("minipy starts");
    let text = [output.stdout, output.stderr].map(|t| String::from_utf8_lossy(&t).into_owned());
    assert!(output.status.success(), "{}\n{}\n{}", output.status, text[0], text[1]);
}

#[test]
fn forks_among_contending_threads() {
    survives("forks", &["100", "8"]);
}

#[test]
fn many_threads_alive_at_once() {
    survives("alive", &["300"]);
}

#[test]
fn many_threads_one_after_the_other() {
    survives("threads", &["2000"]);
}

#[test]
fn a_queue_between_threads_loses_nothing() {
    survives("queue_items", &["20000"]);
}

#[test]
fn a_queue_between_processes_loses_nothing() {
    survives("process_queue_items", &["5000"]);
}

#[test]
fn killed_workers_hang_nobody() {
    survives("killed_workers", &["6"]);
}

#[test]
fn the_end_comes_whatever_goes_on() {
    survives("endings", &["1"]);
}

#[test]
fn ctrl_c_ends_every_call_that_blocks() {
    survives("interrupts", &["1"]);
}

#[test]
fn signals_with_harmless_handlers_disturb_no_call() {
    survives("eintr", &["3"]);
}

#[test]
fn full_pipes_and_closed_peers_are_errors() {
    survives("broken_pipes", &["3"]);
}
