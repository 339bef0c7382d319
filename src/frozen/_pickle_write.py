"""Writing pickles."""

import sys
import _pickle_codes as codes
from _pickle_codes import (
    ADDITEMS, APPEND, APPENDS, BINBYTES, BINBYTES8, BINFLOAT, BINGET, BININT, BININT1, BININT2, BINPERSID, BINPUT,
    BINUNICODE, BINUNICODE8, BUILD, BYTEARRAY8, DICT, EMPTY_DICT, EMPTY_LIST, EMPTY_SET, EMPTY_TUPLE, EXT1, EXT2, EXT4,
    FLOAT, FRAME, FROZENSET, GET, GLOBAL, INT, LIST, LONG, LONG1, LONG4, LONG_BINGET, LONG_BINPUT, MARK, MEMOIZE,
    NEWFALSE, NEWOBJ, NEWOBJ_EX, NEWTRUE, NONE, PERSID, POP, POP_MARK, PROTO, PUT, REDUCE, SETITEM, SETITEMS,
    SHORT_BINBYTES, SHORT_BINUNICODE, STACK_GLOBAL, STOP, TUPLE, TUPLE1, TUPLE2, TUPLE3, UNICODE,
)
from copyreg import _extension_registry, dispatch_table
from pickle import DEFAULT_PROTOCOL, HIGHEST_PROTOCOL, PicklingError

# Bytes of one frame, of a piece that is written outside of frames, and items of one batch.
_FRAME_TARGET = 64 * 1024
_FRAME_LEAST = 4
_BATCH = 1000


