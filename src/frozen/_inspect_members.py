"""The attributes of objects and the order of classes, for `inspect`."""

import types as _types
from _inspect_kinds import isclass, isroutine
from collections import namedtuple as _namedtuple

Attribute = _namedtuple("Attribute", "name kind defining_class object", module="inspect")

_absent = object()


def getmro(cls):
    """The classes in which attributes of a class are looked for, in order."""
    return cls.__mro__


def _dynamic_names(classes):
    return [n for c in classes for n, v in c.__dict__.items() if isinstance(v, _types.DynamicClassAttribute)]


def _members(object, predicate, get):
    names = dir(object)
    classes = (object, *object.__mro__) if isclass(object) else ()
    if classes:
        # Those that the class itself hides are listed a second time.
        names += _dynamic_names(object.__bases__)
    found = []
    seen = set()
    for name in names:
        value = _absent
        if name not in seen:
            try:
                value = get(object, name)
            except AttributeError:
                pass
        if value is _absent:
            value = next((c.__dict__[name] for c in classes if name in c.__dict__), _absent)
        if value is _absent:
            continue
        seen.add(name)
        if predicate is None or predicate(value):
            found.append((name, value))
    return sorted(found, key=lambda pair: pair[0])


def getmembers(object, predicate=None):
    """The attributes of an object, as pairs of name and value sorted by name; those for which `predicate` is true."""
    return _members(object, predicate, getattr)


def getmembers_static(object, predicate=None):
    """The same, without running code of descriptors, `__getattr__` or `__getattribute__`."""
    return _members(object, predicate, getattr_static)


def classify_class_attrs(cls):
    """For each attribute of a class its name, kind, the class that defines it, and the object."""
    metaclasses = [c for c in type(cls).__mro__ if c not in (type, object)]
    own = (cls, *cls.__mro__)
    found = []
    seen = set()
    names = dir(cls) + [n for n in _dynamic_names(cls.__mro__) if getattr(_in(cls.__mro__, n), "fget", None)]
    for name in names:
        read = _absent
        home = None
        if name not in seen and name != "__dict__":
            try:
                read = getattr(cls, name)
            except Exception:
                pass
            else:
                home = _home_of(cls, name, read, own, metaclasses)
        raw = _absent
        for base in (*own, *metaclasses):
            if name in base.__dict__:
                raw = base.__dict__[name]
                if home not in metaclasses:
                    home = base
                break
        if home is None:
            continue
        value = read if read is not _absent and read is not None else raw
        for kind, types in _KINDS.items():
            if isinstance(raw, types):
                value = raw
                break
        else:
            kind = "method" if isroutine(value) else "data"
        found.append(Attribute(name, kind, home, None if value is _absent else value))
        seen.add(name)
    return found


# What is shown as it stands in the class.
_KINDS = {
    "static method": (staticmethod, _types.BuiltinMethodType),
    "class method": (classmethod, _types.ClassMethodDescriptorType),
    "property": (property,),
}


def _in(classes, name):
    return next((c.__dict__[name] for c in classes if name in c.__dict__), None)


def _home_of(cls, name, value, classes, metaclasses):
    home = getattr(value, "__objclass__", None)
    if home in classes:
        return home
    home = None
    for base in classes:
        if getattr(base, name, None) is value:
            home = base
    for meta in metaclasses:
        try:
            if meta.__getattr__(cls, name) is value:
                home = meta
        except AttributeError:
            pass
    return home


def walktree(classes, children, parent):
    """The part of a tree of classes below `parent`, for `getclasstree`."""
    tree = []
    classes.sort(key=lambda c: (c.__module__, c.__name__))
    for cls in classes:
        tree.append((cls, cls.__bases__))
        if cls in children:
            tree.append(walktree(children[cls], children, cls))
    return tree


def getclasstree(classes, unique=False):
    """Classes as nested lists: after each a list of those derived from it; with `unique` below one base only."""
    children = {}
    roots = []
    for cls in classes:
        for base in cls.__bases__:
            below = children.setdefault(base, [])
            if cls not in below:
                below.append(cls)
            if unique and base in classes:
                break
        if not cls.__bases__ and cls not in roots:
            roots.append(cls)
    roots += [base for base in children if base not in classes]
    return walktree(roots, children, None)


# What follows looks at classes through the descriptors of `type` and `object`, which no class can replace.
_mro_of = type.__dict__["__mro__"].__get__
_dict_of = type.__dict__["__dict__"].__get__


def _hides_dict(cls):
    """What a class has put in the place of its instances' `__dict__`, if anything."""
    for base in _mro_of(cls):
        entry = _dict_of(base).get("__dict__", _absent)
        if entry is _absent:
            continue
        plain = type(entry) is _types.GetSetDescriptorType
        if not (plain and entry.__name__ == "__dict__" and entry.__objclass__ is base):
            return entry
    return _absent


def _in_class(cls, name):
    for base in _mro_of(cls):
        if _hides_dict(type(base)) is _absent:
            value = base.__dict__.get(name, _absent)
            if value is not _absent:
                return value
    return _absent


def _in_instance(obj, name):
    try:
        return dict.get(object.__getattribute__(obj, "__dict__"), name, _absent)
    except AttributeError:
        return _absent


def getattr_static(obj, attr, default=_absent):
    """An attribute as it is stored, without running code of descriptors, `__getattr__` or `__getattribute__`."""
    own = _absent
    if isinstance(obj, type) and issubclass(type(obj), type):
        cls = obj
    else:
        cls = type(obj)
        hidden = _hides_dict(cls)
        if hidden is _absent or type(hidden) is _types.MemberDescriptorType:
            own = _in_instance(obj, attr)
    shared = _in_class(cls, attr)
    if own is not _absent and shared is not _absent:
        kind = type(shared)
        has = [_in_class(kind, name) is not _absent for name in ("__get__", "__set__", "__delete__")]
        if has[0] and (has[1] or has[2]):
            return shared
    for value in (own, shared):
        if value is not _absent:
            return value
    if cls is obj:
        value = _in_class(type(cls), attr)
        if value is not _absent:
            return value
    if default is not _absent:
        return default
    raise AttributeError(attr)
