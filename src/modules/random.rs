//! `_random`: the Mersenne Twister MT19937 (Matsumoto and Nishimura, 1998), with Python's way to seed it and to
//! make numbers of it, so that the same seed gives the same numbers.

use crate::object::{Boxed, Def, Layout, Result, Slots, Type, Value, arg};
use crate::protocol::{self, type_error, value_error};
use crate::types::{float, int};
use num_bigint::{BigInt, BigUint};
use std::cell::RefCell;

/// Words of the state.
const N: usize = 624;
/// The middle word.
const M: usize = 397;

/// The generator: its words, and which is next.
struct Twister {
    words: [u32; N],
    next: usize,
}

impl Twister {
    fn from_word(seed: u32) -> Twister {
        let mut words = [0; N];
        words[0] = seed;
        for i in 1..N {
            let last: u32 = words[i - 1];
            words[i] = (last ^ last >> 30).wrapping_mul(1_812_433_253).wrapping_add(i as u32);
        }
        Twister { words, next: N }
    }

    /// Seeding by an array of words (`init_by_array` of the reference).
    fn from_words(key: &[u32]) -> Twister {
        let mut t = Twister::from_word(19_650_218);
        let w = &mut t.words;
        let (mut i, mut j) = (1, 0);
        let step = |w: &mut [u32; N], i: &mut usize| {
            *i += 1;
            if *i >= N {
                w[0] = w[N - 1];
                *i = 1;
            }
        };
        for _ in 0..N.max(key.len()) {
            let mixed = (w[i - 1] ^ w[i - 1] >> 30).wrapping_mul(1_664_525);
            w[i] = (w[i] ^ mixed).wrapping_add(key[j]).wrapping_add(j as u32);
            step(w, &mut i);
            j = (j + 1) % key.len();
        }
        for _ in 0..N - 1 {
            let mixed = (w[i - 1] ^ w[i - 1] >> 30).wrapping_mul(1_566_083_941);
            w[i] = (w[i] ^ mixed).wrapping_sub(i as u32);
            step(w, &mut i);
        }
        w[0] = 0x8000_0000;
        t
    }

    /// The next 32 bits.
    fn next(&mut self) -> u32 {
        if self.next >= N {
            for i in 0..N {
                let y = (self.words[i] & 0x8000_0000) | (self.words[(i + 1) % N] & 0x7fff_ffff);
                let twist = if y & 1 == 0 { 0 } else { 0x9908_b0df };
                self.words[i] = self.words[(i + M) % N] ^ y >> 1 ^ twist;
            }
            self.next = 0;
        }
        let mut y = self.words[self.next];
        self.next += 1;
        y ^= y >> 11;
        y ^= y << 7 & 0x9d2c_5680;
        y ^= y << 15 & 0xefc6_0000;
        y ^ y >> 18
    }

    /// A float in [0, 1) of 53 random bits.
    fn float(&mut self) -> f64 {
        let (a, b) = ((self.next() >> 5) as f64, (self.next() >> 6) as f64);
        (a * 67_108_864.0 + b) / 9_007_199_254_740_992.0
    }

    /// `k` random bits, least significant word first.
    fn bits(&mut self, k: usize) -> Value {
        if k <= 32 {
            return int::from_i64(if k == 0 { 0 } else { (self.next() >> (32 - k)) as i64 });
        }
        let mut words = Vec::with_capacity(k.div_ceil(32));
        let mut left = k;
        while left > 0 {
            let word = self.next();
            words.push(if left < 32 { word >> (32 - left) } else { word });
            left = left.saturating_sub(32);
        }
        int::from_big(BigInt::from(BigUint::new(words)))
    }
}

/// The fields of a generator.
pub struct RandomBody {
    twister: RefCell<Box<Twister>>,
}

crate::body!(RandomBody: Random);

fn twister(v: &Value) -> std::cell::RefMut<'_, Box<Twister>> {
    v.cast::<Boxed<RandomBody>>().expect("methods are only called on their own type").twister.borrow_mut()
}

