//! `sys`

use super::sys_io;
use crate::object::{Boxed, Def, Dict, Layout, Result, Slots, Type, Value, arg, intern};
use crate::protocol::{self, raise_args, type_error, value_error};
use crate::types::{exception, float, int};
use crate::vm;
use std::sync::Mutex;

static ARGV: Mutex<Vec<String>> = Mutex::new(Vec::new());
static PATH: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Sets `sys.argv` and `sys.path`, before `sys` is imported.
pub fn configure(argv: Vec<String>, path: Vec<String>) {
    *ARGV.lock().unwrap_or_else(|e| e.into_inner()) = argv;
    *PATH.lock().unwrap_or_else(|e| e.into_inner()) = path;
}

/// Sets `sys.argv[0]`, which `-m` knows only when it has found the module.
pub fn set_script(name: &str) {
    if let Some(argv) = vm::import::sys_attribute("argv") {
        // The program may have replaced the list; then there is nothing to set.
        let _ = protocol::set_item(&argv, &Value::small(0), Value::str(name));
    }
    if let Some(first) = ARGV.lock().unwrap_or_else(|e| e.into_inner()).first_mut() {
        *first = name.to_owned();
    }
}

/// Seconds as nanoseconds, rounded up as CPython rounds timeouts; too many are as good as for ever.
pub fn nanoseconds(seconds: f64) -> u64 {
    (seconds * 1e9).ceil() as u64
}

/// The table.
pub static DEFS: &[Def] = crate::defs! {
    fn "exit(status=None, /)" "Exit the interpreter by raising SystemExit(status)." => |a| Err(raise_args(&exception::SYSTEM_EXIT, arg(a, 0).clone().bound().into_iter().collect()));
    fn "setswitchinterval(interval, /)" "Set how long a thread waits before it asks for the GIL, in seconds." => |a| {
        let s = seconds(&a[0])?;
        if s <= 0.0 { return value_error("switch interval must be strictly positive"); }
        minipy_sched::set_switch_interval(nanoseconds(s));
        Ok(Value::NONE)
    };
    fn "getswitchinterval()" "How long a thread waits before it asks for the GIL, in seconds." => |_| Ok(float::from_f64(minipy_sched::switch_interval() as f64 / 1e9));
    fn "getrefcount(object, /)" "Return the reference count of object." => |a| Ok(int::from_i64(a[0].refcount() as i64 + 1));
    fn "getrecursionlimit()" "" => |_| Ok(int::from_i64(vm::recursion_limit() as i64));
    fn "setrecursionlimit(limit, /)" "" => |a| {
        let n = protocol::index_i64(&a[0])?;
        if n < 1 { return value_error("recursion limit must be greater or equal than 1"); }
        vm::set_recursion_limit(n as usize);
        Ok(Value::NONE)
    };
    fn "intern(string, /)" "" => |a| crate::types::type_::attr_name(&a[0]);
    fn "exc_info()" "" => |_| Ok(match vm::Thread::current().handled() {
        Some(e) => Value::tuple(vec![e.ty().value(), e.clone(), exception::traceback(&e).unwrap_or(Value::NONE)]),
        None => Value::tuple(vec![Value::NONE; 3]),
    });
    fn "getsizeof(object, default=None)" "The size of object in bytes." => |a| match protocol::lookup_special(&a[0], &intern("__sizeof__"))? {
        Some(m) => protocol::call(&m, &[]),
        None => Ok(Value::small(0)),
    };
    fn "exception()" "The exception that is being handled, or None." => |_| Ok(vm::Thread::current().handled().unwrap_or(Value::NONE));
    fn "_getframe(depth=0, /)" "The frame of the caller, or one of those that called it." => |a| {
        let depth = arg(a, 0).as_bound().map_or(Ok(0), protocol::index_i64)?;
        vm::frame::running(depth)
    };
    fn "excepthook(exctype, value, traceback, /)" "Handle an exception by displaying it with a traceback on sys.stderr." => |a| {
        excepthook(&a[1], &a[2])?;
        Ok(Value::NONE)
    };
    fn "unraisablehook(unraisable, /)" "Handle an unraisable exception." => |a| {
        if !a[0].is_exact(&exception::UNRAISABLE_HOOK_ARGS) {
            return type_error("sys.unraisablehook argument type must be UnraisableHookArgs");
        }
        exception::write_unraisable(&a[0]);
        Ok(Value::NONE)
    };
    fn "displayhook(object, /)" "Print an object to sys.stdout and also save it in builtins._" => |a| {
        if !a[0].is_none() {
            sys_io::write_stdout(&format!("{}\n", protocol::repr_string(&a[0])?))?;
            if let Some(d) = vm::state().builtins.cast::<Dict>() { d.set_interned(&intern("_"), a[0].clone()); }
        }
        Ok(Value::NONE)
    };
};

fn excepthook(value: &Value, traceback: &Value) -> Result<()> {
    if !value.ty().is_subtype(&exception::BASE_EXCEPTION) {
        let name = value.ty().name();
        let text = format!("TypeError: print_exception(): Exception expected for value, {name} found\n");
        return sys_io::write_program_stderr(&text);
    }
    if vm::frame::is_traceback(traceback) && exception::traceback(value).is_none() {
        exception::set_traceback(value, traceback.clone())?;
    }
    exception::write_traceback(value);
    Ok(())
}

