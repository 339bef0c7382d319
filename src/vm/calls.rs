//! Calls: binding arguments to Python functions, pushing frames, and calls from native code.

use super::code::CodeBody;
use super::run::run;
use super::safepoint;
use super::slow;
use super::thread::{Frame, FrameKind, Thread};
use crate::object::{Dict, Raised, Result, Str, Type, Value, names};
use crate::protocol::{call_kw, raise, type_error};
use crate::types::dict::DICT;
use crate::types::exception::TYPE_ERROR;
use crate::types::function::{BoundMethod, FUNCTION, Function, FunctionBody, METHOD};
use crate::types::object::{InstanceBody, has_default_new};
use crate::types::tuple::TUPLE;
use minipy_bytecode::{Instr, flags};

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
            && let Some(init) = ty.lookup(&names::INIT)
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

/// As [`call_registers`] for a call with `*` or `**`: the callable, the positional arguments and the dictionary of
/// the others (or unbound) stand in three registers.
///
/// # Safety
/// As for [`call_registers`].
pub unsafe fn call_unpacked(th: &Thread, dst: u16, callee: *mut Value) -> Result<bool> {
    // SAFETY: as the caller promises; the window starts above all registers in use.
    unsafe {
        let args = &*callee.add(1);
        if !(*callee.add(2)).is_unbound() && !(*callee.add(2)).is_exact(&DICT) {
            let dict = Dict::new();
            slow::dict_merge(&dict, &*callee.add(2), &*callee)?;
            drop(std::mem::replace(&mut *callee.add(2), dict));
        }
        let (mut function, mut receiver) = ((*callee).clone(), None);
        if let Some(method) = (*callee).cast_exact::<BoundMethod>(&METHOD)
            && method.function.is_exact(&FUNCTION)
        {
            (function, receiver) = (method.function.clone(), Some(method.receiver.clone()));
        }
        let keywords = (*callee.add(2)).cast::<Dict>().filter(|d| d.len() > 0);
        if keywords.is_some_and(|d| d.entries().any(|(name, _)| name.as_str().is_none())) {
            return type_error("keywords must be strings");
        }
        let (items, names) = if function.is_exact(&FUNCTION)
            && args.is_exact(&TUPLE)
            && let Some(items) = args.as_tuple()
        {
            let names = |d: &Dict| Value::tuple_from(d.len(), d.entries().map(|(name, _)| name.clone()));
            (items, keywords.map(names))
        } else {
            let result = slow::call_ex(&*callee, args, &*callee.add(2))?;
            return finish(th, dst, callee, 3, result);
        };
        let window = (*th.fp()).top;
        let argc = receiver.is_some() as usize + items.len() + keywords.map_or(0, |d| d.len());
        if !th.has_room(window, argc) {
            return Err(safepoint::too_deep(""));
        }
        let values = keywords.into_iter().flat_map(|d| d.entries()).map(|(_, value)| value.clone());
        for (i, v) in receiver.into_iter().chain(items.iter().cloned()).chain(values).enumerate() {
            window.add(i).write(v);
        }
        slow::clear(callee, 0, 3);
        call_function_at(th, dst, function, window, argc, names.as_ref(), Value::UNBOUND)
    }
}

/// Binds the arguments that stand at `args`, registers of the running frame or those above it, and pushes a
/// frame.
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
    // SAFETY: registers of the topmost frame, or above it.
    unsafe {
        // The registers of a generator are not on the stack, those of a frame that it calls are.
        let fp = &*th.fp();
        let window = if fp.generator { fp.top } else { args };
        let Some(start) = th.entry(window, room(f, argc, names), f.code().start) else {
            slow::clear(args, 0, argc);
            return Err(safepoint::too_deep(""));
        };
        if window != args {
            for i in 0..argc {
                window.add(i).write((*args.add(i)).take());
            }
        }
        bind(f, window, argc, names)?;
        if f.code().suspends() {
            let mut result = super::generator::new(f, window);
            if !instance.is_unbound() {
                if !result.is_none() {
                    return Err(slow::init_returned(&result));
                }
                result = instance;
            }
            drop(std::mem::replace(&mut *fp.regs.add(dst as usize), result));
            return Ok(false);
        }
        let kind = if instance.is_unbound() { FrameKind::Method } else { FrameKind::Init };
        push(th, f, start, function.clone(), window, dst, kind, instance);
        Ok(true)
    }
}

