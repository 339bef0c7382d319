"""Looks into pickles: lists their opcodes, and makes them smaller."""
import codecs
import io
import pickle
import struct
import sys

__all__ = ["dis", "genops", "optimize"]

_FRAME_TARGET, _FRAME_LEAST = 64 * 1024, 4


class StackObject:
    """A kind of value on the stack."""

    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return self.name


_KINDS = {name: StackObject(name) for name in (
    "any", "int", "int_or_bool", "bool", "float", "bytes_or_str", "bytes", "bytearray", "buffer", "str", "None", "tuple", "list",
    "dict", "set", "frozenset", "mark", "stackslice")}
markobject, stackslice = _KINDS["mark"], _KINDS["stackslice"]


class ArgumentDescriptor:
    """How an argument is read."""

    def __init__(self, name, reader):
        self.name, self.reader = name, reader


def _exactly(f, count, what):
    data = f.read(count)
    if len(data) != count:
        raise ValueError(f"not enough data in stream to read {what}")
    return data


def _number(form, name):
    size = struct.calcsize(form)
    return lambda f: struct.unpack(form, _exactly(f, size, name))[0]


def _line(f, decode=True, strip_quotes=True):
    data = f.readline()
    if not data.endswith(b"\n"):
        raise ValueError("no newline found when trying to read stringnl")
    data = data[:-1]
    if strip_quotes:
        for quote in b"\"'":
            quote = bytes([quote])
            if data.startswith(quote):
                if not data.endswith(quote) or len(data) < 2:
                    raise ValueError("strinq quote %r not found at both ends of %r" % (quote, data))
                data = data[1:-1]
                break
        else:
            raise ValueError("no string quotes around %r" % data)
    return codecs.escape_decode(data)[0].decode("ascii") if decode else data.decode("ascii")


def _plain_line(f):
    return _line(f, decode=False, strip_quotes=False)


def _short_decimal(f):
    text = _plain_line(f)
    return {"00": False, "01": True}.get(text, None) if text in ("00", "01") else int(text)


def _sized(form, name, convert=bytes, signed=False):
    length = _number(form, name)

    def read(f):
        size = length(f)
        if signed and size < 0:
            raise ValueError(f"{name} byte count < 0: {size}")
        if size > sys.maxsize:
            raise ValueError(f"{name} byte count > sys.maxsize: {size}")
        data = f.read(size)
        if len(data) != size:
            raise ValueError("expected %d bytes in a %s, but only %d remain" % (size, name, len(data)))
        return convert(data)

    return read


def _utf8(data):
    return str(data, "utf-8", "surrogatepass")


def _unicode_line(f):
    data = f.readline()
    if not data.endswith(b"\n"):
        raise ValueError("no newline found when trying to read unicodestringnl")
    return str(data[:-1], "raw-unicode-escape")


_READERS = {
    "-": None,
    "uint1": _number("<B", "uint1"), "uint2": _number("<H", "uint2"), "int4": _number("<i", "int4"),
    "uint4": _number("<I", "uint4"), "uint8": _number("<Q", "uint8"), "float8": _number(">d", "float8"),
    "decimalnl_short": _short_decimal,
    "decimalnl_long": lambda f: int(_plain_line(f).removesuffix("L")),
    "floatnl": lambda f: float(_plain_line(f)),
    "stringnl": _line,
    "stringnl_noescape": _plain_line,
    "stringnl_noescape_pair": lambda f: f"{_plain_line(f)} {_plain_line(f)}",
    "string1": _sized("<B", "string1", lambda data: data.decode("latin-1")),
    "string4": _sized("<i", "string4", lambda data: data.decode("latin-1"), True),
    "bytes1": _sized("<B", "bytes1"), "bytes4": _sized("<I", "bytes4"), "bytes8": _sized("<Q", "bytes8"),
    "bytearray8": _sized("<Q", "bytearray8", bytearray),
    "unicodestringnl": _unicode_line,
    "unicodestring1": _sized("<B", "unicodestring1", _utf8), "unicodestring4": _sized("<I", "unicodestring4", _utf8),
    "unicodestring8": _sized("<Q", "unicodestring8", _utf8),
    "long1": _sized("<B", "long1", pickle.decode_long), "long4": _sized("<i", "long4", pickle.decode_long, True),
}
_ARGUMENTS = {name: ArgumentDescriptor(name, reader) for name, reader in _READERS.items() if reader}

