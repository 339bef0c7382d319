"""`singledispatch`, `singledispatchmethod` and `partialmethod` of `functools`."""

from functools import partial, update_wrapper

__name__ = "functools"


def _find(cls, registry):
    """The function registered for the class nearest to `cls`, or None."""
    mro = cls.__mro__
    abstract = [c for c in registry if c not in mro and hasattr(c, "__mro__") and issubclass(cls, c)]
    order = _linear(cls, _ordered(cls, abstract)) if abstract else mro
    nearest = [(place, c) for place, c in enumerate(order) if c in registry]
    if not nearest:
        return None
    place, best = nearest[0]
    if best not in mro and place + 1 < len(order):
        # Two abstract classes that do not know each other: neither is nearer.
        after = order[place + 1]
        if after in registry and after not in mro and not issubclass(best, after):
            raise RuntimeError(f"Ambiguous dispatch: {best} or {after}")
    return registry[best]


def _ordered(cls, abstract):
    """Abstract classes that `cls` does not derive from, without the bases of others: those first that a class which
    `cls` also is a virtual subclass of has before others."""
    wanted = [c for c in abstract if not any([c is not other and c in other.__mro__ for other in abstract])]
    order = []
    for c in wanted:
        below = [sub for sub in c.__subclasses__() if sub not in cls.__mro__ and issubclass(cls, sub)]
        chains = sorted([[base for base in sub.__mro__ if base in wanted] for sub in below], key=len, reverse=True)
        for found in chains or [[c]]:
            order += [base for base in found if base not in order]
        if not chains and c not in order:
            order.append(c)
    return order


def _linear(cls, abstract):
    """The resolution order of a class, with abstract classes put in where what they ask for comes in: behind the
    last base that is abstract itself."""
    bases = list(cls.__bases__)
    at = max([place for place, base in enumerate(bases, 1) if hasattr(base, "__abstractmethods__")], default=0)
    inherited = [c for c in abstract if any([issubclass(base, c) for base in bases])]
    new = [c for c in abstract if issubclass(cls, c) and c not in inherited]
    rest = [c for c in abstract if c not in new]
    groups = [bases[:at], new, bases[at:]]
    return _merged([[cls], *[_linear(base, rest) for group in groups for base in group], *groups])


def _merged(chains):
    """One order that keeps that of each of several chains."""
    order = []
    while chains := [chain for chain in chains if chain]:
        for first, *_ in chains:
            if not any([first in chain[1:] for chain in chains]):
                break
        else:
            raise RuntimeError("Inconsistent hierarchy")
        order.append(first)
        chains = [chain[1:] if chain[0] is first else chain for chain in chains]
    return order


def _is_class_or_union(cls):
    """Whether something can be registered for `cls`."""
    if isinstance(cls, type) and type(cls) is not type(list[int]):
        return True
    return _is_union(cls) and all(isinstance(arg, type) for arg in cls.__args__)


def _is_union(cls):
    if isinstance(cls, type(int | str)):
        return True
    return type(cls).__module__ == "typing" and getattr(cls, "__origin__", None) is __import__("typing").Union


