from collections.abc import *
import _collections_abc as m
def g(): yield
samples = [1,"a",[1],(1,),{1:2},{1},frozenset(),range(3),b"a",g(),{}.keys(),{}.values(),{}.items(),iter([]),zip(),len,g,int,None,iter({}),object(),[].append,ValueError()]
for n in m.__all__:
    c=getattr(m,n)
    print(n, c.__module__, c.__mro__[1:], sorted(c.__abstractmethods__), [type(s).__name__ for s in samples if isinstance(s,c)])
class S(Sequence):
    def __init__(s,*a): s.a=a
    def __len__(s): return len(s.a)
    def __getitem__(s,i): return s.a[i]
s=S(1,2,3,2)
print(list(s),list(reversed(s)),2 in s,9 in s,s.index(2),s.index(2,2),s.index(2,-1),s.count(2))
try: s.index(9)
except ValueError as e: print(repr(e))
class ML(MutableSequence):
    def __init__(s,*a): s.a=list(a)
    def __len__(s): return len(s.a)
    def __getitem__(s,i): return s.a[i]
    def __setitem__(s,i,v): s.a[i]=v
    def __delitem__(s,i): del s.a[i]
    def insert(s,i,v): s.a.insert(i,v)
x=ML(1,2,3); x.append(4); x.extend([5,6]); x+=[7]; x.reverse(); print(x.a, x.pop(), x.pop(0)); x.remove(4); print(x.a); x.extend(x); print(x.a); x.clear(); print(x.a)
class MM(MutableMapping):
    def __init__(s,*a,**k): s.d={}; s.update(*a,**k)
    def __len__(s): return len(s.d)
    def __getitem__(s,i): return s.d[i]
    def __setitem__(s,i,v): s.d[i]=v
    def __delitem__(s,i): del s.d[i]
    def __iter__(s): return iter(s.d)
    def __repr__(s): return "MM%r"%s.d
d=MM({"a":1},b=2); d.update([("c",3)])
print(d, d.get("z"), d.get("a"), d.keys(), d.items(), d.values(), len(d.keys()), "a" in d, ("a",1) in d.items(), ("a",2) in d.items(), 3 in d.values(), list(d.items()))
print(d.pop("a"), d.pop("a",9), d.setdefault("q"), d.setdefault("b",5), d==MM(d), d=={"b":2,"c":3,"q":None}, d.keys()&{"b"}, sorted(d.keys()|{"zz"}))
try: d.pop("nope")
except KeyError as e: print(repr(e))
print(d.popitem()); d.clear(); print(d)
try: d.popitem()
except KeyError as e: print(repr(e))
try: hash(d)
except TypeError as e: print(e)
class MS(MutableSet):
    def __init__(s,it=()): s.l=[]; [s.add(i) for i in it]
    def __len__(s): return len(s.l)
    def __iter__(s): return iter(s.l)
    def __contains__(s,x): return x in s.l
    def add(s,x):
        if x not in s.l: s.l.append(x)
    def discard(s,x):
        if x in s.l: s.l.remove(x)
    def __repr__(s): return "MS%r"%s.l
a=MS([1,2,3]); b=MS([2,3,4])
print(a&b,a|b,a-b,a^b,a<b,a<=a,a==MS([3,2,1]),a>MS([1]),a.isdisjoint([9]),a!=b, {2}&a if 0 else a&{2}, {1,9}|a, {9,1}-a, a._hash()==hash(frozenset([1,2,3])))
a|=[7]; a&=[1,7,2]; a^=[7,8]; a-=[8]; print(a); a.remove(1)
try: a.remove(1)
except KeyError as e: print(repr(e))
print(a.pop()); a.clear(); print(a)
try: a<3
except TypeError as e: print(e)
try: a&3
except TypeError as e: print(e)
for c in (Sequence,Mapping,Hashable):
    try: c()
    except TypeError as e: print(e)
class It(Iterator):
    def __next__(s): raise StopIteration
print(list(It()))
class G(Generator):
    n=0
    def send(s,v):
        s.n+=1
        if s.n>3: raise StopIteration
        return s.n
    def throw(s,typ,val=None,tb=None): super().throw(typ,val,tb)
print(list(G())); G().close()
try: G().throw(ValueError,ValueError("x"))
except ValueError as e: print(e)
class NoHash: __hash__=None
print(isinstance(NoHash(),Hashable), issubclass(NoHash,Hashable), isinstance(NoHash(), Iterable))
print(Iterable[int], Mapping[str,int], Callable[[int],str], Callable[...,int], Callable[[],None])
for bad in (int, (int,str), (int,str,int)):
    try: print(Callable[bad])
    except TypeError as e: print(e)
