//! The type `code`: what programs see of code objects, and how they make others of them.

use super::code::{CodeBody, CodeObject, from_code};
use crate::object::{Compare, Layout, Result, Slots, Type, Value, arg, intern};
use crate::protocol::{self, type_error, value_error};
use crate::types::{bytes, int};
use minipy_bytecode::{Code, Op, Operand, Source, flags};
use std::sync::Arc;

/// The parameters of `replace`, in the order of the table below.
const FIELDS: [&str; 18] = [
    "co_argcount",
    "co_posonlyargcount",
    "co_kwonlyargcount",
    "co_nlocals",
    "co_stacksize",
    "co_flags",
    "co_firstlineno",
    "co_code",
    "co_consts",
    "co_names",
    "co_varnames",
    "co_freevars",
    "co_cellvars",
    "co_filename",
    "co_name",
    "co_qualname",
    "co_linetable",
    "co_exceptiontable",
];

/// The type `code`.
pub static CODE: Type = Type::builtin::<CodeObject>(
    "code",
    Layout::Code,
    "A compiled function, class body, module or expression.",
    crate::defs! {
        member "co_name()" "" => |v| Ok(Value::str(&body(v).code.name));
        member "co_qualname()" "" => |v| Ok(Value::str(&body(v).code.qualname));
        member "co_filename()" "" => |v| Ok(Value::str(&body(v).code.source.filename));
        member "co_firstlineno()" "" => |v| Ok(int::from_i64(body(v).code.first_line as i64));
        member "co_argcount()" "" => |v| Ok(int::from_i64(body(v).code.argcount as i64));
        member "co_posonlyargcount()" "" => |v| Ok(int::from_i64(body(v).code.posonlyargcount as i64));
        member "co_kwonlyargcount()" "" => |v| Ok(int::from_i64(body(v).code.kwonlyargcount as i64));
        member "co_flags()" "" => |v| Ok(int::from_i64(body(v).code.flags as i64));
        get "co_nlocals()" "" => |v| Ok(int::from_i64(local_names(&body(v).code).count() as i64));
        member "co_stacksize()" "" => |v| Ok(int::from_i64((body(v).nregs - body(v).nlocals) as i64));
        get "co_varnames()" "" => |v| Ok(names_tuple(local_names(&body(v).code)));
        get "co_cellvars()" "" => |v| Ok(names_tuple(cell_names(&body(v).code).into_iter()));
        get "co_freevars()" "" => |v| Ok(names_tuple(body(v).code.freevars.iter().map(|n| &**n)));
        member "co_names()" "" => |v| Ok(names_tuple(used_names(&body(v).code).into_iter().map(|n| &*body(v).code.names[n])));
        member "co_consts()" "" => |v| Ok(Value::tuple(body(v).consts.to_vec()));
        get "co_code()" "For each instruction its opcode and the low byte of its first operand." => |v| {
            let code: Vec<u8> = body(v).code.instrs.iter().flat_map(|i| [i.op as u8, i.a as u8]).collect();
            Ok(bytes::from_slice(&code))
        };
        fn "co_positions()" "For each instruction its first and last line and its first and last column, in bytes." => |a| {
            let code = &body(&a[0]).code;
            let positions = code.spans.iter().map(|span| {
                let ((line, column), (end_line, end_column)) =
                    (code.source.lines.position(span.start), code.source.lines.position(span.end));
                numbers(&[line, end_line, column, end_column])
            });
            protocol::iter(&Value::list(positions.collect()))
        };
        fn "_anchor(instruction, /)" "First and last column, in bytes, of the operator or the brackets that tracebacks mark in an instruction's place." => |a| {
            let code = &body(&a[0]).code;
            let at = protocol::index_i64(&a[1])?;
            let anchor = code.anchors.iter().find(|(i, _)| *i as i64 == at).map(|(_, anchor)| anchor);
            Ok(anchor.map_or(Value::NONE, |anchor| {
                let column = |offset| code.source.lines.position(offset).1;
                numbers(&[column(anchor.start), column(anchor.end)])
            }))
        };
        fn "co_lines()" "The parts of co_code that belong to one line each: start, end, line." => |a| {
            let code = &body(&a[0]).code;
            let mut parts: Vec<[u32; 3]> = Vec::new();
            for (at, span) in code.spans.iter().enumerate() {
                let (start, line) = (at as u32 * 2, code.source.lines.line(span.start));
                match parts.last_mut() {
                    Some(last) if last[2] == line => last[1] = start + 2,
                    _ => parts.push([start, start + 2, line]),
                }
            }
            protocol::iter(&Value::list(parts.iter().map(|p| numbers(p)).collect()))
        };
        fn "replace(*, co_argcount=None, co_posonlyargcount=None, co_kwonlyargcount=None, co_nlocals=None, co_stacksize=None, co_flags=None, co_firstlineno=None, co_code=None, co_consts=None, co_names=None, co_varnames=None, co_freevars=None, co_cellvars=None, co_filename=None, co_name=None, co_qualname=None, co_linetable=None, co_exceptiontable=None)" "A copy with other names, constants, flags, file or line." => replace;
    },
)
.with_weakrefs()
.with_slots(Slots {
    repr: Some(|v| {
        let code = &body(v).code;
        let (name, file, line) = (&code.name, &code.source.filename, code.first_line);
        Ok(Value::str(&format!("<code object {name} at {:#x}, file \"{file}\", line {line}>", v.id())))
    }),
    hash: Some(|v| {
        let code = &body(v).code;
        Ok(protocol::hash(&body(v).name)? ^ (code.first_line as i64) << 20 ^ code.instrs.len() as i64)
    }),
    compare: Some(|a, b, op| {
        let Some(other) = b.cast::<CodeObject>() else { return Ok(Value::NOT_IMPLEMENTED) };
        let same = || a.is(b) || body(a).code == other.code;
        Ok(match op {
            Compare::Eq => Value::bool(same()),
            Compare::Ne => Value::bool(!same()),
            _ => Value::NOT_IMPLEMENTED,
        })
    }),
    ..Slots::EMPTY
});

