"""Classes whose methods follow from their annotated fields."""

import sys
from _thread import get_ident as _get_ident

__all__ = [
    "dataclass", "field", "Field", "FrozenInstanceError", "InitVar", "KW_ONLY", "MISSING", "fields", "asdict",
    "astuple", "make_dataclass", "replace", "is_dataclass",
]

_MappingProxy = type(type.__dict__)
_FIELDS = "__dataclass_fields__"
_PARAMS = "__dataclass_params__"


class FrozenInstanceError(AttributeError):
    """A field of a frozen instance was assigned or deleted."""


class _MISSING_TYPE:
    """The type of the marker for what was not given."""


MISSING = _MISSING_TYPE()


class _KW_ONLY_TYPE:
    """The type of the marker behind which all fields are keyword-only."""


KW_ONLY = _KW_ONLY_TYPE()


class _Factory:
    """Stands for a default that a factory makes, in signatures."""

    def __repr__(self):
        return "<factory>"


_HAS_DEFAULT_FACTORY = _Factory()


class _Kind:
    """What kind of field an annotation declares."""

    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return self.name


_FIELD = _Kind("_FIELD")
_FIELD_CLASSVAR = _Kind("_FIELD_CLASSVAR")
_FIELD_INITVAR = _Kind("_FIELD_INITVAR")


class InitVar:
    """An annotation: the argument is only passed on to `__post_init__`."""

    __slots__ = ("type",)

    def __init__(self, type):
        self.type = type

    def __repr__(self):
        name = self.type.__name__ if type(self.type) is type else repr(self.type)
        return f"dataclasses.InitVar[{name}]"

    def __class_getitem__(cls, type):
        return InitVar(type)


class Field:
    """What is known of a field; `field()` makes one."""

    __slots__ = (
        "name", "type", "default", "default_factory", "repr", "hash", "init", "compare", "metadata", "kw_only",
        "_field_type",
    )

    def __init__(self, default, default_factory, init, repr, hash, compare, metadata, kw_only):
        self.name = None
        self.type = None
        self.default = default
        self.default_factory = default_factory
        self.init = init
        self.repr = repr
        self.hash = hash
        self.compare = compare
        self.metadata = _NO_METADATA if metadata is None else _MappingProxy(metadata)
        self.kw_only = kw_only
        self._field_type = None

    def __repr__(self):
        key = id(self), _get_ident()
        if key in _shown:
            return "..."
        _shown.add(key)
        try:
            shown = ",".join([f"{name}={getattr(self, name)!r}" for name in _SHOWN])
        finally:
            _shown.discard(key)
        return f"Field({shown},_field_type={self._field_type})"

    def __set_name__(self, owner, name):
        # A default that is a descriptor takes this field's place in the class.
        hook = getattr(type(self.default), "__set_name__", None)
        if hook is not None:
            hook(self.default, owner, name)

    def __class_getitem__(cls, item):
        return type(list[int])(cls, item)


_SHOWN = (
    "name", "type", "default", "default_factory", "init", "repr", "hash", "compare", "metadata", "kw_only",
)
_NO_METADATA = _MappingProxy({})


def field(
    *, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True, metadata=None,
    kw_only=MISSING,
):
    """Say more about a field than a default value does; ValueError if there are two defaults."""
    if default is not MISSING and default_factory is not MISSING:
        raise ValueError("cannot specify both default and default_factory")
    return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only)


class _DataclassParams:
    __slots__ = ("init", "repr", "eq", "order", "unsafe_hash", "frozen")

    def __init__(self, *values):
        for name, value in zip(self.__slots__, values):
            setattr(self, name, value)

    def __repr__(self):
        return f"_DataclassParams({','.join([f'{name}={getattr(self, name)!r}' for name in self.__slots__])})"


# Making a class.


def dataclass(
    cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False, match_args=True,
    kw_only=False, slots=False, weakref_slot=False,
):
    """Add methods to a class after its annotated fields."""

    def decorate(cls):
        return _process(
            cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots, weakref_slot
        )

    return decorate if cls is None else decorate(cls)


