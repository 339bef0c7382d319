"""Tests: cases, suites, loaders, runners and results."""

from .case import (
    FunctionTestCase, SkipTest, TestCase, addModuleCleanup, doModuleCleanups, enterModuleContext, expectedFailure, skip,
    skipIf, skipUnless,
)
from .loader import TestLoader, defaultTestLoader, findTestCases, getTestCaseNames, makeSuite
from .main import TestProgram, main
from .result import TestResult
from .runner import TextTestResult, TextTestRunner
from .suite import BaseTestSuite, TestSuite

__unittest = True
__all__ = [
    "TestResult", "TestCase", "TestSuite", "TextTestRunner", "TestLoader", "FunctionTestCase", "main",
    "defaultTestLoader", "SkipTest", "skip", "skipIf", "skipUnless", "expectedFailure", "TextTestResult",
    "addModuleCleanup", "doModuleCleanups", "enterModuleContext", "IsolatedAsyncioTestCase", "installHandler",
    "registerResult", "removeResult", "removeHandler", "getTestCaseNames", "makeSuite", "findTestCases",
]

_LATE = {
    "IsolatedAsyncioTestCase": "async_case",
    **dict.fromkeys(("installHandler", "registerResult", "removeResult", "removeHandler"), "signals"),
}


def __getattr__(name):
    # What few tests need, and takes long to import.
    if name in _LATE:
        import importlib

        globals()[name] = value = getattr(importlib.import_module(f"unittest.{_LATE[name]}"), name)
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__():
    return [*globals(), *_LATE]
