//! `match`: patterns.
//!
//! A pattern examines a register and jumps to a label if it does not accept what stands there. The parts of a
//! subject are unpacked into temporaries, which stay until the case is decided; a capture only remembers its
//! register, since names are bound when the whole pattern has been accepted. As in CPython, an error about the names
//! is reported where the last pattern stands that has been looked at.

use super::CompileError;
use super::expr::constant_of;
use super::unit::{Done, Label, Reg, Unit};
use crate::code::Const;
use crate::op::{KILL_A, KILL_B, KILL_C, Op};
use minipy_syntax::ast::*;

/// The names that a pattern binds, and where the values stand.
type Captures<'a> = Vec<(&'a str, Reg)>;

fn is_wildcard(p: &Pattern) -> bool {
    matches!(p.kind, PatternKind::MatchAs { pattern: None, name: None })
}

fn is_star(p: &Pattern) -> bool {
    matches!(p.kind, PatternKind::MatchStar { .. })
}

impl<'a> Unit<'a, '_> {
    pub(super) fn match_stmt(&mut self, subject: &'a Expr<'a>, cases: &'a [MatchCase<'a>]) -> Done {
        let s = self.temp()?;
        self.expr(subject, s)?;
        let end = self.label();
        let before = self.assigned.clone();
        let mut outcomes = Vec::new();
        for (i, case) in cases.iter().enumerate() {
            let last = i + 1 == cases.len();
            self.assigned = before.clone();
            let (fail, next) = (self.label(), self.label());
            let base = self.top;
            let mut captures = Vec::new();
            self.pattern(case.pattern, s, fail, &mut captures, last || case.guard.is_some())?;
            self.span = case.pattern.span;
            for &(name, r) in &captures {
                self.store_name(name, r, false)?;
            }
            let used = self.clear_from(base);
            self.free_to(base);
            if let Some(guard) = case.guard {
                self.condition(guard, next, false)?;
            }
            self.emit(Op::Clear, 0, s, 0, 0);
            self.body(case.body)?;
            if !self.dead {
                outcomes.push(self.assigned.clone());
                self.goto(end);
            }
            self.place(fail);
            self.span = case.pattern.span;
            self.clear_registers(base, used);
            self.place(next);
        }
        if !self.dead {
            outcomes.push(before.clone());
            self.emit(Op::Clear, 0, s, 0, 0);
        }
        let merged = outcomes.into_iter().reduce(|a, b| a.intersection(&b).copied().collect());
        self.assigned = merged.unwrap_or(before);
        self.place(end);
        Ok(())
    }

    /// Clears the temporaries from `base` on; returns how many there are.
    fn clear_from(&mut self, base: Reg) -> u16 {
        let used = self.top - base;
        self.clear_registers(base, used);
        used
    }

    fn clear_registers(&mut self, base: Reg, n: u16) {
        match n {
            0 => {}
            1 => self.emit(Op::Clear, 0, base, 0, 0),
            _ => self.emit(Op::ClearRange, 0, base, 0, n),
        }
    }

    fn capture(&mut self, name: Ident<'a>, r: Reg, captures: &mut Captures<'a>) -> Done {
        if name.name == "__debug__" {
            return Err(CompileError::syntax("cannot assign to __debug__", name.span));
        }
        if captures.iter().any(|c| c.0 == name.name) {
            let message = format!("multiple assignments to name '{}' in pattern", name.name);
            return Err(CompileError::syntax(message, self.span));
        }
        captures.push((name.name, r));
        Ok(())
    }

    /// Goes on if the pattern accepts `R[src]`, which stays; otherwise jumps to `fail`, leaving temporaries.
    /// `irrefutable`: whether a pattern that accepts everything may stand here.
    fn pattern(
        &mut self,
        p: &'a Pattern<'a>,
        src: Reg,
        fail: Label,
        captures: &mut Captures<'a>,
        irrefutable: bool,
    ) -> Done {
        self.deeper()?;
        self.span = p.span;
        match p.kind {
            PatternKind::MatchValue { value } if is_formatted(value) => {
                let message = "patterns may only match literals and attribute lookups";
                return Err(CompileError::syntax(message, p.span));
            }
            PatternKind::MatchValue { value } => match constant_of(value) {
                Some(c) => {
                    let k = self.constant(c)?;
                    self.branch(Op::JNotEqK, Op::JEqK, 0, src, k, fail);
                }
                None => {
                    let r = self.temp()?;
                    self.expr(value, r)?;
                    self.branch(Op::JNotEq, Op::JEq, KILL_B, src, r, fail);
                }
            },
            PatternKind::MatchSingleton { value: Constant::Bool(b) } => {
                let r = self.temp()?;
                self.load_const(r, Const::Bool(b))?;
                self.emit(Op::Is, 0, r, src, r);
                self.jump(Op::JumpIfFalse, KILL_A, r, fail);
            }
            PatternKind::MatchSingleton { .. } => self.jump(Op::JumpIfNotNone, 0, src, fail),
            PatternKind::MatchSequence { patterns } => {
                self.sequence_pattern(p, patterns, src, fail, captures)?
            }
            PatternKind::MatchMapping { keys, patterns, rest } => {
                self.mapping_pattern(p, keys, patterns, rest, src, fail, captures)?
            }
            PatternKind::MatchClass { cls, patterns, kwd_attrs, kwd_patterns } => {
                let all: Vec<&Pattern> = patterns.iter().chain(kwd_patterns).collect();
                self.class_pattern(cls, patterns.len(), kwd_attrs, &all, src, fail, captures)?
            }
            PatternKind::MatchStar { .. } => {}
            PatternKind::MatchAs { pattern: Some(inner), name } => {
                self.pattern(inner, src, fail, captures, irrefutable)?;
                if let Some(n) = name {
                    self.capture(n, src, captures)?;
                }
            }
            PatternKind::MatchAs { pattern: None, name } => {
                if !irrefutable {
                    let what = match name {
                        Some(n) => format!("name capture '{}'", n.name),
                        None => "wildcard".to_owned(),
                    };
                    let message = format!("{what} makes remaining patterns unreachable");
                    return Err(CompileError::syntax(message, p.span));
                }
                if let Some(n) = name {
                    self.capture(n, src, captures)?;
                }
            }
            PatternKind::MatchOr { patterns } => {
                self.or_pattern(p, patterns, src, fail, captures, irrefutable)?
            }
        }
        self.depth -= 1;
        Ok(())
    }

    fn sub_pattern(
        &mut self,
        p: &'a Pattern<'a>,
        src: Reg,
        fail: Label,
        captures: &mut Captures<'a>,
    ) -> Done {
        self.pattern(p, src, fail, captures, true)
    }

    /// The values of a subject's parts: `n` new temporaries.
    fn part_registers(&mut self, n: usize) -> Result<Reg, CompileError> {
        let first = self.top;
        for _ in 0..n {
            self.temp()?;
        }
        Ok(first)
    }

    /// `R[r] = len(R[src])` in a new temporary.
    fn subject_len(&mut self, src: Reg) -> Result<Reg, CompileError> {
        let r = self.temp()?;
        self.emit(Op::Len, 0, r, src, 0);
        Ok(r)
    }

    fn sequence_pattern(
        &mut self,
        p: &'a Pattern<'a>,
        patterns: &'a [Pattern<'a>],
        src: Reg,
        fail: Label,
        captures: &mut Captures<'a>,
    ) -> Done {
        let mut stars = patterns.iter().enumerate().filter(|(_, p)| is_star(p)).map(|(i, _)| i);
        let star = stars.next();
        if stars.next().is_some() {
            return Err(CompileError::syntax("multiple starred names in sequence pattern", p.span));
        }
        let star_name = star.and_then(|i| match patterns[i].kind {
            PatternKind::MatchStar { name } => name,
            _ => None,
        });
        let r = self.temp()?;
        self.emit(Op::MatchSequence, 0, r, src, 0);
        self.jump(Op::JumpIfFalse, KILL_A, r, fail);
        self.free_to(r);
        let size = patterns.len() as i64;
        let bound = if star.is_some() { size - 1 } else { size };
        if star.is_none() || bound > 0 {
            let n = self.subject_len(src)?;
            let k = self.constant(Const::Int(bound))?;
            let (op, inverse) =
                if star.is_some() { (Op::JNotGeK, Op::JGeK) } else { (Op::JNotEqK, Op::JEqK) };
            self.branch(op, inverse, KILL_A, n, k, fail);
            self.free_to(n);
        }
        if patterns.iter().all(|p| is_wildcard(p) || is_star(p)) && star_name.is_none() {
            return Ok(());
        }
        if let Some(at) = star
            && star_name.is_none()
        {
            return self.sequence_by_index(patterns, at, src, fail, captures);
        }
        let first = self.part_registers(patterns.len())?;
        match star {
            None => self.emit(Op::UnpackSequence, 0, src, first, patterns.len() as u16),
            Some(at) if at < 256 && patterns.len() - at <= 256 => {
                let after = (patterns.len() - at - 1) as u16;
                self.emit(Op::UnpackEx, 0, src, first, at as u16 | after << 8);
            }
            Some(_) => {
                let message = "too many expressions in star-unpacking sequence pattern";
                return Err(CompileError::syntax(message, p.span));
            }
        }
        for (i, sub) in patterns.iter().enumerate() {
            let r = first + i as Reg;
            match sub.kind {
                PatternKind::MatchStar { name: Some(n) } => {
                    self.span = sub.span;
                    self.capture(n, r, captures)?;
                }
                _ => self.sub_pattern(sub, r, fail, captures)?,
            }
        }
        Ok(())
    }

    /// The items around `*_` are subscripts, so that the others are never touched.
    fn sequence_by_index(
        &mut self,
        patterns: &'a [Pattern<'a>],
        star: usize,
        src: Reg,
        fail: Label,
        captures: &mut Captures<'a>,
    ) -> Done {
        for (i, sub) in patterns.iter().enumerate().filter(|(_, p)| !is_wildcard(p) && !is_star(p)) {
            let r = self.temp()?;
            self.span = sub.span;
            if i < star {
                let k = self.constant(Const::Int(i as i64))?;
                self.emit(Op::GetItemK, 0, r, src, k);
            } else {
                let n = self.subject_len(src)?;
                let k = self.constant(Const::Int((patterns.len() - i) as i64))?;
                self.emit(Op::SubK, 0, n, n, k);
                self.emit(Op::GetItem, KILL_C, r, src, n);
                self.free_to(n);
            }
            self.sub_pattern(sub, r, fail, captures)?;
        }
        Ok(())
    }

    #[allow(clippy::too_many_arguments)] // the parts of the pattern, and what every pattern needs
    fn mapping_pattern(
        &mut self,
        p: &'a Pattern<'a>,
        keys: &'a [Expr<'a>],
        patterns: &'a [Pattern<'a>],
        rest: Option<Ident<'a>>,
        src: Reg,
        fail: Label,
        captures: &mut Captures<'a>,
    ) -> Done {
        let r = self.temp()?;
        self.emit(Op::MatchMapping, 0, r, src, 0);
        self.jump(Op::JumpIfFalse, KILL_A, r, fail);
        self.free_to(r);
        if keys.is_empty() && rest.is_none() {
            return Ok(());
        }
        if !keys.is_empty() {
            let n = self.subject_len(src)?;
            let k = self.constant(Const::Int(keys.len() as i64))?;
            self.branch(Op::JNotGeK, Op::JGeK, KILL_A, n, k, fail);
            self.free_to(n);
        }
        let mut seen: Vec<Const> = Vec::new();
        let tuple = self.temp()?;
        let base = self.top;
        for key in keys {
            if is_formatted(key) {
                let message = "mapping pattern keys may only match literals and attribute lookups";
                return Err(CompileError::syntax(message, p.span));
            }
            if let Some(c) = constant_of(key) {
                if seen.iter().any(|other| is_same_key(other, &c)) {
                    let text = self.source.lines.source();
                    let text = text.get(key.span.start as usize..key.span.end as usize).unwrap_or_default();
                    let shown = match c {
                        Const::Int(i) => i.to_string(),
                        _ => text.replace('"', "'"),
                    };
                    let message = format!("mapping pattern checks duplicate key ({shown})");
                    return Err(CompileError::syntax(message, p.span));
                }
                seen.push(c);
            }
            let r = self.temp()?;
            self.expr(key, r)?;
        }
        self.span = p.span;
        self.emit(Op::BuildTuple, 0, tuple, base, keys.len() as u16);
        self.free_to(base);
        if !keys.is_empty() {
            let values = self.temp()?;
            self.emit(Op::MatchKeys, 0, values, src, tuple);
            self.jump(Op::JumpIfNone, 0, values, fail);
            let first = self.part_registers(keys.len())?;
            self.emit(Op::UnpackSequence, KILL_A, values, first, keys.len() as u16);
            for (i, sub) in patterns.iter().enumerate() {
                self.sub_pattern(sub, first + i as Reg, fail, captures)?;
            }
        }
        if let Some(name) = rest {
            let r = self.temp()?;
            self.emit(Op::MatchRest, 0, r, src, tuple);
            self.capture(name, r, captures)?;
        }
        Ok(())
    }

    #[allow(clippy::too_many_arguments)] // the parts of the pattern, and what every pattern needs
    fn class_pattern(
        &mut self,
        cls: &'a Expr<'a>,
        positional: usize,
        attrs: &'a [Ident<'a>],
        patterns: &[&'a Pattern<'a>],
        src: Reg,
        fail: Label,
        captures: &mut Captures<'a>,
    ) -> Done {
        for (i, a) in attrs.iter().enumerate() {
            if attrs[..i].iter().any(|b| b.name == a.name) {
                let message = format!("attribute name repeated in class pattern: {}", a.name);
                return Err(CompileError::syntax(message, patterns[positional + i].span));
            }
        }
        let span = self.span;
        let r = self.temp()?;
        self.expr(cls, r)?;
        self.span = span;
        let names = attrs.iter().map(|a| Const::Str(a.name.into()));
        let what = std::iter::once(Const::Int(positional as i64)).chain(names).collect();
        let k = self.constant(Const::Tuple(what))?;
        self.emit(Op::MatchClass, 0, r, src, k);
        self.jump(Op::JumpIfNone, 0, r, fail);
        let first = self.part_registers(patterns.len())?;
        self.emit(Op::UnpackSequence, KILL_A, r, first, patterns.len() as u16);
        for (i, sub) in patterns.iter().enumerate() {
            self.sub_pattern(sub, first + i as Reg, fail, captures)?;
        }
        Ok(())
    }

    fn or_pattern(
        &mut self,
        p: &'a Pattern<'a>,
        patterns: &'a [Pattern<'a>],
        src: Reg,
        fail: Label,
        captures: &mut Captures<'a>,
        irrefutable: bool,
    ) -> Done {
        let end = self.label();
        // Every alternative leaves its captures in the same registers.
        let mut names: Vec<&'a str> = Vec::new();
        if let Some(first) = patterns.first() {
            bound_names(first, &mut names);
        }
        let results = self.part_registers(names.len())?;
        for (i, alternative) in patterns.iter().enumerate() {
            let last = i + 1 == patterns.len();
            let (base, next) = (self.top, self.label());
            let mut inner = Vec::new();
            self.pattern(alternative, src, next, &mut inner, last && irrefutable)?;
            if inner.len() != names.len() || inner.iter().any(|c| !names.contains(&c.0)) {
                return Err(CompileError::syntax("alternative patterns bind different names", self.span));
            }
            for (name, r) in &inner {
                let at = names.iter().position(|n| n == name).unwrap_or(0) as Reg;
                self.emit(Op::Move, 0, results + at, *r, 0);
            }
            let used = self.clear_from(base);
            self.goto(end);
            self.place(next);
            self.clear_registers(base, used);
            self.free_to(base);
        }
        self.goto(fail);
        self.place(end);
        for (i, name) in names.into_iter().enumerate() {
            self.capture(Ident { name, span: p.span }, results + i as Reg, captures)?;
        }
        Ok(())
    }
}

