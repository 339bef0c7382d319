"""Pools: a number of processes, or threads, that calls are given to."""

import collections
import itertools
import os
import queue
import threading
import time

import _thread

from . import TimeoutError, get_context, util
from ._engine import Engine, serve
from .context import ProcessError

__all__ = ["Pool", "ThreadPool"]

_NO_NAMES = {}
INIT, RUN, CLOSE, TERMINATE = "INIT", "RUN", "CLOSE", "TERMINATE"


class WorkerLostError(ProcessError):
    """The process that worked on a task has ended."""


class RemoteTraceback(Exception):
    """Where an exception was raised in another process."""

    def __init__(self, tb):
        self.tb = tb

    def __str__(self):
        return self.tb


class ExceptionWithTraceback:
    """An exception that keeps, when it is sent to another process, the text of its traceback."""

    def __init__(self, exc, tb):
        self.exc = exc
        self.tb = f'\n"""\n{_thread.format_exception(exc)}"""'

    def __reduce__(self):
        return rebuild_exc, (self.exc, self.tb)


def rebuild_exc(exc, tb):
    exc.__cause__ = RemoteTraceback(tb)
    return exc


class MaybeEncodingError(Exception):
    """A result cannot be sent."""

    def __init__(self, exc, value):
        self.exc = repr(exc)
        self.value = repr(value)
        super().__init__(self.exc, self.value)

    def __str__(self):
        return f"Error sending result: '{self.value}'. Reason: '{self.exc}'"

    def __repr__(self):
        return f"<{type(self).__name__}: {self}>"


def _wrap(error):
    return ExceptionWithTraceback(error, error.__traceback__)


def _unsent(error, value):
    return MaybeEncodingError(error, getattr(value, "exc", value))


def mapstar(args):
    return list(map(*args))


def starmapstar(args):
    return list(itertools.starmap(*args))


class _Job:
    """A call, and the result that is told of its end."""

    __slots__ = ("result", "index", "task")

    def __init__(self, result, index, task):
        self.result, self.index, self.task = result, index, task

    def start(self):
        return True

    def finish(self, success, value):
        try:
            self.result._set(self.index, (success, value))
        except Exception as error:
            # A callback's. The thread has more to do.
            threading._report(error, threading.current_thread())


