//! Expressions.

use super::CompileError;
use super::scope::{Place, mangle};
use super::unit::{Done, Label, Reg, Unit};
use crate::code::Const;
use crate::op::{INPLACE, KILL_A, KILL_B, KILL_C, Op, SWAP};
use minipy_syntax::ast::*;

/// Where an operand stands.
#[derive(Clone, Copy)]
pub(super) enum Operand {
    /// A local; it stays.
    Local(Reg),
    /// A temporary; it dies with its use.
    Temp(Reg),
}

impl Operand {
    pub fn reg(self) -> Reg {
        match self {
            Operand::Local(r) | Operand::Temp(r) => r,
        }
    }

    /// `flag` if it is a temporary other than `dst`, which is overwritten anyway.
    pub fn kill(self, flag: u8, dst: Reg) -> u8 {
        match self {
            Operand::Temp(r) if r != dst => flag,
            _ => 0,
        }
    }

    pub(super) fn kill_always(self, flag: u8) -> u8 {
        if matches!(self, Operand::Temp(_)) { flag } else { 0 }
    }
}

/// No register is ever this one.
pub(super) const NOWHERE: Reg = u16::MAX;

fn binary_op(op: Operator) -> (Op, Option<Op>) {
    match op {
        Operator::Add => (Op::Add, Some(Op::AddK)),
        Operator::Sub => (Op::Sub, Some(Op::SubK)),
        Operator::Mult => (Op::Mul, Some(Op::MulK)),
        Operator::MatMult => (Op::MatMul, None),
        Operator::Div => (Op::Div, Some(Op::DivK)),
        Operator::Mod => (Op::Mod, Some(Op::ModK)),
        Operator::Pow => (Op::Pow, Some(Op::PowK)),
        Operator::LShift => (Op::LShift, Some(Op::LShiftK)),
        Operator::RShift => (Op::RShift, Some(Op::RShiftK)),
        Operator::BitOr => (Op::Or, Some(Op::OrK)),
        Operator::BitXor => (Op::Xor, Some(Op::XorK)),
        Operator::BitAnd => (Op::And, Some(Op::AndK)),
        Operator::FloorDiv => (Op::FloorDiv, Some(Op::FloorDivK)),
    }
}

/// Whether the VM may take the operands of inline numbers in either order.
fn commutes(op: Operator) -> bool {
    matches!(op, Operator::Add | Operator::Mult | Operator::BitOr | Operator::BitXor | Operator::BitAnd)
}

fn compare_op(op: CmpOp) -> Op {
    match op {
        CmpOp::Eq => Op::Eq,
        CmpOp::NotEq => Op::Ne,
        CmpOp::Lt => Op::Lt,
        CmpOp::LtE => Op::Le,
        CmpOp::Gt => Op::Gt,
        CmpOp::GtE => Op::Ge,
        CmpOp::Is => Op::Is,
        CmpOp::IsNot => Op::IsNot,
        CmpOp::In => Op::In,
        CmpOp::NotIn => Op::NotIn,
    }
}

/// Branches for a comparison: register and constant forms, if it holds and if not.
fn branch_ops(op: CmpOp) -> Option<[Op; 4]> {
    Some(match op {
        CmpOp::Eq => [Op::JEq, Op::JNotEq, Op::JEqK, Op::JNotEqK],
        CmpOp::NotEq => [Op::JNe, Op::JNotNe, Op::JNeK, Op::JNotNeK],
        CmpOp::Lt => [Op::JLt, Op::JNotLt, Op::JLtK, Op::JNotLtK],
        CmpOp::LtE => [Op::JLe, Op::JNotLe, Op::JLeK, Op::JNotLeK],
        CmpOp::Gt => [Op::JGt, Op::JNotGt, Op::JGtK, Op::JNotGtK],
        CmpOp::GtE => [Op::JGe, Op::JNotGe, Op::JGeK, Op::JNotGeK],
        _ => return None,
    })
}

