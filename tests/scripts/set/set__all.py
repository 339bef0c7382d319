def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
s = {3, 1, 2}
s.add(5); s.add(1); s.discard(9); s.discard(3); s.remove(2)
print(s, len(s), 1 in s, 9 in s, set(), frozenset(), frozenset([1]), set('a'), {1} == {1.0}, {1} == frozenset([1]))
a, b = {1, 2, 3, 4}, {3, 4, 5}
print(a | b, a & b, a - b, a ^ b, a <= b, a >= {1}, a < {1, 2, 3, 4, 5}, a > a, a != b, a.isdisjoint({9}))
print(a.union([7], (8,)), a.intersection([1, 2], {2}), a.difference([1], [2]), a.symmetric_difference([1, 9]), a.issubset(range(9)), a.issuperset([1]))
c = set(a); c |= {9}; c &= {1, 9, 2}; c -= {2}; c ^= {1, 7}; print(c)
c.update([1], 'a'); c.intersection_update([1, 9, 'a'], [9, 1]); c.difference_update([9]); c.symmetric_difference_update([4]); print(c)
print(type({1} | frozenset()).__name__, type(frozenset([1]) | {2}).__name__, frozenset([1, 2]) - {1})
attempt(lambda: a | [1])
attempt(lambda: a & 'x')
attempt(lambda: a.remove(99))
attempt(lambda: set().pop())
attempt(lambda: {[]})
attempt(lambda: a.add({}))
attempt(lambda: hash(a))
attempt(lambda: set(1))
attempt(lambda: set(1, 2))
attempt(lambda: frozenset().add)
attempt(lambda: a < 1)
attempt(lambda: a[0])
def grow():
    x = {1}
    for i in x: x.add(i + 1)
attempt(grow)
print({1} in {frozenset([1])}, {frozenset([1]): 'v'}[frozenset([1])], hash(frozenset([1, 2, 3])), hash(frozenset()), hash(frozenset([(1, 2), -1])))
f = frozenset([1]); print(f.copy() is f, frozenset(f) is f, f.union() is f)
class S(set):
    pass
t = S([1, 2]); t.x = 1; print(t, t.x, type(t | {3}).__name__, type(t.copy()).__name__)
class K:
    def __init__(self, n): self.n = n
    def __hash__(self): return 7
    def __eq__(self, other): return self.n == other.n
    def __repr__(self): return f'K{self.n}'
print(len({K(i % 5) for i in range(20)}), K(3) in {K(i) for i in range(9)}, {K(1), K(2)})
# the order is CPython's for small ints
state = 12345
def rnd(n):
    global state
    state = (state * 1103515245 + 12345) % 2**31
    return state >> 8 if n is None else (state >> 8) % n
for size in (3, 8, 20, 60, 200, 1000):
    for limit in (16, 100, 10**4, None):
        x = set()
        for i in range(size): x.add(rnd(limit))
        for i in range(size // 2): x.discard(rnd(limit))
        for i in range(size // 3): x.add(rnd(limit))
        y = set(rnd(limit) for _ in range(size))
        z = frozenset(y)
        w = set(list(x)); w.pop() if w else 0; w.pop() if w else 0
        u = set(dict.fromkeys(list(x)))
        v = set(x); v -= y; q = set(y); q ^= x
        for r in (x, y, z, w, u, v, q, x | y, x & y, x - y, y - x, x ^ y, x.copy(), x.union(list(y)), x.intersection(list(y)), x.difference(list(y)), x.symmetric_difference(list(y)), set(x)):
            l = list(r)
            print(l if len(l) < 20 else (len(l), l[:8], sum(i * j for i, j in enumerate(l))))
e = {1, 2, 3}
print(e.pop(), e.pop(), e.pop(), e)
print(set([-1, -2, 0, 10**20, 2**61 - 1]), {x * 2.5 for x in range(6)}, {(1, 2), (3,)} == {(3,), (1, 2)})
