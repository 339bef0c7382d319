//! `BaseExceptionGroup` and `ExceptionGroup`.

use super::*;
use crate::object::Native;
use crate::protocol::value_error;
use crate::types::function::{BoundMethod, Function};
use std::collections::HashSet;

/// `BaseExceptionGroup`
pub static BASE_EXCEPTION_GROUP: Type = Type::builtin::<Exception>(
    "BaseExceptionGroup",
    Layout::Exception,
    "Several exceptions that are raised together.",
    crate::defs! {
        member "message()" "What the group is about." => |v| Ok(field(v, "message"));
        member "exceptions()" "The exceptions in the group, a tuple." => |v| Ok(field(v, "exceptions"));
        class "__class_getitem__(item, /)" "See PEP 585" => crate::types::alias::class_getitem;
        fn "derive(excs, /)" "A group with the same message that holds other exceptions." => |a| {
            protocol::call(&BASE_EXCEPTION_GROUP.value(), &[field(&a[0], "message"), a[1].clone()])
        };
        fn "split(condition, /)" "The group of those that match and the group of the others." => |a| {
            let (matching, rest) = split(&a[0], &Condition::new(&a[1])?, true)?;
            Ok(Value::tuple(vec![matching.unwrap_or(Value::NONE), rest.unwrap_or(Value::NONE)]))
        };
        fn "subgroup(condition, /)" "The group of those that match, or None." => |a| {
            Ok(split(&a[0], &Condition::new(&a[1])?, false)?.0.unwrap_or(Value::NONE))
        };
    },
)
.with_base(&BASE_EXCEPTION)
.with_base_flag()
.with_attrs(size_of::<Exception>())
.with_slots(Slots { new: Some(new), ..Slots::EMPTY });

/// `ExceptionGroup`
pub static EXCEPTION_GROUP: Type =
    Type::builtin::<Exception>("ExceptionGroup", Layout::Exception, "", crate::defs! {})
        .with_base(&BASE_EXCEPTION_GROUP)
        .with_second_base(&EXCEPTION)
        .with_base_flag()
        .with_attrs(size_of::<Exception>());

fn new(ty: &Value, args: &[Value], names: Option<&Value>) -> Result {
    let Some(mut t) = ty.cast::<Type>() else { return type_error("X is not a type object") };
    let positional = &args[..args.len() - names.and_then(Value::as_tuple).map_or(0, <[Value]>::len)];
    let [message, excs] = positional else {
        return type_error(format!(
            "BaseExceptionGroup.__new__() takes exactly 2 arguments ({} given)",
            positional.len()
        ));
    };
    if message.as_str().is_none() {
        return type_error(format!(
            "BaseExceptionGroup.__new__() argument 1 must be str, not {}",
            crate::types::str::given(message)
        ));
    }
    if excs.ty().slots().get_item.is_none() || excs.ty().layout == Layout::Dict {
        return type_error("second argument (exceptions) must be a sequence");
    }
    let items = protocol::collect(excs)?;
    if items.is_empty() {
        return value_error("second argument (exceptions) must be a non-empty sequence");
    }
    if let Some(i) = items.iter().position(|e| !e.ty().is_subtype(&BASE_EXCEPTION)) {
        return value_error(format!("Item {i} of second argument (exceptions) is not an exception"));
    }
    let ordinary = items.iter().all(|e| e.ty().is_subtype(&EXCEPTION));
    if std::ptr::eq(t, &BASE_EXCEPTION_GROUP) && ordinary {
        t = &EXCEPTION_GROUP;
    } else if std::ptr::eq(t, &EXCEPTION_GROUP) && !ordinary {
        return type_error("Cannot nest BaseExceptions in an ExceptionGroup");
    } else if t.is_subtype(&EXCEPTION) && !ordinary {
        return type_error(format!("Cannot nest BaseExceptions in '{}'", t.name()));
    }
    let e = make(t, positional);
    set_field(&e, "message", message.clone());
    set_field(&e, "exceptions", Value::tuple(items));
    Ok(e)
}

/// `str()` of a group.
pub(super) fn text(v: &Value) -> Result<String> {
    let n = members(v).len();
    let message = protocol::str_string(&field(v, "message"))?;
    Ok(format!("{message} ({n} sub-exception{})", if n == 1 { "" } else { "s" }))
}

/// The exceptions of a group; none for other exceptions.
pub fn members(v: &Value) -> Vec<Value> {
    if !v.ty().is_subtype(&BASE_EXCEPTION_GROUP) {
        return Vec::new();
    }
    field(v, "exceptions").as_tuple().unwrap_or_default().to_vec()
}