class Pool:
    """A number of processes that calls are given to."""

    @staticmethod
    def Process(ctx, *args, **kwds):
        return ctx.Process(*args, **kwds)

    def __init__(self, processes=None, initializer=None, initargs=(), maxtasksperchild=None, context=None):
        self._state = INIT
        self._ctx = context or get_context()
        if processes is None:
            processes = os.cpu_count() or 1
        if processes < 1:
            raise ValueError("Number of processes must be at least 1")
        if maxtasksperchild is not None:
            if not isinstance(maxtasksperchild, int) or maxtasksperchild <= 0:
                raise ValueError("maxtasksperchild must be a positive int or None")
        if initializer is not None and not callable(initializer):
            raise TypeError("initializer must be a callable")
        self._processes = processes
        self._initializer = initializer
        self._initargs = initargs
        self._maxtasksperchild = maxtasksperchild
        self._engine = self._make_engine()
        self._terminate = util.Finalize(self, self._engine.terminate, exitpriority=15)
        self._state = RUN

    def _make_engine(self):
        ctx, initializer, initargs, process = self._ctx, self._initializer, self._initargs, self.Process

        def make_process(conn, others, claims, maxtasks, wrap, unsent):
            if ctx.get_start_method() != "fork":
                others = ()
            args = conn, others, claims, initializer, initargs, maxtasks, wrap, unsent
            worker = process(ctx, target=serve, args=args)
            worker.name = worker.name.replace("Process", "PoolWorker")
            worker.daemon = True
            return worker

        return Engine(
            make_process, self._processes, on_lost=_on_lost, initializer=initializer, wrap=_wrap, unsent=_unsent,
            maxtasks=self._maxtasksperchild,
        )

    @property
    def _pool(self):
        return [worker.process for worker in self._engine.workers]

    def __del__(self):
        if getattr(self, "_state", None) == RUN:
            import warnings

            warnings.warn(f"unclosed running multiprocessing pool {self!r}", ResourceWarning, source=self)

    def __repr__(self):
        cls = type(self)
        return f"<{cls.__module__}.{cls.__qualname__} state={self._state} pool_size={self._processes}>"

    def __reduce__(self):
        raise NotImplementedError("pool objects cannot be passed between processes or pickled")

    def __enter__(self):
        self._check_running()
        return self

    def __exit__(self, exc_type, exc_val, exc_tb):
        self.terminate()

    def _check_running(self):
        if self._state != RUN:
            raise ValueError("Pool not running")

    def apply(self, func, args=(), kwds={}):
        """The result of a call in a worker."""
        return self.apply_async(func, args, kwds).get()

    def apply_async(self, func, args=(), kwds={}, callback=None, error_callback=None):
        """Have a worker make a call; its AsyncResult."""
        self._check_running()
        result = ApplyResult(self, callback, error_callback)
        self._engine.submit([_Job(result, 0, (func, args, kwds))])
        return result

    def map(self, func, iterable, chunksize=None):
        """The results of a function for all items."""
        return self.map_async(func, iterable, chunksize).get()

    def starmap(self, func, iterable, chunksize=None):
        """The results of a function for all items, each of which is its arguments."""
        return self._map_async(func, iterable, starmapstar, chunksize).get()

    def map_async(self, func, iterable, chunksize=None, callback=None, error_callback=None):
        """Have workers call a function for all items; the AsyncResult of a list."""
        return self._map_async(func, iterable, mapstar, chunksize, callback, error_callback)

    def starmap_async(self, func, iterable, chunksize=None, callback=None, error_callback=None):
        """The same for items each of which is the function's arguments."""
        return self._map_async(func, iterable, starmapstar, chunksize, callback, error_callback)

    def _map_async(self, func, iterable, mapper, chunksize=None, callback=None, error_callback=None):
        self._check_running()
        if not hasattr(iterable, "__len__"):
            iterable = list(iterable)
        if chunksize is None:
            # Four for each worker: so all end at about the same time.
            chunksize, extra = divmod(len(iterable), self._processes * 4)
            if extra:
                chunksize += 1
        if len(iterable) == 0:
            chunksize = 0
        result = MapResult(self, chunksize, len(iterable), callback, error_callback)
        chunks = _chunks(iterable, chunksize)
        self._engine.submit([_Job(result, i, (mapper, ((func, chunk),), _NO_NAMES)) for i, chunk in enumerate(chunks)])
        return result

    def imap(self, func, iterable, chunksize=1):
        """The results of a function for all items, as an iterator; each when it is there."""
        return self._imap(IMapIterator, func, iterable, chunksize)

    def imap_unordered(self, func, iterable, chunksize=1):
        """The same, in the order in which they come."""
        return self._imap(IMapUnorderedIterator, func, iterable, chunksize)

    def _imap(self, kind, func, iterable, chunksize):
        self._check_running()
        if chunksize < 1:
            raise ValueError(f"Chunksize must be 1+, not {chunksize:n}")
        result = kind(self)
        if chunksize == 1:
            self._engine.submit(self._lazy_jobs(result, func, ((item,) for item in iterable)))
            return result
        chunks = (((func, chunk),) for chunk in _chunks(iterable, chunksize))
        self._engine.submit(self._lazy_jobs(result, mapstar, chunks))
        return (item for chunk in result for item in chunk)

    @staticmethod
    def _lazy_jobs(result, function, arguments):
        i = -1
        try:
            for i, args in enumerate(arguments):
                yield _Job(result, i, (function, args, _NO_NAMES))
        except Exception as error:
            # The iterable's: it comes where its item would have come.
            i += 1
            result._set(i, (False, error))
        result._set_length(i + 1)

    def close(self):
        """Take no more calls."""
        util.debug("closing pool")
        if self._state == RUN:
            self._state = CLOSE
            self._engine.close()

    def terminate(self):
        """End the workers at once."""
        util.debug("terminating pool")
        self._state = TERMINATE
        self._terminate()

    def join(self):
        """Wait until the workers have ended; after close() or terminate()."""
        util.debug("joining pool")
        if self._state == RUN:
            raise ValueError("Pool is still running")
        if self._state not in (CLOSE, TERMINATE):
            raise ValueError("In unknown state")
        self._engine.thread.join()


def _on_lost(engine, worker, job):
    """A worker has ended. What it worked on is lost, which is said; another takes its place."""
    if job is not None:
        process = worker.process
        job.finish(False, WorkerLostError(
            f"worker {process.name} (pid {process.pid}) ended with exit code {process.exitcode} while it ran a task"
        ))
    if not engine.replace():
        engine.fail_all(lambda: WorkerLostError("workers end before they begin to work"))


def _chunks(iterable, size):
    if size == 1:
        for item in iterable:
            yield (item,)
        return
    iterator = iter(iterable)
    while chunk := tuple(itertools.islice(iterator, size)):
        yield chunk


class ApplyResult:
    """The result of a call, which may not have ended yet."""

    def __init__(self, pool, callback, error_callback):
        self._pool = pool
        self._event = threading.Event()
        self._callback = callback
        self._error_callback = error_callback

    def ready(self):
        """Whether the call has ended."""
        return self._event.is_set()

    def successful(self):
        """Whether it raised nothing; it must have ended."""
        if not self.ready():
            raise ValueError(f"{self!r} not ready")
        return self._success

    def wait(self, timeout=None):
        """Wait until it has ended, at most for a number of seconds."""
        self._event.wait(timeout)

    def get(self, timeout=None):
        """What it returned, or raise what it raised; TimeoutError after a number of seconds."""
        self.wait(timeout)
        if not self.ready():
            raise TimeoutError
        if self._success:
            return self._value
        raise self._value

    def _set(self, i, outcome):
        self._success, self._value = outcome
        try:
            callback = self._callback if self._success else self._error_callback
            if callback:
                callback(self._value)
        finally:
            self._event.set()
            self._pool = None

    __class_getitem__ = classmethod(type(list[int]))


