"""Base64 as mail uses it, in headers and in bodies."""
from binascii import a2b_base64, b2a_base64

__all__ = ["body_decode", "body_encode", "decode", "decodestring", "header_encode", "header_length"]

CRLF = "\r\n"
NL = "\n"
EMPTYSTRING = ""
# The part of an encoded word that is not the text.
MISC_LEN = 7


def header_length(bytearray):
    """How long bytes are when they are encoded."""
    return (len(bytearray) + 2) // 3 * 4


def header_encode(header_bytes, charset="iso-8859-1"):
    """An encoded word of a header."""
    if not header_bytes:
        return ""
    if isinstance(header_bytes, str):
        header_bytes = header_bytes.encode(charset)
    return f"=?{charset}?b?{b2a_base64(header_bytes, newline=False).decode('ascii')}?="


def body_encode(s, maxlinelen=76, eol=NL):
    """Bytes, encoded in lines."""
    if not s:
        return ""
    step = maxlinelen * 3 // 4
    lines = [b2a_base64(s[at : at + step]).decode("ascii") for at in range(0, len(s), step)]
    return "".join(lines if eol == NL else (line[:-1] + eol for line in lines))


def decode(string):
    """The bytes of encoded text."""
    if not string:
        return bytes()
    return a2b_base64(string.encode("raw-unicode-escape") if isinstance(string, str) else string)


body_decode = decodestring = decode