def _process(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots, weakref_slot):
    all_fields = {}
    bases = [base for base in cls.__mro__[-1:0:-1] if hasattr(base, _FIELDS)]
    for base in bases:
        all_fields.update(getattr(base, _FIELDS))
    space = sys.modules[cls.__module__].__dict__ if cls.__module__ in sys.modules else {}
    setattr(cls, _PARAMS, _DataclassParams(init, repr, eq, order, unsafe_hash, frozen))
    for f in _own_fields(cls, space, kw_only):
        all_fields[f.name] = f
        if isinstance(getattr(cls, f.name, None), Field):
            if f.default is MISSING:
                delattr(cls, f.name)
            else:
                setattr(cls, f.name, f.default)
    annotations = cls.__dict__.get("__annotations__", ())
    for name, value in cls.__dict__.items():
        if isinstance(value, Field) and name not in annotations:
            raise TypeError(f"{name!r} is a field but has no type annotation")
    _check_frozen(bases, frozen)
    hashing = cls.__dict__.get("__hash__", MISSING)
    own_hash = not (hashing is MISSING or hashing is None and "__eq__" in cls.__dict__)
    if order and not eq:
        raise ValueError("eq must be true if order is true")
    setattr(cls, _FIELDS, all_fields)

    every = list(all_fields.values())
    real = [f for f in every if f._field_type is _FIELD]
    arguments = [f for f in every if f._field_type is not _FIELD_CLASSVAR and f.init]
    standard = [f for f in arguments if not f.kw_only]
    keywords = [f for f in arguments if f.kw_only]
    if init:
        _set_new(cls, "__init__", _make_init(cls, every, standard, keywords, frozen, slots))
    if repr:
        _set_new(cls, "__repr__", _make_repr(cls, [f for f in real if f.repr]))
    compared = [f for f in real if f.compare]
    if eq:
        _set_new(cls, "__eq__", _make_comparison(cls, "__eq__", "==", compared))
    if order:
        for name, operator in (("__lt__", "<"), ("__le__", "<="), ("__gt__", ">"), ("__ge__", ">=")):
            if _set_new(cls, name, _make_comparison(cls, name, operator, compared)):
                raise TypeError(
                    f"Cannot overwrite attribute {name} in class {cls.__name__}. Consider using "
                    "functools.total_ordering"
                )
    if frozen:
        for function in _make_frozen(cls, real):
            if _set_new(cls, function.__name__, function):
                raise TypeError(f"Cannot overwrite attribute {function.__name__} in class {cls.__name__}")
    _set_hash(cls, unsafe_hash, eq, frozen, own_hash, real)
    if not getattr(cls, "__doc__"):
        cls.__doc__ = cls.__name__ + _signature(cls)
    if match_args:
        _set_new(cls, "__match_args__", tuple([f.name for f in standard]))
    if weakref_slot and not slots:
        raise TypeError("weakref_slot is True but slots is False")
    if slots:
        cls = _with_slots(cls, frozen, weakref_slot, [f.name for f in real])
    if hasattr(cls, "__abstractmethods__"):
        from abc import update_abstractmethods

        update_abstractmethods(cls)
    return cls


def _check_frozen(bases, frozen):
    """TypeError if some base classes are frozen and the class is not, or the reverse."""
    any_frozen = any([getattr(base, _PARAMS).frozen for base in bases])
    if any_frozen and not frozen:
        raise TypeError("cannot inherit non-frozen dataclass from a frozen one")
    if bases and frozen and not any_frozen:
        raise TypeError("cannot inherit frozen dataclass from a non-frozen one")


def _own_fields(cls, space, kw_only):
    """The fields that a class itself declares."""
    found = []
    seen_marker = False
    for name, annotation in cls.__dict__.get("__annotations__", {}).items():
        if annotation is KW_ONLY or (
            isinstance(annotation, str) and _names(annotation, space, sys.modules[__name__], lambda x: x is KW_ONLY)
        ):
            if seen_marker:
                raise TypeError(f"{name!r} is KW_ONLY, but KW_ONLY has already been specified")
            seen_marker = kw_only = True
        else:
            found.append(_get_field(cls, name, annotation, space, kw_only))
    return found


