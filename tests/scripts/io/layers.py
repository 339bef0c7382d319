# FileIO and the buffered streams: reading, writing, seeking, errors.
import io
import os

path = f"/tmp/minipy_layers_{os.getpid()}"


def attempt(what, *args, **kwargs):
    try:
        print(repr(what(*args, **kwargs)).replace(path, "PATH"))
    except Exception as e:
        print(type(e).__name__, str(e).replace(path, "PATH"))


with io.FileIO(path, "w+") as f:
    print(f.write(b"hello world\n"), f.write(bytearray(b"xy")), f.write(memoryview(b"z\n")), f.tell())
    print(f.seek(0), f.read(5), f.read(0), f.readall(), f.read(), f.read(3))
    print(f.seek(-3, 2), f.readline(), f.seek(0), f.readlines(), f.truncate(5), f.seek(0), f.read(), f.tell())
    b = bytearray(3)
    print(f.seek(1), f.readinto(b), b, f.seekable(), f.mode, f.name == path, f.closefd)
    attempt(f.write, "text")
    attempt(f.seek, 1.5)
    attempt(f.seek, -1)
    attempt(f.seek, 0, 9)
    attempt(f.readinto, b"constant")
    attempt(f.read, "x")
    f.name = "other"
    print(f.name, f)
    f.note = 1
    print(f.note, "note" in f.__dict__)
attempt(f.read)
attempt(f.fileno)
attempt(f.__enter__)
print(f, f.closed, f.close())
f = io.FileIO(path)
attempt(f.write, b"x")
attempt(f.truncate)
f.close()
f = io.FileIO(path, "w")
attempt(f.read)
attempt(f.readinto, bytearray(2))
f.close()
attempt(io.FileIO.__new__(io.FileIO).read)

with open(path, "wb") as f:
    print(f.write(b"line one\nline two\n\nlast"), f.tell(), f.raw.tell(), f.flush(), f.raw.tell())
    attempt(f.read)
    attempt(f.write, "text")
    attempt(f.readline)
    print(f.writelines([b"+", bytearray(b"-")]), f.seek(0, 1), f.truncate(), f.seekable())
    attempt(f.writelines, [b"x", "y"])
with open(path, "rb") as f:
    print(f.readline(), f.read(4), f.peek(2)[:2], f.tell(), f.read1(3), f.readline(2), f.readlines(), f.read(), f.readline())
    print(f.seek(0), list(f), f.seek(-4, 2), f.read(), f.seek(2), f.seek(3, 1), f.read(2), f.tell())
    b = bytearray(6)
    print(f.seek(0), f.readinto(b), b, f.readinto1(b), b, f.readlines(3))
    attempt(f.write, b"x")
    attempt(f.truncate)
    attempt(f.read, -2)
    attempt(f.seek, 0, 7)
    attempt(f.seek, "x")
    attempt(f.readline, "x")
    print(f.readline(None), f.read(None))
for name in ("read", "readline", "tell", "peek", "flush", "__next__", "read1", "fileno", "readable", "seekable", "__enter__"):
    print(name, end=" ")
    attempt(getattr(f, name))
print(f.closed, f.close(), f.raw)

if True:
    f = open(path, "r+b")
    print(f.read(4), f.write(b"ONE"), f.tell(), f.read(3), f.seek(0), f.read(12), f.tell())
    print(f.seek(0, 2), f.write(b"!" * 10), f.seek(-12, 1), f.read(), f.truncate(7), f.seek(0), f.read())
    print(f.seek(3), f.write(b"abc"), f.peek(1), f.seek(0), f.read())
    raw = f.detach()
    attempt(f.read)
    attempt(f.detach)
    attempt(repr, f)
    print(raw.read(), raw.close())

# Small buffers, so that every path is taken.
with open(path, "wb", 4) as f:
    for piece in (b"ab", b"cd", b"e", b"fghijklmno", b"", b"p"):
        print(f.write(piece), os.path.getsize(path), end="; ")
    print(f.tell())
