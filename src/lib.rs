//! minipy: a Python interpreter with a real global interpreter lock.
//!
//! The modules stand in the order in which a script flows; `minipy_syntax` (text to tree) and
//! `minipy_bytecode` (tree to code) come before them, `minipy_sched` (the GIL) beside them.

pub mod builtins;
pub mod cli;
pub mod modules;
pub mod object;
pub mod protocol;
pub mod types;
pub mod vm;

#[global_allocator]
static POOL: object::pool::Pool = object::pool::Pool;
