"""The signatures of callables: `Signature`, `Parameter` and `BoundArguments` of `inspect`."""

import enum as _enum
import functools as _functools
import keyword as _keyword
import re as _re
import types as _types
from collections import OrderedDict as _OrderedDict


class _void:
    """Stands for an argument that was not given."""

    __module__ = "inspect"


class _empty:
    """Stands for a default value or an annotation that is not there."""

    __module__ = "inspect"


class _ParameterKind(_enum.IntEnum):
    __module__ = "inspect"

    POSITIONAL_ONLY = "positional-only"
    POSITIONAL_OR_KEYWORD = "positional or keyword"
    VAR_POSITIONAL = "variadic positional"
    KEYWORD_ONLY = "keyword-only"
    VAR_KEYWORD = "variadic keyword"

    def __new__(cls, description):
        member = int.__new__(cls, len(cls.__members__))
        member._value_ = int(member)
        member.description = description
        return member

    def __str__(self):
        return self.name


_POSITIONAL_ONLY, _POSITIONAL_OR_KEYWORD, _VAR_POSITIONAL, _KEYWORD_ONLY, _VAR_KEYWORD = _ParameterKind
_POSITIONAL = (_POSITIONAL_ONLY, _POSITIONAL_OR_KEYWORD)


def formatannotation(annotation, base_module=None):
    """An annotation as a signature shows it; names of classes in `base_module` stand without it."""
    if getattr(annotation, "__module__", None) == "typing":
        return _re.sub(r"[\w\.]+", lambda found: found[0].removeprefix("typing."), repr(annotation))
    if isinstance(annotation, _types.GenericAlias):
        return str(annotation)
    if isinstance(annotation, type):
        home = annotation.__module__
        return annotation.__qualname__ if home in ("builtins", base_module) else f"{home}.{annotation.__qualname__}"
    return repr(annotation)


def formatannotationrelativeto(object):
    """A function that shows annotations as seen from the module of `object`."""
    return _functools.partial(formatannotation, base_module=getattr(object, "__module__", None))


class Parameter:
    """One parameter: its name, kind, default value and annotation."""

    __module__ = "inspect"
    __slots__ = ("_name", "_kind", "_default", "_annotation")

    POSITIONAL_ONLY = _POSITIONAL_ONLY
    POSITIONAL_OR_KEYWORD = _POSITIONAL_OR_KEYWORD
    VAR_POSITIONAL = _VAR_POSITIONAL
    KEYWORD_ONLY = _KEYWORD_ONLY
    VAR_KEYWORD = _VAR_KEYWORD

    empty = _empty

    def __init__(self, name, kind, *, default=_empty, annotation=_empty):
        try:
            kind = _ParameterKind(kind)
        except ValueError:
            raise ValueError(f"value {kind!r} is not a valid Parameter.kind") from None
        if default is not _empty and kind in (_VAR_POSITIONAL, _VAR_KEYWORD):
            raise ValueError(f"{kind.description} parameters cannot have default values")
        if name is _empty:
            raise ValueError("name is a required attribute for Parameter")
        if not isinstance(name, str):
            raise TypeError(f"name must be a str, not a {type(name).__name__}")
        if name[:1] == "." and name[1:].isdigit():
            # The iterable that a comprehension's function gets.
            if kind != _POSITIONAL_OR_KEYWORD:
                raise ValueError(
                    f"implicit arguments must be passed as positional or keyword arguments, not {kind.description}"
                )
            kind = _POSITIONAL_ONLY
            name = f"implicit{name[1:]}"
        usable = kind is _POSITIONAL_ONLY or not _keyword.iskeyword(name)
        if not usable or not name.isidentifier():
            raise ValueError(f"{name!r} is not a valid parameter name")
        self._name = name
        self._kind = kind
        self._default = default
        self._annotation = annotation

    name = property(lambda self: self._name)
    kind = property(lambda self: self._kind)
    default = property(lambda self: self._default)
    annotation = property(lambda self: self._annotation)

    def __reduce__(self):
        state = {"_default": self._default, "_annotation": self._annotation}
        return type(self), (self._name, self._kind), state

    def __setstate__(self, state):
        self._default = state["_default"]
        self._annotation = state["_annotation"]

    def replace(self, *, name=_void, kind=_void, annotation=_void, default=_void):
        """A copy with other values."""
        return type(self)(
            self._name if name is _void else name,
            self._kind if kind is _void else kind,
            default=self._default if default is _void else default,
            annotation=self._annotation if annotation is _void else annotation,
        )

    def __str__(self):
        text = self._name
        annotated = self._annotation is not _empty
        if annotated:
            text += f": {formatannotation(self._annotation)}"
        if self._default is not _empty:
            text += f" = {self._default!r}" if annotated else f"={self._default!r}"
        stars = {_VAR_POSITIONAL: "*", _VAR_KEYWORD: "**"}
        return stars.get(self._kind, "") + text

    def __repr__(self):
        return f'<{type(self).__name__} "{self}">'

    def _key(self):
        return self._name, self._kind, self._annotation, self._default

    def __hash__(self):
        return hash(self._key())

    def __eq__(self, other):
        if self is other:
            return True
        if not isinstance(other, Parameter):
            return NotImplemented
        return self._key() == other._key()


