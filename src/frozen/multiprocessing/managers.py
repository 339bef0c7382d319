"""Managers: objects that live in a process of their own, and proxies for them in others."""

import os
import queue
import threading

from . import ProcessError, connection, get_context, pool, process, reduction, util
from ._manager_proxies import (
    AcquirerProxy, ArrayProxy, AutoProxy, BarrierProxy, BaseListProxy, BasePoolProxy, BaseProxy, ConditionProxy,
    DictProxy, EventProxy, IteratorProxy, ListProxy, MakeProxyType, NamespaceProxy, PoolProxy, RebuildProxy,
    State, ValueProxy, ask,
)
from ._manager_server import SERVER, RemoteError, Server, Token, all_methods, public_methods

__all__ = ["BaseManager", "SyncManager", "BaseProxy", "Token", "SharedMemoryManager"]

# The classes say that they belong here, which is where programs find them.
for _class in [value for value in globals().values() if isinstance(value, type)]:
    if _class.__module__.startswith("multiprocessing._manager_"):
        _class.__module__ = __name__


class BaseManager:
    """Starts a server of objects, or finds one; makes objects there."""

    _registry = {}
    _Server = Server

    def __init__(self, address=None, authkey=None, serializer="pickle", ctx=None, *, shutdown_timeout=1.0):
        if authkey is None:
            authkey = process.current_process().authkey
        self._address = address
        self._authkey = process.AuthenticationString(authkey)
        self._state = State()
        self._serializer = serializer
        self._ctx = ctx or get_context()
        self._shutdown_timeout = shutdown_timeout
        self._process = None

    def get_server(self):
        """A server in this process."""
        self._check_initial()
        return Server(self._registry, self._address, self._authkey, self._serializer)

    def _check_initial(self):
        if self._state.value != State.INITIAL:
            if self._state.value == State.STARTED:
                raise ProcessError("Already started server")
            if self._state.value == State.SHUTDOWN:
                raise ProcessError("Manager has shut down")
            raise ProcessError(f"Unknown state {self._state.value!r}")

    def connect(self):
        """Use a server that is there already."""
        ask(self._address, self._authkey, SERVER, "dummy")
        self._state.value = State.STARTED

    def start(self, initializer=None, initargs=()):
        """Start a server in a process of its own."""
        self._check_initial()
        if initializer is not None and not callable(initializer):
            raise TypeError("initializer must be a callable")
        reader, writer = connection.Pipe(duplex=False)
        self._process = self._ctx.Process(
            target=type(self)._run_server,
            args=(self._registry, self._address, self._authkey, self._serializer, writer, initializer, initargs),
        )
        ident = ":".join(str(i) for i in self._process._identity)
        self._process.name = f"{type(self).__name__}-{ident}"
        self._process.start()
        writer.close()
        self._address = reader.recv()
        reader.close()
        self._state.value = State.STARTED
        self.shutdown = util.Finalize(
            self, type(self)._finalize_manager,
            args=(self._process, self._address, self._authkey, self._state, self._shutdown_timeout), exitpriority=0,
        )

    @classmethod
    def _run_server(cls, registry, address, authkey, serializer, writer, initializer=None, initargs=()):
        # Ctrl-C is for the parent, which ends the server when it is done.
        try:
            import signal

            signal.signal(signal.SIGINT, signal.SIG_IGN)
        except ImportError:
            pass
        if initializer is not None:
            initializer(*initargs)
        server = cls._Server(registry, address, authkey, serializer)
        writer.send(server.address)
        writer.close()
        threading.Thread(target=_end_with_parent, daemon=True).start()
        server.serve_forever()

    def _create(self, typeid, /, *args, **kwds):
        assert self._state.value == State.STARTED, "server not yet started"
        exposed, ident = ask(self._address, self._authkey, SERVER, "create", (typeid, *args), kwds)
        return Token(typeid, self._address, ident), exposed

    def join(self, timeout=None):
        """Wait until the server has ended."""
        if self._process is not None:
            self._process.join(timeout)
            if not self._process.is_alive():
                self._process = None

    def _debug_info(self):
        return ask(self._address, self._authkey, SERVER, "debug_info")

    def _number_of_objects(self):
        return ask(self._address, self._authkey, SERVER, "number_of_objects")

    def __enter__(self):
        if self._state.value == State.INITIAL:
            self.start()
        if self._state.value != State.STARTED:
            if self._state.value == State.INITIAL:
                raise ProcessError("Unable to start server")
            if self._state.value == State.SHUTDOWN:
                raise ProcessError("Manager has shut down")
            raise ProcessError(f"Unknown state {self._state.value!r}")
        return self

    def __exit__(self, exc_type, exc_val, exc_tb):
        self.shutdown()

    @staticmethod
    def _finalize_manager(process, address, authkey, state, shutdown_timeout):
        if process.is_alive():
            try:
                ask(address, authkey, SERVER, "shutdown")
            except Exception:
                pass
            process.join(timeout=shutdown_timeout)
            if process.is_alive():
                process.terminate()
                process.join(timeout=shutdown_timeout)
                if process.is_alive():
                    process.kill()
                    process.join()
        state.value = State.SHUTDOWN

    @property
    def address(self):
        return self._address

    @classmethod
    def register(
        cls, typeid, callable=None, proxytype=None, exposed=None, method_to_typeid=None, create_method=True
    ):
        """Name a kind of object, which the manager then has a method to make."""
        if "_registry" not in cls.__dict__:
            cls._registry = cls._registry.copy()
        if proxytype is None:
            proxytype = AutoProxy
        exposed = exposed or getattr(proxytype, "_exposed_", None)
        method_to_typeid = method_to_typeid or getattr(proxytype, "_method_to_typeid_", None)
        if method_to_typeid:
            for name, kind in method_to_typeid.items():
                assert type(name) is str, f"{name!r} is not a string"
                assert type(kind) is str, f"{kind!r} is not a string"
        cls._registry[typeid] = callable, exposed, method_to_typeid, proxytype
        if create_method:

            def create(self, /, *args, **kwds):
                token, exp = self._create(typeid, *args, **kwds)
                proxy = proxytype(token, self._serializer, manager=self, authkey=self._authkey, exposed=exp)
                ask(token.address, self._authkey, SERVER, "decref", (token.id,))
                return proxy

            create.__name__ = typeid
            setattr(cls, typeid, create)


