//! Named structures: tuples whose items have names too, as `sys.version_info`.

use crate::object::{Attrs, Dict, Kind, Result, Slots, Type, Value, intern};
use crate::protocol;

/// Declares the type of a structure: `structure!(NAME: "sys.version_info" "doc" { 0 "major()" "doc"; ... });`
/// Items that have only a name follow: `hidden { 0 "tm_zone()" "doc"; ... }`.
#[macro_export]
macro_rules! structure {
    (
        $name:ident: $py:literal $doc:literal { $($i:literal $field:literal $fdoc:literal;)* }
        $(hidden { $($j:literal $hidden:literal $hdoc:literal;)* })?
    ) => {
        #[doc = concat!("`", $py, "`")]
        pub static $name: $crate::object::Type = $crate::object::Type::builtin::<$crate::object::Tuple>(
            $py,
            $crate::object::Layout::Tuple,
            $doc,
            $crate::defs! {
                $(member $field $fdoc => |v| Ok($crate::types::structseq::item(v, $i));)*
                $($(member $hidden $hdoc => |v| Ok($crate::types::structseq::hidden(v, $j));)*)?
                fn "__reduce__()" "The attributes, for pickle and copy." => |a| $crate::types::structseq::reduce(&a[0]);
                val "n_fields()" "" => || {
                    $crate::object::Value::small(([$($field),*].len() $($(+ { let _ = $hidden; 1 })*)?) as i32)
                };
                val "n_sequence_fields()" "" => || $crate::object::Value::small([$($i),*].len() as i32);
                val "n_unnamed_fields()" "" => || $crate::object::Value::small(0);
                val "__match_args__()" "" => || {
                    let names = [$($crate::object::native::name_of($field)),*];
                    $crate::object::Value::tuple_from(names.len(), names.map($crate::object::intern))
                };
            },
        )
        .with_base(&$crate::types::tuple::TUPLE)
        $(
            .with_attrs(size_of::<$crate::object::Tuple>())
            .with_members([$($hidden),*].len() as u32)
            .without_dict()
        )?
        .with_slots($crate::types::structseq::SLOTS);
    };
}

/// Item `i` of a structure.
pub fn item(v: &Value, i: usize) -> Value {
    v.as_tuple().and_then(|items| items.get(i)).cloned().unwrap_or(Value::NONE)
}

/// The hidden item `i` of a structure.
pub fn hidden(v: &Value, i: usize) -> Value {
    Attrs::member(v, i).filter(|item| !item.is_unbound()).cloned().unwrap_or(Value::NONE)
}

/// The slots of structures that differ from those of tuples.
pub const SLOTS: Slots = Slots { repr: Some(repr), new: Some(new), ..Slots::EMPTY };

/// The names of the items of a structure's type.
fn names(ty: &Type) -> impl Iterator<Item = &'static str> {
    ty.methods.iter().filter(|d| matches!(d.kind, Kind::Member(_))).map(|d| d.name)
}

fn repr(v: &Value) -> Result {
    let mut parts = Vec::new();
    for (name, item) in names(v.ty()).zip(v.as_tuple().unwrap_or_default()) {
        parts.push(format!("{name}={}", protocol::repr_string(item)?));
    }
    Ok(Value::str(&format!("{}({})", v.ty().name(), parts.join(", "))))
}

/// `T(sequence, dict=None)`: hidden items come from the end of the sequence or, by name, from the dictionary.
fn new(ty: &Value, args: &[Value], keywords: Option<&Value>) -> Result {
    let Some(t) = ty.cast::<Type>() else { return protocol::type_error("X is not a type object") };
    let bound = protocol::bind_args(t.name(), crate::sig!("structseq(sequence, dict=None)"), args, keywords)?;
    let Ok(mut items) = protocol::collect(&bound[0]) else {
        return protocol::type_error("constructor requires a sequence");
    };
    let more = bound.get(1).and_then(Value::as_bound).filter(|d| !d.is_none());
    if more.is_some_and(|d| d.cast::<Dict>().is_none()) {
        return protocol::type_error(format!("{}() takes a dict as second arg, if any", t.name()));
    }
    let hidden = t.members.get() as usize;
    let visible = names(t).count() - hidden;
    if items.len() < visible || items.len() > visible + hidden {
        let bound = match (hidden, items.len() < visible) {
            (0, _) => format!("a {visible}"),
            (_, true) => format!("an at least {visible}"),
            (_, false) => format!("an at most {}", visible + hidden),
        };
        let text = format!("{}() takes {bound}-sequence ({}-sequence given)", t.name(), items.len());
        return protocol::type_error(text);
    }
    let mut rest = items.split_off(visible);
    for name in names(t).skip(visible + rest.len()) {
        let named = more.and_then(|d| d.cast::<Dict>()).and_then(|d| d.get_interned(&intern(name)).cloned());
        rest.push(named.unwrap_or(Value::NONE));
    }
    Ok(make(t, items, rest))
}

/// A structure of visible and hidden items.
pub fn make(ty: &Type, items: Vec<Value>, hidden: Vec<Value>) -> Value {
    let made = Value::tuple_of(ty, items);
    for (i, item) in hidden.into_iter().enumerate() {
        Attrs::set_member(&made, i, item);
    }
    made
}

/// `__reduce__()`: the arguments of `new`.
pub fn reduce(v: &Value) -> Result {
    let items = v.as_tuple().unwrap_or_default().to_vec();
    let named = Dict::new();
    if let Some(dict) = named.cast::<Dict>() {
        for (i, name) in names(v.ty()).skip(items.len()).enumerate() {
            dict.set_interned(&intern(name), hidden(v, i));
        }
    }
    let class = protocol::get_attr(v, &intern("__class__"))?;
    Ok(Value::tuple(vec![class, Value::tuple(vec![Value::tuple(items), named])]))
}
