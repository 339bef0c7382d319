"""Examples in docstrings, run and compared with what they say they print."""

import sys as _sys
from _doctest_parts import (
    BLANKLINE_MARKER, COMPARISON_FLAGS, DONT_ACCEPT_BLANKLINE, DONT_ACCEPT_TRUE_FOR_1, ELLIPSIS, ELLIPSIS_MARKER,
    FAIL_FAST, IGNORE_EXCEPTION_DETAIL, NORMALIZE_WHITESPACE, REPORT_CDIFF, REPORT_NDIFF, REPORT_ONLY_FIRST_FAILURE,
    REPORT_UDIFF, REPORTING_FLAGS, SKIP, DocTest, DocTestFailure, DocTestParser, Example, OutputChecker,
    UnexpectedException, _Capture, _flags, _indent, register_optionflag,
)

__all__ = [
    "register_optionflag", "DONT_ACCEPT_TRUE_FOR_1", "DONT_ACCEPT_BLANKLINE", "NORMALIZE_WHITESPACE", "ELLIPSIS",
    "SKIP", "IGNORE_EXCEPTION_DETAIL", "COMPARISON_FLAGS", "REPORT_UDIFF", "REPORT_CDIFF", "REPORT_NDIFF",
    "REPORT_ONLY_FIRST_FAILURE", "REPORTING_FLAGS", "FAIL_FAST", "Example", "DocTest", "DocTestParser",
    "DocTestFinder", "DocTestRunner", "OutputChecker", "DocTestFailure", "UnexpectedException", "DebugRunner",
    "testmod", "testfile", "run_docstring_examples", "script_from_examples", "testsource", "DocTestSuite",
    "DocFileSuite", "set_unittest_reportflags",
]

OPTIONFLAGS_BY_NAME = _flags
_DIVIDER = "*" * 70
_function = type(lambda: 0)
_module = type(_sys)
_builtin = type(len)
_method = type(_Capture().take)
# Functions and methods of built-in types, plain and wrapped.
_routines = (_function, _builtin, _method, type(str.join), type(int.__add__))

# The runner of the last testmod or testfile without a report of its own.
master = None


class TestResults(tuple):
    """How many examples failed, of how many that were tried."""

    __slots__ = ()
    _fields = ("failed", "attempted")

    def __new__(cls, failed, attempted):
        return tuple.__new__(cls, (failed, attempted))

    failed = property(lambda self: self[0], doc="How many failed.")
    attempted = property(lambda self: self[1], doc="How many were tried.")

    def __repr__(self):
        return f"TestResults(failed={self[0]}, attempted={self[1]})"


def _show(value):
    """Print the value of an expression as the prompt does, whatever hook the program has set."""
    if value is not None:
        import builtins

        builtins._ = None
        _sys.stdout.write(f"{value!r}\n")
        builtins._ = value


def _unwrap(obj):
    seen = 0
    while hasattr(obj, "__wrapped__") and seen < 1000:
        obj, seen = obj.__wrapped__, seen + 1
    return obj


