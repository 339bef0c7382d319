"""Files that lie in packages: `files(package)` is the folder, whose items are read like paths."""
import contextlib
import functools
import importlib
import os
import pathlib
import tempfile
import types
import warnings

__all__ = ["Package", "Resource", "ResourceReader", "as_file", "contents", "files", "is_resource", "open_binary", "open_text",
           "path", "read_binary", "read_text"]

Package = types.ModuleType | str
Resource = str


def _package(package):
    module = package if isinstance(package, types.ModuleType) else importlib.import_module(package)
    spec = module.__spec__
    if spec is None or spec.submodule_search_locations is None:
        raise TypeError(f"{package!r} is not a package")
    return module


def files(package):
    """The folder of a package."""
    spec = _package(package).__spec__
    reader = getattr(spec.loader, "get_resource_reader", None)
    reader = reader(spec.name) if reader else None
    if hasattr(reader, "files"):
        return reader.files()
    locations = [pathlib.Path(location) for location in spec.submodule_search_locations]
    if spec.origin and os.path.basename(spec.origin) == "__init__.py":
        return pathlib.Path(spec.origin).parent
    if not locations:
        raise FileNotFoundError(f"the package {spec.name} has no files")
    return locations[0] if len(locations) == 1 else MultiplexedPath(*locations)


class MultiplexedPath:
    """Several folders as one: those of a namespace package."""

    def __init__(self, *paths):
        self._paths = list(dict.fromkeys(map(pathlib.Path, paths)))
        if not self._paths:
            raise FileNotFoundError("MultiplexedPath must contain at least one path")
        if not all(path.is_dir() for path in self._paths):
            raise NotADirectoryError("MultiplexedPath only supports directories")

    def iterdir(self):
        """The items of all."""
        seen = set()
        for path in self._paths:
            for item in path.iterdir():
                if item.name not in seen:
                    seen.add(item.name)
                    yield item

    def read_bytes(self):
        """It is no file."""
        raise FileNotFoundError(f"{self} is not a file")

    def read_text(self, *args, **kwargs):
        """It is no file."""
        raise FileNotFoundError(f"{self} is not a file")

    def is_dir(self):
        """True."""
        return True

    def is_file(self):
        """False."""
        return False

    def joinpath(self, child, *more):
        """The item with a name, in the first folder that has it."""
        for item in self.iterdir():
            if item.name == child:
                return item.joinpath(*more) if more else item
        return self._paths[0].joinpath(child, *more)

    __truediv__ = joinpath

    def open(self, *args, **kwargs):
        """It is no file."""
        raise FileNotFoundError(f"{self} is not a file")

    @property
    def name(self):
        """Its name."""
        return self._paths[0].name

    def __repr__(self):
        return f"MultiplexedPath({', '.join(repr(str(path)) for path in self._paths)})"


@contextlib.contextmanager
def _copied(item):
    """A copy of something that is no file of the system, as long as it is needed."""
    with tempfile.TemporaryDirectory() as folder:
        target = pathlib.Path(folder, item.name)
        _copy(item, target)
        yield target


def _copy(item, target):
    if item.is_dir():
        target.mkdir()
        for child in item.iterdir():
            _copy(child, target / child.name)
    else:
        target.write_bytes(item.read_bytes())


def as_file(path):
    """A context that gives a file of the system with the content."""
    return contextlib.nullcontext(path) if isinstance(path, pathlib.Path) else _copied(path)


# The older functions, for the files right in a package.


def _deprecated(function):
    @functools.wraps(function)
    def warning(*args, **kwargs):
        warnings.warn(
            f"{function.__name__} is deprecated. Use files() instead. Refer to "
            "https://importlib-resources.readthedocs.io/en/latest/using.html#migrating-from-legacy for migration advice.",
            DeprecationWarning, stacklevel=2)
        return function(*args, **kwargs)

    return warning


def _name(resource):
    text = str(resource)
    parent, name = os.path.split(text)
    if parent:
        raise ValueError(f"{resource!r} must be only a file name")
    return name


@_deprecated
def open_binary(package, resource):
    """A file, to be read as bytes."""
    return (files(package) / _name(resource)).open("rb")


@_deprecated
def read_binary(package, resource):
    """The bytes of a file."""
    return (files(package) / _name(resource)).read_bytes()


@_deprecated
def open_text(package, resource, encoding="utf-8", errors="strict"):
    """A file, to be read as text."""
    return (files(package) / _name(resource)).open("r", encoding=encoding, errors=errors)


@_deprecated
def read_text(package, resource, encoding="utf-8", errors="strict"):
    """The text of a file."""
    with (files(package) / _name(resource)).open("r", encoding=encoding, errors=errors) as file:
        return file.read()


@_deprecated
def contents(package):
    """The names in a package."""
    return [item.name for item in files(package).iterdir()]


@_deprecated
def is_resource(package, name):
    """Whether a package has a file of this name."""
    name = _name(name)
    return any(item.name == name and item.is_file() for item in files(package).iterdir())


@_deprecated
def path(package, resource):
    """A context that gives the path of a file."""
    return as_file(files(package) / _name(resource))


class ResourceReader:
    """What a loader may give for the files of its packages."""

    def open_resource(self, resource):
        """A file, to be read as bytes."""
        raise FileNotFoundError

    def resource_path(self, resource):
        """The path of a file."""
        raise FileNotFoundError

    def is_resource(self, path):
        """Whether it is a file."""
        raise FileNotFoundError

    def contents(self):
        """The names."""
        raise FileNotFoundError
