"""Quoted-printable text: characters that are not ASCII, and some others, as = and two digits."""

from binascii import a2b_qp, b2a_qp

__all__ = ["encode", "decode", "encodestring", "decodestring"]


def encode(input, output, quotetabs, header=False):
    """Write a file of bytes, encoded, into another one; `header` makes underscores of spaces."""
    output.write(b2a_qp(input.read(), quotetabs=quotetabs, header=header))


def encodestring(s, quotetabs=False, header=False):
    """Bytes, encoded."""
    return b2a_qp(s, quotetabs=quotetabs, header=header)


def decode(input, output, header=False):
    """Write a file, decoded, into another one."""
    output.write(a2b_qp(input.read(), header=header))


def decodestring(s, header=False):
    """Bytes, decoded."""
    return a2b_qp(s, header=header)
