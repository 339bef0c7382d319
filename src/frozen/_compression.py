"""Files of compressed bytes: what bz2, gzip and lzma share.

Reading goes through a raw stream that decompresses (DecompressReader) under a buffer of io; CompressedFile is a
whole file for libraries whose objects work alike, those of bz2 and lzma.
"""
import builtins
import io
import os

BUFFER_SIZE = io.DEFAULT_BUFFER_SIZE


class BaseStream(io.BufferedIOBase):
    """Checks that raise what a method asks of a file that cannot give it."""

    def _check_not_closed(self):
        if self.closed:
            raise ValueError("I/O operation on closed file")

    def _check_can_read(self):
        if not self.readable():
            raise io.UnsupportedOperation("File not open for reading")

    def _check_can_write(self):
        if not self.writable():
            raise io.UnsupportedOperation("File not open for writing")

    def _check_can_seek(self):
        if not self.readable():
            raise io.UnsupportedOperation("Seeking is only supported on files open for reading")
        if not self.seekable():
            raise io.UnsupportedOperation("The underlying file object does not support seeking")


class DecompressReader(io.RawIOBase):
    """The decompressed bytes of another file, one compressed stream after the other."""

    def __init__(self, fp, decomp_factory, trailing_error=(), **decomp_args):
        self._fp = fp
        self._factory = decomp_factory
        self._arguments = decomp_args
        self._trailing_error = trailing_error
        self._restart()
        self._size = -1

    def _restart(self):
        self._pos = 0
        self._eof = False
        self._decompressor = self._new_decompressor()

    def _new_decompressor(self):
        return self._factory(**self._arguments)

    def readable(self):
        return True

    def seekable(self):
        return self._fp.seekable()

    def tell(self):
        return self._pos

    def close(self):
        self._decompressor = None
        super().close()

    def readinto(self, b):
        with memoryview(b) as view, view.cast("B") as target:
            data = self.read(len(target))
            target[:len(data)] = data
        return len(data)

    def readall(self):
        return b"".join(iter(lambda: self.read(BUFFER_SIZE), b""))

    def read(self, size=-1):
        if size < 0:
            return self.readall()
        if not size or self._eof:
            return b""
        data = self._more(size)
        if not data:
            self._eof = True
            self._size = self._pos
        self._pos += len(data)
        return data

    def _more(self, size):
        """The next bytes, `size` at most; none at the end."""
        while True:
            current = self._decompressor
            if current.eof:
                compressed = current.unused_data or self._fp.read(BUFFER_SIZE)
                if not compressed:
                    return b""
                self._decompressor = self._new_decompressor()
                try:
                    data = self._decompressor.decompress(compressed, size)
                except self._trailing_error:
                    # What follows a stream and is none is ignored.
                    return b""
            else:
                compressed = b""
                if current.needs_input:
                    compressed = self._fp.read(BUFFER_SIZE)
                    if not compressed:
                        raise EOFError("Compressed file ended before the end-of-stream marker was reached")
                data = current.decompress(compressed, size)
            if data:
                return data

    def seek(self, offset, whence=io.SEEK_SET):
        if whence == io.SEEK_CUR:
            offset += self._pos
        elif whence == io.SEEK_END:
            while self._size < 0 and self.read(BUFFER_SIZE):
                pass
            offset += self._size
        elif whence != io.SEEK_SET:
            raise ValueError(f"Invalid value for whence: {whence}")
        if offset < self._pos:
            self._fp.seek(0)
            self._restart()
        while self._pos < offset and self.read(min(BUFFER_SIZE, offset - self._pos)):
            pass
        return self._pos


class CompressedFile(BaseStream):
    """A file that compresses what is written, or decompresses what is read."""

    def __init__(self, filename, mode, reader, make_compressor):
        """`reader` makes the raw stream over a file, `make_compressor` what compresses."""
        self._fp = None
        self._owns_file = False
        self._buffer = None
        self._compressor = None
        self._pos = 0
        if mode not in ("r", "rb"):
            self._compressor = make_compressor()
        if isinstance(filename, (str, bytes, os.PathLike)):
            self._fp = builtins.open(filename, mode if "b" in mode else mode + "b")
            self._owns_file = True
        elif hasattr(filename, "read") or hasattr(filename, "write"):
            self._fp = filename
        else:
            raise TypeError("filename must be a str, bytes, file or PathLike object")
        if self._compressor is None:
            self._buffer = io.BufferedReader(reader(self._fp))

    def close(self):
        """Finish what is written and close the file, if it was opened here. Again, it does nothing."""
        file, self._fp = self._fp, None
        if file is None:
            return
        try:
            if self._buffer is not None:
                self._buffer.close()
            elif self._compressor is not None:
                file.write(self._compressor.flush())
        finally:
            self._buffer = self._compressor = None
            if self._owns_file:
                file.close()

    @property
    def closed(self):
        """Whether the file is closed."""
        return self._fp is None

    def fileno(self):
        """The descriptor of the file beneath."""
        self._check_not_closed()
        return self._fp.fileno()

    def seekable(self):
        """Whether seek() works."""
        return self.readable() and self._buffer.seekable()

    def readable(self):
        """Whether the file was opened for reading."""
        self._check_not_closed()
        return self._buffer is not None

    def writable(self):
        """Whether the file was opened for writing."""
        self._check_not_closed()
        return self._compressor is not None

    def peek(self, size=-1):
        """Some bytes that come next, without moving on."""
        self._check_can_read()
        return self._buffer.peek(size)

    def read(self, size=-1):
        """So many bytes, or all that are left."""
        self._check_can_read()
        return self._buffer.read(size)

    def read1(self, size=-1):
        """Up to so many bytes, with as few reads of the file beneath as it takes to get one."""
        self._check_can_read()
        return self._buffer.read1(io.DEFAULT_BUFFER_SIZE if size < 0 else size)

    def readinto(self, b):
        """Fill a buffer; how many bytes there were."""
        self._check_can_read()
        return self._buffer.readinto(b)

    def readline(self, size=-1):
        """One line, or as much of it as fits."""
        self._check_can_read()
        return self._buffer.readline(size)

    def __next__(self):
        if self._buffer is None:
            self._check_can_read()
        line = self._buffer.readline()
        if not line:
            raise StopIteration
        return line

    def write(self, data):
        """Compress bytes; how many they were. What comes out may reach the file only when it is closed."""
        self._check_can_write()
        length = len(data) if isinstance(data, (bytes, bytearray)) else memoryview(data).nbytes
        self._fp.write(self._compressor.compress(data))
        self._pos += length
        return length

    def seek(self, offset, whence=io.SEEK_SET):
        """Move to a place among the decompressed bytes, which may take long."""
        self._check_can_seek()
        return self._buffer.seek(offset, whence)

    def tell(self):
        """The place among the decompressed bytes."""
        self._check_not_closed()
        return self._pos if self._buffer is None else self._buffer.tell()


def open_as(make, filename, mode, encoding, errors, newline):
    """What the `open` of a module does: `make` opens the binary file, text modes get a wrapper around it."""
    text = "t" in mode
    if text:
        if "b" in mode:
            raise ValueError(f"Invalid mode: {mode!r}")
    else:
        for name, value in (("encoding", encoding), ("errors", errors), ("newline", newline)):
            if value is not None:
                raise ValueError(f"Argument {name!r} not supported in binary mode")
    binary = make(filename, mode.replace("t", ""))
    if not text:
        return binary
    return io.TextIOWrapper(binary, io.text_encoding(encoding), errors, newline)
