//! Exceptions that nobody catches: `sys.excepthook`, `sys.unraisablehook`, and how the process ends.

use super::*;
use crate::modules::io;
use crate::types::traceback;
use crate::types::type_::full_name;
use crate::vm::import::sys_attribute;

crate::structure!(UNRAISABLE_HOOK_ARGS: "UnraisableHookArgs" "What sys.unraisablehook gets." {
    0 "exc_type()" "The type of the exception.";
    1 "exc_value()" "The exception.";
    2 "exc_traceback()" "The traceback.";
    3 "err_msg()" "Error message";
    4 "object()" "Object causing the exception";
});

/// Writes to what the program takes for standard error; what goes wrong there has nobody to be told.
fn write(text: &str) {
    let _ = io::write_program_stderr(text);
}

/// `sys.excepthook`: writes an exception with its traceback to standard error.
pub fn write_traceback(e: &Value) {
    let text = traceback::render(e);
    write(&text);
}

/// Reports an exception that ends the program, or a thread's interactive statement: through `sys.excepthook`.
/// What that raises is returned if it is a `SystemExit`, which ends the process its own way.
pub fn print_uncaught(e: &Raised) -> Option<Raised> {
    let Some(sys) = crate::vm::import::loaded("sys") else {
        write_traceback(&e.0);
        return None;
    };
    let tb = traceback(&e.0).unwrap_or(Value::NONE);
    let last = [("last_type", e.0.ty().value()), ("last_value", e.0.clone()), ("last_traceback", tb.clone())];
    for (name, v) in last {
        // A module takes any attribute.
        let _ = protocol::set_attr(&sys, &intern(name), Some(v));
    }
    let Some(hook) = sys_attribute("excepthook") else {
        write("sys.excepthook is missing, using default instead\n");
        write_traceback(&e.0);
        return None;
    };
    let second = protocol::call(&hook, &[e.0.ty().value(), e.0.clone(), tb]).err()?;
    if second.0.ty().is_subtype(&SYSTEM_EXIT) {
        return Some(second);
    }
    write(&format!(
        "Error in sys.excepthook:\n{}\nOriginal exception was:\n{}",
        traceback::render(&second.0),
        traceback::render(&e.0)
    ));
    None
}

/// Reports an exception that cannot be raised, such as that of a `__del__`: through `sys.unraisablehook`.
pub fn report_unraisable(e: &Raised, what: &Value) {
    report_unraisable_in("", e, what);
}

/// As [`report_unraisable`], with words after `Exception ignored in`, which start with a space.
pub fn report_unraisable_in(place: &str, e: &Raised, what: &Value) {
    let message =
        if place.is_empty() { Value::NONE } else { Value::str(&format!("Exception ignored in{place}")) };
    let hook = sys_attribute("unraisablehook");
    let args = Value::tuple_of(
        &UNRAISABLE_HOOK_ARGS,
        vec![e.0.ty().value(), e.0.clone(), traceback(&e.0).unwrap_or(Value::NONE), message, what.clone()],
    );
    match hook {
        Some(hook) => {
            if let Err(second) = protocol::call(&hook, &[args]) {
                let args = vec![
                    second.0.ty().value(),
                    second.0.clone(),
                    traceback(&second.0).unwrap_or(Value::NONE),
                    Value::str("Exception ignored in sys.unraisablehook"),
                    hook,
                ];
                write_unraisable(&Value::tuple_of(&UNRAISABLE_HOOK_ARGS, args));
            }
        }
        None => write_unraisable(&args),
    }
}

/// The default `sys.unraisablehook`.
pub fn write_unraisable(args: &Value) {
    let [ty, value, tb, message, object] = args.as_tuple().unwrap_or_default() else { return };
    let mut out = String::new();
    if !object.is_none() {
        let repr = protocol::repr_string(object).unwrap_or_else(|_| "<object repr() failed>".to_owned());
        out += &format!("{}: {repr}\n", message.as_str().unwrap_or("Exception ignored in"));
    } else if let Some(message) = message.as_str() {
        out += &format!("{message}:\n");
    }
    if frame::is_traceback(tb) {
        out += "Traceback (most recent call last):\n";
        out += &traceback::render_places(&frame::places(tb));
    }
    let full = ty.cast::<Type>().map_or_else(String::new, full_name);
    out += full.strip_prefix("__main__.").unwrap_or(&full);
    if !value.is_none() {
        let text = protocol::str_string(value).unwrap_or_else(|_| "<exception str() failed>".to_owned());
        out += &format!(": {text}");
    }
    write(&format!("{out}\n"));
}

/// The exit code of a `SystemExit`; what is neither a number nor `None` is written to standard error.
pub fn exit_code(e: &Value) -> i32 {
    let code = get_field(e, "code").unwrap_or(Value::NONE);
    if code.is_none() {
        return 0;
    }
    if code.ty().is_subtype(&crate::types::int::INT) {
        // As CPython: a number that does not fit counts as -1.
        return protocol::index_i64(&code).map_or(255, |n| (n & 0xff) as i32);
    }
    let text = protocol::str_string(&code).unwrap_or_default();
    write(&format!("{text}\n"));
    1
}
