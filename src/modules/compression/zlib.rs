//! `zlib`: compression by the library of that name, in one go and in pieces.

use super::deflate::Stream;
use super::{Shared, input, run};
use crate::modules::binascii::low_bits;
use crate::modules::native::{class, this};
use crate::object::{Boxed, Def, Layout, Result, Slots, Type, Value, arg};
use crate::protocol::{self, raise, type_error, value_error};
use crate::types::str::c_int;
use crate::types::{bytes, exception, int};
use libz_sys as z;
use std::cell::{Cell, RefCell};
use std::ffi::CStr;

/// `zlib.error`
static ERROR: Type = exception::subtype("zlib.error", &exception::EXCEPTION);

/// The largest window, as the exponent of two.
const MAX_WBITS: i32 = 15;

/// Raises `zlib.error` for a code of the library.
fn fail<T>(code: i32, doing: &str, stream: &Stream) -> Result<T> {
    let why = stream.message().or_else(|| {
        let known = match code {
            z::Z_BUF_ERROR => "incomplete or truncated stream",
            z::Z_STREAM_ERROR => "inconsistent stream state",
            z::Z_DATA_ERROR => "invalid input data",
            _ => return None,
        };
        Some(known.to_owned())
    });
    let why = why.map(|w| format!(": {w}")).unwrap_or_default();
    Err(raise(&ERROR, format!("Error {code} {doing}{why}")))
}

fn no_memory<T>(message: &str) -> Result<T> {
    Err(raise(&exception::MEMORY_ERROR, message))
}

fn optional_int(v: &Value, default: i32) -> Result<i32> {
    v.as_bound().map_or(Ok(default), c_int)
}

fn compress(a: &[Value]) -> Result {
    let data = input(&a[0])?;
    let (level, window) = (optional_int(arg(a, 1), -1)?, optional_int(arg(a, 2), MAX_WBITS)?);
    let mut stream = match Stream::compress(level, z::Z_DEFLATED, window, 8, 0) {
        Ok(stream) => stream,
        Err((z::Z_MEM_ERROR, _)) => return no_memory("Out of memory while compressing data"),
        Err((z::Z_STREAM_ERROR, _)) => return Err(raise(&ERROR, "Bad compression level")),
        Err((code, stream)) => return fail(code, "while compressing data", &stream),
    };
    let outcome = run(&mut stream, &data, None)?;
    match stream.end() {
        z::Z_OK => Ok(bytes::from_vec(outcome.data)),
        code => fail(code, "while finishing compression", &stream),
    }
}

fn decompress(a: &[Value]) -> Result {
    let data = input(&a[0])?;
    let window = optional_int(arg(a, 1), MAX_WBITS)?;
    if arg(a, 2).as_bound().map_or(Ok(1), protocol::index_i64)? < 0 {
        return value_error("bufsize must be non-negative");
    }
    let mut stream = match Stream::decompress(window, (z::Z_FINISH, z::Z_NO_FLUSH)) {
        Ok(stream) => stream,
        Err((z::Z_MEM_ERROR, _)) => return no_memory("Out of memory while decompressing data"),
        Err((code, stream)) => return fail(code, "while preparing to decompress data", &stream),
    };
    let outcome = run(&mut stream, &data, None)?;
    match outcome.code {
        z::Z_STREAM_END => Ok(bytes::from_vec(outcome.data)),
        z::Z_MEM_ERROR => no_memory("Out of memory while decompressing data"),
        code => fail(code, "while decompressing data", &stream),
    }
}

/// The fields of a compressor.
pub struct Compressor(Shared<Stream>);
crate::body!(Compressor: ZlibCompressor);

/// `zlib.Compress`
static COMPRESS: Type = Type::builtin::<Boxed<Compressor>>(
    "zlib.Compress",
    Layout::ZlibCompressor,
    "A stream that compresses what it is given.",
    crate::defs! {
        fn "compress(data, /)" "Compresses bytes; returns what has come out so far." => |a| {
            let data = input(&a[1])?;
            this::<Compressor>(&a[0]).0.with(&a[0], |stream| {
                stream.modes = (z::Z_NO_FLUSH, z::Z_NO_FLUSH);
                let outcome = run(stream, &data, None)?;
                match outcome.code {
                    z::Z_STREAM_ERROR => fail(outcome.code, "while compressing data", stream),
                    _ => Ok(bytes::from_vec(outcome.data)),
                }
            })
        };
        fn "flush(mode=zlib.Z_FINISH, /)" "Returns all that has not come out yet; by default the stream ends." => flush;
        fn "copy()" "Another compressor in the same state." => copy_compressor;
        fn "__copy__()" "" => copy_compressor;
        fn "__deepcopy__(memo, /)" "" => copy_compressor;
    },
)
.with_slots(Slots {
    new: Some(|_, _, _| type_error("cannot create 'zlib.Compress' instances")),
    ..Slots::EMPTY
});

