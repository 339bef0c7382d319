"""Reading pickles."""

import sys
import _pickle_codes as codes
from copyreg import _extension_cache, _inverted_registry
from pickle import HIGHEST_PROTOCOL, UnpicklingError


class Source:
    """Bytes that are read like a file."""

    def __init__(self, data):
        self._data = data
        self._at = 0

    def read(self, size):
        """The next bytes; fewer at the end."""
        at = self._at
        self._at = at + size
        return self._data[at:at + size]

    def readline(self):
        """The bytes up to the end of the line, or of all."""
        data, at = self._data, self._at
        end, size = at, len(data)
        while end < size and data[end] != 10:
            end += 1
        self._at = min(end + 1, size)
        return data[at:self._at]


class _Stop(Exception):
    def __init__(self, value):
        self.value = value


class Unpickler:
    """Reads objects from a binary file."""

    def __init__(self, file, *, fix_imports=True, encoding="ASCII", errors="strict", buffers=None):
        if not hasattr(file, "read") or not hasattr(file, "readline"):
            raise TypeError("file must have 'read' and 'readline' attributes")
        self._file_read = file.read
        self._file_readline = file.readline
        self._buffers = iter(buffers) if buffers is not None else None
        self.memo = {}
        self.encoding = encoding
        self.errors = errors
        self.proto = 0
        self.fix_imports = fix_imports

    def load(self):
        """Read an object; EOFError at the end of the file, UnpicklingError if the bytes make no sense."""
        self.stack = []
        # The stacks below the marks.
        self.marked = []
        self.proto = 0
        read = self._file_read
        try:
            while True:
                key = read(1)
                if not key:
                    raise EOFError("Ran out of input")
                action = _ACTIONS.get(key[0])
                if action is None:
                    shown = chr(key[0]) if 0x20 <= key[0] < 0x7F else f"\\x{key[0]:02x}"
                    raise UnpicklingError(f"invalid load key, '{shown}'.")
                try:
                    action(self)
                except IndexError:
                    if self.stack:
                        raise
                    raise UnpicklingError("unpickling stack underflow") from None
        except _Stop as stop:
            return stop.value

    def persistent_load(self, pid):
        """For subclasses: the object that an id stands for."""
        raise UnpicklingError(
            "A load persistent id instruction was encountered, but no persistent_load function was specified."
        )

    def find_class(self, module, name):
        """The object of a name; for subclasses that want to allow only some."""
        if self.proto < 3 and self.fix_imports:
            if (module, name) in codes.NEW_NAMES:
                module, name = codes.NEW_NAMES[module, name]
            else:
                module = codes.NEW_MODULES.get(module, module)
        if (module, name) == ("_codecs", "encode"):
            return codes.encode
        __import__(module)
        found = sys.modules[module]
        if self.proto < 4:
            return getattr(found, name)
        path = name.split(".")
        for part in path:
            try:
                found = getattr(found, part)
            except AttributeError:
                raise AttributeError(f"Can't get attribute {name!r} on {sys.modules[module]!r}") from None
        return found

    # Bytes.

    def _read(self, size):
        data = self._file_read(size)
        if len(data) < size:
            raise UnpicklingError("pickle data was truncated")
        return data

    def _line(self):
        data = self._file_readline()
        if data[-1:] != b"\n":
            raise UnpicklingError("pickle data was truncated")
        return data[:-1]

    def _number(self, size):
        return int.from_bytes(self._read(size), "little")

    def _since_mark(self):
        """What was put on the stack since the last mark."""
        if not self.marked:
            raise UnpicklingError("could not find MARK")
        items = self.stack
        self.stack = self.marked.pop()
        return items

    # Simple values.

    def _proto(self):
        proto = self._read(1)[0]
        if proto > HIGHEST_PROTOCOL:
            raise ValueError(f"unsupported pickle protocol: {proto}")
        self.proto = proto

    def _frame(self):
        size = self._number(8)
        if size > sys.maxsize:
            raise ValueError(f"frame size > sys.maxsize: {size}")

    def _stop(self):
        raise _Stop(self.stack.pop())

    def _int(self):
        data = self._line()
        if data in (b"00", b"01"):
            self.stack.append(data == b"01")
        else:
            self.stack.append(int(data.decode("ascii"), 0))

    def _long(self):
        self.stack.append(int(self._line().decode("ascii").rstrip("L"), 0))

    def _float(self):
        self.stack.append(float(self._line().decode("ascii")))

    def _counted(self, size):
        """Bytes whose number stands before them."""
        count = self._number(size)
        if count > sys.maxsize:
            raise UnpicklingError(f"size exceeds system's maximum size of {sys.maxsize} bytes")
        return self._read(count)

    def _text(self, data):
        """A string of Python 2: bytes, or text in the encoding that was given."""
        if self.encoding == "bytes":
            return data
        return data.decode(self.encoding, self.errors)

    def _string(self):
        data = self._line()
        if len(data) < 2 or data[0] != data[-1] or data[0] not in b"\"'":
            raise UnpicklingError("the STRING opcode argument must be quoted")
        self.stack.append(self._text(_unescape(data[1:-1])))

    def _unicode(self):
        self.stack.append(_unescape_text(self._line().decode("latin-1")))

    # Containers.

    def _mark(self):
        self.marked.append(self.stack)
        self.stack = []

    def _last(self, count):
        """The last values on the stack, taken from it, as a tuple."""
        if len(self.stack) < count:
            raise UnpicklingError("unpickling stack underflow")
        items = tuple(self.stack[-count:])
        del self.stack[-count:]
        return items

    def _put(self, value):
        # The stack is another one before the items since a mark are taken.
        self.stack.append(value)

    def _dict(self):
        items = self._since_mark()
        self.stack.append({items[i]: items[i + 1] for i in range(0, len(items), 2)})

    def _append(self):
        value = self.stack.pop()
        self.stack[-1].append(value)

    def _appends(self):
        items = self._since_mark()
        target = self.stack[-1]
        extend = getattr(target, "extend", None)
        if extend is not None:
            extend(items)
            return
        for item in items:
            target.append(item)

    def _setitem(self):
        value = self.stack.pop()
        key = self.stack.pop()
        self.stack[-1][key] = value

    def _setitems(self):
        items = self._since_mark()
        target = self.stack[-1]
        for i in range(0, len(items), 2):
            target[items[i]] = items[i + 1]

    def _additems(self):
        items = self._since_mark()
        target = self.stack[-1]
        if isinstance(target, set):
            target.update(items)
        else:
            for item in items:
                target.add(item)

    # Objects.

    def _global(self):
        module = self._line().decode("utf-8")
        self.stack.append(self.find_class(module, self._line().decode("utf-8")))

    def _stack_global(self):
        module, name = self._last(2)
        if type(name) is not str or type(module) is not str:
            raise UnpicklingError("STACK_GLOBAL requires str")
        self.stack.append(self.find_class(module, name))

    def _extension(self, size):
        code = self._number(size)
        if code in _extension_cache:
            self.stack.append(_extension_cache[code])
            return
        key = _inverted_registry.get(code)
        if key is None:
            raise ValueError(f"unregistered extension code {code}")
        _extension_cache[code] = found = self.find_class(*key)
        self.stack.append(found)

    def _reduce(self):
        func, args = self._last(2)
        self.stack.append(func(*args))

    def _newobj(self):
        cls, args = self._last(2)
        self.stack.append(cls.__new__(cls, *args))

    def _newobj_ex(self):
        cls, args, kwargs = self._last(3)
        self.stack.append(cls.__new__(cls, *args, **kwargs))

    def _instance(self, cls, args):
        if not args and isinstance(cls, type) and not hasattr(cls, "__getinitargs__"):
            made = cls.__new__(cls)
        else:
            made = cls(*args)
        self.stack.append(made)

    def _inst(self):
        module = self._line().decode("ascii")
        cls = self.find_class(module, self._line().decode("ascii"))
        self._instance(cls, self._since_mark())

    def _obj(self):
        cls, *args = self._since_mark()
        self._instance(cls, args)

    def _build(self):
        state = self.stack.pop()
        target = self.stack[-1]
        setter = getattr(target, "__setstate__", None)
        if setter is not None:
            setter(state)
            return
        slots = None
        if isinstance(state, tuple) and len(state) == 2:
            state, slots = state
        if state:
            target.__dict__.update(state)
        if slots:
            for name, value in slots.items():
                setattr(target, name, value)

    def _persid(self):
        self.stack.append(self.persistent_load(self._line().decode("ascii")))

    def _next_buffer(self):
        if self._buffers is None:
            raise UnpicklingError("pickle stream refers to out-of-band data but no *buffers* argument was given")
        try:
            self.stack.append(next(self._buffers))
        except StopIteration:
            raise UnpicklingError("not enough out-of-band buffers") from None

    # The memo.

    def _remembered(self, index):
        try:
            self.stack.append(self.memo[index])
        except KeyError:
            raise UnpicklingError(f"Memo value not found at index {index}") from None

    def _remember(self, index):
        if index < 0:
            raise ValueError("negative PUT argument")
        self.memo[index] = self.stack[-1]

    def _pop(self):
        if self.stack:
            self.stack.pop()
        else:
            self._since_mark()


