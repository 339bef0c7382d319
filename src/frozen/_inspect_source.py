"""Where an object was defined: files, modules, source text, comments and documentation of `inspect`."""

import builtins as _builtins
import linecache as _linecache
import os as _os
import re as _re
import sys as _sys
from _inspect_kinds import isbuiltin, isclass, iscode, isdatadescriptor, isframe, isfunction, ismemberdescriptor
from _inspect_kinds import ismethod, ismethoddescriptor, ismodule, istraceback, unwrap


def indentsize(line):
    """How many columns of white space a line starts with."""
    expanded = line.expandtabs()
    return len(expanded) - len(expanded.lstrip())


def _class_of(func):
    # The class that a function's qualified name says it was defined in.
    found = _sys.modules.get(func.__module__)
    for name in func.__qualname__.split(".")[:-1] if found is not None else ():
        found = getattr(found, name)
    return found if isclass(found) else None


def _home(obj):
    """The class in which an object was defined, and its name there; no class if it is none of that class's."""
    if ismethod(obj):
        name, receiver = obj.__func__.__name__, obj.__self__
        if isclass(receiver) and getattr(getattr(receiver, name, None), "__func__") is obj.__func__:
            return receiver, name
        return type(receiver), name
    if isbuiltin(obj):
        name, receiver = obj.__name__, obj.__self__
        of_class = isclass(receiver) and f"{receiver.__qualname__}.{name}" == obj.__qualname__
        return receiver if of_class else type(receiver), name
    if isfunction(obj) or isinstance(obj, property):
        func = obj if isfunction(obj) else obj.fget
        name, cls = func.__name__, _class_of(func)
    elif ismethoddescriptor(obj) or isdatadescriptor(obj):
        name, cls = obj.__name__, obj.__objclass__
    else:
        return None, None
    return (cls, name) if cls is not None and getattr(cls, name) is obj else (None, name)


def _inherited_doc(obj):
    if isclass(obj):
        docs = [getattr(base, "__doc__", None) for base in obj.__mro__ if base is not object]
    else:
        cls, name = _home(obj)
        if cls is None:
            return None
        slots = getattr(cls, "__slots__", None)
        if ismemberdescriptor(obj) and isinstance(slots, dict) and name in slots:
            return slots[name]
        docs = [getattr(getattr(base, name, None), "__doc__", None) for base in cls.__mro__ if hasattr(base, name)]
    return next((doc for doc in docs if doc is not None), None)


def getdoc(object):
    """The documentation of an object, or what it would inherit, without the indentation of the source."""
    try:
        doc = object.__doc__
    except AttributeError:
        return None
    if doc is None:
        try:
            doc = _inherited_doc(object)
        except (AttributeError, TypeError):
            return None
    return cleandoc(doc) if isinstance(doc, str) else None


def cleandoc(doc):
    """Take away what all lines but the first are indented by, and empty lines at both ends."""
    first, *rest = doc.expandtabs().split("\n")
    margin = min([len(line) - len(line.lstrip()) for line in rest if line.strip()], default=0)
    lines = [first.lstrip(), *[line[margin:] for line in rest]]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        del lines[0]
    return "\n".join(lines)


def _code_of(obj):
    # The code object of a method, function, traceback or frame; other things as they are.
    obj = obj.__func__ if ismethod(obj) else obj
    obj = obj.__code__ if isfunction(obj) else obj
    obj = obj.tb_frame if istraceback(obj) else obj
    return obj.f_code if isframe(obj) else obj


def getfile(object):
    """The name of the file in which an object was defined."""
    if ismodule(object):
        if getattr(object, "__file__", None):
            return object.__file__
        raise TypeError(f"{object!r} is a built-in module")
    if isclass(object):
        home = getattr(object, "__module__", None)
        file = getattr(_sys.modules.get(home), "__file__", None)
        if file:
            return file
        if home == "__main__":
            raise OSError("source code not available")
        raise TypeError(f"{object!r} is a built-in class")
    code = _code_of(object)
    if iscode(code):
        return code.co_filename
    raise TypeError(
        "module, class, method, function, traceback, frame, or code object was expected, got "
        f"{type(code).__name__}"
    )


def getmodulename(path):
    """The name of the module whose file this could be, or None."""
    from importlib.machinery import all_suffixes

    name = _os.path.basename(path)
    for suffix in sorted(all_suffixes(), key=len, reverse=True):
        if name.endswith(suffix):
            return name[: -len(suffix)]
    return None


def getsourcefile(object):
    """The file with the source of an object, or None if there is none."""
    name = getfile(object)
    if name.endswith(".pyc"):
        name = name[:-1]
    if _os.path.exists(name):
        return name
    module = getmodule(object, name)
    loader = getattr(module, "__loader__", None) or getattr(getattr(module, "__spec__", None), "loader", None)
    return name if loader is not None or name in _linecache.cache else None


def getabsfile(object, _filename=None):
    """The absolute path of the file in which an object was defined."""
    return _os.path.normcase(_os.path.abspath(_filename or getsourcefile(object) or getfile(object)))


# Names of modules by the absolute path of their file, and the `__file__` for which they were entered.
modulesbyfile = {}
_known = {}


