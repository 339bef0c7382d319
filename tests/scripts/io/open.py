# open(): modes, layers, reprs, errors and what the layers are called.
import io
import os

path = f"/tmp/minipy_open_{os.getpid()}"



def repr_of(x):
    return repr(x).replace(path, "PATH")


def attempt(what, *args, **kwargs):
    try:
        print("no error", repr_of(what(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__, str(e).replace(path, "PATH"))


def opened(mode, **kwargs):
    with open(path, mode, **kwargs) as f:
        print(mode, repr_of(f), f.mode, f.readable(), f.writable(), f.seekable(), f.fileno() > 2)
        below = f.buffer if "b" not in mode else f
        print("   ", repr_of(below), repr_of(getattr(below, "raw", None)))
    print("   ", repr_of(f), f.closed)


for mode in ("w", "r", "a", "r+", "w+", "a+", "wb", "rb", "ab", "r+b", "wb+", "rt", "Ur".replace("U", "")):
    opened(mode)
os.remove(path)
for mode in ("x", "xb+"):
    opened(mode)
    attempt(open, path, mode)
    os.remove(path)
attempt(open, path)
attempt(open, path, "r+")
open(path, "w").close()
opened("wb", buffering=0)
opened("rb", buffering=16)
opened("w", buffering=1)

for mode in ("", "q", "rw", "rr", "r++", "tb", "+", "rbt", "b", "U", "ra"):
    attempt(open, path, mode)
attempt(open, path, 5)
attempt(open, path, "r", 0)
attempt(open, path, "w", -5)
attempt(open, path, "rb", encoding="utf-8")
attempt(open, path, "rb", errors="strict")
attempt(open, path, "rb", newline="\n")
attempt(open, path, newline="x")
attempt(open, path, newline=1)
attempt(open, path, encoding=1)
attempt(open, path, errors=1)
attempt(open, path, encoding="no-such-encoding")
attempt(open, path, closefd=False)
attempt(open)
attempt(open, path, "r", -1, None, None, None, True, None, 9)
attempt(open, path, mod="r")
attempt(open, "/")
attempt(open, "/", "w")
attempt(open, path + "/x", "w")
attempt(open, "a\0b")
attempt(open, None)
attempt(open, [])
attempt(open, 1.5)
attempt(open, -1)
attempt(open, 98765)
attempt(io.open_code, 5)
attempt(io.FileIO, path, "z")
attempt(io.FileIO, path, "rw")
attempt(io.FileIO, path, 5)


class Path:
    def __init__(self, path):
        self.path = path

    def __fspath__(self):
        return self.path


with open(Path(path), "w") as f:
    print(f.write("by a path object"), f.name == path)
with open(path.encode()) as f:
    print(f.read(), f.name == path.encode())
attempt(open, Path(3))

# A descriptor that stays open, and one that does not.
fd = os.open(path, os.O_RDONLY)
with open(fd, closefd=False) as f:
    print(f.read(), f.name == fd, f.buffer.raw.closefd)
with open(fd) as f:
    print(f.seek(3), f.read(), f.buffer.raw.closefd)
attempt(os.close, fd)


def opener(name, flags):
    print("opener", name == path, flags & (os.O_WRONLY | os.O_RDWR))
    return os.open(name, flags)


with open(path, opener=opener) as f:
    print(f.read())
attempt(open, path, opener=lambda n, f: -3)
attempt(open, path, opener=lambda n, f: "x")

print(open is io.open, io.open_code(path).read(), io.text_encoding(None), io.text_encoding("x"))
print(io.DEFAULT_BUFFER_SIZE, io.SEEK_SET, io.SEEK_CUR, io.SEEK_END, io.UnsupportedOperation.__mro__)
print(io.BlockingIOError is BlockingIOError, io.UnsupportedOperation("x").args, sorted(io.__all__))
for name in ("IOBase", "RawIOBase", "BufferedIOBase", "TextIOBase", "FileIO", "BytesIO", "StringIO", "TextIOWrapper",
             "BufferedReader", "BufferedWriter", "BufferedRandom", "BufferedRWPair", "IncrementalNewlineDecoder"):
    c = getattr(io, name)
    print(c, c.__module__, c.__qualname__, type(c).__name__, [b.__name__ for b in c.__mro__])
with open(path) as f, open(path, "rb") as b, open(path, "rb", 0) as r, open(path, "r+b") as rw:
    for x in (f, b, r, rw, io.StringIO(), io.BytesIO()):
        print(type(x).__name__, [isinstance(x, c) for c in (io.IOBase, io.RawIOBase, io.BufferedIOBase, io.TextIOBase)])
os.remove(path)
