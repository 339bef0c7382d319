"""Encodings of text in messages, and how they are written."""
from functools import partial

import email.base64mime
import email.quoprimime
from email import errors

__all__ = ["Charset", "add_alias", "add_charset", "add_codec"]

QP = 1
BASE64 = 2
SHORTEST = 3
# What an encoded word has more than the name of its encoding and the text.
RFC2047_CHROME_LEN = 7
DEFAULT_CHARSET = "us-ascii"
UNKNOWN8BIT = "unknown-8bit"
EMPTYSTRING = ""

# How headers and bodies are written, and in which encoding.
CHARSETS = {
    **{f"iso-8859-{n}": (QP, QP, None) for n in (1, 2, 3, 4, 9, 10, 13, 14, 15, 16)},
    "windows-1252": (QP, QP, None),
    "viscii": (QP, QP, None),
    "us-ascii": (None, None, None),
    "big5": (BASE64, BASE64, None),
    "gb2312": (BASE64, BASE64, None),
    "euc-jp": (BASE64, None, "iso-2022-jp"),
    "shift_jis": (BASE64, None, "iso-2022-jp"),
    "iso-2022-jp": (BASE64, None, None),
    "koi8-r": (BASE64, BASE64, None),
    "utf-8": (SHORTEST, BASE64, "utf-8"),
}
ALIASES = {
    **{f"latin{mark}{n}": f"iso-8859-{part}" for mark in "_-"
       for n, part in ((1, 1), (2, 2), (3, 3), (4, 4), (5, 9), (6, 10), (7, 13), (8, 14), (9, 15), (10, 16))},
    "cp949": "ks_c_5601-1987", "euc_jp": "euc-jp", "euc_kr": "euc-kr", "ascii": "us-ascii",
}
# The codecs of encodings that Python calls otherwise.
CODEC_MAP = {"gb2312": "eucgb2312_cn", "big5": "big5_tw", "us-ascii": None}


def add_charset(charset, header_enc=None, body_enc=None, output_charset=None):
    """Say how an encoding is written."""
    if body_enc == SHORTEST:
        raise ValueError("SHORTEST not allowed for body_enc")
    CHARSETS[charset] = header_enc, body_enc, output_charset


def add_alias(alias, canonical):
    """Say that an encoding has another name."""
    ALIASES[alias] = canonical


def add_codec(charset, codecname):
    """Say which codec an encoding is."""
    CODEC_MAP[charset] = codecname


def _encode(string, codec):
    if codec == UNKNOWN8BIT:
        return string.encode("ascii", "surrogateescape")
    return string.encode(codec)


class Charset:
    """An encoding."""

    def __init__(self, input_charset=DEFAULT_CHARSET):
        try:
            if isinstance(input_charset, str):
                input_charset.encode("ascii")
            else:
                input_charset = str(input_charset, "ascii")
        except UnicodeError:
            raise errors.CharsetError(input_charset) from None
        input_charset = input_charset.lower()
        self.input_charset = ALIASES.get(input_charset, input_charset)
        self.header_encoding, self.body_encoding, output = CHARSETS.get(self.input_charset, (SHORTEST, BASE64, None))
        output = output or self.input_charset
        self.output_charset = ALIASES.get(output, output)
        self.input_codec = CODEC_MAP.get(self.input_charset, self.input_charset)
        self.output_codec = CODEC_MAP.get(self.output_charset, self.output_charset)

    def __repr__(self):
        return self.input_charset.lower()

    def __eq__(self, other):
        return str(self) == str(other).lower()

    __hash__ = None

    def get_output_charset(self):
        """The encoding in which text is written."""
        return self.output_charset or self.input_charset

    def get_body_encoding(self):
        """What the transfer encoding of a body is called, or a function that sets it."""
        if self.body_encoding == QP:
            return "quoted-printable"
        if self.body_encoding == BASE64:
            return "base64"
        from email.encoders import encode_7or8bit

        return encode_7or8bit

    def _get_encoder(self, header_bytes):
        if self.header_encoding == SHORTEST:
            shorter = email.base64mime.header_length(header_bytes) < email.quoprimime.header_length(header_bytes)
            return email.base64mime if shorter else email.quoprimime
        return {BASE64: email.base64mime, QP: email.quoprimime}.get(self.header_encoding)

    def header_encode(self, string):
        """A text as an encoded word."""
        codec = self.output_codec or "us-ascii"
        header_bytes = _encode(string, codec)
        encoder = self._get_encoder(header_bytes)
        return string if encoder is None else encoder.header_encode(header_bytes, codec)

    def header_encode_lines(self, string, maxlengths):
        """A text as encoded words, none longer than is allowed in its place; the first is None if it has no room."""
        codec = self.output_codec or "us-ascii"
        charset = self.get_output_charset()
        encoder = self._get_encoder(_encode(string, codec))
        encode = partial(encoder.header_encode, charset=codec)
        chrome = len(charset) + RFC2047_CHROME_LEN
        words, text = [], ""
        room = next(maxlengths) - chrome
        for char in string:
            if encoder.header_length(_encode(text + char, charset)) > room:
                words.append(encode(_encode(text, codec)) if words or text else None)
                text = ""
                room = next(maxlengths) - chrome
            text += char
        words.append(encode(_encode(text, codec)))
        return words

    def body_encode(self, string):
        """A body as it is written."""
        if not string:
            return string
        if isinstance(string, str):
            string = string.encode(self.output_charset)
            if self.body_encoding not in (QP, BASE64):
                return string.decode("ascii")
        if self.body_encoding == BASE64:
            return email.base64mime.body_encode(string)
        if self.body_encoding == QP:
            return email.quoprimime.body_encode(string.decode("latin1"))
        return string
