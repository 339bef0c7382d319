//! The tree as text, as CPython's `ast.dump(tree, indent=4)` prints it.
//!
//! Nodes nested deeper than [`MAX_DEPTH`] are shown as `...`, so that no source overflows the native stack.

use crate::ast::*;
use crate::walk::{Builder, Fields, walk};
use std::fmt::Write;

/// See the head of the module.
const MAX_DEPTH: usize = 300;

/// Whether a character beyond ASCII is shown as it is in strings; the others are written as escapes.
pub type Printable = fn(char) -> bool;

/// The tree as indented text, with the node and field names of CPython's `ast`.
pub fn dump(module: &Mod, printable: Printable) -> String {
    walk(module, &mut Dump { depth: 0, printable }).text(0).0 + "\n"
}

struct Dump {
    depth: usize,
    printable: Printable,
}

/// What is shown, not yet indented.
enum Shown {
    Absent,
    Leaf(String),
    List(Vec<Shown>),
    Node(&'static str, Fields<Shown>),
}

impl Builder for Dump {
    type Out = Shown;

    fn node(&mut self, class: &'static str, fields: Fields<Shown>, _: Option<Span>) -> Shown {
        // A field that is not there is not shown.
        Shown::Node(class, fields.into_iter().filter(|(_, f)| !matches!(f, Shown::Absent)).collect())
    }

    fn list(&mut self, items: Vec<Shown>) -> Shown {
        Shown::List(items)
    }

    fn absent(&mut self) -> Shown {
        Shown::Absent
    }

    fn name(&mut self, name: &str) -> Shown {
        Shown::Leaf(repr(name, self.printable))
    }

    fn number(&mut self, n: i64) -> Shown {
        Shown::Leaf(n.to_string())
    }

    fn constant(&mut self, value: &Constant) -> Shown {
        Shown::Leaf(constant(value, self.printable))
    }

    fn kind(&mut self, _: Span) -> Shown {
        Shown::Absent
    }

    fn enter(&mut self) -> bool {
        self.depth += 1;
        self.depth <= MAX_DEPTH
    }

    fn leave(&mut self) {
        self.depth -= 1;
    }

    fn too_deep(&mut self) -> Shown {
        Shown::Leaf("...".into())
    }
}

fn line_start(level: usize) -> String {
    format!("\n{}", "    ".repeat(level))
}

impl Shown {
    /// The text, and whether it is short enough to stand on its parent's line.
    fn text(&self, level: usize) -> (String, bool) {
        let start = line_start(level + 1);
        match self {
            Shown::Absent => ("None".into(), true),
            Shown::Leaf(text) => (text.clone(), true),
            Shown::List(items) if items.is_empty() => ("[]".into(), true),
            Shown::List(items) => {
                let items: Vec<String> = items.iter().map(|i| i.text(level + 1).0).collect();
                (format!("[{start}{}]", items.join(&format!(",{start}"))), false)
            }
            Shown::Node(class, fields) => {
                let mut simple = true;
                let fields: Vec<String> = fields
                    .iter()
                    .map(|(name, field)| {
                        let (text, short) = field.text(level + 1);
                        simple &= short;
                        format!("{name}={text}")
                    })
                    .collect();
                if simple && fields.len() <= 3 {
                    return (format!("{class}({})", fields.join(", ")), fields.is_empty());
                }
                (format!("{class}({start}{})", fields.join(&format!(",{start}"))), false)
            }
        }
    }
}

/// `repr` of a constant's value.
pub(crate) fn constant(c: &Constant, printable: Printable) -> String {
    match c {
        Constant::None => "None".into(),
        Constant::Bool(b) => if *b { "True" } else { "False" }.into(),
        Constant::Int(i) => i.to_string(),
        // The digits as they were written: the tree holds no larger number.
        Constant::BigInt { digits, radix: 10 } => (*digits).into(),
        Constant::BigInt { digits, radix: 16 } => format!("0x{digits}"),
        Constant::BigInt { digits, radix: 8 } => format!("0o{digits}"),
        Constant::BigInt { digits, .. } => format!("0b{digits}"),
        Constant::Float(f) => float(*f),
        Constant::Complex(f) => format!("{}j", float(*f).trim_end_matches(".0")),
        Constant::Str(s) => repr(s, printable),
        Constant::Bytes(b) => bytes_repr(b),
        Constant::Ellipsis => "Ellipsis".into(),
    }
}

/// `repr` of a float: the shortest digits, the exponent with a sign and two digits.
fn float(f: f64) -> String {
    let text = format!("{f:?}");
    match text.split_once('e') {
        None => text,
        Some((digits, exponent)) => {
            let digits = digits.strip_suffix(".0").unwrap_or(digits);
            let (sign, number) = exponent.strip_prefix('-').map_or(('+', exponent), |n| ('-', n));
            format!("{digits}e{sign}{number:0>2}")
        }
    }
}

fn quote(text: &str) -> char {
    if text.contains('\'') && !text.contains('"') { '"' } else { '\'' }
}

/// `repr` of a string.
pub(crate) fn repr(s: &str, printable: Printable) -> String {
    let quote = quote(s);
    let mut out = String::from(quote);
    for c in s.chars() {
        match c {
            '\n' => out += "\\n",
            '\r' => out += "\\r",
            '\t' => out += "\\t",
            '\\' => out += "\\\\",
            c if c == quote => {
                out.push('\\');
                out.push(c);
            }
            ' '..='~' => out.push(c),
            c if !c.is_ascii() && printable(c) => out.push(c),
            c => {
                let _ = match crate::surrogate::code_of(c) {
                    code @ 0..0x100 => write!(out, "\\x{code:02x}"),
                    code @ 0..0x10000 => write!(out, "\\u{code:04x}"),
                    code => write!(out, "\\U{code:08x}"),
                };
            }
        }
    }
    out.push(quote);
    out
}

fn bytes_repr(bytes: &[u8]) -> String {
    let text: String = bytes.iter().map(|&b| b as char).collect();
    let quote = quote(&text);
    let mut out = format!("b{quote}");
    for &b in bytes {
        match b {
            b'\n' => out += "\\n",
            b'\r' => out += "\\r",
            b'\t' => out += "\\t",
            b'\\' => out += "\\\\",
            b if b as char == quote => {
                out.push('\\');
                out.push(quote);
            }
            b' '..=b'~' => out.push(b as char),
            b => {
                let _ = write!(out, "\\x{b:02x}");
            }
        }
    }
    out.push(quote);
    out
}
