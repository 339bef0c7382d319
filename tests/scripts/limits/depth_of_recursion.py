# How deep recursion goes, by special methods and nested containers, and what RecursionError says.
import sys
c=0
def f():
    global c; c+=1; f()
try: f()
except RecursionError: print(c)
class A:
    def __getattr__(s,n):
        global c; c+=1; return s.zz
c=0
try: A().x
except RecursionError: print(c)
class B:
    def __eq__(s,o):
        global c; c+=1; return s==o
c=0
try: B()==1
except RecursionError: print(c)
class C:
    def __repr__(s):
        global c; c+=1; return repr(s)
c=0
try: repr(C())
except RecursionError: print(c)
class C:
    def __str__(s):
        global c; c+=1; return f'{s}'
c=0
try: print(C())
except RecursionError as e: print(c,e)
class C:
    def __repr__(s):
        global c; c+=1; return f'{s}'
c=0
try: print(C())
except RecursionError as e: print(c,e)
class C:
    def __repr__(s):
        global c; c+=1; return f'{s!r}'
c=0
try: print(C())
except RecursionError as e: print(c,e)
class C:
    def __repr__(s):
        global c; c+=1; return 'C(%r)' % s
c=0
try: print(C())
except RecursionError as e: print(c,e)
class C:
    def __str__(s):
        global c; c+=1; return 'C(%s)' % s
c=0
try: print(C())
except RecursionError as e: print(c,e)
class C:
    def __str__(s):
        global c; c+=1; return 'C({})'.format(s)
c=0
try: print(C())
except RecursionError as e: print(c,e)
class C:
    def __init__(s): s.l=[s]
    def __repr__(s):
        global c; c+=1; return repr(s.l)
c=0
print(C(),c)
class N:
    def __init__(s,n): s.next=n
    def __repr__(s): return f'N({s.next!r})'
n=None
for i in range(200): n=N(n)
print(len(repr(n)))
for i in range(600): n=N(n)
try: print(len(repr(n)))
except RecursionError as e: print(e)
class T:
    def __init__(s,l=None): s.l=l
    def __eq__(s,o): return isinstance(o,T) and s.l==o.l
a=b=None
for i in range(300): a=T(a); b=T(b)
print(a==b)
for i in range(300): a=T(a); b=T(b)
try: print(a==b)
except RecursionError as e: print(e)
def d(n): return [] if n==0 else [d(n-1)]
x=d(900); print(len(str(x)))
try: print(len(str([x]*2)))
except RecursionError as e: print(e)
import json
try: json.dumps(d(990)); print('ok')
except RecursionError as e: print(e)
y=[]
for i in range(2000): y=[y]
for f in (json.dumps, repr, str, lambda y: y==y[:], lambda y: sorted([y,y]), lambda y: f'{y}', lambda y: print(y)):
    try: f(y); print('ok')
    except RecursionError as e: print(e)
try: json.loads('['*100000)
except RecursionError as e: print(e)
z=()
for i in range(2000): z=(z,)
try: hash(z); print('hash ok')
except RecursionError as e: print(e)
import pickle,copy
for f in (pickle.dumps, copy.deepcopy, lambda z: z==copy.copy(z), lambda z: isinstance(1,z)):
    try: f(z); print('ok')
    except RecursionError as e: print(e)
sys.setrecursionlimit(5000)
print(len(repr(y)))
sys.setrecursionlimit(100)
try: print(len(repr(y)))
except RecursionError as e: print(e)
sys.setrecursionlimit(1000)
def t(f,*a):
    try: f(*a)
    except RecursionError as e: print(f.__name__, e)
def fact(n): return 1 if n==0 else n*fact(n-1)
t(fact, 10**5)
def f1(n):
    if n < 0.5: return
    f1(n-1)

def f2(s):
    if s == 'abc': return
    f2(s+'a')
t(f2,'')
def f3(l):
    if l == []: return
    f3([l])
t(f3,[1])
class A:
    def __getattr__(self,n): return self.zzz
def g1(): A().x
t(g1)
class B:
    def __repr__(self): return repr(self)
def g2(): repr(B())
t(g2)
class C:
    def __eq__(self,o): return self==o
def g3(): C()==C()
t(g3)
class D:
    def __str__(self): return str(self)
def g4(): str(D())
t(g4)
class E:
    def __call__(self): return self()
def g5(): E()()
t(g5)
class F:
    def __len__(self): return len(self)
def g6(): len(F())
t(g6)
class G:
    def __init__(self): G()
def g7(): G()
t(g7)
class H:
    @property
    def x(self): return self.x
def g8(): H().x
t(g8)
class I:
    def __add__(self,o): return self+o
def g9(): I()+1
t(g9)
class J:
    def __getitem__(self,i): return self[i]
def g10(): J()[0]
t(g10)
def g11():
    l=[]; l.append(l); return l==[l] if 0 else None
def g12(n=0): return sorted([1,2],key=lambda x: g12())

def g13(n=0): return list(map(lambda x: g13(),[1]))
t(g13)
def g14(): return max([1,2],key=lambda x: g14())
t(g14)
def g15(d=0):
    yield from g15()
def g16(): list(g15())
t(g16)
def g17(): return [g17() for _ in range(1)]
t(g17)
class K:
    def __hash__(self): return hash(self)
def g18(): hash(K())
t(g18)
class L:
    def __bool__(self): return bool(self)
def g19(): bool(L())
t(g19)
class M:
    def __iter__(self): return iter(self)
def g20(): list(M())
t(g20)
class N:
    def __contains__(self,x): return x in self
def g21(): 1 in N()
t(g21)
class O:
    def __lt__(self,o): return self<o
def g22(): O()<O()
t(g22)
class P:
    def __setattr__(self,n,v): self.x=v
def g23(): P().x=1
t(g23)
class Q:
    def __getattribute__(self,n): return self.x
def g24(): Q().x
t(g24)
def g25(): eval('g25()')

class R:
    def __format__(self,s): return format(self,s)
def g26(): format(R(),'')
t(g26)
def g27(): f'{g27()}'
t(g27)
class S:
    def __new__(cls): return S()
def g28(): S()
t(g28)
import functools
@functools.lru_cache(None)
def fib(n): return fib(n-1)+1
def g29(): fib(5)

def g30():
    def deco(f): return lambda: f()
    return g30()
t(g30)
def g31(): return (lambda: g31())()
t(g31)
@functools.wraps(g31)
def g32(*a,**k): return g32(*a,**k)
t(g32)
