//! The machinery of `import`: finding modules, their specifications, and loading them.

pub mod finders;
pub mod loaders;
pub mod spec;

use super::native::class;
use crate::object::{Def, Dict, Result, Value, intern};
use crate::protocol::{self, call_method};
use crate::types::module::Module;
use crate::vm::import::modules;

/// The table of `_frozen_importlib`.
pub static DEFS: &[Def] = crate::defs! {
    fn "module_from_spec(spec, /)" "A new module for a specification, not yet executed." => |a| module_from_spec(&a[0]);
    fn "load(spec, /)" "Load a module, and put it into sys.modules." => |a| load(&a[0]);
    fn "describe(module, spec, /)" "Put into a module what its specification says." => |a| spec::describe(&a[0], &a[1]).map(|()| Value::NONE);
    fn "cache_name(path, /)" "The name of the file for the compiled code of a source file, or None." => |a| {
        Ok(a[0].as_str().and_then(spec::cache_name).map_or(Value::NONE, |name| Value::str(&name)))
    };
};

/// Adds the classes.
pub fn init(d: &Dict) {
    let types = [
        ("ModuleSpec", &spec::MODULE_SPEC),
        ("BuiltinImporter", &loaders::BUILTIN_IMPORTER),
        ("FrozenImporter", &loaders::FROZEN_IMPORTER),
        ("PathFinder", &finders::PATH_FINDER),
        ("SourceFileLoader", &loaders::SOURCE_LOADER),
    ];
    for (name, ty) in types {
        d.set_interned(&intern(name), class(ty));
    }
}

/// Finds a module by its full name and loads it; `None` if there is none. `path` is that of its package.
pub fn find_and_load(name: &str, path: Option<&Value>) -> Result<Option<Value>> {
    match finders::find(name, path)? {
        Some(found) => load(&finders::specification(name, &found)?).map(Some),
        None => Ok(None),
    }
}

/// A new module for a specification: the loader may make it.
pub fn module_from_spec(spec: &Value) -> Result {
    let name = protocol::get_attr(spec, &intern("name"))?;
    let loader = protocol::get_attr(spec, &intern("loader"))?;
    let mut made = Value::NONE;
    if loader.is(&class(&loaders::BUILTIN_IMPORTER)) {
        made = super::load_builtin(name.as_str().unwrap_or_default())?.unwrap_or(Value::NONE);
    } else if !is_native(&loader) && protocol::get_attr_opt(&loader, &intern("create_module"))?.is_some() {
        made = call_method(&loader, "create_module", std::slice::from_ref(spec))?;
    } else if protocol::get_attr_opt(&loader, &intern("exec_module"))?.is_some() && !is_native(&loader) {
        return protocol::import_error("loaders that define exec_module() must also define create_module()");
    }
    if made.is_none() {
        made = loaders::new_module(name.as_str().unwrap_or_default());
    }
    spec::describe(&made, spec)?;
    Ok(made)
}

/// Whether a loader does what the native ones do.
fn is_native(loader: &Value) -> bool {
    loader.is_none()
        || loader.is(&class(&loaders::FROZEN_IMPORTER))
        || loader.is_exact(&loaders::SOURCE_LOADER)
}

/// Loads the module of a specification and puts it into `sys.modules`, from where it is taken again if that fails.
pub fn load(spec: &Value) -> Result {
    let loader = protocol::get_attr(spec, &intern("loader"))?;
    let key = protocol::get_attr(spec, &intern("name"))?;
    let key = crate::types::type_::attr_name(&key)?;
    if !is_native(&loader) && protocol::get_attr_opt(&loader, &intern("exec_module"))?.is_none() {
        // The older protocol.
        return call_method(&loader, "load_module", &[key]);
    }
    let m = module_from_spec(spec)?;
    let table = modules();
    let Some(table) = table.cast::<Dict>() else { return Ok(m) };
    table.set_interned(&key, m.clone());
    if loader.is_none() || loader.is(&class(&loaders::BUILTIN_IMPORTER)) {
        return Ok(m);
    }
    protocol::set_attr(spec, &intern("_initializing"), Some(Value::TRUE))?;
    let result = loaders::execute(&m, &loader);
    protocol::set_attr(spec, &intern("_initializing"), Some(Value::FALSE))?;
    match result {
        Ok(()) => Ok(table.get_interned(&key).cloned().unwrap_or(m)),
        Err(e) => {
            table.remove_interned(&key);
            Err(e)
        }
    }
}

/// Gives `builtins`, which is there before anything can be imported, its specification.
pub fn describe_builtins() {
    if let Some(m) = crate::vm::builtins_module()
        && m.cast::<Module>().is_some()
        && let Ok(spec) = finders::specification("builtins", &finders::Found::Builtin)
    {
        // Only a program's own class could refuse.
        let _ = spec::describe(&m, &spec);
    }
}
