//! Memory: shared between processes, or the interpreter's own, with typed access as `ctypes` has it.
//!
//! Invariant: a mapping and its descriptor live as long as the object, and every access is checked against the
//! mapping's length. What other processes write there is seen word by word: single items are read and written
//! through raw pointers, never through references.

use super::code::{self, Code};
use crate::modules::native::this;
use crate::object::{Boxed, Layout, Result, Slots, Type, Value};
use crate::protocol::{self, index_error, raise, type_error, value_error};
use crate::types::bytes::export::{Export, Memory};
use crate::types::bytes::item::Item;
use crate::types::{bytes, exception, int};
use std::cell::Cell;
use std::io;
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};

/// The fields of a region.
pub struct RegionBody {
    start: Cell<*mut u8>,
    len: usize,
    /// The same bytes, for views. Invariant: nothing is ever added or taken away, so that the vector, which stands
    /// for memory that is not the allocator's, neither grows nor is freed.
    memory: Memory,
    /// The file behind it; -1 for memory that is not shared.
    fd: Cell<i32>,
}

crate::body!(RegionBody: Region);

impl Drop for RegionBody {
    fn drop(&mut self) {
        self.close();
    }
}

impl RegionBody {
    fn close(&self) {
        let start = self.start.replace(std::ptr::null_mut());
        if !start.is_null() {
            std::mem::forget(self.memory.data.take());
            // SAFETY: mapped by `map` with this length, and nobody has a pointer into it: every access starts here.
            unsafe { libc::munmap(start.cast(), self.len.max(1)) };
        }
        let fd = self.fd.replace(-1);
        if fd >= 0 {
            // SAFETY: the descriptor is ours.
            unsafe { libc::close(fd) };
        }
    }

    /// The place of `n` bytes at `offset`.
    fn place(&self, offset: &Value, n: usize) -> Result<*mut u8> {
        self.at(usize::try_from(protocol::index_i64(offset)?).unwrap_or(usize::MAX), n)
    }

    #[inline]
    fn at(&self, offset: usize, n: usize) -> Result<*mut u8> {
        let start = self.start.get();
        if start.is_null() {
            return value_error("operation on a closed region");
        }
        if offset.checked_add(n).is_none_or(|end| end > self.len) {
            return index_error("offset out of range");
        }
        // SAFETY: within the mapping.
        Ok(unsafe { start.add(offset) })
    }

    /// A word of 32 bits for the kernel and other processes, at a multiple of 4.
    #[inline]
    pub fn word(&self, offset: usize) -> Result<&AtomicU32> {
        let place = self.at(offset, 4)?;
        if !offset.is_multiple_of(4) {
            return value_error("offset is not aligned");
        }
        // SAFETY: aligned, within the mapping, which lives as long as the object; all users of words are atomic.
        Ok(unsafe { AtomicU32::from_ptr(place.cast()) })
    }
}

/// The region behind a value.
pub fn region(v: &Value) -> Result<&RegionBody> {
    match v.cast::<Boxed<RegionBody>>() {
        Some(r) => Ok(&r.body),
        None => type_error(format!("a region is required, not '{}'", v.ty().name())),
    }
}

fn map(fd: i32, len: usize) -> io::Result<*mut u8> {
    let kind = if fd < 0 { libc::MAP_PRIVATE | libc::MAP_ANONYMOUS } else { libc::MAP_SHARED };
    // SAFETY: a new mapping, wherever the kernel puts it.
    let start = unsafe {
        libc::mmap(std::ptr::null_mut(), len.max(1), libc::PROT_READ | libc::PROT_WRITE, kind, fd, 0)
    };
    if start == libc::MAP_FAILED { Err(io::Error::last_os_error()) } else { Ok(start.cast()) }
}

fn size(v: &Value) -> Result<usize> {
    match usize::try_from(protocol::index_i64(v)?) {
        Ok(n) if n <= isize::MAX as usize => Ok(n),
        _ => value_error("size must not be negative"),
    }
}

fn make(fd: i32, len: usize) -> Result {
    match map(fd, len) {
        Ok(start) => {
            // SAFETY: so many bytes are mapped there, zeros or what others wrote; `close` forgets the vector.
            let memory = Memory::new(unsafe { Vec::from_raw_parts(start, len, len) });
            Ok(Value::new(&REGION, RegionBody { start: Cell::new(start), len, memory, fd: Cell::new(fd) }))
        }
        Err(e) => {
            if fd >= 0 {
                // SAFETY: the descriptor is ours.
                unsafe { libc::close(fd) };
            }
            if e.raw_os_error() == Some(libc::ENOMEM) {
                return protocol::memory_error();
            }
            Err(exception::from_io_error(&e, None))
        }
    }
}

/// `shared(size)`: memory for this process and those forked from it or given its descriptor.
pub fn shared(a: &[Value]) -> Result {
    let len = size(&a[0])?;
    // SAFETY: the name is a string that ends in zero.
    let fd = unsafe { libc::memfd_create(c"minipy".as_ptr(), libc::MFD_CLOEXEC) };
    // SAFETY: a plain system call.
    if fd < 0 || unsafe { libc::ftruncate(fd, len as libc::off_t) } != 0 {
        let e = io::Error::last_os_error();
        if fd >= 0 {
            // SAFETY: the descriptor is ours.
            unsafe { libc::close(fd) };
        }
        return Err(exception::from_io_error(&e, None));
    }
    make(fd, len)
}

/// `attached(fd, size)`: the file behind a descriptor, which belongs to the region from now on.
pub fn attached(a: &[Value]) -> Result {
    make(super::fd(&a[0])?, size(&a[1])?)
}

/// `local(size)`: memory of this process.
pub fn local(a: &[Value]) -> Result {
    make(-1, size(&a[0])?)
}