/// Pushes the frame of a Python function that an operator calls with its operands. False if a call of the function
/// needs more than that.
///
/// # Safety
/// The instruction at the running frame's saved `pc - 1` is the operator's; its operands are still there.
pub unsafe fn call_operator(th: &Thread, function: Value, a: &Value, b: &Value) -> bool {
    let Some(f) = function.cast::<Function>() else { return false };
    let code: &CodeBody = f.code();
    // SAFETY: there is always a running frame, and room above its top is asked for.
    unsafe {
        let window = (*th.fp()).top;
        if code.simple_argc != 2 || !th.may_push(window, code.nregs) {
            return false;
        }
        window.write(a.clone());
        window.add(1).write(b.clone());
        for r in 2..code.nlocals {
            window.add(r).write(Value::UNBOUND);
        }
        push(th, f, code.start, function.clone(), window, 0, FrameKind::Operator, Value::UNBOUND);
    }
    true
}

#[allow(clippy::too_many_arguments)] // the parts of a frame
unsafe fn push(
    th: &Thread,
    f: &FunctionBody,
    start: *const Instr,
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
            pc: start,
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
    call_native(function, f, args, names, Value::UNBOUND)
}

/// Calls a function from native code: its frame runs on top of the native stack.
fn call_native(
    function: &Value,
    f: &Function,
    args: &[Value],
    names: Option<&Value>,
    locals: Value,
) -> Result {
    let th = Thread::current();
    // A native loop that calls functions has no backward jump at which others get their turn.
    if safepoint::requested() {
        safepoint::run(th)?;
    }
    // SAFETY: there is always a running frame or the bottom one, and room above its top is asked for.
    unsafe {
        let window = (*th.fp()).top;
        if !th.native_room() {
            return Err(safepoint::too_deep(""));
        }
        let Some(start) = th.entry(window, room(f, args.len(), names), f.code().start) else {
            return Err(safepoint::too_deep(""));
        };
        for (i, v) in args.iter().enumerate() {
            window.add(i).write(v.clone());
        }
        bind(f, window, args.len(), names)?;
        if f.code().suspends() {
            return Ok(super::generator::new(f, window));
        }
        push(th, f, start, function.clone(), window, 0, FrameKind::Entry, locals);
        run(th)
    }
}

