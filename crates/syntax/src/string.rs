//! String literals: prefixes, escapes, joining of adjacent ones, and f-strings.
//!
//! An f-string's expressions are parsed from the source text itself, so that their spans are places in the
//! file; the parser is entered again for each, to a bounded depth.

use crate::ast::*;
use crate::build::Fail;
use crate::error::SyntaxError;
use crate::surrogate::char_of;
use bumpalo::Bump;
use lalrpop_util::ParseError;

/// How deeply format specs may nest, as in CPython.
const MAX_NESTING: u32 = 2;
/// CPython's limit on brackets in an f-string's expression.
const MAX_BRACKETS: usize = 200;

const MIXED: &str = "cannot mix bytes and nonbytes literals";

type Built<'a, T> = Result<T, Fail<'a>>;

/// A complaint for which CPython names the last token that it has read, which only `diagnose` knows.
fn fail<'a, T>(message: impl Into<String>) -> Built<'a, T> {
    let error = SyntaxError { span: None, ..SyntaxError::new(message, Span::default()) };
    Err(ParseError::User { error })
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
    if prefix(parts[0].1).bytes {
        return bytes_literal(arena, l, r, parts);
    }
    let mut joined = Joined { values: Vec::new(), text: String::new(), span: Span::new(l, r) };
    let mut formatted = false;
    for part @ &(start, text, _) in parts {
        let p = prefix(text);
        let content = &text[p.open..text.len() - p.close];
        if p.bytes {
            append_bytes(part, &mut Vec::new())?;
            return fail(MIXED);
        }
        if p.formatted {
            formatted = true;
            let mut f = Formatted { arena, raw: p.raw, joined: &mut joined };
            let rest = f.parse(content, start + p.open as u32, 0)?;
            if rest != content.len() {
                return fail("f-string: single '}' is not allowed");
            }
        } else {
            unescape(content, p.raw, &mut joined.text)?;
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
    for part @ &(_, text, _) in parts {
        let p = prefix(text);
        if !p.bytes {
            if !p.formatted {
                unescape(&text[p.open..text.len() - p.close], p.raw, &mut String::new())?;
            }
            return fail(MIXED);
        }
        append_bytes(part, &mut out)?;
    }
    Ok(Expr {
        kind: ExprKind::Constant(Constant::Bytes(arena.alloc_slice_copy(&out))),
        span: Span::new(l, r),
    })
}

fn append_bytes<'a>(&(start, text, end): &(u32, &'a str, u32), out: &mut Vec<u8>) -> Built<'a, ()> {
    let p = prefix(text);
    let content = &text[p.open..text.len() - p.close];
    if !content.is_ascii() {
        let message = "bytes can only contain ASCII literal characters";
        return Err(ParseError::User { error: SyntaxError::new(message, Span::new(start, end)) });
    }
    unescape_bytes(content, p.raw, out).or_else(fail)
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
fn unescape<'a>(content: &str, raw: bool, out: &mut String) -> Built<'a, ()> {
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
            let at = if from == to { format!(" {from}") } else { format!("s in position {from}-{to}") };
            fail(format!("(unicode error) 'unicodeescape' codec can't decode byte{at}: {what}"))
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
                match char_of(code) {
                    Some(c) => out.push(c),
                    None => return bad("illegal Unicode character", i + 1 + digits),
                }
                i += 1 + digits;
            }
            b'N' => {
                let name = content[i + 1..].strip_prefix('{').and_then(|r| r.split_once('}')).map(|(n, _)| n);
                let Some(name) = name.filter(|n| !n.is_empty()) else {
                    return bad("malformed \\N character escape", i + 2);
                };
                match crate::names::character(name) {
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
}

impl<'a> Formatted<'a, '_> {
    fn fail<T>(&self, message: &str) -> Built<'a, T> {
        fail(format!("f-string: {message}"))
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
                    i += match &b[i + 1..] {
                        [b'N', b'{', ..] => content[i..].find('}').map_or(b.len() - i, |n| n + 1),
                        [b'{' | b'}', ..] => 1,
                        _ => 2,
                    };
                }
                c @ (b'{' | b'}') => {
                    let doubled = b.get(i + 1) == Some(&c) && (depth == 0);
                    if c == b'}' && !doubled && depth > 0 {
                        break;
                    }
                    let until = if doubled { i + 1 } else { i };
                    unescape(&content[from..until.min(b.len())], self.raw, &mut self.joined.text)?;
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
        unescape(&content[from..end], self.raw, &mut self.joined.text)?;
        Ok(end)
    }

    /// Where the expression that starts at `start` ends: before the conversion, the format spec or the brace.
    fn expression_end(&self, b: &[u8], start: usize) -> Built<'a, usize> {
        let mut i = start;
        let mut brackets: Vec<u8> = Vec::new();
        let mut quote: Option<(u8, usize)> = None;
        while let Some(&c) = b.get(i) {
            if c == b'\\' {
                return fail("f-string expression part cannot include a backslash");
            }
            let triple = b[i..].starts_with(&[c; 3]);
            if let Some((q, n)) = quote {
                let ends = c == q && (n == 1 || triple);
                i += if ends { n } else { 1 };
                quote = quote.filter(|_| !ends);
                continue;
            }
            let doubled = b.get(i + 1) == Some(&b'=');
            match c {
                b'\'' | b'"' => {
                    let n = if triple { 3 } else { 1 };
                    quote = Some((c, n));
                    i += n - 1;
                }
                b'(' | b'[' | b'{' if brackets.len() >= MAX_BRACKETS => {
                    return self.fail("too many nested parenthesis");
                }
                b'(' | b'[' | b'{' => brackets.push(c),
                b'#' => return fail("f-string expression part cannot include '#'"),
                b'!' | b'=' | b'<' | b'>' if brackets.is_empty() && doubled => i += 1,
                b'!' | b'=' | b':' | b'}' if brackets.is_empty() => break,
                b')' | b']' | b'}' => self.close(brackets.pop(), c)?,
                _ => {}
            }
            i += 1;
        }
        match brackets.last() {
            _ if quote.is_some() => self.fail("unterminated string"),
            Some(open) => self.fail(&format!("unmatched '{}'", *open as char)),
            None if i >= b.len() => self.fail("expecting '}'"),
            None => Ok(i),
        }
    }

    /// A bracket closes what was opened last.
    fn close(&self, open: Option<u8>, c: u8) -> Built<'a, ()> {
        let (Some(open), c) = (open.map(char::from), c as char) else {
            return self.fail(&format!("unmatched '{}'", c as char));
        };
        if matches!((open, c), ('(', ')') | ('[', ']') | ('{', '}')) {
            return Ok(());
        }
        self.fail(&format!("closing parenthesis '{c}' does not match opening parenthesis '{open}'"))
    }

    /// Reads a field whose expression starts at `start`; returns the place after its `}`.
    fn field(&mut self, content: &'a str, offset: u32, start: usize, depth: u32) -> Built<'a, usize> {
        if depth >= MAX_NESTING {
            return self.fail("expressions nested too deeply");
        }
        let b = content.as_bytes();
        let mut i = self.expression_end(b, start)?;
        let text = &content[start..i];
        if text.trim_matches([' ', '\t', '\n', '\x0c', '\r']).is_empty() {
            return match b[i] {
                c @ (b'!' | b':' | b'=') => self.fail(&format!("expression required before '{}'", c as char)),
                _ => self.fail("empty expression not allowed"),
            };
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
            let mut f = Formatted { arena: self.arena, raw: self.raw, joined: &mut inner };
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
        crate::parse::fragment(self.arena, text, offset).map_err(|error| ParseError::User { error })
    }
}
