"""Databases of SQLite through DB-API 2.0."""
from sqlite3.dbapi2 import *


def __getattr__(name):
    if name == "OptimizedUnicode":
        import warnings
        text = "OptimizedUnicode is deprecated and will be removed in Python 3.12. Since Python 3.3 it has simply been "
        text += "an alias for 'str'."
        warnings.warn(text, DeprecationWarning, stacklevel=2)
        return str
    raise AttributeError(f"module 'sqlite3' has no attribute '{name}'")
