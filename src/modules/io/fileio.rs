//! `FileIO`: a file, by its descriptor.

#![allow(unsafe_code)]

use super::{base, get, method, os_error, path, room, size_arg, system_call, unsupported};
use crate::modules::native::{make, peek, this};
use crate::object::{Boxed, Layout, Result, Slots, Type, Value, arg};
use crate::protocol::{self, bind_args, type_error, value_error};
use crate::types::{bytes, int, str};
use std::cell::Cell;
use std::io::Error;

/// What a file was opened for.
#[derive(Clone, Copy, Default)]
pub struct Mode {
    pub readable: bool,
    pub writable: bool,
    created: bool,
    appending: bool,
}

/// The fields of a `FileIO`.
pub struct FileBody {
    /// The descriptor; -1 if it is closed.
    pub fd: Cell<i32>,
    pub mode: Cell<Mode>,
    /// Whether the descriptor is closed with the file.
    closefd: Cell<bool>,
    /// Whether the position can be changed, once that is known.
    seekable: Cell<Option<bool>>,
    /// How many bytes the file system likes to move at once.
    pub block_size: Cell<i64>,
    /// Nobody has closed the file, and nobody refers to it any more.
    finalizing: Cell<bool>,
    /// The attribute `name`, or unbound.
    name: Cell<Value>,
}

crate::body!(FileBody: FileIo { name });

/// `_io.FileIO`
pub static FILE_IO: Type = Type::builtin::<Boxed<FileBody>>(
    "_io.FileIO",
    Layout::FileIo,
    "FileIO(file, mode='r', closefd=True, opener=None): a file, by name or descriptor, without a buffer.",
    crate::defs! {
        fn "read(size=-1, /)" "Read up to so many bytes, by one system call; all by default." => read;
        fn "readall()" "Read until the end; None if nothing is there for now." => |a| readall(open_for_reading(&a[0])?);
        fn "readinto(buffer, /)" "Read into a buffer; returns how many bytes." => readinto;
        fn "write(b, /)" "Write bytes; returns how many were written, None if the file would block." => write;
        fn "seek(pos, whence=0, /)" "Move to a position, counted from the start (0), the current one (1) or the end (2)." => |a| {
            let whence = arg(a, 2).as_bound().map_or(Ok(0), str::c_int)?;
            let fd = open(&a[0])?;
            seek_fd(fd, protocol::index_i64(&a[1])?, whence).map(int::from_i64)
        };
        fn "tell()" "Return the current position." => |a| seek_fd(open(&a[0])?, 0, 1).map(int::from_i64);
        fn "truncate(size=None, /)" "Cut at a position, the current one by default." => truncate;
        fn "close()" "Close the file, and its descriptor unless that is another's." => |a| close(&a[0]).map(|()| Value::NONE);
        fn "seekable()" "Whether seek() works." => |a| {
            let fd = open(&a[0])?;
            Ok(Value::bool(this::<FileBody>(&a[0]).can_seek(fd)?))
        };
        fn "readable()" "Whether it was opened for reading." => |a| open(&a[0]).map(|_| Value::bool(this::<FileBody>(&a[0]).mode.get().readable));
        fn "writable()" "Whether it was opened for writing." => |a| open(&a[0]).map(|_| Value::bool(this::<FileBody>(&a[0]).mode.get().writable));
        fn "fileno()" "Return the file descriptor." => |a| open(&a[0]).map(Value::small);
        fn "isatty()" "Whether it is a terminal." => |a| Ok(Value::bool(super::is_terminal(open(&a[0])?)));
        fn "_dealloc_warn(source, /)" "" => |a| {
            let file = this::<FileBody>(&a[0]);
            if file.fd.get() >= 0 && file.closefd.get() {
                super::warn::unclosed("file ", &a[1]);
            }
            Ok(Value::NONE)
        };
        fn "__getstate__()" "" => super::no_pickle;
        get "closed()" "Whether the file is closed." => |v| Ok(Value::bool(this::<FileBody>(v).fd.get() < 0));
        get "closefd()" "Whether the descriptor is closed with the file." => |v| Ok(Value::bool(this::<FileBody>(v).closefd.get()));
        get "mode()" "The mode of the file." => |v| Ok(Value::str(this::<FileBody>(v).mode.get().text()));
        get "name()" "What was opened." => |v| match peek(&this::<FileBody>(v).name).bound() {
            Some(name) => Ok(name),
            None => Err(protocol::no_attribute(v, &crate::object::intern("name"))),
        }, |v, name| {
            drop(this::<FileBody>(v).name.replace(name.unwrap_or(Value::UNBOUND)));
            Ok(())
        };
        get "_blksize()" "" => |v| Ok(int::from_i64(this::<FileBody>(v).block_size.get()));
        get "_finalizing()" "" => |v| Ok(Value::bool(this::<FileBody>(v).finalizing.get())), |v, x| {
            this::<FileBody>(v).finalizing.set(x.is_some_and(|x| x.is(&Value::TRUE)));
            Ok(())
        };
    },
)
.with_base(&base::RAW_IO_BASE)
.with_base_flag()
.with_weakrefs()
.with_attrs(size_of::<Boxed<FileBody>>())
.with_slots(Slots {
    new: Some(|ty, _, _| make(ty, FileBody::closed())),
    init: Some(init),
    repr: Some(repr),
    finalize: Some(|v| {
        if this::<FileBody>(v).fd.get() >= 0 || !v.is_exact(&FILE_IO) {
            base::finalize(v);
        }
    }),
    ..Slots::EMPTY
});

