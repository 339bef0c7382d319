"""Traces a program's lines, counts them, or finds which functions are called and by which.

    python -m trace --count|--trace|--listfuncs|--report [OPTION ...] program [ARG ...]
"""
import gc
import inspect
import linecache
import os
import pickle
import sys
import sysconfig
import threading
import token
import tokenize
from time import monotonic as _time
from types import CodeType

__all__ = ["Trace", "CoverageResults"]

PRAGMA_NOCOVER = "#pragma NO COVER"


class _Ignore:
    """Which modules are of no interest, by name or by folder."""

    def __init__(self, modules=None, dirs=None):
        self._mods = set(modules or ())
        self._dirs = [os.path.normpath(folder) for folder in dirs or ()]
        self._known = {"<string>": 1}

    def names(self, filename, modulename):
        if modulename not in self._known:
            self._known[modulename] = int(self._decide(filename, modulename))
        return self._known[modulename]

    def _decide(self, filename, modulename):
        for name in self._mods:
            if modulename == name or modulename.startswith(name + "."):
                return True
        # Built-in modules have no file.
        return filename is None or any(filename.startswith(folder + os.sep) for folder in self._dirs)


def _modname(path):
    return os.path.splitext(os.path.basename(path))[0]


def _fullmodname(path):
    """The name of a module by its file, its packages included: the longest folder of `sys.path` is left away."""
    full = os.path.normcase(path)
    longest = ""
    for folder in map(os.path.normcase, sys.path):
        if full.startswith(folder) and len(folder) > len(longest) and full[len(folder) : len(folder) + 1] == os.sep:
            longest = folder
    rest = path[len(longest) + 1 :] if longest else path
    rest = os.path.splitdrive(rest)[1].replace(os.sep, ".")
    return os.path.splitext(rest)[0].lstrip(".")


class CoverageResults:
    """How often lines ran, and which functions called which."""

    def __init__(self, counts=None, calledfuncs=None, infile=None, callers=None, outfile=None):
        self.counts = {} if counts is None else counts
        self.counter = self.counts.copy()
        self.calledfuncs = {} if calledfuncs is None else calledfuncs
        self.callers = {} if callers is None else callers
        self.infile = infile
        self.outfile = outfile
        if self.infile:
            try:
                with open(self.infile, "rb") as file:
                    counts, calledfuncs, callers = pickle.load(file)
                self.update(self.__class__(counts, calledfuncs, callers=callers))
            except (OSError, EOFError, ValueError) as error:
                print("Skipping counts file %r: %s" % (self.infile, error), file=sys.stderr)

    def is_ignored_filename(self, filename):
        """Whether it is no file."""
        return filename.startswith("<") and filename.endswith(">")

    def update(self, other):
        """Adds other results."""
        for key, count in other.counts.items():
            self.counts[key] = self.counts.get(key, 0) + count
        self.calledfuncs.update(dict.fromkeys(other.calledfuncs, 1))
        self.callers.update(dict.fromkeys(other.callers, 1))

    def write_results(self, show_missing=True, summary=False, coverdir=None):
        """Prints the functions, and writes for each module a file with its lines and how often they ran."""
        if self.calledfuncs:
            print()
            print("functions called:")
            for filename, module, function in sorted(self.calledfuncs):
                print("filename: %s, modulename: %s, funcname: %s" % (filename, module, function))
        if self.callers:
            self._print_callers()
        by_file = {}
        for (filename, line), count in self.counts.items():
            by_file.setdefault(filename, {})[line] = count
        sums = {}
        for filename, count in by_file.items():
            if self.is_ignored_filename(filename):
                continue
            filename = filename.removesuffix("c") if filename.endswith(".pyc") else filename
            if coverdir is None:
                folder, module = os.path.dirname(os.path.abspath(filename)), _modname(filename)
            else:
                folder, module = coverdir, _fullmodname(filename)
                os.makedirs(folder, exist_ok=True)
            missing = _find_executable_linenos(filename) if show_missing else {}
            source = linecache.getlines(filename)
            path = os.path.join(folder, module + ".cover")
            with open(filename, "rb") as file:
                encoding, _ = tokenize.detect_encoding(file.readline)
            hits, lines = self.write_results_file(path, source, missing, count, encoding)
            if summary and lines:
                sums[module] = lines, int(100 * hits / lines), module, filename
        if summary and sums:
            print("lines   cov%   module   (path)")
            for module in sorted(sums):
                print("%5d   %3d%%   %s   (%s)" % sums[module])
        if self.outfile:
            try:
                with open(self.outfile, "wb") as file:
                    pickle.dump((self.counts, self.calledfuncs, self.callers), file, 1)
            except OSError as error:
                print("Can't save counts files because %s" % error, file=sys.stderr)

    def _print_callers(self):
        print()
        print("calling relationships:")
        last_file = last_called = ""
        for (above, above_module, above_name), (file, module, name) in sorted(self.callers):
            if above != last_file:
                print()
                print("***", above, "***")
                last_file, last_called = above, ""
            if above != file and last_called != file:
                print("  -->", file)
                last_called = file
            print("    %s.%s -> %s.%s" % (above_module, above_name, module, name))

    def write_results_file(self, path, lines, lnotab, lines_hit, encoding=None):
        """Writes the lines of a file with their counts; how many ran and how many could have."""
        try:
            out = open(path, "w", encoding=encoding)
        except OSError as error:
            print("trace: Could not open %r for writing: %s - skipping" % (path, error), file=sys.stderr)
            return 0, 0
        executable = hits = 0
        with out:
            for number, line in enumerate(lines, 1):
                if number in lines_hit:
                    out.write("%5d: " % lines_hit[number])
                    hits += 1
                    executable += 1
                elif number in lnotab and PRAGMA_NOCOVER not in line:
                    out.write(">>>>>> ")
                    executable += 1
                else:
                    out.write("       ")
                out.write(line.expandtabs(8))
        return hits, executable


