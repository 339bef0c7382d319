//! `ModuleSpec`: what is known of a module before it is loaded.

use crate::object::{Attrs, Boxed, Compare, Layout, Result, Slots, Type, Value, intern};
use crate::protocol::{self, type_error};
use crate::types::object::InstanceBody;
use crate::types::{module, type_};
use std::path::Path;

/// `_frozen_importlib.ModuleSpec`
pub static MODULE_SPEC: Type = Type::builtin::<Boxed<InstanceBody>>(
    "_frozen_importlib.ModuleSpec",
    Layout::Object,
    "What is known of a module: its name, loader, origin, and where its submodules are.",
    crate::defs! {
        get "__dict__()" "" => type_::instance_dict, type_::set_instance_dict;
        get "parent()" "The package of the module; of a package itself." => |v| Ok(Value::str(&parent(v)));
        get "has_location()" "Whether the origin is a place to load from." => |v| Ok(Value::bool(has_location(v))), |v, x| {
            let on = x.map_or(Ok(false), |x| protocol::truth(&x))?;
            set(v, "_set_fileattr", Value::bool(on))
        };
        get "cached()" "The file of compiled code that would belong to it." => cached, |v, x| set(v, "_cached", x.unwrap_or(Value::NONE));
    },
)
.with_signature("(name, loader, *, origin=None, loader_state=None, is_package=None)")
.with_base_flag()
.with_attrs(size_of::<Boxed<InstanceBody>>())
.with_slots(Slots {
    new: Some(spec_new),
    init: Some(|_, _, _| Ok(())),
    repr: Some(spec_repr),
    compare: Some(|a, b, op| match op {
        Compare::Eq | Compare::Ne if b.ty().is_subtype(&MODULE_SPEC) => {
            Ok(Value::bool(same(a, b)? == matches!(op, Compare::Eq)))
        }
        _ => Ok(Value::NOT_IMPLEMENTED),
    }),
    ..Slots::EMPTY
});

/// An attribute of an object of this module's classes, or `None`.
pub fn get(v: &Value, name: &str) -> Value {
    Attrs::of(v).and_then(|a| a.get(&intern(name))).unwrap_or(Value::NONE)
}

/// Sets an attribute of such an object.
pub fn set(v: &Value, name: &str, value: Value) -> Result<()> {
    protocol::generic_set_attr(v, &intern(name), Some(value))
}

fn parent(spec: &Value) -> String {
    let name = get(spec, "name");
    let name = name.as_str().unwrap_or_default();
    match get(spec, "submodule_search_locations").is_none() {
        true => name.rsplit_once('.').map_or("", |(parent, _)| parent).to_owned(),
        false => name.to_owned(),
    }
}

fn has_location(spec: &Value) -> bool {
    get(spec, "_set_fileattr").is(&Value::TRUE)
}

/// The name of the file in which CPython would keep the compiled code of a source file.
pub fn cache_name(source: &str) -> Option<String> {
    let path = Path::new(source);
    let stem = path.file_name()?.to_str()?.strip_suffix(".py")?;
    let folder = path.parent().unwrap_or(Path::new("")).join("__pycache__");
    Some(folder.join(format!("{stem}.cpython-311.pyc")).display().to_string())
}

fn cached(spec: &Value) -> Result {
    let known = get(spec, "_cached");
    if !known.is_none() || !has_location(spec) {
        return Ok(known);
    }
    let origin = get(spec, "origin");
    let found = origin.as_str().and_then(cache_name).map_or(Value::NONE, |name| Value::str(&name));
    set(spec, "_cached", found.clone())?;
    Ok(found)
}

/// The fields of a specification.
pub struct Fields {
    /// The full name of the module.
    pub name: Value,
    /// What loads it.
    pub loader: Value,
    /// Where it comes from.
    pub origin: Value,
    /// For a package, where to look for its modules: a list.
    pub locations: Value,
    /// Whether the origin is a file.
    pub has_location: bool,
}

/// A specification of a class derived from `ModuleSpec`, or of that itself.
pub fn new(ty: &Type, fields: Fields, loader_state: Value) -> Result {
    super::super::native::class(&MODULE_SPEC);
    let spec = Value::new(ty, InstanceBody);
    set(&spec, "name", fields.name)?;
    set(&spec, "loader", fields.loader)?;
    set(&spec, "origin", fields.origin)?;
    set(&spec, "loader_state", loader_state)?;
    set(&spec, "submodule_search_locations", fields.locations)?;
    set(&spec, "_set_fileattr", Value::bool(fields.has_location))?;
    set(&spec, "_cached", Value::NONE)?;
    Ok(spec)
}

fn spec_new(ty: &Value, args: &[Value], names: Option<&Value>) -> Result {
    let signature = crate::sig!("(name, loader, *, origin=None, loader_state=None, is_package=None)");
    let a = protocol::bind_args("ModuleSpec.__init__", signature, args, names)?;
    let Some(ty) = ty.cast::<Type>() else { return type_error("__new__(X): X is not a type object") };
    let given = |i: usize| crate::object::arg(&a, i).clone().bound().unwrap_or(Value::NONE);
    let locations = if protocol::truth(&given(4))? { Value::list(Vec::new()) } else { Value::NONE };
    let fields =
        Fields { name: given(0), loader: given(1), origin: given(2), locations, has_location: false };
    new(ty, fields, given(3))
}

fn spec_repr(spec: &Value) -> Result {
    let shown = |name: &str| protocol::repr_string(&get(spec, name));
    let class = spec.ty().name().rsplit('.').next().unwrap_or_default().to_owned();
    let mut out = format!("{class}(name={}, loader={}", shown("name")?, shown("loader")?);
    for name in ["origin", "submodule_search_locations"] {
        if !get(spec, name).is_none() {
            out += &format!(", {name}={}", shown(name)?);
        }
    }
    Ok(Value::str(&(out + ")")))
}

fn same(a: &Value, b: &Value) -> Result<bool> {
    for name in ["name", "loader", "origin", "submodule_search_locations", "_set_fileattr"] {
        if !protocol::equal(&get(a, name), &get(b, name))? {
            return Ok(false);
        }
    }
    protocol::equal(&cached(a)?, &cached(b)?)
}

/// Puts into a module's namespace what its specification says.
pub fn describe(m: &Value, spec: &Value) -> Result<()> {
    let put = |name: &str, value: Value| protocol::set_attr(m, &intern(name), Some(value));
    let loader = protocol::get_attr(spec, &intern("loader"))?;
    put("__name__", protocol::get_attr(spec, &intern("name"))?)?;
    put("__loader__", loader)?;
    put("__package__", protocol::get_attr(spec, &intern("parent"))?)?;
    put("__spec__", spec.clone())?;
    let locations = protocol::get_attr(spec, &intern("submodule_search_locations"))?;
    if !locations.is_none() {
        put("__path__", locations)?;
    }
    if protocol::truth(&protocol::get_attr(spec, &intern("has_location"))?)? {
        put("__file__", protocol::get_attr(spec, &intern("origin"))?)?;
        let cached = protocol::get_attr(spec, &intern("cached"))?;
        if !cached.is_none() {
            put("__cached__", cached)?;
        }
    }
    Ok(())
}

/// Whether a module's code is still running for the first time.
pub fn is_initializing(m: &Value) -> bool {
    let namespace = m.cast::<module::Module>().map(|m| m.namespace());
    let spec = namespace.and_then(|d| d.get_interned(&intern("__spec__")).cloned());
    spec.is_some_and(|s| s.ty().is_subtype(&MODULE_SPEC) && get(&s, "_initializing").is(&Value::TRUE))
}
