"""Calls in threads."""

import itertools
import threading
import weakref
from queue import Empty, SimpleQueue

from . import _base

_exiting = False
_exit_lock = threading.Lock()
# Thread -> the queue of its executor: at exit, all are told to end.
_queues = weakref.WeakKeyDictionary()


def _at_exit():
    global _exiting
    with _exit_lock:
        _exiting = True
    workers = list(_queues.items())
    for _, queue in workers:
        queue.put(None)
    for worker, _ in workers:
        worker.join()


getattr(threading, "_register_atexit", __import__("atexit").register)(_at_exit)


class BrokenThreadPool(_base.BrokenExecutor):
    """A worker's initializer failed."""


def _run(item):
    future, function, args, kwargs = item
    if not future.set_running_or_notify_cancel():
        return
    try:
        result = function(*args, **kwargs)
    except BaseException as error:
        future.set_exception(error)
    else:
        future.set_result(result)


def _work(executor_ref, queue, initializer, initargs):
    if initializer is not None:
        try:
            initializer(*initargs)
        except BaseException:
            _base.__getattr__("LOGGER").critical("Exception in initializer:", exc_info=True)
            executor = executor_ref()
            if executor is not None:
                executor._fail()
            return
    while True:
        try:
            item = queue.get_nowait()
        except Empty:
            executor = executor_ref()
            if executor is not None:
                executor._idle.release()
            del executor
            item = queue.get()
        if item is not None:
            _run(item)
            # Not to be kept alive until the next call.
            del item
            continue
        executor = executor_ref()
        if _exiting or executor is None or executor._shutdown:
            if executor is not None:
                executor._shutdown = True
            # The next worker is to end too.
            queue.put(None)
            return
        del executor


class ThreadPoolExecutor(_base.Executor):
    """Runs calls in up to `max_workers` threads, started when they are needed."""

    _counter = itertools.count().__next__

    def __init__(self, max_workers=None, thread_name_prefix="", initializer=None, initargs=()):
        if max_workers is None:
            import os

            max_workers = min(32, (os.cpu_count() or 1) + 4)
        if max_workers <= 0:
            raise ValueError("max_workers must be greater than 0")
        if initializer is not None and not callable(initializer):
            raise TypeError("initializer must be a callable")
        self._max_workers = max_workers
        self._work_queue = SimpleQueue()
        self._idle = threading.Semaphore(0)
        self._threads = set()
        self._broken = self._shutdown = False
        self._shutdown_lock = threading.Lock()
        self._thread_name_prefix = thread_name_prefix or f"ThreadPoolExecutor-{ThreadPoolExecutor._counter()}"
        self._initializer, self._initargs = initializer, initargs

    def submit(self, fn, /, *args, **kwargs):
        with self._shutdown_lock, _exit_lock:
            if self._broken:
                raise BrokenThreadPool(self._broken)
            if self._shutdown:
                raise RuntimeError("cannot schedule new futures after shutdown")
            if _exiting:
                raise RuntimeError("cannot schedule new futures after interpreter shutdown")
            future = _base.Future()
            self._work_queue.put((future, fn, args, kwargs))
            self._more_threads()
            return future

    def _more_threads(self):
        if self._idle.acquire(timeout=0):
            return
        count = len(self._threads)
        if count >= self._max_workers:
            return
        queue = self._work_queue

        def dropped(_, queue=queue):
            # Nobody can submit any more: the workers may end.
            queue.put(None)

        thread = threading.Thread(
            name=f"{self._thread_name_prefix}_{count}", target=_work,
            args=(weakref.ref(self, dropped), queue, self._initializer, self._initargs),
        )
        thread.start()
        self._threads.add(thread)
        _queues[thread] = queue

    def _drain(self):
        while True:
            try:
                item = self._work_queue.get_nowait()
            except Empty:
                return
            if item is not None:
                yield item[0]

    def _fail(self):
        with self._shutdown_lock:
            self._broken = "A thread initializer failed, the thread pool is not usable anymore"
            for future in self._drain():
                future.set_exception(BrokenThreadPool(self._broken))

    def shutdown(self, wait=True, *, cancel_futures=False):
        with self._shutdown_lock:
            self._shutdown = True
            if cancel_futures:
                for future in self._drain():
                    future.cancel()
            self._work_queue.put(None)
        if wait:
            for thread in self._threads:
                thread.join()
