"""Test cases: one method, with what is set up for it."""

import sys as _sys

from ._asserts import Asserts
from ._old_names import OldNames
from .util import strclass

__unittest = True


class SkipTest(Exception):
    """Raised by a test to be skipped."""


class _ShouldStop(Exception):
    """Leaves a test after a subtest failed and failfast is set."""


def _mark(obj, reason):
    obj.__unittest_skip__ = True
    obj.__unittest_skip_why__ = reason
    return obj


def skip(reason):
    """Skip a test or a class."""
    if callable(reason):
        return _mark(reason, "")

    def decorate(item):
        return _mark(item, reason)

    return decorate


def _same(item):
    return item


def skipIf(condition, reason):
    """Skip if the condition is true."""
    return skip(reason) if condition else _same


def skipUnless(condition, reason):
    """Skip unless the condition is true."""
    return _same if condition else skip(reason)


def expectedFailure(test_item):
    """Count a failure of the test as success."""
    test_item.__unittest_expecting_failure__ = True
    return test_item


_module_cleanups = []


def addModuleCleanup(function, /, *args, **kwargs):
    """Call a function after tearDownModule."""
    _module_cleanups.append((function, args, kwargs))


def _enter(cm, add_cleanup):
    kind = type(cm)
    try:
        enter, leave = kind.__enter__, kind.__exit__
    except AttributeError:
        name = f"{kind.__module__}.{kind.__qualname__}"
        raise TypeError(f"'{name}' object does not support the context manager protocol") from None
    value = enter(cm)
    add_cleanup(leave, cm, None, None, None)
    return value


def enterModuleContext(cm):
    """Enter a context that is left after tearDownModule; its value."""
    return _enter(cm, addModuleCleanup)


def _run_cleanups(stack):
    """Call all, the last first; the exceptions that they raised."""
    errors = []
    while stack:
        function, args, kwargs = stack.pop()
        try:
            function(*args, **kwargs)
        except Exception as error:
            errors.append(error)
    return errors


def doModuleCleanups():
    """Call what addModuleCleanup asked for; raises the first exception."""
    errors = _run_cleanups(_module_cleanups)
    if errors:
        raise errors[0]


def _info(error):
    return type(error), error, error.__traceback__


class _Outcome:
    """How a test went so far."""

    def __init__(self, result):
        self.result = result
        self.success = True
        self.expecting = False
        self.expected = None

    def call(self, case, function, *args, subtest=None):
        """Call a part of a test and report what it raises to the result; whether it raised nothing."""
        try:
            function(*args)
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            self.failed(case, error, subtest)
            return False
        return True

    def failed(self, case, error, subtest=None):
        if isinstance(error, SkipTest):
            self.success = False
            self.result.addSkip(subtest or case, str(error))
        elif isinstance(error, _ShouldStop):
            self.success = False
        elif self.expecting:
            self.success = False
            self.expected = _info(error)
        elif subtest is not None:
            self.success = False
            self.result.addSubTest(case, subtest, _info(error))
        else:
            self.success = False
            if issubclass(type(error), case.failureException):
                self.result.addFailure(case, _info(error))
            else:
                self.result.addError(case, _info(error))


class _SubTestContext:
    def __init__(self, case, subtest):
        self.case, self.subtest = case, subtest

    def __enter__(self):
        self.before, self.case._subtest = self.case._subtest, self.subtest

    def __exit__(self, exc_type, error, tb):
        case, outcome = self.case, self.case._outcome
        case._subtest = self.before
        if exc_type is None:
            outcome.result.addSubTest(case, self.subtest, None)
            return False
        if issubclass(exc_type, (KeyboardInterrupt, _ShouldStop)):
            return False
        outcome.failed(case, error, self.subtest)
        if outcome.result.failfast or outcome.expected is not None:
            raise _ShouldStop
        return True


