"""What both profilers share: a profile function that counts calls and the time spent in them, and the command line."""
import io
import os
import sys

__all__ = ["Recorder", "Results", "command_line", "namespaces", "profiled"]


class _Entry:
    """What is known of a function: calls, those that were not recursive, times, and by whom it was called."""

    __slots__ = ("calls", "primitive", "own", "total", "active", "callers")

    def __init__(self):
        self.calls = self.primitive = self.active = 0
        self.own = self.total = 0.0
        self.callers = {}


class Recorder:
    """A profile function. `label` gives a function its key: file, line and name."""

    def __init__(self, timer, label, hidden=(), silent=()):
        self.timer = timer
        self.label = label
        # Code objects that are the profiler's own, whose calls do not count, and those that also call nothing.
        self.hidden = frozenset(hidden)
        self.silent = frozenset(silent)
        self.entries = {}
        # Who runs: key, when it began, how long what it called has run, and its part in its caller's account.
        self.running = []

    def __call__(self, frame, event, arg):
        code = frame.f_code
        if code in self.silent or (code in self.hidden and not event.startswith("c_")):
            return
        if event == "call":
            self.enter(self.label(code))
        elif event == "c_call":
            self.enter(self.label(arg))
        else:
            self.leave()

    def enter(self, key):
        """A function is called."""
        entry = self.entries.get(key)
        if entry is None:
            entry = self.entries[key] = _Entry()
        entry.active += 1
        caller = None
        if self.running:
            callers = entry.callers
            above = self.running[-1][0]
            caller = callers.get(above)
            if caller is None:
                # Calls, those that were not recursive, own and total time, and how deep it is.
                caller = callers[above] = [0, 0, 0.0, 0.0, 0]
            caller[4] += 1
        self.running.append((key, entry, caller, [0.0], self.timer()))

    def leave(self):
        """The function that runs ends."""
        if not self.running:
            # It was called before the profiler was turned on.
            return
        now = self.timer()
        key, entry, caller, inner, start = self.running.pop()
        total = now - start
        own = total - inner[0]
        entry.calls += 1
        entry.own += own
        entry.active -= 1
        if not entry.active:
            entry.primitive += 1
            entry.total += total
        if caller is not None:
            caller[0] += 1
            caller[2] += own
            caller[4] -= 1
            if not caller[4]:
                caller[1] += 1
                caller[3] += total
        if self.running:
            self.running[-1][3][0] += total

    def finish(self):
        """What runs still is taken to end now."""
        while self.running:
            self.leave()

    def stats(self):
        """The account in the form that `pstats` reads."""
        result = {}
        for key, entry in self.entries.items():
            callers = {above: tuple(counts[:4]) for above, counts in entry.callers.items()}
            result[key] = entry.primitive, entry.calls, entry.own, entry.total, callers
        return result


class Results:
    """What both profiles do with their results, which `create_stats` leaves in `stats`."""

    def print_stats(self, sort=-1):
        """Prints the results as a table."""
        import pstats

        pstats.Stats(self).strip_dirs().sort_stats(sort).print_stats()

    def dump_stats(self, file):
        """Writes the results to a file for `pstats`."""
        import marshal

        self.create_stats()
        with open(file, "wb") as out:
            marshal.dump(self.stats, out)


def namespaces(globals=None, locals=None):
    """The namespaces in which a statement runs."""
    if globals is None:
        globals = sys.modules["__main__"].__dict__
    return globals, globals if locals is None else locals


def profiled(profile, statement, globals, locals, filename, sort):
    """Runs a statement with a profile, and prints the results or writes them to a file."""
    try:
        profile.runctx(statement, globals, locals)
    except SystemExit:
        pass
    finally:
        if filename is None:
            profile.print_stats(sort)
        else:
            profile.dump_stats(filename)


def command_line(name, runctx, order):
    """Profiles a script or a module, as the command line says."""
    from optparse import OptionParser

    parser = OptionParser(f"{name} [-o output_file_path] [-s sort] [-m module | scriptfile] [arg] ...")
    parser.allow_interspersed_args = False
    parser.add_option("-o", "--outfile", dest="outfile", default=None, help="where the results go; otherwise they are printed")
    parser.add_option("-s", "--sort", dest="sort", default=order, help="the order in which they are printed")
    parser.add_option("-m", dest="module", action="store_true", default=False, help="profile a module of the library")
    if not sys.argv[1:]:
        parser.print_usage()
        sys.exit(2)
    options, args = parser.parse_args()
    if not args:
        parser.print_usage()
        return
    sys.argv[:] = args
    if options.module:
        import runpy

        code = "run_module(modname, run_name='__main__')"
        globals = {"run_module": runpy.run_module, "modname": args[0]}
    else:
        program = args[0]
        sys.path.insert(0, os.path.dirname(program))
        with io.open_code(program) as file:
            code = compile(file.read(), program, "exec")
        globals = {"__file__": program, "__name__": "__main__", "__package__": None, "__cached__": None}
    runctx(code, globals, None, options.outfile, options.sort)
