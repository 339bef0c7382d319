//! One code object in the making: registers, constants, jumps, handlers.

use super::scope::{Kind, MAX_DEPTH, Place, Scope, Table, key, mangle};
use super::{CompileError, ErrorKind};
use crate::code::{Anchor, Code, Const, Handler, Source, flags};
use crate::op::{Instr, KILL_A, KILL_B, Op};
use minipy_syntax::ast::*;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// CPython's limit on blocks within each other.
const MAX_BLOCKS: usize = 20;

pub(super) type Reg = u16;
pub(super) type Done = Result<(), CompileError>;

/// A place to jump to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Label(usize);

/// What has to be undone when control leaves a block early.
pub(super) enum Block<'a> {
    /// A loop: where `break` and `continue` go, and the iterator's register.
    Loop { exit: Label, next: Label, iter: Option<Reg> },
    /// `try ... finally`: the statements to run.
    Finally(&'a [Stmt<'a>]),
    /// `with`: the register of `__exit__`, whether it is `async with`, and the statement.
    With(Reg, bool, Span),
    /// A handler: the register of the exception, and the name to unbind.
    Handler(Reg, Option<&'a str>),
    /// The clauses of `except*`, which control may not leave early.
    StarHandlers,
}

/// A range of instructions that a handler will guard, with holes where code runs that belongs outside.
pub(super) struct Guard {
    ranges: Vec<(u32, u32)>,
    open: Option<u32>,
    /// How many blocks were open when the guard began.
    depth: usize,
}

pub(super) struct Unit<'a, 't> {
    pub table: &'t Table,
    pub scope: &'t Scope,
    pub source: Arc<Source>,
    pub qualname: String,
    name: String,
    instrs: Vec<Instr>,
    spans: Vec<Span>,
    anchors: Vec<(u32, Anchor)>,
    marks: Vec<(u32, Span)>,
    consts: Vec<Const>,
    const_index: HashMap<String, u16>,
    names: Vec<Box<str>>,
    name_index: HashMap<String, u16>,
    sites: Vec<u32>,
    handlers: Vec<Handler>,
    labels: Vec<Option<u32>>,
    /// For each label whether a jump to it has been emitted.
    jumped_to: Vec<bool>,
    jumps: Vec<(usize, Label, bool)>,
    locals: HashMap<String, Reg>,
    varnames: Vec<Box<str>>,
    /// Locals that certainly hold a value here.
    pub assigned: HashSet<Reg>,
    pub blocks: Vec<Block<'a>>,
    pub guards: Vec<Guard>,
    pub top: Reg,
    max: Reg,
    pub span: Span,
    /// Fused branches may not reach: use wide jumps.
    long: bool,
    pub depth: usize,
    /// The code after this point cannot be reached.
    pub dead: bool,
    pub interactive: bool,
    /// It is an `async def`.
    pub asynchronous: bool,
    /// It awaits something.
    pub awaits: bool,
    /// How many blocks, as CPython counts them, surround the statement.
    pub nested: usize,
}

pub(super) fn module(m: &Mod, table: &Table, source: Arc<Source>) -> Result<Code, CompileError> {
    retry(|long| {
        let mut u =
            Unit::new(table, table.scope(key(m)), source.clone(), "<module>".into(), "<module>".into(), long);
        u.interactive = matches!(m, Mod::Interactive { .. });
        let mut doc = None;
        match m {
            Mod::Module { body } => {
                doc = docstring(body);
                if let Some(d) = &doc {
                    let r = u.temp()?;
                    u.load_const(r, Const::Str(d.clone()))?;
                    u.store_name("__doc__", r, true)?;
                    u.free_to(r);
                }
                if has_annotations(body) {
                    u.emit(Op::SetupAnnotations, 0, 0, 0, 0);
                }
                u.body(body)?;
            }
            Mod::Interactive { body } => u.body(body)?,
            Mod::Expression { body } => {
                let r = u.temp()?;
                u.expr(body, r)?;
                u.emit(Op::Return, 0, r, 0, 0);
                u.dead = true;
            }
        }
        u.finish(0, doc)
    })
}

