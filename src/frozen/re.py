"""Regular expressions. Patterns are compiled and matched by native code; flags, cache and functions are here."""

import _re
from _re import Match, Pattern

__all__ = [
    "match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer", "compile", "purge", "template",
    "escape", "error", "Pattern", "Match", "A", "I", "L", "M", "S", "X", "U", "ASCII", "IGNORECASE", "LOCALE",
    "MULTILINE", "DOTALL", "VERBOSE", "UNICODE", "NOFLAG", "RegexFlag",
]

# In the order in which names are shown.
_FLAGS = {
    "ASCII": 256, "IGNORECASE": 2, "LOCALE": 4, "UNICODE": 32, "MULTILINE": 8, "DOTALL": 16, "VERBOSE": 64,
    "TEMPLATE": 1, "DEBUG": 128,
}
_ALL = sum(_FLAGS.values())


class _Flags(type):
    """What can be done with the class of flags, as with an enumeration, which would be slow to import."""

    @property
    def __members__(cls):
        found = {"NOFLAG": cls.NOFLAG}
        for name in _FLAGS:
            found[name] = getattr(cls, name)
            if name != "DEBUG":
                found[_short(name)] = found[name]
        return found

    def __iter__(cls):
        return map(cls, _FLAGS.values())

    def __len__(cls):
        return len(_FLAGS)

    def __getitem__(cls, name):
        return cls.__members__[name]

    def __contains__(cls, value):
        return isinstance(value, cls)

    def __repr__(cls):
        return "<flag 'RegexFlag'>"


def _short(name):
    """The letter of a flag."""
    return {"DOTALL": "S", "VERBOSE": "X"}.get(name, name[0])


class RegexFlag(int, metaclass=_Flags):
    """Flags of a pattern, which can be combined by `|`."""

    __slots__ = ()

    def __new__(cls, value=0):
        value = int(value)
        return super().__new__(cls, value & _ALL if value < 0 else value)

    @property
    def value(self):
        """The flags as a plain number."""
        return int(self)

    @property
    def name(self):
        """The names of the flags."""
        return self._names("") or "NOFLAG"

    def _names(self, prefix):
        number = int(self)
        names = [prefix + name for name, bit in _FLAGS.items() if number & bit]
        if number & ~_ALL:
            names.append(hex(number & ~_ALL))
        return "|".join(names)

    def __repr__(self):
        return self._names("re.") or "re.NOFLAG"

    __str__ = __repr__
    __format__ = object.__format__

    def __or__(self, other):
        return RegexFlag(int(self) | int(other)) if isinstance(other, int) else NotImplemented

    def __and__(self, other):
        return RegexFlag(int(self) & int(other)) if isinstance(other, int) else NotImplemented

    def __xor__(self, other):
        return RegexFlag(int(self) ^ int(other)) if isinstance(other, int) else NotImplemented

    __ror__, __rand__, __rxor__ = __or__, __and__, __xor__

    def __invert__(self):
        return RegexFlag(_ALL & ~int(self))

    def __reduce_ex__(self, protocol):
        return RegexFlag, (int(self),)


NOFLAG = RegexFlag(0)
A = ASCII = RegexFlag(256)
I = IGNORECASE = RegexFlag(2)
L = LOCALE = RegexFlag(4)
U = UNICODE = RegexFlag(32)
M = MULTILINE = RegexFlag(8)
S = DOTALL = RegexFlag(16)
X = VERBOSE = RegexFlag(64)
T = TEMPLATE = RegexFlag(1)
DEBUG = RegexFlag(128)
for _name in ("NOFLAG", "DEBUG", *_FLAGS):
    setattr(RegexFlag, _name, globals()[_name])
    if _name not in ("NOFLAG", "DEBUG"):
        setattr(RegexFlag, _short(_name), globals()[_name])
del _name


class error(Exception):
    """A pattern that is no regular expression, with `msg`, `pattern`, `pos`, `lineno` and `colno`."""

    __module__ = "re"

    def __init__(self, msg, pattern=None, pos=None):
        self.msg, self.pattern, self.pos = msg, pattern, pos
        if pattern is None or pos is None:
            self.lineno = self.colno = None
            super().__init__(msg)
            return
        newline = "\n" if isinstance(pattern, str) else b"\n"
        self.lineno = pattern.count(newline, 0, pos) + 1
        self.colno = pos - pattern.rfind(newline, 0, pos)
        text = f"{msg} at position {pos}"
        if newline in pattern:
            text = f"{text} (line {self.lineno}, column {self.colno})"
        super().__init__(text)


