//! `_weakref`: what `weakref` is built on.

use crate::object::{Def, Value, arg, weak};
use crate::types::int;
use crate::types::weakref::{CALLABLE_PROXY, PROXY, REF, new_proxy};

/// The table.
pub static DEFS: &[Def] = crate::defs! {
    fn "getweakrefcount(object, /)" "How many weak references there are to an object." => |a| Ok(int::from_i64(weak::references(&a[0]).len() as i64));
    fn "getweakrefs(object, /)" "The weak references to an object." => |a| Ok(Value::list(weak::references(&a[0])));
    fn "proxy(object, callback=None, /)" "A stand-in for an object that does not keep it alive." => |a| {
        let n = if arg(a, 1).is_unbound() { 1 } else { 2 };
        new_proxy(&a[..n])
    };
    val "ref()" "" => || REF.value();
    val "ReferenceType()" "" => || REF.value();
    val "ProxyType()" "" => || PROXY.value();
    val "CallableProxyType()" "" => || CALLABLE_PROXY.value();
};
