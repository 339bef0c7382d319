//! `_lzma`: compression by the library liblzma, in pieces.

use super::coder::{self, Coder, Compressor, Decompressor};
use super::lzma_filters::{self as filters, unsigned, unsigned_32};
use super::{Engine, Outcome, Step};
use crate::modules::native::{class, make, this};
use crate::object::{Boxed, Def, Layout, Result, Slots, Type, Value};
use crate::protocol::{bind_args, memory_error, raise, value_error};
use crate::types::str::c_int;
use crate::types::{exception, int};
use liblzma_sys as l;
use std::mem::MaybeUninit;

/// `_lzma.LZMAError`
static ERROR: Type = exception::subtype("_lzma.LZMAError", &exception::EXCEPTION);

const FORMAT_AUTO: i32 = 0;
const FORMAT_XZ: i32 = 1;
const FORMAT_ALONE: i32 = 2;
const FORMAT_RAW: i32 = 3;

/// The largest number of a check, and the one that stands for a check not known yet.
const CHECK_ID_MAX: i32 = 15;
const CHECK_UNKNOWN: u32 = 16;

/// Raises `LZMAError`.
pub fn error<T>(message: impl AsRef<str>) -> Result<T> {
    Err(raise(&ERROR, message))
}

/// Raises what a code of the library stands for.
pub fn check_code(code: l::lzma_ret) -> Result<()> {
    match code {
        l::LZMA_OK | l::LZMA_GET_CHECK | l::LZMA_NO_CHECK | l::LZMA_STREAM_END => Ok(()),
        l::LZMA_UNSUPPORTED_CHECK => error("Unsupported integrity check"),
        l::LZMA_MEM_ERROR => memory_error(),
        l::LZMA_MEMLIMIT_ERROR => error("Memory usage limit exceeded"),
        l::LZMA_FORMAT_ERROR => error("Input format not supported by decoder"),
        l::LZMA_OPTIONS_ERROR => error("Invalid or unsupported options"),
        l::LZMA_DATA_ERROR => error("Corrupt input data"),
        l::LZMA_BUF_ERROR => error("Insufficient buffer space"),
        l::LZMA_PROG_ERROR => error("Internal error"),
        other => error(format!("Unrecognized error from liblzma: {other}")),
    }
}

/// A stream of the library, which keeps its address.
struct Stream {
    raw: Box<l::lzma_stream>,
    action: l::lzma_action,
    /// How the content is checked, as far as is known.
    check: u32,
}

// SAFETY: a stream owns all that its pointers lead to; between calls it points to no input or output.
unsafe impl Send for Stream {}

impl Stream {
    fn new(check: u32, init: impl FnOnce(*mut l::lzma_stream) -> l::lzma_ret) -> Result<Stream> {
        // SAFETY: a structure of zeros is how a stream begins.
        let raw: Box<l::lzma_stream> = Box::new(unsafe { std::mem::zeroed() });
        let mut stream = Stream { raw, action: l::LZMA_RUN, check };
        check_code(init(&mut *stream.raw))?;
        Ok(stream)
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        // SAFETY: the structure is complete.
        unsafe { l::lzma_end(&mut *self.raw) };
    }
}

impl Engine for Stream {
    fn step(&mut self, input: &[u8], room: &mut [MaybeUninit<u8>], _: bool) -> Step {
        let raw = &mut *self.raw;
        raw.next_in = input.as_ptr();
        raw.avail_in = input.len();
        raw.next_out = room.as_mut_ptr().cast();
        raw.avail_out = room.len();
        // SAFETY: input and room are as long as said.
        let mut code = unsafe { l::lzma_code(raw, self.action) };
        if matches!(code, l::LZMA_GET_CHECK | l::LZMA_NO_CHECK) {
            // SAFETY: the stream has just read how it is checked.
            self.check = unsafe { l::lzma_get_check(raw) };
            // It went no further to say so.
            // SAFETY: as above; input and room are what is left of them.
            code = unsafe { l::lzma_code(raw, self.action) };
        }
        let written = room.len() - raw.avail_out;
        if code == l::LZMA_BUF_ERROR && raw.avail_in == 0 && raw.avail_out > 0 {
            // More input may come.
            code = l::LZMA_OK;
        }
        let step = Step {
            read: input.len() - raw.avail_in,
            written,
            code: code as i32,
            stop: !matches!(code, l::LZMA_OK | l::LZMA_GET_CHECK | l::LZMA_NO_CHECK),
        };
        raw.next_in = std::ptr::null();
        raw.next_out = std::ptr::null_mut();
        step
    }
}

impl Coder for Stream {
    fn finish(&mut self) {
        self.action = l::LZMA_FINISH;
    }

    fn check(&self, outcome: &Outcome) -> Result<()> {
        check_code(outcome.code as l::lzma_ret)
    }

    fn at_end(&self, code: i32) -> bool {
        code as l::lzma_ret == l::LZMA_STREAM_END
    }

