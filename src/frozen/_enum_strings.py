"""Enumerations of strings, those of `enum` itself, and checks of enumerations."""

import sys
from enum import Enum, ReprEnum, _MappingProxy

__name__ = "enum"


class StrEnum(str, ReprEnum):
    """An enumeration whose members are strings too; `auto()` gives the name in lower case."""

    def __new__(cls, *values):
        if len(values) > 3:
            raise TypeError(f"too many arguments for str(): {values!r}")
        if len(values) == 1 and not isinstance(values[0], str):
            raise TypeError(f"{values[0]!r} is not a string")
        if len(values) >= 2 and not isinstance(values[1], str):
            raise TypeError(f"encoding must be a string, not {values[1]!r}")
        if len(values) == 3 and not isinstance(values[2], str):
            raise TypeError(f"errors must be a string, not {values[2]!r}")
        made = str.__new__(cls, *values)
        made._value_ = str(*values)
        return made

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return name.lower()


class FlagBoundary(StrEnum):
    """What a flag does with bits that no member has."""

    # Raise ValueError.
    STRICT = "strict"
    # Drop the bits.
    CONFORM = "conform"
    # Become an integer.
    EJECT = "eject"
    # Keep the bits.
    KEEP = "keep"


STRICT, CONFORM, EJECT, KEEP = FlagBoundary


class EnumCheck(StrEnum):
    """What `verify` can check."""

    # No integer between the lowest and the highest value is missing.
    CONTINUOUS = "no skipped integer values"
    # Combinations of bits are made of bits that have names.
    NAMED_FLAGS = "multi-flag aliases may not contain unnamed flags"
    # No member has two names.
    UNIQUE = "one name per value"


CONTINUOUS, NAMED_FLAGS, UNIQUE = EnumCheck


class verify:
    """A class decorator that checks an enumeration; ValueError if a check fails."""

    def __init__(self, *checks):
        self.checks = checks

    def __call__(self, enumeration):
        is_flag = hasattr(enumeration, "_flag_mask_")
        for check in self.checks:
            if check is UNIQUE:
                self._unique(enumeration)
            elif check is CONTINUOUS:
                self._continuous(enumeration, is_flag)
            elif check is NAMED_FLAGS and is_flag:
                self._named(enumeration)
        return enumeration

    def _unique(self, enumeration):
        aliases = [f"{alias} -> {m.name}" for alias, m in enumeration.__members__.items() if alias != m.name]
        if aliases:
            raise ValueError(f"aliases found in {enumeration!r}: {', '.join(aliases)}")

    def _continuous(self, enumeration, is_flag):
        values = {m.value for m in enumeration}
        if len(values) < 2:
            return
        low, high = min(values), max(values)
        if is_flag:
            expected = [1 << i for i in range(low.bit_length(), high.bit_length() - 1)]
        else:
            expected = range(low + 1, high)
        missing = [value for value in expected if value not in values]
        if missing:
            kind = "flag" if is_flag else "enum"
            listed = ", ".join([str(value) for value in missing])
            raise ValueError(f"invalid {kind} {enumeration.__name__!r}: missing values {listed}"[:256])

    def _named(self, enumeration):
        values = [m.value for m in enumeration]
        names = []
        missing = 0
        for name, alias in enumeration._member_map_.items():
            if name in enumeration._member_names_ or alias.value < 0:
                continue
            unnamed = [1 << i for i in range(alias.value.bit_length()) if alias.value >> i & 1 and 1 << i not in values]
            if unnamed:
                names.append(name)
                for bit in unnamed:
                    missing |= bit
        if names:
            if len(names) == 1:
                which = f"alias {names[0]} is missing"
            else:
                which = f"aliases {', '.join(names[:-1])} and {names[-1]} are missing"
            what = "combined values of" if missing & missing - 1 else "value"
            raise ValueError(
                f"invalid Flag {enumeration.__name__!r}: {which} {what} 0x{missing:x} "
                "[use enum.show_flag_values(value) for details]"
            )


def _module_name(cls):
    return cls.__module__.split(".")[-1]


def global_enum_repr(self):
    """A repr that names the module instead of the class."""
    return f"{_module_name(self.__class__)}.{self._name_}"


def global_flag_repr(self):
    """The same for flags, of which each part is named."""
    module, cls = _module_name(self.__class__), self.__class__.__name__
    if self._name_ is None:
        return f"{module}.{cls}({self._value_!r})"
    parts = []
    for name in self._name_.split("|"):
        parts.append(name if name[0].isdigit() else f"{module}.{name}")
    return "|".join(parts)


def global_str(self):
    """The name alone."""
    if self._name_ is None:
        return f"{self.__class__.__name__}({self._value_!r})"
    return self._name_


def global_enum(cls, update_str=False):
    """Make the members names of the class's module too, and show them as such."""
    cls.__repr__ = global_flag_repr if hasattr(cls, "_flag_mask_") else global_enum_repr
    if ReprEnum not in cls.__mro__ or update_str:
        cls.__str__ = global_str
    sys.modules[cls.__module__].__dict__.update(cls.__members__)
    return cls


def pickle_by_global_name(self, proto):
    """A `__reduce_ex__` for members that are names of their module."""
    return self.name


def pickle_by_enum_name(self, proto):
    """A `__reduce_ex__` that finds members by name instead of by value."""
    return getattr, (self.__class__, self._name_)