/// A number of seconds given by a program.
pub fn seconds(v: &Value) -> Result<f64> {
    match float::to_f64(v) {
        Some(f) => Ok(f),
        None => match v.ty().slots().float.or(v.ty().slots().index) {
            Some(_) => {
                let f = protocol::call(&float::FLOAT.value(), std::slice::from_ref(v))?;
                Ok(float::to_f64(&f).unwrap_or(0.0))
            }
            None => type_error(format!("must be real number, not {}", v.ty().name())),
        },
    }
}

/// Fills in what is known only at run time.
pub fn init(d: &Dict) {
    let set = |n: &str, v: Value| d.set_interned(&intern(n), v);
    let argv = ARGV.lock().unwrap_or_else(|e| e.into_inner()).clone();
    set("argv", Value::list(argv.iter().map(|s| Value::str(s)).collect()));
    let path = PATH.lock().unwrap_or_else(|e| e.into_inner()).clone();
    set("path", Value::list(path.iter().map(|s| Value::str(s)).collect()));
    set("modules", vm::import::modules());
    set("version", Value::str("3.11.0 (minipy 0.1.0)"));
    super::sys_info::init(d);
    set("platform", Value::str("linux"));
    set("byteorder", Value::str("little"));
    set("maxsize", int::from_i64(i64::MAX));
    set("maxunicode", Value::small(0x10FFFF));
    set("executable", std::env::current_exe().map_or(Value::NONE, |p| Value::str(&p.display().to_string())));
    let implementation = crate::types::module::new("minipy", "");
    set("implementation", implementation);
    for (name, fd) in [("stdin", 0), ("stdout", 1), ("stderr", 2)] {
        let v = Value::new(&STREAM, Stream { fd });
        set(name, v.clone());
        set(&format!("__{name}__"), v);
    }
    if let Some(m) = d.get_interned(&intern("implementation")) {
        let _ = protocol::set_attr(m, &intern("name"), Some(Value::str("minipy")));
    }
}

/// A standard stream.
pub struct Stream {
    fd: i32,
}

crate::body!(Stream: Other);

/// The file descriptor of a native standard stream.
pub fn stream_number(v: &Value) -> Option<i32> {
    crate::types::iterators::body::<Stream>(v, &STREAM).map(|s| s.fd)
}

fn fd(v: &Value) -> i32 {
    stream_number(v).unwrap_or(1)
}

/// `TextIOWrapper`: the standard streams.
pub static STREAM: Type = Type::builtin::<Boxed<Stream>>("TextIOWrapper", Layout::Other, "", crate::defs! {
    fn "write(text, /)" "Write a string; returns its length." => |a| match a[1].as_str() {
        Some(s) => {
            if fd(&a[0]) == 2 { sys_io::write_stderr(s)?; } else { sys_io::write_stdout(s)?; }
            Ok(int::from_i64(protocol::len(&a[1])? as i64))
        }
        None => type_error(format!("write() argument must be str, not {}", a[1].ty().name())),
    };
    fn "flush()" "" => |_| sys_io::flush().map(|()| Value::NONE);
    fn "writelines(lines, /)" "Write several strings." => |a| {
        for line in protocol::collect(&a[1])? {
            protocol::call_method(&a[0], "write", &[line])?;
        }
        Ok(Value::NONE)
    };
    fn "readlines(hint=-1, /)" "The lines that are left." => |_| {
        let mut all = Vec::new();
        while let Some(l) = sys_io::read_line()? { all.push(Value::str(&l)); }
        Ok(Value::list(all))
    };
    fn "readable()" "" => |a| Ok(Value::bool(fd(&a[0]) == 0));
    fn "writable()" "" => |a| Ok(Value::bool(fd(&a[0]) != 0));
    fn "seekable()" "" => |_| Ok(Value::FALSE);
    fn "reconfigure(*, encoding=None, errors=None, newline=None, line_buffering=None, write_through=None)" "Does nothing: the text is UTF-8." => |_| Ok(Value::NONE);
    get "closed()" "" => |_| Ok(Value::FALSE);
    get "errors()" "" => |v| Ok(Value::str(if fd(v) == 2 { "backslashreplace" } else { "strict" }));
    get "mode()" "" => |v| Ok(Value::str(if fd(v) == 0 { "r" } else { "w" }));
    get "newlines()" "" => |_| Ok(Value::NONE);
    get "buffer()" "The stream of bytes below." => |v| {
        let file = protocol::get_attr(&vm::import::import_absolute("io")?, &intern("FileIO"))?;
        let mode = if fd(v) == 0 { "r" } else { "w" };
        protocol::call(&file, &[Value::small(fd(v)), Value::str(mode), Value::FALSE])
    };
    fn "fileno()" "" => |a| Ok(Value::small(fd(&a[0])));
    fn "isatty()" "" => |a| Ok(Value::bool(sys_io::is_terminal(fd(&a[0]))));
    fn "readline()" "" => |_| Ok(Value::str(&sys_io::read_line()?.unwrap_or_default()));
    fn "read()" "" => |_| {
        let mut all = String::new();
        while let Some(l) = sys_io::read_line()? { all += &l; }
        Ok(Value::str(&all))
    };
    get "encoding()" "" => |_| Ok(Value::str("utf-8"));
    get "name()" "" => |v| Ok(Value::str(["<stdin>", "<stdout>", "<stderr>"][fd(v).clamp(0, 2) as usize]));
})
.with_slots(Slots {
    iter: Some(|v| Ok(v.clone())),
    next: Some(|_| Ok(sys_io::read_line()?.map(|l| Value::str(&l)))),
    ..Slots::EMPTY
});
