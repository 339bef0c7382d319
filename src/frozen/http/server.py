"""The server's side of HTTP: handlers that read requests and write answers; one serves the files of a directory."""

import os
import sys
import time
from urllib.parse import quote, unquote, urlsplit, urlunsplit

import http.client
import socketserver
from _http_headers import date_number, date_text, type_of
from http import HTTPStatus

__version__ = "0.6"
__all__ = ["HTTPServer", "ThreadingHTTPServer", "BaseHTTPRequestHandler", "SimpleHTTPRequestHandler"]

DEFAULT_ERROR_MESSAGE = """\
<!DOCTYPE HTML>
<html lang="en">
    <head>
        <meta charset="utf-8">
        <title>Error response</title>
    </head>
    <body>
        <h1>Error response</h1>
        <p>Error code: %(code)d</p>
        <p>Message: %(message)s.</p>
        <p>Error code explanation: %(code)s - %(explain)s.</p>
    </body>
</html>
"""
DEFAULT_ERROR_CONTENT_TYPE = "text/html;charset=utf-8"
_MONTHS = [None, "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_MAXLINE, _MAXHEADERS = 65536, 100
# What is written in a log for a character that could do harm at a terminal.
_HARMLESS = {c: "\\x%02x" % c for c in (*range(0x20), *range(0x7F, 0xA0))}
_HARMLESS[ord("\\")] = "\\\\"


def _escaped(text, quotes=False):
    """A text as HTML."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;").replace("'", "&#x27;") if quotes else text


class HTTPServer(socketserver.TCPServer):
    """A server of HTTP, which handles one connection at a time."""

    allow_reuse_address = 1

    def server_bind(self):
        import socket

        super().server_bind()
        host, port = self.server_address[:2]
        self.server_name, self.server_port = socket.getfqdn(host), port


class ThreadingHTTPServer(socketserver.ThreadingMixIn, HTTPServer):
    """A server of HTTP, which handles each connection in a thread."""

    daemon_threads = True


class _BadRequest(Exception):
    """A request that is answered with an error: the arguments of `send_error`."""


class BaseHTTPRequestHandler(socketserver.StreamRequestHandler):
    """Handles the requests of a connection: a request with the method GET by the method `do_GET`."""

    sys_version = "Python/" + sys.version.split()[0]
    server_version = "BaseHTTP/" + __version__
    protocol_version = "HTTP/1.0"
    default_request_version = "HTTP/0.9"
    error_message_format = DEFAULT_ERROR_MESSAGE
    error_content_type = DEFAULT_ERROR_CONTENT_TYPE
    weekdayname = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    monthname = _MONTHS
    MessageClass = http.client.HTTPMessage
    responses = {status: (status.phrase, status.description) for status in HTTPStatus}

    def handle(self):
        """Handle requests until the connection is to be closed."""
        self.close_connection = True
        self.handle_one_request()
        while not self.close_connection:
            self.handle_one_request()

    def handle_one_request(self):
        """Read a request and have it answered."""
        try:
            self.raw_requestline = self.rfile.readline(_MAXLINE + 1)
            if len(self.raw_requestline) > _MAXLINE:
                self.requestline = self.request_version = self.command = ""
                self.send_error(HTTPStatus.REQUEST_URI_TOO_LONG)
                return
            if not self.raw_requestline:
                self.close_connection = True
                return
            if not self.parse_request():
                return
            method = getattr(self, "do_" + self.command, None)
            if method is None:
                self.send_error(HTTPStatus.NOT_IMPLEMENTED, "Unsupported method (%r)" % self.command)
                return
            method()
            self.wfile.flush()
        except TimeoutError as e:
            self.log_error("Request timed out: %r", e)
            self.close_connection = True

    def parse_request(self):
        """Take a request apart; False where it is none, which has been answered then."""
        self.command = None
        self.request_version = self.default_request_version
        self.close_connection = True
        self.requestline = str(self.raw_requestline, "iso-8859-1").rstrip("\r\n")
        words = self.requestline.split()
        if not words:
            return False
        try:
            version = self._parse_words(words)
            self.headers = http.client._message_of(self._header_lines(), self.MessageClass)
        except _BadRequest as bad:
            self.send_error(*bad.args)
            return False
        wish = self.headers.get("Connection", "").lower()
        if wish == "close":
            self.close_connection = True
        elif wish == "keep-alive" and self.protocol_version >= "HTTP/1.1":
            self.close_connection = False
        if self.headers.get("Expect", "").lower() == "100-continue":
            if self.protocol_version >= "HTTP/1.1" and version >= (1, 1):
                return self.handle_expect_100()
        return True

    def _parse_words(self, words):
        """The words of a request's first line: what, where to, and the version, which is returned."""
        number = 0, 9
        if len(words) >= 3:
            version = words[-1]
            numbers = version[5:].split(".")
            if version[:5] != "HTTP/" or len(numbers) != 2 or any(not n.isdigit() or len(n) > 10 for n in numbers):
                raise _BadRequest(HTTPStatus.BAD_REQUEST, "Bad request version (%r)" % version)
            number = int(numbers[0]), int(numbers[1])
            if number >= (1, 1) and self.protocol_version >= "HTTP/1.1":
                self.close_connection = False
            if number >= (2, 0):
                raise _BadRequest(
                    HTTPStatus.HTTP_VERSION_NOT_SUPPORTED, "Invalid HTTP version (%s)" % version[5:])
            self.request_version = version
        if not 2 <= len(words) <= 3:
            raise _BadRequest(HTTPStatus.BAD_REQUEST, "Bad request syntax (%r)" % self.requestline)
        if len(words) == 2:
            self.close_connection = True
            if words[0] != "GET":
                raise _BadRequest(HTTPStatus.BAD_REQUEST, "Bad HTTP/0.9 request type (%r)" % words[0])
        self.command, self.path = words[:2]
        if self.path.startswith("//"):
            self.path = "/" + self.path.lstrip("/")  # else it would be taken for a host
        return number

    def _header_lines(self):
        """The lines of the headers."""
        lines = []
        while not lines or lines[-1] not in (b"\r\n", b"\n", b""):
            lines.append(self.rfile.readline(_MAXLINE + 1))
            if len(lines[-1]) > _MAXLINE:
                raise _BadRequest(
                    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "Line too long",
                    "got more than %d bytes when reading header line" % _MAXLINE)
            if len(lines) > _MAXHEADERS:
                raise _BadRequest(
                    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "Too many headers",
                    "got more than %d headers" % _MAXHEADERS)
        return lines

    def handle_expect_100(self):
        """Tell a client that it may send the body."""
        self.send_response_only(HTTPStatus.CONTINUE)
        self.end_headers()
        return True

    def send_error(self, code, message=None, explain=None):
        """Answer with an error and a page that says what it is."""
        short, long = self.responses.get(code, ("???", "???"))
        message = short if message is None else message
        explain = long if explain is None else explain
        self.log_error("code %d, message %s", code, message)
        self.send_response(code, message)
        self.send_header("Connection", "close")
        body = None
        if code >= 200 and code not in (204, 205, 304):
            page = self.error_message_format % {
                "code": code, "message": _escaped(message), "explain": _escaped(explain),
            }
            body = page.encode("utf-8", "replace")
            self.send_header("Content-Type", self.error_content_type)
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if body and self.command != "HEAD":
            self.wfile.write(body)

    def send_response(self, code, message=None):
        """Start an answer."""
        self.log_request(code)
        self.send_response_only(code, message)
        self.send_header("Server", self.version_string())
        self.send_header("Date", self.date_time_string())

    def _buffer(self, line):
        """Keep a line of the answer until `end_headers`."""
        if self.request_version == "HTTP/0.9":
            return
        if not hasattr(self, "_headers_buffer"):
            self._headers_buffer = []
        self._headers_buffer.append(line.encode("latin-1", "strict"))

    def send_response_only(self, code, message=None):
        """The first line of an answer."""
        if message is None:
            message = self.responses[code][0] if code in self.responses else ""
        self._buffer("%s %d %s\r\n" % (self.protocol_version, code, message))

    def send_header(self, keyword, value):
        """A header of the answer."""
        self._buffer("%s: %s\r\n" % (keyword, value))
        if keyword.lower() == "connection":
            if value.lower() == "close":
                self.close_connection = True
            elif value.lower() == "keep-alive":
                self.close_connection = False

    def end_headers(self):
        """No more headers: send them."""
        self._buffer("\r\n")
        self.flush_headers()

    def flush_headers(self):
        """Send the headers that there are."""
        if hasattr(self, "_headers_buffer"):
            self.wfile.write(b"".join(self._headers_buffer))
            self._headers_buffer = []

    def log_request(self, code="-", size="-"):
        """Log a request that is being answered."""
        if isinstance(code, HTTPStatus):
            code = code.value
        self.log_message('"%s" %s %s', self.requestline, str(code), str(size))

    def log_error(self, format, *args):
        """Log an error."""
        self.log_message(format, *args)

    def log_message(self, format, *args):
        """Write a line to the standard error output: who asks, when, and the message."""
        message = (format % args).translate(_HARMLESS)
        sys.stderr.write("%s - - [%s] %s\n" % (self.address_string(), self.log_date_time_string(), message))

    def version_string(self):
        """What the server calls itself."""
        return self.server_version + " " + self.sys_version

    def date_time_string(self, timestamp=None):
        """A moment, or now, for a header."""
        return date_text(time.time() if timestamp is None else timestamp)

    def log_date_time_string(self):
        """Now, for the log."""
        year, month, day, hour, minute, second = time.localtime()[:6]
        return "%02d/%3s/%04d %02d:%02d:%02d" % (day, self.monthname[month], year, hour, minute, second)

    def address_string(self):
        """Who asks."""
        return self.client_address[0]


class SimpleHTTPRequestHandler(BaseHTTPRequestHandler):
    """Serves the files of a directory."""

    server_version = "SimpleHTTP/" + __version__
    index_pages = "index.html", "index.htm"
    extensions_map = _encodings_map_default = {
        ".gz": "application/gzip", ".Z": "application/octet-stream", ".bz2": "application/x-bzip2",
        ".xz": "application/x-xz",
    }

    def __init__(self, *args, directory=None, **kwargs):
        self.directory = os.fspath(os.getcwd() if directory is None else directory)
        super().__init__(*args, **kwargs)

    def do_GET(self):
        """Send a file, or the list of a directory."""
        file = self.send_head()
        if file:
            with file:
                self.copyfile(file, self.wfile)

    def do_HEAD(self):
        """Send only the headers."""
        file = self.send_head()
        if file:
            file.close()

    def send_head(self):
        """Send the headers; the body as a file, or None where there is none to be sent."""
        path = self.translate_path(self.path)
        if os.path.isdir(path):
            parts = urlsplit(self.path)
            if not parts.path.endswith("/"):
                self.send_response(HTTPStatus.MOVED_PERMANENTLY)
                self.send_header("Location", urlunsplit(parts._replace(path=parts.path + "/")))
                self.send_header("Content-Length", "0")
                self.end_headers()
                return None
            pages = [os.path.join(path, page) for page in self.index_pages]
            path = next((page for page in pages if os.path.isfile(page)), None)
            if path is None:
                return self.list_directory(self.translate_path(self.path))
        try:
            if path.endswith("/"):
                raise FileNotFoundError
            file = open(path, "rb")
        except OSError:
            self.send_error(HTTPStatus.NOT_FOUND, "File not found")
            return None
        try:
            status = os.fstat(file.fileno())
            if self._known(int(status.st_mtime)):
                self.send_response(HTTPStatus.NOT_MODIFIED)
                self.end_headers()
                file.close()
                return None
            self.send_response(HTTPStatus.OK)
            self.send_header("Content-type", self.guess_type(path))
            self.send_header("Content-Length", str(status.st_size))
            self.send_header("Last-Modified", self.date_time_string(status.st_mtime))
            self.end_headers()
            return file
        except BaseException:
            file.close()
            raise

    def _known(self, changed):
        """Whether the client has what was last changed then."""
        if "If-Modified-Since" not in self.headers or "If-None-Match" in self.headers:
            return False
        since = date_number(self.headers["If-Modified-Since"])
        return since is not None and changed <= since

    def list_directory(self, path):
        """Send the headers of a page that lists a directory; the page as a file."""
        from io import BytesIO

        try:
            names = sorted(os.listdir(path), key=str.lower)
        except OSError:
            self.send_error(HTTPStatus.NOT_FOUND, "No permission to list directory")
            return None
        encoding = sys.getfilesystemencoding()
        shown = unquote(self.path.split("#", 1)[0].split("?", 1)[0], errors="surrogatepass")
        title = "Directory listing for " + _escaped(shown)
        lines = [
            "<!DOCTYPE HTML>", '<html lang="en">', "<head>", '<meta charset="%s">' % encoding,
            "<title>%s</title>" % title, "</head>", "<body>", "<h1>%s</h1>" % title, "<hr>", "<ul>",
        ]
        for name in names:
            full = os.path.join(path, name)
            slash = "/" if os.path.isdir(full) else ""
            mark = "@" if os.path.islink(full) else slash
            link = quote(name + slash, errors="surrogatepass")
            lines.append('<li><a href="%s">%s</a></li>' % (link, _escaped(name + mark)))
        lines += ["</ul>", "<hr>", "</body>", "</html>", ""]
        page = "\n".join(lines).encode(encoding, "surrogateescape")
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-type", "text/html; charset=" + encoding)
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        return BytesIO(page)

    def translate_path(self, path):
        """The file that a URL's path means; nothing outside of the directory can be meant."""
        path = path.split("?", 1)[0].split("#", 1)[0]
        slash = path.rstrip().endswith("/")
        parts = []
        for part in unquote(path, errors="surrogatepass").split("/"):
            if part == "..":
                del parts[-1:]
            elif part not in ("", "."):
                parts.append(part)
        return os.path.join(self.directory, *parts) + ("/" if slash else "")

    def copyfile(self, source, outputfile):
        """Write all that is in one file to another."""
        while data := source.read(65536):
            outputfile.write(data)

    def guess_type(self, path):
        """The type of a file, for a header."""
        ending = os.path.splitext(path)[1]
        for known in ending, ending.lower():
            if known in self.extensions_map:
                return self.extensions_map[known]
        return type_of(path) or "application/octet-stream"


def _addresses(host, port):
    """The family and the address to be bound."""
    import socket

    infos = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    family, _, _, _, address = infos[0]
    return family, address


def test(HandlerClass=BaseHTTPRequestHandler, ServerClass=ThreadingHTTPServer, protocol="HTTP/1.0", port=8000,
         bind=None):
    """Serve until Ctrl-C."""
    ServerClass.address_family, address = _addresses(bind, port)
    HandlerClass.protocol_version = protocol
    with ServerClass(address, HandlerClass) as server:
        host, port = server.socket.getsockname()[:2]
        shown = f"[{host}]" if ":" in host else host
        print(f"Serving HTTP on {host} port {port} (http://{shown}:{port}/) ...")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print("\nKeyboard interrupt received, exiting.")
            sys.exit(0)


def _main():
    """Serve the files of a directory, as `python -m http.server` does."""
    import argparse

    parser = argparse.ArgumentParser()
    parser.add_argument("-b", "--bind", metavar="ADDRESS", help="bind to this address (default: all interfaces)")
    parser.add_argument(
        "-d", "--directory", default=os.getcwd(), help="serve this directory (default: current directory)")
    parser.add_argument("-p", "--protocol", metavar="VERSION", default="HTTP/1.0", help="conform to this HTTP version")
    parser.add_argument("port", default=8000, type=int, nargs="?", help="bind to this port (default: 8000)")
    options = parser.parse_args()

    class Server(ThreadingHTTPServer):
        def finish_request(self, request, client_address):
            self.RequestHandlerClass(request, client_address, self, directory=options.directory)

    test(SimpleHTTPRequestHandler, Server, options.protocol, options.port, options.bind)


if __name__ == "__main__":
    _main()