with open(path, "rb", 4) as f:
    print([f.read(n) for n in (1, 2, 3, 4, 5, 0, 9)], f.seek(1), f.read1(), f.read1(1), f.read1(20), f.peek())
with open(path, "r+b", 4) as f:
    print([(f.read(2), f.write(b"XY")) for _ in range(4)], f.seek(0), f.read())


class Slow(io.RawIOBase):
    """Gives one piece at a time, and remembers what it is asked for."""

    def __init__(self, *pieces):
        self.pieces = list(pieces)
        self.asked = []
        self.written = []

    def readable(self):
        return True

    def writable(self):
        return True

    def readinto(self, b):
        self.asked.append(len(b))
        if not self.pieces:
            return 0
        piece = self.pieces.pop(0)
        if piece is None:
            return None
        b[: len(piece)] = piece
        return len(piece)

    def write(self, b):
        self.written.append(bytes(b))
        return len(b)


print(Slow(b"abc", b"de").read(2), Slow(b"ab", b"c").readall(), Slow(None).read(3), Slow(b"a\nb", b"c").readlines())
r = io.BufferedReader(Slow(b"abc", b"de\nf", b"gh", None, b"i"), 8)
print(r.read(4), r.readline(), r.peek(), r.read1(), r.read(2), r.read(2), r.read(), r.raw.asked)
w = io.BufferedWriter(Slow(), 4)
print([w.write(p) for p in (b"abc", b"d", b"e", b"0123456789")], w.raw.written, w.flush(), w.raw.written)
pair = io.BufferedRWPair(Slow(b"in"), Slow(), 16)
print(pair.read(1), pair.write(b"out"), pair.flush(), pair.readable(), pair.writable(), pair.peek(), pair.closed)
print(pair.read1(5), pair.readinto(bytearray(2)), pair.close(), pair.closed)
attempt(io.BufferedRWPair, Slow())
attempt(io.BufferedReader, io.StringIO())
attempt(io.BufferedReader, 3)
attempt(io.BufferedReader, Slow(), 0)
attempt(io.BufferedReader, Slow(), -1)
attempt(io.BufferedReader, Slow(), "x")
attempt(io.BufferedRandom, Slow())
attempt(io.BufferedReader.__new__(io.BufferedReader).read)


class Broken(Slow):
    def readinto(self, b):
        return 1000

    def write(self, b):
        return -1


attempt(io.BufferedReader(Broken(), 16).readline)
b = io.BufferedWriter(Broken())
b.write(b"x")
attempt(b.flush)
attempt(b.close)


class Bad(Slow):
    def close(self):
        super().close()
        raise OSError("in close")


b = io.BufferedWriter(Bad())
b.flush = lambda: 1 / 0
try:
    b.close()
except OSError as e:
    print(repr(e), repr(e.__context__))

# The base classes.
for c in (io.IOBase, io.RawIOBase, io.BufferedIOBase, io.TextIOBase):
    x = c()
    print(c.__name__, x.closed, x.readable(), x.writable(), x.seekable(), x.isatty(), x.__enter__() is x)
    for name, args in (("read", ()), ("readline", ()), ("write", (b"",)), ("seek", (0,)), ("tell", ()), ("truncate", ()),
                       ("fileno", ()), ("flush", ()), ("detach", ()), ("readinto", (bytearray(1),)), ("read1", ())):
        if hasattr(x, name):
            print("  ", name, end=" ")
            attempt(getattr(x, name), *args)
    with x:
        pass
    print(x.closed, x.close())
    attempt(x.flush)
    attempt(x.__enter__)
    attempt(x.isatty)
    attempt(iter, x)


class Closing(io.RawIOBase):
    def close(self):
        print("closing", self.closed)
        super().close()


x = Closing()
del x
with Closing() as x:
    pass
del x
attempt(io.FileIO(path).__reduce_ex__, 2)
os.remove(path)
