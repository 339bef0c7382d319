//! Encodings of one to four bytes for each character, of East Asian scripts. Their tables are those of `encoding_rs`,
//! which are the Web's; what Python's encodings leave out, or have otherwise, is written here.

use super::{Bad, Encoding, decode_steps, each};
use crate::object::{Result, Value};
use crate::types::unicode::code_of;
use encoding_rs::{BIG5, EUC_JP, EUC_KR, GB18030, GBK, SHIFT_JIS};
use std::collections::HashMap;
use std::sync::OnceLock;

const ILLEGAL: &str = "illegal multibyte sequence";
const INCOMPLETE: &str = "incomplete multibyte sequence";

/// Characters and their bytes, as numbers.
type Codes = HashMap<u32, u32>;

/// An encoding.
pub struct Multibyte {
    name: &'static str,
    web: &'static encoding_rs::Encoding,
    /// The first bytes of two, and the least of the second bytes.
    leads: (u8, u8),
    trails: u8,
    /// Whether characters for private use are in it.
    private: bool,
    /// Ranges of what means something in the Web's encoding only.
    refused: &'static [(u16, u16)],
    /// What means something else: the characters from a place on.
    differs: &'static [(u16, &'static str)],
    /// Places of characters that have another place, too, which is the one to encode them by.
    second: &'static [u16],
    /// Characters that are encoded as other ones.
    also: &'static [(char, u16)],
}

const PLAIN: Multibyte = Multibyte {
    name: "",
    web: GBK,
    leads: (0x81, 0xfe),
    trails: 0x40,
    private: true,
    refused: &[],
    differs: &[],
    second: &[],
    also: &[],
};

/// Kana, letters and numbers that Taiwanese systems have added.
const ETEN: (u16, &str) = (
    0xc6a1,
    "ヾゝゞ々ぁあぃいぅうぇえぉおかがきぎくぐけげこごさざしじすずせぜそぞただちぢっつづてでとどなにぬねのはばぱひびぴふぶぷへべぺほぼぽまみむめもゃやゅゆょよらりるれろゎわゐゑをんァアィイゥウェエォオカガキギクグケゲコゴサザシジスズセゼソゾタダチヂッツヅテデトドナニヌネノハバパヒビピフブプヘベペホボポマミムメモャヤュユョヨラリルレロヮワヰヱヲンヴヵヶДЕЁЖЗИЙКЛМУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюя①②③④⑤⑥⑦⑧⑨⑩⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽",
);

const YEN: &[(char, u16)] = &[('\u{a5}', 0x5c), ('\u{203e}', 0x7e)];

/// What characters are encoded as, for those of [`ALL`] with which that was done.
static CODES: [OnceLock<Codes>; 10] = [const { OnceLock::new() }; 10];

