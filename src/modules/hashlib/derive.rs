//! Keys from passwords: PBKDF2 (RFC 8018) and scrypt (RFC 7914), without the GIL.

use super::Algorithm;
use crate::object::{Result, Value};
use crate::protocol::{self, type_error, value_error};
use crate::types::{bytes, int};

/// HMAC with a key: the hash functions after the inner and the outer block.
struct Mac {
    algorithm: &'static Algorithm,
    key: Vec<u8>,
}

impl Mac {
    fn new(algorithm: &'static Algorithm, key: &[u8]) -> Mac {
        let mut key = key.to_vec();
        if key.len() > algorithm.block {
            let mut state = (algorithm.new)();
            state.update(&key);
            key = state.finalize().into_vec();
        }
        key.resize(algorithm.block, 0);
        Mac { algorithm, key }
    }

    fn padded(&self, pad: u8) -> Box<dyn super::DynDigest> {
        let mut state = (self.algorithm.new)();
        state.update(&self.key.iter().map(|b| b ^ pad).collect::<Vec<_>>());
        state
    }
}

/// A key of `len` bytes.
fn pbkdf2(algorithm: &'static Algorithm, password: &[u8], salt: &[u8], rounds: u64, len: usize) -> Vec<u8> {
    let mac = Mac::new(algorithm, password);
    let (inner, outer) = (mac.padded(0x36), mac.padded(0x5c));
    let keyed = |parts: &[&[u8]]| {
        let mut state = inner.box_clone();
        parts.iter().for_each(|part| state.update(part));
        let mut end = outer.box_clone();
        end.update(&state.finalize());
        end.finalize()
    };
    let mut key = Vec::with_capacity(len);
    let mut block = 0u32;
    while key.len() < len {
        block = block.wrapping_add(1);
        let mut step = keyed(&[salt, &block.to_be_bytes()]);
        let mut total = step.to_vec();
        for _ in 1..rounds {
            step = keyed(&[&step]);
            total.iter_mut().zip(step.iter()).for_each(|(t, s)| *t ^= s);
        }
        total.truncate(len - key.len());
        key.extend(total);
    }
    key
}

/// `pbkdf2_hmac(hash_name, password, salt, iterations, dklen=None)`
pub fn pbkdf2_hmac(a: &[Value]) -> Result {
    let name = a[0].as_str().unwrap_or_default();
    if a[0].as_str().is_none() {
        let given = crate::types::str::given(&a[0]);
        return type_error(format!("pbkdf2_hmac() argument 'hash_name' must be str, not {given}"));
    }
    let (password, salt) = (bytes::need(&a[1])?.into_vec(), bytes::need(&a[2])?.into_vec());
    let rounds = protocol::index_i64(&a[3])?;
    let Some(algorithm) = super::named(name) else {
        return value_error(format!("unsupported hash type {name}"));
    };
    if rounds < 1 {
        return value_error("iteration value must be greater than 0.");
    }
    let len = match a.get(4).and_then(Value::as_bound).filter(|v| !v.is_none()) {
        Some(v) => protocol::index_i64(v)?,
        None => algorithm.size as i64,
    };
    match usize::try_from(len) {
        Ok(len @ 1..=0x7fff_ffff) => {
            let key = minipy_sched::without_gil(|| pbkdf2(algorithm, &password, &salt, rounds as u64, len));
            Ok(bytes::from_vec(key))
        }
        Ok(0) => value_error("key length must be greater than 0."),
        Ok(_) => protocol::overflow_error("key length is too great."),
        Err(_) => value_error("key length must be greater than 0."),
    }
}

/// Salsa20/8 of a block of 16 words.
fn salsa(block: &mut [u32; 16]) {
    let mut x = *block;
    let quarter = |x: &mut [u32; 16], [a, b, c, d]: [usize; 4]| {
        x[b] ^= x[a].wrapping_add(x[d]).rotate_left(7);
        x[c] ^= x[b].wrapping_add(x[a]).rotate_left(9);
        x[d] ^= x[c].wrapping_add(x[b]).rotate_left(13);
        x[a] ^= x[d].wrapping_add(x[c]).rotate_left(18);
    };
    for _ in 0..4 {
        for places in [[0, 4, 8, 12], [5, 9, 13, 1], [10, 14, 2, 6], [15, 3, 7, 11]] {
            quarter(&mut x, places);
        }
        for places in [[0, 1, 2, 3], [5, 6, 7, 4], [10, 11, 8, 9], [15, 12, 13, 14]] {
            quarter(&mut x, places);
        }
    }
    for (word, mixed) in block.iter_mut().zip(x) {
        *word = word.wrapping_add(mixed);
    }
}

