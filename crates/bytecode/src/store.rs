//! Code objects as bytes, for the modules that are compiled when minipy is built.
//!
//! Layout: a table of all strings, then the code object with its nested ones in place. Numbers are little-endian,
//! lengths and references to strings are `u32`. The source is not part of it: the reader is given it. The format
//! is only read by the binary that it was built into, so that it needs no version.

use crate::code::{Anchor, Code, Const, Handler, Source};
use crate::op::{Instr, Op};
use minipy_syntax::ast::Span;
use std::collections::HashMap;
use std::sync::Arc;

/// The bytes of a code object.
pub fn write(code: &Code) -> Vec<u8> {
    let mut writer = Writer::default();
    writer.code(code);
    let mut out = Vec::new();
    put_len(&mut out, writer.strings.len());
    for s in &writer.strings {
        put_len(&mut out, s.len());
        out.extend_from_slice(s.as_bytes());
    }
    out.extend_from_slice(&writer.out);
    out
}

/// The code object that [`write()`] was given; `None` if the bytes are something else.
pub fn read(bytes: &[u8], source: Arc<Source>) -> Option<Code> {
    let mut reader = Reader { bytes, strings: Vec::new(), source };
    for _ in 0..reader.len()? {
        let n = reader.len()?;
        let s = std::str::from_utf8(reader.take(n)?).ok()?;
        reader.strings.push(s);
    }
    reader.code()
}

fn put_len(out: &mut Vec<u8>, n: usize) {
    out.extend_from_slice(&u32::try_from(n).expect("a module has less than 4 GiB").to_le_bytes());
}

#[derive(Default)]
struct Writer<'a> {
    out: Vec<u8>,
    strings: Vec<&'a str>,
    numbers: HashMap<&'a str, usize>,
}

impl<'a> Writer<'a> {
    fn len(&mut self, n: usize) {
        put_len(&mut self.out, n);
    }

    fn word(&mut self, n: u32) {
        self.out.extend_from_slice(&n.to_le_bytes());
    }

    fn half(&mut self, n: u16) {
        self.out.extend_from_slice(&n.to_le_bytes());
    }

    fn string(&mut self, s: &'a str) {
        let n = *self.numbers.entry(s).or_insert_with(|| {
            self.strings.push(s);
            self.strings.len() - 1
        });
        self.len(n);
    }

    fn strings(&mut self, all: &'a [Box<str>]) {
        self.len(all.len());
        for s in all {
            self.string(s);
        }
    }

    fn consts(&mut self, all: &'a [Const]) {
        self.len(all.len());
        for c in all {
            self.constant(c);
        }
    }

    fn constant(&mut self, c: &'a Const) {
        self.out.push(tag(c));
        match c {
            Const::None | Const::Ellipsis => {}
            Const::Bool(b) => self.out.push(*b as u8),
            Const::Int(i) => self.out.extend_from_slice(&i.to_le_bytes()),
            Const::BigInt(digits, base) => {
                self.string(digits);
                self.word(*base);
            }
            Const::Float(f) | Const::Complex(f) => self.out.extend_from_slice(&f.to_bits().to_le_bytes()),
            Const::Str(s) => self.string(s),
            Const::Bytes(b) => {
                self.len(b.len());
                self.out.extend_from_slice(b);
            }
            Const::Tuple(items) | Const::FrozenSet(items) => self.consts(items),
            Const::Code(code) => self.code(code),
        }
    }

