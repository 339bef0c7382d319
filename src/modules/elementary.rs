//! Functions of the C library's `libm` that the standard library lacks or computes in another way. Results are those
//! of CPython to the last bit where both use the same library.

mod c {
    unsafe extern "C" {
        pub safe fn acosh(x: f64) -> f64;
        pub safe fn asinh(x: f64) -> f64;
        pub safe fn atanh(x: f64) -> f64;
        pub safe fn erf(x: f64) -> f64;
        pub safe fn erfc(x: f64) -> f64;
        pub safe fn exp2(x: f64) -> f64;
        pub safe fn expm1(x: f64) -> f64;
        pub safe fn log1p(x: f64) -> f64;
        pub safe fn remainder(x: f64, y: f64) -> f64;
    }
}

macro_rules! functions {
    ($($name:ident $doc:literal)*) => { $(
        #[doc = $doc]
        pub fn $name(x: f64) -> f64 {
            c::$name(x)
        }
    )* };
}

functions! {
    acosh "The inverse hyperbolic cosine."
    asinh "The inverse hyperbolic sine."
    atanh "The inverse hyperbolic tangent."
    erf "The error function."
    erfc "The complementary error function."
    exp2 "A power of two."
    expm1 "`exp(x) - 1`."
}

/// `log(1 + x)`; a zero keeps its sign.
pub fn log1p(x: f64) -> f64 {
    if x == 0.0 { x } else { c::log1p(x) }
}

/// What is left of `x` when the nearest multiple of `y` is taken away.
pub fn remainder(x: f64, y: f64) -> f64 {
    c::remainder(x, y)
}

/// The cube root. The compiler's own library has a function of this name too, which would be linked.
pub fn cbrt(x: f64) -> f64 {
    type Function = unsafe extern "C" fn(f64) -> f64;
    static CBRT: std::sync::OnceLock<Option<Function>> = std::sync::OnceLock::new();
    let found = CBRT.get_or_init(|| {
        // SAFETY: the names are texts that end in zero; a symbol of this name in libm is a function of this type.
        unsafe {
            let library = libc::dlopen(c"libm.so.6".as_ptr(), libc::RTLD_LAZY);
            let symbol = if library.is_null() { library } else { libc::dlsym(library, c"cbrt".as_ptr()) };
            std::mem::transmute::<*mut libc::c_void, Option<Function>>(symbol)
        }
    });
    match found {
        // SAFETY: it takes any number.
        Some(f) => unsafe { f(x) },
        None => libm::cbrt(x),
    }
}
