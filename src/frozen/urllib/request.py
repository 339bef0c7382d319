"""URLs are opened: a request passes handlers, one of which opens it, and the response passes handlers again."""

import io
import os
import socket
from urllib.error import ContentTooShortError, HTTPError, URLError
from urllib.parse import quote, unquote, unquote_to_bytes, urljoin, urlparse, urlsplit, urlunparse
from urllib.response import addinfourl

import http.client
from email.message import Message
from _http_headers import date_text, type_of
from _urllib_request import (
    Request, getproxies_environment, parse_http_list, parse_keqv_list, proxy_bypass_environment, scheme_of)

__all__ = [
    "Request", "OpenerDirector", "BaseHandler", "HTTPDefaultErrorHandler", "HTTPRedirectHandler", "ProxyHandler",
    "HTTPPasswordMgr", "HTTPPasswordMgrWithDefaultRealm", "AbstractBasicAuthHandler", "HTTPBasicAuthHandler",
    "ProxyBasicAuthHandler", "HTTPHandler", "HTTPSHandler", "HTTPCookieProcessor", "FileHandler", "DataHandler",
    "UnknownHandler", "HTTPErrorProcessor", "HTTPPasswordMgrWithPriorAuth", "AbstractDigestAuthHandler",
    "HTTPDigestAuthHandler", "ProxyDigestAuthHandler", "urlopen", "install_opener", "build_opener", "pathname2url", "url2pathname", "getproxies", "urlretrieve",
    "urlcleanup",
]

__version__ = "3.11"
_PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
_opener = None
_temporary = []


def _message(pairs):
    """Headers of these names and values."""
    message = Message()
    for name, value in pairs:
        message[name] = value
    return message


class OpenerDirector:
    """Opens URLs with handlers: each is asked by methods whose names tell what they do, such as `http_open`."""

    def __init__(self):
        self.addheaders = [("User-agent", "Python-urllib/" + __version__)]
        self.handlers = []

    def add_handler(self, handler):
        """Use a handler."""
        if not hasattr(handler, "add_parent"):
            raise TypeError("expected BaseHandler instance, got %r" % type(handler))
        at = len(self.handlers)
        while at and handler < self.handlers[at - 1]:
            at -= 1
        self.handlers.insert(at, handler)
        handler.add_parent(self)

    def close(self):
        """Nothing is kept open."""

    def _methods(self, name):
        """The methods of that name, of handlers in their order."""
        if name in ("redirect_request", "do_open", "proxy_open"):
            return []
        return [getattr(handler, name) for handler in self.handlers if hasattr(handler, name)]

    def _first(self, name, *args):
        """The first result of methods of that name."""
        for method in self._methods(name):
            result = method(*args)
            if result is not None:
                return result
        return None

    def open(self, fullurl, data=None, timeout=socket._GLOBAL_DEFAULT_TIMEOUT):
        """Open a URL, or what a request says."""
        request = Request(fullurl, data) if isinstance(fullurl, str) else fullurl
        if request is fullurl and data is not None:
            request.data = data
        request.timeout = timeout
        kind = request.type
        for method in self._methods(kind + "_request"):
            request = method(request)
        response = self._first("default_open", request)
        if response is None:
            response = self._first(request.type + "_open", request)
        if response is None:
            response = self._first("unknown_open", request)
        for method in self._methods(kind + "_response"):
            response = method(request, response)
        return response

    def error(self, proto, *args):
        """Ask the handlers for what to do about a response that is an error."""
        if proto not in ("http", "https"):
            return self._first(proto + "_error", *args)
        result = self._first("http_error_%s" % args[2], *args)
        return self._first("http_error_default", *args) if result is None else result


class BaseHandler:
    """What handlers are."""

    handler_order = 500

    def add_parent(self, parent):
        """Be told who asks."""
        self.parent = parent

    def close(self):
        """Nothing is kept open."""

    def __lt__(self, other):
        return self.handler_order < getattr(other, "handler_order", float("inf"))


class HTTPErrorProcessor(BaseHandler):
    """Finds the responses that are errors."""

    handler_order = 1000

    def http_response(self, request, response):
        """The response, or what the handlers of errors make of it."""
        if 200 <= response.code < 300:
            return response
        return self.parent.error("http", request, response, response.code, response.msg, response.info())

    https_response = http_response


