"""Context managers: made from generators, put on a stack, closing, suppressing and redirecting."""

import sys as _sys
from abc import ABC as _ABC, abstractmethod as _abstractmethod, _has_methods

__all__ = [
    "asynccontextmanager", "contextmanager", "closing", "nullcontext", "AbstractContextManager",
    "AbstractAsyncContextManager", "AsyncExitStack", "ContextDecorator", "ExitStack", "redirect_stdout",
    "redirect_stderr", "suppress", "aclosing", "AsyncContextDecorator", "chdir",
]

# What waits on other code lives in `_contextlib_async`, loaded when it is asked for.
_ASYNC = ("asynccontextmanager", "AbstractAsyncContextManager", "AsyncExitStack", "aclosing", "AsyncContextDecorator")


def __getattr__(name):
    if name in _ASYNC:
        import _contextlib_async

        value = globals()[name] = getattr(_contextlib_async, name)
        return value
    raise AttributeError(f"module 'contextlib' has no attribute {name!r}")


class AbstractContextManager(_ABC):
    """The base class of context managers; whatever has `__enter__` and `__exit__` counts as a subclass."""

    __class_getitem__ = classmethod(type(list[int]))

    def __enter__(self):
        """Return what `as` names: by default the object itself."""
        return self

    @_abstractmethod
    def __exit__(self, exc_type, exc_value, traceback):
        """Called at the end; a true result swallows the exception."""
        return None

    @classmethod
    def __subclasshook__(cls, C):
        return _has_methods(C, ("__enter__", "__exit__")) if cls is AbstractContextManager else NotImplemented


def _copy_identity(wrapper, wrapped):
    """Give a wrapping function the name, doc string and attributes of the wrapped one."""
    for name in ("__module__", "__name__", "__qualname__", "__doc__", "__annotations__"):
        if hasattr(wrapped, name):
            setattr(wrapper, name, getattr(wrapped, name))
    wrapper.__dict__.update(getattr(wrapped, "__dict__", {}))
    wrapper.__wrapped__ = wrapped
    return wrapper


class ContextDecorator:
    """Lets a context manager also decorate functions: their bodies run inside it."""

    def _recreate_cm(self):
        """The manager for one call; a new one where a manager can be used only once."""
        return self

    def __call__(self, func):
        def inner(*args, **kwds):
            with self._recreate_cm():
                return func(*args, **kwds)

        return _copy_identity(inner, func)


class _GeneratorContextManagerBase:
    """What managers made from plain and from asynchronous generators have in common."""

    def __init__(self, func, args, kwds):
        self.gen = func(*args, **kwds)
        self.func, self.args, self.kwds = func, args, kwds
        self.__doc__ = getattr(func, "__doc__", None) or type(self).__doc__

    def _recreate_cm(self):
        return self.__class__(self.func, self.args, self.kwds)


class _GeneratorContextManager(_GeneratorContextManagerBase, AbstractContextManager, ContextDecorator):
    """A context manager made from a generator that yields once."""

    def __enter__(self):
        # They were only needed to make another, and may be large.
        del self.args, self.kwds, self.func
        try:
            return next(self.gen)
        except StopIteration:
            raise RuntimeError("generator didn't yield") from None

    def __exit__(self, typ, value, traceback):
        if typ is None:
            try:
                next(self.gen)
            except StopIteration:
                return False
            self._stop("generator didn't stop")
        if value is None:
            value = typ()
        try:
            self.gen.throw(typ, value, traceback)
        except StopIteration as stop:
            # Swallowed, unless this is the very exception that the body raised.
            return stop is not value
        except RuntimeError as error:
            if error is value:
                error.__traceback__ = traceback
                return False
            # A StopIteration that leaves a generator comes out as the cause of a RuntimeError.
            if isinstance(value, StopIteration) and error.__cause__ is value:
                value.__traceback__ = traceback
                return False
            raise
        except BaseException as error:
            if error is not value:
                raise
            error.__traceback__ = traceback
            return False
        self._stop("generator didn't stop after throw()")

    def _stop(self, message):
        try:
            raise RuntimeError(message)
        finally:
            self.gen.close()


def contextmanager(func):
    """Make functions that return context managers from generator functions that yield once."""

    def helper(*args, **kwds):
        return _GeneratorContextManager(func, args, kwds)

    return _copy_identity(helper, func)


class closing(AbstractContextManager):
    """Closes something at the end."""

    def __init__(self, thing):
        self.thing = thing

    def __enter__(self):
        return self.thing

    def __exit__(self, *exc_info):
        self.thing.close()