class Pickler:
    """Writes objects to a binary file; what was written before is only referred to."""

    def __init__(self, file, protocol=None, *, fix_imports=True, buffer_callback=None):
        if protocol is None:
            protocol = DEFAULT_PROTOCOL
        if protocol < 0:
            protocol = HIGHEST_PROTOCOL
        elif protocol > HIGHEST_PROTOCOL:
            raise ValueError(f"pickle protocol must be <= {HIGHEST_PROTOCOL}")
        if buffer_callback is not None and protocol < 5:
            raise ValueError("buffer_callback needs protocol >= 5")
        if not hasattr(file, "write"):
            raise TypeError("file must have a 'write' attribute")
        self._file_write = file.write
        self.proto = int(protocol)
        self.bin = protocol >= 1
        self.fast = False
        self.fix_imports = fix_imports and protocol < 3
        # id → index and the object, which is kept alive so that no other gets its id.
        self.memo = {}
        self._out = []
        self._frame = None
        self._frame_size = 0

    def clear_memo(self):
        """Forget what was written before."""
        self.memo.clear()

    def dump(self, obj):
        """Write an object."""
        self._file_write(self._dumped(obj))

    def _dumped(self, obj):
        self._out = []
        if self.proto >= 2:
            self._out.append(bytes([PROTO, self.proto]))
        self._frame = [] if self.proto >= 4 else None
        self._frame_size = 0
        self._hook = self.persistent_id if type(self).persistent_id is not Pickler.persistent_id else None
        self._override = getattr(self, "reducer_override", None)
        self.save(obj)
        self._put(bytes([STOP]))
        self._end_frame()
        data = bytes([byte for part in self._out for byte in part])
        self._out = []
        return data

    def persistent_id(self, obj):
        """For subclasses: an id that stands for an object that lives elsewhere; None for others."""
        return None

    # Bytes.

    def _put(self, *parts):
        if self._frame is None:
            self._out.extend(parts)
            return
        self._frame.extend(parts)
        for part in parts:
            self._frame_size += len(part)

    def _put_large(self, head, data):
        """A head and its payload, which stands outside of frames if it is large."""
        if self._frame is None or len(data) < _FRAME_TARGET:
            self._put(head, data)
            return
        self._end_frame()
        self._out.append(head)
        self._out.append(data)

    def _end_frame(self):
        if self._frame:
            data = bytes([byte for part in self._frame for byte in part])
            if len(data) >= _FRAME_LEAST:
                self._out.append(_head(FRAME, len(data), 8))
            self._out.append(data)
            self._frame = []
            self._frame_size = 0

    # The memo.

    def memoize(self, obj):
        """Remember an object that was written, so that later it is only referred to."""
        if self.fast:
            return
        index = len(self.memo)
        self.memo[id(obj)] = index, obj
        if self.proto >= 4:
            self._put(bytes([MEMOIZE]))
        elif not self.bin:
            self._put(bytes([PUT]), f"{index}\n".encode("ascii"))
        elif index < 256:
            self._put(bytes([BINPUT, index]))
        else:
            self._put(bytes([LONG_BINPUT]), index.to_bytes(4, "little"))

    def _get(self, index):
        if not self.bin:
            self._put(bytes([GET]), f"{index}\n".encode("ascii"))
        elif index < 256:
            self._put(bytes([BINGET, index]))
        else:
            self._put(bytes([LONG_BINGET]), index.to_bytes(4, "little"))

    # Objects.

    def save(self, obj, save_persistent_id=True):
        """Write one object, inside others or not."""
        if save_persistent_id and self._hook is not None:
            pid = self._hook(obj)
            if pid is not None:
                self._save_persistent(pid)
                return
        cls = type(obj)
        atom = _ATOMS.get(cls)
        if atom is not None:
            atom(self, obj)
        else:
            known = self.memo.get(id(obj))
            if known is not None:
                self._get(known[0])
            else:
                self._save_fresh(obj, cls)
        if self._frame_size >= _FRAME_TARGET:
            self._end_frame()

    def _save_fresh(self, obj, cls):
        save = _BASIC.get(cls)
        if save is not None:
            save(self, obj)
            return
        if self._override is not None:
            reduced = self._override(obj)
            if reduced is not NotImplemented:
                self._save_reduced(obj, reduced)
                return
        save = _SAVE.get(cls)
        if save is not None:
            save(self, obj)
            return
        reducer = getattr(self, "dispatch_table", dispatch_table).get(cls)
        if reducer is not None:
            self._save_reduced(obj, reducer(obj))
        elif issubclass(cls, type):
            self.save_global(obj)
        else:
            reducer = getattr(obj, "__reduce_ex__", None)
            if reducer is not None:
                self._save_reduced(obj, reducer(self.proto))
            elif hasattr(obj, "__reduce__"):
                self._save_reduced(obj, obj.__reduce__())
            else:
                raise PicklingError(f"can't pickle {cls.__name__!r} object: {obj!r}")

    def _save_reduced(self, obj, reduced):
        if isinstance(reduced, str):
            self.save_global(obj, reduced)
            return
        if not isinstance(reduced, tuple):
            raise PicklingError("__reduce__ must return a string or tuple")
        if not 2 <= len(reduced) <= 6:
            raise PicklingError("tuple returned by __reduce__ must contain 2 through 6 elements")
        self.save_reduce(*reduced, obj=obj)

    def save_reduce(self, func, args, state=None, listitems=None, dictitems=None, state_setter=None, *, obj=None):
        """Write an object by the function and arguments that make it, and what is added afterwards."""
        if not isinstance(args, tuple):
            raise PicklingError("args from save_reduce() must be a tuple")
        if not callable(func):
            raise PicklingError("func from save_reduce() must be callable")
        name = getattr(func, "__name__", "")
        if self.proto >= 2 and name == "__newobj_ex__":
            self._save_new_ex(obj, *args)
        elif self.proto >= 2 and name == "__newobj__":
            self._save_new(obj, args)
        else:
            self.save(func)
            self.save(args)
            self._put(bytes([REDUCE]))
        if obj is not None:
            known = self.memo.get(id(obj))
            if known is not None:
                # It contains itself, and was written meanwhile.
                self._put(bytes([POP]))
                self._get(known[0])
            else:
                self.memoize(obj)
        if listitems is not None:
            self._append_all(listitems)
        if dictitems is not None:
            self._set_all(dictitems)
        if state is not None:
            if state_setter is None:
                self.save(state)
                self._put(bytes([BUILD]))
            else:
                self.save(state_setter)
                self.save(obj)
                self.save(state)
                self._put(bytes([TUPLE2, REDUCE, POP]))

    def _save_new(self, obj, args):
        cls, *args = args
        if not hasattr(cls, "__new__"):
            raise PicklingError("args[0] from __newobj__ args has no __new__")
        if obj is not None and cls is not obj.__class__:
            raise PicklingError("args[0] from __newobj__ args has the wrong class")
        self.save(cls)
        self.save(tuple(args))
        self._put(bytes([NEWOBJ]))

    def _save_new_ex(self, obj, cls, args, kwargs):
        if not hasattr(cls, "__new__"):
            raise PicklingError("args[0] from __newobj_ex__ args has no __new__")
        if obj is not None and cls is not obj.__class__:
            raise PicklingError("args[0] from __newobj_ex__ args has the wrong class")
        if self.proto >= 4:
            self.save(cls)
            self.save(args)
            self.save(kwargs)
            self._put(bytes([NEWOBJ_EX]))
            return
        from functools import partial

        self.save(partial(cls.__new__, cls, *args, **kwargs))
        self.save(())
        self._put(bytes([REDUCE]))

    def _save_persistent(self, pid):
        if self.bin:
            self.save(pid, save_persistent_id=False)
            self._put(bytes([BINPERSID]))
            return
        try:
            self._put(bytes([PERSID]), f"{pid}\n".encode("ascii"))
        except UnicodeEncodeError:
            raise PicklingError("persistent IDs in protocol 0 must be ASCII strings") from None

    def _append_all(self, items):
        if not self.bin:
            for item in items:
                self.save(item)
                self._put(bytes([APPEND]))
            return
        for batch in _batches(items):
            if len(batch) == 1:
                self.save(batch[0])
                self._put(bytes([APPEND]))
                continue
            self._put(bytes([MARK]))
            for item in batch:
                self.save(item)
            self._put(bytes([APPENDS]))

    def _set_all(self, pairs):
        if not self.bin:
            for key, value in pairs:
                self.save(key)
                self.save(value)
                self._put(bytes([SETITEM]))
            return
        for batch in _batches(pairs):
            if len(batch) > 1:
                self._put(bytes([MARK]))
            for key, value in batch:
                self.save(key)
                self.save(value)
            self._put(bytes([SETITEMS if len(batch) > 1 else SETITEM]))

    def save_global(self, obj, name=None):
        """Write an object by the name that it has in its module."""
        if name is None:
            name = getattr(obj, "__qualname__", None) or obj.__name__
        module_name = whichmodule(obj, name)
        try:
            __import__(module_name)
            found, parent = _attribute(sys.modules[module_name], name)
        except ImportError:
            raise PicklingError(f"Can't pickle {obj!r}: import of module {module_name!r} failed") from None
        except AttributeError:
            if "<locals>" in name:
                raise AttributeError(f"Can't pickle local object {name!r}") from None
            raise PicklingError(
                f"Can't pickle {obj!r}: attribute lookup {name} on {module_name} failed"
            ) from None
        except KeyError:
            raise PicklingError(f"Can't pickle {obj!r}: import of module {module_name!r} failed") from None
        if found is not obj:
            raise PicklingError(f"Can't pickle {obj!r}: it's not the same object as {module_name}.{name}")
        if self.proto >= 2 and (module_name, name) in _extension_registry:
            code = _extension_registry[module_name, name]
            size, op = (1, EXT1) if code <= 0xFF else (2, EXT2) if code <= 0xFFFF else (4, EXT4)
            self._put(bytes([op]), code.to_bytes(size, "little"))
            return
        if self.proto >= 4:
            self.save(module_name)
            self.save(name)
            self._put(bytes([STACK_GLOBAL]))
        elif "." in name:
            self.save_reduce(getattr, (parent, name.rpartition(".")[2]))
        else:
            self._put_global(module_name, name, obj)
        self.memoize(obj)

    def _put_global(self, module_name, name, obj):
        if self.fix_imports:
            if (module_name, name) in codes.OLD_NAMES:
                module_name, name = codes.OLD_NAMES[module_name, name]
            elif module_name == "builtins" and isinstance(obj, type) and issubclass(obj, BaseException):
                module_name, name = codes.old_exception(obj)
            else:
                module_name = codes.OLD_MODULES.get(module_name, module_name)
        encoding = "utf-8" if self.proto >= 3 else "ascii"
        try:
            self._put(bytes([GLOBAL]), f"{module_name}\n{name}\n".encode(encoding))
        except UnicodeEncodeError:
            raise PicklingError(
                f"can't pickle global identifier '{module_name}.{name}' using pickle protocol {self.proto}"
            ) from None

    # One method for each type.

    def _save_none(self, obj):
        self._put(bytes([NONE]))

    def _save_bool(self, obj):
        if self.proto >= 2:
            self._put(bytes([NEWTRUE if obj else NEWFALSE]))
        else:
            self._put(b"I01\n" if obj else b"I00\n")

    def _save_int(self, obj):
        if -0x80000000 <= obj <= 0x7FFFFFFF:
            if not self.bin:
                self._put(bytes([INT]), f"{obj}\n".encode("ascii"))
            elif 0 <= obj <= 0xFF:
                self._put(bytes([BININT1, obj]))
            elif 0 <= obj <= 0xFFFF:
                self._put(bytes([BININT2]), obj.to_bytes(2, "little"))
            else:
                self._put(bytes([BININT]), obj.to_bytes(4, "little", signed=True))
        elif self.proto >= 2:
            data = codes.encode_long(obj)
            if len(data) < 256:
                self._put(bytes([LONG1, len(data)]), data)
            else:
                self._put(bytes([LONG4]), len(data).to_bytes(4, "little"), data)
        else:
            self._put(bytes([LONG]), f"{obj}L\n".encode("ascii"))

    def _save_float(self, obj):
        if self.bin:
            self._put(bytes([BINFLOAT]), codes.encode_double(obj))
        else:
            self._put(bytes([FLOAT]), f"{obj!r}\n".encode("ascii"))

    def _save_bytes(self, obj):
        if self.proto < 3:
            if obj:
                self._save_encoded(obj)
            else:
                self.save_reduce(bytes, (), obj=obj)
            return
        size = len(obj)
        if size <= 0xFF:
            self._put_large(bytes([SHORT_BINBYTES, size]), obj)
        elif size > 0xFFFFFFFF and self.proto >= 4:
            self._put_large(_head(BINBYTES8, size, 8), obj)
        else:
            self._put_large(_head(BINBYTES, size, 4), obj)
        self.memoize(obj)

    def _save_encoded(self, obj):
        """Bytes as text that is encoded when it is read."""
        known = self.memo.get(id(codes.encode))
        if known is not None:
            self._get(known[0])
        else:
            self._put(bytes([GLOBAL]), b"_codecs\nencode\n")
            self.memoize(codes.encode)
        self.save((obj.decode("latin-1"), "latin1"))
        self._put(bytes([REDUCE]))
        self.memoize(obj)

    def _save_bytearray(self, obj):
        if self.proto < 5:
            self.save_reduce(bytearray, (bytes(obj),) if obj else (), obj=obj)
            return
        self._put_large(_head(BYTEARRAY8, len(obj), 8), bytes(obj))
        self.memoize(obj)

    def _save_str(self, obj):
        if self.bin:
            data = obj.encode("utf-8", "surrogatepass")
            size = len(data)
            if size <= 0xFF and self.proto >= 4:
                self._put_large(bytes([SHORT_BINUNICODE, size]), data)
            elif size > 0xFFFFFFFF and self.proto >= 4:
                self._put_large(_head(BINUNICODE8, size, 8), data)
            else:
                self._put_large(_head(BINUNICODE, size, 4), data)
        else:
            self._put(bytes([UNICODE]), _raw_escape(obj), b"\n")
        self.memoize(obj)

    def _save_tuple(self, obj):
        size = len(obj)
        if not size:
            self._put(bytes([EMPTY_TUPLE]) if self.bin else bytes([MARK, TUPLE]))
            return
        short = size <= 3 and self.proto >= 2
        if not short:
            self._put(bytes([MARK]))
        for item in obj:
            self.save(item)
        known = self.memo.get(id(obj))
        if known is not None:
            # It contains itself, and was written meanwhile: drop what was written now.
            if short:
                self._put(bytes([POP] * size))
            else:
                self._put(bytes([POP_MARK]) if self.bin else bytes([POP] * (size + 1)))
            self._get(known[0])
            return
        self._put(bytes([(TUPLE1, TUPLE2, TUPLE3)[size - 1] if short else TUPLE]))
        self.memoize(obj)

    def _save_list(self, obj):
        self._put(bytes([EMPTY_LIST]) if self.bin else bytes([MARK, LIST]))
        self.memoize(obj)
        if self.bin and len(obj) > 1:
            for start in range(0, len(obj), _BATCH):
                self._put(bytes([MARK]))
                for item in obj[start:start + _BATCH]:
                    self.save(item)
                self._put(bytes([APPENDS]))
        else:
            self._append_all(obj)

    def _save_dict(self, obj):
        self._put(bytes([EMPTY_DICT]) if self.bin else bytes([MARK, DICT]))
        self.memoize(obj)
        if not self.bin or len(obj) == 1:
            self._set_all(obj.items())
            return
        for batch in _batches(obj.items()):
            self._put(bytes([MARK]))
            for key, value in batch:
                self.save(key)
                self.save(value)
            self._put(bytes([SETITEMS]))

    def _save_set(self, obj):
        if self.proto < 4:
            self.save_reduce(set, (list(obj),), obj=obj)
            return
        self._put(bytes([EMPTY_SET]))
        self.memoize(obj)
        for batch in _batches(obj):
            self._put(bytes([MARK]))
            for item in batch:
                self.save(item)
            self._put(bytes([ADDITEMS]))

    def _save_frozenset(self, obj):
        if self.proto < 4:
            self.save_reduce(frozenset, (list(obj),), obj=obj)
            return
        self._put(bytes([MARK]))
        for item in obj:
            self.save(item)
        known = self.memo.get(id(obj))
        if known is not None:
            self._put(bytes([POP_MARK]))
            self._get(known[0])
            return
        self._put(bytes([FROZENSET]))
        self.memoize(obj)

    def _save_range(self, obj):
        self.save_reduce(range, (obj.start, obj.stop, obj.step), obj=obj)

    def _save_slice(self, obj):
        self.save_reduce(slice, (obj.start, obj.stop, obj.step), obj=obj)

    def _save_type(self, obj):
        for cls, value in ((type(None), None), (type(NotImplemented), NotImplemented), (type(...), ...)):
            if obj is cls:
                self.save_reduce(type, (value,), obj=obj)
                return
        self.save_global(obj)

    def _save_ellipsis(self, obj):
        self.save_global(obj, "Ellipsis")

    def _save_not_implemented(self, obj):
        self.save_global(obj, "NotImplemented")

    def _save_builtin(self, obj):
        owner = getattr(obj, "__self__", None)
        if owner is None or isinstance(owner, type(sys)):
            self.save_global(obj)
        else:
            self.save_reduce(getattr, (owner, obj.__name__), obj=obj)


