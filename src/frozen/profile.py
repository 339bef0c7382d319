"""The profiler that is a profile function of its own; `cProfile` does the same with less to set.

`run` profiles a statement, `Profile` also calls. The results are read with `pstats`.
"""
import sys
import time
import types
from _profiling import Recorder, Results, command_line, namespaces, profiled

__all__ = ["run", "runctx", "Profile"]


def _label(code):
    if isinstance(code, types.CodeType):
        return code.co_filename, code.co_firstlineno, code.co_name
    return "", 0, code.__name__


class Profile(Results):
    """A profile of what it runs. `bias` is what is taken off the time of each call."""

    bias = 0

    def __init__(self, timer=None, bias=None):
        if bias is not None:
            self.bias = bias
        self.timer = timer or time.process_time
        self.cur = None
        self.c_func_name = ""
        self._recorder = Recorder(self._now, _label)
        self.simulate_call("profiler")

    def _now(self):
        now = self.timer()
        return now if isinstance(now, (int, float)) else sum(now[:2])

    def dispatcher(self, frame, event, arg):
        """The profile function."""
        self._recorder(frame, event, arg)

    trace_dispatch = dispatcher

    def simulate_call(self, name):
        """Counts a call of something that is no function."""
        self._recorder.enter(("profile", 0, name))

    def simulate_cmd_complete(self):
        """Ends what runs still."""
        self._recorder.finish()

    def set_cmd(self, cmd):
        """Counts what is profiled as a call."""
        self.simulate_call(cmd)

    # The results.

    def create_stats(self):
        """Takes the results."""
        self.simulate_cmd_complete()
        self.snapshot_stats()

    def snapshot_stats(self):
        """Takes the results so far."""
        self.stats = {}
        for key, (primitive, calls, own, total, callers) in self._recorder.stats().items():
            if key != ("profile", 0, "profiler"):
                callers = {above: counts[0] for above, counts in callers.items()}
                self.stats[key] = primitive, calls, own, total, callers

    # Profiling something.

    def run(self, cmd):
        """Profiles a statement."""
        globals, locals = namespaces()
        return self.runctx(cmd, globals, locals)

    def runctx(self, cmd, globals, locals):
        """Profiles a statement in these namespaces."""
        self.set_cmd(cmd)
        sys.setprofile(self.dispatcher)
        try:
            exec(cmd, globals, locals)
        finally:
            sys.setprofile(None)
        return self

    def runcall(self, func, /, *args, **kw):
        """Profiles a call and returns its result."""
        self.set_cmd(repr(func))
        sys.setprofile(self.dispatcher)
        try:
            return func(*args, **kw)
        finally:
            sys.setprofile(None)

    def calibrate(self, m, verbose=0):
        """How much longer a call takes for being profiled: a `bias`."""

        def called():
            pass

        def calls(n):
            for _ in range(n):
                called()

        start = self._now()
        calls(m)
        plain = self._now() - start
        profile = Profile(self.timer)
        start = self._now()
        profile.runcall(calls, m)
        profiled = self._now() - start
        if verbose:
            print("elapsed time without profiling =", plain)
            print("elapsed time with profiling =", profiled)
        return max(0.0, profiled - plain) / (2 * m) if m else 0.0


def run(statement, filename=None, sort=-1):
    """Profiles a statement, and prints the results or writes them to a file."""
    globals, locals = namespaces()
    profiled(Profile(), statement, globals, locals, filename, sort)


def runctx(statement, globals, locals, filename=None, sort=-1):
    """The same in other namespaces."""
    profiled(Profile(), statement, globals, locals, filename, sort)


def main():
    """The command line."""
    command_line("profile.py", runctx, -1)


if __name__ == "__main__":
    main()
