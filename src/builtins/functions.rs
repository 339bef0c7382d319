//! `print`, `len`, `sorted`, ...

use crate::modules::sys_io;
use crate::object::{BinOp, Compare, Def, Dict, Result, Type, Value, arg, intern};
use crate::protocol::{self, call, raise, type_error, value_error};
use crate::types::{exception, int, iterators, list, type_};
use crate::vm;
use minipy_syntax::Mode;

/// The table.
pub static DEFS: &[Def] = crate::defs! {
    fn "print(*args, sep=' ', end='\n', file=None, flush=False)" "Prints the values to a stream, or to sys.stdout by default." => print;
    fn "len(obj, /)" "Return the number of items in a container." => |a| Ok(int::from_i64(protocol::len(&a[0])? as i64));
    fn "repr(obj, /)" "Return the canonical string representation of the object." => |a| protocol::repr(&a[0]);
    fn "ascii(obj, /)" "As repr, with other than ASCII characters escaped." => |a| Ok(Value::str(&protocol::ascii(&a[0])?));
    fn "hash(obj, /)" "Return the hash value for the given object." => |a| Ok(int::from_i64(protocol::hash(&a[0])?));
    fn "id(obj, /)" "Return the identity of an object." => |a| Ok(int::from_i64(a[0].id() as i64));
    fn "abs(x, /)" "Return the absolute value of the argument." => |a| protocol::abs(&a[0]);
    fn "callable(obj, /)" "Return whether the object is callable." => |a| Ok(Value::bool(a[0].ty().slots().call.is_some()));
    fn "iter(object, sentinel=None, /)" "Get an iterator from an object." => |a| match arg(a, 1).as_bound() {
        Some(s) => Ok(iterators::callable_iterator(a[0].clone(), s.clone())),
        None => protocol::iter(&a[0]),
    };
    fn "next(iterator, default=None, /)" "Return the next item from the iterator." => |a| match protocol::next(&a[0])? {
        Some(v) => Ok(v),
        None => match arg(a, 1).as_bound() {
            Some(d) => Ok(d.clone()),
            None => Err(protocol::raise_args(&exception::STOP_ITERATION, Vec::new())),
        },
    };
    fn "reversed(sequence, /)" "Return a reverse iterator." => |a| iterators::reversed(&a[0]);
    fn "sorted(iterable, /, *, key=None, reverse=False)" "Return a new sorted list." => |a| {
        let items = protocol::collect(&a[0])?;
        let key = arg(a, 1).as_bound().filter(|k| !k.is_none()).cloned();
        let reverse = match arg(a, 2).as_bound() { Some(r) => protocol::truth(r)?, None => false };
        Ok(Value::list(list::sorted(items, key, reverse)?))
    };
    fn "sum(iterable, /, start=0)" "Return the sum of a 'start' value (default: 0) plus an iterable of numbers." => |a| {
        let mut acc = arg(a, 1).clone().bound().unwrap_or(Value::small(0));
        if acc.as_str().is_some() {
            return type_error("sum() can't sum strings [use ''.join(seq) instead]");
        }
        protocol::for_each(&a[0], |x| {
            acc = match (acc.as_inline_int(), x.as_inline_int()) {
                (Some(m), Some(n)) => int::from_i64(m + n),
                _ => protocol::binary(BinOp::Add, &acc, &x)?,
            };
            Ok(())
        })?;
        Ok(acc)
    };
    fn "min(*args, key=None, default=None)" "Return the smallest item." => |a| extreme(a, "min", Compare::Lt);
    fn "max(*args, key=None, default=None)" "Return the largest item." => |a| extreme(a, "max", Compare::Gt);
    fn "any(iterable, /)" "Return True if bool(x) is True for any x in the iterable." => |a| quantify(&a[0], true);
    fn "all(iterable, /)" "Return True if bool(x) is True for all values x in the iterable." => |a| quantify(&a[0], false);
    fn "isinstance(obj, class_or_tuple, /)" "Return whether an object is an instance of a class." => |a| is_instance(&a[0], &a[1]).map(Value::bool);
    fn "issubclass(cls, class_or_tuple, /)" "Return whether a class is derived from another." => |a| is_subclass(&a[0], &a[1]).map(Value::bool);
    fn "getattr(object, name, default=None, /)" "Get a named attribute from an object." => |a| {
        let name = type_::attr_name(&a[1])?;
        match arg(a, 2).as_bound() {
            None => protocol::get_attr(&a[0], &name),
            Some(d) => Ok(protocol::get_attr_opt(&a[0], &name)?.unwrap_or_else(|| d.clone())),
        }
    };
    fn "hasattr(object, name, /)" "Return whether the object has an attribute." => |a| Ok(Value::bool(protocol::get_attr_opt(&a[0], &type_::attr_name(&a[1])?)?.is_some()));
    fn "setattr(object, name, value, /)" "Set a named attribute." => |a| protocol::set_attr(&a[0], &type_::attr_name(&a[1])?, Some(a[2].clone())).map(|()| Value::NONE);
    fn "delattr(object, name, /)" "Delete a named attribute." => |a| protocol::set_attr(&a[0], &type_::attr_name(&a[1])?, None).map(|()| Value::NONE);
    fn "dir(object=None, /)" "The names of an object's attributes, or those in the current scope." => |a| {
        let names = match arg(a, 0).as_bound() {
            Some(v) => protocol::collect(&crate::types::object::dir(v)?)?,
            None => vm::current_locals().as_ref().and_then(Value::cast::<Dict>).map(Dict::keys).unwrap_or_default(),
        };
        Ok(Value::list(list::sorted(names, None, false)?))
    };
    fn "vars(object=None, /)" "The namespace of an object." => |a| match arg(a, 0).as_bound() {
        Some(v) => match protocol::get_attr_opt(v, &intern("__dict__"))? {
            Some(d) => Ok(d),
            None => type_error("vars() argument must have __dict__ attribute"),
        },
        None => Ok(vm::current_locals().unwrap_or(Value::NONE)),
    };
    fn "globals()" "The globals of the running code." => |_| Ok(vm::current_globals().unwrap_or(Value::NONE));
    fn "locals()" "The locals of the running code." => |_| Ok(vm::current_locals().unwrap_or(Value::NONE));
    fn "divmod(x, y, /)" "Return the tuple (x//y, x%y)." => |a| {
        let q = protocol::binary(BinOp::FloorDiv, &a[0], &a[1])?;
        Ok(Value::tuple(vec![q, protocol::binary(BinOp::Mod, &a[0], &a[1])?]))
    };
    fn "pow(base, exp, mod=None)" "Equivalent to base**exp with 2 arguments or base**exp % mod with 3 arguments." => |a| match arg(a, 2).as_bound().filter(|m| !m.is_none()) {
        None => protocol::binary(BinOp::Pow, &a[0], &a[1]),
        Some(m) => int_pow_mod(&a[0], &a[1], m),
    };
    fn "round(number, ndigits=None)" "Round a number to a given precision in decimal digits." => |a| {
        let n = arg(a, 1).as_bound().filter(|n| !n.is_none()).cloned();
        match protocol::call_special(&a[0], "__round__", &n.into_iter().collect::<Vec<_>>()) {
            Some(r) => r,
            None => type_error(format!("type {} doesn't define __round__ method", a[0].ty().name())),
        }
    };
    fn "chr(i, /)" "The character with this code." => |a| match u32::try_from(protocol::index_i64(&a[0])?) {
        Ok(n) if n < 0x110000 => match char::from_u32(n) {
            Some(c) => Ok(Value::str(c.encode_utf8(&mut [0; 4]))),
            None => value_error("a lone surrogate is not supported yet"),
        },
        _ => value_error("chr() arg not in range(0x110000)"),
    };
    fn "ord(c, /)" "The code of a character." => |a| {
        let mut chars = match a[0].as_str() {
            Some(s) => s.chars(),
            None => return type_error(format!("ord() expected string of length 1, but {} found", a[0].ty().name())),
        };
        match (chars.next(), chars.next()) {
            (Some(c), None) => Ok(Value::small(c as i32)),
            _ => type_error(format!("ord() expected a character, but string of length {} found", protocol::len(&a[0])?)),
        }
    };
    fn "bin(number, /)" "Binary representation of an integer." => |a| protocol::format(&protocol::index(&a[0])?, "#b");
    fn "oct(number, /)" "Octal representation of an integer." => |a| protocol::format(&protocol::index(&a[0])?, "#o");
    fn "hex(number, /)" "Hexadecimal representation of an integer." => |a| protocol::format(&protocol::index(&a[0])?, "#x");
    fn "format(value, format_spec='', /)" "Return type(value).__format__(value, format_spec)." => |a| protocol::format(&a[0], arg(a, 1).as_str().unwrap_or_default());
    fn "input(prompt='', /)" "Read a line from standard input." => |a| {
        if let Some(p) = arg(a, 0).as_bound() {
            sys_io::write_stdout(&protocol::str_string(p)?)?;
        }
        sys_io::flush()?;
        match sys_io::read_line()? {
            Some(line) => Ok(Value::str(line.trim_end_matches('\n'))),
            None => Err(raise(&exception::EOF_ERROR, "EOF when reading a line")),
        }
    };
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
    fn "exit(code=None, /)" "Leaves the interpreter." => |a| Err(protocol::raise_args(&exception::SYSTEM_EXIT, arg(a, 0).clone().bound().into_iter().collect()));
    fn "quit(code=None, /)" "Leaves the interpreter." => |a| Err(protocol::raise_args(&exception::SYSTEM_EXIT, arg(a, 0).clone().bound().into_iter().collect()));
};

