"""The streams of the files in a ZIP archive: compression, encryption, reading and writing."""
import io
import os
import struct
from binascii import crc32

from _zipfile_records import (
    BadZipFile, SIZES_FOLLOW, SIZES_SIGNATURE, ZIP64_LIMIT, ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED,
    compressor_names,
)


def _zlib():
    import zlib
    return zlib


def check_compression(method):
    """Raise NotImplementedError for a method that is not known."""
    if method not in (ZIP_STORED, ZIP_DEFLATED, ZIP_BZIP2, ZIP_LZMA):
        raise NotImplementedError("That compression method is not supported")


class LZMACompressor:
    """A compressor whose output begins with what the format wants before LZMA: version and options."""

    def __init__(self):
        self._stream = None

    def _begin(self):
        import lzma
        options = lzma._encode_filter_properties({"id": lzma.FILTER_LZMA1})
        chosen = lzma._decode_filter_properties(lzma.FILTER_LZMA1, options)
        self._stream = lzma.LZMACompressor(lzma.FORMAT_RAW, filters=[chosen])
        return struct.pack("<BBH", 9, 4, len(options)) + options

    def compress(self, data):
        head = self._begin() if self._stream is None else b""
        return head + self._stream.compress(data)

    def flush(self):
        head = self._begin() if self._stream is None else b""
        return head + self._stream.flush()


class LZMADecompressor:
    """The decompressor for that."""

    eof = False
    unused_data = b""

    def __init__(self):
        self._stream = None
        self._head = b""

    def decompress(self, data):
        if self._stream is None:
            self._head += data
            if len(self._head) <= 4:
                return b""
            (length,) = struct.unpack_from("<H", self._head, 2)
            if len(self._head) <= 4 + length:
                return b""
            import lzma
            chosen = lzma._decode_filter_properties(lzma.FILTER_LZMA1, self._head[4:4 + length])
            self._stream = lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=[chosen])
            data = self._head[4 + length:]
            self._head = b""
        result = self._stream.decompress(data)
        self.eof = self._stream.eof
        self.unused_data = self._stream.unused_data
        return result


def compressor(method, level=None):
    """A compressor for a method; None for files that are only stored."""
    if method == ZIP_DEFLATED:
        zlib = _zlib()
        return zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION if level is None else level, zlib.DEFLATED, -15)
    if method == ZIP_BZIP2:
        import bz2
        return bz2.BZ2Compressor(9 if level is None else level)
    return LZMACompressor() if method == ZIP_LZMA else None


def decompressor(method):
    """A decompressor for a method; None for files that are only stored."""
    if method == ZIP_STORED:
        return None
    if method == ZIP_DEFLATED:
        return _zlib().decompressobj(-15)
    if method == ZIP_BZIP2:
        import bz2
        return bz2.BZ2Decompressor()
    if method == ZIP_LZMA:
        return LZMADecompressor()
    name = compressor_names.get(method)
    raise NotImplementedError(f"compression type {method:d} ({name})" if name else f"compression type {method:d}")


_crc_table = None


def _crc_step(byte, crc):
    """One step of CRC-32, from a table that the first use makes."""
    global _crc_table
    if _crc_table is None:
        table = []
        for n in range(256):
            for _ in range(8):
                n = n >> 1 ^ (0xEDB88320 if n & 1 else 0)
            table.append(n)
        _crc_table = table
    return crc >> 8 ^ _crc_table[(crc ^ byte) & 0xFF]


class Decrypter:
    """The format's own weak encryption: three keys that change with every byte."""

    def __init__(self, password):
        self._keys = 0x12345678, 0x23456789, 0x34567890
        for byte in password:
            self._advance(byte)

    def _advance(self, byte):
        first, second, third = self._keys
        first = _crc_step(byte, first)
        second = ((second + (first & 0xFF)) * 0x08088405 + 1) & 0xFFFFFFFF
        self._keys = first, second, _crc_step(second >> 24, third)

    def __call__(self, data):
        result = bytearray()
        for byte in data:
            mask = self._keys[2] | 2
            byte ^= mask * (mask ^ 1) >> 8 & 0xFF
            self._advance(byte)
            result.append(byte)
        return bytes(result)


class SharedFile:
    """A place of its own in a file that several streams read."""

    def __init__(self, file, pos, close, lock, writing):
        self._file = file
        self._pos = pos
        self._close = close
        self._lock = lock
        self._writing = writing
        self.seekable = file.seekable

    def tell(self):
        return self._pos

    def _check(self, doing):
        if self._writing():
            raise ValueError(
                f"Can't {doing} the ZIP file while there is an open writing handle on it. "
                f"Close the writing handle before trying to read.")

    def seek(self, offset, whence=os.SEEK_SET):
        with self._lock:
            self._check("reposition in")
            if whence == os.SEEK_CUR:
                self._file.seek(self._pos + offset)
            else:
                self._file.seek(offset, whence)
            self._pos = self._file.tell()
            return self._pos

    def read(self, n=-1):
        with self._lock:
            self._check("read from")
            self._file.seek(self._pos)
            data = self._file.read(n)
            self._pos = self._file.tell()
            return data

    def close(self):
        file, self._file = self._file, None
        if file is not None:
            self._close(file)