class BoundArguments:
    """What `Signature.bind` gives: which argument goes to which parameter."""

    __module__ = "inspect"
    __slots__ = ("arguments", "_signature", "__weakref__")

    def __init__(self, signature, arguments):
        self.arguments = arguments
        self._signature = signature

    signature = property(lambda self: self._signature)

    def _split(self):
        # From the first parameter that has no argument on, arguments go by keyword.
        args, kwargs, by_keyword = [], {}, False
        for name, param in self._signature.parameters.items():
            missing = name not in self.arguments
            by_keyword = by_keyword or missing or param.kind in (_KEYWORD_ONLY, _VAR_KEYWORD)
            if missing:
                continue
            value = self.arguments[name]
            if not by_keyword:
                args.extend(value if param.kind is _VAR_POSITIONAL else (value,))
            elif param.kind is _VAR_KEYWORD:
                kwargs.update(value)
            else:
                kwargs[name] = value
        return tuple(args), kwargs

    @property
    def args(self):
        """The positional arguments."""
        return self._split()[0]

    @property
    def kwargs(self):
        """The keyword arguments."""
        return self._split()[1]

    def apply_defaults(self):
        """Fill in the default values of parameters without an argument."""
        collected = {_VAR_POSITIONAL: tuple, _VAR_KEYWORD: dict}
        complete = {}
        for name, param in self._signature.parameters.items():
            if name in self.arguments:
                complete[name] = self.arguments[name]
            elif param.default is not _empty:
                complete[name] = param.default
            elif param.kind in collected:
                complete[name] = collected[param.kind]()
        self.arguments = complete

    def __eq__(self, other):
        if self is other:
            return True
        if not isinstance(other, BoundArguments):
            return NotImplemented
        return self.signature == other.signature and self.arguments == other.arguments

    def __getstate__(self):
        return {"_signature": self._signature, "arguments": self.arguments}

    def __setstate__(self, state):
        self._signature = state["_signature"]
        self.arguments = state["arguments"]

    def __repr__(self):
        shown = [f"{name}={value!r}" for name, value in self.arguments.items()]
        return f"<{type(self).__name__} ({', '.join(shown)})>"


