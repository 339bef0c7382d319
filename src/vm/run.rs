//! The loop: decodes and executes instructions until the frame that it was entered with returns.
//!
//! Fast paths stand here: inline integers and floats, lists, cached attributes and globals, Python-to-Python
//! calls. Everything else is in `slow`, `calls` and the layers below. `pc` points past the instruction that
//! runs; it is saved in the frame before anything that can raise or call.

use super::calls::{call_keywords, call_unpacked};
use super::chain::{Step, float_pair, float_step, float_step_right};
use super::code::SiteKind;
use super::except_star;
use super::generator::{self, inline};
use super::safepoint;
use super::slow;
use super::thread::{Frame, FrameKind, Thread};
use super::trace;
use super::with;
use crate::object::slots::{BinOp, Compare};
use crate::object::{Attrs, Boxed, Dict, List, Native, Raised, Result, Str, Value};
use crate::protocol::{self, bind_native};
use crate::types::exception::STOP_ASYNC_ITERATION;
use crate::types::function::{self, FUNCTION, Function};
use crate::types::iterators::{LIST_ITERATOR, ListIter};
use crate::types::lazy;
use crate::types::range::{RANGE_ITERATOR, RangeIter};
use crate::types::{dict::DICT, float, list::LIST, str::STR, tuple::TUPLE};
use minipy_bytecode::op::{ASYNC, CHAIN, CHAIN_RIGHT, Instr, KILL_A, KILL_B, KILL_C, Op};
use std::mem::ManuallyDrop;

/// Runs the topmost frame, whose kind is `Entry`, to its end.
///
/// # Safety
/// The topmost frame is complete and its registers are initialised.
#[inline]
pub unsafe fn run(th: &Thread) -> Result {
    // SAFETY: as the caller promises.
    unsafe { run_in::<false>(th, th.depth()) }
}

/// The rest of [`run`] in the loop that tells trace functions.
///
/// # Safety
/// As for [`run`]; the running frame has saved where it goes on.
#[cold]
unsafe fn run_traced(th: &Thread, depth: usize) -> Result {
    // SAFETY: as the caller promises.
    unsafe { run_in::<true>(th, depth) }
}

