//! Decoding of text that comes in piece by piece.
//!
//! The encodings that `bytes.decode` knows are decoded by the same functions, a whole number of characters at a
//! time; others by the incremental decoders of the module `codecs`.

use super::{get, method};
use crate::object::{Result, Trace, Tracer, Value, intern_static};
use crate::protocol::{self, raise, type_error};
use crate::types::{bytes, codec, exception, int, str};
use crate::vm;

/// A decoder of one of the encodings known here.
pub struct Native {
    /// Its plain name.
    name: &'static str,
    errors: String,
    /// The bytes of an unfinished character.
    kept: Vec<u8>,
    /// Which encoding the mark at the start has told, of those that have one.
    told: Option<&'static str>,
}

/// See above.
pub enum Decoder {
    Native(Native),
    /// An incremental decoder as an object.
    Object(Value),
}

/// What a decoder must know to go on from some place: bytes kept, and a number.
#[derive(Clone, Default, PartialEq)]
pub struct State {
    pub kept: Vec<u8>,
    pub flags: i64,
}

impl Trace for Decoder {
    fn trace(&self, tracer: &mut Tracer) {
        if let Decoder::Object(v) = self {
            v.trace(tracer);
        }
    }
}

/// What `codecs.lookup` says about an encoding.
pub fn lookup(encoding: &str) -> Result {
    let unknown = || raise(&exception::LOOKUP_ERROR, format!("unknown encoding: {encoding}"));
    let codecs = match vm::import::import_absolute("codecs") {
        Err(e) if e.0.ty().is_subtype(&exception::MODULE_NOT_FOUND_ERROR) => return Err(unknown()),
        other => other?,
    };
    let info = method(&codecs, "lookup", &[Value::str(encoding)])?;
    let text = protocol::get_attr_opt(&info, &intern_static("_is_text_encoding"))?;
    if text.is_some_and(|t| t.is(&Value::FALSE)) {
        return Err(raise(
            &exception::LOOKUP_ERROR,
            format!("'{encoding}' is not a text encoding; use codecs.open() to handle arbitrary codecs"),
        ));
    }
    Ok(info)
}

/// Raises `LookupError` for an encoding that nobody knows.
pub fn check(encoding: &str) -> Result<()> {
    if codec::canonical(encoding).is_none() {
        lookup(encoding)?;
    }
    Ok(())
}

impl Decoder {
    /// A decoder of an encoding.
    ///
    /// # Errors
    /// `LookupError` if nobody knows it.
    pub fn new(encoding: &str, errors: &str) -> Result<Decoder> {
        if let Some(name) = codec::canonical(encoding) {
            return Ok(Decoder::Native(Native {
                name,
                errors: errors.to_owned(),
                kept: Vec::new(),
                told: None,
            }));
        }
        let make = get(&lookup(encoding)?, "incrementaldecoder")?;
        Ok(Decoder::Object(protocol::call(&make, &[Value::str(errors)])?))
    }

    /// Decodes the next piece of bytes.
    pub fn decode(&mut self, data: &[u8], last: bool) -> Result<String> {
        match self {
            Decoder::Native(n) => n.decode(data, last),
            Decoder::Object(v) => {
                let text = method(v, "decode", &[bytes::from_slice(data), Value::bool(last)])?;
                match text.as_str() {
                    Some(s) => Ok(s.to_owned()),
                    None => type_error(format!(
                        "decoder should return a string result, not '{}'",
                        str::given(&text)
                    )),
                }
            }
        }
    }

    pub fn state(&self) -> Result<State> {
        match self {
            Decoder::Native(n) => Ok(State { kept: n.kept.clone(), flags: n.flags() }),
            Decoder::Object(v) => {
                let state = method(v, "getstate", &[])?;
                let Some([kept, flags]) = state.as_tuple() else {
                    return type_error("illegal decoder state");
                };
                let Some(kept) = bytes::as_bytes(kept) else {
                    let given = kept.ty().name();
                    return type_error(format!(
                        "illegal decoder state: the first item should be a bytes object, not '{given}'"
                    ));
                };
                Ok(State { kept: kept.to_vec(), flags: protocol::index_i64(flags)? })
            }
        }
    }

    pub fn set_state(&mut self, state: &State) -> Result<()> {
        match self {
            Decoder::Native(n) => {
                n.kept.clone_from(&state.kept);
                n.set_flags(state.flags);
                Ok(())
            }
            Decoder::Object(v) => {
                let state = Value::tuple(vec![bytes::from_slice(&state.kept), int::from_i64(state.flags)]);
                method(v, "setstate", &[state]).map(drop)
            }
        }
    }

