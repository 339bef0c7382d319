"""Tasks, and waiting for several of them."""

import concurrent.futures
import functools
import weakref

from _asyncio import Task, _enter_task, _give_way, _leave_task, all_tasks, current_task

from . import coroutines, events, exceptions, futures

__all__ = (
    "Task", "create_task", "FIRST_COMPLETED", "FIRST_EXCEPTION", "ALL_COMPLETED", "wait", "wait_for", "as_completed",
    "sleep", "gather", "shield", "ensure_future", "run_coroutine_threadsafe", "current_task", "all_tasks",
    "_register_task", "_unregister_task", "_enter_task", "_leave_task",
)

FIRST_COMPLETED = concurrent.futures.FIRST_COMPLETED
FIRST_EXCEPTION = concurrent.futures.FIRST_EXCEPTION
ALL_COMPLETED = concurrent.futures.ALL_COMPLETED

_registered = weakref.WeakSet()


def _register_task(task):
    """Note a task of another class."""
    _registered.add(task)


def _unregister_task(task):
    """Forget a task of another class."""
    _registered.discard(task)


def create_task(coro, *, name=None, context=None):
    """Run a coroutine in the running loop, beside the others."""
    return _create_named(events.get_running_loop(), coro, name, context)


def _create_named(loop, coro, name, context):
    task = loop.create_task(coro) if context is None else loop.create_task(coro, context=context)
    if name is not None and hasattr(task, "set_name"):
        task.set_name(name)
    return task


async def sleep(delay, result=None):
    """Wait for a number of seconds; gives `result`."""
    if delay <= 0:
        await _give_way()
        return result
    loop = events.get_running_loop()
    future = loop.create_future()
    timer = loop.call_later(delay, futures._set_result_unless_cancelled, future, result)
    try:
        return await future
    finally:
        timer.cancel()


async def _await(awaitable):
    return await awaitable


def ensure_future(coro_or_future, *, loop=None):
    """A task for a coroutine or awaitable; a future as it is."""
    if futures.isfuture(coro_or_future):
        if loop is not None and loop is not futures._get_loop(coro_or_future):
            raise ValueError("The future belongs to a different loop than the one specified as the loop argument")
        return coro_or_future
    coroutine = coro_or_future
    own = False
    if not coroutines.iscoroutine(coroutine):
        if not hasattr(type(coroutine), "__await__"):
            raise TypeError("An asyncio.Future, a coroutine or an awaitable is required")
        coroutine = _await(coroutine)
        own = True
    if loop is None:
        try:
            loop = events.get_event_loop()
        except RuntimeError:
            # What the caller made is the caller's.
            if own:
                coroutine.close()
            raise
    try:
        return loop.create_task(coroutine)
    except RuntimeError:
        if own:
            coroutine.close()
        raise


async def wait(fs, *, timeout=None, return_when=ALL_COMPLETED):
    """Wait for tasks, until the first has ended, the first has failed, or all have; sets (done, pending)."""
    if futures.isfuture(fs) or coroutines.iscoroutine(fs):
        raise TypeError(f"expect a list of futures, not {type(fs).__name__}")
    if not fs:
        raise ValueError("Set of Tasks/Futures is empty.")
    if return_when not in (FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED):
        raise ValueError(f"Invalid return_when value: {return_when}")
    fs = set(fs)
    if any(coroutines.iscoroutine(f) for f in fs):
        raise TypeError("Passing coroutines is forbidden, use tasks explicitly.")
    return await _wait(fs, timeout, return_when, events.get_running_loop())


async def _wait(fs, timeout, return_when, loop):
    waiter = loop.create_future()
    timer = None
    if timeout is not None:
        timer = loop.call_later(timeout, _release_waiter, waiter)
    left = len(fs)

    def ended(future):
        nonlocal left
        left -= 1
        failed = return_when == FIRST_EXCEPTION and not future.cancelled() and future.exception() is not None
        if left <= 0 or return_when == FIRST_COMPLETED or failed:
            if timer is not None:
                timer.cancel()
            _release_waiter(waiter)

    for future in fs:
        future.add_done_callback(ended)
    try:
        await waiter
    finally:
        if timer is not None:
            timer.cancel()
        for future in fs:
            future.remove_done_callback(ended)
    done, pending = set(), set()
    for future in fs:
        (done if future.done() else pending).add(future)
    return done, pending


def _release_waiter(waiter, *args):
    if not waiter.done():
        waiter.set_result(None)


async def wait_for(fut, timeout):
    """Wait for one awaitable, at most for a number of seconds; then it is cancelled and TimeoutError raised."""
    loop = events.get_running_loop()
    if timeout is None:
        return await fut
    if timeout <= 0:
        future = ensure_future(fut, loop=loop)
        if future.done():
            return future.result()
        await _cancel_and_wait(future, loop)
        try:
            return future.result()
        except exceptions.CancelledError as e:
            raise exceptions.TimeoutError() from e
    waiter = loop.create_future()
    timer = loop.call_later(timeout, _release_waiter, waiter)
    release = functools.partial(_release_waiter, waiter)
    future = ensure_future(fut, loop=loop)
    future.add_done_callback(release)
    try:
        try:
            await waiter
        except exceptions.CancelledError:
            if future.done():
                return future.result()
            future.remove_done_callback(release)
            # What was waited for is not left running.
            await _cancel_and_wait(future, loop)
            raise
        if future.done():
            return future.result()
        future.remove_done_callback(release)
        await _cancel_and_wait(future, loop)
        try:
            # It may have ended all the same, or with an exception of its own.
            return future.result()
        except exceptions.CancelledError as e:
            raise exceptions.TimeoutError() from e
    finally:
        timer.cancel()


