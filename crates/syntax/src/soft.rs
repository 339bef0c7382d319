//! Decisions that need more look-ahead than one token: `match` and `case` as keywords, and whether
//! the parentheses after `with` enclose a list of items.
//!
//! LR(1) cannot make them, but each is a simple question about the rest of the logical line, so this
//! pass answers them by replacing tokens. It errs only on lines that are wrong either way.

use crate::lexer::Spanned;
use crate::token::Tok;

/// Replaces the tokens in question.
pub fn mark(tokens: &mut [Spanned<'_>]) {
    // For each open block, whether it is the body of a `match`.
    let mut blocks = vec![false];
    let mut match_header = false;
    let mut statement_start = true;
    for i in 0..tokens.len() {
        match tokens[i].1 {
            Tok::Indent => blocks.push(match_header),
            Tok::Dedent => _ = blocks.pop(),
            Tok::Name("match") if statement_start && opens_match(tokens, i) => {
                tokens[i].1 = Tok::Match;
                match_header = true;
            }
            Tok::Name("case") if statement_start && blocks.last() == Some(&true) && opens_case(tokens, i) => {
                tokens[i].1 = Tok::Case;
            }
            Tok::With if has_item_list(tokens, i) => tokens[i].1 = Tok::WithParen,
            _ => {}
        }
        if statement_start && !matches!(tokens[i].1, Tok::Indent | Tok::Dedent | Tok::Match) {
            match_header = false;
        }
        statement_start = matches!(tokens[i].1, Tok::Newline | Tok::Indent | Tok::Dedent);
    }
}

fn kind<'a>(tokens: &[Spanned<'a>], i: usize) -> Tok<'a> {
    tokens.get(i).map_or(Tok::Newline, |t| t.1)
}

/// `match ... :` with nothing after the colon is no other statement.
fn opens_match(tokens: &[Spanned<'_>], i: usize) -> bool {
    let Some(len) = tokens[i..].iter().position(|t| t.1 == Tok::Newline) else { return false };
    len > 2
        && tokens[i + len - 1].1 == Tok::Colon
        && !matches!(tokens[i + 1].1, Tok::Colon | Tok::Equal | Tok::Dot | Tok::Comma)
}

/// `case ... : ...` where a statement of a `match` is expected.
fn opens_case(tokens: &[Spanned<'_>], i: usize) -> bool {
    if matches!(kind(tokens, i + 1), Tok::Colon | Tok::Equal | Tok::Dot | Tok::Comma) {
        return false;
    }
    tokens[i..].iter().take_while(|t| t.1 != Tok::Newline).any(|t| t.1 == Tok::Colon)
}

/// The index of the bracket that closes the one at `open`.
pub fn closing(tokens: &[Spanned<'_>], open: usize) -> Option<usize> {
    let mut depth = 0usize;
    for (i, token) in tokens.iter().enumerate().skip(open) {
        match token.1 {
            Tok::LParen | Tok::LBracket | Tok::LBrace => depth += 1,
            Tok::RParen | Tok::RBracket | Tok::RBrace => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(i);
                }
            }
            _ => {}
        }
    }
    None
}

/// In `with (...):` the parentheses enclose items unless the inside can only be one expression:
/// a generator, a tuple with a star, a `yield` or a walrus.
fn has_item_list(tokens: &[Spanned<'_>], with: usize) -> bool {
    if kind(tokens, with + 1) != Tok::LParen {
        return false;
    }
    let Some(close) = closing(tokens, with + 1) else { return false };
    if kind(tokens, close + 1) != Tok::Colon {
        return false;
    }
    let mut depth = 0;
    let mut item_start = true;
    let (mut comma, mut expression_only) = (false, close == with + 2);
    for &(_, token, _) in &tokens[with + 2..close] {
        match token {
            Tok::LParen | Tok::LBracket | Tok::LBrace => depth += 1,
            Tok::RParen | Tok::RBracket | Tok::RBrace => depth -= 1,
            Tok::As if depth == 0 => return true,
            Tok::Comma if depth == 0 => comma = true,
            Tok::Star | Tok::Yield if depth == 0 && item_start => expression_only = true,
            Tok::ColonEqual | Tok::For if depth == 0 => expression_only = true,
            _ => {}
        }
        item_start = depth == 0 && token == Tok::Comma;
    }
    comma && !expression_only
}
