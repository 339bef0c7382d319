//! The machine that the rules run on: tokens that are read one by one, alternatives that are tried in order,
//! results that are remembered, and the first complaint, which ends everything.
//!
//! How far tokens have been read ([`Machine::fill`]) matters: CPython puts many complaints at the last token it has
//! looked at, and a malformed token counts only when it is reached. Hence a rule reads no token that CPython's
//! parser would not read.

use super::place::Places;
use super::{Node, Rule};
use crate::ast::Span;
use crate::error::{SyntaxError, SyntaxErrorKind};
use crate::token::Tok;
use std::collections::HashMap;

/// How a rule fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Miss {
    /// It does not match here; the next alternative is tried.
    No,
    /// It does not match, and neither may a later alternative of the same rule.
    Cut,
    /// A complaint has been made.
    Raised,
}

/// What a rule gives.
pub(super) type Match<T> = Result<T, Miss>;

/// Tries alternatives in order; the value of the first that matches.
macro_rules! choice {
    ($machine:ident as $p:ident; $($body:expr),+ $(,)?) => {{
        $(
            match $machine.attempt(|$p| $body) {
                Ok(found) => return Ok(found),
                Err($crate::diagnose::machine::Miss::No) => {}
                Err($crate::diagnose::machine::Miss::Cut) => return Err($crate::diagnose::machine::Miss::No),
                Err($crate::diagnose::machine::Miss::Raised) => return Err($crate::diagnose::machine::Miss::Raised),
            }
        )+
        Err($crate::diagnose::machine::Miss::No)
    }};
}
pub(super) use choice;

/// The result of a whole rule: a cut ends only the rule that it stands in.
fn whole<T>(result: Match<T>) -> Match<T> {
    result.map_err(|miss| if miss == Miss::Cut { Miss::No } else { miss })
}

/// A token as the rules see it; `None` stands for the end of the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token<'a> {
    pub tok: Option<Tok<'a>>,
    pub span: Span,
    /// How many brackets are open after it.
    pub level: usize,
    /// Whether CPython knows no column for it.
    pub is_placeless: bool,
}

/// What stands after the last token.
#[derive(Clone, Debug)]
pub(super) enum Ending {
    /// Nothing: the last token is the end.
    Clean,
    /// A malformed token.
    Fault(SyntaxError),
    /// The end of the text, inside a bracket.
    Open,
}

/// How deeply rules may nest: less than what the stack has room for.
const MAX_DEPTH: u32 = 20_000;

pub(super) struct Machine<'a> {
    pub places: Places<'a>,
    pub tokens: Vec<Token<'a>>,
    pub ending: Ending,
    /// The innermost bracket that is open at the end or the malformed token.
    pub open: Option<(Tok<'a>, u32)>,
    /// The next token to look at.
    pub mark: usize,
    /// How many tokens have been looked at.
    pub fill: usize,
    /// Whether the rules for what is invalid are on.
    pub invalid: bool,
    pub raised: Option<SyntaxError>,
    memo: HashMap<(Rule, usize), (Match<Node>, usize)>,
    kids: Vec<Node>,
    depth: u32,
}

impl<'a> Machine<'a> {
    pub fn new(
        places: Places<'a>,
        tokens: Vec<Token<'a>>,
        ending: Ending,
        open: Option<(Tok<'a>, u32)>,
    ) -> Self {
        Machine {
            places,
            tokens,
            ending,
            open,
            mark: 0,
            fill: 0,
            invalid: false,
            raised: None,
            memo: HashMap::new(),
            kids: Vec::new(),
            depth: 0,
        }
    }

    /// Back to the start, with the rules for what is invalid.
    pub fn restart(&mut self) {
        self.mark = 0;
        self.depth = 0;
        self.invalid = true;
        self.memo.clear();
    }

    // Tokens.

    /// The next token; the complaint about it if it is malformed.
    pub fn peek(&mut self) -> Match<Token<'a>> {
        self.fill = self.fill.max(self.mark + 1);
        match self.tokens.get(self.mark) {
            Some(t) => Ok(*t),
            None => Err(self.malformed()),
        }
    }

    fn malformed(&mut self) -> Miss {
        let error = match &self.ending {
            Ending::Fault(e) if e.message == EOF_MESSAGE && self.open.is_some() => self.never_closed(),
            Ending::Fault(e) => e.clone(),
            Ending::Open => self.never_closed(),
            Ending::Clean => self.generic(self.tokens.len().saturating_sub(1)),
        };
        self.raise(error)
    }

