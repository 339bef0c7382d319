//! `mappingproxy`: a mapping that cannot be changed through it, as the namespaces of classes are seen.

use crate::object::{BinOp, Boxed, Compare, Dict, Layout, Result, Slots, Type, Value};
use crate::protocol::{self, call_method, type_error};

/// The field of a proxy.
pub struct ProxyBody {
    mapping: Value,
}

crate::body!(ProxyBody: MappingProxy { mapping });

type Proxy = Boxed<ProxyBody>;

fn mapping(v: &Value) -> &Value {
    &v.cast::<Proxy>().expect("slots are only called on their own type").mapping
}

/// The proxy of a mapping.
pub fn new(mapping: Value) -> Value {
    Value::new(&MAPPING_PROXY, ProxyBody { mapping })
}

/// The mapping behind a proxy, or the value itself.
fn behind(v: &Value) -> Value {
    v.cast::<Proxy>().map_or_else(|| v.clone(), |p| p.mapping.clone())
}

/// Calls the method of the mapping.
macro_rules! forward {
    ($name:literal) => {
        |a| {
            let given = a[1..].iter().take_while(|x| !x.is_unbound()).count();
            call_method(mapping(&a[0]), $name, &a[1..=given])
        }
    };
}

const BINARY: [Option<crate::object::Binary>; 13] = {
    let mut operators: [Option<crate::object::Binary>; 13] = [None; 13];
    operators[BinOp::Or as usize] = Some(|a, b| protocol::binary(BinOp::Or, &behind(a), &behind(b)));
    operators
};

const INPLACE: [Option<crate::object::Binary>; 13] = {
    let mut operators: [Option<crate::object::Binary>; 13] = [None; 13];
    operators[BinOp::Or as usize] =
        Some(|a, _| type_error(format!("'|=' is not supported by {}; use '|' instead", a.ty().name())));
    operators
};

/// `mappingproxy`
pub static MAPPING_PROXY: Type = Type::builtin::<Proxy>(
    "mappingproxy",
    Layout::MappingProxy,
    "Read-only view of a mapping.",
    crate::defs! {
        fn "get(key, default=None, /)" "Return the value for key if key is in the mapping, else default." => forward!("get");
        fn "keys()" "A set-like object providing a view on the keys." => forward!("keys");
        fn "values()" "An object providing a view on the values." => forward!("values");
        fn "items()" "A set-like object providing a view on the items." => forward!("items");
        fn "copy()" "A shallow copy of the mapping." => forward!("copy");
        fn "__reversed__()" "" => forward!("__reversed__");
        class "__class_getitem__(item, /)" "The class with parameters, as an alias." => super::alias::class_getitem;
    },
)
.with_slots(Slots {
    new: Some(|_, args, names| {
        let bound = protocol::bind_args("mappingproxy", crate::sig!("(mapping)"), args, names)?;
        let v = &bound[0];
        if v.cast::<Dict>().is_none() && (v.as_tuple().is_some() || v.ty().slots().get_item.is_none() || v.cast::<crate::object::List>().is_some()) {
            return type_error(format!("mappingproxy() argument must be a mapping, not {}", v.ty().name()));
        }
        Ok(new(v.clone()))
    }),
    init: Some(|_, _, _| Ok(())),
    len: Some(|v| protocol::len(mapping(v))),
    get_item: Some(|v, key| protocol::get_item(mapping(v), key)),
    contains: Some(|v, key| protocol::contains(mapping(v), key)),
    iter: Some(|v| protocol::iter(mapping(v))),
    str: Some(|v| protocol::str(mapping(v))),
    repr: Some(|v| Ok(Value::str(&format!("mappingproxy({})", protocol::repr_string(mapping(v))?)))),
    hash: Some(|v| protocol::hash(mapping(v))),
    compare: Some(|a, b, op| match op {
        Compare::Eq | Compare::Ne => Ok(Value::bool(protocol::equal(mapping(a), &behind(b))? == (op == Compare::Eq))),
        _ => Ok(Value::NOT_IMPLEMENTED),
    }),
    binary: BINARY,
    inplace: INPLACE,
    ..Slots::EMPTY
});

/// `__dict__` of a class.
pub fn of_class(ty: &Type) -> Result {
    Ok(new(ty.dict().value()))
}
