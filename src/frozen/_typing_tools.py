"""The functions of `typing`."""

import sys
from typing import (
    Annotated, ClassVar, Final, ForwardRef, Generic, NotRequired, ParamSpec, ParamSpecArgs, ParamSpecKwargs, Required,
    Union, Unpack, _AnnotatedAlias, _BaseGenericAlias, _GenericAlias, _is_param_expr,
)

__name__ = "typing"

_Native = type(list[int])
_UnionType = type(int | str)
_NoneType = type(None)


# Looking at types.


def get_origin(tp):
    """The class or form that a type with arguments was made from; None for other types."""
    if isinstance(tp, _AnnotatedAlias):
        return Annotated
    if isinstance(tp, (_BaseGenericAlias, _Native, ParamSpecArgs, ParamSpecKwargs)):
        return tp.__origin__
    if tp is Generic:
        return Generic
    return _UnionType if isinstance(tp, _UnionType) else None


def get_args(tp):
    """The arguments of a type; an empty tuple for types without."""
    if isinstance(tp, _AnnotatedAlias):
        return (tp.__origin__, *tp.__metadata__)
    if isinstance(tp, (_GenericAlias, _Native)):
        args = tp.__args__
        callable_args = getattr(tp.__origin__, "__name__", None) == "Callable" and isinstance(tp.__origin__, type)
        if callable_args and not (len(args) == 2 and _is_param_expr(args[0])):
            args = (list(args[:-1]), args[-1])
        return args
    return tp.__args__ if isinstance(tp, _UnionType) else ()


def _eval_type(tp, globalns, localns, recursive_guard=frozenset()):
    """A type with the names in it looked up."""
    if isinstance(tp, ForwardRef):
        return tp._evaluate(globalns, localns, recursive_guard)
    if not isinstance(tp, (_GenericAlias, _Native, _UnionType)):
        return tp
    if isinstance(tp, _Native):
        # In list["X"] it is still a string.
        args = tuple([ForwardRef(arg) if isinstance(arg, str) else arg for arg in tp.__args__])
        if args != tp.__args__ or tp.__unpacked__:
            starred = tp.__unpacked__
            tp = _with_args(tp, args)
            tp = Unpack[tp] if starred else tp
    args = tuple([_eval_type(arg, globalns, localns, recursive_guard) for arg in tp.__args__])
    return tp if args == tp.__args__ else _with_args(tp, args)


def _with_args(tp, args):
    if isinstance(tp, _Native):
        return type(tp)(tp.__origin__, args)
    if isinstance(tp, _UnionType):
        joined = args[0]
        for arg in args[1:]:
            joined = joined | arg
        return joined
    return tp.copy_with(args)


def _strip_annotations(tp):
    """A type without what Annotated, Required and NotRequired say."""
    if isinstance(tp, _AnnotatedAlias):
        return _strip_annotations(tp.__origin__)
    if getattr(tp, "__origin__", None) in (Required, NotRequired):
        return _strip_annotations(tp.__args__[0])
    if isinstance(tp, (_GenericAlias, _Native, _UnionType)):
        args = tuple([_strip_annotations(arg) for arg in tp.__args__])
        return tp if args == tp.__args__ else _with_args(tp, args)
    return tp


def get_type_hints(obj, globalns=None, localns=None, include_extras=False):
    """The annotations of a function, class or module, with the names in strings looked up."""
    if getattr(obj, "__no_type_check__", None):
        return {}
    if isinstance(obj, type):
        hints = _class_hints(obj, globalns, localns)
    else:
        hints = _other_hints(obj, globalns, localns)
    return hints if include_extras else {name: _strip_annotations(tp) for name, tp in hints.items()}


def _class_hints(cls, globalns, localns):
    hints = {}
    for base in reversed(cls.__mro__):
        space = getattr(sys.modules.get(base.__module__), "__dict__", {}) if globalns is None else globalns
        own = dict(vars(base)) if localns is None else localns
        if localns is None and globalns is None:
            # The names of the class's own body come first only if the module lacks them.
            space, own = own, space
        annotations = base.__dict__.get("__annotations__", {})
        if not isinstance(annotations, dict):
            # A metaclass has the attribute by which classes have annotations.
            continue
        for name, tp in annotations.items():
            if tp is None:
                tp = _NoneType
            if isinstance(tp, str):
                tp = ForwardRef(tp, is_argument=False, is_class=True)
            hints[name] = _eval_type(tp, space, own)
    return hints


