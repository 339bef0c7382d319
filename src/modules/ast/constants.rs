//! Values as literals of a tree. What no literal can write, such as a tuple or a negative number, becomes the
//! expression for it.

use super::reader::Reader;
use crate::object::{Result, Type, Value};
use crate::protocol::type_error;
use crate::types::bool::BOOL;
use crate::types::str::STR;
use crate::types::tuple::TUPLE;
use crate::types::{bytes, complex, float, int};
use crate::vm;
use minipy_syntax::ast::{Constant, Expr, ExprKind, Operator, Span, UnaryOp};

impl<'a> Reader<'a> {
    /// The expression for the value of a `Constant`, which stands at `span`.
    pub fn constant(&mut self, v: &Value, span: Span) -> Result<ExprKind<'a>> {
        let plain = |c| Ok(ExprKind::Constant(c));
        if v.is_none() {
            return plain(Constant::None);
        }
        if v.is(&Value::ELLIPSIS) {
            return plain(Constant::Ellipsis);
        }
        let ty = v.ty();
        let is = |exact: &Type| std::ptr::eq(ty, exact);
        if is(&BOOL) {
            return plain(Constant::Bool(v.is(&Value::TRUE)));
        }
        if is(&int::INT) {
            return Ok(self.integer(v, span));
        }
        if is(&float::FLOAT) {
            return plain(Constant::Float(float::to_f64(v).unwrap_or_default()));
        }
        if let Some(parts) = complex::parts(v).filter(|_| is(&complex::COMPLEX)) {
            return Ok(self.complex(parts, span));
        }
        if let Some(text) = v.as_str().filter(|_| is(&STR)) {
            return plain(Constant::Str(self.arena.alloc_str(text)));
        }
        if let Some(data) = bytes::as_bytes(v).filter(|_| is(&bytes::BYTES)) {
            return plain(Constant::Bytes(self.arena.alloc_slice_copy(data)));
        }
        if let Some(items) = v.as_tuple().filter(|_| is(&TUPLE)) {
            return Ok(ExprKind::Tuple { elts: self.constants(items, span)? });
        }
        type_error(format!("got an invalid type in Constant: {}", ty.name()))
    }

    fn constants(&mut self, items: &[Value], span: Span) -> Result<&'a [Expr<'a>]> {
        let mut out = Vec::with_capacity(items.len());
        for item in items {
            let kind = vm::guard_native_recursion(" during compilation", || self.constant(item, span))?;
            out.push(Expr { kind, span });
        }
        Ok(self.arena.alloc_slice_copy(&out))
    }

    fn integer(&self, v: &Value, span: Span) -> ExprKind<'a> {
        if let Some(n) = int::to_i64(v) {
            return ExprKind::Constant(Constant::Int(n));
        }
        let digits = int::to_big(v).unwrap_or_default().to_string();
        let number = |digits: &str| {
            ExprKind::Constant(Constant::BigInt { digits: self.arena.alloc_str(digits), radix: 10 })
        };
        match digits.strip_prefix('-') {
            Some(digits) => {
                let operand = self.arena.alloc(Expr { kind: number(digits), span });
                ExprKind::UnaryOp { op: UnaryOp::USub, operand }
            }
            None => number(&digits),
        }
    }

    fn complex(&self, (re, im): (f64, f64), span: Span) -> ExprKind<'a> {
        let number = |c| self.arena.alloc(Expr { kind: ExprKind::Constant(c), span });
        if re.to_bits() == 0 {
            return ExprKind::Constant(Constant::Complex(im));
        }
        let (left, right) = (number(Constant::Float(re)), number(Constant::Complex(im)));
        ExprKind::BinOp { left, op: Operator::Add, right }
    }
}
