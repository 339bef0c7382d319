"""Cookies as they stand in the headers of HTTP."""

import re
import string
import types

__all__ = ["CookieError", "BaseCookie", "SimpleCookie"]

_NAME = string.ascii_letters + string.digits + "!#$%&'*+-.^_`|~:"
# What may stand in quotes as it is.
_QUOTED = _NAME + " ()/<=>?@[]{}"
_escapes = {code: f"\\{code:03o}" for code in range(256) if chr(code) not in _QUOTED}
_escapes.update({ord('"'): '\\"', ord("\\"): "\\\\"})
_is_name = re.compile(f"[{re.escape(_NAME)}]+").fullmatch
_escape = re.compile(r"\\(?:([0-3][0-7][0-7])|(.))")

# Names and values of cookies that others wrote.
_KEY = r"[\w\d!#%&'~_`><@,:/\$\*\+\-\.\^\|\)\(\?\}\{\=]"
_VALUE = r"[\w\d!#%&'~_`><@,:/\$\*\+\-\.\^\|\)\(\?\}\{\=\[\]]"
_pair = re.compile(
    rf"""\s*(?P<key>{_KEY}+?)(?:\s*=\s*(?P<val>"(?:[^\\"]|\\.)*"|\w{{3}},\s[\w\d\s-]{{9,11}}\s[\d:]{{8}}\sGMT|{_VALUE}*))?"""
    r"\s*(?:\s+|;|$)",
    re.ASCII,
)

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class CookieError(Exception):
    """A cookie has a name or an attribute that it cannot have."""


def _quote(text):
    if text is None or _is_name(text):
        return text
    return f'"{text.translate(_escapes)}"'


def _unquote(text):
    if text is None or len(text) < 2 or text[0] != '"' or text[-1] != '"':
        return text
    return _escape.sub(lambda found: chr(int(found[1], 8)) if found[1] else found[2], text[1:-1])


def _date(seconds):
    """The time in so many seconds."""
    import time

    year, month, day, hour, minute, second, weekday, *_ = time.gmtime(time.time() + seconds)
    clock = f"{hour:02}:{minute:02}:{second:02}"
    return f"{_DAYS[weekday]}, {day:02} {_MONTHS[month - 1]:>3} {year:4} {clock} GMT"


class Morsel(dict):
    """A cookie: its name is `key`, its `value` is also there as it is written; the items are its attributes."""

    _reserved = {
        "expires": "expires",
        "path": "Path",
        "comment": "Comment",
        "domain": "Domain",
        "max-age": "Max-Age",
        "secure": "Secure",
        "httponly": "HttpOnly",
        "version": "Version",
        "samesite": "SameSite",
    }
    _flags = {"secure", "httponly"}

    def __init__(self):
        self._key = self._value = self._coded_value = None
        dict.update(self, dict.fromkeys(self._reserved, ""))

    @property
    def key(self):
        return self._key

    @property
    def value(self):
        return self._value

    @property
    def coded_value(self):
        return self._coded_value

    def _attribute(self, name):
        name = name.lower()
        if name not in self._reserved:
            raise CookieError(f"Invalid attribute {name!r}")
        return name

    def __setitem__(self, K, V):
        dict.__setitem__(self, self._attribute(K), V)

    def setdefault(self, key, val=None):
        return dict.setdefault(self, self._attribute(key), val)

    def update(self, values):
        dict.update(self, {self._attribute(key): value for key, value in dict(values).items()})

    def copy(self):
        made = Morsel()
        dict.update(made, self)
        made.__dict__.update(self.__dict__)
        return made

    def __eq__(self, morsel):
        if not isinstance(morsel, Morsel):
            return NotImplemented
        return dict.__eq__(self, morsel) and self.__getstate__() == morsel.__getstate__()

    __ne__ = object.__ne__

    def isReservedKey(self, K):
        """Whether this is the name of an attribute."""
        return K.lower() in self._reserved

    def set(self, key, val, coded_val):
        """Give it a name, a value, and the value as it is written."""
        if key.lower() in self._reserved:
            raise CookieError(f"Attempt to set a reserved key {key!r}")
        if not _is_name(key):
            raise CookieError(f"Illegal key {key!r}")
        self.__setstate__({"key": key, "value": val, "coded_value": coded_val})

    def __getstate__(self):
        return {"key": self._key, "value": self._value, "coded_value": self._coded_value}

    def __setstate__(self, state):
        self._key, self._value, self._coded_value = state["key"], state["value"], state["coded_value"]

    def output(self, attrs=None, header="Set-Cookie:"):
        """The whole header."""
        return f"{header} {self.OutputString(attrs)}"

    __str__ = output

    def __repr__(self):
        return f"<{type(self).__name__}: {self.OutputString()}>"

    def js_output(self, attrs=None):
        """A script that sets it."""
        text = self.OutputString(attrs).replace('"', '\\"')
        lines = [
            "",
            '<script type="text/javascript">',
            "<!-- begin hiding",
            f'document.cookie = "{text}";',
            "// end hiding -->",
            "</script>",
            "",
        ]
        return "\n        ".join(lines)

    def OutputString(self, attrs=None):
        """The cookie with all attributes, or those that are named."""
        shown = [f"{self.key}={self.coded_value}"]
        attrs = self._reserved if attrs is None else attrs
        for key, value in sorted(self.items()):
            if value == "" or key not in attrs:
                continue
            name = self._reserved[key]
            if key in self._flags:
                if value:
                    shown.append(name)
                continue
            if key == "expires" and isinstance(value, int):
                value = _date(value)
            elif key == "max-age" and isinstance(value, int):
                value = int(value)
            elif key == "comment" and isinstance(value, str):
                value = _quote(value)
            shown.append(f"{name}={value}")
        return "; ".join(shown)

    __class_getitem__ = classmethod(types.GenericAlias)


