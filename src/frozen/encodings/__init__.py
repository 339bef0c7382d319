"""The codecs that come with Python, found by name.

Those of the interpreter need no module of their own: their classes are made here. Others are modules of this package
with a function `getregentry`.
"""

import _codecs
import codecs
import sys
from . import aliases
from ._native import make

__all__ = ["CodecRegistryError", "normalize_encoding", "search_function"]

# Encodings that are not of the interpreter: the modules of this package.
_MODULES = ("base64_codec", "bz2_codec", "hex_codec", "idna", "punycode", "quopri_codec", "rot_13", "undefined",
            "uu_codec", "zlib_codec", "utf_7")


class CodecRegistryError(LookupError, SystemError):
    """A module of an encoding without what it must have."""


def normalize_encoding(encoding):
    """A name with an underscore for each run of punctuation, but for dots."""
    if isinstance(encoding, bytes):
        encoding = str(encoding, "ascii")
    words = "".join(c if c.isalnum() or c == "." else " " for c in encoding if c.isascii() or not c.isalnum())
    return "_".join(words.split())


def search_function(encoding):
    """The codec with this name, or None."""
    name = normalize_encoding(encoding).lower()
    name = aliases.aliases.get(name) or aliases.aliases.get(name.replace(".", "_")) or name
    if name in _MODULES:
        module = __import__("encodings." + name, fromlist=["getregentry"])
        return module.getregentry()
    if "." not in name and _codecs.is_known(name):
        return make(name)
    return None


codecs.register(search_function)
