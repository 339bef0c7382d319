"""What is installed: the metadata of packages, as it lies in folders `.dist-info` and `.egg-info` along `sys.path`."""
import collections
import csv
import email
import email.message
import functools
import itertools
import os
import pathlib
import re
import sys
import warnings

__all__ = ["Distribution", "DistributionFinder", "PackageMetadata", "PackageNotFoundError", "distribution", "distributions",
           "entry_points", "files", "metadata", "packages_distributions", "requires", "version"]


class PackageNotFoundError(ModuleNotFoundError):
    """Nothing of this name is installed."""

    def __str__(self):
        return f"No package metadata was found for {self.name}"

    @property
    def name(self):
        """The name."""
        return self.args[0]

    @name.setter
    def name(self, value):
        pass


def _normalized(name):
    return re.sub(r"[-_.]+", "-", name).lower().replace("-", "_")


class EntryPoint:
    """A place in a package that others may use: a name, a group, and `module:attribute [extras]`."""

    pattern = re.compile(r"(?P<module>[\w.]+)\s*(:\s*(?P<attr>[\w.]+)\s*)?((?P<extras>\[.*\])\s*)?$")
    dist = None

    def __init__(self, name, value, group):
        vars(self).update(name=name, value=value, group=group)

    def _match(self):
        return self.pattern.match(self.value)

    def load(self):
        """The object."""
        import importlib

        match = self._match()
        module = importlib.import_module(match.group("module"))
        return functools.reduce(getattr, filter(None, (match.group("attr") or "").split(".")), module)

    @property
    def module(self):
        """The module's name."""
        return self._match().group("module")

    @property
    def attr(self):
        """The attribute's name, or an empty string."""
        return self._match().group("attr") or ""

    @property
    def extras(self):
        """The names of extras."""
        return re.findall(r"\w+", self._match().group("extras") or "")

    def _for(self, dist):
        vars(self).update(dist=dist)
        return self

    def matches(self, **params):
        """Whether all the given attributes are equal."""
        return all(getattr(self, name) == value for name, value in params.items())

    def _key(self):
        return self.name, self.value, self.group

    def __eq__(self, other):
        return self._key() == other._key() if isinstance(other, EntryPoint) else NotImplemented

    def __lt__(self, other):
        return self._key() < other._key()

    def __hash__(self):
        return hash(self._key())

    def __setattr__(self, name, value):
        raise AttributeError("EntryPoint objects are immutable.")

    def __repr__(self):
        return f"EntryPoint(name={self.name!r}, value={self.value!r}, group={self.group!r})"


class EntryPoints(tuple):
    """Entry points, found by name and selected by attributes."""

    __slots__ = ()

    def __getitem__(self, name):
        if isinstance(name, int):
            warnings.warn("Accessing entry points by index is deprecated. Cast to tuple if needed.", DeprecationWarning, 2)
            return super().__getitem__(name)
        try:
            return next(iter(self.select(name=name)))
        except StopIteration:
            raise KeyError(name) from None

    def select(self, **params):
        """Those with these attributes."""
        return EntryPoints(point for point in self if point.matches(**params))

    @property
    def names(self):
        """Their names."""
        return {point.name for point in self}

    @property
    def groups(self):
        """Their groups."""
        return {point.group for point in self}

    def get(self, group, default=None):
        """Those of a group; deprecated."""
        warnings.warn("SelectableGroups dict interface is deprecated. Use select.", DeprecationWarning, 2)
        return self.select(group=group) or (() if default is None else default)

    def __repr__(self):
        return f"{type(self).__name__}({tuple(self)!r})"


def _sections(text):
    """The pairs of name and value in each section of a text like an ini file."""
    section = None
    for line in text.splitlines():
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("[") and line.endswith("]"):
            section = line[1:-1]
        elif section is not None:
            name, _, value = line.partition("=")
            yield section, name.strip(), value.strip()


class FileHash:
    """The hash of a file, as it was installed."""

    def __init__(self, spec):
        self.mode, _, self.value = spec.partition("=")

    def __repr__(self):
        return f"<FileHash mode: {self.mode} value: {self.value}>"


class PackagePath(pathlib.PurePosixPath):
    """A file of a package, relative to where that is installed."""

    def locate(self):
        """Where it is."""
        return self.dist.locate_file(self)

    def read_text(self, encoding="utf-8"):
        """Its text."""
        return self.locate().read_text(encoding=encoding)

    def read_binary(self):
        """Its bytes."""
        return self.locate().read_bytes()


class PackageMetadata(email.message.Message):
    """The metadata of a package: headers, some of them more than once."""

    def __new__(cls, original):
        self = super().__new__(cls)
        vars(self).update(vars(original))
        return self

    def __init__(self, original):
        text = self.get_payload()
        if text and "Description" not in self:
            self._headers.append(("Description", text))

    def __iter__(self):
        return super().__iter__()

    def __getitem__(self, name):
        return super().__getitem__(name)

    @property
    def json(self):
        """The headers as a dictionary."""
        several = {"Classifier", "Obsoletes-Dist", "Platform", "Project-URL", "Provides-Dist", "Provides-Extra",
                   "Requires-Dist", "Requires-External", "Supported-Platform", "Dynamic"}
        result = {}
        for key in dict.fromkeys(self.keys()):
            value = self.get_all(key) if key in several else self[key]
            if key == "Keywords":
                value = re.split(r"\s+", value)
            result[key.lower().replace("-", "_")] = value
        return result