class HTTPDefaultErrorHandler(BaseHandler):
    """Raises an exception for an error that nobody handles."""

    def http_error_default(self, req, fp, code, msg, hdrs):
        """Raise it."""
        raise HTTPError(req.full_url, code, msg, hdrs, fp)


class HTTPRedirectHandler(BaseHandler):
    """Opens the URL that a response says is to be opened instead."""

    max_repeats, max_redirections = 4, 10
    inf_msg = (
        "The HTTP server returned a redirect error that would lead to an infinite loop.\n"
        "The last 30x error message was:\n"
    )

    def redirect_request(self, req, fp, code, msg, headers, newurl):
        """The request for the other URL."""
        method = req.get_method()
        if not (method in ("GET", "HEAD") and code in (301, 302, 303, 307, 308)
                or method == "POST" and code in (301, 302, 303)):
            raise HTTPError(req.full_url, code, msg, headers, fp)
        kept = {k: v for k, v in req.headers.items() if k.lower() not in ("content-length", "content-type")}
        return Request(newurl.replace(" ", "%20"), None, kept, req.origin_req_host, True)

    def http_error_302(self, req, fp, code, msg, headers):
        """Open the other URL."""
        target = headers.get("location") or headers.get("uri")
        if target is None:
            return None
        parts = urlparse(target)
        if parts.scheme not in ("http", "https", "ftp", ""):
            text = "%s - Redirection to url '%s' is not allowed" % (msg, target)
            raise HTTPError(target, code, text, headers, fp)
        if parts.netloc and not parts.path:
            parts = parts._replace(path="/")
        target = urljoin(req.full_url, quote(urlunparse(parts), encoding="iso-8859-1", safe=_PUNCTUATION))
        new = self.redirect_request(req, fp, code, msg, headers, target)
        if new is None:
            return None
        visited = getattr(req, "redirect_dict", {})
        if visited.get(target, 0) >= self.max_repeats or len(visited) >= self.max_redirections:
            raise HTTPError(req.full_url, code, self.inf_msg + msg, headers, fp)
        visited[target] = visited.get(target, 0) + 1
        new.redirect_dict = req.redirect_dict = visited
        fp.read()
        fp.close()
        return self.parent.open(new, timeout=req.timeout)

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302


class HTTPPasswordMgr:
    """Knows the names and passwords for realms of servers."""

    def __init__(self):
        self.passwd = {}

    def add_password(self, realm, uri, user, passwd):
        """Keep a name and a password."""
        for one in [uri] if isinstance(uri, str) else uri:
            self.passwd.setdefault(realm, []).append((self.reduce_uri(one), (user, passwd)))

    def find_user_password(self, realm, authuri):
        """The name and the password for a URL."""
        asked = self.reduce_uri(authuri)
        for place, pair in self.passwd.get(realm, ()):
            if self.is_suburi(place, asked):
                return pair
        return None, None

    def is_suburi(self, base, test):
        """Whether a place, as `reduce_uri` gives it, is another one or inside it."""
        (host, path), (known, inside) = test, base
        return known == host and (path == inside or path.startswith(inside if inside.endswith("/") else inside + "/"))

    def reduce_uri(self, uri, default_port=True):
        """The host, with a port, and the path of a URL."""
        parts = urlsplit(uri if "//" in uri else "//" + uri)
        host, path = parts.netloc.rpartition("@")[2], parts.path or "/"
        port = {"http": ":80", "https": ":443"}.get(parts.scheme, "")
        return (host if ":" in host or not default_port else host + port), path


class HTTPPasswordMgrWithDefaultRealm(HTTPPasswordMgr):
    """Has names and passwords for every realm, too: those of the realm None."""

    def find_user_password(self, realm, authuri):
        found = super().find_user_password(realm, authuri)
        return found if found[0] is not None else super().find_user_password(None, authuri)


