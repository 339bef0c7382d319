"""What annotations are written with. The types mean nothing at run time, but can be looked at.

Importing is cheap: most names are made, or the modules that hold them loaded, when they are asked for.
"""

import sys
from _functools import _lru_cache_wrapper

__name__ = "typing"

TYPE_CHECKING = False
# For looking whether a name has been made already.
_space = globals()
GenericAlias = type(list[int])
_UnionType = type(int | None)
_NoneType = type(None)


# Reprs and checks.


def _type_repr(obj):
    """How a type stands in the repr of another."""
    if isinstance(obj, GenericAlias):
        return repr(obj)
    if isinstance(obj, type):
        return obj.__qualname__ if obj.__module__ == "builtins" else f"{obj.__module__}.{obj.__qualname__}"
    if obj is ...:
        return "..."
    if type(obj) is type(_type_repr):
        return obj.__name__
    return repr(obj)


def _type_convert(arg, module=None, *, allow_special_forms=False):
    """None means its type, and a string a type that is looked up later."""
    if arg is None:
        return _NoneType
    return ForwardRef(arg, module=module, is_class=allow_special_forms) if isinstance(arg, str) else arg


def _type_check(arg, msg, is_argument=True, module=None, *, allow_special_forms=False):
    """A type given as an argument, converted; TypeError if it cannot be one."""
    arg = _type_convert(arg, module, allow_special_forms=allow_special_forms)
    if isinstance(arg, _GenericAlias):
        # Protocol is only loaded where it is used.
        invalid = (Generic, _space.get("Protocol", Generic))
        if not allow_special_forms:
            invalid += (ClassVar,)
            if is_argument:
                invalid += (Final,)
        if arg.__origin__ in invalid:
            raise TypeError(f"{arg} is not valid as type argument")
    elif isinstance(arg, _SpecialForm):
        if arg in _PLAIN or allow_special_forms and arg in (ClassVar, Final):
            return arg
        raise TypeError(f"Plain {arg} is not valid as type argument")
    elif arg is Generic or arg is _space.get("Protocol", Generic):
        raise TypeError(f"Plain {arg} is not valid as type argument")
    elif type(arg) is tuple:
        raise TypeError(f"{msg} Got {arg!r:.100}.")
    return arg


def _is_param_expr(arg):
    """Whether an argument can stand for all parameters of a callable."""
    return arg is ... or isinstance(arg, (tuple, list, ParamSpec, _ConcatenateGenericAlias))


def _collect_parameters(args):
    """The type variables in arguments, in order, each once."""
    found = []
    for arg in args:
        if isinstance(arg, type):
            continue
        if isinstance(arg, tuple):
            inner = _collect_parameters(arg)
        elif hasattr(arg, "__typing_subst__"):
            inner = (arg,)
        else:
            inner = getattr(arg, "__parameters__", ())
        for parameter in inner:
            if parameter not in found:
                found.append(parameter)
    return tuple(found)


def _check_generic(cls, args, expected):
    if not expected:
        raise TypeError(f"{cls} is not a generic class")
    if len(args) != expected:
        many = "many" if len(args) > expected else "few"
        raise TypeError(f"Too {many} arguments for {cls}; actual {len(args)}, expected {expected}")


def _unpacked(args):
    """Arguments with `*tuple[int, str]` replaced by what is in it."""
    flat = []
    for arg in args:
        inner = None if isinstance(arg, type) else getattr(arg, "__typing_unpacked_tuple_args__", None)
        if inner is not None and not (inner and inner[-1] is ...):
            flat.extend(inner)
        else:
            flat.append(arg)
    return tuple(flat)


def _flat_literals(parameters):
    for parameter in parameters:
        if isinstance(parameter, _LiteralGenericAlias):
            yield from parameter.__args__
        else:
            yield parameter


# What empties the caches.
_cleanups = []


def _tp_cache(function, typed=False):
    """A function of types that gives the same object for the same ones."""
    cached = _lru_cache_wrapper(function, 128, typed, None)
    _cleanups.extend([cached.cache_clear])

    def remembered(*args):
        try:
            return cached(*args)
        except TypeError:
            # Either not hashable, or wrong, which is then raised anew.
            return function(*args)

    remembered.__name__, remembered.__qualname__ = function.__name__, function.__qualname__
    remembered.__doc__ = function.__doc__
    return remembered


