//! Calls, and what makes callables: functions, lambdas, comprehensions, classes.

use super::CompileError;
use super::expr::NOWHERE;
use super::scope::{Kind, key, mangle};
use super::unit::{Done, Reg, Unit, docstring, retry};
use crate::code::{Code, Const, flags};
use crate::op::{KILL_A, KILL_B, Op};
use minipy_syntax::ast::*;
use std::sync::Arc;

impl<'a> Unit<'a, '_> {
    pub(super) fn call(
        &mut self,
        span: Span,
        func: &Expr<'a>,
        args: &[Expr<'a>],
        keywords: &[Keyword<'a>],
        dst: Reg,
    ) -> Done {
        check_keywords(keywords)?;
        let unpacks = args.iter().any(|a| matches!(a.kind, ExprKind::Starred { .. }))
            || keywords.iter().any(|k| k.arg.is_none())
            || args.len() + keywords.len() > 2000;
        // The callable stands at the top of the registers; `dst` itself will do if it is there.
        let base =
            if dst != NOWHERE && dst + 1 == self.top && self.is_temp(dst) { dst } else { self.temp()? };
        if unpacks {
            return self.call_unpacking(span, func, args, keywords, base, dst);
        }
        let mut span = span;
        let method = match &func.kind {
            ExprKind::Attribute { value, attr } => {
                let receiver = self.temp()?;
                let o = self.operand(value, base)?;
                let site = self.site(attr.name)?;
                let place = self.attribute_place(func, attr);
                span.start = if place == func.span { span.start } else { place.start };
                let at = std::mem::replace(&mut self.span, place);
                self.emit(Op::LoadMethod, o.kill(KILL_B, base), base, o.reg(), site);
                self.span = at;
                self.free_to(receiver + 1);
                true
            }
            _ => {
                self.expr(func, base)?;
                false
            }
        };
        for a in args {
            let r = self.temp()?;
            self.expr(a, r)?;
        }
        for k in keywords {
            let r = self.temp()?;
            self.expr(&k.value, r)?;
        }
        self.span = span;
        let argc = (args.len() + keywords.len()) as u16;
        if keywords.is_empty() {
            self.emit(if method { Op::CallMethod } else { Op::Call }, 0, dst, base, argc);
            return Ok(());
        }
        let names =
            keywords.iter().filter_map(|k| k.arg).map(|i| Const::Str(mangle(None, i.name).into())).collect();
        let names = self.constant(Const::Tuple(names))?;
        self.emit(if method { Op::CallMethodKw } else { Op::CallKw }, 0, base, argc, names);
        self.result(base, dst);
        Ok(())
    }

    /// Where an attribute is said to stand: at its name, if the expression has several lines.
    pub(super) fn attribute_place(&self, e: &Expr, name: &Ident) -> Span {
        let line = |offset| self.source.lines.line(offset);
        let start = if line(e.span.start) == line(e.span.end) { e.span.start } else { name.span.start };
        Span::new(start, e.span.end)
    }

    pub(super) fn result(&mut self, base: Reg, dst: Reg) {
        if base != dst {
            self.emit(Op::Move, KILL_B, dst, base, 0);
        }
    }

    fn call_unpacking(
        &mut self,
        span: Span,
        func: &Expr<'a>,
        args: &[Expr<'a>],
        keywords: &[Keyword<'a>],
        base: Reg,
        dst: Reg,
    ) -> Done {
        self.expr(func, base)?;
        self.unpacked_arguments(span, 0, args, keywords, base)?;
        self.span = span;
        self.emit(Op::CallEx, 0, base, 0, 0);
        self.result(base, dst);
        Ok(())
    }

    /// Puts the positional arguments and the dict of the others behind `base`, where the callable stands and
    /// `given` arguments follow already.
    pub(super) fn unpacked_arguments(
        &mut self,
        span: Span,
        given: u16,
        args: &[Expr<'a>],
        keywords: &[Keyword<'a>],
        base: Reg,
    ) -> Done {
        self.free_to(base + 1);
        let tuple = self.temp()?;
        if let ([Expr { kind: ExprKind::Starred { value }, .. }], 0) = (args, given) {
            self.expr(value, tuple)?;
        } else {
            self.emit(Op::BuildList, 0, tuple, tuple, given);
            for a in args {
                let r = self.temp()?;
                if let ExprKind::Starred { value } = a.kind {
                    self.expr(value, r)?;
                    self.emit(Op::ListExtend, KILL_B, tuple, r, 0);
                } else {
                    self.expr(a, r)?;
                    self.emit(Op::ListAppend, KILL_B, tuple, r, 0);
                }
                self.free_to(r);
            }
        }
        let dict = self.temp()?;
        if keywords.is_empty() {
            self.emit(Op::Clear, 0, dict, 0, 0);
        } else if let ([Keyword { arg: None, value, .. }], 0) = (keywords, given) {
            // The call takes it as it is.
            self.expr(value, dict)?;
        } else {
            self.emit(Op::BuildDict, 0, dict, dict, 0);
            for k in keywords {
                let r = self.temp()?;
                if let Some(name) = k.arg {
                    let v = self.temp()?;
                    self.load_const(r, Const::Str(name.name.into()))?;
                    self.expr(&k.value, v)?;
                    self.emit(Op::BuildDict, 0, r, r, 1);
                } else {
                    self.expr(&k.value, r)?;
                }
                self.span = span;
                self.emit(Op::DictMerge, KILL_B, dict, r, base);
                self.free_to(r);
            }
        }
        Ok(())
    }

    pub(super) fn inner_qualname(&self, name: &str) -> String {
        let mangled = super::scope::mangle(self.scope.class.as_deref(), name);
        let global = self.scope.symbols.get(&mangled).is_some_and(|s| s.global);
        match self.scope.kind {
            _ if global => name.to_owned(),
            Kind::Module => name.to_owned(),
            _ if self.scope.is_explicit_global(&mangle(self.scope.class(), name)) => name.to_owned(),
            Kind::Class => format!("{}.{name}", self.qualname),
            _ => format!("{}.<locals>.{name}", self.qualname),
        }
    }

    /// `dst = function(code)`, with what has been put at `base`: defaults and the like (`x` says which).
    pub(super) fn make_function(
        &mut self,
        code: Code,
        free: &[String],
        mut x: u8,
        annotations: bool,
        base: Reg,
        dst: Reg,
    ) -> Done {
        debug_assert!(self.top >= base);
        if !free.is_empty() {
            // The order of the parts is fixed: the closure comes before the annotations.
            if annotations {
                let held = self.top - 1;
                self.closure(free)?;
                let t = self.temp()?;
                self.emit(Op::Move, KILL_B, t, held, 0);
                self.emit(Op::Move, KILL_B, held, t - 1, 0);
                self.emit(Op::Move, KILL_B, t - 1, t, 0);
            } else {
                self.closure(free)?;
            }
            x |= 4;
        }
        if annotations {
            x |= 8;
        }
        let k = self.constant(Const::Code(Arc::new(code)))?;
        self.emit(Op::MakeFunction, x, dst, k, base);
        Ok(())
    }

    /// Evaluates defaults into new temporaries; returns the flags of `MakeFunction`.
    fn defaults(&mut self, args: &Arguments<'a>) -> Result<u8, CompileError> {
        let mut x = 0;
        if !args.defaults.is_empty() {
            let r = self.temp()?;
            let base = self.top;
            for d in args.defaults {
                let t = self.temp()?;
                self.expr(d, t)?;
            }
            self.emit(Op::BuildTuple, 0, r, base, args.defaults.len() as u16);
            self.free_to(base);
            x |= 1;
        }
        if args.kw_defaults.iter().any(Option::is_some) {
            let r = self.temp()?;
            let base = self.top;
            let mut n = 0;
            for (p, d) in args.kwonlyargs.iter().zip(args.kw_defaults) {
                if let Some(d) = d {
                    let t = self.temp()?;
                    self.load_const(t, Const::Str(mangle(self.scope.class(), p.arg.name).into()))?;
                    let t = self.temp()?;
                    self.expr(d, t)?;
                    n += 1;
                }
            }
            self.emit(Op::BuildDict, 0, r, base, n);
            self.free_to(base);
            x |= 2;
        }
        Ok(x)
    }

    /// Puts the annotations into a dict in a new temporary; false if there are none.
    fn annotations(
        &mut self,
        args: &Arguments<'a>,
        returns: Option<&'a Expr<'a>>,
    ) -> Result<bool, CompileError> {
        let params = args
            .posonlyargs
            .iter()
            .chain(args.args)
            .chain(&args.vararg)
            .chain(args.kwonlyargs)
            .chain(&args.kwarg);
        let mut all: Vec<(&str, &'a Expr<'a>)> = Vec::new();
        for p in params {
            if let Some(a) = p.annotation {
                all.push((p.arg.name, a));
            }
        }
        all.extend(returns.map(|r| ("return", r)));
        if all.is_empty() {
            return Ok(false);
        }
        let r = self.temp()?;
        let base = self.top;
        for (name, a) in &all {
            let t = self.temp()?;
            self.load_const(t, Const::Str(mangle(self.scope.class(), name).into()))?;
            let t = self.temp()?;
            self.annotation(a, t)?;
        }
        self.emit(Op::BuildDict, 0, r, base, all.len() as u16);
        self.free_to(base);
        Ok(true)
    }

    /// An annotation's value, or its text under `from __future__ import annotations`.
    pub(super) fn annotation(&mut self, a: &Expr<'a>, dst: Reg) -> Done {
        if self.table.future.annotations {
            // Beyond ASCII, names of characters are not at hand: what is seen is printable.
            let text = minipy_syntax::unparse(a, |c| !c.is_control() && !c.is_whitespace());
            return self.load_const(dst, Const::Str(text.into()));
        }
        // `*args: *types`: what the star gives must be one.
        if let ExprKind::Starred { value } = a.kind {
            let r = self.temp()?;
            self.expr(value, r)?;
            self.emit(Op::UnpackSequence, KILL_A, r, dst, 1);
            self.free_to(r);
            return Ok(());
        }
        self.expr(a, dst)
    }

    pub(super) fn unit<'n>(&'n self, node: usize, name: &str, long: bool) -> Unit<'a, 'n> {
        let scope = self.table.scope(node);
        let mut u =
            Unit::new(self.table, scope, self.source.clone(), name.into(), self.inner_qualname(name), long);
        u.depth = self.depth;
        u.span = self.span;
        u
    }

    fn function_code(
        &self,
        node: usize,
        name: &str,
        args: &Arguments<'a>,
        body: impl Fn(&mut Unit<'a, '_>) -> Done,
        doc: Option<Box<str>>,
    ) -> Result<Code, CompileError> {
        retry(|long| {
            let mut u = self.unit(node, name, long);
            let class = u.scope.class().map(str::to_owned);
            let positional = args.posonlyargs.iter().chain(args.args);
            let all = positional.chain(args.kwonlyargs).chain(&args.vararg).chain(&args.kwarg);
            let params: Vec<String> = all.map(|p| mangle(class.as_deref(), p.arg.name)).collect();
            u.declare_all(&params)?;
            body(&mut u)?;
            let mut fl = 0;
            if args.vararg.is_some() {
                fl |= flags::VARARGS;
            }
            if args.kwarg.is_some() {
                fl |= flags::VARKEYWORDS;
            }
            let mut code = u.finish(fl, doc.clone())?;
            code.argcount = (args.posonlyargs.len() + args.args.len()) as u16;
            code.posonlyargcount = args.posonlyargs.len() as u16;
            code.kwonlyargcount = args.kwonlyargs.len() as u16;
            code.first_line = self.source.lines.line(self.span.start);
            Ok(code)
        })
    }

    pub(super) fn lambda(&mut self, args: &'a Arguments<'a>, body: &'a Expr<'a>, dst: Reg) -> Done {
        let base = self.top;
        let x = self.defaults(args)?;
        let code = self.function_code(
            key(args),
            "<lambda>",
            args,
            |u| {
                let r = u.temp()?;
                u.expr(body, r)?;
                u.span = body.span;
                u.emit(Op::Return, 0, r, 0, 0);
                u.dead = true;
                Ok(())
            },
            None,
        )?;
        let free = self.table.scope(key(args)).free.clone();
        self.make_function(code, &free, x, false, base, dst)
    }

    pub(super) fn function(&mut self, f: &'a FunctionDef<'a>) -> Done {
        let r = self.decorators(f.decorator_list)?;
        let span = std::mem::replace(&mut self.span, Span::new(f.name.span.start, f.name.span.end));
        let base = self.top;
        let x = self.defaults(f.args)?;
        let annotations = self.annotations(f.args, f.returns)?;
        let body = |u: &mut Unit<'a, '_>| {
            u.asynchronous = f.is_async;
            u.body(f.body)
        };
        let mut code = self.function_code(key(f), f.name.name, f.args, body, docstring(f.body))?;
        self.start_at_decorators(&mut code, f.decorator_list);
        let free = self.table.scope(key(f)).free.clone();
        self.make_function(code, &free, x, annotations, base, r)?;
        self.span = span;
        self.apply_decorators(f.decorator_list, r)?;
        self.store_name(f.name.name, r, true)
    }

    /// What is decorated starts at the line of its first decorator.
    pub(super) fn start_at_decorators(&self, code: &mut Code, list: &[Expr<'a>]) {
        if let Some(first) = list.first() {
            code.first_line = self.source.lines.line(first.span.start);
        }
    }

    /// Evaluates decorators into temporaries, then reserves the one for what is decorated.
    pub(super) fn decorators(&mut self, list: &[Expr<'a>]) -> Result<Reg, CompileError> {
        for d in list {
            let r = self.temp()?;
            self.expr(d, r)?;
        }
        self.temp()
    }

    pub(super) fn apply_decorators(&mut self, list: &[Expr<'a>], r: Reg) -> Done {
        let mut at = r;
        for d in list.iter().rev() {
            let span = std::mem::replace(&mut self.span, d.span);
            at -= 1;
            self.emit(Op::Call, 0, at, at, 1);
            self.span = span;
        }
        if at != r {
            self.emit(Op::Move, KILL_B, r, at, 0);
        }
        self.free_to(r + 1);
        Ok(())
    }
}

/// No name is given twice.
pub(super) fn check_keywords(keywords: &[Keyword]) -> Done {
    for (i, k) in keywords.iter().enumerate() {
        let Some(name) = k.arg else { continue };
        let again = keywords[i + 1..].iter().find(|o| o.arg.is_some_and(|a| a.name == name.name));
        if let Some(again) = again {
            let message = format!("keyword argument repeated: {}", name.name);
            return Err(CompileError::syntax(message, again.span));
        }
    }
    Ok(())
}
