"""Managers: objects that live in a process of their own, and proxies for them in others.

A request is (identity, method, arguments, keyword arguments), an answer (kind, value): see `Server.serve`.
"""

import os
import queue
import sys
import threading
import time

import _thread

from . import AuthenticationError, ProcessError, connection, get_context, pool, process, reduction, util
from .context import get_spawning_popen

__all__ = ["BaseManager", "SyncManager", "BaseProxy", "Token", "SharedMemoryManager"]

# The object that stands for the server itself.
_SERVER = "0"


class Token:
    """How an object in a server is found: its class's name, the server's address, its identity."""

    __slots__ = ("typeid", "address", "id")

    def __init__(self, typeid, address, id):
        self.typeid, self.address, self.id = typeid, address, id

    def __getstate__(self):
        return self.typeid, self.address, self.id

    def __setstate__(self, state):
        self.typeid, self.address, self.id = state

    def __repr__(self):
        return f"{type(self).__name__}(typeid={self.typeid!r}, address={self.address!r}, id={self.id!r})"


class RemoteError(Exception):
    """The server failed itself; its traceback is args[0]."""

    def __str__(self):
        line = "-" * 75
        return f"\n{line}\n{self.args[0]}{line}"


def _result(kind, value):
    """What an answer means, if it is no proxy."""
    if kind == "#RETURN":
        return value
    if kind == "#ERROR":
        return_error = value
    elif kind in ("#TRACEBACK", "#UNSERIALIZABLE"):
        if not isinstance(value, str):
            raise TypeError(f"Result {value!r} (kind '{kind}') type is {type(value)}, not str")
        return_error = RemoteError(value if kind == "#TRACEBACK" else f"Unserializable message: {value}\n")
    else:
        return_error = ValueError(f"Unrecognized message type {kind!r}")
    raise return_error


def all_methods(obj):
    """The names of an object's methods."""
    return [name for name in dir(obj) if callable(getattr(obj, name))]


def public_methods(obj):
    """Those without an underscore."""
    return [name for name in all_methods(obj) if name[0] != "_"]


