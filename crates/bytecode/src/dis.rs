//! The disassembler: bytecode as text.

use crate::code::{Code, Const};
use crate::op::{Instr, Operand};
use std::fmt::Write;

/// The instructions of a code object and of those within it.
pub fn disassemble(code: &Code) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{}: {} registers", code.qualname, code.nregs);
    let mut last = 0;
    for (at, i) in code.instrs.iter().enumerate() {
        let line = code.source.lines.line(code.spans[at].start);
        let shown = if line == last { String::new() } else { line.to_string() };
        last = line;
        let _ = write!(out, "{shown:>5} {at:>4}  {:<18}", i.op.name());
        let parts = operands(code, at);
        let _ = writeln!(
            out,
            "{}{}",
            parts.join(", "),
            if i.x == 0 { String::new() } else { format!("  [{:#x}]", i.x) }
        );
    }
    for h in &code.handlers {
        let _ = writeln!(out, "      {}..{} -> {} in r{}", h.start, h.end, h.target, h.reg);
    }
    for c in &code.consts {
        if let Const::Code(c) = c {
            out.push('\n');
            out += &disassemble(c);
        }
    }
    out
}

/// The operands of one instruction, as the disassembler shows them.
pub fn operands(code: &Code, at: usize) -> Vec<String> {
    let Some(i) = code.instrs.get(at) else { return Vec::new() };
    let register = |r: u16| match code.varnames.get(r as usize) {
        Some(n) => format!("r{r}({n})"),
        None => format!("r{r}"),
    };
    let constant = |k: usize| match code.consts.get(k) {
        Some(Const::Code(c)) => format!("<code {}>", c.name),
        Some(c) => format!("{c:?}"),
        None => "?".to_owned(),
    };
    let name = |n: usize| code.names.get(n).map_or("?", |n| n).to_owned();
    let mut parts = Vec::new();
    for (kind, v) in i.op.operands().into_iter().zip([i.a, i.b, i.c]) {
        parts.push(match kind {
            Operand::None => continue,
            Operand::Dst | Operand::Src | Operand::Base => register(v),
            Operand::Const => constant(v as usize),
            Operand::WideConst => constant(i.bx() as usize),
            Operand::Name => name(v as usize),
            Operand::Site => name(code.sites.get(v as usize).map_or(usize::MAX, |n| *n as usize)),
            Operand::Free => format!("cell {}", code.freevars.get(v as usize).map_or("?", |n| n)),
            Operand::Num => v.to_string(),
            Operand::WideJump | Operand::Jump => format!("-> {}", jump_target(at, i).unwrap_or_default()),
        });
    }
    parts
}

/// Where an instruction may jump to.
pub fn jump_target(at: usize, i: &Instr) -> Option<usize> {
    let by = i.op.operands().into_iter().find_map(|kind| match kind {
        Operand::WideJump => Some(i.sbx() as i64),
        Operand::Jump => Some(i.sc() as i64),
        _ => None,
    })?;
    usize::try_from(at as i64 + 1 + by).ok()
}
