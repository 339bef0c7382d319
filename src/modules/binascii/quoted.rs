//! Quoted-printable (RFC 1521): text that stays readable, other bytes as `=XX`.

/// How long a line may be.
const LINE: usize = 76;

const DIGITS: &[u8; 16] = b"0123456789ABCDEF";

/// What is encoded beside what must be.
#[derive(Clone, Copy)]
pub(super) struct Style {
    /// Blanks and tabs too.
    pub tabs: bool,
    /// Ends of lines stay.
    pub text: bool,
    /// As in headers of mail: a blank is `_`.
    pub header: bool,
}

fn escape(out: &mut Vec<u8>, b: u8) {
    out.extend([b'=', DIGITS[b as usize >> 4], DIGITS[b as usize & 15]]);
}

/// Whether the byte in front of `rest` is to be encoded; `first`: it is the first of a line.
fn must_escape(b: u8, rest: &[u8], first: bool, style: Style) -> bool {
    let last = rest.is_empty();
    match b {
        b'=' | 127.. => true,
        b'_' => style.header,
        // A full stop alone on a line ends a mail.
        b'.' => first && matches!(rest.first(), None | Some(b'\n' | b'\r' | 0)),
        b'\r' | b'\n' => !style.text,
        b'\t' | b' ' => last || style.tabs,
        _ => b < b'!',
    }
}

pub(super) fn encode(data: &[u8], style: Style) -> Vec<u8> {
    let first_end = data.iter().position(|&b| b == b'\n');
    let end: &[u8] = match first_end {
        Some(i) if i > 0 && data[i - 1] == b'\r' => b"\r\n",
        _ => b"\n",
    };
    let mut out = Vec::with_capacity(data.len() + data.len() / 8);
    let (mut rest, mut column) = (data, 0);
    while let [b, after @ ..] = rest {
        let b = *b;
        let soft_break = |out: &mut Vec<u8>| {
            out.push(b'=');
            out.extend_from_slice(end);
        };
        if must_escape(b, after, column == 0, style) {
            if column + 3 >= LINE {
                soft_break(&mut out);
                column = 0;
            }
            escape(&mut out, b);
            column += 3;
        } else if style.text && (b == b'\n' || (b == b'\r' && after.first() == Some(&b'\n'))) {
            column = 0;
            // A blank in front of the end would get lost.
            if let Some(&last @ (b' ' | b'\t')) = out.last() {
                out.pop();
                escape(&mut out, last);
            }
            out.extend_from_slice(end);
            if b == b'\r' {
                rest = &after[1..];
                continue;
            }
        } else {
            if after.first().is_some_and(|&next| next != b'\n') && column + 1 >= LINE {
                soft_break(&mut out);
                column = 0;
            }
            column += 1;
            out.push(if style.header && b == b' ' { b'_' } else { b });
        }
        rest = after;
    }
    out
}

pub(super) fn decode(data: &[u8], header: bool) -> Vec<u8> {
    let digit = |b: &u8| (*b as char).to_digit(16);
    let mut out = Vec::with_capacity(data.len());
    let mut rest = data;
    while let [b, after @ ..] = rest {
        rest = after;
        match b {
            b'_' if header => out.push(b' '),
            b'=' => match after {
                [] => {}
                // A soft break: the line goes on.
                [b'\n' | b'\r', ..] => {
                    let line = after.iter().position(|&b| b == b'\n');
                    rest = line.map_or(&[], |i| &after[i + 1..]);
                }
                [b'=', more @ ..] => {
                    out.push(b'=');
                    rest = more;
                }
                [high, low, more @ ..] => match (digit(high), digit(low)) {
                    (Some(h), Some(l)) => {
                        out.push((h << 4 | l) as u8);
                        rest = more;
                    }
                    _ => out.push(b'='),
                },
                _ => out.push(b'='),
            },
            _ => out.push(*b),
        }
    }
    out
}
