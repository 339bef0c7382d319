//! Functions, native ones too, bound methods, cells, and getters of built-in types.

use crate::object::{Attrs, Boxed, Dict, Layout, Result, Slots, Type, Value, intern, lasting};
use crate::protocol::{self, attribute_error, call_kw, type_error, value_error};
use crate::vm;
use crate::vm::code::CodeObject;
use std::cell::{Cell, RefCell};

pub use super::native_function::*;

/// A Python function.
pub type Function = Boxed<FunctionBody>;

/// The fields of a function.
#[repr(C)]
pub struct FunctionBody {
    /// The code object. One that is replaced lives on: see [`lasting`].
    pub code: Cell<Value>,
    /// The globals, a `dict`.
    pub globals: Value,
    /// The builtins, a `dict`.
    pub builtins: Value,
    /// The closure, a tuple of cells, or unbound.
    pub closure: Value,
    /// `__defaults__`: a tuple, or unbound.
    pub defaults: RefCell<Value>,
    /// `__kwdefaults__`: a dict, or unbound.
    pub kwdefaults: RefCell<Value>,
    /// `__annotations__`: a dict, or unbound.
    pub annotations: RefCell<Value>,
    /// `__name__`
    pub name: RefCell<Value>,
    /// `__qualname__`
    pub qualname: RefCell<Value>,
}

crate::body!(FunctionBody: Function {
    code, globals, builtins, closure, defaults, kwdefaults, annotations, name, qualname
});

impl FunctionBody {
    /// The code object.
    #[inline(always)]
    pub fn code(&self) -> &CodeObject {
        lasting::target(&self.code).expect("a function has a code object")
    }
}

/// `__qualname__` of a Python function; `None` for anything else.
pub fn qualname(v: &Value) -> Option<Value> {
    v.cast::<Function>().map(|f| f.qualname.borrow().clone())
}

/// `__module__` of a Python function; `None` for anything else.
pub fn module(v: &Value) -> Option<Value> {
    v.is_exact(&FUNCTION).then(|| member(v, MODULE).unwrap_or_else(|| module_of(v)))
}

fn none_if_unbound(v: &Value) -> Value {
    v.clone().bound().unwrap_or(Value::NONE)
}

fn fun(v: &Value) -> &FunctionBody {
    v.cast::<Function>().expect("getters are only called on their own type")
}

fn replace(cell: &RefCell<Value>, value: Option<Value>) -> Result<()> {
    let value = value.filter(|v| !v.is_none()).unwrap_or(Value::UNBOUND);
    let old = cell.replace(value);
    drop(old);
    Ok(())
}

/// The places of what has been assigned to `__module__` and `__doc__`.
const MODULE: usize = 0;
const DOC: usize = 1;

fn member(v: &Value, i: usize) -> Option<Value> {
    Attrs::member(v, i).and_then(|m| m.clone().bound())
}

fn set_member(v: &Value, i: usize, x: Option<Value>) -> Result<()> {
    Attrs::set_member(v, i, x.unwrap_or(Value::NONE));
    Ok(())
}

/// The module in which a function was defined.
fn module_of(v: &Value) -> Value {
    let globals = fun(v).globals.cast::<Dict>();
    globals.and_then(|g| g.get_interned(&intern("__name__")).cloned()).unwrap_or(Value::NONE)
}

fn doc_of(v: &Value) -> Value {
    fun(v).code().code.doc.as_deref().map_or(Value::NONE, Value::str)
}

fn check_kind(x: &Option<Value>, name: &str, kind: &str, fits: impl Fn(&Value) -> bool) -> Result<()> {
    match x {
        Some(x) if !fits(x) => type_error(format!("{name} must be set to a {kind} object")),
        _ => Ok(()),
    }
}

fn set_text(cell: &RefCell<Value>, name: &str, x: Option<Value>) -> Result<()> {
    match x.filter(|x| x.as_str().is_some()) {
        Some(x) => {
            drop(cell.replace(x));
            Ok(())
        }
        None => type_error(format!("{name} must be set to a string object")),
    }
}

