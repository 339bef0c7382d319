//! Why a text is no Python, in CPython's words.
//!
//! CPython's parser tries alternatives in a fixed order and, when a text does not parse, tries again with extra
//! alternatives that match mistakes; the first that matches is the complaint. Which one that is depends on that
//! order, so this module follows it, rule by rule. It only says yes or no and where: the tree is the LALRPOP
//! parser's, and nothing here runs for a text that parses.

mod arguments;
mod compound;
mod displays;
mod expressions;
mod handlers;
mod input;
mod literals;
mod machine;
mod parameters;
mod patterns;
mod place;
mod simple;
mod targets;

use crate::Mode;
use crate::ast::Span;
use crate::error::SyntaxError;
use crate::token::Tok;
use machine::{Ending, Machine, Match};

/// What kind of thing a rule has found; of expressions, what messages call them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Name,
    Attribute,
    Subscript,
    Call,
    Starred,
    List,
    Tuple,
    Lambda,
    Operation,
    /// A comparison; `In`: its first operator is `in`.
    Compare,
    CompareIn,
    IfExp,
    Dict,
    Set,
    ListComp,
    SetComp,
    DictComp,
    GeneratorExp,
    Yield,
    Await,
    NamedExpr,
    FString,
    Literal,
    True,
    False,
    None,
    Ellipsis,
    /// No expression.
    Other,
}

impl Kind {
    fn describe(self) -> &'static str {
        match self {
            Kind::Name => "name",
            Kind::Attribute => "attribute",
            Kind::Subscript => "subscript",
            Kind::Call => "function call",
            Kind::Starred => "starred",
            Kind::List => "list",
            Kind::Tuple => "tuple",
            Kind::Lambda => "lambda",
            Kind::Operation => "expression",
            Kind::Compare | Kind::CompareIn => "comparison",
            Kind::IfExp => "conditional expression",
            Kind::Dict => "dict literal",
            Kind::Set => "set display",
            Kind::ListComp => "list comprehension",
            Kind::SetComp => "set comprehension",
            Kind::DictComp => "dict comprehension",
            Kind::GeneratorExp => "generator expression",
            Kind::Yield => "yield expression",
            Kind::Await => "await expression",
            Kind::NamedExpr => "named expression",
            Kind::FString => "f-string expression",
            Kind::Literal | Kind::Other => "literal",
            Kind::True => "True",
            Kind::False => "False",
            Kind::None => "None",
            Kind::Ellipsis => "ellipsis",
        }
    }
}

/// What a rule has found. The parts are kept only of what may hold targets: of a comparison its left side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Node {
    kind: Kind,
    span: Span,
    first: u32,
    count: u32,
}

impl Node {
    fn new(kind: Kind, span: Span) -> Node {
        Node { kind, span, first: 0, count: 0 }
    }
}

/// The rules whose results are remembered, as CPython does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Rule {
    SimpleStmt,
    Block,
    Expression,
    StarExpression,
    InvalidNamedExpression,
    Disjunction,
    Conjunction,
    Inversion,
    Binary(u8),
    Factor,
    AwaitPrimary,
    Primary,
    TargetPrimary,
    Strings,
    Arguments,
    StarTarget,
    TargetWithStarAtom,
    DelTarget,
    ClosedPattern,
    StarPattern,
}

/// What to read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Start {
    File,
    Interactive,
    Eval,
    Fragment,
}

/// CPython's complaint about a text that does not parse; `None` if its rules find nothing wrong with it.
pub(crate) fn diagnose(source: &str, mode: Mode) -> Option<SyntaxError> {
    let start = match mode {
        Mode::Module => Start::File,
        Mode::Interactive => Start::Interactive,
        Mode::Expression => Start::Eval,
    };
    complaint(source, start, mode)
}

/// The complaint about a text where one statement is compiled; after that, another one may be wrong in any way.
pub(crate) fn check_single(source: &str) -> Option<SyntaxError> {
    on_large_stack(|| {
        let mut p = input::machine(source, Mode::Interactive);
        if p.run(Start::Interactive).is_err() {
            return find(source, Start::Interactive, Mode::Interactive);
        }
        let rest = source.get(p.furthest().span.end as usize..).unwrap_or_default();
        let mut lines = rest.lines().map(|l| l.split('#').next().unwrap_or_default());
        if lines.all(|l| l.trim_matches([' ', '\t', '\x0c']).is_empty()) {
            return None;
        }
        p.complain_here("multiple statements found while compiling a single statement");
        p.raised.take()
    })
}

/// The complaint about the expression between an f-string's braces. CPython reads it on its own, between
/// parentheses, and shows that text; `base` is its place in the file.
pub(crate) fn diagnose_fragment(text: &str, base: u32) -> Option<SyntaxError> {
    // A line end before the end would have been noticed with the string, and is one to the tokenizer.
    let source = format!("({text})");
    let mut error = complaint(&source, Start::Fragment, Mode::Module)?;
    let is_lexical = error.place.as_ref().is_some_and(|p| p.is_lexical);
    if let Some(place) = &mut error.place
        && place.base.is_none()
    {
        place.base = Some(base);
        if !is_lexical {
            error.message = format!("f-string: {}", error.message);
        }
    }
    Some(error)
}

/// How much stack the rules get: they nest deeper than the grammar's own parser.
const STACK: usize = 256 << 20;

fn on_large_stack<T: Send>(f: impl FnOnce() -> Option<T> + Send) -> Option<T> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK);
        thread.spawn_scoped(scope, f).ok()?.join().ok()?
    })
}

fn complaint(source: &str, start: Start, mode: Mode) -> Option<SyntaxError> {
    on_large_stack(|| find(source, start, mode))
}

fn find(source: &str, start: Start, mode: Mode) -> Option<SyntaxError> {
    let mut p = input::machine(source, mode);
    if p.run(start).is_ok() {
        return None;
    }
    let stopped = p.fill.saturating_sub(1);
    if p.raised.is_none() {
        p.restart();
        let _ = p.run(start);
    }
    let Some(error) = p.raised.take() else {
        let t = p.tokens[stopped.min(p.tokens.len() - 1)];
        match t.tok {
            Some(Tok::Indent) => p.complain_indentation("unexpected indent"),
            Some(Tok::Dedent) => p.complain_indentation("unexpected unindent"),
            _ => {
                let error = p.generic(stopped);
                return Some(p.overruled(error, true));
            }
        };
        return p.raised.take();
    };
    Some(p.overruled(error, false))
}

impl Machine<'_> {
    fn run(&mut self, start: Start) -> Match<()> {
        match start {
            Start::File => {
                self.optional(Self::statements)?;
                self.expect_end()
            }
            Start::Interactive => self.interactive(),
            Start::Eval => {
                self.expressions()?;
                self.many(|p| p.expect(Tok::Newline))?;
                self.expect_end()
            }
            Start::Fragment => self.star_expressions().map(|_| ()),
        }
    }

    /// A malformed token further on outranks the parser's complaint.
    fn overruled(&self, error: SyntaxError, generic: bool) -> SyntaxError {
        let read_all = self.fill > self.tokens.len() || self.furthest().tok.is_none();
        if read_all && !generic || error.kind == crate::SyntaxErrorKind::MemoryError {
            return error;
        }
        match &self.ending {
            Ending::Fault(e) if !place::is_met_only(e) => e.clone(),
            Ending::Clean => error,
            _ => match self.open {
                Some((_, at)) if self.places.line(self.furthest()) > self.places.line_at(at) => {
                    self.never_closed()
                }
                _ => error,
            },
        }
    }
}
