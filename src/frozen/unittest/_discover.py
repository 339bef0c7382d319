"""Finding the test modules in folders."""

import functools as _functools
import os as _os
import sys as _sys
import traceback as _traceback

from .case import SkipTest, TestCase

__unittest = True


def _failed(name, error, suite_class):
    """A suite of one test that fails with an exception."""

    def attribute(self):
        raise error

    case = type("_FailedTest", (TestCase,), {name: attribute, "__module__": "unittest.loader"})
    return suite_class((case(name),))


def _skipped(name, error, suite_class):
    def skipped(self):
        raise SkipTest(str(error))

    return suite_class((type("ModuleSkipped", (TestCase,), {name: skipped})(name),))


class Discovery:
    """What a loader does to find tests in folders."""

    _top_level_dir = None

    def discover(self, start_dir, pattern="test*.py", top_level_dir=None):
        """A suite of the test modules in a folder and the packages below it."""
        given_top = top_level_dir is not None
        if top_level_dir is None:
            top_level_dir = self._top_level_dir or start_dir
        top_level_dir = _os.path.abspath(top_level_dir)
        if top_level_dir not in _sys.path:
            # Modules of the tests come before others of the same name.
            _sys.path.insert(0, top_level_dir)
        self._top_level_dir = top_level_dir
        if _os.path.isdir(_os.path.abspath(start_dir)):
            start_dir = _os.path.abspath(start_dir)
            importable = start_dir == top_level_dir or _os.path.isfile(_os.path.join(start_dir, "__init__.py"))
        else:
            try:
                __import__(start_dir)
            except ImportError:
                importable = False
            else:
                module = _sys.modules[start_dir]
                importable = True
                start_dir = _os.path.abspath(_os.path.dirname(module.__file__))
                if not given_top:
                    depth = module.__name__.count(".") + 1
                    self._top_level_dir = _functools.reduce(lambda p, _: _os.path.dirname(p), range(depth), start_dir)
        if not importable:
            raise ImportError(f"Start directory is not importable: {start_dir!r}")
        return self.suiteClass(list(self._find_tests(start_dir, pattern)))

    def _name_of(self, path):
        relative = _os.path.relpath(_os.path.splitext(path)[0], self._top_level_dir)
        return relative.replace(_os.path.sep, ".")

    def _find_tests(self, folder, pattern):
        import fnmatch

        for entry in sorted(_os.listdir(folder)):
            path = _os.path.join(folder, entry)
            if _os.path.isfile(path):
                stem = entry.removesuffix(".py")
                if stem != entry and stem.isidentifier() and fnmatch.fnmatch(entry, pattern):
                    yield self._load(self._name_of(path), path, pattern)
            elif _os.path.isfile(_os.path.join(path, "__init__.py")):
                yield from self._find_in_package(path, fnmatch.fnmatch(entry, pattern), pattern)

    def _find_in_package(self, path, wanted, pattern):
        name = self._name_of(path)
        try:
            __import__(name)
        except SkipTest as error:
            yield _skipped(name, error, self.suiteClass)
            return
        except Exception:
            yield self._import_failed(name)
            return
        package = _sys.modules[name]
        load_tests = getattr(package, "load_tests", None)
        if wanted:
            yield self.loadTestsFromModule(package, pattern=pattern)
        if load_tests is None or not wanted:
            yield from self._find_tests(path, pattern)

    def _load(self, name, path, pattern):
        try:
            __import__(name)
        except SkipTest as error:
            return _skipped(name, error, self.suiteClass)
        except Exception:
            return self._import_failed(name)
        module = _sys.modules[name]
        found = _os.path.splitext(_os.path.realpath(getattr(module, "__file__", path)))[0]
        if found.lower() != _os.path.splitext(_os.path.realpath(path))[0].lower():
            base = _os.path.basename(path).removesuffix(".py")
            raise ImportError(
                f"{base!r} module incorrectly imported from {_os.path.dirname(found)!r}. Expected "
                f"{_os.path.dirname(path)!r}. Is this module globally installed?"
            )
        return self.loadTestsFromModule(module, pattern=pattern)

    def _import_failed(self, name):
        return self._noted(self._failure(name.rpartition(".")[2] or name, f"Failed to import test module: {name}"))

    def _failure(self, name, what, error=None):
        """The message for the exception that is handled, and a suite that fails with it or another one."""
        message = f"{what}\n{_traceback.format_exc()}"
        return message, _failed(name, error or ImportError(message), self.suiteClass)

    def _noted(self, failure):
        message, suite = failure
        self.errors.append(message)
        return suite
