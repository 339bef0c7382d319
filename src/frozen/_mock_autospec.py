"""Mocks that are like an object, with attributes like its attributes, down to the signatures of functions."""

import inspect
from asyncio import iscoroutinefunction
from asyncio.coroutines import _is_coroutine
from functools import partial

from _mock_async import AsyncMock
from _mock_calls import DEFAULT, _CallList
from _mock_core import LaterSpec
from _mock_kinds import (
    FunctionTypes, InvalidSpecError, copy_details, instances_are_callable, is_async_function, is_callable, is_list,
    is_magic, is_mock, signature_of,
)
from _mock_magic import MagicMock, NonCallableMagicMock

_ASSERTIONS = (
    "assert_called_with", "assert_called", "assert_not_called", "assert_called_once", "assert_called_once_with",
    "assert_has_calls", "assert_any_call",
)
_AWAIT_ASSERTIONS = (
    "assert_awaited", "assert_awaited_once", "assert_awaited_with", "assert_awaited_once_with", "assert_any_await",
    "assert_has_awaits", "assert_not_awaited",
)


def check_typos(names):
    for typo in ("autospect", "auto_spec", "set_spec"):
        if typo in names:
            raise RuntimeError(f"{typo!r} might be a typo; use unsafe=True if this is intended")


def _check_signature(func, mock, skip_first, instance=False):
    """Let a mock only be called as the function can be."""
    found = signature_of(func, instance, skip_first)
    if found is None:
        return
    func, signature = found

    def check(self, /, *args, **kwargs):
        signature.bind(*args, **kwargs)

    copy_details(func, check)
    type(mock)._mock_check_sig = check
    type(mock).__signature__ = signature


def _as_function(mock, original):
    """A function that stands for a mock of a function."""
    found = signature_of(original, False, isinstance(original, type))
    if found is None:
        return mock
    func, signature = found

    def check(*args, **kwargs):
        signature.bind(*args, **kwargs)

    copy_details(func, check)
    name = original.__name__ if original.__name__.isidentifier() else "funcopy"
    # Compiled, so that errors name it.
    space = {"_checksig_": check, "mock": mock}
    exec(f"def {name}(*args, **kwargs):\n    _checksig_(*args, **kwargs)\n    return mock(*args, **kwargs)", space)
    function = space[name]
    _equip(function, mock, signature)
    return function


def _equip(function, mock, signature):
    """Give a function the attributes of the mock it stands for."""

    def forward(name):
        def method(*args, **kwargs):
            return getattr(mock, name)(*args, **kwargs)

        method.__name__ = name
        return method

    def reset_mock():
        function.method_calls = _CallList()
        function.mock_calls = _CallList()
        mock.reset_mock()
        result = function.return_value
        if is_mock(result) and result is not mock:
            result.reset_mock()

    function.mock = mock
    function.called = False
    function.call_count = 0
    function.call_args = None
    function.call_args_list = _CallList()
    function.method_calls = _CallList()
    function.mock_calls = _CallList()
    function.return_value = mock.return_value
    function.side_effect = mock.side_effect
    function._mock_children = mock._mock_children
    for name in _ASSERTIONS:
        setattr(function, name, forward(name))
    function.reset_mock = reset_mock
    function.__signature__ = signature
    mock._mock_delegate = function


def _equip_async(function):
    function._is_coroutine = _is_coroutine
    function.await_count = 0
    function.await_args = None
    function.await_args_list = _CallList()

    def forward(name, /, *args, **kwargs):
        return getattr(function.mock, name)(*args, **kwargs)

    for name in _AWAIT_ASSERTIONS:
        setattr(function, name, partial(forward, name))


def _must_skip(spec, name, is_type):
    """Whether the first argument of a method is one that calls do not give."""
    if not isinstance(spec, type):
        if name in getattr(spec, "__dict__", {}):
            return False
        spec = spec.__class__
    for cls in spec.__mro__:
        found = cls.__dict__.get(name, DEFAULT)
        if found is not DEFAULT:
            return isinstance(found, FunctionTypes) and is_type
    return is_type


def _kind_for(spec, is_type, instance):
    if is_async_function(spec):
        if instance:
            raise RuntimeError("Instance can not be True when create_autospec is mocking an async function")
        return AsyncMock
    if not is_callable(spec) or (is_type and instance and not instances_are_callable(spec)):
        return NonCallableMagicMock
    return MagicMock


def create_autospec(spec, spec_set=False, instance=False, _parent=None, _name=None, *, unsafe=False, **kwargs):
    """A mock like an object: functions can only be called as they can be, and attributes are like its attributes.

    `instance` makes one like an instance of the class; with `spec_set`, no other attributes can be set.
    """
    if is_list(spec):
        # Lists of names have no more to say.
        spec = type(spec)
    is_type = isinstance(spec, type)
    if is_mock(spec):
        raise InvalidSpecError(f"Cannot autospec a Mock object. [object={spec!r}]")
    options = {} if spec is None and not spec_set else {"spec_set" if spec_set else "spec": spec}
    if options and instance:
        options["_spec_as_instance"] = True
    if not unsafe:
        check_typos(kwargs)
    options.update(kwargs)
    if inspect.isdatadescriptor(spec):
        # What it gives is not known.
        kind, options = MagicMock, {}
    else:
        kind = _kind_for(spec, is_type, instance)
    name = options.pop("name", _name)
    mock = kind(parent=_parent, _new_parent=_parent, _new_name="" if _parent is None else name, name=name, **options)
    if isinstance(spec, FunctionTypes):
        mock = _as_function(mock, spec)
        if is_async_function(spec):
            _equip_async(mock)
    else:
        _check_signature(spec, mock, is_type, instance)
    if _parent is not None and not instance:
        _parent._mock_children[name] = mock
    if is_type and not instance and "return_value" not in kwargs:
        mock.return_value = create_autospec(spec, spec_set, instance=True, _name="()", _parent=mock)
    for entry in dir(spec):
        if not is_magic(entry):
            _add_child(mock, spec, entry, spec_set, is_type, instance)
    return mock


def _add_child(mock, spec, name, spec_set, is_type, instance):
    try:
        original = getattr(spec, name)
    except AttributeError:
        return
    if not isinstance(original, FunctionTypes):
        mock._mock_children[name] = LaterSpec(original, spec_set, mock, name, instance)
        return
    parent = mock.mock if isinstance(spec, FunctionTypes) else mock
    skip_first = _must_skip(spec, name, is_type)
    kind = AsyncMock if iscoroutinefunction(original) else MagicMock
    options = {"spec_set" if spec_set else "spec": original, "_eat_self": skip_first}
    child = kind(parent=parent, name=name, _new_name=name, _new_parent=parent, **options)
    mock._mock_children[name] = child
    _check_signature(original, child, skip_first)
    if isinstance(child, FunctionTypes):
        # So that it is found before what the class has.
        setattr(mock, name, child)