impl Mode {
    /// What the letters of a mode mean.
    ///
    /// # Errors
    /// `ValueError` for other letters, and unless there is exactly one way of opening.
    fn parse(text: &str) -> Result<Mode> {
        let (mut mode, mut ways, mut pluses) = (Mode::default(), 0, 0);
        for c in text.chars() {
            match c {
                'r' => mode.readable = true,
                'w' => mode.writable = true,
                'x' => (mode.writable, mode.created) = (true, true),
                'a' => (mode.writable, mode.appending) = (true, true),
                '+' => pluses += 1,
                'b' => {}
                _ => return value_error(format!("invalid mode: {text}")),
            }
            ways += "rwxa".contains(c) as u32;
        }
        if ways != 1 || pluses > 1 {
            return value_error(
                "Must have exactly one of create/read/write/append mode and at most one plus",
            );
        }
        if pluses == 1 {
            (mode.readable, mode.writable) = (true, true);
        }
        Ok(mode)
    }

    fn text(self) -> &'static str {
        match self {
            Mode { created: true, readable: true, .. } => "xb+",
            Mode { created: true, .. } => "xb",
            Mode { appending: true, readable: true, .. } => "ab+",
            Mode { appending: true, .. } => "ab",
            Mode { readable: true, writable: true, .. } => "rb+",
            Mode { readable: true, .. } => "rb",
            _ => "wb",
        }
    }

    /// The flags for `open(2)`; `truncate`: the letter was `w`.
    fn flags(self, truncate: bool) -> i32 {
        let access = match (self.readable, self.writable) {
            (true, true) => libc::O_RDWR,
            (false, true) => libc::O_WRONLY,
            _ => libc::O_RDONLY,
        };
        let how = match self {
            Mode { created: true, .. } => libc::O_EXCL | libc::O_CREAT,
            Mode { appending: true, .. } => libc::O_APPEND | libc::O_CREAT,
            _ if truncate => libc::O_CREAT | libc::O_TRUNC,
            _ => 0,
        };
        access | how | libc::O_CLOEXEC
    }
}

impl FileBody {
    fn closed() -> FileBody {
        FileBody {
            fd: Cell::new(-1),
            mode: Cell::default(),
            closefd: Cell::new(true),
            seekable: Cell::new(None),
            block_size: Cell::new(super::DEFAULT_BUFFER_SIZE as i64),
            finalizing: Cell::new(false),
            name: Cell::new(Value::UNBOUND),
        }
    }

    /// A standard stream, whose descriptor stays open.
    pub fn standard(fd: i32, name: &str) -> FileBody {
        let mode = Mode { readable: fd == 0, writable: fd != 0, ..Mode::default() };
        let body = FileBody::closed();
        body.fd.set(fd);
        body.mode.set(mode);
        body.closefd.set(false);
        drop(body.name.replace(Value::str(name)));
        body
    }