    fn code(&mut self, code: &'a Code) {
        self.string(&code.name);
        self.string(&code.qualname);
        self.word(code.first_line);
        self.word(code.flags);
        for n in [code.argcount, code.posonlyargcount, code.kwonlyargcount, code.nregs, code.attr_hint] {
            self.half(n);
        }
        self.out.push(code.doc.is_some() as u8);
        self.string(code.doc.as_deref().unwrap_or_default());
        self.strings(&code.varnames);
        self.strings(&code.freevars);
        self.strings(&code.names);
        self.len(code.cellvars.len());
        code.cellvars.iter().for_each(|&n| self.half(n));
        self.len(code.sites.len());
        code.sites.iter().for_each(|&n| self.word(n));
        self.len(code.instrs.len());
        for i in &code.instrs {
            self.out.extend_from_slice(&[i.op as u8, i.x]);
            [i.a, i.b, i.c].into_iter().for_each(|n| self.half(n));
        }
        self.len(code.spans.len());
        for s in &code.spans {
            self.word(s.start);
            self.word(s.end);
        }
        self.len(code.marks.len());
        for (at, span) in &code.marks {
            [*at, span.start, span.end].into_iter().for_each(|n| self.word(n));
        }
        self.len(code.anchors.len());
        for (at, anchor) in &code.anchors {
            [*at, anchor.start, anchor.end].into_iter().for_each(|n| self.word(n));
        }
        self.len(code.handlers.len());
        for h in &code.handlers {
            [h.start, h.end, h.target].into_iter().for_each(|n| self.word(n));
            self.half(h.reg);
        }
        self.consts(&code.consts);
    }
}

fn tag(c: &Const) -> u8 {
    match c {
        Const::None => 0,
        Const::Bool(_) => 1,
        Const::Int(_) => 2,
        Const::BigInt(..) => 3,
        Const::Float(_) => 4,
        Const::Complex(_) => 5,
        Const::Str(_) => 6,
        Const::Bytes(_) => 7,
        Const::Ellipsis => 8,
        Const::Tuple(_) => 9,
        Const::FrozenSet(_) => 10,
        Const::Code(_) => 11,
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    strings: Vec<&'a str>,
    source: Arc<Source>,
}

impl<'a> Reader<'a> {
    fn take(&mut self, n: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.bytes.split_at_checked(n)?;
        self.bytes = rest;
        Some(taken)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.bytes.split_first_chunk()?;
        self.bytes = rest;
        Some(*taken)
    }

    fn byte(&mut self) -> Option<u8> {
        self.array::<1>().map(|[b]| b)
    }

    fn half(&mut self) -> Option<u16> {
        self.array().map(u16::from_le_bytes)
    }

    fn word(&mut self) -> Option<u32> {
        self.array().map(u32::from_le_bytes)
    }

    fn len(&mut self) -> Option<usize> {
        self.word().map(|n| n as usize)
    }

    fn string(&mut self) -> Option<&'a str> {
        let n = self.len()?;
        self.strings.get(n).copied()
    }

    /// A list of items of `N` bytes each.
    fn fixed<T, const N: usize>(&mut self, item: impl Fn([u8; N]) -> Option<T>) -> Option<Box<[T]>> {
        let n = self.len()?;
        let bytes = self.take(n.checked_mul(N)?)?;
        bytes.as_chunks().0.iter().map(|&b| item(b)).collect()
    }

    fn list<T>(&mut self, mut item: impl FnMut(&mut Self) -> Option<T>) -> Option<Box<[T]>> {
        let n = self.len()?;
        (0..n).map(|_| item(self)).collect()
    }

    fn strings(&mut self) -> Option<Box<[Box<str>]>> {
        self.list(|r| r.string().map(Box::from))
    }

    fn consts(&mut self) -> Option<Box<[Const]>> {
        self.list(Reader::constant)
    }

    fn constant(&mut self) -> Option<Const> {
        Some(match self.byte()? {
            0 => Const::None,
            1 => Const::Bool(self.byte()? != 0),
            2 => Const::Int(i64::from_le_bytes(self.array()?)),
            3 => Const::BigInt(self.string()?.into(), self.word()?),
            4 => Const::Float(f64::from_le_bytes(self.array()?)),
            5 => Const::Complex(f64::from_le_bytes(self.array()?)),
            6 => Const::Str(self.string()?.into()),
            7 => {
                let n = self.len()?;
                Const::Bytes(self.take(n)?.into())
            }
            8 => Const::Ellipsis,
            9 => Const::Tuple(self.consts()?),
            10 => Const::FrozenSet(self.consts()?),
            11 => Const::Code(Arc::new(self.code()?)),
            _ => return None,
        })
    }

    fn code(&mut self) -> Option<Code> {
        let (name, qualname) = (self.string()?.into(), self.string()?.into());
        let (first_line, flags) = (self.word()?, self.word()?);
        let (argcount, posonlyargcount, kwonlyargcount) = (self.half()?, self.half()?, self.half()?);
        let (nregs, attr_hint) = (self.half()?, self.half()?);
        let has_doc = self.byte()? != 0;
        let doc = self.string()?;
        Some(Code {
            name,
            qualname,
            source: self.source.clone(),
            first_line,
            flags,
            argcount,
            posonlyargcount,
            kwonlyargcount,
            nregs,
            attr_hint,
            doc: has_doc.then(|| doc.into()),
            varnames: self.strings()?,
            freevars: self.strings()?,
            names: self.strings()?,
            cellvars: self.fixed(|b| Some(u16::from_le_bytes(b)))?,
            sites: self.fixed(|b| Some(u32::from_le_bytes(b)))?,
            instrs: self.fixed(instr)?,
            spans: self.fixed(|b: [u8; 8]| Some(Span::new(word(&b, 0), word(&b, 1))))?,
            marks: self.fixed(|b: [u8; 12]| Some((word(&b, 0), Span::new(word(&b, 1), word(&b, 2)))))?,
            anchors: self
                .fixed(|b: [u8; 12]| Some((word(&b, 0), Anchor { start: word(&b, 1), end: word(&b, 2) })))?,
            handlers: self.fixed(|b: [u8; 14]| {
                let reg = u16::from_le_bytes([b[12], b[13]]);
                Some(Handler { start: word(&b, 0), end: word(&b, 1), target: word(&b, 2), reg })
            })?,
            consts: self.consts()?,
        })
    }
}

