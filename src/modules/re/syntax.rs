//! Python's syntax of regular expressions: from the text of a pattern to a tree of [`Node`]s.
//!
//! What is accepted, and the messages and positions of errors, follow the documentation of `re` and CPython 3.11.

use super::chars::Set;
use super::escape::digit;

/// Flags, with the numbers that programs see.
pub mod flags {
    pub const IGNORECASE: u32 = 2;
    pub const LOCALE: u32 = 4;
    pub const MULTILINE: u32 = 8;
    pub const DOTALL: u32 = 16;
    pub const UNICODE: u32 = 32;
    pub const VERBOSE: u32 = 64;
    pub const DEBUG: u32 = 128;
    pub const ASCII: u32 = 256;
    /// Those that exclude one another.
    pub const TYPES: u32 = ASCII | LOCALE | UNICODE;
}

/// More repetitions than this are as good as any number.
pub const MAX_REPEAT: u32 = u32::MAX;
/// Patterns nested more deeply are rejected.
const MAX_DEPTH: usize = 200;

/// A place that is matched without a character.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum At {
    /// `\A`, or `^` without MULTILINE.
    Beginning,
    /// `^` with MULTILINE.
    BeginningOfLine,
    /// `$` without MULTILINE.
    End,
    /// `$` with MULTILINE.
    EndOfLine,
    /// `\Z`
    EndOfString,
    /// `\b`; with ASCII words or not.
    Boundary(bool),
    /// `\B`
    NoBoundary(bool),
}

/// How much a repetition takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Greed {
    /// As much as possible.
    Greedy,
    /// As little as possible.
    Lazy,
    /// As much as possible, and never less.
    Possessive,
}

/// A part of a pattern.
#[derive(Debug)]
pub enum Node {
    /// A character; with whether its case matters not.
    Char(u32, bool),
    /// Any character, or any but a line feed.
    Any(bool),
    /// One of a set.
    Set(Box<Set>),
    At(At),
    Seq(Vec<Node>),
    Alt(Vec<Node>),
    Repeat {
        node: Box<Node>,
        min: u32,
        max: u32,
        greed: Greed,
    },
    /// A group that captures, by number.
    Group(u32, Box<Node>),
    /// What a group has captured; with whether its case matters not.
    Back(u32, bool),
    Look {
        ahead: bool,
        negate: bool,
        node: Box<Node>,
    },
    Atomic(Box<Node>),
    /// `(?(group)yes|no)`
    Cond {
        group: u32,
        yes: Box<Node>,
        no: Box<Node>,
    },
}

/// What is wrong with a pattern, and where, in characters.
#[derive(Debug)]
pub struct Error {
    pub message: String,
    pub position: usize,
}

pub(super) type Result<T> = std::result::Result<T, Error>;

/// A parsed pattern.
pub struct Parsed {
    pub node: Node,
    pub flags: u32,
    /// The names of the groups, with their numbers.
    pub names: Vec<(String, u32)>,
    /// The number of groups.
    pub groups: u32,
    /// How many characters each group matches; the first is that of group 1.
    pub widths: Vec<Option<Width>>,
}

/// How many characters a part of a pattern matches, at least and at most.
pub type Width = (u64, u64);

/// A warning, and whether it is about what is deprecated; else it is about what will be.
pub type Warning = (String, bool);

pub(super) struct Parser<'a> {
    pub(super) text: &'a [u32],
    pub(super) at: usize,
    pub(super) is_bytes: bool,
    pub(super) flags: u32,
    pub(super) names: Vec<(String, u32)>,
    pub(super) groups: u32,
    /// The widths of groups, `None` of those that are still open.
    pub(super) widths: Vec<Option<Width>>,
    /// The groups of conditions, which may come later, and where they are named.
    pub(super) conditions: Vec<(u32, usize)>,
    /// What is found wrong when all else is right.
    pub(super) late: Option<&'static str>,
    pub(super) warnings: &'a mut Vec<Warning>,
    /// Lookbehinds must not refer to groups opened since.
    pub(super) behind: Option<u32>,
    pub(super) depth: usize,
}

