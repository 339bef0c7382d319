//! Writing objects that pickle does not know: by what makes them, or by the name under which they are found.

use super::codes::*;
use super::write::Writer;
use crate::object::{Attrs, Dict, Result, Type, Value, intern, intern_static, intern_value};
use crate::protocol::{self, get_attr, get_attr_opt};
use crate::types::function;
use crate::types::object::OBJECT;
use crate::vm::import::{import_absolute, imported_name, modules};

use super::pickling_error as fail;

impl Writer {
    /// The function that takes objects of a class apart, if one is registered.
    pub fn reducer(&self, class: &Value) -> Result<Option<Value>> {
        let find = |table: &Value| match table.cast::<Dict>() {
            Some(d) => d.get(class),
            None => match protocol::get_item(table, class) {
                Ok(v) => Ok(Some(v)),
                Err(e) if e.0.ty().is_subtype(&crate::types::exception::KEY_ERROR) => Ok(None),
                Err(e) => Err(e),
            },
        };
        if let Some(table) = &self.hooks.extra
            && let Some(found) = find(table)?
        {
            return Ok(Some(found));
        }
        match &self.hooks.dispatch_table {
            Some(table) => find(table),
            None => find(&copyreg("dispatch_table")?),
        }
    }

    /// An object by what its `__reduce_ex__` says.
    pub fn save_by_reduce(&mut self, v: &Value) -> Result<()> {
        if self.proto >= 2 && self.is_plain(v) {
            return self.save_plain_object(v);
        }
        let reduced = protocol::call_method(v, "__reduce_ex__", &[Value::small(self.proto as i32)])?;
        self.save_reduced(v, &reduced)
    }

    /// Whether an object is of a class without a word about pickles, and has nothing but attributes: then the
    /// detour by `__reduce_ex__` can be left out.
    fn is_plain(&mut self, v: &Value) -> bool {
        let ty = v.ty();
        if let Some((_, plain)) = self.classes.iter().rev().find(|(class, _)| class.is(&ty.value())) {
            return *plain;
        }
        let inherits = |name: &str| {
            let name = intern(name);
            matches!((ty.lookup(&name), OBJECT.lookup(&name)), (Some(x), Some(y)) if x.is(&y))
        };
        let lacks = |name: &str| ty.lookup(&intern(name)).is_none();
        let base = ty.mro().find(|t| !t.is_heap());
        let plain = ty.is_heap()
            && base.is_some_and(|b| std::ptr::eq(b, &OBJECT))
            && ["__reduce_ex__", "__reduce__", "__getstate__", "__class__", "__getattribute__"]
                .into_iter()
                .all(inherits)
            && ["__getnewargs_ex__", "__getnewargs__", "__slots__", "__getattr__"].into_iter().all(lacks);
        self.classes.push((ty.value(), plain));
        plain
    }

    fn save_plain_object(&mut self, v: &Value) -> Result<()> {
        self.save(&v.ty().value())?;
        self.op(EMPTY_TUPLE);
        self.op(NEWOBJ);
        self.remember_made(v);
        let attributes = Attrs::of(v).map(Attrs::items).unwrap_or_default();
        if attributes.is_empty() {
            return Ok(());
        }
        let state = Dict::with_capacity(attributes.len());
        if let Some(d) = state.cast::<Dict>() {
            for (name, value) in attributes {
                d.set(&name, value)?;
            }
        }
        self.save(&state)?;
        self.op(BUILD);
        Ok(())
    }

    /// An object by what a reducer said.
    pub fn save_reduced(&mut self, v: &Value, reduced: &Value) -> Result<()> {
        if let Some(name) = reduced.as_str() {
            return self.save_global(v, Some(name));
        }
        let Some(parts) = reduced.as_tuple() else { return fail("__reduce__ must return a string or tuple") };
        if !(2..=6).contains(&parts.len()) {
            return fail("tuple returned by __reduce__ must contain 2 through 6 elements");
        }
        let part = |i: usize| parts.get(i).filter(|p| !p.is_none()).cloned();
        let (maker, args) = (&parts[0], &parts[1]);
        if maker.ty().slots().call.is_none() {
            return fail("first item of the tuple returned by __reduce__ must be callable");
        }
        if args.as_tuple().is_none() {
            return fail("second item of the tuple returned by __reduce__ must be a tuple");
        }
        for (i, which) in [(3, "fourth"), (4, "fifth")] {
            if let Some(items) = part(i)
                && items.ty().slots().next.is_none()
            {
                let name = items.ty().name();
                return fail(&format!(
                    "{which} element of the tuple returned by __reduce__ must be an iterator, not {name}"
                ));
            }
        }
        if let Some(setter) = part(5)
            && setter.ty().slots().call.is_none()
        {
            let name = setter.ty().name();
            return fail(&format!(
                "sixth element of the tuple returned by __reduce__ must be a function, not {name}"
            ));
        }
        self.save_maker(v, maker, args)?;
        self.remember_made(v);
        if let Some(items) = part(3) {
            self.append_all(&items)?;
        }
        if let Some(pairs) = part(4) {
            self.set_all(&pairs)?;
        }
        if let Some(state) = part(2) {
            match part(5) {
                None => {
                    self.save(&state)?;
                    self.op(BUILD);
                }
                Some(setter) => {
                    self.save(&setter)?;
                    self.save(v)?;
                    self.save(&state)?;
                    self.op(TUPLE2);
                    self.op(REDUCE);
                    self.op(POP);
                }
            }
        }
        Ok(())
    }

