//! Runs lexer and parser, and words what goes wrong as CPython does.
//!
//! The parser only says at which token it stopped. [`diagnose`] looks at the tokens around it for the
//! common mistakes.

use crate::Mode;
use crate::ast::*;
use crate::build::Fail;
use crate::error::SyntaxError;
use crate::grammar::TopParser;
use crate::lexer::{self, Context, Spanned, Tokens};
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
    let tokens = lexer::tokenize(source, 0, Context::Source);
    let parsed = run(arena, source, 0, start, tokens)?;
    Ok(match (mode, parsed) {
        (Mode::Interactive, Mod::Module { body }) => Mod::Interactive { body },
        (_, parsed) => parsed,
    })
}

/// Parses the expression in an f-string's braces, which stands at `base` in the file.
pub(crate) fn fragment<'a>(arena: &'a Bump, text: &'a str, base: u32) -> Result<Expr<'a>, SyntaxError> {
    let tokens = lexer::tokenize(text, base, Context::Braces);
    match run(arena, text, base, Tok::StartFString, tokens)? {
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
    let stream = std::iter::once((base, start, base)).chain(list.iter().copied()).map(Ok::<_, SyntaxError>);
    let result = TopParser::new().parse(arena, source, base, stream);
    // A malformed token counts only if the parser gets as far, which it does unless it fails before.
    match (result, error) {
        (Ok(tree), None) if unclosed.is_none() => Ok(tree),
        (Err(failure), error) => {
            let at_end = matches!(failure, ParseError::UnrecognizedEof { .. });
            match error {
                Some(e) if at_end || e.message.starts_with("unterminated") => Err(e),
                _ => Err(diagnose(source, base, &list, failure, unclosed)),
            }
        }
        (Ok(_), Some(e)) => Err(e),
        (Ok(_), None) => Err(never_closed(unclosed)),
    }
}

fn never_closed(unclosed: Option<(Tok, u32)>) -> SyntaxError {
    let (open, at) = unclosed.map_or(("(", 0), |(t, at)| (t.text().unwrap_or("("), at));
    let mut e = SyntaxError::new(format!("'{open}' was never closed"), Span::new(at, at + 1));
    e.incomplete = true;
    e
}

fn diagnose<'a>(
    source: &str,
    base: u32,
    tokens: &[Spanned<'a>],
    failure: Fail<'a>,
    unclosed: Option<(Tok<'a>, u32)>,
) -> SyntaxError {
    let (index, expected) = match &failure {
        ParseError::User { error } => return error.clone(),
        ParseError::UnrecognizedToken { token, expected } => {
            (tokens.iter().position(|t| t.0 == token.0 && t.1 == token.1), expected.as_slice())
        }
        ParseError::UnrecognizedEof { expected, .. } => (None, expected.as_slice()),
        _ => (None, [].as_slice()),
    };
    let Some(i) = index else {
        if unclosed.is_some() {
            return never_closed(unclosed);
        }
        let end = base + source.len() as u32;
        let mut e = SyntaxError::new("invalid syntax", Span::new(end, end));
        e.incomplete = true;
        return expected_block(source, tokens, tokens.len()).unwrap_or(e);
    };
    let (l, token, r) = tokens[i];
    let span = Span::new(l, r);
    let wants = |what: &str| expected.iter().any(|e| e.trim_matches('"') == what);
    if token == Tok::Indent {
        let next = tokens.get(i + 1).map_or(span, |t| Span::new(t.0, t.2));
        return SyntaxError::indentation("unexpected indent", next);
    }
    if let Some(e) = expected_block(source, tokens, i) {
        return e;
    }
    let line_start =
        tokens[..i].iter().rposition(|t| matches!(t.1, Tok::Newline | Tok::Indent | Tok::Dedent));
    let line_start = line_start.map_or(0, |n| n + 1);
    let previous = i.checked_sub(1).map(|p| tokens[p]);
    let keyword = tokens[line_start].1;
    let compound = matches!(
        keyword,
        Tok::If
            | Tok::Elif
            | Tok::Else
            | Tok::While
            | Tok::For
            | Tok::Def
            | Tok::Class
            | Tok::Try
            | Tok::Except
            | Tok::Finally
            | Tok::With
            | Tok::WithParen
            | Tok::Match
            | Tok::Case
            | Tok::Async
    );
    if compound && wants(":") && !matches!(token, Tok::Equal | Tok::ColonEqual) && unclosed.is_none() {
        if token == Tok::Newline || !matches!(keyword, Tok::If | Tok::Elif | Tok::While) {
            return SyntaxError::new("expected ':'", span);
        }
        if matches!(token, Tok::Name(_) | Tok::Number(_) | Tok::Str(_)) || token.is_keyword() {
            return SyntaxError::new("invalid syntax", span);
        }
        return SyntaxError::new("expected ':'", span);
    }
    if token == Tok::Equal && previous.is_some() {
        return assignment_in_expression(tokens, line_start, i, unclosed.is_some());
    }
    if let Some((pl, Tok::Name(name @ ("print" | "exec")), _)) = previous
        && i == line_start + 1
        && matches!(token, Tok::Name(_) | Tok::Number(_) | Tok::Str(_))
    {
        let end = tokens[i..]
            .iter()
            .take_while(|t| !matches!(t.1, Tok::Newline | Tok::Semi))
            .last()
            .map_or(r, |t| t.2);
        let message = format!("Missing parentheses in call to '{name}'. Did you mean {name}(...)?");
        return SyntaxError::new(message, Span::new(pl, end));
    }
    if token == Tok::Dedent || token == Tok::Newline {
        if keyword == Tok::Try && matches!(tokens[line_start].1, Tok::Try) {
            return SyntaxError::new("expected 'except' or 'finally' block", span);
        }
    } else if matches!(token, Tok::Name(_) | Tok::Number(_) | Tok::Str(_)) && wants(",") {
        // Two operands side by side inside brackets.
        if let Some(open) = innermost_open(&tokens[..i]) {
            let from = tokens[open + 1..i]
                .iter()
                .rposition(|t| t.1 == Tok::Comma)
                .map_or(open + 1, |n| open + 2 + n);
            let closed = unclosed.is_none();
            if closed && from < i {
                let message = "invalid syntax. Perhaps you forgot a comma?";
                return SyntaxError::new(message, Span::new(tokens[from].0, r));
            }
        }
    }
    if try_without_handler(tokens, i) {
        return SyntaxError::new("expected 'except' or 'finally' block", span);
    }
    if unclosed.is_some_and(|(_, at)| at < l) {
        return never_closed(unclosed);
    }
    SyntaxError::new("invalid syntax", span)
}

/// The index of the innermost bracket that is open at the end of `tokens`.
fn innermost_open(tokens: &[Spanned]) -> Option<usize> {
    let mut depth = 0;
    for (i, t) in tokens.iter().enumerate().rev() {
        match t.1 {
            Tok::RParen | Tok::RBracket | Tok::RBrace => depth += 1,
            Tok::LParen | Tok::LBracket | Tok::LBrace if depth == 0 => return Some(i),
            Tok::LParen | Tok::LBracket | Tok::LBrace => depth -= 1,
            Tok::Newline => return None,
            _ => {}
        }
    }
    None
}

fn try_without_handler(tokens: &[Spanned], i: usize) -> bool {
    // The statement before, at this level, is a `try` whose block has just ended.
    let mut depth = 0;
    for (n, t) in tokens[..i].iter().enumerate().rev() {
        match t.1 {
            Tok::Dedent => depth += 1,
            Tok::Indent if depth == 0 => return false,
            Tok::Indent => {
                depth -= 1;
                if depth == 0 {
                    let header = &tokens[..n];
                    return header.len() >= 3 && header[header.len() - 3].1 == Tok::Try;
                }
            }
            _ if depth == 0 => return false,
            _ => {}
        }
    }
    false
}

fn assignment_in_expression(tokens: &[Spanned], line_start: usize, i: usize, open: bool) -> SyntaxError {
    let before = tokens[i - 1];
    let (l, r) = (tokens[i].0, tokens[i].2);
    let header = matches!(tokens[line_start].1, Tok::If | Tok::Elif | Tok::While);
    if header && !open {
        let start = tokens[line_start + 1].0;
        if let Tok::Name(_) = before.1
            && i == line_start + 2
        {
            let end = tokens.get(i + 1).map_or(r, |t| t.2);
            let message = "invalid syntax. Maybe you meant '==' or ':=' instead of '='?";
            return SyntaxError::new(message, Span::new(start, end));
        }
        let what = if matches!(before.1, Tok::Name(_)) { "attribute" } else { "expression" };
        let message = format!("cannot assign to {what} here. Maybe you meant '==' instead of '='?");
        return SyntaxError::new(message, Span::new(start, before.2));
    }
    if innermost_open(&tokens[..i]).is_some_and(|o| tokens[o].1 == Tok::LParen) {
        let from = innermost_open(&tokens[..i]).map_or(0, |o| o + 1);
        let from = tokens[from..i].iter().rposition(|t| t.1 == Tok::Comma).map_or(from, |n| from + n + 1);
        let message = "expression cannot contain assignment, perhaps you meant \"==\"?";
        return SyntaxError::new(message, Span::new(tokens[from].0, r));
    }
    SyntaxError::new("invalid syntax", Span::new(l, r))
}

/// If a block was expected at token `i`: the complaint that names the statement that needs it.
fn expected_block(source: &str, tokens: &[Spanned], i: usize) -> Option<SyntaxError> {
    if i < 2 || tokens[i - 1].1 != Tok::Newline || tokens[i - 2].1 != Tok::Colon {
        return None;
    }
    let start = tokens[..i - 1].iter().rposition(|t| matches!(t.1, Tok::Newline | Tok::Indent | Tok::Dedent));
    let start = start.map_or(0, |n| n + 1);
    let second = tokens.get(start + 1).map(|t| t.1);
    let what = match tokens[start].1 {
        Tok::If => "'if' statement",
        Tok::Elif => "'elif' statement",
        Tok::Else => "'else' statement",
        Tok::While => "'while' statement",
        Tok::For => "'for' statement",
        Tok::Try => "'try' statement",
        Tok::Except if second == Some(Tok::Star) => "'except*' statement",
        Tok::Except => "'except' statement",
        Tok::Finally => "'finally' statement",
        Tok::With | Tok::WithParen => "'with' statement",
        Tok::Def => "function definition",
        Tok::Class => "class definition",
        Tok::Match => "'match' statement",
        Tok::Case => "'case' statement",
        Tok::Async => match second {
            Some(Tok::Def) => "function definition",
            Some(Tok::For) => "'for' statement",
            _ => "'with' statement",
        },
        _ => return None,
    };
    let line = crate::line_index::count_line_ends(&source[..tokens[start].0 as usize]) + 1;
    let at_end = i >= tokens.len() || tokens[i..].iter().all(|t| matches!(t.1, Tok::Dedent | Tok::Newline));
    // At the end of the text CPython marks the end of the header line.
    let span = match tokens.get(i).filter(|_| !at_end) {
        Some(_) => {
            let next = tokens[i..].iter().find(|t| t.1 != Tok::Dedent)?;
            Span::new(next.0, next.2)
        }
        None => Span::new(tokens[i - 2].2, tokens[i - 2].2),
    };
    let mut e =
        SyntaxError::indentation(format!("expected an indented block after {what} on line {line}"), span);
    e.incomplete = at_end;
    Some(e)
}
