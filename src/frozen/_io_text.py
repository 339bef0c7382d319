"""Text encoded as bytes of another stream."""

from _io_base import DEFAULT_BUFFER_SIZE, TextIOBase


class TextIOWrapper(TextIOBase):
    """Text encoded as bytes of a buffered stream."""

    __module__ = "_io"

    def __init__(self, buffer, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False):
        if newline not in (None, "", "\n", "\r", "\r\n"):
            raise ValueError(f"illegal newline value: {newline!r}")
        encoding = encoding or "UTF-8"
        "".encode(encoding)
        self._buffer = buffer
        self.encoding = "UTF-8" if encoding == "locale" else encoding
        self.errors = errors or "strict"
        self._newline = newline
        self.line_buffering = line_buffering
        self._text = ""  # decoded and not yet read
        self._at = 0
        self._carry = b""  # bytes of an unfinished character, or a "\r" that a "\n" may follow
        self._ended = False

    @property
    def buffer(self):
        """The stream below."""
        return self._buffer

    @property
    def name(self):
        """The name of the file."""
        return self._buffer.name

    @property
    def mode(self):
        """The mode that it was opened with."""
        return self.__dict__["_mode"]

    @mode.setter
    def mode(self, value):
        self.__dict__["_mode"] = value

    @property
    def closed(self):
        return self._buffer.closed if self._buffer is not None else True

    def __repr__(self):
        parts = [f"name={self.name!r}"] if hasattr(self._buffer, "name") else []
        if "_mode" in self.__dict__:
            parts.append(f"mode={self.mode!r}")
        return f"<_io.TextIOWrapper {' '.join(parts + [f'encoding={self.encoding!r}'])}>"

    def reconfigure(self, *, encoding=None, errors=None, newline=None, line_buffering=None, write_through=None):
        """Change how the text is encoded."""
        self.flush()
        if encoding is not None:
            self.encoding = encoding
        if errors is not None:
            self.errors = errors
        if newline is not None:
            self._newline = newline
        if line_buffering is not None:
            self.line_buffering = line_buffering

    def fileno(self):
        return self._buffer.fileno()

    def isatty(self):
        return self._buffer.isatty()

    def seekable(self):
        return self._buffer.seekable()

    def readable(self):
        return self._buffer.readable()

    def writable(self):
        return self._buffer.writable()

    def flush(self):
        self._check()
        self._buffer.flush()

    def close(self):
        if self._buffer is not None and not self.closed:
            self._buffer.close()

    def detach(self):
        self.flush()
        buffer, self._buffer = self._buffer, None
        return buffer

    def write(self, s, /):
        self._check()
        if not isinstance(s, str):
            raise TypeError(f"write() argument must be str, not {type(s).__name__}")
        if not self._buffer.writable():
            self._no("not writable")
        self._forget_read()
        text = s
        if self._newline in ("\r", "\r\n"):
            text = s.replace("\n", self._newline)
        self._buffer.write(text.encode(self.encoding, self.errors))
        if self.line_buffering and "\n" in s:
            self.flush()
        return len(s)

    def _forget_read(self):
        if self._at < len(self._text) or self._carry:
            self._buffer.seek(self.tell())
        self._text, self._at, self._carry, self._ended = "", 0, b"", False

    def _decode(self, data, final):
        """The text of bytes; an unfinished character at the end is kept unless they are the last."""
        data = self._carry + data
        self._carry = b""
        if not final:
            # At most three bytes of a character can wait for the fourth.
            for back in range(1, min(4, len(data)) + 1):
                b = data[-back]
                if b < 0x80:
                    break
                if b >= 0xC0:
                    if back < (2 if b < 0xE0 else 3 if b < 0xF0 else 4) and self.encoding.lower() in ("utf-8", "utf8"):
                        self._carry = data[-back:]
                        data = data[:-back]
                    break
            if self._newline in (None, "") and data.endswith(b"\r"):
                self._carry = b"\r" + self._carry
                data = data[:-1]
        text = data.decode(self.encoding, self.errors)
        if self._newline is None and "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        return text

    def _more(self, everything=False):
        """Decode more; false at the end."""
        if self._ended:
            return False
        if not self._buffer.readable():
            self._no("not readable")
        data = self._buffer.read() if everything else self._buffer.read1(DEFAULT_BUFFER_SIZE)
        final = everything or not data
        text = self._decode(data, final)
        self._ended = final and not text
        self._text = self._text[self._at :] + text
        self._at = 0
        return bool(text) or not final

    def read(self, size=-1, /):
        self._check()
        if size is None or size < 0:
            self._more(everything=True)
            piece = self._text[self._at :]
            self._text, self._at, self._ended = "", 0, False
            return piece
        while len(self._text) - self._at < size and self._more():
            pass
        piece = self._text[self._at : self._at + size]
        self._at += len(piece)
        self._ended = False
        return piece

    def _line_end(self, start):
        """The place behind the next line's end, or 0."""
        if self._newline in (None, "\n"):
            return self._text.find("\n", start) + 1
        if self._newline:
            at = self._text.find(self._newline, start)
            return at + len(self._newline) if at >= 0 else 0
        ends = [at for at in (self._text.find("\n", start), self._text.find("\r", start)) if at >= 0]
        if not ends:
            return 0
        at = min(ends)
        return at + (2 if self._text.startswith("\r\n", at) else 1)

    def readline(self, size=-1, /):
        self._check()
        searched = self._at
        while True:
            end = self._line_end(searched)
            if end or (size is not None and 0 <= size <= len(self._text) - self._at):
                break
            have = len(self._text) - self._at
            if not self._more():
                end = len(self._text)
                break
            searched = max(self._at + have - 1, 0)
        end = end or len(self._text)
        if size is not None and size >= 0:
            end = min(end, self._at + size)
        line = self._text[self._at : end]
        self._at = end
        self._ended = False
        return line

    def tell(self):
        self._check()
        if not self._buffer.seekable():
            self._no("underlying stream is not seekable")
        ahead = self._text[self._at :].encode(self.encoding, self.errors) if self._at < len(self._text) else b""
        return self._buffer.tell() - len(ahead) - len(self._carry)

    def seek(self, cookie, whence=0, /):
        self._check()
        if whence == 1:
            if cookie:
                self._no("can't do nonzero cur-relative seeks")
            cookie, whence = self.tell(), 0
        elif whence == 2:
            if cookie:
                self._no("can't do nonzero end-relative seeks")
        elif whence != 0:
            raise ValueError(f"invalid whence ({whence}, should be 0, 1 or 2)")
        elif cookie < 0:
            raise ValueError(f"negative seek position {cookie}")
        self.flush()
        self._text, self._at, self._carry, self._ended = "", 0, b"", False
        return self._buffer.seek(cookie, whence)

    def truncate(self, pos=None, /):
        self.flush()
        return self._buffer.truncate(self.tell() if pos is None else pos)
