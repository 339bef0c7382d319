"""Requests for URLs: the class `Request` of `urllib.request`."""

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