/// The `n`th word of an item.
fn word(bytes: &[u8], n: usize) -> u32 {
    u32::from_le_bytes([bytes[4 * n], bytes[4 * n + 1], bytes[4 * n + 2], bytes[4 * n + 3]])
}

fn instr([op, x, a0, a1, b0, b1, c0, c1]: [u8; 8]) -> Option<Instr> {
    let op = *Op::ALL.get(op as usize)?;
    let half = |low, high| u16::from_le_bytes([low, high]);
    Some(Instr { op, x, a: half(a0, a1), b: half(b0, b1), c: half(c0, c1) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Names, compile};
    use minipy_syntax::{LineIndex, Mode};

    fn code_of(text: &str) -> Code {
        let arena = bumpalo::Bump::new();
        let tree = minipy_syntax::parse(&arena, text, Mode::Module).expect("it is Python");
        let source = Source { filename: "<test>".into(), lines: LineIndex::new(text.to_owned()) };
        compile(&tree, Arc::new(source), Names::Global).expect("it compiles")
    }

    #[test]
    fn what_is_read_is_what_was_written() {
        let text = "'''doc'''\nclass A:\n    x = 1, 2.5, 3j, b'y', None, ..., 10**0, 99999999999999999999\n\
                    \x20   def f(self, a, /, b=2, *c, d, **e):\n        'inner'\n        try:\n            return \
                    self.x[a] + (lambda: b in {1, 2})()\n        finally:\n            self.y = True\n";
        let code = code_of(text);
        let bytes = write(&code);
        assert_eq!(read(&bytes, code.source.clone()).as_ref(), Some(&code));
    }

    #[test]
    fn bytes_that_are_no_code_are_refused() {
        let code = code_of("def f(x):\n    return x * 2\n");
        let bytes = write(&code);
        for end in 0..bytes.len() {
            assert_eq!(read(&bytes[..end], code.source.clone()), None);
        }
    }
}