/// Compiles with short jumps, and again with long ones if they do not reach.
pub(super) fn retry(f: impl Fn(bool) -> Result<Code, CompileError>) -> Result<Code, CompileError> {
    match f(false) {
        Err(e) if e.kind == ErrorKind::TooFar => f(true),
        r => r,
    }
}

pub(super) fn docstring(body: &[Stmt]) -> Option<Box<str>> {
    match body.first()?.kind {
        StmtKind::Expr { value: Expr { kind: ExprKind::Constant(Constant::Str(s)), .. } } => {
            Some((*s).into())
        }
        _ => None,
    }
}

pub(super) fn has_annotations(body: &[Stmt]) -> bool {
    body.iter().any(|s| match &s.kind {
        StmtKind::AnnAssign { .. } => true,
        StmtKind::If { body, orelse, .. }
        | StmtKind::While { body, orelse, .. }
        | StmtKind::For { body, orelse, .. } => has_annotations(body) || has_annotations(orelse),
        StmtKind::With { body, .. } => has_annotations(body),
        StmtKind::Try(t) => {
            [t.body, t.orelse, t.finalbody].into_iter().any(has_annotations)
                || t.handlers.iter().any(|h| has_annotations(h.body))
        }
        StmtKind::Match { cases, .. } => cases.iter().any(|c| has_annotations(c.body)),
        _ => false,
    })
}

impl<'a, 't> Unit<'a, 't> {
    pub fn new(
        table: &'t Table,
        scope: &'t Scope,
        source: Arc<Source>,
        name: String,
        qualname: String,
        long: bool,
    ) -> Self {
        Unit {
            table,
            scope,
            source,
            qualname,
            name,
            instrs: Vec::new(),
            spans: Vec::new(),
            anchors: Vec::new(),
            marks: Vec::new(),
            consts: Vec::new(),
            const_index: HashMap::new(),
            names: Vec::new(),
            name_index: HashMap::new(),
            sites: Vec::new(),
            handlers: Vec::new(),
            labels: Vec::new(),
            jumped_to: Vec::new(),
            jumps: Vec::new(),
            locals: HashMap::new(),
            varnames: Vec::new(),
            assigned: HashSet::new(),
            blocks: Vec::new(),
            guards: Vec::new(),
            top: 0,
            max: 0,
            span: Span::default(),
            long,
            depth: 0,
            dead: false,
            asynchronous: false,
            awaits: false,
            interactive: false,
            nested: 0,
        }
    }

    pub fn is_function(&self) -> bool {
        matches!(self.scope.kind, Kind::Function | Kind::Comprehension)
    }

    // Registers.

    /// Gives a local its register.
    pub fn declare(&mut self, name: &str) -> Result<Reg, CompileError> {
        let r = self.temp()?;
        self.locals.insert(name.to_owned(), r);
        self.varnames.push(name.into());
        Ok(r)
    }

    /// Declares the parameters in order, then the other locals, and makes the cells.
    pub fn declare_all(&mut self, params: &[String]) -> Result<Vec<Reg>, CompileError> {
        for p in params {
            let r = self.declare(p)?;
            self.assigned.insert(r);
        }
        for name in &self.scope.order {
            let local = matches!(self.scope.place(name), Place::Local | Place::Cell);
            if local && !self.locals.contains_key(name) {
                self.declare(name)?;
            }
        }
        let mut cells = Vec::new();
        for name in self.scope.order.iter().filter(|n| self.scope.place(n) == Place::Cell) {
            let r = self.locals[name];
            cells.push(r);
        }
        for &r in &cells {
            self.emit(Op::MakeCell, 0, r, 0, 0);
        }
        Ok(cells)
    }

