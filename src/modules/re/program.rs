//! From the tree of a pattern to a program for the matcher.

use super::chars::{self, Bits, Set};
use super::syntax::{At, Greed, Node, Parsed, Width, flags, width};

/// What matches one character.
#[derive(Clone, Copy, Debug)]
pub enum One {
    Char(u32),
    /// Either of two.
    Either(u32, u32),
    Any,
    AnyButNewline,
    /// Number of the set.
    Set(usize),
}

/// An instruction. Numbers called `to` are instructions.
#[derive(Debug)]
pub enum Inst {
    One(One),
    At(At),
    Jump(usize),
    /// Goes on behind; if that fails, there. `here` and `there` are the numbers of the tables that say what may
    /// come first on either way.
    Split {
        to: usize,
        here: usize,
        there: usize,
    },
    /// As `Split`, the other way round.
    SplitLazy(usize),
    /// Notes the position in a slot: two for each group, its beginning and end.
    Save(usize),
    Back {
        group: usize,
        ignore: bool,
    },
    /// A repeated character; `follow` is the number of the table that says what may come behind.
    Repeat {
        what: One,
        min: u32,
        max: u32,
        greed: Greed,
        follow: usize,
    },
    /// A repetition of more begins.
    Begin {
        counter: usize,
    },
    /// Decides on another turn, whose code stands behind, or leaves; `turn` is the number of the table that says
    /// what may begin a turn.
    Loop {
        counter: usize,
        min: u32,
        max: u32,
        lazy: bool,
        leave: usize,
        turn: usize,
    },
    /// One turn begins.
    Turn {
        counter: usize,
    },
    /// Looks ahead, or `back` characters back; `to` follows.
    Look {
        negate: bool,
        back: Option<usize>,
        to: usize,
    },
    LookEnd {
        negate: bool,
    },
    Atomic,
    AtomicEnd,
    /// Goes there unless the group has matched.
    Unless {
        group: usize,
        to: usize,
    },
    Match,
}

/// The number of the table that has all bytes, and stands for the end of the text too.
pub const ANYTHING: usize = 0;

/// A compiled pattern.
pub struct Program {
    pub code: Vec<Inst>,
    pub sets: Vec<Set>,
    /// Sets of the bytes that may come next somewhere.
    pub tables: Vec<Bits>,
    pub groups: usize,
    pub counters: usize,
    /// Whether letters are compared as those of ASCII only.
    pub ascii: bool,
    /// Finds the bytes that every match begins with, if there are such.
    pub prefix: Option<memchr::memmem::Finder<'static>>,
    /// Whether matches begin at the beginning of the text only.
    pub anchored: bool,
    /// Which bytes a match may begin with; `None` if it may be empty.
    pub first: Option<Box<[bool; 256]>>,
}

/// Compiles a parsed pattern.
pub fn compile(parsed: &mut Parsed, is_bytes: bool) -> Program {
    let ascii = is_bytes || parsed.flags & flags::ASCII != 0;
    let mut prefix = Vec::new();
    literal_prefix(&parsed.node, is_bytes, &mut prefix);
    let prefix = (!prefix.is_empty()).then(|| memchr::memmem::Finder::new(&prefix).into_owned());
    let groups = parsed.groups as usize;
    let mut c = Compiler {
        code: Vec::new(),
        sets: Vec::new(),
        tables: vec![[u64::MAX; 4]],
        counters: 0,
        ascii,
        is_bytes,
        widths: &parsed.widths,
    };
    let first = match c.table(std::slice::from_ref(&parsed.node)) {
        ANYTHING => None,
        n => Some(Box::new(std::array::from_fn(|b| chars::bit(&c.tables[n], b as u8)))),
    };
    let anchored = is_anchored(&parsed.node);
    c.node(std::mem::replace(&mut parsed.node, Node::Seq(Vec::new())));
    c.code.push(Inst::Match);
    let Compiler { code, sets, tables, counters, .. } = c;
    Program { code, sets, tables, groups, counters, ascii, prefix, anchored, first }
}

fn is_anchored(node: &Node) -> bool {
    match node {
        Node::At(At::Beginning) => true,
        Node::Seq(items) => items.first().is_some_and(is_anchored),
        Node::Group(_, node) => is_anchored(node),
        _ => false,
    }
}

struct Compiler<'a> {
    code: Vec<Inst>,
    sets: Vec<Set>,
    tables: Vec<Bits>,
    counters: usize,
    ascii: bool,
    is_bytes: bool,
    widths: &'a [Option<Width>],
}