/// Parses a pattern, given as code points or bytes.
pub fn parse(text: &[u32], is_bytes: bool, flags: u32, warnings: &mut Vec<Warning>) -> Result<Parsed> {
    let mut p = Parser {
        text,
        at: 0,
        is_bytes,
        flags,
        names: Vec::new(),
        groups: 0,
        widths: Vec::new(),
        conditions: Vec::new(),
        late: None,
        warnings,
        behind: None,
        depth: 0,
    };
    let node = p.alternatives(flags, true)?;
    let mut flags = p.flags;
    if is_bytes {
        if flags & flags::UNICODE != 0 {
            return p.fail_plain("cannot use UNICODE flag with a bytes pattern");
        }
        if flags & flags::LOCALE != 0 && flags & flags::ASCII != 0 {
            return p.fail_plain("ASCII and LOCALE flags are incompatible");
        }
    } else {
        if flags & flags::LOCALE != 0 {
            return p.fail_plain("cannot use LOCALE flag with a str pattern");
        }
        if flags & flags::ASCII != 0 && flags & flags::UNICODE != 0 {
            return p.fail_plain("ASCII and UNICODE flags are incompatible");
        }
        if flags & flags::ASCII == 0 {
            flags |= flags::UNICODE;
        }
    }
    if p.at < text.len() {
        return p.fail("unbalanced parenthesis", p.at);
    }
    if let Some((group, at)) = p.conditions.iter().find(|c| c.0 > p.groups) {
        return p.fail(format!("invalid group reference {group}"), *at);
    }
    if let Some(message) = p.late {
        return p.fail_plain(message);
    }
    Ok(Parsed { node, flags, names: p.names, groups: p.groups, widths: p.widths })
}

/// The position of an error that is none of the pattern's text.
pub const NOWHERE: usize = usize::MAX;