    fn past_end(&self) -> &'static str {
        "Already at end of stream"
    }

    fn integrity(&self) -> Option<u32> {
        Some(self.check)
    }
}

/// An argument that is not `None`.
fn given(v: &Value) -> Option<&Value> {
    v.as_bound().filter(|v| !v.is_none())
}

fn invalid_format<T>(format: i32) -> Result<T> {
    value_error(format!("Invalid container format: {format}"))
}

fn new_compressor(ty: &Value, args: &[Value], names: Option<&Value>) -> Result {
    let bound = bind_args(
        "LZMACompressor",
        crate::sig!("(format=FORMAT_XZ, check=-1, preset=None, filters=None)"),
        args,
        names,
    )?;
    let format = bound[0].as_bound().map_or(Ok(FORMAT_XZ), c_int)?;
    let check = bound[1].as_bound().map_or(Ok(-1), c_int)?;
    let (preset, chain) = (given(&bound[2]), given(&bound[3]));
    if preset.is_some() && chain.is_some() {
        return value_error("Cannot specify both preset and filter chain");
    }
    let preset = preset.map_or(Ok(l::LZMA_PRESET_DEFAULT), unsigned_32)?;
    if format != FORMAT_XZ && check != -1 && check != l::LZMA_CHECK_NONE as i32 {
        return value_error("Integrity checks are only supported by FORMAT_XZ");
    }
    let check = if check == -1 { l::LZMA_CHECK_CRC64 } else { check as l::lzma_check };
    let chain = chain.map(filters::chain).transpose()?;
    // SAFETY: the structure is of zeros; filters and options outlive the call, and the library copies them.
    let stream = match (format, &chain) {
        // SAFETY: as said above.
        (FORMAT_XZ, None) => Stream::new(check, |s| unsafe { l::lzma_easy_encoder(s, preset, check) }),
        // SAFETY: as said above.
        (FORMAT_XZ, Some(f)) => Stream::new(check, |s| unsafe { l::lzma_stream_encoder(s, f.raw(), check) }),
        (FORMAT_ALONE, None) => {
            let options = filters::preset(preset)?;
            // SAFETY: as said above.
            Stream::new(0, |s| unsafe { l::lzma_alone_encoder(s, &*options) })
        }
        (FORMAT_ALONE, Some(f)) => match f.only_lzma1() {
            // SAFETY: as said above.
            Some(options) => Stream::new(0, |s| unsafe { l::lzma_alone_encoder(s, options) }),
            None => value_error("Invalid filter chain for FORMAT_ALONE - must be a single LZMA1 filter"),
        },
        (FORMAT_RAW, None) => value_error("Must specify filters for FORMAT_RAW"),
        // SAFETY: as said above.
        (FORMAT_RAW, Some(f)) => Stream::new(0, |s| unsafe { l::lzma_raw_encoder(s, f.raw()) }),
        _ => invalid_format(format),
    }?;
    make(ty, Compressor::new(Box::new(stream)))
}

fn new_decompressor(ty: &Value, args: &[Value], names: Option<&Value>) -> Result {
    let bound = bind_args(
        "LZMADecompressor",
        crate::sig!("(format=FORMAT_AUTO, memlimit=None, filters=None)"),
        args,
        names,
    )?;
    let format = bound[0].as_bound().map_or(Ok(FORMAT_AUTO), c_int)?;
    let mut limit = u64::MAX;
    if let Some(v) = given(&bound[1]) {
        if format == FORMAT_RAW {
            return value_error("Cannot specify memory limit with FORMAT_RAW");
        }
        limit = unsigned(v)?;
    }
    let chain = match given(&bound[2]) {
        None if format == FORMAT_RAW => return value_error("Must specify filters for FORMAT_RAW"),
        Some(_) if format != FORMAT_RAW => {
            return value_error("Cannot specify filters except with FORMAT_RAW");
        }
        chain => chain.map(filters::chain).transpose()?,
    };
    let flags = l::LZMA_TELL_ANY_CHECK | l::LZMA_TELL_NO_CHECK;
    // SAFETY: the structure is of zeros; filters outlive the call, and the library copies them.
    let stream = match (format, &chain) {
        // SAFETY: as said above.
        (FORMAT_AUTO, _) => Stream::new(CHECK_UNKNOWN, |s| unsafe { l::lzma_auto_decoder(s, limit, flags) }),
        // SAFETY: as said above.
        (FORMAT_XZ, _) => Stream::new(CHECK_UNKNOWN, |s| unsafe { l::lzma_stream_decoder(s, limit, flags) }),
        // SAFETY: as said above.
        (FORMAT_ALONE, _) => Stream::new(0, |s| unsafe { l::lzma_alone_decoder(s, limit) }),
        // SAFETY: as said above.
        (FORMAT_RAW, Some(f)) => Stream::new(0, |s| unsafe { l::lzma_raw_decoder(s, f.raw()) }),
        _ => invalid_format(format),
    }?;
    make(ty, Decompressor::new(Box::new(stream)))
}

