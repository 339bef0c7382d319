//! `property`

use crate::object::{Boxed, Layout, Result, Slots, Type, Value, arg, intern};
use crate::protocol::{self, attribute_error, call, type_error};
use std::cell::{Cell, RefCell};

/// The fields of a `property`. What is not given is unbound.
pub struct PropertyBody {
    get: RefCell<Value>,
    set: RefCell<Value>,
    delete: RefCell<Value>,
    doc: RefCell<Value>,
    /// What the class calls it, as far as it has said so.
    name: RefCell<Value>,
    /// The documentation is that of the getter, so that another getter brings its own.
    doc_of_getter: Cell<bool>,
}

crate::body!(PropertyBody: Property { get, set, delete, doc, name });

type Property = Boxed<PropertyBody>;

fn this(v: &Value) -> &PropertyBody {
    v.cast::<Property>().expect("slots are only called on their own type")
}

fn none_if_unbound(v: &RefCell<Value>) -> Value {
    v.borrow().clone().bound().unwrap_or(Value::NONE)
}

/// What it is given is for `__init__`, which a subclass may call with something else.
fn new(ty: &Value, _: &[Value], _: Option<&Value>) -> Result {
    let Some(t) = ty.cast::<Type>() else { return type_error("X is not a type object") };
    let [get, set, delete, doc, name] = [const { RefCell::new(Value::UNBOUND) }; 5];
    Ok(Value::new(t, PropertyBody { get, set, delete, doc, name, doc_of_getter: Cell::new(false) }))
}

/// `property(fget=None, fset=None, fdel=None, doc=None)`
fn init(v: &Value, args: &[Value], names: Option<&Value>) -> Result<()> {
    let a = protocol::bind_args(
        "property",
        crate::sig!("(fget=None, fset=None, fdel=None, doc=None)"),
        args,
        names,
    )?;
    let p = this(v);
    let given = |i: usize| Some(arg(&a, i)).filter(|x| !x.is_none()).cloned().unwrap_or(Value::UNBOUND);
    let doc = arg(&a, 3).clone();
    for (field, value) in [&p.get, &p.set, &p.delete].into_iter().zip(0..) {
        drop(field.replace(given(value)));
    }
    drop(p.doc.replace(doc.clone()));
    p.doc_of_getter.set(false);
    let undocumented = doc.is_unbound() || doc.is_none();
    if let Some(getter) = given(0).bound().filter(|_| undocumented)
        && let Some(doc) = protocol::get_attr_opt(&getter, &intern("__doc__"))?
    {
        p.doc_of_getter.set(true);
        if v.ty().is_heap() {
            // The class has a `__doc__` of its own, which hides that of `property`.
            return protocol::set_attr(v, &intern("__doc__"), Some(doc));
        }
        drop(p.doc.replace(doc));
    }
    Ok(())
}

/// A copy with another function in place `at`.
fn with(v: &Value, at: usize, f: &Value) -> Result {
    let p = this(v);
    let mut parts = [&p.get, &p.set, &p.delete, &p.doc].map(none_if_unbound);
    if !f.is_none() {
        parts[at] = f.clone();
    }
    if p.doc_of_getter.get() && !parts[0].is_none() {
        parts[3] = Value::NONE;
    }
    let copy = call(&v.ty().value(), &parts)?;
    if let Some(new) = copy.cast::<Property>() {
        drop(new.name.replace(p.name.borrow().clone()));
    }
    Ok(copy)
}

/// `AttributeError` for a property that cannot be read, set or deleted.
fn missing<T>(d: &Value, instance: &Value, what: &str) -> Result<T> {
    let class = protocol::get_attr(&instance.ty().value(), &intern("__qualname__"))?;
    let class = protocol::repr_string(&class)?;
    attribute_error(match this(d).name.borrow().clone().bound() {
        Some(name) => format!("property {} of {class} object has no {what}", protocol::repr_string(&name)?),
        None => format!("property of {class} object has no {what}"),
    })
}

/// `__isabstractmethod__`: whether one of the functions is abstract.
fn is_abstract(v: &Value) -> Result {
    let p = this(v);
    for part in [&p.get, &p.set, &p.delete] {
        if super::descriptor::is_abstract(&part.borrow().clone())? {
            return Ok(Value::TRUE);
        }
    }
    Ok(Value::FALSE)
}

fn set_name(a: &[Value]) -> Result {
    let given = a[1].as_tuple().unwrap_or_default();
    let [_, name] = given else {
        let n = given.len();
        return type_error(format!("__set_name__() takes 2 positional arguments but {n} were given"));
    };
    drop(this(&a[0]).name.replace(name.clone()));
    Ok(Value::NONE)
}

/// `property`
pub static PROPERTY: Type = Type::builtin::<Property>(
    "property",
    Layout::Property,
    "",
    crate::defs! {
        fn "getter(f, /)" "Copy with another getter." => |a| with(&a[0], 0, &a[1]);
        fn "setter(f, /)" "Copy with another setter." => |a| with(&a[0], 1, &a[1]);
        fn "deleter(f, /)" "Copy with another deleter." => |a| with(&a[0], 2, &a[1]);
        fn "__set_name__(*args)" "Learn the name that a class gives to the property." => set_name;
        get "__isabstractmethod__()" "" => is_abstract;
        member "fget()" "" => |v| Ok(none_if_unbound(&this(v).get));
        member "fset()" "" => |v| Ok(none_if_unbound(&this(v).set));
        member "fdel()" "" => |v| Ok(none_if_unbound(&this(v).delete));
        get "__doc__()" "" => |v| Ok(none_if_unbound(&this(v).doc)), |v, x| {
            drop(this(v).doc.replace(x.unwrap_or(Value::UNBOUND)));
            Ok(())
        };
    },
)
.with_signature("(fget=None, fset=None, fdel=None, doc=None)")
.with_base_flag()
.with_slots(Slots {
    new: Some(new),
    init: Some(init),
    descr_get: Some(|d, instance, _| {
        if instance.is_unbound() {
            return Ok(d.clone());
        }
        let getter = this(d).get.borrow().clone();
        if getter.is_unbound() {
            return missing(d, instance, "getter");
        }
        call(&getter, std::slice::from_ref(instance))
    }),
    descr_set: Some(|d, instance, value| {
        let (f, what) = match value {
            Some(_) => (this(d).set.borrow().clone(), "setter"),
            None => (this(d).delete.borrow().clone(), "deleter"),
        };
        if f.is_unbound() {
            return missing(d, instance, what);
        }
        let args: Vec<Value> = std::iter::once(instance.clone()).chain(value).collect();
        call(&f, &args).map(drop)
    }),
    ..Slots::EMPTY
});
