"""Rot13: the letters of the alphabet turned by half."""

from ._simple import make

_half = "abcdefghijklmnopqrstuvwxyz"
_turned = _half[13:] + _half[:13]
rot13_map = str.maketrans(_half + _half.upper(), _turned + _turned.upper())


def rot13(infile, outfile):
    """Turn a file."""
    outfile.write(infile.read().translate(rot13_map))


def _turn(input, errors):
    return str.translate(input, rot13_map)


def getregentry():
    """The codec."""
    return make("rot13", _turn, _turn, is_text=False)
