//! The current context of each thread, and what becomes of the conditions that operations report.

use super::context::{CONTEXT, ContextBody};
use crate::modules::native::this;
use crate::object::{Boxed, Dict, Raised, Result, Type, Value, intern};
use crate::protocol::{self, memory_error, raise_args, runtime_error, type_error};
use crate::types::exception;
use minipy_decimal::{Context, Status};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::sync::LazyLock;

/// A float was mixed with decimals; the arithmetic does not know it.
pub(super) const FLOAT_OPERATION: Status = Status(1 << 13);

/// What the signal `InvalidOperation` stands for.
const INVALID: Status = Status(
    Status::INVALID_OPERATION.0
        | Status::CONVERSION_SYNTAX.0
        | Status::DIVISION_IMPOSSIBLE.0
        | Status::DIVISION_UNDEFINED.0
        | Status::INVALID_CONTEXT.0,
);

/// The signals, in the order in which one is chosen to be raised.
pub(super) const SIGNALS: [(&str, Status); 9] = [
    ("InvalidOperation", INVALID),
    ("FloatOperation", FLOAT_OPERATION),
    ("DivisionByZero", Status::DIVISION_BY_ZERO),
    ("Overflow", Status::OVERFLOW),
    ("Underflow", Status::UNDERFLOW),
    ("Subnormal", Status::SUBNORMAL),
    ("Inexact", Status::INEXACT),
    ("Rounded", Status::ROUNDED),
    ("Clamped", Status::CLAMPED),
];

/// The conditions behind `InvalidOperation`.
const CONDITIONS: [(&str, Status); 5] = [
    ("InvalidOperation", Status::INVALID_OPERATION),
    ("ConversionSyntax", Status::CONVERSION_SYNTAX),
    ("DivisionImpossible", Status::DIVISION_IMPOSSIBLE),
    ("DivisionUndefined", Status::DIVISION_UNDEFINED),
    ("InvalidContext", Status::INVALID_CONTEXT),
];

/// How `repr` orders the signals.
const SHOWN: [usize; 9] = [8, 0, 2, 6, 1, 3, 7, 5, 4];

/// What is shared by all threads.
#[derive(Default)]
struct Shared {
    /// What `decimal.py` has handed over: a dictionary.
    helpers: RefCell<Option<Value>>,
    /// The context of each thread.
    contexts: RefCell<HashMap<u64, Value>>,
    /// The last thread that asked, and its context.
    last: RefCell<(u64, Option<Value>)>,
}

// SAFETY: only the holder of the GIL uses it, and no borrow is held while Python code runs.
unsafe impl Sync for Shared {}
// SAFETY: as above.
unsafe impl Send for Shared {}
static SHARED: LazyLock<Shared> = LazyLock::new(Shared::default);

/// Lets go of everything, at the end of the process.
pub fn clear() {
    let shared = Shared {
        helpers: SHARED.helpers.take().into(),
        contexts: SHARED.contexts.take().into(),
        last: SHARED.last.take().into(),
    };
    drop(shared);
}

pub(super) fn install(helpers: &Value) -> Result {
    *SHARED.helpers.borrow_mut() = Some(helpers.clone());
    Ok(Value::NONE)
}

/// What `decimal.py` has handed over under this name.
pub(super) fn installed(name: &Value) -> Result {
    if SHARED.helpers.borrow().is_none() {
        crate::vm::import::import_absolute("decimal")?;
    }
    let helpers = SHARED.helpers.borrow().clone();
    match helpers.as_ref().and_then(Value::cast::<Dict>).and_then(|d| d.get_interned(name).cloned()) {
        Some(found) => Ok(found),
        None => runtime_error("the module decimal is not ready"),
    }
}

/// The context in which an operation runs.
pub(super) struct Current(Value);

impl Current {
    /// That of the thread.
    pub fn get() -> Result<Current> {
        current_value().map(Current)
    }

    /// The one given, or that of the thread.
    pub fn given(v: &Value) -> Result<Current> {
        match v.as_bound().filter(|v| !v.is_none()) {
            None => Current::get(),
            Some(v) if v.ty().is_subtype(&CONTEXT) => Ok(Current(v.clone())),
            Some(_) => type_error("optional argument must be a context"),
        }
    }

    /// One that is known to be a context.
    pub fn from_value(v: &Value) -> Current {
        Current(v.clone())
    }

    fn body(&self) -> &Boxed<ContextBody> {
        this(&self.0)
    }

    /// Precision, rounding and limits.
    pub fn context(&self) -> Context {
        self.body().context.get()
    }

    /// Whether exponents are written with a large `E`.
    pub fn capitals(&self) -> bool {
        self.body().capitals.get()
    }

