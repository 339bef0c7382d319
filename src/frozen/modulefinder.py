"""Finding the modules that a script imports, without running it."""

import ast
import importlib.machinery
import importlib.util
import os
import sys

# Name of a package → folders that are searched for its modules too.
packagePathMap = {}
# Name of a package → the package that stands in its place.
replacePackageMap = {}


def AddPackagePath(packagename, path):
    """Let the modules of a package be found in a folder too."""
    packagePathMap.setdefault(packagename, []).append(path)


def ReplacePackage(oldname, newname):
    """Let a package be known under another name."""
    replacePackageMap[oldname] = newname


class Module:
    """A module that was found: name, file and, for packages, the folders of its modules."""

    def __init__(self, name, file=None, path=None):
        self.__name__, self.__file__, self.__path__ = name, file, path
        self.__code__ = None
        # The names that it assigns, and the modules from which it imports all names.
        self.globalnames, self.starimports = {}, {}

    def __repr__(self):
        shown = [repr(part) for part in (self.__name__, self.__file__, self.__path__) if part is not None]
        return f"Module({', '.join(shown)})"


def _bound(tree):
    """The global names that a module's statements give a value."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield node.name
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            for alias in node.names:
                yield alias.asname or alias.name.partition(".")[0]
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        else:
            yield from _bound(node)


class ModuleFinder:
    """Collects the modules that scripts import, in `modules`; `badmodules` are those that were not found."""

    def __init__(self, path=None, debug=0, excludes=None, replace_paths=None):
        self.path = sys.path if path is None else path
        self.modules, self.badmodules = {}, {}
        self.debug = debug
        self.excludes = [] if excludes is None else excludes
        self.replace_paths = [] if replace_paths is None else replace_paths

    # Starting points.

    def run_script(self, pathname):
        """Looks at a script, which becomes the module `__main__`."""
        self._load("__main__", pathname, None)

    def load_file(self, pathname):
        """Looks at a file as a module of its name."""
        self._load(os.path.splitext(os.path.basename(pathname))[0], pathname, None)

    def import_hook(self, name, caller=None, fromlist=None, level=-1):
        """Does what an import statement in the module `caller` does."""
        base = self._base(caller, level)
        full = f"{base}.{name}".strip(".") if base else name
        module = self._import(full, caller)
        for item in fromlist or ():
            if item == "*":
                self._import_all(module)
            elif module.__path__ is not None and item not in module.globalnames:
                self._import(f"{module.__name__}.{item}", caller)
        return module

    def _base(self, caller, level):
        """The package that a relative import starts from."""
        if caller is None or level <= 0:
            return ""
        parts = caller.__name__.split(".")
        if caller.__path__ is not None:
            level -= 1
        if level > len(parts):
            raise ImportError("relative importpath too deep")
        return ".".join(parts[: len(parts) - level])

    def _import_all(self, module):
        for folder in module.__path__ or ():
            try:
                files = sorted(os.listdir(folder))
            except OSError:
                continue
            for file in files:
                name, extension = os.path.splitext(file)
                if extension == ".py" and name != "__init__":
                    self._import(f"{module.__name__}.{name}", module)

    # Finding.

    def _import(self, full, caller):
        parent = None
        parts = full.split(".")
        for count in range(1, len(parts) + 1):
            name = ".".join(parts[:count])
            module = self.modules.get(name)
            if module is None:
                module = self._find(name, parent)
            parent = module
        return parent

    def _find(self, name, parent):
        if name in self.excludes:
            raise ImportError(name)
        path = self.path if parent is None else parent.__path__
        if parent is not None and path is None:
            raise ImportError(f"No module named {name}")
        if parent is None and name in sys.builtin_module_names:
            return self.add_module(name)
        spec = importlib.machinery.PathFinder.find_spec(name, path)
        if spec is None and parent is None:
            # What is part of the interpreter has no file in the path.
            spec = importlib.util.find_spec(name) if name in sys.stdlib_module_names else None
        if spec is None:
            raise ImportError(f"No module named {name}")
        has_file = spec.has_location and spec.origin is not None and spec.origin.endswith(".py")
        folders = spec.submodule_search_locations
        if not has_file:
            module = self.add_module(name)
            module.__path__ = None if folders is None else list(folders)
            return module
        return self._load(name, spec.origin, folders)

    def _load(self, name, file, folders):
        module = self.add_module(replacePackageMap.get(name, name))
        module.__file__ = file
        if folders is not None:
            module.__path__ = [*folders, *packagePathMap.get(name, ())]
        with open(file, "rb") as source:
            tree = ast.parse(source.read(), file)
        module.__code__ = self.replace_paths_in_code(compile(tree, file, "exec"))
        self.scan_code(tree, module)
        return module

    def add_module(self, fqname):
        """The module of a name, which is made if there is none."""
        return self.modules.setdefault(fqname, Module(fqname))

    def replace_paths_in_code(self, co):
        """Code whose file is named as the pairs in `replace_paths` say."""
        original = os.path.normpath(co.co_filename)
        for old, new in self.replace_paths:
            if original.startswith(old):
                shown = new + original[len(old):]
                break
        else:
            return co
        inner = [self.replace_paths_in_code(c) if isinstance(c, type(co)) else c for c in co.co_consts]
        return co.replace(co_consts=tuple(inner), co_filename=shown)

    def scan_code(self, tree, module):
        """Does the imports in a module's syntax tree, and notes the names that it assigns."""
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    self._safe_import(alias.name, module, (), 0)
            elif isinstance(node, ast.ImportFrom):
                names = [alias.name for alias in node.names]
                if node.module:
                    self._safe_import(node.module, module, names, node.level)
                else:
                    self._safe_import(self._base(module, node.level), None, names, 0)
        module.globalnames.update(dict.fromkeys(_bound(tree), 1))

    def _missing(self, name, caller):
        self.badmodules.setdefault(name, {})[caller.__name__ if caller else "-"] = 1

    def _safe_import(self, name, caller, names, level):
        if name in self.badmodules:
            return self._missing(name, caller)
        try:
            module = self.import_hook(name, caller, None, level)
        except (ImportError, SyntaxError):
            return self._missing(name, caller)
        for item in names:
            if item == "*":
                self._import_all(module)
                if module.__code__ is None:
                    caller.starimports[module.__name__] = 1
                else:
                    caller.globalnames.update(module.globalnames)
                    caller.starimports.update(module.starimports)
                continue
            try:
                if module.__path__ is not None:
                    self._import(f"{module.__name__}.{item}", caller)
            except (ImportError, SyntaxError):
                self._missing(f"{name}.{item}", caller)

    # What was found.

    def report(self):
        """Print all modules, then those that are missing."""
        print()
        print(f"  {'Name':25} File")
        print(f"  {'----':25} ----")
        for name in sorted(self.modules):
            module = self.modules[name]
            print("P" if module.__path__ else "m", f"{name:25}", module.__file__ or "")
        missing, maybe = self.any_missing_maybe()
        for title, names in (
            ("Missing modules:", missing),
            ("Submodules that appear to be missing, but could also be global names in the parent package:", maybe),
        ):
            if names:
                print()
                print(title)
                for name in names:
                    print("?", name, "imported from", ", ".join(sorted(self.badmodules[name])))

    def any_missing(self):
        """The names of modules that were not found."""
        missing, maybe = self.any_missing_maybe()
        return missing + maybe

    def any_missing_maybe(self):
        """The names of modules that are missing for certain, and of those that may be something else."""
        missing, maybe = [], []
        for name in self.badmodules:
            package, _, last = name.rpartition(".")
            parent = self.modules.get(package)
            if name in self.excludes:
                continue
            if not package or parent is None or package in self.badmodules[name]:
                # In the last case, the package itself looks for it.
                missing.append(name)
            elif last not in parent.globalnames:
                (maybe if parent.starimports else missing).append(name)
        return sorted(missing), sorted(maybe)
