//! Functions written in Rust, declared once: a [`Def`] holds name, signature, documentation and code.
//!
//! The signature is text, as Python would print it: `"sort(*, key=None, reverse=False)"`, without `self`.
//! From it come argument binding, CPython-worded `TypeError`s and `__doc__`. The function receives
//! one slice: `self` for methods, then one value for each parameter in the order of the text, with `*args`
//! as a tuple and `**kwargs` as a dictionary. An absent optional argument is *unbound*, or the slice ends
//! before it: see [`arg`].

use super::alloc::Boxed;
use super::value::{Result, Value};

/// A native function.
pub type NativeFn = fn(&[Value]) -> Result;

/// What a [`Def`] defines.
#[derive(Clone, Copy)]
pub enum Kind {
    /// A method (`self` first) or a module's function (no `self`).
    Function(NativeFn),
    /// A static method.
    Static(NativeFn),
    /// A class method; the class comes first.
    Class(NativeFn),
    /// A computed attribute: reader and writer (`None` deletes).
    Property(fn(&Value) -> Result, Option<fn(&Value, Option<Value>) -> Result<()>>),
    /// An attribute that is a field of the object, which programs can only read.
    Member(fn(&Value) -> Result),
    /// A constant, made at start-up.
    Const(fn() -> Value),
    /// A module's constant that is costly and seldom used: made when the module is asked for it.
    Late(fn() -> Value),
}

/// The definition of a native function or attribute.
pub struct Def {
    /// Its name.
    pub name: &'static str,
    /// The parameters in parentheses.
    pub params: &'static str,
    /// `__doc__`
    pub doc: &'static str,
    /// The code.
    pub kind: Kind,
    /// Counts taken from `params`.
    pub sig: Sig,
}

/// What argument binding must know of a signature at once.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sig {
    /// Required positional parameters.
    pub required: u8,
    /// All positional parameters.
    pub positional: u8,
    /// How many of them are positional-only.
    pub posonly: u8,
    /// Keyword-only parameters.
    pub kwonly: u8,
    /// Has `*args`.
    pub varargs: bool,
    /// Has `**kwargs`.
    pub varkw: bool,
    /// Written in the old notation with optional parameters in brackets, `find(sub[, start[, end]])`: all of
    /// them positional-only, and counted in messages in the old way.
    pub brackets: bool,
}

impl Sig {
    /// Counts the parameters of a signature's text.
    pub const fn parse(text: &str) -> Sig {
        let t = text.as_bytes();
        let mut sig = Sig {
            required: 0,
            positional: 0,
            posonly: 0,
            kwonly: 0,
            varargs: false,
            varkw: false,
            brackets: false,
        };
        let (mut i, mut keyword_only) = (0, false);
        while i < t.len() && t[i] != b'(' {
            i += 1;
        }
        i += 1;
        while i < t.len() {
            while i < t.len() && matches!(t[i], b' ' | b',' | b'[' | b']') {
                sig.brackets |= t[i] == b'[';
                i += 1;
            }
            let start = i;
            let (mut depth, mut default) = (0, sig.brackets);
            while i < t.len() && !(depth == 0 && matches!(t[i], b',' | b')' | b'[')) {
                match t[i] {
                    b'(' => depth += 1,
                    b')' => depth -= 1,
                    b'=' => default = true,
                    _ => {}
                }
                i += 1;
            }
            let len = i - start;
            if len == 0 {
                break;
            } else if t[start] == b'/' {
                sig.posonly = sig.positional;
            } else if t[start] == b'*' {
                keyword_only = true;
                if len > 1 && t[start + 1] == b'*' {
                    sig.varkw = true;
                } else if len > 1 {
                    sig.varargs = true;
                }
            } else if keyword_only {
                sig.kwonly += 1;
            } else {
                sig.positional += 1;
                if !default {
                    sig.required = sig.positional;
                }
            }
        }
        if sig.brackets {
            sig.posonly = sig.positional;
        }
        sig
    }
}

