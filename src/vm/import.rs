//! `import`: built-in modules, frozen modules, and files beside the script or on `sys.path`.

use super::slow;
use crate::modules::FrozenModule;
use crate::object::{Dict, Raised, Result, Value, intern};
use crate::protocol::{self, raise};
use crate::types::{exception, module};
use minipy_bytecode::{Names, Source, store};
use minipy_syntax::{LineIndex, Mode};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// `sys.modules`, a `dict`.
pub fn modules() -> Value {
    super::state().modules.clone()
}

/// An attribute of the module `sys`, if it is there.
pub fn sys_attribute(name: &str) -> Option<Value> {
    let modules = modules();
    let sys = modules.cast::<Dict>()?.get_interned(&intern("sys")).cloned()?;
    sys.cast::<module::Module>()?.namespace().get_interned(&intern(name)).cloned()
}

/// A module that has been imported.
pub fn loaded(name: &str) -> Option<Value> {
    modules().cast::<Dict>()?.get_interned(&intern(name)).cloned()
}

fn not_found(name: &str) -> Raised {
    let e = raise(&exception::MODULE_NOT_FOUND_ERROR, format!("No module named '{name}'"));
    exception::set_field(&e.0, "name", Value::str(name));
    e
}

/// Imports `name` and its parents; returns the module itself.
pub fn import_absolute(name: &str) -> Result {
    let modules = modules();
    let Some(table) = modules.cast::<Dict>() else { return Err(not_found(name)) };
    let key = intern(name);
    if let Some(m) = table.get_interned(&key).cloned() {
        return if m.is_none() {
            let text = format!("import of {name} halted; None in sys.modules");
            Err(raise(&exception::MODULE_NOT_FOUND_ERROR, text))
        } else {
            Ok(m)
        };
    }
    // Loading `sys` itself needs no path.
    let mut path = match name {
        "sys" => None,
        _ => protocol::get_attr_opt(&import_absolute("sys")?, &intern("path"))?,
    };
    if let Some((parent, last)) = name.rsplit_once('.') {
        let package = import_absolute(parent)?;
        if let Some(m) = table.get_interned(&key).cloned() {
            return Ok(m);
        }
        match protocol::get_attr_opt(&package, &intern("__path__"))? {
            Some(p) => path = Some(p),
            None if crate::modules::find(name).is_none() => {
                let text = format!("No module named '{name}'; '{parent}' is not a package");
                let e = raise(&exception::MODULE_NOT_FOUND_ERROR, text);
                exception::set_field(&e.0, "name", Value::str(name));
                return Err(e);
            }
            None => {}
        }
        let m = load(name, path.as_ref())?;
        protocol::set_attr(&package, &intern(last), Some(m.clone()))?;
        return Ok(m);
    }
    load(name, path.as_ref())
}

/// Frozen modules that no file takes the place of.
const CORE: [&str; 8] = ["abc", "codecs", "io", "os", "posixpath", "stat", "_collections_abc", "copyreg"];

fn load(name: &str, path: Option<&Value>) -> Result {
    if let Some(m) = crate::modules::load_builtin(name)? {
        return Ok(m);
    }
    let frozen = crate::modules::frozen(name);
    // Files beside the script come before the library, but for what the interpreter itself is made of. A package
    // that is frozen has no folder.
    let file = if frozen.is_some() && !CORE.contains(&name) { search(name, path)? } else { None };
    if let Some(m) = frozen.filter(|_| file.is_none()) {
        let path = m.is_package.then(Vec::new);
        return execute(name, || frozen_code(m), None, path);
    }
    match file.map_or_else(|| search(name, path), |f| Ok(Some(f)))? {
        Some(Located::Package(folder)) => execute_file(name, &folder.join("__init__.py"), Some(&folder)),
        Some(Located::Module(file)) => execute_file(name, &file, None),
        None => Err(not_found(name)),
    }
}

/// Where a module's source stands.
pub enum Located {
    /// A file.
    Module(PathBuf),
    /// A folder with an `__init__.py`.
    Package(PathBuf),
}

/// Looks for a module in the folders of a path.
fn search(name: &str, path: Option<&Value>) -> Result<Option<Located>> {
    let last = name.rsplit('.').next().unwrap_or(name);
    let folders = path.map_or(Ok(Vec::new()), protocol::collect)?;
    for folder in folders.iter().filter_map(Value::as_str) {
        let base = Path::new(if folder.is_empty() { "." } else { folder }).join(last);
        if base.join("__init__.py").is_file() {
            return Ok(Some(Located::Package(base)));
        }
        let file = base.with_file_name(format!("{last}.py"));
        if file.is_file() {
            return Ok(Some(Located::Module(file)));
        }
    }
    Ok(None)
}

