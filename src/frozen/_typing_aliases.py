"""Types with arguments, and `Generic`, of `typing`."""

import sys
from typing import (
    Annotated, ParamSpec, TypeVar, TypeVarTuple, Union, _caller, _Final, _is_param_expr, _space, _tp_cache,
    _type_check, _type_convert, _type_repr, _UnionType, _unpacked,
)

__name__ = "typing"

_NoneType = type(None)
_Native = type(list[int])
# For what typing_extensions replaces by its own.
_typing = sys.modules["typing"]


def _is_dunder(name):
    return name.startswith("__") and name.endswith("__")


class _BaseGenericAlias(_Final):
    """A type that stands for a class, its origin; most attributes are the origin's."""

    def __init__(self, origin, *, inst=True, name=None):
        self._inst = inst
        self._name = name
        if origin is not None:
            self.__origin__ = origin
        self.__slots__ = None

    def __call__(self, *args, **kwargs):
        if not self._inst:
            raise TypeError(
                f"Type {self._name} cannot be instantiated; use {self.__origin__.__name__}() instead"
            )
        made = self.__origin__(*args, **kwargs)
        try:
            made.__orig_class__ = self
        except AttributeError:
            pass
        return made

    def __mro_entries__(self, bases):
        entries = [] if self.__origin__ in bases else [self.__origin__]
        at = bases.index(self)
        for base in bases[at + 1:]:
            if isinstance(base, _BaseGenericAlias) or isinstance(base, type) and issubclass(base, Generic):
                break
        else:
            entries.append(Generic)
        return tuple(entries)

    def __getattr__(self, attr):
        if attr in ("__origin__", "__args__"):
            return super().__getattribute__(attr)
        if "__origin__" in self.__dict__ and not _is_dunder(attr):
            return getattr(self.__origin__, attr)
        if attr in ("__name__", "__qualname__"):
            return self._name or self.__origin__.__name__
        raise AttributeError(attr)

    def __setattr__(self, attr, value):
        if _is_dunder(attr) or attr in ("_name", "_inst", "_nparams"):
            super().__setattr__(attr, value)
        else:
            setattr(self.__origin__, attr, value)

    def __instancecheck__(self, obj):
        return self.__subclasscheck__(type(obj))

    def __subclasscheck__(self, cls):
        raise TypeError("Subscripted generics cannot be used with class and instance checks")

    def __dir__(self):
        return sorted({*super().__dir__(), *[name for name in dir(self.__origin__) if not _is_dunder(name)]})