/// The value of a literal, folding signs, tuples and simple arithmetic of literals.
pub(super) fn constant_of(e: &Expr) -> Option<Const> {
    match &e.kind {
        ExprKind::Constant(c) => Some(match c {
            Constant::None => Const::None,
            Constant::Bool(b) => Const::Bool(*b),
            Constant::Int(i) => Const::Int(*i),
            Constant::BigInt { digits, radix } => Const::BigInt((*digits).into(), *radix),
            Constant::Float(f) => Const::Float(*f),
            Constant::Complex(f) => Const::Complex(*f),
            Constant::Str(s) => Const::Str((*s).into()),
            Constant::Bytes(b) => Const::Bytes((*b).into()),
            Constant::Ellipsis => Const::Ellipsis,
        }),
        ExprKind::UnaryOp { op: UnaryOp::USub, operand }
            if !matches!(operand.kind, ExprKind::UnaryOp { .. }) =>
        {
            match constant_of(operand)? {
                Const::Int(i) => i.checked_neg().map(Const::Int),
                Const::Float(f) => Some(Const::Float(-f)),
                _ => None,
            }
        }
        ExprKind::Tuple { elts }
            if elts.len() < 4096 && elts.iter().all(|x| !matches!(x.kind, ExprKind::Tuple { .. })) =>
        {
            Some(Const::Tuple(elts.iter().map(constant_of).collect::<Option<_>>()?))
        }
        ExprKind::BinOp { left, op, right }
            if matches!(left.kind, ExprKind::Constant(_)) && matches!(right.kind, ExprKind::Constant(_)) =>
        {
            fold(*op, &constant_of(left)?, &constant_of(right)?)
        }
        ExprKind::Name { id: "__debug__" } => Some(Const::Bool(true)),
        _ => None,
    }
}

/// A list or set display of constants, for uses that cannot change it: a tuple or frozenset.
fn folded_display(e: &Expr) -> Option<Const> {
    match &e.kind {
        ExprKind::List { elts } => elts.iter().map(constant_of).collect::<Option<_>>().map(Const::Tuple),
        ExprKind::Set { elts } => elts.iter().map(constant_of).collect::<Option<_>>().map(Const::FrozenSet),
        _ => None,
    }
}

fn fold(op: Operator, a: &Const, b: &Const) -> Option<Const> {
    match (a, b) {
        (Const::Int(x), Const::Int(y)) => match op {
            Operator::Add => x.checked_add(*y),
            Operator::Sub => x.checked_sub(*y),
            Operator::Mult => x.checked_mul(*y),
            Operator::Pow if (0..64).contains(y) => x.checked_pow(*y as u32),
            Operator::LShift if (0..62).contains(y) && x.unsigned_abs() < 1 << (62 - y) => Some(x << y),
            _ => None,
        }
        .map(Const::Int),
        (Const::Float(x), Const::Float(y)) => match op {
            Operator::Add => Some(x + y),
            Operator::Sub => Some(x - y),
            Operator::Mult => Some(x * y),
            Operator::Div if *y != 0.0 => Some(x / y),
            _ => None,
        }
        .map(Const::Float),
        _ => None,
    }
}

