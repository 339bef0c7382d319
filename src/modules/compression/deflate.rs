//! The two kinds of streams of the library zlib.

use super::{Engine, Step};
use libz_sys as z;
use std::ffi::CStr;
use std::mem::MaybeUninit;

/// Which way a stream goes.
#[derive(Clone, Copy, PartialEq)]
pub enum Way {
    Compress,
    Decompress,
}

/// A stream. The library keeps its address, hence the box.
pub struct Stream {
    raw: Box<z::z_stream>,
    way: Way,
    /// The flush mode of calls that are given the last input, and of those before.
    pub modes: (i32, i32),
    /// What the stream may ask for when it decompresses.
    pub dictionary: Option<Box<[u8]>>,
    /// The dictionary was not the right one.
    pub wrong_dictionary: bool,
    ended: bool,
}

// SAFETY: a stream owns all that its pointers lead to; between calls it points to no input or output.
unsafe impl Send for Stream {}

extern "C" fn allocate(_: z::voidpf, items: z::uInt, size: z::uInt) -> z::voidpf {
    // SAFETY: any sizes will do.
    unsafe { libc::calloc(items as usize, size as usize) }
}

extern "C" fn free(_: z::voidpf, memory: z::voidpf) {
    // SAFETY: the library frees what `allocate` has given it, once.
    unsafe { libc::free(memory) }
}

/// What the stream structure is for the library.
const STRUCT: i32 = size_of::<z::z_stream>() as i32;

impl Stream {
    fn new(way: Way, modes: (i32, i32)) -> Stream {
        let null = std::ptr::null_mut();
        let raw = Box::new(z::z_stream {
            next_in: null,
            avail_in: 0,
            total_in: 0,
            next_out: null,
            avail_out: 0,
            total_out: 0,
            msg: null.cast(),
            state: null.cast(),
            zalloc: allocate,
            zfree: free,
            opaque: null.cast(),
            data_type: 0,
            adler: 0,
            reserved: 0,
        });
        Stream { raw, way, modes, dictionary: None, wrong_dictionary: false, ended: false }
    }

    /// A stream that compresses, or the library's code and the stream for its message.
    pub fn compress(
        level: i32,
        method: i32,
        window: i32,
        memory: i32,
        strategy: i32,
    ) -> Result<Stream, (i32, Stream)> {
        let mut s = Stream::new(Way::Compress, (z::Z_FINISH, z::Z_NO_FLUSH));
        // SAFETY: the structure is complete, and at an address where it stays.
        let code = unsafe {
            z::deflateInit2_(&mut *s.raw, level, method, window, memory, strategy, z::zlibVersion(), STRUCT)
        };
        if code == z::Z_OK { Ok(s) } else { Err((code, s)) }
    }

    /// A stream that decompresses; errors as above. `modes` as the field.
    pub fn decompress(window: i32, modes: (i32, i32)) -> Result<Stream, (i32, Stream)> {
        let mut s = Stream::new(Way::Decompress, modes);
        // SAFETY: as above.
        let code = unsafe { z::inflateInit2_(&mut *s.raw, window, z::zlibVersion(), STRUCT) };
        if code == z::Z_OK { Ok(s) } else { Err((code, s)) }
    }

    /// Sets the dictionary; the library's code.
    pub fn set_dictionary(&mut self, data: &[u8]) -> i32 {
        let len = data.len() as z::uInt;
        // SAFETY: so many bytes are there, and the library copies what it needs.
        unsafe {
            match self.way {
                Way::Compress => z::deflateSetDictionary(&mut *self.raw, data.as_ptr(), len),
                Way::Decompress => z::inflateSetDictionary(&mut *self.raw, data.as_ptr(), len),
            }
        }
    }

    /// Another stream in the same state, or the library's code.
    pub fn copy(&mut self) -> Result<Stream, i32> {
        let mut other = Stream::new(self.way, self.modes);
        // SAFETY: both structures are complete; the library checks the state of the one it copies.
        let code = unsafe {
            match self.way {
                Way::Compress => z::deflateCopy(&mut *other.raw, &mut *self.raw),
                Way::Decompress => z::inflateCopy(&mut *other.raw, &mut *self.raw),
            }
        };
        if code != z::Z_OK {
            // What was copied before it failed is not the other's.
            other.raw.state = std::ptr::null_mut();
            return Err(code);
        }
        other.dictionary = self.dictionary.clone();
        Ok(other)
    }

    /// Gives the library's memory back; later calls fail. Returns the library's code.
    pub fn end(&mut self) -> i32 {
        if std::mem::replace(&mut self.ended, true) {
            return z::Z_OK;
        }
        // SAFETY: the structure is complete; one without a state is refused.
        unsafe {
            match self.way {
                Way::Compress => z::deflateEnd(&mut *self.raw),
                Way::Decompress => z::inflateEnd(&mut *self.raw),
            }
        }
    }

    /// What the library says about its last error.
    pub fn message(&self) -> Option<String> {
        if self.raw.msg.is_null() {
            return None;
        }
        // SAFETY: a message is a constant of the library that ends in zero.
        Some(unsafe { CStr::from_ptr(self.raw.msg) }.to_string_lossy().into_owned())
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.end();
    }
}

impl Engine for Stream {
    fn step(&mut self, input: &[u8], room: &mut [MaybeUninit<u8>], last: bool) -> Step {
        let raw = &mut *self.raw;
        raw.next_in = input.as_ptr().cast_mut();
        raw.avail_in = input.len() as z::uInt;
        raw.next_out = room.as_mut_ptr().cast();
        raw.avail_out = room.len() as z::uInt;
        let mode = if last { self.modes.0 } else { self.modes.1 };
        // SAFETY: input and room are as long as said, and the library only reads the input.
        let call = |raw: &mut z::z_stream| unsafe {
            match self.way {
                Way::Compress => z::deflate(raw, mode),
                Way::Decompress => z::inflate(raw, mode),
            }
        };
        let mut code = call(raw);
        if code == z::Z_NEED_DICT
            && let Some(dictionary) = &self.dictionary
        {
            // SAFETY: so many bytes are there, and the library copies what it needs.
            code = unsafe { z::inflateSetDictionary(raw, dictionary.as_ptr(), dictionary.len() as z::uInt) };
            self.wrong_dictionary = code != z::Z_OK;
            if code == z::Z_OK {
                code = call(raw);
            }
        }
        let step = Step {
            read: input.len() - raw.avail_in as usize,
            written: room.len() - raw.avail_out as usize,
            code,
            stop: !matches!(code, z::Z_OK | z::Z_BUF_ERROR),
        };
        raw.next_in = std::ptr::null_mut();
        raw.next_out = std::ptr::null_mut();
        step
    }
}
