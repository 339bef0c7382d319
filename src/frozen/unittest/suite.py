"""Suites: tests in order, with what classes and modules set up."""

import sys as _sys

from .case import SkipTest, TestCase, _info, doModuleCleanups
from .util import strclass

__unittest = True


class _Holder:
    """Stands for a class or module that could not be set up."""

    failureException = None

    def __init__(self, description):
        self.description = description

    def id(self):
        return self.description

    def shortDescription(self):
        return None

    def __str__(self):
        return self.description

    def __repr__(self):
        return f"<ErrorHolder description={self.description!r}>"

    def countTestCases(self):
        return 0


class _Captured:
    """While it is entered, a result that buffers output does so."""

    def __init__(self, result):
        self.result = result

    def __enter__(self):
        getattr(self.result, "_setupStdout", bool)()

    def __exit__(self, *error):
        getattr(self.result, "_restoreStdout", bool)()


class BaseTestSuite:
    """Tests in order."""

    def __init__(self, tests=()):
        self._tests = []
        self._removed_tests = 0
        self.addTests(tests)

    def __iter__(self):
        return iter(self._tests)

    def __eq__(self, other):
        if not isinstance(other, type(self)):
            return NotImplemented
        return list(self) == list(other)

    __hash__ = None

    def __repr__(self):
        return f"<{strclass(type(self))} tests={list(self)}>"

    def countTestCases(self):
        """How many tests there are, in suites within too."""
        return self._removed_tests + sum(test.countTestCases() for test in self if test)

    def addTest(self, test):
        """Add a test or a suite."""
        if not callable(test):
            raise TypeError(f"{test!r} is not callable")
        if isinstance(test, type) and issubclass(test, (TestCase, TestSuite)):
            raise TypeError("TestCases and TestSuites must be instantiated before passing them to addTest()")
        self._tests.append(test)

    def addTests(self, tests):
        """Add several."""
        if isinstance(tests, str):
            raise TypeError("tests must be an iterable of tests, not a string")
        for test in tests:
            self.addTest(test)

    def run(self, result):
        """Run all."""
        for test in self:
            if result.shouldStop:
                break
            test(result)
        return result

    def __call__(self, *args, **kwds):
        return self.run(*args, **kwds)

    def debug(self):
        """Run all without a result."""
        for test in self:
            test.debug()


class TestSuite(BaseTestSuite):
    """Tests in order, with setUpClass, setUpModule and what undoes them."""

    def run(self, result, debug=False):
        outermost = not getattr(result, "_running", False)
        if outermost:
            result._running, result._class, result._module_bad = True, None, False
        for index, test in enumerate(self):
            if result.shouldStop:
                break
            if not isinstance(test, BaseTestSuite):
                self._change_class(result, type(test))
                if result._module_bad or getattr(type(test), "_classSetupFailed", False):
                    continue
            test(result)
            self._tests[index] = None
            self._removed_tests += test.countTestCases()
        if outermost:
            self._end_class(result)
            self._end_module(result)
            result._running = False
        return result

    def _report(self, result, name, error):
        holder = _Holder(name)
        if isinstance(error, SkipTest):
            result.addSkip(holder, str(error))
        else:
            result.addError(holder, _info(error))

    def _change_class(self, result, cls):
        if cls is result._class:
            return
        self._end_class(result)
        before = result._class
        if before is None or before.__module__ != cls.__module__:
            self._end_module(result)
            result._module_bad = False
            setup = getattr(_sys.modules.get(cls.__module__), "setUpModule", None)
            if setup is not None:
                with _Captured(result):
                    try:
                        setup()
                    except Exception as error:
                        result._module_bad = True
                        self._report(result, f"setUpModule ({cls.__module__})", error)
                        self._module_cleanups(result, cls.__module__)
        result._class = cls
        if result._module_bad or getattr(cls, "__unittest_skip__", False) or not hasattr(cls, "setUpClass"):
            return
        cls._classSetupFailed = False
        with _Captured(result):
            try:
                cls.setUpClass()
            except Exception as error:
                cls._classSetupFailed = True
                self._report(result, f"setUpClass ({strclass(cls)})", error)
                self._class_cleanups(result, cls)

    def _class_cleanups(self, result, cls):
        cls.doClassCleanups()
        for info in cls.tearDown_exceptions:
            self._report(result, f"tearDownClass ({strclass(cls)})", info[1])

    def _end_class(self, result):
        cls = result._class
        if cls is None or result._module_bad or getattr(cls, "_classSetupFailed", False):
            return
        if getattr(cls, "__unittest_skip__", False) or not hasattr(cls, "tearDownClass"):
            return
        with _Captured(result):
            try:
                cls.tearDownClass()
            except Exception as error:
                self._report(result, f"tearDownClass ({strclass(cls)})", error)
            self._class_cleanups(result, cls)

    def _module_cleanups(self, result, name):
        try:
            doModuleCleanups()
        except Exception as error:
            self._report(result, f"tearDownModule ({name})", error)

    def _end_module(self, result):
        cls = result._class
        if cls is None or result._module_bad:
            return
        teardown = getattr(_sys.modules.get(cls.__module__), "tearDownModule", None)
        with _Captured(result):
            if teardown is not None:
                try:
                    teardown()
                except Exception as error:
                    self._report(result, f"tearDownModule ({cls.__module__})", error)
            self._module_cleanups(result, cls.__module__)
