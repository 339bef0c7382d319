"""Files and bytes compressed by LZMA, in the formats of xz and of older tools."""
import _compression
from _lzma import *
from _lzma import _decode_filter_properties, _encode_filter_properties

__all__ = [
    "CHECK_NONE", "CHECK_CRC32", "CHECK_CRC64", "CHECK_SHA256", "CHECK_ID_MAX", "CHECK_UNKNOWN",
    "FILTER_LZMA1", "FILTER_LZMA2", "FILTER_DELTA", "FILTER_X86", "FILTER_IA64", "FILTER_ARM", "FILTER_ARMTHUMB",
    "FILTER_POWERPC", "FILTER_SPARC",
    "FORMAT_AUTO", "FORMAT_XZ", "FORMAT_ALONE", "FORMAT_RAW",
    "MF_HC3", "MF_HC4", "MF_BT2", "MF_BT3", "MF_BT4",
    "MODE_FAST", "MODE_NORMAL", "PRESET_DEFAULT", "PRESET_EXTREME",
    "LZMACompressor", "LZMADecompressor", "LZMAFile", "LZMAError",
    "open", "compress", "decompress", "is_check_supported",
]


class LZMAFile(_compression.CompressedFile):
    """A file compressed by LZMA: a name, or a file object to read from or write to."""

    def __init__(self, filename=None, mode="r", *, format=None, check=-1, preset=None, filters=None):
        self._fp = None
        if mode in ("r", "rb"):
            if check != -1:
                raise ValueError("Cannot specify an integrity check when opening a file for reading")
            if preset is not None:
                raise ValueError("Cannot specify a preset compression level when opening a file for reading")
            if format is None:
                format = FORMAT_AUTO
        elif mode not in ("w", "wb", "a", "ab", "x", "xb"):
            raise ValueError(f"Invalid mode: {mode!r}")
        elif format is None:
            format = FORMAT_XZ
        super().__init__(
            filename,
            mode,
            lambda fp: _compression.DecompressReader(
                fp, LZMADecompressor, trailing_error=LZMAError, format=format, filters=filters
            ),
            lambda: LZMACompressor(format=format, check=check, preset=preset, filters=filters),
        )


def open(filename, mode="rb", *, format=None, check=-1, preset=None, filters=None, encoding=None, errors=None,
         newline=None):
    """Open a file compressed by LZMA, in binary or, with a "t" in the mode, text mode."""
    return _compression.open_as(
        lambda name, mode: LZMAFile(name, mode, format=format, check=check, preset=preset, filters=filters),
        filename, mode, encoding, errors, newline,
    )


def compress(data, format=FORMAT_XZ, check=-1, preset=None, filters=None):
    """The bytes compressed."""
    compressor = LZMACompressor(format, check, preset, filters)
    return compressor.compress(data) + compressor.flush()


def decompress(data, format=FORMAT_AUTO, memlimit=None, filters=None):
    """The bytes decompressed: one compressed stream after the other."""
    parts = []
    while True:
        decompressor = LZMADecompressor(format, memlimit, filters)
        try:
            part = decompressor.decompress(data)
        except LZMAError:
            if parts:
                # What follows a stream and is none is ignored.
                break
            raise
        parts.append(part)
        if not decompressor.eof:
            raise LZMAError("Compressed data ended before the end-of-stream marker was reached")
        data = decompressor.unused_data
        if not data:
            break
    return b"".join(parts)
