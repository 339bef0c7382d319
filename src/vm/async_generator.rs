//! Asynchronous generators, and the awaitable steps that `__anext__`, `asend`, `athrow` and `aclose` give.

use super::generator::{self, Generator, Step};
use super::slow;
use crate::object::{Boxed, Layout, Raised, Result, Slots, Type, Value};
use crate::protocol::{self, raise_args};
use crate::types::exception::{self, GENERATOR_EXIT, STOP_ASYNC_ITERATION};
use std::cell::{Cell, RefCell};

/// `async_generator`: what calling an `async def` with a `yield` gives.
pub static ASYNC_GENERATOR: Type = Type::builtin::<Generator>("async_generator", Layout::Generator, "", crate::defs! {
    fn "__aiter__()" "" => |a| Ok(a[0].clone());
    fn "__anext__()" "" => |a| step(&a[0], Request::Send(Value::NONE));
    fn "asend(value, /)" "Sends a value into the generator." => |a| step(&a[0], Request::Send(a[1].clone()));
    fn "athrow(typ, val=None, tb=None, /)" "Raises an exception in the generator." => |a| {
        let e = generator::thrown(&a[1], crate::object::arg(a, 2))?;
        step(&a[0], Request::Throw(e.0))
    };
    fn "aclose()" "Raises GeneratorExit in the generator." => |a| step(&a[0], Request::Close);
    class "__class_getitem__(item, /)" "The class with parameters, as an alias." => crate::types::alias::class_getitem;
    get "__name__()" "" => |v| Ok(generator::name(v)), generator::rename;
    get "__qualname__()" "" => |v| Ok(generator::qualname(v)), generator::rename_fully;
    get "ag_running()" "" => |v| Ok(Value::bool(generator::is_running(v)));
    get "ag_code()" "" => |v| Ok(generator::code(v));
    get "ag_frame()" "" => |v| Ok(generator::frame(v));
    get "ag_await()" "" => |v| Ok(generator::delegated(v));
})
.with_weakrefs()
.with_slots(Slots {
    repr: Some(|v| generator::repr(v, "async_generator")),
    finalize: Some(generator::finalize),
    ..Slots::EMPTY
});

/// What a step does to the generator first.
enum Request {
    Send(Value),
    Throw(Value),
    Close,
}

#[derive(Clone, Copy, PartialEq)]
enum Progress {
    Fresh,
    Begun,
    Done,
}

/// The fields of a step.
pub struct StepBody {
    generator: Value,
    /// What is sent or thrown; unbound to close.
    input: RefCell<Value>,
    throws: bool,
    closes: bool,
    progress: Cell<Progress>,
}

crate::body!(StepBody: Other { generator, input });

type AsyncStep = Boxed<StepBody>;

fn body(v: &Value) -> &StepBody {
    v.cast::<AsyncStep>().expect("slots are only called on their own type")
}

fn step(generator: &Value, request: Request) -> Result {
    generator::call_first_hook(generator)?;
    let (ty, input, throws, closes) = match request {
        Request::Send(v) => (&ASEND, v, false, false),
        Request::Throw(e) => (&ATHROW, e, true, false),
        Request::Close => (&ATHROW, exception::new(&GENERATOR_EXIT, Vec::new()), true, true),
    };
    let (generator, progress) = (generator.clone(), Cell::new(Progress::Fresh));
    Ok(Value::new(ty, StepBody { generator, input: RefCell::new(input), throws, closes, progress }))
}

impl StepBody {
    fn what(&self) -> &'static str {
        match (self.throws, self.closes) {
            (false, _) => "__anext__()/asend()",
            (true, _) => "aclose()/athrow()",
        }
    }

    /// One step: what the generator waits for is handed on; its next item is the result.
    fn resume(&self, input: std::result::Result<Value, Raised>) -> Result {
        let input = match self.progress.get() {
            Progress::Done => {
                return protocol::runtime_error(format!("cannot reuse already awaited {}", self.what()));
            }
            Progress::Begun => input,
            Progress::Fresh => {
                if generator::is_begun_asynchronously(&self.generator) {
                    self.progress.set(Progress::Done);
                    let what = match (self.throws, self.closes) {
                        (false, _) => "anext()",
                        (true, true) => "aclose()",
                        (true, false) => "athrow()",
                    };
                    return protocol::runtime_error(format!(
                        "{what}: asynchronous generator is already running"
                    ));
                }
                self.progress.set(Progress::Begun);
                match input {
                    Ok(v) if !v.is_none() && !v.is_unbound() && self.throws => {
                        return protocol::runtime_error(
                            "can't send non-None value to a just-started coroutine",
                        );
                    }
                    Ok(v) if v.is_none() || v.is_unbound() => {
                        let first = self.input.replace(Value::NONE);
                        if self.throws { Err(Raised(first)) } else { Ok(first) }
                    }
                    other => other,
                }
            }
        };
        if self.throws && generator::is_finished(&self.generator) {
            self.progress.set(Progress::Done);
            return Err(generator::stop(Value::NONE));
        }
        generator::set_begun_asynchronously(&self.generator, true);
        let result = generator::resume(&self.generator, input);
        if let Ok(Step::Yielded(v)) = result {
            return Ok(v);
        }
        generator::set_begun_asynchronously(&self.generator, false);
        self.progress.set(Progress::Done);
        match result {
            Ok(Step::Yielded(v)) => Ok(v),
            Ok(Step::Produced(_)) if self.closes => {
                protocol::runtime_error("async generator ignored GeneratorExit")
            }
            Ok(Step::Produced(v)) => Err(generator::stop(v)),
            Ok(Step::Returned(_)) if self.closes => Err(generator::stop(Value::NONE)),
            Ok(Step::Returned(_)) => Err(raise_args(&STOP_ASYNC_ITERATION, Vec::new())),
            Err(e)
                if self.closes
                    && (e.0.ty().is_subtype(&GENERATOR_EXIT)
                        || e.0.ty().is_subtype(&STOP_ASYNC_ITERATION)) =>
            {
                Err(generator::stop(Value::NONE))
            }
            Err(e) => Err(e),
        }
    }
}

const METHODS: &[crate::object::Def] = crate::defs! {
    fn "__await__()" "" => |a| Ok(a[0].clone());
    fn "send(value, /)" "" => |a| body(&a[0]).resume(Ok(a[1].clone()));
    fn "throw(typ, val=None, tb=None, /)" "" => |a| {
        let b = body(&a[0]);
        let e = generator::thrown(&a[1], crate::object::arg(a, 2))?;
        b.resume(Err(slow::make_exception(e.0)?))
    };
    fn "close()" "" => |a| {
        body(&a[0]).progress.set(Progress::Done);
        Ok(Value::NONE)
    };
};

const SLOTS: Slots = Slots {
    iter: Some(|v| Ok(v.clone())),
    next: Some(|v| body(v).resume(Ok(Value::UNBOUND)).map(Some)),
    ..Slots::EMPTY
};

/// `async_generator_asend`
pub static ASEND: Type =
    Type::builtin::<AsyncStep>("async_generator_asend", Layout::Other, "", METHODS).with_slots(SLOTS);

/// `async_generator_athrow`
pub static ATHROW: Type =
    Type::builtin::<AsyncStep>("async_generator_athrow", Layout::Other, "", METHODS).with_slots(SLOTS);
