"""Importing modules by names that are known only when the program runs."""

import builtins as _builtins
import sys as _sys
import warnings as _warnings

__all__ = ["__import__", "import_module", "invalidate_caches", "reload"]

__import__ = _builtins.__import__


def _resolve(name, package, level):
    """The absolute name of a relative one."""
    if not isinstance(package, str):
        raise TypeError("__package__ not set to a string")
    if not package:
        raise ImportError("attempted relative import with no known parent package")
    parts = package.rsplit(".", level - 1)
    if len(parts) < level:
        raise ImportError("attempted relative import beyond top-level package")
    return f"{parts[0]}.{name}" if name else parts[0]


def _absolute(name):
    if not isinstance(name, str):
        raise TypeError(f"module name must be str, not {type(name)}")
    if not name:
        raise ValueError("Empty module name")
    __import__(name)
    return _sys.modules[name]


def import_module(name, package=None):
    """Import a module and return it; a name with leading dots is relative to `package`."""
    level = len(name) - len(name.lstrip("."))
    if not level:
        return _absolute(name)
    if not package:
        raise TypeError(f"the 'package' argument is required to perform a relative import for {name!r}")
    return _absolute(_resolve(name[level:], package, level))


def invalidate_caches():
    """Tell all finders that there may be new modules."""
    for finder in _sys.meta_path:
        if hasattr(finder, "invalidate_caches"):
            finder.invalidate_caches()


def _find_spec(name, path, target=None):
    for finder in _sys.meta_path:
        if hasattr(finder, "find_spec"):
            spec = finder.find_spec(name, path, target)
            if spec is not None:
                return spec
    return None


def find_loader(name, path=None):
    """The loader of a module, or None; `importlib.util.find_spec` says more."""
    _warnings.warn(
        "Deprecated since Python 3.4 and slated for removal in Python 3.12; use importlib.util.find_spec() instead",
        DeprecationWarning,
        stacklevel=2,
    )
    if name in _sys.modules:
        loader = getattr(_sys.modules[name], "__loader__", 0)
        if loader == 0:
            raise ValueError(f"{name}.__loader__ is not set")
        if loader is None:
            raise ValueError(f"{name}.__loader__ is None")
        return loader
    spec = _find_spec(name, path)
    if spec is None:
        return None
    if spec.loader is None and spec.submodule_search_locations is None:
        raise ImportError(f"spec for {name} missing loader", name=name)
    return spec.loader


# The modules that are being loaded again, by name.
_reloading = {}


def reload(module):
    """Run the code of a module that has been imported once more, in the same namespace."""
    spec = getattr(module, "__spec__", None)
    name = getattr(spec, "name", None) or getattr(module, "__name__", None)
    if name is None:
        raise TypeError("reload() argument must be a module")
    if _sys.modules.get(name) is not module:
        raise ImportError(f"module {name} not in sys.modules", name=name)
    if name in _reloading:
        return _reloading[name]
    _reloading[name] = module
    try:
        parent = name.rpartition(".")[0]
        path = None
        if parent:
            if parent not in _sys.modules:
                raise ImportError(f"parent {parent!r} not in sys.modules", name=parent)
            path = _sys.modules[parent].__path__
        spec = module.__spec__ = _find_spec(name, path, module)
        if spec is None:
            raise ModuleNotFoundError(f"spec not found for the module {name!r}", name=name)
        import _frozen_importlib

        _frozen_importlib.describe(module, spec)
        if spec.loader is not None:
            spec.loader.exec_module(module)
        return _sys.modules[name]
    finally:
        _reloading.pop(name, None)
