//! The matcher: runs a program on a text, with a stack of its own for what may still be tried.

use super::chars::{self, bit, is_word};
use super::program::{ANYTHING, Inst, One, Program};
use super::syntax::{At, Greed, MAX_REPEAT};
use crate::object::Result;
use crate::vm::safepoint;

/// A slot without a position.
pub const UNSET: usize = usize::MAX;
/// How many dead ends lie between two looks at signals.
const POLL: u32 = 1 << 16;

/// The text: bytes, which are characters of their own unless it is `wide`, UTF-8.
#[derive(Clone, Copy)]
pub struct Text<'a> {
    pub data: &'a [u8],
    pub wide: bool,
}

impl Text<'_> {
    /// The character at a position, and the position behind it.
    #[inline(always)]
    fn next(&self, at: usize, end: usize) -> Option<(u32, usize)> {
        if at >= end {
            return None;
        }
        let b = self.data[at];
        if b < 128 || !self.wide {
            return Some((b as u32, at + 1));
        }
        let rest = |i: usize| (self.data[at + i] & 0x3f) as u32;
        Some(match b {
            0..0xe0 => ((b as u32 & 0x1f) << 6 | rest(1), at + 2),
            0xe0..0xf0 => ((b as u32 & 0xf) << 12 | rest(1) << 6 | rest(2), at + 3),
            _ => ((b as u32 & 7) << 18 | rest(1) << 12 | rest(2) << 6 | rest(3), at + 4),
        })
    }

    /// The position before the character that ends at one.
    #[inline(always)]
    pub fn back(&self, at: usize) -> usize {
        let mut at = at - 1;
        while self.wide && at > 0 && self.data[at] & 0xc0 == 0x80 {
            at -= 1;
        }
        at
    }

    fn before(&self, at: usize) -> Option<u32> {
        if at == 0 { None } else { self.next(self.back(at), at).map(|c| c.0) }
    }

    /// The position behind the next character.
    pub fn forward(&self, at: usize) -> usize {
        self.next(at, self.data.len()).map_or(at + 1, |c| c.1)
    }
}

/// What can still be tried, or must be undone on the way there.
enum Entry {
    Branch {
        pc: usize,
        at: usize,
    },
    /// A repeated character can be given back, down to `least`; `follow` is what may come then.
    Less {
        pc: usize,
        at: usize,
        least: usize,
        follow: usize,
    },
    /// A repeated character can be taken `left` times more.
    More {
        pc: usize,
        at: usize,
        left: u32,
    },
    Slot {
        index: usize,
        old: usize,
    },
    Counter {
        index: usize,
        old: (u32, usize),
    },
    /// The group that was closed last.
    Last(usize),
    /// A look begins: where it goes on, and from where.
    Look {
        negate: bool,
        to: usize,
        at: usize,
    },
    Atomic,
}

/// Where a match has to end.
#[derive(Clone, Copy, PartialEq)]
pub enum Ending {
    Anywhere,
    /// At the end of the text.
    AtEnd,
    /// Not where it began.
    Elsewhere,
}

/// The matcher's memory, used again for every position.
pub struct Matcher<'p, 't> {
    program: &'p Program,
    text: Text<'t>,
    end: usize,
    /// For each group its beginning and end; the first two are those of the match.
    pub slots: Vec<usize>,
    /// The group that was closed last, or 0.
    pub last: usize,
    counters: Vec<(u32, usize)>,
    stack: Vec<Entry>,
    /// The heights of the stack at looks and atomic groups that are open.
    marks: Vec<usize>,
    ticks: u32,
}

impl<'p, 't> Matcher<'p, 't> {
    /// A matcher for the text up to `end`.
    pub fn new(program: &'p Program, text: Text<'t>, end: usize) -> Matcher<'p, 't> {
        Matcher {
            program,
            text,
            end,
            slots: vec![UNSET; program.groups * 2 + 2],
            last: 0,
            counters: vec![(0, UNSET); program.counters],
            stack: Vec::new(),
            marks: Vec::new(),
            ticks: POLL,
        }
    }

