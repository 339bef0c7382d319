"""Imports from archives: an entry of `sys.path` may be a zip file, or a folder in one."""
import importlib.abc
import importlib.util
import io
import os
import sys
import zipfile

__all__ = ["ZipImportError", "zipimporter"]

# The contents of archives that are in use.
_zip_directory_cache = {}
# What a module may be, in the order in which it is looked for.
_FORMS = ("/__init__.py", True), (".py", False)


class ZipImportError(ImportError):
    """It is not in the archive, or there is no archive."""


def _contents(archive):
    """The names in an archive, each with where it is found."""
    try:
        with zipfile.ZipFile(archive) as opened:
            return {info.filename: info for info in opened.infolist()}
    except (OSError, zipfile.BadZipFile) as error:
        raise ZipImportError(f"can't open Zip file: {archive!r}" if isinstance(error, OSError) else
                             f"not a Zip file: {archive!r}", path=archive) from None


class zipimporter(importlib.abc.InspectLoader):
    """Finds and loads modules in an archive, or in a folder of one: `archive.zip/folder`."""

    def __init__(self, path):
        path = os.fsdecode(path)
        if not path:
            raise ZipImportError("archive path is empty", path=path)
        archive, inside = path, []
        while not os.path.isfile(archive):
            folder, name = os.path.split(archive)
            if folder == archive or os.path.exists(archive):
                raise ZipImportError("not a Zip file", path=path)
            archive = folder
            inside.insert(0, name)
        if archive not in _zip_directory_cache:
            _zip_directory_cache[archive] = _contents(archive)
        self._files = _zip_directory_cache[archive]
        self.archive = archive
        self.prefix = os.path.join(*inside, "") if inside else ""

    def __repr__(self):
        place = os.path.join(self.archive, self.prefix) if self.prefix else self.archive + os.sep
        return f'<zipimporter object "{place}">' if self.prefix else f'<zipimporter object "{self.archive}{os.sep}">'

    def invalidate_caches(self):
        """Looks into the archive again."""
        try:
            self._files = _zip_directory_cache[self.archive] = _contents(self.archive)
        except ZipImportError:
            _zip_directory_cache.pop(self.archive, None)
            self._files = {}

    # Finding.

    def iter_modules(self, prefix=""):
        """The names of the modules in the folder, for pkgutil, and whether they are packages."""
        found = {}
        for path in self._files:
            name, slash, rest = path.removeprefix(self.prefix).partition("/")
            if not path.startswith(self.prefix) or slash and rest != "__init__.py":
                continue
            module, is_source = (name, True) if slash else (name.removesuffix(".py"), name.endswith(".py"))
            if is_source and module != "__init__" and "." not in module:
                found.setdefault(module, bool(slash))
        yield from ((prefix + name, found[name]) for name in sorted(found))

    def _form(self, fullname):
        """Where a module is in the archive, and whether it is a package; None if it is not there."""
        base = self.prefix + fullname.rpartition(".")[2]
        for ending, is_package in _FORMS:
            if base + ending in self._files:
                return base + ending, is_package
        return None

    def _required(self, fullname):
        form = self._form(fullname)
        if form is None:
            raise ZipImportError(f"can't find module {fullname!r}", name=fullname)
        return form

    def find_spec(self, fullname, target=None):
        """The specification of a module, or None."""
        if self._form(fullname) is not None:
            return importlib.util.spec_from_loader(fullname, self, is_package=self.is_package(fullname))
        folder = self.prefix + fullname.rpartition(".")[2]
        if any(name.startswith(folder + "/") for name in self._files):
            spec = importlib.util.spec_from_loader(fullname, None, is_package=True)
            spec.submodule_search_locations.append(os.path.join(self.archive, folder))
            return spec
        return None

    # Loading.

    def create_module(self, spec):
        """An ordinary module."""
        return None

    def is_package(self, fullname):
        """Whether a module is a package."""
        return self._required(fullname)[1]

    def get_filename(self, fullname):
        """The path of a module, as if the archive were a folder."""
        return os.path.join(self.archive, self._required(fullname)[0])

    def get_data(self, pathname):
        """The bytes of a file."""
        name = pathname.removeprefix(self.archive + os.sep)
        if name not in self._files:
            raise OSError(0, "", name)
        with zipfile.ZipFile(self.archive) as opened:
            return opened.read(name)

    def get_source(self, fullname):
        """The source of a module."""
        data = self.get_data(self._required(fullname)[0])
        return importlib.util.decode_source(data)

    def get_code(self, fullname):
        """The code of a module."""
        return compile(self.get_source(fullname), self.get_filename(fullname), "exec", dont_inherit=True)

    def exec_module(self, module):
        """Fills a module."""
        name = module.__spec__.name
        module.__file__ = self.get_filename(name)
        if self.is_package(name):
            module.__path__[:] = [os.path.dirname(module.__file__)]
        exec(self.get_code(name), module.__dict__)

    def load_module(self, fullname):
        """Imports a module, in the older way."""
        module = importlib.util.module_from_spec(self.find_spec(fullname))
        sys.modules[fullname] = module
        try:
            self.exec_module(module)
        except BaseException:
            sys.modules.pop(fullname, None)
            raise
        return sys.modules[fullname]

    def get_resource_reader(self, fullname):
        """What reads the files of a package."""
        return _Reader(self, fullname) if self.is_package(fullname) else None


class _Reader:
    """The files of a package in an archive."""

    def __init__(self, importer, fullname):
        self._importer = importer
        self._folder = os.path.dirname(importer._required(fullname)[0])

    def files(self):
        """The folder of the package."""
        return zipfile.Path(self._importer.archive, self._folder + "/")

    def open_resource(self, resource):
        """A file, to be read as bytes."""
        try:
            return io.BytesIO(self._importer.get_data(f"{self._folder}/{resource}"))
        except OSError:
            raise FileNotFoundError(resource) from None
