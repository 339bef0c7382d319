//! What `asyncio.sleep(0)` awaits: to let the others run, once.

use crate::modules::native::{class, this};
use crate::object::{Boxed, Layout, Result, Sent, Slots, Type, Value, arg};
use crate::vm::generator;
use std::cell::Cell;

/// The field of a turn: whether the others have had theirs.
pub struct TurnBody {
    over: Cell<bool>,
}

crate::body!(TurnBody: Other);

/// An awaitable that yields nothing, once.
pub fn give(_: &[Value]) -> Result {
    class(&TURN);
    Ok(Value::new(&TURN, TurnBody { over: Cell::new(false) }))
}

fn next(v: &Value) -> Result<Option<Value>> {
    Ok((!this::<TurnBody>(v).over.replace(true)).then_some(Value::NONE))
}

fn send(v: &Value, _: Value) -> Result<Sent> {
    Ok(match next(v)? {
        Some(nothing) => Sent::Yielded(nothing),
        None => Sent::Returned(Value::NONE),
    })
}

static TURN: Type = Type::builtin::<Boxed<TurnBody>>("_asyncio._Turn", Layout::Other, "", crate::defs! {
    fn "__await__()" "" => |a| Ok(a[0].clone());
    fn "send(value, /)" "Go on." => |a| next(&a[0])?.map_or_else(|| Err(generator::stop(Value::NONE)), Ok);
    fn "throw(typ, val=None, tb=None, /)" "Raise instead of going on." => |a| {
        this::<TurnBody>(&a[0]).over.set(true);
        Err(generator::thrown(&a[1], arg(a, 2))?)
    };
    fn "close()" "It is over." => |a| {
        this::<TurnBody>(&a[0]).over.set(true);
        Ok(Value::NONE)
    };
})
.with_slots(Slots {
    iter: Some(|v| Ok(v.clone())),
    next: Some(next),
    awaitable: Some(|v| Ok(v.clone())),
    send: Some(send),
    ..Slots::EMPTY
});
