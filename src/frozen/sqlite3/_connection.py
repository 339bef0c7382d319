"""Connections: open databases with their transactions."""
import _sqlite3
import _thread
import os

from _sqlite3 import OperationalError, ProgrammingError
from sqlite3._blob import Blob
from sqlite3._cursor import Cursor

_LEVELS = ("", "DEFERRED", "IMMEDIATE", "EXCLUSIVE")


def connect(database, *args, **kwargs):
    """Open a database, by the path of its file or as ":memory:": an object of the class `factory`."""
    # The class gets what was given, as it was given: the fifth is the factory.
    factory = args[4] if len(args) > 4 else kwargs.get("factory", Connection)
    return factory(database, *args, **kwargs)


def _begin_for(level):
    """The statement that begins a transaction of that kind; None for none."""
    if level is None:
        return None
    if not isinstance(level, str):
        raise TypeError("isolation_level must be str or None")
    if str.upper(level) not in _LEVELS:
        raise ValueError("isolation_level string must be '', 'DEFERRED', 'IMMEDIATE', or 'EXCLUSIVE'")
    return "BEGIN " + str.upper(level)


class Connection:
    """An open database."""

    for _name in ("Warning", "Error", "InterfaceError", "DatabaseError", "InternalError", "OperationalError",
                  "ProgrammingError", "IntegrityError", "DataError", "NotSupportedError"):
        locals()[_name] = getattr(_sqlite3, _name)
    del _name

    _database = None

    def __init__(self, database, timeout=5.0, detect_types=0, isolation_level="", check_same_thread=True,
                 factory=None, cached_statements=128, uri=False):
        # Cursors of a former database keep it.
        self._database = None
        path = os.fsencode(database)
        begin = _begin_for(isolation_level)
        self._database = _sqlite3.open(path, uri, timeout)
        self._begin = begin
        self._level = isolation_level
        self._detect_types = detect_types
        self._check_same_thread = check_same_thread
        self._thread = _thread.get_ident()
        self._cached = cached_statements
        self._statements = {}
        self.row_factory = None
        self.text_factory = str

    def _check_thread(self):
        if self._database is None:
            raise ProgrammingError("Base Connection.__init__ not called.")
        if self._check_same_thread and self._thread != _thread.get_ident():
            raise ProgrammingError(
                f"SQLite objects created in a thread can only be used in that same thread. "
                f"The object was created in thread id {self._thread} and this is thread id {_thread.get_ident()}.")

    def _check(self):
        self._check_thread()
        if self._database.closed:
            raise ProgrammingError("Cannot operate on a closed database.")

    def _prepare(self, sql):
        """A statement that nobody else has, from the ones kept or new."""
        statement = self._statements.pop(sql, None)
        return self(sql) if statement is None else statement

    def _keep(self, sql, statement):
        """Take a statement back, for the next one who needs it."""
        statement.reset()
        kept = self._statements
        kept[sql] = statement
        if len(kept) > max(self._cached, 1):
            del kept[next(iter(kept))]

    def __call__(self, *args):
        """A prepared statement."""
        self._check()
        (sql,) = args
        if not isinstance(sql, str):
            raise TypeError(f"argument 1 must be str, not {type(sql).__name__}")
        statement, rest = self._database.prepare(sql)
        if statement is None:
            # Nothing but blanks and comments: a statement without effect.
            return _Nothing()
        if not _is_blank(rest):
            raise ProgrammingError("You can only execute one statement at a time.")
        return statement

    def _simple(self, sql):
        """Execute a statement without parameters or rows."""
        statement, _ = self._database.prepare(sql)
        statement.step()
        statement.reset()

    @property
    def isolation_level(self):
        """What kind of transaction begins by itself before rows are changed; None for none."""
        self._check()
        return self._level

    @isolation_level.setter
    def isolation_level(self, level):
        begin = _begin_for(level)
        if level is None:
            self._check()
            if not self._database.autocommit:
                self._simple("COMMIT")
        self._begin = begin
        self._level = level

    @isolation_level.deleter
    def isolation_level(self):
        raise AttributeError("cannot delete attribute")

    @property
    def total_changes(self):
        """How many rows have been changed since the connection was opened."""
        self._check()
        return self._database.total_changes

    @property
    def in_transaction(self):
        """Whether a transaction is open."""
        self._check()
        return not self._database.autocommit

    def cursor(self, factory=Cursor):
        """A new cursor."""
        self._check()
        cursor = factory(self)
        if not issubclass(type(cursor), Cursor):
            raise TypeError(f"factory must return a cursor, not {type(cursor).__name__}")
        if self.row_factory is not None:
            cursor.row_factory = self.row_factory
        return cursor

    def execute(self, sql, parameters=(), /):
        """Execute a statement with a new cursor."""
        return self.cursor().execute(sql, parameters)

    def executemany(self, sql, parameters, /):
        """Execute a statement several times with a new cursor."""
        return self.cursor().executemany(sql, parameters)

    def executescript(self, sql_script, /):
        """Execute several statements with a new cursor."""
        return self.cursor().executescript(sql_script)

    def commit(self):
        """Commit the open transaction, if there is one."""
        self._check()
        if not self._database.autocommit:
            self._simple("COMMIT")

    def rollback(self):
        """Roll the open transaction back, if there is one."""
        self._check()
        if not self._database.autocommit:
            self._simple("ROLLBACK")

    def close(self):
        """Close the database. What was not committed is lost."""
        self._check_thread()
        self._statements = {}
        self._database.close()

    def __enter__(self):
        self._check()
        return self

    def __exit__(self, type, value, traceback, /):
        if type is None:
            try:
                self.commit()
            except BaseException:
                self.rollback()
                raise
        else:
            self.rollback()
        return False

    def create_function(self, name, narg, func, *, deterministic=False):
        """Add a function to SQL."""
        self._check()
        self._database.create_function(name, narg, func, deterministic, "function")

    def create_aggregate(self, name, n_arg, aggregate_class):
        """Add an aggregate to SQL: a class with the methods step and finalize."""
        self._check()
        self._database.create_function(name, n_arg, aggregate_class, False, "aggregate")

    def create_window_function(self, name, num_params, aggregate_class, /):
        """Add a window function to SQL: a class with the methods step, inverse, value and finalize."""
        self._check()
        self._database.create_function(name, num_params, aggregate_class, False, "window")

    def create_collation(self, name, callback, /):
        """Add an order of texts to SQL."""
        self._check()
        if callback is not None and not callable(callback):
            raise TypeError("parameter must be callable")
        self._database.create_collation(name, callback)

    def set_authorizer(self, authorizer_callback):
        """Set who is asked what statements may do."""
        self._check()
        self._database.set_authorizer(authorizer_callback)

    def set_progress_handler(self, progress_handler, n):
        """Set what is called after so many steps; if it returns something true, the statement ends."""
        self._check()
        self._database.set_progress_handler(progress_handler, n)

    def set_trace_callback(self, trace_callback):
        """Set what is told of every statement that is executed."""
        self._check()
        self._database.set_trace(trace_callback)

    def interrupt(self):
        """End what other threads do with the connection."""
        if self._database is None or self._database.closed:
            raise ProgrammingError("Cannot operate on a closed database.")
        self._database.interrupt()

    def getlimit(self, category, /):
        """A limit of the connection."""
        return self.setlimit(category, -1)

    def setlimit(self, category, limit, /):
        """Set a limit of the connection; returns the old one."""
        self._check()
        return self._database.limit(category, limit)

    def iterdump(self):
        """The database as statements of SQL."""
        from sqlite3.dump import statements

        self._check()
        return statements(self)

    def backup(self, target, *, pages=-1, progress=None, name="main", sleep=0.250):
        """Copy the database into that of another connection."""
        self._check()
        if not isinstance(target, Connection):
            raise TypeError(f"backup() argument 'target' must be sqlite3.Connection, not {type(target).__name__}")
        target._check()
        if target is self:
            raise ValueError("target cannot be the same connection instance")
        if progress is not None and not callable(progress):
            raise TypeError("progress argument must be a callable")
        if sleep < 0:
            raise ValueError("sleep must be greater-than or equal to zero")
        if target.in_transaction:
            raise OperationalError("target is in transaction")
        _sqlite3.backup(self._database, target._database, pages, progress, name, sleep)

    def serialize(self, *, name="main"):
        """The bytes of a file that would hold the database."""
        self._check()
        return self._database.serialize(name)

    def deserialize(self, data, /, *, name="main"):
        """Replace the database by the one in these bytes."""
        self._check()
        self._database.deserialize(data.encode() if isinstance(data, str) else data, name)

    def blobopen(self, table, column, row, /, *, readonly=False, name="main"):
        """A blob that can be read and written in parts."""
        self._check()
        return Blob._over(self, self._database.open_blob(table, column, row, readonly, name))


class _Nothing:
    """A statement of nothing but blanks and comments."""

    is_dml = busy = has_row = closed = False
    columns = types = ()

    def bind(self, parameters, adapt, all):
        if len(parameters):
            raise ProgrammingError(
                f"Incorrect number of bindings supplied. The current statement uses 0, and there are "
                f"{len(parameters)} supplied.")

    def step(self):
        return False

    def reset(self):
        pass


def _is_blank(sql):
    """Whether there is nothing but blanks and comments."""
    while sql := sql.lstrip(" \t\r\n;"):
        if sql.startswith("--"):
            sql = sql.partition("\n")[2]
        elif sql.startswith("/*"):
            sql = sql.partition("*/")[2]
        else:
            return False
    return True
