//! `type`: making classes ready, class creation, method resolution order, attributes of classes.

use super::bases;
use super::dict::DICT;
use super::function::{CellObject, dict_of};
use super::object::OBJECT;
use super::type_attrs::{annotations, doc_of, flags_of, module_of, rename, set_qualname};
use crate::object::attrs::{DEFAULT_INLINE, MAX_INLINE};
use crate::object::types::type_flags;
use crate::object::{Attrs, Dict, Layout, Raised, Result, Slots, Type, Value, intern, intern_value, names};
use crate::protocol::{self, call, call_kw, raise, slots, type_error};
use crate::types::exception::ATTRIBUTE_ERROR;

/// The type `type`.
pub static TYPE: Type = Type::builtin::<Type>("type", Layout::Type, "type(object) -> the object's type", crate::defs! {
    get "__name__()" "" => |v| Ok(Value::str(short_name(ty_of(v)))), rename;
    get "__qualname__()" "" => |v| Ok(ty_of(v).qualname.borrow().clone().bound().unwrap_or_else(|| Value::str(short_name(ty_of(v))))), set_qualname;
    get "__annotations__()" "" => annotations, |v, x| set_type_attr(v, &intern("__annotations__"), x);
    get "__basicsize__()" "" => |v| Ok(Value::small(ty_of(v).size as i32));
    get "__flags__()" "" => |v| Ok(Value::small(flags_of(ty_of(v))));
    get "__abstractmethods__()" "" => |v| own(v, "__abstractmethods__").filter(|_| !v.is(&TYPE.value())).map_or_else(|| protocol::attribute_error("__abstractmethods__"), Ok), |v, x| set_type_attr(v, &intern("__abstractmethods__"), x);
    get "__module__()" "" => |v| Ok(module_of(ty_of(v))), |v, x| set_type_attr(v, &intern("__module__"), x);
    get "__mro__()" "" => |v| Ok(ty_of(v).mro_tuple());
    get "__bases__()" "" => |v| Ok(ty_of(v).bases()), bases::set_bases;
    get "__base__()" "" => |v| Ok(ty_of(v).base.get().map_or(Value::NONE, Type::value));
    get "__dict__()" "" => |v| super::mappingproxy::of_class(ty_of(v));
    get "__text_signature__()" "" => |v| Ok(match ty_of(v).signature {
        "" => Value::NONE,
        text => Value::str(text),
    });
    get "__doc__()" "" => doc_of, |v, x| set_type_attr(v, &intern("__doc__"), x);
    fn "mro()" "The method resolution order." => |a| bases::c3(ty_of(&a[0])).map(Value::list);
    class "__prepare__(*args, **kwds)" "An empty namespace for the body of a class." => |_| Ok(crate::object::Dict::new());
    fn "__instancecheck__(instance, /)" "Whether an object is an instance." => |a| {
        protocol::is_made_of(&a[1], ty_of(&a[0])).map(Value::bool)
    };
    fn "__subclasscheck__(subclass, /)" "Whether a class is a subclass." => |a| protocol::derives(&a[1], &a[0]).map(Value::bool);
    fn "__dir__()" "The attributes of the class, without those of its metaclass." => |a| super::object::dir(&a[0]);
    fn "__sizeof__()" "The size of the class itself, in bytes." => |_| Ok(Value::small(size_of::<Type>() as i32));
    get "__dictoffset__()" "" => |v| Ok(Value::small(ty_of(v).attrs_offset.get() as i32));
    get "__itemsize__()" "" => |_| Ok(Value::small(0));
    get "__weakrefoffset__()" "" => |v| Ok(Value::small(weakref_offset(ty_of(v))));
    fn "__subclasses__()" "The direct subclasses." => |a| Ok(Value::list(ty_of(&a[0]).subclasses()));
}).with_weakrefs()
.with_base_flag()
.with_slots(Slots {
    call: Some(type_call),
    new: Some(type_new),
    init: Some(|_, _, _| Ok(())),
    get_attr: Some(get_type_attr),
    set_attr: Some(set_type_attr),
    repr: Some(|v| Ok(Value::str(&format!("<class '{}'>", full_name(ty_of(v)))))),
    binary: super::alias::UNION_OPERATOR,
    ..Slots::EMPTY
});

pub(super) fn ty_of(v: &Value) -> &Type {
    v.cast::<Type>().expect("slots are only called on their own type")
}

pub(super) fn own(v: &Value, name: &str) -> Option<Value> {
    ty_of(v).dict().get_interned(&intern(name)).cloned()
}

