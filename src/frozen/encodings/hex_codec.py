"""Bytes as hexadecimal digits."""

import binascii

from ._simple import make, strict


def getregentry():
    """The codec."""
    return make("hex", strict(binascii.b2a_hex), strict(binascii.a2b_hex), is_text=False)
