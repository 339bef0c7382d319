import typing
from typing import Protocol, runtime_checkable, SupportsInt, SupportsFloat, SupportsAbs, SupportsIndex, SupportsRound, TypedDict, Required, NotRequired, is_typeddict, IO, TextIO, BinaryIO, Generic, TypeVar, List, Iterable, get_type_hints, Optional, Any, ContextManager, AbstractSet, KeysView
from abc import abstractmethod
def tr(f, *a, **k):
    try: print(f(*a, **k))
    except Exception as e: print(type(e).__name__, e)
T = TypeVar("T")
class HasLen(Protocol):
    def size(self) -> int: ...
@runtime_checkable
class Closable(Protocol):
    def close(self): ...
class Res:
    def close(self): return "closed"
class No: pass
print(isinstance(Res(), Closable), isinstance(No(), Closable), issubclass(Res, Closable), issubclass(No, Closable), isinstance(3, Closable))
tr(isinstance, Res(), HasLen); tr(issubclass, Res, HasLen); tr(HasLen); tr(Closable)
class Impl(HasLen):
    def size(self): return 3
print(Impl().size(), isinstance(Impl(), Impl))
class Impl2(HasLen):
    def __init__(self, x): self.x = x
print(Impl2(5).x)
@runtime_checkable
class HasName(Protocol):
    name: str
class Named:
    def __init__(self): self.name = "n"
class Named2: name = "x"
print(isinstance(Named(), HasName), isinstance(Named2(), HasName), isinstance(No(), HasName))
tr(issubclass, Named2, HasName)
class Gp(Protocol[T]):
    def get(self) -> T: ...
print(Gp[int], Gp.__parameters__, Gp.__mro__, Gp)
class GI(Gp[int]):
    def get(self): return 1
print(GI().get(), GI.__orig_bases__)
tr(lambda: runtime_checkable(No))
def bad():
    class B(No, Protocol): pass
tr(bad)
print(isinstance(3, SupportsInt), isinstance("x", SupportsInt), isinstance(3.5, SupportsFloat), isinstance(3, SupportsIndex), isinstance(1.5, SupportsIndex), isinstance(-1, SupportsAbs), isinstance(1, SupportsRound))
class Both(Closable, HasLen, Protocol):
    def more(self): ...
print(Both.__mro__)
class AbsP(Protocol):
    @abstractmethod
    def f(self): ...
class AbsI(AbsP): pass
tr(AbsI)
class Movie(TypedDict):
    title: str
    year: int
m = Movie(title="x", year=3)
print(m, type(m), Movie, Movie.__annotations__, Movie.__total__, sorted(Movie.__required_keys__), Movie.__optional_keys__, is_typeddict(Movie), is_typeddict(dict))
class M2(Movie, total=False):
    extra: str
    need: Required[int]
class M3(TypedDict):
    a: NotRequired[int]
    b: Optional["Movie"]
print(sorted(M2.__required_keys__), sorted(M2.__optional_keys__), M2.__total__, sorted(M3.__required_keys__), sorted(M3.__optional_keys__), get_type_hints(M3), M2({"title": 1}))
TD = TypedDict("TD", {"in": int, "x": str})
print(TD, TD.__annotations__, TD({"in": 1}))
tr(isinstance, {}, Movie)
def bad2():
    class X(TypedDict, dict): pass
tr(bad2)
print(IO, TextIO, BinaryIO, IO[str], Optional[TextIO], ContextManager, ContextManager[int], AbstractSet[int], KeysView[int])
class GTD(TypedDict, Generic[T]):
    v: T
print(GTD[int], GTD.__parameters__)