    pub fn reset(&mut self) -> Result<()> {
        match self {
            Decoder::Native(n) => {
                n.kept.clear();
                n.told = None;
                Ok(())
            }
            Decoder::Object(v) => method(v, "reset", &[]).map(drop),
        }
    }
}

impl Native {
    /// As CPython numbers the states: 0 is that in the middle of a text of this machine's byte order.
    fn flags(&self) -> i64 {
        match (self.name, self.told) {
            ("utf-16" | "utf-32", None) => 2,
            ("utf-16" | "utf-32", Some(name)) => name.ends_with("be") as i64,
            ("utf-8-sig", None) => 1,
            _ => 0,
        }
    }

    fn set_flags(&mut self, flags: i64) {
        self.told = match (self.name, flags) {
            ("utf-16" | "utf-32", 2) | ("utf-8-sig", 1) => None,
            ("utf-16", 1) => Some("utf-16-be"),
            ("utf-16", _) => Some("utf-16-le"),
            ("utf-32", 1) => Some("utf-32-be"),
            ("utf-32", _) => Some("utf-32-le"),
            ("utf-8-sig", _) => Some("utf-8"),
            _ => None,
        };
    }

    fn decode(&mut self, data: &[u8], last: bool) -> Result<String> {
        let joined;
        let mut data = data;
        if !self.kept.is_empty() {
            joined = [&self.kept, data].concat();
            data = &joined;
        }
        if !self.find_mark(&mut data, last) {
            self.kept = data.to_vec();
            return Ok(String::new());
        }
        let name = self.told.unwrap_or(self.name);
        let whole = if last { data.len() } else { whole_characters(name, data) };
        // After an error everything is as it was.
        let text = self.convert(name, &data[..whole])?;
        self.kept.clear();
        self.kept.extend_from_slice(&data[whole..]);
        Ok(text)
    }

    fn convert(&self, name: &str, data: &[u8]) -> Result<String> {
        if name == "utf-8"
            && let Ok(text) = std::str::from_utf8(data)
        {
            return Ok(text.to_owned());
        }
        let text = codec::decode(data, Some(name), Some(&self.errors))?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// Skips the mark at the start, which may tell the byte order; false if too little is there to know.
    fn find_mark(&mut self, data: &mut &[u8], last: bool) -> bool {
        if self.told.is_some() {
            return true;
        }
        let marks: &[(&[u8], &'static str)] = match self.name {
            "utf-8-sig" => &[(b"\xef\xbb\xbf", "utf-8")],
            "utf-16" => &[(b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")],
            "utf-32" => &[(b"\xff\xfe\0\0", "utf-32-le"), (b"\0\0\xfe\xff", "utf-32-be")],
            _ => return true,
        };
        for (mark, name) in marks {
            if data.starts_with(mark) {
                self.told = Some(name);
                *data = &data[mark.len()..];
                return true;
            }
        }
        let (first, usual) = marks[0];
        let undecided = match self.name {
            "utf-8-sig" => first.starts_with(data),
            _ => data.len() < first.len(),
        };
        if undecided && !last {
            return false;
        }
        if !data.is_empty() {
            self.told = Some(usual);
        }
        true
    }
}

/// How many bytes at the start are whole characters, or wrong.
fn whole_characters(name: &str, data: &[u8]) -> usize {
    match name {
        "utf-8" => {
            // At most three bytes of a character can wait for the fourth.
            for back in 1..=data.len().min(3) {
                let rest = &data[data.len() - back..];
                if rest[0] >= 0xc0 {
                    let unfinished = std::str::from_utf8(rest).is_err_and(|e| e.error_len().is_none());
                    return data.len() - if unfinished { back } else { 0 };
                }
                if rest[0] < 0x80 {
                    break;
                }
            }
            data.len()
        }
        "utf-16-le" | "utf-16-be" => {
            let even = data.len() & !1;
            let high = if name == "utf-16-le" { even.wrapping_sub(1) } else { even.wrapping_sub(2) };
            let half = data.get(high).is_some_and(|b| (0xd8..0xdc).contains(b));
            even - if half { 2 } else { 0 }
        }
        "utf-32-le" | "utf-32-be" => data.len() & !3,
        _ => data.len(),
    }
}