AsyncResult = ApplyResult


class MapResult(ApplyResult):
    """The results of many calls."""

    def __init__(self, pool, chunksize, length, callback, error_callback):
        ApplyResult.__init__(self, pool, callback, error_callback)
        self._success = True
        self._value = [None] * length
        self._failed = length
        self._chunksize = chunksize
        self._left = length // chunksize + bool(length % chunksize) if chunksize > 0 else 0
        self._lock = threading.Lock()
        if not self._left:
            self._event.set()
            self._pool = None

    def _set(self, i, outcome):
        success, value = outcome
        with self._lock:
            self._left -= 1
            left = self._left
            if success and self._success:
                self._value[i * self._chunksize:(i + 1) * self._chunksize] = value
            elif not success and i < self._failed:
                # The exception of the first item counts; those who wait are told when all calls have ended.
                self._success, self._value, self._failed = False, value, i
        if left == 0:
            ApplyResult._set(self, i, (self._success, self._value))


class IMapIterator:
    """Results in the order of the calls."""

    def __init__(self, pool):
        self._pool = pool
        self._cond = threading.Condition(threading.Lock())
        self._items = collections.deque()
        self._given = self._index = 0
        self._length = None
        # Results that came before their turn.
        self._early = {}

    def __iter__(self):
        return self

    def next(self, timeout=None):
        """The next result; TimeoutError after a number of seconds."""
        with self._cond:
            end = None if timeout is None else time.monotonic() + timeout
            while not self._items:
                if self._given == self._length:
                    self._pool = None
                    raise StopIteration from None
                left = None if end is None else end - time.monotonic()
                if left is not None and left <= 0 or not self._cond.wait(left):
                    if not self._items and self._given != self._length:
                        raise TimeoutError from None
            success, value = self._items.popleft()
            self._given += 1
        if success:
            return value
        raise value

    __next__ = next

    def _set(self, i, outcome):
        with self._cond:
            self._early[i] = outcome
            while self._index in self._early:
                self._items.append(self._early.pop(self._index))
                self._index += 1
            self._cond.notify_all()

    def _set_length(self, length):
        with self._cond:
            self._length = length
            self._cond.notify_all()


class IMapUnorderedIterator(IMapIterator):
    """Results in the order in which they come."""

    def _set(self, i, outcome):
        with self._cond:
            self._items.append(outcome)
            self._index += 1
            self._cond.notify()


class _ThreadEngine:
    """The same as Engine, by threads."""

    def __init__(self, size, initializer, initargs):
        self._tasks = queue.SimpleQueue()
        self._size = size
        self._closed = False
        self._lock = threading.RLock()
        # Threads that read lazy sequences of jobs.
        self._feeders = []
        self.workers = [
            threading.Thread(target=worker, args=(self, initializer, initargs), daemon=True) for _ in range(size)
        ]
        for thread in self.workers:
            thread.start()
        self.thread = self

    def submit(self, jobs):
        if isinstance(jobs, list):
            for job in jobs:
                self._tasks.put(job)
            return
        feeder = threading.Thread(target=self._feed, args=(jobs,), daemon=True)
        with self._lock:
            self._feeders = [f for f in self._feeders if f.is_alive()] + [feeder]
            feeder.start()

    def _feed(self, jobs):
        for job in jobs:
            self._tasks.put(job)

    def next_job(self):
        return self._tasks.get()

    def finish(self, job, success, value):
        with self._lock:
            job.finish(success, value)

    def close(self):
        with self._lock:
            if self._closed:
                return
            self._closed = True
        if self._feeders:
            threading.Thread(target=self._end, daemon=True).start()
        else:
            self._end()

    def _end(self):
        for feeder in self._feeders:
            feeder.join()
        for _ in self.workers:
            self._tasks.put(None)

    def terminate(self):
        # What waits is not done any more; what goes on cannot be ended.
        try:
            while True:
                self._tasks.get_nowait()
        except queue.Empty:
            pass
        self._closed = True
        for _ in self.workers:
            self._tasks.put(None)
        self.join()

    def join(self):
        for thread in self.workers:
            if thread is not threading.current_thread():
                thread.join()


def worker(engine, initializer, initargs):
    """What a thread of a ThreadPool does."""
    if initializer is not None:
        initializer(*initargs)
    while True:
        job = engine.next_job()
        if job is None:
            return
        try:
            function, args, kwds = job.task
            outcome = True, function(*args, **kwds)
        except Exception as error:
            outcome = False, error
        engine.finish(job, *outcome)
        job = function = args = kwds = outcome = None


class ThreadPool(Pool):
    """A number of threads that calls are given to."""

    @staticmethod
    def Process(ctx, *args, **kwds):
        from .dummy import Process

        return Process(*args, **kwds)

    def __init__(self, processes=None, initializer=None, initargs=()):
        Pool.__init__(self, processes, initializer, initargs)

    def _make_engine(self):
        return _ThreadEngine(self._processes, self._initializer, self._initargs)

    @property
    def _pool(self):
        return self._engine.workers
