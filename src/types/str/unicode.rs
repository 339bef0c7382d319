//! Properties of characters, as Python 3.11 sees them: by Unicode 14. The crates know later versions, so
//! characters that came later are treated as unassigned.

use unicode_properties::{
    GeneralCategory as Category, GeneralCategoryGroup as Group, UnicodeGeneralCategory,
};

/// Ranges of the characters that were assigned after Unicode 14.
#[rustfmt::skip]
static LATER: &[(u32, u32)] = &[
    (0x558, 0x558), (0x58b, 0x58c), (0x5c8, 0x5c9), (0x88f, 0x88f), (0x897, 0x897), (0xb53, 0xb54),
    (0xc5c, 0xc5c), (0xcdc, 0xcdc), (0xcf3, 0xcf3), (0xece, 0xece), (0x1acf, 0x1af0), (0x1b4e, 0x1b4f),
    (0x1b7f, 0x1b7f), (0x1c89, 0x1c8a), (0x208f, 0x208f), (0x209d, 0x209f), (0x20c1, 0x20c4),
    (0x2427, 0x2429), (0x2b96, 0x2b96), (0x2e60, 0x2e63), (0x2ffc, 0x2fff), (0x31e4, 0x31e5),
    (0x31ef, 0x31ef), (0xa7cb, 0xa7cf), (0xa7d2, 0xa7d2), (0xa7d4, 0xa7d4), (0xa7da, 0xa7dd),
    (0xa7e2, 0xa7e2), (0xa7f1, 0xa7f1), (0xab6c, 0xab6d), (0xfbc3, 0xfbd2), (0xfd90, 0xfd91),
    (0xfdc8, 0xfdce), (0x105c0, 0x105f3), (0x107bb, 0x107bf), (0x10940, 0x10959), (0x10d40, 0x10d65),
    (0x10d69, 0x10d85), (0x10d8e, 0x10d8f), (0x10ec2, 0x10ec7), (0x10ec9, 0x10eee), (0x10ef0, 0x10eff),
    (0x1123f, 0x11241), (0x11380, 0x11389), (0x1138b, 0x1138b), (0x1138e, 0x1138e), (0x11390, 0x113b5),
    (0x113b7, 0x113c0), (0x113c2, 0x113c2), (0x113c5, 0x113c5), (0x113c7, 0x113ca), (0x113cc, 0x113d5),
    (0x113d7, 0x113d8), (0x113e1, 0x113e2), (0x116d0, 0x116e3), (0x11b00, 0x11b0a), (0x11b60, 0x11b67),
    (0x11bc0, 0x11be1), (0x11bf0, 0x11bf9), (0x11db0, 0x11ddb), (0x11de0, 0x11de9), (0x11df0, 0x11df1),
    (0x11f00, 0x11f10), (0x11f12, 0x11f3a), (0x11f3e, 0x11f5a), (0x1246f, 0x1246f), (0x12475, 0x1247f),
    (0x12550, 0x12686), (0x1342f, 0x1342f), (0x13440, 0x13455), (0x13460, 0x143fa), (0x16100, 0x16139),
    (0x16d40, 0x16d79), (0x16ea0, 0x16eb8), (0x16ebb, 0x16ed3), (0x16ff2, 0x16ff6), (0x187f8, 0x187ff),
    (0x18cd6, 0x18cda), (0x18cff, 0x18cff), (0x18d09, 0x18d20), (0x18d80, 0x18df2), (0x18e00, 0x19191),
    (0x191a0, 0x191d2), (0x1b123, 0x1b128), (0x1b132, 0x1b132), (0x1b155, 0x1b155), (0x1b168, 0x1b168),
    (0x1cc00, 0x1ccfc), (0x1cd00, 0x1ceb3), (0x1ceba, 0x1ced0), (0x1ced2, 0x1ced4), (0x1cedd, 0x1cefd),
    (0x1d127, 0x1d128), (0x1d1eb, 0x1d1ff), (0x1d250, 0x1d281), (0x1d2c0, 0x1d2d3), (0x1d6a6, 0x1d6a6),
    (0x1db00, 0x1db1c), (0x1df1f, 0x1df81), (0x1df90, 0x1df96), (0x1dfcd, 0x1dfff), (0x1e030, 0x1e06d),
    (0x1e08f, 0x1e08f), (0x1e4d0, 0x1e4f9), (0x1e5d0, 0x1e5fa), (0x1e5ff, 0x1e5ff), (0x1e6c0, 0x1e6de),
    (0x1e6e0, 0x1e6f5), (0x1e6fe, 0x1e6ff), (0x1f1ae, 0x1f1ae), (0x1f6d8, 0x1f6d9), (0x1f6dc, 0x1f6dc),
    (0x1f774, 0x1f77f), (0x1f7d9, 0x1f7db), (0x1f7f1, 0x1f7ff), (0x1f8b2, 0x1f8bb), (0x1f8c0, 0x1f8c1),
    (0x1f8d0, 0x1f8d8), (0x1fa54, 0x1fa57), (0x1fa75, 0x1fa77), (0x1fa87, 0x1fa8f), (0x1faad, 0x1faaf),
    (0x1fabb, 0x1fabf), (0x1fac6, 0x1fac6), (0x1fac8, 0x1fac8), (0x1facc, 0x1facf), (0x1fada, 0x1fadd),
    (0x1fadf, 0x1fadf), (0x1fae8, 0x1faeb), (0x1faef, 0x1faef), (0x1faf7, 0x1fafa), (0x1fbcb, 0x1fbef),
    (0x1fbfa, 0x1fbfa), (0x2b739, 0x2b73f), (0x2b81e, 0x2b81e), (0x2cea2, 0x2cead), (0x2ebf0, 0x2ee5d),
    (0x31350, 0x33479), (0x3d000, 0x3fc3f),
];