class _Final:
    """Classes of which there are no subclasses outside this module."""

    __slots__ = ("__weakref__",)

    def __init_subclass__(cls, /, *args, _root=False, **kwds):
        if not _root and cls.__module__ != "typing":
            raise TypeError("Cannot subclass special typing classes")


class _SpecialForm(_Final):
    """A name such as `Union` that means something of its own when it is subscripted."""

    __iter__ = None

    def __init__(self, getitem):
        self._getitem = getitem
        self._name = getitem.__name__
        self.__doc__ = getitem.__doc__

    def __getattr__(self, item):
        if item in ("__name__", "__qualname__"):
            return self._name
        raise AttributeError(item)

    def __mro_entries__(self, bases):
        raise TypeError(f"Cannot subclass {self!r}")

    def __repr__(self):
        return "typing." + self._name

    def __reduce__(self):
        return self._name

    def __call__(self, *args, **kwds):
        raise TypeError(f"Cannot instantiate {self!r}")

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __instancecheck__(self, obj):
        raise TypeError(f"{self} cannot be used with isinstance()")

    def __subclasscheck__(self, cls):
        raise TypeError(f"{self} cannot be used with issubclass()")

    @_tp_cache
    def __getitem__(self, parameters):
        return self._getitem(self, parameters)


class _LiteralForm(_SpecialForm):
    """`Literal`, for which 1 and True are not the same."""

    def __init__(self, getitem):
        super().__init__(getitem)
        self._cached = _tp_cache(getitem, typed=True)

    def __getitem__(self, parameters):
        return self._cached(self, *parameters) if isinstance(parameters, tuple) else self._cached(self, parameters)


class _AnyMeta(type):
    def __instancecheck__(self, obj):
        if self is Any:
            raise TypeError("typing.Any cannot be used with isinstance()")
        return super().__instancecheck__(obj)

    def __repr__(self):
        return "typing.Any" if self is Any else super().__repr__()


class Any(metaclass=_AnyMeta):
    """The type that every value has, and that has every method."""

    def __new__(cls, *args, **kwargs):
        if cls is Any:
            raise TypeError("Any cannot be instantiated")
        return super().__new__(cls, *args, **kwargs)


# Special forms.


def _plain(name, doc):
    """A special form that takes no arguments."""

    def getitem(self, parameters):
        raise TypeError(f"{self} is not subscriptable")

    getitem.__name__ = name
    getitem.__doc__ = doc
    return _SpecialForm(getitem)


NoReturn = _plain("NoReturn", "The result of a function that does not return.")
Never = _plain("Never", "The type that no value has.")
Self = _plain("Self", "The class in whose body it stands.")
LiteralString = _plain("LiteralString", "A string made from literals only.")
TypeAlias = _plain("TypeAlias", "Says that an assignment names a type.")


@_SpecialForm
def ClassVar(self, parameters):
    """An attribute of the class, not of its instances."""
    return _GenericAlias(self, (_type_check(parameters, f"{self} accepts only single type."),))


@_SpecialForm
def Final(self, parameters):
    """A name that is not assigned again."""
    return _GenericAlias(self, (_type_check(parameters, f"{self} accepts only single type."),))


@_SpecialForm
def Union(self, parameters):
    """One of several types."""
    if parameters == ():
        raise TypeError("Cannot take a Union of no types.")
    if not isinstance(parameters, tuple):
        parameters = (parameters,)
    found = []
    for parameter in parameters:
        parameter = _type_check(parameter, "Union[arg, ...]: each arg must be a type.")
        inner = parameter.__args__ if isinstance(parameter, (_UnionGenericAlias, _UnionType)) else (parameter,)
        for one in inner:
            if one not in found:
                found.append(one)
    if len(found) == 1:
        return found[0]
    is_optional = len(found) == 2 and _NoneType in found
    return _UnionGenericAlias(self, tuple(found), name="Optional" if is_optional else None)


@_SpecialForm
def Optional(self, parameters):
    """A type or None."""
    return Union[_type_check(parameters, f"{self} requires a single type."), _NoneType]


@_LiteralForm
def Literal(self, *parameters):
    """One of several values."""
    flat = tuple(_flat_literals(parameters))
    try:
        # 1 and True are equal, but different literals.
        flat = tuple([value for value, _ in dict.fromkeys([(value, type(value)) for value in flat])])
    except TypeError:
        # What is not hashable may be there twice.
        pass
    return _LiteralGenericAlias(self, flat)


