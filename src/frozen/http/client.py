"""The client's side of HTTP: connections, and the responses read from them."""

import io
import socket

from _http_errors import (
    BadStatusLine, CannotSendHeader, CannotSendRequest, HTTPException, ImproperConnectionState, IncompleteRead,
    InvalidURL, LineTooLong, NotConnected, RemoteDisconnected, ResponseNotReady, UnimplementedFileMode, UnknownProtocol,
    UnknownTransferEncoding,
)
from _http_errors import MAXLINE as _MAXLINE
from email.message import Message
from email.parser import Parser
from http import HTTPStatus

__all__ = [
    "HTTPResponse", "HTTPConnection", "HTTPException", "NotConnected", "UnknownProtocol", "UnknownTransferEncoding",
    "UnimplementedFileMode", "IncompleteRead", "InvalidURL", "ImproperConnectionState", "CannotSendRequest",
    "CannotSendHeader", "ResponseNotReady", "BadStatusLine", "LineTooLong", "RemoteDisconnected", "error",
    "responses", "HTTPSConnection",
]

HTTP_PORT, HTTPS_PORT = 80, 443
responses = {status: status.phrase for status in HTTPStatus}
globals().update(HTTPStatus.__members__)
_MAXHEADERS = 100
_IDLE, _STARTED, _SENT = "Idle", "Request-started", "Request-sent"
_BODIED = "PATCH", "POST", "PUT"  # methods whose empty body is announced too
error = HTTPException


class HTTPMessage(Message):
    """The headers of a response or of a request."""

    def getallmatchingheaders(self, name):
        """The names that begin with this one and a colon: none in practice, as CPython has it."""
        start = name.lower() + ":"
        return [key for key in self.keys() if key.lower().startswith(start)]


def _message_of(lines, kind):
    """The headers in lines of bytes."""
    return Parser(_class=kind).parsestr(b"".join(lines).decode("iso-8859-1"))


def parse_headers(fp, _class=HTTPMessage):
    """Read headers from a file, up to the empty line after them."""
    lines = []
    while True:
        line = fp.readline(_MAXLINE + 1)
        if len(line) > _MAXLINE:
            raise LineTooLong("header line")
        lines.append(line)
        if len(lines) > _MAXHEADERS:
            raise HTTPException("got more than %d headers" % _MAXHEADERS)
        if line in (b"\r\n", b"\n", b""):
            return _message_of(lines, _class)