class Server:
    """The objects, and a thread for each connection that uses them."""

    def __init__(self, registry, address, authkey, serializer):
        if not isinstance(authkey, bytes):
            raise TypeError(f"Authkey {authkey!r} is type {type(authkey)!s}, not bytes")
        self.registry = registry
        self.authkey = process.AuthenticationString(authkey)
        self.listener = connection.Listener(address=address, backlog=128)
        self.address = self.listener.address
        # By identity: the object, which methods may be called, and the types of proxies for results.
        self.id_to_obj = {_SERVER: (self, (), {})}
        self.id_to_refcount = {}
        self.mutex = threading.Lock()
        self.stop_event = threading.Event()

    def serve_forever(self):
        """Serve until told to shut down."""
        process.current_process()._manager_server = self
        threading.Thread(target=self._accept, daemon=True).start()
        try:
            while not self.stop_event.is_set():
                self.stop_event.wait(1)
        except (KeyboardInterrupt, SystemExit):
            pass
        finally:
            sys.stdout.flush()
            sys.exit(0)

    def _accept(self):
        while True:
            try:
                client = self.listener._listener.accept()
            except OSError:
                continue
            threading.Thread(target=self._greet, args=(client,), daemon=True).start()

    def _greet(self, client):
        try:
            connection.deliver_challenge(client, self.authkey)
            connection.answer_challenge(client, self.authkey)
        except (AuthenticationError, OSError, EOFError):
            client.close()
            return
        self.serve(client)

    # What clients may ask of the server itself.
    _public = ("shutdown", "create", "get_methods", "debug_info", "number_of_objects", "dummy", "incref", "decref")

    def serve(self, client):
        """Answer the requests of a connection until it closes."""
        while True:
            try:
                ident, method, args, kwds = client.recv()
            except (EOFError, OSError):
                client.close()
                return
            except Exception:
                answer = "#TRACEBACK", _traceback_text()
            else:
                answer = self._answer(ident, method, args, kwds)
            try:
                client.send(answer)
            except OSError:
                client.close()
                return
            except Exception:
                client.send(("#UNSERIALIZABLE", repr(answer)))
            ident = method = args = kwds = answer = None

    def _answer(self, ident, method, args, kwds):
        try:
            obj, exposed, method_to_typeid = self.id_to_obj[ident]
        except KeyError:
            return "#TRACEBACK", f"KeyError: {ident!r}\n"
        if ident == _SERVER:
            if method not in self._public:
                return "#TRACEBACK", f"AttributeError: {method!r}\n"
            try:
                return "#RETURN", getattr(self, method)(*args, **kwds)
            except Exception:
                return "#TRACEBACK", _traceback_text()
        try:
            if method not in exposed:
                if method in _FALLBACKS:
                    return "#RETURN", _FALLBACKS[method](obj)
                raise AttributeError(
                    f"method {method!r} of {type(obj)!r} object is not in exposed={exposed!r}"
                )
            result = getattr(obj, method)(*args, **kwds)
        except AttributeError as error:
            return ("#ERROR", error) if method in exposed else ("#TRACEBACK", _traceback_text())
        except Exception as error:
            return "#ERROR", error
        typeid = method_to_typeid and method_to_typeid.get(method)
        if typeid:
            exposed, ident = self.create(typeid, result)
            return "#PROXY", (exposed, Token(typeid, self.address, ident))
        return "#RETURN", result

    def create(self, typeid, /, *args, **kwds):
        """Make an object; the names of its methods, and its identity. It counts as used once."""
        function, exposed, method_to_typeid, proxytype = self.registry[typeid]
        if function is None:
            if kwds or len(args) != 1:
                raise ValueError("Without callable, must have one non-keyword argument")
            obj = args[0]
        else:
            obj = function(*args, **kwds)
        if exposed is None:
            exposed = public_methods(obj)
        if method_to_typeid is not None:
            if not isinstance(method_to_typeid, dict):
                raise TypeError(
                    f"Method_to_typeid {method_to_typeid!r}: type {type(method_to_typeid)!s}, not dict"
                )
            exposed = list(exposed) + list(method_to_typeid)
        with self.mutex:
            ident = f"{id(obj):x}"
            self.id_to_obj[ident] = obj, set(exposed), method_to_typeid
            self.id_to_refcount[ident] = self.id_to_refcount.get(ident, 0) + 1
        return tuple(exposed), ident

    def get_methods(self, ident):
        """The names of an object's methods."""
        return tuple(self.id_to_obj[ident][1])

    def incref(self, ident):
        """One more proxy."""
        with self.mutex:
            self.id_to_refcount[ident] += 1

    def decref(self, ident):
        """One proxy less; without any the object goes."""
        with self.mutex:
            if self.id_to_refcount[ident] <= 0:
                raise AssertionError(f"Id {ident} has refcount {self.id_to_refcount[ident]}, not 1+")
            self.id_to_refcount[ident] -= 1
            gone = None
            if self.id_to_refcount[ident] == 0:
                del self.id_to_refcount[ident]
                gone = self.id_to_obj.pop(ident)
        del gone

    def number_of_objects(self):
        """How many objects there are."""
        return len(self.id_to_refcount)

    def debug_info(self):
        """The objects, one a line."""
        with self.mutex:
            return "\n".join(
                f"  {ident}:       refcount={count}\n    {str(self.id_to_obj[ident][0])[:75]}"
                for ident, count in sorted(self.id_to_refcount.items())
            )

    def dummy(self):
        """Nothing: a test of the connection."""

    def shutdown(self):
        """Serve no more."""
        # The answer goes before the process does.
        threading.Timer(0.01, self.stop_event.set).start()