impl<'a> Unit<'a, '_> {
    /// Computes `e` into `dst`, which is written last of all. A `yield` may have [`NOWHERE`] to write.
    pub fn expr(&mut self, e: &Expr<'a>, dst: Reg) -> Done {
        self.deeper()?;
        let (span, top) = (self.span, self.top);
        self.span = e.span;
        self.expr_inner(e, dst)?;
        self.span = span;
        self.free_to(top);
        self.depth -= 1;
        Ok(())
    }

    /// `dst = iter(e)`; an error is that of the whole loop or comprehension, whose span is set.
    pub fn iterator(&mut self, e: &Expr<'a>, dst: Reg) -> Done {
        match folded_display(e) {
            Some(c) => self.load_const(dst, c)?,
            None => self.expr(e, dst)?,
        }
        self.emit(Op::GetIter, 0, dst, dst, 0);
        Ok(())
    }

    /// A fresh temporary, or `dst` itself if it is the topmost one.
    fn scratch(&mut self, dst: Reg) -> Result<Reg, CompileError> {
        if dst != NOWHERE && dst + 1 == self.top && self.is_temp(dst) { Ok(dst) } else { self.temp() }
    }

    /// Computes `e` where it can be used: a local's own register, or a temporary. `hint` may be used as one.
    pub fn operand(&mut self, e: &Expr<'a>, hint: Reg) -> Result<Operand, CompileError> {
        if let ExprKind::Name { id } = e.kind
            && self.local(id).is_some()
            && !self.scope.walrus.contains(&mangle(self.scope.class(), id))
        {
            let span = std::mem::replace(&mut self.span, e.span);
            let r = self.checked_local(id)?;
            self.span = span;
            return Ok(Operand::Local(r));
        }
        let r = if hint != NOWHERE && self.is_temp(hint) { hint } else { self.temp()? };
        self.expr(e, r)?;
        Ok(Operand::Temp(r))
    }

    fn expr_inner(&mut self, e: &Expr<'a>, dst: Reg) -> Done {
        if let Some(c) = constant_of(e) {
            return self.load_const(dst, c);
        }
        match &e.kind {
            ExprKind::Name { id } => self.load_name(id, dst)?,
            ExprKind::BinOp { .. } => self.binary(e, dst)?,
            ExprKind::UnaryOp { op, operand } => {
                let o = self.operand(operand, dst)?;
                let op = match op {
                    UnaryOp::Invert => Op::Invert,
                    UnaryOp::Not => Op::Not,
                    UnaryOp::UAdd => Op::Pos,
                    UnaryOp::USub => Op::Neg,
                };
                self.emit(op, o.kill(KILL_B, dst), dst, o.reg(), 0);
            }
            ExprKind::BoolOp { op, values } => {
                let end = self.label();
                let r = self.scratch(dst)?;
                let jump = if *op == BoolOp::And { Op::JumpIfFalse } else { Op::JumpIfTrue };
                let mut assigned = self.assigned.clone();
                for (i, v) in values.iter().enumerate() {
                    self.expr(v, r)?;
                    if i == 0 {
                        assigned = self.assigned.clone();
                    }
                    if i + 1 < values.len() {
                        self.jump(jump, 0, r, end);
                    }
                }
                self.assigned = assigned;
                self.place(end);
                self.settle(r, dst);
            }
            ExprKind::Compare { left, ops, comparators } => self.compare(left, ops, comparators, dst)?,
            ExprKind::IfExp { test, body, orelse } => {
                let (other, end) = (self.label(), self.label());
                self.condition(test, other, false)?;
                let assigned = self.assigned.clone();
                self.expr(body, dst)?;
                self.goto(end);
                self.place(other);
                self.assigned = assigned.clone();
                self.expr(orelse, dst)?;
                self.assigned = assigned;
                self.place(end);
            }
            ExprKind::NamedExpr { target, value } => {
                let r = self.scratch(dst)?;
                self.expr(value, r)?;
                if let ExprKind::Name { id } = target.kind {
                    self.store_name(id, r, false)?;
                }
                self.settle(r, dst);
            }
            ExprKind::List { elts } => self.display(elts, dst, Op::BuildList)?,
            ExprKind::Tuple { elts } => self.display(elts, dst, Op::BuildTuple)?,
            ExprKind::Set { elts } => self.display(elts, dst, Op::BuildSet)?,
            ExprKind::Dict { keys, values } => self.dict(keys, values, dst)?,
            ExprKind::ListComp { elt, generators } => {
                self.comprehension(e, "<listcomp>", &[elt], generators, dst)?
            }
            ExprKind::SetComp { elt, generators } => {
                self.comprehension(e, "<setcomp>", &[elt], generators, dst)?
            }
            ExprKind::DictComp { key, value, generators } => {
                self.comprehension(e, "<dictcomp>", &[key, value], generators, dst)?;
            }
            ExprKind::GeneratorExp { elt, generators } => {
                self.comprehension(e, "<genexpr>", &[elt], generators, dst)?;
            }
            ExprKind::Lambda { args, body } => self.lambda(args, body, dst)?,
            ExprKind::Attribute { value, attr } => {
                let o = self.operand(value, dst)?;
                let s = self.site(attr.name)?;
                self.span = self.attribute_place(e, attr);
                self.emit(Op::LoadAttr, o.kill(KILL_B, dst), dst, o.reg(), s);
            }
            ExprKind::Subscript { value, slice } => {
                let o = self.operand(value, dst)?;
                if let Some(c) = constant_of(slice) {
                    let k = self.constant(c)?;
                    self.emit(Op::GetItemK, o.kill(KILL_B, dst), dst, o.reg(), k);
                } else {
                    let i = self.operand(slice, NOWHERE)?;
                    self.emit(Op::GetItem, o.kill(KILL_B, dst) | i.kill(KILL_C, dst), dst, o.reg(), i.reg());
                }
                self.anchor(self.brackets(value.span, e.span));
            }
            ExprKind::Slice { lower, upper, step } => {
                let base = self.top;
                for part in [lower, upper, step] {
                    let r = self.temp()?;
                    match part {
                        Some(p) => self.expr(p, r)?,
                        None => self.load_const(r, Const::None)?,
                    }
                }
                self.emit(Op::BuildSlice, 0, dst, base, 0);
            }
            ExprKind::Call { func, args, keywords } => self.call(e.span, func, args, keywords, dst)?,
            ExprKind::JoinedStr { values } => self.joined(values, dst)?,
            ExprKind::FormattedValue { value, conversion, format_spec } => {
                let v = self.operand(value, dst)?;
                let mut x = (*conversion as u8) << 4 | v.kill(KILL_B, dst);
                let mut spec = u16::MAX;
                if let Some(s) = format_spec {
                    spec = self.temp()?;
                    self.expr(s, spec)?;
                    x |= KILL_C;
                }
                self.emit(Op::FormatValue, x, dst, v.reg(), spec);
            }
            ExprKind::Yield { value } => {
                self.check_yield(e.span)?;
                let r = self.scratch(dst)?;
                let v = match value {
                    Some(v) => self.operand(v, r)?,
                    None => {
                        self.load_const(r, Const::None)?;
                        Operand::Temp(r)
                    }
                };
                let x = v.kill_always(KILL_B) | if self.asynchronous { crate::op::ASYNC } else { 0 };
                if dst == NOWHERE {
                    self.emit(Op::Yield, x | KILL_A, r, v.reg(), 0);
                } else {
                    self.emit(Op::Yield, x, r, v.reg(), 0);
                    self.settle(r, dst);
                }
            }
            ExprKind::YieldFrom { value } => {
                self.check_yield(e.span)?;
                if self.asynchronous {
                    return Err(CompileError::syntax("'yield from' inside async function", e.span));
                }
                let r = self.temp()?;
                self.expr(value, r)?;
                self.emit(Op::GetYieldFromIter, 0, r, r, 0);
                let sent = self.temp()?;
                self.emit(Op::Clear, 0, sent, 0, 0);
                self.emit(Op::YieldFrom, KILL_B, sent, r, 0);
                self.settle(sent, dst);
            }
            ExprKind::Await { value } => self.await_expr(value, e.span, dst)?,
            ExprKind::Starred { .. } => {
                return Err(CompileError::syntax("can't use starred expression here", e.span));
            }
            ExprKind::Constant(_) => {}
        }
        Ok(())
    }

    fn check_yield(&self, span: Span) -> Done {
        if self.is_function() { Ok(()) } else { Err(CompileError::syntax("'yield' outside function", span)) }
    }

    /// Moves a finished temporary to where it belongs.
    fn settle(&mut self, r: Reg, dst: Reg) {
        if r != dst {
            self.emit(Op::Move, KILL_B, dst, r, 0);
        }
    }

    /// Binary operators, along the left side without recursion.
    fn binary(&mut self, e: &Expr<'a>, dst: Reg) -> Done {
        let mut chain = Vec::new();
        let mut node = e;
        while let ExprKind::BinOp { left, op, right } = &node.kind
            && constant_of(node).is_none()
        {
            chain.push((node.span, *left, *op, *right));
            node = left;
        }
        let acc = if chain.len() > 1 { self.scratch(dst)? } else { dst };
        // A constant on the left of a commutative operator is taken from the constants as one on the right is.
        let mut left = match (constant_of(node), chain.last().copied()) {
            (Some(c), Some((span, l, op, right))) if commutes(op) => {
                let k = self.constant(c)?;
                chain.pop();
                let to = if chain.is_empty() { dst } else { acc };
                let top = self.top;
                let r = self.operand(right, to)?;
                self.span = span;
                let with_constant = binary_op(op).1.unwrap_or(Op::AddK);
                self.emit(with_constant, SWAP | r.kill(KILL_B, to), to, r.reg(), k);
                self.anchor(self.operator_span(l.span, right.span));
                self.free_to(top);
                Operand::Temp(acc)
            }
            _ => self.operand(node, acc)?,
        };
        while let Some((span, l, op, right)) = chain.pop() {
            let to = if chain.is_empty() { dst } else { acc };
            let top = self.top;
            self.span = span;
            self.operate(op, left, right, to, 0)?;
            self.anchor(self.operator_span(l.span, right.span));
            self.free_to(top);
            left = Operand::Temp(acc);
        }
        Ok(())
    }

    /// The place of the operator between two operands.
    pub fn operator_span(&self, left: Span, right: Span) -> Span {
        let text = self.source.lines.source();
        let between = text.get(left.end as usize..right.start as usize).unwrap_or_default();
        // Two columns if something follows at once, be it the operator's second character or not.
        let operator = between.trim_start();
        let len = if operator.chars().nth(1).is_some_and(|c| !c.is_whitespace()) { 2 } else { 1 };
        let skip = between.find(|c: char| !c.is_whitespace() && c != ')' && c != '#').unwrap_or(0);
        let start = left.end + skip as u32;
        Span::new(start, start + len)
    }

    /// The place of the brackets, in an expression, behind what is subscripted.
    pub fn brackets(&self, value: Span, whole: Span) -> Span {
        let text = self.source.lines.source();
        let behind = text.get(value.end as usize..whole.end as usize).unwrap_or_default();
        Span::new(value.end + behind.find('[').unwrap_or(0) as u32, whole.end)
    }

    /// `to = left op right`
    pub fn operate(&mut self, op: Operator, left: Operand, right: &Expr<'a>, to: Reg, x: u8) -> Done {
        let (plain, with_const) = binary_op(op);
        if let Some(k_op) = with_const
            && let Some(c) = constant_of(right)
        {
            let k = self.constant(c)?;
            self.emit(k_op, x | left.kill(KILL_B, to), to, left.reg(), k);
            return Ok(());
        }
        let span = self.span;
        let r = self.operand(right, NOWHERE)?;
        self.span = span;
        self.emit(plain, x | left.kill(KILL_B, to) | r.kill(KILL_C, to), to, left.reg(), r.reg());
        Ok(())
    }

    /// `target op= value` for a local.
    pub fn operate_in_place(&mut self, op: Operator, r: Reg, value: &Expr<'a>) -> Done {
        self.operate(op, Operand::Local(r), value, r, INPLACE)
    }

    fn compare(&mut self, left: &Expr<'a>, ops: &[CmpOp], comparators: &[Expr<'a>], dst: Reg) -> Done {
        if let ([op], [right]) = (ops, comparators) {
            let l = self.operand(left, dst)?;
            let r = self.compare_operand(*op, right)?;
            self.emit(compare_op(*op), l.kill(KILL_B, dst) | r.kill(KILL_C, dst), dst, l.reg(), r.reg());
            return Ok(());
        }
        let end = self.label();
        let result = self.scratch(dst)?;
        let mut l = self.operand(left, NOWHERE)?;
        let mut temps = Vec::new();
        for (i, (op, right)) in ops.iter().zip(comparators).enumerate() {
            let r = self.compare_operand(*op, right)?;
            self.emit(compare_op(*op), l.kill_always(KILL_B), result, l.reg(), r.reg());
            if i + 1 < ops.len() {
                self.jump(Op::JumpIfFalse, 0, result, end);
            }
            l = r;
            if let Operand::Temp(r) = r {
                temps.push(r);
            }
        }
        // The last operand, or where the chain broke off the one before, is still there.
        self.place(end);
        for r in temps {
            self.emit(Op::Clear, 0, r, 0, 0);
        }
        self.settle(result, dst);
        Ok(())
    }

    /// The right side of a comparison; displays that only serve `in` become constants.
    fn compare_operand(&mut self, op: CmpOp, e: &Expr<'a>) -> Result<Operand, CompileError> {
        if matches!(op, CmpOp::In | CmpOp::NotIn)
            && let Some(c) = folded_display(e)
        {
            let r = self.temp()?;
            self.load_const(r, c)?;
            return Ok(Operand::Temp(r));
        }
        self.operand(e, NOWHERE)
    }

    /// Jumps to `target` if the truth of `e` is `sense`; otherwise goes on.
    pub fn condition(&mut self, e: &Expr<'a>, target: Label, sense: bool) -> Done {
        self.deeper()?;
        let (span, top) = (self.span, self.top);
        self.span = e.span;
        match &e.kind {
            ExprKind::UnaryOp { op: UnaryOp::Not, operand } => self.condition(operand, target, !sense)?,
            ExprKind::BoolOp { op, values } => {
                let (last, first) = values.split_last().expect("an operator has operands");
                // `or` jumps at the first true value, `and` at the first false one.
                let direct = (*op == BoolOp::Or) == sense;
                let skip = self.label();
                // Only the first operand is certainly computed.
                let mut certain = None;
                for v in first {
                    if direct {
                        self.condition(v, target, sense)?;
                    } else {
                        self.condition(v, skip, !sense)?;
                    }
                    certain.get_or_insert_with(|| self.assigned.clone());
                }
                self.condition(last, target, sense)?;
                self.assigned = certain.unwrap_or_default();
                if !direct {
                    self.place(skip);
                }
            }
            ExprKind::Compare { left, ops: [op], comparators: [right] } if branch_ops(*op).is_some() => {
                let [yes, no, yes_k, no_k] = branch_ops(*op).unwrap_or([Op::Nop; 4]);
                let l = self.operand(left, NOWHERE)?;
                let x = l.kill_always(KILL_A);
                let pick = |a, b| if sense { (a, b) } else { (b, a) };
                if let Some(c) = constant_of(right) {
                    let k = self.constant(c)?;
                    let (op, inverse) = pick(yes_k, no_k);
                    self.branch(op, inverse, x, l.reg(), k, target);
                } else {
                    let r = self.operand(right, NOWHERE)?;
                    let (op, inverse) = pick(yes, no);
                    self.branch(op, inverse, x | r.kill_always(KILL_B), l.reg(), r.reg(), target);
                }
            }
            ExprKind::Compare {
                left,
                ops: [op @ (CmpOp::Is | CmpOp::IsNot)],
                comparators: [Expr { kind: ExprKind::Constant(Constant::None), .. }],
            } => {
                let l = self.operand(left, NOWHERE)?;
                let op = if (*op == CmpOp::Is) == sense { Op::JumpIfNone } else { Op::JumpIfNotNone };
                self.jump(op, l.kill_always(KILL_A), l.reg(), target);
            }
            _ => match constant_of(e) {
                Some(Const::Bool(b)) => {
                    if b == sense {
                        self.goto(target);
                    }
                }
                Some(Const::Int(i)) => {
                    if (i != 0) == sense {
                        self.goto(target);
                    }
                }
                _ => {
                    let o = self.operand(e, NOWHERE)?;
                    let op = if sense { Op::JumpIfTrue } else { Op::JumpIfFalse };
                    self.jump(op, o.kill_always(KILL_A), o.reg(), target);
                }
            },
        }
        self.span = span;
        self.free_to(top);
        self.depth -= 1;
        Ok(())
    }

    fn display(&mut self, elts: &[Expr<'a>], dst: Reg, build: Op) -> Done {
        let starred = elts.iter().any(|x| matches!(x.kind, ExprKind::Starred { .. }));
        let base = self.top;
        // As in CPython a set of three constants or more is made from a frozenset, which settles its order.
        if build == Op::BuildSet
            && elts.len() > 2
            && let Some(items) = elts.iter().map(constant_of).collect::<Option<_>>()
        {
            let (acc, r) = (self.temp()?, self.temp()?);
            self.emit(Op::BuildSet, 0, acc, acc, 0);
            self.load_const(r, Const::FrozenSet(items))?;
            self.emit(Op::SetUpdate, KILL_B, acc, r, 0);
            self.settle(acc, dst);
            return Ok(());
        }
        if !starred && elts.len() < 4096 {
            for x in elts {
                let r = self.temp()?;
                self.expr(x, r)?;
            }
            self.emit(build, 0, dst, base, elts.len() as u16);
            return Ok(());
        }
        let acc = self.temp()?;
        let set = build == Op::BuildSet;
        self.emit(if set { Op::BuildSet } else { Op::BuildList }, 0, acc, acc, 0);
        for x in elts {
            let r = self.temp()?;
            if let ExprKind::Starred { value } = x.kind {
                self.expr(value, r)?;
                self.emit(if set { Op::SetUpdate } else { Op::ListExtend }, KILL_B, acc, r, 0);
            } else {
                self.expr(x, r)?;
                self.emit(if set { Op::SetAdd } else { Op::ListAppend }, KILL_B, acc, r, 0);
            }
            self.free_to(r);
        }
        if build == Op::BuildTuple {
            self.emit(Op::ListToTuple, KILL_B, dst, acc, 0);
        } else {
            self.settle(acc, dst);
        }
        Ok(())
    }

    fn dict(&mut self, keys: &[Option<Expr<'a>>], values: &[Expr<'a>], dst: Reg) -> Done {
        let base = self.top;
        if keys.iter().all(Option::is_some) && keys.len() < 2048 {
            for (k, v) in keys.iter().flatten().zip(values) {
                let r = self.temp()?;
                self.expr(k, r)?;
                let r = self.temp()?;
                self.expr(v, r)?;
            }
            self.emit(Op::BuildDict, 0, dst, base, keys.len() as u16);
            return Ok(());
        }
        let acc = self.temp()?;
        self.emit(Op::BuildDict, 0, acc, acc, 0);
        for (k, v) in keys.iter().zip(values) {
            let r = self.temp()?;
            match k {
                Some(k) => {
                    self.expr(k, r)?;
                    let r2 = self.temp()?;
                    self.expr(v, r2)?;
                    self.emit(Op::DictAdd, KILL_B | KILL_C, acc, r, r2);
                }
                None => {
                    self.expr(v, r)?;
                    self.emit(Op::DictUpdate, KILL_B, acc, r, 0);
                }
            }
            self.free_to(r);
        }
        self.settle(acc, dst);
        Ok(())
    }

    fn joined(&mut self, values: &[Expr<'a>], dst: Reg) -> Done {
        match values {
            [] => return self.load_const(dst, Const::Str("".into())),
            [one] => return self.expr(one, dst),
            _ => {}
        }
        let base = self.top;
        for v in values {
            let r = self.temp()?;
            self.expr(v, r)?;
        }
        self.emit(Op::BuildString, 0, dst, base, values.len() as u16);
        Ok(())
    }

    /// Puts the cells of the names `free` into a tuple in a new temporary.
    pub fn closure(&mut self, free: &[String]) -> Done {
        let tuple = self.temp()?;
        let base = self.top;
        for name in free {
            let r = self.temp()?;
            match self.scope.place(name) {
                Place::Cell => {
                    let cell = self.cell_register(name).unwrap_or(0);
                    self.emit(Op::Move, 0, r, cell, 0);
                }
                _ if self.scope.class_cell && name == "__class__" => {
                    let cell = self.cell_register("__class__").unwrap_or(0);
                    self.emit(Op::Move, 0, r, cell, 0);
                }
                _ => {
                    let i = self.free_index(name);
                    self.emit(Op::LoadClosure, 0, r, i, 0);
                }
            }
        }
        self.emit(Op::BuildTuple, 0, tuple, base, free.len() as u16);
        self.free_to(tuple + 1);
        Ok(())
    }
}
