"""Files and bytes in the format of gzip: deflated, with a header, a checksum and a length."""
import _compression
import builtins
import errno
import io
import os
import struct
import time
import zlib

__all__ = ["BadGzipFile", "GzipFile", "open", "compress", "decompress"]

# Flags in the header: which fields follow it.
FTEXT, FHCRC, FEXTRA, FNAME, FCOMMENT = 1, 2, 4, 8, 16

READ, WRITE = 1, 2

_COMPRESS_LEVEL_FAST = 1
_COMPRESS_LEVEL_TRADEOFF = 6
_COMPRESS_LEVEL_BEST = 9

_MAGIC = b"\x1f\x8b"
_TRUNCATED = "Compressed file ended before the end-of-stream marker was reached"


class BadGzipFile(OSError):
    """What was read is not what gzip writes."""


def open(filename, mode="rb", compresslevel=_COMPRESS_LEVEL_BEST, encoding=None, errors=None, newline=None):
    """Open a file in the format of gzip, in binary or, with a "t" in the mode, text mode."""

    def make(name, mode):
        if isinstance(name, (str, bytes, os.PathLike)):
            return GzipFile(name, mode, compresslevel)
        if hasattr(name, "read") or hasattr(name, "write"):
            return GzipFile(None, mode, compresslevel, name)
        raise TypeError("filename must be a str or bytes object, or a file")

    return _compression.open_as(make, filename, mode, encoding, errors, newline)


def _header(level, mtime, name=b""):
    """The header of a stream."""
    extra = {_COMPRESS_LEVEL_BEST: 2, _COMPRESS_LEVEL_FAST: 4}.get(level, 0)
    when = int(time.time() if mtime is None else mtime)
    fixed = struct.pack("<2sBBLBB", _MAGIC, 8, FNAME if name else 0, when, extra, 255)
    return fixed + name + b"\0" if name else fixed


def _exactly(fp, n):
    """So many bytes of a file."""
    data = fp.read(n)
    while len(data) < n:
        more = fp.read(n - len(data))
        if not more:
            raise EOFError(_TRUNCATED)
        data += more
    return data


def _skip_text(fp):
    """Read on until a byte of zero."""
    while (byte := fp.read(1)) and byte != b"\0":
        pass


def _read_gzip_header(fp):
    """Read the header of a stream: the time in it, or None if there is no more stream."""
    magic = fp.read(2)
    if not magic:
        return None
    if magic != _MAGIC:
        raise BadGzipFile(f"Not a gzipped file ({magic!r})")
    method, flags, mtime = struct.unpack("<BBIxx", _exactly(fp, 8))
    if method != 8:
        raise BadGzipFile("Unknown compression method")
    if flags & FEXTRA:
        (length,) = struct.unpack("<H", _exactly(fp, 2))
        _exactly(fp, length)
    if flags & FNAME:
        _skip_text(fp)
    if flags & FCOMMENT:
        _skip_text(fp)
    if flags & FHCRC:
        _exactly(fp, 2)
    return mtime


class _Rewindable:
    """A file of which bytes that were read too far can be put back."""

    def __init__(self, file):
        self.file = file
        self._back = b""

    def put_back(self, data):
        self._back = data + self._back

    def read(self, size):
        if not self._back:
            return self.file.read(size)
        data, self._back = self._back[:size], self._back[size:]
        if len(data) < size:
            data += self.file.read(size - len(data))
        return data

    def seek(self, offset):
        self._back = b""
        return self.file.seek(offset)

    def seekable(self):
        return True


class _GzipReader(_compression.DecompressReader):
    """The decompressed bytes of a file, one stream after the other, each with its checksum verified."""

    def __init__(self, fp):
        super().__init__(_Rewindable(fp), zlib.decompressobj, wbits=-zlib.MAX_WBITS)
        self._last_mtime = None

    def _restart(self):
        super()._restart()
        self._inside = False

    def _begin(self):
        """Start with the next stream; False if there is none."""
        mtime = _read_gzip_header(self._fp)
        if mtime is None:
            return False
        self._last_mtime = mtime
        self._decompressor = self._new_decompressor()
        self._crc = zlib.crc32(b"")
        self._length = 0
        self._inside = True
        return True

    def _finish(self):
        """Verify what stands behind a stream, and skip the zeros that may follow it."""
        crc, length = struct.unpack("<II", _exactly(self._fp, 8))
        if crc != self._crc:
            raise BadGzipFile(f"CRC check failed {hex(crc)} != {hex(self._crc)}")
        if length != self._length & 0xFFFFFFFF:
            raise BadGzipFile("Incorrect length of data produced")
        while (byte := self._fp.read(1)) == b"\0":
            pass
        self._fp.put_back(byte)
        self._inside = False

    def _more(self, size):
        while True:
            # What is wrong behind a stream is told after its last bytes.
            if self._inside and self._decompressor.eof:
                self._finish()
            if not self._inside and not self._begin():
                return b""
            compressed = self._decompressor.unconsumed_tail or self._fp.read(io.DEFAULT_BUFFER_SIZE)
            data = self._decompressor.decompress(compressed, size)
            self._crc = zlib.crc32(data, self._crc)
            self._length += len(data)
            if self._decompressor.eof:
                self._fp.put_back(self._decompressor.unused_data)
            if data:
                return data
            if not compressed and not self._decompressor.eof:
                raise EOFError(_TRUNCATED)


