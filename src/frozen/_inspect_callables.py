"""Finding the signature of any callable: functions, methods, classes, partials, and native functions by their text."""

import functools as _functools
import sys as _sys
import types as _types
from _inspect_kinds import CO_VARARGS, CO_VARKEYWORDS, _is_function_like, isbuiltin, isfunction, ismethod
from _inspect_kinds import ismethoddescriptor, ismodule, unwrap
from _inspect_signature import _KEYWORD_ONLY, _POSITIONAL, _POSITIONAL_ONLY, _POSITIONAL_OR_KEYWORD
from _inspect_signature import _VAR_KEYWORD, _VAR_POSITIONAL, Signature, _empty

# Callables whose own type calls them: to look for a `__call__` there would lead nowhere.
_NATIVE = (
    _types.WrapperDescriptorType,
    _types.MethodWrapperType,
    _types.ClassMethodDescriptorType,
    _types.BuiltinFunctionType,
)


def get_annotations(obj, *, globals=None, locals=None, eval_str=False):
    """A new dictionary of the annotations of a function, class or module; `eval_str` evaluates those that are text."""
    own_globals = own_locals = None
    if isinstance(obj, type):
        found = obj.__dict__.get("__annotations__") if hasattr(obj, "__dict__") else None
        if isinstance(found, _types.GetSetDescriptorType):
            found = None
        home = _sys.modules.get(getattr(obj, "__module__", None) or "")
        own_globals = getattr(home, "__dict__", None)
        own_locals = dict(vars(obj))
    elif ismodule(obj):
        found = getattr(obj, "__annotations__", None)
        own_globals = vars(obj)
    elif callable(obj):
        found = getattr(obj, "__annotations__", None)
        own_globals = getattr(obj, "__globals__", None)
    else:
        raise TypeError(f"{obj!r} is not a module, class, or callable.")
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise ValueError(f"{obj!r}.__annotations__ is neither a dict nor None")
    if not found or not eval_str:
        return dict(found)
    inner = None if ismodule(obj) else _innermost(obj)
    own_globals = getattr(inner, "__globals__", own_globals)
    globals = own_globals if globals is None else globals
    locals = own_locals if locals is None else locals
    return {name: eval(a, globals, locals) if isinstance(a, str) else a for name, a in found.items()}


def _innermost(obj):
    while True:
        if hasattr(obj, "__wrapped__"):
            obj = obj.__wrapped__
        elif isinstance(obj, _functools.partial):
            obj = obj.func
        else:
            return obj


def _own(cls, name):
    # A method that is not one of the interpreter's.
    method = getattr(cls, name, None)
    return None if isinstance(method, _NATIVE) else method


def _without_first(signature):
    params = list(signature.parameters.values())
    if not params or params[0].kind in (_KEYWORD_ONLY, _VAR_KEYWORD):
        raise ValueError("invalid method signature")
    if params[0].kind is _VAR_POSITIONAL:
        return signature
    return signature.replace(parameters=params[1:])


def _of_partial(wrapped, partial, first=()):
    """The signature that is left of `wrapped` when `partial` has given some arguments."""
    by_name = partial.keywords or {}
    try:
        bound = wrapped.bind_partial(*first, *(partial.args or ()), **by_name)
    except TypeError as error:
        raise ValueError(f"partial object {partial!r} has incorrect arguments") from error
    # A parameter that got its argument by name keeps it as a default value, and can then be given by name only;
    # so can all that follow it.
    before, after = [], []
    only_by_name = False
    for name, param in wrapped.parameters.items():
        given = name in bound.arguments
        if given and param.kind in _POSITIONAL and (param.kind is _POSITIONAL_ONLY or name not in by_name):
            continue
        if given and param.kind in (_POSITIONAL_OR_KEYWORD, _KEYWORD_ONLY):
            only_by_name = only_by_name or param.kind is _POSITIONAL_OR_KEYWORD
            param = param.replace(default=bound.arguments[name])
        if not only_by_name:
            before.append(param)
        elif param.kind is _POSITIONAL_OR_KEYWORD:
            after.append(param.replace(kind=_KEYWORD_ONLY))
        elif param.kind is not _VAR_POSITIONAL:
            after.append(param)
    return wrapped.replace(parameters=before + after)