    pub fn temp(&mut self) -> Result<Reg, CompileError> {
        if self.top >= u16::MAX - 4 {
            return Err(CompileError::unsupported("a function with more than 65530 registers", self.span));
        }
        self.top += 1;
        self.max = self.max.max(self.top);
        Ok(self.top - 1)
    }

    /// Makes sure that `n` registers above the top exist.
    pub fn reserve(&mut self, n: usize) -> Done {
        let before = self.top;
        for _ in 0..n {
            self.temp()?;
        }
        self.top = before;
        Ok(())
    }

    pub fn free_to(&mut self, r: Reg) {
        self.top = r;
    }

    pub fn is_temp(&self, r: Reg) -> bool {
        r as usize >= self.varnames.len()
    }

    /// The register of a plain local.
    pub fn local(&self, name: &str) -> Option<Reg> {
        let name = mangle(self.scope.class(), name);
        if self.is_function() && self.scope.place(&name) == Place::Local {
            self.locals.get(&name).copied()
        } else {
            None
        }
    }

    pub fn cell_register(&self, name: &str) -> Option<Reg> {
        self.locals.get(name).copied()
    }

    // Emission.

    pub fn here(&self) -> u32 {
        self.instrs.len() as u32
    }

    pub fn emit(&mut self, op: Op, x: u8, a: u16, b: u16, c: u16) {
        if self.dead {
            return;
        }
        self.instrs.push(Instr { op, x, a, b, c });
        self.spans.push(self.span);
    }

    pub fn emit_wide(&mut self, op: Op, x: u8, a: u16, bx: u32) {
        self.emit(op, x, a, bx as u16, (bx >> 16) as u16);
    }

    /// Marks the operator of the instruction just emitted.
    pub fn anchor(&mut self, span: Span) {
        if !self.dead {
            self.anchors.push((self.here() - 1, Anchor { start: span.start, end: span.end }));
        }
    }

    /// Remembers a statement that has no instruction: a trace function is told of it before the next one.
    pub fn mark(&mut self, span: Span) {
        if !self.dead {
            self.marks.push((self.here(), span));
        }
    }

    /// A jump will lead here that does not come from the statement marked last: that gets an instruction.
    fn settle_mark(&mut self) {
        if let Some(&(at, span)) = self.marks.last()
            && at == self.here()
            && !self.dead
        {
            self.instrs.push(Instr { op: Op::Nop, x: 0, a: 0, b: 0, c: 0 });
            self.spans.push(span);
            self.marks.pop();
        }
    }

    pub fn label(&mut self) -> Label {
        self.labels.push(None);
        self.jumped_to.push(false);
        Label(self.labels.len() - 1)
    }

    pub fn place(&mut self, l: Label) {
        if self.jumped_to[l.0] {
            self.settle_mark();
        }
        self.labels[l.0] = Some(self.here());
        // Somebody jumps here, or nobody does and the code is harmless.
        if self.jumped_to[l.0] {
            self.dead = false;
        }
    }

    /// Places a label that later code jumps back to.
    pub fn place_back(&mut self, l: Label) {
        self.settle_mark();
        self.labels[l.0] = Some(self.here());
    }

    /// An instruction whose `b`, `c` are a jump.
    pub fn jump(&mut self, op: Op, x: u8, a: u16, l: Label) {
        if self.dead {
            return;
        }
        self.jumped_to[l.0] = true;
        self.jumps.push((self.instrs.len(), l, true));
        self.emit(op, x, a, 0, 0);
    }

    pub fn goto(&mut self, l: Label) {
        self.jump(Op::Jump, 0, 0, l);
        self.dead = true;
    }

    /// An instruction whose `c` is a short jump. `inverse` is the branch with the opposite sense.
    pub fn branch(&mut self, op: Op, inverse: Op, x: u8, a: u16, b: u16, l: Label) {
        if self.dead {
            return;
        }
        if self.long {
            self.emit(inverse, x, a, b, 1);
            self.jump(Op::Jump, 0, 0, l);
        } else {
            self.jumped_to[l.0] = true;
            self.jumps.push((self.instrs.len(), l, false));
            self.emit(op, x, a, b, 0);
        }
    }