/// Gives a function another code object, whose free variables must be as many.
fn set_code(v: &Value, code: Option<Value>) -> Result<()> {
    let Some(code) = code.filter(vm::is_code) else {
        return type_error("__code__ must be set to a code object");
    };
    let (free, cells) =
        (vm::code::free_variables(&code), fun(v).closure.as_tuple().map_or(0, <[Value]>::len));
    if free != cells {
        let name = fun(v).name.borrow().as_str().unwrap_or_default().to_owned();
        return value_error(format!("{name}() requires a code object with {cells} free vars, not {free}"));
    }
    lasting::replace(&fun(v).code, code);
    Ok(())
}

/// `types.FunctionType(code, globals, name=None, argdefs=None, closure=None)`
fn function_new(_: &Value, args: &[Value], names: Option<&Value>) -> Result {
    let signature = crate::sig!("(code, globals, name=None, argdefs=None, closure=None)");
    let a = protocol::bind_args("function", signature, args, names)?;
    let given = |i: usize| crate::object::arg(&a, i).as_bound().filter(|x| !x.is_none()).cloned();
    if !vm::is_code(&a[0]) {
        return type_error(format!("function() argument 'code' must be code, not {}", a[0].ty().name()));
    }
    if a[1].cast::<Dict>().is_none() {
        return type_error(format!("function() argument 'globals' must be dict, not {}", a[1].ty().name()));
    }
    if given(2).is_some_and(|n| n.as_str().is_none()) {
        return type_error("arg 3 (name) must be None or string");
    }
    if given(3).is_some_and(|d| d.as_tuple().is_none()) {
        return type_error("arg 4 (defaults) must be None or tuple");
    }
    let cells = given(4).map_or(Ok(Vec::new()), |c| match c.as_tuple() {
        Some(cells) => Ok(cells.to_vec()),
        None => type_error("arg 5 (closure) must be tuple"),
    })?;
    let wanted = vm::code::free_variables(&a[0]);
    if cells.len() != wanted {
        let name = a[0].cast::<CodeObject>().map_or_else(String::new, |c| c.code.name.to_string());
        return value_error(format!("{name} requires closure of length {wanted}, not {}", cells.len()));
    }
    if let Some(c) = cells.iter().find(|c| c.cast::<CellObject>().is_none()) {
        return type_error(format!("arg 5 (closure) expected cell, found {}", c.ty().name()));
    }
    let f = vm::new_function(&a[0], &a[1], if wanted == 0 { Value::UNBOUND } else { Value::tuple(cells) });
    if let Some(name) = given(2) {
        drop(fun(&f).name.replace(name));
    }
    drop(fun(&f).defaults.replace(given(3).unwrap_or(Value::UNBOUND)));
    Ok(f)
}

