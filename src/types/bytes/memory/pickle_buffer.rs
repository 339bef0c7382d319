//! `pickle.PickleBuffer`: a buffer that a pickle may leave to the program instead of copying it.

use super::{View, Window, again, over, view};
use crate::object::{Boxed, Layout, Result, Slots, Type, Value};
use crate::protocol::{bind_args, raise, type_error, value_error};
use crate::types::bytes::{buffer, item::Item};
use crate::types::exception;
use std::cell::RefCell;

/// The fields of a `PickleBuffer`.
pub struct PickleBufferBody {
    /// A view of the object; unbound once it has been released.
    view: RefCell<Value>,
}

crate::body!(PickleBufferBody: PickleBuffer { view });

type PickleBuffer = Boxed<PickleBufferBody>;

/// The view that such an object holds; `None` for other objects, and once it has been released.
pub(super) fn view_in(v: &Value) -> Option<Value> {
    v.cast::<PickleBuffer>().and_then(|b| b.view.borrow().clone().bound())
}

/// The error for one that has been released.
pub(super) fn check(v: &Value) -> Result<()> {
    match v.cast::<PickleBuffer>().is_some() && view_in(v).is_none() {
        true => value_error("operation forbidden on released PickleBuffer object"),
        false => Ok(()),
    }
}

fn held(v: &Value) -> Result {
    check(v)?;
    Ok(view_in(v).unwrap_or(Value::NONE))
}

fn window_of(view: &Value) -> Option<&Window> {
    view.cast::<View>().map(|b| &b.window)
}

/// The bytes of a `PickleBuffer`, and whether they cannot be written to; `None` if they have gaps.
pub fn raw_buffer(v: &Value) -> Result<Option<(Vec<u8>, bool)>> {
    let Some(flat) = flat(v)? else { return Ok(None) };
    let readonly = window_of(&flat).is_some_and(|w| w.readonly);
    Ok(buffer(&flat).map(|data| (data.into_vec(), readonly)))
}

/// The memory of a `PickleBuffer` as a view of bytes in a row; `None` if they have gaps.
fn flat(v: &Value) -> Result<Option<Value>> {
    let held = held(v)?;
    let window = window_of(&held).filter(|w| w.is_contiguous(false) || w.is_contiguous(true));
    let Some(window) = window else { return Ok(None) };
    let row = Window { readonly: window.readonly, ..Window::row(window.start, window.nbytes(), Item::BYTE) };
    Ok(Some(again(view(&held)?, row)))
}

fn raw(a: &[Value]) -> Result {
    flat(&a[0])?.ok_or_else(|| {
        raise(&exception::BUFFER_ERROR, "cannot extract raw buffer from non-contiguous buffer")
    })
}

/// `PickleBuffer`
pub static PICKLE_BUFFER: Type = Type::builtin::<PickleBuffer>(
    "pickle.PickleBuffer",
    Layout::PickleBuffer,
    "A buffer that a pickle may leave to the program.",
    crate::defs! {
        fn "raw()" "The memory as bytes in a row." => raw;
        fn "release()" "Let go of the memory." => |a| {
            if let Some(b) = a[0].cast::<PickleBuffer>() {
                drop(b.view.replace(Value::UNBOUND));
            }
            Ok(Value::NONE)
        };
    },
)
.with_weakrefs()
.with_slots(Slots {
    new: Some(|ty, args, names| {
        let bound = bind_args("PickleBuffer", crate::sig!("(object, /)"), args, names)?;
        let object = &bound[0];
        if buffer(object).is_none() {
            check(object)?;
            let given = object.ty().name();
            return type_error(format!("a bytes-like object is required, not '{given}'"));
        }
        let body = PickleBufferBody { view: RefCell::new(over(object)?) };
        match ty.cast::<Type>() {
            Some(ty) => Ok(Value::new(ty, body)),
            None => type_error("PickleBuffer.__new__(X): X is not a type object"),
        }
    }),
    init: Some(|_, _, _| Ok(())),
    ..Slots::EMPTY
});