    /// An object that a call makes.
    pub fn save_call(&mut self, f: &Value, args: Vec<Value>, made: &Value) -> Result<()> {
        self.save(f)?;
        self.save(&Value::tuple(args))?;
        self.op(REDUCE);
        self.remember_made(made);
        Ok(())
    }

    /// Remembers an object that has just been made; one that contains itself may have been written meanwhile.
    fn remember_made(&mut self, v: &Value) {
        match self.memo.get(v) {
            None => self.memoize(v),
            Some(_) => {
                self.op(POP);
                self.refer_to(v);
            }
        }
    }

    fn save_maker(&mut self, v: &Value, maker: &Value, args: &Value) -> Result<()> {
        let name = match self.proto >= 2 {
            true => get_attr_opt(maker, &intern_static("__name__"))?,
            false => None,
        };
        match name.as_ref().and_then(Value::as_str) {
            Some("__newobj__") => self.save_new(v, args),
            Some("__newobj_ex__") => self.save_new_ex(v, args),
            _ => {
                self.save(maker)?;
                self.save(args)?;
                self.op(REDUCE);
                Ok(())
            }
        }
    }

    fn check_class(v: &Value, class: &Value, maker: &str) -> Result<()> {
        if get_attr_opt(class, &intern_static("__new__"))?.is_none() {
            return fail(&format!("args[0] from {maker} args has no __new__"));
        }
        if !get_attr(v, &intern_static("__class__"))?.is(class) {
            return fail(&format!("args[0] from {maker} args has the wrong class"));
        }
        Ok(())
    }

    fn save_new(&mut self, v: &Value, args: &Value) -> Result<()> {
        let Some((class, rest)) = args.as_tuple().and_then(<[Value]>::split_first) else {
            return fail("__newobj__ arglist is empty");
        };
        Self::check_class(v, class, "__newobj__")?;
        self.save(class)?;
        self.save(&Value::tuple(rest.to_vec()))?;
        self.op(NEWOBJ);
        Ok(())
    }

    fn save_new_ex(&mut self, v: &Value, args: &Value) -> Result<()> {
        let Some([class, positional, keywords]) = args.as_tuple() else {
            let n = args.as_tuple().map_or(0, <[Value]>::len);
            return fail(&format!("length of the NEWOBJ_EX argument tuple must be exactly 3, not {n}"));
        };
        Self::check_class(v, class, "__newobj_ex__")?;
        if self.proto >= 4 {
            self.save(class)?;
            self.save(positional)?;
            self.save(keywords)?;
            self.op(NEWOBJ_EX);
            return Ok(());
        }
        let partial = get_attr(&import_absolute("functools")?, &intern_static("partial"))?;
        let mut all = vec![get_attr(class, &intern_static("__new__"))?, class.clone()];
        all.extend(protocol::collect(positional)?);
        let mut names = Vec::new();
        for (name, value) in keywords.cast::<Dict>().map(Dict::items).unwrap_or_default() {
            names.push(name);
            all.push(value);
        }
        self.save(&protocol::call_kw(&partial, &all, Some(&Value::tuple(names)))?)?;
        self.op(EMPTY_TUPLE);
        self.op(REDUCE);
        Ok(())
    }

    /// An object by the name that it has in its module.
    pub fn save_global(&mut self, v: &Value, name: Option<&str>) -> Result<()> {
        let name_value = match name {
            Some(name) => intern(name),
            None => text_of(match function::qualname(v) {
                Some(q) => q,
                None => match get_attr_opt(v, &intern_static("__qualname__"))? {
                    Some(q) => q,
                    None => get_attr(v, &intern_static("__name__"))?,
                },
            })?,
        };
        let name = name_value.as_str().unwrap_or_default();
        let module_value = text_of(which_module(v, name)?)?;
        let module = module_value.as_str().unwrap_or_default();
        // Nearly always it stands in the module's namespace.
        let dotted = name.contains('.');
        let parent = match imported_name(&module_value, &name_value) {
            Some(found) if found.is(v) && !dotted => Value::NONE,
            _ => {
                let (found, parent) = self.look_up(v, module, name)?;
                if !found.is(v) {
                    let shown = protocol::repr_string(v)?;
                    return fail(&format!(
                        "Can't pickle {shown}: it's not the same object as {module}.{name}"
                    ));
                }
                parent
            }
        };
        if self.proto >= 2 && self.save_extension(module, name)? {
            return Ok(());
        }
        match () {
            _ if self.proto >= 4 => {
                self.save(&module_value)?;
                self.save(&name_value)?;
                self.op(STACK_GLOBAL);
            }
            _ if dotted => {
                let getattr = getattr_function()?;
                let last = name.rsplit('.').next().unwrap_or_default();
                self.save(&getattr)?;
                self.save(&Value::tuple(vec![parent, intern(last)]))?;
                self.op(REDUCE);
            }
            _ => self.put_global(v, module, name)?,
        }
        self.memoize(v);
        Ok(())
    }

