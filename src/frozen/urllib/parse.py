"""Parts of URLs, joining them, and quoting (RFC 3986)."""

import functools
import re
import types
from collections import namedtuple

__all__ = ["urlparse", "urlunparse", "urljoin", "urldefrag", "urlsplit", "urlunsplit", "urlencode", "parse_qs",
           "parse_qsl", "quote", "quote_plus", "quote_from_bytes", "unquote", "unquote_plus", "unquote_to_bytes",
           "DefragResult", "ParseResult", "SplitResult", "DefragResultBytes", "ParseResultBytes", "SplitResultBytes"]

uses_relative = ["", "ftp", "http", "gopher", "nntp", "imap", "wais", "file", "https", "shttp", "mms", "prospero",
                 "rtsp", "rtspu", "sftp", "svn", "svn+ssh", "ws", "wss"]
uses_netloc = ["", "ftp", "http", "gopher", "nntp", "telnet", "imap", "wais", "file", "mms", "https", "shttp", "snews",
               "prospero", "rtsp", "rtspu", "rsync", "svn", "svn+ssh", "sftp", "nfs", "git", "git+ssh", "ws", "wss",
               "itms-services"]
uses_params = ["", "ftp", "hdl", "prospero", "http", "imap", "https", "shttp", "rtsp", "rtspu", "sip", "sips", "mms",
               "sftp", "tel"]
non_hierarchical = ["gopher", "hdl", "mailto", "news", "telnet", "wais", "imap", "snews", "sip", "sips"]
uses_query = ["", "http", "wais", "imap", "https", "shttp", "mms", "gopher", "rtsp", "rtspu", "sip", "sips"]
uses_fragment = ["", "ftp", "hdl", "http", "gopher", "news", "nntp", "wais", "https", "shttp", "snews", "file",
                 "prospero"]

scheme_chars = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-."

# Control characters and spaces around a URL, and what is left out anywhere in it.
_AROUND = "".join(map(chr, range(0x21)))
_UNSAFE = ["\t", "\r", "\n"]


def clear_cache():
    """Forget what was parsed and quoted."""
    urlsplit.cache_clear()
    _byte_quoter_factory.cache_clear()


# Text and bytes: the work is done on text, and the result is of the kind of the arguments.

def _unchanged(result):
    return result


def _encode_result(result, encoding="ascii", errors="strict"):
    return result.encode(encoding, errors)


def _coerce_args(*args):
    """The arguments as text, and a function that makes the kind of the arguments of a result."""
    is_text = isinstance(args[0], str)
    for arg in args[1:]:
        # An empty string may stand for nothing.
        if arg and isinstance(arg, str) != is_text:
            raise TypeError("Cannot mix str and non-str arguments")
    if is_text:
        return (*args, _unchanged)
    return (*(arg.decode("ascii", "strict") if arg else "" for arg in args), _encode_result)


class _NetworkLocation:
    """The parts of `netloc`, for the results on text and on bytes."""

    __slots__ = ()

    def _signs(self, text):
        return text.encode("ascii") if isinstance(self.netloc, bytes) else text

    @property
    def username(self):
        """The user before "@"."""
        return self._userinfo[0]

    @property
    def password(self):
        """The password before "@"."""
        return self._userinfo[1]

    @property
    def hostname(self):
        """The host, in small letters."""
        host = self._hostinfo[0]
        if not host:
            return None
        # The zone of an address keeps its letters.
        host, percent, zone = host.partition(self._signs("%"))
        return host.lower() + percent + zone

    @property
    def port(self):
        """The port as a number."""
        port = self._hostinfo[1]
        if port is None:
            return None
        if not (port.isdigit() and port.isascii()):
            raise ValueError(f"Port could not be cast to integer value as {port!r}")
        port = int(port)
        if port > 65535:
            raise ValueError("Port out of range 0-65535")
        return port

    @property
    def _userinfo(self):
        info, at, _ = self.netloc.rpartition(self._signs("@"))
        if not at:
            return None, None
        user, colon, password = info.partition(self._signs(":"))
        return user, password if colon else None

    @property
    def _hostinfo(self):
        host = self.netloc.rpartition(self._signs("@"))[2]
        _, bracket, inside = host.partition(self._signs("["))
        if bracket:
            host, _, port = inside.partition(self._signs("]"))
            port = port.partition(self._signs(":"))[2]
        else:
            host, _, port = host.partition(self._signs(":"))
        return host, port or None

    __class_getitem__ = classmethod(types.GenericAlias)