class _GenericAlias(_BaseGenericAlias):
    """A type with arguments."""

    def __init__(self, origin, args, *, inst=True, name=None):
        super().__init__(origin, inst=inst, name=name)
        self.__args__ = args if isinstance(args, tuple) else (args,)
        self.__parameters__ = _typing._collect_parameters(self.__args__)
        if not name:
            self.__module__ = origin.__module__

    def __eq__(self, other):
        if not isinstance(other, _GenericAlias):
            return NotImplemented
        return self.__origin__ == other.__origin__ and self.__args__ == other.__args__

    def __hash__(self):
        return hash((self.__origin__, self.__args__))

    def __or__(self, right):
        return Union[self, right]

    def __ror__(self, left):
        return Union[left, self]

    @_tp_cache
    def __getitem__(self, args):
        if self.__origin__ is Generic or self.__origin__ is _space.get("Protocol"):
            raise TypeError(f"Cannot subscript already-subscripted {self}")
        if not self.__parameters__:
            raise TypeError(f"{self} is not a generic class")
        if not isinstance(args, tuple):
            args = (args,)
        return self.copy_with(self._replaced(_unpacked([_type_convert(arg) for arg in args])))

    def _replaced(self, args):
        """The arguments with new types for the type variables."""
        parameters = self.__parameters__
        for parameter in parameters:
            prepare = getattr(parameter, "__typing_prepare_subst__", None)
            if prepare is not None:
                args = prepare(self, args)
        if len(args) != len(parameters):
            many = "many" if len(args) > len(parameters) else "few"
            raise TypeError(f"Too {many} arguments for {self}; actual {len(args)}, expected {len(parameters)}")
        return tuple(self._replace(self.__args__, dict(zip(parameters, args))))

    def _replace(self, args, values):
        found = []
        for arg in args:
            if isinstance(arg, type):
                found.append(arg)
                continue
            if isinstance(arg, tuple):
                found.append(tuple(self._replace(arg, values)))
                continue
            parameters = getattr(arg, "__parameters__", ())
            if not isinstance(parameters, tuple):
                parameters = ()
            if hasattr(arg, "__typing_subst__"):
                new = arg.__typing_subst__(values[arg])
            elif parameters:
                picked = []
                for parameter in parameters:
                    if isinstance(parameter, TypeVarTuple):
                        picked.extend(values[parameter])
                    else:
                        picked.append(values[parameter])
                new = arg[tuple(picked)]
            else:
                found.append(arg)
                continue
            if _is_unpacked(arg):
                # What a TypeVarTuple stands for takes its place.
                found.extend(values[parameters[0]])
            elif isinstance(new, tuple) and self._is_callable():
                found.extend(new)
            else:
                found.append(new)
        return found

    def _is_callable(self):
        return getattr(self.__origin__, "__name__", None) == "Callable"

    def copy_with(self, args):
        """The same type with other arguments."""
        return self.__class__(self.__origin__, args, name=self._name, inst=self._inst)

    def __repr__(self):
        name = "typing." + self._name if self._name else _type_repr(self.__origin__)
        return f"{name}[{', '.join([_type_repr(arg) for arg in self.__args__]) or '()'}]"

    def __reduce__(self):
        import operator

        origin = getattr(sys.modules["typing"], self._name) if self._name else self.__origin__
        args = self.__args__
        if len(args) == 1 and not isinstance(args[0], tuple):
            args = args[0]
        return operator.getitem, (origin, args)

    def __mro_entries__(self, bases):
        if not isinstance(self.__origin__, type):
            raise TypeError(f"Cannot subclass {self!r}")
        if self._name:
            return super().__mro_entries__(bases)
        if self.__origin__ is Generic:
            protocol = _space.get("Protocol")
            if protocol is not None and protocol in bases:
                return ()
            at = bases.index(self)
            for base in bases[at + 1:]:
                if isinstance(base, _BaseGenericAlias) and base is not self:
                    return ()
        return (self.__origin__,)

    def __iter__(self):
        from typing import Unpack

        yield Unpack[self]


class _SpecialGenericAlias(_BaseGenericAlias):
    """A type such as `List`, without arguments yet; -1 parameters are any number.

    The origin may be a pair of module and name: it is loaded when it is first needed.
    """

    __iter__ = None

    def __init__(self, origin, nparams, *, inst=True, name=None):
        if isinstance(origin, tuple):
            self.__source__ = module, attribute = origin
            origin = None
        else:
            module, attribute = origin.__module__, origin.__qualname__
        super().__init__(origin, inst=inst, name=name or attribute)
        self._nparams = nparams
        shown = "collections.abc" if module == "_collections_abc" else module
        self.__doc__ = f"A generic version of {shown}.{attribute}."

    def __getattr__(self, attr):
        if attr == "__origin__":
            module, attribute = self.__source__
            __import__(module)
            self.__origin__ = getattr(sys.modules[module], attribute)
            return self.__origin__
        if not _is_dunder(attr):
            return getattr(self.__origin__, attr)
        return super().__getattr__(attr)

    @_tp_cache
    def __getitem__(self, params):
        if not isinstance(params, tuple):
            params = (params,)
        params = tuple([_type_check(p, "Parameters to generic types must be types.") for p in params])
        _typing._check_generic(self, params, self._nparams)
        return self.copy_with(params)

    def copy_with(self, params):
        """The type with arguments."""
        return _GenericAlias(self.__origin__, params, name=self._name, inst=self._inst)

    def __repr__(self):
        return "typing." + self._name

    def __subclasscheck__(self, cls):
        if isinstance(cls, _SpecialGenericAlias):
            return issubclass(cls.__origin__, self.__origin__)
        if not isinstance(cls, _GenericAlias):
            return issubclass(cls, self.__origin__)
        return super().__subclasscheck__(cls)

    def __reduce__(self):
        return self._name

    def __or__(self, right):
        return Union[self, right]

    def __ror__(self, left):
        return Union[left, self]


class _TupleType(_SpecialGenericAlias):
    @_tp_cache
    def __getitem__(self, params):
        if not isinstance(params, tuple):
            params = (params,)
        if len(params) >= 2 and params[-1] is ...:
            message = "Tuple[t, ...]: t must be a type."
            return self.copy_with((*[_type_check(p, message) for p in params[:-1]], ...))
        return self.copy_with(tuple([_type_check(p, "Tuple[t0, t1, ...]: each t must be a type.") for p in params]))