impl Compiler<'_> {
    fn here(&self) -> usize {
        self.code.len()
    }

    fn emit(&mut self, inst: Inst) -> usize {
        self.code.push(inst);
        self.code.len() - 1
    }

    /// The number of the table of what may begin a match of some nodes, one behind the other.
    fn table(&mut self, nodes: &[Node]) -> usize {
        let mut bits = [0; 4];
        let empty = nodes.iter().all(|n| first_bytes(n, self.is_bytes, self.ascii, &mut bits));
        if empty || bits == [u64::MAX; 4] {
            return ANYTHING;
        }
        self.tables.push(bits);
        self.tables.len() - 1
    }

    /// What matches the node if that is a single character.
    fn one(&mut self, node: Node) -> Result<One, Node> {
        Ok(match node {
            Node::Char(c, false) => One::Char(c),
            Node::Char(c, true) => {
                let all = chars::variants(c, self.ascii);
                match all.iter().find(|v| **v != c) {
                    None => One::Char(c),
                    Some(other) if all.iter().all(|v| v == other || *v == c) => One::Either(c, *other),
                    Some(_) => {
                        self.sets.push(Set::of_characters(&all));
                        One::Set(self.sets.len() - 1)
                    }
                }
            }
            Node::Any(true) => One::Any,
            Node::Any(false) => One::AnyButNewline,
            Node::Set(set) => {
                self.sets.push(*set);
                One::Set(self.sets.len() - 1)
            }
            Node::Seq(mut items) if items.len() == 1 => return self.one(items.remove(0)),
            other => return Err(other),
        })
    }

    fn sequence(&mut self, items: Vec<Node>) {
        let follows: Vec<usize> = (0..items.len())
            .map(|i| match &items[i] {
                Node::Repeat { .. } => self.table(&items[i + 1..]),
                _ => ANYTHING,
            })
            .collect();
        for (item, follow) in items.into_iter().zip(follows) {
            match item {
                Node::Repeat { node, min, max, greed } => self.repeat(*node, min, max, greed, follow),
                other => self.node(other),
            }
        }
    }

    fn node(&mut self, node: Node) {
        let node = match self.one(node) {
            Ok(one) => {
                self.emit(Inst::One(one));
                return;
            }
            Err(node) => node,
        };
        match node {
            Node::Seq(items) => self.sequence(items),
            Node::At(at) => _ = self.emit(Inst::At(at)),
            Node::Alt(branches) => self.alternatives(branches),
            Node::Group(n, node) => {
                let slot = n as usize * 2;
                self.emit(Inst::Save(slot));
                self.node(*node);
                self.emit(Inst::Save(slot + 1));
            }
            Node::Back(n, ignore) => _ = self.emit(Inst::Back { group: n as usize, ignore }),
            Node::Repeat { node, min, max, greed } => self.repeat(*node, min, max, greed, ANYTHING),
            Node::Look { ahead, negate, node } => {
                // Lookbehinds have one width.
                let back = if ahead { None } else { Some(width(&node, self.widths).0 as usize) };
                let start = self.emit(Inst::Look { negate, back, to: 0 });
                self.node(*node);
                self.emit(Inst::LookEnd { negate });
                let end = self.here();
                if let Inst::Look { to, .. } = &mut self.code[start] {
                    *to = end;
                }
            }
            Node::Atomic(node) => self.atomic(|c| c.node(*node)),
            Node::Cond { group, yes, no } => {
                let start = self.emit(Inst::Unless { group: group as usize, to: 0 });
                self.node(*yes);
                let jump = self.emit(Inst::Jump(0));
                let otherwise = self.here();
                self.node(*no);
                let end = self.here();
                self.code[start] = Inst::Unless { group: group as usize, to: otherwise };
                self.code[jump] = Inst::Jump(end);
            }
            // Single characters have been dealt with.
            Node::Char(..) | Node::Any(_) | Node::Set(_) => {}
        }
    }

    fn atomic(&mut self, f: impl FnOnce(&mut Self)) {
        self.emit(Inst::Atomic);
        f(self);
        self.emit(Inst::AtomicEnd);
    }

    fn alternatives(&mut self, branches: Vec<Node>) {
        let last = branches.len() - 1;
        let mut ends = Vec::new();
        let heres: Vec<usize> = branches.iter().map(|b| self.table(std::slice::from_ref(b))).collect();
        let mut theres = vec![heres[last]; branches.len()];
        // What may begin one of the branches from each on.
        for i in (0..last).rev() {
            theres[i] = match (heres[i], theres[i + 1]) {
                (ANYTHING, _) | (_, ANYTHING) => ANYTHING,
                (a, b) => {
                    let both = std::array::from_fn(|i| self.tables[a][i] | self.tables[b][i]);
                    self.tables.push(both);
                    self.tables.len() - 1
                }
            };
        }
        for (i, branch) in branches.into_iter().enumerate() {
            if i == last {
                self.node(branch);
                break;
            }
            let split = self.emit(Inst::Jump(0));
            self.node(branch);
            ends.push(self.emit(Inst::Jump(0)));
            self.code[split] = Inst::Split { to: self.here(), here: heres[i], there: theres[i + 1] };
        }
        let end = self.here();
        for jump in ends {
            self.code[jump] = Inst::Jump(end);
        }
    }

    fn repeat(&mut self, node: Node, min: u32, max: u32, greed: Greed, follow: usize) {
        let node = match self.one(node) {
            Ok(what) => {
                self.emit(Inst::Repeat { what, min, max, greed, follow });
                return;
            }
            Err(node) => node,
        };
        if greed == Greed::Possessive {
            return self.atomic(|c| c.repeat(node, min, max, Greed::Greedy, ANYTHING));
        }
        let lazy = greed == Greed::Lazy;
        let turn = self.table(std::slice::from_ref(&node));
        if (min, max) == (0, 1) {
            let split = self.emit(Inst::Jump(0));
            self.node(node);
            let to = self.here();
            let split_to = Inst::Split { to, here: turn, there: follow };
            self.code[split] = if lazy { Inst::SplitLazy(to) } else { split_to };
            return;
        }
        let counter = self.counters;
        self.counters += 1;
        self.emit(Inst::Begin { counter });
        let head = self.emit(Inst::Jump(0));
        self.emit(Inst::Turn { counter });
        self.node(node);
        self.emit(Inst::Jump(head));
        let end = self.here();
        self.code[head] = Inst::Loop { counter, min, max, lazy, leave: end, turn };
    }
}