fn flush(a: &[Value]) -> Result {
    let mode = optional_int(arg(a, 1), z::Z_FINISH)?;
    if mode == z::Z_NO_FLUSH {
        return Ok(bytes::from_slice(b""));
    }
    this::<Compressor>(&a[0]).0.with(&a[0], |stream| {
        stream.modes = (mode, mode);
        let outcome = run(stream, b"", None)?;
        match outcome.code {
            z::Z_STREAM_END if mode == z::Z_FINISH => match stream.end() {
                z::Z_OK => Ok(bytes::from_vec(outcome.data)),
                code => fail(code, "while finishing compression", stream),
            },
            z::Z_OK | z::Z_BUF_ERROR => Ok(bytes::from_vec(outcome.data)),
            code => fail(code, "while flushing", stream),
        }
    })
}

/// A copy of a stream, for an object of either kind.
fn copied(stream: &mut Stream, object: &str) -> Result<Stream> {
    match stream.copy() {
        Ok(copy) => Ok(copy),
        Err(z::Z_STREAM_ERROR) => value_error("Inconsistent stream state"),
        Err(z::Z_MEM_ERROR) => no_memory(&format!("Can't allocate memory for {object} object")),
        Err(code) => fail(code, &format!("while copying {object} object"), stream),
    }
}

fn copy_compressor(a: &[Value]) -> Result {
    let copy = this::<Compressor>(&a[0]).0.with(&a[0], |stream| copied(stream, "compression"))?;
    Ok(Value::new(&COMPRESS, Compressor(Shared::new(copy))))
}

fn compressobj(a: &[Value]) -> Result {
    let defaults = [-1, z::Z_DEFLATED, MAX_WBITS, 8, z::Z_DEFAULT_STRATEGY];
    let mut options = [0; 5];
    for (i, option) in options.iter_mut().enumerate() {
        *option = optional_int(arg(a, i), defaults[i])?;
    }
    let dictionary = arg(a, 5).as_bound().map(input).transpose()?;
    let [level, method, window, memory, strategy] = options;
    let mut stream = match Stream::compress(level, method, window, memory, strategy) {
        Ok(stream) => stream,
        Err((z::Z_MEM_ERROR, _)) => return no_memory("Can't allocate memory for compression object"),
        Err((z::Z_STREAM_ERROR, _)) => return value_error("Invalid initialization option"),
        Err((code, stream)) => return fail(code, "while creating compression object", &stream),
    };
    match dictionary.map_or(z::Z_OK, |d| stream.set_dictionary(&d)) {
        z::Z_OK => Ok(Value::new(&COMPRESS, Compressor(Shared::new(stream)))),
        z::Z_STREAM_ERROR => value_error("Invalid dictionary"),
        _ => value_error("deflateSetDictionary()"),
    }
}

/// The fields of a decompressor.
pub struct Decompressor {
    stream: Shared<Stream>,
    /// Bytes behind the end of the stream.
    unused: RefCell<Value>,
    /// Input for which there was no room for output.
    unconsumed: RefCell<Value>,
    ended: Cell<bool>,
}
crate::body!(Decompressor: ZlibDecompressor { unused, unconsumed });

