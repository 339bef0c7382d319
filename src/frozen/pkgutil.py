"""Looking for modules in packages and folders."""

import importlib as _importlib
import importlib.machinery as _machinery
import importlib.util as _util
import inspect as _inspect
import os as _os
import re as _re
import sys as _sys
from collections import namedtuple as _namedtuple
from functools import singledispatch as _singledispatch

__all__ = ["get_importer", "iter_importers", "get_loader", "find_loader", "walk_packages", "iter_modules", "get_data",
           "read_code", "extend_path", "ModuleInfo", "resolve_name"]


class ModuleInfo(_namedtuple("ModuleInfo", "module_finder name ispkg")):
    """A module that was found: by what, its name, and whether it is a package."""

    __module__ = "pkgutil"


def get_importer(path_item):
    """The finder for an entry of a path, or None."""
    path_item = _os.fspath(path_item)
    cache = _sys.path_importer_cache
    if path_item not in cache:
        import zipimport

        for hook in [*_sys.path_hooks, zipimport.zipimporter, _machinery.FileFinder.path_hook((_machinery.SourceFileLoader, [".py"]))]:
            try:
                found = hook(path_item)
            except ImportError:
                continue
            # Folders are left to the interpreter's own finder.
            if isinstance(found, _machinery.FileFinder):
                return found
            cache[path_item] = found
            break
        else:
            return None
    return cache[path_item]


def iter_importers(fullname=""):
    """The finders that would be asked for a module."""
    if fullname.startswith("."):
        raise ImportError(f"Relative module name {fullname!r} not supported")
    package = fullname.rpartition(".")[0]
    path = _sys.path
    if package:
        path = getattr(_importlib.import_module(package), "__path__", None)
        if path is None:
            return
    else:
        yield from _sys.meta_path
    for entry in path:
        yield get_importer(entry)


@_singledispatch
def iter_importer_modules(importer, prefix=""):
    """The modules that a finder knows of."""
    return importer.iter_modules(prefix) if hasattr(importer, "iter_modules") else []


@iter_importer_modules.register(_machinery.FileFinder)
def _modules_of_folder(importer, prefix=""):
    try:
        names = sorted(_os.listdir(importer.path))
    except OSError:
        return
    seen = set()
    for entry in names:
        path = _os.path.join(importer.path, entry)
        name = _inspect.getmodulename(entry)
        is_package = False
        if name is None and "." not in entry and _os.path.isdir(path):
            try:
                is_package = any(_inspect.getmodulename(inner) == "__init__" for inner in _os.listdir(path))
            except OSError:
                pass
            name = entry if is_package else None
        if name is None or name == "__init__" or name in seen or "." in name:
            continue
        seen.add(name)
        yield prefix + name, is_package


def iter_modules(path=None, prefix=""):
    """The modules in the folders of a list; without one, in those of `sys.path`."""
    if isinstance(path, str):
        raise ValueError("path must be None or list of paths to look for modules in")
    seen = set()
    for entry in _sys.path if path is None else path:
        finder = get_importer(entry)
        for name, is_package in iter_importer_modules(finder, prefix) if finder is not None else ():
            if name not in seen:
                seen.add(name)
                yield ModuleInfo(finder, name, is_package)


def walk_packages(path=None, prefix="", onerror=None):
    """The same, with the modules in packages, which are imported for that."""
    seen = set()
    for info in iter_modules(path, prefix):
        yield info
        if not info.ispkg:
            continue
        try:
            __import__(info.name)
        except ImportError:
            if onerror is not None:
                onerror(info.name)
        except Exception:
            if onerror is None:
                raise
            onerror(info.name)
        else:
            inner = getattr(_sys.modules[info.name], "__path__", None) or []
            inner = [entry for entry in inner if entry not in seen]
            seen.update(inner)
            yield from walk_packages(inner, info.name + ".", onerror)


def find_loader(fullname):
    """The loader of a module, or None."""
    if fullname.startswith("."):
        raise ImportError(f"Relative module name {fullname!r} not supported")
    try:
        spec = _util.find_spec(fullname)
    except (ImportError, AttributeError, TypeError, ValueError) as error:
        raise ImportError(f"Error while finding loader for {fullname!r} ({type(error)}: {error})") from error
    return spec.loader if spec is not None else None


def get_loader(module_or_name):
    """The loader of a module that is given itself or by name, or None."""
    if module_or_name in _sys.modules:
        module_or_name = _sys.modules[module_or_name]
        if module_or_name is None:
            return None
    if isinstance(module_or_name, type(_sys)):
        loader = getattr(module_or_name, "__loader__", None)
        if loader is not None:
            return loader
        if getattr(module_or_name, "__spec__", 0) is None:
            return None
        module_or_name = module_or_name.__name__
    return find_loader(module_or_name)


def read_code(stream):
    """None: files of compiled code are not those of this interpreter."""
    return None


def extend_path(path, name):
    """The path of a package, with the folders of that name elsewhere on `sys.path` added."""
    if not isinstance(path, list):
        return path
    path = path[:]
    parent, _, last = name.rpartition(".")
    places = _sys.path
    if parent:
        places = getattr(_sys.modules.get(parent), "__path__", None)
        if places is None:
            return path
    for place in places:
        if not isinstance(place, str):
            continue
        folder = _os.path.join(place, last)
        if _os.path.isfile(_os.path.join(folder, "__init__.py")) and folder not in path:
            path.append(folder)
        listed = _os.path.join(place, name + ".pkg")
        if _os.path.isfile(listed):
            with open(listed) as file:
                path += [line.rstrip("\n") for line in file if line.rstrip("\n") and not line.startswith("#")]
    return path


def get_data(package, resource):
    """The bytes of a file beside a package's `__init__.py`; None if its loader cannot read files."""
    spec = _util.find_spec(package)
    loader = spec.loader if spec is not None else None
    if loader is None or not hasattr(loader, "get_data"):
        return None
    module = _sys.modules.get(package) or _importlib.import_module(package)
    if not hasattr(module, "__file__"):
        return None
    parts = resource.split("/")
    return loader.get_data(_os.path.join(_os.path.dirname(module.__file__), *parts))


_NAME = r"(?!\d)\w+"
_DOTTED = _re.compile(rf"(?P<module>{_NAME}(?:\.{_NAME})*)(?P<colon>:(?P<object>{_NAME}(?:\.{_NAME})*)?)?")


def resolve_name(name):
    """The object that `module.object` or `module:object` means."""
    found = _DOTTED.fullmatch(name)
    if not found:
        raise ValueError(f"invalid format: {name!r}")
    if found["colon"]:
        result = _importlib.import_module(found["module"])
        rest = found["object"].split(".") if found["object"] else []
    else:
        first, *rest = name.split(".")
        result = _importlib.import_module(first)
        while rest:
            try:
                result = _importlib.import_module(f"{first}.{rest[0]}")
            except ImportError:
                break
            first = f"{first}.{rest.pop(0)}"
    for part in rest:
        result = getattr(result, part)
    return result
