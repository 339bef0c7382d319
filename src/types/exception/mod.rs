//! Exceptions: the hierarchy, and the object behind all of them.
//!
//! Special attributes such as `errno` or `name` stand in [`ExcBody::fields`], each at a place of its own
//! ([`field_index`]); what has not been given is `None`. How constructors fill them is in `fields`.

mod fields;
pub mod group;
mod report;

pub use group::{BASE_EXCEPTION_GROUP, EXCEPTION_GROUP};
pub use report::{
    UNRAISABLE_HOOK_ARGS, exit_code, print_uncaught, report_unraisable, report_unraisable_in,
    write_traceback, write_unraisable,
};

use crate::object::{Attrs, Boxed, Layout, Raised, Result, Slots, Type, Value, intern};
use crate::protocol::{self, attribute_error, type_error};
use crate::vm::frame;
use minipy_bytecode::Code;
use std::cell::RefCell;
use std::sync::Arc;

/// The fields of an exception.
pub struct ExcBody {
    args: RefCell<Value>,
    cause: RefCell<Value>,
    context: RefCell<Value>,
    suppress: std::cell::Cell<bool>,
    /// `__traceback__`, or unbound.
    traceback: RefCell<Value>,
    /// See [`field_index`]; shorter if the last ones are not set.
    fields: RefCell<Vec<Value>>,
}

/// A frame that an exception has left: its code and the instruction.
#[derive(Clone)]
pub struct Place {
    /// The code.
    pub code: Arc<Code>,
    /// The instruction.
    pub at: u32,
    /// The line, if it is not that of the instruction.
    pub line: Option<i64>,
}

impl Place {
    /// The line, from 1 on.
    pub fn line(&self) -> i64 {
        self.line.unwrap_or_else(|| {
            if self.at == frame::NOT_BEGUN {
                return self.code.first_line as i64;
            }
            let span = self.code.spans.get(self.at as usize).copied().unwrap_or_default();
            self.code.source.lines.line(span.start) as i64
        })
    }
}

crate::body!(ExcBody: Exception { args, cause, context, traceback, fields });

/// An exception.
pub type Exception = Boxed<ExcBody>;

fn exc(v: &Value) -> &ExcBody {
    v.cast::<Exception>().expect("slots are only called on their own type")
}

fn get(cell: &RefCell<Value>) -> Value {
    cell.borrow().clone().bound().unwrap_or(Value::NONE)
}

fn put(cell: &RefCell<Value>, v: Value) {
    let old = cell.replace(v);
    drop(old);
}

/// Where a special attribute stands among the fields. No class has two with the same number.
fn field_index(name: &str) -> Option<usize> {
    Some(match name {
        "code" | "value" | "errno" | "name" | "lineno" | "encoding" | "message" => 0,
        "obj" | "path" | "strerror" | "offset" | "object" | "exceptions" => 1,
        "filename" | "start" => 2,
        "msg" | "filename2" | "end" => 3,
        "text" | "characters_written" | "reason" => 4,
        "end_lineno" => 5,
        "end_offset" => 6,
        "print_file_and_line" => 7,
        _ => return None,
    })
}

/// What `__cause__` and `__context__` may be set to.
fn exception_or_none(x: Option<Value>, attribute: &str, what: &str) -> Result {
    match x {
        None => type_error(format!("{attribute} may not be deleted")),
        Some(x) if x.is_none() || x.ty().is_subtype(&BASE_EXCEPTION) => Ok(x),
        Some(_) => type_error(format!("exception {what} must be None or derive from BaseException")),
    }
}

const SLOTS: Slots = Slots {
    new: Some(fields::new),
    init: Some(fields::init),
    str: Some(fields::str),
    repr: Some(|v| {
        let args = get(&exc(v).args);
        let items = args.as_tuple().unwrap_or_default();
        let name = v.ty().name().rsplit('.').next().unwrap_or_default().to_owned();
        Ok(Value::str(&match items {
            [one] => format!("{name}({})", protocol::repr_string(one)?),
            _ => format!("{name}{}", protocol::repr_string(&args)?),
        }))
    }),
    ..Slots::EMPTY
};

