//! Integers as decimal text, within the limit that keeps quadratic conversions short.

use super::{Int, view};
use crate::object::{Result, Value};
use crate::protocol::value_error;
use std::sync::atomic::{AtomicUsize, Ordering};

/// `sys.set_int_max_str_digits`; 0 is no limit.
static MAX_DIGITS: AtomicUsize = AtomicUsize::new(4300);

/// How many digits a conversion to or from decimal text may have; 0: any number.
pub fn max_str_digits() -> usize {
    MAX_DIGITS.load(Ordering::Relaxed)
}

/// Sets what [`max_str_digits`] returns.
pub fn set_max_str_digits(n: usize) {
    MAX_DIGITS.store(n, Ordering::Relaxed);
}

/// The decimal digits of an `int`.
pub fn to_decimal(v: &Value) -> Result<String> {
    let big = match view(v) {
        Some(Int::Small(i)) => return Ok(i.to_string()),
        Some(Int::Big(b)) => b,
        None => return Ok(String::new()),
    };
    let limit = max_str_digits();
    let fail = || {
        value_error(format!(
            "Exceeds the limit ({limit} digits) for integer string conversion; \
             use sys.set_int_max_str_digits() to increase the limit"
        ))
    };
    // log2(10) is a little above 3.32: whoever exceeds the limit by far need not be converted to be refused.
    if limit > 0 && big.bits() / 4 > limit as u64 {
        return fail();
    }
    let text = big.to_string();
    if limit > 0 && text.trim_start_matches('-').len() > limit { fail() } else { Ok(text) }
}
