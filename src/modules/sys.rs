//! `sys`

use super::{io, sys_settings};
use crate::object::{Def, Dict, Result, Value, arg, intern};
use crate::protocol::{self, raise_args, type_error, value_error};
use crate::types::{exception, float, int, str};
use crate::vm;
use crate::vm::trace;
use std::sync::Mutex;

static ARGV: Mutex<Vec<String>> = Mutex::new(Vec::new());
static WARN_OPTIONS: Mutex<Vec<String>> = Mutex::new(Vec::new());
static PATH: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Sets `sys.argv` and `sys.path`, before `sys` is imported.
pub fn configure(argv: Vec<String>, path: Vec<String>, warn_options: Vec<String>) {
    if !warn_options.is_empty() {
        vm::syntax::heed_warn_options();
    }
    *WARN_OPTIONS.lock().unwrap_or_else(|e| e.into_inner()) = warn_options;
    *ARGV.lock().unwrap_or_else(|e| e.into_inner()) = argv;
    *PATH.lock().unwrap_or_else(|e| e.into_inner()) = path;
}

/// The type, value and traceback of what a thread handles.
fn exc_info(th: &vm::Thread) -> Value {
    match th.handled() {
        Some(e) => {
            Value::tuple(vec![e.ty().value(), e.clone(), exception::traceback(&e).unwrap_or(Value::NONE)])
        }
        None => Value::tuple(vec![Value::NONE; 3]),
    }
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
    fn "exit(status=None, /)" "Leave the program by raising SystemExit." => |a| Err(raise_args(&exception::SYSTEM_EXIT, arg(a, 0).clone().bound().into_iter().collect()));
    fn "setswitchinterval(interval, /)" "Set how long a thread waits before it asks for the GIL, in seconds." => |a| {
        let s = seconds(&a[0])?;
        if s <= 0.0 { return value_error("switch interval must be strictly positive"); }
        minipy_sched::set_switch_interval(nanoseconds(s));
        Ok(Value::NONE)
    };
    fn "getswitchinterval()" "How long a thread waits before it asks for the GIL, in seconds." => |_| Ok(float::from_f64(minipy_sched::switch_interval() as f64 / 1e9));
    fn "getrefcount(object, /)" "How many references to an object there are." => |a| Ok(int::from_i64(a[0].refcount() as i64 + 1));
    fn "getrecursionlimit()" "" => |_| Ok(int::from_i64(vm::recursion_limit() as i64));
    fn "setrecursionlimit(limit, /)" "" => |a| {
        let n = str::c_int(&a[0])?;
        if n < 1 { return value_error("recursion limit must be greater or equal than 1"); }
        // The call of this function counts.
        let depth = vm::Thread::current().depth() + 1;
        if depth >= n as usize {
            let message = format!("cannot set the recursion limit to {n} at the recursion depth {depth}: the limit is too low");
            return Err(protocol::raise(&exception::RECURSION_ERROR, message));
        }
        vm::set_recursion_limit(n as usize);
        Ok(Value::NONE)
    };
    fn "getdefaultencoding()" "The encoding of strings, unless told otherwise." => |_| Ok(Value::str("utf-8"));
    fn "getfilesystemencoding()" "The encoding of the names of files." => |_| Ok(Value::str("utf-8"));
    fn "getfilesystemencodeerrors()" "" => |_| Ok(Value::str("surrogateescape"));
    fn "intern(string, /)" "" => |a| match a[0].is_exact(&str::STR) {
        true => crate::types::type_::attr_name(&a[0]),
        false if a[0].as_str().is_some() => type_error(format!("can't intern {}", a[0].ty().name())),
        false => type_error(format!("intern() argument must be str, not {}", str::given(&a[0]))),
    };
    fn "exc_info()" "" => |_| Ok(exc_info(vm::Thread::current()));
    fn "_current_frames()" "The frame that each thread is in, by the thread's number." => |_| vm::frame::of_threads();
    fn "_current_exceptions()" "What exc_info() gives in each thread, by the thread's number." => |_| {
        let by_thread = Dict::new();
        for th in vm::Thread::all() {
            protocol::set_item(&by_thread, &int::from_u64(th.id), exc_info(th))?;
        }
        Ok(by_thread)
    };
    fn "getsizeof(object, default=None)" "The size of object in bytes." => |a| match protocol::lookup_special(&a[0], &intern("__sizeof__"))? {
        Some(m) => protocol::call(&m, &[]),
        None => Ok(Value::small(0)),
    };
    fn "exception()" "The exception that is being handled, or None." => |_| Ok(vm::Thread::current().handled().unwrap_or(Value::NONE));
    fn "_getframe(depth=0, /)" "The frame of the caller, or one of those that called it." => |a| {
        let depth = arg(a, 0).as_bound().map_or(Ok(0), protocol::index_i64)?;
        vm::frame::running(depth)
    };
    fn "set_asyncgen_hooks(firstiter=None, finalizer=None)" "Set what is called with asynchronous generators: when they begin, and when they die before their end." => super::sys_info::set_asyncgen_hooks;
    fn "get_asyncgen_hooks()" "What is called with asynchronous generators." => |_| Ok(super::sys_info::asyncgen_hooks());
    fn "is_finalizing()" "Whether the interpreter is ending." => sys_settings::is_finalizing;
    fn "get_int_max_str_digits()" "How many digits a conversion between int and str may have; 0: any number." => |_| Ok(int::from_usize(int::max_str_digits()));
    fn "set_int_max_str_digits(maxdigits)" "Limit the digits of a conversion between int and str; 0: no limit." => sys_settings::set_int_max_str_digits;
    fn "get_coroutine_origin_tracking_depth()" "How many frames of their origin coroutines remember." => sys_settings::origin_depth;
    fn "set_coroutine_origin_tracking_depth(depth)" "Set how many frames of their origin coroutines remember." => sys_settings::set_origin_depth;
    fn "audit(*args)" "audit(event, *args): tell the audit hooks of an event." => sys_settings::audit_event;
    fn "addaudithook(hook)" "Add a function that is told of audit events." => sys_settings::add_audit_hook;
    fn "breakpointhook(*args, **kws)" "What breakpoint() calls: the function that PYTHONBREAKPOINT names." => sys_settings::breakpoint_hook;
    fn "settrace(function, /)" "Set what is told of calls, lines, returns and exceptions in this thread; None: nothing." => |a| {
        trace::set(trace::Which::Trace, &a[0]);
        trace::turned_on("settrace", Value::NONE)
    };
    fn "gettrace()" "The trace function of this thread, or None." => |_| Ok(trace::get(trace::Which::Trace));
    fn "setprofile(function, /)" "Set what is told of calls and returns in this thread; None: nothing." => |a| {
        trace::set(trace::Which::Profile, &a[0]);
        trace::turned_on("setprofile", Value::NONE)
    };
    fn "getprofile()" "The profile function of this thread, or None." => |_| Ok(trace::get(trace::Which::Profile));
    fn "call_tracing(func, args, /)" "Call func(*args)." => |a| match a[1].as_tuple() {
        Some(args) => protocol::call(&a[0], args),
        None => type_error(format!("call_tracing() argument 2 must be tuple, not {}", a[1].ty().name())),
    };
    fn "getallocatedblocks()" "How many objects there are." => |_| Ok(int::from_usize(crate::object::heap::mortal_objects().len()));
    fn "_clear_type_cache()" "Nothing to clear: the cache of attributes costs no memory." => |_| Ok(Value::NONE);
    fn "excepthook(exctype, value, traceback, /)" "Write an exception with its traceback to sys.stderr." => |a| {
        excepthook(&a[1], &a[2])?;
        Ok(Value::NONE)
    };
    fn "unraisablehook(unraisable, /)" "Write an exception that nobody can handle." => |a| {
        if !a[0].is_exact(&exception::UNRAISABLE_HOOK_ARGS) {
            return type_error("sys.unraisablehook argument type must be UnraisableHookArgs");
        }
        exception::write_unraisable(&a[0]);
        Ok(Value::NONE)
    };
    late "builtin_module_names()" "" => sys_settings::builtin_module_names;
    late "stdlib_module_names()" "" => sys_settings::stdlib_module_names;
    fn "displayhook(object, /)" "Show the value of an expression typed at the prompt, and keep it as builtins._." => |a| {
        if !a[0].is_none() {
            io::write_program_stdout(&format!("{}\n", protocol::repr_string(&a[0])?))?;
            if let Some(d) = vm::state().builtins.cast::<Dict>() { d.set_interned(&intern("_"), a[0].clone()); }
        }
        Ok(Value::NONE)
    };
};