/// `BaseException`
pub static BASE_EXCEPTION: Type = Type::builtin::<Exception>(
    "BaseException",
    Layout::Exception,
    "",
    crate::defs! {
        get "args()" "" => |v| Ok(get(&exc(v).args)), |v, x| {
            let Some(x) = x else { return type_error("args may not be deleted") };
            put(&exc(v).args, Value::tuple(protocol::collect(&x)?));
            Ok(())
        };
        get "__cause__()" "" => |v| Ok(get(&exc(v).cause)), |v, x| {
            set_cause(v, &exception_or_none(x, "__cause__", "cause")?);
            Ok(())
        };
        get "__context__()" "" => |v| Ok(get(&exc(v).context)), |v, x| {
            put(&exc(v).context, exception_or_none(x, "__context__", "context")?);
            Ok(())
        };
        get "__suppress_context__()" "" => |v| Ok(Value::bool(exc(v).suppress.get())), |v, x| {
            match x {
                Some(x) if protocol::is_bool(&x) => exc(v).suppress.set(x.is(&Value::TRUE)),
                Some(_) => return type_error("attribute value type must be bool"),
                None => return type_error("can't delete numeric/char attribute"),
            }
            Ok(())
        };
        get "__traceback__()" "" => |v| Ok(traceback(v).unwrap_or(Value::NONE)), |v, x| match x {
            Some(x) => set_traceback(v, x),
            None => type_error("__traceback__ may not be deleted"),
        };
        get "__dict__()" "" => super::function::dict_of;
        fn "with_traceback(tb, /)" "Sets __traceback__ and returns the exception." => |a| {
            set_traceback(&a[0], a[1].clone())?;
            Ok(a[0].clone())
        };
        fn "__reduce__()" "" => |a| {
            let mut parts = vec![a[0].ty().value(), fields::arguments(&a[0])];
            parts.extend(fields::state(&a[0])?);
            Ok(Value::tuple(parts))
        };
        fn "__setstate__(state, /)" "" => |a| {
            if a[1].is_none() {
                return Ok(Value::NONE);
            }
            let Some(state) = a[1].cast::<crate::object::Dict>() else {
                return type_error("state is not a dictionary");
            };
            for (name, value) in state.items() {
                protocol::set_attr(&a[0], &super::type_::attr_name(&name)?, Some(value))?;
            }
            Ok(Value::NONE)
        };
        fn "add_note(note, /)" "Adds a note to be shown after the message." => |a| {
            if a[1].as_str().is_none() {
                return type_error(format!("note must be a str, not '{}'", a[1].ty().name()));
            }
            let name = intern("__notes__");
            let notes = match protocol::get_attr_opt(&a[0], &name)? {
                Some(n) => n,
                None => {
                    let n = Value::list(Vec::new());
                    protocol::set_attr(&a[0], &name, Some(n.clone()))?;
                    n
                }
            };
            match notes.cast::<crate::object::List>() {
                Some(list) => list.push(a[1].clone()),
                None => return type_error("Cannot add note: __notes__ is not a list"),
            }
            Ok(Value::NONE)
        };
    },
)
.with_base_flag()
.with_attrs(size_of::<Exception>())
.with_slots(SLOTS);

macro_rules! exceptions {
    ($($name:ident = $py:literal : $base:ident $([$($field:literal)*])?;)*) => {
        $(
            #[doc = concat!("`", $py, "`")]
            pub static $name: Type = Type::builtin::<Exception>($py, Layout::Exception, "", crate::defs! {
                $($(get $field "" => |v| get_named(v, $field), |v, x| set_named(v, $field, x);)*)?
            })
                .with_base(&$base)
                .with_base_flag()
                .with_attrs(size_of::<Exception>());
        )*

        /// Every built-in exception, bases first.
        pub fn types() -> Vec<&'static Type> {
            vec![&BASE_EXCEPTION, $(&$name,)* &BASE_EXCEPTION_GROUP, &EXCEPTION_GROUP]
        }
    };
}

