//! `int.to_bytes` and `int.from_bytes`.

use super::{INT, from_big, view};
use crate::object::{Result, Value, arg};
use crate::protocol::{self, overflow_error, type_error, value_error};
use crate::types::{bytes, str};
use num_bigint::{BigInt, Sign};

/// Whether the most significant byte comes first.
fn big_endian(order: &Value) -> Result<bool> {
    let Some(order) = order.as_bound() else { return Ok(true) };
    match order.as_str() {
        Some("big") => Ok(true),
        Some("little") => Ok(false),
        Some(_) => value_error("byteorder must be either 'little' or 'big'"),
        None => type_error(format!("to_bytes() argument 'byteorder' must be str, not {}", str::given(order))),
    }
}

pub(super) fn to_bytes(args: &[Value]) -> Result {
    let length = match arg(args, 1).as_bound() {
        Some(n) => protocol::index_i64(n)?,
        None => 1,
    };
    let big_endian = big_endian(arg(args, 2))?;
    let signed = match arg(args, 3).as_bound() {
        Some(v) => protocol::truth(v)?,
        None => false,
    };
    let Ok(length) = usize::try_from(length) else {
        return value_error("length argument must be non-negative");
    };
    let value = view(&args[0]).map(super::Int::to_big).unwrap_or_default();
    let negative = value.sign() == Sign::Minus;
    if negative && !signed {
        return overflow_error("can't convert negative int to unsigned");
    }
    let mut data = match (signed, value.sign()) {
        (_, Sign::NoSign) => Vec::new(),
        (true, _) => value.to_signed_bytes_le(),
        (false, _) => value.to_bytes_le().1,
    };
    if data.len() > length {
        return overflow_error("int too big to convert");
    }
    bytes::try_reserve(&mut data, length)?;
    data.resize(length, if negative { 0xff } else { 0 });
    if big_endian {
        data.reverse();
    }
    Ok(bytes::from_vec(data))
}

pub(super) fn from_bytes(args: &[Value]) -> Result {
    let big_endian = big_endian(arg(args, 2))?;
    let signed = match arg(args, 3).as_bound() {
        Some(v) => protocol::truth(v)?,
        None => false,
    };
    if super::view(&args[1]).is_some() {
        return protocol::type_error(format!("cannot convert '{}' object to bytes", args[1].ty().name()));
    }
    let mut data = bytes::from_object(&args[1])?;
    if big_endian {
        data.reverse();
    }
    let value =
        if signed { BigInt::from_signed_bytes_le(&data) } else { BigInt::from_bytes_le(Sign::Plus, &data) };
    let value = from_big(value);
    if args[0].is(&INT.value()) { Ok(value) } else { protocol::call(&args[0], &[value]) }
}