/// Whether it was assigned after Unicode 14.
pub fn is_later(c: char) -> bool {
    let n = c as u32;
    n >= LATER[0].0 && {
        let i = LATER.partition_point(|range| range.1 < n);
        LATER.get(i).is_some_and(|range| range.0 <= n)
    }
}

/// `str.islower` of one character.
pub fn is_lower(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_lowercase();
    }
    match c as u32 {
        // What these are has changed since.
        0x295 => true,
        0x10fc | 0xa7f2..=0xa7f4 | 0xab69 => false,
        _ => c.is_lowercase() && !is_later(c),
    }
}

/// `str.isupper` of one character.
pub fn is_upper(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_uppercase() } else { c.is_uppercase() && !is_later(c) }
}

/// Appends the upper case form.
pub fn push_upper(c: char, out: &mut String) {
    if c.is_ascii() {
        return out.push(c.to_ascii_uppercase());
    }
    if is_later(c) || c.to_uppercase().any(is_later) {
        return out.push(c);
    }
    out.extend(c.to_uppercase());
}

/// Appends the lower case form of a character by itself: a capital sigma becomes the one inside words.
pub fn push_lower(c: char, out: &mut String) {
    if c.is_ascii() {
        return out.push(c.to_ascii_lowercase());
    }
    if is_later(c) || c.to_lowercase().any(is_later) {
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
        _ => {
            !is_later(c)
                && matches!(
                    c.general_category(),
                    Category::NonspacingMark
                        | Category::EnclosingMark
                        | Category::Format
                        | Category::ModifierLetter
                        | Category::ModifierSymbol
                )
        }
    }
}

/// `str.isspace` of one character.
pub fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\x1c'..='\x1f').contains(&c)
}

/// Whether `repr` shows it as it is.
pub fn is_printable(c: char) -> bool {
    if c.is_ascii() {
        return (' '..='~').contains(&c);
    }
    !matches!(c.general_category_group(), Group::Other | Group::Separator) && !is_later(c)
}

/// `str.isalpha` of one character.
pub fn is_alpha(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphabetic();
    }
    c.general_category_group() == Group::Letter && !is_later(c)
}

/// The value of a decimal digit of any script.
pub fn decimal_digit(c: char) -> Option<u32> {
    if c.is_ascii() {
        return c.to_digit(10);
    }
    let decimal = |c: char| c.general_category() == Category::DecimalNumber;
    if !decimal(c) || is_later(c) {
        return None;
    }
    // Decimal digits come in runs of ten, sometimes several after each other.
    let mut before = 0;
    while (c as u32).checked_sub(before + 1).and_then(char::from_u32).is_some_and(decimal) {
        before += 1;
    }
    Some(before % 10)
}