/// The group of some exceptions, a list or tuple, without a message.
pub fn of(excs: Value) -> Result {
    protocol::call(&BASE_EXCEPTION_GROUP.value(), &[Value::str(""), excs])
}

/// Whether two exceptions share traceback, context and cause: one was split off the other.
pub fn same_history(a: &Value, b: &Value) -> bool {
    let (x, y) = (exc(a), exc(b));
    get(&x.traceback).is(&get(&y.traceback))
        && get(&x.context).is(&get(&y.context))
        && get(&x.cause).is(&get(&y.cause))
}

/// The part of a group whose exceptions stand in one of `parts`.
pub fn projection(group: &Value, parts: &[Value]) -> Result<Option<Value>> {
    let (mut leaves, mut pending) = (HashSet::new(), parts.to_vec());
    while let Some(e) = pending.pop() {
        if e.ty().is_subtype(&BASE_EXCEPTION_GROUP) {
            pending.extend(members(&e));
        } else {
            leaves.insert(e.id());
        }
    }
    Ok(split(group, &Condition::Leaves(leaves), false)?.0)
}

/// What `split` looks for.
enum Condition {
    /// Instances of a class or of one of several.
    Classes(Vec<Value>),
    /// What a function says yes to.
    Function(Value),
    /// Exceptions with these identities that are no groups.
    Leaves(HashSet<u64>),
}

impl Condition {
    fn new(v: &Value) -> Result<Condition> {
        let is_class = |c: &Value| c.cast::<Type>().is_some_and(|t| t.is_subtype(&BASE_EXCEPTION));
        if is_class(v) {
            return Ok(Condition::Classes(vec![v.clone()]));
        }
        if let Some(items) = v.as_tuple().filter(|items| items.iter().all(is_class)) {
            return Ok(Condition::Classes(items.to_vec()));
        }
        let function = v.cast::<Function>().is_some()
            || v.cast::<Native>().is_some()
            || v.cast::<BoundMethod>().is_some()
            || v.cast::<Type>().is_none() && v.ty().slots().call.is_some();
        if function {
            return Ok(Condition::Function(v.clone()));
        }
        type_error("expected a function, exception type or tuple of exception types")
    }

    fn holds(&self, e: &Value) -> Result<bool> {
        match self {
            Condition::Classes(classes) => {
                Ok(classes.iter().filter_map(Value::cast::<Type>).any(|t| e.ty().is_subtype(t)))
            }
            Condition::Leaves(ids) => Ok(ids.contains(&e.id())),
            Condition::Function(f) => protocol::truth(&protocol::call(f, std::slice::from_ref(e))?),
        }
    }
}

/// Splits a group or a single exception; the rest is wanted or not.
fn split(e: &Value, condition: &Condition, rest: bool) -> Result<(Option<Value>, Option<Value>)> {
    if condition.holds(e)? {
        return Ok((Some(e.clone()), None));
    }
    if !e.ty().is_subtype(&BASE_EXCEPTION_GROUP) {
        return Ok((None, rest.then(|| e.clone())));
    }
    crate::vm::guard_native_recursion(" in exceptiongroup_split_recursive", || {
        let (mut matching, mut others) = (Vec::new(), Vec::new());
        for member in members(e) {
            let (m, o) = split(&member, condition, rest)?;
            matching.extend(m);
            others.extend(o);
        }
        Ok((part(e, matching)?, part(e, others)?))
    })
}

/// A group of some of the exceptions, with the group's own history.
fn part(group: &Value, excs: Vec<Value>) -> Result<Option<Value>> {
    if excs.is_empty() {
        return Ok(None);
    }
    let new = protocol::call_method(group, "derive", &[Value::list(excs)])?;
    if !new.ty().is_subtype(&BASE_EXCEPTION_GROUP) {
        return type_error("derive must return an instance of BaseExceptionGroup");
    }
    let (from, to) = (exc(group), exc(&new));
    put(&to.traceback, from.traceback.borrow().clone());
    put(&to.context, from.context.borrow().clone());
    put(&to.cause, from.cause.borrow().clone());
    // Setting a cause, be it none, suppresses the context.
    to.suppress.set(true);
    let name = intern("__notes__");
    if let Some(notes) = protocol::get_attr_opt(group, &name)?
        && notes.ty().slots().get_item.is_some()
    {
        protocol::set_attr(&new, &name, Some(Value::list(protocol::collect(&notes)?)))?;
    }
    Ok(Some(new))
}
