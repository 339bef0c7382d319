//! Floats as decimal text: the shortest that reads back the same, or with a given precision.

/// What [`to_text`] does besides.
#[derive(Clone, Copy, Default, Debug)]
pub struct Flags {
    /// `#`: keep the decimal point and trailing zeros.
    pub alternate: bool,
    /// Ends in `.0` if it would look like an integer.
    pub point_zero: bool,
    /// `z`: what rounds to zero loses its minus sign.
    pub no_negative_zero: bool,
}

/// `repr(f)`
pub fn repr_f64(f: f64) -> String {
    to_text(f, 'r', 0, Flags { point_zero: true, ..Flags::default() })
}

/// No float has more digits than this before or after the point; what follows are zeros.
const MAX_DIGITS: usize = 1100;

/// Formats by `e`, `E`, `f`, `F`, `g`, `G`, or `r` (the shortest digits that read back as `f`).
pub fn to_text(f: f64, kind: char, precision: usize, flags: Flags) -> String {
    let text = unsigned(f.abs(), kind.to_ascii_lowercase(), precision, flags);
    // The exponent of a zero is zero, so other digits mean another number.
    let zero = text != "inf" && !text.bytes().any(|b| (b'1'..=b'9').contains(&b));
    let negative = f.is_sign_negative() && !f.is_nan() && !(flags.no_negative_zero && zero);
    let text = if negative { format!("-{text}") } else { text };
    if kind.is_ascii_uppercase() { text.to_ascii_uppercase() } else { text }
}

fn unsigned(f: f64, kind: char, precision: usize, flags: Flags) -> String {
    if f.is_nan() {
        return "nan".to_owned();
    }
    if f.is_infinite() {
        return "inf".to_owned();
    }
    match kind {
        'f' => {
            let places = precision.min(MAX_DIGITS);
            let mut text = format!("{f:.places$}");
            pad_zeros(&mut text, precision - places);
            if precision == 0 && flags.alternate {
                text.push('.');
            }
            text
        }
        'e' => {
            let (digits, point) = rounded(f, precision + 1);
            scientific(&digits, point, precision + 1, flags)
        }
        'g' => {
            let precision = precision.max(1);
            let (digits, point) = rounded(f, precision);
            let limit = precision as i64 - i64::from(flags.point_zero);
            general(&digits, point, limit, if flags.alternate { precision } else { 0 }, flags)
        }
        _ => {
            let (digits, point) = shortest(f);
            general(&digits, point, 16, 0, flags)
        }
    }
}

fn pad_zeros(text: &mut String, n: usize) {
    text.extend(std::iter::repeat_n('0', n));
}

/// The shortest digits without trailing zeros, and where the point stands (`0.DIGITS * 10**point`).
fn shortest(f: f64) -> (String, i64) {
    let (digits, point) = split(&format!("{f:e}"));
    match even_of_tie(f, &digits) {
        Some(even) => (even, point),
        None => (digits, point),
    }
}

/// If `f` lies exactly between two numbers of as many digits: the one whose last digit is even. The digits given may
/// be those of the other.
fn even_of_tie(f: f64, digits: &str) -> Option<String> {
    let bits = f.to_bits();
    let mantissa = (bits & ((1 << 52) - 1)) | 1 << 52;
    let exponent = (bits >> 52 & 0x7ff) as i32 - 1075;
    // As an odd number and a power of two; the exact digits are few only near one.
    let zeros = mantissa.trailing_zeros();
    let (odd, exponent) = (u128::from(mantissa >> zeros), exponent + zeros as i32);
    let exact = match exponent {
        -26..0 => odd * 5u128.pow(exponent.unsigned_abs()),
        0..60 => odd << exponent,
        _ => return None,
    };
    let exact = exact.to_string();
    let below = exact.trim_end_matches('0').strip_suffix('5').filter(|b| b.len() == digits.len())?;
    let last = below.bytes().last()? - b'0';
    let even: u128 = below.parse::<u128>().ok()? + u128::from(last % 2);
    let even = even.to_string();
    // Near a power of two only one of both may read back the same.
    let same = |text: &str| {
        let shift = exact.len() as i32 - below.len() as i32 + exponent.min(0);
        format!("{text}e{shift}").parse::<f64>().is_ok_and(|g| g == f)
    };
    (even.len() == digits.len() && same(&even)).then_some(even)
}

/// As [`shortest`], with at most `n` digits.
fn rounded(f: f64, n: usize) -> (String, i64) {
    let places = n.min(MAX_DIGITS) - 1;
    split(&format!("{f:.places$e}"))
}

