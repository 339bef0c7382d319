//! Exceptions: the hierarchy, and the object behind all of them.
//!
//! Special attributes such as `errno` or `name` are ordinary instance attributes.

use crate::object::{Attrs, Boxed, Layout, Raised, Result, Slots, Type, Value, intern};
use crate::protocol::{self, type_error};
use minipy_bytecode::Code;
use std::cell::RefCell;
use std::sync::Arc;

/// The fields of an exception.
pub struct ExcBody {
    args: RefCell<Value>,
    cause: RefCell<Value>,
    context: RefCell<Value>,
    suppress: std::cell::Cell<bool>,
    /// The innermost frame first.
    trace: RefCell<Vec<Place>>,
}

/// A frame that an exception has left: its code and the instruction.
#[derive(Clone)]
pub struct Place {
    /// The code.
    pub code: Arc<Code>,
    /// The instruction.
    pub at: u32,
}

crate::body!(ExcBody: Exception { args, cause, context });

type Exception = Boxed<ExcBody>;

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

/// What `__cause__` and `__context__` may be set to.
fn exception_or_none(x: Option<Value>, attribute: &str, what: &str) -> Result {
    match x {
        None => type_error(format!("{attribute} may not be deleted")),
        Some(x) if x.is_none() || x.ty().is_subtype(&BASE_EXCEPTION) => Ok(x),
        Some(_) => type_error(format!("exception {what} must be None or derive from BaseException")),
    }
}

const SLOTS: Slots = Slots {
    new: Some(exc_new),
    init: Some(exc_init),
    str: Some(exc_str),
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
            put(&exc(v).args, Value::tuple(protocol::collect(&x.unwrap_or(Value::NONE))?));
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
            exc(v).suppress.set(protocol::truth(&x.unwrap_or(Value::FALSE))?);
            Ok(())
        };
        get "__traceback__()" "" => |v| Ok(traceback(v).unwrap_or(Value::NONE)), |_, _| Ok(());
        get "__dict__()" "" => super::function::dict_of;
        fn "with_traceback(tb, /)" "" => |a| Ok(a[0].clone());
        fn "add_note(note, /)" "Adds a note to be shown after the message." => |a| {
            if a[1].as_str().is_none() {
                return type_error(format!("note must be a str, not '{}'", a[1].ty().name()));
            }
            let notes = match get_field(&a[0], "__notes__") {
                Some(n) => n,
                None => {
                    let n = Value::list(Vec::new());
                    set_field(&a[0], "__notes__", n.clone());
                    n
                }
            };
            protocol::call_method(&notes, "append", &[a[1].clone()])
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
                // What an instance has not been given is None.
                $($(val $field "" => || Value::NONE;)*)?
            })
                .with_base(&$base)
                .with_base_flag()
                .with_attrs(size_of::<Exception>());
        )*

        /// Every built-in exception, bases first.
        pub fn types() -> Vec<&'static Type> {
            vec![&BASE_EXCEPTION, $(&$name),*]
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
    BLOCKING_IO_ERROR = "BlockingIOError": OS_ERROR;
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
    UNICODE_DECODE_ERROR = "UnicodeDecodeError": UNICODE_ERROR;
    UNICODE_ENCODE_ERROR = "UnicodeEncodeError": UNICODE_ERROR;
    UNICODE_TRANSLATE_ERROR = "UnicodeTranslateError": UNICODE_ERROR;
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

fn make(ty: &Type, args: Vec<Value>) -> Value {
    let v = |v: Value| RefCell::new(v);
    let body = ExcBody {
        args: v(Value::tuple(args)),
        cause: v(Value::UNBOUND),
        context: v(Value::UNBOUND),
        suppress: std::cell::Cell::new(false),
        trace: RefCell::new(Vec::new()),
    };
    Value::new(ty, body)
}

fn exc_new(ty: &Value, args: &[Value], names: Option<&Value>) -> Result {
    let Some(mut t) = ty.cast::<Type>() else { return type_error("X is not a type object") };
    let keywords = names.and_then(Value::as_tuple).map_or(0, <[Value]>::len);
    if std::ptr::eq(t, &OS_ERROR)
        && let [errno, _, ..] = &args[..args.len() - keywords]
        && let Some(errno) = errno.as_inline_int()
    {
        // `OSError(2, ...)` is a FileNotFoundError.
        t = os_error_type(errno as i32);
    }
    let e = make(t, args[..args.len() - keywords].to_vec());
    special_fields(&e);
    Ok(e)
}

