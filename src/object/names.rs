//! Interned strings that the interpreter itself looks up, made once.

use super::string::intern;
use super::value::Value;
use std::cell::OnceCell;

/// A name, interned at its first use.
pub struct Name(&'static str, OnceCell<Value>);

// SAFETY: only the holder of the GIL uses values.
unsafe impl Sync for Name {}

impl std::ops::Deref for Name {
    type Target = Value;
    #[inline(always)]
    fn deref(&self) -> &Value {
        self.1.get_or_init(|| intern(self.0))
    }
}

macro_rules! names {
    ($($name:ident = $text:literal)*) => { $(
        #[doc = concat!("`", $text, "`")]
        pub static $name: Name = Name($text, OnceCell::new());
    )* };
}

names! {
    ABSTRACTMETHODS = "__abstractmethods__"
    CLASS = "__class__"
    ENTER = "__enter__"
    EXIT = "__exit__"
    GET = "get"
    HASH = "__hash__"
    INIT = "__init__"
    MATCH_ARGS = "__match_args__"
}
