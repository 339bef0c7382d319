"""Streams of bytes with a buffer."""

from _io_base import DEFAULT_BUFFER_SIZE, BufferedIOBase


class _Buffered(BufferedIOBase):
    """Reading and writing through one buffer each; at any time one of them is empty."""

    def __init__(self, raw, buffer_size=DEFAULT_BUFFER_SIZE):
        if buffer_size <= 0:
            raise ValueError("buffer size must be strictly positive")
        self._raw = raw
        self._size = buffer_size
        self._data = b""  # read ahead
        self._at = 0
        self._out = []  # not yet written
        self._pending = 0

    @property
    def raw(self):
        """The stream below."""
        return self._raw

    @property
    def closed(self):
        return self._raw.closed if self._raw is not None else True

    @property
    def name(self):
        """The name of the file."""
        return self._raw.name

    @property
    def mode(self):
        """The mode of the file."""
        return self._raw.mode

    def __repr__(self):
        try:
            return f"<_io.{type(self).__name__} name={self.name!r}>"
        except AttributeError:
            return f"<_io.{type(self).__name__}>"

    def fileno(self):
        return self._raw.fileno()

    def isatty(self):
        return self._raw.isatty()

    def seekable(self):
        return self._raw.seekable()

    def readable(self):
        return self._raw.readable()

    def writable(self):
        return self._raw.writable()

    def close(self):
        if self._raw is not None and not self._raw.closed:
            try:
                self.flush()
            finally:
                self._raw.close()

    def detach(self):
        self.flush()
        raw, self._raw = self._raw, None
        return raw

    def flush(self):
        self._check()
        if self._out:
            data = b"".join(self._out)
            self._out, self._pending = [], 0
            while data:
                data = data[self._raw.write(data) :]

    def _fill(self, size=0):
        self._data = self._raw.read(max(size, self._size)) or b""
        self._at = 0

    def _begin_reading(self):
        self._check()
        if not self._raw.readable():
            self._no("not readable" if isinstance(self, BufferedRandom) else "read")
        if self._out:
            self.flush()

    def read(self, size=-1, /):
        self._begin_reading()
        if size is None or size < 0:
            rest = self._data[self._at :]
            self._data, self._at = b"", 0
            return rest + self._raw.readall()
        end = self._at + size
        if end <= len(self._data):
            piece = self._data[self._at : end]
            self._at = end
            return piece
        parts = [self._data[self._at :]]
        left = size - len(parts[0])
        while left > 0:
            self._fill(left)
            if not self._data:
                break
            self._at = min(left, len(self._data))
            parts.append(self._data[: self._at])
            left -= self._at
        else:
            return b"".join(parts)
        self._data, self._at = b"", 0
        return b"".join(parts)

    def read1(self, size=-1, /):
        self._begin_reading()
        if self._at >= len(self._data):
            self._fill()
        end = len(self._data) if size is None or size < 0 else self._at + size
        piece = self._data[self._at : end]
        self._at += len(piece)
        return piece

    def peek(self, size=0, /):
        """What is in the buffer, at least one byte unless the end is reached; the position stays."""
        self._begin_reading()
        if self._at >= len(self._data):
            self._fill()
        return self._data[self._at :]

    def readline(self, size=-1, /):
        self._begin_reading()
        limit = float("inf") if size is None or size < 0 else size
        parts = []
        while limit > 0:
            if self._at >= len(self._data):
                self._fill()
                if not self._data:
                    break
            end = self._data.find(b"\n", self._at) + 1
            found = end > 0
            if not found:
                end = len(self._data)
            if end - self._at > limit:
                end, found = self._at + limit, True
            parts.append(self._data[self._at : end])
            limit -= end - self._at
            self._at = end
            if found:
                break
        return b"".join(parts)

    def write(self, b, /):
        self._check()
        if isinstance(b, str):
            raise TypeError("a bytes-like object is required, not 'str'")
        if not self._raw.writable():
            self._no("write")
        if self._data:
            self._raw.seek(self._at - len(self._data), 1)
            self._data, self._at = b"", 0
        data = b if type(b) is bytes else bytes(memoryview(b).cast("B"))
        self._out.append(data)
        self._pending += len(data)
        if self._pending >= self._size:
            self.flush()
        return len(data)

    def seek(self, pos, whence=0, /):
        self._check()
        if self._out:
            self.flush()
        if whence == 1:
            pos -= len(self._data) - self._at
        self._data, self._at = b"", 0
        return self._raw.seek(pos, whence)

    def tell(self):
        self._check()
        return self._raw.tell() - (len(self._data) - self._at) + self._pending

    def truncate(self, pos=None, /):
        self.flush()
        if pos is None:
            pos = self.tell()
        return self._raw.truncate(pos)


class BufferedReader(_Buffered):
    """Reading of bytes."""

    __module__ = "_io"

    def __init__(self, raw, buffer_size=DEFAULT_BUFFER_SIZE):
        super().__init__(raw, buffer_size)

    def write(self, b, /):
        self._check()
        self._no("write")

    def truncate(self, pos=None, /):
        self._no("truncate")


class BufferedWriter(_Buffered):
    """Writing of bytes."""

    __module__ = "_io"


class BufferedRandom(_Buffered):
    """Reading and writing of bytes."""

    __module__ = "_io"


class BufferedRWPair(BufferedIOBase):
    """A stream to read from and one to write to."""

    __module__ = "_io"

    def __init__(self, reader, writer, buffer_size=DEFAULT_BUFFER_SIZE):
        self.reader = BufferedReader(reader, buffer_size)
        self.writer = BufferedWriter(writer, buffer_size)

    def read(self, size=-1, /):
        return self.reader.read(size)

    def write(self, b, /):
        return self.writer.write(b)

    def flush(self):
        self.writer.flush()

    def readable(self):
        return self.reader.readable()

    def writable(self):
        return self.writer.writable()

    def close(self):
        try:
            self.writer.close()
        finally:
            self.reader.close()

    @property
    def closed(self):
        return self.writer.closed
