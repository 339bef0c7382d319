"""Examples, docstrings with examples, and how they are read and compared."""

import sys as _sys

_flags = {}


def register_optionflag(name):
    """The number of a named option, a new one if the name is new."""
    return _flags.setdefault(name, 1 << len(_flags))


DONT_ACCEPT_TRUE_FOR_1 = register_optionflag("DONT_ACCEPT_TRUE_FOR_1")
DONT_ACCEPT_BLANKLINE = register_optionflag("DONT_ACCEPT_BLANKLINE")
NORMALIZE_WHITESPACE = register_optionflag("NORMALIZE_WHITESPACE")
ELLIPSIS = register_optionflag("ELLIPSIS")
SKIP = register_optionflag("SKIP")
IGNORE_EXCEPTION_DETAIL = register_optionflag("IGNORE_EXCEPTION_DETAIL")
COMPARISON_FLAGS = (
    DONT_ACCEPT_TRUE_FOR_1 | DONT_ACCEPT_BLANKLINE | NORMALIZE_WHITESPACE | ELLIPSIS | SKIP | IGNORE_EXCEPTION_DETAIL
)
REPORT_UDIFF = register_optionflag("REPORT_UDIFF")
REPORT_CDIFF = register_optionflag("REPORT_CDIFF")
REPORT_NDIFF = register_optionflag("REPORT_NDIFF")
REPORT_ONLY_FIRST_FAILURE = register_optionflag("REPORT_ONLY_FIRST_FAILURE")
FAIL_FAST = register_optionflag("FAIL_FAST")
REPORTING_FLAGS = REPORT_UDIFF | REPORT_CDIFF | REPORT_NDIFF | REPORT_ONLY_FIRST_FAILURE | FAIL_FAST

BLANKLINE_MARKER = "<BLANKLINE>"
ELLIPSIS_MARKER = "..."
_TRACEBACK_HEADERS = ("Traceback (most recent call last):", "Traceback (innermost last):")


def _indent(text, by=4):
    """The text with every line that is not empty moved to the right."""
    return "".join(" " * by + line if line.strip("\n") else line for line in text.splitlines(True))


class Example:
    """A statement and what it should print; `lineno` counts from 0 within the string."""

    def __init__(self, source, want, exc_msg=None, lineno=0, indent=0, options=None):
        self.source = source if source.endswith("\n") else source + "\n"
        self.want = want + "\n" if want and not want.endswith("\n") else want
        self.exc_msg = exc_msg + "\n" if exc_msg is not None and not exc_msg.endswith("\n") else exc_msg
        self.lineno = lineno
        self.indent = indent
        self.options = {} if options is None else options

    def _key(self):
        return self.source, self.want, self.lineno, self.indent, self.options, self.exc_msg

    def __eq__(self, other):
        if type(self) is not type(other):
            return NotImplemented
        return self._key() == other._key()

    def __hash__(self):
        return hash((self.source, self.want, self.lineno, self.indent, self.exc_msg))


class DocTest:
    """The examples of one docstring, with the names they see."""

    def __init__(self, examples, globs, name, filename, lineno, docstring):
        assert not isinstance(examples, str), "DocTest no longer accepts str; use DocTestParser instead"
        self.examples = examples
        self.docstring = docstring
        self.globs = globs.copy()
        self.name = name
        self.filename = filename
        self.lineno = lineno

    def __repr__(self):
        count = len(self.examples)
        many = "no examples" if not count else "1 example" if count == 1 else f"{count} examples"
        return f"<{type(self).__name__} {self.name} from {self.filename}:{self.lineno} ({many})>"

    def _key(self):
        return self.examples, self.docstring, self.globs, self.name, self.filename, self.lineno

    def __eq__(self, other):
        if type(self) is not type(other):
            return NotImplemented
        return self._key() == other._key()

    def __hash__(self):
        return hash((self.docstring, self.name, self.filename, self.lineno))

    def __lt__(self, other):
        if not isinstance(other, DocTest):
            return NotImplemented

        def key(test):
            return test.name, test.filename or "", -1 if test.lineno is None else test.lineno, id(test)

        return key(self) < key(other)


