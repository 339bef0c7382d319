//! Decimal arithmetic as the General Decimal Arithmetic Specification defines it (Cowlishaw, version 1.70): numbers
//! with a coefficient and an exponent, contexts with a precision and a way of rounding, and conditions that
//! operations report. It knows nothing of Python; what Python adds stands in the interpreter.

mod arith;
mod bits;
mod compare;
mod context;
mod divide;
mod fixed;
mod format;
mod integer;
mod number;
mod power;
mod quantum;
mod round;
mod text;
mod transcendental;

pub use compare::Class;
pub use context::{Context, Rounding, Status};
pub use context::{MAX_EMAX, MAX_PREC, MIN_EMIN, MIN_ETINY};
pub use format::Spec;
pub use number::{Decimal, Kind, power_of_ten};
