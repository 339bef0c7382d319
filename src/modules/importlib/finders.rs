//! The finders: which module does a name stand for? Native and frozen modules, files, and what `sys.meta_path` and
//! `sys.path_hooks` of a program say.

use super::loaders::{self, BUILTIN_IMPORTER, FROZEN_IMPORTER, SOURCE_LOADER};
use super::spec::{self, Fields};
use crate::modules::{self, FrozenModule, native};
use crate::object::{Boxed, Dict, Layout, Result, Type, Value, arg, intern};
use crate::protocol::{self, call_method};
use crate::types::exception;
use crate::types::object::InstanceBody;
use crate::vm::import::{import_absolute, sys_attribute};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

/// What a name stands for.
pub enum Found {
    /// A native module.
    Builtin,
    /// A module that is part of the binary.
    Frozen(&'static FrozenModule),
    /// A file.
    Module(PathBuf),
    /// A folder with an `__init__.py`.
    Package(PathBuf),
    /// Folders without one: a namespace package.
    Namespace(Vec<String>),
    /// What a finder of the program has found.
    Specified(Value),
}

/// `_frozen_importlib_external.PathFinder`: finds modules in the folders of `sys.path`.
pub static PATH_FINDER: Type = Type::builtin::<Boxed<InstanceBody>>(
    "_frozen_importlib_external.PathFinder",
    Layout::Object,
    "Finds modules in the folders of sys.path, or of a package's path.",
    crate::defs! {
        class "find_spec(fullname, path=None, target=None)" "The specification of a module, or None." => |a| {
            let path = arg(a, 2).as_bound().filter(|p| !p.is_none()).cloned().or_else(|| sys_attribute("path"));
            let name = a[1].as_str().unwrap_or_default();
            found_specification(name, find_in_path(name, path.as_ref())?)
        };
        static_ "invalidate_caches()" "Nothing is kept but what path hooks have made." => |_| {
            if let Some(kept) = sys_attribute("path_importer_cache") {
                for finder in protocol::collect(&call_method(&kept, "values", &[])?)? {
                    if protocol::get_attr_opt(&finder, &intern("invalidate_caches"))?.is_some() {
                        call_method(&finder, "invalidate_caches", &[])?;
                    }
                }
            }
            Ok(Value::NONE)
        };
    },
)
.with_base_flag()
.with_attrs(size_of::<Boxed<InstanceBody>>());

/// The finders that `sys.meta_path` starts with.
pub fn default_finders() -> [Value; 3] {
    [&BUILTIN_IMPORTER, &FROZEN_IMPORTER, &PATH_FINDER].map(native::class)
}

/// The finders of a program that has changed `sys.meta_path`.
fn own_finders() -> Result<Option<Vec<Value>>> {
    let Some(list) = sys_attribute("meta_path") else { return Ok(None) };
    let finders = protocol::collect(&list)?;
    let known = default_finders();
    let same = finders.len() == known.len() && finders.iter().zip(&known).all(|(a, b)| a.is(b));
    Ok((!same).then_some(finders))
}

/// Looks for a module; `path` is that of its package, if it is in one.
pub fn find(name: &str, path: Option<&Value>) -> Result<Option<Found>> {
    let Some(finders) = own_finders()? else {
        return match find_native(name) {
            Some(found) => Ok(Some(found)),
            None => find_in_path(name, path.cloned().or_else(|| sys_attribute("path")).as_ref()),
        };
    };
    let given = path.cloned().unwrap_or(Value::NONE);
    for finder in finders {
        if protocol::get_attr_opt(&finder, &intern("find_spec"))?.is_none() {
            continue;
        }
        let spec = call_method(&finder, "find_spec", &[Value::str(name), given.clone(), Value::NONE])?;
        if !spec.is_none() {
            return Ok(Some(Found::Specified(spec)));
        }
    }
    Ok(None)
}

/// Frozen modules that no file takes the place of.
const CORE: [&str; 8] = ["abc", "codecs", "io", "os", "posixpath", "stat", "_collections_abc", "copyreg"];

fn find_native(name: &str) -> Option<Found> {
    if modules::find(name).is_some() {
        return Some(Found::Builtin);
    }
    modules::frozen(name).filter(|_| CORE.contains(&name)).map(Found::Frozen)
}

/// Looks in folders, and then among the frozen modules, which are the library: it stands at the end of the path.
fn find_in_path(name: &str, path: Option<&Value>) -> Result<Option<Found>> {
    let last = name.rsplit('.').next().unwrap_or(name);
    let entries = path.map_or(Ok(Vec::new()), protocol::collect)?;
    let hooks = sys_attribute("path_hooks").map_or(Ok(Vec::new()), |h| protocol::collect(&h))?;
    let mut portions = Vec::new();
    for entry in &entries {
        if !hooks.is_empty()
            && let Some(finder) = hooked(entry, &hooks)?
        {
            let spec = call_method(&finder, "find_spec", &[Value::str(name)])?;
            if !spec.is_none() {
                return Ok(Some(Found::Specified(spec)));
            }
            continue;
        }
        let Some(folder) = entry.as_str() else { continue };
        let base = match folder {
            folder if folder.starts_with('/') => PathBuf::from(folder),
            "" | "." => std::env::current_dir().unwrap_or_else(|_| PathBuf::from(".")),
            folder => std::env::current_dir().unwrap_or_default().join(folder),
        };
        let (package, file) = (base.join(last), base.join(format!("{last}.py")));
        if package.join("__init__.py").is_file() {
            return Ok(Some(Found::Package(package)));
        }
        if file.is_file() {
            return Ok(Some(Found::Module(file)));
        }
        if package.is_dir() {
            portions.push(package.display().to_string());
        } else if !base.is_dir()
            && base.ancestors().any(Path::is_file)
            && let Some(finder) = in_archive(entry)?
        {
            let spec = call_method(&finder, "find_spec", &[Value::str(name)])?;
            if !spec.is_none() {
                return Ok(Some(Found::Specified(spec)));
            }
        }
    }
    // The modules of a frozen package are frozen, too: its path is empty.
    let frozen = modules::frozen(name).filter(|_| entries.is_empty() || !name.contains('.'));
    if let Some(m) = frozen {
        return Ok(Some(Found::Frozen(m)));
    }
    Ok((!portions.is_empty()).then_some(Found::Namespace(portions)))
}

/// Whether the finder of archives is being imported. Changed with the GIL.
static LOADING: AtomicBool = AtomicBool::new(false);

/// The finder for an entry of the path that is an archive, or a folder in one.
fn in_archive(entry: &Value) -> Result<Option<Value>> {
    // What finds modules in archives is itself found elsewhere.
    if LOADING.swap(true, Ordering::Relaxed) {
        return Ok(None);
    }
    let importer =
        import_absolute("zipimport").and_then(|module| protocol::get_attr(&module, &intern("zipimporter")));
    LOADING.store(false, Ordering::Relaxed);
    hooked(entry, &[importer?])
}

/// The finder that one of the program's hooks has for an entry of the path.
fn hooked(entry: &Value, hooks: &[Value]) -> Result<Option<Value>> {
    let kept = sys_attribute("path_importer_cache");
    let kept = kept.as_ref().and_then(Value::cast::<Dict>);
    if let Some(finder) = kept.map(|d| d.get(entry)).transpose()?.flatten() {
        return Ok(Some(finder).filter(|f| !f.is_none()));
    }
    let mut found = Value::NONE;
    for hook in hooks {
        match protocol::call(hook, std::slice::from_ref(entry)) {
            Err(e) if e.0.ty().is_subtype(&exception::IMPORT_ERROR) => {}
            r => {
                found = r?;
                break;
            }
        }
    }
    if let Some(d) = kept {
        d.set(entry, found.clone())?;
    }
    Ok(Some(found).filter(|f| !f.is_none()))
}

/// The specification of a module in a file.
pub fn file_specification(name: &str, path: &str, loader: Value, is_package: bool) -> Result {
    let folder = Path::new(path).parent().map_or_else(String::new, |p| p.display().to_string());
    let locations = if is_package { Value::list(vec![Value::str(&folder)]) } else { Value::NONE };
    let fields =
        Fields { name: intern(name), loader, origin: Value::str(path), locations, has_location: true };
    spec::new(&spec::MODULE_SPEC, fields, Value::NONE)
}

/// The specification of what was found.
pub fn specification(name: &str, found: &Found) -> Result {
    let fields = match found {
        Found::Specified(spec) => return Ok(spec.clone()),
        Found::Module(file) => return source_specification(name, file, false),
        Found::Package(folder) => return source_specification(name, &folder.join("__init__.py"), true),
        Found::Builtin => Fields {
            name: intern(name),
            loader: native::class(&BUILTIN_IMPORTER),
            origin: intern("built-in"),
            locations: Value::NONE,
            has_location: false,
        },
        Found::Frozen(m) => Fields {
            name: intern(name),
            loader: native::class(&FROZEN_IMPORTER),
            origin: intern("frozen"),
            locations: if m.is_package { Value::list(Vec::new()) } else { Value::NONE },
            has_location: false,
        },
        Found::Namespace(folders) => Fields {
            name: intern(name),
            loader: Value::NONE,
            origin: Value::NONE,
            locations: Value::list(folders.iter().map(|f| Value::str(f)).collect()),
            has_location: false,
        },
    };
    spec::new(&spec::MODULE_SPEC, fields, Value::NONE)
}

fn source_specification(name: &str, file: &Path, is_package: bool) -> Result {
    let path = file.display().to_string();
    let loader = loaders::new_source_loader(&SOURCE_LOADER, intern(name), Value::str(&path))?;
    file_specification(name, &path, loader, is_package)
}

fn found_specification(name: &str, found: Option<Found>) -> Result {
    found.map_or(Ok(Value::NONE), |found| specification(name, &found))
}
