//! `import`: `sys.modules`, packages and their submodules, and the instructions; `modules::importlib` finds and loads.

use super::slow;
use crate::modules::importlib;
pub use crate::modules::importlib::finders::Found;
use crate::object::{Dict, Raised, Result, Value, intern, intern_static};
use crate::protocol::{self, raise, type_error, value_error};
use crate::types::function::BUILTIN;
use crate::types::{exception, module};

/// `sys.modules`, a `dict`.
pub fn modules() -> Value {
    super::state().modules.clone()
}

/// An attribute of the module `sys`, if it is there.
pub fn sys_attribute(name: &'static str) -> Option<Value> {
    namespace_value(&loaded_as(&intern_static("sys"))?, &intern_static(name))
}

/// A module that has been imported.
pub fn loaded(name: &str) -> Option<Value> {
    loaded_as(&intern(name))
}

/// As [`loaded`], by the interned name.
fn loaded_as(name: &Value) -> Option<Value> {
    super::state().modules.cast::<Dict>()?.get_interned(name).cloned()
}

fn namespace_value(module: &Value, name: &Value) -> Option<Value> {
    module.cast::<module::Module>()?.namespace().get_interned(name).cloned()
}

fn not_found(name: &str) -> Raised {
    let e = raise(&exception::MODULE_NOT_FOUND_ERROR, format!("No module named '{name}'"));
    exception::set_field(&e.0, "name", Value::str(name));
    e
}

/// What stands in the namespace of a module that has been imported, both by their interned names; `None` for a module
/// of a subclass, whose attributes may come from elsewhere.
pub fn imported_name(module: &Value, name: &Value) -> Option<Value> {
    namespace_value(&loaded_as(module).filter(|m| m.is_exact(&module::MODULE))?, name)
}

/// Imports `name` and its parents; returns the module itself.
pub fn import_absolute(name: &str) -> Result {
    let modules = modules();
    let Some(table) = modules.cast::<Dict>() else { return Err(not_found(name)) };
    let key = intern(name);
    if let Some(m) = table.get_interned(&key).cloned() {
        return if m.is_none() {
            let text = format!("import of {name} halted; None in sys.modules");
            let e = raise(&exception::MODULE_NOT_FOUND_ERROR, text);
            exception::set_field(&e.0, "name", Value::str(name));
            Err(e)
        } else {
            Ok(m)
        };
    }
    // Everything but `sys` itself needs its path.
    if name != "sys" {
        import_absolute("sys")?;
    }
    if let Some((parent, last)) = name.rsplit_once('.') {
        let package = import_absolute(parent)?;
        if let Some(m) = table.get_interned(&key).cloned() {
            return Ok(m);
        }
        let path = protocol::get_attr_opt(&package, &intern("__path__"))?;
        if path.is_none() && crate::modules::find(name).is_none() {
            let text = format!("No module named '{name}'; '{parent}' is not a package");
            let e = raise(&exception::MODULE_NOT_FOUND_ERROR, text);
            exception::set_field(&e.0, "name", Value::str(name));
            return Err(e);
        }
        let found = importlib::find_and_load(name, path.as_ref())?;
        let Some(m) = found else { return Err(not_found(name)) };
        protocol::set_attr(&package, &intern(last), Some(m.clone()))?;
        return Ok(m);
    }
    importlib::find_and_load(name, None)?.map_or_else(|| Err(not_found(name)), Ok)
}

/// Finds the file of a module without importing it, or the package's folder; its parent packages are imported.
pub fn locate(name: &str) -> Result<Option<Found>> {
    let path = match name.rsplit_once('.') {
        None => Some(protocol::get_attr(&import_absolute("sys")?, &intern("path"))?),
        Some((parent, _)) => protocol::get_attr_opt(&import_absolute(parent)?, &intern("__path__"))?,
    };
    importlib::finders::find(name, path.as_ref())
}

/// The instruction `ImportName`: calls `__import__`, natively unless the program has replaced it.
pub fn import_name(globals: &Dict, name: &Value, level: &Value, from: &Value) -> Result {
    let builtins = super::state().builtins.clone();
    let import_function = builtins.cast::<Dict>().and_then(|b| b.get_interned(&intern_static("__import__")));
    match import_function {
        Some(f) if f.is_exact(&BUILTIN) => {}
        Some(f) => {
            let globals = globals.value();
            let locals = super::current_locals().unwrap_or_else(|| globals.clone());
            return protocol::call(&f.clone(), &[name.clone(), globals, locals, from.clone(), level.clone()]);
        }
        None => return protocol::import_error("__import__ not found"),
    }
    let text = name.as_str().unwrap_or_default();
    import(text, Some(globals), from, level.as_inline_int().unwrap_or(0))
}

