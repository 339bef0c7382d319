//! The built-in functions that need the running frame, compile source or make classes.

use crate::object::{Def, Dict, Result, Value, arg, intern};
use crate::protocol::{self, type_error, value_error};
use crate::types::type_;
use crate::vm;
use minipy_syntax::Mode;

/// The table.
pub static DEFS: &[Def] = crate::defs! {
    fn "globals()" "The globals of the running code." => |_| Ok(vm::current_globals().unwrap_or(Value::NONE));
    fn "locals()" "The locals of the running code." => |_| Ok(vm::current_locals().unwrap_or(Value::NONE));
    fn "exec(source, globals=None, locals=None, /)" "Execute the given source." => |a| evaluate(a, Mode::Module).map(|_| Value::NONE);
    fn "eval(source, globals=None, locals=None, /)" "Evaluate the given expression." => |a| evaluate(a, Mode::Expression);
    fn "compile(source, filename, mode, flags=0, dont_inherit=False, optimize=-1)" "Compile source into a code object." => |a| {
        let mode = match a[2].as_str() {
            Some("exec") => Mode::Module,
            Some("eval") => Mode::Expression,
            Some("single") => Mode::Interactive,
            _ => return value_error("compile() mode must be 'exec', 'eval' or 'single'"),
        };
        vm::compile(a[0].as_str().unwrap_or_default(), a[1].as_str().unwrap_or("<string>"), mode)
    };
    fn "__build_class__(*args, **kwargs)" "Makes a class." => |a| {
        let mut all = a[0].as_tuple().unwrap_or_default().to_vec();
        let items = a[1].cast::<Dict>().map(Dict::items).unwrap_or_default();
        let names: Vec<Value> = items.iter().map(|i| i.0.clone()).collect();
        all.extend(items.into_iter().map(|i| i.1));
        let names = if names.is_empty() { None } else { Some(Value::tuple(names)) };
        type_::build_class(&all, names.as_ref())
    };
    fn "__import__(name, globals=None, locals=None, fromlist=(), level=0)" "Imports a module." => |a| {
        let name = a[0].as_str().unwrap_or_default();
        let m = vm::import::import_absolute(name)?;
        match (arg(a, 3).as_bound().map(protocol::truth).transpose()?, name.split_once('.')) {
            (Some(true), _) | (_, None) => Ok(m),
            (_, Some((first, _))) => vm::import::import_absolute(first),
        }
    };
};

fn evaluate(a: &[Value], mode: Mode) -> Result {
    let globals = match arg(a, 1).as_bound().filter(|g| !g.is_none()) {
        Some(g) => g.clone(),
        None => vm::current_globals().unwrap_or(Value::NONE),
    };
    let Some(g) = globals.cast::<Dict>() else { return type_error("globals must be a dict") };
    if g.get_interned(&intern("__builtins__")).is_none() {
        g.set_interned(&intern("__builtins__"), vm::state().builtins.clone());
    }
    let code = match a[0].as_str() {
        Some(s) => {
            let s = if mode == Mode::Expression { s.trim_start() } else { s };
            vm::compile(s, "<string>", mode)?
        }
        None if vm::is_code(&a[0]) => a[0].clone(),
        None => return type_error("exec() arg 1 must be a string, bytes or code object"),
    };
    vm::run_code(&code, &globals, Value::UNBOUND)
}
