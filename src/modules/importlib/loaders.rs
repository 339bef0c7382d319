//! The loaders: `BuiltinImporter`, `FrozenImporter` and `SourceFileLoader` fill modules that they are given.

use super::finders::{self, Found};
use super::spec::{get, set};
use crate::modules::{self, native};
use crate::object::{Attrs, Boxed, Compare, Dict, Layout, Raised, Result, Slots, Type, Value, arg, intern};
use crate::protocol::{self, call_method, raise, type_error};
use crate::types::object::InstanceBody;
use crate::types::{bytes, exception, float, int, module, type_};
use crate::vm;
use minipy_bytecode::{Names, Source, store};
use minipy_syntax::{LineIndex, Mode};
use std::sync::Arc;

/// An `ImportError` that knows the module's name.
pub fn import_error(message: String, name: &str) -> Raised {
    let e = raise(&exception::IMPORT_ERROR, message);
    exception::set_field(&e.0, "name", Value::str(name));
    e
}

fn text<'a>(v: &'a Value, what: &str) -> Result<&'a str> {
    v.as_str().map_or_else(|| type_error(format!("{what} must be str, not {}", v.ty().name())), Ok)
}

fn name_of(m: &Value) -> Result<String> {
    let name = protocol::get_attr(m, &intern("__name__"))?;
    Ok(text(&name, "module name")?.to_owned())
}

/// `_frozen_importlib.BuiltinImporter`: finds and loads native modules. The class itself is the loader.
pub static BUILTIN_IMPORTER: Type = Type::builtin::<Boxed<InstanceBody>>(
    "_frozen_importlib.BuiltinImporter",
    Layout::Object,
    "Finds and loads the modules that are written in the interpreter's own language.",
    crate::defs! {
        class "find_spec(fullname, path=None, target=None)" "The specification of a native module, or None." => |a| {
            match modules::find(text(&a[1], "fullname")?) {
                Some(_) => finders::specification(text(&a[1], "fullname")?, &Found::Builtin),
                None => Ok(Value::NONE),
            }
        };
        static_ "create_module(spec)" "Make a native module." => |a| {
            let name = protocol::get_attr(&a[0], &intern("name"))?;
            let name = text(&name, "name")?;
            match modules::load_builtin(name)? {
                Some(m) => Ok(m),
                None => Err(import_error(format!("'{name}' is not a built-in module"), name)),
            }
        };
        static_ "exec_module(module)" "Nothing is left to do." => |_| Ok(Value::NONE);
        class "load_module(fullname, /)" "Import a native module." => |a| vm::import::import_absolute(text(&a[1], "fullname")?);
        class "get_code(fullname)" "None: it has no code object." => |_| Ok(Value::NONE);
        class "get_source(fullname)" "None: it has no source." => |_| Ok(Value::NONE);
        class "is_package(fullname)" "False." => |_| Ok(Value::FALSE);
    },
)
.with_base_flag()
.with_attrs(size_of::<Boxed<InstanceBody>>());

fn frozen(v: &Value) -> Result<&'static modules::FrozenModule> {
    let name = text(v, "fullname")?;
    let missing = || Err(import_error(format!("'{name}' is not a frozen module"), name));
    modules::frozen(name).map_or_else(missing, Ok)
}

fn frozen_code(m: &modules::FrozenModule) -> Result {
    let source = Source { filename: format!("<frozen {}>", m.name).into(), lines: LineIndex::new(m.source) };
    match store::read(m.code, Arc::new(source)) {
        Some(code) => Ok(vm::code::from_code(Arc::new(code))),
        None => protocol::import_error(format!("the stored code of module '{}' is damaged", m.name)),
    }
}