class DocTestFinder:
    """Collects the docstrings of an object and of what it contains."""

    def __init__(self, verbose=False, parser=None, recurse=True, exclude_empty=True):
        self._parser = DocTestParser() if parser is None else parser
        self._verbose = verbose
        self._recurse = recurse
        self._exclude_empty = exclude_empty

    def find(self, obj, name=None, module=None, globs=None, extraglobs=None):
        """The DocTests, sorted; ValueError if the object has no name."""
        if name is None:
            name = getattr(obj, "__name__", None)
            if name is None:
                raise ValueError(f"DocTestFinder.find: name must be given when obj.__name__ doesn't exist: {type(obj)!r}")
        if module is False:
            module = None
        elif module is None:
            module = obj if isinstance(obj, _module) else _sys.modules.get(getattr(obj, "__module__", None))
        lines = None
        if module is not None and getattr(module, "__file__", None):
            import linecache

            lines = linecache.getlines(module.__file__, module.__dict__) or None
        if globs is None:
            globs = {} if module is None else module.__dict__.copy()
        else:
            globs = globs.copy()
        if extraglobs is not None:
            globs.update(extraglobs)
        globs.setdefault("__name__", "__main__")
        tests = []
        self._find(tests, obj, name, module, lines, globs, set())
        tests.sort()
        return tests

    def _from_module(self, module, obj):
        if module is None:
            return True
        owner = getattr(obj, "__module__", None)
        # What decorators have wrapped says itself where it is from.
        home = _sys.modules.get(owner) if isinstance(owner, str) else None
        if home is not None:
            return home is module
        if isinstance(obj, _function):
            return module.__dict__ is obj.__globals__
        if owner is None and isinstance(obj, property):
            return True
        if owner is None and hasattr(obj, "__objclass__"):
            owner = getattr(obj.__objclass__, "__module__", None)
        if owner is None:
            raise ValueError("object must be a class or function")
        return module.__name__ == owner

    def _find(self, tests, obj, name, module, lines, globs, seen):
        if self._verbose:
            print("Finding tests in", name)
        if id(obj) in seen:
            return
        seen.add(id(obj))
        test = self._get_test(obj, name, module, globs, lines)
        if test is not None:
            tests.append(test)
        if not self._recurse:
            return
        if isinstance(obj, _module):
            for key, value in list(obj.__dict__.items()):
                if isinstance(value, type) or isinstance(_unwrap(value), _routines):
                    if self._known(value) and self._from_module(module, value):
                        self._find(tests, value, f"{name}.{key}", module, lines, globs, seen)
            for key, value in getattr(obj, "__test__", {}).items():
                if not isinstance(key, str):
                    raise ValueError(f"DocTestFinder.find: __test__ keys must be strings: {type(key)!r}")
                if not isinstance(value, (str, type, _module)) and not isinstance(_unwrap(value), _routines):
                    raise ValueError(
                        "DocTestFinder.find: __test__ values must be strings, functions, methods, classes, or modules: "
                        f"{type(value)!r}"
                    )
                self._find(tests, value, f"{name}.__test__.{key}", module, lines, globs, seen)
        elif isinstance(obj, type):
            for key, value in list(obj.__dict__.items()):
                if isinstance(value, (staticmethod, classmethod)):
                    value = value.__func__
                if isinstance(value, (type, property)) or isinstance(_unwrap(value), _routines):
                    if self._known(value) and self._from_module(module, value):
                        self._find(tests, value, f"{name}.{key}", module, lines, globs, seen)

    def _known(self, value):
        """Whether it says where it is from."""
        return isinstance(value, (_function, property)) or getattr(value, "__module__", None) or hasattr(
            value, "__objclass__"
        )

    def _get_test(self, obj, name, module, globs, lines):
        if isinstance(obj, str):
            doc = obj
        else:
            doc = getattr(obj, "__doc__", None)
            doc = "" if doc is None else str(doc)
        if not doc and self._exclude_empty:
            return None
        lineno = self._find_lineno(obj, lines, doc)
        filename = None if module is None else getattr(module, "__file__", None) or module.__name__
        return self._parser.get_doctest(doc, globs, name, filename, lineno)

    def _find_lineno(self, obj, lines, doc):
        """The line of a docstring, counted from 0; None if that is not known."""
        if isinstance(obj, _module) and doc:
            return 0
        lineno = None
        if isinstance(obj, type) and lines is not None and doc:
            for i, line in enumerate(lines):
                words = line.lstrip()
                if words.startswith("class"):
                    rest = words[5:].lstrip()
                    after = rest[len(obj.__name__) :][:1]
                    if rest.startswith(obj.__name__) and not (after.isalnum() or after == "_"):
                        lineno = i
                        break
        if isinstance(obj, _method):
            obj = obj.__func__
        if isinstance(obj, _function) and getattr(obj, "__doc__", None):
            lineno = obj.__code__.co_firstlineno - 1
        if lineno is None or lines is None:
            return None if lineno is None else lineno + 1
        # The string opens on the first line from there that begins, or has after a colon, with a quote.
        for i in range(lineno, len(lines)):
            line = lines[i].strip()
            for start in [0] + [at + 1 for at, c in enumerate(line) if c == ":"]:
                if line[start:].lstrip().lstrip("rRuUbBfF")[:1] in ("'", '"'):
                    return i
        return None


