//! The normal forms of Unicode.

use super::{DECOMPOSED, decomposition, decomposition_at, record};
use std::collections::HashMap;
use std::sync::LazyLock;

/// A normal form: whether characters are composed again, and whether compatible ones are replaced.
#[derive(Clone, Copy)]
pub struct Form {
    compose: bool,
    compatible: bool,
}

impl Form {
    /// The form with a name such as `NFC`.
    pub fn find(name: &str) -> Option<Form> {
        let (compose, compatible) = match name {
            "NFC" => (true, false),
            "NFD" => (false, false),
            "NFKC" => (true, true),
            "NFKD" => (false, true),
            _ => return None,
        };
        Some(Form { compose, compatible })
    }
}

// Hangul syllables are numbered by the letters they consist of.
const SYLLABLES: u32 = 0xac00;
const LEADING: u32 = 0x1100;
const VOWELS: u32 = 0x1161;
const TRAILING: u32 = 0x11a7;
const LEADING_COUNT: u32 = 19;
const VOWEL_COUNT: u32 = 21;
const TRAILING_COUNT: u32 = 28;
const SYLLABLE_COUNT: u32 = LEADING_COUNT * VOWEL_COUNT * TRAILING_COUNT;

/// `text` in a normal form.
pub fn normalize(text: &str, form: Form) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    let mut chars = Vec::with_capacity(text.len());
    for c in text.chars() {
        decompose(c, form.compatible, &mut chars);
    }
    sort_marks(&mut chars);
    if form.compose {
        compose(&mut chars);
    }
    chars.into_iter().map(|(c, _)| c).collect()
}

/// Whether `text` is in a normal form.
pub fn is_normalized(text: &str, form: Form) -> bool {
    normalize(text, form) == text
}

/// A character with its combining class.
type Classed = (char, u8);

/// Appends what `c` decomposes to in the end.
fn decompose(c: char, compatible: bool, out: &mut Vec<Classed>) {
    let syllable = (c as u32).wrapping_sub(SYLLABLES);
    if syllable < SYLLABLE_COUNT {
        let trailing = syllable % TRAILING_COUNT;
        let rest = syllable / TRAILING_COUNT;
        let letters = [LEADING + rest / VOWEL_COUNT, VOWELS + rest % VOWEL_COUNT, TRAILING + trailing];
        let n = if trailing == 0 { 2 } else { 3 };
        out.extend(letters[..n].iter().filter_map(|&n| char::from_u32(n)).map(|c| (c, 0)));
        return;
    }
    match decomposition(c) {
        Some(d) if d.tag == 0 || compatible => d.text.chars().for_each(|c| decompose(c, compatible, out)),
        _ => out.push((c, record(c as u32).combining)),
    }
}

/// Puts runs of combining marks into the order of their classes.
fn sort_marks(chars: &mut [Classed]) {
    for run in chars.chunk_by_mut(|a, b| a.1 != 0 && b.1 != 0) {
        if run.len() > 1 {
            run.sort_by_key(|c| c.1);
        }
    }
}

static COMPOSED: LazyLock<HashMap<(char, char), char>> = LazyLock::new(|| {
    let pairs = (0..DECOMPOSED.len() / 4).filter_map(|i| {
        let (code, d) = decomposition_at(i);
        let mut parts = d.text.chars();
        match (parts.next(), parts.next()) {
            (Some(a), Some(b)) if d.tag == 0 && !d.excluded => Some(((a, b), char::from_u32(code)?)),
            _ => None,
        }
    });
    pairs.collect()
});

/// The character that two compose to.
fn pair(a: char, b: char) -> Option<char> {
    let (x, y) = (a as u32, b as u32);
    let (leading, vowel) = (x.wrapping_sub(LEADING), y.wrapping_sub(VOWELS));
    if leading < LEADING_COUNT && vowel < VOWEL_COUNT {
        return char::from_u32(SYLLABLES + (leading * VOWEL_COUNT + vowel) * TRAILING_COUNT);
    }
    let (syllable, trailing) = (x.wrapping_sub(SYLLABLES), y.wrapping_sub(TRAILING));
    if syllable < SYLLABLE_COUNT
        && syllable.is_multiple_of(TRAILING_COUNT)
        && (1..TRAILING_COUNT).contains(&trailing)
    {
        return char::from_u32(x + trailing);
    }
    COMPOSED.get(&(a, b)).copied()
}

/// Composes characters with the last starter before them, unless something of their class or higher stands
/// between.
fn compose(chars: &mut Vec<Classed>) {
    let (mut starter, mut last_class, mut kept) = (None, 0, 0);
    for i in 0..chars.len() {
        let (c, class) = chars[i];
        if let Some(s) = starter {
            let s: usize = s;
            let adjacent = s + 1 == kept;
            if (adjacent || (last_class < class && last_class != 0))
                && let Some(composed) = pair(chars[s].0, c)
            {
                chars[s].0 = composed;
                continue;
            }
        }
        chars[kept] = (c, class);
        if class == 0 {
            starter = Some(kept);
        }
        last_class = class;
        kept += 1;
    }
    chars.truncate(kept);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        let as_form = |text, name| normalize(text, Form::find(name).expect("a form"));
        assert_eq!(as_form("e\u{301}\u{fb01}", "NFC"), "\u{e9}\u{fb01}");
        assert_eq!(as_form("\u{e9}\u{fb01}", "NFKD"), "e\u{301}fi");
        assert_eq!(as_form("\u{d55c}", "NFD"), "\u{1112}\u{1161}\u{11ab}");
        assert_eq!(as_form("\u{1112}\u{1161}\u{11ab}", "NFC"), "\u{d55c}");
        assert_eq!(as_form("a\u{315}\u{300}\u{5ae}b", "NFC"), "\u{e0}\u{5ae}\u{315}b");
    }
}
