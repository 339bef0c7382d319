"""A profiler: how often functions are called, built-in ones included, and how long they take.

`run` profiles a statement, `Profile` whatever runs while it is enabled. The results are read with `pstats`.
"""
import sys
import time
import types
from _profiling import Recorder, Results, command_line, namespaces, profiled

__all__ = ["run", "runctx", "Profile"]


class Profile(Results):
    """A profile that is recorded while it is enabled: `Profile(timer=None, timeunit=0.0, subcalls=True, builtins=True)`."""

    def __init__(self, timer=None, timeunit=0.0, subcalls=True, builtins=True):
        self._unit = timeunit
        self._builtins = builtins
        self._recorder = Recorder(timer or time.perf_counter, label, _HIDDEN, _SILENT)

    def enable(self, subcalls=True, builtins=True):
        """Starts recording, or goes on."""
        self._builtins = builtins
        sys.setprofile(self._recorder if builtins else self._without_builtins)

    def _without_builtins(self, frame, event, arg):
        if not event.startswith("c_"):
            self._recorder(frame, event, arg)

    def disable(self):
        """Stops recording."""
        active = sys.getprofile() is not None
        sys.setprofile(None)
        if active and self._builtins:
            self._recorder.enter(_DISABLE)
        self._recorder.finish()

    def clear(self):
        """Forgets what was recorded."""
        self._recorder.entries.clear()
        self._recorder.running.clear()

    def getstats(self):
        """What was recorded, one entry for each function."""
        unit = self._unit or 1
        return [
            profiler_entry(key, calls, calls - primitive, total * unit, own * unit, None)
            for key, (primitive, calls, own, total, callers) in self._recorder.stats().items()
        ]

    # The results.

    def create_stats(self):
        """Stops, and takes the results."""
        self.disable()
        self.snapshot_stats()

    def snapshot_stats(self):
        """Takes the results so far."""
        unit = self._unit or 1
        self.stats = {}
        for key, (primitive, calls, own, total, callers) in self._recorder.stats().items():
            callers = {above: (n, p, t * unit, c * unit) for above, (n, p, t, c) in callers.items()}
            self.stats[key] = primitive, calls, own * unit, total * unit, callers

    # Profiling something.

    def run(self, cmd):
        """Profiles a statement."""
        import __main__

        return self.runctx(cmd, __main__.__dict__, __main__.__dict__)

    def runctx(self, cmd, globals, locals):
        """Profiles a statement in these namespaces."""
        self.enable()
        try:
            exec(cmd, globals, locals)
        finally:
            self.disable()
        return self

    def runcall(self, func, /, *args, **kw):
        """Profiles a call and returns its result."""
        self.enable()
        try:
            return func(*args, **kw)
        finally:
            self.disable()

    def __enter__(self):
        self.enable()
        return self

    def __exit__(self, *exc_info):
        self.disable()


class profiler_entry(tuple):
    """What `getstats` says of a function."""

    __slots__ = ()
    _fields = "code", "callcount", "reccallcount", "totaltime", "inlinetime", "calls"

    def __new__(cls, *values):
        return tuple.__new__(cls, values)

    code, callcount, reccallcount, totaltime, inlinetime, calls = (property(lambda self, i=i: self[i]) for i in range(6))


_DISABLE = "~", 0, "<method 'disable' of '_lsprof.Profiler' objects>"
_SILENT = [Profile.enable.__code__, Profile.disable.__code__]
_HIDDEN = [Profile.runctx.__code__, Profile.runcall.__code__, Profile.__enter__.__code__]


def label(code):
    """The key of a code object or a built-in function."""
    if isinstance(code, str):
        return "~", 0, code
    if isinstance(code, types.CodeType):
        return code.co_filename, code.co_firstlineno, code.co_name
    receiver = getattr(code, "__self__", None)
    if receiver is None or isinstance(receiver, types.ModuleType):
        return "~", 0, "<built-in method %s.%s>" % (code.__module__ or "builtins", code.__name__)
    method = getattr(type(receiver), code.__name__, None)
    if isinstance(method, types.MethodDescriptorType):
        return "~", 0, repr(method)
    module = getattr(receiver, "__module__", None) if isinstance(receiver, type) else None
    return "~", 0, "<built-in method %s.%s>" % (module or "builtins", code.__name__)


def run(statement, filename=None, sort=-1):
    """Profiles a statement, and prints the results or writes them to a file."""
    globals, locals = namespaces()
    profiled(Profile(), statement, globals, locals, filename, sort)


def runctx(statement, globals, locals, filename=None, sort=-1):
    """The same in other namespaces."""
    profiled(Profile(), statement, globals, locals, filename, sort)


def main():
    """The command line."""
    command_line("cProfile.py", runctx, 2)


if __name__ == "__main__":
    main()