/// Not 0 if weak references to instances can be made, which the table of references then knows.
fn weakref_offset(ty: &Type) -> i32 {
    if ty.flags.get() & type_flags::WEAKREFS != 0 { ty.size as i32 } else { 0 }
}

/// The name without that of the module, which classes have in it that messages show as built-in ones.
fn short_name(ty: &Type) -> &str {
    let Some((before, last)) = ty.name().rsplit_once('.') else { return ty.name() };
    let module = ty.dict().get_interned(&intern("__module__")).and_then(Value::as_str);
    if ty.is_heap() && module != Some(before) { ty.name() } else { last }
}

/// `module.qualname`, without the module for builtins.
pub fn full_name(ty: &Type) -> String {
    if !ty.is_heap() {
        return ty.name().to_owned();
    }
    let module = ty.dict().get_interned(&intern("__module__")).cloned();
    let qualname = ty.qualname.borrow().clone();
    let qualname = qualname.as_str().unwrap_or(ty.name());
    match module.as_ref().and_then(Value::as_str) {
        Some("builtins") | None => qualname.to_owned(),
        Some(module) => format!("{module}.{qualname}"),
    }
}

fn type_call(ty: &Value, args: &[Value], names: Option<&Value>) -> Result {
    let t = ty_of(ty);
    if std::ptr::eq(t, &TYPE) {
        match args.len() - names.and_then(Value::as_tuple).map_or(0, <[Value]>::len) {
            1 if names.is_none() => return Ok(args[0].ty().value()),
            1 => return type_error("type() takes no keyword arguments"),
            3 => {}
            _ => return type_error("type() takes 1 or 3 arguments"),
        }
    }
    let Some(new) = t.slots().new else {
        return type_error(format!("cannot create '{}' instances", t.name()));
    };
    let object = new(ty, args, names)?;
    if object.ty().is_subtype(t)
        && let Some(init) = object.ty().slots().init
    {
        init(&object, args, names)?;
    }
    Ok(object)
}

/// Which of two metaclasses is derived from the other.
fn more_derived<'t>(a: &'t Type, b: &'t Type) -> Result<&'t Type> {
    match (b.is_subtype(a), a.is_subtype(b)) {
        (true, _) => Ok(b),
        (_, true) => Ok(a),
        _ => type_error(
            "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases",
        ),
    }
}

