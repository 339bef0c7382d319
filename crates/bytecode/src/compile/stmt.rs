//! Statements.

use super::CompileError;
use super::expr::{NOWHERE, Operand, constant_of};
use super::future::is_future;
use super::scope::Kind;
use super::unit::{Block, Done, Label, Reg, Unit};
use crate::code::Const;
use crate::op::{INPLACE, KILL_A, KILL_B, KILL_C, Op};
use minipy_syntax::ast::*;

impl<'a> Unit<'a, '_> {
    pub fn body(&mut self, body: &'a [Stmt<'a>]) -> Done {
        self.deeper()?;
        for s in body {
            if self.dead {
                // Still looked at for errors that CPython reports in unreachable code.
            }
            self.stmt(s)?;
        }
        self.depth -= 1;
        Ok(())
    }

    fn stmt(&mut self, s: &'a Stmt<'a>) -> Done {
        let top = self.top;
        self.span = s.span;
        match &s.kind {
            StmtKind::Expr { value } => {
                if self.interactive && self.scope.kind == Kind::Module {
                    let r = self.temp()?;
                    self.expr(value, r)?;
                    self.emit(Op::PrintExpr, KILL_A, r, 0, 0);
                } else {
                    match constant_of(value) {
                        None if matches!(value.kind, ExprKind::Yield { .. }) => self.expr(value, NOWHERE)?,
                        None => {
                            let r = self.temp()?;
                            self.expr(value, r)?;
                            self.emit(Op::Clear, 0, r, 0, 0);
                        }
                        // Most of them are docstrings, of which nothing is left.
                        Some(Const::Str(_)) => {}
                        Some(_) => self.mark(s.span),
                    }
                }
            }
            StmtKind::Assign { targets, value } => self.assign(targets, value)?,
            StmtKind::AugAssign { target, op, value } => self.aug_assign(target, *op, value)?,
            StmtKind::AnnAssign { target, annotation, value, simple } => {
                if let Some(v) = value {
                    self.assign(std::slice::from_ref(*target), v)?;
                }
                self.annotate(target, annotation, *simple)?;
            }
            StmtKind::Return { value } => self.return_stmt(*value, s.span)?,
            StmtKind::Delete { targets } => {
                for t in *targets {
                    self.delete(t)?;
                }
            }
            StmtKind::Pass => self.mark(s.span),
            StmtKind::If { .. } => self.if_stmt(s)?,
            StmtKind::While { test, body, orelse } => self.while_stmt(test, body, orelse)?,
            StmtKind::For { target, iter, body, orelse, is_async: true, .. } => {
                self.check_async("async for", s.span)?;
                self.async_for(target, iter, body, orelse)?;
            }
            StmtKind::For { target, iter, body, orelse, .. } => self.for_stmt(target, iter, body, orelse)?,
            StmtKind::Break | StmtKind::Continue => {
                self.leave_loop(matches!(s.kind, StmtKind::Break), s.span)?
            }
            StmtKind::With { items, body, is_async, .. } => {
                if *is_async {
                    self.check_async("async with", s.span)?;
                }
                self.with_stmt(items, body, *is_async)?;
            }
            StmtKind::Try(t) => {
                self.mark(s.span);
                self.try_stmt(t)?
            }
            StmtKind::Raise { exc, cause } => {
                match exc {
                    None => self.emit(Op::RaiseBare, 0, 0, 0, 0),
                    Some(e) => {
                        let r = self.temp()?;
                        self.expr(e, r)?;
                        if let Some(c) = cause {
                            let r2 = self.temp()?;
                            self.expr(c, r2)?;
                            self.emit(Op::RaiseFrom, 0, r, r2, 0);
                        } else {
                            self.emit(Op::Raise, 0, r, 0, 0);
                        }
                    }
                }
                self.dead = true;
            }
            StmtKind::Assert { test, msg } => {
                let ok = self.label();
                self.condition(test, ok, true)?;
                let assigned = self.assigned.clone();
                let r = self.temp()?;
                self.emit(Op::LoadAssertionError, 0, r, 0, 0);
                if let Some(m) = msg {
                    let r2 = self.temp()?;
                    self.expr(m, r2)?;
                    self.emit(Op::Call, 0, r, r, 1);
                }
                self.span = last_comparison(test).unwrap_or(s.span);
                self.emit(Op::Raise, 0, r, 0, 0);
                self.dead = true;
                self.assigned = assigned;
                self.place(ok);
            }
            StmtKind::Import { names } => {
                for n in *names {
                    self.import(n)?;
                }
            }
            StmtKind::ImportFrom { module, names, level } => {
                let line = |span: Span| self.source.lines.line(span.start);
                if is_future(*module) && self.table.future.last.is_none_or(|l| line(s.span) > line(l)) {
                    let message = "from __future__ imports must occur at the beginning of the file";
                    return Err(CompileError::syntax(message, s.span));
                }
                self.import_from(*module, names, *level)?
            }
            StmtKind::Global { .. } | StmtKind::Nonlocal { .. } => {}
            StmtKind::FunctionDef(f) => self.function(f)?,
            StmtKind::ClassDef(c) => self.class(c)?,
            StmtKind::Match { subject, cases } => self.match_stmt(subject, cases)?,
        }
        self.free_to(top);
        Ok(())
    }

    fn assign(&mut self, targets: &'a [Expr<'a>], value: &'a Expr<'a>) -> Done {
        if let [Expr { kind: ExprKind::Name { id }, .. }] = targets
            && let Some(r) = self.local(id)
        {
            self.expr(value, r)?;
            self.assigned.insert(r);
            return Ok(());
        }
        // `a, b = c, d` needs no tuple.
        if let [Expr { kind: ExprKind::Tuple { elts: t } | ExprKind::List { elts: t }, .. }] = targets
            && let ExprKind::Tuple { elts: v } = value.kind
            && t.len() == v.len()
            && !t.iter().chain(v).any(|e| matches!(e.kind, ExprKind::Starred { .. }))
            && t.len() <= 8
        {
            let base = self.top;
            let Some((last, first)) = v.split_last() else { return Ok(()) };
            for e in first {
                let r = self.temp()?;
                self.expr(e, r)?;
            }
            // The last value goes straight to its target if all are different plain locals.
            let names: Option<Vec<Reg>> = t.iter().map(|e| self.plain_local(e)).collect();
            let direct = names.filter(|n| (1..n.len()).all(|i| !n[i..].contains(&n[i - 1])));
            let r = match direct.as_deref() {
                Some([.., r]) => *r,
                _ => self.temp()?,
            };
            self.expr(last, r)?;
            let rest = t.len() - usize::from(direct.is_some());
            for (i, e) in t[..rest].iter().enumerate() {
                self.store_target(e, base + i as u16)?;
            }
            if direct.is_some() {
                self.assigned.insert(r);
            }
            return Ok(());
        }
        let o = self.operand(value, NOWHERE)?;
        for (i, t) in targets.iter().enumerate() {
            let last = i + 1 == targets.len();
            match o {
                Operand::Temp(r) if last => self.store_target(t, r)?,
                _ => {
                    let r = self.temp()?;
                    self.emit(Op::Move, 0, r, o.reg(), 0);
                    self.store_target(t, r)?;
                }
            }
        }
        Ok(())
    }

    /// The register of a target that is a plain local.
    fn plain_local(&self, target: &Expr<'a>) -> Option<Reg> {
        if let ExprKind::Name { id } = target.kind { self.local(id) } else { None }
    }

    /// Where a loop's items go: straight into a local, or into a temporary to be stored from.
    pub fn loop_target(&mut self, target: &Expr<'a>) -> Result<(Reg, bool), CompileError> {
        if let ExprKind::Name { id } = target.kind
            && let Some(r) = self.local(id)
        {
            self.assigned.insert(r);
            return Ok((r, true));
        }
        Ok((self.temp()?, false))
    }

    /// Stores the temporary `r`, which dies.
    pub fn store_target(&mut self, t: &Expr<'a>, r: Reg) -> Done {
        let (span, top) = (self.span, self.top);
        self.span = t.span;
        match &t.kind {
            ExprKind::Name { id } => self.store_name(id, r, true)?,
            ExprKind::Attribute { value, attr } => {
                let o = self.operand(value, NOWHERE)?;
                let s = self.site(attr.name)?;
                let x = if matches!(o, Operand::Temp(_)) { KILL_A } else { 0 };
                self.span = self.attribute_place(t, attr);
                self.emit(Op::StoreAttr, x | KILL_B, o.reg(), r, s);
            }
            ExprKind::Subscript { value, slice } => {
                let o = self.operand(value, NOWHERE)?;
                let i = self.operand(slice, NOWHERE)?;
                let mut x = KILL_C;
                if matches!(o, Operand::Temp(_)) {
                    x |= KILL_A;
                }
                if matches!(i, Operand::Temp(_)) {
                    x |= KILL_B;
                }
                self.emit(Op::SetItem, x, o.reg(), i.reg(), r);
                self.anchor(self.brackets(value.span, t.span));
            }
            ExprKind::Tuple { elts } | ExprKind::List { elts } => {
                // Locals whose registers follow each other are unpacked into directly.
                let locals: Option<Vec<Reg>> = elts.iter().map(|e| self.plain_local(e)).collect();
                if let Some(locals) = locals
                    && !locals.is_empty()
                    && locals.windows(2).all(|w| w[0] + 1 == w[1])
                {
                    self.emit(Op::UnpackSequence, KILL_A, r, locals[0], elts.len() as u16);
                    self.assigned.extend(locals);
                    self.free_to(top);
                    self.span = span;
                    return Ok(());
                }
                let base = self.top;
                for _ in *elts {
                    self.temp()?;
                }
                let stars: Vec<usize> =
                    (0..elts.len()).filter(|&i| matches!(elts[i].kind, ExprKind::Starred { .. })).collect();
                match stars[..] {
                    [] => self.emit(Op::UnpackSequence, KILL_A, r, base, elts.len() as u16),
                    [at] if at < 256 && elts.len() - at < 256 => {
                        let after = (elts.len() - at - 1) as u16;
                        self.emit(Op::UnpackEx, KILL_A, r, base, at as u16 | after << 8);
                    }
                    [_] => {
                        return Err(CompileError::syntax(
                            "too many expressions in star-unpacking assignment",
                            t.span,
                        ));
                    }
                    _ => {
                        return Err(CompileError::syntax(
                            "multiple starred expressions in assignment",
                            t.span,
                        ));
                    }
                }
                for (i, e) in elts.iter().enumerate() {
                    let e = if let ExprKind::Starred { value } = e.kind { value } else { e };
                    self.store_target(e, base + i as u16)?;
                }
            }
            ExprKind::Starred { .. } => {
                return Err(CompileError::syntax(
                    "starred assignment target must be in a list or tuple",
                    t.span,
                ));
            }
            _ => {}
        }
        self.span = span;
        self.free_to(top);
        Ok(())
    }

    fn aug_assign(&mut self, target: &'a Expr<'a>, op: Operator, value: &'a Expr<'a>) -> Done {
        let span = self.span;
        match &target.kind {
            ExprKind::Name { id } => {
                if let Some(r) = self.local(id) {
                    self.span = target.span;
                    self.checked_local(id)?;
                    self.span = span;
                    self.operate_in_place(op, r, value)?;
                    return Ok(());
                }
                let r = self.temp()?;
                self.span = target.span;
                self.load_name(id, r)?;
                self.span = span;
                self.operate(op, Operand::Temp(r), value, r, INPLACE)?;
                self.store_name(id, r, true)?;
            }
            ExprKind::Attribute { value: object, attr } => {
                let o = self.operand(object, NOWHERE)?;
                let r = self.temp()?;
                let s = self.site(attr.name)?;
                self.span = self.attribute_place(target, attr);
                self.emit(Op::LoadAttr, 0, r, o.reg(), s);
                self.span = span;
                self.operate(op, Operand::Temp(r), value, r, INPLACE)?;
                self.span = self.attribute_place(target, attr);
                let s = self.site(attr.name)?;
                let x = if matches!(o, Operand::Temp(_)) { KILL_A } else { 0 };
                self.emit(Op::StoreAttr, x | KILL_B, o.reg(), r, s);
            }
            ExprKind::Subscript { value: object, slice } => {
                let o = self.operand(object, NOWHERE)?;
                let i = self.operand(slice, NOWHERE)?;
                let r = self.temp()?;
                self.span = target.span;
                self.emit(Op::GetItem, 0, r, o.reg(), i.reg());
                self.anchor(self.brackets(object.span, target.span));
                self.span = span;
                self.operate(op, Operand::Temp(r), value, r, INPLACE)?;
                self.span = target.span;
                let mut x = KILL_C;
                if matches!(o, Operand::Temp(_)) {
                    x |= KILL_A;
                }
                if matches!(i, Operand::Temp(_)) {
                    x |= KILL_B;
                }
                self.emit(Op::SetItem, x, o.reg(), i.reg(), r);
                self.anchor(self.brackets(object.span, target.span));
            }
            _ => {}
        }
        Ok(())
    }

    fn annotate(&mut self, target: &'a Expr<'a>, annotation: &'a Expr<'a>, simple: bool) -> Done {
        if self.is_function() {
            return Ok(());
        }
        let ExprKind::Name { id } = target.kind else { return Ok(()) };
        if !simple {
            return Ok(());
        }
        let dict = self.temp()?;
        let n = self.name("__annotations__")?;
        self.emit(Op::LoadName, 0, dict, n, 0);
        let v = self.temp()?;
        self.annotation(annotation, v)?;
        let k = self.temp()?;
        self.load_const(k, Const::Str(super::scope::mangle(self.scope.class(), id).into()))?;
        self.emit(Op::SetItem, KILL_A | KILL_B | KILL_C, dict, k, v);
        Ok(())
    }

    fn delete(&mut self, t: &'a Expr<'a>) -> Done {
        self.span = t.span;
        match &t.kind {
            ExprKind::Name { id } => self.delete_name(id)?,
            ExprKind::Attribute { value, attr } => {
                let o = self.operand(value, NOWHERE)?;
                let n = self.name(attr.name)?;
                self.span = self.attribute_place(t, attr);
                self.emit(
                    Op::DeleteAttr,
                    if matches!(o, Operand::Temp(_)) { KILL_A } else { 0 },
                    o.reg(),
                    n,
                    0,
                );
            }
            ExprKind::Subscript { value, slice } => {
                let o = self.operand(value, NOWHERE)?;
                let i = self.operand(slice, NOWHERE)?;
                let x = if matches!(o, Operand::Temp(_)) { KILL_A } else { 0 };
                let y = if matches!(i, Operand::Temp(_)) { KILL_B } else { 0 };
                self.emit(Op::DeleteItem, x | y, o.reg(), i.reg(), 0);
                self.anchor(self.brackets(value.span, t.span));
            }
            ExprKind::Tuple { elts } | ExprKind::List { elts } => {
                for e in *elts {
                    self.delete(e)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn return_stmt(&mut self, value: Option<&'a Expr<'a>>, span: Span) -> Done {
        if !self.is_function() {
            return Err(CompileError::syntax("'return' outside function", span));
        }
        if value.is_some() && self.asynchronous && self.scope.generator {
            return Err(CompileError::syntax("'return' with value in async generator", span));
        }
        let constant = match value {
            None => Some(Const::None),
            Some(v) => constant_of(v),
        };
        // Each branch of `return a if c else b` returns by itself.
        if let Some(Expr { kind: ExprKind::IfExp { test, body, orelse }, .. }) = value
            && self.blocks.is_empty()
        {
            let other = self.label();
            self.condition(test, other, false)?;
            let assigned = self.assigned.clone();
            self.return_stmt(Some(body), span)?;
            self.dead = false;
            self.place(other);
            self.assigned = assigned;
            return self.return_stmt(Some(orelse), span);
        }
        // After the end of a `with` or what stands in `finally`, control is not back at the statement.
        let stays = !self.blocks.iter().any(|b| matches!(b, Block::Finally(_) | Block::With(..)));
        if !stays && constant.is_some() {
            self.mark(span);
        }
        if let Some(c) = constant {
            let k = self.constant(c)?;
            if let Some(v) = value {
                self.span = v.span;
            }
            self.unwind(0)?;
            if stays {
                self.span = span;
            }
            self.emit(Op::ReturnK, 0, k, 0, 0);
        } else if let Some(v) = value {
            // A local can be returned from where it stands unless a `finally` may change it.
            let r = match self.operand(v, NOWHERE)? {
                Operand::Local(l) if !self.blocks.is_empty() => {
                    let t = self.temp()?;
                    self.emit(Op::Move, 0, t, l, 0);
                    t
                }
                o => o.reg(),
            };
            self.unwind(0)?;
            if stays {
                self.span = span;
            }
            self.emit(Op::Return, 0, r, 0, 0);
        }
        self.dead = true;
        Ok(())
    }

    /// Undoes the blocks from the innermost down to number `depth`.
    fn unwind(&mut self, depth: usize) -> Done {
        let mut taken = Vec::new();
        while self.blocks.len() > depth {
            let Some(block) = self.blocks.pop() else { break };
            let level = self.blocks.len();
            match &block {
                Block::Loop { iter: Some(r), .. } => self.emit(Op::Clear, 0, *r, 0, 0),
                Block::Loop { .. } => {}
                Block::StarHandlers => return Err(leaves_star_handlers(self.span)),
                Block::Finally(body) => {
                    let body = *body;
                    self.outside(level, |u| u.body(body))?;
                }
                Block::With(r, is_async, span) => {
                    let (r, is_async) = (*r, *is_async);
                    self.span = *span;
                    self.outside(level, |u| u.with_exit(r, is_async))?;
                }
                Block::Handler(r, name) => {
                    let (r, name) = (*r, *name);
                    self.outside(level, |u| {
                        u.emit(Op::PopExc, 0, r, 0, 0);
                        if let Some(n) = name {
                            u.unbind(n)?;
                        }
                        Ok(())
                    })?;
                }
            }
            taken.push(block);
        }
        self.blocks.extend(taken.into_iter().rev());
        Ok(())
    }

    /// The end of `except E as name`.
    pub fn unbind(&mut self, name: &str) -> Done {
        let r = self.temp()?;
        self.load_const(r, Const::None)?;
        self.store_name(name, r, true)?;
        self.delete_name(name)?;
        self.free_to(r);
        Ok(())
    }

    fn if_stmt(&mut self, first: &'a Stmt<'a>) -> Done {
        let end = self.label();
        let mut merged: Option<std::collections::HashSet<Reg>> = None;
        let mut merge = |u: &mut Self| {
            if !u.dead {
                merged = Some(match merged.take() {
                    Some(m) => m.intersection(&u.assigned).copied().collect(),
                    None => u.assigned.clone(),
                });
            }
        };
        let mut s = first;
        while let StmtKind::If { test, body, orelse } = &s.kind {
            let next = self.label();
            self.span = s.span;
            if constant_of(test).is_some() {
                self.mark(s.span);
            }
            self.condition(test, next, false)?;
            let before = self.assigned.clone();
            self.body(body)?;
            merge(self);
            self.assigned = before;
            match orelse {
                [] => {
                    self.place(next);
                    merge(self);
                    break;
                }
                [elif] if matches!(elif.kind, StmtKind::If { .. }) => {
                    self.goto(end);
                    self.place(next);
                    s = elif;
                }
                _ => {
                    self.goto(end);
                    self.place(next);
                    self.body(orelse)?;
                    merge(self);
                    break;
                }
            }
        }
        if let Some(m) = merged {
            self.assigned = m;
        }
        self.place(end);
        Ok(())
    }

    fn while_stmt(&mut self, test: &'a Expr<'a>, body: &'a [Stmt<'a>], orelse: &'a [Stmt<'a>]) -> Done {
        let (start, next, done, exit) = (self.label(), self.label(), self.label(), self.label());
        let truth = match constant_of(test) {
            Some(Const::Bool(b)) => Some(b),
            Some(Const::Int(i)) => Some(i != 0),
            _ => None,
        };
        let before = self.assigned.clone();
        if truth.is_none() {
            self.condition(test, done, false)?;
        } else if truth == Some(false) {
            self.goto(done);
        }
        if truth == Some(true) {
            self.mark(test.span);
        }
        self.place_back(start);
        self.blocks.push(Block::Loop { exit, next, iter: None });
        self.nest(|u| u.loop_body(body))?;
        self.blocks.pop();
        self.assigned = before.clone();
        self.place(next);
        match truth {
            // The test stands again at the bottom, jumping back.
            None => self.condition(test, start, true)?,
            Some(true) => {
                self.mark(test.span);
                self.goto(start)
            }
            Some(false) => {}
        }
        self.place(done);
        self.assigned = before.clone();
        self.body(orelse)?;
        self.assigned = before;
        self.place(exit);
        Ok(())
    }

    fn for_stmt(
        &mut self,
        target: &'a Expr<'a>,
        iter: &'a Expr<'a>,
        body: &'a [Stmt<'a>],
        orelse: &'a [Stmt<'a>],
    ) -> Done {
        let (start, next, exit) = (self.label(), self.label(), self.label());
        let span = self.span;
        let it = self.temp()?;
        self.iterator(iter, it)?;
        let before = self.assigned.clone();
        self.jump(Op::Jump, 0, 0, next);
        self.place_back(start);
        let (item, direct) = self.loop_target(target)?;
        if !direct {
            self.store_target(target, item)?;
        }
        self.blocks.push(Block::Loop { exit, next, iter: Some(it) });
        self.span = span;
        self.nest(|u| u.loop_body(body))?;
        self.blocks.pop();
        self.place(next);
        self.dead = false;
        self.span = span;
        self.loop_back(item, it, start);
        self.emit(Op::Clear, 0, it, 0, 0);
        self.assigned = before.clone();
        self.body(orelse)?;
        self.assigned = before;
        self.place(exit);
        Ok(())
    }

    /// The body of a loop. One that only passes has no mark, so that waiting loops run no further instruction.
    fn loop_body(&mut self, body: &'a [Stmt<'a>]) -> Done {
        if let [Stmt { kind: StmtKind::Pass, .. }] = body { Ok(()) } else { self.body(body) }
    }

    fn leave_loop(&mut self, is_break: bool, span: Span) -> Done {
        let at = self.blocks.iter().rposition(|b| matches!(b, Block::Loop { .. }));
        let Some(at) = at else {
            if self.blocks.iter().any(|b| matches!(b, Block::StarHandlers)) {
                return Err(leaves_star_handlers(span));
            }
            let message = if is_break { "'break' outside loop" } else { "'continue' not properly in loop" };
            return Err(CompileError::syntax(message, span));
        };
        self.mark(span);
        self.unwind(at + 1)?;
        let target: Label = match self.blocks[at] {
            Block::Loop { exit, iter, .. } if is_break => {
                if let Some(r) = iter {
                    self.emit(Op::Clear, 0, r, 0, 0);
                }
                exit
            }
            Block::Loop { next, .. } => next,
            _ => return Ok(()),
        };
        self.goto(target);
        Ok(())
    }

    fn import_module(&mut self, name: &str, level: u32, from: Const, dst: Reg) -> Done {
        let l = self.temp()?;
        self.load_const(l, Const::Int(level as i64))?;
        let f = self.temp()?;
        self.load_const(f, from)?;
        let n = self.raw_name(name)?;
        self.emit(Op::ImportName, 0, dst, n, l);
        self.free_to(l);
        Ok(())
    }

    fn raw_name(&mut self, name: &str) -> Result<u16, CompileError> {
        // Module names are not mangled; those with `__` at the start are rare enough.
        self.name(name)
    }

    fn import(&mut self, n: &Alias<'a>) -> Done {
        let r = self.temp()?;
        self.import_module(n.name.name, 0, Const::None, r)?;
        match n.asname {
            None => {
                let first = n.name.name.split('.').next().unwrap_or_default();
                self.store_name(first, r, true)
            }
            Some(asname) => {
                // The import gives the first package; the submodules are attributes.
                for part in n.name.name.split('.').skip(1) {
                    let name = self.name(part)?;
                    self.emit(Op::ImportFrom, 0, r, r, name);
                }
                self.store_name(asname.name, r, true)
            }
        }
    }

    fn import_from(&mut self, module: Option<Ident<'a>>, names: &[Alias<'a>], level: u32) -> Done {
        let list = Const::Tuple(names.iter().map(|n| Const::Str(n.name.name.into())).collect());
        let r = self.temp()?;
        self.import_module(module.map_or("", |m| m.name), level, list, r)?;
        if let [Alias { name: Ident { name: "*", .. }, .. }] = names {
            self.emit(Op::ImportStar, KILL_A, r, 0, 0);
            return Ok(());
        }
        for n in names {
            let t = self.temp()?;
            let name = self.name(n.name.name)?;
            self.emit(Op::ImportFrom, 0, t, r, name);
            self.store_name(n.asname.unwrap_or(n.name).name, t, true)?;
            self.free_to(t);
        }
        self.emit(Op::Clear, 0, r, 0, 0);
        Ok(())
    }
}

fn leaves_star_handlers(span: Span) -> CompileError {
    CompileError::syntax("'break', 'continue' and 'return' cannot appear in an except* block", span)
}

/// The last comparison that a condition is made of: there an assertion fails.
fn last_comparison(e: &Expr) -> Option<Span> {
    match e.kind {
        ExprKind::Compare { .. } => Some(e.span),
        ExprKind::UnaryOp { op: UnaryOp::Not, operand } => last_comparison(operand),
        ExprKind::BoolOp { values, .. } => values.iter().rev().find_map(last_comparison),
        ExprKind::IfExp { test, body, orelse } => [orelse, body, test].into_iter().find_map(last_comparison),
        _ => None,
    }
}
