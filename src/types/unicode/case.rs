//! The case forms of characters, and what follows from them. Those of the standard library are of a later
//! version of Unicode, so characters that came later are treated as unassigned.

use super::{category, is_assigned};

/// `str.islower` of one character.
pub fn is_lower(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_lowercase();
    }
    match c as u32 {
        // What these are has changed since.
        0x295 => true,
        0x10fc | 0xa7f2..=0xa7f4 | 0xab69 => false,
        _ => c.is_lowercase() && is_assigned(c),
    }
}

/// `str.isupper` of one character.
pub fn is_upper(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_uppercase() } else { c.is_uppercase() && is_assigned(c) }
}

/// Appends the upper case form.
pub fn push_upper(c: char, out: &mut String) {
    if c.is_ascii() {
        return out.push(c.to_ascii_uppercase());
    }
    if !is_assigned(c) || c.to_uppercase().any(|c| !is_assigned(c)) {
        return out.push(c);
    }
    out.extend(c.to_uppercase());
}

/// Appends the lower case form of a character by itself: a capital sigma becomes the one inside words.
pub fn push_lower(c: char, out: &mut String) {
    if c.is_ascii() {
        return out.push(c.to_ascii_lowercase());
    }
    if !is_assigned(c) || c.to_lowercase().any(|c| !is_assigned(c)) {
        return out.push(c);
    }
    out.extend(c.to_lowercase());
}

/// Whether it neither starts nor ends a word for the form of a sigma.
pub fn is_case_ignorable(c: char) -> bool {
    match c {
        '\'' | '.' | ':' | '^' | '`' => true,
        _ if c.is_ascii() => false,
        '\u{b7}' | '\u{387}' | '\u{55f}' | '\u{5f4}' | '\u{2018}' | '\u{2019}' | '\u{2024}' | '\u{2027}'
        | '\u{fe13}' | '\u{fe52}' | '\u{fe55}' | '\u{ff07}' | '\u{ff0e}' | '\u{ff1a}' => true,
        _ => matches!(category(c), "Mn" | "Me" | "Cf" | "Lm" | "Sk"),
    }
}

/// `str.isspace` of one character.
pub fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\x1c'..='\x1f').contains(&c)
}

/// Whether it is a digraph in title case, such as `Dz`.
pub fn is_title(c: char) -> bool {
    !c.is_ascii() && category(c) == "Lt"
}

/// Whether it has an upper, lower or title case form and is one of them.
pub fn is_cased(c: char) -> bool {
    is_upper(c) || is_lower(c) || is_title(c)
}

/// Appends the title case form.
pub fn push_title(c: char, out: &mut String) {
    let single = match c as u32 {
        0x1c4..=0x1c6 => 0x1c5,
        0x1c7..=0x1c9 => 0x1c8,
        0x1ca..=0x1cc => 0x1cb,
        0x1f1..=0x1f3 => 0x1f2,
        // Georgian has no title case of its own.
        n @ (0x10d0..=0x10fa | 0x10fd..=0x10ff) => n,
        // Greek with iota below: the capital keeps it.
        n @ 0x1f80..=0x1faf => n | 8,
        n @ (0x1fb3 | 0x1fc3 | 0x1ff3) => n + 9,
        n @ (0x1fbc | 0x1fcc | 0x1ffc) => n,
        _ if !is_assigned(c) || c.to_uppercase().any(|c| !is_assigned(c)) => return out.push(c),
        _ => {
            let mut inside = false;
            for c in c.to_uppercase() {
                match c {
                    '\u{399}' if inside => out.push('\u{345}'),
                    _ if inside => out.extend(c.to_lowercase()),
                    _ => out.push(c),
                }
                inside |= is_cased(c);
            }
            return;
        }
    };
    out.extend(char::from_u32(single));
}

/// Appends the case-folded form: that of the small letter of the capital, with few exceptions.
pub fn push_folded(c: char, out: &mut String) {
    match c as u32 {
        // Dotless i stays, and Cherokee folds to its capitals.
        0x131 | 0x13a0..=0x13f5 => out.push(c),
        0x13f8..=0x13fd | 0xab70..=0xabbf => out.extend(c.to_uppercase()),
        _ if !is_assigned(c) || c.to_lowercase().any(|c| !is_assigned(c)) => out.push(c),
        _ => {
            for c in c.to_lowercase().flat_map(char::to_uppercase) {
                out.extend(c.to_lowercase());
            }
        }
    }
}

/// `str.isidentifier`
pub fn is_identifier(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(|c| c == '_' || (unicode_ident::is_xid_start(c) && is_assigned(c)))
        && chars.all(|c| {
            // Four characters became part of identifiers later.
            unicode_ident::is_xid_continue(c)
                && (c.is_ascii() || is_assigned(c) && !matches!(c as u32, 0x200c | 0x200d | 0x30fb | 0xff65))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases() {
        let fold = |s: &str| {
            let mut out = String::new();
            s.chars().for_each(|c| push_folded(c, &mut out));
            out
        };
        assert_eq!(fold("Stra\u{df}e \u{1e9e} \u{3c2} \u{131}"), "strasse ss \u{3c3} \u{131}");
        let mut out = String::new();
        "\u{df}\u{1c6}\u{fb01}\u{1f80}\u{1fb2}".chars().for_each(|c| push_title(c, &mut out));
        assert_eq!(out, "Ss\u{1c5}Fi\u{1f88}\u{1fba}\u{345}");
    }
}
