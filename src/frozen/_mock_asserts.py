"""What mocks assert of the calls they noted."""

from _mock_calls import _AnyComparer, _Call, _CallList, _format_call_signature, call, two
from _mock_kinds import mock_of


def first_error(expected):
    """The error because of which an expected call could not be compared, if any."""
    return next((e for e in expected if isinstance(e, Exception)), None)


def missing(expected, actual):
    """The expected calls that are not among the actual ones, and the actual ones that were not expected."""
    rest, absent = list(actual), []
    for wanted in expected:
        try:
            rest.remove(wanted)
        except ValueError:
            absent.append(wanted)
    return absent, rest


class Asserts:
    """The assertions about calls."""

    def _shown_name(self):
        return self._mock_name or "mock"

    def _format_mock_call_signature(self, args, kwargs):
        return _format_call_signature(self._shown_name(), args, kwargs)

    def _format_mock_failure_message(self, args, kwargs, action="call"):
        expected = self._format_mock_call_signature(args, kwargs)
        actual = self._format_mock_call_signature(*self.call_args)
        return f"expected {action} not found.\nExpected: {expected}\n  Actual: {actual}"

    def _calls_repr(self, prefix="Calls"):
        from unittest.util import safe_repr

        return f"\n{prefix}: {safe_repr(self.mock_calls)}." if self.mock_calls else ""

    # Calls are compared by what they bind, if the signature is known.

    def _get_call_signature_from_name(self, name):
        """The signature of a child, or of its child and so on."""
        from _mock_core import LaterSpec

        if not name:
            return self._spec_signature
        signature, children = None, self._mock_children
        for part in name.replace("()", "").split("."):
            child = children.get(part)
            if child is None or isinstance(child, LaterSpec):
                break
            child = mock_of(child)
            children, signature = child._mock_children, child._spec_signature
        return signature

    def _call_matcher(self, _call):
        """A call in the form in which it is compared, or the error if it does not fit the signature."""
        has_name = isinstance(_call, tuple) and len(_call) > 2
        signature = self._get_call_signature_from_name(_call[0]) if has_name else self._spec_signature
        if signature is None:
            return _call
        name, args, kwargs = _call if has_name else ("", *_call)
        try:
            bound = signature.bind(*args, **kwargs)
        except TypeError as e:
            return e.with_traceback(None)
        return call(name, bound.args, bound.kwargs)

    def _expected(self, args, kwargs):
        """An expected call, and the error if it does not fit."""
        expected = self._call_matcher(two(args, kwargs))
        return expected, expected if isinstance(expected, Exception) else None

    # The assertions.

    def assert_called(self):
        """It was called."""
        if self.call_count == 0:
            raise AssertionError(f"Expected '{self._shown_name()}' to have been called.")

    def assert_not_called(self):
        """It was not called."""
        self._check_count(0, "to not have been called")

    def assert_called_once(self):
        """It was called once."""
        self._check_count(1, "to have been called once")

    def _check_count(self, count, expected):
        if self.call_count != count:
            raise AssertionError(
                f"Expected '{self._shown_name()}' {expected}. Called {self.call_count} times.{self._calls_repr()}"
            )

    def assert_called_with(self, /, *args, **kwargs):
        """Its last call was this one."""
        if self.call_args is None:
            expected = self._format_mock_call_signature(args, kwargs)
            raise AssertionError(f"expected call not found.\nExpected: {expected}\n  Actual: not called.")
        expected, cause = self._expected(args, kwargs)
        if self._call_matcher(self.call_args) != expected:
            raise AssertionError(self._format_mock_failure_message(args, kwargs)) from cause

    def assert_called_once_with(self, /, *args, **kwargs):
        """It was called once, by this call."""
        self._check_count(1, "to be called once")
        return self.assert_called_with(*args, **kwargs)

    def assert_any_call(self, /, *args, **kwargs):
        """One of its calls was this one."""
        expected, cause = self._expected(args, kwargs)
        actual = [self._call_matcher(c) for c in self.call_args_list]
        if cause or expected not in _AnyComparer(actual):
            raise AssertionError(f"{self._format_mock_call_signature(args, kwargs)} call not found") from cause

    def assert_has_calls(self, calls, any_order=False):
        """These calls were made, of it or its children: in this order and nothing between, or in any order."""
        expected = [self._call_matcher(c) for c in calls]
        cause = first_error(expected)
        actual = _CallList(self._call_matcher(c) for c in self.mock_calls)
        if not any_order:
            if expected not in actual:
                shown = self._calls_repr(prefix="  Actual").rstrip(".")
                raise AssertionError(f"{self._problem(expected, 'call')}\nExpected: {_CallList(calls)}{shown}") from cause
            return
        absent, rest = missing(expected, actual)
        if absent:
            raise AssertionError(
                f"{self._shown_name()!r} does not contain all of {tuple(absent)!r} in its call list, found {rest!r} instead"
            ) from cause

    @staticmethod
    def _problem(expected, what):
        if first_error(expected) is None:
            return f"{what.capitalize()}s not found."
        errors = [e if isinstance(e, Exception) else None for e in expected]
        return f"Error processing expected {what}s.\nErrors: {errors}"
