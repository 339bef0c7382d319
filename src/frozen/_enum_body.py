"""What stands in the body of an enumeration: `auto()`, `member()`, `property`, and the body's namespace."""

__name__ = "enum"


class nonmember:
    """Wraps a value in a class body that is not to become a member."""

    def __init__(self, value):
        self.value = value


class member:
    """Wraps a value in a class body that is to become a member, such as a function."""

    def __init__(self, value):
        self.value = value


_no_value = object()


class auto:
    """A value that the class chooses, by `_generate_next_value_`."""

    def __init__(self, value=_no_value):
        self.value = value

    def __repr__(self):
        return f"auto({self.value!r})"


class property:
    """A property of members that leaves its name free for a member of the class."""

    member = None
    name = None
    clsname = None

    def __init__(self, fget=None, fset=None, fdel=None, doc=None):
        self.fget = fget
        self.fset = fset
        self.fdel = fdel
        self.__doc__ = doc or getattr(fget, "__doc__", None)

    def __set_name__(self, ownerclass, name):
        self.name = name
        self.clsname = ownerclass.__name__
        self._owner = ownerclass

    def __get__(self, instance, ownerclass=None):
        if instance is None:
            found = self.member or ownerclass._member_map_.get(self.name)
            if found is None:
                raise AttributeError(self.name)
            return found
        if self.fget is not None:
            return self.fget(instance)
        try:
            return instance.__dict__[self.name]
        except KeyError:
            raise AttributeError(f"{self._owner!r} cannot read attribute {self.name!r}") from None

    def __set__(self, instance, value):
        if self.fset is None:
            raise AttributeError(f"{self._owner!r} cannot set attribute {self.name!r}")
        self.fset(instance, value)

    def __delete__(self, instance):
        if self.fdel is None:
            raise AttributeError(f"{self._owner!r} cannot delete attribute {self.name!r}")
        self.fdel(instance)

    def getter(self, fget):
        """A copy with another function that reads."""
        return type(self)(fget, self.fset, self.fdel, self.__doc__)

    def setter(self, fset):
        """A copy with another function that writes."""
        return type(self)(self.fget, fset, self.fdel, self.__doc__)

    def deleter(self, fdel):
        """A copy with another function that deletes."""
        return type(self)(self.fget, self.fset, fdel, self.__doc__)


def _is_descriptor(value):
    return hasattr(value, "__get__") or hasattr(value, "__set__") or hasattr(value, "__delete__")


def _is_dunder(name):
    return len(name) > 4 and name[:2] == name[-2:] == "__" and name[2] != "_" and name[-3] != "_"


def _is_sunder(name):
    return len(name) > 2 and name[0] == name[-1] == "_" and name[1] != "_" and name[-2] != "_"


def _warn_class():
    import warnings

    warnings.warn(
        "In 3.13 classes created inside an enum will not become a member.  Use the `member` decorator to keep the "
        "current behavior.",
        DeprecationWarning, stacklevel=3,
    )


_ALLOWED_SUNDERS = (
    "_order_", "_generate_next_value_", "_numeric_repr_", "_missing_", "_ignore_", "_iter_member_",
    "_iter_member_by_value_", "_iter_member_by_def_",
)


class _EnumDict(dict):
    """The namespace of a class body: notes which names are members, and fills in `auto()`."""

    def __init__(self, cls_name=None):
        super().__init__()
        self._cls_name = cls_name
        self._member_names = {}
        self._last_values = []
        self._ignore = []
        self._auto_called = False
        self._generate_next_value = None

    def __setitem__(self, key, value):
        if key.startswith(f"_{self._cls_name}__") and not key.endswith("__"):
            # A private name is an ordinary attribute.
            pass
        elif _is_sunder(key):
            value = self._set_sunder(key, value)
        elif _is_dunder(key):
            if key == "__order__":
                key = "_order_"
        elif key in self._member_names:
            raise TypeError(f"{key!r} already defined as {self[key]!r}")
        elif key in self._ignore:
            pass
        elif isinstance(value, nonmember):
            value = value.value
        elif isinstance(value, member):
            self._add_name(key)
            value = value.value
            self._last_values.append(value)
        elif not _is_descriptor(value):
            if isinstance(value, type) and value.__qualname__.endswith(f"{self._cls_name}.{value.__name__}"):
                _warn_class()
            self._add_name(key)
            chosen = self._chosen(key, value)
            if chosen is value:
                self._last_values.append(value)
            value = chosen
        super().__setitem__(key, value)

    def _add_name(self, key):
        if key in self:
            raise TypeError(f"{key!r} already defined as {self[key]!r}")
        self._member_names[key] = None

    def _chosen(self, key, value):
        """A value, with each `auto()` in it replaced by what is generated."""
        if isinstance(value, auto):
            return self._generated(key, value)
        if type(value) is tuple and any([isinstance(part, auto) for part in value]):
            return tuple([self._generated(key, part) if isinstance(part, auto) else part for part in value])
        return value

    def _generated(self, key, chosen):
        if chosen.value is _no_value:
            # It was not counted as a member when the next number is computed.
            count = len(self._member_names) - 1
            chosen.value = self._generate_next_value(key, 1, count, self._last_values[:])
            self._auto_called = True
            self._last_values.append(chosen.value)
        return chosen.value

    def _set_sunder(self, key, value):
        if key not in _ALLOWED_SUNDERS:
            raise ValueError(f"_sunder_ names, such as {key!r}, are reserved for future Enum use")
        if key == "_generate_next_value_":
            if self._auto_called:
                raise TypeError("_generate_next_value_ must be defined before members")
            self._generate_next_value = value.__func__ if isinstance(value, staticmethod) else value
        elif key == "_ignore_":
            value = value.replace(",", " ").split() if isinstance(value, str) else list(value)
            self._ignore = value
            already = set(value) & set(self._member_names)
            if already:
                raise ValueError(f"_ignore_ cannot specify already set names: {already!r}")
        return value

    def update(self, members, **more):
        try:
            for name in members.keys():
                self[name] = members[name]
        except AttributeError:
            for name, value in members:
                self[name] = value
        for name, value in more.items():
            self[name] = value