def _other_hints(obj, globalns, localns):
    if globalns is None:
        if isinstance(obj, type(sys)):
            globalns = obj.__dict__
        else:
            inner = obj
            while hasattr(inner, "__wrapped__"):
                inner = inner.__wrapped__
            globalns = getattr(inner, "__globals__", {})
        if localns is None:
            localns = globalns
    elif localns is None:
        localns = globalns
    annotations = getattr(obj, "__annotations__", None)
    if annotations is None:
        if callable(obj) or isinstance(obj, type(sys)):
            return {}
        raise TypeError(f"{obj!r} is not a module, class, method, or function.")
    hints = {}
    for name, tp in annotations.items():
        if tp is None:
            tp = _NoneType
        if isinstance(tp, str):
            tp = ForwardRef(tp, is_argument=not isinstance(obj, type(sys)), is_class=False)
        hints[name] = _eval_type(tp, globalns, localns)
    return hints


def _deduplicate(params):
    """Parameters as they come, each once."""
    once = list(dict.fromkeys(params))
    return once if len(once) < len(params) else params


# Decorators.

# Module → qualified name → line → function.
_overload_registry = {}


def _overload_dummy(*args, **kwds):
    raise NotImplementedError(
        "You should not call an overloaded function. A series of @overload-decorated functions outside a stub module "
        "should always be followed by an implementation that is not @overload-ed."
    )


def overload(func):
    """Mark one of several signatures of a function; the implementation follows without the decorator."""
    inner = getattr(func, "__func__", func)
    try:
        lines = _overload_registry.setdefault(inner.__module__, {}).setdefault(inner.__qualname__, {})
        lines[inner.__code__.co_firstlineno] = func
    except AttributeError:
        # It is not a plain function.
        pass
    return _overload_dummy


def get_overloads(func):
    """The signatures of a function that were marked by `overload`."""
    inner = getattr(func, "__func__", func)
    return list(_overload_registry.get(inner.__module__, {}).get(inner.__qualname__, {}).values())


def clear_overloads():
    """Forget all signatures."""
    _overload_registry.clear()


def final(f):
    """Mark a method that is not overridden, or a class without subclasses."""
    try:
        f.__final__ = True
    except (AttributeError, TypeError):
        pass
    return f


def no_type_check(arg):
    """Mark a function or class whose annotations are not types."""
    if isinstance(arg, type):
        for value in list(arg.__dict__.values()):
            inner = getattr(value, "__func__", value)
            # What is defined in the class itself, not elsewhere.
            own = f"{arg.__qualname__}.{getattr(inner, '__name__', '')}"
            if getattr(inner, "__qualname__", None) != own or getattr(inner, "__module__", None) != arg.__module__:
                continue
            if isinstance(inner, type):
                no_type_check(inner)
            elif hasattr(inner, "__code__"):
                inner.__no_type_check__ = True
    try:
        arg.__no_type_check__ = True
    except TypeError:
        pass
    return arg


def no_type_check_decorator(decorator):
    """Make a decorator mark what it decorates by `no_type_check`."""

    def wrapped(*args, **kwds):
        return no_type_check(decorator(*args, **kwds))

    wrapped.__name__ = decorator.__name__
    wrapped.__qualname__ = decorator.__qualname__
    wrapped.__doc__ = decorator.__doc__
    wrapped.__wrapped__ = decorator
    return wrapped


def dataclass_transform(
    *, eq_default=True, order_default=False, kw_only_default=False, field_specifiers=(), **kwargs
):
    """Mark what makes classes like dataclasses."""

    def decorator(cls_or_fn):
        cls_or_fn.__dataclass_transform__ = {
            "eq_default": eq_default,
            "order_default": order_default,
            "kw_only_default": kw_only_default,
            "field_specifiers": field_specifiers,
            "kwargs": kwargs,
        }
        return cls_or_fn

    return decorator


def assert_type(val, typ, /):
    """The value itself: asks those who read types to check its type."""
    return val


_ASSERT_NEVER_REPR_MAX_LENGTH = 100  # characters


def assert_never(arg, /):
    """For places that are never reached: AssertionError if one is."""
    shown = repr(arg)
    if len(shown) > _ASSERT_NEVER_REPR_MAX_LENGTH:
        shown = shown[:_ASSERT_NEVER_REPR_MAX_LENGTH] + "..."
    raise AssertionError(f"Expected code to be unreachable, but got: {shown}")


def reveal_type(obj, /):
    """Say on standard error what type a value has, and return it."""
    print(f"Runtime type is {type(obj).__name__!r}", file=sys.stderr)
    return obj