fn body(v: &Value) -> &CodeBody {
    v.cast::<CodeObject>().expect("getters are only called on their own type")
}

fn numbers(all: &[u32]) -> Value {
    Value::tuple(all.iter().map(|&n| int::from_i64(n as i64)).collect())
}

fn names_tuple<'a>(names: impl Iterator<Item = &'a str>) -> Value {
    Value::tuple(names.map(intern).collect())
}

/// The parameters, and the other locals that inner functions do not share.
fn local_names(code: &Code) -> impl Iterator<Item = &str> {
    let params = code.parameters();
    let own = move |i: usize| i < params || !code.cellvars.contains(&(i as u16));
    code.varnames.iter().enumerate().filter(move |&(i, _)| own(i)).map(|(_, n)| &**n)
}

/// The locals that inner functions share: parameters in their order, then the others sorted.
fn cell_names(code: &Code) -> Vec<&str> {
    let params = code.parameters();
    let mut cells: Vec<(usize, &str)> =
        code.cellvars.iter().map(|&i| (i as usize, &*code.varnames[i as usize])).collect();
    cells.sort_unstable_by_key(|&(i, name)| (i.min(params), name));
    cells.into_iter().map(|(_, name)| name).collect()
}

/// The indices of globals' and attributes' names in the order of their use. Others stand in the table for messages.
fn used_names(code: &Code) -> Vec<usize> {
    let mut found: Vec<usize> = Vec::new();
    for i in &code.instrs {
        if matches!(i.op, Op::CheckBound | Op::LoadCell | Op::DeleteCell | Op::LoadFree | Op::DeleteFree) {
            continue;
        }
        for (kind, v) in i.op.operands().into_iter().zip([i.a, i.b, i.c]) {
            let name = match kind {
                Operand::Name => Some(v as usize),
                Operand::Site => code.sites.get(v as usize).map(|n| *n as usize),
                _ => None,
            };
            found.extend(name.filter(|&n| n < code.names.len() && !found.contains(&n)));
        }
    }
    found
}