    /// The token just taken.
    pub fn last(&self) -> Token<'a> {
        self.tokens[self.mark.saturating_sub(1).min(self.tokens.len() - 1)]
    }

    /// The last token that has been looked at.
    pub fn furthest(&self) -> Token<'a> {
        self.tokens[self.fill.saturating_sub(1).min(self.tokens.len() - 1)]
    }

    /// Takes the token if it is `tok`.
    pub fn expect(&mut self, tok: Tok<'static>) -> Match<Span> {
        self.expect_if(|t| t == tok).map(|t| t.span)
    }

    /// Takes the token if it is one of those that `wanted` likes.
    pub fn expect_if(&mut self, wanted: impl Fn(Tok<'a>) -> bool) -> Match<Token<'a>> {
        let t = self.peek()?;
        if !t.tok.is_some_and(wanted) {
            return Err(Miss::No);
        }
        self.mark += 1;
        Ok(t)
    }

    /// Takes the end of the text.
    pub fn expect_end(&mut self) -> Match<()> {
        if self.peek()?.tok.is_some() {
            return Err(Miss::No);
        }
        self.mark += 1;
        Ok(())
    }

    /// Takes the token, which must be there.
    pub fn force(&mut self, tok: Tok<'static>) -> Match<Span> {
        let t = self.peek()?;
        if t.tok != Some(tok) {
            let message = format!("expected '{}'", tok.text().unwrap_or_default());
            return Err(self.complain_at_token(message, t));
        }
        self.mark += 1;
        Ok(t.span)
    }

    /// Takes a name: no reserved word.
    pub fn name(&mut self) -> Match<Node> {
        let t = self.expect_if(|t| matches!(t, Tok::Name(_)))?;
        Ok(Node::new(super::Kind::Name, t.span))
    }

    /// Takes the name `word`.
    pub fn soft(&mut self, word: &str) -> Match<Span> {
        self.expect_if(|t| t == Tok::Name(word)).map(|t| t.span)
    }

    /// Whether `tok` comes next.
    pub fn sees(&mut self, tok: Tok<'static>) -> Match<bool> {
        Ok(self.peek()?.tok == Some(tok))
    }

    /// Fails unless one of those that `wanted` likes comes next.
    pub fn require(&mut self, wanted: impl Fn(Tok<'a>) -> bool) -> Match<()> {
        if self.peek()?.tok.is_some_and(wanted) { Ok(()) } else { Err(Miss::No) }
    }

    /// Fails if one of those that `unwanted` dislikes comes next.
    pub fn refuse(&mut self, unwanted: impl Fn(Tok<'a>) -> bool) -> Match<()> {
        if self.peek()?.tok.is_some_and(unwanted) { Err(Miss::No) } else { Ok(()) }
    }

    // Combining rules.

    /// One alternative: if it fails, nothing has been taken.
    pub fn attempt<T>(&mut self, f: impl FnOnce(&mut Self) -> Match<T>) -> Match<T> {
        let mark = self.mark;
        let result = f(self);
        if result.is_err() {
            self.mark = mark;
        }
        result
    }

    /// It may be there or not.
    pub fn optional<T>(&mut self, f: impl FnOnce(&mut Self) -> Match<T>) -> Match<Option<T>> {
        match self.attempt(f) {
            Ok(v) => Ok(Some(v)),
            Err(Miss::Raised) => Err(Miss::Raised),
            Err(_) => Ok(None),
        }
    }

    /// Fails if it would match; takes nothing.
    pub fn not<T>(&mut self, f: impl FnOnce(&mut Self) -> Match<T>) -> Match<()> {
        let mark = self.mark;
        let found = self.optional(f)?.is_some();
        self.mark = mark;
        if found { Err(Miss::No) } else { Ok(()) }
    }

    /// As often as it matches.
    pub fn many<T>(&mut self, mut f: impl FnMut(&mut Self) -> Match<T>) -> Match<Vec<T>> {
        let mut found = Vec::new();
        while let Some(v) = self.optional(&mut f)? {
            found.push(v);
        }
        Ok(found)
    }

    /// As often as it matches, at least once.
    pub fn some<T>(&mut self, f: impl FnMut(&mut Self) -> Match<T>) -> Match<Vec<T>> {
        let found = self.many(f)?;
        if found.is_empty() { Err(Miss::No) } else { Ok(found) }
    }

    /// One or more with `separator` between them.
    pub fn separated<T>(
        &mut self,
        separator: Tok<'static>,
        mut f: impl FnMut(&mut Self) -> Match<T>,
    ) -> Match<Vec<T>> {
        let first = f(self)?;
        let rest = self.many(|p| {
            p.expect(separator)?;
            f(p)
        })?;
        Ok(std::iter::once(first).chain(rest).collect())
    }

    /// The alternative that complains, when such are on.
    pub fn invalid<T>(&mut self, f: impl FnOnce(&mut Self) -> Match<T>) -> Match<T> {
        if self.invalid { whole(self.nested(f)) } else { Err(Miss::No) }
    }

    /// Runs `f` without the rules that complain.
    pub fn without_invalid<T>(&mut self, f: impl FnOnce(&mut Self) -> Match<T>) -> Match<T> {
        let before = std::mem::replace(&mut self.invalid, false);
        let result = f(self);
        self.invalid = before;
        result
    }

    /// A rule whose result at a place is computed once.
    pub fn memo(&mut self, rule: Rule, f: impl FnOnce(&mut Self) -> Match<Node>) -> Match<Node> {
        let key = (rule, self.mark);
        if let Some((result, mark)) = self.memo.get(&key) {
            self.mark = *mark;
            return *result;
        }
        let result = whole(self.nested(|p| p.attempt(f)));
        self.memo.insert(key, (result, self.mark));
        result
    }

    fn nested<T>(&mut self, f: impl FnOnce(&mut Self) -> Match<T>) -> Match<T> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            let mut error = SyntaxError::new("", Span::default());
            error.kind = SyntaxErrorKind::MemoryError;
            return Err(self.raise(error));
        }
        let result = f(self);
        self.depth -= 1;
        result
    }

    // Nodes.

    /// A node with parts.
    pub fn parent(&mut self, kind: super::Kind, span: Span, kids: &[Node]) -> Node {
        let first = self.kids.len() as u32;
        self.kids.extend_from_slice(kids);
        Node { kind, span, first, count: kids.len() as u32 }
    }

    /// The parts of a node.
    pub fn kids(&self, node: Node) -> &[Node] {
        &self.kids[node.first as usize..(node.first + node.count) as usize]
    }

    /// From the start of `from` to the last token taken.
    pub fn span_from(&self, from: u32) -> Span {
        Span::new(from, self.last().span.end.max(from))
    }

    /// Where the next token starts.
    pub fn here(&mut self) -> Match<u32> {
        Ok(self.peek()?.span.start)
    }

    // Complaints.

    /// Makes a complaint; the first one stays.
    pub fn raise(&mut self, error: SyntaxError) -> Miss {
        self.raised.get_or_insert(error);
        Miss::Raised
    }

    /// A complaint about a place that is known.
    pub fn complain(&mut self, message: impl Into<String>, span: Span) -> Miss {
        let error = self.places.spanned(SyntaxError::new(message, span), self.furthest());
        self.raise(error)
    }

    /// A complaint about a token.
    pub fn complain_at_token(&mut self, message: impl Into<String>, t: Token<'a>) -> Miss {
        let error = self.at_token(message.into(), t);
        self.raise(error)
    }

    /// A complaint at the last token that has been looked at.
    pub fn complain_here(&mut self, message: impl Into<String>) -> Miss {
        let error = self.places.at_furthest(SyntaxError::new(message, Span::default()), self.furthest());
        self.raise(error)
    }

    /// A missing block: an `IndentationError` at the last token that has been looked at.
    pub fn complain_indentation(&mut self, message: impl Into<String>) -> Miss {
        let error = SyntaxError::indentation(message, Span::default());
        let error = self.places.at_furthest(error, self.furthest());
        self.raise(error)
    }

    /// A complaint from `start` to as far as the text has been read.
    pub fn complain_from(&mut self, message: impl Into<String>, start: u32) -> Miss {
        let error =
            self.places.open_ended(SyntaxError::new(message, Span::new(start, start)), self.furthest());
        self.raise(error)
    }

    /// A complaint at the last character of `span`.
    pub fn complain_before_end(&mut self, message: impl Into<String>, span: Span) -> Miss {
        let error = self.places.before_end(SyntaxError::new(message, span), self.furthest());
        self.raise(error)
    }

    fn at_token(&self, message: String, t: Token<'a>) -> SyntaxError {
        self.places.at_token(SyntaxError::new(message, t.span), t, self.furthest())
    }

    /// `invalid syntax` at a token.
    pub fn generic(&self, index: usize) -> SyntaxError {
        self.at_token("invalid syntax".into(), self.tokens[index.min(self.tokens.len() - 1)])
    }

    /// The innermost open bracket is to blame.
    pub fn never_closed(&self) -> SyntaxError {
        let (open, at) = self.open.map_or(("(", 0), |(t, at)| (t.text().unwrap_or("("), at));
        let error = SyntaxError::new(format!("'{open}' was never closed"), Span::new(at, at + 1));
        let current = match &self.ending {
            Ending::Fault(e) => e.place.as_ref().map(|p| p.line),
            _ => None,
        };
        let mut error = self.places.unclosed(error, current);
        error.incomplete = true;
        error
    }
}

/// What the lexer says of a text that ends after a backslash.
pub(super) const EOF_MESSAGE: &str = "unexpected EOF while parsing";
