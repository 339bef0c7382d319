# What iterators say of themselves to copy and pickle.
import copy
import pickle


class S:
    def __repr__(self):
        return "S"

    def __getitem__(self, i):
        if i > 3:
            raise IndexError
        return i

    def __len__(self):
        return 4


makers = [
    lambda: iter([1, 2, 3]),
    lambda: iter((1, 2, 3)),
    lambda: iter("aäc"),
    lambda: iter(b"abc"),
    lambda: iter(bytearray(b"abc")),
    lambda: iter({1: 2, 3: 4}),
    lambda: iter({1: 2, 3: 4}.items()),
    lambda: iter({1: 2, 3: 4}.values()),
    lambda: reversed({1: 2, 3: 4}),
    lambda: iter({5}),
    lambda: iter(frozenset([5])),
    lambda: iter(S()),
    lambda: reversed([1, 2, 3]),
    lambda: reversed((1, 2, 3)),
    lambda: reversed(S()),
    lambda: reversed(range(5)),
]
for make in makers:
    it = make()
    print(type(it).__name__, it.__reduce__(), list(copy.copy(it)))
    next(it)
    print(it.__reduce__(), list(copy.copy(it)))
    if hasattr(it, "__setstate__"):
        print(it.__setstate__(1), list(copy.copy(it)), it.__setstate__(99), list(copy.copy(it)))
    if "reverse" not in type(it).__name__:
        print(hasattr(it, "__setstate__") and it.__setstate__(-9), list(copy.copy(it)))
    for _ in it:
        pass
    print(it.__reduce__(), list(copy.copy(it)))

for make in (
    lambda: enumerate("ab"),
    lambda: enumerate("ab", 10**20),
    lambda: zip("ab", "cd"),
    lambda: zip("ab", "c", strict=True),
    lambda: map(len, ["x", "yy"]),
    lambda: map(pow, [2, 3], [4, 5]),
    lambda: filter(None, [0, 1, 2]),
    lambda: filter(len, ["", "a", "b"]),
):
    it = make()
    next(it)
    parts = it.__reduce__()
    print(parts[0], [type(x).__name__ for x in parts[1]], parts[2:])
    try:
        print(list(pickle.loads(pickle.dumps(it))))
    except ValueError as e:
        print(e)

numbers = iter([1, 2, 3, 4])
it = iter(numbers.__next__, 3)
print(it.__reduce__()[0], it.__reduce__()[1][1])
print(list(it), it.__reduce__())
print(pickle.loads(pickle.dumps(iter([1, 2]))).__next__(), iter(S()).__length_hint__())
try:
    copy.copy(iter(memoryview(b"abc")))
except TypeError as e:
    print(e)