def singledispatch(func):
    """Make a function generic: what it does depends on the class of its first argument."""
    from weakref import WeakKeyDictionary
    from types import MappingProxyType

    registry = {object: func}
    found = WeakKeyDictionary()
    token = None

    def dispatch(cls):
        """The implementation for a class."""
        nonlocal token
        if token is not None:
            from abc import get_cache_token

            now = get_cache_token()
            if now != token:
                found.clear()
                token = now
        try:
            return found[cls]
        except KeyError:
            pass
        implementation = registry[cls] if cls in registry else _find(cls, registry)
        found[cls] = implementation
        return implementation

    def register(cls, func=None):
        """Register an implementation for a class, or for that of the annotation of the first parameter."""
        nonlocal token
        if _is_class_or_union(cls):
            if func is None:
                return lambda f: register(cls, f)
        else:
            if func is not None:
                raise TypeError(f"Invalid first argument to `register()`. {cls!r} is not a class or union type.")
            # A class method is annotated as its function.
            annotated = getattr(cls, "__func__", cls)
            if not getattr(annotated, "__annotations__", {}):
                raise TypeError(
                    f"Invalid first argument to `register()`: {cls!r}. Use either `@register(some_class)` "
                    "or plain `@register` on an annotated function."
                )
            from typing import get_type_hints

            func = cls
            name, cls = next(iter(get_type_hints(annotated).items()))
            if not _is_class_or_union(cls):
                what = f"{cls!r} not all arguments are classes." if _is_union(cls) else f"{cls!r} is not a class."
                raise TypeError(f"Invalid annotation for {name!r}. {what}")
        for one in cls.__args__ if _is_union(cls) else (cls,):
            registry[one] = func
            if token is None and hasattr(one, "__abstractmethods__"):
                from abc import get_cache_token

                token = get_cache_token()
        found.clear()
        return func

    def wrapper(*args, **kw):
        if not args:
            raise TypeError(f"{name} requires at least 1 positional argument")
        return dispatch(args[0].__class__)(*args, **kw)

    name = getattr(func, "__name__", "singledispatch function")
    wrapper.register = register
    wrapper.dispatch = dispatch
    wrapper.registry = MappingProxyType(registry)
    wrapper._clear_cache = found.clear
    return update_wrapper(wrapper, func)


class singledispatchmethod:
    """As singledispatch, for methods: what they do depends on the class of the first argument after self."""

    def __init__(self, func):
        if not callable(func) and not hasattr(func, "__get__"):
            raise TypeError(f"{func!r} is not callable or a descriptor")
        self.dispatcher = singledispatch(func)
        self.func = func

    def register(self, cls, method=None):
        """Register an implementation for a class."""
        return self.dispatcher.register(cls, func=method)

    def __get__(self, obj, cls=None):
        def _method(*args, **kwargs):
            method = self.dispatcher.dispatch(args[0].__class__)
            return method.__get__(obj, cls)(*args, **kwargs)

        _method.__isabstractmethod__ = self.__isabstractmethod__
        _method.register = self.register
        return update_wrapper(_method, self.func)

    @property
    def __isabstractmethod__(self):
        return getattr(self.func, "__isabstractmethod__", False)


class partialmethod:
    """A method with some arguments given already."""

    def __init__(self, func, /, *args, **keywords):
        if not callable(func) and not hasattr(func, "__get__"):
            raise TypeError(f"{func!r} is not callable or a descriptor")
        if isinstance(func, partialmethod):
            args = func.args + args
            keywords = {**func.keywords, **keywords}
            func = func.func
        self.func, self.args, self.keywords = func, args, keywords

    def __repr__(self):
        cls = type(self)
        parts = [repr(self.func), *map(repr, self.args), *(f"{k}={v!r}" for k, v in self.keywords.items())]
        return f"{cls.__module__}.{cls.__qualname__}({', '.join(parts)})"

    def __get__(self, obj, cls=None):
        # What is bound by itself, such as a class method, takes the arguments as they are.
        get = getattr(self.func, "__get__", None)
        if get is not None:
            bound = get(obj, cls)
            if bound is not self.func:
                result = partial(bound, *self.args, **self.keywords)
                try:
                    result.__self__ = bound.__self__
                except AttributeError:
                    pass
                return result

        def _method(cls_or_self, /, *args, **keywords):
            return self.func(cls_or_self, *self.args, *args, **{**self.keywords, **keywords})

        _method.__isabstractmethod__ = self.__isabstractmethod__
        _method._partialmethod = self
        return _method.__get__(obj, cls)

    @property
    def __isabstractmethod__(self):
        return getattr(self.func, "__isabstractmethod__", False)

    __class_getitem__ = classmethod(type(list[int]))