static ALL: [Multibyte; 10] = [
    Multibyte {
        name: "shift_jis",
        web: SHIFT_JIS,
        refused: &[(0x8700, 0x87ff), (0xed00, 0xeeff), (0xf000, 0xfcff)],
        differs: &[(0x8160, "〜‖"), (0x817c, "−"), (0x8191, "¢£"), (0x81ca, "¬")],
        also: YEN,
        ..PLAIN
    },
    Multibyte {
        name: "cp932",
        web: SHIFT_JIS,
        also: &[('¢', 0x8191), ('£', 0x8192), ('¬', 0x81ca), ('‖', 0x8161), ('−', 0x817c), ('〜', 0x8160)],
        ..PLAIN
    },
    Multibyte {
        name: "euc_jp",
        web: EUC_JP,
        refused: &[(0xad00, 0xadff), (0xf900, 0xfcff)],
        differs: &[(0xa1c1, "〜‖"), (0xa1dd, "−"), (0xa1f1, "¢£"), (0xa2cc, "¬")],
        also: YEN,
        ..PLAIN
    },
    Multibyte {
        name: "gb2312",
        leads: (0xa1, 0xf7),
        trails: 0xa1,
        private: false,
        refused: &[(0xa2a1, 0xa2aa), (0xa2e3, 0xa2e3), (0xa6d9, 0xa6f5), (0xa8bb, 0xa8c0)],
        differs: &[(0xa1a4, "・"), (0xa1aa, "―")],
        ..PLAIN
    },
    Multibyte {
        name: "gbk",
        private: false,
        refused: &[
            (0xa2e3, 0xa2e3),
            (0xa3a0, 0xa3a0),
            (0xa6d9, 0xa6df),
            (0xa6ec, 0xa6ed),
            (0xa6f3, 0xa6f3),
            (0xa8bc, 0xa8bc),
            (0xa8bf, 0xa8bf),
            (0xa989, 0xa995),
            (0xfe50, 0xfea0),
        ],
        ..PLAIN
    },
    Multibyte {
        name: "gb18030",
        web: GB18030,
        differs: &[
            (0xa3a0, "\u{e5e5}"),
            (0xa6d9, "\u{e78d}\u{e78e}\u{e78f}\u{e790}\u{e791}\u{e792}\u{e793}"),
            (0xa6ec, "\u{e794}\u{e795}"),
            (0xa6f3, "\u{e796}"),
            (0xa8bc, "\u{e7c7}"),
            (0xfe59, "\u{e81e}"),
            (0xfe61, "\u{e826}"),
            (0xfe66, "\u{e82b}\u{e82c}"),
            (0xfe6d, "\u{e832}"),
            (0xfe7e, "\u{e843}"),
            (0xfe90, "\u{e854}"),
            (0xfea0, "\u{e864}"),
        ],
        ..PLAIN
    },
    Multibyte {
        name: "big5",
        web: BIG5,
        leads: (0xa1, 0xf9),
        refused: &[(0xa3c0, 0xa3e1), (0xc7fd, 0xc8fe), (0xf9d6, 0xf9fe)],
        differs: &[
            (0xa145, "•"),
            (0xa14e, "､"),
            (0xa1c2, "‾"),
            (0xa1e3, "∼"),
            (0xa1f2, "♁☉"),
            (0xa241, "／＼"),
            (0xa244, "¥"),
            (0xa246, "¢£"),
            ETEN,
        ],
        second: &[0xa1fe, 0xa240, 0xa2cc, 0xa2ce],
        ..PLAIN
    },
    Multibyte {
        name: "cp950",
        web: BIG5,
        leads: (0xa1, 0xf9),
        refused: &[(0xa3c0, 0xa3e0), (0xc7fd, 0xc8fe)],
        differs: &[ETEN, (0xf9fe, "▓")],
        second: &[0xa2cc, 0xa2ce],
        ..PLAIN
    },
    Multibyte {
        name: "euc_kr",
        web: EUC_KR,
        leads: (0xa1, 0xfe),
        trails: 0xa1,
        refused: &[(0xa4d4, 0xa4d4)],
        ..PLAIN
    },
    Multibyte { name: "cp949", web: EUC_KR, ..PLAIN },
];

/// The encoding with this name, in the spelling of the library.
pub(super) fn find(name: &str) -> Option<&'static Multibyte> {
    ALL.iter().find(|m| m.name == name)
}

/// The place after this one, of those of Big5.
fn following(code: u16) -> u16 {
    match code & 0xff {
        0x7e => code + 0x23,
        0xfe => code + 0x42,
        _ => code + 1,
    }
}

impl Multibyte {
    fn is_shift_jis(&self) -> bool {
        self.web == SHIFT_JIS
    }

    /// How many bytes a character has that begins so; `None` if none does.
    fn len(&self, bytes: &[u8]) -> Option<usize> {
        Some(match *bytes {
            [0..0x80, ..] => 1,
            [0xa1..=0xdf, ..] if self.is_shift_jis() => 1,
            [0x80 | 0xa0 | 0xfd..=0xff, ..] if self.name == "cp932" => 1,
            [0x8f, ..] if self.web == EUC_JP => 3,
            [0x81..=0xfe, 0x30..=0x39, ..] if self.web == GB18030 => 4,
            [0x81..=0x9f | 0xe0..=0xfc, ..] => 2,
            [_, ..] if !self.is_shift_jis() => 2,
            _ => return None,
        })
    }

    /// The character that two bytes mean.
    fn pair(&self, code: u16) -> Option<char> {
        let ([lead, trail], (first, last)) = (code.to_be_bytes(), self.leads);
        if !(first..=last).contains(&lead) || trail < self.trails {
            return None;
        }
        for &(from, text) in self.differs {
            let mut place = from;
            for c in text.chars() {
                if place == code {
                    return Some(c);
                }
                place = following(place);
            }
        }
        if self.refused.iter().any(|&(first, last)| (first..=last).contains(&code)) {
            return None;
        }
        let c = self.by_web(&[lead, trail])?;
        (self.private || !('\u{e000}'..='\u{f8ff}').contains(&c)).then_some(c)
    }

