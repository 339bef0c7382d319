//! `from __future__ import ...`: which features a program asks for, and whether it may.

use super::CompileError;
use minipy_syntax::ast::*;

const FEATURES: [&str; 10] = [
    "nested_scopes",
    "generators",
    "division",
    "absolute_import",
    "with_statement",
    "print_function",
    "unicode_literals",
    "barry_as_FLUFL",
    "generator_stop",
    "annotations",
];

/// What a program imports from `__future__`.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Future {
    /// Annotations are not evaluated.
    pub annotations: bool,
    /// The last statement that may import from it.
    pub last: Option<Span>,
}

/// Whether a statement imports from `__future__`.
pub(super) fn is_future(module: Option<Ident>) -> bool {
    module.is_some_and(|m| m.name == "__future__")
}

/// Looks at the imports at the start of a program, after its docstring.
pub(super) fn features(module: &Mod) -> Result<Future, CompileError> {
    let mut future = Future::default();
    let (Mod::Module { body } | Mod::Interactive { body }) = module else { return Ok(future) };
    for s in body.iter().skip(usize::from(super::unit::docstring(body).is_some())) {
        let StmtKind::ImportFrom { module, names, .. } = s.kind else { break };
        if !is_future(module) {
            break;
        }
        for n in names {
            let message = match n.name.name {
                "braces" => "not a chance".to_owned(),
                name if !FEATURES.contains(&name) => format!("future feature {name} is not defined"),
                name => {
                    future.annotations |= name == "annotations";
                    continue;
                }
            };
            return Err(CompileError { has_end: false, ..CompileError::of_names(message, s.span) });
        }
        future.last = Some(s.span);
    }
    Ok(future)
}
