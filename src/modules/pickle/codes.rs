//! The opcodes of pickles, and the names that modules had in Python 2.

use crate::object::Type;
use crate::types::exception;

macro_rules! opcodes {
    ($($name:ident = $code:literal)*) => {
        $(
            #[doc = concat!("`", stringify!($name), "`")]
            pub const $name: u8 = $code;
        )*
        /// Every opcode by its name.
        pub const ALL: &[(&str, u8)] = &[$((stringify!($name), $code)),*];
    };
}

opcodes! {
    MARK = b'(' STOP = b'.' POP = b'0' POP_MARK = b'1' DUP = b'2'
    FLOAT = b'F' INT = b'I' LONG = b'L' NONE = b'N' PERSID = b'P' REDUCE = b'R'
    STRING = b'S' UNICODE = b'V' APPEND = b'a' BUILD = b'b' GLOBAL = b'c' DICT = b'd'
    GET = b'g' INST = b'i' LIST = b'l' OBJ = b'o' PUT = b'p' SETITEM = b's' TUPLE = b't'
    BININT = b'J' BININT1 = b'K' BININT2 = b'M' BINPERSID = b'Q' BINSTRING = b'T' SHORT_BINSTRING = b'U'
    BINUNICODE = b'X' APPENDS = b'e' BINGET = b'h' LONG_BINGET = b'j' EMPTY_LIST = b']' BINPUT = b'q'
    LONG_BINPUT = b'r' SETITEMS = b'u' EMPTY_DICT = b'}' EMPTY_TUPLE = b')' BINFLOAT = b'G'
    PROTO = 0x80 NEWOBJ = 0x81 EXT1 = 0x82 EXT2 = 0x83 EXT4 = 0x84 TUPLE1 = 0x85 TUPLE2 = 0x86 TUPLE3 = 0x87
    NEWTRUE = 0x88 NEWFALSE = 0x89 LONG1 = 0x8a LONG4 = 0x8b
    BINBYTES = b'B' SHORT_BINBYTES = b'C'
    SHORT_BINUNICODE = 0x8c BINUNICODE8 = 0x8d BINBYTES8 = 0x8e EMPTY_SET = 0x8f ADDITEMS = 0x90 FROZENSET = 0x91
    NEWOBJ_EX = 0x92 STACK_GLOBAL = 0x93 MEMOIZE = 0x94 FRAME = 0x95
    BYTEARRAY8 = 0x96 NEXT_BUFFER = 0x97 READONLY_BUFFER = 0x98
}

/// The highest protocol, and the one that is used by default.
pub const HIGHEST: i64 = 5;
/// See [`HIGHEST`].
pub const DEFAULT: i64 = 4;

/// Modules that have another name in protocols below 3: now, then.
const MODULES: &[(&str, &str)] = &[
    ("builtins", "__builtin__"),
    ("copyreg", "copy_reg"),
    ("queue", "Queue"),
    ("socketserver", "SocketServer"),
    ("configparser", "ConfigParser"),
    ("pickle", "cPickle"),
    ("_thread", "thread"),
    ("_string", "strop"),
];

/// The same for single names.
const NAMES: &[(&str, &str, &str, &str)] = &[
    ("builtins", "range", "__builtin__", "xrange"),
    ("functools", "reduce", "__builtin__", "reduce"),
    ("_functools", "reduce", "__builtin__", "reduce"),
    ("sys", "intern", "__builtin__", "intern"),
    ("builtins", "chr", "__builtin__", "unichr"),
    ("builtins", "str", "__builtin__", "unicode"),
    ("builtins", "int", "__builtin__", "long"),
    ("builtins", "zip", "itertools", "izip"),
    ("builtins", "map", "itertools", "imap"),
    ("builtins", "filter", "itertools", "ifilter"),
    ("collections", "UserDict", "UserDict", "IterableUserDict"),
    ("collections", "UserList", "UserList", "UserList"),
    ("collections", "UserString", "UserString", "UserString"),
];

/// Exceptions that Python 2 had not, and so are called by their own module's old name.
const NEW_EXCEPTIONS: &[&str] = &[
    "BlockingIOError",
    "RecursionError",
    "StopAsyncIteration",
    "ResourceWarning",
    "EncodingWarning",
    "BaseExceptionGroup",
    "ExceptionGroup",
];

/// What a name was called; `class` is what it names, if that is a class.
pub fn old_name(module: &str, name: &str, class: Option<&Type>) -> (String, String) {
    if let Some((.., old_module, old)) = NAMES.iter().find(|n| (n.0, n.1) == (module, name)) {
        return ((*old_module).to_owned(), (*old).to_owned());
    }
    if let Some(class) = class.filter(|c| module == "builtins" && c.is_subtype(&exception::BASE_EXCEPTION)) {
        let (old_module, old) = match () {
            _ if name != "BlockingIOError" && class.is_subtype(&exception::OS_ERROR) => {
                ("exceptions", "OSError")
            }
            _ if name == "ModuleNotFoundError" => ("exceptions", "ImportError"),
            _ if NEW_EXCEPTIONS.contains(&name) => ("__builtin__", name),
            _ => ("exceptions", name),
        };
        return (old_module.to_owned(), old.to_owned());
    }
    let old = MODULES.iter().find(|m| m.0 == module).map_or(module, |m| m.1);
    (old.to_owned(), name.to_owned())
}

/// What an old name is called now.
pub fn new_name(module: &str, name: &str) -> (String, String) {
    if let Some((new_module, new, ..)) = NAMES.iter().find(|n| (n.2, n.3) == (module, name)) {
        return ((*new_module).to_owned(), (*new).to_owned());
    }
    let new = match module {
        "exceptions" => "builtins",
        "UserDict" => "collections",
        _ => MODULES.iter().find(|m| m.1 == module).map_or(module, |m| m.0),
    };
    (new.to_owned(), name.to_owned())
}
