//! `await`, `async for`, and what else only stands in coroutines.

use super::CompileError;
use super::scope::Kind;
use super::unit::{Block, Done, Reg, Unit};
use crate::op::{ASYNC, KILL_A, KILL_B, Op};
use minipy_syntax::ast::*;

impl<'a> Unit<'a, '_> {
    /// Whether this is an `async def`, or a comprehension, which becomes a coroutine if it must.
    pub(super) fn may_await(&self) -> bool {
        self.asynchronous || self.scope.kind == Kind::Comprehension
    }

    /// Complains about `what` unless it may stand here.
    pub(super) fn check_async(&self, what: &str, span: Span) -> Done {
        if self.may_await() {
            Ok(())
        } else {
            Err(CompileError::syntax(format!("'{what}' outside async function"), span))
        }
    }

    pub(super) fn await_expr(&mut self, value: &Expr<'a>, span: Span, dst: Reg) -> Done {
        if !self.may_await() {
            let place = if self.is_function() { "async function" } else { "function" };
            return Err(CompileError::syntax(format!("'await' outside {place}"), span));
        }
        let r = self.temp()?;
        self.expr(value, r)?;
        self.span = span;
        self.await_register(r, dst)?;
        Ok(())
    }

    /// Waits for the awaitable in the temporary `r`, which dies; the result goes to `dst`.
    pub(super) fn await_register(&mut self, r: Reg, dst: Reg) -> Done {
        self.awaits = true;
        self.emit(Op::GetAwaitable, 0, r, r, 0);
        let sent = self.temp()?;
        self.emit(Op::Clear, 0, sent, 0, 0);
        self.emit(Op::YieldFrom, KILL_B, sent, r, 0);
        if sent != dst {
            self.emit(Op::Move, KILL_B, dst, sent, 0);
        }
        self.free_to(sent);
        Ok(())
    }

    /// Leaves `async with` whose `__aexit__` stands in `r`, without an exception.
    pub(super) fn async_exit(&mut self, r: Reg) -> Done {
        self.emit(Op::WithExit, ASYNC, r, 0, 0);
        self.await_register(r, r)?;
        self.emit(Op::Clear, 0, r, 0, 0);
        Ok(())
    }

    pub(super) fn async_for(
        &mut self,
        target: &'a Expr<'a>,
        iter: &'a Expr<'a>,
        body: &'a [Stmt<'a>],
        orelse: &'a [Stmt<'a>],
    ) -> Done {
        let (next, exit) = (self.label(), self.label());
        let it = self.temp()?;
        let before = self.assigned.clone();
        let ranges = self.async_item(iter, it, next, target, true)?;
        self.blocks.push(Block::Loop { exit, next, iter: Some(it) });
        self.nest(|u| u.body(body))?;
        self.blocks.pop();
        self.goto(next);
        self.async_end(ranges, it)?;
        self.assigned = before.clone();
        self.body(orelse)?;
        self.assigned = before;
        self.place(exit);
        Ok(())
    }

    /// Puts the asynchronous iterator of `iter` (unless it is `prepared` already) into `it`, and gets its next item;
    /// returns what the handler of its end guards.
    pub(super) fn async_item(
        &mut self,
        iter: &Expr<'a>,
        it: Reg,
        next: super::unit::Label,
        target: &'a Expr<'a>,
        evaluate: bool,
    ) -> Result<Vec<(u32, u32)>, CompileError> {
        if evaluate {
            self.expr(iter, it)?;
            self.emit(Op::GetAiter, 0, it, it, 0);
        }
        self.place_back(next);
        let (item, direct) = self.loop_target(target)?;
        self.guard_begin();
        let r = self.temp()?;
        self.emit(Op::GetAnext, 0, r, it, 0);
        self.await_register(r, r)?;
        let ranges = self.guard_end();
        self.emit(Op::Move, KILL_B, item, r, 0);
        self.free_to(r);
        if !direct {
            self.store_target(target, item)?;
        }
        Ok(ranges)
    }

    /// The end of the loop over `it`: `StopAsyncIteration` out of the guarded instructions.
    pub(super) fn async_end(&mut self, ranges: Vec<(u32, u32)>, it: Reg) -> Done {
        let e = self.temp()?;
        self.handler(ranges, e);
        self.emit(Op::EndAsyncFor, KILL_A, e, 0, 0);
        self.emit(Op::Clear, 0, it, 0, 0);
        self.free_to(e);
        Ok(())
    }
}