class _Text:
    """A result on text."""

    __slots__ = ()

    def encode(self, encoding="ascii", errors="strict"):
        """The result on bytes."""
        return self._encoded_counterpart(*(part.encode(encoding, errors) for part in self))


class _Bytes:
    """A result on bytes."""

    __slots__ = ()

    def decode(self, encoding="ascii", errors="strict"):
        """The result on text."""
        return self._decoded_counterpart(*(part.decode(encoding, errors) for part in self))


class DefragResult(namedtuple("DefragResult", "url fragment"), _Text):
    """A URL and its fragment."""

    __slots__ = ()

    def geturl(self):
        """The URL again."""
        return self.url + "#" + self.fragment if self.fragment else self.url


class DefragResultBytes(namedtuple("DefragResult", "url fragment"), _Bytes):
    """The same, as bytes."""

    __slots__ = ()

    def geturl(self):
        """The URL again."""
        return self.url + b"#" + self.fragment if self.fragment else self.url


class SplitResult(namedtuple("SplitResult", "scheme netloc path query fragment"), _NetworkLocation, _Text):
    """The five parts of a URL."""

    __slots__ = ()

    def geturl(self):
        """The URL again."""
        return urlunsplit(self)


class SplitResultBytes(namedtuple("SplitResult", "scheme netloc path query fragment"), _NetworkLocation, _Bytes):
    """The same, as bytes."""

    __slots__ = ()

    def geturl(self):
        """The URL again."""
        return urlunsplit(self)


class ParseResult(namedtuple("ParseResult", "scheme netloc path params query fragment"), _NetworkLocation, _Text):
    """The six parts of a URL."""

    __slots__ = ()

    def geturl(self):
        """The URL again."""
        return urlunparse(self)


class ParseResultBytes(namedtuple("ParseResult", "scheme netloc path params query fragment"), _NetworkLocation, _Bytes):
    """The same, as bytes."""

    __slots__ = ()

    def geturl(self):
        """The URL again."""
        return urlunparse(self)


for _text, _bytes in ((DefragResult, DefragResultBytes), (SplitResult, SplitResultBytes),
                      (ParseResult, ParseResultBytes)):
    _text._encoded_counterpart, _bytes._decoded_counterpart = _bytes, _text
del _text, _bytes


# Taking apart and putting together.

def urlparse(url, scheme="", allow_fragments=True):
    """The six parts of a URL: scheme://netloc/path;params?query#fragment"""
    url, scheme, coerce = _coerce_args(url, scheme)
    scheme, netloc, path, query, fragment = urlsplit(url, scheme, allow_fragments)
    params = ""
    if scheme in uses_params and ";" in path:
        path, params = _split_params(path)
    result = ParseResult(scheme, netloc, path, params, query, fragment)
    return result if coerce is _unchanged else result.encode()


def _split_params(path):
    at = path.find(";", path.rfind("/") + 1)
    return (path[:at], path[at + 1:]) if at >= 0 else (path, "")


def _check_netloc(netloc):
    """Raises ValueError for characters that turn into separators when they are normalised."""
    if not netloc or netloc.isascii():
        return
    import unicodedata

    plain = netloc
    for c in "@:#?":
        plain = plain.replace(c, "")
    normal = unicodedata.normalize("NFKC", plain)
    if plain != normal and any(c in normal for c in "/?#@:"):
        raise ValueError("netloc '" + netloc + "' contains invalid characters under NFKC normalization")


def _check_brackets(netloc):
    """Raises ValueError unless brackets stand around an address."""
    if ("[" in netloc) != ("]" in netloc):
        raise ValueError("Invalid IPv6 URL")


@functools.lru_cache(typed=True)
def urlsplit(url, scheme="", allow_fragments=True):
    """The five parts of a URL: scheme://netloc/path?query#fragment"""
    url, scheme, coerce = _coerce_args(url, scheme)
    url, scheme = url.lstrip(_AROUND), scheme.strip(_AROUND)
    for c in _UNSAFE:
        url, scheme = url.replace(c, ""), scheme.replace(c, "")
    netloc = query = fragment = ""
    before, colon, rest = url.partition(":")
    if colon and before and before[0].isascii() and before[0].isalpha() and all(c in scheme_chars for c in before):
        scheme, url = before.lower(), rest
    if url.startswith("//"):
        end = min((at for at in (url.find(c, 2) for c in "/?#") if at >= 0), default=len(url))
        netloc, url = url[2:end], url[end:]
        _check_brackets(netloc)
    if allow_fragments:
        url, _, fragment = url.partition("#")
    url, _, query = url.partition("?")
    _check_netloc(netloc)
    result = SplitResult(scheme, netloc, url, query, fragment)
    return result if coerce is _unchanged else result.encode()