class HTTPResponse(io.BufferedIOBase):
    """A server's answer: its status, its headers, and its body as a file."""

    def __init__(self, sock, debuglevel=0, method=None, url=None):
        self.fp = sock.makefile("rb")
        self.debuglevel, self._method = debuglevel, method
        self.headers = self.msg = None
        self.version = self.status = self.reason = "UNKNOWN"
        self.chunked = self.chunk_left = self.length = self.will_close = "UNKNOWN"
        if url is not None:
            self.url = url

    def _read_status(self):
        """The version, the code and the words of the first line."""
        line = str(self.fp.readline(_MAXLINE + 1), "iso-8859-1")
        if len(line) > _MAXLINE:
            raise LineTooLong("status line")
        if self.debuglevel > 0:
            print("reply:", repr(line))
        if not line:
            raise RemoteDisconnected("Remote end closed connection without response")
        version, code, reason = (line.split(None, 2) + ["", "", ""])[:3]
        if not version.startswith("HTTP/"):
            self._done()
            raise BadStatusLine(line)
        if not code.isdecimal() or not 100 <= int(code) <= 999:
            raise BadStatusLine(line)
        return version, int(code), reason.strip()

    def begin(self):
        """Read what comes before the body."""
        if self.headers is not None:
            return
        while True:
            version, status, reason = self._read_status()
            if status != 100:
                break
            parse_headers(self.fp)
        self.code = self.status = status
        self.reason = reason
        if version in ("HTTP/1.0", "HTTP/0.9"):
            self.version = 10
        elif version.startswith("HTTP/1."):
            self.version = 11
        else:
            raise UnknownProtocol(version)
        self.headers = self.msg = parse_headers(self.fp)
        if self.debuglevel > 0:
            for name, value in self.headers.items():
                print("header:", name + ":", value)
        self.chunked = (self.headers.get("transfer-encoding") or "").lower() == "chunked"
        self.chunk_left = None
        self.will_close = self._check_close()
        self.length = None
        announced = self.headers.get("content-length")
        if announced and not self.chunked and announced.strip().isdecimal():
            self.length = int(announced)
        if status in (204, 304) or status < 200 or self._method == "HEAD":
            self.length = 0
        if not self.will_close and not self.chunked and self.length is None:
            self.will_close = True

    def _check_close(self):
        """Whether the connection ends with this answer."""
        connection = (self.headers.get("connection") or "").lower()
        if self.version == 11:
            return "close" in connection
        if self.headers.get("keep-alive") or "keep-alive" in connection:
            return False
        return "keep-alive" not in (self.headers.get("proxy-connection") or "").lower()

    def _done(self):
        """The body has been read."""
        fp, self.fp = self.fp, None
        if fp is not None:
            fp.close()

    def close(self):
        """Read no more."""
        try:
            super().close()
        finally:
            self._done()

    def flush(self):
        """There is nothing to write."""

    def readable(self):
        """It is for reading."""
        return True

    def isclosed(self):
        """Whether all has been read."""
        return self.fp is None

    def fileno(self):
        """The number of the socket."""
        return self.fp.fileno()

    def _bodyless(self):
        """Whether nothing is left to read."""
        if self.fp is not None and self._method == "HEAD":
            self._done()
        return self.fp is None

    def _next_chunk(self):
        """Go on to where a chunk has bytes left: how many, or None after the last chunk."""
        if self.chunk_left:
            return self.chunk_left
        if self.chunk_left is not None:
            self._exactly(2)  # the end of the last chunk's line
        line = self.fp.readline(_MAXLINE + 1)
        if len(line) > _MAXLINE:
            raise LineTooLong("chunk size")
        try:
            size = int(line.partition(b";")[0], 16)
        except ValueError:
            self._done()
            raise IncompleteRead(b"") from None
        if size == 0:
            while self.fp.readline(_MAXLINE + 1) not in (b"\r\n", b"\n", b""):
                pass
            self._done()
            size = None
        self.chunk_left = size
        return size

    def _exactly(self, size):
        """That many bytes."""
        data = self.fp.read(size)
        if len(data) < size:
            raise IncompleteRead(data, size - len(data))
        return data

    def _chunks(self, limit):
        """At most that many bytes (None: all) of a body that comes in chunks."""
        parts, count = [], 0
        try:
            while limit is None or count < limit:
                left = self._next_chunk()
                if left is None:
                    break
                parts.append(self._exactly(left if limit is None else min(left, limit - count)))
                self.chunk_left -= len(parts[-1])
                count += len(parts[-1])
        except IncompleteRead:
            raise IncompleteRead(b"".join(parts)) from None
        return b"".join(parts)

    def read(self, amt=None):
        """At most `amt` bytes of the body, or all."""
        if self._bodyless():
            return b""
        if amt is not None and amt < 0:
            amt = None
        if self.chunked:
            return self._chunks(amt)
        if amt is not None:
            return self._some(self.fp.read, amt)
        if self.length is None:
            data = self.fp.read()
        else:
            try:
                data = self._exactly(self.length)
            except IncompleteRead:
                self._done()
                raise
            self.length = 0
        self._done()
        return data

    def _some(self, read, size):
        """At most `size` bytes, by a method of the file, of a body that comes in one piece."""
        if self.length is not None and not 0 <= size <= self.length:
            size = self.length
        data = read(size)
        if not data and size:
            self._done()
        elif self.length is not None:
            self.length -= len(data)
            if not self.length:
                self._done()
        return data

    def _part(self, method, size):
        """What a method of the file gives within the body, and within its chunk."""
        if self._bodyless():
            return b""
        read = getattr(self.fp, method)
        if not self.chunked:
            return self._some(read, size)
        left = self._next_chunk()
        if left is None:
            return b""
        data = read(left if size < 0 else min(size, left))
        self.chunk_left -= len(data)
        if not data and size:
            raise IncompleteRead(b"")
        return data

    def read1(self, n=-1):
        """Bytes that came, at most `n`."""
        return self._part("read1", n)

    def readinto(self, b):
        """Fill `b` with bytes of the body."""
        with memoryview(b).cast("B") as view:
            data = self.read(len(view))
            view[:len(data)] = data
            return len(data)

    def peek(self, n=-1):
        """Bytes that will be read next."""
        if self._bodyless():
            return b""
        left = self._next_chunk() if self.chunked else self.length
        if self.chunked and left is None:
            return b""
        data = self.fp.peek(n)
        return data if left is None else data[:left]

    def readline(self, limit=-1):
        """The next line."""
        if limit is None:
            limit = -1
        line = self._part("readline", limit)
        while self.chunked and line and not line.endswith(b"\n") and len(line) != limit:
            more = self._part("readline", limit if limit < 0 else limit - len(line))
            if not more:
                break
            line += more
        return line

    def getheader(self, name, default=None):
        """The values of a header, with commas between them."""
        if self.headers is None:
            raise ResponseNotReady()
        values = self.headers.get_all(name) or default
        if isinstance(values, str) or not hasattr(values, "__iter__"):
            return values
        return ", ".join(values)

    def getheaders(self):
        """Pairs of names and values."""
        if self.headers is None:
            raise ResponseNotReady()
        return self.headers.items()

    def info(self):
        """The headers."""
        return self.headers

    def geturl(self):
        """The URL that was opened."""
        return self.url

    def getcode(self):
        """The status."""
        return self.status


