"""How objects are taken apart and made again, for `copy` and `pickle`."""

__all__ = ["pickle", "constructor", "add_extension", "remove_extension", "clear_extension_cache"]

# Functions that take objects of a class apart.
dispatch_table = {}

# Short codes for global names: by (module, name), by code, and the objects found.
_extension_registry = {}
_inverted_registry = {}
_extension_cache = {}

_HEAP_TYPE = 1 << 9


def pickle(ob_type, pickle_function, constructor_ob=None):
    """Register the function that takes objects of a class apart."""
    if not callable(pickle_function):
        raise TypeError("reduction functions must be callable")
    dispatch_table[ob_type] = pickle_function
    if constructor_ob is not None:
        constructor(constructor_ob)


def constructor(object):
    """Check that something can make objects; TypeError if it cannot be called."""
    if not callable(object):
        raise TypeError("constructors must be callable")


def _reduce_union(obj):
    from functools import reduce
    from operator import or_

    return reduce, (or_, obj.__args__)


pickle(type(int | str), _reduce_union)


def _reduce_complex(number):
    return complex, (number.real, number.imag)


try:
    pickle(complex, _reduce_complex, complex)
except NameError:
    # This interpreter has no complex numbers.
    pass


def __newobj__(cls, *args):
    return cls.__new__(cls, *args)


def __newobj_ex__(cls, args, kwargs):
    return cls.__new__(cls, *args, **kwargs)


def _reconstructor(cls, base, state):
    """Make an object of a class from the value of the built-in class that it derives from."""
    if base is object:
        return object.__new__(cls)
    made = base.__new__(cls, state)
    if base.__init__ != object.__init__:
        base.__init__(made, state)
    return made


def _reduce_ex(self, proto):
    """What `object.__reduce_ex__` gives for protocols 0 and 1."""
    cls = self.__class__
    base = next(base for base in cls.__mro__ if not base.__flags__ & _HEAP_TYPE)
    if base is object:
        value = None
    elif base is cls:
        raise TypeError(f"cannot pickle {cls.__name__!r} object")
    else:
        value = base(self)
    if getattr(self, "__slots__", None) and type(self).__getstate__ == object.__getstate__:
        raise TypeError(
            "a class that defines __slots__ without defining __getstate__ cannot be pickled"
        )
    state = self.__getstate__()
    parts = (cls, base, value)
    return (_reconstructor, parts, state) if state else (_reconstructor, parts)


def _slotnames(cls):
    """The names of all slots of a class and its bases, without those of attributes and weak references."""
    names = cls.__dict__.get("__slotnames__")
    if names is not None:
        return names
    names = []
    for base in cls.__mro__:
        slots = base.__dict__.get("__slots__", ())
        for name in (slots,) if isinstance(slots, str) else slots:
            if name in ("__dict__", "__weakref__"):
                continue
            if name.startswith("__") and not name.endswith("__"):
                owner = base.__name__.lstrip("_")
                name = f"_{owner}{name}" if owner else name
            names.append(name)
    try:
        cls.__slotnames__ = names
    except (AttributeError, TypeError):
        # It is only remembered to be faster.
        pass
    return names


def add_extension(module, name, code):
    """Give a global name a short code from 1 to 0x7fffffff; ValueError if either has another."""
    code = int(code)
    if not 1 <= code <= 0x7FFFFFFF:
        raise ValueError("code out of range")
    key = (module, name)
    if _extension_registry.get(key) == code and _inverted_registry.get(code) == key:
        return
    if key in _extension_registry:
        raise ValueError(f"key {key} is already registered with code {_extension_registry[key]}")
    if code in _inverted_registry:
        raise ValueError(f"code {code} is already in use for key {_inverted_registry[code]}")
    _extension_registry[key] = code
    _inverted_registry[code] = key


def remove_extension(module, name, code):
    """Take a short code back; ValueError if the name does not have it."""
    key = (module, name)
    if _extension_registry.get(key) != code or _inverted_registry.get(code) != key:
        raise ValueError(f"key {key} is not registered with code {code}")
    del _extension_registry[key]
    del _inverted_registry[code]
    _extension_cache.pop(code, None)


def clear_extension_cache():
    """Forget the objects that codes stood for."""
    _extension_cache.clear()
