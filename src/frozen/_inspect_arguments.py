"""The older tools of `inspect` for arguments: `getfullargspec`, `getcallargs`, `getargvalues`, and closures."""

import builtins as _builtins
from _inspect_callables import Finder
from _inspect_kinds import CO_VARARGS, CO_VARKEYWORDS, iscode, isfunction, ismethod, ismodule
from _inspect_signature import _KEYWORD_ONLY, _POSITIONAL, _POSITIONAL_ONLY, _VAR_KEYWORD, _VAR_POSITIONAL, _empty
from collections import namedtuple as _namedtuple

Arguments = _namedtuple("Arguments", "args, varargs, varkw", module="inspect")
FullArgSpec = _namedtuple(
    "FullArgSpec", "args, varargs, varkw, defaults, kwonlyargs, kwonlydefaults, annotations", module="inspect"
)
ArgInfo = _namedtuple("ArgInfo", "args varargs keywords locals", module="inspect")
ClosureVars = _namedtuple("ClosureVars", "nonlocals globals builtins unbound", module="inspect")


def getargs(co):
    """The names of a code object's parameters: a list of them, `*` and `**`."""
    if not iscode(co):
        raise TypeError(f"{co!r} is not a code object")
    named = co.co_argcount + co.co_kwonlyargcount
    rest = iter(co.co_varnames[named:])
    return Arguments(
        list(co.co_varnames[:named]),
        next(rest) if co.co_flags & CO_VARARGS else None,
        next(rest) if co.co_flags & CO_VARKEYWORDS else None,
    )


def getargvalues(frame):
    """The names of the parameters of a frame's function, and its locals."""
    return ArgInfo(*getargs(frame.f_code), frame.f_locals)


def formatargvalues(
    args,
    varargs,
    varkw,
    locals,
    formatarg=str,
    formatvarargs=lambda name: "*" + name,
    formatvarkw=lambda name: "**" + name,
    formatvalue=lambda value: "=" + repr(value),
):
    """The arguments that `getargvalues` gives, as text."""
    shown = [formatarg(name) + formatvalue(locals[name]) for name in args]
    if varargs:
        shown.append(formatvarargs(varargs) + formatvalue(locals[varargs]))
    if varkw:
        shown.append(formatvarkw(varkw) + formatvalue(locals[varkw]))
    return f"({', '.join(shown)})"


def getfullargspec(func):
    """The parameters of a callable, with the one that a method is bound to, in a named tuple."""
    try:
        signature = Finder(follow_wrapped=False, skip_bound=False).find(func)
    except Exception as error:
        raise TypeError("unsupported callable") from error
    params = signature.parameters.values()

    def names(*kinds):
        return [p.name for kind in kinds for p in params if p.kind is kind]

    annotations = {} if signature.return_annotation is _empty else {"return": signature.return_annotation}
    annotations |= {p.name: p.annotation for p in params if p.annotation is not _empty}
    with_default = [p for p in params if p.default is not _empty]
    return FullArgSpec(
        names(_POSITIONAL_ONLY, _POSITIONAL[1]),
        next(iter(names(_VAR_POSITIONAL)), None),
        next(iter(names(_VAR_KEYWORD)), None),
        tuple([p.default for p in with_default if p.kind in _POSITIONAL]) or None,
        names(_KEYWORD_ONLY),
        {p.name: p.default for p in with_default if p.kind is _KEYWORD_ONLY} or None,
        annotations,
    )


def _s(count):
    return "" if count == 1 else "s"


def _missing(function, names, kind):
    shown = [repr(name) for name in names]
    text = ", ".join(shown[:-2] + [" and ".join(shown[-2:])])
    return TypeError(f"{function}() missing {len(names)} required {kind} argument{_s(len(names))}: {text}")


def _too_many(function, spec, given, values):
    least = len(spec.args) - len(spec.defaults or ())
    if spec.varargs:
        takes, plural = f"at least {least}", _s(least)
    elif spec.defaults:
        takes, plural = f"from {least} to {len(spec.args)}", "s"
    else:
        takes, plural = str(len(spec.args)), _s(len(spec.args))
    by_name = len([name for name in spec.kwonlyargs if name in values])
    more = f" positional argument{_s(given)} (and {by_name} keyword-only argument{_s(by_name)})" if by_name else ""
    verb = "was" if given == 1 and not by_name else "were"
    return TypeError(f"{function}() takes {takes} positional argument{plural} but {given}{more} {verb} given")


def getcallargs(func, /, *positional, **named):
    """A dictionary of the arguments by parameter, as a call would give them."""
    spec = getfullargspec(func)
    function = func.__name__
    if ismethod(func) and func.__self__ is not None:
        positional = (func.__self__, *positional)
    values = dict(zip(spec.args, positional))
    if spec.varargs:
        values[spec.varargs] = tuple(positional[len(spec.args) :])
    extra = {}
    if spec.varkw:
        values[spec.varkw] = extra
    known = {*spec.args, *spec.kwonlyargs}
    for name, value in named.items():
        if name not in known:
            if not spec.varkw:
                raise TypeError(f"{function}() got an unexpected keyword argument {name!r}")
            extra[name] = value
        elif name in values:
            raise TypeError(f"{function}() got multiple values for argument {name!r}")
        else:
            values[name] = value
    if len(positional) > len(spec.args) and not spec.varargs:
        raise _too_many(function, spec, len(positional), values)
    defaults = spec.defaults or ()
    required = len(spec.args) - len(defaults)
    missing = [name for name in spec.args[:required] if name not in values]
    if missing:
        raise _missing(function, missing, "positional")
    for name, value in zip(spec.args[required:], defaults):
        values.setdefault(name, value)
    for name, value in (spec.kwonlydefaults or {}).items():
        values.setdefault(name, value)
    missing = [name for name in spec.kwonlyargs if name not in values]
    if missing:
        raise _missing(function, missing, "keyword-only")
    return values


def getclosurevars(func):
    """The variables that a function uses and does not define, with their values."""
    func = func.__func__ if ismethod(func) else func
    if not isfunction(func):
        raise TypeError(f"{func!r} is not a Python function")
    code = func.__code__
    nonlocals = {n: cell.cell_contents for n, cell in zip(code.co_freevars, func.__closure__ or ())}
    space = func.__globals__
    builtins = space.get("__builtins__", vars(_builtins))
    builtins = vars(builtins) if ismodule(builtins) else builtins
    found, built_in, unbound = {}, {}, set()
    for name in code.co_names:
        if name in space:
            found[name] = space[name]
        elif name in builtins:
            built_in[name] = builtins[name]
        else:
            unbound.add(name)
    return ClosureVars(nonlocals, found, built_in, unbound)
