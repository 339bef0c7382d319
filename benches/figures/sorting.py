"""Sorting numbers and strings, with and without a key."""
from time import perf_counter


def numbers(n):
    x = 12345
    for _ in range(n):
        x = (x * 1103515245 + 12345) % 2147483648
        yield x


items = list(numbers(20_000))
names = [f"name{i}" for i in items]
start = perf_counter()
for _ in range(3):
    a = sorted(items)
    b = sorted(names)
    c = sorted(items, key=lambda x: -x)
    d = sorted(names, key=len, reverse=True)
assert a[0] <= a[1] and b[0] <= b[1] and c[0] >= c[1] and len(d[0]) >= len(d[-1])
print(perf_counter() - start)
