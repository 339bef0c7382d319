"""Threads on the global interpreter lock. Locks, events, semaphores and joins are native: see _thread."""

import sys
import _thread
from _thread import allocate_lock as Lock, RLock, get_ident, get_native_id, stack_size, TIMEOUT_MAX
from _thread import error as ThreadError, _local as local
from _thread import _Event as Event, _Semaphore as Semaphore, _BoundedSemaphore as BoundedSemaphore
from time import monotonic

__all__ = [
    "get_ident", "active_count", "Condition", "current_thread", "enumerate", "main_thread", "TIMEOUT_MAX",
    "Event", "Lock", "RLock", "Semaphore", "BoundedSemaphore", "Thread", "Barrier", "BrokenBarrierError",
    "Timer", "ThreadError", "local", "stack_size", "excepthook", "ExceptHookArgs", "get_native_id",
]

# Threads that have begun and not ended, by number.
_active = {}
# Threads whose start() has not returned yet and that may not have begun.
_starting = {}
_counter = 0
# Called when the main thread has ended, last first.
_at_end = []


class Condition:
    """Threads wait for a state of things that a lock guards, and are notified when it has changed."""

    def __init__(self, lock=None):
        if lock is None:
            lock = RLock()
        self._lock = lock
        self.acquire = lock.acquire
        self.release = lock.release
        for name in ("_release_save", "_acquire_restore", "_is_owned"):
            if hasattr(lock, name):
                setattr(self, name, getattr(lock, name))
        self._waiters = []

    def __enter__(self):
        return self._lock.__enter__()

    def __exit__(self, *args):
        return self._lock.__exit__(*args)

    def __repr__(self):
        return f"<Condition({self._lock}, {len(self._waiters)})>"

    def _release_save(self):
        self._lock.release()

    def _acquire_restore(self, state):
        self._lock.acquire()

    def _is_owned(self):
        # For locks that do not know their owner: whether they are held must do.
        if self._lock.acquire(False):
            self._lock.release()
            return False
        return True

    def wait(self, timeout=None):
        """Releases the lock until notified, at most for a number of seconds; whether notified."""
        if not self._is_owned():
            raise RuntimeError("cannot wait on un-acquired lock")
        # Each waiter has a lock of its own, which it takes twice: a notification releases it. It stands in the
        # list before the condition's lock is free, so that no notification is missed.
        waiter = _thread._waiter()
        self._waiters.append(waiter)
        state = self._release_save()
        notified = False
        try:
            if timeout is None:
                notified = waiter.acquire()
            elif timeout > 0:
                notified = waiter.acquire(True, timeout)
            else:
                notified = waiter.acquire(False)
            return notified
        finally:
            self._acquire_restore(state)
            if not notified:
                # Unless a notification came after the time was up.
                for i in range(len(self._waiters)):
                    if self._waiters[i] is waiter:
                        del self._waiters[i]
                        break

    def wait_for(self, predicate, timeout=None):
        """Waits until the predicate is true, at most for a number of seconds; its last value."""
        end = None
        result = predicate()
        while not result:
            left = None
            if timeout is not None:
                if end is None:
                    end = monotonic() + timeout
                left = end - monotonic()
                if left <= 0:
                    break
            self.wait(left)
            result = predicate()
        return result

    def notify(self, n=1):
        """Wakes at most n of the waiting threads, those that have waited longest."""
        if not self._is_owned():
            raise RuntimeError("cannot notify on un-acquired lock")
        woken = self._waiters[:n]
        del self._waiters[:n]
        for waiter in woken:
            waiter.release()

    def notify_all(self):
        """Wakes all waiting threads."""
        self.notify(len(self._waiters))

    notifyAll = notify_all


class BrokenBarrierError(RuntimeError):
    """The barrier was aborted or reset, or somebody's time was up."""


