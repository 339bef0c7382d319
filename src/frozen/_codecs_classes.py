"""The classes that codecs consist of: functions, converters of pieces, and streams."""


class CodecInfo(tuple):
    """A codec: the tuple of its functions and stream classes, with all its parts as attributes."""

    # Whether it converts between text and bytes.
    _is_text_encoding = True

    def __new__(cls, encode, decode, streamreader=None, streamwriter=None, incrementalencoder=None,
                incrementaldecoder=None, name=None, *, _is_text_encoding=None):
        self = super().__new__(cls, (encode, decode, streamreader, streamwriter))
        self.name = name
        self.encode, self.decode = encode, decode
        self.streamreader, self.streamwriter = streamreader, streamwriter
        self.incrementalencoder, self.incrementaldecoder = incrementalencoder, incrementaldecoder
        if _is_text_encoding is not None:
            self._is_text_encoding = _is_text_encoding
        return self

    def __repr__(self):
        cls = type(self)
        return f"<{cls.__module__}.{cls.__qualname__} object for encoding {self.name} at {id(self):#x}>"


class Codec:
    """The functions of a codec without state."""

    def encode(self, input, errors="strict"):
        """Encode; returns the result and how much was used."""
        raise NotImplementedError

    def decode(self, input, errors="strict"):
        """Decode; returns the result and how much was used."""
        raise NotImplementedError


class IncrementalEncoder:
    """Encodes piece by piece."""

    def __init__(self, errors="strict"):
        self.errors, self.buffer = errors, ""

    def encode(self, input, final=False):
        """Encode the next piece."""
        raise NotImplementedError

    def reset(self):
        """Begin anew."""

    def getstate(self):
        """The state as a number."""
        return 0

    def setstate(self, state):
        """Go back to a state."""


class BufferedIncrementalEncoder(IncrementalEncoder):
    """An encoder that keeps what it cannot encode before more is there."""

    def _buffer_encode(self, input, errors, final):
        raise NotImplementedError

    def encode(self, input, final=False):
        data = self.buffer + input
        made, used = self._buffer_encode(data, self.errors, final)
        self.buffer = data[used:]
        return made

    def reset(self):
        super().reset()
        self.buffer = ""

    def getstate(self):
        return self.buffer or 0

    def setstate(self, state):
        self.buffer = state or ""


class IncrementalDecoder:
    """Decodes piece by piece."""

    def __init__(self, errors="strict"):
        self.errors = errors

    def decode(self, input, final=False):
        """Decode the next piece."""
        raise NotImplementedError

    def reset(self):
        """Begin anew."""

    def getstate(self):
        """What is kept, and the rest of the state as a number."""
        return b"", 0

    def setstate(self, state):
        """Go back to a state."""


class BufferedIncrementalDecoder(IncrementalDecoder):
    """A decoder that keeps bytes which more could complete."""

    def __init__(self, errors="strict"):
        super().__init__(errors)
        self.buffer = b""

    def _buffer_decode(self, input, errors, final):
        raise NotImplementedError

    def decode(self, input, final=False):
        data = self.buffer + input
        made, used = self._buffer_decode(data, self.errors, final)
        self.buffer = data[used:]
        return made

    def reset(self):
        super().reset()
        self.buffer = b""

    def getstate(self):
        return self.buffer, 0

    def setstate(self, state):
        self.buffer = state[0]


class _Above:
    """What stands above a stream: other attributes are those of the stream."""

    def __getattr__(self, name):
        if name == "stream":
            raise AttributeError(name)
        return getattr(self.stream, name)

    def __enter__(self):
        return self

    def __exit__(self, type, value, tb):
        self.stream.close()

    def __reduce_ex__(self, proto):
        raise TypeError("can't serialize %s" % type(self).__name__)


class _Stream(_Above, Codec):
    """What readers and writers share."""

    def __init__(self, stream, errors="strict"):
        self.stream, self.errors = stream, errors


class StreamWriter(_Stream):
    """Encodes what is written to a stream."""

    def write(self, object):
        """Write a text."""
        self.stream.write(self.encode(object, self.errors)[0])

    def writelines(self, list):
        """Write several texts."""
        self.write("".join(list))

    def reset(self):
        """Begin anew."""

    def seek(self, offset, whence=0):
        """Move in the stream."""
        self.stream.seek(offset, whence)
        if whence == 0 and offset == 0:
            self.reset()


