"""Property lists as XML, which macOS keeps settings in."""

import binascii
import datetime
import enum
import io
import itertools
import re
from xml.parsers.expat import ParserCreate

__all__ = ["InvalidFileException", "FMT_XML", "FMT_BINARY", "load", "dump", "loads", "dumps", "UID"]


class PlistFormat(enum.Enum):
    FMT_XML = 1
    FMT_BINARY = 2


FMT_XML, FMT_BINARY = PlistFormat

_HEADER = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n'
)
_control = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_date = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d)(?::(\d\d)(?::(\d\d))?)?)?)?)?Z", re.ASCII)


class InvalidFileException(ValueError):
    """A file is no property list of a known format."""

    def __init__(self, message="Invalid file"):
        super().__init__(message)


class UID:
    """A reference in an archive of objects."""

    def __init__(self, data):
        if not isinstance(data, int):
            raise TypeError("data must be an int")
        if data >= 1 << 64:
            raise ValueError("UIDs cannot be >= 2**64")
        if data < 0:
            raise ValueError("UIDs must be positive")
        self.data = data

    def __index__(self):
        return self.data

    def __repr__(self):
        return f"{type(self).__name__}({self.data!r})"

    def __reduce__(self):
        return type(self), (self.data,)

    def __eq__(self, other):
        return self.data == other.data if isinstance(other, UID) else NotImplemented

    def __hash__(self):
        return hash(self.data)


class _Reader:
    """Makes objects of what the parser finds."""

    def __init__(self, dict_type):
        self.dict_type = dict_type
        self.open = []
        self.key = None
        self.root = None
        self.text = []
        self.parser = ParserCreate()
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text.append
        self.parser.EntityDeclHandler = self.entity

    def entity(self, *args):
        # They could make a small file very large.
        raise InvalidFileException("XML entity declarations are not supported in plist files")

    def start(self, name, attributes):
        self.text.clear()
        if name in ("dict", "array"):
            made = self.dict_type() if name == "dict" else []
            self.add(made)
            self.open.append(made)

    def add(self, value):
        if self.key is not None:
            if not isinstance(self.open[-1], dict):
                raise ValueError(f"unexpected element at line {self.parser.CurrentLineNumber}")
            self.open[-1][self.key] = value
            self.key = None
        elif not self.open:
            self.root = value
        elif isinstance(self.open[-1], list):
            self.open[-1].append(value)
        else:
            raise ValueError(f"unexpected element at line {self.parser.CurrentLineNumber}")

    def end(self, name):
        text = "".join(self.text)
        self.text.clear()
        if name == "key":
            if self.key is not None or not isinstance(self.open[-1], dict):
                raise ValueError(f"unexpected key at line {self.parser.CurrentLineNumber}")
            self.key = text
        elif name == "dict":
            if self.key is not None:
                raise ValueError(f"missing value for key '{self.key}' at line {self.parser.CurrentLineNumber}")
            self.open.pop()
        elif name == "array":
            self.open.pop()
        elif name in ("true", "false"):
            self.add(name == "true")
        elif name == "integer":
            self.add(int(text, 16) if text.lower().startswith(("0x", "-0x")) else int(text))
        elif name == "real":
            self.add(float(text))
        elif name == "string":
            self.add(text)
        elif name == "data":
            self.add(binascii.a2b_base64(text.encode("utf-8")))
        elif name == "date":
            fields = [int(part) for part in _date.match(text).groups() if part is not None]
            self.add(datetime.datetime(*fields))


def load(fp, *, fmt=None, dict_type=dict):
    """What a file of bytes holds."""
    data = fp.read()
    start = data.lstrip()[:6]
    if fmt is FMT_BINARY or data.startswith(b"bplist00"):
        raise InvalidFileException("binary property lists are not supported")
    if fmt is None and not start.startswith((b"<?xml", b"<plist", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        raise InvalidFileException()
    reader = _Reader(dict_type)
    reader.parser.Parse(data, True)
    return reader.root


def loads(value, *, fmt=None, dict_type=dict):
    """What some bytes hold."""
    return load(io.BytesIO(value), fmt=fmt, dict_type=dict_type)


def _escape(text):
    found = _control.search(text)
    if found is not None:
        raise ValueError("strings can't contain control characters; use bytes instead")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


class _Writer:
    """The lines of a property list."""

    def __init__(self, sort_keys, skipkeys):
        self.sort_keys = sort_keys
        self.skipkeys = skipkeys
        self.lines = []

    def line(self, text, depth):
        self.lines.append("\t" * depth + text)

    def value(self, value, depth):
        if isinstance(value, str):
            self.line(f"<string>{_escape(value)}</string>", depth)
        elif isinstance(value, bool):
            self.line("<true/>" if value else "<false/>", depth)
        elif isinstance(value, int):
            if not -1 << 63 <= value < 1 << 64:
                raise OverflowError(value)
            self.line(f"<integer>{value}</integer>", depth)
        elif isinstance(value, float):
            self.line(f"<real>{value!r}</real>", depth)
        elif isinstance(value, dict):
            self.dictionary(value, depth)
        elif isinstance(value, (bytes, bytearray)):
            self.data(value, depth)
        elif isinstance(value, datetime.datetime):
            self.line(f"<date>{value:%Y-%m-%dT%H:%M:%SZ}</date>", depth)
        elif isinstance(value, (tuple, list)):
            self.array(value, depth)
        else:
            raise TypeError(f"unsupported type: {type(value)}")

    def dictionary(self, value, depth):
        if not value:
            self.line("<dict/>", depth)
            return
        self.line("<dict>", depth)
        for key, item in sorted(value.items()) if self.sort_keys else value.items():
            if not isinstance(key, str):
                if self.skipkeys:
                    continue
                raise TypeError("keys must be strings")
            self.line(f"<key>{_escape(key)}</key>", depth + 1)
            self.value(item, depth + 1)
        self.line("</dict>", depth)

    def array(self, value, depth):
        if not value:
            self.line("<array/>", depth)
            return
        self.line("<array>", depth)
        for item in value:
            self.value(item, depth + 1)
        self.line("</array>", depth)

    def data(self, value, depth):
        self.line("<data>", depth)
        width = max(16, 76 - 8 * depth) // 4 * 3
        for i in itertools.takewhile(lambda i: i < len(value), itertools.count(0, width)):
            self.line(binascii.b2a_base64(value[i:i + width], newline=False).decode(), depth)
        self.line("</data>", depth)


def dumps(value, *, fmt=FMT_XML, skipkeys=False, sort_keys=True):
    """An object as a property list, in bytes."""
    if fmt is not FMT_XML:
        raise ValueError(f"Unsupported format: {fmt!r}")
    writer = _Writer(sort_keys, skipkeys)
    writer.value(value, 0)
    text = "\n".join(['<plist version="1.0">', *writer.lines, "</plist>", ""])
    return (_HEADER + text).encode("utf-8")


def dump(value, fp, *, fmt=FMT_XML, sort_keys=True, skipkeys=False):
    """Write an object as a property list to a file of bytes."""
    if not hasattr(fp, "write"):
        raise AttributeError(f"{type(fp).__name__!r} object has no attribute 'write'")
    fp.write(dumps(value, fmt=fmt, skipkeys=skipkeys, sort_keys=sort_keys))
