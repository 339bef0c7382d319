"""Bytes and text in memory."""

from _io_base import BufferedIOBase, TextIOBase


class BytesIO(BufferedIOBase):
    """Bytes in memory."""

    __module__ = "_io"

    def __init__(self, initial_bytes=b""):
        self._buffer = bytearray(initial_bytes or b"")
        self._pos = 0

    def getvalue(self):
        """All bytes."""
        self._check_open()
        return bytes(self._buffer)

    def getbuffer(self):
        """A view of the bytes."""
        self._check_open()
        return memoryview(self._buffer)

    def _check_open(self):
        if self.closed:
            raise ValueError("I/O operation on closed file.")

    def read(self, size=-1, /):
        self._check_open()
        end = len(self._buffer) if size is None or size < 0 else self._pos + size
        piece = bytes(self._buffer[self._pos : end])
        self._pos += len(piece)
        return piece

    read1 = read

    def readline(self, size=-1, /):
        self._check_open()
        end = self._buffer.find(b"\n", self._pos) + 1 or len(self._buffer)
        if size is not None and size >= 0:
            end = min(end, self._pos + size)
        return self.read(max(end - self._pos, 0))

    def write(self, b, /):
        self._check_open()
        if isinstance(b, str):
            raise TypeError("a bytes-like object is required, not 'str'")
        data = bytes(b)
        if self._pos > len(self._buffer):
            self._buffer.extend(bytes(self._pos - len(self._buffer)))
        self._buffer[self._pos : self._pos + len(data)] = data
        self._pos += len(data)
        return len(data)

    def seek(self, pos, whence=0, /):
        self._check_open()
        if whence == 0:
            if pos < 0:
                raise ValueError(f"negative seek value {pos}")
        elif whence == 1:
            pos = max(0, self._pos + pos)
        elif whence == 2:
            pos = max(0, len(self._buffer) + pos)
        else:
            raise ValueError(f"invalid whence ({whence}, should be 0, 1 or 2)")
        self._pos = pos
        return pos

    def tell(self):
        self._check_open()
        return self._pos

    def truncate(self, pos=None, /):
        self._check_open()
        if pos is None:
            pos = self._pos
        elif pos < 0:
            raise ValueError(f"negative size value {pos}")
        del self._buffer[pos:]
        return pos

    def readable(self):
        self._check_open()
        return True

    writable = seekable = readable

    def __del__(self):
        pass


class StringIO(TextIOBase):
    """Text in memory."""

    __module__ = "_io"

    def __init__(self, initial_value="", newline="\n"):
        if initial_value is not None and not isinstance(initial_value, str):
            raise TypeError(f"initial_value must be str or None, not {type(initial_value).__name__}")
        if newline not in (None, "", "\n", "\r", "\r\n"):
            raise ValueError(f"illegal newline value: {newline!r}")
        self._newline = newline
        self._text = ""
        self._parts = []  # written at the end since
        self._pos = 0
        if initial_value:
            self.write(initial_value)
            self._pos = 0

    def _whole(self):
        if self._parts:
            self._text += "".join(self._parts)
            self._parts = []
        return self._text

    def _check_open(self):
        if self.closed:
            raise ValueError("I/O operation on closed file")

    def getvalue(self):
        """All text."""
        self._check_open()
        return self._whole()

    def write(self, s, /):
        self._check_open()
        if not isinstance(s, str):
            raise TypeError(f"string argument expected, got {type(s).__name__!r}")
        n = len(s)
        if self._newline is None:
            s = s.replace("\r\n", "\n").replace("\r", "\n")
        elif self._newline not in ("", "\n"):
            s = s.replace("\n", self._newline)
        if not s:
            return n
        if self._parts or self._pos == len(self._text):
            self._parts.append(s)
            self._pos += len(s)
            return n
        text = self._whole()
        if self._pos > len(text):
            text += "\0" * (self._pos - len(text))
        self._text = text[: self._pos] + s + text[self._pos + len(s) :]
        self._pos += len(s)
        return n

    def read(self, size=-1, /):
        self._check_open()
        text = self._whole()
        end = len(text) if size is None or size < 0 else self._pos + size
        piece = text[self._pos : end]
        self._pos += len(piece)
        return piece

    def readline(self, size=-1, /):
        self._check_open()
        text = self._whole()
        end = text.find("\n", self._pos) + 1 or len(text)
        if size is not None and size >= 0:
            end = min(end, self._pos + size)
        piece = text[self._pos : end]
        self._pos += len(piece)
        return piece

    def seek(self, pos, whence=0, /):
        self._check_open()
        text = self._whole()
        if whence == 0:
            if pos < 0:
                raise ValueError(f"Negative seek position {pos}")
        elif whence not in (1, 2):
            raise ValueError(f"Invalid whence ({whence}, should be 0, 1 or 2)")
        elif pos:
            raise OSError("Can't do nonzero cur-relative seeks")
        else:
            pos = self._pos if whence == 1 else len(text)
        self._pos = pos
        return pos

    def tell(self):
        self._check_open()
        return self._pos

    def truncate(self, pos=None, /):
        self._check_open()
        if pos is None:
            pos = self._pos
        elif pos < 0:
            raise ValueError(f"Negative size value {pos}")
        self._text = self._whole()[:pos]
        return pos

    def readable(self):
        self._check_open()
        return True

    writable = seekable = readable

    @property
    def line_buffering(self):
        """Never."""
        return False

    def __del__(self):
        pass
