//! The text of tracebacks, as CPython 3.11 prints it.

use super::exception::{self, Place};
use super::type_::full_name;
use crate::object::Value;
use crate::protocol;
use std::fmt::Write;

/// After this many equal lines in a row the rest is only counted.
const MAX_REPEATS: usize = 3;

/// The whole text for an exception, causes and contexts first.
pub fn render(e: &Value) -> String {
    let mut chain = vec![(e.clone(), "")];
    loop {
        let last = chain[chain.len() - 1].0.clone();
        let next = match exception::cause(&last) {
            Some(c) => (c, "The above exception was the direct cause of the following exception:"),
            None => match exception::context(&last) {
                Some(c) => (c, "During handling of the above exception, another exception occurred:"),
                None => break,
            },
        };
        if chain.iter().any(|(x, _)| x.is(&next.0)) {
            break;
        }
        chain.push(next);
    }
    let mut out = String::new();
    for (e, link) in chain.iter().rev() {
        out += &render_one(e);
        if !link.is_empty() {
            let _ = write!(out, "\n{link}\n\n");
        }
    }
    out
}

fn render_one(e: &Value) -> String {
    let mut out = String::new();
    let places = exception::places(e);
    if !places.is_empty() {
        out += "Traceback (most recent call last):\n";
        out += &render_places(&places);
    }
    out + &headline(e)
}

/// The lines for frames.
pub fn render_places(places: &[Place]) -> String {
    let mut out = String::new();
    let mut repeats = 0;
    let mut last: Option<(&str, u32, &str)> = None;
    let flush = |out: &mut String, repeats: usize| {
        if repeats > MAX_REPEATS {
            let n = repeats - MAX_REPEATS;
            let _ =
                writeln!(out, "  [Previous line repeated {n} more time{}]", if n == 1 { "" } else { "s" });
        }
    };
    for p in places {
        let span = p.code.spans.get(p.at as usize).copied().unwrap_or_default();
        let line = p.code.source.lines.line(span.start);
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
fn source_line(p: &Place, line: u32) -> String {
    let index = &p.code.source.lines;
    if p.code.source.filename.starts_with('<') {
        return String::new();
    }
    let Some(text) = index.line_text(line) else { return String::new() };
    let stripped = text.trim();
    if stripped.is_empty() {
        return String::new();
    }
    let mut out = format!("    {stripped}\n");
    let span = p.code.spans[p.at as usize];
    let indent = text.len() - text.trim_start().len();
    let (_, column) = index.position(span.start);
    let (end_line, end_column) = index.position(span.end);
    let start = (column as usize).max(indent);
    let end = if end_line == line { end_column as usize } else { text.trim_end().len() };
    let whole = start <= indent && end >= text.trim_end().len();
    if end <= start || (whole && end_line == line && !has_anchor(p)) {
        return out;
    }
    let chars = |from: usize, to: usize| text.get(from..to).map_or(0, |t| t.chars().count());
    let anchor = p.code.anchors.iter().find(|a| a.0 == p.at && end_line == line).map(|a| a.1);
    let _ = write!(out, "    {}", " ".repeat(chars(indent, start)));
    match anchor {
        Some(a) => {
            let (_, from) = index.position(a.start);
            let (_, to) = index.position(a.end);
            let (from, to) = ((from as usize).clamp(start, end), (to as usize).clamp(start, end));
            out += &"~".repeat(chars(start, from));
            out += &"^".repeat(chars(from, to));
            out += &"~".repeat(chars(to, end));
        }
        None => out += &"^".repeat(chars(start, end)),
    }
    out.push('\n');
    out
}

fn has_anchor(p: &Place) -> bool {
    p.code.anchors.iter().any(|a| a.0 == p.at)
}

/// `Type: message`, with the place of a syntax error before it.
pub fn headline(e: &Value) -> String {
    let mut out = String::new();
    let mut message = protocol::str_string(e).unwrap_or_else(|_| "<exception str() failed>".to_owned());
    if e.ty().is_subtype(&exception::SYNTAX_ERROR) {
        let field = |n: &str| exception::get_field(e, n).filter(|v| !v.is_none());
        if let Some(line) = field("lineno").and_then(|v| v.as_inline_int()) {
            let file = field("filename");
            let _ = writeln!(
                out,
                "  File \"{}\", line {line}",
                file.as_ref().and_then(Value::as_str).unwrap_or("<string>")
            );
            if let Some(text) = field("text").as_ref().and_then(Value::as_str) {
                let stripped = text.trim_end().trim_start();
                let skipped = text.chars().take_while(|c| c.is_whitespace()).count() as i64;
                let _ = writeln!(out, "    {stripped}");
                let int = |n: &str| field(n).and_then(|v| v.as_inline_int()).unwrap_or(0);
                let (offset, mut end) = (int("offset"), int("end_offset"));
                if int("end_lineno") != line {
                    end = text.trim_end().chars().count() as i64 + 1;
                }
                let from = (offset - 1 - skipped).max(0) as usize;
                let width = (end - offset).max(1) as usize;
                let _ = writeln!(out, "    {}{}", " ".repeat(from), "^".repeat(width));
            }
        }
        if let Some(m) = field("msg").as_ref().and_then(Value::as_str) {
            message = m.to_owned();
        }
    }
    let full = full_name(e.ty());
    let name = full.strip_prefix("__main__.").unwrap_or(&full);
    if message.is_empty() {
        let _ = writeln!(out, "{name}");
    } else {
        let _ = writeln!(out, "{name}: {message}");
    }
    if let Some(notes) = exception::get_field(e, "__notes__")
        && let Ok(items) = protocol::collect(&notes)
    {
        for n in items {
            let _ = writeln!(out, "{}", protocol::str_string(&n).unwrap_or_default());
        }
    }
    out
}