@_SpecialForm
def Concatenate(self, parameters):
    """Parameters before those that a ParamSpec stands for."""
    if parameters == ():
        raise TypeError("Cannot take a Concatenate of no types.")
    if not isinstance(parameters, tuple):
        parameters = (parameters,)
    if not (parameters[-1] is ... or isinstance(parameters[-1], ParamSpec)):
        raise TypeError("The last parameter to Concatenate should be a ParamSpec variable or ellipsis.")
    message = "Concatenate[arg, ...]: each arg must be a type."
    parameters = (*[_type_check(p, message) for p in parameters[:-1]], parameters[-1])
    return _ConcatenateGenericAlias(self, parameters)


@_SpecialForm
def TypeGuard(self, parameters):
    """The result of a function that says whether its argument is of a type."""
    return _GenericAlias(self, (_type_check(parameters, f"{self} accepts only single type."),))


@_SpecialForm
def Required(self, parameters):
    """A key that a TypedDict must have."""
    item = _type_check(parameters, f"{self._name} accepts only a single type.", allow_special_forms=True)
    return _GenericAlias(self, (item,))


@_SpecialForm
def NotRequired(self, parameters):
    """A key that a TypedDict may lack."""
    item = _type_check(parameters, f"{self._name} accepts only a single type.", allow_special_forms=True)
    return _GenericAlias(self, (item,))


@_SpecialForm
def Unpack(self, parameters):
    """The types in a tuple, one by one; another way to write `*`."""
    return _UnpackGenericAlias(self, (_type_check(parameters, f"{self} accepts only single type."),))


_PLAIN = (NoReturn, Never, Self, LiteralString, TypeAlias)


class Annotated:
    """A type with anything else that is to be said of it."""

    __slots__ = ()

    def __new__(cls, *args, **kwargs):
        raise TypeError("Type Annotated cannot be instantiated.")

    def __class_getitem__(cls, params):
        if not isinstance(params, tuple) or len(params) < 2:
            raise TypeError("Annotated[...] should be used with at least two arguments (a type and an annotation).")
        return cls._of(*params)

    def _of(*params):
        if getattr(params[0], "__typing_is_unpacked_typevartuple__", False):
            raise TypeError("Annotated[...] should not be used with an unpacked TypeVarTuple")
        message = "Annotated[t, ...]: t must be a type."
        return _AnnotatedAlias(_type_check(params[0], message, allow_special_forms=True), params[1:])

    # 1 and True say different things.
    _of = staticmethod(_tp_cache(_of, typed=True))

    def __init_subclass__(cls, *args, **kwargs):
        raise TypeError(f"Cannot subclass {cls.__module__}.Annotated")


# Type variables.


def _caller(depth=2):
    """The name of the module that made something."""
    return sys._getframe(depth).f_globals.get("__name__", "__main__")


class _Variable(_Final):
    """What type variables of all kinds have in common."""

    def _init(self, name, bound, covariant, contravariant):
        if covariant and contravariant:
            raise ValueError("Bivariant types are not supported.")
        self.__name__ = name
        self.__covariant__ = bool(covariant)
        self.__contravariant__ = bool(contravariant)
        self.__bound__ = _type_check(bound, "Bound must be a type.") if bound is not None else None
        module = _caller(3)
        if module != "typing":
            self.__module__ = module

    def __or__(self, right):
        return Union[self, right]

    def __ror__(self, left):
        return Union[left, self]

    def __repr__(self):
        sign = "+" if self.__covariant__ else "-" if self.__contravariant__ else "~"
        return sign + self.__name__

    def __reduce__(self):
        return self.__name__

    def __mro_entries__(self, bases):
        raise TypeError(f"Cannot subclass an instance of {type(self).__name__}")


class TypeVar(_Variable):
    """Stands for a type."""

    def __init__(self, name, *constraints, bound=None, covariant=False, contravariant=False):
        self._init(name, bound, covariant, contravariant)
        if constraints and bound is not None:
            raise TypeError("Constraints cannot be combined with bound=...")
        if len(constraints) == 1:
            raise TypeError("A single constraint is not allowed")
        message = "TypeVar(name, constraint, ...): constraints must be types."
        self.__constraints__ = tuple([_type_check(t, message) for t in constraints])

    def __typing_subst__(self, arg):
        arg = _type_check(arg, "Parameters to generic types must be types.")
        if isinstance(arg, GenericAlias) and arg.__unpacked__ or isinstance(arg, _UnpackGenericAlias):
            raise TypeError(f"{arg} is not valid as type argument")
        return arg


