//! Runs lexer and parser, and words what goes wrong as CPython does.
//!
//! The parser only says that it stopped; [`diagnose`](mod@crate::diagnose) finds out why.

use crate::Mode;
use crate::ast::*;
use crate::diagnose::{check_single, diagnose, diagnose_fragment};
use crate::error::SyntaxError;
use crate::grammar::TopParser;
use crate::lexer::{self, Context, Tokens};
use crate::token::Tok;
use bumpalo::Bump;
use lalrpop_util::ParseError;

/// Parses a source text into a tree that lives in `arena`.
///
/// # Errors
/// CPython's syntax error for a text that is no Python.
pub fn parse<'a>(arena: &'a Bump, source: &str, mode: Mode) -> Result<Mod<'a>, SyntaxError> {
    let source: &'a str = arena.alloc_str(source);
    if let Some(at) = source.find('\0') {
        return Err(SyntaxError::new(
            "source code cannot contain null bytes",
            Span::new(at as u32, at as u32),
        ));
    }
    let start = match mode {
        Mode::Expression => Tok::StartExpression,
        Mode::Module | Mode::Interactive => Tok::StartModule,
    };
    if mode == Mode::Interactive
        && let Some(error) = check_single(source)
    {
        return Err(error);
    }
    let tokens = lexer::tokenize(source, 0, Context::Source);
    let parsed = run(arena, source, 0, start, tokens).map_err(|e| diagnose(source, mode).unwrap_or(e))?;
    Ok(match (mode, parsed) {
        (Mode::Interactive, Mod::Module { body }) => Mod::Interactive { body },
        (_, parsed) => parsed,
    })
}

/// Parses the expression in an f-string's braces, which stands at `base` in the file.
pub(crate) fn fragment<'a>(arena: &'a Bump, text: &'a str, base: u32) -> Result<Expr<'a>, SyntaxError> {
    let tokens = lexer::tokenize(text, base, Context::Braces);
    let parsed = run(arena, text, base, Tok::StartFString, tokens);
    // The parentheses around it are those of a group, in which a star alone has no place.
    let parsed = match parsed {
        Ok(Mod::Expression { body: Expr { kind: ExprKind::Starred { .. }, span } }) => {
            Err(SyntaxError::new("f-string: cannot use starred expression here", *span))
        }
        parsed => parsed,
    };
    match parsed.map_err(|e| diagnose_fragment(text, base).unwrap_or(e))? {
        Mod::Expression { body } => Ok(*body),
        _ => Err(SyntaxError::new("invalid syntax", Span::new(base, base))),
    }
}

fn run<'a>(
    arena: &'a Bump,
    source: &'a str,
    base: u32,
    start: Tok<'a>,
    tokens: Tokens<'a>,
) -> Result<Mod<'a>, SyntaxError> {
    let Tokens { list, error, unclosed } = tokens;
    let end = base + source.len() as u32;
    let stream = std::iter::once((base, start, base)).chain(list).map(Ok::<_, SyntaxError>);
    let failure = match TopParser::new().parse(arena, source, base, stream) {
        Ok(tree) if error.is_none() && unclosed.is_none() => return Ok(tree),
        Ok(_) => None,
        Err(failure) => Some(failure),
    };
    // What CPython says is for `diagnose` to find out; this is for a text that its rules accept.
    Err(match (failure, error) {
        (Some(ParseError::User { error }), _) | (_, Some(error)) => error,
        (Some(ParseError::UnrecognizedToken { token: (l, _, r), .. }), _) => {
            SyntaxError::new("invalid syntax", Span::new(l, r))
        }
        _ => SyntaxError::new("invalid syntax", Span::new(end, end)),
    })
}
