//! Slot wrappers: the special methods of built-in types as objects, `int.__add__` or `super().__setattr__`.
//!
//! A wrapper belongs to a built-in type and calls the slot of that very type, whatever a subclass has made of the
//! method. That is what `super()` relies on.

use crate::object::native::NativeFn;
use crate::object::{
    BinOp, Boxed, Compare, Def, Dict, Layout, NativeBody, Result, Slots, Type, Value, intern,
};
use crate::protocol::slots::BINARY;
use crate::protocol::{bind_native, concatenates, raise_args, split_receiver, type_error};
use crate::types::{exception, int};

/// A special method that stands for a slot.
struct Spec {
    name: &'static str,
    doc: &'static str,
    /// The least and the largest number of arguments; [`RAW`] takes all there are, also by keyword.
    arity: (usize, usize),
    /// Slots, `self`, further arguments, the names of the last of them.
    run: fn(&Slots, &Value, &[Value], Option<&Value>) -> Result,
}

const RAW: (usize, usize) = (0, usize::MAX);

/// The slot, which [`provided`] has seen.
fn slot<T>(f: Option<T>) -> Result<T> {
    f.map_or_else(|| type_error("the type has lost the slot"), Ok)
}

macro_rules! specs {
    ($($name:literal $arity:expr, $doc:literal, $slot:ident => $run:expr;)*) => {
        static SPECS: &[Spec] = &[$(Spec { name: $name, doc: $doc, arity: $arity, run: $run }),*];

        /// Which of [`SPECS`] the slots provide.
        fn provided_specs(s: &Slots) -> impl Iterator<Item = bool> {
            [$(s.$slot.is_some()),*].into_iter()
        }
    };
}

specs! {
    "__repr__" (0, 0), "repr(self)", repr => |s, v, _, _| slot(s.repr)?(v);
    "__str__" (0, 0), "str(self)", str => |s, v, _, _| slot(s.str)?(v);
    "__hash__" (0, 0), "hash(self)", hash => |s, v, _, _| Ok(int::from_i64(slot(s.hash)?(v)?));
    "__bool__" (0, 0), "bool(self)", bool => |s, v, _, _| Ok(Value::bool(slot(s.bool)?(v)?));
    "__len__" (0, 0), "len(self)", len => |s, v, _, _| Ok(int::from_i64(slot(s.len)?(v)? as i64));
    "__getitem__" (1, 1), "self[key]", get_item => |s, v, a, _| slot(s.get_item)?(v, &a[0]);
    "__setitem__" (2, 2), "self[key] = value", set_item => |s, v, a, _| done(slot(s.set_item)?(v, &a[0], Some(a[1].clone())));
    "__delitem__" (1, 1), "del self[key]", set_item => |s, v, a, _| done(slot(s.set_item)?(v, &a[0], None));
    "__contains__" (1, 1), "key in self", contains => |s, v, a, _| Ok(Value::bool(slot(s.contains)?(v, &a[0])?));
    "__iter__" (0, 0), "iter(self)", iter => |s, v, _, _| slot(s.iter)?(v);
    "__next__" (0, 0), "next(self)", next => |s, v, _, _| match slot(s.next)?(v)? {
        Some(item) => Ok(item),
        None => Err(raise_args(&exception::STOP_ITERATION, Vec::new())),
    };
    "__call__" RAW, "self(*args, **kwargs)", call => |s, v, a, n| slot(s.call)?(v, a, n);
    "__getattribute__" (1, 1), "self.name", get_attr => |s, v, a, _| slot(s.get_attr)?(v, &super::type_::attr_name(&a[0])?);
    "__setattr__" (2, 2), "self.name = value", set_attr => |s, v, a, _| done(slot(s.set_attr)?(v, &super::type_::attr_name(&a[0])?, Some(a[1].clone())));
    "__delattr__" (1, 1), "del self.name", set_attr => |s, v, a, _| done(slot(s.set_attr)?(v, &super::type_::attr_name(&a[0])?, None));
    "__get__" (1, 2), "What it is as an attribute of an instance of a class.", descr_get => |s, v, a, _| {
        let owner = crate::object::arg(a, 1).clone().bound().unwrap_or(Value::NONE);
        if a[0].is_none() && owner.is_none() {
            return type_error("__get__(None, None) is invalid");
        }
        let instance = if a[0].is_none() { Value::UNBOUND } else { a[0].clone() };
        slot(s.descr_get)?(v, &instance, &owner)
    };
    "__set__" (2, 2), "Setting it as an attribute of an instance.", descr_set => |s, v, a, _| done(slot(s.descr_set)?(v, &a[0], Some(a[1].clone())));
    "__delete__" (1, 1), "Deleting it as an attribute of an instance.", descr_set => |s, v, a, _| done(slot(s.descr_set)?(v, &a[0], None));
    "__init__" RAW, "Set a new object up.", init => |s, v, a, n| done(slot(s.init)?(v, a, n));
    "__lt__" (1, 1), "self < value", compare => |s, v, a, _| slot(s.compare)?(v, &a[0], Compare::Lt);
    "__le__" (1, 1), "self <= value", compare => |s, v, a, _| slot(s.compare)?(v, &a[0], Compare::Le);
    "__eq__" (1, 1), "self == value", compare => |s, v, a, _| slot(s.compare)?(v, &a[0], Compare::Eq);
    "__ne__" (1, 1), "self != value", compare => |s, v, a, _| slot(s.compare)?(v, &a[0], Compare::Ne);
    "__gt__" (1, 1), "self > value", compare => |s, v, a, _| slot(s.compare)?(v, &a[0], Compare::Gt);
    "__ge__" (1, 1), "self >= value", compare => |s, v, a, _| slot(s.compare)?(v, &a[0], Compare::Ge);
    "__neg__" (0, 0), "The negated value.", neg => |s, v, _, _| slot(s.neg)?(v);
    "__pos__" (0, 0), "The value itself.", pos => |s, v, _, _| slot(s.pos)?(v);
    "__abs__" (0, 0), "The absolute value.", abs => |s, v, _, _| slot(s.abs)?(v);
    "__invert__" (0, 0), "The value with all bits inverted.", invert => |s, v, _, _| slot(s.invert)?(v);
    "__index__" (0, 0), "The value as an integer, if it is a whole one.", index => |s, v, _, _| slot(s.index)?(v);
    "__int__" (0, 0), "The value as an integer.", int => |s, v, _, _| slot(s.int)?(v);
    "__float__" (0, 0), "The value as a float.", float => |s, v, _, _| slot(s.float)?(v);
}