class DocTestRunner:
    """Runs DocTests and counts failures."""

    DIVIDER = _DIVIDER

    def __init__(self, checker=None, verbose=None, optionflags=0):
        self._checker = checker or OutputChecker()
        self._verbose = "-v" in _sys.argv if verbose is None else verbose
        self.optionflags = self.original_optionflags = optionflags
        self.tries = self.failures = 0
        # name -> (failed, tried)
        self._name2ft = {}

    def report_start(self, out, test, example):
        """Say what will be tried, if verbose."""
        if self._verbose:
            expecting = "Expecting:\n" + _indent(example.want) if example.want else "Expecting nothing\n"
            out("Trying:\n" + _indent(example.source) + expecting)

    def report_success(self, out, test, example, got):
        """Say that it was right, if verbose."""
        if self._verbose:
            out("ok\n")

    def report_failure(self, out, test, example, got):
        """Show what was wanted and what came."""
        out(self._failure_header(test, example) + self._checker.output_difference(example, got, self.optionflags))

    def report_unexpected_exception(self, out, test, example, exc_info):
        """Show the exception."""
        out(self._failure_header(test, example) + "Exception raised:\n" + _indent(_exception_text(exc_info)))

    def _failure_header(self, test, example):
        if test.filename:
            line = "?" if test.lineno is None else test.lineno + example.lineno + 1
            place = f'File "{test.filename}", line {line}, in {test.name}'
        else:
            place = f"Line {example.lineno + 1}, in {test.name}"
        return f"{self.DIVIDER}\n{place}\nFailed example:\n{_indent(example.source)}"

    def run(self, test, compileflags=None, out=None, clear_globs=True):
        """Run the examples of a DocTest; TestResults of this one."""
        import linecache

        self.test = test
        stdout, hook = _sys.stdout, _sys.displayhook
        if out is None:
            def out(text):
                stdout.write(text)

        self._capture = _sys.stdout = _Capture()
        _sys.displayhook = _show
        names = []
        try:
            for number, example in enumerate(test.examples):
                # Tracebacks show the lines of an example.
                name = f"<doctest {test.name}[{number}]>"
                linecache.cache[name] = (len(example.source), None, example.source.splitlines(True), name)
                names.append(name)
            return self._run(test, names, out)
        finally:
            _sys.stdout, _sys.displayhook = stdout, hook
            for name in names:
                linecache.cache.pop(name, None)
            if clear_globs:
                test.globs.clear()
                import builtins

                builtins._ = None

    def _run(self, test, names, out):
        failures = tries = 0
        for example, name in zip(test.examples, names):
            quiet = self.optionflags & REPORT_ONLY_FIRST_FAILURE and failures > 0
            self.optionflags = self.original_optionflags
            for flag, on in example.options.items():
                self.optionflags = self.optionflags | flag if on else self.optionflags & ~flag
            if self.optionflags & SKIP:
                continue
            tries += 1
            if not quiet:
                self.report_start(out, test, example)
            exc_info = None
            try:
                exec(compile(example.source, name, "single"), test.globs)
            except KeyboardInterrupt:
                raise
            except BaseException:
                exc_info = _sys.exc_info()
            got = self._capture.take()
            if exc_info is None:
                good = self._checker.check_output(example.want, got, self.optionflags)
            else:
                message = _exception_line(exc_info)
                if not quiet:
                    got += _exception_text(exc_info)
                if example.exc_msg is None:
                    good = None
                else:
                    good = self._checker.check_output(example.exc_msg, message, self.optionflags)
                    if not good and self.optionflags & IGNORE_EXCEPTION_DETAIL:
                        good = self._checker.check_output(
                            _exception_name(example.exc_msg), _exception_name(message), self.optionflags
                        )
            if good:
                if not quiet:
                    self.report_success(out, test, example, got)
                continue
            failures += 1
            if not quiet:
                if good is None:
                    self.report_unexpected_exception(out, test, example, exc_info)
                else:
                    self.report_failure(out, test, example, got)
            if self.optionflags & FAIL_FAST:
                break
        self.optionflags = self.original_optionflags
        failed, tried = self._name2ft.get(test.name, (0, 0))
        self._name2ft[test.name] = failed + failures, tried + tries
        self.failures += failures
        self.tries += tries
        return TestResults(failures, tries)

    def summarize(self, verbose=None):
        """Print a summary of all runs and return TestResults of them."""
        if verbose is None:
            verbose = self._verbose
        empty, passed, failed = [], [], []
        total = bad = 0
        for name, (failures, tries) in sorted(self._name2ft.items()):
            total += tries
            bad += failures
            if tries == 0:
                empty.append(name)
            elif failures == 0:
                passed.append((name, tries))
            else:
                failed.append((name, failures, tries))
        if verbose:
            if empty:
                print(len(empty), "items had no tests:")
                for name in empty:
                    print("   ", name)
            if passed:
                print(len(passed), "items passed all tests:")
                for name, tries in passed:
                    print(f" {tries:3d} tests in {name}")
        if failed:
            print(self.DIVIDER)
            print(len(failed), "items had failures:")
            for name, failures, tries in failed:
                print(f" {failures:3d} of {tries:3d} in {name}")
        if verbose:
            print(total, "tests in", len(self._name2ft), "items.")
            print(total - bad, "passed and", bad, "failed.")
        if bad:
            print("***Test Failed***", bad, "failures.")
        elif verbose:
            print("Test passed.")
        return TestResults(bad, total)

    def merge(self, other):
        """Add the counts of another runner."""
        for name, (failed, tried) in other._name2ft.items():
            failed0, tried0 = self._name2ft.get(name, (0, 0))
            self._name2ft[name] = failed0 + failed, tried0 + tried


def _exception_text(exc_info):
    import traceback

    return "".join(traceback.format_exception(*exc_info))


def _exception_line(exc_info):
    import traceback

    return traceback.format_exception_only(*exc_info[:2])[-1]


