//! `--tokens`, `--ast`, `--dis`: what the front end makes of a script; no interpreter is started.

use minipy_bytecode::Names;
use std::sync::Arc;

/// Prints one view of a script; returns the exit code.
pub fn show(what: &str, file: &str) -> i32 {
    let source = match std::fs::read(file)
        .map_err(|e| e.to_string())
        .and_then(|b| minipy_syntax::decode(&b).map_err(|e| e.message))
    {
        Ok(s) => s,
        Err(e) => {
            eprintln!("minipy: can't open file '{file}': {e}");
            return 2;
        }
    };
    match view(what, file, &source) {
        Ok(text) => {
            print!("{text}");
            0
        }
        Err(e) => {
            eprintln!("  File \"{file}\"\n{e}");
            1
        }
    }
}

fn view(what: &str, file: &str, source: &str) -> Result<String, String> {
    if what == "tokens" {
        return minipy_syntax::dump_tokens(source).map_err(|e| e.to_string());
    }
    let arena = bumpalo::Bump::new();
    let tree =
        minipy_syntax::parse(&arena, source, minipy_syntax::Mode::Module).map_err(|e| e.to_string())?;
    if what == "ast" {
        return Ok(minipy_syntax::dump(&tree, crate::types::unicode::is_printable));
    }
    let lines = minipy_syntax::LineIndex::new(source.to_owned());
    let origin = Arc::new(minipy_bytecode::Source { filename: file.into(), lines });
    match minipy_bytecode::compile(&tree, origin, Names::Global) {
        Ok(code) => Ok(minipy_bytecode::disassemble(&code)),
        Err(e) => Err(e.message),
    }
}
