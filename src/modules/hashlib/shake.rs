//! SHAKE: the functions of SHA-3 with results as long as one wishes (FIPS 202).

use super::data;
use crate::modules::native::this;
use crate::object::{Boxed, Layout, Result, Slots, Type, Value};
use crate::protocol::{self, raise};
use crate::types::{bytes, exception, int};
use keccak::Keccak;
use std::cell::RefCell;

/// Keccak's state, which takes bytes in and gives bytes out, `rate` of them between two permutations.
#[derive(Clone)]
struct Sponge {
    state: [u64; 25],
    rate: usize,
    /// How many bytes of the block have been taken in.
    filled: usize,
}

impl Sponge {
    fn permute(&mut self) {
        let state = &mut self.state;
        Keccak::new().with_f1600(|f| f(state));
        self.filled = 0;
    }

    fn mix(&mut self, place: usize, byte: u8) {
        self.state[place / 8] ^= u64::from(byte) << (place % 8 * 8);
    }

    fn absorb(&mut self, data: &[u8]) {
        for &byte in data {
            self.mix(self.filled, byte);
            self.filled += 1;
            if self.filled == self.rate {
                self.permute();
            }
        }
    }

    fn squeeze(mut self, n: usize) -> Result<Vec<u8>> {
        self.mix(self.filled, 0x1f);
        self.mix(self.rate - 1, 0x80);
        let mut out = Vec::new();
        bytes::try_reserve(&mut out, n)?;
        while out.len() < n {
            self.permute();
            let block = self.state.iter().flat_map(|word| word.to_le_bytes()).take(self.rate);
            out.extend(block.take(n - out.len()));
        }
        Ok(out)
    }
}

/// The fields of a hash object with results of any length.
pub struct XofBody {
    name: &'static str,
    state: RefCell<Sponge>,
}

crate::body!(XofBody: Shake);

/// The functions: name and bytes of a block.
pub const NAMES: [(&str, usize); 2] = [("shake_128", 168), ("shake_256", 136)];

/// A new object for the function of that name, if there is one; `first` is hashed.
pub fn start(name: &str, first: &[u8]) -> Option<Value> {
    let (name, rate) = NAMES.into_iter().find(|(n, _)| *n == name || n.replace('_', "") == name)?;
    let mut state = Sponge { state: [0; 25], rate, filled: 0 };
    state.absorb(first);
    Some(Value::new(&HASHXOF, XofBody { name, state: RefCell::new(state) }))
}

fn digest(a: &[Value]) -> Result<Vec<u8>> {
    match usize::try_from(protocol::index_i64(&a[1])?) {
        Ok(n) => this::<XofBody>(&a[0]).state.borrow().clone().squeeze(n),
        Err(_) => {
            let message = "Negative size passed to PyBytes_FromStringAndSize";
            Err(raise(&exception::SYSTEM_ERROR, message))
        }
    }
}

/// `_hashlib.HASHXOF`
pub static HASHXOF: Type = Type::builtin::<Boxed<XofBody>>(
    "_hashlib.HASHXOF",
    Layout::Shake,
    "A hash function in progress whose result may have any length.",
    crate::defs! {
        fn "update(obj, /)" "Hash more bytes." => |a| {
            let data = data(&a[1])?;
            this::<XofBody>(&a[0]).state.borrow_mut().absorb(&data);
            Ok(Value::NONE)
        };
        fn "digest(length)" "The hash of the bytes so far, of that length." => |a| digest(a).map(bytes::from_vec);
        fn "hexdigest(length)" "The same in hexadecimal digits." => |a| Ok(Value::str(&bytes::hex_digits(&digest(a)?, None, 0)));
        fn "copy()" "Another object that has hashed the same." => |a| {
            let b = this::<XofBody>(&a[0]);
            Ok(Value::new(&HASHXOF, XofBody { name: b.name, state: b.state.clone() }))
        };
        get "name()" "" => |v| Ok(Value::str(this::<XofBody>(v).name));
        get "digest_size()" "" => |_| Ok(Value::small(0));
        get "block_size()" "" => |v| Ok(int::from_usize(this::<XofBody>(v).state.borrow().rate));
    },
)
.with_slots(Slots {
    repr: Some(|v| {
        Ok(Value::str(&format!("<{} _hashlib.HASHXOF object @ {:#x}>", this::<XofBody>(v).name, v.id())))
    }),
    ..Slots::EMPTY
});
