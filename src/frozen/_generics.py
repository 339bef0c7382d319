"""What subscripting and joining classes gives: `list[int]` and `int | None`."""

# The classes belong to the public module, as their reprs say.
__name__ = "types"

_own = object.__getattribute__
_NoneType = type(None)

# Everything else that is asked of an alias is asked of its class.
_OWN_NAMES = frozenset((
    "__class__", "__origin__", "__args__", "__parameters__", "__unpacked__", "__typing_unpacked_tuple_args__",
    "__mro_entries__", "__reduce__", "__reduce_ex__", "__copy__", "__deepcopy__",
))


def collect_parameters(args):
    """The type variables that occur in arguments, in order, each once."""
    found = []
    for arg in args:
        if isinstance(arg, type):
            continue
        if isinstance(arg, (tuple, list)):
            inner = collect_parameters(arg)
        elif hasattr(arg, "__typing_subst__"):
            inner = (arg,)
        else:
            inner = getattr(arg, "__parameters__", ())
        for parameter in inner:
            if parameter not in found:
                found.append(parameter)
    return tuple(found)


def substitute(alias, args, parameters, items):
    """The arguments of an alias with its parameters replaced by items; TypeError if their number is wrong."""
    if not isinstance(items, tuple):
        items = (items,)
    if not parameters:
        raise TypeError(f"{alias!r} is not a generic class")
    flat = []
    for item in items:
        unpacked = None if isinstance(item, type) else getattr(item, "__typing_unpacked_tuple_args__", None)
        if unpacked and unpacked[-1] is not ...:
            flat.extend(unpacked)
        else:
            flat.append(item)
    items = tuple(flat)
    for parameter in parameters:
        prepare = getattr(parameter, "__typing_prepare_subst__", None)
        if prepare is not None:
            items = prepare(alias, items)
            if not isinstance(items, tuple):
                items = (items,)
    if len(items) != len(parameters):
        many = "many" if len(items) > len(parameters) else "few"
        raise TypeError(f"Too {many} arguments for {alias!r}; actual {len(items)}, expected {len(parameters)}")
    return tuple(_replace(args, dict(zip(parameters, items))))


def _replace(args, values):
    for arg in args:
        if isinstance(arg, type):
            yield arg
        elif isinstance(arg, (tuple, list)):
            yield type(arg)(_replace(arg, values))
        elif hasattr(arg, "__typing_subst__"):
            new = arg.__typing_subst__(values[arg])
            if isinstance(new, tuple):
                yield from new
            else:
                yield new
        else:
            inner = getattr(arg, "__parameters__", ())
            if not (isinstance(inner, tuple) and inner):
                yield arg
                continue
            picked = []
            for parameter in inner:
                value = values[parameter]
                if isinstance(value, tuple) and hasattr(parameter, "__iter__"):
                    picked.extend(value)
                else:
                    picked.append(value)
            new = arg[tuple(picked)]
            if getattr(arg, "__unpacked__", False) and isinstance(new, tuple):
                yield from new
            else:
                yield new


def name_of(arg):
    """How an argument stands in an alias's repr."""
    if arg is ...:
        return "..."
    if hasattr(arg, "__origin__") and hasattr(arg, "__args__"):
        return repr(arg)
    name, module = getattr(arg, "__qualname__", None), getattr(arg, "__module__", None)
    if name is None or module is None:
        return repr(arg)
    return name if module == "builtins" else f"{module}.{name}"


class GenericAlias:
    """A class with arguments, such as `list[int]`; calling it makes an instance of the class."""

    __slots__ = ("_origin", "_args", "_parameters", "_starred", "__weakref__")

    def __new__(cls, origin, args):
        self = object.__new__(cls)
        self._origin = origin
        self._args = args if isinstance(args, tuple) else (args,)
        self._parameters = None
        self._starred = False
        return self

    def __getattribute__(self, name):
        if name in _OWN_NAMES or name in _own(self, "_extra_names"):
            return _own(self, name)
        return getattr(_own(self, "_origin"), name)

    _extra_names = ()

    @property
    def __origin__(self):
        """The class."""
        return _own(self, "_origin")

    @property
    def __args__(self):
        """The arguments, a tuple."""
        return _own(self, "_args")

    @property
    def __parameters__(self):
        """The type variables in the arguments, a tuple."""
        found = _own(self, "_parameters")
        if found is None:
            found = self._parameters = collect_parameters(_own(self, "_args"))
        return found

    @property
    def __unpacked__(self):
        """Whether this is `*tuple[...]`."""
        return _own(self, "_starred")

    @property
    def __typing_unpacked_tuple_args__(self):
        if _own(self, "_starred") and _own(self, "_origin") is tuple:
            return _own(self, "_args")
        return None

    def __repr__(self):
        star = "*" if _own(self, "_starred") else ""
        args = ", ".join([name_of(arg) for arg in _own(self, "_args")])
        return f"{star}{name_of(_own(self, '_origin'))}[{args or '()'}]"

    def __eq__(self, other):
        if not isinstance(other, GenericAlias):
            return NotImplemented
        return (
            self.__origin__ == other.__origin__
            and self.__args__ == other.__args__
            and self.__unpacked__ == other.__unpacked__
        )

    def __hash__(self):
        return hash(_own(self, "_origin")) ^ hash(_own(self, "_args"))

    def __getitem__(self, items):
        origin, args = _own(self, "_origin"), _own(self, "_args")
        new = GenericAlias(origin, substitute(self, args, self.__parameters__, items))
        new._starred = _own(self, "_starred")
        return new

    def __iter__(self):
        starred = GenericAlias(_own(self, "_origin"), _own(self, "_args"))
        starred._starred = True
        yield starred

    def __call__(self, *args, **kwargs):
        made = _own(self, "_origin")(*args, **kwargs)
        try:
            made.__orig_class__ = self
        except (AttributeError, TypeError):
            # Most built-in objects take no attributes.
            pass
        return made

    def __or__(self, other):
        return union(self, other)

    def __ror__(self, other):
        return union(other, self)

    def __mro_entries__(self, bases):
        return (_own(self, "_origin"),)

    def __instancecheck__(self, instance):
        raise TypeError("isinstance() argument 2 cannot be a parameterized generic")

    def __subclasscheck__(self, cls):
        raise TypeError("issubclass() argument 2 cannot be a parameterized generic")

    def __dir__(self):
        return sorted(_OWN_NAMES.union(dir(_own(self, "_origin"))))

    def __reduce__(self):
        if _own(self, "_starred"):
            return next, (iter(GenericAlias(_own(self, "_origin"), _own(self, "_args"))),)
        return GenericAlias, (_own(self, "_origin"), _own(self, "_args"))

    def __reduce_ex__(self, protocol):
        return self.__reduce__()


