from itertools import *
import itertools


def show(*args):
    print(*args)


def error(f, *args, **kwargs):
    try:
        r = f(*args, **kwargs)
    except Exception as e:
        print(type(e).__name__, e)
    else:
        print("no error", r)


# count
show(list(islice(count(), 3)), list(islice(count(5, -2), 3)), list(islice(count(1.5, 0.25), 3)))
c = count(3)
next(c)
show(c, count(1, 2), count(2.5), count(-1), count(10**20), count(step=3), count(1, 1.0))
big = count(2**63 - 2)
show([next(big) for _ in range(4)], big)
error(count, "a")
error(count, 1, "b")
error(count, 1, 2, 3)
error(count, x=1)
show(count(3).__reduce__(), count(3, 4).__reduce__())

# cycle
show(list(islice(cycle("abc"), 7)), list(cycle([])))
error(cycle)
error(cycle, 5)
error(cycle, [1], [2])
error(cycle, iterable=[1])

# repeat
show(repeat(3), repeat(3, 2), repeat("x", -4), list(repeat(1, 3)), list(map(pow, range(4), repeat(2))))
r = repeat(None, times=2)
show(next(r), r, r.__length_hint__(), next(r), r, next(r, "end"))
error(repeat)
error(repeat, 1, 2, 3)
error(repeat, 1, "a")
error(repeat(1).__length_hint__)

# accumulate
show(list(accumulate([1, 2, 3, 4])), list(accumulate("abc")), list(accumulate([])))
show(list(accumulate([1, 2, 3], lambda a, b: a * b)), list(accumulate([1, 2], initial=100)), list(accumulate([], initial=7)))
show(list(accumulate([3, 1, 4, 1, 5], max)), list(accumulate([1, 2], func=None)))
error(accumulate)
error(accumulate, [1], None, 3)
error(list, accumulate([1, "a"]))

# chain
show(list(chain("ab", [1], (), {2})), list(chain()), list(chain.from_iterable(["ab", "cd"])))
error(list, chain([1], 2))
error(chain, x=1)
error(chain.from_iterable, 3)
ch = chain([1], 5, [2])
show(next(ch))
error(next, ch)
error(next, ch)
show(chain[int])

# combinatorics
show(list(combinations("ABCD", 2)), list(combinations([1, 2], 3)), list(combinations([1], 0)))
show(list(combinations_with_replacement("ABC", 2)), list(combinations_with_replacement("", 2)), list(combinations_with_replacement("", 0)))
show(list(permutations("ABC")), list(permutations(range(4), 2)), list(permutations([1], 2)), list(permutations([])))
show(list(product("ab", [1, 2])), list(product([0, 1], repeat=3)), list(product()), list(product("ab", [])), list(product("ab", repeat=0)))
show(len(list(permutations(range(7)))), sum(1 for _ in combinations(range(12), 5)), sum(1 for _ in product(range(5), repeat=5)))
show(list(combinations(range(5), 3)), list(permutations("ABCD", 3))[::5], list(combinations_with_replacement(range(3), 3)))
error(combinations, [1])
error(combinations, [1], -1)
error(combinations, [1], "a")
error(combinations, [1], 2**70)
error(permutations, [1], 1.5)
error(permutations, [1], -1)
error(permutations)
error(product, 1)
error(product, [1], repeat=-1)
error(product, [1], x=1)
error(product, [1], repeat=1, x=1)
error(product, [1], repeat="a")
p = permutations("ab")
show(next(p), next(p), next(p, None), next(p, None))

# compress and friends
show(list(compress("ABCDEF", [1, 0, 1, 0, 1, 1])), list(compress(data="ab", selectors=count())))
show(list(dropwhile(lambda x: x < 5, [1, 4, 6, 4, 1])), list(takewhile(lambda x: x < 5, [1, 4, 6, 4, 1])))
show(list(filterfalse(lambda x: x % 2, range(10))), list(filterfalse(None, [0, 1, "", "a"])), list(filterfalse(bool, [0, 2])))
tw = takewhile(lambda x: x < 2, iter([1, 5, 1]))
show(next(tw), next(tw, "end"), next(tw, "end"))
error(dropwhile, 1)
error(dropwhile, func=1)
error(list, takewhile(5, [1]))
error(compress, [1])
error(filterfalse, None)

# islice
for args in [(3,), (2, 5), (2, None), (0, None, 3), (None, 5, 2), (None,), (0,), (5, 3), (1, 10, 4)]:
    show(args, list(islice("ABCDEFGHIJ", *args)))
i = iter(range(10))
show(list(islice(i, 2, 5)), next(i))
i = iter(range(10))
show(list(islice(i, 5, 3)), next(i))
i = iter(range(20))
show(list(islice(i, 0, 8, 3)), next(i))
for args in [(-1,), ("a",), (1, "a"), ("a", 1), (-1, 2), (1, -2), (1, 2, 0), (1, 2, -1), (1, 2, "x"), (), (1, 2, 3, 4), (2**70,)]:
    error(islice, [1], *args)
error(islice, [1], stop=2)

# pairwise, starmap, zip_longest
show(list(pairwise("abcd")), list(pairwise([1])), list(pairwise([])))
a = list(pairwise(range(5)))
show(a)
show(list(starmap(pow, [(2, 3), [3, 2]])), list(starmap(max, ["abc", "xyz"])))
error(list, starmap(pow, [1]))
error(starmap, pow)
show(list(zip_longest("ab", [1, 2, 3])), list(zip_longest("ab", "c", fillvalue="-")), list(zip_longest()), list(zip_longest([])))
error(zip_longest, x=1)
error(zip_longest, [1], 3)
error(pairwise)

# groupby
show([(k, list(g)) for k, g in groupby("AAABBCAA")])
show([(k, list(g)) for k, g in groupby(range(10), key=lambda x: x // 4)])
show([k for k, g in groupby("aabbb")])
g = groupby("aab")
k1, g1 = next(g)
show(next(g1))
k2, g2 = next(g)
show(k1, k2, list(g1), list(g2), next(g, "end"))
error(groupby)
error(groupby, 1)
error(list, groupby([1], 5))
show(list(groupby([])))

# tee
a, b = tee([1, 2, 3])
show(next(a), next(a), list(b), list(a))
x, y, z = tee(range(200), 3)
show(sum(x), sum(y), sum(z))
t, = tee("abc", 1)
u = t.__copy__()
show(next(t), next(u), next(t), list(u), list(t))
t2 = tee(t, 2)
show(type(t2[0]), t2[0] is t, tee([], 0))
error(tee)
error(tee, [], -1)
error(tee, 5)
error(tee, [1], "a")

for name in sorted(n for n in dir(itertools) if not n.startswith("__")):
    show(name, repr(getattr(itertools, name)))


class C(count):
    pass


class Named(repeat):
    def __init__(self, *args):
        self.args = args


show(next(C(5)), C(5), Named(1, 2), Named(1, 2).args, count.__name__, count.__module__, count.__qualname__)
show(type(count()), isinstance(count(), count))
