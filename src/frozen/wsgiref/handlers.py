"""Runs applications, and sends their answers."""
import os
import sys
import time

from .headers import Headers
from .util import FileWrapper, guess_scheme, is_hop_by_hop

__all__ = ["BaseHandler", "SimpleHandler", "BaseCGIHandler", "CGIHandler", "IISCGIHandler", "read_environ"]

_DAYS = "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"
_MONTHS = (None, "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def format_date_time(timestamp):
    """A moment as headers have it."""
    year, month, day, hour, minute, second, weekday, *_ = time.gmtime(timestamp)
    return "%s, %02d %3s %4d %02d:%02d:%02d GMT" % (_DAYS[weekday], day, _MONTHS[month], year, hour, minute, second)


def read_environ():
    """The environment of the process, with texts as WSGI wants them."""
    encoding = sys.getfilesystemencoding()
    return {
        name: os.fsencode(value).decode("iso-8859-1")
        if name in ("PATH_INFO", "SCRIPT_NAME", "QUERY_STRING", "REMOTE_USER") and encoding else value
        for name, value in os.environ.items()
    }


class BaseHandler:
    """Runs an application once."""

    wsgi_version = (1, 0)
    wsgi_multithread = wsgi_multiprocess = True
    wsgi_run_once = False
    # Whether the answer is that of a server, with a status line and a date.
    origin_server = True
    http_version = "1.0"
    server_software = None
    os_environ = read_environ()
    wsgi_file_wrapper = FileWrapper
    headers_class = Headers
    traceback_limit = None
    error_status = "500 Internal Server Error"
    error_headers = [("Content-Type", "text/plain")]
    error_body = b"A server error occurred.  Please contact the administrator."

    status = result = None
    headers_sent = False
    headers = None
    bytes_sent = 0

    def run(self, application):
        """Runs an application and sends its answer."""
        try:
            self.setup_environ()
            self.result = application(self.environ, self.start_response)
            self.finish_response()
        except (ConnectionAbortedError, BrokenPipeError, ConnectionResetError):
            # Nobody waits for the answer.
            return
        except:
            try:
                self.handle_error()
            except:
                self.close()
                raise

    def setup_environ(self):
        """Makes the environment."""
        env = self.environ = self.os_environ.copy()
        self.add_cgi_vars()
        env["wsgi.input"] = self.get_stdin()
        env["wsgi.errors"] = self.get_stderr()
        env["wsgi.version"] = self.wsgi_version
        env["wsgi.run_once"] = self.wsgi_run_once
        env["wsgi.url_scheme"] = self.get_scheme()
        env["wsgi.multithread"] = self.wsgi_multithread
        env["wsgi.multiprocess"] = self.wsgi_multiprocess
        if self.wsgi_file_wrapper is not None:
            env["wsgi.file_wrapper"] = self.wsgi_file_wrapper
        if self.origin_server and self.server_software:
            env.setdefault("SERVER_SOFTWARE", self.server_software)

    def finish_response(self):
        """Sends what the application gives."""
        try:
            if not self.result_is_file() or not self.sendfile():
                for data in self.result:
                    self.write(data)
                self.finish_content()
        except:
            if hasattr(self.result, "close"):
                self.result.close()
            raise
        else:
            self.close()

    def get_scheme(self):
        """Whether the request came by http or https."""
        return guess_scheme(self.environ)

    def set_content_length(self):
        """Says how long the answer is, if it is known."""
        try:
            blocks = len(self.result)
        except (TypeError, AttributeError, NotImplementedError):
            return
        if blocks == 1:
            self.headers["Content-Length"] = str(self.bytes_sent)

    def cleanup_headers(self):
        """Adds what is missing."""
        if "Content-Length" not in self.headers:
            self.set_content_length()

    def start_response(self, status, headers, exc_info=None):
        """The application says what its answer is."""
        if exc_info:
            try:
                if self.headers_sent:
                    raise
            finally:
                exc_info = None
        elif self.headers is not None:
            raise AssertionError("Headers already set!")
        self.status = status
        self.headers = self.headers_class(headers)
        status = self._convert_string_type(status, "Status")
        if len(status) < 4:
            raise AssertionError("Status must be at least 4 characters")
        if not status[:3].isdigit():
            raise AssertionError("Status message must begin w/3-digit code")
        if status[3] != " ":
            raise AssertionError("Status message must have a space after code")
        for name, value in headers:
            name = self._convert_string_type(name, "Header name")
            self._convert_string_type(value, "Header value")
            if is_hop_by_hop(name):
                raise AssertionError(f"Hop-by-hop header, '{name}: {value}', not allowed")
        return self.write

    def _convert_string_type(self, value, title):
        if type(value) is str:
            return value
        raise AssertionError("{0} must be of type str (got {1})".format(title, repr(value)))

    def send_preamble(self):
        """Sends the status line, and headers of the server."""
        if not self.origin_server:
            self._write(("Status: %s\r\n" % self.status).encode("iso-8859-1"))
            return
        if self.client_is_modern():
            self._write(("HTTP/%s %s\r\n" % (self.http_version, self.status)).encode("iso-8859-1"))
            if "Date" not in self.headers:
                self._write(("Date: %s\r\n" % format_date_time(time.time())).encode("iso-8859-1"))
            if self.server_software and "Server" not in self.headers:
                self._write(("Server: %s\r\n" % self.server_software).encode("iso-8859-1"))

    def write(self, data):
        """Sends a piece of the answer, after the headers."""
        if type(data) is not bytes:
            raise AssertionError("write() argument must be a bytes instance")
        if not self.status:
            raise AssertionError("write() before start_response()")
        if not self.headers_sent:
            self.bytes_sent = len(data)
            self.send_headers()
        else:
            self.bytes_sent += len(data)
        self._write(data)
        self._flush()

    def sendfile(self):
        """Sends a file in some better way; false if there is none."""
        return False

    def finish_content(self):
        """Sends the headers, if nothing has been sent."""
        if not self.headers_sent:
            self.headers.setdefault("Content-Length", "0")
            self.send_headers()

    def close(self):
        """The answer is done."""
        try:
            if hasattr(self.result, "close"):
                self.result.close()
        finally:
            self.result = self.headers = self.status = self.environ = None
            self.bytes_sent = 0
            self.headers_sent = False

    def send_headers(self):
        """Sends the headers."""
        self.cleanup_headers()
        self.headers_sent = True
        if not self.origin_server or self.client_is_modern():
            self.send_preamble()
            self._write(bytes(self.headers))

    def result_is_file(self):
        """Whether the application gives a file."""
        wrapper = self.wsgi_file_wrapper
        return wrapper is not None and isinstance(self.result, wrapper)

    def client_is_modern(self):
        """Whether the client knows headers."""
        return self.environ["SERVER_PROTOCOL"].upper() != "HTTP/0.9"

    def log_exception(self, exc_info):
        """Writes a traceback."""
        from traceback import print_exception

        stderr = self.get_stderr()
        print_exception(*exc_info, self.traceback_limit, stderr)
        stderr.flush()

    def handle_error(self):
        """Logs an exception, and sends an answer about it if none has been sent."""
        self.log_exception(sys.exc_info())
        if not self.headers_sent:
            self.result = self.error_output(self.environ, self.start_response)
            self.finish_response()

    def error_output(self, environ, start_response):
        """The answer when the application fails."""
        start_response(self.error_status, self.error_headers[:], sys.exc_info())
        return [self.error_body]

    # For subclasses.

    def _write(self, data):
        raise NotImplementedError

    def _flush(self):
        raise NotImplementedError

    def get_stdin(self):
        """The body of the request."""
        raise NotImplementedError

    def get_stderr(self):
        """Where errors are logged."""
        raise NotImplementedError

    def add_cgi_vars(self):
        """Adds what is known of the request to the environment."""
        raise NotImplementedError


class SimpleHandler(BaseHandler):
    """Runs an application with files for the request and the answer."""

    def __init__(self, stdin, stdout, stderr, environ, multithread=True, multiprocess=False):
        self.stdin, self.stdout, self.stderr = stdin, stdout, stderr
        self.base_env = environ
        self.wsgi_multithread, self.wsgi_multiprocess = multithread, multiprocess

    def get_stdin(self):
        """The body of the request."""
        return self.stdin

    def get_stderr(self):
        """Where errors are logged."""
        return self.stderr

    def add_cgi_vars(self):
        """Adds what is known of the request to the environment."""
        self.environ.update(self.base_env)

    def _write(self, data):
        sent = self.stdout.write(data)
        if sent is None or sent == len(data):
            return
        while data := data[sent:]:
            sent = self.stdout.write(data)

    def _flush(self):
        self.stdout.flush()
        self._flush = self.stdout.flush


class BaseCGIHandler(SimpleHandler):
    """The same behind a web server."""

    origin_server = False


class CGIHandler(BaseCGIHandler):
    """The same as a program that a web server starts."""

    wsgi_run_once = True
    os_environ = {}

    def __init__(self):
        super().__init__(sys.stdin.buffer, sys.stdout.buffer, sys.stderr, read_environ(), multithread=False, multiprocess=True)


class IISCGIHandler(BaseCGIHandler):
    """The same for a web server that says the path twice."""

    wsgi_run_once = True
    os_environ = {}

    def __init__(self):
        environ = read_environ()
        path, script = environ.get("PATH_INFO", ""), environ.get("SCRIPT_NAME", "")
        if (path + "/").startswith(script + "/"):
            environ["PATH_INFO"] = path[len(script) :]
        super().__init__(sys.stdin.buffer, sys.stdout.buffer, sys.stderr, environ, multithread=False, multiprocess=True)
