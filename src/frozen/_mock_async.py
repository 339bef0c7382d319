"""AsyncMock: mocks whose calls are awaited."""

import inspect
from asyncio import iscoroutinefunction
from asyncio.coroutines import _is_coroutine
from types import CodeType

from _mock_asserts import first_error, missing
from _mock_calls import DEFAULT, _AnyComparer, _CallList, two
from _mock_core import Base, Mock, NonCallableMock, _delegating_property
from _mock_kinds import is_callable, is_exception
from _mock_magic import AsyncMagicMixin


def _code(**attributes):
    """What is taken for the code of a coroutine function."""
    code = NonCallableMock(spec_set=CodeType)
    for name, value in attributes.items():
        setattr(code, name, value)
    return code


class AsyncMockMixin(Base):
    await_count = _delegating_property("await_count")
    await_args = _delegating_property("await_args")
    await_args_list = _delegating_property("await_args_list")

    def __init__(self, /, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.__dict__.update(
            _is_coroutine=_is_coroutine,
            _mock_await_count=0,
            _mock_await_args=None,
            _mock_await_args_list=_CallList(),
            __code__=_code(
                co_flags=inspect.CO_COROUTINE + inspect.CO_VARARGS + inspect.CO_VARKEYWORDS,
                co_argcount=0,
                co_varnames=("args", "kwargs"),
                co_posonlyargcount=0,
                co_kwonlyargcount=0,
            ),
            __name__="AsyncMock",
            __defaults__=(),
            __kwdefaults__={},
            __annotations__=None,
        )

    async def _execute_mock_call(self, /, *args, **kwargs):
        self.await_count += 1
        self.await_args = noted = two(args, kwargs)
        self.await_args_list.append(noted)
        effect = self.side_effect
        if effect is not None:
            result = await self._effect(effect, args, kwargs)
            if result is not DEFAULT:
                return result
        if self._mock_return_value is DEFAULT and self._mock_wraps is not None:
            result = self._mock_wraps(*args, **kwargs)
            return await result if iscoroutinefunction(self._mock_wraps) else result
        return self.return_value

    @staticmethod
    async def _effect(effect, args, kwargs):
        if is_exception(effect):
            raise effect
        if is_callable(effect):
            result = effect(*args, **kwargs)
            return await result if iscoroutinefunction(effect) else result
        try:
            result = next(effect)
        except StopIteration:
            # It cannot leave a coroutine.
            raise StopAsyncIteration
        if is_exception(result):
            raise result
        return result

    def assert_awaited(self):
        """It was awaited."""
        if self.await_count == 0:
            raise AssertionError(f"Expected {self._shown_name()} to have been awaited.")

    def assert_not_awaited(self):
        """It was not awaited."""
        self._check_awaits(0, "to not have been awaited")

    def assert_awaited_once(self):
        """It was awaited once."""
        self._check_awaits(1, "to have been awaited once")

    def _check_awaits(self, count, expected):
        if self.await_count != count:
            name = self._shown_name()
            raise AssertionError(f"Expected {name} {expected}. Awaited {self.await_count} times.")

    def assert_awaited_with(self, /, *args, **kwargs):
        """The last call that was awaited was this one."""
        if self.await_args is None:
            expected = self._format_mock_call_signature(args, kwargs)
            raise AssertionError(f"Expected await: {expected}\nNot awaited")
        expected, cause = self._expected(args, kwargs)
        if self._call_matcher(self.await_args) != expected:
            raise AssertionError(self._format_mock_failure_message(args, kwargs, action="await")) from cause

    def assert_awaited_once_with(self, /, *args, **kwargs):
        """One call was awaited, and it was this one."""
        self._check_awaits(1, "to have been awaited once")
        return self.assert_awaited_with(*args, **kwargs)

    def assert_any_await(self, /, *args, **kwargs):
        """One of the calls that were awaited was this one."""
        expected, cause = self._expected(args, kwargs)
        actual = [self._call_matcher(c) for c in self.await_args_list]
        if cause or expected not in _AnyComparer(actual):
            raise AssertionError(f"{self._format_mock_call_signature(args, kwargs)} await not found") from cause

    def assert_has_awaits(self, calls, any_order=False):
        """These calls were awaited: in this order and nothing between, or in any order."""
        expected = [self._call_matcher(c) for c in calls]
        cause = first_error(expected)
        actual = _CallList(self._call_matcher(c) for c in self.await_args_list)
        if any_order:
            absent, _ = missing(expected, actual)
            if absent:
                raise AssertionError(f"{tuple(absent)!r} not all found in await list") from cause
        elif expected not in actual:
            problem = self._problem(expected, "await")
            shown = f"Expected: {_CallList(calls)}\nActual: {self.await_args_list}"
            raise AssertionError(f"{problem}\n{shown}") from cause

    def reset_mock(self, /, *args, **kwargs):
        """Forget all calls."""
        super().reset_mock(*args, **kwargs)
        self.await_count = 0
        self.await_args = None
        self.await_args_list = _CallList()


class AsyncMock(AsyncMockMixin, AsyncMagicMixin, Mock):
    """A mock like a coroutine function: calling it gives a coroutine, whose result is the return value."""


class _AsyncIterator:
    """An iterator as an asynchronous one."""

    def __init__(self, iterator):
        self.iterator = iterator
        self.__dict__["__code__"] = _code(co_flags=inspect.CO_ITERABLE_COROUTINE)

    async def __anext__(self):
        try:
            return next(self.iterator)
        except StopIteration:
            pass
        raise StopAsyncIteration


for _cls in (AsyncMockMixin, AsyncMock, _AsyncIterator):
    _cls.__module__ = "unittest.mock"
