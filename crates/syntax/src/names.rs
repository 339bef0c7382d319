//! Characters by name, for `\N{...}`.

/// The aliases of Unicode, sorted by name: name and code point, a line each.
static ALIASES: &str = include_str!("aliases.txt");

/// The character with a name or alias, in capital or small letters.
pub fn character(name: &str) -> Option<char> {
    let upper = name.to_ascii_uppercase();
    match unicode_names2::character(&upper) {
        // The crate takes names in loose spelling: spaces, hyphens and underscores count here.
        Some(c) if unicode_names2::name(c).is_some_and(|n| n.to_string() == upper) => Some(c),
        _ => alias(&upper),
    }
}

fn alias(upper: &str) -> Option<char> {
    let mut lines = ALIASES.lines().filter_map(|line| line.split_once(';'));
    let (_, code) = lines.find(|(name, _)| *name == upper)?;
    u32::from_str_radix(code, 16).ok().and_then(char::from_u32)
}

#[cfg(test)]
mod tests {
    use super::character;

    #[test]
    fn names_and_aliases() {
        assert_eq!(character("snowman"), Some('\u{2603}'));
        assert_eq!(character("LINE FEED"), Some('\n'));
        assert_eq!(character("NBSP"), Some('\u{a0}'));
        assert_eq!(character("LATIN_SMALL_LETTER_A"), None);
        assert_eq!(character("CJK UNIFIED IDEOGRAPH-4E00"), Some('\u{4e00}'));
    }
}
