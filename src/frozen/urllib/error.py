"""What goes wrong when a URL is opened."""

import io
from urllib.response import addinfourl

__all__ = ["URLError", "HTTPError", "ContentTooShortError"]


class URLError(OSError):
    """A URL cannot be opened; `reason` says why."""

    def __init__(self, reason, filename=None):
        self.args = (reason,)
        self.reason = reason
        if filename is not None:
            self.filename = filename

    def __str__(self):
        return "<urlopen error %s>" % self.reason


class HTTPError(URLError, addinfourl):
    """A server's answer that is an error; it can be read as any answer can."""

    def __init__(self, url, code, msg, hdrs, fp):
        addinfourl.__init__(self, io.BytesIO() if fp is None else fp, hdrs, url, code)
        self.msg, self.filename = msg, url
        self.args = ()

    def __str__(self):
        return "HTTP Error %s: %s" % (self.code, self.msg)

    def __repr__(self):
        return "<HTTPError %s: %r>" % (self.code, self.msg)

    @property
    def reason(self):
        """What the server says."""
        return self.msg

    @property
    def hdrs(self):
        """The headers of the answer."""
        return self.headers

    @hdrs.setter
    def hdrs(self, headers):
        self.headers = headers


class ContentTooShortError(URLError):
    """Less came than was announced."""

    def __init__(self, message, content):
        super().__init__(message)
        self.content = content
