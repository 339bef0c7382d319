"""Servers of XML-RPC."""
import pydoc
import socketserver
import sys
import traceback
from http.server import BaseHTTPRequestHandler
from xmlrpc.client import Fault, dumps, gzip_decode, gzip_encode, loads


def resolve_dotted_attribute(obj, attr, allow_dotted_names=True):
    """An attribute, perhaps of an attribute; not those that begin with an underscore."""
    for name in attr.split(".") if allow_dotted_names else [attr]:
        if name.startswith("_"):
            raise AttributeError("attempt to access private attribute %r" % name)
        obj = getattr(obj, name)
    return obj


def list_public_methods(obj):
    """The names of methods that may be called."""
    return [name for name in dir(obj) if not name.startswith("_") and callable(getattr(obj, name))]


class SimpleXMLRPCDispatcher:
    """Functions, and an instance whose methods are functions too."""

    def __init__(self, allow_none=False, encoding=None, use_builtin_types=False):
        self.funcs = {}
        self.instance = None
        self.allow_none = allow_none
        self.encoding = encoding or "utf-8"
        self.use_builtin_types = use_builtin_types

    def register_instance(self, instance, allow_dotted_names=False):
        """Adds the methods of an object, or what its `_dispatch` knows."""
        self.instance = instance
        self.allow_dotted_names = allow_dotted_names

    def register_function(self, function=None, name=None):
        """Adds a function; also a decorator."""
        if function is None:
            return lambda function: self.register_function(function, name)
        self.funcs[function.__name__ if name is None else name] = function
        return function

    def register_introspection_functions(self):
        """Adds functions that tell which there are."""
        self.funcs.update({
            "system.listMethods": self.system_listMethods,
            "system.methodSignature": self.system_methodSignature,
            "system.methodHelp": self.system_methodHelp,
        })

    def register_multicall_functions(self):
        """Adds the function that does several calls."""
        self.funcs["system.multicall"] = self.system_multicall

    def _marshaled_dispatch(self, data, dispatch_method=None, path=None):
        try:
            params, method = loads(data, use_builtin_types=self.use_builtin_types)
            result = dispatch_method(method, params) if dispatch_method is not None else self._dispatch(method, params)
            response = dumps((result,), methodresponse=1, allow_none=self.allow_none, encoding=self.encoding)
        except Fault as fault:
            response = dumps(fault, allow_none=self.allow_none, encoding=self.encoding)
        except BaseException as error:
            fault = Fault(1, f"{type(error)}:{error}")
            response = dumps(fault, encoding=self.encoding, allow_none=self.allow_none)
        return response.encode(self.encoding, "xmlcharrefreplace")

    def system_listMethods(self):
        """The names of the functions."""
        names = set(self.funcs)
        if self.instance is not None:
            if hasattr(self.instance, "_listMethods"):
                names |= set(self.instance._listMethods())
            elif not hasattr(self.instance, "_dispatch"):
                names |= set(list_public_methods(self.instance))
        return sorted(names)

    def system_methodSignature(self, method_name):
        """Signatures are not known."""
        return "signatures not supported"

    def _find(self, method_name):
        if method_name in self.funcs:
            return self.funcs[method_name]
        if self.instance is None or hasattr(self.instance, "_dispatch"):
            return None
        try:
            return resolve_dotted_attribute(self.instance, method_name, self.allow_dotted_names)
        except AttributeError:
            return None

    def system_methodHelp(self, method_name):
        """The documentation of a function."""
        if method_name not in self.funcs and hasattr(self.instance, "_methodHelp"):
            return self.instance._methodHelp(method_name)
        method = self._find(method_name)
        return "" if method is None else pydoc.getdoc(method)

    def system_multicall(self, call_list):
        """Does several calls; the result of each in a list, or a fault."""
        results = []
        for call in call_list:
            try:
                results.append([self._dispatch(call["methodName"], call["params"])])
            except Fault as fault:
                results.append({"faultCode": fault.faultCode, "faultString": fault.faultString})
            except BaseException as error:
                results.append({"faultCode": 1, "faultString": f"{type(error)}:{error}"})
        return results

    def _dispatch(self, method, params):
        function = self.funcs.get(method)
        if function is not None:
            return function(*params)
        if method not in self.funcs and self.instance is not None:
            if hasattr(self.instance, "_dispatch"):
                return self.instance._dispatch(method, params)
            function = self._find(method)
            if function is not None:
                return function(*params)
        raise Exception('method "%s" is not supported' % method)


