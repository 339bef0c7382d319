//! Exceptions.

use crate::object::{Head, Layout, Raised, Type, Value};

macro_rules! exceptions {
    ($($name:ident = $py:literal : $base:ident;)*) => { $(
        #[doc = concat!("`", $py, "`")]
        pub static $name: Type = Type::builtin::<Head>($py, Layout::Exception, "", &[]).with_base(&$base).with_base_flag();
    )* };
}

/// `BaseException`
pub static BASE_EXCEPTION: Type =
    Type::builtin::<Head>("BaseException", Layout::Exception, "", &[]).with_base_flag();

exceptions! {
    EXCEPTION = "Exception": BASE_EXCEPTION;
    TYPE_ERROR = "TypeError": EXCEPTION;
    VALUE_ERROR = "ValueError": EXCEPTION;
    LOOKUP_ERROR = "LookupError": EXCEPTION;
    INDEX_ERROR = "IndexError": LOOKUP_ERROR;
    KEY_ERROR = "KeyError": LOOKUP_ERROR;
    ATTRIBUTE_ERROR = "AttributeError": EXCEPTION;
    RUNTIME_ERROR = "RuntimeError": EXCEPTION;
    RECURSION_ERROR = "RecursionError": RUNTIME_ERROR;
    ARITHMETIC_ERROR = "ArithmeticError": EXCEPTION;
    OVERFLOW_ERROR = "OverflowError": ARITHMETIC_ERROR;
    ZERO_DIVISION_ERROR = "ZeroDivisionError": ARITHMETIC_ERROR;
    NAME_ERROR = "NameError": EXCEPTION;
    UNBOUND_LOCAL_ERROR = "UnboundLocalError": NAME_ERROR;
    IMPORT_ERROR = "ImportError": EXCEPTION;
    MEMORY_ERROR = "MemoryError": EXCEPTION;
    STOP_ITERATION = "StopIteration": EXCEPTION;
}

/// The exception `ty(*args)`.
pub fn new(_ty: &Type, _args: Vec<Value>) -> Value {
    todo!()
}

/// Sets an attribute of an exception, such as `name` of a `NameError`.
pub fn set_field(_e: &Value, _name: &str, _value: Value) {}

/// Prints `Exception ignored in: ...` with its traceback to stderr.
pub fn report_unraisable(_e: &Raised, _what: &Value) {}
