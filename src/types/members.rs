//! `__slots__`: attributes that have a place of their own in the instance.
//!
//! They are the first inline slots of an instance (see `object::attrs`): the shape that instances start with has
//! as many nameless entries. A [`MEMBER`] in the namespace of the class reads and writes one of them.

use super::function::new_getset;
use crate::object::types::type_flags;
use crate::object::{Attrs, Boxed, Def, Dict, Kind, Layout, Result, Slots, Type, Value, intern};
use crate::protocol::{self, attribute_error, type_error, value_error};

/// The fields of a member descriptor.
pub struct MemberBody {
    name: Value,
    class: Value,
    place: Place,
}

/// Where the attribute stands.
#[derive(Clone, Copy)]
enum Place {
    /// In an inline slot.
    Slot(usize),
    /// In the struct of a built-in type: this reads it.
    Field(&'static Def),
}

crate::body!(MemberBody: Other { name, class });

type Member = Boxed<MemberBody>;

fn body(v: &Value) -> &MemberBody {
    // Only `declare` makes objects of this type.
    v.cast::<Member>().expect("slots are only called on their own type")
}

/// The inline slot of a member descriptor; `None` for other values.
pub fn index_of(descriptor: &Value) -> Option<usize> {
    match body(Some(descriptor).filter(|d| d.is_exact(&MEMBER))?).place {
        Place::Slot(i) => Some(i),
        Place::Field(_) => None,
    }
}

/// A field of the built-in type `class` as an attribute.
pub fn new_field(def: &'static Def, class: &Type) -> Value {
    Value::new(&MEMBER, MemberBody { name: intern(def.name), class: class.value(), place: Place::Field(def) })
}

impl MemberBody {
    fn class_name(&self) -> String {
        self.class.cast::<Type>().map_or_else(String::new, |t| t.name().to_owned())
    }