class Barrier:
    """A number of threads wait for each other, again and again."""

    def __init__(self, parties, action=None, timeout=None):
        self._changed = Condition(Lock())
        self._parties = parties
        self._action = action
        self._timeout = timeout
        self._waiting = 0
        # Each time the barrier falls a new round begins; a round that was aborted is broken.
        self._round = _Round()
        self._leaving = 0

    def __repr__(self):
        name = f"{type(self).__module__}.{type(self).__qualname__}"
        if self.broken:
            return f"<{name} at {id(self):#x}: broken>"
        return f"<{name} at {id(self):#x}: waiters={self.n_waiting}/{self.parties}>"

    def wait(self, timeout=None):
        """Waits for the others; returns a different number, from 0 on, in each thread."""
        if timeout is None:
            timeout = self._timeout
        with self._changed:
            # Those of the last round leave first.
            self._changed.wait_for(lambda: self._leaving == 0 or self._round.broken)
            this = self._round
            if this.broken:
                raise BrokenBarrierError
            index = self._waiting
            self._waiting += 1
            if self._waiting == self._parties:
                self._fall(this)
            else:
                try:
                    if not self._changed.wait_for(lambda: this.fallen or this.broken, timeout):
                        self._break(this)
                except BaseException:
                    self._break(this)
                    raise
            if not this.fallen:
                raise BrokenBarrierError
            self._leaving -= 1
            if self._leaving == 0:
                self._changed.notify_all()
            return index

    def _fall(self, this):
        try:
            if self._action:
                self._action()
        except BaseException:
            self._break(this)
            raise
        this.fallen = True
        self._leaving = self._waiting
        self._waiting = 0
        self._round = _Round()
        self._changed.notify_all()

    def _break(self, this):
        if not this.fallen:
            this.broken = True
            self._waiting = 0
            self._changed.notify_all()

    def reset(self):
        """Begins anew; those who wait get a BrokenBarrierError."""
        with self._changed:
            if self._waiting > 0:
                self._break(self._round)
            self._round = _Round()

    def abort(self):
        """Breaks the barrier for those who wait and those who come."""
        with self._changed:
            self._break(self._round)

    @property
    def parties(self):
        return self._parties

    @property
    def n_waiting(self):
        return self._waiting

    @property
    def broken(self):
        return self._round.broken


class _Round:
    def __init__(self):
        self.fallen = False
        self.broken = False


class Thread:
    """A thread of control: what run() does, beside all others."""

    _known = False

    def __init__(self, group=None, target=None, name=None, args=(), kwargs=None, *, daemon=None):
        assert group is None, "group argument must be None for now"
        if name:
            name = str(name)
        else:
            name = _new_name("Thread-{}")
            if target is not None and hasattr(target, "__name__"):
                name += f" ({target.__name__})"
        self._target = target
        self._name = name
        self._args = args
        self._kwargs = {} if kwargs is None else kwargs
        self._daemonic = current_thread().daemon if daemon is None else daemon
        self._ident = None
        self._native_id = None
        self._begun = Event()
        self._known = True

    def __repr__(self):
        assert self._known, "Thread.__init__() was not called"
        status = "initial"
        if self._begun.is_set():
            status = "started" if self.is_alive() else "stopped"
        if self._daemonic:
            status += " daemon"
        if self._ident is not None:
            status += f" {self._ident}"
        return f"<{type(self).__name__}({self._name}, {status})>"

    def start(self):
        """Starts the thread, which calls run(); returns when it has begun."""
        if not self._known:
            raise RuntimeError("thread.__init__() not called")
        if self._begun.is_set():
            raise RuntimeError("threads can only be started once")
        _starting[id(self)] = self
        try:
            _thread._start(self._bootstrap, self._name)
        except BaseException:
            _starting.pop(id(self), None)
            raise
        self._begun.wait()

    def run(self):
        """What the thread does: calls its target, unless a subclass does something else."""
        try:
            if self._target is not None:
                self._target(*self._args, **self._kwargs)
        finally:
            del self._target, self._args, self._kwargs

    def _bootstrap(self):
        try:
            self._ident = get_ident()
            self._native_id = get_native_id()
            _active[self._ident] = self
            _starting.pop(id(self), None)
            self._begun.set()
            try:
                self.run()
            except BaseException as error:
                _report(error, self)
        finally:
            _active.pop(self._ident, None)

    def join(self, timeout=None):
        """Waits until the thread has ended, at most for a number of seconds."""
        if not self._known:
            raise RuntimeError("Thread.__init__() not called")
        if not self._begun.is_set():
            raise RuntimeError("cannot join thread before it is started")
        if self is current_thread():
            raise RuntimeError("cannot join current thread")
        _thread._join(self._ident, timeout)

    def is_alive(self):
        """Whether the thread has begun and not ended."""
        assert self._known, "Thread.__init__() not called"
        return self._begun.is_set() and not _thread._is_finished(self._ident)

    @property
    def name(self):
        assert self._known, "Thread.__init__() not called"
        return self._name

    @name.setter
    def name(self, name):
        assert self._known, "Thread.__init__() not called"
        self._name = str(name)

    @property
    def ident(self):
        assert self._known, "Thread.__init__() not called"
        return self._ident

    @property
    def native_id(self):
        assert self._known, "Thread.__init__() not called"
        return self._native_id

    @property
    def daemon(self):
        assert self._known, "Thread.__init__() not called"
        return self._daemonic

    @daemon.setter
    def daemon(self, daemonic):
        if not self._known:
            raise RuntimeError("Thread.__init__() not called")
        if self._begun.is_set():
            raise RuntimeError("cannot set daemon status of active thread")
        self._daemonic = daemonic

    def getName(self):
        return self.name

    def setName(self, name):
        self.name = name

    def isDaemon(self):
        return self.daemon

    def setDaemon(self, daemonic):
        self.daemon = daemonic


