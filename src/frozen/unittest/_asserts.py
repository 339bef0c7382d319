"""The assert methods."""

from .util import common_reprs, safe_repr

__unittest = True
DIFF_OMITTED = "\nDiff is %s characters long. Set self.maxDiff to None to see it."


def _ndiff(first, second):
    """Lines that show the difference; None without difflib."""
    try:
        import difflib
    except ImportError:
        return None
    return difflib.ndiff(first, second)


class _Raises:
    """The context of assertRaises and assertWarns."""

    _base, _base_name = BaseException, "an exception type or tuple of exception types"

    def __init__(self, case, expected, regex=None):
        self.test_case, self.expected, self.obj_name, self.msg = case, expected, None, None
        if isinstance(regex, (str, bytes)):
            import re

            regex = re.compile(regex)
        self.expected_regex = regex
        self.exception = None

    def handle(self, name, args, kwargs):
        """Itself, to be used in `with`, or None after calling."""
        kinds = self.expected if isinstance(self.expected, tuple) else (self.expected,)
        if not all(isinstance(kind, type) and issubclass(kind, self._base) for kind in kinds):
            suffix = "() arg 1 must be " + (
                "an exception type or tuple of exception types" if self._base is BaseException
                else "a warning class or tuple of warning classes"
            )
            raise TypeError(name + suffix)
        if not args:
            self.msg = kwargs.pop("msg", None)
            if kwargs:
                raise TypeError(f"{next(iter(kwargs))!r} is an invalid keyword argument for this function")
            return self
        callable_obj, *args = args
        self.obj_name = getattr(callable_obj, "__name__", None) or str(callable_obj)
        with self:
            callable_obj(*args, **kwargs)
        return None

    def _name(self):
        return getattr(self.expected, "__name__", None) or str(self.expected)

    def _fail(self, text):
        raise self.test_case.failureException(self.test_case._formatMessage(self.msg, text))

    def _missing(self, what):
        by = f" by {self.obj_name}" if self.obj_name else ""
        self._fail(f"{self._name()} not {what}{by}")

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, tb):
        if exc_type is None:
            self._missing("raised")
        if not issubclass(exc_type, self.expected):
            return False
        # Frames would keep their variables alive.
        self.exception = exc_value.with_traceback(None)
        if self.expected_regex is not None and not self.expected_regex.search(str(exc_value)):
            self._fail(f'"{self.expected_regex.pattern}" does not match "{exc_value}"')
        return True


class _Warns(_Raises):
    _base = Warning

    def __enter__(self):
        import sys
        import warnings

        for module in list(sys.modules.values()):
            if getattr(module, "__warningregistry__", None):
                module.__warningregistry__ = {}
        self._manager = warnings.catch_warnings(record=True)
        self.warnings = self._manager.__enter__()
        warnings.simplefilter("always", self.expected if isinstance(self.expected, type) else Warning)
        return self

    def __exit__(self, exc_type, exc_value, tb):
        self._manager.__exit__(exc_type, exc_value, tb)
        if exc_type is not None:
            return
        first = None
        for item in self.warnings:
            warning = item.message
            if not isinstance(warning, self.expected):
                continue
            first = first or warning
            if self.expected_regex is not None and not self.expected_regex.search(str(warning)):
                continue
            self.warning, self.filename, self.lineno = warning, item.filename, item.lineno
            return
        if first is not None:
            self._fail(f'"{self.expected_regex.pattern}" does not match "{first}"')
        self._missing("triggered")


