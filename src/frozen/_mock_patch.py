"""`patch`: attributes and dictionaries that are others for a while."""

import builtins
import contextlib
import inspect
import pkgutil
import sys
from functools import partial, wraps
from types import ModuleType

from _mock_async import AsyncMock
from _mock_autospec import check_typos, create_autospec
from _mock_calls import DEFAULT
from _mock_core import NonCallableMock
from _mock_kinds import InvalidSpecError, instances_are_callable, is_async, is_list, is_mock
from _mock_magic import MagicMock, NonCallableMagicMock

_builtins = {name for name in dir(builtins) if not name.startswith("_")}
# Attributes that are there again when they are deleted, but with another value.
_REFILLED = ("__doc__", "__module__", "__defaults__", "__annotations__", "__kwdefaults__")


class Patcher:
    """What all patches can do: be a decorator of functions and classes, and be started and stopped."""

    _active_patches = []

    def __call__(self, func):
        if isinstance(func, type):
            return self.decorate_class(func)
        if inspect.iscoroutinefunction(func):
            return self.decorate_async_callable(func)
        return self.decorate_callable(func)

    def decorate_class(self, klass):
        for name in dir(klass):
            if not name.startswith(patch.TEST_PREFIX):
                continue
            method = getattr(klass, name)
            if hasattr(method, "__call__"):
                setattr(klass, name, self.copy()(method))
        return klass

    def start(self):
        """Patch until stop() is called."""
        result = self.__enter__()
        Patcher._active_patches.append(self)
        return result

    def stop(self):
        """End a patch that was started."""
        try:
            Patcher._active_patches.remove(self)
        except ValueError:
            # It was not, or it ended already.
            return None
        return self.__exit__(None, None, None)


