"""uu, imghdr, zipapp, pyclbr."""
import io
import os
import subprocess
import sys
import tempfile
import warnings

warnings.simplefilter("ignore")
import imghdr
import pyclbr
import uu
import zipapp

out = io.BytesIO()
uu.encode(io.BytesIO(b"The quick brown fox jumps over the lazy dog, and then some more text follows."), out, "t.txt", 0o644)
print(out.getvalue().decode())
back = io.BytesIO()
out.seek(0)
uu.decode(out, back)
print(back.getvalue())
for text in (b"nothing\n", b"begin 644 x\n#86)C\n"):
    try:
        uu.decode(io.BytesIO(text), io.BytesIO())
    except uu.Error as e:
        print(e)
for head in (b"\211PNG\r\n\032\n", b"GIF89a", b"\xff\xd8\xff\xe0\0\0JFIF", b"P6 ", b"BM", b"RIFF\0\0\0\0WEBP", b"none", b"MM\0*"):
    print(imghdr.what(None, head.ljust(32, b"\0")), imghdr.what(io.BytesIO(head)))

with tempfile.TemporaryDirectory() as folder:
    app = os.path.join(folder, "app")
    os.mkdir(app)
    with open(os.path.join(app, "prog.py"), "w") as f:
        f.write("def main():\n    print('from the archive')\n")
    for bad in (lambda: zipapp.create_archive(app), lambda: zipapp.create_archive(app + "x"), lambda: zipapp.create_archive(app, main="prog")):
        try:
            bad()
        except zipapp.ZipAppError as e:
            print(e)
    target = os.path.join(folder, "app.pyz")
    zipapp.create_archive(app, target, interpreter="/usr/bin/env python3", main="prog:main")
    print(zipapp.get_interpreter(target), os.access(target, os.X_OK))
    copy = os.path.join(folder, "copy.pyz")
    zipapp.create_archive(target, copy)
    print(zipapp.get_interpreter(copy))
    path = os.path.join(folder, "sample_browsed.py")
    with open(path, "w") as f:
        f.write("import os\nfrom io import StringIO\nclass A(dict):\n    def m(self): pass\n    class In: pass\n"
                "class B(A, StringIO):\n    async def co(self):\n        def inner(): pass\n@property\ndef top(): pass\n")
    tree = pyclbr.readmodule_ex("sample_browsed", [folder])
    for name in ("A", "B", "top"):
        o = tree[name]
        print(type(o).__name__, o.name, o.lineno, o.end_lineno, o.module, sorted(o.children), getattr(o, "methods", None),
              [getattr(s, "name", s) for s in getattr(o, "super", [])], o.parent)
    print(tree["B"].children["co"].is_async, tree["B"].children["co"].children["inner"].parent.name)
    print([n for n in pyclbr.readmodule("sample_browsed", [folder]) if n in ("A", "B", "top")])
    try:
        pyclbr.readmodule("no_such_module_here")
    except ImportError as e:
        print(e)
