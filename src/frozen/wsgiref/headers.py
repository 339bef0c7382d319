"""The headers of an answer."""
import re

tspecials = re.compile(r'[ \(\)<>@,;:\\"/\[\]\?=]')


def _format_param(param, value=None, quote=1):
    if value is None or len(value) == 0:
        return param
    if quote or tspecials.search(value):
        value = value.replace("\\", "\\\\").replace('"', r"\"")
        return f'{param}="{value}"'
    return f"{param}={value}"


class Headers:
    """A list of names and values, as a mapping whose keys are alike in upper and lower case."""

    def __init__(self, headers=None):
        headers = [] if headers is None else headers
        if type(headers) is not list:
            raise TypeError("Headers must be a list of name/value tuples")
        self._headers = headers

    @staticmethod
    def _text(value):
        if type(value) is str:
            return value
        raise AssertionError(f"Header names/values must be of type str (got {value!r})")

    def __len__(self):
        return len(self._headers)

    def __setitem__(self, name, val):
        del self[name]
        self._headers.append((self._text(name), self._text(val)))

    def __delitem__(self, name):
        name = self._text(name.lower())
        self._headers[:] = [pair for pair in self._headers if pair[0].lower() != name]

    def __getitem__(self, name):
        return self.get(name)

    def __contains__(self, name):
        return self.get(name) is not None

    def get_all(self, name):
        """All values of a name."""
        name = self._text(name.lower())
        return [value for key, value in self._headers if key.lower() == name]

    def get(self, name, default=None):
        """The first value of a name."""
        name = self._text(name.lower())
        return next((value for key, value in self._headers if key.lower() == name), default)

    def keys(self):
        """The names."""
        return [name for name, _ in self._headers]

    def values(self):
        """The values."""
        return [value for _, value in self._headers]

    def items(self):
        """Names and values."""
        return self._headers[:]

    def __repr__(self):
        return f"{type(self).__name__}({self._headers!r})"

    def __str__(self):
        return "\r\n".join([f"{name}: {value}" for name, value in self._headers] + ["", ""])

    def __bytes__(self):
        return str(self).encode("iso-8859-1")

    def setdefault(self, name, value):
        """The first value of a name; the given one, which is then set, if there is none."""
        found = self.get(name)
        if found is None:
            self._headers.append((self._text(name), self._text(value)))
            return value
        return found

    def add_header(self, _name, _value, **_params):
        """Adds a header with parameters; underscores in their names are dashes."""
        parts = [] if _value is None else [self._text(_value)]
        for name, value in _params.items():
            name = self._text(name).replace("_", "-")
            parts.append(name if value is None else _format_param(name, self._text(value)))
        self._headers.append((self._text(_name), "; ".join(parts)))
