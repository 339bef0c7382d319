//! The named structures of `sys`: what it says of the version and of numbers.

use crate::object::{Dict, Result, Type, Value, arg, intern};
use crate::protocol::type_error;
use crate::types::{float, int};
use crate::vm::Thread;

crate::structure!(VERSION_INFO: "sys.version_info" "Version information as a named tuple." {
    0 "major()" "Major release number";
    1 "minor()" "Minor release number";
    2 "micro()" "Patch release number";
    3 "releaselevel()" "'alpha', 'beta', 'candidate', or 'final'";
    4 "serial()" "Serial release number";
});

crate::structure!(FLOAT_INFO: "sys.float_info" "What floats can hold." {
    0 "max()" "maximum representable finite float";
    1 "max_exp()" "maximum int e such that radix**(e-1) is representable";
    2 "max_10_exp()" "maximum int e such that 10**e is representable";
    3 "min()" "minimum positive normalized float";
    4 "min_exp()" "minimum int e such that radix**(e-1) is a normalized float";
    5 "min_10_exp()" "minimum int e such that 10**e is a normalized float";
    6 "dig()" "maximum number of decimal digits that can be faithfully represented in a float";
    7 "mant_dig()" "mantissa digits";
    8 "epsilon()" "difference between 1 and the next representable float";
    9 "radix()" "radix of exponent";
    10 "rounds()" "rounding mode used for arithmetic operations";
});

crate::structure!(HASH_INFO: "sys.hash_info" "How numbers and strings are hashed." {
    0 "width()" "width of the type used for hashing, in bits";
    1 "modulus()" "prime number giving the modulus on which the hash function is based";
    2 "inf()" "value to be used for hash of a positive infinity";
    3 "nan()" "value to be used for hash of a nan";
    4 "imag()" "multiplier used for the imaginary part of a complex number";
    5 "algorithm()" "how strings and bytes are hashed";
    6 "hash_bits()" "how many bits that algorithm gives";
    7 "seed_bits()" "how many bits its seed has";
    8 "cutoff()" "up to which length short strings are hashed in another way";
});

crate::structure!(THREAD_INFO: "sys.thread_info" "How threads and locks are made." {
    0 "name()" "which threads of the system they are";
    1 "lock()" "what a lock is";
    2 "version()" "of which version the library is";
});

crate::structure!(INT_INFO: "sys.int_info" "How large numbers become text." {
    0 "bits_per_digit()" "size of a digit in bits";
    1 "sizeof_digit()" "size in bytes of the C type used to represent a digit";
    2 "default_max_str_digits()" "maximum string conversion digits limitation";
    3 "str_digits_check_threshold()" "minimum positive value for int_max_str_digits";
});

crate::structure!(FLAGS: "sys.flags" "Flags provided through command line arguments or environment vars." {
    0 "debug()" "-d";
    1 "inspect()" "-i";
    2 "interactive()" "-i";
    3 "optimize()" "-O or -OO";
    4 "dont_write_bytecode()" "-B";
    5 "no_user_site()" "-s";
    6 "no_site()" "-S";
    7 "ignore_environment()" "-E";
    8 "verbose()" "-v";
    9 "bytes_warning()" "-b";
    10 "quiet()" "-q";
    11 "hash_randomization()" "-R";
    12 "isolated()" "-I";
    13 "dev_mode()" "-X dev";
    14 "utf8_mode()" "-X utf8";
    15 "warn_default_encoding()" "-X warn_default_encoding";
    16 "safe_path()" "-P";
    17 "int_max_str_digits()" "-X int_max_str_digits";
});

/// The version of CPython that is the model.
pub const VERSION: &str = "3.11.7";

/// The types of the structures.
pub fn types() -> [&'static Type; 6] {
    [&VERSION_INFO, &FLOAT_INFO, &HASH_INFO, &THREAD_INFO, &INT_INFO, &FLAGS]
}

/// Puts the structures into `sys`.
pub fn init(d: &Dict) {
    let n = |n: i64| int::from_i64(n);
    let f = float::from_f64;
    let set = |name: &str, ty: &'static Type, items: Vec<Value>| {
        d.set_interned(&intern(name), Value::tuple_of(ty, items))
    };
    set("version_info", &VERSION_INFO, vec![n(3), n(11), n(7), Value::str("final"), n(0)]);
    d.set_interned(&intern("hexversion"), n(0x030b_07f0));
    d.set_interned(&intern("float_repr_style"), Value::str("short"));
    let (max, min) = (f64::MAX, f64::MIN_POSITIVE);
    let floats =
        vec![f(max), n(1024), n(308), f(min), n(-1021), n(-307), n(15), n(53), f(f64::EPSILON), n(2), n(1)];
    set("float_info", &FLOAT_INFO, floats);
    let mut hashing = vec![n(64), n((1 << 61) - 1), n(314_159), n(0), n(1_000_003)];
    hashing.extend([Value::str("siphash13"), n(64), n(128), n(0)]);
    set("hash_info", &HASH_INFO, hashing);
    set("thread_info", &THREAD_INFO, vec![Value::str("pthread"), Value::str("semaphore"), Value::NONE]);
    set("int_info", &INT_INFO, vec![n(30), n(4), n(4300), n(640)]);
    let mut flags = vec![n(0); 18];
    (flags[11], flags[17]) = (n(1), n(-1));
    flags[13] = Value::FALSE;
    flags[16] = Value::FALSE;
    set("flags", &FLAGS, flags);
}

crate::structure!(ASYNCGEN_HOOKS: "sys.asyncgen_hooks" "What is called with asynchronous generators." {
    0 "firstiter()" "when they begin";
    1 "finalizer()" "when they die before their end";
});

/// `sys.get_asyncgen_hooks()`
pub fn asyncgen_hooks() -> Value {
    super::native::class(&ASYNCGEN_HOOKS);
    let hooks = Thread::current().asyncgen_hooks.borrow().clone();
    Value::tuple_of(&ASYNCGEN_HOOKS, hooks.map(|h| h.bound().unwrap_or(Value::NONE)).to_vec())
}

/// `sys.set_asyncgen_hooks(firstiter, finalizer)`: what is not given stays.
pub fn set_asyncgen_hooks(a: &[Value]) -> Result {
    let names = ["firstiter", "finalizer"];
    let given: Vec<Option<&Value>> = (0..2).map(|i| arg(a, i).as_bound()).collect();
    for (hook, name) in given.iter().zip(names) {
        if let Some(hook) = hook.filter(|h| !h.is_none() && h.ty().slots().call.is_none()) {
            let kind = hook.ty().name();
            return type_error(format!("callable {name} expected, got {kind}"));
        }
    }
    let mut hooks = Thread::current().asyncgen_hooks.borrow().clone();
    for (place, hook) in hooks.iter_mut().zip(given) {
        if let Some(hook) = hook {
            let hook = if hook.is_none() { Value::UNBOUND } else { hook.clone() };
            drop(std::mem::replace(place, hook));
        }
    }
    let old = Thread::current().asyncgen_hooks.replace(hooks);
    drop(old);
    Ok(Value::NONE)
}
