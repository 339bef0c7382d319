"""The names of `typing` that are made when they are asked for."""

__name__ = "typing"

# Name → module and class that it stands for, and the number of its parameters.
_CLASSES = {
    "List": ("builtins", "list", 1), "Dict": ("builtins", "dict", 2), "Set": ("builtins", "set", 1),
    "FrozenSet": ("builtins", "frozenset", 1), "Type": ("builtins", "type", 1), "Deque": ("collections", "deque", 1),
    "DefaultDict": ("collections", "defaultdict", 2), "OrderedDict": ("collections", "OrderedDict", 2),
    "Counter": ("collections", "Counter", 1), "ChainMap": ("collections", "ChainMap", 2),
    "ContextManager": ("contextlib", "AbstractContextManager", 1),
    "AsyncContextManager": ("contextlib", "AbstractAsyncContextManager", 1),
    "Pattern": ("re", "Pattern", 1), "Match": ("re", "Match", 1),
}
_ABSTRACT = {
    "Hashable": 0, "Sized": 0, "ByteString": 0, "Awaitable": 1, "Coroutine": 3, "AsyncIterable": 1, "AsyncIterator": 1,
    "AsyncGenerator": 2, "Iterable": 1, "Iterator": 1, "Generator": 3, "Reversible": 1, "Container": 1,
    "Collection": 1, "MutableSet": 1, "Mapping": 2, "MutableMapping": 2, "Sequence": 1, "MutableSequence": 1,
    "MappingView": 1, "KeysView": 1, "ItemsView": 2, "ValuesView": 1,
}
# What cannot be made by calling it, though its origin can.
_NO_INSTANCES = ("List", "Dict", "Set", "FrozenSet", "Type")
_PROTOCOLS = (
    "Protocol", "runtime_checkable", "SupportsAbs", "SupportsBytes", "SupportsComplex", "SupportsFloat",
    "SupportsIndex", "SupportsInt", "SupportsRound", "_ProtocolMeta", "_get_protocol_attrs",
    "_no_init_or_replace_init", "_TYPING_INTERNALS", "_SPECIAL_NAMES", "EXCLUDED_ATTRIBUTES",
    "_is_callable_members_only",
)
_RECORDS = (
    "NamedTuple", "NamedTupleMeta", "TypedDict", "is_typeddict", "IO", "TextIO", "BinaryIO", "_NamedTuple",
    "_TypedDict", "_TypedDictMeta", "_make_nmtuple", "_prohibited", "_special",
)
_ALIASES = ("_CallableType", "_TupleType", "_is_dunder")
_TOOLS = (
    "get_type_hints", "get_origin", "get_args", "overload", "get_overloads", "clear_overloads", "final",
    "no_type_check", "no_type_check_decorator", "assert_type", "assert_never", "reveal_type", "dataclass_transform",
    "_deduplicate", "_eval_type", "_overload_dummy", "_overload_registry", "_strip_annotations",
    "_ASSERT_NEVER_REPR_MAX_LENGTH",
)
# What `typing` has because it imports it, and others take from there.
_BORROWED = {
    "ABCMeta": "abc", "abstractmethod": "abc", "defaultdict": "collections", "MethodWrapperType": "types",
    "WrapperDescriptorType": "types", "MethodDescriptorType": "types",
}
_MODULES = ("collections", "contextlib", "functools", "operator", "re", "types", "warnings")


def find(name):
    """The value of a name; AttributeError if `typing` has no such name."""
    if name in _CLASSES:
        module, attribute, count = _CLASSES[name]
        return _alias(name, module, attribute, count)
    if name in _ABSTRACT:
        return _alias(name, "_collections_abc", name, _ABSTRACT[name])
    if name == "AbstractSet":
        return _alias(name, "_collections_abc", "Set", 1)
    if name == "Tuple":
        from _typing_aliases import _TupleType

        return _TupleType(tuple, -1, inst=False, name=name)
    if name == "Callable":
        from _typing_aliases import _CallableType

        return _CallableType(("_collections_abc", "Callable"), 2, name=name)
    if name == "Text":
        return str
    if name in _VARIABLES:
        return _variable(name)
    if name in _PROTOCOLS:
        import _typing_protocol as source
    elif name in _RECORDS:
        import _typing_records as source
    elif name in _TOOLS:
        import _typing_tools as source
    elif name in _ALIASES:
        import _typing_aliases as source
    elif name in _MODULES:
        return __import__(name)
    elif name in _BORROWED:
        source = __import__(_BORROWED[name])
    else:
        raise AttributeError(f"module 'typing' has no attribute {name!r}")
    return getattr(source, name)


def _alias(name, module, attribute, count):
    from _typing_aliases import _SpecialGenericAlias

    return _SpecialGenericAlias((module, attribute), count, inst=name not in _NO_INSTANCES, name=name)


_VARIABLES = ("T", "KT", "VT", "T_co", "V_co", "VT_co", "T_contra", "CT_co", "AnyStr")


def _variable(name):
    from typing import TypeVar

    if name == "AnyStr":
        return TypeVar(name, bytes, str)
    if name == "CT_co":
        return TypeVar(name, covariant=True, bound=type)
    return TypeVar(name, covariant=name.endswith("_co"), contravariant=name.endswith("_contra"))
