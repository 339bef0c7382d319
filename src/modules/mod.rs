//! The modules that come with the interpreter: native ones in one table, and the
//! frozen Python sources of `src/frozen`.

mod abc;
pub mod array;
pub mod ast;
pub mod asyncio;
pub mod at_fork;
pub mod atexit;
pub mod binascii;
pub mod bisect;
pub mod cmath;
pub mod codecs;
pub mod collections;
pub mod compression;
pub mod contextvars;
pub mod csv;
pub mod decimal;
pub mod elementary;
pub mod errno;
pub mod faulthandler;
pub mod fcntl;
pub mod functools;
pub mod gc;
pub mod hashlib;
pub mod heapq;
pub mod importlib;
pub mod io;
pub mod itertools;
mod json;
pub mod marshal;
pub mod math;
pub mod mmap;
pub mod multiprocessing;
mod name_service;
pub mod native;
pub mod opcode;
pub mod operator;
pub mod pickle;
pub mod posix;
pub mod posix_process;
pub mod process;
pub mod pwd;
pub mod random;
pub mod re;
pub mod resource;
pub mod select;
pub mod signal;
pub mod socket;
pub mod spawn;
pub mod sqlite;
mod stdlib_names;
pub mod string_parts;
pub mod structs;
pub mod sys;
pub mod sys_info;
pub mod sys_settings;
pub mod termios;
pub mod thread;
pub mod time;
pub mod tls;
pub mod unicodedata;
pub mod weakref;

use crate::object::{Def, Dict, Result, Value, intern};
use crate::types::module;

/// A native module.
pub struct NativeModule {
    name: &'static str,
    doc: &'static str,
    defs: &'static [Def],
    init: Option<fn(&Dict)>,
}

/// The one place where a native module is added.
static NATIVE: &[NativeModule] = &[
    NativeModule { name: "sys", doc: "Access to the interpreter.", defs: sys::DEFS, init: Some(sys::init) },
    NativeModule { name: "pwd", doc: "The users of the system.", defs: pwd::PWD, init: None },
    NativeModule { name: "grp", doc: "The groups of the system.", defs: pwd::GRP, init: None },
    NativeModule {
        name: "fcntl",
        doc: "Operations on descriptors.",
        defs: fcntl::DEFS,
        init: Some(fcntl::init),
    },
    NativeModule {
        name: "resource",
        doc: "Limits and usage of resources.",
        defs: resource::DEFS,
        init: Some(resource::init),
    },
    NativeModule { name: "time", doc: "Clocks.", defs: time::DEFS, init: Some(time::init) },
    NativeModule { name: "math", doc: "Mathematical functions.", defs: math::DEFS, init: None },
    NativeModule { name: "cmath", doc: "Functions of complex numbers.", defs: cmath::DEFS, init: None },
    NativeModule { name: "_decimal", doc: "Decimal numbers.", defs: decimal::DEFS, init: None },
    NativeModule { name: "gc", doc: "The cycle collector.", defs: gc::DEFS, init: Some(gc::init) },
    NativeModule {
        name: "_abc",
        doc: "What abstract base classes tell the machine.",
        defs: abc::DEFS,
        init: None,
    },
    NativeModule { name: "_weakref", doc: "What weak references need.", defs: weakref::DEFS, init: None },
    NativeModule { name: "atexit", doc: "Functions to call at the end.", defs: atexit::DEFS, init: None },
    NativeModule { name: "posix", doc: "System calls.", defs: posix::DEFS, init: Some(posix::init) },
    NativeModule { name: "_thread", doc: "Threads.", defs: thread::DEFS, init: None },
    NativeModule { name: "_queue", doc: "Queues between threads.", defs: thread::queue::DEFS, init: None },
    NativeModule { name: "itertools", doc: "Iterators made of others.", defs: itertools::DEFS, init: None },
    NativeModule { name: "_hashlib", doc: "Hash functions.", defs: hashlib::DEFS, init: None },
    NativeModule { name: "_re", doc: "Regular expressions.", defs: re::DEFS, init: None },
    NativeModule { name: "_string", doc: "Parts of format strings.", defs: string_parts::DEFS, init: None },
    NativeModule { name: "_opcode", doc: "The machine's instructions.", defs: opcode::DEFS, init: None },
    NativeModule { name: "_random", doc: "The Mersenne Twister.", defs: random::DEFS, init: None },
    NativeModule {
        name: "operator",
        doc: "The operators as functions.",
        defs: &[],
        init: Some(operator::init),
    },
    NativeModule { name: "_operator", doc: "The operators as functions.", defs: operator::DEFS, init: None },
    NativeModule { name: "_functools", doc: "Tools for functions.", defs: functools::DEFS, init: None },
    NativeModule { name: "_collections", doc: "Containers.", defs: collections::DEFS, init: None },
    NativeModule { name: "_heapq", doc: "Heaps in lists.", defs: heapq::DEFS, init: None },
    NativeModule { name: "bisect", doc: "Places in sorted sequences.", defs: &[], init: Some(bisect::init) },
    NativeModule { name: "_bisect", doc: "Places in sorted sequences.", defs: bisect::DEFS, init: None },
    NativeModule { name: "_signal", doc: "Signals.", defs: signal::DEFS, init: Some(signal::init) },
    NativeModule { name: "errno", doc: "Error numbers.", defs: &[], init: Some(errno::init) },
    NativeModule {
        name: "select",
        doc: "Waiting for descriptors.",
        defs: select::DEFS,
        init: Some(select::init),
    },
    NativeModule { name: "contextvars", doc: "Variables of contexts.", defs: contextvars::DEFS, init: None },
    NativeModule {
        name: "_asyncio",
        doc: "Futures, tasks and what is ready.",
        defs: asyncio::DEFS,
        init: None,
    },
    NativeModule { name: "_socket", doc: "Sockets.", defs: socket::DEFS, init: Some(socket::init_module) },
    NativeModule { name: "_tls", doc: "TLS.", defs: tls::DEFS, init: Some(tls::init) },
    NativeModule { name: "_spawn", doc: "Starting programs.", defs: spawn::DEFS, init: None },
    NativeModule { name: "_io", doc: "Files and streams.", defs: io::DEFS, init: None },
    NativeModule { name: "_array", doc: "The type of arrays.", defs: array::TYPES, init: None },
    NativeModule {
        name: "array",
        doc: "Efficient arrays of numbers and characters.",
        defs: array::DEFS,
        init: Some(array::init),
    },
    NativeModule { name: "binascii", doc: "Bytes as text, and back.", defs: binascii::DEFS, init: None },
    NativeModule {
        name: "zlib",
        doc: "Compression by the library zlib.",
        defs: compression::zlib::DEFS,
        init: Some(compression::zlib::init),
    },
    NativeModule {
        name: "_bz2",
        doc: "Compression by the library libbz2.",
        defs: compression::bz2::DEFS,
        init: None,
    },
    NativeModule {
        name: "_lzma",
        doc: "Compression by the library liblzma.",
        defs: compression::lzma::DEFS,
        init: None,
    },
    NativeModule {
        name: "_sqlite3",
        doc: "Databases of SQLite.",
        defs: sqlite::DEFS,
        init: Some(sqlite::init),
    },
    NativeModule { name: "marshal", doc: "Values as bytes.", defs: marshal::DEFS, init: None },
    NativeModule {
        name: "_posixshmem",
        doc: "Named memory that processes share.",
        defs: multiprocessing::shm::DEFS,
        init: None,
    },
    NativeModule {
        name: "termios",
        doc: "The settings of terminals.",
        defs: termios::DEFS,
        init: Some(termios::init),
    },
    NativeModule {
        name: "faulthandler",
        doc: "Where the program is, when it dies.",
        defs: faulthandler::DEFS,
        init: None,
    },
    NativeModule { name: "mmap", doc: "Files as memory.", defs: mmap::DEFS, init: Some(mmap::init) },
    NativeModule {
        name: "_blake2",
        doc: "The hash functions BLAKE2.",
        defs: hashlib::blake2::DEFS,
        init: None,
    },
    NativeModule { name: "_struct", doc: "Values as bytes.", defs: structs::DEFS, init: None },
    NativeModule {
        name: "struct",
        doc: "Python's values as the bytes of C's structs, and back.",
        defs: &[],
        init: Some(structs::init),
    },
    NativeModule {
        name: "unicodedata",
        doc: "Properties of characters.",
        defs: unicodedata::DEFS,
        init: None,
    },
    NativeModule { name: "_codecs", doc: "Text encodings.", defs: codecs::DEFS, init: None },
    NativeModule {
        name: "_multiprocessing",
        doc: "Shared memory, locks and messages between processes.",
        defs: multiprocessing::DEFS,
        init: None,
    },
    NativeModule {
        name: "_frozen_importlib",
        doc: "The machinery of import.",
        defs: importlib::DEFS,
        init: Some(importlib::init),
    },
    NativeModule { name: "_csv", doc: "Comma-separated values.", defs: csv::DEFS, init: Some(csv::init) },
    NativeModule { name: "_json", doc: "JSON text.", defs: json::DEFS, init: None },
    NativeModule { name: "_pickle", doc: "Objects as bytes, and back.", defs: pickle::DEFS, init: None },
    NativeModule { name: "_process", doc: "Processes.", defs: process::DEFS, init: None },
];

