//! Escapes and sets of the syntax.

use super::chars::{Category, Set};
use super::syntax::{At, Node, Parser, Result, flags};

/// A member of a set.
pub enum Item {
    Char(u32),
    Category(Category, bool),
}

pub(super) fn letter(c: u32) -> bool {
    char::from_u32(c).is_some_and(|c| c.is_ascii_alphabetic())
}

pub(super) fn digit(c: u32) -> Option<u32> {
    char::from_u32(c).filter(char::is_ascii_digit).map(|c| c as u32 - '0' as u32)
}

impl Parser<'_> {
    /// Up to `n` hexadecimal digits, of which there must be just so many.
    fn hex(&mut self, start: usize, n: usize) -> Result<u32> {
        let from = self.at;
        while self.at < from + n
            && self.peek().and_then(char::from_u32).is_some_and(|c| c.is_ascii_hexdigit())
        {
            self.at += 1;
        }
        if self.at - from != n {
            return self.fail(format!("incomplete escape {}", self.slice(start, self.at)), start);
        }
        let n = u32::from_str_radix(&self.slice(from, self.at), 16).unwrap_or(0);
        if char::from_u32(n).is_none() && n > 0x10ffff {
            return self.fail(format!("bad escape {}", self.slice(start, self.at)), start);
        }
        Ok(crate::types::unicode::char_of(n).map_or(n, |c| c as u32))
    }

    /// The escapes that are the same inside and outside of sets; the letter has been read.
    fn common_escape(&mut self, start: usize, c: char) -> Result<Option<u32>> {
        Ok(Some(match c {
            'a' => 7,
            'f' => 12,
            'n' => 10,
            'r' => 13,
            't' => 9,
            'v' => 11,
            '\\' => '\\' as u32,
            'x' => self.hex(start, 2)?,
            'u' if !self.is_bytes => self.hex(start, 4)?,
            'U' if !self.is_bytes => self.hex(start, 8)?,
            'N' if !self.is_bytes => {
                if !self.eat('{') {
                    return self.fail("missing {", self.at);
                }
                let from = self.at;
                while self.peek().is_some_and(|c| c != '}' as u32) {
                    self.at += 1;
                }
                let name = self.slice(from, self.at);
                if name.is_empty() {
                    return self.fail("missing character name", from);
                }
                if !self.eat('}') {
                    return self.fail("missing }, unterminated name", from);
                }
                match crate::types::unicode::character(&name) {
                    Some(c) => c as u32,
                    None => return self.fail(format!("undefined character name '{name}'"), start),
                }
            }
            _ => return Ok(None),
        }))
    }

    fn category(&self, c: char, flags: u32) -> Option<(Category, bool)> {
        let ascii = self.ascii(flags);
        Some(match c {
            'd' => (Category::Digit(ascii), false),
            'D' => (Category::Digit(ascii), true),
            's' => (Category::Space(ascii), false),
            'S' => (Category::Space(ascii), true),
            'w' => (Category::Word(ascii), false),
            'W' => (Category::Word(ascii), true),
            _ => return None,
        })
    }

    fn octal(&mut self, first: u32, max: usize) -> u32 {
        let mut n = first;
        for _ in 1..max {
            match self.peek().and_then(digit).filter(|d| *d < 8) {
                Some(d) => {
                    n = n * 8 + d;
                    self.at += 1;
                }
                None => break,
            }
        }
        n
    }

    fn bad_escape<T>(&self, start: usize) -> Result<T> {
        self.fail(format!("bad escape {}", self.slice(start, self.at)), start)
    }

    pub(super) fn escape(&mut self, start: usize, flags: u32) -> Result<Node> {
        let Some(c) = self.next() else { return self.fail("bad escape (end of pattern)", start) };
        let ch = char::from_u32(c).unwrap_or('\u{fffd}');
        let ignore = flags & flags::IGNORECASE != 0;
        let ascii = self.ascii(flags);
        match ch {
            'A' => return Ok(Node::At(At::Beginning)),
            'Z' => return Ok(Node::At(At::EndOfString)),
            'b' => return Ok(Node::At(At::Boundary(ascii))),
            'B' => return Ok(Node::At(At::NoBoundary(ascii))),
            _ => {}
        }
        if let Some((category, negate)) = self.category(ch, flags) {
            return Ok(Node::Set(Box::new(Set::of_category(category, negate))));
        }
        if let Some(c) = self.common_escape(start, ch)? {
            return Ok(Node::Char(c, ignore));
        }
        if c == '0' as u32 {
            let n = self.octal(0, 3);
            return Ok(Node::Char(n, ignore));
        }
        if let Some(d) = digit(c) {
            let mut n = d;
            if let Some(second) = self.peek().and_then(digit) {
                let third = self.text.get(self.at + 1).copied().and_then(digit);
                if d < 8
                    && second < 8
                    && let Some(third) = third.filter(|t| *t < 8)
                {
                    self.at += 2;
                    let n = d * 64 + second * 8 + third;
                    if n > 0o377 {
                        let text = self.slice(start, self.at);
                        return self
                            .fail(format!("octal escape value {text} outside of range 0-0o377"), start);
                    }
                    return Ok(Node::Char(n, ignore));
                }
                self.at += 1;
                n = d * 10 + second;
            }
            if n <= self.groups {
                self.check_closed(n, start)?;
                return Ok(Node::Back(n, ignore));
            }
            return self.fail(format!("invalid group reference {n}"), start + 1);
        }
        if letter(c) {
            return self.bad_escape(start);
        }
        Ok(Node::Char(c, ignore))
    }

    fn is_closed(&self, group: u32) -> bool {
        (group as usize).checked_sub(1).and_then(|i| self.widths.get(i)).is_some_and(Option::is_some)
    }

    /// Whether what a group has matched can be asked for here.
    pub(super) fn check_closed(&self, group: u32, position: usize) -> Result<()> {
        if !self.is_closed(group) {
            return self.fail("cannot refer to an open group", position);
        }
        self.check_behind(group)
    }

    /// In a lookbehind, only groups that were closed before it can be referred to.
    pub(super) fn check_behind(&self, group: u32) -> Result<()> {
        let Some(before) = self.behind else { return Ok(()) };
        if !self.is_closed(group) {
            return self.fail("cannot refer to an open group", self.at);
        }
        if group > before {
            return self.fail("cannot refer to group defined in the same lookbehind subpattern", self.at);
        }
        Ok(())
    }

    fn will_change(&mut self, what: &str, position: usize) {
        self.warnings.push((format!("Possible {what} at position {position}"), false));
    }

    /// A set in brackets; the first one has been read.
    pub(super) fn set(&mut self, start: usize, flags: u32) -> Result<Node> {
        if self.peek() == Some('[' as u32) {
            self.will_change("nested set", self.at);
        }
        let negate = self.eat('^');
        let mut set = Set::new(flags & flags::IGNORECASE != 0, self.ascii(flags), negate);
        let first = self.at;
        loop {
            let from = self.at;
            let Some(c) = self.next() else { return self.fail("unterminated character set", start) };
            if c == ']' as u32 && from != first {
                break;
            }
            if from != first && self.peek() == Some(c) {
                match char::from_u32(c) {
                    Some('-') => self.will_change("set difference", from),
                    Some('&') => self.will_change("set intersection", from),
                    Some('~') => self.will_change("set symmetric difference", from),
                    Some('|') => self.will_change("set union", from),
                    _ => {}
                }
            }
            let low = self.set_item(from, c, flags)?;
            if self.peek() == Some('-' as u32) {
                let dash = self.at;
                self.at += 1;
                let Some(c) = self.next() else { return self.fail("unterminated character set", start) };
                if c == ']' as u32 {
                    set.add_item(&low);
                    set.add_range('-' as u32, '-' as u32);
                    break;
                }
                if c == '-' as u32 {
                    self.will_change("set difference", dash);
                }
                let high = self.set_item(dash + 1, c, flags)?;
                match (&low, &high) {
                    (Item::Char(a), Item::Char(b)) if a <= b => set.add_range(*a, *b),
                    _ => {
                        // Of escapes, only the first two characters are shown, and counted.
                        let token =
                            |at: usize| self.slice(at, at + 1 + (self.text[at] == '\\' as u32) as usize);
                        let text = format!("{}-{}", token(from), token(dash + 1));
                        let position = self.at.saturating_sub(text.chars().count());
                        return self.fail(format!("bad character range {text}"), position);
                    }
                }
                continue;
            }
            set.add_item(&low);
        }
        set.finish();
        Ok(Node::Set(Box::new(set)))
    }

    /// A member of a set; its first character has been read.
    fn set_item(&mut self, from: usize, c: u32, flags: u32) -> Result<Item> {
        if c != '\\' as u32 {
            return Ok(Item::Char(c));
        }
        let Some(c) = self.next() else { return self.fail("bad escape (end of pattern)", from) };
        let ch = char::from_u32(c).unwrap_or('\u{fffd}');
        if ch == 'b' {
            return Ok(Item::Char(8));
        }
        if let Some((category, negate)) = self.category(ch, flags) {
            return Ok(Item::Category(category, negate));
        }
        if let Some(c) = self.common_escape(from, ch)? {
            return Ok(Item::Char(c));
        }
        if let Some(d) = digit(c) {
            if d >= 8 {
                return self.bad_escape(from);
            }
            let n = self.octal(d, 3);
            if n > 0o377 {
                let text = self.slice(from, self.at);
                return self.fail(format!("octal escape value {text} outside of range 0-0o377"), from);
            }
            return Ok(Item::Char(n));
        }
        if letter(c) {
            return self.bad_escape(from);
        }
        Ok(Item::Char(c))
    }
}
