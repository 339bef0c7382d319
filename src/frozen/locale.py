"""Conventions of languages: the locales C, POSIX and C.UTF-8, which all systems have, and what they say of numbers."""

import os as _os

__all__ = [
    "getlocale", "getdefaultlocale", "getpreferredencoding", "Error", "setlocale", "resetlocale", "localeconv",
    "strcoll", "strxfrm", "str", "atof", "atoi", "format", "format_string", "currency", "normalize", "LC_CTYPE",
    "LC_COLLATE", "LC_TIME", "LC_MONETARY", "LC_NUMERIC", "LC_ALL", "CHAR_MAX", "getencoding", "LC_MESSAGES",
]

LC_CTYPE, LC_NUMERIC, LC_TIME, LC_COLLATE, LC_MONETARY, LC_MESSAGES, LC_ALL = range(7)
CHAR_MAX = 127
CODESET = 14
_str = str
_NAMES = {"C": "C", "POSIX": "C", "C.UTF-8": "C.UTF-8", "C.utf8": "C.UTF-8", "C.UTF8": "C.UTF-8"}
# Names and values of the categories that a locale has beside those above.
_MORE = ("LC_PAPER", "LC_NAME", "LC_ADDRESS", "LC_TELEPHONE", "LC_MEASUREMENT", "LC_IDENTIFICATION")
_ORDER = ("LC_CTYPE", "LC_NUMERIC", "LC_TIME", "LC_COLLATE", "LC_MONETARY", "LC_MESSAGES")


class Error(Exception):
    """A locale that is not there."""


def _from_environment(category):
    """What the environment asks for."""
    for name in ("LC_ALL", _ORDER[category], "LANG"):
        if _os.environ.get(name):
            return _os.environ[name]
    return "C"


# As programs start: only characters are those of the environment, and these are those of UTF-8.
_current = ["C.UTF-8", "C", "C", "C", "C", "C"]


def setlocale(category, locale=None):
    """Sets, or tells, the locale for a category."""
    if category not in range(7):
        raise Error("unsupported locale setting")
    if locale is not None:
        if not isinstance(locale, _str):
            try:
                language, encoding = locale
            except (TypeError, ValueError):
                raise TypeError(
                    "Locale must be None, a string, or an iterable of two strings -- language code, encoding."
                ) from None
            locale = ".".join([part for part in (language or "C", encoding) if part])
        chosen = list(_current)
        parts = dict(part.split("=", 1) for part in locale.split(";")) if "=" in locale else {}
        for i in range(6) if category == LC_ALL else (category,):
            name = _from_environment(i) if locale == "" else parts.get(_ORDER[i], locale)
            if name not in _NAMES:
                raise Error("unsupported locale setting")
            chosen[i] = _NAMES[name]
        _current[:] = chosen
    if category != LC_ALL:
        return _current[category]
    if len(set(_current)) == 1:
        return _current[0]
    known = [f"{name}={value}" for name, value in zip(_ORDER, _current)]
    return ";".join(known + [f"{name}=C" for name in _MORE])


def getlocale(category=LC_CTYPE):
    """Language and encoding of a category; None if it is C."""
    if category == LC_ALL:
        raise TypeError("category LC_ALL is not supported")
    return (None, None) if _current[category] == "C" else ("en_US", "UTF-8")


def resetlocale(category=LC_ALL):
    """Sets a category as the environment asks."""
    setlocale(category, "")


def getdefaultlocale(envvars=("LC_ALL", "LC_CTYPE", "LANG", "LANGUAGE")):
    """Language and encoding that the environment asks for."""
    import warnings

    warnings.warn(
        "Use setlocale(), getencoding() and getlocale() instead", DeprecationWarning, stacklevel=2
    )
    for name in envvars:
        value = _os.environ.get(name)
        if value:
            language, _, encoding = normalize(value.split(":")[0]).partition(".")
            return (None, None) if language == "C" and not encoding else (language, encoding or None)
    return None, None


def normalize(localename):
    """The usual spelling of a locale's name, with an encoding."""
    language, dot, encoding = localename.partition(".")
    if language.upper() in ("C", "POSIX"):
        return "en_US.UTF-8" if encoding.lower().replace("-", "") == "utf8" else "C"
    if encoding.lower().replace("-", "") == "utf8":
        return f"{language}.UTF-8"
    return localename if dot else f"{language}.ISO8859-1"


def getencoding():
    """The encoding of the current locale."""
    return "ANSI_X3.4-1968" if _current[LC_CTYPE] == "C" else "UTF-8"


def getpreferredencoding(do_setlocale=True):
    """The encoding that text files have unless told otherwise."""
    return "UTF-8" if do_setlocale else getencoding()