class Asserts:
    """Each method raises failureException with a message that says what was wrong."""

    failureException = AssertionError
    longMessage = True
    maxDiff = 80 * 8

    def _formatMessage(self, msg, standard):
        if not self.longMessage:
            return msg or standard
        return standard if msg is None else f"{standard} : {msg}"

    def _fail(self, msg, standard):
        raise self.failureException(self._formatMessage(msg, standard))

    def fail(self, msg=None):
        """Fail now."""
        raise self.failureException(msg)

    def assertTrue(self, expr, msg=None):
        if not expr:
            self._fail(msg, f"{safe_repr(expr)} is not true")

    def assertFalse(self, expr, msg=None):
        if expr:
            self._fail(msg, f"{safe_repr(expr)} is not false")

    def addTypeEqualityFunc(self, typeobj, function):
        """Let assertEqual of two objects of a type call a function, or a method by name."""
        self._type_equality_funcs[typeobj] = function

    def assertEqual(self, first, second, msg=None):
        if type(first) is type(second):
            function = self._type_equality_funcs.get(type(first))
            if function is not None:
                function = getattr(self, function) if isinstance(function, str) else function
                return function(first, second, msg=msg)
        if not first == second:
            self._fail(msg, "%s != %s" % common_reprs(first, second))

    def assertNotEqual(self, first, second, msg=None):
        if not first != second:
            self._fail(msg, f"{safe_repr(first)} == {safe_repr(second)}")

    def _almost(self, first, second, places, delta):
        """(whether they are close, the end of the message)."""
        if delta is not None and places is not None:
            raise TypeError("specify delta or places not both")
        diff = abs(first - second)
        if delta is not None:
            return diff <= delta, f"within {safe_repr(delta)} delta ({safe_repr(diff)} difference)"
        places = 7 if places is None else places
        return round(diff, places) == 0, f"within {places!r} places ({safe_repr(diff)} difference)"

    def assertAlmostEqual(self, first, second, places=None, msg=None, delta=None):
        if first == second:
            return
        close, how = self._almost(first, second, places, delta)
        if not close:
            self._fail(msg, f"{safe_repr(first)} != {safe_repr(second)} {how}")

    def assertNotAlmostEqual(self, first, second, places=None, msg=None, delta=None):
        close, how = self._almost(first, second, places, delta)
        if delta is None:
            how = f"within {7 if places is None else places!r} places"
            bad = first == second or close
        else:
            bad = first == second or close
        if bad:
            self._fail(msg, f"{safe_repr(first)} == {safe_repr(second)} {how}")

    def _diff(self, standard, diff):
        if diff is None:
            return standard
        text = "\n" + diff
        if self.maxDiff is None or len(text) <= self.maxDiff:
            return standard + text
        return standard + DIFF_OMITTED % len(text)

    def assertSequenceEqual(self, seq1, seq2, msg=None, seq_type=None):
        name = "sequence" if seq_type is None else seq_type.__name__
        if seq_type is not None:
            for which, seq in (("First", seq1), ("Second", seq2)):
                if not isinstance(seq, seq_type):
                    raise self.failureException(f"{which} sequence is not a {name}: {safe_repr(seq)}")
        if seq1 == seq2:
            return
        text = "%ss differ: %s != %s\n" % (name.capitalize(), *common_reprs(seq1, seq2))
        len1, len2 = len(seq1), len(seq2)
        for i in range(min(len1, len2)):
            if seq1[i] != seq2[i]:
                text += "\nFirst differing element %d:\n%s\n%s\n" % (i, *common_reprs(seq1[i], seq2[i]))
                break
        else:
            if len1 == len2 and seq_type is None and type(seq1) != type(seq2):
                return
        for which, longer, short in (("First", seq1, len2), ("Second", seq2, len1)):
            if len(longer) > short:
                text += f"\n{which} {name} contains {len(longer) - short} additional elements.\n"
                text += f"First extra element {short}:\n{safe_repr(longer[short])}\n"
        self._fail(msg, self._diff(text, self._pretty_diff(seq1, seq2)))

    def _pretty_diff(self, first, second):
        try:
            from pprint import pformat
        except ImportError:
            pformat = repr
        lines = _ndiff(pformat(first).splitlines(), pformat(second).splitlines())
        return None if lines is None else "\n".join(lines)

    def assertListEqual(self, list1, list2, msg=None):
        self.assertSequenceEqual(list1, list2, msg, seq_type=list)

    def assertTupleEqual(self, tuple1, tuple2, msg=None):
        self.assertSequenceEqual(tuple1, tuple2, msg, seq_type=tuple)

    def assertSetEqual(self, set1, set2, msg=None):
        lines = []
        for which, other, items in (("first", "second", set1 - set2), ("second", "first", set2 - set1)):
            if items:
                lines.append(f"Items in the {which} set but not the {other}:")
                lines += map(repr, items)
        if lines:
            self._fail(msg, "\n".join(lines))

    def assertDictEqual(self, d1, d2, msg=None):
        self.assertIsInstance(d1, dict, "First argument is not a dictionary")
        self.assertIsInstance(d2, dict, "Second argument is not a dictionary")
        if d1 != d2:
            self._fail(msg, self._diff("%s != %s" % common_reprs(d1, d2), self._pretty_diff(d1, d2)))

    def assertMultiLineEqual(self, first, second, msg=None):
        self.assertIsInstance(first, str, "First argument is not a string")
        self.assertIsInstance(second, str, "Second argument is not a string")
        if first == second:
            return
        text = "%s != %s" % common_reprs(first, second)
        lines1, lines2 = first.splitlines(True), second.splitlines(True)
        if len(lines1) == len(lines2) == 1 and first.strip("\r\n") == first:
            lines1, lines2 = [first + "\n"], [second + "\n"]
        lines = _ndiff(lines1, lines2)
        self._fail(msg, self._diff(text, None if lines is None else "".join(lines)))

    def assertCountEqual(self, first, second, msg=None):
        first, second = list(first), list(second)
        counts = []
        for item in first + second:
            if all(item != other for other, _, _ in counts):
                counts.append((item, first.count(item), second.count(item)))
        lines = [
            "First has %d, Second has %d:  %r" % (count1, count2, item)
            for item, count1, count2 in counts if count1 != count2
        ]
        if lines:
            self._fail(msg, self._diff("Element counts were not equal:", "\n".join(lines)))

    def assertIn(self, member, container, msg=None):
        if member not in container:
            self._fail(msg, f"{safe_repr(member)} not found in {safe_repr(container)}")

    def assertNotIn(self, member, container, msg=None):
        if member in container:
            self._fail(msg, f"{safe_repr(member)} unexpectedly found in {safe_repr(container)}")

    def assertIs(self, expr1, expr2, msg=None):
        if expr1 is not expr2:
            self._fail(msg, f"{safe_repr(expr1)} is not {safe_repr(expr2)}")

    def assertIsNot(self, expr1, expr2, msg=None):
        if expr1 is expr2:
            self._fail(msg, f"unexpectedly identical: {safe_repr(expr1)}")

    def assertIsNone(self, obj, msg=None):
        if obj is not None:
            self._fail(msg, f"{safe_repr(obj)} is not None")

    def assertIsNotNone(self, obj, msg=None):
        if obj is None:
            self._fail(msg, "unexpectedly None")

    def assertLess(self, a, b, msg=None):
        if not a < b:
            self._fail(msg, f"{safe_repr(a)} not less than {safe_repr(b)}")

    def assertLessEqual(self, a, b, msg=None):
        if not a <= b:
            self._fail(msg, f"{safe_repr(a)} not less than or equal to {safe_repr(b)}")

    def assertGreater(self, a, b, msg=None):
        if not a > b:
            self._fail(msg, f"{safe_repr(a)} not greater than {safe_repr(b)}")

    def assertGreaterEqual(self, a, b, msg=None):
        if not a >= b:
            self._fail(msg, f"{safe_repr(a)} not greater than or equal to {safe_repr(b)}")

    def assertIsInstance(self, obj, cls, msg=None):
        if not isinstance(obj, cls):
            self._fail(msg, f"{safe_repr(obj)} is not an instance of {cls!r}")

    def assertNotIsInstance(self, obj, cls, msg=None):
        if isinstance(obj, cls):
            self._fail(msg, f"{safe_repr(obj)} is an instance of {cls!r}")

    def assertRegex(self, text, expected_regex, msg=None):
        if isinstance(expected_regex, (str, bytes)):
            import re

            assert expected_regex, "expected_regex must not be empty."
            expected_regex = re.compile(expected_regex)
        if not expected_regex.search(text):
            self._fail(msg, f"Regex didn't match: {expected_regex.pattern!r} not found in {text!r}")

    def assertNotRegex(self, text, unexpected_regex, msg=None):
        if isinstance(unexpected_regex, (str, bytes)):
            import re

            unexpected_regex = re.compile(unexpected_regex)
        match = unexpected_regex.search(text)
        if match:
            found = text[match.start() : match.end()]
            self._fail(msg, f"Regex matched: {found!r} matches {unexpected_regex.pattern!r} in {text!r}")

    def assertRaises(self, expected_exception, *args, **kwargs):
        """Fail unless calling, or the body of `with`, raises it."""
        return _Raises(self, expected_exception).handle("assertRaises", args, kwargs)

    def assertRaisesRegex(self, expected_exception, expected_regex, *args, **kwargs):
        """The same, with a message in which the pattern is found."""
        return _Raises(self, expected_exception, expected_regex).handle("assertRaisesRegex", args, kwargs)

    def assertWarns(self, expected_warning, *args, **kwargs):
        """Fail unless calling, or the body of `with`, warns so."""
        return _Warns(self, expected_warning).handle("assertWarns", args, kwargs)

    def assertWarnsRegex(self, expected_warning, expected_regex, *args, **kwargs):
        """The same, with a message in which the pattern is found."""
        return _Warns(self, expected_warning, expected_regex).handle("assertWarnsRegex", args, kwargs)