class TestCase(Asserts, OldNames):
    """One test, the method of that name."""

    _subtest = None
    _outcome = None

    def __init_subclass__(cls, *args, **kwargs):
        cls.__unittest_skip__ = cls.__dict__.get("__unittest_skip__", False)
        cls._class_cleanups = []
        super().__init_subclass__(*args, **kwargs)

    _class_cleanups = []

    def __init__(self, methodName="runTest"):
        self._testMethodName = methodName
        method = getattr(self, methodName, None)
        if method is None and methodName != "runTest":
            raise ValueError(f"no such test method in {type(self)}: {methodName}")
        self._testMethodDoc = getattr(method, "__doc__", None)
        self._cleanups = []
        self._type_equality_funcs = {
            dict: "assertDictEqual", list: "assertListEqual", tuple: "assertTupleEqual", set: "assertSetEqual",
            frozenset: "assertSetEqual", str: "assertMultiLineEqual",
        }

    def setUp(self):
        """Called before the test."""

    def tearDown(self):
        """Called after the test, unless setUp failed."""

    @classmethod
    def setUpClass(cls):
        """Called before the tests of the class."""

    @classmethod
    def tearDownClass(cls):
        """Called after the tests of the class."""

    def addCleanup(self, function, /, *args, **kwargs):
        """Call a function after tearDown."""
        self._cleanups.append((function, args, kwargs))

    def enterContext(self, cm):
        """Enter a context that is left after tearDown; its value."""
        return _enter(cm, self.addCleanup)

    @classmethod
    def enterClassContext(cls, cm):
        """Enter a context that is left after tearDownClass; its value."""
        return _enter(cm, cls.addClassCleanup)

    def assertLogs(self, logger=None, level=None):
        """A context that fails unless something is logged in it; its value has the records and their output."""
        from ._log import AssertLogs

        return AssertLogs(self, logger, level, True)

    def assertNoLogs(self, logger=None, level=None):
        """A context that fails if something is logged in it."""
        from ._log import AssertLogs

        return AssertLogs(self, logger, level, False)

    @classmethod
    def addClassCleanup(cls, function, /, *args, **kwargs):
        """Call a function after tearDownClass."""
        cls._class_cleanups.append((function, args, kwargs))

    @classmethod
    def doClassCleanups(cls):
        """Call what addClassCleanup asked for."""
        cls.tearDown_exceptions = [_info(error) for error in _run_cleanups(cls._class_cleanups)]

    def doCleanups(self):
        """Call what addCleanup asked for."""
        outcome = self._outcome or _Outcome(self.defaultTestResult())
        while self._cleanups:
            function, args, kwargs = self._cleanups.pop()
            outcome.call(self, lambda: self._call_cleanup(function, args, kwargs))
        return outcome.success

    def _call_cleanup(self, function, args, kwargs):
        function(*args, **kwargs)

    def countTestCases(self):
        """1."""
        return 1

    def defaultTestResult(self):
        """A plain result."""
        from .result import TestResult

        return TestResult()

    def shortDescription(self):
        """The first line of the test's doc string."""
        doc = self._testMethodDoc
        return doc.strip().split("\n")[0].strip() if doc else None

    def id(self):
        """The full dotted name."""
        return f"{strclass(type(self))}.{self._testMethodName}"

    def __eq__(self, other):
        if type(self) is not type(other):
            return NotImplemented
        return self._testMethodName == other._testMethodName

    def __hash__(self):
        return hash((type(self), self._testMethodName))

    def __str__(self):
        return f"{self._testMethodName} ({strclass(type(self))}.{self._testMethodName})"

    def __repr__(self):
        return f"<{strclass(type(self))} testMethod={self._testMethodName}>"

    def subTest(self, msg=None, **params):
        """A context whose failure does not end the test."""
        if self._outcome is None:
            from contextlib import nullcontext

            return nullcontext()
        if self._subtest is not None:
            params = {**self._subtest.params, **params}
        return _SubTestContext(self, _SubTest(self, msg, params))

    def skipTest(self, reason):
        """Skip this test."""
        raise SkipTest(reason)

    def _call_setup(self):
        self.setUp()

    def _call_test(self, method):
        if method() is not None:
            import warnings

            warnings.warn(
                f"It is deprecated to return a value that is not None from a test case ({method})", DeprecationWarning,
                stacklevel=3,
            )

    def _call_teardown(self):
        self.tearDown()

    def run(self, result=None):
        """Run the test and report to the result."""
        own = result is None
        if own:
            result = self.defaultTestResult()
            getattr(result, "startTestRun", lambda: None)()
        result.startTest(self)
        try:
            method = getattr(self, self._testMethodName)
            for item in (type(self), method):
                if getattr(item, "__unittest_skip__", False):
                    result.addSkip(self, getattr(item, "__unittest_skip_why__", ""))
                    return result
            self._run(result, method)
            return result
        finally:
            result.stopTest(self)
            if own:
                getattr(result, "stopTestRun", lambda: None)()

    def _run(self, result, method):
        expecting = getattr(self, "__unittest_expecting_failure__", False) or getattr(
            method, "__unittest_expecting_failure__", False
        )
        outcome = self._outcome = _Outcome(result)
        try:
            if outcome.call(self, self._call_setup):
                outcome.expecting = expecting
                outcome.call(self, self._call_test, method)
                outcome.expecting = False
                outcome.call(self, self._call_teardown)
            self.doCleanups()
            if outcome.expected is not None:
                result.addExpectedFailure(self, outcome.expected)
            elif outcome.success:
                if expecting:
                    result.addUnexpectedSuccess(self)
                else:
                    result.addSuccess(self)
        finally:
            # Exceptions hold frames, and these the test.
            outcome.expected = None
            self._outcome = None

    def __call__(self, *args, **kwds):
        return self.run(*args, **kwds)

    def debug(self):
        """Run the test without a result: exceptions come out."""
        self._call_setup()
        self._call_test(getattr(self, self._testMethodName))
        self._call_teardown()
        while self._cleanups:
            function, args, kwargs = self._cleanups.pop()
            self._call_cleanup(function, args, kwargs)


