"""Running modules and files as programs."""

import importlib.util as _util
import io as _io
import os as _os
import sys as _sys

__all__ = ["run_module", "run_path"]


class _Place:
    """While it is entered, a new module has a name in `sys.modules`."""

    def __init__(self, name):
        self.name = name
        self.module = type(_sys)(name)
        self._before = []

    def __enter__(self):
        if self.name in _sys.modules:
            self._before.append(_sys.modules[self.name])
        _sys.modules[self.name] = self.module
        return self

    def __exit__(self, *error):
        if self._before:
            _sys.modules[self.name] = self._before.pop()
        else:
            del _sys.modules[self.name]


class _Argument:
    """While it is entered, `sys.argv[0]` is another."""

    def __init__(self, value):
        self.value = value

    def __enter__(self):
        self._before = _sys.argv[0]
        _sys.argv[0] = self.value

    def __exit__(self, *error):
        _sys.argv[0] = self._before


def _run(code, space, init, name, spec=None, script=None, package=None):
    if init is not None:
        space.update(init)
    if spec is not None:
        script, package, loader, cached = spec.origin, spec.parent, spec.loader, spec.cached
    else:
        loader = cached = None
    space.update(
        __name__=name,
        __file__=script,
        __cached__=cached,
        __doc__=None,
        __loader__=loader,
        __package__=package,
        __spec__=spec,
    )
    exec(code, space)
    return space


def _run_in_place(code, init, name, spec=None, script=None, package=None):
    shown = script if spec is None else spec.origin
    with _Place(name) as place, _Argument(shown):
        space = place.module.__dict__
        _run(code, space, init, name, spec, script, package)
        # The module is given up, and may clear its namespace.
        return space.copy()


def _details(name):
    """The full name, specification and code of a module, or of a package's `__main__`."""
    if name.startswith("."):
        raise ImportError("Relative module names not supported")
    try:
        spec = _util.find_spec(name)
    except (ImportError, AttributeError, TypeError, ValueError) as error:
        text = f"Error while finding module specification for {name!r} ({type(error).__name__}: {error})"
        if name.endswith(".py"):
            text += f". Try using {name[:-3]!r} instead of {name!r} as the module name."
        raise ImportError(text) from error
    if spec is None:
        raise ImportError(f"No module named {name}")
    if spec.submodule_search_locations is not None:
        if name == "__main__" or name.endswith(".__main__"):
            raise ImportError("Cannot use package as __main__ module")
        try:
            return _details(name + ".__main__")
        except ImportError as error:
            raise ImportError(f"{error}; {name!r} is a package and cannot be directly executed") from error
    if spec.loader is None:
        raise ImportError(f"{name!r} is a namespace package and cannot be executed")
    code = spec.loader.get_code(name)
    if code is None:
        raise ImportError(f"No code object available for {name}")
    return name, spec, code


def run_module(mod_name, init_globals=None, run_name=None, alter_sys=False):
    """Run a module's code under another name, by default its own; the namespace that it leaves."""
    mod_name, spec, code = _details(mod_name)
    name = mod_name if run_name is None else run_name
    if alter_sys:
        return _run_in_place(code, init_globals, name, spec)
    return _run(code, {}, init_globals, name, spec)


def run_path(path_name, init_globals=None, run_name=None):
    """Run a file, or the `__main__.py` in a folder; the namespace that it leaves."""
    name = "<run_path>" if run_name is None else run_name
    package = name.rpartition(".")[0]
    path = _os.fspath(path_name)
    path = path.decode() if isinstance(path, bytes) else path
    if not _os.path.isdir(path):
        with _io.open(path, "rb") as file:
            code = compile(file.read(), path, "exec")
        return _run_in_place(code, init_globals, name, script=path, package=package)
    _sys.path.insert(0, path)
    main = _sys.modules.pop("__main__", None)
    try:
        try:
            _, spec, code = _details("__main__")
        except ImportError as error:
            raise ImportError(f"can't find '__main__' module in {path!r}") from error
        return _run_in_place(code, init_globals, name, spec)
    finally:
        if main is not None:
            _sys.modules["__main__"] = main
        _sys.path.remove(path)
