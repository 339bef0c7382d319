//! `threading.local`: attributes of which each thread has its own.

use crate::object::{Boxed, Dict, Layout, Result, Slots, Trace, Tracer, Type, Value, intern};
use crate::protocol::{attribute_error_for, generic_get_attr, generic_set_attr, no_attribute, type_error};
use crate::types::object::OBJECT;
use crate::vm::Thread;
use crate::vm::thread::PerThread;
use minipy_sched::ThreadId;
use std::cell::RefCell;
use std::rc::Rc;

/// The namespaces, by thread. Threads have weak references to it and drop their namespace when they end.
#[derive(Default)]
struct Store(RefCell<Vec<(ThreadId, Value)>>);

impl PerThread for Store {
    fn forget(&self, id: ThreadId) {
        let mut all = self.0.borrow_mut();
        let gone = all.iter().position(|(t, _)| *t == id).map(|i| all.swap_remove(i));
        // Dropping it may run Python code that comes back here.
        drop(all);
        drop(gone);
    }
}

impl Trace for Rc<Store> {
    /// A store that a thread uses as it ends is not the object's alone.
    fn trace(&self, tracer: &mut Tracer) {
        if Rc::strong_count(self) == 1
            && let Ok(all) = self.0.try_borrow()
        {
            all.iter().for_each(|(_, namespace)| namespace.trace(tracer));
        }
    }
}

/// The fields of a `threading.local`.
pub struct LocalBody {
    store: Rc<Store>,
    /// What it was made with, for calling `__init__` in each thread.
    args: Vec<Value>,
    names: Option<Value>,
}

crate::body!(LocalBody: ThreadLocal { store, args, names });

fn local(v: &Value) -> &LocalBody {
    &v.cast::<Boxed<LocalBody>>().expect("slots are only called on their own type").body
}

/// Gives the calling thread, which has none yet, a namespace.
fn add_namespace(v: &Value) -> Value {
    let (store, th) = (&local(v).store, Thread::current());
    let namespace = Dict::new();
    store.0.borrow_mut().push((minipy_sched::current(), namespace.clone()));
    let mut locals = th.locals.borrow_mut();
    locals.retain(|l| l.strong_count() > 0);
    let weak = Rc::downgrade(store);
    locals.push(weak);
    namespace
}

/// The calling thread's namespace; at its first use `__init__` fills it.
fn namespace(v: &Value) -> Result {
    let (me, id) = (local(v), minipy_sched::current());
    let found = me.store.0.borrow().iter().find(|(t, _)| *t == id).map(|(_, d)| d.clone());
    if let Some(found) = found {
        return Ok(found);
    }
    let namespace = add_namespace(v);
    if let Some(init) = v.ty().slots().init
        && let Err(e) = init(v, &me.args, me.names.as_ref())
    {
        me.store.forget(id);
        return Err(e);
    }
    Ok(namespace)
}

fn new(ty: &Value, args: &[Value], names: Option<&Value>) -> Result {
    let Some(class) = ty.cast::<Type>() else { return type_error("__new__(X): X is not a type object") };
    if !args.is_empty() && class.lookup(&intern("__init__")).is_none_or(|i| is_default_init(&i)) {
        return type_error("Initialization arguments are not supported");
    }
    let body = LocalBody { store: Rc::default(), args: args.to_vec(), names: names.cloned() };
    let v = Value::new(class, body);
    add_namespace(&v);
    Ok(v)
}

fn is_default_init(init: &Value) -> bool {
    OBJECT.lookup(&intern("__init__")).is_some_and(|default| default.is(init))
}

fn is_data_descriptor(class_attr: &Option<Value>) -> bool {
    class_attr.as_ref().is_some_and(|d| d.ty().slots().descr_set.is_some())
}

fn get_attr(v: &Value, name: &Value) -> Result {
    let namespace = namespace(v)?;
    if name.as_str() == Some("__dict__") {
        return Ok(namespace);
    }
    if !is_data_descriptor(&v.ty().lookup(name))
        && let Some(value) = namespace.cast::<Dict>().and_then(|d| d.get_interned(name).cloned())
    {
        return Ok(value);
    }
    generic_get_attr(v, name)
}

fn set_attr(v: &Value, name: &Value, value: Option<Value>) -> Result<()> {
    let namespace = namespace(v)?;
    if name.as_str() == Some("__dict__") {
        let message = format!("'{}' object attribute '__dict__' is read-only", v.ty().name());
        return Err(attribute_error_for(v, name, message));
    }
    if is_data_descriptor(&v.ty().lookup(name)) {
        return generic_set_attr(v, name, value);
    }
    let Some(dict) = namespace.cast::<Dict>() else { return Ok(()) };
    match value {
        Some(value) => dict.set_interned(name, value),
        None if dict.remove_interned(name) => {}
        None => return Err(no_attribute(v, name)),
    }
    Ok(())
}

/// `_thread._local`
pub static LOCAL: Type = Type::builtin::<Boxed<LocalBody>>(
    "_thread._local",
    Layout::ThreadLocal,
    "An object whose attributes each thread has for itself.",
    &[],
)
.with_weakrefs()
.with_base_flag()
.with_slots(Slots { new: Some(new), get_attr: Some(get_attr), set_attr: Some(set_attr), ..Slots::EMPTY });
