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
        self.catchbreak, self.defaultTest, self.testNamePatterns = catchbreak, defaultTest, None
        self.tb_locals, self.testLoader, self.testRunner = tb_locals, testLoader, testRunner
        argv = _sys.argv if argv is None else argv
        self.progName = argv[0].rpartition("/")[2]
        self.parseArgs(argv)
        self.runTests()

    def parseArgs(self, argv):
        """Find out what to run: names, or all of the module, or what is found in a folder."""
        arguments = argv[1:]
        if self.module is None and arguments[:1] == ["discover"]:
            return self._discover(arguments[1:])
        names = self._options(arguments)
        if self.module is None and not names:
            return self._discover([])
        if names:
            self.testNames = names
            if __name__ == "__main__":
                self.module = None
        elif self.defaultTest is None:
            self.testNames = None
        else:
            self.testNames = [self.defaultTest] if isinstance(self.defaultTest, str) else list(self.defaultTest)
        return self.createTests()

    def createTests(self):
        """Load what `parseArgs` has found out."""
        if self.testNamePatterns:
            self.testLoader.testNamePatterns = self.testNamePatterns
        if self.testNames is None:
            self.test = self.testLoader.loadTestsFromModule(self.module)
        else:
            self.test = self.testLoader.loadTestsFromNames(self.testNames, self.module)

    def _discover(self, arguments):
        options = {"-s": ".", "-p": "test*.py", "-t": None}
        longer = {"--start-directory": "-s", "--pattern": "-p", "--top-level-directory": "-t"}
        rest = self._options(arguments, options, longer)
        options.update(zip(("-s", "-p", "-t"), rest))
        if self.testNamePatterns:
            self.testLoader.testNamePatterns = self.testNamePatterns
        self.test = self.testLoader.discover(options["-s"], options["-p"], options["-t"])

    def _options(self, argv, valued=(), longer=()):
        """The arguments that are no options; `valued` are options with a value, filled in here."""
        names, patterns = [], []
        rest = iter(argv)
        for argument in rest:
            name, equals, value = argument.partition("=")
            name = longer[name] if name in longer else name
            if argument in ("-v", "--verbose"):
                self.verbosity = 2
            elif argument in ("-q", "--quiet"):
                self.verbosity = 0
            elif argument in ("-f", "--failfast"):
                self.failfast = True
            elif argument in ("-c", "--catch"):
                self.catchbreak = True
            elif argument in ("-b", "--buffer"):
                self.buffer = True
            elif argument == "--locals":
                self.tb_locals = True
            elif argument == "-k":
                pattern = next(rest, "")
                patterns.append(pattern if "*" in pattern else f"*{pattern}*")
            elif name in valued:
                valued[name] = value if equals else next(rest, "")
            elif argument.startswith("-"):
                _sys.stderr.write(f"{self.progName}: error: unrecognized arguments: {argument}\n")
                _sys.exit(2)
            else:
                names.append(argument)
        self.testNamePatterns = patterns or self.testNamePatterns
        return names

    def runTests(self):
        """Run them, and exit unless `exit` is false."""
        if self.catchbreak:
            from .signals import installHandler

            installHandler()
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
