"""mimetypes, dbm, shelve."""
import dbm
import dbm.dumb
import mimetypes
import os
import shelve
import tempfile

for name in ("a.html", "b.tar.gz", "c.tgz", "d.PNG", "e.unknown", "f", "http://x.org/g.json?x", "h.py", "i.xul", "data:text/html;x,abc", "data:,x", "data:x", "/k/l.svgz", "m.gz", "n.txt.bz2", "C:x.txt"):
    print(name, mimetypes.guess_type(name), mimetypes.guess_type(name, strict=False))
for kind in ("text/html", "image/jpeg", "IMAGE/PNG", "no/such", "image/jpg"):
    print(kind, mimetypes.guess_extension(kind), mimetypes.guess_all_extensions(kind), mimetypes.guess_extension(kind, strict=False))
mimetypes.add_type("x/new", ".new")
print(mimetypes.guess_type("a.new"), mimetypes.types_map[".new"], mimetypes.common_types[".rtf"], mimetypes.encodings_map[".Z"], mimetypes.suffix_map[".tz"])
m = mimetypes.MimeTypes()
print(m.guess_type("a.new"), m.guess_extension("text/css"))


def attempt(f, *args):
    try:
        print(f(*args))
    except Exception as e:
        print(type(e).__name__, e)


with tempfile.TemporaryDirectory() as folder:
    name = os.path.join(folder, "table")
    with open(name + ".types", "w") as f:
        f.write("# comment\nmy/type one two # more\n\n")
    print(mimetypes.read_mime_types(name + ".types")[".two"], mimetypes.read_mime_types(name + ".no"))
    attempt(lambda: dbm.open(folder + "/none", "r"))
    attempt(dbm.dumb.open, name, "x")
    with dbm.dumb.open(name, "c") as db:
        db["key"] = b"value"
        db[b"\xff"] = "text"
        db["long"] = b"x" * 600
        db["key"] = b"other"
        print(sorted(db.keys()), db["key"], b"key" in db, "no" in db, len(db), db.get("no"), sorted(db.items())[0])
        del db["long"]
        attempt(lambda: db[1])
        attempt(db.__setitem__, "k", 3)
        attempt(lambda: db["gone"])
    attempt(lambda: db["key"])
    print(open(name + ".dir", "rb").read(), dbm.whichdb(name), dbm.whichdb(folder + "/none"), sorted(n.rpartition(".")[2] for n in os.listdir(folder)))
    db = dbm.dumb.open(name, "r")
    attempt(db.__setitem__, "k", b"v")
    print(sorted(db))
    db.close()
    with dbm.open(name, "n") as db:
        print(len(db))

    path = os.path.join(folder, "shelf")
    with shelve.open(path) as s:
        s["list"] = [1, 2]
        s["dict"] = {"a": (1, None)}
        s["list"].append(3)
        print(sorted(s), s["list"], s.get("no", "default"), "dict" in s, len(s), sorted(s.items()))
    attempt(lambda: s["list"])
    with shelve.open(path, writeback=True) as s:
        s["list"].append(3)
        del s["dict"]
        attempt(lambda: s["dict"])
        attempt(lambda: s[1])
    with shelve.open(path, flag="r") as s:
        print(dict(s))
        attempt(s.__setitem__, "k", 1)
    s = shelve.Shelf({})
    s.update(a=1, b=[2])
    print(s.dict.keys(), s.pop("b"), list(s.values()))
    s.close()
    print(s.dict)
