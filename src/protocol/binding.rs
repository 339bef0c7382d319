//! Binding the arguments of native functions to their signatures, with CPython's messages.

use super::{type_error, type_error as fail};
use crate::object::native::param_names;
use crate::object::{Dict, NativeBody, Result, Value};

/// Calls a native function. `args` holds `self` first if the function is an unbound method.
#[inline]
pub fn bind_native(native: &NativeBody, args: &[Value], names: Option<&Value>) -> Result {
    let sig = &native.def.sig;
    let selves = native.method as usize;
    if native.receiver.is_unbound() {
        let given = args.len().wrapping_sub(selves);
        let simple = names.is_none() && !sig.varargs && !sig.varkw;
        if simple && given >= sig.required as usize && given <= sig.positional as usize {
            return (native.code)(args);
        }
        if native.method && args.is_empty() {
            return type_error(format!(
                "unbound method {}.{}() needs an argument",
                native.owner, native.def.name
            ));
        }
        return bind_slow(native, &args[..selves], &args[selves..], names);
    }
    bind_slow(native, std::slice::from_ref(&native.receiver), args, names)
}

fn bind_slow(native: &NativeBody, receiver: &[Value], args: &[Value], names: Option<&Value>) -> Result {
    let sig = &native.def.sig;
    let keywords = names.and_then(Value::as_tuple).unwrap_or_default();
    let (positional, by_name) = args.split_at(args.len() - keywords.len());
    let max = sig.positional as usize;
    if (positional.len() > max && !sig.varargs)
        || (positional.len() < sig.required as usize && keywords.is_empty())
    {
        return wrong_count(native, positional.len());
    }
    let mut bound: Vec<Value> = receiver.to_vec();
    let first = bound.len();
    bound.extend(positional.iter().take(max).cloned());
    let total = max + sig.kwonly as usize;
    bound.resize(first + total, Value::UNBOUND);
    let extra = if sig.varkw { Some(Dict::new()) } else { None };
    for (name, value) in keywords.iter().zip(by_name) {
        let text = name.as_str().unwrap_or_default();
        let at =
            param_names(native.def.params).position(|p| p == text).filter(|&i| i >= sig.posonly as usize);
        match (at, &extra) {
            (Some(i), _) if bound[first + i].is_unbound() => bound[first + i] = value.clone(),
            (Some(i), _) => {
                return type_error(format!(
                    "argument for {}() given by name ('{text}') and position ({})",
                    native.def.name,
                    i + 1
                ));
            }
            (None, Some(dict)) => {
                if let Some(d) = dict.cast::<Dict>() {
                    d.set(name, value.clone())?;
                }
            }
            (None, None) if max + sig.kwonly as usize == 0 || sig.posonly as usize == total => {
                return type_error(format!("{}() takes no keyword arguments", qualified(native)));
            }
            (None, None) => {
                return type_error(format!(
                    "'{text}' is an invalid keyword argument for {}()",
                    native.def.name
                ));
            }
        }
    }
    for i in 0..sig.required as usize {
        if bound[first + i].is_unbound() {
            let name = param_names(native.def.params).nth(i).unwrap_or_default();
            let place = i + 1;
            return fail(format!("{}() missing required argument '{name}' (pos {place})", native.def.name));
        }
    }
    if sig.varargs {
        bound.push(Value::tuple(positional.get(max..).unwrap_or_default().to_vec()));
    }
    bound.extend(extra);
    (native.code)(&bound)
}

/// `list.append` for methods of types, `len` for functions.
fn qualified(native: &NativeBody) -> String {
    let is_method = native.method || (!native.receiver.is_unbound() && !native.owner.is_empty());
    if is_method { format!("{}.{}", native.owner, native.def.name) } else { native.def.name.to_owned() }
}

fn wrong_count(native: &NativeBody, given: usize) -> Result {
    let sig = &native.def.sig;
    let name = native.def.name;
    let (min, max) = (sig.required as usize, sig.positional as usize);
    let s = |n: usize| if n == 1 { "" } else { "s" };
    if max == 0 && sig.kwonly == 0 {
        return fail(format!("{}() takes no arguments ({given} given)", qualified(native)));
    }
    if min == 1 && max == 1 && sig.kwonly == 0 && sig.posonly == 1 {
        return fail(format!("{}() takes exactly one argument ({given} given)", qualified(native)));
    }
    if sig.posonly as usize == max {
        return fail(if min == max {
            format!("{name} expected {min} argument{}, got {given}", s(min))
        } else if given < min {
            format!("{name} expected at least {min} argument{}, got {given}", s(min))
        } else {
            format!("{name} expected at most {max} argument{}, got {given}", s(max))
        });
    }
    if given < min {
        let missing = param_names(native.def.params).nth(given).unwrap_or_default();
        return fail(format!("{name}() missing required argument '{missing}' (pos {})", given + 1));
    }
    let total = max + sig.kwonly as usize;
    let kind = if sig.kwonly > 0 { "positional argument" } else { "argument" };
    if sig.kwonly > 0 {
        let how = if min == max { "exactly" } else { "at most" };
        return fail(format!("{name}() takes {how} {max} {kind}{} ({given} given)", s(max)));
    }
    fail(format!("{name}() takes at most {total} {kind}{} ({given} given)", s(total)))
}
