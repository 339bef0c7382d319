"""Files and streams: raw (descriptors), buffered (bytes) and text, as in the three layers of the documentation."""

import posix
from _io_base import (
    DEFAULT_BUFFER_SIZE, SEEK_CUR, SEEK_END, SEEK_SET, BlockingIOError, BufferedIOBase, FileIO, IOBase, RawIOBase,
    TextIOBase, UnsupportedOperation,
)
from _io_buffered import BufferedRandom, BufferedReader, BufferedRWPair, BufferedWriter
from _io_memory import BytesIO, StringIO
from _io_text import TextIOWrapper

__all__ = [
    "BlockingIOError", "open", "open_code", "IOBase", "RawIOBase", "FileIO", "BytesIO", "StringIO", "BufferedIOBase",
    "BufferedReader", "BufferedWriter", "BufferedRWPair", "BufferedRandom", "TextIOBase", "TextIOWrapper",
    "UnsupportedOperation", "SEEK_SET", "SEEK_CUR", "SEEK_END", "DEFAULT_BUFFER_SIZE",
]


def text_encoding(encoding, stacklevel=2, /):
    """The encoding, or the name for the usual one."""
    return "utf-8" if encoding is None else encoding


def open_code(path):
    """A file with a program, as bytes."""
    return open(path, "rb")


def open(file, mode="r", buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None):
    """A file object for a path or a file descriptor."""
    if not isinstance(file, int):
        if not isinstance(file, (str, bytes)) and not hasattr(type(file), "__fspath__"):
            raise TypeError(f"expected str, bytes or os.PathLike object, not {type(file).__name__}")
        if not isinstance(file, bytes):
            file = posix._fspath(file)
    if not isinstance(mode, str):
        raise TypeError(f"open() argument 'mode' must be str, not {type(mode).__name__}")
    modes = set(mode)
    if modes - set("axrwb+t") or len(mode) > len(modes):
        raise ValueError(f"invalid mode: {mode!r}")
    binary, text = "b" in modes, "t" in modes
    if text and binary:
        raise ValueError("can't have text and binary mode at once")
    kinds = modes & set("axrw")
    if len(kinds) != 1:
        if not kinds:
            raise ValueError("Must have exactly one of create/read/write/append mode and at most one plus")
        raise ValueError("must have exactly one of create/read/write/append mode")
    if binary and encoding is not None:
        raise ValueError("binary mode doesn't take an encoding argument")
    if binary and errors is not None:
        raise ValueError("binary mode doesn't take an errors argument")
    if binary and newline is not None:
        raise ValueError("binary mode doesn't take a newline argument")
    raw = FileIO(file, "".join(c for c in mode if c in "axrw+"), closefd, opener)
    try:
        if buffering == 0:
            if not binary:
                raise ValueError("can't have unbuffered text I/O")
            return raw
        size = buffering if buffering > 1 else DEFAULT_BUFFER_SIZE
        kind = BufferedRandom if "+" in modes else BufferedReader if "r" in modes else BufferedWriter
        buffer = kind(raw, size)
        if binary:
            return buffer
        wrapper = TextIOWrapper(buffer, encoding, errors, newline, buffering == 1 or raw.isatty())
        wrapper.mode = mode
        return wrapper
    except BaseException:
        raw.close()
        raise
