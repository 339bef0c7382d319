"""Python source text to tokens, line by line, comments included, and back."""

import itertools as _itertools
import re as _re
import token as _token
from builtins import open as _open
from collections import namedtuple as _namedtuple
from token import *
from token import EXACT_TOKEN_TYPES

__all__ = _token.__all__ + ["tokenize", "generate_tokens", "detect_encoding", "untokenize", "TokenInfo"]

tabsize = 8


class TokenError(Exception):
    """The text ends inside a string or a bracket."""


class TokenInfo(_namedtuple("TokenInfo", "type string start end line")):
    """A token: its kind, text, position, and the line it stands in."""

    def __repr__(self):
        shown = [f"{name}={value!r}" for name, value in zip(self._fields[1:], self[1:])]
        return f"TokenInfo(type={self.type} ({_token.tok_name[self.type]}), {', '.join(shown)})"

    @property
    def exact_type(self):
        """The kind, where operators have one each."""
        return EXACT_TOKEN_TYPES.get(self.string, self.type) if self.type == OP else self.type


_DIGITS = r"[0-9](?:_?[0-9])*"
_EXPONENT = rf"[eE][-+]?{_DIGITS}"
_FLOAT = rf"(?:(?:{_DIGITS}\.(?:{_DIGITS})?|\.{_DIGITS})(?:{_EXPONENT})?|{_DIGITS}{_EXPONENT})"
_INT = r"0[xX](?:_?[0-9a-fA-F])+|0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|(?:0(?:_?0)*|[1-9](?:_?[0-9])*)"
_NUMBER = rf"{_DIGITS}[jJ]|{_FLOAT}[jJ]|{_FLOAT}|{_INT}"
_PREFIX = r"(?:[bB][rR]?|[rR][bB]?|[uU]|[fF][rR]?|[rR][fF]|)"
_OPERATOR = "|".join(_re.escape(text) for text in sorted(EXACT_TOKEN_TYPES, reverse=True))

# What comes next, after white space. The alternatives are tried in this order.
_NEXT = _re.compile(
    rf"""[ \f\t]*(?:
      (?P<joined>\\\r?\n) | (?P<end>\Z) | (?P<comment>\#[^\r\n]*)
    | (?P<triple>{_PREFIX}(?:'''|\"\"\"))
    | (?P<number>{_NUMBER})
    | (?P<newline>\r?\n)
    | (?P<operator>{_OPERATOR})
    | (?P<string>{_PREFIX}(?:'[^\n'\\]*(?:\\.[^\n'\\]*)*(?:'|(?P<open>\\\r?\n))
                           |"[^\n"\\]*(?:\\.[^\n"\\]*)*(?:"|(?P<open2>\\\r?\n))))
    | (?P<name>\w+)
    )""",
    _re.VERBOSE,
)

# The rest of a string, up to its closing quotes.
_REST = {
    "'": _re.compile(r"[^'\\]*(?:\\.[^'\\]*)*'", _re.DOTALL),
    '"': _re.compile(r'[^"\\]*(?:\\.[^"\\]*)*"', _re.DOTALL),
    "'''": _re.compile(r"[^'\\]*(?:(?:\\.|'(?!''))[^'\\]*)*'''", _re.DOTALL),
    '"""': _re.compile(r'[^"\\]*(?:(?:\\.|"(?!""))[^"\\]*)*"""', _re.DOTALL),
}


class _OpenString:
    """A string that goes on in the next line."""

    def __init__(self, quotes, text, start, line):
        self.quotes = quotes
        self.text = text
        self.start = start
        self.line = line

    def add(self, line, number):
        """Take one more line; returns the token if the string ends there, and where."""
        if not line:
            raise TokenError("EOF in multi-line string", self.start)
        found = _REST[self.quotes].match(line)
        at = found.end() if found else len(line)
        self.text += line[:at]
        self.line += line
        kind = STRING
        if not found:
            if len(self.quotes) == 3 or line.endswith(("\\\n", "\\\r\n")):
                return None, at
            kind = ERRORTOKEN
        return TokenInfo(kind, self.text, self.start, (number, at), self.line), at


