# What libraries that stand on `typing` take from it beside its public names, and forms that are seldom written.
import collections.abc
import pickle
import typing
from typing import *

print(sorted(typing.EXCLUDED_ATTRIBUTES))
print(sorted(typing._prohibited), sorted(typing._special))
print(typing._ProtocolMeta.__name__, typing._TypedDictMeta.__name__, typing._overload_dummy.__name__)
print(typing._deduplicate([int, str, int]), typing._deduplicate((int, str)))
print(typing._eval_type(ForwardRef("list[int]"), {}, {}), typing._strip_annotations(Annotated[int, 1]))
print(typing._ASSERT_NEVER_REPR_MAX_LENGTH, typing.defaultdict, typing.collections.__name__)
print(typing._SpecialGenericAlias(collections.abc.Generator, 3, name="Generator")[int, str, bytes])

# Replacing these has an effect: typing_extensions does it.
kept = typing._check_generic
typing._check_generic = lambda cls, args, count: print("checked", cls, args, count)
print(List[int])
typing._check_generic = kept


class Inner(typing._ProtocolMeta):
    pass


class Named(Protocol, metaclass=Inner):
    name: str

    def run(self): ...


print(sorted(typing._get_protocol_attrs(Named)), type(Named).__name__)
for wrong in ("List[Protocol]", "Annotated[*TypeVarTuple('Ts'), 1]", "list(Union)", "iter(Optional)"):
    try:
        print(eval(wrong))
    except TypeError as e:
        print(wrong, "->", e)
print(Annotated[int | str, "x"], (int | str).__module__, type(int | str).__module__)
print(Annotated[int, 1].__metadata__, Annotated[int, True].__metadata__)
print(Literal[[], []].__args__, Literal[1, True, 1].__args__)


class First(TypedDict):
    a: NotRequired[int]


class Second(TypedDict):
    a: Required[str]


class Both(First, Second):
    pass


print(Both.__required_keys__, Both.__optional_keys__)
T, U = TypeVar("T"), TypeVar("U")
print(Tuple[T, Unpack[Tuple[U, ...]]][int, str])


def starred(*args: *tuple[int, str]): ...


print(get_type_hints(starred), get_type_hints(starred)["args"] == Unpack[tuple[int, str]])


class Forward:
    a: Annotated["ClassVar[int]", 3] = 4


print(get_type_hints(Forward), get_type_hints(type))


@no_type_check
class Unchecked:
    call = lambda self: 0

    def method(self): ...


print(Unchecked.call.__no_type_check__, Unchecked.method.__no_type_check__)
P = ParamSpec("P")
for alias in (collections.abc.Callable[[int], str], collections.abc.Callable[..., int]):
    print(alias, pickle.loads(pickle.dumps(alias)) == alias)