    /// The one character that bytes mean in the Web's encoding.
    fn by_web(&self, bytes: &[u8]) -> Option<char> {
        let text = self.web.decode_without_bom_handling_and_without_replacement(bytes)?;
        let mut chars = text.chars();
        chars.next().filter(|_| chars.next().is_none())
    }

    fn character(&self, bytes: &[u8]) -> Option<char> {
        match *bytes {
            [b] if b < 0x80 => Some(b as char),
            [b @ 0x80] => Some(b as char),
            [0xa0] => Some('\u{f8f0}'),
            [0xa1..=0xdf] => self.by_web(bytes),
            [b @ 0xfd..=0xff] => char::from_u32(0xf8f1 + u32::from(b - 0xfd)),
            [a, b] => self.pair(u16::from_be_bytes([a, b])),
            _ => self.by_web(bytes),
        }
    }

    /// The bytes of all characters of up to three, as numbers. The first place of a character counts.
    fn codes(&self) -> Option<&'static Codes> {
        let at = ALL.iter().position(|m| m.name == self.name)?;
        let codes = CODES[at].get_or_init(|| {
            let mut codes = HashMap::new();
            let mut add = |bytes: &[u8]| {
                let code = bytes.iter().fold(0, |n, &b| n << 8 | u32::from(b));
                if self.len(bytes) == Some(bytes.len())
                    && !self.second.iter().any(|&s| u32::from(s) == code)
                    && let Some(c) = self.character(bytes)
                {
                    codes.entry(c as u32).or_insert(code);
                }
            };
            for a in 0..=0xff {
                add(&[a]);
                (0..=0xff).for_each(|b| add(&[a, b]));
            }
            if self.web == EUC_JP {
                (0xa1..=0xfe).for_each(|a| (0xa1..=0xfe).for_each(|b| add(&[0x8f, a, b])));
            }
            for &(c, code) in self.also {
                codes.entry(c as u32).or_insert(code.into());
            }
            codes
        });
        Some(codes)
    }

    /// Appends the bytes of a character; false if it has none.
    fn put(&self, codes: Option<&Codes>, c: u32, out: &mut Vec<u8>) -> bool {
        if c < 0x80 {
            out.push(c as u8);
            return true;
        }
        if let Some(code) = codes.and_then(|codes| codes.get(&c)) {
            let bytes = code.to_be_bytes();
            out.extend(bytes.iter().skip_while(|b| **b == 0));
            return true;
        }
        let Some(c) = char::from_u32(c).filter(|_| self.web == GB18030) else { return false };
        let mut buffer = [0; 4];
        let (bytes, _, failed) = self.web.encode(c.encode_utf8(&mut buffer));
        // Four bytes can have all that two have not.
        let good = !failed && bytes.len() == 4 && code_of(c) == c as u32;
        if good {
            out.extend_from_slice(&bytes);
        }
        good
    }

    /// Text as bytes.
    pub(super) fn encode(&self, v: &Value, text: &str, errors: &str) -> Result<Vec<u8>> {
        let encoding = Encoding { name: self.name, reason: ILLEGAL, single: true };
        let codes = if text.is_ascii() { None } else { self.codes() };
        each(&encoding, v, text, errors, |c, out| self.put(codes, c, out))
    }

    /// Bytes as text, and how many of them were used.
    pub(super) fn decode(&self, data: &[u8], errors: &str, is_final: bool) -> Result<(Value, usize)> {
        decode_steps(self.name, data, 0, errors, is_final, |data, at, out| {
            let mut i = at;
            while let Some(rest) = data.get(i..).filter(|rest| !rest.is_empty()) {
                let Some(n) = self.len(rest) else { return Err(Bad::new(i, i + 1, ILLEGAL)) };
                let Some(bytes) = rest.get(..n) else { return Err(Bad::cut(i, data.len(), INCOMPLETE)) };
                match self.character(bytes) {
                    Some(c) => out.push(c),
                    None => return Err(Bad::new(i, i + 1, ILLEGAL)),
                }
                i += n;
            }
            Ok(())
        })
    }
}
