"""The older names of assert methods, which warn."""

import warnings as _warnings

__unittest = True

# Old names, and the method that each stands for.
_NAMES = {
    "assertEqual": ("assertEquals", "failUnlessEqual"),
    "assertNotEqual": ("assertNotEquals", "failIfEqual"),
    "assertAlmostEqual": ("assertAlmostEquals", "failUnlessAlmostEqual"),
    "assertNotAlmostEqual": ("assertNotAlmostEquals", "failIfAlmostEqual"),
    "assertTrue": ("assert_", "failUnless"),
    "assertFalse": ("failIf",),
    "assertRaises": ("failUnlessRaises",),
    "assertRaisesRegex": ("assertRaisesRegexp",),
    "assertRegex": ("assertRegexpMatches",),
    "assertNotRegex": ("assertNotRegexpMatches",),
}


def _renamed(new):
    def deprecated_func(self, *args, **kwargs):
        _warnings.warn(f"Please use {new} instead.", DeprecationWarning, 2)
        return getattr(self, new)(*args, **kwargs)

    return deprecated_func


class OldNames:
    """What test cases have under older names."""

    def assertDictContainsSubset(self, subset, dictionary, msg=None):
        """Fail unless all items of `subset` are in `dictionary`."""
        _warnings.warn("assertDictContainsSubset is deprecated", DeprecationWarning)
        missing = [key for key in subset if key not in dictionary]
        wrong = [key for key in subset if key in dictionary and subset[key] != dictionary[key]]
        if not missing and not wrong:
            return
        text = f"Missing: {','.join(map(repr, missing))}" if missing else ""
        if wrong:
            shown = [f"{key!r}, expected: {subset[key]!r}, actual: {dictionary[key]!r}" for key in wrong]
            text += ("; " if text else "") + f"Mismatched values: {','.join(shown)}"
        self.fail(self._formatMessage(msg, text))


for _new, _old in _NAMES.items():
    for _name in _old:
        setattr(OldNames, _name, _renamed(_new))
