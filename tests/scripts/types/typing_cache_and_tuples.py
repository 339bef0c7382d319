"""Aliases of typing are cached, equal to native unions, and take the types of a TypeVarTuple."""
from typing import *
import typing
print(List[int] is List[int], Union[int,str] is Union[int,str], Dict[str,int] is Dict[str,int], Optional[int] is Optional[int])
print(Callable[[int],str] is Callable[[int],str], Tuple[int,...] is Tuple[int,...], Literal[1] is Literal[1], Literal[1] is Literal[True])
T=TypeVar('T'); U=TypeVar('U')
class G(Generic[T]): pass
print(G[int] is G[int], List[T][int] is List[T][int], Type[int] is Type[int])
print(Annotated[int,1] is Annotated[int,1], ClassVar[int] is ClassVar[int], Final[int] is Final[int])
print(hash(int|str)==hash(Union[int,str]), (int|str)==Union[int,str], Union[int,str]==(int|str), {int|str:1}.get(Union[int,str]), (int|str)==Union[str,int], hash(int|str)==hash(str|int), (int|None)==Optional[int])
Ts=TypeVarTuple('Ts')
class A(Generic[Unpack[Ts]]): pass
class B(Generic[*Ts]): pass
class C(Generic[T,*Ts]): pass
print(A.__parameters__, B.__parameters__, C.__parameters__)
print(A[int,str], B[()], B[int], C[int], C[int,str,float], C[int,*Ts])
print(Tuple[*Ts], tuple[*Ts], Tuple[*Ts][int,str], tuple[*Ts][int,str], Tuple[int,*Ts][str])
print(Tuple[T,*Ts][int,str,float], Tuple[*Ts,T][int,str,float], Tuple[*Ts][()])
print(Tuple[*Ts][int, *tuple[str,...]], Tuple[*Ts][*Tuple[int,str]])
print(Callable[[*Ts],T], Callable[[*Ts],T][int,str,float], Callable[[int,*Ts],T][float])
print(A[*tuple[int,...]], A[Unpack[Tuple[int,str]]])
print(Unpack[Ts], *Ts, Unpack[Tuple[int,str]], *tuple[int,str])
def ex(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
ex(lambda: C[()])
ex(lambda: Tuple[T,*Ts][()])
ex(lambda: Generic[Ts])
ex(lambda: Generic[*Ts,*Ts])
ex(lambda: Tuple[Ts][int])
ex(lambda: Tuple[*Ts,*Ts])
ex(lambda: Tuple[*Ts,*Ts][int])
ex(lambda: List[*Ts][int,str])
ex(lambda: List[*Ts])
ex(lambda: Unpack[int, str])
ex(lambda: Unpack[int])
ex(lambda: TypeVarTuple('a','b'))
ex(lambda: issubclass(int, Ts))
print((*Ts,)[0].__origin__, (*Ts,)[0].__args__, repr(Ts), Ts.__name__)
def f(*args: *Ts) -> Tuple[*Ts]: pass
print(f.__annotations__)
print(Union[*Ts], Union[*Ts][int,str], get_args(Tuple[*Ts]), get_origin(Unpack[Ts]))
class D(Tuple[*Ts]): pass
print(D.__parameters__, D.__orig_bases__)
Alias=Dict[T,Tuple[*Ts]]
print(Alias[int,str,float], Alias[int], Alias.__parameters__)
class E(G[T], A[*Ts]): pass
ex(lambda: E.__parameters__)
class F(Generic[T,*Ts,U]): pass
ex(lambda: F[int,str])
ex(lambda: F[int])
ex(lambda: F[int,bool,float,str])
ex(lambda: F[int,*Ts,str])
ex(lambda: F[*Ts])
ex(lambda: F[int,*tuple[int,...],str])
print(A[Ts] if False else 0)
ex(lambda: A[Ts])
ex(lambda: A[T][int])
ex(lambda: A[T,U][int,str])
ex(lambda: A[*Ts][int,str])
P=ParamSpec('P')
ex(lambda: Callable[P,T][[int,str],bool])
ex(lambda: Callable[[*Ts],None][()])
ex(lambda: hash(Ts)==hash(Ts) and Unpack[Ts]==Unpack[Ts])
ex(lambda: hash(List[int])==hash(List[int]))
ex(lambda: List[[]])
ex(lambda: Literal[[]])
ex(lambda: Annotated[int,[]])