def _is_parameter_list(arg):
    """Whether an argument can stand for all parameters of a callable."""
    return arg is ... or isinstance(arg, (tuple, list)) or (
        type(arg).__module__ == "typing" and type(arg).__name__ in ("ParamSpec", "_ConcatenateGenericAlias")
    )


class _CallableGenericAlias(GenericAlias):
    """`collections.abc.Callable[[int], str]`: its arguments are those of the list, then the result."""

    __module__ = "collections.abc"
    __slots__ = ()
    _extra_names = ("_as_callable",)

    def __new__(cls, origin, args):
        if not (isinstance(args, tuple) and len(args) == 2):
            raise TypeError("Callable must be used as Callable[[arg, ...], result].")
        parameters, result = args
        if isinstance(parameters, (tuple, list)):
            args = (*parameters, result)
        elif not _is_parameter_list(parameters):
            raise TypeError(f"Expected a list of types, an ellipsis, ParamSpec, or Concatenate. Got {parameters}")
        return super().__new__(cls, origin, args)

    def _as_callable(self):
        *parameters, result = _own(self, "_args")
        if len(parameters) == 1 and _is_parameter_list(parameters[0]):
            return parameters[0], result
        return parameters, result

    def __repr__(self):
        parameters, result = self._as_callable()
        if isinstance(parameters, list):
            parameters = "[" + ", ".join([name_of(p) for p in parameters]) + "]"
        else:
            parameters = name_of(parameters)
        return f"collections.abc.Callable[{parameters}, {name_of(result)}]"

    def __getitem__(self, items):
        if not isinstance(items, tuple):
            items = (items,)
        parameters = self.__parameters__
        if len(parameters) == 1 and _is_parameter_list(parameters[0]) and not (items and _is_parameter_list(items[0])):
            # The one parameter stands for all of the items.
            items = (items,)
        *new, result = substitute(self, _own(self, "_args"), parameters, items)
        if len(new) == 1 and (new[0] is ... or not isinstance(new[0], (tuple, list)) and _is_parameter_list(new[0])):
            return _CallableGenericAlias(_own(self, "_origin"), (new[0], result))
        flat = []
        for arg in new:
            if isinstance(arg, (tuple, list)):
                flat.extend(arg)
            else:
                flat.append(arg)
        return _CallableGenericAlias(_own(self, "_origin"), (flat, result))

    def __reduce__(self):
        return _CallableGenericAlias, (_own(self, "_origin"), self._as_callable())


class UnionType:
    """One of several classes, such as `int | None`; `isinstance` and `issubclass` accept it."""

    __slots__ = ("_args", "_parameters")

    def __new__(cls):
        raise TypeError("cannot create 'types.UnionType' instances")

    @property
    def __args__(self):
        """The classes, a tuple."""
        return self._args

    @property
    def __parameters__(self):
        """The type variables in the arguments, a tuple."""
        if self._parameters is None:
            self._parameters = collect_parameters(self._args)
        return self._parameters

    def __repr__(self):
        return " | ".join(["None" if arg is _NoneType else name_of(arg) for arg in self._args])

    def __eq__(self, other):
        if not isinstance(other, UnionType):
            return NotImplemented
        return set(self._args) == set(other._args)

    def __hash__(self):
        return hash(frozenset(self._args))

    def __or__(self, other):
        return union(self, other)

    def __ror__(self, other):
        return union(other, self)

    def __getitem__(self, items):
        joined = None
        for arg in substitute(self, self._args, self.__parameters__, items):
            joined = arg if joined is None else joined | arg
        return joined

    def __instancecheck__(self, instance):
        _check_classes(self._args, "isinstance")
        return isinstance(instance, self._args)

    def __subclasscheck__(self, cls):
        _check_classes(self._args, "issubclass")
        return issubclass(cls, self._args)

    def __reduce__(self):
        from copyreg import pickle_union

        return pickle_union(self)

    def __reduce_ex__(self, protocol):
        return self.__reduce__()


def _check_classes(args, function):
    for arg in args:
        if isinstance(arg, GenericAlias):
            raise TypeError(f"{function}() argument 2 cannot be a parameterized generic")


def union(left, right):
    """What `left | right` of classes is: a UnionType, the class if it is only one, or NotImplemented."""
    args = []
    for side in (left, right):
        if side is None:
            parts = (_NoneType,)
        elif isinstance(side, UnionType):
            parts = side._args
        elif isinstance(side, (type, GenericAlias)):
            parts = (side,)
        else:
            return NotImplemented
        for part in parts:
            if part not in args:
                args.append(part)
    if len(args) == 1:
        return args[0]
    made = object.__new__(UnionType)
    made._args = tuple(args)
    made._parameters = None
    return made
