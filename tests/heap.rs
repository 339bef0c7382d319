//! The heap: random graphs against a model of what can be reached, and scripts under the stress modes.

use minipy::object::{Dict, List, Value, gc, heap};
use minipy::types::function::{CellObject, bound_method, new_cell};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A small pseudo-random generator, so that every run does the same.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) as usize % n
    }
}

/// A graph as the heap has it and as it should be. Each node is a list: its number, then its references.
#[derive(Default)]
struct Graph {
    /// The nodes that this test refers to itself.
    held: Vec<Option<Value>>,
    edges: Vec<Vec<usize>>,
    /// How many objects an edge needs beside the nodes.
    links: Vec<Vec<usize>>,
}

impl Graph {
    fn add(&mut self) {
        let number = Value::small(self.held.len() as i32);
        self.held.push(Some(Value::list(vec![number])));
        self.edges.push(Vec::new());
        self.links.push(Vec::new());
    }

    /// Makes a reference from one held node to another, by way of a container of some kind.
    fn link(&mut self, from: usize, to: usize, kind: usize) {
        let (Some(a), Some(b)) = (&self.held[from], &self.held[to]) else { return };
        let (link, objects) = match kind {
            0 => (b.clone(), 0),
            1 => (Value::tuple(vec![Value::NONE, b.clone(), Value::str("x")]), 1),
            2 => (new_cell(b.clone()), 1),
            3 => (bound_method(Value::NONE, b.clone()), 1),
            4 => {
                let dict = Dict::new();
                let d = dict.cast::<Dict>().expect("a dict");
                d.set(&Value::small(1), b.clone()).expect("ints are hashable");
                (dict, 1)
            }
            // More than a cell of the heap has room for.
            5 => (Value::tuple((0..100).map(|i| if i == 50 { b.clone() } else { Value::NONE }).collect()), 1),
            _ => (Value::list(vec![Value::list(vec![b.clone()])]), 2),
        };
        a.cast::<List>().expect("a list").push(link);
        self.edges[from].push(to);
        self.links[from].push(objects);
    }

    fn unlink(&mut self, from: usize) {
        let Some(a) = &self.held[from] else { return };
        let last = a.cast::<List>().expect("a list").items.borrow_mut().pop();
        if self.edges[from].pop().is_none() {
            // That was the number.
            a.cast::<List>().expect("a list").items.borrow_mut().extend(last);
        } else {
            self.links[from].pop();
        }
    }

    fn reachable(&self) -> Vec<bool> {
        let mut seen = vec![false; self.held.len()];
        let mut todo: Vec<usize> = (0..seen.len()).filter(|&i| self.held[i].is_some()).collect();
        while let Some(n) = todo.pop() {
            if !std::mem::replace(&mut seen[n], true) {
                todo.extend(&self.edges[n]);
            }
        }
        seen
    }

    /// Objects that should be alive.
    fn expected(&self) -> usize {
        let seen = self.reachable();
        (0..seen.len()).filter(|&i| seen[i]).map(|i| 1 + self.links[i].iter().sum::<usize>()).sum()
    }

    /// Walks the real graph from the held nodes and compares it with the model.
    fn check(&self) {
        let mut seen = vec![false; self.held.len()];
        let mut todo: Vec<(usize, Value)> = Vec::new();
        for (i, held) in self.held.iter().enumerate() {
            todo.extend(held.iter().map(|v| (i, v.clone())));
        }
        while let Some((n, value)) = todo.pop() {
            let items = value.cast::<List>().expect("a node").to_vec();
            assert_eq!(items[0].as_inline_int(), Some(n as i64));
            assert_eq!(items.len(), self.edges[n].len() + 1);
            if !std::mem::replace(&mut seen[n], true) {
                for (link, &to) in items[1..].iter().zip(&self.edges[n]) {
                    todo.push((to, target(link)));
                }
            }
        }
    }
}

/// The node behind a link.
fn target(link: &Value) -> Value {
    if let Some(items) = link.as_tuple() {
        return items[if items.len() == 3 { 1 } else { 50 }].clone();
    }
    if let Some(cell) = link.cast::<CellObject>() {
        return cell.get();
    }
    if let Some(dict) = link.cast::<Dict>() {
        return dict.get(&Value::small(1)).expect("ints are hashable").expect("it is there");
    }
    if let Some(method) = link.cast::<minipy::types::function::BoundMethod>() {
        return method.receiver.clone();
    }
    let first = link.cast::<List>().and_then(|l| l.get(0)).expect("a list");
    match first.cast::<List>() {
        Some(inner) => inner.get(0).expect("it has an item"),
        None => link.clone(),
    }
}

