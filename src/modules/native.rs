//! What the modules of containers and iterators share: their types are made ready when the module is imported.

use crate::object::{Body, BodyLayout, Boxed, Result, Type, Value, intern};
use crate::protocol::{no_attribute, type_error};
pub use crate::types::args::positional;
use crate::types::exception;
use crate::types::ready::ready;
use std::cell::{Cell, RefCell};

/// The type as a module's attribute, ready to be used.
pub fn class(ty: &'static Type) -> Value {
    if !ty.is_ready() {
        LATE.0.borrow_mut().push(ty);
        ready(ty);
    }
    ty.value()
}

/// The types that imports have made ready.
pub fn late_types() -> Vec<&'static Type> {
    LATE.0.borrow().clone()
}

struct Late(RefCell<Vec<&'static Type>>);
// SAFETY: only the holder of the GIL imports modules, and no borrow is held while Python code runs.
unsafe impl Sync for Late {}
static LATE: Late = Late(RefCell::new(Vec::new()));

/// A new object for a `new` slot.
pub fn make<T: Body>(ty: &Value, body: T) -> Result {
    match ty.cast::<Type>() {
        Some(ty) => Ok(Value::new(ty, body)),
        None => type_error("__new__(X): X is not a type object"),
    }
}

/// The fields of `v`, whose type is the one that slot or method belongs to, or a subclass.
#[inline(always)]
pub fn this<T: Body + BodyLayout>(v: &Value) -> &Boxed<T> {
    v.cast::<Boxed<T>>().expect("slots are only called on their own type")
}

/// What the operating system says, as an exception.
pub fn os_error<T>(e: &std::io::Error) -> Result<T> {
    Err(exception::from_io_error(e, None))
}

/// Reads a field that `__init__` sets: `AttributeError` before.
pub fn field(v: &Value, place: &Cell<Value>, name: &str) -> Result {
    let value = peek(place);
    match value.is_unbound() {
        true => Err(no_attribute(v, &intern(name))),
        false => Ok(value),
    }
}

/// Readers and writers of attributes that are kept in fields of a body.
#[macro_export]
macro_rules! cell_fields {
    ($body:ty: $($get:ident $set:ident $field:ident $name:literal;)*) => {
        $(
            fn $get(v: &Value) -> Result {
                $crate::modules::native::field(v, &$crate::modules::native::this::<$body>(v).$field, $name)
            }
            fn $set(v: &Value, value: Option<Value>) -> Result<()> {
                let field = &$crate::modules::native::this::<$body>(v).$field;
                drop(field.replace(value.unwrap_or(Value::UNBOUND)));
                Ok(())
            }
        )*
    };
}

/// What a cell holds.
#[inline(always)]
pub fn peek(cell: &Cell<Value>) -> Value {
    let held = cell.replace(Value::UNBOUND);
    let copy = held.clone();
    cell.set(held);
    copy
}
