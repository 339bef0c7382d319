"""The alias that subscripting `Callable` gives."""

GenericAlias = type(list[int])


def is_parameter_list(arg):
    """Whether an argument can stand for all parameters of a callable."""
    return arg is ... or isinstance(arg, (tuple, list)) or (
        type(arg).__module__ == "typing" and type(arg).__name__ in ("ParamSpec", "_ConcatenateGenericAlias")
    )


def name_of(arg):
    """How an argument stands in an alias's repr."""
    if arg is ...:
        return "..."
    if isinstance(arg, GenericAlias):
        return repr(arg)
    if isinstance(arg, type):
        return arg.__qualname__ if arg.__module__ == "builtins" else f"{arg.__module__}.{arg.__qualname__}"
    return repr(arg)


class _CallableGenericAlias(GenericAlias):
    """`collections.abc.Callable[[int], str]`: its arguments are those of the list, then the result."""

    __module__ = "collections.abc"
    __slots__ = ()

    def __new__(cls, origin, args):
        if not (isinstance(args, tuple) and len(args) == 2):
            raise TypeError("Callable must be used as Callable[[arg, ...], result].")
        parameters, result = args
        if isinstance(parameters, (tuple, list)):
            args = (*parameters, result)
        elif not is_parameter_list(parameters):
            raise TypeError(f"Expected a list of types, an ellipsis, ParamSpec, or Concatenate. Got {parameters}")
        return super().__new__(cls, origin, args)

    def __repr__(self):
        parameters, result = _parted(self)
        if isinstance(parameters, list):
            parameters = "[" + ", ".join([name_of(p) for p in parameters]) + "]"
        else:
            parameters = name_of(parameters)
        return f"collections.abc.Callable[{parameters}, {name_of(result)}]"

    def __getitem__(self, items):
        if not isinstance(items, tuple):
            items = (items,)
        parameters = self.__parameters__
        if len(parameters) == 1 and is_parameter_list(parameters[0]) and not (items and is_parameter_list(items[0])):
            # The one parameter stands for all of the items.
            items = (items,)
        *new, result = super().__getitem__(items).__args__
        if len(new) == 1 and (new[0] is ... or not isinstance(new[0], (tuple, list)) and is_parameter_list(new[0])):
            return _CallableGenericAlias(self.__origin__, (new[0], result))
        flat = []
        for arg in new:
            if isinstance(arg, (tuple, list)):
                flat.extend(arg)
            else:
                flat.append(arg)
        return _CallableGenericAlias(self.__origin__, (flat, result))

    def __reduce__(self):
        return _CallableGenericAlias, (self.__origin__, _parted(self))


def _parted(alias):
    """The parameters, a list or what stands for them all, and the result."""
    *parameters, result = alias.__args__
    if len(parameters) == 1 and is_parameter_list(parameters[0]):
        return parameters[0], result
    return parameters, result