fn print(a: &[Value]) -> Result {
    let text_or = |v: &Value, name: &str, default: &str| match v.as_bound().filter(|v| !v.is_none()) {
        None => Ok(default.to_owned()),
        Some(v) => match v.as_str() {
            Some(s) => Ok(s.to_owned()),
            None => type_error(format!("{name} must be None or a string, not {}", v.ty().name())),
        },
    };
    let (sep, end) = (text_or(&a[0], "sep", " ")?, text_or(&a[1], "end", "\n")?);
    let mut out = String::new();
    for (i, v) in a[4].as_tuple().unwrap_or_default().iter().enumerate() {
        if i > 0 {
            out += &sep;
        }
        match v.as_str() {
            Some(s) => out += s,
            None => out += protocol::str(v)?.as_str().unwrap_or_default(),
        }
    }
    out += &end;
    let file = match a[2].as_bound().filter(|f| !f.is_none()) {
        Some(f) => Some(f.clone()),
        None => sys_io::replaced_stdout(),
    };
    let flush = a[3].as_bound().map(protocol::truth).transpose()?.unwrap_or(false);
    match file {
        None => {
            sys_io::write_stdout(&out)?;
            if flush {
                sys_io::flush()?;
            }
        }
        Some(f) => {
            protocol::call_method(&f, "write", &[Value::str(&out)])?;
            if flush {
                protocol::call_method(&f, "flush", &[])?;
            }
        }
    }
    Ok(Value::NONE)
}