/// Mixes a block of `2 r` times 16 words.
fn mix_block(words: &mut [u32], out: &mut [u32], r: usize) {
    let mut x = [0; 16];
    x.copy_from_slice(&words[words.len() - 16..]);
    for (i, part) in words.chunks_exact(16).enumerate() {
        x.iter_mut().zip(part).for_each(|(x, w)| *x ^= w);
        salsa(&mut x);
        // The even ones first, then the odd ones.
        let place = (i / 2 + if i % 2 == 0 { 0 } else { r }) * 16;
        out[place..place + 16].copy_from_slice(&x);
    }
    words.copy_from_slice(out);
}

/// Mixes one of the `p` blocks with the help of `n` copies; `None` if there is no memory for them.
fn mix(block: &mut [u8], n: usize, r: usize) -> Option<()> {
    let len = 32 * r;
    let mut x: Vec<u32> =
        block.chunks_exact(4).map(|b| u32::from_le_bytes(b.try_into().unwrap_or_default())).collect();
    let mut out = vec![0; len];
    let mut copies: Vec<u32> = Vec::new();
    copies.try_reserve_exact(n.checked_mul(len)?).ok()?;
    for _ in 0..n {
        copies.extend_from_slice(&x);
        mix_block(&mut x, &mut out, r);
    }
    for _ in 0..n {
        let chosen = x[len - 16] as usize & (n - 1);
        x.iter_mut().zip(&copies[chosen * len..]).for_each(|(x, c)| *x ^= c);
        mix_block(&mut x, &mut out, r);
    }
    for (bytes, word) in block.chunks_exact_mut(4).zip(x) {
        bytes.copy_from_slice(&word.to_le_bytes());
    }
    Some(())
}

/// `scrypt(password, *, salt=None, n=None, r=None, p=None, maxmem=0, dklen=64)`
pub fn scrypt(a: &[Value]) -> Result {
    let password = bytes::need(&a[0])?.into_vec();
    let given = |i: usize| a.get(i).and_then(Value::as_bound).filter(|v| !v.is_none());
    let Some(salt) = given(1) else { return type_error("salt is required") };
    let salt = bytes::need(salt)?.into_vec();
    let number = |i: usize, name: &str| -> Result<u64> {
        let v = given(i).filter(|v| v.ty().is_subtype(&int::INT));
        match v.and_then(int::to_i64).map(u64::try_from) {
            Some(Ok(n)) => Ok(n),
            _ => type_error(format!("{name} is required and must be an unsigned int")),
        }
    };
    let (n, r, p) = (number(2, "n")?, number(3, "r")?, number(4, "p")?);
    if n < 2 || !n.is_power_of_two() {
        return value_error("n must be a power of 2.");
    }
    let limited = |i: usize, default: i64| given(i).map_or(Ok(default), protocol::index_i64);
    let maxmem = limited(5, 0)?;
    if !(0..=0x7fff_ffff).contains(&maxmem) {
        return value_error("maxmem must be positive and smaller than 2147483647");
    }
    let len = limited(6, 64)?;
    if !(1..=0x7fff_ffff).contains(&len) {
        return value_error("dklen must be greater than 0 and smaller than 2147483647");
    }
    if r == 0 || p == 0 || r.saturating_mul(p) >= 1 << 30 {
        return value_error("Invalid parameter combination for n, r, p, maxmem.");
    }
    // What OpenSSL allows by default.
    let limit = if maxmem == 0 { 32 << 20 } else { maxmem as u64 };
    let blocks = 128 * r * p;
    let needed = 128u64.saturating_mul(r).saturating_mul(n.saturating_add(2)).saturating_add(blocks);
    if needed > limit {
        return value_error("[digital envelope routines] memory limit exceeded");
    }
    let Some(algorithm) = super::named("sha256") else { return value_error("unsupported hash type sha256") };
    let key = minipy_sched::without_gil(|| {
        let mut data = pbkdf2(algorithm, &password, &salt, 1, blocks as usize);
        for block in data.chunks_exact_mut(128 * r as usize) {
            mix(block, n as usize, r as usize)?;
        }
        Some(pbkdf2(algorithm, &password, &data, 1, len as usize))
    });
    key.map_or_else(protocol::memory_error, |key| Ok(bytes::from_vec(key)))
}
