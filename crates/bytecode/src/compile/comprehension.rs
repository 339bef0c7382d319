//! Comprehensions and generator expressions: functions of one argument, the first iterator.

use super::CompileError;
use super::unit::{Done, Reg, Unit, retry};
use crate::code::{Const, flags};
use crate::op::{KILL_B, Op};
use minipy_syntax::ast::*;

impl<'a> Unit<'a, '_> {
    pub(super) fn comprehension(
        &mut self,
        e: &Expr<'a>,
        name: &str,
        elts: &[&'a Expr<'a>],
        generators: &'a [Comprehension<'a>],
        dst: Reg,
    ) -> Done {
        if let Some(g) = generators.iter().find(|g| g.is_async) {
            return Err(CompileError::unsupported("an asynchronous comprehension", g.target.span));
        }
        let node = generators.as_ptr() as usize;
        let kind = e.kind;
        let code = retry(|long| {
            let mut u = self.unit(node, name, long);
            u.declare_all(&[".0".to_owned()])?;
            let acc = u.temp()?;
            match kind {
                ExprKind::ListComp { .. } => u.emit(Op::BuildList, 0, acc, acc, 0),
                ExprKind::SetComp { .. } => u.emit(Op::BuildSet, 0, acc, acc, 0),
                ExprKind::DictComp { .. } => u.emit(Op::BuildDict, 0, acc, acc, 0),
                _ => {}
            }
            u.clause(&kind, elts, generators, 0, acc)?;
            u.span = e.span;
            if matches!(kind, ExprKind::GeneratorExp { .. }) {
                let none = u.constant(Const::None)?;
                u.emit(Op::ReturnK, 0, none, 0, 0);
            } else {
                u.emit(Op::Return, 0, acc, 0, 0);
            }
            u.dead = true;
            let generator = matches!(kind, ExprKind::GeneratorExp { .. });
            let mut code = u.finish(if generator { flags::GENERATOR } else { 0 }, None)?;
            code.argcount = 1;
            code.posonlyargcount = 1;
            code.first_line = self.source.lines.line(e.span.start);
            Ok(code)
        })?;
        let base = self.temp()?;
        let free = self.table.scope(node).free.clone();
        let parts = self.top;
        self.make_function(code, &free, 0, false, parts, base)?;
        self.free_to(base + 1);
        let it = self.temp()?;
        self.iterator(generators[0].iter, it)?;
        self.span = e.span;
        self.emit(Op::Call, 0, dst, base, 1);
        Ok(())
    }

    fn clause(
        &mut self,
        kind: &ExprKind<'a>,
        elts: &[&'a Expr<'a>],
        generators: &'a [Comprehension<'a>],
        n: usize,
        acc: Reg,
    ) -> Done {
        let Some(g) = generators.get(n) else {
            let r = self.temp()?;
            self.expr(elts[0], r)?;
            self.span = elts[0].span;
            match kind {
                ExprKind::ListComp { .. } => self.emit(Op::ListAppend, KILL_B, acc, r, 0),
                ExprKind::SetComp { .. } => self.emit(Op::SetAdd, KILL_B, acc, r, 0),
                ExprKind::DictComp { .. } => {
                    let v = self.temp()?;
                    self.expr(elts[1], v)?;
                    self.emit(Op::DictAdd, KILL_B | crate::op::KILL_C, acc, r, v);
                }
                _ => {
                    self.emit(Op::Yield, KILL_B, r, r, 0);
                    self.emit(Op::Clear, 0, r, 0, 0);
                }
            }
            self.free_to(r);
            return Ok(());
        };
        let it = self.temp()?;
        if n == 0 {
            let outer = self.cell_register(".0").unwrap_or(0);
            self.emit(Op::Move, KILL_B, it, outer, 0);
        } else {
            self.iterator(g.iter, it)?;
        }
        let (body, test) = (self.label(), self.label());
        self.jump(Op::Jump, 0, 0, test);
        self.place_back(body);
        let (item, direct) = self.loop_target(g.target)?;
        if !direct {
            self.store_target(g.target, item)?;
        }
        for c in g.ifs {
            self.condition(c, test, false)?;
        }
        self.clause(kind, elts, generators, n + 1, acc)?;
        self.dead = false;
        self.place(test);
        self.span = g.iter.span;
        self.branch_over(Op::ForIter, 0, item, it, body);
        self.emit(Op::Clear, 0, it, 0, 0);
        self.free_to(it);
        Ok(())
    }
}