    /// A short jump without an opposite.
    pub fn branch_over(&mut self, op: Op, x: u8, a: u16, b: u16, l: Label) {
        if self.dead {
            return;
        }
        if self.long {
            // Jumps over the jump that is taken otherwise.
            self.emit(op, x, a, b, 1);
            let next = self.label();
            self.jump(Op::Jump, 0, 0, next);
            self.jump(Op::Jump, 0, 0, l);
            self.place(next);
        } else {
            self.jumped_to[l.0] = true;
            self.jumps.push((self.instrs.len(), l, false));
            self.emit(op, x, a, b, 0);
        }
    }

    /// The end of a loop over the iterator in `it`: its next item goes to `item`, and back to `start`.
    pub fn loop_back(&mut self, item: u16, it: u16, start: Label) {
        let first = self.labels[start.0].and_then(|at| self.instrs.get(at as usize));
        let pairs = first.is_some_and(|i| i.op == Op::UnpackSequence && i.a == item && i.c == 2);
        let op = if pairs && !self.long { Op::ForIterPair } else { Op::ForIter };
        self.branch_over(op, 0, item, it, start);
    }

    // Constants and names.

    pub fn constant(&mut self, c: Const) -> Result<u16, CompileError> {
        // The debug text tells 1, 1.0 and True apart, and 0.0 from -0.0.
        let text = match &c {
            Const::Code(code) => format!("code {:p}", Arc::as_ptr(code)),
            c => format!("{c:?}"),
        };
        if let Some(&i) = self.const_index.get(&text) {
            return Ok(i);
        }
        if self.consts.len() > u16::MAX as usize - 1 {
            return Err(CompileError::unsupported("a code block with more than 65535 constants", self.span));
        }
        self.consts.push(c);
        let i = self.consts.len() as u16 - 1;
        self.const_index.insert(text, i);
        Ok(i)
    }

    pub fn load_const(&mut self, dst: Reg, c: Const) -> Done {
        let k = self.constant(c)?;
        self.emit_wide(Op::LoadK, 0, dst, k as u32);
        Ok(())
    }

    pub fn name(&mut self, name: &str) -> Result<u16, CompileError> {
        let name = mangle(self.scope.class(), name);
        if let Some(&i) = self.name_index.get(&name) {
            return Ok(i);
        }
        if self.names.len() > u16::MAX as usize - 1 {
            return Err(CompileError::unsupported("a code block with more than 65535 names", self.span));
        }
        self.names.push(name.as_str().into());
        let i = self.names.len() as u16 - 1;
        self.name_index.insert(name, i);
        Ok(i)
    }

    pub fn site(&mut self, name: &str) -> Result<u16, CompileError> {
        let n = self.name(name)?;
        if self.sites.len() > u16::MAX as usize - 1 {
            return Err(CompileError::unsupported(
                "a code block with more than 65535 attribute accesses",
                self.span,
            ));
        }
        self.sites.push(n as u32);
        Ok(self.sites.len() as u16 - 1)
    }

    // Variables.

    pub fn load_name(&mut self, id: &str, dst: Reg) -> Done {
        let name = mangle(self.scope.class(), id);
        match self.scope.place(&name) {
            Place::Local if self.is_function() => {
                let r = self.checked_local(id)?;
                if r != dst {
                    self.emit(Op::Move, 0, dst, r, 0);
                }
            }
            Place::Cell => {
                let (r, n) = (self.locals[&name], self.name(id)?);
                self.emit(Op::LoadCell, 0, dst, r, n);
            }
            Place::Free => {
                let i = self.free_index(&name);
                let n = self.name(id)?;
                let op = if self.scope.kind == Kind::Class { Op::LoadClassFree } else { Op::LoadFree };
                self.emit(op, 0, dst, i, n);
            }
            Place::Local if self.scope.by_name => {
                let n = self.name(id)?;
                self.emit(Op::LoadName, 0, dst, n, 0);
            }
            _ if self.scope.by_name && !self.scope.is_explicit_global(&name) => {
                let n = self.name(id)?;
                self.emit(Op::LoadName, 0, dst, n, 0);
            }
            _ => {
                let s = self.site(id)?;
                self.emit(Op::LoadGlobal, 0, dst, s, 0);
            }
        }
        Ok(())
    }