def _find_lines(code, strings):
    """The lines on which code stands, that of nested functions included, except strings that are no code."""
    lines = dict.fromkeys((line for *_, line in code.co_lines() if line is not None and line not in strings), 1)
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            lines.update(_find_lines(constant, strings))
    return lines


def _find_strings(filename, encoding=None):
    """The lines of docstrings."""
    found = {}
    previous = token.INDENT
    with open(filename, encoding=encoding) as file:
        for kind, _, (start, _), (end, _), _ in tokenize.generate_tokens(file.readline):
            if kind == token.STRING and previous == token.INDENT:
                found.update(dict.fromkeys(range(start, end + 1), 1))
            previous = kind
    return found


def _find_executable_linenos(filename):
    """The lines of a file that can run."""
    try:
        with tokenize.open(filename) as file:
            source, encoding = file.read(), file.encoding
    except OSError as error:
        print("Not printing coverage data for %r: %s" % (filename, error), file=sys.stderr)
        return {}
    return _find_lines(compile(source, filename, "exec"), _find_strings(filename, encoding))


class Trace:
    """Runs something and traces it, prints its lines (`trace`), counts them (`count`), or notes the functions
    that are called (`countfuncs`) and by which (`countcallers`)."""

    def __init__(self, count=1, trace=1, countfuncs=0, countcallers=0, ignoremods=(), ignoredirs=(), infile=None,
                 outfile=None, timing=False):
        self.infile = infile
        self.outfile = outfile
        self.ignore = _Ignore(ignoremods, ignoredirs)
        self.counts = {}
        self.pathtobasename = {}
        self.donothing = 0
        self.trace = trace
        self._calledfuncs = {}
        self._callers = {}
        self._caller_cache = {}
        self.start_time = _time() if timing else None
        if countcallers:
            self.globaltrace = self.globaltrace_trackcallers
        elif countfuncs:
            self.globaltrace = self.globaltrace_countfuncs
        elif trace or count:
            self.globaltrace = self.globaltrace_lt
            self.localtrace = self._local_for(trace, count)
        else:
            self.donothing = 1

    def _local_for(self, trace, count):
        if trace and count:
            return self.localtrace_trace_and_count
        return self.localtrace_trace if trace else self.localtrace_count

    # Running something.

    def run(self, cmd):
        """Traces a statement."""
        import __main__

        self.runctx(cmd, __main__.__dict__, __main__.__dict__)

    def runctx(self, cmd, globals=None, locals=None):
        """Traces a statement in these namespaces."""
        globals = {} if globals is None else globals
        locals = {} if locals is None else locals
        if not self.donothing:
            threading.settrace(self.globaltrace)
            sys.settrace(self.globaltrace)
        try:
            exec(cmd, globals, locals)
        finally:
            if not self.donothing:
                sys.settrace(None)
                threading.settrace(None)

    def runfunc(self, func, /, *args, **kw):
        """Traces a call and returns its result."""
        if not self.donothing:
            sys.settrace(self.globaltrace)
        try:
            return func(*args, **kw)
        finally:
            if not self.donothing:
                sys.settrace(None)

    # The trace functions.

    def file_module_function_of(self, frame):
        """File, module and name of a frame's function, the name with its class if that can be found."""
        code = frame.f_code
        filename = code.co_filename
        module = _modname(filename) if filename else None
        if code not in self._caller_cache:
            self._caller_cache[code] = _class_of(code)
        cls = self._caller_cache[code]
        return filename, module, f"{cls}.{code.co_name}" if cls else code.co_name

    def globaltrace_trackcallers(self, frame, why, arg):
        """Notes who calls whom."""
        if why == "call":
            self._callers[self.file_module_function_of(frame.f_back), self.file_module_function_of(frame)] = 1

    def globaltrace_countfuncs(self, frame, why, arg):
        """Notes what is called."""
        if why == "call":
            self._calledfuncs[self.file_module_function_of(frame)] = 1

    def globaltrace_lt(self, frame, why, arg):
        """Says whether the lines of a function are of interest."""
        if why != "call":
            return None
        filename = frame.f_globals.get("__file__", None)
        if not filename:
            return None
        module = _modname(filename)
        if module is None or self.ignore.names(filename, module):
            return None
        if self.trace:
            print(" --- modulename: %s, funcname: %s" % (module, frame.f_code.co_name))
        return self.localtrace

    def _count_line(self, frame):
        key = frame.f_code.co_filename, frame.f_lineno
        self.counts[key] = self.counts.get(key, 0) + 1

    def _print_line(self, frame):
        filename, line = frame.f_code.co_filename, frame.f_lineno
        if self.start_time:
            print("%.2f" % (_time() - self.start_time), end=" ")
        print("%s(%d): %s" % (os.path.basename(filename), line, linecache.getline(filename, line)), end="")

    def localtrace_trace_and_count(self, frame, why, arg):
        """Prints lines and counts them."""
        if why == "line":
            self._count_line(frame)
            self._print_line(frame)
        return self.localtrace

    def localtrace_trace(self, frame, why, arg):
        """Prints lines."""
        if why == "line":
            self._print_line(frame)
        return self.localtrace

    def localtrace_count(self, frame, why, arg):
        """Counts lines."""
        if why == "line":
            self._count_line(frame)
        return self.localtrace

    def results(self):
        """What was found."""
        return CoverageResults(self.counts, self._calledfuncs, self.infile, self._callers, self.outfile)


