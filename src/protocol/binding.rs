//! Binding the arguments of native functions to their signatures, with CPython's messages.

use super::{type_error, type_error as fail};
use crate::object::native::param_names;
use crate::object::{Dict, Kind, NativeBody, Result, Sig, Type, Value};

/// Whose arguments are bound, for the messages.
struct Callee<'a> {
    name: &'a str,
    params: &'static str,
    /// The type of a method or the module of a function; empty for builtins.
    owner: &'a str,
    /// The class that a class method is bound to.
    class: Option<&'a Type>,
    sig: Sig,
}

/// A signature as in a definition, for [`bind_args`]. Made by `sig!`, when minipy is compiled.
#[derive(Clone, Copy)]
pub struct Signature {
    params: &'static str,
    sig: Sig,
}

impl Signature {
    /// The signature that a text gives.
    pub const fn parse(params: &'static str) -> Signature {
        Signature { params, sig: Sig::parse(params) }
    }
}

/// The [`Signature`] that a constant text gives: `sig!("count(start=0, step=1)")`.
#[macro_export]
macro_rules! sig {
    ($params:expr) => {
        const { $crate::protocol::Signature::parse($params) }
    };
}

/// Binds the arguments of a constructor, whose code is a slot: one value for each parameter of the signature, *unbound*
/// where an optional one is absent.
pub fn bind_args(
    name: &str,
    Signature { params, sig }: Signature,
    args: &[Value],
    names: Option<&Value>,
) -> Result<Vec<Value>> {
    bind(&Callee { name, params, owner: "", class: None, sig }, &[], args, names)
}

/// Calls a native function. `args` holds `self` first if the function is an unbound method.
#[inline(always)]
pub fn bind_native(native: &NativeBody, args: &[Value], names: Option<&Value>) -> Result {
    if names.is_none() && native.takes_plainly(args) {
        return (native.code)(args);
    }
    bind_with_care(native, args, names)
}

#[inline(never)]
fn bind_with_care(native: &NativeBody, args: &[Value], names: Option<&Value>) -> Result {
    if !native.receiver.is_unbound() {
        return bind_fully(native, std::slice::from_ref(&native.receiver), args, names);
    }
    if !native.method {
        return bind_fully(native, &[], args, names);
    }
    let Some((first, rest)) = split_receiver(args, names) else {
        return type_error(format!(
            "unbound method {}.{}() needs an argument",
            native.owner, native.def.name
        ));
    };
    if native.home.is_some_and(|home| !first.ty().is_subtype(home)) {
        return wrong_receiver(native, first);
    }
    if names.is_none() && native.takes_number(args.len()) {
        return (native.code)(args);
    }
    bind_fully(native, std::slice::from_ref(first), rest, names)
}

/// The first positional argument, which an unbound method is called on, and the others.
pub fn split_receiver<'a>(args: &'a [Value], names: Option<&Value>) -> Option<(&'a Value, &'a [Value])> {
    let named = names.and_then(Value::as_tuple).map_or(0, <[Value]>::len);
    if args.len() > named { args.split_first() } else { None }
}

#[cold]
fn wrong_receiver(native: &NativeBody, given: &Value) -> Result {
    let (name, owner, given) = (native.def.name, native.owner, given.ty().name());
    type_error(format!("descriptor '{name}' for '{owner}' objects doesn't apply to a '{given}' object"))
}

/// Calls without arguments by name need no allocation if few parameters are declared.
fn bind_fully(native: &NativeBody, receiver: &[Value], args: &[Value], names: Option<&Value>) -> Result {
    const ROOM: usize = 6;
    let sig = &native.def.sig;
    let (max, total) = (sig.positional as usize, sig.positional as usize + sig.kwonly as usize);
    let fits = args.len() >= sig.required as usize && (args.len() <= max || sig.varargs);
    let rest = receiver.len() + total;
    let needed = rest + sig.varargs as usize + sig.varkw as usize;
    if names.is_some() || !fits || needed > ROOM {
        return bind_slow(native, receiver, args, names);
    }
    let mut bound = [const { Value::UNBOUND }; ROOM];
    for (to, from) in bound.iter_mut().zip(receiver.iter().chain(args.iter().take(max))) {
        *to = from.clone();
    }
    if sig.varargs {
        bound[rest] = Value::tuple(args.get(max..).unwrap_or_default().to_vec());
    }
    if sig.varkw {
        bound[needed - 1] = Dict::new();
    }
    (native.code)(&bound[..needed])
}

fn bind_slow(native: &NativeBody, receiver: &[Value], args: &[Value], names: Option<&Value>) -> Result {
    let class = match native.def.kind {
        Kind::Class(_) => native.receiver.cast::<Type>(),
        _ => None,
    };
    let def = native.def;
    let callee = Callee { name: def.name, params: def.params, owner: native.owner, class, sig: def.sig };
    (native.code)(&bind(&callee, receiver, args, names)?)
}

