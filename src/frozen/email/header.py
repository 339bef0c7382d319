"""Headers with characters that are not ASCII, and how long ones are written on several lines."""
import binascii
import re

import email.base64mime
import email.quoprimime
from email import charset as _charset
from email.charset import Charset
from email.errors import HeaderParseError

__all__ = ["Header", "decode_header", "make_header"]

NL, SPACE, BSPACE = "\n", " ", b" "
MAXLINELEN = 78
USASCII, UTF8 = Charset("us-ascii"), Charset("utf-8")
ecre = re.compile(r"=\?(?P<charset>[^?]*?)\?(?P<encoding>[qQbB])\?(?P<encoded>.*?)\?=")
# Something that would be a header of its own.
_embedded_header = re.compile(r"\n[^ \t]+:")
_PLAIN = None, "us-ascii"


def _decode_word(encoding, text):
    if encoding == "q":
        return email.quoprimime.header_decode(text)
    try:
        return email.base64mime.decode(text + "=" * (-len(text) % 4))
    except binascii.Error:
        raise HeaderParseError("Base64 decoding error") from None


def decode_header(header):
    """The parts of a header with their encodings: bytes, or text if no part has one."""
    if hasattr(header, "_chunks"):
        return [(_charset._encode(text, str(charset)), str(charset)) for text, charset in header._chunks]
    if not ecre.search(header):
        return [(header, None)]
    # Text, encoding of characters, encoding of bytes.
    words = []
    for line in header.splitlines():
        first, *rest = ecre.split(line)
        if first.lstrip():
            words.append((first.lstrip(), None, None))
        for charset, encoding, text, after in zip(*[iter(rest)] * 4):
            words.append((text, charset.lower(), encoding.lower()))
            if after:
                words.append((after, None, None))
    # White space between encoded words does not count.
    kept = [
        word for i, word in enumerate(words)
        if not (word[1] is None and word[0].isspace() and 0 < i < len(words) - 1 and words[i - 1][1] and words[i + 1][1])
    ]
    joined = []
    for text, charset, encoding in kept:
        data = text if encoding is None else _decode_word(encoding, text)
        if isinstance(data, str):
            data = bytes(data, "raw-unicode-escape")
        if joined and joined[-1][1] == charset:
            joined[-1] = joined[-1][0] + (BSPACE if charset is None else b"") + data, charset
        else:
            joined.append((data, charset))
    return joined


def make_header(decoded_seq, maxlinelen=None, header_name=None, continuation_ws=" "):
    """A header of parts with their encodings."""
    made = Header(maxlinelen=maxlinelen, header_name=header_name, continuation_ws=continuation_ws)
    for text, charset in decoded_seq:
        made.append(text, charset if charset is None or isinstance(charset, Charset) else Charset(charset))
    return made


def _parts_words(char):
    return char.isspace() or char in ("(", ")", "\\")