class _Scanner:
    def __init__(self):
        self.indents = [0]
        self.depth = 0
        self.joined = False
        self.string = None
        self.number = 0
        self.line = ""

    def token(self, kind, start, end):
        return TokenInfo(kind, self.line[start:end], (self.number, start), (self.number, end), self.line)

    def scan(self, lines):
        for line in lines:
            last, self.line = self.line, line
            self.number += 1
            at = 0
            if self.string is not None:
                made, at = self.string.add(line, self.number)
                if made is None:
                    continue
                self.string = None
                yield made
            elif self.depth == 0 and not self.joined:
                if not line:
                    break
                column, at = self.indentation()
                if at == len(line):
                    break
                if line[at] in "#\r\n":
                    end = len(line.rstrip("\r\n"))
                    if line[at] == "#":
                        yield self.token(COMMENT, at, end)
                        at = end
                    yield self.token(NL, at, len(line))
                    continue
                yield from self.blocks(column, at)
            elif not line:
                raise TokenError("EOF in multi-line statement", (self.number, 0))
            else:
                self.joined = False
            yield from self.rest(at)
        yield from self.finish(last)

    def indentation(self):
        column = 0
        for at, char in enumerate(self.line):
            if char == " ":
                column += 1
            elif char == "\t":
                column = (column // tabsize + 1) * tabsize
            elif char == "\f":
                column = 0
            else:
                return column, at
        return column, len(self.line)

    def blocks(self, column, at):
        if column > self.indents[-1]:
            self.indents.append(column)
            yield self.token(INDENT, 0, at)
        while column < self.indents[-1]:
            if column not in self.indents:
                raise IndentationError(
                    "unindent does not match any outer indentation level", ("<tokenize>", self.number, at, self.line)
                )
            self.indents.pop()
            yield self.token(DEDENT, at, at)

    def rest(self, at):
        line = self.line
        while at < len(line):
            found = _NEXT.match(line, at)
            if found is None:
                yield self.token(ERRORTOKEN, at, at + 1)
                at += 1
                continue
            kind = found.lastgroup
            if kind in ("open", "open2"):
                kind = "string"
            start, at = found.span(kind)
            if kind == "number":
                yield self.token(NUMBER, start, at)
            elif kind == "name":
                yield self.token(NAME, start, at)
            elif kind == "newline":
                yield self.token(NL if self.depth else NEWLINE, start, at)
            elif kind == "comment":
                yield self.token(COMMENT, start, at)
            elif kind == "operator":
                self.depth += (line[start] in "([{") - (line[start] in ")]}")
                yield self.token(OP, start, at)
            elif kind == "joined":
                self.joined = True
            elif kind == "triple":
                quotes = line[at - 3 : at]
                end = _REST[quotes].match(line, at)
                if end is None:
                    self.string = _OpenString(quotes, line[start:], (self.number, start), line)
                    return
                at = end.end()
                yield self.token(STRING, start, at)
            elif kind == "string":
                if line[at - 1] == "\n":
                    quote = line[start:].lstrip("bBrRuUfF")[0]
                    self.string = _OpenString(quote, line[start:], (self.number, start), line)
                    return
                yield self.token(STRING, start, at)

    def finish(self, last):
        if last and last[-1] not in "\r\n" and not last.strip().startswith("#"):
            row = self.number - 1
            yield TokenInfo(NEWLINE, "", (row, len(last)), (row, len(last) + 1), "")
        place = (self.number, 0)
        for _ in self.indents[1:]:
            yield TokenInfo(DEDENT, "", place, place, "")
        yield TokenInfo(ENDMARKER, "", place, place, "")


def _lines(readline, encoding=None):
    # At the end there are empty lines without end: the scanner stops by itself.
    while True:
        try:
            line = readline()
        except StopIteration:
            line = ""
        yield line.decode(encoding) if encoding is not None and line else line or ""


def tokenize(readline):
    """The tokens of lines of bytes that `readline` gives; the first one tells the encoding."""
    encoding, consumed = detect_encoding(readline)
    decoded = _lines(_itertools.chain(consumed, iter(readline, b"")).__next__, encoding)
    shown = "utf-8" if encoding == "utf-8-sig" else encoding
    yield TokenInfo(ENCODING, shown, (0, 0), (0, 0), "")
    yield from _Scanner().scan(decoded)


def generate_tokens(readline):
    """The tokens of lines of text that `readline` gives."""
    return _Scanner().scan(_lines(readline))


_COOKIE = _re.compile(r"[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)", _re.ASCII)
_BLANK = _re.compile(rb"[ \t\f]*(?:[#\r\n]|$)", _re.ASCII)


def _usual_name(name):
    short = name[:12].lower().replace("_", "-")
    for usual, others in (("utf-8", ("utf-8",)), ("iso-8859-1", ("latin-1", "iso-8859-1", "iso-latin-1"))):
        if short in others or short.startswith(tuple([other + "-" for other in others])):
            return usual
    return name


def detect_encoding(readline):
    """The encoding that a byte order mark or a comment in the first two lines tells, and the lines read so far."""
    filename = getattr(getattr(readline, "__self__", None), "name", None)
    place = "" if filename is None else f" for {filename!r}"

    def read():
        try:
            return readline()
        except StopIteration:
            return b""

    def told(line):
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError:
            raise SyntaxError(f"invalid or missing encoding declaration{place}") from None
        found = _COOKIE.match(text)
        if not found:
            return None
        name = _usual_name(found[1])
        try:
            "".encode(name)
        except LookupError:
            raise SyntaxError(f"unknown encoding{place}: {name}") from None
        if marked and name != "utf-8":
            raise SyntaxError(f"encoding problem{place}: utf-8")
        return name + "-sig" if marked else name

    first = read()
    marked = first.startswith(b"\xef\xbb\xbf")
    first = first[3:] if marked else first
    default = "utf-8-sig" if marked else "utf-8"
    if not first:
        return default, []
    encoding = told(first)
    if encoding or not _BLANK.match(first):
        return encoding or default, [first]
    second = read()
    if not second:
        return default, [first]
    return told(second) or default, [first, second]


def open(filename):
    """Open a source file for reading, in the encoding that it tells."""
    import io

    file = _open(filename, "rb")
    try:
        encoding, _ = detect_encoding(file.readline)
        file.seek(0)
        text = io.TextIOWrapper(file, encoding, line_buffering=True)
        text.mode = "r"
        return text
    except BaseException:
        file.close()
        raise


class Untokenizer:
    """Puts the text of tokens together."""

    def __init__(self):
        self.tokens = []
        self.prev_row = 1
        self.prev_col = 0
        self.encoding = None
        self._indents = []
        self._at_start = False
        self._after_string = False

    def add_whitespace(self, start):
        """Fill the gap before a token that starts there."""
        row, col = start
        if start < (self.prev_row, self.prev_col):
            raise ValueError(f"start ({row},{col}) precedes previous end ({self.prev_row},{self.prev_col})")
        if row > self.prev_row:
            self.tokens.append("\\\n" * (row - self.prev_row))
            self.prev_col = 0
        self.tokens.append(" " * (col - self.prev_col))

    def untokenize(self, iterable):
        """The text of all tokens; those of two items have no position."""
        tokens = iter(iterable)
        for token in tokens:
            if len(token) == 2:
                self.compat(token, tokens)
                break
            kind, text, start, end, _ = token
            if kind == ENDMARKER:
                break
            if self._silent(kind, text):
                if kind == DEDENT:
                    self.prev_row, self.prev_col = end
                continue
            if kind in (NEWLINE, NL):
                self._at_start = True
            elif self._at_start and self._indents:
                indent = self._indents[-1]
                if start[1] >= len(indent):
                    self.tokens.append(indent)
                    self.prev_col = len(indent)
                self._at_start = False
            self.add_whitespace(start)
            self.tokens.append(text)
            self.prev_row, self.prev_col = (end[0] + 1, 0) if kind in (NEWLINE, NL) else end
        return "".join(self.tokens)

    def _silent(self, kind, text):
        # Tokens that only change what is known.
        if kind == ENCODING:
            self.encoding = text
        elif kind == INDENT:
            self._indents.append(text)
        elif kind == DEDENT:
            self._indents.pop()
        return kind in (ENCODING, INDENT, DEDENT)

    def compat(self, token, iterable):
        """Add tokens without positions, with spaces where they are needed."""
        self._at_start = token[0] in (NEWLINE, NL)
        for kind, text, *_ in _itertools.chain([token], iterable):
            if kind == ENCODING:
                self.encoding = text
                continue
            if kind in (NAME, NUMBER):
                text += " "
            elif kind == STRING and self._after_string:
                text = " " + text
            self._after_string = kind == STRING
            if self._silent(kind, text):
                continue
            if kind in (NEWLINE, NL):
                self._at_start = True
            elif self._at_start and self._indents:
                self.tokens.append(self._indents[-1])
                self._at_start = False
            self.tokens.append(text)


def untokenize(iterable):
    """The source text of tokens: bytes if they tell an encoding."""
    maker = Untokenizer()
    text = maker.untokenize(iterable)
    return text if maker.encoding is None else text.encode(maker.encoding)


def main():
    """Print the tokens of a file or of standard input."""
    import argparse
    import sys

    parser = argparse.ArgumentParser(prog="python -m tokenize")
    parser.add_argument(
        dest="filename", nargs="?", metavar="filename.py", help="the file to tokenize; defaults to stdin"
    )
    parser.add_argument("-e", "--exact", dest="exact", action="store_true", help="display token names using the exact type")
    args = parser.parse_args()
    name = args.filename or "<stdin>"
    try:
        if args.filename:
            with _open(args.filename, "rb") as file:
                tokens = list(tokenize(file.readline))
        else:
            tokens = list(generate_tokens(sys.stdin.readline))
    except (IndentationError, TokenError) as error:
        message, place = error.args
        row, column = place[1:3] if isinstance(error, IndentationError) else place
        sys.exit(f"{name}:{row}:{column}: error: {message}")
    except (SyntaxError, OSError) as error:
        sys.exit(f"{name}: error: {error}" if isinstance(error, SyntaxError) else f"error: {error}")
    for token in tokens:
        kind = token.exact_type if args.exact else token.type
        place = "%d,%d-%d,%d:" % (token.start + token.end)
        print("%-20s%-15s%-15r" % (place, _token.tok_name[kind], token.string))


if __name__ == "__main__":
    main()