def getmodule(object, _filename=None):
    """The module in which an object was defined, or None if it cannot be told."""
    if ismodule(object):
        return object
    if hasattr(object, "__module__"):
        return _sys.modules.get(object.__module__)
    if _filename in modulesbyfile:
        return _sys.modules.get(modulesbyfile[_filename])
    try:
        file = getabsfile(object, _filename)
    except (TypeError, FileNotFoundError):
        return None
    if file not in modulesbyfile:
        for name, module in _sys.modules.copy().items():
            own = getattr(module, "__file__", None) if ismodule(module) else None
            if own is not None and _known.get(name) != own:
                _known[name] = own
                path = getabsfile(module)
                modulesbyfile[path] = modulesbyfile[_os.path.realpath(path)] = module.__name__
    if file in modulesbyfile:
        return _sys.modules.get(modulesbyfile[file])
    name = getattr(object, "__name__", None)
    for module in (_sys.modules["__main__"], _builtins) if name is not None else ():
        if getattr(module, name, None) is object:
            return module
    return None


def _line_of_class(lines, qualname):
    import ast

    def definitions(node, prefix):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.ClassDef):
                yield prefix + child.name, child
                yield from definitions(child, f"{prefix}{child.name}.")
            elif isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
                yield from definitions(child, f"{prefix}{child.name}.<locals>.")
            else:
                yield from definitions(child, prefix)

    for name, node in definitions(ast.parse("".join(lines)), ""):
        if name == qualname:
            return min([node.lineno, *[decorator.lineno for decorator in node.decorator_list]]) - 1
    raise OSError("could not find class definition")


_DEFINITION = _re.compile(r"(\s*def\s)|(\s*async\s+def\s)|(.*(?<!\w)lambda(:|\s))|(\s*@)")


def findsource(object):
    """All lines of the file in which an object was defined, and the number of its first line, from 0."""
    file = getsourcefile(object)
    if file:
        _linecache.checkcache(file)
    else:
        file = getfile(object)
        # Other tools enter text without a file into `linecache` under a name like this.
        if not (file.startswith("<") and file.endswith(">")):
            raise OSError("source code not available")
    module = getmodule(object, file)
    lines = _linecache.getlines(file, module.__dict__) if module else _linecache.getlines(file)
    if not lines:
        raise OSError("could not get source code")
    if ismodule(object):
        return lines, 0
    if isclass(object):
        return lines, _line_of_class(lines, object.__qualname__)
    code = _code_of(object)
    if not iscode(code):
        raise OSError("could not find code object")
    at = code.co_firstlineno - 1
    while at > 0:
        if at >= len(lines):
            raise OSError("lineno is out of bounds")
        if _DEFINITION.match(lines[at]):
            break
        at -= 1
    return lines, at


def _without_empty_ends(comments):
    while comments and comments[0].strip() == "#":
        del comments[0]
    while comments and comments[-1].strip() == "#":
        comments.pop()
    return comments


def getcomments(object):
    """The comment just above an object's definition, or at the top of a module; None without source."""
    try:
        lines, at = findsource(object)
    except (OSError, TypeError):
        return None
    if ismodule(object):
        start = 1 if lines[0].startswith("#!") else 0
        while start < len(lines) and lines[start].strip() in ("", "#"):
            start += 1
        end = start
        while end < len(lines) and lines[end].startswith("#"):
            end += 1
        return "".join([line.expandtabs() for line in lines[start:end]]) if end > start else None
    indent = indentsize(lines[at])
    start = at
    while start > 0 and lines[start - 1].lstrip().startswith("#") and indentsize(lines[start - 1]) == indent:
        start -= 1
    if start == at:
        return None
    return "".join(_without_empty_ends([line.expandtabs().lstrip() for line in lines[start:at]]))


class EndOfBlock(Exception):
    """The definition that a `BlockFinder` looks at is over."""

    __module__ = "inspect"


class BlockFinder:
    """Finds in a stream of tokens where the definition at its start ends: `last` is its last line."""

    __module__ = "inspect"

    def __init__(self):
        self.indent = 0
        self.islambda = False
        self.started = False
        self.passline = False
        self.indecorator = False
        self.last = 1
        self.body_col0 = None

    def tokeneater(self, type, token, srowcol, erowcol, line):
        """Take one token; raises `EndOfBlock` after the last."""
        import tokenize

        if not self.started and not self.indecorator:
            # What comes before `def`, `class` or `lambda` is a decorator, or the start of the lambda's line.
            self.indecorator = token == "@"
            self.started = token in ("def", "class", "lambda")
            self.islambda = token == "lambda"
            self.passline = True
        elif type == tokenize.NEWLINE:
            self.passline = self.indecorator = False
            self.last = srowcol[0]
            if self.islambda:
                raise EndOfBlock
        elif self.passline:
            pass
        elif type == tokenize.INDENT:
            if self.body_col0 is None and self.started:
                self.body_col0 = erowcol[1]
            self.indent += 1
            self.passline = True
        elif type == tokenize.DEDENT:
            self.indent -= 1
            if self.indent <= 0:
                raise EndOfBlock
        elif type == tokenize.COMMENT:
            if self.body_col0 is not None and srowcol[1] >= self.body_col0:
                self.last = srowcol[0]
        elif self.indent == 0 and type != tokenize.NL:
            raise EndOfBlock


def getblock(lines):
    """The lines of the definition that `lines` start with."""
    import tokenize

    finder = BlockFinder()
    try:
        for token in tokenize.generate_tokens(iter(lines).__next__):
            finder.tokeneater(*token)
    except (EndOfBlock, IndentationError):
        pass
    return lines[: finder.last]


def getsourcelines(object):
    """The lines of an object's source, and the number of the first, from 1 (0 for all lines of a module)."""
    object = unwrap(object)
    lines, at = findsource(object)
    object = object.tb_frame if istraceback(object) else object
    if ismodule(object) or (isframe(object) and object.f_code.co_name == "<module>"):
        return lines, 0
    return getblock(lines[at:]), at + 1


def getsource(object):
    """The source text of an object."""
    return "".join(getsourcelines(object)[0])
