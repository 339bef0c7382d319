"""From objects to JSON text. The whole text at once is native; here is what gives it in pieces."""

import _json
from _json import encode_basestring, encode_basestring_ascii

__all__ = ["JSONEncoder"]

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
        chunks = self.iterencode(o, _one_shot=True)
        return "".join(chunks)

    def iterencode(self, o, _one_shot=False):
        """The text in pieces."""
        indent = self.indent
        if indent is not None and not isinstance(indent, str):
            indent = " " * indent
        if not _one_shot:
            return self._value(o, indent, "\n", {} if self.check_circular else None)
        return (
            _json.encode(
                o, self.default, self.ensure_ascii, self.check_circular, self.allow_nan, self.sort_keys,
                self.skipkeys, indent, self.item_separator, self.key_separator,
            ),
        )

    def _quote(self, s):
        return encode_basestring_ascii(s) if self.ensure_ascii else encode_basestring(s)

    def _float(self, x):
        if x - x == 0:
            return float.__repr__(x)
        if not self.allow_nan:
            raise ValueError(f"Out of range float values are not JSON compliant: {x!r}")
        return "NaN" if x != x else "Infinity" if x > 0 else "-Infinity"

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

    def _value(self, o, margin, newline, active):
        text = self._atom(o)
        if text is not None:
            yield text
            return
        if active is not None:
            if id(o) in active:
                raise ValueError("Circular reference detected")
            active[id(o)] = o
        if isinstance(o, (list, tuple)):
            yield from self._list(o, margin, newline, active)
        elif isinstance(o, dict):
            yield from self._dict(o, margin, newline, active)
        else:
            yield from self._value(self.default(o), margin, newline, active)
        if active is not None:
            del active[id(o)]

    def _list(self, o, margin, newline, active):
        if not o:
            yield "[]"
            return
        inner = "" if margin is None else newline + margin
        # A bracket or separator comes in one piece with the atom that follows.
        before = "[" + inner
        for item in o:
            text = self._atom(item)
            if text is not None:
                yield before + text
            else:
                yield before
                yield from self._value(item, margin, inner, active)
            before = self.item_separator + inner
        if margin is not None:
            yield newline
        yield "]"

    def _key(self, key):
        """A key as a string, or None if it is to be left out."""
        if isinstance(key, str):
            return key
        text = self._atom(key)
        if text is None and not self.skipkeys:
            raise TypeError(f"keys must be str, int, float, bool or None, not {key.__class__.__name__}")
        return text

    def _dict(self, o, margin, newline, active):
        if not o:
            yield "{}"
            return
        yield "{"
        inner = "" if margin is None else newline + margin
        if margin is not None:
            yield inner
        first = True
        for key, value in sorted(o.items()) if self.sort_keys else o.items():
            key = self._key(key)
            if key is None:
                continue
            if not first:
                yield self.item_separator + inner
            first = False
            yield self._quote(key)
            yield self.key_separator
            yield from self._value(value, margin, inner, active)
        if margin is not None:
            yield newline
        yield "}"
