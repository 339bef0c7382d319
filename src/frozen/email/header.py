"""Headers with characters that are not ASCII."""

import base64
import binascii
import re

from email.charset import BASE64, QP, Charset
from email.errors import HeaderParseError

__all__ = ["Header", "decode_header", "make_header"]

_word = re.compile(r"=\?([^?]*?)\?([qQbB])\?(.*?)\?=")
_MAX = 76
_QP_SAFE = set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!*+-/")


def _decode_word(encoding, text):
    if encoding in "qQ":
        return binascii.a2b_qp(text.replace("_", " "), header=True)
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error:
        raise HeaderParseError("Base64 decoding error")


def decode_header(header):
    """The parts of a header with their encodings: bytes, or text if no part has one."""
    if isinstance(header, Header):
        return [(bytes_or(text, charset), str(charset)) for text, charset in header._chunks]
    if not _word.search(header):
        return [(header, None)]
    parts = []
    for line in header.splitlines():
        at = 0
        for found in _word.finditer(line):
            between = line[at:found.start()] if at else line[:found.start()].lstrip()
            # White space between encoded words does not count.
            if between.strip() or (between and not parts):
                parts.append((between, None))
            parts.append((_decode_word(found[2], found[3]), found[1].lower()))
            at = found.end()
        rest = line[at:] if at else line.lstrip()
        if rest.strip():
            parts.append((rest, None))
    joined = []
    for data, charset in parts:
        data = data.encode("raw-unicode-escape") if isinstance(data, str) else data
        if joined and joined[-1][1] == charset:
            joined[-1] = joined[-1][0] + data, charset
        else:
            joined.append((data, charset))
    return joined


def bytes_or(text, charset):
    return text.encode(charset.output_codec, "surrogateescape")


def make_header(decoded_seq, maxlinelen=None, header_name=None, continuation_ws=" "):
    """A header of parts with their encodings."""
    made = Header(maxlinelen=maxlinelen, header_name=header_name, continuation_ws=continuation_ws)
    for text, charset in decoded_seq:
        made.append(text, charset if charset is None or isinstance(charset, Charset) else Charset(charset))
    return made


def encode_word(text, charset, bias=1):
    """A text as one or more encoded words, none of which is too long; quoted unless that is longer by `bias`."""
    data = text.encode(charset.output_codec, "surrogateescape")
    quoted = "".join(chr(b) if b in _QP_SAFE else "_" if b == 32 else f"={b:02X}" for b in data)
    encoded = base64.b64encode(data).decode("ascii")
    kind = charset.header_encoding
    if kind == QP or (kind != BASE64 and len(quoted) - len(encoded) < bias):
        mark, body = "q", quoted
    else:
        mark, body = "b", encoded
    word = f"=?{charset.output_charset}?{mark}?{body}?="
    if len(word) <= _MAX - 1 or len(text) < 2:
        return [word]
    half = len(text) // 2
    return encode_word(text[:half], charset, bias) + encode_word(text[half:], charset, bias)


class Header:
    """Parts of text with their encodings."""

    def __init__(
        self, s=None, charset=None, maxlinelen=None, header_name=None, continuation_ws=" ", errors="strict"
    ):
        self._charset = Charset("us-ascii" if charset is None else charset) if not isinstance(charset, Charset) else charset
        self._continuation = continuation_ws
        self._max = _MAX if maxlinelen is None else maxlinelen
        self._name = header_name
        self._chunks = []
        if s is not None:
            self.append(s, charset, errors)

    def append(self, s, charset=None, errors="strict"):
        """Add a part."""
        if charset is None:
            charset = self._charset
        elif not isinstance(charset, Charset):
            charset = Charset(charset)
        if isinstance(s, bytes):
            s = s.decode(charset.input_codec, errors)
        try:
            s.encode(charset.output_codec, errors)
        except UnicodeEncodeError:
            if charset != "us-ascii":
                raise
            charset = Charset("utf-8")
        self._chunks.append((s, charset))

    def __str__(self):
        text, last = "", None
        for part, charset in self._chunks:
            is_plain = charset == "us-ascii"
            if last is not None and (last == "us-ascii" or is_plain) and text and part:
                if not text[-1].isspace() and not part[0].isspace():
                    text += " "
            text += part
            last = charset
        return text

    def __eq__(self, other):
        return other == str(self)

    def encode(self, splitchars=";, \t", maxlinelen=None, linesep="\n"):
        """The header as it is written, on several lines if it is long."""
        limit = self._max if maxlinelen is None else maxlinelen
        words = []
        for part, charset in self._chunks:
            if charset.header_encoding is None or (charset == "us-ascii"):
                words.extend(word for word in re.split(r"(?<=\S)(?=\s)", part) if word)
            else:
                words.extend(encode_word(part, charset))
        lines, room = [""], (limit or 10 ** 9) - len(self._name or "") - 2
        for word in words:
            glue = "" if not lines[-1] or word[:1].isspace() or lines[-1][-1:].isspace() else " "
            if limit and len(lines[-1]) + len(glue) + len(word) > room and (lines[-1] or self._name):
                lines.append(self._continuation + word.lstrip())
                room = limit
            else:
                lines[-1] += glue + word
        return linesep.join(lines)
