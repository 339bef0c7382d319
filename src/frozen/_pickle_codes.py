"""The opcodes of pickles, numbers as bytes, and the names that modules had in Python 2."""

from math import copysign, inf, nan

# Protocol 0.
MARK, STOP, POP, POP_MARK, DUP = b"(.012"
FLOAT, INT, LONG, NONE, PERSID, REDUCE = b"FILNPR"
STRING, UNICODE, APPEND, BUILD, GLOBAL, DICT = b"SVabcd"
GET, INST, LIST, OBJ, PUT, SETITEM, TUPLE = b"gilopst"
# Protocol 1.
BININT, BININT1, BININT2, BINPERSID, BINSTRING, SHORT_BINSTRING, BINUNICODE = b"JKMQTUX"
APPENDS, BINGET, LONG_BINGET, EMPTY_LIST, BINPUT, LONG_BINPUT = b"ehj]qr"
SETITEMS, EMPTY_DICT, EMPTY_TUPLE, BINFLOAT = b"u})G"
# Protocol 2.
PROTO, NEWOBJ, EXT1, EXT2, EXT4, TUPLE1, TUPLE2, TUPLE3, NEWTRUE, NEWFALSE, LONG1, LONG4 = range(0x80, 0x8C)
# Protocol 3.
BINBYTES, SHORT_BINBYTES = b"BC"
# Protocol 4.
(
    SHORT_BINUNICODE, BINUNICODE8, BINBYTES8, EMPTY_SET, ADDITEMS, FROZENSET, NEWOBJ_EX, STACK_GLOBAL, MEMOIZE, FRAME,
) = range(0x8C, 0x96)
# Protocol 5.
BYTEARRAY8, NEXT_BUFFER, READONLY_BUFFER = range(0x96, 0x99)

# What protocols below 3 call modules and names.
OLD_MODULES = {
    "builtins": "__builtin__", "copyreg": "copy_reg", "queue": "Queue", "socketserver": "SocketServer",
    "configparser": "ConfigParser", "pickle": "cPickle", "_thread": "thread", "_string": "strop",
}
OLD_NAMES = {
    ("builtins", "range"): ("__builtin__", "xrange"), ("functools", "reduce"): ("__builtin__", "reduce"),
    ("sys", "intern"): ("__builtin__", "intern"), ("builtins", "chr"): ("__builtin__", "unichr"),
    ("builtins", "str"): ("__builtin__", "unicode"), ("builtins", "int"): ("__builtin__", "long"),
    ("builtins", "zip"): ("itertools", "izip"), ("builtins", "map"): ("itertools", "imap"),
    ("builtins", "filter"): ("itertools", "ifilter"), ("collections", "UserDict"): ("UserDict", "IterableUserDict"),
    ("collections", "UserList"): ("UserList", "UserList"), ("collections", "UserString"): ("UserString", "UserString"),
}
NEW_MODULES = {old: new for new, old in OLD_MODULES.items()} | {"exceptions": "builtins", "UserDict": "collections"}
NEW_NAMES = {old: new for new, old in OLD_NAMES.items()}


def old_exception(cls):
    """Module and name of the exception of Python 2 that comes nearest."""
    if issubclass(cls, OSError):
        return "exceptions", "OSError"
    if cls.__name__ == "ModuleNotFoundError":
        return "exceptions", "ImportError"
    return "__builtin__" if cls.__name__ in _NEW_EXCEPTIONS else "exceptions", cls.__name__


_NEW_EXCEPTIONS = (
    "RecursionError", "StopAsyncIteration", "ResourceWarning", "EncodingWarning", "BaseExceptionGroup", "ExceptionGroup",
)


def encode(text, encoding):
    """What stands for `_codecs.encode`, by which old protocols write bytes."""
    return text.encode(encoding)


def encode_long(number):
    """The least bytes of an integer, lowest first, with the sign in the last."""
    if number == 0:
        return b""
    size = (number.bit_length() >> 3) + 1
    data = number.to_bytes(size, "little", signed=True)
    # The shorter form may already hold the sign.
    if number < 0 and size > 1 and data[-1] == 0xFF and data[-2] & 0x80:
        data = data[:-1]
    return data


def decode_long(data):
    """The integer of such bytes."""
    return int.from_bytes(data, "little", signed=True)


def encode_double(x):
    """The eight bytes of a float, highest first."""
    sign = 1 << 63 if copysign(1.0, x) < 0 else 0
    if x != x:
        bits = 0x7FF8 << 48
    elif x in (inf, -inf):
        bits = 0x7FF0 << 48
    else:
        number, denominator = abs(x).as_integer_ratio()
        shift = denominator.bit_length() - 1
        exponent = number.bit_length() - 1 - shift
        if number == 0:
            bits = 0
        elif exponent >= -1022:
            # The highest bit goes without saying.
            size = number.bit_length() - 53
            fraction = number >> size if size > 0 else number << -size
            bits = (exponent + 1022 << 52) + fraction
        else:
            bits = number << 1074 - shift
    return (sign | bits).to_bytes(8, "big")


def decode_double(data):
    """The float of such bytes."""
    bits = int.from_bytes(data, "big")
    exponent, fraction = bits >> 52 & 0x7FF, bits & (1 << 52) - 1
    if exponent == 0x7FF:
        value = nan if fraction else inf
    elif exponent:
        value = (fraction + (1 << 52)) * 2.0 ** (exponent - 1075)
    else:
        value = fraction * 2.0 ** -1074
    return -value if bits >> 63 else value
