//! `mmap`: files as memory, and memory without files.
//!
//! Invariant: the vector in `memory` stands for the mapping, not for memory of the allocator: nothing is ever added to
//! it or taken away, and it is forgotten before the mapping goes or moves. A mapping that cannot be written to lends
//! out plain slices, and therefore stays until the object dies.

use super::native::{make, os_error, this};
use crate::object::{Boxed, Def, Dict, Layout, Result, Slots, Type, Value, arg, intern};
use crate::protocol::{self, bind_args, index_error, raise, type_error, value_error};
use crate::types::bytes::export::{Export, Memory};
use crate::types::bytes::item::Item;
use crate::types::str::c_int;
use crate::types::{bytes, exception, int, search, slice};
use std::cell::Cell;
use std::io::Error;

/// The fields of a map.
pub struct MapBody {
    memory: Memory,
    position: Cell<usize>,
    /// A descriptor of its own for the file; -1 if there is none.
    fd: i32,
    access: i32,
    offset: i64,
    closed: Cell<bool>,
}

crate::body!(MapBody: Mmap);

const ACCESS_DEFAULT: i32 = 0;
const ACCESS_READ: i32 = 1;
const ACCESS_WRITE: i32 = 2;
const ACCESS_COPY: i32 = 3;

impl Drop for MapBody {
    fn drop(&mut self) {
        self.unmap();
    }
}

impl MapBody {
    fn unmap(&self) {
        let mapping = std::mem::ManuallyDrop::new(self.memory.data.take());
        if mapping.capacity() > 0 {
            // SAFETY: the vector stood for this mapping, and nobody has a pointer into it any more.
            unsafe { libc::munmap(mapping.as_ptr().cast_mut().cast(), mapping.len()) };
        }
        if self.fd >= 0 && !self.closed.replace(true) {
            // SAFETY: the descriptor is ours, and closed once.
            unsafe { libc::close(self.fd) };
        }
    }

    fn len(&self) -> usize {
        self.memory.data.borrow().len()
    }

    fn check_writable(&self) -> Result<()> {
        match self.access {
            ACCESS_READ => type_error("mmap can't modify a readonly memory map."),
            _ => Ok(()),
        }
    }

    /// So many bytes from the position on, which moves behind them.
    fn advance(&self, n: usize) -> Value {
        let data = self.memory.data.borrow();
        let start = self.position.get().min(data.len());
        let end = start + n.min(data.len() - start);
        self.position.set(end);
        bytes::from_slice(&data[start..end])
    }

    /// Replaces the bytes at the position, which moves behind them.
    fn put(&self, new: &[u8], message: &str) -> Result<()> {
        let mut data = self.memory.data.borrow_mut();
        let start = self.position.get();
        match start.checked_add(new.len()).and_then(|end| data.get_mut(start..end)) {
            Some(place) => place.copy_from_slice(new),
            None => return value_error(message),
        }
        self.position.set(start + new.len());
        Ok(())
    }
}

/// The map, which must not be closed.
fn open(v: &Value) -> Result<&MapBody> {
    let m = this::<MapBody>(v);
    if m.closed.get() { value_error("mmap closed or invalid") } else { Ok(m) }
}

