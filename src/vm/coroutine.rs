//! Coroutines: what `await` waits for. The frame and its states are those of generators.

use super::generator::{self, Generator, Step};
use crate::object::{Boxed, Layout, Result, Slots, Type, Value, intern};
use crate::protocol::{self, raise_args, type_error};
use crate::types::exception::{self, STOP_ASYNC_ITERATION, STOP_ITERATION};
use minipy_bytecode::Op;

/// `coroutine`: what calling an `async def` gives.
pub static COROUTINE: Type = Type::builtin::<Generator>("coroutine", Layout::Generator, "", crate::defs! {
    fn "send(value, /)" "Resumes with a value; StopIteration carries the result." => generator::send;
    fn "throw(typ, val=None, tb=None, /)" "Raises at the point of suspension." => generator::throw;
    fn "close()" "Raises GeneratorExit at the point of suspension." => generator::close;
    fn "__await__()" "Returns an iterator to be used in an await expression." => |a| Ok(Value::new(&WRAPPER, WrapperBody { coroutine: a[0].clone() }));
    get "__name__()" "" => |v| Ok(generator::name(v)), generator::rename;
    get "__qualname__()" "" => |v| Ok(generator::qualname(v)), generator::rename_fully;
    get "cr_running()" "" => |v| Ok(Value::bool(generator::is_running(v)));
    get "cr_suspended()" "" => |v| Ok(Value::bool(generator::is_suspended(v)));
    get "cr_code()" "" => |v| Ok(generator::code(v));
    get "cr_frame()" "" => |v| Ok(generator::frame(v));
    get "cr_await()" "" => |v| Ok(generator::delegated(v));
    get "cr_origin()" "" => |_| Ok(Value::NONE);
})
.with_weakrefs()
.with_slots(Slots {
    repr: Some(|v| generator::repr(v, "coroutine")),
    finalize: Some(generator::finalize),
    ..Slots::EMPTY
});

/// What `coroutine.__await__` gives.
pub struct WrapperBody {
    coroutine: Value,
}

crate::body!(WrapperBody: Other { coroutine });

type Wrapper = Boxed<WrapperBody>;

fn wrapped(v: &Value) -> &Value {
    &v.cast::<Wrapper>().expect("slots are only called on their own type").coroutine
}

/// The arguments with the coroutine in the place of its wrapper.
fn forwarded(a: &[Value]) -> Vec<Value> {
    std::iter::once(wrapped(&a[0])).chain(&a[1..]).cloned().collect()
}

/// `coroutine_wrapper`
pub static WRAPPER: Type = Type::builtin::<Wrapper>(
    "coroutine_wrapper",
    Layout::Other,
    "",
    crate::defs! {
        fn "send(value, /)" "" => |a| generator::send(&forwarded(a));
        fn "throw(typ, val=None, tb=None, /)" "" => |a| generator::throw(&forwarded(a));
        fn "close()" "" => |a| generator::close(&forwarded(a));
    },
)
.with_slots(Slots {
    iter: Some(|v| Ok(v.clone())),
    next: Some(|v| generator::next(wrapped(v))),
    ..Slots::EMPTY
});

/// The iterator of `await v`.
pub fn awaitable(v: &Value) -> Result {
    match awaitable_if_any(v)? {
        Some(it) => Ok(it),
        None => type_error(format!("object {} can't be used in 'await' expression", v.ty().name())),
    }
}

/// As [`awaitable`], for what came from the instruction before.
pub fn awaitable_after(v: &Value, before: Op) -> Result {
    let method = match before {
        Op::WithEnter => "__aenter__",
        Op::WithExit | Op::WithExcept => "__aexit__",
        _ => return awaitable(v),
    };
    match awaitable_if_any(v)? {
        Some(it) => Ok(it),
        None => type_error(format!(
            "'async with' received an object from {method} that does not implement __await__: {}",
            v.ty().name()
        )),
    }
}

/// The iterator of `await v`, `None` if `v` can't be awaited.
fn awaitable_if_any(v: &Value) -> Result<Option<Value>> {
    if generator::is_coroutine(v) {
        if v.is_exact(&COROUTINE) && generator::is_suspended(v) && !generator::delegated(v).is_none() {
            return protocol::runtime_error("coroutine is being awaited already");
        }
        return Ok(Some(v.clone()));
    }
    // Classes of programs may have a method of their own.
    if let Some(it) = v.ty().slots().awaitable.filter(|_| !v.ty().is_heap()) {
        return it(v).map(Some);
    }
    let Some(method) = protocol::lookup_special(v, &intern("__await__"))? else { return Ok(None) };
    let it = protocol::call(&method, &[])?;
    if generator::is_coroutine(&it) {
        return type_error("__await__() returned a coroutine");
    }
    if it.ty().slots().next.is_none() {
        return type_error(format!("__await__() returned non-iterator of type '{}'", it.ty().name()));
    }
    Ok(Some(it))
}