    /// Notes conditions without raising anything.
    pub fn note(&self, status: Status) {
        let mut flags = self.body().flags.get();
        flags.add(status);
        self.body().flags.set(flags);
    }

    /// Notes conditions, and raises an exception if one of them is trapped.
    #[inline]
    pub fn report(&self, status: Status) -> Result<()> {
        if status == Status::NONE {
            return Ok(());
        }
        self.note(status);
        if status.has(Status::OUT_OF_MEMORY) {
            return memory_error();
        }
        let trapped = status.only(self.body().traps.get());
        if trapped == Status::NONE { Ok(()) } else { Err(exception_for(trapped)?) }
    }
}

/// The exception for trapped conditions: its argument is the list of all of them.
#[cold]
fn exception_for(trapped: Status) -> Result<Raised> {
    let named = CONDITIONS.iter().chain(&SIGNALS[1..]).filter(|(_, s)| trapped.has(*s));
    let list = named.map(|(name, _)| installed(&intern(name))).collect::<Result<Vec<_>>>()?;
    let first = SIGNALS.iter().find(|(_, s)| trapped.has(*s)).map_or("InvalidOperation", |(name, _)| name);
    let class = installed(&intern(first))?;
    let args = vec![Value::list(list)];
    match class.cast::<Type>() {
        Some(ty) => Ok(raise_args(ty, args)),
        None => Ok(raise_args(&exception::RUNTIME_ERROR, args)),
    }
}

/// The context of the thread.
pub(super) fn current_value() -> Result {
    let thread = minipy_sched::current().0;
    {
        let last = SHARED.last.borrow();
        if last.0 == thread
            && let Some(context) = &last.1
        {
            return Ok(context.clone());
        }
    }
    let known = SHARED.contexts.borrow().get(&thread).cloned();
    let context = match known {
        Some(context) => context,
        None => {
            let template = installed(&intern("DefaultContext"))?;
            let fresh = super::context::copy_of(&template, true);
            SHARED.contexts.borrow_mut().insert(thread, fresh.clone());
            fresh
        }
    };
    let old = SHARED.last.replace((thread, Some(context.clone())));
    drop(old);
    Ok(context)
}

pub(super) fn set_current(v: &Value) -> Result {
    if !v.ty().is_subtype(&CONTEXT) {
        return type_error("argument must be a context");
    }
    // The templates stay what they are.
    let mut context = v.clone();
    for name in ["DefaultContext", "BasicContext", "ExtendedContext"] {
        if installed(&intern(name))?.is(v) {
            context = super::context::copy_of(v, true);
        }
    }
    let thread = minipy_sched::current().0;
    let old = SHARED.contexts.borrow_mut().insert(thread, context.clone());
    let last = SHARED.last.replace((thread, Some(context)));
    drop((old, last));
    Ok(Value::NONE)
}

/// The classes of the signals among `status`, as `repr` orders them.
pub(super) fn shown_names(status: Status) -> String {
    let names: Vec<&str> =
        SHOWN.iter().map(|&i| SIGNALS[i]).filter(|s| status.has(s.1)).map(|s| s.0).collect();
    names.join(", ")
}

/// The classes of the signals among `status`.
pub(super) fn classes(status: Status) -> Result<Vec<Value>> {
    SIGNALS.iter().filter(|s| status.has(s.1)).map(|s| installed(&intern(s.0))).collect()
}

/// The signal that a class is.
pub(super) fn signal_of(class: &Value) -> Result<Option<Status>> {
    for (name, status) in SIGNALS {
        if installed(&intern(name))?.is(class) {
            return Ok(Some(status));
        }
    }
    Ok(None)
}

fn cell<'a>(context: &'a Value, traps: &Value) -> Result<&'a Cell<Status>> {
    match context.cast::<Boxed<ContextBody>>() {
        Some(body) => Ok(if protocol::truth(traps)? { &body.traps } else { &body.flags }),
        None => type_error("argument must be a context"),
    }
}

pub(super) fn get_signals(a: &[Value]) -> Result {
    let status = cell(&a[0], &a[1])?.get();
    Ok(Value::tuple(SIGNALS.iter().map(|s| Value::bool(status.has(s.1))).collect()))
}

pub(super) fn set_signal(a: &[Value]) -> Result {
    let cell = cell(&a[0], &a[1])?;
    let number = protocol::index_i64(&a[2])?;
    let Some(signal) = usize::try_from(number).ok().and_then(|n| SIGNALS.get(n)) else {
        return type_error("no such signal");
    };
    let bits = cell.get().0;
    let set = protocol::truth(&a[3])?;
    cell.set(Status(if set { bits | signal.1.0 } else { bits & !signal.1.0 }));
    Ok(Value::NONE)
}