def _end_with_parent():
    parent = process.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


class Namespace:
    """A place for attributes."""

    def __init__(self, /, **kwds):
        self.__dict__.update(kwds)

    def __repr__(self):
        items = [f"{name}={value!r}" for name, value in self.__dict__.items() if not name.startswith("_")]
        return f"{type(self).__name__}({', '.join(sorted(items))})"


class Value:
    """A place for a value."""

    def __init__(self, typecode, value, lock=True):
        self._typecode = typecode
        self._value = value

    def get(self):
        return self._value

    def set(self, value):
        self._value = value

    def __repr__(self):
        return f"{type(self).__name__}({self._typecode!r}, {self._value!r})"

    value = property(get, set)


def Array(typecode, sequence, lock=True):
    """An array."""
    import array

    return array.array(typecode, sequence)


class SyncManager(BaseManager):
    """The manager of what programs share most: lists, dictionaries, queues and what threads wait for."""


for _typeid, _callable, _proxytype in (
    ("Queue", queue.Queue, None),
    ("JoinableQueue", queue.Queue, None),
    ("Event", threading.Event, EventProxy),
    ("Lock", threading.Lock, AcquirerProxy),
    ("RLock", threading.RLock, AcquirerProxy),
    ("Semaphore", threading.Semaphore, AcquirerProxy),
    ("BoundedSemaphore", threading.BoundedSemaphore, AcquirerProxy),
    ("Condition", threading.Condition, ConditionProxy),
    ("Barrier", threading.Barrier, BarrierProxy),
    ("Pool", pool.Pool, PoolProxy),
    ("list", list, ListProxy),
    ("dict", dict, DictProxy),
    ("Value", Value, ValueProxy),
    ("Array", Array, ArrayProxy),
    ("Namespace", Namespace, NamespaceProxy),
):
    SyncManager.register(_typeid, _callable, _proxytype)
SyncManager.register("Iterator", proxytype=IteratorProxy, create_method=False)
SyncManager.register("AsyncResult", create_method=False)


def _reduce_view(view):
    return list, (list(view),)


# Views of dictionaries come as lists, when they are results.
for _view in ({}.items(), {}.keys(), {}.values()):
    reduction.register(type(_view), _reduce_view)


class SharedMemoryManager(BaseManager):
    """A manager of segments of shared memory, which it removes at its end."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._segments = []

    def start(self, *args, **kwargs):
        super().start(*args, **kwargs)
        end = self.shutdown
        segments = self._segments

        def shutdown():
            for segment in segments:
                try:
                    segment.unlink()
                except FileNotFoundError:
                    pass
            segments.clear()
            end()

        self.shutdown = shutdown

    def SharedMemory(self, size):
        """A new segment."""
        from .shared_memory import SharedMemory

        segment = SharedMemory(None, create=True, size=size)
        self._segments.append(segment)
        return segment

    def ShareableList(self, sequence):
        """A new list in shared memory."""
        from .shared_memory import ShareableList

        made = ShareableList(sequence)
        self._segments.append(made.shm)
        return made
