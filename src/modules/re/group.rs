//! What stands in parentheses: groups, looks, conditions, flags.

use super::escape::letter;
use super::syntax::{Node, Parser, Result, flags, width};

/// The `repr` of a name.
fn quoted(name: &str) -> String {
    crate::types::str::quote(name)
}

impl Parser<'_> {
    /// A name up to `end`, which is eaten.
    fn name(&mut self, end: char, what: &str) -> Result<(String, usize)> {
        let from = self.at;
        while self.peek().is_some_and(|c| c != end as u32) {
            self.at += 1;
        }
        let name = self.slice(from, self.at);
        if self.peek().is_none() {
            return match name.is_empty() {
                true => self.fail(format!("missing {what}"), from),
                false => self.fail(format!("missing {end}, unterminated name"), from),
            };
        }
        self.at += 1;
        if name.is_empty() {
            return self.fail(format!("missing {what}"), from);
        }
        Ok((name, from))
    }

    fn check_name(&mut self, name: &str, position: usize) -> Result<()> {
        if !crate::types::unicode::is_identifier(name) {
            return self.fail(format!("bad character in group name {}", quoted(name)), position);
        }
        if self.is_bytes && !name.is_ascii() {
            self.deprecate_name(name, position);
        }
        Ok(())
    }

    fn deprecate_name(&mut self, name: &str, position: usize) {
        let shown = quoted(name);
        let shown = if self.is_bytes { crate::protocol::escape_non_ascii(&shown) } else { shown };
        self.warnings.push((format!("bad character in group name {shown} at position {position}"), true));
    }

    fn find_name(&self, name: &str) -> Option<u32> {
        self.names.iter().find(|n| n.0 == name).map(|n| n.1)
    }

    /// What begins with a parenthesis, which has been read. `None`: a comment or flags.
    pub(super) fn group(&mut self, start: usize, flags: &mut u32, first: bool) -> Result<Option<Node>> {
        let mut inner = *flags;
        let mut name = None;
        let mut capture = true;
        let mut atomic = false;
        if self.eat('?') {
            let Some(c) = self.next() else { return self.fail("unexpected end of pattern", self.at) };
            match char::from_u32(c).unwrap_or('\u{fffd}') {
                'P' => {
                    if self.eat('<') {
                        let (n, at) = self.name('>', "group name")?;
                        self.check_name(&n, at)?;
                        name = Some((n, at));
                    } else if self.eat('=') {
                        let (n, at) = self.name(')', "group name")?;
                        self.check_name(&n, at)?;
                        let Some(group) = self.find_name(&n) else {
                            return self.fail(format!("unknown group name {}", quoted(&n)), at);
                        };
                        self.check_closed(group, at)?;
                        return Ok(Some(Node::Back(group, *flags & flags::IGNORECASE != 0)));
                    } else {
                        let Some(c) = self.next() else {
                            return self.fail("unexpected end of pattern", self.at);
                        };
                        let c = char::from_u32(c).unwrap_or('?');
                        return self.fail(format!("unknown extension ?P{c}"), start + 1);
                    }
                }
                ':' => capture = false,
                '>' => (capture, atomic) = (false, true),
                '#' => loop {
                    match self.next() {
                        None => return self.fail("missing ), unterminated comment", start),
                        Some(c) if c == ')' as u32 => return Ok(None),
                        Some(_) => {}
                    }
                },
                c @ ('=' | '!' | '<') => return self.look(start, c, *flags).map(Some),
                '(' => return self.conditional(start, *flags).map(Some),
                c if c == '-' || "aiLmsux".contains(c) => match self.flags(c, start, first)? {
                    None => {
                        *flags = self.flags;
                        return Ok(None);
                    }
                    Some((add, remove)) => {
                        if add & flags::TYPES != 0 {
                            inner &= !flags::TYPES;
                        }
                        inner = (inner | add) & !remove;
                        capture = false;
                    }
                },
                c => {
                    let mut text =
                        if letter(c as u32) || !c.is_control() { c.to_string() } else { String::new() };
                    if c == '\\' {
                        // An escape is read in one piece.
                        let Some(escaped) = self.next() else {
                            return self.fail("bad escape (end of pattern)", self.at - 1);
                        };
                        text.extend(char::from_u32(escaped));
                    }
                    return self.fail(format!("unknown extension ?{text}"), start + 1);
                }
            }
        }
        let mut number = 0;
        if capture {
            self.groups += 1;
            number = self.groups;
            if let Some((n, at)) = name {
                if let Some(other) = self.find_name(&n) {
                    let text = format!(
                        "redefinition of group name {} as group {number}; was group {other}",
                        quoted(&n)
                    );
                    return self.fail(text, at);
                }
                self.names.push((n, number));
            }
            self.widths.push(None);
        }
        let node = self.alternatives(inner, false)?;
        if !self.eat(')') {
            return self.fail("missing ), unterminated subpattern", start);
        }
        if capture {
            self.widths[number as usize - 1] = Some(width(&node, &self.widths));
            return Ok(Some(Node::Group(number, Box::new(node))));
        }
        Ok(Some(if atomic { Node::Atomic(Box::new(node)) } else { Node::Seq(vec![node]) }))
    }

    fn look(&mut self, start: usize, c: char, flags: u32) -> Result<Node> {
        let mut ahead = true;
        let mut sign = c;
        if c == '<' {
            ahead = false;
            let Some(c) = self.next() else { return self.fail("unexpected end of pattern", self.at) };
            sign = char::from_u32(c).unwrap_or('?');
            if sign != '=' && sign != '!' {
                return self.fail(format!("unknown extension ?<{sign}"), start + 1);
            }
        }
        let before = self.behind;
        if !ahead && before.is_none() {
            self.behind = Some(self.groups);
        }
        let node = self.alternatives(flags, false)?;
        self.behind = before;
        if !self.eat(')') {
            return self.fail("missing ), unterminated subpattern", start);
        }
        if !ahead {
            let (least, most) = width(&node, &self.widths);
            let wrong = match () {
                _ if least > u32::MAX as u64 => Some("looks too much behind"),
                _ if least != most => Some("look-behind requires fixed-width pattern"),
                _ => None,
            };
            self.late = self.late.or(wrong);
        }
        Ok(Node::Look { ahead, negate: sign == '!', node: Box::new(node) })
    }

    fn conditional(&mut self, start: usize, flags: u32) -> Result<Node> {
        let (name, at) = self.name(')', "group name")?;
        let group = if crate::types::unicode::is_identifier(&name) {
            self.check_name(&name, at)?;
            match self.find_name(&name) {
                Some(g) => g,
                None => return self.fail(format!("unknown group name {}", quoted(&name)), at),
            }
        } else {
            let Some(n) = group_number(&name) else {
                return self.fail(format!("bad character in group name {}", quoted(&name)), at);
            };
            if n == 0 {
                return self.fail("bad group number", at);
            }
            if n >= MAX_GROUPS {
                return self.fail(format!("invalid group reference {n}"), at);
            }
            let n = n as u32;
            self.conditions.push((n, at));
            if !name.bytes().all(|b| b.is_ascii_digit()) {
                self.deprecate_name(&name, at);
            }
            n
        };
        self.check_behind(group)?;
        let mut flags = flags;
        let yes = self.sequence(&mut flags, false)?;
        let no = if self.eat('|') { self.sequence(&mut flags, false)? } else { Node::Seq(Vec::new()) };
        if self.peek() == Some('|' as u32) {
            return self.fail("conditional backref with more than two branches", self.at);
        }
        if !self.eat(')') {
            return self.fail("missing ), unterminated subpattern", start);
        }
        Ok(Node::Cond { group, yes: Box::new(yes), no: Box::new(no) })
    }

    /// Flags in parentheses; `None` if they are for the whole pattern.
    fn flags(&mut self, first: char, start: usize, allowed: bool) -> Result<Option<(u32, u32)>> {
        let bit = |c: char| match c {
            'a' => flags::ASCII,
            'i' => flags::IGNORECASE,
            'L' => flags::LOCALE,
            'm' => flags::MULTILINE,
            's' => flags::DOTALL,
            'u' => flags::UNICODE,
            _ => flags::VERBOSE,
        };
        let (mut add, mut remove) = (0, 0);
        let mut c = first;
        while c != '-' && c != ')' && c != ':' {
            match c {
                'L' if !self.is_bytes => {
                    return self.fail("bad inline flags: cannot use 'L' flag with a str pattern", self.at);
                }
                'u' if self.is_bytes => {
                    return self.fail("bad inline flags: cannot use 'u' flag with a bytes pattern", self.at);
                }
                _ => {}
            }
            add |= bit(c);
            if (add & flags::TYPES).count_ones() > 1 {
                return self.fail("bad inline flags: flags 'a', 'u' and 'L' are incompatible", self.at);
            }
            c = match self.next().and_then(char::from_u32) {
                None => return self.fail("missing -, : or )", self.at),
                Some(c) if "aiLmsux-:)".contains(c) => c,
                Some(c) if c.is_alphabetic() => return self.fail("unknown flag", self.at - 1),
                Some(_) => return self.fail("missing -, : or )", self.at - 1),
            };
        }
        if c == ')' {
            if !allowed {
                return self.fail("global flags not at the start of the expression", start);
            }
            self.flags |= add;
            return Ok(None);
        }
        if c == '-' {
            // Behind the sign there has to be a flag, and a colon may follow each.
            let mut missing = "missing flag";
            loop {
                c = match self.next().and_then(char::from_u32) {
                    None => return self.fail(missing, self.at),
                    Some(c) if "aiLmsux".contains(c) => c,
                    Some(':') if remove != 0 => break,
                    Some(c) if c.is_alphabetic() => return self.fail("unknown flag", self.at - 1),
                    Some(_) => return self.fail(missing, self.at - 1),
                };
                missing = "missing :";
                if bit(c) & flags::TYPES != 0 {
                    let text = "bad inline flags: cannot turn off flags 'a', 'u' and 'L'";
                    return self.fail(text, self.at);
                }
                remove |= bit(c);
            }
            if add & remove != 0 {
                return self.fail("bad inline flags: flag turned on and off", self.at - 1);
            }
        }
        Ok(Some((add, remove)))
    }
}

/// There are fewer groups than this.
pub const MAX_GROUPS: u64 = (1 << 30) - 1;

/// The number of a group, as `int` reads it.
pub fn group_number(name: &str) -> Option<u64> {
    let number = crate::types::int::parse_text(name, 10).ok()??;
    match crate::types::int::to_i64(&number) {
        Some(n) => u64::try_from(n).ok(),
        None => (!crate::types::int::is_negative(&number)).then_some(u64::MAX),
    }
}
