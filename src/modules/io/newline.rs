//! Line ends: which there are, where the next one is, and their translation while text is decoded.

use super::uninitialized;
use crate::modules::native::{make, peek, this};
use crate::object::{Boxed, Layout, Result, Slots, Type, Value, arg};
use crate::protocol::{self, bind_args, type_error};
use crate::types::{bytes, int, str};
use std::borrow::Cow;
use std::cell::{Cell, RefCell};

/// The argument `newline` of a text stream.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Newline {
    /// `None`: all line ends are read as `\n`, which is written as it is on this system.
    Translate,
    /// `''`: all line ends are found and left alone.
    Universal,
    Lf,
    Cr,
    CrLf,
}

impl Newline {
    /// From an argument that is a string or `None`; `None` for other line ends.
    pub fn of(v: &Value) -> Option<Newline> {
        let Some(v) = v.as_bound().filter(|v| !v.is_none()) else { return Some(Newline::Translate) };
        Some(match v.as_str()? {
            "" => Newline::Universal,
            "\n" => Newline::Lf,
            "\r" => Newline::Cr,
            "\r\n" => Newline::CrLf,
            _ => return None,
        })
    }

    /// Whether all kinds of line ends are recognised.
    pub fn is_universal(self) -> bool {
        matches!(self, Newline::Translate | Newline::Universal)
    }

    /// What `\n` is written as, if as something else.
    #[inline]
    pub fn written(self) -> Option<&'static str> {
        match self {
            Newline::Cr => Some("\r"),
            Newline::CrLf => Some("\r\n"),
            _ => None,
        }
    }

    /// The place behind the first line end of decoded text.
    #[inline]
    pub fn end_of_line(self, text: &[u8]) -> Option<usize> {
        match self {
            Newline::Translate | Newline::Lf => memchr::memchr(b'\n', text).map(|i| i + 1),
            Newline::Cr => memchr::memchr(b'\r', text).map(|i| i + 1),
            Newline::CrLf => memchr::memmem::find(text, b"\r\n").map(|i| i + 2),
            Newline::Universal => {
                let i = memchr::memchr2(b'\n', b'\r', text)?;
                Some(if text[i..].starts_with(b"\r\n") { i + 2 } else { i + 1 })
            }
        }
    }
}

const CR: u8 = 1;
const LF: u8 = 2;
const CRLF: u8 = 4;

/// Recognises line ends while text comes in piece by piece.
#[derive(Default)]
pub struct Newlines {
    pub translate: bool,
    /// A `\r` at the end of a piece waits for the `\n` that may follow.
    pub pending: bool,
    seen: u8,
}

impl Newlines {
    /// Recognises, and perhaps translates.
    pub fn new(translate: bool) -> Newlines {
        Newlines { translate, ..Newlines::default() }
    }

    /// As at the start.
    pub fn reset(&mut self) {
        (self.pending, self.seen) = (false, 0);
    }

    /// The next piece of text, translated; `last`: no other follows.
    pub fn feed<'a>(&mut self, text: Cow<'a, str>, last: bool) -> Cow<'a, str> {
        let mut text = text;
        if self.pending && (last || !text.is_empty()) {
            text = Cow::Owned(format!("\r{text}"));
            self.pending = false;
        }
        if !last && text.ends_with('\r') {
            self.pending = true;
            text = match text {
                Cow::Borrowed(t) => Cow::Borrowed(&t[..t.len() - 1]),
                Cow::Owned(mut t) => {
                    t.pop();
                    Cow::Owned(t)
                }
            };
        }
        if memchr::memchr(b'\r', text.as_bytes()).is_none() {
            if self.seen & LF == 0 && memchr::memchr(b'\n', text.as_bytes()).is_some() {
                self.seen |= LF;
            }
            return text;
        }
        let mut out = String::with_capacity(if self.translate { text.len() } else { 0 });
        let mut rest = &*text;
        while let Some(i) = memchr::memchr2(b'\r', b'\n', rest.as_bytes()) {
            let (kind, len) = match &rest.as_bytes()[i..] {
                [b'\r', b'\n', ..] => (CRLF, 2),
                [b'\r', ..] => (CR, 1),
                _ => (LF, 1),
            };
            self.seen |= kind;
            if self.translate {
                out.push_str(&rest[..i]);
                out.push('\n');
            }
            rest = &rest[i + len..];
        }
        if self.translate {
            out.push_str(rest);
            return Cow::Owned(out);
        }
        text
    }

    /// The attribute `newlines`.
    pub fn seen(&self) -> Value {
        let kinds: Vec<Value> = [(CR, "\r"), (LF, "\n"), (CRLF, "\r\n")]
            .iter()
            .filter(|(bit, _)| self.seen & bit != 0)
            .map(|(_, text)| Value::str(text))
            .collect();
        match kinds.len() {
            0 => Value::NONE,
            1 => kinds[0].clone(),
            _ => Value::tuple(kinds),
        }
    }
}

