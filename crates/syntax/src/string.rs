//! String literals: prefixes, escapes, joining of adjacent ones, and f-strings.
//!
//! An f-string's expressions are parsed from the source text itself, so that their spans are places in the
//! file; the parser is entered again for each, to a bounded depth.

use crate::ast::*;
use crate::build::Fail;
use crate::error::SyntaxError;
use bumpalo::Bump;
use lalrpop_util::ParseError;

/// How deeply format specs may nest, as in CPython.
const MAX_NESTING: u32 = 2;

type Built<'a, T> = Result<T, Fail<'a>>;

fn fail<'a, T>(message: impl Into<String>, l: u32, r: u32) -> Built<'a, T> {
    Err(ParseError::User { error: SyntaxError::new(message, Span::new(l, r)) })
}

struct Prefix {
    raw: bool,
    bytes: bool,
    formatted: bool,
    /// Where the content starts, and how many quote characters close it.
    open: usize,
    close: usize,
}

fn prefix(text: &str) -> Prefix {
    let quote = text.find(['\'', '"']).unwrap_or(0);
    let letters = text[..quote].to_ascii_lowercase();
    let q = &text[quote..quote + 1];
    let triple = text.len() >= quote + 6 && text[quote..].starts_with(&q.repeat(3));
    let n = if triple { 3 } else { 1 };
    Prefix {
        raw: letters.contains('r'),
        bytes: letters.contains('b'),
        formatted: letters.contains('f'),
        open: quote + n,
        close: n,
    }
}

