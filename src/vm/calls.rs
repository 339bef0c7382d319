//! Calls: binding arguments to Python functions, pushing frames, and calls from native code.

use super::code::CodeBody;
use super::run::run;
use super::safepoint;
use super::slow;
use super::thread::{Frame, FrameKind, Thread};
use crate::object::{Dict, Result, Type, Value, intern};
use crate::protocol::{call_kw, type_error};
use crate::types::function::{BoundMethod, FUNCTION, Function, FunctionBody, METHOD};
use crate::types::object::{InstanceBody, has_default_new};
use minipy_bytecode::{Code, flags};

/// Calls the value at `callee` with the `argc` registers after it; all of them are consumed. True if a frame
/// was pushed whose result will go to register `dst`; otherwise the result is there.
///
/// # Safety
/// `callee` points to registers of the topmost frame.
pub unsafe fn call_registers(th: &Thread, dst: u16, callee: *mut Value, argc: usize) -> Result<bool> {
    // SAFETY: as the caller promises.
    unsafe {
        let f = &*callee;
        let window = callee.add(1);
        if let Some(method) = f.cast_exact::<BoundMethod>(&METHOD)
            && method.function.is_exact(&FUNCTION)
        {
            // `self` takes the place of the method.
            let (function, receiver) = (method.function.clone(), method.receiver.clone());
            drop(std::mem::replace(&mut *callee, receiver));
            return call_function_at(th, dst, function, callee, argc + 1, None, Value::UNBOUND);
        }
        if f.is_exact(&FUNCTION) {
            let function = (*callee).take();
            return call_function_at(th, dst, function, window, argc, None, Value::UNBOUND);
        }
        if let Some(ty) = f.cast::<Type>()
            && ty.is_heap()
            && f.is_exact(&crate::types::type_::TYPE)
            && has_default_new(ty)
            && let Some(init) = ty.lookup(&intern("__init__"))
            && init.is_exact(&FUNCTION)
        {
            let instance = Value::new(ty, InstanceBody);
            drop(std::mem::replace(&mut *callee, instance.clone()));
            return call_function_at(th, dst, init, callee, argc + 1, None, instance);
        }
        let result = call_kw(f, std::slice::from_raw_parts(window, argc), None)?;
        finish(th, dst, callee, argc + 1, result)
    }
}

/// As [`call_registers`], with the last arguments by keyword.
///
/// # Safety
/// As for [`call_registers`].
pub unsafe fn call_keywords(
    th: &Thread,
    dst: u16,
    callee: *mut Value,
    argc: usize,
    names: &Value,
) -> Result<bool> {
    // SAFETY: as the caller promises.
    unsafe {
        if (*callee).is_exact(&FUNCTION) {
            let function = (*callee).take();
            return call_function_at(th, dst, function, callee.add(1), argc, Some(names), Value::UNBOUND);
        }
        let result = call_kw(&*callee, std::slice::from_raw_parts(callee.add(1), argc), Some(names))?;
        finish(th, dst, callee, argc + 1, result)
    }
}

unsafe fn finish(th: &Thread, dst: u16, from: *mut Value, n: usize, result: Value) -> Result<bool> {
    // SAFETY: registers of the topmost frame.
    unsafe {
        slow::clear(from, 0, n);
        drop(std::mem::replace(&mut *(*th.fp()).regs.add(dst as usize), result));
    }
    Ok(false)
}

