from abc import *
import abc
class A(ABC):
    @abstractmethod
    def f(self): pass
    @property
    @abstractmethod
    def g(self): pass
    @classmethod
    @abstractmethod
    def h(cls): pass
def tr(f,*a):
    try: print(f(*a))
    except Exception as e: print(type(e).__name__, e)
tr(A)
print(sorted(A.__abstractmethods__))
class B(A):
    def f(self): pass
tr(B)
class C(B):
    g=1; h=2
tr(lambda: isinstance(C(), A))
@A.register
class D: pass
print(isinstance(D(),A), issubclass(D,B), issubclass(D,A))
t=abc.get_cache_token()
B.register(int)
print(issubclass(int,A), isinstance(True,A), abc.get_cache_token()-t)
class H(metaclass=ABCMeta):
    @classmethod
    def __subclasshook__(cls,C):
        if cls is H: return hasattr(C,"zz")
        return NotImplemented
class I: zz=1
print(isinstance(I(),H), isinstance(3,H))
class J(H): pass
print(isinstance(I(),J))
tr(issubclass,3,A)
tr(A.register,3)
tr(lambda: J.register(H))
tr(lambda: J.register(J))
class K(ABC):
    @abstractmethod
    def only(self): pass
tr(K)
K.only=lambda s:3
update_abstractmethods(K)
tr(lambda: K().only())
class L(ABC):
    @abstractproperty
    def a(self): pass
    @abstractclassmethod
    def b(self): pass
    @abstractstaticmethod
    def c(self): pass
tr(L)
class M(ABC):
    @property
    def x(self): pass
    @x.setter
    @abstractmethod
    def x(self,v): pass
tr(M)
print(A, type(A))
