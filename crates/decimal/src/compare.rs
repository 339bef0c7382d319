//! Comparing numbers, and what they are.

use crate::context::{Context, Status};
use crate::number::{Decimal, Kind, shift_left};
use std::cmp::Ordering;

/// The classes of numbers, as `number_class` names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Class(pub &'static str);

impl Decimal {
    /// The order of two numbers; `None` if one is not a number.
    pub fn order(&self, other: &Decimal) -> Option<Ordering> {
        if self.is_nan() || other.is_nan() {
            return None;
        }
        if self.is_zero() && other.is_zero() {
            return Some(Ordering::Equal);
        }
        let sign = |d: &Decimal| {
            if d.is_zero() {
                0
            } else if d.negative {
                -1
            } else {
                1
            }
        };
        Some(sign(self).cmp(&sign(other)).then_with(|| {
            let sizes = self.order_of_size(other);
            if self.negative { sizes.reverse() } else { sizes }
        }))
    }

    /// The order of the absolute values of two numbers that are no NaN.
    fn order_of_size(&self, other: &Decimal) -> Ordering {
        match (self.is_infinite(), other.is_infinite()) {
            (true, true) => return Ordering::Equal,
            (true, false) => return Ordering::Greater,
            (false, true) => return Ordering::Less,
            _ => {}
        }
        match (self.is_zero(), other.is_zero()) {
            (true, true) => return Ordering::Equal,
            (true, false) => return Ordering::Less,
            (false, true) => return Ordering::Greater,
            _ => {}
        }
        if self.exponent == other.exponent {
            return self.coefficient.cmp(&other.coefficient);
        }
        self.adjusted().cmp(&other.adjusted()).then_with(|| {
            // The same first digit, so that the difference of exponents is one of digits.
            let shift = self.exponent - other.exponent;
            if shift > 0 {
                shift_left(&self.coefficient, shift as u64).cmp(&other.coefficient)
            } else {
                self.coefficient.cmp(&shift_left(&other.coefficient, shift.unsigned_abs()))
            }
        })
    }

    /// -1, 0 or 1, or a NaN.
    pub fn compare(&self, other: &Decimal, ctx: &Context, status: &mut Status) -> Decimal {
        match Decimal::check_nans(&[self, other], ctx, status) {
            Some(nan) => nan,
            None => order_number(self.order(other)),
        }
    }

    /// The same, reporting NaNs of both kinds.
    pub fn compare_signal(&self, other: &Decimal, ctx: &Context, status: &mut Status) -> Decimal {
        match Decimal::check_nans(&[self, other], ctx, status) {
            Some(nan) => {
                status.add(Status::INVALID_OPERATION);
                nan
            }
            None => order_number(self.order(other)),
        }
    }

    /// An order of all representations, NaNs too.
    pub fn total_order(&self, other: &Decimal) -> Ordering {
        if self.negative != other.negative {
            return if self.negative { Ordering::Less } else { Ordering::Greater };
        }
        let order = self.total_order_of_size(other);
        if self.negative { order.reverse() } else { order }
    }

    /// The same without the signs.
    pub fn total_order_of_size(&self, other: &Decimal) -> Ordering {
        let rank = |d: &Decimal| match d.kind {
            Kind::Finite => 0,
            Kind::Infinite => 1,
            Kind::Signaling => 2,
            Kind::Quiet => 3,
        };
        rank(self).cmp(&rank(other)).then_with(|| match self.kind {
            Kind::Finite => self.order_of_size(other).then(self.exponent.cmp(&other.exponent)),
            Kind::Infinite => Ordering::Equal,
            _ => self.coefficient.cmp(&other.coefficient),
        })
    }

    /// [`Decimal::total_order`] as a number.
    pub fn compare_total(&self, other: &Decimal) -> Decimal {
        order_number(Some(self.total_order(other)))
    }

    /// [`Decimal::total_order_of_size`] as a number.
    pub fn compare_total_size(&self, other: &Decimal) -> Decimal {
        order_number(Some(self.total_order_of_size(other)))
    }

    /// The larger one (`largest`) or the smaller one, of the values or of the absolute ones (`by_size`).
    pub fn extreme(
        &self,
        other: &Decimal,
        largest: bool,
        by_size: bool,
        ctx: &Context,
        status: &mut Status,
    ) -> Decimal {
        // A number beats a quiet NaN.
        if self.kind == Kind::Quiet && !other.is_nan() {
            return other.clone().finalize(ctx, status);
        }
        if other.kind == Kind::Quiet && !self.is_nan() {
            return self.clone().finalize(ctx, status);
        }
        if let Some(nan) = Decimal::check_nans(&[self, other], ctx, status) {
            return nan;
        }
        let mut order = if by_size { self.order_of_size(other) } else { Ordering::Equal };
        if order == Ordering::Equal {
            order = self.order(other).unwrap_or(Ordering::Equal);
        }
        if order == Ordering::Equal {
            order = self.total_order(other);
        }
        let first = if largest { order != Ordering::Less } else { order == Ordering::Less };
        let chosen = if first { self } else { other };
        chosen.clone().finalize(ctx, status)
    }

    /// Whether it is finite, not zero and not subnormal.
    pub fn is_normal(&self, ctx: &Context) -> bool {
        self.is_finite() && !self.is_zero() && self.adjusted() >= ctx.emin
    }

    /// Whether it is finite, not zero and below the least normal number.
    pub fn is_subnormal(&self, ctx: &Context) -> bool {
        self.is_finite() && !self.is_zero() && self.adjusted() < ctx.emin
    }

    /// What it is, by name.
    pub fn class(&self, ctx: &Context) -> Class {
        let (minus, plus) = match self.kind {
            Kind::Signaling => return Class("sNaN"),
            Kind::Quiet => return Class("NaN"),
            Kind::Infinite => ("-Infinity", "+Infinity"),
            Kind::Finite if self.is_zero() => ("-Zero", "+Zero"),
            Kind::Finite if self.is_subnormal(ctx) => ("-Subnormal", "+Subnormal"),
            Kind::Finite => ("-Normal", "+Normal"),
        };
        Class(if self.negative { minus } else { plus })
    }

    /// Whether the exponents are the same.
    pub fn same_quantum(&self, other: &Decimal) -> bool {
        match (self.is_finite(), other.is_finite()) {
            (true, true) => self.exponent == other.exponent,
            (false, false) => self.is_nan() == other.is_nan(),
            _ => false,
        }
    }
}

fn order_number(order: Option<Ordering>) -> Decimal {
    Decimal::from_i64(order.map_or(0, |o| o as i64))
}
