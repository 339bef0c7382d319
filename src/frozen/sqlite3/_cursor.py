"""Cursors: they execute statements and fetch rows."""
from _sqlite3 import PARSE_COLNAMES, PARSE_DECLTYPES, InterfaceError, ProgrammingError
from sqlite3 import _adapt
from sqlite3._adapt import converters, prepared


class Cursor:
    """A cursor of a connection."""

    # What stays so if __init__ of a subclass does not call this one.
    _ready = _closed = _locked = False
    _statement = None
    description = None
    rowcount = -1
    lastrowid = None
    arraysize = 1
    row_factory = None

    def __init__(self, connection, /):
        from sqlite3._connection import Connection

        if not isinstance(connection, Connection):
            raise TypeError(
                f"Cursor() argument 1 must be sqlite3.Connection, not {type(connection).__name__}"
            )
        if self._locked:
            raise ProgrammingError("Recursive use of cursors not allowed.")
        self._forget()
        self.connection = connection
        self.description = None
        self.lastrowid = None
        self.arraysize = 1
        self.rowcount = -1
        self.row_factory = None
        self._closed = False
        connection._check_thread()
        self._ready = True

    def __del__(self):
        self._forget()

    def _forget(self):
        """Let go of the statement, so that others can have it."""
        statement, self._statement = self._statement, None
        if statement is not None and not statement.closed:
            self.connection._keep(self._sql, statement)

    def _check(self):
        if not self._ready:
            raise ProgrammingError("Base Cursor.__init__ not called.")
        if self._closed:
            raise ProgrammingError("Cannot operate on a closed cursor.")
        if self._locked:
            raise ProgrammingError("Recursive use of cursors not allowed.")
        self.connection._check()

    def execute(self, sql, parameters=(), /):
        """Execute a statement."""
        self._check()
        if not isinstance(sql, str):
            raise TypeError(f"execute() argument 1 must be str, not {type(sql).__name__}")
        return self._run(sql, (parameters,), False)

    def executemany(self, sql, seq_of_parameters, /):
        """Execute a statement that changes rows once for each of several sets of parameters."""
        self._check()
        if not isinstance(sql, str):
            raise TypeError(f"executemany() argument 1 must be str, not {type(sql).__name__}")
        return self._run(sql, iter(seq_of_parameters), True)

    def _run(self, sql, sets, many):
        connection = self.connection
        self._locked = True
        try:
            self._forget()
            self.description = None
            statement = self._statement = connection._prepare(sql)
            self._sql = sql
            changes = statement.is_dml
            self.rowcount = 0 if changes else -1
            if many and not changes:
                raise ProgrammingError("executemany() can only execute DML statements.")
            if changes and connection._begin is not None and connection._database.autocommit:
                connection._simple(connection._begin)
            for parameters in sets:
                statement.bind(parameters, prepared, _adapt.adapts_basic_types)
                has_row = statement.step()
                if self.description is None:
                    self._describe(statement)
                if not has_row:
                    if changes:
                        self.rowcount += connection._database.changes
                    statement.reset()
                elif many:
                    # What it returns is of no use.
                    while statement.step():
                        pass
                    self.rowcount += connection._database.changes
                    statement.reset()
            if not many:
                self.lastrowid = connection._database.last_rowid
            if self._statement is not None and not statement.busy:
                self._forget()
        except BaseException:
            self.rowcount = -1
            self._forget()
            raise
        finally:
            self._locked = False
        return self

    def _describe(self, statement):
        """Note the names of the columns, and how to convert what is in them."""
        names = statement.columns
        detect = self.connection._detect_types
        self._converters = ()
        if not names:
            return
        shown = names
        if detect & PARSE_COLNAMES:
            shown = [name.partition("[")[0].rstrip(" ") if "[" in name else name for name in names]
        self.description = tuple((name, None, None, None, None, None, None) for name in shown)
        if detect:
            types = statement.types
            self._converters = tuple(
                _converter(name, kind, detect) for name, kind in zip(names, types)
            )

    def executescript(self, sql_script, /):
        """Execute several statements; an open transaction is committed first."""
        self._check()
        if not isinstance(sql_script, str):
            raise TypeError(f"executescript() argument must be str, not {type(sql_script).__name__}")
        if "\0" in sql_script:
            raise ValueError("embedded null character")
        connection = self.connection
        if not connection._database.autocommit:
            connection._simple("COMMIT")
        while sql_script:
            statement, sql_script = connection._database.prepare(sql_script)
            if statement is not None:
                while statement.step():
                    pass
                statement.reset()
        return self

    def __iter__(self):
        return self

    def __next__(self):
        self._check()
        statement = self._statement
        if statement is None:
            raise StopIteration
        if not statement.has_row:
            self._forget()
            raise StopIteration
        connection = self.connection
        self._locked = True
        try:
            row = statement.row(connection.text_factory, self._converters)
        finally:
            self._locked = False
        try:
            if not statement.step():
                if statement.is_dml:
                    self.rowcount = connection._database.changes
                self._forget()
        except BaseException:
            self._forget()
            raise
        factory = self.row_factory
        return row if factory is None else factory(self, row)

    def fetchone(self):
        """The next row, or None."""
        return next(self, None)

    def fetchmany(self, size=None):
        """The next rows, as many as arraysize says by default."""
        if size is None:
            size = self.arraysize
        rows = []
        while size <= 0 or len(rows) < size:
            row = next(self, rows)
            if row is rows:
                break
            rows.append(row)
        return rows

    def fetchall(self):
        """The rows that are left."""
        return list(self)

    def setinputsizes(self, sizes, /):
        """Required by DB-API; does nothing."""

    def setoutputsize(self, size, column=None, /):
        """Required by DB-API; does nothing."""

    def close(self):
        """Close the cursor."""
        if self._locked:
            raise ProgrammingError("Recursive use of cursors not allowed.")
        if not self._ready:
            raise ProgrammingError("Base Cursor.__init__ not called.")
        self.connection._check()
        self._forget()
        self._closed = True


def _converter(name, kind, detect):
    """The converter for a column by its name or its declared type; None for none."""
    if detect & PARSE_COLNAMES and "[" in name:
        found = converters.get(name.partition("[")[2].partition("]")[0].upper())
        if found is not None:
            return found
    if detect & PARSE_DECLTYPES and kind:
        return converters.get(kind.partition(" ")[0].partition("(")[0].upper())
    return None