/// `str.isdigit` of one character: decimal digits, and those in circles, superscripts and the like.
pub fn is_digit(c: char) -> bool {
    decimal_digit(c).is_some()
        || matches!(c as u32,
            0xb2..=0xb3 | 0xb9 | 0x1369..=0x1371 | 0x19da | 0x2070 | 0x2074..=0x2079 | 0x2080..=0x2089
            | 0x2460..=0x2468 | 0x2474..=0x247c | 0x2488..=0x2490 | 0x24ea | 0x24f5..=0x24fd | 0x24ff
            | 0x2776..=0x277e | 0x2780..=0x2788 | 0x278a..=0x2792 | 0x10a40..=0x10a43 | 0x10e60..=0x10e68
            | 0x11052..=0x1105a | 0x1f100..=0x1f10a)
}

/// `str.isnumeric` of one character: also fractions and ideographs of numbers.
pub fn is_numeric(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_digit();
    }
    (c.is_numeric() && !is_later(c))
        || matches!(c as u32,
            0x3405 | 0x3483 | 0x382a | 0x3b4d | 0x4e00 | 0x4e03 | 0x4e07 | 0x4e09 | 0x4e5d | 0x4e8c | 0x4e94
            | 0x4e96 | 0x4ebf..=0x4ec0 | 0x4edf | 0x4ee8 | 0x4f0d | 0x4f70 | 0x5104 | 0x5146 | 0x5169
            | 0x516b | 0x516d | 0x5341 | 0x5343..=0x5345 | 0x534c | 0x53c1..=0x53c4 | 0x56db | 0x58f1
            | 0x58f9 | 0x5e7a | 0x5efe..=0x5eff | 0x5f0c..=0x5f0e | 0x5f10 | 0x62fe | 0x634c | 0x67d2
            | 0x6f06 | 0x7396 | 0x767e | 0x8086 | 0x842c | 0x8cae | 0x8cb3 | 0x8d30 | 0x9621 | 0x9646
            | 0x964c | 0x9678 | 0x96f6 | 0xf96b | 0xf973 | 0xf978 | 0xf9b2 | 0xf9d1 | 0xf9d3 | 0xf9fd
            | 0x20001 | 0x20064 | 0x200e2 | 0x20121 | 0x2092a | 0x20983 | 0x2098c | 0x2099c | 0x20aea
            | 0x20afd | 0x20b19 | 0x22390 | 0x22998 | 0x23b1b | 0x2626d | 0x2f890)
}

/// Whether it is a digraph in title case, such as `Dz`.
pub fn is_title(c: char) -> bool {
    !c.is_ascii() && c.general_category() == Category::TitlecaseLetter && !is_later(c)
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
        0x1fb7 => return out.push_str("\u{1fbc}\u{342}"),
        0x1fc7 => return out.push_str("\u{1fcc}\u{342}"),
        0x1ff7 => return out.push_str("\u{1ffc}\u{342}"),
        _ if is_later(c) || c.to_uppercase().any(is_later) => return out.push(c),
        _ => {
            let mut upper = c.to_uppercase();
            out.extend(upper.next());
            for rest in upper {
                if rest == '\u{399}' { out.push('\u{345}') } else { out.extend(rest.to_lowercase()) }
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
        _ if is_later(c) || c.to_lowercase().any(is_later) => out.push(c),
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
    chars.next().is_some_and(|c| c == '_' || (unicode_ident::is_xid_start(c) && !is_later(c)))
        && chars.all(|c| {
            // Four characters became part of identifiers later.
            unicode_ident::is_xid_continue(c)
                && (c.is_ascii() || !(is_later(c) || matches!(c as u32, 0x200c | 0x200d | 0x30fb | 0xff65)))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits() {
        assert_eq!(decimal_digit('\u{663}'), Some(3));
        assert_eq!(decimal_digit('\u{1d7cf}'), Some(1));
        assert_eq!(decimal_digit('\u{1d7d9}'), Some(1));
        assert_eq!(decimal_digit('\u{b2}'), None);
        assert!(is_digit('\u{b2}') && is_numeric('\u{bd}') && !is_digit('\u{bd}'));
    }

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
