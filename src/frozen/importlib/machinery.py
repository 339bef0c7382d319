"""The finders and loaders of the import system."""

import os as _os
from _frozen_importlib import BuiltinImporter, FrozenImporter, ModuleSpec, PathFinder, SourceFileLoader

__all__ = ["BuiltinImporter", "FrozenImporter", "ModuleSpec", "PathFinder", "SourceFileLoader", "FileFinder",
           "NamespaceLoader", "SourcelessFileLoader", "ExtensionFileLoader", "all_suffixes", "SOURCE_SUFFIXES",
           "BYTECODE_SUFFIXES", "EXTENSION_SUFFIXES", "DEBUG_BYTECODE_SUFFIXES", "OPTIMIZED_BYTECODE_SUFFIXES"]

SOURCE_SUFFIXES = [".py"]
BYTECODE_SUFFIXES = DEBUG_BYTECODE_SUFFIXES = OPTIMIZED_BYTECODE_SUFFIXES = [".pyc"]
# No module is loaded from a shared library.
EXTENSION_SUFFIXES = []


def all_suffixes():
    """The endings of files that can be modules."""
    return SOURCE_SUFFIXES + BYTECODE_SUFFIXES + EXTENSION_SUFFIXES


class NamespaceLoader:
    """The loader of packages that are folders without code."""

    def __init__(self, name, path, path_finder):
        self.name = name
        self._path = path

    def is_package(self, fullname):
        """True."""
        return True

    def get_source(self, fullname):
        """The empty source."""
        return ""

    def get_code(self, fullname):
        """The code of nothing."""
        return compile("", "<string>", "exec", dont_inherit=True)

    def create_module(self, spec):
        """None: an ordinary module will do."""

    def exec_module(self, module):
        """Nothing is left to do."""


class _Unsupported:
    def __init__(self, fullname, path):
        self.name = fullname
        self.path = path

    def create_module(self, spec):
        """Refuse."""
        raise ImportError(f"{self.path!r} cannot be loaded: only source files can", name=self.name, path=self.path)

    def exec_module(self, module):
        """Refuse."""
        self.create_module(module.__spec__)


class SourcelessFileLoader(_Unsupported):
    """Would load compiled files, which this interpreter does not have."""


class ExtensionFileLoader(_Unsupported):
    """Would load shared libraries, which this interpreter does not use."""


class FileFinder:
    """Finds modules in one folder, with a loader for each of some endings."""

    def __init__(self, path, *loader_details):
        self._loaders = [(suffix, loader) for loader, suffixes in loader_details for suffix in suffixes]
        self.path = _os.path.abspath(path or ".")

    def invalidate_caches(self):
        """Nothing is kept."""

    def find_spec(self, fullname, target=None):
        """The specification of a module in the folder, or None."""
        from importlib.util import spec_from_file_location

        base = _os.path.join(self.path, fullname.rpartition(".")[2])
        if _os.path.isdir(base):
            for suffix, loader in self._loaders:
                file = _os.path.join(base, "__init__" + suffix)
                if _os.path.isfile(file):
                    return spec_from_file_location(
                        fullname, file, loader=loader(fullname, file), submodule_search_locations=[base]
                    )
        for suffix, loader in self._loaders:
            if _os.path.isfile(base + suffix):
                return spec_from_file_location(fullname, base + suffix, loader=loader(fullname, base + suffix))
        if _os.path.isdir(base):
            spec = ModuleSpec(fullname, None)
            spec.submodule_search_locations = [base]
            return spec
        return None

    @classmethod
    def path_hook(cls, *loader_details):
        """A function for `sys.path_hooks` that makes such finders for folders."""

        def path_hook_for_FileFinder(path):
            if not _os.path.isdir(path or "."):
                raise ImportError("only directories are supported", path=path)
            return cls(path, *loader_details)

        return path_hook_for_FileFinder

    def __repr__(self):
        return f"FileFinder({self.path!r})"