class _patch(Patcher):
    """A patch of an attribute, or of several of an object."""

    attribute_name = None

    def __init__(
        self, getter, attribute, new, spec, create, spec_set, autospec, new_callable, kwargs, *, unsafe=False
    ):
        if new_callable is not None:
            if new is not DEFAULT:
                raise ValueError("Cannot use 'new' and 'new_callable' together")
            if autospec is not None:
                raise ValueError("Cannot use 'autospec' and 'new_callable' together")
        if not unsafe:
            check_typos(kwargs)
        if is_mock(spec):
            raise InvalidSpecError(
                f"Cannot spec attr {attribute!r} as the spec has already been mocked out. [spec={spec!r}]"
            )
        if is_mock(spec_set):
            raise InvalidSpecError(
                f"Cannot spec attr {attribute!r} as the spec_set target has already been mocked out. "
                f"[spec_set={spec_set!r}]"
            )
        self.getter = getter
        self.attribute = attribute
        self.new = new
        self.new_callable = new_callable
        self.spec = spec
        self.create = create
        self.has_local = False
        self.spec_set = spec_set
        self.autospec = autospec
        self.kwargs = kwargs
        self.additional_patchers = []

    def copy(self):
        patcher = _patch(
            self.getter, self.attribute, self.new, self.spec, self.create, self.spec_set, self.autospec,
            self.new_callable, self.kwargs,
        )
        patcher.attribute_name = self.attribute_name
        patcher.additional_patchers = [p.copy() for p in self.additional_patchers]
        return patcher

    # As a decorator: several of them share one wrapper.

    @contextlib.contextmanager
    def decoration_helper(self, patched, args, keywargs):
        """All patches of a function, and the arguments with those that they add."""
        more = []
        with contextlib.ExitStack() as stack:
            for patching in patched.patchings:
                made = stack.enter_context(patching)
                if patching.attribute_name is not None:
                    keywargs.update(made)
                elif patching.new is DEFAULT:
                    more.append(made)
            yield args + tuple(more), keywargs

    def decorate_callable(self, func):
        if hasattr(func, "patchings"):
            func.patchings.append(self)
            return func

        @wraps(func)
        def patched(*args, **keywargs):
            with self.decoration_helper(patched, args, keywargs) as (newargs, newkeywargs):
                return func(*newargs, **newkeywargs)

        patched.patchings = [self]
        return patched

    def decorate_async_callable(self, func):
        if hasattr(func, "patchings"):
            func.patchings.append(self)
            return func

        @wraps(func)
        async def patched(*args, **keywargs):
            with self.decoration_helper(patched, args, keywargs) as (newargs, newkeywargs):
                return await func(*newargs, **newkeywargs)

        patched.patchings = [self]
        return patched

    # As a context.

    def get_original(self):
        """What the attribute is, and whether the target has it itself."""
        target, name = self.getter(), self.attribute
        try:
            original, local = target.__dict__[name], True
        except (AttributeError, KeyError):
            original, local = getattr(target, name, DEFAULT), False
        if name in _builtins and isinstance(target, ModuleType):
            self.create = True
        if not self.create and original is DEFAULT:
            raise AttributeError(f"{target} does not have the attribute {name!r}")
        return original, local

    def __enter__(self):
        self.target = self.getter()
        spec, spec_set, autospec = (None if x is False else x for x in (self.spec, self.spec_set, self.autospec))
        if spec is not None and autospec is not None:
            raise TypeError("Can't specify spec and autospec")
        if (spec is not None or autospec is not None) and spec_set not in (True, None):
            raise TypeError("Can't provide explicit spec_set *and* spec or autospec")
        original, local = self.get_original()
        new = self.new
        if autospec is not None:
            new = self._specified(original, autospec, spec_set)
        elif new is DEFAULT:
            new = self._mock(original, spec, spec_set)
        elif self.kwargs:
            raise TypeError("Can't pass kwargs to a mock we aren't creating")
        self.temp_original = original
        self.is_local = local
        self._exit_stack = contextlib.ExitStack()
        try:
            setattr(self.target, self.attribute, new)
            return new if self.attribute_name is None else self._enter_others(new)
        except:
            if not self.__exit__(*sys.exc_info()):
                raise

    def _enter_others(self, new):
        """Make the other patches of the same object; returns the mocks by name."""
        made = {self.attribute_name: new} if self.new is DEFAULT else {}
        for patching in self.additional_patchers:
            more = self._exit_stack.enter_context(patching)
            if patching.new is DEFAULT:
                made.update(more)
        return made

    def _mock(self, original, spec, spec_set):
        """The mock that is put in place if nothing else was given."""
        if spec is True:
            spec = original
        if spec_set is True:
            spec, spec_set = None, original if spec is None else spec
        if spec is not None or spec_set is not None:
            if original is DEFAULT:
                raise TypeError("Can't use 'spec' with create=True")
        like = spec if spec_set is None else spec_set
        kind = self._kind(original, like, spec is None)
        options = {"spec": spec, "spec_set": spec_set}
        options = {name: value for name, value in options.items() if value is not None}
        if isinstance(kind, type) and issubclass(kind, NonCallableMock) and self.attribute:
            options["name"] = self.attribute
        options.update(self.kwargs)
        new = kind(**options)
        if like is not None and isinstance(original, type) and is_mock(new):
            # What a class gives when it is called is like its instances.
            if not is_list(like) and not instances_are_callable(like):
                kind = NonCallableMagicMock
            options.pop("name")
            new.return_value = kind(_new_parent=new, _new_name="()", **options)
        return new

    def _kind(self, original, like, has_no_spec):
        if self.new_callable is not None:
            return self.new_callable
        if like is None:
            return AsyncMock if is_async(original) else MagicMock
        if is_async(like):
            return AsyncMock
        can_be_called = "__call__" in like if is_list(like) else callable(like)
        if not can_be_called:
            return NonCallableMagicMock
        return AsyncMock if has_no_spec and is_async(original) else MagicMock

    def _specified(self, original, autospec, spec_set):
        if self.new is not DEFAULT:
            raise TypeError("autospec creates the mock for you. Can't specify autospec and new.")
        if original is DEFAULT:
            raise TypeError("Can't use 'autospec' with create=True")
        if autospec is True:
            autospec = original
        where = f"[target={self.target!r}, attr={autospec!r}]"
        if is_mock(self.target):
            raise InvalidSpecError(
                f"Cannot autospec attr {self.attribute!r} as the patch target has already been mocked out. {where}"
            )
        if is_mock(autospec):
            name = getattr(self.target, "__name__", self.target)
            raise InvalidSpecError(
                f"Cannot autospec attr {self.attribute!r} from target {name!r} as it has already been mocked out. {where}"
            )
        return create_autospec(autospec, spec_set=bool(spec_set), _name=self.attribute, **self.kwargs)

    def __exit__(self, *exc_info):
        target, name, original = self.target, self.attribute, self.temp_original
        if self.is_local and original is not DEFAULT:
            setattr(target, name, original)
        else:
            delattr(target, name)
            if not self.create and (not hasattr(target, name) or name in _REFILLED):
                # It was a proxy's, which deleted the original.
                setattr(target, name, original)
        stack = self._exit_stack
        del self.temp_original, self.is_local, self.target, self._exit_stack
        return stack.__exit__(*exc_info)


