import io
import os
import stat
import tempfile
import warnings
import zipfile
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, ZipFile, ZipInfo


def show(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, "|", e)


when = (2020, 2, 29, 12, 34, 56)
data = b"some text that repeats, " * 200
target = io.BytesIO()
with ZipFile(target, "w") as z:
    for method in (ZIP_STORED, ZIP_DEFLATED, ZIP_BZIP2, ZIP_LZMA):
        info = ZipInfo(f"folder/file{method}.txt", when)
        info.compress_type = method
        z.writestr(info, data)
    z.writestr(ZipInfo("leer.txt", when), "")
    z.writestr(ZipInfo("grün.txt", when), "ä")
    z.mkdir("new")
    with z.open(ZipInfo("stream", when), "w") as f:
        print(f.write(b"abc"), f.write(b"def"), f.writable())
        show(lambda: z.writestr("other", b""))
        show(lambda: z.read("leer.txt"))
        show(z.close)
    z.comment = b"a comment"
    print(repr(z).startswith("<zipfile.ZipFile file=<_io.BytesIO object at"))
archive = target.getvalue()
print(len(archive), hash(archive) != 0)
with ZipFile(io.BytesIO(archive)) as z:
    z.printdir()
    print(z.namelist(), z.comment, z.testzip())
    for info in z.infolist():
        print(info, info.CRC, info.compress_size, info.date_time, info.flag_bits, info.is_dir(), info.header_offset)
        print(len(z.read(info)))
    with z.open("folder/file8.txt") as f:
        print(f)
        print(f.read(10), f.tell(), f.peek(3)[:3], f.seek(100), f.read(5), f.seek(-5, 2), f.read(), f.read(), f.seek(2), f.read1(4))
        print(f.readline(7), f.readable(), f.seekable(), f.name, f.mode)
    print(f)
    show(f.read)
    show(lambda: z.read("nothing"))
    show(lambda: z.open("leer.txt", "q"))
    show(lambda: z.writestr("x", b""))
    show(lambda: z.setpassword("text"))
show(lambda: z.read("leer.txt"))
print(z)
print(zipfile.is_zipfile(io.BytesIO(archive)), zipfile.is_zipfile(io.BytesIO(b"no archive")))
for bad in (b"", b"PK\x05\x06", archive[:-4], archive[:100], archive.replace(b"PK\1\2", b"QK\1\2"),
            archive.replace(b"PK\3\4", b"QK\3\4")):
    show(lambda: ZipFile(io.BytesIO(bad)).testzip())
damaged = archive.replace(b"abcdef", b"abcdeX")
print(ZipFile(io.BytesIO(damaged)).testzip())
show(lambda: ZipFile(io.BytesIO(damaged)).read("stream"))
for f in (lambda: ZipFile(target, "q"), lambda: ZipFile(target, "w", 99), lambda: ZipInfo("x", (1970, 1, 1, 0, 0, 0)),
          lambda: ZipFile("/nonexistent/file.zip")):
    show(f)

with tempfile.TemporaryDirectory() as folder:
    os.makedirs(os.path.join(folder, "tree", "sub"))
    for name in ("tree/one.txt", "tree/sub/two.txt"):
        with open(os.path.join(folder, name), "w") as f:
            f.write(name * 10)
        os.utime(os.path.join(folder, name), (1e9, 1e9))
    path = os.path.join(folder, "out.zip")
    with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=1) as z:
        z.write(os.path.join(folder, "tree"), "tree")
        z.write(os.path.join(folder, "tree/one.txt"), "tree/one.txt")
        print([i.filename for i in z.infolist()])
    with ZipFile(path, "a") as z:
        z.write(os.path.join(folder, "tree/sub/two.txt"), "/abs/../tree/two.txt", ZIP_STORED)
        with warnings.catch_warnings(record=True) as seen:
            warnings.simplefilter("always")
            z.writestr("tree/one.txt", "again")
        print([str(w.message) for w in seen])
    with ZipFile(path) as z:
        print(z.namelist(), z.read("tree/one.txt"), stat.filemode(z.getinfo("tree/").external_attr >> 16))
        z.extractall(os.path.join(folder, "x"))
        print(os.path.relpath(z.extract("tree/two.txt", os.path.join(folder, "y")), folder))
    print(sorted(os.path.relpath(os.path.join(r, n), folder) for r, d, f in os.walk(os.path.join(folder, "x")) for n in d + f))
    with ZipFile(path, "w") as z:
        z.writestr("../../evil.txt", b"")
    with ZipFile(path) as z:
        print(os.path.relpath(z.extract("../../evil.txt", os.path.join(folder, "z")), folder))

    class Pipe(io.RawIOBase):
        def __init__(self):
            self.parts = []

        def writable(self):
            return True

        def write(self, b):
            self.parts.append(bytes(b))
            return len(b)

        def flush(self):
            pass

    pipe = Pipe()
    with ZipFile(pipe, "w", ZIP_DEFLATED) as z:
        z.writestr(ZipInfo("a", when), data)
        z.writestr(ZipInfo("b", when), b"12345")
    with ZipFile(io.BytesIO(b"prefix" + b"".join(pipe.parts))) as z:
        print(z.testzip(), z.read("b"), z.getinfo("a").flag_bits)

root = zipfile.Path(io.BytesIO(archive))
print(sorted(p.name for p in root.iterdir() if p.at))
one = root / "folder" / "file8.txt"
print(one.exists(), one.is_file(), one.is_dir(), one.suffix, one.stem, one.read_text(encoding="ascii")[:10], one.parent.at)
print((root / "folder").is_dir(), (root / "nothing").exists(), one.read_bytes()[:4])
try:
    (root / "folder").open()
except IsADirectoryError:
    print("a folder")
