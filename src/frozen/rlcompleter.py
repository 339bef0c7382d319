"""Completion of names, for a prompt."""

import __main__
import builtins
import inspect
import keyword
import re

__all__ = ["Completer"]

# Keywords that nothing follows, or a colon; a space follows the others.
_ALONE = {"False", "None", "True", "break", "continue", "pass", "else", "_"}
_COLON = {"finally", "try"}


class Completer:
    """Completes names of a namespace, by default that of the program."""

    def __init__(self, namespace=None):
        if namespace and not isinstance(namespace, dict):
            raise TypeError("namespace must be a dictionary")
        self._namespace = namespace
        self.matches = []

    @property
    def namespace(self):
        return __main__.__dict__ if self._namespace is None else self._namespace

    def complete(self, text, state):
        """The completion of a text with this number, or None if there are not so many."""
        if not text.strip():
            return "\t" if state == 0 else None
        if state == 0:
            self.matches = self.attr_matches(text) if "." in text else self.global_matches(text)
        return self.matches[state] if state < len(self.matches) else None

    def _shown(self, value, word):
        """A word with parentheses if its value can be called."""
        if not callable(value):
            return word
        try:
            return word + ("(" if inspect.signature(value).parameters else "()")
        except ValueError:
            return word + "("

    def global_matches(self, text):
        """Keywords and names that start with a text."""
        seen, found = {"__builtins__"}, []
        for word in keyword.kwlist + keyword.softkwlist:
            if word.startswith(text):
                seen.add(word)
                found.append(word + (":" if word in _COLON else "" if word in _ALONE else " "))
        for names in (self.namespace, vars(builtins)):
            for word, value in names.items():
                if word.startswith(text) and word not in seen:
                    seen.add(word)
                    found.append(self._shown(value, word))
        return found

    def attr_matches(self, text):
        """Attributes of what stands before the last dot that start with what stands behind it."""
        parts = re.match(r"(\w+(\.\w+)*)\.(\w*)", text)
        if not parts:
            return []
        expression, start = parts.group(1, 3)
        try:
            thing = eval(expression, self.namespace)
        except Exception:
            return []
        words = {*dir(thing), "__class__", *get_class_members(type(thing))} - {"__builtins__"}
        words = [word for word in words if word.startswith(start)]
        # Those with underscores only if they are asked for, or there are no others.
        hidden = {"": ("_", "__"), "_": ("__",)}.get(start, ())
        for prefix in (*hidden, None):
            chosen = [word for word in words if prefix is None or not word.startswith(prefix)]
            if chosen:
                break
        found = []
        for word in chosen:
            name = f"{expression}.{word}"
            if not isinstance(getattr(type(thing), word, None), property):
                value = getattr(thing, word, None)
                name = name if value is None else self._shown(value, name)
            found.append(name)
        return sorted(found)


def get_class_members(klass):
    """The names of the attributes of a class and those above it."""
    found = dir(klass)
    for base in getattr(klass, "__bases__", ()):
        found = found + get_class_members(base)
    return found
