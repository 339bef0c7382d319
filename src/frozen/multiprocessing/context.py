"""Contexts: ways to start processes, and all that has to do with the way."""

import threading

from posix import cpu_count

from . import process

__all__ = ()


def __getattr__(name):
    # Pickling is loaded when it is first needed.
    global reduction
    if name != "reduction":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from . import reduction

    return reduction


class ProcessError(Exception):
    """The base of this package's errors."""


class BufferTooShort(ProcessError):
    """A message does not fit into the buffer given for it; it is in args[0]."""


class TimeoutError(ProcessError):
    """The time is up."""


class AuthenticationError(ProcessError):
    """The other side does not know the key."""


class BaseContext:
    """What the package offers, by one way to start processes."""

    ProcessError = ProcessError
    BufferTooShort = BufferTooShort
    TimeoutError = TimeoutError
    AuthenticationError = AuthenticationError

    current_process = staticmethod(process.current_process)
    parent_process = staticmethod(process.parent_process)
    active_children = staticmethod(process.active_children)

    def cpu_count(self):
        """How many processors there are."""
        count = cpu_count()
        if count is None:
            raise NotImplementedError("cannot determine number of cpus")
        return count

    def Manager(self):
        """A started manager: objects that live in a process of their own."""
        from .managers import SyncManager

        manager = SyncManager(ctx=self.get_context())
        manager.start()
        return manager

    def Pipe(self, duplex=True):
        """Two connections: what one sends the other receives."""
        from .connection import Pipe

        return Pipe(duplex)

    def Lock(self):
        """A lock for processes."""
        from .synchronize import Lock

        return Lock(ctx=self.get_context())

    def RLock(self):
        """A lock for processes, which its owner may take again."""
        from .synchronize import RLock

        return RLock(ctx=self.get_context())

    def Condition(self, lock=None):
        """A condition for processes."""
        from .synchronize import Condition

        return Condition(lock, ctx=self.get_context())

    def Semaphore(self, value=1):
        """A semaphore for processes."""
        from .synchronize import Semaphore

        return Semaphore(value, ctx=self.get_context())

    def BoundedSemaphore(self, value=1):
        """A semaphore for processes whose value does not exceed the first one."""
        from .synchronize import BoundedSemaphore

        return BoundedSemaphore(value, ctx=self.get_context())

    def Event(self):
        """A flag for processes to wait for."""
        from .synchronize import Event

        return Event(ctx=self.get_context())

    def Barrier(self, parties, action=None, timeout=None):
        """Where a number of processes wait for each other."""
        from .synchronize import Barrier

        return Barrier(parties, action, timeout, ctx=self.get_context())

    def Queue(self, maxsize=0):
        """A queue between processes."""
        from .queues import Queue

        return Queue(maxsize, ctx=self.get_context())

    def JoinableQueue(self, maxsize=0):
        """A queue between processes that knows what is dealt with."""
        from .queues import JoinableQueue

        return JoinableQueue(maxsize, ctx=self.get_context())

    def SimpleQueue(self):
        """A queue between processes that is little more than a pipe."""
        from .queues import SimpleQueue

        return SimpleQueue(ctx=self.get_context())

    def Pool(self, processes=None, initializer=None, initargs=(), maxtasksperchild=None):
        """A number of processes that calls are given to."""
        from .pool import Pool

        return Pool(processes, initializer, initargs, maxtasksperchild, context=self.get_context())

    def RawValue(self, typecode_or_type, *args):
        """A number in shared memory."""
        from .sharedctypes import RawValue

        return RawValue(typecode_or_type, *args)

    def RawArray(self, typecode_or_type, size_or_initializer):
        """Numbers in shared memory."""
        from .sharedctypes import RawArray

        return RawArray(typecode_or_type, size_or_initializer)

    def Value(self, typecode_or_type, *args, lock=True):
        """A number in shared memory, with a lock."""
        from .sharedctypes import Value

        return Value(typecode_or_type, *args, lock=lock, ctx=self.get_context())

    def Array(self, typecode_or_type, size_or_initializer, *, lock=True):
        """Numbers in shared memory, with a lock."""
        from .sharedctypes import Array

        return Array(typecode_or_type, size_or_initializer, lock=lock, ctx=self.get_context())

    def freeze_support(self):
        """Nothing: for programs that are made for other systems too."""

    def get_logger(self):
        """The logger of this package."""
        from .util import get_logger

        return get_logger()

    def log_to_stderr(self, level=None):
        """Write what this package logs to standard error."""
        from .util import log_to_stderr

        return log_to_stderr(level)

    def allow_connection_pickling(self):
        """Nothing: connections can be sent to other processes."""

    def set_executable(self, executable):
        """The program that fresh interpreters run."""
        from .spawn import set_executable

        set_executable(executable)

    def set_forkserver_preload(self, module_names):
        """What the fork server imports at its start."""
        from .forkserver import set_forkserver_preload

        set_forkserver_preload(module_names)

    def get_context(self, method=None):
        """The context of a way to start processes; without one, this."""
        if method is None:
            return self
        try:
            return _contexts[method]
        except KeyError:
            raise ValueError(f"cannot find context for {method!r}") from None

    def get_start_method(self, allow_none=False):
        """The way this context starts processes."""
        return self._name

    def set_start_method(self, method, force=False):
        """Refused: a context is one way."""
        raise ValueError("cannot set start method of concrete context")

    @property
    def reducer(self):
        """What takes objects apart for other processes."""
        return globals().get("reduction") or __getattr__("reduction")

    @reducer.setter
    def reducer(self, reduction):
        globals()["reduction"] = reduction

    def _check_available(self):
        pass


