//! Contexts as objects.

use super::operations;
use super::settings;
use super::signals::{SIGNALS, classes, installed, shown_names};
use crate::modules::native::{make, this};
use crate::object::{Boxed, Layout, Result, Slots, Type, Value, intern};
use crate::protocol::{attribute_error, bind_args, call};
use crate::types::int;
use minipy_decimal::{Context, Rounding, Status};
use std::cell::Cell;

/// The fields of a context.
pub struct ContextBody {
    pub(super) context: Cell<Context>,
    pub(super) capitals: Cell<bool>,
    /// What was reported.
    pub(super) flags: Cell<Status>,
    /// What raises an exception.
    pub(super) traps: Cell<Status>,
}

crate::body!(ContextBody: DecimalContext);

/// The ways of rounding by name.
pub(super) const ROUNDINGS: [(&str, Rounding); 8] = [
    ("ROUND_UP", Rounding::Up),
    ("ROUND_DOWN", Rounding::Down),
    ("ROUND_CEILING", Rounding::Ceiling),
    ("ROUND_FLOOR", Rounding::Floor),
    ("ROUND_HALF_UP", Rounding::HalfUp),
    ("ROUND_HALF_DOWN", Rounding::HalfDown),
    ("ROUND_HALF_EVEN", Rounding::HalfEven),
    ("ROUND_05UP", Rounding::ZeroFiveUp),
];

pub(super) fn rounding_name(rounding: Rounding) -> &'static str {
    ROUNDINGS.iter().find(|r| r.1 == rounding).map_or("", |r| r.0)
}

pub(super) fn body(v: &Value) -> &Boxed<ContextBody> {
    this(v)
}

/// A context with the same settings; with no flags if `fresh`.
pub(super) fn copy_of(v: &Value, fresh: bool) -> Value {
    let b = body(v);
    let flags = if fresh { Status::NONE } else { b.flags.get() };
    Value::new(
        &CONTEXT,
        ContextBody {
            context: b.context.clone(),
            capitals: b.capitals.clone(),
            flags: Cell::new(flags),
            traps: b.traps.clone(),
        },
    )
}

/// What contexts begin as: the template that a program may have changed.
fn new(ty: &Value, _: &[Value], _: Option<&Value>) -> Result {
    let (context, traps) = match installed(&intern("DefaultContext")) {
        Ok(template) => (body(&template).context.get(), body(&template).traps.get()),
        // The template itself.
        Err(_) => {
            let plain = Context {
                precision: 28,
                rounding: Rounding::HalfEven,
                emin: -999_999,
                emax: 999_999,
                clamp: false,
            };
            let [invalid, _, by_zero, overflow, ..] = SIGNALS;
            (plain, Status(invalid.1.0 | by_zero.1.0 | overflow.1.0))
        }
    };
    make(
        ty,
        ContextBody {
            context: Cell::new(context),
            capitals: Cell::new(true),
            flags: Cell::new(Status::NONE),
            traps: Cell::new(traps),
        },
    )
}

const SETTINGS: [&str; 8] = ["prec", "rounding", "Emin", "Emax", "capitals", "clamp", "flags", "traps"];

fn init(v: &Value, args: &[Value], names: Option<&Value>) -> Result<()> {
    const SIGNATURE: &str = "Context(prec=None, rounding=None, Emin=None, Emax=None, capitals=None, clamp=None, flags=None, traps=None)";
    let bound = bind_args("Context", crate::sig!(SIGNATURE), args, names)?;
    for (name, given) in SETTINGS.into_iter().zip(&bound) {
        if let Some(given) = given.as_bound().filter(|g| !g.is_none()) {
            let lists = given.cast::<crate::object::List>().is_some();
            match name {
                "flags" if lists => body(v).flags.set(settings::signals_of_list(given)?),
                "traps" if lists => body(v).traps.set(settings::signals_of_list(given)?),
                _ => settings::set(v, name, given)?,
            }
        }
    }
    Ok(())
}

fn repr(v: &Value) -> Result {
    let b = body(v);
    let c = b.context.get();
    Ok(Value::str(&format!(
        "Context(prec={}, rounding={}, Emin={}, Emax={}, capitals={}, clamp={}, flags=[{}], traps=[{}])",
        c.precision,
        rounding_name(c.rounding),
        c.emin,
        c.emax,
        b.capitals.get() as u8,
        c.clamp as u8,
        shown_names(b.flags.get()),
        shown_names(b.traps.get()),
    )))
}

pub(super) fn set_attribute(v: &Value, name: &'static str, value: Option<Value>) -> Result<()> {
    match value {
        Some(value) => settings::set(v, name, &value),
        None => attribute_error("context attributes cannot be deleted"),
    }
}

/// The mapping of flags or traps.
pub(super) fn signal_dict(v: &Value, traps: bool) -> Result {
    call(&installed(&intern("SignalDict"))?, &[v.clone(), Value::bool(traps)])
}

pub(super) fn reduce(a: &[Value]) -> Result {
    let b = body(&a[0]);
    let c = b.context.get();
    let args = vec![
        int::from_i64(c.precision),
        Value::str(rounding_name(c.rounding)),
        int::from_i64(c.emin),
        int::from_i64(c.emax),
        int::from_i64(b.capitals.get().into()),
        int::from_i64(c.clamp.into()),
        Value::list(classes(b.flags.get())?),
        Value::list(classes(b.traps.get())?),
    ];
    Ok(Value::tuple(vec![a[0].ty().value(), Value::tuple(args)]))
}

/// `decimal.Context`
pub static CONTEXT: Type = Type::builtin::<Boxed<ContextBody>>(
    "decimal.Context",
    Layout::DecimalContext,
    "How numbers are rounded, how large they can be, and what happens when something is special about a result.",
    operations::DEFS,
)
.with_base_flag()
.with_weakrefs()
.with_slots(Slots { new: Some(new), init: Some(init), repr: Some(repr), ..Slots::EMPTY });