class FunctionTestCase(TestCase):
    """A test made of functions."""

    def __init__(self, testFunc, setUp=None, tearDown=None, description=None):
        super().__init__()
        self._testFunc, self._setUpFunc, self._tearDownFunc = testFunc, setUp, tearDown
        self._description = description

    def setUp(self):
        if self._setUpFunc is not None:
            self._setUpFunc()

    def tearDown(self):
        if self._tearDownFunc is not None:
            self._tearDownFunc()

    def runTest(self):
        self._testFunc()

    def id(self):
        return self._testFunc.__name__

    def __str__(self):
        return f"{strclass(type(self))} ({self._testFunc.__name__})"

    def shortDescription(self):
        if self._description is not None:
            return self._description
        doc = self._testFunc.__doc__
        return doc and doc.split("\n")[0].strip() or None


class _SubTest(TestCase):
    """A part of a test, as results see it."""

    def __init__(self, test_case, message, params):
        super().__init__()
        self.test_case, self._message, self.params = test_case, message, params
        self.failureException = test_case.failureException

    def runTest(self):
        raise NotImplementedError("subtests cannot be run directly")

    def _subDescription(self):
        parts = []
        if self._message is not None:
            parts.append(f"[{self._message}]")
        if self.params:
            parts.append("({})".format(", ".join(f"{k}={v!r}" for k, v in self.params.items())))
        return " ".join(parts) or "(<subtest>)"

    def id(self):
        return f"{self.test_case.id()} {self._subDescription()}"

    def shortDescription(self):
        return self.test_case.shortDescription()

    def __str__(self):
        return f"{self.test_case} {self._subDescription()}"