def _get_field(cls, name, annotation, space, kw_only):
    default = getattr(cls, name, MISSING)
    if isinstance(default, Field):
        f = default
    else:
        if type(default).__name__ == "member_descriptor":
            # The class has a slot of that name, which is no default.
            default = MISSING
        f = field(default=default)
    f.name = name
    f.type = annotation
    f._field_type = kind = _kind(annotation, space)
    if kind is not _FIELD and f.default_factory is not MISSING:
        raise TypeError(f"field {name} cannot have a default factory")
    if kind is _FIELD_CLASSVAR:
        if f.kw_only is not MISSING:
            raise TypeError(f"field {name} is a ClassVar but specifies kw_only")
    elif f.kw_only is MISSING:
        f.kw_only = kw_only
    if kind is _FIELD and type(f.default).__hash__ is None:
        raise ValueError(f"mutable default {type(f.default)} for field {name} is not allowed: use default_factory")
    return f


def _kind(annotation, space):
    typing = sys.modules.get("typing")

    def is_class_var(x):
        return x is typing.ClassVar or getattr(x, "__origin__", None) is typing.ClassVar

    if isinstance(annotation, str):
        if typing and _names(annotation, space, typing, is_class_var):
            return _FIELD_CLASSVAR
        if _names(annotation, space, sys.modules[__name__], _is_init_var):
            return _FIELD_INITVAR
    elif _is_init_var(annotation):
        return _FIELD_INITVAR
    elif typing and not isinstance(annotation, type) and is_class_var(annotation):
        return _FIELD_CLASSVAR
    return _FIELD


def _is_init_var(x):
    return x is InitVar or type(x) is InitVar


def _names(annotation, space, module, means):
    """Whether an annotation that is a string begins with a name that `means` what is looked for: a name of the class's
    module, or one with the module that defines it before a dot."""
    first, rest = _identifier(annotation)
    if first and rest.lstrip()[:1] == ".":
        owner = space.get(first)
        first, _ = _identifier(rest.lstrip()[1:])
        return owner is module and means(module.__dict__.get(first))
    return means(space.get(first))


def _identifier(text):
    """The identifier that a text begins with, and what follows it."""
    text = text.lstrip()
    end = 0
    while end < len(text) and (text[end].isalnum() or text[end] == "_"):
        end += 1
    return text[:end], text[end:]


def _set_new(cls, name, value):
    """Set an attribute that the class itself lacks; whether it has it already."""
    if name in cls.__dict__:
        return True
    setattr(cls, name, value)
    return False


def _set_hash(cls, unsafe_hash, eq, frozen, own_hash, real):
    if unsafe_hash:
        if own_hash:
            raise TypeError(f"Cannot overwrite attribute __hash__ in class {cls.__name__}")
    elif not eq or own_hash:
        return
    elif not frozen:
        cls.__hash__ = None
        return
    hashed = [f for f in real if (f.compare if f.hash is None else f.hash)]
    cls.__hash__ = _make(cls, "__hash__", "self", [f"return hash({_tuple('self', hashed)})"])


def _with_slots(cls, frozen, weakref_slot, names):
    """The class made anew with slots for the fields."""
    if "__slots__" in cls.__dict__:
        raise TypeError(f"{cls.__name__} already specifies __slots__")
    body = dict(cls.__dict__)
    inherited = {slot for base in cls.__mro__[1:-1] for slot in _slots_of(base)}
    slots = [name for name in names if name not in inherited]
    if weakref_slot and "__weakref__" not in inherited:
        slots.append("__weakref__")
    body["__slots__"] = tuple(slots)
    body["__qualname__"] = cls.__qualname__
    for name in (*names, "__dict__", "__weakref__"):
        body.pop(name, None)
    cls = type(cls)(cls.__name__, cls.__bases__, body)
    if frozen:
        # Pickling would otherwise assign to the frozen fields.
        if "__getstate__" not in cls.__dict__:
            cls.__getstate__ = _getstate
        if "__setstate__" not in cls.__dict__:
            cls.__setstate__ = _setstate
    return cls