fn new(ty: &Value, args: &[Value], names: Option<&Value>) -> Result {
    let signature = crate::sig!(
        "(fileno, length, flags=MAP_SHARED, prot=PROT_WRITE|PROT_READ, access=ACCESS_DEFAULT, offset=0)"
    );
    let a = bind_args("mmap", signature, args, names)?;
    let (fileno, length) = (c_int(&a[0])?, protocol::index_i64(&a[1])?);
    let optional = |v: &Value, default| v.as_bound().map_or(Ok(default), c_int);
    let both = libc::PROT_READ | libc::PROT_WRITE;
    let (mut flags, mut prot) = (optional(&a[2], libc::MAP_SHARED)?, optional(&a[3], both)?);
    let mut access = optional(&a[4], ACCESS_DEFAULT)?;
    let offset = a[5].as_bound().map_or(Ok(0), protocol::index_i64)?;
    let Ok(mut size) = usize::try_from(length) else {
        return protocol::overflow_error("memory mapped length must be positive");
    };
    if offset < 0 {
        return protocol::overflow_error("memory mapped offset must be positive");
    }
    if access != ACCESS_DEFAULT && (flags != libc::MAP_SHARED || prot != both) {
        return value_error("mmap can't specify both access and flags, prot.");
    }
    (flags, prot) = match access {
        ACCESS_READ => (libc::MAP_SHARED, libc::PROT_READ),
        ACCESS_WRITE => (libc::MAP_SHARED, both),
        ACCESS_COPY => (libc::MAP_PRIVATE, both),
        ACCESS_DEFAULT => (flags, prot),
        _ => return value_error("mmap invalid access parameter."),
    };
    if access == ACCESS_DEFAULT && prot & both != both {
        access = if prot & libc::PROT_WRITE != 0 { ACCESS_WRITE } else { ACCESS_READ };
    }
    // SAFETY: a stat of zeros is valid, and the call fills it.
    let (status, stat) = unsafe {
        let mut stat: libc::stat = std::mem::zeroed();
        (if fileno < 0 { -1 } else { libc::fstat(fileno, &mut stat) }, stat)
    };
    if status == 0 && stat.st_mode & libc::S_IFMT == libc::S_IFREG {
        if size == 0 {
            if stat.st_size == 0 {
                return value_error("cannot mmap an empty file");
            }
            if offset >= stat.st_size {
                return value_error("mmap offset is greater than file size");
            }
            size = (stat.st_size - offset) as usize;
        } else if offset > stat.st_size || ((stat.st_size - offset) as usize) < size {
            return value_error("mmap length is greater than file size");
        }
    }
    let mut fd = -1;
    if fileno == -1 {
        flags |= libc::MAP_ANONYMOUS;
    } else {
        // SAFETY: the kernel checks the descriptor.
        fd = unsafe { libc::fcntl(fileno, libc::F_DUPFD_CLOEXEC, 0) };
        if fd < 0 {
            return os_error(&Error::last_os_error());
        }
    }
    // What cannot be read would end the process.
    // SAFETY: a new mapping, wherever the kernel puts it.
    let start = unsafe {
        libc::mmap(std::ptr::null_mut(), size, prot | libc::PROT_READ, flags & !libc::MAP_FIXED, fd, offset)
    };
    if start == libc::MAP_FAILED {
        let e = Error::last_os_error();
        if fd >= 0 {
            // SAFETY: the descriptor is ours.
            unsafe { libc::close(fd) };
        }
        return os_error(&e);
    }
    // SAFETY: so many bytes are mapped there; the vector is forgotten before they are unmapped.
    let memory = Memory::new(unsafe { Vec::from_raw_parts(start.cast(), size, size) });
    make(ty, MapBody { memory, position: Cell::new(0), fd, access, offset, closed: Cell::new(false) })
}

fn close(a: &[Value]) -> Result {
    let m = this::<MapBody>(&a[0]);
    if m.memory.exports.get() > 0 {
        return Err(raise(&exception::BUFFER_ERROR, "cannot close exported pointers exist"));
    }
    if m.access == ACCESS_READ {
        // Somebody may still look at it.
        if !m.closed.replace(true) && m.fd >= 0 {
            // SAFETY: the descriptor is ours, and closed once.
            unsafe { libc::close(m.fd) };
        }
    } else {
        m.unmap();
        m.closed.set(true);
    }
    Ok(Value::NONE)
}

fn find(a: &[Value], last: bool) -> Result {
    let m = open(&a[0])?;
    let needle = bytes::need(&a[1])?.into_vec();
    let data = m.memory.data.borrow();
    let start = match arg(a, 2).as_bound() {
        Some(v) => v.clone(),
        None => int::from_usize(m.position.get()),
    };
    let end = arg(a, 3).as_bound().cloned().unwrap_or(Value::NONE);
    let (start, end) = search::bounds(&start, &end, data.len())?;
    let part = data.get(start..end).unwrap_or_default();
    let found = if last { search::rfind(part, &needle) } else { search::find(part, &needle) };
    Ok(found.map_or(Value::small(-1), |i| int::from_usize(start + i)))
}

fn flush(a: &[Value]) -> Result {
    let m = open(&a[0])?;
    let offset = arg(a, 1).as_bound().map_or(Ok(0), protocol::index_i64)?;
    let size = arg(a, 2).as_bound().map_or(Ok(m.len() as i64), protocol::index_i64)?;
    if offset < 0 || size < 0 || offset.checked_add(size).is_none_or(|end| end > m.len() as i64) {
        return value_error("flush values out of range");
    }
    if matches!(m.access, ACCESS_READ | ACCESS_COPY) {
        return Ok(Value::NONE);
    }
    let start = m.memory.data.borrow().as_ptr() as usize + offset as usize;
    // SAFETY: within the mapping, which `a` keeps; the kernel only writes it out.
    let done = minipy_sched::without_gil(|| unsafe { libc::msync(start as _, size as usize, libc::MS_SYNC) });
    if done == 0 { Ok(Value::NONE) } else { os_error(&Error::last_os_error()) }
}