/// Takes `1.25e3` apart.
fn split(text: &str) -> (String, i64) {
    let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
    let digits: String = mantissa.chars().filter(|&c| c != '.').collect();
    let trimmed = digits.trim_end_matches('0');
    if trimmed.is_empty() {
        return ("0".to_owned(), 1);
    }
    (trimmed.to_owned(), exponent.parse::<i64>().unwrap_or(0) + 1)
}

/// With an exponent if the number is below 1e-4 or has more than `limit` digits before the point.
/// At least `min_digits` significant digits are shown.
fn general(digits: &str, point: i64, limit: i64, min_digits: usize, flags: Flags) -> String {
    if point <= -4 || point > limit {
        return scientific(digits, point, min_digits.max(digits.len()), flags);
    }
    let mut text = String::new();
    let missing = min_digits.saturating_sub(digits.len());
    if point <= 0 {
        text.push_str("0.");
        pad_zeros(&mut text, point.unsigned_abs() as usize);
        text.push_str(digits);
        pad_zeros(&mut text, missing);
        return text;
    }
    let point = point as usize;
    if digits.len() > point {
        text.push_str(&digits[..point]);
        text.push('.');
        text.push_str(&digits[point..]);
        pad_zeros(&mut text, missing);
        return text;
    }
    text.push_str(digits);
    pad_zeros(&mut text, point - digits.len());
    let fraction = min_digits.saturating_sub(point);
    if fraction > 0 || flags.alternate || flags.point_zero {
        text.push('.');
    }
    pad_zeros(&mut text, if flags.point_zero { fraction.max(1) } else { fraction });
    text
}

/// `d.ddde+XX` with `n` digits.
fn scientific(digits: &str, point: i64, n: usize, flags: Flags) -> String {
    // Zero's digit stands before the point like any other, so its exponent comes out as zero.
    let exponent = point - 1;
    let mut text = digits[..1].to_owned();
    if n > 1 || flags.alternate {
        text.push('.');
    }
    text.push_str(&digits[1..]);
    pad_zeros(&mut text, n.saturating_sub(digits.len()));
    let sign = if exponent < 0 { '-' } else { '+' };
    text.push_str(&format!("e{sign}{:02}", exponent.abs()));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shortest_digits() {
        for (f, text) in [
            (0.0, "0.0"),
            (-0.0, "-0.0"),
            (1.0, "1.0"),
            (0.1, "0.1"),
            (1e16, "1e+16"),
            (1e15, "1000000000000000.0"),
            (9999999999999998.0, "9999999999999998.0"),
            (1e-4, "0.0001"),
            (1e-5, "1e-05"),
            (1.5e-7, "1.5e-07"),
            (1e100, "1e+100"),
            (5e-324, "5e-324"),
            (1.7976931348623157e308, "1.7976931348623157e+308"),
            (123456.789, "123456.789"),
            (2f64.powi(-25), "2.9802322387695312e-08"),
            (1639991316989832.0 + 0.25, "1639991316989832.2"),
            (1639991316989832.0 + 0.75, "1639991316989832.8"),
            (9007199254740993.0, "9007199254740992.0"),
            (f64::NEG_INFINITY, "-inf"),
            (-f64::NAN, "nan"),
        ] {
            assert_eq!(repr_f64(f), text);
        }
    }

    #[test]
    fn precision() {
        let none = Flags::default();
        let alternate = Flags { alternate: true, ..none };
        for (f, kind, n, flags, text) in [
            (2.5, 'f', 0, none, "2"),
            (2.5, 'f', 0, alternate, "2."),
            (0.5, 'f', 0, none, "0"),
            (1e22, 'f', 1, none, "10000000000000000000000.0"),
            (3.1388, 'e', 2, none, "3.14e+00"),
            (0.0, 'e', 3, none, "0.000e+00"),
            (1234567.0, 'g', 6, none, "1.23457e+06"),
            (100000.0, 'g', 6, none, "100000"),
            (1e6, 'g', 6, none, "1e+06"),
            (0.0001, 'g', 6, none, "0.0001"),
            (0.00001, 'g', 6, none, "1e-05"),
            (1.5, 'g', 6, alternate, "1.50000"),
            (0.0015, 'g', 3, alternate, "0.00150"),
            (0.0, 'g', 6, alternate, "0.00000"),
            (1e10, 'G', 3, none, "1E+10"),
            (9.99, 'e', 0, none, "1e+01"),
        ] {
            assert_eq!(to_text(f, kind, n, flags), text, "{f} {kind} {n}");
        }
        assert_eq!(to_text(-0.001, 'f', 1, Flags { no_negative_zero: true, ..none }), "0.0");
        assert_eq!(to_text(-0.1, 'f', 1, Flags { no_negative_zero: true, ..none }), "-0.1");
    }
}
