"""Objects as bytes, and back."""

import _pickle
from copyreg import dispatch_table
from _pickle import (
    PickleBuffer, PickleError, Pickler, PicklingError, Unpickler, UnpicklingError, dump, dumps, load, loads, whichmodule,
)

__all__ = [
    "PickleError", "PicklingError", "UnpicklingError", "Pickler", "Unpickler", "dump", "dumps", "load", "loads",
    "PickleBuffer", *_pickle._opcodes,
]

HIGHEST_PROTOCOL = 5
DEFAULT_PROTOCOL = 4
FALSE, TRUE = b"I00\n", b"I01\n"
format_version = "4.0"
compatible_formats = ["1.0", "1.1", "1.2", "1.3", "2.0", "3.0", "4.0", "5.0"]
bytes_types = (bytes, bytearray)

# Each opcode is a name of this module.
globals().update(_pickle._opcodes)

# The same by their other names: there is one implementation only.
_Pickler, _Unpickler = Pickler, Unpickler
_dump, _dumps, _load, _loads = dump, dumps, load, loads


def _getattribute(obj, name):
    """What a dotted name means in an object, and the object that has its last part; AttributeError without one."""
    parent = None
    for part in name.split("."):
        if part == "<locals>":
            raise AttributeError(f"Can't get local attribute {name!r} on {obj!r}")
        parent = obj
        try:
            obj = getattr(obj, part)
        except AttributeError:
            raise AttributeError(f"Can't get attribute {name!r} on {parent!r}") from None
    return obj, parent


def encode_long(x):
    """The least bytes of an integer, lowest first, with the sign in the last."""
    if x == 0:
        return b""
    size = (x.bit_length() >> 3) + 1
    data = x.to_bytes(size, "little", signed=True)
    # The shorter form may already hold the sign.
    if x < 0 and size > 1 and data[-1] == 0xFF and data[-2] & 0x80:
        data = data[:-1]
    return data


def decode_long(data):
    """The integer of such bytes."""
    return int.from_bytes(data, "little", signed=True)
