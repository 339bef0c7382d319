//! The tokens of Python, recognised by `logos`.
//!
//! `logos` finds where a token ends; what is beyond regular expressions (the end of a string, the
//! exact complaint about a malformed number) is scanned by hand in a callback. Indentation, brackets
//! and soft keywords need context, which the `lexer` module adds. A token borrows the source text
//! and carries no decoded value, so that tokens stay small and `Copy`.

use crate::line_index::count_line_ends;
use crate::number;
use logos::{Lexer, Logos};

/// Why a piece of text is no token. Offsets are relative to the start of the token.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LexFault {
    /// CPython's message; empty for a character that starts no token.
    pub message: String,
    /// Where the complaint starts.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// Whether more input could complete the token.
    pub incomplete: bool,
}

macro_rules! tokens {
    ($(#[$attr:meta])* $($name:ident = $text:literal),* $(,)?) => {
        /// A token.
        $(#[$attr])*
        #[derive(Logos, Clone, Copy, Debug, PartialEq)]
        #[logos(skip r"[ \t\x0C]+", error = LexFault)]
        pub enum Tok<'a> {
            /// An identifier, as written.
            #[regex(r"[A-Za-z_\u{80}-\u{10FFFF}][A-Za-z0-9_\u{80}-\u{10FFFF}]*")]
            Name(&'a str),
            /// A number, as written; its form is right.
            #[regex(r"[0-9]|\.[0-9]", scan_number)]
            Number(&'a str),
            /// A string literal with prefix and quotes, as written.
            #[regex(r#"([rR]|[bB]|[uU]|[fF]|[rR][bBfF]|[bBfF][rR])?['"]"#, scan_string)]
            Str(&'a str),
            /// The end of a line; the parser sees only those that end a logical line.
            #[regex(r"\r\n?|\n")]
            Newline,
            /// A comment; the parser never sees it.
            #[regex(r"#[^\r\n]*", allow_greedy = true)]
            Comment,
            /// A backslash with the end of line that it hides; the parser never sees it.
            #[regex(r"\\(\r\n?|\n)?")]
            Backslash,
            /// ASCII characters without a meaning in Python: a generic syntax error.
            #[token("!")]
            #[token("$")]
            #[token("?")]
            #[token("`")]
            #[token("<>")]
            Unknown,
            $(
                #[doc = concat!("`", $text, "`")]
                #[token($text)]
                $name,
            )*
            /// A deeper indentation begins.
            Indent,
            /// An indentation ends.
            Dedent,
            /// The soft keyword `match` that starts a statement.
            Match,
            /// The soft keyword `case` that starts a clause of `match`.
            Case,
            /// `with` followed by a parenthesised list of items.
            WithParen,
            /// Tells the grammar to read a file.
            StartModule,
            /// Tells the grammar to read an expression.
            StartExpression,
            /// Tells the grammar to read the expression in an f-string's braces.
            StartFString,
        }

        impl Tok<'_> {
            /// The text of a keyword or operator.
            pub fn text(self) -> Option<&'static str> {
                match self {
                    $(Tok::$name => Some($text),)*
                    _ => None,
                }
            }
        }
    };
}

tokens! {
    False = "False", None = "None", True = "True", And = "and", As = "as", Assert = "assert",
    Async = "async", Await = "await", Break = "break", Class = "class", Continue = "continue",
    Def = "def", Del = "del", Elif = "elif", Else = "else", Except = "except",
    Finally = "finally", For = "for", From = "from", Global = "global", If = "if",
    Import = "import", In = "in", Is = "is", Lambda = "lambda", Nonlocal = "nonlocal",
    Not = "not", Or = "or", Pass = "pass", Raise = "raise", Return = "return", Try = "try",
    While = "while", With = "with", Yield = "yield",
    LParen = "(", RParen = ")", LBracket = "[", RBracket = "]", LBrace = "{", RBrace = "}",
    Colon = ":", Comma = ",", Semi = ";", Dot = ".", Ellipsis = "...", Arrow = "->",
    ColonEqual = ":=", Equal = "=", At = "@",
    Plus = "+", Minus = "-", Star = "*", Slash = "/", Percent = "%", DoubleStar = "**",
    DoubleSlash = "//", LeftShift = "<<", RightShift = ">>", Amper = "&", VBar = "|",
    Caret = "^", Tilde = "~",
    Less = "<", Greater = ">", LessEqual = "<=", GreaterEqual = ">=", EqEqual = "==",
    NotEqual = "!=",
    PlusEqual = "+=", MinusEqual = "-=", StarEqual = "*=", SlashEqual = "/=",
    PercentEqual = "%=", AtEqual = "@=", AmperEqual = "&=", VBarEqual = "|=", CaretEqual = "^=",
    LeftShiftEqual = "<<=", RightShiftEqual = ">>=", DoubleStarEqual = "**=",
    DoubleSlashEqual = "//=",
}

impl Tok<'_> {
    /// Whether it is one of the reserved words.
    pub fn is_keyword(self) -> bool {
        self.text().is_some_and(|t| t.as_bytes()[0].is_ascii_alphabetic())
    }

    /// The name of the token's kind, as `--tokens` shows it.
    pub fn kind_name(self) -> &'static str {
        match self {
            Tok::Name(_) => "NAME",
            Tok::Number(_) => "NUMBER",
            Tok::Str(_) => "STRING",
            Tok::Newline => "NEWLINE",
            Tok::Indent => "INDENT",
            Tok::Dedent => "DEDENT",
            Tok::Match | Tok::Case => "SOFT",
            Tok::WithParen => "KEYWORD",
            Tok::Unknown => "ERROR",
            other if other.is_keyword() => "KEYWORD",
            _ => "OP",
        }
    }
}