class Distribution:
    """Something that is installed."""

    def read_text(self, filename):
        """A file of its metadata, or None."""
        raise NotImplementedError

    def locate_file(self, path):
        """Where one of its files is."""
        raise NotImplementedError

    @classmethod
    def from_name(cls, name):
        """The one with a name; PackageNotFoundError if there is none."""
        if not name:
            raise ValueError("A distribution name is required.")
        for found in cls.discover(name=name):
            return found
        raise PackageNotFoundError(name)

    @classmethod
    def discover(cls, **kwargs):
        """All that finders on `sys.meta_path` and `sys.path` know, or those with a name."""
        context = kwargs.pop("context", None)
        if context and kwargs:
            raise ValueError("cannot accept context and kwargs")
        context = context or DistributionFinder.Context(**kwargs)
        finders = [getattr(finder, "find_distributions", None) for finder in sys.meta_path]
        found = [find(context) for find in finders if find is not None]
        return itertools.chain(_on_path(context), *found)

    @staticmethod
    def at(path):
        """The one whose metadata lie in a folder."""
        return PathDistribution(pathlib.Path(path))

    @property
    def metadata(self):
        """Its metadata."""
        text = self.read_text("METADATA") or self.read_text("PKG-INFO") or self.read_text("") or ""
        return PackageMetadata(email.message_from_string(text))

    @property
    def name(self):
        """Its name."""
        return self.metadata["Name"]

    @property
    def version(self):
        """Its version."""
        return self.metadata["Version"]

    @property
    def entry_points(self):
        """Its entry points."""
        text = self.read_text("entry_points.txt") or ""
        return EntryPoints(EntryPoint(name, value, group)._for(self) for group, name, value in _sections(text))

    @property
    def files(self):
        """Its files, or None if that is not known."""
        record = self.read_text("RECORD")
        if record is not None:
            rows = csv.reader(record.splitlines())
        else:
            sources = self.read_text("SOURCES.txt")
            if sources is None:
                return None
            rows = ([line] for line in sources.splitlines())
        result = []
        for name, *rest in filter(None, rows):
            path = PackagePath(name)
            path.hash = FileHash(rest[0]) if rest and rest[0] else None
            path.size = int(rest[1]) if len(rest) > 1 and rest[1] else None
            path.dist = self
            result.append(path)
        return result

    @property
    def requires(self):
        """What it needs, or None."""
        wanted = self.metadata.get_all("Requires-Dist")
        if wanted is None:
            text = self.read_text("requires.txt")
            wanted = None if text is None else [line for line in map(str.strip, text.splitlines()) if line and line[0] != "["]
        return list(wanted) if wanted else None


class DistributionFinder:
    """What finds distributions."""

    class Context:
        """What is looked for: a name, or all, and along which path."""

        name = None

        def __init__(self, **kwargs):
            vars(self).update(kwargs)

        @property
        def path(self):
            """The folders."""
            return vars(self).get("path", sys.path)

    def find_distributions(self, context=Context()):
        """Those that are found."""
        raise NotImplementedError


class PathDistribution(Distribution):
    """One whose metadata are files."""

    def __init__(self, path):
        self._path = path

    def read_text(self, filename):
        """A file of its metadata, or None."""
        try:
            return self._path.joinpath(filename).read_text(encoding="utf-8")
        except (FileNotFoundError, IsADirectoryError, KeyError, NotADirectoryError, PermissionError):
            return None

    def locate_file(self, path):
        """Where one of its files is."""
        return self._path.parent / path

    @property
    def _normalized_name(self):
        return _normalized(self._path.stem.partition("-")[0] or self.name)


def _on_path(context):
    wanted = None if context.name is None else _normalized(context.name)
    for folder in context.path:
        try:
            names = sorted(os.listdir(folder or "."))
        except OSError:
            continue
        for name in names:
            stem, suffix = os.path.splitext(name)
            if suffix.lower() not in (".dist-info", ".egg-info"):
                continue
            if wanted is None or _normalized(stem.partition("-")[0]) == wanted:
                yield PathDistribution(pathlib.Path(folder or ".", name))


def distribution(distribution_name):
    """What is installed under a name."""
    return Distribution.from_name(distribution_name)


def distributions(**kwargs):
    """All that is installed."""
    return Distribution.discover(**kwargs)


def metadata(distribution_name):
    """The metadata of what is installed under a name."""
    return Distribution.from_name(distribution_name).metadata


def version(distribution_name):
    """The version of what is installed under a name."""
    return Distribution.from_name(distribution_name).version


def entry_points(**params):
    """The entry points of all that is installed, or those with some attributes."""
    seen, points = set(), []
    for found in distributions():
        # The first of a name hides the others.
        if found._normalized_name not in seen:
            seen.add(found._normalized_name)
            points += found.entry_points
    return EntryPoints(points).select(**params)


def files(distribution_name):
    """The files of what is installed under a name."""
    return distribution(distribution_name).files


def requires(distribution_name):
    """What is needed by what is installed under a name."""
    return distribution(distribution_name).requires


def packages_distributions():
    """The names of what is installed for each package or module at the top."""
    result = collections.defaultdict(list)
    for found in distributions():
        names = (found.read_text("top_level.txt") or "").split()
        if not names:
            names = {path.parts[0] if len(path.parts) > 1 else path.stem
                     for path in found.files or () if path.suffix == ".py"}
        for name in names:
            result[name].append(found.metadata["Name"])
    return dict(result)