class Timer(Thread):
    """Calls a function after a number of seconds, unless cancelled before."""

    def __init__(self, interval, function, args=None, kwargs=None):
        Thread.__init__(self)
        self.interval = interval
        self.function = function
        self.args = args if args is not None else []
        self.kwargs = kwargs if kwargs is not None else {}
        self.finished = Event()

    def cancel(self):
        """Keeps the function from being called, if it has not been yet."""
        self.finished.set()

    def run(self):
        self.finished.wait(self.interval)
        if not self.finished.is_set():
            self.function(*self.args, **self.kwargs)
        self.finished.set()


class _MainThread(Thread):
    def __init__(self):
        Thread.__init__(self, name="MainThread", daemon=False)
        _adopt(self)


class _DummyThread(Thread):
    """A thread that this module has not started."""

    def __init__(self):
        Thread.__init__(self, name=_new_name("Dummy-{}"), daemon=True)
        _adopt(self)

    def join(self, timeout=None):
        raise RuntimeError("cannot join a dummy thread")


def _adopt(thread):
    thread._ident = get_ident()
    thread._native_id = get_native_id()
    thread._begun.set()
    _active[thread._ident] = thread


def _new_name(pattern):
    global _counter
    _counter += 1
    return pattern.format(_counter)


class _ExceptHookArgs:
    """What excepthook gets: exc_type, exc_value, exc_traceback, thread."""

    __module__ = "_thread"

    def __init__(self, args):
        self.exc_type, self.exc_value, self.exc_traceback, self.thread = args

    def __iter__(self):
        return iter((self.exc_type, self.exc_value, self.exc_traceback, self.thread))

    def __len__(self):
        return 4

    def __getitem__(self, index):
        return tuple(self)[index]

    def __repr__(self):
        fields = ("exc_type", "exc_value", "exc_traceback", "thread")
        text = ", ".join([f"{name}={getattr(self, name)!r}" for name in fields])
        return f"_thread._ExceptHookArgs({text})"


ExceptHookArgs = _ExceptHookArgs


def excepthook(args, /):
    """Reports what a thread's run() has raised."""
    if not isinstance(args, ExceptHookArgs):
        raise TypeError("_thread.excepthook argument type must be ExceptHookArgs")
    if args.exc_type is SystemExit or sys.stderr is None:
        return
    name = get_ident() if args.thread is None else args.thread.name
    error = args.exc_value if args.exc_value is not None else args.exc_type()
    sys.stderr.write(f"Exception in thread {name}:\n{_thread.format_exception(error)}")
    sys.stderr.flush()


__excepthook__ = excepthook


def _report(error, thread):
    args = ExceptHookArgs((type(error), error, error.__traceback__, thread))
    try:
        excepthook(args)
    except BaseException as second:
        text = _thread.format_exception(second)
        sys.stderr.write(f"Exception in threading.excepthook:\n{text}")


def current_thread():
    """The calling thread."""
    thread = _active.get(get_ident())
    return _DummyThread() if thread is None else thread


def main_thread():
    """The thread that the process began with."""
    return _main_thread


def enumerate():
    """The threads that are alive."""
    return list(_active.values()) + list(_starting.values())


def active_count():
    """How many threads are alive."""
    return len(_active) + len(_starting)


currentThread = current_thread
activeCount = active_count

# The main thread itself is no reason to ask who made it.
_counter = -1
_main_thread = Thread.__new__(_MainThread)
_active[get_ident()] = _main_thread
_main_thread.__init__()
_counter = 0


def _register_atexit(function, *args, **kwargs):
    """Has a function called when the main thread has ended, before the others are waited for."""
    _at_end.append(lambda: function(*args, **kwargs))


def _shutdown():
    """At the end of the program: waits for the threads that are no daemons."""
    while _at_end:
        _at_end.pop()()
    me = current_thread()
    while True:
        others = [t for t in enumerate() if t is not me and not t.daemon]
        if not others:
            return
        for thread in others:
            thread._begun.wait()
            thread.join()


def _after_fork():
    """In a new process only the calling thread is there."""
    global _main_thread
    _main_thread = current_thread()
    _main_thread._native_id = get_native_id()
    _active.clear()
    _starting.clear()
    _at_end.clear()
    _active[get_ident()] = _main_thread