def _repeated(arg):
    """What `*tuple[t, ...]` has between its brackets; nothing for other arguments."""
    inside = None if isinstance(arg, type) else getattr(arg, "__typing_unpacked_tuple_args__", None)
    return inside if inside and len(inside) == 2 and inside[1] is ... else ()


class TypeVarTuple(_Final):
    """Stands for any number of types."""

    def __init__(self, name):
        self.__name__ = name
        module = _caller()
        if module != "typing":
            self.__module__ = module

    def __iter__(self):
        yield Unpack[self]

    def __repr__(self):
        return self.__name__

    def __typing_subst__(self, arg):
        raise TypeError("Substitution of bare TypeVarTuple is not supported")

    def __typing_prepare_subst__(self, alias, args):
        parameters = alias.__parameters__
        at = parameters.index(self)
        after = len(parameters) - at - 1
        if any([isinstance(parameter, TypeVarTuple) for parameter in parameters[at + 1:]]):
            raise TypeError(f"More than one TypeVarTuple parameter in {alias}")
        endless = [i for i, arg in enumerate(args) if _repeated(arg)]
        if len(endless) > 1:
            raise TypeError("More than one unpacked arbitrary-length tuple argument")
        if not endless:
            if len(args) < at + after:
                least = len(parameters) - 1
                raise TypeError(f"Too few arguments for {alias}; actual {len(args)}, expected at least {least}")
            end = len(args) - after
            return (*args[:at], tuple(args[at:end]), *args[end:])
        # What an endless tuple repeats also stands for the variables beside this one that get no argument.
        [where] = endless
        left, right = min(at, where), min(after, len(args) - where - 1)
        fill = _repeated(args[where])[:1]
        end = len(args) - right
        return (*args[:left], *fill * (at - left), tuple(args[left:end]), *fill * (after - right), *args[end:])

    def __reduce__(self):
        return self.__name__


class ParamSpecArgs(_Final):
    """The type of `*args` for a ParamSpec."""

    def __init__(self, origin):
        self.__origin__ = origin

    def __repr__(self):
        return f"{self.__origin__.__name__}.args"

    def __eq__(self, other):
        return self.__origin__ == other.__origin__ if isinstance(other, ParamSpecArgs) else NotImplemented


class ParamSpecKwargs(_Final):
    """The type of `**kwargs` for a ParamSpec."""

    def __init__(self, origin):
        self.__origin__ = origin

    def __repr__(self):
        return f"{self.__origin__.__name__}.kwargs"

    def __eq__(self, other):
        return self.__origin__ == other.__origin__ if isinstance(other, ParamSpecKwargs) else NotImplemented


class ParamSpec(_Variable):
    """Stands for all parameters of a callable."""

    def __init__(self, name, *, bound=None, covariant=False, contravariant=False):
        self._init(name, bound, covariant, contravariant)

    @property
    def args(self):
        """The type of `*args`."""
        return ParamSpecArgs(self)

    @property
    def kwargs(self):
        """The type of `**kwargs`."""
        return ParamSpecKwargs(self)

    def __typing_subst__(self, arg):
        if isinstance(arg, (list, tuple)):
            return tuple([_type_check(a, "Expected a type.") for a in arg])
        if not _is_param_expr(arg):
            raise TypeError(f"Expected a list of types, an ellipsis, ParamSpec, or Concatenate. Got {arg}")
        return arg

    def __typing_prepare_subst__(self, alias, args):
        parameters = alias.__parameters__
        at = parameters.index(self)
        if at >= len(args):
            raise TypeError(f"Too few arguments for {alias}")
        # X[int, str] is another way to write X[[int, str]].
        if len(parameters) == 1 and not _is_param_expr(args[0]):
            return (args,)
        if isinstance(args[at], list):
            return (*args[:at], tuple(args[at]), *args[at + 1:])
        return args