class Signature:
    """The parameters of a callable, in order, and the annotation of what it returns."""

    __module__ = "inspect"
    __slots__ = ("_return_annotation", "_parameters")

    _parameter_cls = Parameter
    _bound_arguments_cls = BoundArguments

    empty = _empty

    def __init__(self, parameters=None, *, return_annotation=_empty, __validate_parameters__=True):
        ordered = _OrderedDict()
        for param in parameters or ():
            if __validate_parameters__:
                self._check_next(ordered, param)
            ordered[param.name] = param
        self._parameters = _types.MappingProxyType(ordered)
        self._return_annotation = return_annotation

    @staticmethod
    def _check_next(before, param):
        kind = param.kind
        last = before[next(reversed(before))].kind if before else _POSITIONAL_ONLY
        if kind < last:
            raise ValueError(
                f"wrong parameter order: {last.description} parameter before {kind.description} parameter"
            )
        if kind in _POSITIONAL and param.default is _empty:
            if any(p.default is not _empty for p in before.values()):
                raise ValueError("non-default argument follows default argument")
        if param.name in before:
            raise ValueError(f"duplicate parameter name: {param.name!r}")

    @classmethod
    def from_callable(cls, obj, *, follow_wrapped=True, globals=None, locals=None, eval_str=False):
        """The signature of a callable."""
        from _inspect_callables import Finder

        return Finder(cls, follow_wrapped, True, globals, locals, eval_str).find(obj)

    parameters = property(lambda self: self._parameters)
    return_annotation = property(lambda self: self._return_annotation)

    def replace(self, *, parameters=_void, return_annotation=_void):
        """A copy with other values."""
        return type(self)(
            self.parameters.values() if parameters is _void else parameters,
            return_annotation=self._return_annotation if return_annotation is _void else return_annotation,
        )

    def _key(self):
        # The order of keyword-only parameters makes no difference.
        params = self.parameters.values()
        return (
            tuple([p for p in params if p.kind is not _KEYWORD_ONLY]),
            {p.name: p for p in params if p.kind is _KEYWORD_ONLY},
            self.return_annotation,
        )

    def __hash__(self):
        params, by_name, returned = self._key()
        return hash((params, frozenset(by_name.values()), returned))

    def __eq__(self, other):
        if self is other:
            return True
        if not isinstance(other, Signature):
            return NotImplemented
        return self._key() == other._key()

    def _bind(self, args, kwargs, *, partial=False):
        arguments = {}
        left = list(args)
        params = list(self.parameters.values())
        at = 0
        while left:
            kind = params[at].kind if at < len(params) else None
            if kind is None or kind in (_KEYWORD_ONLY, _VAR_KEYWORD):
                raise TypeError("too many positional arguments")
            name = params[at].name
            at += 1
            if kind is _VAR_POSITIONAL:
                arguments[name] = tuple(left)
                break
            if name in kwargs and kind is not _POSITIONAL_ONLY:
                raise TypeError(f"multiple values for argument {name!r}")
            arguments[name] = left.pop(0)
        rest = None
        for param in params[at:]:
            name, kind = param.name, param.kind
            if kind is _VAR_KEYWORD:
                rest = name
            elif kind is not _VAR_POSITIONAL and name in kwargs:
                if kind is _POSITIONAL_ONLY:
                    raise TypeError(f"{name!r} parameter is positional only, but was passed as a keyword")
                arguments[name] = kwargs.pop(name)
            elif not partial and kind is not _VAR_POSITIONAL and param.default is _empty:
                raise TypeError(f"missing a required argument: {name!r}")
        if kwargs:
            if rest is None:
                raise TypeError(f"got an unexpected keyword argument {next(iter(kwargs))!r}")
            arguments[rest] = kwargs
        return self._bound_arguments_cls(self, arguments)

    def bind(self, /, *args, **kwargs):
        """Say which argument goes to which parameter; `TypeError` if a call would not work."""
        return self._bind(args, kwargs)

    def bind_partial(self, /, *args, **kwargs):
        """The same, where arguments may be missing."""
        return self._bind(args, kwargs, partial=True)

    def __reduce__(self):
        state = {"_return_annotation": self._return_annotation}
        return type(self), (tuple(self._parameters.values()),), state

    def __setstate__(self, state):
        self._return_annotation = state["_return_annotation"]

    def __repr__(self):
        return f"<{type(self).__name__} {self}>"

    def __str__(self):
        parts = []
        previous = None
        for param in self.parameters.values():
            kind = param.kind
            if previous is _POSITIONAL_ONLY and kind is not _POSITIONAL_ONLY:
                parts.append("/")
            if kind is _KEYWORD_ONLY and previous not in (_KEYWORD_ONLY, _VAR_POSITIONAL):
                parts.append("*")
            parts.append(str(param))
            previous = kind
        if previous is _POSITIONAL_ONLY:
            parts.append("/")
        text = f"({', '.join(parts)})"
        if self.return_annotation is not _empty:
            text += f" -> {formatannotation(self.return_annotation)}"
        return text


def signature(obj, *, follow_wrapped=True, globals=None, locals=None, eval_str=False):
    """The signature of a callable, which says how it can be called."""
    return Signature.from_callable(
        obj, follow_wrapped=follow_wrapped, globals=globals, locals=locals, eval_str=eval_str
    )