def _unescape(data):
    """The bytes of a string literal's inside."""
    text = data.decode("latin-1")
    out = []
    i = 0
    while i < len(text):
        character = text[i]
        i += 1
        if character != "\\" or i == len(text):
            out.append(ord(character))
            continue
        character = text[i]
        i += 1
        if character == "x":
            out.append(int(text[i:i + 2], 16))
            i += 2
        elif character in "01234567":
            end = i
            while end < i + 2 and text[end:end + 1] in tuple("01234567"):
                end += 1
            out.append(int(text[i - 1:end], 8) & 0xFF)
            i = end
        else:
            out.append(_ESCAPES.get(character, ord(character)))
    return bytes(out)


_ESCAPES = {"n": 10, "r": 13, "t": 9, "a": 7, "b": 8, "f": 12, "v": 11}


def _unescape_text(text):
    """Text in which characters may be written by their number."""
    parts = text.split("\\")
    out = [parts[0]]
    for part in parts[1:]:
        size = {"u": 4, "U": 8}.get(part[:1])
        if size is None:
            out.append("\\" + part)
        else:
            out.append(chr(int(part[1:1 + size], 16)))
            out.append(part[1 + size:])
    return "".join(out)


_ACTIONS = {
    codes.PROTO: Unpickler._proto, codes.FRAME: Unpickler._frame, codes.STOP: Unpickler._stop,
    codes.NONE: lambda u: u.stack.append(None), codes.NEWTRUE: lambda u: u.stack.append(True),
    codes.NEWFALSE: lambda u: u.stack.append(False), codes.INT: Unpickler._int, codes.LONG: Unpickler._long,
    codes.FLOAT: Unpickler._float,
    codes.BININT: lambda u: u.stack.append(int.from_bytes(u._read(4), "little", signed=True)),
    codes.BININT1: lambda u: u.stack.append(u._number(1)), codes.BININT2: lambda u: u.stack.append(u._number(2)),
    codes.LONG1: lambda u: u.stack.append(codes.decode_long(u._counted(1))),
    codes.LONG4: lambda u: u.stack.append(codes.decode_long(u._counted(4))),
    codes.BINFLOAT: lambda u: u.stack.append(codes.decode_double(u._read(8))),
    codes.STRING: Unpickler._string, codes.BINSTRING: lambda u: u.stack.append(u._text(u._counted(4))),
    codes.SHORT_BINSTRING: lambda u: u.stack.append(u._text(u._counted(1))),
    codes.BINBYTES: lambda u: u.stack.append(u._counted(4)), codes.SHORT_BINBYTES: lambda u: u.stack.append(u._counted(1)),
    codes.BINBYTES8: lambda u: u.stack.append(u._counted(8)),
    codes.BYTEARRAY8: lambda u: u.stack.append(bytearray(u._counted(8))),
    codes.UNICODE: Unpickler._unicode,
    codes.BINUNICODE: lambda u: u.stack.append(u._counted(4).decode("utf-8", "surrogatepass")),
    codes.SHORT_BINUNICODE: lambda u: u.stack.append(u._counted(1).decode("utf-8", "surrogatepass")),
    codes.BINUNICODE8: lambda u: u.stack.append(u._counted(8).decode("utf-8", "surrogatepass")),
    codes.MARK: Unpickler._mark, codes.POP: Unpickler._pop, codes.POP_MARK: Unpickler._since_mark,
    codes.DUP: lambda u: u.stack.append(u.stack[-1]),
    codes.EMPTY_TUPLE: lambda u: u.stack.append(()), codes.TUPLE: lambda u: u._put(tuple(u._since_mark())),
    codes.TUPLE1: lambda u: u.stack.append(u._last(1)), codes.TUPLE2: lambda u: u.stack.append(u._last(2)),
    codes.TUPLE3: lambda u: u.stack.append(u._last(3)),
    codes.EMPTY_LIST: lambda u: u.stack.append([]), codes.LIST: lambda u: u._put(u._since_mark()),
    codes.EMPTY_DICT: lambda u: u.stack.append({}), codes.DICT: Unpickler._dict,
    codes.EMPTY_SET: lambda u: u.stack.append(set()),
    codes.FROZENSET: lambda u: u._put(frozenset(u._since_mark())),
    codes.APPEND: Unpickler._append, codes.APPENDS: Unpickler._appends, codes.SETITEM: Unpickler._setitem,
    codes.SETITEMS: Unpickler._setitems, codes.ADDITEMS: Unpickler._additems,
    codes.GLOBAL: Unpickler._global, codes.STACK_GLOBAL: Unpickler._stack_global,
    codes.EXT1: lambda u: u._extension(1), codes.EXT2: lambda u: u._extension(2), codes.EXT4: lambda u: u._extension(4),
    codes.REDUCE: Unpickler._reduce, codes.NEWOBJ: Unpickler._newobj, codes.NEWOBJ_EX: Unpickler._newobj_ex,
    codes.INST: Unpickler._inst, codes.OBJ: Unpickler._obj, codes.BUILD: Unpickler._build,
    codes.PERSID: Unpickler._persid, codes.BINPERSID: lambda u: u.stack.append(u.persistent_load(u.stack.pop())),
    codes.NEXT_BUFFER: Unpickler._next_buffer, codes.READONLY_BUFFER: lambda u: None,
    codes.GET: lambda u: u._remembered(int(u._line())), codes.BINGET: lambda u: u._remembered(u._number(1)),
    codes.LONG_BINGET: lambda u: u._remembered(u._number(4)),
    codes.PUT: lambda u: u._remember(int(u._line())), codes.BINPUT: lambda u: u._remember(u._number(1)),
    codes.LONG_BINPUT: lambda u: u._remember(u._number(4)), codes.MEMOIZE: lambda u: u._remember(len(u.memo)),
}
