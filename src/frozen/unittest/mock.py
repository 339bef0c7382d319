"""Mocks: objects in the place of others that note how they are used, and patches that put them there."""

from _mock_async import AsyncMock, AsyncMockMixin, _AsyncIterator
from _mock_autospec import create_autospec
from _mock_calls import ANY, DEFAULT, _ANY, _AnyComparer, _Call, _CallList, _Sentinel, _SentinelObject, call, sentinel
from _mock_core import (
    Base, CallableMixin, LaterSpec as _SpecState, Mock, NonCallableMock, PropertyMock, _deleted, _missing, seal,
)
from _mock_kinds import (
    FunctionTypes, InvalidSpecError, _all_magics, _magics, is_callable as _callable, is_mock as _is_instance_mock,
)
from _mock_magic import AsyncMagicMixin, MagicMixin, MagicMock, MagicProxy, NonCallableMagicMock
from _mock_patch import _get_target, _patch, _patch_dict, _patch_object, patch

__all__ = (
    "Mock",
    "MagicMock",
    "patch",
    "sentinel",
    "DEFAULT",
    "ANY",
    "call",
    "create_autospec",
    "AsyncMock",
    "FILTER_DIR",
    "NonCallableMock",
    "NonCallableMagicMock",
    "mock_open",
    "PropertyMock",
    "seal",
)

# Whether dir() of a mock leaves out what is of no interest.
FILTER_DIR = True

file_spec = None
open_spec = None


def _set_specs():
    """What files and open() have for attributes; looked up when first needed."""
    global file_spec, open_spec
    if file_spec is None:
        import _io

        file_spec = sorted({*dir(_io.TextIOWrapper), *dir(_io.BytesIO)})
        open_spec = dir(_io.open)


def mock_open(mock=None, read_data=""):
    """A mock in the place of open(): reading gives `read_data`, from the start each time it is called."""
    import io

    _set_specs()
    stream = lines = None

    def fresh():
        return (io.BytesIO if isinstance(read_data, bytes) else io.StringIO)(read_data)

    def read(*args, **kwargs):
        fixed = handle.read.return_value
        return stream.read(*args, **kwargs) if fixed is None else fixed

    def readlines(*args, **kwargs):
        fixed = handle.readlines.return_value
        return stream.readlines(*args, **kwargs) if fixed is None else fixed

    def iterate():
        while handle.readline.return_value is not None:
            yield handle.readline.return_value
        yield from stream

    def readline(*args, **kwargs):
        yield from iterate()
        while True:
            yield stream.readline(*args, **kwargs)

    def next_line():
        fixed = handle.readline.return_value
        return next(stream) if fixed is None else fixed

    def reset(*args, **kwargs):
        nonlocal stream, lines
        stream = fresh()
        if handle.readline.side_effect == lines:
            # Nobody has set another effect.
            lines = handle.readline.side_effect = readline()
        return DEFAULT

    stream, lines = fresh(), readline()
    if mock is None:
        mock = MagicMock(name="open", spec=open_spec)
    handle = MagicMock(spec=file_spec)
    handle.__enter__.return_value = handle
    for name in ("write", "read", "readline", "readlines"):
        getattr(handle, name).return_value = None
    handle.read.side_effect = read
    handle.readline.side_effect = lines
    handle.readlines.side_effect = readlines
    handle.__iter__.side_effect = iterate
    handle.__next__.side_effect = next_line
    mock.side_effect = reset
    mock.return_value = handle
    return mock


for _item in (_patch, _patch_dict, _patch_object, patch, create_autospec, seal):
    _item.__module__ = __name__