/// `type(name, bases, namespace, **keywords)`
fn type_new(meta: &Value, args: &[Value], names: Option<&Value>) -> Result {
    let keywords = names.and_then(Value::as_tuple).unwrap_or_default();
    let (positional, by_name) = args.split_at(args.len() - keywords.len());
    let [name, bases, namespace] = positional else {
        return type_error(format!("type.__new__() takes exactly 3 arguments ({} given)", positional.len()));
    };
    let Some(text) = name.as_str() else {
        return type_error(format!("type.__new__() argument 1 must be str, not {}", name.ty().name()));
    };
    if text.contains('\0') {
        return crate::protocol::value_error("type name must not contain null characters");
    }
    let Some(base_list) = bases.as_tuple() else {
        return type_error(format!("type.__new__() argument 2 must be tuple, not {}", bases.ty().name()));
    };
    let Some(namespace) = namespace.cast::<Dict>() else {
        return type_error(format!("type.__new__() argument 3 must be dict, not {}", namespace.ty().name()));
    };
    let base_list = if base_list.is_empty() { vec![OBJECT.value()] } else { base_list.to_vec() };
    if base_list.iter().any(|b| b.cast::<Type>().is_none()) {
        return type_error("bases must be types");
    }
    // The metaclass is the most derived one among the bases' classes.
    let mut winner = ty_of(meta);
    for b in &base_list {
        winner = more_derived(winner, b.ty())?;
    }
    if !std::ptr::eq(winner, ty_of(meta))
        && let Some(new) = winner.slots().new
        && !std::ptr::fn_addr_eq(new, type_new as crate::object::slots::Call)
    {
        return new(&winner.value(), args, names);
    }
    let base = bases::best_base(&base_list)?;
    let dict_value = namespace.copy();
    let dict = dict_value.cast::<Dict>().expect("a copy of a dict is a dict");
    let class_cell = dict.get_interned(&intern("__classcell__")).cloned();
    dict.remove_interned(&intern("__classcell__"));
    let qualname = dict.get_interned(&intern("__qualname__")).cloned();
    dict.remove_interned(&intern("__qualname__"));
    if let Some(q) = qualname.as_ref().filter(|q| q.as_str().is_none()) {
        return type_error(format!("type __qualname__ must be a str, not {}", q.ty().name()));
    }
    if dict.get_interned(&intern("__module__")).is_none()
        && let Some(module) = crate::vm::current_module_name()
    {
        dict.set_interned(&intern("__module__"), module);
    }
    if dict.get_interned(&intern("__eq__")).is_some() && dict.get_interned(&intern("__hash__")).is_none() {
        dict.set_interned(&intern("__hash__"), Value::NONE);
    }
    for special in ["__init_subclass__", "__class_getitem__"] {
        if let Some(f) = dict.get_interned(&intern(special)).cloned()
            && f.is_exact(&super::function::FUNCTION)
        {
            dict.set_interned(&intern(special), super::descriptor::new_classmethod(f));
        }
    }
    if let Some(f) = dict.get_interned(&intern("__new__")).cloned()
        && f.is_exact(&super::function::FUNCTION)
    {
        dict.set_interned(&intern("__new__"), super::descriptor::new_staticmethod(f));
    }
    let declared = super::members::read(text, base, &base_list, dict)?;
    let hint = crate::vm::take_attr_hint();
    let class = Type::new_heap(winner, text, base, base_list.clone(), dict_value.clone());
    let ty = ty_of(&class);
    drop(ty.qualname.replace(qualname.unwrap_or_else(|| name.clone())));
    declared.apply(ty, base);
    // After the slots, of which one may be called `__doc__`.
    if dict.get_interned(&intern("__doc__")).is_none() {
        dict.set_interned(&intern("__doc__"), Value::NONE);
    }
    let members = ty.members.get();
    // What the methods of this class set comes on top of what those of its bases do.
    let inherited = base_list.iter().filter_map(Value::cast::<Type>).map(|b| b.set_attrs.get()).sum::<u32>();
    ty.set_attrs.set((inherited + hint).min(MAX_INLINE));
    ty.inline_slots.set(if ty.flags.get() & type_flags::NO_DICT != 0 {
        members
    } else {
        let own = if hint == 0 { DEFAULT_INLINE } else { hint }.max(ty.set_attrs.get());
        base.inline_slots.get().max(members + own).min(members + MAX_INLINE)
    });
    ty.set_mro(bases::linearise(ty)?);
    update_slots(ty);
    ty.version.set(crate::object::dict::fresh_version());
    if let Some(cell) = &class_cell {
        let Some(cell) = cell.cast::<CellObject>() else {
            let given = protocol::repr_string(&cell.ty().value())?;
            return type_error(format!("__classcell__ must be a nonlocal cell, not {given}"));
        };
        cell.set(class.clone());
    }
    for (key, value) in dict.items() {
        if let Some(set_name) = protocol::lookup_special(&value, &intern("__set_name__"))? {
            call(&set_name, &[class.clone(), key.clone()]).or_else(|e| {
                let key = protocol::repr_string(&key)?;
                let message = format!(
                    "Error calling __set_name__ on '{}' instance {key} in '{text}'",
                    value.ty().name()
                );
                let error = raise(&super::exception::RUNTIME_ERROR, message);
                super::exception::set_context(&error.0, &e.0, false);
                super::exception::set_cause(&error.0, &e.0);
                Err(error)
            })?;
        }
    }
    // super(class, class).__init_subclass__(**keywords)
    let name = intern("__init_subclass__");
    let hook = ty.mro().skip(1).find_map(|t| Some((t, t.dict().get_interned(&name).cloned()?)));
    match hook {
        Some((owner, hook)) if !std::ptr::eq(owner, &OBJECT) => {
            let bound = match hook.ty().slots().descr_get {
                Some(get) => get(&hook, &Value::UNBOUND, &class)?,
                None => hook,
            };
            call_kw(&bound, by_name, names)?;
        }
        _ if !keywords.is_empty() => {
            let owner = ty.qualname.borrow().clone();
            let owner = owner.as_str().unwrap_or(text);
            return type_error(format!("{owner}.__init_subclass__() takes no keyword arguments"));
        }
        _ => {}
    }
    Ok(class)
}

/// Fills the slots of a heap type from its namespaces along the method resolution order.
fn update_slots(ty: &Type) {
    let mut slots = Slots::EMPTY;
    // From the root to the class itself, so that what is nearer wins.
    let classes: Vec<&Type> = ty.mro().collect();
    let mut flags = ty.flags.get() & !type_flags::GETATTR_HOOK;
    for class in classes.iter().rev() {
        if !class.is_heap() {
            let mut merged = merge(*class.slots(), slots);
            // `__hash__ = None` of the types whose objects change.
            if class.dict().get_interned(&names::HASH).is_some_and(Value::is_none) {
                merged.hash = None;
            }
            slots = Slots { manager: None, ..merged };
            continue;
        }
        for name in class.dict().keys() {
            let Some(text) = name.as_str().filter(|t| t.starts_with("__")) else { continue };
            slots::install(&mut slots, text);
            match text {
                "__hash__" if class.dict().get_interned(&name).is_some_and(Value::is_none) => {
                    slots.hash = None
                }
                "__getattr__" => flags |= type_flags::GETATTR_HOOK,
                _ => {}
            }
        }
    }
    ty.flags.set(flags);
    ty.set_slots(slots);
}

