"""Documentation as text: what an object is called, what it says of itself, and what is in it."""

import builtins
import inspect
import pkgutil
import re
import reprlib
import sys
import __future__

_HIDDEN = {
    "__author__", "__builtins__", "__cached__", "__credits__", "__date__", "__doc__", "__file__", "__spec__",
    "__loader__", "__module__", "__name__", "__package__", "__path__", "__qualname__", "__slots__", "__version__",
}
_address = re.compile(r" at 0x[0-9a-f]{6,16}(>+)$", re.IGNORECASE)
_MAX_SUBCLASSES = 4


# The words that objects have for themselves.


def _own_doc(obj):
    """The docstring of an object itself, not of its type."""
    try:
        doc = object.__getattribute__(obj, "__doc__")
    except AttributeError:
        return None
    if doc is None or obj is type:
        return doc
    of_type = type(obj).__doc__
    return None if isinstance(of_type, str) and of_type == doc else doc


def _class_of(func):
    """The class in which a function was defined."""
    found = sys.modules.get(func.__module__)
    if found is None:
        return None
    for name in func.__qualname__.split(".")[:-1]:
        found = getattr(found, name)
    return found if inspect.isclass(found) else None


def _place(obj):
    """The class in which an attribute is, and its name; None if it is in none."""
    if inspect.ismethod(obj):
        name, owner = obj.__func__.__name__, obj.__self__
        is_classmethod = inspect.isclass(owner) and getattr(getattr(owner, name, None), "__func__", None) is obj.__func__
        return (owner if is_classmethod else type(owner)), name
    if inspect.isfunction(obj):
        cls, name = _class_of(obj), obj.__name__
        return (cls, name) if cls is not None and getattr(cls, name) is obj else None
    if inspect.isbuiltin(obj):
        name, owner = obj.__name__, obj.__self__
        is_classmethod = inspect.isclass(owner) and f"{owner.__qualname__}.{name}" == obj.__qualname__
        return (owner if is_classmethod else type(owner)), name
    if isinstance(obj, property):
        cls, name = _class_of(obj.fget), obj.fget.__name__
        return (cls, name) if cls is not None and getattr(cls, name) is obj else None
    if inspect.ismethoddescriptor(obj) or inspect.isdatadescriptor(obj):
        cls, name = obj.__objclass__, obj.__name__
        return (cls, name) if getattr(cls, name) is obj else None
    return None


def _inherited_doc(obj):
    """The docstring that an attribute has in a class above its own."""
    place = _place(obj)
    if place is None:
        return None
    cls, name = place
    slots = getattr(cls, "__slots__", None)
    if inspect.ismemberdescriptor(obj) and isinstance(slots, dict) and name in slots:
        return slots[name]
    for base in cls.__mro__:
        doc = _own_doc(getattr(base, name)) if hasattr(base, name) else None
        if doc is not None:
            return doc
    return None


def plain_doc(obj):
    """The docstring of an object or None, without its indentation."""
    doc = _own_doc(obj)
    if doc is None:
        try:
            doc = _inherited_doc(obj)
        except (AttributeError, TypeError):
            return None
    return inspect.cleandoc(doc) if isinstance(doc, str) else None


def getdoc(obj):
    """The docstring of an object, or the comments before it."""
    text = plain_doc(obj) or inspect.getcomments(obj)
    return re.sub("^ *\n", "", text.rstrip()) if text else ""


def splitdoc(doc):
    """The first line of a docstring, if it stands alone, and the rest."""
    lines = doc.strip().split("\n")
    if len(lines) == 1:
        return lines[0], ""
    if not lines[1].rstrip():
        return lines[0], "\n".join(lines[2:])
    return "", "\n".join(lines)


def visiblename(name, all=None, obj=None):
    """Whether a name is worth to be shown."""
    if name in _HIDDEN:
        return False
    if name.startswith("__") and name.endswith("__"):
        return True
    if name.startswith("_") and hasattr(obj, "_fields"):
        # Of named tuples.
        return True
    if obj is not __future__ and name in __future__.all_feature_names:
        if isinstance(getattr(obj, name, None), __future__._Feature):
            return False
    return name in all if all is not None else not name.startswith("_")


def classname(cls, modname):
    """The name of a class, with its module if that is another one."""
    return cls.__name__ if cls.__module__ == modname else f"{cls.__module__}.{cls.__name__}"


def isdata(obj):
    """Whether an object is nothing that is documented in its own way."""
    kinds = (
        inspect.ismodule, inspect.isclass, inspect.isroutine, inspect.isframe, inspect.istraceback, inspect.iscode,
    )
    return not any(kind(obj) for kind in kinds)