/// `aiter(v)`
pub fn async_iterator(v: &Value) -> Result {
    let Some(method) = protocol::lookup_special(v, &intern("__aiter__"))? else {
        let name = v.ty().name();
        return type_error(format!("'async for' requires an object with __aiter__ method, got {name}"));
    };
    let it = protocol::call(&method, &[])?;
    if it.ty().lookup(&intern("__anext__")).is_none() {
        let name = it.ty().name();
        return type_error(format!(
            "'async for' received an object from __aiter__ that does not implement __anext__: {name}"
        ));
    }
    Ok(it)
}

/// What is awaited for the next item of an asynchronous iterator.
pub fn async_next(v: &Value) -> Result {
    let Some(method) = protocol::lookup_special(v, &intern("__anext__"))? else {
        let name = v.ty().name();
        return type_error(format!("'async for' requires an iterator with __anext__ method, got {name}"));
    };
    let next = protocol::call(&method, &[])?;
    match awaitable(&next) {
        Err(e) if e.0.ty().is_subtype(&exception::TYPE_ERROR) => {
            let name = next.ty().name();
            let text = format!("'async for' received an invalid object from __anext__: {name}");
            let new = protocol::raise(&exception::TYPE_ERROR, text);
            exception::set_cause(&new.0, &e.0);
            Err(new)
        }
        r => r,
    }
}

/// The builtin `aiter`.
pub fn builtin_aiter(a: &[Value]) -> Result {
    if protocol::lookup_special(&a[0], &intern("__aiter__"))?.is_none() {
        return type_error(format!("'{}' object is not an async iterable", a[0].ty().name()));
    }
    async_iterator(&a[0])
}

/// The builtin `anext`.
pub fn builtin_anext(a: &[Value]) -> Result {
    let Some(method) = protocol::lookup_special(&a[0], &intern("__anext__"))? else {
        return type_error(format!("'{}' object is not an async iterator", a[0].ty().name()));
    };
    let next = protocol::call(&method, &[])?;
    match crate::object::arg(a, 1).as_bound() {
        None => Ok(next),
        Some(default) => Ok(Value::new(&ANEXT, AnextBody { awaited: next, default: default.clone() })),
    }
}

/// The fields of what `anext(it, default)` gives.
pub struct AnextBody {
    awaited: Value,
    default: Value,
}

crate::body!(AnextBody: Other { awaited, default });

type Anext = Boxed<AnextBody>;

fn anext(v: &Value) -> &AnextBody {
    v.cast::<Anext>().expect("slots are only called on their own type")
}

/// The result of a step of the awaited object; its end becomes the default.
fn or_default(a: &AnextBody, result: Result) -> Result {
    match result {
        Err(e) if e.0.ty().is_subtype(&STOP_ASYNC_ITERATION) => {
            let stop = raise_args(&STOP_ITERATION, vec![a.default.clone()]);
            exception::set_field(&stop.0, "value", a.default.clone());
            Err(stop)
        }
        r => r,
    }
}

/// `anext_awaitable`
pub static ANEXT: Type = Type::builtin::<Anext>(
    "anext_awaitable",
    Layout::Other,
    "",
    crate::defs! {
        fn "__await__()" "" => |a| Ok(a[0].clone());
        fn "send(value, /)" "" => |a| {
            let x = anext(&a[0]);
            or_default(x, protocol::call_method(&awaitable(&x.awaited)?, "send", &a[1..]))
        };
        fn "throw(*args)" "" => |a| {
            let x = anext(&a[0]);
            let args = a[1].as_tuple().unwrap_or_default();
            or_default(x, protocol::call_method(&awaitable(&x.awaited)?, "throw", args))
        };
        fn "close()" "" => |a| protocol::call_method(&awaitable(&anext(&a[0]).awaited)?, "close", &[]);
    },
)
.with_slots(Slots {
    iter: Some(|v| Ok(v.clone())),
    next: Some(|v| {
        let x = anext(v);
        let it = awaitable(&x.awaited)?;
        let step = match generator::step_of(&it) {
            Some(step) => step.and_then(|s| match s {
                Step::Yielded(v) | Step::Produced(v) => Ok(v),
                Step::Returned(v) => Err(generator::stop(v)),
            }),
            None => protocol::call_method(&it, "__next__", &[]),
        };
        or_default(x, step).map(Some)
    }),
    ..Slots::EMPTY
});
