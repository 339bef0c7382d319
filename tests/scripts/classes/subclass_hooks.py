class A(int):
    def __add__(s,o): return "x"
    def __ror__(s,o): return "ror"
    def __or__(s,o): return "or"
    def __iadd__(s,o): return "iadd"
a=A(1)
print(A(1)+1, 1+A(1), A(1)|1, 1|A(1), A(2)*3, -A(2), A(7)//2)
a+=1; print(a)
class H:
    def __hash__(self): return hash((3,))
class H2:
    def __hash__(self): return -1
class H3:
    def __hash__(self): return 1<<70
class H4:
    def __hash__(self): return True
print(hash(H())==hash((3,)), hash(H2()), hash(H3())==hash(1<<70), hash(H4()), type(hash(H4())))
class M(type):
    def __new__(m,n,b,d,**k): print("M.new",n); return super().__new__(m,n,b,d)
class B(metaclass=M): pass
X=type("X",(B,),{}); print(type(X), X)
class N(M): pass
class C(metaclass=N): pass
Y=M("Y",(C,),{}); print(type(Y))
class D:
    def __set_name__(s,o,n): raise ValueError("q")
try:
    class E: b=D()
except RuntimeError as e: print(e, repr(e.__cause__))
try:
    class F(metaclass=type, x=1): pass
except TypeError as e: print(e)
try:
    class F2(E1 := object, x=1): pass
except TypeError as e: print(e)
class G:
    def __init_subclass__(cls, **k): print(k)
class G2(G, z=1): pass
print(type.__prepare__("A",()), type.__prepare__())
GA=type(list[int])
class CA(GA):
    def __new__(cls,o,a): return super().__new__(cls,o,a+(7,))
    def __repr__(s): return "CA"
    def __getitem__(s,i): return 5
x=CA(list,(int,)); print(x, x[3], x.__args__, type(x), isinstance(x,GA), x==CA(list,(int,)), list[[int,3]])
import sys
class Mo(type(sys)):
    @property
    def q(s): return 4
    def meth(s): return s.__name__
m=Mo("x","doc"); m.q2=3; print(m.q, m.__name__, m.q2, m.meth(), type(m).__name__, m.__doc__)
try: m.nope
except AttributeError as e: print(e)
def __getattr__(n): return "ga "+n
import __main__; print(__main__.__dict__ is globals(), __main__.foo, __main__.__class__)
class S(set): pass
s=S([1]); s.k=2
print({1}.__reduce__(), frozenset([2]).__reduce__(), s.__reduce__(), range(1,5,2).__reduce__(), slice(1,2).__reduce__(), {1}.__reduce_ex__(4), S.__reduce__)