fn done(result: Result<()>) -> Result {
    result.map(|()| Value::NONE)
}

/// The methods of the binary operators: forward, reflected, in place.
macro_rules! operators {
    ($($op:ident)*) => {
        static OPERATORS: &[Spec] = &[$(
            Spec {
                name: BinOp::$op.names().1,
                doc: "self {} value",
                arity: (1, 1),
                run: |s, v, a, _| slot(s.binary[BinOp::$op as usize])?(v, &a[0]),
            },
            Spec {
                name: BinOp::$op.names().2,
                doc: "value {} self",
                arity: (1, 1),
                run: |s, v, a, _| slot(s.binary[BinOp::$op as usize])?(&a[0], v),
            },
            Spec {
                name: BinOp::$op.names().3,
                doc: "self {}= value",
                arity: (1, 1),
                run: |s, v, a, _| slot(s.inplace[BinOp::$op as usize])?(v, &a[0]),
            },
        )*];

        /// Which of [`OPERATORS`] the slots provide.
        fn provided_operators(s: &Slots) -> impl Iterator<Item = bool> {
            [$({
                let op = BinOp::$op as usize;
                let forward = s.binary[op].is_some();
                // Sequences are concatenated in one direction only.
                let reflected = forward && (op != BinOp::Add as usize || s.get_item.is_none());
                [forward, reflected, s.inplace[op].is_some()]
            }),*].into_iter().flatten()
        }
    };
}

operators!(Add Sub Mul Div FloorDiv Mod Pow MatMul LShift RShift And Or Xor);

/// The special methods that the slots provide.
fn provided(slots: &Slots) -> impl Iterator<Item = &'static Spec> {
    let which = provided_specs(slots).chain(provided_operators(slots));
    SPECS.iter().chain(OPERATORS).zip(which).filter_map(|(spec, provided)| provided.then_some(spec))
}

