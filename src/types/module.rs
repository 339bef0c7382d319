//! `module`

use crate::object::{Attrs, Boxed, Def, Dict, Kind, Layout, Result, Slots, Type, Value, intern};
use crate::protocol::{self, attribute_error_for};
use std::cell::Cell;

/// A module.
pub type Module = Boxed<ModuleBody>;

/// The fields of a module.
pub struct ModuleBody {
    /// Its namespace.
    pub dict: Value,
    /// The table whose late constants are not in the namespace yet, or an empty one.
    pub late: Cell<&'static [Def]>,
}

crate::body!(ModuleBody: Module { dict });

/// A new module with `__name__` and `__doc__`.
pub fn new(name: &str, doc: &str) -> Value {
    let module = ModuleBody::new();
    fill(module.namespace(), intern(name), if doc.is_empty() { Value::NONE } else { Value::str(doc) });
    Value::new(&MODULE, module)
}

fn fill(namespace: &Dict, name: Value, doc: Value) {
    namespace.set_interned(&intern("__name__"), name);
    namespace.set_interned(&intern("__doc__"), doc);
    for unknown in ["__package__", "__loader__", "__spec__"] {
        namespace.set_interned(&intern(unknown), Value::NONE);
    }
}

impl ModuleBody {
    fn new() -> ModuleBody {
        ModuleBody { dict: Dict::new(), late: Cell::new(&[]) }
    }

    /// The namespace.
    pub fn namespace(&self) -> &Dict {
        self.dict.cast().expect("a module's namespace is a dict")
    }

    /// The namespace, late constants included.
    fn complete(&self) -> &Dict {
        let namespace = self.namespace();
        for def in self.late.replace(&[]) {
            if let Kind::Late(f) = def.kind
                && namespace.get_interned(&intern(def.name)).is_none()
            {
                namespace.set_interned(&intern(def.name), f());
            }
        }
        namespace
    }

    /// The late constant of that name, if there is one that has not been asked for before.
    fn late(&self, name: &str) -> Option<Value> {
        self.late.get().iter().find(|d| matches!(d.kind, Kind::Late(_)) && d.name == name)?;
        self.complete().get_interned(&intern(name)).cloned()
    }
}

/// Whether a module's code is still running for the first time: its specification knows.
fn is_initializing(v: &Value) -> bool {
    let spec = module(v).namespace().get_interned(&intern("__spec__")).cloned();
    let spec = spec.as_ref().and_then(Attrs::of);
    spec.and_then(|a| a.get(&intern("_initializing"))).is_some_and(|i| i.is(&Value::TRUE))
}

fn module_repr(v: &Value) -> Result {
    let get = |n: &str| module(v).namespace().get_interned(&intern(n)).cloned().filter(|x| !x.is_none());
    let attr = |v: &Value, n: &str| Ok(protocol::get_attr_opt(v, &intern(n))?.filter(|x| !x.is_none()));
    let show = |v: Option<Value>| v.map_or(Ok("'?'".to_owned()), |v| protocol::repr_string(&v));
    if let Some(spec) = get("__spec__") {
        let name = show(attr(&spec, "name")?)?;
        let Some(origin) = attr(&spec, "origin")? else {
            return Ok(Value::str(&match attr(&spec, "loader")? {
                Some(loader) => format!("<module {name} ({})>", protocol::repr_string(&loader)?),
                None if get("__path__").is_some() => format!("<module {name} (namespace)>"),
                None => format!("<module {name}>"),
            }));
        };
        return Ok(Value::str(&match attr(&spec, "has_location")? {
            Some(on) if protocol::truth(&on)? => {
                format!("<module {name} from {}>", protocol::repr_string(&origin)?)
            }
            _ => format!("<module {name} ({})>", protocol::str_string(&origin)?),
        }));
    }
    let name = show(get("__name__"))?;
    Ok(Value::str(&match (get("__file__"), get("__loader__")) {
        (Some(file), _) => format!("<module {name} from {}>", protocol::repr_string(&file)?),
        (None, Some(loader)) => format!("<module {name} ({})>", protocol::repr_string(&loader)?),
        (None, None) => format!("<module {name}>"),
    }))
}

