//! `super`: attributes as if a class and those before it in the order of classes had none.

use super::function::CellObject;
use crate::object::{Boxed, Layout, Result, Slots, Type, Value, arg};
use crate::protocol::{self, generic_get_attr, type_error};
use std::cell::RefCell;

/// The fields of a `super` object; unbound until `__init__` is called.
pub struct SuperBody {
    start: RefCell<Value>,
    object: RefCell<Value>,
    class: RefCell<Value>,
}

crate::body!(SuperBody: Super { start, object, class });

fn shown(field: &RefCell<Value>) -> Result {
    Ok(field.borrow().clone().bound().unwrap_or(Value::NONE))
}

/// `super`
pub static SUPER: Type = Type::builtin::<Boxed<SuperBody>>(
    "super",
    Layout::Super,
    "Attributes of the classes after one in the order of classes.",
    crate::defs! {
        member "__thisclass__()" "the class after which attributes are looked for" => |v| shown(&this(v).start);
        member "__self__()" "what methods are bound to" => |v| shown(&this(v).object);
        member "__self_class__()" "the class whose order is followed" => |v| shown(&this(v).class);
    },
)
.with_base_flag()
.with_slots(Slots {
    new: Some(|ty, _, _| match ty.cast::<Type>() {
        Some(ty) => {
            let [start, object, class] = [const { RefCell::new(Value::UNBOUND) }; 3];
            Ok(Value::new(ty, SuperBody { start, object, class }))
        }
        None => type_error("X is not a type object"),
    }),
    init: Some(init),
    get_attr: Some(get_attr),
    descr_get: Some(get),
    repr: Some(|v| {
        let s = this(v);
        let name = |field: &RefCell<Value>| {
            field.borrow().cast::<Type>().map_or("NULL".to_owned(), |t| t.name().to_owned())
        };
        let object = match s.object.borrow().is_unbound() {
            true => "NULL".to_owned(),
            false => format!("<{} object>", name(&s.class)),
        };
        Ok(Value::str(&format!("<super: <class '{}'>, {object}>", name(&s.start))))
    }),
    ..Slots::EMPTY
});

fn this(v: &Value) -> &SuperBody {
    v.cast::<Boxed<SuperBody>>().expect("slots are only called on their own type")
}

/// The class whose order is followed from `start` on for `object`.
fn class_for(start: &Value, object: &Value) -> Result {
    let Some(t) = start.cast::<Type>() else {
        return type_error(format!("super() argument 1 must be a type, not {}", start.ty().name()));
    };
    match object.cast::<Type>() {
        Some(o) if o.is_subtype(t) => Ok(object.clone()),
        _ if object.ty().is_subtype(t) => Ok(object.ty().value()),
        _ if let Some(claimed) = protocol::claimed_class(object, t)? => Ok(claimed),
        _ => type_error("super(type, obj): obj must be an instance or subtype of type"),
    }
}

fn init(v: &Value, args: &[Value], names: Option<&Value>) -> Result<()> {
    if names.and_then(Value::as_tuple).is_some_and(|n| !n.is_empty()) {
        return type_error("super() takes no keyword arguments");
    }
    let (start, object) = match args {
        [] => {
            let (cell, first) = crate::vm::super_arguments()?;
            match cell.cast::<CellObject>().and_then(|c| c.get().bound()) {
                Some(class) => (class, first),
                None => return protocol::runtime_error("super(): empty __class__ cell"),
            }
        }
        [_] | [_, _] => (args[0].clone(), arg(args, 1).clone()),
        _ => return type_error(format!("super() expected at most 2 arguments, got {}", args.len())),
    };
    let (object, class) = match object.bound().filter(|o| !o.is_none()) {
        Some(object) => {
            let class = class_for(&start, &object)?;
            (object, class)
        }
        None if start.cast::<Type>().is_none() => return class_for(&start, &Value::NONE).map(drop),
        None => (Value::UNBOUND, Value::UNBOUND),
    };
    let s = this(v);
    drop([s.start.replace(start), s.object.replace(object), s.class.replace(class)]);
    Ok(())
}

/// One that is not bound yet is bound to the instance whose attribute it is.
fn get(v: &Value, instance: &Value, _: &Value) -> Result {
    let s = this(v);
    if instance.is_unbound() || instance.is_none() || !s.object.borrow().is_unbound() {
        return Ok(v.clone());
    }
    let start = s.start.borrow().clone();
    protocol::call(&v.ty().value(), &[start, instance.clone()])
}

fn get_attr(v: &Value, name: &Value) -> Result {
    let s = this(v);
    let class = s.class.borrow().clone();
    if let Some(class) = class.cast::<Type>()
        && name.as_str() != Some("__class__")
    {
        let start = s.start.borrow().clone();
        let after = class.mro().skip_while(|t| !t.value().is(&start)).skip(1);
        let found = after.filter_map(|t| t.dict().get_interned(name).cloned()).next();
        if let Some(x) = found {
            let Some(get) = x.ty().slots().descr_get else { return Ok(x) };
            let object = s.object.borrow().clone();
            let instance = if object.is(&class.value()) { &Value::UNBOUND } else { &object };
            return get(&x, instance, &class.value());
        }
    }
    generic_get_attr(v, name)
}