class GzipFile(_compression.BaseStream):
    """A file in the format of gzip: a name, or a file object to read from or write to."""

    # The file, if it was opened here.
    myfileobj = None

    def __init__(self, filename=None, mode=None, compresslevel=_COMPRESS_LEVEL_BEST, fileobj=None, mtime=None):
        if mode and ("t" in mode or "U" in mode):
            raise ValueError(f"Invalid mode: {mode!r}")
        if mode and "b" not in mode:
            mode += "b"
        if fileobj is None:
            fileobj = self.myfileobj = builtins.open(filename, mode or "rb")
        if filename is None:
            filename = getattr(fileobj, "name", "")
            if not isinstance(filename, (str, bytes)):
                filename = ""
        else:
            filename = os.fspath(filename)
        wanted = mode
        if mode is None:
            mode = getattr(fileobj, "mode", "rb")
        if mode.startswith("r"):
            self.mode = READ
            self._buffer = io.BufferedReader(_GzipReader(fileobj))
            self.name = filename
        elif mode.startswith(("w", "a", "x")):
            if wanted is None:
                import warnings
                warnings.warn(
                    "GzipFile was opened for writing, but this will change in future Python releases.  "
                    "Specify the mode argument for opening it for writing.", FutureWarning, 2)
            self.mode = WRITE
            self.name = filename
            self.crc = zlib.crc32(b"")
            self.size = 0
            self.offset = 0
            self.compress = zlib.compressobj(
                compresslevel, zlib.DEFLATED, -zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL, 0)
            self._write_mtime = mtime
        else:
            raise ValueError(f"Invalid mode: {mode!r}")
        self.fileobj = fileobj
        if self.mode == WRITE:
            fileobj.write(_header(compresslevel, mtime, self._stored_name()))

    def _stored_name(self):
        """The name for the header, which has room for Latin-1 only."""
        name = os.path.basename(self.name)
        try:
            if isinstance(name, str):
                name = name.encode("latin-1")
        except UnicodeEncodeError:
            return b""
        return name.removesuffix(b".gz")

    @property
    def mtime(self):
        """The time in the header that was read last."""
        return self._buffer.raw._last_mtime

    def __repr__(self):
        return f"<gzip {repr(self.fileobj)[1:-1]} {hex(id(self))}>"

    def _need(self, mode, method):
        """Check that the file is open, and open for what a method does."""
        self._check_not_closed()
        if self.mode != mode:
            kind = "write" if mode == READ else "read"
            raise OSError(errno.EBADF, f"{method}() on {kind}-only GzipFile object")

    def write(self, data):
        """Compress bytes; how many they were."""
        self._need(WRITE, "write")
        if self.fileobj is None:
            raise ValueError("write() on closed GzipFile object")
        if isinstance(data, (bytes, bytearray)):
            length = len(data)
        else:
            data = memoryview(data)
            length = data.nbytes
        if length > 0:
            self.fileobj.write(self.compress.compress(data))
            self.size += length
            self.crc = zlib.crc32(data, self.crc)
            self.offset += length
        return length

    def read(self, size=-1):
        """So many bytes, or all that are left."""
        self._need(READ, "read")
        return self._buffer.read(size)

    def read1(self, size=-1):
        """Up to so many bytes, with as few reads of the file beneath as it takes to get one."""
        self._need(READ, "read1")
        return self._buffer.read1(io.DEFAULT_BUFFER_SIZE if size < 0 else size)

    def peek(self, n):
        """Some bytes that come next, without moving on."""
        self._need(READ, "peek")
        return self._buffer.peek(n)

    def readline(self, size=-1):
        """One line, or as much of it as fits."""
        self._check_not_closed()
        return self._buffer.readline(size)

    @property
    def closed(self):
        """Whether the file is closed."""
        return self.fileobj is None

    def close(self):
        """Finish what is written and close the file, if it was opened here. Again, it does nothing."""
        file, self.fileobj = self.fileobj, None
        if file is None:
            return
        try:
            if self.mode == WRITE:
                file.write(self.compress.flush())
                file.write(struct.pack("<LL", self.crc, self.size & 0xFFFFFFFF))
            else:
                self._buffer.close()
        finally:
            own, self.myfileobj = self.myfileobj, None
            if own is not None:
                own.close()

    def flush(self, zlib_mode=zlib.Z_SYNC_FLUSH):
        """Write out all that was compressed so far."""
        self._check_not_closed()
        if self.mode == WRITE:
            self.fileobj.write(self.compress.flush(zlib_mode))
            self.fileobj.flush()

    def fileno(self):
        """The descriptor of the file beneath."""
        return self.fileobj.fileno()

    def rewind(self):
        """Go back to the start, when reading."""
        if self.mode != READ:
            raise OSError("Can't rewind in write mode")
        self._buffer.seek(0)

    def readable(self):
        """Whether the file was opened for reading."""
        return self.mode == READ

    def writable(self):
        """Whether the file was opened for writing."""
        return self.mode == WRITE

    def seekable(self):
        """Files in this format are, as far as their mode allows."""
        return True

    def tell(self):
        """The place among the decompressed bytes."""
        self._check_not_closed()
        return self._buffer.tell() if self.mode == READ else self.offset

    def seek(self, offset, whence=io.SEEK_SET):
        """Move to a place among the decompressed bytes; when writing, only forward, over zeros."""
        if self.mode == READ:
            self._check_not_closed()
            return self._buffer.seek(offset, whence)
        if whence == io.SEEK_CUR:
            offset += self.offset
        elif whence != io.SEEK_SET:
            raise ValueError("Seek from end not supported")
        if offset < self.offset:
            raise OSError("Negative seek in write mode")
        zeros = bytes(1024)
        while (missing := offset - self.offset) > 0:
            self.write(zeros[:missing])
        return self.offset


