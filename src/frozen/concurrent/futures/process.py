"""Calls in processes."""

import itertools
import os
import threading
import weakref
from functools import partial

import _thread
import multiprocessing as mp
from multiprocessing._engine import Engine, serve

from . import _base

# The engines of all executors: at exit they are told to end.
_engines = weakref.WeakSet()
_exiting = False


def _at_exit():
    global _exiting
    _exiting = True
    engines = list(_engines)
    for engine in engines:
        engine.close()
    for engine in engines:
        engine.thread.join()


threading._register_atexit(_at_exit)


class _RemoteTraceback(Exception):
    """Where an exception was raised in another process."""

    def __init__(self, tb):
        self.tb = tb

    def __str__(self):
        return self.tb


class _ExceptionWithTraceback:
    """An exception that keeps, when it is sent to another process, the text of its traceback."""

    def __init__(self, exc, tb):
        self.exc = exc
        # The traceback itself holds frames, and all that is in them.
        self.exc.__traceback__ = None
        self.tb = f'\n"""\n{tb}"""'

    def __reduce__(self):
        return _rebuild_exc, (self.exc, self.tb)


def _rebuild_exc(exc, tb):
    exc.__cause__ = _RemoteTraceback(tb)
    return exc


def _wrap(error, _=None):
    return _ExceptionWithTraceback(error, _thread.format_exception(error))


class BrokenProcessPool(_base.BrokenExecutor):
    """A process has ended that should not have."""


_LOST = "A process in the process pool was terminated abruptly while the future was running or pending."
_UNUSABLE = "A child process terminated abruptly, the process pool is not usable anymore"


class _Job:
    """A call, and its future."""

    __slots__ = ("future", "task")

    def __init__(self, future, task):
        self.future, self.task = future, task

    def start(self):
        return self.future.set_running_or_notify_cancel()

    def finish(self, success, value):
        if success:
            self.future.set_result(value)
        else:
            self.future.set_exception(value)


def _initialize(initializer, initargs):
    try:
        initializer(*initargs)
    except BaseException:
        _base.__getattr__("LOGGER").critical("Exception in initializer:", exc_info=True)
        # The pool takes the end of the process for what it is.
        raise SystemExit(1) from None


def _process_chunk(fn, chunk):
    return [fn(*args) for args in chunk]


def _get_chunks(*iterables, chunksize):
    iterator = zip(*iterables)
    while chunk := tuple(itertools.islice(iterator, chunksize)):
        yield chunk


def _chain_from_iterable_of_lists(iterable):
    for element in iterable:
        element.reverse()
        while element:
            yield element.pop()


class ProcessPoolExecutor(_base.Executor):
    """Runs calls in up to `max_workers` processes."""

    def __init__(
        self, max_workers=None, mp_context=None, initializer=None, initargs=(), *, max_tasks_per_child=None
    ):
        if max_workers is None:
            max_workers = os.cpu_count() or 1
        elif max_workers <= 0:
            raise ValueError("max_workers must be greater than 0")
        if mp_context is None:
            mp_context = mp.get_context("spawn" if max_tasks_per_child is not None else None)
        if initializer is not None and not callable(initializer):
            raise TypeError("initializer must be a callable")
        if max_tasks_per_child is not None:
            if not isinstance(max_tasks_per_child, int):
                raise TypeError("max_tasks_per_child must be an integer")
            if max_tasks_per_child <= 0:
                raise ValueError("max_tasks_per_child must be >= 1")
            if mp_context.get_start_method(allow_none=False) == "fork":
                raise ValueError(
                    "max_tasks_per_child is incompatible with the 'fork' multiprocessing start method; "
                    "supply a different mp_context."
                )
        self._max_workers = max_workers
        self._mp_context = mp_context
        self._initializer = initializer
        self._initargs = initargs
        self._max_tasks_per_child = max_tasks_per_child
        self._engine = None
        self._broken = False
        self._shutdown_thread = False
        self._shutdown_lock = threading.Lock()

    @property
    def _processes(self):
        workers = [] if self._engine is None else self._engine.workers
        return {worker.process.pid: worker.process for worker in workers}

    def _start(self):
        ctx, initializer, initargs = self._mp_context, self._initializer, self._initargs
        if initializer is not None:
            initializer, initargs = _initialize, (initializer, initargs)
        forks = ctx.get_start_method(allow_none=False) == "fork"

        def make_process(conn, others, claims, maxtasks, wrap, unsent):
            others = others if forks else ()
            args = conn, others, claims, initializer, initargs, maxtasks, wrap, unsent
            return ctx.Process(target=serve, args=args)

        executor_ref = weakref.ref(self)

        def on_lost(engine, worker, job):
            if worker.left == 0 and job is None:
                engine.replace()
                return
            executor = executor_ref()
            if executor is not None:
                executor._broken = _UNUSABLE
                executor._shutdown_thread = True
                executor = None
            if job is not None:
                job.finish(False, BrokenProcessPool(_LOST))
            engine.fail_all(partial(BrokenProcessPool, _LOST))
            engine.terminate()

        engine = Engine(
            make_process, self._max_workers, on_lost=on_lost, initializer=initializer, wrap=_wrap, unsent=_wrap,
            extra=1, maxtasks=self._max_tasks_per_child, all_at_once=forks,
        )
        # Without the executor nobody can submit any more.
        weakref.finalize(self, engine.close).atexit = False
        _engines.add(engine)
        return engine

    def submit(self, fn, /, *args, **kwargs):
        with self._shutdown_lock:
            if self._broken:
                raise BrokenProcessPool(self._broken)
            if self._shutdown_thread:
                raise RuntimeError("cannot schedule new futures after shutdown")
            if _exiting:
                raise RuntimeError("cannot schedule new futures after interpreter shutdown")
            if self._engine is None:
                self._engine = self._start()
            future = _base.Future()
            self._engine.submit([_Job(future, (fn, args, kwargs))])
            return future

    submit.__doc__ = _base.Executor.submit.__doc__

    def map(self, fn, *iterables, timeout=None, chunksize=1):
        """The results for the items of all iterables, in order, `chunksize` of which make one call."""
        if chunksize < 1:
            raise ValueError("chunksize must be >= 1.")
        chunks = _get_chunks(*iterables, chunksize=chunksize)
        return _chain_from_iterable_of_lists(super().map(partial(_process_chunk, fn), chunks, timeout=timeout))

    def shutdown(self, wait=True, *, cancel_futures=False):
        with self._shutdown_lock:
            self._shutdown_thread = True
            engine, self._engine = self._engine, None
        if engine is None:
            return
        if cancel_futures:
            for job in engine.drain():
                job.future.cancel()
                job.start()
        engine.close()
        if wait:
            engine.thread.join()

    shutdown.__doc__ = _base.Executor.shutdown.__doc__