/// `zlib.Decompress`
static DECOMPRESS: Type = Type::builtin::<Boxed<Decompressor>>(
    "zlib.Decompress",
    Layout::ZlibDecompressor,
    "A stream that decompresses what it is given.",
    crate::defs! {
        fn "decompress(data, /, max_length=0)" "Decompresses bytes, to so many at most unless that is 0; what is left of them is unconsumed_tail." => |a| {
            let limit = arg(a, 2).as_bound().map_or(Ok(0), protocol::index_i64)?;
            let Ok(limit) = usize::try_from(limit) else { return value_error("max_length must be non-negative") };
            let data = input(&a[1])?;
            let body = this::<Decompressor>(&a[0]);
            body.stream.with(&a[0], |stream| {
                stream.modes = (z::Z_SYNC_FLUSH, z::Z_SYNC_FLUSH);
                body.feed(stream, &data, (limit > 0).then_some(limit), true)
            })
        };
        fn "flush(length=zlib.DEF_BUF_SIZE, /)" "Decompresses unconsumed_tail; returns all that comes out." => |a| {
            if arg(a, 1).as_bound().map_or(Ok(1), protocol::index_i64)? <= 0 {
                return value_error("length must be greater than zero");
            }
            let body = this::<Decompressor>(&a[0]);
            let tail = body.unconsumed.borrow().clone();
            let data = input(&tail)?;
            body.stream.with(&a[0], |stream| {
                stream.modes = (z::Z_FINISH, z::Z_NO_FLUSH);
                body.feed(stream, &data, None, false)
            })
        };
        fn "copy()" "Another decompressor in the same state." => copy_decompressor;
        fn "__copy__()" "" => copy_decompressor;
        fn "__deepcopy__(memo, /)" "" => copy_decompressor;
        get "unused_data()" "" => |v| Ok(this::<Decompressor>(v).unused.borrow().clone());
        get "unconsumed_tail()" "" => |v| Ok(this::<Decompressor>(v).unconsumed.borrow().clone());
        get "eof()" "" => |v| Ok(Value::bool(this::<Decompressor>(v).ended.get()));
    },
)
.with_slots(Slots {
    new: Some(|_, _, _| type_error("cannot create 'zlib.Decompress' instances")),
    ..Slots::EMPTY
});

impl Decompressor {
    fn new(stream: Stream) -> Decompressor {
        let nothing = bytes::from_slice(b"");
        Decompressor {
            stream: Shared::new(stream),
            unused: nothing.clone().into(),
            unconsumed: nothing.into(),
            ended: Cell::new(false),
        }
    }

    /// Decompresses; errors of the library are raised only if they are to be `checked`.
    fn feed(&self, stream: &mut Stream, data: &[u8], limit: Option<usize>, checked: bool) -> Result {
        let outcome = run(stream, data, limit)?;
        if std::mem::take(&mut stream.wrong_dictionary) {
            return fail(outcome.code, "while setting zdict", stream);
        }
        let rest = &data[outcome.read..];
        let ended = outcome.code == z::Z_STREAM_END;
        if ended && !rest.is_empty() {
            let mut unused = bytes::copy_of(&self.unused.borrow()).unwrap_or_default();
            unused.extend_from_slice(rest);
            self.unused.replace(bytes::from_vec(unused));
        }
        // What is behind the end counts as left over only if there was such before.
        let had_tail = !bytes::as_bytes(&self.unconsumed.borrow()).unwrap_or_default().is_empty();
        if had_tail || !ended {
            self.unconsumed.replace(bytes::from_slice(rest));
        }
        match outcome.code {
            z::Z_STREAM_END => {
                self.ended.set(true);
                if !checked {
                    stream.end();
                }
            }
            z::Z_OK | z::Z_BUF_ERROR => {}
            code if checked => return fail(code, "while decompressing data", stream),
            _ => {}
        }
        Ok(bytes::from_vec(outcome.data))
    }
}

fn copy_decompressor(a: &[Value]) -> Result {
    let body = this::<Decompressor>(&a[0]);
    let copy = Decompressor::new(body.stream.with(&a[0], |stream| copied(stream, "decompression"))?);
    copy.unused.replace(body.unused.borrow().clone());
    copy.unconsumed.replace(body.unconsumed.borrow().clone());
    copy.ended.set(body.ended.get());
    Ok(Value::new(&DECOMPRESS, copy))
}

fn decompressobj(a: &[Value]) -> Result {
    let window = optional_int(arg(a, 0), MAX_WBITS)?;
    let dictionary = match arg(a, 1).as_bound() {
        Some(d) if bytes::buffer(d).is_none() => {
            return type_error("zdict argument must support the buffer protocol");
        }
        Some(d) => Some(input(d)?),
        None => None,
    };
    let mut stream = match Stream::decompress(window, (z::Z_SYNC_FLUSH, z::Z_SYNC_FLUSH)) {
        Ok(stream) => stream,
        Err((z::Z_STREAM_ERROR, _)) => return value_error("Invalid initialization option"),
        Err((z::Z_MEM_ERROR, _)) => return no_memory("Can't allocate memory for decompression object"),
        Err((code, stream)) => return fail(code, "while creating decompression object", &stream),
    };
    if let Some(dictionary) = dictionary {
        // A raw stream does not ask for it.
        if window < 0 {
            let code = stream.set_dictionary(&dictionary);
            if code != z::Z_OK {
                return fail(code, "while setting zdict", &stream);
            }
        }
        stream.dictionary = Some(dictionary.into_owned().into());
    }
    Ok(Value::new(&DECOMPRESS, Decompressor::new(stream)))
}