def _traceback_text():
    return _thread.format_exception(sys.exc_info()[1])


_FALLBACKS = {"__str__": str, "__repr__": repr, "#GETVALUE": lambda obj: obj}


class State:
    """How far a manager is."""

    INITIAL, STARTED, SHUTDOWN = 0, 1, 2

    def __init__(self):
        self.value = State.INITIAL


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
        _ask(self._address, self._authkey, _SERVER, "dummy")
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
        exposed, ident = _ask(self._address, self._authkey, _SERVER, "create", (typeid, *args), kwds)
        return Token(typeid, self._address, ident), exposed

    def join(self, timeout=None):
        """Wait until the server has ended."""
        if self._process is not None:
            self._process.join(timeout)
            if not self._process.is_alive():
                self._process = None

    def _debug_info(self):
        return _ask(self._address, self._authkey, _SERVER, "debug_info")

    def _number_of_objects(self):
        return _ask(self._address, self._authkey, _SERVER, "number_of_objects")

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
                _ask(address, authkey, _SERVER, "shutdown")
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
        _forget_connections(address)

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
                _ask(token.address, self._authkey, _SERVER, "decref", (token.id,))
                return proxy

            create.__name__ = typeid
            setattr(cls, typeid, create)


def _end_with_parent():
    parent = process.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


class _Connections(threading.local):
    """The connections of a thread to servers, by address."""

    def __init__(self):
        self.pid = os.getpid()
        self.by_address = {}


_connections = _Connections()


def _connection_to(address, authkey):
    mine = _connections
    if mine.pid != os.getpid():
        # The parent uses those.
        mine.by_address, mine.pid = {}, os.getpid()
    conn = mine.by_address.get(address)
    if conn is None:
        conn = mine.by_address[address] = connection.Client(address, authkey=authkey)
    return conn


def _forget_connections(address):
    conn = _connections.by_address.pop(address, None)
    if conn is not None:
        conn.close()


def _exchange(address, authkey, request):
    conn = _connection_to(address, authkey)
    try:
        conn.send(request)
        return conn.recv()
    except (OSError, EOFError, KeyboardInterrupt):
        # Whatever comes from it next would be the answer to something else.
        _forget_connections(address)
        raise


def _ask(address, authkey, ident, method, args=(), kwds={}):
    return _result(*_exchange(address, authkey, (ident, method, args, kwds)))


class BaseProxy:
    """Stands for an object in a server."""

    def __init__(self, token, serializer, manager=None, authkey=None, exposed=None, incref=True, manager_owned=False):
        self._token = token
        self._id = token.id
        self._manager = manager
        self._serializer = serializer
        self._owned_by_manager = manager_owned
        if authkey is not None:
            self._authkey = process.AuthenticationString(authkey)
        elif manager is not None:
            self._authkey = manager._authkey
        else:
            self._authkey = process.current_process().authkey
        if incref:
            self._incref()
        util.register_after_fork(self, BaseProxy._after_fork)

    def _callmethod(self, methodname, args=(), kwds={}):
        """The result of a method of the object."""
        token = self._token
        kind, value = _exchange(token.address, self._authkey, (token.id, methodname, args, kwds))
        if kind != "#PROXY":
            return _result(kind, value)
        exposed, token = value
        proxytype = self._manager._registry[token.typeid][-1]
        proxy = proxytype(token, self._serializer, manager=self._manager, authkey=self._authkey, exposed=exposed)
        _ask(token.address, self._authkey, _SERVER, "decref", (token.id,))
        return proxy

    def _getvalue(self):
        """A copy of the object."""
        return self._callmethod("#GETVALUE")

    def _incref(self):
        if self._owned_by_manager:
            return
        _ask(self._token.address, self._authkey, _SERVER, "incref", (self._id,))
        state = self._manager and self._manager._state
        self._close = util.Finalize(self, BaseProxy._decref, args=(self._token, self._authkey, state), exitpriority=10)

    @staticmethod
    def _decref(token, authkey, state):
        # A server that has ended has forgotten it.
        if state is None or state.value == State.STARTED:
            try:
                _ask(token.address, authkey, _SERVER, "decref", (token.id,))
            except Exception as error:
                util.debug("decref failed: %s", error)

    def _after_fork(self):
        self._manager = None
        try:
            self._incref()
        except Exception as error:
            util.info("incref failed: %s", error)

    def __reduce__(self):
        keywords = {}
        if get_spawning_popen() is not None:
            keywords["authkey"] = self._authkey
        if getattr(self, "_isauto", False):
            keywords["exposed"] = self._exposed_
            return RebuildProxy, (AutoProxy, self._token, self._serializer, keywords)
        return RebuildProxy, (type(self), self._token, self._serializer, keywords)

    def __deepcopy__(self, memo):
        return self._getvalue()

    def __repr__(self):
        return f"<{type(self).__name__} object, typeid {self._token.typeid!r} at {id(self):#x}>"

    def __str__(self):
        try:
            return self._callmethod("__repr__")
        except Exception:
            return repr(self)[:-1] + "; '__str__()' failed>"


