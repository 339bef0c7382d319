# The order of set displays, and operands that `:=` changes.
print({3, 100, 33, 8, 1})
print({40, 9, 1000, 17, 1, 256, 64, 0})
print([x for x in {9, 1, 17, 33, 25, 41}])
print({1, 2.0, 2, True})
x = 50
print({x, 9, 1000, 17, 1}, {8, 0, 16, x})
for item in {64, 8, 0, 16}:
    print(item)
try:
    {*5}
except TypeError as e:
    print(e)
print({*{16, 8, 0}, *[24, 1]})


def order(a, b):
    c = a + (a := 5) + a
    d = b * (b + (e := 2)) + e
    f = [a, (a := 6), a]
    g = (a, b, (b := 7), b)
    if (n := a - 1) > 2 and n < b < (b := 9):
        g += (n, b)
    return c, d, f, g, a, b, e


print(order(1, 2))


def loop(items):
    total = 0
    while (k := len(items)) > 1:
        total += k + (k := 10) * k
        items = items[: len(items) - 1]
    return total, k, [y := i for i in items], y


print(loop([1, 2, 3, 4]))


class C:
    def m(self, __a):
        return __a + (__a := 3) + __a


print(C().m(1))