/// What gives frames their form, and so cannot be changed.
const STRUCTURE: u32 = flags::OPTIMIZED
    | flags::NEWLOCALS
    | flags::VARARGS
    | flags::VARKEYWORDS
    | flags::GENERATOR
    | flags::COROUTINE
    | flags::ASYNC_GENERATOR;

fn text_of(v: &Value, field: &str) -> Result<Box<str>> {
    match v.as_str() {
        Some(s) => Ok(s.into()),
        None => type_error(format!("replace() argument '{field}' must be str, not {}", v.ty().name())),
    }
}

/// The type of a constant; of a tuple its length, too.
fn kind_of(v: &Value) -> (*const Type, usize) {
    (v.ty(), v.as_tuple().map_or(0, <[Value]>::len))
}

/// New names for a tuple of old ones, as many.
fn renamed(v: &Value, field: &str, old: usize) -> Result<Vec<Box<str>>> {
    let Some(names) = v.as_tuple() else {
        return type_error(format!("replace() argument '{field}' must be tuple, not {}", v.ty().name()));
    };
    if names.len() != old {
        return value_error(format!("code: {field} must stay {old} names"));
    }
    names.iter().map(|n| text_of(n, field)).collect()
}

fn replace(a: &[Value]) -> Result {
    let this = body(&a[0]);
    let mut code = (*this.code).clone();
    let mut consts = None;
    for (i, field) in FIELDS.into_iter().enumerate() {
        let Some(value) = arg(a, i + 1).as_bound() else { continue };
        match field {
            "co_name" => code.name = text_of(value, field)?,
            "co_qualname" => code.qualname = text_of(value, field)?,
            "co_filename" => {
                let lines = code.source.lines.clone();
                code.source = Arc::new(Source { filename: text_of(value, field)?, lines });
            }
            "co_firstlineno" => match u32::try_from(protocol::index_i64(value)?) {
                Ok(line) => code.first_line = line,
                Err(_) => return value_error("code: firstlineno must not be negative"),
            },
            "co_flags" => {
                let wanted = protocol::index_i64(value)? as u32;
                if (wanted ^ code.flags) & STRUCTURE != 0 {
                    return value_error("code: flags that say what kind of function it is cannot be changed");
                }
                code.flags = wanted;
            }
            "co_consts" => match value.as_tuple() {
                // Instructions rely on what kind of constant they were given.
                Some(values) if values.iter().map(kind_of).eq(this.consts.iter().map(kind_of)) => {
                    consts = Some(values.into());
                }
                Some(_) => return value_error("code: co_consts must stay as many values of the same types"),
                None => return type_error("replace() argument 'co_consts' must be tuple"),
            },
            "co_names" => {
                let used = used_names(&code);
                for (at, name) in used.iter().zip(renamed(value, field, used.len())?) {
                    code.names[*at] = name;
                }
            }
            "co_varnames" => {
                let own: Vec<usize> = {
                    let params = code.parameters();
                    (0..code.varnames.len())
                        .filter(|&i| i < params || !code.cellvars.contains(&(i as u16)))
                        .collect()
                };
                for (at, name) in own.iter().zip(renamed(value, field, own.len())?) {
                    code.varnames[*at] = name;
                }
            }
            "co_freevars" => code.freevars = renamed(value, field, code.freevars.len())?.into(),
            _ => {
                let now = protocol::get_attr_opt(&a[0], &intern(field))?;
                if !now.map_or(Ok(false), |now| protocol::equal(&now, value))? {
                    return value_error(format!("code: {field} cannot be changed"));
                }
            }
        }
    }
    let made = from_code(Arc::new(code));
    Ok(match consts {
        None => made,
        Some(consts) => super::code::with_consts(&made, consts),
    })
}
