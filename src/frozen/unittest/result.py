"""Results of tests."""

from .util import strclass

__unittest = True


class TestResult:
    """Counts and keeps what tests report."""

    def __init__(self, stream=None, descriptions=None, verbosity=None):
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

    def stopTest(self, test):
        """Called after each test."""

    def _bad(self, where, test, err):
        where.append((test, self._exc_info_to_string(err, test)))
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
        lines = []
        traceback.print_exception(value, file=_Lines(lines))
        return "".join(lines)

    def __repr__(self):
        return (
            f"<{strclass(type(self))} run={self.testsRun} errors={len(self.errors)} failures={len(self.failures)}>"
        )


class _Lines:
    """A file whose text goes to a list."""

    def __init__(self, lines):
        self.write = lines.append
