"""The program that runs a module's tests."""

import sys as _sys

from .loader import defaultTestLoader
from .runner import TextTestRunner

__unittest = True


class TestProgram:
    """Runs the tests that the arguments name, all of the module by default, and exits."""

    def __init__(
        self, module="__main__", defaultTest=None, argv=None, testRunner=None, testLoader=defaultTestLoader, exit=True,
        verbosity=1, failfast=None, catchbreak=None, buffer=None, warnings=None, *, tb_locals=False,
    ):
        if isinstance(module, str):
            __import__(module)
            module = _sys.modules[module]
        self.module, self.exit, self.verbosity, self.failfast, self.buffer = module, exit, verbosity, failfast, buffer
        self.warnings = "default" if warnings is None and not getattr(_sys, "warnoptions", None) else warnings
        self.tb_locals, self.testLoader, self.testRunner = tb_locals, testLoader, testRunner
        names = self._options((_sys.argv if argv is None else argv)[1:])
        if not names and defaultTest is not None:
            names = [defaultTest] if isinstance(defaultTest, str) else list(defaultTest)
        if names:
            self.test = testLoader.loadTestsFromNames(names, module)
        else:
            self.test = testLoader.loadTestsFromModule(module)
        self.runTests()

    def _options(self, argv):
        names, patterns = [], []
        rest = iter(argv)
        for argument in rest:
            if argument in ("-v", "--verbose"):
                self.verbosity = 2
            elif argument in ("-q", "--quiet"):
                self.verbosity = 0
            elif argument in ("-f", "--failfast"):
                self.failfast = True
            elif argument in ("-b", "--buffer"):
                self.buffer = True
            elif argument == "--locals":
                self.tb_locals = True
            elif argument == "-k":
                pattern = next(rest, "")
                patterns.append(pattern if "*" in pattern else f"*{pattern}*")
            elif argument.startswith("-"):
                _sys.stderr.write(f"error: unrecognized arguments: {argument}\n")
                _sys.exit(2)
            else:
                names.append(argument)
        if patterns:
            self.testLoader.testNamePatterns = patterns
        return names

    def runTests(self):
        """Run them, and exit unless `exit` is false."""
        runner = TextTestRunner if self.testRunner is None else self.testRunner
        if isinstance(runner, type):
            runner = runner(
                verbosity=self.verbosity, failfast=bool(self.failfast), buffer=bool(self.buffer),
                warnings=self.warnings, tb_locals=self.tb_locals,
            )
        self.result = runner.run(self.test)
        if self.exit:
            _sys.exit(not self.result.wasSuccessful())


main = TestProgram
