//! The modules that come with the interpreter: native ones in one table, and frozen Python sources.

pub mod atexit;
pub mod gc;
pub mod math;
pub mod os;
pub mod process;
pub mod sys;
pub mod sys_io;
pub mod thread;
pub mod time;
pub mod weakref;

use crate::object::{Def, Dict, Result, Value, intern};
use crate::types::module;
use crate::vm;

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
    NativeModule { name: "time", doc: "Clocks.", defs: time::DEFS, init: None },
    NativeModule { name: "math", doc: "Mathematical functions.", defs: math::DEFS, init: None },
    NativeModule { name: "gc", doc: "The cycle collector.", defs: gc::DEFS, init: Some(gc::init) },
    NativeModule { name: "_weakref", doc: "Weak-reference support module.", defs: weakref::DEFS, init: None },
    NativeModule { name: "atexit", doc: "Functions to call at the end.", defs: atexit::DEFS, init: None },
    NativeModule { name: "os", doc: "The operating system.", defs: os::DEFS, init: None },
    NativeModule { name: "_thread", doc: "Threads.", defs: thread::DEFS, init: None },
    NativeModule {
        name: "_queue",
        doc: "A queue between threads.",
        defs: thread::simple_queue::DEFS,
        init: None,
    },
    NativeModule { name: "_process", doc: "Processes.", defs: process::DEFS, init: None },
];

/// The one place where a frozen module is added.
static FROZEN: &[(&str, &str)] = &[
    ("threading", include_str!("../frozen/threading.py")),
    ("multiprocessing", include_str!("../frozen/multiprocessing.py")),
    ("queue", include_str!("../frozen/queue.py")),
    ("weakref", include_str!("../frozen/weakref.py")),
    ("__future__", "annotations = None\n"),
];

/// A native module by name.
pub fn find(name: &str) -> Option<&'static NativeModule> {
    NATIVE.iter().find(|m| m.name == name)
}

/// The source of a frozen module.
pub fn frozen(name: &str) -> Option<&'static str> {
    FROZEN.iter().find(|m| m.0 == name).map(|m| m.1)
}

/// Makes a native module and puts it into `sys.modules`; `None` if there is none of that name.
pub fn load_builtin(name: &str) -> Result<Option<Value>> {
    let Some(native) = find(name) else { return Ok(None) };
    let m = module::new(name, native.doc);
    if let Some(body) = m.cast::<module::Module>() {
        crate::builtins::add_defs(body.namespace(), native.defs, native.name);
        if let Some(init) = native.init {
            init(body.namespace());
        }
    }
    if let Some(table) = vm::import::modules().cast::<Dict>() {
        table.set_interned(&intern(name), m.clone());
    }
    Ok(Some(m))
}