fn encode(c: u32, is_bytes: bool, out: &mut Vec<u8>) {
    match char::from_u32(c) {
        Some(c) if !is_bytes => out.extend(c.encode_utf8(&mut [0; 4]).as_bytes()),
        _ => out.push(c as u8),
    }
}

/// Collects the bytes that a match begins with; false if what follows need not come next.
fn literal_prefix(node: &Node, is_bytes: bool, out: &mut Vec<u8>) -> bool {
    match node {
        Node::Char(c, false) => {
            encode(*c, is_bytes, out);
            true
        }
        Node::Seq(items) => items.iter().all(|n| literal_prefix(n, is_bytes, out)),
        Node::Group(_, node) => literal_prefix(node, is_bytes, out),
        _ => false,
    }
}

/// Marks the bytes that a match of the node may begin with; true if it may be empty.
fn first_bytes(node: &Node, is_bytes: bool, ascii: bool, bits: &mut Bits) -> bool {
    match node {
        Node::Char(c, ignore) => {
            let all = if *ignore { chars::variants(*c, ascii) } else { [*c; 4] };
            for c in all {
                let b = if is_bytes { c as u8 } else { first_byte(c) };
                bits[b as usize / 64] |= 1 << (b % 64);
            }
            false
        }
        Node::Any(_) | Node::Back(..) => {
            *bits = [u64::MAX; 4];
            matches!(node, Node::Back(..))
        }
        Node::Set(set) => {
            for (i, word) in bits.iter_mut().enumerate() {
                // Characters beyond ASCII are several bytes.
                *word |= if is_bytes || i < 2 { set.table[i] } else { u64::MAX };
            }
            false
        }
        Node::At(_) | Node::Look { .. } => true,
        Node::Seq(items) => items.iter().all(|n| first_bytes(n, is_bytes, ascii, bits)),
        Node::Alt(items) => {
            items.iter().fold(false, |empty, n| first_bytes(n, is_bytes, ascii, bits) | empty)
        }
        Node::Repeat { node, min, .. } => first_bytes(node, is_bytes, ascii, bits) || *min == 0,
        Node::Group(_, node) | Node::Atomic(node) => first_bytes(node, is_bytes, ascii, bits),
        Node::Cond { yes, no, .. } => {
            first_bytes(yes, is_bytes, ascii, bits) | first_bytes(no, is_bytes, ascii, bits)
        }
    }
}

/// The first byte of a character in UTF-8.
fn first_byte(c: u32) -> u8 {
    let mut bytes = Vec::new();
    encode(c, false, &mut bytes);
    bytes[0]
}
