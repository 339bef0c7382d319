//! The instructions of `match`.

use crate::object::types::type_flags;
use crate::object::{Dict, Result, Type, Value, names};
use crate::protocol::{self, raise, type_error, value_error};
use crate::types::{bool, bytes, dict, exception, float, int, list, range, set, str, tuple};
use minipy_bytecode::{Instr, Op};

/// Built-in types that sequence patterns accept.
static SEQUENCES: [&Type; 4] = [&list::LIST, &tuple::TUPLE, &range::RANGE, &bytes::MEMORYVIEW];
/// Built-in types that mapping patterns accept.
static MAPPINGS: [&Type; 1] = [&dict::DICT];
/// Types whose one positional sub-pattern is matched with the subject itself.
static SELF_MATCHING: [&Type; 11] = [
    &bool::BOOL,
    &bytes::BYTEARRAY,
    &bytes::BYTES,
    &dict::DICT,
    &float::FLOAT,
    &set::FROZENSET,
    &int::INT,
    &list::LIST,
    &set::SET,
    &str::STR,
    &tuple::TUPLE,
];

/// Whether patterns take the instances of a type for sequences (`Some(true)`) or mappings (`Some(false)`): the first
/// of its bases that is either decides.
pub fn is_sequence(ty: &Type) -> Option<bool> {
    ty.mro().find_map(|t| {
        let has =
            |from: &[&Type], flag| t.flags.get() & flag != 0 || from.iter().any(|f| std::ptr::eq(*f, t));
        if has(&SEQUENCES, type_flags::SEQUENCE) {
            Some(true)
        } else {
            has(&MAPPINGS, type_flags::MAPPING).then_some(false)
        }
    })
}

/// Carries one of the instructions out.
///
/// # Safety
/// `regs` and `consts` are those of the frame that the instruction belongs to.
#[cold]
pub unsafe fn execute(i: Instr, regs: *mut Value, consts: *const Value) -> Result<()> {
    // SAFETY: as the caller promises.
    let reg = |n: u16| unsafe { (*regs.add(n as usize)).clone() };
    let subject = reg(i.b);
    let result = match i.op {
        Op::Len => int::from_i64(protocol::len(&subject)? as i64),
        Op::MatchSequence => Value::bool(is_sequence(subject.ty()) == Some(true)),
        Op::MatchMapping => Value::bool(is_sequence(subject.ty()) == Some(false)),
        Op::MatchKeys => match_keys(&subject, &reg(i.c))?,
        Op::MatchRest => match_rest(&subject, &reg(i.c))?,
        // SAFETY: as above.
        _ => match_class(&subject, &reg(i.a), unsafe { &*consts.add(i.c as usize) })?,
    };
    // SAFETY: as above.
    drop(std::mem::replace(unsafe { &mut *regs.add(i.a as usize) }, result));
    Ok(())
}

fn match_keys(subject: &Value, keys: &Value) -> Result {
    let keys = keys.as_tuple().unwrap_or_default();
    let seen = set::new_empty();
    let get = protocol::get_attr(subject, &names::GET)?;
    let missing = Value::tuple(vec![Value::NONE]);
    let mut values = Vec::with_capacity(keys.len());
    for key in keys {
        if protocol::contains(&seen, key)? {
            let key = protocol::repr_string(key)?;
            return value_error(format!("mapping pattern checks duplicate key ({key})"));
        }
        set::add(&seen, key)?;
        let value = match subject.cast::<Dict>().filter(|_| subject.is_exact(&dict::DICT)) {
            Some(d) => d.get(key)?,
            None => Some(protocol::call(&get, &[key.clone(), missing.clone()])?),
        };
        match value {
            Some(v) if !v.is(&missing) => values.push(v),
            _ => return Ok(Value::NONE),
        }
    }
    Ok(Value::tuple(values))
}

fn match_rest(subject: &Value, keys: &Value) -> Result {
    let rest = Dict::new();
    super::slow::dict_update(&rest, subject)?;
    for key in keys.as_tuple().unwrap_or_default() {
        protocol::delete_item(&rest, key)?;
    }
    Ok(rest)
}

fn match_class(subject: &Value, class: &Value, what: &Value) -> Result {
    let Some(ty) = class.cast::<Type>() else { return type_error("called match pattern must be a type") };
    if !protocol::is_instance(subject, class)? {
        return Ok(Value::NONE);
    }
    let (count, keywords) = match what.as_tuple() {
        Some([n, rest @ ..]) => (n.as_inline_int().unwrap_or(0) as usize, rest),
        _ => (0, &[][..]),
    };
    let mut seen: Vec<Value> = Vec::new();
    let mut found = Vec::new();
    if count > 0 {
        let declared = protocol::get_attr_opt(class, &names::MATCH_ARGS)?;
        let whole = declared.is_none() && ty.mro().any(|t| SELF_MATCHING.iter().any(|s| std::ptr::eq(*s, t)));
        let positional = match &declared {
            None => &[][..],
            Some(t) if t.is_exact(&tuple::TUPLE) => t.as_tuple().unwrap_or_default(),
            Some(other) => {
                let (name, got) = (ty.name(), other.ty().name());
                return type_error(format!("{name}.__match_args__ must be a tuple (got {got})"));
            }
        };
        let allowed = if whole { 1 } else { positional.len() };
        if allowed < count {
            let (name, s) = (ty.name(), if allowed == 1 { "" } else { "s" });
            return type_error(format!(
                "{name}() accepts {allowed} positional sub-pattern{s} ({count} given)"
            ));
        }
        if whole {
            found.push(subject.clone());
        }
        for name in positional.iter().take(count) {
            if !name.is_exact(&str::STR) {
                let got = name.ty().name();
                return type_error(format!("__match_args__ elements must be strings (got {got})"));
            }
            match attribute(subject, ty, name, &mut seen)? {
                Some(v) => found.push(v),
                None => return Ok(Value::NONE),
            }
        }
    }
    for name in keywords {
        match attribute(subject, ty, name, &mut seen)? {
            Some(v) => found.push(v),
            None => return Ok(Value::NONE),
        }
    }
    Ok(Value::tuple(found))
}

fn attribute(subject: &Value, ty: &Type, name: &Value, seen: &mut Vec<Value>) -> Result<Option<Value>> {
    let name = crate::object::intern_value(name).unwrap_or_else(|| name.clone());
    if seen.iter().any(|s| s.is(&name)) {
        let (class, text) = (ty.name(), protocol::repr_string(&name)?);
        let message = format!("{class}() got multiple sub-patterns for attribute {text}");
        return Err(raise(&exception::TYPE_ERROR, message));
    }
    seen.push(name.clone());
    protocol::get_attr_opt(subject, &name)
}
