//! `_bz2`: compression by the library libbz2, in pieces.

use super::coder::{self, Coder, Compressor, Decompressor};
use super::{Engine, Outcome, Step};
use crate::modules::native::{class, make};
use crate::object::{Boxed, Def, Layout, Result, Slots, Type};
use crate::protocol::{memory_error, raise, type_error, value_error};
use crate::types::str::c_int;
use crate::types::{args, exception};
use bzip2_sys as b;
use std::mem::MaybeUninit;

/// A stream of the library, which keeps its address.
struct Stream {
    raw: Box<b::bz_stream>,
    compresses: bool,
    action: i32,
}

// SAFETY: a stream owns all that its pointers lead to; between calls it points to no input or output.
unsafe impl Send for Stream {}

impl Stream {
    fn new(compresses: bool, init: impl FnOnce(*mut b::bz_stream) -> i32) -> Result<Stream> {
        // SAFETY: zeros are null pointers and no functions: the library's own allocation.
        let raw: Box<b::bz_stream> = Box::new(unsafe { std::mem::zeroed() });
        let mut stream = Stream { raw, compresses, action: b::BZ_RUN };
        raise_code(init(&mut *stream.raw))?;
        Ok(stream)
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        // SAFETY: the structure is complete; the library refuses one without a state.
        unsafe {
            match self.compresses {
                true => b::BZ2_bzCompressEnd(&mut *self.raw),
                false => b::BZ2_bzDecompressEnd(&mut *self.raw),
            }
        };
    }
}

impl Engine for Stream {
    fn step(&mut self, input: &[u8], room: &mut [MaybeUninit<u8>], _: bool) -> Step {
        if self.compresses && self.action == b::BZ_RUN && input.is_empty() {
            // A call without anything to do would be an error.
            return Step { read: 0, written: 0, code: b::BZ_OK, stop: true };
        }
        let raw = &mut *self.raw;
        raw.next_in = input.as_ptr().cast_mut().cast();
        raw.avail_in = input.len() as u32;
        raw.next_out = room.as_mut_ptr().cast();
        raw.avail_out = room.len() as u32;
        // SAFETY: input and room are as long as said, and the library only reads the input.
        let code = unsafe {
            match self.compresses {
                true => b::BZ2_bzCompress(raw, self.action),
                false => b::BZ2_bzDecompress(raw),
            }
        };
        let step = Step {
            read: input.len() - raw.avail_in as usize,
            written: room.len() - raw.avail_out as usize,
            code,
            stop: code < 0 || code == b::BZ_STREAM_END,
        };
        raw.next_in = std::ptr::null_mut();
        raw.next_out = std::ptr::null_mut();
        step
    }
}

impl Coder for Stream {
    fn finish(&mut self) {
        self.action = b::BZ_FINISH;
    }

    fn check(&self, outcome: &Outcome) -> Result<()> {
        raise_code(outcome.code)
    }

    fn at_end(&self, code: i32) -> bool {
        code == b::BZ_STREAM_END
    }

    fn past_end(&self) -> &'static str {
        "End of stream already reached"
    }

    fn has_more(&self, _: &Outcome) -> bool {
        false
    }
}

/// Raises what a code of the library stands for.
fn raise_code(code: i32) -> Result<()> {
    let os_error = |message: &str| Err(raise(&exception::OS_ERROR, message));
    match code {
        0.. => Ok(()),
        b::BZ_PARAM_ERROR => value_error("Internal error - invalid parameters passed to libbzip2"),
        b::BZ_MEM_ERROR => memory_error(),
        b::BZ_DATA_ERROR | b::BZ_DATA_ERROR_MAGIC => os_error("Invalid data stream"),
        b::BZ_IO_ERROR => os_error("Unknown I/O error"),
        b::BZ_UNEXPECTED_EOF => Err(raise(
            &exception::EOF_ERROR,
            "Compressed file ended before the logical end-of-stream was detected",
        )),
        b::BZ_SEQUENCE_ERROR => Err(raise(
            &exception::RUNTIME_ERROR,
            "Internal error - Invalid sequence of commands sent to libbzip2",
        )),
        _ => os_error(&format!("Unrecognized error from libbzip2: {code}")),
    }
}

/// `_bz2.BZ2Compressor`
static COMPRESSOR: Type = Type::builtin::<Boxed<Compressor>>(
    "_bz2.BZ2Compressor",
    Layout::Compressor,
    "A stream that compresses what it is given.",
    crate::defs! {
        fn "compress(data, /)" "Compresses bytes; returns what has come out so far." => coder::compress;
        fn "flush()" "Ends the stream; returns all that has not come out yet." => coder::flush;
    },
)
.with_base_flag()
.with_signature("(compresslevel=9, /)")
.with_slots(Slots {
    new: Some(|ty, given, names| {
        args::check("BZ2Compressor", given, names, 0, 1)?;
        let level = given.first().map_or(Ok(9), c_int)?;
        if !(1..=9).contains(&level) {
            return value_error("compresslevel must be between 1 and 9");
        }
        // SAFETY: the structure is of zeros, as the library wants it.
        let stream = Stream::new(true, |raw| unsafe { b::BZ2_bzCompressInit(raw, level, 0, 0) })?;
        make(ty, Compressor::new(Box::new(stream)))
    }),
    ..Slots::EMPTY
});

/// `_bz2.BZ2Decompressor`
static DECOMPRESSOR: Type = Type::builtin::<Boxed<Decompressor>>(
    "_bz2.BZ2Decompressor",
    Layout::Decompressor,
    "A stream that decompresses what it is given.",
    crate::defs! {
        fn "decompress(data, max_length=-1)" "Decompresses bytes, to so many at most unless that is negative; keeps what is left of them." => coder::decompress;
        get "eof()" "Whether the end of the stream has been reached." => coder::eof;
        get "needs_input()" "Whether more input is needed before more comes out." => coder::needs_input;
        get "unused_data()" "Bytes behind the end of the stream." => coder::unused_data;
    },
)
.with_base_flag()
.with_signature("()")
.with_slots(Slots {
    new: Some(|ty, given, names| {
        if !args::split(given, names).0.is_empty() {
            return type_error("BZ2Decompressor() takes no positional arguments");
        }
        args::check("BZ2Decompressor", given, names, 0, 0)?;
        // SAFETY: the structure is of zeros, as the library wants it.
        let stream = Stream::new(false, |raw| unsafe { b::BZ2_bzDecompressInit(raw, 0, 0) })?;
        make(ty, Decompressor::new(Box::new(stream)))
    }),
    ..Slots::EMPTY
});

/// The table.
pub static DEFS: &[Def] = crate::defs! {
    val "BZ2Compressor()" "" => || class(&COMPRESSOR);
    val "BZ2Decompressor()" "" => || class(&DECOMPRESSOR);
};