def _cut(text, size):
    """A text without its middle, if it is too long."""
    if len(text) <= size:
        return text
    before = max(0, (size - 3) // 2)
    return text[:before] + "..." + text[len(text) - max(0, size - 3 - before):]


class TextRepr(reprlib.Repr):
    """Values as text, not too long."""

    def __init__(self):
        super().__init__()
        self.maxlist = self.maxtuple = 20
        self.maxdict = 10
        self.maxstring = self.maxother = 100

    def repr1(self, x, level):
        method = getattr(self, "repr_" + "_".join(type(x).__name__.split()), None)
        if method is not None:
            return method(x, level)
        return _cut(_address.sub(r"\1", repr(x)), self.maxother)

    def repr_str(self, x, level):
        text = _cut(x, self.maxstring)
        shown = repr(text)
        if "\\" in text and "\\" not in shown.replace("\\\\", ""):
            # Nothing but backslashes had to be escaped.
            return f"r{shown[0]}{text}{shown[0]}"
        return shown


def _indent(text, prefix="    "):
    if not text:
        return ""
    lines = [prefix + line for line in text.split("\n")]
    lines[-1] = lines[-1].rstrip()
    return "\n".join(lines)


def _is_bound(obj):
    if inspect.ismethod(obj):
        return True
    owner = getattr(obj, "__self__", None)
    return inspect.isbuiltin(obj) and owner is not None and not inspect.ismodule(owner)


def _signature(obj):
    try:
        return str(inspect.signature(obj))
    except (ValueError, TypeError):
        return ""


class TextDoc:
    """Writes documentation. `bold` makes names bold, as printers do: each character twice."""

    repr = TextRepr().repr

    def bold(self, text):
        return "".join(f"{c}\b{c}" for c in text)

    def document(self, obj, name=None, *args):
        """The documentation of any object."""
        args = (obj, name, *args)
        if inspect.ismodule(obj):
            return self.docmodule(*args)
        if inspect.isclass(obj):
            return self.docclass(*args)
        if inspect.isroutine(obj):
            return self.docroutine(*args)
        return self.docdata(*args) if inspect.isdatadescriptor(obj) else self.docother(*args)

    # Modules.

    def section(self, title, contents):
        return f"{self.bold(title)}\n{_indent(contents).rstrip()}\n\n"

    def docmodule(self, obj, name=None, mod=None):
        name, public = obj.__name__, getattr(obj, "__all__", None)
        synopsis, description = splitdoc(getdoc(obj))
        result = self.section("NAME", name + (f" - {synopsis}" if synopsis else ""))
        if description:
            result += self.section("DESCRIPTION", description)

        def is_own(value):
            return public is not None or (inspect.getmodule(value) or obj) is obj

        def members(kind, is_wanted=lambda value: True):
            found = inspect.getmembers(obj, kind)
            return [(key, value) for key, value in found if is_wanted(value) and visiblename(key, public, obj)]

        result += self._packages(obj, name)
        classes = members(inspect.isclass, is_own)
        if classes:
            tree = inspect.getclasstree([value for _, value in classes], True)
            parts = [self.formattree(tree, name)] + [self.document(value, key, name) for key, value in classes]
            result += self.section("CLASSES", "\n".join(parts))
        functions = members(inspect.isroutine, lambda value: inspect.isbuiltin(value) or is_own(value))
        if functions:
            parts = [self.document(value, key, name) for key, value in functions]
            result += self.section("FUNCTIONS", "\n".join(parts))
        data = members(isdata)
        if data:
            parts = [self.docother(value, key, name, maxlen=70) for key, value in data]
            result += self.section("DATA", "\n".join(parts))
        for title in ("version", "date", "author", "credits"):
            if hasattr(obj, f"__{title}__"):
                result += self.section(title.upper(), str(getattr(obj, f"__{title}__")))
        try:
            file = inspect.getabsfile(obj)
        except TypeError:
            file = "(built-in)"
        return result + self.section("FILE", file)

    def _packages(self, obj, name):
        result, known = "", set()
        if hasattr(obj, "__path__"):
            contents = []
            for _, module, is_package in pkgutil.iter_modules(obj.__path__):
                known.add(module)
                contents.append(module + " (package)" if is_package else module)
            result += self.section("PACKAGE CONTENTS", "\n".join(sorted(contents)))
        inner = [
            key for key, value in inspect.getmembers(obj, inspect.ismodule)
            if value.__name__.startswith(name + ".") and key not in known
        ]
        return result + (self.section("SUBMODULES", "\n".join(sorted(inner))) if inner else "")

    def formattree(self, tree, modname, parent=None, prefix=""):
        """Classes below the ones they are derived from."""
        result = ""
        for entry in tree:
            if isinstance(entry, list):
                result += self.formattree(entry, modname, cls, prefix + "    ")
                continue
            cls, bases = entry
            shown = ""
            if bases and bases != (parent,):
                shown = f"({', '.join(classname(base, modname) for base in bases)})"
            result += f"{prefix}{classname(cls, modname)}{shown}\n"
        return result

    # Classes.

    def docclass(self, obj, name=None, mod=None, *ignored):
        real, own = obj.__name__, obj.__module__
        name = name or real
        title = f"class {self.bold(real)}" if name == real else f"{self.bold(name)} = class {real}"
        if obj.__bases__:
            title += f"({', '.join(classname(base, own) for base in obj.__bases__)})"
        parts = []
        signature = _signature(obj)
        if signature and signature != "()":
            parts.append(f"{name}{signature}\n")
        doc = getdoc(obj)
        if doc:
            parts.append(doc + "\n")
        order = list(inspect.getmro(obj))
        if len(order) > 2:
            parts += ["Method resolution order:", *(f"    {classname(base, own)}" for base in order), ""]
        parts += self._subclasses(obj)
        parts += self._attributes(obj, mod, order)
        if not parts:
            return title + "\n"
        contents = "\n".join(parts)
        return f"{title}\n{_indent(contents.rstrip(), ' |  ')}\n"

    def _subclasses(self, obj):
        names = [cls.__name__ for cls in type.__subclasses__(obj) if cls.__module__ == "builtins"]
        names = sorted((name for name in names if not name.startswith("_")), key=str.lower)
        if not names:
            return []
        shown = [f"    {name}" for name in names[:_MAX_SUBCLASSES]]
        if len(names) > _MAX_SUBCLASSES:
            shown.append(f"    ... and {len(names) - _MAX_SUBCLASSES} other subclasses")
        return ["Built-in subclasses:", *shown, ""]

    def _attributes(self, obj, mod, order):
        """The attributes by the classes they come from, and by kinds."""
        attributes = [attr for attr in classify(obj) if visiblename(attr[0], obj=obj)]
        parts = []

        def group(title, found, show):
            if found:
                if parts:
                    parts.append("-" * 70)
                parts.append(title)
                parts.extend(show(name, cls, value) for name, _, cls, value in found)

        def method(name, cls, value):
            try:
                value = getattr(obj, name)
            except Exception:
                return self.docdata(value, name, mod)
            return self.document(value, name, mod, obj)

        def descriptor(name, cls, value):
            return self.docdata(value, name, mod)

        def data(name, cls, value):
            found = getattr(obj, name) if hasattr(obj, name) else cls.__dict__[name]
            return self.docother(found, name, mod, maxlen=70, doc=getdoc(value)) + "\n"

        kinds = [
            ("Methods", "method", method), ("Class methods", "class method", method),
            ("Static methods", "static method", method), ("Readonly properties", "readonly property", descriptor),
            ("Data descriptors", "data descriptor", descriptor), ("Data and other attributes", "data", data),
        ]
        order = order + [cls for _, _, cls, _ in attributes if cls not in order]
        for cls in order:
            if cls is builtins.object and obj is not builtins.object:
                continue
            where = "defined here" if cls is obj else f"inherited from {classname(cls, obj.__module__)}"
            here = sorted((attr for attr in attributes if attr[2] is cls), key=_order_in(obj))
            for title, kind, show in kinds:
                group(f"{title} {where}:\n", [attr for attr in here if attr[1] == kind], show)
        return parts

    # Functions and others.

    def docroutine(self, obj, name=None, mod=None, cl=None):
        real = obj.__name__
        name = name or real
        note = ""
        if _is_bound(obj):
            owner = type(obj.__self__)
            if cl:
                note = "" if owner is cl else f" from {classname(owner, mod)}"
            else:
                note = f" method of {classname(owner, mod)} instance"
        is_async = inspect.iscoroutinefunction(obj) or inspect.isasyncgenfunction(obj)
        is_alias = name != real
        title = f"{self.bold(name)} = {real}" if is_alias else self.bold(real)
        signature = _signature(obj)
        if signature and real == "<lambda>":
            title, signature = f"{self.bold(name)} lambda ", signature[1:-1]
        head = f"{'async ' if is_async else ''}{title}{signature or '(...)'}{note}\n"
        if is_alias and cl and inspect.getattr_static(cl, real, []) is obj:
            # It is documented by its own name.
            return head
        doc = getdoc(obj)
        return head + (_indent(doc).rstrip() + "\n" if doc else "")

    def docdata(self, obj, name=None, mod=None, cl=None):
        doc = getdoc(obj)
        return (f"{self.bold(name)}\n" if name else "") + (f"{_indent(doc)}\n" if doc else "")

    docproperty = docdata

    def docother(self, obj, name=None, mod=None, parent=None, maxlen=None, doc=None):
        shown = self.repr(obj)
        start = f"{name} = " if name else ""
        if maxlen and len(start) + len(shown) > maxlen:
            shown = shown[:maxlen - len(start) - len(shown)] + "..."
        doc = doc or getdoc(obj)
        return (self.bold(name) + " = " if name else "") + shown + (f"\n{_indent(str(doc))}\n" if doc else "")


def classify(cls):
    """Names, kinds, classes and values of the attributes of a class."""
    found = []
    for name, kind, home, value in inspect.classify_class_attrs(cls):
        if inspect.isdatadescriptor(value):
            kind = "readonly property" if isinstance(value, property) and value.fset is None else "data descriptor"
        found.append((name, kind, home, value))
    return found


def _order_in(cls):
    """By name, but the fields of named tuples in their order."""
    fields = getattr(cls, "_fields", ())
    places = {name: i - len(fields) for i, name in enumerate(fields)} if isinstance(fields, (tuple, list)) else {}
    return lambda attr: (places.get(attr[0], 0), attr[0])


class PlainTextDoc(TextDoc):
    """The same without bold names."""

    def bold(self, text):
        return text
