//! Named structures: tuples whose items have names too, as `sys.version_info`.

use crate::object::{Kind, Result, Slots, Type, Value};
use crate::protocol;

/// Declares the type of a structure: `structure!(NAME: "sys.version_info" "doc" { 0 "major()" "doc"; ... });`
#[macro_export]
macro_rules! structure {
    ($name:ident: $py:literal $doc:literal { $($i:literal $field:literal $fdoc:literal;)* }) => {
        #[doc = concat!("`", $py, "`")]
        pub static $name: $crate::object::Type = $crate::object::Type::builtin::<$crate::object::Tuple>(
            $py,
            $crate::object::Layout::Tuple,
            $doc,
            $crate::defs! {
                $(get $field $fdoc => |v| Ok($crate::types::structseq::item(v, $i));)*
                val "n_fields()" "" => || $crate::object::Value::small([$($i),*].len() as i32);
                val "n_sequence_fields()" "" => || $crate::object::Value::small([$($i),*].len() as i32);
                val "n_unnamed_fields()" "" => || $crate::object::Value::small(0);
            },
        )
        .with_base(&$crate::types::tuple::TUPLE)
        .with_slots($crate::types::structseq::SLOTS);
    };
}

/// Item `i` of a structure.
pub fn item(v: &Value, i: usize) -> Value {
    v.as_tuple().and_then(|items| items.get(i)).cloned().unwrap_or(Value::NONE)
}

/// The slots of structures that differ from those of tuples.
pub const SLOTS: Slots = Slots { repr: Some(repr), new: Some(new), ..Slots::EMPTY };

/// The names of the items of a structure's type.
fn names(ty: &Type) -> impl Iterator<Item = &'static str> {
    ty.methods.iter().filter(|d| matches!(d.kind, Kind::Property(..))).map(|d| d.name)
}

fn repr(v: &Value) -> Result {
    let mut parts = Vec::new();
    for (name, item) in names(v.ty()).zip(v.as_tuple().unwrap_or_default()) {
        parts.push(format!("{name}={}", protocol::repr_string(item)?));
    }
    Ok(Value::str(&format!("{}({})", v.ty().name(), parts.join(", "))))
}

/// `T(sequence)`
fn new(ty: &Value, args: &[Value], keywords: Option<&Value>) -> Result {
    let Some(t) = ty.cast::<Type>() else { return protocol::type_error("X is not a type object") };
    let bound = protocol::bind_args(t.name(), "structseq(sequence, dict=None)", args, keywords)?;
    let Ok(items) = protocol::collect(&bound[0]) else {
        return protocol::type_error("constructor requires a sequence");
    };
    let n = names(t).count();
    if items.len() != n {
        let text = format!("{}() takes a {n}-sequence ({}-sequence given)", t.name(), items.len());
        return protocol::type_error(text);
    }
    Ok(Value::tuple_of(t, items))
}
