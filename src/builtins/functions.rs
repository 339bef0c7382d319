//! The built-in functions that need the running frame, compile source or make classes.

use crate::modules::ast;
use crate::object::{Def, Dict, Result, Value, arg, intern};
use crate::protocol::{self, raise, type_error, value_error};
use crate::types::{dict::DICT, exception, function::CELL, type_};
use crate::vm;
use minipy_bytecode::Names;
use minipy_syntax::Mode;

/// The table.
pub static DEFS: &[Def] = crate::defs! {
    fn "globals()" "The globals of the running code." => |_| Ok(vm::current_globals().unwrap_or(Value::NONE));
    fn "locals()" "The locals of the running code." => |_| Ok(vm::current_locals().unwrap_or(Value::NONE));
    fn "exec(source, globals=None, locals=None, /, *, closure=None)" "Run a program given as text or as a code object, whose free variables are the cells of closure." => |a| evaluate(a, Mode::Module).map(|_| Value::NONE);
    fn "eval(source, globals=None, locals=None, /)" "Evaluate the given expression." => |a| evaluate(a, Mode::Expression);
    fn "compile(source, filename, mode, flags=0, dont_inherit=False, optimize=-1)" "Compile source into a code object." => compile;
    fn "aiter(async_iterable, /)" "The asynchronous iterator over an asynchronous iterable." => vm::coroutine::builtin_aiter;
    fn "anext(aiterator, default=<unrepresentable>, /)" "Return the next item from the async iterator.  If default is given and the async\niterator is exhausted, it is returned instead of raising StopAsyncIteration." => vm::coroutine::builtin_anext;
    fn "open(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None)" "A stream for a file; OSError if it cannot be opened." => crate::modules::io::open;
    fn "__build_class__(*args, **kwargs)" "Makes a class." => |a| {
        let mut all = a[0].as_tuple().unwrap_or_default().to_vec();
        let items = a[1].cast::<Dict>().map(Dict::items).unwrap_or_default();
        let names: Vec<Value> = items.iter().map(|i| i.0.clone()).collect();
        all.extend(items.into_iter().map(|i| i.1));
        let names = if names.is_empty() { None } else { Some(Value::tuple(names)) };
        type_::build_class(&all, names.as_ref())
    };
    fn "__import__(name, globals=None, locals=None, fromlist=(), level=0)" "Import a module; of a dotted name the first, unless fromlist asks for what is in the last." => |a| {
        let Some(name) = a[0].as_str() else { return type_error("module name must be a string") };
        let from = arg(a, 3).clone().bound().unwrap_or(Value::NONE);
        let level = arg(a, 4).as_bound().map_or(Ok(0), protocol::index_i64)?;
        let globals = arg(a, 1).as_bound().filter(|g| !g.is_none());
        if level > 0 && globals.is_some_and(|g| g.cast::<Dict>().is_none()) {
            return type_error("globals must be a dict");
        }
        vm::import::import(name, globals.and_then(Value::cast::<Dict>), &from, level)
    };
};

/// The flag of `compile` for text that may be the start of a statement: that is an error of its own, for `codeop`.
const INCOMPLETE_INPUT: i64 = 0x4000;

/// `compile`
fn compile(a: &[Value]) -> Result {
    let filename = filename(&a[1])?;
    let Some(mode) = a[2].as_str() else {
        return type_error(format!("compile() argument 'mode' must be str, not {}", a[2].ty().name()));
    };
    let flags = arg(a, 3).as_bound().map_or(Ok(0), protocol::index_i64)?;
    if flags & !ast::KNOWN_FLAGS != 0 {
        return value_error("compile(): unrecognised flags");
    }
    let wants_tree = flags & ast::ONLY_AST != 0;
    let mode = match mode {
        "exec" => Mode::Module,
        "eval" => Mode::Expression,
        "single" => Mode::Interactive,
        "func_type" if !wants_tree => {
            return value_error("compile() mode 'func_type' requires flag PyCF_ONLY_AST");
        }
        _ if wants_tree => {
            return value_error("compile() mode must be 'exec', 'eval', 'single' or 'func_type'");
        }
        _ => return value_error("compile() mode must be 'exec', 'eval' or 'single'"),
    };
    if ast::is_node(&a[0])? {
        return match wants_tree {
            true => Ok(a[0].clone()),
            false => ast::compile(&a[0], &filename, mode, Names::Namespace),
        };
    }
    let text = source(&a[0], "compile() arg 1 must be a string, bytes or AST object")?;
    if flags & INCOMPLETE_INPUT != 0 && minipy_syntax::is_cut(&text, mode) {
        return Err(raise(&exception::SYNTAX_ERROR, "incomplete input"));
    }
    match wants_tree {
        true => ast::parse(&text, &filename, mode),
        false => vm::compile(&text, &filename, mode, Names::Namespace),
    }
}