_cache = {}
_CACHE_SIZE = 512


def _compile(pattern, flags):
    if isinstance(flags, RegexFlag):
        flags = flags.value
    try:
        return _cache[type(pattern), pattern, flags]
    except KeyError:
        pass
    if isinstance(pattern, Pattern):
        if flags:
            raise ValueError("cannot process flags argument with a compiled pattern")
        return pattern
    if flags & TEMPLATE:
        _deprecated("The re.TEMPLATE/re.T flag", "flag", "Don't use it.")
    result = _re.compile(pattern, flags, _warn)
    if isinstance(result, tuple):
        message, position = result
        if position is None and "flag" in message:
            raise ValueError(message)
        if message == "the repetition number is too large":
            raise OverflowError(message)
        raise error(message, pattern, position)
    if not flags & DEBUG:
        if len(_cache) >= _CACHE_SIZE:
            del _cache[next(iter(_cache))]
        _cache[type(pattern), pattern, flags] = result
    return result


def _warn(text, deprecated):
    import warnings

    warnings.warn(text, DeprecationWarning if deprecated else FutureWarning, stacklevel=4)


def compile(pattern, flags=0):
    """Compile a regular expression to a Pattern."""
    return _compile(pattern, flags)


def match(pattern, string, flags=0):
    """The Match of the pattern at the beginning of the string, or None."""
    return _compile(pattern, flags).match(string)


def fullmatch(pattern, string, flags=0):
    """The Match of the pattern with the whole string, or None."""
    return _compile(pattern, flags).fullmatch(string)


def search(pattern, string, flags=0):
    """The first Match of the pattern somewhere in the string, or None."""
    return _compile(pattern, flags).search(string)


def sub(pattern, repl, string, count=0, flags=0):
    """The string with the matches replaced by a template or by what a function returns for them."""
    return _compile(pattern, flags).sub(repl, string, count)


def subn(pattern, repl, string, count=0, flags=0):
    """The same together with the number of replacements."""
    return _compile(pattern, flags).subn(repl, string, count)


def split(pattern, string, maxsplit=0, flags=0):
    """The parts of the string between the matches, and the groups of these."""
    return _compile(pattern, flags).split(string, maxsplit)


def findall(pattern, string, flags=0):
    """The matches, or their groups, as a list."""
    return _compile(pattern, flags).findall(string)


def finditer(pattern, string, flags=0):
    """An iterator over the Matches."""
    return _compile(pattern, flags).finditer(string)


def template(pattern, flags=0):
    """The same as compile."""
    _deprecated("The re.template() function", "function", "Use re.compile() instead.")
    return _compile(pattern, flags | TEMPLATE)


def _deprecated(subject, kind, advice):
    import warnings

    text = f"{subject} is deprecated as it is an undocumented {kind} without an obvious purpose. {advice}"
    warnings.warn(text, DeprecationWarning, stacklevel=3)


def purge():
    """Forget the compiled patterns."""
    _cache.clear()


_SPECIAL = {ord(c): "\\" + c for c in "()[]{}?*+-|^$\\.&~# \t\n\r\v\f"}


def escape(pattern):
    """The pattern that matches just this text."""
    if isinstance(pattern, str):
        return pattern.translate(_SPECIAL)
    return str(pattern, "latin1").translate(_SPECIAL).encode("latin1")


class Scanner:
    """Splits text into tokens by a lexicon of (pattern, action) pairs."""

    def __init__(self, lexicon, flags=0):
        self.lexicon = lexicon
        self._actions = []
        parts = []
        groups = 0
        for phrase, action in lexicon:
            parts.append(f"({phrase})")
            self._actions.append((groups + 1, action))
            groups += 1 + _compile(phrase, flags).groups
        self.scanner = _compile("|".join(parts), flags)

    def scan(self, string):
        """The list of results, and what is left of the string."""
        result = []
        at = 0
        while found := self.scanner.match(string, at):
            if found.end() == at:
                break
            for group, action in self._actions:
                if found.start(group) == at and found.end(group) == found.end():
                    break
            at = found.end()
            if callable(action):
                self.match = found
                action = action(self, found.group())
            if action is not None:
                result.append(action)
        return result, string[at:]