fn extreme(a: &[Value], name: &str, op: Compare) -> Result {
    let args = a[2].as_tuple().unwrap_or_default();
    let items = match args {
        [] => return type_error(format!("{name} expected at least 1 argument, got 0")),
        [one] => protocol::collect(one)?,
        many => many.to_vec(),
    };
    let key = a[0].as_bound().filter(|k| !k.is_none());
    let mut best: Option<(Value, Value)> = None;
    for x in items {
        let k = match key {
            Some(f) => call(f, std::slice::from_ref(&x))?,
            None => x.clone(),
        };
        let better = match &best {
            None => true,
            Some((b, _)) => protocol::compare_bool(&k, b, op)?,
        };
        if better {
            best = Some((k, x));
        }
    }
    match (best, a[1].as_bound()) {
        (Some((_, x)), _) => Ok(x),
        (None, Some(d)) if args.len() == 1 => Ok(d.clone()),
        _ => value_error(format!("{name}() arg is an empty sequence")),
    }
}

fn quantify(v: &Value, wanted: bool) -> Result {
    let it = protocol::iter(v)?;
    while let Some(x) = protocol::next(&it)? {
        if protocol::truth(&x)? == wanted {
            return Ok(Value::bool(wanted));
        }
    }
    Ok(Value::bool(!wanted))
}

fn is_instance(v: &Value, class: &Value) -> Result<bool> {
    if let Some(t) = class.cast::<Type>() {
        if class.ty().is_heap()
            && let Some(r) = protocol::call_special(class, "__instancecheck__", std::slice::from_ref(v))
        {
            return protocol::truth(&r?);
        }
        return Ok(v.ty().is_subtype(t));
    }
    if let Some(items) = class.as_tuple() {
        for c in items {
            if is_instance(v, c)? {
                return Ok(true);
            }
        }
        return Ok(false);
    }
    type_error("isinstance() arg 2 must be a type, a tuple of types, or a union")
}

fn is_subclass(c: &Value, class: &Value) -> Result<bool> {
    let Some(sub) = c.cast::<Type>() else { return type_error("issubclass() arg 1 must be a class") };
    if let Some(t) = class.cast::<Type>() {
        return Ok(sub.is_subtype(t));
    }
    if let Some(items) = class.as_tuple() {
        for x in items {
            if is_subclass(c, x)? {
                return Ok(true);
            }
        }
        return Ok(false);
    }
    type_error("issubclass() arg 2 must be a class, a tuple of classes, or a union")
}

fn int_pow_mod(base: &Value, exp: &Value, modulus: &Value) -> Result {
    let (Some(b), Some(e), Some(m)) = (int::to_big(base), int::to_big(exp), int::to_big(modulus)) else {
        return type_error("pow() 3rd argument not allowed unless all arguments are integers");
    };
    use num_traits::{Signed, Zero};
    if m.is_zero() {
        return value_error("pow() 3rd argument cannot be 0");
    }
    let b = if e.is_negative() {
        match b.modinv(&m) {
            Some(i) => i,
            None => return value_error("base is not invertible for the given modulus"),
        }
    } else {
        b
    };
    Ok(int::from_big(b.modpow(&e.abs(), &m)))
}

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