def RebuildProxy(func, token, serializer, kwds):
    """A proxy that has come from another process; in the server itself, the object."""
    server = getattr(process.current_process(), "_manager_server", None)
    if server and server.address == token.address:
        kwds["manager_owned"] = True
        if token.id in server.id_to_obj:
            return server.id_to_obj[token.id][0]
    incref = kwds.pop("incref", True)
    return func(token, serializer, incref=incref, **kwds)


def MakeProxyType(name, exposed, _cache={}):
    """A class of proxies whose methods are those of the object."""
    exposed = tuple(exposed)
    key = name, exposed
    if key not in _cache:
        namespace = {method: _forwarding(method) for method in exposed}
        namespace["_exposed_"] = exposed
        _cache[key] = type(name, (BaseProxy,), namespace)
    return _cache[key]


def _forwarding(method):
    def call(self, /, *args, **kwds):
        return self._callmethod(method, args, kwds)

    call.__name__ = method
    return call


def AutoProxy(token, serializer, manager=None, authkey=None, exposed=None, incref=True, manager_owned=False):
    """A proxy whose methods are those that the object says it has."""
    if authkey is None:
        authkey = manager._authkey if manager is not None else process.current_process().authkey
    if exposed is None:
        exposed = _ask(token.address, authkey, _SERVER, "get_methods", (token.id,))
    cls = MakeProxyType(f"AutoProxy[{token.typeid}]", exposed)
    proxy = cls(
        token, serializer, manager=manager, authkey=authkey, incref=incref, manager_owned=manager_owned
    )
    proxy._isauto = True
    return proxy


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


class IteratorProxy(BaseProxy):
    """A proxy of an iterator or generator."""

    _exposed_ = ("__next__", "send", "throw", "close")

    def __iter__(self):
        return self

    def __next__(self, *args):
        return self._callmethod("__next__", args)

    def send(self, *args):
        return self._callmethod("send", args)

    def throw(self, *args):
        return self._callmethod("throw", args)

    def close(self, *args):
        return self._callmethod("close", args)


class AcquirerProxy(BaseProxy):
    """A proxy of a lock or semaphore."""

    _exposed_ = ("acquire", "release")

    def acquire(self, blocking=True, timeout=None):
        args = (blocking,) if timeout is None else (blocking, timeout)
        return self._callmethod("acquire", args)

    def release(self):
        return self._callmethod("release")

    def __enter__(self):
        return self._callmethod("acquire")

    def __exit__(self, exc_type, exc_val, exc_tb):
        return self._callmethod("release")


