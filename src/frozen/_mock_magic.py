"""MagicMock: mocks with special methods, made when they are first used."""

from _mock_calls import DEFAULT
from _mock_core import Base, Mock, NonCallableMock
from _mock_kinds import _async_method_magics, _magics

# What special methods return.
_RETURNS = {
    "__lt__": NotImplemented,
    "__gt__": NotImplemented,
    "__le__": NotImplemented,
    "__ge__": NotImplemented,
    "__int__": 1,
    "__contains__": False,
    "__len__": 0,
    "__exit__": False,
    "__complex__": 1j,
    "__float__": 1.0,
    "__bool__": True,
    "__index__": 1,
    "__aexit__": False,
}
# The same, for those whose result depends on the mock.
_RETURNS_OF = {
    "__hash__": object.__hash__,
    "__str__": object.__str__,
    "__sizeof__": object.__sizeof__,
    "__fspath__": lambda mock: f"{type(mock).__name__}/{mock._extract_mock_name()}/{id(mock)}",
}


def _eq(mock):
    def __eq__(other):
        result = mock.__eq__._mock_return_value
        if result is not DEFAULT:
            return result
        return True if mock is other else NotImplemented

    return __eq__


def _ne(mock):
    def __ne__(other):
        if mock.__ne__._mock_return_value is not DEFAULT:
            return DEFAULT
        return False if mock is other else NotImplemented

    return __ne__


def _iter(mock):
    def __iter__():
        items = mock.__iter__._mock_return_value
        return iter([] if items is DEFAULT else items)

    return __iter__


def _aiter(mock):
    def __aiter__():
        from _mock_async import _AsyncIterator

        items = mock.__aiter__._mock_return_value
        return _AsyncIterator(iter([] if items is DEFAULT else items))

    return __aiter__


_EFFECTS = {"__eq__": _eq, "__ne__": _ne, "__iter__": _iter, "__aiter__": _aiter}


class MagicProxy(Base):
    """Stands in a mock's class for a special method until it is looked up."""

    def __init__(self, name, parent):
        self.name = name
        self.parent = parent

    def create_mock(self):
        name, parent = self.name, self.parent
        method = parent._get_child_mock(name=name, _new_name=name, _new_parent=parent)
        setattr(parent, name, method)
        if name in _RETURNS:
            method.return_value = _RETURNS[name]
        elif name in _RETURNS_OF:
            method.return_value = _RETURNS_OF[name](parent)
        elif name in _EFFECTS:
            method.side_effect = _EFFECTS[name](parent)
        return method

    def __get__(self, obj, _type=None):
        return self.create_mock()


class MagicMixin(Base):
    def __init__(self, /, *args, **kw):
        # Before, so that they can be set by arguments, and after, when it is known which there are.
        self._mock_set_magics()
        super().__init__(*args, **kw)
        self._mock_set_magics()

    def _mock_set_magics(self):
        every = _magics | _async_method_magics
        wanted = every
        if getattr(self, "_mock_methods", None) is not None:
            wanted = every.intersection(self._mock_methods)
            for name in every - wanted:
                if name in type(self).__dict__:
                    delattr(self, name)
        own = type(self)
        for name in wanted - set(own.__dict__):
            setattr(own, name, MagicProxy(name, self))


class _Respecified(MagicMixin):
    def mock_add_spec(self, spec, spec_set=False):
        """Have only the attributes of an object, or those named; with `spec_set`, no others can be set."""
        self._mock_add_spec(spec, spec_set)
        self._mock_set_magics()


class NonCallableMagicMock(_Respecified, NonCallableMock):
    """A MagicMock that cannot be called."""


class MagicMock(_Respecified, Mock):
    """A Mock with all special methods but a few, whose results are such that they can be used."""


class AsyncMagicMixin(MagicMixin):
    pass


for _cls in (MagicProxy, MagicMixin, NonCallableMagicMock, MagicMock, AsyncMagicMixin):
    _cls.__module__ = "unittest.mock"
