"""Abstract classes of finders and loaders."""

import abc as _abc
from importlib import machinery as _machinery

__all__ = ["Loader", "MetaPathFinder", "PathEntryFinder", "ResourceLoader", "InspectLoader", "ExecutionLoader",
           "FileLoader", "SourceLoader"]


class Loader(metaclass=_abc.ABCMeta):
    """Fills a module."""

    def create_module(self, spec):
        """A module for the specification; None if an ordinary one will do."""
        return None

    def load_module(self, fullname):
        """Import a module, in the older way."""
        if not hasattr(self, "exec_module"):
            raise ImportError
        import _frozen_importlib
        from importlib.util import spec_from_loader

        return _frozen_importlib.load(spec_from_loader(fullname, self))


class MetaPathFinder(metaclass=_abc.ABCMeta):
    """Finds modules, for `sys.meta_path`; its `find_spec(name, path, target)` gives a specification or None."""

    def invalidate_caches(self):
        """Forget what is known of the places where modules can be."""


class PathEntryFinder(metaclass=_abc.ABCMeta):
    """Finds modules in one entry of a path; its `find_spec(name, target)` gives a specification or None."""

    def invalidate_caches(self):
        """Forget what is known of the place."""


class ResourceLoader(Loader):
    """A loader that can read files."""

    @_abc.abstractmethod
    def get_data(self, path):
        """The bytes of a file."""
        raise OSError


class InspectLoader(Loader):
    """A loader that knows the source and code of its modules."""

    def is_package(self, fullname):
        """Whether a module is a package."""
        raise ImportError

    def get_code(self, fullname):
        """The code object of a module, or None without source."""
        source = self.get_source(fullname)
        return None if source is None else self.source_to_code(source)

    @_abc.abstractmethod
    def get_source(self, fullname):
        """The source of a module, or None."""
        raise ImportError

    @staticmethod
    def source_to_code(data, path="<string>"):
        """Compile source."""
        return compile(data, path, "exec", dont_inherit=True)

    def exec_module(self, module):
        """Run the code of a module."""
        code = self.get_code(module.__name__)
        if code is None:
            raise ImportError(f"cannot load module {module.__name__!r} when get_code() returns None")
        exec(code, module.__dict__)


class ExecutionLoader(InspectLoader):
    """A loader that knows in which file a module is."""

    @_abc.abstractmethod
    def get_filename(self, fullname):
        """The path of a module's file."""
        raise ImportError

    def get_code(self, fullname):
        """The code object of a module, which knows its file."""
        source = self.get_source(fullname)
        if source is None:
            return None
        try:
            path = self.get_filename(fullname)
        except ImportError:
            return self.source_to_code(source)
        return self.source_to_code(source, path)


class FileLoader(ResourceLoader, ExecutionLoader):
    """A loader for one file."""

    def __init__(self, fullname, path):
        self.name = fullname
        self.path = path

    def get_filename(self, name=None):
        """The path of the file."""
        if name is not None and name != self.name:
            raise ImportError(f"loader for {self.name} cannot handle {name}", name=name)
        return self.path

    def get_data(self, path):
        """The bytes of a file."""
        with open(path, "rb") as file:
            return file.read()


class SourceLoader(ResourceLoader, ExecutionLoader):
    """A loader that needs no more than `get_filename` and `get_data`."""

    def is_package(self, fullname):
        """Whether the file is an `__init__.py`."""
        name = self.get_filename(fullname).rpartition("/")[2]
        return name.rpartition(".")[0] == "__init__" and fullname.rpartition(".")[2] != "__init__"

    def path_mtime(self, path):
        """When the file was changed."""
        raise OSError

    def path_stats(self, path):
        """When the file was changed, in a dictionary."""
        return {"mtime": self.path_mtime(path)}

    def set_data(self, path, data):
        """Write a file; by default it is not written."""

    def get_source(self, fullname):
        """The source as text."""
        from importlib.util import decode_source

        path = self.get_filename(fullname)
        try:
            data = self.get_data(path)
        except OSError as error:
            raise ImportError("source not available through get_data()", name=fullname) from error
        return decode_source(data)

    def get_code(self, fullname):
        """The code object of the module."""
        path = self.get_filename(fullname)
        return self.source_to_code(self.get_data(path), path)


MetaPathFinder.register(_machinery.BuiltinImporter)
MetaPathFinder.register(_machinery.FrozenImporter)
MetaPathFinder.register(_machinery.PathFinder)
PathEntryFinder.register(_machinery.FileFinder)
InspectLoader.register(_machinery.BuiltinImporter)
InspectLoader.register(_machinery.FrozenImporter)
SourceLoader.register(_machinery.SourceFileLoader)
FileLoader.register(_machinery.SourceFileLoader)
