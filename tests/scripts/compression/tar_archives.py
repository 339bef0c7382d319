import io
import os
import stat
import tarfile
import tempfile


def show(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, "|", e)


def archive(format, mode="w", **kwargs):
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode=mode, format=format, **kwargs) as t:
        for name, data in (("a.txt", b"hello"), ("folder" * 10 + "/" + "long" * 20 + ".txt", b"x" * 1000), ("grün.txt", b"")):
            info = tarfile.TarInfo(name)
            info.size = len(data)
            info.mtime = 1234567890
            info.uname, info.gname, info.uid, info.gid = "user", "group", 1000, 1001
            t.addfile(info, io.BytesIO(data))
        info = tarfile.TarInfo("folder/sub")
        info.type, info.mode, info.mtime = tarfile.DIRTYPE, 0o755, 1.5 if format == tarfile.PAX_FORMAT else 1
        t.addfile(info)
        info = tarfile.TarInfo("link")
        info.type, info.linkname = tarfile.SYMTYPE, "a.txt"
        t.addfile(info)
        info = tarfile.TarInfo("hard")
        info.type, info.linkname = tarfile.LNKTYPE, "a.txt"
        t.addfile(info)
        info = tarfile.TarInfo("big")
        info.uid = 2**22 if format != tarfile.USTAR_FORMAT else 5
        t.addfile(info)
    return target.getvalue()


for format in (tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT):
    data = archive(format)
    import zlib
    print(format, len(data), zlib.crc32(data))
    with tarfile.open(fileobj=io.BytesIO(data)) as t:
        print(t.getnames())
        for m in t:
            print(m.name[:20], m.size, m.mtime, oct(m.mode), m.type, m.linkname, m.uid, m.uname, m.isfile(), m.isdir(), m.issym(), m.islnk(), m.pax_headers, m.offset, m.offset_data)
        f = t.extractfile("a.txt")
        print(f.read(2), f.tell(), f.read(), f.seek(1), f.read(2), t.extractfile("folder/sub"), t.extractfile("link").read(), t.extractfile("hard").read())
        show(lambda: t.getmember("none"))
        show(lambda: t.add("x"))
        t.list()
    for mode in ("gz", "bz2", "xz"):
        packed = archive(format, "w:" + mode)
        with tarfile.open(fileobj=io.BytesIO(packed)) as t:
            print(mode, len(t.getmembers()))
        with tarfile.open(fileobj=io.BytesIO(packed), mode="r|*") as t:
            print([(m.name[:5], len(t.extractfile(m).read())) for m in t if m.isfile()])
for bad in (b"", b"x" * 600, data[:100], data[:700], b"\0" * 1024, data[:600] + b"\xff" * 600):
    show(lambda: tarfile.open(fileobj=io.BytesIO(bad), mode="r:").getnames())
for mode in ("q", "r:q", "w|q", "rw"):
    show(lambda: tarfile.open(fileobj=io.BytesIO(), mode=mode))
show(lambda: tarfile.open())
show(lambda: tarfile.TarInfo("x" * 300).tobuf(tarfile.USTAR_FORMAT))
info = tarfile.TarInfo("n")
info.size = 8**12
show(lambda: info.tobuf(tarfile.USTAR_FORMAT))
print(len(info.tobuf(tarfile.GNU_FORMAT)), len(info.tobuf()), info.replace(name="m", mode=0o700).name, info.get_info()["name"])

with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    os.makedirs("tree/sub")
    for name in ("tree/one.txt", "tree/sub/two.txt"):
        with open(name, "w") as f:
            f.write(name)
        os.utime(name, (1e9, 1e9))
    os.symlink("one.txt", "tree/link")
    os.link("tree/one.txt", "tree/same")
    with tarfile.open("t.tar.gz", "w:gz") as t:
        t.add("tree", filter=lambda i: None if i.name.endswith("two.txt") else i)
        t.add("tree/sub/two.txt", arcname="other.txt")
    print(tarfile.is_tarfile("t.tar.gz"), tarfile.is_tarfile("tree/one.txt"))
    with tarfile.open("t.tar.gz") as t:
        print([(m.name, m.type) for m in t])
        t.extractall("out")
        t.extract("other.txt", "out2")
    print(sorted(os.path.join(r, n) for r, d, f in os.walk("out") for n in d + f))
    print(os.readlink("out/tree/link"), open("out/tree/same").read(), os.stat("out/tree/one.txt").st_mtime, open("out2/other.txt").read())
    with tarfile.open("plain.tar", "w") as t:
        t.add("tree/one.txt", "one")
    with tarfile.open("plain.tar", "a") as t:
        t.add("tree/one.txt", "two")
        print(t.getnames())
    with tarfile.open("plain.tar") as t:
        print(t.getnames(), os.path.getsize("plain.tar"))
    with tarfile.open("evil.tar", "w") as t:
        for name, kind, link in (("../out.txt", tarfile.REGTYPE, ""), ("/abs.txt", tarfile.REGTYPE, ""),
                                 ("pipe", tarfile.FIFOTYPE, ""), ("l", tarfile.SYMTYPE, "../../x"), ("ok", tarfile.REGTYPE, "")):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, link
            info.mode = 0o6777
            t.addfile(info)
    with tarfile.open("evil.tar") as t:
        for member in t.getmembers():
            for filter in ("data", "tar"):
                try:
                    print(member.name, filter, oct(getattr(tarfile, filter + "_filter")(member, folder).mode or 0))
                except tarfile.FilterError as e:
                    print(member.name, filter, type(e).__name__, str(e).split(" to ")[0])
        show(lambda: t.extractall("z", filter="none"))
        t.extract("ok", "z", filter="data")
    print(oct(os.stat("z/ok").st_mode))
    os.chdir("/")
