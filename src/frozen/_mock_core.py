"""Mocks: objects that have every attribute, can be called with anything, and note how they were used."""

import inspect
from asyncio import iscoroutinefunction
from threading import RLock

from _mock_asserts import Asserts
from _mock_calls import DEFAULT, _Call, _CallList, sentinel, two
from _mock_kinds import (
    InvalidSpecError, _all_magics, _all_sync_magics, _async_method_magics, _unsupported_magics, is_async, is_callable,
    is_exception, is_list, is_magic, is_mock, mock_of, signature_of,
)

_missing = sentinel.MISSING
_deleted = sentinel.DELETED

# Attributes that are set without further ado.
_allowed_names = {
    "return_value", "_mock_return_value", "side_effect", "_mock_side_effect",
    "_mock_parent", "_mock_new_parent", "_mock_name", "_mock_new_name",
}
# Attributes that look like misspelled assertions.
_ASSERTIONS = ("assert", "assret", "asert", "aseert", "assrt")


def _delegating_property(name):
    """An attribute that a function may have in the mock's stead."""
    _allowed_names.add(name)
    own = "_mock_" + name

    def get(self):
        delegate = self._mock_delegate
        return getattr(self, own) if delegate is None else getattr(delegate, name)

    def set(self, value):
        delegate = self._mock_delegate
        if delegate is None:
            self.__dict__[own] = value
        else:
            setattr(delegate, name, value)

    return property(get, set)


def adopt(parent, value, name, new_name):
    """Make a mock that belongs to no other one a child; whether it is one now."""
    value = mock_of(value)
    if not is_mock(value):
        return False
    has_name = value._mock_name or value._mock_new_name
    if has_name or value._mock_parent is not None or value._mock_new_parent is not None:
        return False
    above = parent
    while above is not None:
        if above is value:
            return False
        above = above._mock_new_parent
    if new_name:
        value._mock_new_parent = parent
        value._mock_new_name = new_name
    if name:
        value._mock_parent = parent
        value._mock_name = name
    return True


class _MockIter:
    """An iterator that nobody takes for one that is to be made."""

    def __init__(self, obj):
        self.obj = iter(obj)

    def __next__(self):
        return next(self.obj)


class LaterSpec:
    """An attribute of a mock with a specification, whose own one is made when it is first asked for."""

    def __init__(self, spec, spec_set=False, parent=None, name=None, ids=None, instance=False):
        self.spec = spec
        self.ids = ids
        self.spec_set = spec_set
        self.parent = parent
        self.instance = instance
        self.name = name


class Base:
    _mock_return_value = DEFAULT
    _mock_side_effect = None

    def __init__(self, /, *args, **kwargs):
        pass


