"""The instructions of code objects, readable."""

from collections import namedtuple as _namedtuple

Positions = _namedtuple("Positions", "lineno end_lineno col_offset end_col_offset", defaults=(None,) * 4)
