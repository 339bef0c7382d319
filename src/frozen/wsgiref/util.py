"""Tools for the environment of applications."""
import posixpath

__all__ = ["FileWrapper", "guess_scheme", "application_uri", "request_uri", "shift_path_info", "setup_testing_defaults"]

_HOP_BY_HOP = frozenset((
    "connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "te", "trailers", "transfer-encoding", "upgrade",
))


class FileWrapper:
    """The pieces of a file."""

    def __init__(self, filelike, blksize=8192):
        self.filelike, self.blksize = filelike, blksize
        if hasattr(filelike, "close"):
            self.close = filelike.close

    def __iter__(self):
        return self

    def __next__(self):
        data = self.filelike.read(self.blksize)
        if not data:
            raise StopIteration
        return data


def guess_scheme(environ):
    """Whether the request came by http or https."""
    return "https" if environ.get("HTTPS") in ("yes", "on", "1") else "http"


def application_uri(environ):
    """The URI of the application."""
    from urllib.parse import quote

    scheme = environ["wsgi.url_scheme"]
    host = environ.get("HTTP_HOST")
    if not host:
        host = environ["SERVER_NAME"]
        usual = {"https": "443"}.get(scheme, "80")
        if environ["SERVER_PORT"] != usual:
            host += ":" + environ["SERVER_PORT"]
    return f"{scheme}://{host}" + quote(environ.get("SCRIPT_NAME") or "/", encoding="latin1")


def request_uri(environ, include_query=True):
    """The URI of the request."""
    from urllib.parse import quote

    path = quote(environ.get("PATH_INFO", ""), safe="/;=,", encoding="latin1")
    base = application_uri(environ)
    uri = base + (path if environ.get("SCRIPT_NAME") else path[1:])
    if include_query and environ.get("QUERY_STRING"):
        uri += "?" + environ["QUERY_STRING"]
    return uri


def shift_path_info(environ):
    """Moves the first name of the path of the request to that of the application, and returns it; None if there is none."""
    path = environ.get("PATH_INFO", "")
    if not path:
        return None
    parts = [part for part in path.split("/")]
    parts[1:-1] = [part for part in parts[1:-1] if part and part != "."]
    name = parts[1]
    del parts[1]
    script = posixpath.normpath(environ.get("SCRIPT_NAME", "") + "/" + name)
    if script.endswith("/"):
        script = script[:-1]
    if not name and not script.endswith("/"):
        script += "/"
    environ["SCRIPT_NAME"] = script
    environ["PATH_INFO"] = "/".join(parts)
    # The last name leaves nothing but a slash or nothing at all.
    return None if name == "." else name


def setup_testing_defaults(environ):
    """Puts what is missing into an environment, as for a test."""
    from io import BytesIO

    environ.setdefault("SERVER_NAME", "127.0.0.1")
    environ.setdefault("SERVER_PROTOCOL", "HTTP/1.0")
    environ.setdefault("HTTP_HOST", environ["SERVER_NAME"])
    environ.setdefault("REQUEST_METHOD", "GET")
    if "SCRIPT_NAME" not in environ and "PATH_INFO" not in environ:
        environ.setdefault("SCRIPT_NAME", "")
        environ.setdefault("PATH_INFO", "/")
    environ.setdefault("wsgi.version", (1, 0))
    environ.setdefault("wsgi.run_once", 0)
    environ.setdefault("wsgi.multithread", 0)
    environ.setdefault("wsgi.multiprocess", 0)
    environ.setdefault("wsgi.input", BytesIO())
    environ.setdefault("wsgi.errors", BytesIO())
    environ.setdefault("wsgi.url_scheme", guess_scheme(environ))
    scheme = environ["wsgi.url_scheme"]
    environ.setdefault("SERVER_PORT", "443" if scheme == "https" else "80")


def is_hop_by_hop(header_name):
    """Whether a header is about one connection only."""
    return header_name.lower() in _HOP_BY_HOP