def compress(data, compresslevel=_COMPRESS_LEVEL_BEST, *, mtime=None):
    """The bytes as one stream."""
    if mtime == 0:
        # The library's own header is that of this time.
        return zlib.compress(data, level=compresslevel, wbits=31)
    trailer = struct.pack("<LL", zlib.crc32(data), len(data) & 0xFFFFFFFF)
    return _header(compresslevel, mtime) + zlib.compress(data, level=compresslevel, wbits=-15) + trailer


def decompress(data):
    """The bytes of all streams in `data`."""
    parts = []
    while True:
        source = io.BytesIO(data)
        if _read_gzip_header(source) is None:
            return b"".join(parts)
        stream = zlib.decompressobj(wbits=-zlib.MAX_WBITS)
        part = stream.decompress(data[source.tell():])
        if not stream.eof or len(stream.unused_data) < 8:
            raise EOFError(_TRUNCATED)
        crc, length = struct.unpack("<II", stream.unused_data[:8])
        if crc != zlib.crc32(part):
            raise BadGzipFile("CRC check failed")
        if length != len(part) & 0xFFFFFFFF:
            raise BadGzipFile("Incorrect length of data produced")
        parts.append(part)
        data = stream.unused_data[8:].lstrip(b"\0")


def main():
    """What python -m gzip does."""
    import argparse
    import sys

    parser = argparse.ArgumentParser(
        description="A simple command line interface for the gzip module: act like gzip, but do not delete the input "
        "file.")
    group = parser.add_mutually_exclusive_group()
    group.add_argument("--fast", action="store_true", help="compress faster")
    group.add_argument("--best", action="store_true", help="compress better")
    group.add_argument("-d", "--decompress", action="store_true", help="act like gunzip instead of gzip")
    parser.add_argument("args", nargs="*", default=["-"], metavar="file")
    chosen = parser.parse_args()
    level = _COMPRESS_LEVEL_TRADEOFF
    if chosen.fast:
        level = _COMPRESS_LEVEL_FAST
    elif chosen.best:
        level = _COMPRESS_LEVEL_BEST
    for name in chosen.args:
        if chosen.decompress:
            if name == "-":
                source = GzipFile(filename="", mode="rb", fileobj=sys.stdin.buffer)
                target = sys.stdout.buffer
            elif name.endswith(".gz"):
                source, target = open(name, "rb"), builtins.open(name[:-3], "wb")
            else:
                sys.exit(f"filename doesn't end in .gz: {name!r}")
        elif name == "-":
            source = sys.stdin.buffer
            target = GzipFile(filename="", mode="wb", fileobj=sys.stdout.buffer, compresslevel=level)
        else:
            source, target = builtins.open(name, "rb"), open(name + ".gz", "wb")
        while chunk := source.read(io.DEFAULT_BUFFER_SIZE):
            target.write(chunk)
        if target is not sys.stdout.buffer:
            target.close()
        if source is not sys.stdin.buffer:
            source.close()


if __name__ == "__main__":
    main()