/// A checksum that goes on from a former one.
fn checksum(
    a: &[Value],
    start: u32,
    sum: unsafe extern "C" fn(z::uLong, *const u8, z::uInt) -> z::uLong,
) -> Result {
    let data = input(&a[0])?;
    let start = match arg(a, 1).as_bound() {
        Some(v) => low_bits(v)?,
        None => start,
    };
    let total = || {
        // SAFETY: so many bytes are there.
        data.chunks(1 << 30).fold(z::uLong::from(start), |value, part| unsafe {
            sum(value, part.as_ptr(), part.len() as z::uInt)
        })
    };
    let total = if data.len() > 5 << 10 { minipy_sched::without_gil(total) } else { total() };
    Ok(int::from_u64(total & 0xffff_ffff))
}

fn version() -> Value {
    // SAFETY: the version is a constant that ends in zero.
    Value::str(&unsafe { CStr::from_ptr(z::zlibVersion()) }.to_string_lossy())
}

/// The table.
pub static DEFS: &[Def] = crate::defs! {
    val "error()" "" => || class(&ERROR);
    fn "compress(data, /, level=Z_DEFAULT_COMPRESSION, wbits=MAX_WBITS)" "Compresses bytes." => compress;
    fn "decompress(data, /, wbits=MAX_WBITS, bufsize=DEF_BUF_SIZE)" "Decompresses bytes." => decompress;
    fn "compressobj(level=Z_DEFAULT_COMPRESSION, method=DEFLATED, wbits=MAX_WBITS, memLevel=DEF_MEM_LEVEL, strategy=Z_DEFAULT_STRATEGY, zdict=None)" "A stream that compresses in pieces." => compressobj;
    fn "decompressobj(wbits=MAX_WBITS, zdict=b'')" "A stream that decompresses in pieces." => decompressobj;
    fn "crc32(data, value=0, /)" "The checksum CRC-32, going on from that of the bytes before." => |a| checksum(a, 0, z::crc32);
    fn "adler32(data, value=1, /)" "The checksum Adler-32, going on from that of the bytes before." => |a| checksum(a, 1, z::adler32);
    val "DEFLATED()" "" => || Value::small(z::Z_DEFLATED);
    val "MAX_WBITS()" "" => || Value::small(MAX_WBITS);
    val "DEF_MEM_LEVEL()" "" => || Value::small(8);
    val "DEF_BUF_SIZE()" "" => || Value::small(16384);
    val "Z_NO_COMPRESSION()" "" => || Value::small(z::Z_NO_COMPRESSION);
    val "Z_BEST_SPEED()" "" => || Value::small(z::Z_BEST_SPEED);
    val "Z_BEST_COMPRESSION()" "" => || Value::small(z::Z_BEST_COMPRESSION);
    val "Z_DEFAULT_COMPRESSION()" "" => || Value::small(z::Z_DEFAULT_COMPRESSION);
    val "Z_FILTERED()" "" => || Value::small(z::Z_FILTERED);
    val "Z_HUFFMAN_ONLY()" "" => || Value::small(z::Z_HUFFMAN_ONLY);
    val "Z_RLE()" "" => || Value::small(z::Z_RLE);
    val "Z_FIXED()" "" => || Value::small(z::Z_FIXED);
    val "Z_DEFAULT_STRATEGY()" "" => || Value::small(z::Z_DEFAULT_STRATEGY);
    val "Z_NO_FLUSH()" "" => || Value::small(z::Z_NO_FLUSH);
    val "Z_PARTIAL_FLUSH()" "" => || Value::small(z::Z_PARTIAL_FLUSH);
    val "Z_SYNC_FLUSH()" "" => || Value::small(z::Z_SYNC_FLUSH);
    val "Z_FULL_FLUSH()" "" => || Value::small(z::Z_FULL_FLUSH);
    val "Z_FINISH()" "" => || Value::small(z::Z_FINISH);
    val "Z_BLOCK()" "" => || Value::small(z::Z_BLOCK);
    val "Z_TREES()" "" => || Value::small(z::Z_TREES);
    val "ZLIB_VERSION()" "" => version;
    val "ZLIB_RUNTIME_VERSION()" "" => version;
    val "__version__()" "" => || Value::str("1.0");
};

/// Makes the types ready that have no name in the module.
pub fn init(_: &crate::object::Dict) {
    class(&COMPRESS);
    class(&DECOMPRESS);
}