class DocTestParser:
    """Finds the examples in a string."""

    def parse(self, string, name="<string>"):
        """Texts and examples in turn; ValueError for an example that is not well formed."""
        lines = string.expandtabs().split("\n")
        margin = min((len(line) - len(line.lstrip(" ")) for line in lines if line.strip()), default=0)
        lines = [line[margin:] for line in lines]
        output, text = [], []
        i, end = 0, len(lines)
        while i < end:
            stripped = lines[i].lstrip(" ")
            if not stripped.startswith(">>>"):
                text.append(lines[i])
                i += 1
                continue
            start, indent = i, len(lines[i]) - len(stripped)
            i += 1
            while i < end and lines[i].lstrip(" ").startswith("..."):
                i += 1
            source = self._source(lines[start:i], indent, name, start)
            want_start = i
            while i < end and lines[i].strip(" ") and not lines[i].lstrip(" ").startswith(">>>"):
                i += 1
            want = self._want(lines[want_start:i], indent, name, want_start)
            output.append("".join(line + "\n" for line in text))
            text = []
            options = self._find_options(source, name, start)
            if any(line.strip() and not line.lstrip().startswith("#") for line in source.split("\n")):
                message = self._exception(want)
                output.append(Example(source, want, message, start, margin + indent, options))
        output.append("\n".join(text))
        return output

    def get_doctest(self, string, globs, name, filename, lineno):
        """A DocTest of all examples in a string."""
        return DocTest(self.get_examples(string, name), globs, name, filename, lineno, string)

    def get_examples(self, string, name="<string>"):
        """The examples in a string."""
        return [part for part in self.parse(string, name) if isinstance(part, Example)]

    def _source(self, lines, indent, name, lineno):
        for i, line in enumerate(lines):
            if len(line) > indent + 3 and line[indent + 3] != " ":
                prompt = line[indent : indent + 3]
                raise ValueError(
                    f"line {lineno + i + 1!r} of the docstring for {name} lacks blank after {prompt}: {line!r}"
                )
        # The lines of the message are counted from the second one.
        for i, line in enumerate(lines[1:]):
            if line and not line.startswith(" " * indent + "."):
                self._inconsistent(lineno + i, name, line)
        return "\n".join(line[indent + 4 :] for line in lines)

    def _want(self, lines, indent, name, lineno):
        for i, line in enumerate(lines):
            if line and not line.startswith(" " * indent):
                self._inconsistent(lineno + i, name, line)
        return "\n".join(line[indent:] for line in lines)

    def _inconsistent(self, lineno, name, line):
        raise ValueError(
            f"line {lineno + 1!r} of the docstring for {name} has inconsistent leading whitespace: {line!r}"
        )

    def _exception(self, want):
        """The message of the traceback that a wanted output is, or None."""
        lines = want.split("\n")
        if lines[0].rstrip() not in _TRACEBACK_HEADERS:
            return None
        for i, line in enumerate(lines):
            if i and (line[:1].isalnum() or line[:1] == "_"):
                return "\n".join(lines[i:])
        return None

    def _find_options(self, source, name, lineno):
        """Option number -> bool, from the `# doctest:` comments."""
        options = {}
        if "doctest:" not in source:
            return options
        for line in source.split("\n"):
            for mark in range(len(line)):
                rest = line[mark + 1 :].lstrip() if line[mark] == "#" else ""
                if rest.startswith("doctest:") and "'" not in rest and '"' not in rest:
                    break
            else:
                continue
            for option in rest[len("doctest:") :].replace(",", " ").split():
                if option[0] not in "+-" or option[1:] not in _flags:
                    raise ValueError(
                        f"line {lineno + 1!r} of the doctest for {name} has an invalid option: {option!r}"
                    )
                options[_flags[option[1:]]] = option[0] == "+"
        if options and all(not line.strip() or line.lstrip().startswith("#") for line in source.split("\n")):
            raise ValueError(
                f"line {lineno!r} of the doctest for {name} has an option directive on a line with no example: {source!r}"
            )
        return options


def _ellipsis_match(want, got):
    """Whether `got` is `want` with something, or nothing, at every `...`."""
    if ELLIPSIS_MARKER not in want:
        return want == got
    first, *middle, last = want.split(ELLIPSIS_MARKER)
    start, end = len(first), len(got) - len(last)
    if not (got.startswith(first) and got.endswith(last)) or start > end:
        return False
    for piece in middle:
        start = got.find(piece, start, end)
        if start < 0:
            return False
        start += len(piece)
    return True