impl Parser<'_> {
    pub(super) fn fail<T>(&self, message: impl Into<String>, position: usize) -> Result<T> {
        let message = message.into();
        let message = if self.is_bytes { crate::protocol::escape_non_ascii(&message) } else { message };
        Err(Error { message, position })
    }

    fn fail_plain<T>(&self, message: &str) -> Result<T> {
        self.fail(message, NOWHERE)
    }

    pub(super) fn peek(&self) -> Option<u32> {
        self.text.get(self.at).copied()
    }

    pub(super) fn next(&mut self) -> Option<u32> {
        let c = self.peek()?;
        self.at += 1;
        Some(c)
    }

    pub(super) fn eat(&mut self, c: char) -> bool {
        let there = self.peek() == Some(c as u32);
        self.at += there as usize;
        there
    }

    /// Text of the pattern.
    pub(super) fn slice(&self, from: usize, to: usize) -> String {
        self.text[from..to].iter().filter_map(|&c| char::from_u32(c)).collect()
    }

    pub(super) fn ascii(&self, flags: u32) -> bool {
        self.is_bytes || flags & flags::ASCII != 0
    }

    pub(super) fn alternatives(&mut self, flags: u32, outermost: bool) -> Result<Node> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return self.fail("the pattern is nested too deeply", self.at);
        }
        let mut flags = flags;
        let mut branches = Vec::new();
        loop {
            let first = outermost && branches.is_empty();
            branches.push(self.sequence(&mut flags, first)?);
            if !self.eat('|') {
                break;
            }
        }
        self.depth -= 1;
        Ok(match branches.len() {
            1 => branches.remove(0),
            _ => Node::Alt(branches),
        })
    }

    pub(super) fn sequence(&mut self, flags: &mut u32, outermost: bool) -> Result<Node> {
        let mut items: Vec<Node> = Vec::new();
        while let Some(c) = self.peek() {
            if c == '|' as u32 || c == ')' as u32 {
                break;
            }
            let start = self.at;
            self.at += 1;
            if *flags & flags::VERBOSE != 0 {
                if matches!(char::from_u32(c), Some(' ' | '\t' | '\n' | '\r' | '\x0b' | '\x0c')) {
                    continue;
                }
                if c == '#' as u32 {
                    while self.next().is_some_and(|c| c != '\n' as u32) {}
                    continue;
                }
            }
            let ignore = *flags & flags::IGNORECASE != 0;
            match char::from_u32(c) {
                Some('\\') => items.push(self.escape(start, *flags)?),
                Some('[') => items.push(self.set(start, *flags)?),
                Some('.') => items.push(Node::Any(*flags & flags::DOTALL != 0)),
                Some('^') if *flags & flags::MULTILINE != 0 => items.push(Node::At(At::BeginningOfLine)),
                Some('^') => items.push(Node::At(At::Beginning)),
                Some('$') if *flags & flags::MULTILINE != 0 => items.push(Node::At(At::EndOfLine)),
                Some('$') => items.push(Node::At(At::End)),
                Some('(') => {
                    let first = outermost && items.is_empty();
                    items.extend(self.group(start, flags, first)?);
                }
                Some('*' | '+' | '?') => self.repeat(start, c, &mut items)?,
                Some('{') => match self.braces(start)? {
                    Some((min, max)) => self.quantify(start, min, max, &mut items)?,
                    None => items.push(Node::Char(c, ignore)),
                },
                _ => items.push(Node::Char(c, ignore)),
            }
        }
        Ok(if items.len() == 1 { items.remove(0) } else { Node::Seq(items) })
    }

    fn repeat(&mut self, start: usize, c: u32, items: &mut Vec<Node>) -> Result<()> {
        let (min, max) = match char::from_u32(c) {
            Some('*') => (0, MAX_REPEAT),
            Some('+') => (1, MAX_REPEAT),
            _ => (0, 1),
        };
        self.quantify(start, min, max, items)
    }

    /// `{m}`, `{m,}`, `{,n}` or `{m,n}`; `None` if the brace stands for itself.
    fn braces(&mut self, start: usize) -> Result<Option<(u32, u32)>> {
        let number = |p: &mut Self| -> Option<u64> {
            let mut n = None;
            while let Some(d) = p.peek().and_then(digit) {
                p.at += 1;
                n = Some(n.unwrap_or(0u64).saturating_mul(10).saturating_add(d as u64));
            }
            n
        };
        if self.peek() == Some('}' as u32) {
            return Ok(None);
        }
        let low = number(self);
        let high = if self.eat(',') { number(self) } else { low };
        let comma = self.text[start + 1..self.at].contains(&(',' as u32));
        if !self.eat('}') || (low.is_none() && !comma) {
            self.at = start + 1;
            return Ok(None);
        }
        if low.is_some_and(|n| n >= MAX_REPEAT as u64) || high.is_some_and(|n| n >= MAX_REPEAT as u64) {
            return self.fail("the repetition number is too large", NOWHERE);
        }
        let (min, max) = (low.unwrap_or(0) as u32, high.map_or(MAX_REPEAT, |n| n as u32));
        if max < min {
            return self.fail("min repeat greater than max repeat", start + 1);
        }
        Ok(Some((min, max)))
    }

    fn quantify(&mut self, start: usize, min: u32, max: u32, items: &mut Vec<Node>) -> Result<()> {
        match items.last() {
            None | Some(Node::At(_)) => return self.fail("nothing to repeat", start),
            Some(Node::Repeat { .. }) => return self.fail("multiple repeat", start),
            Some(_) => {}
        }
        let greed = if self.eat('?') {
            Greed::Lazy
        } else if self.eat('+') {
            Greed::Possessive
        } else {
            Greed::Greedy
        };
        if let Some(node) = items.pop() {
            items.push(Node::Repeat { node: Box::new(node), min, max, greed });
        }
        Ok(())
    }
}

/// How many characters a node matches; `groups` says that of the groups that it refers to.
pub fn width(node: &Node, groups: &[Option<Width>]) -> Width {
    match node {
        Node::Char(..) | Node::Any(_) | Node::Set(_) => (1, 1),
        Node::At(_) | Node::Look { .. } => (0, 0),
        Node::Seq(items) => items
            .iter()
            .map(|n| width(n, groups))
            .fold((0, 0), |total, (a, b)| (u64::saturating_add(total.0, a), u64::saturating_add(total.1, b))),
        Node::Alt(items) => items
            .iter()
            .map(|n| width(n, groups))
            .fold((u64::MAX, 0), |range, (a, b)| (range.0.min(a), range.1.max(b))),
        Node::Repeat { node, min, max, .. } => {
            let (a, b) = width(node, groups);
            let most = if *max == MAX_REPEAT && b > 0 { u64::MAX } else { b.saturating_mul(*max as u64) };
            (a.saturating_mul(*min as u64), most)
        }
        Node::Group(_, node) | Node::Atomic(node) => width(node, groups),
        Node::Back(group, _) => {
            (*group as usize).checked_sub(1).and_then(|i| *groups.get(i)?).unwrap_or((0, u64::MAX))
        }
        Node::Cond { yes, no, .. } => {
            let ((a, b), (c, d)) = (width(yes, groups), width(no, groups));
            (a.min(c), b.max(d))
        }
    }
}
