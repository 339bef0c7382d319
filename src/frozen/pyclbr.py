"""Lists the classes and functions of a module without importing it."""
import ast
import importlib.util
import sys

__all__ = ["readmodule", "readmodule_ex", "Class", "Function"]

_modules = {}


class _Object:
    """A class or a function."""

    def __init__(self, module, name, file, lineno, end_lineno, parent):
        self.module, self.name, self.file = module, name, file
        self.lineno, self.end_lineno = lineno, end_lineno
        self.parent = parent
        self.children = {}
        if parent is not None:
            parent.children[name] = self


class Function(_Object):
    """A function or a method."""

    def __init__(self, module, name, file, lineno, parent=None, is_async=False, *, end_lineno=None):
        super().__init__(module, name, file, lineno, end_lineno, parent)
        self.is_async = is_async
        if isinstance(parent, Class):
            parent.methods[name] = lineno


class Class(_Object):
    """A class."""

    def __init__(self, module, name, super_, file, lineno, parent=None, *, end_lineno=None):
        super().__init__(module, name, file, lineno, end_lineno, parent)
        self.super = super_ or []
        self.methods = {}


def readmodule(module, path=None):
    """The classes of a module, by name."""
    return {name: found for name, found in _read(module, path or []).items() if isinstance(found, Class)}


def readmodule_ex(module, path=None):
    """The classes and functions of a module, by name; of a package also its path."""
    return _read(module, path or [])


def _read(module, path, inpackage=None):
    full = f"{inpackage}.{module}" if inpackage is not None else module
    if full in _modules:
        return _modules[full]
    tree = {}
    if module in sys.builtin_module_names and inpackage is None:
        _modules[module] = tree
        return tree
    package, dot, name = module.rpartition(".")
    if dot:
        parent = _read(package, path, inpackage)
        if inpackage is not None:
            package = f"{inpackage}.{package}"
        if "__path__" not in parent:
            raise ImportError("No package named {}".format(package))
        return _read(name, parent["__path__"], package)
    search = path if inpackage is not None else path + sys.path
    spec = importlib.util._find_spec_from_path(full, search) if hasattr(importlib.util, "_find_spec_from_path") else \
        importlib._find_spec(full, search)
    if spec is None:
        raise ModuleNotFoundError(f"no module named {full!r}", name=full)
    _modules[full] = tree
    if spec.submodule_search_locations is not None:
        tree["__path__"] = list(spec.submodule_search_locations)
    try:
        source = spec.loader.get_source(full)
    except (AttributeError, ImportError):
        return tree
    if source is None:
        return tree
    _Browser(full, spec.origin, tree, inpackage).visit(ast.parse(source))
    return tree


class _Browser(ast.NodeVisitor):
    """Collects definitions."""

    def __init__(self, module, file, tree, inpackage):
        self.module, self.file, self.tree, self.inpackage = module, file, tree, inpackage
        self.stack = []

    def _parent(self):
        return self.stack[-1] if self.stack else None

    def visit_ClassDef(self, node):
        bases = []
        for base in node.bases:
            name = ast.unparse(base)
            if name in self.tree:
                bases.append(self.tree[name])
                continue
            parts = name.split(".")
            if len(parts) > 1 and parts[-2] in _modules:
                bases.append(_modules[parts[-2]].get(parts[-1], parts[-1]))
            else:
                bases.append(name)
        made = Class(self.module, node.name, bases, self.file, node.lineno, self._parent(), end_lineno=node.end_lineno)
        self._within(made, node)

    def visit_FunctionDef(self, node, is_async=False):
        made = Function(self.module, node.name, self.file, node.lineno, self._parent(), is_async, end_lineno=node.end_lineno)
        self._within(made, node)

    def visit_AsyncFunctionDef(self, node):
        self.visit_FunctionDef(node, True)

    def _within(self, made, node):
        if not self.stack:
            self.tree[node.name] = made
        self.stack.append(made)
        self.generic_visit(node)
        self.stack.pop()

    def visit_Import(self, node):
        if node.col_offset != 0:
            return
        for alias in node.names:
            try:
                _read(alias.name, [], self.inpackage)
            except (ImportError, SyntaxError):
                try:
                    _read(alias.name, [])
                except (ImportError, SyntaxError):
                    pass

    def visit_ImportFrom(self, node):
        if node.col_offset != 0:
            return
        try:
            name = "." * node.level + (node.module or "")
            if node.level:
                name = importlib.util.resolve_name(name, self.inpackage or self.module)
            module = _read(name, [])
        except (ImportError, SyntaxError):
            return
        for alias in node.names:
            if alias.name in module:
                self.tree[alias.asname or alias.name] = module[alias.name]
            elif alias.name == "*":
                self.tree.update((key, value) for key, value in module.items() if not key.startswith("_"))
