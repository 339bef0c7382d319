"""Bytes as lines of uuencoded text."""

import binascii

from ._simple import make, strict


def _encode(data):
    lines = [b"begin 666 <data>\n"]
    lines += (binascii.b2a_uu(data[i:i + 45]) for i in range(0, len(data), 45))
    return b"".join(lines) + b" \nend\n"


def _decode(data):
    lines = iter(bytes(data).splitlines())
    if not any(line.startswith(b"begin") for line in lines):
        raise ValueError('Missing "begin" line in input data')
    out = b""
    for line in lines:
        if line == b"end":
            return out
        try:
            out += binascii.a2b_uu(line)
        except binascii.Error:
            # Some encoders write too much: cut the line to what its first character says.
            out += binascii.a2b_uu(line[:((line[0] - 32 & 63) * 4 + 5) // 3])
    raise ValueError("Truncated input data")


def getregentry():
    """The codec."""
    return make("uu", strict(_encode), strict(_decode), is_text=False)
