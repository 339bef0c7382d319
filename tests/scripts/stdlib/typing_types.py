import typing
from typing import (Any, List, Dict, Optional, Union, Tuple, Set, FrozenSet, Type, Callable, Literal, ClassVar, Final, Annotated, Iterable, Iterator, Sequence, Mapping, Generator, TypeVar, ParamSpec, TypeVarTuple, AnyStr, Concatenate, NoReturn, Never, Self, LiteralString, TypeAlias, TypeGuard, Required, Unpack, Text, get_origin, get_args, Generic, Hashable, NewType, cast, TYPE_CHECKING, get_type_hints, overload, get_overloads, final, assert_never, assert_type, reveal_type, ForwardRef, no_type_check)
def tr(f, *a, **k):
    try: print(f(*a, **k))
    except Exception as e: print(type(e).__name__, e)
T = TypeVar("T"); K = TypeVar("K"); V = TypeVar("V"); P = ParamSpec("P"); Ts = TypeVarTuple("Ts")
print(Any, List, List[int], Dict[str, int], Optional[int], Union[int, str], Union[int, None], Union[int], Union[int, int], Union[Union[int, str], float, None], Tuple[int, ...], Tuple[()], Tuple[int, str], Set[int], FrozenSet[str], Type[int])
print(Callable, Callable[[int, str], bool], Callable[..., int], Callable[[], None], Callable[[T], T][int], Literal["a", 1, True], ClassVar[int], Final[str], Annotated[int, "x", 3], Iterable[int], Iterator[T], Sequence[str], Mapping[str, int], Generator[int, None, str])
print(T, TypeVar("Tc", covariant=True), TypeVar("Tn", contravariant=True), P, P.args, P.kwargs, Ts, T.__bound__, T.__constraints__, TypeVar("B", bound=int).__bound__, TypeVar("C", int, str).__constraints__, AnyStr, AnyStr.__constraints__, T.__name__, T.__module__)
print(Optional[List[int]], Optional["X"], List["X"], Union["X", int], Dict[str, Any], Optional[Optional[int]], Union[int, Literal[1]], Concatenate[int, P], Callable[Concatenate[int, P], T], NoReturn, Never, Self, LiteralString, TypeAlias, TypeGuard[int], Required[int], Unpack[Ts], Text)
print(get_origin(List[int]), get_origin(Union[int, str]), get_origin(Optional[int]), get_origin(int), get_origin(Annotated[int, 1]), get_origin(Callable[[int], str]), get_origin(list[int]), get_origin(int | str), get_origin(Literal[1]), get_origin(ClassVar[int]), get_origin(Generic[T]), get_origin(Generic))
print(get_args(List[int]), get_args(Dict[str, T]), get_args(Callable[[int, str], bool]), get_args(Callable[..., int]), get_args(Union[int, str]), get_args(Annotated[int, 1, 2]), get_args(int), get_args(Literal[1, 2]), get_args(int | None), get_args(list[int]), get_args(Tuple[()]))
print(List[int] == List[int], List[int] != List[str], hash(List[int]) == hash(List[int]), Union[int, str] == Union[str, int], hash(Union[int, str]) == hash(Union[str, int]), Union[int, str] == (int | str), Literal[1, 2] == Literal[2, 1], Literal[0] == Literal[False], {List[int]: 1}[List[int]])
print(List[T][int], Dict[K, V][str, int], Dict[str, List[T]][int], Union[T, K][int, str], Optional[T][int], Callable[P, T][[int, str], bool], Tuple[T, K][int, str], List[T].__parameters__, Dict[K, List[V]].__parameters__, List[int].__origin__, List[int].__args__)
tr(lambda: List[int][str]); tr(lambda: Dict[int]); tr(lambda: List[int, str]); tr(lambda: Union[()]); tr(lambda: Optional[int, str]); tr(lambda: Callable[int]); tr(lambda: ClassVar[int, str]); tr(lambda: Any[int]); tr(lambda: NoReturn[int]); tr(lambda: List[ClassVar[int]]); tr(lambda: List[(1, 2)]); tr(lambda: Annotated[int]); tr(lambda: Hashable[int])
tr(lambda: isinstance(1, List[int])); tr(lambda: isinstance([], List)); tr(lambda: isinstance(1, Union[int, str])); tr(lambda: isinstance(1, Optional[str])); tr(lambda: issubclass(int, Union[int, str])); tr(lambda: isinstance(1, Any)); tr(lambda: isinstance(1, ClassVar)); tr(Any); tr(Union); tr(List); tr(lambda: isinstance({}, Mapping)); tr(lambda: issubclass(list, Sequence)); tr(lambda: isinstance(3, Hashable)); tr(lambda: isinstance(len, Callable))
tr(TypeVar, "X", int); tr(TypeVar, "X", covariant=True, contravariant=True); tr(TypeVar, "X", int, str, bound=int)
class Box(Generic[T]):
    def __init__(self, v: T): self.v = v
