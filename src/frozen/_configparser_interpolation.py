"""How values refer to other values."""

import re
import warnings

from _configparser_errors import (
    MAX_INTERPOLATION_DEPTH, InterpolationDepthError, InterpolationMissingOptionError, InterpolationSyntaxError,
    NoOptionError, NoSectionError,
)


class Interpolation:
    """Values are what they are; a base for others."""

    __module__ = "configparser"

    def before_get(self, parser, section, option, value, defaults):
        """The value that a program gets."""
        return value

    def before_set(self, parser, section, option, value):
        """The value that is kept when a program sets it."""
        return value

    def before_read(self, parser, section, option, value):
        """The value that is kept when it is read."""
        return value

    def before_write(self, parser, section, option, value):
        """The value that is written."""
        return value


class _Marked(Interpolation):
    """References begin with a sign and are enclosed; the sign twice stands for itself."""

    _sign = _open = ""

    def before_get(self, parser, section, option, value, defaults):
        pieces = []
        self._interpolate_some(parser, option, pieces, value, section, defaults, 1)
        return "".join(pieces)

    def before_set(self, parser, section, option, value):
        rest = self._KEYCRE.sub("", value.replace(self._sign * 2, ""))
        if self._sign in rest:
            raise ValueError(f"invalid interpolation syntax in {value!r} at position {rest.find(self._sign)}")
        return value

    def _interpolate_some(self, parser, option, accum, rest, section, map, depth):
        raw = parser.get(section, option, raw=True, fallback=rest)
        if depth > MAX_INTERPOLATION_DEPTH:
            raise InterpolationDepthError(option, section, raw)
        while rest:
            plain, sign, _ = rest.partition(self._sign)
            if plain:
                accum.append(plain)
            if not sign:
                return
            rest = rest[len(plain) :]
            if rest.startswith(self._sign * 2):
                accum.append(self._sign)
                rest = rest[2:]
                continue
            if rest[1:2] != self._open:
                signs = f"'{self._sign}' must be followed by '{self._sign}' or '{self._open}'"
                raise InterpolationSyntaxError(option, section, f"{signs}, found: {rest!r}")
            found = self._KEYCRE.match(rest)
            if found is None:
                raise InterpolationSyntaxError(option, section, f"bad interpolation variable reference {rest!r}")
            rest = rest[found.end() :]
            value, *where = self._look_up(parser, section, option, found[1], rest, raw, map)
            if self._sign in value:
                self._interpolate_some(parser, where[1], accum, value, where[0], where[2], depth + 1)
            else:
                accum.append(value)


class BasicInterpolation(_Marked):
    """`%(name)s` stands for another option of the section, or of the defaults."""

    __module__ = "configparser"
    _KEYCRE = re.compile(r"%\(([^)]+)\)s")
    _sign, _open = "%", "("

    def _look_up(self, parser, section, option, name, rest, raw, map):
        name = parser.optionxform(name)
        try:
            return map[name], section, option, map
        except KeyError:
            raise InterpolationMissingOptionError(option, section, raw, name) from None


class ExtendedInterpolation(_Marked):
    """`${name}` stands for another option of the section, `${section:name}` for one of another section."""

    __module__ = "configparser"
    _KEYCRE = re.compile(r"\$\{([^}]+)\}")
    _sign, _open = "$", "{"

    def _look_up(self, parser, section, option, name, rest, raw, map):
        path = name.split(":")
        if len(path) > 2:
            raise InterpolationSyntaxError(option, section, f"More than one ':' found: {rest!r}")
        target = section if len(path) == 1 else path[0]
        key = parser.optionxform(path[-1])
        try:
            value = map[key] if len(path) == 1 else parser.get(target, key, raw=True)
        except (KeyError, NoSectionError, NoOptionError):
            raise InterpolationMissingOptionError(option, section, raw, ":".join(path)) from None
        return value, target, key, dict(parser.items(target, raw=True)) if "$" in value else None


class LegacyInterpolation(Interpolation):
    """`%(name)s` as the `%` operator does it, as often as necessary."""

    __module__ = "configparser"
    _KEYCRE = re.compile(r"%\(([^)]*)\)s|.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        text = (
            "LegacyInterpolation has been deprecated since Python 3.2 and will be removed from the configparser "
            "module in Python 3.13. Use BasicInterpolation or ExtendedInterpolation instead."
        )
        warnings.warn(text, DeprecationWarning, stacklevel=2)

    def before_get(self, parser, section, option, value, vars):
        raw = value

        def transform(found):
            return found[0] if found[1] is None else f"%({parser.optionxform(found[1])})s"

        for _ in range(MAX_INTERPOLATION_DEPTH):
            if not value or "%(" not in value:
                return value
            try:
                value = self._KEYCRE.sub(transform, value) % vars
            except KeyError as error:
                raise InterpolationMissingOptionError(option, section, raw, error.args[0]) from None
        if value and "%(" in value:
            raise InterpolationDepthError(option, section, raw)
        return value
