//! Classes.

use super::call::check_keywords;
use super::scope::key;
use super::unit::{Done, Reg, Unit, docstring, has_annotations, retry};
use crate::code::Const;
use crate::op::Op;
use minipy_syntax::ast::*;

impl<'a> Unit<'a, '_> {
    pub(super) fn class(&mut self, c: &'a ClassDef<'a>) -> Done {
        let result = self.decorators(c.decorator_list)?;
        check_keywords(c.keywords)?;
        let span = self.span;
        let code = retry(|long| {
            let mut u = self.unit(key(c), c.name.name, long);
            let class_cell = u.scope.class_cell;
            if class_cell {
                let r = u.declare("__class__")?;
                u.emit(Op::MakeCell, 0, r, 0, 0);
            }
            let r = u.temp()?;
            u.load_global("__name__", r)?;
            u.store_class("__module__", r)?;
            u.load_const(r, Const::Str(u.qualname.as_str().into()))?;
            u.store_class("__qualname__", r)?;
            if let (Some(d), Some(first)) = (docstring(c.body), c.body.first()) {
                u.span = first.span;
                u.load_const(r, Const::Str(d))?;
                u.store_class("__doc__", r)?;
            }
            u.free_to(r);
            if has_annotations(c.body) {
                u.emit(Op::SetupAnnotations, 0, 0, 0, 0);
            }
            u.body(c.body)?;
            if class_cell && !u.dead {
                let cell = u.cell_register("__class__").unwrap_or(0);
                let r = u.temp()?;
                u.emit(Op::Move, 0, r, cell, 0);
                u.store_class("__classcell__", r)?;
            }
            let mut code = u.finish(0, docstring(c.body))?;
            code.attr_hint = attr_hint(c.body);
            code.first_line = self.source.lines.line(span.start);
            self.start_at_decorators(&mut code, c.decorator_list);
            Ok(code)
        })?;
        let base = self.temp()?;
        self.emit(Op::LoadBuildClass, 0, base, 0, 0);
        let f = self.temp()?;
        let free = self.table.scope(key(c)).free.clone();
        let parts = self.top;
        self.make_function(code, &free, 0, false, parts, f)?;
        self.free_to(f + 1);
        let name = self.temp()?;
        self.load_const(name, Const::Str(c.name.name.into()))?;
        let unpacks = c.bases.iter().any(|b| matches!(b.kind, ExprKind::Starred { .. }))
            || c.keywords.iter().any(|k| k.arg.is_none());
        let argc = (2 + c.bases.len() + c.keywords.len()) as u16;
        if unpacks {
            self.unpacked_arguments(span, 2, c.bases, c.keywords, base)?;
            self.span = span;
            self.emit(Op::CallEx, 0, base, 0, 0);
            self.result(base, result);
        } else {
            for b in c.bases {
                let r = self.temp()?;
                self.expr(b, r)?;
            }
            for k in c.keywords {
                let r = self.temp()?;
                self.expr(&k.value, r)?;
            }
            if c.keywords.is_empty() {
                self.emit(Op::Call, 0, result, base, argc);
            } else {
                let names = c.keywords.iter().filter_map(|k| k.arg).map(|i| Const::Str(i.name.into()));
                let names = self.constant(Const::Tuple(names.collect()))?;
                self.emit(Op::CallKw, 0, base, argc, names);
                self.result(base, result);
            }
        }
        self.free_to(result + 1);
        self.apply_decorators(c.decorator_list, result)?;
        self.store_name(c.name.name, result, true)
    }

    fn load_global(&mut self, name: &str, r: Reg) -> Done {
        let s = self.site(name)?;
        self.emit(Op::LoadGlobal, 0, r, s, 0);
        Ok(())
    }

    fn store_class(&mut self, name: &str, r: Reg) -> Done {
        let n = self.name(name)?;
        self.emit(Op::StoreName, crate::op::KILL_A, r, n, 0);
        Ok(())
    }
}

/// How many attributes the methods of a class set on their first parameter.
fn attr_hint(body: &[Stmt]) -> u16 {
    let mut names: Vec<&str> = Vec::new();
    for s in body {
        if let StmtKind::FunctionDef(f) = &s.kind
            && let Some(me) = f.args.posonlyargs.iter().chain(f.args.args).next()
        {
            collect(f.body, me.arg.name, &mut names);
        }
    }
    names.len() as u16
}

fn collect<'a>(body: &[Stmt<'a>], me: &str, names: &mut Vec<&'a str>) {
    let mut target = |t: &Expr<'a>| {
        let parts = match t.kind {
            ExprKind::Tuple { elts } | ExprKind::List { elts } => elts,
            _ => std::slice::from_ref(t),
        };
        for p in parts {
            if let ExprKind::Attribute { value: Expr { kind: ExprKind::Name { id }, .. }, attr } = p.kind
                && *id == me
                && !names.contains(&attr.name)
            {
                names.push(attr.name);
            }
        }
    };
    for s in body {
        match &s.kind {
            StmtKind::Assign { targets, .. } => targets.iter().for_each(&mut target),
            StmtKind::AnnAssign { target: t, value: Some(_), .. } => target(t),
            _ => {}
        }
    }
    for s in body {
        match &s.kind {
            StmtKind::If { body, orelse, .. }
            | StmtKind::For { body, orelse, .. }
            | StmtKind::While { body, orelse, .. } => {
                collect(body, me, names);
                collect(orelse, me, names);
            }
            StmtKind::With { body, .. } => collect(body, me, names),
            StmtKind::Try(t) => collect(t.body, me, names),
            _ => {}
        }
    }
}