/// Finds the source of a module without importing it; its parent packages are imported.
pub fn locate(name: &str) -> Result<Option<Located>> {
    let path = match name.rsplit_once('.') {
        None => Some(protocol::get_attr(&import_absolute("sys")?, &intern("path"))?),
        Some((parent, _)) => protocol::get_attr_opt(&import_absolute(parent)?, &intern("__path__"))?,
    };
    search(name, path.as_ref())
}

fn execute_file(name: &str, file: &Path, package: Option<&Path>) -> Result {
    let text = file.display().to_string();
    let bytes = std::fs::read(file).map_err(|e| exception::from_io_error(&e, Some(&text)))?;
    let source = minipy_syntax::decode(&bytes).map_err(|e| raise(&exception::SYNTAX_ERROR, e.message))?;
    let compile = || super::compile(&source, &text, Mode::Module, Names::Global);
    execute(name, compile, Some(&text), package.map(|p| vec![Value::str(&p.display().to_string())]))
}

/// The code object of a frozen module.
fn frozen_code(m: &FrozenModule) -> Result {
    let source = Source { filename: format!("<frozen {}>", m.name).into(), lines: LineIndex::new(m.source) };
    match store::read(m.code, Arc::new(source)) {
        Some(code) => Ok(super::code::from_code(Arc::new(code))),
        None => protocol::import_error(format!("the stored code of module '{}' is damaged", m.name)),
    }
}

fn execute(
    name: &str,
    code: impl FnOnce() -> Result,
    file: Option<&str>,
    path: Option<Vec<Value>>,
) -> Result {
    let m = module::new(name, "");
    let modules = modules();
    let Some((table, ns)) = modules.cast::<Dict>().zip(m.cast::<module::Module>()) else {
        return Err(not_found(name));
    };
    let namespace = ns.namespace();
    if let Some(f) = file {
        namespace.set_interned(&intern("__file__"), Value::str(f));
    }
    if let Some(p) = path {
        namespace.set_interned(&intern("__package__"), intern(name));
        namespace.set_interned(&intern("__path__"), Value::list(p));
    }
    namespace.set_interned(&intern("__builtins__"), super::state().builtins.clone());
    table.set_interned(&intern(name), m.clone());
    match code().and_then(|code| super::run_code(&code, &namespace.value(), Value::UNBOUND)) {
        Ok(_) => Ok(table.get_interned(&intern(name)).cloned().unwrap_or(m)),
        Err(e) => {
            table.remove_interned(&intern(name));
            Err(e)
        }
    }
}

/// The instruction `ImportName`.
pub fn import_name(globals: &Dict, name: &Value, level: &Value, from: &Value) -> Result {
    let text = name.as_str().unwrap_or_default();
    let level = level.as_inline_int().unwrap_or(0);
    let full = if level == 0 { text.to_owned() } else { resolve_relative(globals, text, level as usize)? };
    let m = import_absolute(&full)?;
    let Some(names) = from.as_tuple() else {
        // `import a.b` binds `a`.
        return match full.split_once('.') {
            Some((first, _)) => import_absolute(first),
            None => Ok(m),
        };
    };
    // Names that are no attributes may be submodules.
    if protocol::get_attr_opt(&m, &intern("__path__"))?.is_some() {
        for n in names.iter().filter_map(Value::as_str).filter(|n| *n != "*") {
            if protocol::get_attr_opt(&m, &intern(n))?.is_none() {
                let submodule = format!("{full}.{n}");
                match import_absolute(&submodule) {
                    Err(e) if is_missing(&e, &submodule) => {}
                    r => drop(r?),
                }
            }
        }
    }
    Ok(m)
}

/// Whether the error says that this module, and not one that it imports, is not there.
fn is_missing(e: &Raised, module: &str) -> bool {
    e.0.ty().is_subtype(&exception::MODULE_NOT_FOUND_ERROR)
        && exception::get_field(&e.0, "name").is_some_and(|n| n.as_str() == Some(module))
}

fn resolve_relative(globals: &Dict, name: &str, level: usize) -> Result<String> {
    let package = globals.get_interned(&intern("__package__")).cloned();
    let Some(package) = package.as_ref().and_then(Value::as_str).filter(|p| !p.is_empty()) else {
        return protocol::import_error("attempted relative import with no known parent package");
    };
    let mut base = package;
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
    let e =
        raise(&exception::IMPORT_ERROR, format!("cannot import name '{n}' from '{module_name}' ({place})"));
    exception::set_field(&e.0, "name", Value::str(module_name));
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