class ConditionProxy(AcquirerProxy):
    """A proxy of a condition."""

    _exposed_ = ("acquire", "release", "wait", "notify", "notify_all")

    def wait(self, timeout=None):
        return self._callmethod("wait", (timeout,))

    def notify(self, n=1):
        return self._callmethod("notify", (n,))

    def notify_all(self):
        return self._callmethod("notify_all")

    def wait_for(self, predicate, timeout=None):
        """Wait until the predicate, which is called here, is true."""
        result = predicate()
        end = None if timeout is None else time.monotonic() + timeout
        while not result:
            left = None if end is None else end - time.monotonic()
            if left is not None and left <= 0:
                break
            self.wait(left)
            result = predicate()
        return result


EventProxy = MakeProxyType("EventProxy", ("is_set", "set", "clear", "wait"))


class BarrierProxy(BaseProxy):
    """A proxy of a barrier."""

    _exposed_ = ("__getattribute__", "wait", "abort", "reset")

    def wait(self, timeout=None):
        return self._callmethod("wait", (timeout,))

    def abort(self):
        return self._callmethod("abort")

    def reset(self):
        return self._callmethod("reset")

    @property
    def parties(self):
        return self._callmethod("__getattribute__", ("parties",))

    @property
    def n_waiting(self):
        return self._callmethod("__getattribute__", ("n_waiting",))

    @property
    def broken(self):
        return self._callmethod("__getattribute__", ("broken",))


class NamespaceProxy(BaseProxy):
    """A proxy of a place for attributes: its own begin with an underscore."""

    _exposed_ = ("__getattribute__", "__setattr__", "__delattr__")

    def __getattr__(self, key):
        if key[0] == "_":
            return object.__getattribute__(self, key)
        return self._callmethod("__getattribute__", (key,))

    def __setattr__(self, key, value):
        if key[0] == "_":
            return object.__setattr__(self, key, value)
        return self._callmethod("__setattr__", (key, value))

    def __delattr__(self, key):
        if key[0] == "_":
            return object.__delattr__(self, key)
        return self._callmethod("__delattr__", (key,))


class ValueProxy(BaseProxy):
    """A proxy of a place for a value."""

    _exposed_ = ("get", "set")

    def get(self):
        return self._callmethod("get")

    def set(self, value):
        return self._callmethod("set", (value,))

    value = property(get, set)
    __class_getitem__ = classmethod(type(list[int]))


BaseListProxy = MakeProxyType("BaseListProxy", (
    "__add__", "__contains__", "__delitem__", "__getitem__", "__len__", "__mul__", "__reversed__", "__rmul__",
    "__setitem__", "append", "count", "extend", "index", "insert", "pop", "remove", "reverse", "sort", "__imul__",
))


class ListProxy(BaseListProxy):
    """A proxy of a list."""

    def __iadd__(self, value):
        self._callmethod("extend", (value,))
        return self

    def __imul__(self, value):
        self._callmethod("__imul__", (value,))
        return self


DictProxy = MakeProxyType("DictProxy", (
    "__contains__", "__delitem__", "__getitem__", "__iter__", "__len__", "__setitem__", "clear", "copy", "get",
    "items", "keys", "pop", "popitem", "setdefault", "update", "values",
))
DictProxy._method_to_typeid_ = {"__iter__": "Iterator"}
ArrayProxy = MakeProxyType("ArrayProxy", ("__len__", "__getitem__", "__setitem__"))
BasePoolProxy = MakeProxyType("PoolProxy", (
    "apply", "apply_async", "close", "imap", "imap_unordered", "join", "map", "map_async", "starmap",
    "starmap_async", "terminate",
))
BasePoolProxy._method_to_typeid_ = {
    "apply_async": "AsyncResult", "map_async": "AsyncResult", "starmap_async": "AsyncResult", "imap": "Iterator",
    "imap_unordered": "Iterator",
}


class PoolProxy(BasePoolProxy):
    """A proxy of a pool."""

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_val, exc_tb):
        self.terminate()


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