/// The names of a signature's parameters in the order of [`NativeFn`]'s slice, `*` marks stripped.
pub fn param_names(text: &'static str) -> impl Iterator<Item = &'static str> {
    let inner = text.split_once('(').map_or("", |(_, rest)| rest.strip_suffix(')').unwrap_or(rest));
    inner
        .split(", ")
        .map(|p| p.split(['=', '[', ']']).next().unwrap_or(p).trim())
        .filter(|p| !p.is_empty() && *p != "/" && !p.starts_with('*'))
}

/// Declares a table of [`Def`]s:
/// `defs! { APPEND: "append(object, /)" "Appends an object." => list_append; ... }`
#[macro_export]
macro_rules! defs {
    ($($kind:ident $sig:literal $doc:literal => $f:expr $(, $set:expr)?;)*) => {
        &[$( $crate::object::Def {
            name: $crate::object::native::name_of($sig),
            params: $sig,
            doc: $doc,
            kind: $crate::defs!(@$kind $f $(, $set)?),
            sig: $crate::object::Sig::parse($sig),
        } ),*]
    };
    (@fn $f:expr) => { $crate::object::Kind::Function($f) };
    (@static_ $f:expr) => { $crate::object::Kind::Static($f) };
    (@class $f:expr) => { $crate::object::Kind::Class($f) };
    (@get $f:expr) => { $crate::object::Kind::Property($f, None) };
    (@get $f:expr, $set:expr) => { $crate::object::Kind::Property($f, Some($set)) };
    (@member $f:expr) => { $crate::object::Kind::Member($f) };
    (@val $f:expr) => { $crate::object::Kind::Const($f) };
    (@late $f:expr) => { $crate::object::Kind::Late($f) };
}

/// The part of a signature before the parenthesis.
pub const fn name_of(sig: &'static str) -> &'static str {
    let t = sig.as_bytes();
    let mut i = 0;
    while i < t.len() && t[i] != b'(' {
        i += 1;
    }
    sig.split_at(i).0
}

/// Argument `i`, or *unbound* if it is absent.
#[inline(always)]
pub fn arg(args: &[Value], i: usize) -> &Value {
    static ABSENT: Absent = Absent(Value::UNBOUND);
    struct Absent(Value);
    // SAFETY: an unbound value has no count.
    unsafe impl Sync for Absent {}
    args.get(i).unwrap_or(&ABSENT.0)
}

/// A native function or method as an object.
pub type Native = Boxed<NativeBody>;

/// The fields of a native function.
pub struct NativeBody {
    /// Its definition.
    pub def: &'static Def,
    /// The code, copied from the definition.
    pub code: NativeFn,
    /// What it is bound to (a method's `self`, a class method's class), or unbound.
    pub receiver: Value,
    /// The name of the type or module it belongs to; empty for builtins.
    pub owner: &'static str,
    /// Whether it expects `self` as first argument and is not bound.
    pub method: bool,
    /// The built-in type whose objects `self` must be; `None` if any object will do.
    pub home: Option<&'static super::Type>,
    /// How many arguments, `self` included, need no binding: the code takes them as they stand.
    plain: (u16, u16),
}

impl NativeBody {
    /// A function or method of this definition, with `code`. See the fields.
    pub fn new(
        def: &'static Def,
        code: NativeFn,
        receiver: Value,
        owner: &'static str,
        method: bool,
        home: Option<&'static super::Type>,
    ) -> NativeBody {
        let (sig, selves) = (&def.sig, method as u16);
        let plain = if sig.varargs || sig.varkw || !receiver.is_unbound() {
            (1, 0)
        } else {
            (selves + u16::from(sig.required), selves + u16::from(sig.positional))
        };
        NativeBody { def, code, receiver, owner, method, home, plain }
    }

    /// Whether it is not bound and its code takes `n` positional arguments, `self` included, as they stand.
    #[inline(always)]
    pub fn takes_number(&self, n: usize) -> bool {
        usize::from(self.plain.0) <= n && n <= usize::from(self.plain.1)
    }

    /// Whether it is not bound and its code takes these positional arguments as they stand, the first being of its own
    /// type, not a subclass.
    #[inline(always)]
    pub fn takes_plainly(&self, args: &[Value]) -> bool {
        self.takes_number(args.len())
            && match self.home {
                Some(home) if self.method => {
                    args.first().and_then(Value::head).is_some_and(|h| std::ptr::eq(h.ty_ptr(), home))
                }
                _ => true,
            }
    }
}

crate::body!(NativeBody: Native { receiver });

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures() {
        let sig = Sig::parse("sorted(iterable, /, *, key=None, reverse=False)");
        assert_eq!((sig.required, sig.positional, sig.posonly, sig.kwonly), (1, 1, 1, 2));
        let sig = Sig::parse("print(*args, sep=' ', end='\\n', file=None, flush=False)");
        assert_eq!((sig.required, sig.kwonly, sig.varargs), (0, 4, true));
        let sig = Sig::parse("find(sub[, start[, end]])");
        assert_eq!((sig.required, sig.positional, sig.posonly, sig.brackets), (1, 3, 3, true));
        assert!(param_names("find(sub[, start[, end]])").eq(["sub", "start", "end"]));
        assert_eq!(Sig::parse("f()").positional, 0);
        assert!(param_names("f(a, b=(), /, *, c=1)").eq(["a", "b", "c"]));
    }
}