#[test]
fn what_cannot_be_reached_is_freed_and_nothing_else() {
    minipy_sched::attach_main();
    let mut random = Random(7);
    let before = heap::mortal_objects().len();
    for round in 0..150 {
        let mut graph = Graph::default();
        let size = [3, 20, 200, 2000][round % 4];
        for step in 0..size {
            graph.add();
            for _ in 0..random.below(4) {
                let (a, b) = (random.below(step + 1), random.below(step + 1));
                let kind = random.below(7);
                graph.link(a, b, kind);
            }
            match random.below(12) {
                0..=3 => graph.held[random.below(step + 1)] = None,
                4..=5 => graph.unlink(random.below(step + 1)),
                6 if random.below(10) == 0 => drop(gc::collect(random.below(2))),
                _ => {}
            }
        }
        while graph.held.iter().any(Option::is_some) {
            graph.check();
            gc::collect(2);
            assert_eq!(heap::mortal_objects().len() - before, graph.expected(), "round {round}");
            graph.check();
            for held in &mut graph.held {
                if random.below(3) == 0 {
                    *held = None;
                }
            }
        }
        gc::collect(2);
        assert_eq!(heap::mortal_objects().len(), before, "round {round}");
    }
}

fn scripts(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("the folder can be read");
    let mut found: Vec<PathBuf> = Vec::new();
    for path in entries.map(|e| e.expect("the entry can be read").path()) {
        if path.is_dir() {
            found.extend(scripts(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn run(script: &Path, modes: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_minipy"));
    command.arg(script).env("MINIPY_STRESS", modes).output().expect("minipy starts")
}

/// Scripts that say how often collections start, or whose structures are too deep to be looked at all the time.
const NOT_STRESSED: [&str; 3] = ["automatic.py", "recursion.py", "large.py"];

/// Every script prints the same when cycles are collected all the time, freed memory is poisoned, and no object
/// may be left at the end.
#[test]
fn scripts_bear_the_stress_of_the_heap() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scripts");
    for script in scripts(&folder) {
        let name = script.file_name().and_then(|n| n.to_str()).unwrap_or_default();
        if NOT_STRESSED.contains(&name) || script.extension().is_none_or(|e| e != "py") {
            continue;
        }
        let (usual, stressed) = (run(&script, ""), run(&script, "gc,poison,leaks"));
        let text = |o: &Output| format!("{:?}\n{}", o.status.code(), String::from_utf8_lossy(&o.stdout));
        let stderr = String::from_utf8_lossy(&stressed.stderr);
        assert_eq!(text(&stressed), text(&usual), "{}\n{stderr}", script.display());
    }
}

fn output(code: &str, modes: &str) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_minipy"));
    let o = command.args(["-c", code]).env("MINIPY_STRESS", modes).output().expect("minipy starts");
    let text = |b: &[u8]| String::from_utf8_lossy(b).into_owned();
    (o.status.code(), text(&o.stdout), text(&o.stderr))
}

/// The stress modes find what they are for.
#[test]
fn leaks_are_reported() {
    let (code, _, stderr) = output("x = []; x.append(x)", "leaks");
    assert_eq!((code, stderr.as_str()), (Some(0), ""));
    let (code, _, stderr) = output("import gc; x = [[]]; x.append(x); gc.freeze()", "leaks");
    assert_eq!(code, Some(3));
    assert!(stderr.starts_with("minipy: objects are still alive: ") && stderr.contains("list"), "{stderr}");
    let (code, _, stderr) = output("", "other");
    assert_eq!(code, Some(2));
    assert!(stderr.contains("there is no mode 'other'"), "{stderr}");
}

/// Peak memory of a program in KiB, as the kernel counts it.
#[allow(clippy::zombie_processes)] // wait4 below does what wait would.
fn peak(code: &str) -> i64 {
    let child = Command::new(env!("CARGO_BIN_EXE_minipy")).args(["-c", code]).spawn().expect("minipy starts");
    let mut status = 0;
    // SAFETY: zeroed is a valid rusage.
    let mut usage: libc::rusage = unsafe { std::mem::zeroed() };
    // SAFETY: a child of ours that nobody else waits for; the results are written to locals.
    let pid = unsafe { libc::wait4(child.id() as i32, &mut status, 0, &mut usage) };
    assert_eq!((pid, status), (child.id() as i32, 0), "{code}");
    usage.ru_maxrss
}

/// Memory does not grow with the number of cycles that have been made.
#[test]
fn cyclic_garbage_does_not_pile_up() {
    let kinds = [
        "l = []; l.append(l)",
        "d = {}; d[1] = d",
        "f = lambda: f",
        "def f(): return f\n    f.f = f",
        "g = (g for _ in [1]); next(g)",
        "a = A(); a.a = a",
        "a, b = A(), A(); a.b = b; b.a = a; a = b = None",
        "a = A(); a.m = a.__init__",
        "l = [None] * 100; l[5] = tuple(l for _ in range(100))",
        "class C: pass",
        "e = ValueError(); e.args = (e,)",
    ];
    for kind in kinds {
        let code = |n: usize| format!("class A: pass\ndef work():\n    {kind}\nfor _ in range({n}): work()");
        let (few, many) = (peak(&code(6_000)), peak(&code(60_000)));
        assert!(many < few + few / 4 + 1024, "{kind}: {few} KiB, then {many} KiB");
    }
}