/// What a wrapper calls.
#[derive(Clone, Copy)]
enum Target {
    /// A slot.
    Slot(&'static Spec),
    /// A special method that the type's table defines itself.
    Method(&'static Def, NativeFn),
}

impl Target {
    fn name(self) -> &'static str {
        match self {
            Target::Slot(spec) => spec.name,
            Target::Method(def, _) => def.name,
        }
    }

    fn doc(self) -> String {
        let name = self.name();
        match self {
            Target::Slot(spec) if spec.doc.contains("{}") => {
                let names = |op: &BinOp| op.names();
                let op = BINARY.iter().map(names).find(|n| n.1 == name || n.2 == name || n.3 == name);
                spec.doc.replace("{}", op.map_or("", |n| n.0.split(' ').next().unwrap_or(n.0)))
            }
            Target::Slot(spec) => spec.doc.to_owned(),
            Target::Method(def, _) if def.doc.is_empty() => {
                SPECS.iter().find(|s| s.name == name).map_or("", |s| s.doc).to_owned()
            }
            Target::Method(def, _) => def.doc.to_owned(),
        }
    }

    fn text_signature(self) -> &'static str {
        match self.name() {
            "__init__" | "__call__" => "($self, /, *args, **kwargs)",
            "__getitem__" | "__delitem__" | "__contains__" => "($self, key, /)",
            "__setitem__" => "($self, key, value, /)",
            "__getattribute__" | "__delattr__" => "($self, name, /)",
            "__setattr__" => "($self, name, value, /)",
            "__get__" => "($self, instance, owner, /)",
            "__set__" => "($self, instance, value, /)",
            "__delete__" => "($self, instance, /)",
            "__pow__" | "__rpow__" => "($self, value, mod=None, /)",
            "__divmod__" | "__rdivmod__" => "($self, value, /)",
            name => match SPECS.iter().chain(OPERATORS).find(|s| s.name == name) {
                Some(spec) if spec.arity.1 == 1 => "($self, value, /)",
                _ => "($self, /)",
            },
        }
    }

    /// The least and the largest number of arguments; [`RAW`]: the function counts itself.
    fn arity(self) -> (usize, usize) {
        let name = self.name();
        match (self, name) {
            (Target::Slot(spec), _) => spec.arity,
            (_, "__pow__" | "__rpow__") => (1, 2),
            (_, "__divmod__" | "__rdivmod__") => (1, 1),
            _ => SPECS.iter().chain(OPERATORS).find(|s| s.name == name).map_or(RAW, |s| s.arity),
        }
    }

    fn same(self, other: Target) -> bool {
        match (self, other) {
            (Target::Slot(a), Target::Slot(b)) => std::ptr::eq(a, b),
            (Target::Method(a, _), Target::Method(b, _)) => std::ptr::eq(a, b),
            _ => false,
        }
    }
}

/// The fields of a slot wrapper, and of a method wrapper, which has a receiver.
pub struct WrapperBody {
    target: Target,
    owner: &'static Type,
    /// What it is bound to, or unbound.
    receiver: Value,
}

crate::body!(WrapperBody: Wrapper { receiver });

type Wrapper = Boxed<WrapperBody>;

/// The name of a type without that of its module.
fn short(ty: &Type) -> &str {
    ty.name().rsplit('.').next().unwrap_or_default()
}

fn body(v: &Value) -> &WrapperBody {
    v.cast::<Wrapper>().expect("slots are only called on their own type")
}

impl WrapperBody {
    fn run(&self, v: &Value, args: &[Value], names: Option<&Value>) -> Result {
        match self.target {
            Target::Slot(spec) => {
                self.check(spec.arity, args, names)?;
                let result = (spec.run)(self.owner.slots(), v, args, names)?;
                if result.is(&Value::NOT_IMPLEMENTED) && concatenates(self.owner) {
                    return self.refuse(result, v, args);
                }
                Ok(result)
            }
            Target::Method(def, code) => {
                self.check(self.target.arity(), args, names)?;
                let (receiver, owner) = (v.clone(), self.owner.static_name());
                let native = NativeBody::new(def, code, receiver, owner, false, None);
                bind_native(&native, args, names)
            }
        }
    }

    /// Whether there are as many arguments as the slot takes, none of them by name.
    fn check(&self, arity: (usize, usize), args: &[Value], names: Option<&Value>) -> Result<()> {
        let (min, max) = arity;
        let name = self.target.name();
        if arity == RAW {
            return Ok(());
        }
        if names.is_some_and(|n| n.as_tuple().is_some_and(|n| !n.is_empty())) {
            return type_error(format!("wrapper {name}() takes no keyword arguments"));
        }
        if (min..=max).contains(&args.len()) {
            return Ok(());
        }
        let (bound, n) = match (min == max, args.len() < min) {
            (true, _) => ("", min),
            (false, true) => ("at least ", min),
            (false, false) => ("at most ", max),
        };
        let s = if n == 1 { "" } else { "s" };
        // Some of CPython's wrappers put the name of their function, which is empty, in front.
        let is_named = match name {
            "__mul__" | "__rmul__" | "__imul__" => concatenates(self.owner),
            _ => {
                matches!(name, "__setitem__" | "__setattr__" | "__pow__" | "__rpow__" | "__get__" | "__set__")
            }
        };
        let space = if is_named { " " } else { "" };
        type_error(format!("{space}expected {bound}{n} argument{s}, got {}", args.len()))
    }