class ForwardRef(_Final):
    """A type that is named by a string, and looked up when it is asked for."""

    __slots__ = ("__forward_arg__", "__forward_code__", "__forward_evaluated__", "__forward_value__",
                 "__forward_is_argument__", "__forward_is_class__", "__forward_module__")

    def __init__(self, arg, is_argument=True, module=None, *, is_class=False):
        if not isinstance(arg, str):
            raise TypeError(f"Forward reference must be a string -- got {arg!r}")
        # A star is only allowed where a subscript is.
        text = f"({arg},)[0]" if arg.startswith("*") else arg
        try:
            code = compile(text, "<string>", "eval")
        except SyntaxError:
            raise SyntaxError(f"Forward reference must be an expression -- got {arg!r}") from None
        self.__forward_arg__ = arg
        self.__forward_code__ = code
        self.__forward_evaluated__ = False
        self.__forward_value__ = None
        self.__forward_is_argument__ = is_argument
        self.__forward_is_class__ = is_class
        self.__forward_module__ = module

    def _evaluate(self, globalns, localns, recursive_guard):
        if self.__forward_arg__ in recursive_guard:
            return self
        if not self.__forward_evaluated__ or localns is not globalns:
            if globalns is None and localns is None:
                globalns = localns = {}
            elif globalns is None:
                globalns = localns
            elif localns is None:
                localns = globalns
            if self.__forward_module__ is not None:
                globalns = getattr(sys.modules.get(self.__forward_module__), "__dict__", globalns)
            found = _type_check(
                eval(self.__forward_code__, globalns, localns), "Forward references must evaluate to types.",
                is_argument=self.__forward_is_argument__, allow_special_forms=self.__forward_is_class__,
            )
            from _typing_tools import _eval_type

            self.__forward_value__ = _eval_type(found, globalns, localns, recursive_guard | {self.__forward_arg__})
            self.__forward_evaluated__ = True
        return self.__forward_value__

    def __eq__(self, other):
        if not isinstance(other, ForwardRef):
            return NotImplemented
        if self.__forward_evaluated__ and other.__forward_evaluated__:
            return (
                self.__forward_arg__ == other.__forward_arg__ and self.__forward_value__ == other.__forward_value__
            )
        return (
            self.__forward_arg__ == other.__forward_arg__ and self.__forward_module__ == other.__forward_module__
        )

    def __hash__(self):
        return hash((self.__forward_arg__, self.__forward_module__))

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __repr__(self):
        module = "" if self.__forward_module__ is None else f", module={self.__forward_module__!r}"
        return f"ForwardRef({self.__forward_arg__!r}{module})"


from _typing_aliases import (
    Generic, NewType, _AnnotatedAlias, _BaseGenericAlias, _CallableGenericAlias, _ConcatenateGenericAlias,
    _GenericAlias, _LiteralGenericAlias, _SpecialGenericAlias, _UnionGenericAlias, _UnpackGenericAlias,
)


def cast(typ, val):
    """The value itself: only for those who read types."""
    return val


def __getattr__(name):
    from _typing_names import find

    value = globals()[name] = find(name)
    return value


def __dir__():
    return sorted([*globals(), *__all__])


# As in `from typing import *`: the names that are made when asked for are in it too.
__all__ = [
    "Annotated", "Any", "Callable", "ClassVar", "Concatenate", "Final", "ForwardRef", "Generic", "Literal", "Optional",
    "ParamSpec", "Protocol", "Tuple", "Type", "TypeVar", "TypeVarTuple", "Union", "AbstractSet", "ByteString",
    "Container", "ContextManager", "Hashable", "ItemsView", "Iterable", "Iterator", "KeysView", "Mapping",
    "MappingView", "MutableMapping", "MutableSequence", "MutableSet", "Sequence", "Sized", "ValuesView", "Awaitable",
    "AsyncIterator", "AsyncIterable", "Coroutine", "Collection", "AsyncGenerator", "AsyncContextManager",
    "Reversible", "SupportsAbs", "SupportsBytes", "SupportsComplex", "SupportsFloat", "SupportsIndex", "SupportsInt",
    "SupportsRound", "ChainMap", "Counter", "Deque", "Dict", "DefaultDict", "List", "OrderedDict", "Set", "FrozenSet",
    "NamedTuple", "TypedDict", "Generator", "BinaryIO", "IO", "Match", "Pattern", "TextIO", "AnyStr", "assert_type",
    "assert_never", "cast", "clear_overloads", "dataclass_transform", "final", "get_args", "get_origin",
    "get_overloads", "get_type_hints", "is_typeddict", "LiteralString", "Never", "NewType", "no_type_check",
    "no_type_check_decorator", "NoReturn", "NotRequired", "overload", "ParamSpecArgs", "ParamSpecKwargs", "Required",
    "reveal_type", "runtime_checkable", "Self", "Text", "TYPE_CHECKING", "TypeAlias", "TypeGuard", "Unpack",
]