class SimpleXMLRPCRequestHandler(BaseHTTPRequestHandler):
    """Answers calls."""

    rpc_paths = "/", "/RPC2", "/pydoc.css"
    encode_threshold = 1400
    # Small pieces are collected.
    wbufsize = -1
    disable_nagle_algorithm = True

    def accept_encodings(self):
        """How good the encodings are that the client takes."""
        result = {}
        for part in self.headers.get("Accept-Encoding", "").split(","):
            name, _, weight = part.strip().partition(";")
            if name:
                result[name.strip()] = float(weight.strip().removeprefix("q=") or 1.0)
        return result

    def is_rpc_path_valid(self):
        """Whether calls go to this path."""
        return self.path in self.rpc_paths if self.rpc_paths else True

    def do_POST(self):
        """Answers a call."""
        if not self.is_rpc_path_valid():
            self.report_404()
            return
        try:
            data = self.decode_request_content(self.rfile.read(int(self.headers["content-length"])))
            if data is None:
                return
            response = self.server._marshaled_dispatch(data, getattr(self, "_dispatch", None), self.path)
        except Exception as error:
            self.send_response(500)
            if getattr(self.server, "_send_traceback_header", False):
                self.send_header("X-exception", str(error))
                trace = traceback.format_exc()
                self.send_header("X-traceback", str(trace.encode("ASCII", "backslashreplace"), "ASCII"))
            self.send_header("Content-length", "0")
            self.end_headers()
            return
        self.send_response(200)
        self.send_header("Content-type", "text/xml")
        if self.encode_threshold is not None and len(response) > self.encode_threshold:
            if self.accept_encodings().get("gzip", 0):
                response = gzip_encode(response)
                self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-length", str(len(response)))
        self.end_headers()
        self.wfile.write(response)

    def decode_request_content(self, data):
        """The body of a call; None after an answer that it cannot be read."""
        encoding = self.headers.get("content-encoding", "identity").lower()
        if encoding == "identity":
            return data
        if encoding == "gzip":
            try:
                return gzip_decode(data)
            except NotImplementedError:
                self.send_response(501, "encoding %r not supported" % encoding)
            except ValueError:
                self.send_response(400, "error decoding gzip content")
        else:
            self.send_response(501, "encoding %r not supported" % encoding)
        self.send_header("Content-length", "0")
        self.end_headers()
        return None

    def report_404(self):
        """Says that there is nothing here."""
        self.send_response(404)
        response = b"No such page"
        self.send_header("Content-type", "text/plain")
        self.send_header("Content-length", str(len(response)))
        self.end_headers()
        self.wfile.write(response)

    def log_request(self, code="-", size="-"):
        """Logs a call, if the server wants that."""
        if self.server.logRequests:
            super().log_request(code, size)


class SimpleXMLRPCServer(socketserver.TCPServer, SimpleXMLRPCDispatcher):
    """A server."""

    allow_reuse_address = True
    _send_traceback_header = False

    def __init__(self, addr, requestHandler=SimpleXMLRPCRequestHandler, logRequests=True, allow_none=False, encoding=None,
                 bind_and_activate=True, use_builtin_types=False):
        self.logRequests = logRequests
        SimpleXMLRPCDispatcher.__init__(self, allow_none, encoding, use_builtin_types)
        socketserver.TCPServer.__init__(self, addr, requestHandler, bind_and_activate)


class MultiPathXMLRPCServer(SimpleXMLRPCServer):
    """A server with different functions at different paths."""

    def __init__(self, addr, requestHandler=SimpleXMLRPCRequestHandler, logRequests=True, allow_none=False, encoding=None,
                 bind_and_activate=True, use_builtin_types=False):
        super().__init__(addr, requestHandler, logRequests, allow_none, encoding, bind_and_activate, use_builtin_types)
        self.dispatchers = {}

    def add_dispatcher(self, path, dispatcher):
        """Sets the functions of a path."""
        self.dispatchers[path] = dispatcher
        return dispatcher

    def get_dispatcher(self, path):
        """The functions of a path."""
        return self.dispatchers[path]

    def _marshaled_dispatch(self, data, dispatch_method=None, path=None):
        try:
            return self.dispatchers[path]._marshaled_dispatch(data, dispatch_method, path)
        except BaseException as error:
            response = dumps(Fault(1, f"{type(error)}:{error}"), encoding=self.encoding, allow_none=self.allow_none)
            return response.encode(self.encoding, "xmlcharrefreplace")


class CGIXMLRPCRequestHandler(SimpleXMLRPCDispatcher):
    """Answers a call that comes by standard input, as from a web server."""

    def handle_xmlrpc(self, request_text):
        """Answers a call."""
        response = self._marshaled_dispatch(request_text)
        print("Content-Type: text/xml")
        print("Content-Length: %d" % len(response))
        print()
        sys.stdout.flush()
        sys.stdout.buffer.write(response)
        sys.stdout.buffer.flush()

    def handle_request(self, request_text=None):
        """Answers what has come."""
        import os

        if request_text is None and os.environ.get("REQUEST_METHOD") == "GET":
            body = b"Method not allowed\n"
            print("Status: 400 Bad Request\nContent-Type: text/plain\nContent-Length: %d\n" % len(body))
            sys.stdout.flush()
            sys.stdout.buffer.write(body)
            sys.stdout.buffer.flush()
            return
        if request_text is None:
            length = int(os.environ.get("CONTENT_LENGTH") or -1)
            request_text = sys.stdin.read(length)
        self.handle_xmlrpc(request_text)
