"""The classes that literals and subscripts had in the trees of older versions: calling them makes today's nodes."""

from _ast import AST, Constant, Load, Tuple, expr_context, mod

_Dots = type(...)


class _Older(type):
    """Literals by the type of their value: `isinstance(Constant(1), Num)`."""

    def __init__(cls, *args):
        cls.__doc__ = "Older than Constant, which is used instead."

    def __instancecheck__(cls, node):
        if not isinstance(node, Constant):
            return False
        types = _TYPES.get(cls)
        if types is None:
            return type.__instancecheck__(cls, node)
        value = getattr(node, "value", NotImplemented)
        return isinstance(value, types) and not (cls is Num and isinstance(value, bool))


def _new(cls, *args, **kwargs):
    for name in cls._fields[:len(args)]:
        if name in kwargs:
            raise TypeError(f"{cls.__name__} got multiple values for argument {name!r}")
    if cls in _TYPES:
        return Constant(*args, **kwargs)
    return Constant.__new__(cls)


class Num(Constant, metaclass=_Older):
    _fields = ("n",)
    __new__ = _new


class Str(Constant, metaclass=_Older):
    _fields = ("s",)
    __new__ = _new


class Bytes(Constant, metaclass=_Older):
    _fields = ("s",)
    __new__ = _new


class NameConstant(Constant, metaclass=_Older):
    __new__ = _new


class Ellipsis(Constant, metaclass=_Older):
    _fields = ()

    def __new__(cls, *args, **kwargs):
        if cls is Ellipsis:
            return Constant(..., *args, **kwargs)
        return Constant.__new__(cls)


_TYPES = {
    Num: (int, float, complex),
    Str: (str,),
    Bytes: (bytes,),
    NameConstant: (type(None), bool),
    Ellipsis: (_Dots,),
}


def old_kind(value):
    """The name of the older class for a value, or None."""
    if isinstance(value, bool):
        return "NameConstant"
    for cls, types in _TYPES.items():
        if isinstance(value, types):
            return cls.__name__
    return None


class slice(AST):
    """Older than plain expressions as subscripts."""


class Index(slice):
    """The subscript itself."""

    def __new__(cls, value, **kwargs):
        return value


class ExtSlice(slice):
    """A tuple of subscripts."""

    def __new__(cls, dims=(), **kwargs):
        return Tuple(list(dims), Load(), **kwargs)


class Suite(mod):
    """Not used."""


class AugLoad(expr_context):
    """Not used."""


class AugStore(expr_context):
    """Not used."""


class Param(expr_context):
    """Not used."""


def _alias(name):
    return property(lambda node: getattr(node, name), lambda node, value: setattr(node, name, value))


Constant.n = _alias("value")
Constant.s = _alias("value")
Tuple.dims = _alias("elts")

for _cls in (Num, Str, Bytes, NameConstant, Ellipsis, slice, Index, ExtSlice, Suite, AugLoad, AugStore, Param):
    _cls.__module__ = "ast"
