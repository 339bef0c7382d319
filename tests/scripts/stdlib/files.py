import io, os
p = "/tmp/mptest_file.txt"
with open(p, "w") as f:
    print(f.write("hello\nwörld\n"), f.tell(), f.name == p, f.mode, f.encoding, f.closed, f.writable(), f.readable())
    f.writelines(["a\n", "b"]); print("printed", file=f)
print(f.closed)
with open(p) as f:
    print(repr(f.readline()), f.read(3), f.readlines(), f.read(), repr(f.readline()))
with open(p) as f: print([l.rstrip() for l in f])
with open(p) as f: print(f.read()); f.seek(0); print(f.readline(), f.tell())
with open(p, "a") as f: f.write("more")
print(open(p, "rb").read(), os.path.getsize(p))
with open(p, "r+") as f: f.write("J"); f.seek(0); print(f.read(5))
with open(p, "wb") as f: f.write(b"\x00\x01abc\ndef")
with open(p, "rb") as f: print(f.read(2), f.readline(), f.tell(), f.seek(1), f.read(1), list(f))
with open(p, "w", newline="\r\n") as f: f.write("a\nb\n")
print(open(p, newline="").read().encode(), open(p).read().encode(), open(p, newline="").readlines())
for g in (lambda: open("/nope/x"), lambda: open(p, "q"), lambda: open(p, "rw"), lambda: open("/tmp"), lambda: open(p).write("x"), lambda: open(p, "w").read(), lambda: open(p, "rb", encoding="x"), lambda: f.read(), lambda: open(p, "x"), lambda: open(3.5), lambda: open(p, "wb").write("s"), lambda: open(p, "w").write(b"s")):
    try: print(g())
    except Exception as e: print(type(e).__name__, e)
s = io.StringIO("ab\ncd"); print(s.read(1), s.readline(), s.getvalue(), s.tell(), s.write("XY"), s.getvalue(), s.seek(0), list(s))
s = io.StringIO(); print("x", 1, file=s); print(repr(s.getvalue()), s.truncate(1), s.getvalue(), s.closed); s.close()
try: s.read()
except ValueError as e: print(e)
print(isinstance(s, io.TextIOBase), issubclass(io.FileIO, io.RawIOBase), io.UnsupportedOperation.__mro__[1:3])
import contextlib
with contextlib.redirect_stdout(io.StringIO()) as out: print("captured")
print(repr(out.getvalue()))
with open(p, "w") as f: f.write("x" * 20000 + "\nend")
with open(p) as f: print(len(f.readline()), f.read())
f = open(p); print(next(f)[:3], f.fileno() > 2, f.isatty(), f.seekable()); f.close(); f.close()
print(repr(open(p))[:25], io.TextIOWrapper, io.BytesIO, type(open(p)).__name__)
os.remove(p)
