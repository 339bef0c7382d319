"""What DB-API 2.0 asks of a module, over the classes of this package."""
import collections.abc
import datetime
import time

from _sqlite3 import *
from sqlite3._adapt import (
    PrepareProtocol, adapt, adapters, converters, register_adapter, register_converter, register_defaults,
)
from sqlite3._blob import Blob
from sqlite3._connection import Connection, connect
from sqlite3._cursor import Cursor
from sqlite3._row import Row

apilevel = "2.0"
paramstyle = "qmark"

version = "2.6.0"
version_info = (2, 6, 0)
sqlite_version_info = tuple(int(part) for part in sqlite_version.split("."))

Date = datetime.date
Time = datetime.time
Timestamp = datetime.datetime
Binary = memoryview


def DateFromTicks(ticks):
    """The day of a number of seconds since the epoch."""
    return Date(*time.localtime(ticks)[:3])


def TimeFromTicks(ticks):
    """The time of day of a number of seconds since the epoch."""
    return Time(*time.localtime(ticks)[3:6])


def TimestampFromTicks(ticks):
    """Day and time of a number of seconds since the epoch."""
    return Timestamp(*time.localtime(ticks)[:6])


for _class in (Blob, Connection, Cursor, PrepareProtocol, Row):
    _class.__module__ = "sqlite3"
del _class
for _function in (adapt, connect, register_adapter, register_converter):
    _function.__module__ = "_sqlite3"
del _function
# What the classes are made of is not the module's.
del open, backup

collections.abc.Sequence.register(Row)
register_defaults()
