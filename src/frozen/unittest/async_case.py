"""Test cases whose methods may be coroutines."""

import asyncio as _asyncio
import contextvars as _contextvars
import inspect as _inspect
import warnings as _warnings

from .case import TestCase

__unittest = True


class IsolatedAsyncioTestCase(TestCase):
    """A test case with an event loop of its own for each test."""

    def __init__(self, methodName="runTest"):
        super().__init__(methodName)
        self._asyncioRunner = None
        self._asyncioTestContext = _contextvars.copy_context()

    async def asyncSetUp(self):
        """Called in the loop, after setUp."""

    async def asyncTearDown(self):
        """Called in the loop, before tearDown."""

    def addAsyncCleanup(self, func, /, *args, **kwargs):
        """Await a function after tearDown."""
        self.addCleanup(*(func, *args), **kwargs)

    async def enterAsyncContext(self, cm):
        """Enter an asynchronous context that is left after tearDown; its value."""
        kind = type(cm)
        try:
            enter, leave = kind.__aenter__, kind.__aexit__
        except AttributeError:
            name = f"{kind.__module__}.{kind.__qualname__}"
            raise TypeError(f"'{name}' object does not support the asynchronous context manager protocol") from None
        value = await enter(cm)
        self.addAsyncCleanup(leave, cm, None, None, None)
        return value

    def _in_context(self, func, *args, **kwargs):
        # A coroutine runs in the loop, everything in the same context.
        if _inspect.iscoroutinefunction(func):
            return self._asyncioRunner.run(func(*args, **kwargs), context=self._asyncioTestContext)
        return self._asyncioTestContext.run(func, *args, **kwargs)

    def _call_setup(self):
        # The loop is there already when setUp is called.
        self._asyncioRunner.get_loop()
        self._asyncioTestContext.run(self.setUp)
        self._in_context(self.asyncSetUp)

    def _call_test(self, method):
        if self._in_context(method) is not None:
            _warnings.warn(
                f"It is deprecated to return a value that is not None from a test case ({method})",
                DeprecationWarning,
                stacklevel=4,
            )

    def _call_teardown(self):
        self._in_context(self.asyncTearDown)
        self._asyncioTestContext.run(self.tearDown)

    def _call_cleanup(self, function, args, kwargs):
        self._in_context(function, *args, **kwargs)

    def _open(self):
        self._asyncioRunner = _asyncio.Runner(debug=True)

    def _close(self):
        if self._asyncioRunner is not None:
            self._asyncioRunner.close()
            self._asyncioRunner = None

    def run(self, result=None):
        self._open()
        try:
            return super().run(result)
        finally:
            self._close()

    def debug(self):
        self._open()
        super().debug()
        self._close()
