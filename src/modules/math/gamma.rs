//! The gamma function by Lanczos' approximation, with the coefficients of Boost for 53 bits.

// They stand here as they were published.
#![allow(clippy::excessive_precision)]

use super::{domain, range};
use crate::object::Result;
use crate::types::float;
use std::f64::consts::PI;

const G: f64 = 6.024680040776729583740234375;
const G_MINUS_HALF: f64 = 5.524680040776729583740234375;
const LOG_PI: f64 = 1.144729885849400174143427351353058711647;

const NUMERATOR: [f64; 13] = [
    23531376880.410759688572007674451636754734846804940,
    42919803642.649098768957899047001988850926355848959,
    35711959237.355668049440185451547166705960488635843,
    17921034426.037209699919755754458931112671403265390,
    6039542586.3520280050642916443072979210699388420708,
    1439720407.3117216736632230727949123939715485786372,
    248874557.86205415651146038641322942321632125127801,
    31426415.585400194380614231628318205362874684987640,
    2876370.6289353724412254090516208496135991145378768,
    186056.26539522349504029498971604569928220784236328,
    8071.6720023658162106380029022722506138218516325024,
    210.82427775157934587250973392071336271166969580291,
    2.5066282746310002701649081771338373386264310793408,
];
const DENOMINATOR: [f64; 13] = [
    0.0,
    39916800.0,
    120543840.0,
    150917976.0,
    105258076.0,
    45995730.0,
    13339535.0,
    2637558.0,
    357423.0,
    32670.0,
    1925.0,
    66.0,
    1.0,
];

/// The quotient of both polynomials, for a positive number.
fn lanczos_sum(x: f64) -> f64 {
    let (mut top, mut bottom) = (0.0, 0.0);
    let pairs = NUMERATOR.iter().zip(&DENOMINATOR);
    if x < 5.0 {
        for (n, d) in pairs.rev() {
            top = top * x + n;
            bottom = bottom * x + d;
        }
    } else {
        // In powers of 1 / x, so that nothing overflows.
        for (n, d) in pairs {
            top = top / x + n;
            bottom = bottom / x + d;
        }
    }
    top / bottom
}

/// `sin(pi * x)`, exact in its zeros.
fn sin_pi(x: f64) -> f64 {
    let y = x.abs() % 2.0;
    let r = match (2.0 * y).round() as i32 {
        0 => (PI * y).sin(),
        1 => (PI * (y - 0.5)).cos(),
        2 => (PI * (1.0 - y)).sin(),
        3 => -(PI * (y - 1.5)).cos(),
        _ => (PI * (y - 2.0)).sin(),
    };
    1f64.copysign(x) * r
}

pub(super) fn gamma(x: f64) -> Result {
    if x.is_nan() || x == f64::INFINITY {
        return Ok(float::from_f64(x));
    }
    if x == f64::NEG_INFINITY || (x <= 0.0 && x == x.floor()) {
        return domain();
    }
    if x == x.floor() && x <= 23.0 {
        // Factorials that are exact.
        return Ok(float::from_f64((1..x as i64).map(|n| n as f64).product()));
    }
    let size = x.abs();
    if size < 1e-20 {
        let r = 1.0 / x;
        return if r.is_infinite() { range() } else { Ok(float::from_f64(r)) };
    }
    if size > 200.0 {
        return if x < 0.0 { Ok(float::from_f64(0.0 / sin_pi(x))) } else { range() };
    }
    let y = size + G_MINUS_HALF;
    // What rounding of `y` has lost.
    let z = if size > G_MINUS_HALF { (y - size) - G_MINUS_HALF } else { (y - G_MINUS_HALF) - size } * G / y;
    let r = if x < 0.0 {
        let mut r = -PI / sin_pi(size) / size * y.exp() / lanczos_sum(size);
        r -= z * r;
        if size < 140.0 {
            r / y.powf(size - 0.5)
        } else {
            let root = y.powf(size / 2.0 - 0.25);
            r / root / root
        }
    } else {
        let mut r = lanczos_sum(size) / y.exp();
        r += z * r;
        if size < 140.0 {
            r * y.powf(size - 0.5)
        } else {
            let root = y.powf(size / 2.0 - 0.25);
            r * root * root
        }
    };
    if r.is_infinite() { range() } else { Ok(float::from_f64(r)) }
}

pub(super) fn log_gamma(x: f64) -> Result {
    if x.is_nan() {
        return Ok(float::from_f64(x));
    }
    if x.is_infinite() {
        return Ok(float::from_f64(f64::INFINITY));
    }
    if x == x.floor() && x <= 2.0 {
        return if x <= 0.0 { domain() } else { Ok(float::from_f64(0.0)) };
    }
    let size = x.abs();
    if size < 1e-20 {
        return Ok(float::from_f64(-size.ln()));
    }
    let mut r = lanczos_sum(size).ln() - G;
    r += (size - 0.5) * ((size + G - 0.5).ln() - 1.0);
    if x < 0.0 {
        r = LOG_PI - sin_pi(size).abs().ln() - size.ln() - r;
    }
    if r.is_infinite() { range() } else { Ok(float::from_f64(r)) }
}
