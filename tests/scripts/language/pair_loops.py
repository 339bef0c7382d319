# Loops that take pairs apart: over enumerate, zip and dict.items(), which need not make them, and over others.


def show(*values):
    print(*values)


class Pairs(enumerate):
    def __next__(self):
        n, item = super().__next__()
        return n * 10, item


def numbers(n):
    for i in range(n):
        yield i


items = ["a", "b", "c"]
for i, x in enumerate(items):
    if i < 2:
        items.append(x * 2)
    show(i, x)
for i, x in enumerate(items, 2**70):
    show(i, x)
for i, x in enumerate(items, 2**31 - 2):
    show(i, x)
for start in (-(2**31) - 1, -(2**40), 2**40, 2**61, 2**62 - 1, -(2**62) - 1, 2**63 - 1):
    for i, x in enumerate(items[:3], start):
        show(i, x)
for i, x in enumerate("xyz", -1):
    show(i, x)
for i, x in Pairs("pq"):
    show(i, x)
for i, (a, b) in enumerate([(1, 2), (3, 4)]):
    show(i, a, b)
for a, b in zip(range(3), [7, 8, 9]):
    show(a, b)
for a, b in zip(numbers(3), "uvw"):
    show(a, b)
for a, b in zip(numbers(2), numbers(3), strict=False):
    show(a, b)

# The shorter one ends the loop; what was taken from the first before is gone.
first, second = iter([1, 2, 3, 4]), iter([10])
for a, b in zip(first, second):
    show(a, b)
show(next(first), list(first), list(second))
first = iter(range(6))
for a, b in zip(first, first):
    show(a, b)
zipped = zip([1, 2], [3, 4])
for a, b in zipped:
    break
show(list(zipped), list(zipped))

# An iterator that has come to its end stays there.
growing = [1]
numbered = enumerate(growing)
for i, x in numbered:
    show(i, x)
growing.append(2)
show(list(numbered))

d = {"one": 1, "two": 2, "three": 3}
for key, value in d.items():
    show(key, value)
for key, value in reversed(d.items()):
    show(key, value)
del d["one"]
for key, value in d.items():
    d[key] = value * 2
show(d)
for change in (lambda: d.update(four=4), lambda: (d.pop("two"), d.update(five=5, six=6))):
    try:
        for key, value in d.items():
            show(key, value)
            change()
    except RuntimeError as e:
        show("RuntimeError:", e)
items_of = iter(d.items())
for key, value in items_of:
    d.clear()
    try:
        next(items_of)
    except RuntimeError as e:
        show("RuntimeError:", e)
    break

for pairs in ([(1, 2), (3,)], [(1, 2), (3, 4, 5)], [(1, 2), 3], ["ab", "cd"], [[1, 2], {3: 0, 4: 0}], zip([1]), zip([1], [2], [3])):
    try:
        for a, b in pairs:
            show(a, b)
    except (TypeError, ValueError) as e:
        show(type(e).__name__, e)
try:
    for a, b in zip([1, 2], [3], strict=True):
        show(a, b)
except ValueError as e:
    show(e)

kept = []
for pair in enumerate("ab"):
    kept.append(pair)
show(kept)
show([a + b for a, b in zip([1, 2], [3, 4])], {k: v for v, k in enumerate("abc")})
show(sorted((v, k) for k, v in {"x": 2, "y": 1}.items()))
