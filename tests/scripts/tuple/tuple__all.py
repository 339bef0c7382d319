def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
t = (1, 2, 3, 2)
print(t, (1,), (), t[0], t[-1], t[1:3], t[::-1], t[:] is t, t + (4,), t * 2, 0 * t, len(t), t.index(2), t.count(2), 3 in t)
print(t < (1, 3), t == (1, 2, 3, 2), t != (), t >= (1, 2), hash((1, 2)) == hash((1, 2)), hash(()), hash((1, 2, 3)), hash((1, (2, 3.5), -1)))
print(tuple('abc'), tuple([1]), tuple(t) is t, tuple(), tuple(range(3)), tuple({1: 2}))
attempt(lambda: t[9])
attempt(lambda: t['a'])
attempt(lambda: t.index(9))
attempt(lambda: t + [1])
attempt(lambda: t * 1.5)
attempt(lambda: hash((1, [])))
attempt(lambda: tuple(1))
attempt(lambda: tuple(1, 2))
attempt(lambda: (0,) * 10**18)
attempt(lambda: t < (1, 'a'))
attempt(lambda: t.append)
def assign():
    t[0] = 1
attempt(assign)
def delete():
    del t[0]
attempt(delete)
class P(tuple):
    def __new__(cls, x, y):
        return super().__new__(cls, (x, y))
    @property
    def x(self): return self[0]
p = P(1, 2); p.extra = 'e'; p.more = [1, 2]; p.third = 3
print(p, p.x, p.extra, p.more, p.third, p == (1, 2), hash(p) == hash((1, 2)), len(p), type(p + (3,)).__name__, list(p), P(3, 4)[1], p[:])
print([P(i, i).x for i in range(5)], (1, 2) < P(1, 3))
a, *b = (1, 2, 3); print(a, b)
l = []; s = (l,); l.append(s); print(s)
print(list(reversed((1, 2, 3))), list(zip((1, 2), (3, 4))), max((1, 5, 2)), sum((1, 2)))