class _CallableGenericAlias(_GenericAlias):
    """`Callable` with its arguments, which are those of the list, then the result."""

    __iter__ = None

    def __repr__(self):
        args = self.__args__
        if len(args) == 2 and _is_param_expr(args[0]):
            return super().__repr__()
        return f"typing.Callable[[{', '.join([_type_repr(a) for a in args[:-1]])}], {_type_repr(args[-1])}]"

    def __reduce__(self):
        import operator

        from typing import Callable

        args = self.__args__
        if not (len(args) == 2 and _is_param_expr(args[0])):
            args = list(args[:-1]), args[-1]
        return operator.getitem, (Callable, args)


class _CallableType(_SpecialGenericAlias):
    def copy_with(self, params):
        return _CallableGenericAlias(self.__origin__, params, name=self._name, inst=self._inst)

    def __getitem__(self, params):
        if not isinstance(params, tuple) or len(params) != 2:
            raise TypeError("Callable must be used as Callable[[arg, ...], result].")
        args, result = params
        return self._of(tuple(args) if isinstance(args, list) else args, result)

    @_tp_cache
    def _of(self, args, result):
        result = _type_check(result, "Callable[args, result]: result must be a type.")
        if args is ...:
            return self.copy_with((..., result))
        if not isinstance(args, tuple):
            args = (args,)
        return self.copy_with((*[_type_convert(arg) for arg in args], result))


class _UnionGenericAlias(_GenericAlias):
    """One of several types."""

    __iter__ = None

    def copy_with(self, params):
        return Union[params]

    def __eq__(self, other):
        if not isinstance(other, (_UnionGenericAlias, _UnionType)):
            return NotImplemented
        return set(self.__args__) == set(other.__args__)

    def __hash__(self):
        return hash(frozenset(self.__args__))

    def __repr__(self):
        args = self.__args__
        if len(args) == 2 and _NoneType in args:
            return f"typing.Optional[{_type_repr(args[1] if args[0] is _NoneType else args[0])}]"
        return f"typing.Union[{', '.join([_type_repr(arg) for arg in args])}]"

    def __instancecheck__(self, obj):
        return self.__subclasscheck__(type(obj))

    def __subclasscheck__(self, cls):
        # As far as the answer needs: what comes later may be no class at all.
        for arg in self.__args__:
            if issubclass(cls, arg):
                return True
        return False

    def __reduce__(self):
        import operator

        return operator.getitem, (Union, self.__args__)


class _LiteralGenericAlias(_GenericAlias):
    """One of several values."""

    def __eq__(self, other):
        if not isinstance(other, _LiteralGenericAlias):
            return NotImplemented
        return self._typed() == other._typed()

    def _typed(self):
        return {(value, type(value)) for value in self.__args__}

    def __hash__(self):
        return hash(frozenset(self._typed()))

    def __repr__(self):
        return f"typing.Literal[{', '.join([_type_repr(value) for value in self.__args__])}]"


class _ConcatenateGenericAlias(_GenericAlias):
    """Parameters, then those that a ParamSpec stands for."""

    def copy_with(self, params):
        if isinstance(params[-1], (list, tuple)):
            return (*params[:-1], *params[-1])
        if isinstance(params[-1], _ConcatenateGenericAlias):
            params = (*params[:-1], *params[-1].__args__)
        return super().copy_with(params)


class _UnpackGenericAlias(_GenericAlias):
    """The types in a tuple, one by one."""

    def __repr__(self):
        return "*" + repr(self.__args__[0])

    def __getitem__(self, args):
        if self.__typing_is_unpacked_typevartuple__:
            return args
        return super().__getitem__(args)

    @property
    def __typing_unpacked_tuple_args__(self):
        inner = self.__args__[0]
        if isinstance(inner, (_GenericAlias, _Native)) and inner.__origin__ is tuple:
            return inner.__args__
        return None

    @property
    def __typing_is_unpacked_typevartuple__(self):
        return isinstance(self.__args__[0], TypeVarTuple)