class Header:
    """Parts of text with their encodings."""

    def __init__(self, s=None, charset=None, maxlinelen=None, header_name=None, continuation_ws=" ", errors="strict"):
        if charset is None:
            charset = USASCII
        elif not isinstance(charset, Charset):
            charset = Charset(charset)
        self._charset = charset
        self._continuation_ws = continuation_ws
        self._chunks = []
        if s is not None:
            self.append(s, charset, errors)
        self._maxlinelen = MAXLINELEN if maxlinelen is None else maxlinelen
        self._headerlen = 0 if header_name is None else len(header_name) + 2

    def append(self, s, charset=None, errors="strict"):
        """Add a part."""
        if charset is None:
            charset = self._charset
        elif not isinstance(charset, Charset):
            charset = Charset(charset)
        if not isinstance(s, str):
            codec = charset.input_codec or "us-ascii"
            s = s.decode("us-ascii", "surrogateescape") if codec == _charset.UNKNOWN8BIT else s.decode(codec, errors)
        codec = charset.output_codec or "us-ascii"
        if codec != _charset.UNKNOWN8BIT:
            try:
                s.encode(codec, errors)
            except UnicodeEncodeError:
                if codec != "us-ascii":
                    raise
                charset = UTF8
        self._chunks.append((s, charset))

    def _normalize(self):
        """Neighbours in the same encoding become one part."""
        chunks = []
        for text, charset in self._chunks:
            if chunks and charset == chunks[-1][1]:
                chunks[-1] = chunks[-1][0] + SPACE + text, charset
            else:
                chunks.append((text, charset))
        self._chunks = chunks

    def __str__(self):
        self._normalize()
        text, last, spaced = [], None, None
        for part, charset in self._chunks:
            now = charset
            if now == _charset.UNKNOWN8BIT:
                part = part.encode("ascii", "surrogateescape").decode("ascii", "replace")
            if text:
                starts = part and _parts_words(part[0])
                if last not in _PLAIN:
                    if now in _PLAIN and not starts:
                        text.append(SPACE)
                        now = None
                elif now not in _PLAIN and not spaced:
                    text.append(SPACE)
            spaced = part and _parts_words(part[-1])
            last = now
            text.append(part)
        return "".join(text)

    def __eq__(self, other):
        return other == str(self)

    def encode(self, splitchars=";, \t", maxlinelen=None, linesep="\n"):
        """The header as it is written, on several lines if it is long. Lines end after one of `splitchars`, the first
        of them that occurs."""
        self._normalize()
        limit = self._maxlinelen if maxlinelen is None else maxlinelen
        lines = _Lines(self._headerlen, limit or 1000000, self._continuation_ws, splitchars)
        last = spaced = None
        begun = False
        for part, charset in self._chunks:
            if begun:
                starts = part and _parts_words(part[0])
                if last not in _PLAIN:
                    if not starts or charset not in _PLAIN:
                        lines.gap()
                elif charset not in _PLAIN and not spaced:
                    lines.gap()
            begun = True
            spaced = part and _parts_words(part[-1])
            last = charset
            first, *others = part.splitlines() or [""]
            lines.add("", first, charset)
            for line in others:
                lines.end()
                text = line.lstrip()
                if charset.header_encoding is not None:
                    lines.add(self._continuation_ws, " " + text, charset)
                else:
                    lines.add(line[: len(line) - len(text)], text, charset)
            if others:
                lines.end()
        if self._chunks:
            lines.gap()
        lines.end()
        value = linesep.join(lines.done)
        if _embedded_header.search(value):
            raise HeaderParseError(f"header value appears to contain an embedded header: {value!r}")
        return value


class _Lines:
    """The lines of a header in the making. The one that is not done is a list of words, each with the space before."""

    def __init__(self, used, limit, continuation, splitchars):
        self.done = []
        self.words = []
        # What the name of the header takes of the first line.
        self.used = used
        self.limit, self.continuation, self.splitchars = limit, continuation, splitchars

    def _size(self):
        return self.used + sum(len(space) + len(word) for space, word in self.words)

    def _text(self):
        return "".join(space + word for space, word in self.words)

    def gap(self):
        """A space comes next."""
        self.words.append((" ", ""))

    def end(self):
        """The line is done. A gap at its end is dropped."""
        if self.words and self.words[-1] == (" ", ""):
            self.words.pop()
        if self._size() > 0:
            text = self._text()
            if not self.used and (not text or text.isspace()) and self.done:
                self.done[-1] += text
            else:
                self.done.append(text)
        self.words, self.used = [], 0

    def _room(self):
        yield self.limit - self._size()
        while True:
            yield self.limit - len(self.continuation)

    def add(self, space, text, charset):
        """Adds text, in an encoding."""
        if charset.header_encoding is None:
            parts = re.split("([ \t]+)", space + text)
            if parts[0]:
                self._push("", parts[0])
            for gap, word in zip(parts[1::2], parts[2::2]):
                self._push(gap, word)
            return
        words = charset.header_encode_lines(text, self._room())
        if not words:
            return
        if words[0] is not None:
            self._push(space, words[0])
        if len(words) > 1:
            self.end()
            self.done += [self.continuation + word for word in words[1:-1]]
            self.words.append((self.continuation, words[-1]))

    def _split_point(self):
        """Where the line is best broken: before the word with this index; None if nowhere."""
        for char in self.splitchars:
            for i in range(len(self.words) - 1, 0, -1):
                space, before = self.words[i][0], self.words[i - 1][1]
                if (char.isspace() and space[:1] == char) or before[-1:] == char:
                    return i
        return None

    def _push(self, space, word):
        self.words.append((space, word))
        if self._size() <= self.limit:
            return
        at = self._split_point()
        if at is not None:
            rest = self.words[at:]
            del self.words[at:]
            self.done.append(self._text())
            self.words, self.used = rest, 0
        elif self.used > 0:
            # The name of the header stands on a line by itself.
            self.words.pop()
            self.end()
            self.words.append((space or " ", word))