fn code_of(v: &Value) -> Result<Code> {
    match v.as_str().and_then(Code::new) {
        Some(code) => Ok(code),
        None => value_error("bad typecode (must be one of c, u, b, B, h, H, i, I, l, L, q, Q, f, d or ?)"),
    }
}

fn get(a: &[Value]) -> Result {
    let code = code_of(&a[2])?;
    let place = this::<RegionBody>(&a[0]).place(&a[1], code.size())?;
    let mut item = [0; 8];
    // SAFETY: so many bytes are at the place.
    unsafe { std::ptr::copy_nonoverlapping(place, item.as_mut_ptr(), code.size()) };
    Ok(code.read(item))
}

fn set(a: &[Value]) -> Result {
    let code = code_of(&a[2])?;
    let item = code.write(&a[3])?;
    let place = this::<RegionBody>(&a[0]).place(&a[1], code.size())?;
    // SAFETY: there is room for so many bytes.
    unsafe { std::ptr::copy_nonoverlapping(item.as_ptr(), place, code.size()) };
    Ok(Value::NONE)
}

/// Items `start`, `start + step`, ... as a list, or as `bytes` or `str` for characters.
fn items(a: &[Value]) -> Result {
    let code = code_of(&a[2])?;
    let (first, step, count) =
        (protocol::index_i64(&a[3])?, protocol::index_i64(&a[4])?, protocol::index_i64(&a[5])?);
    let base = protocol::index_i64(&a[1])?;
    let mut list = Vec::new();
    for i in 0..count.max(0) {
        let at = base.wrapping_add(first.wrapping_add(i.wrapping_mul(step)).wrapping_mul(code.size() as i64));
        list.push(get(&[a[0].clone(), int::from_i64(at), a[2].clone()])?);
    }
    Ok(code::join(code, list))
}

fn read(a: &[Value]) -> Result {
    let n = size(&a[2])?;
    let place = this::<RegionBody>(&a[0]).place(&a[1], n)?;
    let mut data = Vec::new();
    bytes::try_reserve(&mut data, n)?;
    // SAFETY: so many bytes are at the place, and there is room for them.
    unsafe {
        std::ptr::copy_nonoverlapping(place, data.as_mut_ptr(), n);
        data.set_len(n);
    }
    Ok(bytes::from_vec(data))
}

fn write(a: &[Value]) -> Result {
    let Some(data) = bytes::copy_of(&a[2]) else {
        return type_error(format!("a bytes-like object is required, not '{}'", a[2].ty().name()));
    };
    let place = this::<RegionBody>(&a[0]).place(&a[1], data.len())?;
    // SAFETY: there is room for so many bytes.
    unsafe { std::ptr::copy_nonoverlapping(data.as_ptr(), place, data.len()) };
    Ok(Value::NONE)
}

fn clear(a: &[Value]) -> Result {
    let n = size(&a[2])?;
    let place = this::<RegionBody>(&a[0]).place(&a[1], n)?;
    // SAFETY: so many bytes are at the place.
    unsafe { std::ptr::write_bytes(place, 0, n) };
    Ok(Value::NONE)
}

/// Exchanges a word of 32 bits, if it is what is expected; whether it was.
fn exchange(a: &[Value]) -> Result {
    let word = this::<RegionBody>(&a[0]).word(offset(&a[1])?)?;
    let [old, new] = [&a[2], &a[3]].map(|v| protocol::index_i64(v).map(|n| n as u32));
    Ok(Value::bool(word.compare_exchange(old?, new?, SeqCst, SeqCst).is_ok()))
}

/// `_multiprocessing.Region`
pub static REGION: Type = Type::builtin::<Boxed<RegionBody>>(
    "_multiprocessing.Region",
    Layout::Region,
    "Memory, which other processes may have too.",
    crate::defs! {
        fn "get(offset, code, /)" "The item of that type at a place." => get;
        fn "set(offset, code, value, /)" "Replace the item of that type at a place." => set;
        fn "items(offset, code, first, step, count, /)" "Items of an array." => items;
        fn "read(offset, size, /)" "Bytes from a place on." => read;
        fn "write(offset, data, /)" "Put bytes to a place." => write;
        fn "clear(offset, size, /)" "Zero bytes from a place on." => clear;
        fn "exchange(offset, old, new, /)" "Replace a word that is as expected, at once for all processes; whether it was." => exchange;
        fn "close()" "Give the memory back." => |a| {
            let r = this::<RegionBody>(&a[0]);
            if r.memory.exports.get() > 0 {
                return Err(raise(&exception::BUFFER_ERROR, "cannot close exported pointers exist"));
            }
            r.close();
            Ok(Value::NONE)
        };
        get "fd()" "The descriptor of the file behind it, or -1." => |v| Ok(Value::small(this::<RegionBody>(v).fd.get()));
        get "size()" "How many bytes there are." => |v| Ok(int::from_usize(this::<RegionBody>(v).len));
    },
)
.with_weakrefs()
.with_slots(Slots {
    len: Some(|v| Ok(this::<RegionBody>(v).len)),
    buffer: Some(|v| Export::Shared(&this::<RegionBody>(v).memory, Item::BYTE)),
    ..Slots::EMPTY
});

/// The size of an item of a type.
pub fn size_of_code(a: &[Value]) -> Result {
    Ok(int::from_usize(code_of(&a[0])?.size()))
}

/// The type `c_wchar` and others want their values checked without memory: what would be stored, read back.
pub fn convert(a: &[Value]) -> Result {
    let code = code_of(&a[0])?;
    let item = code.write(&a[1])?;
    Ok(code.read(item))
}

/// The offset of a block, an argument.
pub fn offset(v: &Value) -> Result<usize> {
    size(v)
}
