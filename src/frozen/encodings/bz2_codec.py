"""Bytes compressed by bz2."""

import bz2

from ._simple import make, strict


def getregentry():
    """The codec."""
    return make("bz2", strict(bz2.compress), strict(bz2.decompress), is_text=False)
