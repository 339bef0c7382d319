"""Flags: enumerations whose members are bits that can be combined."""

import builtins
from enum import Enum, EnumType, ReprEnum

__name__ = "enum"


def bin(number, max_bits=None):
    """A number in binary, the sign bit set apart by a space, as in `'0b0 101'`."""
    ceiling = 1 << number.bit_length()
    if number >= 0:
        digits = builtins.bin(number + ceiling)[3:]
        sign = "0b0 "
    else:
        digits = builtins.bin(~number ^ (ceiling - 1) + ceiling)[3:]
        sign = "0b1 "
    if max_bits is not None and len(digits) < max_bits:
        digits = (sign[-2] * max_bits + digits)[-max_bits:]
    return sign + digits


def _bits(number):
    """The single bits of a number that is not negative, lowest first."""
    if number < 0:
        raise ValueError(f"{number!r} is not a positive integer")
    while number:
        lowest = number & -number
        yield lowest
        number ^= lowest


def show_flag_values(value):
    """The values of the single bits of a flag."""
    number = value._value_ if isinstance(value, Enum) else value
    if number < 0:
        raise ValueError(f"{value!r} is not a positive integer")
    return list(_bits(number))


_OPERATORS = ("__or__", "__and__", "__xor__", "__ror__", "__rand__", "__rxor__", "__invert__")


