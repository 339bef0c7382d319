//! Ranges whose numbers, or whose count of numbers, need more than 64 bits.

use super::RangeBody;
use crate::object::{Boxed, Layout, Result, Slots, Type, Value};
use crate::types::int::{self, from_big};
use crate::types::iterator_state::builtin_iter;
use crate::types::iterators::ITERATOR;
use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};
use std::cell::RefCell;

/// A range of numbers of any size.
#[derive(Clone)]
pub struct Wide {
    pub start: BigInt,
    pub stop: BigInt,
    /// Not 0.
    pub step: BigInt,
    pub count: BigInt,
}

impl Wide {
    pub fn new(start: BigInt, stop: BigInt, step: BigInt) -> Wide {
        let distance = if step.is_negative() { &start - &stop } else { &stop - &start };
        let count = match distance.sign() {
            Sign::Plus => (distance - 1) / step.abs() + 1,
            _ => BigInt::zero(),
        };
        Wide { start, stop, step, count }
    }

    /// Number `i`.
    pub fn item(&self, i: &BigInt) -> BigInt {
        &self.start + i * &self.step
    }

    /// The number that the index `i` means, which counts from the end if it is negative.
    pub fn at(&self, i: BigInt) -> Option<BigInt> {
        let i = if i.is_negative() { i + &self.count } else { i };
        (!i.is_negative() && i < self.count).then(|| self.item(&i))
    }

    /// The position of a number.
    pub fn position(&self, x: &BigInt) -> Option<BigInt> {
        let (place, rest) = (x - &self.start).div_rem(&self.step);
        (rest.is_zero() && !place.is_negative() && place < self.count).then_some(place)
    }

    /// The same numbers backwards.
    pub fn reversed(&self) -> Wide {
        let last = self.item(&(&self.count - 1));
        Wide { start: last, stop: &self.start - &self.step, step: -&self.step, count: self.count.clone() }
    }

    /// What equality looks at: the numbers, not how they were given.
    pub fn identity(&self) -> (&BigInt, Option<&BigInt>, Option<&BigInt>) {
        let (some, several) = (!self.count.is_zero(), self.count > BigInt::one());
        (&self.count, some.then_some(&self.start), several.then_some(&self.step))
    }
}

/// An iterator over a wide range.
pub struct WideIter {
    range: Wide,
    /// How many numbers it has given.
    given: RefCell<BigInt>,
}

crate::body!(WideIter: WideRangeIterator);

/// The type of `iter(range(2**64))`.
pub static WIDE_ITERATOR: Type = Type::builtin::<Boxed<WideIter>>(
    "longrange_iterator",
    Layout::WideRangeIterator,
    "",
    crate::defs! {
        fn "__length_hint__()" "About how many items are to come." => |a| {
            Ok(iter_of(&a[0]).map_or(Value::small(0), |i| from_big(&i.range.count - &*i.given.borrow())))
        };
        fn "__reduce__()" "How to make it again, for pickle and copy." => |a| {
            let Some(it) = iter_of(&a[0]) else { return Ok(Value::NONE) };
            let stop = it.range.item(&it.range.count);
            let range = super::from_wide(Wide { stop, ..it.range.clone() });
            Ok(Value::tuple(vec![builtin_iter()?, Value::tuple(vec![range]), from_big(it.given.borrow().clone())]))
        };
        fn "__setstate__(state, /)" "Go on from the state that was pickled." => |a| {
            if let (Some(it), Some(n)) = (iter_of(&a[0]), int::to_big(&a[1])) {
                *it.given.borrow_mut() = n.clamp(BigInt::zero(), it.range.count.clone());
            }
            Ok(Value::NONE)
        };
    },
)
.with_slots(Slots { next: Some(next), ..ITERATOR });

fn iter_of(v: &Value) -> Option<&Boxed<WideIter>> {
    v.cast::<Boxed<WideIter>>()
}

fn next(v: &Value) -> Result<Option<Value>> {
    let Some(it) = iter_of(v) else { return Ok(None) };
    let mut given = it.given.borrow_mut();
    if *given >= it.range.count {
        return Ok(None);
    }
    let number = it.range.item(&given);
    *given += 1;
    Ok(Some(from_big(number)))
}

/// Iterates over a wide range.
pub fn iterator(range: Wide) -> Value {
    Value::new(&WIDE_ITERATOR, WideIter { range, given: RefCell::default() })
}

/// The body of a range, as words if they suffice.
pub fn narrow(wide: Wide) -> RangeBody {
    let words = [&wide.start, &wide.stop, &wide.step, &wide.count].map(ToPrimitive::to_i64);
    match words {
        [Some(start), Some(stop), Some(step), Some(_)] => {
            RangeBody::Words(super::Words { start, stop, step })
        }
        _ => RangeBody::Wide(Box::new(wide)),
    }
}