/// The loop, which ends with the frame at `depth`. `TRACED`: see `vm::trace`.
unsafe fn run_in<const TRACED: bool>(th: &Thread, depth: usize) -> Result {
    // SAFETY: (for the whole function) registers, constants, names and sites are indexed by verified code;
    // `frames` is not borrowed across calls.
    unsafe {
        // The running frame's `return` has been told of.
        let mut leaving = false;
        let (mut pc, mut regs): (*const Instr, *mut Value);
        let mut consts: *const Value;
        let mut fp: *mut Frame;
        macro_rules! load_frame {
            () => {{
                fp = th.fp();
                pc = (*fp).pc;
                regs = (*fp).regs;
                consts = (&(*(*fp).code).consts).as_ptr();
            }};
        }
        load_frame!();
        macro_rules! frame {
            () => {
                (*fp)
            };
        }
        loop {
            let raised: Raised = 'raise: loop {
                macro_rules! attempt {
                    ($e:expr) => {{
                        // What is called may look at the frames: tracebacks of other threads, warnings.
                        (*fp).pc = pc;
                        match $e {
                            Ok(v) => v,
                            Err(e) => break 'raise e,
                        }
                    }};
                }
                macro_rules! site {
                    ($i:expr) => {
                        (&(*(*fp).code).sites).get_unchecked($i as usize)
                    };
                }
                macro_rules! name {
                    ($i:expr) => {
                        (&(*(*fp).code).names).get_unchecked($i as usize)
                    };
                }
                macro_rules! kill {
                    ($x:expr, $flag:expr, $r:expr) => {
                        if $x & $flag != 0 {
                            drop(std::mem::replace(&mut *regs.add($r as usize), Value::UNBOUND));
                        }
                    };
                }
                macro_rules! set {
                    ($r:expr, $v:expr) => {{
                        let v = $v;
                        drop(std::mem::replace(&mut *regs.add($r as usize), v));
                    }};
                }
                macro_rules! reg {
                    ($r:expr) => {
                        &*regs.add($r as usize)
                    };
                }
                macro_rules! take {
                    ($r:expr) => {
                        (&mut *regs.add($r as usize)).take()
                    };
                }
                // If tracing has been turned on, this loop ends and the traced one goes on at the given place.
                macro_rules! become_traced {
                    ($pc:expr) => {
                        if !TRACED && th.tracing.live() {
                            frame!().pc = $pc;
                            return run_traced(th, depth);
                        }
                    };
                }
                // Backward jumps are safepoints.
                macro_rules! jump {
                    ($offset:expr) => {{
                        let offset = $offset as isize;
                        pc = pc.offset(offset);
                        if offset < 0 && safepoint::requested() {
                            frame!().pc = pc;
                            attempt!(safepoint::run(th));
                            become_traced!(pc);
                        }
                    }};
                }
                // Goes on in a generator that is asked for its next item; otherwise goes on here.
                macro_rules! resume {
                    ($v:expr, $sent:expr) => {{
                        frame!().pc = pc;
                        if !TRACED && inline::resume(th, $v, $sent) {
                            load_frame!();
                            continue 'raise;
                        }
                    }};
                }
                // The running frame yields, and has saved where it goes on.
                macro_rules! give {
                    ($v:expr) => {{
                        let v = $v;
                        loop {
                            if !frame!().kind.is_resumed() {
                                th.yielded.set(true);
                                return Ok(v);
                            }
                            inline::suspend(th);
                            load_frame!();
                            let n = Fetched(pc.sub(1));
                            if n.op() != Op::YieldFrom {
                                set!(n.a(), v);
                                jump!(n.sc());
                                continue 'raise;
                            }
                            // That one passes it on.
                            if TRACED {
                                attempt!(trace::leave(th, fp, &v));
                            }
                            frame!().pc = pc.sub(1);
                        }
                    }};
                }
                let i = Fetched(pc);
                pc = pc.add(1);
                if TRACED && !leaving && th.tracing.live() && i.op() != Op::Trace {
                    attempt!(trace::step(th, fp));
                }
                let number: f64 = 'float: {
                    // A binary operator: two inline ints, two inline floats, or the slow path.
                    macro_rules! arith {
                        ($right:expr, $constant:expr, $op:expr, |$x:ident, $y:ident| $int:expr, |$f:ident, $g:ident| $float:expr) => {{
                            let (l, r): (&Value, &Value) = (reg!(i.b()), $right);
                            if l.bits() & r.bits() & 1 != 0 {
                                let ($x, $y) = (l.bits() as i64 >> 1, r.bits() as i64 >> 1);
                                let fast: Option<Value> = $int;
                                if let Some(v) = fast {
                                    set!(i.a(), v);
                                    continue 'raise;
                                }
                            } else if let Some(($f, $g)) = float_pair(l, r) {
                                let fast: Option<f64> = $float;
                                if let Some(v) = fast {
                                    break 'float v;
                                }
                            }
                            if attempt!(slow::arith(th, $op, *i.0, regs, r, $constant)) {
                                load_frame!();
                            }
                        }};
                    }
                    macro_rules! arith_pair {
                        (true, $op:expr, |$x:ident, $y:ident| $int:expr, |$f:ident, $g:ident| $float:expr) => {
                            arith!(reg!(i.c()), false, $op, |$x, $y| $int, |$f, $g| $float)
                        };
                        (false, $op:expr, |$x:ident, $y:ident| $int:expr, |$f:ident, $g:ident| $float:expr) => {
                            arith!(&*consts.add(i.c() as usize), true, $op, |$x, $y| $int, |$f, $g| $float)
                        };
                    }
                    macro_rules! compare {
                    ($op:tt, $cmp:expr) => {{
                        let (l, r) = (reg!(i.b()), reg!(i.c()));
                        if l.bits() & r.bits() & 1 != 0 {
                            set!(i.a(), Value::bool((l.bits() as i64) $op (r.bits() as i64)));
                            continue 'raise;
                        }
                        if Value::are_tagged_floats(l, r) {
                            set!(i.a(), Value::bool(l.tagged_float() $op r.tagged_float()));
                            continue 'raise;
                        }
                        let v = attempt!(protocol::compare(l, r, $cmp));
                        kill!(i.x(), KILL_B, i.b());
                        kill!(i.x(), KILL_C, i.c());
                        set!(i.a(), v);
                    }};
                }
                    macro_rules! branch {
                    ($right:expr, $reg:literal, $op:tt, $cmp:expr, $sense:literal) => {{
                        let (l, r) = (reg!(i.a()), $right);
                        if l.bits() & r.bits() & 1 != 0 {
                            if ((l.bits() as i64) $op (r.bits() as i64)) == $sense {
                                jump!(i.sc());
                            }
                            continue 'raise;
                        }
                        let holds = if Value::are_tagged_floats(l, r) {
                            l.tagged_float() $op r.tagged_float()
                        } else {
                            let holds = attempt!(slow::compare_bool(l, r, $cmp));
                            kill!(i.x(), KILL_A, i.a());
                            if $reg {
                                kill!(i.x(), KILL_B, i.b());
                            }
                            holds
                        };
                        if holds == $sense {
                            jump!(i.sc());
                        }
                    }};
                }
                    macro_rules! branch_k {
                        ($op:tt, $cmp:expr, $sense:literal) => {
                            branch!(&*consts.add(i.b() as usize), false, $op, $cmp, $sense)
                        };
                    }
                    macro_rules! branch_r {
                        ($op:tt, $cmp:expr, $sense:literal) => {
                            branch!(reg!(i.b()), true, $op, $cmp, $sense)
                        };
                    }
                    macro_rules! unary {
                        ($f:expr) => {{
                            let v = attempt!($f(reg!(i.b())));
                            kill!(i.x(), KILL_B, i.b());
                            set!(i.a(), v);
                        }};
                    }
                    // Calls `R[base]` with `argc` arguments above it, result to `R[dst]`.
                    macro_rules! call {
                        ($dst:expr, $base:expr, $argc:expr) => {{
                            let (dst, base, argc) = ($dst, $base as usize, $argc as usize);
                            let callee = &*regs.add(base);
                            frame!().pc = pc;
                            if let Some(f) = callee.cast_exact::<Function>(&FUNCTION) {
                                let target = f.code();
                                let (window, start, nregs) = (regs.add(base + 1), target.start, target.nregs);
                                if target.simple_argc == argc
                                    && !frame!().generator
                                    && th.may_push(window, nregs)
                                {
                                    for r in argc..target.nlocals {
                                        window.add(r).write(Value::UNBOUND);
                                    }
                                    fp = th.push(Frame {
                                        pc: start,
                                        regs: window,
                                        code: &raw const target.body,
                                        function: &raw const f.body,
                                        top: window.add(nregs),
                                        owner: Value::UNBOUND,
                                        extra: Value::UNBOUND,
                                        dst,
                                        kind: FrameKind::Plain,
                                        generator: false,
                                    });
                                    pc = start;
                                    regs = window;
                                    consts = target.consts.as_ptr();
                                    if safepoint::requested() {
                                        frame!().pc = pc;
                                        attempt!(safepoint::run(th));
                                    }
                                    continue 'raise;
                                }
                            } else if let Some(n) = callee
                                .cast_exact::<Native>(&function::METHOD_DESCRIPTOR)
                                .filter(|_| argc > 0)
                                .or(callee.cast_exact::<Native>(&function::BUILTIN))
                            {
                                let args = std::slice::from_raw_parts(regs.add(base + 1), argc);
                                let v = if TRACED && th.tracing.profiles() {
                                    attempt!(trace::call_native(th, n, callee, args))
                                } else {
                                    attempt!(bind_native(n, args, None))
                                };
                                slow::clear(regs, base, argc + 1);
                                set!(dst, v);
                                continue 'raise;
                            }
                            if attempt!(super::calls::call_registers(th, dst, regs.add(base), argc)) {
                                load_frame!();
                            }
                        }};
                    }

                    // A call that the profile function is told of, if what is called is native.
                    macro_rules! profiled {
                        ($callee:expr, $call:expr) => {
                            if TRACED && th.tracing.profiles() {
                                let callee = (*$callee).clone();
                                trace::around(th, &callee, || $call)
                            } else {
                                $call
                            }
                        };
                    }

                    match i.op() {
                        Op::Nop => {}
                        Op::Trace => {
                            if !TRACED {
                                return run_traced(th, depth);
                            }
                            let entered = trace::enter(th, fp);
                            pc = frame!().pc;
                            if let Err(e) = entered {
                                break 'raise e;
                            }
                        }
                        Op::Move => {
                            let v = if i.x() & KILL_B != 0 { take!(i.b()) } else { reg!(i.b()).clone() };
                            set!(i.a(), v);
                        }
                        Op::LoadK => set!(i.a(), (*consts.add(i.bx() as usize)).clone()),
                        Op::Clear => drop(take!(i.a())),
                        Op::CheckBound => {
                            if reg!(i.a()).is_unbound() {
                                break 'raise slow::unbound_local(name!(i.b()));
                            }
                        }
                        Op::LoadGlobal => {
                            let s = site!(i.b());
                            let f = &frame!();
                            let globals = f.globals();
                            if s.version.get() == globals.version() {
                                if s.kind.get() == SiteKind::Own {
                                    if let Some(v) = globals.entry_value(s.index.get() as usize) {
                                        set!(i.a(), v.clone());
                                        continue 'raise;
                                    }
                                } else if s.shape.get() as u64 == f.builtins().version()
                                    && let Some(v) = f.builtins().entry_value(s.index.get() as usize)
                                {
                                    set!(i.a(), v.clone());
                                    continue 'raise;
                                }
                            }
                            set!(i.a(), attempt!(slow::load_global(s, globals, f.builtins())));
                        }
                        Op::StoreGlobal => {
                            let v = reg!(i.a()).clone();
                            kill!(i.x(), KILL_A, i.a());
                            frame!().globals().set_interned(name!(i.b()), v);
                        }
                        Op::DeleteGlobal => {
                            if !frame!().globals().remove_interned(name!(i.a())) {
                                break 'raise slow::name_not_defined(name!(i.a()));
                            }
                        }
                        Op::LoadName => {
                            let f = &frame!();
                            let (locals, globals, builtins) = (f.locals(), f.globals(), f.builtins());
                            set!(i.a(), attempt!(slow::load_name(&locals, globals, builtins, name!(i.b()))));
                        }
                        Op::StoreName => {
                            let locals = frame!().locals();
                            attempt!(slow::store_name(
                                &locals,
                                frame!().globals(),
                                name!(i.b()),
                                reg!(i.a()).clone()
                            ));
                            kill!(i.x(), KILL_A, i.a());
                        }
                        Op::DeleteName => {
                            let locals = frame!().locals();
                            attempt!(slow::delete_name(&locals, frame!().globals(), name!(i.a())));
                        }
                        Op::LoadClassFree => {
                            let locals = frame!().locals();
                            let v = match attempt!(slow::namespace_get(&locals, name!(i.c()))) {
                                Some(v) => v,
                                None => {
                                    attempt!(slow::cell_content(
                                        frame!().cell(i.b() as usize),
                                        name!(i.c()),
                                        true
                                    ))
                                }
                            };
                            set!(i.a(), v);
                        }
                        Op::MakeCell => {
                            let v = take!(i.a());
                            set!(i.a(), function::new_cell(v));
                        }
                        Op::LoadCell => {
                            set!(i.a(), attempt!(slow::cell_content(reg!(i.b()), name!(i.c()), false)))
                        }
                        Op::StoreCell => {
                            let v = reg!(i.b()).clone();
                            kill!(i.x(), KILL_B, i.b());
                            slow::cell(reg!(i.a())).set(v);
                        }
                        Op::DeleteCell => {
                            attempt!(slow::cell_content(reg!(i.a()), name!(i.b()), false));
                            slow::cell(reg!(i.a())).set(Value::UNBOUND);
                        }
                        Op::LoadFree => {
                            let v = slow::cell(frame!().cell(i.b() as usize)).get();
                            if v.is_unbound() {
                                break 'raise slow::unbound_free(name!(i.c()));
                            }
                            set!(i.a(), v);
                        }
                        Op::StoreFree => {
                            let cell = frame!().cell(i.b() as usize).clone();
                            let v = reg!(i.a()).clone();
                            kill!(i.x(), KILL_A, i.a());
                            slow::cell(&cell).set(v);
                        }
                        Op::DeleteFree => {
                            let cell = frame!().cell(i.a() as usize).clone();
                            attempt!(slow::cell_content(&cell, name!(i.b()), true));
                            slow::cell(&cell).set(Value::UNBOUND);
                        }
                        Op::LoadClosure => set!(i.a(), frame!().cell(i.b() as usize).clone()),

                        Op::Add => {
                            arith_pair!(true, BinOp::Add, |x, y| Value::inline_int(x + y), |f, g| Some(f + g))
                        }
                        Op::AddK => {
                            arith_pair!(false, BinOp::Add, |x, y| Value::inline_int(x + y), |f, g| Some(
                                f + g
                            ))
                        }
                        Op::Sub => {
                            arith_pair!(true, BinOp::Sub, |x, y| Value::inline_int(x - y), |f, g| Some(f - g))
                        }
                        Op::SubK => {
                            arith_pair!(false, BinOp::Sub, |x, y| Value::inline_int(x - y), |f, g| Some(
                                f - g
                            ))
                        }
                        Op::Mul => arith_pair!(
                            true,
                            BinOp::Mul,
                            |x, y| x.checked_mul(y).and_then(Value::inline_int),
                            |f, g| Some(f * g)
                        ),
                        Op::MulK => arith_pair!(
                            false,
                            BinOp::Mul,
                            |x, y| x.checked_mul(y).and_then(Value::inline_int),
                            |f, g| Some(f * g)
                        ),
                        Op::Div => arith_pair!(
                            true,
                            BinOp::Div,
                            |x, y| if y != 0 && x.unsigned_abs() <= 1 << 53 && y.unsigned_abs() <= 1 << 53 {
                                Some(float::from_f64(x as f64 / y as f64))
                            } else {
                                None
                            },
                            |f, g| if g != 0.0 { Some(f / g) } else { None }
                        ),
                        Op::DivK => arith_pair!(
                            false,
                            BinOp::Div,
                            |x, y| if y != 0 && x.unsigned_abs() <= 1 << 53 && y.unsigned_abs() <= 1 << 53 {
                                Some(float::from_f64(x as f64 / y as f64))
                            } else {
                                None
                            },
                            |f, g| if g != 0.0 { Some(f / g) } else { None }
                        ),
                        Op::FloorDiv => arith_pair!(
                            true,
                            BinOp::FloorDiv,
                            |x, y| if y != 0 {
                                Value::inline_int(x.div_euclid(y) - (y < 0 && x.rem_euclid(y) != 0) as i64)
                            } else {
                                None
                            },
                            |_f, _g| None
                        ),
                        Op::FloorDivK => arith_pair!(
                            false,
                            BinOp::FloorDiv,
                            |x, y| if y != 0 {
                                Value::inline_int(x.div_euclid(y) - (y < 0 && x.rem_euclid(y) != 0) as i64)
                            } else {
                                None
                            },
                            |_f, _g| None
                        ),
                        Op::Mod => arith_pair!(
                            true,
                            BinOp::Mod,
                            |x, y| if y > 0 { Value::inline_int(x.rem_euclid(y)) } else { None },
                            |_f, _g| None
                        ),
                        Op::ModK => arith_pair!(
                            false,
                            BinOp::Mod,
                            |x, y| if y > 0 { Value::inline_int(x.rem_euclid(y)) } else { None },
                            |_f, _g| None
                        ),
                        Op::Pow => arith_pair!(
                            true,
                            BinOp::Pow,
                            |x, y| if (0..64).contains(&y) {
                                x.checked_pow(y as u32).and_then(Value::inline_int)
                            } else {
                                None
                            },
                            |f, g| if f > 0.0 || g == 2.0 {
                                Some(f.powf(g)).filter(|r| r.is_finite())
                            } else {
                                None
                            }
                        ),
                        Op::PowK => arith_pair!(
                            false,
                            BinOp::Pow,
                            |x, y| if (0..64).contains(&y) {
                                x.checked_pow(y as u32).and_then(Value::inline_int)
                            } else {
                                None
                            },
                            |f, g| if f > 0.0 || g == 2.0 {
                                Some(f.powf(g)).filter(|r| r.is_finite())
                            } else {
                                None
                            }
                        ),
                        Op::MatMul => arith_pair!(true, BinOp::MatMul, |_x, _y| None, |_f, _g| None),
                        Op::LShift => arith_pair!(
                            true,
                            BinOp::LShift,
                            |x, y| if (0..62).contains(&y) && (x << y) >> y == x {
                                Value::inline_int(x << y)
                            } else {
                                None
                            },
                            |_f, _g| None
                        ),
                        Op::LShiftK => arith_pair!(
                            false,
                            BinOp::LShift,
                            |x, y| if (0..62).contains(&y) && (x << y) >> y == x {
                                Value::inline_int(x << y)
                            } else {
                                None
                            },
                            |_f, _g| None
                        ),
                        Op::RShift => arith_pair!(
                            true,
                            BinOp::RShift,
                            |x, y| if y >= 0 { Value::inline_int(x >> y.min(63)) } else { None },
                            |_f, _g| None
                        ),
                        Op::RShiftK => arith_pair!(
                            false,
                            BinOp::RShift,
                            |x, y| if y >= 0 { Value::inline_int(x >> y.min(63)) } else { None },
                            |_f, _g| None
                        ),
                        Op::And => {
                            arith_pair!(true, BinOp::And, |x, y| Value::inline_int(x & y), |_f, _g| { None })
                        }
                        Op::AndK => {
                            arith_pair!(false, BinOp::And, |x, y| Value::inline_int(x & y), |_f, _g| { None })
                        }
                        Op::Or => {
                            arith_pair!(true, BinOp::Or, |x, y| Value::inline_int(x | y), |_f, _g| None)
                        }
                        Op::OrK => {
                            arith_pair!(false, BinOp::Or, |x, y| Value::inline_int(x | y), |_f, _g| None)
                        }
                        Op::Xor => {
                            arith_pair!(true, BinOp::Xor, |x, y| Value::inline_int(x ^ y), |_f, _g| { None })
                        }
                        Op::XorK => {
                            arith_pair!(false, BinOp::Xor, |x, y| Value::inline_int(x ^ y), |_f, _g| { None })
                        }
                        Op::Neg => unary!(slow::neg),
                        Op::Pos => unary!(protocol::pos),
                        Op::Invert => unary!(protocol::invert),
                        Op::Not => unary!(|v: &Value| protocol::truth(v).map(|t| Value::bool(!t))),

                        Op::Lt => compare!(<, Compare::Lt),
                        Op::Le => compare!(<=, Compare::Le),
                        Op::Gt => compare!(>, Compare::Gt),
                        Op::Ge => compare!(>=, Compare::Ge),
                        Op::Eq => compare!(==, Compare::Eq),
                        Op::Ne => compare!(!=, Compare::Ne),
                        Op::Is | Op::IsNot => {
                            let v = Value::bool(reg!(i.b()).is(reg!(i.c())) == (i.op() == Op::Is));
                            kill!(i.x(), KILL_B, i.b());
                            kill!(i.x(), KILL_C, i.c());
                            set!(i.a(), v);
                        }
                        Op::In | Op::NotIn => {
                            let (item, container) = (reg!(i.b()), reg!(i.c()));
                            let found = if let (Some(d), Some(k)) =
                                (container.cast_exact::<Dict>(&DICT), item.cast_exact::<Str>(&STR))
                                && let Some(found) = d.get_str(item, k)
                            {
                                found.is_some()
                            } else {
                                attempt!(protocol::contains(container, item))
                            };
                            kill!(i.x(), KILL_B, i.b());
                            kill!(i.x(), KILL_C, i.c());
                            let holds = found == (i.op() == Op::In);
                            let n = *pc;
                            if n.a == i.a()
                                && matches!(n.op, Op::JumpIfTrue | Op::JumpIfFalse)
                                && n.x & KILL_A != 0
                            {
                                // An operand that the result would overwrite.
                                set!(i.a(), Value::UNBOUND);
                                pc = pc.add(1);
                                if holds == (n.op == Op::JumpIfTrue) {
                                    jump!(n.sbx());
                                }
                                continue 'raise;
                            }
                            set!(i.a(), Value::bool(holds));
                        }

                        Op::Jump => jump!(i.sbx()),
                        Op::JumpIfTrue | Op::JumpIfFalse => {
                            let v = reg!(i.a());
                            let t = if v.is(&Value::TRUE) {
                                true
                            } else if v.is(&Value::FALSE) {
                                false
                            } else {
                                let t = attempt!(protocol::truth(v));
                                kill!(i.x(), KILL_A, i.a());
                                t
                            };
                            if t == (i.op() == Op::JumpIfTrue) {
                                jump!(i.sbx());
                            }
                        }
                        Op::JumpIfNone | Op::JumpIfNotNone => {
                            let none = reg!(i.a()).is_none();
                            kill!(i.x(), KILL_A, i.a());
                            if none == (i.op() == Op::JumpIfNone) {
                                jump!(i.sbx());
                            }
                        }
                        Op::JLt => branch_r!(<, Compare::Lt, true),
                        Op::JLe => branch_r!(<=, Compare::Le, true),
                        Op::JGt => branch_r!(>, Compare::Gt, true),
                        Op::JGe => branch_r!(>=, Compare::Ge, true),
                        Op::JEq => branch_r!(==, Compare::Eq, true),
                        Op::JNe => branch_r!(!=, Compare::Ne, true),
                        Op::JNotLt => branch_r!(<, Compare::Lt, false),
                        Op::JNotLe => branch_r!(<=, Compare::Le, false),
                        Op::JNotGt => branch_r!(>, Compare::Gt, false),
                        Op::JNotGe => branch_r!(>=, Compare::Ge, false),
                        Op::JNotEq => branch_r!(==, Compare::Eq, false),
                        Op::JNotNe => branch_r!(!=, Compare::Ne, false),
                        Op::JNotEqK => branch_k!(==, Compare::Eq, false),
                        Op::JNotNeK => branch_k!(!=, Compare::Ne, false),
                        Op::JLtK => branch_k!(<, Compare::Lt, true),
                        Op::JLeK => branch_k!(<=, Compare::Le, true),
                        Op::JGtK => branch_k!(>, Compare::Gt, true),
                        Op::JGeK => branch_k!(>=, Compare::Ge, true),
                        Op::JEqK => branch_k!(==, Compare::Eq, true),
                        Op::JNeK => branch_k!(!=, Compare::Ne, true),
                        Op::JNotLtK => branch_k!(<, Compare::Lt, false),
                        Op::JNotLeK => branch_k!(<=, Compare::Le, false),
                        Op::JNotGtK => branch_k!(>, Compare::Gt, false),
                        Op::JNotGeK => branch_k!(>=, Compare::Ge, false),

                        Op::GetIter => unary!(protocol::iter),
                        Op::ForIter => {
                            let it = reg!(i.b());
                            let item = if let Some(r) = it.cast_exact::<Boxed<RangeIter>>(&RANGE_ITERATOR) {
                                r.advance()
                            } else if let Some(l) = it.cast_exact::<Boxed<ListIter>>(&LIST_ITERATOR) {
                                l.advance()
                            } else {
                                resume!(it, &Value::NONE);
                                attempt!(protocol::next(it))
                            };
                            if let Some(item) = item {
                                set!(i.a(), item);
                                jump!(i.sc());
                            }
                        }

                        Op::ForIterPair => {
                            let it = reg!(i.b());
                            let (first, second) = lazy::pair_at_hand(it);
                            if !first.is_unbound() {
                                let offset = i.sc() as isize;
                                let to = Fetched(pc.offset(offset)).b();
                                set!(to, first);
                                set!(to + 1, second);
                                jump!(offset + 1);
                            } else if second.is_unbound() {
                                resume!(it, &Value::NONE);
                                if let Some(item) = attempt!(protocol::next(it)) {
                                    set!(i.a(), item);
                                    jump!(i.sc());
                                }
                            }
                        }

                        Op::BuildList => set!(i.a(), Value::list(slow::take_all(regs, i.b(), i.c()))),
                        Op::BuildTuple => set!(i.a(), Value::tuple(slow::take_all(regs, i.b(), i.c()))),
                        Op::BuildSet => {
                            set!(i.a(), attempt!(slow::build_set(slow::take_all(regs, i.b(), i.c()))))
                        }
                        Op::BuildDict => {
                            set!(i.a(), attempt!(slow::build_dict(slow::take_all(regs, i.b(), i.c() * 2))))
                        }
                        Op::BuildString => {
                            let text = slow::build_string(regs, i.b(), i.c());
                            set!(i.a(), text);
                        }
                        Op::BuildSlice => {
                            let (start, stop, step) = (take!(i.b()), take!(i.b() + 1), take!(i.b() + 2));
                            set!(i.a(), crate::types::slice::new(start, stop, step));
                        }
                        Op::ListAppend => {
                            let v = if i.x() & KILL_B != 0 { take!(i.b()) } else { reg!(i.b()).clone() };
                            if let Some(l) = reg!(i.a()).cast::<List>() {
                                l.push(v);
                            }
                        }
                        Op::SetAdd => {
                            attempt!(crate::types::set::add(reg!(i.a()), reg!(i.b())));
                            kill!(i.x(), KILL_B, i.b());
                        }
                        Op::DictAdd => {
                            if let Some(d) = reg!(i.a()).cast::<Dict>() {
                                attempt!(d.set(reg!(i.b()), reg!(i.c()).clone()));
                            }
                            kill!(i.x(), KILL_B, i.b());
                            kill!(i.x(), KILL_C, i.c());
                        }
                        Op::ListExtend => {
                            attempt!(slow::list_extend(reg!(i.a()), reg!(i.b())));
                            kill!(i.x(), KILL_B, i.b());
                        }
                        Op::SetUpdate => {
                            attempt!(crate::types::set::update(reg!(i.a()), reg!(i.b())));
                            kill!(i.x(), KILL_B, i.b());
                        }
                        Op::DictUpdate => {
                            attempt!(slow::dict_update(reg!(i.a()), reg!(i.b())));
                            kill!(i.x(), KILL_B, i.b());
                        }
                        Op::DictMerge => {
                            attempt!(slow::dict_merge(reg!(i.a()), reg!(i.b()), reg!(i.c())));
                            kill!(i.x(), KILL_B, i.b());
                        }
                        Op::ListToTuple => {
                            let items = attempt!(protocol::collect(reg!(i.b())));
                            kill!(i.x(), KILL_B, i.b());
                            set!(i.a(), Value::tuple(items));
                        }
                        Op::FormatValue => {
                            let spec = if i.c() == u16::MAX { None } else { Some(reg!(i.c())) };
                            let v = attempt!(slow::format_value(reg!(i.b()), spec, i.x() >> 4));
                            kill!(i.x(), KILL_B, i.b());
                            if i.c() != u16::MAX {
                                kill!(i.x(), KILL_C, i.c());
                            }
                            set!(i.a(), v);
                        }

                        Op::GetItem | Op::GetItemK => {
                            let key = if i.op() == Op::GetItem {
                                reg!(i.c())
                            } else {
                                &*consts.add(i.c() as usize)
                            };
                            let object = reg!(i.b());
                            let v = if let (Some(list), Some(k)) =
                                (object.cast_exact::<List>(&LIST), key.as_inline_int())
                                && let Some(v) = (&*list.items.as_ptr()).get(k as usize)
                            {
                                v.clone()
                            } else if let (Some(d), Some(k)) =
                                (object.cast_exact::<Dict>(&DICT), key.cast_exact::<Str>(&STR))
                                && let Some(Some(v)) = d.get_str(key, k)
                            {
                                v.clone()
                            } else {
                                (*fp).pc = pc;
                                if let Some(f) = protocol::item_function(object)
                                    && super::calls::call_operator(th, f, object, key)
                                {
                                    load_frame!();
                                    continue 'raise;
                                }
                                attempt!(slow::get_item(object, key))
                            };
                            kill!(i.x(), KILL_B, i.b());
                            if i.op() == Op::GetItem {
                                kill!(i.x(), KILL_C, i.c());
                            }
                            set!(i.a(), v);
                        }
                        Op::SetItem => {
                            let (object, key) = (reg!(i.a()), reg!(i.b()));
                            if let (Some(list), Some(k)) =
                                (object.cast_exact::<List>(&LIST), key.as_inline_int())
                                && let Some(place) = (&mut *list.items.as_ptr()).get_mut(k as usize)
                            {
                                let v = if i.x() & KILL_C != 0 { take!(i.c()) } else { reg!(i.c()).clone() };
                                let old = std::mem::replace(place, v);
                                drop(old);
                            } else if let Some(dict) = object.cast_exact::<Dict>(&DICT) {
                                let v = if i.x() & KILL_C != 0 { take!(i.c()) } else { reg!(i.c()).clone() };
                                let rest = match key.cast_exact::<Str>(&STR) {
                                    Some(k) => dict.replace_str(key, k, v),
                                    None => Err(v),
                                };
                                if let Err(v) = rest {
                                    attempt!(dict.set(key, v));
                                }
                            } else {
                                attempt!(protocol::set_item(object, key, reg!(i.c()).clone()));
                                kill!(i.x(), KILL_C, i.c());
                            }
                            kill!(i.x(), KILL_A, i.a());
                            kill!(i.x(), KILL_B, i.b());
                        }
                        Op::DeleteItem => {
                            attempt!(protocol::delete_item(reg!(i.a()), reg!(i.b())));
                            kill!(i.x(), KILL_A, i.a());
                            kill!(i.x(), KILL_B, i.b());
                        }
                        Op::LoadAttr => {
                            let (object, s) = (reg!(i.b()), site!(i.c()));
                            if let Some(head) = object.head()
                                && head.ty().version.get() == s.version.get()
                                && let Some(attrs) = Attrs::of(object)
                                && attrs.has_shape(s.shape.get())
                                && s.kind.get() != SiteKind::Empty
                            {
                                let v = if s.kind.get() == SiteKind::Own {
                                    attrs.slot(s.index.get() as usize).clone()
                                } else if s.kind.get() == SiteKind::TypeValue {
                                    (*ManuallyDrop::new(Value::from_bits(s.word.get()))).clone()
                                } else {
                                    attempt!(slow::load_member(object, attrs, s))
                                };
                                kill!(i.x(), KILL_B, i.b());
                                set!(i.a(), v);
                                continue 'raise;
                            }
                            if s.turn_back(object) {
                                pc = i.0;
                                continue 'raise;
                            }
                            let v = attempt!(slow::load_attr(object, s));
                            kill!(i.x(), KILL_B, i.b());
                            set!(i.a(), v);
                        }
                        Op::StoreAttr => {
                            let (object, s) = (reg!(i.a()), site!(i.c()));
                            let value =
                                || if i.x() & KILL_B != 0 { take!(i.b()) } else { reg!(i.b()).clone() };
                            let slot = s.index.get() as usize;
                            if let Some(head) = object.head()
                                && head.ty().version.get() == s.version.get()
                                && let Some(attrs) = Attrs::of(object)
                                && attrs.has_shape(s.shape.get())
                                && (s.kind.get() == SiteKind::Own || slot < head.capacity() as usize)
                            {
                                if s.kind.get() == SiteKind::Own {
                                    attrs.set_slot(slot, value());
                                } else {
                                    attrs.add_slot(s.word.get() as *const _, slot, value());
                                }
                            } else if s.turn_back(object) {
                                pc = i.0;
                                continue 'raise;
                            } else {
                                attempt!(slow::store_attr(object, s, value()));
                                if safepoint::requested() && !TRACED && th.tracing.live() {
                                    kill!(i.x(), KILL_A, i.a());
                                    become_traced!(pc);
                                }
                            }
                            kill!(i.x(), KILL_A, i.a());
                        }
                        Op::DeleteAttr => {
                            attempt!(protocol::set_attr(reg!(i.a()), name!(i.b()), None));
                            kill!(i.x(), KILL_A, i.a());
                        }
                        Op::LoadMethod => {
                            let (object, s) = (reg!(i.b()), site!(i.c()));
                            let hit = match object.head() {
                                Some(head) if head.ty().version.get() == s.version.get() => {
                                    match s.kind.get() {
                                        SiteKind::Method => {
                                            Attrs::of(object).is_some_and(|a| a.has_shape(s.shape.get()))
                                        }
                                        SiteKind::PlainMethod => true,
                                        _ => false,
                                    }
                                }
                                _ => false,
                            };
                            let receiver = object.clone();
                            let (f, x) = if hit {
                                let f = ManuallyDrop::new(Value::from_bits(s.word.get()));
                                ((*f).clone(), receiver)
                            } else if s.turn_back(object) {
                                pc = i.0;
                                continue 'raise;
                            } else {
                                attempt!(slow::load_method(receiver, s))
                            };
                            kill!(i.x(), KILL_B, i.b());
                            set!(i.a(), f);
                            set!(i.a() + 1, x);
                        }

                        Op::Call => call!(i.a(), i.b(), i.c()),
                        Op::CallMethod => {
                            if reg!(i.b()).is_unbound() {
                                call!(i.a(), i.b() + 1, i.c())
                            } else {
                                call!(i.a(), i.b(), i.c() + 1)
                            }
                        }
                        Op::CallKw => {
                            frame!().pc = pc;
                            let names = &*consts.add(i.c() as usize);
                            let callee = regs.add(i.a() as usize);
                            let argc = i.b() as usize;
                            if attempt!(profiled!(callee, call_keywords(th, i.a(), callee, argc, names))) {
                                load_frame!();
                            }
                        }
                        Op::CallMethodKw => {
                            frame!().pc = pc;
                            let names = &*consts.add(i.c() as usize);
                            let (base, argc) = if reg!(i.a()).is_unbound() {
                                (i.a() + 1, i.b())
                            } else {
                                (i.a(), i.b() + 1)
                            };
                            let (callee, argc) = (regs.add(base as usize), argc as usize);
                            if attempt!(profiled!(callee, call_keywords(th, i.a(), callee, argc, names))) {
                                load_frame!();
                            }
                        }
                        Op::CallEx => {
                            frame!().pc = pc;
                            let callee = regs.add(i.a() as usize);
                            if attempt!(profiled!(callee, call_unpacked(th, i.a(), callee))) {
                                load_frame!();
                            }
                        }
                        Op::Return | Op::ReturnK => {
                            let result = if i.op() == Op::Return {
                                take!(i.a())
                            } else {
                                (*consts.add(i.a() as usize)).clone()
                            };
                            if TRACED && !leaving {
                                attempt!(trace::leave(th, fp, &result));
                                leaving = true;
                            }
                            if (*fp).kind.is_watched() {
                                // Its object keeps what can be seen; then it returns as if there were none.
                                if i.op() == Op::Return {
                                    set!(i.a(), result);
                                }
                                (*fp).pc = pc;
                                super::frame::leave(th, fp);
                                pc = i.0;
                                become_traced!(pc);
                                continue 'raise;
                            }
                            slow::clear(regs, 0, (*(*fp).code).nlocals);
                            debug_assert!(
                                (0..(*(*fp).code).nregs).all(|r| !(*regs.add(r)).is_pointer()),
                                "a temporary lives on after its last use"
                            );
                            leaving = false;
                            let done = &mut *fp;
                            let dst = done.dst;
                            if done.kind == FrameKind::Plain {
                                let callee = (*regs.sub(1)).take();
                                th.pop();
                                drop(callee);
                                load_frame!();
                                set!(dst, result);
                                continue 'raise;
                            }
                            if done.kind.is_watched() {
                                // A finalizer among the locals has asked for the object: start over.
                                if i.op() == Op::Return {
                                    set!(i.a(), result);
                                }
                                pc = i.0;
                                leaving = TRACED;
                                continue 'raise;
                            }
                            let (kind, owner, extra) = (done.kind, done.owner.take(), done.extra.take());
                            th.pop();
                            if kind == FrameKind::Resumed {
                                inline::end(th, &owner, extra);
                                drop(owner);
                                load_frame!();
                                let n = Fetched(pc.sub(1));
                                // A loop ends by going on.
                                if n.op() == Op::YieldFrom {
                                    kill!(n.x(), KILL_B, n.b());
                                    set!(n.a(), result);
                                }
                                continue 'raise;
                            }
                            drop(owner);
                            if kind == FrameKind::Entry {
                                drop(extra);
                                return Ok(result);
                            }
                            load_frame!();
                            if kind == FrameKind::Method {
                                set!(dst, result);
                            } else if kind == FrameKind::Operator {
                                attempt!(slow::finish_operator(*pc.sub(1), regs, consts, result));
                            } else if result.is_none() {
                                set!(dst, extra);
                            } else {
                                break 'raise slow::init_returned(&result);
                            }
                        }
                        Op::MakeFunction => {
                            let v = slow::make_function(
                                &frame!(),
                                &*consts.add(i.b() as usize),
                                i.x(),
                                regs.add(i.c() as usize),
                            );
                            set!(i.a(), v);
                        }
                        Op::LoadBuildClass => {
                            set!(i.a(), attempt!(slow::builtin(frame!().builtins(), "__build_class__")));
                        }

                        Op::ImportName => {
                            frame!().pc = pc;
                            let (level, from) = (take!(i.c()), take!(i.c() + 1));
                            let globals = frame!().globals();
                            set!(
                                i.a(),
                                attempt!(super::import::import_name(globals, name!(i.b()), &level, &from))
                            );
                        }
                        Op::ImportFrom => {
                            set!(i.a(), attempt!(super::import::import_from(reg!(i.b()), name!(i.c()))))
                        }
                        Op::ImportStar => {
                            let f = &frame!();
                            let (locals, globals) = (f.locals(), f.globals());
                            attempt!(super::import::import_star(reg!(i.a()), &locals, globals));
                            kill!(i.x(), KILL_A, i.a());
                        }

                        Op::PushExc => {
                            let e = reg!(i.a()).clone();
                            let before = th.handled.replace(e);
                            set!(i.a() + 1, before);
                        }
                        Op::PopExc => {
                            let before = take!(i.a() + 1);
                            drop(th.handled.replace(before));
                            drop(take!(i.a()));
                        }
                        Op::JumpIfNotMatch => {
                            let matches = attempt!(slow::exception_matches(reg!(i.a()), reg!(i.b())));
                            kill!(i.x(), KILL_B, i.b());
                            if !matches {
                                jump!(i.sc());
                            }
                        }
                        Op::SplitGroup => {
                            let rest = reg!(i.b()).clone();
                            let split = attempt!(except_star::split_group(th, &rest, reg!(i.c())));
                            kill!(i.x(), KILL_C, i.c());
                            set!(i.b(), split.1);
                            set!(i.a(), split.0);
                        }
                        Op::JoinGroup => {
                            let raised = reg!(i.c()).cast::<List>().map(|l| l.to_vec()).unwrap_or_default();
                            let joined = attempt!(except_star::join_group(reg!(i.b()), &raised));
                            kill!(i.x(), KILL_C, i.c());
                            set!(i.a(), joined);
                        }
                        Op::Raise => {
                            let e = attempt!(slow::make_exception(take!(i.a())));
                            th.set_context(&e, true);
                            break 'raise e;
                        }
                        Op::RaiseFrom => {
                            let cause = take!(i.b());
                            let e = attempt!(slow::make_exception(take!(i.a())));
                            attempt!(slow::set_cause(&e, cause));
                            th.set_context(&e, true);
                            break 'raise e;
                        }
                        Op::Reraise | Op::EndAsyncFor => {
                            let e = Raised(take!(i.a()));
                            if i.op() == Op::EndAsyncFor && e.0.ty().is_subtype(&STOP_ASYNC_ITERATION) {
                                continue 'raise;
                            }
                            match super::unwind::unwind::<TRACED>(th, e, pc, depth, false) {
                                Ok(()) => {
                                    load_frame!();
                                    continue 'raise;
                                }
                                Err(e) => return Err(e),
                            }
                        }
                        Op::RaiseBare => match th.handled() {
                            Some(e) => match super::unwind::unwind::<TRACED>(th, Raised(e), pc, depth, false)
                            {
                                Ok(()) => {
                                    load_frame!();
                                    continue 'raise;
                                }
                                Err(e) => return Err(e),
                            },
                            None => break 'raise slow::nothing_to_raise(),
                        },
                        Op::LoadAssertionError => {
                            set!(i.a(), crate::types::exception::ASSERTION_ERROR.value())
                        }
                        Op::WithEnter => {
                            frame!().pc = pc;
                            let (exit, entered) = attempt!(with::enter(reg!(i.a()), i.x() & ASYNC != 0));
                            set!(i.a(), exit);
                            set!(i.a() + 1, entered);
                            if safepoint::requested() {
                                become_traced!(pc);
                            }
                        }
                        Op::WithExit => {
                            frame!().pc = pc;
                            let exit = take!(i.a());
                            let result = attempt!(with::exit(&exit));
                            if i.x() & ASYNC != 0 {
                                set!(i.a(), result);
                            }
                        }
                        Op::WithExcept => {
                            frame!().pc = pc;
                            let mut swallow = attempt!(with::except(reg!(i.b()), reg!(i.c())));
                            if i.x() & ASYNC == 0 {
                                swallow = Value::bool(attempt!(protocol::truth(&swallow)));
                            }
                            set!(i.a(), swallow);
                        }

                        Op::UnpackSequence => {
                            let src = reg!(i.a()).clone();
                            kill!(i.x(), KILL_A, i.a());
                            if let Some(items) = if src.is_exact(&TUPLE) { src.as_tuple() } else { None }
                                && items.len() == i.c() as usize
                            {
                                for (n, v) in items.iter().enumerate() {
                                    set!(i.b() as usize + n, v.clone());
                                }
                            } else {
                                for (n, v) in
                                    attempt!(slow::unpack(&src, i.c() as usize)).into_iter().enumerate()
                                {
                                    set!(i.b() as usize + n, v);
                                }
                            }
                        }
                        Op::UnpackEx => {
                            let src = reg!(i.a()).clone();
                            kill!(i.x(), KILL_A, i.a());
                            let items = attempt!(slow::unpack_starred(
                                &src,
                                i.c() as usize & 0xff,
                                i.c() as usize >> 8
                            ));
                            for (n, v) in items.into_iter().enumerate() {
                                set!(i.b() as usize + n, v);
                            }
                        }

                        Op::Yield => {
                            let v = if i.x() & KILL_B != 0 { take!(i.b()) } else { reg!(i.b()).clone() };
                            frame!().pc = pc;
                            if TRACED {
                                attempt!(trace::leave(th, fp, &v));
                            }
                            th.produced.set(i.x() & ASYNC != 0);
                            give!(v);
                        }
                        Op::YieldFrom => {
                            frame!().pc = pc;
                            // What was sent stands in R[a]; the first time it is unbound.
                            let sent = take!(i.a());
                            resume!(reg!(i.b()), &sent);
                            match attempt!(generator::delegate(reg!(i.b()), sent)) {
                                generator::Step::Yielded(v) | generator::Step::Produced(v) => {
                                    if TRACED {
                                        attempt!(trace::leave(th, fp, &v));
                                    }
                                    frame!().pc = pc.sub(1);
                                    give!(v);
                                }
                                generator::Step::Returned(v) => {
                                    kill!(i.x(), KILL_B, i.b());
                                    set!(i.a(), v);
                                }
                            }
                        }
                        Op::GetYieldFromIter => {
                            let flags = (&(*(*fp).code)).code.flags;
                            unary!(|v| generator::yield_from_iter(v, flags))
                        }
                        Op::GetAwaitable => {
                            // Something was computed before it is waited for.
                            let before = (&*pc.sub(2)).op;
                            unary!(|v| super::coroutine::awaitable_after(v, before))
                        }
                        Op::GetAiter => unary!(super::coroutine::async_iterator),
                        Op::GetAnext => unary!(super::coroutine::async_next),
                        Op::ClearRange => slow::clear(regs, i.a() as usize, i.c() as usize),
                        Op::Len
                        | Op::MatchSequence
                        | Op::MatchMapping
                        | Op::MatchKeys
                        | Op::MatchRest
                        | Op::MatchClass => attempt!(super::pattern::execute(*i.0, regs, consts)),
                        Op::SetupAnnotations => {
                            let locals = frame!().locals();
                            attempt!(slow::setup_annotations(&locals, frame!().globals()));
                        }
                        Op::PrintExpr => {
                            attempt!(slow::print_expr(reg!(i.a())));
                            kill!(i.x(), KILL_A, i.a());
                        }
                        Op::LoadLocals => set!(i.a(), frame!().locals()),
                    }
                    continue 'raise;
                };
                // The result of float arithmetic stays unboxed while the next instruction consumes it.
                let (mut number, mut last) = (number, i);
                while !TRACED && last.x() & (CHAIN | CHAIN_RIGHT) != 0 {
                    let next = Fetched(pc);
                    let step = if last.x() & CHAIN != 0 {
                        float_step(next, number, regs, consts)
                    } else {
                        float_step_right(next, number, regs)
                    };
                    match step {
                        Step::Number(v) => {
                            (number, last) = (v, next);
                            pc = pc.add(1);
                        }
                        Step::Branch(taken) => {
                            pc = pc.add(1);
                            if taken {
                                jump!(next.sc());
                            }
                            continue 'raise;
                        }
                        Step::No => break,
                    }
                }
                set!(last.a(), float::from_f64(number));
            };
            if raised.0.is_unbound() {
                // A call has turned tracing on.
                trace::finish_call(fp);
                if !TRACED {
                    return run_traced(th, depth);
                }
                continue;
            }
            match super::unwind::unwind::<TRACED>(th, raised, pc, depth, true) {
                Ok(()) => load_frame!(),
                Err(e) => return Err(e),
            }
        }
    }
}

/// The instruction that runs. Its operands are read from the code when they are needed: decoded at once, they
/// would fill the registers of the machine that the loop's own state should stand in.
#[derive(Clone, Copy)]
pub struct Fetched(*const Instr);

macro_rules! fields {
    ($($name:ident: $t:ty = $e:expr),*) => {
        impl Fetched { $(
            /// # Safety
            /// The code that the instruction is part of is alive.
            #[inline(always)]
            pub unsafe fn $name(self) -> $t {
                let field: fn(&Instr) -> $t = $e;
                // SAFETY: as the caller promises.
                field(unsafe { &*self.0 })
            }
        )* }
    };
}
fields!(op: Op = |i| i.op, x: u8 = |i| i.x, a: u16 = |i| i.a, b: u16 = |i| i.b, c: u16 = |i| i.c);
fields!(bx: u32 = |i| i.bx(), sbx: i32 = |i| i.sbx(), sc: i16 = |i| i.sc());
