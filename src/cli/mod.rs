//! The command line: what to run, and how the process ends.

mod exit;
mod options;
mod repl;
mod show;

use crate::modules::importlib::{self, finders, loaders};
use crate::modules::{atexit, io, native, sys};
use crate::object::{Dict, Raised, Value, gc, heap, intern};
use crate::protocol;
use crate::types::{exception, module};
use crate::vm::{self, Thread};
use options::{Options, Program, Stop};
use std::io::Read;
use std::path::{Path, PathBuf};

/// Native stack of the main thread that is relied upon, in bytes.
const MAIN_STACK: usize = 8 << 20;

/// Runs the command line; returns the exit code.
pub fn main() -> i32 {
    let args: Vec<String> = std::env::args_os().skip(1).map(|a| a.to_string_lossy().into_owned()).collect();
    let options = match options::parse(args) {
        Ok(options) => options,
        Err(Stop::Text(text)) => {
            print!("{text}");
            return 0;
        }
        Err(Stop::Usage(text)) => {
            eprint!("{text}");
            return 2;
        }
    };
    if let Program::Show(what, file) = &options.program {
        return show::show(what, file);
    }
    minipy_sched::attach_main();
    minipy_sched::set_deadlock_hook(crate::modules::thread::report::deadlock);
    minipy_sched::install_sigint();
    if let Some(seconds) = options.switch_interval {
        minipy_sched::set_switch_interval(sys::nanoseconds(seconds));
    }
    for mode in std::env::var("MINIPY_STRESS").unwrap_or_default().split(',').filter(|m| !m.is_empty()) {
        let known = match mode {
            "leaks" => {
                exit::look_for_leaks();
                true
            }
            _ => vm::safepoint::set_stress(mode) || heap::set_stress(mode),
        };
        if !known {
            let modes = "gc, inside, leaks, switch; in a debug build also poison, system";
            eprintln!("minipy: MINIPY_STRESS: there is no mode '{mode}' ({modes})");
            return 2;
        }
    }
    match vm::Memory::take() {
        Ok(memory) => Thread::enter(memory, MAIN_STACK, |_| run(options)),
        Err(e) => {
            eprintln!("minipy: no address space for the registers: {e}");
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

/// The main program's text, where it comes from, and what `__main__` is told of that.
struct Source {
    bytes: Vec<u8>,
    filename: String,
    /// `__file__`
    file: Option<String>,
    /// `__package__`
    package: Option<String>,
    /// `__spec__`, which `-m` has.
    spec: Value,
}

fn absolute(path: &str) -> String {
    std::path::absolute(path).map_or_else(|_| path.to_owned(), |p| p.display().to_string())
}

/// The first entry of `sys.path`.
fn first_path(program: &Program) -> String {
    match program {
        Program::File(f) if Path::new(f).is_dir() => absolute(f),
        Program::File(f) => {
            // The folder of the script itself, not of a link to it.
            let real = std::fs::canonicalize(f).unwrap_or_else(|_| PathBuf::from(absolute(f)));
            real.parent().map(|p| p.display().to_string()).unwrap_or_default()
        }
        Program::Module(_) => std::env::current_dir().map(|p| p.display().to_string()).unwrap_or_default(),
        _ => String::new(),
    }
}

fn run(options: Options) -> i32 {
    let mut path = vec![first_path(&options.program)];
    if !options.ignore_environment
        && let Some(more) = std::env::var_os("PYTHONPATH").filter(|p| !p.is_empty())
    {
        path.extend(std::env::split_paths(&more).map(|p| p.display().to_string()));
    }
    io::configure(options.unbuffered, options.ignore_environment);
    let mut warnings = Vec::new();
    if !options.ignore_environment
        && let Ok(more) = std::env::var("PYTHONWARNINGS")
    {
        warnings.extend(more.split(',').filter(|o| !o.is_empty()).map(str::to_owned));
    }
    warnings.extend(options.warnings);
    let mut argv = options.argv;
    let banner = !options.quiet;
    if options.program == Program::Stdin && (options.interactive || io::is_terminal(0)) {
        sys::configure(argv, path, warnings);
        vm::init();
        importlib::describe_builtins();
        let namespace = new_main(None, None, Value::NONE);
        let code = repl::run(&namespace, banner);
        drop(namespace);
        return finish(Ok(()), Some(code));
    }
    if let Program::Module(_) = options.program {
        argv[0] = "-m".to_owned();
    }
    sys::configure(argv, path, warnings);
    vm::init();
    importlib::describe_builtins();
    let mut source = match load(&options.program) {
        Ok(source) => source,
        Err(code) => return code,
    };
    if let Program::Module(_) = options.program {
        sys::set_script(&source.filename);
    }
    let text = match minipy_syntax::decode(&source.bytes) {
        Ok(text) => text,
        Err(e) => {
            eprintln!("SyntaxError: {}", e.in_file(&source.filename));
            return 1;
        }
    };
    // Nothing keeps it but the module, so that it ends with it.
    let spec = std::mem::replace(&mut source.spec, Value::NONE);
    let namespace = new_main(source.file.as_deref(), source.package.as_deref(), spec);
    let result = vm::run_source(&text, &source.filename, &namespace).map(drop);
    if options.interactive {
        if let Err(e) = &result {
            report(e);
        }
        let code = repl::run(&namespace, false);
        drop((result, namespace));
        return finish(Ok(()), Some(code));
    }
    drop(namespace);
    finish(result, None)
}

/// Reads the program; the exit code if that fails.
fn load(program: &Program) -> Result<Source, i32> {
    let source = |bytes, filename: &str, file: Option<String>| Source {
        bytes,
        filename: filename.to_owned(),
        file,
        package: None,
        spec: Value::NONE,
    };
    match program {
        Program::File(f) if Path::new(f).is_dir() => {
            let main = Path::new(&absolute(f)).join("__main__.py");
            let path = main.display().to_string();
            match std::fs::read(&main) {
                Ok(bytes) => {
                    Ok(Source { package: Some(String::new()), ..source(bytes, &path, Some(path.clone())) })
                }
                Err(_) => {
                    eprintln!("minipy: can't find '__main__' module in '{}'", absolute(f));
                    Err(1)
                }
            }
        }
        Program::File(f) => match std::fs::read(f) {
            // As CPython: the path as it was given, made absolute.
            Ok(bytes) => Ok(source(bytes, &absolute(f), Some(absolute(f)))),
            Err(e) => Err(open_failed(f, &e)),
        },
        Program::Code(c) => Ok(source(format!("{c}\n").into_bytes(), "<string>", None)),
        Program::Module(name) => load_module(name),
        _ => {
            let mut bytes = Vec::new();
            match std::io::stdin().read_to_end(&mut bytes) {
                Ok(_) => Ok(source(bytes, "<stdin>", None)),
                Err(e) => Err(open_failed("<stdin>", &e)),
            }
        }
    }
}

/// `-m`: the module's text, or that of the package's `__main__`; its parent packages are imported.
fn load_module(name: &str) -> Result<Source, i32> {
    use vm::import::Found;
    let missing = |what: &str| {
        eprintln!("minipy: No module named {what}");
        1
    };
    let locate = |name: &str| vm::import::locate(name).map_err(|e| report(&e));
    let (mut name, mut found) = (name.to_owned(), locate(name)?);
    let is_package = match &found {
        Some(Found::Package(_) | Found::Namespace(_)) => true,
        Some(Found::Frozen(m)) => m.is_package,
        _ => false,
    };
    if is_package {
        vm::import::import_absolute(&name).map_err(|e| report(&e))?;
        let main = format!("{name}.__main__");
        found = locate(&main)?;
        if found.is_none() {
            return Err(missing(&format!("{main}; '{name}' is a package and cannot be directly executed")));
        }
        name = main;
    }
    let Some(found) = found else { return Err(missing(&name)) };
    let parent = name.rsplit_once('.').map_or("", |(parent, _)| parent).to_owned();
    let spec = finders::specification(&name, &found).map_err(|e| report(&e))?;
    let source =
        Source { bytes: Vec::new(), filename: String::new(), file: None, package: Some(parent), spec };
    match found {
        Found::Frozen(m) => {
            Ok(Source { bytes: m.source.as_bytes().to_vec(), filename: format!("<frozen {name}>"), ..source })
        }
        Found::Module(file) => {
            let filename = file.display().to_string();
            match std::fs::read(&file) {
                Ok(bytes) => Ok(Source { bytes, file: Some(filename.clone()), filename, ..source }),
                Err(e) => Err(open_failed(&filename, &e)),
            }
        }
        _ => {
            eprintln!("minipy: No code object available for {name}");
            Err(1)
        }
    }
}

/// Makes the module `__main__`, with the names in CPython's order; its namespace.
fn new_main(file: Option<&str>, package: Option<&str>, spec: Value) -> Value {
    let main = module::new("__main__", "");
    let Some(body) = main.cast::<module::Module>() else { return Value::NONE };
    let namespace = body.namespace();
    let set = |name: &str, v: Value| namespace.set_interned(&intern(name), v);
    let loader = match (spec.is_none(), file) {
        (false, _) => protocol::get_attr(&spec, &intern("loader")),
        (true, None) => Ok(native::class(&loaders::BUILTIN_IMPORTER)),
        (true, Some(file)) => {
            loaders::new_source_loader(&loaders::SOURCE_LOADER, intern("__main__"), Value::str(file))
        }
    };
    set("__package__", package.map_or(Value::NONE, Value::str));
    set("__loader__", loader.unwrap_or(Value::NONE));
    set("__spec__", spec);
    set("__annotations__", Dict::new());
    set("__builtins__", vm::builtins_module().unwrap_or(Value::NONE));
    if let Some(file) = file {
        set("__file__", Value::str(file));
        set("__cached__", Value::NONE);
    }
    if let Some(table) = vm::import::modules().cast::<Dict>() {
        table.set_interned(&intern("__main__"), main.clone());
    }
    gc::start();
    namespace.value()
}

/// Waits for threads and children, reports what was raised, and says how the process ends.
/// `code` is that of an interactive session.
fn finish(result: Result<(), Raised>, code: Option<i32>) -> i32 {
    let mut code = match result {
        Ok(()) => code.unwrap_or(0),
        Err(e) => report(&e),
    };
    for (name, function) in [("threading", "_shutdown"), ("multiprocessing", "_finish")] {
        let loaded =
            vm::import::modules().cast::<Dict>().and_then(|m| m.get_interned(&intern(name)).cloned());
        if let Some(m) = loaded
            && let Err(e) = protocol::call_method(&m, function, &[])
        {
            exception::report_unraisable(&e, &m);
        }
    }
    atexit::run();
    if !io::flush_all() {
        code = 120;
    }
    // Daemon threads run no more.
    minipy_sched::finish();
    if !exit::teardown() {
        code = LEAKED;
    }
    if code == INTERRUPTED {
        minipy_sched::die_of_sigint();
    }
    code
}

/// The exit code in the stress mode `leaks` if objects are left over.
const LEAKED: i32 = 3;
/// The exit code that a shell sees after Ctrl-C.
const INTERRUPTED: i32 = 130;

fn report(e: &Raised) -> i32 {
    if e.0.ty().is_subtype(&exception::SYSTEM_EXIT) {
        return exception::exit_code(&e.0);
    }
    match exception::print_uncaught(e) {
        Some(exit) => exception::exit_code(&exit.0),
        None if e.0.ty().is_subtype(&exception::KEYBOARD_INTERRUPT) => INTERRUPTED,
        None => 1,
    }
}