/// `_frozen_importlib.FrozenImporter`: finds and loads the library that is part of the binary.
pub static FROZEN_IMPORTER: Type = Type::builtin::<Boxed<InstanceBody>>(
    "_frozen_importlib.FrozenImporter",
    Layout::Object,
    "Finds and loads the modules in Python that are part of the interpreter.",
    crate::defs! {
        class "find_spec(fullname, path=None, target=None)" "The specification of a frozen module, or None." => |a| {
            let name = text(&a[1], "fullname")?;
            match modules::frozen(name) {
                Some(m) => finders::specification(name, &Found::Frozen(m)),
                None => Ok(Value::NONE),
            }
        };
        static_ "create_module(spec)" "None: an ordinary module will do." => |_| Ok(Value::NONE);
        static_ "exec_module(module)" "Run the module's code." => |a| {
            let name = name_of(&a[0])?;
            run(&a[0], &frozen_code(frozen(&Value::str(&name))?)?)
        };
        class "load_module(fullname, /)" "Import a frozen module." => |a| vm::import::import_absolute(text(&a[1], "fullname")?);
        class "get_code(fullname)" "The code object of a frozen module." => |a| frozen_code(frozen(&a[1])?);
        class "get_source(fullname)" "The source of a frozen module." => |a| Ok(Value::str(frozen(&a[1])?.source));
        class "is_package(fullname)" "Whether a frozen module is a package." => |a| Ok(Value::bool(frozen(&a[1])?.is_package));
    },
)
.with_base_flag()
.with_attrs(size_of::<Boxed<InstanceBody>>());

/// Runs a module's code in its namespace.
fn run(m: &Value, code: &Value) -> Result {
    let namespace = protocol::get_attr(m, &intern("__dict__"))?;
    if let Some(d) = namespace.cast::<Dict>()
        && d.get_interned(&intern("__builtins__")).is_none()
    {
        d.set_interned(&intern("__builtins__"), vm::state().builtins.clone());
    }
    vm::run_code(code, &namespace, Value::UNBOUND)?;
    Ok(Value::NONE)
}

/// `_frozen_importlib_external.SourceFileLoader`: loads modules from source files.
pub static SOURCE_LOADER: Type = Type::builtin::<Boxed<InstanceBody>>(
    "_frozen_importlib_external.SourceFileLoader",
    Layout::Object,
    "Loads a module from a source file.",
    crate::defs! {
        get "__dict__()" "" => type_::instance_dict, type_::set_instance_dict;
        fn "is_package(fullname)" "Whether the file is that of a package." => |a| {
            let path = filename(&a[0], &a[1])?;
            let name = text(&a[1], "fullname")?.rsplit('.').next().unwrap_or_default().to_owned();
            let stem = std::path::Path::new(&path).file_stem().map(|s| s.to_string_lossy().into_owned());
            Ok(Value::bool(stem.as_deref() == Some("__init__") && name != "__init__"))
        };
        fn "create_module(spec)" "None: an ordinary module will do." => |_| Ok(Value::NONE);
        fn "exec_module(module)" "Run the module's code." => |a| {
            let name = Value::str(&name_of(&a[1])?);
            let code = call_method(&a[0], "get_code", std::slice::from_ref(&name))?;
            if code.is_none() {
                let name = name.as_str().unwrap_or_default();
                return Err(import_error(format!("cannot load module '{name}' when get_code() returns None"), name));
            }
            run(&a[1], &code)
        };
        fn "load_module(fullname=None)" "Import the module." => |a| {
            let name = arg(a, 1).as_bound().filter(|n| !n.is_none()).cloned().unwrap_or_else(|| get(&a[0], "name"));
            let path = filename(&a[0], &name)?;
            let spec = finders::file_specification(text(&name, "fullname")?, &path, a[0].clone(), false)?;
            super::load(&spec)
        };
        fn "get_filename(name=None)" "The path of the source file." => |a| {
            let name = arg(a, 1).as_bound().filter(|n| !n.is_none()).cloned();
            Ok(Value::str(&filename(&a[0], &name.unwrap_or_else(|| get(&a[0], "name")))?))
        };
        fn "get_data(path)" "The bytes of a file." => |a| Ok(bytes::from_slice(&read(text(&a[1], "path")?)?));
        fn "get_source(fullname)" "The source as text." => |a| {
            let path = filename(&a[0], &a[1])?;
            Ok(Value::str(&decoded(&path)?.replace("\r\n", "\n").replace('\r', "\n")))
        };
        fn "get_code(fullname)" "The code object of the module." => |a| {
            let path = call_method(&a[0], "get_filename", std::slice::from_ref(&a[1]))?;
            let data = call_method(&a[0], "get_data", std::slice::from_ref(&path))?;
            call_method(&a[0], "source_to_code", &[data, path])
        };
        fn "source_to_code(data, path, *, _optimize=-1)" "Compile source." => |a| {
            let path = a[2].as_str().unwrap_or("<string>");
            let source = match (bytes::as_bytes(&a[1]), a[1].as_str()) {
                (Some(b), _) => decode(b)?,
                (None, Some(s)) => s.to_owned(),
                _ => return type_error("source must be a string, bytes or AST object"),
            };
            vm::compile(&source, path, Mode::Module, Names::Global)
        };
        fn "path_stats(path)" "When a file was changed, and its size." => |a| {
            let path = text(&a[1], "path")?;
            let about = minipy_sched::without_gil(|| std::fs::metadata(path));
            let about = about.map_err(|e| exception::from_io_error(&e, Some(path)))?;
            let changed = about.modified().ok().and_then(|t| t.duration_since(std::time::UNIX_EPOCH).ok());
            let stats = Dict::new();
            if let Some(d) = stats.cast::<Dict>() {
                d.set_interned(&intern("mtime"), float::from_f64(changed.map_or(0.0, |t| t.as_secs_f64())));
                d.set_interned(&intern("size"), int::from_i64(about.len() as i64));
            }
            Ok(stats)
        };
    },
)
.with_signature("(fullname, path)")
.with_base_flag()
.with_attrs(size_of::<Boxed<InstanceBody>>())
.with_slots(Slots {
    new: Some(|ty, args, names| {
        let a = protocol::bind_args("FileLoader.__init__", crate::sig!("(fullname, path)"), args, names)?;
        let Some(ty) = ty.cast::<Type>() else { return type_error("__new__(X): X is not a type object") };
        new_source_loader(ty, a[0].clone(), a[1].clone())
    }),
    init: Some(|_, _, _| Ok(())),
    hash: Some(|v| Ok(protocol::hash(&get(v, "name"))? ^ protocol::hash(&get(v, "path"))?)),
    compare: Some(|a, b, op| match op {
        Compare::Eq | Compare::Ne => {
            let dict = |v: &Value| Attrs::of(v).map_or(Value::NONE, |a| a.materialize().value());
            let same = std::ptr::eq(a.ty(), b.ty()) && protocol::equal(&dict(a), &dict(b))?;
            Ok(Value::bool(same == matches!(op, Compare::Eq)))
        }
        _ => Ok(Value::NOT_IMPLEMENTED),
    }),
    ..Slots::EMPTY
});