class NonCallableMock(Asserts, Base):
    """A mock that cannot be called."""

    _lock = RLock()

    def __new__(cls, /, *args, **kw):
        from _mock_async import AsyncMockMixin

        bases = (cls,)
        if not issubclass(cls, AsyncMockMixin):
            given = _SIGNATURE.bind_partial(cls, *args, **kw).arguments
            spec = given.get("spec_set", given.get("spec"))
            if spec is not None and is_async(spec):
                bases = (AsyncMockMixin, cls)
        # Every mock has a class of its own, for its special methods.
        own = type(cls.__name__, bases, {"__doc__": cls.__doc__, "__module__": cls.__module__})
        return object.__new__(own)

    def __init__(
        self, spec=None, wraps=None, name=None, spec_set=None, parent=None, _spec_state=None, _new_name="",
        _new_parent=None, _spec_as_instance=False, _eat_self=None, unsafe=False, **kwargs
    ):
        self.__dict__.update(
            _mock_parent=parent,
            _mock_name=name,
            _mock_new_name=_new_name,
            _mock_new_parent=parent if _new_parent is None else _new_parent,
            _mock_sealed=False,
        )
        if spec_set is not None:
            spec, spec_set = spec_set, True
        eat_self = parent is not None if _eat_self is None else _eat_self
        self._mock_add_spec(spec, spec_set, _spec_as_instance, eat_self)
        self.__dict__.update(
            _mock_children={},
            _mock_wraps=wraps,
            _mock_delegate=None,
            _mock_called=False,
            _mock_call_args=None,
            _mock_call_count=0,
            _mock_call_args_list=_CallList(),
            _mock_mock_calls=_CallList(),
            method_calls=_CallList(),
            _mock_unsafe=unsafe,
        )
        if kwargs:
            self.configure_mock(**kwargs)
        super().__init__(spec, wraps, name, spec_set, parent, _spec_state)

    # What it is like.

    def mock_add_spec(self, spec, spec_set=False):
        """Have only the attributes of an object, or those named; with `spec_set`, no others can be set."""
        self._mock_add_spec(spec, spec_set)

    def _mock_add_spec(self, spec, spec_set, _spec_as_instance=False, _eat_self=False):
        if is_mock(spec):
            raise InvalidSpecError(f"Cannot spec a Mock object. [object={spec!r}]")
        asyncs = [name for name in dir(spec) if iscoroutinefunction(getattr(spec, name, None))]
        spec_class = signature = None
        if spec is not None and not is_list(spec):
            spec_class = spec if isinstance(spec, type) else type(spec)
            found = signature_of(spec, _spec_as_instance, _eat_self)
            signature = found and found[1]
            spec = dir(spec)
        self.__dict__.update(
            _spec_class=spec_class,
            _spec_set=spec_set,
            _spec_signature=signature,
            _mock_methods=spec,
            _spec_asyncs=asyncs,
        )

    @property
    def __class__(self):
        return type(self) if self._spec_class is None else self._spec_class

    def configure_mock(self, /, **kwargs):
        """Set attributes, also those of attributes: `**{"method.return_value": 3}`."""
        # What is set on a child comes after the child itself.
        for path, value in sorted(kwargs.items(), key=lambda item: item[0].count(".")):
            *inner, last = path.split(".")
            obj = self
            for name in inner:
                obj = getattr(obj, name)
            setattr(obj, last, value)

    def attach_mock(self, mock, attribute):
        """Make a mock an attribute of this one, which then notes its calls."""
        inner = mock_of(mock)
        inner._mock_parent = inner._mock_new_parent = None
        inner._mock_name = ""
        inner._mock_new_name = None
        setattr(self, attribute, mock)

    # What it does and notes.

    called = _delegating_property("called")
    call_count = _delegating_property("call_count")
    call_args = _delegating_property("call_args")
    call_args_list = _delegating_property("call_args_list")
    mock_calls = _delegating_property("mock_calls")

    @property
    def return_value(self):
        """What calling it gives."""
        source = self._mock_delegate
        value = self._mock_return_value if source is None else source.return_value
        if value is DEFAULT:
            value = self.return_value = self._get_child_mock(_new_parent=self, _new_name="()")
        return value

    @return_value.setter
    def return_value(self, value):
        if self._mock_delegate is not None:
            self._mock_delegate.return_value = value
        else:
            self._mock_return_value = value
            adopt(self, value, None, "()")

    @property
    def side_effect(self):
        delegate = self._mock_delegate
        if delegate is None:
            return self._mock_side_effect
        effect = delegate.side_effect
        is_plain = effect is None or callable(effect) or isinstance(effect, _MockIter) or is_exception(effect)
        if not is_plain:
            effect = delegate.side_effect = _MockIter(effect)
        return effect

    @side_effect.setter
    def side_effect(self, value):
        if value is not None and not is_exception(value) and not is_callable(value):
            try:
                value = iter(value)
            except TypeError:
                pass
        if self._mock_delegate is None:
            self._mock_side_effect = value
        else:
            self._mock_delegate.side_effect = value

    def reset_mock(self, visited=None, *, return_value=False, side_effect=False):
        """Forget all calls, also those of attributes."""
        visited = [] if visited is None else visited
        if id(self) in visited:
            return
        visited.append(id(self))
        self.called = False
        self.call_args = None
        self.call_count = 0
        self.mock_calls = _CallList()
        self.call_args_list = _CallList()
        self.method_calls = _CallList()
        if return_value:
            self._mock_return_value = DEFAULT
        if side_effect:
            self._mock_side_effect = None
        for child in self._mock_children.values():
            if not isinstance(child, LaterSpec) and child is not _deleted:
                child.reset_mock(visited, return_value=return_value, side_effect=side_effect)
        result = self._mock_return_value
        if is_mock(result) and result is not self:
            result.reset_mock(visited)

    # Attributes.

    def __getattr__(self, name):
        if name in {"_mock_methods", "_mock_unsafe"}:
            raise AttributeError(name)
        methods = self._mock_methods
        if methods is not None:
            if name not in methods or name in _all_magics:
                raise AttributeError(f"Mock object has no attribute {name!r}")
        elif is_magic(name):
            raise AttributeError(name)
        is_specified = bool(methods) and name in methods
        if not self._mock_unsafe and not is_specified and name.startswith(_ASSERTIONS):
            raise AttributeError(
                f"{name!r} is not a valid assertion. Use a spec for the mock if {name!r} is meant to be an attribute."
            )
        with NonCallableMock._lock:
            child = self._mock_children.get(name)
            if child is _deleted:
                raise AttributeError(name)
            if child is None:
                wraps = None if self._mock_wraps is None else getattr(self._mock_wraps, name)
                child = self._get_child_mock(parent=self, name=name, wraps=wraps, _new_name=name, _new_parent=self)
            elif isinstance(child, LaterSpec):
                child = self._make_specified(name, child)
            self._mock_children[name] = child
        return child

    def _make_specified(self, name, later):
        from _mock_autospec import create_autospec

        try:
            return create_autospec(later.spec, later.spec_set, later.instance, later.parent, later.name)
        except InvalidSpecError:
            target = self.__dict__["_mock_name"] or self
            raise InvalidSpecError(
                f"Cannot autospec attr {name!r} from target {target!r} as it has already been mocked out. "
                f"[target={self!r}, attr={later.spec!r}]"
            )

    def __setattr__(self, name, value):
        if name in _allowed_names:
            # A property, or one of the few that are kept as they are.
            return object.__setattr__(self, name, value)
        unknown = self._mock_methods is not None and name not in self._mock_methods
        if self._spec_set and unknown and name not in self.__dict__:
            raise AttributeError(f"Mock object has no attribute '{name}'")
        if name in _unsupported_magics:
            raise AttributeError(f"Attempting to set unsupported magic method {name!r}.")
        if name in _all_magics:
            if unknown:
                raise AttributeError(f"Mock object has no attribute '{name}'")
            value = self._set_special(name, value)
        elif name == "__class__":
            self._spec_class = value
            return None
        elif adopt(self, value, name, name):
            self._mock_children[name] = value
        if self._mock_sealed and not hasattr(self, name):
            raise AttributeError(f"Cannot set {self._extract_mock_name()}.{name}")
        return object.__setattr__(self, name, value)

    def _set_special(self, name, value):
        """Give the class a special method; returns what the instance has by this name."""
        if is_mock(value):
            adopt(self, value, None, name)
            setattr(type(self), name, value)
            self._mock_children[name] = value
            return value

        def method(self, /, *args, **kw):
            return value(self, *args, **kw)

        method.__name__ = name
        setattr(type(self), name, method)
        return lambda *args, **kw: value(self, *args, **kw)

    def __delattr__(self, name):
        if name in _all_magics and name in type(self).__dict__:
            delattr(type(self), name)
            if name not in self.__dict__:
                # Methods of MagicMock that were never used.
                return
        child = self._mock_children.get(name, _missing)
        if name in self.__dict__:
            object.__delattr__(self, name)
        elif child is _deleted:
            raise AttributeError(name)
        self._mock_children.pop(name, None)
        self._mock_children[name] = _deleted

    def __dir__(self):
        from unittest import mock

        if not mock.FILTER_DIR:
            return object.__dir__(self)
        names = set(self._mock_methods or [])
        names.update(name for name in dir(type(self)) if not name.startswith("_"))
        names.update(name for name in self.__dict__ if not name.startswith("_") or is_magic(name))
        names.update(name for name, child in self._mock_children.items() if child is not _deleted)
        return sorted(names)

    def _get_child_mock(self, /, **kw):
        """The mock for an attribute or the result; subclasses may make others."""
        from _mock_async import AsyncMock, AsyncMockMixin
        from _mock_magic import MagicMock, NonCallableMagicMock

        if self._mock_sealed:
            raise AttributeError(self._extract_mock_name() + (f".{kw['name']}" if "name" in kw else "()"))
        name, own = kw.get("_new_name"), type(self)
        if name in self.__dict__["_spec_asyncs"]:
            return AsyncMock(**kw)
        if issubclass(own, MagicMock) and name in _async_method_magics:
            kind = AsyncMock
        elif issubclass(own, AsyncMockMixin):
            is_plain = name in _all_sync_magics or (self._mock_methods and name in self._mock_methods)
            kind = MagicMock if is_plain else AsyncMock
        elif issubclass(own, CallableMixin):
            kind = own.__mro__[1]
        else:
            kind = MagicMock if issubclass(own, NonCallableMagicMock) else Mock
        return kind(**kw)

    # Names.

    def _extract_mock_name(self):
        """The name with those of the mocks that it belongs to."""
        names, at = [], self
        while at._mock_new_parent is not None:
            names.append(at._mock_new_name)
            at = at._mock_new_parent
        text = at._mock_name or "mock"
        if not names:
            return text
        for name in reversed(names):
            text += name if name == "()" else "." + name
        return text

    def __repr__(self):
        name = self._extract_mock_name()
        shown = "" if name in ("mock", "mock.") else f" name={name!r}"
        if self._spec_class is not None:
            shown += f" {'spec_set' if self._spec_set else 'spec'}={self._spec_class.__name__!r}"
        return f"<{type(self).__name__}{shown} id='{id(self)}'>"