class Pair(Generic[K, V]): pass
class IntBox(Box[int]): pass
class Both(Box[T], Pair[T, V]): pass
print(Box, Box[int], Box[T], Box[List[T]][int], Box.__parameters__, Pair[int, str], Box(1).v, Box[int](3).v, Box[int](3).__orig_class__, IntBox.__orig_bases__, IntBox.__mro__, Both.__parameters__, Box.__orig_bases__, IntBox.__parameters__)
tr(lambda: Box[int, str]); tr(lambda: IntBox[int]); tr(lambda: Generic[int]); tr(lambda: Generic[T, T]); tr(lambda: Generic[()]); tr(lambda: type("X", (Generic,), {})); tr(lambda: isinstance(1, Box[int]))
def badg():
    class X(Box[T], Generic[K]): pass
tr(badg)
class L2(List[int]): pass
class M2(Dict[str, T]): pass
class It(Iterable[T]): 
    def __iter__(self): return iter([1])
print(L2.__mro__, L2.__orig_bases__, L2([1]), M2[int], M2.__mro__[1:], It.__mro__, It[int], list(It()))
UserId = NewType("UserId", int)
print(UserId, UserId(5), UserId.__supertype__, UserId.__name__, List[UserId], UserId | None)
print(cast(int, "x"), TYPE_CHECKING, cast("List[int]", 3))
class N:
    x: int
    y: "Optional[str]" = None
    z: ClassVar["int"] = 3
    def m(self, a: "N", b: List["N"] = None, *c: int, **d: "str") -> None: pass
class N2(N):
    w: "list[N]"
print(get_type_hints(N), get_type_hints(N.m), get_type_hints(N2))
def f(a: Annotated[int, "m"], b: "Annotated[List[str], 1]") -> "Union[int, None]": pass
print(get_type_hints(f), get_type_hints(f, include_extras=True))
def g(a: "NoSuch"): pass
tr(get_type_hints, g); tr(get_type_hints, 3); print(get_type_hints(len) if 0 else "", get_type_hints(g, {"NoSuch": int}))
@overload
def o(x: int) -> int: ...
@overload
def o(x: str) -> str: ...
def o(x): return x
print(o(1), len(get_overloads(o)))
@overload
def oo(x): ...
tr(oo, 1)
@final
class Fi: pass
print(Fi.__final__)
tr(assert_never, 5); print(assert_type(3, int), reveal_type(5))
print(ForwardRef("X"), ForwardRef("X") == ForwardRef("X")); tr(ForwardRef, "a b"); tr(ForwardRef, 3)
print(Annotated[Annotated[int, 1], 2], Annotated[int, 1].__metadata__, Annotated[int, 1].__origin__, Annotated[List[T], 1][int], Annotated[int, 1] == Annotated[int, 1])
print(list[T][int], dict[K, V].__parameters__, list[T] | None, Optional[list[int]], T | int, int | T, List[int] | None, None | List[int], "X" | T if 0 else "", Union[int, "str"])
print(typing.Sequence is typing.Sequence, Dict.__origin__, List.__origin__, Callable.__origin__, typing.Dict is Dict, Mapping.__origin__, DefaultDict if 0 else "")
tr(lambda: typing.nothing); print("List" in dir(typing), typing.__name__)
class A(Any): pass
print(A(), A.__mro__) if 0 else print(A.__mro__)
import types
print(isinstance(List[int], types.GenericAlias), isinstance(Union[int, str], types.UnionType), type(Union[int, str]).__name__, type(List[int]).__name__, type(Any).__name__, type(Optional).__name__)
class S(Generic[P]): 
    pass
print(S[int, str], S[[int, str]], S[...], S.__parameters__)
class TT(Generic[Unpack[Ts]]): pass
print(TT[int, str], TT[()])
def deco(fn: Callable[P, T]) -> Callable[Concatenate[int, P], List[T]]: pass
print(deco.__annotations__)
@no_type_check
def nt(a: "bad syntax here"): pass
print(get_type_hints(nt))
print(repr(List.__name__), List[int].__name__, Union[int, str].__args__, Literal["x"].__args__, List[int].append is list.append)