async def _cancel_and_wait(future, loop):
    waiter = loop.create_future()
    release = functools.partial(_release_waiter, waiter)
    future.add_done_callback(release)
    try:
        future.cancel()
        await waiter
    finally:
        future.remove_done_callback(release)


def as_completed(fs, *, timeout=None):
    """Coroutines that give the results in the order in which they come."""
    if futures.isfuture(fs) or coroutines.iscoroutine(fs):
        raise TypeError(f"expect an iterable of futures, not {type(fs).__name__}")
    from .queues import Queue

    done = Queue()
    loop = events.get_event_loop()
    pending = {ensure_future(f, loop=loop) for f in set(fs)}
    timer = None

    def timed_out():
        for future in pending:
            future.remove_done_callback(ended)
            done.put_nowait(None)
        pending.clear()

    def ended(future):
        if future in pending:
            pending.remove(future)
            done.put_nowait(future)
            if not pending and timer is not None:
                timer.cancel()

    async def next_one():
        future = await done.get()
        if future is None:
            raise exceptions.TimeoutError
        return future.result()

    for future in pending:
        future.add_done_callback(ended)
    if pending and timeout is not None:
        timer = loop.call_later(timeout, timed_out)
    for _ in range(len(pending)):
        yield next_one()


class _GatheringFuture(futures.Future):
    """The future of `gather`: cancelling it cancels the children, and it ends when they do."""

    def __init__(self, children, *, loop):
        super().__init__(loop=loop)
        self._children = children
        self._cancel_requested = False

    def cancel(self, msg=None):
        if self.done():
            return False
        cancelled = False
        for child in self._children:
            if child.cancel(msg=msg):
                cancelled = True
        if cancelled:
            self._cancel_requested = True
        return cancelled


def gather(*coros_or_futures, return_exceptions=False):
    """A future for the list of all results; exceptions are among them if `return_exceptions`."""
    if not coros_or_futures:
        loop = events.get_event_loop()
        outer = loop.create_future()
        outer.set_result([])
        return outer

    def ended(future):
        nonlocal finished
        finished += 1
        if outer is None or outer.done():
            if not future.cancelled():
                # It has been seen.
                future.exception()
            return
        if not return_exceptions:
            if future.cancelled():
                outer.set_exception(future._make_cancelled_error())
                return
            exception = future.exception()
            if exception is not None:
                outer.set_exception(exception)
                return
        if finished < len(futures_by_arg):
            return
        results = []
        for child in children:
            if child.cancelled():
                message = child._cancel_message
                results.append(exceptions.CancelledError("" if message is None else message))
            else:
                exception = child.exception()
                results.append(child.result() if exception is None else exception)
        if outer._cancel_requested:
            outer.set_exception(future._make_cancelled_error())
        else:
            outer.set_result(results)

    futures_by_arg = {}
    children = []
    finished = 0
    loop = None
    outer = None
    for arg in coros_or_futures:
        future = futures_by_arg.get(arg)
        if future is None:
            future = ensure_future(arg, loop=loop)
            if loop is None:
                loop = futures._get_loop(future)
            if future is not arg:
                # Nobody else can wait for it.
                future._log_destroy_pending = False
            futures_by_arg[arg] = future
            future.add_done_callback(ended)
        children.append(future)
    outer = _GatheringFuture(children, loop=loop)
    return outer


def shield(arg):
    """Wait for something that goes on when the waiting is cancelled."""
    inner = ensure_future(arg)
    if inner.done():
        return inner
    outer = futures._get_loop(inner).create_future()

    def _inner_done_callback(inner):
        if outer.cancelled():
            if not inner.cancelled():
                # It has been seen.
                inner.exception()
            return
        if inner.cancelled():
            outer.cancel()
            return
        exception = inner.exception()
        if exception is not None:
            outer.set_exception(exception)
        else:
            outer.set_result(inner.result())

    def _outer_done_callback(outer):
        if not inner.done():
            inner.remove_done_callback(_inner_done_callback)

    inner.add_done_callback(_inner_done_callback)
    outer.add_done_callback(_outer_done_callback)
    return outer


def run_coroutine_threadsafe(coro, loop):
    """Run a coroutine in the loop of another thread; a future of `concurrent.futures`."""
    if not coroutines.iscoroutine(coro):
        raise TypeError("A coroutine object is required")
    future = concurrent.futures.Future()

    def start():
        try:
            futures._chain_future(ensure_future(coro, loop=loop), future)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as e:
            if future.set_running_or_notify_cancel():
                future.set_exception(e)
            raise

    loop.call_soon_threadsafe(start)
    return future
