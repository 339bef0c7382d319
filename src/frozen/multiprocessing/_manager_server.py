"""The server of a manager: objects, and a thread for each connection that uses them.

A request is (identity, method, arguments, keyword arguments), an answer (kind, value).
"""

import sys
import threading

import _thread

from . import AuthenticationError, connection, process

# The object that stands for the server itself.
SERVER = "0"


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


def result_of(kind, value):
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
        self.id_to_obj = {SERVER: (self, (), {})}
        self.id_to_refcount = {}
        # Objects that others here refer to by proxies: they stay.
        self.kept = set()
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
        if ident == SERVER:
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
            if self.id_to_refcount[ident] == 0 and ident not in self.kept:
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
