//! Writing `bytes`, `bytearray` and buffers that a program may take care of itself.

use super::codes::*;
use super::write::Writer;
use crate::object::{Result, Value};
use crate::protocol;
use crate::types::bytes;

impl Writer {
    /// `bytes`.
    pub fn save_bytes(&mut self, v: &Value) -> Result<()> {
        let data = bytes::as_bytes(v).unwrap_or_default();
        if self.proto < 3 {
            if data.is_empty() {
                return self.save_call(&bytes::BYTES.value(), Vec::new(), v);
            }
            return self.save_encoded(v, data);
        }
        self.put_bytes(data);
        self.memoize(v);
        Ok(())
    }

    /// The shortest form of bytes, from protocol 3 on.
    fn put_bytes(&mut self, data: &[u8]) {
        match data.len() {
            n @ 0..=0xff => self.op_large(SHORT_BINBYTES, &[n as u8], data),
            n if n > 0xffff_ffff && self.proto >= 4 => {
                self.op_large(BINBYTES8, &(n as u64).to_le_bytes(), data)
            }
            n => self.op_large(BINBYTES, &(n as u32).to_le_bytes(), data),
        }
    }

    /// Bytes that can be changed, from protocol 5 on.
    fn put_bytearray(&mut self, data: &[u8]) {
        self.op_large(BYTEARRAY8, &(data.len() as u64).to_le_bytes(), data);
    }

    /// Bytes as text that is encoded when it is read.
    fn save_encoded(&mut self, v: &Value, data: &[u8]) -> Result<()> {
        let encode = super::encode_function()?;
        if !self.refer_to(&encode) {
            self.op_line(GLOBAL, "_codecs\nencode");
            self.memoize(&encode);
        }
        let text: String = data.iter().map(|&b| char::from(b)).collect();
        self.save(&Value::tuple(vec![Value::str(&text), crate::object::intern_static("latin1")]))?;
        self.op(REDUCE);
        self.memoize(v);
        Ok(())
    }

    /// `bytearray`.
    pub fn save_bytearray(&mut self, v: &Value) -> Result<()> {
        let data = bytes::copy_of(v).unwrap_or_default();
        if self.proto < 5 {
            let args = if data.is_empty() { Vec::new() } else { vec![bytes::from_vec(data)] };
            return self.save_call(&bytes::BYTEARRAY.value(), args, v);
        }
        self.put_bytearray(&data);
        self.memoize(v);
        Ok(())
    }

    /// A buffer: as what it is, or, if the program takes care of it itself, only that there is one.
    pub fn save_buffer(&mut self, v: &Value) -> Result<()> {
        if self.proto < 5 {
            return super::pickling_error("PickleBuffer can only pickled with protocol >= 5");
        }
        let Some((data, readonly)) = bytes::raw_buffer(v)? else {
            return super::pickling_error(
                "PickleBuffer can not be pickled when pointing to a non-contiguous buffer",
            );
        };
        if let Some(callback) = self.hooks.buffer_callback.clone() {
            let kept = protocol::call(&callback, std::slice::from_ref(v))?;
            if !protocol::truth(&kept)? {
                self.op(NEXT_BUFFER);
                if readonly {
                    self.op(READONLY_BUFFER);
                }
                return Ok(());
            }
        }
        if readonly {
            self.put_bytes(&data)
        } else {
            self.put_bytearray(&data)
        }
        self.memoize(v);
        Ok(())
    }
}
