"""Parts of `urllib.request`: the class `Request`, what the environment says of proxies, and lists in headers."""

import os
from urllib.parse import unquote, unwrap, urlsplit


def scheme_of(url):
    """What is left and right of the colon of a URL."""
    scheme, colon, rest = url.partition(":")
    if colon and scheme and "/" not in scheme:
        return scheme.lower(), rest
    return None, url


class Request:
    """What is to be opened: a URL, with headers and data."""

    def __init__(self, url, data=None, headers={}, origin_req_host=None, unverifiable=False, method=None):
        self.full_url = url
        self.headers, self.unredirected_hdrs = {}, {}
        self._data = self._tunnel_host = None
        self.data = data
        for name, value in headers.items():
            self.add_header(name, value)
        if origin_req_host is None:
            origin_req_host = (urlsplit(self.full_url).hostname or "").lower()
        self.origin_req_host, self.unverifiable = origin_req_host, unverifiable
        if method:
            self.method = method

    @property
    def full_url(self):
        """The URL with its fragment."""
        return self._full_url + "#" + self.fragment if self.fragment else self._full_url

    @full_url.setter
    def full_url(self, url):
        url = unwrap(url)
        self._full_url, hash_sign, fragment = url.partition("#")
        self.fragment = fragment if hash_sign else None
        self.type, rest = scheme_of(self._full_url)
        if self.type is None:
            raise ValueError("unknown url type: %r" % self.full_url)
        self.host, self.selector = None, rest
        if rest.startswith("//"):
            end = min((at for at in (rest.find(c, 2) for c in "/?") if at > 0), default=len(rest))
            self.host, self.selector = unquote(rest[2:end]), rest[end:]
            if self.selector[:1] != "/":
                self.selector = "/" + self.selector if self.selector else ""

    @full_url.deleter
    def full_url(self):
        self._full_url = self.fragment = None
        self.selector = ""

    @property
    def data(self):
        """The body."""
        return self._data

    @data.setter
    def data(self, data):
        if data is not self._data:
            self._data = data
            self.remove_header("Content-length")

    @data.deleter
    def data(self):
        self.data = None

    def get_method(self):
        """The method of HTTP."""
        return getattr(self, "method", "GET" if self.data is None else "POST")

    def get_full_url(self):
        """The URL."""
        return self.full_url

    def set_proxy(self, host, type):
        """Have the request go to a proxy."""
        if self.type == "https" and not self._tunnel_host:
            self._tunnel_host = self.host
        else:
            self.type, self.selector = type, self.full_url
        self.host = host

    def has_proxy(self):
        """Whether the request goes to a proxy."""
        return self.selector == self.full_url

    def add_header(self, key, val):
        """Add a header."""
        self.headers[key.capitalize()] = val

    def add_unredirected_header(self, key, val):
        """Add a header that another request, to which this one is redirected, has not."""
        self.unredirected_hdrs[key.capitalize()] = val

    def has_header(self, header_name):
        """Whether there is a header."""
        return header_name in self.headers or header_name in self.unredirected_hdrs

    def get_header(self, header_name, default=None):
        """The value of a header."""
        return self.headers.get(header_name, self.unredirected_hdrs.get(header_name, default))

    def remove_header(self, header_name):
        """Remove a header."""
        self.headers.pop(header_name, None)
        self.unredirected_hdrs.pop(header_name, None)

    def header_items(self):
        """Pairs of names and values."""
        return list({**self.unredirected_hdrs, **self.headers}.items())


Request.__module__ = "urllib.request"


def getproxies_environment():
    """The proxies that the environment names."""
    found = {}
    for upper in (True, False):  # names in lower case win
        for name, value in os.environ.items():
            kind = name.lower()
            if kind.endswith("_proxy") and (name == kind) != upper and value:
                found[kind[:-6]] = value
    if "REQUEST_METHOD" in os.environ:
        found.pop("http", None)
    return found


def proxy_bypass_environment(host, proxies=None):
    """Whether the environment, or these proxies, say that a host is reached without a proxy."""
    exceptions = (getproxies_environment() if proxies is None else proxies).get("no")
    if not exceptions:
        return False
    if exceptions == "*":
        return True
    host = host.lower()
    name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
    for one in exceptions.lower().split(","):
        one = one.strip().lstrip(".")
        if one and any(h == one or h.endswith("." + one) for h in (host, name)):
            return True
    return False


def parse_http_list(s):
    """The parts between the commas of a header, of which those in quotes may contain some."""
    parts, part, quoted, escaped = [], "", False, False
    for c in s:
        if escaped:
            escaped = False
        elif quoted and c == "\\":
            escaped = True
            continue
        elif c == '"':
            quoted = not quoted
        elif c == "," and not quoted:
            parts.append(part.strip())
            part = ""
            continue
        part += c
    return parts + [part.strip()] if part else parts


def parse_keqv_list(l):
    """A dictionary of parts such as `name="value"`."""
    pairs = (part.split("=", 1) for part in l)
    return {name: value[1:-1] if value[0] == value[-1] == '"' else value for name, value in pairs}
