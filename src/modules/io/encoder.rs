//! Encoding of text that is written piece by piece; see the module `decoder`.

use super::decoder::lookup;
use super::{get, method};
use crate::object::{Result, Trace, Tracer, Value};
use crate::protocol::{self, type_error};
use crate::types::{bytes, codec};

/// See above.
pub enum Encoder {
    Native {
        /// Its plain name.
        name: &'static str,
        errors: String,
        /// Nothing has been written: some encodings begin with a mark.
        start: bool,
    },
    /// An incremental encoder as an object.
    Object(Value),
}

impl Trace for Encoder {
    fn trace(&self, tracer: &mut Tracer) {
        if let Encoder::Object(v) = self {
            v.trace(tracer);
        }
    }
}

impl Encoder {
    /// An encoder for an encoding.
    ///
    /// # Errors
    /// `LookupError` if nobody knows it.
    pub fn new(encoding: &str, errors: &str) -> Result<Encoder> {
        if let Some(name) = codec::canonical(encoding) {
            return Ok(Encoder::Native { name, errors: errors.to_owned(), start: true });
        }
        let make = get(&lookup(encoding)?, "incrementalencoder")?;
        Ok(Encoder::Object(protocol::call(&make, &[Value::str(errors)])?))
    }

    /// Whether the bytes of a piece of ASCII text are the text itself.
    #[inline]
    pub fn keeps_ascii(&self) -> bool {
        matches!(self, Encoder::Native { name: "utf-8" | "ascii" | "latin-1", .. })
    }

    /// Whether the bytes of any text without surrogates are the text itself.
    #[inline]
    pub fn is_plain(&self) -> bool {
        matches!(self, Encoder::Native { name: "utf-8", .. })
    }

    /// Appends the bytes of a string.
    pub fn encode(&mut self, text: &Value, out: &mut Vec<u8>) -> Result<()> {
        match self {
            Encoder::Native { name, errors, start } => {
                let first = std::mem::replace(start, false);
                let name = match *name {
                    "utf-16" if !first => "utf-16-le",
                    "utf-32" if !first => "utf-32-le",
                    "utf-8-sig" if !first => "utf-8",
                    name => name,
                };
                out.extend_from_slice(&codec::encode(text, Some(name), Some(errors))?);
                Ok(())
            }
            Encoder::Object(v) => {
                let data = method(v, "encode", std::slice::from_ref(text))?;
                match bytes::as_bytes(&data) {
                    Some(data) => out.extend_from_slice(data),
                    None => {
                        let given = data.ty().name();
                        return type_error(format!("encoder should return a bytes object, not '{given}'"));
                    }
                }
                Ok(())
            }
        }
    }

    /// What is written next stands at the start of the stream, or does not.
    pub fn set_start(&mut self, at_start: bool) -> Result<()> {
        match self {
            Encoder::Native { start, .. } => {
                *start = at_start;
                Ok(())
            }
            Encoder::Object(v) if at_start => method(v, "reset", &[]).map(drop),
            Encoder::Object(v) => method(v, "setstate", &[Value::small(0)]).map(drop),
        }
    }
}
