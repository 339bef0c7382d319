"""Quoted-printable as mail uses it, in headers and in bodies."""
import re
from string import ascii_letters, digits, hexdigits

__all__ = ["body_decode", "body_encode", "body_length", "decode", "decodestring", "header_decode", "header_encode",
           "header_length", "quote", "unquote"]

CRLF, NL, EMPTYSTRING = "\r\n", "\n", ""
# What stands for each byte, in headers and in bodies.
_ESCAPES = ["=%02X" % number for number in range(256)]
_HEADER = _ESCAPES[:]
_BODY = _ESCAPES[:]
for _byte in b"-!*+/" + (ascii_letters + digits).encode("ascii"):
    _HEADER[_byte] = chr(_byte)
_HEADER[ord(" ")] = "_"
for _byte in b" !\"#$%&'()*+,-./0123456789:;<>?@[\\]^_`{|}~\t" + ascii_letters.encode("ascii"):
    _BODY[_byte] = chr(_byte)
# Characters of a text that has been decoded as Latin-1; the ends of lines stay.
_BODY_TEXT = _BODY[:]
for _byte in b"\r\n":
    _BODY_TEXT[_byte] = chr(_byte)


def header_check(octet):
    """Whether a byte must be escaped in a header."""
    return chr(octet) != _HEADER[octet]


def body_check(octet):
    """Whether a byte must be escaped in a body."""
    return chr(octet) != _BODY[octet]


def header_length(bytearray):
    """How long bytes are when they are encoded in a header."""
    return sum(len(_HEADER[octet]) for octet in bytearray)


def body_length(bytearray):
    """How long bytes are when they are encoded in a body."""
    return sum(len(_BODY[octet]) for octet in bytearray)


def unquote(s):
    """The character that an escape stands for."""
    return chr(int(s[1:3], 16))


def quote(c):
    """The escape of a character."""
    return _ESCAPES[ord(c)]


def header_encode(header_bytes, charset="iso-8859-1"):
    """An encoded word of a header."""
    if not header_bytes:
        return ""
    return f"=?{charset}?q?{header_bytes.decode('latin1').translate(_HEADER)}?="


def _pieces(line, limit):
    """A line, already with escapes, in pieces that are not too long; all but the last end with `=`."""
    while len(line) > limit:
        # An escape must not be broken.
        cut = limit - 1
        cut -= 2 if line[cut - 2] == "=" else 1 if line[cut - 1] == "=" else 0
        yield line[:cut] + "="
        line = line[cut:]
    if line[-1:] not in (" ", "\t"):
        yield line
        return
    # White space at the end would get lost.
    free = limit - len(line)
    if free >= 2:
        yield line[:-1] + quote(line[-1])
    elif free == 1:
        yield line + "="
        yield ""
    else:
        yield line[:-1] + "="
        yield quote(line[-1])


def body_encode(body, maxlinelen=76, eol=NL):
    """A text, each character of which is a byte, with escapes, and no line longer than is allowed."""
    if maxlinelen < 4:
        raise ValueError("maxlinelen must be at least 4")
    if not body:
        return body
    lines = [piece for line in body.translate(_BODY_TEXT).splitlines() for piece in _pieces(line, maxlinelen)]
    if body[-1] in CRLF:
        lines.append("")
    return eol.join(lines)


def decode(encoded, eol=NL):
    """The text of encoded lines."""
    if not encoded:
        return encoded
    text = ""
    for line in encoded.splitlines():
        line = line.rstrip()
        if not line:
            text += eol
            continue
        at, size = 0, len(line)
        while at < size:
            char = line[at]
            if char != "=":
                text += char
                at += 1
            elif at + 1 == size:
                # The line goes on.
                at += 1
                continue
            elif at + 2 < size and line[at + 1] in hexdigits and line[at + 2] in hexdigits:
                text += unquote(line[at : at + 3])
                at += 3
            else:
                text += char
                at += 1
            if at == size:
                text += eol
    if encoded[-1] not in "\r\n" and text.endswith(eol):
        text = text[: -len(eol)]
    return text


body_decode = decodestring = decode


def header_decode(s):
    """The text of an encoded word's inside."""
    return re.sub(r"=[a-fA-F0-9]{2}", lambda match: unquote(match.group(0)), s.replace("_", " "), flags=re.ASCII)
