# Names, reprs and substitutions of typing.
import sys, warnings
warnings.simplefilter('always')
warnings.showwarning=lambda m,c,*a,**k: print('W',c.__name__,m)
def t(f, *a, **k):
    try: r = f(*a, **k)
    except BaseException as e: print(type(e).__name__, e)
    else: print(repr(r))
import typing
from typing import *
print(Literal[int], Literal[int,'a',None,b'x'])
t(lambda: Optional[int].__name__); t(lambda: Union[int,str].__name__); t(lambda: List[int].__name__); t(lambda: Optional[int].__qualname__); t(lambda: Callable[[int],str].__name__);t(lambda: Literal[1].__name__);t(lambda: Annotated[int,1].__name__);t(lambda: ClassVar[int].__name__); t(lambda: Final[int].__name__)
U=NewType('U', int)
def f():
    class X(U): pass
t(f)
T=TypeVar('T')
class TD(TypedDict, Generic[T]):
    a: T
print(TD.__mro__, TD[int], TD(a=1))
t(lambda: TypedDict('A', a=int))
t(lambda: TypedDict('A', {'a':int}, total=False))
t(lambda: TypedDict('A', {'a':int}, b=2))
Ts=TypeVarTuple('Ts')
t(lambda: Tuple[Unpack[Ts]][int, *tuple[str,...]])
t(lambda: tuple[*Ts][*tuple[int,...]])
t(lambda: Tuple[*Ts, T][int,*tuple[str,...]])
t(lambda: Tuple[T, *Ts][*tuple[str,...]])
t(lambda: Tuple[T, *Ts][*tuple[str,int]])
class G(Generic[T,*Ts]): pass
t(lambda: G[int, *tuple[int,...]])
t(lambda: G[*tuple[int,...]])
t(lambda: G[*tuple[int,str]])
A1=tuple[*Ts]
t(lambda: A1[*tuple[int,...], str])
t(lambda: Callable[[*Ts],T][*tuple[int,...], str])

class G1(Generic[T]): pass
t(lambda: G1[1]); t(lambda: G1[ClassVar]); t(lambda: G1[Final[int]]); t(lambda: G1[Union]); t(lambda: G1[()])
