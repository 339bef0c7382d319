"""The older interface to import: see importlib."""

import importlib
import importlib.util
import sys
import types
import warnings

warnings.warn(
    "the imp module is deprecated in favour of importlib and slated for removal in Python 3.12; "
    "see the module's documentation for alternative uses",
    DeprecationWarning,
    stacklevel=2,
)

SEARCH_ERROR = 0
PY_SOURCE = 1
PY_COMPILED = 2
C_EXTENSION = 3
PKG_DIRECTORY = 5
C_BUILTIN = 6
PY_FROZEN = 7


def new_module(name):
    """An empty module that is not imported."""
    return types.ModuleType(name)


def reload(module):
    """Run a module's code again."""
    return importlib.reload(module)


def load_source(name, pathname, file=None):
    """Import a file under a name."""
    spec = importlib.util.spec_from_file_location(name, pathname)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def get_suffixes():
    """How names of files with modules end, how those are opened, and what they are."""
    return [(".py", "r", PY_SOURCE)]


def find_module(name, path=None):
    """The open file of a module, where it is, and what it is."""
    import importlib.machinery

    spec = importlib.machinery.PathFinder.find_spec(name, path)
    if spec is None or spec.origin is None:
        raise ImportError(f"No module named {name!r}", name=name)
    if spec.submodule_search_locations:
        return None, spec.submodule_search_locations[0], ("", "", PKG_DIRECTORY)
    return open(spec.origin, encoding="utf-8"), spec.origin, get_suffixes()[0]


def load_module(name, file, filename, details):
    """Import what find_module() found."""
    if file is not None:
        file.close()
    if details[2] == PKG_DIRECTORY:
        import os

        filename = os.path.join(filename, "__init__.py")
    return load_source(name, filename)


def acquire_lock():
    """Nothing is to be done: imports have a lock each."""


def release_lock():
    """Nothing is to be done: imports have a lock each."""


def lock_held():
    return False