/// One or more adjacent literals.
pub fn literal<'a>(arena: &'a Bump, parts: &[(u32, &'a str, u32)]) -> Built<'a, Expr<'a>> {
    let (l, r) = (parts[0].0, parts[parts.len() - 1].2);
    let bytes = parts.iter().filter(|p| prefix(p.1).bytes).count();
    if bytes != 0 && bytes != parts.len() {
        return fail("cannot mix bytes and nonbytes literals", l, r);
    }
    if bytes != 0 {
        return bytes_literal(arena, l, r, parts);
    }
    let mut joined = Joined { values: Vec::new(), text: String::new(), span: Span::new(l, r) };
    let mut formatted = false;
    for &(start, text, end) in parts {
        let p = prefix(text);
        let content = &text[p.open..text.len() - p.close];
        let offset = start + p.open as u32;
        if p.formatted {
            formatted = true;
            let mut f = Formatted { arena, raw: p.raw, joined: &mut joined, whole: (start, end) };
            let rest = f.parse(content, offset, 0)?;
            if rest != content.len() {
                return fail("f-string: single '}' is not allowed", start, end);
            }
        } else {
            unescape(content, offset, p.raw, &mut joined.text)?;
        }
    }
    if !formatted {
        let kind = ExprKind::Constant(Constant::Str(arena.alloc_str(&joined.text)));
        return Ok(Expr { kind, span: Span::new(l, r) });
    }
    joined.flush(arena);
    Ok(Expr {
        kind: ExprKind::JoinedStr { values: arena.alloc_slice_copy(&joined.values) },
        span: Span::new(l, r),
    })
}

fn bytes_literal<'a>(arena: &'a Bump, l: u32, r: u32, parts: &[(u32, &'a str, u32)]) -> Built<'a, Expr<'a>> {
    let mut out = Vec::new();
    for &(start, text, end) in parts {
        let p = prefix(text);
        let content = &text[p.open..text.len() - p.close];
        if !content.is_ascii() {
            return fail("bytes can only contain ASCII literal characters", start, end);
        }
        unescape_bytes(content, p.raw, &mut out).or_else(|m| fail(m, start, end))?;
    }
    Ok(Expr {
        kind: ExprKind::Constant(Constant::Bytes(arena.alloc_slice_copy(&out))),
        span: Span::new(l, r),
    })
}

fn unescape_bytes(content: &str, raw: bool, out: &mut Vec<u8>) -> Result<(), String> {
    let b = content.as_bytes();
    let mut i = 0;
    while i < b.len() {
        let c = b[i];
        i += 1;
        if c == b'\r' {
            out.push(b'\n');
            i += (b.get(i) == Some(&b'\n')) as usize;
            continue;
        }
        if c != b'\\' || raw || i == b.len() {
            out.push(c);
            continue;
        }
        let e = b[i];
        i += 1;
        match e {
            b'\n' => {}
            b'\r' => i += (b.get(i) == Some(&b'\n')) as usize,
            b'x' => {
                let hex = content.get(i..i + 2).and_then(|h| u8::from_str_radix(h, 16).ok());
                match hex {
                    Some(v) => out.push(v),
                    None => return Err(format!("(value error) invalid \\x escape at position {}", i - 2)),
                }
                i += 2;
            }
            b'0'..=b'7' => {
                let mut v = (e - b'0') as u32;
                let end = (i + 2).min(b.len());
                while i < end && (b'0'..=b'7').contains(&b[i]) {
                    v = v * 8 + (b[i] - b'0') as u32;
                    i += 1;
                }
                out.push(v as u8);
            }
            _ => match simple_escape(e) {
                Some(v) => out.push(v),
                None => out.extend([b'\\', e]),
            },
        }
    }
    Ok(())
}

fn simple_escape(e: u8) -> Option<u8> {
    Some(match e {
        b'\\' | b'\'' | b'"' => e,
        b'a' => 7,
        b'b' => 8,
        b't' => b'\t',
        b'n' => b'\n',
        b'v' => 11,
        b'f' => 12,
        b'r' => b'\r',
        _ => return None,
    })
}

/// Appends the decoded content of a string literal; line ends become `\n`.
fn unescape<'a>(content: &str, offset: u32, raw: bool, out: &mut String) -> Built<'a, ()> {
    let b = content.as_bytes();
    let mut i = 0;
    while let Some(n) = content[i..].find(['\\', '\r']) {
        out.push_str(&content[i..i + n]);
        i += n + 1;
        if b[i - 1] == b'\r' {
            out.push('\n');
            i += (b.get(i) == Some(&b'\n')) as usize;
            continue;
        }
        if raw || i == b.len() {
            out.push('\\');
            continue;
        }
        let bad = |what: &str, end: usize| {
            let (from, to) = (i - 1, end.min(b.len()) - 1);
            fail(
                format!(
                    "(unicode error) 'unicodeescape' codec can't decode bytes in position {from}-{to}: {what}"
                ),
                offset.saturating_sub(1),
                offset + b.len() as u32 + 1,
            )
        };
        let e = b[i];
        match e {
            b'\n' => i += 1,
            b'\r' => i += 1 + (b.get(i + 1) == Some(&b'\n')) as usize,
            b'x' | b'u' | b'U' => {
                let digits = match e {
                    b'x' => 2,
                    b'u' => 4,
                    _ => 8,
                };
                let have = b[i + 1..].iter().take(digits).take_while(|c| c.is_ascii_hexdigit()).count();
                if have < digits {
                    let shape = if e == b'x' {
                        "\\xXX"
                    } else if e == b'u' {
                        "\\uXXXX"
                    } else {
                        "\\UXXXXXXXX"
                    };
                    return bad(&format!("truncated {shape} escape"), i + 1 + have);
                }
                let code = u32::from_str_radix(&content[i + 1..i + 1 + digits], 16).unwrap_or(u32::MAX);
                match char::from_u32(code) {
                    Some(c) => out.push(c),
                    None if (0xD800..0xE000).contains(&code) => {
                        return fail(
                            "a lone surrogate in a string is not supported yet",
                            offset,
                            offset + b.len() as u32,
                        );
                    }
                    None => return bad("illegal Unicode character", i + 1 + digits),
                }
                i += 1 + digits;
            }
            b'N' => {
                let name = content[i + 1..].strip_prefix('{').and_then(|r| r.split_once('}')).map(|(n, _)| n);
                let Some(name) = name.filter(|n| !n.is_empty()) else {
                    return bad("malformed \\N character escape", i + 2);
                };
                match unicode_names2::character(name) {
                    Some(c) => out.push(c),
                    None => return bad("unknown Unicode character name", i + 3 + name.len()),
                }
                i += 3 + name.len();
            }
            b'0'..=b'7' => {
                let digits = b[i..].iter().take(3).take_while(|c| (b'0'..=b'7').contains(c)).count();
                let code = u32::from_str_radix(&content[i..i + digits], 8).unwrap_or(0);
                out.extend(char::from_u32(code));
                i += digits;
            }
            _ => match simple_escape(e) {
                Some(v) => {
                    out.push(v as char);
                    i += 1;
                }
                // An unknown escape stands for itself, backslash and all.
                None => out.push('\\'),
            },
        }
    }
    out.push_str(&content[i..]);
    Ok(())
}

struct Joined<'a> {
    values: Vec<Expr<'a>>,
    text: String,
    span: Span,
}

impl<'a> Joined<'a> {
    fn flush(&mut self, arena: &'a Bump) {
        if !self.text.is_empty() {
            let kind = ExprKind::Constant(Constant::Str(arena.alloc_str(&self.text)));
            self.values.push(Expr { kind, span: self.span });
            self.text.clear();
        }
    }
}

struct Formatted<'a, 'j> {
    arena: &'a Bump,
    raw: bool,
    joined: &'j mut Joined<'a>,
    whole: (u32, u32),
}

impl<'a> Formatted<'a, '_> {
    fn fail<T>(&self, message: &str) -> Built<'a, T> {
        fail(format!("f-string: {message}"), self.whole.0, self.whole.1)
    }

    /// Reads text and fields up to the end, or in a format spec up to its `}`; returns where it stopped.
    fn parse(&mut self, content: &'a str, offset: u32, depth: u32) -> Built<'a, usize> {
        let b = content.as_bytes();
        let mut i = 0;
        let mut from = 0;
        while i < b.len() {
            match b[i] {
                b'\\' if !self.raw => {
                    // `\N{...}` is an escape, not a field.
                    i += if b[i + 1..].starts_with(b"N{") {
                        content[i..].find('}').map_or(2, |n| n + 1)
                    } else {
                        2
                    };
                }
                c @ (b'{' | b'}') => {
                    let doubled = b.get(i + 1) == Some(&c) && (depth == 0);
                    if c == b'}' && !doubled && depth > 0 {
                        break;
                    }
                    let until = if doubled { i + 1 } else { i };
                    unescape(
                        &content[from..until.min(b.len())],
                        offset + from as u32,
                        self.raw,
                        &mut self.joined.text,
                    )?;
                    if doubled {
                        i += 2;
                    } else if c == b'}' {
                        return Ok(i);
                    } else {
                        i = self.field(content, offset, i + 1, depth)?;
                    }
                    from = i;
                }
                _ => i += 1,
            }
        }
        let end = i.min(b.len());
        unescape(&content[from..end], offset + from as u32, self.raw, &mut self.joined.text)?;
        Ok(end)
    }

    /// Reads a field whose expression starts at `start`; returns the place after its `}`.
    fn field(&mut self, content: &'a str, offset: u32, start: usize, depth: u32) -> Built<'a, usize> {
        if depth >= MAX_NESTING {
            return self.fail("expressions nested too deeply");
        }
        let b = content.as_bytes();
        let mut i = start;
        let mut brackets: Vec<u8> = Vec::new();
        let mut quote: Option<(u8, usize)> = None;
        loop {
            let Some(&c) = b.get(i) else {
                if quote.is_some() {
                    return self.fail("unterminated string");
                }
                return match brackets.last() {
                    Some(open) => self.fail(
                        &format!("unmatched '{}'", *open as char)
                            .replace("unmatched", "expecting closing of"),
                    ),
                    None => self.fail("expecting '}'"),
                };
            };
            if c == b'\\' {
                return self.fail("expression part cannot include a backslash");
            }
            if let Some((q, n)) = quote {
                if c == q && b[i..].starts_with(&[q; 3][..n]) {
                    quote = None;
                    i += n;
                } else {
                    i += 1;
                }
                continue;
            }
            match c {
                b'\'' | b'"' => {
                    let n = if b[i..].starts_with(&[c; 3]) { 3 } else { 1 };
                    quote = Some((c, n));
                    i += n;
                    continue;
                }
                b'(' | b'[' | b'{' => brackets.push(c),
                b'#' => return self.fail("expression part cannot include '#'"),
                b'!' if brackets.is_empty() && b.get(i + 1) != Some(&b'=') => break,
                b'=' if brackets.is_empty() => {
                    let before = if i > start { b[i - 1] } else { 0 };
                    if b.get(i + 1) == Some(&b'=') {
                        i += 1;
                    } else if !matches!(before, b'=' | b'!' | b'<' | b'>') {
                        break;
                    }
                }
                b':' | b'}' if brackets.is_empty() => break,
                b')' | b']' | b'}' => {
                    let open = brackets.pop();
                    let right =
                        matches!((open, c), (Some(b'('), b')') | (Some(b'['), b']') | (Some(b'{'), b'}'));
                    match open {
                        None => return self.fail(&format!("unmatched '{}'", c as char)),
                        Some(o) if !right => {
                            return self.fail(&format!(
                                "closing parenthesis '{}' does not match opening parenthesis '{}'",
                                c as char, o as char
                            ));
                        }
                        _ => {}
                    }
                }
                _ => {}
            }
            i += 1;
        }
        let text = &content[start..i];
        if text.trim().is_empty() {
            return self.fail("empty expression not allowed");
        }
        let value = self.expression(text, offset + start as u32)?;
        let mut debug = false;
        if b.get(i) == Some(&b'=') {
            debug = true;
            i += 1;
            while b.get(i).is_some_and(|c| c.is_ascii_whitespace()) {
                i += 1;
            }
            self.joined.text.push_str(&content[start..i]);
        }
        let mut conversion = Conversion::None;
        if b.get(i) == Some(&b'!') {
            conversion = match b.get(i + 1) {
                Some(b's') => Conversion::Str,
                Some(b'r') => Conversion::Repr,
                Some(b'a') => Conversion::Ascii,
                _ => return self.fail("invalid conversion character: expected 's', 'r', or 'a'"),
            };
            i += 2;
        }
        let mut format_spec = None;
        if b.get(i) == Some(&b':') {
            i += 1;
            let mut inner = Joined { values: Vec::new(), text: String::new(), span: self.joined.span };
            let mut f = Formatted { arena: self.arena, raw: self.raw, joined: &mut inner, whole: self.whole };
            i += f.parse(&content[i..], offset + i as u32, depth + 1)?;
            inner.flush(self.arena);
            let kind = ExprKind::JoinedStr { values: self.arena.alloc_slice_copy(&inner.values) };
            format_spec = Some(&*self.arena.alloc(Expr { kind, span: self.joined.span }));
        } else if debug && conversion == Conversion::None {
            conversion = Conversion::Repr;
        }
        if b.get(i) != Some(&b'}') {
            return self.fail("expecting '}'");
        }
        self.joined.flush(self.arena);
        let kind = ExprKind::FormattedValue { value: self.arena.alloc(value), conversion, format_spec };
        self.joined.values.push(Expr { kind, span: self.joined.span });
        Ok(i + 1)
    }

    fn expression(&self, text: &'a str, offset: u32) -> Built<'a, Expr<'a>> {
        crate::parse::fragment(self.arena, text, offset).map_err(|mut error| {
            if !error.message.starts_with("f-string: ") {
                error.message = format!("f-string: {}", error.message);
            }
            ParseError::User { error }
        })
    }
}
