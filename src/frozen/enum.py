"""Enumerations: classes whose attributes are a fixed set of named values."""

import sys

__all__ = [
    "EnumType", "EnumMeta", "Enum", "IntEnum", "StrEnum", "Flag", "IntFlag", "ReprEnum", "auto", "unique", "property",
    "verify", "member", "nonmember", "FlagBoundary", "STRICT", "CONFORM", "EJECT", "KEEP", "global_flag_repr",
    "global_enum_repr", "global_str", "global_enum", "EnumCheck", "CONTINUOUS", "NAMED_FLAGS", "UNIQUE",
    "pickle_by_global_name", "pickle_by_enum_name",
]

_MappingProxy = type(type.__dict__)
_builtin_property = property

from _enum_body import _EnumDict, auto, member, nonmember, property


def __getattr__(name):
    # Flags, and what is seldom needed, are loaded when they are asked for.
    if name in _IN_FLAGS:
        import _enum_flags as source
    elif name in _IN_STRINGS:
        import _enum_strings as source
    else:
        raise AttributeError(f"module 'enum' has no attribute {name!r}")
    value = globals()[name] = getattr(source, name)
    return value


_IN_FLAGS = ("Flag", "IntFlag", "show_flag_values", "bin")
_IN_STRINGS = (
    "StrEnum", "verify", "FlagBoundary", "STRICT", "CONFORM", "EJECT", "KEEP", "global_flag_repr", "global_enum_repr",
    "global_str", "global_enum", "EnumCheck", "CONTINUOUS", "NAMED_FLAGS", "UNIQUE", "pickle_by_global_name",
    "pickle_by_enum_name",
)


class _Members:
    """Makes the members as soon as the class exists, before `__init_subclass__` hears of it."""

    def __init__(self, values, use_args, new):
        self.values = values
        self.use_args = use_args
        self.new = new
        self.error = None

    def __set_name__(self, cls, name):
        type.__delattr__(cls, name)
        try:
            for name, value in self.values:
                self._make(cls, name, value)
        except BaseException as error:
            self.error = error
            raise

    def _make(self, cls, name, value):
        args = value if isinstance(value, tuple) else (value,)
        if cls._member_type_ is tuple:
            args = (args,)
        made = self.new(cls, *args) if self.use_args else self.new(cls)
        if not hasattr(made, "_value_"):
            if cls._member_type_ is object:
                made._value_ = value
            else:
                try:
                    made._value_ = cls._member_type_(*args)
                except Exception as error:
                    raise TypeError("_value_ not set in __new__, unable to create it") from error
        made._name_ = name
        made.__objclass__ = cls
        made.__init__(*args)
        made._sort_order_ = len(cls._member_names_)
        _add_member(cls, name, made)


def _add_member(cls, name, made):
    value = made._value_
    try:
        known = cls._value2member_map_.get(value)
        hashable = True
    except TypeError:
        known = next((m for m in cls._member_map_.values() if m._value_ == value), None)
        hashable = False
    if known is not None:
        made = known
    elif hasattr(cls, "_flag_mask_"):
        cls._note_flag(name, value)
    else:
        cls._member_names_.append(name)
    for base in cls.__mro__[1:]:
        found = base.__dict__.get(name)
        if found is not None:
            break
    else:
        found = None
    if isinstance(found, (property, _builtin_property)):
        # A member may be called `name`, and still have a name.
        shared = property(found.fget, found.fset, found.fdel)
        shared.member = made
        shared.__set_name__(cls, name)
        type.__setattr__(cls, name, shared)
    else:
        type.__setattr__(cls, name, made)
    cls._member_map_[name] = made
    if known is None and hashable:
        cls._value2member_map_[value] = made


