//! How constructors fill the special attributes of exceptions, and the messages made of these.

use super::*;
use crate::object::Dict;
use crate::types::bytes;

/// `__new__` of exceptions.
pub(super) fn new(ty: &Value, args: &[Value], names: Option<&Value>) -> Result {
    let Some(mut t) = ty.cast::<Type>() else { return type_error("X is not a type object") };
    if is_plain(t) && names.is_none() {
        return Ok(make(t, args));
    }
    let keywords = names.and_then(Value::as_tuple).map_or(0, <[Value]>::len);
    let positional = &args[..args.len() - keywords];
    if !t.is_subtype(&OS_ERROR) {
        return Ok(make(t, positional));
    }
    if leaves_arguments_to_init(t) {
        return Ok(make(t, &[]));
    }
    if keywords > 0 {
        return type_error(format!("{}() takes no keyword arguments", t.name()));
    }
    if std::ptr::eq(t, &OS_ERROR)
        && (2..=5).contains(&positional.len())
        && let Some(errno) = positional[0].as_inline_int()
    {
        // `OSError(2, ...)` is a FileNotFoundError.
        t = os_error_type(errno as i32);
    }
    let error = make(t, positional);
    fill(&error);
    Ok(error)
}

/// Whether no special attributes come with the class, as with most: then the arguments are all there is.
fn is_plain(ty: &Type) -> bool {
    let plain = |t: &Type| {
        t.methods.is_empty()
            || std::ptr::eq(t, &BASE_EXCEPTION)
            || std::ptr::eq(t, &crate::types::object::OBJECT)
    };
    ty.mro().all(plain)
}

/// Whether a subclass of `OSError` has an `__init__` but no `__new__` of its own: then `OSError.__init__` sees to the
/// arguments, if it is called; otherwise `OSError.__new__` does. As in CPython.
fn leaves_arguments_to_init(ty: &Type) -> bool {
    let (mine, base) = (ty.slots(), OS_ERROR.slots());
    let init = |s: &Slots| s.init.map(|f| f as usize);
    let new = |s: &Slots| s.new.map(|f| f as usize);
    init(mine) != init(base) && new(mine) == new(base)
}

/// The names that a constructor takes by keyword, and the class that its messages name.
fn keywords(ty: &Type) -> Option<(&'static [&'static str], &'static str)> {
    if ty.is_subtype(&IMPORT_ERROR) {
        Some((&["name", "path"], "ImportError"))
    } else if ty.is_subtype(&NAME_ERROR) {
        Some((&["name"], "NameError"))
    } else if ty.is_subtype(&ATTRIBUTE_ERROR) {
        Some((&["name", "obj"], "AttributeError"))
    } else {
        None
    }
}

/// `__init__` of exceptions.
pub(super) fn init(v: &Value, args: &[Value], names: Option<&Value>) -> Result<()> {
    if is_plain(v.ty()) && names.is_none() {
        // `new` has been given the same, as a rule.
        let kept = |a: &[Value]| a.len() == args.len() && a.iter().zip(args).all(|(x, y)| x.is(y));
        if !exc(v).args.borrow().as_tuple().is_some_and(kept) {
            put(&exc(v).args, Value::tuple_from(args.len(), args.iter().cloned()));
        }
        return Ok(());
    }
    if v.ty().is_subtype(&OS_ERROR) && !leaves_arguments_to_init(v.ty()) {
        return Ok(());
    }
    let given = names.and_then(Value::as_tuple).unwrap_or_default();
    let (positional, by_name) = args.split_at(args.len() - given.len());
    if let Some((known, class)) = keywords(v.ty())
        && given.len() > known.len()
    {
        let (n, s) = (known.len(), if known.len() == 1 { "" } else { "s" });
        let count = given.len();
        return type_error(format!("{class}() takes at most {n} keyword argument{s} ({count} given)"));
    }
    for (k, x) in given.iter().zip(by_name) {
        let name = k.as_str().unwrap_or_default();
        match keywords(v.ty()) {
            Some((known, _)) if known.contains(&name) => set_field(v, name, x.clone()),
            Some((_, class)) => {
                return type_error(format!("'{name}' is an invalid keyword argument for {class}()"));
            }
            None => return type_error(format!("{}() takes no keyword arguments", v.ty().name())),
        }
    }
    put(&exc(v).args, Value::tuple(positional.to_vec()));
    check(v, positional)?;
    fill(v);
    Ok(())
}

/// What some constructors demand of their arguments.
fn check(v: &Value, args: &[Value]) -> Result<()> {
    let ty = v.ty();
    if ty.is_subtype(&SYNTAX_ERROR)
        && let [_, place] = args
    {
        let place = protocol::collect(place)?;
        match place.len() {
            4 | 6 => {}
            5 => return type_error("end_offset must be provided when end_lineno is provided"),
            n if n < 4 => return type_error(format!("function takes at least 4 arguments ({n} given)")),
            n => return type_error(format!("function takes at most 6 arguments ({n} given)")),
        }
        let names = ["filename", "lineno", "offset", "text", "end_lineno", "end_offset"];
        for (name, x) in names.iter().zip(place) {
            set_field(v, name, x);
        }
    } else if ty.is_subtype(&UNICODE_ERROR) {
        unicode(v, args)?;
    }
    Ok(())
}

