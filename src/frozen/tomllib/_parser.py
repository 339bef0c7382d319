"""A parser of TOML: a line after the other, each a key with its value or the name of a table."""

from datetime import date, datetime, time, timedelta, timezone
import re

_SPACE = " \t"
_CONTROLS = frozenset(map(chr, [*range(32), 127])) - {"\t"}
_MULTILINE_CONTROLS = _CONTROLS - {"\n"}
_ESCAPES = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", '"': '"', "\\": "\\"}

_bare_key = re.compile(r"[A-Za-z0-9_-]+")
_spaces = re.compile(r"[ \t]*")
_TIME = r"([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.(\d{1,6})\d*)?"
_time = re.compile(_TIME, re.ASCII)
_datetime = re.compile(
    rf"(\d{{4}})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?:[Tt ]{_TIME}(?:([Zz])|([+-])([01]\d|2[0-3]):([0-5]\d))?)?",
    re.ASCII,
)
_number = re.compile(
    r"0(?:x[0-9A-Fa-f](?:_?[0-9A-Fa-f])*|b[01](?:_?[01])*|o[0-7](?:_?[0-7])*)"
    r"|[+-]?(?:0|[1-9](?:_?[0-9])*)(?P<float>(?:\.[0-9](?:_?[0-9])*)?(?:[eE][+-]?[0-9](?:_?[0-9])*)?)"
)
_special = re.compile(r"[+-]?(?:inf|nan)")


class TOMLDecodeError(ValueError):
    """A text is no TOML."""


def load(fp, /, *, parse_float=float):
    """What a file, opened as a binary one, holds."""
    data = fp.read()
    try:
        text = data.decode()
    except AttributeError:
        raise TypeError("File must be opened in binary mode, e.g. use `open('foo.toml', 'rb')`") from None
    return loads(text, parse_float=parse_float)


def loads(s, /, *, parse_float=float):
    """What a text holds."""
    # Line ends are all the same.
    return _Parser(s.replace("\r\n", "\n"), parse_float).document()


class _Tables:
    """The result, and what may no more be changed in it."""

    def __init__(self):
        self.root = {}
        # Names of tables that were defined, and of values that are whole.
        self.defined = set()
        self.whole = set()

    def is_whole(self, key):
        return any(key[:i] in self.whole for i in range(1, len(key) + 1))

    def forget(self, key):
        """What was said about a table says nothing about the next one of this name."""
        for names in (self.defined, self.whole):
            names.difference_update([other for other in names if other[:len(key)] == key])

    def table(self, key, through_lists=True):
        """The table of this name, made if it is not there; KeyError if something else is."""
        at = self.root
        for part in key:
            at = at.setdefault(part, {})
            if through_lists and isinstance(at, list):
                at = at[-1]
            if not isinstance(at, dict):
                raise KeyError(part)
        return at