    /// Looks for a match that begins at `start` or later.
    pub fn search(&mut self, start: usize, ending: Ending) -> Result<bool> {
        let (mut at, mut ending) = (start, ending);
        let data = &self.text.data[..self.end];
        loop {
            if self.program.anchored && at > 0 {
                return Ok(false);
            }
            if let Some(prefix) = &self.program.prefix {
                match prefix.find(&data[at..]) {
                    Some(n) => at += n,
                    None => return Ok(false),
                }
            } else if let Some(first) = &self.program.first {
                match data[at..].iter().position(|b| first[*b as usize]) {
                    Some(n) => at += n,
                    None => return Ok(false),
                }
                // Not within a character.
                while self.text.wide && at < self.end && data[at] & 0xc0 == 0x80 {
                    at += 1;
                }
            }
            if at != start {
                ending = if ending == Ending::Elsewhere { Ending::Anywhere } else { ending };
            }
            if self.match_at(at, ending)? {
                return Ok(true);
            }
            if at >= self.end {
                return Ok(false);
            }
            at = self.text.forward(at);
        }
    }

    /// Matches at a position.
    pub fn match_at(&mut self, start: usize, ending: Ending) -> Result<bool> {
        self.slots.fill(UNSET);
        self.last = 0;
        self.stack.clear();
        self.marks.clear();
        match self.run(start, ending)? {
            Some(end) => {
                (self.slots[0], self.slots[1]) = (start, end);
                Ok(true)
            }
            None => Ok(false),
        }
    }

    #[inline(always)]
    fn one(&self, what: One, c: u32) -> bool {
        match what {
            One::Char(x) => x == c,
            One::Either(x, y) => x == c || y == c,
            One::Any => true,
            One::AnyButNewline => c != 10,
            One::Set(n) => self.program.sets[n].has(c),
        }
    }

    fn holds(&self, at: At, pos: usize) -> bool {
        let newline_at = |p: usize| self.text.data[..self.end].get(p) == Some(&b'\n');
        match at {
            At::Beginning => pos == 0,
            At::BeginningOfLine => pos == 0 || self.text.data[pos - 1] == b'\n',
            At::EndOfString => pos == self.end,
            At::End => pos == self.end || (pos + 1 == self.end && newline_at(pos)),
            At::EndOfLine => pos == self.end || newline_at(pos),
            At::Boundary(ascii) | At::NoBoundary(ascii) => {
                let word = |c: Option<u32>| c.is_some_and(|c| is_word(c, ascii));
                let before = word(self.text.before(pos));
                let after = word(self.text.next(pos, self.end).map(|c| c.0));
                // An empty text has neither boundary.
                if self.end == 0 {
                    return false;
                }
                (before != after) == matches!(at, At::Boundary(_))
            }
        }
    }

    /// Notes what is to be restored, unless there is nothing to go back to.
    #[inline(always)]
    fn note(&mut self, entry: Entry) {
        if !self.stack.is_empty() {
            self.stack.push(entry);
        }
    }

    fn set_slot(&mut self, index: usize, value: usize) {
        self.note(Entry::Slot { index, old: self.slots[index] });
        self.slots[index] = value;
        if index % 2 == 1 && self.last != index / 2 {
            self.note(Entry::Last(self.last));
            self.last = index / 2;
        }
    }

    fn set_counter(&mut self, index: usize, value: (u32, usize)) {
        self.note(Entry::Counter { index, old: self.counters[index] });
        self.counters[index] = value;
    }

    /// Whether the byte at a position is in a table.
    #[inline(always)]
    fn may_come(&self, table: usize, at: usize) -> bool {
        table == ANYTHING || (at < self.end && bit(&self.program.tables[table], self.text.data[at]))
    }

    /// Ends the innermost look or atomic group: what could still be tried in it is forgotten, not so what has to
    /// be undone.
    fn cut(&mut self) {
        let height = self.marks.pop().unwrap_or(0);
        let inside = self.stack.split_off(height);
        let undo = |e: &Entry| matches!(e, Entry::Slot { .. } | Entry::Counter { .. } | Entry::Last(_));
        self.stack.extend(inside.into_iter().filter(undo));
    }

    /// The position behind just `n` characters that match.
    fn take_all(&self, what: One, from: usize, n: u32) -> Option<usize> {
        (0..n).try_fold(from, |at, _| {
            let (c, next) = self.text.next(at, self.end)?;
            self.one(what, c).then_some(next)
        })
    }