def _class_of(code):
    """The name of the class that has a function with this code, if it is clear which."""
    functions = [f for f in gc.get_referrers(code) if inspect.isfunction(f)]
    if len(functions) != 1:
        return None
    spaces = [d for d in gc.get_referrers(functions[0]) if isinstance(d, dict)]
    if len(spaces) != 1:
        return None
    classes = [c for c in gc.get_referrers(spaces[0]) if hasattr(c, "__bases__")]
    return classes[0].__name__ if len(classes) == 1 else None


def main():
    """The command line."""
    import argparse

    parser = argparse.ArgumentParser(prog="trace")
    parser.add_argument("--version", action="version", version="trace 2.0")
    what = parser.add_argument_group("what to do")
    what.add_argument("-c", "--count", action="store_true", help="count the lines, and write a .cover file for each module")
    what.add_argument("-t", "--trace", action="store_true", help="print each line before it runs")
    what.add_argument("-l", "--listfuncs", action="store_true", help="list the functions that are called")
    what.add_argument("-T", "--trackcalls", action="store_true", help="list who calls whom")
    what.add_argument("-r", "--report", action="store_true", help="report from a file of earlier runs")
    how = parser.add_argument_group("how to do it")
    how.add_argument("-f", "--file", help="the file that counts are kept in over several runs")
    how.add_argument("-C", "--coverdir", help="the folder for the .cover files")
    how.add_argument("-m", "--missing", action="store_true", help="mark lines that did not run with >>>>>>")
    how.add_argument("-s", "--summary", action="store_true", help="write a summary")
    how.add_argument("-g", "--timing", action="store_true", help="put the time since the start before each line")
    how.add_argument("-R", "--no-report", action="store_true", help="write no report")
    how.add_argument("--ignore-module", action="append", default=[], help="modules to leave out, with commas between")
    how.add_argument("--ignore-dir", action="append", default=[], help="folders to leave out, with : between")
    parser.add_argument("--module", action="store_true", default=False, help="trace a module")
    parser.add_argument("progname", nargs="?", help="the program to trace")
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="its arguments")
    opts = parser.parse_args()
    if opts.report:
        if not opts.file:
            parser.error("-r/--report requires -f/--file")
        CoverageResults(infile=opts.file, outfile=opts.file).write_results(opts.missing, opts.summary, opts.coverdir)
        return
    if not any([opts.trace, opts.count, opts.listfuncs, opts.trackcalls]):
        parser.error("must specify one of --trace, --count, --report, --listfuncs, or --trackcalls")
    if opts.listfuncs and (opts.count or opts.trace):
        parser.error("cannot specify both --listfuncs and (--trace or --count)")
    if opts.summary and not opts.count:
        parser.error("--summary can only be used with --count or --report")
    if opts.progname is None:
        parser.error("progname is missing: required with the main options")
    library = sysconfig.get_path("stdlib") or ""
    folders = [
        folder.replace("$prefix", sys.base_prefix).replace("$exec_prefix", library)
        for given in opts.ignore_dir for folder in given.split(os.pathsep)
    ]
    modules = [name.strip() for given in opts.ignore_module for name in given.split(",")]
    tracer = Trace(opts.count, opts.trace, countfuncs=opts.listfuncs, countcallers=opts.trackcalls, ignoremods=modules,
                   ignoredirs=folders, infile=opts.file, outfile=opts.file, timing=opts.timing)
    try:
        if opts.module:
            import runpy

            _, spec, code = runpy._get_module_details(opts.progname)
            sys.argv = [code.co_filename, *opts.arguments]
            globals = {"__name__": "__main__", "__file__": code.co_filename, "__package__": spec.parent,
                       "__loader__": spec.loader, "__spec__": spec, "__cached__": None}
        else:
            sys.argv = [opts.progname, *opts.arguments]
            sys.path[0] = os.path.dirname(opts.progname)
            with open(opts.progname, "rb") as file:
                code = compile(file.read(), opts.progname, "exec")
            globals = {"__file__": opts.progname, "__name__": "__main__", "__package__": None, "__cached__": None}
        tracer.runctx(code, globals, globals)
    except OSError as error:
        sys.exit("Cannot run file %r because: %s" % (sys.argv[0], error))
    except SystemExit:
        pass
    if not opts.no_report:
        tracer.results().write_results(opts.missing, opts.summary, opts.coverdir)


if __name__ == "__main__":
    main()