fn move_bytes(a: &[Value]) -> Result {
    let m = open(&a[0])?;
    let mut places = [0; 3];
    for (place, v) in places.iter_mut().zip(&a[1..]) {
        *place = protocol::index_i64(v)?;
    }
    m.check_writable()?;
    let [to, from, n] = places.map(usize::try_from);
    let mut data = m.memory.data.borrow_mut();
    let len = data.len();
    match (to, from, n) {
        (Ok(to), Ok(from), Ok(n)) if n <= len && to <= len - n && from <= len - n => {
            data.copy_within(from..from + n, to);
            Ok(Value::NONE)
        }
        _ => value_error("source, destination, or count out of range"),
    }
}

fn read(a: &[Value]) -> Result {
    let m = open(&a[0])?;
    let n = match arg(a, 1).as_bound().filter(|v| !v.is_none()) {
        Some(v) => protocol::index_i64(v)?,
        None => -1,
    };
    Ok(m.advance(usize::try_from(n).unwrap_or(usize::MAX)))
}

fn readline(a: &[Value]) -> Result {
    let m = open(&a[0])?;
    let n = {
        let data = m.memory.data.borrow();
        let rest = data.get(m.position.get()..).unwrap_or_default();
        memchr::memchr(b'\n', rest).map_or(rest.len(), |i| i + 1)
    };
    Ok(m.advance(n))
}

fn resize(a: &[Value]) -> Result {
    let m = open(&a[0])?;
    let size = protocol::index_i64(&a[1])?;
    if m.memory.exports.get() > 0 {
        return Err(raise(&exception::BUFFER_ERROR, "mmap can't resize with extant buffers exported."));
    }
    if matches!(m.access, ACCESS_READ | ACCESS_COPY) {
        return type_error("mmap can't resize a readonly or copy-on-write memory map.");
    }
    let Some(end) = size.checked_add(m.offset).filter(|_| size >= 0) else {
        return value_error("new size out of range");
    };
    // SAFETY: the kernel checks the descriptor.
    if m.fd >= 0 && unsafe { libc::ftruncate(m.fd, end) } != 0 {
        return os_error(&Error::last_os_error());
    }
    let size = size as usize;
    let mut data = m.memory.data.borrow_mut();
    // SAFETY: the old mapping, to which nobody has a pointer; the old vector is forgotten at once.
    unsafe {
        let start = libc::mremap(data.as_mut_ptr().cast(), data.len(), size, libc::MREMAP_MAYMOVE);
        if start == libc::MAP_FAILED {
            return os_error(&Error::last_os_error());
        }
        std::mem::forget(std::mem::replace(&mut *data, Vec::from_raw_parts(start.cast(), size, size)));
    }
    Ok(Value::NONE)
}

fn seek(a: &[Value]) -> Result {
    let m = open(&a[0])?;
    let to = protocol::index_i64(&a[1])?;
    let base = match arg(a, 2).as_bound().map_or(Ok(0), c_int)? {
        0 => 0,
        1 => m.position.get() as i64,
        2 => m.len() as i64,
        _ => return value_error("unknown seek type"),
    };
    match base.checked_add(to).map(usize::try_from) {
        Some(Ok(place)) if place <= m.len() => m.position.set(place),
        _ => return value_error("seek out of range"),
    }
    Ok(Value::NONE)
}

fn size(a: &[Value]) -> Result {
    let m = open(&a[0])?;
    // SAFETY: a stat of zeros is valid, and the call fills it.
    let (status, stat) = unsafe {
        let mut stat: libc::stat = std::mem::zeroed();
        (libc::fstat(m.fd, &mut stat), stat)
    };
    if status == 0 { Ok(int::from_i64(stat.st_size)) } else { os_error(&Error::last_os_error()) }
}

fn write(a: &[Value]) -> Result {
    let m = open(&a[0])?;
    let data = bytes::need(&a[1])?.into_vec();
    m.check_writable()?;
    m.put(&data, "data out of range")?;
    Ok(int::from_usize(data.len()))
}