fn scan_number<'a>(lex: &mut Lexer<'a, Tok<'a>>) -> Result<&'a str, LexFault> {
    let rest = &lex.source()[lex.span().start..];
    let len = number::scan(rest)?;
    lex.bump(len - lex.slice().len());
    Ok(&rest[..len])
}

/// Finds the closing quotes. Escapes matter only in that a backslash hides the next character,
/// which holds for raw strings too.
fn scan_string<'a>(lex: &mut Lexer<'a, Tok<'a>>) -> Result<&'a str, LexFault> {
    let text = &lex.source()[lex.span().start..];
    let bytes = text.as_bytes();
    let open = lex.slice().len();
    let quote = bytes[open - 1];
    let triple = bytes.get(open) == Some(&quote) && bytes.get(open + 1) == Some(&quote);
    let mut i = if triple { open + 2 } else { open };
    while let Some(&b) = bytes.get(i) {
        if b == b'\\' {
            // A backslash hides all of `\r\n`; of a longer character, its first byte is enough.
            i += if bytes[i + 1..].starts_with(b"\r\n") { 3 } else { 2 };
        } else if b == quote && (!triple || bytes[i..].starts_with(&[quote; 3])) {
            let len = i + if triple { 3 } else { 1 };
            lex.bump(len - open);
            return Ok(&text[..len]);
        } else if !triple && (b == b'\n' || b == b'\r') {
            break;
        } else {
            i += 1;
        }
    }
    let i = i.min(bytes.len());
    let before = &lex.source()[..lex.span().start];
    let mut line = 1 + count_line_ends(before) + count_line_ends(&text[..i]);
    if i == bytes.len() && text.ends_with(['\n', '\r']) {
        line -= 1; // the end of input stands on the last line, not on one after it
    }
    let what = if triple { "triple-quoted string" } else { "string" };
    Err(LexFault {
        message: format!("unterminated {what} literal (detected at line {line})"),
        start: 0,
        end: 1,
        incomplete: triple,
    })
}