fn excepthook(value: &Value, traceback: &Value) -> Result<()> {
    if !value.ty().is_subtype(&exception::BASE_EXCEPTION) {
        let name = value.ty().name();
        let text = format!("TypeError: print_exception(): Exception expected for value, {name} found\n");
        return io::write_program_stderr(&text);
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
    set("meta_path", Value::list(super::importlib::finders::default_finders().to_vec()));
    set("path_hooks", Value::list(Vec::new()));
    set("path_importer_cache", Dict::new());
    set(
        "version",
        Value::str(&format!("{} (minipy {})", super::sys_info::VERSION, env!("CARGO_PKG_VERSION"))),
    );
    super::sys_info::init(d);
    sys_settings::init(d);
    set("platform", Value::str("linux"));
    set("byteorder", Value::str("little"));
    set("maxsize", int::from_i64(i64::MAX));
    set("maxunicode", Value::small(0x10FFFF));
    let warn_options = WARN_OPTIONS.lock().unwrap_or_else(|e| e.into_inner()).clone();
    set("warnoptions", Value::list(warn_options.iter().map(|o| Value::str(o)).collect()));
    let implementation = crate::types::module::new("minipy", "");
    set("implementation", implementation);
    io::fill_sys(d);
    if let Some(m) = d.get_interned(&intern("implementation")) {
        let name = [("name", Value::str("minipy")), ("cache_tag", Value::str("minipy-311"))];
        let versions = [("version", "version_info"), ("hexversion", "hexversion")];
        let versions =
            versions.into_iter().filter_map(|(n, from)| Some((n, d.get_interned(&intern(from))?.clone())));
        for (name, value) in name.into_iter().chain(versions) {
            let _ = protocol::set_attr(m, &intern(name), Some(value));
        }
    }
}