class Process(process.BaseProcess):
    """A process that is started in the default way."""

    _start_method = None

    @staticmethod
    def _Popen(process_obj):
        return _default_context.get_context().Process._Popen(process_obj)

    @staticmethod
    def _after_fork():
        return _default_context.get_context().Process._after_fork()


class DefaultContext(BaseContext):
    """The context whose way can be set, once."""

    Process = Process

    def __init__(self, context):
        self._default_context = context
        self._actual_context = None

    def get_context(self, method=None):
        if method is not None:
            return super().get_context(method)
        if self._actual_context is None:
            self._actual_context = self._default_context
        return self._actual_context

    def set_start_method(self, method, force=False):
        """Say how processes are started."""
        if self._actual_context is not None and not force:
            raise RuntimeError("context has already been set")
        self._actual_context = None if method is None and force else self.get_context(method)

    def get_start_method(self, allow_none=False):
        if self._actual_context is None:
            if allow_none:
                return None
            self._actual_context = self._default_context
        return self._actual_context._name

    def get_all_start_methods(self):
        """The ways to start processes, the default one first."""
        return ["fork", "spawn", "forkserver"]


class ForkProcess(process.BaseProcess):
    """A process that begins as a copy of this one."""

    _start_method = "fork"

    @staticmethod
    def _Popen(process_obj):
        from .popen_fork import Popen

        return Popen(process_obj)


class SpawnProcess(process.BaseProcess):
    """A process with a fresh interpreter."""

    _start_method = "spawn"

    @staticmethod
    def _Popen(process_obj):
        from .popen_spawn_posix import Popen

        return Popen(process_obj)

    @staticmethod
    def _after_fork():
        # It has not begun as a copy.
        pass


class ForkServerProcess(process.BaseProcess):
    """A process that begins as a copy of a server, which is a fresh interpreter."""

    _start_method = "forkserver"

    @staticmethod
    def _Popen(process_obj):
        from .popen_forkserver import Popen

        return Popen(process_obj)


class ForkContext(BaseContext):
    _name = "fork"
    Process = ForkProcess


class SpawnContext(BaseContext):
    _name = "spawn"
    Process = SpawnProcess


class ForkServerContext(BaseContext):
    _name = "forkserver"
    Process = ForkServerProcess


_contexts = {"fork": ForkContext(), "spawn": SpawnContext(), "forkserver": ForkServerContext()}
_default_context = DefaultContext(_contexts["fork"])


# What process a thread is starting: only then may locks and the like be taken apart.
_spawning = threading.local()


def get_spawning_popen():
    """What a process is being started with by this thread; None: nothing is."""
    return getattr(_spawning, "popen", None)


def set_spawning_popen(popen):
    """Note what a process is being started with by this thread."""
    _spawning.popen = popen


def assert_spawning(obj):
    """Refuse to take an object apart unless it is for a process that is being started."""
    if get_spawning_popen() is None:
        raise RuntimeError(
            f"{type(obj).__name__} objects should only be shared between processes through inheritance"
        )