class AbstractBasicAuthHandler:
    """Answers servers that ask for a name and a password, in the way called Basic."""

    def __init__(self, password_mgr=None):
        self.passwd = HTTPPasswordMgr() if password_mgr is None else password_mgr
        self.add_password = self.passwd.add_password

    def http_error_auth_reqed(self, authreq, host, req, headers):
        """Ask again, with a name and a password."""
        for challenge in headers.get_all(authreq, ()):
            scheme, _, rest = challenge.partition(" ")
            if scheme.lower() == "basic" and "realm=" in rest.lower():
                realm = rest[rest.lower().index("realm=") + 6:]
                realm = realm[1:].partition(realm[0])[0] if realm[:1] in ("'", '"') else realm.partition(",")[0]
                return self.retry_http_basic_auth(host, req, realm)
        return None

    def retry_http_basic_auth(self, host, req, realm):
        """Ask again, if a name is known and was not refused already."""
        from binascii import b2a_base64

        user, password = self.passwd.find_user_password(realm, host)
        if password is None:
            return None
        auth = "Basic " + b2a_base64(f"{user}:{password}".encode(), newline=False).decode("ascii")
        if req.get_header(self.auth_header) == auth:
            return None
        req.add_unredirected_header(self.auth_header, auth)
        return self.parent.open(req, timeout=req.timeout)

    def _unasked(self, req):
        return getattr(self.passwd, "is_authenticated", lambda url: None)(req.full_url)

    def http_request(self, req):
        """Send name and password before they are asked for, if the manager knows that they will be."""
        if self._unasked(req) and not req.has_header("Authorization"):
            from base64 import b64encode

            pair = "%s:%s" % self.passwd.find_user_password(None, req.full_url)
            req.add_unredirected_header("Authorization", "Basic " + b64encode(pair.encode()).decode("ascii"))
        return req

    def http_response(self, req, response):
        """Tell the manager whether they were right."""
        if hasattr(self.passwd, "is_authenticated"):
            self.passwd.update_authenticated(req.full_url, 200 <= response.code < 300)
        return response

    https_request, https_response = http_request, http_response


class HTTPBasicAuthHandler(AbstractBasicAuthHandler, BaseHandler):
    """Names and passwords for servers."""

    auth_header = "Authorization"

    def http_error_401(self, req, fp, code, msg, headers):
        """Ask again."""
        return self.http_error_auth_reqed("www-authenticate", req.full_url, req, headers)


class ProxyBasicAuthHandler(AbstractBasicAuthHandler, BaseHandler):
    """Names and passwords for proxies."""

    auth_header = "Proxy-authorization"

    def http_error_407(self, req, fp, code, msg, headers):
        """Ask again."""
        return self.http_error_auth_reqed("proxy-authenticate", req.host, req, headers)


class ProxyHandler(BaseHandler):
    """Has requests go to proxies, which a dictionary or the environment names."""

    handler_order = 100

    def __init__(self, proxies=None):
        self.proxies = {k.lower(): v for k, v in (getproxies() if proxies is None else proxies).items()}
        for kind, url in self.proxies.items():
            setattr(self, kind + "_open", lambda req, url=url, kind=kind: self.proxy_open(req, url, kind))

    def proxy_open(self, req, proxy, type):
        """Change a request so that it goes to a proxy; another handler opens it."""
        if req.host and proxy_bypass(req.host):
            return None
        before = req.type
        parts = urlsplit(proxy if "://" in proxy else "%s://%s" % (before, proxy))
        if parts.username and parts.password:
            from binascii import b2a_base64

            pair = "%s:%s" % (unquote(parts.username), unquote(parts.password))
            auth = b2a_base64(pair.encode(), newline=False).decode("ascii")
            req.add_header("Proxy-authorization", "Basic " + auth)
        req.set_proxy(unquote(parts.netloc.rpartition("@")[2]), parts.scheme)
        if before in (parts.scheme, "https"):
            return None
        return self.parent.open(req, timeout=req.timeout)


getproxies = getproxies_environment
proxy_bypass = proxy_bypass_environment


