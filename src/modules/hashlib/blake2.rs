//! `_blake2`: BLAKE2 with keys, salts, persons and trees (RFC 7693 and the paper's tree mode).

use super::data;
use crate::modules::native::{class, make, this};
use crate::object::{Boxed, Def, Layout, Result, Slots, Type, Value};
use crate::protocol::{self, bind_args, overflow_error, value_error};
use crate::types::{bytes, int};
use std::cell::RefCell;

/// Which word is mixed in where, round by round.
const SIGMA: [[usize; 16]; 10] = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
    [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
    [11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4],
    [7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8],
    [9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13],
    [2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
    [12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11],
    [13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10],
    [6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5],
    [10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0],
];

/// Where the four words of a mixing stand.
const MIXINGS: [[usize; 4]; 8] = [
    [0, 4, 8, 12],
    [1, 5, 9, 13],
    [2, 6, 10, 14],
    [3, 7, 11, 15],
    [0, 5, 10, 15],
    [1, 6, 11, 12],
    [2, 7, 8, 13],
    [3, 4, 9, 14],
];

/// A hash function whose parameters are set.
trait Function {
    fn update(&mut self, data: &[u8]);
    /// The result so far, as long as it may get.
    fn finish(&self) -> Vec<u8>;
    fn copy(&self) -> Box<dyn Function>;
}

macro_rules! function {
    ($name:ident, $word:ty, $double:ty, $rounds:literal, $turns:expr, $start:expr) => {
        #[derive(Clone)]
        struct $name {
            state: [$word; 8],
            count: $double,
            block: Vec<u8>,
            last_node: bool,
        }

        impl $name {
            const BLOCK: usize = 16 * size_of::<$word>();

            /// With the parameter block.
            fn new(parameters: &[u8], last_node: bool) -> $name {
                let mut state: [$word; 8] = $start;
                for (word, part) in state.iter_mut().zip(parameters.chunks_exact(size_of::<$word>())) {
                    *word ^= <$word>::from_le_bytes(part.try_into().unwrap_or_default());
                }
                $name { state, count: 0, block: Vec::new(), last_node }
            }

            fn compress(&mut self, block: &[u8], last: bool) {
                let mut m = [0; 16];
                for (word, part) in m.iter_mut().zip(block.chunks_exact(size_of::<$word>())) {
                    *word = <$word>::from_le_bytes(part.try_into().unwrap_or_default());
                }
                let start: [$word; 8] = $start;
                let mut v = [0; 16];
                v[..8].copy_from_slice(&self.state);
                v[8..].copy_from_slice(&start);
                v[12] ^= self.count as $word;
                v[13] ^= (self.count >> <$word>::BITS) as $word;
                if last {
                    v[14] = !v[14];
                    if self.last_node {
                        v[15] = !v[15];
                    }
                }
                let turns: [u32; 4] = $turns;
                for round in 0..$rounds {
                    for (i, [a, b, c, d]) in MIXINGS.into_iter().enumerate() {
                        let words = &SIGMA[round % 10];
                        v[a] = v[a].wrapping_add(v[b]).wrapping_add(m[words[2 * i]]);
                        v[d] = (v[d] ^ v[a]).rotate_right(turns[0]);
                        v[c] = v[c].wrapping_add(v[d]);
                        v[b] = (v[b] ^ v[c]).rotate_right(turns[1]);
                        v[a] = v[a].wrapping_add(v[b]).wrapping_add(m[words[2 * i + 1]]);
                        v[d] = (v[d] ^ v[a]).rotate_right(turns[2]);
                        v[c] = v[c].wrapping_add(v[d]);
                        v[b] = (v[b] ^ v[c]).rotate_right(turns[3]);
                    }
                }
                let (low, high) = v.split_at(8);
                for ((word, low), high) in self.state.iter_mut().zip(low).zip(high) {
                    *word ^= low ^ high;
                }
            }
        }

        impl Function for $name {
            fn update(&mut self, mut data: &[u8]) {
                // The last block is only compressed at the end, even if it is full.
                while !data.is_empty() {
                    if self.block.len() == Self::BLOCK {
                        let block = std::mem::take(&mut self.block);
                        self.count += Self::BLOCK as $double;
                        self.compress(&block, false);
                    }
                    let (part, rest) = data.split_at(data.len().min(Self::BLOCK - self.block.len()));
                    self.block.extend_from_slice(part);
                    data = rest;
                }
            }

            fn finish(&self) -> Vec<u8> {
                let mut end = self.clone();
                let mut block = std::mem::take(&mut end.block);
                end.count += block.len() as $double;
                block.resize(Self::BLOCK, 0);
                end.compress(&block, true);
                end.state.iter().flat_map(|word| word.to_le_bytes()).collect()
            }

            fn copy(&self) -> Box<dyn Function> {
                Box::new(self.clone())
            }
        }
    };
}

function!(
    Long,
    u64,
    u128,
    12,
    [32, 24, 16, 63],
    [
        0x6a09e667f3bcc908,
        0xbb67ae8584caa73b,
        0x3c6ef372fe94f82b,
        0xa54ff53a5f1d36f1,
        0x510e527fade682d1,
        0x9b05688c2b3e6c1f,
        0x1f83d9abfb41bd6b,
        0x5be0cd19137e2179,
    ]
);
function!(
    Short,
    u32,
    u64,
    10,
    [16, 12, 8, 7],
    [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,]
);

/// The fields of a hash object.
pub struct Blake2Body {
    size: usize,
    state: RefCell<Box<dyn Function>>,
}

crate::body!(Blake2Body: Blake2);

/// An argument as a number without sign of so many bits.
fn unsigned(v: &Value, bits: u32, name: &str) -> Result<u64> {
    let n = protocol::index(v)?;
    if int::is_negative(&n) {
        return value_error("value must be positive");
    }
    match int::to_big(&n).map(|n| u64::try_from(&n)) {
        Some(Ok(n)) if bits == 64 || n >> bits == 0 => Ok(n),
        Some(Ok(_)) => overflow_error(format!("{name} is too large")),
        _ => overflow_error("int too big to convert"),
    }
}

/// An argument as an integer within limits.
fn limited(v: &Value, default: i64, (low, high): (i64, i64), message: &str) -> Result<u8> {
    let n = v.as_bound().map_or(Ok(default), |v| crate::types::str::c_int(v).map(i64::from))?;
    if (low..=high).contains(&n) { Ok(n as u8) } else { value_error(message) }
}

const SIGNATURE: &str = "(data=b'', /, *, digest_size=64, key=b'', salt=b'', person=b'', fanout=1, depth=1, \
     leaf_size=0, node_offset=0, node_depth=0, inner_size=0, last_node=False, usedforsecurity=True)";

fn new(ty: &Value, args: &[Value], names: Option<&Value>, long: bool) -> Result {
    let name = if long { "blake2b" } else { "blake2s" };
    let a = bind_args(name, crate::sig!(SIGNATURE), args, names)?;
    let most = if long { 64 } else { 32 };
    let (high, message) = (most as i64, format!("digest_size must be between 1 and {most} bytes"));
    let size = limited(&a[1], high, (1, high), &message)?;
    let bytes_of = |v: &Value, most: usize, what: &str| -> Result<Vec<u8>> {
        let Some(v) = v.as_bound() else { return Ok(Vec::new()) };
        let given = bytes::need(v)?.into_vec();
        match given.len() <= most {
            true => Ok(given),
            false => value_error(format!("maximum {what} length is {most} bytes")),
        }
    };
    let mut salt = bytes_of(&a[3], most / 4, "salt")?;
    let mut person = bytes_of(&a[4], most / 4, "person")?;
    let fanout = limited(&a[5], 1, (0, 255), "fanout must be between 0 and 255")?;
    let depth = limited(&a[6], 1, (1, 255), "depth must be between 1 and 255")?;
    let leaf_size = a[7].as_bound().map_or(Ok(0), |v| unsigned(v, 32, "leaf_size"))? as u32;
    let offset_bits = if long { 64 } else { 48 };
    let offset = a[8].as_bound().map_or(Ok(0), |v| unsigned(v, offset_bits, "node_offset"))?;
    let node_depth = limited(&a[9], 0, (0, 255), "node_depth must be between 0 and 255")?;
    let message = format!("inner_size must be between 0 and is {most}");
    let inner_size = limited(&a[10], 0, (0, high), &message)?;
    let key = bytes_of(&a[2], most, "key")?;
    let last_node = a[11].as_bound().map_or(Ok(false), protocol::truth)?;

    let mut block = vec![size, key.len() as u8, fanout, depth];
    block.extend_from_slice(&leaf_size.to_le_bytes());
    block.extend_from_slice(&offset.to_le_bytes()[..offset_bits as usize / 8]);
    block.extend_from_slice(&[node_depth, inner_size]);
    if long {
        block.extend_from_slice(&[0; 14]);
    }
    salt.resize(most / 4, 0);
    person.resize(most / 4, 0);
    block.extend(salt.into_iter().chain(person));
    let mut state: Box<dyn Function> = match long {
        true => Box::new(Long::new(&block, last_node)),
        false => Box::new(Short::new(&block, last_node)),
    };
    if !key.is_empty() {
        let mut first = key;
        first.resize(most * 2, 0);
        state.update(&first);
    }
    if let Some(first) = a[0].as_bound() {
        state.update(&data(first)?);
    }
    make(ty, Blake2Body { size: size.into(), state: RefCell::new(state) })
}

fn digest(v: &Value) -> Vec<u8> {
    let body = this::<Blake2Body>(v);
    let mut out = body.state.borrow().finish();
    out.truncate(body.size);
    out
}

fn update(a: &[Value]) -> Result {
    let data = data(&a[1])?;
    this::<Blake2Body>(&a[0]).state.borrow_mut().update(&data);
    Ok(Value::NONE)
}

fn copy(v: &Value) -> Result {
    let body = this::<Blake2Body>(v);
    let state = RefCell::new(body.state.borrow().copy());
    make(&v.ty().value(), Blake2Body { size: body.size, state })
}

macro_rules! types {
    ($($static:ident $name:literal $long:literal;)*) => {$(
        #[doc = concat!("`_blake2.", $name, "`")]
        pub static $static: Type = Type::builtin::<Boxed<Blake2Body>>(
            concat!("_blake2.", $name),
            Layout::Blake2,
            "A hash function in progress.",
            crate::defs! {
                fn "update(data, /)" "Hash more bytes." => update;
                fn "digest()" "The hash of the bytes so far." => |a| Ok(bytes::from_vec(digest(&a[0])));
                fn "hexdigest()" "The same in hexadecimal digits." => |a| Ok(Value::str(&bytes::hex_digits(&digest(&a[0]), None, 0)));
                fn "copy()" "Another object that has hashed the same." => |a| copy(&a[0]);
                get "name()" "" => |_| Ok(Value::str($name));
                get "digest_size()" "" => |v| Ok(int::from_usize(this::<Blake2Body>(v).size));
                get "block_size()" "" => |_| Ok(Value::small(if $long { 128 } else { 64 }));
                val "MAX_DIGEST_SIZE()" "" => || Value::small(if $long { 64 } else { 32 });
                val "MAX_KEY_SIZE()" "" => || Value::small(if $long { 64 } else { 32 });
                val "SALT_SIZE()" "" => || Value::small(if $long { 16 } else { 8 });
                val "PERSON_SIZE()" "" => || Value::small(if $long { 16 } else { 8 });
            },
        )
        .with_signature(SIGNATURE)
        .with_slots(Slots { new: Some(|ty, args, names| new(ty, args, names, $long)), ..Slots::EMPTY });
    )*};
}

types! {
    BLAKE2B "blake2b" true;
    BLAKE2S "blake2s" false;
}

/// The table of `_blake2`.
pub static DEFS: &[Def] = crate::defs! {
    val "blake2b()" "" => || class(&BLAKE2B);
    val "blake2s()" "" => || class(&BLAKE2S);
};
