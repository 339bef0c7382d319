//! The bases of classes: which of them decides how instances are laid out, the method resolution order, and assignment
//! to `__bases__`.

use super::members::{check_same_layout, solid_base};
use super::type_::{TYPE, mutated, ty_of};
use crate::object::types::type_flags;
use crate::object::{Result, Type, Value, intern};
use crate::protocol::{self, call, type_error};

/// The base that the instances of a class with these bases are laid out as.
pub fn best_base(bases: &[Value]) -> Result<&Type> {
    let mut best: Option<&Type> = None;
    for base in bases.iter().filter_map(Value::cast::<Type>) {
        if base.flags.get() & type_flags::BASE == 0 {
            return type_error(format!("type '{}' is not an acceptable base type", base.name()));
        }
        best = match best {
            None => Some(base),
            Some(t) => {
                let (mine, theirs) = (solid_base(t), solid_base(base));
                match (mine.is_subtype(theirs), theirs.is_subtype(mine)) {
                    (true, _) => Some(t),
                    (false, true) => Some(base),
                    _ => return type_error("multiple bases have instance lay-out conflict"),
                }
            }
        };
    }
    Ok(best.unwrap_or(&super::object::OBJECT))
}

/// The C3 linearisation of a class and its bases.
pub fn c3(ty: &Type) -> Result<Vec<Value>> {
    let bases = ty.bases();
    let bases = bases.as_tuple().unwrap_or_default();
    if !ty.is_heap() {
        return Ok(ty.mro().map(Type::value).collect());
    }
    for (i, b) in bases.iter().enumerate() {
        if bases[..i].iter().any(|x| x.is(b)) {
            let name = b.cast::<Type>().map_or("", |t| t.name());
            return type_error(format!("duplicate base class {name}"));
        }
    }
    let mut lists: Vec<Vec<Value>> =
        bases.iter().filter_map(|b| b.cast::<Type>()).map(|t| t.mro().map(Type::value).collect()).collect();
    lists.push(bases.to_vec());
    let mut out = vec![ty.value()];
    loop {
        lists.retain(|l| !l.is_empty());
        if lists.is_empty() {
            return Ok(out);
        }
        let good =
            lists.iter().map(|l| &l[0]).find(|c| !lists.iter().any(|l| l[1..].iter().any(|x| x.is(c))));
        let Some(good) = good.cloned() else {
            let mut heads: Vec<String> = Vec::new();
            for l in &lists {
                let n = l[0].cast::<Type>().map_or("", |t| t.name()).to_owned();
                if !heads.contains(&n) {
                    heads.push(n);
                }
            }
            return type_error(format!(
                "Cannot create a consistent method resolution\norder (MRO) for bases {}",
                heads.join(", ")
            ));
        };
        for l in &mut lists {
            if l[0].is(&good) {
                l.remove(0);
            }
        }
        out.push(good);
    }
}

/// The method resolution order of a class, a tuple: what the `mro` of its metaclass says.
pub fn linearise(ty: &Type) -> Result {
    let meta = ty.head.ty();
    let name = intern("mro");
    let own = meta.lookup(&name).filter(|m| TYPE.lookup(&name).is_none_or(|default| !default.is(m)));
    let Some(own) = own else { return c3(ty).map(Value::tuple) };
    let bound = match own.ty().slots().descr_get {
        Some(get) => get(&own, &ty.value(), &meta.value())?,
        None => own,
    };
    let order = protocol::collect(&call(&bound, &[])?)?;
    let solid = solid_base(ty);
    for class in &order {
        let Some(base) = class.cast::<Type>() else {
            return type_error(format!("mro() returned a non-class ('{}')", class.ty().name()));
        };
        if !solid.is_subtype(solid_base(base)) {
            return type_error(format!("mro() returned base with unsuitable layout ('{}')", base.name()));
        }
    }
    if order.is_empty() {
        return type_error("type MRO must not be empty");
    }
    Ok(Value::tuple(order))
}

/// Whether `base` is derived from `ty` by its bases, whatever its method resolution order says.
fn derives_from(base: &Type, ty: &Type) -> bool {
    std::ptr::eq(base, ty) || base.is_subtype(ty) || base.base.get().is_some_and(|b| derives_from(b, ty))
}

/// `C.__bases__ = (A, B)`
pub fn set_bases(v: &Value, bases: Option<Value>) -> Result<()> {
    let ty = ty_of(v);
    if !ty.is_heap() {
        return type_error(format!("cannot set '__bases__' attribute of immutable type '{}'", ty.name()));
    }
    let Some(bases) = bases else {
        return type_error(format!("cannot delete '__bases__' attribute of immutable type '{}'", ty.name()));
    };
    let name = ty.name().to_owned();
    let Some(items) = bases.as_tuple() else {
        let given = bases.ty().name();
        return type_error(format!("can only assign tuple to {name}.__bases__, not {given}"));
    };
    if items.is_empty() {
        return type_error(format!("can only assign non-empty tuple to {name}.__bases__, not ()"));
    }
    for item in items {
        let Some(base) = item.cast::<Type>() else {
            let given = item.ty().name();
            return type_error(format!("{name}.__bases__ must be tuple of classes, not '{given}'"));
        };
        if derives_from(base, ty) {
            return type_error("a __bases__ item causes an inheritance cycle");
        }
    }
    let base = best_base(items)?;
    let (old_base, old_bases) = (ty.base.get().unwrap_or(&super::object::OBJECT), ty.bases());
    check_same_layout(old_base, base, "__bases__")?;
    ty.set_bases(base, bases.clone());
    let mut changed = Vec::new();
    if let Err(e) = reorder(ty, &mut changed) {
        for (class, order) in changed.into_iter().rev() {
            ty_of(&class).set_mro(order);
        }
        // Unless an `mro` has assigned other bases meanwhile.
        if ty.bases().is(&bases) {
            ty.set_bases(old_base, old_bases);
        }
        mutated(ty, true);
        return Err(e);
    }
    mutated(ty, true);
    Ok(())
}

/// Gives a class and those derived from it new orders; `changed` are those that have got one, with their old ones.
fn reorder(ty: &Type, changed: &mut Vec<(Value, Value)>) -> Result<()> {
    let before = ty.mro_tuple();
    let order = linearise(ty)?;
    if !ty.mro_tuple().is(&before) {
        // An `mro` has assigned bases itself: the later order holds.
        return Ok(());
    }
    ty.set_mro(order);
    changed.push((ty.value(), before));
    ty.subclasses().iter().try_for_each(|sub| reorder(ty_of(sub), changed))
}