class _Parser:
    def __init__(self, text, parse_float):
        self.text = text
        self.at = 0
        self.make_float = parse_float
        self.tables = _Tables()

    def parse_float(self, text):
        value = self.make_float(text)
        if isinstance(value, (dict, list)):
            raise ValueError("parse_float must not return dicts or lists")
        return value

    def error(self, message, at=None):
        at = self.at if at is None else at
        if at >= len(self.text):
            where = "end of document"
        else:
            line = self.text.count("\n", 0, at) + 1
            where = f"line {line}, column {at - self.text.rfind(chr(10), 0, at)}"
        return TOMLDecodeError(f"{message} (at {where})")

    @property
    def char(self):
        return self.text[self.at:self.at + 1]

    def skip_space(self):
        self.at = _spaces.match(self.text, self.at).end()

    def accept(self, text):
        """Go over a text if it stands here."""
        if not self.text.startswith(text, self.at):
            return False
        self.at += len(text)
        return True

    def until(self, text, illegal, must=True):
        """What stands before a text; goes there."""
        start = self.at
        end = self.text.find(text, start)
        if end < 0:
            end = len(self.text)
            if must:
                raise self.error(f"Expected {text!r}", end)
        for i in range(start, end):
            if self.text[i] in illegal:
                raise self.error(f"Found invalid character {self.text[i]!r}", i)
        self.at = end
        return self.text[start:end]

    def skip_comment(self):
        if self.accept("#"):
            self.until("\n", _CONTROLS, must=False)

    # Lines.

    def document(self):
        header, dotted = (), set()
        while True:
            self.skip_space()
            if self.at >= len(self.text):
                break
            if self.accept("\n"):
                continue
            if self.char == "[":
                # Tables made by dotted keys are complete where the next one starts.
                self.tables.defined |= dotted
                dotted.clear()
                header = self.array_header() if self.text.startswith("[[", self.at) else self.table_header()
                self.skip_space()
            elif self.char in ("'", '"') or _bare_key.match(self.text, self.at):
                self.assignment(header, dotted)
                self.skip_space()
            elif self.char != "#":
                raise self.error("Invalid statement")
            self.skip_comment()
            if self.at < len(self.text) and not self.accept("\n"):
                raise self.error("Expected newline or end of document after a statement")
        return self.tables.root

    def table_header(self):
        self.at += 1
        self.skip_space()
        key = self.key()
        tables = self.tables
        if key in tables.defined or tables.is_whole(key):
            raise self.error(f"Cannot declare {key} twice")
        tables.defined.add(key)
        try:
            tables.table(key)
        except KeyError:
            raise self.error("Cannot overwrite a value") from None
        if not self.accept("]"):
            raise self.error("Expected ']' at the end of a table declaration")
        return key

    def array_header(self):
        self.at += 2
        self.skip_space()
        key = self.key()
        tables = self.tables
        if tables.is_whole(key):
            raise self.error(f"Cannot mutate immutable namespace {key}")
        tables.forget(key)
        tables.defined.add(key)
        try:
            items = tables.table(key[:-1]).setdefault(key[-1], [])
        except KeyError:
            items = None
        if not isinstance(items, list):
            raise self.error("Cannot overwrite a value")
        items.append({})
        if not self.accept("]]"):
            raise self.error("Expected ']]' at the end of an array declaration")
        return key

    def assignment(self, header, dotted):
        key, value = self.pair()
        tables = self.tables
        for i in range(1, len(key)):
            inner = header + key[:i]
            if inner in tables.defined:
                raise self.error(f"Cannot redefine namespace {inner}")
            dotted.add(inner)
        parent = header + key[:-1]
        if tables.is_whole(parent):
            raise self.error(f"Cannot mutate immutable namespace {parent}")
        self.store(tables, parent, key[-1], value, "Cannot overwrite a value")
        if isinstance(value, (dict, list)):
            tables.whole.add(header + key)

    def store(self, tables, parent, name, value, message, through_lists=True):
        try:
            table = tables.table(parent, through_lists)
        except KeyError:
            raise self.error("Cannot overwrite a value") from None
        if name in table:
            raise self.error(message)
        table[name] = value

    def pair(self):
        key = self.key()
        if not self.accept("="):
            raise self.error("Expected '=' after a key in a key/value pair")
        self.skip_space()
        return key, self.value()

    def key(self):
        parts = []
        while True:
            parts.append(self.key_part())
            self.skip_space()
            if not self.accept("."):
                return tuple(parts)
            self.skip_space()

    def key_part(self):
        found = _bare_key.match(self.text, self.at)
        if found:
            self.at = found.end()
            return found.group()
        if self.char == "'":
            return self.literal()
        if self.accept('"'):
            return self.basic(multiline=False)
        raise self.error("Invalid initial character for a key part")

    # Values.

    def value(self):
        text, char = self.text, self.char
        if char == '"':
            if self.accept('"""'):
                return self.multiline('"')
            self.at += 1
            return self.basic(multiline=False)
        if char == "'":
            return self.multiline("'") if self.accept("'''") else self.literal()
        if self.accept("true"):
            return True
        if self.accept("false"):
            return False
        if char == "[":
            return self.array()
        if char == "{":
            return self.inline_table()
        for pattern, make in ((_datetime, self.moment), (_time, self.clock), (_number, self.number), (_special, None)):
            found = pattern.match(text, self.at)
            if found:
                value = make(found) if make else self.parse_float(found.group())
                self.at = found.end()
                return value
        raise self.error("Invalid value")

    def array(self):
        self.at += 1
        items = []
        while True:
            self.skip_lines()
            if self.accept("]"):
                return items
            items.append(self.value())
            self.skip_lines()
            if self.accept("]"):
                return items
            if not self.accept(","):
                raise self.error("Unclosed array")

    def skip_lines(self):
        """White space, line ends and comments."""
        while True:
            start = self.at
            self.skip_space()
            self.accept("\n")
            self.skip_comment()
            if self.at == start:
                return

    def inline_table(self):
        self.at += 1
        tables = _Tables()
        self.skip_space()
        if self.accept("}"):
            return tables.root
        while True:
            key, value = self.pair()
            if tables.is_whole(key):
                raise self.error(f"Cannot mutate immutable namespace {key}")
            self.store(tables, key[:-1], key[-1], value, f"Duplicate inline table key {key[-1]!r}", False)
            self.skip_space()
            if self.accept("}"):
                return tables.root
            if not self.accept(","):
                raise self.error("Unclosed inline table")
            if isinstance(value, (dict, list)):
                tables.whole.add(key)
            self.skip_space()

    def moment(self, found):
        year, month, day, hour, minute, second, fraction, zulu, sign, hours, minutes = found.groups()
        try:
            if hour is None:
                return date(int(year), int(month), int(day))
            zone = None
            if sign:
                offset = timedelta(hours=int(hours), minutes=int(minutes))
                zone = timezone(-offset if sign == "-" else offset)
            elif zulu:
                zone = timezone.utc
            micro = int((fraction or "0").ljust(6, "0"))
            return datetime(int(year), int(month), int(day), int(hour), int(minute), int(second), micro, zone)
        except ValueError as e:
            raise self.error("Invalid date or datetime") from e

    def clock(self, found):
        hour, minute, second, fraction = found.groups()
        return time(int(hour), int(minute), int(second), int((fraction or "0").ljust(6, "0")))

    def number(self, found):
        return self.parse_float(found.group()) if found["float"] else int(found.group(), 0)

    # Strings.

    def literal(self):
        self.at += 1
        text = self.until("'", _CONTROLS)
        self.at += 1
        return text

    def multiline(self, quote):
        self.accept("\n")
        if quote == "'":
            text = self.until("'''", _MULTILINE_CONTROLS)
            self.at += 3
        else:
            text = self.basic(multiline=True)
        # Up to two quotes may stand before the closing ones.
        for _ in range(2):
            if self.accept(quote):
                text += quote
        return text

    def basic(self, multiline):
        """A string with escapes; goes behind its end."""
        illegal = _MULTILINE_CONTROLS if multiline else _CONTROLS
        parts, start = [], self.at
        while True:
            char = self.char
            if not char:
                raise self.error("Unterminated string")
            if char == '"' and (not multiline or self.text.startswith('"""', self.at)):
                parts.append(self.text[start:self.at])
                self.at += 3 if multiline else 1
                return "".join(parts)
            if char == "\\":
                parts.append(self.text[start:self.at])
                parts.append(self.escape(multiline))
                start = self.at
                continue
            if char in illegal:
                raise self.error(f"Illegal character {char!r}")
            self.at += 1

    def escape(self, multiline):
        kind = self.text[self.at + 1:self.at + 2]
        self.at += 2
        if multiline and kind and kind in " \t\n":
            return self.line_end(kind)
        if kind in ("u", "U"):
            return self.code(4 if kind == "u" else 8)
        if kind not in _ESCAPES:
            raise self.error("Unescaped '\\' in a string")
        return _ESCAPES[kind]

    def line_end(self, kind):
        """A backslash at the end of a line: the white space that follows is not part of the string."""
        if kind != "\n":
            self.skip_space()
            if self.at >= len(self.text):
                return ""
            if not self.accept("\n"):
                raise self.error("Unescaped '\\' in a string")
        while self.char and self.char in _SPACE + "\n":
            self.at += 1
        return ""

    def code(self, size):
        digits = self.text[self.at:self.at + size]
        if len(digits) != size or not set("0123456789abcdefABCDEF").issuperset(digits):
            raise self.error("Invalid hex value")
        self.at += size
        code = int(digits, 16)
        if 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
            raise self.error("Escaped character is not a Unicode scalar value")
        return chr(code)