class _AnnotatedAlias(_GenericAlias):
    """A type with what else is said of it."""

    __iter__ = None

    def __init__(self, origin, metadata):
        if isinstance(origin, _AnnotatedAlias):
            metadata = origin.__metadata__ + metadata
            origin = origin.__origin__
        super().__init__(origin, origin)
        self.__metadata__ = metadata

    def copy_with(self, params):
        return _AnnotatedAlias(params[0], self.__metadata__)

    def __repr__(self):
        return f"typing.Annotated[{_type_repr(self.__origin__)}, {', '.join([repr(m) for m in self.__metadata__])}]"

    def __eq__(self, other):
        if not isinstance(other, _AnnotatedAlias):
            return NotImplemented
        return self.__origin__ == other.__origin__ and self.__metadata__ == other.__metadata__

    def __hash__(self):
        return hash((self.__origin__, self.__metadata__))

    def __getattr__(self, attr):
        return "Annotated" if attr in ("__name__", "__qualname__") else super().__getattr__(attr)

    def __mro_entries__(self, bases):
        return (self.__origin__,)

    def __reduce__(self):
        import operator

        return operator.getitem, (Annotated, (self.__origin__, *self.__metadata__))


class Generic:
    """The base class of classes that take types as arguments."""

    __slots__ = ()

    @_tp_cache
    def __class_getitem__(cls, params):
        if not isinstance(params, tuple):
            params = (params,)
        params = tuple([_type_convert(p) for p in params])
        if cls in (Generic, _space.get("Protocol", Generic)):
            if not params:
                raise TypeError(f"Parameter list to {cls.__qualname__}[...] cannot be empty")
            if not all([isinstance(p, (TypeVar, ParamSpec)) or _is_unpacked(p) for p in params]):
                raise TypeError(
                    f"Parameters to {cls.__name__}[...] must all be type variables or parameter specification variables."
                )
            if len(set(params)) != len(params):
                raise TypeError(f"Parameters to {cls.__name__}[...] must all be unique")
        else:
            for parameter in cls.__parameters__:
                prepare = getattr(parameter, "__typing_prepare_subst__", None)
                if prepare is not None:
                    params = prepare(cls, params)
            _typing._check_generic(cls, params, len(cls.__parameters__))
            given = []
            for parameter, new in zip(cls.__parameters__, params):
                if isinstance(parameter, TypeVarTuple):
                    given.extend(new)
                else:
                    given.append(new)
            params = tuple(given)
        return _GenericAlias(cls, params)

    def __init_subclass__(cls, *args, **kwargs):
        super().__init_subclass__(*args, **kwargs)
        bases = cls.__dict__.get("__orig_bases__")
        if Generic in (cls.__bases__ if bases is None else bases):
            if bases is not None or cls.__name__ != "Protocol" and not _is_typed_dict(cls):
                raise TypeError("Cannot inherit from plain Generic")
        variables = ()
        if bases is not None:
            variables = _typing._collect_parameters(bases)
            listed = None
            for base in bases:
                if isinstance(base, _GenericAlias) and base.__origin__ is Generic:
                    if listed is not None:
                        raise TypeError("Cannot inherit from Generic[...] multiple times.")
                    listed = base.__parameters__
            if listed is not None:
                missing = [str(v) for v in variables if v not in listed]
                if missing:
                    raise TypeError(
                        f"Some type variables ({', '.join(missing)}) are not listed in "
                        f"Generic[{', '.join([str(v) for v in listed])}]"
                    )
                variables = listed
        cls.__parameters__ = tuple(variables)


def _is_unpacked(parameter):
    return isinstance(parameter, _UnpackGenericAlias) and parameter.__typing_is_unpacked_typevartuple__


def _is_typed_dict(cls):
    return type(cls).__name__ == "_TypedDictMeta"


class NewType:
    """A type of its own for those who read types; at run time, a function that returns its argument."""

    def __init__(self, name, tp):
        self.__qualname__ = name
        self.__name__ = name.rpartition(".")[2]
        self.__supertype__ = tp
        module = _caller()
        if module != "typing":
            self.__module__ = module

    def __call__(self, x):
        return x

    def __mro_entries__(self, bases):
        parent = self.__name__

        class Refusal:
            # What the class would have been called is only said when it is made.
            def __init_subclass__(cls):
                name = cls.__name__
                raise TypeError(
                    "Cannot subclass an instance of NewType. Perhaps you were looking for: "
                    f"`{name} = NewType({name!r}, {parent})`"
                )

        return (Refusal,)

    def __repr__(self):
        return f"{self.__module__}.{self.__qualname__}"

    def __reduce__(self):
        return self.__qualname__

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]
