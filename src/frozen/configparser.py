"""Configuration files: sections in brackets, with options below them."""

import functools
import io
import itertools
import os
import re
import sys
import warnings
from collections import ChainMap
from collections.abc import MutableMapping

from _configparser_errors import (
    MAX_INTERPOLATION_DEPTH, DuplicateOptionError, DuplicateSectionError, Error, InterpolationDepthError,
    InterpolationError, InterpolationMissingOptionError, InterpolationSyntaxError, MissingSectionHeaderError,
    NoOptionError, NoSectionError, ParsingError,
)
from _configparser_interpolation import BasicInterpolation, ExtendedInterpolation, Interpolation, LegacyInterpolation

__all__ = [
    "NoSectionError", "DuplicateOptionError", "DuplicateSectionError", "NoOptionError", "InterpolationError",
    "InterpolationDepthError", "InterpolationMissingOptionError", "InterpolationSyntaxError", "ParsingError",
    "MissingSectionHeaderError", "ConfigParser", "SafeConfigParser", "RawConfigParser", "Interpolation",
    "BasicInterpolation", "ExtendedInterpolation", "LegacyInterpolation", "SectionProxy", "ConverterMapping",
    "DEFAULTSECT", "MAX_INTERPOLATION_DEPTH",
]

DEFAULTSECT = "DEFAULT"
_UNSET = object()


def _option_pattern(delimiters, allow_no_value):
    """What a line with an option looks like."""
    delimiter = "|".join(map(re.escape, delimiters))
    value = rf"(?P<vi>{delimiter})\s*(?P<value>.*)"
    return re.compile(rf"(?P<option>.*?)\s*{f'(?:{value})?$' if allow_no_value else f'{value}$'}")