    /// The position behind as many characters that match as there are, `n` at most.
    fn take(&self, what: One, from: usize, n: u32) -> usize {
        let data = &self.text.data[..self.end];
        // As long as characters are bytes, the end of what may be taken is known.
        let limit = if n == MAX_REPEAT { self.end } else { self.end.min(from.saturating_add(n as usize)) };
        let ascii_end = |table: &[u64; 4]| {
            let fits = |b: &u8| bit(table, *b) && (*b < 128 || !self.text.wide);
            from + data[from..limit].iter().position(|b| !fits(b)).unwrap_or(limit - from)
        };
        let mut at = match what {
            One::Any if !self.text.wide => return limit,
            One::AnyButNewline if !self.text.wide || n == MAX_REPEAT => {
                return from + memchr::memchr(b'\n', &data[from..limit]).unwrap_or(limit - from);
            }
            One::Set(set) => ascii_end(&self.program.sets[set].table),
            _ => from,
        };
        if at >= limit {
            return limit;
        }
        let mut left = if n == MAX_REPEAT { usize::MAX } else { n as usize - (at - from) };
        while left > 0
            && let Some((c, next)) = self.text.next(at, self.end)
            && self.one(what, c)
        {
            at = next;
            left -= 1;
        }
        at
    }

    /// The last position down to `least` from `at` at which what follows may come.
    #[inline]
    fn give_back(&self, follow: usize, at: usize, least: usize) -> Option<usize> {
        let mut at = at;
        while !self.may_come(follow, at) {
            if at <= least {
                return None;
            }
            at = self.text.back(at);
        }
        Some(at)
    }

    /// Runs the program; the position of the end of the match.
    fn run(&mut self, start: usize, ending: Ending) -> Result<Option<usize>> {
        let program = self.program;
        let (mut pc, mut at) = (0, start);
        loop {
            let good = match &program.code[pc] {
                Inst::One(what) => match self.text.next(at, self.end) {
                    Some((c, next)) if self.one(*what, c) => {
                        at = next;
                        pc += 1;
                        true
                    }
                    _ => false,
                },
                Inst::At(place) => {
                    pc += 1;
                    self.holds(*place, at)
                }
                Inst::Jump(to) => {
                    pc = *to;
                    true
                }
                Inst::Split { to, here, there } => {
                    if !self.may_come(*here, at) {
                        pc = *to;
                    } else {
                        if self.may_come(*there, at) {
                            self.stack.push(Entry::Branch { pc: *to, at });
                        }
                        pc += 1;
                    }
                    true
                }
                Inst::SplitLazy(to) => {
                    self.stack.push(Entry::Branch { pc: pc + 1, at });
                    pc = *to;
                    true
                }
                Inst::Save(slot) => {
                    self.set_slot(*slot, at);
                    pc += 1;
                    true
                }
                Inst::Back { group, ignore } => match self.back_reference(*group, *ignore, at) {
                    Some(next) => {
                        at = next;
                        pc += 1;
                        true
                    }
                    None => false,
                },
                Inst::Repeat { what, min, max, greed, follow } => match self.take_all(*what, at, *min) {
                    None => false,
                    Some(least) if *greed == Greed::Lazy => {
                        if max > min {
                            self.stack.push(Entry::More { pc, at: least, left: max - min });
                        }
                        at = least;
                        pc += 1;
                        true
                    }
                    Some(least) => {
                        let left = if *max == MAX_REPEAT { MAX_REPEAT } else { max - min };
                        let to = self.take(*what, least, left);
                        pc += 1;
                        let back = if *greed == Greed::Greedy { least } else { to };
                        match self.give_back(*follow, to, back) {
                            Some(there) => {
                                if there > back {
                                    self.stack.push(Entry::Less { pc, at: there, least, follow: *follow });
                                }
                                at = there;
                                true
                            }
                            None => false,
                        }
                    }
                },
                Inst::Begin { counter } => {
                    self.set_counter(*counter, (0, UNSET));
                    pc += 1;
                    true
                }
                Inst::Loop { counter, min, max, lazy, leave, turn } => {
                    let (count, last) = self.counters[*counter];
                    let again = count < *max && last != at && self.may_come(*turn, at);
                    if count < *min {
                        pc += 1;
                    } else if *lazy {
                        if again {
                            self.stack.push(Entry::Branch { pc: pc + 1, at });
                        }
                        pc = *leave;
                    } else if again {
                        self.stack.push(Entry::Branch { pc: *leave, at });
                        pc += 1;
                    } else {
                        pc = *leave;
                    }
                    true
                }
                Inst::Turn { counter } => {
                    let (count, _) = self.counters[*counter];
                    self.set_counter(*counter, (count.saturating_add(1), at));
                    pc += 1;
                    true
                }
                Inst::Look { negate, back, to } => {
                    let from = self.behind(at, back.unwrap_or(0));
                    match from {
                        Some(p) => {
                            self.marks.push(self.stack.len());
                            self.stack.push(Entry::Look { negate: *negate, to: *to, at });
                            at = p;
                            pc += 1;
                            true
                        }
                        None if *negate => {
                            pc = *to;
                            true
                        }
                        None => false,
                    }
                }
                Inst::LookEnd { negate: false } => {
                    let height = self.marks.last().copied().unwrap_or(0);
                    let began = match self.stack.get(height) {
                        Some(Entry::Look { at, .. }) => *at,
                        _ => at,
                    };
                    self.cut();
                    at = began;
                    pc += 1;
                    true
                }
                Inst::LookEnd { negate: true } => {
                    let height = self.marks.pop().unwrap_or(0);
                    while self.stack.len() > height {
                        self.undo();
                    }
                    false
                }
                Inst::Atomic => {
                    self.marks.push(self.stack.len());
                    self.stack.push(Entry::Atomic);
                    pc += 1;
                    true
                }
                Inst::AtomicEnd => {
                    self.cut();
                    pc += 1;
                    true
                }
                Inst::Unless { group, to } => {
                    let matched = self.slots[group * 2 + 1] != UNSET;
                    pc = if matched { pc + 1 } else { *to };
                    true
                }
                Inst::Match => match ending {
                    Ending::AtEnd if at != self.end => false,
                    Ending::Elsewhere if at == start => false,
                    _ => return Ok(Some(at)),
                },
            };
            if !good {
                match self.retreat()? {
                    Some(place) => (pc, at) = place,
                    None => return Ok(None),
                }
            }
        }
    }