class BaseCookie(dict):
    """Cookies by name; subclasses say how values are written."""

    def __init__(self, input=None):
        if input:
            self.load(input)

    def value_decode(self, val):
        """A value that was read, and as it is written."""
        return val, val

    def value_encode(self, val):
        """A value that is to be written, and as it is written."""
        text = str(val)
        return text, text

    def _set(self, key, value, coded):
        morsel = self.get(key, Morsel())
        morsel.set(key, value, coded)
        dict.__setitem__(self, key, morsel)

    def __setitem__(self, key, value):
        if isinstance(value, Morsel):
            # It comes from another one, or from pickle.
            dict.__setitem__(self, key, value)
        else:
            self._set(key, *self.value_encode(value))

    def output(self, attrs=None, header="Set-Cookie:", sep="\r\n"):
        """All headers."""
        return sep.join(morsel.output(attrs, header) for _, morsel in sorted(self.items()))

    __str__ = output

    def __repr__(self):
        shown = " ".join(f"{key}={morsel.value!r}" for key, morsel in sorted(self.items()))
        return f"<{type(self).__name__}: {shown}>"

    def js_output(self, attrs=None):
        """Scripts that set them."""
        return "".join(morsel.js_output(attrs) for _, morsel in sorted(self.items()))

    def load(self, rawdata):
        """Add the cookies in a header, or those of a dictionary."""
        if isinstance(rawdata, str):
            found = self._parse(rawdata)
            current = None
            for key, value in found or ():
                if isinstance(value, tuple):
                    self._set(key, *value)
                    current = self[key]
                else:
                    current[key] = value
        else:
            for key, value in rawdata.items():
                self[key] = value

    def _parse(self, text):
        """Names with pairs for cookies, and attributes with values; None if something is wrong: then nothing counts."""
        found, at, has_cookie = [], 0, False
        while at < len(text) and (pair := _pair.match(text, at)):
            key, value = pair["key"], pair["val"]
            at = pair.end()
            if key[0] == "$":
                # An attribute as an old standard has it; the first ones are about the header itself.
                if has_cookie:
                    found.append((key[1:], value))
            elif key.lower() in Morsel._reserved:
                if not has_cookie or (value is None and key.lower() not in Morsel._flags):
                    return None
                found.append((key, True if value is None else _unquote(value)))
            elif value is not None:
                found.append((key, self.value_decode(value)))
                has_cookie = True
            else:
                return None
        return found


class SimpleCookie(BaseCookie):
    """Cookies whose values are texts."""

    def value_decode(self, val):
        return _unquote(val), val

    def value_encode(self, val):
        text = str(val)
        return text, _quote(text)