/// The names that a pattern binds, in the order in which they stand.
fn bound_names<'a>(p: &Pattern<'a>, out: &mut Vec<&'a str>) {
    fn add<'a>(name: Option<Ident<'a>>, out: &mut Vec<&'a str>) {
        if let Some(n) = name.filter(|n| !out.contains(&n.name)) {
            out.push(n.name);
        }
    }
    match p.kind {
        PatternKind::MatchValue { .. } | PatternKind::MatchSingleton { .. } => {}
        PatternKind::MatchStar { name } => add(name, out),
        PatternKind::MatchAs { pattern, name } => {
            if let Some(inner) = pattern {
                bound_names(inner, out);
            }
            add(name, out);
        }
        PatternKind::MatchSequence { patterns } => patterns.iter().for_each(|p| bound_names(p, out)),
        PatternKind::MatchMapping { patterns, rest, .. } => {
            patterns.iter().for_each(|p| bound_names(p, out));
            add(rest, out);
        }
        PatternKind::MatchClass { patterns, kwd_patterns, .. } => {
            patterns.iter().chain(kwd_patterns).for_each(|p| bound_names(p, out));
        }
        PatternKind::MatchOr { patterns } => {
            if let Some(first) = patterns.first() {
                bound_names(first, out);
            }
        }
    }
}

fn is_formatted(e: &Expr) -> bool {
    matches!(e.kind, ExprKind::JoinedStr { .. })
}

/// Whether two constants are one key of a mapping: numbers of different types may be.
fn is_same_key(a: &Const, b: &Const) -> bool {
    let whole = |c: &Const| match *c {
        Const::Bool(b) => Some(i64::from(b)),
        Const::Int(i) => Some(i),
        Const::Float(f) if f as i64 as f64 == f && f.abs() < 2f64.powi(63) => Some(f as i64),
        Const::Complex(0.0) => Some(0),
        _ => None,
    };
    match (whole(a), whole(b)) {
        (None, None) => a == b,
        (a, b) => a == b,
    }
}
