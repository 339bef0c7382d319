"""Data structures over several lines."""

import sys as _sys
import types as _types

__all__ = ["pprint", "pformat", "isreadable", "isrecursive", "saferepr", "PrettyPrinter", "pp"]


def pprint(object, stream=None, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True,
           underscore_numbers=False):
    """Print a data structure."""
    PrettyPrinter(indent, width, depth, stream, compact=compact, sort_dicts=sort_dicts,
                  underscore_numbers=underscore_numbers).pprint(object)


def pformat(object, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
    """A data structure as text."""
    return PrettyPrinter(indent, width, depth, compact=compact, sort_dicts=sort_dicts,
                         underscore_numbers=underscore_numbers).pformat(object)


def pp(object, *args, sort_dicts=False, **kwargs):
    """Print a data structure; dicts stay in their order."""
    pprint(object, *args, sort_dicts=sort_dicts, **kwargs)


def saferepr(object):
    """The repr, with a note in the place of recursion."""
    return PrettyPrinter()._repr(object, {}, 0)[0]


def isreadable(object):
    """Whether the text can be evaluated again."""
    return PrettyPrinter().isreadable(object)


def isrecursive(object):
    """Whether the structure contains itself."""
    return PrettyPrinter().isrecursive(object)


# Classes of collections, and the methods that write their instances.
_OF_COLLECTIONS = (
    ("OrderedDict", "_ordered_dict"), ("Counter", "_counter"), ("defaultdict", "_default_dict"), ("deque", "_deque"),
    ("ChainMap", "_chain_map"), ("UserDict", "_wrapped_data"), ("UserList", "_wrapped_data"),
    ("UserString", "_wrapped_data"),
)


class _Key:
    """Compares whatever it holds: by type and address where nothing else is left."""

    __slots__ = ("obj",)

    def __init__(self, obj):
        self.obj = obj

    def __lt__(self, other):
        try:
            return self.obj < other.obj
        except TypeError:
            mine, theirs = (str(type(self.obj)), id(self.obj)), (str(type(other.obj)), id(other.obj))
            return mine < theirs


def _pair(item):
    return _Key(item[0]), _Key(item[1])


class PrettyPrinter:
    """Writes data structures: what does not fit into a line is written with one item in each."""

    def __init__(self, indent=1, width=80, depth=None, stream=None, *, compact=False, sort_dicts=True,
                 underscore_numbers=False):
        if int(indent) < 0:
            raise ValueError("indent must be >= 0")
        if depth is not None and depth <= 0:
            raise ValueError("depth must be > 0")
        if not width:
            raise ValueError("width must be != 0")
        self._indent = int(indent)
        self._width = int(width)
        self._depth = depth
        self._stream = stream
        self._compact = bool(compact)
        self._sort_dicts = sort_dicts
        self._underscore_numbers = underscore_numbers

    def pprint(self, object):
        """Print it."""
        text = self.pformat(object) + "\n"
        if self._stream is not None:
            self._stream.write(text)
        else:
            if _sys.stdout is not None:
                _sys.stdout.write(text)

    def pformat(self, object):
        """The text."""
        out = []
        self._write(object, out, 0, 0, {}, 0)
        return "".join(out)

    def isrecursive(self, object):
        """Whether it contains itself."""
        return self.format(object, {}, 0, 0)[2]

    def isreadable(self, object):
        """Whether its text can be evaluated."""
        _, readable, recursive = self.format(object, {}, 0, 0)
        return readable and not recursive

    def format(self, object, context, maxlevels, level):
        """The text in one line, whether it is readable, whether it is recursive."""
        return self._in_line(object, context, level)

    # In one line.

    def _repr(self, object, context, level):
        """What format says, which a subclass may have for itself."""
        return self.format(object, context.copy(), self._depth, level)

    def _in_line(self, object, context, level):
        kind = type(object)
        if kind is int and self._underscore_numbers:
            return f"{object:_d}", True, False
        method = kind.__repr__
        if issubclass(kind, dict) and method is dict.__repr__:
            return self._line(object, context, level, "{", "}")
        if issubclass(kind, list) and method is list.__repr__:
            return self._line(object, context, level, "[", "]")
        if issubclass(kind, tuple) and method is tuple.__repr__:
            return self._line(object, context, level, "(", ",)" if len(object) == 1 else ")")
        text = repr(object)
        return text, bool(text) and not text.startswith("<"), False

    def _line(self, object, context, level, start, end):
        if not object:
            return start + end.replace(",", ""), True, False
        key = id(object)
        if self._depth is not None and level >= self._depth:
            return start + "..." + end, False, key in context
        if key in context:
            return _recursion(object), False, True
        context[key] = 1
        readable, recursive = True, False
        parts = []

        def add(item):
            nonlocal readable, recursive
            text, r, again = self.format(item, context, self._depth, level + 1)
            readable, recursive = readable and r, recursive or again
            return text

        if isinstance(object, dict):
            items = sorted(object.items(), key=_pair) if self._sort_dicts else object.items()
            parts = [f"{add(k)}: {add(v)}" for k, v in items]
        else:
            parts = [add(item) for item in object]
        del context[key]
        return start + ", ".join(parts) + end, readable, recursive

    # Over several lines.

    def _write(self, object, out, indent, allowance, context, level):
        key = id(object)
        if key in context:
            out.append(_recursion(object))
            return
        text = self._repr(object, context, level)[0]
        if len(text) <= self._width - indent - allowance:
            out.append(text)
            return
        write = self._writer(object)
        if write is None:
            out.append(text)
            return
        context[key] = 1
        write(object, out, indent, allowance, context, level + 1)
        del context[key]

    def _writer(self, object):
        """The method that writes an object over several lines, or None."""
        method = type(object).__repr__
        for kind, name in ((dict, "_dict"), (list, "_list"), (tuple, "_tuple"), (set, "_set"), (frozenset, "_set"),
                           (str, "_str"), (bytes, "_bytes"), (bytearray, "_bytearray")):
            if method is kind.__repr__:
                return getattr(self, name)
        if isinstance(object, type):
            return None
        if method is _types.SimpleNamespace.__repr__:
            return self._namespace
        if method is _types.MappingProxyType.__repr__:
            return self._mapping_proxy
        if getattr(method, "_of_fields", False):
            return self._dataclass
        # Where nobody has imported it, there are no instances of its classes.
        collections = _sys.modules.get("collections")
        for kind, write in _OF_COLLECTIONS if collections is not None else ():
            if method is getattr(collections, kind).__repr__:
                return getattr(self, write)
        return None

    def _dict(self, object, out, indent, allowance, context, level):
        out.append("{")
        if self._indent > 1:
            out.append((self._indent - 1) * " ")
        if object:
            items = sorted(object.items(), key=_pair) if self._sort_dicts else list(object.items())
            self._pairs(items, out, indent, allowance + 1, context, level)
        out.append("}")

    def _pairs(self, items, out, indent, allowance, context, level):
        indent += self._indent
        for i, (key, value) in enumerate(items):
            text = self._repr(key, context, level)[0]
            out.append(text + ": ")
            last = i == len(items) - 1
            self._write(value, out, indent + len(text) + 2, allowance if last else 1, context, level)
            if not last:
                out.append(",\n" + " " * indent)

    def _list(self, object, out, indent, allowance, context, level):
        self._bracketed(object, "[", "]", out, indent, allowance, context, level)

    def _tuple(self, object, out, indent, allowance, context, level):
        end = ",)" if len(object) == 1 else ")"
        self._bracketed(object, "(", end, out, indent, allowance, context, level)

    def _bracketed(self, object, start, end, out, indent, allowance, context, level):
        out.append(start)
        self._items(object, out, indent, allowance + len(end), context, level)
        out.append(end)

    def _set(self, object, out, indent, allowance, context, level):
        if not object:
            out.append(repr(object))
            return
        if type(object) is set:
            start, end = "{", "}"
        else:
            start, end = type(object).__name__ + "({", "})"
            indent += len(type(object).__name__) + 1
        items = sorted(object, key=_Key)
        self._bracketed(items, start, end, out, indent, allowance, context, level)

    def _items(self, items, out, indent, allowance, context, level):
        indent += self._indent
        if self._indent > 1:
            out.append((self._indent - 1) * " ")
        separator = ",\n" + " " * indent
        delimiter = ""
        width = max_width = self._width - indent + 1
        items = list(items)
        for i, item in enumerate(items):
            last = i == len(items) - 1
            if last:
                max_width -= allowance
                width -= allowance
            if self._compact:
                text = self._repr(item, context, level)[0]
                needed = len(text) + 2
                if width < needed:
                    width = max_width
                    if delimiter:
                        delimiter = separator
                if width >= needed:
                    width -= needed
                    out.append(delimiter)
                    delimiter = ", "
                    out.append(text)
                    continue
            out.append(delimiter)
            delimiter = separator
            self._write(item, out, indent, allowance if last else 1, context, level)

    def _str(self, object, out, indent, allowance, context, level):
        if not object:
            out.append(repr(object))
            return
        chunks = []
        lines = object.splitlines(True)
        if level == 1:
            indent += 1
            allowance += 1
        max_width1 = max_width = self._width - indent
        text = ""
        for i, line in enumerate(lines):
            text = repr(line)
            if i == len(lines) - 1:
                max_width1 -= allowance
            if len(text) <= max_width1:
                chunks.append(text)
                continue
            words = _words(line)
            current = ""
            for j, part in enumerate(words):
                candidate = current + part
                room = max_width
                if j == len(words) - 1 and i == len(lines) - 1:
                    room -= allowance
                if len(repr(candidate)) > room:
                    if current:
                        chunks.append(repr(current))
                    current = part
                else:
                    current = candidate
            if current:
                chunks.append(repr(current))
        if len(chunks) == 1:
            out.append(text)
            return
        joined = ("\n" + " " * indent).join(chunks)
        out.append(f"({joined})" if level == 1 else joined)

    def _bytes(self, object, out, indent, allowance, context, level):
        if len(object) <= 4:
            out.append(repr(object))
            return
        parens = level == 1
        if parens:
            indent += 1
            allowance += 1
            out.append("(")
        delimiter = ""
        for text in _wrapped_bytes(object, self._width - indent, allowance):
            out.append(delimiter + text)
            delimiter = delimiter or "\n" + " " * indent
        if parens:
            out.append(")")

    def _bytearray(self, object, out, indent, allowance, context, level):
        out.append("bytearray(")
        self._bytes(bytes(object), out, indent + 10, allowance + 1, context, level + 1)
        out.append(")")

    def _ordered_dict(self, object, out, indent, allowance, context, level):
        if not object:
            out.append(repr(object))
            return
        name = type(object).__name__
        out.append(name + "(")
        # A list in a call: it may fit where the whole does not, and is one level deeper.
        self._write(list(object.items()), out, indent + len(name) + 1, allowance + 1, context, level)
        out.append(")")

    def _counter(self, object, out, indent, allowance, context, level):
        if not object:
            out.append(repr(object))
            return
        name = type(object).__name__
        out.append(name + "({")
        if self._indent > 1:
            out.append((self._indent - 1) * " ")
        self._pairs(object.most_common(), out, indent + len(name) + 1, allowance + 2, context, level)
        out.append("})")

    def _default_dict(self, object, out, indent, allowance, context, level):
        if not object:
            out.append(repr(object))
            return
        factory = self._repr(object.default_factory, context, level)[0]
        name = type(object).__name__
        indent += len(name) + 1
        out.append(f"{name}({factory},\n{' ' * indent}")
        self._dict(object, out, indent, allowance + 1, context, level)
        out.append(")")

    def _deque(self, object, out, indent, allowance, context, level):
        if not object:
            out.append(repr(object))
            return
        name = type(object).__name__
        indent += len(name) + 1
        out.append(name + "(")
        if object.maxlen is None:
            self._bracketed(object, "[", "])", out, indent, allowance, context, level)
            return
        self._bracketed(object, "[", "]", out, indent, 1, context, level)
        limit = self._repr(object.maxlen, context, level)[0]
        out.append(f",\n{' ' * indent}maxlen={limit})")

    def _mapping_proxy(self, object, out, indent, allowance, context, level):
        out.append("mappingproxy(")
        self._write(object.copy(), out, indent + 13, allowance + 1, context, level)
        out.append(")")

    def _namespace(self, object, out, indent, allowance, context, level):
        name = "namespace" if type(object).__name__ == "SimpleNamespace" else type(object).__name__
        out.append(name + "(")
        self._fields(object.__dict__.items(), out, indent + len(name) + 1, allowance, context, level)
        out.append(")")

    def _dataclass(self, object, out, indent, allowance, context, level):
        name = type(object).__name__
        out.append(name + "(")
        fields = [(f.name, getattr(object, f.name)) for f in type(object).__dataclass_fields__.values() if f.repr]
        self._fields(fields, out, indent + len(name) + 1, allowance, context, level)
        out.append(")")

    def _wrapped_data(self, object, out, indent, allowance, context, level):
        self._write(object.data, out, indent, allowance, context, level - 1)

    def _chain_map(self, object, out, indent, allowance, context, level):
        name = type(object).__name__
        out.append(name + "(")
        indent += len(name) + 1
        for i, mapping in enumerate(object.maps):
            last = i == len(object.maps) - 1
            self._write(mapping, out, indent, allowance + 1 if last else 1, context, level)
            out.append(")" if last else ",\n" + " " * indent)

    def _fields(self, fields, out, indent, allowance, context, level):
        fields = list(fields)
        for i, (name, value) in enumerate(fields):
            last = i == len(fields) - 1
            out.append(name + "=")
            if id(value) in context:
                out.append("...")
            else:
                self._write(value, out, indent + len(name) + 1, allowance if last else 1, context, level)
            if not last:
                out.append(",\n" + " " * indent)


def _recursion(object):
    return f"<Recursion on {type(object).__name__} with id={id(object)}>"


def _words(line):
    """The words of a line, each with the white space behind it."""
    parts = []
    start = 0
    in_space = False
    for i, c in enumerate(line):
        if c.isspace():
            in_space = True
        elif in_space:
            parts.append(line[start:i])
            start, in_space = i, False
    parts.append(line[start:])
    return parts


def _wrapped_bytes(object, width, allowance):
    """The literals of a bytes object, in pieces of multiples of four bytes."""
    current = b""
    last = len(object) // 4 * 4
    for i in range(0, len(object), 4):
        part = object[i : i + 4]
        candidate = current + part
        if i == last:
            width -= allowance
        if len(repr(candidate)) > width:
            if current:
                yield repr(current)
            current = part
        else:
            current = candidate
    if current:
        yield repr(current)
