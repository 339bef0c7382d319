//! From the tree of a pattern to a program for the matcher.

use super::chars::{self, Set};
use super::syntax::{At, Greed, Node, Parsed, flags, width};

/// What matches one character.
#[derive(Clone, Copy, Debug)]
pub enum One {
    Char(u32),
    /// A character in lower case, whatever its case in the text.
    Folded(u32),
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
    /// Goes on behind; if that fails, there.
    Split(usize),
    /// As `Split`, the other way round.
    SplitLazy(usize),
    /// Notes the position in a slot: two for each group, its beginning and end.
    Save(usize),
    Back {
        group: usize,
        ignore: bool,
    },
    /// A repeated character.
    Repeat {
        what: One,
        min: u32,
        max: u32,
        greed: Greed,
    },
    /// A repetition of more begins.
    Begin {
        counter: usize,
    },
    /// Decides on another turn, whose code stands behind, or leaves.
    Loop {
        counter: usize,
        min: u32,
        max: u32,
        lazy: bool,
        leave: usize,
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

/// A compiled pattern.
pub struct Program {
    pub code: Vec<Inst>,
    pub sets: Vec<Set>,
    pub groups: usize,
    pub counters: usize,
    /// Whether letters are compared as those of ASCII only.
    pub ascii: bool,
    /// The bytes that every match begins with.
    pub prefix: Vec<u8>,
    /// Which bytes a match may begin with; `None` if it may be empty.
    pub first: Option<Box<[bool; 256]>>,
}

/// Compiles a parsed pattern.
pub fn compile(parsed: &mut Parsed, is_bytes: bool) -> Program {
    let ascii = is_bytes || parsed.flags & flags::ASCII != 0;
    let mut prefix = Vec::new();
    literal_prefix(&parsed.node, is_bytes, &mut prefix);
    let mut table = Box::new([false; 256]);
    let empty = first_bytes(&parsed.node, is_bytes, ascii, &mut table);
    let groups = parsed.groups as usize;
    let mut c = Compiler { code: Vec::new(), sets: Vec::new(), counters: 0, ascii };
    let node = std::mem::replace(&mut parsed.node, Node::Seq(Vec::new()));
    c.node(node);
    c.code.push(Inst::Match);
    let first = if empty { None } else { Some(table) };
    Program { code: c.code, sets: c.sets, groups, counters: c.counters, ascii, prefix, first }
}

struct Compiler {
    code: Vec<Inst>,
    sets: Vec<Set>,
    counters: usize,
    ascii: bool,
}

impl Compiler {
    fn here(&self) -> usize {
        self.code.len()
    }

    fn emit(&mut self, inst: Inst) -> usize {
        self.code.push(inst);
        self.code.len() - 1
    }

    /// What matches the node if that is a single character.
    fn one(&mut self, node: Node) -> Result<One, Node> {
        Ok(match node {
            Node::Char(c, ignore) => {
                let folds = ignore && chars::variants(c, self.ascii).iter().any(|v| *v != c);
                if folds { One::Folded(chars::lower(c, self.ascii)) } else { One::Char(c) }
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

    fn node(&mut self, node: Node) {
        let node = match self.one(node) {
            Ok(one) => {
                self.emit(Inst::One(one));
                return;
            }
            Err(node) => node,
        };
        match node {
            Node::Seq(items) => items.into_iter().for_each(|n| self.node(n)),
            Node::At(at) => _ = self.emit(Inst::At(at)),
            Node::Alt(branches) => self.alternatives(branches),
            Node::Group(n, node) => {
                let slot = n as usize * 2;
                self.emit(Inst::Save(slot));
                self.node(*node);
                self.emit(Inst::Save(slot + 1));
            }
            Node::Back(n, ignore) => _ = self.emit(Inst::Back { group: n as usize, ignore }),
            Node::Repeat { node, min, max, greed } => self.repeat(*node, min, max, greed),
            Node::Look { ahead, negate, node } => {
                // Lookbehinds have one width.
                let back = if ahead { None } else { width(&node).map(|w| w.0 as usize) };
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
        for (i, branch) in branches.into_iter().enumerate() {
            if i == last {
                self.node(branch);
                break;
            }
            let split = self.emit(Inst::Split(0));
            self.node(branch);
            ends.push(self.emit(Inst::Jump(0)));
            self.code[split] = Inst::Split(self.here());
        }
        let end = self.here();
        for jump in ends {
            self.code[jump] = Inst::Jump(end);
        }
    }

    fn repeat(&mut self, node: Node, min: u32, max: u32, greed: Greed) {
        let node = match self.one(node) {
            Ok(what) => {
                self.emit(Inst::Repeat { what, min, max, greed });
                return;
            }
            Err(node) => node,
        };
        if greed == Greed::Possessive {
            return self.atomic(|c| c.repeat(node, min, max, Greed::Greedy));
        }
        let lazy = greed == Greed::Lazy;
        if (min, max) == (0, 1) {
            let split = self.emit(Inst::Split(0));
            self.node(node);
            let end = self.here();
            self.code[split] = if lazy { Inst::SplitLazy(end) } else { Inst::Split(end) };
            return;
        }
        let counter = self.counters;
        self.counters += 1;
        self.emit(Inst::Begin { counter });
        let head = self.emit(Inst::Loop { counter, min, max, lazy, leave: 0 });
        self.emit(Inst::Turn { counter });
        self.node(node);
        self.emit(Inst::Jump(head));
        let end = self.here();
        self.code[head] = Inst::Loop { counter, min, max, lazy, leave: end };
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
fn first_bytes(node: &Node, is_bytes: bool, ascii: bool, table: &mut [bool; 256]) -> bool {
    let wide = |table: &mut [bool; 256]| table[128..].fill(true);
    match node {
        Node::Char(c, ignore) => {
            let all = if *ignore { chars::variants(*c, ascii) } else { [*c; 3] };
            for c in all {
                if is_bytes {
                    table[c as usize & 255] = true;
                } else {
                    let mut bytes = Vec::new();
                    encode(c, false, &mut bytes);
                    table[bytes[0] as usize] = true;
                }
            }
            false
        }
        Node::Any(_) => {
            table.fill(true);
            false
        }
        Node::Set(set) => {
            let narrow = if is_bytes { 256 } else { 128 };
            (0..narrow).filter(|&c| set.has(c as u32)).for_each(|c| table[c] = true);
            if !is_bytes {
                wide(table);
            }
            false
        }
        Node::At(_) | Node::Look { .. } => true,
        Node::Seq(items) => items.iter().all(|n| first_bytes(n, is_bytes, ascii, table)),
        Node::Alt(items) => {
            items.iter().fold(false, |empty, n| first_bytes(n, is_bytes, ascii, table) | empty)
        }
        Node::Repeat { node, min, .. } => first_bytes(node, is_bytes, ascii, table) || *min == 0,
        Node::Group(_, node) | Node::Atomic(node) => first_bytes(node, is_bytes, ascii, table),
        Node::Back(..) => {
            table.fill(true);
            true
        }
        Node::Cond { yes, no, .. } => {
            first_bytes(yes, is_bytes, ascii, table) | first_bytes(no, is_bytes, ascii, table)
        }
    }
}
