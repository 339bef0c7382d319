//! What `sys` tells of the installation, and switches of the interpreter that few programs touch.

use crate::object::{Dict, Result, Value, intern};
use crate::protocol::{self, overflow_error, runtime_error, type_error, value_error};
use crate::types::{exception, int};
use crate::vm;
use std::cell::RefCell;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

/// `sys.int_info.str_digits_check_threshold`: a lower limit would forbid ordinary numbers.
const LEAST_MAX_DIGITS: i64 = 640;

static FINALIZING: AtomicBool = AtomicBool::new(false);
static ORIGIN_DEPTH: AtomicI64 = AtomicI64::new(0);

/// From now on the interpreter is ending.
pub fn set_finalizing() {
    FINALIZING.store(true, Ordering::Relaxed);
}

/// `sys.is_finalizing()`
pub fn is_finalizing(_: &[Value]) -> Result {
    Ok(Value::bool(FINALIZING.load(Ordering::Relaxed)))
}

/// `sys.set_int_max_str_digits(maxdigits)`
pub fn set_int_max_str_digits(a: &[Value]) -> Result {
    let n = protocol::index_i64(&a[0])?;
    if i32::try_from(n).is_err() {
        return overflow_error("Python int too large to convert to C int");
    }
    if n != 0 && n < LEAST_MAX_DIGITS {
        return value_error(format!("maxdigits must be 0 or larger than {LEAST_MAX_DIGITS}"));
    }
    int::set_max_str_digits(n as usize);
    Ok(Value::NONE)
}

/// `sys.set_coroutine_origin_tracking_depth(depth)`
pub fn set_origin_depth(a: &[Value]) -> Result {
    let n = protocol::index_i64(&a[0])?;
    if n < 0 {
        return value_error("depth must be >= 0");
    }
    ORIGIN_DEPTH.store(n, Ordering::Relaxed);
    Ok(Value::NONE)
}

/// `sys.get_coroutine_origin_tracking_depth()`
pub fn origin_depth(_: &[Value]) -> Result {
    Ok(int::from_i64(ORIGIN_DEPTH.load(Ordering::Relaxed)))
}

/// What `sys.addaudithook` was called with. Hooks stay for ever.
struct AuditHooks(RefCell<Vec<Value>>);
// SAFETY: only the holder of the GIL uses them, and no borrow is held while Python code runs.
unsafe impl Sync for AuditHooks {}
static AUDIT_HOOKS: AuditHooks = AuditHooks(RefCell::new(Vec::new()));

/// Tells the audit hooks of an event; what one raises goes to whoever caused the event.
pub fn audit(event: &Value, arguments: impl FnOnce() -> Vec<Value>) -> Result<()> {
    let hooks = AUDIT_HOOKS.0.borrow().clone();
    if hooks.is_empty() {
        return Ok(());
    }
    let told = [event.clone(), Value::tuple(arguments())];
    hooks.iter().try_for_each(|hook| protocol::call(hook, &told).map(drop))
}

/// `sys.audit(event, *args)`
pub fn audit_event(a: &[Value]) -> Result {
    let Some((event, arguments)) = a[0].as_tuple().unwrap_or_default().split_first() else {
        return type_error("audit() missing 1 required positional argument: 'event'");
    };
    if AUDIT_HOOKS.0.borrow().is_empty() {
        return Ok(Value::NONE);
    }
    if event.as_str().is_none() {
        return type_error(format!("expected str for argument 'event', not {}", event.ty().name()));
    }
    audit(event, || arguments.to_vec()).map(|()| Value::NONE)
}

/// `sys.addaudithook(hook)`: the hooks that are there may object by an exception, which is no error.
pub fn add_audit_hook(a: &[Value]) -> Result {
    match audit(&intern("sys.addaudithook"), Vec::new) {
        Ok(()) => AUDIT_HOOKS.0.borrow_mut().push(a[0].clone()),
        Err(e) if e.0.ty().is_subtype(&exception::RUNTIME_ERROR) => {}
        Err(e) => return Err(e),
    }
    Ok(Value::NONE)
}