class Flag(Enum):
    """The base class of flags, whose members are combined by `|`, `&`, `^` and `~`."""

    _numeric_repr_ = repr

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        """The value for an `auto()`: the bit above the highest so far."""
        if not last_values:
            return start if start is not None else 1
        highest = max(last_values)
        try:
            return 1 << highest.bit_length()
        except Exception:
            raise TypeError(f"invalid flag value {highest!r}") from None

    @classmethod
    def _note_flag(cls, name, value):
        """Keep the masks up to date; only single bits are canonical members."""
        mask = cls._flag_mask_
        mask |= value
        type.__setattr__(cls, "_flag_mask_", mask)
        if value > 0 and value & (value - 1) == 0:
            type.__setattr__(cls, "_singles_mask_", cls._singles_mask_ | value)
            cls._member_names_.append(name)
        type.__setattr__(cls, "_all_bits_", (1 << cls._flag_mask_.bit_length()) - 1)

    @classmethod
    def _finish_flags(cls):
        """Iterate by value, if the members were not defined in that order."""
        values = [cls._member_map_[name]._value_ for name in cls._member_names_]
        in_order = values == sorted(values)
        type.__setattr__(cls, "_iter_member_", cls._iter_member_by_value_ if in_order else cls._iter_member_by_def_)
        # An integer's own operators would make plain integers.
        for name in _OPERATORS:
            if not any(name in base.__dict__ for base in cls.__mro__ if isinstance(base, EnumType) and base is not Flag):
                type.__setattr__(cls, name, getattr(Flag, name))

    @classmethod
    def _iter_member_by_value_(cls, value):
        """The members whose bits are set, lowest first."""
        members = cls._value2member_map_
        for bit in _bits(value & cls._flag_mask_):
            yield members.get(bit)

    _iter_member_ = _iter_member_by_value_

    @classmethod
    def _iter_member_by_def_(cls, value):
        """The members whose bits are set, in the order of their definition."""
        yield from sorted(cls._iter_member_by_value_(value), key=lambda m: m._sort_order_)

    @classmethod
    def _missing_(cls, value):
        """Make a combination of members; what happens to other bits depends on the boundary."""
        if not isinstance(value, int):
            raise ValueError(f"{value!r} is not a valid {cls.__qualname__}")
        mask, singles, every = cls._flag_mask_, cls._singles_mask_, cls._all_bits_
        boundary = cls._boundary_
        if not ~every <= value <= every or value & (every ^ mask):
            if boundary == "strict":
                width = max(value.bit_length(), mask.bit_length())
                raise ValueError(
                    f"{cls!r} invalid value {value!r}\n    given {bin(value, width)}\n  allowed {bin(mask, width)}"
                )
            if boundary == "conform":
                value &= mask
            elif boundary == "eject":
                return value
            elif boundary == "keep":
                if value < 0:
                    value += max(every + 1, 1 << value.bit_length())
            else:
                raise ValueError(f"{cls!r} unknown flag boundary {boundary!r}")
        given = value
        if value < 0:
            value += every + 1
        unknown = value & ~mask
        aliases = value & ~singles
        if unknown and boundary != "keep":
            raise ValueError(f"{cls.__name__}({value!r}) -->  unknown values {unknown!r} [{bin(unknown)}]")
        if cls._member_type_ is object:
            made = object.__new__(cls)
        else:
            made = cls._member_type_.__new__(cls, value)
        if not hasattr(made, "_value_"):
            made._value_ = value
        made._name_ = cls._name_of(value, aliases)
        made = cls._value2member_map_.setdefault(value, made)
        if given < 0:
            cls._value2member_map_[given] = made
        return made

    @classmethod
    def _name_of(cls, value, aliases):
        """The names of the members that make up a value, joined; None if there are none."""
        members = list(cls._iter_member_(value & cls._singles_mask_))
        combined = 0
        for m in members:
            combined |= m._value_
        if aliases:
            for m in cls._member_map_.values():
                if m not in members and m._value_ and m._value_ & value == m._value_:
                    members.append(m)
                    combined |= m._value_
        if not combined:
            return None
        name = "|".join([m._name_ for m in members])
        unknown = value ^ combined
        if unknown and cls._boundary_ == "strict":
            raise ValueError(f"{cls!r}: no members with value {unknown!r}")
        return f"{name}|{cls._numeric_repr_(unknown)}" if unknown else name

    def __contains__(self, other):
        if not isinstance(other, self.__class__):
            raise TypeError(
                f"unsupported operand type(s) for 'in': {type(other).__qualname__!r} and "
                f"{self.__class__.__qualname__!r}"
            )
        return other._value_ & self._value_ == other._value_

    def __iter__(self):
        yield from self._iter_member_(self._value_)

    def __len__(self):
        return self._value_.bit_count()

    def __bool__(self):
        return bool(self._value_)

    def __repr__(self):
        show = self.__class__._value_repr_ or repr
        name = "" if self._name_ is None else f".{self._name_}"
        return f"<{self.__class__.__name__}{name}: {show(self._value_)}>"

    def __str__(self):
        if self._name_ is None:
            return f"{self.__class__.__name__}({self._value_!r})"
        return f"{self.__class__.__name__}.{self._name_}"

    def _get_value(self, flag):
        """The number in an operand, NotImplemented if it is no flag of this kind."""
        if isinstance(flag, self.__class__):
            return flag._value_
        if self._member_type_ is not object and isinstance(flag, self._member_type_):
            return flag
        return NotImplemented

    def __or__(self, other):
        number = self._get_value(other)
        return number if number is NotImplemented else self.__class__(self._value_ | number)

    def __and__(self, other):
        number = self._get_value(other)
        return number if number is NotImplemented else self.__class__(self._value_ & number)

    def __xor__(self, other):
        number = self._get_value(other)
        return number if number is NotImplemented else self.__class__(self._value_ ^ number)

    __ror__ = __or__
    __rand__ = __and__
    __rxor__ = __xor__

    def __invert__(self):
        if self._inverted_ is None:
            if self._boundary_ in ("eject", "keep"):
                self._inverted_ = self.__class__(~self._value_)
            else:
                self._inverted_ = self.__class__(self._singles_mask_ & ~self._value_)
        return self._inverted_

    def __reduce_ex__(self, proto):
        return self.__class__, (self._value_,)


for _name, _value in (
    ("_flag_mask_", 0), ("_singles_mask_", 0), ("_all_bits_", 0), ("_inverted_", None), ("_boundary_", "strict"),
):
    type.__setattr__(Flag, _name, _value)
del _name, _value


class IntFlag(int, ReprEnum, Flag, boundary="keep"):
    """Flags that are integers too, and keep bits that no member has."""