class Tellable:
    """A file that can only be written to, with a count of what was."""

    def __init__(self, fp):
        self.fp = fp
        self.offset = 0

    def write(self, data):
        n = self.fp.write(data)
        self.offset += n
        return n

    def tell(self):
        return self.offset

    def flush(self):
        self.fp.flush()

    def close(self):
        self.fp.close()


class ZipExtFile(io.BufferedIOBase):
    """A file in an archive, for reading."""

    MAX_N = 1 << 31 - 1
    MIN_READ_SIZE = 4096
    MAX_SEEK_READ = 1 << 24

    def __init__(self, fileobj, mode, zipinfo, pwd=None, close_fileobj=False):
        self._fileobj = fileobj
        self._pwd = pwd
        self._close_fileobj = close_fileobj
        self.mode = mode
        self.name = zipinfo.filename
        self.newlines = None
        self._info = zipinfo
        self._compress_type = zipinfo.compress_type
        self._crc = getattr(zipinfo, "CRC", None)
        self._start = None
        try:
            if fileobj.seekable():
                self._start = fileobj.tell()
        except AttributeError:
            pass
        self._restart()

    def _restart(self):
        """Begin with the first byte, where the file beneath stands."""
        self._compressed_left = self._info.compress_size
        self._left = self._info.file_size
        self._running_crc = 0
        self._buffer = b""
        self._place = 0
        self._done = False
        self._decompressor = decompressor(self._compress_type)
        self._decrypter = None
        if self._pwd:
            self._decrypter = Decrypter(self._pwd)
            check = self._decrypter(self._fileobj.read(12))[11]
            self._compressed_left -= 12
            # With sizes that follow, the checksum was not known yet and the time is checked instead.
            later = self._info.flag_bits & SIZES_FOLLOW
            wanted = self._info._raw_time >> 8 if later else self._info.CRC >> 24
            if check != wanted & 0xFF:
                raise RuntimeError(f"Bad password for file {self._info.orig_filename!r}")

    def __repr__(self):
        parts = [f"<{type(self).__module__}.{type(self).__qualname__}"]
        if self.closed:
            parts.append(" [closed]")
        else:
            parts.append(f" name={self.name!r} mode={self.mode!r}")
            if self._compress_type != ZIP_STORED:
                parts.append(f" compress_type={compressor_names.get(self._compress_type, self._compress_type)}")
        return "".join(parts) + ">"

    def _open(self, message="I/O operation on closed file."):
        if self.closed:
            raise ValueError(message)

    def readable(self):
        """It is."""
        self._open()
        return True

    def seekable(self):
        """Whether the archive is a file in which one can move."""
        self._open()
        return self._start is not None

    def _ahead(self):
        return len(self._buffer) - self._place

    def _take(self, n):
        """The next n bytes of what is decompressed already, or all."""
        end = len(self._buffer) if n is None else min(self._place + n, len(self._buffer))
        data = self._buffer[self._place:end]
        self._place = end
        return data

    def _fill(self, n):
        """Decompress about n bytes more, in one step; nothing at the end."""
        if self._done or n <= 0:
            return b""
        wanted = max(n, self.MIN_READ_SIZE)
        stream = self._decompressor
        if self._compress_type == ZIP_DEFLATED:
            compressed = stream.unconsumed_tail
            if n > len(compressed):
                compressed += self._read_compressed(n - len(compressed))
            data = stream.decompress(compressed, wanted)
            self._done = stream.eof or self._compressed_left <= 0 and not stream.unconsumed_tail
            if self._done:
                data += stream.flush()
        else:
            data = self._read_compressed(n)
            if stream is None:
                self._done = self._compressed_left <= 0
            else:
                data = stream.decompress(data)
                self._done = stream.eof or self._compressed_left <= 0
        data = data[:self._left]
        self._left -= len(data)
        if self._left <= 0:
            self._done = True
        self._running_crc = crc32(data, self._running_crc)
        if self._done and self._crc is not None and self._running_crc != self._crc:
            raise BadZipFile(f"Bad CRC-32 for file {self.name!r}")
        return data

    def _read_compressed(self, n):
        if self._compressed_left <= 0:
            return b""
        data = self._fileobj.read(min(max(n, self.MIN_READ_SIZE), self._compressed_left))
        self._compressed_left -= len(data)
        if not data:
            raise EOFError
        return self._decrypter(data) if self._decrypter else data

    def peek(self, n=1):
        """Some bytes that come next, without moving on."""
        if n > self._ahead():
            chunk = b""
            while not chunk and not self._done:
                chunk = self._fill(max(n, self.MIN_READ_SIZE))
            if chunk:
                self._buffer = self._buffer[self._place:] + chunk
                self._place = 0
        return self._buffer[self._place:self._place + 512]

    def read(self, n=-1):
        """So many bytes, or all that are left."""
        self._open("read from closed file.")
        everything = n is None or n < 0
        parts = [self._take(None if everything else n)]
        missing = None if everything else n - len(parts[0])
        while not self._done and (everything or missing > 0):
            self._buffer = self._fill(self.MAX_N if everything else missing)
            self._place = 0
            parts.append(self._take(missing))
            if not everything:
                missing -= len(parts[-1])
        return b"".join(parts)

    def read1(self, n):
        """Up to so many bytes, or all that one step gives."""
        everything = n is None or n < 0
        data = self._take(None if everything else n)
        while not self._done and not data and (everything or n):
            self._buffer = self._fill(self.MAX_N if everything else n)
            self._place = 0
            data = self._take(None if everything else n)
        return data

    def readline(self, limit=-1):
        """One line, or as much of it as fits."""
        if limit < 0:
            end = self._buffer.find(b"\n", self._place) + 1
            if end > 0:
                return self._take(end - self._place)
        return super().readline(limit)

    def tell(self):
        """The place among the file's bytes."""
        self._open("tell on closed file.")
        if self._start is None:
            raise io.UnsupportedOperation("underlying stream is not seekable")
        return self._info.file_size - self._left - self._ahead()

    def seek(self, offset, whence=os.SEEK_SET):
        """Move to a place among the file's bytes; going back starts anew."""
        self._open("seek on closed file.")
        if self._start is None:
            raise io.UnsupportedOperation("underlying stream is not seekable")
        here = self.tell()
        if whence == os.SEEK_SET:
            target = offset
        elif whence == os.SEEK_CUR:
            target = here + offset
        elif whence == os.SEEK_END:
            target = self._info.file_size + offset
        else:
            raise ValueError("whence must be os.SEEK_SET (0), os.SEEK_CUR (1), or os.SEEK_END (2)")
        target = max(min(target, self._info.file_size), 0)
        if self._place + target - here in range(len(self._buffer) + 1):
            self._place += target - here
            return target
        if target < here:
            self._fileobj.seek(self._start)
            self._restart()
            here = 0
        while here < target:
            here += len(self.read(min(self.MAX_SEEK_READ, target - here)))
        return target

    def close(self):
        """Let go of the archive."""
        try:
            if self._close_fileobj:
                self._fileobj.close()
        finally:
            super().close()


