//! Properties of characters, as Python sees them.

use unicode_properties::{
    GeneralCategory as Category, GeneralCategoryGroup as Group, UnicodeGeneralCategory,
};

/// `str.isspace` of one character.
pub fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\x1c'..='\x1f').contains(&c)
}

/// Whether `repr` shows it as it is.
pub fn is_printable(c: char) -> bool {
    if c.is_ascii() {
        return (' '..='~').contains(&c);
    }
    !matches!(c.general_category_group(), Group::Other | Group::Separator)
}

/// `str.isalpha` of one character.
pub fn is_alpha(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphabetic() } else { c.general_category_group() == Group::Letter }
}

/// The value of a decimal digit of any script.
pub fn decimal_digit(c: char) -> Option<u32> {
    if c.is_ascii() {
        return c.to_digit(10);
    }
    let decimal = |c: char| c.general_category() == Category::DecimalNumber;
    if !decimal(c) {
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
    c.is_numeric()
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
    !c.is_ascii() && c.general_category() == Category::TitlecaseLetter
}

/// Whether it has an upper, lower or title case form and is one of them.
pub fn is_cased(c: char) -> bool {
    c.is_uppercase() || c.is_lowercase() || is_title(c)
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
    chars.next().is_some_and(|c| c == '_' || unicode_ident::is_xid_start(c))
        && chars.all(unicode_ident::is_xid_continue)
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
