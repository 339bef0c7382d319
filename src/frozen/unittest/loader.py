"""Finds tests in classes, modules and names."""

import sys as _sys

from .case import FunctionTestCase, TestCase
from .suite import BaseTestSuite, TestSuite
from ._discover import Discovery

__unittest = True


class TestLoader(Discovery):
    """Makes suites."""

    testMethodPrefix = "test"
    suiteClass = TestSuite
    testNamePatterns = None

    def __init__(self):
        self.errors = []

    @staticmethod
    def sortTestMethodsUsing(a, b):
        """-1, 0 or 1: the order of two names."""
        return (a > b) - (a < b)

    def getTestCaseNames(self, testCaseClass):
        """The names of the test methods, sorted."""
        names = [
            name for name in dir(testCaseClass)
            if name.startswith(self.testMethodPrefix) and callable(getattr(testCaseClass, name))
            and self._wanted(testCaseClass, name)
        ]
        if not self.sortTestMethodsUsing:
            return names
        import functools

        return sorted(names, key=functools.cmp_to_key(self.sortTestMethodsUsing))

    def _wanted(self, cls, name):
        if self.testNamePatterns is None:
            return True
        import fnmatch

        full = f"{cls.__module__}.{cls.__qualname__}.{name}"
        return any(fnmatch.fnmatchcase(full, pattern) for pattern in self.testNamePatterns)

    def loadTestsFromTestCase(self, testCaseClass):
        """A suite of a class's tests."""
        if issubclass(testCaseClass, TestSuite):
            raise TypeError("Test cases should not be derived from TestSuite. Maybe you meant to derive from TestCase?")
        names = self.getTestCaseNames(testCaseClass)
        if not names and hasattr(testCaseClass, "runTest"):
            names = ["runTest"]
        return self.suiteClass(map(testCaseClass, names))

    def loadTestsFromModule(self, module, *args, pattern=None, **kws):
        """A suite of the suites of a module's classes; its load_tests may change it."""
        tests = self.suiteClass([
            self.loadTestsFromTestCase(getattr(module, name)) for name in dir(module)
            if isinstance(getattr(module, name), type) and issubclass(getattr(module, name), TestCase)
            and getattr(module, name) not in (TestCase, FunctionTestCase)
        ])
        load_tests = getattr(module, "load_tests", None)
        return tests if load_tests is None else load_tests(self, tests, pattern)

    def loadTestsFromName(self, name, module=None):
        """A suite of what a dotted name is."""
        parts = name.split(".")
        failure = None
        if module is None:
            for size in range(len(parts), 0, -1):
                tried = ".".join(parts[:size])
                try:
                    __import__(tried)
                except ImportError:
                    failure = self._failure(parts[size - 1], f"Failed to import test module: {parts[size - 1]}")
                    continue
                module = _sys.modules[tried]
                parts = parts[size:]
                break
            else:
                return self._noted(failure)
        obj, parent = module, None
        for part in parts:
            try:
                parent, obj = obj, getattr(obj, part)
            except AttributeError as error:
                # What cannot be found in a package was not imported, for a reason that is known.
                if failure is None or getattr(obj, "__path__", None) is None:
                    failure = self._failure(part, "Failed to access attribute:", error)
                return self._noted(failure)
        if isinstance(obj, type(_sys)):
            return self.loadTestsFromModule(obj)
        if isinstance(obj, type) and issubclass(obj, TestCase):
            return self.loadTestsFromTestCase(obj)
        if isinstance(parent, type) and issubclass(parent, TestCase):
            return self.suiteClass([parent(parts[-1])])
        if isinstance(obj, BaseTestSuite):
            return obj
        if callable(obj):
            test = obj()
            if isinstance(test, BaseTestSuite):
                return test
            if isinstance(test, TestCase):
                return self.suiteClass([test])
            raise TypeError(f"calling {obj} returned {test}, not a test")
        raise TypeError(f"don't know how to make test from: {obj}")

    def loadTestsFromNames(self, names, module=None):
        """A suite of several names."""
        return self.suiteClass([self.loadTestsFromName(name, module) for name in names])


defaultTestLoader = TestLoader()


def _loader(prefix, order, suite_class=None, patterns=None):
    loader = TestLoader()
    loader.sortTestMethodsUsing = order
    loader.testMethodPrefix = prefix
    loader.testNamePatterns = patterns
    if suite_class:
        loader.suiteClass = suite_class
    return loader


def _order(a, b):
    return (a > b) - (a < b)


def _deprecated(name, instead):
    import warnings

    warnings.warn(
        f"unittest.{name}() is deprecated and will be removed in Python 3.13. Please use {instead} instead.",
        DeprecationWarning,
        stacklevel=3,
    )


def getTestCaseNames(testCaseClass, prefix, sortUsing=_order, testNamePatterns=None):
    """The names of a class's test methods."""
    _deprecated("getTestCaseNames", "unittest.TestLoader.getTestCaseNames()")
    return _loader(prefix, sortUsing, patterns=testNamePatterns).getTestCaseNames(testCaseClass)


def makeSuite(testCaseClass, prefix="test", sortUsing=_order, suiteClass=TestSuite):
    """A suite of a class's tests."""
    _deprecated("makeSuite", "unittest.TestLoader.loadTestsFromTestCase()")
    return _loader(prefix, sortUsing, suiteClass).loadTestsFromTestCase(testCaseClass)


def findTestCases(module, prefix="test", sortUsing=_order, suiteClass=TestSuite):
    """A suite of a module's tests."""
    _deprecated("findTestCases", "unittest.TestLoader.loadTestsFromModule()")
    return _loader(prefix, sortUsing, suiteClass).loadTestsFromModule(module)