class _RedirectStream(AbstractContextManager):
    _stream = None

    def __init__(self, new_target):
        self._new_target = new_target
        # The same manager may be entered more than once.
        self._old_targets = []

    def __enter__(self):
        self._old_targets.append(getattr(_sys, self._stream))
        setattr(_sys, self._stream, self._new_target)
        return self._new_target

    def __exit__(self, exctype, excinst, exctb):
        setattr(_sys, self._stream, self._old_targets.pop())


class redirect_stdout(_RedirectStream):
    """Sends what is printed elsewhere, for all threads."""

    _stream = "stdout"


class redirect_stderr(_RedirectStream):
    """Sends what is written to `sys.stderr` elsewhere, for all threads."""

    _stream = "stderr"


class suppress(AbstractContextManager):
    """Swallows exceptions of the given classes."""

    def __init__(self, *exceptions):
        self._exceptions = exceptions

    def __enter__(self):
        pass

    def __exit__(self, exctype, excinst, exctb):
        return exctype is not None and issubclass(exctype, self._exceptions)


class nullcontext(AbstractContextManager):
    """Does nothing; `as` names the object given."""

    def __init__(self, enter_result=None):
        self.enter_result = enter_result

    def __enter__(self):
        return self.enter_result

    def __exit__(self, *excinfo):
        pass

    # Coroutine-like objects, so that this module needs no `async def`.
    def __aenter__(self):
        return _Ready(self.enter_result)

    def __aexit__(self, *excinfo):
        return _Ready(None)


class _Ready:
    """An awaitable that has its result already."""

    def __init__(self, result):
        self._result = result

    def __await__(self):
        return self._result
        yield


class chdir(AbstractContextManager):
    """Changes the working directory, and back at the end."""

    def __init__(self, path):
        self.path = path
        self._old_cwd = []

    def __enter__(self):
        import os

        self._old_cwd.append(os.getcwd())
        os.chdir(self.path)

    def __exit__(self, *excinfo):
        import os

        os.chdir(self._old_cwd.pop())


def _method_of(cm, name, kind):
    try:
        return getattr(type(cm), name)
    except AttributeError:
        cls = type(cm)
        raise TypeError(f"'{cls.__module__}.{cls.__qualname__}' object does not support the {kind} protocol") from None


def _chain(new, old, outer):
    """Make an exception raised while leaving look as if raised inside the nested `with` of the old one."""
    while True:
        context = new.__context__
        if context is None or context is old:
            return
        if context is outer:
            break
        new = context
    new.__context__ = old


class _BaseExitStack:
    """Callbacks, called in reverse order at the end."""

    def __init__(self):
        # Pairs of whether the callback is not awaited, and the callback.
        self._exit_callbacks = []

    def pop_all(self):
        """Move all callbacks to a new stack."""
        other = type(self)()
        other._exit_callbacks, self._exit_callbacks = self._exit_callbacks, []
        return other

    def push(self, exit):
        """Add a manager's `__exit__`, or a function with the same arguments; returns what was given."""
        try:
            method = type(exit).__exit__
        except AttributeError:
            self._exit_callbacks.append((True, exit))
        else:
            self._push_cm_exit(exit, method)
        return exit

    def enter_context(self, cm):
        """Enter a manager, and leave it when the stack ends; returns what `as` would name."""
        enter, leave = _method_of(cm, "__enter__", "context manager"), _method_of(cm, "__exit__", "context manager")
        result = enter(cm)
        self._push_cm_exit(cm, leave)
        return result

    def callback(self, callback, /, *args, **kwds):
        """Add a function to be called with the arguments given; returns the function."""

        def leave(exc_type, exc, tb):
            callback(*args, **kwds)

        leave.__wrapped__ = callback
        self._exit_callbacks.append((True, leave))
        return callback

    def _push_cm_exit(self, cm, method):
        def leave(*details):
            return method(cm, *details)

        leave.__self__ = cm
        self._exit_callbacks.append((True, leave))


class ExitStack(_BaseExitStack, AbstractContextManager):
    """Leaves any number of context managers, and calls callbacks, in reverse order at the end."""

    def __enter__(self):
        return self

    def __exit__(self, *exc_details):
        raised = current = exc_details[1]
        outer = _sys.exc_info()[1]
        swallowed = pending = False
        while self._exit_callbacks:
            _, leave = self._exit_callbacks.pop()
            details = (None, None, None) if current is None else (type(current), current, current.__traceback__)
            try:
                if leave(*details):
                    swallowed, pending, current = True, False, None
            except BaseException as error:
                _chain(error, current, outer)
                pending, current = True, error
        if pending:
            context = current.__context__
            try:
                raise current
            finally:
                # Raising set it anew.
                current.__context__ = context
        return raised is not None and swallowed

    def close(self):
        """Leave everything now."""
        self.__exit__(None, None, None)