/// Forgets the audit hooks, at the end.
pub fn clear() {
    drop(AUDIT_HOOKS.0.take());
}

/// `sys.breakpointhook(*args, **kws)`: calls what the environment variable `PYTHONBREAKPOINT` names.
pub fn breakpoint_hook(a: &[Value]) -> Result {
    let name = std::env::var("PYTHONBREAKPOINT").unwrap_or_default();
    let name = match name.as_str() {
        "0" => return Ok(Value::NONE),
        "" => "pdb.set_trace",
        name => name,
    };
    let (module, attribute) = name.rsplit_once('.').unwrap_or(("builtins", name));
    let hook = vm::import::import_absolute(module).and_then(|m| protocol::get_attr(&m, &intern(attribute)));
    match hook {
        Ok(hook) => vm::trace::turned_on("breakpointhook", call_with(&hook, a)?),
        Err(e)
            if e.0.ty().is_subtype(&exception::IMPORT_ERROR)
                || e.0.ty().is_subtype(&exception::ATTRIBUTE_ERROR) =>
        {
            let text = format!("Ignoring unimportable $PYTHONBREAKPOINT: \"{name}\"");
            protocol::warn(&exception::RUNTIME_WARNING, text).map(|()| Value::NONE)
        }
        Err(e) => Err(e),
    }
}

/// `breakpoint(*args, **kws)`: what `sys.breakpointhook` does.
pub fn breakpoint(a: &[Value]) -> Result {
    match vm::import::sys_attribute("breakpointhook") {
        Some(hook) => vm::trace::turned_on("breakpoint", call_with(&hook, a)?),
        None => runtime_error("lost sys.breakpointhook"),
    }
}

/// Calls `f` with the arguments of a function that takes any.
fn call_with(f: &Value, a: &[Value]) -> Result {
    let items: Vec<(Value, Value)> = a[1].cast::<Dict>().map(Dict::items).unwrap_or_default();
    let (names, values): (Vec<Value>, Vec<Value>) = items.into_iter().unzip();
    let arguments = [a[0].as_tuple().unwrap_or_default(), &values].concat();
    let names = (!names.is_empty()).then(|| Value::tuple(names));
    protocol::call_kw(f, &arguments, names.as_ref())
}

/// Puts what the installation is like into `sys`, and the hooks under their second names.
pub fn init(d: &Dict) {
    let set = |n: &str, v: Value| d.set_interned(&intern(n), v);
    for hook in ["excepthook", "displayhook", "unraisablehook", "breakpointhook"] {
        if let Some(default) = d.get_interned(&intern(hook)).cloned() {
            set(&format!("__{hook}__"), default);
        }
    }
    // An installation has its programs in the folder `bin`.
    let executable = std::env::current_exe().unwrap_or_default();
    set("executable", Value::str(&executable.display().to_string()));
    let prefix = executable.ancestors().nth(2).unwrap_or(&executable).display().to_string();
    for name in ["prefix", "base_prefix", "exec_prefix", "base_exec_prefix"] {
        set(name, Value::str(&prefix));
    }
    set("platlibdir", Value::str("lib"));
    set("abiflags", Value::str(""));
    set("api_version", Value::small(1013));
    set("copyright", Value::str("minipy: MIT license"));
    set("pycache_prefix", Value::NONE);
    set("dont_write_bytecode", Value::TRUE);
    set("_xoptions", Dict::new());
    let arguments = std::env::args_os().map(|a| Value::str(&a.to_string_lossy()));
    set("orig_argv", Value::list(arguments.collect()));
}

/// `sys.builtin_module_names`
pub fn builtin_module_names() -> Value {
    let mut names: Vec<&str> = super::native_names().collect();
    names.sort_unstable();
    Value::tuple(names.into_iter().map(Value::str).collect())
}

/// `sys.stdlib_module_names`
pub fn stdlib_module_names() -> Value {
    crate::types::set::frozenset_of(super::stdlib_names::NAMES.split_whitespace().map(Value::str).collect())
}
