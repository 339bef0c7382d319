"""Files within tar archives, and archives that are streams."""
import io
import os

from _tarfile_info import BLOCKSIZE, CompressionError, NUL, ReadError, StreamError

# How the compressed kinds begin.
_MAGIC = ((b"\x1f\x8b\x08", "gz"), (b"BZh", "bz2"), (b"\x5d\x00\x00\x80", "xz"), (b"\xfd7zXZ", "xz"))


class _Part(io.RawIOBase):
    """A part of a file, as a file."""

    def __init__(self, fileobj, offset, size, name, parts=None):
        self._file = fileobj
        self._offset = offset
        self._size = size
        self._place = 0
        self.name = name
        # Place in the file, size, and place in the archive of what is not a hole.
        self._parts = None
        if parts is not None:
            self._parts = []
            for place, length in parts:
                self._parts.append((place, length, offset))
                offset += length

    def readable(self):
        return True

    def seekable(self):
        return getattr(self._file, "seekable", lambda: True)()

    def tell(self):
        return self._place

    def seek(self, position, whence=io.SEEK_SET):
        if whence == io.SEEK_SET:
            self._place = min(max(position, 0), self._size)
        elif whence == io.SEEK_CUR:
            self._place = max(self._place + position, 0) if position < 0 else min(self._place + position, self._size)
        elif whence == io.SEEK_END:
            self._place = max(min(self._size + position, self._size), 0)
        else:
            raise ValueError("Invalid argument")
        return self._place

    def readinto(self, b):
        n = min(len(b), self._size - self._place)
        if n <= 0:
            return 0
        start = self._offset + self._place
        if self._parts is not None:
            start = None
            for place, length, offset in self._parts:
                if place <= self._place < place + length:
                    start = offset + self._place - place
                    n = min(n, place + length - self._place)
                    break
                if place > self._place:
                    n = min(n, place - self._place)
                    break
            if start is None:
                b[:n] = bytes(n)
                self._place += n
                return n
        self._file.seek(start)
        data = self._file.read(n)
        if not data:
            raise ReadError("unexpected end of data")
        self._place += len(data)
        b[:len(data)] = data
        return len(data)


class ExFileObject(io.BufferedReader):
    """The content of a file in an archive."""

    def __init__(self, tarfile, tarinfo):
        super().__init__(_Part(tarfile.fileobj, tarinfo.offset_data, tarinfo.size, tarinfo.name,
                               tarinfo.sparse))


class Stream:
    """An archive that is read or written from its start to its end, compressed or not."""

    def __init__(self, name, mode, comptype, fileobj, bufsize, compresslevel=9):
        self._owns_file = fileobj is None
        if fileobj is None:
            fileobj = open(name, mode + "b")
        self.name = os.fspath(name) if name is not None else ""
        self.mode = mode
        self._file = fileobj
        self._bufsize = bufsize
        self._place = 0
        self._buffer = b""
        self._raw = b""
        self.closed = False
        if mode == "r" and comptype == "*":
            self._raw = fileobj.read(bufsize)
            comptype = next((kind for magic, kind in _MAGIC if self._raw.startswith(magic)), "tar")
        self.comptype = comptype
        try:
            self._coder = self._make_coder(mode, comptype, compresslevel)
        except ImportError:
            raise CompressionError(f"{_LIBRARY.get(comptype, comptype)} module is not available") from None

    def _make_coder(self, mode, comptype, level):
        if comptype == "tar":
            return None
        if comptype == "gz":
            import zlib
            if mode == "r":
                return zlib.decompressobj(31)
            # The header says how it was compressed, and when; the name has no place in a stream.
            return _GzipWriter(zlib, level, self.name)
        if comptype == "bz2":
            import bz2
            return bz2.BZ2Decompressor() if mode == "r" else bz2.BZ2Compressor(level)
        if comptype == "xz":
            import lzma
            return lzma.LZMADecompressor() if mode == "r" else lzma.LZMACompressor()
        raise CompressionError(f"unknown compression type {comptype!r}")

    def write(self, data):
        self._place += len(data)
        if self._coder is not None:
            data = self._coder.compress(data)
        self._buffer += data
        while len(self._buffer) > self._bufsize:
            self._file.write(self._buffer[:self._bufsize])
            self._buffer = self._buffer[self._bufsize:]

    def close(self):
        if self.closed:
            return
        self.closed = True
        try:
            if self.mode == "w":
                if self._coder is not None:
                    self._buffer += self._coder.flush()
                self._file.write(self._buffer)
        finally:
            if self._owns_file:
                self._file.close()

    def tell(self):
        return self._place

    def seek(self, position=0):
        if position < self._place:
            raise StreamError("seeking backwards is not allowed")
        while self._place < position and self.read(min(self._bufsize, position - self._place)):
            pass
        return self._place

    def seekable(self):
        return False

    def read(self, size):
        while len(self._buffer) < size:
            raw = self._raw or self._file.read(self._bufsize)
            self._raw = b""
            if not raw:
                break
            if self._coder is None:
                self._buffer += raw
            elif not self._coder.eof:
                try:
                    self._buffer += self._coder.decompress(raw)
                except Exception as e:
                    raise ReadError("invalid compressed data") from e
        data, self._buffer = self._buffer[:size], self._buffer[size:]
        self._place += len(data)
        return data


_LIBRARY = {"gz": "zlib", "bz2": "bz2", "xz": "lzma"}


class _GzipWriter:
    """A compressor in the format of gzip, with a header that names the file."""

    def __init__(self, zlib, level, name):
        import struct
        import time

        self._zlib = zlib
        self._stream = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL, 0)
        name = os.path.basename(name).removesuffix(".gz")
        self._head = struct.pack("<BBBBLBB", 0x1F, 0x8B, 8, 8, int(time.time()), 2, 255)
        self._head += name.encode("iso-8859-1", "replace") + NUL
        self._crc = zlib.crc32(b"")
        self._size = 0

    def compress(self, data):
        head, self._head = self._head, b""
        self._crc = self._zlib.crc32(data, self._crc)
        self._size += len(data)
        return head + self._stream.compress(data)

    def flush(self):
        end = self._stream.flush()
        return self._head + end + self._crc.to_bytes(4, "little") + (self._size & 0xFFFFFFFF).to_bytes(4, "little")


def copy(source, target, length, error, bufsize=None):
    """Copy so many bytes, or all; `error` is raised if there are fewer."""
    bufsize = bufsize or 16 * 1024
    if length is None:
        while data := source.read(bufsize):
            target.write(data)
        return
    while length > 0:
        data = source.read(min(bufsize, length))
        if not data:
            raise error("unexpected end of data")
        target.write(data)
        length -= len(data)


def fill_block(target, size):
    """Write zeros up to the end of a block."""
    rest = size % BLOCKSIZE
    if rest:
        target.write(NUL * (BLOCKSIZE - rest))