_SIGNATURE = inspect.signature(NonCallableMock.__init__)


class CallableMixin(Base):
    def __init__(
        self, spec=None, side_effect=None, return_value=DEFAULT, wraps=None, name=None, spec_set=None, parent=None,
        _spec_state=None, _new_name="", _new_parent=None, **kwargs
    ):
        self.__dict__["_mock_return_value"] = return_value
        super().__init__(spec, wraps, name, spec_set, parent, _spec_state, _new_name, _new_parent, **kwargs)
        self.side_effect = side_effect

    def _mock_check_sig(self, /, *args, **kwargs):
        """Mocks of functions replace it."""

    def __call__(self, /, *args, **kwargs):
        self._mock_check_sig(*args, **kwargs)
        self._increment_mock_call(*args, **kwargs)
        return self._mock_call(*args, **kwargs)

    def _mock_call(self, /, *args, **kwargs):
        return self._execute_mock_call(*args, **kwargs)

    def _increment_mock_call(self, /, *args, **kwargs):
        """Note a call, here and in all mocks that this one belongs to."""
        self.called = True
        self.call_count += 1
        self.call_args = noted = two(args, kwargs)
        self.call_args_list.append(noted)
        self.mock_calls.append(_Call(("", args, kwargs)))
        is_method, method = self._mock_parent is not None, self._mock_name
        path = self._mock_new_name
        is_result = path == "()"
        above = self._mock_new_parent
        while above is not None:
            if is_method:
                above.method_calls.append(_Call((method, args, kwargs)))
                is_method = above._mock_parent is not None
                if is_method:
                    method = f"{above._mock_name}.{method}"
            above.mock_calls.append(_Call((path, args, kwargs)))
            if above._mock_new_name:
                path = above._mock_new_name + ("" if is_result else ".") + path
                is_result = above._mock_new_name == "()"
            above = above._mock_new_parent

    def _execute_mock_call(self, /, *args, **kwargs):
        effect = self.side_effect
        if effect is not None:
            if is_exception(effect):
                raise effect
            result = effect(*args, **kwargs) if is_callable(effect) else next(effect)
            if is_exception(result) and not is_callable(effect):
                raise result
            if result is not DEFAULT:
                return result
        if self._mock_return_value is DEFAULT and self._mock_wraps is not None:
            return self._mock_wraps(*args, **kwargs)
        return self.return_value


class Mock(CallableMixin, NonCallableMock):
    """A mock: its attributes and what calling it gives are mocks, too, unless they are set.

    `spec` is an object or a list of names whose attributes are the only ones; `side_effect` a function that is
    called, an exception that is raised, or an iterable of results; `wraps` an object that is used in the end.
    """


class PropertyMock(Mock):
    """A mock as a property of a class: reading calls it, assigning calls it with the value."""

    def _get_child_mock(self, /, **kwargs):
        from _mock_magic import MagicMock

        return MagicMock(**kwargs)

    def __get__(self, obj, obj_type=None):
        return self()

    def __set__(self, obj, val):
        self(val)


def seal(mock):
    """Let a mock, and those it has already, make no further ones."""
    mock._mock_sealed = True
    for name in dir(mock):
        try:
            child = getattr(mock, name)
        except AttributeError:
            continue
        if not isinstance(child, NonCallableMock) or isinstance(child._mock_children.get(name), LaterSpec):
            continue
        if child._mock_new_parent is mock:
            seal(child)


for _cls in (Base, NonCallableMock, CallableMixin, Mock, PropertyMock):
    _cls.__module__ = "unittest.mock"