/// What the arguments of the three errors of codecs are; nothing for other exceptions.
fn unicode_fields(ty: &Type) -> &'static [&'static str] {
    if ty.is_subtype(&UNICODE_TRANSLATE_ERROR) {
        &["object", "start", "end", "reason"]
    } else if ty.is_subtype(&UNICODE_DECODE_ERROR) || ty.is_subtype(&UNICODE_ENCODE_ERROR) {
        &["encoding", "object", "start", "end", "reason"]
    } else {
        &[]
    }
}

/// Checks the arguments of those errors.
fn unicode(v: &Value, args: &[Value]) -> Result<()> {
    let ty = v.ty();
    let decode = ty.is_subtype(&UNICODE_DECODE_ERROR);
    let names = unicode_fields(ty);
    if names.is_empty() {
        return Ok(());
    }
    if args.len() != names.len() {
        return type_error(format!(
            "function takes exactly {} arguments ({} given)",
            names.len(),
            args.len()
        ));
    }
    for (i, (name, x)) in names.iter().zip(args).enumerate() {
        match *name {
            "start" | "end" => drop(protocol::index_i64(x)?),
            "object" if decode => {}
            _ if x.as_str().is_none() => {
                return type_error(format!("argument {} must be str, not {}", i + 1, x.ty().name()));
            }
            _ => {}
        }
    }
    if decode && bytes::as_bytes(&args[1]).is_none() {
        return type_error(format!("a bytes-like object is required, not '{}'", args[1].ty().name()));
    }
    Ok(())
}

/// The attributes that some exceptions take from their arguments.
pub(super) fn fill(v: &Value) {
    let ty = v.ty();
    if is_plain(ty) {
        return;
    }
    let args = get(&exc(v).args);
    let items = args.as_tuple().unwrap_or_default();
    let Some(first) = items.first() else { return };
    if ty.is_subtype(&STOP_ITERATION) {
        set_field(v, "value", first.clone());
    } else if ty.is_subtype(&SYSTEM_EXIT) {
        set_field(v, "code", if items.len() == 1 { first.clone() } else { args.clone() });
    } else if ty.is_subtype(&SYNTAX_ERROR) || (ty.is_subtype(&IMPORT_ERROR) && items.len() == 1) {
        set_field(v, "msg", first.clone());
    } else if let names = unicode_fields(ty)
        && !names.is_empty()
    {
        if names.len() == items.len() {
            names.iter().zip(items).for_each(|(name, x)| set_field(v, name, x.clone()));
        }
    } else if ty.is_subtype(&OS_ERROR) && (2..=5).contains(&items.len()) {
        set_field(v, "errno", items[0].clone());
        set_field(v, "strerror", items[1].clone());
        let Some(file) = items.get(2).filter(|f| !f.is_none()) else { return };
        if ty.is_subtype(&BLOCKING_IO_ERROR) && file.ty().slots().index.is_some() {
            set_field(v, "characters_written", file.clone());
            return;
        }
        set_field(v, "filename", file.clone());
        if let Some(second) = items.get(4) {
            set_field(v, "filename2", second.clone());
        }
        put(&exc(v).args, Value::tuple(items[..2].to_vec()));
    }
}

/// The arguments that would make the exception again: those of `OSError` with the files' names.
pub(super) fn arguments(v: &Value) -> Value {
    let args = get(&exc(v).args);
    let named = get_field(v, "filename").filter(|_| v.ty().is_subtype(&OS_ERROR));
    let (Some(file), Some([number, text])) = (named, args.as_tuple()) else { return args };
    let mut all = vec![number.clone(), text.clone(), file];
    if let Some(second) = get_field(v, "filename2").filter(|f| !f.is_none()) {
        all.extend([Value::NONE, second]);
    }
    Value::tuple(all)
}

/// What is to be set afterwards: the attributes and, of `ImportError`, what was given by name.
pub(super) fn state(v: &Value) -> Result<Option<Value>> {
    let attrs = Attrs::of(v).is_some_and(|attrs| !attrs.items().is_empty());
    let names = if v.ty().is_subtype(&IMPORT_ERROR) { &["name", "path"][..] } else { &[] };
    let given: Vec<_> = names.iter().filter_map(|&name| Some((name, get_field(v, name)?))).collect();
    if given.is_empty() {
        return if attrs { crate::types::function::dict_of(v).map(Some) } else { Ok(None) };
    }
    let made = Dict::new();
    let Some(all) = made.cast::<Dict>() else { return Ok(None) };
    if let Some(attrs) = Attrs::of(v) {
        attrs.items().into_iter().for_each(|(name, value)| all.set_interned(&name, value));
    }
    given.into_iter().for_each(|(name, value)| all.set_interned(&intern(name), value));
    Ok(Some(made))
}

