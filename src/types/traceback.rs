//! The text of tracebacks, as CPython 3.11 prints that of uncaught exceptions.

use super::exception::{self, Place, group};
use super::suggest;
use super::type_::full_name;
use super::unicode::columns;
use crate::object::{Layout, Value, intern};
use crate::protocol;
use crate::vm;
use std::fmt::Write;

/// After this many equal lines in a row the rest is only counted.
const MAX_REPEATS: usize = 3;
/// Groups nested deeper than this are not shown.
const MAX_GROUP_DEPTH: usize = 10;
/// Of a group with more exceptions the others are only counted.
const MAX_GROUP_WIDTH: usize = 15;

/// The whole text for an exception, causes and contexts first.
pub fn render(e: &Value) -> String {
    let mut text = Text { out: String::new(), depth: 0, need_close: false, seen: Vec::new() };
    text.exception(e);
    text.out
}

/// What is written, and where in groups.
struct Text {
    out: String,
    /// How many groups surround what is written.
    depth: usize,
    /// The innermost group still needs its last line.
    need_close: bool,
    /// Exceptions that have been written: circles end there.
    seen: Vec<u64>,
}

impl Text {
    fn indent(&mut self) {
        self.out.extend(std::iter::repeat_n(' ', 2 * self.depth));
    }

    /// What stands before each line.
    fn margin(&mut self) {
        if self.depth > 0 {
            self.indent();
            self.out += "| ";
        }
    }

    fn lines(&mut self, text: &str) {
        for line in text.split_inclusive('\n') {
            self.margin();
            self.out += line;
        }
    }

    fn exception(&mut self, e: &Value) {
        if !vm::Thread::current().native_room() {
            return;
        }
        self.seen.push(e.id());
        let earlier = match exception::cause(e) {
            Some(c) => Some((c, "The above exception was the direct cause of the following exception:")),
            None => exception::context(e)
                .map(|c| (c, "During handling of the above exception, another exception occurred:")),
        };
        if let Some((c, link)) = earlier.filter(|(c, _)| !self.seen.contains(&c.id())) {
            self.exception(&c);
            self.lines(&format!("\n{link}\n\n"));
        }
        if e.ty().is_subtype(&exception::BASE_EXCEPTION_GROUP) {
            self.group(e);
        } else {
            self.one(e, "Traceback (most recent call last):\n", false);
        }
    }

    /// Without its history: the frames, the message, the notes. `plus`: the margin of the first line is `+`.
    fn one(&mut self, e: &Value, title: &str, plus: bool) {
        let places = exception::places(e);
        if !places.is_empty() {
            if plus {
                self.indent();
                self.out += "+ ";
            } else {
                self.margin();
            }
            self.out += title;
            self.lines(&render_places(&places));
        }
        let place = syntax_place(e);
        if let Some(place) = &place {
            self.lines(place);
        }
        self.margin();
        self.out += &message_line(e, place.is_some());
        self.notes(e);
    }

    fn notes(&mut self, e: &Value) {
        let Ok(Some(notes)) = protocol::get_attr_opt(e, &intern("__notes__")) else { return };
        let sequence = notes.ty().slots().get_item.is_some() && notes.ty().layout != Layout::Dict;
        if !sequence {
            let text =
                protocol::repr_string(&notes).unwrap_or_else(|_| "<__notes__ repr() failed>".to_owned());
            return self.lines(&format!("{text}\n"));
        }
        for note in protocol::collect(&notes).unwrap_or_default() {
            let text = protocol::str_string(&note).unwrap_or_else(|_| "<note str() failed>".to_owned());
            for line in text.split('\n') {
                self.lines(&format!("{line}\n"));
            }
        }
    }

    fn group(&mut self, e: &Value) {
        if self.depth > MAX_GROUP_DEPTH {
            return self.lines(&format!("... (max_group_depth is {MAX_GROUP_DEPTH})\n"));
        }
        let outermost = self.depth == 0;
        if outermost {
            self.depth = 1;
        }
        self.one(e, "Exception Group Traceback (most recent call last):\n", outermost);
        let members = group::members(e);
        let shown = members.len().min(MAX_GROUP_WIDTH);
        let parts = shown + (members.len() > shown) as usize;
        self.need_close = false;
        for i in 0..parts {
            self.need_close |= i + 1 == parts;
            self.indent();
            self.out += if i == 0 { "+-" } else { "  " };
            self.out += "+---------------- ";
            match members.get(i).filter(|_| i < shown) {
                Some(member) => {
                    let _ = writeln!(self.out, "{} ----------------", i + 1);
                    self.depth += 1;
                    self.exception(member);
                }
                None => {
                    self.out += "... ----------------\n";
                    self.depth += 1;
                    let n = members.len() - shown;
                    self.lines(&format!("and {n} more exception{}\n", if n == 1 { "" } else { "s" }));
                }
            }
            if i + 1 == parts && self.need_close {
                self.indent();
                self.out += "+------------------------------------\n";
                self.need_close = false;
            }
            self.depth -= 1;
        }
        if outermost {
            self.depth = 0;
        }
    }
}