class AbstractHTTPHandler(BaseHandler):
    """Opens URLs of HTTP with connections."""

    def __init__(self, debuglevel=0):
        self._debuglevel = debuglevel

    def set_http_debuglevel(self, level):
        """Print what is sent and what comes back."""
        self._debuglevel = level

    def do_request_(self, request):
        """Give a request the headers that it needs."""
        if not request.host:
            raise URLError("no host given")
        add = request.add_unredirected_header
        data = request.data
        if data is not None:
            if isinstance(data, str):
                raise TypeError(
                    "POST data should be bytes, an iterable of bytes, or a file object. It cannot be of type str.")
            if not request.has_header("Content-type"):
                add("Content-type", "application/x-www-form-urlencoded")
            if not request.has_header("Content-length") and not request.has_header("Transfer-encoding"):
                length = http.client.HTTPConnection._get_content_length(data, request.get_method())
                if length is None:
                    add("Transfer-encoding", "chunked")
                else:
                    add("Content-length", str(length))
        if not request.has_header("Host"):
            host = request.host
            if request.has_proxy():
                host = scheme_of(request.selector)[1][2:].partition("/")[0] or host
            add("Host", host)
        for name, value in self.parent.addheaders:
            if not request.has_header(name.capitalize()):
                add(name, value)
        return request

    def do_open(self, http_class, req, **http_conn_args):
        """Send a request, by a connection of some class; the response."""
        if not req.host:
            raise URLError("no host given")
        connection = http_class(req.host, timeout=req.timeout, **http_conn_args)
        connection.set_debuglevel(self._debuglevel)
        headers = dict(req.unredirected_hdrs)
        headers.update((k, v) for k, v in req.headers.items() if k not in headers)
        headers["Connection"] = "close"
        headers = {name.title(): value for name, value in headers.items()}
        if req._tunnel_host:
            auth = headers.pop("Proxy-Authorization", None)
            connection.set_tunnel(req._tunnel_host, headers={} if auth is None else {"Proxy-Authorization": auth})
        try:
            try:
                chunked = req.has_header("Transfer-encoding")
                connection.request(req.get_method(), req.selector, req.data, headers, encode_chunked=chunked)
            except OSError as e:
                raise URLError(e)
            response = connection.getresponse()
        except BaseException:
            connection.close()
            raise
        # The response has the socket for itself: it ends with it.
        if connection.sock:
            connection.sock.close()
            connection.sock = None
        response.url = req.full_url
        response.msg = response.reason
        return response


class HTTPHandler(AbstractHTTPHandler):
    """Opens URLs of HTTP."""

    def http_open(self, req):
        """Open one."""
        return self.do_open(http.client.HTTPConnection, req)

    http_request = AbstractHTTPHandler.do_request_


class HTTPSHandler(AbstractHTTPHandler):
    """Opens URLs of HTTP with TLS."""

    def __init__(self, debuglevel=0, context=None, check_hostname=None):
        super().__init__(debuglevel)
        self._context, self._check_hostname = context, check_hostname

    def https_open(self, req):
        """Open one."""
        return self.do_open(
            http.client.HTTPSConnection, req, context=self._context, check_hostname=self._check_hostname)

    https_request = AbstractHTTPHandler.do_request_


class HTTPCookieProcessor(BaseHandler):
    """Takes the cookies of responses, and sends them with requests."""

    def __init__(self, cookiejar=None):
        if cookiejar is None:
            import http.cookiejar

            cookiejar = http.cookiejar.CookieJar()
        self.cookiejar = cookiejar

    def http_request(self, request):
        """Add the cookies to a request."""
        self.cookiejar.add_cookie_header(request)
        return request

    def http_response(self, request, response):
        """Take the cookies of a response."""
        self.cookiejar.extract_cookies(response, request)
        return response

    https_request, https_response = http_request, http_response


class UnknownHandler(BaseHandler):
    """Refuses what no other handler opens."""

    def unknown_open(self, req):
        """Refuse it."""
        raise URLError("unknown url type: %s" % req.type)


class FileHandler(BaseHandler):
    """Opens files of this machine."""

    def file_open(self, req):
        """Open one."""
        if req.host and req.host != "localhost" and not self._local(req.host):
            raise URLError("file:// scheme is supported only on localhost")
        return self.open_local_file(req)

    def open_local_file(self, req):
        """Open a file; its headers tell what the system knows of it."""
        path = url2pathname(req.selector)
        try:
            status = os.stat(path)
            headers = _message([
                ("Content-type", type_of(req.selector) or "text/plain"), ("Content-length", str(status.st_size)),
                ("Last-modified", date_text(status.st_mtime)),
            ])
            return addinfourl(open(path, "rb"), headers, "file://" + (req.host or "") + req.selector)
        except OSError as e:
            raise URLError(e)

    @staticmethod
    def _local(host):
        """Whether a host is this machine."""
        try:
            return socket.gethostbyname(host) in ("127.0.0.1", socket.gethostbyname(socket.gethostname()))
        except OSError:
            return False


