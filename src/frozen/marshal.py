"""Values as bytes, in CPython's internal format. Code objects are not among them: minipy's are different."""

import struct

__all__ = ["dump", "dumps", "load", "loads", "version"]

version = 4

_MAX_DEPTH = 2000
# Set in the code of a value that later ones may refer to.
_REF = 0x80
_SINGLE = {None: b"N", True: b"T", False: b"F", Ellipsis: b".", StopIteration: b"S"}
_NULL = object()


def _long(value):
    """An integer as digits of 15 bits, whose number has the sign."""
    digits, rest = [], abs(value)
    while rest:
        digits.append(rest & 0x7FFF)
        rest >>= 15
    count = -len(digits) if value < 0 else len(digits)
    return b"l" + struct.pack(f"<i{len(digits)}H", count, *digits)


def _sized(code, data):
    return code + struct.pack("<I", len(data)) + data


def _text(value, protocol):
    data = value.encode("utf-8", "surrogatepass")
    if protocol >= 4 and value.isascii():
        return b"z" + bytes([len(data)]) + data if len(data) < 256 else _sized(b"a", data)
    return _sized(b"u", data)


def _write(value, out, protocol, depth):
    if depth > _MAX_DEPTH:
        raise ValueError("object too deeply nested to marshal")
    kind = type(value)
    if value is None or kind is bool or value is Ellipsis or value is StopIteration:
        out.append(_SINGLE[value])
    elif kind is int:
        out.append(b"i" + struct.pack("<i", value) if -1 << 31 <= value < 1 << 31 else _long(value))
    elif kind is float:
        out.append(b"g" + struct.pack("<d", value) if protocol > 1 else _sized_text(b"f", repr(value)))
    elif kind is complex:
        out.append(b"y" + struct.pack("<dd", value.real, value.imag))
    elif kind is str:
        out.append(_text(value, protocol))
    elif kind is bytes or isinstance(value, (bytearray, memoryview)):
        out.append(_sized(b"s", bytes(value)))
    elif kind is tuple:
        small = protocol >= 4 and len(value) < 256
        out.append(b")" + bytes([len(value)]) if small else b"(" + struct.pack("<I", len(value)))
        for item in value:
            _write(item, out, protocol, depth + 1)
    elif kind in (list, set, frozenset):
        code = {list: b"[", set: b"<", frozenset: b">"}[kind]
        out.append(code + struct.pack("<I", len(value)))
        for item in value:
            _write(item, out, protocol, depth + 1)
    elif kind is dict:
        out.append(b"{")
        for key, item in value.items():
            _write(key, out, protocol, depth + 1)
            _write(item, out, protocol, depth + 1)
        out.append(b"0")
    else:
        raise ValueError("unmarshallable object")


def _sized_text(code, text):
    data = text.encode("ascii")
    return code + bytes([len(data)]) + data


class _Reader:
    """Reads values one after the other."""

    def __init__(self, data):
        self.data = data
        self.at = 0
        self.refs = []

    def take(self, size):
        end = self.at + size
        if end > len(self.data):
            raise EOFError("marshal data too short")
        part = self.data[self.at:end]
        self.at = end
        return part

    def number(self, layout="<i"):
        return struct.unpack(layout, self.take(struct.calcsize(layout)))[0]

    def size(self, what):
        size = self.number()
        if size < 0:
            raise ValueError(f"bad marshal data ({what} size out of range)")
        return size

    def value(self, depth=0):
        """The next value; `_NULL` for what ends a dictionary."""
        if depth > _MAX_DEPTH:
            raise ValueError("recursion limit exceeded")
        if self.at >= len(self.data):
            raise EOFError("EOF read where object expected")
        code = self.take(1)[0]
        keep, code = code & _REF, bytes([code & ~_REF])
        place = None
        if keep:
            # It may hold references to values in it, which come later.
            place = len(self.refs)
            self.refs.append(_NULL)
        made = self.of_kind(code, depth, place)
        if place is not None:
            self.refs[place] = made
        return made

    def of_kind(self, code, depth, place):
        for single, mark in _SINGLE.items():
            if mark == code and not (single is True and code != b"T"):
                return single
        if code == b"0":
            return _NULL
        if code == b"i":
            return self.number()
        if code == b"l":
            count = self.number()
            digits = struct.unpack(f"<{abs(count)}H", self.take(2 * abs(count)))
            result = 0
            for digit in reversed(digits):
                if digit > 0x7FFF:
                    raise ValueError("bad marshal data (digit out of range in long)")
                result = result << 15 | digit
            return -result if count < 0 else result
        if code == b"g":
            return self.number("<d")
        if code == b"f":
            return float(self.take(self.take(1)[0]))
        if code == b"y":
            return complex(*struct.unpack("<dd", self.take(16)))
        if code == b"s":
            return bytes(self.take(self.size("bytes object")))
        if code in (b"z", b"Z"):
            return self.take(self.take(1)[0]).decode("latin-1")
        if code in (b"a", b"A"):
            return self.take(self.size("string")).decode("latin-1")
        if code in (b"u", b"t"):
            return self.take(self.size("string")).decode("utf-8", "surrogatepass")
        if code == b"r":
            index = self.number("<I")
            if index >= len(self.refs) or self.refs[index] is _NULL:
                raise ValueError("bad marshal data (invalid reference)")
            return self.refs[index]
        return self.container(code, depth, place)

    def item(self, what, depth):
        made = self.value(depth + 1)
        if made is _NULL:
            raise TypeError(f"NULL object in marshal data for {what}")
        return made

    def items(self, size, what, depth):
        return [self.item(what, depth) for _ in range(size)]

    def container(self, code, depth, place):
        if code in (b"(", b")"):
            size = self.take(1)[0] if code == b")" else self.size("tuple")
            return tuple(self.items(size, "tuple", depth))
        if code in (b"<", b">"):
            items = self.items(self.size("set"), "set", depth)
            return set(items) if code == b"<" else frozenset(items)
        if code not in (b"[", b"{"):
            raise ValueError("bad marshal data (unknown type code)")
        made = [] if code == b"[" else {}
        if place is not None:
            self.refs[place] = made
        if code == b"[":
            for _ in range(self.size("list")):
                made.append(self.item("list", depth))
        else:
            while (key := self.value(depth + 1)) is not _NULL:
                made[key] = self.item("dict", depth)
        return made


def dumps(value, version=version, /):
    """The bytes for a value."""
    out = []
    try:
        _write(value, out, version, 0)
    except RecursionError:
        raise ValueError("object too deeply nested to marshal") from None
    return b"".join(out)


def dump(value, file, version=version, /):
    """Write the bytes for a value to a file."""
    return file.write(dumps(value, version))


def loads(bytes, /):
    """The value for some bytes."""
    return _Reader(memoryview(bytes).tobytes()).value()


def load(file, /):
    """The next value in a file."""
    data = file.read()
    reader = _Reader(data)
    made = reader.value()
    if reader.at < len(data):
        # What is behind it belongs to the next one.
        file.seek(reader.at - len(data), 1)
    return made
