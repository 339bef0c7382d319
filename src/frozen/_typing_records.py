"""Named tuples and dictionaries with types for their fields, and the types of files."""

from typing import AnyStr, Generic, NotRequired, Required, _AnnotatedAlias, _caller, _type_check

__name__ = "typing"

_prohibited = frozenset((
    "__new__", "__init__", "__slots__", "__getnewargs__", "_fields", "_field_defaults", "_make", "_replace", "_asdict",
    "_source",
))
_special = frozenset(("__module__", "__name__", "__annotations__"))


def _make_nmtuple(name, types, module, defaults=()):
    from collections import namedtuple

    fields = [field for field, _ in types]
    types = {
        field: _type_check(tp, f"field {field} annotation must be a type") for field, tp in types
    }
    made = namedtuple(name, fields, defaults=defaults, module=module)
    made.__annotations__ = made.__new__.__annotations__ = types
    return made


class NamedTupleMeta(type):
    def __new__(cls, typename, bases, ns):
        for base in bases:
            if base is not _NamedTuple and base is not Generic:
                raise TypeError("can only inherit from a NamedTuple type and Generic")
        bases = tuple([tuple if base is _NamedTuple else base for base in bases])
        types = ns.get("__annotations__", {})
        with_default = []
        for field in types:
            if field in ns:
                with_default.append(field)
            elif with_default:
                raise TypeError(
                    f"Non-default namedtuple field {field} cannot follow default "
                    f"field{'s' if len(with_default) > 1 else ''} {', '.join(with_default)}"
                )
        made = _make_nmtuple(typename, types.items(), ns["__module__"], [ns[name] for name in with_default])
        if bases != made.__bases__:
            made.__bases__ = bases
        if Generic in bases:
            made.__class_getitem__ = classmethod(Generic.__class_getitem__.__func__)
        for key in ns:
            if key in _prohibited:
                raise AttributeError("Cannot overwrite NamedTuple attribute " + key)
            if key not in _special and key not in made._fields:
                setattr(made, key, ns[key])
        if Generic in bases:
            made.__init_subclass__()
        return made


def NamedTuple(typename, fields=None, /, **kwargs):
    """A named tuple from a list of pairs of name and type; as a base class, from the annotations of the body."""
    if fields is None:
        fields = kwargs.items()
    elif kwargs:
        raise TypeError("Either list of fields or keywords can be provided to NamedTuple, not both")
    made = _make_nmtuple(typename, list(fields), _caller())
    made.__orig_bases__ = (NamedTuple,)
    return made


_NamedTuple = type.__new__(NamedTupleMeta, "NamedTuple", (), {})


def _named_tuple_entries(bases):
    return (_NamedTuple,)


NamedTuple.__mro_entries__ = _named_tuple_entries


class _TypedDictMeta(type):
    def __new__(cls, name, bases, ns, total=True):
        for base in bases:
            if type(base) is not _TypedDictMeta and base is not Generic:
                raise TypeError("cannot inherit from both a TypedDict type and a non-TypedDict base class")
        generic = (Generic,) if any([issubclass(base, Generic) for base in bases]) else ()
        made = type.__new__(_TypedDictMeta, name, (*generic, dict), ns)
        annotations, required, optional = {}, set(), set()
        message = "TypedDict('Name', {f0: t0, f1: t1, ...}); each t must be a type"
        own = {
            key: _type_check(tp, message, module=made.__module__) for key, tp in ns.get("__annotations__", {}).items()
        }
        for base in bases:
            annotations.update(base.__dict__.get("__annotations__", {}))
            for mine, other, keys in (
                (required, optional, "__required_keys__"), (optional, required, "__optional_keys__"),
            ):
                inherited = base.__dict__.get(keys, ())
                mine.update(inherited)
                other.difference_update(inherited)
        annotations.update(own)
        for key, tp in own.items():
            origin = getattr(tp, "__origin__", None)
            if isinstance(tp, _AnnotatedAlias):
                origin = getattr(origin, "__origin__", None)
            if origin is Required or total and origin is not NotRequired:
                required.add(key)
                optional.discard(key)
            else:
                optional.add(key)
                required.discard(key)
        made.__annotations__ = annotations
        made.__required_keys__ = frozenset(required)
        made.__optional_keys__ = frozenset(optional)
        if not hasattr(made, "__total__"):
            made.__total__ = total
        return made

    # Calling the class makes a dictionary.
    __call__ = dict

    def __subclasscheck__(cls, other):
        raise TypeError("TypedDict does not support instance and class checks")

    __instancecheck__ = __subclasscheck__


def TypedDict(typename, fields=None, /, *, total=True, **kwargs):
    """A dictionary class with certain keys, of which each has a type."""
    if fields is None:
        fields = kwargs
    elif kwargs:
        raise TypeError("TypedDict takes either a dict or keyword arguments, but not both")
    if kwargs:
        import warnings

        warnings.warn(
            "The kwargs-based syntax for TypedDict definitions is deprecated in Python 3.11, will be removed in "
            "Python 3.13, and may not be understood by third-party type checkers.",
            DeprecationWarning, stacklevel=2,
        )
    ns = {"__annotations__": dict(fields)}
    module = _caller()
    if module is not None:
        ns["__module__"] = module
    made = _TypedDictMeta(typename, (), ns, total=total)
    made.__orig_bases__ = (TypedDict,)
    return made


_TypedDict = type.__new__(_TypedDictMeta, "TypedDict", (), {})


def _typed_dict_entries(bases):
    return (_TypedDict,)


TypedDict.__mro_entries__ = _typed_dict_entries


def is_typeddict(tp):
    """Whether a type is a TypedDict."""
    return isinstance(tp, _TypedDictMeta)


class IO(Generic[AnyStr]):
    """What `open()` gives, as far as text and binary files agree."""

    __slots__ = ()


class BinaryIO(IO[bytes]):
    """What `open()` gives in binary mode."""

    __slots__ = ()


class TextIO(IO[str]):
    """What `open()` gives in text mode."""

    __slots__ = ()