exceptions! {
    EXCEPTION = "Exception": BASE_EXCEPTION;
    SYSTEM_EXIT = "SystemExit": BASE_EXCEPTION ["code()"];
    KEYBOARD_INTERRUPT = "KeyboardInterrupt": BASE_EXCEPTION;
    GENERATOR_EXIT = "GeneratorExit": BASE_EXCEPTION;
    STOP_ITERATION = "StopIteration": EXCEPTION ["value()"];
    STOP_ASYNC_ITERATION = "StopAsyncIteration": EXCEPTION;
    ARITHMETIC_ERROR = "ArithmeticError": EXCEPTION;
    FLOATING_POINT_ERROR = "FloatingPointError": ARITHMETIC_ERROR;
    OVERFLOW_ERROR = "OverflowError": ARITHMETIC_ERROR;
    ZERO_DIVISION_ERROR = "ZeroDivisionError": ARITHMETIC_ERROR;
    ASSERTION_ERROR = "AssertionError": EXCEPTION;
    ATTRIBUTE_ERROR = "AttributeError": EXCEPTION ["name()" "obj()"];
    BUFFER_ERROR = "BufferError": EXCEPTION;
    EOF_ERROR = "EOFError": EXCEPTION;
    IMPORT_ERROR = "ImportError": EXCEPTION ["msg()" "name()" "path()"];
    MODULE_NOT_FOUND_ERROR = "ModuleNotFoundError": IMPORT_ERROR;
    LOOKUP_ERROR = "LookupError": EXCEPTION;
    INDEX_ERROR = "IndexError": LOOKUP_ERROR;
    KEY_ERROR = "KeyError": LOOKUP_ERROR;
    MEMORY_ERROR = "MemoryError": EXCEPTION;
    NAME_ERROR = "NameError": EXCEPTION ["name()"];
    UNBOUND_LOCAL_ERROR = "UnboundLocalError": NAME_ERROR;
    OS_ERROR = "OSError": EXCEPTION ["errno()" "strerror()" "filename()" "filename2()"];
    BLOCKING_IO_ERROR = "BlockingIOError": OS_ERROR ["characters_written()"];
    CHILD_PROCESS_ERROR = "ChildProcessError": OS_ERROR;
    CONNECTION_ERROR = "ConnectionError": OS_ERROR;
    BROKEN_PIPE_ERROR = "BrokenPipeError": CONNECTION_ERROR;
    CONNECTION_ABORTED_ERROR = "ConnectionAbortedError": CONNECTION_ERROR;
    CONNECTION_REFUSED_ERROR = "ConnectionRefusedError": CONNECTION_ERROR;
    CONNECTION_RESET_ERROR = "ConnectionResetError": CONNECTION_ERROR;
    FILE_EXISTS_ERROR = "FileExistsError": OS_ERROR;
    FILE_NOT_FOUND_ERROR = "FileNotFoundError": OS_ERROR;
    INTERRUPTED_ERROR = "InterruptedError": OS_ERROR;
    IS_A_DIRECTORY_ERROR = "IsADirectoryError": OS_ERROR;
    NOT_A_DIRECTORY_ERROR = "NotADirectoryError": OS_ERROR;
    PERMISSION_ERROR = "PermissionError": OS_ERROR;
    PROCESS_LOOKUP_ERROR = "ProcessLookupError": OS_ERROR;
    TIMEOUT_ERROR = "TimeoutError": OS_ERROR;
    REFERENCE_ERROR = "ReferenceError": EXCEPTION;
    RUNTIME_ERROR = "RuntimeError": EXCEPTION;
    NOT_IMPLEMENTED_ERROR = "NotImplementedError": RUNTIME_ERROR;
    RECURSION_ERROR = "RecursionError": RUNTIME_ERROR;
    SYNTAX_ERROR = "SyntaxError": EXCEPTION ["msg()" "filename()" "lineno()" "offset()" "text()" "end_lineno()" "end_offset()" "print_file_and_line()"];
    INDENTATION_ERROR = "IndentationError": SYNTAX_ERROR;
    TAB_ERROR = "TabError": INDENTATION_ERROR;
    SYSTEM_ERROR = "SystemError": EXCEPTION;
    TYPE_ERROR = "TypeError": EXCEPTION;
    VALUE_ERROR = "ValueError": EXCEPTION;
    UNICODE_ERROR = "UnicodeError": VALUE_ERROR;
    UNICODE_DECODE_ERROR = "UnicodeDecodeError": UNICODE_ERROR ["encoding()" "object()" "start()" "end()" "reason()"];
    UNICODE_ENCODE_ERROR = "UnicodeEncodeError": UNICODE_ERROR ["encoding()" "object()" "start()" "end()" "reason()"];
    UNICODE_TRANSLATE_ERROR = "UnicodeTranslateError": UNICODE_ERROR ["encoding()" "object()" "start()" "end()" "reason()"];
    WARNING = "Warning": EXCEPTION;
    DEPRECATION_WARNING = "DeprecationWarning": WARNING;
    PENDING_DEPRECATION_WARNING = "PendingDeprecationWarning": WARNING;
    RUNTIME_WARNING = "RuntimeWarning": WARNING;
    SYNTAX_WARNING = "SyntaxWarning": WARNING;
    USER_WARNING = "UserWarning": WARNING;
    FUTURE_WARNING = "FutureWarning": WARNING;
    IMPORT_WARNING = "ImportWarning": WARNING;
    UNICODE_WARNING = "UnicodeWarning": WARNING;
    BYTES_WARNING = "BytesWarning": WARNING;
    RESOURCE_WARNING = "ResourceWarning": WARNING;
    ENCODING_WARNING = "EncodingWarning": WARNING;
}

