import gzip
import io
import os
import tempfile


def show(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, "|", e)


data = b"".join(b"line %d of a file\n" % n for n in range(3000))
packed = gzip.compress(data, mtime=0)
print(packed[:10], len(packed), gzip.decompress(packed) == data)
packed = gzip.compress(data, 1, mtime=1234567890)
print(packed[:10], len(packed), gzip.decompress(packed + b"\0\0" + packed) == data * 2)
print(gzip.decompress(b""))
for bad in (b"abc", packed[:5], packed[:40], packed[:-3], packed[:-8] + b"\0" * 8, packed[:-4] + b"\1\0\0\0",
            b"\x1f\x8b\x07" + packed[3:], packed + b"junk"):
    show(lambda: len(gzip.decompress(bad)))
    show(lambda: len(gzip.GzipFile(fileobj=io.BytesIO(bad)).read()))

with tempfile.TemporaryDirectory() as folder:
    name = os.path.join(folder, "text.txt.gz")
    with gzip.open(name, "wb") as f:
        print(f.write(data), f.tell(), f.readable(), f.writable(), f.seekable(), f.mode)
        print(f.seek(100_000), f.tell())
        show(lambda: f.read())
        show(lambda: f.seek(0))
        show(lambda: f.seek(0, 2))
        show(lambda: f.rewind())
        f.flush()
    with gzip.open(name) as f:
        print(f.read(20), f.tell(), f.peek(3)[:3], f.read1(7), f.readline())
        print(f.seek(-10, 2), f.read(), f.read(), f.tell())
        f.rewind()
        print(f.readline(), f.readlines(40))
        buffer = bytearray(9)
        print(f.readinto(buffer), buffer, sum(1 for _ in f))
        show(lambda: f.write(b"x"))
        print(f.mode, f.closed, os.path.basename(f.name))
    show(lambda: f.read())
    print(f.closed)
    with gzip.open(name, "wt", encoding="utf-8", newline="\n") as f:
        print(f.write("grün\nblau\n"))
    with gzip.open(name, "at") as f:
        f.write("more\n")
    with gzip.open(name, "rt", encoding="utf-8") as f:
        print(list(f))
    show(lambda: gzip.open(name, "rbt"))
    show(lambda: gzip.open(name, "rb", encoding="utf-8"))
    show(lambda: gzip.open(name, "xyz"))
    show(lambda: gzip.open(3.5))
    show(lambda: gzip.open(os.path.join(folder, "none")).read() if False else gzip.open("/nonexistent/x"))
    with open(name, "rb") as raw:
        head = raw.read(30)
        print(head[:4], head[10:19])
    with gzip.GzipFile(name, "w", 6, mtime=5) as f:
        f.write(memoryview(b"abc"))
        print(repr(f).startswith("<gzip "), f.fileno() > 2)
    with gzip.GzipFile(name) as f:
        print(f.mtime, f.read(), f.mtime)

target = io.BytesIO()
with gzip.GzipFile("a/b/näme.gz", "wb", fileobj=target, mtime=7) as f:
    f.write(b"hello")
print(target.getvalue())
with gzip.GzipFile(fileobj=io.BytesIO(target.getvalue())) as f:
    print(f.read(), repr(f.name))
show(lambda: gzip.GzipFile("x", "rt"))
show(lambda: gzip.GzipFile(fileobj=io.BytesIO(), mode="q"))
print(gzip.BadGzipFile.__mro__)
