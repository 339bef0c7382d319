"""Results of tests."""

import sys as _sys

from .util import strclass

__unittest = True


class TestResult:
    """Counts and keeps what tests report."""

    def __init__(self, stream=None, descriptions=None, verbosity=None):
        self._streams = None
        self._mirrorOutput = False
        self.failfast = False
        self.buffer = False
        self.tb_locals = False
        self.shouldStop = False
        self.testsRun = 0
        self.failures, self.errors, self.skipped = [], [], []
        self.expectedFailures, self.unexpectedSuccesses = [], []

    def printErrors(self):
        """Called after the run."""

    def startTestRun(self):
        """Called before the first test."""

    def stopTestRun(self):
        """Called after the last test."""

    def startTest(self, test):
        """Called before each test."""
        self.testsRun += 1
        self._mirrorOutput = False
        self._setupStdout()

    def stopTest(self, test):
        """Called after each test."""
        self._restoreStdout()
        self._mirrorOutput = False

    def _setupStdout(self):
        # What is printed is kept back, to be shown with a failure.
        if self.buffer and self._streams is None:
            from io import StringIO

            self._streams = _sys.stdout, _sys.stderr
            _sys.stdout, _sys.stderr = StringIO(), StringIO()

    def _restoreStdout(self):
        if self._streams is not None:
            texts = self._printed()
            _sys.stdout, _sys.stderr = self._streams
            self._streams = None
            if self._mirrorOutput:
                for stream, text in zip((_sys.stdout, _sys.stderr), texts):
                    stream.write(text)

    def _printed(self):
        """What was printed to both streams, with a heading."""
        texts = []
        for name, stream in (("Stdout", _sys.stdout), ("Stderr", _sys.stderr)):
            text = stream.getvalue() if hasattr(stream, "getvalue") else ""
            text += "" if not text or text.endswith("\n") else "\n"
            texts.append(f"\n{name}:\n{text}" if text else "")
        return texts

    def _bad(self, where, test, err):
        where.append((test, self._exc_info_to_string(err, test)))
        self._mirrorOutput = True
        if self.failfast:
            self.stop()

    def addError(self, test, err):
        """An exception that is no failure."""
        self._bad(self.errors, test, err)

    def addFailure(self, test, err):
        """An assertion failed."""
        self._bad(self.failures, test, err)

    def addSubTest(self, test, subtest, err):
        """A subtest ended; `err` is None if it was right."""
        if err is not None:
            failure = issubclass(err[0], test.failureException)
            self._bad(self.failures if failure else self.errors, subtest, err)

    def addSuccess(self, test):
        """A test was right."""

    def addSkip(self, test, reason):
        """A test was skipped."""
        self.skipped.append((test, reason))

    def addExpectedFailure(self, test, err):
        """A test failed, as it should."""
        self.expectedFailures.append((test, self._exc_info_to_string(err, test)))

    def addUnexpectedSuccess(self, test):
        """A test that should fail did not."""
        self.unexpectedSuccesses.append(test)
        if self.failfast:
            self.stop()

    def wasSuccessful(self):
        """Whether nothing was wrong so far."""
        return not (self.failures or self.errors or self.unexpectedSuccesses)

    def stop(self):
        """Run no further tests."""
        self.shouldStop = True

    def _exc_info_to_string(self, err, test):
        import traceback

        exc_type, value, tb = err
        while tb is not None and "__unittest" in tb.tb_frame.f_globals:
            tb = tb.tb_next
        failure = getattr(test, "failureException", None)
        if failure is not None and issubclass(exc_type, failure):
            # Where the assert method itself is written is of no interest.
            last, node = None, tb
            while node is not None and "__unittest" not in node.tb_frame.f_globals:
                last, node = node, node.tb_next
            if last is not None:
                last.tb_next = None
        value.__traceback__ = tb
        shown = traceback.TracebackException(exc_type, value, tb, capture_locals=self.tb_locals, compact=True)
        return "".join([*shown.format(), *(self._printed() if self._streams is not None else ())])

    def __repr__(self):
        return (
            f"<{strclass(type(self))} run={self.testsRun} errors={len(self.errors)} failures={len(self.failures)}>"
        )
