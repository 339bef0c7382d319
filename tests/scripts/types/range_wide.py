# Ranges whose numbers, or whose count of numbers, do not fit 64 bits.
import copy
import pickle
import sys

big = 10**20
r = range(big, big + 10, 3)
print(r, list(r), len(r), r[1], r[-1], r[1:3], r[::-1], list(reversed(r)))
print(big in r, big + 1 in r, big + 3.0 in r, r.index(big + 3), r.count(big + 6), r.count(1))
print(r == range(big, big + 11, 3), r == range(big, big + 13, 3), hash(r) == hash(range(big, big + 11, 3)))
print(range(-big, big), range(-big, big)[big], range(big, -big, -1)[5:9], range(big, -big, -1)[-3])
print(range(2**70, 2**71, 2**69)[::2], range(10)[:: 10**30], range(10)[:: -(10**30)], range(10)[2**80 :])
print(range(-(2**63), 2**63 - 1)[-1], range(-(2**63), 2**63 - 1)[::2**62], bool(range(-big, big)))
print(range(2**63 - 1), list(range(2**63 - 3, 2**63 + 2)), list(range(-(2**63) + 1, -(2**63) - 2, -1)))
print(range(2**64, 0) == range(0), hash(range(2**64, 0)) == hash(range(0)))
print(range(sys.maxsize + 1) == range(0, sys.maxsize + 1), type(iter(range(2**64))), type(iter(range(9))))
for f in (
    lambda: len(range(big)),
    lambda: range(big)[big],
    lambda: range(big)[-big - 1],
    lambda: range(big)["x"],
    lambda: range(big)[::0],
    lambda: range(big, big + 5, 0),
    lambda: r.index(5),
    lambda: r.index("a"),
    lambda: range(2.0**70),
    lambda: slice(5).indices(-1),
    lambda: slice("a").indices(5),
):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
print(slice(None, None, -1).indices(2**100), slice(-(2**90), 2**99, 7).indices(2**100), slice(3).indices(True))


class I:
    def __init__(self, n):
        self.n = n

    def __index__(self):
        return self.n


print(list(range(I(big), I(big + 2))), range(I(3)), range(True))
for x in r, range(5), range(-big, big, big):
    i = iter(x)
    next(i)
    print(i.__length_hint__(), i.__reduce__(), list(copy.copy(i)), list(pickle.loads(pickle.dumps(i))))
    print(pickle.loads(pickle.dumps(x)), copy.copy(x) == x)
    i.__setstate__(2)
    print(list(i))
    i.__setstate__(-5)
    print(next(i))