/// The name of a file, which may be a path object.
fn filename(v: &Value) -> Result<String> {
    if let Some(s) = v.as_str() {
        return Ok(s.to_owned());
    }
    if let Some(b) = crate::types::bytes::as_bytes(v) {
        return Ok(String::from_utf8_lossy(b).into_owned());
    }
    let path = match protocol::call_special(v, "__fspath__", &[]) {
        Some(path) => path?,
        None => {
            let found = v.ty().name();
            return type_error(format!("expected str, bytes or os.PathLike object, not {found}"));
        }
    };
    protocol::str_string(&path)
}

/// Whether `v` is a tuple of `n` cells.
fn is_closure(v: &Value, n: usize) -> bool {
    v.as_tuple().is_some_and(|cells| cells.len() == n && cells.iter().all(|c| c.is_exact(&CELL)))
}

/// The text of a program given as `str` or as bytes in some buffer; `TypeError` with the message for anything else.
fn source(v: &Value, message: &str) -> Result<String> {
    let text = match (v.as_str(), crate::types::bytes::copy_of(v)) {
        (Some(s), _) => s.to_owned(),
        (None, Some(b)) => {
            minipy_syntax::decode(&b).map_err(|e| raise(&exception::SYNTAX_ERROR, e.message))?.to_string()
        }
        _ => return type_error(message),
    };
    if text.contains('\0') {
        return Err(raise(&exception::SYNTAX_ERROR, "source code string cannot contain null bytes"));
    }
    Ok(text)
}

/// `exec` and `eval`
fn evaluate(a: &[Value], mode: Mode) -> Result {
    let name = if mode == Mode::Expression { "eval" } else { "exec" };
    let given = |i: usize| arg(a, i).as_bound().filter(|g| !g.is_none()).cloned();
    let (globals, locals) = match (given(1), given(2)) {
        (None, locals) => {
            let globals = vm::current_globals().unwrap_or(Value::NONE);
            (globals, locals.or_else(vm::current_locals))
        }
        (Some(globals), locals) => (globals, locals),
    };
    let Some(g) = globals.cast::<Dict>() else {
        return type_error(match name {
            "exec" => format!("exec() globals must be a dict, not {}", globals.ty().name()),
            _ => "globals must be a dict".to_owned(),
        });
    };
    let locals = locals.unwrap_or_else(|| globals.clone());
    if locals.ty().slots().get_item.is_none() || locals.as_tuple().is_some() || locals.as_str().is_some() {
        return type_error(match name {
            "exec" => format!("locals must be a mapping or None, not {}", locals.ty().name()),
            _ => "locals must be a mapping".to_owned(),
        });
    }
    if g.get_interned(&intern("__builtins__")).is_none() {
        g.set_interned(&intern("__builtins__"), vm::state().builtins.clone());
    }
    let closure = given(3);
    if vm::is_code(&a[0]) {
        return match (name, vm::code::free_variables(&a[0])) {
            ("eval", 1..) => type_error("code object passed to eval() may not contain free variables"),
            ("eval", 0) => vm::run_code(&a[0], &globals, locals),
            (_, 0) if closure.is_some() => type_error("cannot use a closure with this code object"),
            (_, 0) => vm::run_code(&a[0], &globals, locals),
            (_, free) => match closure.filter(|c| is_closure(c, free)) {
                Some(cells) => vm::run_in_namespace(&vm::new_function(&a[0], &globals, cells), locals),
                None => type_error(format!("code object requires a closure of exactly length {free}")),
            },
        };
    }
    if closure.is_some() {
        return type_error("closure can only be used when source is a code object");
    }
    let text = source(&a[0], &format!("{name}() arg 1 must be a string, bytes or code object"))?;
    let text = if mode == Mode::Expression { text.trim_start_matches([' ', '\t']) } else { &text };
    // A subclass of `dict` may find names in its own way.
    let is_plain = locals.is(&globals) && globals.is_exact(&DICT);
    let names = if is_plain { Names::Global } else { Names::Namespace };
    let code = vm::compile(text, "<string>", mode, names)?;
    vm::run_code(&code, &globals, locals)
}
