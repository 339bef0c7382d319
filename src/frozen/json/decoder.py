"""From JSON text to objects."""

__all__ = ["JSONDecoder", "JSONDecodeError"]

_SPACE = " \t\n\r"
_ESCAPES = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_CONSTANTS = {"-Infinity": float("-inf"), "Infinity": float("inf"), "NaN": float("nan")}
_DIGITS = "0123456789"


class JSONDecodeError(ValueError):
    """Text that is no JSON, with `msg`, `doc`, `pos`, `lineno` and `colno`."""

    def __init__(self, msg, doc, pos):
        self.msg, self.doc, self.pos = msg, doc, pos
        self.lineno = doc.count("\n", 0, pos) + 1
        self.colno = pos - doc.rfind("\n", 0, pos)
        super().__init__(f"{msg}: line {self.lineno} column {self.colno} (char {pos})")

    def __reduce__(self):
        return self.__class__, (self.msg, self.doc, self.pos)


def _skip(text, at):
    """The place of the next character that is no white space."""
    n = len(text)
    while at < n and text[at] in _SPACE:
        at += 1
    return at


def _string(text, at, strict=True):
    """The string whose opening quote ends before `at`, and the place behind its closing quote."""
    start = at
    parts = []
    while True:
        quote = text.find('"', at)
        if quote < 0:
            quote = len(text)
        escape = text.find("\\", at, quote)
        end = quote if escape < 0 else escape
        piece = text[at:end]
        if strict and not piece.isprintable():
            for i, c in enumerate(piece):
                if c < " ":
                    raise JSONDecodeError("Invalid control character at", text, at + i)
        parts.append(piece)
        if escape < 0:
            if quote == len(text):
                raise JSONDecodeError("Unterminated string starting at", text, start - 1)
            return "".join(parts), quote + 1
        at = escape + 1
        if at >= len(text):
            raise JSONDecodeError("Unterminated string starting at", text, start - 1)
        c = text[at]
        if c != "u":
            if c not in _ESCAPES:
                raise JSONDecodeError("Invalid \\escape", text, escape)
            parts.append(_ESCAPES[c])
            at += 1
            continue
        code, at = _hex4(text, at)
        if 0xD800 <= code < 0xDC00 and text[at : at + 2] == "\\u":
            low, behind = _hex4(text, at + 1)
            if 0xDC00 <= low < 0xE000:
                code = 0x10000 + ((code - 0xD800) << 10 | (low - 0xDC00))
                at = behind
        parts.append(chr(code))


def _hex4(text, at):
    """The number of four digits behind the `u` at `at`, and the place behind."""
    digits = text[at + 1 : at + 5]
    if len(digits) == 4 and digits[1] not in "xX":
        try:
            return int(digits, 16), at + 5
        except ValueError:
            pass
    raise JSONDecodeError("Invalid \\uXXXX escape", text, at)


class JSONDecoder:
    """Decodes JSON text; hooks make other objects of its parts."""

    def __init__(self, *, object_hook=None, parse_float=None, parse_int=None, parse_constant=None, strict=True,
                 object_pairs_hook=None):
        self.object_hook = object_hook
        self.parse_float = parse_float or float
        self.parse_int = parse_int or int
        self.parse_constant = parse_constant or _CONSTANTS.__getitem__
        self.strict = strict
        self.object_pairs_hook = object_pairs_hook

    def decode(self, s):
        """The object that the whole text stands for."""
        value, end = self.raw_decode(s, _skip(s, 0))
        end = _skip(s, end)
        if end != len(s):
            raise JSONDecodeError("Extra data", s, end)
        return value

    def raw_decode(self, s, idx=0):
        """The object at a place of the text, and the place behind it."""
        try:
            return self._value(s, idx, {})
        except StopIteration as stop:
            raise JSONDecodeError("Expecting value", s, stop.value) from None

    def _value(self, text, at, memo):
        c = text[at : at + 1]
        if c == '"':
            return _string(text, at + 1, self.strict)
        if c == "{":
            return self._object(text, at + 1, memo)
        if c == "[":
            return self._array(text, at + 1, memo)
        if c == "n" and text.startswith("null", at):
            return None, at + 4
        if c == "t" and text.startswith("true", at):
            return True, at + 4
        if c == "f" and text.startswith("false", at):
            return False, at + 5
        if c and c in "-0123456789":
            number = self._number(text, at)
            if number is not None:
                return number
        for name in _CONSTANTS:
            if c == name[0] and text.startswith(name, at):
                return self.parse_constant(name), at + len(name)
        raise StopIteration(at)

    def _number(self, text, at):
        """The number at a place and the place behind it, or None."""
        n = len(text)
        end = at + 1 if text[at] == "-" else at
        first = end
        while end < n and text[end] in _DIGITS:
            end += 1
        if end == first:
            return None
        if text[first] == "0":
            end = first + 1
        real = False
        if end + 1 < n and text[end] == "." and text[end + 1] in _DIGITS:
            real = True
            end += 2
            while end < n and text[end] in _DIGITS:
                end += 1
        if end < n and text[end] in "eE":
            exponent = end + 1
            if exponent < n and text[exponent] in "+-":
                exponent += 1
            if exponent < n and text[exponent] in _DIGITS:
                real = True
                end = exponent
                while end < n and text[end] in _DIGITS:
                    end += 1
        convert = self.parse_float if real else self.parse_int
        return convert(text[at:end]), end

    def _object(self, text, at, memo):
        pairs = []
        at = _skip(text, at)
        if text[at : at + 1] != "}":
            while True:
                if text[at : at + 1] != '"':
                    raise JSONDecodeError("Expecting property name enclosed in double quotes", text, at)
                key, at = _string(text, at + 1, self.strict)
                key = memo.setdefault(key, key)
                at = _skip(text, at)
                if text[at : at + 1] != ":":
                    raise JSONDecodeError("Expecting ':' delimiter", text, at)
                at = _skip(text, at + 1)
                value, at = self._item(text, at, memo)
                pairs.append((key, value))
                at = _skip(text, at)
                c = text[at : at + 1]
                if c == "}":
                    break
                if c != ",":
                    raise JSONDecodeError("Expecting ',' delimiter", text, at)
                at = _skip(text, at + 1)
        if self.object_pairs_hook is not None:
            return self.object_pairs_hook(pairs), at + 1
        result = dict(pairs)
        if self.object_hook is not None:
            result = self.object_hook(result)
        return result, at + 1

    def _array(self, text, at, memo):
        items = []
        at = _skip(text, at)
        if text[at : at + 1] == "]":
            return items, at + 1
        while True:
            value, at = self._item(text, at, memo)
            items.append(value)
            at = _skip(text, at)
            c = text[at : at + 1]
            if c == "]":
                return items, at + 1
            if c != ",":
                raise JSONDecodeError("Expecting ',' delimiter", text, at)
            at = _skip(text, at + 1)

    def _item(self, text, at, memo):
        try:
            return self._value(text, at, memo)
        except StopIteration as stop:
            raise JSONDecodeError("Expecting value", text, stop.value) from None
