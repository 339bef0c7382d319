//! Values, the heap, and the objects that the rest is built of. Most unsafe code lives here.

#![allow(unsafe_code)]

pub mod alloc;
pub mod attrs;
pub mod breaker;
pub mod dict;
pub mod gc;
pub mod head;
pub mod heap;
pub mod lasting;
mod marks;
pub mod names;
pub mod native;
pub mod pool;
pub mod sequence;
pub mod slots;
pub mod string;
pub mod trace;
pub mod types;
pub mod value;
pub mod weak;

pub use alloc::{Body, BodyLayout, Boxed, Fields};
pub use attrs::Attrs;
pub use dict::Dict;
pub use head::{Head, Layout, Object};
pub use native::{Def, Kind, Native, NativeBody, Sig, arg};
pub use sequence::{List, ListBody, Tuple};
pub use slots::{BinOp, Binary, Compare, Sent, Slots};
pub use string::{Str, StrWriter, intern, intern_static, intern_value};
pub use trace::{Trace, Tracer};
pub use types::Type;
pub use value::{Raised, Result, Value};