/// A class of exceptions for a module in Rust; `name` includes that of the module.
pub const fn subtype(name: &'static str, base: &'static Type) -> Type {
    Type::builtin::<Exception>(name, Layout::Exception, "", &[])
        .with_base(base)
        .with_base_flag()
        .with_attrs(size_of::<Exception>())
}

/// A bare exception: its fields are not set.
fn make(ty: &Type, args: &[Value]) -> Value {
    let v = |v: Value| RefCell::new(v);
    let body = ExcBody {
        args: v(Value::tuple_from(args.len(), args.iter().cloned())),
        cause: v(Value::UNBOUND),
        context: v(Value::UNBOUND),
        suppress: std::cell::Cell::new(false),
        traceback: v(Value::UNBOUND),
        fields: RefCell::default(),
    };
    Value::new(ty, body)
}

/// The exception `ty(*args)`.
pub fn new(ty: &Type, args: Vec<Value>) -> Value {
    let e = make(ty, &args);
    fields::fill(&e);
    e
}

/// The special attribute whose signature is `signature`; `None` if it is not set.
fn field(v: &Value, signature: &'static str) -> Value {
    get_field(v, crate::object::native::name_of(signature)).unwrap_or(Value::NONE)
}

fn get_named(v: &Value, signature: &'static str) -> Result {
    let name = crate::object::native::name_of(signature);
    match get_field(v, name) {
        None if name == "characters_written" => attribute_error(name),
        x => Ok(x.unwrap_or(Value::NONE)),
    }
}

fn set_named(v: &Value, signature: &'static str, value: Option<Value>) -> Result<()> {
    let name = crate::object::native::name_of(signature);
    if matches!(name, "start" | "end" | "characters_written") {
        match &value {
            Some(n) => drop(protocol::index_i64(n)?),
            None if name != "characters_written" => return type_error("can't delete numeric/char attribute"),
            None if get_field(v, name).is_none() => return attribute_error(name),
            None => {
                set_field(v, name, Value::UNBOUND);
                return Ok(());
            }
        }
    }
    set_field(v, name, value.unwrap_or(Value::NONE));
    Ok(())
}

/// Sets a special attribute of an exception, such as `name` of a `NameError`.
pub fn set_field(e: &Value, name: &str, value: Value) {
    let (Some(body), Some(i)) = (e.cast::<Exception>(), field_index(name)) else { return };
    let old = {
        let mut fields = body.fields.borrow_mut();
        if fields.len() <= i {
            fields.resize(i + 1, Value::UNBOUND);
        }
        std::mem::replace(&mut fields[i], value)
    };
    drop(old);
}

/// A special attribute of an exception, if it is set.
pub fn get_field(e: &Value, name: &str) -> Option<Value> {
    e.cast::<Exception>()?.fields.borrow().get(field_index(name)?)?.clone().bound()
}

