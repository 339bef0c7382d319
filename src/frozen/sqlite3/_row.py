"""Rows whose columns have names."""


class Row:
    """A row: a sequence whose items are also found by the columns' names, in any case."""

    __slots__ = ("_values", "_description")

    def __new__(cls, cursor, data, /):
        from sqlite3._cursor import Cursor

        if not issubclass(type(cursor), Cursor):
            raise TypeError(f"Row() argument 1 must be sqlite3.Cursor, not {type(cursor).__name__}")
        if not isinstance(data, tuple):
            raise TypeError(f"Row() argument 2 must be tuple, not {type(data).__name__}")
        self = super().__new__(cls)
        self._values = data
        self._description = cursor.description
        return self

    def keys(self):
        """The names of the columns."""
        return [column[0] for column in self._description or ()]

    def __getitem__(self, key, /):
        if isinstance(key, (int, slice)):
            return self._values[key]
        if isinstance(key, str):
            for i, column in enumerate(self._description or ()):
                name = column[0]
                if name == key or name.isascii() and key.isascii() and name.lower() == key.lower():
                    return self._values[i]
            raise IndexError("No item with that key")
        raise IndexError("Index must be int or string")

    def __len__(self):
        return len(self._values)

    def __iter__(self):
        return iter(self._values)

    def __hash__(self):
        return hash(self._description) ^ hash(self._values)

    def __eq__(self, other):
        if not isinstance(other, Row):
            return NotImplemented
        return self._description == other._description and self._values == other._values
