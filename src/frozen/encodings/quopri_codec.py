"""Bytes as quoted-printable text."""

import binascii

from ._simple import make, strict


def getregentry():
    """The codec."""
    return make("quopri", strict(lambda data: binascii.b2a_qp(data, quotetabs=True)), strict(binascii.a2b_qp),
                is_text=False)
