//! Names of characters. The crate knows those of later versions of Unicode, too.

use super::{is_assigned, is_surrogate};

/// The name of a character.
pub fn name(c: char) -> Option<String> {
    if !is_assigned(c) || is_surrogate(c) {
        return None;
    }
    unicode_names2::name(c).map(|n| n.to_string())
}

/// The character with a name or alias, in capital or small letters.
pub fn character(text: &str) -> Option<char> {
    minipy_syntax::names::character(text).filter(|&c| is_assigned(c))
}
