"""Modules that few programs need, imported when they are first used."""

import sys


class Later:
    """Stands for a module of that name."""

    def __init__(self, name):
        self._name = name

    def __getattr__(self, attribute):
        __import__(self._name)
        return getattr(sys.modules[self._name], attribute)