def _check_characters(text, what, kind, last):
    """Refuse a text with control characters."""
    for c in text:
        if c <= last or c == "\x7f" and last == " ":
            raise kind("%s can't contain control characters. %r (found at least %r)" % (what, text, c))


def _latin(text, name):
    """A body's text as bytes."""
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError as e:
        reason = "%s (%.20r) is not valid Latin-1. Use %s.encode('utf-8') if you want to send it encoded in UTF-8." % (
            name.title(), text[e.start:e.end], name)
        raise UnicodeEncodeError(e.encoding, e.object, e.start, e.end, reason) from None


class HTTPConnection:
    """A connection to a server, which answers one request after another."""

    _http_vsn, _http_vsn_str = 11, "HTTP/1.1"
    response_class = HTTPResponse
    default_port = HTTP_PORT
    auto_open = 1
    debuglevel = 0

    def __init__(self, host, port=None, timeout=socket._GLOBAL_DEFAULT_TIMEOUT, source_address=None, blocksize=8192):
        self.timeout, self.source_address, self.blocksize = timeout, source_address, blocksize
        self.sock = None
        self._lines, self._state, self._response, self._method = [], _IDLE, None, None
        self._tunnel_host = None
        self.host, self.port = self._get_hostport(host, port)
        _check_characters(self.host, "URL", InvalidURL, " ")
        self._create_connection = socket.create_connection

    def _get_hostport(self, host, port):
        """The name and the port that a text such as `[::1]:80` means."""
        if port is None:
            colon = host.rfind(":")
            port = self.default_port
            if colon > host.rfind("]"):
                digits, host = host[colon + 1:], host[:colon]
                if digits:
                    try:
                        port = int(digits)
                    except ValueError:
                        raise InvalidURL("nonnumeric port: '%s'" % digits) from None
        if host[:1] == "[" and host[-1:] == "]":
            host = host[1:-1]
        return host, port

    def set_debuglevel(self, level):
        """Print what is sent and what comes back."""
        self.debuglevel = level

    def set_tunnel(self, host, port=None, headers=None):
        """Have the server at the other end connect to another one."""
        if self.sock:
            raise RuntimeError("Can't set up tunnel for established connection")
        self._tunnel_host, self._tunnel_port = self._get_hostport(host, port)
        self._tunnel_headers = headers or {}

    def _tunnel(self):
        """Ask for the tunnel."""
        lines = ["CONNECT %s:%d HTTP/1.0\r\n" % (self._tunnel_host, self._tunnel_port)]
        lines += ["%s: %s\r\n" % pair for pair in self._tunnel_headers.items()]
        self.send("".join(lines).encode("latin-1") + b"\r\n")
        response = self.response_class(self.sock, method="CONNECT")
        _, code, reason = response._read_status()
        if code != 200:
            self.close()
            raise OSError("Tunnel connection failed: %d %s" % (code, reason))
        parse_headers(response.fp)
        response._done()

    def connect(self):
        """Open the connection."""
        self.sock = self._create_connection((self.host, self.port), self.timeout, self.source_address)
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self._tunnel_host:
            self._tunnel()

    def close(self):
        """End the connection."""
        self._state = _IDLE
        sock, self.sock = self.sock, None
        response, self._response = self._response, None
        if sock:
            sock.close()
        if response:
            response.close()

    def _blocks(self, file):
        """What is in a file, in pieces; text is encoded."""
        while data := file.read(self.blocksize):
            yield data.encode("iso-8859-1") if isinstance(data, str) else data

    def send(self, data):
        """Send bytes, or all that is in a file or an iterable."""
        if self.sock is None:
            if not self.auto_open:
                raise NotConnected()
            self.connect()
        if self.debuglevel > 0:
            print("send:", repr(data))
        if hasattr(data, "read"):
            for block in self._blocks(data):
                self.sock.sendall(block)
            return
        try:
            self.sock.sendall(data)
        except TypeError:
            if not hasattr(data, "__iter__"):
                raise TypeError("data should be a bytes-like object or an iterable, got %r" % type(data)) from None
            for piece in data:
                self.sock.sendall(piece)

    def putrequest(self, method, url, skip_host=False, skip_accept_encoding=False):
        """Start a request."""
        if self._response and self._response.isclosed():
            self._response = None
        if self._state != _IDLE:
            raise CannotSendRequest(self._state)
        self._state = _STARTED
        _check_characters(method, "method", ValueError, "\x1f")
        self._method = method
        url = url or "/"
        _check_characters(url, "URL", InvalidURL, " ")
        self._lines.append(("%s %s %s" % (method, url, self._http_vsn_str)).encode("ascii"))
        if self._http_vsn != 11:
            return
        if not skip_host:
            self._put_host(url)
        if not skip_accept_encoding:
            self.putheader("Accept-Encoding", "identity")

    def _put_host(self, url):
        """The header that says whom the request is for."""
        if url.startswith("http") and "://" in url:
            netloc = url.partition("://")[2].partition("/")[0]
            if netloc:
                return self.putheader("Host", netloc)
        host, port = (self._tunnel_host, self._tunnel_port) if self._tunnel_host else (self.host, self.port)
        try:
            name = host.encode("ascii")
        except UnicodeEncodeError:
            name = host.encode("idna")
        if b":" in name:
            name = b"[" + name + b"]"
        self.putheader("Host", name if port == self.default_port else b"%s:%d" % (name, port))

    def putheader(self, header, *values):
        """Add a header to the request."""
        if self._state != _STARTED:
            raise CannotSendHeader()
        name = header.encode("ascii") if hasattr(header, "encode") else header
        if not name or name[:1].isspace() or any(c in name for c in b":\r\n"):
            raise ValueError("Invalid header name %r" % (name,))
        written = []
        for value in values:
            if isinstance(value, int):
                value = str(value)
            if hasattr(value, "encode"):
                value = value.encode("latin-1")
            rest = value.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")[1:]
            if any(line[:1] not in (b" ", b"\t") for line in rest):
                raise ValueError("Invalid header value %r" % (value,))
            written.append(value)
        self._lines.append(name + b": " + b"\r\n\t".join(written))

    def endheaders(self, message_body=None, *, encode_chunked=False):
        """Send the request with its headers and its body."""
        if self._state != _STARTED:
            raise CannotSendHeader()
        self._state = _SENT
        lines, self._lines = self._lines, []
        self.send(b"\r\n".join(lines) + b"\r\n\r\n")
        if message_body is None:
            return
        if hasattr(message_body, "read"):
            pieces = self._blocks(message_body)
        else:
            try:
                memoryview(message_body)
                pieces = (message_body,)
            except TypeError:
                try:
                    pieces = iter(message_body)
                except TypeError:
                    raise TypeError(
                        "message_body should be a bytes-like object or an iterable, got %r" % type(message_body)
                    ) from None
        chunked = encode_chunked and self._http_vsn == 11
        for piece in pieces:
            if piece:
                self.send(b"%X\r\n%s\r\n" % (len(piece), piece) if chunked else piece)
        if chunked:
            self.send(b"0\r\n\r\n")

    def request(self, method, url, body=None, headers={}, *, encode_chunked=False):
        """Send a whole request."""
        names = {name.lower() for name in headers}
        self.putrequest(method, url, "host" in names, "accept-encoding" in names)
        if "content-length" in names:
            encode_chunked = False
        elif "transfer-encoding" not in names:
            encode_chunked = False
            length = self._get_content_length(body, method)
            if length is not None:
                self.putheader("Content-Length", str(length))
            elif body is not None:
                encode_chunked = True
                self.putheader("Transfer-Encoding", "chunked")
        for name, value in headers.items():
            self.putheader(name, value)
        if isinstance(body, str):
            body = _latin(body, "body")
        self.endheaders(body, encode_chunked=encode_chunked)

    @staticmethod
    def _get_content_length(body, method):
        """How long a body is, or None where that cannot be told."""
        if body is None:
            return 0 if method.upper() in _BODIED else None
        if hasattr(body, "read"):
            return None
        try:
            return memoryview(body).nbytes
        except TypeError:
            return len(body) if isinstance(body, str) else None

    def getresponse(self):
        """The answer to the request."""
        if self._response and self._response.isclosed():
            self._response = None
        if self._state != _SENT or self._response:
            raise ResponseNotReady(self._state)
        response = self.response_class(self.sock, self.debuglevel, method=self._method)
        try:
            try:
                response.begin()
            except ConnectionError:
                self.close()
                raise
            self._state = _IDLE
            if response.will_close:
                self.close()
            else:
                self._response = response
        except BaseException:
            response.close()
            raise
        return response


class HTTPSConnection(HTTPConnection):
    """A connection with TLS."""

    default_port = HTTPS_PORT

    def __init__(self, host, port=None, key_file=None, cert_file=None, timeout=socket._GLOBAL_DEFAULT_TIMEOUT,
                 source_address=None, *, context=None, check_hostname=None, blocksize=8192):
        import ssl

        super().__init__(host, port, timeout, source_address, blocksize)
        if key_file is not None or cert_file is not None or check_hostname is not None:
            import warnings

            warnings.warn("key_file, cert_file and check_hostname are deprecated, use a custom context instead.",
                          DeprecationWarning, 2)
        self.key_file, self.cert_file = key_file, cert_file
        if context is None:
            context = ssl._create_default_https_context()
            if self._http_vsn == 11:
                context.set_alpn_protocols(["http/1.1"])
        if check_hostname is not None:
            context.check_hostname = check_hostname
        if key_file or cert_file:
            context.load_cert_chain(cert_file, key_file)
        self._context = context

    def connect(self):
        """Connect, and shake hands."""
        super().connect()
        self.sock = self._context.wrap_socket(self.sock, server_hostname=self._tunnel_host or self.host)