class StreamReader(_Stream):
    """Decodes what is read from a stream."""

    charbuffertype = str

    def __init__(self, stream, errors="strict"):
        super().__init__(stream, errors)
        self.reset()

    def reset(self):
        """Forget what was read ahead."""
        self.bytebuffer = b""
        self.charbuffer = self.charbuffertype()

    def seek(self, offset, whence=0):
        """Move in the stream."""
        self.stream.seek(offset, whence)
        self.reset()

    def _fill(self, size, firstline=False):
        """Read and decode about `size` bytes more; false at the end."""
        new = self.stream.read() if size < 0 else self.stream.read(size)
        data = self.bytebuffer + new
        if data:
            try:
                made, used = self.decode(data, self.errors)
            except UnicodeDecodeError as error:
                if not firstline:
                    raise
                # A line before the error is good.
                made, used = self.decode(data[:error.start], self.errors)
                if len(made.splitlines(keepends=True)) <= 1:
                    raise
            self.bytebuffer = data[used:]
            self.charbuffer += made
        return bool(new)

    def _take(self, n):
        taken, self.charbuffer = self.charbuffer[:n], self.charbuffer[n:]
        return taken

    def read(self, size=-1, chars=-1, firstline=False):
        """Read all, about `size` bytes, or `chars` characters."""
        if chars < 0 and size < 0:
            self._fill(-1, firstline)
        elif chars < 0:
            while not self.charbuffer and self._fill(size, firstline):
                pass
        else:
            while len(self.charbuffer) < chars and self._fill(size, firstline) and size >= 0:
                pass
            return self._take(chars)
        return self._take(len(self.charbuffer))

    def readline(self, size=None, keepends=True):
        """Read a line."""
        step, more = size or 72, True
        while True:
            lines = self.charbuffer.splitlines(keepends=True)
            # "\r" at the end may be half of a line end.
            if lines and (len(lines) > 1 or not more or
                          (lines[0].splitlines()[0] != lines[0] and not lines[0].endswith("\r"))):
                break
            if not more or (size is not None and lines and len(lines[0]) >= size):
                break
            more = self._fill(step, firstline=True)
            step = min(step * 2, 8000)
        line = self._take(len(lines[0])) if lines else self.charbuffertype()
        return line if keepends or not line else line.splitlines()[0]

    def readlines(self, sizehint=None, keepends=True):
        """Read all lines."""
        return self.read().splitlines(keepends)

    def __iter__(self):
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line


class _Pair(_Above):
    """What the files with two sides share."""

    encoding = "unknown"

    def __init__(self, stream, Reader, Writer, errors):
        self.stream = stream
        self.reader, self.writer = Reader(stream, errors), Writer(stream, errors)
        self.errors = errors

    def __iter__(self):
        return self

    def reset(self):
        """Begin anew."""
        self.reader.reset()
        self.writer.reset()

    def seek(self, offset, whence=0):
        """Move in the stream."""
        self.stream.seek(offset, whence)
        self.reader.reset()
        if whence == 0 and offset == 0:
            self.writer.reset()


class StreamReaderWriter(_Pair):
    """A stream that is read and written by a codec."""

    def __init__(self, stream, Reader, Writer, errors="strict"):
        super().__init__(stream, Reader, Writer, errors)

    def read(self, size=-1):
        """Read all, or about `size` bytes."""
        return self.reader.read(size)

    def readline(self, size=None):
        """Read a line."""
        return self.reader.readline(size)

    def readlines(self, sizehint=None):
        """Read all lines."""
        return self.reader.readlines(sizehint)

    def __next__(self):
        return next(self.reader)

    def write(self, data):
        """Write a text."""
        return self.writer.write(data)

    def writelines(self, list):
        """Write several texts."""
        return self.writer.writelines(list)


class StreamRecoder(_Pair):
    """A stream of bytes in one encoding over a stream in another."""

    data_encoding = file_encoding = "unknown"

    def __init__(self, stream, encode, decode, Reader, Writer, errors="strict"):
        super().__init__(stream, Reader, Writer, errors)
        self.encode, self.decode = encode, decode

    def _outside(self, text):
        return self.encode(text, self.errors)[0]

    def read(self, size=-1):
        """Read all, or about `size` bytes."""
        return self._outside(self.reader.read(size))

    def readline(self, size=None):
        """Read a line."""
        return self._outside(self.reader.readline() if size is None else self.reader.readline(size))

    def readlines(self, sizehint=None):
        """Read all lines."""
        return self._outside(self.reader.read()).splitlines(keepends=True)

    def __next__(self):
        return self._outside(next(self.reader))

    def write(self, data):
        """Write bytes."""
        return self.writer.write(self.decode(data, self.errors)[0])

    def writelines(self, list):
        """Write several pieces of bytes."""
        return self.write(b"".join(list))