fn module(v: &Value) -> &ModuleBody {
    v.cast::<Module>().expect("slots are only called on their own type")
}

/// `module`
pub static MODULE: Type = Type::builtin::<Module>(
    "module",
    Layout::Module,
    "A module: a namespace with a name and documentation.",
    crate::defs! {
        get "__dict__()" "" => |v| {
            module(v).complete();
            Ok(module(v).dict.clone())
        };
    },
)
.with_weakrefs()
.with_base_flag()
.with_slots(Slots {
    new: Some(|ty, _, _| Ok(Value::new(ty.cast().unwrap_or(&MODULE), ModuleBody::new()))),
    init: Some(|v, args, names| {
        let given = protocol::bind_args("module", crate::sig!("module(name, doc=None)"), args, names)?;
        if given[0].as_str().is_none() {
            let ty = given[0].ty().name();
            return protocol::type_error(format!("module() argument 'name' must be str, not {ty}"));
        }
        fill(module(v).namespace(), given[0].clone(), given[1].clone().bound().unwrap_or(Value::NONE));
        Ok(())
    }),
    get_attr: Some(|v, name| {
        // Only a subclass has properties that come before the namespace.
        let exact = v.is_exact(&MODULE);
        if exact && let Some(x) = module(v).namespace().get_interned(name) {
            return Ok(x.clone());
        }
        let own = v.ty().lookup(name);
        if own.as_ref().is_some_and(|d| d.ty().slots().descr_set.is_some()) {
            return protocol::generic_get_attr(v, name);
        }
        if !exact && let Some(x) = module(v).namespace().get_interned(name) {
            return Ok(x.clone());
        }
        if own.is_some() {
            return protocol::generic_get_attr(v, name);
        }
        if name.as_str() == Some("__annotations__") {
            let annotations = Dict::new();
            module(v).namespace().set_interned(name, annotations.clone());
            return Ok(annotations);
        }
        if let Some(value) = module(v).late(name.as_str().unwrap_or_default()) {
            return Ok(value);
        }
        if let Some(hook) = module(v).namespace().get_interned(&intern("__getattr__")).cloned() {
            return protocol::call(&hook, std::slice::from_ref(name));
        }
        let module_name =
            module(v).namespace().get_interned(&intern("__name__")).cloned().unwrap_or(Value::NONE);
        let n = name.as_str().unwrap_or_default();
        Err(attribute_error_for(v, name, match module_name.as_str() {
            Some(m) if is_initializing(v) => {
                format!("partially initialized module '{m}' has no attribute '{n}' (most likely due to a circular import)")
            }
            Some(m) => format!("module '{m}' has no attribute '{n}'"),
            None => format!("module has no attribute '{n}'"),
        }))
    }),
    set_attr: Some(|v, name, value| {
        // The class, and properties of a subclass.
        if v.ty().lookup(name).is_some_and(|d| d.ty().slots().descr_set.is_some()) {
            return protocol::generic_set_attr(v, name, value);
        }
        match value {
            Some(x) => module(v).namespace().set_interned(name, x),
            None if module(v).complete().remove_interned(name) => {}
            None => {
                let n = name.as_str().unwrap_or_default();
                return Err(attribute_error_for(v, name, n.to_owned()));
            }
        }
        Ok(())
    }),
    repr: Some(module_repr),
    ..Slots::EMPTY
});

/// What `object.__getattribute__` gives of a module, which asks no `__getattr__` of the module;
/// `None` for what is no module or has no such name.
pub fn plain_attr(v: &Value, name: &Value) -> Option<Result> {
    let module = v.cast::<Module>()?;
    let is_data = v.ty().lookup(name).is_some_and(|d| d.ty().slots().descr_set.is_some());
    match module.namespace().get_interned(name) {
        Some(x) if !is_data => Some(Ok(x.clone())),
        _ => None,
    }
}

/// `module.name`, for native code.
pub fn get(v: &Value, name: &str) -> Result {
    protocol::get_attr(v, &intern(name))
}