    /// The register of a local, checked to hold a value if that is not certain.
    pub fn checked_local(&mut self, id: &str) -> Result<Reg, CompileError> {
        let name = mangle(self.scope.class(), id);
        let r = self.locals[&name];
        if self.scope.may_be_deleted(&name) || !self.assigned.contains(&r) {
            let n = self.name(id)?;
            self.emit(Op::CheckBound, 0, r, n, 0);
            self.assigned.insert(r);
        }
        Ok(r)
    }

    pub fn free_index(&self, name: &str) -> u16 {
        self.scope.free.iter().position(|n| n == name).unwrap_or(0) as u16
    }

    /// Stores `src` into a variable; a temporary dies.
    pub fn store_name(&mut self, id: &str, src: Reg, temp: bool) -> Done {
        let name = mangle(self.scope.class(), id);
        let (kill_a, kill_b) = if temp { (KILL_A, KILL_B) } else { (0, 0) };
        match self.scope.place(&name) {
            Place::Local if self.is_function() => {
                let r = self.locals[&name];
                if r != src {
                    self.emit(Op::Move, kill_b, r, src, 0);
                }
                self.assigned.insert(r);
            }
            Place::Cell => {
                let r = self.locals[&name];
                self.emit(Op::StoreCell, kill_b, r, src, 0);
            }
            Place::Free => {
                let i = self.free_index(&name);
                self.emit(Op::StoreFree, kill_a, src, i, 0);
            }
            Place::Local if self.scope.by_name => {
                let n = self.name(id)?;
                self.emit(Op::StoreName, kill_a, src, n, 0);
            }
            _ => {
                let n = self.name(id)?;
                self.emit(Op::StoreGlobal, kill_a, src, n, 0);
            }
        }
        Ok(())
    }

    pub fn delete_name(&mut self, id: &str) -> Done {
        let name = mangle(self.scope.class(), id);
        match self.scope.place(&name) {
            Place::Local if self.is_function() => {
                let r = self.checked_local(id)?;
                self.emit(Op::Clear, 0, r, 0, 0);
                self.assigned.remove(&r);
            }
            Place::Cell => {
                let (r, n) = (self.locals[&name], self.name(id)?);
                self.emit(Op::DeleteCell, 0, r, n, 0);
            }
            Place::Free => {
                let (i, n) = (self.free_index(&name), self.name(id)?);
                self.emit(Op::DeleteFree, 0, i, n, 0);
            }
            Place::Local if self.scope.by_name => {
                let n = self.name(id)?;
                self.emit(Op::DeleteName, 0, n, 0, 0);
            }
            _ => {
                let n = self.name(id)?;
                self.emit(Op::DeleteGlobal, 0, n, 0, 0);
            }
        }
        Ok(())
    }

    // Handlers.

    pub fn guard_begin(&mut self) {
        let (open, depth) = (Some(self.here()), self.blocks.len());
        self.guards.push(Guard { ranges: Vec::new(), open, depth });
    }

    /// Ends the innermost guard; its ranges lead to the handler that starts at `target`.
    pub fn guard_end(&mut self) -> Vec<(u32, u32)> {
        let here = self.here();
        let Some(mut g) = self.guards.pop() else { return Vec::new() };
        if let Some(start) = g.open {
            g.ranges.push((start, here));
        }
        g.ranges.retain(|(s, e)| s < e);
        g.ranges
    }

    /// A handler starts here.
    pub fn handler(&mut self, ranges: Vec<(u32, u32)>, reg: Reg) {
        let target = self.here();
        self.dead = ranges.is_empty();
        self.handlers.extend(ranges.into_iter().map(|(start, end)| Handler { start, end, target, reg }));
    }

