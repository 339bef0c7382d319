//! `__slots__`: attributes that have a place of their own in the instance.
//!
//! They are the first inline slots of an instance (see `object::attrs`): the shape that instances start with has
//! as many nameless entries. A [`MEMBER`] in the namespace of the class reads and writes one of them.

use super::function::new_getset;
use crate::object::types::type_flags;
use crate::object::{Attrs, Boxed, Dict, Layout, Result, Slots, Type, Value, intern};
use crate::protocol::{self, type_error, value_error};

/// The fields of a member descriptor.
pub struct MemberBody {
    name: Value,
    class: Value,
    index: usize,
}

crate::body!(MemberBody: Other { name, class });

type Member = Boxed<MemberBody>;

fn body(v: &Value) -> &MemberBody {
    // Only `declare` makes objects of this type.
    v.cast::<Member>().expect("slots are only called on their own type")
}

/// The inline slot of a member descriptor; `None` for other values.
pub fn index_of(descriptor: &Value) -> Option<usize> {
    if descriptor.is_exact(&MEMBER) { Some(body(descriptor).index) } else { None }
}

impl MemberBody {
    fn class_name(&self) -> String {
        self.class.cast::<Type>().map_or_else(String::new, |t| t.name().to_owned())
    }

    /// What stands in an instance of the class.
    fn content<'a>(&self, v: &'a Value) -> Result<&'a Value> {
        if let Some(class) = self.class.cast::<Type>()
            && v.ty().is_subtype(class)
            && let Some(content) = Attrs::member(v, self.index)
        {
            return Ok(content);
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
        get "__name__()" "" => |v| Ok(body(v).name.clone());
        get "__qualname__()" "" => |v| Ok(Value::str(&format!("{}.{}", body(v).class_name(), body(v).name.as_str().unwrap_or_default())));
        get "__objclass__()" "" => |v| Ok(body(v).class.clone());
        get "__doc__()" "" => |_| Ok(Value::NONE);
    },
)
.with_slots(Slots {
    descr_get: Some(|d, instance, _| {
        if instance.is_unbound() {
            return Ok(d.clone());
        }
        let m = body(d);
        match m.content(instance)?.as_bound() {
            Some(v) => Ok(v.clone()),
            None => Err(protocol::no_attribute(instance, &m.name)),
        }
    }),
    descr_set: Some(|d, instance, value| {
        let m = body(d);
        if m.content(instance)?.is_unbound() && value.is_none() {
            let name = m.name.as_str().unwrap_or_default().to_owned();
            return Err(protocol::attribute_error_for(instance, &m.name, name));
        }
        Attrs::set_member(instance, m.index, value.unwrap_or(Value::UNBOUND));
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
    let fixed = !matches!(base.layout, Layout::Int | Layout::Tuple | Layout::Bytes);
    let mut d = Declared { names: Vec::new(), dict: inherited(has_dict), weakref: inherited(has_weakref) };
    let Some(slots) = namespace.get_interned(&intern("__slots__")).cloned() else {
        d.dict = d.dict || base.layout != Layout::Type;
        d.weakref = d.weakref || fixed;
        return Ok(d);
    };
    let items = match slots.as_str() {
        Some(_) => vec![slots.clone()],
        None => protocol::collect(&slots)?,
    };
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
            _ if !fixed => {
                return type_error(format!(
                    "nonempty __slots__ not supported for subtype of '{}'",
                    base.name()
                ));
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
            let member = MemberBody { name: name.clone(), class: ty.value(), index: first as usize + i };
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