class EnumType(type):
    """The metaclass of enumerations."""

    @classmethod
    def __prepare__(metacls, cls, bases, **kwds):
        metacls._check_for_existing_members_(cls, bases)
        space = _EnumDict(cls)
        _, first_enum = metacls._get_mixins_(cls, bases)
        if first_enum is not None:
            space["_generate_next_value_"] = first_enum._generate_next_value_
        return space

    def __new__(metacls, cls, bases, classdict, *, boundary=None, _simple=False, **kwds):
        if not bases:
            # Enum itself.
            return super().__new__(metacls, cls, bases, dict(classdict))
        member_names = list(classdict._member_names)
        space = dict(classdict)
        for key in (*space.pop("_ignore_", ()), "_ignore_"):
            space.pop(key, None)
            if key in member_names:
                member_names.remove(key)
        invalid = [name for name in member_names if name in ("mro", "")]
        if invalid:
            raise ValueError(f"invalid enum member name(s) {','.join([repr(name) for name in invalid])}")
        order = space.pop("_order_", None)
        following = space.get("_generate_next_value_")
        if following is not None and not isinstance(following, staticmethod):
            space["_generate_next_value_"] = staticmethod(following)
        member_type, first_enum = metacls._get_mixins_(cls, bases)
        new, save_new, use_args = metacls._find_new_(space, member_type, first_enum)
        members = _Members([(name, space.pop(name)) for name in member_names], use_args, new)
        space["_new_member_"] = new if isinstance(new, staticmethod) else staticmethod(new)
        space["_use_args_"] = use_args
        space["_member_names_"] = []
        space["_member_map_"] = {}
        space["_value2member_map_"] = {}
        space["_member_type_"] = member_type
        space["_value_repr_"] = metacls._find_data_repr_(cls, bases)
        space["_members"] = members
        if hasattr(first_enum, "_flag_mask_"):
            space["_boundary_"] = boundary or first_enum._boundary_
            space["_flag_mask_"] = space["_singles_mask_"] = space["_all_bits_"] = 0
            space["_inverted_"] = None
        try:
            made = super().__new__(metacls, cls, bases, space, **kwds)
        except RuntimeError:
            # It says only that __set_name__ failed.
            if members.error is None:
                raise
            raise members.error from members.error.__cause__
        _settle_methods(made, bases, space, member_type, first_enum)
        if save_new:
            type.__setattr__(made, "__new_member__", new)
        type.__setattr__(made, "__new__", Enum.__new__)
        if hasattr(made, "_flag_mask_"):
            made._finish_flags()
        if order is not None:
            _check_order(made, order)
        return made

    def __init__(cls, *args, **kwds):
        pass

    def __bool__(cls):
        return True

    def __call__(cls, value, names=None, *, module=None, qualname=None, type=None, start=1, boundary=None):
        """The member with a value; or, given names too, a new enumeration."""
        if names is None:
            return cls.__new__(cls, value)
        return _create(cls, value, names, module, qualname, type, start, boundary)

    def __contains__(cls, member):
        if not isinstance(member, Enum):
            _warn(
                "in 3.12 __contains__ will no longer raise TypeError, but will return True or\nFalse depending on "
                "whether the value is a member or the value of a member"
            )
            raise TypeError(
                f"unsupported operand type(s) for 'in': '{type(member).__qualname__}' and "
                f"'{cls.__class__.__qualname__}'"
            )
        return isinstance(member, cls) and member._name_ in cls._member_map_

    def __getattr__(cls, name):
        raise AttributeError(name) from None

    def __setattr__(cls, name, value):
        if name in cls.__dict__.get("_member_map_", ()):
            raise AttributeError(f"cannot reassign member {name!r}")
        super().__setattr__(name, value)

    def __delattr__(cls, name):
        if name in cls._member_map_:
            raise AttributeError(f"{cls.__name__!r} cannot delete member {name!r}.")
        super().__delattr__(name)

    def __getitem__(cls, name):
        return cls._member_map_[name]

    def __iter__(cls):
        members = cls._member_map_
        return (members[name] for name in cls._member_names_)

    def __reversed__(cls):
        members = cls._member_map_
        return (members[name] for name in reversed(cls._member_names_))

    def __len__(cls):
        return len(cls._member_names_)

    @_builtin_property
    def __members__(cls):
        """All names with their members, aliases included, as a read-only mapping."""
        return _MappingProxy(cls._member_map_)

    def __repr__(cls):
        return f"<{'flag' if hasattr(cls, '_flag_mask_') else 'enum'} {cls.__name__!r}>"

    def __dir__(cls):
        names = {
            "__class__", "__contains__", "__doc__", "__getitem__", "__iter__", "__len__", "__members__", "__module__",
            "__name__", "__qualname__", "__init_subclass__", *cls._member_names_,
        }
        if cls._new_member_ is not object.__new__:
            names.add("__new__")
        if cls._member_type_ is not object:
            names.update(dir(cls._member_type_))
        return sorted(names)

    def _convert_(cls, name, module, filter, source=None, *, boundary=None, as_global=False):
        """An enumeration of those constants of a module whose names the filter accepts; they become its members."""
        space = sys.modules[module].__dict__
        found = [(key, value) for key, value in (source.__dict__ if source else space).items() if filter(key)]
        try:
            found.sort(key=lambda item: (item[1], item[0]))
        except TypeError:
            # Not all values can be compared.
            found.sort(key=lambda item: item[0])
        from _enum_strings import KEEP, global_enum

        made = cls(name, found, module=module, boundary=boundary or KEEP)
        if as_global:
            global_enum(made)
        else:
            space.update(made.__members__)
        space[name] = made
        return made

    @classmethod
    def _check_for_existing_members_(mcls, class_name, bases):
        for chain in bases:
            for base in chain.__mro__:
                if isinstance(base, EnumType) and getattr(base, "_member_names_", None):
                    raise TypeError(f"<enum {class_name!r}> cannot extend {base!r}")

    @classmethod
    def _get_mixins_(mcls, class_name, bases):
        """The type of the members' values, and the enumeration that a class derives from."""
        if not bases:
            return object, None
        first_enum = bases[-1]
        if not isinstance(first_enum, EnumType):
            raise TypeError("new enumerations should be created as `EnumName([mixin_type, ...] [data_type,] enum_type)`")
        return mcls._find_data_type_(class_name, bases) or object, first_enum

    @classmethod
    def _find_data_type_(mcls, class_name, bases):
        found = []
        for chain in bases:
            candidate = None
            for base in chain.__mro__:
                if base is object:
                    continue
                if isinstance(base, EnumType):
                    data_type = getattr(base, "_member_type_", object)
                    data_type = data_type if data_type is not object else None
                elif "__new__" in base.__dict__ or "__dataclass_fields__" in base.__dict__:
                    data_type = candidate or base
                else:
                    candidate = candidate or base
                    continue
                if data_type is not None and data_type not in found:
                    found.append(data_type)
                if data_type is not None:
                    break
        if len(found) > 1:
            raise TypeError(f"too many data types for {class_name!r}: {set(found)!r}")
        return found[0] if found else None

    @classmethod
    def _find_data_repr_(mcls, class_name, bases):
        for chain in bases:
            for base in chain.__mro__:
                if base is object:
                    continue
                if isinstance(base, EnumType):
                    return getattr(base, "_value_repr_", None)
                if "__repr__" in base.__dict__:
                    return base.__dict__["__repr__"]
        return None

    @classmethod
    def _find_new_(mcls, classdict, member_type, first_enum):
        """The function that makes members, whether the class defines it, and whether it gets the value."""
        new = classdict.get("__new__")
        save_new = new is not None
        plain = (object.__new__, Enum.__new__)
        if new is None:
            for name in ("__new_member__", "__new__"):
                for owner in (member_type, first_enum):
                    found = getattr(owner, name, None)
                    if found is not None and found not in plain:
                        new = found
                        break
                if new is not None:
                    break
            else:
                new = object.__new__
        elif isinstance(new, staticmethod):
            new = new.__func__
        return new, save_new, new not in plain