    fn put_global(&mut self, v: &Value, module: &str, name: &str) -> Result<()> {
        let (module, name) = match self.fix_imports {
            true => old_name(module, name, v.cast::<Type>()),
            false => (module.to_owned(), name.to_owned()),
        };
        if self.proto < 3 && !(module.is_ascii() && name.is_ascii()) {
            let proto = self.proto;
            return fail(&format!(
                "can't pickle global identifier '{module}.{name}' using pickle protocol {proto}"
            ));
        }
        self.op_line(GLOBAL, &format!("{module}\n{name}"));
        Ok(())
    }

    /// What a dotted name leads to in a module, and what it is an attribute of.
    fn look_up(&self, v: &Value, module: &str, name: &str) -> Result<(Value, Value)> {
        let shown = || protocol::repr_string(v);
        let found = match import_absolute(module) {
            Ok(found) => found,
            Err(e) if e.0.ty().is_subtype(&crate::types::exception::IMPORT_ERROR) => {
                return fail(&format!("Can't pickle {}: import of module '{module}' failed", shown()?));
            }
            Err(e) => return Err(e),
        };
        if let Some(path) = attribute(&found, name)? {
            return Ok(path);
        }
        if name.split('.').any(|part| part == "<locals>") {
            return protocol::attribute_error(format!("Can't pickle local object '{name}'"));
        }
        fail(&format!("Can't pickle {}: attribute lookup {name} on {module} failed", shown()?))
    }

    /// An object that has a short code; false if it has none.
    fn save_extension(&mut self, module: &str, name: &str) -> Result<bool> {
        let registry = copyreg("_extension_registry")?;
        let Some(registry) = registry.cast::<Dict>().filter(|d| d.len() > 0) else { return Ok(false) };
        let key = Value::tuple(vec![intern(module), intern(name)]);
        let Some(code) = registry.get(&key)? else { return Ok(false) };
        let code = protocol::index_i64(&code)?;
        match code {
            1..=0xff => self.op_with(EXT1, &[code as u8]),
            0x100..=0xffff => self.op_with(EXT2, &(code as u16).to_le_bytes()),
            _ => self.op_with(EXT4, &(code as u32).to_le_bytes()),
        }
        Ok(true)
    }
}

/// The built-in function `getattr`.
fn getattr_function() -> Result {
    get_attr(&import_absolute("builtins")?, &intern_static("getattr"))
}

/// A name as an interned string.
fn text_of(name: Value) -> Result {
    match intern_value(&name) {
        Some(text) => Ok(text),
        None => Ok(intern(&protocol::str_string(&name)?)),
    }
}

/// Something of the module `copyreg`.
pub fn copyreg(name: &'static str) -> Result {
    match imported_name(&intern_static("copyreg"), &intern_static(name)) {
        Some(found) => Ok(found),
        None => get_attr(&import_absolute("copyreg")?, &intern_static(name)),
    }
}

/// What a dotted name leads to, and what that is an attribute of; `None` if it leads nowhere.
pub fn attribute(root: &Value, name: &str) -> Result<Option<(Value, Value)>> {
    let (mut at, mut parent) = (root.clone(), Value::NONE);
    for part in name.split('.') {
        if part == "<locals>" {
            return Ok(None);
        }
        let Some(next) = get_attr_opt(&at, &intern(part))? else { return Ok(None) };
        parent = std::mem::replace(&mut at, next);
    }
    Ok(Some((at, parent)))
}

/// The name of the module that an object is in.
pub fn which_module(v: &Value, name: &str) -> Result {
    let named = match function::module(v) {
        Some(module) => Some(module),
        None => get_attr_opt(v, &intern_static("__module__"))?,
    };
    if let Some(module) = named.filter(|m| !m.is_none()) {
        return Ok(module);
    }
    for (key, module) in modules().cast::<Dict>().map(Dict::items).unwrap_or_default() {
        let text = key.as_str().unwrap_or_default();
        if module.is_none() || matches!(text, "__main__" | "__mp_main__") {
            continue;
        }
        if let Ok(Some((found, _))) = attribute(&module, name)
            && found.is(v)
        {
            return Ok(key);
        }
    }
    Ok(intern_static("__main__"))
}