def _slots_of(cls):
    slots = cls.__dict__.get("__slots__", ())
    if isinstance(slots, str):
        return (slots,)
    if hasattr(slots, "__next__"):
        raise TypeError(f"Slots of '{cls.__name__}' cannot be determined")
    return tuple(slots)


def _getstate(self):
    return [getattr(self, f.name) for f in fields(self)]


def _setstate(self, state):
    for f, value in zip(fields(self), state):
        object.__setattr__(self, f.name, value)


# The methods are compiled from source, so that they are as fast as written ones.


def _make(cls, name, parameters, body, /, **names):
    """A function for a class from the lines of its body, which may use the names given and those of its module."""
    module = sys.modules.get(cls.__module__)
    lines = "\n  ".join(body)
    made = {}
    # The body begins in line 3, which tracebacks show.
    source = f"def make({', '.join(names)}):\n def {name}({parameters}):\n  {lines}\n return {name}"
    exec(source, {} if module is None else module.__dict__, made)
    function = made["make"](**names)
    function.__qualname__ = f"{cls.__qualname__}.{name}"
    return function


def _tuple(owner, fields):
    return "(" + "".join([f"{owner}.{f.name}," for f in fields]) + ")"


def _make_init(cls, every, standard, keywords, frozen, slots):
    with_default = False
    for f in standard:
        if f.default is not MISSING or f.default_factory is not MISSING:
            with_default = True
        elif with_default:
            raise TypeError(f"non-default argument {f.name!r} follows default argument")
    this = "__dataclass_self__" if any([f.name == "self" for f in every]) else "self"
    names = {"__dataclass_FACTORY": _HAS_DEFAULT_FACTORY, "__dataclass_object": object}
    parameters = [this, *[_parameter(f, names) for f in standard]]
    if keywords:
        parameters += ["*", *[_parameter(f, names) for f in keywords]]
    body = []
    for f in every:
        value = _initial(f, slots, names)
        if value is not None:
            if frozen:
                body.append(f"__dataclass_object.__setattr__({this},{f.name!r},{value})")
            else:
                body.append(f"{this}.{f.name}={value}")
    if hasattr(cls, "__post_init__"):
        passed = ",".join([f.name for f in every if f._field_type is _FIELD_INITVAR])
        body.append(f"{this}.__post_init__({passed})")
    function = _make(cls, "__init__", ", ".join(parameters), body or ["pass"], **names)
    function.__annotations__ = {f.name: f.type for f in (*standard, *keywords)}
    function.__annotations__["return"] = None
    return function


def _parameter(f, names):
    if f.default is not MISSING:
        names["_dflt_" + f.name] = f.default
        return f"{f.name}=_dflt_{f.name}"
    return f"{f.name}=__dataclass_FACTORY" if f.default_factory is not MISSING else f.name


def _initial(f, slots, names):
    """The expression for a field's first value; None if the class's attribute does."""
    if f._field_type is not _FIELD:
        return None
    if f.default_factory is not MISSING:
        names["_dflt_" + f.name] = f.default_factory
        return f"_dflt_{f.name}() if {f.name} is __dataclass_FACTORY else {f.name}" if f.init else f"_dflt_{f.name}()"
    if f.init:
        return f.name
    if slots and f.default is not MISSING:
        names["_dflt_" + f.name] = f.default
        return "_dflt_" + f.name
    return None


# What is being shown now, with the thread that shows it: a repr inside itself is "...".
_shown = set()