def urlunparse(components):
    """The URL of six parts."""
    scheme, netloc, url, params, query, fragment, coerce = _coerce_args(*components)
    if params:
        url = f"{url};{params}"
    return coerce(urlunsplit((scheme, netloc, url, query, fragment)))


def urlunsplit(components):
    """The URL of five parts."""
    scheme, netloc, url, query, fragment, coerce = _coerce_args(*components)
    if netloc or scheme and scheme in uses_netloc and url[:2] != "//":
        if url and url[:1] != "/":
            url = "/" + url
        url = "//" + netloc + url
    if scheme:
        url = scheme + ":" + url
    if query:
        url += "?" + query
    if fragment:
        url += "#" + fragment
    return coerce(url)


def urljoin(base, url, allow_fragments=True):
    """The URL that a relative one means, seen from another."""
    if not base:
        return url
    if not url:
        return base
    base, url, coerce = _coerce_args(base, url)
    b = urlparse(base, "", allow_fragments)
    u = urlparse(url, b.scheme, allow_fragments)
    if u.scheme != b.scheme or u.scheme not in uses_relative:
        return coerce(url)
    netloc = u.netloc
    if u.scheme in uses_netloc:
        if netloc:
            return coerce(urlunparse(u))
        netloc = b.netloc
    if not u.path and not u.params:
        return coerce(urlunparse((u.scheme, netloc, b.path, b.params, u.query or b.query, u.fragment)))
    parts = b.path.split("/")
    if parts[-1]:
        # The last name is no folder.
        del parts[-1]
    if u.path[:1] == "/":
        segments = u.path.split("/")
    else:
        segments = parts + u.path.split("/")
        segments[1:-1] = filter(None, segments[1:-1])
    path = []
    for segment in segments:
        if segment == "..":
            if path:
                path.pop()
        elif segment != ".":
            path.append(segment)
    if segments[-1] in (".", ".."):
        path.append("")
    return coerce(urlunparse((u.scheme, netloc, "/".join(path) or "/", u.params, u.query, u.fragment)))


def urldefrag(url):
    """A URL without its fragment, and the fragment."""
    url, coerce = _coerce_args(url)
    fragment = ""
    if "#" in url:
        scheme, netloc, path, params, query, fragment = urlparse(url)
        url = urlunparse((scheme, netloc, path, params, query, ""))
    result = DefragResult(url, fragment)
    return result if coerce is _unchanged else result.encode()


# Quoting.

_SAFE = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~")


class Quoter(dict):
    """From a byte to how it is written; found out when it is asked for."""

    def __init__(self, safe):
        self.safe = _SAFE.union(safe)

    def __repr__(self):
        return f"<Quoter {dict(self)!r}>"

    def __missing__(self, b):
        self[b] = text = chr(b) if b in self.safe else "%{:02X}".format(b)
        return text


@functools.lru_cache
def _byte_quoter_factory(safe):
    return Quoter(safe).__getitem__


def quote(string, safe="/", encoding=None, errors=None):
    """The text with all but letters, digits, "_.-~" and what is safe as "%xx"."""
    if isinstance(string, str):
        if not string:
            return string
        string = string.encode(encoding or "utf-8", errors or "strict")
    elif encoding is not None:
        raise TypeError("quote() doesn't support 'encoding' for bytes")
    elif errors is not None:
        raise TypeError("quote() doesn't support 'errors' for bytes")
    return quote_from_bytes(string, safe)


def quote_plus(string, safe="", encoding=None, errors=None):
    """The same, with "+" for spaces."""
    space = " " if isinstance(string, str) else b" "
    if space not in string:
        return quote(string, safe, encoding, errors)
    safe += " " if isinstance(safe, str) else b" "
    return quote(string, safe, encoding, errors).replace(" ", "+")


def quote_from_bytes(bs, safe="/"):
    """The same, of bytes."""
    if not isinstance(bs, (bytes, bytearray)):
        raise TypeError("quote_from_bytes() expected bytes")
    if not bs:
        return ""
    if isinstance(safe, str):
        safe = safe.encode("ascii", "ignore")
    else:
        safe = bytes(c for c in safe if c < 128)
    if not bs.rstrip(bytes(_SAFE) + safe):
        return bs.decode()
    return "".join(map(_byte_quoter_factory(safe), bs))


