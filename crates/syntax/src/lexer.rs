//! From text to the token sequence that the grammar reads.
//!
//! Adds to the raw tokens what needs context: `Newline`, `Indent` and `Dedent`, the joining of lines
//! inside brackets, and the soft keywords. The whole text is tokenised before parsing, because a
//! malformed token anywhere outranks the parser's complaints, as in CPython. Invariant: an emitted
//! sequence without error has balanced brackets and balanced `Indent`/`Dedent`.

use crate::ast::Span;
use crate::error::{SyntaxError, SyntaxErrorKind};
use crate::soft;
use crate::token::{LexFault, Tok};
use logos::Logos;

/// A token with the offsets of its first byte and of the byte after its last.
pub type Spanned<'a> = (u32, Tok<'a>, u32);

/// CPython's limit on nested brackets.
const MAX_BRACKETS: usize = 200;
/// CPython's limit on indentation levels.
const MAX_INDENTS: usize = 100;

/// The tokens of a text.
pub struct Tokens<'a> {
    /// The tokens up to the end or to the first malformed one.
    pub list: Vec<Spanned<'a>>,
    /// What is wrong with the token after the last.
    pub error: Option<SyntaxError>,
    /// The innermost bracket that is still open at the end.
    pub unclosed: Option<(Tok<'a>, u32)>,
}

/// Where the text to read comes from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Context {
    /// A whole text with lines.
    Source,
    /// The expression within an f-string's braces: an implied bracket joins its lines.
    Braces,
}

struct Level {
    /// The width with tabs to multiples of eight, and with tabs as one: a line whose place depends
    /// on the width of a tab differs in one of them.
    column: u32,
    alternate: u32,
}

struct Lexer<'a> {
    source: &'a str,
    base: u32,
    out: Vec<Spanned<'a>>,
    brackets: Vec<(Tok<'a>, u32)>,
    levels: Vec<Level>,
    /// The offset at which the current physical line starts.
    line_start: usize,
    at_line_start: bool,
}

/// Tokenises `source`, whose first byte has the offset `base` in the file.
pub fn tokenize(source: &str, base: u32, context: Context) -> Tokens<'_> {
    let mut tokens = scan(source, base, context);
    if context == Context::Source {
        soft::mark(&mut tokens.list);
    }
    tokens
}

/// As [`tokenize`], but soft keywords are still names.
pub fn scan(source: &str, base: u32, context: Context) -> Tokens<'_> {
    let mut lexer = Lexer {
        source,
        base,
        out: Vec::with_capacity(source.len() / 4 + 8),
        brackets: Vec::new(),
        levels: vec![Level { column: 0, alternate: 0 }],
        line_start: 0,
        at_line_start: context == Context::Source,
    };
    let error = lexer.run(context).err().map(|e| *e);
    Tokens { list: lexer.out, error, unclosed: lexer.brackets.pop() }
}

impl<'a> Lexer<'a> {
    fn run(&mut self, context: Context) -> Result<(), Box<SyntaxError>> {
        let mut raw = Tok::lexer(self.source);
        while let Some(result) = raw.next() {
            let span = raw.span();
            if self.at_line_start && !matches!(result, Ok(Tok::Newline | Tok::Comment)) {
                if result == Ok(Tok::Backslash) {
                    if span.len() == 1 || span.end == self.source.len() {
                        self.backslash(span.start, span.end)?;
                    }
                    continue; // the indentation is that of the line before the backslash
                }
                self.indent(span.start)?;
                self.at_line_start = false;
            }
            let token = result.map_err(|fault| self.fault(fault, span.start))?;
            match token {
                Tok::Newline => {
                    let joined = !self.brackets.is_empty() || context == Context::Braces;
                    if !joined && !self.at_line_start {
                        self.push(Tok::Newline, span.start, span.end);
                        self.at_line_start = true;
                    }
                    self.line_start = span.end;
                }
                Tok::Comment => {}
                Tok::Backslash => self.backslash(span.start, span.end)?,
                _ => {
                    self.bracket(token, span.start)?;
                    if let Tok::Name(name) = token
                        && !name.is_ascii()
                    {
                        self.check_name(name, span.start)?;
                    }
                    self.push(token, span.start, span.end);
                }
            }
        }
        if context == Context::Source && self.brackets.is_empty() {
            let end = self.source.len();
            if !self.at_line_start {
                self.push(Tok::Newline, end, end);
            }
            for _ in 1..self.levels.len() {
                self.push(Tok::Dedent, end, end);
            }
        }
        Ok(())
    }

    fn push(&mut self, token: Tok<'a>, start: usize, end: usize) {
        self.out.push((self.base + start as u32, token, self.base + end as u32));
    }

    fn error(&self, message: impl Into<String>, start: usize, end: usize) -> Box<SyntaxError> {
        let span = Span::new(self.base + start as u32, self.base + end as u32);
        Box::new(SyntaxError::new(message, span))
    }

    fn indentation_error(
        &self,
        kind: SyntaxErrorKind,
        message: &str,
        start: usize,
        end: usize,
    ) -> Box<SyntaxError> {
        let mut error = self.error(message, start, end);
        error.kind = kind;
        error
    }