fn exc_init(v: &Value, args: &[Value], names: Option<&Value>) -> Result<()> {
    let keywords = names.and_then(Value::as_tuple).unwrap_or_default();
    let (positional, by_name) = args.split_at(args.len() - keywords.len());
    for (k, x) in keywords.iter().zip(by_name) {
        let name = k.as_str().unwrap_or_default();
        let fits = v.ty().is_subtype(&IMPORT_ERROR) && matches!(name, "name" | "path")
            || v.ty().is_subtype(&NAME_ERROR) && name == "name"
            || v.ty().is_subtype(&ATTRIBUTE_ERROR) && matches!(name, "name" | "obj");
        if !fits {
            return type_error(format!("{}() takes no keyword arguments", v.ty().name()));
        }
        set_field(v, name, x.clone());
    }
    put(&exc(v).args, Value::tuple(positional.to_vec()));
    special_fields(v);
    Ok(())
}

/// The attributes that some exceptions take from their arguments.
fn special_fields(v: &Value) {
    let ty = v.ty();
    let args = get(&exc(v).args);
    let items = args.as_tuple().unwrap_or_default();
    if ty.is_subtype(&STOP_ITERATION) {
        set_field(v, "value", items.first().cloned().unwrap_or(Value::NONE));
    } else if ty.is_subtype(&SYSTEM_EXIT) {
        let code = match items {
            [] => Value::NONE,
            [one] => one.clone(),
            _ => args.clone(),
        };
        set_field(v, "code", code);
    } else if ty.is_subtype(&OS_ERROR) && (2..=5).contains(&items.len()) {
        set_field(v, "errno", items[0].clone());
        set_field(v, "strerror", items[1].clone());
        if let Some(f) = items.get(2) {
            set_field(v, "filename", f.clone());
            put(&exc(v).args, Value::tuple(items[..2].to_vec()));
        }
    } else if ty.is_subtype(&SYNTAX_ERROR) || ty.is_subtype(&IMPORT_ERROR) {
        set_field(v, "msg", items.first().cloned().unwrap_or(Value::NONE));
    }
}

fn exc_str(v: &Value) -> Result {
    let args = get(&exc(v).args);
    let items = args.as_tuple().unwrap_or_default();
    if v.ty().is_subtype(&KEY_ERROR)
        && let [key] = items
    {
        return protocol::repr(key);
    }
    if v.ty().is_subtype(&OS_ERROR)
        && let (Some(n), Some(text)) = (get_field(v, "errno"), get_field(v, "strerror"))
    {
        let (n, text) = (protocol::str_string(&n)?, protocol::str_string(&text)?);
        return Ok(Value::str(&match get_field(v, "filename").filter(|f| !f.is_none()) {
            Some(f) => format!("[Errno {n}] {text}: {}", protocol::repr_string(&f)?),
            None => format!("[Errno {n}] {text}"),
        }));
    }
    match items {
        [] => Ok(Value::str("")),
        [one] => protocol::str(one),
        _ => protocol::str(&args),
    }
}

/// The exception `ty(*args)`.
pub fn new(ty: &Type, args: Vec<Value>) -> Value {
    let e = make(ty, args);
    special_fields(&e);
    e
}

/// Sets an attribute of an exception, such as `name` of a `NameError`.
pub fn set_field(e: &Value, name: &str, value: Value) {
    if let (Some(attrs), Some(head)) = (Attrs::of(e), e.head()) {
        attrs.set(head, &intern(name), value);
    }
}

/// An attribute of an exception.
pub fn get_field(e: &Value, name: &str) -> Option<Value> {
    Attrs::of(e)?.get(&intern(name))
}

/// Notes that `context` was being handled when `e` was raised.
pub fn set_context(e: &Value, context: &Value) {
    let Some(body) = e.cast::<Exception>() else { return };
    if body.context.borrow().is_unbound() {
        // Not if that would close a circle.
        let mut c = context.clone();
        while let Some(b) = c.cast::<Exception>() {
            if c.is(e) {
                return;
            }
            let next = b.context.borrow().clone();
            c = next;
        }
        put(&body.context, context.clone());
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

/// The exception leaves a frame.
pub fn add_traceback(e: &Value, code: &Arc<Code>, at: u32) {
    if let Some(body) = e.cast::<Exception>() {
        body.trace.borrow_mut().push(Place { code: code.clone(), at });
    }
}

/// The frames it has left, outermost first.
pub fn places(e: &Value) -> Vec<Place> {
    e.cast::<Exception>().map(|b| b.trace.borrow().iter().rev().cloned().collect()).unwrap_or_default()
}

/// `__traceback__`: not an object of its own yet.
pub fn traceback(_e: &Value) -> Option<Value> {
    None
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

/// Prints `Exception ignored in: ...` with its traceback to stderr.
pub fn report_unraisable(e: &Raised, what: &Value) {
    report_unraisable_in("", e, what);
}

/// As [`report_unraisable`], with words after `in`, which start with a space.
pub fn report_unraisable_in(place: &str, e: &Raised, what: &Value) {
    let what = protocol::repr_string(what).unwrap_or_default();
    let text = super::traceback::render(&e.0);
    let _ = crate::modules::sys_io::write_stderr(&format!("Exception ignored in{place}: {what}\n{text}"));
}