    /// Whether the position can be changed.
    pub fn can_seek(&self, fd: i32) -> Result<bool> {
        if let Some(known) = self.seekable.get() {
            return Ok(known);
        }
        let can = system_call(|| {
            // SAFETY: a plain system call.
            unsafe { libc::lseek(fd, 0, libc::SEEK_CUR) }
        })?
        .is_ok();
        self.seekable.set(Some(can));
        Ok(can)
    }
}

/// The file, if `v` is a plain `FileIO`.
#[inline]
pub fn exact(v: &Value) -> Option<&FileBody> {
    if super::is_plain(v, &FILE_IO) { Some(&v.cast::<Boxed<FileBody>>()?.body) } else { None }
}

/// The descriptor.
#[inline]
fn open(v: &Value) -> Result<i32> {
    match this::<FileBody>(v).fd.get() {
        fd if fd < 0 => value_error("I/O operation on closed file"),
        fd => Ok(fd),
    }
}

fn open_for_reading(v: &Value) -> Result<i32> {
    let fd = open(v)?;
    if this::<FileBody>(v).mode.get().readable { Ok(fd) } else { unsupported("File not open for reading") }
}

fn init(v: &Value, args: &[Value], names: Option<&Value>) -> Result<()> {
    let bound = bind_args("FileIO", crate::sig!("(file, mode='r', closefd=True, opener=None)"), args, names)?;
    let text = match bound[1].as_bound() {
        None => "r",
        Some(mode) => match mode.as_str() {
            Some(text) => text,
            None => {
                return type_error(format!("FileIO() argument 'mode' must be str, not {}", str::given(mode)));
            }
        },
    };
    let closefd = bound[2].as_bound().map_or(Ok(true), protocol::truth)?;
    open_file(this::<FileBody>(v), &bound[0], text, closefd, &bound[3])
}

/// A new file object for a path or a descriptor.
pub fn new(what: &Value, mode: &str, closefd: bool, opener: &Value) -> Result {
    let file = Value::new(&FILE_IO, FileBody::closed());
    open_file(this::<FileBody>(&file), what, mode, closefd, opener)?;
    Ok(file)
}

/// What `__init__` does.
fn open_file(file: &FileBody, what: &Value, text: &str, closefd: bool, opener: &Value) -> Result<()> {
    let opener = opener.as_bound().filter(|o| !o.is_none());
    if file.fd.get() >= 0 {
        close_descriptor(file)?;
    }
    let mode = Mode::parse(text)?;
    file.mode.set(mode);
    file.closefd.set(closefd);
    file.seekable.set(None);
    let flags = mode.flags(text.contains('w'));
    let (fd, name, own) = match number(what)? {
        Some(fd) => (fd, what.clone(), false),
        None => {
            let (name, c_name) = path(what)?;
            if !closefd {
                return value_error("Cannot use closefd=False with file name");
            }
            let fd = match opener {
                Some(opener) => opened(opener, what, flags)?,
                None => {
                    let fd = system_call(|| {
                        // SAFETY: the name is a string that ends in zero.
                        unsafe { libc::open(c_name.as_ptr(), flags, 0o666) as i64 }
                    })?;
                    fd.map_err(|e| os_error(&e, Some(&name)))? as i32
                }
            };
            // The name as it was given, which may be an object that stands for a path.
            (fd, what.clone(), true)
        }
    };
    file.fd.set(fd);
    let checked = check(file, fd, &name).and_then(|()| {
        drop(file.name.replace(name));
        if mode.appending && file.can_seek(fd)? {
            seek_fd(fd, 0, libc::SEEK_END)?;
        }
        Ok(())
    });
    if checked.is_err() {
        file.fd.set(-1);
        if own {
            // SAFETY: the descriptor is ours, and forgotten.
            unsafe { libc::close(fd) };
        }
    }
    checked
}

