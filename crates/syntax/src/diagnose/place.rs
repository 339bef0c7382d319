//! Where CPython says that a complaint is: lines, columns and the text that is shown, with all the oddities that
//! follow from how its tokenizer reads.

use super::machine::{EOF_MESSAGE, Token};
use crate::Mode;
use crate::ast::Span;
use crate::error::{Place, SyntaxError, SyntaxErrorKind};
use crate::line_index::LineIndex;
use crate::token::Tok;

pub(super) struct Places<'a> {
    source: &'a str,
    index: LineIndex,
    /// Line ends that the tokenizer reads within a token or after a backslash: the lines are one to it.
    joined: Vec<Span>,
    /// Whether the tokenizer adds a line end that is missing at the end.
    completed: bool,
}

impl<'a> Places<'a> {
    pub fn new(source: &'a str, mode: Mode, tokens: &[Token<'a>]) -> Places<'a> {
        let mut joined = Vec::new();
        let mut before = 0;
        for t in tokens {
            let gap = source.get(before as usize..t.span.start as usize).unwrap_or_default();
            let mut at = before;
            for line in gap.split_inclusive('\n') {
                let code = line.split('#').next().unwrap_or_default();
                if let Some(n) = code.find('\\') {
                    joined.push(Span::new(at + n as u32, at + line.len() as u32));
                }
                at += line.len() as u32;
            }
            if matches!(t.tok, Some(Tok::Str(_))) {
                joined.push(t.span);
            }
            before = before.max(t.span.end);
        }
        let completed = matches!(mode, Mode::Module);
        Places { source, index: LineIndex::new(source.to_owned()), joined, completed }
    }

    /// The last line: where the end of the text stands for CPython.
    fn last_line(&self) -> u32 {
        match self.source.len() as u32 {
            0 => 0,
            n => self.index.line(n - 1),
        }
    }

    /// The line of an offset.
    pub fn line_at(&self, offset: u32) -> u32 {
        self.index.line(offset)
    }

    /// The text of a span.
    pub fn slice(&self, span: Span) -> &'a str {
        self.source.get(span.start as usize..span.end as usize).unwrap_or_default()
    }

    /// The line of a token.
    pub fn line(&self, t: Token<'a>) -> u32 {
        if t.is_placeless && t.span.start as usize >= self.source.len() {
            self.last_line()
        } else {
            self.index.line(t.span.start)
        }
    }

    /// How many bytes the line has before an offset.
    fn column(&self, offset: u32) -> i64 {
        self.index.position(offset).1 as i64
    }

    /// Where the tokenizer stands after it has read a token: the line, and the bytes before.
    fn cursor(&self, t: Token<'a>) -> (u32, i64) {
        if t.is_placeless && t.span.end as usize >= self.source.len() {
            let line = self.last_line();
            let text = self.index.line_text(line).unwrap_or_default();
            let ended = self.completed || self.source.ends_with(['\n', '\r']);
            return (line, text.len() as i64 + i64::from(ended));
        }
        let past = i64::from(t.tok == Some(Tok::Newline));
        (self.index.line(t.span.end), self.column(t.span.end) + past)
    }

    /// The text that is shown for a line when a token has been read.
    fn text(&self, line: u32, furthest: Token<'a>) -> String {
        self.text_at(line, self.cursor(furthest).0)
    }

    /// The text that is shown for a line when the tokenizer stands on the line `current`.
    fn text_at(&self, line: u32, current: u32) -> String {
        let whole = |from: u32, to: u32| {
            let lines: Vec<&str> = (from..=to).filter_map(|n| self.index.line_text(n)).collect();
            lines.join("\n")
        };
        if current > line {
            return whole(line, line);
        }
        let mut first = current;
        while first > 1
            && let Some(start) = self.index.start(first)
            && let Some(span) = self.joined.iter().find(|s| s.start < start && start <= s.end)
            && self.index.line(span.start) < first
        {
            first = self.index.line(span.start);
        }
        let mut text = whole(first, current);
        let is_last = current >= self.index.line_count();
        if current > 0 && (!is_last || self.completed) {
            text.push('\n');
        }
        text
    }

    /// The columns, given in bytes, become characters of the text.
    fn placed(&self, mut e: SyntaxError, from: (u32, i64), to: (u32, i64), text: String) -> SyntaxError {
        let characters = |bytes: i64| match usize::try_from(bytes) {
            Ok(n) if n > text.len() => text.chars().count() as i64 + 1,
            Ok(n) => text.char_indices().take_while(|(i, _)| *i < n).count() as i64,
            Err(_) => bytes,
        };
        let (from, to) = ((from.0, characters(from.1)), (to.0, characters(to.1)));
        e.place = Some(Place {
            base: None,
            is_lexical: false,
            line: from.0,
            column: from.1,
            end_line: to.0,
            end_column: to.1,
            text: Some(text),
        });
        e
    }

    /// From the start to the end of the complaint's span.
    pub fn spanned(&self, e: SyntaxError, furthest: Token<'a>) -> SyntaxError {
        let span = e.span.unwrap_or_default();
        let (line, end_line) = (self.index.line(span.start), self.index.line(span.end));
        let text = self.text(line, furthest);
        let (from, to) = (self.column(span.start) + 1, self.column(span.end) + 1);
        self.placed(e, (line, from), (end_line, to), text)
    }

    /// A bracket that is not closed when the tokenizer stands on the line `current`, by default the last.
    pub fn unclosed(&self, e: SyntaxError, current: Option<u32>) -> SyntaxError {
        let at = e.span.unwrap_or_default().start;
        let line = self.index.line(at);
        let text = self.text_at(line, current.unwrap_or_else(|| self.last_line()));
        self.placed(e, (line, self.column(at) + 1), (line, 0), text)
    }

    /// From the start of the complaint's span to where the tokenizer stands.
    pub fn open_ended(&self, e: SyntaxError, furthest: Token<'a>) -> SyntaxError {
        let at = e.span.unwrap_or_default().start;
        let line = self.index.line(at);
        let text = self.text(line, furthest);
        let column = self.column(at) + 1;
        self.placed(e, (line, column), self.cursor(furthest), text)
    }

    /// Where the span of the complaint ends, on the line where it starts.
    pub fn before_end(&self, e: SyntaxError, furthest: Token<'a>) -> SyntaxError {
        let span = e.span.unwrap_or_default();
        let (line, end_line) = (self.index.line(span.start), self.index.line(span.end));
        let text = self.text(line, furthest);
        self.placed(e, (line, self.column(span.end)), (end_line, 0), text)
    }

    /// At a token.
    pub fn at_token(&self, e: SyntaxError, t: Token<'a>, furthest: Token<'a>) -> SyntaxError {
        if !t.is_placeless {
            return self.spanned(SyntaxError { span: Some(t.span), ..e }, furthest);
        }
        let line = self.line(t);
        let text = self.text(line, furthest);
        self.placed(e, (line, 0), (line, 0), text)
    }

    /// At the last token that has been looked at.
    pub fn at_furthest(&self, e: SyntaxError, t: Token<'a>) -> SyntaxError {
        if !t.is_placeless {
            return self.spanned(SyntaxError { span: Some(t.span), ..e }, t);
        }
        let line = self.line(t);
        let text = self.text(line, t);
        self.placed(e, (line, self.cursor(t).1), (line, -1), text)
    }

    /// What the lexer complains about.
    pub fn fault(&self, e: SyntaxError) -> SyntaxError {
        let span = e.span.unwrap_or_default();
        let line = self.index.line(span.start);
        let mut column = self.column(span.start) + 1;
        let mut text = self.index.line_text(line).unwrap_or_default().to_owned();
        let end = match e.kind {
            SyntaxErrorKind::TabError => 0,
            SyntaxErrorKind::IndentationError if e.message.starts_with("unindent") => {
                let ended = self.completed || self.index.line_count() > line;
                column = text.len() as i64 + i64::from(ended);
                -1
            }
            SyntaxErrorKind::IndentationError => 0,
            _ if e.message.starts_with("unexpected character after line") => 0,
            _ if e.message == EOF_MESSAGE => {
                column = text.len() as i64 + 1;
                -1
            }
            _ if e.message.starts_with("leading zeros") => self.column(span.end) + 1,
            _ => column,
        };
        let is_met_only = is_met_only(&e);
        if is_met_only && (self.completed || self.index.line_count() > line) {
            text.push('\n');
        }
        let mut e = self.placed(e, (line, column), (line, end), text);
        if let Some(place) = &mut e.place {
            place.is_lexical = !is_met_only;
        }
        e
    }
}

/// Whether a fault of the lexer counts only when the parser gets as far: CPython's tokenizer notes these and goes
/// on, others it reports at once.
pub(super) fn is_met_only(e: &SyntaxError) -> bool {
    e.kind != SyntaxErrorKind::SyntaxError
        || e.message == EOF_MESSAGE
        || e.message.starts_with("unexpected character after line")
}
