def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
d = {'a': 1, 'b': 2}
d['c'] = 3; d.setdefault('d', 4); d.setdefault('a', 9)
print(d, len(d), d['a'], d.get('z'), d.get('z', 0), 'a' in d, 'z' in d, d.pop('b'), d.pop('zz', None), d.popitem(), d)
print(dict(), dict(a=1, b=2), dict([('x', 1), ['y', 2], 'zw']), dict({'k': 1}, m=2), dict(zip('ab', range(2))))
print(dict.fromkeys('abc'), dict.fromkeys([1, 2], 0), list(d), list(reversed(d)), d.copy() == d, d.copy() is d)
d.update({'q': 1}); d.update([('r', 2)]); d.update(s=3); d.update({'q': 5}, t=1); print(d)
print({'a': 1} | {'b': 2}, {'a': 1} | {'a': 2}); e = {'a': 1}; e |= {'c': 1}; e |= [('d', 2)]; print(e)
print({1: 'i', 1.0: 'f', True: 'b'}, {(1, 2): 3}[(1, 2)], {None: 1})
print({'a': 1} == {'a': 1.0}, {'a': 1} != {'a': 2}, {'a': 1, 'b': 2} == {'b': 2, 'a': 1}, {} == [])
attempt(lambda: d['nope'])
attempt(lambda: d.pop('nope'))
attempt(lambda: {}.popitem())
attempt(lambda: d[[]])
attempt(lambda: {[]: 1})
attempt(lambda: d.get({}))
attempt(lambda: dict(5))
attempt(lambda: dict([1]))
attempt(lambda: dict([(1, 2, 3)]))
attempt(lambda: dict(['a']))
attempt(lambda: dict(1, 2))
attempt(lambda: {} < {})
attempt(lambda: {} | [])
attempt(lambda: hash({}))
attempt(lambda: d.update(1))
attempt(lambda: d.update({}, {}))
attempt(lambda: d.get())
attempt(lambda: d.keys(1))
def delete():
    del d['nope']
attempt(delete)
def grow():
    x = {1: 1}
    for k in x: x[k + 1] = 1
attempt(grow)
def shrink():
    x = {1: 1, 2: 2}
    for k in x.values(): del x[k]
attempt(shrink)
k = {'a': 1, 'b': 2}
ks, vs, its = k.keys(), k.values(), k.items()
print(ks, vs, its, len(ks), 'a' in ks, 1 in vs, ('a', 1) in its, ('a', 2) in its, list(reversed(ks)), list(reversed(its)), list(reversed(vs)))
k['c'] = 3; print(ks, vs, its)
print(sorted(ks & {'a', 'z'}), sorted(ks | ['z']), sorted(ks - {'a'}), sorted(ks ^ {'a', 'q'}), ks == {'a', 'b', 'c'}, ks >= {'a'}, ks < {'a', 'b', 'c', 'd'}, ks.isdisjoint(['x']), its & {('a', 1)}, {'a'} & ks, vs == k.values())
print(type(iter(k)).__name__, type(iter(vs)).__name__, type(iter(its)).__name__, type(reversed(k)).__name__)
print({1: 0, 2: 0, 9: 0}.keys() & {9, 1, 17}, {17, 9, 1} & {1: 0, 9: 0}.keys())
class M(dict):
    def __missing__(self, key): return key * 2
m = M(a=1); m.attr = 5; print(m['a'], m['b'], m, m.get('b'), m.attr, type(m.copy()).__name__, type(m | {}).__name__, M.fromkeys('x'))
class K:
    def __init__(self, n): self.n = n
    def __hash__(self): return 1
    def __eq__(self, other): return isinstance(other, K) and self.n == other.n
    def __repr__(self): return f'K{self.n}'
kk = {K(i): i for i in range(12)}
print(kk[K(7)], K(99) in kk, kk.pop(K(3)), kk)
class Evil:
    def __hash__(self): return 1
    def __eq__(self, other):
        kk.clear()
        return False
kk[Evil()] = 1; print(len(kk))
class Map:
    def keys(self): return ['x', 'y']
    def __getitem__(self, k): return k * 2
print(dict(Map()), {**Map()})
r = {}; r['self'] = r; r['v'] = r.values(); print(r)
big = {i: i for i in range(1000)}
for i in range(0, 1000, 2): del big[i]
for i in range(0, 1000, 4): big[i] = -i
print(len(big), list(big)[:3], list(big)[-3:], sum(big.values()))
print([f'{k}={v}' for k, v in sorted(k.items(), key=lambda p: -p[1])], {v: k for k, v in k.items()})
