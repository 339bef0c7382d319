//! Trees for the library's `ast`: what the parser made as objects, and such objects compiled. The classes of the nodes
//! are those of the frozen module `_ast`.

mod constants;
mod expressions;
mod objects;
mod patterns;
mod reader;
mod statements;

use crate::object::{Dict, Result, Value, intern};
use crate::protocol;
use crate::types::module::Module;
use crate::vm::{self, import};
use minipy_bytecode::Names;
use minipy_syntax::{LineIndex, Mode};

/// The flag of `compile` that asks for the tree: `ast.PyCF_ONLY_AST`.
pub const ONLY_AST: i64 = 0x400;
/// All flags that `compile` knows: that one, type comments, `await` outside of functions, incomplete input, and those
/// of `__future__`.
pub const KNOWN_FLAGS: i64 = ONLY_AST | 0x1000 | 0x2000 | 0x4000 | 0x200 | 0x10 | 0x1ff_0000;

/// The namespace of `_ast`.
fn classes(module: &Value) -> Option<&Dict> {
    module.cast::<Module>().map(|m| m.namespace())
}

/// The tree of a text, as objects.
pub fn parse(source: &str, filename: &str, mode: Mode) -> Result {
    let module = import::import_absolute("_ast")?;
    let arena = bumpalo::Bump::new();
    let tree = minipy_syntax::parse(&arena, source, mode)
        .map_err(|e| vm::syntax::syntax_error(&e, source, filename))?;
    let lines = LineIndex::new(source.to_owned());
    match classes(&module) {
        Some(classes) => objects::make(&tree, classes, &lines),
        None => Ok(Value::NONE),
    }
}

/// Whether an object is a node of `ast`.
pub fn is_node(v: &Value) -> Result<bool> {
    let Some(module) = import::loaded("_ast") else { return Ok(false) };
    match classes(&module).and_then(|c| c.get_interned(&intern("AST"))) {
        Some(class) => protocol::is_instance(v, class),
        None => Ok(false),
    }
}

/// The code of a tree of objects.
pub fn compile(tree: &Value, filename: &str, mode: Mode, names: Names) -> Result {
    let module = import::import_absolute("_ast")?;
    let Some(classes) = classes(&module) else { return Ok(Value::NONE) };
    let arena = bumpalo::Bump::new();
    let mut reader = reader::Reader::new(&arena, classes);
    let tree = reader.module(tree, mode)?;
    vm::compile_tree(&tree, reader.into_lines(), filename, names)
}
