"""From objects to JSON text."""

__all__ = ["JSONEncoder"]

_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\f": "\\f", "\b": "\\b"}
_CONTROL = {n: f"\\u{n:04x}" for n in range(32)}
_CONTROL.update((ord(c), text) for c, text in _SHORT.items())


def encode_basestring(s):
    """A string in quotes; characters beyond ASCII stay."""
    return '"' + s.translate(_CONTROL) + '"'


def encode_basestring_ascii(s):
    """A string in quotes, in ASCII."""
    text = s.translate(_CONTROL)
    if not text.isascii() or "\x7f" in text:
        text = "".join(map(_ascii, text))
    return '"' + text + '"'


def _ascii(c):
    n = ord(c)
    if n < 127:
        return c
    if n < 0x10000:
        return f"\\u{n:04x}"
    n -= 0x10000
    return f"\\u{0xD800 | n >> 10:04x}\\u{0xDC00 | n & 0x3FF:04x}"


class JSONEncoder:
    """Encodes dicts, lists, tuples, strings, numbers, booleans and None; `default` helps with other objects."""

    item_separator = ", "
    key_separator = ": "

    def __init__(self, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, sort_keys=False,
                 indent=None, separators=None, default=None):
        self.skipkeys = skipkeys
        self.ensure_ascii = ensure_ascii
        self.check_circular = check_circular
        self.allow_nan = allow_nan
        self.sort_keys = sort_keys
        self.indent = indent
        if separators is not None:
            self.item_separator, self.key_separator = separators
        elif indent is not None:
            self.item_separator = ","
        if default is not None:
            self.default = default

    def default(self, o):
        """What is encoded in the place of an object that is none of the above: here TypeError."""
        raise TypeError(f"Object of type {o.__class__.__name__} is not JSON serializable")

    def encode(self, o):
        """The object as text."""
        if isinstance(o, str):
            return self._quote(o)
        out = []
        self._value(o, out.append, self._margin(), "\n", {})
        return "".join(out)

    def iterencode(self, o, _one_shot=False):
        """The text in pieces."""
        out = []
        self._value(o, out.append, self._margin(), "\n", {})
        return iter(out)

    def _margin(self):
        """The indentation of one level, or None."""
        if self.indent is None or isinstance(self.indent, str):
            return self.indent
        return " " * self.indent

    def _quote(self, s):
        return encode_basestring_ascii(s) if self.ensure_ascii else encode_basestring(s)

    def _float(self, x):
        if x != x:
            text = "NaN"
        elif x in (float("inf"), float("-inf")):
            text = "Infinity" if x > 0 else "-Infinity"
        else:
            return float.__repr__(x)
        if not self.allow_nan:
            raise ValueError("Out of range float values are not JSON compliant")
        return text

    def _atom(self, o):
        """The text of what has no parts, or None."""
        if isinstance(o, str):
            return self._quote(o)
        if o is None:
            return "null"
        if o is True:
            return "true"
        if o is False:
            return "false"
        if isinstance(o, int):
            return int.__repr__(o)
        if isinstance(o, float):
            return self._float(o)
        return None

    def _value(self, o, write, margin, newline, active):
        text = self._atom(o)
        if text is not None:
            write(text)
            return
        if self.check_circular:
            if id(o) in active:
                raise ValueError("Circular reference detected")
            active[id(o)] = o
        if isinstance(o, dict):
            self._dict(o, write, margin, newline, active)
        elif isinstance(o, (list, tuple)):
            self._list(o, write, margin, newline, active)
        else:
            self._value(self.default(o), write, margin, newline, active)
        if self.check_circular:
            del active[id(o)]

    def _list(self, o, write, margin, newline, active):
        if not o:
            write("[]")
            return
        inner = separator = ""
        if margin is None:
            separator = self.item_separator
        else:
            inner = newline + margin
            separator = self.item_separator + inner
        write("[" + inner)
        first = True
        for item in o:
            if not first:
                write(separator)
            first = False
            self._value(item, write, margin, inner, active)
        write("]" if margin is None else newline + "]")

    def _key(self, key):
        """A key as a string, or None if it is to be left out."""
        if isinstance(key, str):
            return key
        if isinstance(key, float):
            return self._float(key)
        if key is True:
            return "true"
        if key is False:
            return "false"
        if key is None:
            return "null"
        if isinstance(key, int):
            return int.__repr__(key)
        if self.skipkeys:
            return None
        raise TypeError(f"keys must be str, int, float, bool or None, not {key.__class__.__name__}")

    def _dict(self, o, write, margin, newline, active):
        if not o:
            write("{}")
            return
        inner = ""
        separator = self.item_separator
        if margin is not None:
            inner = newline + margin
            separator += inner
        write("{" + inner)
        first = True
        for key, value in sorted(o.items()) if self.sort_keys else o.items():
            key = self._key(key)
            if key is None:
                continue
            if not first:
                write(separator)
            first = False
            write(self._quote(key))
            write(self.key_separator)
            self._value(value, write, margin, inner, active)
        write("}" if margin is None else newline + "}")