fn bind(callee: &Callee, receiver: &[Value], args: &[Value], names: Option<&Value>) -> Result<Vec<Value>> {
    let sig = &callee.sig;
    let keywords = names.and_then(Value::as_tuple).unwrap_or_default();
    let (positional, by_name) = args.split_at(args.len() - keywords.len());
    let max = sig.positional as usize;
    let all = max + sig.kwonly as usize;
    if !keywords.is_empty() && !sig.varkw {
        if all == 0 || sig.posonly as usize == all {
            return type_error(format!("{}() takes no keyword arguments", qualified(callee)));
        }
        if args.len() > all && !sig.varargs && !hands_keywords_on(callee) {
            let keyword = if positional.is_empty() { "keyword " } else { "" };
            let s = if all == 1 { "" } else { "s" };
            let (name, given) = (callee.name, args.len());
            return type_error(format!("{name}() takes at most {all} {keyword}argument{s} ({given} given)"));
        }
    }
    let needed = if keywords.is_empty() { sig.required } else { sig.required.min(sig.posonly) };
    if (positional.len() > max && !sig.varargs) || positional.len() < needed as usize {
        return wrong_count(callee, positional.len());
    }
    let mut bound: Vec<Value> = receiver.to_vec();
    let first = bound.len();
    bound.extend(positional.iter().take(max).cloned());
    let total = max + sig.kwonly as usize;
    bound.resize(first + total, Value::UNBOUND);
    let extra = if sig.varkw { Some(Dict::new()) } else { None };
    // What is missing is named before what is given twice, and that before what nobody takes.
    let (mut twice, mut unknown) = (None, None);
    for (name, value) in keywords.iter().zip(by_name) {
        let text = name.as_str().unwrap_or_default();
        let at = param_names(callee.params).position(|p| p == text).filter(|&i| i >= sig.posonly as usize);
        match (at, &extra) {
            (Some(i), _) if bound[first + i].is_unbound() => bound[first + i] = value.clone(),
            (Some(i), _) => twice = twice.filter(|&(before, _)| before < i).or(Some((i, text))),
            (None, Some(dict)) => {
                if let Some(d) = dict.cast::<Dict>() {
                    d.set(name, value.clone())?;
                }
            }
            (None, None) => unknown = unknown.or(Some(text)),
        }
    }
    for i in 0..sig.required as usize {
        if bound[first + i].is_unbound() {
            let name = param_names(callee.params).nth(i).unwrap_or_default();
            let place = i + 1;
            return fail(format!("{}() missing required argument '{name}' (pos {place})", callee.name));
        }
    }
    if let Some((i, text)) = twice {
        let (name, place) = (callee.name, i + 1);
        return fail(format!("argument for {name}() given by name ('{text}') and position ({place})"));
    }
    if let Some(text) = unknown {
        let name = if hands_keywords_on(callee) { "sort" } else { callee.name };
        return fail(format!("'{text}' is an invalid keyword argument for {name}()"));
    }
    if sig.varargs {
        bound.push(Value::tuple(positional.get(max..).unwrap_or_default().to_vec()));
    }
    bound.extend(extra);
    Ok(bound)
}

/// Whether the function counts its positional arguments itself, and leaves those by name to `list.sort`.
fn hands_keywords_on(callee: &Callee) -> bool {
    callee.name == "sorted"
}

/// `list.append` for methods of types, `math.sin` for functions of modules, `len` for builtins; a class method is
/// called by the class that it is bound to.
fn qualified(callee: &Callee) -> String {
    if let Some(class) = callee.class
        && let Some(owner) = class.qualname.borrow().as_str()
    {
        return format!("{owner}.{}", callee.name);
    }
    match callee.owner.rsplit('.').next() {
        Some("") | None => callee.name.to_owned(),
        Some(owner) => format!("{owner}.{}", callee.name),
    }
}

fn wrong_count(callee: &Callee, given: usize) -> Result<Vec<Value>> {
    let sig = &callee.sig;
    let name = callee.name;
    let (min, max) = (sig.required as usize, sig.positional as usize);
    let s = |n: usize| if n == 1 { "" } else { "s" };
    if max == 0 && sig.kwonly == 0 {
        return fail(format!("{}() takes no arguments ({given} given)", qualified(callee)));
    }
    if max == 0 {
        return fail(format!("{name}() takes no positional arguments"));
    }
    if sig.brackets {
        let (word, limit) = if given < min { ("at least", min) } else { ("at most", max) };
        return fail(format!("{name}() takes {word} {limit} argument{} ({given} given)", s(limit)));
    }
    if min == 1 && max == 1 && sig.kwonly == 0 && sig.posonly == 1 && !sig.varargs {
        return fail(format!("{}() takes exactly one argument ({given} given)", qualified(callee)));
    }
    if sig.posonly as usize == max && (sig.kwonly == 0 || sig.varargs || hands_keywords_on(callee)) {
        return fail(if min == max && !sig.varargs {
            format!("{name} expected {min} argument{}, got {given}", s(min))
        } else if given < min {
            format!("{name} expected at least {min} argument{}, got {given}", s(min))
        } else {
            format!("{name} expected at most {max} argument{}, got {given}", s(max))
        });
    }
    let first = min.min(sig.posonly as usize);
    if given < first {
        let how = if first < max { "at least" } else { "exactly" };
        return fail(format!("{name}() takes {how} {first} positional argument{} ({given} given)", s(first)));
    }
    if given < min {
        let missing = param_names(callee.params).nth(given).unwrap_or_default();
        return fail(format!("{name}() missing required argument '{missing}' (pos {})", given + 1));
    }
    let total = max + sig.kwonly as usize;
    if sig.kwonly > 0 && given <= total {
        let how = if min == max { "exactly" } else { "at most" };
        return fail(format!("{name}() takes {how} {max} positional argument{} ({given} given)", s(max)));
    }
    fail(format!("{name}() takes at most {total} argument{} ({given} given)", s(total)))
}
