//! Whether what was typed at a prompt is complete.

use crate::ast::{Mod, StmtKind};
use crate::{Mode, parse};

/// Whether `source`, the lines typed so far, needs another line before it can be compiled: a bracket or a string is
/// open, a block lacks its body, or a compound statement has not been ended by an empty line.
pub fn is_incomplete(source: &str) -> bool {
    if source.trim().is_empty() {
        return false;
    }
    let text = source.trim_end();
    if text.ends_with('\\') {
        return true;
    }
    let ended = source.ends_with("\n\n") || source.lines().last().is_some_and(|l| l.trim().is_empty());
    let arena = bumpalo::Bump::new();
    match parse(&arena, source, Mode::Interactive) {
        Ok(tree) => match tree {
            Mod::Interactive { body } | Mod::Module { body } => {
                !ended && body.last().is_some_and(|s| is_compound(&s.kind))
            }
            Mod::Expression { .. } => false,
        },
        Err(e) => {
            let open = e.message.ends_with("was never closed")
                || e.message.starts_with("unterminated triple-quoted");
            let at_end = e.span.is_none_or(|s| s.start as usize >= text.len());
            let last_line = text.lines().last().unwrap_or_default();
            let last = last_line.trim_start();
            let in_block = last.len() < last_line.len() || last.ends_with(':');
            let body = e.message.starts_with("expected an indented block")
                || e.message.starts_with("expected 'except' or 'finally'")
                || last.starts_with('@');
            open || (!ended && ((body && in_block) || (at_end && (body || in_block))))
        }
    }
}

/// Whether `source` ends too early: more text could still make it right. Unlike for [`is_incomplete`], empty lines do not
/// end anything; with [`Mode::Interactive`], a line end behind a compound statement does.
pub fn is_cut(source: &str, mode: Mode) -> bool {
    let text = source.trim_end();
    if text.is_empty() {
        return mode == Mode::Expression;
    }
    let arena = bumpalo::Bump::new();
    match parse(&arena, source, mode) {
        Ok(Mod::Interactive { body }) => {
            !source.ends_with('\n') && body.last().is_some_and(|s| is_compound(&s.kind))
        }
        Ok(_) => false,
        Err(e) => {
            let last = text.lines().last().unwrap_or_default();
            let is_in_block = last.starts_with([' ', '\t']) || last.ends_with(':');
            e.message.ends_with("was never closed")
                || e.message.starts_with("unterminated triple-quoted")
                || text.ends_with('\\')
                || (mode != Mode::Expression && last.trim_start().starts_with('@'))
                || (e.message.starts_with("expected an indented block") && last.ends_with(':'))
                || (e.message.starts_with("expected 'except' or 'finally'") && is_in_block)
        }
    }
}

fn is_compound(s: &StmtKind) -> bool {
    !matches!(
        s,
        StmtKind::Expr { .. }
            | StmtKind::Assign { .. }
            | StmtKind::AugAssign { .. }
            | StmtKind::AnnAssign { .. }
            | StmtKind::Return { .. }
            | StmtKind::Delete { .. }
            | StmtKind::Raise { .. }
            | StmtKind::Assert { .. }
            | StmtKind::Import { .. }
            | StmtKind::ImportFrom { .. }
            | StmtKind::Global { .. }
            | StmtKind::Nonlocal { .. }
            | StmtKind::Pass
            | StmtKind::Break
            | StmtKind::Continue
    )
}

#[cfg(test)]
mod tests {
    use super::is_incomplete;

    #[test]
    fn what_needs_another_line() {
        for open in [
            "f(1,",
            "x = [",
            "'''abc",
            "def f():",
            "if x:\n    y",
            "if x: y",
            "@d",
            "try:\n    x",
            "x = 1 + \\",
            "class A:",
        ] {
            assert!(is_incomplete(&format!("{open}\n")), "{open:?}");
        }
        for done in ["", "x", "x = 1; y = 2", "if x:\n    y\n", "def f(): pass\n", "1 +", "x)", "'abc", "for"]
        {
            assert!(!is_incomplete(&format!("{done}\n")), "{done:?}");
        }
    }
}