/// Runs the code of a function that takes no arguments in a namespace (class bodies, modules, `exec`).
pub fn run_in_namespace(function: &Value, locals: Value) -> Result {
    let Some(f) = function.cast::<Function>() else { return type_error("not a function") };
    call_native(function, f, &[], None, locals)
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

/// How many registers from the window on [`bind`] and the frame after it need.
fn room(f: &FunctionBody, argc: usize, names: Option<&Value>) -> usize {
    f.code().nregs.max(argc) + names.and_then(Value::as_tuple).map_or(0, <[Value]>::len)
}

/// Binds the `argc` arguments at `window`, the last of which are by keyword if `names` is given, to the
/// parameters of `f`: afterwards all locals of its frame stand there. On an error nothing is left there.
///
/// # Safety
/// There are [`room`] registers at `window`, and all but the arguments own nothing.
#[inline]
unsafe fn bind(f: &FunctionBody, window: *mut Value, argc: usize, names: Option<&Value>) -> Result<()> {
    let code = f.code();
    // SAFETY: as the caller promises.
    unsafe {
        if code.plain_argc == argc && names.is_none() {
            for r in argc..code.nlocals {
                window.add(r).write(Value::UNBOUND);
            }
            return Ok(());
        }
        let keywords = names.and_then(Value::as_tuple).unwrap_or_default();
        if stand_in_place(code, argc, keywords) && add_defaults(f, window, argc) {
            return Ok(());
        }
        let size = code.nregs.max(argc);
        let result = bind_slow(f, window, argc - keywords.len(), keywords, window.add(size));
        if result.is_err() {
            slow::clear(window, 0, size + keywords.len());
        }
        result
    }
}

/// Whether the arguments by keyword, the last of `argc`, stand where their parameters are.
fn stand_in_place(code: &CodeBody, argc: usize, keywords: &[Value]) -> bool {
    let first = argc - keywords.len();
    (keywords.is_empty() || first >= code.code.posonlyargcount as usize)
        && code.params.get(first..).is_some_and(|p| keywords.iter().zip(p).all(|(k, p)| k.is(p)))
}

/// Completes positional arguments with the defaults of the parameters that are left. False, and nothing is done, if
/// the call needs more than that.
///
/// # Safety
/// As for [`bind`].
unsafe fn add_defaults(f: &FunctionBody, window: *mut Value, argc: usize) -> bool {
    let (body, code) = (f.code(), &*f.code().code);
    let total = code.argcount as usize;
    if argc > total || code.kwonlyargcount > 0 || code.flags & (flags::VARARGS | flags::VARKEYWORDS) != 0 {
        return false;
    }
    // SAFETY: the cell is only replaced by Python code, which does not run here.
    let defaults = unsafe { &*f.defaults.as_ptr() }.as_tuple().unwrap_or_default();
    let Some(first) = (argc + defaults.len()).checked_sub(total) else { return false };
    let Some(rest) = defaults.get(first..) else { return false };
    let rest = rest.iter().cloned().chain(std::iter::repeat(Value::UNBOUND));
    for (r, value) in (argc..body.nlocals).zip(rest) {
        // SAFETY: as the caller promises, there is room for all locals.
        unsafe { window.add(r).write(value) };
    }
    true
}

/// See [`bind`]; the arguments by keyword stand behind the `positional` ones and pass through `aside`.
unsafe fn bind_slow(
    f: &FunctionBody,
    window: *mut Value,
    positional: usize,
    keywords: &[Value],
    aside: *mut Value,
) -> Result<()> {
    let (body, code) = (f.code(), &*f.code().code);
    let (argc, total) = (code.argcount as usize, code.argcount as usize + code.kwonlyargcount as usize);
    // SAFETY: as the caller of `bind` promises.
    let register = |i: usize| unsafe { &mut *window.add(i) };
    for i in 0..keywords.len() {
        // SAFETY: as above: there is room aside.
        unsafe { aside.add(i).write(register(positional + i).take()) };
    }
    let (var_args, var_keywords) = (code.flags & flags::VARARGS != 0, code.flags & flags::VARKEYWORDS != 0);
    // Afterwards all registers but those of the positional parameters are unbound.
    let extra = if var_args {
        Value::tuple_from(positional.saturating_sub(argc), (argc..positional).map(|i| register(i).take()))
    } else {
        (argc..positional).for_each(|i| drop(register(i).take()));
        Value::UNBOUND
    };
    for i in positional.min(argc)..body.nlocals {
        // SAFETY: what stood there has been moved away.
        unsafe { window.add(i).write(Value::UNBOUND) };
    }
    let rest = if var_keywords { Dict::new() } else { Value::UNBOUND };
    for (i, name) in keywords.iter().enumerate() {
        // SAFETY: the value was put there above.
        let value = unsafe { (*aside.add(i)).take() };
        let params = &body.params[..total];
        let at = params.iter().position(|p| p.is(name)).or_else(|| {
            let text = name.as_str();
            params.iter().position(|p| p.as_str() == text)
        });
        match at.filter(|&i| i >= code.posonlyargcount as usize) {
            Some(i) if !register(i).is_unbound() => {
                let (qualname, text) = (qualname(f), name.as_str().unwrap_or_default());
                return type_error(format!("{qualname}() got multiple values for argument '{text}'"));
            }
            Some(i) => *register(i) = value,
            None => match rest.cast::<Dict>() {
                Some(d) if name.cast::<Str>().is_some_and(Str::is_interned) => d.set_interned(name, value),
                Some(d) => d.set(name, value)?,
                None => return Err(unexpected(f, name, keywords)),
            },
        }
    }
    if positional > argc && !var_args {
        return Err(too_many(f, positional, |i| !register(i).is_unbound()));
    }
    // SAFETY: the cells are only replaced by Python code, which does not run here.
    let (defaults, kwdefaults) = unsafe { (&*f.defaults.as_ptr(), &*f.kwdefaults.as_ptr()) };
    let defaults = defaults.as_tuple().unwrap_or_default();
    let mut missing = Vec::new();
    for i in positional..argc {
        if register(i).is_unbound() {
            // The last parameters have the defaults; a tuple that was assigned may have too many.
            match (i + defaults.len()).checked_sub(argc).and_then(|n| defaults.get(n)) {
                Some(d) => *register(i) = d.clone(),
                None => missing.push(&*code.varnames[i]),
            }
        }
    }
    if !missing.is_empty() {
        return Err(missing_arguments(f, &missing, "positional"));
    }
    for i in argc..total {
        if register(i).is_unbound() {
            match kwdefaults.cast::<Dict>().and_then(|d| d.get_interned(&body.params[i])) {
                Some(d) => *register(i) = d.clone(),
                None => missing.push(&*code.varnames[i]),
            }
        }
    }
    if !missing.is_empty() {
        return Err(missing_arguments(f, &missing, "keyword-only"));
    }
    if var_args {
        *register(total) = extra;
    }
    if var_keywords {
        *register(total + var_args as usize) = rest;
    }
    Ok(())
}

fn qualname(f: &FunctionBody) -> String {
    f.qualname.borrow().as_str().unwrap_or("?").to_owned()
}

#[cold]
fn unexpected(f: &FunctionBody, name: &Value, keywords: &[Value]) -> Raised {
    let (qualname, text) = (qualname(f), name.as_str().unwrap_or_default());
    let code = &f.code().code;
    let positional_only = code.varnames[..code.posonlyargcount as usize].iter().map(|n| &**n);
    let given: Vec<&str> =
        positional_only.filter(|n| keywords.iter().any(|k| k.as_str() == Some(n))).collect();
    if given.is_empty() {
        return raise(&TYPE_ERROR, format!("{qualname}() got an unexpected keyword argument '{text}'"));
    }
    let (problem, names) =
        ("got some positional-only arguments passed as keyword arguments:", given.join(", "));
    raise(&TYPE_ERROR, format!("{qualname}() {problem} '{names}'"))
}

#[cold]
fn missing_arguments(f: &FunctionBody, missing: &[&str], kind: &str) -> Raised {
    let (qualname, n) = (qualname(f), missing.len());
    let names = list_names(missing);
    raise(&TYPE_ERROR, format!("{qualname}() missing {n} required {kind} argument{}: {names}", plural(n)))
}

#[cold]
fn too_many(f: &FunctionBody, given: usize, bound: impl Fn(usize) -> bool) -> Raised {
    let (code, qualname) = (&*f.code().code, qualname(f));
    let argc = code.argcount as usize;
    let defaults = f.defaults.borrow().as_tuple().map_or(0, <[Value]>::len);
    let takes = if defaults > 0 {
        format!("from {} to {argc} positional arguments", argc - defaults)
    } else {
        format!("{argc} positional argument{}", plural(argc))
    };
    let by_name = (argc..argc + code.kwonlyargcount as usize).filter(|&i| bound(i)).count();
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
    raise(&TYPE_ERROR, format!("{qualname}() takes {takes} but {given_text} given"))
}
