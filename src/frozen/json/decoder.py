"""From JSON text to objects. What takes the text apart is native."""

import _json
from _json import scanstring

__all__ = ["JSONDecoder", "JSONDecodeError"]

_SPACE = " \t\n\r"
NaN = float("nan")
PosInf = float("inf")
NegInf = float("-inf")


class JSONDecodeError(ValueError):
    """Text that is no JSON, with `msg`, `doc`, `pos`, `lineno` and `colno`."""

    def __init__(self, msg, doc, pos):
        self.msg, self.doc, self.pos = msg, doc, pos
        self.lineno = doc.count("\n", 0, pos) + 1
        self.colno = pos - doc.rfind("\n", 0, pos)
        super().__init__(f"{msg}: line {self.lineno} column {self.colno} (char {pos})")

    def __reduce__(self):
        return self.__class__, (self.msg, self.doc, self.pos)


def _behind_space(text, at):
    """The place of the next character that is no white space."""
    return len(text) - len(text[at:].lstrip(_SPACE))


class JSONDecoder:
    """Decodes JSON text; hooks make other objects of its parts."""

    def __init__(self, *, object_hook=None, parse_float=None, parse_int=None, parse_constant=None, strict=True,
                 object_pairs_hook=None):
        self.object_hook = object_hook
        self.parse_float = parse_float or float
        self.parse_int = parse_int or int
        self.parse_constant = parse_constant or {"-Infinity": NegInf, "Infinity": PosInf, "NaN": NaN}.__getitem__
        self.strict = strict
        self.object_pairs_hook = object_pairs_hook
        # What the native code does itself where there is no hook.
        self._own = (
            None if self.parse_float is float else self.parse_float,
            None if self.parse_int is int else self.parse_int,
            parse_constant or None,
        )

    def decode(self, s):
        """The object that the whole text stands for."""
        value, end = self.raw_decode(s, _behind_space(s, 0))
        if end != len(s):
            end = _behind_space(s, end)
            if end != len(s):
                raise JSONDecodeError("Extra data", s, end)
        return value

    def raw_decode(self, s, idx=0):
        """The object at a place of the text, and the place behind it."""
        try:
            return self.scan_once(s, idx)
        except StopIteration as stop:
            raise JSONDecodeError("Expecting value", s, stop.value) from None

    def scan_once(self, string, idx):
        """The same; StopIteration says that nothing begins at a place."""
        return _json.scan(string, idx, self.strict, self.object_hook, self.object_pairs_hook, *self._own)


def __getattr__(name):
    # What the native code does not need.
    if name not in ("FLAGS", "WHITESPACE", "WHITESPACE_STR"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import re

    flags = re.VERBOSE | re.MULTILINE | re.DOTALL
    return {"FLAGS": flags, "WHITESPACE": re.compile(r"[ \t\n\r]*", flags), "WHITESPACE_STR": _SPACE}[name]