/// A loader for a source file.
pub fn new_source_loader(ty: &Type, name: Value, path: Value) -> Result {
    native::class(&SOURCE_LOADER);
    let loader = Value::new(ty, InstanceBody);
    set(&loader, "name", name)?;
    set(&loader, "path", path)?;
    Ok(loader)
}

fn filename(loader: &Value, name: &Value) -> Result<String> {
    let (own, path) = (get(loader, "name"), get(loader, "path"));
    if own.as_str() != name.as_str() {
        let (own, given) = (own.as_str().unwrap_or_default(), text(name, "fullname")?);
        return Err(import_error(format!("loader for {own} cannot handle {given}"), given));
    }
    Ok(text(&path, "path")?.to_owned())
}

fn read(path: &str) -> Result<Vec<u8>> {
    let data = minipy_sched::without_gil(|| std::fs::read(path));
    data.map_err(|e| exception::from_io_error(&e, Some(path)))
}

fn decode(data: &[u8]) -> Result<String> {
    let text = minipy_syntax::decode(data).map_err(|e| raise(&exception::SYNTAX_ERROR, e.message))?;
    Ok(text.to_string())
}

fn decoded(path: &str) -> Result<String> {
    decode(&read(path)?)
}

/// Fills a module, natively if its loader is one of these and no class derived from them.
pub fn execute(m: &Value, loader: &Value) -> Result<()> {
    let code = if loader.is(&FROZEN_IMPORTER.value()) {
        frozen_code(frozen(&Value::str(&name_of(m)?))?)?
    } else if loader.is_exact(&SOURCE_LOADER) {
        let path = get(loader, "path");
        let path = text(&path, "path")?;
        vm::compile(&decoded(path)?, path, Mode::Module, Names::Global)?
    } else {
        return call_method(loader, "exec_module", std::slice::from_ref(m)).map(drop);
    };
    run(m, &code).map(drop)
}

/// An ordinary module, empty.
pub fn new_module(name: &str) -> Value {
    module::new(name, "")
}