    /// What stands in an instance of the class, or unbound.
    fn content(&self, v: &Value) -> Result {
        if let Some(class) = self.class.cast::<Type>()
            && v.ty().is_subtype(class)
        {
            match self.place {
                Place::Slot(i) => {
                    if let Some(content) = Attrs::member(v, i) {
                        return Ok(content.clone());
                    }
                }
                Place::Field(Def { kind: Kind::Member(read), .. }) => return read(v),
                Place::Field(_) => {}
            }
        }
        type_error(format!(
            "descriptor '{}' for '{}' objects doesn't apply to a '{}' object",
            self.name.as_str().unwrap_or_default(),
            self.class_name(),
            v.ty().name()
        ))
    }
}

/// `member_descriptor`
pub static MEMBER: Type = Type::builtin::<Member>(
    "member_descriptor",
    Layout::Other,
    "",
    crate::defs! {
        fn "__reduce__()" "" => |a| super::reduce::attribute_of(&body(&a[0]).class, &body(&a[0]).name);
        member "__name__()" "" => |v| Ok(body(v).name.clone());
        get "__qualname__()" "" => |v| Ok(Value::str(&format!("{}.{}", body(v).class_name(), body(v).name.as_str().unwrap_or_default())));
        member "__objclass__()" "" => |v| Ok(body(v).class.clone());
        get "__doc__()" "" => |v| Ok(match body(v).place {
            Place::Field(def) if !def.doc.is_empty() => Value::str(def.doc),
            _ => Value::NONE,
        });
    },
)
.with_slots(Slots {
    descr_get: Some(|d, instance, _| {
        if instance.is_unbound() {
            return Ok(d.clone());
        }
        let m = body(d);
        match m.content(instance)?.bound() {
            Some(v) => Ok(v),
            None => Err(protocol::no_attribute(instance, &m.name)),
        }
    }),
    descr_set: Some(|d, instance, value| {
        let m = body(d);
        let absent = m.content(instance)?.is_unbound();
        let Place::Slot(i) = m.place else { return attribute_error("readonly attribute") };
        if absent && value.is_none() {
            let name = m.name.as_str().unwrap_or_default().to_owned();
            return Err(protocol::attribute_error_for(instance, &m.name, name));
        }
        Attrs::set_member(instance, i, value.unwrap_or(Value::UNBOUND));
        Ok(())
    }),
    repr: Some(|v| {
        let m = body(v);
        let name = m.name.as_str().unwrap_or_default();
        Ok(Value::str(&format!("<member '{name}' of '{}' objects>", m.class_name())))
    }),
    ..Slots::EMPTY
});

/// What `__slots__` of a class that is being made says.
pub struct Declared {
    /// The names, mangled and sorted; none if there is no `__slots__`.
    names: Vec<Value>,
    /// Whether instances have a `__dict__`.
    dict: bool,
    /// Whether instances have a `__weakref__`.
    weakref: bool,
}

/// Whether instances of a class have a `__dict__`.
pub fn has_dict(t: &Type) -> bool {
    t.attrs_offset.get() != 0 && t.flags.get() & type_flags::NO_DICT == 0
}

/// Whether weak references to instances of a class can be made.
fn has_weakref(t: &Type) -> bool {
    t.flags.get() & type_flags::WEAKREFS != 0
}

/// Reads `__slots__` from the namespace of the class `class`, whose bases are `bases`, the first of them `base`.
pub fn read(class: &str, base: &Type, bases: &[Value], namespace: &Dict) -> Result<Declared> {
    let inherited = |f: fn(&Type) -> bool| bases.iter().filter_map(Value::cast::<Type>).any(f);
    let fixed = !matches!(base.layout, Layout::Int | Layout::Tuple | Layout::Bytes | Layout::Type);
    // Classes and modules have a namespace and no place for other attributes, even if another base has one.
    let has_place = !matches!(base.layout, Layout::Type | Layout::Module);
    let mut d = Declared {
        names: Vec::new(),
        dict: has_place && inherited(has_dict),
        weakref: inherited(has_weakref),
    };
    let Some(slots) = namespace.get_interned(&intern("__slots__")).cloned() else {
        d.dict = has_place;
        d.weakref = d.weakref || fixed;
        return Ok(d);
    };
    let items = match slots.as_str() {
        Some(_) => vec![slots.clone()],
        None => protocol::collect(&slots)?,
    };
    if !fixed && !items.is_empty() {
        return type_error(format!("nonempty __slots__ not supported for subtype of '{}'", base.name()));
    }
    for item in &items {
        let Some(name) = item.as_str() else {
            return type_error(format!("__slots__ items must be strings, not '{}'", item.ty().name()));
        };
        match name {
            "__dict__" if d.dict => return type_error("__dict__ slot disallowed: we already got one"),
            "__dict__" => d.dict = true,
            "__weakref__" if d.weakref => {
                return type_error(
                    "__weakref__ slot disallowed: either we already got one, or __itemsize__ != 0",
                );
            }
            "__weakref__" => d.weakref = true,
            _ if !super::unicode::is_identifier(name) => {
                return type_error("__slots__ must be identifiers");
            }
            _ => {
                let mangled = minipy_bytecode::mangle(Some(class), name);
                let key = intern(&mangled);
                if namespace.get_interned(&key).is_some() && !matches!(name, "__qualname__" | "__classcell__")
                {
                    return value_error(format!("'{name}' in __slots__ conflicts with class variable"));
                }
                d.names.push(key);
            }
        }
    }
    d.names.sort_by(|a, b| a.as_str().cmp(&b.as_str()));
    Ok(d)
}

impl Declared {
    /// Lays out the instances of the new class and fills its namespace.
    pub fn apply(self, ty: &Type, base: &Type) {
        let first = base.members.get();
        let members = first + self.names.len() as u32;
        ty.members.set(members);
        if ty.attrs_offset.get() == 0 && (self.dict || members > 0) {
            ty.attrs_offset.set(base.size.next_multiple_of(8) as u32);
        }
        let set = |flag: u32, on: bool| ty.flags.set(ty.flags.get() & !flag | if on { flag } else { 0 });
        set(type_flags::NO_DICT, !self.dict);
        set(type_flags::WEAKREFS, self.weakref);
        let dict = ty.dict();
        for (i, name) in self.names.into_iter().enumerate() {
            let member =
                MemberBody { name: name.clone(), class: ty.value(), place: Place::Slot(first as usize + i) };
            dict.set_interned(&name, Value::new(&MEMBER, member));
        }
        let own = |name, on: bool, def| {
            let key = intern(name);
            if on && dict.get_interned(&key).is_none() {
                dict.set_interned(&key, new_getset(def, ty));
            }
        };
        own("__dict__", self.dict && !has_dict(base), super::object::dict_def());
        own("__weakref__", self.weakref && !has_weakref(base), super::weakref::weakref_def());
    }
}

/// The nearest base (or the class itself) that says where things stand in an instance.
pub fn solid_base(t: &Type) -> &Type {
    let mut t = t;
    while let Some(base) = t.base.get()
        && base.layout == t.layout
        && base.members.get() == t.members.get()
    {
        t = base;
    }
    t
}

/// The nearest base (or the class itself) with whose instances those of the class agree in every place that they
/// have, also those for `__dict__` and `__weakref__`.
fn layout_root(t: &Type) -> &Type {
    let mut t = t;
    while let Some(base) = t.base.get()
        && std::ptr::eq(solid_base(t), solid_base(base))
        && has_dict(t) == has_dict(base)
        && has_weakref(t) == has_weakref(base)
        && is_collected(t) == is_collected(base)
    {
        t = base;
    }
    t
}

/// Whether CPython's collector knows the instances, which shows in what it says when layouts differ.
fn is_collected(t: &Type) -> bool {
    use Layout::{Bytes, Float, Int, Object, Str};
    let plain = matches!(t.layout, Object | Int | Float | Str | Bytes);
    !plain || has_dict(t) || t.members.get() > 0
}

/// The names in `__slots__` of a class.
fn own_names(t: &Type) -> Vec<Value> {
    let items = t.dict().items();
    items.into_iter().filter(|(_, d)| index_of(d).is_some()).map(|(name, _)| name).collect()
}

/// Whether instances of `old` can become instances of `new`, or `new` take the place of `old` as a base; `what` is
/// assigned to.
pub fn check_same_layout(old: &Type, new: &Type, what: &str) -> Result<()> {
    let differ = |part: &str| {
        type_error(format!("{what} assignment: '{}' {part} differs from '{}'", new.name(), old.name()))
    };
    if is_collected(old) != is_collected(new) {
        return differ("deallocator");
    }
    let (a, b) = (layout_root(old), layout_root(new));
    let adds_same = || {
        let same_base = match (a.base.get(), b.base.get()) {
            (Some(a), Some(b)) => std::ptr::eq(a, b),
            _ => false,
        };
        let (mine, theirs) = (own_names(a), own_names(b));
        same_base
            && a.is_heap()
            && b.is_heap()
            && a.layout == b.layout
            && has_dict(a) == has_dict(b)
            && has_weakref(a) == has_weakref(b)
            && a.members.get() == b.members.get()
            && mine.len() == theirs.len()
            && mine.iter().zip(&theirs).all(|(a, b)| a.is(b))
    };
    if std::ptr::eq(a, b) || adds_same() { Ok(()) } else { differ("object layout") }
}