/// Binds the arguments that stand at `args` and pushes a frame.
unsafe fn call_function_at(
    th: &Thread,
    dst: u16,
    function: Value,
    args: *mut Value,
    argc: usize,
    names: Option<&Value>,
    instance: Value,
) -> Result<bool> {
    let Some(f) = function.cast::<Function>() else { return type_error("not a function") };
    let code = f.code();
    // SAFETY: registers of the topmost frame.
    unsafe {
        if code.code.flags & flags::GENERATOR != 0 {
            let given = (0..argc).map(|i| (*args.add(i)).take()).collect();
            let bound =
                if code.simple_argc == argc && names.is_none() { given } else { bind(f, given, names)? };
            let mut result = super::generator::new(&function, bound);
            if !instance.is_unbound() {
                if !result.is_none() {
                    return Err(slow::init_returned(&result));
                }
                result = instance;
            }
            drop(std::mem::replace(&mut *(*th.fp()).regs.add(dst as usize), result));
            return Ok(false);
        }
        // The registers of a generator are not on the stack, those of a frame that it calls are.
        let fp = &*th.fp();
        let window = if fp.generator { fp.top } else { args };
        if !th.may_push(window, code.nregs.max(argc)) {
            return Err(safepoint::too_deep(""));
        }
        let bound = if code.simple_argc == argc && names.is_none() {
            if fp.generator {
                for i in 0..argc {
                    window.add(i).write((*args.add(i)).take());
                }
            }
            argc
        } else {
            let given: Vec<Value> = (0..argc).map(|i| (*args.add(i)).take()).collect();
            let bound = bind(f, given, names)?;
            let n = bound.len();
            for (i, v) in bound.into_iter().enumerate() {
                window.add(i).write(v);
            }
            n
        };
        for r in bound..code.nlocals {
            window.add(r).write(Value::UNBOUND);
        }
        let kind = if instance.is_unbound() { FrameKind::Method } else { FrameKind::Init };
        push(th, f, function.clone(), window, dst, kind, instance);
        Ok(true)
    }
}

unsafe fn push(
    th: &Thread,
    f: &FunctionBody,
    owner: Value,
    regs: *mut Value,
    dst: u16,
    kind: FrameKind,
    extra: Value,
) {
    let code: &CodeBody = f.code();
    // SAFETY: the frame's parts are kept alive by the function.
    unsafe {
        th.push(Frame {
            pc: code.start,
            regs,
            code,
            function: f,
            top: regs.add(code.nregs),
            owner,
            extra,
            dst,
            kind,
            generator: false,
        });
    }
}

/// The call slot of functions.
pub fn call_function(function: &Value, args: &[Value], names: Option<&Value>) -> Result {
    let Some(f) = function.cast::<Function>() else { return type_error("not a function") };
    let code = f.code();
    let simple = code.simple_argc == args.len() && names.is_none();
    let bound = if simple { args.to_vec() } else { bind(f, args.to_vec(), names)? };
    if code.code.flags & flags::GENERATOR != 0 {
        return Ok(super::generator::new(function, bound));
    }
    call_bound(function.clone(), f.code(), f, bound, Value::UNBOUND)
}

/// Runs code with its first registers set, on top of the native stack.
fn call_bound(owner: Value, code: &CodeBody, f: &FunctionBody, bound: Vec<Value>, locals: Value) -> Result {
    let th = Thread::current();
    // SAFETY: there is always a running frame or the bottom one.
    let regs = unsafe { (*th.fp()).top };
    if !th.native_room() || !th.may_push(regs, code.nregs) {
        return Err(safepoint::too_deep(" while calling a Python object"));
    }
    // SAFETY: there is room above the top.
    unsafe {
        let n = bound.len();
        for (i, v) in bound.into_iter().enumerate() {
            regs.add(i).write(v);
        }
        for r in n..code.nlocals {
            regs.add(r).write(Value::UNBOUND);
        }
        push(th, f, owner, regs, 0, FrameKind::Entry, locals);
        run(th)
    }
}

/// Runs the code of a function that takes no arguments in a namespace (class bodies, modules, `exec`).
pub fn run_in_namespace(function: &Value, locals: Value) -> Result {
    let Some(f) = function.cast::<Function>() else { return type_error("not a function") };
    call_bound(function.clone(), f.code(), f, Vec::new(), locals)
}

fn plural(n: usize) -> &'static str {
    if n == 1 { "" } else { "s" }
}

/// `'a', 'b', and 'c'`
fn list_names(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|n| format!("'{n}'")).collect();
    match quoted.as_slice() {
        [] => String::new(),
        [a] => a.clone(),
        [a, b] => format!("{a} and {b}"),
        [rest @ .., last] => format!("{}, and {last}", rest.join(", ")),
    }
}

