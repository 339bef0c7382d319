//! `atexit`: what to call when the interpreter ends, the last registered first.

use crate::object::{Def, List, Result, Value};
use crate::protocol::{self, type_error};
use crate::types::{exception, int};
use std::cell::RefCell;

struct Registered(RefCell<Value>);
// SAFETY: only the holder of the GIL uses it.
#[allow(unsafe_code)]
unsafe impl Sync for Registered {}
/// A list of tuples (function, positional arguments, keyword arguments), or unbound.
static REGISTERED: Registered = Registered(RefCell::new(Value::UNBOUND));

fn registered() -> Value {
    let mut list = REGISTERED.0.borrow_mut();
    if list.is_unbound() {
        *list = Value::list(Vec::new());
    }
    list.clone()
}

fn register(a: &[Value]) -> Result {
    let Some(function) = a[0].as_tuple().and_then(|all| all.first()) else {
        return type_error("register() takes at least 1 argument (0 given)");
    };
    if function.ty().slots().call.is_none() {
        return type_error("the first argument must be callable");
    }
    let args = a[0].as_tuple().unwrap_or_default()[1..].to_vec();
    if let Some(list) = registered().cast::<List>() {
        list.push(Value::tuple(vec![function.clone(), Value::tuple(args), a[1].clone()]));
    }
    Ok(function.clone())
}

/// The entry keeps its place, empty.
fn unregister(a: &[Value]) -> Result {
    let all = registered();
    let Some(list) = all.cast::<List>() else { return Ok(Value::NONE) };
    for (i, entry) in list.to_vec().into_iter().enumerate() {
        if let Some([function, ..]) = entry.as_tuple()
            && protocol::equal(function, &a[0])?
        {
            replace(list, i);
        }
    }
    Ok(Value::NONE)
}

/// Takes entry `i` out and leaves `None`.
fn replace(list: &List, i: usize) -> Value {
    list.items.borrow_mut().get_mut(i).map_or(Value::NONE, |place| std::mem::replace(place, Value::NONE))
}

fn call(entry: &Value) -> Result {
    let [function, args, keywords] = entry.as_tuple().unwrap_or_default() else { return Ok(Value::NONE) };
    let mut all = args.as_tuple().unwrap_or_default().to_vec();
    let items = keywords.cast::<crate::object::Dict>().map_or_else(Vec::new, |d| d.items());
    let (names, values): (Vec<Value>, Vec<Value>) = items.into_iter().unzip();
    all.extend(values);
    protocol::call_kw(function, &all, (!names.is_empty()).then(|| Value::tuple(names)).as_ref())
}

/// Calls what is registered. An exception is reported and does not keep the others from being called.
pub fn run() {
    let all = registered();
    let Some(list) = all.cast::<List>() else { return };
    for i in (0..list.len()).rev() {
        let entry = replace(list, i);
        if let Err(e) = call(&entry) {
            let function = entry.as_tuple().and_then(|t| t.first()).cloned().unwrap_or(Value::NONE);
            exception::report_unraisable_in(" atexit callback", &e, &function);
        }
    }
    clear();
}

/// Forgets what is registered.
pub fn clear() {
    let old = REGISTERED.0.replace(Value::UNBOUND);
    drop(old);
}

/// The table.
pub static DEFS: &[Def] = crate::defs! {
    fn "register(*args, **kwargs)" "Register a function to be executed upon normal program termination." => register;
    fn "unregister(func, /)" "Unregister an exit function which was previously registered." => unregister;
    fn "_clear()" "Clear the list of previously registered exit functions." => |_| { clear(); Ok(Value::NONE) };
    fn "_run_exitfuncs()" "Run all registered exit functions." => |_| { run(); Ok(Value::NONE) };
    fn "_ncallbacks()" "Return the number of registered exit functions." => |_| {
        Ok(int::from_i64(registered().cast::<List>().map_or(0, |l| l.len()) as i64))
    };
};
