"""Configurations whose strings may stand for something else: `ext://name` for an object, `cfg://path` for a part."""

import re

_prefixed = re.compile(r"^(?P<prefix>[a-z]+)://(?P<suffix>.*)$")
_word = re.compile(r"\s*(\w+)\s*")
_step = re.compile(r"\.\s*(?P<name>\w+)\s*|\[\s*(?P<index>\w+)\s*\]\s*")
_identifier = re.compile("^[a-z_][a-z0-9_]*$", re.I)


def valid_ident(s):
    """True if it can be the name of an argument."""
    if not _identifier.match(s):
        raise ValueError(f"Not a valid Python identifier: {s!r}")
    return True


class _Converting:
    """A container that converts what is taken out of it."""

    def _convert(self, value, key=None, keep=True):
        result = self.configurator.convert(value)
        if result is not value and keep:
            self[key] = result
        return result


class ConvertingDict(dict, _Converting):
    """A dictionary that converts what is taken out of it."""

    __module__ = "logging.config"

    def __getitem__(self, key):
        return self._convert(super().__getitem__(key), key)

    def get(self, key, default=None):
        return self._convert(super().get(key, default), key, key in self)

    def pop(self, key, default=None):
        return self._convert(super().pop(key, default), keep=False)


class ConvertingList(list, _Converting):
    """A list that converts what is taken out of it."""

    __module__ = "logging.config"

    def __getitem__(self, key):
        return self._convert(super().__getitem__(key), key)

    def pop(self, idx=-1):
        return self._convert(super().pop(idx), keep=False)


class ConvertingTuple(tuple, _Converting):
    """A tuple that converts what is taken out of it."""

    __module__ = "logging.config"

    def __getitem__(self, key):
        return self._convert(super().__getitem__(key), keep=False)


class BaseConfigurator:
    """What knows how to convert the values of a configuration."""

    __module__ = "logging.config"

    value_converters = {"ext": "ext_convert", "cfg": "cfg_convert"}
    importer = staticmethod(__import__)

    def __init__(self, config):
        self.config = ConvertingDict(config)
        self.config.configurator = self

    def resolve(self, s):
        """The object of a dotted name."""
        try:
            return resolve(s, self.importer)
        except ImportError as error:
            raise ValueError(f"Cannot resolve {s!r}: {error}") from error

    def ext_convert(self, value):
        """What `ext://` stands for."""
        return self.resolve(value)

    def cfg_convert(self, value):
        """What `cfg://` stands for."""
        found = _word.match(value)
        if found is None:
            raise ValueError(f"Unable to convert {value!r}")
        part = self.config[found[1]]
        while found.end() < len(value):
            at = found.end()
            found = _step.match(value, at)
            if found is None:
                raise ValueError(f"Unable to convert {value!r} at {value[at:]!r}")
            key = found["name"] or found["index"]
            if found["index"] and key.isdecimal():
                try:
                    part = part[int(key)]
                    continue
                except TypeError:
                    pass
            part = part[key]
        return part

    def convert(self, value):
        """The value that another stands for."""
        if isinstance(value, str):
            found = _prefixed.match(value)
            converter = found and self.value_converters.get(found["prefix"])
            return getattr(self, converter)(found["suffix"]) if converter else value
        for kind, converting in ((dict, ConvertingDict), (list, ConvertingList), (tuple, ConvertingTuple)):
            if isinstance(value, kind) and not isinstance(value, converting) and not hasattr(value, "_fields"):
                value = converting(value)
                value.configurator = self
        return value

    def configure_custom(self, config):
        """The object that the factory under the key `()` makes; `.` has attributes for it."""
        factory = config.pop("()")
        if not callable(factory):
            factory = self.resolve(factory)
        result = factory(**keywords(config))
        set_attributes(result, config)
        return result

    def as_tuple(self, value):
        """A list as a tuple."""
        return tuple(value) if isinstance(value, list) else value


def resolve(name, importer=__import__):
    """The object of a dotted name; modules are imported on the way."""
    path, *rest = name.split(".")
    found = importer(path)
    for part in rest:
        path = f"{path}.{part}"
        try:
            found = getattr(found, part)
        except AttributeError:
            importer(path)
            found = getattr(found, part)
    return found


def keywords(config):
    """The arguments for a factory."""
    return {key: config[key] for key in config if key != "." and valid_ident(key)}


def set_attributes(target, config):
    """Sets the attributes under the key `.`."""
    for name, value in (config.pop(".", None) or {}).items():
        setattr(target, name, value)
