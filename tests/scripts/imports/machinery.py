# Packages of all kinds, made in a folder of their own.
import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import os
import sys

folder = f"/tmp/minipy-imports-{os.getpid()}"


def write(name, text=""):
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as file:
        file.write(text)


def attempt(call, *args, **kwargs):
    try:
        print(shown(call(*args, **kwargs)))
    except Exception as error:
        text = str(error).replace(folder, "FOLDER")
        print(type(error).__name__, text, getattr(error, "name", None), str(getattr(error, "path", None)).replace(folder, "FOLDER"))


def shown(value):
    text = repr(value).replace(folder, "FOLDER")
    return text.split(" object at ")[0]


write("plain.py", "value = 1\nprint('plain runs as', __name__, __package__, __file__.split('/')[-1])\n")
write("pkg/__init__.py", "from . import one\nprint(__name__, __package__, __path__[0].endswith('pkg'))\n")
write("pkg/one.py", "from .two import two\nfrom . import two\nx = 1\n")
write("pkg/two.py", "two = 2\n")
write("pkg/bad.py", "from ... import x\n")
write("pkg/sub/__init__.py", "")
write("pkg/sub/deep.py", "from .. import one\nfrom ..two import two\nprint(__name__, one.x, two)\n")
write("circle_a.py", "from circle_b import b\na = 1\n")
write("circle_b.py", "from circle_a import a\nb = 1\n")
write("circle_c.py", "import circle_d\nc = 1\n")
write("circle_d.py", "import circle_c\ncircle_c.c\n")
write("space/inner.py", "here = True\n")
write("broken.py", "1/0\n")
write("missing_inside.py", "import no_such_module\n")
write("pkg/missing.py", "import no_such_module\n")
write("starred/__init__.py", "__all__ = ['part', 'y']\ny = 2\n")
write("starred/part.py", "")
write("replaced.py", "import sys\nsys.modules[__name__] = 'something else'\n")
sys.path.insert(0, folder)

import plain
import pkg.sub.deep

print(shown(plain), shown(pkg), shown(pkg.sub.deep))
print(shown(plain.__spec__), shown(plain.__loader__), plain.__spec__.has_location, plain.__spec__.parent)
print(shown(pkg.__spec__.submodule_search_locations), pkg.__spec__.parent, pkg.sub.deep.__spec__.parent)
print(plain.__cached__.replace(folder, "FOLDER"), plain.__spec__.cached == plain.__cached__)
attempt(importlib.import_module, "circle_a")
attempt(importlib.import_module, "circle_c")
attempt(importlib.import_module, "broken")
print("broken" in sys.modules)
attempt(importlib.import_module, "missing_inside")
attempt(importlib.import_module, "pkg.bad")
attempt(importlib.import_module, "pkg.nothing")
attempt(importlib.import_module, "plain.x")
attempt(importlib.import_module, ".two")
attempt(lambda: importlib.import_module(".two", "pkg").two)
attempt(lambda: importlib.import_module("..two", "pkg.sub").two)
attempt(importlib.import_module, "...two", "pkg.sub")
attempt(importlib.import_module, "")
attempt(importlib.import_module, "replaced")
import space
import space.inner

print(shown(space).partition(" (")[0], space.__file__ if hasattr(space, "__file__") else None, list(space.__path__) == [folder + "/space"], space.inner.here)
from starred import *

print(y, shown(part))


def relative():
    exec("from . import x", {"__name__": "__main__"})


attempt(relative)
attempt(exec, "from .two import two; print(two)", {"__package__": "pkg"})
attempt(exec, "from .two import nope", {"__package__": "pkg"})
attempt(exec, "from pkg import missing")
attempt(exec, "import pkg.two as t, pkg.sub.deep; print(t.two, pkg.sub.deep.two)")
attempt(__import__, "pkg.two")
print(__import__("pkg.two", fromlist=["two"]).__name__, __import__("two", {"__package__": "pkg"}, level=1).__name__)
attempt(__import__, "two", {"__package__": "pkg"}, None, [], -1)

write("plain.py", "value = 2\nmore = 3\nprint('again')\n")
plain.kept = True
print(importlib.reload(plain) is plain, plain.value, plain.more, plain.kept)
attempt(importlib.reload, "plain")
attempt(importlib.reload, type(sys)("nobody"))

print(shown(importlib.util.find_spec("pkg.two")), importlib.util.find_spec("nope"), shown(importlib.util.find_spec("sys")))
attempt(importlib.util.find_spec, "plain.nope")
attempt(importlib.util.find_spec, "__main__")
attempt(importlib.util.find_spec, ".two", "pkg")
attempt(importlib.util.resolve_name, ".a", "b.c")
attempt(importlib.util.resolve_name, ".a", "")
spec = importlib.util.spec_from_file_location("made", os.path.join(folder, "pkg/two.py"))
module = importlib.util.module_from_spec(spec)
print("made" in sys.modules, hasattr(module, "two"))
spec.loader.exec_module(module)
print(module.two, module.__name__, shown(module), spec.loader.get_source("made"), spec.loader.is_package("made"))
print(importlib.util.spec_from_file_location("x", "/a/b.txt"), importlib.util.cache_from_source("/a/b.py"), importlib.util.source_from_cache("/a/__pycache__/b.cpython-311.pyc"))


class Finder(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name.startswith("virtual"):
            return importlib.util.spec_from_loader(name, Loader(), is_package=name == "virtual")


class Loader(importlib.abc.Loader):
    def create_module(self, spec):
        print("create", spec.name)

    def exec_module(self, module):
        module.answer = 42


sys.meta_path.insert(0, Finder())
import virtual.sub

print(virtual.sub.answer, virtual.__path__, virtual.__package__, virtual.sub.__package__, virtual.__spec__.origin)
del sys.meta_path[0]


class Entry(importlib.abc.PathEntryFinder):
    def __init__(self, path):
        if path != "memory:":
            raise ImportError
        print("hook for", path)

    def find_spec(self, name, target=None):
        if name == "remembered":
            return importlib.machinery.ModuleSpec(name, Loader())


sys.path_hooks.insert(0, Entry)
sys.path.append("memory:")
import remembered

print(remembered.answer, "memory:" in sys.path_importer_cache)
sys.path.remove("memory:")
sys.path_hooks.remove(Entry)

write("lazy.py", "print('lazy runs')\nz = 5\n")
spec = importlib.util.find_spec("lazy")
spec.loader = importlib.util.LazyLoader(spec.loader)
lazy = importlib.util.module_from_spec(spec)
spec.loader.exec_module(lazy)
print("not yet")
print(lazy.z)


class Text(importlib.abc.SourceLoader):
    def get_filename(self, name):
        return "<text>"

    def get_data(self, path):
        return b"text = __name__"


module = importlib.util.module_from_spec(importlib.util.spec_from_loader("texts", Text()))
module.__loader__.exec_module(module)
print(module.text, module.__file__)
print(type(sys)("new"), importlib.machinery.SOURCE_SUFFIXES)
m = type(sys)("m", "about m")
print(m.__doc__, m.__spec__, m.__loader__, m.__package__, sorted(vars(m)))
sys.modules["halted"] = None
attempt(importlib.import_module, "halted")
print(isinstance(importlib.machinery.SourceFileLoader("a", "b"), importlib.abc.SourceLoader))
os.system(f"rm -r {folder}")