/// The slots of `over`, with the open ones from `under`.
fn merge(over: Slots, under: Slots) -> Slots {
    let mut out = over;
    macro_rules! fill {
        ($($f:ident)*) => { $( out.$f = out.$f.or(under.$f); )* };
    }
    fill!(repr str hash compare bool len get_item set_item contains iter next call get_attr set_attr descr_get
          descr_set new init neg pos abs invert index int float finalize);
    for i in 0..13 {
        out.binary[i] = out.binary[i].or(under.binary[i]);
        out.inplace[i] = out.inplace[i].or(under.inplace[i]);
    }
    out
}

/// After a change of a class: new version and slots for it and everything below it.
pub(super) fn mutated(ty: &Type, slots_too: bool) {
    ty.version.set(crate::object::dict::fresh_version());
    if slots_too && ty.is_heap() {
        update_slots(ty);
    }
    for sub in ty.subclasses() {
        mutated(ty_of(&sub), slots_too);
    }
}

fn get_type_attr(v: &Value, name: &Value) -> Result {
    let ty = ty_of(v);
    let meta_attr = v.ty().lookup(name);
    if let Some(d) = &meta_attr
        && d.ty().slots().descr_set.is_some()
        && let Some(get) = d.ty().slots().descr_get
    {
        return get(d, v, &v.ty().value());
    }
    if let Some(x) = ty.lookup(name) {
        return match x.ty().slots().descr_get {
            Some(get) => get(&x, &Value::UNBOUND, v),
            None => Ok(x),
        };
    }
    if let Some(d) = meta_attr {
        return match d.ty().slots().descr_get {
            Some(get) => get(&d, v, &v.ty().value()),
            None => Ok(d),
        };
    }
    Err(no_type_attribute(v, name))
}

pub(super) fn no_type_attribute(v: &Value, name: &Value) -> Raised {
    let text = name.as_str().unwrap_or_default();
    let message = format!("type object '{}' has no attribute '{text}'", short_name(ty_of(v)));
    protocol::attribute_error_for(v, name, message)
}

fn set_type_attr(v: &Value, name: &Value, value: Option<Value>) -> Result<()> {
    let ty = ty_of(v);
    let text = name.as_str().unwrap_or_default();
    if !ty.is_heap() {
        return type_error(format!("cannot set '{text}' attribute of immutable type '{}'", ty.name()));
    }
    if let Some(d) = v.ty().lookup(name)
        && let Some(set) = d.ty().slots().descr_set
        && !matches!(text, "__module__" | "__doc__" | "__annotations__" | "__abstractmethods__")
    {
        return set(&d, v, value);
    }
    let deleted = value.is_none();
    if deleted && matches!(text, "__module__" | "__doc__") {
        return type_error(format!("cannot delete '{text}' attribute of immutable type '{}'", ty.name()));
    }
    match value {
        Some(value) => ty.dict().set_interned(name, value),
        None => {
            if !ty.dict().remove_interned(name) {
                return Err(raise(
                    &ATTRIBUTE_ERROR,
                    format!("type object '{}' has no attribute '{text}'", ty.name()),
                ));
            }
        }
    }
    mutated(ty, deleted || text.starts_with("__"));
    Ok(())
}