class OutputChecker:
    """Compares what an example printed with what it should print."""

    def check_output(self, want, got, optionflags):
        """Whether they count as the same under the options."""
        want = want.encode("ascii", "backslashreplace").decode("ascii") if not want.isascii() else want
        got = got.encode("ascii", "backslashreplace").decode("ascii") if not got.isascii() else got
        if got == want:
            return True
        if not optionflags & DONT_ACCEPT_TRUE_FOR_1 and (got, want) in (("True\n", "1\n"), ("False\n", "0\n")):
            return True
        if not optionflags & DONT_ACCEPT_BLANKLINE:
            want = "\n".join(
                "" if line.startswith(BLANKLINE_MARKER) and line.rstrip() == BLANKLINE_MARKER else line
                for line in want.split("\n")
            )
            got = "\n".join(line if line.strip() else "" for line in got.split("\n"))
            if got == want:
                return True
        if optionflags & NORMALIZE_WHITESPACE:
            got, want = " ".join(got.split()), " ".join(want.split())
            if got == want:
                return True
        return bool(optionflags & ELLIPSIS) and _ellipsis_match(want, got)

    def output_difference(self, example, got, optionflags):
        """The text that shows both."""
        want = example.want
        if not optionflags & DONT_ACCEPT_BLANKLINE:
            got = "\n".join(line if line.strip(" ") else BLANKLINE_MARKER for line in got[:-1].split("\n")) + (
                got[-1:] if got else ""
            ) if got else got
        if self._do_a_fancy_diff(want, got, optionflags):
            return self._difference(want, got, optionflags)
        if want and got:
            return "Expected:\n" + _indent(want) + "Got:\n" + _indent(got)
        if want:
            return "Expected:\n" + _indent(want) + "Got nothing\n"
        if got:
            return "Expected nothing\nGot:\n" + _indent(got)
        return "Expected nothing\nGot nothing\n"

    def _do_a_fancy_diff(self, want, got, optionflags):
        if not optionflags & (REPORT_UDIFF | REPORT_CDIFF | REPORT_NDIFF):
            return False
        # What small texts differ in is seen at once; ndiff also shows where in a line.
        return bool(optionflags & REPORT_NDIFF) or (want.count("\n") > 2 and got.count("\n") > 2)

    def _difference(self, want, got, optionflags):
        import difflib

        want_lines, got_lines = want.splitlines(True), got.splitlines(True)
        if optionflags & REPORT_UDIFF:
            lines, kind = list(difflib.unified_diff(want_lines, got_lines, n=2))[2:], "unified diff with -expected +actual"
        elif optionflags & REPORT_CDIFF:
            lines, kind = list(difflib.context_diff(want_lines, got_lines, n=2))[2:], (
                "context diff with expected followed by actual"
            )
        else:
            lines = list(difflib.Differ(charjunk=difflib.IS_CHARACTER_JUNK).compare(want_lines, got_lines))
            kind = "ndiff with -expected +actual"
        return f"Differences ({kind}):\n" + _indent("".join(line.rstrip() + "\n" for line in lines))


class DocTestFailure(Exception):
    """An example printed something else; has `test`, `example` and `got`."""

    def __init__(self, test, example, got):
        self.test, self.example, self.got = test, example, got

    def __str__(self):
        return str(self.test)


class UnexpectedException(Exception):
    """An example raised; has `test`, `example` and `exc_info`."""

    def __init__(self, test, example, exc_info):
        self.test, self.example, self.exc_info = test, example, exc_info

    def __str__(self):
        return str(self.test)


class _Capture:
    """Standard output while examples run."""

    encoding = "utf-8"
    errors = "strict"

    def __init__(self):
        self._parts = []

    def write(self, text):
        self._parts.append(text)
        return len(text)

    def flush(self):
        _sys.__stdout__.flush()

    def isatty(self):
        return False

    def take(self):
        """What was written since the last time."""
        text = "".join(self._parts)
        self._parts.clear()
        # An example cannot want an unfinished line.
        return text + "\n" if text and not text.endswith("\n") else text


for _class in (Example, DocTest, DocTestParser, OutputChecker, DocTestFailure, UnexpectedException):
    _class.__module__ = "doctest"
