"""The examples of docstrings and text files as tests of `unittest`."""

import sys as _sys
import unittest as _unittest
from doctest import REPORTING_FLAGS as _REPORTING_FLAGS, DebugRunner as _DebugRunner, DocTestFinder as _DocTestFinder
from doctest import DocTestParser as _DocTestParser, DocTestRunner as _DocTestRunner, _relative_file
from io import StringIO as _StringIO

_reportflags = 0


def set_unittest_reportflags(flags):
    """Set the flags of reports for tests that have none themselves; returns those before."""
    global _reportflags
    if flags & ~_REPORTING_FLAGS:
        raise ValueError("Only reporting flags allowed", flags)
    before, _reportflags = _reportflags, flags
    return before


class DocTestCase(_unittest.TestCase):
    """A test that runs the examples of one docstring."""

    __module__ = "doctest"

    def __init__(self, test, optionflags=0, setUp=None, tearDown=None, checker=None):
        super().__init__()
        self._dt_optionflags = optionflags
        self._dt_checker = checker
        self._dt_globs = test.globs.copy()
        self._dt_test = test
        self._dt_setUp = setUp
        self._dt_tearDown = tearDown

    def setUp(self):
        """Call the function that prepares for the examples."""
        if self._dt_setUp is not None:
            self._dt_setUp(self._dt_test)

    def tearDown(self):
        """Call the function that cleans up, and take back what the examples have defined."""
        if self._dt_tearDown is not None:
            self._dt_tearDown(self._dt_test)
        self._dt_test.globs.clear()
        self._dt_test.globs.update(self._dt_globs)

    def runTest(self):
        """Run the examples; fail with the report."""
        flags = self._dt_optionflags
        if not flags & _REPORTING_FLAGS:
            flags |= _reportflags
        runner = _DocTestRunner(optionflags=flags, checker=self._dt_checker, verbose=False)
        runner.DIVIDER = "-" * 70
        report = _StringIO()
        stdout = _sys.stdout
        try:
            failed, _ = runner.run(self._dt_test, out=report.write, clear_globs=False)
        finally:
            _sys.stdout = stdout
        if failed:
            raise self.failureException(self.format_failure(report.getvalue()))

    def format_failure(self, err):
        """The message for a report of failures."""
        test = self._dt_test
        line = "unknown line number" if test.lineno is None else test.lineno
        last = test.name.rpartition(".")[2]
        return f'Failed doctest test for {test.name}\n  File "{test.filename}", line {line}, in {last}\n\n{err}'

    def debug(self):
        """Run the examples, and raise what goes wrong."""
        self.setUp()
        runner = _DebugRunner(optionflags=self._dt_optionflags, checker=self._dt_checker, verbose=False)
        runner.run(self._dt_test, clear_globs=False)
        self.tearDown()

    def id(self):
        """The name of what has the docstring."""
        return self._dt_test.name

    def _key(self):
        return self._dt_test, self._dt_optionflags, self._dt_setUp, self._dt_tearDown, self._dt_checker

    def __eq__(self, other):
        return self._key() == other._key() if type(self) is type(other) else NotImplemented

    def __hash__(self):
        return hash(self._key()[1:4])

    def __repr__(self):
        *home, last = self._dt_test.name.split(".")
        return f"{last} ({'.'.join(home)})"

    __str__ = object.__str__

    def shortDescription(self):
        """What it is a test of."""
        return "Doctest: " + self._dt_test.name


class DocFileCase(DocTestCase):
    """A test that runs the examples of one text file."""

    __module__ = "doctest"

    def id(self):
        """The name of the test, as one word."""
        return "_".join(self._dt_test.name.split("."))

    def __repr__(self):
        return self._dt_test.filename

    def format_failure(self, err):
        """The message for a report of failures."""
        test = self._dt_test
        return f'Failed doctest test for {test.name}\n  File "{test.filename}", line 0\n\n{err}'


def DocTestSuite(module=None, globs=None, extraglobs=None, test_finder=None, **options):
    """A suite of the docstrings of a module, which may be given by name; by default the caller's."""
    finder = _DocTestFinder() if test_finder is None else test_finder
    if module is None:
        module = _sys._getframe(1).f_globals["__name__"]
    if isinstance(module, str):
        __import__(module)
        module = _sys.modules[module]
    suite = _unittest.TestSuite()
    for test in sorted(finder.find(module, globs=globs, extraglobs=extraglobs)):
        if test.examples:
            if not test.filename:
                name = module.__file__
                test.filename = name[:-1] if name.endswith(".pyc") else name
            suite.addTest(DocTestCase(test, **options))
    return suite


def DocFileTest(path, module_relative=True, package=None, globs=None, parser=_DocTestParser(), encoding=None, **options):
    """The test of one text file."""
    globs = {} if globs is None else globs.copy()
    if package and not module_relative:
        raise ValueError("Package may only be specified for module-relative paths.")
    if module_relative:
        path = _relative_file(path, _sys._getframe(2).f_globals if package is None else package.__dict__)
    globs.setdefault("__file__", path)
    with open(path, encoding=encoding or "utf-8") as file:
        text = file.read()
    return DocFileCase(parser.get_doctest(text, globs, path.rpartition("/")[2], path, 0), **options)


def DocFileSuite(*paths, **kw):
    """A suite of text files."""
    if kw.get("module_relative", True) and kw.get("package") is None:
        kw["package"] = _sys.modules[_sys._getframe(1).f_globals["__name__"]]
    suite = _unittest.TestSuite()
    for path in paths:
        suite.addTest(DocFileTest(path, **kw))
    return suite