/// `str()` of exceptions.
pub(super) fn str(v: &Value) -> Result {
    let ty = v.ty();
    let text = if ty.is_subtype(&OS_ERROR) {
        os_error(v)?
    } else if ty.is_subtype(&SYNTAX_ERROR) {
        Some(syntax_error(v)?)
    } else if ty.is_subtype(&UNICODE_ERROR) {
        unicode_error(v)?
    } else if ty.is_subtype(&BASE_EXCEPTION_GROUP) {
        Some(group::text(v)?)
    } else {
        None
    };
    if let Some(text) = text {
        return Ok(Value::str(&text));
    }
    if ty.is_subtype(&IMPORT_ERROR)
        && let Some(msg) = get_field(v, "msg").filter(|m| m.as_str().is_some())
    {
        return Ok(msg);
    }
    let args = get(&exc(v).args);
    match args.as_tuple().unwrap_or_default() {
        [] => Ok(Value::str("")),
        [key] if ty.is_subtype(&KEY_ERROR) => protocol::repr(key),
        [one] => protocol::str(one),
        _ => protocol::str(&args),
    }
}

fn os_error(v: &Value) -> Result<Option<String>> {
    let text = |name| protocol::str_string(&get_field(v, name).unwrap_or(Value::NONE));
    if let Some(file) = get_field(v, "filename").filter(|f| !f.is_none()) {
        let mut out =
            format!("[Errno {}] {}: {}", text("errno")?, text("strerror")?, protocol::repr_string(&file)?);
        if let Some(second) = get_field(v, "filename2").filter(|f| !f.is_none()) {
            out += &format!(" -> {}", protocol::repr_string(&second)?);
        }
        return Ok(Some(out));
    }
    if get_field(v, "errno").is_some() && get_field(v, "strerror").is_some() {
        return Ok(Some(format!("[Errno {}] {}", text("errno")?, text("strerror")?)));
    }
    Ok(None)
}

fn syntax_error(v: &Value) -> Result<String> {
    let message = protocol::str_string(&get_field(v, "msg").unwrap_or(Value::NONE))?;
    let file = get_field(v, "filename");
    let file = file.as_ref().and_then(Value::as_str).map(|f| f.rsplit('/').next().unwrap_or(f));
    let line = get_field(v, "lineno").filter(|n| n.is_exact(&crate::types::int::INT));
    Ok(match (file, line) {
        (Some(f), Some(n)) => format!("{message} ({f}, line {})", protocol::str_string(&n)?),
        (Some(f), None) => format!("{message} ({f})"),
        (None, Some(n)) => format!("{message} (line {})", protocol::str_string(&n)?),
        (None, None) => message,
    })
}

fn unicode_error(v: &Value) -> Result<Option<String>> {
    let ty = v.ty();
    let Some(object) = get_field(v, "object") else {
        return Ok(
            if ty.is_subtype(&UNICODE_DECODE_ERROR)
                || ty.is_subtype(&UNICODE_ENCODE_ERROR)
                || ty.is_subtype(&UNICODE_TRANSLATE_ERROR)
            {
                Some(String::new())
            } else {
                None
            },
        );
    };
    let text = |name| protocol::str_string(&get_field(v, name).unwrap_or(Value::NONE));
    let number = |name| protocol::index_i64(&get_field(v, name).unwrap_or(Value::small(0)));
    let (start, end, reason) = (number("start")?, number("end")?, text("reason")?);
    let (subject, what) = if ty.is_subtype(&UNICODE_TRANSLATE_ERROR) {
        ("can't translate".to_owned(), "character")
    } else if ty.is_subtype(&UNICODE_DECODE_ERROR) {
        (format!("'{}' codec can't decode", text("encoding")?), "byte")
    } else {
        (format!("'{}' codec can't encode", text("encoding")?), "character")
    };
    let culprit = usize::try_from(start).ok().filter(|_| end == start.wrapping_add(1)).and_then(|i| {
        if what == "byte" {
            return bytes::as_bytes(&object)?.get(i).map(|b| format!("0x{b:02x}"));
        }
        object.as_str()?.chars().nth(i).map(|c| match crate::types::unicode::code_of(c) {
            n @ ..=0xff => format!("'\\x{n:02x}'"),
            n @ ..=0xffff => format!("'\\u{n:04x}'"),
            n => format!("'\\U{n:08x}'"),
        })
    });
    Ok(Some(match culprit {
        Some(c) => format!("{subject} {what} {c} in position {start}: {reason}"),
        None => format!("{subject} {what}s in position {start}-{}: {reason}", end.wrapping_sub(1)),
    }))
}
