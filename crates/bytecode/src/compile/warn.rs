//! `SyntaxWarning`s: what is allowed and yet hardly meant.

use super::expr::constant_of;
use crate::code::Const;
use minipy_syntax::ast::*;

/// A program that means something, but hardly what was intended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// CPython's message.
    pub message: String,
    /// Where.
    pub span: Span,
}

/// What is odd about an expression.
pub(super) fn expression(e: &Expr) -> Option<Warning> {
    let message = match &e.kind {
        ExprKind::Compare { left, ops, comparators } => identity(left, ops, comparators)?,
        ExprKind::Call { func, .. } => {
            let name = literal_type(func)?;
            format!("'{name}' object is not callable; perhaps you missed a comma?")
        }
        ExprKind::Subscript { value, slice } => subscript(value, slice)?,
        _ => return None,
    };
    Some(Warning { message, span: e.span })
}

/// What is odd about the test of an `assert` at `span`.
pub(super) fn assertion(test: &Expr, span: Span) -> Option<Warning> {
    let ExprKind::Tuple { elts: [_, ..] } = test.kind else { return None };
    Some(Warning { message: "assertion is always true, perhaps remove parentheses?".into(), span })
}

/// `is` with something that has no identity of its own.
fn identity(left: &Expr, ops: &[CmpOp], comparators: &[Expr]) -> Option<String> {
    let distinct =
        |e: &Expr| matches!(constant_of(e), None | Some(Const::None | Const::Bool(_) | Const::Ellipsis));
    let mut before = distinct(left);
    for (op, right) in ops.iter().zip(comparators) {
        let after = distinct(right);
        if !(before && after) {
            match op {
                CmpOp::Is => return Some("\"is\" with a literal. Did you mean \"==\"?".into()),
                CmpOp::IsNot => return Some("\"is not\" with a literal. Did you mean \"!=\"?".into()),
                _ => {}
            }
        }
        before = after;
    }
    None
}

fn subscript(value: &Expr, slice: &Expr) -> Option<String> {
    use ExprKind::*;
    let constant = constant_of(value);
    let indexed = match (&value.kind, &constant) {
        (Set { .. } | SetComp { .. } | GeneratorExp { .. } | Lambda { .. }, _) => false,
        (_, Some(Const::Str(_) | Const::Bytes(_) | Const::Tuple(_))) => true,
        (_, Some(_)) => false,
        (Tuple { .. } | List { .. } | ListComp { .. } | JoinedStr { .. } | FormattedValue { .. }, _) => true,
        _ => return None,
    };
    let name = type_of(value)?;
    if !indexed {
        return Some(format!("'{name}' object is not subscriptable; perhaps you missed a comma?"));
    }
    let index = type_of(slice).filter(|t| !matches!(*t, "int" | "bool"))?;
    Some(format!("{name} indices must be integers or slices, not {index}; perhaps you missed a comma?"))
}

/// The type of a literal or display, which cannot be called.
fn literal_type(e: &Expr) -> Option<&'static str> {
    if matches!(e.kind, ExprKind::Lambda { .. }) { None } else { type_of(e) }
}

/// The type that an expression certainly has.
fn type_of(e: &Expr) -> Option<&'static str> {
    if let Some(c) = constant_of(e) {
        return Some(match c {
            Const::None => "NoneType",
            Const::Bool(_) => "bool",
            Const::Int(_) | Const::BigInt(..) => "int",
            Const::Float(_) => "float",
            Const::Complex(_) => "complex",
            Const::Str(_) => "str",
            Const::Bytes(_) => "bytes",
            Const::Ellipsis => "ellipsis",
            Const::Tuple(_) => "tuple",
            Const::FrozenSet(_) => "frozenset",
            Const::Code(_) => "code",
        });
    }
    Some(match e.kind {
        ExprKind::Tuple { .. } => "tuple",
        ExprKind::List { .. } | ExprKind::ListComp { .. } => "list",
        ExprKind::Dict { .. } | ExprKind::DictComp { .. } => "dict",
        ExprKind::Set { .. } | ExprKind::SetComp { .. } => "set",
        ExprKind::GeneratorExp { .. } => "generator",
        ExprKind::Lambda { .. } => "function",
        ExprKind::JoinedStr { .. } | ExprKind::FormattedValue { .. } => "str",
        _ => return None,
    })
}