/// The descriptor that an integer stands for; `None` for what is no number.
fn number(v: &Value) -> Result<Option<i32>> {
    if v.ty().slots().index.is_none() {
        return Ok(None);
    }
    match str::c_int(v)? {
        fd if fd < 0 => value_error("negative file descriptor"),
        fd => Ok(Some(fd)),
    }
}

fn opened(opener: &Value, name: &Value, flags: i32) -> Result<i32> {
    let fd = protocol::call(opener, &[name.clone(), Value::small(flags)])?;
    if int::view(&fd).is_none() {
        return type_error("expected integer from opener");
    }
    match str::c_int(&fd)? {
        fd if fd < 0 => value_error(format!("opener returned {fd}")),
        fd => Ok(fd),
    }
}

/// Raises if the descriptor is none, or that of a folder.
fn check(file: &FileBody, fd: i32, name: &Value) -> Result<()> {
    // SAFETY: a stat of zeros is valid.
    let mut status: libc::stat = unsafe { std::mem::zeroed() };
    // SAFETY: the result is written to a local.
    if unsafe { libc::fstat(fd, &mut status) } != 0 {
        let e = Error::last_os_error();
        return if e.raw_os_error() == Some(libc::EBADF) { Err(os_error(&e, None)) } else { Ok(()) };
    }
    if status.st_mode & libc::S_IFMT == libc::S_IFDIR {
        return Err(os_error(&Error::from_raw_os_error(libc::EISDIR), Some(name)));
    }
    if status.st_blksize > 1 {
        file.block_size.set(status.st_blksize);
    }
    Ok(())
}

/// Reads what there is, up to the length of `buffer`; `None` if it would block.
pub fn read_fd(fd: i32, buffer: &mut [u8]) -> Result<Option<usize>> {
    let (place, len) = (buffer.as_mut_ptr() as usize, buffer.len());
    let n = system_call(|| {
        // SAFETY: there is room for so many bytes, which nobody else uses meanwhile.
        unsafe { libc::read(fd, place as *mut libc::c_void, len) as i64 }
    })?;
    unless_blocked(n)
}

/// Writes some of the bytes; how many, or `None` if it would block.
pub fn write_fd(fd: i32, data: &[u8]) -> Result<Option<usize>> {
    let n = system_call(|| {
        // SAFETY: the bytes are there.
        unsafe { libc::write(fd, data.as_ptr().cast(), data.len()) as i64 }
    })?;
    unless_blocked(n)
}

fn unless_blocked(n: std::io::Result<i64>) -> Result<Option<usize>> {
    match n {
        Ok(n) => Ok(Some(n as usize)),
        Err(e) if e.kind() == std::io::ErrorKind::WouldBlock => Ok(None),
        Err(e) => Err(os_error(&e, None)),
    }
}

/// Moves; returns the new position.
pub fn seek_fd(fd: i32, pos: i64, whence: i32) -> Result<i64> {
    let at = system_call(|| {
        // SAFETY: a plain system call.
        unsafe { libc::lseek(fd, pos, whence) }
    })?;
    at.map_err(|e| os_error(&e, None))
}

fn read(a: &[Value]) -> Result {
    let fd = open_for_reading(&a[0])?;
    let size = size_arg(arg(a, 1))?;
    let Ok(size) = usize::try_from(size) else { return method(&a[0], "readall", &[]) };
    let mut data = Vec::new();
    bytes::try_reserve(&mut data, size)?;
    data.resize(size, 0);
    match read_fd(fd, &mut data)? {
        None => Ok(Value::NONE),
        Some(n) => {
            data.truncate(n);
            Ok(bytes::from_vec(data))
        }
    }
}

