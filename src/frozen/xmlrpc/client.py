"""XML-RPC: calling servers. How calls are written is in `_xmlrpc_values`."""
import base64
import errno
import http.client
import sys
import urllib.parse

from _xmlrpc_values import (
    APPLICATION_ERROR, INTERNAL_ERROR, INVALID_ENCODING_CHAR, INVALID_METHOD_PARAMS, INVALID_XMLRPC, MAXINT, METHOD_NOT_FOUND,
    MININT, NOT_WELLFORMED_ERROR, PARSE_ERROR, SERVER_ERROR, SYSTEM_ERROR, TRANSPORT_ERROR, UNSUPPORTED_ENCODING, WRAPPERS,
    Binary, Boolean, DateTime, Error, ExpatParser, Fault, Marshaller, ProtocolError, ResponseError, Unmarshaller, boolean,
    dumps, escape, getparser, gzip, gzip_decode, gzip_encode, loads,
)


class _Method:
    """A name that can be called, or have further names."""

    def __init__(self, send, name):
        self._send, self._name = send, name

    def __getattr__(self, name):
        return _Method(self._send, f"{self._name}.{name}")

    def __call__(self, *args):
        return self._send(self._name, args)


class MultiCallIterator:
    """The results of several calls. Raises Fault at the place of one that has failed."""

    def __init__(self, results):
        self.results = results

    def __getitem__(self, i):
        item = self.results[i]
        if isinstance(item, dict):
            raise Fault(item["faultCode"], item["faultString"])
        if isinstance(item, list):
            return item[0]
        raise ValueError("unexpected type in multicall result")


class MultiCall:
    """Collects calls, and sends them as one."""

    def __init__(self, server):
        self._server = server
        self._calls = []

    def __repr__(self):
        return f"<{type(self).__name__} at {id(self):#x}>"

    def __getattr__(self, name):
        return _Method(lambda name, args: self._calls.append((name, args)), name)

    def __call__(self):
        calls = [{"methodName": name, "params": args} for name, args in self._calls]
        return MultiCallIterator(self._server.system.multicall(calls))


class Transport:
    """Sends calls over HTTP."""

    user_agent = "Python-xmlrpc/%s" % sys.version[:3]
    accept_gzip_encoding = True
    encode_threshold = None

    def __init__(self, use_datetime=False, use_builtin_types=False, *, headers=()):
        self._use_datetime, self._use_builtin_types = use_datetime, use_builtin_types
        self._connection = None, None
        self._headers = list(headers)
        self._extra_headers = []

    def request(self, host, handler, request_body, verbose=False):
        """Sends a call, once more if the connection was lost meanwhile; the answer."""
        for again in (True, False):
            try:
                return self.single_request(host, handler, request_body, verbose)
            except http.client.RemoteDisconnected:
                if not again:
                    raise
            except OSError as error:
                if not again or error.errno not in (errno.ECONNRESET, errno.ECONNABORTED, errno.EPIPE):
                    raise

    def single_request(self, host, handler, request_body, verbose=False):
        """Sends a call; the answer."""
        try:
            connection = self.send_request(host, handler, request_body, verbose)
            response = connection.getresponse()
            if response.status == 200:
                self.verbose = verbose
                return self.parse_response(response)
        except Fault:
            raise
        except Exception:
            self.close()
            raise
        if response.getheader("content-length", ""):
            response.read()
        raise ProtocolError(host + handler, response.status, response.reason, dict(response.getheaders()))

    def getparser(self):
        """A parser and its target."""
        return getparser(self._use_datetime, self._use_builtin_types)

    def get_host_info(self, host):
        """The host, headers and more, without the user's name and password in it."""
        x509 = {}
        if isinstance(host, tuple):
            host, x509 = host
        auth, _, host = host.rpartition("@")
        headers = []
        if auth:
            encoded = base64.encodebytes(urllib.parse.unquote_to_bytes(auth)).decode("utf-8")
            headers.append(("Authorization", "Basic " + "".join(encoded.split())))
        return host, headers, x509

    def make_connection(self, host):
        """A connection, the last one if it is to the same host."""
        if not self._connection or host != self._connection[0]:
            name, self._extra_headers, _ = self.get_host_info(host)
            self._connection = host, http.client.HTTPConnection(name)
        return self._connection[1]

    def close(self):
        """Ends the connection."""
        _, connection = self._connection
        self._connection = None, None
        if connection:
            connection.close()

    def send_request(self, host, handler, request_body, debug):
        """Sends a call; the connection."""
        connection = self.make_connection(host)
        headers = self._headers + self._extra_headers
        if debug:
            connection.set_debuglevel(1)
        connection.putrequest("POST", handler, skip_accept_encoding=bool(self.accept_gzip_encoding and gzip))
        if self.accept_gzip_encoding and gzip:
            headers.append(("Accept-Encoding", "gzip"))
        headers += [("Content-Type", "text/xml"), ("User-Agent", self.user_agent)]
        self.send_headers(connection, headers)
        self.send_content(connection, request_body)
        return connection

    def send_headers(self, connection, headers):
        """Sends headers."""
        for name, value in headers:
            connection.putheader(name, value)

    def send_content(self, connection, request_body):
        """Sends the body."""
        if self.encode_threshold is not None and self.encode_threshold < len(request_body) and gzip:
            connection.putheader("Content-Encoding", "gzip")
            request_body = gzip_encode(request_body)
        connection.putheader("Content-Length", str(len(request_body)))
        connection.endheaders(request_body)

    def parse_response(self, response):
        """Reads an answer."""
        data = response.read()
        if getattr(response, "getheader", None) and response.getheader("Content-Encoding", "") == "gzip":
            data = gzip_decode(data, -1)
        if self.verbose:
            print("body:", repr(data))
        parser, target = self.getparser()
        parser.feed(data)
        parser.close()
        return target.close()


