//! Syntax errors as exceptions.

use crate::object::{Raised, Result, Value, intern};
use crate::protocol::{self, raise};
use crate::types::exception;
use minipy_bytecode::CompileError;
use minipy_bytecode::compile::{ErrorKind, Warning};
use minipy_syntax::{Category, LineIndex, Place, SyntaxError, SyntaxErrorKind};
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether `-W` or `PYTHONWARNINGS` say what to do with warnings.
static HAS_WARN_OPTIONS: AtomicBool = AtomicBool::new(false);

/// The command line or the environment says what to do with warnings.
pub fn heed_warn_options() {
    HAS_WARN_OPTIONS.store(true, Ordering::Relaxed);
}

/// The exception for a text that is no Python.
pub fn syntax_error(e: &SyntaxError, source: &str, filename: &str) -> Raised {
    let kind = match e.kind {
        SyntaxErrorKind::SyntaxError => &exception::SYNTAX_ERROR,
        SyntaxErrorKind::IndentationError => &exception::INDENTATION_ERROR,
        SyntaxErrorKind::TabError => &exception::TAB_ERROR,
        SyntaxErrorKind::RecursionError => return raise(&exception::RECURSION_ERROR, &e.message),
        SyntaxErrorKind::MemoryError => return Raised(exception::new(&exception::MEMORY_ERROR, Vec::new())),
    };
    let index = LineIndex::new(source.to_owned());
    let mut place = match (&e.place, e.span) {
        (Some(place), _) => place.clone(),
        (None, Some(span)) => {
            let (line, column) = index.char_position(span.start);
            let (end_line, end_column) = index.char_position(span.end.max(span.start));
            let (column, end_column) = (column as i64 + 1, end_column as i64 + 1);
            Place { base: None, is_lexical: false, line, column, end_line, end_column, text: None }
        }
        (None, None) => return raise(kind, &e.message),
    };
    if let Some(base) = place.base {
        // The lines of an f-string's expression count from its first one.
        let before = index.line(base) - 1;
        place.line += before;
        place.end_line += before;
    } else if place.text.is_none() || is_file(filename) {
        place.text = index.line_text(place.line).map(|t| format!("{t}\n"));
    }
    let filename = if place.base.is_some() && place.is_lexical { "<fstring>" } else { filename };
    with_place(kind, &e.message, filename, &place)
}

/// The exception for a program that parses but means nothing.
pub fn compile_error(e: &CompileError, index: &LineIndex, filename: &str) -> Raised {
    if e.kind == ErrorKind::Recursion {
        return raise(&exception::RECURSION_ERROR, &e.message);
    }
    // CPython's compiler counts columns in bytes, and only shows lines of files.
    let (line, column) = index.position(e.span.start);
    let (end_line, end_column) = index.position(e.span.end.max(e.span.start));
    let text = index.line_text(line).filter(|_| is_file(filename)).map(|t| format!("{t}\n"));
    let (column, end_column) = (column as i64 + 1, end_column as i64 + 1);
    let place = Place { base: None, is_lexical: false, line, column, end_line, end_column, text };
    let raised = with_place(&exception::SYNTAX_ERROR, &e.message, filename, &place);
    if !e.has_end {
        exception::set_field(&raised.0, "end_offset", Value::NONE);
    }
    if e.is_of_names {
        let args = Value::tuple(vec![Value::str(&e.message)]);
        if let Err(error) = protocol::set_attr(&raised.0, &intern("args"), Some(args)) {
            return error;
        }
    }
    raised
}

/// Issues the warnings about the tokens of a text.
pub fn warn_of_text(source: &str, filename: &str) -> Result<()> {
    let mut warnings = minipy_syntax::warnings(source);
    // The filters that nobody has changed ignore the deprecations of any module but `__main__`: most scripts with one
    // need not load `warnings` for that.
    if super::import::loaded("warnings").is_none() && !HAS_WARN_OPTIONS.load(Ordering::Relaxed) {
        warnings.retain(|w| w.category == Category::Syntax || filename.trim_end_matches(".py") == "__main__");
    }
    if warnings.is_empty() {
        return Ok(());
    }
    let index = LineIndex::new(source.to_owned());
    for w in warnings {
        let category = match w.category {
            Category::Syntax => &exception::SYNTAX_WARNING,
            Category::Deprecation => &exception::DEPRECATION_WARNING,
        };
        issue(category, &w.message, index.line(w.span.start), filename).map_err(|e| {
            let error = SyntaxError::new(&*w.message, w.span);
            if e.0.ty().is_subtype(category) { syntax_error(&error, source, filename) } else { e }
        })?;
    }
    Ok(())
}

fn issue(category: &'static crate::object::Type, message: &str, line: u32, filename: &str) -> Result {
    let args = [Value::str(message), category.value(), Value::str(filename), Value::small(line as i32)];
    let module = super::import::import_absolute("warnings")?;
    protocol::call_method(&module, "warn_explicit", &args)
}

/// Issues the warnings about a program; one that is turned into an error is a syntax error.
pub fn warn(warnings: &[Warning], index: &LineIndex, filename: &str) -> Result<()> {
    for w in warnings {
        let line = index.line(w.span.start);
        if let Err(e) = issue(&exception::SYNTAX_WARNING, &w.message, line, filename) {
            if !e.0.ty().is_subtype(&exception::SYNTAX_WARNING) {
                return Err(e);
            }
            let error = CompileError::syntax(&*w.message, w.span);
            return Err(compile_error(&error, index, filename));
        }
    }
    Ok(())
}

/// Whether the lines of a program can be read from its file.
fn is_file(filename: &str) -> bool {
    !filename.starts_with('<') && std::path::Path::new(filename).is_file()
}

fn with_place(kind: &crate::object::Type, message: &str, filename: &str, place: &Place) -> Raised {
    let number = |n: i64| Value::small(n as i32);
    let details = Value::tuple(vec![
        Value::str(filename),
        number(place.line as i64),
        number(place.column),
        place.text.as_deref().map_or(Value::NONE, Value::str),
        number(place.end_line as i64),
        number(place.end_column),
    ]);
    match protocol::call(&kind.value(), &[Value::str(message), details]) {
        Ok(e) => Raised(e),
        Err(e) => e,
    }
}