class Finder:
    """Finds signatures, as classes derived from `Signature`, with some ways to look at callables."""

    def __init__(self, sigcls=Signature, follow_wrapped=True, skip_bound=True, globals=None, locals=None, eval_str=False):
        self.sigcls = sigcls
        self.follow_wrapped = follow_wrapped
        self.skip_bound = skip_bound
        self.evaluation = {"globals": globals, "locals": locals, "eval_str": eval_str}

    def find(self, obj):
        """The signature of a callable."""
        if not callable(obj):
            raise TypeError(f"{obj!r} is not a callable object")
        if ismethod(obj):
            return self._bound(self.find(obj.__func__))
        if self.follow_wrapped:
            obj = unwrap(obj, stop=lambda f: hasattr(f, "__signature__") or ismethod(f))
            if ismethod(obj):
                return self.find(obj)
        given = getattr(obj, "__signature__", None)
        if given is not None:
            if not isinstance(given, Signature):
                raise TypeError(f"unexpected object {given!r} in __signature__ attribute")
            return given
        method = getattr(obj, "_partialmethod", None)
        if isinstance(method, _functools.partialmethod):
            return self._of_partialmethod(method)
        if isfunction(obj) or _is_function_like(obj):
            return self._of_function(obj)
        if isbuiltin(obj) or ismethoddescriptor(obj) or isinstance(obj, _NATIVE) or obj is type or obj is object:
            text = getattr(obj, "__text_signature__", None)
            if not text:
                raise ValueError(f"no signature found for builtin {obj!r}")
            return self._of_text(obj, text)
        if isinstance(obj, _functools.partial):
            return _of_partial(self.find(obj.func), obj)
        return self._of_class(obj) if isinstance(obj, type) else self._of_instance(obj)

    def _bound(self, signature):
        return _without_first(signature) if self.skip_bound else signature

    def _of_partialmethod(self, method):
        # Its first argument, `self`, is still to come.
        wrapped = self.find(method.func)
        signature = _of_partial(wrapped, method, (None,))
        first = next(iter(wrapped.parameters.values()))
        if first.kind is _VAR_POSITIONAL:
            return signature
        return signature.replace(parameters=[first, *signature.parameters.values()])

    def _of_class(self, cls):
        call = _own(type(cls), "__call__")
        if call is not None:
            return self._bound(self.find(call))
        new, init = _own(cls, "__new__"), _own(cls, "__init__")
        for base in cls.__mro__:
            if new is not None and "__new__" in base.__dict__:
                return self._bound(self.find(new))
            if init is not None and "__init__" in base.__dict__:
                return self._bound(self.find(init))
        for base in cls.__mro__[:-1]:
            text = getattr(base, "__text_signature__", None)
            if text:
                return self._of_text(base, text)
        if type not in cls.__mro__:
            if cls.__init__ is object.__init__ and cls.__new__ is object.__new__:
                return self.sigcls.from_callable(object)
            raise ValueError(f"no signature found for builtin type {cls!r}")
        raise ValueError(f"callable {cls!r} is not supported by signature")

    def _of_instance(self, obj):
        call = _own(type(obj), "__call__")
        if call is None:
            raise ValueError(f"callable {obj!r} is not supported by signature")
        try:
            signature = self.find(call)
        except ValueError as error:
            raise ValueError(f"no signature found for {obj!r}") from error
        return self._bound(signature)

    def _of_function(self, func):
        code = func.__code__
        make = self.sigcls._parameter_cls
        annotations = get_annotations(func, **self.evaluation)
        defaults = func.__defaults__ or ()
        by_name = func.__kwdefaults__ or {}
        names = code.co_varnames
        named = code.co_argcount + code.co_kwonlyargcount
        first_default = code.co_argcount - len(defaults)

        def parameter(name, kind, default=_empty):
            return make(name, kind, default=default, annotation=annotations.get(name, _empty))

        params = []
        for i, name in enumerate(names[: code.co_argcount]):
            kind = _POSITIONAL_ONLY if i < code.co_posonlyargcount else _POSITIONAL_OR_KEYWORD
            params.append(parameter(name, kind, defaults[i - first_default] if i >= first_default else _empty))
        if code.co_flags & CO_VARARGS:
            params.append(parameter(names[named], _VAR_POSITIONAL))
        for name in names[code.co_argcount : named]:
            params.append(parameter(name, _KEYWORD_ONLY, by_name.get(name, _empty)))
        if code.co_flags & CO_VARKEYWORDS:
            params.append(parameter(names[named + bool(code.co_flags & CO_VARARGS)], _VAR_KEYWORD))
        # What a real function has is valid.
        return self.sigcls(
            params,
            return_annotation=annotations.get("return", _empty),
            __validate_parameters__=not isfunction(func),
        )

    def _of_text(self, obj, text):
        """From the text that native functions and classes have: Python's syntax, with `$` before a bound argument."""
        home = _sys.modules.get(getattr(obj, "__module__", None) or "")
        space = {**_sys.modules, **getattr(home, "__dict__", {})}
        bound = text.startswith("($")
        try:
            exec(f"def made{text.replace('$', '', 1)}: pass", space)
        except (SyntaxError, NameError, AttributeError):
            raise ValueError(f"{obj!r} builtin has invalid signature") from None
        params = list(Finder(self.sigcls).find(space["made"]).parameters.values())
        if bound:
            receiver = getattr(obj, "__self__", None)
            if receiver is not None and (ismodule(receiver) or self.skip_bound):
                del params[0]
            else:
                params[0] = params[0].replace(kind=_POSITIONAL_ONLY)
        return self.sigcls(params)