/// Binds arguments to parameters: the values of the first registers.
#[allow(clippy::needless_range_loop)] // three arrays are indexed alike
pub fn bind(f: &FunctionBody, mut given: Vec<Value>, names: Option<&Value>) -> Result<Vec<Value>> {
    let code: &Code = &f.code().code;
    let (argc, kwonly) = (code.argcount as usize, code.kwonlyargcount as usize);
    let total = argc + kwonly;
    let keywords = names.and_then(Value::as_tuple).unwrap_or_default();
    let by_name = given.split_off(given.len() - keywords.len());
    let positional = given.len();
    let qualname = f.qualname.borrow().as_str().unwrap_or("?").to_owned();
    let extra = if positional > argc { given.split_off(argc) } else { Vec::new() };
    let mut bound = given;
    bound.resize(total, Value::UNBOUND);
    let rest = if code.flags & flags::VARKEYWORDS != 0 { Some(Dict::new()) } else { None };
    for (name, value) in keywords.iter().zip(by_name) {
        let text = name.as_str().unwrap_or_default();
        let at = code.varnames[..total].iter().position(|v| &**v == text);
        match at.filter(|&i| i >= code.posonlyargcount as usize) {
            Some(i) if bound[i].is_unbound() => bound[i] = value,
            Some(_) => return type_error(format!("{qualname}() got multiple values for argument '{text}'")),
            None => match rest.as_ref().and_then(Value::cast::<Dict>) {
                Some(d) => d.set(name, value)?,
                None if at.is_some() => {
                    return type_error(format!(
                        "{qualname}() got some positional-only arguments passed as keyword arguments: '{text}'"
                    ));
                }
                None => {
                    return type_error(format!("{qualname}() got an unexpected keyword argument '{text}'"));
                }
            },
        }
    }
    if !extra.is_empty() && code.flags & flags::VARARGS == 0 {
        return too_many(f, code, &qualname, positional, &bound);
    }
    let defaults = f.defaults.borrow().clone();
    let defaults = defaults.as_tuple().unwrap_or_default();
    let first_default = argc.saturating_sub(defaults.len());
    let mut missing = Vec::new();
    for i in 0..argc {
        if bound[i].is_unbound() {
            match i
                .checked_sub(first_default)
                .and_then(|n| defaults.get(n + defaults.len().saturating_sub(argc)))
            {
                Some(d) => bound[i] = d.clone(),
                None => missing.push(&*code.varnames[i]),
            }
        }
    }
    if !missing.is_empty() {
        let n = missing.len();
        let names = list_names(&missing);
        return type_error(format!(
            "{qualname}() missing {n} required positional argument{}: {names}",
            plural(n)
        ));
    }
    let kwdefaults = f.kwdefaults.borrow().clone();
    for i in argc..total {
        if bound[i].is_unbound() {
            let default =
                kwdefaults.cast::<Dict>().and_then(|d| d.get_interned(&intern(&code.varnames[i])).cloned());
            match default {
                Some(d) => bound[i] = d,
                None => missing.push(&*code.varnames[i]),
            }
        }
    }
    if !missing.is_empty() {
        let n = missing.len();
        let names = list_names(&missing);
        return type_error(format!(
            "{qualname}() missing {n} required keyword-only argument{}: {names}",
            plural(n)
        ));
    }
    if code.flags & flags::VARARGS != 0 {
        bound.push(Value::tuple(extra));
    }
    bound.extend(rest);
    Ok(bound)
}

fn too_many<T>(f: &FunctionBody, code: &Code, qualname: &str, given: usize, bound: &[Value]) -> Result<T> {
    let argc = code.argcount as usize;
    let defaults = f.defaults.borrow().as_tuple().map_or(0, <[Value]>::len);
    let takes = if defaults > 0 {
        format!("from {} to {argc} positional arguments", argc - defaults)
    } else {
        format!("{argc} positional argument{}", plural(argc))
    };
    let by_name = bound[argc..].iter().filter(|v| !v.is_unbound()).count();
    let given_text = if by_name > 0 {
        format!(
            "{given} positional argument{} (and {by_name} keyword-only argument{}) were",
            plural(given),
            plural(by_name)
        )
    } else if given == 1 {
        "1 was".to_owned()
    } else {
        format!("{given} were")
    };
    type_error(format!("{qualname}() takes {takes} but {given_text} given"))
}