EnumMeta = EnumType
# Until the class exists.
ReprEnum = None


def _settle_methods(made, bases, space, member_type, first_enum):
    """Prefer the enumeration's methods to those of the data type, where the class has none of its own."""
    if ReprEnum in bases:
        if member_type is object:
            raise TypeError("ReprEnum subclasses must be mixed with a data type (i.e. int, str, float, etc.)")
        if "__format__" not in space:
            made.__format__ = space["__format__"] = member_type.__format__
        if "__str__" not in space:
            method = member_type.__str__
            made.__str__ = space["__str__"] = member_type.__repr__ if method is object.__str__ else method
    for name in ("__repr__", "__str__", "__format__", "__reduce_ex__"):
        if name not in space:
            found = getattr(made, name, None)
            if found in (getattr(member_type, name, None), getattr(object, name, None)):
                setattr(made, name, getattr(first_enum, name))


def _check_order(made, order):
    if isinstance(order, str):
        order = order.replace(",", " ").split()
    members = made._member_map_
    if hasattr(made, "_flag_mask_"):
        # Combinations of flags may be named; an order of nothing else is none.
        order = [n for n in order if n not in members or members[n]._value_.bit_count() == 1 and members[n]._value_ > 0]
    if not order:
        return
    order = [name for name in order if name not in members or name in made._member_names_]
    if order != made._member_names_:
        raise TypeError(f"member order does not match _order_:\n  {made._member_names_!r}\n  {order!r}")


def _caller_module():
    """The name of the module whose code called the enumeration."""
    try:
        return sys._getframe(3).f_globals.get("__name__")
    except (AttributeError, ValueError):
        return None