/// `__import__(name, globals, fromlist=from, level=level)`
pub fn import(name: &str, globals: Option<&Dict>, from: &Value, level: i64) -> Result {
    if level < 0 {
        return value_error("level must be >= 0");
    }
    if name.is_empty() && level == 0 {
        return value_error("Empty module name");
    }
    let full = match globals {
        Some(globals) if level > 0 => resolve_relative(globals, name, level as usize)?,
        None if level > 0 => return Err(protocol::raise(&exception::KEY_ERROR, "'__name__' not in globals")),
        _ => name.to_owned(),
    };
    let m = import_absolute(&full)?;
    if from.is_none() || !protocol::truth(from)? {
        // `import a.b` binds `a`; of a relative name it is as many parts as were not given.
        let rest = name.split_once('.').map_or(0, |(_, rest)| rest.len() + 1);
        return if rest == 0 { Ok(m) } else { import_absolute(&full[..full.len() - rest]) };
    }
    // Names that are no attributes may be submodules.
    if protocol::get_attr_opt(&m, &intern("__path__"))?.is_some() {
        let mut names = protocol::collect(from)?;
        if names.iter().any(|n| n.as_str() == Some("*"))
            && let Some(all) = protocol::get_attr_opt(&m, &intern("__all__"))?
        {
            names.extend(protocol::collect(&all)?);
        }
        for n in &names {
            let Some(n) = n.as_str() else {
                return type_error(format!("Item in ``from list'' must be str, not {}", n.ty().name()));
            };
            if n != "*" && protocol::get_attr_opt(&m, &intern(n))?.is_none() {
                import_submodule(&format!("{full}.{n}"))?;
            }
        }
    }
    Ok(m)
}

/// Imports a module that need not exist; what it imports itself must.
fn import_submodule(full: &str) -> Result<()> {
    match import_absolute(full) {
        Err(e) if e.0.ty().is_subtype(&exception::MODULE_NOT_FOUND_ERROR) => {
            match exception::get_field(&e.0, "name").as_ref().and_then(Value::as_str) {
                Some(name) if name != full => Err(e),
                _ => Ok(()),
            }
        }
        r => r.map(drop),
    }
}

/// The package that relative names in these globals start from.
fn package_of(globals: &Dict) -> Result<Option<String>> {
    let get = |name: &str| globals.get_interned(&intern(name)).cloned().filter(|v| !v.is_none());
    if let Some(package) = get("__package__") {
        return match package.as_str() {
            Some(p) => Ok(Some(p.to_owned())),
            None => type_error("package must be a string"),
        };
    }
    if let Some(spec) = get("__spec__") {
        let parent = protocol::get_attr(&spec, &intern("parent"))?;
        return Ok(parent.as_str().map(str::to_owned));
    }
    let Some(name) = get("__name__") else {
        return Err(protocol::raise(&exception::KEY_ERROR, "'__name__' not in globals"));
    };
    let name = name.as_str().unwrap_or_default();
    Ok(Some(match get("__path__") {
        Some(_) => name.to_owned(),
        None => name.rsplit_once('.').map_or("", |(parent, _)| parent).to_owned(),
    }))
}

fn resolve_relative(globals: &Dict, name: &str, level: usize) -> Result<String> {
    let Some(package) = package_of(globals)?.filter(|p| !p.is_empty()) else {
        return protocol::import_error("attempted relative import with no known parent package");
    };
    let mut base = &package[..];
    for _ in 1..level {
        match base.rsplit_once('.') {
            Some((parent, _)) => base = parent,
            None => return protocol::import_error("attempted relative import beyond top-level package"),
        }
    }
    Ok(if name.is_empty() { base.to_owned() } else { format!("{base}.{name}") })
}

/// The instruction `ImportFrom`.
pub fn import_from(m: &Value, name: &Value) -> Result {
    if let Some(v) = protocol::get_attr_opt(m, name)? {
        return Ok(v);
    }
    let get = |n: &str| protocol::get_attr_opt(m, &intern(n)).ok().flatten();
    let module_name = get("__name__");
    let module_name = module_name.as_ref().and_then(Value::as_str).unwrap_or("<unknown module name>");
    let n = name.as_str().unwrap_or_default();
    if let Some(sub) =
        modules().cast::<Dict>().and_then(|t| t.get_interned(&intern(&format!("{module_name}.{n}"))).cloned())
    {
        return Ok(sub);
    }
    let file = get("__file__");
    let place = file.as_ref().and_then(Value::as_str).unwrap_or("unknown location");
    let from = match importlib::spec::is_initializing(m) && file.is_some() {
        true => {
            format!("partially initialized module '{module_name}' (most likely due to a circular import)")
        }
        false => format!("'{module_name}'"),
    };
    let e = raise(&exception::IMPORT_ERROR, format!("cannot import name '{n}' from {from} ({place})"));
    exception::set_field(&e.0, "name", Value::str(module_name));
    exception::set_field(&e.0, "path", file.unwrap_or(Value::NONE));
    Err(e)
}

/// The instruction `ImportStar`.
pub fn import_star(m: &Value, locals: &Value, globals: &Dict) -> Result<()> {
    let names = match protocol::get_attr_opt(m, &intern("__all__"))? {
        Some(all) => protocol::collect(&all)?,
        None => {
            let dict = protocol::get_attr(m, &intern("__dict__"))?;
            let keys = dict.cast::<Dict>().map(Dict::keys).unwrap_or_default();
            keys.into_iter().filter(|k| k.as_str().is_some_and(|s| !s.starts_with('_'))).collect()
        }
    };
    for n in names {
        let name = crate::types::type_::attr_name(&n)?;
        let v = protocol::get_attr(m, &name)?;
        slow::store_name(locals, globals, &name, v)?;
    }
    Ok(())
}
