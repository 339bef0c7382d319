import bisect
import heapq
from heapq import *


def error(f, *args, **kwargs):
    try:
        r = f(*args, **kwargs)
    except Exception as e:
        print(type(e).__name__, e)
    else:
        print("no error", r)


data = [(i * 7919) % 101 for i in range(60)]
h = []
for x in data:
    heappush(h, x)
print(h)
print([heappop(h) for _ in range(len(h))] == sorted(data))
h = data[:]
heapify(h)
print(h, heapreplace(h, 50), heappushpop(h, -1), heappushpop(h, 200), h)
print(heappushpop([], 3))
error(heappop, [])
error(heapreplace, [], 1)
error(heappush, (), 1)
error(heappop, 5)
error(heapify, [1, "a"])
print(nsmallest(3, data), nlargest(3, data), nlargest(1, data), nsmallest(1, []), nlargest(0, data), nsmallest(100, data) == sorted(data))
words = ["pear", "fig", "apple", "kiwi", "plum", "date"]
print(nsmallest(3, words, key=len), nlargest(3, words, key=len), nlargest(2, iter(words), key=len), nsmallest(2, iter(words)))
print(list(merge([1, 4, 7], [2, 5], [], [0, 9])), list(merge("ace", "bd", reverse=False)), list(merge([7, 3], [5, 1], reverse=True)))
print(list(merge(["a", "ccc"], ["bb", "dddd"], key=len)), list(merge()), list(merge([1])), list(merge([(1, "x")], [(1, "a")], key=lambda p: p[0])))
print(list(merge(["ccc", "a"], ["bbb", "d"], key=len, reverse=True)))
print(sorted(heapq.__all__))


class Loud:
    def __init__(self, n):
        self.n = n

    def __lt__(self, other):
        h.clear()
        return self.n < other.n


h = [Loud(i) for i in range(5)]
try:
    heappush(h, Loud(-1))
except RuntimeError as e:
    print(e)

a = [1, 2, 2, 2, 5]
print(bisect.bisect(a, 2), bisect.bisect_left(a, 2), bisect.bisect_right(a, 2), bisect.bisect_left(a, 0), bisect.bisect_right(a, 9))
print(bisect.bisect_left(a, 2, 2), bisect.bisect_right(a, 2, 0, 3), bisect.bisect(a, 2, lo=1, hi=2))
bisect.insort(a, 3)
bisect.insort_left(a, 2)
print(a)
r = [("a", 1), ("b", 3)]
bisect.insort(r, ("c", 2), key=lambda p: p[1])
print(r, bisect.bisect_left(r, 3, key=lambda p: p[1]), bisect.bisect((1, 2, 3), 2), bisect.bisect(range(10), 4))
error(bisect.bisect, a, 1, -1)
error(bisect.bisect, a, "x")
error(bisect.bisect, a)
error(bisect.bisect, 5, 1)
print(bisect.bisect is bisect.bisect_right, bisect.insort is bisect.insort_right)