class _patch_dict(Patcher):
    """A patch of a dictionary, or of a name of one: its items are restored in the end.

    `values` and keywords are what is set meanwhile; with `clear`, nothing else is in it.
    """

    def __init__(self, in_dict, values=(), clear=False, **kwargs):
        self.in_dict = in_dict
        self.values = {**dict(values), **kwargs}
        self.clear = clear
        self._original = None

    def copy(self):
        return _patch_dict(self.in_dict, self.values, self.clear)

    def decorate_callable(self, f):
        @wraps(f)
        def _inner(*args, **kw):
            with self:
                return f(*args, **kw)

        return _inner

    def decorate_async_callable(self, f):
        @wraps(f)
        async def _inner(*args, **kw):
            with self:
                return await f(*args, **kw)

        return _inner

    def __enter__(self):
        if isinstance(self.in_dict, str):
            self.in_dict = pkgutil.resolve_name(self.in_dict)
        target = self.in_dict
        try:
            self._original = target.copy()
        except AttributeError:
            # A mapping needs no more than items.
            self._original = {key: target[key] for key in target}
        if self.clear:
            _clear(target)
        _update(target, self.values)
        return target

    def __exit__(self, *args):
        if self._original is not None:
            _clear(self.in_dict)
            _update(self.in_dict, self._original)
        return False


def _clear(target):
    try:
        target.clear()
    except AttributeError:
        for key in list(target):
            del target[key]


def _update(target, values):
    try:
        target.update(values)
    except AttributeError:
        for key in values:
            target[key] = values[key]


def _get_target(target):
    try:
        target, attribute = target.rsplit(".", 1)
    except (TypeError, ValueError, AttributeError):
        raise TypeError(f"Need a valid target to patch. You supplied: {target!r}")
    return partial(pkgutil.resolve_name, target), attribute


def patch(
    target, new=DEFAULT, spec=None, create=False, spec_set=None, autospec=None, new_callable=None, *, unsafe=False,
    **kwargs
):
    """Patch what a dotted name stands for, as a decorator or in a `with`; by default it is a MagicMock meanwhile,
    which decorated functions get as an argument.
    """
    getter, attribute = _get_target(target)
    return _patch(getter, attribute, new, spec, create, spec_set, autospec, new_callable, kwargs, unsafe=unsafe)


def _patch_object(
    target, attribute, new=DEFAULT, spec=None, create=False, spec_set=None, autospec=None, new_callable=None, *,
    unsafe=False, **kwargs
):
    """Patch an attribute of an object."""
    if type(target) is str:
        raise TypeError(f"{target!r} must be the actual object to be patched, not a str")
    return _patch(
        lambda: target, attribute, new, spec, create, spec_set, autospec, new_callable, kwargs, unsafe=unsafe
    )


def _patch_multiple(target, spec=None, create=False, spec_set=None, autospec=None, new_callable=None, **kwargs):
    """Patch several attributes of an object, or of what a dotted name stands for; mocks come as keyword arguments."""
    if not kwargs:
        raise ValueError("Must supply at least one keyword argument with patch.multiple")
    getter = partial(pkgutil.resolve_name, target) if type(target) is str else lambda: target
    patchers = []
    for attribute, new in kwargs.items():
        patcher = _patch(getter, attribute, new, spec, create, spec_set, autospec, new_callable, {})
        patcher.attribute_name = attribute
        patchers.append(patcher)
    first, *others = patchers
    first.additional_patchers.extend(others)
    return first


def _patch_stopall():
    """Stop all patches that were started, the last one first."""
    for patcher in reversed(Patcher._active_patches):
        patcher.stop()


patch.object = _patch_object
patch.dict = _patch_dict
patch.multiple = _patch_multiple
patch.stopall = _patch_stopall
patch.TEST_PREFIX = "test"
