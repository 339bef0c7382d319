"""What happens around a fork, and the wrong arguments of issubclass and isinstance."""
import os, random, abc, collections.abc as ca
def ex(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
class A(abc.ABC): pass
ex(lambda: issubclass(1,A)); ex(lambda: issubclass([],ca.Sized)); ex(lambda: issubclass(int,1)); ex(lambda: isinstance(1,1))
ex(lambda: A.register(1)); ex(lambda: issubclass(int,(A,1))); ex(lambda: issubclass(list[int],ca.Sequence)); ex(lambda: issubclass(1,ca.Callable)); ex(lambda: isinstance(1,(A,list[int])))
ex(lambda: issubclass(1,object)); ex(lambda: isinstance([],list[int])); ex(lambda: isinstance([], ca.Sequence[int])); ex(lambda: A.__subclasscheck__(1)); ex(lambda: A.__instancecheck__(1))
import numbers, typing
ex(lambda: issubclass('x',numbers.Number)); ex(lambda: issubclass(1,typing.Sized)); ex(lambda: issubclass(1, typing.List)); ex(lambda: isinstance(1,typing.List[int])); ex(lambda: issubclass(int|str, A)); ex(lambda: issubclass(int, int|list[int])); ex(lambda: isinstance(1,typing.Union[int,str])); ex(lambda: issubclass(1,typing.Union[int,str]))
ex(lambda: isinstance(1,int|list[int])); ex(lambda: issubclass(1,ca.Hashable)); ex(lambda: issubclass(None,A)); ex(lambda: A.register(int)); 
ex(lambda: A.register()) ; ex(lambda: issubclass(A)); 
class B(A): pass
ex(lambda: B.register(A)); ex(lambda: A.register(B)); 
ex(lambda: ca.Sequence.register(ca.Sequence))
class P(typing.Protocol):
    x:int
ex(lambda: issubclass(1,P)); ex(lambda: isinstance(1,P))
@typing.runtime_checkable
class Q(typing.Protocol):
    def m(self):...
ex(lambda: issubclass(1,Q)); ex(lambda: isinstance(1,Q))
class M(abc.ABC):
    @classmethod
    def __subclasshook__(cls,o): return 3
ex(lambda: issubclass(int,M)); ex(lambda: isinstance(1,M))
random.seed(5)
a=random.getstate()
r,w=os.pipe()
pid=os.fork()
if pid==0:
    os.write(w,repr(random.random()).encode()); os._exit(0)
os.waitpid(pid,0)
print(float(os.read(r,100))!=random.random())
L=[]
os.register_at_fork(before=lambda: L.append('b1'), after_in_parent=lambda: L.append('p1'), after_in_child=lambda: L.append('c1'))
os.register_at_fork(before=lambda: L.append('b2'), after_in_parent=lambda: L.append('p2'), after_in_child=lambda: L.append('c2'))
pid=os.fork()
if pid==0:
    os.write(w,repr(L).encode()); os._exit(0)
os.waitpid(pid,0)
print(os.read(r,100),L)
ex(lambda: os.register_at_fork()); ex(lambda: os.register_at_fork(before=1)); ex(lambda: os.register_at_fork(1)); ex(lambda: os.register_at_fork(foo=1))
ex(lambda: os.register_at_fork(before=None)); ex(lambda: os.register_at_fork(after_in_child=None))
