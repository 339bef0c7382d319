//! `contextvars`: variables whose values belong to a context: of a thread, or of what runs in a copy of one.
//!
//! A context's values are a dictionary that it shares with its copies; whoever sets a variable while others have the
//! dictionary too goes on with a dictionary of its own. So copying, which every task of `asyncio` does, is cheap.

use super::native::{class, make, this};
use crate::object::{Boxed, Compare, Def, Dict, Layout, Result, Slots, Type, Value, arg, intern};
use crate::protocol::{self, raise_args, runtime_error, type_error, value_error};
use crate::types::exception;
use crate::vm::Thread;
use std::cell::{Cell, RefCell};

/// The fields of a context.
pub struct ContextBody {
    /// A dictionary that others may share, by variable.
    values: RefCell<Value>,
    /// A thread runs in it.
    entered: Cell<bool>,
}

crate::body!(ContextBody: Context { values });

/// The fields of a variable.
pub struct VarBody {
    name: Value,
    /// Unbound: it has none.
    default: Value,
}

crate::body!(VarBody: ContextVar { name, default });

/// The fields of a token: what a variable was before it was set.
pub struct TokenBody {
    context: Value,
    var: Value,
    /// Unbound: it had no value.
    old: Value,
    used: Cell<bool>,
}

crate::body!(TokenBody: ContextToken { context, var, old });

type Context = Boxed<ContextBody>;
type Token = Boxed<TokenBody>;

fn new_context(values: Value) -> Value {
    Value::new(class_of(&CONTEXT), ContextBody { values: RefCell::new(values), entered: Cell::new(false) })
}

