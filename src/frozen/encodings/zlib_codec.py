"""Bytes compressed by zlib."""

import zlib

from ._simple import make, strict


def getregentry():
    """The codec."""
    return make("zlib", strict(zlib.compress), strict(zlib.decompress), is_text=False)
