"""Numbers and arrays of numbers in shared memory, with or without a lock."""

import ctypes

from . import get_context
from .context import assert_spawning
from .heap import Block

__all__ = ["RawValue", "RawArray", "Value", "Array", "copy", "synchronized"]

typecode_to_type = {
    "c": ctypes.c_char, "u": ctypes.c_wchar, "b": ctypes.c_byte, "B": ctypes.c_ubyte, "h": ctypes.c_short,
    "H": ctypes.c_ushort, "i": ctypes.c_int, "I": ctypes.c_uint, "l": ctypes.c_long, "L": ctypes.c_ulong,
    "q": ctypes.c_longlong, "Q": ctypes.c_ulonglong, "f": ctypes.c_float, "d": ctypes.c_double,
}


def _new_value(type_):
    block = Block(ctypes.sizeof(type_))
    return type_._over(block.region, block.offset, block)


def RawValue(typecode_or_type, *args):
    """A number in shared memory."""
    obj = _new_value(typecode_to_type.get(typecode_or_type, typecode_or_type))
    obj.__init__(*args)
    return obj


def RawArray(typecode_or_type, size_or_initializer):
    """Numbers in shared memory, zeros or those of a sequence."""
    type_ = typecode_to_type.get(typecode_or_type, typecode_or_type)
    if isinstance(size_or_initializer, int):
        return _new_value(_array_type(type_, size_or_initializer))
    obj = _new_value(_array_type(type_, len(size_or_initializer)))
    obj.__init__(*size_or_initializer)
    return obj


def _array_type(type_, size):
    if size < 0:
        raise ValueError(f"Array length must be >= 0, not {size}")
    array = type_ * size
    array.__module__ = __name__
    return array


def Value(typecode_or_type, *args, lock=True, ctx=None):
    """A number in shared memory, with a lock."""
    return _locked(RawValue(typecode_or_type, *args), lock, ctx)


def Array(typecode_or_type, size_or_initializer, *, lock=True, ctx=None):
    """Numbers in shared memory, with a lock."""
    return _locked(RawArray(typecode_or_type, size_or_initializer), lock, ctx)


def _locked(obj, lock, ctx):
    if lock is False:
        return obj
    if lock in (True, None):
        ctx = ctx or get_context()
        lock = ctx.RLock()
    if not hasattr(lock, "acquire"):
        raise AttributeError(f"{lock!r} has no method 'acquire'")
    return synchronized(obj, lock, ctx=ctx)


def copy(obj):
    """A copy in shared memory of its own."""
    new = _new_value(type(obj))
    size = ctypes.sizeof(obj)
    new._region.write(new._offset, obj._region.read(obj._offset, size))
    return new


def synchronized(obj, lock=None, ctx=None):
    """An object with a lock, which is held while it is read or changed."""
    assert not isinstance(obj, SynchronizedBase), "object already synchronized"
    ctx = ctx or get_context()
    if isinstance(obj, ctypes._SimpleCData):
        return Synchronized(obj, lock, ctx)
    if isinstance(obj, ctypes.Array):
        return (SynchronizedString if obj._type_ is ctypes.c_char else SynchronizedArray)(obj, lock, ctx)
    cls = type(obj)
    if cls not in _structures:
        names = [field[0] for field in cls._fields_]
        fields = {name: _locked_property(name) for name in names}
        _structures[cls] = type("Synchronized" + cls.__name__, (SynchronizedBase,), fields)
    return _structures[cls](obj, lock, ctx)


def _locked_property(name):
    def get(self):
        with self._lock:
            return getattr(self._obj, name)

    def put(self, value):
        with self._lock:
            setattr(self._obj, name, value)

    return property(get, put)


# Classes for structures, each with the names of its fields.
_structures = {}


class SynchronizedBase:
    """An object in shared memory, and a lock."""

    def __init__(self, obj, lock=None, ctx=None):
        self._obj = obj
        self._lock = lock if lock else (ctx or get_context()).RLock()
        self.acquire = self._lock.acquire
        self.release = self._lock.release

    def __enter__(self):
        return self._lock.__enter__()

    def __exit__(self, *args):
        return self._lock.__exit__(*args)

    def __reduce__(self):
        assert_spawning(self)
        return synchronized, (self._obj, self._lock)

    def get_obj(self):
        """The object."""
        return self._obj

    def get_lock(self):
        """The lock."""
        return self._lock

    def __repr__(self):
        return f"<{type(self).__name__} wrapper for {self._obj}>"


class Synchronized(SynchronizedBase):
    """A number and a lock."""

    value = _locked_property("value")


class SynchronizedArray(SynchronizedBase):
    """Numbers and a lock."""

    def __len__(self):
        return len(self._obj)

    def __getitem__(self, i):
        with self:
            return self._obj[i]

    def __setitem__(self, i, value):
        with self:
            self._obj[i] = value


class SynchronizedString(SynchronizedArray):
    """Characters and a lock."""

    value = _locked_property("value")
    raw = _locked_property("raw")