def nl_langinfo(key, /):
    """A string of the current locale; only the name of its encoding is known."""
    if key == CODESET:
        return getencoding()
    raise ValueError("unsupported langinfo constant")


def localeconv():
    """How numbers and amounts of money are written."""
    texts = ("int_curr_symbol", "currency_symbol", "mon_decimal_point", "mon_thousands_sep")
    numbers = (
        "int_frac_digits", "frac_digits", "p_cs_precedes", "p_sep_by_space", "n_cs_precedes", "n_sep_by_space",
        "p_sign_posn", "n_sign_posn",
    )
    return {
        **dict.fromkeys(texts, ""), "mon_grouping": [], "positive_sign": "", "negative_sign": "",
        **dict.fromkeys(numbers, CHAR_MAX), "decimal_point": ".", "thousands_sep": "", "grouping": [],
    }


def strcoll(string1, string2, /):
    """How two strings are ordered: less than 0, 0, or more."""
    return (string1 > string2) - (string1 < string2)


def strxfrm(string, /):
    """A string whose order among others is that of `strcoll`."""
    return string


def _grouped(digits, grouping, separator):
    """Digits in groups from the right; a length of 0 stands for the last one again and again."""
    groups = []
    sizes = iter(grouping)
    size = None
    while digits:
        following = next(sizes, 0)
        size = following or size
        if not size or size == CHAR_MAX:
            break
        groups.append(digits[-size:])
        digits = digits[:-size]
    if digits:
        groups.append(digits)
    return separator.join(reversed(groups))


def _localize(text, grouping=False, monetary=False):
    """A formatted number with the separators of the locale."""
    conventions = localeconv()
    prefix = "mon_" if monetary else ""
    sign = text[: len(text) - len(text.lstrip(" +-"))]
    whole, point, fraction = text[len(sign) :].partition(".")
    separator = conventions[f"{prefix}thousands_sep"]
    if grouping and separator and whole.isdigit():
        whole = _grouped(whole, conventions[f"{prefix}grouping"], separator)
    return sign + whole + (conventions[f"{prefix}decimal_point"] if point else "") + fraction


def format_string(f, val, grouping=False, monetary=False):
    """`f % val` with the separators of the locale in numbers."""
    import re
    from collections.abc import Mapping

    directive = re.compile(r"%(?:\((?P<key>.*?)\))?(?P<modifiers>[-#0-9 +*.hlL]*?)[eEfFgGdiouxXcrs%]")
    mapping = isinstance(val, Mapping)
    values = iter(val if isinstance(val, tuple) else (val,))

    def write(found):
        spec = found[0]
        if spec[-1] == "%":
            return "%"
        if mapping:
            text = spec % val
        else:
            stars = tuple([next(values) for _ in range(spec.count("*"))])
            text = spec % (*stars, next(values))
        return _localize(text, grouping, monetary) if spec[-1] in "eEfFgGdiu" else text

    return directive.sub(write, f)


def format(percent, value, grouping=False, monetary=False, *additional):
    """A number with the separators of the locale; `format_string` does more."""
    return format_string(percent, (value, *additional) if additional else value, grouping, monetary)


def currency(val, symbol=True, grouping=False, international=False):
    """An amount of money."""
    conventions = localeconv()
    digits = conventions["int_frac_digits" if international else "frac_digits"]
    if digits == CHAR_MAX:
        raise ValueError("Currency formatting is not possible using the 'C' locale.")
    text = _localize(f"{abs(val):.{digits}f}", grouping, monetary=True)
    kind = "n" if val < 0 else "p"
    if symbol:
        name = conventions["int_curr_symbol" if international else "currency_symbol"]
        space = " " if conventions[f"{kind}_sep_by_space"] else ""
        text = name + space + text if conventions[f"{kind}_cs_precedes"] else text + space + name
    sign = conventions["negative_sign" if val < 0 else "positive_sign"]
    return f"({text})" if conventions[f"{kind}_sign_posn"] == 0 else sign + text


def str(val):
    """A float as text with the decimal point of the locale."""
    return format_string("%.12g", val)


def delocalize(string):
    """A number as Python writes it."""
    conventions = localeconv()
    if conventions["thousands_sep"]:
        string = string.replace(conventions["thousands_sep"], "")
    return string.replace(conventions["decimal_point"], ".")


def localize(string, grouping=False, monetary=False):
    """A number as the locale writes it."""
    return _localize(string, grouping, monetary)


def atof(string, func=float):
    """The number that a text tells."""
    return func(delocalize(string))


def atoi(string):
    """The integer that a text tells."""
    return int(delocalize(string))
