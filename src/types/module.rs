//! `module`

use crate::object::{Boxed, Dict, Layout, Result, Slots, Type, Value, intern};
use crate::protocol::{self, attribute_error_for};

/// A module.
pub type Module = Boxed<ModuleBody>;

/// The field of a module.
pub struct ModuleBody {
    /// Its namespace.
    pub dict: Value,
}

crate::body!(ModuleBody: Module { dict });

/// A new module with `__name__` and `__doc__`.
pub fn new(name: &str, doc: &str) -> Value {
    new_of(&MODULE, name, doc)
}

fn new_of(ty: &Type, name: &str, doc: &str) -> Value {
    let dict = Dict::new();
    if let Some(d) = dict.cast::<Dict>() {
        d.set_interned(&intern("__name__"), intern(name));
        d.set_interned(&intern("__doc__"), if doc.is_empty() { Value::NONE } else { Value::str(doc) });
        d.set_interned(&intern("__package__"), intern(name.rsplit_once('.').map_or("", |(p, _)| p)));
        d.set_interned(&intern("__loader__"), Value::NONE);
        d.set_interned(&intern("__spec__"), Value::NONE);
    }
    Value::new(ty, ModuleBody { dict })
}

impl ModuleBody {
    /// The namespace.
    pub fn namespace(&self) -> &Dict {
        self.dict.cast().expect("a module's namespace is a dict")
    }
}

fn module(v: &Value) -> &ModuleBody {
    v.cast::<Module>().expect("slots are only called on their own type")
}

/// `module`
pub static MODULE: Type = Type::builtin::<Module>(
    "module",
    Layout::Module,
    "",
    crate::defs! {
        get "__dict__()" "" => |v| Ok(module(v).dict.clone());
    },
)
.with_weakrefs()
.with_base_flag()
.with_slots(Slots {
    new: Some(|ty, args, _| match args.first().and_then(Value::as_str) {
        Some(name) => Ok(new_of(
            ty.cast().unwrap_or(&MODULE),
            name,
            args.get(1).and_then(Value::as_str).unwrap_or_default(),
        )),
        None => protocol::type_error("module() missing required argument 'name' (pos 1)"),
    }),
    init: Some(|_, _, _| Ok(())),
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
        if let Some(hook) = module(v).namespace().get_interned(&intern("__getattr__")).cloned() {
            return protocol::call(&hook, std::slice::from_ref(name));
        }
        let module_name =
            module(v).namespace().get_interned(&intern("__name__")).cloned().unwrap_or(Value::NONE);
        let (m, n) = (module_name.as_str().unwrap_or("?").to_owned(), name.as_str().unwrap_or_default());
        Err(attribute_error_for(v, name, format!("module '{m}' has no attribute '{n}'")))
    }),
    set_attr: Some(|v, name, value| {
        let dict = module(v).namespace();
        match value {
            Some(x) => dict.set_interned(name, x),
            None if dict.remove_interned(name) => {}
            None => {
                let n = name.as_str().unwrap_or_default();
                return Err(attribute_error_for(v, name, n.to_owned()));
            }
        }
        Ok(())
    }),
    repr: Some(|v| {
        let get = |n: &str| module(v).namespace().get_interned(&intern(n)).cloned();
        let name = get("__name__").unwrap_or(Value::NONE);
        let name = name.as_str().unwrap_or("?");
        Ok(Value::str(&match get("__file__") {
            Some(f) => format!("<module '{name}' from {}>", protocol::repr_string(&f)?),
            None => format!("<module '{name}' (built-in)>"),
        }))
    }),
    ..Slots::EMPTY
});

/// `module.name`, for native code.
pub fn get(v: &Value, name: &str) -> Result {
    protocol::get_attr(v, &intern(name))
}