    /// Takes the last entry off the stack and restores what it has kept.
    fn undo(&mut self) {
        match self.stack.pop() {
            Some(Entry::Slot { index, old }) => self.slots[index] = old,
            Some(Entry::Counter { index, old }) => self.counters[index] = old,
            Some(Entry::Last(old)) => self.last = old,
            _ => {}
        }
    }

    /// Goes back to where something else can be tried: an instruction and a position.
    fn retreat(&mut self) -> Result<Option<(usize, usize)>> {
        self.ticks -= 1;
        if self.ticks == 0 {
            self.ticks = POLL;
            safepoint::interrupted()?;
        }
        loop {
            match self.stack.pop() {
                None => return Ok(None),
                Some(Entry::Branch { pc, at }) => return Ok(Some((pc, at))),
                Some(Entry::Less { pc, at, least, follow }) => {
                    if let Some(at) = self.give_back(follow, self.text.back(at), least) {
                        if at > least {
                            self.stack.push(Entry::Less { pc, at, least, follow });
                        }
                        return Ok(Some((pc, at)));
                    }
                }
                Some(Entry::More { pc, at, left }) => {
                    let Inst::Repeat { what, .. } = &self.program.code[pc] else { continue };
                    if let Some((c, next)) = self.text.next(at, self.end)
                        && self.one(*what, c)
                    {
                        if left > 1 {
                            let left = if left == MAX_REPEAT { left } else { left - 1 };
                            self.stack.push(Entry::More { pc, at: next, left });
                        }
                        return Ok(Some((pc + 1, next)));
                    }
                }
                Some(Entry::Slot { index, old }) => self.slots[index] = old,
                Some(Entry::Counter { index, old }) => self.counters[index] = old,
                Some(Entry::Last(old)) => self.last = old,
                Some(Entry::Look { negate, to, at }) => {
                    self.marks.pop();
                    if negate {
                        return Ok(Some((to, at)));
                    }
                }
                Some(Entry::Atomic) => _ = self.marks.pop(),
            }
        }
    }

    /// The position `n` characters before another.
    fn behind(&self, at: usize, n: usize) -> Option<usize> {
        // A character is one byte at least.
        let first = at.checked_sub(n)?;
        if !self.text.wide {
            return Some(first);
        }
        (0..n).try_fold(at, |p, _| if p == 0 { None } else { Some(self.text.back(p)) })
    }

    fn back_reference(&self, group: usize, ignore: bool, at: usize) -> Option<usize> {
        let (from, to) = (self.slots[group * 2], self.slots[group * 2 + 1]);
        if from == UNSET || to == UNSET || from > to {
            return None;
        }
        let wanted = &self.text.data[from..to];
        if !ignore {
            let there = self.text.data[..self.end].get(at..at + wanted.len())?;
            return (there == wanted).then_some(at + wanted.len());
        }
        let (mut p, mut q) = (from, at);
        while p < to {
            let (a, next_p) = self.text.next(p, to)?;
            let (b, next_q) = self.text.next(q, self.end)?;
            if !chars::same_folded(a, b, self.program.ascii) {
                return None;
            }
            (p, q) = (next_p, next_q);
        }
        Some(q)
    }
}