    /// Measures the indentation of the line whose first token starts at `token`.
    fn indent(&mut self, token: usize) -> Result<(), Box<SyntaxError>> {
        let (mut column, mut alternate) = (0, 0);
        for byte in self.source[self.line_start..token].bytes() {
            match byte {
                b' ' => (column, alternate) = (column + 1, alternate + 1),
                b'\t' => (column, alternate) = ((column / 8 + 1) * 8, alternate + 1),
                b'\x0c' => (column, alternate) = (0, 0),
                _ => break, // a backslash: what follows on the next line does not count
            }
        }
        let line_end = self.source[token..].find(['\n', '\r']).map_or(self.source.len(), |n| token + n);
        let tabs = |lexer: &Self| {
            let message = "inconsistent use of tabs and spaces in indentation";
            lexer.indentation_error(SyntaxErrorKind::TabError, message, lexer.line_start, lexer.line_start)
        };
        let top = self.levels.last().expect("the outermost level is never popped");
        if column == top.column {
            return if alternate == top.alternate { Ok(()) } else { Err(tabs(self)) };
        }
        if column > top.column {
            if alternate <= top.alternate {
                return Err(tabs(self));
            }
            if self.levels.len() >= MAX_INDENTS {
                return Err(self.indentation_error(
                    SyntaxErrorKind::IndentationError,
                    "too many levels of indentation",
                    self.line_start,
                    self.line_start,
                ));
            }
            self.levels.push(Level { column, alternate });
            self.push(Tok::Indent, self.line_start, token);
            return Ok(());
        }
        let mut left = 0;
        while self.levels.last().is_some_and(|level| column < level.column) {
            self.levels.pop();
            left += 1;
        }
        let top = self.levels.last().expect("the outermost level is never popped");
        if column != top.column {
            return Err(self.indentation_error(
                SyntaxErrorKind::IndentationError,
                "unindent does not match any outer indentation level",
                line_end,
                line_end,
            ));
        }
        if alternate != top.alternate {
            return Err(tabs(self));
        }
        (0..left).for_each(|_| self.push(Tok::Dedent, token, token));
        Ok(())
    }

    /// A backslash must be the last character of its line, and another line must follow.
    fn backslash(&mut self, start: usize, end: usize) -> Result<(), Box<SyntaxError>> {
        if end == self.source.len() {
            let mut error = self.error("unexpected EOF while parsing", start, start);
            error.incomplete = true;
            return Err(error);
        }
        if end == start + 1 {
            let message = "unexpected character after line continuation character";
            return Err(self.error(message, end, end));
        }
        self.line_start = end;
        Ok(())
    }

    /// Keeps the stack of open brackets.
    fn bracket(&mut self, token: Tok<'a>, start: usize) -> Result<(), Box<SyntaxError>> {
        let offset = self.base + start as u32;
        let expected = match token {
            Tok::LParen | Tok::LBracket | Tok::LBrace => {
                if self.brackets.len() >= MAX_BRACKETS {
                    return Err(self.error("too many nested parentheses", start, start + 1));
                }
                self.brackets.push((token, offset));
                return Ok(());
            }
            Tok::RParen => Tok::LParen,
            Tok::RBracket => Tok::LBracket,
            Tok::RBrace => Tok::LBrace,
            _ => return Ok(()),
        };
        let close = token.text().unwrap_or_default();
        let Some((open, open_offset)) = self.brackets.pop() else {
            return Err(self.error(format!("unmatched '{close}'"), start, start + 1));
        };
        if open == expected {
            return Ok(());
        }
        let between = &self.source[(open_offset - self.base) as usize..start];
        let on_line = if between.contains(['\n', '\r']) {
            let before = &self.source[..(open_offset - self.base) as usize];
            format!(" on line {}", crate::line_index::count_line_ends(before) + 1)
        } else {
            String::new()
        };
        let open = open.text().unwrap_or_default();
        let message =
            format!("closing parenthesis '{close}' does not match opening parenthesis '{open}'{on_line}");
        Err(self.error(message, start, start + 1))
    }

    /// A name with characters beyond ASCII must follow Unicode's rules for identifiers, after
    /// normalisation as well as before.
    fn check_name(&self, name: &str, start: usize) -> Result<(), Box<SyntaxError>> {
        for (i, c) in name.char_indices() {
            let good = c == '_'
                || if i == 0 { unicode_ident::is_xid_start(c) } else { unicode_ident::is_xid_continue(c) };
            if !good {
                let at = start + i;
                return Err(self.error(bad_character(c), at, at + c.len_utf8()));
            }
        }
        Ok(())
    }

    fn fault(&self, fault: LexFault, start: usize) -> Box<SyntaxError> {
        if fault.message.is_empty() {
            let c = self.source[start..].chars().next().unwrap_or('\0');
            return self.error(bad_character(c), start, start + c.len_utf8());
        }
        let mut error = self.error(fault.message, start + fault.start, start + fault.end);
        error.incomplete = fault.incomplete;
        error
    }
}

fn bad_character(c: char) -> String {
    let code = format!("U+{:04X}", c as u32);
    // Rust's `Debug` escapes what does not print, nearly as Python's `isprintable` judges.
    if c.escape_debug().count() > 1 || (c.is_whitespace() && c != ' ') {
        format!("invalid non-printable character {code}")
    } else {
        format!("invalid character '{c}' ({code})")
    }
}
