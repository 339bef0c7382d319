//! `try` and `with`: handlers in a side table, so that entering a block costs nothing.
//!
//! A handler's exception stands in register `e`, the one handled before it in `e + 1` (see `PushExc`). What a
//! handler itself raises goes through a cleanup that restores the latter, with its exception in `e + 2`.

use super::CompileError;
use super::unit::{Block, Done, Label, Reg, Unit};
use crate::op::{ASYNC, KILL_A, KILL_B, KILL_C, Op, PASSED_ON};
use minipy_syntax::ast::*;

impl<'a> Unit<'a, '_> {
    pub(super) fn try_stmt(&mut self, t: &'a Try<'a>) -> Done {
        if t.finalbody.is_empty() {
            return self.try_handlers(t);
        }
        let before = self.assigned.clone();
        self.blocks.push(Block::Finally(t.finalbody));
        self.guard_begin();
        self.nest(|u| if t.handlers.is_empty() { u.body(t.body) } else { u.try_handlers(t) })?;
        let ranges = self.guard_end();
        self.blocks.pop();
        let end = self.label();
        let after = self.assigned.clone();
        if !self.dead {
            self.body(t.finalbody)?;
            self.goto(end);
        }
        let after = if self.dead { after } else { self.assigned.clone() };
        self.assigned = before;
        let e = self.temp()?;
        self.reserve(3)?;
        self.handler(ranges, e);
        self.handling(e, None, |u| {
            u.body(t.finalbody)?;
            u.emit(Op::Reraise, 0, e, 0, 0);
            u.dead = true;
            Ok(())
        })?;
        self.free_to(e);
        self.assigned = after;
        self.place(end);
        Ok(())
    }

    /// The inside of a handler: `PushExc`, `f`, and the cleanup for what `f` raises.
    fn handling(&mut self, e: Reg, name: Option<&'a str>, f: impl FnOnce(&mut Self) -> Done) -> Done {
        self.emit(Op::PushExc, 0, e, 0, 0);
        self.temp()?; // e + 1
        self.blocks.push(Block::Handler(e, name));
        self.guard_begin();
        self.nest(f)?;
        let ranges = self.guard_end();
        self.blocks.pop();
        let c = self.temp()?;
        self.handler(ranges, c);
        if !self.dead {
            self.emit(Op::PopExc, 0, e, 0, 0);
            if let Some(n) = name {
                self.unbind(n)?;
            }
            self.emit(Op::Reraise, PASSED_ON, c, 0, 0);
        }
        self.dead = true;
        self.free_to(e + 1);
        Ok(())
    }

    fn try_handlers(&mut self, t: &'a Try<'a>) -> Done {
        if t.is_star { self.try_except_star(t) } else { self.try_except(t) }
    }

    fn try_except(&mut self, t: &'a Try<'a>) -> Done {
        let end = self.label();
        let before = self.assigned.clone();
        self.guard_begin();
        self.nest(|u| u.body(t.body))?;
        let ranges = self.guard_end();
        self.body(t.orelse)?;
        let mut merged = if self.dead { None } else { Some(self.assigned.clone()) };
        if !self.dead {
            self.goto(end);
        }
        self.assigned = before.clone();
        let e = self.temp()?;
        self.reserve(3)?;
        self.handler(ranges, e);
        let handlers = t.handlers;
        let mut outcomes = Vec::new();
        self.handling(e, None, |u| {
            for (i, h) in handlers.iter().enumerate() {
                u.assigned = before.clone();
                let next = u.label();
                match h.typ {
                    Some(typ) => {
                        let r = u.temp()?;
                        u.expr(typ, r)?;
                        u.span = h.span;
                        u.branch_over_no_match(e, r, next);
                        u.free_to(r);
                    }
                    None if i + 1 < handlers.len() => {
                        return Err(CompileError::syntax("default 'except:' must be last", h.span));
                    }
                    None => {}
                }
                u.nest(|u| u.except_body(e, h))?;
                if !u.dead {
                    outcomes.push(u.assigned.clone());
                    u.goto(end);
                }
                u.place(next);
                if h.typ.is_none() {
                    u.dead = true;
                }
            }
            if !u.dead {
                u.span = handlers.last().and_then(|h| h.typ).map_or(u.span, |typ| typ.span);
                u.emit(Op::Reraise, 0, e, 0, 0);
                u.dead = true;
            }
            Ok(())
        })?;
        for o in outcomes {
            merged = Some(match merged {
                Some(m) => m.intersection(&o).copied().collect(),
                None => o,
            });
        }
        self.free_to(e);
        self.assigned = merged.unwrap_or(before);
        self.place(end);
        Ok(())
    }

    /// Binds the name, runs the clause's statements and ends the handler.
    fn except_body(&mut self, e: Reg, h: &'a ExceptHandler<'a>) -> Done {
        let Some(name) = h.name else {
            self.body(h.body)?;
            self.emit(Op::PopExc, 0, e, 0, 0);
            return Ok(());
        };
        let r = self.temp()?;
        self.span = h.span;
        self.emit(Op::Move, 0, r, e, 0);
        self.store_name(name.name, r, true)?;
        self.free_to(r);
        // Leaving early unbinds the name too.
        let block = self.blocks.len() - 1;
        self.blocks[block] = Block::Handler(e, Some(name.name));
        self.guard_begin();
        self.body(h.body)?;
        let ranges = self.guard_end();
        self.blocks[block] = Block::Handler(e, None);
        let done = self.label();
        if !self.dead {
            self.emit(Op::PopExc, 0, e, 0, 0);
            self.unbind(name.name)?;
            self.goto(done);
        }
        let c = self.temp()?;
        let c2 = self.temp()?;
        self.handler(ranges, c2);
        if !self.dead {
            self.unbind(name.name)?;
            self.emit(Op::Reraise, PASSED_ON, c2, 0, 0);
            self.dead = true;
        }
        self.free_to(c);
        self.place(done);
        Ok(())
    }

    /// `try ... except* ...`. Above the handler's own registers stand a list of what the clauses raise and what
    /// is left of the exception; each clause gets a part of that, and what all of them leave is raised again.
    fn try_except_star(&mut self, t: &'a Try<'a>) -> Done {
        let end = self.label();
        let before = self.assigned.clone();
        self.guard_begin();
        self.nest(|u| u.body(t.body))?;
        let ranges = self.guard_end();
        self.body(t.orelse)?;
        if !self.dead {
            self.goto(end);
        }
        self.assigned = before.clone();
        let e = self.temp()?;
        self.reserve(3)?;
        self.handler(ranges, e);
        self.handling(e, None, |u| {
            u.blocks.push(Block::StarHandlers);
            let (raised, rest) = (u.temp()?, u.temp()?);
            u.emit(Op::BuildList, 0, raised, raised, 0);
            u.emit(Op::Move, 0, rest, e, 0);
            for h in t.handlers {
                u.assigned = before.clone();
                let next = u.label();
                let part = u.temp()?;
                if let Some(typ) = h.typ {
                    u.expr(typ, part)?;
                    u.span = typ.span;
                }
                u.emit(Op::SplitGroup, KILL_C, part, rest, part);
                u.jump(Op::JumpIfNone, 0, part, next);
                u.nest(|u| u.star_body(raised, part, h))?;
                u.place(next);
                u.free_to(part);
            }
            u.blocks.pop();
            u.emit(Op::ListAppend, KILL_B, raised, rest, 0);
            u.emit(Op::JoinGroup, KILL_C, rest, e, raised);
            let again = u.label();
            u.jump(Op::JumpIfNotNone, 0, rest, again);
            u.emit(Op::Clear, 0, rest, 0, 0);
            u.emit(Op::PopExc, 0, e, 0, 0);
            u.goto(end);
            u.place(again);
            u.emit(Op::Reraise, 0, rest, 0, 0);
            u.dead = true;
            Ok(())
        })?;
        self.free_to(e);
        self.assigned = before;
        self.place(end);
        Ok(())
    }

    /// A clause of `except*` whose part of the exception is the temporary `part`. What it raises goes to the list.
    fn star_body(&mut self, raised: Reg, part: Reg, h: &'a ExceptHandler<'a>) -> Done {
        self.span = h.span;
        match h.name {
            Some(name) => self.store_name(name.name, part, true)?,
            None => self.emit(Op::Clear, 0, part, 0, 0),
        }
        self.guard_begin();
        self.body(h.body)?;
        let ranges = self.guard_end();
        let unbind = |u: &mut Self| h.name.map_or(Ok(()), |n| u.unbind(n.name));
        let done = self.label();
        if !self.dead {
            unbind(self)?;
            self.goto(done);
        }
        let c = self.temp()?;
        self.reserve(1)?;
        self.handler(ranges, c);
        if !self.dead {
            unbind(self)?;
            self.emit(Op::ListAppend, KILL_B, raised, c, 0);
        }
        self.free_to(c);
        self.place(done);
        Ok(())
    }

    fn branch_over_no_match(&mut self, e: Reg, r: Reg, next: Label) {
        self.branch_over(Op::JumpIfNotMatch, KILL_B, e, r, next);
    }

    /// Leaves a `with` whose `__exit__` stands in `r`, without an exception.
    pub(super) fn with_exit(&mut self, r: Reg, is_async: bool) -> Done {
        if is_async {
            return self.async_exit(r);
        }
        self.emit(Op::WithExit, 0, r, 0, 0);
        Ok(())
    }

    pub(super) fn with_stmt(
        &mut self,
        items: &'a [WithItem<'a>],
        body: &'a [Stmt<'a>],
        is_async: bool,
    ) -> Done {
        let x = if is_async { ASYNC } else { 0 };
        let Some((item, rest)) = items.split_first() else { return self.body(body) };
        let span = self.span;
        let before = self.assigned.clone();
        let r = self.temp()?;
        self.expr(item.context_expr, r)?;
        let entered = self.temp()?;
        self.emit(Op::WithEnter, x, r, 0, 0);
        if is_async {
            self.await_register(entered, entered)?;
        }
        self.blocks.push(Block::With(r, is_async, span));
        self.guard_begin();
        match item.optional_vars {
            Some(t) => self.store_target(t, entered)?,
            None => self.emit(Op::Clear, 0, entered, 0, 0),
        }
        self.free_to(entered);
        self.span = span;
        self.nest(|u| u.with_stmt(rest, body, is_async))?;
        let ranges = self.guard_end();
        self.blocks.pop();
        self.span = span;
        let end = self.label();
        if !self.dead {
            self.with_exit(r, is_async)?;
            self.goto(end);
        }
        let e = self.temp()?;
        self.reserve(4)?;
        self.handler(ranges, e);
        self.handling(e, None, |u| {
            let d = u.temp()?;
            let swallowed = u.label();
            u.emit(Op::WithExcept, x, d, r, e);
            if is_async {
                u.await_register(d, d)?;
            }
            u.jump(Op::JumpIfTrue, KILL_A, d, swallowed);
            u.emit(Op::Reraise, PASSED_ON, e, 0, 0);
            u.dead = true;
            u.place(swallowed);
            u.emit(Op::PopExc, 0, e, 0, 0);
            u.emit(Op::Clear, 0, r, 0, 0);
            u.goto(end);
            Ok(())
        })?;
        self.free_to(r);
        // An exception may have been swallowed anywhere in the body.
        self.assigned = before;
        self.place(end);
        Ok(())
    }
}
