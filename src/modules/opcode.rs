//! `_opcode`: the machine's instructions, for `opcode` and `dis`.
//!
//! They are minipy's own: instructions of a register machine, which take up to three operands.

use crate::object::{Def, Result, Value};
use crate::protocol::type_error;
use crate::types::int;
use crate::vm::code::{CodeBody, CodeObject};
use minipy_bytecode::{Op, Operand, jump_target, operands};

/// The table of `_opcode`.
pub static DEFS: &[Def] = crate::defs! {
    fn "opcodes()" "Every opcode, in order: its name, and the letters of its operands' kinds." => |_| {
        let all = Op::ALL.iter().map(|op| {
            let kinds: String = op.operands().into_iter().map(letter).collect();
            Value::tuple(vec![Value::str(op.name()), Value::str(&kinds)])
        });
        Ok(Value::list(all.collect()))
    };
    fn "instructions(code, /)" "Opcode, operands, their texts, the value that one of them stands for, and where it jumps, of each instruction." => |a| {
        let Some(code) = a[0].cast::<CodeObject>() else {
            return type_error(format!("instructions() argument must be code, not {}", a[0].ty().name()));
        };
        (0..code.code.instrs.len()).map(|at| instruction(code, at)).collect::<Result<Vec<_>>>().map(Value::list)
    };
};

/// How `opcodes` calls a kind of operand.
fn letter(kind: Operand) -> char {
    match kind {
        Operand::None => '-',
        Operand::Dst | Operand::Src | Operand::Base => 'r',
        Operand::Const | Operand::WideConst => 'k',
        Operand::Name | Operand::Site => 'n',
        Operand::Free => 'f',
        Operand::Num => 'i',
        Operand::WideJump | Operand::Jump => 'j',
    }
}

fn number(n: usize) -> Value {
    int::from_usize(n)
}

fn instruction(code: &CodeBody, at: usize) -> Result {
    let i = &code.code.instrs[at];
    let target = jump_target(at, i);
    let mut meant = target.map(number);
    for (kind, v) in i.op.operands().into_iter().zip([i.a, i.b, i.c]) {
        let found = match kind {
            Operand::Const => code.consts.get(v as usize).cloned(),
            Operand::WideConst => code.consts.get(i.bx() as usize).cloned(),
            Operand::Name => code.names.get(v as usize).cloned(),
            Operand::Site => {
                code.code.sites.get(v as usize).and_then(|n| code.names.get(*n as usize)).cloned()
            }
            Operand::Free => code.code.freevars.get(v as usize).map(|n| Value::str(n)),
            _ => None,
        };
        meant = found.or(meant);
    }
    let numbers = [i.a, i.b, i.c].map(|v| number(v as usize)).to_vec();
    let texts = operands(&code.code, at).iter().map(|t| Value::str(t)).collect();
    Ok(Value::tuple(vec![
        number(i.op as usize),
        Value::tuple(numbers),
        Value::tuple(texts),
        meant.map_or(Value::NONE, |v| Value::tuple(vec![v])),
        target.map_or(Value::NONE, number),
    ]))
}
