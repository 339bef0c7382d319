"""zipfile.Path: the files of an archive as paths."""
import contextlib
import io
import pathlib
import posixpath


def folders_of(names):
    """The folders that names of files imply and that are not among the names."""
    known, implied = set(names), {}
    for name in names:
        folder = posixpath.dirname(name.rstrip("/"))
        while folder.rstrip("/"):
            if folder + "/" not in known:
                implied.setdefault(folder + "/")
            folder = posixpath.dirname(folder)
    return list(implied)


class CompleteDirs:
    """What makes an archive list every folder; mixed in by Path."""

    @classmethod
    def make(cls, source):
        """An archive that lists every folder, from an archive or what opens as one."""
        import zipfile

        if isinstance(source, cls):
            return source
        if not isinstance(source, zipfile.ZipFile):
            return _Reader(source)
        source.__class__ = _complete_class(source)
        return source

    def namelist(self):
        names = super().namelist()
        return names + folders_of(names)

    def resolve_dir(self, name):
        """The name with a slash at its end, if it is only there as a folder."""
        names = self._names()
        return name + "/" if name not in names and name + "/" in names else name

    def getinfo(self, name):
        import zipfile

        try:
            return super().getinfo(name)
        except KeyError:
            if not name.endswith("/") or name not in self._names():
                raise
            return zipfile.ZipInfo(name)

    def _names(self):
        return set(self.namelist())


def _complete_class(archive):
    """The class to which an archive changes so that it lists every folder."""
    import zipfile

    if type(archive) is zipfile.ZipFile:
        return _class("FastLookup" if archive.mode == "r" else "CompleteDirs")
    return type(type(archive).__name__, (CompleteDirs, type(archive)), {})


_classes = {}


def _class(name):
    if not _classes:
        import zipfile

        class Complete(CompleteDirs, zipfile.ZipFile):
            pass

        class Fast(Complete):
            # What is only read does not change.
            _list = _set = None

            def namelist(self):
                if self._list is None:
                    self._list = super().namelist()
                return self._list

            def _names(self):
                if self._set is None:
                    self._set = set(self.namelist())
                return self._set

        for given, cls in (("CompleteDirs", Complete), ("FastLookup", Fast)):
            cls.__name__ = cls.__qualname__ = given
            cls.__module__ = "zipfile"
            _classes[given] = cls
    return _classes[name]


def _Reader(source):
    return _class("FastLookup")(source)


class Path:
    """A path in an archive, with methods like those of pathlib."""

    def __init__(self, root, at=""):
        """`root` is an archive, or what opens as one; `at` a name in it, with a slash at the end for a folder."""
        self.root = CompleteDirs.make(root)
        self.at = at

    def __eq__(self, other):
        if type(self) is not type(other):
            return NotImplemented
        return (self.root, self.at) == (other.root, other.at)

    def __hash__(self):
        return hash((self.root, self.at))

    def open(self, mode="r", *args, pwd=None, **kwargs):
        """Open the file, in text mode unless the mode has a "b"."""
        if self.is_dir():
            raise IsADirectoryError(self)
        binary = mode[0]
        if not self.exists() and binary == "r":
            raise FileNotFoundError(self)
        stream = self.root.open(self.at, binary, pwd=pwd)
        if "b" in mode:
            if args or kwargs:
                raise ValueError("encoding args invalid for binary operation")
            return stream
        encoding = args[0] if args else kwargs.pop("encoding", None)
        return io.TextIOWrapper(stream, io.text_encoding(encoding), *args[1:], **kwargs)

    def _named(self, what):
        return getattr(pathlib.Path(self.at), what) or getattr(self.filename, what)

    @property
    def name(self):
        """The last part."""
        return self._named("name")

    @property
    def suffix(self):
        """The ending of the last part."""
        return self._named("suffix")

    @property
    def suffixes(self):
        """All endings of the last part."""
        return self._named("suffixes")

    @property
    def stem(self):
        """The last part without its ending."""
        return self._named("stem")

    @property
    def filename(self):
        """The archive's path and the name in it."""
        return pathlib.Path(self.root.filename).joinpath(self.at)

    @property
    def parent(self):
        """The folder it is in."""
        if not self.at:
            return self.filename.parent
        folder = posixpath.dirname(self.at.rstrip("/"))
        return self._at(folder + "/" if folder else folder)

    def _at(self, name):
        return type(self)(self.root, name)

    def read_text(self, *args, **kwargs):
        """The file's text."""
        if not args and "encoding" not in kwargs:
            kwargs["encoding"] = io.text_encoding(None)
        with self.open("r", *args, **kwargs) as stream:
            return stream.read()

    def read_bytes(self):
        """The file's bytes."""
        with self.open("rb") as stream:
            return stream.read()

    def is_dir(self):
        """Whether it is a folder."""
        return not self.at or self.at.endswith("/")

    def is_file(self):
        """Whether it is a file."""
        return self.exists() and not self.is_dir()

    def exists(self):
        """Whether the archive has it."""
        return self.at in self.root._names()

    def iterdir(self):
        """What the folder holds."""
        if not self.is_dir():
            raise ValueError("Can't listdir a file")
        folder = self.at.rstrip("/")
        return (
            self._at(name) for name in self.root.namelist() if posixpath.dirname(name.rstrip("/")) == folder
        )

    def joinpath(self, *other):
        """A path below this one."""
        return self._at(self.root.resolve_dir(posixpath.join(self.at, *other)))

    __truediv__ = joinpath

    def __str__(self):
        return posixpath.join(self.root.filename, self.at)

    def __repr__(self):
        return f"{type(self).__name__}({self.root.filename!r}, {self.at!r})"


Path.__module__ = "zipfile"