/// Fills a namespace with what the native module `owner` has: a function is one object, wherever it is taken from.
fn share(namespace: &Dict, defs: &'static [Def], owner: &'static str) {
    let source = crate::vm::import::import_absolute(owner);
    let Some(source) = source.as_ref().ok().and_then(|m| m.cast::<module::Module>()) else {
        return crate::builtins::add_defs(namespace, defs, owner);
    };
    for name in defs.iter().map(|d| intern(d.name)) {
        if let Some(value) = source.namespace().get_interned(&name) {
            namespace.set_interned(&name, value.clone());
        }
    }
}

/// A module written in Python, part of the binary.
pub struct FrozenModule {
    /// Its dotted name.
    pub name: &'static str,
    /// Whether it may have submodules.
    pub is_package: bool,
    /// Its text, for tracebacks.
    pub source: &'static str,
    /// Its code: see [`minipy_bytecode::store`].
    pub code: &'static [u8],
}

// `FROZEN`: every file of `src/frozen`, sorted by name; see `build.rs`.
include!(concat!(env!("OUT_DIR"), "/frozen.rs"));

/// A native module by name.
pub fn find(name: &str) -> Option<&'static NativeModule> {
    NATIVE.iter().find(|m| m.name == name)
}

/// The names of the native modules.
pub fn native_names() -> impl Iterator<Item = &'static str> {
    NATIVE.iter().map(|m| m.name)
}

/// A frozen module by name.
pub fn frozen(name: &str) -> Option<&'static FrozenModule> {
    FROZEN.binary_search_by(|m| m.name.cmp(name)).ok().map(|i| &FROZEN[i])
}

/// Makes a native module; `None` if there is none of that name.
pub fn load_builtin(name: &str) -> Result<Option<Value>> {
    let Some(native) = find(name) else { return Ok(None) };
    let m = module::new(name, native.doc);
    if let Some(body) = m.cast::<module::Module>() {
        crate::builtins::add_defs(body.namespace(), native.defs, native.name);
        body.late.set(native.defs);
        if let Some(init) = native.init {
            init(body.namespace());
        }
    }
    Ok(Some(m))
}
