"""The functions of `dataclasses` that many programs do without."""

from dataclasses import MISSING, _FIELD_CLASSVAR, _FIELD_INITVAR, _FIELDS, dataclass, fields

__name__ = "dataclasses"


def asdict(obj, *, dict_factory=dict):
    """The fields and values as a dictionary; dataclasses, lists, tuples and dictionaries inside are converted."""
    if not hasattr(type(obj), _FIELDS):
        raise TypeError("asdict() should be called on dataclass instances")
    return _convert(obj, lambda obj, inner: dict_factory([(f.name, inner(getattr(obj, f.name))) for f in fields(obj)]))


def astuple(obj, *, tuple_factory=tuple):
    """The values of the fields as a tuple, converted as `asdict` does."""
    if not hasattr(type(obj), _FIELDS):
        raise TypeError("astuple() should be called on dataclass instances")
    return _convert(obj, lambda obj, inner: tuple_factory([inner(getattr(obj, f.name)) for f in fields(obj)]))


# Nothing in them could be shared.
_ATOMS = frozenset((int, str, float, bool, bytes, type(None), type(...), type(NotImplemented), range, type))


def _convert(value, build):
    def inner(value):
        cls = type(value)
        if cls in _ATOMS:
            return value
        if hasattr(cls, _FIELDS):
            return build(value, inner)
        if isinstance(value, tuple) and hasattr(value, "_fields"):
            return cls(*[inner(item) for item in value])
        if isinstance(value, (list, tuple)):
            return cls([inner(item) for item in value])
        if isinstance(value, dict):
            return cls([(inner(key), inner(item)) for key, item in value.items()])
        from copy import deepcopy

        return deepcopy(value)

    return inner(value)


def replace(obj, /, **changes):
    """A new instance with some fields changed; it is made and checked by `__init__`."""
    if not hasattr(type(obj), _FIELDS):
        raise TypeError("replace() should be called on dataclass instances")
    for f in getattr(obj, _FIELDS).values():
        if f._field_type is _FIELD_CLASSVAR:
            continue
        if not f.init:
            if f.name in changes:
                raise ValueError(
                    f"field {f.name} is declared with init=False, it cannot be specified with replace()"
                )
        elif f.name not in changes:
            if f._field_type is _FIELD_INITVAR and f.default is MISSING:
                raise ValueError(f"InitVar {f.name!r} must be specified with replace()")
            changes[f.name] = getattr(obj, f.name)
    return type(obj)(**changes)


def make_dataclass(
    cls_name, fields, *, bases=(), namespace=None, init=True, repr=True, eq=True, order=False, unsafe_hash=False,
    frozen=False, match_args=True, kw_only=False, slots=False, weakref_slot=False,
):
    """Make a dataclass from names, pairs of name and type, or triples of name, type and default or `field()`."""
    from keyword import iskeyword
    from types import new_class

    annotations = {}
    defaults = {}
    for item in fields:
        if isinstance(item, str):
            name, kind = item, "typing.Any"
        elif len(item) == 2:
            name, kind = item
        elif len(item) == 3:
            name, kind, defaults[name] = item
        else:
            raise TypeError(f"Invalid field: {item!r}")
        if not isinstance(name, str) or not name.isidentifier():
            raise TypeError(f"Field names must be valid identifiers: {name!r}")
        if iskeyword(name):
            raise TypeError(f"Field names must not be keywords: {name!r}")
        if name in annotations:
            raise TypeError(f"Field name duplicated: {name!r}")
        annotations[name] = kind

    def fill(space):
        space.update(namespace or {})
        space.update(defaults)
        space["__annotations__"] = annotations

    return dataclass(
        new_class(cls_name, bases, {}, fill),
        init=init, repr=repr, eq=eq, order=order, unsafe_hash=unsafe_hash, frozen=frozen, match_args=match_args,
        kw_only=kw_only, slots=slots, weakref_slot=weakref_slot,
    )