/// The lines for frames.
pub fn render_places(places: &[Place]) -> String {
    let mut out = String::new();
    let mut repeats = 0;
    let mut last: Option<(&str, i64, &str)> = None;
    let flush = |out: &mut String, repeats: usize| {
        if repeats > MAX_REPEATS {
            let n = repeats - MAX_REPEATS;
            let _ =
                writeln!(out, "  [Previous line repeated {n} more time{}]", if n == 1 { "" } else { "s" });
        }
    };
    for p in places {
        let line = p.line();
        let key = (&*p.code.source.filename, line, &*p.code.name);
        if last == Some(key) {
            repeats += 1;
        } else {
            flush(&mut out, repeats);
            repeats = 1;
            last = Some(key);
        }
        if repeats <= MAX_REPEATS {
            let _ = writeln!(out, "  File \"{}\", line {line}, in {}", key.0, key.2);
            out += &source_line(p, line);
        }
    }
    flush(&mut out, repeats);
    out
}

/// The source line with its markers.
fn source_line(p: &Place, line: i64) -> String {
    if p.code.source.filename.starts_with('<') {
        return String::new();
    }
    let text = u32::try_from(line).ok().and_then(|line| p.code.source.lines.line_text(line));
    let Some(text) = text.filter(|t| !t.trim().is_empty()) else { return String::new() };
    let mut out = format!("    {}\n", text.trim());
    if let Some(m) = markers(p) {
        let _ = writeln!(out, "    {}{m}", " ".repeat(m.indent));
    }
    out
}

/// The marks under the failing part of a line.
struct Markers {
    /// Columns before it, those aside by which the line is indented.
    indent: usize,
    /// `~`, `^` and `~` again: how many.
    counts: [usize; 3],
}

impl std::fmt::Display for Markers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [before, at, after] = self.counts;
        write!(f, "{}{}{}", "~".repeat(before), "^".repeat(at), "~".repeat(after))
    }
}

/// The markers for a place as text, with the spaces before them; empty if there are none.
pub fn markers_text(p: &Place) -> String {
    markers(p).map_or(String::new(), |m| format!("{}{m}", " ".repeat(m.indent)))
}

fn markers(p: &Place) -> Option<Markers> {
    let index = &p.code.source.lines;
    let span = *p.code.spans.get(p.at as usize)?;
    let line = index.line(span.start);
    if p.line() != line as i64 {
        return None;
    }
    let text = index.line_text(line)?;
    let indent = text.len() - text.trim_start().len();
    let (_, column) = index.position(span.start);
    let (end_line, end_column) = index.position(span.end);
    let start = (column as usize).max(indent);
    let end = if end_line == line { end_column as usize } else { text.trim_end().len() };
    let anchor = p.code.anchors.iter().find(|a| a.0 == p.at && end_line == line).map(|a| a.1);
    let whole = start <= indent && end >= text.trim_end().len();
    if end <= start || (whole && anchor.is_none()) {
        return None;
    }
    let chars = |from: usize, to: usize| text.get(from..to).map_or(0, |t| t.chars().map(columns).sum());
    let counts = match anchor {
        Some(a) => {
            let (_, from) = index.position(a.start);
            let (_, to) = index.position(a.end);
            let (from, to) = ((from as usize).clamp(start, end), (to as usize).clamp(start, end));
            [chars(start, from), chars(from, to), chars(to, end)]
        }
        None => [0, chars(start, end), 0],
    };
    Some(Markers { indent: chars(indent, start), counts })
}

/// The lines before the message of a `SyntaxError`: where it is. `None` if it does not know, or is none.
fn syntax_place(e: &Value) -> Option<String> {
    if !e.ty().is_subtype(&exception::SYNTAX_ERROR) {
        return None;
    }
    let field = |n: &str| exception::get_field(e, n).filter(|v| !v.is_none());
    let number = |n: &str| field(n).and_then(|v| v.as_inline_int());
    let line = number("lineno")?;
    let file = field("filename").and_then(|f| protocol::str_string(&f).ok());
    let mut out = format!("  File \"{}\", line {line}\n", file.as_deref().unwrap_or("<string>"));
    let text = field("text");
    let Some(text) = text.as_ref().and_then(Value::as_str) else { return Some(out) };
    let text = text.strip_suffix('\n').unwrap_or(text);
    let shown = text.trim_start_matches([' ', '\t', '\x0c']);
    let skipped = (text.chars().count() - shown.chars().count()) as i64;
    let _ = writeln!(out, "    {shown}");
    let length = text.chars().count() as i64;
    if let Some(offset) = number("offset") {
        let offset = offset.min(length + 1);
        let mut end = number("end_offset").filter(|&n| n > 0).unwrap_or(offset + 1);
        if number("end_lineno").is_some_and(|n| n > line) {
            end = length + 1;
        }
        let (from, width) = (offset - 1 - skipped, (end.min(length + 1) - offset).max(1));
        if from >= 0 {
            let _ = writeln!(out, "    {}{}", " ".repeat(from as usize), "^".repeat(width as usize));
        }
    }
    Some(out)
}

/// `Type: message`, with what was perhaps meant. `placed`: the place of a syntax error stands before it.
fn message_line(e: &Value, placed: bool) -> String {
    let full = full_name(e.ty());
    let name = full.strip_prefix("__main__.").unwrap_or(&full);
    let message = match placed {
        true => exception::get_field(e, "msg")
            .filter(|m| !m.is_none())
            .map_or(Ok(String::new()), |m| protocol::str_string(&m)),
        false => protocol::str_string(e),
    };
    let message = message.unwrap_or_else(|_| "<exception str() failed>".to_owned());
    let mut out = name.to_owned();
    if !message.is_empty() {
        let _ = write!(out, ": {message}");
    }
    if let Some(meant) = suggest::suggestion(e) {
        let _ = write!(out, ". Did you mean: '{meant}'?");
    }
    out.push('\n');
    out
}