def _exception_name(message):
    """An exception's class without its module and its message."""
    line = message.partition("\n")[0]
    return line.partition(":")[0].rpartition(".")[2]


class DebugRunner(DocTestRunner):
    """Raises UnexpectedException or DocTestFailure at the first failure."""

    def run(self, test, compileflags=None, out=None, clear_globs=True):
        result = DocTestRunner.run(self, test, compileflags, out, False)
        if clear_globs:
            test.globs.clear()
        return result

    def report_unexpected_exception(self, out, test, example, exc_info):
        raise UnexpectedException(test, example, exc_info)

    def report_failure(self, out, test, example, got):
        raise DocTestFailure(test, example, got)


def _run_all(tests, report, verbose, optionflags, raise_on_error):
    global master
    kind = DebugRunner if raise_on_error else DocTestRunner
    runner = kind(verbose=verbose, optionflags=optionflags)
    for test in tests:
        runner.run(test)
    if report:
        runner.summarize()
    if master is None:
        master = runner
    else:
        master.merge(runner)
    return TestResults(runner.failures, runner.tries)


def testmod(
    m=None, name=None, globs=None, verbose=None, report=True, optionflags=0, extraglobs=None, raise_on_error=False,
    exclude_empty=False,
):
    """Run the examples in a module's docstrings, `__main__`'s by default."""
    if m is None:
        m = _sys.modules.get("__main__")
    if not isinstance(m, _module):
        raise TypeError(f"testmod: module required; {m!r}")
    if name is None:
        name = m.__name__
    finder = DocTestFinder(exclude_empty=exclude_empty)
    tests = finder.find(m, name, globs=globs, extraglobs=extraglobs)
    return _run_all(tests, report, verbose, optionflags, raise_on_error)


def _relative_file(name, caller):
    """The path of a file that is named as seen from the module with the globals `caller`."""
    if name.startswith("/"):
        raise ValueError("Module-relative files may not have absolute paths")
    folder = (caller.get("__file__") or "").rpartition("/")[0]
    return f"{folder}/{name}" if folder else name


def testfile(
    filename, module_relative=True, name=None, package=None, globs=None, verbose=None, report=True, optionflags=0,
    extraglobs=None, raise_on_error=False, parser=DocTestParser(), encoding=None,
):
    """Run the examples in a text file, found beside the calling module."""
    if package and not module_relative:
        raise ValueError("Package may only be specified for module-relative paths.")
    if module_relative:
        filename = _relative_file(filename, _sys._getframe(1).f_globals if package is None else package.__dict__)
    with open(filename, encoding=encoding or "utf-8") as file:
        text = file.read()
    if name is None:
        name = filename.rpartition("/")[2]
    globs = {} if globs is None else globs.copy()
    if extraglobs is not None:
        globs.update(extraglobs)
    globs.setdefault("__name__", "__main__")
    test = parser.get_doctest(text, globs, name, filename, 0)
    return _run_all([test], report, verbose, optionflags, raise_on_error)


def run_docstring_examples(f, globs, verbose=False, name="NoName", compileflags=None, optionflags=0):
    """Run the examples in an object's docstring with the names given."""
    runner = DocTestRunner(verbose=verbose, optionflags=optionflags)
    for test in DocTestFinder(verbose=verbose, recurse=False).find(f, name, globs=globs):
        runner.run(test, compileflags=compileflags)


def script_from_examples(s):
    """A script of the examples in a string, with all other text as comments."""
    lines = []
    for part in DocTestParser().parse(s):
        if isinstance(part, Example):
            lines.append(part.source[:-1])
            if part.want:
                lines.append("# Expected:")
                lines += ["## " + line for line in part.want.split("\n")[:-1]]
        else:
            lines += ["# " + line if line.strip() else "#" for line in part.split("\n")[:-1]]
    while lines and lines[-1] == "#":
        lines.pop()
    while lines and lines[0] == "#":
        lines.pop(0)
    return "\n".join(lines) + "\n"


def testsource(module, name):
    """A script of the examples of an object in a module, both given by name."""
    if isinstance(module, str):
        __import__(module)
        module = _sys.modules[module]
    found = [test for test in DocTestFinder().find(module) if test.name == name]
    if not found:
        raise ValueError(name, "not found in tests")
    return script_from_examples(found[0].docstring)


def __getattr__(name):
    # Few programs need unittest, too.
    if name in ("DocTestCase", "DocFileCase", "DocTestSuite", "DocFileSuite", "DocFileTest", "set_unittest_reportflags"):
        import _doctest_unittest

        globals()[name] = value = getattr(_doctest_unittest, name)
        return value
    raise AttributeError(f"module 'doctest' has no attribute {name!r}")


if __name__ == "__main__":
    from _doctest_main import main

    _sys.exit(main())
