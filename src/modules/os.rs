//! `os`: the little that is there.

use crate::object::{Def, Value};
use crate::types::int;

/// The table.
pub static DEFS: &[Def] = crate::defs! {
    fn "getpid()" "The number of this process." => |_| Ok(int::from_i64(std::process::id() as i64));
    fn "cpu_count()" "How many processors there are." => |_| Ok(std::thread::available_parallelism().map_or(Value::NONE, |n| Value::small(n.get() as i32)));
    val "name()" "" => || Value::str("posix");
    val "sep()" "" => || Value::str("/");
};