# Name, byte, argument, protocol, what is taken from the stack, what is put there, and what it is for.
_TABLE = r"""
INT             I    decimalnl_short         0  -                    int_or_bool     An integer, or a bool, as text.
BININT          J    int4                    1  -                    int             An integer of four bytes.
BININT1         K    uint1                   1  -                    int             An integer of one byte.
BININT2         M    uint2                   1  -                    int             An integer of two bytes.
LONG            L    decimalnl_long          0  -                    int             An integer as text.
LONG1           \x8a long1                   2  -                    int             An integer of up to 255 bytes.
LONG4           \x8b long4                   2  -                    int             An integer of any size.
STRING          S    stringnl                0  -                    bytes_or_str    A string of Python 2, in quotes.
BINSTRING       T    string4                 1  -                    bytes_or_str    A string of Python 2.
SHORT_BINSTRING U    string1                 1  -                    bytes_or_str    A short string of Python 2.
BINBYTES        B    bytes4                  3  -                    bytes           Bytes.
SHORT_BINBYTES  C    bytes1                  3  -                    bytes           Up to 255 bytes.
BINBYTES8       \x8e bytes8                  4  -                    bytes           Very many bytes.
BYTEARRAY8      \x96 bytearray8              5  -                    bytearray       A bytearray.
NEXT_BUFFER     \x97 -                       5  -                    buffer          The next buffer that was kept aside.
READONLY_BUFFER \x98 -                       5  buffer               buffer          Makes a buffer read-only.
NONE            N    -                       0  -                    None            None.
NEWTRUE         \x88 -                       2  -                    bool            True.
NEWFALSE        \x89 -                       2  -                    bool            False.
UNICODE         V    unicodestringnl         0  -                    str             A string as text.
SHORT_BINUNICODE \x8c unicodestring1         4  -                    str             A string of up to 255 bytes.
BINUNICODE      X    unicodestring4          1  -                    str             A string.
BINUNICODE8     \x8d unicodestring8          4  -                    str             A very long string.
FLOAT           F    floatnl                 0  -                    float           A float as text.
BINFLOAT        G    float8                  1  -                    float           A float.
EMPTY_LIST      ]    -                       1  -                    list            An empty list.
APPEND          a    -                       0  list,any             list            Adds an item to a list.
APPENDS         e    -                       1  list,mark,stackslice list            Adds items to a list.
LIST            l    -                       0  mark,stackslice      list            A list of what is above the mark.
EMPTY_TUPLE     )    -                       1  -                    tuple           An empty tuple.
TUPLE           t    -                       0  mark,stackslice      tuple           A tuple of what is above the mark.
TUPLE1          \x85 -                       2  any                  tuple           A tuple of one item.
TUPLE2          \x86 -                       2  any,any              tuple           A tuple of two items.
TUPLE3          \x87 -                       2  any,any,any          tuple           A tuple of three items.
EMPTY_DICT      }    -                       1  -                    dict            An empty dict.
DICT            d    -                       0  mark,stackslice      dict            A dict of what is above the mark.
SETITEM         s    -                       0  dict,any,any         dict            Adds a pair to a dict.
SETITEMS        u    -                       1  dict,mark,stackslice dict            Adds pairs to a dict.
EMPTY_SET       \x8f -                       4  -                    set             An empty set.
ADDITEMS        \x90 -                       4  set,mark,stackslice  set             Adds items to a set.
FROZENSET       \x91 -                       4  mark,stackslice      frozenset       A frozenset of what is above the mark.
POP             0    -                       0  any                  -               Throws a value away.
DUP             2    -                       0  any                  any,any         Doubles a value.
MARK            (    -                       0  -                    mark            A mark.
POP_MARK        1    -                       1  mark,stackslice      -               Throws away what is above the mark.
GET             g    decimalnl_short         0  -                    any             What was kept under a number.
BINGET          h    uint1                   1  -                    any             What was kept under a number.
LONG_BINGET     j    uint4                   1  -                    any             What was kept under a number.
PUT             p    decimalnl_short         0  -                    -               Keeps a value under a number.
BINPUT          q    uint1                   1  -                    -               Keeps a value under a number.
LONG_BINPUT     r    uint4                   1  -                    -               Keeps a value under a number.
MEMOIZE         \x94 -                       4  any                  any             Keeps a value under the next number.
EXT1            \x82 uint1                   2  -                    any             Something with a registered number.
EXT2            \x83 uint2                   2  -                    any             Something with a registered number.
EXT4            \x84 int4                    2  -                    any             Something with a registered number.
GLOBAL          c    stringnl_noescape_pair  0  -                    any             What a module has under a name.
STACK_GLOBAL    \x93 -                       4  str,str              any             What a module has under a name.
REDUCE          R    -                       0  any,any              any             Calls something.
BUILD           b    -                       0  any,any              any             Gives an object its state.
INST            i    stringnl_noescape_pair  0  mark,stackslice      any             An object of a class.
OBJ             o    -                       1  mark,any,stackslice  any             An object of a class.
NEWOBJ          \x81 -                       2  any,any              any             An object by __new__.
NEWOBJ_EX       \x92 -                       4  any,any,any          any             An object by __new__ with names.
PROTO           \x80 uint1                   2  -                    -               The protocol.
STOP            .    -                       0  any                  -               The end.
FRAME           \x95 uint8                   4  -                    -               So many bytes belong together.
PERSID          P    stringnl_noescape       0  -                    any             Something from outside.
BINPERSID       Q    -                       1  any                  any             Something from outside.
"""


