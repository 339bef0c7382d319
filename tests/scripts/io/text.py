# TextIOWrapper: encodings, line ends, places, buffering, errors.
import io
import os

path = f"/tmp/minipy_text_{os.getpid()}"


def attempt(what, *args, **kwargs):
    try:
        print(repr(what(*args, **kwargs)).replace(path, "PATH"))
    except Exception as e:
        print(type(e).__name__, str(e).replace(path, "PATH"))


def put(data):
    with open(path, "wb") as f:
        f.write(data)


def content():
    with open(path, "rb") as f:
        return f.read()


# Line ends, read and written.
for newline in (None, "", "\n", "\r", "\r\n"):
    put(b"a\r\nb\nc\rd\r")
    with open(path, newline=newline) as f:
        print(repr(newline), f.readlines(), f.newlines, f.seek(0), repr(f.read()), f.seek(0), repr(f.readline()), f.tell())
    with open(path, "w", newline=newline) as f:
        print(f.write("x\ny\r\nz"), f.tell(), f.newlines)
    print(content())

# Encodings.
text = "aé€😀\nz"
for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf_32_be", "UTF8", "U8"):
    with open(path, "w", encoding=encoding) as f:
        f.write(text[:2])
        f.write(text[2:])
    with open(path, "a", encoding=encoding) as f:
        f.write("é")
    with open(path, encoding=encoding) as f:
        print(f.encoding, content(), f.read(1), f.read(2), f.readline(), f.read(), f.seek(0), f.read() == text + "é")
for encoding in ("ascii", "latin-1"):
    for errors in ("strict", "replace", "ignore", "backslashreplace", "xmlcharrefreplace"):
        with open(path, "w", encoding=encoding, errors=errors) as f:
            print(f.errors, end=" ")
            attempt(f.write, "aé€")
        print(content())
put(b"ok\n\xff\xfebad\n\xe2\x82")
for errors in ("strict", "replace", "ignore", "backslashreplace", "no-such"):
    with open(path, encoding="utf-8", errors=errors) as f:
        attempt(f.read)
with open(path, encoding="utf-8") as f:
    attempt(f.readline)
    attempt(next, f)

# Characters that are cut by the end of a chunk.
put(("é" * 5000 + "\r\n€😀\n" * 3000).encode())
with open(path, encoding="utf-8") as f:
    lines = f.readlines()
    print(len(lines), len(lines[0]), sorted(set(lines[1:])), f.newlines)
    print(f.seek(0), len(f.read(4999)), repr(f.read(3)), len(f.read(7001)), f.tell(), repr(f.readline()), f.tell(), len(f.read()))
with open(path, encoding="utf-8", newline="\r\n") as f:
    print([len(l) for l in f][:3])

# Places.
put("one\ntwö\r\nthree\n".encode())
with open(path, encoding="utf-8") as f:
    places = [f.tell()]
    while f.readline():
        places.append(f.tell())
    print(places)
    for p in reversed(places):
        print(f.seek(p), repr(f.readline()), f.tell())
    print(f.seek(0, 2), f.seek(0, 1), f.seek(3), repr(f.read(2)), f.tell(), repr(f.read(3)), f.tell(), repr(f.read()))
    f.seek(0)
    next(f)
    attempt(f.tell)
    print(list(f), f.tell())
    for args in ((1, 1), (1, 2), (-1,), (0, 5), (1.5,), ("x",)):
        attempt(f.seek, *args)
for encoding in ("utf-16", "utf-32-be", "latin-1"):
    with open(path, "w+", encoding=encoding) as f:
        f.write("ab\ncd\nef")
        f.seek(0)
        print(f.readline(), f.tell(), f.read(1), f.tell(), f.read(), f.tell())
        p = f.seek(0) or (f.read(4), f.tell())[1]
        print(p, f.read(), f.seek(p), f.read(), f.write("X"), f.seek(0), f.read())
with open(path, "r+", encoding="utf-8") as f:
    f.truncate(0)
    print(f.write("12345"), f.seek(2), f.write("AB"), f.seek(0), f.read(3), f.truncate(4), f.seek(0), f.read(), f.write("end"))
print(content())

# What is passed on when.
raw = io.BytesIO()
t = io.TextIOWrapper(raw, encoding="utf-8")
print(t.write("text\n"), raw.getvalue(), t.flush(), raw.getvalue(), t.line_buffering, t.write_through, t.errors, t.encoding)
print(t.reconfigure(line_buffering=True), t.write("a"), raw.getvalue(), t.write("b\nc"), raw.getvalue(), t.line_buffering)
print(t.reconfigure(write_through=True, line_buffering=False), t.write("!"), raw.getvalue(), t.write_through)
print(t.reconfigure(encoding="latin-1", errors="replace", newline="\r\n"), t.encoding, t.errors, t.write("é€\n"), raw.getvalue())
attempt(t.reconfigure, 5)
attempt(t.reconfigure, encoding=5)
attempt(t.reconfigure, encoding="no-such")
t.reconfigure(write_through=False)
t.write("x" * 8191)
print(len(raw.getvalue()), t.write("yz"), len(raw.getvalue()), t.flush(), len(raw.getvalue()), t._CHUNK_SIZE)
print(t.detach() is raw)
attempt(t.read)
attempt(t.write, "x")
attempt(t.detach)
print(t, t.encoding)
t = io.TextIOWrapper(io.BytesIO(b"one\ntwo"))
print(t.read(1), t)
attempt(t.reconfigure, encoding="ascii")
attempt(t.reconfigure, newline="\n")
print(t.reconfigure(line_buffering=True), t.write("!"), t.seek(0), t.buffer.getvalue())

# Errors.
t = io.TextIOWrapper(io.BytesIO())
for bad in (b"bytes", 5, None):
    attempt(t.write, bad)
attempt(t.read, "x")
attempt(t.readline, 1.5)
print(repr(t.readline(0)), repr(t.read(0)), repr(t.read(None)), repr(t.readline(-1)), t.writelines(["p", "q"]), t.close())
for name in ("read", "readline", "flush", "tell", "fileno", "readable", "isatty", "__next__", "__enter__", "truncate"):
    print(name, end=" ")
    attempt(getattr(t, name))
attempt(t.write, "x")
attempt(t.seek, 0)
print(t.closed, t.close())
for args in ((), (5,), (io.StringIO(),), (io.BytesIO(), 5), (io.BytesIO(), "no-such"), (io.BytesIO(), None, 5), (io.BytesIO(), None, None, "x")):
    attempt(io.TextIOWrapper, *args)
attempt(io.TextIOWrapper.__new__(io.TextIOWrapper).read)
with open(path, "w") as f:
    attempt(f.read)
    attempt(f.readline)
    attempt(next, f)
with open(path) as f:
    attempt(f.write, "x")
    attempt(f.truncate)
b = io.TextIOWrapper(io.BytesIO(b"left"))
print(b.detach().read())
r, w = os.pipe()
with open(w, "w") as out, open(r) as inp:
    print("through a pipe", 1, file=out, flush=True)
    print(repr(inp.readline()), inp.seekable())
    attempt(inp.tell)
    attempt(inp.seek, 0)


class Upper(io.TextIOWrapper):
    def write(self, text):
        return super().write(text.upper())

    def readline(self, size=-1):
        line = super().readline(size)
        return line and ">" + line


u = Upper(io.BytesIO(b"l1\nl2\n"), encoding="ascii")
print([l for l in u], u.write("up"), u.flush(), u.buffer.getvalue())
print("printed", file=u, flush=True)
print(u.buffer.getvalue(), u)
u.extra = 1
print(vars(u), u.extra)
os.remove(path)
