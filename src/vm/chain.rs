//! Arithmetic of floats whose result the next instruction consumes at once: it is neither stored nor tagged between.

use super::run::Fetched;
use crate::object::Value;
use minipy_bytecode::op::Op;

/// What an instruction does with the float that the one before it computed.
pub enum Step {
    /// Computes another float, into its register `a`.
    Number(f64),
    /// Compares and, if true, jumps.
    Branch(bool),
    /// Something else: the float must be stored.
    No,
}

/// Executes `n`, whose left operand is `number`, computed by an instruction with the flag `CHAIN`, if its other
/// operand is an inline float too.
///
/// # Safety
/// `n` is the next instruction of the code whose window is `regs` and whose constants are `consts`.
#[inline(always)]
#[allow(clippy::neg_cmp_op_on_partial_ord)] // `not x < y` is what the opcodes mean, for NaN too
pub unsafe fn float_step(n: Fetched, number: f64, regs: *const Value, consts: *const Value) -> Step {
    // SAFETY: registers and constants are indexed by verified code.
    unsafe {
        macro_rules! with {
            ($right:expr, |$x:ident, $y:ident| $e:expr) => {{
                let right: &Value = &*$right;
                let Some($y) = right.as_inline_float() else { return Step::No };
                let $x = number;
                $e
            }};
        }
        let register = || regs.add(n.c() as usize);
        let constant = |at: u16| consts.add(at as usize);
        match n.op() {
            Op::Add => with!(register(), |x, y| Step::Number(x + y)),
            Op::Sub => with!(register(), |x, y| Step::Number(x - y)),
            Op::Mul => with!(register(), |x, y| Step::Number(x * y)),
            Op::AddK => with!(constant(n.c()), |x, y| Step::Number(x + y)),
            Op::SubK => with!(constant(n.c()), |x, y| Step::Number(x - y)),
            Op::MulK => with!(constant(n.c()), |x, y| Step::Number(x * y)),
            Op::DivK => with!(constant(n.c()), |x, y| Step::Number(x / y)),
            Op::JNotLtK => with!(constant(n.b()), |x, y| Step::Branch(!(x < y))),
            Op::JNotLeK => with!(constant(n.b()), |x, y| Step::Branch(!(x <= y))),
            Op::JNotGtK => with!(constant(n.b()), |x, y| Step::Branch(!(x > y))),
            Op::JNotGeK => with!(constant(n.b()), |x, y| Step::Branch(!(x >= y))),
            Op::JLtK => with!(constant(n.b()), |x, y| Step::Branch(x < y)),
            Op::JLeK => with!(constant(n.b()), |x, y| Step::Branch(x <= y)),
            Op::JGtK => with!(constant(n.b()), |x, y| Step::Branch(x > y)),
            Op::JGeK => with!(constant(n.b()), |x, y| Step::Branch(x >= y)),
            // Only these deserve the flag (`Instr::chain_to`).
            _ => std::hint::unreachable_unchecked(),
        }
    }
}

/// As [`float_step`] for the flag `CHAIN_RIGHT`: `number` is the right operand.
///
/// # Safety
/// As for [`float_step`].
#[inline(always)]
pub unsafe fn float_step_right(n: Fetched, number: f64, regs: *const Value) -> Step {
    // SAFETY: registers are indexed by verified code.
    let left = unsafe { &*regs.add(n.b() as usize) };
    let Some(left) = left.as_inline_float() else { return Step::No };
    // SAFETY: as the caller promises.
    Step::Number(match unsafe { n.op() } {
        Op::Add => left + number,
        Op::Sub => left - number,
        _ => left * number,
    })
}

/// Two inline floats, which are seldom zeros.
#[inline(always)]
pub fn float_pair(l: &Value, r: &Value) -> Option<(f64, f64)> {
    if Value::are_tagged_floats(l, r) {
        Some((l.tagged_float(), r.tagged_float()))
    } else {
        float_pair_with_zero(l, r)
    }
}

#[cold]
#[inline(never)]
fn float_pair_with_zero(l: &Value, r: &Value) -> Option<(f64, f64)> {
    Some((l.as_inline_float()?, r.as_inline_float()?))
}