class OpcodeInfo:
    """An opcode."""

    def __init__(self, name, code, arg, stack_before, stack_after, proto, doc):
        self.name, self.code, self.arg = name, code, arg
        self.stack_before, self.stack_after = stack_before, stack_after
        self.proto, self.doc = proto, doc


def _opcodes():
    for line in _TABLE.strip().splitlines():
        name, code, argument, proto, before, after, doc = line.split(None, 6)
        code = chr(int(code[2:], 16)) if len(code) > 1 else code
        kinds = [[] if text == "-" else [_KINDS[kind] for kind in text.split(",")] for text in (before, after)]
        yield OpcodeInfo(name, code, _ARGUMENTS.get(argument), *kinds, int(proto), doc)


opcodes = list(_opcodes())
code2op = {opcode.code: opcode for opcode in opcodes}


def _genops(data, with_end=False):
    if isinstance(data, (bytes, bytearray)):
        data = io.BytesIO(data)
    tell = getattr(data, "tell", lambda: None)
    while True:
        position = tell()
        code = data.read(1)
        opcode = code2op.get(code.decode("latin-1"))
        if opcode is None:
            if code == b"":
                raise ValueError("pickle exhausted before seeing STOP")
            place = "<unknown>" if position is None else position
            raise ValueError("at position %s, opcode %r unknown" % (place, code))
        argument = None if opcode.arg is None else opcode.arg.reader(data)
        yield (opcode, argument, position, tell()) if with_end else (opcode, argument, position)
        if code == b".":
            return


def genops(pickle):
    """The opcodes of a pickle, bytes or a file: each with its argument and its place."""
    return _genops(pickle)


def dis(pickle, out=None, memo=None, indentlevel=4, annotate=0):
    """Lists the opcodes of a pickle, and checks that it uses its stack and its numbers in good order."""
    stack, marks = [], []
    memo = {} if memo is None else memo
    highest = -1
    column = annotate
    for opcode, argument, position in genops(pickle):
        if position is not None:
            print("%5d:" % position, end=" ", file=out)
        line = "%-4s %s%s" % (repr(opcode.code)[1:-1], " " * indentlevel * len(marks), opcode.name)
        highest = max(highest, opcode.proto)
        before, after = opcode.stack_before, opcode.stack_after
        count = len(before)
        note = problem = None
        if markobject in before or (opcode.name == "POP" and stack and stack[-1] is markobject):
            if marks:
                mark = marks.pop()
                note = "(MARK at %s)" % ("unknown opcode offset" if mark is None else mark)
                while stack[-1] is not markobject:
                    stack.pop()
                stack.pop()
                try:
                    count = before.index(markobject)
                except ValueError:
                    count = 0
            else:
                problem = note = "no MARK exists on stack"
        if opcode.name in ("PUT", "BINPUT", "LONG_BINPUT", "MEMOIZE"):
            if opcode.name == "MEMOIZE":
                number = len(memo)
                note = "(as %d)" % number
            else:
                number = argument
            if number in memo:
                problem = "memo key %r already defined" % argument
            elif not stack:
                problem = "stack is empty -- can't store into memo"
            elif stack[-1] is markobject:
                problem = "can't store markobject in the memo"
            else:
                memo[number] = stack[-1]
        elif opcode.name in ("GET", "BINGET", "LONG_BINGET"):
            if argument in memo:
                after = [memo[argument]]
            else:
                problem = "memo key %r has never been stored into" % argument
        if argument is not None or note:
            line += " " * (10 - len(opcode.name))
            if argument is not None:
                line += " " + repr(argument)
            if note:
                line += " " + note
        if annotate:
            line += " " * (column - len(line))
            column = min(len(line), 50)
            line += " " + opcode.doc
        print(line, file=out)
        if problem:
            raise ValueError(problem)
        if len(stack) < count:
            raise ValueError("tries to pop %d items from stack with only %d items" % (count, len(stack)))
        if count:
            del stack[-count:]
        if markobject in after:
            marks.append(position)
        stack.extend(after)
    print("highest protocol among opcodes =", highest, file=out)
    if stack:
        raise ValueError("stack not empty after STOP: %r" % stack)