class ZipWriteFile(io.BufferedIOBase):
    """A file in an archive, for writing; closing it writes what belongs around the bytes."""

    def __init__(self, archive, info, zip64):
        self._archive = archive
        self._info = info
        self._zip64 = zip64
        self._compressor = compressor(info.compress_type, info._compresslevel)
        self._size = self._compressed = self._crc = 0

    def writable(self):
        """It is."""
        return True

    def write(self, data):
        """Compress bytes; how many they were."""
        if self.closed:
            raise ValueError("I/O operation on closed file.")
        if isinstance(data, (bytes, bytearray)):
            length = len(data)
        else:
            data = memoryview(data)
            length = data.nbytes
        self._size += length
        self._crc = crc32(data, self._crc)
        if self._compressor:
            data = self._compressor.compress(data)
            self._compressed += len(data)
        self._archive.fp.write(data)
        return length

    def close(self):
        """End the file and add it to the archive's directory."""
        if self.closed:
            return
        archive, info = self._archive, self._info
        try:
            super().close()
            file = archive.fp
            info.compress_size = self._size
            if self._compressor:
                rest = self._compressor.flush()
                file.write(rest)
                info.compress_size = self._compressed + len(rest)
            info.CRC = self._crc
            info.file_size = self._size
            if not self._zip64:
                if info.file_size > ZIP64_LIMIT:
                    raise RuntimeError("File size too large, try using force_zip64")
                if info.compress_size > ZIP64_LIMIT:
                    raise RuntimeError("Compressed size too large, try using force_zip64")
            if info.flag_bits & SIZES_FOLLOW:
                layout = "<LLQQ" if self._zip64 else "<LLLL"
                file.write(struct.pack(layout, SIZES_SIGNATURE, info.CRC, info.compress_size, info.file_size))
                archive.start_dir = file.tell()
            else:
                archive.start_dir = file.tell()
                file.seek(info.header_offset)
                file.write(info.FileHeader(self._zip64))
                file.seek(archive.start_dir)
            archive.filelist.append(info)
            archive.NameToInfo[info.filename] = info
        finally:
            archive._writing = False


# The class belongs to the module that programs know.
ZipExtFile.__module__ = "zipfile"
