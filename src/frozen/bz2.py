"""Files and bytes compressed by bzip2."""
import _compression
import io
import operator
from _bz2 import BZ2Compressor, BZ2Decompressor

__all__ = ["BZ2File", "BZ2Compressor", "BZ2Decompressor", "open", "compress", "decompress"]

_MODES = {"": "rb", "r": "rb", "rb": "rb", "w": "wb", "wb": "wb", "x": "xb", "xb": "xb", "a": "ab", "ab": "ab"}


class BZ2File(_compression.CompressedFile):
    """A file compressed by bzip2: a name, or a file object to read from or write to."""

    def __init__(self, filename, mode="r", *, compresslevel=9):
        self._fp = None
        if not 1 <= compresslevel <= 9:
            raise ValueError("compresslevel must be between 1 and 9")
        if mode not in _MODES:
            raise ValueError(f"Invalid mode: {mode!r}")
        super().__init__(
            filename,
            _MODES[mode],
            lambda fp: _compression.DecompressReader(fp, BZ2Decompressor, trailing_error=OSError),
            lambda: BZ2Compressor(compresslevel),
        )

    def peek(self, n=0):
        """Some bytes that come next, without moving on."""
        return super().peek(n)

    def readline(self, size=-1):
        """One line, or as much of it as fits."""
        if not hasattr(size, "__index__"):
            raise TypeError("Integer argument expected")
        return super().readline(operator.index(size))

    def readlines(self, size=-1):
        """The lines that are left, or as many as hold about so many bytes."""
        if not hasattr(size, "__index__"):
            raise TypeError("Integer argument expected")
        self._check_can_read()
        return self._buffer.readlines(operator.index(size))

    def writelines(self, seq):
        """Write several pieces; no line ends are added."""
        return io.BufferedIOBase.writelines(self, seq)


def open(filename, mode="rb", compresslevel=9, encoding=None, errors=None, newline=None):
    """Open a file compressed by bzip2, in binary or, with a "t" in the mode, text mode."""
    return _compression.open_as(
        lambda name, mode: BZ2File(name, mode, compresslevel=compresslevel),
        filename, mode, encoding, errors, newline,
    )


def compress(data, compresslevel=9):
    """The bytes compressed."""
    compressor = BZ2Compressor(compresslevel)
    return compressor.compress(data) + compressor.flush()


def decompress(data):
    """The bytes decompressed: one compressed stream after the other."""
    parts = []
    while data:
        decompressor = BZ2Decompressor()
        try:
            part = decompressor.decompress(data)
        except OSError:
            if parts:
                # What follows a stream and is none is ignored.
                break
            raise
        if not decompressor.eof:
            raise ValueError("Compressed data ended before the end-of-stream marker was reached")
        parts.append(part)
        data = decompressor.unused_data
    return b"".join(parts)