class DataHandler(BaseHandler):
    """Opens URLs that hold their data."""

    def data_open(self, req):
        """Open one."""
        kind, comma, text = req.full_url.partition(":")[2].partition(",")
        if not comma:
            raise ValueError("not enough values to unpack (expected 2, got 1)")
        data = unquote_to_bytes(text)
        if kind.endswith(";base64"):
            from binascii import a2b_base64

            data, kind = a2b_base64(data), kind[:-7]
        headers = [("Content-type", kind or "text/plain;charset=US-ASCII"), ("Content-length", str(len(data)))]
        return addinfourl(io.BytesIO(data), _message(headers), req.full_url)


def build_opener(*handlers):
    """An opener with these handlers, and with the usual ones that none of them replaces."""
    opener = OpenerDirector()
    usual = [
        ProxyHandler, UnknownHandler, HTTPHandler, HTTPDefaultErrorHandler, HTTPRedirectHandler, FileHandler,
        HTTPErrorProcessor, DataHandler, HTTPSHandler,
    ]
    given = [handler if isinstance(handler, type) else type(handler) for handler in handlers]
    for kind in usual:
        if not any(issubclass(one, kind) for one in given):
            opener.add_handler(kind())
    for handler in handlers:
        opener.add_handler(handler() if isinstance(handler, type) else handler)
    return opener


def install_opener(opener):
    """Have `urlopen` use an opener."""
    global _opener
    _opener = opener


def urlopen(url, data=None, timeout=socket._GLOBAL_DEFAULT_TIMEOUT, *, cafile=None, capath=None, cadefault=False,
            context=None):
    """Open a URL, or what a request says; the response is a file."""
    if cafile or capath or cadefault:
        import ssl
        import warnings

        warnings.warn("cafile, capath and cadefault are deprecated, use a custom context instead.", DeprecationWarning, 2)
        if context is not None:
            raise ValueError("You can't pass both context and any of cafile, capath, and cadefault")
        context = ssl.create_default_context(ssl.Purpose.SERVER_AUTH, cafile=cafile, capath=capath)
        context.set_alpn_protocols(["http/1.1"])
    if context is not None:
        return build_opener(HTTPSHandler(context=context)).open(url, data, timeout)
    if _opener is None:
        install_opener(build_opener())
    return _opener.open(url, data, timeout)


def url2pathname(pathname):
    """A URL's path as a path of this machine."""
    return unquote(pathname)


def pathname2url(pathname):
    """A path of this machine as a URL's path."""
    return quote(pathname)


def urlretrieve(url, filename=None, reporthook=None, data=None):
    """Copy what a URL has into a file: the file's name, and the headers."""
    scheme, rest = scheme_of(url)
    with urlopen(url, data) as source:
        headers = source.info()
        if scheme == "file" and not filename:
            return os.path.normpath(rest[2:] if rest.startswith("//") else rest), headers
        if filename:
            target = open(filename, "wb")
        else:
            import tempfile

            target = tempfile.NamedTemporaryFile(delete=False)
            filename = target.name
            _temporary.append(filename)
        result, block = (filename, headers), 8192
        size = int(headers.get("Content-Length", -1))
        with target:
            done = number = 0
            if reporthook:
                reporthook(number, block, size)
            while piece := source.read(block):
                done += len(piece)
                target.write(piece)
                number += 1
                if reporthook:
                    reporthook(number, block, size)
    if size >= 0 and done < size:
        raise ContentTooShortError("retrieval incomplete: got only %i out of %i bytes" % (done, size), result)
    return result


def urlcleanup():
    """Remove the files that `urlretrieve` has made, and forget the opener."""
    global _opener
    for name in _temporary:
        try:
            os.unlink(name)
        except OSError:
            pass
    _temporary.clear()
    _opener = None


def __getattr__(name):
    if name.endswith("PriorAuth") or name.endswith("DigestAuthHandler"):
        return getattr(__import__("_urllib_auth"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
