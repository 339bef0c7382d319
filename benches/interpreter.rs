//! Criterion benches: parsing, the VM, the GIL under contention, hand-over between threads, processes.
//!
//! `cargo bench`; `cargo bench -- gil` runs some. Comparisons with CPython are scripts/bench and scripts/figures.

use criterion::{BatchSize, Criterion, Throughput};
use minipy::object::{Dict, Value, intern};
use minipy::vm::{self, Memory, Thread};
use minipy_bytecode::Names;
use minipy_syntax::Mode;
use std::hint::black_box;

/// Native stack that the benches rely upon, in bytes.
const STACK: usize = 8 << 20;

/// A program whose function `run` is what is measured.
struct Program {
    namespace: Value,
}

impl Program {
    fn new(source: &str) -> Program {
        let namespace = Dict::new();
        let dict = namespace.cast::<Dict>().expect("a dict");
        dict.set_interned(&intern("__builtins__"), vm::state().builtins.clone());
        dict.set_interned(&intern("__name__"), intern("bench"));
        vm::run_source(source, "<bench>", &namespace).expect("the program runs");
        Program { namespace }
    }

    fn run(&self) -> Value {
        let run = self.namespace.cast::<Dict>().and_then(|d| d.get_interned(&intern("run")).cloned());
        minipy::protocol::call(&run.expect("the program defines run"), &[]).expect("run succeeds")
    }
}

fn parse(c: &mut Criterion) {
    let source = include_str!("../src/frozen/threading.py").repeat(4);
    let mut group = c.benchmark_group("parse");
    group.throughput(Throughput::Bytes(source.len() as u64));
    group.bench_function("parse", |b| {
        b.iter_batched(
            bumpalo::Bump::new,
            |arena| black_box(minipy_syntax::parse(&arena, &source, Mode::Module).is_ok()),
            BatchSize::PerIteration,
        );
    });
    group.bench_function("compile", |b| {
        b.iter(|| vm::compile(&source, "<bench>", Mode::Module, Names::Global).expect("it compiles"));
    });
    group.finish();
}

fn machine(c: &mut Criterion) {
    let programs = [
        ("fib", "def fib(n):\n return n if n < 2 else fib(n - 1) + fib(n - 2)\ndef run():\n fib(18)\n"),
        ("loop", "def run():\n t = 0\n for i in range(10000):\n  t += i & 7\n return t\n"),
        ("float", "def run():\n x = 0.5\n for i in range(10000):\n  x = x * 1.0001 + 0.25\n return x\n"),
        (
            "attributes",
            "class C:\n def __init__(s): s.n = 0\n def up(s): s.n += 1\ndef run():\n c = C()\n for _ in range(3000): c.up()\n",
        ),
        (
            "factorial",
            "def f(n): return 1 if n == 0 else n * f(n - 1)\ndef run():\n for _ in range(20): f(100)\n",
        ),
    ];
    let mut group = c.benchmark_group("vm");
    for (name, source) in programs {
        let program = Program::new(source);
        group.bench_function(name, |b| b.iter(|| program.run()));
    }
    group.finish();
}

/// The same work by 1, 2, 4 and 8 threads: the times differ by what the lock costs.
fn gil(c: &mut Criterion) {
    let mut group = c.benchmark_group("gil");
    group.sample_size(20);
    for threads in [1, 2, 4, 8] {
        let program = Program::new(&format!(
            "import threading\n\
             def work():\n for i in range({}): pass\n\
             def run():\n all = [threading.Thread(target=work) for _ in range({threads})]\n for t in all: t.start()\n for t in all: t.join()\n",
            4_000_000 / threads
        ));
        group.bench_function(format!("contention/{threads}"), |b| b.iter(|| program.run()));
    }
    let handover = Program::new(
        "import threading\n\
         a, b = threading.Lock(), threading.Lock()\n\
         def pong():\n for _ in range(500):\n  a.acquire(); b.release()\n\
         def run():\n a.acquire(False); b.acquire(False)\n t = threading.Thread(target=pong); t.start()\n for _ in range(500):\n  a.release(); b.acquire()\n t.join()\n",
    );
    group.bench_function("handover/1000", |b| b.iter(|| handover.run()));
    let start = Program::new(
        "import threading\ndef nothing(): pass\ndef run():\n t = threading.Thread(target=nothing); t.start(); t.join()\n",
    );
    group.bench_function("thread start+join", |b| b.iter(|| start.run()));
    group.finish();
}

fn processes(c: &mut Criterion) {
    let program = Program::new(
        "import multiprocessing\ndef nothing(): pass\ndef run():\n p = multiprocessing.Process(target=nothing); p.start(); p.join()\n",
    );
    let mut group = c.benchmark_group("fork");
    group.sample_size(50);
    group.bench_function("process start+join", |b| b.iter(|| program.run()));
    group.finish();
}

fn main() {
    minipy_sched::attach_main();
    let memory = Memory::take().expect("there is address space");
    Thread::enter(memory, STACK, |_| {
        vm::init();
        let mut criterion = Criterion::default().configure_from_args();
        parse(&mut criterion);
        machine(&mut criterion);
        gil(&mut criterion);
        processes(&mut criterion);
        criterion.final_summary();
    });
}
