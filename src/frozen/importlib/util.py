"""Tools for those who write finders and loaders, or look for modules without importing them."""

import _frozen_importlib
import importlib as _importlib
import os as _os
import sys as _sys
from _frozen_importlib import SourceFileLoader as _SourceFileLoader, module_from_spec
from importlib.machinery import ModuleSpec as _ModuleSpec

__all__ = ["LazyLoader", "Loader", "MAGIC_NUMBER", "cache_from_source", "decode_source", "find_spec", "module_from_spec",
           "resolve_name", "source_from_cache", "source_hash", "spec_from_file_location", "spec_from_loader"]

MAGIC_NUMBER = b"\xa7\r\r\n"

_infer = object()


def resolve_name(name, package):
    """The absolute name of one that may be relative to a package."""
    if not name.startswith("."):
        return name
    if not package:
        raise ImportError(
            f"no package specified for {name!r} (required for relative module names)"
        )
    level = len(name) - len(name.lstrip("."))
    return _importlib._resolve(name[level:], package, level)


def find_spec(name, package=None):
    """The specification of a module, or None; its parent packages are imported."""
    full = resolve_name(name, package) if name.startswith(".") else name
    if full in _sys.modules:
        module = _sys.modules[full]
        if module is None:
            return None
        spec = getattr(module, "__spec__", _infer)
        if spec is _infer:
            raise ValueError(f"{name}.__spec__ is not set")
        if spec is None:
            raise ValueError(f"{name}.__spec__ is None")
        return spec
    parent = full.rpartition(".")[0]
    path = None
    if parent:
        try:
            path = _importlib.import_module(parent).__path__
        except AttributeError as error:
            raise ModuleNotFoundError(
                f"__path__ attribute not found on {parent!r} while trying to find {full!r}", name=full
            ) from error
    return _importlib._find_spec(full, path)


def _is_package(loader, name):
    try:
        return loader.is_package(name)
    except (ImportError, AttributeError):
        return None


def spec_from_loader(name, loader, *, origin=None, is_package=None):
    """A specification from what a loader knows."""
    if origin is None:
        origin = getattr(loader, "_ORIGIN", None)
    if origin is None and hasattr(loader, "get_filename"):
        if is_package is None:
            return spec_from_file_location(name, loader=loader)
        return spec_from_file_location(name, loader=loader, submodule_search_locations=[] if is_package else None)
    if is_package is None:
        is_package = bool(hasattr(loader, "is_package") and _is_package(loader, name))
    return _ModuleSpec(name, loader, origin=origin, is_package=is_package)


def spec_from_file_location(name, location=None, *, loader=None, submodule_search_locations=_infer):
    """A specification of a module in a file; the ending of the file's name says how to load it."""
    if location is None:
        location = "<unknown>"
        if hasattr(loader, "get_filename"):
            try:
                location = loader.get_filename(name)
            except ImportError:
                pass
    else:
        location = _os.path.abspath(_os.fspath(location))
    if loader is None:
        if not location.endswith(".py"):
            return None
        loader = _SourceFileLoader(name, location)
    spec = _ModuleSpec(name, loader, origin=location)
    spec.has_location = True
    if submodule_search_locations is _infer:
        if hasattr(loader, "is_package") and _is_package(loader, name):
            spec.submodule_search_locations = []
    else:
        spec.submodule_search_locations = submodule_search_locations
    if spec.submodule_search_locations == []:
        spec.submodule_search_locations.append(_os.path.dirname(location))
    return spec


def cache_from_source(path, debug_override=None, *, optimization=None):
    """The name of the file in which compiled code would be kept."""
    name = _frozen_importlib.cache_name(_os.fspath(path))
    if name is None:
        folder, stem = _os.path.split(_os.fspath(path))
        name = _os.path.join(folder, "__pycache__", f"{stem.rpartition('.')[0] or stem}.{_tag()}.pyc")
    if optimization not in (None, ""):
        if not str(optimization).isalnum():
            raise ValueError(f"{optimization!r} is not alphanumeric")
        name = f"{name.removesuffix('.pyc')}.opt-{optimization}.pyc"
    return name


def _tag():
    return "cpython-311"


def source_from_cache(path):
    """The name of the source file to one that `cache_from_source` gives."""
    folder, name = _os.path.split(_os.fspath(path))
    folder, last = _os.path.split(folder)
    if last != "__pycache__":
        raise ValueError(f"__pycache__ not bottom-level directory in {path!r}")
    dots = name.count(".")
    if dots not in (2, 3):
        raise ValueError(f"expected only 2 or 3 dots in {name!r}")
    return _os.path.join(folder, name.partition(".")[0] + ".py")


def decode_source(source_bytes):
    """Source as text: the encoding is the one that it tells itself."""
    import io
    import tokenize

    encoding, _ = tokenize.detect_encoding(io.BytesIO(source_bytes).readline)
    return source_bytes.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")


def source_hash(source_bytes):
    """Eight bytes that differ for other sources."""
    import hashlib

    return hashlib.blake2b(source_bytes, digest_size=8).digest()


def _load_late(module):
    """Let a module's code run when one of its attributes is first asked for."""

    def __getattr__(name):
        space = module.__dict__
        del space["__getattr__"]
        spec = module.__spec__
        # What has been set meanwhile is not to be lost.
        changed = {key: value for key, value in space.items() if before.get(key, _infer) is not value}
        spec.loader.exec_module(module)
        if _sys.modules.get(spec.name, module) is not module:
            raise ValueError(f"module object for {spec.name!r} substituted in sys.modules during a lazy load")
        space.update(changed)
        return getattr(module, name)

    module.__getattr__ = __getattr__
    before = module.__dict__.copy()


class LazyLoader:
    """A loader that lets another run the module's code only when it is used."""

    @staticmethod
    def __check_eager_loader(loader):
        if not hasattr(loader, "exec_module"):
            raise TypeError("loader must define exec_module()")

    @classmethod
    def factory(cls, loader):
        """A function that makes lazy loaders out of those that `loader` makes."""
        cls.__check_eager_loader(loader)
        return lambda *args, **kwargs: cls(loader(*args, **kwargs))

    def __init__(self, loader):
        self.__check_eager_loader(loader)
        self.loader = loader

    def create_module(self, spec):
        """The module, made by the other loader."""
        return self.loader.create_module(spec)

    def exec_module(self, module):
        """Arrange that the code runs later."""
        module.__spec__.loader = self.loader
        module.__loader__ = self.loader
        _load_late(module)


def __getattr__(name):
    if name == "Loader":
        from importlib.abc import Loader

        return Loader
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
