"""Abstract base classes: classes that say what their subclasses must define, and can adopt unrelated ones."""

from _abc import match_like
from _weakref import ref

# Grows with every registration, so that negative answers remembered before are asked again.
_version = 0


def get_cache_token():
    """A number that changes whenever a class is registered with any ABC."""
    return _version


def abstractmethod(funcobj):
    """Mark a method that a concrete subclass has to override."""
    funcobj.__isabstractmethod__ = True
    return funcobj


class abstractclassmethod(classmethod):
    """A class method that has to be overridden; use `classmethod` around `abstractmethod` instead."""

    __isabstractmethod__ = True

    def __init__(self, callable):
        callable.__isabstractmethod__ = True
        super().__init__(callable)


class abstractstaticmethod(staticmethod):
    """A static method that has to be overridden; use `staticmethod` around `abstractmethod` instead."""

    __isabstractmethod__ = True

    def __init__(self, callable):
        callable.__isabstractmethod__ = True
        super().__init__(callable)


class abstractproperty(property):
    """A property that has to be overridden; use `property` around `abstractmethod` instead."""

    __isabstractmethod__ = True


class _State:
    """What an ABC knows: weak references to registered classes and to classes with a known answer."""

    __slots__ = ("registry", "yes", "no", "version")

    def __init__(self):
        self.registry = set()
        self.yes = set()
        self.no = set()
        self.version = _version


def _remember(classes, cls):
    classes.add(ref(cls, classes.discard))


def _find_abstract(cls, namespace):
    """The names that are abstract in a class, given what the class itself defines."""
    names = {name for name, value in namespace.items() if getattr(value, "__isabstractmethod__", False)}
    for base in cls.__bases__:
        for name in getattr(base, "__abstractmethods__", ()):
            if getattr(getattr(cls, name, None), "__isabstractmethod__", False):
                names.add(name)
    return frozenset(names)


def _has_methods(cls, names):
    """True if a class defines all the names; NotImplemented if one is missing or set to None."""
    for name in names:
        for base in cls.__mro__:
            if name in base.__dict__:
                if base.__dict__[name] is None:
                    return NotImplemented
                break
        else:
            return NotImplemented
    return True


class ABCMeta(type):
    """The metaclass of abstract base classes."""

    def __new__(mcls, name, bases, namespace, /, **kwargs):
        cls = super().__new__(mcls, name, bases, namespace, **kwargs)
        cls.__abstractmethods__ = _find_abstract(cls, namespace)
        cls._abc_impl = _State()
        return cls

    def register(cls, subclass):
        """Make a class count as a subclass of this ABC; returns it, so that this is a decorator too."""
        global _version
        if not isinstance(subclass, type):
            raise TypeError("Can only register classes")
        if issubclass(subclass, cls):
            return subclass
        if issubclass(cls, subclass):
            raise RuntimeError("Refusing to create an inheritance cycle")
        _remember(cls._abc_impl.registry, subclass)
        match_like(subclass, cls)
        _version += 1
        return subclass

    def __instancecheck__(cls, instance):
        """Whether an object's class, or the class it pretends to have, is a subclass."""
        subclass = instance.__class__
        key = ref(subclass)
        if key in cls._abc_impl.yes:
            return True
        actual = type(instance)
        if actual is subclass:
            return cls.__subclasscheck__(subclass)
        return cls.__subclasscheck__(subclass) or cls.__subclasscheck__(actual)

    def __subclasscheck__(cls, subclass):
        """Whether a class derives from this one, is registered, or has what `__subclasshook__` asks for."""
        if not isinstance(subclass, type):
            raise TypeError("issubclass() arg 1 must be a class")
        state = cls._abc_impl
        key = ref(subclass)
        if key in state.yes:
            return True
        if state.version != _version:
            state.no.clear()
            state.version = _version
        elif key in state.no:
            return False
        answer = cls.__subclasshook__(subclass)
        if answer is NotImplemented:
            answer = cls in subclass.__mro__ or _is_adopted(cls, state, subclass)
        elif not isinstance(answer, bool):
            raise AssertionError("__subclasshook__ must return either False, True, or NotImplemented")
        _remember(state.yes if answer else state.no, subclass)
        return answer

    def _dump_registry(cls, file=None):
        print(f"Class: {cls.__module__}.{cls.__qualname__}", file=file)
        print(f"Inv. counter: {get_cache_token()}", file=file)
        state = cls._abc_impl
        print(f"_abc_registry: {state.registry!r}", file=file)
        print(f"_abc_cache: {state.yes!r}", file=file)
        print(f"_abc_negative_cache: {state.no!r}", file=file)
        print(f"_abc_negative_cache_version: {state.version!r}", file=file)

    def _abc_registry_clear(cls):
        cls._abc_impl.registry.clear()

    def _abc_caches_clear(cls):
        cls._abc_impl.yes.clear()
        cls._abc_impl.no.clear()


def _is_adopted(cls, state, subclass):
    """Whether a class derives from one that was registered, or from one that a subclass of the ABC accepts."""
    for weak in list(state.registry):
        registered = weak()
        if registered is not None and issubclass(subclass, registered):
            return True
    # `type.` since a metaclass itself may be asked about.
    return any(issubclass(subclass, derived) for derived in type.__subclasses__(cls))


def update_abstractmethods(cls):
    """Find a class's abstract methods anew, after methods were added to it; returns the class."""
    if not hasattr(cls, "__abstractmethods__"):
        return cls
    cls.__abstractmethods__ = _find_abstract(cls, cls.__dict__)
    return cls


class ABC(metaclass=ABCMeta):
    """A base class whose metaclass is `ABCMeta`."""

    __slots__ = ()