fn write_byte(a: &[Value]) -> Result {
    let m = open(&a[0])?;
    let byte = match protocol::index_i64(&a[1])? {
        n if n < 0 => return protocol::overflow_error("unsigned byte integer is less than minimum"),
        n => match u8::try_from(n) {
            Ok(byte) => byte,
            Err(_) => return protocol::overflow_error("unsigned byte integer is greater than maximum"),
        },
    };
    m.check_writable()?;
    m.put(&[byte], "write byte out of range").map(|()| Value::NONE)
}

fn madvise(a: &[Value]) -> Result {
    let m = open(&a[0])?;
    let option = c_int(&a[1])?;
    let start = arg(a, 2).as_bound().map_or(Ok(0), protocol::index_i64)?;
    let length = arg(a, 3).as_bound().map_or(Ok(m.len() as i64), protocol::index_i64)?;
    let Some(start) = usize::try_from(start).ok().filter(|s| *s < m.len()) else {
        return value_error("madvise start out of bounds");
    };
    let Ok(length) = usize::try_from(length) else { return value_error("madvise length invalid") };
    let length = length.min(m.len() - start);
    // SAFETY: within the mapping.
    let done = unsafe {
        let place = m.memory.data.borrow().as_ptr().add(start);
        libc::madvise(place.cast_mut().cast(), length, option)
    };
    if done == 0 { Ok(Value::NONE) } else { os_error(&Error::last_os_error()) }
}

fn get_item(v: &Value, key: &Value) -> Result {
    let m = open(v)?;
    let data = m.memory.data.borrow();
    if let Some(places) = slice::indices(key, data.len())? {
        return Ok(bytes::from_vec(places.iter().filter_map(|i| data.get(i).copied()).collect()));
    }
    match place(key, data.len())? {
        Some(i) => Ok(Value::small(data[i].into())),
        None => index_error("mmap index out of range"),
    }
}

/// The place that an index stands for, if it is within.
fn place(key: &Value, len: usize) -> Result<Option<usize>> {
    if key.ty().slots().index.is_none() {
        return type_error("mmap indices must be integers");
    }
    let i = protocol::index_position(key)?;
    let i = if i < 0 { i.saturating_add(len as i64) } else { i };
    Ok(usize::try_from(i).ok().filter(|i| *i < len))
}

fn set_item(v: &Value, key: &Value, value: Option<Value>) -> Result<()> {
    let m = open(v)?;
    m.check_writable()?;
    let len = m.len();
    if let Some(places) = slice::indices(key, len)? {
        let Some(value) = value else { return type_error("mmap object doesn't support slice deletion") };
        let new = bytes::need(&value)?.into_vec();
        let places: Vec<usize> = places.iter().collect();
        if places.len() != new.len() {
            return index_error("mmap slice assignment is wrong size");
        }
        let mut data = m.memory.data.borrow_mut();
        for (i, byte) in places.into_iter().zip(new) {
            if let Some(place) = data.get_mut(i) {
                *place = byte;
            }
        }
        return Ok(());
    }
    let Some(i) = place(key, len)? else { return index_error("mmap index out of range") };
    let Some(value) = value else { return type_error("mmap doesn't support item deletion") };
    if value.ty().slots().index.is_none() {
        return type_error("mmap item value must be an int");
    }
    match u8::try_from(protocol::index_clipped(&value)?) {
        Ok(byte) => m.memory.data.borrow_mut()[i] = byte,
        Err(_) => return value_error("mmap item value must be in range(0, 256)"),
    }
    Ok(())
}

fn repr(v: &Value) -> Result {
    let m = this::<MapBody>(v);
    let name = if v.ty().is_heap() { v.ty().name().to_owned() } else { "mmap.mmap".to_owned() };
    if m.closed.get() {
        return Ok(Value::str(&format!("<{name} closed=True>")));
    }
    let access =
        ["ACCESS_DEFAULT", "ACCESS_READ", "ACCESS_WRITE", "ACCESS_COPY"][m.access.clamp(0, 3) as usize];
    Ok(Value::str(&format!(
        "<{name} closed=False, access={access}, length={}, pos={}, offset={}>",
        m.len(),
        m.position.get(),
        m.offset
    )))
}

