//! The command line: what to run, and how the process ends.

use crate::modules::{sys, sys_io};
use crate::object::{Dict, Raised, Value, intern};
use crate::protocol;
use crate::types::{exception, module, traceback};
use crate::vm::{self, Thread};
use std::io::Read;

const USAGE: &str = "\
usage: minipy [options] [FILE | -c CODE | -m MODULE | -] [arguments]

  FILE            run a script; the arguments after it are sys.argv[1:]
  -c CODE         run a program passed as a string
  -m MODULE       run a module as a script
  -               read the program from standard input (the default)
  -V, --version   print the version
  -h, --help      print this text
  --switch-interval SECONDS
                  how long a thread waits before it asks for the GIL (0.005)
  --tokens FILE   print the tokens of a script
  --ast FILE      print its syntax tree
  --dis FILE      print its bytecode
";

enum Program {
    File(String),
    Code(String),
    Module(String),
    Stdin,
    Show(&'static str, String),
}

/// Native stack of the main thread that is relied upon, in bytes.
const MAIN_STACK: usize = 8 << 20;

/// Runs the command line; returns the exit code.
pub fn main() -> i32 {
    let args: Vec<String> = std::env::args_os().skip(1).map(|a| a.to_string_lossy().into_owned()).collect();
    let (program, argv) = match parse(args) {
        Ok(Some(p)) => p,
        Ok(None) => return 0,
        Err(message) => {
            eprint!("minipy: {message}\n{USAGE}");
            return 2;
        }
    };
    if let Program::Show(what, file) = &program {
        return show(what, file);
    }
    minipy_sched::attach_main();
    minipy_sched::set_deadlock_hook(crate::modules::thread::report::deadlock);
    minipy_sched::install_sigint();
    for mode in std::env::var("MINIPY_STRESS").unwrap_or_default().split(',').filter(|m| !m.is_empty()) {
        if !vm::safepoint::set_stress(mode) {
            eprintln!("minipy: MINIPY_STRESS: there is no mode '{mode}' (inside, switch)");
            return 2;
        }
    }
    match vm::Memory::take() {
        Ok(memory) => Thread::enter(memory, MAIN_STACK, |_| run(program, argv)),
        Err(e) => {
            eprintln!("minipy: no address space for the registers: {e}");
            1
        }
    }
}

fn parse(args: Vec<String>) -> Result<Option<(Program, Vec<String>)>, String> {
    let mut args = args.into_iter();
    while let Some(a) = args.next() {
        let mut value = |what: &str| args.next().ok_or(format!("argument expected for the {what} option"));
        match a.as_str() {
            "-h" | "--help" => {
                print!("{USAGE}");
                return Ok(None);
            }
            "-V" | "--version" => {
                println!("Python 3.11.0 (minipy {})", env!("CARGO_PKG_VERSION"));
                return Ok(None);
            }
            "-c" => {
                let code = value("-c")?;
                return Ok(Some((
                    Program::Code(code),
                    std::iter::once("-c".to_owned()).chain(args).collect(),
                )));
            }
            "-m" => {
                let m = value("-m")?;
                return Ok(Some((Program::Module(m.clone()), std::iter::once(m).chain(args).collect())));
            }
            "--switch-interval" => {
                let text = value("--switch-interval")?;
                let s = text.parse::<f64>().ok().filter(|s| *s > 0.0 && s.is_finite());
                let s = s.ok_or(format!("invalid switch interval: '{text}'"))?;
                minipy_sched::set_switch_interval(sys::nanoseconds(s));
            }
            "--tokens" => return Ok(Some((Program::Show("tokens", value("--tokens")?), Vec::new()))),
            "--ast" => return Ok(Some((Program::Show("ast", value("--ast")?), Vec::new()))),
            "--dis" => return Ok(Some((Program::Show("dis", value("--dis")?), Vec::new()))),
            "-u" | "-B" | "-E" | "-s" | "-S" | "-I" | "-q" => {}
            "-" => return Ok(Some((Program::Stdin, std::iter::once(a).chain(args).collect()))),
            _ if a.starts_with('-') => return Err(format!("unknown option {a}")),
            _ => return Ok(Some((Program::File(a.clone()), std::iter::once(a).chain(args).collect()))),
        }
    }
    Ok(Some((Program::Stdin, vec![String::new()])))
}

/// `--tokens`, `--ast`, `--dis`: need no running interpreter.
fn show(what: &str, file: &str) -> i32 {
    let source = match std::fs::read(file)
        .map_err(|e| e.to_string())
        .and_then(|b| minipy_syntax::decode(&b).map_err(|e| e.message))
    {
        Ok(s) => s,
        Err(e) => {
            eprintln!("minipy: can't open file '{file}': {e}");
            return 2;
        }
    };
    let arena = bumpalo::Bump::new();
    let text = match what {
        "tokens" => minipy_syntax::dump_tokens(&source).map_err(|e| e.to_string()),
        _ => minipy_syntax::parse(&arena, &source, minipy_syntax::Mode::Module)
            .map_err(|e| e.to_string())
            .and_then(|tree| {
                if what == "ast" {
                    return Ok(minipy_syntax::dump(&tree));
                }
                let lines = minipy_syntax::LineIndex::new(&source);
                let origin = std::sync::Arc::new(minipy_bytecode::Source { filename: file.into(), lines });
                minipy_bytecode::compile(&tree, origin)
                    .map(|c| minipy_bytecode::disassemble(&c))
                    .map_err(|e| e.message)
            }),
    };
    match text {
        Ok(t) => {
            print!("{t}");
            0
        }
        Err(e) => {
            eprintln!("  File \"{file}\"\n{e}");
            1
        }
    }
}

fn open_failed(file: &str, e: &std::io::Error) -> i32 {
    let path = std::path::absolute(file).map_or(file.to_owned(), |p| p.display().to_string());
    let errno = e.raw_os_error().unwrap_or(0);
    let text = e.to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    eprintln!("minipy: can't open file '{path}': [Errno {errno}] {text}");
    2
}

fn run(program: Program, argv: Vec<String>) -> i32 {
    let mut argv = argv;
    let folder = match &program {
        Program::File(f) => {
            let parent =
                std::path::absolute(f).ok().and_then(|p| p.parent().map(|p| p.display().to_string()));
            parent.unwrap_or_default()
        }
        _ => String::new(),
    };
    if matches!(program, Program::Module(_)) {
        argv[0] = format!("{}.py", argv[0]);
    }
    sys::configure(argv, &folder);
    vm::init();
    let (source, filename) = match &program {
        Program::File(f) if std::path::Path::new(f).is_dir() => {
            eprintln!("minipy: can't find '__main__' module in '{f}'");
            return 1;
        }
        Program::File(f) => match std::fs::read(f) {
            Ok(bytes) => {
                let path = std::path::absolute(f).map_or(f.clone(), |p| p.display().to_string());
                (minipy_syntax::decode(&bytes), path)
            }
            Err(e) => return open_failed(f, &e),
        },
        Program::Code(c) => (Ok(format!("{c}\n")), "<string>".to_owned()),
        Program::Module(m) => {
            let file = format!("{}.py", m.replace('.', "/"));
            match std::fs::read(&file) {
                Ok(bytes) => (minipy_syntax::decode(&bytes), file),
                Err(_) => {
                    eprintln!("minipy: No module named {m}");
                    return 1;
                }
            }
        }
        _ => {
            let mut bytes = Vec::new();
            if let Err(e) = std::io::stdin().read_to_end(&mut bytes) {
                return open_failed("<stdin>", &e);
            }
            (minipy_syntax::decode(&bytes), "<stdin>".to_owned())
        }
    };
    let result = match source {
        Ok(source) => run_main(&source, &filename, matches!(program, Program::File(_))),
        Err(e) => {
            eprintln!("  File \"{filename}\", line {}\nSyntaxError: {}", e.line, e.message);
            return 1;
        }
    };
    finish(result)
}

fn run_main(source: &str, filename: &str, is_file: bool) -> Result<(), Raised> {
    let main = module::new("__main__", "");
    let Some(body) = main.cast::<module::Module>() else { return Ok(()) };
    let namespace = body.namespace();
    namespace.set_interned(&intern("__builtins__"), vm::state().builtins.clone());
    if is_file {
        namespace.set_interned(&intern("__file__"), Value::str(filename));
    }
    namespace.set_interned(&intern("__package__"), Value::NONE);
    if let Some(table) = vm::import::modules().cast::<Dict>() {
        table.set_interned(&intern("__main__"), main.clone());
    }
    vm::run_source(source, filename, &namespace.value()).map(drop)
}

/// Waits for threads and children, reports what was raised, and says how the process ends.
fn finish(result: Result<(), Raised>) -> i32 {
    let mut code = match result {
        Ok(()) => 0,
        Err(e) => report(&e),
    };
    for (name, function) in [("threading", "_shutdown"), ("multiprocessing", "_finish")] {
        let loaded =
            vm::import::modules().cast::<Dict>().and_then(|m| m.get_interned(&intern(name)).cloned());
        if let Some(m) = loaded
            && let Err(e) = protocol::call_method(&m, function, &[])
        {
            code = report(&e);
        }
    }
    if sys_io::flush().is_err() {
        code = 120;
    }
    // Daemon threads run no more.
    minipy_sched::finish();
    if code == INTERRUPTED {
        minipy_sched::die_of_sigint();
    }
    code
}

/// The exit code that a shell sees after Ctrl-C.
const INTERRUPTED: i32 = 130;

fn report(e: &Raised) -> i32 {
    let _ = sys_io::flush();
    if e.0.ty().is_subtype(&exception::SYSTEM_EXIT) {
        let code = exception::get_field(&e.0, "code").unwrap_or(Value::NONE);
        return match code.as_inline_int() {
            Some(i) => (i & 0xff) as i32,
            None if code.is_none() => 0,
            None if code.is(&Value::TRUE) => 1,
            None if code.is(&Value::FALSE) => 0,
            None => {
                let text = protocol::str_string(&code).unwrap_or_default();
                let _ = sys_io::write_stderr(&format!("{text}\n"));
                1
            }
        };
    }
    let _ = sys_io::write_stderr(&traceback::render(&e.0));
    if e.0.ty().is_subtype(&exception::KEYBOARD_INTERRUPT) { INTERRUPTED } else { 1 }
}