/// The fields of an `IncrementalNewlineDecoder`.
pub struct DecoderBody {
    /// What decodes the bytes; `None` if text comes in, unbound before `__init__`.
    decoder: Cell<Value>,
    newlines: RefCell<Newlines>,
}

crate::body!(DecoderBody: NewlineDecoder { decoder });

/// `_io.IncrementalNewlineDecoder`
pub static NEWLINE_DECODER: Type = Type::builtin::<Boxed<DecoderBody>>(
    "_io.IncrementalNewlineDecoder",
    Layout::NewlineDecoder,
    "IncrementalNewlineDecoder(decoder, translate, errors='strict'): recognises line ends in what another decoder decodes.",
    crate::defs! {
        fn "decode(input, final=False)" "Decode the next piece." => decode;
        fn "getstate()" "Return the state: bytes not yet decoded, and a number." => getstate;
        fn "setstate(state, /)" "Go back to a state." => setstate;
        fn "reset()" "Go back to the start." => |a| {
            let decoder = opened(&a[0])?;
            this::<DecoderBody>(&a[0]).newlines.borrow_mut().reset();
            if decoder.is_none() { Ok(Value::NONE) } else { super::method(&decoder, "reset", &[]) }
        };
        get "newlines()" "The line ends that have been seen." => |v| {
            opened(v)?;
            Ok(this::<DecoderBody>(v).newlines.borrow().seen())
        };
    },
)
.with_base_flag()
.with_slots(Slots {
    new: Some(|ty, _, _| make(ty, DecoderBody { decoder: Cell::new(Value::UNBOUND), newlines: RefCell::default() })),
    init: Some(|v, args, names| {
        let params = crate::sig!("(decoder, translate, errors='strict')");
        let bound = bind_args("IncrementalNewlineDecoder", params, args, names)?;
        let body = this::<DecoderBody>(v);
        *body.newlines.borrow_mut() = Newlines::new(protocol::truth(&bound[1])?);
        drop(body.decoder.replace(bound[0].clone()));
        Ok(())
    }),
    ..Slots::EMPTY
});

/// The decoder below, `None` if there is none.
fn opened(v: &Value) -> Result {
    match peek(&this::<DecoderBody>(v).decoder).bound() {
        Some(decoder) => Ok(decoder),
        None => uninitialized(),
    }
}

fn decode(a: &[Value]) -> Result {
    let decoder = opened(&a[0])?;
    let last = arg(a, 2).as_bound().map_or(Ok(false), protocol::truth)?;
    let text = if decoder.is_none() {
        a[1].clone()
    } else {
        super::method(&decoder, "decode", &[a[1].clone(), Value::bool(last)])?
    };
    let Some(s) = text.as_str() else {
        let given = str::given(&text);
        return type_error(format!("decoder should return a string result, not '{given}'"));
    };
    Ok(match this::<DecoderBody>(&a[0]).newlines.borrow_mut().feed(Cow::Borrowed(s), last) {
        Cow::Borrowed(t) if t.len() == s.len() => text.clone(),
        t => Value::str(&t),
    })
}

fn getstate(a: &[Value]) -> Result {
    let decoder = opened(&a[0])?;
    let pending = this::<DecoderBody>(&a[0]).newlines.borrow().pending;
    let (kept, flag) = if decoder.is_none() {
        (bytes::from_slice(b""), 0)
    } else {
        let state = super::method(&decoder, "getstate", &[])?;
        match state.as_tuple() {
            Some([kept, flag]) => (kept.clone(), protocol::index_i64(flag)?),
            _ => return type_error("illegal decoder state"),
        }
    };
    Ok(Value::tuple(vec![kept, int::from_i64(flag << 1 | pending as i64)]))
}

fn setstate(a: &[Value]) -> Result {
    let decoder = opened(&a[0])?;
    let Some(state) = a[1].as_tuple() else { return type_error("state argument must be a tuple") };
    let [kept, flag] = state else { return type_error("setstate(): illegal state argument") };
    let flag = protocol::index_i64(flag)?;
    this::<DecoderBody>(&a[0]).newlines.borrow_mut().pending = flag & 1 != 0;
    if decoder.is_none() {
        return Ok(Value::NONE);
    }
    let below = Value::tuple(vec![kept.clone(), int::from_i64(flag >> 1)]);
    super::method(&decoder, "setstate", &[below])
}
