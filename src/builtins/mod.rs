//! The built-in functions, and the table of what stands in `builtins`.

mod functions;
mod numbers;
mod objects;
mod sequences;
mod table;
mod text;

use crate::object::{Def, Dict, Kind, Type, Value, intern};
use crate::types::*;
use crate::vm;

/// Every type that must be made ready at start-up, bases first.
pub fn all_types() -> Vec<&'static Type> {
    let mut types = named_types();
    types.extend([
        &singletons::NONE_TYPE,
        &singletons::NOT_IMPLEMENTED_TYPE,
        &singletons::ELLIPSIS_TYPE,
        &bytes::BYTES_ITERATOR,
        &bytes::MEMORY_ITERATOR,
        &bytes::BYTEARRAY_ITERATOR,
        &function::FUNCTION,
        &function::METHOD,
        &function::BUILTIN,
        &function::METHOD_DESCRIPTOR,
        &function::CLASSMETHOD_DESCRIPTOR,
        &function::GETSET,
        &wrappers::SLOT_WRAPPER,
        &members::MEMBER,
        &alias::GENERIC_ALIAS,
        &alias::UNION_TYPE,
        &mappingproxy::MAPPING_PROXY,
        &wrappers::METHOD_WRAPPER,
        &function::CELL,
        &module::MODULE,
        &vm::code_type::CODE,
        &exception::UNRAISABLE_HOOK_ARGS,
        &vm::frame::FRAME,
        &vm::frame::TRACEBACK,
        &vm::generator::GENERATOR,
        &vm::coroutine::COROUTINE,
        &vm::coroutine::WRAPPER,
        &vm::coroutine::ANEXT,
        &vm::async_generator::ASYNC_GENERATOR,
        &vm::async_generator::ASEND,
        &vm::async_generator::ATHROW,
        &weakref::REF,
        &weakref::PROXY,
        &weakref::CALLABLE_PROXY,
        &iterators::ITEMS_ITERATOR,
        &crate::modules::hashlib::HASH,
        &crate::modules::random::RANDOM,
        &crate::modules::time::calendar::STRUCT_TIME,
        &crate::modules::thread::lock::LOCK,
        &crate::modules::thread::lock::RLOCK,
        &crate::modules::thread::event::EVENT,
        &crate::modules::thread::semaphore::SEMAPHORE,
        &crate::modules::thread::semaphore::BOUNDED,
        &crate::modules::thread::local::LOCAL,
        &crate::modules::thread::simple_queue::EMPTY,
        &crate::modules::thread::simple_queue::SIMPLE_QUEUE,
    ]);
    types.extend(crate::modules::sys_info::types());
    types.extend(table::unnamed_types());
    types
}

/// The types that have a name in `builtins`.
fn named_types() -> Vec<&'static Type> {
    // A base stands before the types derived from it.
    let mut types: Vec<&'static Type> = vec![
        &object::OBJECT,
        &type_::TYPE,
        &int::INT,
        &bytes::BYTES,
        &complex::COMPLEX,
        &bytes::BYTEARRAY,
        &bytes::MEMORYVIEW,
        &property::PROPERTY,
        &descriptor::CLASSMETHOD,
        &descriptor::STATICMETHOD,
        &super_::SUPER,
    ];
    types.extend(table::types());
    types.extend(exception::types());
    types
}

/// Puts functions and constants of a table into a namespace.
pub fn add_defs(namespace: &Dict, defs: &'static [Def], owner: &'static str) {
    for def in defs {
        let value = match def.kind {
            Kind::Const(f) => f(),
            Kind::Function(f) | Kind::Static(f) | Kind::Class(f) => {
                function::new_native(def, f, Value::UNBOUND, owner, false)
            }
            Kind::Property(..) | Kind::Member(_) | Kind::Late(_) => continue,
        };
        namespace.set_interned(&intern(def.name), value);
    }
}

/// Fills the namespace of `builtins`.
pub fn fill(namespace: &Dict) {
    for ty in named_types() {
        namespace.set_interned(&intern(ty.name()), ty.value());
    }
    for (name, ty) in [("IOError", &exception::OS_ERROR), ("EnvironmentError", &exception::OS_ERROR)] {
        namespace.set_interned(&intern(name), ty.value());
    }
    let constants = [
        ("None", Value::NONE),
        ("True", Value::TRUE),
        ("False", Value::FALSE),
        ("NotImplemented", Value::NOT_IMPLEMENTED),
        ("Ellipsis", Value::ELLIPSIS),
        ("__debug__", Value::TRUE),
    ];
    for (name, value) in constants {
        namespace.set_interned(&intern(name), value);
    }
    add_defs(namespace, table::DEFS, "");
    add_defs(namespace, functions::DEFS, "");
}