/// Reads until the end; `None` if nothing is there for now.
pub fn read_rest(fd: i32) -> Result<Option<Vec<u8>>> {
    // SAFETY: a stat of zeros is valid.
    let mut status: libc::stat = unsafe { std::mem::zeroed() };
    // SAFETY: the result is written to a local; the rest are plain system calls.
    let left = unsafe {
        if libc::fstat(fd, &mut status) == 0 {
            status.st_size.saturating_sub(libc::lseek(fd, 0, libc::SEEK_CUR).max(0))
        } else {
            0
        }
    };
    let mut data = Vec::new();
    // One byte more, so that the end is seen by the first read that reaches it.
    let mut step = (left.max(0) as usize).saturating_add(1).max(super::DEFAULT_BUFFER_SIZE);
    loop {
        let len = data.len();
        bytes::try_reserve(&mut data, step)?;
        data.resize(len + step, 0);
        let n = read_fd(fd, &mut data[len..]);
        data.truncate(len + n.as_ref().map_or(0, |n| n.unwrap_or(0)));
        match n? {
            None if len == 0 => return Ok(None),
            None | Some(0) => return Ok(Some(data)),
            Some(_) => step = data.len().clamp(super::DEFAULT_BUFFER_SIZE, 1 << 22),
        }
    }
}

fn readall(fd: i32) -> Result {
    Ok(read_rest(fd)?.map_or(Value::NONE, bytes::from_vec))
}

fn readinto(a: &[Value]) -> Result {
    let fd = open_for_reading(&a[0])?;
    let mut data = vec![0; room(&a[1])?];
    match read_fd(fd, &mut data)? {
        None => Ok(Value::NONE),
        Some(n) => {
            super::fill(&a[1], &data[..n])?;
            Ok(int::from_usize(n))
        }
    }
}

fn write(a: &[Value]) -> Result {
    let fd = open(&a[0])?;
    if !this::<FileBody>(&a[0]).mode.get().writable {
        return unsupported("File not open for writing");
    }
    // Other threads may change what is no bytes object while it is being written.
    let n = match bytes::as_bytes(&a[1]) {
        Some(data) => write_fd(fd, data)?,
        None => {
            let copy = super::data(&a[1])?.into_vec();
            write_fd(fd, &copy)?
        }
    };
    Ok(n.map_or(Value::NONE, int::from_usize))
}

fn truncate(a: &[Value]) -> Result {
    let fd = open(&a[0])?;
    if !this::<FileBody>(&a[0]).mode.get().writable {
        return unsupported("File not open for writing");
    }
    let size = match arg(a, 1).as_bound().filter(|s| !s.is_none()) {
        Some(size) => protocol::index_i64(size)?,
        None => seek_fd(fd, 0, libc::SEEK_CUR)?,
    };
    let done = system_call(|| {
        // SAFETY: a plain system call.
        unsafe { libc::ftruncate(fd, size) as i64 }
    })?;
    done.map_err(|e| os_error(&e, None))?;
    Ok(int::from_i64(size))
}

fn close_descriptor(file: &FileBody) -> Result<()> {
    let fd = file.fd.replace(-1);
    if fd < 0 || !file.closefd.get() {
        return Ok(());
    }
    let done = minipy_sched::without_gil(|| {
        // SAFETY: the descriptor is ours, and forgotten.
        if unsafe { libc::close(fd) } < 0 { Err(Error::last_os_error()) } else { Ok(()) }
    });
    match done {
        // Closed it is, even so.
        Err(e) if e.kind() != std::io::ErrorKind::Interrupted => Err(os_error(&e, None)),
        _ => Ok(()),
    }
}

/// Closes the file.
pub fn close(v: &Value) -> Result<()> {
    let file = this::<FileBody>(v);
    if file.fd.get() < 0 {
        return Ok(());
    }
    let flushed = if super::has_plain_methods(v) { Ok(()) } else { method(v, "flush", &[]).map(drop) };
    if file.finalizing.get() && file.closefd.get() {
        super::warn::unclosed("file ", v);
    }
    super::chain(flushed, close_descriptor(file))
}

fn repr(v: &Value) -> Result {
    let file = this::<FileBody>(v);
    let fd = file.fd.get();
    if fd < 0 {
        return Ok(Value::str("<_io.FileIO [closed]>"));
    }
    let closefd = if file.closefd.get() { "True" } else { "False" };
    let rest = format!(" mode='{}' closefd={closefd}", file.mode.get().text());
    match get(v, "name") {
        Ok(_) => base::repr_with_name(v, "_io.FileIO", &rest),
        Err(_) => Ok(Value::str(&format!("<_io.FileIO fd={fd}{rest}>"))),
    }
}