def optimize(p):
    """The same pickle without the numbers that nothing asks for."""
    kept, asked = [], {}
    seen = set()
    protocol, header = 0, b""
    for opcode, argument, start, end in _genops(p, True):
        if "PUT" in opcode.name:
            seen.add(argument)
            kept.append(("put", argument))
        elif opcode.name == "MEMOIZE":
            kept.append(("put", len(seen)))
            seen.add(len(seen))
        elif opcode.name == "FRAME":
            pass
        elif "GET" in opcode.name:
            protocol = max(protocol, opcode.proto)
            asked[argument] = None
            kept.append(("get", argument))
        elif opcode.name == "PROTO":
            protocol = max(protocol, argument)
            if start == 0:
                header = p[start:end]
            else:
                kept.append(("data", p[start:end]))
        else:
            kept.append(("data", p[start:end]))
    out = _Frames(protocol, header)
    number = 0
    for kind, value in kept:
        if kind == "data":
            out.write(value)
        elif kind == "get":
            out.write(_get(asked[value], protocol))
        elif value in asked:
            out.write(_put(number, protocol))
            asked[value] = number
            number += 1
    return out.finish()


def _put(number, protocol):
    if protocol >= 4:
        return pickle.MEMOIZE
    if protocol >= 1:
        return pickle.BINPUT + bytes([number]) if number < 256 else pickle.LONG_BINPUT + struct.pack("<I", number)
    return pickle.PUT + b"%d\n" % number


def _get(number, protocol):
    if protocol >= 1:
        return pickle.BINGET + bytes([number]) if number < 256 else pickle.LONG_BINGET + struct.pack("<I", number)
    return pickle.GET + b"%d\n" % number


class _Frames:
    """The bytes of a pickle, in frames if the protocol has them."""

    def __init__(self, protocol, header):
        self.done, self.frame = bytearray(header), bytearray()
        self.framed = protocol >= 4

    def write(self, data):
        if not self.framed:
            self.done += data
            return
        if len(data) > _FRAME_TARGET:
            # Large pieces stand between frames.
            self.commit()
            self.done += data
            return
        if len(self.frame) >= _FRAME_TARGET:
            self.commit()
        self.frame += data

    def commit(self):
        if len(self.frame) >= _FRAME_LEAST:
            self.done += pickle.FRAME + struct.pack("<Q", len(self.frame))
        self.done += self.frame
        self.frame.clear()

    def finish(self):
        self.commit()
        return bytes(self.done)


def main():
    """The command line."""
    import argparse

    parser = argparse.ArgumentParser(description="List the opcodes of pickle files.")
    parser.add_argument("pickle_file", type=argparse.FileType("br"), nargs="*", help="the files")
    parser.add_argument("-o", "--output", default=sys.stdout, type=argparse.FileType("w"), help="where to write the list")
    parser.add_argument("-m", "--memo", action="store_true", help="keep the numbers from file to file")
    parser.add_argument("-l", "--indentlevel", default=4, type=int, help="how far to indent what is above a mark")
    parser.add_argument("-a", "--annotate", action="store_true", help="say what each opcode is for")
    parser.add_argument("-p", "--preamble", default="==> {name} <==", help="what to write before each of several files")
    options = parser.parse_args()
    if not options.pickle_file:
        parser.print_help()
        return
    memo = {} if options.memo else None
    for file in options.pickle_file:
        if len(options.pickle_file) > 1:
            options.output.write(options.preamble.format(name=file.name) + "\n")
        dis(file, options.output, memo, options.indentlevel, 30 if options.annotate else 0)


if __name__ == "__main__":
    main()
