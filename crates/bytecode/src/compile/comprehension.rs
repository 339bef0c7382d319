//! Comprehensions and generator expressions: functions of one argument, the first iterator.

use super::CompileError;
use super::unit::{Done, Reg, Unit, retry};
use crate::code::{Const, flags};
use crate::op::{ASYNC, KILL_A, KILL_B, KILL_C, Op};
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
            u.clause(&kind, elts, generators, 0, acc, e.span)?;
            u.span = e.span;
            if matches!(kind, ExprKind::GeneratorExp { .. }) {
                let none = u.constant(Const::None)?;
                u.emit(Op::ReturnK, 0, none, 0, 0);
            } else {
                u.emit(Op::Return, 0, acc, 0, 0);
            }
            u.dead = true;
            let generator = matches!(kind, ExprKind::GeneratorExp { .. });
            let asynchronous = is_async(&u, generators);
            if asynchronous && !generator && !self.may_await() {
                let message = "asynchronous comprehension outside of an asynchronous function";
                return Err(CompileError::syntax(message, e.span));
            }
            let flags = match (generator, asynchronous) {
                (true, true) => flags::ASYNC_GENERATOR,
                (true, false) => flags::GENERATOR,
                (false, true) => flags::COROUTINE,
                (false, false) => 0,
            };
            let mut code = u.finish(flags, None)?;
            code.argcount = 1;
            code.posonlyargcount = 1;
            code.first_line = self.source.lines.line(e.span.start);
            Ok(code)
        })?;
        let coroutine = code.flags & flags::COROUTINE != 0;
        let base = self.temp()?;
        let free = self.table.scope(node).free.clone();
        let parts = self.top;
        self.make_function(code, &free, 0, false, parts, base)?;
        self.free_to(base + 1);
        let it = self.temp()?;
        if generators[0].is_async {
            self.expr(generators[0].iter, it)?;
            self.emit(Op::GetAiter, 0, it, it, 0);
        } else {
            self.iterator(generators[0].iter, it)?;
        }
        if !coroutine {
            self.emit(Op::Call, 0, dst, base, 1);
            return Ok(());
        }
        self.emit(Op::Call, 0, base, base, 1);
        self.free_to(base + 1);
        self.await_register(base, dst)
    }

    fn clause(
        &mut self,
        kind: &ExprKind<'a>,
        elts: &[&'a Expr<'a>],
        generators: &'a [Comprehension<'a>],
        n: usize,
        acc: Reg,
        whole: Span,
    ) -> Done {
        let Some(g) = generators.get(n) else {
            let r = self.temp()?;
            let item = self.operand(elts[0], r)?;
            let x = item.kill_always(KILL_B);
            // What adds the item stands at the whole.
            self.span = whole;
            match kind {
                ExprKind::ListComp { .. } => self.emit(Op::ListAppend, x, acc, item.reg(), 0),
                ExprKind::SetComp { .. } => self.emit(Op::SetAdd, x, acc, item.reg(), 0),
                ExprKind::DictComp { .. } => {
                    let v = self.temp()?;
                    let value = self.operand(elts[1], v)?;
                    let x = x | value.kill_always(KILL_C);
                    self.emit(Op::DictAdd, x, acc, item.reg(), value.reg());
                }
                _ => {
                    let x = x | if is_async(self, generators) { ASYNC } else { 0 };
                    self.emit(Op::Yield, x | KILL_A, r, item.reg(), 0);
                }
            }
            self.free_to(r);
            return Ok(());
        };
        let it = self.temp()?;
        self.span = whole;
        if n == 0 {
            let outer = self.cell_register(".0").unwrap_or(0);
            self.emit(Op::Move, KILL_B, it, outer, 0);
        } else if !g.is_async {
            self.iterator(g.iter, it)?;
        }
        if g.is_async {
            let next = self.label();
            let ranges = self.async_item(g.iter, it, next, g.target, n > 0)?;
            for c in g.ifs {
                self.condition(c, next, false)?;
            }
            self.clause(kind, elts, generators, n + 1, acc, whole)?;
            self.goto(next);
            self.async_end(ranges, it)?;
            self.free_to(it);
            return Ok(());
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
        self.clause(kind, elts, generators, n + 1, acc, whole)?;
        self.dead = false;
        self.place(test);
        self.span = whole;
        self.loop_back(item, it, body);
        self.emit(Op::Clear, 0, it, 0, 0);
        self.free_to(it);
        Ok(())
    }
}

/// Whether the comprehension, as far as it has been compiled, waits for something.
fn is_async(u: &Unit, generators: &[Comprehension]) -> bool {
    u.awaits || generators.iter().any(|g| g.is_async)
}