/// `function`
pub static FUNCTION: Type = Type::builtin::<Function>("function", Layout::Function, "", crate::defs! {
    get "__code__()" "" => |v| Ok(fun(v).code().value()), set_code;
    member "__globals__()" "" => |v| Ok(fun(v).globals.clone());
    member "__closure__()" "" => |v| Ok(none_if_unbound(&fun(v).closure));
    get "__defaults__()" "" => |v| Ok(none_if_unbound(&fun(v).defaults.borrow())), |v, x| {
        check_kind(&x, "__defaults__", "tuple", |x| x.is_none() || x.as_tuple().is_some())?;
        replace(&fun(v).defaults, x)
    };
    get "__kwdefaults__()" "" => |v| Ok(none_if_unbound(&fun(v).kwdefaults.borrow())), |v, x| {
        check_kind(&x, "__kwdefaults__", "dict", |x| x.is_none() || x.cast::<Dict>().is_some())?;
        replace(&fun(v).kwdefaults, x)
    };
    get "__annotations__()" "" => |v| {
        let f = fun(v);
        if f.annotations.borrow().is_unbound() {
            f.annotations.replace(Dict::new());
        }
        Ok(f.annotations.borrow().clone())
    }, |v, x| {
        check_kind(&x, "__annotations__", "dict", |x| x.is_none() || x.cast::<Dict>().is_some())?;
        replace(&fun(v).annotations, x)
    };
    get "__name__()" "" => |v| Ok(fun(v).name.borrow().clone()), |v, x| set_text(&fun(v).name, "__name__", x);
    get "__qualname__()" "" => |v| Ok(fun(v).qualname.borrow().clone()), |v, x| set_text(&fun(v).qualname, "__qualname__", x);
    get "__module__()" "" => |v| Ok(module(v).unwrap_or(Value::NONE)), |v, x| set_member(v, MODULE, x);
    get "__doc__()" "" => |v| Ok(member(v, DOC).unwrap_or_else(|| doc_of(v))), |v, x| set_member(v, DOC, x);
    member "__builtins__()" "" => |v| Ok(fun(v).builtins.clone());
    get "__dict__()" "" => dict_of, |v, given| match given {
        None => type_error("cannot delete __dict__"),
        given => super::type_::set_instance_dict(v, given),
    };
}).with_weakrefs()
.with_attrs(size_of::<Function>())
.with_members(2)
.with_slots(Slots {
    new: Some(function_new),
    init: Some(|_, _, _| Ok(())),
    call: Some(vm::call_function),
    descr_get: Some(bind),
    repr: Some(|v| Ok(Value::str(&format!("<function {} at {:#x}>", fun(v).qualname.borrow().as_str().unwrap_or("?"), v.id())))),
    ..Slots::EMPTY
});

/// `__dict__` of an object with attributes.
pub fn dict_of(v: &Value) -> Result {
    match Attrs::of(v).filter(|_| super::members::has_dict(v.ty())) {
        Some(a) => Ok(a.materialize().value()),
        None => attribute_error(format!("'{}' object has no attribute '__dict__'", v.ty().name())),
    }
}

/// The `__get__` of functions: binds to an instance.
pub fn bind(f: &Value, instance: &Value, _owner: &Value) -> Result {
    Ok(if instance.is_unbound() { f.clone() } else { bound_method(f.clone(), instance.clone()) })
}

/// A bound method.
pub type BoundMethod = Boxed<BoundMethodBody>;

/// The fields of a bound method.
pub struct BoundMethodBody {
    /// `__func__`
    pub function: Value,
    /// `__self__`
    pub receiver: Value,
}

crate::body!(BoundMethodBody: BoundMethod { function, receiver });

/// A new bound method.
pub fn bound_method(function: Value, receiver: Value) -> Value {
    Value::new(&METHOD, BoundMethodBody { function, receiver })
}

fn met(v: &Value) -> &BoundMethodBody {
    v.cast::<BoundMethod>().expect("slots are only called on their own type")
}

