//! The instruction set, code objects, and the compiler that makes them from a syntax tree.

pub mod code;
pub mod compile;
mod dis;
pub mod op;
pub mod store;

pub use code::{Code, Const, Handler, Source, flags};
pub use compile::{CompileError, Names, compile, mangle};
pub use dis::{disassemble, jump_target, operands};
pub use op::{Instr, Op, Operand};