/// The twister for a seed: an `int` by its absolute value, `None` by the clock and the process, others by hash.
fn seeded(seed: &Value) -> Result<Twister> {
    let big = match seed.as_bound().filter(|s| !s.is_none()) {
        None => {
            let mut noise = [0u8; 32];
            // Where there is no such file, the time will do.
            let read = std::fs::File::open("/dev/urandom")
                .and_then(|mut f| std::io::Read::read_exact(&mut f, &mut noise));
            if read.is_err() {
                noise[..8].copy_from_slice(&minipy_sched::now().to_le_bytes());
            }
            BigInt::from_bytes_le(num_bigint::Sign::Plus, &noise)
        }
        Some(s) if s.ty().is_subtype(&int::INT) => int::to_big(s).unwrap_or_default(),
        Some(s) => BigInt::from(protocol::hash(s)? as u64),
    };
    let words = big.magnitude().to_u32_digits();
    Ok(Twister::from_words(if words.is_empty() { &[0] } else { &words }))
}

fn get_state(a: &[Value]) -> Result {
    let t = twister(&a[0]);
    let words = t.words.iter().map(|&w| int::from_i64(w as i64));
    Ok(Value::tuple(words.chain([int::from_usize(t.next)]).collect()))
}

fn set_state(a: &[Value]) -> Result {
    let Some(items) = a[1].as_tuple() else { return type_error("state vector must be a tuple") };
    if items.len() != N + 1 {
        return value_error("state vector is the wrong size");
    }
    let mut words = [0; N];
    for (w, v) in words.iter_mut().zip(items) {
        *w = protocol::index_i64(v)? as u32;
    }
    let next = protocol::index_i64(&items[N])?;
    if !(0..=N as i64).contains(&next) {
        return value_error("invalid state");
    }
    **twister(&a[0]) = Twister { words, next: next as usize };
    Ok(Value::NONE)
}

/// `_random.Random`
pub static RANDOM: Type = Type::builtin::<Boxed<RandomBody>>("_random.Random", Layout::Random, "A generator of random numbers with a state of its own.", crate::defs! {
    fn "random()" "random()\n\nA random float from 0 up to, but not, 1." => |a| Ok(float::from_f64(twister(&a[0]).float()));
    fn "seed(n=None, /)" "Initialise the state by a number or the hash of another object." => |a| {
        let t = seeded(arg(a, 1))?;
        **twister(&a[0]) = t;
        Ok(Value::NONE)
    };
    fn "getrandbits(k, /)" "getrandbits(k)\n\nAn integer of k random bits." => |a| {
        let Ok(k) = usize::try_from(protocol::index_i64(&a[1])?) else {
            return value_error("number of bits must be non-negative");
        };
        if k > i32::MAX as usize {
            return protocol::overflow_error("Python int too large to convert to C int");
        }
        Ok(twister(&a[0]).bits(k))
    };
    fn "getstate()" "The state as a tuple." => get_state;
    fn "setstate(state, /)" "Restore a state." => set_state;
})
.with_base_flag()
.with_weakrefs()
.with_slots(Slots {
    new: Some(|ty, args, _| {
        let Some(t) = ty.cast::<Type>() else { return type_error("X is not a type object") };
        let seed = args.first().filter(|s| s.ty().is_subtype(&int::INT)).unwrap_or(&Value::NONE).clone();
        Ok(Value::new(t, RandomBody { twister: RefCell::new(Box::new(seeded(&seed)?)) }))
    }),
    init: Some(|_, _, _| Ok(())),
    ..Slots::EMPTY
});

/// The table.
pub static DEFS: &[Def] = crate::defs! {
    val "Random()" "" => || RANDOM.value();
};

#[cfg(test)]
mod tests {
    use super::Twister;

    /// The first outputs of the authors' reference program, seeded by four words.
    #[test]
    fn reference() {
        let mut t = Twister::from_words(&[0x123, 0x234, 0x345, 0x456]);
        let first: Vec<u32> = (0..5).map(|_| t.next()).collect();
        assert_eq!(first, [1_067_595_299, 955_945_823, 477_289_528, 4_107_218_783, 4_228_976_476]);
    }
}