    /// Opens holes in the guards that began inside block number `level`, runs `f`, and closes the holes.
    /// What began before the block, at the same depth, still guards.
    pub fn outside(&mut self, level: usize, f: impl FnOnce(&mut Self) -> Done) -> Done {
        let here = self.here();
        let mut reopened = Vec::new();
        for (i, g) in self.guards.iter_mut().enumerate() {
            if g.depth > level
                && let Some(start) = g.open.take()
            {
                g.ranges.push((start, here));
                reopened.push(i);
            }
        }
        f(self)?;
        let here = self.here();
        for i in reopened {
            if let Some(g) = self.guards.get_mut(i) {
                g.open = Some(here);
            }
        }
        Ok(())
    }

    // The end.

    pub fn finish(mut self, extra_flags: u32, doc: Option<Box<str>>) -> Result<Code, CompileError> {
        let none = self.constant(Const::None)?;
        self.dead = false;
        self.emit(Op::ReturnK, 0, none, 0, 0);
        for &(at, label, wide) in &self.jumps {
            let target = self.labels[label.0].unwrap_or(0) as i64;
            let offset = target - at as i64 - 1;
            let i = &mut self.instrs[at];
            if wide {
                let o = offset as i32 as u32;
                (i.b, i.c) = (o as u16, (o >> 16) as u16);
            } else {
                let Ok(o) = i16::try_from(offset) else {
                    return Err(CompileError {
                        kind: ErrorKind::TooFar,
                        ..CompileError::syntax("", self.span)
                    });
                };
                i.c = o as u16;
            }
        }
        for i in 1..self.instrs.len() {
            self.instrs[i - 1].x |= self.instrs[i - 1].chain_to(self.instrs[i]);
        }
        let mut fl = extra_flags;
        if self.is_function() {
            fl |= flags::OPTIMIZED | flags::NEWLOCALS;
            if self.qualname.contains("<locals>") {
                fl |= flags::NESTED;
            }
        }
        fl |= match (self.scope.generator, self.asynchronous) {
            (true, true) => flags::ASYNC_GENERATOR,
            (true, false) => flags::GENERATOR,
            (false, true) => flags::COROUTINE,
            (false, false) => 0,
        };
        let cells = self.scope.order.iter().filter(|n| self.scope.place(n) == Place::Cell);
        let cellvars = cells.filter_map(|n| self.locals.get(n).copied()).collect();
        let first_line = self.spans.first().map_or(1, |s| self.source.lines.line(s.start));
        Ok(Code {
            name: self.name.into(),
            qualname: self.qualname.into(),
            first_line,
            source: self.source,
            flags: fl,
            argcount: 0,
            posonlyargcount: 0,
            kwonlyargcount: 0,
            nregs: self.max + 3,
            varnames: self.varnames.into(),
            cellvars,
            freevars: self.scope.free.iter().map(|n| n.as_str().into()).collect(),
            names: self.names.into(),
            sites: self.sites.into(),
            consts: self.consts.into(),
            instrs: self.instrs.into(),
            spans: self.spans.into(),
            anchors: self.anchors.into(),
            marks: self.marks.into(),
            handlers: self.handlers.into(),
            doc,
            attr_hint: 0,
        })
    }

    /// Runs `f` inside of one more block; CPython allows twenty.
    pub fn nest(&mut self, f: impl FnOnce(&mut Self) -> Done) -> Done {
        if self.nested >= MAX_BLOCKS {
            return Err(CompileError::syntax("too many statically nested blocks", self.span));
        }
        self.nested += 1;
        f(self)?;
        self.nested -= 1;
        Ok(())
    }

    pub fn deeper(&mut self) -> Done {
        self.depth += 1;
        if self.depth > MAX_DEPTH { Err(CompileError::recursion()) } else { Ok(()) }
    }
}