def _create(cls, class_name, names, module, qualname, type, start, boundary):
    """A new enumeration from a string of names, names, pairs, or a mapping."""
    metacls = cls.__class__
    bases = (cls,) if type is None else (type, cls)
    space = metacls.__prepare__(class_name, bases)
    if isinstance(names, str):
        names = names.replace(",", " ").split()
    if isinstance(names, (tuple, list)) and names and isinstance(names[0], str):
        given, names, values = names, [], []
        for count, name in enumerate(given):
            values.append(cls._generate_next_value_(name, start, count, values[:]))
            names.append((name, values[-1]))
    for item in names:
        name, value = (item, names[item]) if isinstance(item, str) else item
        space[name] = value
    module = module or _caller_module()
    if module is not None:
        space["__module__"] = module
    space["__qualname__"] = qualname if qualname is not None else class_name
    return metacls.__new__(metacls, class_name, bases, space, boundary=boundary)


def _warn(message):
    try:
        from warnings import warn
    except ImportError:
        return
    warn(message, DeprecationWarning, stacklevel=3)


class Enum(metaclass=EnumType):
    """The base class of enumerations."""

    def __new__(cls, value):
        if type(value) is cls:
            return value
        try:
            return cls._value2member_map_[value]
        except KeyError:
            pass
        except TypeError:
            for member in cls._member_map_.values():
                if member._value_ == value:
                    return member
        if not cls._member_map_:
            # A `__new__` of the class may have called this one by `super()`.
            raise TypeError(f"{cls!r} has no members defined")
        return _missing(cls, value)

    def __init__(self, *args, **kwds):
        pass

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        """The value for an `auto()`: one more than the highest so far."""
        if not last_values:
            return start
        try:
            highest = sorted(last_values)[-1]
            if highest != last_values[-1]:
                _warn_order()
            return highest + 1
        except TypeError:
            _warn_order()
        for value in reversed(last_values):
            try:
                return value + 1
            except TypeError:
                pass
        return start

    @classmethod
    def _missing_(cls, value):
        """Called for a value that no member has; may return a member."""
        return None

    def __repr__(self):
        show = self.__class__._value_repr_ or repr
        return f"<{self.__class__.__name__}.{self._name_}: {show(self._value_)}>"

    def __str__(self):
        return f"{self.__class__.__name__}.{self._name_}"

    def __format__(self, format_spec):
        return str.__format__(str(self), format_spec)

    def __hash__(self):
        return hash(self._name_)

    def __reduce_ex__(self, proto):
        return self.__class__, (self._value_,)

    def __deepcopy__(self, memo):
        return self

    def __copy__(self):
        return self

    def __dir__(self):
        names = {"__class__", "__doc__", "__eq__", "__hash__", "__module__"}
        if self.__class__._member_type_ is not object:
            names.update(object.__dir__(self))
        for owner in (self, *self.__class__.__mro__):
            for name in getattr(owner, "__dict__", ()):
                if name[0] != "_" and name not in self._member_map_:
                    names.add(name)
        return sorted(names)

    @property
    def name(self):
        """The name of the member."""
        return self._name_

    @property
    def value(self):
        """The value of the member."""
        return self._value_


def _warn_order():
    _warn(
        "In 3.13 the default `auto()`/`_generate_next_value_` will require all values to be sortable and support "
        "adding +1\nand the value returned will be the largest value in the enum incremented by 1"
    )


def _missing(cls, value):
    """What `_missing_` makes of a value; ValueError or its own exception if nothing."""
    invalid = ValueError(f"{value!r} is not a valid {cls.__qualname__}")
    try:
        result = cls._missing_(value)
    except Exception as error:
        if not isinstance(error, ValueError):
            error.__context__ = invalid
        raise
    if isinstance(result, cls):
        return result
    if isinstance(result, int) and getattr(cls, "_boundary_", None) == "eject":
        return result
    if result is None:
        raise invalid
    error = TypeError(
        f"error in {cls.__name__}._missing_: returned {result!r} instead of None or a valid member"
    )
    error.__context__ = invalid
    raise error


# What the metaclass gives every other class.
for _name, _value in (
    ("_member_names_", []), ("_member_map_", {}), ("_value2member_map_", {}), ("_member_type_", object),
    ("_value_repr_", None), ("_new_member_", staticmethod(object.__new__)), ("_use_args_", False),
):
    type.__setattr__(Enum, _name, _value)
del _name, _value


class ReprEnum(Enum):
    """Changes only the repr: `str()` and `format()` are those of the data type."""


class IntEnum(int, ReprEnum):
    """An enumeration whose members are integers too."""


def unique(enumeration):
    """Check that no member has two names; ValueError otherwise."""
    aliases = [f"{alias} -> {m.name}" for alias, m in enumeration.__members__.items() if alias != m.name]
    if aliases:
        raise ValueError(f"duplicate values found in {enumeration!r}: {', '.join(aliases)}")
    return enumeration