class RawConfigParser(MutableMapping):
    """A mapping of names to sections, which are mappings of options to values; values are not interpolated."""

    _DEFAULT_INTERPOLATION = Interpolation()
    SECTCRE = re.compile(r"\[(?P<header>.+)\]")
    OPTCRE = _option_pattern("=:", False)
    OPTCRE_NV = _option_pattern("=:", True)
    BOOLEAN_STATES = {
        "1": True, "yes": True, "true": True, "on": True, "0": False, "no": False, "false": False, "off": False,
    }

    def __init__(
        self, defaults=None, dict_type=dict, allow_no_value=False, *, delimiters=("=", ":"),
        comment_prefixes=("#", ";"), inline_comment_prefixes=None, strict=True, empty_lines_in_values=True,
        default_section=DEFAULTSECT, interpolation=_UNSET, converters=_UNSET,
    ):
        self._dict = dict_type
        self._sections = dict_type()
        self._defaults = dict_type()
        self._converters = ConverterMapping(self)
        self._proxies = dict_type()
        self._proxies[default_section] = SectionProxy(self, default_section)
        self._delimiters = tuple(delimiters)
        if delimiters == ("=", ":"):
            self._optcre = self.OPTCRE_NV if allow_no_value else self.OPTCRE
        else:
            self._optcre = _option_pattern(delimiters, allow_no_value)
        self._comment_prefixes = tuple(comment_prefixes or ())
        self._inline_comment_prefixes = tuple(inline_comment_prefixes or ())
        self._strict = strict
        self._allow_no_value = allow_no_value
        self._empty_lines_in_values = empty_lines_in_values
        self.default_section = default_section
        self._interpolation = self._DEFAULT_INTERPOLATION if interpolation is _UNSET else interpolation
        if self._interpolation is None:
            self._interpolation = Interpolation()
        if not isinstance(self._interpolation, Interpolation):
            raise TypeError(
                "interpolation= must be None or an instance of Interpolation; got an object of type "
                f"{type(self._interpolation)}"
            )
        if converters is not _UNSET:
            self._converters.update(converters)
        if defaults:
            self._read_defaults(defaults)

    # Sections and options.

    def defaults(self):
        """The options that hold for all sections."""
        return self._defaults

    def sections(self):
        """The names of the sections, without that of the defaults."""
        return list(self._sections)

    def add_section(self, section):
        """Adds an empty section."""
        if section == self.default_section:
            raise ValueError(f"Invalid section name: {section!r}")
        if section in self._sections:
            raise DuplicateSectionError(section)
        self._sections[section] = self._dict()
        self._proxies[section] = SectionProxy(self, section)

    def has_section(self, section):
        """Whether there is a section; the defaults are none."""
        return section in self._sections

    def options(self, section):
        """The options of a section, with the defaults."""
        if section not in self._sections:
            raise NoSectionError(section) from None
        return list(dict.fromkeys([*self._sections[section], *self._defaults]))

    def has_option(self, section, option):
        """Whether a section, or the defaults, have an option."""
        option = self.optionxform(option)
        if not section or section == self.default_section:
            return option in self._defaults
        return section in self._sections and (option in self._sections[section] or option in self._defaults)

    def optionxform(self, optionstr):
        """The name under which an option is kept; to be overridden."""
        return optionstr.lower()

    def _options_of(self, section):
        """The options of a section itself."""
        if not section or section == self.default_section:
            return self._defaults
        try:
            return self._sections[section]
        except KeyError:
            raise NoSectionError(section) from None

    def set(self, section, option, value=None):
        """Sets an option."""
        if value:
            value = self._interpolation.before_set(self, section, option, value)
        self._options_of(section)[self.optionxform(option)] = value

    def remove_option(self, section, option):
        """Removes an option; whether it was there."""
        options = self._options_of(section)
        option = self.optionxform(option)
        existed = option in options
        if existed:
            del options[option]
        return existed

    def remove_section(self, section):
        """Removes a section; whether it was there."""
        existed = section in self._sections
        if existed:
            del self._sections[section], self._proxies[section]
        return existed

    # Values.

    def _unify_values(self, section, vars):
        """The options of a section, those given for once first and the defaults last."""
        if section not in self._sections and section != self.default_section:
            raise NoSectionError(section)
        given = {}
        for key, value in (vars or {}).items():
            given[self.optionxform(key)] = value if value is None else str(value)
        return ChainMap(given, self._sections.get(section, {}), self._defaults)

    def get(self, section, option, *, raw=False, vars=None, fallback=_UNSET):
        """The value of an option, interpolated unless `raw`; `vars` come before the section."""
        try:
            values = self._unify_values(section, vars)
        except NoSectionError:
            if fallback is _UNSET:
                raise
            return fallback
        option = self.optionxform(option)
        try:
            value = values[option]
        except KeyError:
            if fallback is _UNSET:
                raise NoOptionError(option, section)
            return fallback
        if raw or value is None:
            return value
        return self._interpolation.before_get(self, section, option, value, values)

    def _get_conv(self, section, option, conv, *, raw=False, vars=None, fallback=_UNSET, **kwargs):
        try:
            return conv(self.get(section, option, raw=raw, vars=vars, **kwargs))
        except (NoSectionError, NoOptionError):
            if fallback is _UNSET:
                raise
            return fallback

    def getint(self, section, option, *, raw=False, vars=None, fallback=_UNSET, **kwargs):
        """The value of an option as an integer."""
        return self._get_conv(section, option, int, raw=raw, vars=vars, fallback=fallback, **kwargs)

    def getfloat(self, section, option, *, raw=False, vars=None, fallback=_UNSET, **kwargs):
        """The value of an option as a float."""
        return self._get_conv(section, option, float, raw=raw, vars=vars, fallback=fallback, **kwargs)

    def getboolean(self, section, option, *, raw=False, vars=None, fallback=_UNSET, **kwargs):
        """The value of an option as True or False."""
        convert = self._convert_to_boolean
        return self._get_conv(section, option, convert, raw=raw, vars=vars, fallback=fallback, **kwargs)

    def _convert_to_boolean(self, value):
        if value.lower() not in self.BOOLEAN_STATES:
            raise ValueError(f"Not a boolean: {value}")
        return self.BOOLEAN_STATES[value.lower()]

    def items(self, section=_UNSET, raw=False, vars=None):
        """Names and sections; of one section, its options and values."""
        if section is _UNSET:
            return super().items()
        values = self._defaults.copy()
        if section in self._sections:
            values.update(self._sections[section])
        elif section != self.default_section:
            raise NoSectionError(section)
        options = list(values)
        for key, value in (vars or {}).items():
            values[self.optionxform(key)] = value
        if raw:
            return [(option, values[option]) for option in options]
        get = self._interpolation.before_get
        return [(option, get(self, section, option, values[option], values)) for option in options]

    @property
    def converters(self):
        """The functions behind the methods `get...`, by name."""
        return self._converters

    def _validate_value_types(self, *, section="", option="", value=""):
        if not isinstance(section, str):
            raise TypeError("section names must be strings")
        if not isinstance(option, str):
            raise TypeError("option keys must be strings")
        if (not self._allow_no_value or value) and not isinstance(value, str):
            raise TypeError("option values must be strings")

    # The mapping.

    def __getitem__(self, key):
        if key not in self:
            raise KeyError(key)
        return self._proxies[key]

    def __setitem__(self, key, value):
        if key in self and self[key] is value:
            return
        if key == self.default_section:
            self._defaults.clear()
        elif key in self._sections:
            self._sections[key].clear()
        self.read_dict({key: value})

    def __delitem__(self, key):
        if key == self.default_section:
            raise ValueError("Cannot remove the default section.")
        if not self.remove_section(key):
            raise KeyError(key)

    def __contains__(self, key):
        return key == self.default_section or self.has_section(key)

    def __len__(self):
        return len(self._sections) + 1

    def __iter__(self):
        return itertools.chain((self.default_section,), self._sections)

    def popitem(self):
        """Removes a section; returns its name and its proxy."""
        for key in self.sections():
            value = self[key]
            del self[key]
            return key, value
        raise KeyError

    # Reading.

    def read(self, filenames, encoding=None):
        """Reads files; the names of those that could be opened."""
        if isinstance(filenames, (str, bytes, os.PathLike)):
            filenames = [filenames]
        encoding = io.text_encoding(encoding)
        done = []
        for filename in filenames:
            try:
                with open(filename, encoding=encoding) as file:
                    self._read(file, filename)
            except OSError:
                continue
            done.append(os.fspath(filename))
        return done

    def read_file(self, f, source=None):
        """Reads the lines of a file, or of anything that gives lines."""
        self._read(f, getattr(f, "name", "<???>") if source is None else source)

    def read_string(self, string, source="<string>"):
        """Reads a text."""
        self.read_file(io.StringIO(string), source)

    def read_dict(self, dictionary, source="<dict>"):
        """Reads a dictionary of dictionaries."""
        added = set()
        for section, keys in dictionary.items():
            section = str(section)
            try:
                self.add_section(section)
            except (DuplicateSectionError, ValueError):
                if self._strict and section in added:
                    raise
            added.add(section)
            for key, value in keys.items():
                key = self.optionxform(str(key))
                if self._strict and (section, key) in added:
                    raise DuplicateOptionError(section, key, source)
                added.add((section, key))
                self.set(section, key, value if value is None else str(value))

    def readfp(self, fp, filename=None):
        """The old name of `read_file`."""
        text = "This method will be removed in Python 3.12. Use 'parser.read_file()' instead."
        warnings.warn(text, DeprecationWarning, stacklevel=2)
        self.read_file(fp, source=filename)

    def _read_defaults(self, defaults):
        for key, value in defaults.items():
            self._defaults[self.optionxform(key)] = value

    def _comment_start(self, line):
        """Where a comment begins, or None."""
        if line.lstrip().startswith(self._comment_prefixes):
            return 0
        places = {prefix: -1 for prefix in self._inline_comment_prefixes}
        while places:
            places = {prefix: line.find(prefix, at + 1) for prefix, at in places.items()}
            places = {prefix: at for prefix, at in places.items() if at >= 0}
            found = [at for at in places.values() if at == 0 or line[at - 1].isspace()]
            if found:
                return min(found)
        return None

    def _read(self, fp, fpname):
        """Reads lines. Values are lists of lines until the end."""
        added = set()
        section = name = option = error = None
        indent = 0
        for lineno, line in enumerate(fp, start=1):
            comment = self._comment_start(line)
            value = line[:comment].strip()
            if not value:
                if not self._empty_lines_in_values:
                    # Whatever follows, it does not belong to the value before.
                    indent = sys.maxsize
                elif comment is None and section is not None and option and section[option] is not None:
                    section[option].append("")
                continue
            depth = len(line) - len(line.lstrip())
            if section is not None and option and depth > indent:
                section[option].append(value)
                continue
            indent = depth
            header = self.SECTCRE.match(value)
            if header:
                name, option = header["header"], None
                if self._strict and name in added:
                    raise DuplicateSectionError(name, fpname, lineno)
                if name == self.default_section and name not in self._sections:
                    section = self._defaults
                    continue
                added.add(name)
                if name not in self._sections:
                    self._sections[name] = self._dict()
                    self._proxies[name] = SectionProxy(self, name)
                section = self._sections[name]
                continue
            if section is None:
                raise MissingSectionHeaderError(fpname, lineno, line)
            found = self._optcre.match(value)
            if not found or not found["option"]:
                error = error or ParsingError(fpname)
                error.append(lineno, repr(line))
                if not found:
                    continue
            option = self.optionxform(found["option"].rstrip())
            if self._strict and (name, option) in added:
                raise DuplicateOptionError(name, option, fpname, lineno)
            added.add((name, option))
            section[option] = None if found["value"] is None else [found["value"].strip()]
        self._join_multiline_values()
        if error:
            raise error

    def _join_multiline_values(self):
        for section, options in ((self.default_section, self._defaults), *self._sections.items()):
            for option, value in options.items():
                if isinstance(value, list):
                    value = "\n".join(value).rstrip()
                options[option] = self._interpolation.before_read(self, section, option, value)

    # Writing.

    def write(self, fp, space_around_delimiters=True):
        """Writes everything to a file."""
        delimiter = self._delimiters[0]
        if space_around_delimiters:
            delimiter = f" {delimiter} "
        if self._defaults:
            self._write_section(fp, self.default_section, self._defaults.items(), delimiter)
        for section, options in self._sections.items():
            self._write_section(fp, section, options.items(), delimiter)

    def _write_section(self, fp, section_name, section_items, delimiter):
        fp.write(f"[{section_name}]\n")
        for key, value in section_items:
            value = self._interpolation.before_write(self, section_name, key, value)
            if value is None and self._allow_no_value:
                fp.write(f"{key}\n")
            else:
                text = str(value).replace("\n", "\n\t")
                fp.write(f"{key}{delimiter}{text}\n")
        fp.write("\n")