/// `mmap.mmap`
pub static MMAP: Type = Type::builtin::<Boxed<MapBody>>(
    "mmap.mmap",
    Layout::Mmap,
    "mmap(fileno, length[, flags[, prot[, access[, offset]]]]): a file as memory, or memory without a file (-1).",
    crate::defs! {
        fn "close()" "Gives the memory back." => close;
        fn "find(sub[, start[, end]])" "The first place of some bytes from the position on, or -1." => |a| find(a, false);
        fn "rfind(sub[, start[, end]])" "The last place of some bytes behind the position, or -1." => |a| find(a, true);
        fn "flush([offset[, size]])" "Writes changes to the file." => flush;
        fn "madvise(option[, start[, length]])" "Tells the system how the memory will be used." => madvise;
        fn "move(dest, src, count, /)" "Copies bytes within." => move_bytes;
        fn "read([n])" "So many bytes from the position on, or all." => read;
        fn "read_byte()" "The byte at the position, as an integer." => |a| {
            let m = open(&a[0])?;
            match bytes::as_bytes(&m.advance(1)) {
                Some([byte]) => Ok(Value::small((*byte).into())),
                _ => value_error("read byte out of range"),
            }
        };
        fn "readline()" "The bytes up to the end of the line." => readline;
        fn "resize(newsize, /)" "Changes the size, of the file too." => resize;
        fn "seek(pos[, whence])" "Sets the position." => seek;
        fn "size()" "The size of the file." => size;
        fn "tell()" "The position." => |a| Ok(int::from_usize(open(&a[0])?.position.get()));
        fn "write(data, /)" "Replaces the bytes at the position; returns how many." => write;
        fn "write_byte(byte, /)" "Replaces the byte at the position." => write_byte;
        fn "__enter__()" "" => |a| open(&a[0]).map(|_| a[0].clone());
        fn "__exit__(exc_type, exc_value, traceback, /)" "" => |a| close(&a[..1]);
        get "closed()" "" => |v| Ok(Value::bool(this::<MapBody>(v).closed.get()));
    },
)
.with_base_flag()
.with_weakrefs()
.with_slots(Slots {
    new: Some(new),
    repr: Some(repr),
    len: Some(|v| Ok(open(v)?.len())),
    get_item: Some(get_item),
    set_item: Some(set_item),
    // The items of the sequence are bytes of length 1, though those by index are integers.
    iter: Some(|v| {
        let all = open(v)?.memory.data.borrow().clone();
        protocol::iter(&Value::list(all.iter().map(|b| bytes::from_slice(&[*b])).collect()))
    }),
    buffer: Some(|v| {
        let m = this::<MapBody>(v);
        if m.access != ACCESS_READ {
            return Export::Shared(&m.memory, Item::BYTE);
        }
        let data = m.memory.data.borrow();
        // SAFETY: the mapping stays as it is until the object dies, which the borrower keeps alive.
        Export::Constant(unsafe { std::slice::from_raw_parts(data.as_ptr(), data.len()) })
    }),
    ..Slots::EMPTY
});

/// The table of `mmap`.
pub static DEFS: &[Def] = crate::defs! {
    val "mmap()" "" => || super::native::class(&MMAP);
    val "error()" "" => || exception::OS_ERROR.value();
};

macro_rules! named {
    ($($name:ident)*) => { &[$((stringify!($name), libc::$name)),*] };
}

/// The system's numbers.
static NUMBERS: &[(&str, i32)] = named! {
    MAP_SHARED MAP_PRIVATE MAP_ANON MAP_ANONYMOUS MAP_DENYWRITE MAP_EXECUTABLE MAP_POPULATE MAP_STACK
    PROT_READ PROT_WRITE PROT_EXEC
    MADV_NORMAL MADV_RANDOM MADV_SEQUENTIAL MADV_WILLNEED MADV_DONTNEED MADV_REMOVE MADV_DONTFORK MADV_DOFORK
    MADV_HWPOISON MADV_MERGEABLE MADV_UNMERGEABLE MADV_HUGEPAGE MADV_NOHUGEPAGE MADV_DONTDUMP MADV_DODUMP MADV_FREE
};

/// Fills the namespace with the system's numbers.
pub fn init(namespace: &Dict) {
    let access = [
        ("ACCESS_DEFAULT", ACCESS_DEFAULT),
        ("ACCESS_READ", ACCESS_READ),
        ("ACCESS_WRITE", ACCESS_WRITE),
        ("ACCESS_COPY", ACCESS_COPY),
    ];
    for (name, number) in NUMBERS.iter().chain(&access) {
        namespace.set_interned(&intern(name), Value::small(*number));
    }
    // SAFETY: a plain question.
    let page = int::from_i64(unsafe { libc::sysconf(libc::_SC_PAGESIZE) });
    namespace.set_interned(&intern("PAGESIZE"), page.clone());
    namespace.set_interned(&intern("ALLOCATIONGRANULARITY"), page);
}
