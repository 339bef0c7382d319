//! Names of characters. The crate knows those of later versions of Unicode, and takes names in loose spelling.

use super::is_assigned;

/// The name of a character.
pub fn name(c: char) -> Option<String> {
    if !is_assigned(c) {
        return None;
    }
    unicode_names2::name(c).map(|n| n.to_string())
}

/// The character with a name or alias, in capital or small letters.
pub fn character(text: &str) -> Option<char> {
    let c = unicode_names2::character(text).filter(|&c| is_assigned(c))?;
    let upper = text.to_ascii_uppercase();
    // Spaces, hyphens and underscores count, which the crate ignores in names but not in aliases.
    match unicode_names2::name(c).map(|n| n.to_string()) {
        Some(n) if n == upper => Some(c),
        Some(n) if is_loosely(&n, &upper) => None,
        _ => Some(c),
    }
}

/// Whether two names differ only in what stands between words.
fn is_loosely(a: &str, b: &str) -> bool {
    let letters = |s: &'_ str| s.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
    letters(a) == letters(b)
}
