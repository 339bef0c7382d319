"""Relative entries of sys.path: files are named from the root; pkgutil in folders and archives."""
import os
import pkgutil
import sys
import tempfile
import zipfile

start = os.getcwd()
with tempfile.TemporaryDirectory() as folder:
    folder = os.path.realpath(folder)
    os.chdir(folder)
    os.makedirs("sub/package")
    with open("sub/single.py", "w") as file:
        file.write('"""One.\n\nTwo."""\nvalue = __file__\n')
    with open("sub/package/__init__.py", "w") as file:
        file.write("")
    place = lambda path: path.replace(folder, "FOLDER")
    for entry, at in (("sub", "."), ("./sub/", "."), (".", "sub"), ("", "sub"), ("../sub", "sub"), (folder + "/sub", ".")):
        os.chdir(os.path.join(folder, at))
        sys.path.insert(0, entry)
        import package
        import single
        print(entry.replace(folder, "FOLDER"), place(single.value), place(package.__file__), [place(p) for p in package.__path__])
        del sys.path[0], sys.modules["package"], sys.modules["single"]
    os.chdir(folder)

    with zipfile.ZipFile("archive.zip", "w") as archive:
        archive.writestr("one.py", "")
        archive.writestr("two/__init__.py", "")
        archive.writestr("two/inner.py", "")
        archive.writestr("data/text.txt", "")
    print([(m.name, m.ispkg) for m in pkgutil.iter_modules(["archive.zip"])])
    print([(m.name, m.ispkg) for m in pkgutil.iter_modules(["archive.zip/two"], "two.")])
    print([(m.name, m.ispkg) for m in pkgutil.iter_modules(["sub", "nowhere"])])
    print(object.__getattribute__(single, "__doc__").split())
    for name in ("value", "nothing"):
        try:
            print(place(object.__getattribute__(single, name)))
        except AttributeError as error:
            print(error)
    os.chdir(start)

for arguments in ((), (1, 2), ("A", 1, {}), ("A", (), 1), (1, (), {}), ("A", (), {}, 1)):
    try:
        print(type(*arguments))
    except TypeError as error:
        print(error)
try:
    type.__new__(type, "A")
except TypeError as error:
    print(error)