/// `_lzma.LZMACompressor`
static COMPRESSOR: Type = Type::builtin::<Boxed<Compressor>>(
    "_lzma.LZMACompressor",
    Layout::Compressor,
    "A stream that compresses what it is given.",
    crate::defs! {
        fn "compress(data, /)" "Compresses bytes; returns what has come out so far." => coder::compress;
        fn "flush()" "Ends the stream; returns all that has not come out yet." => coder::flush;
    },
)
.with_base_flag()
.with_slots(Slots { new: Some(new_compressor), ..Slots::EMPTY });

/// `_lzma.LZMADecompressor`
static DECOMPRESSOR: Type = Type::builtin::<Boxed<Decompressor>>(
    "_lzma.LZMADecompressor",
    Layout::Decompressor,
    "A stream that decompresses what it is given.",
    crate::defs! {
        fn "decompress(data, max_length=-1)" "Decompresses bytes, to so many at most unless that is negative; keeps what is left of them." => coder::decompress;
        get "check()" "How the content is checked: one of the CHECK_ numbers." => |v| Ok(int::from_u64(this::<Decompressor>(v).integrity().into()));
        get "eof()" "Whether the end of the stream has been reached." => coder::eof;
        get "needs_input()" "Whether more input is needed before more comes out." => coder::needs_input;
        get "unused_data()" "Bytes behind the end of the stream." => coder::unused_data;
    },
)
.with_base_flag()
.with_slots(Slots { new: Some(new_decompressor), ..Slots::EMPTY });

fn number(n: impl Into<u64>) -> Value {
    int::from_u64(n.into())
}

/// The table.
pub static DEFS: &[Def] = crate::defs! {
    val "LZMAError()" "" => || class(&ERROR);
    val "LZMACompressor()" "" => || class(&COMPRESSOR);
    val "LZMADecompressor()" "" => || class(&DECOMPRESSOR);
    fn "is_check_supported(check_id, /)" "Whether the library knows a check." => |a| {
        let id = c_int(&a[0])?;
        // SAFETY: any number will do.
        Ok(Value::bool(unsafe { l::lzma_check_is_supported(id as l::lzma_check) } != 0))
    };
    fn "_encode_filter_properties(filter, /)" "The options of a filter as bytes, without its id." => filters::encode_properties;
    fn "_decode_filter_properties(filter_id, encoded_props, /)" "The filter whose options these bytes are." => filters::decode_properties;
    val "FORMAT_AUTO()" "" => || Value::small(FORMAT_AUTO);
    val "FORMAT_XZ()" "" => || Value::small(FORMAT_XZ);
    val "FORMAT_ALONE()" "" => || Value::small(FORMAT_ALONE);
    val "FORMAT_RAW()" "" => || Value::small(FORMAT_RAW);
    val "CHECK_NONE()" "" => || number(l::LZMA_CHECK_NONE);
    val "CHECK_CRC32()" "" => || number(l::LZMA_CHECK_CRC32);
    val "CHECK_CRC64()" "" => || number(l::LZMA_CHECK_CRC64);
    val "CHECK_SHA256()" "" => || number(l::LZMA_CHECK_SHA256);
    val "CHECK_ID_MAX()" "" => || Value::small(CHECK_ID_MAX);
    val "CHECK_UNKNOWN()" "" => || number(CHECK_UNKNOWN);
    val "FILTER_LZMA1()" "" => || number(l::LZMA_FILTER_LZMA1);
    val "FILTER_LZMA2()" "" => || number(l::LZMA_FILTER_LZMA2);
    val "FILTER_DELTA()" "" => || number(l::LZMA_FILTER_DELTA);
    val "FILTER_X86()" "" => || number(l::LZMA_FILTER_X86);
    val "FILTER_POWERPC()" "" => || number(l::LZMA_FILTER_POWERPC);
    val "FILTER_IA64()" "" => || number(l::LZMA_FILTER_IA64);
    val "FILTER_ARM()" "" => || number(l::LZMA_FILTER_ARM);
    val "FILTER_ARMTHUMB()" "" => || number(l::LZMA_FILTER_ARMTHUMB);
    val "FILTER_SPARC()" "" => || number(l::LZMA_FILTER_SPARC);
    val "MF_HC3()" "" => || number(l::LZMA_MF_HC3);
    val "MF_HC4()" "" => || number(l::LZMA_MF_HC4);
    val "MF_BT2()" "" => || number(l::LZMA_MF_BT2);
    val "MF_BT3()" "" => || number(l::LZMA_MF_BT3);
    val "MF_BT4()" "" => || number(l::LZMA_MF_BT4);
    val "MODE_FAST()" "" => || number(l::LZMA_MODE_FAST);
    val "MODE_NORMAL()" "" => || number(l::LZMA_MODE_NORMAL);
    val "PRESET_DEFAULT()" "" => || number(l::LZMA_PRESET_DEFAULT);
    val "PRESET_EXTREME()" "" => || number(l::LZMA_PRESET_EXTREME);
};
