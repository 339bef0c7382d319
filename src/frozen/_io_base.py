"""The base classes of streams, and files by descriptor."""

import posix

DEFAULT_BUFFER_SIZE = 8192  # bytes
SEEK_SET, SEEK_CUR, SEEK_END = 0, 1, 2
BlockingIOError = BlockingIOError


class UnsupportedOperation(OSError, ValueError):
    """Something that this kind of stream cannot do."""

    __module__ = "io"


class IOBase:
    """What all streams have."""

    __module__ = "io"

    closed = False

    def _no(self, name):
        raise UnsupportedOperation(name)

    def _check(self):
        if self.closed:
            raise ValueError("I/O operation on closed file.")

    def seek(self, pos, whence=0, /):
        """Move; returns the new position."""
        self._no("seek")

    def tell(self):
        """The position."""
        return self.seek(0, 1)

    def truncate(self, pos=None, /):
        """Cut at a position, the current one by default."""
        self._no("truncate")

    def fileno(self):
        """The file descriptor."""
        self._no("fileno")

    def flush(self):
        """Pass on what is buffered."""
        self._check()

    def close(self):
        """Flush and close; does nothing the second time."""
        if not self.closed:
            try:
                self.flush()
            finally:
                self.closed = True

    def __del__(self):
        try:
            self.close()
        except Exception:
            pass

    def seekable(self):
        """Whether seek() works."""
        self._check()
        return False

    def readable(self):
        """Whether read() works."""
        self._check()
        return False

    def writable(self):
        """Whether write() works."""
        self._check()
        return False

    def isatty(self):
        """Whether it is a terminal."""
        self._check()
        return False

    def __enter__(self):
        self._check()
        return self

    def __exit__(self, *exc_info):
        self.close()

    def __iter__(self):
        self._check()
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def readline(self, size=-1, /):
        """One line with its end."""
        parts = []
        left = -1 if size is None else size
        while left:
            c = self.read(1)
            if not c:
                break
            parts.append(c)
            left -= 1
            if c in ("\n", b"\n"):
                break
        return (parts[0][:0] if parts else b"").join(parts)

    def readlines(self, hint=-1, /):
        """The lines that are left, or as many as make `hint` bytes or characters."""
        if hint is None or hint <= 0:
            return list(self)
        lines = []
        total = 0
        for line in self:
            lines.append(line)
            total += len(line)
            if total >= hint:
                break
        return lines

    def writelines(self, lines, /):
        """Write several pieces."""
        self._check()
        for line in lines:
            self.write(line)

    def __getstate__(self):
        raise TypeError(f"cannot pickle '{type(self).__name__}' object")


class RawIOBase(IOBase):
    """Streams without a buffer."""

    __module__ = "io"

    def read(self, size=-1, /):
        """Up to `size` bytes by one system call."""
        if size is None or size < 0:
            return self.readall()
        data = bytearray(size)
        n = self.readinto(data)
        return None if n is None else bytes(data[:n])

    def readall(self):
        """All bytes that are left."""
        parts = []
        while part := self.read(DEFAULT_BUFFER_SIZE):
            parts.append(part)
        return b"".join(parts)

    def readinto(self, b, /):
        """Read into a buffer; returns how many bytes."""
        self._no("readinto")

    def write(self, b, /):
        """Write bytes; returns how many."""
        self._no("write")


class BufferedIOBase(IOBase):
    """Streams of bytes with a buffer."""

    __module__ = "io"

    def read(self, size=-1, /):
        """Up to `size` bytes, all by default."""
        self._no("read")

    def read1(self, size=-1, /):
        """Up to `size` bytes, by one system call at most."""
        return self.read(size)

    def readinto(self, buffer, /):
        """Read into a buffer; returns how many bytes."""
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def write(self, b, /):
        """Write bytes; returns how many."""
        self._no("write")

    def detach(self):
        """Give up the stream below and return it."""
        self._no("detach")


class TextIOBase(IOBase):
    """Streams of text."""

    __module__ = "io"

    encoding = errors = newlines = None

    def read(self, size=-1, /):
        """Up to `size` characters, all by default."""
        self._no("read")

    def write(self, s, /):
        """Write text; returns how many characters."""
        self._no("write")

    def detach(self):
        """Give up the stream below and return it."""
        self._no("detach")