fn class_of(ty: &'static Type) -> &'static Type {
    if !ty.is_ready() {
        class(ty);
    }
    ty
}

/// The calling thread's context, made when it is first needed.
pub fn current() -> Value {
    let mut place = Thread::current().context.borrow_mut();
    if place.is_unbound() {
        *place = new_context(Dict::new());
    }
    place.clone()
}

/// A copy of the current context.
pub fn copy_current() -> Value {
    copy(&current())
}

fn copy(context: &Value) -> Value {
    new_context(this::<ContextBody>(context).values.borrow().clone())
}

/// Whether it is a context.
pub fn is_context(v: &Value) -> bool {
    v.cast::<Context>().is_some()
}

/// Makes `context` the current one; what was before is for [`leave`].
pub fn enter(context: &Value) -> Result {
    let Some(body) = context.cast::<Context>() else {
        return type_error(format!("expected a Context, got {}", protocol::repr_string(context)?));
    };
    if body.entered.get() {
        let repr = protocol::repr_string(context)?;
        return runtime_error(format!("cannot enter context: {repr} is already entered"));
    }
    body.entered.set(true);
    Ok(Thread::current().context.replace(context.clone()))
}

/// Makes what [`enter`] returned current again.
pub fn leave(context: &Value, before: Value) {
    this::<ContextBody>(context).entered.set(false);
    drop(Thread::current().context.replace(before));
}

fn run(a: &[Value]) -> Result {
    let Some((function, args)) = a[1].as_tuple().and_then(<[Value]>::split_first) else {
        return type_error("run() missing 1 required positional argument");
    };
    let mut args = args.to_vec();
    let (names, values): (Vec<Value>, Vec<Value>) =
        a[2].cast::<Dict>().map_or_else(Vec::new, Dict::items).into_iter().unzip();
    args.extend(values);
    let names = (!names.is_empty()).then(|| Value::tuple(names));
    let before = enter(&a[0])?;
    let result = protocol::call_kw(function, &args, names.as_ref());
    leave(&a[0], before);
    result
}

/// The value of a variable in a context, or unbound.
fn lookup(context: &Value, var: &Value) -> Result {
    let values = this::<ContextBody>(context).values.borrow().clone();
    Ok(values.cast::<Dict>().map_or(Ok(None), |d| d.get(var))?.unwrap_or(Value::UNBOUND))
}

/// Changes the values of the current context, which are then nobody else's.
fn change(context: &Value, f: impl FnOnce(&Dict) -> Result<()>) -> Result<()> {
    let mut values = this::<ContextBody>(context).values.replace(Value::UNBOUND);
    if values.refcount() > 1
        && let Some(d) = values.cast::<Dict>()
    {
        let own = d.copy();
        values = own;
    }
    let result = values.cast::<Dict>().map_or(Ok(()), f);
    drop(this::<ContextBody>(context).values.replace(values));
    result
}

fn get(a: &[Value]) -> Result {
    let current = Thread::current().context.borrow().clone();
    let value = if current.is_unbound() { Value::UNBOUND } else { lookup(&current, &a[0])? };
    let found = value.bound().or_else(|| arg(a, 1).as_bound().cloned());
    match found.or_else(|| this::<VarBody>(&a[0]).default.as_bound().cloned()) {
        Some(value) => Ok(value),
        None => Err(raise_args(&exception::LOOKUP_ERROR, vec![a[0].clone()])),
    }
}

fn set(a: &[Value]) -> Result {
    let context = current();
    let old = lookup(&context, &a[0])?;
    change(&context, |d| d.set(&a[0], a[1].clone()))?;
    let body = TokenBody { context, var: a[0].clone(), old, used: Cell::new(false) };
    Ok(Value::new(class_of(&TOKEN), body))
}

fn reset(a: &[Value]) -> Result {
    let Some(token) = a[1].cast::<Token>() else {
        return type_error(format!("expected an instance of Token, got {}", protocol::repr_string(&a[1])?));
    };
    if token.used.get() {
        let repr = protocol::repr_string(&a[1])?;
        return runtime_error(format!("{repr} has already been used once"));
    }
    let stranger = if !token.var.is(&a[0]) {
        "by a different ContextVar"
    } else if !token.context.is(&current()) {
        "in a different Context"
    } else {
        ""
    };
    if !stranger.is_empty() {
        return value_error(format!("{} was created {stranger}", protocol::repr_string(&a[1])?));
    }
    token.used.set(true);
    change(&token.context, |d| match token.old.as_bound() {
        Some(old) => d.set(&a[0], old.clone()),
        None => d.remove(&a[0]).map(drop),
    })?;
    Ok(Value::NONE)
}

fn var_new(_: &Value, args: &[Value], names: Option<&Value>) -> Result {
    if crate::types::args::split(args, names).0.is_empty() {
        return type_error("ContextVar() takes exactly 1 positional argument (0 given)");
    }
    let bound =
        protocol::bind_args("ContextVar", crate::sig!("ContextVar(name, *, default=None)"), args, names)?;
    if bound[0].as_str().is_none() {
        return type_error("context variable name must be a str");
    }
    let default = arg(&bound, 1).clone();
    Ok(Value::new(&CONTEXT_VAR, VarBody { name: bound[0].clone(), default }))
}

fn var_repr(v: &Value) -> Result {
    let var = this::<VarBody>(v);
    let default = match var.default.as_bound() {
        Some(d) => format!(" default={}", protocol::repr_string(d)?),
        None => String::new(),
    };
    let name = protocol::repr_string(&var.name)?;
    Ok(Value::str(&format!("<ContextVar name={name}{default} at {:#x}>", v.id())))
}

/// `contextvars.ContextVar`
pub static CONTEXT_VAR: Type = Type::builtin::<Boxed<VarBody>>(
    "_contextvars.ContextVar",
    Layout::ContextVar,
    "ContextVar(name, *, default): a variable of contexts; the default is its value where none was set.",
    crate::defs! {
        fn "get(default=<unrepresentable>, /)" "The value in the current context, the default given or that of the variable; LookupError without." => get;
        fn "set(value, /)" "Set the value in the current context; returns a token by which it can be reset." => set;
        fn "reset(token, /)" "Give the variable the value that it had before the set() that made the token." => reset;
        get "name()" "Its name, for reprs." => |v| Ok(this::<VarBody>(v).name.clone());
        class "__class_getitem__(item, /)" "The class with parameters, as an alias." => crate::types::alias::class_getitem;
    },
)
.with_weakrefs()
.with_slots(Slots { new: Some(var_new), repr: Some(var_repr), ..Slots::EMPTY });

/// The type of `Token.MISSING`.
pub struct MissingBody;

crate::body!(MissingBody: Other);

static MISSING: Type = Type::builtin::<Boxed<MissingBody>>("Token.MISSING", Layout::Other, "", &[])
    .with_slots(Slots { repr: Some(|_| Ok(Value::str("<Token.MISSING>"))), ..Slots::EMPTY });

fn missing() -> Value {
    let known = TOKEN.lookup(&intern("MISSING"));
    known.unwrap_or_else(|| Value::new(class_of(&MISSING), MissingBody))
}

fn token_repr(v: &Value) -> Result {
    let token = this::<TokenBody>(v);
    let used = if token.used.get() { " used" } else { "" };
    let var = protocol::repr_string(&token.var)?;
    Ok(Value::str(&format!("<Token{used} var={var} at {:#x}>", v.id())))
}

/// `contextvars.Token`
pub static TOKEN: Type = Type::builtin::<Boxed<TokenBody>>(
    "_contextvars.Token",
    Layout::ContextToken,
    "Remembers what a variable was before it was set.",
    crate::defs! {
        get "var()" "The variable." => |v| Ok(this::<TokenBody>(v).var.clone());
        get "old_value()" "The value before, or Token.MISSING." => |v| Ok(this::<TokenBody>(v).old.as_bound().cloned().unwrap_or_else(missing));
        class "__class_getitem__(item, /)" "The class with parameters, as an alias." => crate::types::alias::class_getitem;
        val "MISSING()" "" => || Value::new(class_of(&MISSING), MissingBody);
    },
)
.with_slots(Slots {
    new: Some(|_, _, _| runtime_error("Tokens can only be created by ContextVars")),
    repr: Some(token_repr),
    ..Slots::EMPTY
});

fn need_var(v: &Value) -> Result<()> {
    if v.cast::<Boxed<VarBody>>().is_some() {
        return Ok(());
    }
    type_error(format!("a ContextVar key was expected, got {}", protocol::repr_string(v)?))
}

fn values_of(v: &Value) -> Value {
    this::<ContextBody>(v).values.borrow().clone()
}

fn compare(a: &Value, b: &Value, op: Compare) -> Result {
    if b.cast::<Context>().is_none() || !matches!(op, Compare::Eq | Compare::Ne) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    protocol::compare(&values_of(a), &values_of(b), op)
}

/// A view of a snapshot of the values.
fn view(v: &Value, kind: &str) -> Result {
    let values = values_of(v);
    let copy = values.cast::<Dict>().map_or_else(Dict::new, Dict::copy);
    protocol::call_method(&copy, kind, &[])
}

/// `contextvars.Context`
pub static CONTEXT: Type = Type::builtin::<Context>(
    "_contextvars.Context",
    Layout::Context,
    "A mapping of variables to values, in which functions can be run.",
    crate::defs! {
        fn "run(*args, **kwargs)" "Call a function in this context; RuntimeError if it is entered already." => run;
        fn "copy()" "A context with the same values." => |a| Ok(copy(&a[0]));
        fn "get(var, default=None, /)" "The value of a variable, or the default." => |a| {
            need_var(&a[1])?;
            Ok(lookup(&a[0], &a[1])?.bound().unwrap_or_else(|| arg(a, 2).as_bound().cloned().unwrap_or(Value::NONE)))
        };
        fn "keys()" "The variables." => |a| view(&a[0], "keys");
        fn "values()" "The values." => |a| view(&a[0], "values");
        fn "items()" "The pairs of variable and value." => |a| view(&a[0], "items");
    },
)
.with_weakrefs()
.with_slots(Slots {
    new: Some(|ty, args, _| {
        if !args.is_empty() {
            return type_error("Context() does not accept any arguments");
        }
        make(ty, ContextBody { values: RefCell::new(Dict::new()), entered: Cell::new(false) })
    }),
    compare: Some(compare),
    len: Some(|v| protocol::len(&values_of(v))),
    contains: Some(|v, var| {
        need_var(var)?;
        Ok(!lookup(v, var)?.is_unbound())
    }),
    get_item: Some(|v, var| {
        need_var(var)?;
        lookup(v, var)?.bound().map_or_else(|| protocol::key_error(var), Ok)
    }),
    iter: Some(|v| protocol::iter(&view(v, "keys")?)),
    ..Slots::EMPTY
});

/// The table.
pub static DEFS: &[Def] = crate::defs! {
    fn "copy_context()" "A copy of the current context." => |_| Ok(copy_current());
    val "Context()" "" => || class(&CONTEXT);
    val "ContextVar()" "" => || class(&CONTEXT_VAR);
    val "Token()" "" => || class(&TOKEN);
};
