from collections import deque
import copy


def error(f, *args, **kwargs):
    try:
        r = f(*args, **kwargs)
    except Exception as e:
        print(type(e).__name__, e)
    else:
        print("no error", r)


d = deque([1, 2, 3], 5)
print(d, deque(), deque("abc"), deque(maxlen=3), deque(iterable=[1], maxlen=2), d.maxlen, deque().maxlen)
d.append(4)
d.appendleft(0)
d.append(5)
print(d, d.pop(), d.popleft(), d, len(d), bool(deque()), 3 in d, 9 in d)
d.extend([7, 8, 9])
d.extendleft("ab")
print(d)
d.rotate(2)
print(d)
d.rotate(-1)
d.rotate()
d.rotate(12345)
print(d)
d.reverse()
print(d, d[0], d[-1], d.count(7), d.index(7))
d[1] = "x"
del d[0]
print(d)
d.remove("x")
d.insert(1, "y")
d.insert(-1, "z")
print(d, list(reversed(d)), d.copy(), d == d.copy(), d != deque(), deque([1]) < deque([2]), deque([1, 2]) >= deque([1]))
d.clear()
print(d)
e = deque([1, 2, 3])
e += e
print(e, e + deque([9]), e * 2, 2 * deque("a"), deque("abc", 2) * 3, deque([1, 2], 3) + deque([3, 4]))
e *= 0
print(e)
f = deque([1, 2, 3], 2)
f *= 3
f += "ab"
print(f)
f.extend(f)
f.extendleft(f)
print(f)
z = deque(maxlen=0)
z.append(1)
z.appendleft(2)
z.extend("abc")
print(z)
for args in [(1,), ([], -1), ([], "a"), (1, 2, 3)]:
    error(deque, *args)
error(deque, x=1)
error(deque().pop)
error(deque().popleft)
q = deque([1, 2, 3], 5)
error(lambda: q[9])
error(lambda: q["a"])
error(lambda: q[1:2])
error(q.__setitem__, 9, 1)
error(q.__delitem__, 9)
error(q.index, 9)
error(q.index, "x")
error(q.index, 3, 0, -1)
error(q.remove, 9)
error(deque([1], 1).insert, 0, 2)
error(lambda: q + [1])
error(lambda: q * "a")
error(lambda: q < [1])
error(setattr, q, "maxlen", 3)
error(hash, q)
error(q.rotate, "a")
error(q.extend, 1)
error(q.append)
print(q == [1, 2, 3], q.index(3, 1), q.index(2, -2, 3), deque[int])
it = iter(q)
print(next(it), it.__length_hint__())
q.append(4)
error(next, it)
error(next, it)
for x in (copy.copy(q), copy.deepcopy(q)):
    print(x, x is q, type(x))
r = deque([1])
r.append(r)
print(r)


class D(deque):
    pass


print(D([1, 2]), D("ab", 3), D([1]).copy(), D("ab", 1).copy(), type(D([1]) + deque([2])))
m = D([1])
m.attr = 5
n = copy.copy(m)
print(n, n.__dict__, n.maxlen)


class Evil:
    def __eq__(self, other):
        s.clear()
        return False


s = deque([1, Evil(), 2])
error(s.count, 2)
s = deque([1, Evil(), 2])
error(s.index, 2)
s = deque([1, Evil(), 2])
error(s.remove, 2)
s = deque([1, Evil(), 2])
error(lambda: 2 in s)
match deque([1, 2]):
    case [a, b]:
        print("matched", a, b)
    case _:
        print("not matched")
big = deque(range(1000), 100)
for i in range(1000):
    big.append(i)
    big.rotate(3)
print(sum(big), len(big))
from collections.abc import MutableSequence, Sequence
print(isinstance(deque(), MutableSequence), issubclass(D, Sequence))
