"""The parts of `contextlib` for `async with`."""

import sys as _sys
from abc import ABC, abstractmethod, _has_methods
from contextlib import _BaseExitStack, _chain, _copy_identity, _GeneratorContextManagerBase
from contextlib import _method_of

__name__ = "contextlib"


class AbstractAsyncContextManager(ABC):
    """The base class of asynchronous context managers."""

    __class_getitem__ = classmethod(type(list[int]))

    async def __aenter__(self):
        """What `as` names: by default the object itself."""
        return self

    @abstractmethod
    async def __aexit__(self, exc_type, exc_value, traceback):
        """Awaited at the end; a true result swallows the exception."""
        return None

    @classmethod
    def __subclasshook__(cls, C):
        if cls is not AbstractAsyncContextManager:
            return NotImplemented
        return _has_methods(C, ("__aenter__", "__aexit__"))


class AsyncContextDecorator:
    """Lets an asynchronous context manager also decorate coroutine functions."""

    def _recreate_cm(self):
        return self

    def __call__(self, func):
        async def inner(*args, **kwds):
            async with self._recreate_cm():
                return await func(*args, **kwds)

        return _copy_identity(inner, func)


class _AsyncGeneratorContextManager(_GeneratorContextManagerBase, AbstractAsyncContextManager, AsyncContextDecorator):
    """An asynchronous context manager made from an asynchronous generator that yields once."""

    async def __aenter__(self):
        del self.args, self.kwds, self.func
        try:
            return await self.gen.__anext__()
        except StopAsyncIteration:
            raise RuntimeError("generator didn't yield") from None

    async def __aexit__(self, typ, value, traceback):
        if typ is None:
            try:
                await self.gen.__anext__()
            except StopAsyncIteration:
                return False
            await self._stop("generator didn't stop")
        if value is None:
            value = typ()
        try:
            await self.gen.athrow(typ, value, traceback)
        except StopAsyncIteration as stop:
            return stop is not value
        except RuntimeError as error:
            if error is value:
                error.__traceback__ = traceback
                return False
            if isinstance(value, (StopIteration, StopAsyncIteration)) and error.__cause__ is value:
                value.__traceback__ = traceback
                return False
            raise
        except BaseException as error:
            if error is not value:
                raise
            error.__traceback__ = traceback
            return False
        await self._stop("generator didn't stop after athrow()")

    async def _stop(self, message):
        try:
            raise RuntimeError(message)
        finally:
            await self.gen.aclose()


def asynccontextmanager(func):
    """Make functions that return asynchronous context managers from asynchronous generator functions."""

    def helper(*args, **kwds):
        return _AsyncGeneratorContextManager(func, args, kwds)

    return _copy_identity(helper, func)


class aclosing(AbstractAsyncContextManager):
    """Awaits the `aclose()` of something at the end."""

    def __init__(self, thing):
        self.thing = thing

    async def __aenter__(self):
        return self.thing

    async def __aexit__(self, *exc_info):
        await self.thing.aclose()


class AsyncExitStack(_BaseExitStack, AbstractAsyncContextManager):
    """Leaves any number of plain and asynchronous context managers in reverse order at the end."""

    async def enter_async_context(self, cm):
        """Enter an asynchronous manager, and leave it when the stack ends."""
        kind = "asynchronous context manager"
        enter, leave = _method_of(cm, "__aenter__", kind), _method_of(cm, "__aexit__", kind)
        result = await enter(cm)
        self._push_async_cm_exit(cm, leave)
        return result

    def push_async_exit(self, exit):
        """Add a manager's `__aexit__`, or a coroutine function with the same arguments."""
        try:
            method = type(exit).__aexit__
        except AttributeError:
            self._exit_callbacks.append((False, exit))
        else:
            self._push_async_cm_exit(exit, method)
        return exit

    def push_async_callback(self, callback, /, *args, **kwds):
        """Add a coroutine function to be awaited with the arguments given."""

        async def leave(exc_type, exc, tb):
            await callback(*args, **kwds)

        leave.__wrapped__ = callback
        self._exit_callbacks.append((False, leave))
        return callback

    def _push_async_cm_exit(self, cm, method):
        async def leave(*details):
            return await method(cm, *details)

        self._exit_callbacks.append((False, leave))

    async def aclose(self):
        """Leave everything now."""
        await self.__aexit__(None, None, None)

    async def __aenter__(self):
        return self

    async def __aexit__(self, *exc_details):
        raised = current = exc_details[1]
        outer = _sys.exc_info()[1]
        swallowed = pending = False
        while self._exit_callbacks:
            plain, leave = self._exit_callbacks.pop()
            details = (None, None, None) if current is None else (type(current), current, current.__traceback__)
            try:
                result = leave(*details)
                if not plain:
                    result = await result
                if result:
                    swallowed, pending, current = True, False, None
            except BaseException as error:
                _chain(error, current, outer)
                pending, current = True, error
        if pending:
            context = current.__context__
            try:
                raise current
            finally:
                current.__context__ = context
        return raised is not None and swallowed