/// Notes that `context` was being handled when `e` was raised. Unless it is raised `anew`, it keeps the context
/// that it has.
pub fn set_context(e: &Value, context: &Value, anew: bool) {
    let Some(body) = e.cast::<Exception>() else { return };
    if !anew && !body.context.borrow().is_unbound() {
        return;
    }
    // No circle: whoever has `e` as its context loses it. A circle that is there already is left alone, which
    // the second pointer, half as fast, notices.
    let (mut c, mut slow, mut step) = (context.clone(), context.clone(), false);
    while let Some(b) = c.cast::<Exception>() {
        let next = get(&b.context);
        if next.is(e) {
            put(&b.context, Value::UNBOUND);
            break;
        }
        c = next;
        if c.is(&slow) {
            break;
        }
        if step {
            let next = slow.cast::<Exception>().map_or(Value::NONE, |b| get(&b.context));
            slow = next;
        }
        step = !step;
    }
    put(&body.context, context.clone());
}

/// Whatever is handled where `e` passes, it gets no context but by a statement that raises it.
pub fn settle_context(e: &Value) {
    if let Some(body) = e.cast::<Exception>().filter(|b| b.context.borrow().is_unbound()) {
        put(&body.context, Value::NONE);
    }
}

/// `__context__`, unless suppressed.
pub fn context(e: &Value) -> Option<Value> {
    let body = e.cast::<Exception>()?;
    if body.suppress.get() { None } else { get(&body.context).bound().filter(|c| !c.is_none()) }
}

/// `__cause__`
pub fn cause(e: &Value) -> Option<Value> {
    get(&e.cast::<Exception>()?.cause).bound().filter(|c| !c.is_none())
}

/// `raise e from cause`
pub fn set_cause(e: &Value, cause: &Value) {
    if let Some(body) = e.cast::<Exception>() {
        body.suppress.set(true);
        put(&body.cause, cause.clone());
    }
}

/// The exception passes a frame, at an instruction.
pub fn add_traceback(e: &Value, frame: Value, at: u32) {
    if let Some(body) = e.cast::<Exception>() {
        let next = body.traceback.replace(Value::UNBOUND);
        put(&body.traceback, frame::new_traceback(frame, at, next));
    }
}

/// The frames it has passed, outermost first.
pub fn places(e: &Value) -> Vec<Place> {
    traceback(e).map(|t| frame::places(&t)).unwrap_or_default()
}

/// `__traceback__`
pub fn traceback(e: &Value) -> Option<Value> {
    e.cast::<Exception>()?.traceback.borrow().clone().bound()
}

/// Sets `__traceback__`. `TypeError` unless it is a traceback or `None`.
pub fn set_traceback(e: &Value, traceback: Value) -> Result<()> {
    if !traceback.is_none() && !frame::is_traceback(&traceback) {
        return type_error("__traceback__ must be a traceback or None");
    }
    put(&exc(e).traceback, if traceback.is_none() { Value::UNBOUND } else { traceback });
    Ok(())
}

/// The class of `OSError` that stands for an error number.
fn os_error_type(errno: i32) -> &'static Type {
    match errno {
        libc::ENOENT => &FILE_NOT_FOUND_ERROR,
        libc::EACCES | libc::EPERM => &PERMISSION_ERROR,
        libc::EEXIST => &FILE_EXISTS_ERROR,
        libc::EISDIR => &IS_A_DIRECTORY_ERROR,
        libc::ENOTDIR => &NOT_A_DIRECTORY_ERROR,
        libc::EPIPE | libc::ESHUTDOWN => &BROKEN_PIPE_ERROR,
        libc::ECONNABORTED => &CONNECTION_ABORTED_ERROR,
        libc::ECONNREFUSED => &CONNECTION_REFUSED_ERROR,
        libc::ECONNRESET => &CONNECTION_RESET_ERROR,
        libc::ECHILD => &CHILD_PROCESS_ERROR,
        libc::ESRCH => &PROCESS_LOOKUP_ERROR,
        libc::EINTR => &INTERRUPTED_ERROR,
        libc::EAGAIN | libc::EALREADY | libc::EINPROGRESS => &BLOCKING_IO_ERROR,
        libc::ETIMEDOUT => &TIMEOUT_ERROR,
        _ => &OS_ERROR,
    }
}

/// The `OSError` for a failed system call.
pub fn from_io_error(e: &std::io::Error, path: Option<&str>) -> Raised {
    let errno = e.raw_os_error().unwrap_or(libc::EIO);
    let ty = os_error_type(errno);
    let text = e.to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    let mut args = vec![Value::small(errno), Value::str(text)];
    args.extend(path.map(Value::str));
    Raised(new(ty, args))
}