def _batches(items):
    """Lists of at most a thousand items."""
    batch = []
    for item in items:
        batch.append(item)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _head(op, size, width):
    """An opcode and the size of what follows."""
    return bytes([op, *size.to_bytes(width, "little")])


def _raw_escape(text):
    """Text in Latin-1, other characters and those that end a line escaped."""
    parts = []
    for character in text:
        number = ord(character)
        if number > 0xFFFF:
            parts.append(f"\\U{number:08x}")
        elif number > 0xFF or number in (0, 10, 13, 26, 92):
            parts.append(f"\\u{number:04x}")
        else:
            parts.append(character)
    return "".join(parts).encode("latin-1")


def _attribute(obj, name):
    """What a dotted name leads to, and what it is an attribute of."""
    parent = None
    for part in name.split("."):
        if part == "<locals>":
            raise AttributeError(name)
        parent, obj = obj, getattr(obj, part)
    return obj, parent


def whichmodule(obj, name):
    """The name of the module that an object is in."""
    module_name = getattr(obj, "__module__", None)
    if module_name is not None:
        return module_name
    for module_name, module in list(sys.modules.items()):
        if module_name in ("__main__", "__mp_main__") or module is None:
            continue
        try:
            if _attribute(module, name)[0] is obj:
                return module_name
        except AttributeError:
            pass
    return "__main__"


_ATOMS = {
    type(None): Pickler._save_none, bool: Pickler._save_bool, int: Pickler._save_int, float: Pickler._save_float,
}
_BASIC = {
    str: Pickler._save_str, bytes: Pickler._save_bytes, tuple: Pickler._save_tuple, list: Pickler._save_list,
    dict: Pickler._save_dict, set: Pickler._save_set, frozenset: Pickler._save_frozenset,
}
_SAVE = {
    type: Pickler._save_type, range: Pickler._save_range, slice: Pickler._save_slice, type(...): Pickler._save_ellipsis,
    type(NotImplemented): Pickler._save_not_implemented, type(whichmodule): Pickler.save_global,
    type(len): Pickler._save_builtin,
}
try:
    _BASIC[bytearray] = Pickler._save_bytearray
except NameError:
    # This interpreter has no bytearray.
    pass