/// `method`
pub static METHOD: Type = Type::builtin::<BoundMethod>(
    "method",
    Layout::BoundMethod,
    "",
    crate::defs! {
        member "__func__()" "" => |v| Ok(met(v).function.clone());
        member "__self__()" "" => |v| Ok(met(v).receiver.clone());
        get "__doc__()" "" => |v| protocol::get_attr(&met(v).function, &intern("__doc__"));
        fn "__reduce__()" "" => |a| {
            let name = protocol::get_attr(&met(&a[0]).function, &intern("__name__"))?;
            let getattr = protocol::get_attr(&vm::builtins_module().unwrap_or(Value::NONE), &intern("getattr"))?;
            Ok(Value::tuple(vec![getattr, Value::tuple(vec![met(&a[0]).receiver.clone(), name])]))
        };
    },
)
.with_weakrefs()
.with_slots(Slots {
    new: Some(|_, args, names| {
        super::args::check("method", args, names, 2, 2)?;
        if args[0].ty().slots().call.is_none() {
            return type_error("first argument must be callable");
        }
        if args[1].is_none() {
            return type_error("self must not be None");
        }
        Ok(bound_method(args[0].clone(), args[1].clone()))
    }),
    init: Some(|_, _, _| Ok(())),
    call: Some(|v, args, names| {
        let m = met(v);
        let all: Vec<Value> = std::iter::once(&m.receiver).chain(args).cloned().collect();
        call_kw(&m.function, &all, names)
    }),
    get_attr: Some(|v, name| match METHOD.lookup(name) {
        Some(_) => protocol::generic_get_attr(v, name),
        None => protocol::get_attr(&met(v).function, name),
    }),
    repr: Some(|v| {
        let m = met(v);
        let name = match protocol::get_attr_opt(&m.function, &intern("__qualname__"))? {
            Some(name) => Some(name),
            None => protocol::get_attr_opt(&m.function, &intern("__name__"))?,
        };
        let name = name.as_ref().and_then(Value::as_str).unwrap_or("?").to_owned();
        Ok(Value::str(&format!("<bound method {name} of {}>", protocol::repr_string(&m.receiver)?)))
    }),
    hash: Some(|v| Ok(met(v).receiver.id() as i64 >> 4 ^ met(v).function.id() as i64)),
    compare: Some(|a, b, op| {
        let Some(y) = b.cast::<BoundMethod>() else { return Ok(Value::NOT_IMPLEMENTED) };
        let x = met(a);
        let same = x.receiver.is(&y.receiver) && protocol::equal(&x.function, &y.function)?;
        Ok(match op {
            crate::object::Compare::Eq => Value::bool(same),
            crate::object::Compare::Ne => Value::bool(!same),
            _ => Value::NOT_IMPLEMENTED,
        })
    }),
    ..Slots::EMPTY
});

/// A cell: a variable that a closure shares.
pub type CellObject = Boxed<CellBody>;

/// The field of a cell.
pub struct CellBody {
    /// The content, or unbound.
    pub content: RefCell<Value>,
}

crate::body!(CellBody: Cell { content });

/// A new cell.
pub fn new_cell(content: Value) -> Value {
    Value::new(&CELL, CellBody { content: RefCell::new(content) })
}

impl CellBody {
    /// Replaces the content.
    #[inline]
    pub fn set(&self, value: Value) {
        let old = self.content.replace(value);
        drop(old);
    }

    /// The content, or unbound.
    #[inline]
    pub fn get(&self) -> Value {
        self.content.borrow().clone()
    }
}

/// `cell`
pub static CELL: Type = Type::builtin::<CellObject>(
    "cell",
    Layout::Cell,
    "",
    crate::defs! {
        get "cell_contents()" "" => |v| match v.cast::<CellObject>().and_then(|c| c.get().bound()) {
            Some(x) => Ok(x),
            None => value_error("Cell is empty"),
        }, |v, x| {
            if let Some(c) = v.cast::<CellObject>() {
                c.set(x.unwrap_or(Value::UNBOUND));
            }
            Ok(())
        };
    },
)
.with_slots(Slots {
    new: Some(|_, args, names| {
        super::args::check("cell", args, names, 0, 1)?;
        Ok(new_cell(args.first().cloned().unwrap_or(Value::UNBOUND)))
    }),
    init: Some(|_, _, _| Ok(())),
    repr: Some(|v| {
        let content = v.cast::<CellObject>().and_then(|c| c.get().bound());
        Ok(Value::str(&match content {
            Some(x) => format!("<cell at {:#x}: {} object at {:#x}>", v.id(), x.ty().name(), x.id()),
            None => format!("<cell at {:#x}: empty>", v.id()),
        }))
    }),
    hash: Some(|v| type_error(format!("unhashable type: '{}'", v.ty().name()))),
    compare: Some(|a, b, op| {
        let (Some(a), Some(b)) = (a.cast::<CellObject>(), b.cast::<CellObject>()) else {
            return Ok(Value::NOT_IMPLEMENTED);
        };
        match (a.get().bound(), b.get().bound()) {
            (Some(a), Some(b)) => protocol::compare(&a, &b, op),
            // An empty cell comes before all others.
            (a, b) => Ok(Value::bool(op.holds(a.is_some().cmp(&b.is_some())))),
        }
    }),
    ..Slots::EMPTY
});
