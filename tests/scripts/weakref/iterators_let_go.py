# An iterator that is used up no longer keeps what it went over.
import weakref
class S(list): pass
class Q:
    def __getitem__(s, i): raise IndexError
s = Q(); w = weakref.ref(s); i = iter(s); list(i); del s; print(w() is None)
s=S(); w=weakref.ref(s); i=reversed(s); list(i); del s; print(w() is None)
class D(dict): pass
for get in (iter, lambda d: iter(d.items()), lambda d:iter(d.values())):
    s=D(); w=weakref.ref(s); i=get(s); list(i); del s; print(w() is None)
class SS(set): pass
s=SS(); w=weakref.ref(s); i=iter(s); list(i); del s; print(w() is None)
s=B(); w=weakref.ref(s); i=iter(s); list(i); del s; print(w() is None)
