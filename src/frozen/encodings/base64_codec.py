"""Bytes in base 64."""

import base64

from ._simple import make, strict


def getregentry():
    """The codec."""
    return make("base64", strict(base64.encodebytes), strict(base64.decodebytes), is_text=False)