_HEXADECIMAL = frozenset(b"0123456789ABCDEFabcdef")


def unquote_to_bytes(string):
    """The bytes that a quoted text means."""
    if not string:
        string.split
        return b""
    if isinstance(string, str):
        string = string.encode("utf-8")
    first, *rest = bytes(string).split(b"%")
    out = [first]
    for part in rest:
        digits = part[:2]
        if len(digits) == 2 and _HEXADECIMAL.issuperset(digits):
            out += bytes((int(digits, 16),)), part[2:]
        else:
            out += b"%", part
    return b"".join(out)


_QUOTED = re.compile("([\x00-\x7f]+)")


def unquote(string, encoding="utf-8", errors="replace"):
    """The text that a quoted text means."""
    if isinstance(string, bytes):
        return unquote_to_bytes(string).decode("utf-8" if encoding is None else encoding,
                                               "replace" if errors is None else errors)
    if "%" not in string:
        string.split
        return string
    parts = _QUOTED.split(string)
    encoding, errors = encoding or "utf-8", errors or "replace"
    for i in range(1, len(parts), 2):
        parts[i] = unquote_to_bytes(parts[i]).decode(encoding, errors)
    return "".join(parts)


def unquote_plus(string, encoding="utf-8", errors="replace"):
    """The same, with spaces for "+"."""
    return unquote(string.replace("+", " "), encoding, errors)


# Queries.

def parse_qs(qs, keep_blank_values=False, strict_parsing=False, encoding="utf-8", errors="replace",
             max_num_fields=None, separator="&"):
    """A dict of the fields of a query, with a list of values each."""
    fields = {}
    for name, value in parse_qsl(qs, keep_blank_values, strict_parsing, encoding=encoding, errors=errors,
                                 max_num_fields=max_num_fields, separator=separator):
        fields.setdefault(name, []).append(value)
    return fields


def parse_qsl(qs, keep_blank_values=False, strict_parsing=False, encoding="utf-8", errors="replace",
              max_num_fields=None, separator="&"):
    """A list of the fields of a query: pairs of name and value."""
    qs, coerce = _coerce_args(qs)
    separator, _ = _coerce_args(separator)
    if not separator or not isinstance(separator, (str, bytes)):
        raise ValueError("Separator must be of type string or bytes.")
    if max_num_fields is not None and max_num_fields < (1 + qs.count(separator) if qs else 0):
        raise ValueError("Max number of fields exceeded")
    fields = []
    for field in qs.split(separator) if qs else ():
        if not field and not strict_parsing:
            continue
        name, equals, value = field.partition("=")
        if not equals:
            if strict_parsing:
                raise ValueError("bad query field: %r" % (field,))
            if not keep_blank_values:
                continue
        if value or keep_blank_values:
            fields.append(tuple(coerce(unquote(part.replace("+", " "), encoding=encoding, errors=errors))
                                for part in (name, value)))
    return fields


def urlencode(query, doseq=False, safe="", encoding=None, errors=None, quote_via=quote_plus):
    """The query of a mapping or of pairs; with `doseq`, sequences as values become several fields."""
    if hasattr(query, "items"):
        query = query.items()
    else:
        try:
            if len(query) and not isinstance(query[0], tuple):
                raise TypeError
        except TypeError as error:
            raise TypeError("not a valid non-string sequence or mapping object").with_traceback(
                error.__traceback__) from error

    def quoted(value):
        if isinstance(value, bytes):
            return quote_via(value, safe)
        return quote_via(str(value), safe, encoding, errors)

    fields = []
    for name, value in query:
        values = (value,)
        if doseq and not isinstance(value, (bytes, str)):
            try:
                len(value)
            except TypeError:
                pass
            else:
                values = value
        fields += (quoted(name) + "=" + quoted(v) for v in values)
    return "&".join(fields)


def unwrap(url):
    """The URL in "<URL:...>"."""
    url = str(url).strip()
    if url[:1] == "<" and url[-1:] == ">":
        url = url[1:-1].strip()
    return url[4:].strip() if url[:4] == "URL:" else url


def __getattr__(name):
    # The deprecated functions are loaded when one is asked for.
    import _urllib_split

    if name in _urllib_split.__all__:
        value = globals()[name] = getattr(_urllib_split, name)
        return value
    raise AttributeError(f"module 'urllib.parse' has no attribute {name!r}")
