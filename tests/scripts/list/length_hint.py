# What __len__ and __length_hint__ raise when room is made for items.
def t(f, *a, **k):
    try: r = f(*a, **k)
    except BaseException as e: print(type(e).__name__, e)
    else: print(repr(r))
class L:
    def __init__(s, e): s.e = e
    def __iter__(s): return iter([1,2])
    def __length_hint__(s):
        if isinstance(s.e, BaseException): raise s.e
        return s.e
for e in [1/3, -1, ValueError('x'), TypeError('t'), NotImplemented, 'a', 10**30, True]:
    print(repr(e))
    t(list, L(e)); t(tuple, L(e)); t(lambda: [*L(e)]); t(bytearray, L(e)); t(lambda: [].extend(L(e))); t(bytes, L(e)); t(lambda:(*L(e),)); t(lambda: sorted(L(e)))
class M(L):
    def __len__(s): raise s.e if isinstance(s.e, BaseException) else KeyError(1)
t(list, M(ValueError('len'))); t(list, M(TypeError('len')))
from collections import deque
from operator import length_hint
d=deque(range(10)); i=iter(d); next(i); d.pop(); print(length_hint(i)); t(next,i); print(length_hint(i))

import operator

print(operator.length_hint(object(), -5), operator.length_hint([1], -5))