/// `__build_class__(function, name, *bases, metaclass=..., **keywords)`
pub fn build_class(args: &[Value], names: Option<&Value>) -> Result {
    let keywords = names.and_then(Value::as_tuple).unwrap_or_default();
    let (positional, by_name) = args.split_at(args.len() - keywords.len());
    let [function, name, bases @ ..] = positional else {
        return type_error("__build_class__: not enough arguments");
    };
    let (mut meta, mut rest_names, mut rest) = (None, Vec::new(), Vec::new());
    for (k, v) in keywords.iter().zip(by_name) {
        if k.as_str() == Some("metaclass") {
            meta = Some(v.clone());
        } else {
            rest_names.push(k.clone());
            rest.push(v.clone());
        }
    }
    let original = Value::tuple(bases.to_vec());
    let bases = resolve_bases(bases, &original)?;
    let resolved = bases.as_tuple().unwrap_or_default();
    let mut meta = meta.unwrap_or_else(|| resolved.first().map_or(TYPE.value(), |b| b.ty().value()));
    if let Some(m) = meta.cast::<Type>() {
        let mut winner = m;
        for b in resolved {
            winner = more_derived(winner, b.ty())?;
        }
        meta = winner.value();
    }
    let rest_names = if rest_names.is_empty() { None } else { Some(Value::tuple(rest_names)) };
    let with_keywords =
        |first: Vec<Value>| -> Vec<Value> { first.into_iter().chain(rest.iter().cloned()).collect() };
    let namespace = match protocol::get_attr_opt(&meta, &intern("__prepare__"))? {
        Some(prepare) => {
            call_kw(&prepare, &with_keywords(vec![name.clone(), bases.clone()]), rest_names.as_ref())?
        }
        None => Dict::new(),
    };
    if namespace.ty().slots().get_item.is_none() {
        let meta = meta.cast::<Type>().map_or("<metaclass>", |t| t.name());
        let ty = namespace.ty().name();
        return type_error(format!("{meta}.__prepare__() must return a mapping, not {ty}"));
    }
    let hint = crate::vm::run_class_body(function, &namespace)?;
    if !bases.is(&original) {
        protocol::set_item(&namespace, &intern("__orig_bases__"), original)?;
    }
    let class_cell = match namespace.is_exact(&DICT) {
        true => namespace.cast::<Dict>().and_then(|d| d.get_interned(&intern("__classcell__")).cloned()),
        false => None,
    };
    crate::vm::set_attr_hint(hint);
    let class = call_kw(&meta, &with_keywords(vec![name.clone(), bases, namespace]), rest_names.as_ref())?;
    if let Some(cell) = class_cell.as_ref().and_then(Value::cast::<CellObject>)
        && class.cast::<Type>().is_some()
    {
        check_class_cell(cell, name, &class)?;
    }
    Ok(class)
}

/// After a class statement whose methods use `super()` or `__class__`: a metaclass must have passed the cell on.
fn check_class_cell(cell: &CellObject, name: &Value, class: &Value) -> Result<()> {
    let set = cell.get();
    if set.is(class) {
        return Ok(());
    }
    let (name, shown) = (protocol::repr_string(name)?, protocol::repr_string(class)?);
    match set.bound() {
        None => protocol::runtime_error(format!(
            "__class__ not set defining {name} as {shown}. Was __classcell__ propagated to type.__new__?"
        )),
        Some(other) => type_error(format!(
            "__class__ set to {} defining {name} as {shown}",
            protocol::repr_string(&other)?
        )),
    }
}

/// Replaces bases that are not classes by what their `__mro_entries__` says.
fn resolve_bases(bases: &[Value], original: &Value) -> Result {
    if bases.iter().all(|b| b.cast::<Type>().is_some()) {
        return Ok(original.clone());
    }
    let mut out = Vec::new();
    for b in bases {
        match protocol::get_attr_opt(b, &intern("__mro_entries__"))? {
            Some(entries) if b.cast::<Type>().is_none() => {
                let instead = call(&entries, std::slice::from_ref(original))?;
                let Some(instead) = instead.as_tuple() else {
                    return type_error("__mro_entries__ must return a tuple");
                };
                out.extend_from_slice(instead);
            }
            _ => out.push(b.clone()),
        }
    }
    Ok(Value::tuple(out))
}

/// `__dict__` of instances, in the namespace of `object`.
pub fn instance_dict(v: &Value) -> Result {
    // That of a metaclass with another base beside `type`.
    match v.cast::<Type>() {
        Some(class) => super::mappingproxy::of_class(class),
        None => dict_of(v),
    }
}

/// Sets `__dict__` of an instance.
pub fn set_instance_dict(v: &Value, value: Option<Value>) -> Result<()> {
    match (Attrs::of(v).filter(|_| super::members::has_dict(v.ty())), value) {
        (Some(attrs), Some(d)) if d.cast::<Dict>().is_some() => {
            drop(attrs.set_dict(d));
            Ok(())
        }
        // The next look at it makes a new one.
        (Some(attrs), None) => {
            drop(attrs.set_dict(Dict::new()));
            Ok(())
        }
        (_, Some(d)) => {
            type_error(format!("__dict__ must be set to a dictionary, not a '{}'", d.ty().name()))
        }
        _ => type_error("cannot delete __dict__"),
    }
}

/// An attribute name given by a program.
pub fn attr_name(v: &Value) -> Result {
    match intern_value(v) {
        Some(name) => Ok(name),
        None => type_error(format!("attribute name must be string, not '{}'", v.ty().name())),
    }
}