def _parse_mode(mode):
    kinds = [c for c in mode if c in "rwxa"]
    if len(kinds) != 1 or mode.count("+") > 1 or set(mode) - set("rwxa+b"):
        if set(mode) - set("rwxa+b"):
            raise ValueError(f"invalid mode: {mode!r}")
        raise ValueError("Must have exactly one of create/read/write/append mode and at most one plus")
    return kinds[0], "+" in mode


class FileIO(RawIOBase):
    """A file, by its descriptor."""

    __module__ = "_io"

    def __init__(self, file, mode="r", closefd=True, opener=None):
        self.closed = True
        kind, plus = _parse_mode(mode)
        self._readable = kind == "r" or plus
        self._writable = kind != "r" or plus
        self._appending = kind == "a"
        self._created = kind == "x"
        self.name = file
        self.closefd = closefd
        if isinstance(file, int):
            if file < 0:
                raise ValueError("negative file descriptor")
            self._fd = file
            posix._stat(file, True)
        else:
            if not closefd:
                raise ValueError("Cannot use closefd=False with file name")
            flags = posix.O_RDWR if plus else posix.O_RDONLY if kind == "r" else posix.O_WRONLY
            flags |= {"w": posix.O_CREAT | posix.O_TRUNC, "x": posix.O_CREAT | posix.O_EXCL,
                      "a": posix.O_CREAT | posix.O_APPEND}.get(kind, 0)
            if opener is None:
                self._fd = posix.open(file, flags, 0o666)
            else:
                self._fd = opener(file, flags)
                if not isinstance(self._fd, int):
                    raise TypeError("expected integer from opener")
                if self._fd < 0:
                    raise ValueError(f"opener returned {self._fd}")
            if posix._stat(self._fd, True)[0] & 0o170000 == 0o040000:
                posix.close(self._fd)
                raise IsADirectoryError(21, "Is a directory", file)
        self.closed = False
        if self._appending:
            try:
                posix.lseek(self._fd, 0, 2)
            except OSError:
                pass

    @property
    def mode(self):
        """The mode, in bytes."""
        if self._created:
            return "xb+" if self._readable else "xb"
        if self._appending:
            return "ab+" if self._readable else "ab"
        if self._readable:
            return "rb+" if self._writable else "rb"
        return "wb"

    def __repr__(self):
        if self.closed:
            return "<_io.FileIO [closed]>"
        return f"<_io.FileIO name={self.name!r} mode={self.mode!r} closefd={self.closefd}>"

    def _need(self, able, what):
        self._check()
        if not able:
            self._no(f"File not open for {what}")

    def read(self, size=-1, /):
        self._need(self._readable, "reading")
        if size is None or size < 0:
            return self.readall()
        return posix.read(self._fd, size)

    def readall(self):
        self._need(self._readable, "reading")
        parts = []
        size = DEFAULT_BUFFER_SIZE
        while part := posix.read(self._fd, size):
            parts.append(part)
            size = min(size * 2, 1 << 20)
        return b"".join(parts)

    def readinto(self, b, /):
        data = self.read(len(b))
        b[: len(data)] = data
        return len(data)

    def write(self, b, /):
        self._need(self._writable, "writing")
        return posix.write(self._fd, b)

    def seek(self, pos, whence=0, /):
        self._check()
        return posix.lseek(self._fd, pos, whence)

    def tell(self):
        self._check()
        return posix.lseek(self._fd, 0, 1)

    def truncate(self, pos=None, /):
        self._need(self._writable, "writing")
        if pos is None:
            pos = self.tell()
        posix.ftruncate(self._fd, pos)
        return pos

    def close(self):
        if not self.closed:
            self.closed = True
            if self.closefd:
                posix.close(self._fd)

    def fileno(self):
        self._check()
        return self._fd

    def isatty(self):
        self._check()
        return posix.isatty(self._fd)

    def seekable(self):
        self._check()
        try:
            posix.lseek(self._fd, 0, 1)
        except OSError:
            return False
        return True

    def readable(self):
        self._check()
        return self._readable

    def writable(self):
        self._check()
        return self._writable
