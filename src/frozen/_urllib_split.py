"""The deprecated functions of `urllib.parse` that cut URLs apart, one at a time."""

import re
import warnings

__all__ = [
    "splitattr", "splithost", "splitnport", "splitpasswd", "splitport", "splitquery", "splittag", "splittype",
    "splituser", "splitvalue", "to_bytes",
]


def _deprecated(function, successor="urlparse"):
    """The public function: it warns, then does the same."""
    def public(url, *args, **kwargs):
        advice = f", use urllib.parse.{successor}() instead" if successor else ""
        text = f"urllib.parse.{name}() is deprecated as of 3.8{advice}"
        warnings.warn(text, DeprecationWarning, stacklevel=2)
        return function(url, *args, **kwargs)

    name = public.__name__ = public.__qualname__ = function.__name__.lstrip("_")
    public.__doc__ = function.__doc__
    public.__module__ = "urllib.parse"
    return public


def _around_last(text, delimiter):
    before, found, after = text.rpartition(delimiter)
    return (before, after) if found else (None, text)


def _splittype(url):
    """The scheme in lower case, and the rest."""
    found = re.match("([^/:]+):(.*)", url, re.DOTALL)
    return (found[1].lower(), found[2]) if found else (None, url)


def _splithost(url):
    """The host with its port, and the path, of what follows the scheme."""
    found = re.match("//([^/#?]*)(.*)", url, re.DOTALL)
    if not found:
        return None, url
    host, path = found.groups()
    return host, "/" + path if path and path[0] != "/" else path


def _splituser(host):
    """The user with the password, and the host."""
    return _around_last(host, "@")


def _splitpasswd(user):
    """The user's name and the password."""
    name, found, password = user.partition(":")
    return name, password if found else None


def _splitport(host):
    """The host, and the port as text."""
    found = re.fullmatch("(.*):([0-9]*)", host, re.DOTALL)
    if found and found[2]:
        return found[1], found[2]
    return (found[1] if found else host), None


def _splitnport(host, defport=-1):
    """The host and the number of the port: -1 if there is none, None if it is no number."""
    name, found, port = host.rpartition(":")
    if not found:
        return host, defport
    if not port:
        return name, defport
    return name, int(port) if port.isdigit() and port.isascii() else None


def _splitquery(url):
    """What comes before the query, and the query."""
    before, found, query = url.rpartition("?")
    return (before, query) if found else (url, None)


def _splittag(url):
    """What comes before the fragment, and the fragment."""
    before, found, tag = url.rpartition("#")
    return (before, tag) if found else (url, None)


def _splitattr(url):
    """The path, and a list of its attributes."""
    path, *attributes = url.split(";")
    return path, attributes


def _splitvalue(attr):
    """The name and the value of an attribute."""
    name, found, value = attr.partition("=")
    return name, value if found else None


def _to_bytes(url):
    """The URL as text; UnicodeError if it is not of ASCII characters."""
    if isinstance(url, str):
        try:
            url = url.encode("ASCII").decode()
        except UnicodeError:
            raise UnicodeError(f"URL {url!r} contains non-ASCII characters") from None
    return url


splittype = _deprecated(_splittype)
splithost = _deprecated(_splithost)
splituser = _deprecated(_splituser)
splitpasswd = _deprecated(_splitpasswd)
splitport = _deprecated(_splitport)
splitnport = _deprecated(_splitnport)
splitquery = _deprecated(_splitquery)
splittag = _deprecated(_splittag)
splitattr = _deprecated(_splitattr)
splitvalue = _deprecated(_splitvalue, "parse_qsl")
to_bytes = _deprecated(_to_bytes, None)
