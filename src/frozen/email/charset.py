"""Encodings of text in messages, and how they are written."""

__all__ = ["Charset", "add_alias", "add_charset", "add_codec"]

QP = 1
BASE64 = 2
SHORTEST = 3
DEFAULT_CHARSET = "us-ascii"
UNKNOWN8BIT = "unknown-8bit"

# How headers and bodies are written.
CHARSETS = {
    **{f"iso-8859-{n}": (QP, QP) for n in (1, 2, 3, 4, 9, 10, 13, 14, 15, 16)},
    "windows-1252": (QP, QP),
    "viscii": (QP, QP),
    "us-ascii": (None, None),
    "big5": (BASE64, BASE64),
    "gb2312": (BASE64, BASE64),
    "euc-jp": (BASE64, None),
    "shift_jis": (BASE64, None),
    "iso-2022-jp": (BASE64, None),
    "koi8-r": (BASE64, BASE64),
    "utf-8": (SHORTEST, BASE64),
}
ALIASES = {
    "latin_1": "iso-8859-1", "latin-1": "iso-8859-1", "latin_2": "iso-8859-2", "latin-2": "iso-8859-2",
    "latin_9": "iso-8859-15", "latin-9": "iso-8859-15", "ascii": "us-ascii", "utf8": "utf-8", "cp1252": "windows-1252",
}
CODEC_MAP = {"us-ascii": "ascii"}


def add_charset(charset, header_enc=None, body_enc=None, output_charset=None):
    """Say how an encoding is written."""
    if body_enc == SHORTEST:
        raise ValueError("SHORTEST not allowed for body_enc")
    CHARSETS[charset] = (header_enc, body_enc)


def add_alias(alias, canonical):
    """Say that an encoding has another name."""
    ALIASES[alias] = canonical


def add_codec(charset, codecname):
    """Say which codec an encoding is."""
    CODEC_MAP[charset] = codecname


class Charset:
    """An encoding."""

    def __init__(self, input_charset=DEFAULT_CHARSET):
        name = str(input_charset).lower()
        self.input_charset = ALIASES.get(name, name)
        self.output_charset = self.input_charset
        self.header_encoding, self.body_encoding = CHARSETS.get(self.input_charset, (SHORTEST, BASE64))
        self.input_codec = self.output_codec = CODEC_MAP.get(self.input_charset, self.input_charset)

    def __str__(self):
        return self.input_charset

    __repr__ = __str__

    def __eq__(self, other):
        return str(self) == str(other).lower()

    __hash__ = None

    def get_output_charset(self):
        return self.output_charset

    def get_body_encoding(self):
        """What the transfer encoding of a body is called, or a function that sets it."""
        if self.body_encoding == QP:
            return "quoted-printable"
        if self.body_encoding == BASE64:
            return "base64"
        from email.encoders import encode_7or8bit

        return encode_7or8bit

    def body_encode(self, string):
        """A body as it is written."""
        import base64
        import quopri

        if isinstance(string, bytes):
            string = string.decode("latin-1" if self.body_encoding == QP else "ascii", "surrogateescape")
        data = string.encode(self.output_codec, "surrogateescape")
        if self.body_encoding == BASE64:
            return base64.encodebytes(data).decode("ascii")
        if self.body_encoding == QP:
            return quopri.encodestring(data).decode("ascii")
        return string