def _make_repr(cls, shown):
    text = ", ".join([f"{f.name}={{self.{f.name}!r}}" for f in shown])
    body = [
        "key = id(self), _get_ident()",
        "if key in _shown: return '...'",
        "_shown.add(key)",
        f"try: return self.__class__.__qualname__ + f'({text})'",
        "finally: _shown.discard(key)",
    ]
    function = _make(cls, "__repr__", "self", body, _shown=_shown, _get_ident=_get_ident)
    # Who writes objects over several lines may do so for the fields of this one.
    function._of_fields = True
    return function


def _make_comparison(cls, name, operator, compared):
    body = [
        "if other.__class__ is self.__class__:",
        f" return {_tuple('self', compared)}{operator}{_tuple('other', compared)}",
        "return NotImplemented",
    ]
    return _make(cls, name, "self, other", body)


def _make_frozen(cls, real):
    condition = f"if type(self) is cls or name in {tuple([f.name for f in real])!r}:"
    names = {"cls": cls, "FrozenInstanceError": FrozenInstanceError}
    yield _make(
        cls, "__setattr__", "self, name, value",
        [condition, " raise FrozenInstanceError(f'cannot assign to field {name!r}')",
         "super(cls, self).__setattr__(name, value)"],
        **names,
    )
    yield _make(
        cls, "__delattr__", "self, name",
        [condition, " raise FrozenInstanceError(f'cannot delete field {name!r}')",
         "super(cls, self).__delattr__(name)"],
        **names,
    )


def _signature(cls):
    """How instances are made, for the doc string."""
    function = cls.__new__ if isinstance(cls.__new__, _Function) else cls.__init__
    if not isinstance(function, _Function):
        return "()" if function is object.__init__ else "(*args, **kwargs)"
    code = function.__code__
    positional = code.co_argcount
    end = positional + code.co_kwonlyargcount
    names = code.co_varnames
    defaults = function.__defaults__ or ()
    given = dict(zip(names[positional - len(defaults):positional], defaults))
    given.update(function.__kwdefaults__ or {})
    annotations = function.__annotations__
    parts = []
    for i, name in enumerate(names[:positional]):
        if i:
            parts.append(_described(name, annotations, given))
        if i and i + 1 == code.co_posonlyargcount:
            parts.append("/")
    if code.co_flags & _VARARGS:
        parts.append("*" + _described(names[end], annotations, given))
        end += 1
    elif code.co_kwonlyargcount:
        parts.append("*")
    parts += [_described(name, annotations, given) for name in names[positional:positional + code.co_kwonlyargcount]]
    if code.co_flags & _VARKEYWORDS:
        parts.append("**" + _described(names[end], annotations, given))
    return f"({', '.join(parts)})"


_Function = type(_slots_of)
_VARARGS, _VARKEYWORDS = 4, 8


def _described(name, annotations, defaults):
    if name not in annotations:
        return f"{name}={defaults[name]!r}" if name in defaults else name
    annotation = annotations[name]
    if getattr(annotation, "__module__", None) == "typing":
        text = repr(annotation).replace("typing.", "")
    elif isinstance(annotation, type):
        text = annotation.__qualname__
        if annotation.__module__ != "builtins":
            text = f"{annotation.__module__}.{text}"
    else:
        text = repr(annotation)
    return f"{name}: {text} = {defaults[name]!r}" if name in defaults else f"{name}: {text}"


# Using instances.


def fields(class_or_instance):
    """The fields, in order; TypeError if the argument is neither a dataclass nor an instance of one."""
    try:
        found = getattr(class_or_instance, _FIELDS)
    except AttributeError:
        raise TypeError("must be called with a dataclass type or instance") from None
    return tuple([f for f in found.values() if f._field_type is _FIELD])


def is_dataclass(obj):
    """Whether something is a dataclass or an instance of one."""
    return hasattr(obj if isinstance(obj, type) else type(obj), _FIELDS)


def __getattr__(name):
    if name in ("asdict", "astuple", "replace", "make_dataclass"):
        import _dataclass_tools

        value = globals()[name] = getattr(_dataclass_tools, name)
        return value
    raise AttributeError(f"module 'dataclasses' has no attribute {name!r}")
