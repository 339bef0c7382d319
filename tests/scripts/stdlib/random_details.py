# Warnings of randrange(), older states, copies of weak sets, other small things.
import sys, warnings
warnings.simplefilter('always')
warnings.showwarning=lambda m,c,*a,**k: print('W',c.__name__,m)
def t(f, *a, **k):
    try: r = f(*a, **k)
    except BaseException as e: print(type(e).__name__, e)
    else: print(repr(r))
import weakref, copy, random
class WS(weakref.WeakSet): pass
class O: pass
o=O(); s=WS([o]); s.x=[1]; s.y=3
for c in (copy.copy, copy.deepcopy, lambda s: s.copy()):
    r=c(s); print(type(r), r==s, r.__dict__.get('y'), getattr(r,'x',None) is s.x)
r=random.SystemRandom()
t(r.randrange, 1.0); t(r.randrange, 1, 2.0); t(r.randrange, 0,1,1.0); t(r.randrange, 1.5); t(r.randrange, '1'); t(r.randrange,0); t(r.randrange, 1,1)
t(random.randrange, 1.0); t(random.randrange, 0, 1.0, 1); t(random.randrange, 0,1,1.0); t(random.randrange, 1.5);
R=random.Random(3); st=R.getstate(); 
st2=(2, tuple(x if x<2**31 else x-2**32 for x in st[1]), st[2]); R.random(); R.setstate(st2); print(R.getstate()==st)
t(R.setstate,(1,2,3)); t(R.setstate,(3,(1,),3)); t(R.setstate,(2,('a',),3)); t(R.setstate,(2,None,3))
class RR:
    def __reversed__(s): return iter('abc')
    def __bytes__(s): return b'xx'
    def __len__(s): return 2
    def __getitem__(s,i): return i
o=RR(); p=weakref.proxy(o); t(lambda: list(reversed(p))); t(lambda: bytes(p)); t(lambda: p[1])
import types, collections.abc
class C(collections.abc.Generator):
    def send(s,v): return 1
    def throw(s,*a): raise a[0]
    def close(s): return 7
@types.coroutine
def c(): return C()
w=c(); t(lambda: type(w)); t(w.send,None); t(w.close); t(lambda: next(w)); t(lambda: w.__await__() is w); t(lambda: w.throw(KeyError(1)))
from collections import UserString
t(UserString('a').encode,None); t(UserString('a').encode,None,None);t(UserString('a').encode); t(UserString('\ud800').encode,'utf-8','surrogatepass')