class ConfigParser(RawConfigParser):
    """A mapping of names to sections, which are mappings of options to strings; values may refer to others."""

    _DEFAULT_INTERPOLATION = BasicInterpolation()

    def set(self, section, option, value=None):
        """Sets an option, to a string."""
        self._validate_value_types(option=option, value=value)
        super().set(section, option, value)

    def add_section(self, section):
        """Adds an empty section, whose name is a string."""
        self._validate_value_types(section=section)
        super().add_section(section)

    def _read_defaults(self, defaults):
        # Not to be checked: they may refer to options that are set later.
        interpolation, self._interpolation = self._interpolation, Interpolation()
        try:
            self.read_dict({self.default_section: defaults})
        finally:
            self._interpolation = interpolation


class SafeConfigParser(ConfigParser):
    """The old name of ConfigParser."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        text = (
            "The SafeConfigParser class has been renamed to ConfigParser in Python 3.2. This alias will be removed in "
            "Python 3.12. Use ConfigParser directly instead."
        )
        warnings.warn(text, DeprecationWarning, stacklevel=2)


class SectionProxy(MutableMapping):
    """One section as a mapping."""

    def __init__(self, parser, name):
        self._parser = parser
        self._name = name
        for converter in parser.converters:
            key = f"get{converter}"
            setattr(self, key, functools.partial(self.get, _impl=getattr(parser, key)))

    def __repr__(self):
        return f"<Section: {self._name}>"

    def __getitem__(self, key):
        if key not in self:
            raise KeyError(key)
        return self._parser.get(self._name, key)

    def __setitem__(self, key, value):
        self._parser._validate_value_types(option=key, value=value)
        self._parser.set(self._name, key, value)

    def __delitem__(self, key):
        if key not in self or not self._parser.remove_option(self._name, key):
            raise KeyError(key)

    def __contains__(self, key):
        return self._parser.has_option(self._name, key)

    def _options(self):
        if self._name == self._parser.default_section:
            return self._parser.defaults()
        return self._parser.options(self._name)

    def __len__(self):
        return len(self._options())

    def __iter__(self):
        return iter(self._options())

    @property
    def parser(self):
        """What the section is part of."""
        return self._parser

    @property
    def name(self):
        """The name of the section."""
        return self._name

    def get(self, option, fallback=None, *, raw=False, vars=None, _impl=None, **kwargs):
        """The value of an option, or the fallback."""
        get = _impl or self._parser.get
        return get(self._name, option, raw=raw, vars=vars, fallback=fallback, **kwargs)


class ConverterMapping(MutableMapping):
    """The functions that convert values; each is behind a method `get...` of the parser and of its sections."""

    def __init__(self, parser):
        self._parser = parser
        # Those of the class are methods: no function is known for them.
        names = [name for name in dir(parser) if name.startswith("get") and name != "get"]
        self._data = {name[3:]: None for name in names if callable(getattr(parser, name))}

    def __getitem__(self, key):
        return self._data[key]

    def __setitem__(self, key, value):
        if not isinstance(key, str):
            raise ValueError(f"Incompatible key: {key} (type: {type(key)})")
        if not key:
            raise ValueError('Incompatible key: cannot use "" as a name')
        self._data[key] = value
        get = functools.partial(self._parser._get_conv, conv=value)
        get.converter = value
        setattr(self._parser, f"get{key}", get)
        for proxy in self._parser.values():
            setattr(proxy, f"get{key}", functools.partial(proxy.get, _impl=get))

    def __delitem__(self, key):
        if not key or not isinstance(key, str):
            raise KeyError(key)
        del self._data[key]
        for holder in (self._parser, *self._parser.values()):
            if f"get{key}" in vars(holder):
                delattr(holder, f"get{key}")

    def __iter__(self):
        return iter(self._data)

    def __len__(self):
        return len(self._data)
