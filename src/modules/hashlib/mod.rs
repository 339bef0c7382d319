//! `_hashlib`: hash functions, from the crates of RustCrypto, and what is made of them.

pub mod blake2;
mod derive;
mod shake;

use super::native::class;
use crate::object::{Boxed, Def, Layout, Result, Slots, Type, Value, arg};
use crate::protocol::{type_error, value_error};
use crate::types::{bytes, int};
use sha2::digest::DynDigest;
use std::cell::RefCell;

/// The fields of a hash object.
pub struct HashBody {
    algorithm: &'static Algorithm,
    state: RefCell<Box<dyn DynDigest>>,
}

crate::body!(HashBody: Hash);

type Hash = Boxed<HashBody>;

/// A hash function: name, bytes of a result and of a block, and how it begins.
struct Algorithm {
    name: &'static str,
    size: usize,
    block: usize,
    new: fn() -> Box<dyn DynDigest>,
}

macro_rules! algorithms {
    ($($name:literal $size:literal $block:literal $new:expr;)*) => {
        &[$(Algorithm { name: $name, size: $size, block: $block, new: || $new }),*]
    };
}

static ALGORITHMS: &[Algorithm] = algorithms! {
    "md5" 16 64 Box::new(md5::Md5::default());
    "sha1" 20 64 Box::new(sha1::Sha1::default());
    "sha224" 28 64 Box::new(sha2::Sha224::default());
    "sha256" 32 64 Box::new(sha2::Sha256::default());
    "sha384" 48 128 Box::new(sha2::Sha384::default());
    "sha512" 64 128 Box::new(sha2::Sha512::default());
    "sha3_224" 28 144 Box::new(sha3::Sha3_224::default());
    "sha3_256" 32 136 Box::new(sha3::Sha3_256::default());
    "sha3_384" 48 104 Box::new(sha3::Sha3_384::default());
    "sha3_512" 64 72 Box::new(sha3::Sha3_512::default());
};

fn body(v: &Value) -> &HashBody {
    v.cast::<Hash>().expect("methods are only called on their own type")
}

/// The bytes to be hashed.
fn data(v: &Value) -> Result<Vec<u8>> {
    if v.as_str().is_some() {
        return type_error("Strings must be encoded before hashing");
    }
    match bytes::copy_of(v) {
        Some(b) => Ok(b),
        None => type_error("object supporting the buffer API required"),
    }
}

/// The hash of the bytes so far.
fn digest(v: &Value) -> Box<[u8]> {
    body(v).state.borrow().box_clone().finalize()
}

/// `_hashlib.HASH`
pub static HASH: Type = Type::builtin::<Hash>(
    "_hashlib.HASH",
    Layout::Hash,
    "A hash function in progress.",
    crate::defs! {
        fn "update(obj, /)" "Hash more bytes." => |a| {
            let data = data(&a[1])?;
            body(&a[0]).state.borrow_mut().update(&data);
            Ok(Value::NONE)
        };
        fn "digest()" "The hash of the bytes so far." => |a| Ok(bytes::from_slice(&digest(&a[0])));
        fn "hexdigest()" "The same in hexadecimal digits." => |a| {
            let mut out = String::new();
            for b in digest(&a[0]) {
                out += &format!("{b:02x}");
            }
            Ok(Value::str(&out))
        };
        fn "copy()" "Another object that has hashed the same." => |a| {
            let b = body(&a[0]);
            let state = RefCell::new(b.state.borrow().box_clone());
            Ok(Value::new(&HASH, HashBody { algorithm: b.algorithm, state }))
        };
        get "name()" "" => |v| Ok(Value::str(body(v).algorithm.name));
        get "digest_size()" "" => |v| Ok(int::from_usize(body(v).algorithm.size));
        get "block_size()" "" => |v| Ok(int::from_usize(body(v).algorithm.block));
    },
)
.with_slots(Slots {
    repr: Some(|v| {
        Ok(Value::str(&format!("<{} _hashlib.HASH object @ {:#x}>", body(v).algorithm.name, v.id())))
    }),
    ..Slots::EMPTY
});

/// The hash function of a name, which may be written in several ways.
fn named(name: &str) -> Option<&'static Algorithm> {
    let name = name.to_ascii_lowercase().replace('-', "_");
    ALGORITHMS.iter().find(|x| x.name == name || x.name.replace('_', "") == name.replace('_', ""))
}

fn new(a: &[Value]) -> Result {
    let given = a[0].as_str().unwrap_or_default();
    let first = arg(a, 1).as_bound().map(data).transpose()?.unwrap_or_default();
    if let Some(algorithm) = named(given) {
        let mut state = (algorithm.new)();
        state.update(&first);
        return Ok(Value::new(&HASH, HashBody { algorithm, state: RefCell::new(state) }));
    }
    match shake::start(&given.to_ascii_lowercase().replace('-', "_"), &first) {
        Some(object) => Ok(object),
        None => value_error(format!("unsupported hash type {given}")),
    }
}

/// The table.
pub static DEFS: &[Def] = crate::defs! {
    val "HASH()" "" => || class(&HASH);
    val "HASHXOF()" "" => || class(&shake::HASHXOF);
    val "names()" "The hash functions." => || {
        let names = ALGORITHMS.iter().map(|a| a.name).chain(shake::NAMES.iter().map(|(name, _)| *name));
        Value::tuple(names.map(Value::str).collect())
    };
    fn "new(name, data=b'', /)" "Begin hashing by the function of that name." => new;
    fn "pbkdf2_hmac(hash_name, password, salt, iterations, dklen=None)" "A key derived from a password by PBKDF2 with HMAC." => derive::pbkdf2_hmac;
    fn "scrypt(password, *, salt=None, n=None, r=None, p=None, maxmem=0, dklen=64)" "A key derived from a password by scrypt." => derive::scrypt;
};
