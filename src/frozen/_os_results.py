"""The tuples with names that functions of `os` return."""


class _Result(tuple):
    """A tuple whose items have names; there may be more names than items."""

    def __new__(cls, sequence, dict={}):
        items = tuple(sequence)
        least, most = cls.n_sequence_fields, cls.n_fields
        if not least <= len(items) <= most:
            word = "at least" if len(items) < least else "at most"
            if least == most:
                raise TypeError(f"{cls.__module__}.{cls.__name__}() takes a {least}-sequence "
                                f"({len(items)}-sequence given)")
            raise TypeError(f"{cls.__module__}.{cls.__name__}() takes an {word} {least if word == 'at least' else most}"
                            f"-sequence ({len(items)}-sequence given)")
        self = super().__new__(cls, items[:least])
        more = items[least:] + tuple(dict.get(name) for name in cls._hidden[len(items) - least:])
        if more:
            self.__dict__["_more"] = more
        return self

    def __init_subclass__(cls, visible=(), hidden=()):
        cls.__module__ = "os"
        cls.n_sequence_fields, cls.n_fields, cls.n_unnamed_fields = len(visible), len(visible) + len(hidden), 0
        cls._visible, cls._hidden = tuple(visible), tuple(hidden)
        cls.__match_args__ = cls._visible
        for i, name in enumerate(visible):
            if name not in cls.__dict__:
                setattr(cls, name, property(lambda self, i=i: self[i]))
        for i, name in enumerate(hidden):
            setattr(cls, name, property(lambda self, i=i: self.__dict__["_more"][i]))

    def __repr__(self):
        shown = ", ".join(f"{name}={value!r}" for name, value in zip(self._visible, self))
        return f"{self.__module__}.{type(self).__name__}({shown})"

    def __reduce__(self):
        return type(self), (tuple(self), dict(zip(self._hidden, self.__dict__.get("_more", ()))))


_STAT = "st_mode st_ino st_dev st_nlink st_uid st_gid st_size st_atime st_mtime st_ctime".split()


class stat_result(_Result, visible=_STAT, hidden="_atime _mtime _ctime st_atime_ns st_mtime_ns st_ctime_ns st_blksize "
                                                 "st_blocks st_rdev".split()):
    """What stat() says of a file. The times are whole seconds as items, and exact as attributes."""

    n_unnamed_fields = 3

    @property
    def st_atime(self):
        """The time of the last access."""
        return self._seconds(0)

    @property
    def st_mtime(self):
        """The time of the last change."""
        return self._seconds(1)

    @property
    def st_ctime(self):
        """The time of the last change of its entry."""
        return self._seconds(2)

    def _seconds(self, i):
        exact = self.__dict__["_more"][i]
        return self[7 + i] if exact is None else exact

    @classmethod
    def _from(cls, values):
        """A result of the numbers that the system call gives."""
        ns = values[7:10]
        return cls(values[:7] + tuple(t // 1_000_000_000 for t in ns) +
                   tuple(t // 1_000_000_000 + 1e-9 * (t % 1_000_000_000) for t in ns) + ns + values[10:])


class statvfs_result(_Result, visible="f_bsize f_frsize f_blocks f_bfree f_bavail f_files f_ffree f_favail f_flag "
                                      "f_namemax".split(), hidden=["f_fsid"]):
    """What statvfs() says of a file system."""


class terminal_size(_Result, visible=["columns", "lines"]):
    """Columns and lines of a terminal."""


class uname_result(_Result, visible="sysname nodename release version machine".split()):
    """Names of system, machine and release."""

    def __reduce__(self):
        return uname_result, (tuple(self),)


uname_result.__module__ = "posix"


class sched_param(_Result, visible=["sched_priority"]):
    """The parameters of a scheduling policy."""

    def __new__(cls, sched_priority):
        return super().__new__(cls, (sched_priority,))
