"""A small server that runs one application."""
import sys
import urllib.parse
from http.server import BaseHTTPRequestHandler, HTTPServer
from platform import python_implementation
from wsgiref.handlers import SimpleHandler

__version__ = "0.2"
__all__ = ["WSGIServer", "WSGIRequestHandler", "demo_app", "make_server"]

server_version = "WSGIServer/" + __version__
sys_version = python_implementation() + "/" + sys.version.split()[0]
software_version = server_version + " " + sys_version


class ServerHandler(SimpleHandler):
    """Runs the application, and logs its answer."""

    server_software = software_version

    def close(self):
        """The answer is done."""
        try:
            self.request_handler.log_request(self.status.split(" ", 1)[0], self.bytes_sent)
        finally:
            super().close()


class WSGIServer(HTTPServer):
    """A server with an application."""

    application = None

    def server_bind(self):
        """Takes its address, and makes the environment that all requests share."""
        super().server_bind()
        self.setup_environ()

    def setup_environ(self):
        """Makes the environment that all requests share."""
        self.base_environ = {
            "SERVER_NAME": self.server_name, "GATEWAY_INTERFACE": "CGI/1.1", "SERVER_PORT": str(self.server_port),
            "REMOTE_HOST": "", "CONTENT_LENGTH": "", "SCRIPT_NAME": "",
        }

    def get_app(self):
        """The application."""
        return self.application

    def set_app(self, application):
        """Sets the application."""
        self.application = application


class WSGIRequestHandler(BaseHTTPRequestHandler):
    """Answers a request by the application."""

    server_version = server_version

    def get_environ(self):
        """The environment for the request."""
        env = self.server.base_environ.copy()
        env["SERVER_PROTOCOL"] = self.request_version
        env["SERVER_SOFTWARE"] = self.server_version
        env["REQUEST_METHOD"] = self.command
        path, _, query = self.path.partition("?")
        env["PATH_INFO"] = urllib.parse.unquote(path, "iso-8859-1")
        env["QUERY_STRING"] = query
        host = self.address_string()
        if host != self.client_address[0]:
            env["REMOTE_HOST"] = host
        env["REMOTE_ADDR"] = self.client_address[0]
        if self.headers.get("content-type") is None:
            env["CONTENT_TYPE"] = self.headers.get_content_type()
        else:
            env["CONTENT_TYPE"] = self.headers["content-type"]
        length = self.headers.get("content-length")
        if length:
            env["CONTENT_LENGTH"] = length
        for name, value in self.headers.items():
            name = name.replace("-", "_").upper()
            value = value.strip()
            if name in env:
                continue
            name = "HTTP_" + name
            env[name] = env[name] + "," + value if name in env else value
        return env

    def get_stderr(self):
        """Where errors are logged."""
        return sys.stderr

    def handle(self):
        """Answers the request."""
        self.raw_requestline = self.rfile.readline(65537)
        if len(self.raw_requestline) > 65536:
            self.requestline = self.request_version = self.command = ""
            self.send_error(414)
            return
        if not self.parse_request():
            return
        handler = ServerHandler(self.rfile, self.wfile, self.get_stderr(), self.get_environ(), multithread=False)
        handler.request_handler = self
        handler.run(self.server.get_app())


def demo_app(environ, start_response):
    """An application that shows its environment."""
    lines = ["Hello world!", ""]
    lines += [f"{name} = {value!r}" for name, value in sorted(environ.items())]
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return ["".join(line + "\n" for line in lines).encode("utf-8")]


def make_server(host, port, app, server_class=WSGIServer, handler_class=WSGIRequestHandler):
    """A server with an application."""
    server = server_class((host, port), handler_class)
    server.set_app(app)
    return server


if __name__ == "__main__":
    with make_server("", 8000, demo_app) as httpd:
        print("Serving HTTP on", httpd.socket.getsockname()[0], "port", httpd.socket.getsockname()[1], "...")
        httpd.handle_request()
