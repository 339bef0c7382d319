//! Raising exceptions from Rust.

use crate::object::{Raised, Result, Type, Value, intern};
use crate::types::exception;

/// The exception `ty(message)`, ready to be returned as `Err`.
#[cold]
pub fn raise(ty: &Type, message: impl AsRef<str>) -> Raised {
    Raised(exception::new(ty, vec![Value::str(message.as_ref())]))
}

/// The exception `ty(*args)`.
#[cold]
pub fn raise_args(ty: &Type, args: Vec<Value>) -> Raised {
    Raised(exception::new(ty, args))
}

macro_rules! shorthands {
    ($($name:ident = $ty:ident)*) => { $(
        #[doc = concat!("Raises `", stringify!($ty), "` with this message.")]
        #[cold]
        pub fn $name<T>(message: impl AsRef<str>) -> Result<T> {
            Err(raise(&exception::$ty, message))
        }
    )* };
}

shorthands! {
    type_error = TYPE_ERROR
    value_error = VALUE_ERROR
    index_error = INDEX_ERROR
    attribute_error = ATTRIBUTE_ERROR
    runtime_error = RUNTIME_ERROR
    overflow_error = OVERFLOW_ERROR
    zero_division = ZERO_DIVISION_ERROR
    name_error = NAME_ERROR
    import_error = IMPORT_ERROR
}

/// `warnings.warn(message, category)`, as if the running Python function had called it.
#[cold]
pub fn warn(category: &Type, message: impl AsRef<str>) -> Result<()> {
    let warnings = crate::vm::import::import_absolute("warnings")?;
    let warn = super::get_attr(&warnings, &intern("warn"))?;
    super::call(&warn, &[Value::str(message.as_ref()), category.value()]).map(drop)
}

/// Warns that a method like `__index__` gave an instance of a strict subclass of `wanted`.
#[cold]
pub fn warn_of_subclass(method: &str, wanted: &str, given: &Value) -> Result<()> {
    let kind = given.ty().name();
    let message = format!(
        "{method} returned non-{wanted} (type {kind}).  The ability to return an instance of a strict subclass of \
         {wanted} is deprecated, and may be removed in a future version of Python."
    );
    warn(&exception::DEPRECATION_WARNING, message)
}

/// `MemoryError()`
#[cold]
pub fn memory_error<T>() -> Result<T> {
    Err(raise_args(&exception::MEMORY_ERROR, Vec::new()))
}

/// `KeyError(key)`
#[cold]
pub fn key_error<T>(key: &Value) -> Result<T> {
    Err(raise_args(&exception::KEY_ERROR, vec![key.clone()]))
}
