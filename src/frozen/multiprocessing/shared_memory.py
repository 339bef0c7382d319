"""Named segments of memory that unrelated processes share, and a list in one."""

import os
import secrets
import struct
from functools import partial

import _multiprocessing

from . import resource_tracker

__all__ = ["SharedMemory", "ShareableList"]

_O_CREX = os.O_CREAT | os.O_EXCL
_SHM_NAME_PREFIX = "/psm_"


class SharedMemory:
    """A segment of memory with a name, made or found; its bytes are `buf`."""

    _region = _buf = None

    def __init__(self, name=None, create=False, size=0):
        if not size >= 0:
            raise ValueError("'size' must be a positive integer")
        flags = os.O_RDWR
        if create:
            flags |= _O_CREX
            if size == 0:
                raise ValueError("'size' must be a positive number different from zero")
        if name is None and not flags & os.O_EXCL:
            raise ValueError("'name' can only be None if create=True")
        if name is None:
            while True:
                name = _SHM_NAME_PREFIX + secrets.token_hex(4)
                try:
                    fd = _multiprocessing.shm_open(name, flags, 0o600)
                except FileExistsError:
                    continue
                break
        else:
            name = "/" + name if not name.startswith("/") else name
            fd = _multiprocessing.shm_open(name, flags, 0o600)
        self._name = name
        try:
            if create:
                _multiprocessing.truncate(fd, size)
            self._size = _multiprocessing.file_size(fd)
            self._region = _multiprocessing.attached(fd, self._size)
        except OSError:
            self.unlink()
            raise
        resource_tracker.register(self._name, "shared_memory")
        self._buf = memoryview(self._region)

    def __del__(self):
        try:
            self.close()
        except (OSError, BufferError):
            pass

    def __reduce__(self):
        return type(self), (self.name, False, self.size)

    def __repr__(self):
        return f"{type(self).__name__}({self.name!r}, size={self.size})"

    @property
    def buf(self):
        """The bytes."""
        return self._buf

    @property
    def name(self):
        """The name by which others find it."""
        return self._name[1:] if self._name.startswith("/") else self._name

    @property
    def size(self):
        """How many bytes there are."""
        return self._size

    def close(self):
        """Give the memory back in this process."""
        if self._buf is not None:
            self._buf.release()
            self._buf = None
        if self._region is not None:
            self._region.close()
            self._region = None

    def unlink(self):
        """Remove the name; the memory goes when nobody uses it any more."""
        if self._name:
            _multiprocessing.shm_unlink(self._name)
            resource_tracker.unregister(self._name, "shared_memory")


_ENCODING = "utf8"
_MARGIN = 8


class ShareableList:
    """A list of numbers, strings, bytes and None in shared memory. Its length, and the room of an item, stay."""

    # Of each type: the format of its items, and what their bytes become.
    _NONE, _STR, _BYTES = 0, 1, 2

    def __init__(self, sequence=None, *, name=None):
        if name is None or sequence is not None:
            items = list(sequence or ())
            formats = [self._format_of(item) for item in items]
            kinds = bytes([self._kind_of(item) for item in items])
            offsets = [0]
            for fmt in formats:
                offsets.append(offsets[-1] + struct.calcsize(fmt))
            head = struct.pack(f"q{len(offsets)}q", len(items), *offsets)
            texts = b"".join([fmt.encode().ljust(_MARGIN, b"\0") for fmt in formats])
            size = len(head) + offsets[-1] + len(texts) + len(kinds)
            self.shm = SharedMemory(name, create=True, size=size)
            self.shm.buf[:len(head)] = head
            self._read_layout()
            at = self._data + offsets[-1]
            self.shm.buf[at:at + len(texts)] = texts
            self.shm.buf[at + len(texts):at + len(texts) + len(kinds)] = kinds
            for i, item in enumerate(items):
                self._pack(i, formats[i], item)
        else:
            self.shm = SharedMemory(name)
            self._read_layout()

    def _read_layout(self):
        count, = struct.unpack_from("q", self.shm.buf, 0)
        self._list_len = count
        self._offsets = struct.unpack_from(f"{count + 1}q", self.shm.buf, 8)
        self._data = 8 * (count + 2)

    @staticmethod
    def _format_of(item):
        if isinstance(item, bool) or item is None:
            return "xxxxxxx?" if item is not None else "xxxxxx?x"
        if isinstance(item, int):
            return "q"
        if isinstance(item, float):
            return "d"
        if isinstance(item, (str, bytes)):
            length = len(item.encode(_ENCODING) if isinstance(item, str) else item)
            return f"{8 * (length // 8 + 1)}s"
        raise ValueError(f"type {type(item)} for item is not supported")

    def _kind_of(self, item):
        return self._STR if isinstance(item, str) else self._BYTES if isinstance(item, bytes) else self._NONE

    def _place(self, i):
        i = i if i >= 0 else i + self._list_len
        if not 0 <= i < self._list_len:
            raise IndexError("index out of range")
        return i

    def _text_at(self, i):
        return self._data + self._offsets[-1] + _MARGIN * i

    def _kind_at(self, i):
        return self._data + self._offsets[-1] + _MARGIN * self._list_len + i

    def _stored_format(self, i):
        at = self._text_at(i)
        return bytes(self.shm.buf[at:at + _MARGIN]).rstrip(b"\0").decode()

    def _pack(self, i, fmt, item):
        if item is None:
            return
        data = item.encode(_ENCODING) if isinstance(item, str) else item
        struct.pack_into(fmt, self.shm.buf, self._data + self._offsets[i], data)

    def __getitem__(self, position):
        try:
            i = self._place(position)
        except IndexError:
            raise IndexError("index out of range") from None
        fmt = self._stored_format(i)
        if fmt == "xxxxxx?x":
            return None
        value, = struct.unpack_from(fmt, self.shm.buf, self._data + self._offsets[i])
        kind = self.shm.buf[self._kind_at(i)]
        if kind == self._NONE:
            return value
        value = value.rstrip(b"\0")
        return value.decode(_ENCODING) if kind == self._STR else value

    def __setitem__(self, position, value):
        try:
            i = self._place(position)
        except IndexError:
            raise IndexError("assignment index out of range") from None
        fmt = self._format_of(value)
        room = self._offsets[i + 1] - self._offsets[i]
        if isinstance(value, (str, bytes)):
            length = len(value.encode(_ENCODING) if isinstance(value, str) else value)
            if length > room:
                raise ValueError("bytes/str item exceeds available storage")
            fmt = f"{room}s"
        at = self._text_at(i)
        self.shm.buf[at:at + _MARGIN] = fmt.encode().ljust(_MARGIN, b"\0")
        self.shm.buf[self._kind_at(i)] = self._kind_of(value)
        self._pack(i, fmt, value)

    def __reduce__(self):
        return partial(type(self), name=self.shm.name), ()

    def __len__(self):
        return self._list_len

    def __iter__(self):
        for i in range(self._list_len):
            yield self[i]

    def __repr__(self):
        return f"{type(self).__name__}({list(self)}, name={self.shm.name!r})"

    @property
    def format(self):
        """The formats of all items."""
        return "".join([self._stored_format(i) for i in range(self._list_len)])

    def count(self, value):
        """How often a value is there."""
        return sum([value == item for item in self])

    def index(self, value):
        """The first place of a value; ValueError if it is not there."""
        for i, item in enumerate(self):
            if value == item:
                return i
        raise ValueError(f"{value!r} not in this container")

    __class_getitem__ = classmethod(type(list[int]))