class SafeTransport(Transport):
    """Sends calls over HTTPS."""

    def __init__(self, use_datetime=False, use_builtin_types=False, *, headers=(), context=None):
        super().__init__(use_datetime, use_builtin_types, headers=headers)
        self.context = context

    def make_connection(self, host):
        """A connection, the last one if it is to the same host."""
        if not self._connection or host != self._connection[0]:
            name, self._extra_headers, x509 = self.get_host_info(host)
            self._connection = host, http.client.HTTPSConnection(name, None, context=self.context, **(x509 or {}))
        return self._connection[1]


class ServerProxy:
    """A server, whose functions are called as methods."""

    def __init__(self, uri, transport=None, encoding=None, verbose=False, allow_none=False, use_datetime=False,
                 use_builtin_types=False, *, headers=(), context=None):
        parts = urllib.parse.urlsplit(uri)
        if parts.scheme not in ("http", "https"):
            raise OSError("unsupported XML-RPC protocol")
        self.__host = parts.netloc
        self.__handler = urllib.parse.urlunsplit(["", "", *parts[2:]]) or "/RPC2"
        if transport is None:
            options = {"use_datetime": use_datetime, "use_builtin_types": use_builtin_types, "headers": headers}
            transport = SafeTransport(**options, context=context) if parts.scheme == "https" else Transport(**options)
        self.__transport = transport
        self.__encoding = encoding or "utf-8"
        self.__verbose, self.__allow_none = verbose, allow_none

    def __close(self):
        self.__transport.close()

    def __request(self, methodname, params):
        body = dumps(params, methodname, encoding=self.__encoding, allow_none=self.__allow_none)
        body = body.encode(self.__encoding, "xmlcharrefreplace")
        response = self.__transport.request(self.__host, self.__handler, body, verbose=self.__verbose)
        return response[0] if len(response) == 1 else response

    def __repr__(self):
        return f"<{type(self).__name__} for {self.__host}{self.__handler}>"

    def __getattr__(self, name):
        return _Method(self.__request, name)

    def __call__(self, attr):
        """What is no function of the server: how to close the connection, or the transport."""
        if attr == "close":
            return self.__close
        if attr == "transport":
            return self.__transport
        raise AttributeError("Attribute %r not found" % (attr,))

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.__close()


Server = ServerProxy
