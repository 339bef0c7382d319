print(sorted([3, 1, 2]), sorted([3, 1, 2], reverse=True), sorted('hello'), sorted([2.5, -1.0, 0.0, 1e300, -1e-300]))
print(sorted([1, 2.5, True, 0, -1.5]), sorted(['b', 'A', 'é', 'a', 'z']))
words = ['pear', 'fig', 'apple', 'kiwi', 'date']
print(sorted(words, key=len), sorted(words, key=len, reverse=True), sorted(words, key=lambda w: (len(w), w)))
pairs = [(i % 3, -i) for i in range(100)]
print(sorted(pairs) == sorted(pairs[::-1]), sorted(pairs, key=lambda p: p[0])[:5], sorted(pairs, reverse=True)[:3])
class N:
    count = 0
    def __init__(self, v): self.v = v
    def __lt__(self, other):
        N.count += 1
        return self.v < other.v
    def __repr__(self): return f'N{self.v}'
for n in (0, 1, 2, 5, 30, 63):
    N.count = 0
    print(sorted([N(i * 7919 % 101) for i in range(n)]), N.count)
N.count = 0
print([x.v for x in sorted([N(i * 7919 % 1009) for i in range(1000)])] == sorted(i * 7919 % 1009 for i in range(1000)))
x = [5, 4, 3]
def spoil(v):
    x.append(v)
    return v
try:
    x.sort(key=spoil)
except ValueError as e:
    print(e, x)
y = [3, 2, 1]
def look(v):
    print(y)
    return v
y.sort(key=look); print(y)
for bad in ([1, 'a'], [None, None]):
    try:
        bad.sort(); print(bad)
    except TypeError as e:
        print(e)
def boom(v):
    if v == 2: raise KeyError(v)
    return v
z = [3, 1, 2]
try:
    z.sort(key=boom)
except KeyError as e:
    print(repr(e), z)
class Liar:
    def __lt__(self, other): return True
print(len(sorted([Liar() for _ in range(200)])))
for call in (lambda: sorted(), lambda: sorted([1], 2), lambda: [1].sort(2), lambda: sorted(5)):
    try:
        call()
    except TypeError as e:
        print(e)
