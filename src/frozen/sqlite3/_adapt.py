"""How objects of other types become values of SQL, and columns become such objects."""
import _sqlite3
import datetime


class PrepareProtocol:
    """What adapters and __conform__ are asked for: a value that SQLite has."""


# By type and protocol, and by the upper-case name of a column's type.
adapters = {}
converters = {}

# Whether adapters were registered for types that SQLite has itself, which are given to it as they are otherwise.
adapts_basic_types = False


def register_adapter(type, adapter, /):
    """Have objects of a type adapted by a function before they are given to SQLite."""
    global adapts_basic_types
    if type in (int, float, str, bytearray):
        adapts_basic_types = True
    adapters[type, PrepareProtocol] = adapter


def register_converter(typename, converter, /):
    """Have columns of a declared type converted by a function, which gets bytes."""
    converters[typename.upper()] = converter


def prepared(value):
    """A value for SQLite: adapted, if there is a way, or as it is."""
    adapter = adapters.get((type(value), PrepareProtocol))
    if adapter is not None:
        return adapter(value)
    conform = getattr(value, "__conform__", None)
    if conform is not None:
        try:
            result = conform(PrepareProtocol)
        except TypeError:
            return value
        if result is not None:
            return result
    return value


_MISSING = object()


def adapt(obj, proto=PrepareProtocol, alt=_MISSING, /):
    """Adapt an object to a protocol: by a registered adapter, the protocol's __adapt__ or the object's __conform__."""
    adapter = adapters.get((type(obj), proto))
    if adapter is not None:
        return adapter(obj)
    for method, argument in ((getattr(proto, "__adapt__", None), obj), (getattr(obj, "__conform__", None), proto)):
        if method is None:
            continue
        try:
            result = method(argument)
        except TypeError:
            continue
        if result is not None:
            return result
    if alt is not _MISSING:
        return alt
    raise _sqlite3.ProgrammingError("can't adapt")


def _to_date(text):
    return datetime.date(*(int(part) for part in text.split(b"-")))


def _to_moment(text):
    day, clock = text.split(b" ")
    clock, _, fraction = clock.partition(b".")
    numbers = [int(part) for part in day.split(b"-") + clock.split(b":")]
    year, month, day, hour, minute, second = numbers
    micro = int(fraction.decode()[:6].ljust(6, "0")) if fraction else 0
    return datetime.datetime(year, month, day, hour, minute, second, micro)


def register_defaults():
    """Register what dates and times are made of and into."""
    register_adapter(datetime.date, lambda day: day.isoformat())
    register_adapter(datetime.datetime, lambda moment: moment.isoformat(" "))
    register_converter("date", _to_date)
    register_converter("timestamp", _to_moment)
