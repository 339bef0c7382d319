//! What a text may still say, but will not for ever: unknown escapes, and numbers that run into a keyword.
//!
//! Nearly no text has either, so that a look at the bytes comes first, and only then the tokens are read again.

use crate::ast::Span;
use crate::lexer::{self, Context};
use crate::token::Tok;

/// The category of a warning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Category {
    /// `SyntaxWarning`
    Syntax,
    /// `DeprecationWarning`
    Deprecation,
}

/// A complaint about a text that is Python nevertheless.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Its category.
    pub category: Category,
    /// CPython's message.
    pub message: String,
    /// Where the token is, or for a number the place at its end.
    pub span: Span,
}

/// The warnings about the tokens of a text that parses.
pub fn warnings(source: &str) -> Vec<Warning> {
    let mut found = Vec::new();
    if !is_suspicious(source.as_bytes()) {
        return found;
    }
    let bytes = source.as_bytes();
    for (start, token, end) in lexer::scan(source, 0, Context::Source).list {
        match token {
            Tok::Number(text) if bytes.get(end as usize).is_some_and(u8::is_ascii_alphabetic) => {
                let message = format!("invalid {} literal", kind(text));
                let span = Span::new(end - 1, end - 1);
                found.push(Warning { category: Category::Syntax, message, span });
            }
            Tok::Str(text) if text.contains('\\') => escapes(text, |message| {
                found.push(Warning { category: Category::Deprecation, message, span: Span::new(start, end) });
            }),
            _ => {}
        }
    }
    found
}

/// Whether a backslash stands before what it does not escape, or a digit before a letter of a keyword.
fn is_suspicious(bytes: &[u8]) -> bool {
    let keyword = |byte: Option<&u8>| matches!(byte, Some(b'a' | b'e' | b'f' | b'i' | b'n' | b'o'));
    bytes.iter().enumerate().any(|(i, byte)| match (byte, bytes.get(i + 1)) {
        (b'\\', Some(next)) => !is_escape(*next) || matches!(next, b'4'..=b'7' | b'N' | b'u' | b'U'),
        (b'0'..=b'9', Some(b'.' | b'j' | b'J' | b'a'..=b'f' | b'A'..=b'F')) if keyword(bytes.get(i + 2)) => {
            true
        }
        (b'0'..=b'9', next) => keyword(next),
        _ => false,
    })
}

/// Whether a backslash and this byte mean something in any literal.
fn is_escape(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r' | b'\\' | b'\'' | b'"' | b'0'..=b'7' | b'x' | b'N' | b'u' | b'U')
        || matches!(byte, b'a' | b'b' | b'f' | b'n' | b'r' | b't' | b'v')
}

fn kind(number: &str) -> &'static str {
    match number.as_bytes() {
        [b'0', b'x' | b'X', ..] => "hexadecimal",
        [b'0', b'o' | b'O', ..] => "octal",
        [b'0', b'b' | b'B', ..] => "binary",
        [.., b'j' | b'J'] => "imaginary",
        _ => "decimal",
    }
}

/// The first bad escape of a literal, and of each part of text in an f-string.
fn escapes(literal: &str, mut warn: impl FnMut(String)) {
    let quote = literal.find(['\'', '"']).unwrap_or(0);
    let has = |letter: u8| literal.as_bytes()[..quote].iter().any(|b| b.eq_ignore_ascii_case(&letter));
    if has(b'r') {
        return;
    }
    let (is_bytes, is_formatted) = (has(b'b'), has(b'f'));
    let mut warned = false;
    let mut rest = &literal[quote..];
    while let Some(at) = rest.find(['\\', '{', '}']) {
        let part = &rest[at..];
        let Some(escaped) = part.chars().nth(1) else { return };
        if !part.starts_with('\\') {
            warned &= !is_formatted;
            rest = &part[1..];
            continue;
        }
        let octal: String = part[1..].chars().take(3).take_while(|c| matches!(c, '0'..='7')).collect();
        // CPython has no word against a character beyond ASCII.
        let unknown = (escaped.is_ascii() && !is_escape(escaped as u8))
            || (is_bytes && matches!(escaped, 'N' | 'u' | 'U'));
        let message = match u32::from_str_radix(&octal, 8) {
            Ok(code) if code > 0o377 => Some(format!("invalid octal escape sequence '\\{octal}'")),
            _ if unknown => Some(format!("invalid escape sequence '\\{escaped}'")),
            _ => None,
        };
        if let Some(message) = message.filter(|_| !warned) {
            warn(message);
            warned = true;
        }
        // A brace after a backslash still opens a field.
        let brace = is_formatted && matches!(escaped, '{' | '}');
        rest = &part[if brace { 1 } else { 1 + escaped.len_utf8() }..];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_escapes_and_numbers_before_keywords() {
        let messages =
            |source: &str| warnings(source).into_iter().map(|w| w.message).collect::<Vec<_>>().join("; ");
        assert_eq!(messages(r"'\d\e'"), r"invalid escape sequence '\d'");
        assert_eq!(
            messages(r"f'\d{1}\e', rf'\d', r'\d', '\\d\n\x41\101'"),
            r"invalid escape sequence '\d'; invalid escape sequence '\e'"
        );
        assert_eq!(
            messages(r"b'\u', '\400', '\377'"),
            r"invalid escape sequence '\u'; invalid octal escape sequence '\400'"
        );
        assert_eq!(
            messages("0x1for x in 1jif 1 else 1.or 2"),
            "invalid hexadecimal literal; invalid imaginary literal; invalid decimal literal"
        );
        assert_eq!(messages("1e5, 0xea, 'a1or'"), "");
    }
}