    /// What a sequence does with an operand that it cannot add, or be multiplied by; `result` for other methods.
    fn refuse(&self, result: Value, v: &Value, args: &[Value]) -> Result {
        match (self.target.name(), args) {
            ("__add__" | "__iadd__", [other]) => crate::protocol::cannot_concatenate(self.owner, v, other),
            ("__mul__" | "__rmul__" | "__imul__", [n]) => crate::protocol::index(n),
            _ => Ok(result),
        }
    }
}

/// Whether a native method of this name is shown as one that stands for a slot.
pub fn is_slot_method(name: &str) -> bool {
    name == "__divmod__" || name == "__rdivmod__" || SPECS.iter().chain(OPERATORS).any(|s| s.name == name)
}

/// A native method that stands for a slot.
pub fn new_slot_method(def: &'static Def, code: NativeFn, owner: &'static Type) -> Value {
    Value::new(
        &SLOT_WRAPPER,
        WrapperBody { target: Target::Method(def, code), owner, receiver: Value::UNBOUND },
    )
}

const ATTRIBUTES: &[Def] = crate::defs! {
    fn "__reduce__()" "" => |a| super::reduce::attribute_of(&body(&a[0]).owner.value(), &intern(body(&a[0]).target.name()));
    member "__name__()" "" => |v| Ok(intern(body(v).target.name()));
    get "__qualname__()" "" => |v| Ok(Value::str(&format!("{}.{}", short(body(v).owner), body(v).target.name())));
    member "__objclass__()" "" => |v| Ok(body(v).owner.value());
    get "__doc__()" "" => |v| Ok(Value::str(&body(v).target.doc()));
    get "__text_signature__()" "" => |v| Ok(Value::str(body(v).target.text_signature()));
};

/// `wrapper_descriptor`: the special method of a built-in type.
pub static SLOT_WRAPPER: Type =
    Type::builtin::<Wrapper>("wrapper_descriptor", Layout::Wrapper, "", ATTRIBUTES).with_slots(Slots {
        call: Some(|f, args, names| {
            let w = body(f);
            let (name, owner) = (w.target.name(), w.owner.name());
            match split_receiver(args, names) {
                None => type_error(format!("descriptor '{name}' of '{owner}' object needs an argument")),
                Some((v, _)) if !v.ty().is_subtype(w.owner) => type_error(format!(
                    "descriptor '{name}' requires a '{owner}' object but received a '{}'",
                    v.ty().name()
                )),
                Some((v, rest)) => w.run(v, rest, names),
            }
        }),
        descr_get: Some(|f, instance, _| {
            if instance.is_unbound() {
                return Ok(f.clone());
            }
            let w = body(f);
            if !instance.ty().is_subtype(w.owner) && !std::ptr::eq(w.owner, &super::object::OBJECT) {
                let (name, owner, given) = (w.target.name(), w.owner.name(), instance.ty().name());
                return type_error(format!(
                    "descriptor '{name}' for '{owner}' objects doesn't apply to a '{given}' object"
                ));
            }
            let bound = WrapperBody { target: w.target, owner: w.owner, receiver: instance.clone() };
            Ok(Value::new(&METHOD_WRAPPER, bound))
        }),
        repr: Some(|v| {
            let w = body(v);
            Ok(Value::str(&format!("<slot wrapper '{}' of '{}' objects>", w.target.name(), w.owner.name())))
        }),
        ..Slots::EMPTY
    });

/// `method-wrapper`: such a method bound to an object.
pub static METHOD_WRAPPER: Type = Type::builtin::<Wrapper>("method-wrapper", Layout::Wrapper, "", crate::defs! {
    fn "__reduce__()" "" => |a| super::reduce::attribute_of(&body(&a[0]).receiver, &intern(body(&a[0]).target.name()));
    member "__name__()" "" => |v| Ok(intern(body(v).target.name()));
    get "__qualname__()" "" => |v| Ok(Value::str(&format!("{}.{}", short(body(v).owner), body(v).target.name())));
    member "__objclass__()" "" => |v| Ok(body(v).owner.value());
    get "__self__()" "" => |v| Ok(body(v).receiver.clone());
    get "__doc__()" "" => |v| Ok(Value::str(&body(v).target.doc()));
    get "__text_signature__()" "" => |v| Ok(Value::str(body(v).target.text_signature()));
})
.with_slots(Slots {
    call: Some(|f, args, names| body(f).run(&body(f).receiver, args, names)),
    repr: Some(|v| {
        let w = body(v);
        let (name, ty, id) = (w.target.name(), w.receiver.ty().name(), w.receiver.id());
        Ok(Value::str(&format!("<method-wrapper '{name}' of {ty} object at {id:#x}>")))
    }),
    hash: Some(|v| Ok(body(v).receiver.id() as i64 >> 4 ^ body(v).target.name().as_ptr() as i64)),
    compare: Some(|a, b, op| {
        let Some(y) = b.cast::<Wrapper>() else { return Ok(Value::NOT_IMPLEMENTED) };
        let x = body(a);
        let same = x.target.same(y.target) && std::ptr::eq(x.owner, y.owner) && x.receiver.is(&y.receiver);
        Ok(match op {
            Compare::Eq => Value::bool(same),
            Compare::Ne => Value::bool(!same),
            _ => Value::NOT_IMPLEMENTED,
        })
    }),
    ..Slots::EMPTY
});

static NEW: crate::object::Def = crate::object::Def {
    name: "__new__",
    params: "__new__(*args, **kwargs)",
    doc: "Make a new object.",
    kind: crate::object::Kind::Static(call_new),
    sig: crate::object::Sig::parse("__new__(*args, **kwargs)"),
};

/// `T.__new__(cls, *args, **kwargs)`: the method is bound to `T`.
fn call_new(a: &[Value]) -> Result {
    let (Some(owner), Some((class, args))) =
        (a[0].cast::<Type>(), a[1].as_tuple().and_then(|a| a.split_first()))
    else {
        let name = a[0].cast::<Type>().map_or("object", |t| t.name());
        return type_error(format!("{name}.__new__(): not enough arguments"));
    };
    let name = owner.name();
    let Some(t) = class.cast::<Type>() else {
        return type_error(format!("{name}.__new__(X): X is not a type object ({})", class.ty().name()));
    };
    let sub = t.name();
    if !t.is_subtype(owner) {
        return type_error(format!("{name}.__new__({sub}): {sub} is not a subtype of {name}"));
    }
    let Some(new) = owner.slots().new else { return type_error(format!("cannot create '{sub}' instances")) };
    // The nearest built-in class knows better how its objects are made.
    let mut nearest = t;
    while let Some(base) = nearest.base.get()
        && nearest.is_heap()
    {
        nearest = base;
    }
    let is_plain = nearest.layout == Layout::Object || !std::ptr::eq(owner, &super::object::OBJECT);
    if !is_plain || nearest.slots().new.is_none_or(|f| !std::ptr::fn_addr_eq(f, new)) {
        let nearest = nearest.name();
        return type_error(format!("{name}.__new__({sub}) is not safe, use {nearest}.__new__()"));
    }
    let items = a[2].cast::<Dict>().map(Dict::items).unwrap_or_default();
    let a = std::slice::from_ref(class);
    if items.is_empty() {
        return new(&a[0], args, None);
    }
    let (names, values): (Vec<Value>, Vec<Value>) = items.into_iter().unzip();
    let all: Vec<Value> = args.iter().cloned().chain(values).collect();
    new(&a[0], &all, Some(&Value::tuple(names)))
}

/// Adds what a built-in type's own slots stand for, where its table does not say it already.
pub fn add(ty: &'static Type, slots: &Slots, dict: &Dict) {
    for spec in provided(slots) {
        let name = intern(spec.name);
        if dict.get_interned(&name).is_none() {
            let wrapper = WrapperBody { target: Target::Slot(spec), owner: ty, receiver: Value::UNBOUND };
            dict.set_interned(&name, Value::new(&SLOT_WRAPPER, wrapper));
        }
    }
    if slots.compare.is_some() && slots.hash.is_none() {
        dict.set_interned(&intern("__hash__"), Value::NONE);
    }
    let new = intern("__new__");
    if slots.new.is_some() && dict.get_interned(&new).is_none() {
        let f = super::function::new_native(&NEW, call_new, ty.value(), ty.static_name(), false);
        dict.set_interned(&new, f);
    }
}
